//! Drop elaboration: after it a `Drop` happens whenever it is reached.
//!
//! Before, a `Drop` is of whatever of its place is initialised there (RFC 320). Dataflow tells which move paths are
//! certainly, perhaps or not initialised at each drop; what is only known at run time gets a *drop flag*, a `bool`
//! local that moves and initialisations keep up to date.

use mir::dataflow::{Analysis, ResultsCursor};
use mir::{
    Body, Const, ConstOperand, Local, Location, MirPatch, Operand, Place, PlaceElem, ProjectionElem, Rvalue,
    TerminatorKind, UnwindAction,
};
use mir_dataflow::{
    DropFlagState, LookupResult, MaybeInitializedPlaces, MaybeUninitializedPlaces, MoveData, MovePathIndex,
    drop_flag_effects_for_function_entry, drop_flag_effects_for_location, move_path_children_matching,
    on_all_children_bits, on_lookup_result_bits,
};
use query::TyCtxt;
use rustc_index::IndexVec;
use span::Span;
use ty::{FieldIdx, TypingEnv, VariantIdx};

use crate::elaborate_drop::{DropElaborator, DropFlagMode, DropStyle, Unwind, elaborate_drop};
use crate::pass_manager::MirPass;

pub struct ElaborateDrops;

impl<'tcx> MirPass<'tcx> for ElaborateDrops {
    fn name(&self) -> &'static str {
        "ElaborateDrops"
    }
    fn run_pass(&self, tcx: TyCtxt<'tcx>, body: &mut Body<'tcx>) {
        let has_drops = body.basic_blocks.iter().any(|b| matches!(b.terminator().kind, TerminatorKind::Drop { .. }));
        if !has_drops {
            return;
        }
        let typing_env = tcx.typing_env_post_analysis(body.source.def_id());
        let patch = {
            let body = &*body;
            // What needs no drop needs no tracking.
            let move_data = MoveData::gather_moves(body, tcx, |ty| tcx.type_needs_drop(typing_env, ty));
            let inits = MaybeInitializedPlaces::new(tcx, body, &move_data)
                .skipping_unreachable_unwind()
                .iterate_to_fixpoint(body)
                .into_results_cursor(body);
            let uninits = MaybeUninitializedPlaces::new(tcx, body, &move_data)
                .mark_inactive_variants_as_uninit()
                .iterate_to_fixpoint(body)
                .into_results_cursor(body);
            let cx = ElaborateCx {
                tcx,
                typing_env,
                body,
                move_data: &move_data,
                init: InitData { inits, uninits },
                drop_flags: IndexVec::from_elem(None, &move_data.move_paths),
                patch: MirPatch::new(body),
            };
            cx.elaborate()
        };
        patch.apply(body);
    }
}

struct InitData<'a, 'tcx> {
    inits: ResultsCursor<'a, 'tcx, MaybeInitializedPlaces<'a, 'tcx>>,
    uninits: ResultsCursor<'a, 'tcx, MaybeUninitializedPlaces<'a, 'tcx>>,
}

impl InitData<'_, '_> {
    fn seek_before(&mut self, loc: Location) {
        self.inits.seek_before_primary_effect(loc);
        self.uninits.seek_before_primary_effect(loc);
    }
    /// Whether it may be there, whether it may be gone.
    fn state(&self, path: MovePathIndex) -> (bool, bool) {
        (self.inits.get().contains(path), self.uninits.get().contains(path))
    }
}

struct ElaborateCx<'a, 'tcx> {
    tcx: TyCtxt<'tcx>,
    typing_env: TypingEnv<'tcx>,
    body: &'a Body<'tcx>,
    move_data: &'a MoveData<'tcx>,
    init: InitData<'a, 'tcx>,
    drop_flags: IndexVec<MovePathIndex, Option<Local>>,
    patch: MirPatch<'tcx>,
}

