//! Arguments that do not fit their function: E0061, E0057, E0060, and E0308 for several at once.

use diagnostics::codes::*;
use diagnostics::{Diag, ErrCode};
use hir::ExprKind;
use hir::def::{CtorOf, DefKind};
use span::Span;
use span::def_id::DefId;
use trait_solve::traits::ObligationCauseCode;
use ty::error::TypeError;
use ty::{Ty, TypeVisitableExt};

use super::FnCtxt;
use super::args::{Compatibility, TupleArgumentsFlag};

impl<'a, 'tcx> FnCtxt<'a, 'tcx> {
    pub(super) fn report_arg_errors(
        &self,
        compatibility_diagonal: Vec<Compatibility<'tcx>>,
        formal_input_tys: &[Ty<'tcx>],
        expected_input_tys: &[Ty<'tcx>],
        provided_args: &'tcx [hir::Expr<'tcx>],
        c_variadic: bool,
        err_code: ErrCode,
        fn_def_id: Option<DefId>,
        call_span: Span,
        call_expr: &'tcx hir::Expr<'tcx>,
        tuple_arguments: TupleArgumentsFlag,
    ) -> span::ErrorGuaranteed {
        // Don't print errors about types that are errors.
        let provided_tys: Vec<Ty<'tcx>> = provided_args
            .iter()
            .map(|e| {
                let t = self.typeck_results.borrow().expr_ty_adjusted_opt(e).unwrap_or_else(|| self.node_ty(e.hir_id));
                self.resolve_vars_if_possible(t)
            })
            .collect();
        for t in provided_tys.iter().chain(formal_input_tys) {
            let t = self.resolve_vars_if_possible(*t);
            if let Err(e) = t.error_reported() {
                self.set_tainted_by_errors(e);
                return e;
            }
        }

        let (error_span, call_ident, is_method) = match &call_expr.kind {
            ExprKind::Call(ExprOf { span, .. }, _) => (*span, None, false),
            ExprKind::MethodCall(path_segment, _, _, _) => (path_segment.ident.span, Some(path_segment.ident), true),
            _ => (call_span, None, false),
        };
        let call_name = self.callee_descr(fn_def_id, call_expr, is_method);

        let min = expected_input_tys.len();
        let n = provided_args.len();
        let count_ok = if c_variadic { n >= min } else { n == min };
        let incompatible: Vec<(usize, Option<TypeError<'tcx>>)> = compatibility_diagonal
            .iter()
            .enumerate()
            .take(min)
            .filter_map(|(i, c)| match c {
                Compatibility::Compatible => None,
                Compatibility::Incompatible(e) => Some((i, *e)),
            })
            .collect();

        // One argument of a wrong type, and nothing else.
        if count_ok {
            if let [(idx, err)] = incompatible[..] {
                return self.report_one_mismatch(
                    idx,
                    err,
                    formal_input_tys,
                    expected_input_tys,
                    provided_args,
                    &provided_tys,
                    fn_def_id,
                    error_span,
                    call_name,
                    is_method,
                    call_expr,
                    tuple_arguments,
                );
            }
            // Several.
            let mut err = self.err(error_span, E0308, format!("arguments to this {call_name} are incorrect"));
            for (idx, _) in &incompatible {
                let expected = self.resolve_vars_if_possible(expected_input_tys[*idx]);
                err.span_label(
                    provided_args[*idx].span,
                    format!(
                        "expected `{}`, found `{}`",
                        self.ty_to_string(expected),
                        self.ty_to_string(provided_tys[*idx])
                    ),
                );
            }
            let unmatched: Vec<usize> = incompatible.iter().map(|(i, _)| *i).collect();
            self.label_fn_like(&mut err, fn_def_id, is_method, &unmatched);
            return self.emit(err);
        }

        // A wrong number.
        let plural = |n: usize| {
            if n == 1 { "1 argument".to_string() } else { format!("{n} arguments") }
        };
        let mut err = self.err(
            error_span,
            err_code,
            format!(
                "this {call_name} takes {}{} but {} {} supplied",
                if c_variadic { "at least " } else { "" },
                plural(min),
                plural(n),
                if n == 1 { "was" } else { "were" }
            ),
        );
        if n > min {
            // Which are too many: those that fit no place.
            for (i, arg) in provided_args.iter().enumerate().skip(min) {
                let ty = self.ty_to_string(provided_tys[i]);
                err.span_label(arg.span, format!("unexpected argument #{} of type `{ty}`", i + 1));
            }
            for (idx, _) in &incompatible {
                err.span_label(
                    provided_args[*idx].span,
                    format!(
                        "expected `{}`, found `{}`",
                        self.ty_to_string(self.resolve_vars_if_possible(expected_input_tys[*idx])),
                        self.ty_to_string(provided_tys[*idx])
                    ),
                );
            }
        } else {
            // The whole list, with its parentheses.
            let end = call_expr.span.with_lo(error_span.hi());
            let missing: Vec<String> = expected_input_tys[n..]
                .iter()
                .map(|t| format!("`{}`", self.ty_to_string(self.resolve_vars_if_possible(*t))))
                .collect();
            let label = match &missing[..] {
                [t] => format!("argument #{} of type {t} is missing", n + 1),
                [a, b] => format!("two arguments of type {a} and {b} are missing"),
                [a, b, c] => format!("three arguments of type {a}, {b}, and {c} are missing"),
                _ => "multiple arguments are missing".to_string(),
            };
            err.span_label(end, label);
            for (idx, _) in incompatible.iter().filter(|(i, _)| *i < n) {
                err.span_label(
                    provided_args[*idx].span,
                    format!(
                        "expected `{}`, found `{}`",
                        self.ty_to_string(self.resolve_vars_if_possible(expected_input_tys[*idx])),
                        self.ty_to_string(provided_tys[*idx])
                    ),
                );
            }
        }
        let unmatched: Vec<usize> =
            incompatible.iter().map(|(i, _)| *i).filter(|i| *i < n).chain(n.min(min)..min).collect();
        self.label_fn_like(&mut err, fn_def_id, is_method, &unmatched);
        let _ = call_ident;
        if n > min {
            self.suggest_removing_args(&mut err, provided_args, min);
        } else {
            self.suggest_adding_args(&mut err, provided_args, &provided_tys, expected_input_tys, error_span, call_expr);
        }
        self.emit(err)
    }

    fn report_one_mismatch(
        &self,
        idx: usize,
        err: Option<TypeError<'tcx>>,
        formal_input_tys: &[Ty<'tcx>],
        expected_input_tys: &[Ty<'tcx>],
        provided_args: &'tcx [hir::Expr<'tcx>],
        provided_tys: &[Ty<'tcx>],
        fn_def_id: Option<DefId>,
        error_span: Span,
        call_name: &str,
        is_method: bool,
        call_expr: &'tcx hir::Expr<'tcx>,
        _tuple_arguments: TupleArgumentsFlag,
    ) -> span::ErrorGuaranteed {
        let provided_arg = &provided_args[idx];
        let expected_ty = self.resolve_vars_if_possible(expected_input_tys[idx]);
        let formal_ty = self.resolve_vars_if_possible(formal_input_tys[idx]);
        let provided_ty = provided_tys[idx];
        let cause = self.cause(provided_arg.span, ObligationCauseCode::Misc);
        let mut diag = self.err_ctxt().report_mismatched_types(
            &cause,
            self.param_env,
            expected_ty,
            provided_ty,
            err.unwrap_or(TypeError::Mismatch),
        );
        self.emit_coerce_suggestions(
            &mut diag,
            provided_arg,
            provided_ty,
            // The generic type, if the expectation is what made it specific.
            if expected_ty.is_ty_var() { formal_ty } else { expected_ty },
            None,
            err,
        );
        diag.span_label(error_span, format!("arguments to this {call_name} are incorrect"));
        let _ = call_expr;
        self.label_fn_like(&mut diag, fn_def_id, is_method, &[idx]);
        self.emit(diag)
    }

    /// "function", "method", "struct", ... as the callee is called.
    fn callee_descr(&self, fn_def_id: Option<DefId>, call_expr: &hir::Expr<'_>, is_method: bool) -> &'static str {
        if is_method {
            return "method";
        }
        let Some(def_id) = fn_def_id else {
            return "function";
        };
        let _ = call_expr;
        match self.tcx.def_kind(def_id) {
            DefKind::Ctor(CtorOf::Struct, _) => "struct",
            DefKind::Ctor(CtorOf::Variant, _) => "enum variant",
            DefKind::Closure => "closure",
            // Only calls written as methods are methods.
            _ => "function",
        }
    }

    /// Points at the function, and at its parameters that got no fitting argument.
    fn label_fn_like(&self, err: &mut Diag<'_>, def_id: Option<DefId>, is_method: bool, unmatched: &[usize]) {
        let Some(def_id) = def_id else { return };
        let tcx = self.tcx;
        match tcx.def_kind(def_id) {
            DefKind::Closure => {
                let sp = tcx.def_span(def_id);
                err.span_note(sp, "closure defined here");
            }
            kind => {
                let Some(sp) = tcx.def_ident_span(def_id) else { return };
                if !def_id.is_local() && tcx.sess().source_map().lookup_char_pos(sp.lo()).is_none() {
                    return;
                }
                // The `Fn` traits' methods are no place to point at.
                if tcx.trait_of_assoc(def_id).is_some_and(|t| tcx.is_fn_trait(t)) {
                    return;
                }
                let mut spans = diagnostics::MultiSpan::from(sp);
                for (i, span) in self.param_spans(def_id, is_method).into_iter().enumerate() {
                    if unmatched.contains(&i) && !span.is_dummy() {
                        spans.push_span_label(span, "");
                    }
                }
                err.span_note(
                    spans,
                    format!(
                        "{} defined here",
                        match tcx.opt_associated_item(def_id) {
                            Some(i) => i.descr(),
                            None => kind.descr(def_id),
                        }
                    ),
                );
            }
        }
    }

    /// The parameters of a local function with a body that have a type of their own, where they are written.
    fn param_spans(&self, def_id: DefId, is_method: bool) -> Vec<Span> {
        let tcx = self.tcx;
        let Some(body) = def_id.as_local().and_then(|d| tcx.hir_maybe_body_owned_by(d)) else { return Vec::new() };
        let sig = tcx.fn_sig(def_id).skip_binder().skip_binder();
        let params = body.params.iter().zip(sig.inputs());
        params
            .skip(usize::from(is_method))
            // What a parameter of generic type must be follows from the other arguments, too.
            .map(|(p, t)| if matches!(t.kind(), ty::TyKind::Param(_)) { span::DUMMY_SP } else { p.span })
            .collect()
    }

    fn suggest_removing_args(&self, err: &mut Diag<'_>, provided_args: &'tcx [hir::Expr<'tcx>], min: usize) {
        let extra = &provided_args[min..];
        let Some(first) = extra.first() else { return };
        let last = &extra[extra.len() - 1];
        let start = if min > 0 { provided_args[min - 1].span.shrink_to_hi() } else { first.span.shrink_to_lo() };
        let span = start.to(last.span);
        let msg = if extra.len() == 1 { "remove the extra argument" } else { "remove the extra arguments" };
        err.span_suggestion_verbose(span, msg, "", diagnostics::Applicability::MaybeIncorrect);
    }

    fn suggest_adding_args(
        &self,
        err: &mut Diag<'_>,
        provided_args: &'tcx [hir::Expr<'tcx>],
        _provided_tys: &[Ty<'tcx>],
        expected: &[Ty<'tcx>],
        error_span: Span,
        call_expr: &'tcx hir::Expr<'tcx>,
    ) {
        let n = provided_args.len();
        let missing: Vec<String> = expected[n..]
            .iter()
            .map(|t| format!("/* {} */", self.ty_to_string(self.resolve_vars_if_possible(*t))))
            .collect();
        let msg = if missing.len() == 1 { "provide the argument" } else { "provide the arguments" };
        match provided_args.last() {
            Some(last) => {
                err.span_suggestion_verbose(
                    last.span.shrink_to_hi(),
                    msg,
                    format!(", {}", missing.join(", ")),
                    diagnostics::Applicability::HasPlaceholders,
                );
            }
            None => {
                if call_expr.span.contains(error_span) {
                    err.span_suggestion_verbose(
                        error_span.shrink_to_hi().to(call_expr.span.shrink_to_hi()),
                        msg,
                        format!("({})", missing.join(", ")),
                        diagnostics::Applicability::HasPlaceholders,
                    );
                }
            }
        }
    }
}

use hir::Expr as ExprOf;
