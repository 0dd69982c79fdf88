//! Coherence: at most one impl applies to a type, and only where this crate may write it (Reference, "Trait
//! implementation coherence"; RFC 2451).
//!
//! `coherent_trait` checks all local impls of a trait; the inherent impls are checked for the whole crate at once.

pub(crate) mod always_applicable;
pub(crate) mod builtin;
mod coerce_unsized;
pub(crate) mod constrained;
pub(crate) mod inherent;
pub(crate) mod min_specialization;
mod orphan;
mod overlap;
mod unsafety;

use diagnostics::codes::*;
use hir::LangItem;
use query::{Providers, TyCtxt};
use span::def_id::{DefId, LocalDefId};
use span::sym;
use ty::visit::TypeVisitableExt;
use ty::{
    ErrorGuaranteed, ExistentialPredicate, ImplPolarity, ImplTraitHeader, TraitDef, TraitRef, TraitSpecializationKind,
    TyKind,
};

pub(crate) fn provide(providers: &mut Providers<'_>) {
    providers.coherent_trait = coherent_trait;
    providers.coerce_unsized_info = coerce_unsized::coerce_unsized_info;
}

/// The result of a check: errors were reported.
pub(crate) type CheckResult = Result<(), ErrorGuaranteed>;

fn coherent_trait(tcx: TyCtxt<'_>, trait_id: DefId) -> CheckResult {
    let impls = tcx.hir_trait_impls(trait_id);
    if impls.is_empty() {
        return Ok(());
    }
    let mut res = overlap::check_overlaps(tcx, trait_id);
    for &imp in impls {
        let Some(header) = tcx.impl_trait_header(imp.to_def_id()) else { continue };
        let trait_ref = header.trait_ref.instantiate_identity();
        let trait_def = tcx.trait_def(trait_id);
        res = res
            .and(check_impl(tcx, imp, trait_ref, trait_def))
            .and(check_object_overlap(tcx, imp, trait_ref))
            .and(unsafety::check_item(tcx, imp, header, trait_def))
            .and(orphan::orphan_check_impl(tcx, imp))
            .and(builtin::check_trait(tcx, trait_id, imp, header));
        if header.polarity == ImplPolarity::Negative && trait_def.has_auto_impl && res.is_ok() {
            res = always_applicable::check_negative_auto_trait_impl(tcx, imp);
        }
    }
    res
}

fn check_impl<'tcx>(
    tcx: TyCtxt<'tcx>,
    imp: LocalDefId,
    trait_ref: TraitRef<'tcx>,
    trait_def: &TraitDef,
) -> CheckResult {
    trait_ref.error_reported()?;
    let span = tcx.def_span(imp.to_def_id());
    let name = tcx.item_name(trait_def.def_id);
    if trait_def.deny_explicit_impl {
        let mut err = tcx
            .dcx()
            .struct_span_err(span, format!("explicit impls for the `{name}` trait are not permitted"))
            .with_code(E0322)
            .with_span_label(span, format!("impl of `{name}` not allowed"));
        // `Unsize` has an explanation of its own, about `CoerceUnsized`.
        if tcx.is_lang_item(trait_def.def_id, LangItem::Unsize) {
            err.code(E0328);
        }
        return Err(err.emit());
    }
    if trait_def.specialization_kind == TraitSpecializationKind::AlwaysApplicable
        && !tcx.feature(sym::specialization)
        && !tcx.feature(sym::min_specialization)
        && !span.allows_unstable(sym::specialization)
        && !span.allows_unstable(sym::min_specialization)
    {
        let mut err = tcx.dcx().struct_span_err(span, "implementing `rustc_specialization_trait` traits is unstable");
        err.help("add `#![feature(min_specialization)]` to the crate attributes to enable");
        return Err(err.emit());
    }
    if trait_def.is_marker && !tcx.associated_item_def_ids(trait_def.def_id).is_empty() {
        return Err(tcx
            .dcx()
            .struct_span_err(span, "impls for marker traits cannot contain items")
            .with_code(E0715)
            .emit());
    }
    Ok(())
}

/// `impl Super for dyn Sub`: the object implements it already.
fn check_object_overlap<'tcx>(tcx: TyCtxt<'tcx>, imp: LocalDefId, trait_ref: TraitRef<'tcx>) -> CheckResult {
    let TyKind::Dynamic(data, _) = *trait_ref.self_ty().kind() else { return Ok(()) };
    for predicate in data {
        let component = match predicate.skip_binder() {
            ExistentialPredicate::Trait(t) => t.def_id,
            ExistentialPredicate::AutoTrait(d) => d,
            ExistentialPredicate::Projection(_) => continue,
        };
        // A trait that is not dyn compatible is reported as such.
        if !tcx.is_dyn_compatible(component) {
            continue;
        }
        if tcx.supertrait_def_ids_of(component).contains(&trait_ref.def_id)
            && tcx.trait_def(trait_ref.def_id).implement_via_object
        {
            let span = tcx.def_span(imp.to_def_id());
            let (object, name) = (trait_ref.self_ty(), tcx.def_path_str(trait_ref.def_id));
            return Err(tcx
                .dcx()
                .struct_span_err(
                    span,
                    format!("the object type `{object}` automatically implements the trait `{name}`"),
                )
                .with_code(E0371)
                .with_span_label(span, format!("`{object}` automatically implements trait `{name}`"))
                .emit());
        }
    }
    Ok(())
}

/// A trait reference without its `Self`, as messages name traits.
pub(crate) fn trait_sugared(tcx: TyCtxt<'_>, header: &ImplTraitHeader<'_>) -> String {
    let trait_ref = header.trait_ref.skip_binder();
    let _ = tcx;
    trait_ref.to_string()
}