impl<'tcx> ElaborateCx<'_, 'tcx> {
    fn elaborate(mut self) -> MirPatch<'tcx> {
        self.collect_drop_flags();
        self.elaborate_drops();
        self.drop_flags_on_init();
        self.drop_flags_for_fn_rets();
        self.drop_flags_for_args();
        self.drop_flags_for_locs();
        self.patch
    }

    fn lookup(&self, place: Place<'tcx>) -> LookupResult {
        self.move_data.rev_lookup.find(place.as_ref())
    }

    fn create_drop_flag(&mut self, path: MovePathIndex, span: Span) {
        let (patch, ty) = (&mut self.patch, self.tcx.types().bool);
        self.drop_flags[path].get_or_insert_with(|| patch.new_temp(ty, span));
    }

    fn collect_drop_flags(&mut self) {
        let (body, move_data) = (self.body, self.move_data);
        for (bb, data) in body.basic_blocks.iter_enumerated() {
            let term = data.terminator();
            let TerminatorKind::Drop { place, .. } = term.kind else { continue };
            self.init.seek_before(body.terminator_loc(bb));
            match self.lookup(place) {
                LookupResult::Exact(path) => on_all_children_bits(move_data, path, |child| {
                    if self.init.state(child) == (true, true) {
                        self.create_drop_flag(child, term.source_info.span);
                    }
                }),
                LookupResult::Parent(None) => {}
                LookupResult::Parent(Some(parent)) => {
                    if self.init.state(parent).1 {
                        let msg = format!("drop of untracked, uninitialized value {bb:?}, place {place:?}");
                        self.tcx.dcx().span_delayed_bug(term.source_info.span, msg);
                    }
                }
            }
        }
    }

    fn elaborate_drops(&mut self) {
        let body = self.body;
        for (bb, data) in body.basic_blocks.iter_enumerated() {
            let term = data.terminator();
            let TerminatorKind::Drop { place, target, unwind, .. } = term.kind else { continue };
            // A place that is not tracked (behind a pointer) is initialised before an assignment: the drop is real.
            let LookupResult::Exact(path) = self.lookup(place) else { continue };
            let unwind = match unwind {
                _ if data.is_cleanup => Unwind::InCleanup,
                UnwindAction::Cleanup(cleanup) => Unwind::To(cleanup),
                UnwindAction::Continue => Unwind::To(self.patch.resume_block()),
                UnwindAction::Unreachable => Unwind::To(self.patch.unreachable_cleanup_block()),
                UnwindAction::Terminate(reason) => Unwind::To(self.patch.terminate_block(reason)),
            };
            self.init.seek_before(body.terminator_loc(bb));
            elaborate_drop(self, term.source_info, place, path, target, unwind, bb);
        }
    }

    fn set_drop_flag(&mut self, loc: Location, path: MovePathIndex, state: DropFlagState) {
        if let Some(flag) = self.drop_flags[path] {
            let span = self.patch.source_info_for_location(self.body, loc).span;
            let value = self.bool_rvalue(span, state.value());
            self.patch.add_assign(loc, flag.into(), value);
        }
    }

    fn bool_rvalue(&self, span: Span, value: bool) -> Rvalue<'tcx> {
        let const_ = Const::from_bool(self.tcx.interner(), value);
        Rvalue::Use(Operand::Constant(Box::new(ConstOperand { span, user_ty: None, const_ })))
    }

    fn drop_flags_on_init(&mut self) {
        let flags: Vec<Local> = self.drop_flags.iter().flatten().copied().collect();
        for flag in flags {
            let value = self.bool_rvalue(self.body.span, false);
            self.patch.add_assign(Location::START, flag.into(), value);
        }
    }

    /// A call's result is there where it returns, but not where it unwinds.
    fn drop_flags_for_fn_rets(&mut self) {
        let (body, move_data) = (self.body, self.move_data);
        for data in body.basic_blocks.iter() {
            if let TerminatorKind::Call {
                destination, target: Some(target), unwind: UnwindAction::Cleanup(_), ..
            } = data.terminator().kind
            {
                // `CriticalCallEdges` made this block the call's own.
                let loc = Location { block: target, statement_index: 0 };
                let path = self.lookup(destination);
                on_lookup_result_bits(move_data, path, |child| self.set_drop_flag(loc, child, DropFlagState::Present));
            }
        }
    }

    fn drop_flags_for_args(&mut self) {
        let (body, move_data) = (self.body, self.move_data);
        drop_flag_effects_for_function_entry(body, move_data, |path, state| {
            self.set_drop_flag(Location::START, path, state);
        });
    }

    /// Of the old blocks only: those of the elaboration keep the flags themselves.
    fn drop_flags_for_locs(&mut self) {
        let (body, move_data) = (self.body, self.move_data);
        for (bb, data) in body.basic_blocks.iter_enumerated() {
            for statement_index in 0..=data.statements.len() {
                let loc = Location { block: bb, statement_index };
                if statement_index == data.statements.len() {
                    if let TerminatorKind::Drop { .. } = data.terminator().kind {
                        // An elaborated drop sets its flags.
                        continue;
                    }
                }
                drop_flag_effects_for_location(body, move_data, loc, |path, state| {
                    self.set_drop_flag(loc, path, state);
                });
            }
            // Without a cleanup edge the result can be marked as there before the call.
            if let TerminatorKind::Call {
                destination,
                target: Some(_),
                unwind: UnwindAction::Continue | UnwindAction::Unreachable | UnwindAction::Terminate(_),
                ..
            } = data.terminator().kind
            {
                let loc = body.terminator_loc(bb);
                let path = self.lookup(destination);
                on_lookup_result_bits(move_data, path, |child| self.set_drop_flag(loc, child, DropFlagState::Present));
            }
        }
    }

    fn child(&self, path: MovePathIndex, f: impl FnMut(PlaceElem<'tcx>) -> bool) -> Option<MovePathIndex> {
        move_path_children_matching(self.move_data, path, f)
    }
}

