//! Whether an access to a place touches a borrowed place.

use mir::{Body, BorrowKind, FakeBorrowKind, Mutability, Place, PlaceElem, PlaceRef, ProjectionElem};
use query::{PlaceTyExt, TyCtxt};
use ty::TyKind;

/// What is assumed of indices that are not constant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum PlaceConflictBias {
    /// They may be equal.
    Overlap,
    /// They are not.
    NoOverlap,
}

/// How deep an access goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum AccessDepth {
    /// The place itself, not what is behind its pointers; or only something next to its content.
    Shallow(Option<ArtificialField>),
    /// All that is reached from it.
    Deep,
    /// What a destructor reaches.
    Drop,
}

/// Parts that places have besides their fields.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ArtificialField {
    ArrayLength,
    FakeBorrow,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Overlap {
    /// Parts of a union: in part the same.
    Arbitrary,
    /// The same, or not touching.
    EqualOrDisjoint,
    Disjoint,
}

/// Whether two places surely, or possibly, have memory in common.
pub(crate) fn places_conflict<'tcx>(
    tcx: TyCtxt<'tcx>,
    body: &Body<'tcx>,
    borrow_place: Place<'tcx>,
    access_place: Place<'tcx>,
    bias: PlaceConflictBias,
) -> bool {
    let kind = BorrowKind::Mut { kind: mir::MutBorrowKind::TwoPhaseBorrow };
    borrow_conflicts_with_place(tcx, body, borrow_place, kind, access_place.as_ref(), AccessDepth::Deep, bias)
}

/// Whether an access touches a borrow.
pub(crate) fn borrow_conflicts_with_place<'tcx>(
    tcx: TyCtxt<'tcx>,
    body: &Body<'tcx>,
    borrow_place: Place<'tcx>,
    borrow_kind: BorrowKind,
    access_place: PlaceRef<'tcx>,
    access: AccessDepth,
    bias: PlaceConflictBias,
) -> bool {
    if borrow_place.local != access_place.local {
        return false;
    }
    if borrow_place.projection.is_empty() && access_place.projection.is_empty() {
        return true;
    }
    for (i, (borrow_base, borrow_elem)) in borrow_place.iter_projections().enumerate() {
        match access_place.projection.get(i) {
            // Equal up to here.
            Some(&access_elem) => match projection_conflict(tcx, body, borrow_base, borrow_elem, access_elem, bias) {
                Overlap::Arbitrary => return true,
                Overlap::EqualOrDisjoint => {}
                Overlap::Disjoint => return false,
            },
            // A borrow of `a.b.c`, an access to `a.b`.
            None => {
                let base_ty = borrow_base.ty(body, tcx).ty;
                match (borrow_elem, base_ty.kind(), access) {
                    (_, _, AccessDepth::Shallow(Some(_))) => return false,
                    // Only the pointer is touched.
                    (ProjectionElem::Deref, _, AccessDepth::Shallow(None)) => return false,
                    // Dropping a reference does not touch what it points to.
                    (ProjectionElem::Deref, TyKind::Ref(_, _, Mutability::Mut), AccessDepth::Drop) => return false,
                    // A destructor reaches all.
                    (ProjectionElem::Field(..), TyKind::Adt(def, _), AccessDepth::Drop)
                        if tcx.adt_destructor(def.did()).is_some() =>
                    {
                        return true;
                    }
                    _ => {}
                }
            }
        }
    }
    // A borrow of `a.b`, an access to it or a part of it.
    !(borrow_kind == BorrowKind::Fake(FakeBorrowKind::Shallow)
        && borrow_place.projection.len() < access_place.projection.len())
}

fn projection_conflict<'tcx>(
    tcx: TyCtxt<'tcx>,
    body: &Body<'tcx>,
    base: PlaceRef<'tcx>,
    a: PlaceElem<'tcx>,
    b: PlaceElem<'tcx>,
    bias: PlaceConflictBias,
) -> Overlap {
    use Overlap::{Arbitrary, Disjoint, EqualOrDisjoint};
    use ProjectionElem as P;
    let equal_if = |c: bool| if c { EqualOrDisjoint } else { Disjoint };
    match (a, b) {
        (P::Deref, P::Deref) | (P::OpaqueCast(_), P::OpaqueCast(_)) => EqualOrDisjoint,
        (P::UnwrapUnsafeBinder(_), P::UnwrapUnsafeBinder(_)) => EqualOrDisjoint,
        (P::Field(f, _), P::Field(g, _)) => {
            if f == g {
                EqualOrDisjoint
            } else if base.ty(body, tcx).ty.is_union() {
                Arbitrary
            } else {
                Disjoint
            }
        }
        (P::Downcast(_, v), P::Downcast(_, w)) => equal_if(v == w || !base.ty(body, tcx).ty.is_enum()),
        (P::Index(_), P::Index(_) | P::ConstantIndex { .. } | P::Subslice { .. })
        | (P::ConstantIndex { .. } | P::Subslice { .. }, P::Index(_)) => equal_if(bias == PlaceConflictBias::Overlap),
        (
            P::ConstantIndex { offset: o1, from_end: false, .. },
            P::ConstantIndex { offset: o2, from_end: false, .. },
        )
        | (P::ConstantIndex { offset: o1, from_end: true, .. }, P::ConstantIndex { offset: o2, from_end: true, .. }) => {
            equal_if(o1 == o2)
        }
        (
            P::ConstantIndex { offset: begin, min_length: m1, from_end: false },
            P::ConstantIndex { offset: end, min_length: m2, from_end: true },
        )
        | (
            P::ConstantIndex { offset: end, min_length: m1, from_end: true },
            P::ConstantIndex { offset: begin, min_length: m2, from_end: false },
        ) => equal_if(begin >= m1.max(m2) - end),
        (P::ConstantIndex { offset, from_end: false, .. }, P::Subslice { from, to, from_end: false })
        | (P::Subslice { from, to, from_end: false }, P::ConstantIndex { offset, from_end: false, .. }) => {
            equal_if((from..to).contains(&offset))
        }
        (P::ConstantIndex { offset, from_end: false, .. }, P::Subslice { from, .. })
        | (P::Subslice { from, .. }, P::ConstantIndex { offset, from_end: false, .. }) => equal_if(offset >= from),
        (P::ConstantIndex { offset, from_end: true, .. }, P::Subslice { to, from_end: true, .. })
        | (P::Subslice { to, from_end: true, .. }, P::ConstantIndex { offset, from_end: true, .. }) => {
            equal_if(offset > to)
        }
        (P::Subslice { from: f1, to: t1, from_end: false }, P::Subslice { from: f2, to: t2, from_end: false }) => {
            equal_if(f2 < t1 && f1 < t2)
        }
        (P::Subslice { .. }, P::Subslice { .. }) => EqualOrDisjoint,
        // Steps of different kinds do not stand at one place.
        _ => EqualOrDisjoint,
    }
}
