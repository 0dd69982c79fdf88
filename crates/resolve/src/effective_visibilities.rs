//! How far each item can be reached by names: directly, and through re-exports. Types' part is added by the privacy check.
//!
//! A fixpoint over modules, enums and traits: an item is as visible as its own visibility and the most visible module that
//! has it, or import that re-exports it, allow.

use ast::visit::{self, Visitor};
use ast::{Item, ItemKind};
use hir::resolutions::{EffectiveVisibility, Level, Visibility};
use span::FxHashMap;
use span::def_id::{CRATE_DEF_ID, LocalDefId};

use crate::Resolver;
use crate::module::{NameBinding, NameBindingKind};

#[derive(Clone, Copy)]
enum Parent<'ra> {
    Def(LocalDefId),
    Import(NameBinding<'ra>),
}

impl Parent<'_> {
    fn level(self) -> Level {
        match self {
            Parent::Def(_) => Level::Direct,
            Parent::Import(_) => Level::Reexported,
        }
    }
}

struct EffectiveVisibilitiesVisitor<'a, 'ra, 'tcx> {
    r: &'a mut Resolver<'ra, 'tcx>,
    imports: FxHashMap<NameBinding<'ra>, EffectiveVisibility>,
    changed: bool,
}

impl<'ra> Resolver<'ra, '_> {
    pub(crate) fn compute_effective_visibilities(&mut self, krate: &ast::Crate) {
        self.effective_visibilities.map.insert(CRATE_DEF_ID, EffectiveVisibility::from_vis(Visibility::Public));
        let mut visitor = EffectiveVisibilitiesVisitor { r: self, imports: FxHashMap::default(), changed: true };
        visitor.set_bindings(CRATE_DEF_ID);
        while visitor.changed {
            visitor.changed = false;
            visit::walk_crate(&mut visitor, krate);
        }
    }

    fn nearest_normal_mod(&mut self, def_id: LocalDefId) -> LocalDefId {
        self.get_nearest_module(def_id.to_def_id()).nearest_parent_mod_def_id().expect_local()
    }

    /// Raises an effective visibility; whether it has changed.
    fn raise(
        &self,
        current: &mut EffectiveVisibility,
        nominal: Visibility,
        inherited: &EffectiveVisibility,
        level: Level,
    ) -> bool {
        let at_least = |a: Visibility, b: Visibility| self.vis_is_at_least(a.to_def_id(), b.to_def_id());
        let mut changed = false;
        let mut inherited_prev = *inherited.at_level(level);
        let mut calculated = inherited_prev;
        for l in [Level::Direct, Level::Reexported, Level::Reachable, Level::ReachableThroughImplTrait] {
            if level < l {
                continue;
            }
            let inherited_here = *inherited.at_level(l);
            if !(inherited_prev == inherited_here && level != l) {
                calculated = if at_least(nominal, inherited_here) { inherited_here } else { nominal };
            }
            let here = current.at_level_mut(l);
            if !at_least(*here, calculated) {
                changed = true;
                *here = calculated;
            }
            inherited_prev = inherited_here;
        }
        changed
    }
}

impl<'ra> EffectiveVisibilitiesVisitor<'_, 'ra, '_> {
    fn parent_vis(&mut self, parent: Parent<'ra>) -> EffectiveVisibility {
        match parent {
            Parent::Def(def_id) => match self.r.effective_visibilities.map.get(&def_id) {
                Some(vis) => *vis,
                None => self.private(def_id),
            },
            Parent::Import(binding) => match self.imports.get(&binding) {
                Some(vis) => *vis,
                None => self.import_private(binding),
            },
        }
    }

    fn private(&mut self, def_id: LocalDefId) -> EffectiveVisibility {
        let parent = self.r.tcx.opt_parent(def_id.to_def_id()).map_or(def_id, |p| p.expect_local());
        let module = self.r.nearest_normal_mod(parent);
        EffectiveVisibility::from_vis(Visibility::Restricted(module))
    }

    fn import_private(&mut self, binding: NameBinding<'ra>) -> EffectiveVisibility {
        let module = match binding.kind {
            NameBindingKind::Import { import, .. } => import.parent_scope.module.nearest_parent_mod_def_id(),
            _ => CRATE_DEF_ID.to_def_id(),
        };
        let vis = match module.as_local() {
            Some(local) => Visibility::Restricted(local),
            None => Visibility::Public,
        };
        EffectiveVisibility::from_vis(vis)
    }

