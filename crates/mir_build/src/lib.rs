//! From type-checked HIR to MIR, by way of THIR.
//!
//! `region.rs` finds the scopes of a body; `thir.rs` and below is THIR and its making; `check_match.rs` judges patterns
//! (exhaustive, reachable, irrefutable); `check_unsafety.rs` finds uses of unsafe things; `build.rs` and below builds MIR.

pub mod region;
pub mod thir;

pub use thir::cx::thir_body;
