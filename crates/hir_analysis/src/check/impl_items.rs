//! An impl against its trait: each item agrees with the trait's, none is missing, specialization is allowed.

use diagnostics::codes::*;
use query::TyCtxt;
use span::def_id::{DefId, LocalDefId};
use ty::visit::TypeVisitableExt;
use ty::{AssocItem, ImplPolarity, TraitDef, TyKind};

use super::impl_items_missing;
use crate::coherence::{CheckResult, constrained};

pub(super) fn check_impl(tcx: TyCtxt<'_>, imp: LocalDefId) -> CheckResult {
    let Some(header) = tcx.impl_trait_header(imp.to_def_id()) else { return Ok(()) };
    let trait_ref = header.trait_ref.instantiate_identity();
    trait_ref.error_reported()?;
    tcx.coherent_trait(trait_ref.def_id)?;
    constrained::check_impl_params(tcx, imp)?;
    let items = tcx.associated_item_def_ids(imp.to_def_id());
    match header.polarity {
        ImplPolarity::Positive | ImplPolarity::Reservation => {}
        ImplPolarity::Negative => {
            return match items.first() {
                Some(&first) => Err(tcx
                    .dcx()
                    .struct_span_err(tcx.def_span(first), "negative impls cannot have any items")
                    .with_code(E0749)
                    .emit()),
                None => Ok(()),
            };
        }
    }
    let trait_def = tcx.trait_def(trait_ref.def_id);
    let mut res = Ok(());
    for &item in items {
        let impl_item = tcx.associated_item(item);
        let Some(trait_item) = impl_item.trait_item_def_id() else { continue };
        let trait_item = tcx.associated_item(trait_item);
        let compared = tcx.compare_impl_item(item.expect_local());
        res = res.and(compared);
        res = res.and(check_specialization(tcx, trait_def, &trait_item, imp.to_def_id(), item));
    }
    res.and(check_missing(tcx, imp, trait_ref.def_id))
}

/// E0520: an item of a less special impl must be marked `default`.
fn check_specialization(
    tcx: TyCtxt<'_>,
    trait_def: &TraitDef,
    trait_item: &AssocItem,
    imp: DefId,
    impl_item: DefId,
) -> CheckResult {
    if !tcx.feature(span::sym::specialization) && !tcx.feature(span::sym::min_specialization) {
        return Ok(());
    }
    let Ok(graph) = tcx.specialization_graph_of(trait_def.def_id) else { return Ok(()) };
    for parent in graph.ancestors(imp).into_iter().skip(1) {
        if parent == trait_def.def_id {
            break;
        }
        let forbidden = match tcx.impl_item_implementor_ids(parent).get(&trait_item.def_id) {
            Some(&item) => {
                if !tcx.defaultness(item).is_default() && !tcx.defaultness(parent).is_default() {
                    true
                } else {
                    return Ok(());
                }
            }
            // Inherited: what a `default impl` leaves out is as in the impl above.
            None if tcx.defaultness(parent).is_default() => continue,
            None => true,
        };
        if forbidden {
            return Err(report_forbidden_specialization(tcx, impl_item, parent));
        }
    }
    Ok(())
}

fn report_forbidden_specialization(tcx: TyCtxt<'_>, impl_item: DefId, parent: DefId) -> ty::ErrorGuaranteed {
    let span = tcx.def_span(impl_item);
    let name = tcx.item_name(impl_item);
    let mut err = tcx
        .dcx()
        .struct_span_err(
            span,
            format!("`{name}` specializes an item from a parent `impl`, but that item is not marked `default`"),
        )
        .with_code(E0520);
    if parent.is_local() {
        err.span_label(span, format!("cannot specialize default item `{name}`"));
        err.span_label(tcx.def_span(parent), "parent `impl` is here");
        err.note(format!("to specialize, `{name}` in the parent `impl` must be marked `default`"));
    } else {
        err.note(format!("parent implementation is in crate `{}`", tcx.crate_name(parent.krate)));
    }
    err.emit()
}

/// E0046: items of the trait that neither the impl nor a default gives.
fn check_missing(tcx: TyCtxt<'_>, imp: LocalDefId, trait_id: DefId) -> CheckResult {
    let self_ty = tcx.type_of(imp.to_def_id()).instantiate_identity();
    // What is never sized need not implement `where Self: Sized` items.
    let never_sized = matches!(self_ty.kind(), TyKind::Str | TyKind::Slice(_) | TyKind::Dynamic(..));
    let trait_def = tcx.trait_def(trait_id);
    let mut one_of = trait_def.must_implement_one_of.as_deref();
    let implemented = tcx.impl_item_implementor_ids(imp.to_def_id());
    let is_default_impl = tcx.defaultness(imp.to_def_id()).is_default();
    let mut missing = Vec::new();
    for &id in tcx.associated_item_def_ids(trait_id) {
        let item = tcx.associated_item(id);
        if implemented.contains_key(&id) {
            if one_of.is_some_and(|l| item.opt_name().is_some_and(|n| l.iter().any(|i| i.name == n))) {
                one_of = None;
            }
            continue;
        }
        let has_value = item.has_value || inherited(tcx, imp.to_def_id(), id);
        if has_value
            || is_default_impl
            || item.is_impl_trait_in_trait()
            || (never_sized && trait_solve::traits::dyn_compatibility::generics_require_sized_self(tcx, id))
        {
            continue;
        }
        missing.push(item);
    }
    let mut res = Ok(());
    if !missing.is_empty() {
        res = Err(impl_items_missing::report(tcx, imp, &missing));
    }
    if let Some(names) = one_of {
        res = Err(impl_items_missing::report_one_of(tcx, imp, trait_id, names));
    }
    res
}

/// Whether an impl that this one specializes has the item.
fn inherited(tcx: TyCtxt<'_>, imp: DefId, trait_item: DefId) -> bool {
    if !tcx.feature(span::sym::specialization) && !tcx.feature(span::sym::min_specialization) {
        return false;
    }
    let trait_id = tcx.parent(trait_item);
    tcx.specialization_graph_of(trait_id).is_ok_and(|g| {
        g.ancestors(imp)
            .into_iter()
            .skip(1)
            .any(|p| p != trait_id && tcx.impl_item_implementor_ids(p).contains_key(&trait_item))
    })
}
