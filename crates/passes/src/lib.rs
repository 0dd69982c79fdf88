//! Queries and checks on HIR: attributes in typed form, visibility, the entry point, captured variables, what is
//! reachable from outside; loops, liveness, dead code, privacy, stability.

mod allocator;
mod attrs;
mod check_attr;
mod dead;
mod entry;
mod liveness;
mod loops;
mod privacy;
mod reachable;
mod stability;
mod stability_check;
mod upvars;
mod visibility;

use query::{Providers, TyCtxt};
use span::def_id::LocalDefId;

/// Sets this crate's queries.
pub fn provide(providers: &mut Providers<'_>) {
    attrs::provide(providers);
    entry::provide(providers);
    reachable::provide(providers);
    stability::provide(providers);
    upvars::provide(providers);
    visibility::provide(providers);
}

/// Checks that need no types.
pub fn check_crate(tcx: TyCtxt<'_>) {
    tcx.entry_fn(());
    allocator::check(tcx);
    check_attr::check(tcx);
    let items = tcx.hir_crate_items(());
    for owner in tcx.hir_body_owners() {
        if !items.nested_bodies.contains(&owner) {
            loops::check_loops(tcx, owner);
        }
    }
}

/// Checks of one body whose types are known; its closures belong to it.
pub fn check_body(tcx: TyCtxt<'_>, owner: LocalDefId) {
    if !tcx.is_typeck_child(owner.to_def_id()) {
        liveness::check_liveness(tcx, owner);
    }
}

/// Checks of what bodies use.
pub fn check_bodies(tcx: TyCtxt<'_>) {
    stability_check::check(tcx);
}

/// Checks of a crate that has no errors so far.
pub fn check_late(tcx: TyCtxt<'_>) {
    privacy::check(tcx);
    dead::check(tcx);
}
