//! Import resolution: a fixpoint over all imports that stand so far, and how a name gets its binding in a module.
//!
//! Single imports and items shadow what globs bring; two different glob-imported names are an ambiguity, which counts only
//! if the name is used. `finalize.rs` checks everything once all macros are expanded.

mod finalize;
mod reexports;
mod unresolved;

use hir::def::{Namespace, Namespace::*, PartialRes, Res as HirRes};
use span::{ExpnId, Ident, kw};

use crate::Resolver;
use crate::import::{Import, ImportKind, ImportSource, ModuleOrUniformRoot};
use crate::module::{AmbiguityKind, BindingKey, Module, NameBinding, NameBindingData, NameBindingKind, NameResolution};
use crate::path::{Determinacy, Finalize, Ignore, PathResult};

impl<'ra, 'tcx> Resolver<'ra, 'tcx> {
    /// The binding that an import makes of what it imports: no more visible than either.
    pub(crate) fn import(&self, binding: NameBinding<'ra>, import: Import<'ra>) -> NameBinding<'ra> {
        let import_vis = import.vis;
        let is_at_least = self.vis_is_at_least(binding.vis, import_vis);
        let vis = if is_at_least || self.is_pub_use_of_private_extern_crate(import, binding) {
            import_vis
        } else {
            binding.vis
        };
        if let ImportKind::Glob { ref max_vis, .. } = import.kind
            && (vis == import_vis || max_vis.get().is_none_or(|max| self.vis_is_at_least(vis, max)))
        {
            max_vis.set(Some(vis));
        }
        NameBinding(self.arenas.alloc_binding(NameBindingData {
            kind: NameBindingKind::Import { binding, import },
            ambiguity: None,
            warn_ambiguity: false,
            expansion: import.parent_scope.expansion,
            span: import.span,
            vis,
        }))
    }

    /// `extern crate foo; pub use foo;` was accepted by mistake and is a lint.
    pub(crate) fn is_pub_use_of_private_extern_crate(&self, import: Import<'ra>, binding: NameBinding<'ra>) -> bool {
        matches!(import.kind, ImportKind::Single { .. })
            && match binding.kind {
                NameBindingKind::Import { import: inner, .. } => {
                    matches!(inner.kind, ImportKind::ExternCrate { .. }) && import.vis.is_public()
                }
                _ => false,
            }
    }

    /// Binds a name, or returns what binds it already.
    pub(crate) fn try_define(
        &mut self,
        module: Module<'ra>,
        key: BindingKey,
        binding: NameBinding<'ra>,
        warn_ambiguity: bool,
    ) -> Result<(), NameBinding<'ra>> {
        let res = binding.res();
        self.check_reserved_macro_name(key.ident, res);
        self.binding_parent_modules.insert(binding, module);
        self.update_resolution(module, key, warn_ambiguity, |this, resolution| {
            let Some(old) = resolution.best_binding() else {
                if binding.is_glob_import() {
                    resolution.glob_binding = Some(binding);
                } else {
                    resolution.non_glob_binding = Some(binding);
                }
                return Ok(());
            };
            // What stands in for an unresolved import does not replace anything real.
            if res == HirRes::Err && old.res() != HirRes::Err {
                return Ok(());
            }
            match (old.is_glob_import(), binding.is_glob_import()) {
                (true, true) => {
                    resolution.glob_binding = Some(this.merge_globs(old, binding, warn_ambiguity));
                    Ok(())
                }
                (true, false) => {
                    resolution.non_glob_binding = Some(this.shadowing_binding(key.ns, binding, old));
                    Ok(())
                }
                (false, true) => {
                    let glob = match resolution.glob_binding {
                        Some(old_glob) => this.merge_globs(old_glob, binding, false),
                        None => binding,
                    };
                    resolution.glob_binding = Some(glob);
                    resolution.non_glob_binding = Some(this.shadowing_binding(key.ns, old, glob));
                    Ok(())
                }
                (false, false) => Err(old),
            }
        })
    }

    /// A macro-expanded macro that shadows a glob's is ambiguous.
    fn shadowing_binding(&self, ns: Namespace, non_glob: NameBinding<'ra>, glob: NameBinding<'ra>) -> NameBinding<'ra> {
        if ns == MacroNS
            && non_glob.expansion != ExpnId::root()
            && glob.res() != non_glob.res()
            && non_glob.ambiguity.is_none()
        {
            return self.new_ambiguity_binding(AmbiguityKind::GlobVsExpanded, non_glob, glob, false);
        }
        non_glob
    }

    fn merge_globs(&self, old: NameBinding<'ra>, new: NameBinding<'ra>, warn_ambiguity: bool) -> NameBinding<'ra> {
        let same_import = matches!(
            (old.kind, new.kind),
            (NameBindingKind::Import { import: a, .. }, NameBindingKind::Import { import: b, .. }) if a == b
        );
        if !new.is_ambiguity_recursive() && same_import {
            // The glob's source has changed.
            return new;
        }
        if new.res() != old.res() {
            return self.new_ambiguity_binding(AmbiguityKind::GlobVsGlob, old, new, warn_ambiguity);
        }
        if !self.vis_is_at_least(old.vis, new.vis) {
            // The same item, more visible.
            return new;
        }
        if new.is_ambiguity_recursive() && !old.is_ambiguity_recursive() {
            let data = NameBindingData {
                kind: new.kind,
                ambiguity: new.ambiguity,
                warn_ambiguity: true,
                expansion: new.expansion,
                span: new.span,
                vis: new.vis,
            };
            return NameBinding(self.arenas.alloc_binding(data));
        }
        old
    }

    /// Changes what is known of a name, and hands a new binding on to the globs that import it.
    pub(crate) fn update_resolution<T>(
        &mut self,
        module: Module<'ra>,
        key: BindingKey,
        warn_ambiguity: bool,
        f: impl FnOnce(&mut Self, &mut NameResolution<'ra>) -> T,
    ) -> T {
        let resolution = self.resolution(module, key);
        let (binding, result, warn_ambiguity) = {
            let resolution = &mut *resolution.borrow_mut();
            let old = resolution.binding();
            let result = f(self, resolution);
            match resolution.binding() {
                Some(binding) if old != Some(binding) => (binding, result, warn_ambiguity || old.is_some()),
                _ => return result,
            }
        };
        // A glob cycle comes back here; everybody in it is served by the outer call.
        let importers = match module.0.glob_importers.try_borrow_mut() {
            Ok(importers) if !importers.is_empty() => importers,
            _ => return result,
        };
        for &import in importers.iter() {
            let mut ctxt = key.ident.span.ctxt();
            let scope = match ctxt.reverse_glob_adjust(module.expansion, import.span) {
                Some(Some(def)) => self.expn_def_scope(def),
                Some(None) => import.parent_scope.module,
                None => continue,
            };
            if self.is_accessible_from(binding.vis, scope) {
                let imported = self.import(binding, import);
                let key = BindingKey { ident: Self::with_ctxt(key.ident, ctxt), ..key };
                let _ = self.try_define(import.parent_scope.module, key, imported, warn_ambiguity);
            }
        }
        result
    }

    /// Resolves imports until no more can be.
    pub(crate) fn resolve_imports(&mut self) {
        let mut prev = usize::MAX;
        let mut indeterminate = self.indeterminate_imports.len() * 3;
        while indeterminate < prev {
            prev = indeterminate;
            indeterminate = 0;
            for import in std::mem::take(&mut self.indeterminate_imports) {
                let count = self.resolve_import(import);
                indeterminate += count;
                match count {
                    0 => self.determined_imports.push(import),
                    _ => self.indeterminate_imports.push(import),
                }
            }
        }
    }

    /// Resolves an import as far as possible; returns the number of namespaces that remain open.
    fn resolve_import(&mut self, import: Import<'ra>) -> usize {
        let module = match import.imported_module.get() {
            Some(module) => module,
            None => {
                let path = &import.0.module_path;
                match self.maybe_resolve_path(path, None, &import.parent_scope, Some(import)) {
                    PathResult::Module(module) => module,
                    PathResult::Indeterminate => return 3,
                    PathResult::NonModule(..) | PathResult::Failed(..) => return 0,
                }
            }
        };
        import.imported_module.set(Some(module));
        let ImportKind::Single { source, target, ref source_bindings, ref target_bindings, type_ns_only, .. } =
            import.0.kind
        else {
            if import.is_glob() {
                self.resolve_glob_import(import);
            }
            return 0;
        };
        let parent = import.parent_scope.module;
        let mut indeterminate = 0;
        for ns in Namespace::ALL {
            if (type_ns_only && ns != TypeNS) || source_bindings[ns].get() != ImportSource::Pending {
                continue;
            }
            let ignore = Ignore { binding: None, import: Some(import) };
            match self.resolve_import_source(import, module, source, ns, None, ignore) {
                Ok(binding) => {
                    let imported = self.import(binding, import);
                    source_bindings[ns].set(ImportSource::Found(binding));
                    target_bindings[ns].set(Some(imported));
                    self.define(parent, target, ns, imported);
                }
                Err((Determinacy::Determined, _)) => {
                    source_bindings[ns].set(ImportSource::None);
                    // `_` was never entered.
                    if target.name != kw::Underscore {
                        let key = BindingKey::new(target, ns);
                        self.update_resolution(parent, key, false, |_, resolution| {
                            resolution.single_imports.retain(|i| *i != import);
                        });
                    }
                }
                Err((Determinacy::Undetermined, _)) => indeterminate += 1,
            }
        }
        indeterminate
    }

    /// What an import imports in one namespace; `self` and `super` are modules.
    pub(crate) fn resolve_import_source(
        &mut self,
        import: Import<'ra>,
        module: ModuleOrUniformRoot<'ra>,
        source: Ident,
        ns: Namespace,
        finalize: Option<Finalize>,
        ignore: Ignore<'ra>,
    ) -> Result<NameBinding<'ra>, (Determinacy, crate::ident::Weak)> {
        if matches!(source.name, kw::SelfLower | kw::Super | kw::PathRoot) {
            let not_found = Err((Determinacy::Determined, crate::ident::Weak::No));
            if ns != TypeNS {
                return not_found;
            }
            let mut path = import.0.module_path.clone();
            path.push(crate::path::Segment::from_ident(source));
            return match self.maybe_resolve_path(&path, None, &import.parent_scope, None) {
                PathResult::Module(ModuleOrUniformRoot::Module(module)) => Ok(self.module_self_binding(module)),
                _ => not_found,
            };
        }
        self.resolve_ident_in_module(module, source, ns, &import.parent_scope, finalize, ignore)
    }

    fn resolve_glob_import(&mut self, import: Import<'ra>) {
        let ImportKind::Glob { is_prelude, id, .. } = import.kind else { unreachable!("called for globs only") };
        let Some(ModuleOrUniformRoot::Module(module)) = import.imported_module.get() else {
            self.dcx().span_err(import.span, "cannot glob import all possible crates");
            return;
        };
        if module.is_trait() && !self.session().feature(span::Symbol::intern("import_trait_associated_functions")) {
            let feature = span::Symbol::intern("import_trait_associated_functions");
            session::feature_err(self.session(), feature, import.span, "`use` associated items of traits is unstable")
                .emit();
        }
        if module == import.parent_scope.module {
            return;
        }
        if is_prelude {
            self.prelude = Some(module);
            return;
        }
        module.0.glob_importers.borrow_mut().push(import);
        // The module may change while its names are entered: a glob cycle.
        let mut bindings: Vec<(BindingKey, NameBinding<'ra>)> = Vec::new();
        self.ensure_populated(module);
        for (key, resolution) in module.lazy_resolutions.borrow().iter() {
            if let Some(binding) = resolution.borrow().binding() {
                bindings.push((*key, binding));
            }
        }
        for (mut key, binding) in bindings {
            let mut ctxt = key.ident.span.ctxt();
            let scope = match ctxt.reverse_glob_adjust(module.expansion, import.span) {
                Some(Some(def)) => self.expn_def_scope(def),
                Some(None) => import.parent_scope.module,
                None => continue,
            };
            key.ident = Self::with_ctxt(key.ident, ctxt);
            if self.is_accessible_from(binding.vis, scope) {
                let imported = self.import(binding, import);
                let target = import.parent_scope.module;
                let existing = self.resolution(target, key).borrow().binding();
                let warn_ambiguity = existing.is_some_and(|b| b.warn_ambiguity_recursive());
                let _ = self.try_define(target, key, imported, warn_ambiguity);
            }
        }
        let res = module.res().expect("globs import from named modules");
        self.partial_res_map.insert(id, PartialRes::new(res));
    }

    /// Names that only the compiler gives to attributes.
    pub(crate) fn check_reserved_macro_name(&mut self, ident: Ident, res: crate::module::Res) {
        use crate::ident::res_macro_kinds;
        if (ident.name == span::sym::cfg || ident.name == span::sym::cfg_attr)
            && let Some(kinds) = res_macro_kinds(res)
            && crate::ident::sub_namespace_match(Some(kinds), Some(span::MacroKind::Attr))
        {
            self.dcx().span_err(ident.span, format!("name `{ident}` is reserved in attribute namespace"));
        }
    }
}
