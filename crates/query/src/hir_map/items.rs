//! The items and body owners of the crate and of each module, and visiting them.

use hir::intravisit::{self, NestedFilter, Visitor};
use hir::*;
use span::def_id::{CRATE_DEF_ID, LocalDefId};

use crate::TyCtxt;

/// The items of a module or of the whole crate, those that stand in bodies among them. A module's list has nothing of the
/// modules in it.
#[derive(Clone, Debug, Default)]
pub struct ModuleItems {
    /// The modules, without the crate root.
    pub submodules: Vec<OwnerId>,
    pub free_items: Vec<ItemId>,
    pub trait_items: Vec<TraitItemId>,
    pub impl_items: Vec<ImplItemId>,
    pub foreign_items: Vec<ForeignItemId>,
    /// Opaque types.
    pub opaques: Vec<LocalDefId>,
    /// Whatever has a body of its own: functions, closures, constants, statics.
    pub body_owners: Vec<LocalDefId>,
    /// Closures and inline constants: those whose types are found with the body that they stand in.
    pub nested_bodies: Vec<LocalDefId>,
}

impl ModuleItems {
    pub fn free_items(&self) -> impl Iterator<Item = ItemId> + '_ {
        self.free_items.iter().copied()
    }
    pub fn trait_items(&self) -> impl Iterator<Item = TraitItemId> + '_ {
        self.trait_items.iter().copied()
    }
    pub fn impl_items(&self) -> impl Iterator<Item = ImplItemId> + '_ {
        self.impl_items.iter().copied()
    }
    pub fn foreign_items(&self) -> impl Iterator<Item = ForeignItemId> + '_ {
        self.foreign_items.iter().copied()
    }
    pub fn opaques(&self) -> impl Iterator<Item = LocalDefId> + '_ {
        self.opaques.iter().copied()
    }
    pub fn body_owners(&self) -> impl Iterator<Item = LocalDefId> + '_ {
        self.body_owners.iter().copied()
    }
    pub fn nested_bodies(&self) -> impl Iterator<Item = LocalDefId> + '_ {
        self.nested_bodies.iter().copied()
    }
    /// All owners of all four kinds.
    pub fn owners(&self) -> impl Iterator<Item = OwnerId> + '_ {
        let items = self.free_items.iter().map(|id| id.owner_id);
        let trait_items = self.trait_items.iter().map(|id| id.owner_id);
        let impl_items = self.impl_items.iter().map(|id| id.owner_id);
        let foreign_items = self.foreign_items.iter().map(|id| id.owner_id);
        items.chain(trait_items).chain(impl_items).chain(foreign_items)
    }
    /// All owners, and opaque types.
    pub fn definitions(&self) -> impl Iterator<Item = LocalDefId> + '_ {
        self.owners().map(|owner| owner.def_id)
    }
}

impl<'tcx> TyCtxt<'tcx> {
    pub fn hir_crate_items(self, (): ()) -> &'tcx ModuleItems {
        self.hir_crate_items_query(())
    }
    /// All items at module level and below.
    pub fn hir_free_items(self) -> impl Iterator<Item = ItemId> {
        self.hir_crate_items(()).free_items()
    }
    /// Visits each item, trait item, impl item and foreign item of the crate by itself.
    pub fn hir_visit_all_item_likes_in_crate<V: Visitor<'tcx>>(self, visitor: &mut V) {
        self.visit_item_likes(self.hir_crate_items(()), visitor);
    }
    /// Visits each item, trait item, impl item and foreign item of the module by itself.
    pub fn hir_visit_item_likes_in_module<V: Visitor<'tcx>>(self, module: LocalDefId, visitor: &mut V) {
        self.visit_item_likes(self.hir_module_items(module), visitor);
    }
    fn visit_item_likes<V: Visitor<'tcx>>(self, items: &'tcx ModuleItems, visitor: &mut V) {
        for &id in &items.free_items {
            visitor.visit_item(self.hir_item(id));
        }
        for &id in &items.trait_items {
            visitor.visit_trait_item(self.hir_trait_item(id));
        }
        for &id in &items.impl_items {
            visitor.visit_impl_item(self.hir_impl_item(id));
        }
        for &id in &items.foreign_items {
            visitor.visit_foreign_item(self.hir_foreign_item(id));
        }
    }
    /// Visits the crate from its root module down.
    pub fn hir_walk_toplevel_module<V: Visitor<'tcx>>(self, visitor: &mut V) {
        let (module, span, id) = self.hir_get_module(CRATE_DEF_ID);
        visitor.visit_mod(module, span, id);
    }
    /// Visits the attributes of all nodes.
    pub fn hir_walk_attributes<V: Visitor<'tcx>>(self, visitor: &mut V) {
        for info in self.hir_crate().owners.iter().filter_map(|owner| owner.as_owner()) {
            for attr in info.attrs.map.values().flat_map(|attrs| attrs.iter()) {
                visitor.visit_attribute(attr);
            }
        }
    }
    /// Calls `f` on each module, the root first.
    pub fn hir_for_each_module(self, mut f: impl FnMut(LocalDefId)) {
        f(CRATE_DEF_ID);
        for &module in &self.hir_crate_items(()).submodules {
            f(module.def_id);
        }
    }
}

