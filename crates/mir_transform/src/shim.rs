//! Bodies that no source has: drop glue, `clone` of tuples and closures, and the adapters between ways of calling.
//!
//! `shim/call.rs` has the adapters (`shim/async_closure.rs` those of async closures), `shim/clone.rs` the clones, `shim/drop.rs` the glue.

mod async_closure;
mod call;
mod clone;
pub(crate) mod drop;

use mir::{
    BasicBlock, BasicBlockData, Body, CastKind, ClearCrossCrate, LocalDecl, MirPhase, MirSource, Operand, Place,
    RuntimePhase, Rvalue, SourceInfo, SourceScopeData, Statement, StatementKind, Terminator, TerminatorKind,
};
use query::TyCtxt;
use rustc_index::IndexVec;
use span::Span;
use span::def_id::DefId;
use ty::closure::ClosureKind;
use ty::{FnSig, InstanceKind, Ty};

use crate::pass_manager::run_passes;
use crate::simplify::SimplifyCfg;
use crate::{abort_unwinding_calls, add_moves_for_packed_drops, remove_noop_landing_pads, separate_derefs};
use call::{Adjustment, CallKind, build_call_shim};

/// Query `mir_shims`.
pub(crate) fn mir_shims<'tcx>(tcx: TyCtxt<'tcx>, instance: InstanceKind<'tcx>) -> &'tcx Body<'tcx> {
    let mut body = match instance {
        InstanceKind::Item(def_id) => panic!("{def_id:?} has a body of its own"),
        InstanceKind::Virtual(..) | InstanceKind::Intrinsic(_) => panic!("{instance:?} has no body"),
        InstanceKind::VTableShim(def_id) => {
            build_call_shim(tcx, instance, Some(Adjustment::DerefMutPtr), CallKind::Direct(def_id))
        }
        InstanceKind::FnPtrShim(def_id, ty) => {
            let fn_trait = tcx.parent(def_id);
            let kind = tcx.fn_trait_kind_from_def_id(fn_trait);
            let adjustment = match kind.or_else(|| tcx.async_fn_trait_kind_from_def_id(fn_trait)) {
                Some(ClosureKind::FnOnce) => Adjustment::Identity,
                Some(ClosureKind::FnMut) => Adjustment::DerefMutRef,
                _ => Adjustment::DerefRef,
            };
            build_call_shim(tcx, instance, Some(adjustment), CallKind::Indirect(ty))
        }
        InstanceKind::ReifyShim(def_id, _) => build_call_shim(tcx, instance, None, CallKind::Direct(def_id)),
        InstanceKind::ClosureOnceShim { .. } => {
            let fn_mut = tcx.require_lang_item(hir::LangItem::FnMut, span::DUMMY_SP);
            let call_mut = tcx.associated_items(fn_mut).in_definition_order().find(|i| i.is_fn()).expect("`call_mut`");
            build_call_shim(tcx, instance, Some(Adjustment::RefMut), CallKind::Direct(call_mut.def_id))
        }
        InstanceKind::CoroutineKindShim { coroutine_def_id } => panic!("{coroutine_def_id:?} has a body of its own"),
        InstanceKind::ConstructCoroutineInClosureShim { coroutine_closure_def_id, receiver_by_ref } => {
            async_closure::build_shim(tcx, instance, coroutine_closure_def_id, receiver_by_ref)
        }
        InstanceKind::ThreadLocalShim(def_id) => build_thread_local_shim(tcx, instance, def_id),
        InstanceKind::DropGlue(def_id, ty) => drop::build_drop_shim(tcx, instance, def_id, ty),
        InstanceKind::CloneShim(def_id, ty) => clone::build_clone_shim(tcx, instance, def_id, ty),
        InstanceKind::FnPtrAddrShim(def_id, ty) => build_fn_ptr_addr_shim(tcx, instance, def_id, ty),
    };
    body.phase = MirPhase::Runtime(RuntimePhase::Initial);
    run_passes(
        tcx,
        &mut body,
        &[
            // Glue drops fields of packed structs.
            &add_moves_for_packed_drops::AddMovesForPackedDrops,
            // Glue is written without regard to where dereferences may stand.
            &separate_derefs::SeparateDerefs,
            // Shims always have cleanup.
            &abort_unwinding_calls::AbortUnwindingCalls,
            &remove_noop_landing_pads::RemoveNoopLandingPads,
            &SimplifyCfg::MakeShim,
        ],
        Some(MirPhase::Runtime(RuntimePhase::Optimized)),
    );
    body.set_required_consts(Vec::new());
    body.set_mentioned_items(Vec::new());
    tcx.arena().alloc(body)
}

