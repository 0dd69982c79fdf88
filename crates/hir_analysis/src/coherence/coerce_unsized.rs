//! `CoerceUnsized` and `DispatchFromDyn`: impls for pointers, and for structs in which just one field changes
//! (E0374-E0378).

use diagnostics::MultiSpan;
use diagnostics::codes::*;
use hir::LangItem;
use query::TyCtxt;
use span::Span;
use span::def_id::LocalDefId;
use trait_solve::infer::DefineOpaqueTypes;
use trait_solve::traits::{Obligation, ObligationCause, ObligationCtxt};
use trait_solve::{InferCtxt, TyCtxtInferExt};
use ty::adjustment::{CoerceUnsizedInfo, CustomCoerceUnsized};
use ty::error::TypeError;
use ty::visit::TypeVisitableExt;
use ty::{
    AdtDef, ErrorGuaranteed, FieldIdx, GenericArgsRef, ImplTraitHeader, Mutability, ParamEnv, TraitRef, Ty, TyKind,
    TypingMode,
};

use super::CheckResult;

/// Provides `coerce_unsized_info`.
pub(super) fn coerce_unsized_info(tcx: TyCtxt<'_>, imp: LocalDefId) -> Result<CoerceUnsizedInfo, ErrorGuaranteed> {
    let span = tcx.def_span(imp.to_def_id());
    let trait_ref = tcx.impl_trait_ref(imp.to_def_id()).instantiate_identity();
    trait_ref.error_reported()?;
    let unsize = tcx.require_lang_item(LangItem::Unsize, span);
    let env = tcx.param_env(imp.to_def_id());
    let infcx = tcx.infer_ctxt().build(TypingMode::non_body_analysis());
    let cause = ObligationCause::misc(span, imp);
    let (source, target) = (trait_ref.self_ty(), trait_ref.args.type_at(1));
    let pair = match (*source.kind(), *target.kind()) {
        (TyKind::Ref(_, a, ma), TyKind::Ref(_, b, mb))
        | (TyKind::Ref(_, a, ma), TyKind::RawPtr(b, mb))
        | (TyKind::RawPtr(a, ma), TyKind::RawPtr(b, mb)) => Some((a, ma, b, mb)),
        _ => None,
    };
    // `*const T is !null` coerces as the pointer itself does.
    if let Some((a, b)) = pattern_pair(source, target) {
        let ocx = ObligationCtxt::new_with_diagnostics(&infcx);
        ocx.register_obligation(Obligation::new(tcx, cause, env, TraitRef::new(*tcx, trait_ref.def_id, [a, b])));
        let errors = ocx.select_all_or_error();
        if !errors.is_empty() {
            infcx.err_ctxt().report_fulfillment_errors(errors);
        }
        let _ = ocx.resolve_regions_and_report_errors(imp, env, []);
        return Ok(CoerceUnsizedInfo { custom_kind: None });
    }
    let ocx = ObligationCtxt::new_with_diagnostics(&infcx);
    let mut custom_kind = None;
    if let Some((a, ma, b, mb)) = pair {
        if ma == Mutability::Not && mb == Mutability::Mut {
            let found = match *target.kind() {
                TyKind::Ref(r, ..) => tcx.mk_ref(r, b, ma),
                _ => tcx.mk_ptr(b, ma),
            };
            infcx.err_ctxt().report_mismatched_types(&cause, env, found, target, TypeError::Mutability).emit();
        }
        if let (TyKind::Ref(ra, ..), TyKind::Ref(rb, ..)) = (*source.kind(), *target.kind()) {
            infcx.sub_regions(trait_solve::infer::SubregionOrigin::RelateObjectBound(span), rb, ra);
        }
        ocx.register_obligation(Obligation::new(tcx, cause, env, TraitRef::new(*tcx, unsize, [a, b])));
    } else {
        let (def, args_a, args_b) = struct_pair(tcx, span, "CoerceUnsized", source, target)?;
        let changed = changed_fields(&infcx, &cause, env, def, args_a, args_b);
        let (i, a, b) = one_field(tcx, imp, "CoerceUnsized", def, &changed, trait_path_span(tcx, imp))?;
        custom_kind = Some(CustomCoerceUnsized::Struct(i));
        let cause = ObligationCause::misc(tcx.def_span(def.non_enum_variant().fields[i].did), imp);
        ocx.register_obligation(Obligation::new(tcx, cause, env, TraitRef::new(*tcx, trait_ref.def_id, [a, b])));
    }
    let errors = ocx.select_all_or_error();
    if !errors.is_empty() {
        infcx.err_ctxt().report_fulfillment_errors(errors);
    }
    let _ = ocx.resolve_regions_and_report_errors(imp, env, []);
    Ok(CoerceUnsizedInfo { custom_kind })
}

