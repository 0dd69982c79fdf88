//! Owners: lowering one, and gathering its tables.

use ast::NodeId;
use hir::{AttributeMap, HirId, ItemLocalId, MaybeOwner, OwnerId, OwnerInfo, OwnerNode, OwnerNodes};
use span::Span;

use crate::{LoweringContext, index};

/// Syntax that becomes an owner.
#[derive(Clone, Copy)]
pub(crate) enum AstOwner<'a> {
    Crate(&'a ast::Crate),
    Item(&'a ast::Item),
    /// A leaf or inner list of an item's tree of imports.
    UseTree(&'a ast::Item, NodeId),
    TraitItem(&'a ast::AssocItem),
    ImplItem {
        item: &'a ast::AssocItem,
        in_trait_impl: bool,
    },
    ForeignItem(&'a ast::ForeignItem),
}

impl<'a, 'hir> LoweringContext<'a, 'hir> {
    pub(crate) fn lower_owner(&mut self, owner: AstOwner<'a>) {
        match owner {
            AstOwner::Crate(krate) => {
                let owner_id = hir::CRATE_OWNER_ID;
                self.with_owner(owner_id, |this| {
                    let module = this.lower_mod(&krate.items, krate.spans.inner_span, krate.spans.inject_use_span);
                    this.lower_attrs(hir::CRATE_HIR_ID, &krate.attrs);
                    OwnerNode::Crate(module)
                });
            }
            AstOwner::Item(item) => {
                // An item that resolution did not see was reported.
                let Some(def_id) = self.opt_local_def_id(item.id) else { return };
                self.with_owner(OwnerId { def_id }, |this| OwnerNode::Item(this.lower_item(item)));
            }
            AstOwner::UseTree(item, id) => {
                let Some(def_id) = self.opt_local_def_id(id) else { return };
                self.with_owner(OwnerId { def_id }, |this| OwnerNode::Item(this.lower_nested_use(item, id)));
            }
            AstOwner::TraitItem(item) => {
                let Some(def_id) = self.opt_local_def_id(item.id) else { return };
                self.with_owner(OwnerId { def_id }, |this| OwnerNode::TraitItem(this.lower_trait_item(item)));
            }
            AstOwner::ImplItem { item, in_trait_impl } => {
                let Some(def_id) = self.opt_local_def_id(item.id) else { return };
                self.with_owner(OwnerId { def_id }, |this| {
                    OwnerNode::ImplItem(this.lower_impl_item(item, in_trait_impl))
                });
            }
            AstOwner::ForeignItem(item) => {
                let Some(def_id) = self.opt_local_def_id(item.id) else { return };
                self.with_owner(OwnerId { def_id }, |this| OwnerNode::ForeignItem(this.lower_foreign_item(item)));
            }
        }
    }

    /// Lowers an owner by `f` and enters it into the crate's table. Owners are lowered one after the other, so the tables
    /// are empty before.
    fn with_owner(&mut self, owner_id: OwnerId, f: impl FnOnce(&mut Self) -> OwnerNode<'hir>) {
        debug_assert!(self.bodies.is_empty() && self.attrs.is_empty() && self.trait_map.is_empty());
        self.ident_and_label_to_local_id.clear();
        self.current_hir_id_owner = owner_id;
        // 0 is the owner's own.
        self.item_local_id_counter = ItemLocalId::from_u32(1);
        self.coroutine_kind = None;
        self.task_context = None;
        self.current_item = None;
        self.loop_scope = None;
        self.is_in_loop_condition = false;

        let node = f(self);

        let bodies = std::mem::take(&mut self.bodies);
        let (nodes, parenting) = index::index_owner(owner_id, node, &bodies, self.item_local_id_counter.as_usize());
        let info = OwnerInfo {
            nodes: OwnerNodes { nodes, bodies },
            parenting,
            attrs: AttributeMap { map: std::mem::take(&mut self.attrs), define_opaque: self.define_opaque.take() },
            trait_map: std::mem::take(&mut self.trait_map),
        };
        let info = self.arena.alloc_owner(info);
        self.set_owner(owner_id.def_id, MaybeOwner::Owner(info));
    }

    /// The owner's own id.
    pub(crate) fn owner_hir_id(&self) -> HirId {
        HirId::from(self.current_hir_id_owner)
    }

    pub(crate) fn lower_mod(
        &mut self,
        items: &'a [ast::P<ast::Item>],
        inner_span: Span,
        inject_use_span: Span,
    ) -> &'hir hir::Mod<'hir> {
        let mut item_ids = Vec::new();
        for item in items {
            self.lower_item_ref(item, &mut item_ids);
        }
        let item_ids = self.arena.alloc_slice(&item_ids);
        self.alloc(hir::Mod { spans: hir::ModSpans { inner_span, inject_use_span }, item_ids })
    }

    /// Queues an item. A tree of imports becomes an item for each leaf and inner list.
    pub(crate) fn lower_item_ref(&mut self, item: &'a ast::Item, ids: &mut Vec<hir::ItemId>) {
        self.queue_item(AstOwner::Item(item), item.id, ids);
        if let ast::ItemKind::Use(tree) = &item.kind {
            self.queue_use_trees(item, tree, ids);
        }
    }

    /// Queues an item that stands in a body.
    pub(crate) fn queue_nested_item(&mut self, id: NodeId, ids: &mut Vec<hir::ItemId>) {
        // Syntax that desugaring copies has its items only once.
        if let Some(item) = self.items_in_bodies.remove(&id) {
            self.lower_item_ref(item, ids);
        }
    }

    fn queue_use_trees(&mut self, item: &'a ast::Item, tree: &'a ast::UseTree, ids: &mut Vec<hir::ItemId>) {
        if let ast::UseTreeKind::Nested { items, .. } = &tree.kind {
            for (nested, id) in items {
                self.queue_item(AstOwner::UseTree(item, *id), *id, ids);
                self.queue_use_trees(item, nested, ids);
            }
        }
    }

    fn queue_item(&mut self, owner: AstOwner<'a>, id: NodeId, ids: &mut Vec<hir::ItemId>) {
        if let Some(def_id) = self.opt_local_def_id(id) {
            ids.push(hir::ItemId { owner_id: OwnerId { def_id } });
            self.queue.push_back(owner);
        }
    }
}
