//! The last look at all imports: what failed is reported, what is re-exported must be visible enough.

use diagnostics::codes::*;
use hir::def::{DefKind, Namespace, Namespace::*, Res as HirRes};
use hir::resolutions::Visibility;
use span::{FxHashSet, Ident, Span, kw};

use crate::Resolver;
use crate::errors::{ResolutionError, UnresolvedImportError};
use crate::import::{Import, ImportKind, ImportSource, ModuleOrUniformRoot};
use crate::module::{NameBinding, NameBindingKind};
use crate::path::{Finalize, Ignore, PathResult, Segment, Used};

impl<'ra, 'tcx> Resolver<'ra, 'tcx> {
    pub(crate) fn finalize_imports(&mut self) {
        let determined = std::mem::take(&mut self.determined_imports);
        let indeterminate = std::mem::take(&mut self.indeterminate_imports);
        let all = determined.iter().map(|i| (false, *i)).chain(indeterminate.iter().map(|i| (true, *i)));

        let mut seen_spans: FxHashSet<Span> = FxHashSet::default();
        let mut errors: Vec<(Import<'ra>, UnresolvedImportError<'ra>)> = Vec::new();
        let mut prev_root_id = None;
        for (is_indeterminate, import) in all {
            let error = self.finalize_import(import);
            self.import_dummy_binding(import, is_indeterminate);
            let Some(error) = error else { continue };
            self.glob_error |= import.is_glob();
            if let ImportKind::Single { source, ref source_bindings, .. } = import.kind
                && source.name == kw::SelfLower
                && source_bindings.value_ns.get() == ImportSource::None
            {
                // E0429 was reported.
                continue;
            }
            // One error for each `use` item.
            if prev_root_id.is_some_and(|id| id != import.root_id) && !errors.is_empty() {
                self.report_unresolved_imports(std::mem::take(&mut errors));
            }
            if seen_spans.insert(error.span) {
                errors.push((import, error));
                prev_root_id = Some(import.root_id);
            }
        }
        if !errors.is_empty() {
            self.report_unresolved_imports(errors);
        } else if self.dcx().has_errors().is_none() {
            for import in indeterminate {
                if import.imported_module.get().is_none() {
                    let error = UnresolvedImportError {
                        span: import.span,
                        label: None,
                        note: None,
                        suggestion: None,
                        candidates: None,
                        segment: None,
                        module: None,
                    };
                    self.report_unresolved_imports(vec![(import, error)]);
                }
            }
        }
        self.determined_imports = determined;
    }

    /// Gives the name of a failed import a meaning, so that its uses are not errors again.
    fn import_dummy_binding(&mut self, import: Import<'ra>, is_indeterminate: bool) {
        if let ImportKind::Single { target, ref target_bindings, .. } = import.0.kind {
            if !is_indeterminate && !target_bindings.iter().all(|binding| binding.get().is_none()) {
                return;
            }
            let dummy = self.import(self.dummy_binding, import);
            let parent = import.parent_scope.module;
            for ns in Namespace::ALL {
                let key = self.new_disambiguated_key(parent, target, ns);
                let _ = self.try_define(parent, key, dummy, false);
                if target.name != kw::Underscore {
                    self.update_resolution(parent, key, false, |_, resolution| {
                        resolution.single_imports.retain(|i| *i != import);
                    });
                }
            }
            self.failed_import_names.insert(target.name);
            self.record_use(target, dummy, Used::Other);
        } else if import.imported_module.get().is_none() {
            import.used.set(true);
            if let Some(id) = import.id() {
                self.used_imports.insert(id);
            }
        }
    }

