//! Names that may have been meant: similar ones in scope, and the same name in other modules.

use ast::PathSegment;
use diagnostics::{Applicability, Diag, MultiSpan};
use hir::def::{CtorOf, DefKind, Namespace, Res as HirRes};
use span::def_id::{CRATE_DEF_ID, DefId};
use span::{FxHashSet, Ident, Span, Symbol, SyntaxContext, kw, sym};
use thin_vec::ThinVec;

use crate::Resolver;
use crate::errors::{ImportSuggestion, TypoSuggestion};
use crate::import::{Import, ImportKind, ModuleOrUniformRoot};
use crate::macro_scope::ParentScope;
use crate::module::{Module, NameBindingKind, Res};
use crate::path::{Segment, path_names_to_string};

/// How candidates are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum DiagMode {
    Normal,
    /// What was written is a pattern.
    Pattern,
}

impl<'ra, 'tcx> Resolver<'ra, 'tcx> {
    /// Adds the fitting names of a module.
    pub(crate) fn add_module_candidates(
        &mut self,
        module: Module<'ra>,
        names: &mut Vec<TypoSuggestion>,
        filter: &dyn Fn(Res) -> bool,
        ctxt: Option<SyntaxContext>,
    ) {
        self.for_each_child(module, |_, ident, _, binding| {
            let res = binding.res();
            if filter(res) && ctxt.is_none_or(|ctxt| ctxt == ident.span.ctxt() || ident.span.ctxt().is_root()) {
                names.push(TypoSuggestion::typo_from_ident(ident, res));
            }
        });
    }

    /// Suggests a similar name; whether it did.
    pub(crate) fn add_typo_suggestion(&self, diag: &mut Diag<'_>, suggestion: TypoSuggestion, span: Span) -> bool {
        if suggestion.candidate == kw::Underscore {
            return false;
        }
        let descr = suggestion.res.descr();
        let candidate = suggestion.candidate;
        let shown = Ident::with_dummy_span(candidate);
        if let Some(def_id) = suggestion.res.opt_def_id() {
            let def_span = self.def_span(def_id);
            if span.overlaps(def_span) {
                return false;
            }
            if !def_span.is_dummy() && def_id != CRATE_DEF_ID.to_def_id() {
                let head = self.session().source_map().guess_head_span(def_span);
                let label = if suggestion.single_item {
                    format!("{descr} `{shown}` defined here")
                } else {
                    format!("similarly named {descr} `{shown}` defined here")
                };
                diag.span_label(head, label);
            }
        }
        let snippet = self.session().source_map().span_to_snippet(span);
        if let (Some(snippet), Some(def), Some(stripped)) =
            (snippet, suggestion.span, candidate.as_str().strip_prefix('_'))
            && snippet == stripped
            && !suggestion.single_item
        {
            diag.span_label(def, format!("`{candidate}` defined here"));
            let msg = format!(
                "the leading underscore in `{candidate}` marks it as unused, consider renaming it to `{snippet}`"
            );
            diag.span_suggestion_verbose(def, msg, snippet, Applicability::MaybeIncorrect);
            return true;
        }
        let msg = if suggestion.single_item {
            format!("maybe you meant this {descr}")
        } else {
            format!("{} {descr} with a similar name exists", suggestion.res.article())
        };
        diag.span_suggestion_verbose(span, msg, shown.to_string(), Applicability::MaybeIncorrect);
        true
    }

