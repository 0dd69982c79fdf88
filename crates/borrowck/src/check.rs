//! The walk over a body that checks each access: [`MirBorrowckCtxt::run`].
//!
//! Before each statement the state says which borrows are in scope, which places may be uninitialised, and which
//! initialisations may have happened. Accesses are checked in `check/access.rs`, initialisation in `check/moves.rs`,
//! the right to write in `check/mutability.rs`. Errors are buffered and emitted by place in `diagnostics.rs`.

mod access;
mod moves;
mod mutability;
mod promoted;

use std::cell::RefCell;

use diagnostics::Diag;
use mir::dataflow::{Analysis, Results};
use mir::{
    AggregateKind, AssertKind, Body, BorrowKind, FakeBorrowKind, InlineAsmOperand, Local, Location,
    NonDivergingIntrinsic, Operand, Place, PlaceRef, RawPtrKind, Rvalue, Statement, StatementKind, Terminator,
    TerminatorKind,
};
use mir_dataflow::{EverInitializedPlaces, InitIndex, MaybeUninitializedPlaces, MoveData, MoveOutIndex, MovePathIndex};
use query::TyCtxt;
use rustc_index::bit_set::{DenseBitSet, MixedBitSet};
use span::def_id::LocalDefId;
use span::{FxHashMap, FxIndexMap, FxIndexSet, Span};
use ty::CapturedPlace;
use ty::{ErrorGuaranteed, FieldIdx};

use crate::BorrowckInferCtxt;
use crate::borrow_set::{BorrowIndex, BorrowSet, LocalsStateAtExit};
use crate::dataflow::Borrows;
use crate::places_conflict::{AccessDepth, ArtificialField};
use crate::region_infer::RegionInferenceContext;

pub(crate) use access::{ReadKind, ReadOrWrite, WriteKind};
pub(crate) use moves::InitializationRequiringAction;
pub(crate) use mutability::{AccessKind, LocalMutationIsAllowed};

/// What holds at a point.
#[derive(Clone)]
pub(crate) struct State {
    pub(crate) borrows: DenseBitSet<BorrowIndex>,
    pub(crate) uninits: MixedBitSet<MovePathIndex>,
    pub(crate) ever_inits: MixedBitSet<InitIndex>,
}

/// An error that is held back: another at the same place may be better.
pub(crate) struct BufferedDiag<'a> {
    pub(crate) span: Span,
    pub(crate) diag: Diag<'a>,
}

