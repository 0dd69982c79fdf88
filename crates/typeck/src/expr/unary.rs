//! `*`, `!`, `-`, `&`, `&raw`, and `.use`.

use diagnostics::Applicability;
use diagnostics::codes::*;
use hir::{ExprKind, UnOp};
use trait_solve::infer::RegionVariableOrigin;
use ty::adjustment::{Adjust, Adjustment};
use ty::{Mutability, Ty, TyKind};

use crate::expectation::Expectation::{self, *};
use crate::{FnCtxt, Needs};

impl<'a, 'tcx> FnCtxt<'a, 'tcx> {
    pub(crate) fn check_expr_unop(
        &self,
        unop: UnOp,
        oprnd: &'tcx hir::Expr<'tcx>,
        expected: Expectation<'tcx>,
        expr: &'tcx hir::Expr<'tcx>,
    ) -> Ty<'tcx> {
        let expected_inner = match unop {
            UnOp::Not | UnOp::Neg => expected,
            UnOp::Deref => NoExpectation,
        };
        let oprnd_t = self.check_expr_with_expectation(oprnd, expected_inner);
        if let Err(guar) = ty::TypeVisitableExt::error_reported(&oprnd_t) {
            return Ty::new_error(*self.tcx, guar);
        }
        let oprnd_t = self.structurally_resolve_type(expr.span, oprnd_t);
        match unop {
            UnOp::Deref => self.lookup_derefing(expr, oprnd, oprnd_t).unwrap_or_else(|| {
                let mut err = self
                    .err(expr.span, E0614, format!("type `{}` cannot be dereferenced", self.ty_to_string(oprnd_t)))
                    .with_span_label(expr.span, "can't be dereferenced");
                let sp = self.tcx.sess().source_map().lookup_char_pos(expr.span.lo());
                let _ = sp;
                if let ExprKind::Lit(_) = oprnd.kind {
                    // `*1`: nothing to suggest.
                    let _ = Applicability::MaybeIncorrect;
                }
                self.note_multiline_deref(&mut err, expr, oprnd);
                Ty::new_error(*self.tcx, self.emit(err))
            }),
            UnOp::Not => {
                let result = self.check_user_unop(expr, oprnd_t, unop, expected_inner);
                // `!` of bools and integers is built in.
                if oprnd_t.is_integral() || oprnd_t.is_bool() { oprnd_t } else { result }
            }
            UnOp::Neg => {
                let result = self.check_user_unop(expr, oprnd_t, unop, expected_inner);
                if oprnd_t.is_numeric() { oprnd_t } else { result }
            }
        }
    }

    pub(crate) fn check_expr_addr_of(
        &self,
        kind: hir::BorrowKind,
        mutbl: Mutability,
        oprnd: &'tcx hir::Expr<'tcx>,
        expected: Expectation<'tcx>,
        expr: &'tcx hir::Expr<'tcx>,
    ) -> Ty<'tcx> {
        let hint = expected.only_has_type(self).map_or(NoExpectation, |ty| {
            match *self.try_structurally_resolve_type(expr.span, ty).kind() {
                TyKind::Ref(_, ty, _) | TyKind::RawPtr(ty, _) => {
                    if oprnd.is_syntactic_place_expr() {
                        // A place is not made for the purpose: its type is the expected one, unsized or not.
                        ExpectHasType(ty)
                    } else {
                        Expectation::rvalue_hint(self, ty)
                    }
                }
                _ => NoExpectation,
            }
        });
        let ty = self.check_expr_with_expectation_and_needs(oprnd, hint, Needs::maybe_mut_place(mutbl));
        if let Err(guar) = ty::TypeVisitableExt::error_reported(&ty) {
            return Ty::new_error(*self.tcx, guar);
        }
        match kind {
            hir::BorrowKind::Raw => {
                self.check_named_place_expr(oprnd);
                self.tcx.mk_ptr(ty, mutbl)
            }
            hir::BorrowKind::Ref | hir::BorrowKind::Pin => {
                // The region is that of the borrow; borrow checking finds how long it must be.
                let region = self.next_region_var(RegionVariableOrigin::BorrowRegion(expr.span));
                let ref_ty = self.tcx.mk_ref(region, ty, mutbl);
                if kind == hir::BorrowKind::Pin {
                    let pin = self.tcx.require_lang_item(hir::LangItem::Pin, expr.span);
                    return self.tcx.type_of(pin).instantiate(*self.tcx, &[ref_ty.into()]);
                }
                ref_ty
            }
        }
    }

    /// `&raw` takes places only.
    fn check_named_place_expr(&self, oprnd: &'tcx hir::Expr<'tcx>) {
        if !self.is_place_expr_after_adjustment(oprnd) {
            let diag = self
                .err(oprnd.span, E0745, "cannot take address of a temporary")
                .with_span_label(oprnd.span, "temporary value");
            self.emit(diag);
        }
    }

    pub(crate) fn check_expr_use(&self, used_expr: &'tcx hir::Expr<'tcx>, expected: Expectation<'tcx>) -> Ty<'tcx> {
        self.check_expr_with_expectation(used_expr, expected)
    }

    /// `*e`, by the operand's type.
    pub(crate) fn lookup_derefing(
        &self,
        expr: &'tcx hir::Expr<'tcx>,
        oprnd_expr: &'tcx hir::Expr<'tcx>,
        oprnd_ty: Ty<'tcx>,
    ) -> Option<Ty<'tcx>> {
        if let Some(ty) = oprnd_ty.builtin_deref(true) {
            return Some(ty);
        }
        let ok = self.try_overloaded_deref(expr.span, oprnd_ty)?;
        let method = self.register_infer_ok_obligations(ok);
        if let TyKind::Ref(_, _, Mutability::Not) = method.sig.inputs()[0].kind() {
            self.apply_adjustments(
                oprnd_expr,
                vec![Adjustment {
                    kind: Adjust::Borrow(ty::adjustment::AutoBorrow::Ref(ty::adjustment::AutoBorrowMutability::Not)),
                    target: method.sig.inputs()[0],
                }],
            );
        }
        let ty = self.make_overloaded_place_return_type(method);
        self.write_method_call_and_enforce_effects(expr.hir_id, expr.span, method);
        Some(ty)
    }

    fn note_multiline_deref(&self, err: &mut diagnostics::Diag<'_>, expr: &hir::Expr<'_>, oprnd: &hir::Expr<'_>) {
        // `a\n*b`: perhaps a `;` is missing.
        if self.tcx.sess().source_map().is_multiline(expr.span.until(oprnd.span)) {
            err.help("perhaps you forgot a `;`");
        }
    }
}
