//! [`ObligationCtxt`]: an inference context together with the obligations that arise in it.

use std::cell::RefCell;

use span::Span;
use span::def_id::{DefId, LocalDefId};
use ty::fold::TypeFoldable;
use ty::{ParamEnv, Ty, TypeVisitable, Variance};

use super::normalize::NormalizeExt;
use super::{
    FulfillmentContext, FulfillmentError, Obligation, ObligationCause, PredicateObligation, PredicateObligations,
};
use crate::infer::at::ToTrace;
use crate::infer::free_regions::OutlivesEnvironment;
use crate::infer::lexical::RegionResolutionError;
use crate::infer::{DefineOpaqueTypes, InferCtxt, InferOk, RegionConstraintData};
use ty::error::TypeError;

/// Collects obligations while values are related and normalised.
pub struct ObligationCtxt<'a, 'tcx> {
    pub infcx: &'a InferCtxt<'tcx>,
    engine: RefCell<FulfillmentContext<'tcx>>,
}

impl<'a, 'tcx> ObligationCtxt<'a, 'tcx> {
    pub fn new(infcx: &'a InferCtxt<'tcx>) -> Self {
        ObligationCtxt { infcx, engine: RefCell::new(FulfillmentContext::new(infcx)) }
    }
    /// As [`ObligationCtxt::new`]: errors are always in full.
    pub fn new_with_diagnostics(infcx: &'a InferCtxt<'tcx>) -> Self {
        Self::new(infcx)
    }
    pub fn register_obligation(&self, obligation: PredicateObligation<'tcx>) {
        self.engine.borrow_mut().register_predicate_obligation(self.infcx, obligation);
    }
    pub fn register_obligations(&self, obligations: impl IntoIterator<Item = PredicateObligation<'tcx>>) {
        for o in obligations {
            self.register_obligation(o);
        }
    }
    /// The value, its obligations registered.
    pub fn register_infer_ok_obligations<T>(&self, ok: InferOk<'tcx, T>) -> T {
        self.register_obligations(ok.obligations);
        ok.value
    }
    /// `ty: Trait`
    pub fn register_bound(&self, cause: ObligationCause<'tcx>, param_env: ParamEnv<'tcx>, ty: Ty<'tcx>, def_id: DefId) {
        let trait_ref = ty::TraitRef::new(*self.infcx.tcx, def_id, [ty]);
        self.register_obligation(Obligation::new(self.infcx.tcx, cause, param_env, trait_ref));
    }
    /// Normalises deeply.
    pub fn normalize<T: TypeFoldable<'tcx> + TypeVisitable<'tcx>>(
        &self,
        cause: &ObligationCause<'tcx>,
        param_env: ParamEnv<'tcx>,
        value: T,
    ) -> T {
        let ok = self.infcx.at(cause, param_env).normalize(value);
        self.register_infer_ok_obligations(ok)
    }
    /// As [`ObligationCtxt::normalize`].
    pub fn deeply_normalize<T: TypeFoldable<'tcx> + TypeVisitable<'tcx>>(
        &self,
        cause: &ObligationCause<'tcx>,
        param_env: ParamEnv<'tcx>,
        value: T,
    ) -> Result<T, Vec<FulfillmentError<'tcx>>> {
        Ok(self.normalize(cause, param_env, value))
    }
    /// Normalises the outermost type.
    pub fn structurally_normalize_ty(
        &self,
        cause: &ObligationCause<'tcx>,
        param_env: ParamEnv<'tcx>,
        value: Ty<'tcx>,
    ) -> Result<Ty<'tcx>, Vec<FulfillmentError<'tcx>>> {
        Ok(self.normalize(cause, param_env, value))
    }
    pub fn eq<T: ToTrace<'tcx>>(
        &self,
        cause: &ObligationCause<'tcx>,
        param_env: ParamEnv<'tcx>,
        expected: T,
        actual: T,
    ) -> Result<(), TypeError<'tcx>> {
        let ok = self.infcx.at(cause, param_env).eq(DefineOpaqueTypes::Yes, expected, actual)?;
        self.register_infer_ok_obligations(ok);
        Ok(())
    }
    /// `expected <: actual`
    pub fn sub<T: ToTrace<'tcx>>(
        &self,
        cause: &ObligationCause<'tcx>,
        param_env: ParamEnv<'tcx>,
        expected: T,
        actual: T,
    ) -> Result<(), TypeError<'tcx>> {
        let ok = self.infcx.at(cause, param_env).sub(DefineOpaqueTypes::Yes, expected, actual)?;
        self.register_infer_ok_obligations(ok);
        Ok(())
    }
    /// `expected :> actual`
    pub fn sup<T: ToTrace<'tcx>>(
        &self,
        cause: &ObligationCause<'tcx>,
        param_env: ParamEnv<'tcx>,
        expected: T,
        actual: T,
    ) -> Result<(), TypeError<'tcx>> {
        let ok = self.infcx.at(cause, param_env).sup(DefineOpaqueTypes::Yes, expected, actual)?;
        self.register_infer_ok_obligations(ok);
        Ok(())
    }
    pub fn relate<T: ToTrace<'tcx>>(
        &self,
        cause: &ObligationCause<'tcx>,
        param_env: ParamEnv<'tcx>,
        variance: Variance,
        expected: T,
        actual: T,
    ) -> Result<(), TypeError<'tcx>> {
        let ok = self.infcx.at(cause, param_env).relate(DefineOpaqueTypes::Yes, expected, variance, actual)?;
        self.register_infer_ok_obligations(ok);
        Ok(())
    }
    pub fn lub<T: ToTrace<'tcx>>(
        &self,
        cause: &ObligationCause<'tcx>,
        param_env: ParamEnv<'tcx>,
        expected: T,
        actual: T,
    ) -> Result<T, TypeError<'tcx>> {
        let ok = self.infcx.at(cause, param_env).lub(expected, actual)?;
        Ok(self.register_infer_ok_obligations(ok))
    }
    #[must_use]
    pub fn select_where_possible(&self) -> Vec<FulfillmentError<'tcx>> {
        self.engine.borrow_mut().select_where_possible(self.infcx)
    }
    #[must_use]
    pub fn try_evaluate_obligations(&self) -> Vec<FulfillmentError<'tcx>> {
        self.select_where_possible()
    }
    #[must_use]
    pub fn select_all_or_error(&self) -> Vec<FulfillmentError<'tcx>> {
        self.engine.borrow_mut().select_all_or_error(self.infcx)
    }
    #[must_use]
    pub fn evaluate_obligations_error_on_ambiguity(&self) -> Vec<FulfillmentError<'tcx>> {
        self.select_all_or_error()
    }
    pub fn pending_obligations(&self) -> PredicateObligations<'tcx> {
        self.engine.borrow().pending_obligations()
    }
    pub fn into_pending_obligations(self) -> PredicateObligations<'tcx> {
        self.engine.borrow().pending_obligations()
    }
    /// Resolves the regions and reports what does not hold.
    pub fn resolve_regions_and_report_errors(
        self,
        generic_param_scope: LocalDefId,
        param_env: ParamEnv<'tcx>,
        assumed_wf_tys: impl IntoIterator<Item = Ty<'tcx>>,
    ) -> Result<(), ty::ErrorGuaranteed> {
        let errors = self.resolve_regions(generic_param_scope, param_env, assumed_wf_tys);
        if errors.is_empty() {
            Ok(())
        } else {
            Err(self.infcx.err_ctxt().report_region_errors(generic_param_scope, &errors))
        }
    }
    /// Resolves the regions; the errors are data.
    #[must_use]
    pub fn resolve_regions(
        &self,
        body_id: LocalDefId,
        param_env: ParamEnv<'tcx>,
        assumed_wf_tys: impl IntoIterator<Item = Ty<'tcx>>,
    ) -> Vec<RegionResolutionError<'tcx>> {
        let env = OutlivesEnvironment::new(self.infcx, body_id, param_env, assumed_wf_tys);
        self.infcx.resolve_regions_with_outlives_env(&env)
    }
    /// The types that an item may assume to be well-formed, normalised; E0391-free.
    pub fn assumed_wf_types_and_report_errors(
        &self,
        param_env: ParamEnv<'tcx>,
        def_id: LocalDefId,
    ) -> Result<Vec<Ty<'tcx>>, ty::ErrorGuaranteed> {
        self.assumed_wf_types(param_env, def_id)
            .map_err(|errors| self.infcx.err_ctxt().report_fulfillment_errors(errors))
    }
    /// As [`ObligationCtxt::assumed_wf_types_and_report_errors`], the errors as data.
    pub fn assumed_wf_types(
        &self,
        param_env: ParamEnv<'tcx>,
        def_id: LocalDefId,
    ) -> Result<Vec<Ty<'tcx>>, Vec<FulfillmentError<'tcx>>> {
        let tcx = self.infcx.tcx;
        let mut types: Vec<Ty<'tcx>> = Vec::new();
        for &(ty, span) in tcx.assumed_wf_types(def_id) {
            let cause = ObligationCause::misc(span, def_id);
            for t in [ty, self.normalize(&cause, param_env, ty)] {
                if !types.contains(&t) {
                    types.push(t);
                }
            }
        }
        Ok(types)
    }
    /// The region constraints found, for callers that solve them.
    pub fn take_region_constraints(&self) -> RegionConstraintData<'tcx> {
        self.infcx.take_and_reset_region_constraints()
    }
    /// The cause of something at a place.
    pub fn cause(span: Span, body_id: LocalDefId) -> ObligationCause<'tcx> {
        ObligationCause::misc(span, body_id)
    }
}
