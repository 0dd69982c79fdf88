//! Coherence: at most one impl for each type and trait; which impls a crate may write; specialization.

pub mod knowable;
pub mod orphan;
pub mod overlap;
pub mod specialization_graph;
pub mod specialize;

pub use knowable::{Conflict, trait_ref_is_knowable};
pub use orphan::{
    IsFirstInputType, OrphanCheckErr, UncoveredTyParams, orphan_check_trait_ref, trait_ref_is_local_or_fundamental,
};
pub use overlap::{OverlapResult, overlapping_impls};
pub use specialization_graph::{LeafDef, OverlapError};
