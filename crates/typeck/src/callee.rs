//! Calls: functions, function pointers, constructors, closures, and whatever implements an `Fn` trait.

use diagnostics::codes::*;
use diagnostics::{Applicability, Diag};
use hir::ExprKind;
use hir::def::{DefKind, Res};
use span::Span;
use span::def_id::{DefId, LocalDefId};
use trait_solve::infer::BoundRegionConversionTime;
use trait_solve::traits::ObligationCauseCode;
use ty::adjustment::{Adjust, Adjustment, AllowTwoPhase, AutoBorrow, AutoBorrowMutability};
use ty::{FnSig, GenericArgsRef, Ty, TyKind, TypeVisitableExt};

use crate::FnCtxt;
use crate::autoderef::Autoderef;
use crate::expectation::Expectation::{self, *};
use crate::fn_ctxt::args::TupleArgumentsFlag;
use crate::method::MethodCallee;

/// Checks that it is legal to call methods of the trait corresponding to `trait_id` (this only cares about the trait,
/// not the specific method that is called): E0040.
pub(crate) fn check_legal_trait_for_method_call(
    fcx: &FnCtxt<'_, '_>,
    span: Span,
    receiver: Option<Span>,
    expr_span: Span,
    trait_id: DefId,
) -> Result<(), span::ErrorGuaranteed> {
    let tcx = fcx.tcx;
    if tcx.is_lang_item(trait_id, hir::LangItem::Drop) {
        let sugg_span = match receiver {
            Some(_) => span,
            None => expr_span,
        };
        let mut err = fcx
            .err(sugg_span, E0040, "explicit use of destructor method")
            .with_span_label(sugg_span, "explicit destructor calls not allowed");
        match receiver {
            Some(receiver) => {
                err.multipart_suggestion(
                    "consider using `drop` function",
                    vec![
                        (receiver.shrink_to_lo(), "drop(".to_string()),
                        (receiver.shrink_to_hi().to(expr_span.shrink_to_hi()), ")".to_string()),
                    ],
                    Applicability::MaybeIncorrect,
                );
            }
            None => {
                err.span_suggestion_verbose(
                    span,
                    "consider using `drop` function",
                    "drop",
                    Applicability::MaybeIncorrect,
                );
            }
        }
        return Err(fcx.emit(err));
    }
    Ok(())
}

