//! `a[i]`

use diagnostics::codes::*;
use span::Span;
use ty::{Ty, TyKind};

use crate::FnCtxt;

impl<'a, 'tcx> FnCtxt<'a, 'tcx> {
    pub(crate) fn check_expr_index(
        &self,
        base: &'tcx hir::Expr<'tcx>,
        idx: &'tcx hir::Expr<'tcx>,
        expr: &'tcx hir::Expr<'tcx>,
        brackets_span: Span,
    ) -> Ty<'tcx> {
        let base_t = self.check_expr(base);
        let idx_t = self.check_expr(idx);

        if base_t.references_error() {
            return base_t;
        }
        if idx_t.references_error() {
            return idx_t;
        }
        let base_t = self.structurally_resolve_type(base.span, base_t);
        match self.lookup_indexing(expr, base, base_t, idx, idx_t) {
            Some((index_ty, element_ty)) => {
                self.demand_coerce(idx, idx_t, index_ty);
                self.select_obligations_where_possible(|errors| {
                    self.point_at_index(errors, idx.span);
                });
                element_ty
            }
            None => {
                // Attempt *shallow* search for an impl which matches, but has obligations which are unsatisfied.
                for (base_t, _) in self.autoderef(base.span, base_t).silence_errors() {
                    if let Some((_, index_ty, element_ty)) = self.find_and_report_unsatisfied_index_impl(base, base_t) {
                        self.demand_coerce(idx, idx_t, index_ty);
                        return element_ty;
                    }
                }
                let mut err = self.err(
                    brackets_span,
                    E0608,
                    format!("cannot index into a value of type `{}`", self.ty_to_string(base_t)),
                );
                // Try to give some advice about indexing tuples.
                if let TyKind::Tuple(types) = base_t.kind() {
                    self.advise_tuple_index(&mut err, types.len(), idx, base, expr);
                }
                if base_t.is_raw_ptr() && idx_t.is_integral() {
                    err.multipart_suggestion(
                        "consider using `wrapping_add` or `add` for indexing into raw pointer",
                        vec![
                            (base.span.between(idx.span), ".wrapping_add(".to_owned()),
                            (idx.span.shrink_to_hi().until(expr.span.shrink_to_hi()), ")".to_owned()),
                        ],
                        diagnostics::Applicability::MaybeIncorrect,
                    );
                }
                let reported = self.emit(err);
                Ty::new_error(*self.tcx, reported)
            }
        }
    }

    fn advise_tuple_index(
        &self,
        err: &mut diagnostics::Diag<'_>,
        tuple_len: usize,
        idx: &hir::Expr<'_>,
        base: &hir::Expr<'_>,
        expr: &hir::Expr<'_>,
    ) {
        let mut needs_note = true;
        // If the index is an integer, we can show the actual fixed expression.
        if let hir::ExprKind::Lit(lit) = idx.kind {
            if let ast::LitKind::Int(i, ast::LitIntType::Unsuffixed) = lit.node {
                if i < tuple_len as u128 {
                    err.span_suggestion(
                        base.span.shrink_to_hi().to(expr.span.shrink_to_hi()),
                        "to access tuple elements, use",
                        format!(".{i}"),
                        diagnostics::Applicability::MachineApplicable,
                    );
                    needs_note = false;
                }
            }
        }
        if needs_note {
            err.help("to access tuple elements, use tuple indexing syntax (e.g., `tuple.0`)");
        }
    }

    fn point_at_index(&self, errors: &mut Vec<trait_solve::traits::FulfillmentError<'tcx>>, span: Span) {
        use trait_solve::traits::ObligationCauseCode;
        let mut seen_preds = Vec::new();
        // We re-sort here so that the outer most root obligations comes first.
        for error in errors {
            match (
                error.root_obligation.predicate.kind().skip_binder(),
                error.obligation.predicate.kind().skip_binder(),
            ) {
                (ty::PredicateKind::Clause(ty::ClauseKind::Trait(predicate)), _)
                    if self.tcx.is_lang_item(predicate.trait_ref.def_id, hir::LangItem::Index) =>
                {
                    seen_preds.push(error.obligation.predicate);
                }
                (_, ty::PredicateKind::Clause(ty::ClauseKind::Trait(pred)))
                    if self.tcx.is_diagnostic_item(span::Symbol::intern("SliceIndex"), pred.trait_ref.def_id) =>
                {
                    seen_preds.push(error.obligation.predicate);
                }
                (root, pred) => {
                    let _ = (root, pred);
                    match error.root_obligation.cause.code() {
                        ObligationCauseCode::Misc => {}
                        _ => continue,
                    }
                }
            }
            error.obligation.cause.span = span;
        }
    }

    /// An `Index` impl for the type whose bounds are not met: reports those.
    fn find_and_report_unsatisfied_index_impl(
        &self,
        base_expr: &hir::Expr<'_>,
        base_ty: Ty<'tcx>,
    ) -> Option<(span::ErrorGuaranteed, Ty<'tcx>, Ty<'tcx>)> {
        let index_trait_def_id = self.lang_trait(hir::LangItem::Index)?;
        let simp = trait_solve::fast_reject::simplify_type(
            self.tcx,
            base_ty,
            trait_solve::fast_reject::TreatParams::InstantiateWithInfer,
        )?;
        let impls = self.tcx.trait_impls_of(index_trait_def_id);
        let relevant: Vec<_> = impls.non_blanket_impls.get(&simp).into_iter().flatten().copied().collect();
        let [impl_def_id] = relevant[..] else {
            return None;
        };
        self.commit_if_ok(|_| {
            let args = self.fresh_args_for_item(base_expr.span, impl_def_id);
            let trait_ref = self.tcx.impl_trait_ref(impl_def_id).instantiate(*self.tcx, args);
            let cause = self.misc(base_expr.span);
            let self_ty = trait_ref.self_ty();
            // Match the impl's self type against the base type. If this fails, just skip this impl, since it's not
            // particularly useful.
            let Ok(ok) =
                self.at(&cause, self.param_env).eq(trait_solve::infer::DefineOpaqueTypes::Yes, base_ty, self_ty)
            else {
                return Err(());
            };
            self.register_infer_ok_obligations(ok);
            let errors = {
                let ocx = trait_solve::traits::ObligationCtxt::new_with_diagnostics(&self.root_ctxt.infcx);
                for (clause, span) in self.predicates_instantiated(impl_def_id, args) {
                    let code = trait_solve::traits::ObligationCauseCode::WhereClause(impl_def_id, span);
                    let clause = ocx.normalize(&cause, self.param_env, clause);
                    ocx.register_obligation(trait_solve::traits::Obligation::new(
                        self.tcx,
                        self.cause(base_expr.span, code),
                        self.param_env,
                        clause.as_predicate(),
                    ));
                }
                ocx.try_evaluate_obligations()
            };
            if errors.is_empty() {
                return Err(());
            }
            let e = self.err_ctxt().report_fulfillment_errors(errors);
            let element_ty = Ty::new_error(*self.tcx, e);
            let index_ty = self.normalize(base_expr.span, trait_ref.args.type_at(1));
            Ok((e, index_ty, element_ty))
        })
        .ok()
    }
}
