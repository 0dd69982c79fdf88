//! Obligations that do not hold: E0277, E0271 and relatives.

use diagnostics::Diag;
use diagnostics::codes::*;
use hir::LangItem;
use span::Span;
use ty::error::TypeError;
use ty::visit::TypeVisitableExt;
use ty::{ClauseKind, ErrorGuaranteed, Predicate, PredicateKind, Term, TyKind};

use super::TypeErrCtxt;
use crate::traits::{
    FulfillmentError, FulfillmentErrorCode, ObligationCauseCode, PredicateObligation, SelectionError,
    SignatureMismatchData, elaborate,
};

impl<'a, 'tcx> TypeErrCtxt<'a, 'tcx> {
    /// Reports errors; those that another implies are left out.
    pub fn report_fulfillment_errors(&self, mut errors: Vec<FulfillmentError<'tcx>>) -> ErrorGuaranteed {
        let tcx = self.tcx;
        // The more telling ones first.
        errors.sort_by_key(|e| match e.obligation.predicate.kind().skip_binder() {
            PredicateKind::Clause(ClauseKind::Trait(t)) if tcx.is_lang_item(t.def_id(), LangItem::Sized) => 1,
            PredicateKind::Coerce(_) => 2,
            PredicateKind::Clause(ClauseKind::WellFormed(_)) => 3,
            _ => 0,
        });
        let mut suppressed = vec![false; errors.len()];
        for i in 0..errors.len() {
            for j in 0..errors.len() {
                if i == j || suppressed[j] || !self.same_place(&errors[i], &errors[j]) {
                    continue;
                }
                let (a, b) = (errors[j].root_obligation.predicate, errors[i].root_obligation.predicate);
                if (a == b && j < i) || (a != b && self.error_implies(a, b)) {
                    suppressed[i] = true;
                    break;
                }
            }
        }
        let mut reported = None;
        for (e, s) in errors.iter().zip(suppressed) {
            if !s {
                reported = Some(self.report_fulfillment_error(e));
            }
        }
        reported.unwrap_or_else(|| self.dcx().delayed_bug("expected fulfillment errors"))
    }

    fn same_place(&self, a: &FulfillmentError<'tcx>, b: &FulfillmentError<'tcx>) -> bool {
        a.obligation.cause.span == b.obligation.cause.span && a.is_true_error() == b.is_true_error()
    }

    /// Whether what is not known to hold is about a type that is not known: it cannot be too deep, then.
    fn is_about_variable(&self, error: &FulfillmentError<'tcx>) -> bool {
        let predicate = self.resolve_vars_if_possible(error.obligation.predicate);
        match predicate.kind().skip_binder() {
            PredicateKind::Clause(ClauseKind::Trait(t)) => t.self_ty().is_ty_var(),
            PredicateKind::Clause(ClauseKind::Projection(p)) => p.projection_term.args.has_non_region_infer(),
            _ => false,
        }
    }