    /// Things of this name anywhere that could be imported.
    pub(crate) fn lookup_import_candidates(
        &mut self,
        lookup_ident: Ident,
        namespace: Namespace,
        parent_scope: &ParentScope<'ra>,
        filter: impl Fn(Res) -> bool,
    ) -> Vec<ImportSuggestion> {
        let graph_root = self.graph_root;
        let krate: ThinVec<PathSegment> =
            [PathSegment::from_ident(Ident::with_dummy_span(kw::Crate))].into_iter().collect();
        let mut suggestions =
            self.candidates_from_module(lookup_ident, namespace, parent_scope, graph_root, krate, &filter);
        if lookup_ident.span.at_least_rust_2018() {
            let names: Vec<Symbol> = self.extern_prelude.keys().copied().collect();
            for name in names {
                if self.extern_prelude[&name].introduced_by_item {
                    continue;
                }
                let Some(krate) = self.tcx.cstore().maybe_load_crate(name) else { continue };
                let root = self.expect_module(krate.as_def_id());
                let path = [PathSegment::from_ident(Ident::with_dummy_span(name))].into_iter().collect();
                suggestions.extend(self.candidates_from_module(
                    lookup_ident,
                    namespace,
                    parent_scope,
                    root,
                    path,
                    &filter,
                ));
            }
        }
        suggestions
    }

