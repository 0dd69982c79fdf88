//! Uses of places against what is initialised.

use mir::{Location, Place, PlaceRef, ProjectionElem};
use mir_dataflow::{LookupResult, MovePathIndex};
use query::PlaceTyExt;
use span::Span;
use ty::TyKind;

use super::{MirBorrowckCtxt, State};
use crate::place_ext::{PrefixSet, prefixes};

/// What needs a place to be initialised.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum InitializationRequiringAction {
    Borrow,
    MatchOn,
    Use,
    Assignment,
    PartialAssignment,
}

impl InitializationRequiringAction {
    pub(crate) fn as_noun(self) -> &'static str {
        match self {
            InitializationRequiringAction::Borrow => "borrow",
            InitializationRequiringAction::MatchOn => "use",
            InitializationRequiringAction::Use => "use",
            InitializationRequiringAction::Assignment => "assign",
            InitializationRequiringAction::PartialAssignment => "assign to part",
        }
    }
    pub(crate) fn as_verb_in_past_tense(self) -> &'static str {
        match self {
            InitializationRequiringAction::Borrow => "borrowed",
            InitializationRequiringAction::MatchOn => "matched on",
            InitializationRequiringAction::Use => "used",
            InitializationRequiringAction::Assignment => "assigned",
            InitializationRequiringAction::PartialAssignment => "partially assigned",
        }
    }
    pub(crate) fn as_general_verb_in_past_tense(self) -> &'static str {
        match self {
            InitializationRequiringAction::Borrow
            | InitializationRequiringAction::MatchOn
            | InitializationRequiringAction::Use => "used",
            InitializationRequiringAction::Assignment => "assigned",
            InitializationRequiringAction::PartialAssignment => "partially assigned",
        }
    }
}

impl<'a, 'tcx> MirBorrowckCtxt<'a, 'tcx> {
    /// The path of a place, if it has one of its own.
    pub(crate) fn move_path_for_place(&self, place: PlaceRef<'tcx>) -> Option<MovePathIndex> {
        match self.move_data.rev_lookup.find(place) {
            LookupResult::Exact(mpi) => Some(mpi),
            LookupResult::Parent(_) => None,
        }
    }
    /// The longest prefix that has a path, and the path.
    pub(crate) fn move_path_closest_to(&self, place: PlaceRef<'tcx>) -> Option<(PlaceRef<'tcx>, MovePathIndex)> {
        match self.move_data.rev_lookup.find(place) {
            LookupResult::Exact(mpi) | LookupResult::Parent(Some(mpi)) => {
                Some((self.move_data.move_paths[mpi].place.as_ref(), mpi))
            }
            LookupResult::Parent(None) => None,
        }
    }

