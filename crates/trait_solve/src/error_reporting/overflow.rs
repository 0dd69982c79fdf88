//! E0275: the recursion limit is reached.

use diagnostics::codes::E0275;
use span::Span;
use ty::ErrorGuaranteed;

use super::TypeErrCtxt;
use crate::traits::PredicateObligation;

impl<'a, 'tcx> TypeErrCtxt<'a, 'tcx> {
    /// Of an obligation.
    pub fn report_overflow_obligation(&self, obligation: &PredicateObligation<'tcx>) -> ErrorGuaranteed {
        let predicate = self.resolve_vars_if_possible(obligation.predicate);
        let span = obligation.cause.span;
        let mut diag = self.dcx().struct_span_err(span, format!("overflow evaluating the requirement `{predicate}`"));
        diag.code(E0275);
        self.suggest_new_overflow_limit(&mut diag);
        self.note_obligation_cause(&mut diag, obligation);
        diag.emit()
    }
    /// While normalising.
    pub fn report_overflow_error(&self, what: String, span: Span) -> ErrorGuaranteed {
        let mut diag = self.dcx().struct_span_err(span, format!("overflow normalizing the type alias `{what}`"));
        diag.code(E0275);
        self.suggest_new_overflow_limit(&mut diag);
        diag.emit()
    }
    fn suggest_new_overflow_limit(&self, diag: &mut diagnostics::Diag<'_>) {
        let limit = crate::traits::util::recursion_limit(self.tcx);
        diag.help(format!(
            "consider increasing the recursion limit by adding a `#![recursion_limit = \"{}\"]` attribute to your crate (`{}`)",
            limit * 2,
            self.tcx.local_crate_name(),
        ));
    }
}
