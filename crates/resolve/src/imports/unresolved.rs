//! E0432: imports that lead nowhere, with what may have been meant.

use diagnostics::Applicability;
use diagnostics::codes::E0432;
use hir::def::{Namespace::*, Res as HirRes};
use span::{Ident, Span, kw};

use crate::Resolver;
use crate::errors::UnresolvedImportError;
use crate::import::{Import, ImportKind, ModuleOrUniformRoot};
use crate::module::{Module, ModuleKind, NameBindingKind};
use crate::path::{PathFailure, PathResult, Segment};
use crate::report::edit_distance::find_best_match_for_name;

impl<'ra, 'tcx> Resolver<'ra, 'tcx> {
    /// The error for a prefix that leads nowhere.
    pub(super) fn unresolved_prefix_error(
        &mut self,
        import: Import<'ra>,
        failure: PathFailure<'ra>,
    ) -> UnresolvedImportError<'ra> {
        let mut error = UnresolvedImportError {
            span: failure.span,
            label: Some(failure.label),
            note: failure.note,
            suggestion: failure.suggestion,
            candidates: None,
            segment: Some(failure.segment_name),
            module: failure.module,
        };
        if let Some((path, note)) = self.make_path_suggestion(import.module_path.clone(), &import.parent_scope) {
            let replacement = Segment::names_to_string(&path);
            error.label = None;
            error.note = note;
            error.suggestion = Some((
                vec![(failure.span, replacement)],
                "a similar path exists".to_string(),
                Applicability::MaybeIncorrect,
            ));
        }
        error
    }

    /// The error for a name that is not in the module.
    pub(super) fn unresolved_name_error(
        &mut self,
        import: Import<'ra>,
        module: ModuleOrUniformRoot<'ra>,
        ident: Ident,
    ) -> UnresolvedImportError<'ra> {
        let mut names = Vec::new();
        if let ModuleOrUniformRoot::Module(module) = module {
            self.for_each_child(module, |_, name, _, binding| {
                let failed =
                    matches!(binding.kind, NameBindingKind::Import { binding, .. } if binding.res() == HirRes::Err);
                if name.name != ident.name && !failed {
                    names.push(name.name);
                }
            });
        }
        let suggestion = find_best_match_for_name(&names, ident.name, None).map(|name| {
            let msg = "a similar name exists in the module".to_string();
            (vec![(ident.span, name.to_string())], msg, Applicability::MaybeIncorrect)
        });
        let (label, note) = match module {
            ModuleOrUniformRoot::Module(module) => match module_to_string(module) {
                Some(path) => (format!("no `{ident}` in `{path}`"), None),
                None => (format!("no `{ident}` in the root"), None),
            },
            _ if ident.is_path_segment_keyword() => (format!("no `{ident}` in the root"), None),
            _ => (format!("no external crate `{ident}`"), None),
        };
        let candidates = self.lookup_import_candidates(ident, TypeNS, &import.parent_scope, |_| true);
        UnresolvedImportError {
            span: import.span,
            label: Some(label),
            note,
            suggestion,
            candidates: (!candidates.is_empty()).then_some(candidates),
            segment: Some(ident.name),
            module: Some(module),
        }
    }

    /// One error for the imports of one `use` item.
    pub(super) fn report_unresolved_imports(&mut self, errors: Vec<(Import<'ra>, UnresolvedImportError<'ra>)>) {
        let errors: Vec<_> = errors
            .into_iter()
            .filter(|(import, error)| {
                // A macro's use of what it expected the user to have made was reported once.
                !(error.segment.is_some() && self.is_failed_module_use(import, error))
            })
            .collect();
        if errors.is_empty() {
            return;
        }
        let spans: Vec<Span> = errors.iter().map(|(_, error)| error.span).collect();
        let paths: Vec<String> =
            errors.iter().map(|(import, error)| format!("`{}`", import_path_to_string(*import, error.span))).collect();
        let msg = format!("unresolved import{} {}", if paths.len() == 1 { "" } else { "s" }, paths.join(", "));
        let mut diag = self.dcx().struct_span_err(spans, msg);
        diag.code(E0432);
        if let Some((_, UnresolvedImportError { note: Some(note), .. })) = errors.last() {
            diag.help(note.clone());
        }
        let mut candidates_to_show = Vec::new();
        // As rustc: at most ten labels.
        for (import, error) in errors.into_iter().take(10) {
            if let Some(label) = error.label {
                diag.span_label(error.span, label);
            }
            if let Some(segment) = error.segment {
                self.note_cfg_stripped(&mut diag, error.module, segment);
            }
            if let Some((parts, msg, applicability)) = error.suggestion {
                if parts.is_empty() {
                    diag.help(msg);
                    continue;
                }
                diag.multipart_suggestion(msg, parts, applicability);
            }
            if let Some(candidates) = error.candidates {
                candidates_to_show.push((import, candidates));
            }
        }
        for (import, candidates) in candidates_to_show {
            self.show_import_candidates(&mut diag, import, &candidates);
        }
        diag.emit();
    }

    fn is_failed_module_use(&self, _import: &Import<'ra>, error: &UnresolvedImportError<'ra>) -> bool {
        matches!(error.module, Some(ModuleOrUniformRoot::Module(module))
            if module.opt_def_id().is_some_and(|id| self.mods_with_parse_errors.contains(&id)))
    }

    /// A path that differs from the given one only in its start: `crate::`, `self::`, `super::` or a crate's name missing.
    fn make_path_suggestion(
        &mut self,
        mut path: Vec<Segment>,
        parent_scope: &crate::macro_scope::ParentScope<'ra>,
    ) -> Option<(Vec<Segment>, Option<String>)> {
        match path.as_slice() {
            // `{{root}}::ident::..` on both editions; `ident::..` on 2018 and later.
            [first, second, ..] if first.ident.name == kw::PathRoot && !second.ident.is_path_segment_keyword() => {}
            [first, ..] if first.ident.span.at_least_rust_2018() && !first.ident.is_path_segment_keyword() => {
                path.insert(0, Segment::from_ident(Ident::with_dummy_span(span::kw::Empty)));
            }
            _ => return None,
        }
        for keyword in [kw::SelfLower, kw::Crate, kw::Super] {
            path[0].ident.name = keyword;
            if let PathResult::Module(ModuleOrUniformRoot::Module(_)) =
                self.maybe_resolve_path(&path, None, parent_scope, None)
            {
                let note =
                    (keyword == kw::Crate && parent_scope.module.nearest_parent_mod() != self.graph_root).then(|| {
                        "`use` statements changed in Rust 2018; read more at \
                     <https://doc.rust-lang.org/edition-guide/rust-2018/module-system/path-clarity.html>"
                            .to_string()
                    });
                return Some((path, note));
            }
        }
        // A crate's name.
        if path.len() > 1 && path[1].ident.span.edition().is_rust_2015() {
            return None;
        }
        let mut names: Vec<_> = self.extern_prelude.keys().copied().collect();
        names.sort_by(|a, b| b.as_str().cmp(a.as_str()));
        for name in names {
            path[0].ident.name = name;
            if let PathResult::Module(ModuleOrUniformRoot::Module(_)) =
                self.maybe_resolve_path(&path, None, parent_scope, None)
            {
                return Some((path, None));
            }
        }
        None
    }
}

