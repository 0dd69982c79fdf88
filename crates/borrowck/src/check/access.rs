//! Accesses to places against the borrows in scope.

use mir::{BorrowKind, FakeBorrowKind, Location, Place, PlaceRef, ProjectionElem};
use span::Span;

use super::{LocalMutationIsAllowed, MirBorrowckCtxt, State};
use crate::borrow_set::BorrowIndex;
use crate::place_ext::{each_borrow_involving_path, is_active};
use crate::places_conflict::{AccessDepth, PlaceConflictBias, borrow_conflicts_with_place};

/// What is done with a place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ReadOrWrite {
    Read(ReadKind),
    Write(WriteKind),
    /// A two-phase borrow is made.
    Reservation(WriteKind),
    /// It is used.
    Activation(WriteKind, BorrowIndex),
}

/// Reads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ReadKind {
    Borrow(BorrowKind),
    Copy,
}

/// Writes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum WriteKind {
    StorageDeadOrDrop,
    /// The drop of an assignment's old value.
    Replace,
    MutableBorrow(BorrowKind),
    Mutate,
    Move,
}

impl<'a, 'tcx> MirBorrowckCtxt<'a, 'tcx> {
    /// Checks an access: the right to it, and the borrows.
    pub(crate) fn access_place(
        &mut self,
        location: Location,
        place_span: (Place<'tcx>, Span),
        (depth, rw): (AccessDepth, ReadOrWrite),
        is_local_mutation_allowed: LocalMutationIsAllowed,
        state: &State,
    ) {
        if matches!(rw, ReadOrWrite::Activation(..)) && self.reservation_error_reported.contains(&place_span.0) {
            return;
        }
        if self.access_place_error_reported.contains(&place_span) {
            return;
        }
        let mutability_error =
            self.check_access_permissions(place_span, rw, is_local_mutation_allowed, state, location);
        let conflict_error = self.check_access_for_conflict(location, place_span, depth, rw, state);
        if conflict_error || mutability_error {
            self.access_place_error_reported.insert(place_span);
        }
    }

    fn check_access_for_conflict(
        &mut self,
        location: Location,
        place_span: (Place<'tcx>, Span),
        depth: AccessDepth,
        rw: ReadOrWrite,
        state: &State,
    ) -> bool {
        if state.borrows.is_empty() || self.borrow_set.of_local(place_span.0.local).is_empty() {
            return false;
        }
        let body = self.body;
        let mut conflict: Option<BorrowIndex> = None;
        each_borrow_involving_path(
            self.tcx,
            body,
            (depth, place_span.0),
            self.borrow_set,
            |i| state.borrows.contains(i),
            |i, borrow| {
                let harmless = match (rw, borrow.kind) {
                    (ReadOrWrite::Activation(_, activating), _) if activating == i => true,
                    (ReadOrWrite::Read(_), BorrowKind::Shared | BorrowKind::Fake(_)) => true,
                    (
                        ReadOrWrite::Read(ReadKind::Borrow(BorrowKind::Fake(FakeBorrowKind::Shallow))),
                        BorrowKind::Mut { .. },
                    ) => true,
                    (ReadOrWrite::Reservation(_), BorrowKind::Fake(_) | BorrowKind::Shared) => true,
                    // The check of initialisation sees it.
                    (ReadOrWrite::Write(WriteKind::Move), BorrowKind::Fake(FakeBorrowKind::Shallow)) => true,
                    // A mere reservation of a mutable borrow lets others read.
                    (ReadOrWrite::Read(_), BorrowKind::Mut { .. }) => !is_active(body, borrow, location),
                    (ReadOrWrite::Reservation(_) | ReadOrWrite::Activation(..) | ReadOrWrite::Write(_), _) => false,
                };
                if !harmless {
                    conflict = Some(i);
                }
                !harmless
            },
        );
        let Some(i) = conflict else { return false };
        let set = self.borrow_set;
        let borrow = &set[i];
        match rw {
            ReadOrWrite::Read(ReadKind::Copy) => {
                let err = self.report_use_while_mutably_borrowed(location, place_span, borrow);
                self.buffer_error(err);
            }
            ReadOrWrite::Read(ReadKind::Borrow(bk)) => {
                let err = self.report_conflicting_borrow(location, place_span, bk, borrow);
                self.buffer_error(err);
            }
            ReadOrWrite::Reservation(kind) | ReadOrWrite::Activation(kind, _) | ReadOrWrite::Write(kind) => {
                if matches!(rw, ReadOrWrite::Reservation(_)) {
                    self.reservation_error_reported.insert(place_span.0);
                }
                match kind {
                    WriteKind::MutableBorrow(bk) => {
                        let err = self.report_conflicting_borrow(location, place_span, bk, borrow);
                        self.buffer_error(err);
                    }
                    WriteKind::StorageDeadOrDrop => {
                        self.report_borrowed_value_does_not_live_long_enough(location, borrow, place_span, Some(kind));
                    }
                    WriteKind::Mutate | WriteKind::Replace => {
                        self.report_illegal_mutation_of_borrowed(location, place_span, borrow);
                    }
                    WriteKind::Move => self.report_move_out_while_borrowed(location, place_span, borrow),
                }
            }
        }
        true
    }

    /// Notes that an error was reported; whether it was not before.
    pub(crate) fn mark_reported(&mut self, place_span: (Place<'tcx>, Span)) -> bool {
        self.access_place_error_reported.insert(place_span)
    }

    /// Writes a place.
    pub(crate) fn mutate_place(
        &mut self,
        location: Location,
        place_span: (Place<'tcx>, Span),
        depth: AccessDepth,
        state: &State,
    ) {
        self.check_if_assigned_path_is_moved(location, place_span, state);
        self.access_place(
            location,
            place_span,
            (depth, ReadOrWrite::Write(WriteKind::Mutate)),
            LocalMutationIsAllowed::No,
            state,
        );
    }

    /// The two-phase borrows that are used here start to conflict with reads.
    pub(crate) fn check_activations(&mut self, location: Location, span: Span, state: &State) {
        let set = self.borrow_set;
        for &i in set.activations_at_location(location) {
            let borrow = &set[i];
            self.access_place(
                location,
                (borrow.borrowed_place, span),
                (AccessDepth::Deep, ReadOrWrite::Activation(WriteKind::MutableBorrow(borrow.kind), i)),
                LocalMutationIsAllowed::No,
                state,
            );
        }
    }

    /// A borrow that is in scope where the body is left must not be of a local.
    pub(crate) fn check_for_invalidation_at_exit(&mut self, location: Location, i: BorrowIndex, span: Span) {
        let set = self.borrow_set;
        let borrow = &set[i];
        let place = borrow.borrowed_place;
        // Thread locals may end after the function; what they refer to is behind the reference.
        let thread_local = self.body.local_decls[place.local].is_ref_to_thread_local();
        let (projection, depth): (&[_], _) = if thread_local {
            (&[ProjectionElem::Deref], AccessDepth::Deep)
        } else {
            (&[], AccessDepth::Shallow(None))
        };
        let projection = self.tcx.mk_place_elems(projection);
        let root = PlaceRef { local: place.local, projection };
        if borrow_conflicts_with_place(self.tcx, self.body, place, borrow.kind, root, depth, PlaceConflictBias::Overlap)
        {
            let span = self.tcx.sess().source_map.end_point(span);
            self.report_borrowed_value_does_not_live_long_enough(location, borrow, (place, span), None);
        }
    }
}
