//! Operators: built in for scalars, else calls of the `core::ops` and `core::cmp` traits.

use diagnostics::Diag;
use diagnostics::codes::*;
use hir::{AssignOpKind, BinOpKind, ExprKind, UnOp};
use span::def_id::DefId;
use span::{Span, Spanned, Symbol};
use trait_solve::traits::{FulfillmentError, Obligation, ObligationCauseCode, ObligationCtxt};
use ty::adjustment::{Adjust, Adjustment, AllowTwoPhase, AutoBorrow, AutoBorrowMutability};
use ty::{InferTy, TraitRef, Ty, TyKind, TypeVisitableExt};

use crate::FnCtxt;
use crate::expectation::Expectation;
use crate::method::MethodCallee;

/// A binary operator, with or without assignment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Op {
    BinOp(Spanned<BinOpKind>),
    AssignOp(Spanned<AssignOpKind>),
}

/// Binary operator categories. These categories summarize the behavior with respect to the builtin operations supported.
#[derive(Clone, Copy)]
enum BinOpCategory {
    /// &&, || -- cannot be overridden
    Shortcircuit,
    /// <<, >> -- when shifting a single integer, rhs can be any integer type. For simd, types must match.
    Shift,
    /// +, -, etc -- takes equal types, produces same type as input, applicable to ints/floats/simd
    Math,
    /// &, |, ^ -- takes equal types, produces same type as input, applicable to ints/floats/simd/bool
    Bitwise,
    /// ==, !=, etc -- takes equal types, produces bools, except for simd, which produce the input type
    Comparison,
}

impl From<BinOpKind> for BinOpCategory {
    fn from(op: BinOpKind) -> BinOpCategory {
        use BinOpKind::*;
        match op {
            Shl | Shr => BinOpCategory::Shift,
            Add | Sub | Mul | Div | Rem => BinOpCategory::Math,
            BitXor | BitAnd | BitOr => BinOpCategory::Bitwise,
            Eq | Ne | Lt | Le | Ge | Gt => BinOpCategory::Comparison,
            And | Or => BinOpCategory::Shortcircuit,
        }
    }
}

fn assign_kind(op: AssignOpKind) -> BinOpKind {
    op.into()
}

impl Op {
    fn span(&self) -> Span {
        match self {
            Op::BinOp(op) => op.span,
            Op::AssignOp(op) => op.span,
        }
    }
    fn kind(&self) -> BinOpKind {
        match self {
            Op::BinOp(op) => op.node,
            Op::AssignOp(op) => assign_kind(op.node),
        }
    }
    fn as_str(&self) -> String {
        match self {
            Op::BinOp(op) => op.node.as_str().to_string(),
            Op::AssignOp(op) => format!("{}=", assign_kind(op.node).as_str()),
        }
    }
}

