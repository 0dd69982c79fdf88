//! Types that do not match: E0308 and relatives.

use diagnostics::Diag;
use diagnostics::codes::*;
use hir::def::{CtorOf, DefKind};
use span::Span;
use ty::error::{ExpectedFound, TypeError};
use ty::{AliasTyKind, Const, GenericArg, InferTy, ParamEnv, Ty, TyKind};

use super::TypeErrCtxt;
use crate::infer::{TypeTrace, ValuePairs};
use crate::traits::{ObligationCause, ObligationCauseCode};

/// Where the error is shown: the arm of a `match`, not all of it.
fn cause_span(cause: &ObligationCause<'_>) -> Span {
    match cause.code() {
        ObligationCauseCode::MatchExpressionArm(arm) => arm.arm_span,
        _ => cause.span,
    }
}

impl<'a, 'tcx> TypeErrCtxt<'a, 'tcx> {
    /// `expected ..., found ...` for two types.
    pub fn report_mismatched_types(
        &self,
        cause: &ObligationCause<'tcx>,
        param_env: ParamEnv<'tcx>,
        expected: Ty<'tcx>,
        actual: Ty<'tcx>,
        err: TypeError<'tcx>,
    ) -> Diag<'tcx> {
        self.report_and_explain_type_error(TypeTrace::types(cause, expected, actual), param_env, err)
    }
    /// As [`TypeErrCtxt::report_mismatched_types`] for constants.
    pub fn report_mismatched_consts(
        &self,
        cause: &ObligationCause<'tcx>,
        param_env: ParamEnv<'tcx>,
        expected: Const<'tcx>,
        actual: Const<'tcx>,
        err: TypeError<'tcx>,
    ) -> Diag<'tcx> {
        self.report_and_explain_type_error(TypeTrace::consts(cause, expected, actual), param_env, err)
    }
    /// For any values.
    pub fn report_and_explain_type_error(
        &self,
        trace: TypeTrace<'tcx>,
        _param_env: ParamEnv<'tcx>,
        terr: TypeError<'tcx>,
    ) -> Diag<'tcx> {
        let (code, message) = failure_message(trace.cause.code(), &terr);
        let span = cause_span(&trace.cause);
        let mut diag = self.dcx().struct_span_err(span, message);
        diag.code(code);
        self.note_type_err(&mut diag, &trace.cause, None, Some(trace.values), terr);
        diag
    }

    /// Adds labels and notes of a mismatch.
    pub fn note_type_err(
        &self,
        diag: &mut Diag<'_>,
        cause: &ObligationCause<'tcx>,
        secondary: Option<(Span, String)>,
        values: Option<ValuePairs<'tcx>>,
        terr: TypeError<'tcx>,
    ) {
        let span = cause_span(cause);
        let terr = self.resolve_err(terr);
        let label = self.type_error_label(&terr);
        if let Some((s, l)) = secondary {
            diag.span_label(s, l);
        }
        match cause.code() {
            ObligationCauseCode::MatchExpressionArm(arm) => {
                self.note_match_arms(diag, arm);
                diag.span_label(span, label);
            }
            ObligationCauseCode::Pattern { span: scrutinee, root_ty, .. } => {
                diag.span_label(span, label);
                if let Some(s) = scrutinee
                    && *s != span
                {
                    let ty = self.resolve_vars_if_possible(*root_ty);
                    if !ty.references_error() {
                        diag.span_label(*s, format!("this expression has type `{ty}`"));
                    }
                }
            }
            ObligationCauseCode::IfExpression { expr_id, .. } => {
                self.note_if_branches(diag, *expr_id, span);
                diag.span_label(span, label);
            }
            ObligationCauseCode::CompareImplItem { trait_item_def_id, .. } => {
                diag.span_label(span, label);
                let _ = trait_item_def_id;
            }
            _ => {
                diag.span_label(span, label);
            }
        }
        let Some(values) = values else {
            return;
        };
        match values {
            ValuePairs::Terms(ef) => {
                let (Some(e), Some(f)) = (ef.expected.as_type(), ef.found.as_type()) else {
                    return;
                };
                let e = self.resolve_vars_if_possible(e);
                let f = self.resolve_vars_if_possible(f);
                self.note_expected_found_types(diag, e, f);
            }
            ValuePairs::PolySigs(ef) => {
                let e = self.resolve_vars_if_possible(ef.expected);
                let f = self.resolve_vars_if_possible(ef.found);
                note_pair(diag, "signature", &e.to_string(), "signature", &f.to_string());
            }
            ValuePairs::TraitRefs(ef) => {
                let e = self.resolve_vars_if_possible(ef.expected);
                let f = self.resolve_vars_if_possible(ef.found);
                note_pair(diag, "trait", &format!("{e}"), "trait", &format!("{f}"));
            }
            ValuePairs::Aliases(_) | ValuePairs::Regions(_) | ValuePairs::ExistentialTraitRef(_) => {}
        }
    }

    fn note_expected_found_types(&self, diag: &mut Diag<'_>, e: Ty<'tcx>, f: Ty<'tcx>) {
        if e.references_error() || f.references_error() {
            return;
        }
        if is_simple_text(e) && is_simple_text(f) && e.to_string() != f.to_string() {
            return;
        }
        let (es, fs) = self.cmp_types(e, f);
        note_pair(diag, &self.prefix_string(e), &es, &self.prefix_string(f), &fs);
        match (e.kind(), f.kind()) {
            (TyKind::Closure(..), TyKind::Closure(..)) => {
                diag.note("no two closures, even if identical, have the same type");
                diag.help("consider boxing your closure and/or using it as a trait object");
            }
            (TyKind::FnDef(..), TyKind::FnDef(..)) => {
                diag.note("different fn items have unique types, even if their signatures are the same");
            }
            (TyKind::Param(_), TyKind::Param(_)) => {
                diag.note("a type parameter was expected, but a different one was found; you might be missing a type parameter or trait bound");
                diag.note("for more information on generics, visit https://doc.rust-lang.org/book/ch10-02-traits.html");
            }
            _ => {}
        }
    }

    /// Two types' texts, parts that are the same left out.
    fn cmp_types(&self, e: Ty<'tcx>, f: Ty<'tcx>) -> (String, String) {
        if let (TyKind::Adt(d, x), TyKind::Adt(c, y)) = (e.kind(), f.kind())
            && d == c
            && x.types().count() > 1
            && x.len() == y.len()
        {
            let path = self.tcx.def_path_str(d.did());
            let part = |args: ty::GenericArgsRef<'tcx>, other: ty::GenericArgsRef<'tcx>| {
                let parts: Vec<String> = args
                    .iter()
                    .zip(other.iter())
                    .filter(|(a, _)| !matches!(a, GenericArg::Lifetime(_)))
                    .map(|(a, b)| if a == b { "_".into() } else { a.to_string() })
                    .collect();
                format!("{path}<{}>", parts.join(", "))
            };
            let defaults = self.tcx.generics_of(d.did()).own_defaults();
            if defaults.types == 0 {
                return (part(x, y), part(y, x));
            }
        }
        (e.to_string(), f.to_string())
    }

    /// The label and note of a projection that is another type.
    pub(super) fn label_and_note_types(&self, diag: &mut Diag<'_>, span: Span, expected: Ty<'tcx>, found: Ty<'tcx>) {
        let ef = ExpectedFound::new(expected, found);
        diag.span_label(span, self.type_error_label(&TypeError::Sorts(ef)));
        self.note_expected_found_types(diag, expected, found);
    }

    fn resolve_err(&self, e: TypeError<'tcx>) -> TypeError<'tcx> {
        let r = |ef: ExpectedFound<Ty<'tcx>>| {
            ExpectedFound::new(self.resolve_vars_if_possible(ef.expected), self.resolve_vars_if_possible(ef.found))
        };
        match e {
            TypeError::Sorts(ef) => TypeError::Sorts(r(ef)),
            TypeError::ArgumentSorts(ef, i) => TypeError::ArgumentSorts(r(ef), i),
            e => e,
        }
    }

    /// What a mismatch is, in a few words.
    pub fn type_error_label(&self, e: &TypeError<'tcx>) -> String {
        match *e {
            TypeError::CyclicTy(_) => "cyclic type of infinite size".into(),
            TypeError::CyclicConst(_) => "encountered a self-referencing constant".into(),
            TypeError::Mismatch => "types differ".into(),
            TypeError::PolarityMismatch(_) => "expected different polarity".into(),
            TypeError::SafetyMismatch(ef) => {
                format!("expected {} fn, found {} fn", safety(ef.expected), safety(ef.found))
            }
            TypeError::AbiMismatch(ef) => {
                format!("expected {} fn, found {} fn", abi_name(ef.expected), abi_name(ef.found))
            }
            TypeError::ArgumentMutability(_) | TypeError::Mutability => "types differ in mutability".into(),
            TypeError::TupleSize(ef) => format!(
                "expected a tuple with {} element{}, found one with {} element{}",
                ef.expected,
                plural(ef.expected),
                ef.found,
                plural(ef.found)
            ),
            TypeError::ArraySize(ef) => {
                format!("expected an array with a size of {}, found one with a size of {}", ef.expected, ef.found)
            }
            TypeError::ArgCount => "incorrect number of function parameters".into(),
            TypeError::RegionsDoesNotOutlive(..) => "lifetime mismatch".into(),
            TypeError::RegionsInsufficientlyPolymorphic(_) => "one type is more general than the other".into(),
            TypeError::RegionsPlaceholderMismatch => "one type is more general than the other".into(),
            TypeError::ArgumentSorts(ef, _) | TypeError::Sorts(ef) => {
                let (e, f) = (self.sort_string(ef.expected), self.sort_string(ef.found));
                if e == f { format!("expected {e}, found a different {f}") } else { format!("expected {e}, found {f}") }
            }
            TypeError::Traits(ef) => {
                let (e, f) = (self.tcx.def_path_str(ef.expected), self.tcx.def_path_str(ef.found));
                if e == f {
                    format!("expected trait `{e}`, found a different trait `{f}`")
                } else {
                    format!("expected trait `{e}`, found trait `{f}`")
                }
            }
            TypeError::VariadicMismatch(ef) => {
                let s = |v: bool| if v { "variadic" } else { "non-variadic" };
                format!("expected {} fn, found {} function", s(ef.expected), s(ef.found))
            }
            TypeError::ProjectionMismatched(ef) => format!(
                "expected `{}`, found `{}`",
                self.tcx.def_path_str(ef.expected),
                self.tcx.def_path_str(ef.found)
            ),
            TypeError::ExistentialMismatch(ef) => {
                let text = |p: ty::PolyExistentialPredicates<'tcx>| {
                    let t = self.tcx.mk_dynamic(p, self.tcx.lifetimes().re_erased).to_string();
                    t.strip_prefix("dyn ").unwrap_or(&t).to_owned()
                };
                format!("expected trait `{}`, found trait `{}`", text(ef.expected), text(ef.found))
            }
            TypeError::ConstMismatch(ef) => {
                format!("expected `{}`, found `{}`", ef.expected, ef.found)
            }
            TypeError::TermMismatch(ef) => {
                format!("expected `{}`, found `{}`", ef.expected.into_arg(), ef.found.into_arg())
            }
            TypeError::IntrinsicCast => "cannot coerce intrinsics to function pointers".into(),
            TypeError::TargetFeatureCast(_) => {
                "cannot coerce functions with `#[target_feature]` to safe function pointers".into()
            }
        }
    }

    /// A type as labels name it.
    pub fn sort_string(&self, ty: Ty<'tcx>) -> String {
        ty::print::with_hidden_regions(|| self.sort_string_with_regions(ty))
    }

    fn sort_string_with_regions(&self, ty: Ty<'tcx>) -> String {
        let tcx = self.tcx;
        match *ty.kind() {
            TyKind::FnDef(d, _) => match tcx.def_kind(d) {
                DefKind::Ctor(CtorOf::Struct, _) => "struct constructor".into(),
                DefKind::Ctor(CtorOf::Variant, _) => "enum constructor".into(),
                _ => "fn item".into(),
            },
            TyKind::FnPtr(_) => "fn pointer".into(),
            TyKind::Dynamic(preds, _) => match preds.principal_def_id() {
                Some(_) => format!("`{}`", without_region(ty)),
                None => "trait object".into(),
            },
            TyKind::Closure(..) => "closure".into(),
            TyKind::CoroutineClosure(..) => "async closure".into(),
            TyKind::Coroutine(d, _) => tcx.def_descr(d).into(),
            TyKind::CoroutineWitness(..) => "coroutine witness".into(),
            TyKind::Infer(InferTy::TyVar(_)) => "inferred type".into(),
            TyKind::Infer(InferTy::IntVar(_)) => "integer".into(),
            TyKind::Infer(InferTy::FloatVar(_)) => "floating-point number".into(),
            TyKind::Placeholder(_) => "higher-ranked type".into(),
            TyKind::Bound(..) => "bound type variable".into(),
            TyKind::Alias(AliasTyKind::Projection | AliasTyKind::Inherent, _) => "associated type".into(),
            TyKind::Alias(AliasTyKind::Free, _) => "type alias".into(),
            TyKind::Alias(AliasTyKind::Opaque, _) => "opaque type".into(),
            TyKind::Param(p) => format!("type parameter `{}`", p.name),
            TyKind::Error(_) => "type error".into(),
            _ => format!("`{ty}`"),
        }
    }

    /// The word before a type in notes.
    fn prefix_string(&self, ty: Ty<'tcx>) -> String {
        let tcx = self.tcx;
        match *ty.kind() {
            TyKind::Infer(_)
            | TyKind::Error(_)
            | TyKind::Bool
            | TyKind::Char
            | TyKind::Int(_)
            | TyKind::Uint(_)
            | TyKind::Float(_)
            | TyKind::Str
            | TyKind::Never => "type".into(),
            TyKind::Tuple(tys) if tys.is_empty() => "unit type".into(),
            TyKind::Adt(def, _) => def.descr().into(),
            TyKind::Foreign(_) => "extern type".into(),
            TyKind::Array(..) => "array".into(),
            TyKind::Pat(..) => "pattern type".into(),
            TyKind::Slice(_) => "slice".into(),
            TyKind::RawPtr(..) => "raw pointer".into(),
            TyKind::Ref(_, _, m) => match m {
                ty::Mutability::Mut => "mutable reference",
                ty::Mutability::Not => "reference",
            }
            .into(),
            TyKind::FnDef(d, _) => match tcx.def_kind(d) {
                DefKind::Ctor(CtorOf::Struct, _) => "struct constructor".into(),
                DefKind::Ctor(CtorOf::Variant, _) => "enum constructor".into(),
                _ => "fn item".into(),
            },
            TyKind::FnPtr(_) => "fn pointer".into(),
            TyKind::UnsafeBinder(_) => "unsafe binder".into(),
            TyKind::Dynamic(..) => "trait object".into(),
            TyKind::Closure(..) | TyKind::CoroutineClosure(..) => "closure".into(),
            TyKind::Coroutine(d, _) => tcx.def_descr(d).into(),
            TyKind::CoroutineWitness(..) => "coroutine witness".into(),
            TyKind::Tuple(..) => "tuple".into(),
            TyKind::Placeholder(_) => "higher-ranked type".into(),
            TyKind::Bound(..) => "bound type variable".into(),
            TyKind::Alias(AliasTyKind::Projection | AliasTyKind::Inherent, _) => "associated type".into(),
            TyKind::Alias(AliasTyKind::Free, _) => "type alias".into(),
            TyKind::Param(_) => "type parameter".into(),
            TyKind::Alias(AliasTyKind::Opaque, _) => "opaque type".into(),
        }
    }

    fn note_match_arms(&self, diag: &mut Diag<'_>, arm: &crate::traits::MatchExpressionArmCause<'tcx>) {
        let source = match arm.source {
            hir::MatchSource::TryDesugar(_) => {
                return;
            }
            _ => "`match` arms have incompatible types",
        };
        // Only `match` and its scrutinee, not the whole body, where that would be noise.
        let sm = self.tcx.sess().source_map();
        let outer = if sm.is_multiline(arm.arm_span) || !sm.is_multiline(arm.expr_span) {
            arm.expr_span.shrink_to_lo().to(arm.scrut_span)
        } else {
            arm.expr_span
        };
        diag.span_label(outer, source);
        let prior = self.resolve_vars_if_possible(arm.prior_arm_ty);
        let any_multi = arm.prior_non_diverging_arms.len();
        if any_multi <= 4 && any_multi > 0 {
            for (i, &s) in arm.prior_non_diverging_arms.iter().enumerate() {
                let text = if any_multi == 1 {
                    format!("this is found to be of type `{prior}`")
                } else if i + 1 == any_multi {
                    format!("this and all prior arms are found to be of type `{prior}`")
                } else {
                    continue;
                };
                diag.span_label(s, text);
            }
        } else {
            diag.span_label(
                arm.prior_arm_span,
                if any_multi > 1 {
                    format!("this and all prior arms are found to be of type `{prior}`")
                } else {
                    format!("this is found to be of type `{prior}`")
                },
            );
        }
    }

    fn note_if_branches(&self, diag: &mut Diag<'_>, expr_id: hir::HirId, span: Span) {
        let hir::Node::Expr(e) = self.tcx.hir_node(expr_id) else {
            return;
        };
        let hir::ExprKind::If(_, then, _) = e.kind else {
            return;
        };
        if self.tcx.sess().source_map().is_multiline(e.span) {
            diag.span_label(e.span, "`if` and `else` have incompatible types");
        }
        let then_span = match then.kind {
            hir::ExprKind::Block(b, _) => b.expr.map_or(b.span, |e| e.span),
            _ => then.span,
        };
        if then_span != span {
            diag.span_label(then_span, "expected because of this");
        }
    }
}

