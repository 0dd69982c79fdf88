//! Items: lowering of HIR types and bounds to [`ty::Ty`] and clauses, and the queries about items.
//!
//! Start with [`HirTyLowerer`] (`lower.rs`): the interface between the lowering of types and its two users, items
//! ([`ItemCtxt`], where everything must be written out) and bodies (crate `typeck`, where `_` is inferred). `collect.rs`
//! lists the queries that describe an item. Coherence and well-formedness are in `coherence.rs` and `check.rs`.

mod check;
mod coherence;
mod collect;
mod impls;
mod lang_items;
mod late_bound;
pub mod lower;
mod opaque;
mod outlives;
mod variance;

pub use lower::{HirTyLowerer, ItemCtxt, LoweringBinders, RegionInferReason};
pub use opaque::opaque_captured_lifetimes;

use query::Providers;

/// Sets this crate's queries.
pub fn provide(providers: &mut Providers<'_>) {
    check::provide(providers);
    coherence::provide(providers);
    collect::provide(providers);
    impls::provide(providers);
    lang_items::provide(providers);
    late_bound::provide(providers);
    outlives::provide(providers);
    variance::provide(providers);
}
pub use impls::simplify_type;

/// Checks all items of the crate, in rustc's order; errors are reported by the queries.
pub fn check_crate(tcx: query::TyCtxt<'_>) {
    check::check_crate(tcx);
}