/// The path of a module from its crate's root; `None` for roots.
pub(crate) fn module_to_string(mut module: Module<'_>) -> Option<String> {
    let mut names = Vec::new();
    while let Some(parent) = module.parent {
        match module.kind {
            ModuleKind::Def(_, _, Some(name)) => names.push(name.to_string()),
            ModuleKind::Def(_, _, None) => break,
            ModuleKind::Block => names.push("<opaque>".to_string()),
        }
        module = parent;
    }
    if names.is_empty() {
        return None;
    }
    names.reverse();
    Some(names.join("::"))
}

/// The path of an import, up to the segment that the error is at.
fn import_path_to_string(import: Import<'_>, error_span: Span) -> String {
    let segments = &import.0.module_path;
    let names: Vec<Ident> = segments.iter().map(|s| s.ident).collect();
    let global = names.first().is_some_and(|i| i.name == kw::PathRoot);
    let position = segments.iter().position(|s| s.ident.span == error_span && s.ident.name != kw::PathRoot);
    let shown = |idents: &[Ident]| {
        let idents = if global { &idents[1.min(idents.len())..] } else { idents };
        idents.iter().map(|i| i.to_string()).collect::<Vec<_>>().join("::")
    };
    if let Some(position) = position {
        return shown(&names[..=position]);
    }
    let mut path = shown(&names);
    let last = match import.0.kind {
        ImportKind::Single { source, .. } => source.to_string(),
        ImportKind::Glob { .. } => "*".to_string(),
        ImportKind::ExternCrate { .. } => "<extern crate>".to_string(),
        ImportKind::MacroUse { .. } => "#[macro_use]".to_string(),
        ImportKind::MacroExport => "#[macro_export]".to_string(),
    };
    if !path.is_empty() {
        path.push_str("::");
    }
    path + &last
}