    /// Whether the failure of `cond` covers that of `error`: `T: Copy` tells of `T: Clone`.
    fn error_implies(&self, cond: Predicate<'tcx>, error: Predicate<'tcx>) -> bool {
        let Some(error) = error.as_clause() else {
            return false;
        };
        let Some(cond) = cond.as_clause() else {
            return false;
        };
        let (Some(a), Some(b)) = (cond.as_trait_clause(), error.as_trait_clause()) else {
            return false;
        };
        a.self_ty().skip_binder() == b.self_ty().skip_binder()
            && a.def_id() != b.def_id()
            && elaborate(self.tcx, [cond]).any(|c: ty::Clause<'tcx>| c == error)
    }

    fn report_fulfillment_error(&self, error: &FulfillmentError<'tcx>) -> ErrorGuaranteed {
        let span = error.obligation.cause.span;
        {
            // The same predicate at the same place is reported once.
            let mut reported = self.reported_trait_errors.borrow_mut();
            let list = reported.entry(span).or_default();
            // Nor is what several requirements come down to.
            let leaf = self.resolve_vars_if_possible(error.obligation.predicate);
            if list.contains(&error.root_obligation.predicate) || list.contains(&leaf) {
                return self
                    .tainted_by_errors()
                    .unwrap_or_else(|| self.dcx().span_delayed_bug(span, "reported before"));
            }
            list.extend([error.root_obligation.predicate, leaf]);
        }
        let e = match &error.code {
            FulfillmentErrorCode::Select(e) => {
                self.report_selection_error(&error.obligation, &error.root_obligation, e)
            }
            FulfillmentErrorCode::Project(e) => self.report_projection_error(&error.obligation, *e),
            FulfillmentErrorCode::Ambiguity { overflow: None } => self.maybe_report_ambiguity(&error.obligation),
            FulfillmentErrorCode::Ambiguity { overflow: Some(_) } if self.is_about_variable(error) => {
                self.maybe_report_ambiguity(&error.obligation)
            }
            FulfillmentErrorCode::Ambiguity { overflow: Some(_) } => self.report_overflow_obligation(&error.obligation),
            FulfillmentErrorCode::Subtype(ef, e) => self
                .report_mismatched_types(&error.obligation.cause, error.obligation.param_env, ef.expected, ef.found, *e)
                .emit(),
            FulfillmentErrorCode::ConstEquate(ef, e) => {
                let mut diag = self.report_mismatched_consts(
                    &error.obligation.cause,
                    error.obligation.param_env,
                    ef.expected,
                    ef.found,
                    *e,
                );
                self.note_obligation_cause(&mut diag, &error.obligation);
                diag.emit()
            }
            FulfillmentErrorCode::Cycle(_) => self.report_overflow_obligation(&error.obligation),
        };
        self.set_tainted_by_errors(e);
        e
    }

    fn report_selection_error(
        &self,
        obligation: &PredicateObligation<'tcx>,
        root: &PredicateObligation<'tcx>,
        error: &SelectionError<'tcx>,
    ) -> ErrorGuaranteed {
        let span = obligation.cause.span;
        match error {
            SelectionError::SignatureMismatch(data) => self.report_signature_mismatch(obligation, data),
            SelectionError::TraitDynIncompatible(d) => self.report_dyn_incompatibility(span, *d).emit(),
            SelectionError::NotConstEvaluatable(e) => *e,
            SelectionError::Overflow(_) => self.report_overflow_obligation(obligation),
            SelectionError::ConstArgHasWrongType { ct, ct_ty, expected_ty } => {
                let mut diag = self
                    .dcx()
                    .struct_span_err(span, format!("the constant `{ct}` is not of type `{expected_ty}`"))
                    .with_span_label(span, format!("expected `{expected_ty}`, found `{ct_ty}`"));
                self.note_obligation_cause(&mut diag, obligation);
                diag.emit()
            }
            SelectionError::Unimplemented => self.report_unimplemented(obligation, root),
        }
    }

    fn report_unimplemented(
        &self,
        obligation: &PredicateObligation<'tcx>,
        root: &PredicateObligation<'tcx>,
    ) -> ErrorGuaranteed {
        let tcx = self.tcx;
        let span = obligation.cause.span;
        let predicate = self.resolve_vars_if_possible(obligation.predicate);
        if let Err(e) = predicate.error_reported() {
            return e;
        }
        if let ObligationCauseCode::CompareImplItem { impl_item_def_id, trait_item_def_id, .. } =
            *obligation.cause.code()
        {
            let requirement = format!("`{predicate}`");
            return self.report_extra_impl_obligation(span, impl_item_def_id, trait_item_def_id, &requirement).emit();
        }
        let kind = predicate.kind();
        match kind.skip_binder() {
            PredicateKind::Clause(ClauseKind::Trait(t)) => {
                self.report_trait_unimplemented(obligation, root, kind.rebind(t))
            }
            PredicateKind::Clause(ClauseKind::HostEffect(h)) => {
                let mut diag = self.dcx().struct_span_err(
                    span,
                    format!("the trait bound `{}: const {}` is not satisfied", h.trait_ref.self_ty(), h.trait_ref),
                );
                diag.code(E0277);
                self.note_obligation_cause(&mut diag, obligation);
                diag.emit()
            }
            PredicateKind::Clause(ClauseKind::WellFormed(t)) => {
                self.dcx().span_err(span, format!("the type `{}` is not well-formed", t.into_arg()))
            }
            PredicateKind::Clause(ClauseKind::ConstEvaluatable(c)) => {
                let mut diag = self.dcx().struct_span_err(span, "unconstrained generic constant");
                if let Some(snippet) = tcx.sess().source_map.span_to_snippet(match c.kind() {
                    ty::ConstKind::Unevaluated(uv) => tcx.def_span(uv.def),
                    _ => span,
                }) {
                    diag.help(format!("try adding a `where` bound using this expression: `where [(); {snippet}]:`"));
                }
                self.note_obligation_cause(&mut diag, obligation);
                diag.emit()
            }
            PredicateKind::DynCompatible(d) => self.report_dyn_incompatibility(span, d).emit(),
            _ => {
                let mut diag =
                    self.dcx().struct_span_err(span, format!("the requirement `{predicate}` is not satisfied"));
                diag.code(E0280);
                self.note_obligation_cause(&mut diag, obligation);
                diag.emit()
            }
        }
    }

    /// E0741: a type that may not be that of a const parameter.
    pub(super) fn report_const_param_not_wf(&self, ty: ty::Ty<'tcx>, span: Span) -> ErrorGuaranteed {
        let err = |msg: String| self.dcx().struct_span_err(span, msg).with_code(E0741);
        match *ty.kind() {
            TyKind::Float(_) => err(format!("`{ty}` is forbidden as the type of a const generic parameter")).emit(),
            TyKind::FnPtr(_) => {
                err("using function pointers as const generic parameters is forbidden".to_owned()).emit()
            }
            TyKind::RawPtr(..) => err("using raw pointers as const generic parameters is forbidden".to_owned()).emit(),
            TyKind::Adt(def, _) => {
                let mut diag = err(format!(
                    "`{ty}` must implement `ConstParamTy` to be used as the type of a const generic parameter"
                ));
                let at = self.tcx.def_span(def.did());
                if def.did().is_local() {
                    diag.span_suggestion_verbose(
                        at.shrink_to_lo(),
                        "add `#[derive(ConstParamTy, PartialEq, Eq)]` to the struct",
                        "#[derive(ConstParamTy, PartialEq, Eq)]\n",
                        diagnostics::Applicability::MachineApplicable,
                    );
                }
                diag.emit()
            }
            _ => err(format!("`{ty}` can't be used as a const parameter type")).emit(),
        }
    }

    /// A projection that is something else: E0271.
    fn report_projection_error(
        &self,
        obligation: &PredicateObligation<'tcx>,
        _err: TypeError<'tcx>,
    ) -> ErrorGuaranteed {
        let tcx = self.tcx;
        let predicate = self.resolve_vars_if_possible(obligation.predicate);
        if let Err(e) = predicate.error_reported() {
            return e;
        }
        let span = obligation.cause.span;
        let kind = predicate.kind();
        let (alias, expected): (ty::AliasTerm<'tcx>, Term<'tcx>) = match kind.skip_binder() {
            PredicateKind::Clause(ClauseKind::Projection(p)) => (p.projection_term, p.term),
            PredicateKind::NormalizesTo(n) => (n.alias, n.term),
            PredicateKind::AliasRelate(a, b, _) => {
                // Which side is the alias does not matter to the message.
                let (Term::Ty(a), Term::Ty(b)) = (a, b) else {
                    return self
                        .dcx()
                        .struct_span_err(span, format!("type mismatch resolving `{predicate}`"))
                        .with_code(E0271)
                        .with_span_label(span, "types differ")
                        .emit();
                };
                let ef = ty::error::ExpectedFound::new(a, b);
                return self
                    .report_mismatched_types(&obligation.cause, obligation.param_env, a, b, TypeError::Sorts(ef))
                    .emit();
            }
            _ => {
                return self
                    .dcx()
                    .struct_span_err(span, format!("type mismatch resolving `{predicate}`"))
                    .with_code(E0271)
                    .emit();
            }
        };
        let found = self.probe(|_| {
            let alias = self.enter_forall_and_leak_placeholders(kind.rebind(alias));
            let cause = crate::traits::ObligationCause::dummy();
            let term: Term<'tcx> = match expected {
                Term::Ty(_) => {
                    let t = tcx.mk_projection(alias.def_id, alias.args);
                    crate::traits::normalize::normalize_silently(self.infcx, obligation.param_env, &cause, t).into()
                }
                Term::Const(_) => tcx.mk_const(ty::ConstKind::Unevaluated(alias.expect_ct())).into(),
            };
            self.resolve_vars_if_possible(term)
        });
        let same = found == expected;
        let message = self
            .maybe_detailed_projection_msg(alias, found, expected)
            .unwrap_or_else(|| format!("type mismatch resolving `{predicate}`"));
        let mut diag = self.dcx().struct_span_err(span, message);
        diag.code(E0271);
        if let (Term::Ty(e), Term::Ty(f)) = (expected, found)
            && !same
        {
            self.label_and_note_types(&mut diag, span, e, f);
        } else if !same {
            diag.span_label(span, format!("expected `{}`, found `{}`", expected.into_arg(), found.into_arg()));
        } else {
            diag.span_label(span, "types differ");
        }
        self.note_obligation_cause(&mut diag, obligation);
        diag.emit()
    }

