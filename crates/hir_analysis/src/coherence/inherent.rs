//! Inherent impls: only for types of this crate (E0116, E0118, E0390, E0785), and without two items of one name (E0592).

use diagnostics::codes::*;
use hir::def::DefKind;
use query::TyCtxt;
use rustc_hash::FxHashMap;
use span::def_id::{DefId, LocalDefId};
use span::{Symbol, sym};
use trait_solve::coherence::overlap::overlapping_impls;
use ty::{AssocItem, Ty, TyKind};

use super::CheckResult;

/// Whether every inherent impl stands where it may.
pub(crate) fn check_validity(tcx: TyCtxt<'_>) -> CheckResult {
    let mut res = Ok(());
    for imp in tcx.iter_local_def_id().collect::<Vec<_>>() {
        if tcx.def_kind(imp) == (DefKind::Impl { of_trait: false }) {
            res = res.and(check_impl(tcx, imp));
        }
    }
    res
}

fn check_impl(tcx: TyCtxt<'_>, imp: LocalDefId) -> CheckResult {
    let span = tcx.def_span(imp.to_def_id());
    let self_ty = tcx.type_of(imp.to_def_id()).instantiate_identity();
    match *self_ty.kind() {
        TyKind::Adt(def, _) => check_def_id(tcx, imp, def.did()),
        TyKind::Foreign(did) => check_def_id(tcx, imp, did),
        TyKind::Dynamic(data, _) => match data.principal_def_id() {
            Some(did) => check_def_id(tcx, imp, did),
            None => Err(tcx
                .dcx()
                .struct_span_err(span, "cannot define inherent `impl` for a dyn auto trait")
                .with_code(E0785)
                .with_span_label(span, "impl requires at least one non-auto trait")
                .with_note("define and implement a new trait or type instead")
                .emit()),
        },
        TyKind::Bool
        | TyKind::Char
        | TyKind::Int(_)
        | TyKind::Uint(_)
        | TyKind::Float(_)
        | TyKind::Str
        | TyKind::Array(..)
        | TyKind::Slice(_)
        | TyKind::RawPtr(..)
        | TyKind::Ref(..)
        | TyKind::Never
        | TyKind::FnPtr(_)
        | TyKind::Tuple(_)
        | TyKind::Pat(..)
        | TyKind::UnsafeBinder(_) => check_primitive(tcx, imp, self_ty),
        TyKind::Alias(..) | TyKind::Param(_) => Err(tcx
            .dcx()
            .struct_span_err(span, "no nominal type found for inherent implementation")
            .with_code(E0118)
            .with_span_label(span, "impl requires a nominal type")
            .with_note("either implement a trait on it or create a newtype to wrap it instead")
            .emit()),
        _ => Ok(()),
    }
}

fn check_def_id(tcx: TyCtxt<'_>, imp: LocalDefId, did: DefId) -> CheckResult {
    if did.is_local() {
        return Ok(());
    }
    let span = tcx.def_span(imp.to_def_id());
    if tcx.feature(sym::rustc_attrs) {
        // The standard library's crates may spread a type's methods, item by item.
        let marked = tcx.has_attr(did, Symbol::intern("rustc_has_incoherent_inherent_impls"));
        for &item in tcx.associated_item_def_ids(imp.to_def_id()) {
            if !marked || !tcx.has_attr(item, Symbol::intern("rustc_allow_incoherent_impl")) {
                let help = if marked {
                    "alternatively add `#[rustc_allow_incoherent_impl]` to the relevant impl items"
                } else {
                    "alternatively add `#[rustc_has_incoherent_inherent_impls]` to the type and `#[rustc_allow_incoherent_impl]` to the relevant impl items"
                };
                return Err(tcx
                    .dcx()
                    .struct_span_err(
                        span,
                        "cannot define inherent `impl` for a type outside of the crate where the type is defined",
                    )
                    .with_code(E0390)
                    .with_help("consider moving this inherent impl into the crate defining the type if possible")
                    .with_span_help(tcx.def_span(item), help)
                    .emit());
            }
        }
        if marked {
            return Ok(());
        }
    }
    Err(tcx
        .dcx()
        .struct_span_err(
            span,
            "cannot define inherent `impl` for a type outside of the crate where the type is defined",
        )
        .with_code(E0116)
        .with_span_label(span, "impl for type defined outside of crate")
        .with_note("define and implement a trait or new type instead")
        .emit())
}