    fn set_bindings(&mut self, module_id: LocalDefId) {
        let module = self.r.expect_module(module_id.to_def_id());
        let mut bindings = Vec::new();
        self.r.for_each_child(module, |_, _, _, binding| bindings.push(binding));
        for mut binding in bindings {
            let mut parent = Parent::Def(module_id);
            while let NameBindingKind::Import { binding: inner, .. } = binding.kind {
                self.update_import(binding, parent);
                if binding.ambiguity.is_some() && !binding.warn_ambiguity {
                    break;
                }
                parent = Parent::Import(binding);
                binding = inner;
            }
            if binding.ambiguity.is_some() {
                continue;
            }
            if let Some(def_id) = binding.res().opt_def_id().and_then(|id| id.as_local())
                && let Some(vis) = local_vis(binding.vis)
            {
                self.update_def(def_id, vis, parent);
            }
        }
    }

    fn update_import(&mut self, binding: NameBinding<'ra>, parent: Parent<'ra>) {
        let Some(nominal) = local_vis(binding.vis) else { return };
        let inherited = self.parent_vis(parent);
        let mut current = match self.imports.get(&binding) {
            Some(vis) => *vis,
            None => self.import_private(binding),
        };
        self.changed |= self.r.raise(&mut current, nominal, &inherited, parent.level());
        self.imports.insert(binding, current);
        if let NameBindingKind::Import { import, .. } = binding.kind
            && let Some(id) = import.id()
            && let Some(def_id) = self.r.opt_local_def_id(id)
        {
            // An import is as visible as its most visible binding.
            let mut own = match self.r.effective_visibilities.map.get(&def_id) {
                Some(vis) => *vis,
                None => current,
            };
            let _ = self.r.raise(&mut own, Visibility::Public, &current, Level::Direct);
            self.r.effective_visibilities.map.insert(def_id, own);
        }
    }

    fn update_def(&mut self, def_id: LocalDefId, nominal: Visibility, parent: Parent<'ra>) {
        let inherited = self.parent_vis(parent);
        let mut current = match self.r.effective_visibilities.map.get(&def_id) {
            Some(vis) => *vis,
            None => self.private(def_id),
        };
        self.changed |= self.r.raise(&mut current, nominal, &inherited, parent.level());
        self.r.effective_visibilities.map.insert(def_id, current);
    }

    fn update_field(&mut self, id: ast::NodeId, parent: LocalDefId) {
        let def_id = self.r.local_def_id(id);
        let vis = self.r.visibilities.get(&def_id).copied().unwrap_or(Visibility::Public);
        self.update_def(def_id, vis, Parent::Def(parent));
    }
}

fn local_vis(vis: Visibility<span::def_id::DefId>) -> Option<Visibility> {
    match vis {
        Visibility::Public => Some(Visibility::Public),
        Visibility::Restricted(id) => id.as_local().map(Visibility::Restricted),
    }
}

impl<'ast> Visitor<'ast> for EffectiveVisibilitiesVisitor<'_, '_, '_> {
    fn visit_item(&mut self, item: &'ast Item) {
        match &item.kind {
            ItemKind::Mod(..) => {
                let def_id = self.r.local_def_id(item.id);
                self.set_bindings(def_id);
                visit::walk_item(self, item);
            }
            ItemKind::Enum(_, _, def) => {
                let def_id = self.r.local_def_id(item.id);
                self.set_bindings(def_id);
                for variant in &def.variants {
                    let variant_id = self.r.local_def_id(variant.id);
                    for field in variant.data.fields() {
                        self.update_field(field.id, variant_id);
                    }
                }
            }
            ItemKind::Struct(_, _, data) | ItemKind::Union(_, _, data) => {
                let def_id = self.r.local_def_id(item.id);
                for field in data.fields() {
                    self.update_field(field.id, def_id);
                }
            }
            ItemKind::Trait(_) => {
                let def_id = self.r.local_def_id(item.id);
                self.set_bindings(def_id);
            }
            _ => {}
        }
    }
    fn visit_block(&mut self, _: &'ast ast::Block) {}
}
