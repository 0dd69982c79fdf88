//! Queries and checks on HIR that need no type inference: attributes in typed form, visibility, the entry point,
//! captured variables, what is reachable from outside.

mod attrs;
mod entry;
mod reachable;
mod stability;
mod upvars;
mod visibility;

use query::{Providers, TyCtxt};

/// Sets this crate's queries.
pub fn provide(providers: &mut Providers<'_>) {
    attrs::provide(providers);
    entry::provide(providers);
    reachable::provide(providers);
    stability::provide(providers);
    upvars::provide(providers);
    visibility::provide(providers);
}

/// Runs this crate's checks.
pub fn check_crate(tcx: TyCtxt<'_>) {
    tcx.entry_fn(());
}
