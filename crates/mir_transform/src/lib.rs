//! From built MIR to what is generated: mandatory lowering, shims, optimisation.
//!
//! A body passes through the queries in this order: `mir_built` (crate `mir_build`), `mir_promoted` (constants that
//! get a static place move out), `mir_borrowck`, `mir_drops_elaborated_and_const_checked` (what happens is what is
//! written from here on), then `mir_for_ctfe` or `optimized_mir`, and `mono_optimized_mir` per instance.
//! `pass_manager.rs` runs the lists of passes that stand below; each line says why the pass stands there.

mod abort_unwinding_calls;
mod add_call_guards;
mod add_moves_for_packed_drops;
mod cleanup_post_borrowck;
mod coroutine;
mod coroutine_witnesses;
mod elaborate_drop;
mod elaborate_drops;
mod lower_intrinsics;
mod mir_lints;
mod mono;
pub mod pass_manager;
mod post_analysis_normalize;
mod promote_consts;
mod remove_noop_landing_pads;
mod required_consts;
mod separate_derefs;
mod shim;
mod simplify;

use mir::{AnalysisPhase, Body, ConstQualifs, MirPhase, Promoted, RuntimePhase};
use query::{Providers, Steal, TyCtxt};
use rustc_index::IndexVec;
use span::FxIndexSet;
use span::def_id::LocalDefId;

use hir::def::DefKind;
use pass_manager::run_passes;
use simplify::SimplifyCfg;

/// Sets the functions of this crate's queries.
pub fn provide(providers: &mut Providers<'_>) {
    providers.mir_keys = mir_keys;
    providers.mir_promoted = mir_promoted;
    providers.mir_borrowck = |tcx, _| tcx.arena().alloc(mir::BorrowCheckResult::default());
    providers.mir_drops_elaborated_and_const_checked = mir_drops_elaborated_and_const_checked;
    providers.mir_for_ctfe = mir_for_ctfe;
    providers.optimized_mir = optimized_mir;
    providers.promoted_mir = promoted_mir;
    providers.is_mir_available = |tcx, def| tcx.mir_keys(()).contains(&def);
    providers.is_ctfe_mir_available = |tcx, def| tcx.mir_keys(()).contains(&def);
    providers.coroutine_hidden_types = coroutine_witnesses::coroutine_hidden_types;
    providers.mir_shims = shim::mir_shims;
    providers.mono_optimized_mir = mono::mono_optimized_mir;
}

/// What has MIR: bodies, and the constructors of tuple structs and variants.
fn mir_keys<'tcx>(tcx: TyCtxt<'tcx>, (): ()) -> &'tcx FxIndexSet<LocalDefId> {
    let mut set: FxIndexSet<LocalDefId> = tcx.hir_body_owners().collect();
    set.extend(
        tcx.iter_local_def_id().filter(|d| matches!(tcx.def_kind(*d), DefKind::Ctor(_, hir::def::CtorKind::Fn))),
    );
    tcx.arena().alloc(set)
}

/// Whether a body is evaluated or may be.
fn is_const_context(tcx: TyCtxt<'_>, def: LocalDefId) -> bool {
    tcx.hir_body_const_context(def).is_some()
}

type PromotedBodies<'tcx> = IndexVec<Promoted, Body<'tcx>>;

/// Query `mir_promoted`: the body as borrow checking sees it, and the bodies of its promoted constants.
fn mir_promoted<'tcx>(
    tcx: TyCtxt<'tcx>,
    def: LocalDefId,
) -> (&'tcx Steal<Body<'tcx>>, &'tcx Steal<PromotedBodies<'tcx>>) {
    // Const checking looks at the built body before it is taken.
    let qualifs =
        if is_const_context(tcx, def) { tcx.mir_const_qualif(def.to_def_id()) } else { ConstQualifs::default() };
    mir_lints::check_body(tcx, &tcx.mir_built(def).borrow(), def);
    let mut body = tcx.mir_built(def).steal();
    if let Some(guar) = qualifs.tainted_by_errors {
        body.tainted_by_errors.get_or_insert(guar);
    }
    run_passes(
        tcx,
        &mut body,
        &[
            // Building leaves chains of empty blocks; everything later is faster without.
            &SimplifyCfg::Initial,
            // Before promotion, since the promoted body holds what the promoting one names.
            &required_consts::RequiredConsts,
        ],
        None,
    );
    let promote = promote_consts::PromoteTemps::default();
    run_passes(
        tcx,
        &mut body,
        &[
            // Before borrow checking, which lets promoted constants live for ever.
            &promote,
            // Promotion leaves `Nop`s and dead blocks.
            &SimplifyCfg::PromoteConsts,
        ],
        Some(MirPhase::Analysis(AnalysisPhase::Initial)),
    );
    let promoted = promote.promoted.into_inner();
    (tcx.arena().alloc(Steal::new(body)), tcx.arena().alloc(Steal::new(promoted)))
}