    fn maybe_detailed_projection_msg(
        &self,
        alias: ty::AliasTerm<'tcx>,
        found: Term<'tcx>,
        expected: Term<'tcx>,
    ) -> Option<String> {
        let tcx = self.tcx;
        let trait_def_id = tcx.opt_parent(alias.def_id)?;
        let self_ty = alias.self_ty();
        let (expected, found) = (expected.into_arg(), found.into_arg());
        if tcx.is_lang_item(alias.def_id, LangItem::FnOnceOutput) {
            let what = match self_ty.kind() {
                TyKind::Closure(..) | TyKind::CoroutineClosure(..) => {
                    format!("`{}`", closure_name(self_ty))
                }
                TyKind::FnDef(d, _) => {
                    format!("`{}`", tcx.item_name(*d))
                }
                _ => format!("`{self_ty}`"),
            };
            let kind = match self_ty.kind() {
                TyKind::Closure(..) => "a closure",
                TyKind::FnDef(..) => "a fn item",
                _ => "a fn pointer",
            };
            return Some(format!(
                "expected {what} to {kind_verb} that returns `{expected}`, but it returns `{found}`",
                kind_verb = format_args!("be {kind}"),
            ));
        }
        if tcx.is_lang_item(trait_def_id, LangItem::Future) {
            return Some(format!(
                "expected `{self_ty}` to be a future that resolves to `{expected}`, but it resolves to `{found}`"
            ));
        }
        if tcx.is_lang_item(trait_def_id, LangItem::Iterator)
            || tcx.is_diagnostic_item(span::Symbol::intern("Iterator"), trait_def_id)
        {
            let self_name = short_name(self_ty);
            return Some(format!(
                "expected `{self_name}` to be an iterator that yields `{expected}`, but it yields `{found}`"
            ));
        }
        None
    }

