//! Suspensions become returns, and resumption a switch on the state.

use hir::{CoroutineDesugaring, CoroutineKind, LangItem};
use mir::visit::{MutVisitor, PlaceContext};
use mir::{
    AggregateKind, AssertKind, BasicBlock, BasicBlockData, Body, Const, ConstOperand, Local, LocalDecl, Location,
    Operand, Place, Rvalue, START_BLOCK, SourceInfo, Statement, StatementKind, SwitchTargets, TerminatorKind,
    UnevaluatedConst, UnwindAction,
};
use query::TyCtxt;
use rustc_index::bit_set::DenseBitSet;
use ty::{GenericArg, Ty, TyKind, VariantIdx};

use super::saved_locals::SavedLocals;
use super::{POISONED, RESERVED_VARIANTS, RESUME_ARG, RETURNED, SELF_ARG, UNRESUMED, assign, end_block};

/// Where a coroutine suspends.
struct SuspensionPoint<'tcx> {
    state: VariantIdx,
    resume: BasicBlock,
    /// Where the next resumption's argument goes.
    resume_arg: Place<'tcx>,
    drop: Option<BasicBlock>,
    /// The locals that have storage there, saved or not.
    storage_live: DenseBitSet<Local>,
}

/// What is done to a suspended coroutine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Operation {
    Resume,
    Drop,
}

/// Rewrites a body to set states; then has what resuming and dropping switch on.
pub(super) struct States<'tcx> {
    tcx: TyCtxt<'tcx>,
    kind: CoroutineKind,
    saved: SavedLocals<'tcx>,
    old_ret: Local,
    yield_ty: Ty<'tcx>,
    return_ty: Ty<'tcx>,
    points: Vec<SuspensionPoint<'tcx>>,
}

impl<'tcx> States<'tcx> {
    pub(super) fn new(
        tcx: TyCtxt<'tcx>,
        kind: CoroutineKind,
        saved: SavedLocals<'tcx>,
        old_ret: Local,
        yield_ty: Ty<'tcx>,
        return_ty: Ty<'tcx>,
    ) -> Self {
        States { tcx, kind, saved, old_ret, yield_ty, return_ty, points: Vec::new() }
    }

