//! The arguments of calls.

use hir::{ClosureKind, ExprKind};
use span::Span;
use span::def_id::DefId;
use trait_solve::infer::DefineOpaqueTypes;
use trait_solve::traits::ObligationCtxt;
use ty::adjustment::AllowTwoPhase;
use ty::error::TypeError;
use ty::{Ty, TyKind, TypeVisitableExt};

use super::FnCtxt;
use crate::expectation::Expectation::{self, *};
use crate::method::MethodCallee;
use diagnostics::codes::*;

/// Whether the arguments are passed as one tuple (the `Fn` traits).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum TupleArgumentsFlag {
    DontTupleArguments,
    TupleArguments,
}
pub(crate) use TupleArgumentsFlag::*;

/// Whether an argument fits.
#[derive(Clone, Debug)]
pub(crate) enum Compatibility<'tcx> {
    Compatible,
    Incompatible(Option<TypeError<'tcx>>),
}

impl<'a, 'tcx> FnCtxt<'a, 'tcx> {
    pub(crate) fn check_expr_method_call(
        &self,
        expr: &'tcx hir::Expr<'tcx>,
        segment: &'tcx hir::PathSegment<'tcx>,
        rcvr: &'tcx hir::Expr<'tcx>,
        args: &'tcx [hir::Expr<'tcx>],
        expected: Expectation<'tcx>,
    ) -> Ty<'tcx> {
        let rcvr_t = self.check_expr(rcvr);
        // no need to check for bot/err -- callee does that
        let rcvr_t = self.structurally_resolve_type(rcvr.span, rcvr_t);

        let method = match self.lookup_method(rcvr_t, segment, segment.ident.span, expr, rcvr, args) {
            Ok(method) => {
                // We could add a "breadcrumb" here; the method is written before its arguments are checked.
                self.write_method_call_and_enforce_effects(expr.hir_id, expr.span, method);
                Ok(method)
            }
            Err(error) => {
                let guar = self.report_method_error(expr.hir_id, rcvr_t, error, expected, false, segment.ident.span);
                // An explicit argument list is lowered for its own errors.
                Err(guar)
            }
        };

        // Call the generic checker.
        self.check_method_argument_types(
            segment.ident.span,
            expr,
            method,
            args,
            TupleArgumentsFlag::DontTupleArguments,
            expected,
        )
    }

    pub(crate) fn check_method_argument_types(
        &self,
        sp: Span,
        expr: &'tcx hir::Expr<'tcx>,
        method: Result<MethodCallee<'tcx>, span::ErrorGuaranteed>,
        args_no_rcvr: &'tcx [hir::Expr<'tcx>],
        tuple_arguments: TupleArgumentsFlag,
        expected: Expectation<'tcx>,
    ) -> Ty<'tcx> {
        let method = match method {
            Ok(m) => m,
            Err(guar) => {
                let err = Ty::new_error(*self.tcx, guar);
                self.set_tainted_by_errors(guar);
                let err_inputs = match tuple_arguments {
                    DontTupleArguments => vec![err; args_no_rcvr.len()],
                    TupleArguments => vec![self.tcx.mk_tup(&vec![err; args_no_rcvr.len()])],
                };
                self.check_argument_types(
                    sp,
                    expr,
                    &err_inputs,
                    err,
                    NoExpectation,
                    args_no_rcvr,
                    false,
                    tuple_arguments,
                    None,
                );
                return err;
            }
        };
        self.check_argument_types(
            sp,
            expr,
            &method.sig.inputs()[1..],
            method.sig.output(),
            expected,
            args_no_rcvr,
            method.sig.c_variadic,
            tuple_arguments,
            Some(method.def_id),
        );
        method.sig.output()
    }

    /// Generic function that factors out common logic from function calls, method calls and overloaded operators.
    pub(crate) fn check_argument_types(
        &self,
        // Span enclosing the call site
        call_span: Span,
        // Expression of the call site
        call_expr: &'tcx hir::Expr<'tcx>,
        // Types (as defined in the *signature* of the target function)
        formal_input_tys: &[Ty<'tcx>],
        formal_output: Ty<'tcx>,
        // Expected output from the parent expression or statement
        expectation: Expectation<'tcx>,
        // The expressions for each provided argument
        provided_args: &'tcx [hir::Expr<'tcx>],
        // Whether the function is variadic, for example when imported from C
        c_variadic: bool,
        // Whether the arguments have been bundled in a tuple (ex: closures)
        tuple_arguments: TupleArgumentsFlag,
        // The DefId for the function being called, for better error messages
        fn_def_id: Option<DefId>,
    ) {
        let tcx = self.tcx;

        // First, let's unify the formal method signature with the expectation eagerly. We use this to guide coercion
        // inference; its output is "fudged" which means any remaining type variables are assigned to new, unrelated
        // variables. This is because the inference guidance here is only speculative.
        let formal_output = self.resolve_vars_with_obligations(formal_output);
        let expected_input_tys: Option<Vec<Ty<'tcx>>> =
            if provided_args.is_empty() || !formal_output.has_non_region_infer() {
                // The output tells nothing.
                None
            } else {
                expectation.only_has_type(self).and_then(|expected_output| {
                    if expected_output.is_ty_var() {
                        return None;
                    }
                    self.fudge_inference_if_ok(|| {
                        let ocx = ObligationCtxt::new(&self.root_ctxt.infcx);
                        // Attempt to apply a subtyping relationship between the formal return type (likely containing type
                        // variables if the function is polymorphic) and the expected return type.
                        let origin = self.misc(call_span);
                        ocx.sup(&origin, self.param_env, expected_output, formal_output)?;
                        if !ocx.try_evaluate_obligations().is_empty() {
                            return Err(TypeError::Mismatch);
                        }
                        // Record all the argument types, with the args produced from the above subtyping unification.
                        Ok(formal_input_tys.iter().map(|&ty| self.resolve_vars_if_possible(ty)).collect())
                    })
                    .ok()
                })
            };

        let mut err_code = E0061;

        // If the arguments should be wrapped in a tuple (ex: closures), unwrap them here.
        let (formal_input_tys, expected_input_tys): (Vec<Ty<'tcx>>, Option<Vec<Ty<'tcx>>>) = if tuple_arguments
            == TupleArguments
        {
            let tuple_type = self.structurally_resolve_type(call_span, formal_input_tys[0]);
            match *tuple_type.kind() {
                // We expected a tuple and got a tuple
                TyKind::Tuple(arg_types) => {
                    // Argument length differs
                    if arg_types.len() != provided_args.len() {
                        err_code = E0057;
                    }
                    let expected_input_tys = match expected_input_tys {
                        Some(expected_input_tys) => match expected_input_tys.first().map(|t| *t.kind()) {
                            Some(TyKind::Tuple(tys)) => Some(tys.iter().collect()),
                            _ => None,
                        },
                        None => None,
                    };
                    (arg_types.iter().collect(), expected_input_tys)
                }
                TyKind::Error(guar) => (vec![Ty::new_error(*tcx, guar); provided_args.len()], None),
                _ => {
                    // Otherwise, there's a mismatch, so clear out what we're expecting, and set our input types to
                    // errors so we don't blow up the error messages.
                    let diag = self.err(
                            call_span,
                            E0059,
                            "cannot use call notation; the first type parameter for the function trait is neither a tuple nor unit",
                        );
                    let guar = self.emit(diag);
                    (vec![Ty::new_error(*tcx, guar); provided_args.len()], None)
                }
            }
        } else {
            (formal_input_tys.to_vec(), expected_input_tys)
        };

        // If there are no external expectations at the call site, just use the types from the function defn.
        let expected_input_tys = match expected_input_tys {
            Some(tys) if tys.len() == formal_input_tys.len() => tys,
            _ => formal_input_tys.clone(),
        };
        let minimum_input_count = expected_input_tys.len();
        let provided_arg_count = provided_args.len();

        // We introduce a helper function to demand that a given argument satisfy a given input.
        let demand_compatible = |idx: usize| -> Compatibility<'tcx> {
            let formal_input_ty = formal_input_tys[idx];
            let expected_input_ty = expected_input_tys[idx];
            let provided_arg = &provided_args[idx];

            // We're on the happy path: check with the expected type as a hint.
            let expectation = Expectation::rvalue_hint(self, expected_input_ty);
            let checked_ty = self.check_expr_with_expectation(provided_arg, expectation);

            // 2. Coerce to the most detailed form of the argument type.
            let coerced_ty = expectation.only_has_type(self).unwrap_or(formal_input_ty);

            // Cause selection errors caused by resolving a single argument to point at the argument and not the call.
            let coerced_ty = self.resolve_vars_with_obligations(coerced_ty);
            if let Err(e) = self.coerce(provided_arg, checked_ty, coerced_ty, AllowTwoPhase::Yes, None) {
                return Compatibility::Incompatible(Some(e));
            }

            // 3. Check if the formal type is actually equal to the checked one and register it as a subtype
            // obligation.
            if formal_input_ty != coerced_ty {
                match self.at(&self.misc(provided_arg.span), self.param_env).sup(
                    DefineOpaqueTypes::Yes,
                    formal_input_ty,
                    coerced_ty,
                ) {
                    Ok(ok) => self.register_infer_ok_obligations(ok),
                    Err(err) => return Compatibility::Incompatible(Some(err)),
                }
            }
            Compatibility::Compatible
        };

        // To start, we only care "along the diagonal", where we expect every provided arg to be in the right spot.
        let mut compatibility_diagonal = vec![Compatibility::Incompatible(None); provided_args.len()];

        // Keep track of whether we *could possibly* be satisfied, i.e. whether we're on the happy path.
        let mut call_appears_satisfied = if c_variadic {
            provided_arg_count >= minimum_input_count
        } else {
            provided_arg_count == minimum_input_count
        };

        // Check the arguments. We do this in a pretty awful way: first we typecheck any arguments that are not
        // closures, then we typecheck the closures. This is so that we have more information about the types of
        // arguments when we typecheck the functions.
        for check_closures in [false, true] {
            let mut any = false;
            for (idx, arg) in provided_args.iter().enumerate() {
                // Warn only for the first loop (the "no closures" one). Closure arguments themselves can't be
                // diverging, but a previous argument can, e.g., `foo(panic!(), || {})`.
                if !check_closures {
                    self.warn_if_unreachable(arg.hir_id, arg.span, "expression");
                }
                // For C-variadic functions, we don't have a declared type for all of the arguments hence we only do
                // our usual type checking with the arguments whose types we do know.
                if idx >= minimum_input_count {
                    continue;
                }
                let is_closure = match arg.kind {
                    ExprKind::Closure(closure) => !matches!(closure.kind, ClosureKind::Coroutine(_)),
                    _ => false,
                };
                if is_closure != check_closures {
                    continue;
                }
                // More awful hacks: before we check argument types, try to do an "apply pending obligations" pass, so
                // that closures know as much as possible.
                if check_closures && !any {
                    self.select_obligations_where_possible(|_| {});
                    any = true;
                }
                let compatible = demand_compatible(idx);
                if matches!(compatible, Compatibility::Incompatible(_)) {
                    call_appears_satisfied = false;
                }
                compatibility_diagonal[idx] = compatible;
            }
        }

        if c_variadic && provided_arg_count < minimum_input_count {
            err_code = E0060;
        }

        for arg in provided_args.iter().skip(minimum_input_count) {
            // Make sure we've checked this expr at least once.
            let arg_ty = self.check_expr(arg);
            // If the function is c-style variadic, we skipped a bunch of arguments so we need to check those, and
            // write out the types.
            if c_variadic {
                self.check_variadic_argument(arg, arg_ty);
            }
        }

        if !call_appears_satisfied {
            self.report_arg_errors(
                compatibility_diagonal,
                &formal_input_tys,
                &expected_input_tys,
                provided_args,
                c_variadic,
                err_code,
                fn_def_id,
                call_span,
                call_expr,
                tuple_arguments,
            );
        }
    }

    /// E0617: small types are promoted in C.
    fn check_variadic_argument(&self, arg: &'tcx hir::Expr<'tcx>, arg_ty: Ty<'tcx>) {
        let arg_ty = self.structurally_resolve_type(arg.span, arg_ty);
        let variadic_error = |cast_ty: &str| {
            let diag = self
                .err(arg.span, E0617, format!("can't pass `{}` to variadic function", self.ty_to_string(arg_ty)))
                .with_span_suggestion_verbose(
                    arg.span.shrink_to_hi(),
                    format!("cast the value to `{cast_ty}`"),
                    format!(" as {cast_ty}"),
                    diagnostics::Applicability::MachineApplicable,
                );
            self.emit(diag);
        };
        match arg_ty.kind() {
            TyKind::Float(ty::FloatTy::F32) => variadic_error("c_double"),
            TyKind::Int(ty::IntTy::I8 | ty::IntTy::I16) | TyKind::Bool => variadic_error("c_int"),
            TyKind::Uint(ty::UintTy::U8 | ty::UintTy::U16) => variadic_error("c_uint"),
            TyKind::FnDef(..) => {
                let fn_ptr = self.tcx.mk_fn_ptr(self.tcx.fn_sig_of_ty(arg_ty).expect("a fn item"));
                variadic_error(&fn_ptr.to_string());
            }
            _ => {}
        }
    }
}
