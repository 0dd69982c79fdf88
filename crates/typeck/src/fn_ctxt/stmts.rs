//! Blocks, statements and `let`.

use hir::{HirId, Node};
use span::Span;
use trait_solve::traits::ObligationCauseCode;
use ty::{Ty, TyKind};

use super::{BreakableCtxt, FnCtxt};
use crate::coercion::CoerceMany;
use crate::diverges::Diverges;
use crate::expectation::Expectation::{self, *};
use crate::gather_locals::{Declaration, GatherLocalsVisitor};
use crate::pat::TopInfo;

impl<'a, 'tcx> FnCtxt<'a, 'tcx> {
    /// `let` statements and `let` in conditions: declares the variables, checks initializer and pattern.
    pub(crate) fn check_decl(&self, decl: Declaration<'tcx>) -> Ty<'tcx> {
        // Types of the variables, by the annotation if there is one.
        let decl_ty = self.local_ty(decl.span, decl.hir_id);
        if let Some(init) = decl.init {
            let init_ty = self.check_decl_initializer(decl.hir_id, decl.pat, init, decl_ty);
            self.overwrite_local_ty_if_err(decl.hir_id, decl.pat, init_ty);
        }

        // Does the pattern fit?
        let (origin_expr, ty_span) = match (decl.ty, decl.init) {
            (Some(ty), _) => (None, Some(ty.span)),
            (_, Some(init)) => (Some(init), Some(init.span)),
            _ => (None, None),
        };
        self.check_pat_top(decl.pat, decl_ty, ty_span, origin_expr, Some(decl.origin_is_let_else));
        let pat_ty = self.node_ty(decl.pat.hir_id);
        self.overwrite_local_ty_if_err(decl.hir_id, decl.pat, pat_ty);
        decl_ty
    }

    fn overwrite_local_ty_if_err(&self, hir_id: HirId, pat: &'tcx hir::Pat<'tcx>, ty: Ty<'tcx>) {
        if let Err(guar) = ty.error_reported_deep() {
            let err = Ty::new_error(*self.tcx, guar);
            self.write_ty(hir_id, err);
            self.write_ty(pat.hir_id, err);
            let local_ty = self.local_ty(pat.span, hir_id);
            if local_ty.is_ty_var() {
                self.demand_eqtype(pat.span, err, local_ty);
            }
        }
    }

    fn check_decl_initializer(
        &self,
        hir_id: HirId,
        pat: &'tcx hir::Pat<'tcx>,
        init: &'tcx hir::Expr<'tcx>,
        local_ty: Ty<'tcx>,
    ) -> Ty<'tcx> {
        // `ref` bindings take the address of the value itself: no coercion may put another in its place.
        let ref_bindings = pat.contains_explicit_ref_binding();
        let _ = hir_id;
        if let Some(m) = ref_bindings {
            let init_ty = self.check_expr(init);
            if m == hir::Mutability::Mut {
                self.convert_place_derefs_to_mutable(init);
            }
            if let Some(mut diag) = self.demand_eqtype_diag(init.span, local_ty, init_ty) {
                self.emit_type_mismatch_suggestions(&mut diag, init.peel_drop_temps(), init_ty, local_ty, None);
                self.emit(diag);
            }
            init_ty
        } else {
            self.check_expr_coercible_to_type(init, local_ty, None)
        }
    }

    /// `let pat = init else { .. };`
    pub(crate) fn check_decl_local(&self, local: &'tcx hir::LetStmt<'tcx>) {
        GatherLocalsVisitor::new(self).declare(local.into());

        // Errors on the way may want to suggest a type for it.
        self.write_ty(local.hir_id, self.local_ty(local.span, local.hir_id));
        let ty = self.check_decl(local.into());
        self.write_ty(local.hir_id, ty);
        if local.pat.is_never_pattern() {
            self.diverges.set(Diverges::Always {
                span: local.pat.span,
                custom_note: Some("any code following a never pattern is unreachable"),
            });
        }
        if let Some(blk) = local.els {
            // The `else` block is not reached on the way on.
            let previous_diverges = self.diverges.get();
            let else_ty = self.check_expr_block(blk, NoExpectation);
            let cause = self.cause(blk.span, ObligationCauseCode::LetElse);
            if let Some(err) = self.demand_eqtype_with_origin(&cause, self.tcx.types().never, else_ty) {
                self.emit(err);
            }
            self.diverges.set(previous_diverges);
        }
    }