    /// The field that a saved local is.
    fn field(&self, local: Local) -> Option<Place<'tcx>> {
        let (ty, variant, field) = (*self.saved.remap.get(local)?)?;
        let cx = self.tcx.interner();
        Some(Place::from(SELF_ARG).downcast(None, variant, cx).field(field, ty, cx))
    }

    /// A local that the function itself keeps between its storage markers.
    fn has_own_storage(&self, local: Local) -> bool {
        !self.saved.always_live.contains(local) && self.saved.remap.get(local).is_none_or(|r| r.is_none())
    }

    fn adt(&self, item: LangItem, variant: u32, args: &[Ty<'tcx>], value: Option<Operand<'tcx>>) -> Rvalue<'tcx> {
        let def = self.tcx.require_lang_item(item, span::DUMMY_SP);
        let args: Vec<GenericArg<'tcx>> = args.iter().map(|t| (*t).into()).collect();
        let args = self.tcx.mk_args(&args);
        let kind = AggregateKind::Adt(def, VariantIdx::from_u32(variant), args, None, None);
        Rvalue::Aggregate(Box::new(kind), value.into_iter().collect())
    }

    /// `Poll::Ready(None)`
    fn async_gen_finished(&self, source_info: SourceInfo) -> Rvalue<'tcx> {
        let inner = |ty: Ty<'tcx>| match *ty.kind() {
            TyKind::Adt(_, args) => args.type_at(0),
            _ => panic!("an `async gen` yields `Poll<Option<_>>`"),
        };
        let args = self.tcx.mk_args(&[inner(inner(self.yield_ty)).into()]);
        let def = self.tcx.require_lang_item(LangItem::AsyncGenFinished, source_info.span);
        let const_ = Const::Unevaluated(UnevaluatedConst { def, args, promoted: None }, self.yield_ty);
        Rvalue::Use(Operand::Constant(Box::new(ConstOperand { span: source_info.span, user_ty: None, const_ })))
    }

    /// What resuming returns when the body yields a value.
    fn yielded(&self, value: Operand<'tcx>) -> Rvalue<'tcx> {
        match self.kind {
            CoroutineKind::Desugared(CoroutineDesugaring::Async, _) => {
                self.adt(LangItem::Poll, 1, &[self.return_ty], None)
            }
            CoroutineKind::Desugared(CoroutineDesugaring::Gen, _) => {
                self.adt(LangItem::Option, 1, &[self.yield_ty], Some(value))
            }
            CoroutineKind::Desugared(CoroutineDesugaring::AsyncGen, _) => Rvalue::Use(value),
            CoroutineKind::Coroutine(_) => {
                self.adt(LangItem::CoroutineState, 0, &[self.yield_ty, self.return_ty], Some(value))
            }
        }
    }

    /// What resuming returns when the body does.
    fn returned(&self, value: Operand<'tcx>, source_info: SourceInfo) -> Rvalue<'tcx> {
        match self.kind {
            CoroutineKind::Desugared(CoroutineDesugaring::Async, _) => {
                self.adt(LangItem::Poll, 0, &[self.return_ty], Some(value))
            }
            CoroutineKind::Desugared(CoroutineDesugaring::Gen, _) => {
                self.adt(LangItem::Option, 0, &[self.yield_ty], None)
            }
            CoroutineKind::Desugared(CoroutineDesugaring::AsyncGen, _) => self.async_gen_finished(source_info),
            CoroutineKind::Coroutine(_) => {
                self.adt(LangItem::CoroutineState, 1, &[self.yield_ty, self.return_ty], Some(value))
            }
        }
    }

    fn set_state(&self, state: VariantIdx, source_info: SourceInfo) -> Statement<'tcx> {
        let kind = StatementKind::SetDiscriminant { place: Box::new(SELF_ARG.into()), variant_index: state };
        Statement::new(source_info, kind)
    }

    /// A block for each suspension point that can be left in this way.
    pub(super) fn cases(&self, body: &mut Body<'tcx>, operation: Operation) -> Vec<(VariantIdx, BasicBlock)> {
        let source_info = SourceInfo::outermost(body.span);
        let mut cases = Vec::new();
        for point in &self.points {
            let target = match operation {
                Operation::Resume => Some(point.resume),
                Operation::Drop => point.drop,
            };
            let Some(target) = target else { continue };
            let mut statements: Vec<Statement<'tcx>> = point
                .storage_live
                .iter()
                .filter(|&local| self.has_own_storage(local))
                .map(|local| Statement::new(source_info, StatementKind::StorageLive(local)))
                .collect();
            if operation == Operation::Resume && !super::is_plain_iterator(self.kind) {
                let argument = Rvalue::Use(Operand::Move(RESUME_ARG.into()));
                statements.push(assign(source_info, point.resume_arg, argument));
            }
            cases.push((point.state, end_block(body, statements, TerminatorKind::Goto { target }, false)));
        }
        cases
    }

    /// Puts a switch on the state before all else.
    pub(super) fn insert_switch(
        &self,
        body: &mut Body<'tcx>,
        cases: &[(VariantIdx, BasicBlock)],
        default: TerminatorKind<'tcx>,
    ) {
        let otherwise = end_block(body, Vec::new(), default, false);
        let source_info = SourceInfo::outermost(body.span);
        let discr = body.local_decls.push(LocalDecl::new(self.tcx.types().u32, body.span));
        let read = assign(source_info, discr.into(), Rvalue::Discriminant(SELF_ARG.into()));
        let targets = SwitchTargets::new(cases.iter().map(|&(v, bb)| (u128::from(v.as_u32()), bb)), otherwise);
        let switch = TerminatorKind::SwitchInt { discr: Operand::Move(discr.into()), targets };
        let start = end_block(body, vec![read], switch, false);
        // The last block comes first, and all others move by one.
        let blocks = body.basic_blocks.as_mut();
        blocks.raw.rotate_right(1);
        for block in blocks.iter_mut() {
            block.terminator_mut().successors_mut(|s| *s = if *s == start { START_BLOCK } else { *s + 1 });
        }
    }

    /// Panics; the loop keeps the block without further successors.
    fn panic_block(&self, body: &mut Body<'tcx>, msg: AssertKind<Operand<'tcx>>) -> BasicBlock {
        let target = body.basic_blocks.next_index();
        let const_ = Const::from_bool(self.tcx.interner(), false);
        let cond = Operand::Constant(Box::new(ConstOperand { span: body.span, user_ty: None, const_ }));
        let unwind = UnwindAction::Continue;
        let kind = TerminatorKind::Assert { cond, expected: true, msg: Box::new(msg), target, unwind };
        end_block(body, Vec::new(), kind, false)
    }

    /// Makes the body the function that resumes.
    pub(super) fn make_resume(&self, body: &mut Body<'tcx>, can_return: bool) {
        let can_unwind = self.tcx.sess().opts.panic == session::PanicStrategy::Unwind
            && body.basic_blocks.iter().any(|b| !b.is_cleanup && b.terminator().unwind().is_some());
        if can_unwind {
            self.poison_on_unwind(body);
        }
        let mut cases = vec![(UNRESUMED, START_BLOCK)];
        if can_return {
            let block = match self.kind {
                CoroutineKind::Desugared(CoroutineDesugaring::Async, _) | CoroutineKind::Coroutine(_) => {
                    self.panic_block(body, AssertKind::ResumedAfterReturn(self.kind))
                }
                CoroutineKind::Desugared(CoroutineDesugaring::Gen | CoroutineDesugaring::AsyncGen, _) => {
                    self.finished_block(body)
                }
            };
            cases.push((RETURNED, block));
        }
        if can_unwind {
            cases.push((POISONED, self.panic_block(body, AssertKind::ResumedAfterPanic(self.kind))));
        }
        cases.extend(self.cases(body, Operation::Resume));
        self.insert_switch(body, &cases, TerminatorKind::Unreachable);
    }

    /// An iterator that has ended says so again.
    fn finished_block(&self, body: &mut Body<'tcx>) -> BasicBlock {
        let source_info = SourceInfo::outermost(body.span);
        let unused = Operand::Copy(self.old_ret.into());
        let value = assign(source_info, Place::return_place(), self.returned(unused, source_info));
        end_block(body, vec![value], TerminatorKind::Return, false)
    }

    /// A coroutine that panicked is not to be resumed.
    fn poison_on_unwind(&self, body: &mut Body<'tcx>) {
        let source_info = SourceInfo::outermost(body.span);
        let poison = end_block(body, vec![self.set_state(POISONED, source_info)], TerminatorKind::UnwindResume, true);
        for (bb, block) in body.basic_blocks.as_mut().iter_enumerated_mut() {
            let is_cleanup = block.is_cleanup;
            match &mut block.terminator_mut().kind {
                kind @ TerminatorKind::UnwindResume if bb != poison => *kind = TerminatorKind::Goto { target: poison },
                kind => {
                    if !is_cleanup && let Some(unwind @ UnwindAction::Continue) = kind.unwind_mut() {
                        *unwind = UnwindAction::Cleanup(poison);
                    }
                }
            }
        }
    }
}

