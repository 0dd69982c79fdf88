//! Coercions (Reference, "Type coercions"): reborrows, unsizing, pointers, functions, closures, `!`.
//!
//! [`Coerce::coerce`] is the case distinction; `unsize.rs` the unsizing; `many.rs` the common type of several
//! expressions (branches, array elements, `return`s).

mod many;
mod unsize;

use hir::Mutability;
use trait_solve::infer::{DefineOpaqueTypes, InferOk, InferResult, RegionVariableOrigin};
use trait_solve::traits::NormalizeExt as _;
use trait_solve::traits::{Obligation, ObligationCause, ObligationCauseCode, ObligationCtxt, PredicateObligations};
use ty::adjustment::{Adjust, Adjustment, AllowTwoPhase, AutoBorrow, AutoBorrowMutability, PointerCoercion};
use ty::error::TypeError;
use ty::{GenericArgsRef, PolyFnSig, Region, Safety, Ty, TyKind, TypeVisitableExt};

use crate::FnCtxt;

pub(crate) use many::CoerceMany;

/// One attempt.
pub(crate) struct Coerce<'a, 'tcx> {
    pub(crate) fcx: &'a FnCtxt<'a, 'tcx>,
    pub(crate) cause: ObligationCause<'tcx>,
    /// Find a common supertype instead of making the source a subtype of the target.
    pub(crate) use_lub: bool,
    /// Whether a `&mut` reborrow may be two-phase.
    pub(crate) allow_two_phase: AllowTwoPhase,
    /// Whether `!` may be coerced: not where the place is only looked at.
    pub(crate) coerce_never: bool,
}

impl<'a, 'tcx> std::ops::Deref for Coerce<'a, 'tcx> {
    type Target = FnCtxt<'a, 'tcx>;
    fn deref(&self) -> &Self::Target {
        self.fcx
    }
}

/// The adjustments and the type after them.
pub(crate) type CoerceResult<'tcx> = InferResult<'tcx, (Vec<Adjustment<'tcx>>, Ty<'tcx>)>;

/// Coercing a mutable reference to an immutable works, while coercing `&T` to `&mut T` should be forbidden.
pub(crate) fn coerce_mutbls<'tcx>(from_mutbl: Mutability, to_mutbl: Mutability) -> Result<(), TypeError<'tcx>> {
    if from_mutbl >= to_mutbl { Ok(()) } else { Err(TypeError::Mutability) }
}

fn success<'tcx>(
    adj: Vec<Adjustment<'tcx>>,
    target: Ty<'tcx>,
    obligations: PredicateObligations<'tcx>,
) -> CoerceResult<'tcx> {
    Ok(InferOk { value: (adj, target), obligations })
}

impl<'a, 'tcx> Coerce<'a, 'tcx> {
    pub(crate) fn new(
        fcx: &'a FnCtxt<'a, 'tcx>,
        cause: ObligationCause<'tcx>,
        allow_two_phase: AllowTwoPhase,
        coerce_never: bool,
    ) -> Self {
        Coerce { fcx, cause, allow_two_phase, use_lub: false, coerce_never }
    }

    fn unify_raw(&self, a: Ty<'tcx>, b: Ty<'tcx>) -> InferResult<'tcx, Ty<'tcx>> {
        self.commit_if_ok(|_| {
            let at = self.at(&self.cause, self.fcx.param_env);
            let res = if self.use_lub {
                at.lub(b, a)
            } else {
                at.sup(DefineOpaqueTypes::Yes, b, a)
                    .map(|InferOk { value: (), obligations }| InferOk { value: b, obligations })
            };
            match res {
                // Aliases are related lazily: relations that can be seen to fail are no coercion.
                Ok(InferOk { value, obligations }) if !obligations.is_empty() => {
                    let ocx = ObligationCtxt::new(&self.root_ctxt.infcx);
                    ocx.register_obligations(obligations);
                    if ocx.try_evaluate_obligations().is_empty() {
                        Ok(InferOk { value, obligations: ocx.into_pending_obligations() })
                    } else {
                        Err(TypeError::Mismatch)
                    }
                }
                res => res,
            }
        })
    }