    pub(crate) fn check_stmt(&self, stmt: &'tcx hir::Stmt<'tcx>) {
        // Items inside are bodies of their own.
        if let hir::StmtKind::Item(..) = stmt.kind {
            return;
        }
        self.warn_if_unreachable(stmt.hir_id, stmt.span, "statement");

        let (_, diverges) = {
            let old = self.diverges.replace(Diverges::Maybe);
            match stmt.kind {
                hir::StmtKind::Let(l) => self.check_decl_local(l),
                hir::StmtKind::Item(_) => {}
                hir::StmtKind::Expr(expr) => {
                    // A block-like expression without `;` is to be of type `()`.
                    self.check_expr_has_type_or_error(expr, self.tcx.mk_unit(), |err| {
                        if let Node::Block(..) = self.tcx.parent_hir_node(stmt.hir_id) {
                            self.suggest_semicolon_at_end(expr.span, err);
                        }
                    });
                }
                hir::StmtKind::Semi(expr) => {
                    let ty = self.check_expr(expr);
                    self.check_place_expr_if_unsized(ty, expr);
                }
            }
            ((), self.diverges.replace(old))
        };
        self.diverges.set(self.diverges.get() | diverges);
    }

    /// A place expression of an unsized type may stand as a statement only if the value is not moved.
    fn check_place_expr_if_unsized(&self, ty: Ty<'tcx>, expr: &'tcx hir::Expr<'tcx>) {
        if self.feature(span::sym::unsized_fn_params) && !expr.is_syntactic_place_expr() {
            self.require_type_is_sized(ty, expr.span, ObligationCauseCode::SizedReturnType);
        }
    }

    pub(crate) fn check_block_no_value(&self, blk: &'tcx hir::Block<'tcx>) {
        let unit = self.tcx.mk_unit();
        let ty = self.check_expr_block(blk, ExpectHasType(unit));
        // If the block produces a `!`, it can be coerced to `()`.
        if !ty.is_never() {
            self.demand_suptype(blk.span, unit, ty);
        }
    }

    /// A block's type: its tail's, or `()`, or `!` if it diverges, or what `break 'label` gives.
    pub(crate) fn check_expr_block(&self, blk: &'tcx hir::Block<'tcx>, expected: Expectation<'tcx>) -> Ty<'tcx> {
        let prev_tail = blk.expr;
        // What `break 'a value` is coerced to; also the tail.
        let coerce_to_ty = expected.coercion_target_type(self, blk.span);
        let coerce = CoerceMany::new(coerce_to_ty);
        let prev_diverges = self.diverges.get();
        let ctxt = BreakableCtxt { coerce: Some(coerce), may_break: false };

        let (ctxt, ()) = self.with_breakable_ctxt(blk.hir_id, ctxt, || {
            for s in blk.stmts {
                self.check_stmt(s);
            }

            let tail_expr_ty = prev_tail.map(|expr| (expr, self.check_expr_with_expectation(expr, expected)));

            let mut enclosing_breakables = self.enclosing_breakables.borrow_mut();
            let ctxt = enclosing_breakables.opt_find_breakable(blk.hir_id).expect("the block's own context");
            let mut coerce = ctxt.coerce.take().expect("the block's coercion");
            drop(enclosing_breakables);

            if let Some((tail_expr, tail_expr_ty)) = tail_expr_ty {
                let span = self.get_expr_coercion_span(tail_expr);
                let cause =
                    self.cause(span, ObligationCauseCode::BlockTailExpression(blk.hir_id, hir::MatchSource::Normal));
                let ty_for_diagnostic = coerce.merged_ty();
                // The tail is not coerced if another part of the block has a wrong type for sure.
                coerce.coerce_inner(
                    self,
                    &cause,
                    Some(tail_expr),
                    tail_expr_ty,
                    |diag| {
                        self.suggest_block_to_brackets(diag, blk, tail_expr_ty, ty_for_diagnostic);
                    },
                    false,
                );
            } else {
                // No tail: `()`, unless the end is not reached.
                if !self.diverges.get().is_always() || matches!(self.diverging_fallback_behavior, _ if false) {
                    let is_fn_body = self.is_fn_body_block(blk);
                    let decl = if is_fn_body { self.fn_decl_of_body() } else { None };
                    // The type is wrong at the return type, if it is that which requires another.
                    let (error_span, fn_span) = match decl {
                        Some((ret_span, name_span)) => (ret_span, Some(name_span)),
                        None => (blk.span, None),
                    };
                    let cause = self.misc(error_span);
                    coerce.coerce_forced_unit(
                        self,
                        &cause,
                        |err| {
                            if let Some(expected_ty) = expected.only_has_type(self) {
                                if blk.stmts.is_empty() && blk.expr.is_none() {
                                    self.suggest_boxing_empty_body(err, blk, expected_ty);
                                }
                                if !self.consider_removing_semicolon(blk, expected_ty, err) {
                                    self.err_ctxt_consider_returning_binding(blk, expected_ty, err);
                                }
                                if expected_ty == self.tcx.types().bool {
                                    self.suggest_let_else_if_eq(blk, err);
                                }
                            }
                            if let Some(fn_span) = fn_span {
                                err.span_label(
                                    fn_span,
                                    "implicitly returns `()` as its body has no tail or `return` expression",
                                );
                            }
                        },
                        false,
                    );
                }
            }

            self.enclosing_breakables
                .borrow_mut()
                .opt_find_breakable(blk.hir_id)
                .expect("the block's own context")
                .coerce = Some(coerce);
        });

        if ctxt.may_break {
            // Something leaves the block by `break`: the end is reached if the start was.
            self.diverges.set(prev_diverges);
        }

        let ty = ctxt.coerce.expect("the block's coercion").complete(self);
        self.write_ty(blk.hir_id, ty);
        ty
    }

    /// Whether the block is the body of a function with a signature (no closure).
    fn is_fn_body_block(&self, blk: &hir::Block<'_>) -> bool {
        let Some(body) = self.tcx.hir_maybe_body_owned_by(self.body_id) else {
            return false;
        };
        matches!(body.value.kind, hir::ExprKind::Block(b, _) if b.hir_id == blk.hir_id)
    }

    /// The span of the return type, and of the name, of the function whose body is checked.
    fn fn_decl_of_body(&self) -> Option<(Span, Span)> {
        let node = self.tcx.hir_node_by_def_id(self.body_id);
        let sig = node.fn_sig()?;
        let ident = node.ident()?;
        if let hir::FnRetTy::Return(ty) = sig.decl.output {
            if sig.header.is_async() {
                return None;
            }
            return Some((ty.span, ident.span));
        }
        // `fn f() {}` has nothing to point to.
        if ident.name == span::sym::main {
            return None;
        }
        Some((sig.decl.output.span(), ident.span)).filter(|_| false)
    }

    /// The span to blame for a block-like expression's value: that of its tail.
    pub(crate) fn get_expr_coercion_span(&self, expr: &hir::Expr<'_>) -> Span {
        let check_in_progress = |elem: &hir::Expr<'_>| {
            self.typeck_results.borrow().node_type_opt(elem.hir_id).filter(|ty| !ty.is_never()).map(|_| {
                match elem.kind {
                    // Point at the tail expression when possible.
                    hir::ExprKind::Block(block, _) => block.expr.map_or(block.span, |e| e.span),
                    _ => elem.span,
                }
            })
        };
        if let hir::ExprKind::If(_, _, Some(el)) = expr.kind {
            if let Some(rslt) = check_in_progress(el) {
                return rslt;
            }
        }
        if let hir::ExprKind::Match(_, arms, _) = expr.kind {
            let mut iter = arms.iter().filter_map(|arm| check_in_progress(arm.body));
            if let Some(span) = iter.next() {
                if iter.next().is_none() {
                    return span;
                }
            }
        }
        expr.span
    }

