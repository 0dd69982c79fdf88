//! Expressions. Start with [`FnCtxt::check_expr_with_expectation_and_args`]; one file per kind below `expr/`.

mod aggregate;
mod assign;
mod control;
mod field;
mod field_errors;
mod index;
mod lit;
mod misc;
mod path;
mod structs;
mod unary;

use diagnostics::Diag;
use hir::ExprKind;
use ty::Ty;
use ty::adjustment::{Adjust, Adjustment};

use crate::expectation::Expectation::{self, *};
use crate::{FnCtxt, Needs};

impl<'a, 'tcx> FnCtxt<'a, 'tcx> {
    /// Checks an expression whose type must be exactly (a subtype of) `expected_ty`; no coercion but of `!`.
    pub(crate) fn check_expr_has_type_or_error(
        &self,
        expr: &'tcx hir::Expr<'tcx>,
        expected_ty: Ty<'tcx>,
        extend_err: impl FnOnce(&mut Diag<'_>),
    ) -> Ty<'tcx> {
        let mut ty = self.check_expr_with_expectation(expr, ExpectHasType(expected_ty));

        // A value of type `!` is of any type.
        if self.try_structurally_resolve_type(expr.span, ty).is_never()
            && self.expr_guaranteed_to_constitute_read_for_never(expr)
        {
            if let Some(adj) = self.typeck_results.borrow().adjustments().get(expr.hir_id) {
                let reported =
                    self.dcx().span_delayed_bug(expr.span, format!("adjustments before a `!` is coerced: {adj:?}"));
                return Ty::new_error(*self.tcx, reported);
            }
            let adj_ty = self.next_ty_var(expr.span);
            self.apply_adjustments(expr, vec![Adjustment { kind: Adjust::NeverToAny, target: adj_ty }]);
            ty = adj_ty;
        }

        if let Some(mut err) = self.demand_suptype_diag(expr.span, expected_ty, ty) {
            self.emit_type_mismatch_suggestions(&mut err, expr.peel_drop_temps(), ty, expected_ty, None);
            extend_err(&mut err);
            self.emit(err);
        }
        ty
    }

