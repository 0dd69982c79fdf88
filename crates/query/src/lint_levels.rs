//! Lint levels: which level a lint has at a node. Crate `lint` computes them per owner from attributes.

use hir::{HirId, ItemLocalId};
use rustc_hash::FxHashMap;
use session::lint::{Level, Lint};
use span::{Span, Symbol};

use crate::TyCtxt;

/// Where a level comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LintLevelSource {
    Default,
    /// An attribute: the name written (a lint or a group), its place, the reason.
    Node {
        name: Symbol,
        span: Span,
        reason: Option<Symbol>,
    },
    /// `-W name` on the command line, with the level it asked for.
    CommandLine(Symbol, Level),
}

/// Levels set by attributes inside one owner: at which nodes, which lints.
#[derive(Clone, Debug, Default)]
pub struct OwnerLintLevels {
    pub specs: FxHashMap<ItemLocalId, Vec<(Symbol, Level, LintLevelSource)>>,
}

impl<'tcx> TyCtxt<'tcx> {
    /// The level of a lint at a node: the nearest enclosing attribute's, else the command line's, else the default.
    pub fn lint_level_at_node(self, lint: &'static Lint, id: HirId) -> (Level, LintLevelSource) {
        let name = Symbol::intern(lint.name);
        let mut node = Some(id);
        let mut found = None;
        while let Some(id) = node {
            let specs = &self.lint_levels_for_owner(id.owner).specs;
            if let Some(specs) = specs.get(&id.local_id) {
                if let Some(&(_, level, src)) = specs.iter().rev().find(|(n, ..)| *n == name) {
                    found = Some((level, src));
                    break;
                }
            }
            node = (id != hir::CRATE_HIR_ID).then(|| self.parent_hir_id(id));
        }
        let edition = self.sess().edition();
        let default = match lint.edition_level {
            Some((since, level)) if edition >= since => level,
            _ => lint.default_level,
        };
        self.cap_level(lint, found, default)
    }

    fn cap_level(
        self,
        lint: &'static Lint,
        found: Option<(Level, LintLevelSource)>,
        default: Level,
    ) -> (Level, LintLevelSource) {
        let opts = &self.sess().opts;
        let from_command_line = |name: &str| {
            opts.lint_opts.iter().rev().find(|(n, _)| n == name || crate::lint_levels::in_group(n, name)).map(
                |(n, c)| {
                    let level = match c {
                        'A' => Level::Allow,
                        'W' => Level::Warn,
                        'D' => Level::Deny,
                        _ => Level::Forbid,
                    };
                    (level, LintLevelSource::CommandLine(Symbol::intern(n), level))
                },
            )
        };
        let (mut level, src) =
            found.or_else(|| from_command_line(lint.name)).unwrap_or((default, LintLevelSource::Default));
        // `#![deny(warnings)]` and `-D warnings` raise what would warn.
        if level == Level::Warn && lint.name != "warnings" {
            if let Some((l, c)) = from_command_line("warnings") {
                return (self.cap(l), c);
            }
        }
        level = self.cap(level);
        (level, src)
    }

    fn cap(self, level: Level) -> Level {
        let cap = match self.sess().opts.lint_cap.as_deref() {
            Some("allow") => Level::Allow,
            Some("warn") => Level::Warn,
            Some("deny") => Level::Deny,
            _ => Level::Forbid,
        };
        level.min(cap)
    }

