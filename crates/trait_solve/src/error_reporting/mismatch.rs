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
        let try_cause = match trace.cause.code() {
            ObligationCauseCode::MatchExpressionArm(arm) => matches!(arm.source, hir::MatchSource::TryDesugar(_)),
            ObligationCauseCode::BlockTailExpression(_, source) => matches!(source, hir::MatchSource::TryDesugar(_)),
            _ => false,
        };
        if try_cause && let Some((e, f)) = self.types_of(trace.values) {
            let (e, f) = self.cmp_types(e, f);
            diag.note(format!("`?` operator cannot convert from `{f}` to `{e}`"));
        }
        self.note_type_err(&mut diag, &trace.cause, None, Some(trace.values), terr, false);
        diag
    }

    /// The two types, as far as they are known.
    fn types_of(&self, values: ValuePairs<'tcx>) -> Option<(Ty<'tcx>, Ty<'tcx>)> {
        let ValuePairs::Terms(ef) = values else { return None };
        Some((
            self.resolve_vars_if_possible(ef.expected.as_type()?),
            self.resolve_vars_if_possible(ef.found.as_type()?),
        ))
    }

    /// Adds labels and notes of a mismatch. `prefer_label`: a label, not a note, even if the place is not the error's.
    pub fn note_type_err(
        &self,
        diag: &mut Diag<'_>,
        cause: &ObligationCause<'tcx>,
        secondary: Option<(Span, String)>,
        values: Option<ValuePairs<'tcx>>,
        terr: TypeError<'tcx>,
        prefer_label: bool,
    ) {
        let span = cause_span(cause);
        let terr = self.resolve_err(terr);
        let types = values.and_then(|v| self.types_of(v));
        // The whole types, not the parts of them in which they differ.
        let label = match (types, &terr) {
            (Some((e, f)), TypeError::ArgumentSorts(..) | TypeError::Sorts(_)) => {
                let (expected, found) = (self.sort_string(e), self.sort_string(f));
                if expected == found {
                    self.type_error_label(&terr)
                } else {
                    format!("expected {expected}, found {found}")
                }
            }
            _ => self.type_error_label(&terr),
        };
        if let Some((s, l)) = secondary {
            diag.span_label(s, l);
        }
        let simple = types.is_some_and(|(e, f)| is_simple_text(e) && is_simple_text(f));
        if (prefer_label && simple) || diag.span.primary_spans == [span] {
            diag.span_label(span, label);
        } else {
            diag.span_note(span, label);
        }

        let Some(values) = values else { return };
        match values {
            ValuePairs::Terms(ef) => match types {
                Some((e, f)) => self.note_types(diag, e, f, &terr),
                None => {
                    let (e, f) = (self.resolve_vars_if_possible(ef.expected), self.resolve_vars_if_possible(ef.found));
                    if let (ty::Term::Const(e), ty::Term::Const(f)) = (e, f) {
                        note_pair(diag, "constant", &e.to_string(), "constant", &f.to_string());
                    }
                }
            },
            ValuePairs::PolySigs(ef) => {
                let e = self.resolve_vars_if_possible(ef.expected);
                let f = self.resolve_vars_if_possible(ef.found);
                let (e, f) = self.cmp_types(self.tcx.mk_fn_ptr(e), self.tcx.mk_fn_ptr(f));
                note_pair(diag, "signature", &e, "signature", &f);
            }
            ValuePairs::TraitRefs(ef) => {
                let e = self.resolve_vars_if_possible(ef.expected);
                let f = self.resolve_vars_if_possible(ef.found);
                note_pair(diag, "trait", &format!("{e}"), "trait", &format!("{f}"));
            }
            ValuePairs::Aliases(_) | ValuePairs::Regions(_) | ValuePairs::ExistentialTraitRef(_) => {}
        }

        // The error's own types are more exact than those of the whole, in match expressions.
        let exp_found = types.map(|(e, f)| match terr {
            TypeError::Sorts(ef) if ef.found == f => ef,
            _ => ExpectedFound::new(e, f),
        });
        if let Some(ef) = exp_found
            && !matches!(terr, TypeError::RegionsInsufficientlyPolymorphic(..))
        {
            let fits = match cause.code() {
                ObligationCauseCode::Pattern { root_ty, .. } => self.same_type_modulo_infer(*root_ty, ef.expected),
                _ => true,
            };
            if fits {
                self.suggest_for_pattern(diag, cause, ef);
                self.suggest_function_pointers(diag, span, ef);
            }
        }
        self.note_and_explain_type_err(diag, terr, cause, span);
        if let Some(ef) = exp_found
            && !matches!(terr, TypeError::Sorts(t) if t.expected == ef.expected && t.found == ef.found)
        {
            self.note_and_explain_type_err(diag, TypeError::Sorts(ef), cause, span);
        }
        self.note_error_origin(diag, cause, span, exp_found);
    }

    /// `expected ..` and `found ..`, unless the label says it all.
    fn note_types(&self, diag: &mut Diag<'_>, e: Ty<'tcx>, f: Ty<'tcx>, terr: &TypeError<'tcx>) {
        if e.references_error() || f.references_error() || matches!(terr, TypeError::CyclicTy(_)) {
            return;
        }
        let simple = is_simple_text(e) && is_simple_text(f);
        let (es, fs) = self.cmp_types(e, f);
        match *terr {
            TypeError::Sorts(inner) => {
                if self.note_similar_names(diag, inner) {
                    return;
                }
                let is_infer = |t: Ty<'tcx>| matches!(t.kind(), TyKind::Infer(_));
                let part_of_it = if !is_infer(e) {
                    e != inner.expected
                } else if !is_infer(f) {
                    f != inner.found
                } else {
                    false
                };
                if (is_simple_text(inner.expected) && is_simple_text(inner.found)) && !part_of_it {
                    return;
                }
                // Two texts that are the same must be told apart.
                let (ek, fk) = (self.sort_string(inner.expected), self.sort_string(inner.found));
                let extra = es == fs && ek != fk;
                let extra_of = |t: Ty<'tcx>, kind: &str| match *t.kind() {
                    _ if !extra => String::new(),
                    TyKind::Alias(AliasTyKind::Opaque, alias) => {
                        let sm = self.tcx.sess().source_map();
                        match sm.lookup_char_pos(self.tcx.def_span(alias.def_id).lo()) {
                            Some(loc) => format!(
                                " (opaque type at <{}:{}:{}>)",
                                loc.file.name.display(),
                                loc.line,
                                loc.col.0 + 1
                            ),
                            None => String::new(),
                        }
                    }
                    _ => format!(" ({kind})"),
                };
                note_pair_extra(
                    diag,
                    (&self.prefix_string(e), &es, &extra_of(inner.expected, &ek)),
                    (&self.prefix_string(f), &fs, &extra_of(inner.found, &fk)),
                );
            }
            _ => {
                let must_note = matches!(
                    terr,
                    TypeError::Mutability
                        | TypeError::ArgumentMutability(_)
                        | TypeError::TupleSize(_)
                        | TypeError::ArgCount
                        | TypeError::RegionsDoesNotOutlive(..)
                        | TypeError::RegionsInsufficientlyPolymorphic(..)
                        | TypeError::RegionsPlaceholderMismatch
                        | TypeError::ProjectionMismatched(_)
                        | TypeError::ExistentialMismatch(_)
                        | TypeError::ConstMismatch(_)
                        | TypeError::IntrinsicCast
                );
                if simple && !must_note {
                    return;
                }
                note_pair(diag, &self.prefix_string(e), &es, &self.prefix_string(f), &fs);
                if let TyKind::Closure(_, args) = *f.kind() {
                    let sig = args.as_closure().sig().map_bound(|s| ty::untuple_sig(*self.tcx, s));
                    diag.note(format!("closure has signature: `{}`", self.tcx.mk_fn_ptr(sig)));
                }
            }
        }
    }

    /// Where the expected type comes from.
    fn note_error_origin(
        &self,
        diag: &mut Diag<'_>,
        cause: &ObligationCause<'tcx>,
        span: Span,
        exp_found: Option<ExpectedFound<Ty<'tcx>>>,
    ) {
        match cause.code() {
            ObligationCauseCode::Pattern { span: Some(scrutinee), root_ty, origin_expr: Some(_) } => {
                let ty = self.resolve_vars_if_possible(*root_ty);
                if !ty.references_error() && !ty.is_ty_var() {
                    if scrutinee.is_desugaring(span::DesugaringKind::ForLoop)
                        && let TyKind::Adt(def, args) = *ty.kind()
                        && self.tcx.is_lang_item(def.did(), hir::LangItem::Option)
                    {
                        let item = args.type_at(0);
                        diag.span_label(*scrutinee, format!("this is an iterator with items of type `{item}`"));
                    } else if !scrutinee.overlaps(span) {
                        diag.span_label(*scrutinee, format!("this expression has type `{ty}`"));
                    }
                }
                if let Some(ef) = exp_found
                    && ty.boxed_ty() == Some(ef.found)
                {
                    diag.span_suggestion_verbose(
                        scrutinee.shrink_to_lo(),
                        "consider dereferencing the boxed value",
                        "*",
                        diagnostics::Applicability::MachineApplicable,
                    );
                }
            }
            ObligationCauseCode::Pattern { span: Some(span), origin_expr: None, .. } => {
                diag.span_label(*span, "expected due to this");
            }
            ObligationCauseCode::MatchExpressionArm(arm) => self.note_match_arms(diag, arm, exp_found),
            ObligationCauseCode::IfExpression { expr_id, .. } => self.note_if_branches(diag, *expr_id),
            ObligationCauseCode::LetElse => {
                diag.help("try adding a diverging expression, such as `return` or `panic!(..)`");
                diag.help("...or use `match` instead of `let...else`");
            }
            _ => {}
        }
    }

    /// The label and note of a projection that is another type.
    pub(super) fn label_and_note_types(&self, diag: &mut Diag<'_>, span: Span, expected: Ty<'tcx>, found: Ty<'tcx>) {
        let ef = ExpectedFound::new(expected, found);
        diag.span_label(span, self.type_error_label(&TypeError::Sorts(ef)));
        self.note_types(diag, expected, found, &TypeError::Sorts(ef));
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

    fn note_match_arms(
        &self,
        diag: &mut Diag<'_>,
        arm: &crate::traits::MatchExpressionArmCause<'tcx>,
        exp_found: Option<ExpectedFound<Ty<'tcx>>>,
    ) {
        if let hir::MatchSource::TryDesugar(_) = arm.source {
            return;
        }
        // The prior arm may be of type `!`.
        let prior = self.resolve_vars_if_possible(exp_found.map_or(arm.prior_arm_ty, |ef| ef.expected));
        let sm = self.tcx.sess().source_map();
        let mut any_multiline = sm.is_multiline(arm.arm_span);
        if arm.prior_non_diverging_arms.len() <= 4 {
            for &s in &arm.prior_non_diverging_arms {
                any_multiline |= sm.is_multiline(s);
                diag.span_label(s, format!("this is found to be of type `{prior}`"));
            }
        } else if let Some(&s) = arm.prior_non_diverging_arms.last() {
            any_multiline |= sm.is_multiline(s);
            diag.span_label(s, format!("this and all prior arms are found to be of type `{prior}`"));
        }
        // Only `match` and its scrutinee, not the whole body, where that would be noise.
        let outer = if any_multiline || !sm.is_multiline(arm.expr_span) {
            arm.expr_span.shrink_to_lo().to(arm.scrut_span)
        } else {
            arm.expr_span
        };
        diag.span_label(outer, "`match` arms have incompatible types");
        let arm_ty = self.resolve_vars_if_possible(arm.arm_ty);
        self.suggest_remove_semi(diag, [(arm.prior_arm_block_id, arm_ty), (arm.arm_block_id, arm.prior_arm_ty)]);
    }

    fn note_if_branches(&self, diag: &mut Diag<'_>, expr_id: hir::HirId) {
        let hir::Node::Expr(e) = self.tcx.hir_node(expr_id) else {
            return;
        };
        let hir::ExprKind::If(cond, then, Some(els)) = e.kind else {
            return;
        };
        let ty_of = |e: &hir::Expr<'_>| {
            self.typeck_results
                .and_then(|r| r.borrow().node_type_opt(e.hir_id))
                .map(|t| self.resolve_vars_if_possible(t))
        };
        let (then_span, else_span) = (tail_span(then), tail_span(els));
        let (then_ty, else_ty) = (ty_of(then), ty_of(els));
        if let hir::ExprKind::If(_, _, None) = els.kind
            && else_ty.is_some_and(|t| t.is_unit())
        {
            diag.note("`if` expressions without `else` evaluate to `()`");
            diag.note("consider adding an `else` block that evaluates to the expected type");
        }
        diag.span_label(then_span, "expected because of this");
        if self.tcx.sess().source_map().is_multiline(e.span) {
            // The condition only, if a branch ends where the whole does.
            let outer = if then_span.hi() == e.span.hi() || else_span.hi() == e.span.hi() {
                e.span.shrink_to_lo().to(cond.peel_drop_temps().span)
            } else {
                e.span
            };
            diag.span_label(outer, "`if` and `else` have incompatible types");
        }
        if let (Some(then_ty), Some(else_ty)) = (then_ty, else_ty) {
            let block = |e: &hir::Expr<'_>| match e.kind {
                hir::ExprKind::Block(b, _) => Some(b.hir_id),
                _ => None,
            };
            self.suggest_remove_semi(diag, [(block(then), else_ty), (block(els), then_ty)]);
        }
    }

    /// A branch whose last statement's value would be of the other's type, but for its `;`.
    fn suggest_remove_semi(&self, diag: &mut Diag<'_>, branches: [(Option<hir::HirId>, Ty<'tcx>); 2]) {
        for (id, ty) in branches {
            let Some(id) = id else { continue };
            let hir::Node::Block(block) = self.tcx.hir_node(id) else { continue };
            let block = block.innermost_block();
            if block.expr.is_some() {
                continue;
            }
            let Some(last) = block.stmts.last() else { continue };
            let hir::StmtKind::Semi(e) = last.kind else { continue };
            let Some(t) = self.typeck_results.and_then(|r| r.borrow().node_type_opt(e.hir_id)) else { continue };
            let t = self.resolve_vars_if_possible(t);
            let ty = self.resolve_vars_if_possible(ty);
            if t.references_error() || last.span.from_expansion() || !self.same_type_modulo_infer(t, ty) {
                continue;
            }
            diag.span_suggestion_short(
                e.span.shrink_to_hi().with_hi(last.span.hi()),
                "consider removing this semicolon",
                "",
                diagnostics::Applicability::MachineApplicable,
            );
            return;
        }
    }
}

/// The end of a block, as it is pointed at.
fn tail_span(e: &hir::Expr<'_>) -> Span {
    match e.kind {
        hir::ExprKind::Block(b, _) => {
            let b = b.innermost_block();
            match (b.expr, b.stmts.last()) {
                (Some(e), _) => e.span,
                (None, Some(s)) => s.span,
                (None, None) => b.span,
            }
        }
        _ => e.span,
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
        C::BlockTailExpression(_, hir::MatchSource::TryDesugar(_)) => {
            (E0308, "`?` operator has incompatible types".into())
        }
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
    note_pair_extra(diag, (el, e, ""), (fl, f, ""));
}

/// Each with its kind before and a remark behind.
fn note_pair_extra(diag: &mut Diag<'_>, (el, e, ex): (&str, &str, &str), (fl, f, fx): (&str, &str, &str)) {
    let expected = format!("expected {el}");
    let found = format!("found {fl}");
    let width = expected.chars().count().max(found.chars().count());
    diag.note(format!("{expected:>width$} `{e}`{ex}\n{found:>width$} `{f}`{fx}"));
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
