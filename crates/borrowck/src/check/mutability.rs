//! The right to write: is the place mutable, and which `mut` was needed for that.

use mir::{
    BorrowKind, Local, Location, MutBorrowKind, Mutability, Operand, Place, PlaceElem, PlaceRef, ProjectionElem,
    Rvalue, StatementKind,
};
use mir_dataflow::{InitIndex, InitLocation};
use query::PlaceTyExt;
use span::Span;
use ty::TyKind;

use super::{MirBorrowckCtxt, ReadOrWrite, State, WriteKind};

/// Whether an immutable local may be written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum LocalMutationIsAllowed {
    Yes,
    /// Locals may be written, captures not.
    #[allow(dead_code)]
    ExceptUpvars,
    No,
}

/// What is not allowed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum AccessKind {
    MutableBorrow,
    Mutate,
}

/// The place that must be declared `mut`.
struct RootPlace<'tcx> {
    local: Local,
    projection: &'tcx [PlaceElem<'tcx>],
    is_local_mutation_allowed: LocalMutationIsAllowed,
}

impl<'a, 'tcx> MirBorrowckCtxt<'a, 'tcx> {
    /// Whether an error was reported.
    pub(crate) fn check_access_permissions(
        &mut self,
        (place, span): (Place<'tcx>, Span),
        kind: ReadOrWrite,
        is_local_mutation_allowed: LocalMutationIsAllowed,
        state: &State,
        location: Location,
    ) -> bool {
        let (error_access, allowed) = match kind {
            ReadOrWrite::Reservation(WriteKind::MutableBorrow(BorrowKind::Mut { kind }))
            | ReadOrWrite::Write(WriteKind::MutableBorrow(BorrowKind::Mut { kind })) => {
                // A unique capture of a `&mut` needs no `mut` variable.
                let allowed = match kind {
                    MutBorrowKind::ClosureCapture => LocalMutationIsAllowed::Yes,
                    MutBorrowKind::Default | MutBorrowKind::TwoPhaseBorrow => is_local_mutation_allowed,
                };
                (AccessKind::MutableBorrow, allowed)
            }
            ReadOrWrite::Reservation(WriteKind::Mutate) | ReadOrWrite::Write(WriteKind::Mutate) => {
                (AccessKind::Mutate, is_local_mutation_allowed)
            }
            ReadOrWrite::Reservation(_)
            | ReadOrWrite::Write(_)
            | ReadOrWrite::Activation(..)
            | ReadOrWrite::Read(_) => return false,
        };
        let the_place_err = match self.is_mutable(place.as_ref(), allowed) {
            Ok(root) => {
                self.add_used_mut(root, state);
                return false;
            }
            Err(err) => err,
        };
        // The first assignment of a variable is its initialisation.
        let Some(init) = self.is_local_ever_initialized(place.local, state) else { return false };
        if error_access == AccessKind::Mutate && place.as_local().is_some() {
            let assigned_span = self.move_data.inits[init].span(self.body);
            self.report_illegal_reassignment((place, span), assigned_span, place);
        } else {
            self.report_mutability_error(place, span, the_place_err, error_access, location);
        }
        true
    }

    pub(crate) fn is_local_ever_initialized(&self, local: Local, state: &State) -> Option<InitIndex> {
        let mpi = self.move_data.rev_lookup.find_local(local)?;
        self.move_data.init_path_map[mpi].iter().copied().find(|&i| state.ever_inits.contains(i))
    }

    /// The place whose declaration lets this one be written; the place that forbids it otherwise.
    fn is_mutable(
        &self,
        place: PlaceRef<'tcx>,
        allowed: LocalMutationIsAllowed,
    ) -> Result<RootPlace<'tcx>, PlaceRef<'tcx>> {
        let root = |place: PlaceRef<'tcx>, is_local_mutation_allowed| RootPlace {
            local: place.local,
            projection: place.projection,
            is_local_mutation_allowed,
        };
        let Some((base, elem)) = place.last_projection() else {
            return match (self.body.local_decls[place.local].mutability, allowed) {
                (Mutability::Not, LocalMutationIsAllowed::No) => Err(place),
                (Mutability::Not | Mutability::Mut, allowed) => Ok(root(place, allowed)),
            };
        };
        match elem {
            ProjectionElem::Deref => {
                let base_ty = base.ty(self.body, self.tcx).ty;
                match *base_ty.kind() {
                    TyKind::Ref(_, _, Mutability::Not) => Err(place),
                    TyKind::Ref(_, _, Mutability::Mut) => {
                        // What a `&mut` points to may be written if the path to it is unique.
                        let mode = match self.is_upvar_field_projection(place) {
                            Some(field) if self.upvars[field.as_usize()].is_by_ref() => allowed,
                            _ => LocalMutationIsAllowed::Yes,
                        };
                        self.is_mutable(base, mode)
                    }
                    TyKind::RawPtr(_, Mutability::Not) => Err(place),
                    TyKind::RawPtr(_, Mutability::Mut) => Ok(root(place, allowed)),
                    _ => self.is_mutable(base, allowed),
                }
            }
            ProjectionElem::Field(..)
            | ProjectionElem::Index(_)
            | ProjectionElem::ConstantIndex { .. }
            | ProjectionElem::Subslice { .. }
            | ProjectionElem::OpaqueCast(_)
            | ProjectionElem::UnwrapUnsafeBinder(_)
            | ProjectionElem::Downcast(..) => {
                let Some(field) = self.is_upvar_field_projection(place) else {
                    return self.is_mutable(base, allowed);
                };
                match (self.upvars[field.as_usize()].mutability, allowed) {
                    (Mutability::Not, LocalMutationIsAllowed::No | LocalMutationIsAllowed::ExceptUpvars) => Err(place),
                    (Mutability::Not, LocalMutationIsAllowed::Yes) | (Mutability::Mut, _) => {
                        // The closure itself must be reached mutably: it must not be a `Fn`.
                        self.is_mutable(base, allowed)?;
                        Ok(root(place, allowed))
                    }
                }
            }
        }
    }