    fn finalize_import(&mut self, import: Import<'ra>) -> Option<UnresolvedImportError<'ra>> {
        let ignore_binding = match &import.kind {
            ImportKind::Single { target_bindings, .. } => target_bindings[TypeNS].get(),
            _ => None,
        };
        let count_ambiguities = |this: &Self| this.ambiguity_errors.iter().filter(|e| !e.warning).count();
        let ambiguities = count_ambiguities(self);
        let finalize = Finalize::with_root_span(import.root_id, import.span, import.root_span);
        let privacy_errors = self.privacy_errors.len();

        let ignore = Ignore { binding: ignore_binding, import: Some(import) };
        let path = import.0.module_path.clone();
        let result = self.resolve_path(&path, None, &import.parent_scope, Some(finalize), ignore);
        let no_ambiguity = count_ambiguities(self) == ambiguities;
        let module = match result {
            PathResult::Module(module) => {
                if import.imported_module.get().is_none() && self.privacy_errors.is_empty() {
                    self.dcx()
                        .struct_span_err(import.span, "cannot determine resolution for the import")
                        .with_note("import resolution is stuck, try simplifying other imports")
                        .emit();
                    return None;
                }
                module
            }
            PathResult::Failed(failure) if !failure.is_error_from_last_segment => {
                if no_ambiguity {
                    let span = failure.span;
                    self.report_error(span, ResolutionError::FailedToResolve(failure));
                }
                return None;
            }
            PathResult::Failed(failure) => {
                if !no_ambiguity || failure.error_implied_by_parse_error {
                    return None;
                }
                return Some(self.unresolved_prefix_error(import, *failure));
            }
            PathResult::NonModule(_) | PathResult::Indeterminate => return None,
        };

        let ImportKind::Single { source, ref source_bindings, ref target_bindings, type_ns_only, id, .. } =
            import.0.kind
        else {
            return self.finalize_glob(import, module);
        };
        if self.privacy_errors.len() != privacy_errors {
            // What the path led to, for the errors' hints.
            let mut path = path;
            path.push(Segment::from_ident(source));
            if let PathResult::Module(ModuleOrUniformRoot::Module(module)) =
                self.maybe_resolve_path(&path, None, &import.parent_scope, Some(import))
            {
                let res = module.res().map(|res| (res, source));
                for error in &mut self.privacy_errors[privacy_errors..] {
                    error.outermost_res = res;
                }
            }
        }

        let mut all_ns_err = true;
        let wanted = |ns: Namespace| !type_ns_only || ns == TypeNS;
        for ns in Namespace::ALL.into_iter().filter(|ns| wanted(*ns)) {
            let ignore = Ignore { binding: target_bindings[ns].get(), import: Some(import) };
            let finalize = Finalize { report_private: false, ..finalize };
            let binding = self.resolve_import_source(import, module, source, ns, Some(finalize), ignore);
            let Ok(binding) = binding else { continue };
            match source_bindings[ns].get() {
                ImportSource::Found(_) => all_ns_err = false,
                ImportSource::Pending | ImportSource::None => {
                    if binding.res() != HirRes::Err
                        && self.ambiguity_errors.is_empty()
                        && self.privacy_errors.is_empty()
                    {
                        self.dcx()
                            .struct_span_err(import.span, "cannot determine resolution for the import")
                            .with_note("import resolution is stuck, try simplifying other imports")
                            .emit();
                    }
                    all_ns_err = false;
                }
            }
            if binding.is_assoc_item()
                && !self.session().feature(span::Symbol::intern("import_trait_associated_functions"))
            {
                session::feature_err(
                    self.session(),
                    span::Symbol::intern("import_trait_associated_functions"),
                    import.span,
                    "`use` associated items of traits is unstable",
                )
                .emit();
            }
        }

        if all_ns_err {
            let mut all_ns_failed = true;
            for ns in Namespace::ALL.into_iter().filter(|ns| wanted(*ns)) {
                let found = self.resolve_import_source(import, module, source, ns, Some(finalize), Ignore::default());
                all_ns_failed &= found.is_err();
            }
            // Else a privacy error was recorded.
            // `use ::_;` is a syntax error already.
            all_ns_failed &= source.name != kw::Underscore;
            return all_ns_failed.then(|| self.unresolved_name_error(import, module, source));
        }
        self.check_reexport(import, source);
        for ns in Namespace::ALL {
            if let ImportSource::Found(binding) = source_bindings[ns].get() {
                self.import_res_map.entry(id).or_default()[ns] = Some(binding.res());
            }
        }
        None
    }

    fn finalize_glob(
        &mut self,
        import: Import<'ra>,
        module: ModuleOrUniformRoot<'ra>,
    ) -> Option<UnresolvedImportError<'ra>> {
        let ImportKind::Glob { is_prelude, ref max_vis, id } = import.0.kind else { return None };
        if let ModuleOrUniformRoot::Module(module) = module
            && module == import.parent_scope.module
        {
            return Some(UnresolvedImportError {
                span: import.span,
                label: Some("cannot glob-import a module into itself".into()),
                note: None,
                suggestion: None,
                candidates: None,
                segment: None,
                module: None,
            });
        }
        if !is_prelude
            && let Some(max_vis) = max_vis.get()
            && !self.vis_is_at_least(max_vis, import.vis)
        {
            let shown = self.vis_to_string(import.vis);
            let max_shown = self.vis_to_string(max_vis);
            let msg = format!(
                "glob import doesn't reexport anything with visibility `{shown}` because no imported item is public enough"
            );
            self.buffer_lint(&session::lint::UNUSED_IMPORTS, id, import.span, msg, |diag| {
                diag.span_note(import.span, format!("the most public imported item is `{max_shown}`"))
                    .help("reduce the glob import's visibility or increase visibility of imported items");
            });
        }
        None
    }

