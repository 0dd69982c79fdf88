//! Ids of HIR nodes: an owner (an item-like definition) and a number within it, so that an edit in one item renumbers
//! nothing in others.

use std::fmt::{self, Debug};

use macros::{Decodable, Encodable};
use rustc_hash::FxHashSet;
use span::FxIndexMap;
use span::def_id::{CRATE_DEF_ID, DefId, DefIndex, DefPathHash, LocalDefId};

/// A definition that owns HIR nodes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Encodable, Decodable)]
pub struct OwnerId {
    pub def_id: LocalDefId,
}

impl OwnerId {
    pub fn to_def_id(self) -> DefId {
        self.def_id.to_def_id()
    }
}

impl Debug for OwnerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Debug::fmt(&self.def_id, f)
    }
}

impl From<OwnerId> for HirId {
    fn from(owner: OwnerId) -> HirId {
        HirId { owner, local_id: ItemLocalId::ZERO }
    }
}

impl From<OwnerId> for DefId {
    fn from(owner: OwnerId) -> DefId {
        owner.to_def_id()
    }
}

impl From<OwnerId> for LocalDefId {
    fn from(owner: OwnerId) -> LocalDefId {
        owner.def_id
    }
}

impl rustc_index::Idx for OwnerId {
    fn new(idx: usize) -> Self {
        OwnerId { def_id: LocalDefId { local_def_index: DefIndex::from_usize(idx) } }
    }
    fn index(self) -> usize {
        self.def_id.local_def_index.as_usize()
    }
}

span::newtype_index! {
    /// The number of a node within its owner, in the order of lowering; 0 is the owner itself.
    pub struct ItemLocalId = "";
}

/// A node: its owner and its number there.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Encodable, Decodable)]
pub struct HirId {
    pub owner: OwnerId,
    pub local_id: ItemLocalId,
}

impl Debug for HirId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HirId({:?}.{})", self.owner, self.local_id.as_u32())
    }
}

impl HirId {
    /// Stands where no id can be had.
    pub const INVALID: HirId = HirId { owner: OwnerId { def_id: CRATE_DEF_ID }, local_id: ItemLocalId::MAX };

    /// The owner, if this is the owner's own node.
    pub fn as_owner(self) -> Option<OwnerId> {
        (self.local_id == ItemLocalId::ZERO).then_some(self.owner)
    }

    pub fn is_owner(self) -> bool {
        self.local_id == ItemLocalId::ZERO
    }

    #[track_caller]
    pub fn expect_owner(self) -> OwnerId {
        self.as_owner().unwrap_or_else(|| panic!("{self:?} is no owner"))
    }

    /// The owner's own node.
    pub fn make_owner(owner: LocalDefId) -> Self {
        HirId { owner: OwnerId { def_id: owner }, local_id: ItemLocalId::ZERO }
    }
}

/// The crate root module's node.
pub const CRATE_HIR_ID: HirId = HirId { owner: OwnerId { def_id: CRATE_DEF_ID }, local_id: ItemLocalId::ZERO };
/// The crate root module as an owner.
pub const CRATE_OWNER_ID: OwnerId = OwnerId { def_id: CRATE_DEF_ID };

/// Keyed by the nodes of one owner; iterates in order of insertion.
pub type ItemLocalMap<T> = FxIndexMap<ItemLocalId, T>;
/// A set of nodes of one owner; look up only.
pub type ItemLocalSet = FxHashSet<ItemLocalId>;
/// Keyed by nodes; iterates in order of insertion.
pub type HirIdMap<T> = FxIndexMap<HirId, T>;
/// A set of nodes; look up only.
pub type HirIdSet = FxHashSet<HirId>;

/// The expression in a body.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
pub struct BodyId {
    pub hir_id: HirId,
}

macro_rules! item_ids {
    ($($(#[$doc:meta])* $name:ident)*) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Encodable, Decodable)]
        pub struct $name {
            pub owner_id: OwnerId,
        }

        impl $name {
            pub fn hir_id(&self) -> HirId {
                HirId::from(self.owner_id)
            }
        }
    )* };
}
item_ids! {
    /// An item.
    ItemId
    /// An item of a trait.
    TraitItemId
    /// An item of an impl.
    ImplItemId
    /// An item of an extern block.
    ForeignItemId
}

/// A node's name across sessions.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
pub struct StableHirId {
    pub owner: DefPathHash,
    pub local_id: ItemLocalId,
}