fn failure_message(code: &ObligationCauseCode<'_>, terr: &TypeError<'_>) -> (diagnostics::codes::ErrCode, String) {
    use ObligationCauseCode as C;
    match code {
        C::CompareImplItem { kind, .. } => {
            let what = match kind {
                ty::AssocTag::Fn => "method",
                ty::AssocTag::Type => "type",
                ty::AssocTag::Const => "const",
            };
            (E0308, format!("{what} not compatible with trait"))
        }
        C::MatchExpressionArm(arm) => match arm.source {
            hir::MatchSource::TryDesugar(_) => (E0308, "`?` operator has incompatible types".into()),
            _ => (E0308, "`match` arms have incompatible types".into()),
        },
        C::IfExpression { .. } => (E0308, "`if` and `else` have incompatible types".into()),
        C::IfExpressionWithNoElse => (E0317, "`if` may be missing an `else` clause".into()),
        C::LetElse => (E0308, "`else` clause of `let...else` does not diverge".into()),
        C::MainFunctionType => (E0580, "`main` function has wrong type".into()),
        C::LangFunctionType(name) => (E0308, format!("lang item `{name}` function has wrong type")),
        C::IntrinsicType => (E0308, "intrinsic has wrong type".into()),
        C::MethodReceiver => (E0308, "mismatched `self` parameter type".into()),
        _ => match terr {
            TypeError::CyclicTy(t) if t.is_closure() || t.is_coroutine() => {
                (E0644, "closure/coroutine type that takes a reference to itself".into())
            }
            TypeError::IntrinsicCast => (E0308, "cannot coerce intrinsics to function pointers".into()),
            _ => (E0308, "mismatched types".into()),
        },
    }
}