    /// Runs `f` with a breakable context pushed; gives the context back.
    pub(crate) fn with_breakable_ctxt<R>(
        &self,
        id: HirId,
        ctxt: BreakableCtxt<'tcx>,
        f: impl FnOnce() -> R,
    ) -> (BreakableCtxt<'tcx>, R) {
        {
            let mut breakables = self.enclosing_breakables.borrow_mut();
            let index = breakables.stack.len();
            breakables.by_id.insert(id, index);
            breakables.stack.push(ctxt);
        }
        let result = f();
        let ctxt = {
            let mut breakables = self.enclosing_breakables.borrow_mut();
            breakables.by_id.swap_remove(&id);
            breakables.stack.pop().expect("missing breakable context")
        };
        (ctxt, result)
    }

    /// The type of a local variable, from its declaration.
    pub(crate) fn local_ty(&self, span: Span, nid: HirId) -> Ty<'tcx> {
        let found = self.locals.borrow().get(&nid).copied();
        found.unwrap_or_else(|| {
            let guar = self.dcx().span_delayed_bug(span, format!("no type for local variable {nid:?}"));
            Ty::new_error(*self.tcx, guar)
        })
    }

    pub(crate) fn check_pat_top(
        &self,
        pat: &'tcx hir::Pat<'tcx>,
        expected: Ty<'tcx>,
        span: Option<Span>,
        origin_expr: Option<&'tcx hir::Expr<'tcx>>,
        decl_origin: Option<bool>,
    ) {
        let info = TopInfo { expected, origin_expr, span, hir_id: pat.hir_id };
        let _ = decl_origin;
        self.check_pat_outermost(pat, expected, info);
    }
}

trait ErrorReportedDeep {
    fn error_reported_deep(self) -> Result<(), span::ErrorGuaranteed>;
}
impl ErrorReportedDeep for Ty<'_> {
    fn error_reported_deep(self) -> Result<(), span::ErrorGuaranteed> {
        match *self.kind() {
            TyKind::Error(e) => Err(e),
            _ => ty::TypeVisitableExt::error_reported(&self),
        }
    }
}