impl<'tcx> DropElaborator<'tcx> for ElaborateCx<'_, 'tcx> {
    type Path = MovePathIndex;

    fn patch(&mut self) -> &mut MirPatch<'tcx> {
        &mut self.patch
    }
    fn patch_ref(&self) -> &MirPatch<'tcx> {
        &self.patch
    }
    fn body(&self) -> &Body<'tcx> {
        self.body
    }
    fn tcx(&self) -> TyCtxt<'tcx> {
        self.tcx
    }
    fn typing_env(&self) -> TypingEnv<'tcx> {
        self.typing_env
    }

    fn drop_style(&self, path: MovePathIndex, mode: DropFlagMode) -> DropStyle {
        let (maybe_init, maybe_uninit, in_parts) = match mode {
            DropFlagMode::Shallow => {
                let (init, uninit) = self.init.state(path);
                (init, uninit, false)
            }
            DropFlagMode::Deep => {
                let (mut some_init, mut some_uninit, mut count) = (false, false, 0);
                on_all_children_bits(self.move_data, path, |child| {
                    let (init, uninit) = self.init.state(child);
                    some_init |= init;
                    some_uninit |= uninit;
                    count += 1;
                });
                (some_init, some_uninit, count != 1)
            }
        };
        match (maybe_init, maybe_uninit, in_parts) {
            (false, _, _) => DropStyle::Dead,
            (true, false, _) => DropStyle::Static,
            (true, true, false) => DropStyle::Conditional,
            (true, true, true) => DropStyle::Open,
        }
    }
    fn get_drop_flag(&mut self, path: MovePathIndex) -> Option<Operand<'tcx>> {
        self.drop_flags[path].map(|flag| Operand::Copy(flag.into()))
    }
    fn clear_drop_flag(&mut self, loc: Location, path: MovePathIndex, mode: DropFlagMode) {
        match mode {
            DropFlagMode::Shallow => self.set_drop_flag(loc, path, DropFlagState::Absent),
            DropFlagMode::Deep => {
                let move_data = self.move_data;
                on_all_children_bits(move_data, path, |child| self.set_drop_flag(loc, child, DropFlagState::Absent));
            }
        }
    }

    fn field_subpath(&self, path: MovePathIndex, field: FieldIdx) -> Option<MovePathIndex> {
        self.child(path, |e| matches!(e, ProjectionElem::Field(f, _) if f == field))
    }
    fn deref_subpath(&self, path: MovePathIndex) -> Option<MovePathIndex> {
        self.child(path, |e| e == ProjectionElem::Deref)
    }
    fn downcast_subpath(&self, path: MovePathIndex, variant: VariantIdx) -> Option<MovePathIndex> {
        self.child(path, |e| matches!(e, ProjectionElem::Downcast(_, v) if v == variant))
    }
    fn array_subpath(&self, path: MovePathIndex, index: u64, size: u64) -> Option<MovePathIndex> {
        self.child(path, |e| match e {
            ProjectionElem::ConstantIndex { offset, from_end, .. } => {
                index == if from_end { size - offset } else { offset }
            }
            _ => false,
        })
    }
}
