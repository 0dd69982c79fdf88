//! `fn main`: no parameters of any kind, not `async`, and what it returns implements `Termination` (E0131, E0580, E0646,
//! E0752, E0277).

use diagnostics::codes::*;
use query::TyCtxt;
use span::def_id::{CRATE_DEF_ID, DefId};
use span::{Span, sym};
use trait_solve::TyCtxtInferExt;
use trait_solve::traits::{ObligationCause, ObligationCauseCode, ObligationCtxt};
use ty::{Binder, ParamEnv, TypingMode};

pub(super) fn check_for_entry_fn(tcx: TyCtxt<'_>) {
    if let Some(main) = tcx.entry_fn(()) {
        check_main(tcx, main);
    }
}

fn check_main(tcx: TyCtxt<'_>, main: DefId) {
    let sig = tcx.fn_sig(main).instantiate_identity();
    let span = tcx.def_span(main);
    let body_id = main.as_local().unwrap_or(CRATE_DEF_ID);
    let dcx = tcx.dcx();
    let hir_generics = main.as_local().and_then(|l| tcx.hir_get_generics(l));
    if tcx.is_foreign_item(main) {
        dcx.struct_span_err(span, "the `main` function cannot be declared in an `extern` block").emit();
        return;
    }
    if ty::visit::TypeVisitableExt::references_error(&sig) {
        return;
    }
    let mut error = false;
    if tcx.generics_of(main).count() != 0 || !sig.bound_vars().is_empty() {
        let at = hir_generics.filter(|g| !g.params.is_empty()).map(|g| g.span);
        let mut err = dcx
            .struct_span_err(at.unwrap_or(span), "`main` function is not allowed to have generic parameters")
            .with_code(E0131);
        if let Some(at) = at {
            err.span_label(at, "`main` cannot have generic parameters");
        }
        err.emit();
        error = true;
    } else if !tcx.predicates_of(main).predicates.is_empty() {
        let at = hir_generics.filter(|g| g.has_where_clause_predicates).map(|g| g.where_clause_span);
        let mut err = dcx
            .struct_span_err(at.unwrap_or(span), "`main` function is not allowed to have a `where` clause")
            .with_code(E0646);
        if let Some(at) = at {
            err.span_label(at, "`main` cannot have a `where` clause");
        }
        err.emit();
        error = true;
    }
    if tcx.asyncness(main) {
        dcx.struct_span_err(span, "`main` function is not allowed to be `async`")
            .with_code(E0752)
            .with_span_label(span, "`main` function is not allowed to be `async`")
            .emit();
        error = true;
    }
    if let Some(attr) = tcx.get_attr(main, sym::track_caller) {
        dcx.struct_span_err(attr.span(), "`main` function is not allowed to be `#[track_caller]`")
            .with_span_suggestion_verbose(
                attr.span(),
                "remove this annotation",
                "",
                diagnostics::Applicability::MaybeIncorrect,
            )
            .emit();
        error = true;
    }
    if tcx.has_attr(main, sym::target_feature) {
        dcx.struct_span_err(span, "`main` function is not allowed to have `#[target_feature]`").emit();
        error = true;
    }
    if error {
        return;
    }

    let mut expected = tcx.types().unit;
    if let Some(termination) = tcx.lang_items().termination() {
        let at = return_span(tcx, main).unwrap_or(span);
        let Some(output) = sig.output().no_bound_vars() else {
            dcx.struct_span_err(at, "`main` function return type is not allowed to have generic parameters")
                .with_code(E0131)
                .emit();
            return;
        };
        let infcx = tcx.infer_ctxt().build(TypingMode::non_body_analysis());
        let ocx = ObligationCtxt::new_with_diagnostics(&infcx);
        let cause = ObligationCause::new(at, body_id, ObligationCauseCode::MainFunctionType);
        let output = ocx.normalize(&cause, ParamEnv::empty(), output);
        ocx.register_bound(cause, ParamEnv::empty(), output, termination);
        let errors = ocx.select_all_or_error();
        if !errors.is_empty() {
            infcx.err_ctxt().report_fulfillment_errors(errors);
            return;
        }
        expected = infcx.resolve_vars_if_possible(output);
    }
    let expected_sig = tcx.mk_fn_sig([], expected, false, hir::Safety::Safe, ty::ExternAbi::Rust);
    let infcx = tcx.infer_ctxt().build(TypingMode::non_body_analysis());
    let ocx = ObligationCtxt::new_with_diagnostics(&infcx);
    let cause = ObligationCause::new(span, body_id, ObligationCauseCode::MainFunctionType);
    let actual = ocx.normalize(&cause, ParamEnv::empty(), sig);
    let expected_ty = tcx.mk_fn_ptr(Binder::dummy(expected_sig));
    let actual_ty = tcx.mk_fn_ptr(actual);
    if let Err(err) = ocx.eq(&cause, ParamEnv::empty(), expected_ty, actual_ty) {
        infcx.err_ctxt().report_mismatched_types(&cause, ParamEnv::empty(), expected_ty, actual_ty, err).emit();
        return;
    }
    let errors = ocx.select_all_or_error();
    if !errors.is_empty() {
        infcx.err_ctxt().report_fulfillment_errors(errors);
    }
}

fn return_span(tcx: TyCtxt<'_>, main: DefId) -> Option<Span> {
    let hir_id = tcx.local_def_id_to_hir_id(main.as_local()?);
    tcx.hir_fn_sig_by_hir_id(hir_id).map(|s| s.decl.output.span())
}
