//! Reports orphan impls (E0117, E0210) and impls of auto traits for types that may not have them (E0321).

use diagnostics::codes::*;
use query::TyCtxt;
use span::def_id::LocalDefId;
use trait_solve::TyCtxtInferExt;
use trait_solve::coherence::orphan::{IsFirstInputType, OrphanCheckErr, UncoveredTyParams, orphan_check_trait_ref};
use trait_solve::traits::{ObligationCause, ObligationCtxt};
use ty::visit::TypeVisitableExt;
use ty::{AliasTyKind, ErrorGuaranteed, TraitRef, Ty, TyKind, TypingMode};

use super::CheckResult;

pub(super) fn orphan_check_impl(tcx: TyCtxt<'_>, imp: LocalDefId) -> CheckResult {
    let trait_ref = tcx.impl_trait_ref(imp.to_def_id()).instantiate_identity();
    trait_ref.error_reported()?;
    if !trait_ref.def_id.is_local() {
        if let Err(err) = orphan_check(tcx, imp, trait_ref) {
            return Err(report(tcx, imp, trait_ref, err));
        }
    }
    if tcx.trait_is_auto(trait_ref.def_id) {
        check_auto_trait_impl(tcx, imp, trait_ref)?;
    }
    Ok(())
}

fn orphan_check<'tcx>(
    tcx: TyCtxt<'tcx>,
    imp: LocalDefId,
    trait_ref: TraitRef<'tcx>,
) -> Result<(), OrphanCheckErr<'tcx>> {
    let infcx = tcx.infer_ctxt().build(TypingMode::non_body_analysis());
    let param_env = tcx.param_env(imp.to_def_id());
    let normalize = |ty: Ty<'tcx>| {
        let ocx = ObligationCtxt::new(&infcx);
        let ty = ocx.normalize(&ObligationCause::dummy(), param_env, ty);
        let _ = ocx.select_where_possible();
        let normalized = infcx.resolve_vars_if_possible(ty);
        if normalized.has_infer() { ty } else { normalized }
    };
    orphan_check_trait_ref(tcx, trait_ref, normalize)
}

fn report<'tcx>(
    tcx: TyCtxt<'tcx>,
    imp: LocalDefId,
    trait_ref: TraitRef<'tcx>,
    err: OrphanCheckErr<'tcx>,
) -> ErrorGuaranteed {
    let item = tcx.hir_expect_item(imp);
    let hir::ItemKind::Impl(hir_impl) = item.kind else { unreachable!("an impl") };
    let header = hir_impl.of_trait.expect("an impl of a trait");
    let span = tcx.def_span(imp.to_def_id());
    match err {
        OrphanCheckErr::NonLocalInputType(tys) => {
            let self_ty = trait_ref.self_ty();
            let what = match self_ty.kind() {
                TyKind::Adt(..) => "types defined outside of the crate",
                _ if self_ty.is_primitive() => "primitive types",
                _ => "arbitrary types",
            };
            let mut diag = tcx
                .dcx()
                .struct_span_err(
                    span,
                    format!("only traits defined in the current crate can be implemented for {what}"),
                )
                .with_code(E0117);
            for (ty, first) in tys {
                let at =
                    if first == IsFirstInputType::Yes { hir_impl.self_ty.span } else { header.trait_ref.path.span };
                let ty = tcx.erase_regions(ty);
                let is_foreign = !trait_ref.def_id.is_local() && first == IsFirstInputType::No;
                let always = |name: &str| {
                    if is_foreign {
                        "this is not defined in the current crate because this is a foreign trait".to_owned()
                    } else {
                        format!("this is not defined in the current crate because {name} are always foreign")
                    }
                };
                let label = match *ty.kind() {
                    TyKind::Slice(_) => always("slices"),
                    TyKind::Array(..) => always("arrays"),
                    TyKind::Tuple(_) => always("tuples"),
                    TyKind::Alias(AliasTyKind::Opaque, _) => {
                        "type alias impl trait is treated as if it were foreign, because its hidden type could be from a foreign crate".to_owned()
                    }
                    TyKind::RawPtr(..) => format!(
                        "`{ty}` is not defined in the current crate because raw pointers are always foreign"
                    ),
                    TyKind::Adt(def, _) => {
                        format!("`{}` is not defined in the current crate", tcx.def_path_str(def.did()))
                    }
                    _ => format!("`{ty}` is not defined in the current crate"),
                };
                diag.span_label(at, label);
            }
            diag.note("impl doesn't have any local type before any uncovered type parameters");
            diag.note(
                "for more information see https://doc.rust-lang.org/reference/items/implementations.html#orphan-rules",
            );
            diag.note("define and implement a trait or new type instead");
            diag.emit()
        }
        OrphanCheckErr::UncoveredTyParams(UncoveredTyParams { uncovered, local_ty }) => {
            let generics = tcx.generics_of(imp.to_def_id());
            let mut reported = None;
            for ty in uncovered.iter().flat_map(|t| t.walk()).filter_map(|a| a.as_type()) {
                let TyKind::Param(p) = *ty.kind() else { continue };
                let def = tcx.type_param_def(generics, p);
                let at = tcx.def_ident_span(def.def_id).unwrap_or_else(|| tcx.def_span(def.def_id));
                let name = p.name;
                let (msg, notes) = match local_ty {
                    Some(local) => (
                        format!(
                            "type parameter `{name}` must be covered by another type when it appears before the first local type (`{local}`)"
                        ),
                        [
                            "implementing a foreign trait is only possible if at least one of the types for which it is implemented is local, and no uncovered type parameters appear before that first local type",
                            "in this case, 'before' refers to the following order: `impl<..> ForeignTrait<T1, ..., Tn> for T0`, where `T0` is the first and `Tn` is the last",
                        ],
                    ),
                    None => (
                        format!(
                            "type parameter `{name}` must be used as the type parameter for some local type (e.g., `MyStruct<{name}>`)"
                        ),
                        [
                            "implementing a foreign trait is only possible if at least one of the types for which it is implemented is local",
                            "only traits defined in the current crate can be implemented for a type parameter",
                        ],
                    ),
                };
                let label = match local_ty {
                    Some(_) => msg.clone(),
                    None => format!("type parameter `{name}` must be used as the type parameter for some local type"),
                };
                let mut diag = tcx.dcx().struct_span_err(at, msg).with_code(E0210).with_span_label(at, label);
                for n in notes {
                    diag.note(n);
                }
                reported = Some(diag.emit());
            }
            reported.unwrap_or_else(|| tcx.dcx().span_delayed_bug(span, "an orphan impl without a parameter to blame"))
        }
    }
}

