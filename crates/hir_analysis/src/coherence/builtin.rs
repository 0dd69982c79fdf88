//! Impls of traits that the compiler knows: `Drop` (E0120), `Copy` (E0184, E0204, E0206), `CoerceUnsized`,
//! `DispatchFromDyn`.

use diagnostics::codes::*;
use hir::LangItem;
use query::TyCtxt;
use span::Span;
use span::def_id::{DefId, LocalDefId};
use trait_solve::TyCtxtInferExt;
use trait_solve::traits::{FulfillmentError, ObligationCause, ObligationCtxt};
use ty::{FieldDef, ImplPolarity, ImplTraitHeader, ParamEnv, Ty, TyKind, TypingMode};

use super::{CheckResult, coerce_unsized};

pub(super) fn check_trait<'tcx>(
    tcx: TyCtxt<'tcx>,
    trait_id: DefId,
    imp: LocalDefId,
    header: ImplTraitHeader<'tcx>,
) -> CheckResult {
    match tcx.as_lang_item(trait_id) {
        Some(LangItem::Drop) => check_drop(tcx, imp, header),
        Some(LangItem::Copy) => check_copy(tcx, imp, header),
        Some(LangItem::ConstParamTy) => check_const_param_ty(tcx, imp, header),
        Some(LangItem::CoerceUnsized) => tcx.coerce_unsized_info(imp.to_def_id()).map(|_| ()),
        Some(LangItem::DispatchFromDyn) => coerce_unsized::check_dispatch_from_dyn(tcx, imp, header),
        _ => Ok(()),
    }
}

fn self_ty_span(tcx: TyCtxt<'_>, imp: LocalDefId) -> Span {
    match tcx.hir_expect_item(imp).kind {
        hir::ItemKind::Impl(i) => i.self_ty.span,
        _ => tcx.def_span(imp.to_def_id()),
    }
}

fn check_drop<'tcx>(tcx: TyCtxt<'tcx>, imp: LocalDefId, header: ImplTraitHeader<'tcx>) -> CheckResult {
    match *header.trait_ref.skip_binder().self_ty().kind() {
        TyKind::Adt(def, _) if def.did().is_local() => return Ok(()),
        TyKind::Error(_) => return Ok(()),
        _ => {}
    }
    let span = self_ty_span(tcx, imp);
    Err(tcx
        .dcx()
        .struct_span_err(span, "the `Drop` trait may only be implemented for local structs, enums, and unions")
        .with_code(E0120)
        .with_span_label(span, "must be a struct, enum, or union in the current crate")
        .emit())
}

/// Why a field forbids `Copy`.
pub(crate) enum InfringingReason<'tcx> {
    Fulfill(Vec<FulfillmentError<'tcx>>),
    Regions,
}

type Infringing<'tcx> = (&'tcx FieldDef, Ty<'tcx>, InfringingReason<'tcx>);

fn check_copy<'tcx>(tcx: TyCtxt<'tcx>, imp: LocalDefId, header: ImplTraitHeader<'tcx>) -> CheckResult {
    if header.polarity == ImplPolarity::Negative {
        return Ok(());
    }
    let self_ty = header.trait_ref.instantiate_identity().self_ty();
    let span = self_ty_span(tcx, imp);
    let (def, args) = match *self_ty.kind() {
        // The library implements it for these.
        TyKind::Uint(_)
        | TyKind::Int(_)
        | TyKind::Bool
        | TyKind::Float(_)
        | TyKind::Char
        | TyKind::RawPtr(..)
        | TyKind::Never
        | TyKind::Ref(_, _, hir::Mutability::Not)
        | TyKind::Array(..)
        | TyKind::Pat(..)
        | TyKind::Error(_) => return Ok(()),
        TyKind::Adt(def, args) => (def, args),
        _ => {
            return Err(tcx
                .dcx()
                .struct_span_err(span, "the trait `Copy` cannot be implemented for this type")
                .with_code(E0206)
                .with_span_label(span, "type is not a structure or enumeration")
                .emit());
        }
    };
    let env = tcx.param_env(imp.to_def_id());
    let infringing = infringing_fields(tcx, imp, env, self_ty, def, args, LangItem::Copy);
    if !infringing.is_empty() {
        return Err(report_infringing(tcx, &infringing, "Copy", span));
    }
    if tcx.adt_destructor(def.did()).is_some() {
        return Err(tcx
            .dcx()
            .struct_span_err(span, "the trait `Copy` cannot be implemented for this type; the type has a destructor")
            .with_code(E0184)
            .with_span_label(span, "`Copy` not allowed on types with destructors")
            .emit());
    }
    if !header.safety_unsafe && def.all_fields().any(|f| f.safety_unsafe) {
        return Err(tcx
            .dcx()
            .struct_span_err(span, "the trait `Copy` cannot be safely implemented for this type")
            .with_note("unsafe fields may carry library invariants")
            .emit());
    }
    Ok(())
}

