//! Closures and coroutines: the signature and kind expected by the context, the types of both, their bodies.

use diagnostics::codes::*;
use hir::{ClosureKind as HirClosureKind, CoroutineDesugaring, CoroutineKind, CoroutineSource, FnRetTy};
use hir_analysis::lower::{HirTyLowerer, RegionInferReason};
use span::Span;
use span::def_id::LocalDefId;
use trait_solve::infer::{BoundRegionConversionTime, DefineOpaqueTypes, InferOk, InferResult};
use trait_solve::traits::{ObligationCauseCode, PredicateObligations};
use ty::closure::ClosureKind;
use ty::{
    Binder, ClosureArgs, CoroutineArgs, FnSig, InferTy, PolyFnSig, PolyProjectionPredicate, Predicate, Safety, Ty,
    TyKind,
};

use crate::FnCtxt;
use crate::check::check_fn;
use crate::expectation::Expectation;
use crate::fn_ctxt::CoroutineTypes;

/// What signature do we *expect* the closure to have from context?
#[derive(Debug, Clone, Copy)]
struct ExpectedSig<'tcx> {
    /// Span that gave us this expectation, if we know that.
    cause_span: Option<Span>,
    sig: PolyFnSig<'tcx>,
}

#[derive(Debug)]
struct ClosureSignatures<'tcx> {
    /// The signature users of the closure see.
    bound_sig: PolyFnSig<'tcx>,
    /// The signature within the function body. This mostly differs in the sense that lifetimes are now early bound and
    /// any opaque types from the signature expectation are overridden in case there are explicit hidden types.
    liberated_sig: FnSig<'tcx>,
}

impl<'a, 'tcx> FnCtxt<'a, 'tcx> {
    pub(crate) fn check_expr_closure(
        &self,
        closure: &'tcx hir::Closure<'tcx>,
        expr_span: Span,
        expected: Expectation<'tcx>,
    ) -> Ty<'tcx> {
        let tcx = self.tcx;
        let body = tcx.hir_body(closure.body);
        let expr_def_id = closure.def_id;

        // It's always helpful for inference if we know the kind of closure sooner rather than later, so first examine
        // the expected type, and see if can glean a closure kind from there.
        let (expected_sig, expected_kind) = match expected.to_option(self) {
            Some(ty) => {
                let ty = self.try_structurally_resolve_type(expr_span, ty);
                self.deduce_closure_signature(ty, closure.kind)
            }
            None => (None, None),
        };

        let ClosureSignatures { bound_sig, mut liberated_sig } =
            self.sig_of_closure(expr_def_id, closure, expected_sig);

        let root = tcx.typeck_root_def_id(expr_def_id.to_def_id());
        let parent_args = tcx.identity_args_for(root);
        let tupled_upvars_ty = self.next_ty_var(expr_span);