/// The types that one pattern restricts.
fn pattern_pair<'tcx>(source: Ty<'tcx>, target: Ty<'tcx>) -> Option<(Ty<'tcx>, Ty<'tcx>)> {
    match (*source.kind(), *target.kind()) {
        (TyKind::Pat(a, pa), TyKind::Pat(b, pb)) if pa == pb => Some((a, b)),
        _ => None,
    }
}

fn trait_path_span(tcx: TyCtxt<'_>, imp: LocalDefId) -> Span {
    match tcx.hir_expect_item(imp).kind {
        hir::ItemKind::Impl(hir::Impl { of_trait: Some(t), .. }) => t.trait_ref.path.span,
        _ => tcx.def_span(imp.to_def_id()),
    }
}

/// Two instances of one struct.
fn struct_pair<'tcx>(
    tcx: TyCtxt<'tcx>,
    span: Span,
    name: &str,
    source: Ty<'tcx>,
    target: Ty<'tcx>,
) -> Result<(AdtDef<'tcx>, GenericArgsRef<'tcx>, GenericArgsRef<'tcx>), ErrorGuaranteed> {
    let msg = format!("the trait `{name}` may only be implemented for a coercion between structures");
    match (*source.kind(), *target.kind()) {
        (TyKind::Adt(a, args_a), TyKind::Adt(b, args_b)) if a.is_struct() && b.is_struct() => {
            if a == b {
                return Ok((a, args_a, args_b));
            }
            let (source, target) = (tcx.def_path_str(a.did()), tcx.def_path_str(b.did()));
            Err(tcx
                .dcx()
                .struct_span_err(span, msg)
                .with_code(E0377)
                .with_note(format!(
                    "expected coercion between the same definition; expected `{source}`, found `{target}`"
                ))
                .emit())
        }
        _ => {
            let code = if name == "CoerceUnsized" { E0377 } else { E0378 };
            Err(tcx.dcx().struct_span_err(span, msg).with_code(code).emit())
        }
    }
}

type Changed<'tcx> = (FieldIdx, Ty<'tcx>, Ty<'tcx>);

fn changed_fields<'tcx>(
    infcx: &InferCtxt<'tcx>,
    cause: &ObligationCause<'tcx>,
    env: ParamEnv<'tcx>,
    def: AdtDef<'tcx>,
    args_a: GenericArgsRef<'tcx>,
    args_b: GenericArgsRef<'tcx>,
) -> Vec<Changed<'tcx>> {
    let tcx = infcx.tcx;
    let mut out = Vec::new();
    for (i, f) in def.non_enum_variant().fields.iter_enumerated() {
        if tcx.type_of(f.did).instantiate_identity().is_phantom_data() {
            continue;
        }
        let ocx = ObligationCtxt::new(infcx);
        let a = ocx.normalize(cause, env, tcx.field_ty(f, args_a));
        let b = ocx.normalize(cause, env, tcx.field_ty(f, args_b));
        if a.references_error() || b.references_error() {
            continue;
        }
        if infcx.at(cause, env).eq(DefineOpaqueTypes::Yes, a, b).is_ok() {
            continue;
        }
        out.push((i, a, b));
    }
    out
}