impl<'a, 'tcx> FnCtxt<'a, 'tcx> {
    /// Checks a `a <op>= b`
    pub(crate) fn check_expr_assign_op(
        &self,
        expr: &'tcx hir::Expr<'tcx>,
        op: Spanned<AssignOpKind>,
        lhs: &'tcx hir::Expr<'tcx>,
        rhs: &'tcx hir::Expr<'tcx>,
        expected: Expectation<'tcx>,
    ) -> Ty<'tcx> {
        let (lhs_ty, rhs_ty, return_ty) = self.check_overloaded_binop(expr, lhs, rhs, Op::AssignOp(op), expected);
        let category = BinOpCategory::from(assign_kind(op.node));
        let ty = if !lhs_ty.is_ty_var() && !rhs_ty.is_ty_var() && is_builtin_binop(lhs_ty, rhs_ty, category) {
            self.enforce_builtin_binop_types(lhs.span, lhs_ty, rhs.span, rhs_ty, category);
            self.tcx.mk_unit()
        } else {
            return_ty
        };
        self.check_lhs_assignable(lhs, E0067, op.span, |err| {
            let _ = err;
        });
        ty
    }

    /// Checks a potentially overloaded binary operator.
    pub(crate) fn check_expr_binop(
        &self,
        expr: &'tcx hir::Expr<'tcx>,
        op: hir::BinOp,
        lhs_expr: &'tcx hir::Expr<'tcx>,
        rhs_expr: &'tcx hir::Expr<'tcx>,
        expected: Expectation<'tcx>,
    ) -> Ty<'tcx> {
        let tcx = self.tcx;
        match BinOpCategory::from(op.node) {
            BinOpCategory::Shortcircuit => {
                // && and || are a simple case.
                self.check_expr_coercible_to_type(lhs_expr, tcx.types().bool, None);
                let lhs_diverges = self.diverges.get();
                self.check_expr_coercible_to_type(rhs_expr, tcx.types().bool, None);
                // Depending on the LHS' value, the RHS can never execute.
                self.diverges.set(lhs_diverges);
                tcx.types().bool
            }
            category => {
                // Otherwise, we just treat operators as if they are overloaded. This is the way to be "safe".
                let (lhs_ty, rhs_ty, return_ty) =
                    self.check_overloaded_binop(expr, lhs_expr, rhs_expr, Op::BinOp(op), expected);

                // Supply type inference hints if relevant. Probably these hints should be enforced during select as
                // part of the `consider_unification_despite_ambiguity` routine, but this more convenient for now.
                //
                // The basic idea is that if both LHS and RHS have builtin scalar types, and the operator is builtin,
                // then the result is as well.
                if !lhs_ty.is_ty_var() && !rhs_ty.is_ty_var() && is_builtin_binop(lhs_ty, rhs_ty, category) {
                    let builtin_return_ty =
                        self.enforce_builtin_binop_types(lhs_expr.span, lhs_ty, rhs_expr.span, rhs_ty, category);
                    self.demand_eqtype(expr.span, builtin_return_ty, return_ty);
                    builtin_return_ty
                } else {
                    return_ty
                }
            }
        }
    }

    fn enforce_builtin_binop_types(
        &self,
        lhs_span: Span,
        lhs_ty: Ty<'tcx>,
        rhs_span: Span,
        rhs_ty: Ty<'tcx>,
        category: BinOpCategory,
    ) -> Ty<'tcx> {
        // Special-case a single layer of reference, so that things like `5.0 + &6.0f32` are allowed. (See
        // https://github.com/rust-lang/rust/issues/57447.)
        let (lhs_ty, rhs_ty) = (deref_ty_if_possible(lhs_ty), deref_ty_if_possible(rhs_ty));
        let tcx = self.tcx;
        match category {
            BinOpCategory::Shortcircuit => {
                self.demand_suptype(lhs_span, tcx.types().bool, lhs_ty);
                self.demand_suptype(rhs_span, tcx.types().bool, rhs_ty);
                tcx.types().bool
            }
            // result type is same as LHS type
            BinOpCategory::Shift => lhs_ty,
            BinOpCategory::Math | BinOpCategory::Bitwise => {
                // both LHS and RHS and result will have the same type
                self.demand_suptype(rhs_span, lhs_ty, rhs_ty);
                lhs_ty
            }
            BinOpCategory::Comparison => {
                // both LHS and RHS and result will have the same type
                self.demand_suptype(rhs_span, lhs_ty, rhs_ty);
                tcx.types().bool
            }
        }
    }

    /// Operators on scalars of one type need no trait: the result, if both sides are seen to be such.
    fn builtin_fast_path(&self, op: Op, lhs_ty: Ty<'tcx>, rhs_ty: Ty<'tcx>) -> Option<Ty<'tcx>> {
        let class = |t: Ty<'tcx>| match t.kind() {
            TyKind::Int(_) | TyKind::Uint(_) | TyKind::Infer(InferTy::IntVar(_)) => Some(0),
            TyKind::Float(_) | TyKind::Infer(InferTy::FloatVar(_)) => Some(1),
            TyKind::Bool => Some(2),
            TyKind::Char => Some(3),
            _ => None,
        };
        let (l, r) = (class(lhs_ty)?, class(rhs_ty)?);
        if l != r {
            return None;
        }
        let category = BinOpCategory::from(op.kind());
        if !is_builtin_binop(lhs_ty, rhs_ty, category) {
            return None;
        }
        let is_var = |t: Ty<'tcx>| matches!(t.kind(), TyKind::Infer(_));
        match category {
            // Any two integers; a variable falls back by itself.
            BinOpCategory::Shift => {}
            _ if lhs_ty == rhs_ty || is_var(lhs_ty) || is_var(rhs_ty) => {}
            _ => return None,
        }
        Some(match (op, category) {
            (Op::AssignOp(_), _) => self.tcx.mk_unit(),
            (_, BinOpCategory::Comparison) => self.tcx.types().bool,
            _ => lhs_ty,
        })
    }

    fn check_overloaded_binop(
        &self,
        expr: &'tcx hir::Expr<'tcx>,
        lhs_expr: &'tcx hir::Expr<'tcx>,
        rhs_expr: &'tcx hir::Expr<'tcx>,
        op: Op,
        expected: Expectation<'tcx>,
    ) -> (Ty<'tcx>, Ty<'tcx>, Ty<'tcx>) {
        let lhs_ty = match op {
            Op::BinOp(_) => {
                // Find a suitable supertype of the LHS expression's type, by coercing to a type variable, to pass as the
                // `Self` to the trait, avoiding invariant trait matching. This is necessary in order to reborrow.
                let lhs_ty = self.check_expr(lhs_expr);
                let lhs_ty = self.resolve_vars_with_obligations(lhs_ty);
                if matches!(
                    lhs_ty.kind(),
                    TyKind::Int(_) | TyKind::Uint(_) | TyKind::Float(_) | TyKind::Bool | TyKind::Char
                ) {
                    lhs_ty
                } else {
                    let fresh_var = self.next_ty_var(lhs_expr.span);
                    self.demand_coerce(lhs_expr, lhs_ty, fresh_var)
                }
            }
            Op::AssignOp(_) => {
                // rust-lang/rust#52126: We have to use strict equivalence here.
                self.check_expr(lhs_expr)
            }
        };
        let lhs_ty = self.resolve_vars_with_obligations(lhs_ty);

        // Scalars: the right side's type cannot depend on the left one's by way of traits.
        let is_scalar = matches!(
            lhs_ty.kind(),
            TyKind::Int(_)
                | TyKind::Uint(_)
                | TyKind::Float(_)
                | TyKind::Bool
                | TyKind::Char
                | TyKind::Infer(InferTy::IntVar(_) | InferTy::FloatVar(_))
        );
        let mut checked_rhs = None;
        if is_scalar {
            let rhs_ty = match op.kind() {
                // `u8 == x.into()`: only one type can be compared with.
                k if k.is_comparison() && !lhs_ty.is_ty_infer() => self.check_expr_with_hint(rhs_expr, lhs_ty),
                _ => self.check_expr(rhs_expr),
            };
            let rhs_ty = self.resolve_vars_with_obligations(rhs_ty);
            if rhs_ty.is_never() || rhs_ty.is_ty_var() {
                checked_rhs = Some(rhs_ty);
            } else if let Some(result) = self.builtin_fast_path(op, lhs_ty, rhs_ty) {
                if let Op::AssignOp(_) = op {
                    self.convert_place_derefs_to_mutable(lhs_expr);
                }
                return (lhs_ty, rhs_ty, result);
            } else {
                checked_rhs = Some(rhs_ty);
            }
        }

        // N.B., as we have not yet type-checked the RHS, we don't have the type at hand. Make a variable to represent
        // it. The whole reason for this indirection is so that, below, we can check the expr using this variable as
        // the expected type, which sometimes lets us do better coercions than we would be able to do otherwise.
        let rhs_ty_var = self.next_ty_var(rhs_expr.span);
        let result = self.lookup_op_method((lhs_expr, lhs_ty), Some((rhs_expr, rhs_ty_var)), op, expected);

        // see `NB` above
        let rhs_ty = match checked_rhs {
            None => self.check_expr_coercible_to_type_or_error(rhs_expr, rhs_ty_var, Some(lhs_expr), |_, _| {}),
            Some(ty) => match self.demand_coerce_diag(rhs_expr, ty, rhs_ty_var, Some(lhs_expr), AllowTwoPhase::No) {
                Ok(ty) => ty,
                Err(diag) => {
                    self.emit(diag);
                    rhs_ty_var
                }
            },
        };
        let rhs_ty = self.resolve_vars_with_obligations(rhs_ty);

        let return_ty = match result {
            Ok(method) => {
                let by_ref_binop = op.kind().is_comparison();
                if matches!(op, Op::AssignOp(_)) || by_ref_binop {
                    if let TyKind::Ref(_, _, mutbl) = *method.sig.inputs()[0].kind() {
                        let mutbl = AutoBorrowMutability::new(mutbl, AllowTwoPhase::Yes);
                        let autoref =
                            Adjustment { kind: Adjust::Borrow(AutoBorrow::Ref(mutbl)), target: method.sig.inputs()[0] };
                        self.push_adjustment(lhs_expr, autoref);
                        if let AutoBorrowMutability::Mut { .. } = mutbl {
                            self.convert_place_derefs_to_mutable(lhs_expr);
                        }
                    }
                }
                if by_ref_binop {
                    if let TyKind::Ref(_, _, mutbl) = *method.sig.inputs()[1].kind() {
                        // Allow two-phase borrows for binops in initial deployment since they just add implicit borrows.
                        let mutbl = AutoBorrowMutability::new(mutbl, AllowTwoPhase::Yes);
                        let autoref =
                            Adjustment { kind: Adjust::Borrow(AutoBorrow::Ref(mutbl)), target: method.sig.inputs()[1] };
                        // Bypass checks due to reborrows being in some cases applied on the RHS, on top of which we
                        // need to autoref.
                        self.push_adjustment(rhs_expr, autoref);
                    }
                }
                self.write_method_call_and_enforce_effects(expr.hir_id, expr.span, method);
                method.sig.output()
            }
            // error types are considered "builtin"
            Err(_) if lhs_ty.references_error() || rhs_ty.references_error() => {
                let guar = lhs_ty
                    .error_reported()
                    .and_then(|()| rhs_ty.error_reported())
                    .err()
                    .unwrap_or_else(|| self.dcx().delayed_bug("error in operand"));
                Ty::new_error(*self.tcx, guar)
            }
            Err(errors) => {
                let guar = self.report_binop_error(op, lhs_expr, lhs_ty, rhs_expr, rhs_ty, errors, expr, expected);
                Ty::new_error(*self.tcx, guar)
            }
        };
        (lhs_ty, rhs_ty, return_ty)
    }

    fn push_adjustment(&self, expr: &hir::Expr<'_>, adj: Adjustment<'tcx>) {
        self.typeck_results.borrow_mut().adjustments.entry(expr.hir_id.local_id).or_default().push(adj);
    }

    fn report_binop_error(
        &self,
        op: Op,
        lhs_expr: &'tcx hir::Expr<'tcx>,
        lhs_ty: Ty<'tcx>,
        rhs_expr: &'tcx hir::Expr<'tcx>,
        rhs_ty: Ty<'tcx>,
        errors: Vec<FulfillmentError<'tcx>>,
        expr: &'tcx hir::Expr<'tcx>,
        _expected: Expectation<'tcx>,
    ) -> span::ErrorGuaranteed {
        let lhs_ty = self.resolve_vars_if_possible(lhs_ty);
        let rhs_ty = self.resolve_vars_if_possible(rhs_ty);
        let lhs_ty_str = self.ty_to_string(lhs_ty);
        let rhs_ty_str = self.ty_to_string(rhs_ty);
        let mut err = match op {
            Op::AssignOp(assign_op) => {
                let s = op.as_str();
                let mut err = self.err(
                    expr.span,
                    E0368,
                    format!("binary assignment operation `{s}` cannot be applied to type `{lhs_ty_str}`"),
                );
                err.span_label(lhs_expr.span, format!("cannot use `{s}` on type `{lhs_ty_str}`"));
                let _ = assign_op;
                self.note_unmet_impls_on_type(&mut err, &errors);
                err
            }
            Op::BinOp(bin_op) => {
                let message = match bin_op.node {
                    BinOpKind::Add => format!("cannot add `{rhs_ty_str}` to `{lhs_ty_str}`"),
                    BinOpKind::Sub => format!("cannot subtract `{rhs_ty_str}` from `{lhs_ty_str}`"),
                    BinOpKind::Mul => format!("cannot multiply `{lhs_ty_str}` by `{rhs_ty_str}`"),
                    BinOpKind::Div => format!("cannot divide `{lhs_ty_str}` by `{rhs_ty_str}`"),
                    BinOpKind::Rem => {
                        format!("cannot calculate the remainder of `{lhs_ty_str}` divided by `{rhs_ty_str}`")
                    }
                    BinOpKind::BitAnd | BinOpKind::BitXor | BinOpKind::BitOr | BinOpKind::Shl | BinOpKind::Shr => {
                        format!("no implementation for `{lhs_ty_str} {} {rhs_ty_str}`", bin_op.node.as_str())
                    }
                    _ => {
                        format!("binary operation `{}` cannot be applied to type `{lhs_ty_str}`", bin_op.node.as_str())
                    }
                };
                let mut err = self.err(bin_op.span, E0369, message);
                if !lhs_expr.span.source_equal(rhs_expr.span) {
                    err.span_label(lhs_expr.span, lhs_ty_str.clone());
                    err.span_label(rhs_expr.span, rhs_ty_str.clone());
                }
                self.note_unmet_impls_on_type(&mut err, &errors);
                err
            }
        };
        self.suggest_op_fix(&mut err, op, lhs_expr, lhs_ty, rhs_expr, rhs_ty);
        self.emit(err)
    }

    fn note_unmet_impls_on_type(&self, err: &mut Diag<'_>, errors: &[FulfillmentError<'tcx>]) {
        let mut missing: Vec<(DefId, DefId, String)> = Vec::new();
        for e in errors {
            if let ty::PredicateKind::Clause(ty::ClauseKind::Trait(t)) = e.obligation.predicate.kind().skip_binder() {
                let t = self.resolve_vars_if_possible(t.trait_ref);
                if let TyKind::Adt(def, _) = *t.self_ty().kind() {
                    if def.did().is_local() {
                        missing.push((def.did(), t.def_id, self.trait_ref_path(t)));
                    }
                } else if let TyKind::Param(p) = *t.self_ty().kind() {
                    self.suggest_param_bound(err, p, t);
                }
            }
        }
        for (adt, _, path) in missing {
            let sp = self.tcx.def_span(adt);
            let mut spans = diagnostics::MultiSpan::from(sp);
            spans.push_span_label(sp, format!("must implement `{path}`"));
            err.span_note(
                spans,
                format!("an implementation of `{path}` might be missing for `{}`", self.tcx.def_path_str(adt)),
            );
        }
        let unsatisfied: Vec<_> = errors.iter().map(|e| (e.obligation.predicate, None, None)).collect();
        self.suggest_derives(err, &unsatisfied);
    }

    fn suggest_param_bound(&self, err: &mut Diag<'_>, p: ty::ParamTy, t: TraitRef<'tcx>) {
        let root = self.tcx.typeck_root_def_id(self.body_id.to_def_id());
        let def = self.tcx.type_param_def(self.tcx.generics_of(root), p);
        if def.kind.is_synthetic() || p.name == span::kw::SelfUpper {
            return;
        }
        let sp = self.tcx.def_span(def.def_id);
        err.span_suggestion_verbose(
            sp.shrink_to_hi(),
            format!("consider restricting type parameter `{}` with trait `{}`", p.name, self.tcx.item_name(t.def_id)),
            format!(": {}", self.trait_ref_path(t)),
            diagnostics::Applicability::MachineApplicable,
        );
    }

    fn trait_ref_path(&self, t: TraitRef<'tcx>) -> String {
        let path = self.tcx.def_path_str(t.def_id);
        match t.args.types().nth(1) {
            Some(arg) if arg != t.self_ty() && !arg.is_ty_var() => format!("{path}<{arg}>"),
            _ => path,
        }
    }

    fn suggest_op_fix(
        &self,
        err: &mut Diag<'_>,
        op: Op,
        lhs_expr: &'tcx hir::Expr<'tcx>,
        lhs_ty: Ty<'tcx>,
        _rhs_expr: &'tcx hir::Expr<'tcx>,
        rhs_ty: Ty<'tcx>,
    ) {
        // `&str + &str`: to_owned.
        let is_str = |t: Ty<'tcx>| t.peel_refs().is_str();
        let is_string = |t: Ty<'tcx>| matches!(t.peel_refs().kind(), TyKind::Adt(def, _) if self.tcx.is_lang_item(def.did(), hir::LangItem::String));
        if op.kind() == BinOpKind::Add && matches!(op, Op::BinOp(_)) {
            if lhs_ty.is_ref() && (is_str(lhs_ty) || is_string(lhs_ty)) && (is_str(rhs_ty) || is_string(rhs_ty)) {
                err.span_label(op.span(), "`+` cannot be used to concatenate two `&str` strings");
                err.note("string concatenation requires an owned `String` on the left");
                err.span_suggestion_verbose(
                    lhs_expr.span.shrink_to_hi(),
                    "create an owned `String` from a string reference",
                    ".to_owned()",
                    diagnostics::Applicability::MachineApplicable,
                );
                return;
            }
        }
        // `&a + b`: dereference.
        if let TyKind::Ref(_, inner, _) = *lhs_ty.kind() {
            if self.implements_op(op, inner, rhs_ty) && self.is_copy(inner) {
                let s = op.as_str();
                err.span_suggestion_verbose(
                    lhs_expr.span.shrink_to_lo(),
                    format!("`{s}` can be used on `{inner}` if you dereference the left-hand side"),
                    "*",
                    diagnostics::Applicability::MaybeIncorrect,
                );
            }
        }
    }

    pub(crate) fn is_copy(&self, ty: Ty<'tcx>) -> bool {
        self.root_ctxt.infcx.type_is_copy_modulo_regions(self.param_env, ty)
    }

    fn implements_op(&self, op: Op, lhs: Ty<'tcx>, rhs: Ty<'tcx>) -> bool {
        let (_, Some(trait_did)) = self.lang_item_for_op(op) else {
            return false;
        };
        let pred = TraitRef::new(*self.tcx, trait_did, [lhs, rhs]);
        let o = Obligation::new(self.tcx, self.misc(span::DUMMY_SP), self.param_env, pred);
        self.predicate_may_hold(&o)
    }

    fn lang_item_for_op(&self, op: Op) -> (Symbol, Option<DefId>) {
        use span::sym;
        let lang = self.tcx.lang_items();
        match op {
            Op::AssignOp(a) => match assign_kind(a.node) {
                BinOpKind::Add => (sym::add_assign, lang.add_assign_trait()),
                BinOpKind::Sub => (sym::sub_assign, lang.sub_assign_trait()),
                BinOpKind::Mul => (sym::mul_assign, lang.mul_assign_trait()),
                BinOpKind::Div => (sym::div_assign, lang.div_assign_trait()),
                BinOpKind::Rem => (sym::rem_assign, lang.rem_assign_trait()),
                BinOpKind::BitXor => (sym::bitxor_assign, lang.bitxor_assign_trait()),
                BinOpKind::BitAnd => (sym::bitand_assign, lang.bitand_assign_trait()),
                BinOpKind::BitOr => (sym::bitor_assign, lang.bitor_assign_trait()),
                BinOpKind::Shl => (sym::shl_assign, lang.shl_assign_trait()),
                BinOpKind::Shr => (sym::shr_assign, lang.shr_assign_trait()),
                _ => (sym::add_assign, None),
            },
            Op::BinOp(b) => match b.node {
                BinOpKind::Add => (sym::add, lang.add_trait()),
                BinOpKind::Sub => (sym::sub, lang.sub_trait()),
                BinOpKind::Mul => (sym::mul, lang.mul_trait()),
                BinOpKind::Div => (sym::div, lang.div_trait()),
                BinOpKind::Rem => (sym::rem, lang.rem_trait()),
                BinOpKind::BitXor => (sym::bitxor, lang.bitxor_trait()),
                BinOpKind::BitAnd => (sym::bitand, lang.bitand_trait()),
                BinOpKind::BitOr => (sym::bitor, lang.bitor_trait()),
                BinOpKind::Shl => (sym::shl, lang.shl_trait()),
                BinOpKind::Shr => (sym::shr, lang.shr_trait()),
                BinOpKind::Lt => (sym::lt, lang.partial_ord_trait()),
                BinOpKind::Le => (sym::le, lang.partial_ord_trait()),
                BinOpKind::Ge => (sym::ge, lang.partial_ord_trait()),
                BinOpKind::Gt => (sym::gt, lang.partial_ord_trait()),
                BinOpKind::Eq => (sym::eq, lang.eq_trait()),
                BinOpKind::Ne => (sym::ne, lang.eq_trait()),
                BinOpKind::And | BinOpKind::Or => (sym::and, None),
            },
        }
    }

    fn lookup_op_method(
        &self,
        (lhs_expr, lhs_ty): (&'tcx hir::Expr<'tcx>, Ty<'tcx>),
        opt_rhs: Option<(&'tcx hir::Expr<'tcx>, Ty<'tcx>)>,
        op: Op,
        expected: Expectation<'tcx>,
    ) -> Result<MethodCallee<'tcx>, Vec<FulfillmentError<'tcx>>> {
        let (opname, trait_did) = self.lang_item_for_op(op);
        // Catches cases like #83893, where a lang item is declared with the wrong number of generic args.
        let Some(trait_did) = trait_did else {
            return Err(vec![]);
        };
        let (opt_rhs_expr, opt_rhs_ty) = match opt_rhs {
            Some((e, t)) => (Some(e), Some(t)),
            None => (None, None),
        };
        let cause = self.cause(
            op.span(),
            match opt_rhs_expr {
                Some(rhs) => ObligationCauseCode::BinOp {
                    lhs_hir_id: lhs_expr.hir_id,
                    rhs_hir_id: Some(rhs.hir_id),
                    rhs_span: Some(rhs.span),
                    rhs_is_lit: matches!(rhs.kind, ExprKind::Lit(_)),
                    output_ty: expected.only_has_type(self),
                },
                None => ObligationCauseCode::UnOp { hir_id: lhs_expr.hir_id },
            },
        );
        self.finish_op_lookup(cause, opname, trait_did, lhs_ty, opt_rhs_ty)
    }

    fn finish_op_lookup(
        &self,
        cause: trait_solve::traits::ObligationCause<'tcx>,
        opname: Symbol,
        trait_did: DefId,
        lhs_ty: Ty<'tcx>,
        opt_rhs_ty: Option<Ty<'tcx>>,
    ) -> Result<MethodCallee<'tcx>, Vec<FulfillmentError<'tcx>>> {
        match self.lookup_method_for_operator(cause.clone(), opname, trait_did, lhs_ty, opt_rhs_ty) {
            Some(ok) => {
                let method = self.register_infer_ok_obligations(ok);
                self.select_obligations_where_possible(|_| {});
                Ok(method)
            }
            None => {
                // This path may do some inference, so make sure we've really doomed so as not to accidentally
                // stabilize new inference.
                let args: Vec<Ty<'tcx>> = std::iter::once(lhs_ty).chain(opt_rhs_ty).collect();
                let mut all = args;
                let n = self.tcx.generics_of(trait_did).count();
                while all.len() < n {
                    all.push(self.next_ty_var(cause.span));
                }
                all.truncate(n);
                let pred = TraitRef::new(*self.tcx, trait_did, all);
                let ocx = ObligationCtxt::new_with_diagnostics(&self.root_ctxt.infcx);
                ocx.register_obligation(Obligation::new(self.tcx, cause, self.param_env, pred));
                Err(ocx.evaluate_obligations_error_on_ambiguity())
            }
        }
    }

    pub(crate) fn check_user_unop(
        &self,
        ex: &'tcx hir::Expr<'tcx>,
        operand_ty: Ty<'tcx>,
        op: UnOp,
        expected: Expectation<'tcx>,
    ) -> Ty<'tcx> {
        let _ = expected;
        // Built in: nothing to look up.
        match op {
            UnOp::Not if operand_ty.is_integral() || operand_ty.is_bool() => return operand_ty,
            UnOp::Neg
                if matches!(
                    operand_ty.kind(),
                    TyKind::Int(_) | TyKind::Float(_) | TyKind::Infer(InferTy::FloatVar(_))
                ) =>
            {
                return operand_ty;
            }
            _ => {}
        }
        let lang = self.tcx.lang_items();
        let (opname, trait_did) = match op {
            UnOp::Not => (span::sym::not, lang.not_trait()),
            _ => (span::sym::neg, lang.neg_trait()),
        };
        let op_str = if op == UnOp::Not { "!" } else { "-" };
        let cause = self.cause(ex.span, ObligationCauseCode::UnOp { hir_id: ex.hir_id });
        let result = match trait_did {
            Some(t) => self.finish_op_lookup(cause, opname, t, operand_ty, None),
            None => Err(vec![]),
        };
        match result {
            Ok(method) => {
                self.write_method_call_and_enforce_effects(ex.hir_id, ex.span, method);
                method.sig.output()
            }
            Err(errors) => {
                let actual = self.resolve_vars_if_possible(operand_ty);
                if let Err(guar) = actual.error_reported() {
                    return Ty::new_error(*self.tcx, guar);
                }
                let mut err = self
                    .err(
                        ex.span,
                        E0600,
                        format!("cannot apply unary operator `{op_str}` to type `{}`", self.ty_to_string(actual)),
                    )
                    .with_span_label(ex.span, format!("cannot apply unary operator `{op_str}`"));
                match actual.kind() {
                    TyKind::Uint(_) if op == UnOp::Neg => {
                        err.note("unsigned values cannot be negated");
                    }
                    TyKind::Str | TyKind::Never | TyKind::Char | TyKind::Tuple(_) | TyKind::Array(..) => {}
                    TyKind::Ref(_, lty, _) if lty.is_str() => {}
                    _ => self.note_unmet_impls_on_type(&mut err, &errors),
                }
                Ty::new_error(*self.tcx, self.emit(err))
            }
        }
    }
}

