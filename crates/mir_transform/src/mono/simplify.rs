//! [`MonoSimplify`]: what monomorphisation decides. Constants get values, the session's switches are set, drops of
//! what needs none go, questions about types are answered.

use mir::visit::MutVisitor;
use mir::{
    Body, Const, ConstOperand, Location, Operand, RuntimeChecks, Rvalue, Statement, StatementKind, TerminatorKind,
};
use query::{PlaceTyExt, TyCtxt};
use ty::{Ty, TypingEnv};

use crate::pass_manager::MirPass;

pub(super) struct MonoSimplify;

impl<'tcx> MirPass<'tcx> for MonoSimplify {
    fn name(&self) -> &'static str {
        "MonoSimplify"
    }
    fn run_pass(&self, tcx: TyCtxt<'tcx>, body: &mut Body<'tcx>) {
        let mut v = Evaluate { tcx };
        for (bb, data) in body.basic_blocks.as_mut().iter_enumerated_mut() {
            // Storage says nothing more, since locals do not share memory.
            data.statements.retain(|s| {
                !matches!(s.kind, StatementKind::StorageLive(_) | StatementKind::StorageDead(_) | StatementKind::Nop)
            });
            v.visit_basic_block_data(bb, data);
        }
        for bb in body.basic_blocks.indices() {
            simplify_terminator(tcx, body, bb);
        }
    }
}

/// What of it is done without optimisation: checks that are off, and drops of what needs none.
pub(super) struct MonoLower;

impl<'tcx> MirPass<'tcx> for MonoLower {
    fn name(&self) -> &'static str {
        "MonoLower"
    }
    fn run_pass(&self, tcx: TyCtxt<'tcx>, body: &mut Body<'tcx>) {
        for bb in body.basic_blocks.indices() {
            if matches!(body[bb].terminator().kind, TerminatorKind::Drop { .. } | TerminatorKind::Assert { .. }) {
                simplify_terminator(tcx, body, bb);
            }
        }
    }
}

struct Evaluate<'tcx> {
    tcx: TyCtxt<'tcx>,
}

impl<'tcx> MutVisitor<'tcx> for Evaluate<'tcx> {
    fn cx(&self) -> ty::Interner<'tcx> {
        self.tcx.interner()
    }
    fn visit_operand(&mut self, operand: &mut Operand<'tcx>, location: Location) {
        if let Operand::RuntimeChecks(check) = operand {
            let on = match check {
                RuntimeChecks::UbChecks => self.tcx.sess().debug_assertions(),
                RuntimeChecks::ContractChecks => false,
                RuntimeChecks::OverflowChecks => self.tcx.sess().overflow_checks(),
            };
            let const_ = Const::from_bool(self.cx(), on);
            *operand = Operand::Constant(Box::new(ConstOperand { span: span::DUMMY_SP, user_ty: None, const_ }));
        }
        self.super_operand(operand, location);
    }
    fn visit_const_operand(&mut self, constant: &mut ConstOperand<'tcx>, _: Location) {
        if matches!(constant.const_, Const::Val(..)) {
            return;
        }
        let ty = constant.const_.ty();
        // A constant that fails is among the required ones, which report it.
        if let Ok(value) = self.tcx.eval_mir_const(constant.const_, TypingEnv::fully_monomorphized(), constant.span) {
            constant.const_ = Const::Val(value, ty);
        }
    }
}

fn simplify_terminator<'tcx>(tcx: TyCtxt<'tcx>, body: &mut Body<'tcx>, bb: mir::BasicBlock) {
    let env = TypingEnv::fully_monomorphized();
    let block = &body[bb];
    match &block.terminator().kind {
        TerminatorKind::Drop { place, target, .. } => {
            if !tcx.type_needs_drop(env, place.ty(body, tcx).ty) {
                let target = *target;
                body[bb].terminator_mut().kind = TerminatorKind::Goto { target };
            }
        }
        TerminatorKind::Assert { msg, target, .. } => {
            if msg.is_optional_overflow_check() && !tcx.sess().overflow_checks() {
                let target = *target;
                body[bb].terminator_mut().kind = TerminatorKind::Goto { target };
            }
        }
        TerminatorKind::Call { func, destination, target: Some(target), .. } => {
            let Some((def_id, args)) = func.const_fn_def() else { return };
            let Some(name) = tcx.intrinsic(def_id) else { return };
            let (destination, target) = (*destination, *target);
            let usize_of = |n: u64| Some(Const::from_usize(tcx.interner(), n));
            let layout = |ty: Ty<'tcx>| tcx.layout_of(env.as_query_input(ty)).ok();
            let value = match name.as_str() {
                "size_of" => layout(args.type_at(0)).and_then(|l| usize_of(l.layout.size.bytes())),
                "align_of" | "min_align_of" => {
                    layout(args.type_at(0)).and_then(|l| usize_of(l.layout.align.abi.bytes()))
                }
                "needs_drop" => Some(Const::from_bool(tcx.interner(), tcx.type_needs_drop(env, args.type_at(0)))),
                "is_val_statically_known" => Some(Const::from_bool(tcx.interner(), false)),
                "assert_inhabited" => match layout(args.type_at(0)) {
                    Some(l) if !l.layout.uninhabited => Some(Const::zero_sized(tcx.types().unit)),
                    _ => None,
                },
                "cold_path" => Some(Const::zero_sized(tcx.types().unit)),
                _ => None,
            };
            let Some(const_) = value else { return };
            let source_info = body[bb].terminator().source_info;
            let constant = ConstOperand { span: source_info.span, user_ty: None, const_ };
            let assign = (destination, Rvalue::Use(Operand::Constant(Box::new(constant))));
            body[bb].statements.push(Statement::new(source_info, StatementKind::Assign(Box::new(assign))));
            body[bb].terminator_mut().kind = TerminatorKind::Goto { target };
        }
        TerminatorKind::SwitchInt { discr: Operand::Constant(c), targets } => {
            if let Some(bits) = c.const_.try_to_bits() {
                let target = targets.target_for_value(bits);
                body[bb].terminator_mut().kind = TerminatorKind::Goto { target };
            }
        }
        _ => {}
    }
}
