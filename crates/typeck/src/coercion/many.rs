//! [`CoerceMany`]: the common type of several expressions, and its errors.

use diagnostics::Diag;
use diagnostics::codes::*;
use hir::HirId;
use trait_solve::infer::DefineOpaqueTypes;
use trait_solve::traits::{ObligationCause, ObligationCauseCode};
use ty::adjustment::{Adjust, Adjustment, AllowTwoPhase, AutoBorrow, PointerCoercion};
use ty::error::TypeError;
use ty::{PolyFnSig, Safety, Ty, TyKind, TypeVisitableExt};

use super::Coerce;
use crate::FnCtxt;

/// Merges the types of expressions, one after another, each coerced to the type so far or the other way round.
pub(crate) struct CoerceMany<'tcx> {
    expected_ty: Ty<'tcx>,
    final_ty: Option<Ty<'tcx>>,
    expressions: Vec<&'tcx hir::Expr<'tcx>>,
    pushed: usize,
}

impl<'tcx> CoerceMany<'tcx> {
    /// With an expected type (or a variable).
    pub(crate) fn new(expected_ty: Ty<'tcx>) -> Self {
        CoerceMany { expected_ty, final_ty: None, expressions: Vec::new(), pushed: 0 }
    }
    pub(crate) fn with_coercion_sites(expected_ty: Ty<'tcx>, sites: &'tcx [hir::Expr<'tcx>]) -> Self {
        Self::with_coercion_sites_len(expected_ty, sites.len())
    }
    pub(crate) fn with_coercion_sites_len(expected_ty: Ty<'tcx>, _n: usize) -> Self {
        Self::new(expected_ty)
    }

    /// The "expected type" with which this coercion was constructed.
    pub(crate) fn expected_ty(&self) -> Ty<'tcx> {
        self.expected_ty
    }