    /// `pub use` of something that is not as visible.
    fn check_reexport(&mut self, import: Import<'ra>, ident: Ident) {
        let ImportKind::Single { ref source_bindings, id, .. } = import.0.kind else { return };
        let mut reexport_error: Option<(Namespace, NameBinding<'ra>)> = None;
        let mut any_successful = false;
        let mut crate_private = false;
        for ns in Namespace::ALL {
            let ImportSource::Found(binding) = source_bindings[ns].get() else { continue };
            if self.vis_is_at_least(binding.vis, import.vis) {
                any_successful = true;
            } else {
                reexport_error = Some((ns, binding));
                if let Visibility::Restricted(def_id) = binding.vis
                    && def_id.is_top_level_module()
                {
                    crate_private = true;
                }
            }
        }
        let Some((ns, binding)) = reexport_error.filter(|_| !any_successful) else { return };
        if self.is_pub_use_of_private_extern_crate(import, binding) {
            let msg = format!("extern crate `{ident}` is private and cannot be re-exported");
            let extern_span = match binding.kind {
                NameBindingKind::Import { import, .. } => import.span,
                _ => binding.span,
            };
            self.buffer_lint(&session::lint::PUB_USE_OF_PRIVATE_EXTERN_CRATE, id, import.span, msg, |diag| {
                diag.code(E0365).span_suggestion_verbose(
                    extern_span.shrink_to_lo(),
                    "consider making the `extern crate` item publicly accessible",
                    "pub ",
                    diagnostics::Applicability::MaybeIncorrect,
                );
            });
            return;
        }
        let msg = if crate_private {
            format!("`{ident}` is only public within the crate, and cannot be re-exported outside")
        } else {
            format!("`{ident}` is private, and cannot be re-exported")
        };
        let mut diag = self.dcx().struct_span_err(import.span, msg);
        if ns == TypeNS {
            let label = if crate_private { "crate public" } else { "private" };
            diag.code(E0365)
                .span_label(import.span, format!("re-export of {label} `{ident}`"))
                .note(format!("consider declaring type or module `{ident}` with `pub`"));
        } else {
            diag.code(E0364);
            match binding.kind {
                NameBindingKind::Res(HirRes::Def(DefKind::Macro(_), def_id))
                    if self.get_macro_by_def_id(def_id).macro_rules =>
                {
                    diag.span_help(
                        binding.span,
                        "consider adding a `#[macro_export]` to the macro in the imported module",
                    );
                }
                _ => {
                    let msg = format!("consider marking `{ident}` as `pub` in the imported module");
                    diag.span_note(import.span, msg);
                }
            }
        }
        diag.emit();
    }
}
