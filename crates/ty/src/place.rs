//! Projections of MIR places. They are defined here, not in `mir`, since their lists are interned with the types;
//! `mir` re-exports all of it.

use macros::{TyDecodable, TyEncodable, TypeFoldable, TypeVisitable};
use span::Symbol;

use crate::{FieldIdx, Interner, List, Ty, VariantIdx};

span::newtype_index! {
    /// A variable or temporary of a MIR body; `_0` is the return place, then the arguments.
    pub struct Local = "_";
}
crate::trivially_traversable!(Local);

/// The place that the result is written to.
pub const RETURN_PLACE: Local = Local::ZERO;

/// A step from a place to a part of it.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable,
)]
pub enum ProjectionElem<V, T> {
    /// `*p`
    Deref,
    /// `p.field`, with the field's type
    Field(FieldIdx, T),
    /// `p[local]`, in bounds
    Index(V),
    /// `p[offset]`, or `p[len - offset]` with `from_end`; the length is at least `min_length`
    ConstantIndex { offset: u64, min_length: u64, from_end: bool },
    /// `p[from..to]`, or `p[from..len - to]` with `from_end` (slices; arrays have `from_end: false`)
    Subslice { from: u64, to: u64, from_end: bool },
    /// `p as Variant`: the following fields are of this variant
    Downcast(Option<Symbol>, VariantIdx),
    /// `p` with an opaque type looked through
    OpaqueCast(T),
    /// The inside of an `unsafe<'a>` binder
    UnwrapUnsafeBinder(T),
}

/// A step in a body.
pub type PlaceElem<'tcx> = ProjectionElem<Local, Ty<'tcx>>;

impl<V, T> ProjectionElem<V, T> {
    /// Whether the step leaves the memory of its base.
    pub fn is_indirect(&self) -> bool {
        matches!(self, ProjectionElem::Deref)
    }
    /// Whether the step's offset is known while compiling.
    pub fn is_stable_offset(&self) -> bool {
        match self {
            Self::Deref | Self::Index(_) => false,
            Self::Field(..)
            | Self::OpaqueCast(_)
            | Self::ConstantIndex { .. }
            | Self::Subslice { .. }
            | Self::Downcast(..)
            | Self::UnwrapUnsafeBinder(_) => true,
        }
    }
    pub fn is_downcast_to(&self, v: VariantIdx) -> bool {
        matches!(*self, Self::Downcast(_, x) if x == v)
    }
    pub fn is_field_to(&self, f: FieldIdx) -> bool {
        matches!(*self, Self::Field(x, _) if x == f)
    }
    /// Whether it may stand in the place of a variable's debug information.
    pub fn can_use_in_debuginfo(&self) -> bool {
        match self {
            Self::ConstantIndex { from_end: false, .. } | Self::Deref | Self::Downcast(..) | Self::Field(..) => true,
            Self::ConstantIndex { from_end: true, .. }
            | Self::Index(_)
            | Self::Subslice { .. }
            | Self::OpaqueCast(_)
            | Self::UnwrapUnsafeBinder(_) => false,
        }
    }
    /// The kind of step, with indices and types replaced.
    pub fn map<V2, T2>(self, v: impl FnOnce(V) -> V2, t: impl FnOnce(T) -> T2) -> ProjectionElem<V2, T2> {
        match self {
            Self::Deref => ProjectionElem::Deref,
            Self::Field(f, ty) => ProjectionElem::Field(f, t(ty)),
            Self::Index(i) => ProjectionElem::Index(v(i)),
            Self::ConstantIndex { offset, min_length, from_end } => {
                ProjectionElem::ConstantIndex { offset, min_length, from_end }
            }
            Self::Subslice { from, to, from_end } => ProjectionElem::Subslice { from, to, from_end },
            Self::Downcast(name, idx) => ProjectionElem::Downcast(name, idx),
            Self::OpaqueCast(ty) => ProjectionElem::OpaqueCast(t(ty)),
            Self::UnwrapUnsafeBinder(ty) => ProjectionElem::UnwrapUnsafeBinder(t(ty)),
        }
    }
}

impl<'tcx> Interner<'tcx> {
    /// An interned list of steps from an iterator.
    pub fn mk_place_elems_from_iter(
        self,
        elems: impl IntoIterator<Item = PlaceElem<'tcx>>,
    ) -> &'tcx List<PlaceElem<'tcx>> {
        self.mk_place_elems(&elems.into_iter().collect::<Vec<_>>())
    }
}