/// The return place and arguments.
fn local_decls_for_sig<'tcx>(sig: &FnSig<'tcx>, span: Span) -> IndexVec<mir::Local, LocalDecl<'tcx>> {
    std::iter::once(LocalDecl::new(sig.output(), span))
        .chain(sig.inputs().iter().map(|ty| LocalDecl::new(*ty, span).immutable()))
        .collect()
}

fn new_body<'tcx>(
    source: InstanceKind<'tcx>,
    blocks: IndexVec<BasicBlock, BasicBlockData<'tcx>>,
    local_decls: IndexVec<mir::Local, LocalDecl<'tcx>>,
    arg_count: usize,
    span: Span,
) -> Body<'tcx> {
    let scope = SourceScopeData {
        span,
        parent_scope: None,
        inlined: None,
        inlined_parent_scope: None,
        local_data: ClearCrossCrate::Clear,
    };
    let scopes = IndexVec::from_raw(vec![scope]);
    let source = MirSource::from_instance(source);
    Body::new(source, blocks, scopes, local_decls, IndexVec::new(), arg_count, Vec::new(), span, None, None)
}

fn block<'tcx>(
    source_info: SourceInfo,
    statements: Vec<Statement<'tcx>>,
    kind: TerminatorKind<'tcx>,
    is_cleanup: bool,
) -> BasicBlockData<'tcx> {
    BasicBlockData::new_stmts(statements, Some(Terminator { source_info, kind }), is_cleanup)
}

fn assign<'tcx>(source_info: SourceInfo, place: Place<'tcx>, rvalue: Rvalue<'tcx>) -> Statement<'tcx> {
    Statement::new(source_info, StatementKind::Assign(Box::new((place, rvalue))))
}

/// A body of one statement.
fn straight_body<'tcx>(
    instance: InstanceKind<'tcx>,
    decls: IndexVec<mir::Local, LocalDecl<'tcx>>,
    span: Span,
    value: Rvalue<'tcx>,
) -> Body<'tcx> {
    let source_info = SourceInfo::outermost(span);
    let n = decls.len() - 1;
    let statements = vec![assign(source_info, Place::return_place(), value)];
    let blocks = IndexVec::from_raw(vec![block(source_info, statements, TerminatorKind::Return, false)]);
    new_body(instance, blocks, decls, n, span)
}

fn build_thread_local_shim<'tcx>(tcx: TyCtxt<'tcx>, instance: InstanceKind<'tcx>, def_id: DefId) -> Body<'tcx> {
    let span = tcx.def_span(def_id);
    let decls = IndexVec::from_raw(vec![LocalDecl::new(tcx.thread_local_ptr_ty(def_id), span)]);
    straight_body(instance, decls, span, Rvalue::ThreadLocalRef(def_id))
}

fn build_fn_ptr_addr_shim<'tcx>(
    tcx: TyCtxt<'tcx>,
    instance: InstanceKind<'tcx>,
    def_id: DefId,
    self_ty: Ty<'tcx>,
) -> Body<'tcx> {
    let span = tcx.def_span(def_id);
    let sig = tcx.fn_sig(def_id).instantiate(tcx.interner(), tcx.mk_args(&[self_ty.into()]));
    let sig = tcx.instantiate_bound_regions_with_erased(sig);
    let arg = Operand::Move(Place::from(mir::Local::from_u32(1)));
    let cast = Rvalue::Cast(CastKind::FnPtrToPtr, arg, tcx.mk_imm_ptr(tcx.types().unit));
    straight_body(instance, local_decls_for_sig(&sig, span), span, cast)
}