/// How a call is made.
enum CallStep<'tcx> {
    Builtin(Ty<'tcx>),
    DeferredClosure(LocalDefId, FnSig<'tcx>),
    /// Call overloading when callee implements one of the Fn* traits.
    Overloaded(MethodCallee<'tcx>),
}

/// A call of a closure whose kind is found by the analysis of its captures.
#[derive(Debug)]
pub(crate) struct DeferredCallResolution<'tcx> {
    call_expr: &'tcx hir::Expr<'tcx>,
    callee_expr: &'tcx hir::Expr<'tcx>,
    closure_ty: Ty<'tcx>,
    adjustments: Vec<Adjustment<'tcx>>,
    fn_sig: FnSig<'tcx>,
}

impl<'a, 'tcx> FnCtxt<'a, 'tcx> {
    pub(crate) fn check_expr_call(
        &self,
        call_expr: &'tcx hir::Expr<'tcx>,
        callee_expr: &'tcx hir::Expr<'tcx>,
        arg_exprs: &'tcx [hir::Expr<'tcx>],
        expected: Expectation<'tcx>,
    ) -> Ty<'tcx> {
        let original_callee_ty = match &callee_expr.kind {
            ExprKind::Path(hir::QPath::Resolved(..) | hir::QPath::TypeRelative(..)) => {
                self.check_expr_with_expectation_and_args(callee_expr, NoExpectation, Some((call_expr, arg_exprs)))
            }
            _ => self.check_expr(callee_expr),
        };
        let expr_ty = self.structurally_resolve_type(call_expr.span, original_callee_ty);

        let mut autoderef = self.autoderef(callee_expr.span, expr_ty);
        let mut result = None;
        while result.is_none() && autoderef.next().is_some() {
            result = self.try_overloaded_call_step(call_expr, callee_expr, arg_exprs, &autoderef);
        }
        self.register_predicates(autoderef.into_obligations());

        let output = match result {
            None => {
                // Check all of the arg expressions, but with no expectations since we don't have a signature to
                // compare them to.
                for arg in arg_exprs {
                    self.check_expr(arg);
                }
                let guar = self.report_invalid_callee(call_expr, callee_expr, expr_ty, arg_exprs);
                Ty::new_error(*self.tcx, guar)
            }
            Some(CallStep::Builtin(callee_ty)) => {
                self.confirm_builtin_call(call_expr, callee_expr, callee_ty, arg_exprs, expected)
            }
            Some(CallStep::DeferredClosure(def_id, fn_sig)) => {
                self.confirm_deferred_closure_call(call_expr, arg_exprs, expected, def_id, fn_sig)
            }
            Some(CallStep::Overloaded(method_callee)) => {
                self.confirm_overloaded_call(call_expr, arg_exprs, expected, method_callee)
            }
        };

        // we must check that return type of called functions is WF:
        self.register_wf_obligation(output.into(), call_expr.span, ObligationCauseCode::WellFormed(None));
        output
    }

    fn try_overloaded_call_step(
        &self,
        call_expr: &'tcx hir::Expr<'tcx>,
        callee_expr: &'tcx hir::Expr<'tcx>,
        arg_exprs: &'tcx [hir::Expr<'tcx>],
        autoderef: &Autoderef<'_, 'tcx>,
    ) -> Option<CallStep<'tcx>> {
        let adjusted_ty = self.structurally_resolve_type(autoderef.span(), autoderef.final_ty());
        // Which of the `Fn` traits a closure has is not known before its body was looked at.
        let defer = |def_id: LocalDefId, fn_sig: FnSig<'tcx>| {
            let adjustments = self.register_infer_ok_obligations(self.adjust_steps(autoderef));
            self.deferred_call_resolutions.borrow_mut().entry(def_id).or_default().push(DeferredCallResolution {
                call_expr,
                callee_expr,
                closure_ty: adjusted_ty,
                adjustments,
                fn_sig,
            });
            CallStep::DeferredClosure(def_id, fn_sig)
        };

        // If the callee is a bare function or a closure, then we're all set.
        match *adjusted_ty.kind() {
            TyKind::FnDef(..) | TyKind::FnPtr(..) => {
                let adjustments = self.adjust_steps(autoderef);
                let adjustments = self.register_infer_ok_obligations(adjustments);
                self.apply_adjustments(callee_expr, adjustments);
                return Some(CallStep::Builtin(adjusted_ty));
            }

            // Check whether this is a call to a closure where we haven't yet decided on whether the closure is fn vs
            // fnmut vs fnonce. If so, we have to defer further processing.
            TyKind::Closure(def_id, args) if def_id.is_local() && self.closure_kind(args).is_none() => {
                let closure_sig = args.as_closure().sig();
                let closure_sig = self.instantiate_binder_with_fresh_vars(
                    call_expr.span,
                    BoundRegionConversionTime::FnCall,
                    closure_sig,
                );
                return Some(defer(def_id.expect_local(), closure_sig));
            }

            TyKind::CoroutineClosure(def_id, args)
                if def_id.is_local()
                    && self.shallow_resolve(args.as_coroutine_closure().kind_ty()).to_opt_closure_kind().is_none() =>
            {
                let parts = args.as_coroutine_closure();
                let sig = self.instantiate_binder_with_fresh_vars(
                    call_expr.span,
                    BoundRegionConversionTime::FnCall,
                    parts.sig(),
                );
                // Which coroutine it gives depends on the kind.
                let (kind_ty, upvars) = (self.next_ty_var(callee_expr.span), self.next_ty_var(callee_expr.span));
                let coroutine = self.tcx.coroutine_for_closure(def_id);
                let output = sig.to_coroutine(*self.tcx, parts.parent_args(), kind_ty, coroutine, upvars);
                let fn_sig = self.tcx.mk_fn_sig(
                    [sig.tupled_inputs_ty],
                    output,
                    false,
                    hir::Safety::Safe,
                    ty::ExternAbi::RustCall,
                );
                return Some(defer(def_id.expect_local(), fn_sig));
            }

            // Hack: we know that there are traits implementing Fn for &F where F:Fn and so forth. In the particular
            // case of types like `X` in `X::f` where `X: &F`, that'd make us add an autoref: look through first.
            TyKind::Ref(..) if autoderef.step_count() == 0 => return None,

            TyKind::Error(_) => return None,
            TyKind::Infer(ty::InferTy::TyVar(_)) => return None,
            _ => {}
        }

        // Now, we look for the implementation of a Fn-family trait on the object's type: first with as many arguments
        // as there are, then with any number, for the errors.
        self.try_overloaded_call_traits(call_expr, adjusted_ty, Some(arg_exprs))
            .or_else(|| self.try_overloaded_call_traits(call_expr, adjusted_ty, None))
            .map(|(autoref, method)| {
                let adjustments = self.adjust_steps(autoderef);
                let mut adjustments = self.register_infer_ok_obligations(adjustments);
                adjustments.extend(autoref);
                self.apply_adjustments(callee_expr, adjustments);
                CallStep::Overloaded(method)
            })
    }

    /// The kind of a closure, once known.
    pub(crate) fn closure_kind(&self, args: GenericArgsRef<'tcx>) -> Option<ty::closure::ClosureKind> {
        let kind_ty = self.shallow_resolve(args.as_closure().kind_ty());
        kind_ty.to_opt_closure_kind()
    }

    fn try_overloaded_call_traits(
        &self,
        call_expr: &hir::Expr<'_>,
        adjusted_ty: Ty<'tcx>,
        opt_arg_exprs: Option<&'tcx [hir::Expr<'tcx>]>,
    ) -> Option<(Option<Adjustment<'tcx>>, MethodCallee<'tcx>)> {
        // Types that surely implement none.
        if matches!(
            adjusted_ty.kind(),
            TyKind::Bool
                | TyKind::Char
                | TyKind::Int(_)
                | TyKind::Uint(_)
                | TyKind::Float(_)
                | TyKind::Str
                | TyKind::Array(..)
                | TyKind::Slice(_)
                | TyKind::RawPtr(..)
                | TyKind::Tuple(_)
                | TyKind::Never
                | TyKind::Infer(_)
        ) {
            return None;
        }
        let lang = self.tcx.lang_items();
        // For most types, try `Fn` first so that as little as possible is borrowed.
        let mut call_trait_choices = [
            (lang.fn_trait(), span::sym::call, true),
            (lang.fn_mut_trait(), span::sym::call_mut, true),
            (lang.fn_once_trait(), span::sym::call_once, false),
            (lang.async_fn_trait(), span::Symbol::intern("async_call"), true),
            (lang.async_fn_mut_trait(), span::Symbol::intern("async_call_mut"), true),
            (lang.async_fn_once_trait(), span::Symbol::intern("async_call_once"), false),
        ];

        // An async closure may lend from itself only as such.
        if matches!(adjusted_ty.kind(), TyKind::CoroutineClosure(..)) {
            call_trait_choices.rotate_left(3);
        }

        // Try the options that are least restrictive on the caller first.
        for (opt_trait_def_id, method_name, borrow) in call_trait_choices {
            let Some(trait_def_id) = opt_trait_def_id else {
                continue;
            };
            let opt_input_type = opt_arg_exprs.map(|arg_exprs| {
                let tys: Vec<_> = arg_exprs.iter().map(|e| self.next_ty_var(e.span)).collect();
                self.tcx.mk_tup(&tys)
            });
            // We use `lookup_method_for_operator` here because it takes a trait and the types.
            if let Some(ok) = self.lookup_method_for_operator(
                self.misc(call_expr.span),
                method_name,
                trait_def_id,
                adjusted_ty,
                opt_input_type,
            ) {
                let method = self.register_infer_ok_obligations(ok);
                let mut autoref = None;
                if borrow {
                    // Check for &self vs &mut self in the method signature. Since this is either the Fn or FnMut
                    // trait, it should be one of those.
                    let TyKind::Ref(_, _, mutbl) = *method.sig.inputs()[0].kind() else {
                        continue;
                    };
                    // For initial two-phase borrow deployment, conservatively omit overloaded function call ops.
                    let mutbl = AutoBorrowMutability::new(mutbl, AllowTwoPhase::No);
                    autoref = Some(Adjustment {
                        kind: Adjust::Borrow(AutoBorrow::Ref(mutbl)),
                        target: method.sig.inputs()[0],
                    });
                }
                return Some((autoref, method));
            }
        }
        None
    }

    fn confirm_builtin_call(
        &self,
        call_expr: &'tcx hir::Expr<'tcx>,
        callee_expr: &'tcx hir::Expr<'tcx>,
        callee_ty: Ty<'tcx>,
        arg_exprs: &'tcx [hir::Expr<'tcx>],
        expected: Expectation<'tcx>,
    ) -> Ty<'tcx> {
        let _ = callee_expr;
        let def_id = match *callee_ty.kind() {
            TyKind::FnDef(def_id, _) => Some(def_id),
            _ => None,
        };
        let fn_sig = self.tcx.fn_sig_of_ty(callee_ty).expect("a function type");

        // Replace any late-bound regions that appear in the function signature with region variables. We also have
        // to renormalize the associated types at this point, since they previously appeared within a `Binder<>` and
        // hence would not have been normalized before.
        let fn_sig = self.instantiate_binder_with_fresh_vars(call_expr.span, BoundRegionConversionTime::FnCall, fn_sig);
        let fn_sig = self.normalize(call_expr.span, fn_sig);

        self.check_argument_types(
            call_expr.span,
            call_expr,
            fn_sig.inputs(),
            fn_sig.output(),
            expected,
            arg_exprs,
            fn_sig.c_variadic,
            TupleArgumentsFlag::DontTupleArguments,
            def_id,
        );

        if fn_sig.abi == ty::ExternAbi::RustCall {
            let sp = arg_exprs.last().map_or(call_expr.span, |expr| expr.span);
            if let Some(ty) = fn_sig.inputs().last().copied() {
                if let Some(tuple) = self.lang_trait(hir::LangItem::Tuple) {
                    self.register_bound(ty, tuple, self.cause(sp, ObligationCauseCode::RustCall));
                }
                self.require_type_is_sized(ty, sp, ObligationCauseCode::RustCall);
            } else {
                let diag = self.dcx().struct_span_err(
                    sp,
                    "functions with the \"rust-call\" ABI must take a single non-self tuple argument",
                );
                self.emit(diag);
            }
        }
        fn_sig.output()
    }

    fn confirm_deferred_closure_call(
        &self,
        call_expr: &'tcx hir::Expr<'tcx>,
        arg_exprs: &'tcx [hir::Expr<'tcx>],
        expected: Expectation<'tcx>,
        closure_def_id: LocalDefId,
        fn_sig: FnSig<'tcx>,
    ) -> Ty<'tcx> {
        // `fn_sig` is the *signature* of the closure being called. We don't know yet whether it is a Fn, FnMut or
        // FnOnce closure, but what we do know is its argument types.
        self.check_argument_types(
            call_expr.span,
            call_expr,
            fn_sig.inputs(),
            fn_sig.output(),
            expected,
            arg_exprs,
            fn_sig.c_variadic,
            TupleArgumentsFlag::TupleArguments,
            Some(closure_def_id.to_def_id()),
        );
        fn_sig.output()
    }

    fn confirm_overloaded_call(
        &self,
        call_expr: &'tcx hir::Expr<'tcx>,
        arg_exprs: &'tcx [hir::Expr<'tcx>],
        expected: Expectation<'tcx>,
        method: MethodCallee<'tcx>,
    ) -> Ty<'tcx> {
        self.check_argument_types(
            call_expr.span,
            call_expr,
            &method.sig.inputs()[1..],
            method.sig.output(),
            expected,
            arg_exprs,
            method.sig.c_variadic,
            TupleArgumentsFlag::TupleArguments,
            Some(method.def_id),
        );
        self.write_method_call_and_enforce_effects(call_expr.hir_id, call_expr.span, method);
        method.sig.output()
    }

    /// E0618.
    fn report_invalid_callee(
        &self,
        call_expr: &'tcx hir::Expr<'tcx>,
        callee_expr: &'tcx hir::Expr<'tcx>,
        callee_ty: Ty<'tcx>,
        _arg_exprs: &'tcx [hir::Expr<'tcx>],
    ) -> span::ErrorGuaranteed {
        // Callee probe fails when APIT references errors, so suppress those errors here.
        if let Err(guar) = callee_ty.error_reported() {
            return guar;
        }
        let mut unit_variant = None;
        if let ExprKind::Path(qpath) = &callee_expr.kind {
            let res = self.typeck_results.borrow().qpath_res(qpath, callee_expr.hir_id);
            if let Res::Def(DefKind::Ctor(of, hir::def::CtorKind::Const), _) = res {
                let descr = match of {
                    hir::def::CtorOf::Struct => "struct",
                    hir::def::CtorOf::Variant => "enum variant",
                };
                unit_variant = Some((descr, self.qpath_to_string(qpath)));
            }
        }
        let callee_ty = self.resolve_vars_if_possible(callee_ty);
        let found = match &unit_variant {
            Some((descr, path)) => format!("{descr} `{path}`"),
            None => format!("`{}`", self.ty_to_string(callee_ty)),
        };
        let mut err = self.err(callee_expr.span, E0618, format!("expected function, found {found}"));
        err.span_label(callee_expr.span, "");
        err.span.span_labels.pop();
        // If the call spans more than one line and the callee kind is itself another `ExprCall`, that's a clue that we
        // might just be missing a semicolon.
        let is_multiline = self.tcx.sess().source_map().is_multiline(call_expr.span);
        if let Some((_, path)) = &unit_variant {
            err.span_suggestion_verbose(
                call_expr.span,
                format!(
                    "`{path}` is a unit {}, and does not take parentheses to be constructed",
                    if unit_variant.as_ref().is_some_and(|u| u.0 == "struct") { "struct" } else { "enum variant" }
                ),
                path.clone(),
                Applicability::MachineApplicable,
            );
        }
        if let ExprKind::Call(..) = callee_expr.kind {
            if is_multiline {
                err.span_suggestion(
                    callee_expr.span.shrink_to_hi(),
                    "consider using a semicolon here",
                    ";",
                    Applicability::MaybeIncorrect,
                );
            }
        }
        let mut inner_callee_path = None;
        let def = match &callee_expr.kind {
            ExprKind::Path(qpath) => self.typeck_results.borrow().qpath_res(qpath, callee_expr.hir_id),
            ExprKind::Call(inner_callee, _) => {
                if let ExprKind::Path(inner_qpath) = &inner_callee.kind {
                    inner_callee_path = Some(inner_qpath);
                    self.typeck_results.borrow().qpath_res(inner_qpath, inner_callee.hir_id)
                } else {
                    Res::Err
                }
            }
            _ => Res::Err,
        };
        let _ = inner_callee_path;
        err.span_label(call_expr.span, "call expression requires function");
        self.label_def_of_callee(&mut err, def, callee_ty);
        self.emit(err)
    }

    fn label_def_of_callee(&self, err: &mut Diag<'_>, def: Res, callee_ty: Ty<'tcx>) {
        let def_span = match def {
            Res::Err => None,
            Res::Local(id) => Some(self.tcx.hir_span(id)),
            Res::Def(_, def_id) if def_id.is_local() => Some(self.tcx.def_span(def_id)),
            _ => None,
        };
        if let Some(span) = def_span {
            let callee_ty = self.ty_to_string(callee_ty);
            let label = match def {
                Res::Local(id) => format!("`{}` has type `{callee_ty}`", self.tcx.hir_name(id)),
                Res::Def(DefKind::Fn | DefKind::AssocFn, def_id) => {
                    format!("`{}` defined here returns `{callee_ty}`", self.tcx.def_path_str(def_id))
                }
                Res::Def(kind, def_id) => {
                    format!("{} `{}` defined here", kind.descr(def_id), self.tcx.def_path_str(def_id))
                }
                _ => format!("`{callee_ty}` defined here"),
            };
            err.span_label(span, label);
        }
    }
}

