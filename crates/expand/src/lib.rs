//! Macro expansion's pure functions: from a macro call's tokens to the tree it stands for. The loop that finds calls, resolves
//! their paths and puts the results in place is in crate `resolve`.
//!
//! Start with [`base`] (the interface), then [`mbe`] (`macro_rules!`), [`cfg`] (conditional compilation) and [`builtin`]
//! (macros, attributes and derives that the compiler provides).

pub mod base;
pub mod builtin;
mod builtin_attrs;
pub mod cfg;
pub mod fragment;
mod invoke;
pub mod mbe;

#[cfg(test)]
mod tests;