/// `expected A `X`` and `found B `Y`` below one another.
fn note_pair(diag: &mut Diag<'_>, el: &str, e: &str, fl: &str, f: &str) {
    let expected = format!("expected {el}");
    let found = format!("found {fl}");
    let width = expected.chars().count().max(found.chars().count());
    diag.note(format!("{expected:>width$} `{e}`\n{found:>width$} `{f}`"));
}

/// Whether labels say all there is to say of a type.
fn is_simple_text(t: Ty<'_>) -> bool {
    match *t.kind() {
        TyKind::Adt(_, args) => args.iter().all(|a| matches!(a, GenericArg::Lifetime(_))),
        TyKind::Ref(_, t, _) => is_simple_text(t),
        TyKind::Tuple(tys) => tys.is_empty(),
        TyKind::Bool
        | TyKind::Char
        | TyKind::Str
        | TyKind::Int(_)
        | TyKind::Uint(_)
        | TyKind::Float(_)
        | TyKind::Infer(InferTy::IntVar(_) | InferTy::FloatVar(_)) => true,
        _ => false,
    }
}

fn without_region(t: Ty<'_>) -> String {
    let s = t.to_string();
    match s.strip_prefix('(').and_then(|s| s.strip_suffix(')')) {
        Some(inner) => inner.split(" + '").next().unwrap_or(inner).to_owned(),
        None => s.split(" + '").next().unwrap_or(&s).to_owned(),
    }
}

fn safety(s: hir::Safety) -> &'static str {
    match s {
        hir::Safety::Safe => "safe",
        hir::Safety::Unsafe => "unsafe",
    }
}

fn abi_name(a: ty::ExternAbi) -> String {
    format!("\"{}\"", a.as_str())
}

fn plural(n: usize) -> &'static str {
    if n == 1 { "" } else { "s" }
}