    fn report_signature_mismatch(
        &self,
        obligation: &PredicateObligation<'tcx>,
        data: &SignatureMismatchData<'tcx>,
    ) -> ErrorGuaranteed {
        let tcx = self.tcx;
        let span = obligation.cause.span;
        let found = data.found_trait_ref;
        let expected = data.expected_trait_ref;
        if let Err(e) = expected.error_reported().and_then(|()| found.error_reported()) {
            return e;
        }
        let self_ty = found.self_ty();
        let (found_span, is_closure) = match *self_ty.kind() {
            TyKind::Closure(d, _) => (Some(tcx.def_span(d)), true),
            TyKind::FnDef(d, _) => (Some(tcx.def_span(d)), false),
            _ => (None, false),
        };
        let args = |t: ty::TraitRef<'tcx>| match *t.args.type_at(1).kind() {
            TyKind::Tuple(tys) => Some(tys.to_vec()),
            _ => None,
        };
        let kind = if is_closure { "closure" } else { "function" };
        if let (Some(e), Some(f)) = (args(expected), args(found))
            && e.len() != f.len()
        {
            let plural = |n: usize| format!("{n} argument{}", if n == 1 { "" } else { "s" });
            let mut diag = self.dcx().struct_span_err(
                span,
                format!("{kind} is expected to take {}, but it takes {}", plural(e.len()), plural(f.len())),
            );
            diag.code(E0593);
            diag.span_label(span, format!("expected {kind} that takes {}", plural(e.len())));
            if let Some(s) = found_span
                && s != span
            {
                diag.span_label(s, format!("takes {}", plural(f.len())));
            }
            self.note_obligation_cause(&mut diag, obligation);
            return diag.emit();
        }
        let mut diag = self.dcx().struct_span_err(span, format!("type mismatch in {kind} arguments"));
        diag.code(E0631);
        match found_span {
            Some(s) if s != span => {
                diag.span_label(span, "expected due to this");
                diag.span_label(s, "found signature defined here");
            }
            _ => {
                diag.span_label(span, "expected due to this");
            }
        }
        let sig = |tys: Option<Vec<ty::Ty<'tcx>>>| {
            let tys = tys.unwrap_or_default();
            let list: Vec<String> = tys.iter().map(|t| t.to_string()).collect();
            format!("fn({}) -> _", list.join(", "))
        };
        diag.note_expected_found(&format!("{kind} signature"), &sig(args(expected)), &sig(args(found)));
        self.note_obligation_cause(&mut diag, obligation);
        diag.emit()
    }

    pub(super) fn report_closure_kind_error(
        &self,
        obligation: &PredicateObligation<'tcx>,
        closure: span::def_id::DefId,
        found: ty::closure::ClosureKind,
        expected: ty::closure::ClosureKind,
    ) -> Diag<'tcx> {
        let closure_span = self.tcx.def_span(closure);
        let mut diag = self.dcx().struct_span_err(
            closure_span,
            format!(
                "expected a closure that implements the `{}` trait, but this closure only implements `{}`",
                expected.as_str(),
                found.as_str()
            ),
        );
        diag.code(E0525);
        diag.span_label(
            closure_span,
            format!("this closure implements `{}`, not `{}`", found.as_str(), expected.as_str()),
        );
        let span = obligation.cause.span;
        if span != closure_span {
            diag.span_label(span, format!("the requirement to implement `{}` derives from here", expected.as_str()));
        }
        self.note_obligation_cause(&mut diag, obligation);
        diag
    }

    /// E0038: a trait that cannot be made into an object.
    pub fn report_dyn_incompatibility(&self, span: Span, trait_def_id: span::def_id::DefId) -> Diag<'tcx> {
        let violations = self.tcx.dyn_compatibility_violations(trait_def_id);
        report_dyn_incompatibility(self.tcx, span, trait_def_id, violations)
    }
}

