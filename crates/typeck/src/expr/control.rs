//! `if`, `match`, loops, `break`, `continue`, `return`, `become`, `yield`.

use diagnostics::codes::*;
use hir::{ExprKind, HirId, MatchSource};
use span::Span;
use trait_solve::traits::{MatchExpressionArmCause, ObligationCauseCode};
use ty::Ty;

use crate::FnCtxt;
use crate::Needs;
use crate::coercion::CoerceMany;
use crate::diverges::Diverges;
use crate::expectation::Expectation::{self, *};
use crate::fn_ctxt::BreakableCtxt;
use crate::gather_locals::{Declaration, GatherLocalsVisitor};

impl<'a, 'tcx> FnCtxt<'a, 'tcx> {
    pub(crate) fn check_expr_let(&self, let_expr: &'tcx hir::LetExpr<'tcx>, hir_id: HirId) -> Ty<'tcx> {
        let decl: Declaration<'tcx> = (let_expr, hir_id).into();
        GatherLocalsVisitor::new(self).declare(decl);

        // The initializer may never be left.
        let init = let_expr.init;
        self.warn_if_unreachable(init.hir_id, init.span, "block in `let` expression");
        self.check_decl(decl);
        if let Some(error_guaranteed) = let_expr.recovered {
            self.set_tainted_by_errors(error_guaranteed);
            Ty::new_error(*self.tcx, error_guaranteed)
        } else {
            self.tcx.types().bool
        }
    }

    pub(crate) fn check_expr_if(
        &self,
        expr_id: HirId,
        cond_expr: &'tcx hir::Expr<'tcx>,
        then_expr: &'tcx hir::Expr<'tcx>,
        opt_else_expr: Option<&'tcx hir::Expr<'tcx>>,
        sp: Span,
        orig_expected: Expectation<'tcx>,
    ) -> Ty<'tcx> {
        let cond_ty = self.check_expr_has_type_or_error(cond_expr, self.tcx.types().bool, |_| {});

        self.warn_if_unreachable(cond_expr.hir_id, then_expr.span, "block in `if` or `while` expression");

        // Divergence of the condition, then of each branch.
        let cond_diverges = self.diverges.get();
        self.diverges.set(Diverges::Maybe);

        let expected = orig_expected.try_structurally_resolve_and_adjust_for_branches(self, sp);
        let then_ty = self.check_expr_with_expectation(then_expr, expected);
        let then_diverges = self.diverges.get();
        self.diverges.set(Diverges::Maybe);

        // An expected type is coerced to in each branch; else the first branch's type is where to start.
        let coerce_to_ty = expected.coercion_target_type(self, sp);
        let mut coerce = CoerceMany::new(coerce_to_ty);
        let then_cause = self.misc(then_expr.span);
        coerce.coerce(self, &then_cause, then_expr, then_ty);

        if let Some(else_expr) = opt_else_expr {
            let else_ty = self.check_expr_with_expectation(else_expr, expected);
            let else_diverges = self.diverges.get();

            let if_cause = self.if_cause(expr_id, then_expr.hir_id, else_expr.hir_id, sp, else_expr);
            coerce.coerce(self, &if_cause, else_expr, else_ty);

            // The end is not reached if both branches diverge.
            self.diverges.set(cond_diverges | then_diverges & else_diverges);
        } else {
            self.if_fallback_coercion(sp, cond_expr, then_expr, &mut coerce);
            // The condition may be false.
            self.diverges.set(cond_diverges);
        }

        let result_ty = coerce.complete(self);
        if let Err(guar) = ty::TypeVisitableExt::error_reported(&cond_ty) {
            Ty::new_error(*self.tcx, guar)
        } else {
            result_ty
        }
    }

    fn if_cause(
        &self,
        expr_id: HirId,
        then_id: HirId,
        else_id: HirId,
        _span: Span,
        else_expr: &'tcx hir::Expr<'tcx>,
    ) -> trait_solve::traits::ObligationCause<'tcx> {
        let error_sp = self.find_block_span_from_hir_id_or(else_expr);
        let _ = (then_id, else_id);
        self.cause(
            error_sp,
            ObligationCauseCode::IfExpression { expr_id, tail_defines_return_position_impl_trait: None },
        )
    }

    /// The span of the tail of a block, or of the block's last statement, or of the expression.
    pub(crate) fn find_block_span_from_hir_id_or(&self, expr: &hir::Expr<'_>) -> Span {
        match expr.kind {
            ExprKind::Block(blk, _) => self.find_block_span(blk),
            _ => expr.span,
        }
    }

    pub(crate) fn find_block_span(&self, block: &hir::Block<'_>) -> Span {
        let block = block.innermost_block();
        if let Some(expr) = &block.expr {
            expr.span
        } else if let Some(stmt) = block.stmts.last() {
            stmt.span
        } else {
            block.span
        }
    }

    /// `if` without `else`: `()` unless the branch's value is used (E0317).
    fn if_fallback_coercion(
        &self,
        if_span: Span,
        cond_expr: &'tcx hir::Expr<'tcx>,
        then_expr: &'tcx hir::Expr<'tcx>,
        coercion: &mut CoerceMany<'tcx>,
    ) -> bool {
        let hir_id = self.tcx.parent_hir_id(self.tcx.parent_hir_id(then_expr.hir_id));
        let ret_reason = self.maybe_get_coercion_reason(hir_id, if_span);
        let cause = self.cause(if_span, ObligationCauseCode::IfExpressionWithNoElse);
        let mut error = false;
        coercion.coerce_forced_unit(
            self,
            &cause,
            |err| {
                if let Some((span, msg)) = &ret_reason {
                    err.span_label(*span, msg.clone());
                } else if let ExprKind::Block(block, _) = &then_expr.kind {
                    if let Some(expr) = &block.expr {
                        err.span_label(expr.span, "found here");
                    }
                }
                err.note("`if` expressions without `else` evaluate to `()`");
                err.help("consider adding an `else` block that evaluates to the expected type");
                error = true;
                let _ = cond_expr;
            },
            false,
        );
        error
    }

    fn maybe_get_coercion_reason(&self, hir_id: HirId, sp: Span) -> Option<(Span, String)> {
        let node = self.tcx.hir_node(hir_id);
        if let hir::Node::Block(block) = node {
            // The body's tail: blame the return type.
            if let Some(expr) = block.expr {
                if expr.span == sp {
                    let decl = self.tcx.hir_node_by_def_id(self.body_id).fn_decl()?;
                    if let hir::FnRetTy::Return(ty) = decl.output {
                        let snip = self.tcx.sess().source_map().span_to_snippet(ty.span)?;
                        return Some((ty.span, format!("expected `{snip}` because of this return type")));
                    }
                }
            }
        }
        if let hir::Node::LetStmt(hir::LetStmt { ty: Some(_), pat, .. }) = node {
            return Some((pat.span, "expected because of this assignment".to_string()));
        }
        None
    }

    pub(crate) fn check_expr_match(
        &self,
        expr: &'tcx hir::Expr<'tcx>,
        scrut: &'tcx hir::Expr<'tcx>,
        arms: &'tcx [hir::Arm<'tcx>],
        orig_expected: Expectation<'tcx>,
        match_src: MatchSource,
    ) -> Ty<'tcx> {
        let tcx = self.tcx;
        let acrb = arms_contain_ref_bindings(arms);
        let scrutinee_ty = self.demand_scrutinee_type(scrut, acrb, arms.is_empty());

        // If there are no arms, that is a diverging match.
        if arms.is_empty() {
            self.diverges.set(self.diverges.get() | Diverges::always(expr.span));
            return tcx.types().never;
        }
        self.warn_arms_when_scrutinee_diverges(arms);

        // Otherwise, we have to union together the types that the arms produce and so forth.
        let scrut_diverges = self.diverges.replace(Diverges::Maybe);

        // Patterns first: they may tell the scrutinee's type.
        for arm in arms {
            GatherLocalsVisitor::new(self).visit_arm_pat(arm.pat);
            self.check_pat_top(arm.pat, scrutinee_ty, Some(scrut.span), Some(scrut), None);
        }

        // Now the arms' bodies.
        let mut all_arms_diverge = Diverges::WarnedAlways;
        let expected = orig_expected.try_structurally_resolve_and_adjust_for_branches(self, expr.span);
        let mut coercion = {
            let coerce_first = match expected {
                // The match is a statement: arms of `()` type.
                ExpectHasType(ety) if ety != tcx.mk_unit() => ety,
                _ => self.next_ty_var(expr.span),
            };
            CoerceMany::with_coercion_sites_len(coerce_first, arms.len())
        };

        let mut prior_non_diverging_arms: Vec<Span> = Vec::new();
        let mut prior_arm: Option<(Option<HirId>, Ty<'tcx>, Span)> = None;
        for arm in arms {
            self.diverges.set(Diverges::Maybe);

            if let Some(e) = &arm.guard {
                self.check_expr_has_type_or_error(e, tcx.types().bool, |_| {});
                // A guard that diverges is followed by nothing, but others arms may be taken.
                self.diverges.set(Diverges::Maybe);
            }

            // N.B. We don't reset diverges here b/c we want to warn in the arm if there are diverging patterns.
            let arm_ty = self.check_expr_with_expectation(arm.body, expected);
            all_arms_diverge &= self.diverges.get();

            let (arm_block_id, arm_span) = if let ExprKind::Block(blk, _) = arm.body.kind {
                (Some(blk.hir_id), self.find_block_span(blk))
            } else {
                (None, arm.body.span)
            };

            let (span, code) = match prior_arm {
                // The first arm: where the expected type comes from is known.
                None => (arm_span, ObligationCauseCode::BlockTailExpression(arm.body.hir_id, match_src)),
                Some((prior_arm_block_id, prior_arm_ty, prior_arm_span)) => (
                    expr.span,
                    ObligationCauseCode::MatchExpressionArm(Box::new(MatchExpressionArmCause {
                        arm_block_id,
                        arm_span,
                        arm_ty,
                        prior_arm_block_id,
                        prior_arm_ty,
                        prior_arm_span,
                        scrut_span: scrut.span,
                        scrut_hir_id: scrut.hir_id,
                        source: match_src,
                        expr_span: expr.span,
                        prior_non_diverging_arms: prior_non_diverging_arms.clone(),
                        tail_defines_return_position_impl_trait: None,
                    })),
                ),
            };
            let cause = self.cause(span, code);

            coercion.coerce_inner(self, &cause, Some(arm.body), arm_ty, |_| {}, false);

            if !arm_ty.is_never() {
                // Diverging arms are no reason for an expected type.
                prior_arm = Some((arm_block_id, arm_ty, arm_span));
                prior_non_diverging_arms.push(arm_span);
                if prior_non_diverging_arms.len() > 5 {
                    prior_non_diverging_arms.remove(0);
                }
            }
        }

        // If all of the arms in the `match` diverge, and we're dealing with a real `match`, the note says so.
        if let (Diverges::Always { .. }, MatchSource::Normal) = (all_arms_diverge, match_src) {
            all_arms_diverge = Diverges::Always {
                span: expr.span,
                custom_note: Some("any code following this `match` expression is unreachable, as all arms diverge"),
            };
        }

        // We won't diverge unless the scrutinee or all arms diverge.
        self.diverges.set(scrut_diverges | all_arms_diverge);
        coercion.complete(self)
    }

    fn warn_arms_when_scrutinee_diverges(&self, arms: &'tcx [hir::Arm<'tcx>]) {
        for arm in arms {
            self.warn_if_unreachable(arm.body.hir_id, arm.body.span, "arm");
        }
    }

    /// The scrutinee's type; arms with `ref` bindings keep it as it is, others may see it coerced from `!`.
    fn demand_scrutinee_type(
        &self,
        scrut: &'tcx hir::Expr<'tcx>,
        contains_ref_bindings: Option<hir::Mutability>,
        no_arms: bool,
    ) -> Ty<'tcx> {
        if let Some(m) = contains_ref_bindings {
            self.check_expr_with_needs(scrut, Needs::maybe_mut_place(m))
        } else if no_arms {
            self.check_expr(scrut)
        } else {
            // ...but otherwise we want to use any supertype of the scrutinee.
            let scrut_ty = self.next_ty_var(scrut.span);
            self.check_expr_has_type_or_error(scrut, scrut_ty, |_| {});
            scrut_ty
        }
    }

    pub(crate) fn check_expr_loop(
        &self,
        body: &'tcx hir::Block<'tcx>,
        source: hir::LoopSource,
        expected: Expectation<'tcx>,
        expr: &'tcx hir::Expr<'tcx>,
    ) -> Ty<'tcx> {
        let coerce = match source {
            // you can only use break with a value from a normal `loop { }`
            hir::LoopSource::Loop => {
                let coerce_to = expected.coercion_target_type(self, body.span);
                Some(CoerceMany::new(coerce_to))
            }
            hir::LoopSource::While | hir::LoopSource::ForLoop => None,
        };
        let ctxt = BreakableCtxt {
            coerce,
            may_break: false, // Will get updated if/when we find a `break`.
        };
        let (ctxt, ()) = self.with_breakable_ctxt(expr.hir_id, ctxt, || {
            self.check_block_no_value(body);
        });

        if ctxt.may_break {
            // No way to know whether it's diverging because of a `break` or an outer `break` or `return`.
            self.diverges.set(Diverges::Maybe);
        } else {
            self.diverges.set(self.diverges.get() | Diverges::always(expr.span));
        }

        // If we permit break with a value, then result type is the LUB of the breaks (possibly ! if none);
        // else, it is nil.
        match ctxt.coerce {
            Some(c) => c.complete(self),
            None => self.tcx.mk_unit(),
        }
    }

    pub(crate) fn check_expr_break(
        &self,
        destination: hir::Destination,
        expr_opt: Option<&'tcx hir::Expr<'tcx>>,
        expr: &'tcx hir::Expr<'tcx>,
    ) -> Ty<'tcx> {
        let tcx = self.tcx;
        let Ok(target_id) = destination.target_id else {
            // Reported by the loops pass; the value is looked at for its own errors.
            let e = self.dcx().span_delayed_bug(expr.span, "break was outside loop, but no error was emitted");
            if let Some(e) = expr_opt {
                self.check_expr_with_hint(e, Ty::new_error(*tcx, self.dcx().delayed_bug("break")));
                // `break rust`: a joke of rustc's is left out.
            }
            return Ty::new_error(*tcx, e);
        };

        // Find the type to which the value is coerced, and note that the context is left.
        let (e_ty, cause);
        if let Some(e) = expr_opt {
            let coerce_to = {
                let mut ctxts = self.enclosing_breakables.borrow_mut();
                let Some(ctxt) = ctxts.opt_find_breakable(target_id) else {
                    drop(ctxts);
                    return self.break_out_of_body(expr);
                };
                let opt_coerce_to = ctxt.coerce.as_ref().map(|c| c.expected_ty());
                drop(ctxts);
                // If the loop context is not a `loop { }`, then break with a value is illegal, and E0571 is said.
                match opt_coerce_to {
                    Some(t) => t,
                    None => {
                        let guar = self.emit_break_with_value_outside_loop(destination, target_id, e, expr);
                        Ty::new_error(*tcx, guar)
                    }
                }
            };
            // Recurse without `enclosing_breakables` borrowed.
            e_ty = self.check_expr_with_hint(e, coerce_to);
            cause = self.misc(e.span);
        } else {
            // Otherwise, this is a break *without* a value. That's like `break ()`.
            e_ty = tcx.mk_unit();
            cause = self.misc(expr.span);
        }

        // Now that we have type-checked `expr_opt`, borrow the `enclosing_loops` field and let's coerce the type.
        let coerce_taken = {
            let mut ctxts = self.enclosing_breakables.borrow_mut();
            let Some(ctxt) = ctxts.opt_find_breakable(target_id) else {
                drop(ctxts);
                return self.break_out_of_body(expr);
            };
            ctxt.coerce.take()
        };
        if let Some(mut coerce) = coerce_taken {
            if let Some(e) = expr_opt {
                coerce.coerce(self, &cause, e, e_ty);
            } else {
                coerce.coerce_forced_unit(
                    self,
                    &cause,
                    |err| {
                        let snippet = "break";
                        let _ = snippet;
                        self.annotate_loop_expected_due_to_inference(err, expr, target_id);
                    },
                    true,
                );
            }
            let mut ctxts = self.enclosing_breakables.borrow_mut();
            if let Some(ctxt) = ctxts.opt_find_breakable(target_id) {
                ctxt.coerce = Some(coerce);
            }
        } else if e_ty.is_unit() || expr_opt.is_none() {
            // `break;` of a `while` or `for`.
        }

        {
            let mut ctxts = self.enclosing_breakables.borrow_mut();
            if let Some(ctxt) = ctxts.opt_find_breakable(target_id) {
                // If the break's value diverges, the break itself is not reached.
                if !self.diverges.get().is_always() {
                    ctxt.may_break = true;
                }
            }
        }

        // The type of a `break` is always `!`, since it diverges.
        tcx.types().never
    }

    fn break_out_of_body(&self, expr: &hir::Expr<'_>) -> Ty<'tcx> {
        // The target is outside of the closure: reported by the loops pass.
        let e = self.dcx().span_delayed_bug(expr.span, "break was outside loop, but no error was emitted");
        Ty::new_error(*self.tcx, e)
    }

    fn annotate_loop_expected_due_to_inference(
        &self,
        err: &mut diagnostics::Diag<'_>,
        expr: &hir::Expr<'_>,
        target: HirId,
    ) {
        let _ = (err, expr, target);
    }

    fn emit_break_with_value_outside_loop(
        &self,
        destination: hir::Destination,
        target_id: HirId,
        e: &'tcx hir::Expr<'tcx>,
        expr: &'tcx hir::Expr<'tcx>,
    ) -> span::ErrorGuaranteed {
        let _ = (destination, target_id, e);
        // E0571 is the loops pass's (as in rustc).
        self.dcx().span_delayed_bug(expr.span, "break with a value outside of `loop`, but no error was emitted")
    }

    pub(crate) fn check_expr_continue(&self, destination: hir::Destination, expr: &hir::Expr<'_>) -> Ty<'tcx> {
        if destination.target_id.is_ok() {
            self.tcx.types().never
        } else {
            // There was an error; make type-check fail.
            let guar = self.dcx().span_delayed_bug(expr.span, "no target for `continue` but no error");
            Ty::new_error(*self.tcx, guar)
        }
    }

    pub(crate) fn check_expr_return(
        &self,
        expr_opt: Option<&'tcx hir::Expr<'tcx>>,
        expr: &'tcx hir::Expr<'tcx>,
    ) -> Ty<'tcx> {
        if self.ret_coercion.is_none() {
            self.emit_return_outside_of_fn_body(expr, "return");
            if let Some(e) = expr_opt {
                // We still have to evaluate e.
                self.check_expr(e);
            }
        } else if let Some(e) = expr_opt {
            if self.ret_coercion_span.get().is_none() {
                self.ret_coercion_span.set(Some(e.span));
            }
            self.check_return_or_body_tail(e, true);
        } else {
            let Some(ret_coercion) = &self.ret_coercion else { return self.tcx.types().never };
            let mut coercion = ret_coercion.borrow_mut();
            if self.ret_coercion_span.get().is_none() {
                self.ret_coercion_span.set(Some(expr.span));
            }
            let cause = self.cause(expr.span, ObligationCauseCode::ReturnNoExpression);
            if let Some((_, fn_decl)) = self.get_fn_decl_of_body() {
                coercion.coerce_forced_unit(
                    self,
                    &cause,
                    |db| {
                        let span = fn_decl.output.span();
                        if let Some(snippet) = self.tcx.sess().source_map().span_to_snippet(span) {
                            if !snippet.is_empty() {
                                db.span_label(span, format!("expected `{snippet}` because of this return type"));
                            }
                        }
                    },
                    true,
                );
            } else {
                coercion.coerce_forced_unit(self, &cause, |_| (), true);
            }
        }
        self.tcx.types().never
    }

    /// The declaration of the function whose body this is; not of closures.
    pub(crate) fn get_fn_decl_of_body(&self) -> Option<(span::def_id::LocalDefId, &'tcx hir::FnDecl<'tcx>)> {
        let node = self.tcx.hir_node_by_def_id(self.body_id);
        if matches!(node, hir::Node::Expr(_)) {
            return None;
        }
        Some((self.body_id, node.fn_decl()?))
    }

    pub(crate) fn check_expr_become(&self, call: &'tcx hir::Expr<'tcx>, expr: &'tcx hir::Expr<'tcx>) -> Ty<'tcx> {
        match &self.ret_coercion {
            Some(ret_coercion) => {
                let ret_ty = ret_coercion.borrow().expected_ty();
                let call_expr_ty = self.check_expr_with_hint(call, ret_ty);
                // N.B. don't coerce here, as tail calls can't support most/all coercions
                self.demand_suptype(expr.span, ret_ty, call_expr_ty);
            }
            None => {
                self.emit_return_outside_of_fn_body(expr, "become");
                // We still have to evaluate e.
                self.check_expr(call);
            }
        }
        self.tcx.types().never
    }

    /// A `return`'s value or the body's tail.
    pub(crate) fn check_return_or_body_tail(&self, return_expr: &'tcx hir::Expr<'tcx>, explicit_return: bool) {
        let ret_coercion = self.ret_coercion.as_ref().expect("checked in a function body");
        let ret_ty = ret_coercion.borrow().expected_ty();
        let return_expr_ty = self.check_expr_with_hint(return_expr, ret_ty);
        let mut span = return_expr.span;
        let mut hir_id = return_expr.hir_id;
        // Use the span of the trailing expression for our cause, not the span of the entire function.
        if !explicit_return
            && let ExprKind::Block(body, _) = return_expr.kind
            && let Some(last_expr) = body.expr
        {
            span = last_expr.span;
            hir_id = last_expr.hir_id;
        }
        let cause = self.cause(span, ObligationCauseCode::ReturnValue(return_expr.hir_id));
        let _ = hir_id;
        ret_coercion.borrow_mut().coerce(self, &cause, return_expr, return_expr_ty);
        if let Some(e) = self.tainted_by_errors() {
            let _ = e;
        }
    }

    /// E0572.
    fn emit_return_outside_of_fn_body(&self, expr: &hir::Expr<'_>, statement: &str) {
        let mut err = self.err(expr.span, E0572, format!("{statement} statement outside of function body"));
        let encl_item = self.tcx.hir_node_by_def_id(self.body_id);
        let in_fn = {
            let parent = self.tcx.hir_get_parent_item(expr.hir_id);
            matches!(self.tcx.def_kind(parent.def_id), hir::def::DefKind::Fn | hir::def::DefKind::AssocFn)
                .then(|| self.tcx.def_span(parent.def_id))
        };
        let _ = encl_item;
        if let Some(fn_span) = in_fn {
            let body_span = self.tcx.hir_maybe_body_owned_by(self.body_id).map(|b| b.value.span);
            if let Some(body_span) = body_span {
                err.span_label(body_span, format!("the {statement} is part of this body..."));
            }
            err.span_label(fn_span, "...not the enclosing function body");
        }
        self.emit(err);
    }

    pub(crate) fn check_expr_yield(&self, value: &'tcx hir::Expr<'tcx>, expr: &'tcx hir::Expr<'tcx>) -> Ty<'tcx> {
        match self.coroutine_types {
            Some(crate::fn_ctxt::CoroutineTypes { resume_ty, yield_ty }) => {
                self.check_expr_coercible_to_type(value, yield_ty, None);
                resume_ty
            }
            None => {
                let guar = self.dcx().span_delayed_bug(expr.span, "`yield` outside of a coroutine");
                // Avoid expressions without types during writeback (#78653).
                self.check_expr(value);
                Ty::new_error(*self.tcx, guar)
            }
        }
    }
}

fn arms_contain_ref_bindings<'tcx>(arms: &'tcx [hir::Arm<'tcx>]) -> Option<hir::Mutability> {
    arms.iter().filter_map(|a| a.pat.contains_explicit_ref_binding()).max()
}
