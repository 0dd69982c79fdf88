//! [`TraitEngine`]: what keeps obligations until they are proved.

use span::def_id::DefId;
use ty::{ParamEnv, Ty};

use super::{
    FulfillmentContext, FulfillmentError, Obligation, ObligationCause, PredicateObligation, PredicateObligations,
    ScrubbedTraitError,
};
use crate::infer::InferCtxt;

/// Keeps obligations until they are proved.
pub trait TraitEngine<'tcx> {
    fn register_predicate_obligation(&mut self, infcx: &InferCtxt<'tcx>, obligation: PredicateObligation<'tcx>);
    fn register_predicate_obligations(&mut self, infcx: &InferCtxt<'tcx>, obligations: PredicateObligations<'tcx>) {
        for o in obligations {
            self.register_predicate_obligation(infcx, o);
        }
    }
    /// Proves what can be proved; the errors found.
    #[must_use]
    fn select_where_possible(&mut self, infcx: &InferCtxt<'tcx>) -> Vec<FulfillmentError<'tcx>>;
    /// Takes what is left as ambiguous.
    fn collect_remaining_errors(&mut self, infcx: &InferCtxt<'tcx>) -> Vec<FulfillmentError<'tcx>>;
    /// Both: nothing may be left.
    #[must_use]
    fn select_all_or_error(&mut self, infcx: &InferCtxt<'tcx>) -> Vec<FulfillmentError<'tcx>> {
        let errors = self.select_where_possible(infcx);
        if !errors.is_empty() {
            return errors;
        }
        self.collect_remaining_errors(infcx)
    }
    fn evaluate_obligations_error_on_ambiguity(&mut self, infcx: &InferCtxt<'tcx>) -> Vec<FulfillmentError<'tcx>> {
        self.select_all_or_error(infcx)
    }
    fn has_pending_obligations(&self) -> bool;
    /// What is left, in order of registration.
    fn pending_obligations(&self) -> PredicateObligations<'tcx>;
    /// Takes the obligations that are stuck on the coroutines of this body.
    fn drain_stalled_obligations_for_coroutines(&mut self, infcx: &InferCtxt<'tcx>) -> PredicateObligations<'tcx>;
}

/// Conveniences.
pub trait TraitEngineExt<'tcx> {
    /// `ty: Trait`
    fn register_bound(
        &mut self,
        infcx: &InferCtxt<'tcx>,
        param_env: ParamEnv<'tcx>,
        ty: Ty<'tcx>,
        def_id: DefId,
        cause: ObligationCause<'tcx>,
    );
    fn new(infcx: &InferCtxt<'tcx>) -> Box<Self>
    where
        Self: 'tcx;
}

impl<'tcx> TraitEngineExt<'tcx> for dyn TraitEngine<'tcx> + 'tcx {
    fn register_bound(
        &mut self,
        infcx: &InferCtxt<'tcx>,
        param_env: ParamEnv<'tcx>,
        ty: Ty<'tcx>,
        def_id: DefId,
        cause: ObligationCause<'tcx>,
    ) {
        let trait_ref = ty::TraitRef::new(*infcx.tcx, def_id, [ty]);
        let o = Obligation::new(infcx.tcx, cause, param_env, trait_ref);
        self.register_predicate_obligation(infcx, o);
    }
    fn new(infcx: &InferCtxt<'tcx>) -> Box<Self> {
        Box::new(FulfillmentContext::new(infcx))
    }
}

/// How an engine's user wants errors.
pub trait FromSolverError<'tcx>: Sized {
    fn from_error(infcx: &InferCtxt<'tcx>, e: FulfillmentError<'tcx>) -> Self;
}
impl<'tcx> FromSolverError<'tcx> for FulfillmentError<'tcx> {
    fn from_error(_: &InferCtxt<'tcx>, e: FulfillmentError<'tcx>) -> Self {
        e
    }
}
impl<'tcx> FromSolverError<'tcx> for ScrubbedTraitError {
    fn from_error(_: &InferCtxt<'tcx>, e: FulfillmentError<'tcx>) -> Self {
        if e.is_true_error() { ScrubbedTraitError::TrueError } else { ScrubbedTraitError::Ambiguity }
    }
}
