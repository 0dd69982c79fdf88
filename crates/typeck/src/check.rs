//! [`check_fn`]: a function's or closure's parameters, body and return type.

use std::cell::RefCell;

use hir::LangItem;
use trait_solve::traits::ObligationCauseCode;
use ty::{FnSig, TyKind};

use crate::FnCtxt;
use crate::coercion::CoerceMany;
use crate::diverges::Diverges;
use crate::expectation::Expectation::ExpectHasType;
use crate::fn_ctxt::CoroutineTypes;
use crate::gather_locals::GatherLocalsVisitor;

/// Checks a body against its signature (with late-bound regions as free ones). Gives the coroutine's types, if it
/// is one.
pub(crate) fn check_fn<'a, 'tcx>(
    fcx: &mut FnCtxt<'a, 'tcx>,
    fn_sig: FnSig<'tcx>,
    coroutine_types: Option<CoroutineTypes<'tcx>>,
    decl: &'tcx hir::FnDecl<'tcx>,
    fn_def_id: span::def_id::LocalDefId,
    body: &'tcx hir::Body<'tcx>,
    params_can_be_unsized: bool,
) -> Option<CoroutineTypes<'tcx>> {
    let fn_id = fcx.tcx.local_def_id_to_hir_id(fn_def_id);
    let tcx = fcx.tcx;
    let declared_ret_ty = fn_sig.output();
    let ret_ty = fcx.register_infer_ok_obligations(fcx.root_ctxt.infcx.replace_opaque_types_with_inference_vars(
        declared_ret_ty,
        fn_def_id,
        decl.output.span(),
        fcx.param_env,
    ));
    fcx.ret_has_opaque = declared_ret_ty != ret_ty;
    fcx.coroutine_types = coroutine_types;
    fcx.ret_coercion = Some(RefCell::new(CoerceMany::new(ret_ty)));

    let span = tcx.hir_span(body.value.hir_id);
    let _ = span;
    GatherLocalsVisitor::new(fcx).visit_params(body);

    // C-variadic functions have a last parameter `...` of type `VaListImpl`.
    let maybe_va_list = fn_sig.c_variadic.then(|| {
        let span = body.params.last().map_or(body.value.span, |p| p.span);
        let va_list_did = tcx.require_lang_item(LangItem::VaList, span);
        let region = fcx.next_region_var(trait_solve::infer::RegionVariableOrigin::Misc(span));
        tcx.type_of(va_list_did).instantiate(*tcx, &[region.into()])
    });

    let inputs_hir = decl.inputs;
    let inputs_fn = fn_sig.inputs().iter().copied();
    for (idx, (param_ty, param)) in inputs_fn.chain(maybe_va_list).zip(body.params).enumerate() {
        // The parameter's pattern.
        let ty = inputs_hir.get(idx);
        let ty_span = ty.map(|ty| ty.span);
        fcx.check_pat_top(param.pat, param_ty, ty_span, None, None);
        if param.pat.is_never_pattern() {
            fcx.function_diverges_because_of_empty_arguments.set(Diverges::Always {
                span: param.pat.span,
                custom_note: Some("any code following a never pattern is unreachable"),
            });
        }
        // Parameters' types are sized.
        if !params_can_be_unsized {
            fcx.require_type_is_sized(
                param_ty,
                ty_span.unwrap_or(param.span),
                ObligationCauseCode::SizedArgumentType(
                    match ty_span == Some(param.span) && tcx.is_closure_like(fcx.body_id.to_def_id()) {
                        true => None,
                        false => ty.map(|t| t.hir_id),
                    },
                ),
            );
        }
        fcx.write_ty(param.hir_id, param_ty);
    }

    fcx.typeck_results.borrow_mut().set_liberated_fn_sig(fn_id, fn_sig);

    let return_or_body_span = match decl.output {
        hir::FnRetTy::DefaultReturn(_) => body.value.span,
        hir::FnRetTy::Return(ty) => ty.span,
    };
    fcx.require_type_is_sized(declared_ret_ty, return_or_body_span, ObligationCauseCode::SizedReturnType);
    // The body's value, as if by `return`.
    fcx.diverges.set(fcx.function_diverges_because_of_empty_arguments.get());
    fcx.check_return_or_body_tail(body.value, false);

    // The type of `return` expressions and the tail.
    let coercion = fcx.ret_coercion.take().expect("set above").into_inner();
    let mut actual_return_ty = coercion.complete(fcx);
    if let TyKind::Dynamic(..) = declared_ret_ty.kind() {
        // `fn f() -> dyn Trait`: only "not sized" is to be said, not a mismatch.
        actual_return_ty = fcx.next_ty_var(span);
    }
    // `-> impl Trait` with a body that never returns: the hidden type is what fallback makes of it.
    fcx.demand_suptype(span, ret_ty, actual_return_ty);

    if fn_def_id == fcx.body_id {
        check_panic_handler(fcx, fn_def_id, fn_sig, decl);
    }
    let _ = ExpectHasType::<'tcx>;
    fcx.coroutine_types
}

/// `#[panic_handler]` functions: `fn(&PanicInfo) -> !`.
fn check_panic_handler<'tcx>(
    fcx: &FnCtxt<'_, 'tcx>,
    fn_def_id: span::def_id::LocalDefId,
    fn_sig: FnSig<'tcx>,
    decl: &'tcx hir::FnDecl<'tcx>,
) {
    let tcx = fcx.tcx;
    if tcx.lang_items().get(LangItem::PanicImpl) != Some(fn_def_id.to_def_id()) {
        return;
    }
    let Some(panic_info_did) = tcx.lang_items().get(LangItem::PanicInfo) else {
        return;
    };
    if fn_sig.output().is_never() && fn_sig.inputs().len() == 1 {
        let ok = matches!(*fn_sig.inputs()[0].kind(), TyKind::Ref(_, t, _)
            if matches!(*t.kind(), TyKind::Adt(def, _) if def.did() == panic_info_did));
        if ok {
            return;
        }
    }
    let bad_ret = !fn_sig.output().is_never();
    let span =
        if bad_ret { decl.output.span() } else { decl.inputs.first().map_or(tcx.def_span(fn_def_id), |t| t.span) };
    let diag = fcx
        .err(span, diagnostics::codes::E0308, "`#[panic_handler]` function has wrong type")
        .with_span_label(span, "incorrect function signature");
    fcx.emit(diag);
}
