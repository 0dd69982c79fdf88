//! Lint levels from attributes, the lints that resolution and the parser buffered, and the lint passes on HIR.

mod builtin_cfgs;
mod calls;
mod check_levels;
mod expressions;
mod impls;
mod improper_ctypes;
mod items;
mod late;
mod levels;
mod lifetimes;
mod literals;
mod pointers;
mod style;
mod trait_imports;
mod unused;

use query::{Providers, TyCtxt};

/// Sets this crate's queries.
pub fn provide(providers: &mut Providers<'_>) {
    providers.lint_levels_for_owner = levels::lint_levels_for_owner;
}

/// Checks lint attributes and emits the lints that earlier stages buffered.
pub fn check_early(tcx: TyCtxt<'_>) {
    check_levels::check_attributes(tcx);
    builtin_cfgs::check(tcx);
    levels::emit_buffered(tcx);
    late::check_early(tcx);
}

/// Runs the lint passes.
pub fn check_crate(tcx: TyCtxt<'_>) {
    levels::emit_buffered(tcx);
    trait_imports::check(tcx);
    late::check(tcx);
    check_levels::check_expectations(tcx);
}