fn check_primitive<'tcx>(tcx: TyCtxt<'tcx>, imp: LocalDefId, ty: Ty<'tcx>) -> CheckResult {
    if tcx.hir_rustc_coherence_is_core() {
        return Ok(());
    }
    let span = tcx.def_span(imp.to_def_id());
    if tcx.feature(sym::rustc_attrs) {
        for &item in tcx.associated_item_def_ids(imp.to_def_id()) {
            if !tcx.has_attr(item, Symbol::intern("rustc_allow_incoherent_impl")) {
                return Err(tcx
                    .dcx()
                    .struct_span_err(span, "cannot define inherent `impl` for primitive types outside of `core`")
                    .with_code(E0390)
                    .with_help("consider moving this inherent impl into `core` if possible")
                    .with_span_help(
                        tcx.def_span(item),
                        "alternatively add `#[rustc_allow_incoherent_impl]` to the relevant impl items",
                    )
                    .emit());
            }
        }
        return Ok(());
    }
    let mut err = tcx.dcx().struct_span_err(span, "cannot define inherent `impl` for primitive types").with_code(E0390);
    if let TyKind::Ref(_, inner, _) = *ty.kind() {
        err.note(format!(
            "you could also try moving the reference to uses of `{inner}` (such as `self`) within the implementation"
        ));
    }
    err.help("consider using an extension trait instead");
    Err(err.emit())
}

/// Whether no type has two inherent items of one name.
pub(crate) fn check_overlap(tcx: TyCtxt<'_>) -> CheckResult {
    let mut res = Ok(());
    let impls = tcx.crate_inherent_impls(());
    let lists = impls
        .inherent_impls
        .values()
        .cloned()
        .chain(impls.incoherent_impls.values().map(|v| v.iter().map(|d| d.to_def_id()).collect()));
    for list in lists {
        for &a in &list {
            res = res.and(duplicates_in_impl(tcx, a));
        }
        for (i, &a) in list.iter().enumerate() {
            for &b in &list[i + 1..] {
                if has_common_items(tcx, a, b) {
                    res = res.and(check_pair(tcx, a, b));
                }
            }
        }
    }
    res
}

fn same_name(a: &AssocItem, b: &AssocItem) -> bool {
    a.namespace() == b.namespace() && a.opt_name().is_some() && a.opt_name() == b.opt_name()
}

fn has_common_items(tcx: TyCtxt<'_>, a: DefId, b: DefId) -> bool {
    let (a, b) = (tcx.associated_items(a), tcx.associated_items(b));
    let (small, large) = if a.len() < b.len() { (a, b) } else { (b, a) };
    small
        .in_definition_order()
        .any(|x| x.opt_name().is_some_and(|n| large.filter_by_name_unhygienic(n).any(|y| same_name(x, y))))
}

fn duplicate(tcx: TyCtxt<'_>, at: DefId, other: DefId, name: Symbol) -> ty::ErrorGuaranteed {
    let span = tcx.def_span(at);
    tcx.dcx()
        .struct_span_err(span, format!("duplicate definitions with name `{name}`"))
        .with_code(E0592)
        .with_span_label(span, format!("duplicate definitions for `{name}`"))
        .with_span_label(tcx.def_span(other), format!("other definition for `{name}`"))
        .emit()
}

fn duplicates_in_impl(tcx: TyCtxt<'_>, imp: DefId) -> CheckResult {
    let mut seen: FxHashMap<(Symbol, bool), DefId> = FxHashMap::default();
    let mut res = Ok(());
    for item in tcx.associated_items(imp).in_definition_order() {
        let Some(name) = item.opt_name() else { continue };
        if let Some(&first) = seen.get(&(name, item.is_type())) {
            // Hygienic names of one text are two names.
            if tcx.hygienic_eq(tcx.item_ident(item.def_id), tcx.item_ident(first), imp) {
                res = Err(duplicate(tcx, item.def_id, first, name));
            }
        } else {
            seen.insert((name, item.is_type()), item.def_id);
        }
    }
    res
}

fn check_pair(tcx: TyCtxt<'_>, a: DefId, b: DefId) -> CheckResult {
    let Some(overlap) = overlapping_impls(tcx, a, b, true) else { return Ok(()) };
    let mut res = Ok(());
    for x in tcx.associated_items(a).in_definition_order() {
        let Some(name) = x.opt_name() else { continue };
        let other = tcx.associated_items(b).filter_by_name_unhygienic(name).find(|y| same_name(x, y));
        let Some(y) = other else { continue };
        let (ix, iy) = (tcx.item_ident(x.def_id), tcx.item_ident(y.def_id));
        if !tcx.hygienic_eq(ix, iy, b) {
            continue;
        }
        let _ = &overlap;
        res = Err(duplicate(tcx, x.def_id, y.def_id, name));
    }
    res
}