impl<'tcx> DeferredCallResolution<'tcx> {
    /// The closure's kind is known now.
    pub(crate) fn resolve(self, fcx: &FnCtxt<'_, 'tcx>) {
        // We may now know enough to figure out fn vs fnmut etc.
        match fcx.try_overloaded_call_traits(self.call_expr, self.closure_ty, None) {
            Some((autoref, method_callee)) => {
                // One problem is that when we get here, we are going to have a newly instantiated function signature
                // from the call trait. This has to be reconciled with the older function signature we had before.
                let method_sig = method_callee.sig;
                for (method_arg_ty, self_arg_ty) in method_sig.inputs().iter().skip(1).zip(self.fn_sig.inputs()) {
                    fcx.demand_eqtype(self.call_expr.span, *self_arg_ty, *method_arg_ty);
                }
                fcx.demand_eqtype(self.call_expr.span, method_sig.output(), self.fn_sig.output());

                let mut adjustments = self.adjustments;
                adjustments.extend(autoref);
                fcx.apply_adjustments(self.callee_expr, adjustments);
                fcx.write_method_call_and_enforce_effects(self.call_expr.hir_id, self.call_expr.span, method_callee);
            }
            None => {
                fcx.dcx()
                    .span_delayed_bug(self.call_expr.span, "failed to find an overloaded call trait for closure call");
            }
        }
    }
}
