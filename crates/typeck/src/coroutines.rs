//! What holds of coroutines only if it holds of what they keep while suspended.
//!
//! That is known from the body's MIR, and MIR from its types: while the types of a body are inferred, its own coroutines
//! are taken to keep nothing. What was proved so is kept in the results, and proved again once there is MIR.

use hir::intravisit::{self, Visitor};
use query::TyCtxt;
use span::def_id::{DefId, LocalDefId};
use trait_solve::infer::TyCtxtInferExt;
use trait_solve::traits::{Obligation, ObligationCause, ObligationCtxt};
use ty::visit::TypeVisitableExt;
use ty::{List, TypingMode};

use crate::FnCtxt;

/// What a body defines the hidden types of: opaque types, and its coroutines.
pub(crate) fn opaque_types_and_coroutines_defined_by<'tcx>(tcx: TyCtxt<'tcx>, def: LocalDefId) -> &'tcx List<DefId> {
    let opaque = tcx.opaque_types_defined_by(def);
    let Some(body) = tcx.hir_maybe_body_owned_by(def) else { return opaque };
    let mut v = Coroutines { tcx, found: Vec::new() };
    intravisit::walk_body(&mut v, body);
    if v.found.is_empty() {
        return opaque;
    }
    tcx.mk_def_ids(&opaque.iter().chain(v.found).collect::<Vec<_>>())
}

struct Coroutines<'tcx> {
    tcx: TyCtxt<'tcx>,
    found: Vec<DefId>,
}

impl<'tcx> Visitor<'tcx> for Coroutines<'tcx> {
    fn visit_expr(&mut self, expr: &'tcx hir::Expr<'tcx>) {
        match expr.kind {
            hir::ExprKind::Closure(closure) => {
                if let hir::ClosureKind::Coroutine(_) = closure.kind {
                    self.found.push(closure.def_id.to_def_id());
                }
                intravisit::walk_body(self, self.tcx.hir_body(closure.body));
            }
            hir::ExprKind::ConstBlock(ref anon_const) => {
                intravisit::walk_body(self, self.tcx.hir_body(anon_const.body));
            }
            _ => intravisit::walk_expr(self, expr),
        }
    }
}

/// Puts what must be proved again into the results.
pub(crate) fn keep_obligations(fcx: &FnCtxt<'_, '_>) {
    let obligations = fcx.fulfillment_cx.borrow_mut().drain_stalled_obligations_for_coroutines(&fcx.infcx);
    let mut results = fcx.typeck_results.borrow_mut();
    for o in obligations {
        if !o.predicate.has_non_region_infer() {
            let predicate = fcx.tcx.erase_regions(o.predicate);
            results.coroutine_stalled_predicates.insert((predicate, o.cause.span));
        }
    }
}

/// Proves again what was proved of a body's coroutines, now with what they keep.
pub fn check_coroutine_obligations(tcx: TyCtxt<'_>, root: LocalDefId) {
    let results = tcx.typeck(root);
    if results.coroutine_stalled_predicates.is_empty() {
        return;
    }
    let mode = TypingMode::Analysis { defining_opaque_types: tcx.opaque_types_defined_by(root) };
    let infcx = tcx.infer_ctxt().ignoring_regions().build(mode);
    let ocx = ObligationCtxt::new_with_diagnostics(&infcx);
    let param_env = tcx.param_env(root);
    for &(predicate, span) in &results.coroutine_stalled_predicates {
        let cause = ObligationCause::misc(span, root);
        ocx.register_obligation(Obligation { cause, param_env, predicate, recursion_depth: 0 });
    }
    let errors = ocx.select_where_possible();
    if !errors.is_empty() {
        infcx.err_ctxt().report_fulfillment_errors(errors);
    }
}