fn check_const_param_ty<'tcx>(tcx: TyCtxt<'tcx>, imp: LocalDefId, header: ImplTraitHeader<'tcx>) -> CheckResult {
    if header.polarity == ImplPolarity::Negative {
        return Ok(());
    }
    let self_ty = header.trait_ref.instantiate_identity().self_ty();
    let span = self_ty_span(tcx, imp);
    match *self_ty.kind() {
        TyKind::Adt(def, args) if !def.is_union() => {
            let env = tcx.param_env(imp.to_def_id());
            let infringing = infringing_fields(tcx, imp, env, self_ty, def, args, LangItem::ConstParamTy);
            if infringing.is_empty() { Ok(()) } else { Err(report_infringing(tcx, &infringing, "ConstParamTy_", span)) }
        }
        TyKind::Adt(..) | TyKind::Dynamic(..) | TyKind::RawPtr(..) | TyKind::FnPtr(_) => Err(tcx
            .dcx()
            .struct_span_err(span, "the trait `ConstParamTy_` may not be implemented for this type")
            .with_span_label(span, "type is not a structure or enumeration")
            .emit()),
        _ => Ok(()),
    }
}

/// The fields that do not implement the trait.
fn infringing_fields<'tcx>(
    tcx: TyCtxt<'tcx>,
    imp: LocalDefId,
    env: ParamEnv<'tcx>,
    self_ty: Ty<'tcx>,
    def: ty::AdtDef<'tcx>,
    args: ty::GenericArgsRef<'tcx>,
    item: LangItem,
) -> Vec<Infringing<'tcx>> {
    let Some(trait_id) = tcx.lang_items().get(item) else { return Vec::new() };
    let mut out = Vec::new();
    for field in def.all_fields() {
        let infcx = tcx.infer_ctxt().build(TypingMode::non_body_analysis());
        let ocx = ObligationCtxt::new_with_diagnostics(&infcx);
        let unnormalized = tcx.field_ty(field, args);
        if unnormalized.references_error() {
            continue;
        }
        let cause = ObligationCause::misc(tcx.def_span(field.did), imp);
        let ty = ocx.normalize(&cause, env, unnormalized);
        let errors = ocx.select_where_possible();
        if !errors.is_empty() {
            out.push((field, unnormalized, InfringingReason::Fulfill(errors)));
            continue;
        }
        ocx.register_bound(ObligationCause::misc(tcx.def_span(field.did), imp), env, ty, trait_id);
        let errors = ocx.select_all_or_error();
        if !errors.is_empty() {
            out.push((field, infcx.resolve_vars_if_possible(ty), InfringingReason::Fulfill(errors)));
            continue;
        }
        // The self type may be assumed to be well-formed.
        if !ocx.resolve_regions(imp, env, [self_ty]).is_empty() {
            out.push((field, ty, InfringingReason::Regions));
        }
    }
    out
}

fn report_infringing<'tcx>(
    tcx: TyCtxt<'tcx>,
    infringing: &[Infringing<'tcx>],
    name: &str,
    span: Span,
) -> ty::ErrorGuaranteed {
    let mut err = tcx
        .dcx()
        .struct_span_err(span, format!("the trait `{name}` cannot be implemented for this type"))
        .with_code(E0204);
    let mut seen = Vec::new();
    let mut notes: Vec<(Span, String)> = Vec::new();
    for (field, ty, reason) in infringing {
        let field_span = tcx.def_span(field.did);
        if !seen.contains(ty) {
            seen.push(*ty);
            err.span_label(field_span, format!("this field does not implement `{name}`"));
        }
        if let InfringingReason::Fulfill(errors) = reason {
            for e in errors {
                let predicate = e.obligation.predicate;
                // Only for bounds of the impl by which the field's type would have the trait.
                if predicate != e.root_obligation.predicate {
                    notes.push((
                        e.obligation.cause.span,
                        format!("the `{name}` impl for `{ty}` requires that `{predicate}`"),
                    ));
                }
            }
        }
    }
    for (sp, n) in notes {
        err.span_note(sp, n);
    }
    err.emit()
}