    /// Returns the current "merged type", representing our best-guess at the LUB of the expressions we've seen so far.
    pub(crate) fn merged_ty(&self) -> Ty<'tcx> {
        self.final_ty.unwrap_or(self.expected_ty)
    }

    /// Adds an expression.
    pub(crate) fn coerce<'a>(
        &mut self,
        fcx: &FnCtxt<'a, 'tcx>,
        cause: &ObligationCause<'tcx>,
        expression: &'tcx hir::Expr<'tcx>,
        expression_ty: Ty<'tcx>,
    ) {
        self.coerce_inner(fcx, cause, Some(expression), expression_ty, |_| {}, false);
    }

    /// Adds a `()` that no expression stands for.
    pub(crate) fn coerce_forced_unit<'a>(
        &mut self,
        fcx: &FnCtxt<'a, 'tcx>,
        cause: &ObligationCause<'tcx>,
        augment_error: impl FnOnce(&mut Diag<'_>),
        label_unit_as_expected: bool,
    ) {
        self.coerce_inner(fcx, cause, None, fcx.tcx.mk_unit(), augment_error, label_unit_as_expected);
    }

    pub(crate) fn coerce_inner<'a>(
        &mut self,
        fcx: &FnCtxt<'a, 'tcx>,
        cause: &ObligationCause<'tcx>,
        expression: Option<&'tcx hir::Expr<'tcx>>,
        mut expression_ty: Ty<'tcx>,
        augment_error: impl FnOnce(&mut Diag<'_>),
        label_expression_as_expected: bool,
    ) {
        // Incorporate whatever type information is now known.
        if expression_ty.is_ty_var() {
            expression_ty = fcx.shallow_resolve(expression_ty);
        }

        // If we see any error types, just propagate that error upwards.
        if let Err(guar) = expression_ty.error_reported().and_then(|()| self.merged_ty().error_reported()) {
            self.final_ty = Some(Ty::new_error(*fcx.tcx, guar));
            return;
        }

        let (expected, found) = if label_expression_as_expected {
            (expression_ty, self.merged_ty())
        } else {
            (self.merged_ty(), expression_ty)
        };

        // Handle the actual merging.
        let result = if let Some(e) = expression {
            if self.pushed == 0 {
                // The first is coerced to the expected type.
                fcx.coerce(e, expression_ty, self.expected_ty, AllowTwoPhase::No, Some(cause.clone()))
            } else {
                fcx.try_find_coercion_lub(cause, &self.expressions, self.merged_ty(), e, expression_ty)
            }
        } else {
            // This is a hack for cases where we default to `()` because the expr is missing.
            fcx.at(cause, fcx.param_env).eq(DefineOpaqueTypes::Yes, expected, found).map(|ok| {
                fcx.register_infer_ok_obligations(ok);
                expression_ty
            })
        };

        match result {
            Ok(v) => {
                self.final_ty = Some(v);
                if let Some(e) = expression {
                    self.expressions.push(e);
                    self.pushed += 1;
                }
            }
            Err(coercion_error) => {
                // Mark that we've failed to coerce the types here to suppress any superfluous errors we might
                // encounter while trying to emit or provide suggestions on how to fix the initial error.
                fcx.set_tainted_by_errors(
                    fcx.dcx().span_delayed_bug(cause.span, "coercion error but no error emitted"),
                );
                let expected = fcx.resolve_vars_if_possible(expected);
                let found = fcx.resolve_vars_if_possible(found);
                let mut err = match cause.code() {
                    ObligationCauseCode::ReturnNoExpression => {
                        let mut err =
                            fcx.err(cause.span, E0069, "`return;` in a function whose return type is not `()`");
                        if let Some(value) = fcx.err_ctxt_ty_kind_suggestion(found) {
                            err.span_suggestion_verbose(
                                cause.span.shrink_to_hi(),
                                "give the `return` a value of the expected type",
                                format!(" {value}"),
                                diagnostics::Applicability::HasPlaceholders,
                            );
                        }
                        err.span_label(cause.span, "return type is not `()`");
                        err
                    }
                    ObligationCauseCode::BlockTailExpression(blk_id, ..) => self.report_return_mismatched_types(
                        cause,
                        expected,
                        found,
                        coercion_error,
                        fcx,
                        *blk_id,
                        expression,
                    ),
                    ObligationCauseCode::ReturnValue(return_expr_id) => self.report_return_mismatched_types(
                        cause,
                        expected,
                        found,
                        coercion_error,
                        fcx,
                        *return_expr_id,
                        expression,
                    ),
                    _ => fcx.err_ctxt().report_mismatched_types(cause, fcx.param_env, expected, found, coercion_error),
                };
                augment_error(&mut err);

                if let Some(expr) = expression {
                    if let hir::ExprKind::Loop(
                        _,
                        _,
                        loop_src @ (hir::LoopSource::While | hir::LoopSource::ForLoop),
                        _,
                    ) = expr.kind
                    {
                        let loop_type =
                            if loop_src == hir::LoopSource::While { "`while` loops" } else { "`for` loops" };
                        err.note(format!("{loop_type} evaluate to unit type `()`"));
                    }
                    fcx.emit_coerce_suggestions(&mut err, expr, found, expected, None, Some(coercion_error));
                }
                let reported = fcx.emit(err);
                self.final_ty = Some(Ty::new_error(*fcx.tcx, reported));
            }
        }
    }

    fn report_return_mismatched_types<'a>(
        &self,
        cause: &ObligationCause<'tcx>,
        expected: Ty<'tcx>,
        found: Ty<'tcx>,
        ty_err: TypeError<'tcx>,
        fcx: &FnCtxt<'a, 'tcx>,
        block_or_return_id: HirId,
        expression: Option<&'tcx hir::Expr<'tcx>>,
    ) -> Diag<'tcx> {
        let mut err = fcx.err_ctxt().report_mismatched_types(cause, fcx.param_env, expected, found, ty_err);

        let due_to_block = matches!(fcx.tcx.hir_node(block_or_return_id), hir::Node::Block(..));
        let parent = fcx.tcx.parent_hir_node(block_or_return_id);
        if let Some(expr) = expression
            && let hir::Node::Expr(&hir::Expr { kind: hir::ExprKind::Closure(&hir::Closure { body, .. }), .. }) = parent
        {
            let needs_block = !matches!(fcx.tcx.hir_body(body).value.kind, hir::ExprKind::Block(..));
            fcx.suggest_missing_semicolon(&mut err, expr, expected, needs_block, true);
        }

        // Verify that this is a tail expression of a function, otherwise the label pointing out the cause for the
        // type coercion will be wrong.
        if let Some(expr) = expression
            && due_to_block
        {
            fcx.suggest_missing_semicolon(&mut err, expr, expected, false, false);
            let pointing = fcx.suggest_mismatched_types_on_tail(&mut err, expr, expected, found, block_or_return_id);
            if let Some(cond) = fcx.hir_if_cause(expr.hir_id)
                && expected.is_unit()
                && !pointing
                && cond.span.desugaring_kind().is_none()
                && !cond.span.in_external_macro()
                && !matches!(cond.kind, hir::ExprKind::Match(.., hir::MatchSource::TryDesugar(_)))
            {
                err.span_label(cond.span, "expected this to be `()`");
                if crate::fn_ctxt::suggestions::can_have_side_effects(expr) {
                    fcx.suggest_semicolon_at_end(cond.span, &mut err);
                }
            }
        }

        // An explicit `return`: the return type.
        if let Some((fn_id, fn_decl)) = fcx.get_fn_decl(block_or_return_id)
            && !due_to_block
        {
            fcx.suggest_missing_return_type(&mut err, fn_decl, expected, found, fn_id);
        }

        // A block: maybe a `return` or `break` was forgotten.
        if due_to_block
            && let Some(expr) = expression
            && let Some(fn_decl) = fcx.tcx.hir_fn_decl_by_hir_id(fcx.tcx.local_def_id_to_hir_id(fcx.body_id))
        {
            fcx.suggest_missing_break_or_return_expr(
                &mut err,
                expr,
                fn_decl,
                expected,
                found,
                block_or_return_id,
                fcx.body_id,
            );
        }

        if let Some(sp) = fcx.ret_coercion_span.get()
            && let Some(sig) = fcx.body_fn_sig()
            && sig.output().is_ty_var()
        {
            err.span_note(sp, format!("return type inferred to be `{expected}` here"));
        }
        err
    }

    /// The merged type; `!` if nothing was added.
    pub(crate) fn complete<'a>(self, fcx: &FnCtxt<'a, 'tcx>) -> Ty<'tcx> {
        if let Some(final_ty) = self.final_ty {
            final_ty
        } else {
            // If we only had inputs that were of type `!` (or no inputs at all), then the final type is `!`.
            fcx.tcx.types().never
        }
    }
}

