//! Messages for obligations that do not hold, types that do not match and regions that do not outlive.

use span::Span;
use span::def_id::LocalDefId;
use ty::ErrorGuaranteed;

use crate::infer::InferCtxt;
use crate::infer::lexical::RegionResolutionError;
use crate::traits::FulfillmentError;

/// Reports errors of an inference context.
pub struct TypeErrCtxt<'a, 'tcx> {
    pub infcx: &'a InferCtxt<'tcx>,
}

impl<'tcx> InferCtxt<'tcx> {
    /// For reporting errors.
    pub fn err_ctxt(&self) -> TypeErrCtxt<'_, 'tcx> {
        TypeErrCtxt { infcx: self }
    }
}

impl<'a, 'tcx> TypeErrCtxt<'a, 'tcx> {
    pub fn report_fulfillment_errors(&self, errors: Vec<FulfillmentError<'tcx>>) -> ErrorGuaranteed {
        let mut last = None;
        for e in errors {
            last =
                Some(self.infcx.dcx().span_err(
                    e.obligation.cause.span,
                    format!("the obligation `{}` is not met", e.obligation.predicate),
                ));
        }
        last.expect("errors to report")
    }
    pub fn report_region_errors(&self, _scope: LocalDefId, errors: &[RegionResolutionError<'tcx>]) -> ErrorGuaranteed {
        let mut last = None;
        for e in errors {
            last = Some(self.infcx.dcx().span_err(e.origin().span(), "lifetime may not live long enough"));
        }
        last.expect("errors to report")
    }
    pub fn report_overflow_error(&self, what: String, span: Span) -> ErrorGuaranteed {
        self.infcx.dcx().span_err(span, format!("overflow evaluating the requirement `{what}`"))
    }
}
