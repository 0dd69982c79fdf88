//! Why a path leads nowhere: the message for the segment that could not be found.

use diagnostics::Applicability;
use hir::def::{DefKind, Namespace, Namespace::*, Res as HirRes};
use span::{Ident, Symbol, kw, sym};

use super::edit_distance::find_best_match_for_name;
use crate::Resolver;
use crate::ident::{LateNames, LexicalScopeBinding, ScopeSet};
use crate::import::ModuleOrUniformRoot;
use crate::macro_scope::ParentScope;
use crate::module::{Module, NameBinding};
use crate::path::{Finalize, Ignore, PathFailure, Segment, Suggestion, path_names_to_string};

impl<'ra, 'tcx> Resolver<'ra, 'tcx> {
    pub(crate) fn explain_failed_segment(
        &mut self,
        path: &[Segment],
        opt_ns: Option<Namespace>,
        parent_scope: &ParentScope<'ra>,
        ribs: Option<&LateNames<'_, 'ra>>,
        ignore: Ignore<'ra>,
        module: Option<ModuleOrUniformRoot<'ra>>,
        index: usize,
    ) -> PathFailure<'ra> {
        let ident = path[index].ident;
        let is_last = index + 1 == path.len();
        let ns = if is_last { opt_ns.unwrap_or(TypeNS) } else { TypeNS };
        let (message, label, suggestion) = if index > 0 {
            self.explain_in_module(path, parent_scope, ns, module, index, opt_ns)
        } else {
            self.explain_first(ident, opt_ns, parent_scope, ribs, ignore)
        };
        PathFailure {
            span: ident.span,
            message,
            label,
            suggestion,
            note: None,
            is_error_from_last_segment: is_last,
            module,
            segment_name: ident.name,
            error_implied_by_parse_error: false,
        }
    }

    fn explain_in_module(
        &mut self,
        path: &[Segment],
        parent_scope: &ParentScope<'ra>,
        ns: Namespace,
        module: Option<ModuleOrUniformRoot<'ra>>,
        index: usize,
        opt_ns: Option<Namespace>,
    ) -> (String, String, Option<Suggestion>) {
        let ident = path[index].ident;
        let parent = path[index - 1].ident.name;
        let scope = match parent {
            kw::PathRoot => "the crate root".to_string(),
            _ => format!("`{parent}`"),
        };
        let message = format!("cannot find `{ident}` in {scope}");
        let at_root = matches!(module, Some(ModuleOrUniformRoot::Module(m)) if m == self.graph_root);
        if at_root {
            let mut candidates = self.lookup_import_candidates(ident, TypeNS, parent_scope, |res| {
                matches!(res, HirRes::Def(DefKind::Mod, _))
            });
            candidates.sort_by_key(|c| (c.path.segments.len(), path_names_to_string(&c.path)));
            if let Some(candidate) = candidates.first() {
                let segments = &candidate.path.segments;
                let start = (0..=index.min(segments.len() - 1))
                    .find(|&i| path[i].ident.name != segments[i].ident.name)
                    .unwrap_or_default();
                let names = segments[start..].iter().map(|s| s.ident.name);
                let text = crate::path::names_to_string(names);
                let suggestion =
                    (vec![(ident.span, text)], "a similar path exists".to_string(), Applicability::MaybeIncorrect);
                return (message, "unresolved import".to_string(), Some(suggestion));
            }
            if ident.name == kw::Underscore {
                return (message, "`_` is not a valid crate or module name".to_string(), None);
            }
            if self.session().edition().is_rust_2015() {
                let label = format!("use of unresolved module or unlinked crate `{ident}`");
                let suggestion = self.extern_crate_suggestion(ident);
                let message = if opt_ns.is_some() && parent == kw::PathRoot {
                    format!("cannot find module or crate `{ident}` in {scope}")
                } else {
                    message
                };
                return (message, label, Some(suggestion));
            }
            return (message, format!("could not find `{ident}` in the crate root"), None);
        }
        let shown_parent = match parent {
            kw::PathRoot if self.session().edition().at_least_rust_2018() => "the list of imported crates".to_string(),
            kw::PathRoot | kw::Crate => "the crate root".to_string(),
            _ => format!("`{parent}`"),
        };
        let mut label = format!("could not find `{ident}` in {shown_parent}");
        // Something of this name in another namespace.
        let other = if ns == TypeNS { ValueNS } else { TypeNS };
        if let Some(module) = module
            && ns != MacroNS
            && let Ok(binding) =
                self.resolve_ident_in_module(module, ident, other, parent_scope, None, Ignore::default())
        {
            label = format!("expected {}, found {} `{ident}` in {shown_parent}", ns.descr(), binding.res().descr());
        }
        (message, label, None)
    }

    fn explain_first(
        &mut self,
        ident: Ident,
        opt_ns: Option<Namespace>,
        parent_scope: &ParentScope<'ra>,
        ribs: Option<&LateNames<'_, 'ra>>,
        ignore: Ignore<'ra>,
    ) -> (String, String, Option<Suggestion>) {
        if ident.name == kw::SelfUpper {
            let label = if opt_ns.is_none() {
                "`Self` cannot be used in imports"
            } else {
                "`Self` is only available in impls, traits, and type definitions"
            };
            return (format!("cannot find `{ident}` in this scope"), label.to_string(), None);
        }
        if ident.as_str().starts_with(|c: char| c.is_ascii_uppercase()) {
            // A value of this name.
            let binding = ribs.and_then(|ribs| {
                self.resolve_ident_in_lexical_scope(ident, ValueNS, parent_scope, None, ribs, ignore.binding)
            });
            let defined = match binding {
                Some(LexicalScopeBinding::Res(HirRes::Local(id))) => self.pat_span_map.get(&id).copied(),
                Some(LexicalScopeBinding::Item(binding)) => Some(binding.span),
                _ => None,
            };
            let label = match (binding, defined.and_then(|span| self.short_place(span))) {
                (Some(binding), Some(place)) => {
                    let descr = match binding.res() {
                        HirRes::Local(_) => "local binding",
                        res => self.res_descr(res),
                    };
                    format!("`{ident}` is declared as a {descr} at `{place}`, not a type")
                }
                _ => format!("use of undeclared type `{ident}`"),
            };
            return (format!("cannot find type `{ident}` in this scope"), label, None);
        }
        let mut suggestion: Option<Suggestion> = None;
        if ident.name == sym::alloc {
            let msg = "add `extern crate alloc` to use the `alloc` crate".to_string();
            suggestion = Some((Vec::new(), msg, Applicability::MaybeIncorrect));
        }
        if suggestion.is_none()
            && let Some(name) = self.find_similarly_named_module_or_crate(ident.name, parent_scope.module)
        {
            let msg = "there is a crate or module with a similar name".to_string();
            suggestion = Some((vec![(ident.span, name.to_string())], msg, Applicability::MaybeIncorrect));
        }
        let message = format!("cannot find module or crate `{ident}` in this scope");
        let value =
            self.early_resolve_ident_in_lexical_scope(ident, ScopeSet::All(ValueNS), parent_scope, None, false, ignore);
        if let Ok(binding) = value {
            let label = format!("{} `{ident}` is not a crate or module", binding.res().descr());
            return (message, label, suggestion);
        }
        let label = format!("use of unresolved module or unlinked crate `{ident}`");
        let suggestion = suggestion.unwrap_or_else(|| self.missing_crate_suggestion(ident));
        (message, label, Some(suggestion))
    }

    /// Where crates are named by items.
    fn extern_crate_suggestion(&self, ident: Ident) -> Suggestion {
        match self.extern_crate_place {
            Some(at) => {
                let msg = format!(
                    "you might be missing a crate named `{ident}`, add it to your project and import it in your code"
                );
                (vec![(at, format!("extern crate {ident};\n"))], msg, Applicability::MaybeIncorrect)
            }
            None => self.missing_crate_suggestion(ident),
        }
    }

    fn missing_crate_suggestion(&self, ident: Ident) -> Suggestion {
        let from_cargo = self.session().opts.env.iter().any(|(name, _)| name == "CARGO_CRATE_NAME");
        let msg = if from_cargo {
            format!(
                "if you wanted to use a crate named `{ident}`, use `cargo add {ident}` to add it to your `Cargo.toml`"
            )
        } else {
            format!("you might be missing a crate named `{ident}`")
        };
        (Vec::new(), msg, Applicability::MaybeIncorrect)
    }

    /// The file's name without its folders, the line and the column.
    fn short_place(&self, span: span::Span) -> Option<String> {
        let loc = self.session().source_map().lookup_char_pos(span.lo())?;
        let name = loc.file.name.display().to_string();
        let file = name.rsplit('/').next().unwrap_or_default();
        Some(format!("{file}:{}:{}", loc.line, loc.col.0 + 1))
    }

    fn find_similarly_named_module_or_crate(&mut self, name: Symbol, current: Module<'ra>) -> Option<Symbol> {
        let mut candidates: Vec<Symbol> = self.extern_prelude.keys().copied().collect();
        let modules: Vec<Module<'ra>> = self.module_map.values().copied().collect();
        candidates.extend(
            modules
                .into_iter()
                .filter(|m| current != *m && current.is_ancestor_of(*m) && m.is_normal())
                .filter_map(|m| m.name()),
        );
        candidates.retain(|candidate| !candidate.is_empty());
        candidates.sort_by(|a, b| a.as_str().cmp(b.as_str()));
        candidates.dedup();
        find_best_match_for_name(&candidates, name, None).filter(|found| *found != name)
    }

    /// `absolute_paths_not_starting_with_crate`: allowed unless asked for.
    pub(crate) fn lint_if_path_starts_with_module(
        &mut self,
        finalize: Finalize,
        path: &[Segment],
        second_binding: Option<NameBinding<'ra>>,
    ) {
        let (diag_id, diag_span) = (finalize.node_id, finalize.root_span);
        let first_name = match path.first() {
            // In the 2018 edition this lint is a hard error, so nothing to do.
            Some(segment) if segment.ident.span.edition().is_rust_2015() => segment.ident.name,
            _ => return,
        };
        if first_name != kw::PathRoot {
            return;
        }
        match path.get(1) {
            Some(segment) if segment.ident.name == kw::Crate => return,
            Some(_) => {}
            None => return,
        }
        // `::name` for an `extern crate name;` is fine.
        if let Some(binding) = second_binding
            && binding.is_extern_crate()
        {
            return;
        }
        let lint = &session::lint::ABSOLUTE_PATHS_NOT_STARTING_WITH_CRATE;
        let msg =
            "absolute paths must start with `self`, `super`, `crate`, or an external crate name in the 2018 edition";
        self.buffer_lint(lint, diag_id, diag_span, msg.to_string(), |_| {});
    }
}