/// An auto trait may be implemented for nominal types only: others must get it from their parts.
fn check_auto_trait_impl<'tcx>(tcx: TyCtxt<'tcx>, imp: LocalDefId, trait_ref: TraitRef<'tcx>) -> CheckResult {
    let self_ty = trait_ref.self_ty();
    let span = tcx.def_span(imp.to_def_id());
    let name = tcx.def_path_str(trait_ref.def_id);
    let err = |msg: String| tcx.dcx().struct_span_err(span, msg).with_code(E0321);
    if trait_ref.def_id.is_local() {
        let problem = match *self_ty.kind() {
            TyKind::Dynamic(..) => "trait object",
            TyKind::Param(_) => {
                let env = tcx.typing_env_non_body_analysis(imp.to_def_id());
                if tcx.type_is_sized(env, self_ty) {
                    return Ok(());
                }
                "generic type"
            }
            TyKind::Alias(AliasTyKind::Projection, _) => "associated type",
            TyKind::Alias(AliasTyKind::Inherent, _) => "associated type",
            TyKind::Alias(AliasTyKind::Opaque, _) => "opaque type",
            TyKind::Alias(AliasTyKind::Free, _) => "type alias",
            _ => return Ok(()),
        };
        return Err(err(format!(
            "traits with a default impl, like `{name}`, cannot be implemented for {problem} `{self_ty}`"
        ))
        .with_note(format!(
            "a trait object implements `{name}` if and only if `{name}` is one of the trait object's trait bounds"
        ))
        .emit());
    }
    let local = match *self_ty.kind() {
        TyKind::Adt(def, _) => Some(def.did().is_local()),
        TyKind::Foreign(d) => Some(d.is_local()),
        TyKind::Error(_) => return Ok(()),
        _ => None,
    };
    match local {
        Some(true) => Ok(()),
        Some(false) => Err(err(format!(
            "cross-crate traits with a default impl, like `{name}`, can only be implemented for a struct/enum type defined in the current crate"
        ))
        .with_span_label(span, "can't implement cross-crate trait for type in another crate")
        .emit()),
        None => Err(err(format!(
            "cross-crate traits with a default impl, like `{name}`, can only be implemented for a struct/enum type, not `{self_ty}`"
        ))
        .with_span_label(span, "can't implement cross-crate trait with a default impl for non-struct/enum type")
        .emit()),
    }
}