impl<'tcx> MutVisitor<'tcx> for States<'tcx> {
    fn cx(&self) -> ty::Interner<'tcx> {
        self.tcx.interner()
    }
    fn visit_local(&mut self, local: &mut Local, _: PlaceContext, _: Location) {
        assert!(self.field(*local).is_none(), "{local:?} is saved, and not a place here");
    }
    fn visit_place(&mut self, place: &mut Place<'tcx>, context: PlaceContext, location: Location) {
        match self.field(place.local) {
            Some(field) => *place = field.project_deeper(place.projection, self.tcx.interner()),
            None => self.super_place(place, context, location),
        }
    }
    fn visit_basic_block_data(&mut self, block: BasicBlock, data: &mut BasicBlockData<'tcx>) {
        // Fields have storage as long as the coroutine.
        data.statements.retain(|s| match s.kind {
            StatementKind::StorageLive(local) | StatementKind::StorageDead(local) => self.field(local).is_none(),
            _ => true,
        });
        let source_info = data.terminator().source_info;
        match &data.terminator().kind {
            TerminatorKind::Return => {
                let value = self.returned(Operand::Move(self.old_ret.into()), source_info);
                data.statements.push(assign(source_info, Place::return_place(), value));
                data.statements.push(self.set_state(RETURNED, source_info));
            }
            TerminatorKind::Yield { value, resume, resume_arg, drop } => {
                let (resume, mut resume_arg, drop) = (*resume, *resume_arg, *drop);
                let value = self.yielded(value.clone());
                // First, since what it is made of may lose its storage.
                data.statements.push(assign(source_info, Place::return_place(), value));
                if let Some(field) = self.field(resume_arg.local) {
                    resume_arg = field.project_deeper(resume_arg.projection, self.tcx.interner());
                }
                let state = VariantIdx::from_usize(RESERVED_VARIANTS + self.points.len());
                let storage_live = self.saved.storage_liveness[block].take().expect("a suspending block");
                let dead = storage_live.iter().filter(|&l| self.has_own_storage(l));
                data.statements.extend(dead.map(|l| Statement::new(source_info, StatementKind::StorageDead(l))));
                data.statements.push(self.set_state(state, source_info));
                data.terminator_mut().kind = TerminatorKind::Return;
                self.points.push(SuspensionPoint { state, resume, resume_arg, drop, storage_live });
            }
            _ => {}
        }
        self.super_basic_block_data(block, data);
    }
}
