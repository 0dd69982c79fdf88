//! Questions about places: is a borrow of them tracked, what are their prefixes, are they captures.

use mir::{Body, Location, Mutability, Place, PlaceRef, ProjectionElem};
use query::{PlaceTyExt, TyCtxt};
use ty::CapturedPlace;
use ty::{FieldIdx, TyKind};

use crate::borrow_set::{BorrowData, BorrowIndex, BorrowSet, LocalsStateAtExit, TwoPhaseActivation};
use crate::places_conflict::{AccessDepth, PlaceConflictBias, borrow_conflicts_with_place};

/// Whether nothing can invalidate a borrow of the place: it is behind a shared reference or raw pointer, or of an
/// immutable local that is never dropped.
pub(crate) fn ignore_borrow<'tcx>(
    tcx: TyCtxt<'tcx>,
    body: &Body<'tcx>,
    state: &LocalsStateAtExit,
    place: Place<'tcx>,
) -> bool {
    if let LocalsStateAtExit::SomeAreInvalidated { has_storage_dead_or_moved } = state
        && !has_storage_dead_or_moved.contains(place.local)
        && body.local_decls[place.local].mutability == Mutability::Not
    {
        return true;
    }
    for (i, (base, elem)) in place.iter_projections().enumerate() {
        if elem != ProjectionElem::Deref {
            continue;
        }
        match *base.ty(body, tcx).ty.kind() {
            // Thread locals end with their thread.
            TyKind::Ref(_, _, Mutability::Not) if i == 0 && body.local_decls[place.local].is_ref_to_thread_local() => {}
            TyKind::RawPtr(..) | TyKind::Ref(_, _, Mutability::Not) => return true,
            _ => {}
        }
    }
    false
}

/// Which prefixes of a place are meant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum PrefixSet {
    All,
    /// Up to a dereference.
    Shallow,
}

/// The place and the places it is part of, longest first.
pub(crate) fn prefixes<'tcx>(place: PlaceRef<'tcx>, kind: PrefixSet) -> impl Iterator<Item = PlaceRef<'tcx>> {
    std::iter::successors(Some(place), move |p| {
        let (base, elem) = p.last_projection()?;
        (kind == PrefixSet::All || elem != ProjectionElem::Deref).then_some(base)
    })
}

/// The capture that a place is, possibly behind the reference that the closure holds.
pub(crate) fn is_upvar_field_projection<'tcx>(
    tcx: TyCtxt<'tcx>,
    upvars: &[&'tcx CapturedPlace<'tcx>],
    place: PlaceRef<'tcx>,
    body: &Body<'tcx>,
) -> Option<FieldIdx> {
    let (place, by_ref) = match place.last_projection() {
        Some((base, ProjectionElem::Deref)) => (base, true),
        _ => (place, false),
    };
    let (base, ProjectionElem::Field(field, _)) = place.last_projection()? else { return None };
    // Only the closure itself, or what its reference points to.
    if base.local.as_u32() != 1 || upvars.is_empty() {
        return None;
    }
    let ty = base.ty(body, tcx).ty;
    let is_closure = matches!(ty.kind(), TyKind::Closure(..) | TyKind::Coroutine(..) | TyKind::CoroutineClosure(..));
    let fits = field.as_usize() < upvars.len() && (!by_ref || upvars[field.as_usize()].is_by_ref());
    (is_closure && fits).then_some(field)
}

/// Whether a borrow conflicts with reads at a point: between its reservation and its activation it does not.
pub(crate) fn is_active(body: &Body<'_>, borrow: &BorrowData<'_>, location: Location) -> bool {
    let activation = match borrow.activation_location {
        TwoPhaseActivation::NotTwoPhase => return true,
        TwoPhaseActivation::NotActivated => return false,
        TwoPhaseActivation::ActivatedAt(l) => l,
    };
    let dominators = body.basic_blocks.dominators();
    if activation.dominates(location, dominators) {
        return true;
    }
    !borrow.reserve_location.successor_within_block().dominates(location, dominators)
}

/// Calls `f` with the candidate borrows that conflict with an access, until it says to stop (true).
pub(crate) fn each_borrow_involving_path<'tcx>(
    tcx: TyCtxt<'tcx>,
    body: &Body<'tcx>,
    (access, place): (AccessDepth, Place<'tcx>),
    set: &BorrowSet<'tcx>,
    is_candidate: impl Fn(BorrowIndex) -> bool,
    mut f: impl FnMut(BorrowIndex, &BorrowData<'tcx>) -> bool,
) {
    for &i in set.of_local(place.local) {
        if !is_candidate(i) {
            continue;
        }
        let borrow = &set[i];
        if borrow_conflicts_with_place(
            tcx,
            body,
            borrow.borrowed_place,
            borrow.kind,
            place.as_ref(),
            access,
            PlaceConflictBias::Overlap,
        ) && f(i, borrow)
        {
            return;
        }
    }
}
