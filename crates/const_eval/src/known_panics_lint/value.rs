//! What is known of a local.

use rustc_index::IndexVec;
use ty::{FieldIdx, VariantIdx};

use crate::interpret::ImmTy;

/// A value, as far as it is known.
#[derive(Clone, Debug)]
pub(super) enum Value<'tcx> {
    Immediate(ImmTy<'tcx>),
    /// A struct, tuple, array or variant: its fields, each known or not.
    Aggregate {
        variant: VariantIdx,
        fields: IndexVec<FieldIdx, Value<'tcx>>,
    },
    /// Not known.
    Uninit,
}
