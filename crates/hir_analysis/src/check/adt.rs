//! Structs, enums and unions: fields' names, discriminants, what a union may hold (E0124, E0740, E0732, E0084).

use diagnostics::Applicability;
use diagnostics::codes::*;
use hir::def::CtorKind;
use hir::{ItemKind, LangItem, Node, VariantData};
use query::TyCtxt;
use rustc_hash::FxHashMap;
use span::def_id::LocalDefId;
use span::{Span, sym};
use trait_solve::TyCtxtInferExt;
use trait_solve::traits::{Obligation, ObligationCause};
use ty::visit::TypeVisitableExt;
use ty::{TraitRef, Ty, TyKind, TypingEnv, VariantDiscr};

use super::{discriminants, repr};
use crate::coherence::CheckResult;

pub(super) fn check_struct(tcx: TyCtxt<'_>, def_id: LocalDefId) -> CheckResult {
    let def = tcx.adt_def(def_id.to_def_id());
    tcx.adt_destructor(def_id.to_def_id());
    let mut res = check_fields(tcx, def_id).and(repr::check_hints(tcx, def_id));
    if tcx.representability(def_id).is_err() {
        return res;
    }
    if def.repr().simd() {
        res = res.and(repr::check_simd(tcx, def_id));
    }
    res.and(repr::check_transparent(tcx, def_id)).and(repr::check_packed(tcx, def_id))
}

pub(super) fn check_union(tcx: TyCtxt<'_>, def_id: LocalDefId) -> CheckResult {
    tcx.adt_destructor(def_id.to_def_id());
    let res = check_fields(tcx, def_id).and(repr::check_hints(tcx, def_id));
    if tcx.representability(def_id).is_err() {
        return res;
    }
    res.and(repr::check_transparent(tcx, def_id))
        .and(check_union_fields(tcx, def_id))
        .and(repr::check_packed(tcx, def_id))
}

pub(super) fn check_enum(tcx: TyCtxt<'_>, def_id: LocalDefId) -> CheckResult {
    let def = tcx.adt_def(def_id.to_def_id());
    let span = tcx.def_span(def_id.to_def_id());
    let mut res = check_fields(tcx, def_id).and(repr::check_hints(tcx, def_id));
    if def.variants().is_empty() {
        if let Some(attr) = tcx.get_attr(def_id, sym::repr) {
            let at = attr.meta_item_list().and_then(|l| l.first().map(|i| i.span())).unwrap_or(attr.span());
            res = Err(tcx
                .dcx()
                .struct_span_err(at, "unsupported representation for zero-variant enum")
                .with_code(E0084)
                .with_span_label(span, "zero-variant enum")
                .emit());
        }
    }
    if def.repr().int.is_none() {
        let is_unit = |v: &ty::VariantDef| v.ctor_kind() == Some(CtorKind::Const);
        let explicit = |v: &ty::VariantDef| matches!(v.discr, VariantDiscr::Explicit(_));
        let has_non_unit = def.variants().iter().any(|v| !is_unit(v));
        let discr_on_unit = def.variants().iter().any(|v| is_unit(v) && explicit(v));
        let discr_on_other = def.variants().iter().any(|v| !is_unit(v) && explicit(v));
        if discr_on_other || (discr_on_unit && has_non_unit) {
            res = Err(tcx
                .dcx()
                .struct_span_err(
                    span,
                    "`#[repr(inttype)]` must be specified for enums with explicit discriminants and non-unit variants",
                )
                .with_code(E0732)
                .emit());
        }
    }
    res = res.and(discriminants::check(tcx, def_id));
    if tcx.representability(def_id).is_err() {
        return res;
    }
    res.and(repr::check_transparent(tcx, def_id))
}

