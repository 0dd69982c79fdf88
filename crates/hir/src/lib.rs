//! The high-level IR: desugared, names resolved. Names and fields are those of rustc's `rustc_hir`.

pub mod def;
pub mod definitions;
mod header;
mod hir_id;
pub mod resolutions;

pub use ast::{Movability, Mutability, Pinnedness};
pub use def::PrimTy;
pub use header::{Abi, Constness, FnHeader, HeaderSafety, IsAsync, Safety};
pub use hir_id::{
    BodyId, CRATE_HIR_ID, CRATE_OWNER_ID, ForeignItemId, HirId, HirIdMap, HirIdSet, ImplItemId,
    ItemId, ItemLocalId, ItemLocalMap, ItemLocalSet, OwnerId, StableHirId, TraitItemId,
};
pub use resolutions::TraitCandidate;