    /// Unify two types (using sub or lub).
    fn unify(&self, a: Ty<'tcx>, b: Ty<'tcx>) -> CoerceResult<'tcx> {
        self.unify_raw(a, b).and_then(|InferOk { value: ty, obligations }| success(vec![], ty, obligations))
    }

    /// Unify two types and put adjustments before the result.
    fn unify_and(
        &self,
        a: Ty<'tcx>,
        b: Ty<'tcx>,
        adjustments: impl IntoIterator<Item = Adjustment<'tcx>>,
        final_adjustment: Adjust,
    ) -> CoerceResult<'tcx> {
        self.unify_raw(a, b).and_then(|InferOk { value: ty, obligations }| {
            success(
                adjustments
                    .into_iter()
                    .chain(std::iter::once(Adjustment { target: ty, kind: final_adjustment }))
                    .collect(),
                ty,
                obligations,
            )
        })
    }

    /// Coerces `a` to `b`.
    pub(crate) fn coerce(&self, a: Ty<'tcx>, b: Ty<'tcx>) -> CoerceResult<'tcx> {
        // First, remove any resolved type variables (at the top level, at least):
        let a = self.shallow_resolve(a);
        let b = self.shallow_resolve(b);

        // The same type, and no reference to be reborrowed: nothing to do.
        if a == b && !matches!(a.kind(), TyKind::Ref(_, _, Mutability::Mut) | TyKind::Never) && !a.is_ty_var() {
            return success(vec![], b, Default::default());
        }

        // Coercing from `!` to any type is allowed:
        if a.is_never() {
            if self.coerce_never {
                return success(vec![Adjustment { kind: Adjust::NeverToAny, target: b }], b, Default::default());
            }
            // Otherwise the only coercion we can do is unification.
            return self.unify(a, b);
        }

        // Coercing *from* an unresolved inference variable means that coercion sites are not known: subtyping.
        if a.is_ty_var() {
            return self.coerce_from_inference_variable(a, b);
        }

        // Consider coercing the subtype to a DST. This is only done if both are pointers or smart pointers.
        if let Ok(ok) = self.commit_if_ok(|_| self.coerce_unsized(a, b)) {
            return Ok(ok);
        }

        // Examine the target type: references and raw pointers reborrow.
        match *b.kind() {
            TyKind::RawPtr(_, b_mutbl) => return self.coerce_to_raw_ptr(a, b, b_mutbl),
            TyKind::Ref(r_b, _, mutbl_b) => return self.coerce_to_ref(a, b, r_b, mutbl_b),
            TyKind::Adt(pin, _) if pin.is_pin() && self.feature(span::sym::pin_ergonomics) => {
                if let Ok(ok) = self.commit_if_ok(|_| self.coerce_pin_ref(a, b)) {
                    return Ok(ok);
                }
            }
            _ => {}
        }

        match *a.kind() {
            // Function items are coercible to any closure type or function pointer.
            TyKind::FnDef(..) => self.coerce_from_fn_item(a, b),
            TyKind::FnPtr(a_sig) => self.coerce_from_fn_pointer(a, a_sig, b),
            TyKind::Closure(closure_def_id_a, args_a) => {
                // Non-capturing closures are coercible to function pointers.
                self.coerce_closure_to_fn(a, closure_def_id_a, args_a, b)
            }
            // Otherwise, just use unification rules.
            _ => self.unify(a, b),
        }
    }

    /// Coercing *from* an inference variable. In this case we have no information about the source type, so we can't
    /// really do a true coercion and we always fall back to subtyping.
    fn coerce_from_inference_variable(&self, a: Ty<'tcx>, b: Ty<'tcx>) -> CoerceResult<'tcx> {
        if b.is_ty_var() {
            // Two unresolved type variables: create a `Coerce` predicate.
            let target_ty = if self.use_lub { self.next_ty_var(self.cause.span) } else { b };
            let mut obligations = PredicateObligations::new();
            for &source_ty in &[a, b] {
                if source_ty != target_ty {
                    obligations.push(Obligation::new(
                        self.tcx,
                        self.cause.clone(),
                        self.fcx.param_env,
                        ty::Binder::dummy(ty::PredicateKind::Coerce(ty::CoercePredicate {
                            a: source_ty,
                            b: target_ty,
                        })),
                    ));
                }
            }
            success(vec![], target_ty, obligations)
        } else {
            // One unresolved type variable: just apply subtyping, we may be able to do something useful.
            self.unify(a, b)
        }
    }

    /// Reborrows `&mut A` or `&A` to a reference, dereferencing automatically.
    fn coerce_to_ref(&self, a: Ty<'tcx>, b: Ty<'tcx>, r_b: Region<'tcx>, mutbl_b: Mutability) -> CoerceResult<'tcx> {
        let (r_a, mutbl_a) = match *a.kind() {
            TyKind::Ref(r_a, _, mutbl) => {
                coerce_mutbls(mutbl, mutbl_b)?;
                (r_a, mutbl)
            }
            _ => return self.unify(a, b),
        };
        let span = self.cause.span;
        let mut first_error = None;
        let mut r_borrow_var = None;
        let mut autoderef = self.autoderef(span, a);
        let mut found = None;

        for (referent_ty, autoderefs) in autoderef.by_ref() {
            if autoderefs == 0 {
                // Don't let this pass, otherwise it would cause &0 to become (?) &&0: no.
                continue;
            }
            // The region of the result: `'b`, or for a least upper bound that of the reference, or a new one.
            let r = if !self.use_lub {
                r_b
            } else if autoderefs == 1 {
                r_a
            } else {
                *r_borrow_var.get_or_insert_with(|| self.next_region_var(RegionVariableOrigin::Coercion(span)))
            };
            let derefd_ty_a = self.tcx.mk_ref(r, referent_ty, mutbl_b);
            match self.unify_raw(derefd_ty_a, b) {
                Ok(ok) => {
                    found = Some(ok);
                    break;
                }
                Err(err) => {
                    if first_error.is_none() {
                        first_error = Some(err);
                    }
                }
            }
        }

        // Extract type or return an error. We return the first error we got, which should be from relating the
        // "base" type of the input (as opposed to any deref'd one), as it is more useful.
        let Some(InferOk { value: ty, mut obligations }) = found else {
            return Err(first_error.unwrap_or(TypeError::Mismatch));
        };

        if ty == a && mutbl_a.is_not() && autoderef.step_count() == 1 {
            // As a special case, if we would produce `&'a *x`, that's a total no-op.
            return success(vec![], ty, obligations);
        }

        let InferOk { value: mut adjustments, obligations: o } = self.adjust_steps(&autoderef);
        obligations.extend(o);
        obligations.extend(autoderef.into_obligations());

        // Now apply the autoref. We have to extract the region out of the final ref type we got.
        let mutbl = AutoBorrowMutability::new(mutbl_b, self.allow_two_phase);
        adjustments.push(Adjustment { kind: Adjust::Borrow(AutoBorrow::Ref(mutbl)), target: ty });
        success(adjustments, ty, obligations)
    }

    /// `Pin<&mut T>` is reborrowed as `&mut T` is.
    fn coerce_pin_ref(&self, a: Ty<'tcx>, b: Ty<'tcx>) -> CoerceResult<'tcx> {
        let (TyKind::Adt(pin, a_args), TyKind::Adt(_, b_args)) = (a.kind(), b.kind()) else {
            return Err(TypeError::Mismatch);
        };
        if !pin.is_pin() {
            return Err(TypeError::Mismatch);
        }
        let (TyKind::Ref(_, a_ty, a_mut), TyKind::Ref(r, _, b_mut)) =
            (*a_args.type_at(0).kind(), *b_args.type_at(0).kind())
        else {
            return Err(TypeError::Mismatch);
        };
        coerce_mutbls(a_mut, b_mut)?;
        let a_ref = self.tcx.mk_ref(r, a_ty, b_mut);
        let a = self.tcx.mk_adt(*pin, self.tcx.mk_args(&[a_ref.into()]));
        self.unify_and(a, b, [], Adjust::ReborrowPin(b_mut))
    }

    fn coerce_from_safe_fn(
        &self,
        fn_ty_a: PolyFnSig<'tcx>,
        b: Ty<'tcx>,
        adjustment: Option<Adjust>,
    ) -> CoerceResult<'tcx> {
        self.commit_if_ok(|_| {
            if let TyKind::FnPtr(fn_ty_b) = *b.kind() {
                if fn_ty_a.safety() == Safety::Safe && fn_ty_b.safety() == Safety::Unsafe {
                    let unsafe_a =
                        self.tcx.mk_fn_ptr(fn_ty_a.map_bound(|sig| ty::FnSig { safety: Safety::Unsafe, ..sig }));
                    let first = adjustment.map(|kind| Adjustment { kind, target: self.tcx.mk_fn_ptr(fn_ty_a) });
                    return self.unify_and(unsafe_a, b, first, Adjust::Pointer(PointerCoercion::UnsafeFnPointer));
                }
            }
            let a = self.tcx.mk_fn_ptr(fn_ty_a);
            match adjustment {
                Some(adjust) => self.unify_and(a, b, [], adjust),
                None => self.unify(a, b),
            }
        })
    }

    fn coerce_from_fn_pointer(&self, _a: Ty<'tcx>, fn_ty_a: PolyFnSig<'tcx>, b: Ty<'tcx>) -> CoerceResult<'tcx> {
        self.coerce_from_safe_fn(fn_ty_a, b, None)
    }

    fn coerce_from_fn_item(&self, a: Ty<'tcx>, b: Ty<'tcx>) -> CoerceResult<'tcx> {
        let b = self.shallow_resolve(b);
        match b.kind() {
            TyKind::FnPtr(_) => {
                let a_sig = self.tcx.fn_sig_of_ty(a).expect("a fn item");
                if let TyKind::FnDef(def_id, _) = *a.kind() {
                    // Intrinsics are not coercible to function pointers
                    if self.tcx.intrinsic(def_id).is_some() {
                        return Err(TypeError::IntrinsicCast);
                    }
                }
                let InferOk { value: a_sig, obligations: o1 } =
                    self.at(&self.cause, self.fcx.param_env).normalize(a_sig);
                let InferOk { value, obligations: o2 } =
                    self.coerce_from_safe_fn(a_sig, b, Some(Adjust::Pointer(PointerCoercion::ReifyFnPointer)))?;
                let mut obligations = o1;
                obligations.extend(o2);
                Ok(InferOk { value, obligations })
            }
            _ => self.unify(a, b),
        }
    }

    /// A closure without captures as a function pointer.
    fn coerce_closure_to_fn(
        &self,
        a: Ty<'tcx>,
        closure_def_id_a: span::def_id::DefId,
        args_a: GenericArgsRef<'tcx>,
        b: Ty<'tcx>,
    ) -> CoerceResult<'tcx> {
        match *b.kind() {
            // At this point we haven't done capture analysis, which means that the closure's upvars are not known:
            // mentioning none is what counts.
            TyKind::FnPtr(b_sig) if self.closure_mentions_no_upvars(closure_def_id_a) => {
                let closure_sig = args_a.as_closure().sig();
                let safety = b_sig.safety();
                let pointer_ty = self.tcx.mk_fn_ptr(self.signature_unclosure(closure_sig, safety));
                self.unify_and(
                    pointer_ty,
                    b,
                    [],
                    Adjust::Pointer(PointerCoercion::ClosureFnPointer(safety == Safety::Unsafe)),
                )
            }
            _ => self.unify(a, b),
        }
    }

    fn coerce_to_raw_ptr(&self, a: Ty<'tcx>, b: Ty<'tcx>, mutbl_b: Mutability) -> CoerceResult<'tcx> {
        let (is_ref, ty_a, mutbl_a) = match *a.kind() {
            TyKind::Ref(_, ty, mutbl) => (true, ty, mutbl),
            TyKind::RawPtr(ty, mutbl) => (false, ty, mutbl),
            _ => return self.unify(a, b),
        };
        coerce_mutbls(mutbl_a, mutbl_b)?;

        // Check that the types which they point at are compatible.
        let a_raw = self.tcx.mk_ptr(ty_a, mutbl_b);
        if is_ref {
            self.unify_and(
                a_raw,
                b,
                [Adjustment { kind: Adjust::Deref(None), target: ty_a }],
                Adjust::Borrow(AutoBorrow::RawPtr(mutbl_b)),
            )
        } else if mutbl_a != mutbl_b {
            self.unify_and(a_raw, b, [], Adjust::Pointer(PointerCoercion::MutToConstPointer))
        } else {
            self.unify(a_raw, b)
        }
    }
}