    fn check_if_full_path_is_moved(
        &mut self,
        location: Location,
        action: InitializationRequiringAction,
        (place, span): (PlaceRef<'tcx>, Span),
        state: &State,
    ) {
        if let Some((prefix, mpi)) = self.move_path_closest_to(place)
            && state.uninits.contains(mpi)
        {
            self.report_use_of_moved_or_uninitialized(location, action, (prefix, place, span), mpi, state);
        }
    }

    /// The place is used: it, what it is part of and its parts must be initialised.
    pub(crate) fn check_if_path_or_subpath_is_moved(
        &mut self,
        location: Location,
        action: InitializationRequiringAction,
        (place, span): (PlaceRef<'tcx>, Span),
        state: &State,
    ) {
        self.check_if_full_path_is_moved(location, action, (place, span), state);
        if let Some((base, ProjectionElem::Subslice { from, to, from_end: false })) = place.last_projection()
            && let TyKind::Array(..) = base.ty(self.body, self.tcx).ty.kind()
        {
            self.check_if_subslice_element_is_moved(location, action, (base, span), state, from, to);
            return;
        }
        if let Some(mpi) = self.move_path_for_place(place) {
            let uninits = &state.uninits;
            if let Some(child) = self.move_data.find_in_move_path_or_its_descendants(mpi, |mpi| uninits.contains(mpi)) {
                self.report_use_of_moved_or_uninitialized(location, action, (place, place, span), child, state);
            }
        }
    }

    fn check_if_subslice_element_is_moved(
        &mut self,
        location: Location,
        action: InitializationRequiringAction,
        (place, span): (PlaceRef<'tcx>, Span),
        state: &State,
        from: u64,
        to: u64,
    ) {
        let Some(mpi) = self.move_path_for_place(place) else { return };
        let data = self.move_data;
        for (child, path) in data.move_paths[mpi].children(&data.move_paths) {
            let Some(ProjectionElem::ConstantIndex { offset, from_end: false, .. }) = path.place.projection.last()
            else {
                continue;
            };
            if !(from..to).contains(offset) {
                continue;
            }
            let uninits = &state.uninits;
            if let Some(child) = data.find_in_move_path_or_its_descendants(child, |mpi| uninits.contains(mpi)) {
                self.report_use_of_moved_or_uninitialized(location, action, (place, place, span), child, state);
                return;
            }
        }
    }

    /// The place is assigned: what it is behind or in must be initialised.
    pub(crate) fn check_if_assigned_path_is_moved(
        &mut self,
        location: Location,
        (place, span): (Place<'tcx>, Span),
        state: &State,
    ) {
        for (base, elem) in place.iter_projections().rev() {
            match elem {
                ProjectionElem::Deref => {
                    self.check_if_full_path_is_moved(location, InitializationRequiringAction::Use, (base, span), state);
                    break;
                }
                ProjectionElem::Field(..) => match base.ty(self.body, self.tcx).ty.kind() {
                    TyKind::Adt(def, _) if self.tcx.adt_destructor(def.did()).is_some() => {
                        self.check_if_path_or_subpath_is_moved(
                            location,
                            InitializationRequiringAction::Assignment,
                            (base, span),
                            state,
                        );
                        break;
                    }
                    TyKind::Adt(..) | TyKind::Tuple(..) => self.check_parent_of_field(location, base, span, state),
                    _ => {}
                },
                ProjectionElem::Index(_)
                | ProjectionElem::ConstantIndex { .. }
                | ProjectionElem::Subslice { .. }
                | ProjectionElem::OpaqueCast(_)
                | ProjectionElem::UnwrapUnsafeBinder(_)
                | ProjectionElem::Downcast(..) => {}
            }
        }
    }

    /// A struct may not be initialised by parts.
    fn check_parent_of_field(&mut self, location: Location, base: PlaceRef<'tcx>, span: Span, state: &State) {
        let mut shortest = None;
        for prefix in prefixes(base, PrefixSet::Shallow) {
            if let Some(mpi) = self.move_path_for_place(prefix)
                && state.uninits.contains(mpi)
            {
                shortest = Some((prefix, mpi));
            }
        }
        let Some((prefix, mpi)) = shortest else { return };
        // A union that was moved out of may get a field again.
        if let TyKind::Adt(def, _) = self.body.local_decls[base.local].ty.kind()
            && def.is_union()
            && self.move_data.path_map[mpi]
                .iter()
                .any(|&m| self.move_data.moves[m].source.is_predecessor_of(location, self.body))
        {
            return;
        }
        let action = InitializationRequiringAction::PartialAssignment;
        self.report_use_of_moved_or_uninitialized(location, action, (prefix, base, span), mpi, state);
        self.used_mut.insert(base.local);
    }

    /// A value of unknown size cannot be moved.
    pub(crate) fn check_movable_place(&mut self, location: Location, place: Place<'tcx>) {
        let ty = place.ty(self.body, self.tcx).ty;
        // `where dyn Trait: Sized` is believed, however false.
        if matches!(ty.kind(), TyKind::Slice(_) | TyKind::Str | TyKind::Dynamic(..))
            && !self.tcx.type_is_sized(self.infcx.typing_env(self.infcx.param_env), ty)
        {
            let span = self.body.source_info(location).span;
            let err = self
                .dcx()
                .struct_span_err(span, format!("cannot move a value of type `{ty}`"))
                .with_code(diagnostics::ErrCode(161))
                .with_span_label(span, format!("the size of `{ty}` cannot be statically determined"));
            self.buffer_error(err);
        }
    }
}