    fn candidates_from_module(
        &mut self,
        lookup_ident: Ident,
        namespace: Namespace,
        parent_scope: &ParentScope<'ra>,
        start: Module<'ra>,
        crate_path: ThinVec<PathSegment>,
        filter: &dyn Fn(Res) -> bool,
    ) -> Vec<ImportSuggestion> {
        type Work<'ra> = (Module<'ra>, Vec<Ident>, bool, bool);
        let mut candidates: Vec<ImportSuggestion> = Vec::new();
        let mut seen: FxHashSet<DefId> = FxHashSet::default();
        let mut worklist: Vec<Work<'ra>> = vec![(start, Vec::new(), true, true)];
        // Modules' own paths come before those through re-exports.
        let mut worklist_via_import: Vec<Work<'ra>> = Vec::new();
        while let Some((in_module, path, accessible, doc_visible)) =
            worklist.pop().or_else(|| worklist_via_import.pop())
        {
            let is_extern = !in_module.is_local();
            self.for_each_child(in_module, |this, ident, ns, binding| {
                if binding.is_assoc_item() || ident.name == kw::Underscore {
                    return;
                }
                let child_accessible = accessible && this.is_accessible_from(binding.vis, parent_scope.module);
                if is_extern && !child_accessible {
                    return;
                }
                let via_import = binding.is_import() && !binding.is_extern_crate();
                if via_import && binding.is_possibly_imported_variant() {
                    return;
                }
                if let NameBindingKind::Import { binding: inner, .. } = binding.kind
                    && this.is_accessible_from(inner.vis, parent_scope.module)
                    && !this.is_accessible_from(binding.vis, parent_scope.module)
                {
                    return;
                }
                let res = binding.res();
                let did = match res {
                    HirRes::Def(DefKind::Ctor(CtorOf::Struct | CtorOf::Variant, _), did) => Some(this.parent(did)),
                    _ => res.opt_def_id(),
                };
                let child_doc_visible =
                    doc_visible && did.is_none_or(|did| did.is_local() || !this.tcx.is_doc_hidden(did));
                if ident.name == lookup_ident.name
                    && ns == namespace
                    && in_module != parent_scope.module
                    && ident.span.ctxt().normalize_to_macros_2_0().is_root()
                    && filter(res)
                {
                    let mut segments =
                        if lookup_ident.span.at_least_rust_2018() { crate_path.clone() } else { ThinVec::new() };
                    segments.extend(path.iter().map(|ident| PathSegment::from_ident(*ident)));
                    segments.push(PathSegment::from_ident(ident));
                    if child_accessible
                        && let Some(index) = candidates.iter().position(|c| c.did == did && !c.accessible)
                    {
                        candidates.remove(index);
                    }
                    if candidates.iter().all(|c| c.did != did) {
                        candidates.push(ImportSuggestion {
                            did,
                            descr: res.descr(),
                            path: ast::Path { span: binding.span, segments },
                            accessible: child_accessible,
                            doc_visible: child_doc_visible,
                            via_import,
                            note: this.edition_prelude_note(did),
                        });
                    }
                }
                if let Some(module) = binding.module() {
                    let appears_in_prelude = binding.is_extern_crate() && lookup_ident.span.at_least_rust_2018();
                    if !appears_in_prelude && seen.insert(module.def_id()) {
                        let mut path = path.clone();
                        path.push(ident);
                        let list = if via_import { &mut worklist_via_import } else { &mut worklist };
                        list.push((module, path, child_accessible, child_doc_visible));
                    }
                }
            });
        }
        if candidates.iter().any(|c| c.accessible) {
            candidates.retain(|c| c.accessible);
        }
        candidates
    }

    /// Traits that later editions have in the prelude.
    fn edition_prelude_note(&self, did: Option<DefId>) -> Option<String> {
        let did = did.filter(|did| !did.is_local())?;
        if self.session().edition().at_least_rust_2021() {
            return None;
        }
        let name = self.tcx.opt_item_name(did)?;
        if !matches!(name, sym::TryFrom | sym::TryInto | sym::FromIterator) {
            return None;
        }
        let module = self.tcx.opt_item_name(self.parent(did))?;
        let path = match name {
            sym::FromIterator => "core::iter::FromIterator".to_string(),
            _ => format!("core::{module}::{name}"),
        };
        Some(format!("'{path}' is included in the prelude starting in Edition 2021"))
    }

    /// Shows what can be imported. `place` is where a `use` goes, and whether one is there already.
    pub(crate) fn show_candidates(
        &self,
        diag: &mut Diag<'_>,
        place: Option<(Span, bool)>,
        candidates: &[ImportSuggestion],
        instead: bool,
        mode: DiagMode,
        path: &[Segment],
    ) {
        type Shown<'a> = (String, &'a str, Option<Span>, Option<String>, bool);
        let mut accessible: Vec<Shown<'_>> = Vec::new();
        let mut inaccessible: Vec<Shown<'_>> = Vec::new();
        for c in candidates {
            let source = c.did.and_then(|did| did.is_local().then(|| self.def_span(did)));
            let shown = (path_names_to_string(&c.path), c.descr, source, c.note.clone(), c.via_import);
            if c.accessible {
                if c.doc_visible {
                    accessible.push(shown);
                }
            } else {
                inaccessible.push(shown);
            }
        }
        for list in [&mut accessible, &mut inaccessible] {
            list.sort_by(|a, b| a.0.cmp(&b.0));
            list.dedup_by(|a, b| a.0 == b.0);
            // The crate's own first, then the standard library's (`core` only for what `std` lacks), then others.
            let all = std::mem::take(list);
            let starts = |s: &Shown<'_>, prefix: &str| s.0.starts_with(prefix);
            let (core, rest): (Vec<_>, Vec<_>) = all.into_iter().partition(|s| starts(s, "core::"));
            let (std, rest): (Vec<_>, Vec<_>) = rest.into_iter().partition(|s| starts(s, "std::"));
            let (krate, foreign): (Vec<_>, Vec<_>) = rest.into_iter().partition(|s| starts(s, "crate::"));
            list.extend(krate);
            let same = std.len() == core.len();
            list.extend(std);
            if !same {
                list.extend(core);
            }
            list.extend(foreign);
        }
        if !accessible.is_empty() {
            let kinds: FxHashSet<&str> = accessible.iter().map(|s| s.1).collect();
            let (determiner, kind, plural, name, through) = match &accessible[..] {
                [(name, descr, _, _, via_import)] => {
                    let through = if *via_import { " through its public re-export" } else { "" };
                    ("this", *descr, "", format!(" `{name}`"), through)
                }
                _ => {
                    let kind = if kinds.len() == 1 { accessible[0].1 } else { "item" };
                    ("one of these", kind, if kind.ends_with('s') { "es" } else { "s" }, String::new(), "")
                }
            };
            let instead = if instead { " instead" } else { "" };
            let mut msg = match mode {
                DiagMode::Pattern => {
                    format!("if you meant to match on {kind}{plural}{instead}{name}, use the full path in the pattern")
                }
                DiagMode::Normal => format!("consider importing {determiner} {kind}{plural}{through}{instead}"),
            };
            for note in accessible.iter().filter_map(|s| s.3.as_ref()) {
                diag.note(note.clone());
            }
            match place {
                Some((span, found_use)) => {
                    if mode == DiagMode::Pattern {
                        let paths = accessible.into_iter().map(|s| s.0).collect::<Vec<_>>();
                        diag.span_suggestions(span, msg, paths, Applicability::MaybeIncorrect);
                        return;
                    }
                    let newline = if found_use { "" } else { "\n" };
                    let uses = accessible.into_iter().map(|s| format!("use {};\n{newline}", s.0)).collect::<Vec<_>>();
                    diag.span_suggestions(span, msg, uses, Applicability::MaybeIncorrect);
                    if let [first, .., last] = path {
                        let prefix = first.ident.span.until(last.ident.span);
                        if !prefix.from_expansion() && !prefix.is_empty() {
                            let msg = format!("if you import `{}`, refer to it directly", last.ident);
                            diag.span_suggestion_verbose(prefix, msg, "", Applicability::Unspecified);
                        }
                    }
                }
                None => {
                    msg.push(':');
                    for shown in accessible {
                        msg.push('\n');
                        msg.push_str(&shown.0);
                    }
                    diag.help(msg);
                }
            }
            return;
        }
        let prefix = if mode == DiagMode::Pattern { "you might have meant to match on " } else { "" };
        match &inaccessible[..] {
            [] => {}
            [(name, descr, source, note, _)] => {
                let which = if mode == DiagMode::Pattern { ", which" } else { "" };
                let msg = format!("{prefix}{descr} `{name}`{which} exists but is inaccessible");
                match source {
                    Some(span) => {
                        let head = self.session().source_map().guess_head_span(*span);
                        let mut multi = MultiSpan::from(head);
                        multi.push_span_label(head, "not accessible");
                        diag.span_note(multi, msg);
                    }
                    None => {
                        diag.note(msg);
                    }
                }
                if let Some(note) = note {
                    diag.note(note.clone());
                }
            }
            all => {
                let kinds: FxHashSet<&str> = all.iter().map(|s| s.1).collect();
                let descr = if kinds.len() == 1 { all[0].1 } else { "item" };
                let plural = if descr.ends_with('s') { "es" } else { "s" };
                let mut msg = format!("{prefix}these {descr}{plural} exist but are inaccessible");
                let mut multi = MultiSpan::new();
                let mut without_span = Vec::new();
                for (name, kind, source, ..) in all {
                    match source {
                        Some(span) => {
                            let head = self.session().source_map().guess_head_span(*span);
                            multi.primary_spans.push(head);
                            multi.push_span_label(head, format!("`{name}`: not accessible"));
                        }
                        None => without_span.push((name, kind)),
                    }
                }
                for (name, kind) in without_span {
                    msg.push_str(&format!("\n`{name}`: {kind}"));
                }
                diag.span_note(multi, msg);
            }
        }
    }

    /// Candidates for a macro.
    pub(crate) fn show_candidates_for_macro(
        &mut self,
        diag: &mut Diag<'_>,
        parent_scope: &ParentScope<'ra>,
        candidates: &[ImportSuggestion],
    ) {
        if candidates.is_empty() {
            return;
        }
        let def_id = parent_scope.module.nearest_parent_mod_def_id();
        let place = self.use_placement(def_id);
        self.show_candidates(diag, place, candidates, false, DiagMode::Normal, &[]);
    }

    /// Candidates for an import that leads nowhere.
    pub(crate) fn show_import_candidates(
        &mut self,
        diag: &mut Diag<'_>,
        import: Import<'ra>,
        candidates: &[ImportSuggestion],
    ) {
        let ImportKind::Single { .. } = import.0.kind else { return };
        let mut paths: Vec<(String, &str, bool)> = candidates
            .iter()
            .filter(|c| c.accessible && c.doc_visible)
            .map(|c| (path_names_to_string(&c.path), c.descr, c.via_import))
            .collect();
        paths.sort();
        paths.dedup();
        let has_std = paths.iter().any(|p| p.0.starts_with("std::"));
        if has_std {
            paths.retain(|p| !p.0.starts_with("core::"));
        }
        if paths.is_empty() {
            // What there is cannot be used from here.
            return self.show_candidates(diag, None, candidates, true, DiagMode::Normal, &[]);
        }
        let kind = if paths.iter().all(|p| p.1 == paths[0].1) { paths[0].1 } else { "item" };
        let mut msg = match &paths[..] {
            [(_, descr, via_import)] => {
                let through = if *via_import { " through its public re-export" } else { "" };
                format!("consider importing this {descr}{through} instead")
            }
            _ => {
                let plural = if kind.ends_with('s') { "es" } else { "s" };
                format!("consider importing one of these {kind}{plural} instead")
            }
        };
        if import.is_nested() {
            msg.push(':');
            for (path, ..) in paths {
                msg.push('\n');
                msg.push_str(&path);
            }
            diag.help(msg);
        } else {
            let paths: Vec<String> = paths.into_iter().map(|(path, ..)| path).collect();
            diag.span_suggestions(import.span, msg, paths, Applicability::MaybeIncorrect);
        }
    }

    /// As `find_cfg_stripped`, for where a path failed.
    pub(crate) fn note_cfg_stripped(
        &self,
        diag: &mut Diag<'_>,
        module: Option<ModuleOrUniformRoot<'ra>>,
        name: Symbol,
    ) {
        if let Some(ModuleOrUniformRoot::Module(module)) = module
            && let Some(def_id) = module.opt_def_id()
        {
            self.find_cfg_stripped(diag, name, def_id);
        }
    }

    /// Names an item of this name that `cfg` left out of a module.
    pub(crate) fn find_cfg_stripped(&self, diag: &mut Diag<'_>, name: Symbol, module: DefId) {
        let mut found = Vec::new();
        // Metadata does not keep what other crates left out.
        for item in &self.stripped_cfg_items {
            if item.ident.name == name && self.stripped_item_module(item.parent_scope) == Some(module) {
                found.push((item.ident, item.cfg.clone()));
            }
        }
        for (ident, (predicate, span)) in found {
            let mut multi = MultiSpan::from(ident.span);
            let feature = predicate
                .strip_prefix("feature")
                .map(|rest| rest.trim_start())
                .and_then(|rest| rest.strip_prefix('='))
                .map(|value| value.trim());
            match feature {
                Some(value) => multi.push_span_label(
                    span,
                    format!("the item is gated behind the `{}` feature", value.trim_matches('"')),
                ),
                None => multi.push_span_label(span, "the item is gated here"),
            }
            diag.span_note(multi, "found an item that was configured out");
        }
    }

    /// The module that an item left out stood in.
    pub(crate) fn stripped_item_module(&self, parent: ast::NodeId) -> Option<DefId> {
        let mut def_id = self.opt_local_def_id(parent)?.to_def_id();
        loop {
            if self.module_map.get(&def_id).is_some_and(|m| m.is_normal()) {
                return Some(def_id);
            }
            def_id = self.tcx.opt_parent(def_id)?;
        }
    }

    /// Where a `use` can be put in a module, and whether one stands there.
    pub(crate) fn use_placement(&self, module: DefId) -> Option<(Span, bool)> {
        let local = module.as_local()?;
        self.use_placements.get(&local).copied()
    }
}
