//! Obligations that are not known to hold: E0283, E0284, E0790.

use diagnostics::codes::*;
use ty::visit::TypeVisitableExt;
use ty::{ClauseKind, ErrorGuaranteed, PredicateKind};

use super::{TypeAnnotationNeeded, TypeErrCtxt};
use crate::traits::{ObligationCauseCode, PredicateObligation};

impl<'a, 'tcx> TypeErrCtxt<'a, 'tcx> {
    pub(super) fn maybe_report_ambiguity(&self, obligation: &PredicateObligation<'tcx>) -> ErrorGuaranteed {
        let tcx = self.tcx;
        let predicate = self.resolve_vars_if_possible(obligation.predicate);
        let span = obligation.cause.span;
        let body = obligation.cause.body_id;
        // An error said before is the likely reason.
        if let Some(e) = self.tainted_by_errors() {
            return e;
        }
        if let Err(e) = predicate.error_reported() {
            return e;
        }
        let mut diag = match predicate.kind().skip_binder() {
            PredicateKind::Clause(ClauseKind::Trait(t)) => {
                let t = t.trait_ref;
                if tcx.is_lang_item(t.def_id, hir::LangItem::Sized) {
                    return match t.self_ty().kind() {
                        _ if t.self_ty().is_ty_infer() => self
                            .emit_inference_failure_err(
                                body,
                                span,
                                t.self_ty().into(),
                                TypeAnnotationNeeded::E0282,
                                true,
                            )
                            .emit(),
                        _ => self.dcx().span_delayed_bug(span, "ambiguous `Sized`"),
                    };
                }
                let term = t.args.iter().filter_map(|a| a.as_term()).find(|a| a.into_arg().has_non_region_infer());
                let Some(term) = term else {
                    let mut diag = self.dcx().struct_span_err(span, "type annotations needed");
                    diag.code(E0283);
                    diag.note(format!("cannot satisfy `{predicate}`"));
                    self.note_obligation_cause(&mut diag, obligation);
                    return diag.emit();
                };
                // `Default::default()` without a type to be the default of.
                if let ObligationCauseCode::WhereClause(def_id, _) | ObligationCauseCode::WhereClauseInExpr(def_id, ..) =
                    *obligation.cause.code()
                    && t.self_ty().is_ty_var()
                    && tcx.trait_of_assoc(def_id) == Some(t.def_id)
                    && let Some(item) = tcx.opt_associated_item(def_id)
                {
                    let (verb, noun) = match item.kind {
                        ty::AssocKind::Const { .. } => ("refer to the", "constant"),
                        ty::AssocKind::Fn { .. } => ("call", "function"),
                        ty::AssocKind::Type { .. } => ("refer to the", "type"),
                    };
                    let mut diag = self.dcx().struct_span_err(
                        span,
                        format!(
                            "cannot {verb} associated {noun} on trait without specifying the corresponding `impl` type"
                        ),
                    );
                    diag.code(E0790);
                    diag.span_label(span, format!("cannot {verb} associated {noun} of trait"));
                    return diag.emit();
                }
                let mut diag = self.emit_inference_failure_err(body, span, term, TypeAnnotationNeeded::E0283, true);
                if diag.code == Some(E0283) {
                    diag.note(format!("cannot satisfy `{predicate}`"));
                }
                diag
            }
            PredicateKind::Clause(ClauseKind::WellFormed(t)) => {
                self.emit_inference_failure_err(body, span, t, TypeAnnotationNeeded::E0282, false)
            }
            PredicateKind::Subtype(p) => {
                self.emit_inference_failure_err(body, span, p.a.into(), TypeAnnotationNeeded::E0282, true)
            }
            PredicateKind::Clause(ClauseKind::Projection(p)) => {
                let term = p
                    .projection_term
                    .args
                    .iter()
                    .filter_map(|a| a.as_term())
                    .chain([p.term])
                    .find(|a| a.into_arg().has_non_region_infer());
                match term {
                    Some(term) => {
                        let mut diag =
                            self.emit_inference_failure_err(body, span, term, TypeAnnotationNeeded::E0284, true);
                        diag.note(format!("cannot satisfy `{predicate}`"));
                        diag
                    }
                    None => {
                        let mut diag = self
                            .dcx()
                            .struct_span_err(span, format!("type annotations needed: cannot satisfy `{predicate}`"))
                            .with_code(E0284);
                        diag.span_label(span, format!("cannot satisfy `{predicate}`"));
                        diag
                    }
                }
            }
            PredicateKind::Clause(ClauseKind::ConstArgHasType(c, _))
            | PredicateKind::Clause(ClauseKind::ConstEvaluatable(c)) => {
                self.emit_inference_failure_err(body, span, c.into(), TypeAnnotationNeeded::E0284, true)
            }
            _ => {
                let mut diag =
                    self.dcx().struct_span_err(span, format!("type annotations needed: cannot satisfy `{predicate}`"));
                diag.code(E0284);
                diag.span_label(span, format!("cannot satisfy `{predicate}`"));
                diag
            }
        };
        self.note_obligation_cause(&mut diag, obligation);
        diag.emit()
    }
}
