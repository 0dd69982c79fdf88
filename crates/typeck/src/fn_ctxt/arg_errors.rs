//! Arguments that do not fit their function: E0061, E0057, E0060, and E0308.

use diagnostics::codes::*;
use diagnostics::{Applicability, Diag, ErrCode};
use hir::ExprKind;
use hir::def::{CtorOf, DefKind};
use span::def_id::DefId;
use span::{Ident, Span};
use trait_solve::infer::{DefineOpaqueTypes, TypeTrace};
use trait_solve::traits::{ObligationCause, ObligationCauseCode};
use ty::error::{ExpectedFound, TypeError};
use ty::{Ty, TyKind, TypeVisitableExt};

use super::FnCtxt;
use super::arg_matrix::{ArgMatrix, Error};
use super::args::{Compatibility, TupleArgumentsFlag};
use crate::expectation::Expectation;

/// A call whose arguments do not fit.
struct Call<'a, 'b, 'tcx> {
    fcx: &'b FnCtxt<'a, 'tcx>,
    /// The callee or the method's name with its arguments.
    callee_span: Span,
    /// From there to the closing parenthesis.
    args_span: Span,
    name: &'static str,
    ident: Option<Ident>,
    is_method: bool,
    call_expr: &'tcx hir::Expr<'tcx>,
    fn_def_id: Option<DefId>,
    /// Formal and expected type of each input.
    inputs: Vec<(Ty<'tcx>, Ty<'tcx>)>,
    args: Vec<&'tcx hir::Expr<'tcx>>,
    provided: Vec<(Ty<'tcx>, Span)>,
    matched: Vec<Option<usize>>,
}

/// The message over the corrected list of arguments.
#[derive(Clone, Copy, PartialEq)]
enum SuggestionText {
    None,
    Provide(bool),
    Remove(bool),
    Swap,
    Reorder,
    DidYouMean,
}