    /// Checks an expression and coerces it to `expected`; gives the type before the coercion failed, or after.
    pub(crate) fn check_expr_coercible_to_type(
        &self,
        expr: &'tcx hir::Expr<'tcx>,
        expected: Ty<'tcx>,
        expected_ty_expr: Option<&'tcx hir::Expr<'tcx>>,
    ) -> Ty<'tcx> {
        self.check_expr_coercible_to_type_or_error(expr, expected, expected_ty_expr, |_, _| {})
    }

    pub(crate) fn check_expr_coercible_to_type_or_error(
        &self,
        expr: &'tcx hir::Expr<'tcx>,
        expected: Ty<'tcx>,
        expected_ty_expr: Option<&'tcx hir::Expr<'tcx>>,
        extend_err: impl FnOnce(&mut Diag<'_>, Ty<'tcx>),
    ) -> Ty<'tcx> {
        let ty = self.check_expr_with_hint(expr, expected);
        match self.demand_coerce_diag(expr, ty, expected, expected_ty_expr, ty::adjustment::AllowTwoPhase::No) {
            Ok(ty) => ty,
            Err(mut err) => {
                extend_err(&mut err, ty);
                self.emit(err);
                // The expected type keeps later errors sensible.
                expected
            }
        }
    }

    pub(crate) fn check_expr_with_hint(&self, expr: &'tcx hir::Expr<'tcx>, expected: Ty<'tcx>) -> Ty<'tcx> {
        self.check_expr_with_expectation(expr, ExpectHasType(expected))
    }

    fn check_expr_with_expectation_and_needs(
        &self,
        expr: &'tcx hir::Expr<'tcx>,
        expected: Expectation<'tcx>,
        needs: Needs,
    ) -> Ty<'tcx> {
        let ty = self.check_expr_with_expectation(expr, expected);
        if matches!(needs, Needs::MutPlace) {
            self.convert_place_derefs_to_mutable(expr);
        }
        ty
    }

    pub(crate) fn check_expr(&self, expr: &'tcx hir::Expr<'tcx>) -> Ty<'tcx> {
        self.check_expr_with_expectation(expr, NoExpectation)
    }

    pub(crate) fn check_expr_with_needs(&self, expr: &'tcx hir::Expr<'tcx>, needs: Needs) -> Ty<'tcx> {
        self.check_expr_with_expectation_and_needs(expr, NoExpectation, needs)
    }

    pub(crate) fn check_expr_with_expectation(
        &self,
        expr: &'tcx hir::Expr<'tcx>,
        expected: Expectation<'tcx>,
    ) -> Ty<'tcx> {
        self.check_expr_with_expectation_and_args(expr, expected, None)
    }

    /// Checks an expression; `call_expr_and_args` if it is what is called, for better errors.
    ///
    /// Keeps track of divergence: the lint for unreachable expressions, and that a `!` diverges.
    pub(crate) fn check_expr_with_expectation_and_args(
        &self,
        expr: &'tcx hir::Expr<'tcx>,
        expected: Expectation<'tcx>,
        call_expr_and_args: Option<(&'tcx hir::Expr<'tcx>, &'tcx [hir::Expr<'tcx>])>,
    ) -> Ty<'tcx> {
        self.warn_if_unreachable(expr.hir_id, expr.span, "expression");

        let old_diverges = self.diverges.replace(Diverges::Maybe);

        let ty = match expr.kind {
            ExprKind::Path(qpath @ (hir::QPath::Resolved(..) | hir::QPath::TypeRelative(..))) => {
                let _ = qpath;
                self.check_expr_path(expr, call_expr_and_args)
            }
            _ => self.check_expr_kind(expr, expected),
        };
        let ty = self.resolve_vars_if_possible(ty);

        // Non-block expressions that were reached only after something diverged are reported here.
        match expr.kind {
            ExprKind::Block(..) | ExprKind::If(..) | ExprKind::Let(..) | ExprKind::Loop(..) | ExprKind::Match(..) => {}
            // `async` blocks and `?` end in compiler-made calls.
            ExprKind::Call(..) if expr.span.is_desugaring(span::DesugaringKind::Async) => {}
            ExprKind::Call(callee, _) => {
                self.warn_if_unreachable(expr.hir_id, callee.span, "call");
            }
            ExprKind::MethodCall(segment, ..) => {
                self.warn_if_unreachable(expr.hir_id, segment.ident.span, "call");
            }
            _ => self.warn_if_unreachable(expr.hir_id, expr.span, "expression"),
        }

        // Any expression that produces a value of type `!` must have diverged.
        if self.try_structurally_resolve_type(expr.span, ty).is_never()
            && self.expr_guaranteed_to_constitute_read_for_never(expr)
        {
            self.diverges.set(self.diverges.get() | Diverges::always(expr.span));
        }

        self.write_ty(expr.hir_id, ty);
        self.diverges.set(self.diverges.get() | old_diverges);
        ty
    }

    fn check_expr_kind(&self, expr: &'tcx hir::Expr<'tcx>, expected: Expectation<'tcx>) -> Ty<'tcx> {
        let tcx = self.tcx;
        match expr.kind {
            ExprKind::Lit(ref lit) => self.check_expr_lit(lit, expected),
            ExprKind::Binary(op, lhs, rhs) => self.check_expr_binop(expr, op, lhs, rhs, expected),
            ExprKind::Assign(lhs, rhs, span) => self.check_expr_assign(expr, expected, lhs, rhs, span),
            ExprKind::AssignOp(op, lhs, rhs) => self.check_expr_assign_op(expr, op, lhs, rhs, expected),
            ExprKind::Unary(unop, oprnd) => self.check_expr_unop(unop, oprnd, expected, expr),
            ExprKind::AddrOf(kind, mutbl, oprnd) => self.check_expr_addr_of(kind, mutbl, oprnd, expected, expr),
            ExprKind::Path(hir::QPath::LangItem(lang_item, _)) => self.check_lang_item_path(lang_item, expr),
            ExprKind::Path(_) => self.check_expr_path(expr, None),
            ExprKind::InlineAsm(asm) => {
                self.deferred_asm_checks.borrow_mut().push((asm, expr.hir_id));
                self.check_expr_asm(asm, expr.span)
            }
            ExprKind::OffsetOf(container, fields) => self.check_expr_offset_of(container, fields, expr),
            ExprKind::Break(destination, expr_opt) => self.check_expr_break(destination, expr_opt, expr),
            ExprKind::Continue(destination) => self.check_expr_continue(destination, expr),
            ExprKind::Ret(expr_opt) => self.check_expr_return(expr_opt, expr),
            ExprKind::Become(call) => self.check_expr_become(call, expr),
            ExprKind::Let(let_expr) => self.check_expr_let(let_expr, expr.hir_id),
            ExprKind::Loop(body, _, source, _) => self.check_expr_loop(body, source, expected, expr),
            ExprKind::Match(discrim, arms, match_src) => {
                self.check_expr_match(expr, discrim, arms, expected, match_src)
            }
            ExprKind::Closure(closure) => self.check_expr_closure(closure, expr.span, expected),
            ExprKind::Block(body, _) => self.check_expr_block(body, expected),
            ExprKind::Call(callee, args) => self.check_expr_call(expr, callee, args, expected),
            ExprKind::Use(used_expr, _) => self.check_expr_use(used_expr, expected),
            ExprKind::MethodCall(segment, receiver, args, _) => {
                self.check_expr_method_call(expr, segment, receiver, args, expected)
            }
            ExprKind::Cast(e, t) => self.check_expr_cast(e, t, expr),
            ExprKind::Type(e, t) => {
                let ascribed_ty = self.lower_ty_saving_user_provided_ty(t);
                self.check_expr_has_type_or_error(e, ascribed_ty, |_| {})
            }
            ExprKind::If(cond, then_expr, opt_else_expr) => {
                self.check_expr_if(expr.hir_id, cond, then_expr, opt_else_expr, expr.span, expected)
            }
            ExprKind::DropTemps(e) => self.check_expr_with_expectation(e, expected),
            ExprKind::Array(args) => self.check_expr_array(args, expected, expr),
            ExprKind::ConstBlock(ref block) => self.check_expr_const_block(block, expected),
            ExprKind::Repeat(element, count) => self.check_expr_repeat(element, count, expected, expr),
            ExprKind::Tup(elts) => self.check_expr_tuple(elts, expected, expr),
            ExprKind::Struct(qpath, fields, ref base_expr) => {
                self.check_expr_struct(expr, expected, qpath, fields, base_expr)
            }
            ExprKind::Field(base, field) => self.check_expr_field(expr, base, field, expected),
            ExprKind::Index(base, idx, brackets_span) => self.check_expr_index(base, idx, expr, brackets_span),
            ExprKind::Yield(value, _) => self.check_expr_yield(value, expr),
            ExprKind::UnsafeBinderCast(kind, inner_expr, ty) => {
                let _ = (kind, ty);
                self.check_expr(inner_expr);
                let e = self.dcx().span_unsupported(expr.span, "unsafe binder cast");
                self.set_tainted_by_errors(e);
                Ty::new_error(*tcx, e)
            }
            ExprKind::Err(guar) => {
                self.set_tainted_by_errors(guar);
                Ty::new_error(*tcx, guar)
            }
        }
    }

    /// Whether evaluating the expression reads a value: a place of type `!` that is only borrowed or ignored has
    /// not diverged.
    pub(crate) fn expr_guaranteed_to_constitute_read_for_never(&self, expr: &'tcx hir::Expr<'tcx>) -> bool {
        // Not a place: a value was made.
        if !expr.is_syntactic_place_expr() {
            return true;
        }
        match self.tcx.parent_hir_node(expr.hir_id) {
            hir::Node::Expr(parent) => match parent.kind {
                // Borrowed, projected or assigned to, not read.
                ExprKind::AddrOf(..) | ExprKind::Field(..) => false,
                ExprKind::Type(..) | ExprKind::UnsafeBinderCast(..) => {
                    self.expr_guaranteed_to_constitute_read_for_never(parent)
                }
                ExprKind::Assign(target, _, _) | ExprKind::AssignOp(_, target, _) => target.hir_id != expr.hir_id,
                ExprKind::Match(scrutinee, arms, _) => {
                    scrutinee.hir_id != expr.hir_id
                        || arms.iter().any(|arm| self.pat_guaranteed_to_constitute_read_for_never(arm.pat))
                }
                ExprKind::Let(hir::LetExpr { init, pat, .. }) => {
                    init.hir_id != expr.hir_id || self.pat_guaranteed_to_constitute_read_for_never(pat)
                }
                _ => true,
            },
            // `let _ = place;` does not read.
            hir::Node::LetStmt(hir::LetStmt { pat, .. }) => self.pat_guaranteed_to_constitute_read_for_never(pat),
            _ => true,
        }
    }

    /// Whether matching the pattern reads the place.
    pub(crate) fn pat_guaranteed_to_constitute_read_for_never(&self, pat: &hir::Pat<'_>) -> bool {
        use hir::PatKind;
        match pat.kind {
            PatKind::Missing | PatKind::Err(_) | PatKind::Wild => false,
            PatKind::Guard(p, _) => self.pat_guaranteed_to_constitute_read_for_never(p),
            PatKind::Or(subpats) => subpats.iter().any(|p| self.pat_guaranteed_to_constitute_read_for_never(p)),
            PatKind::Never
            | PatKind::Binding(..)
            | PatKind::Struct(..)
            | PatKind::TupleStruct(..)
            | PatKind::Tuple(..)
            | PatKind::Box(_)
            | PatKind::Ref(..)
            | PatKind::Deref(_)
            | PatKind::Expr(_)
            | PatKind::Range(..)
            | PatKind::Slice(..) => true,
        }
    }

    /// Whether an expression is the left side of an assignment, or a place in general after adjustment.
    pub(crate) fn is_place_expr_after_adjustment(&self, expr: &hir::Expr<'_>) -> bool {
        expr.is_place_expr(|base| {
            // A projection from an rvalue reached by an implicit dereference is a place.
            self.typeck_results
                .borrow()
                .adjustments()
                .get(base.hir_id)
                .is_some_and(|x| x.iter().any(|adj| matches!(adj.kind, Adjust::Deref(_))))
        })
    }
}

use crate::diverges::Diverges;
