//! Reports impls of a trait that overlap (E0119), and positive ones that overlap with negative ones (E0751).

use diagnostics::Diag;
use diagnostics::codes::*;
use query::TyCtxt;
use span::def_id::DefId;
use trait_solve::coherence::knowable::{Conflict, trait_ref_is_knowable};
use trait_solve::coherence::specialization_graph::{self, OverlapError};
use ty::visit::TypeVisitableExt;
use ty::{ImplPolarity, Ty, TyKind};

use super::CheckResult;

/// Whether the impls of a trait form a tree by specialization.
pub(super) fn check_overlaps(tcx: TyCtxt<'_>, trait_id: DefId) -> CheckResult {
    let (_, overlaps) = specialization_graph::build(tcx, trait_id);
    let mut res = Ok(());
    for (imp, overlap) in overlaps {
        if !imp.is_local() {
            continue;
        }
        let references_error = overlap.trait_ref.references_error()
            || tcx.impl_opt_trait_ref(imp).is_some_and(|t| t.skip_binder().references_error())
            || tcx.impl_opt_trait_ref(overlap.with_impl).is_some_and(|t| t.skip_binder().references_error());
        if references_error {
            continue;
        }
        // An impl that may not be here at all is reported as that.
        if super::orphan::orphan_check_impl(tcx, imp.expect_local()).is_err() {
            continue;
        }
        let ours = tcx.impl_polarity(imp);
        let theirs = tcx.impl_polarity(overlap.with_impl);
        let guar = match (ours, theirs) {
            (ImplPolarity::Negative, ImplPolarity::Positive) => {
                report_negative_positive(tcx, &overlap, imp, imp, overlap.with_impl)
            }
            (ImplPolarity::Positive, ImplPolarity::Negative) => {
                report_negative_positive(tcx, &overlap, imp, overlap.with_impl, imp)
            }
            _ => report_conflicting(tcx, imp, &overlap),
        };
        res = Err(guar);
    }
    res
}

fn report_negative_positive<'tcx>(
    tcx: TyCtxt<'tcx>,
    overlap: &OverlapError<'tcx>,
    imp: DefId,
    negative: DefId,
    positive: DefId,
) -> ty::ErrorGuaranteed {
    let for_ty = overlap.self_ty.map_or(String::new(), |t| format!(" for type `{}`", displayed(tcx, t)));
    let mut err = tcx
        .dcx()
        .struct_span_err(
            tcx.def_span(imp),
            format!("found both positive and negative implementation of trait `{}`{for_ty}:", overlap.trait_ref),
        )
        .with_code(E0751);
    for (id, which) in [(negative, "negative"), (positive, "positive")] {
        if id.is_local() {
            err.span_label(tcx.def_span(id), format!("{which} implementation here"));
        } else {
            err.note(format!("{which} implementation in crate `{}`", tcx.crate_name(id.krate)));
        }
    }
    err.emit()
}

/// A type with its variables shown as `_`.
fn displayed<'tcx>(tcx: TyCtxt<'tcx>, ty: Ty<'tcx>) -> Ty<'tcx> {
    tcx.erase_regions(ty)
}

fn report_conflicting<'tcx>(tcx: TyCtxt<'tcx>, imp: DefId, overlap: &OverlapError<'tcx>) -> ty::ErrorGuaranteed {
    let span = tcx.def_span(imp);
    let trait_ref = tcx.erase_regions(overlap.trait_ref);
    let self_ty = overlap.self_ty.map(|t| displayed(tcx, t));
    let for_ty = self_ty.map_or(String::new(), |t| format!(" for type `{t}`"));
    let mut err = tcx
        .dcx()
        .struct_span_err(span, format!("conflicting implementations of trait `{trait_ref}`{for_ty}"))
        .with_code(E0119);
    if overlap.with_impl.is_local() {
        err.span_label(tcx.def_span(overlap.with_impl), "first implementation here");
        err.span_label(
            span,
            format!("conflicting implementation{}", self_ty.map_or(String::new(), |t| format!(" for `{t}`"))),
        );
    } else {
        let cname = tcx.crate_name(overlap.with_impl.krate);
        match pretty_impl_header(tcx, overlap.with_impl) {
            Some(s) => err.note(format!("conflicting implementation in crate `{cname}`:\n- {s}")),
            None => err.note(format!("conflicting implementation in crate `{cname}`")),
        };
    }
    ambiguity_notes(tcx, overlap, &mut err);
    if overlap.involves_placeholder {
        err.note("this behavior recently changed as a result of a bug fix; see rust-lang/rust#56105 for details");
    }
    err.emit()
}

