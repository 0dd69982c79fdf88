//! Privacy beyond names (RFC 2145, "type privacy"): fields that are private where they are named, types that are private
//! where an expression has them, interfaces with types that are less visible than themselves.

pub(crate) mod effective;
mod fields;
mod interface;
mod types;
pub(crate) mod walk;

use query::TyCtxt;

/// Checks the crate.
pub(crate) fn check(tcx: TyCtxt<'_>) {
    interface::check(tcx);
    for owner in tcx.hir_body_owners() {
        if !tcx.is_typeck_child(owner.to_def_id()) {
            fields::check_body(tcx, owner);
        }
    }
    types::check(tcx);
}
