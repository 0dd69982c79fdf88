//! Checks on items: that they are well-formed (`wfcheck.rs`), and what each kind of item must keep to (`item.rs`).
//!
//! Start with [`check_crate`], which asks in rustc's order.

mod adt;
pub(crate) mod compare_impl_item;
mod discriminants;
mod entry;
mod foreign;
mod gat_bounds;
mod impl_items;
mod impl_items_missing;
mod item;
mod opaque;
mod receiver;
mod recursive_type;
mod repr;
mod variances;
mod wf_span;
pub(crate) mod wfcheck;

use hir::def::DefKind;
use query::{Providers, TyCtxt};
use span::def_id::LocalDefId;

use crate::coherence::{self, CheckResult};

pub(crate) fn provide(providers: &mut Providers<'_>) {
    providers.check_well_formed = check_well_formed;
    providers.representability = recursive_type::representability;
    compare_impl_item::provide(providers);
}

/// Checks all items of the crate; errors are reported.
pub(crate) fn check_crate(tcx: TyCtxt<'_>) {
    // What did not parse to something that HIR has (a constant in a foreign block, say) was reported.
    let in_hir = |&id: &LocalDefId| {
        !matches!(tcx.hir_node_by_def_id(id), hir::Node::Synthetic) || crate::collect::rpitit::info(tcx, id).is_some()
    };
    let all: Vec<LocalDefId> = tcx.iter_local_def_id().filter(in_hir).collect();
    for &def_id in &all {
        crate::collect::force(tcx, def_id);
    }
    for &def_id in &all {
        if is_checked_owner(tcx, def_id) {
            let _ = tcx.check_well_formed(def_id);
        }
    }
    entry::check_for_entry_fn(tcx);
    for &trait_id in tcx.all_local_trait_impls(()).keys() {
        let _ = tcx.coherent_trait(trait_id);
    }
    let _ = coherence::inherent::check_validity(tcx);
    let _ = coherence::inherent::check_overlap(tcx);
}

fn is_checked_owner(tcx: TyCtxt<'_>, def_id: LocalDefId) -> bool {
    matches!(
        tcx.def_kind(def_id),
        DefKind::Fn
            | DefKind::AssocFn
            | DefKind::AssocConst
            | DefKind::AssocTy
            | DefKind::Struct
            | DefKind::Enum
            | DefKind::Union
            | DefKind::Trait
            | DefKind::TraitAlias
            | DefKind::TyAlias
            | DefKind::Const
            | DefKind::Static { .. }
            | DefKind::Impl { .. }
            | DefKind::ForeignMod
            | DefKind::OpaqueTy
    )
}

fn check_well_formed(tcx: TyCtxt<'_>, def_id: LocalDefId) -> CheckResult {
    let res = item::check_param_defaults(tcx, def_id).and(item::check_item_type(tcx, def_id));
    res.and(wfcheck::check_definition(tcx, def_id))
}
