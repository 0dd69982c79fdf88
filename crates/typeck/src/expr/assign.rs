//! `a = b`, and where only places are allowed.

use diagnostics::codes::*;
use diagnostics::{Diag, ErrCode};
use hir::ExprKind;
use span::Span;
use trait_solve::traits::ObligationCauseCode;
use ty::Ty;

use crate::expectation::Expectation::{self};
use crate::{FnCtxt, Needs};

impl<'a, 'tcx> FnCtxt<'a, 'tcx> {
    pub(crate) fn check_expr_assign(
        &self,
        expr: &'tcx hir::Expr<'tcx>,
        expected: Expectation<'tcx>,
        lhs: &'tcx hir::Expr<'tcx>,
        rhs: &'tcx hir::Expr<'tcx>,
        span: Span,
    ) -> Ty<'tcx> {
        let expected_ty = if expected.to_option(self).is_some() {
            expected.coercion_target_type(self, expr.span)
        } else {
            self.next_ty_var(expr.span)
        };
        if expected_ty == self.tcx.types().bool {
            // `if a = b`: surely `==` was meant.
            let guar = self.expr_assign_expected_bool_error(expr, lhs, rhs, span);
            return Ty::new_error(*self.tcx, guar);
        }
        let lhs_ty = self.check_expr_with_needs(lhs, Needs::MutPlace);
        self.check_rhs_of_assign(rhs, lhs, lhs_ty);
        self.check_destructuring_lhs(lhs, E0070, "left-hand side of this assignment", span);

        self.require_type_is_sized(lhs_ty, lhs.span, ObligationCauseCode::AssignmentLhsSized);
        if let Err(guar) = ty::TypeVisitableExt::error_reported(&lhs_ty) {
            return Ty::new_error(*self.tcx, guar);
        }
        self.tcx.mk_unit()
    }

    fn check_rhs_of_assign(&self, rhs: &'tcx hir::Expr<'tcx>, lhs: &'tcx hir::Expr<'tcx>, lhs_ty: Ty<'tcx>) {
        self.check_expr_coercible_to_type_or_error(rhs, lhs_ty, Some(lhs), |err, rhs_ty| {
            if let ExprKind::Binary(..) = lhs.kind {
                let _ = (err, rhs_ty);
            }
        });
    }

    fn check_destructuring_lhs(&self, lhs: &'tcx hir::Expr<'tcx>, code: ErrCode, _what: &str, op_span: Span) {
        self.check_lhs_assignable(lhs, code, op_span, |_| {});
    }

    fn expr_assign_expected_bool_error(
        &self,
        expr: &'tcx hir::Expr<'tcx>,
        lhs: &'tcx hir::Expr<'tcx>,
        rhs: &'tcx hir::Expr<'tcx>,
        span: Span,
    ) -> span::ErrorGuaranteed {
        let actual_ty = self.tcx.mk_unit();
        let expected_ty = self.tcx.types().bool;
        let mut err = self.demand_suptype_diag(expr.span, expected_ty, actual_ty).expect("`()` is not `bool`");
        let lhs_ty = self.check_expr(lhs);
        let rhs_ty = self.check_expr(rhs);
        let refs_can_coerce = |lhs: Ty<'tcx>, rhs: Ty<'tcx>| {
            let lhs = self.tcx.mk_imm_ref(self.tcx.lifetimes().re_erased, lhs.peel_refs());
            let rhs = self.tcx.mk_imm_ref(self.tcx.lifetimes().re_erased, rhs.peel_refs());
            self.may_coerce(rhs, lhs)
        };
        let (applicability, eq) = if self.may_coerce(rhs_ty, lhs_ty) {
            (diagnostics::Applicability::MachineApplicable, true)
        } else if refs_can_coerce(rhs_ty, lhs_ty) {
            (diagnostics::Applicability::MaybeIncorrect, true)
        } else {
            (diagnostics::Applicability::MaybeIncorrect, false)
        };
        if !lhs.is_syntactic_place_expr()
            && lhs.is_approximately_pattern_like()
            && !matches!(lhs.kind, ExprKind::Lit(_))
        {
            err.span_suggestion_verbose(
                expr.span.shrink_to_lo(),
                "you might have meant to use pattern matching",
                "let ",
                applicability,
            );
        } else if eq {
            err.span_suggestion_verbose(
                span.shrink_to_hi(),
                "you might have meant to compare for equality",
                "=",
                applicability,
            );
        }
        self.emit(err)
    }

    /// E0070, E0067: the left side must be a place.
    pub(crate) fn check_lhs_assignable(
        &self,
        lhs: &'tcx hir::Expr<'tcx>,
        code: ErrCode,
        op_span: Span,
        adjust_err: impl FnOnce(&mut Diag<'_>),
    ) {
        if lhs.is_syntactic_place_expr() {
            return;
        }
        let mut err = self
            .err(op_span, code, "invalid left-hand side of assignment")
            .with_span_label(lhs.span, "cannot assign to this expression");
        self.comes_from_while_condition(lhs.hir_id, |expr| {
            err.span_suggestion_verbose(
                expr.span.shrink_to_lo(),
                "you might have meant to use pattern destructuring",
                "let ",
                diagnostics::Applicability::MachineApplicable,
            );
        });
        adjust_err(&mut err);
        self.emit(err);
    }

    /// Calls `then` if the node stands in the condition of a `while`.
    pub(crate) fn comes_from_while_condition(&self, original_expr_id: hir::HirId, then: impl FnOnce(&hir::Expr<'_>)) {
        let mut parent = self.tcx.parent_hir_id(original_expr_id);
        let mut child = original_expr_id;
        loop {
            match self.tcx.hir_node(parent) {
                hir::Node::Expr(hir::Expr {
                    kind: ExprKind::Loop(hir::Block { expr: Some(e), .. }, _, hir::LoopSource::While, _),
                    ..
                }) => {
                    if let ExprKind::If(cond, ..) = e.kind {
                        let _ = child;
                        if self.is_ancestor_or_self(cond.hir_id, original_expr_id) {
                            then(cond);
                        }
                    }
                    return;
                }
                hir::Node::Item(_)
                | hir::Node::ImplItem(_)
                | hir::Node::TraitItem(_)
                | hir::Node::Crate(_)
                | hir::Node::LetStmt(_) => return,
                _ => {
                    child = parent;
                    parent = self.tcx.parent_hir_id(parent);
                }
            }
        }
    }

    fn is_ancestor_or_self(&self, ancestor: hir::HirId, mut id: hir::HirId) -> bool {
        loop {
            if id == ancestor {
                return true;
            }
            let p = self.tcx.parent_hir_id(id);
            if p == id || p.owner != ancestor.owner {
                return false;
            }
            id = p;
        }
    }
}

trait PatternLike {
    fn is_approximately_pattern_like(&self) -> bool;
}

impl PatternLike for hir::Expr<'_> {
    fn is_approximately_pattern_like(&self) -> bool {
        matches!(
            self.kind,
            ExprKind::Call(..)
                | ExprKind::Path(..)
                | ExprKind::Tup(..)
                | ExprKind::Array(..)
                | ExprKind::Struct(..)
                | ExprKind::Lit(..)
        )
    }
}