/// Checks one body.
pub(crate) struct MirBorrowckCtxt<'a, 'tcx> {
    pub(crate) infcx: &'a BorrowckInferCtxt<'tcx>,
    pub(crate) tcx: TyCtxt<'tcx>,
    pub(crate) def: LocalDefId,
    pub(crate) body: &'a Body<'tcx>,
    pub(crate) move_data: &'a MoveData<'tcx>,
    pub(crate) regioncx: &'a RegionInferenceContext<'a, 'tcx>,
    pub(crate) borrow_set: &'a BorrowSet<'tcx>,
    /// Accesses of which an error was reported.
    access_place_error_reported: FxIndexSet<(Place<'tcx>, Span)>,
    /// Reservations of which an error was reported.
    reservation_error_reported: FxIndexSet<Place<'tcx>>,
    pub(crate) fn_self_span_reported: FxIndexSet<Span>,
    /// Places of which a use after move was reported.
    pub(crate) uninitialized_error_reported: FxIndexSet<Local>,
    /// The errors of moves, one for each set of moves: that of the shortest place.
    pub(crate) buffered_move_errors: FxIndexMap<Vec<MoveOutIndex>, (PlaceRef<'tcx>, Diag<'a>)>,
    pub(crate) buffered_diags: Vec<BufferedDiag<'a>>,
    /// Errors of the same kind at one span: only one is told.
    pub(crate) buffered_mut_errors: FxIndexMap<Span, (Diag<'a>, usize)>,
    pub(crate) used_mut: FxIndexSet<Local>,
    pub(crate) used_mut_upvars: Vec<FieldIdx>,
    pub(crate) upvars: Vec<&'tcx CapturedPlace<'tcx>>,
    /// The names of user variables.
    pub(crate) local_names: FxHashMap<Local, span::Symbol>,
    pub(crate) region_names: RefCell<crate::diagnostics::region_name::RegionNames>,
    pub(crate) tainted: Option<ErrorGuaranteed>,
}

impl<'a, 'tcx> MirBorrowckCtxt<'a, 'tcx> {
    pub(crate) fn new(
        infcx: &'a BorrowckInferCtxt<'tcx>,
        def: LocalDefId,
        body: &'a Body<'tcx>,
        move_data: &'a MoveData<'tcx>,
        regioncx: &'a RegionInferenceContext<'a, 'tcx>,
        borrow_set: &'a BorrowSet<'tcx>,
    ) -> Self {
        let tcx = infcx.tcx;
        let upvars = if tcx.is_closure_like(def.to_def_id()) {
            tcx.typeck(def).closure_min_captures_flattened(def).collect()
        } else {
            Vec::new()
        };
        let mut local_names = FxHashMap::default();
        for info in &body.var_debug_info {
            if let mir::VarDebugInfoContents::Place(place) = info.value
                && let Some(local) = place.as_local()
            {
                local_names.entry(local).or_insert(info.name);
            }
        }
        MirBorrowckCtxt {
            infcx,
            tcx,
            def,
            body,
            move_data,
            regioncx,
            borrow_set,
            access_place_error_reported: FxIndexSet::default(),
            reservation_error_reported: FxIndexSet::default(),
            fn_self_span_reported: FxIndexSet::default(),
            uninitialized_error_reported: FxIndexSet::default(),
            buffered_move_errors: FxIndexMap::default(),
            buffered_diags: Vec::new(),
            buffered_mut_errors: FxIndexMap::default(),
            used_mut: FxIndexSet::default(),
            used_mut_upvars: Vec::new(),
            upvars,
            local_names,
            region_names: RefCell::default(),
            tainted: None,
        }
    }

    /// Looks at all reachable statements with the state before each.
    pub(crate) fn run(
        &mut self,
        uninits: Results<'tcx, MaybeUninitializedPlaces<'_, 'tcx>>,
        ever_inits: Results<'tcx, EverInitializedPlaces<'_, 'tcx>>,
        borrows: Results<'tcx, Borrows<'_, 'tcx>>,
    ) {
        let body = self.body;
        for &block in body.basic_blocks.reverse_postorder() {
            let mut state = State {
                borrows: borrows.entry_states[block].clone(),
                uninits: uninits.entry_states[block].clone(),
                ever_inits: ever_inits.entry_states[block].clone(),
            };
            let data = &body[block];
            for (statement_index, stmt) in data.statements.iter().enumerate() {
                let l = Location { block, statement_index };
                borrows.analysis.apply_early_statement_effect(&mut state.borrows, stmt, l);
                self.check_statement(stmt, l, &state);
                borrows.analysis.apply_primary_statement_effect(&mut state.borrows, stmt, l);
                uninits.analysis.apply_primary_statement_effect(&mut state.uninits, stmt, l);
                ever_inits.analysis.apply_primary_statement_effect(&mut state.ever_inits, stmt, l);
            }
            let l = body.terminator_loc(block);
            let term = data.terminator();
            borrows.analysis.apply_early_terminator_effect(&mut state.borrows, term, l);
            self.check_terminator(term, l, &state);
            borrows.analysis.apply_primary_terminator_effect(&mut state.borrows, term, l);
            self.check_exit(term, l, &state);
        }
    }

    fn check_statement(&mut self, stmt: &Statement<'tcx>, location: Location, state: &State) {
        let span = stmt.source_info.span;
        self.check_activations(location, span, state);
        match &stmt.kind {
            StatementKind::Assign(assign) => {
                let (lhs, rhs) = &**assign;
                self.consume_rvalue(location, (rhs, span), state);
                self.mutate_place(location, (*lhs, span), AccessDepth::Shallow(None), state);
            }
            StatementKind::FakeRead(read) => {
                self.check_if_path_or_subpath_is_moved(
                    location,
                    InitializationRequiringAction::Use,
                    (read.1.as_ref(), span),
                    state,
                );
            }
            StatementKind::Intrinsic(intrinsic) => {
                if let NonDivergingIntrinsic::Assume(op) = &**intrinsic {
                    self.consume_operand(location, (op, span), state);
                }
            }
            StatementKind::StorageDead(local) => self.access_place(
                location,
                ((*local).into(), span),
                (AccessDepth::Shallow(None), ReadOrWrite::Write(WriteKind::StorageDeadOrDrop)),
                LocalMutationIsAllowed::Yes,
                state,
            ),
            StatementKind::AscribeUserType(..)
            | StatementKind::PlaceMention(_)
            | StatementKind::ConstEvalCounter
            | StatementKind::StorageLive(_)
            | StatementKind::BackwardIncompatibleDropHint { .. }
            | StatementKind::SetDiscriminant { .. }
            | StatementKind::Nop => {}
        }
    }

    fn check_terminator(&mut self, term: &Terminator<'tcx>, location: Location, state: &State) {
        let span = term.source_info.span;
        self.check_activations(location, span, state);
        match &term.kind {
            TerminatorKind::SwitchInt { discr, .. } => self.consume_operand(location, (discr, span), state),
            TerminatorKind::Drop { place, replace, .. } => {
                let kind = if *replace { WriteKind::Replace } else { WriteKind::StorageDeadOrDrop };
                self.access_place(
                    location,
                    (*place, span),
                    (AccessDepth::Drop, ReadOrWrite::Write(kind)),
                    LocalMutationIsAllowed::Yes,
                    state,
                );
            }
            TerminatorKind::Call { func, args, destination, .. } => {
                self.consume_operand(location, (func, span), state);
                for arg in args {
                    self.consume_operand(location, (&arg.node, arg.span), state);
                }
                self.mutate_place(location, (*destination, span), AccessDepth::Deep, state);
            }
            TerminatorKind::TailCall { func, args, .. } => {
                self.consume_operand(location, (func, span), state);
                for arg in args {
                    self.consume_operand(location, (&arg.node, arg.span), state);
                }
            }
            TerminatorKind::Assert { cond, msg, .. } => {
                self.consume_operand(location, (cond, span), state);
                if let AssertKind::BoundsCheck { len, index } = &**msg {
                    self.consume_operand(location, (len, span), state);
                    self.consume_operand(location, (index, span), state);
                }
            }
            TerminatorKind::Yield { value, resume_arg, .. } => {
                self.consume_operand(location, (value, span), state);
                self.mutate_place(location, (*resume_arg, span), AccessDepth::Deep, state);
            }
            TerminatorKind::InlineAsm { operands, .. } => {
                for op in operands {
                    match op {
                        InlineAsmOperand::In { value, .. } => self.consume_operand(location, (value, span), state),
                        InlineAsmOperand::Out { place: Some(place), .. } => {
                            self.mutate_place(location, (*place, span), AccessDepth::Shallow(None), state);
                        }
                        InlineAsmOperand::InOut { in_value, out_place, .. } => {
                            self.consume_operand(location, (in_value, span), state);
                            if let Some(place) = out_place {
                                self.mutate_place(location, (*place, span), AccessDepth::Shallow(None), state);
                            }
                        }
                        InlineAsmOperand::Out { place: None, .. }
                        | InlineAsmOperand::Const { .. }
                        | InlineAsmOperand::SymFn { .. }
                        | InlineAsmOperand::SymStatic { .. }
                        | InlineAsmOperand::Label { .. } => {}
                    }
                }
            }
            TerminatorKind::Goto { .. }
            | TerminatorKind::UnwindTerminate(_)
            | TerminatorKind::Unreachable
            | TerminatorKind::UnwindResume
            | TerminatorKind::Return
            | TerminatorKind::CoroutineDrop
            | TerminatorKind::FalseEdge { .. }
            | TerminatorKind::FalseUnwind { .. } => {}
        }
    }

    /// Locals end where the body is left, and move where a coroutine that can move is suspended.
    fn check_exit(&mut self, term: &Terminator<'tcx>, location: Location, state: &State) {
        let movable = self.body.coroutine_kind().is_some_and(|k| k.movability() == hir::Movability::Movable);
        if movable && matches!(term.kind, TerminatorKind::Yield { .. }) {
            let set = self.borrow_set;
            for i in state.borrows.iter() {
                // What is behind a reference stays where it is.
                if !set[i].borrowed_place.is_indirect() {
                    self.report_borrow_across_yield(&set[i], term.source_info.span);
                }
            }
        }
        let leaves = matches!(
            term.kind,
            TerminatorKind::UnwindResume
                | TerminatorKind::Return
                | TerminatorKind::TailCall { .. }
                | TerminatorKind::CoroutineDrop
        );
        if leaves && matches!(self.borrow_set.locals_state_at_exit, LocalsStateAtExit::AllAreInvalidated) {
            for i in state.borrows.iter() {
                self.check_for_invalidation_at_exit(location, i, term.source_info.span);
            }
        }
    }

    fn consume_rvalue(&mut self, location: Location, (rvalue, span): (&Rvalue<'tcx>, Span), state: &State) {
        use InitializationRequiringAction as Action;
        match rvalue {
            &Rvalue::Ref(_, bk, place) => {
                let access = match bk {
                    BorrowKind::Fake(FakeBorrowKind::Shallow) => (
                        AccessDepth::Shallow(Some(ArtificialField::FakeBorrow)),
                        ReadOrWrite::Read(ReadKind::Borrow(bk)),
                    ),
                    BorrowKind::Shared | BorrowKind::Fake(FakeBorrowKind::Deep) => {
                        (AccessDepth::Deep, ReadOrWrite::Read(ReadKind::Borrow(bk)))
                    }
                    BorrowKind::Mut { .. } if bk.allows_two_phase_borrow() => {
                        (AccessDepth::Deep, ReadOrWrite::Reservation(WriteKind::MutableBorrow(bk)))
                    }
                    BorrowKind::Mut { .. } => (AccessDepth::Deep, ReadOrWrite::Write(WriteKind::MutableBorrow(bk))),
                };
                self.access_place(location, (place, span), access, LocalMutationIsAllowed::No, state);
                let action =
                    if bk == BorrowKind::Fake(FakeBorrowKind::Shallow) { Action::MatchOn } else { Action::Borrow };
                self.check_if_path_or_subpath_is_moved(location, action, (place.as_ref(), span), state);
            }
            &Rvalue::RawPtr(kind, place) => {
                let mut_default = BorrowKind::Mut { kind: mir::MutBorrowKind::Default };
                let access = match kind {
                    RawPtrKind::Mut => (AccessDepth::Deep, ReadOrWrite::Write(WriteKind::MutableBorrow(mut_default))),
                    RawPtrKind::Const => (AccessDepth::Deep, ReadOrWrite::Read(ReadKind::Borrow(BorrowKind::Shared))),
                    RawPtrKind::FakeForPtrMetadata => {
                        (AccessDepth::Shallow(Some(ArtificialField::ArrayLength)), ReadOrWrite::Read(ReadKind::Copy))
                    }
                };
                self.access_place(location, (place, span), access, LocalMutationIsAllowed::No, state);
                self.check_if_path_or_subpath_is_moved(location, Action::Borrow, (place.as_ref(), span), state);
            }
            Rvalue::ThreadLocalRef(_) => {}
            Rvalue::Use(op)
            | Rvalue::Repeat(op, _)
            | Rvalue::Cast(_, op, _)
            | Rvalue::UnaryOp(_, op)
            | Rvalue::WrapUnsafeBinder(op, _) => self.consume_operand(location, (op, span), state),
            &Rvalue::CopyForDeref(place) => {
                self.access_place(
                    location,
                    (place, span),
                    (AccessDepth::Deep, ReadOrWrite::Read(ReadKind::Copy)),
                    LocalMutationIsAllowed::No,
                    state,
                );
                self.check_if_path_or_subpath_is_moved(location, Action::Use, (place.as_ref(), span), state);
            }
            &Rvalue::Discriminant(place) => {
                self.access_place(
                    location,
                    (place, span),
                    (AccessDepth::Shallow(None), ReadOrWrite::Read(ReadKind::Copy)),
                    LocalMutationIsAllowed::No,
                    state,
                );
                self.check_if_path_or_subpath_is_moved(location, Action::Use, (place.as_ref(), span), state);
            }
            Rvalue::BinaryOp(_, operands) => {
                self.consume_operand(location, (&operands.0, span), state);
                self.consume_operand(location, (&operands.1, span), state);
            }
            Rvalue::Aggregate(kind, operands) => {
                if let AggregateKind::Closure(def_id, _)
                | AggregateKind::CoroutineClosure(def_id, _)
                | AggregateKind::Coroutine(def_id, _) = **kind
                    && let Some(local) = def_id.as_local()
                {
                    for &field in &self.tcx.mir_borrowck(local).used_mut_upvars {
                        if let Some(op) = operands.get(field) {
                            self.propagate_closure_used_mut_upvar(op);
                        }
                    }
                }
                for op in operands {
                    self.consume_operand(location, (op, span), state);
                }
            }
        }
    }

    fn consume_operand(&mut self, location: Location, (operand, span): (&Operand<'tcx>, Span), state: &State) {
        let (place, access) = match *operand {
            Operand::Copy(place) => (place, (AccessDepth::Deep, ReadOrWrite::Read(ReadKind::Copy))),
            Operand::Move(place) => {
                self.check_movable_place(location, place);
                (place, (AccessDepth::Deep, ReadOrWrite::Write(WriteKind::Move)))
            }
            Operand::Constant(_) | Operand::RuntimeChecks(_) => return,
        };
        let allowed = match operand {
            Operand::Move(_) => LocalMutationIsAllowed::Yes,
            _ => LocalMutationIsAllowed::No,
        };
        self.access_place(location, (place, span), access, allowed, state);
        self.check_if_path_or_subpath_is_moved(
            location,
            InitializationRequiringAction::Use,
            (place.as_ref(), span),
            state,
        );
    }

    /// The capture that a place is.
    pub(crate) fn is_upvar_field_projection(&self, place: PlaceRef<'tcx>) -> Option<FieldIdx> {
        crate::place_ext::is_upvar_field_projection(self.tcx, &self.upvars, place, self.body)
    }
    pub(crate) fn dcx(&self) -> &'tcx diagnostics::DiagCtxt {
        self.tcx.dcx()
    }
    pub(crate) fn buffer_error(&mut self, diag: Diag<'a>) {
        let span = diag.sort_span;
        self.buffered_diags.push(BufferedDiag { span, diag });
    }
}
