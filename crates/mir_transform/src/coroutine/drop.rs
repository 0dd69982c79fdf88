//! Drop glue of coroutines: by the state, the captures, nothing, or what is in scope at a suspension.

use mir::{
    BasicBlock, Body, LocalDecl, MirPatch, MirPhase, RETURN_PLACE, RuntimePhase, SourceInfo, TerminatorKind,
    UnwindAction,
};
use query::TyCtxt;
use ty::{InstanceKind, Ty};

use super::states::{Operation, States};
use super::{SELF_ARG, UNRESUMED, end_block, make_self_indirect};
use crate::elaborate_drop::{Unwind, elaborate_drop};
use crate::shim::drop::WholeDrop;

/// A block that drops the whole coroutine as it is before it runs.
pub(super) fn insert_clean_drop(body: &mut Body<'_>) -> BasicBlock {
    let target = end_block(body, Vec::new(), TerminatorKind::Return, false);
    let unwind = UnwindAction::Continue;
    let drop = TerminatorKind::Drop { place: SELF_ARG.into(), target, unwind, replace: false };
    end_block(body, Vec::new(), drop, false)
}

/// A drop of the coroutine in its own body is of its captures: by its glue it would be endless.
pub(super) fn open_whole_drops<'tcx>(tcx: TyCtxt<'tcx>, body: &mut Body<'tcx>) {
    let typing_env = tcx.typing_env_post_analysis(body.source.def_id());
    let mut cx = WholeDrop { tcx, typing_env, body, patch: MirPatch::new(body) };
    for (bb, data) in body.basic_blocks.iter_enumerated() {
        let term = data.terminator();
        let TerminatorKind::Drop { place, target, unwind, .. } = term.kind else { continue };
        if place.as_local() != Some(SELF_ARG) {
            continue;
        }
        let unwind = match unwind {
            _ if data.is_cleanup => Unwind::InCleanup,
            UnwindAction::Cleanup(cleanup) => Unwind::To(cleanup),
            UnwindAction::Continue => Unwind::To(cx.patch.resume_block()),
            UnwindAction::Unreachable => Unwind::To(cx.patch.unreachable_cleanup_block()),
            UnwindAction::Terminate(reason) => Unwind::To(cx.patch.terminate_block(reason)),
        };
        elaborate_drop(&mut cx, term.source_info, place, (), target, unwind, bb);
    }
    let patch = cx.patch;
    patch.apply(body);
}

/// The glue, from the body with its suspensions rewritten.
pub(super) fn drop_body<'tcx>(
    tcx: TyCtxt<'tcx>,
    states: &States<'tcx>,
    coroutine_ty: Ty<'tcx>,
    body: &Body<'tcx>,
    clean: BasicBlock,
) -> Body<'tcx> {
    let mut body = body.clone();
    body.coroutine = None;
    body.arg_count = 1;
    let source_info = SourceInfo::outermost(body.span);
    let mut cases = vec![(UNRESUMED, clean)];
    cases.extend(states.cases(&mut body, Operation::Drop));
    states.insert_switch(&mut body, &cases, TerminatorKind::Return);
    for block in body.basic_blocks.as_mut() {
        if let kind @ TerminatorKind::CoroutineDrop = &mut block.terminator_mut().kind {
            *kind = TerminatorKind::Return;
        }
    }
    body.local_decls[RETURN_PLACE] = LocalDecl::with_source_info(tcx.types().unit, source_info);
    make_self_indirect(tcx, &mut body, coroutine_ty);
    body.local_decls[SELF_ARG] = LocalDecl::with_source_info(tcx.mk_mut_ptr(coroutine_ty), source_info);
    crate::simplify::remove_dead_blocks(&mut body);
    let drop_in_place = tcx.require_lang_item(hir::LangItem::DropInPlace, body.span);
    body.source.instance = InstanceKind::DropGlue(drop_in_place, Some(coroutine_ty));
    body.phase = MirPhase::Runtime(RuntimePhase::Initial);
    body.var_debug_info.clear();
    body
}
