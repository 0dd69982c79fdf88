//! From type-checked HIR to MIR, by way of THIR.
//!
//! `region.rs` finds the scopes of a body; `thir.rs` and below is THIR and its making; `check_match.rs` judges patterns
//! (exhaustive, reachable, irrefutable); `check_unsafety.rs` finds uses of unsafe things; `build.rs` and below builds MIR.

pub mod region;
pub mod thir;

mod build;
mod check_match;
mod check_unsafety;

pub use build::{build_adt_ctor, mir_built};
pub use thir::cx::thir_body;

/// Sets the functions of this crate's queries.
pub fn provide(providers: &mut query::Providers<'_>) {
    providers.mir_built = mir_built;
    providers.check_match = check_match::check_match;
    providers.check_unsafety = check_unsafety::check_unsafety;
}