/// Query `mir_drops_elaborated_and_const_checked`.
fn mir_drops_elaborated_and_const_checked<'tcx>(tcx: TyCtxt<'tcx>, def: LocalDefId) -> &'tcx Steal<Body<'tcx>> {
    let root = tcx.typeck_root_def_id_local(def);
    let mut tainted = tcx.mir_borrowck(root).tainted_by_errors;
    if root != def {
        tainted = tainted.or(tcx.mir_borrowck(def).tainted_by_errors);
    }
    if tcx.coroutine_kind(def.to_def_id()).is_some() {
        // Looks at the body that is taken now.
        tcx.coroutine_hidden_types(def.to_def_id());
    }
    let mut body = tcx.mir_promoted(def).0.steal();
    if let Some(guar) = tainted {
        body.tainted_by_errors.get_or_insert(guar);
    }
    // Lints on what always fails see the body as it was written.
    const_eval::known_panics_lint::run_lint(tcx, &body);
    let by_move = coroutine::by_move_body(tcx, def, &body);
    run_analysis_to_runtime_passes(tcx, &mut body);
    if let (Some(mut by_move), Some(info)) = (by_move, &mut body.coroutine) {
        run_analysis_to_runtime_passes(tcx, &mut by_move);
        info.by_move_body = Some(Box::new(by_move));
    }
    // With precise live drops: those that are left are the ones that run.
    const_eval::check_consts::post_drop_elaboration::check_live_drops(tcx, &body);
    tcx.arena().alloc(Steal::new(body))
}

/// All mandatory passes between borrow checking and running.
fn run_analysis_to_runtime_passes<'tcx>(tcx: TyCtxt<'tcx>, body: &mut Body<'tcx>) {
    run_passes(
        tcx,
        body,
        &[
            // What only the borrow checker looks at goes first: later passes need not know it.
            &cleanup_post_borrowck::CleanupPostBorrowck,
            // Fewer edges for the dataflow of drop elaboration.
            &remove_noop_landing_pads::RemoveNoopLandingPads,
            // Edges went with it.
            &SimplifyCfg::PostAnalysis,
        ],
        Some(MirPhase::Analysis(AnalysisPhase::PostCleanup)),
    );
    run_passes(
        tcx,
        body,
        &[
            // Elaboration puts what happens on a call's return into the block it returns to.
            &add_call_guards::CriticalCallEdges,
            // Opaque types may have destructors, which only their hidden types tell.
            &post_analysis_normalize::PostAnalysisNormalize,
            // From here on a drop is one.
            &elaborate_drops::ElaborateDrops,
            // Once drops are where they happen, cleanup that cannot happen can go.
            &abort_unwinding_calls::AbortUnwindingCalls,
            // Elaboration makes drops of fields.
            &add_moves_for_packed_drops::AddMovesForPackedDrops,
            // Moves out of boxes and paths through references are not looked at any more.
            &separate_derefs::SeparateDerefs,
        ],
        Some(MirPhase::Runtime(RuntimePhase::Initial)),
    );
    run_passes(
        tcx,
        body,
        &[
            // Drops are part of the state machine. From here on a coroutine's body is the function that resumes it.
            &coroutine::StateTransform,
            // Passes that optimise know statements better than calls.
            &lower_intrinsics::LowerIntrinsics,
            // Only the interpreter and the borrow checker ask whether a place is one.
            &cleanup_post_borrowck::RemovePlaceMention,
            // Elaboration leaves jumps.
            &remove_noop_landing_pads::RemoveNoopLandingPads,
            // The last of the mandatory passes leave a mess.
            &SimplifyCfg::PreOptimizations,
        ],
        Some(MirPhase::Runtime(RuntimePhase::PostCleanup)),
    );
    for decl in &mut body.local_decls {
        decl.local_info = mir::ClearCrossCrate::Clear;
    }
}

/// Query `mir_for_ctfe`: what the interpreter runs.
fn mir_for_ctfe<'tcx>(tcx: TyCtxt<'tcx>, def: LocalDefId) -> &'tcx Body<'tcx> {
    if tcx.is_constructor(def.to_def_id()) {
        return tcx.arena().alloc(mir_build::build_adt_ctor(tcx, def.to_def_id()));
    }
    let steal = tcx.mir_drops_elaborated_and_const_checked(def);
    // Only functions are also generated.
    let body = if tcx.hir_body_owner_kind(def).is_fn_or_closure() { steal.borrow().clone() } else { steal.steal() };
    tcx.arena().alloc(body)
}

/// Query `optimized_mir`: generic bodies as they go into metadata. The real optimisation is in `mono_optimized_mir`.
fn optimized_mir<'tcx>(tcx: TyCtxt<'tcx>, def: LocalDefId) -> &'tcx Body<'tcx> {
    if tcx.is_constructor(def.to_def_id()) {
        return tcx.arena().alloc(mir_build::build_adt_ctor(tcx, def.to_def_id()));
    }
    if is_const_context(tcx, def) {
        // It clones the body that is taken here.
        tcx.mir_for_ctfe(def.to_def_id());
    }
    let mut body = tcx.mir_drops_elaborated_and_const_checked(def).steal();
    if body.tainted_by_errors.is_none() {
        run_passes(tcx, &mut body, &[], Some(MirPhase::Runtime(RuntimePhase::Optimized)));
    }
    tcx.arena().alloc(body)
}

/// Query `promoted_mir`.
fn promoted_mir<'tcx>(tcx: TyCtxt<'tcx>, def: LocalDefId) -> &'tcx PromotedBodies<'tcx> {
    if tcx.is_constructor(def.to_def_id()) {
        return tcx.arena().alloc(IndexVec::new());
    }
    let root = tcx.typeck_root_def_id_local(def);
    let tainted = tcx.mir_borrowck(root).tainted_by_errors;
    let mut promoted = tcx.mir_promoted(def).1.steal();
    for body in &mut promoted {
        if let Some(guar) = tainted {
            body.tainted_by_errors.get_or_insert(guar);
        }
        run_analysis_to_runtime_passes(tcx, body);
    }
    tcx.arena().alloc(promoted)
}