impl<'a, 'tcx> FnCtxt<'a, 'tcx> {
    pub(super) fn report_arg_errors(
        &self,
        diagonal: Vec<Compatibility<'tcx>>,
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
        let inputs: Vec<(Ty<'tcx>, Ty<'tcx>)> = formal_input_tys
            .iter()
            .zip(expected_input_tys)
            .map(|(f, e)| (self.resolve_vars_if_possible(*f), self.resolve_vars_if_possible(*e)))
            .collect();
        let n = if c_variadic { provided_args.len().min(inputs.len()) } else { provided_args.len() };
        let args: Vec<&'tcx hir::Expr<'tcx>> = provided_args.iter().take(n).collect();
        let (callee_span, ident, is_method) = match &call_expr.kind {
            ExprKind::Call(callee, _) => (callee.span, None, false),
            ExprKind::MethodCall(segment, _, _, _) => {
                let span = match segment.args {
                    Some(args) if !args.span_ext.is_dummy() => segment.ident.span.with_hi(args.span_ext.hi()),
                    _ => segment.ident.span,
                };
                (span, Some(segment.ident), true)
            }
            _ => (call_span, None, false),
        };
        let args_span =
            if call_expr.span.hi() > callee_span.hi() { call_expr.span.with_lo(callee_span.hi()) } else { call_span };
        let provided: Vec<(Ty<'tcx>, Span)> = args
            .iter()
            .map(|e| {
                let t = self.typeck_results.borrow().expr_ty_adjusted_opt(e).unwrap_or_else(|| self.node_ty(e.hir_id));
                let span = e.span.find_ancestor_inside(call_expr.span).filter(|s| *s != call_expr.span);
                (self.resolve_vars_if_possible(t), span.unwrap_or(e.span))
            })
            .collect();
        // What follows from an error is not said.
        for t in provided.iter().map(|p| p.0).chain(inputs.iter().map(|i| i.0)) {
            if let Err(e) = t.error_reported() {
                self.set_tainted_by_errors(e);
                return e;
            }
        }
        let mut call = Call {
            fcx: self,
            callee_span,
            args_span,
            name: self.callee_descr(fn_def_id, is_method),
            ident,
            is_method,
            call_expr,
            fn_def_id,
            inputs,
            args,
            provided,
            matched: Vec::new(),
        };
        let (mut errors, matched) = ArgMatrix::new(call.args.len(), call.inputs.len(), |arg, input| {
            if arg == input { diagonal[arg].clone() } else { call.check_compatible(arg, input) }
        })
        .find_errors();
        call.matched = matched;

        if let Some(e) = call.wrap_in_tuple(&diagonal, c_variadic, err_code) {
            return e;
        }
        if let [Error::Invalid(arg, input, Compatibility::Incompatible(Some(e)))] = errors[..] {
            return call.report_single(arg, input, e);
        }
        // An extra argument: perhaps all fits without another one.
        if let [Error::Extra(arg)] = errors[..]
            && !call.fits_without(arg)
            && let Some(other) = (0..call.args.len()).find(|&i| call.fits_without(i))
        {
            errors = vec![Error::Extra(other)];
        }
        let _ = tuple_arguments;

        let mut err = if call.inputs.len() == call.args.len() {
            self.err(callee_span, E0308, format!("arguments to this {} are incorrect", call.name))
        } else {
            let msg = format!("this {} {}", call.name, call.count_text(c_variadic));
            self.err(callee_span, err_code, msg)
        };
        let (mut suggestions, labels, text) = call.explain_errors(&mut err, &errors);
        call.label_generic_mismatches(&mut err);
        call.append_replacements(&mut suggestions);
        if labels.len() <= 5 {
            for (span, label) in labels {
                err.span_label(span, label);
            }
        }
        call.label_fn_like(&mut err, None);
        let msg = match text {
            SuggestionText::None => None,
            SuggestionText::Provide(many) => Some(if many { "provide the arguments" } else { "provide the argument" }),
            SuggestionText::Remove(many) => {
                let msg = if many { "remove the extra arguments" } else { "remove the extra argument" };
                err.multipart_suggestion(msg, suggestions, Applicability::HasPlaceholders);
                None
            }
            SuggestionText::Swap => Some("swap these arguments"),
            SuggestionText::Reorder => Some("reorder these arguments"),
            SuggestionText::DidYouMean => Some("did you mean"),
        };
        if let Some(msg) = msg
            && !call.callee_span.in_external_macro()
        {
            err.span_suggestion_verbose(
                call.args_span,
                msg,
                call.corrected_arguments(),
                Applicability::HasPlaceholders,
            );
        }
        self.emit(err)
    }

    /// "function", "method", "struct", ... as the callee is called.
    fn callee_descr(&self, fn_def_id: Option<DefId>, is_method: bool) -> &'static str {
        if is_method {
            return "method";
        }
        match fn_def_id.map(|d| self.tcx.def_kind(d)) {
            Some(DefKind::Ctor(CtorOf::Struct, _)) => "struct",
            Some(DefKind::Ctor(CtorOf::Variant, _)) => "enum variant",
            // Only calls written as methods are methods.
            _ => "function",
        }
    }
}

/// "1 argument", "2 arguments"
fn arguments(n: usize) -> String {
    if n == 1 { "1 argument".to_owned() } else { format!("{n} arguments") }
}

/// "a", "a and b", "a, b, and c"; nothing for nothing.
fn listify(parts: Vec<String>) -> Option<String> {
    Some(match &parts[..] {
        [] => return None,
        [a] => a.clone(),
        [a, b] => format!("{a} and {b}"),
        [first @ .., last] => format!("{}, and {last}", first.join(", ")),
    })
}

impl<'a, 'b, 'tcx> Call<'a, 'b, 'tcx> {
    fn count_text(&self, c_variadic: bool) -> String {
        let n = self.args.len();
        format!(
            "takes {}{} but {} {} supplied",
            if c_variadic { "at least " } else { "" },
            arguments(self.inputs.len()),
            arguments(n),
            if n == 1 { "was" } else { "were" }
        )
    }

