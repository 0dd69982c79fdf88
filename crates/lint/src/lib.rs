//! Lint levels from attributes, and the lints that resolution and the parser buffered.

mod levels;

use query::{Providers, TyCtxt};

/// Sets this crate's queries.
pub fn provide(providers: &mut Providers<'_>) {
    providers.lint_levels_for_owner = levels::lint_levels_for_owner;
}

/// Emits the lints that earlier stages buffered.
pub fn check_crate(tcx: TyCtxt<'_>) {
    levels::emit_buffered(tcx);
}
