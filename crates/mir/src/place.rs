//! Places: a local and a path of projections from it.

use std::hash::Hash;

use macros::{TyDecodable, TyEncodable, TypeFoldable, TypeVisitable};
use ty::{FieldIdx, Interner, List, Ty, VariantIdx};

use crate::{Local, PlaceElem, ProjectionElem, RETURN_PLACE};

/// A path to memory. `Copy`; equality is by address of the interned projection.
#[derive(Clone, Copy, PartialEq, Eq, Hash, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub struct Place<'tcx> {
    pub local: Local,
    pub projection: &'tcx List<PlaceElem<'tcx>>,
}

/// A place whose projection is a slice: prefixes of places.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct PlaceRef<'tcx> {
    pub local: Local,
    pub projection: &'tcx [PlaceElem<'tcx>],
}

/// An operand of [`ProjectionElem::Index`].
pub type PlaceIndex = Local;

impl<'tcx> Place<'tcx> {
    /// `_0`
    pub fn return_place() -> Place<'tcx> {
        Place { local: RETURN_PLACE, projection: List::empty() }
    }
    /// Whether it goes through a pointer.
    pub fn is_indirect(&self) -> bool {
        self.projection.iter().any(|e| e.is_indirect())
    }
    /// Whether its first step is a dereference.
    pub fn is_indirect_first_projection(&self) -> bool {
        self.as_ref().is_indirect_first_projection()
    }
    /// The local, if there are no steps or only a dereference.
    #[inline]
    pub fn local_or_deref_local(&self) -> Option<Local> {
        self.as_ref().local_or_deref_local()
    }
    /// The local, if there are no steps.
    #[inline]
    pub fn as_local(&self) -> Option<Local> {
        self.as_ref().as_local()
    }
    #[inline]
    pub fn as_ref(&self) -> PlaceRef<'tcx> {
        PlaceRef { local: self.local, projection: self.projection }
    }
    /// Each step with the place before it, first step first.
    #[inline]
    pub fn iter_projections(self) -> impl DoubleEndedIterator<Item = (PlaceRef<'tcx>, PlaceElem<'tcx>)> {
        self.as_ref().iter_projections()
    }
    /// This place and more steps.
    pub fn project_deeper(self, more: &[PlaceElem<'tcx>], cx: Interner<'tcx>) -> Self {
        if more.is_empty() {
            return self;
        }
        self.as_ref().project_deeper(more, cx)
    }
    pub fn project(self, elem: PlaceElem<'tcx>, cx: Interner<'tcx>) -> Self {
        self.project_deeper(&[elem], cx)
    }
    /// `*self`
    pub fn deref(self, cx: Interner<'tcx>) -> Self {
        self.project(ProjectionElem::Deref, cx)
    }
    /// `self.field`
    pub fn field(self, f: FieldIdx, ty: Ty<'tcx>, cx: Interner<'tcx>) -> Self {
        self.project(ProjectionElem::Field(f, ty), cx)
    }
    /// `self as Variant`
    pub fn downcast(self, name: Option<span::Symbol>, v: VariantIdx, cx: Interner<'tcx>) -> Self {
        self.project(ProjectionElem::Downcast(name, v), cx)
    }
}

impl From<Local> for Place<'_> {
    #[inline]
    fn from(local: Local) -> Self {
        Place { local, projection: List::empty() }
    }
}

impl<'tcx> PlaceRef<'tcx> {
    pub fn local_or_deref_local(&self) -> Option<Local> {
        match *self {
            PlaceRef { local, projection: [] | [ProjectionElem::Deref] } => Some(local),
            _ => None,
        }
    }
    pub fn is_indirect_first_projection(&self) -> bool {
        self.projection.first() == Some(&ProjectionElem::Deref)
    }
    pub fn is_indirect(&self) -> bool {
        self.projection.iter().any(|e| e.is_indirect())
    }
    pub fn as_local(&self) -> Option<Local> {
        match *self {
            PlaceRef { local, projection: [] } => Some(local),
            _ => None,
        }
    }
    pub fn to_place(&self, cx: Interner<'tcx>) -> Place<'tcx> {
        Place { local: self.local, projection: cx.mk_place_elems(self.projection) }
    }
    /// The place before the last step, and the step.
    pub fn last_projection(&self) -> Option<(PlaceRef<'tcx>, PlaceElem<'tcx>)> {
        match *self.projection {
            [ref base @ .., elem] => Some((PlaceRef { local: self.local, projection: base }, elem)),
            [] => None,
        }
    }
    pub fn iter_projections(self) -> impl DoubleEndedIterator<Item = (PlaceRef<'tcx>, PlaceElem<'tcx>)> {
        self.projection
            .iter()
            .enumerate()
            .map(move |(i, proj)| (PlaceRef { local: self.local, projection: &self.projection[..i] }, *proj))
    }
    pub fn project_deeper(self, more: &[PlaceElem<'tcx>], cx: Interner<'tcx>) -> Place<'tcx> {
        let mut elems = self.projection.to_vec();
        elems.extend_from_slice(more);
        Place { local: self.local, projection: cx.mk_place_elems(&elems) }
    }
}

impl From<Local> for PlaceRef<'_> {
    fn from(local: Local) -> Self {
        PlaceRef { local, projection: &[] }
    }
}