    /// What an argument is expected to be.
    fn hint(&self, (formal, expected): (Ty<'tcx>, Ty<'tcx>)) -> Ty<'tcx> {
        Expectation::rvalue_hint(self.fcx, expected).only_has_type(self.fcx).unwrap_or(formal)
    }

    /// Whether an argument would fit at another place.
    fn check_compatible(&self, arg: usize, input: usize) -> Compatibility<'tcx> {
        let fcx = self.fcx;
        let (formal, expected) = self.inputs[input];
        let (arg_ty, span) = self.provided[arg];
        if formal.references_error() || expected.references_error() || arg_ty.references_error() {
            return Compatibility::Incompatible(None);
        }
        let coerced = self.hint((formal, expected));
        if !fcx.may_coerce(arg_ty, coerced) {
            return Compatibility::Incompatible(Some(TypeError::Sorts(ExpectedFound::new(coerced, arg_ty))));
        }
        let error =
            fcx.probe(|_| fcx.at(&fcx.misc(span), fcx.param_env).sup(DefineOpaqueTypes::Yes, formal, coerced).err());
        match error {
            None => Compatibility::Compatible,
            error => Compatibility::Incompatible(error),
        }
    }

    fn fits_without(&self, i: usize) -> bool {
        let rest = self.provided.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, p)| p.0);
        self.inputs.iter().zip(rest).all(|((formal, _), arg)| self.fcx.may_coerce(arg, *formal))
    }

    fn trace(&self, span: Span, (formal, expected): (Ty<'tcx>, Ty<'tcx>), provided: Ty<'tcx>) -> TypeTrace<'tcx> {
        // What was expected fits, but not the function's own type.
        let mismatched = if expected == provided { formal } else { expected };
        let cause: ObligationCause<'tcx> = self.fcx.cause(span, ObligationCauseCode::Misc);
        TypeTrace::types(&cause, mismatched, provided)
    }

    /// `f(a, b)` where `f((a, b))` is meant.
    fn wrap_in_tuple(
        &self,
        diagonal: &[Compatibility<'tcx>],
        c_variadic: bool,
        err_code: ErrCode,
    ) -> Option<span::ErrorGuaranteed> {
        let fcx = self.fcx;
        let (first, terr) = diagonal.iter().enumerate().find_map(|(i, c)| match c {
            Compatibility::Incompatible(Some(e)) => Some((i, *e)),
            _ => None,
        })?;
        let TyKind::Tuple(tys) = *self.inputs.get(first)?.1.kind() else { return None };
        if tys.is_empty() || self.provided.len() + 1 != self.inputs.len() + tys.len() {
            return None;
        }
        let rest = self.provided.get(first..)?;
        let (wrapped, after) = rest.split_at_checked(tys.len())?;
        let tuple = fcx.tcx.mk_tup(&wrapped.iter().map(|p| p.0).collect::<Vec<_>>());
        let found = std::iter::once(tuple).chain(after.iter().map(|p| p.0));
        if !self.inputs[first..].iter().zip(found).all(|((_, e), t)| fcx.may_coerce(t, *e)) {
            return None;
        }
        let (lo, hi) = (wrapped.first()?.1, wrapped.last()?.1);
        let mut err;
        if tys.len() == 1 {
            let trace = self.trace(lo, self.inputs[first], self.provided[first].0);
            err = fcx.err_ctxt().report_and_explain_type_error(trace, fcx.param_env, terr);
            fcx.suggest_other_quotes(&mut err, self.args[first], self.provided[first].0, self.inputs[first].1);
            err.span_label(self.callee_span, format!("arguments to this {} are incorrect", self.name));
        } else {
            err = fcx.err(self.callee_span, err_code, format!("{} {}", self.name, self.count_text(c_variadic)));
            err.multipart_suggestion(
                "wrap these arguments in parentheses to construct a tuple",
                vec![(lo.shrink_to_lo(), "(".to_owned()), (hi.shrink_to_hi(), ")".to_owned())],
                Applicability::MachineApplicable,
            );
        }
        self.label_fn_like(&mut err, Some(first));
        Some(fcx.emit(err))
    }

    /// One argument of a wrong type, and nothing else.
    fn report_single(&self, arg: usize, input: usize, terr: TypeError<'tcx>) -> span::ErrorGuaranteed {
        let fcx = self.fcx;
        let (formal, expected) = self.inputs[input];
        let (provided, span) = self.provided[arg];
        let trace = self.trace(span, (formal, expected), provided);
        let mut err = fcx.err_ctxt().report_and_explain_type_error(trace, fcx.param_env, terr);
        fcx.emit_coerce_suggestions(&mut err, self.args[arg], provided, self.hint((formal, expected)), None, None);
        err.span_label(self.callee_span, format!("arguments to this {} are incorrect", self.name));
        self.label_generic_mismatches(&mut err);
        self.suggest_null_mut(&mut err, expected, provided, self.args[arg]);
        self.suggest_map_or(&mut err, expected, provided, self.args[arg]);
        self.label_fn_like(&mut err, Some(input));
        fcx.emit(err)
    }

    /// `ptr::null()` where `ptr::null_mut()` is expected.
    fn suggest_null_mut(&self, err: &mut Diag<'_>, expected: Ty<'tcx>, provided: Ty<'tcx>, arg: &hir::Expr<'tcx>) {
        if let TyKind::RawPtr(_, hir::Mutability::Mut) = *expected.kind()
            && let TyKind::RawPtr(_, hir::Mutability::Not) = *provided.kind()
            && let ExprKind::Call(callee, _) = arg.kind
            && let ExprKind::Path(hir::QPath::Resolved(_, path)) = callee.kind
            && let Some(def_id) = path.res.opt_def_id()
            && self.fcx.tcx.is_diagnostic_item(span::sym::ptr_null, def_id)
        {
            err.span_suggestion_verbose(
                arg.span,
                "consider using `core::ptr::null_mut` instead",
                "core::ptr::null_mut()",
                Applicability::MaybeIncorrect,
            );
        }
    }

    /// `opt.unwrap_or(&[])` of an `Option<&Vec<T>>`.
    fn suggest_map_or(&self, err: &mut Diag<'_>, expected: Ty<'tcx>, provided: Ty<'tcx>, arg: &hir::Expr<'tcx>) {
        let fcx = self.fcx;
        let ExprKind::MethodCall(_, receiver, ..) = self.call_expr.kind else { return };
        let Some(ident) = self.ident.filter(|i| i.name == span::sym::unwrap_or) else { return };
        let Some(receiver_ty) = fcx.node_ty_opt(receiver.hir_id) else { return };
        let TyKind::Adt(adt, _) = *fcx.resolve_vars_if_possible(receiver_ty).peel_refs().kind() else { return };
        let name = if fcx.tcx.is_lang_item(adt.did(), hir::LangItem::Option) {
            "Option"
        } else if fcx.tcx.is_diagnostic_item(span::sym::Result, adt.did()) {
            "Result"
        } else {
            return;
        };
        let TyKind::Ref(_, peeled, _) = *provided.kind() else { return };
        let target = match *peeled.kind() {
            TyKind::Array(elem, _) if matches!(elem.kind(), TyKind::Infer(_)) => {
                fcx.tcx.mk_ref(fcx.tcx.lifetimes().re_static, fcx.tcx.mk_slice(elem), hir::Mutability::Not)
            }
            _ => provided,
        };
        if !fcx.may_coerce(expected, target) {
            return;
        }
        err.multipart_suggestion(
            format!("use `{name}::map_or` to deref inner value of `{name}`"),
            vec![(ident.span, "map_or".to_owned()), (arg.span.shrink_to_hi(), ", |v| v".to_owned())],
            Applicability::MachineApplicable,
        );
    }

    /// Labels for what is wrong, changes that remove arguments, and what the whole suggestion is called.
    fn explain_errors(
        &self,
        err: &mut Diag<'_>,
        errors: &[Error<'tcx>],
    ) -> (Vec<(Span, String)>, Vec<(Span, String)>, SuggestionText) {
        use SuggestionText as S;
        let fcx = self.fcx;
        let vague = |t: &Ty<'tcx>| t.references_error() || t.is_ty_var();
        let mut labels = Vec::new();
        let mut suggestions: Vec<(Span, String)> = Vec::new();
        let mut text = S::None;
        let mut only_extras = matches!(errors.first(), Some(Error::Extra(0)));
        let mut prev_extra: Option<usize> = None;
        let mut at = 0;
        while at < errors.len() {
            let error = &errors[at];
            at += 1;
            only_extras &= matches!(error, Error::Extra(_));
            match error {
                Error::Invalid(arg, input, compatibility) => {
                    let (provided, span) = self.provided[*arg];
                    if let Compatibility::Incompatible(Some(e)) = compatibility {
                        let trace = self.trace(span, self.inputs[*input], provided);
                        fcx.err_ctxt().note_type_err(err, &trace.cause, None, Some(trace.values), *e, true);
                    }
                    let hint = self.hint(self.inputs[*input]);
                    fcx.emit_coerce_suggestions(err, self.args[*arg], provided, hint, None, None);
                }
                Error::Extra(arg) => {
                    let (ty, span) = self.provided[*arg];
                    let of_type = if vague(&ty) { String::new() } else { format!(" of type `{ty}`") };
                    let number = if self.provided.len() == 1 { String::new() } else { format!(" #{}", arg + 1) };
                    labels.push((span, format!("unexpected argument{number}{of_type}")));
                    if let Some(ident) = self.expect_for_unwrap(ty) {
                        err.span_suggestion_verbose(
                            ident,
                            "did you mean to use `expect`?",
                            "expect",
                            Applicability::MaybeIncorrect,
                        );
                        continue;
                    }
                    let mut span = span;
                    if *arg > 0 {
                        span = self.provided[arg - 1].1.shrink_to_hi().to(span);
                    }
                    let trim_next_comma = match errors.get(at) {
                        Some(Error::Extra(next)) => {
                            only_extras && *next > arg + 1 && prev_extra.is_none_or(|p| p + 1 == *arg)
                        }
                        None => only_extras,
                        _ => false,
                    };
                    if trim_next_comma {
                        let next = match self.provided.get(arg + 1) {
                            Some(p) => p.1,
                            None => fcx.tcx.sess().source_map().end_point(self.call_expr.span),
                        };
                        span = span.until(next);
                    }
                    suggestions.push((span, String::new()));
                    text = match text {
                        S::None => S::Remove(false),
                        S::Remove(_) => S::Remove(true),
                        _ => S::DidYouMean,
                    };
                    prev_extra = Some(*arg);
                }
                Error::Missing(input) => {
                    let mut missing = vec![*input];
                    while let Some(Error::Missing(next)) = errors.get(at)
                        && *next == missing[missing.len() - 1] + 1
                    {
                        missing.push(*next);
                        at += 1;
                    }
                    let (first, last) = (missing[0], missing[missing.len() - 1]);
                    let span = match (self.provided.get(first), self.provided.get(last)) {
                        (Some(a), Some(b)) => a.1.to(b.1),
                        _ => self.args_span,
                    };
                    let tys: Vec<Ty<'tcx>> = missing.iter().map(|i| self.inputs[*i].1).collect();
                    let of_type = if tys.iter().any(vague) {
                        String::new()
                    } else {
                        let list = listify(tys.iter().map(|t| format!("`{t}`")).collect());
                        format!(" of type {}", list.unwrap_or_default())
                    };
                    labels.push((
                        span,
                        match missing.len() {
                            1 => format!("argument #{}{of_type} is missing", first + 1),
                            2 => format!("two arguments{of_type} are missing"),
                            3 => format!("three arguments{of_type} are missing"),
                            _ => "multiple arguments are missing".to_owned(),
                        },
                    ));
                    text = match text {
                        S::None if missing.len() == 1 => S::Provide(false),
                        S::None | S::Provide(_) => S::Provide(true),
                        _ => S::DidYouMean,
                    };
                }
                Error::Swap(a, b, x, y) => {
                    for (arg, input) in [(*a, *x), (*b, *y)] {
                        labels.push((self.provided[arg].1, self.expected_found(input, arg)));
                    }
                    text = if text == S::None { S::Swap } else { S::DidYouMean };
                }
                Error::Permutation(pairs) => {
                    for (input, arg) in pairs {
                        labels.push((self.provided[*arg].1, self.expected_found(*input, *arg)));
                    }
                    text = if text == S::None { S::Reorder } else { S::DidYouMean };
                }
            }
        }
        (suggestions, labels, text)
    }

    fn expected_found(&self, input: usize, arg: usize) -> String {
        let (ty, _) = self.provided[arg];
        let found = if ty.references_error() || ty.is_ty_var() { String::new() } else { format!(", found `{ty}`") };
        format!("expected `{}`{found}", self.inputs[input].1)
    }

    /// `opt.unwrap("why")`
    fn expect_for_unwrap(&self, ty: Ty<'tcx>) -> Option<Span> {
        let fcx = self.fcx;
        let ident = self.ident.filter(|i| i.name == span::sym::unwrap && self.provided.len() == 1)?;
        let ExprKind::MethodCall(_, receiver, ..) = self.call_expr.kind else { return None };
        let TyKind::Adt(adt, _) = *fcx.resolve_vars_if_possible(fcx.node_ty_opt(receiver.hir_id)?).peel_refs().kind()
        else {
            return None;
        };
        let wraps = fcx.tcx.is_lang_item(adt.did(), hir::LangItem::Option)
            || fcx.tcx.is_diagnostic_item(span::sym::Result, adt.did());
        let str_ref = fcx.tcx.mk_ref(fcx.tcx.lifetimes().re_static, fcx.tcx.types().str_, hir::Mutability::Not);
        (wraps && fcx.may_coerce(ty, str_ref)).then_some(ident.span)
    }

    /// Where the arguments that are removed stood, what belongs there.
    fn append_replacements(&self, suggestions: &mut Vec<(Span, String)>) {
        let mut next = 0;
        for (input, arg) in self.matched.iter().enumerate() {
            match arg {
                Some(arg) => next = arg + 1,
                None => {
                    if let Some((_, span)) = self.provided.get(next) {
                        next += 1;
                        if !suggestions.iter().any(|(s, _)| s.contains(*span) || span.overlaps(*s)) {
                            suggestions.push((*span, self.placeholder(input)));
                        }
                    }
                }
            }
        }
    }

    fn placeholder(&self, input: usize) -> String {
        let ty = self.inputs[input].1;
        if ty.is_unit() {
            "()".to_owned()
        } else if self.fcx.suggestable_ty(ty).is_some() {
            format!("/* {ty} */")
        } else {
            let name = self.params().and_then(|(p, _)| Some(p.get(input)?.name.trim_matches('`').to_owned()));
            match name.filter(|n| !n.contains(' ') && n != "self") {
                Some(name) => format!("/* {name} */"),
                None => "/* value */".to_owned(),
            }
        }
    }

    /// The list of arguments as it should be, with its parentheses.
    fn corrected_arguments(&self) -> String {
        let sm = self.fcx.tcx.sess().source_map();
        let mut given = self.matched.iter().filter_map(|a| *a);
        let multiline = match (given.next(), given.next()) {
            (Some(a), Some(b)) => {
                let (a, b) = (self.provided[a].1, self.provided[b].1);
                sm.is_multiline(a.to(b))
                    .then(|| Some((sm.indentation_before(a)?, sm.indentation_before(self.args_span)?)))
                    .flatten()
            }
            _ => None,
        };
        let mut out = "(".to_owned();
        for (input, arg) in self.matched.iter().enumerate() {
            if input > 0 {
                out.push(',');
            }
            if multiline.is_some() {
                out.push('\n');
            } else if input > 0 {
                out.push(' ');
            }
            let written = arg.and_then(|a| Some((self.provided[a].1, sm.span_to_snippet(self.provided[a].1)?)));
            if let Some((indent, _)) = &multiline {
                let own = written.as_ref().and_then(|(s, _)| sm.indentation_before(*s));
                out.push_str(&own.unwrap_or_else(|| indent.clone()));
            }
            match written {
                Some((_, text)) => out.push_str(&text),
                None => out.push_str(&self.placeholder(input)),
            }
        }
        if let Some((_, brace)) = multiline {
            out.push_str(",\n");
            out.push_str(&brace);
        }
        out.push(')');
        out
    }

    /// The inputs of a function with a body or names: where they are written, their names, and of which of the
    /// function's own type parameters they are.
    fn params(&self) -> Option<(Vec<Param>, &'tcx hir::Generics<'tcx>)> {
        let tcx = self.fcx.tcx;
        let (decl, generics, body, names) = match tcx.hir_get_if_local(self.fn_def_id?)? {
            hir::Node::Item(hir::Item { kind: hir::ItemKind::Fn { sig, generics, body, .. }, .. }) => {
                (sig.decl, *generics, Some(*body), None)
            }
            hir::Node::ImplItem(hir::ImplItem { generics, kind: hir::ImplItemKind::Fn(sig, body), .. }) => {
                (sig.decl, *generics, Some(*body), None)
            }
            hir::Node::TraitItem(hir::TraitItem { generics, kind: hir::TraitItemKind::Fn(sig, f), .. }) => match f {
                hir::TraitFn::Provided(body) => (sig.decl, *generics, Some(*body), None),
                hir::TraitFn::Required(names) => (sig.decl, *generics, None, Some(*names)),
            },
            hir::Node::ForeignItem(hir::ForeignItem {
                kind: hir::ForeignItemKind::Fn(sig, names, generics), ..
            }) => (sig.decl, *generics, None, Some(*names)),
            _ => return None,
        };
        let skip = usize::from(self.is_method);
        let mut params = Vec::new();
        for (i, input) in decl.inputs.iter().enumerate().skip(skip) {
            let generic = match input.kind {
                hir::TyKind::Path(hir::QPath::Resolved(_, path)) => {
                    path.res.opt_def_id().and_then(|d| generics.params.iter().position(|p| p.def_id.to_def_id() == d))
                }
                _ => None,
            };
            let (span, name) = match (body, names) {
                (Some(body), _) => {
                    let p = tcx.hir_body(body).params.get(i)?;
                    let name = match p.pat.kind {
                        hir::PatKind::Binding(_, _, ident, _) => Some(ident.name),
                        _ => None,
                    };
                    (p.span, name)
                }
                (None, Some(names)) => match names.get(i)? {
                    Some(ident) => (ident.span, Some(ident.name).filter(|n| *n != span::kw::Underscore)),
                    None => (span::DUMMY_SP, None),
                },
                (None, None) => return None,
            };
            let name = match name {
                Some(n) => format!("`{n}`"),
                None => format!("parameter #{}", i - skip + 1),
            };
            params.push(Param { span, name, generic });
        }
        Some((params, generics))
    }

    fn kind_of_input(&self, i: usize) -> String {
        let ty = self.fcx.resolve_vars_if_possible(self.inputs[i].1);
        self.fcx.err_ctxt().sort_string(ty)
    }

    /// An argument that fits, but by whose type others must be something else than they are.
    fn label_generic_mismatches(&self, err: &mut Diag<'_>) {
        let Some((params, _)) = self.params() else { return };
        for (i, param) in params.iter().enumerate() {
            let (Some(generic), Some(Some(_)), Some(provided)) =
                (param.generic, self.matched.get(i), self.provided.get(i))
            else {
                continue;
            };
            let others = params
                .iter()
                .enumerate()
                .filter(|(j, p)| *j != i && p.generic == Some(generic) && self.matched.get(*j) == Some(&None))
                .count();
            if others == 0 {
                continue;
            }
            let kind = self.kind_of_input(i);
            err.span_label(
                provided.1,
                if others == params.len() - 1 {
                    format!("expected all arguments to be this {kind} type because they need to match the type of this parameter")
                } else {
                    let article = if kind.trim_start_matches('`').starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
                    format!("expected some other arguments to be {article} {kind} type to match the type of this parameter")
                },
            );
        }
    }

    /// Points at the function, and at its parameters that got no fitting argument (or at one of them).
    fn label_fn_like(&self, err: &mut Diag<'_>, only: Option<usize>) {
        let Some(def_id) = self.fn_def_id else { return };
        let tcx = self.fcx.tcx;
        if tcx.def_kind(def_id) == DefKind::Closure {
            self.label_closure(err, def_id, only);
            return;
        }
        let Some(sp) = tcx.def_ident_span(def_id) else { return };
        if !def_id.is_local() && tcx.sess().source_map().lookup_char_pos(sp.lo()).is_none() {
            return;
        }
        // The `Fn` traits' methods are no place to point at.
        if tcx.trait_of_assoc(def_id).is_some_and(|t| tcx.is_fn_trait(t)) {
            return;
        }
        let mut spans = diagnostics::MultiSpan::from(sp);
        if let Some((params, generics)) = self.params() {
            self.label_params(&mut spans, &params, generics, only);
        }
        let what = match tcx.opt_associated_item(def_id) {
            Some(i) => i.descr(),
            None => tcx.def_descr(def_id),
        };
        err.span_note(spans, format!("{what} defined here"));
    }

    fn label_params(
        &self,
        spans: &mut diagnostics::MultiSpan,
        params: &[Param],
        generics: &hir::Generics<'tcx>,
        only: Option<usize>,
    ) {
        let bad = |i: usize| match only {
            Some(o) => o == i,
            None => self.matched.get(i) == Some(&None),
        };
        // Inputs that do not fit, with those that fit and are of the same type parameter.
        let mut mismatched: Vec<(usize, Vec<usize>)> = Vec::new();
        let mut uses: Vec<Vec<usize>> = vec![Vec::new(); generics.params.len()];
        let mut dependants: Vec<Vec<usize>> = vec![Vec::new(); params.len()];
        for (i, p) in params.iter().enumerate().filter(|(i, _)| bad(*i)) {
            let Some(generic) = p.generic else {
                if !p.span.is_dummy() {
                    spans.push_span_label(p.span, "");
                }
                continue;
            };
            let deps: Vec<usize> = (0..params.len())
                .filter(|j| params[*j].generic == Some(generic) && matches!(self.matched.get(*j), Some(Some(_))))
                .collect();
            for &j in &deps {
                uses[generic].extend([i, j]);
                dependants[j].push(i);
            }
            mismatched.push((i, deps));
        }
        let names = |ids: &[usize]| listify(ids.iter().map(|i| params[*i].name.clone()).collect());
        for (i, deps) in &mismatched {
            let span = params[*i].span;
            match names(deps) {
                Some(list) => spans.push_span_label(
                    span,
                    format!("this parameter needs to match the {} type of {list}", self.kind_of_input(deps[0])),
                ),
                None if !span.is_dummy() => spans.push_span_label(span, ""),
                None => {}
            }
        }
        for (j, deps) in dependants.iter().enumerate() {
            if let Some(list) = names(deps) {
                let s = if deps.len() == 1 { "s" } else { "" };
                spans.push_span_label(
                    params[j].span,
                    format!("{list} need{s} to match the {} type of this parameter", self.kind_of_input(j)),
                );
            }
        }
        for (p, uses) in generics.params.iter().zip(&mut uses) {
            uses.sort_unstable();
            uses.dedup();
            if let Some(list) = names(uses) {
                let all = if uses.len() == 2 { "both" } else { "all" };
                spans.push_span_label(
                    p.span,
                    format!("{list} {all} reference this parameter `{}`", p.name.ident().name),
                );
            }
        }
    }

    fn label_closure(&self, err: &mut Diag<'_>, def_id: DefId, only: Option<usize>) {
        let tcx = self.fcx.tcx;
        let param = only.and_then(|i| tcx.hir_maybe_body_owned_by(def_id.as_local()?).and_then(|b| b.params.get(i)));
        match param {
            Some(p) => err.span_note(p.span, "closure parameter defined here"),
            None => err.span_note(tcx.def_span(def_id), "closure defined here"),
        };
    }
}

/// An input of the callee as it is written.
struct Param {
    span: Span,
    name: String,
    generic: Option<usize>,
}
