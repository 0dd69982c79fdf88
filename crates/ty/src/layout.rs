//! Layouts of types, as `rustc_abi` computes them.

use std::ops::Deref;

use rustc_abi::LayoutData;

use crate::{ErrorGuaranteed, FieldIdx, Ty, VariantIdx};

/// A type's layout.
pub type Layout<'tcx> = &'tcx LayoutData<FieldIdx, VariantIdx>;

/// A type and its layout.
#[derive(Clone, Copy, Debug)]
pub struct TyAndLayout<'tcx> {
    pub ty: Ty<'tcx>,
    pub layout: Layout<'tcx>,
}

impl<'tcx> Deref for TyAndLayout<'tcx> {
    type Target = LayoutData<FieldIdx, VariantIdx>;
    fn deref(&self) -> &Self::Target {
        self.layout
    }
}

/// Why a type has no layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LayoutError<'tcx> {
    /// Not known: the type is generic.
    TooGeneric(Ty<'tcx>),
    Unknown(Ty<'tcx>),
    SizeOverflow(Ty<'tcx>),
    /// A projection that does not normalise.
    NormalizationFailure(Ty<'tcx>),
    Cycle(ErrorGuaranteed),
    ReferencesError(ErrorGuaranteed),
}

/// What the `assert_*_valid` intrinsics ask of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ValidityRequirement {
    Inhabited,
    /// All-zero bytes are a value.
    Zero,
    /// Bytes of 0x01 are a value: what `mem::uninitialized` gives.
    UninitMitigated0x01Fill,
    /// Any bytes are.
    Uninit,
}