pub(super) fn collect_crate_items(tcx: TyCtxt<'_>) -> ModuleItems {
    let mut collector = ItemCollector { tcx, is_crate: true, items: ModuleItems::default() };
    tcx.hir_walk_toplevel_module(&mut collector);
    collector.items
}

pub(super) fn collect_module_items(tcx: TyCtxt<'_>, module: LocalDefId) -> ModuleItems {
    let mut collector = ItemCollector { tcx, is_crate: false, items: ModuleItems::default() };
    let (module, span, id) = tcx.hir_get_module(module);
    collector.visit_mod(module, span, id);
    collector.items
}

struct ItemCollector<'tcx> {
    tcx: TyCtxt<'tcx>,
    is_crate: bool,
    items: ModuleItems,
}

impl ItemCollector<'_> {
    fn check_body(&mut self, node: Node<'_>) {
        if let Some((def_id, _)) = node.associated_body() {
            self.items.body_owners.push(def_id);
        }
    }
}

impl<'tcx> Visitor<'tcx> for ItemCollector<'tcx> {
    const NESTED: NestedFilter = NestedFilter::All;

    fn hir_crate(&mut self) -> &'tcx Crate<'tcx> {
        self.tcx.hir_crate()
    }

    fn visit_item(&mut self, item: &'tcx Item<'tcx>) {
        self.check_body(Node::Item(item));
        self.items.free_items.push(item.item_id());
        match item.kind {
            ItemKind::Mod(_, module) => {
                self.items.submodules.push(item.owner_id);
                if self.is_crate {
                    intravisit::walk_mod(self, module, item.hir_id());
                }
            }
            _ => intravisit::walk_item(self, item),
        }
    }
    fn visit_trait_item(&mut self, item: &'tcx TraitItem<'tcx>) {
        self.check_body(Node::TraitItem(item));
        self.items.trait_items.push(item.trait_item_id());
        intravisit::walk_trait_item(self, item);
    }
    fn visit_impl_item(&mut self, item: &'tcx ImplItem<'tcx>) {
        self.check_body(Node::ImplItem(item));
        self.items.impl_items.push(item.impl_item_id());
        intravisit::walk_impl_item(self, item);
    }
    fn visit_foreign_item(&mut self, item: &'tcx ForeignItem<'tcx>) {
        self.items.foreign_items.push(item.foreign_item_id());
        intravisit::walk_foreign_item(self, item);
    }
    fn visit_opaque_ty(&mut self, opaque: &'tcx OpaqueTy<'tcx>) {
        self.items.opaques.push(opaque.def_id);
        intravisit::walk_opaque_ty(self, opaque);
    }
    fn visit_anon_const(&mut self, c: &'tcx AnonConst) {
        self.items.body_owners.push(c.def_id);
        intravisit::walk_anon_const(self, c);
    }
    fn visit_inline_const(&mut self, c: &'tcx ConstBlock) {
        self.items.body_owners.push(c.def_id);
        self.items.nested_bodies.push(c.def_id);
        intravisit::walk_inline_const(self, c);
    }
    fn visit_expr(&mut self, e: &'tcx Expr<'tcx>) {
        if let ExprKind::Closure(closure) = e.kind {
            self.items.body_owners.push(closure.def_id);
            self.items.nested_bodies.push(closure.def_id);
        }
        intravisit::walk_expr(self, e);
    }
}
