//! How far each item can be reached by names: directly, and through re-exports. Types' part is added by the privacy check.
//!
//! A fixpoint over modules, enums and traits: an item is as visible as its own visibility and the most visible module that
//! has it, or import that re-exports it, allow.

use ast::visit::{self, Visitor};
use ast::{Item, ItemKind};
use hir::resolutions::{EffectiveVisibility, Level, Visibility};
use span::def_id::{CRATE_DEF_ID, LocalDefId};
use span::{FxHashMap, FxIndexMap, FxIndexSet};

use crate::Resolver;
use crate::module::{NameBinding, NameBindingKind};

/// A definition or an import whose visibility is being found, by number.
type Slot = usize;

/// One thing that is named in another, with the part of its visibility that does not change.
struct Edge {
    parent: Slot,
    /// `Reexported` where the parent is an import.
    level: Level,
    child: Slot,
    nominal: Visibility,
    /// The definition of the import that the child is: it is as visible as its most visible binding.
    import: Option<Slot>,
}

/// Walks the crate once and writes down all edges, in order.
struct EdgeCollector<'a, 'ra, 'tcx> {
    r: &'a mut Resolver<'ra, 'tcx>,
    defs: FxIndexMap<LocalDefId, Slot>,
    imports: FxHashMap<NameBinding<'ra>, Slot>,
    /// `None` for definitions of imports before the first of their bindings is known.
    slots: Vec<Option<EffectiveVisibility>>,
    /// The definitions that something raises, in order.
    raised: FxIndexSet<LocalDefId>,
    edges: Vec<Edge>,
}

impl<'ra> Resolver<'ra, '_> {
    pub(crate) fn compute_effective_visibilities(&mut self, krate: &ast::Crate) {
        let public = EffectiveVisibility::from_vis(Visibility::Public);
        let mut collector = EdgeCollector {
            r: self,
            defs: [(CRATE_DEF_ID, 0)].into_iter().collect(),
            imports: FxHashMap::default(),
            slots: vec![Some(public)],
            raised: [CRATE_DEF_ID].into_iter().collect(),
            edges: Vec::new(),
        };
        collector.set_bindings(CRATE_DEF_ID);
        visit::walk_crate(&mut collector, krate);
        let EdgeCollector { defs, mut slots, raised, edges, .. } = collector;
        let mut changed = true;
        while changed {
            changed = false;
            for edge in &edges {
                let inherited = slots[edge.parent].expect("parents have a visibility");
                let current = slots[edge.child].as_mut().expect("what has a name has a visibility");
                changed |= self.raise(current, edge.nominal, &inherited, edge.level);
                if let Some(import) = edge.import {
                    let current = *current;
                    let own = slots[import].get_or_insert(current);
                    let _ = self.raise(own, Visibility::Public, &current, Level::Direct);
                }
            }
        }
        for def_id in raised {
            if let Some(vis) = slots[defs[&def_id]] {
                self.effective_visibilities.map.insert(def_id, vis);
            }
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

impl<'ra> EdgeCollector<'_, 'ra, '_> {
    fn new_slot(&mut self, vis: Option<EffectiveVisibility>) -> Slot {
        self.slots.push(vis);
        self.slots.len() - 1
    }

    fn def_slot(&mut self, def_id: LocalDefId) -> Slot {
        if let Some(&slot) = self.defs.get(&def_id) {
            return slot;
        }
        let parent = self.r.tcx.opt_parent(def_id.to_def_id()).map_or(def_id, |p| p.expect_local());
        let module = self.r.nearest_normal_mod(parent);
        let slot = self.new_slot(Some(EffectiveVisibility::from_vis(Visibility::Restricted(module))));
        self.defs.insert(def_id, slot);
        slot
    }

    fn import_slot(&mut self, binding: NameBinding<'ra>) -> Slot {
        if let Some(&slot) = self.imports.get(&binding) {
            return slot;
        }
        let module = match binding.kind {
            NameBindingKind::Import { import, .. } => import.parent_scope.module.nearest_parent_mod_def_id(),
            _ => CRATE_DEF_ID.to_def_id(),
        };
        let vis = module.as_local().map_or(Visibility::Public, Visibility::Restricted);
        let slot = self.new_slot(Some(EffectiveVisibility::from_vis(vis)));
        self.imports.insert(binding, slot);
        slot
    }

    fn set_bindings(&mut self, module_id: LocalDefId) {
        let module = self.r.expect_module(module_id.to_def_id());
        let module_slot = self.def_slot(module_id);
        let mut bindings = Vec::new();
        self.r.for_each_child(module, |_, _, _, binding| bindings.push(binding));
        for mut binding in bindings {
            let (mut parent, mut level) = (module_slot, Level::Direct);
            while let NameBindingKind::Import { binding: inner, import } = binding.kind {
                let slot = self.import_slot(binding);
                if let Some(nominal) = local_vis(binding.vis) {
                    let def_id = import.id().and_then(|id| self.r.opt_local_def_id(id));
                    let own = def_id.map(|def_id| {
                        self.raised.insert(def_id);
                        *self.defs.entry(def_id).or_insert_with(|| {
                            self.slots.push(None);
                            self.slots.len() - 1
                        })
                    });
                    self.edges.push(Edge { parent, level, child: slot, nominal, import: own });
                }
                if binding.ambiguity.is_some() && !binding.warn_ambiguity {
                    break;
                }
                (parent, level) = (slot, Level::Reexported);
                binding = inner;
            }
            if binding.ambiguity.is_some() {
                continue;
            }
            if let Some(def_id) = binding.res().opt_def_id().and_then(|id| id.as_local())
                && let Some(nominal) = local_vis(binding.vis)
            {
                self.add_def(def_id, nominal, parent, level);
            }
        }
    }

    fn add_def(&mut self, def_id: LocalDefId, nominal: Visibility, parent: Slot, level: Level) {
        let child = self.def_slot(def_id);
        self.raised.insert(def_id);
        self.edges.push(Edge { parent, level, child, nominal, import: None });
    }

    fn add_field(&mut self, id: ast::NodeId, parent: LocalDefId) {
        let def_id = self.r.local_def_id(id);
        let vis = self.r.visibilities.get(&def_id).copied().unwrap_or(Visibility::Public);
        let parent = self.def_slot(parent);
        self.add_def(def_id, vis, parent, Level::Direct);
    }
}

fn local_vis(vis: Visibility<span::def_id::DefId>) -> Option<Visibility> {
    match vis {
        Visibility::Public => Some(Visibility::Public),
        Visibility::Restricted(id) => id.as_local().map(Visibility::Restricted),
    }
}

impl<'ast> Visitor<'ast> for EdgeCollector<'_, '_, '_> {
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
                        self.add_field(field.id, variant_id);
                    }
                }
            }
            ItemKind::Struct(_, _, data) | ItemKind::Union(_, _, data) => {
                let def_id = self.r.local_def_id(item.id);
                for field in data.fields() {
                    self.add_field(field.id, def_id);
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