/// E0124: two fields of one name.
fn check_fields(tcx: TyCtxt<'_>, def_id: LocalDefId) -> CheckResult {
    let Node::Item(item) = tcx.hir_node_by_def_id(def_id) else { return Ok(()) };
    let one = |data: &VariantData<'_>| {
        let mut seen: FxHashMap<span::Ident, Span> = FxHashMap::default();
        let mut res = Ok(());
        for field in data.fields() {
            let ident = field.ident.normalize_to_macros_2_0();
            if let Some(&first) = seen.get(&ident) {
                res = Err(tcx
                    .dcx()
                    .struct_span_err(field.span, format!("field `{}` is already declared", field.ident))
                    .with_code(E0124)
                    .with_span_label(field.span, "field already declared")
                    .with_span_label(first, format!("`{}` first declared here", field.ident))
                    .emit());
            } else {
                seen.insert(ident, field.span);
            }
        }
        res
    };
    match item.kind {
        ItemKind::Struct(_, _, data) | ItemKind::Union(_, _, data) => one(&data),
        ItemKind::Enum(_, _, def) => {
            let mut res = Ok(());
            for variant in def.variants {
                res = res.and(one(&variant.data));
            }
            res
        }
        _ => Ok(()),
    }
}

/// E0740: a union's fields must not need dropping.
fn check_union_fields(tcx: TyCtxt<'_>, def_id: LocalDefId) -> CheckResult {
    let def = tcx.adt_def(def_id.to_def_id());
    let env = tcx.typing_env_non_body_analysis(def_id.to_def_id());
    let args = tcx.identity_args_for(def_id.to_def_id());
    for field in &def.non_enum_variant().fields {
        let ty = tcx.field_ty(field, args);
        if ty.references_error() || allowed_in_union(tcx, ty, env) {
            continue;
        }
        let Node::Field(hir_field) = tcx.hir_node_by_def_id(field.did.expect_local()) else { continue };
        let ty_span = hir_field.ty.span;
        return Err(tcx
            .dcx()
            .struct_span_err(
                hir_field.span,
                "field must implement `Copy` or be wrapped in `ManuallyDrop<...>` to be used in a union",
            )
            .with_code(E0740)
            .with_note("union fields must not have drop side-effects, which is currently enforced via either `Copy` or `ManuallyDrop<...>`")
            .with_multipart_suggestion(
                "wrap the field type in `ManuallyDrop<...>`",
                vec![
                    (ty_span.shrink_to_lo(), "std::mem::ManuallyDrop<".to_owned()),
                    (ty_span.shrink_to_hi(), ">".to_owned()),
                ],
                Applicability::MaybeIncorrect,
            )
            .emit());
    }
    Ok(())
}

/// References, `ManuallyDrop`, and tuples and arrays of what is allowed, else `Copy`.
fn allowed_in_union<'tcx>(tcx: TyCtxt<'tcx>, ty: Ty<'tcx>, env: TypingEnv<'tcx>) -> bool {
    match *ty.kind() {
        TyKind::Ref(..)
        | TyKind::Bool
        | TyKind::Char
        | TyKind::Int(_)
        | TyKind::Uint(_)
        | TyKind::Float(_)
        | TyKind::RawPtr(..)
        | TyKind::FnPtr(_)
        | TyKind::FnDef(..)
        | TyKind::Never => true,
        TyKind::Tuple(tys) => tys.iter().all(|t| allowed_in_union(tcx, t, env)),
        TyKind::Array(t, _) => allowed_in_union(tcx, t, env),
        TyKind::Adt(def, _) if def.is_manually_drop() => true,
        _ => {
            let (infcx, param_env) = tcx.infer_ctxt().build_with_typing_env(env);
            let Some(copy) = tcx.lang_items().get(LangItem::Copy) else { return true };
            let holds = infcx.predicate_must_hold_modulo_regions(&Obligation::new(
                tcx,
                ObligationCause::dummy(),
                param_env,
                TraitRef::new(*tcx, copy, [ty]),
            ));
            if holds {
                return true;
            }
            // A projection that is one of the types above.
            if let TyKind::Alias(..) = ty.kind() {
                let ocx = trait_solve::traits::ObligationCtxt::new(&infcx);
                let n = ocx.normalize(&ObligationCause::dummy(), param_env, ty);
                let _ = ocx.select_where_possible();
                let n = infcx.resolve_vars_if_possible(n);
                return n != ty
                    && !n.has_infer()
                    && !matches!(n.kind(), TyKind::Alias(..))
                    && allowed_in_union(tcx, n, env);
            }
            false
        }
    }
}
