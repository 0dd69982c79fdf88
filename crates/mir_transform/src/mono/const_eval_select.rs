//! [`RuntimeSelect`]: where code is generated, the intrinsic `const_eval_select` calls its function for run time.

use mir::{BasicBlock, Body, Const, ConstOperand, LocalDecl, Operand, Place, Rvalue, Statement, StatementKind};
use query::{TyCtxt, ValueTyExt};
use rustc_index::Idx;
use span::Spanned;
use ty::TyKind;

use crate::pass_manager::MirPass;

pub(super) struct RuntimeSelect;

impl<'tcx> MirPass<'tcx> for RuntimeSelect {
    fn name(&self) -> &'static str {
        "RuntimeSelect"
    }
    fn run_pass(&self, tcx: TyCtxt<'tcx>, body: &mut Body<'tcx>) {
        let calls: Vec<BasicBlock> = body
            .basic_blocks
            .iter_enumerated()
            .filter(|(_, data)| is_select(tcx, data).is_some())
            .map(|(bb, _)| bb)
            .collect();
        for bb in calls {
            select_runtime(tcx, body, bb);
        }
    }
}

fn is_select<'tcx>(tcx: TyCtxt<'tcx>, data: &mir::BasicBlockData<'tcx>) -> Option<()> {
    let mir::TerminatorKind::Call { func, .. } = &data.terminator().kind else { return None };
    let (def_id, _) = func.const_fn_def()?;
    (tcx.intrinsic(def_id)?.as_str() == "const_eval_select").then_some(())
}

/// `const_eval_select(tuple, at_compile_time, at_run_time)` becomes `at_run_time(tuple.0, tuple.1, ..)`.
fn select_runtime<'tcx>(tcx: TyCtxt<'tcx>, body: &mut Body<'tcx>, bb: BasicBlock) {
    let source_info = body[bb].terminator().source_info;
    let mir::TerminatorKind::Call { args, .. } = &body[bb].terminator().kind else { return };
    let [tuple, _, runtime] = &args[..] else { return };
    let (tuple, runtime) = (tuple.node.clone(), runtime.node.ty(&body.local_decls, tcx));
    let tuple_ty = tuple.ty(&body.local_decls, tcx);
    // The intrinsic takes function items only: all else is an error where constants are checked.
    let (TyKind::FnDef(..), TyKind::Tuple(fields)) = (runtime.kind(), tuple_ty.kind()) else { return };
    let place: Place<'tcx> = match tuple.place() {
        Some(place) => place,
        None => {
            let local = body.local_decls.push(LocalDecl::with_source_info(tuple_ty, source_info));
            let assign = StatementKind::Assign(Box::new((local.into(), Rvalue::Use(tuple))));
            body[bb].statements.push(Statement::new(source_info, assign));
            local.into()
        }
    };
    let operands = fields.iter().enumerate().map(|(i, ty)| {
        let field = place.field(Idx::new(i), ty, tcx.interner());
        Spanned { node: Operand::Move(field), span: source_info.span }
    });
    let new_args: Box<[_]> = operands.collect();
    let callee = ConstOperand { span: source_info.span, user_ty: None, const_: Const::zero_sized(runtime) };
    let mir::TerminatorKind::Call { func, args, .. } = &mut body[bb].terminator_mut().kind else { return };
    *func = Operand::Constant(Box::new(callee));
    *args = new_args;
}
