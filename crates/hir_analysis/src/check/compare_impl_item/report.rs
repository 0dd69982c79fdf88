//! Types of an impl's item that do not agree with the trait's (E0053, E0326).

use diagnostics::codes::*;
use diagnostics::{Applicability, ErrorGuaranteed};
use query::TyCtxt;
use span::Span;
use span::def_id::DefId;
use trait_solve::InferCtxt;
use trait_solve::traits::ObligationCause;
use ty::error::TypeError;
use ty::{FnSig, Ty};

use super::Compare;
use crate::check::impl_items_missing::self_param;

/// The places of a function's parameters' types and, last, its return type.
pub(super) fn sig_spans(tcx: TyCtxt<'_>, def_id: DefId) -> Option<Vec<Span>> {
    let hir_id = tcx.local_def_id_to_hir_id(def_id.as_local()?);
    let decl = tcx.hir_fn_decl_by_hir_id(hir_id)?;
    Some(decl.inputs.iter().map(|t| t.span).chain([decl.output.span()]).collect())
}

pub(super) fn method_mismatch<'tcx>(
    cx: &Compare<'tcx>,
    infcx: &InferCtxt<'tcx>,
    mut cause: ObligationCause<'tcx>,
    terr: TypeError<'tcx>,
    trait_sig: FnSig<'tcx>,
    impl_sig: FnSig<'tcx>,
) -> ErrorGuaranteed {
    let tcx = cx.tcx;
    let (impl_span, trait_span) = match terr {
        TypeError::ArgumentMutability(i) | TypeError::ArgumentSorts(_, i) => (
            sig_spans(tcx, cx.impl_item.def_id).and_then(|s| s.get(i).copied()).unwrap_or(cause.span),
            sig_spans(tcx, cx.trait_item.def_id).and_then(|s| s.get(i).copied()),
        ),
        _ => match differing_part(infcx, cx, trait_sig, impl_sig) {
            Some(i) => (
                sig_spans(tcx, cx.impl_item.def_id).and_then(|s| s.get(i).copied()).unwrap_or(cause.span),
                sig_spans(tcx, cx.trait_item.def_id).and_then(|s| s.get(i).copied()),
            ),
            None => (cause.span, cx.trait_item.def_id.is_local().then(|| tcx.def_span(cx.trait_item.def_id))),
        },
    };
    let mut diag = tcx
        .dcx()
        .struct_span_err(impl_span, format!("method `{}` has an incompatible type for trait", cx.trait_item.name()))
        .with_code(E0053);
    cause.span = impl_span;
    let expected = tcx.mk_fn_ptr(ty::Binder::dummy(trait_sig));
    let found = tcx.mk_fn_ptr(ty::Binder::dummy(impl_sig));
    diag.span_label(impl_span, infcx.err_ctxt().type_error_label(&terr));
    if let Some(sp) = trait_span {
        diag.span_note(sp, "type in trait");
    }
    let (expected, found) = (infcx.resolve_vars_if_possible(expected), infcx.resolve_vars_if_possible(found));
    diag.note_expected_found("signature", &expected.to_string(), &found.to_string());
    if let TypeError::ArgumentMutability(i) | TypeError::ArgumentSorts(_, i) = terr {
        if i == 0 && cx.trait_item.is_method() {
            diag.span_suggestion_verbose(
                impl_span,
                "change the self-receiver type to match the trait",
                self_param(trait_sig.inputs()[0], cx.trait_ref.self_ty()),
                Applicability::MachineApplicable,
            );
        } else if i == trait_sig.inputs().len() {
            diag.span_suggestion_verbose(
                impl_span,
                "change the output type to match the trait",
                trait_sig.output().to_string(),
                Applicability::MachineApplicable,
            );
        } else if let Some(t) = trait_sig.inputs().get(i) {
            diag.span_suggestion_verbose(
                impl_span,
                "change the parameter type to match the trait",
                t.to_string(),
                Applicability::MachineApplicable,
            );
        }
    }
    diag.emit()
}

/// Which parameter differs, where the error does not say.
fn differing_part<'tcx>(
    infcx: &InferCtxt<'tcx>,
    cx: &Compare<'tcx>,
    trait_sig: FnSig<'tcx>,
    impl_sig: FnSig<'tcx>,
) -> Option<usize> {
    if trait_sig.safety != impl_sig.safety
        || trait_sig.abi != impl_sig.abi
        || trait_sig.c_variadic != impl_sig.c_variadic
    {
        return None;
    }
    let env = cx.tcx.param_env(cx.impl_item.def_id);
    let a: Vec<Ty<'tcx>> = trait_sig.inputs_and_output.iter().collect();
    let b: Vec<Ty<'tcx>> = impl_sig.inputs_and_output.iter().collect();
    (0..a.len().min(b.len())).find(|&i| !infcx.can_eq(env, a[i], b[i]))
}

pub(super) fn const_mismatch<'tcx>(
    cx: &Compare<'tcx>,
    infcx: &InferCtxt<'tcx>,
    cause: &ObligationCause<'tcx>,
    terr: TypeError<'tcx>,
    trait_ty: Ty<'tcx>,
    impl_ty: Ty<'tcx>,
    trait_span: Option<Span>,
) -> ErrorGuaranteed {
    let mut diag = cx
        .tcx
        .dcx()
        .struct_span_err(
            cause.span,
            format!("implemented const `{}` has an incompatible type for trait", cx.trait_item.name()),
        )
        .with_code(E0326);
    diag.span_label(cause.span, infcx.err_ctxt().type_error_label(&terr));
    if let Some(sp) = trait_span {
        diag.span_note(sp, "type in trait");
    }
    let _ = (trait_ty, impl_ty);
    diag.emit()
}