impl<'a, 'tcx> FnCtxt<'a, 'tcx> {
    /// Given some expressions, their known unified type and another expression, tries to unify the types, potentially
    /// inserting coercions on any of the provided expressions and returns their LUB (aka "common supertype").
    pub(crate) fn try_find_coercion_lub(
        &self,
        cause: &ObligationCause<'tcx>,
        exprs: &[&'tcx hir::Expr<'tcx>],
        prev_ty: Ty<'tcx>,
        new: &'tcx hir::Expr<'tcx>,
        new_ty: Ty<'tcx>,
    ) -> Result<Ty<'tcx>, TypeError<'tcx>> {
        let prev_ty = self.try_structurally_resolve_type(cause.span, prev_ty);
        let new_ty = self.try_structurally_resolve_type(new.span, new_ty);

        // The same type, most often.
        if prev_ty == new_ty {
            return Ok(prev_ty);
        }

        // Special-case that coercion alone cannot handle: fn items or non-capturing closures of different types.
        if let Some((a_sig, b_sig)) = {
            let is_capturing = |ty: Ty<'tcx>| match *ty.kind() {
                TyKind::Closure(def_id, _) => !self.closure_mentions_no_upvars(def_id),
                _ => false,
            };
            let closure_sig = |ty: Ty<'tcx>, safety| match *ty.kind() {
                TyKind::Closure(_, args) => self.signature_unclosure(args.as_closure().sig(), safety),
                _ => self.tcx.fn_sig_of_ty(ty).expect("a function item"),
            };
            if is_capturing(prev_ty) || is_capturing(new_ty) {
                None
            } else {
                match (prev_ty.kind(), new_ty.kind()) {
                    (TyKind::FnDef(..), TyKind::FnDef(..)) => {
                        // Don't reify if the function types have a LUB: they are the same function.
                        match self.commit_if_ok(|_| self.at(cause, self.param_env).lub(prev_ty, new_ty)) {
                            Ok(ok) => return Ok(self.register_infer_ok_obligations(ok)),
                            Err(_) => Some((closure_sig(prev_ty, Safety::Safe), closure_sig(new_ty, Safety::Safe))),
                        }
                    }
                    (TyKind::Closure(..), TyKind::FnDef(..)) => {
                        let b_sig = closure_sig(new_ty, Safety::Safe);
                        Some((closure_sig(prev_ty, b_sig.safety()), b_sig))
                    }
                    (TyKind::FnDef(..), TyKind::Closure(..)) => {
                        let a_sig = closure_sig(prev_ty, Safety::Safe);
                        Some((a_sig, closure_sig(new_ty, a_sig.safety())))
                    }
                    (TyKind::Closure(..), TyKind::Closure(..)) => {
                        Some((closure_sig(prev_ty, Safety::Safe), closure_sig(new_ty, Safety::Safe)))
                    }
                    _ => None,
                }
            }
        } {
            return self.reify_both(cause, exprs, prev_ty, new, new_ty, a_sig, b_sig);
        }

        // Configure a Coerce instance to compute the LUB. We don't allow two-phase borrows on any autorefs this
        // creates since we probably aren't processing function arguments here and even if we were, they're going to
        // get autorefed again anyway and we can apply 2-phase borrows at that time.
        let mut coerce = Coerce::new(self, cause.clone(), AllowTwoPhase::No, true);
        coerce.use_lub = true;

        // First try to coerce the new expression to the type of the previous ones, or if it fails, all of the
        // previous expressions to the type of the new one.
        let mut first_error = None;
        if !self.typeck_results.borrow().adjustments().contains_key(new.hir_id) {
            match self.commit_if_ok(|_| coerce.coerce(new_ty, prev_ty)) {
                Ok(ok) => {
                    let (adjustments, target) = self.register_infer_ok_obligations(ok);
                    self.apply_adjustments(new, adjustments);
                    return Ok(target);
                }
                Err(e) => first_error = Some(e),
            }
        }

        // This requires ensuring there are no coercions applied to *any* of the previous expressions, other than
        // noop reborrows (ignoring lifetimes).
        for expr in exprs {
            let noop = match self.typeck_results.borrow().expr_adjustments(expr) {
                &[
                    Adjustment { kind: Adjust::Deref(None), .. },
                    Adjustment { kind: Adjust::Borrow(AutoBorrow::Ref(mutbl_adj)), .. },
                ] => match *self.node_ty(expr.hir_id).kind() {
                    TyKind::Ref(_, _, mt_orig) => {
                        // Reborrow that we can safely ignore, because the next adjustment can only be a Deref which
                        // will be merged into it.
                        hir::Mutability::from(mutbl_adj) == mt_orig
                    }
                    _ => false,
                },
                &[Adjustment { kind: Adjust::NeverToAny, .. }] | &[] => true,
                _ => false,
            };
            if !noop {
                return self
                    .commit_if_ok(|_| self.at(cause, self.param_env).lub(prev_ty, new_ty))
                    .map(|ok| self.register_infer_ok_obligations(ok));
            }
        }

        match self.commit_if_ok(|_| coerce.coerce(prev_ty, new_ty)) {
            Err(_) => {
                // Avoid giving strange errors on failed attempts.
                match first_error {
                    Some(e) => Err(e),
                    None => self
                        .commit_if_ok(|_| self.at(cause, self.param_env).lub(prev_ty, new_ty))
                        .map(|ok| self.register_infer_ok_obligations(ok)),
                }
            }
            Ok(ok) => {
                let (adjustments, target) = self.register_infer_ok_obligations(ok);
                for expr in exprs {
                    self.apply_adjustments(expr, adjustments.clone());
                }
                Ok(target)
            }
        }
    }

    fn reify_both(
        &self,
        cause: &ObligationCause<'tcx>,
        exprs: &[&'tcx hir::Expr<'tcx>],
        prev_ty: Ty<'tcx>,
        new: &'tcx hir::Expr<'tcx>,
        new_ty: Ty<'tcx>,
        a_sig: PolyFnSig<'tcx>,
        b_sig: PolyFnSig<'tcx>,
    ) -> Result<Ty<'tcx>, TypeError<'tcx>> {
        // Intrinsics are not coercible to function pointers.
        for ty in [prev_ty, new_ty] {
            if let TyKind::FnDef(def_id, _) = *ty.kind() {
                if self.tcx.intrinsic(def_id).is_some() {
                    return Err(TypeError::IntrinsicCast);
                }
            }
        }
        // The signature must match.
        let a_sig = self.normalize(new.span, a_sig);
        let b_sig = self.normalize(new.span, b_sig);
        // A safe and an unsafe function have an unsafe pointer type in common.
        let sig = self.at(cause, self.param_env).lub(a_sig, b_sig).map(|ok| self.register_infer_ok_obligations(ok))?;

        // Reify both sides and return the reified fn pointer type.
        let fn_ptr = self.tcx.mk_fn_ptr(sig);
        let adjustment = |ty: Ty<'tcx>, sig: PolyFnSig<'tcx>| match ty.kind() {
            TyKind::Closure(..) => Adjust::Pointer(PointerCoercion::ClosureFnPointer(sig.safety() == Safety::Unsafe)),
            _ => Adjust::Pointer(PointerCoercion::ReifyFnPointer),
        };
        for expr in exprs {
            // The previous expressions, other than noop reborrows, must not have any adjustments.
            self.apply_adjustments(expr, vec![Adjustment { kind: adjustment(prev_ty, a_sig), target: fn_ptr }]);
        }
        self.apply_adjustments(new, vec![Adjustment { kind: adjustment(new_ty, b_sig), target: fn_ptr }]);
        Ok(fn_ptr)
    }
}
