//! Borrow checking: non-lexical lifetimes on MIR (RFC 2094).
//!
//! [`mir_borrowck`] checks one body, as it is after promotion and before drops are elaborated:
//! 1. `renumber.rs` gives each region a variable; `universal_regions.rs` finds those that come from outside;
//! 2. `type_check.rs` relates all types again and so finds which region must outlive which, and where regions are live;
//! 3. `region_infer.rs` solves the constraints: a region is the set of points where it must hold, and the universal
//!    regions it must outlive; what a signature does not promise is an error, or, in a closure, a requirement on its
//!    creator;
//! 4. `borrow_set.rs` and `dataflow.rs` find the loans in scope at each point; `check.rs` and below look at each
//!    access to a place: does it conflict with a loan, is the place initialised, may it be written or moved from;
//! 5. `diagnostics.rs` and below explain.
//!
//! Bodies of closures are checked before those of the functions they are in, by this same query.

// Places and terminators are matched as rustc does; nested conditions in arms keep the arms in one order.
#![allow(clippy::collapsible_match, clippy::too_many_arguments)]

mod borrow_set;
mod check;
mod constraints;
mod dataflow;
mod diagnostics;
mod free_regions;
mod place_ext;
mod places_conflict;
mod region_infer;
mod renumber;
mod type_check;
mod universal_regions;
mod used_muts;

use std::ops::Deref;

use mir::BorrowCheckResult;
use mir::dataflow::Analysis;
use mir_dataflow::{EverInitializedPlaces, MaybeInitializedPlaces, MaybeUninitializedPlaces, MoveData};
use query::{Providers, TyCtxt};
use span::def_id::LocalDefId;
use trait_solve::infer::{InferCtxt, TyCtxtInferExt};
use ty::{ParamEnv, TypingMode};

/// Sets this crate's queries.
pub fn provide(p: &mut Providers<'_>) {
    p.mir_borrowck = mir_borrowck;
}

/// An inference context whose regions are those of a body.
pub(crate) struct BorrowckInferCtxt<'tcx> {
    infcx: InferCtxt<'tcx>,
    pub(crate) root_def_id: LocalDefId,
    pub(crate) param_env: ParamEnv<'tcx>,
}

impl<'tcx> Deref for BorrowckInferCtxt<'tcx> {
    type Target = InferCtxt<'tcx>;
    fn deref(&self) -> &InferCtxt<'tcx> {
        &self.infcx
    }
}

impl<'tcx> BorrowckInferCtxt<'tcx> {
    fn new(tcx: TyCtxt<'tcx>, def: LocalDefId) -> Self {
        let typing_mode = TypingMode::Borrowck { defining_opaque_types: tcx.opaque_types_defined_by(def) };
        BorrowckInferCtxt {
            infcx: tcx.infer_ctxt().skip_leak_check(true).build(typing_mode),
            root_def_id: def,
            param_env: tcx.param_env(def.to_def_id()),
        }
    }
}

/// Provides `mir_borrowck`.
fn mir_borrowck(tcx: TyCtxt<'_>, def: LocalDefId) -> &BorrowCheckResult<'_> {
    let (body, promoted) = tcx.mir_promoted(def);
    let arena = tcx.arena();
    let body = body.borrow();
    let tainted = body.tainted_by_errors.or(tcx.typeck(def).tainted_by_errors);
    if let Some(guar) = tainted {
        return arena.alloc(tainted_result(tcx, def, guar));
    }
    let promoted = promoted.borrow();
    arena.alloc(do_mir_borrowck(tcx, def, &body, &promoted))
}

/// What there is to say of a body that has errors.
fn tainted_result<'tcx>(tcx: TyCtxt<'tcx>, def: LocalDefId, guar: ty::ErrorGuaranteed) -> BorrowCheckResult<'tcx> {
    let mut result = BorrowCheckResult { tainted_by_errors: Some(guar), ..BorrowCheckResult::default() };
    for opaque in tcx.opaque_types_defined_by(def).iter() {
        if let Some(local) = opaque.as_local() {
            let hidden = ty::OpaqueHiddenType { span: tcx.def_span(opaque), ty: ty::Ty::new_error(*tcx, guar) };
            result.concrete_opaque_types.insert(local, hidden);
        }
    }
    result
}

fn do_mir_borrowck<'tcx>(
    tcx: TyCtxt<'tcx>,
    def: LocalDefId,
    input_body: &mir::Body<'tcx>,
    input_promoted: &rustc_index::IndexVec<mir::Promoted, mir::Body<'tcx>>,
) -> BorrowCheckResult<'tcx> {
    let infcx = BorrowckInferCtxt::new(tcx, def);
    let universal_regions = universal_regions::UniversalRegions::new(&infcx, def, input_body);
    let mut body = input_body.clone();
    let mut promoted = input_promoted.clone();
    renumber::renumber_mir(&infcx, &mut body, &mut promoted);
    let body = body;
    let move_data = MoveData::gather_moves(&body, tcx, |_| true);
    let location_map = region_infer::values::DenseLocationMap::new(&body);
    let flow_inits = MaybeInitializedPlaces::new(tcx, &body, &move_data).iterate_to_fixpoint(&body);
    let locals_are_invalidated_at_exit = tcx.hir_body_owner_kind(def.to_def_id()).is_fn_or_closure();
    let borrow_set = borrow_set::BorrowSet::build(tcx, &body, locals_are_invalidated_at_exit, &move_data);
    let checked =
        type_check::type_check(&infcx, &body, &promoted, &universal_regions, &location_map, flow_inits, &move_data);
    let mut regioncx = region_infer::RegionInferenceContext::new(&infcx, universal_regions, checked, &location_map);
    let (closure_requirements, region_errors) = regioncx.solve(&infcx, &body, def);
    let uninits = MaybeUninitializedPlaces::new(tcx, &body, &move_data).iterate_to_fixpoint(&body);
    let ever_inits = EverInitializedPlaces::new(&body, &move_data).iterate_to_fixpoint(&body);
    let borrows = dataflow::Borrows::new(tcx, &body, &regioncx, &borrow_set).iterate_to_fixpoint(&body);
    let promoted_move_data: Vec<MoveData<'tcx>> =
        promoted.iter().map(|body| MoveData::gather_moves(body, tcx, |_| true)).collect();
    let mut mbcx = check::MirBorrowckCtxt::new(&infcx, def, &body, &move_data, &regioncx, &borrow_set);
    mbcx.report_move_errors();
    for (promoted_body, data) in promoted.iter().zip(&promoted_move_data) {
        mbcx.report_moves_of_promoted(promoted_body, data);
    }
    mbcx.run(uninits, ever_inits, borrows);
    let (concrete_opaque_types, opaque_errors) = regioncx.infer_opaque_types(&infcx, &body);
    mbcx.report_region_errors(region_errors);
    mbcx.report_opaque_errors(opaque_errors);
    let used_mut_upvars = mbcx.finish_used_mut();
    let tainted_by_errors = mbcx.emit_errors();
    BorrowCheckResult { concrete_opaque_types, closure_requirements, used_mut_upvars, tainted_by_errors }
}
