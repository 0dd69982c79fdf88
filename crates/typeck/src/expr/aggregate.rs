//! Tuples, arrays, repeat expressions and `const { .. }`.

use hir::ConstBlock;
use trait_solve::traits::ObligationCauseCode;
use ty::adjustment::AllowTwoPhase;
use ty::{Const, Ty, TyKind, TypeVisitableExt};

use crate::FnCtxt;
use crate::coercion::CoerceMany;
use crate::expectation::Expectation::{self, *};

impl<'a, 'tcx> FnCtxt<'a, 'tcx> {
    pub(crate) fn check_expr_tuple(
        &self,
        elts: &'tcx [hir::Expr<'tcx>],
        expected: Expectation<'tcx>,
        expr: &'tcx hir::Expr<'tcx>,
    ) -> Ty<'tcx> {
        let flds = expected.only_has_type(self).and_then(|ty| {
            match *self.try_structurally_resolve_type(expr.span, ty).kind() {
                TyKind::Tuple(flds) => Some(flds),
                _ => None,
            }
        });
        let elt_ts: Vec<_> = elts
            .iter()
            .enumerate()
            .map(|(i, e)| match flds.and_then(|fs| fs.get(i).copied()) {
                Some(ety) => {
                    let ty = self.check_expr_coercible_to_type_or_error(e, ety, None, |err, ty| {
                        // `(a, b)` for `(T)`: said by the tuple's length.
                        let _ = (err, ty);
                    });
                    if ty.references_error() { ty } else { ety }
                }
                None => self.check_expr_with_expectation(e, NoExpectation),
            })
            .collect();
        let tuple = self.tcx.mk_tup(&elt_ts);
        if let Err(guar) = tuple.error_reported() {
            Ty::new_error(*self.tcx, guar)
        } else {
            self.require_type_is_sized(tuple, expr.span, ObligationCauseCode::TupleInitializerSized);
            tuple
        }
    }

    pub(crate) fn check_expr_array(
        &self,
        args: &'tcx [hir::Expr<'tcx>],
        expected: Expectation<'tcx>,
        expr: &'tcx hir::Expr<'tcx>,
    ) -> Ty<'tcx> {
        let element_ty = if !args.is_empty() {
            let coerce_to = self.expected_array_element(expected, expr).unwrap_or_else(|| self.next_ty_var(expr.span));
            let mut coerce = CoerceMany::with_coercion_sites(coerce_to, args);
            for e in args {
                let e_ty = self.check_expr_with_hint(e, coerce_to);
                let cause = self.misc(e.span);
                coerce.coerce(self, &cause, e, e_ty);
            }
            coerce.complete(self)
        } else {
            self.next_ty_var(expr.span)
        };
        let array_len = args.len() as u64;
        self.suggest_array_len(expr, array_len);
        self.tcx.mk_array(element_ty, array_len)
    }

    fn expected_array_element(&self, expected: Expectation<'tcx>, expr: &hir::Expr<'_>) -> Option<Ty<'tcx>> {
        let ty = expected.to_option(self)?;
        self.try_structurally_resolve_type(expr.span, ty).builtin_index()
    }

    fn suggest_array_len(&self, _expr: &'tcx hir::Expr<'tcx>, _len: u64) {}

    pub(crate) fn check_expr_const_block(&self, block: &'tcx ConstBlock, expected: Expectation<'tcx>) -> Ty<'tcx> {
        let body = self.tcx.hir_body(block.body);
        // A body of its own inside this one.
        let def_id = block.def_id;
        let fcx = FnCtxt::new(self.root_ctxt, self.param_env, def_id);
        let ty = fcx.check_expr_with_expectation(body.value, expected);
        fcx.require_type_is_sized(ty, body.value.span, ObligationCauseCode::SizedConstOrStatic);
        fcx.write_ty(block.hir_id, ty);
        ty
    }

    pub(crate) fn check_expr_repeat(
        &self,
        element: &'tcx hir::Expr<'tcx>,
        count: &'tcx hir::ConstArg<'tcx>,
        expected: Expectation<'tcx>,
        expr: &'tcx hir::Expr<'tcx>,
    ) -> Ty<'tcx> {
        let tcx = self.tcx;
        let count_span = count.span;
        let count = self.try_structurally_resolve_const(
            count_span,
            self.normalize(count_span, self.lower_const_arg(count, tcx.types().usize)),
        );
        if let Some(count) = count.try_to_target_usize() {
            self.suggest_array_len(expr, count);
        }
        let uty = match expected {
            ExpectHasType(uty) => match *self.try_structurally_resolve_type(expr.span, uty).kind() {
                TyKind::Array(ty, _) | TyKind::Slice(ty) => Some(ty),
                _ => None,
            },
            _ => None,
        };
        let (element_ty, t) = match uty {
            Some(uty) => {
                self.check_expr_coercible_to_type(element, uty, None);
                (uty, uty)
            }
            None => {
                let ty = self.next_ty_var(element.span);
                let element_ty = self.check_expr_has_type_or_error(element, ty, |_| {});
                (element_ty, ty)
            }
        };
        if let Err(guar) = element_ty.error_reported() {
            return Ty::new_error(*tcx, guar);
        }
        // `Copy` is required only if more than one is made: checked when the length is known.
        self.deferred_repeat_expr_checks.borrow_mut().push((element, element_ty, count));
        let ty = tcx.mk_ty(TyKind::Array(t, count));
        self.register_wf_obligation(ty.into(), expr.span, ObligationCauseCode::WellFormed(None));
        ty
    }

    pub(crate) fn try_structurally_resolve_const(&self, _sp: span::Span, ct: Const<'tcx>) -> Const<'tcx> {
        let ct = self.resolve_vars_if_possible(ct);
        match ct.kind() {
            ty::ConstKind::Unevaluated(_) => self.try_evaluate_const(ct),
            _ => ct,
        }
    }

    /// The checks of `[x; n]` that waited for the length.
    pub(crate) fn check_repeat_exprs(&self) {
        let deferred = std::mem::take(&mut *self.deferred_repeat_expr_checks.borrow_mut());
        for (element, element_ty, count) in deferred {
            let count = self.try_structurally_resolve_const(element.span, count);
            self.enforce_repeat_element_needs_copy_bound(element, element_ty, count);
        }
    }

    fn enforce_repeat_element_needs_copy_bound(
        &self,
        element: &'tcx hir::Expr<'tcx>,
        element_ty: Ty<'tcx>,
        count: Const<'tcx>,
    ) {
        use hir::def::{DefKind, Res};
        let tcx = self.tcx;
        // 0 or 1 copies: the element is moved or dropped.
        if count.try_to_target_usize().is_some_and(|x| x <= 1) {
            return;
        }
        // Constants may be repeated.
        match element.kind {
            hir::ExprKind::ConstBlock(..) => return,
            hir::ExprKind::Path(qpath) => {
                let res = self.typeck_results.borrow().qpath_res(&qpath, element.hir_id);
                if let Res::Def(DefKind::Const | DefKind::AssocConst, _) = res {
                    return;
                }
            }
            _ => {}
        }
        let is_constable = match element.kind {
            hir::ExprKind::Call(func, _) => match *self.node_ty(func.hir_id).kind() {
                TyKind::FnDef(def_id, _) if tcx.is_const_fn(def_id) => trait_solve::traits::IsConstable::Fn,
                _ => trait_solve::traits::IsConstable::No,
            },
            hir::ExprKind::Path(qpath) => {
                let res = self.typeck_results.borrow().qpath_res(&qpath, element.hir_id);
                match res {
                    Res::Def(DefKind::Ctor(..), _) => trait_solve::traits::IsConstable::Ctor,
                    _ => trait_solve::traits::IsConstable::No,
                }
            }
            _ => trait_solve::traits::IsConstable::No,
        };
        let Some(copy) = self.lang_trait(hir::LangItem::Copy) else {
            return;
        };
        let code = ObligationCauseCode::RepeatElementCopy { is_constable, elt_span: element.span };
        self.require_type_meets(element_ty, element.span, code, copy);
        let _ = AllowTwoPhase::No;
    }
}
