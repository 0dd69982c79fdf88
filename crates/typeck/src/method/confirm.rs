//! Making the call that was picked: adjustments of `self`, arguments, signature, obligations.

use hir_analysis::lower::HirTyLowerer;
use span::Span;
use span::def_id::DefId;
use trait_solve::infer::{BoundRegionConversionTime, DefineOpaqueTypes, RegionVariableOrigin};
use trait_solve::traits::{Obligation, ObligationCauseCode};
use ty::adjustment::{Adjust, Adjustment, AllowTwoPhase, AutoBorrow, AutoBorrowMutability, PointerCoercion};
use ty::{Clause, FnSig, GenericArgsRef, PolyTraitRef, Ty, TyKind, TypeVisitableExt, UserSelfTy};

use super::MethodCallee;
use super::probe::{AutorefOrPtrAdjustment, Pick, PickKind};
use crate::FnCtxt;

/// The call.
#[derive(Debug)]
pub(crate) struct ConfirmResult<'tcx> {
    pub(crate) callee: MethodCallee<'tcx>,
    /// `Self: Sized` where `Self` is an object.
    pub(crate) illegal_sized_bound: Option<Span>,
}

struct ConfirmContext<'a, 'b, 'tcx> {
    fcx: &'b FnCtxt<'a, 'tcx>,
    span: Span,
    self_expr: &'tcx hir::Expr<'tcx>,
    call_expr: &'tcx hir::Expr<'tcx>,
}

impl<'a, 'b, 'tcx> std::ops::Deref for ConfirmContext<'a, 'b, 'tcx> {
    type Target = FnCtxt<'a, 'tcx>;
    fn deref(&self) -> &Self::Target {
        self.fcx
    }
}

impl<'a, 'tcx> FnCtxt<'a, 'tcx> {
    pub(crate) fn confirm_method(
        &self,
        span: Span,
        self_expr: &'tcx hir::Expr<'tcx>,
        call_expr: &'tcx hir::Expr<'tcx>,
        unadjusted_self_ty: Ty<'tcx>,
        pick: &Pick<'tcx>,
        segment: &'tcx hir::PathSegment<'tcx>,
    ) -> ConfirmResult<'tcx> {
        let cx = ConfirmContext { fcx: self, span, self_expr, call_expr };
        cx.confirm(unadjusted_self_ty, pick, segment)
    }
}

impl<'a, 'b, 'tcx> ConfirmContext<'a, 'b, 'tcx> {
    fn confirm(
        &self,
        unadjusted_self_ty: Ty<'tcx>,
        pick: &Pick<'tcx>,
        segment: &'tcx hir::PathSegment<'tcx>,
    ) -> ConfirmResult<'tcx> {
        // Adjust the self expression the user provided and obtain the adjusted type.
        let self_ty = self.adjust_self_ty(unadjusted_self_ty, pick);

        // Create generic args for the method's type parameters.
        let rcvr_args = self.fresh_receiver_args(self_ty, pick);
        let all_args = self.instantiate_method_args(pick, segment, rcvr_args);

        // Create the final signature for the method, replacing late-bound regions.
        let (method_sig, method_predicates) = self.instantiate_method_sig(pick, all_args);

        // If there is a `Self: Sized` bound and `Self` is a trait object, it is possible that something which derefs to
        // `Self` actually implements the trait and the caller wanted to make a static dispatch on it but forgot to
        // import the trait. We need to check this before the receiver is unified.
        let illegal_sized_bound = self.predicates_require_illegal_sized_bound(&method_predicates);

        // Unify the (adjusted) self type with what the method expects.
        let method_sig_rcvr = self.normalize(self.span, method_sig.inputs()[0]);
        self.unify_receivers(self_ty, method_sig_rcvr, pick);

        let method_sig = self.normalize(self.span, method_sig);

        // Make sure nobody calls `drop()` explicitly.
        self.check_for_illegal_method_calls(pick);

        // Add any trait/regions obligations specified on the method's type parameters. We won't add these if we
        // encountered an illegal sized bound, so that we can use a custom error in that case.
        if illegal_sized_bound.is_none() {
            self.add_obligations(all_args, method_predicates, pick.item.def_id);
        }