    /// The `mut` of a variable was needed.
    fn add_used_mut(&mut self, root: RootPlace<'tcx>, state: &State) {
        if root.projection.is_empty() {
            // If it may have been initialised before, this is a second assignment.
            if root.is_local_mutation_allowed != LocalMutationIsAllowed::Yes
                && self.is_local_ever_initialized(root.local, state).is_some()
            {
                self.used_mut.insert(root.local);
            }
        } else if root.is_local_mutation_allowed != LocalMutationIsAllowed::Yes {
            let place = PlaceRef { local: root.local, projection: root.projection };
            if let Some(field) = self.is_upvar_field_projection(place) {
                self.used_mut_upvars.push(field);
            }
        }
    }

    /// A closure needed the `mut` of what it captures.
    pub(crate) fn propagate_closure_used_mut_upvar(&mut self, operand: &Operand<'tcx>) {
        let Some(place) = operand.place() else { return };
        match place.as_local() {
            Some(local) if !self.body.local_decls[local].is_user_variable() => {
                // A borrow marks the variable itself.
                if self.body.local_decls[local].ty.is_mutable_ptr() {
                    return;
                }
                let Some(mpi) = self.move_data.rev_lookup.find_local(local) else { return };
                let &[init] = &self.move_data.init_path_map[mpi][..] else { return };
                let InitLocation::Statement(loc) = self.move_data.inits[init].location else { return };
                let Some(stmt) = self.body[loc.block].statements.get(loc.statement_index) else { return };
                if let StatementKind::Assign(assign) = &stmt.kind
                    && let Rvalue::Ref(_, _, source) | Rvalue::Use(Operand::Copy(source) | Operand::Move(source)) =
                        assign.1
                {
                    self.propagate_used_mut_place(source);
                }
            }
            _ => self.propagate_used_mut_place(place),
        }
    }
    fn propagate_used_mut_place(&mut self, place: Place<'tcx>) {
        if let Some(field) = self.is_upvar_field_projection(place.as_ref()) {
            self.used_mut_upvars.push(field);
            return;
        }
        for (base, elem) in place.iter_projections().rev() {
            if elem == ProjectionElem::Deref
                && let TyKind::Ref(_, _, Mutability::Mut) = base.ty(self.body, self.tcx).ty.kind()
            {
                return;
            }
            if let Some(field) = self.is_upvar_field_projection(base) {
                self.used_mut_upvars.push(field);
                return;
            }
        }
        self.used_mut.insert(place.local);
    }
}