impl<'a, 'tcx> FnCtxt<'a, 'tcx> {
    pub(crate) fn closure_mentions_no_upvars(&self, def_id: span::def_id::DefId) -> bool {
        match def_id.as_local() {
            Some(_) => self.tcx.upvars_mentioned(def_id).is_none_or(|u| u.is_empty()),
            None => false,
        }
    }

    /// A closure's signature as a function pointer's: parameters apart.
    pub(crate) fn signature_unclosure(&self, sig: PolyFnSig<'tcx>, safety: Safety) -> PolyFnSig<'tcx> {
        sig.map_bound(|s| ty::FnSig {
            safety,
            abi: ty::ExternAbi::Rust,
            c_variadic: s.c_variadic,
            ..ty::untuple_sig(*self.tcx, s)
        })
    }

    /// Attempt to coerce an expression to a type, and return the adjusted type of the expression, if successful.
    /// Adjustments are only recorded if the coercion succeeded. The expressions *must not* have any preexisting
    /// adjustments.
    pub(crate) fn coerce(
        &self,
        expr: &'tcx hir::Expr<'tcx>,
        expr_ty: Ty<'tcx>,
        mut target: Ty<'tcx>,
        allow_two_phase: AllowTwoPhase,
        cause: Option<ObligationCause<'tcx>>,
    ) -> Result<Ty<'tcx>, TypeError<'tcx>> {
        let source = self.try_structurally_resolve_type(expr.span, expr_ty);
        target = self.try_structurally_resolve_type(cause.as_ref().map_or(expr.span, |c| c.span), target);
        let cause = cause.unwrap_or_else(|| self.cause(expr.span, ObligationCauseCode::ExprAssignable));
        let coerce_never = !source.is_never() || self.expr_guaranteed_to_constitute_read_for_never(expr);
        let coerce = Coerce::new(self, cause, allow_two_phase, coerce_never);
        let ok = self.commit_if_ok(|_| coerce.coerce(source, target))?;

        let (adjustments, _) = self.register_infer_ok_obligations(ok);
        self.apply_adjustments(expr, adjustments);
        Ok(if let Err(guar) = expr_ty.error_reported() { Ty::new_error(*self.tcx, guar) } else { target })
    }

    /// Probe whether `expr_ty` can be coerced to `target_ty`. This has no side-effects, and may return false positives
    /// if types are not yet fully constrained by inference.
    pub(crate) fn may_coerce(&self, expr_ty: Ty<'tcx>, target_ty: Ty<'tcx>) -> bool {
        let cause = self.cause(span::DUMMY_SP, ObligationCauseCode::ExprAssignable);
        // We don't ever need two-phase here since we throw out the result of the coercion.
        let coerce = Coerce::new(self, cause, AllowTwoPhase::No, true);
        self.probe(|_| {
            // Make sure to structurally resolve the types, since we use the `TyKind`s often.
            let expr_ty = self.shallow_resolve(expr_ty);
            let target_ty = self.shallow_resolve(target_ty);
            let Ok(ok) = coerce.coerce(expr_ty, target_ty) else {
                return false;
            };
            let ocx = ObligationCtxt::new(&self.root_ctxt.infcx);
            ocx.register_obligations(ok.obligations);
            ocx.try_evaluate_obligations().is_empty()
        })
    }

    /// How many dereferences make `expr_ty` coercible to `target`; for suggestions.
    pub(crate) fn deref_steps_for_suggestion(&self, expr_ty: Ty<'tcx>, target: Ty<'tcx>) -> Option<usize> {
        let cause = self.cause(span::DUMMY_SP, ObligationCauseCode::ExprAssignable);
        // We don't ever need two-phase here since we throw out the result of the coercion.
        let coerce = Coerce::new(self, cause, AllowTwoPhase::No, true);
        coerce
            .autoderef(span::DUMMY_SP, expr_ty)
            .silence_errors()
            .find_map(|(ty, steps)| self.probe(|_| coerce.unify_raw(ty, target).is_ok()).then_some(steps))
    }
}