        let (closure_ty, coroutine_types) = match closure.kind {
            HirClosureKind::Closure => {
                // Tuple up the arguments and insert the resulting function type into the `closure` type.
                let sig = bound_sig.map_bound(|sig| {
                    tcx.mk_fn_sig([tcx.mk_tup(sig.inputs())], sig.output(), sig.c_variadic, sig.safety, sig.abi)
                });
                let closure_kind_ty = match expected_kind {
                    Some(kind) => kind.to_ty(*tcx),
                    // Create a type variable (for now) to represent the closure kind. It will be unified during the
                    // upvar inference phase (`upvar.rs`).
                    None => self.next_ty_var(expr_span),
                };
                let closure_args =
                    ClosureArgs::new(*tcx, parent_args, closure_kind_ty, tcx.mk_fn_ptr(sig), tupled_upvars_ty);
                (tcx.mk_closure(expr_def_id.to_def_id(), closure_args.args), None)
            }
            HirClosureKind::Coroutine(kind) => {
                let yield_ty = match kind {
                    CoroutineKind::Desugared(CoroutineDesugaring::Gen, _) | CoroutineKind::Coroutine(_) => {
                        let yield_ty = self.next_ty_var(expr_span);
                        self.require_type_is_sized(yield_ty, expr_span, ObligationCauseCode::SizedYieldType);
                        yield_ty
                    }
                    // HACK: In order to produce `Poll<Option<$yield>>` for async gen, the type is wrapped.
                    CoroutineKind::Desugared(CoroutineDesugaring::AsyncGen, _) => {
                        let yield_ty = self.next_ty_var(expr_span);
                        self.require_type_is_sized(yield_ty, expr_span, ObligationCauseCode::SizedYieldType);
                        let wrap = |item, t: Ty<'tcx>| {
                            let did = tcx.require_lang_item(item, expr_span);
                            tcx.type_of(did).instantiate(*tcx, &[t.into()])
                        };
                        wrap(hir::LangItem::Poll, wrap(hir::LangItem::Option, yield_ty))
                    }
                    CoroutineKind::Desugared(CoroutineDesugaring::Async, _) => tcx.mk_unit(),
                };
                // Resume type defaults to `()` if the coroutine has no argument.
                let resume_ty = liberated_sig.inputs().first().copied().unwrap_or(tcx.mk_unit());
                // Coroutines that come from coroutine closures have not yet determined their kind ty, so make a fresh
                // infer var which will be constrained later during upvar analysis.
                let kind_ty = match kind {
                    CoroutineKind::Desugared(_, CoroutineSource::Closure)
                        if self.is_in_coroutine_closure(expr_def_id) =>
                    {
                        self.next_ty_var(expr_span)
                    }
                    _ => tcx.mk_unit(),
                };
                let coroutine_args = CoroutineArgs::new(
                    *tcx,
                    parent_args,
                    [kind_ty, resume_ty, yield_ty, liberated_sig.output(), tupled_upvars_ty],
                );
                (
                    tcx.mk_ty(TyKind::Coroutine(expr_def_id.to_def_id(), coroutine_args.args)),
                    Some(CoroutineTypes { resume_ty, yield_ty }),
                )
            }
            HirClosureKind::CoroutineClosure(desugaring) => {
                let ty = self.coroutine_closure_ty(
                    desugaring,
                    expr_def_id,
                    expr_span,
                    bound_sig,
                    parent_args,
                    expected_kind,
                );
                let TyKind::CoroutineClosure(_, args) = *ty.kind() else { return ty };
                // To its body the closure returns the coroutine.
                let coroutine_kind_ty = match expected_kind {
                    Some(kind) => kind.to_coroutine_ty(*tcx),
                    None => self.next_ty_var(expr_span),
                };
                let upvars = self.next_ty_var(expr_span);
                let sig = tcx.liberate_late_bound_regions(expr_def_id.to_def_id(), args.as_coroutine_closure().sig());
                let sig = ty::CoroutineClosureSig { return_ty: liberated_sig.output(), ..sig };
                let coroutine = tcx.coroutine_for_closure(expr_def_id);
                let output = sig.to_coroutine(*tcx, parent_args, coroutine_kind_ty, coroutine, upvars);
                liberated_sig = tcx.mk_fn_sig(
                    liberated_sig.inputs().iter().copied(),
                    output,
                    liberated_sig.c_variadic,
                    liberated_sig.safety,
                    liberated_sig.abi,
                );
                (ty, None)
            }
        };

        let mut fcx = FnCtxt::new(self.root_ctxt, self.param_env, expr_def_id);
        fcx.in_closure = true;
        check_fn(
            &mut fcx,
            liberated_sig,
            coroutine_types,
            closure.fn_decl,
            expr_def_id,
            body,
            // Closure "rust-call" ABI doesn't support unsized params
            false,
        );
        closure_ty
    }

    /// The type of an async closure.
    fn coroutine_closure_ty(
        &self,
        desugaring: CoroutineDesugaring,
        def_id: LocalDefId,
        span: Span,
        bound_sig: PolyFnSig<'tcx>,
        parent_args: ty::GenericArgsRef<'tcx>,
        expected_kind: Option<ClosureKind>,
    ) -> Ty<'tcx> {
        let tcx = self.tcx;
        let lang = |item, args: &[ty::GenericArg<'tcx>]| {
            tcx.type_of(tcx.require_lang_item(item, span)).instantiate(*tcx, args)
        };
        let (resume_ty, yield_ty) = match desugaring {
            CoroutineDesugaring::Async => (lang(hir::LangItem::ResumeTy, &[]), tcx.mk_unit()),
            CoroutineDesugaring::Gen => (tcx.mk_unit(), self.next_ty_var(span)),
            CoroutineDesugaring::AsyncGen => {
                let option = lang(hir::LangItem::Option, &[self.next_ty_var(span).into()]);
                (lang(hir::LangItem::ResumeTy, &[]), lang(hir::LangItem::Poll, &[option.into()]))
            }
        };
        let parts = bound_sig.map_bound(|sig| {
            let return_ty = if desugaring == CoroutineDesugaring::Async { sig.output() } else { tcx.mk_unit() };
            let output = tcx.mk_tup(&[resume_ty, yield_ty, return_ty]);
            tcx.mk_fn_sig([tcx.mk_tup(sig.inputs())], output, sig.c_variadic, sig.safety, sig.abi)
        });
        let kind_ty = match expected_kind {
            Some(kind) => kind.to_ty(*tcx),
            None => self.next_ty_var(span),
        };
        let upvars = self.next_ty_var(span);
        let captures_by_ref = self.next_ty_var(span);
        let parts = [kind_ty, tcx.mk_fn_ptr(parts), upvars, captures_by_ref];
        let args = ty::CoroutineClosureArgs::new(*tcx, parent_args, parts).args;
        tcx.mk_ty(TyKind::CoroutineClosure(def_id.to_def_id(), args))
    }

    fn is_in_coroutine_closure(&self, def_id: LocalDefId) -> bool {
        let parent = self.tcx.local_parent(def_id);
        matches!(
            self.tcx.hir_node_by_def_id(parent),
            hir::Node::Expr(hir::Expr {
                kind: hir::ExprKind::Closure(hir::Closure { kind: HirClosureKind::CoroutineClosure(_), .. }),
                ..
            })
        )
    }

    /// Given the expected type, figures out what it can about this closure we are about to type check.
    fn deduce_closure_signature(
        &self,
        expected_ty: Ty<'tcx>,
        closure_kind: HirClosureKind,
    ) -> (Option<ExpectedSig<'tcx>>, Option<ClosureKind>) {
        match *expected_ty.kind() {
            TyKind::Alias(ty::AliasTyKind::Opaque, alias) => {
                let bounds = self.tcx.explicit_item_self_bounds(alias.def_id);
                let preds: Vec<(Predicate<'tcx>, Span)> = bounds
                    .skip_binder()
                    .iter()
                    .map(|&(c, s)| (ty::EarlyBinder::bind(c).instantiate(*self.tcx, alias.args).as_predicate(), s))
                    .collect();
                self.deduce_closure_signature_from_predicates(expected_ty, closure_kind, preds)
            }
            TyKind::Dynamic(object_type, _) => {
                let sig = object_type.projection_bounds().find_map(|pb| {
                    let dummy = self.tcx.types().trait_object_dummy_self;
                    let pb = pb.map_bound(|p| p.with_self_ty(*self.tcx, dummy));
                    self.deduce_sig_from_projection(None, closure_kind, pb)
                });
                let kind = object_type.principal_def_id().and_then(|did| self.tcx.fn_trait_kind_from_def_id(did));
                (sig, kind)
            }
            TyKind::Infer(InferTy::TyVar(vid)) => {
                let preds: Vec<(Predicate<'tcx>, Span)> =
                    self.obligations_for_self_ty(vid).into_iter().map(|obl| (obl.predicate, obl.cause.span)).collect();
                let self_ty = self.tcx.mk_ty_var(self.root_var(vid));
                self.deduce_closure_signature_from_predicates(self_ty, closure_kind, preds)
            }
            TyKind::FnPtr(sig) => match closure_kind {
                HirClosureKind::Closure => {
                    let expected_sig = ExpectedSig { cause_span: None, sig };
                    (Some(expected_sig), Some(ClosureKind::Fn))
                }
                HirClosureKind::Coroutine(_) | HirClosureKind::CoroutineClosure(_) => (None, None),
            },
            _ => (None, None),
        }
    }

    fn deduce_closure_signature_from_predicates(
        &self,
        expected_ty: Ty<'tcx>,
        closure_kind: HirClosureKind,
        predicates: Vec<(Predicate<'tcx>, Span)>,
    ) -> (Option<ExpectedSig<'tcx>>, Option<ClosureKind>) {
        let mut expected_sig: Option<ExpectedSig<'tcx>> = None;
        let mut expected_kind: Option<ClosureKind> = None;

        let clauses: Vec<(ty::Clause<'tcx>, Span)> =
            predicates.into_iter().filter_map(|(p, s)| Some((p.as_clause()?, s))).collect();
        for (clause, span) in trait_solve::traits::elaborate(self.tcx, clauses) {
            let pred = clause.as_predicate();
            let bound_predicate = pred.kind();
            // Given a Projection predicate, we can potentially infer the complete signature.
            if expected_sig.is_none() {
                if let ty::PredicateKind::Clause(ty::ClauseKind::Projection(proj_predicate)) =
                    bound_predicate.skip_binder()
                {
                    let is_self = {
                        let s = self.shallow_resolve(proj_predicate.projection_term.self_ty());
                        s == expected_ty
                            || matches!((s.ty_vid(), expected_ty.ty_vid()), (Some(a), Some(b)) if self.root_var(a) == self.root_var(b))
                    };
                    if is_self {
                        let inferred_sig = self.deduce_sig_from_projection(
                            Some(span),
                            closure_kind,
                            bound_predicate.rebind(proj_predicate),
                        );
                        if let Some(sig) = inferred_sig {
                            let normalized = self.normalize(span, sig.sig);
                            // Make sure that we didn't infer a signature that mentions itself.
                            let mentions_self = ty_mentions(normalized, expected_ty);
                            if !mentions_self {
                                expected_sig = Some(ExpectedSig { cause_span: sig.cause_span, sig: normalized });
                            }
                        }
                    }
                }
            }

            // Even if we can't infer the full signature, we may be able to infer the kind. This can occur when we
            // elaborate a predicate like `F : Fn<A>`. Note that due to subtyping we could encounter many viable options.
            let trait_def_id = match bound_predicate.skip_binder() {
                ty::PredicateKind::Clause(ty::ClauseKind::Projection(data)) => {
                    self.tcx.opt_parent(data.projection_term.def_id)
                }
                ty::PredicateKind::Clause(ty::ClauseKind::Trait(data)) => Some(data.def_id()),
                _ => None,
            };
            let is_async = matches!(closure_kind, HirClosureKind::CoroutineClosure(_));
            let found_kind = trait_def_id.and_then(|t| {
                let found = self.tcx.fn_trait_kind_from_def_id(t);
                found.or_else(|| self.tcx.async_fn_trait_kind_from_def_id(t).filter(|_| is_async))
            });
            if let Some(found_kind) = found_kind {
                // always use the closure kind that is more permissive.
                expected_kind = Some(match expected_kind {
                    None => found_kind,
                    Some(k) => std::cmp::min(k, found_kind),
                });
            }
        }
        (expected_sig, expected_kind)
    }

    /// Given an `FnOnce::Output` or `AsyncFn::Output` projection, extract the args and return type to infer a
    /// [`ty::PolyFnSig`] for the closure.
    fn deduce_sig_from_projection(
        &self,
        cause_span: Option<Span>,
        closure_kind: HirClosureKind,
        projection: PolyProjectionPredicate<'tcx>,
    ) -> Option<ExpectedSig<'tcx>> {
        let def_id = projection.skip_binder().projection_term.def_id;
        // For now, we only do signature deduction based off of the `Fn` traits, for closures.
        match closure_kind {
            HirClosureKind::Closure if self.tcx.is_lang_item(def_id, hir::LangItem::FnOnceOutput) => {
                self.extract_sig_from_projection(cause_span, projection)
            }
            // `impl AsyncFn(A) -> R` tells the parameters, and that the result is some future.
            HirClosureKind::Closure if self.tcx.is_lang_item(def_id, hir::LangItem::AsyncFnOnceOutput) => {
                let sig = self.extract_sig_from_projection(cause_span, projection)?;
                let output = self.next_ty_var(cause_span.unwrap_or(span::DUMMY_SP));
                let sig = sig.sig.map_bound(|s| {
                    self.tcx.mk_fn_sig(s.inputs().iter().copied(), output, s.c_variadic, s.safety, s.abi)
                });
                Some(ExpectedSig { cause_span, sig })
            }
            HirClosureKind::CoroutineClosure(_) if self.tcx.is_lang_item(def_id, hir::LangItem::AsyncFnOnceOutput) => {
                self.extract_sig_from_projection(cause_span, projection)
            }
            // `F: Fn(A) -> Fut, Fut: Future<Output = R>`
            HirClosureKind::CoroutineClosure(_) if self.tcx.is_lang_item(def_id, hir::LangItem::FnOnceOutput) => {
                let sig = self.extract_sig_from_projection(cause_span, projection)?;
                let TyKind::Infer(InferTy::TyVar(future)) =
                    *self.shallow_resolve(sig.sig.skip_binder().output()).kind()
                else {
                    return None;
                };
                let output = self.obligations_for_self_ty(future).into_iter().find_map(|o| {
                    self.deduce_future_output_from_projection(o.cause.span, o.predicate.as_projection_clause()?)
                });
                let output = output.unwrap_or_else(|| self.next_ty_var(cause_span.unwrap_or(span::DUMMY_SP)));
                let sig = sig.sig.map_bound(|s| {
                    self.tcx.mk_fn_sig(s.inputs().iter().copied(), output, s.c_variadic, s.safety, s.abi)
                });
                Some(ExpectedSig { cause_span, sig })
            }
            HirClosureKind::Coroutine(_) if self.tcx.is_lang_item(def_id, hir::LangItem::CoroutineReturn) => {
                // `T: Coroutine<R, Return = U>`
                None
            }
            _ => None,
        }
    }

    fn extract_sig_from_projection(
        &self,
        cause_span: Option<Span>,
        projection: PolyProjectionPredicate<'tcx>,
    ) -> Option<ExpectedSig<'tcx>> {
        let projection = self.resolve_vars_if_possible(projection);
        let arg_param_ty = projection.skip_binder().projection_term.args.type_at(1);
        let TyKind::Tuple(input_tys) = *arg_param_ty.kind() else {
            return None;
        };
        // Since this is a return parameter type it is safe to unwrap.
        let ret_param_ty = projection.skip_binder().term.as_type()?;
        let sig = projection.rebind(self.tcx.mk_fn_sig(
            input_tys.iter(),
            ret_param_ty,
            false,
            Safety::Safe,
            ty::ExternAbi::Rust,
        ));
        Some(ExpectedSig { cause_span, sig })
    }

    fn sig_of_closure(
        &self,
        expr_def_id: LocalDefId,
        closure: &'tcx hir::Closure<'tcx>,
        expected_sig: Option<ExpectedSig<'tcx>>,
    ) -> ClosureSignatures<'tcx> {
        match expected_sig {
            Some(e) => self.sig_of_closure_with_expectation(expr_def_id, closure, e),
            None => self.sig_of_closure_no_expectation(expr_def_id, closure),
        }
    }

    /// If there is no expected signature, then we will convert the types that the user gave into a signature.
    fn sig_of_closure_no_expectation(
        &self,
        expr_def_id: LocalDefId,
        closure: &'tcx hir::Closure<'tcx>,
    ) -> ClosureSignatures<'tcx> {
        let bound_sig = self.supplied_sig_of_closure(expr_def_id, closure);
        self.closure_sigs(expr_def_id, bound_sig)
    }

    /// Invoked to compute the signature of a closure expression. This combines any user-provided type annotations (e.g.,
    /// `|x: u32| -> u32 { .. }`) with the expected signature.
    fn sig_of_closure_with_expectation(
        &self,
        expr_def_id: LocalDefId,
        closure: &'tcx hir::Closure<'tcx>,
        expected_sig: ExpectedSig<'tcx>,
    ) -> ClosureSignatures<'tcx> {
        let decl = closure.fn_decl;
        // Watch out for some surprises and just ignore the expectation if something seems mismatched.
        if expected_sig.sig.c_variadic() != decl.c_variadic {
            return self.sig_of_closure_no_expectation(expr_def_id, closure);
        } else if expected_sig.sig.skip_binder().inputs().len() != decl.inputs.len() {
            return self.sig_of_closure_with_mismatched_number_of_arguments(expr_def_id, closure, expected_sig);
        }

        // Create a `PolyFnSig`. Note the oddity that late bound regions appearing free in `expected_sig` are now bound
        // to the closure expression.
        let bound_sig = expected_sig.sig.map_bound(|sig| {
            self.tcx.mk_fn_sig(
                sig.inputs().iter().copied(),
                sig.output(),
                sig.c_variadic,
                Safety::Safe,
                ty::ExternAbi::RustCall,
            )
        });
        // `deduce_expectations_from_expected_type` introduces late-bound lifetimes defined elsewhere, which we now
        // anonymize away, so as not to confuse the user.
        let bound_sig = self.tcx.anonymize_bound_vars(bound_sig);
        let closure_sigs = self.closure_sigs(expr_def_id, bound_sig);

        // Up till this point, we have ignored the annotations that the user gave. This function will check that they
        // unify successfully. Along the way, it also writes out entries for types that the user wrote.
        match self.merge_supplied_sig_with_expectation(expr_def_id, closure, closure_sigs) {
            Ok(infer_ok) => self.register_infer_ok_obligations(infer_ok),
            Err(_) => self.sig_of_closure_no_expectation(expr_def_id, closure),
        }
    }

    /// E0593.
    fn sig_of_closure_with_mismatched_number_of_arguments(
        &self,
        expr_def_id: LocalDefId,
        closure: &'tcx hir::Closure<'tcx>,
        expected_sig: ExpectedSig<'tcx>,
    ) -> ClosureSignatures<'tcx> {
        let expr_span = closure.fn_decl_span;
        let expected = expected_sig.sig.skip_binder().inputs().len();
        let found = closure.fn_decl.inputs.len();
        let plural = |n: usize| if n == 1 { "1 argument".to_string() } else { format!("{n} arguments") };
        let kind = "closure";
        let mut err = self.err(
            expr_span,
            E0593,
            format!("{kind} is expected to take {}, but it takes {}", plural(expected), plural(found)),
        );
        err.span_label(expr_span, format!("takes {}", plural(found)));
        if let Some(sp) = expected_sig.cause_span {
            err.span_label(sp, format!("expected {kind} that takes {}", plural(expected)));
        }
        let guar = self.emit(err);
        self.error_sig_of_closure(expr_def_id, closure, guar)
    }

    fn error_sig_of_closure(
        &self,
        expr_def_id: LocalDefId,
        closure: &'tcx hir::Closure<'tcx>,
        guar: span::ErrorGuaranteed,
    ) -> ClosureSignatures<'tcx> {
        let err_ty = Ty::new_error(*self.tcx, guar);
        let decl = closure.fn_decl;
        for a in decl.inputs {
            // Convert the types that the user supplied (if any), but ignore them.
            self.lowerer().lower_ty(a);
        }
        if let FnRetTy::Return(output) = decl.output {
            self.lowerer().lower_ty(output);
        }
        let result = Binder::dummy(self.tcx.mk_fn_sig(
            decl.inputs.iter().map(|_| err_ty),
            err_ty,
            decl.c_variadic,
            Safety::Safe,
            ty::ExternAbi::RustCall,
        ));
        self.closure_sigs(expr_def_id, result)
    }

    /// Enforce the user's types against the expectation.
    fn merge_supplied_sig_with_expectation(
        &self,
        expr_def_id: LocalDefId,
        closure: &'tcx hir::Closure<'tcx>,
        expected_sigs: ClosureSignatures<'tcx>,
    ) -> InferResult<'tcx, ClosureSignatures<'tcx>> {
        let decl = closure.fn_decl;
        // Get the signature S that the user gave.
        let supplied_sig = self.supplied_sig_of_closure(expr_def_id, closure);

        self.commit_if_ok(|_| {
            let mut all_obligations = PredicateObligations::new();
            let supplied_sig = self.instantiate_binder_with_fresh_vars(
                self.tcx.def_span(expr_def_id),
                BoundRegionConversionTime::FnCall,
                supplied_sig,
            );

            // The liberated version of this signature should be a subtype of the liberated form of the expectation.
            for ((hir_ty, &supplied_ty), &expected_ty) in
                decl.inputs.iter().zip(supplied_sig.inputs()).zip(expected_sigs.liberated_sig.inputs())
            {
                // Check that E' = S'.
                let cause = self.misc(hir_ty.span);
                let InferOk { obligations, .. } =
                    self.at(&cause, self.param_env).eq(DefineOpaqueTypes::Yes, expected_ty, supplied_ty)?;
                all_obligations.extend(obligations);
            }
            let cause = self.misc(decl.output.span());
            let InferOk { obligations, .. } = self.at(&cause, self.param_env).eq(
                DefineOpaqueTypes::Yes,
                expected_sigs.liberated_sig.output(),
                supplied_sig.output(),
            )?;
            all_obligations.extend(obligations);
            Ok(InferOk { value: expected_sigs, obligations: all_obligations })
        })
    }

    /// If there is no expected signature, then we will convert the types that the user gave into a signature.
    fn supplied_sig_of_closure(&self, expr_def_id: LocalDefId, closure: &'tcx hir::Closure<'tcx>) -> PolyFnSig<'tcx> {
        let decl = closure.fn_decl;
        let lowerer = self.lowerer();
        let params = lowerer.binder_params(closure.bound_generic_params);
        let bound_vars = lowerer.bound_vars_of(&params);
        let _ = RegionInferReason::Elided;

        // First, convert the types that the user supplied (if any).
        let (supplied_arguments, supplied_return) = self.binders.enter(params, || {
            let inputs: Vec<Ty<'tcx>> = decl.inputs.iter().map(|a| lowerer.lower_ty(a)).collect();
            let output = match decl.output {
                FnRetTy::Return(output) => lowerer.lower_ty(output),
                FnRetTy::DefaultReturn(sp) => match closure.kind {
                    // In the case of the async block that we create for a function body, we expect the return type of
                    // the block to match that of the enclosing function.
                    HirClosureKind::Coroutine(CoroutineKind::Desugared(
                        CoroutineDesugaring::Async,
                        CoroutineSource::Fn,
                    )) => {
                        self.deduce_future_output_from_obligations(expr_def_id).unwrap_or_else(|| self.next_ty_var(sp))
                    }
                    // That of an async closure: what the closure was found to give.
                    HirClosureKind::Coroutine(CoroutineKind::Desugared(
                        CoroutineDesugaring::Async,
                        CoroutineSource::Closure,
                    )) => {
                        let expected = self.ret_coercion.as_ref().map(|c| c.borrow().expected_ty());
                        match expected.map(|t| *self.shallow_resolve(t).kind()) {
                            Some(TyKind::Coroutine(def_id, args)) if def_id == expr_def_id.to_def_id() => {
                                args.as_coroutine().return_ty()
                            }
                            _ => self.next_ty_var(sp),
                        }
                    }
                    // All `gen {}` and `async gen {}` must return unit.
                    HirClosureKind::Coroutine(CoroutineKind::Desugared(
                        CoroutineDesugaring::Gen | CoroutineDesugaring::AsyncGen,
                        _,
                    )) => self.tcx.mk_unit(),
                    // For async blocks, we just fall back to `_` here. For closures/coroutines, we know nothing about
                    // the return type unless an expectation tells.
                    _ => self.next_ty_var(sp),
                },
            };
            (inputs, output)
        });

        let result = Binder::bind_with_vars(
            self.tcx.mk_fn_sig(
                supplied_arguments,
                supplied_return,
                decl.c_variadic,
                Safety::Safe,
                ty::ExternAbi::RustCall,
            ),
            bound_vars,
        );
        let c_result = self.canonicalize_user_type_annotation(result);
        self.typeck_results.borrow_mut().user_provided_sigs.insert(expr_def_id, c_result);

        // Normalize only after registering in `user_provided_sigs`.
        self.normalize(self.tcx.def_span(expr_def_id), result)
    }

    /// The value that the `async fn` whose body this is was declared to give.
    fn deduce_future_output_from_obligations(&self, body_def_id: LocalDefId) -> Option<Ty<'tcx>> {
        let ret_coercion = self.ret_coercion.as_ref()?;
        let closure_span = self.tcx.def_span(body_def_id);
        let ret_ty = ret_coercion.borrow().expected_ty();
        let ret_ty = self.try_structurally_resolve_type(closure_span, ret_ty);

        let get_future_output = |predicate: Predicate<'tcx>, span: Span| {
            // Search for a pending obligation like `<R as Future>::Output = T` where R is the return type we are
            // expecting and type T is the output.
            let bound_predicate = predicate.kind();
            if let ty::PredicateKind::Clause(ty::ClauseKind::Projection(proj)) = bound_predicate.skip_binder() {
                return self.deduce_future_output_from_projection(span, bound_predicate.rebind(proj));
            }
            None
        };
        match *ret_ty.kind() {
            TyKind::Infer(InferTy::TyVar(ret_vid)) => self
                .obligations_for_self_ty(ret_vid)
                .into_iter()
                .find_map(|o| get_future_output(o.predicate, o.cause.span)),
            TyKind::Alias(_, alias) => {
                self.tcx.explicit_item_bounds(alias.def_id).skip_binder().iter().find_map(|&(p, s)| {
                    get_future_output(ty::EarlyBinder::bind(p).instantiate(*self.tcx, alias.args).as_predicate(), s)
                })
            }
            _ => None,
        }
    }

    fn deduce_future_output_from_projection(
        &self,
        _cause_span: Span,
        predicate: PolyProjectionPredicate<'tcx>,
    ) -> Option<Ty<'tcx>> {
        // We do not expect any bound regions in our predicate, so skip past the bound vars.
        let predicate = predicate.no_bound_vars()?;
        // Check that this is a projection from the `Future` trait.
        let trait_def_id = self.tcx.opt_parent(predicate.projection_term.def_id)?;
        if !self.tcx.is_lang_item(trait_def_id, hir::LangItem::Future) {
            return None;
        }
        // Extract the type from the projection.
        self.resolve_vars_if_possible(predicate.term).as_type()
    }

    /// The output of a future type; for suggestions.
    pub(crate) fn get_impl_future_output_ty(&self, ty: Ty<'tcx>) -> Option<Ty<'tcx>> {
        let TyKind::Alias(_, alias) = *ty.kind() else {
            return None;
        };
        self.tcx.explicit_item_bounds(alias.def_id).skip_binder().iter().find_map(|&(p, s)| {
            let p = ty::EarlyBinder::bind(p).instantiate(*self.tcx, alias.args);
            self.deduce_future_output_from_projection(s, p.as_projection_clause()?)
        })
    }

    fn closure_sigs(&self, expr_def_id: LocalDefId, bound_sig: PolyFnSig<'tcx>) -> ClosureSignatures<'tcx> {
        let liberated_sig = self.tcx.liberate_late_bound_regions(expr_def_id.to_def_id(), bound_sig);
        let liberated_sig = self.normalize(self.tcx.def_span(expr_def_id), liberated_sig);
        ClosureSignatures { bound_sig, liberated_sig }
    }
}

/// Whether a signature mentions a type.
fn ty_mentions<'tcx>(sig: PolyFnSig<'tcx>, ty: Ty<'tcx>) -> bool {
    sig.skip_binder().inputs_and_output.iter().any(|t| t.walk().any(|a| a.as_type() == Some(ty)))
}
