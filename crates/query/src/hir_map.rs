//! Looking things up in the lowered crate: rustc's `TyCtxt::hir_*`.

use hir::{BodyId, ForeignItemId, HirId, ImplItemId, ItemId, Node, OwnerId, TraitItemId};
use span::def_id::LocalDefId;

use crate::TyCtxt;

/// The items of a module or of the whole crate.
#[derive(Clone, Debug, Default)]
pub struct ModuleItems {
    /// The modules below, of the crate's list only.
    pub submodules: Vec<OwnerId>,
    pub free_items: Vec<ItemId>,
    pub trait_items: Vec<TraitItemId>,
    pub impl_items: Vec<ImplItemId>,
    pub foreign_items: Vec<ForeignItemId>,
    /// Opaque types.
    pub opaques: Vec<LocalDefId>,
    /// Whatever has a body of its own.
    pub body_owners: Vec<LocalDefId>,
    pub nested_bodies: Vec<LocalDefId>,
}

impl<'tcx> TyCtxt<'tcx> {
    /// The node of an id.
    #[track_caller]
    pub fn hir_node(self, id: HirId) -> Node<'tcx> {
        self.hir_crate().owner(id.owner.def_id).unwrap().nodes.nodes[id.local_id].node
    }
    /// The node that an id's node stands in.
    #[track_caller]
    pub fn parent_hir_id(self, id: HirId) -> HirId {
        if id.local_id == hir::ItemLocalId::ZERO {
            return self.hir_owner_parent(id.owner);
        }
        let parent = self.hir_crate().owner(id.owner.def_id).unwrap().nodes.nodes[id.local_id].parent;
        HirId { owner: id.owner, local_id: parent }
    }
    /// The node that an owner stands in.
    pub fn hir_owner_parent(self, owner: OwnerId) -> HirId {
        let Some(parent) = self.opt_local_parent(owner.def_id) else { return hir::CRATE_HIR_ID };
        let parent_id = self.local_def_id_to_hir_id(parent);
        let info = self.hir_crate().owner(parent_id.owner.def_id).unwrap();
        match info.parenting.get(&owner.def_id) {
            Some(&local_id) => HirId { owner: parent_id.owner, local_id },
            None => parent_id,
        }
    }
    /// The node of a definition.
    #[track_caller]
    pub fn local_def_id_to_hir_id(self, id: LocalDefId) -> HirId {
        match self.hir_crate().owner(id) {
            hir::MaybeOwner::Owner(_) => HirId::make_owner(id),
            hir::MaybeOwner::NonOwner(id) => id,
            hir::MaybeOwner::Phantom => panic!("no HirId for {id:?}"),
        }
    }
    /// A body.
    #[track_caller]
    pub fn hir_body(self, id: BodyId) -> &'tcx hir::Body<'tcx> {
        self.hir_crate().body(id)
    }
}