/// E0038: a trait that cannot be made into an object.
pub fn report_dyn_incompatibility<'tcx>(
    tcx: query::TyCtxt<'tcx>,
    span: Span,
    trait_def_id: span::def_id::DefId,
    violations: &[query::DynCompatibilityViolation],
) -> Diag<'tcx> {
    use query::{DynCompatibilityViolation as V, MethodViolation as M};
    let name = tcx.def_path_str(trait_def_id);
    let mut diag = tcx.dcx().struct_span_err(span, format!("the trait `{name}` is not dyn compatible"));
    diag.code(E0038);
    diag.span_label(span, format!("`{name}` is not dyn compatible"));
    let mut multi = diagnostics::MultiSpan::new();
    let mut reasons = Vec::new();
    for v in violations {
        let (spans, why): (Vec<Span>, String) = match v {
            V::SizedSelf(s) => (s.clone(), "it requires `Self: Sized`".into()),
            V::SupertraitSelf(s) => (s.clone(), "it uses `Self` as a type parameter".into()),
            V::SupertraitNonLifetimeBinder(s) => {
                (s.clone(), "where clause cannot reference non-lifetime `for<...>` variables".into())
            }
            V::SupertraitConst(s) => (s.clone(), "it cannot have a `const` supertrait".into()),
            V::AssocConst(n, s) => (vec![*s], format!("it contains associated const `{n}`")),
            V::Gat(n, s) => (vec![*s], format!("it contains generic associated type `{n}`")),
            V::Method(n, m, s) => {
                let why = match m {
                    M::StaticMethod => {
                        format!("associated function `{n}` has no `self` parameter")
                    }
                    M::ReferencesSelfInput(_) => {
                        format!("method `{n}` references the `Self` type in its parameters")
                    }
                    M::ReferencesSelfOutput => {
                        format!("method `{n}` references the `Self` type in its return type")
                    }
                    M::ReferencesImplTraitInTrait(_) => {
                        format!("method `{n}` references an `impl Trait` type in its return type")
                    }
                    M::AsyncFn => format!("method `{n}` is `async`"),
                    M::WhereClauseReferencesSelf => {
                        format!("method `{n}` references the `Self` type in its `where` clause")
                    }
                    M::Generic => format!("method `{n}` has generic type parameters"),
                    M::UndispatchableReceiver(_) => {
                        format!("method `{n}`'s `self` parameter cannot be dispatched on")
                    }
                };
                (vec![*s], why)
            }
        };
        if reasons.contains(&(spans.clone(), why.clone())) {
            continue;
        }
        for &s in &spans {
            if !s.is_dummy() {
                multi.primary_spans.push(s);
                let text = format!("...because {why}");
                multi.push_span_label(s, text);
            }
        }
        reasons.push((spans, why));
    }
    if trait_def_id.is_local() {
        multi.push_span_label(
            tcx.def_ident_span(trait_def_id).unwrap_or_else(|| tcx.def_span(trait_def_id)),
            "this trait is not dyn compatible...",
        );
    }
    diag.span_note(
        multi,
        "for a trait to be dyn compatible it needs to allow building a vtable\nfor more information, visit <https://doc.rust-lang.org/reference/items/traits.html#dyn-compatibility>",
    );
    for v in violations {
        if let V::Method(n, M::StaticMethod | M::Generic | M::ReferencesSelfInput(_), _) = v {
            diag.help(format!("consider moving `{n}` to another trait"));
        }
        if let V::AssocConst(n, _) = v {
            diag.help(format!("consider moving `{n}` to another trait"));
        }
    }
    diag
}

fn closure_name(t: ty::Ty<'_>) -> String {
    t.to_string()
}

/// The last segment of a type's path, with arguments.
fn short_name(t: ty::Ty<'_>) -> String {
    let s = t.to_string();
    match *t.kind() {
        TyKind::Adt(..) => {
            let end = s.find('<').unwrap_or(s.len());
            let start = s[..end].rfind("::").map_or(0, |i| i + 2);
            s[start..].to_owned()
        }
        _ => s,
    }
}

impl<'tcx> ObligationCauseCode<'tcx> {
    /// Whether the obligation is a binary operator's.
    pub fn is_binop(&self) -> bool {
        matches!(self, ObligationCauseCode::BinOp { .. })
    }
}