/// Says which other crates could make both apply.
fn ambiguity_notes<'tcx>(tcx: TyCtxt<'tcx>, overlap: &OverlapError<'tcx>, err: &mut Diag<'_>) {
    let mut seen = Vec::new();
    for p in &overlap.ambiguous {
        let Some(t) = p.as_trait_clause().and_then(|t| t.no_bound_vars()) else { continue };
        let trait_ref = t.trait_ref;
        let Err(conflict) = trait_ref_is_knowable(tcx, trait_ref, |t| t) else { continue };
        let erased = tcx.erase_regions(trait_ref);
        let self_ty = erased.self_ty();
        let for_ty = if matches!(self_ty.kind(), TyKind::Infer(_) | TyKind::Param(_)) {
            String::new()
        } else {
            format!(" for type `{self_ty}`")
        };
        let note = match conflict {
            Conflict::Upstream => {
                format!("upstream crates may add a new impl of trait `{erased}`{for_ty} in future versions")
            }
            Conflict::Downstream => format!("downstream crates may implement trait `{erased}`{for_ty}"),
        };
        if !seen.contains(&note) {
            err.note(note.clone());
            seen.push(note);
        }
    }
}

/// `impl<T> Trait for Vec<T> where ..`
pub(crate) fn pretty_impl_header(tcx: TyCtxt<'_>, imp: DefId) -> Option<String> {
    let trait_ref = tcx.impl_opt_trait_ref(imp)?.instantiate_identity();
    let mut w = "impl".to_owned();
    let names: Vec<String> =
        tcx.generics_of(imp).own_params.iter().map(|p| p.name.to_string()).filter(|n| n != "'_").collect();
    if !names.is_empty() {
        w += &format!("<{}>", names.join(", "));
    }
    let negative = if tcx.impl_polarity(imp) == ImplPolarity::Negative { "!" } else { "" };
    w += &format!(" {negative}{trait_ref} for {}", trait_ref.self_ty());
    let sized = tcx.lang_items().sized_trait();
    let mut unsized_params: Vec<Ty<'_>> = trait_params(tcx, imp);
    let mut bounds = Vec::new();
    for (clause, _) in tcx.predicates_of(imp).predicates {
        if let Some(t) = clause.as_trait_clause() {
            if Some(t.def_id()) == sized {
                let ty = t.skip_binder().self_ty();
                unsized_params.retain(|p| *p != ty);
                continue;
            }
            if tcx.is_lang_item(t.def_id(), hir::LangItem::MetaSized)
                || tcx.is_lang_item(t.def_id(), hir::LangItem::PointeeSized)
            {
                continue;
            }
        }
        if matches!(clause.kind().skip_binder(), ty::ClauseKind::ConstArgHasType(..)) {
            continue;
        }
        bounds.push(clause.to_string());
    }
    bounds.extend(unsized_params.iter().map(|t| format!("{t}: ?Sized")));
    if !bounds.is_empty() {
        w += &format!("\n  where {}", bounds.join(", "));
    }
    w.push(';');
    Some(w)
}

fn trait_params(tcx: TyCtxt<'_>, imp: DefId) -> Vec<Ty<'_>> {
    tcx.identity_args_for(imp).types().filter(|t| matches!(t.kind(), TyKind::Param(_))).collect()
}