/// Dereferences a single level of immutable referencing.
fn deref_ty_if_possible<'tcx>(ty: Ty<'tcx>) -> Ty<'tcx> {
    match *ty.kind() {
        TyKind::Ref(_, ty, ty::Mutability::Not) => ty,
        _ => ty,
    }
}

/// Returns `true` if this is a built-in arithmetic operation (e.g., u32 + u32, i16x4 == i16x4) and false if these types
/// would have to be overloaded to be legal. There are two reasons that we distinguish builtin operations from overloaded
/// ones (vs trying to drive everything uniformly through the trait system and intrinsics or something like that).
fn is_builtin_binop<'tcx>(lhs: Ty<'tcx>, rhs: Ty<'tcx>, category: BinOpCategory) -> bool {
    // Special-case a single layer of reference, so that things like `5.0 + &6.0f32` are allowed.
    let (lhs, rhs) = (deref_ty_if_possible(lhs), deref_ty_if_possible(rhs));
    match category {
        BinOpCategory::Shortcircuit => true,
        BinOpCategory::Shift => {
            lhs.references_error() || rhs.references_error() || lhs.is_integral() && rhs.is_integral()
        }
        BinOpCategory::Math => {
            lhs.references_error()
                || rhs.references_error()
                || lhs.is_integral() && rhs.is_integral()
                || lhs.is_floating_point() && rhs.is_floating_point()
        }
        BinOpCategory::Bitwise => {
            lhs.references_error()
                || rhs.references_error()
                || lhs.is_integral() && rhs.is_integral()
                || lhs.is_floating_point() && rhs.is_floating_point()
                || lhs.is_bool() && rhs.is_bool()
        }
        BinOpCategory::Comparison => {
            lhs.references_error() || rhs.references_error() || lhs.is_scalar() && rhs.is_scalar()
        }
    }
}
