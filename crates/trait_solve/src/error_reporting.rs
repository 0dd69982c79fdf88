//! Messages for obligations that do not hold, types that do not match and regions that do not outlive.
//!
//! Entry points: [`TypeErrCtxt::report_fulfillment_errors`], [`TypeErrCtxt::report_mismatched_types`],
//! [`TypeErrCtxt::report_region_errors`], [`TypeErrCtxt::emit_inference_failure_err`].

mod ambiguity;
mod cause_notes;
mod cmp;
mod explain;
mod fulfillment;
mod mismatch;
mod need_type_info;
mod on_unimplemented;
mod overflow;
mod region;
mod restrict;
mod similar_impls;
mod sized_notes;
mod suggestions;
mod unimplemented;

pub use need_type_info::TypeAnnotationNeeded;
pub use restrict::suggest_constraining_type_params;

use std::cell::RefCell;

use ty::TypeckResults;

use crate::infer::InferCtxt;

/// Reports errors of an inference context.
#[derive(Clone, Copy)]
pub struct TypeErrCtxt<'a, 'tcx> {
    pub infcx: &'a InferCtxt<'tcx>,
    /// What is known of the body so far, while one is checked.
    pub typeck_results: Option<&'a RefCell<TypeckResults<'tcx>>>,
}

impl<'a, 'tcx> std::ops::Deref for TypeErrCtxt<'a, 'tcx> {
    type Target = InferCtxt<'tcx>;
    fn deref(&self) -> &InferCtxt<'tcx> {
        self.infcx
    }
}

impl<'tcx> InferCtxt<'tcx> {
    /// For reporting errors.
    pub fn err_ctxt(&self) -> TypeErrCtxt<'_, 'tcx> {
        TypeErrCtxt { infcx: self, typeck_results: None }
    }
}
