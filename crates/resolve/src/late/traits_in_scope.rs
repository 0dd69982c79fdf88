//! The traits whose methods can be called at a place: those in the modules and blocks around it, imported or defined there,
//! and those of the prelude. Pruned to those that have an item of the wanted name.

use hir::def::Namespace::{self, *};
use hir::resolutions::TraitCandidate;
use smallvec::SmallVec;
use span::def_id::LocalDefId;
use span::{FxHashMap, FxHashSet, Ident, Symbol};

use super::LateResolver;
use crate::Resolver;
use crate::module::{Module, NameBinding, NameBindingKind};
use crate::scopes::{Scope, ScopeSet};

/// The names of each trait's items.
pub(super) type TraitItemNames<'ra> = FxHashMap<Module<'ra>, FxHashSet<(Symbol, Namespace)>>;

impl<'ra> LateResolver<'_, '_, 'ra, '_> {
    pub(super) fn traits_in_scope(&mut self, ident: Ident, ns: Namespace) -> Vec<TraitCandidate> {
        let wanted = (ident.name, ns);
        let mut found = Vec::new();
        let names = &mut self.trait_item_names;
        if let Some((module, _)) = self.current_trait_ref
            && self.r.trait_may_have_item(names, Some(module), wanted)
        {
            found.push(TraitCandidate { def_id: module.def_id(), import_ids: SmallVec::new(), lint_ambiguous: false });
        }
        let ctxt = ident.span.ctxt();
        self.r.visit_scopes(ScopeSet::All(TypeNS), &self.parent_scope, ctxt, |this, scope, _, _| {
            match scope {
                Scope::Module(module) => this.traits_in_module(names, module, wanted, &mut found),
                Scope::StdLibPrelude => {
                    if let Some(prelude) = this.prelude {
                        this.traits_in_module(names, prelude, wanted, &mut found);
                    }
                }
                _ => {}
            }
            None::<()>
        });
        found
    }
}

impl<'ra> Resolver<'ra, '_> {
    fn traits_in_module(
        &mut self,
        names: &mut TraitItemNames<'ra>,
        module: Module<'ra>,
        wanted: (Symbol, Namespace),
        found: &mut Vec<TraitCandidate>,
    ) {
        let traits = self.module_traits(module);
        for &(trait_name, binding) in traits.iter() {
            if self.trait_may_have_item(names, binding.module(), wanted) {
                let import_ids = self.find_transitive_imports(binding, trait_name);
                let lint_ambiguous = binding.is_ambiguity_recursive();
                found.push(TraitCandidate { def_id: binding.res().def_id(), import_ids, lint_ambiguous });
            }
        }
    }

    /// Best effort: hygiene and types are type checking's. A trait alias may have anything.
    fn trait_may_have_item(
        &mut self,
        names: &mut TraitItemNames<'ra>,
        trait_module: Option<Module<'ra>>,
        wanted: (Symbol, Namespace),
    ) -> bool {
        let Some(module) = trait_module else { return true };
        if let Some(names) = names.get(&module) {
            return names.contains(&wanted);
        }
        self.ensure_populated(module);
        let set: FxHashSet<_> = module.lazy_resolutions.borrow().keys().map(|key| (key.ident.name, key.ns)).collect();
        let has = set.contains(&wanted);
        names.insert(module, set);
        has
    }

    fn find_transitive_imports(&mut self, mut binding: NameBinding<'ra>, name: Ident) -> SmallVec<[LocalDefId; 1]> {
        let mut import_ids = SmallVec::new();
        while let NameBindingKind::Import { binding: next, import } = binding.kind {
            if let Some(id) = import.id() {
                let def_id = self.local_def_id(id);
                self.maybe_unused_trait_imports.insert(def_id);
                import_ids.push(def_id);
                if import.is_glob() {
                    self.glob_map.entry(def_id).or_default().insert(name.name);
                }
            }
            binding = next;
        }
        import_ids
    }
}