        // Create the final `MethodCallee`.
        let callee = MethodCallee { def_id: pick.item.def_id, args: all_args, sig: method_sig };
        ConfirmResult { callee, illegal_sized_bound }
    }

    fn adjust_self_ty(&self, unadjusted_self_ty: Ty<'tcx>, pick: &Pick<'tcx>) -> Ty<'tcx> {
        // Commit the autoderefs by calling `autoderef` again, but this time writing the results into the various
        // typeck results.
        let mut autoderef = self.autoderef(self.call_expr.span, unadjusted_self_ty);
        let Some((_, n)) = autoderef.nth(pick.autoderefs) else {
            let e = self.dcx().span_delayed_bug(span::DUMMY_SP, "failed autoderef");
            return Ty::new_error(*self.tcx, e);
        };
        debug_assert_eq!(n, pick.autoderefs);

        let adjustments = self.adjust_steps(&autoderef);
        let mut adjustments = self.register_infer_ok_obligations(adjustments);
        let mut target = self.structurally_resolve_type(autoderef.span(), autoderef.final_ty());

        match pick.autoref_or_ptr_adjustment {
            Some(AutorefOrPtrAdjustment::Autoref { mutbl, unsize }) => {
                let region = self.next_region_var(RegionVariableOrigin::Autoref(self.span));
                // Type we're wrapping in a reference, used later for unsizing
                let base_ty = target;
                target = self.tcx.mk_ref(region, target, mutbl);
                // Method call receivers are the primary use case for two-phase borrows, so we always allow them here.
                let mutbl_adj = AutoBorrowMutability::new(mutbl, AllowTwoPhase::Yes);
                adjustments.push(Adjustment { kind: Adjust::Borrow(AutoBorrow::Ref(mutbl_adj)), target });
                if unsize {
                    if let TyKind::Array(elem_ty, _) = *base_ty.kind() {
                        let unsized_ty = self.tcx.mk_slice(elem_ty);
                        target = self.tcx.mk_ref(region, unsized_ty, mutbl);
                        adjustments.push(Adjustment { kind: Adjust::Pointer(PointerCoercion::Unsize), target });
                    }
                }
            }
            Some(AutorefOrPtrAdjustment::ToConstPtr) => {
                target = match *target.kind() {
                    TyKind::RawPtr(ty, _) => self.tcx.mk_imm_ptr(ty),
                    _ => target,
                };
                adjustments.push(Adjustment { kind: Adjust::Pointer(PointerCoercion::MutToConstPointer), target });
            }
            None => {}
        }
        self.register_predicates(autoderef.into_obligations());

        // Write out the final adjustments.
        self.apply_adjustments(self.self_expr, adjustments);
        target
    }

    /// Returns a set of generic parameters for the method *receiver* where all type and region parameters are
    /// instantiated with fresh variables. This generic parameters does not include any parameters declared on the
    /// method itself.
    fn fresh_receiver_args(&self, self_ty: Ty<'tcx>, pick: &Pick<'tcx>) -> GenericArgsRef<'tcx> {
        match pick.kind {
            PickKind::InherentImplPick(impl_def_id) => self.fresh_args_for_item(self.span, impl_def_id),
            PickKind::ObjectPick => {
                let trait_def_id = pick.item.container_id;
                self.object_receiver_args(self_ty, trait_def_id)
                    .unwrap_or_else(|| self.fresh_args_for_item(self.span, trait_def_id))
            }
            PickKind::TraitPick => {
                // Make a trait reference `$0 : Trait<$1...$n>` where `$0` is unified with the receiver.
                self.fresh_args_for_item(self.span, pick.item.container_id)
            }
            PickKind::WhereClausePick(poly_trait_ref) => {
                // Where clauses can have bound regions in them. We need to instantiate those to convert from a
                // poly-trait-ref to a trait-ref.
                self.instantiate_binder_with_fresh_vars(self.span, BoundRegionConversionTime::FnCall, poly_trait_ref)
                    .args
            }
        }
    }

    /// The object's trait reference, upcast to the method's trait.
    fn object_receiver_args(&self, self_ty: Ty<'tcx>, trait_def_id: DefId) -> Option<GenericArgsRef<'tcx>> {
        let mut autoderef = self.autoderef(self.span, self_ty).include_raw_pointers().silence_errors();
        let (object_ty, principal) = autoderef.find_map(|(ty, _)| match ty.kind() {
            TyKind::Dynamic(data, _) => Some((ty, data.principal()?)),
            _ => None,
        })?;
        // The object data has no entry for the Self Type. For the purposes of this method call, we instantiate the
        // object type itself.
        let original = principal.with_self_ty(*self.tcx, object_ty);
        let upcast: PolyTraitRef<'tcx> =
            trait_solve::traits::supertraits(self.tcx, original).find(|t| t.def_id() == trait_def_id)?;
        Some(self.instantiate_binder_with_fresh_vars(self.span, BoundRegionConversionTime::FnCall, upcast).args)
    }

    fn instantiate_method_args(
        &self,
        pick: &Pick<'tcx>,
        seg: &'tcx hir::PathSegment<'tcx>,
        parent_args: GenericArgsRef<'tcx>,
    ) -> GenericArgsRef<'tcx> {
        // Determine the values for the generic parameters of the method. If they were not explicitly supplied, just
        // construct fresh variables.
        let args = self.lowerer().lower_generic_args_of_path(seg.ident.span, pick.item.def_id, parent_args, seg, None);
        if seg.args.is_some_and(|a| !a.args.is_empty()) && !args.is_empty() {
            self.add_wf_bounds(args, self.call_expr.span);
            let user_self_ty: Option<UserSelfTy<'tcx>> = None;
            if args.len() > parent_args.len() {
                self.write_user_type_annotation_from_args(self.call_expr.hir_id, pick.item.def_id, args, user_self_ty);
            }
        }
        self.normalize(self.span, args)
    }

    fn unify_receivers(&self, self_ty: Ty<'tcx>, method_self_ty: Ty<'tcx>, pick: &Pick<'tcx>) {
        let cause = self.cause(self.self_expr.span, ObligationCauseCode::MethodReceiver);
        match self.at(&cause, self.param_env).sup(DefineOpaqueTypes::Yes, method_self_ty, self_ty) {
            Ok(ok) => self.register_infer_ok_obligations(ok),
            Err(terr) => {
                if self.tainted_by_errors().is_none() && !self_ty.references_error() {
                    let diag =
                        self.err_ctxt().report_mismatched_types(&cause, self.param_env, method_self_ty, self_ty, terr);
                    self.emit(diag);
                }
                let _ = pick;
            }
        }
    }

    // NOTE: this returns the *unnormalized* predicates and method sig. Because of inference guessing, the predicates
    // and method signature can't be normalized until we unify the `Self` type.
    fn instantiate_method_sig(
        &self,
        pick: &Pick<'tcx>,
        all_args: GenericArgsRef<'tcx>,
    ) -> (FnSig<'tcx>, Vec<(Clause<'tcx>, Span)>) {
        // Instantiate the bounds on the method with the type/early-bound-regions instantiations performed. There can
        // be no late-bound regions appearing here.
        let def_id = pick.item.def_id;
        let method_predicates = self.predicates_instantiated(def_id, all_args);
        let sig = self.tcx.fn_sig(def_id).instantiate(*self.tcx, all_args);
        let sig = self.instantiate_binder_with_fresh_vars(self.span, BoundRegionConversionTime::FnCall, sig);
        (sig, method_predicates)
    }

    fn add_obligations(
        &self,
        all_args: GenericArgsRef<'tcx>,
        method_predicates: Vec<(Clause<'tcx>, Span)>,
        def_id: DefId,
    ) {
        for (idx, (clause, span)) in method_predicates.into_iter().enumerate() {
            let clause = self.normalize(self.span, clause);
            let predicate = clause.as_predicate();
            if predicate.references_error() {
                continue;
            }
            let code = ObligationCauseCode::WhereClauseInExpr(def_id, span, self.call_expr.hir_id, idx);
            self.register_predicate(Obligation::new(self.tcx, self.cause(self.span, code), self.param_env, predicate));
        }
        // This is a projection from a trait reference, so we have to make sure that the trait reference inputs are
        // well-formed.
        self.add_wf_bounds(all_args, self.call_expr.span);
    }

    fn predicates_require_illegal_sized_bound(&self, predicates: &[(Clause<'tcx>, Span)]) -> Option<Span> {
        let sized_def_id = self.tcx.lang_items().sized_trait()?;
        predicates.iter().find_map(|(clause, span)| {
            let t = clause.as_trait_clause()?;
            if t.def_id() != sized_def_id {
                return None;
            }
            let self_ty = self.shallow_resolve(t.skip_binder().self_ty());
            matches!(self_ty.kind(), TyKind::Dynamic(..)).then_some(*span)
        })
    }

    fn check_for_illegal_method_calls(&self, pick: &Pick<'tcx>) {
        // Disallow calls to the method `drop` defined in the `Drop` trait.
        if let Some(trait_def_id) = pick.item.trait_container() {
            if let Err(e) = crate::callee::check_legal_trait_for_method_call(
                self.fcx,
                self.span,
                Some(self.self_expr.span),
                self.call_expr.span,
                trait_def_id,
            ) {
                self.set_tainted_by_errors(e);
            }
        }
    }
}
