//! Requiring types to be related, and E0308 if they are not.

use diagnostics::Diag;
use span::Span;
use trait_solve::infer::DefineOpaqueTypes;
use trait_solve::traits::{ObligationCause, ObligationCauseCode};
use ty::adjustment::AllowTwoPhase;
use ty::error::TypeError;
use ty::{Ty, TypeVisitableExt};

use crate::FnCtxt;

impl<'a, 'tcx> FnCtxt<'a, 'tcx> {
    /// Requires that `actual` is a subtype of `expected`; reports if not.
    pub(crate) fn demand_suptype(&self, sp: Span, expected: Ty<'tcx>, actual: Ty<'tcx>) {
        if let Some(e) = self.demand_suptype_diag(sp, expected, actual) {
            self.emit(e);
        }
    }

    pub(crate) fn demand_suptype_diag(&self, sp: Span, expected: Ty<'tcx>, actual: Ty<'tcx>) -> Option<Diag<'tcx>> {
        if expected == actual {
            return None;
        }
        self.demand_suptype_with_origin(&self.misc(sp), expected, actual)
    }

    pub(crate) fn demand_suptype_with_origin(
        &self,
        cause: &ObligationCause<'tcx>,
        expected: Ty<'tcx>,
        actual: Ty<'tcx>,
    ) -> Option<Diag<'tcx>> {
        match self.at(cause, self.param_env).sup(DefineOpaqueTypes::Yes, expected, actual) {
            Ok(ok) => {
                self.register_infer_ok_obligations(ok);
                None
            }
            Err(e) => self.mismatch(cause, expected, actual, e),
        }
    }

    pub(crate) fn demand_eqtype(&self, sp: Span, expected: Ty<'tcx>, actual: Ty<'tcx>) {
        if let Some(err) = self.demand_eqtype_diag(sp, expected, actual) {
            self.emit(err);
        }
    }

    pub(crate) fn demand_eqtype_diag(&self, sp: Span, expected: Ty<'tcx>, actual: Ty<'tcx>) -> Option<Diag<'tcx>> {
        if expected == actual {
            return None;
        }
        self.demand_eqtype_with_origin(&self.misc(sp), expected, actual)
    }

    pub(crate) fn demand_eqtype_with_origin(
        &self,
        cause: &ObligationCause<'tcx>,
        expected: Ty<'tcx>,
        actual: Ty<'tcx>,
    ) -> Option<Diag<'tcx>> {
        if expected == actual {
            return None;
        }
        match self.at(cause, self.param_env).eq(DefineOpaqueTypes::Yes, expected, actual) {
            Ok(ok) => {
                self.register_infer_ok_obligations(ok);
                None
            }
            Err(e) => self.mismatch(cause, expected, actual, e),
        }
    }

    /// E0308, unless it follows from an error before.
    fn mismatch(
        &self,
        cause: &ObligationCause<'tcx>,
        expected: Ty<'tcx>,
        actual: Ty<'tcx>,
        e: TypeError<'tcx>,
    ) -> Option<Diag<'tcx>> {
        let expected = self.resolve_vars_if_possible(expected);
        let actual = self.resolve_vars_if_possible(actual);
        if let Err(guar) = expected.error_reported().and_then(|()| actual.error_reported()) {
            self.set_tainted_by_errors(guar);
            return None;
        }
        Some(self.err_ctxt().report_mismatched_types(cause, self.param_env, expected, actual, e))
    }

    /// Coerces; reports if that fails. The type after it.
    pub(crate) fn demand_coerce(
        &self,
        expr: &'tcx hir::Expr<'tcx>,
        checked_ty: Ty<'tcx>,
        expected: Ty<'tcx>,
    ) -> Ty<'tcx> {
        match self.demand_coerce_diag(expr, checked_ty, expected, None, AllowTwoPhase::No) {
            Ok(ty) => ty,
            Err(err) => {
                self.emit(err);
                // Return the original type instead of an error type here, otherwise the type of `x` in the expression
                // `let x: u32 = ();` will be a type error, causing all subsequent usages of `x` to be silent.
                expected
            }
        }
    }

    /// Checks that the type of `expr` can be coerced to `expected`.
    pub(crate) fn demand_coerce_diag(
        &self,
        expr: &'tcx hir::Expr<'tcx>,
        checked_ty: Ty<'tcx>,
        expected: Ty<'tcx>,
        expected_ty_expr: Option<&'tcx hir::Expr<'tcx>>,
        allow_two_phase: AllowTwoPhase,
    ) -> Result<Ty<'tcx>, Diag<'tcx>> {
        let expected = if expected.is_ty_var() { self.shallow_resolve(expected) } else { expected };
        let e = match self.coerce(expr, checked_ty, expected, allow_two_phase, None) {
            Ok(ty) => return Ok(ty),
            Err(e) => e,
        };
        self.set_tainted_by_errors(
            self.dcx().span_delayed_bug(expr.span, "`TypeError` when attempting coercion but no error emitted"),
        );
        let expr = expr.peel_drop_temps();
        let cause = self.cause(expr.span, ObligationCauseCode::ExprAssignable);
        let expr_ty = self.resolve_vars_if_possible(checked_ty);
        let expected = self.resolve_vars_if_possible(expected);
        if expr_ty.references_error() || expected.references_error() {
            return Ok(expected);
        }
        let mut err = self.err_ctxt().report_mismatched_types(&cause, self.param_env, expected, expr_ty, e);
        self.emit_coerce_suggestions(&mut err, expr, expr_ty, expected, expected_ty_expr, Some(e));
        Err(err)
    }
}