    /// Emits a lint at a node's level; `decorate` completes the diagnostic, whose message and place are given.
    pub fn emit_node_span_lint(
        self,
        lint: &'static Lint,
        id: HirId,
        span: impl Into<diagnostics::MultiSpan>,
        msg: impl Into<String>,
        decorate: impl FnOnce(&mut diagnostics::Diag<'_>),
    ) {
        let (level, src) = self.lint_level_at_node(lint, id);
        let dlevel = match level {
            Level::Allow => return,
            Level::Expect => diagnostics::Level::Expect,
            Level::Warn | Level::ForceWarn => diagnostics::Level::Warning,
            Level::Deny | Level::Forbid => diagnostics::Level::Error,
        };
        let span = span.into();
        if let Some(primary) = span.primary_span() {
            if primary.in_external_macro() && !lint.report_in_external_macro && lint.future_incompatible.is_none() {
                return;
            }
        }
        let mut diag = diagnostics::Diag::new(self.dcx(), dlevel, msg).with_span(span);
        diag.is_lint(lint.name, false);
        decorate(&mut diag);
        if let Some(reference) = lint.future_incompatible {
            diag.warn("this was previously accepted by the compiler but is being phased out; it will become a hard error in a future release!");
            diag.note(format!("for more information, see {reference}"));
        }
        explain_level_source(&mut diag, lint, level, src);
        diag.emit();
    }
}

/// The note that says why a lint has its level, said once for each lint and source.
pub fn explain_level_source(diag: &mut diagnostics::Diag<'_>, lint: &Lint, level: Level, src: LintLevelSource) {
    let name = lint.name;
    match src {
        LintLevelSource::Default => {
            diag.note_once(format!(
                "`#[{}({name})]` {}on by default",
                level.as_str(),
                if lint.future_incompatible.is_some() {
                    "(part of `#[warn(future_incompatible)]`) "
                } else {
                    group_note(name)
                }
            ));
        }
        LintLevelSource::CommandLine(given, l) => {
            let flag = match l {
                Level::Warn => "-W",
                Level::Deny => "-D",
                Level::Forbid => "-F",
                _ => "-A",
            };
            let given = given.as_str().replace('_', "-");
            let lint_name = name.replace('_', "-");
            if given == lint_name {
                diag.note_once(format!("requested on the command line with `{flag} {given}`"));
            } else {
                diag.note_once(format!("`{flag} {lint_name}` implied by `{flag} {given}`"));
                diag.help(format!("to override `{flag} {given}` add `#[allow({name})]`"));
            }
        }
        LintLevelSource::Node { name: written, span, reason } => {
            if let Some(reason) = reason {
                diag.note(reason.to_string());
            }
            diag.span_note(span, "the lint level is defined here");
            if written.as_str() != name {
                let lv = level.as_str();
                diag.note_once(format!("`#[{lv}({name})]` implied by `#[{lv}({written})]`"));
            }
        }
    }
}

fn group_note(lint: &str) -> &'static str {
    if in_group("unused", lint) {
        "(part of `#[warn(unused)]`) "
    } else if in_group("nonstandard_style", lint) {
        "(part of `#[warn(nonstandard_style)]`) "
    } else {
        ""
    }
}

/// Whether a lint group contains a lint (Reference, "Lint groups").
pub fn in_group(group: &str, lint: &str) -> bool {
    match group {
        "unused" => matches!(
            lint,
            "unused_imports"
                | "unused_variables"
                | "unused_assignments"
                | "dead_code"
                | "unused_mut"
                | "unreachable_code"
                | "unreachable_patterns"
                | "unused_must_use"
                | "unused_unsafe"
                | "path_statements"
                | "unused_attributes"
                | "unused_macros"
                | "unused_macro_rules"
                | "unused_allocation"
                | "unused_doc_comments"
                | "unused_extern_crates"
                | "unused_features"
                | "unused_labels"
                | "unused_parens"
                | "unused_braces"
                | "redundant_semicolons"
                | "map_unit_fn"
        ),
        "nonstandard_style" | "bad_style" => {
            matches!(lint, "non_camel_case_types" | "non_snake_case" | "non_upper_case_globals")
        }
        "warnings" => false,
        "rust_2018_idioms" => matches!(
            lint,
            "bare_trait_objects"
                | "unused_extern_crates"
                | "ellipsis_inclusive_range_patterns"
                | "elided_lifetimes_in_paths"
                | "explicit_outlives_requirements"
        ),
        "let_underscore" => matches!(lint, "let_underscore_drop" | "let_underscore_lock"),
        "keyword_idents" => matches!(lint, "keyword_idents_2018" | "keyword_idents_2024"),
        "refining_impl_trait" => matches!(lint, "refining_impl_trait_reachable" | "refining_impl_trait_internal"),
        "unknown_or_malformed_diagnostic_attributes" => matches!(
            lint,
            "unknown_diagnostic_attributes" | "malformed_diagnostic_attributes" | "misplaced_diagnostic_attributes"
        ),
        "future_incompatible" => {
            session::lint::ALL_LINTS.iter().any(|l| l.name == lint && l.future_incompatible.is_some())
        }
        _ => false,
    }
}