fn one_field<'tcx>(
    tcx: TyCtxt<'tcx>,
    imp: LocalDefId,
    name: &str,
    def: AdtDef<'tcx>,
    changed: &[Changed<'tcx>],
    multi_span: Span,
) -> Result<Changed<'tcx>, ErrorGuaranteed> {
    match changed {
        [one] => Ok(*one),
        [] => Err(tcx
            .dcx()
            .struct_span_err(
                tcx.def_span(imp.to_def_id()),
                format!("implementing `{name}` requires a field to be coerced"),
            )
            .with_code(E0374)
            .with_note("expected a single field to be coerced, none found")
            .emit()),
        _ => {
            let fields: Vec<Span> =
                changed.iter().map(|(i, ..)| tcx.def_span(def.non_enum_variant().fields[*i].did)).collect();
            Err(tcx
                .dcx()
                .struct_span_err(
                    multi_span,
                    format!("implementing `{name}` does not allow multiple fields to be coerced"),
                )
                .with_code(E0375)
                .with_span_note(
                    MultiSpan::from(fields),
                    format!("the trait `{name}` may only be implemented when a single field is being coerced"),
                )
                .emit())
        }
    }
}

/// Checks an impl of `DispatchFromDyn`: the rest of the struct must take no space.
pub(super) fn check_dispatch_from_dyn<'tcx>(
    tcx: TyCtxt<'tcx>,
    imp: LocalDefId,
    header: ImplTraitHeader<'tcx>,
) -> CheckResult {
    let name = "DispatchFromDyn";
    let span = tcx.def_span(imp.to_def_id());
    let trait_ref = header.trait_ref.instantiate_identity();
    trait_ref.error_reported()?;
    let (source, target) = (trait_ref.self_ty(), trait_ref.args.type_at(1));
    match (*source.kind(), *target.kind()) {
        (TyKind::Ref(ra, _, ma), TyKind::Ref(rb, _, mb)) if ra == rb && ma == mb => return Ok(()),
        (TyKind::RawPtr(_, ma), TyKind::RawPtr(_, mb)) if ma == mb => return Ok(()),
        _ => {}
    }
    // The bounds of the impl are what dispatch of the restricted type needs.
    if pattern_pair(source, target).is_some() {
        return Ok(());
    }
    let (def, args_a, args_b) = struct_pair(tcx, span, name, source, target)?;
    if def.repr().c() || def.repr().packed() {
        return Err(tcx
            .dcx()
            .struct_span_err(
                span,
                "structs implementing `DispatchFromDyn` may not have `#[repr(packed)]` or `#[repr(C)]`",
            )
            .with_code(E0378)
            .emit());
    }
    let env = tcx.param_env(imp.to_def_id());
    let infcx = tcx.infer_ctxt().build(TypingMode::non_body_analysis());
    let cause = ObligationCause::misc(span, imp);
    let changed = changed_fields(&infcx, &cause, env, def, args_a, args_b);
    let mut res = Ok(());
    for (i, f) in def.non_enum_variant().fields.iter_enumerated() {
        if changed.iter().any(|(c, ..)| *c == i) {
            continue;
        }
        let ty = tcx.erase_regions(tcx.field_ty(f, args_a));
        if ty.references_error() {
            continue;
        }
        let typing = tcx.typing_env_non_body_analysis(imp.to_def_id());
        let is_1zst = tcx.layout_of(typing.as_query_input(ty)).is_ok_and(|l| l.is_1zst());
        // Zero size must not depend on the parameters.
        if is_1zst && (ty.is_phantom_data() || !ty.has_non_region_param()) {
            continue;
        }
        res = Err(tcx
            .dcx()
            .struct_span_err(
                span,
                "the trait `DispatchFromDyn` may only be implemented for structs containing the field being coerced, ZST fields with 1 byte alignment that don't mention type/const generics, and nothing else",
            )
            .with_code(E0378)
            .with_note(format!("extra field `{}` of type `{ty}` is not allowed", f.name))
            .emit());
    }
    res?;
    let (_, a, b) = one_field(tcx, imp, name, def, &changed, span)?;
    let ocx = ObligationCtxt::new_with_diagnostics(&infcx);
    ocx.register_obligation(Obligation::new(tcx, cause, env, TraitRef::new(*tcx, trait_ref.def_id, [a, b])));
    let errors = ocx.select_all_or_error();
    if !errors.is_empty() {
        return Err(infcx.err_ctxt().report_fulfillment_errors(errors));
    }
    ocx.resolve_regions_and_report_errors(imp, env, [])
}
