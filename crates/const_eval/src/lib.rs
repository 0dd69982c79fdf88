//! Compile-time evaluation: a MIR interpreter, and the queries that run it.
//!
//! `interpret.rs` is the engine: memory with provenance, values, places, calls, over a [`interpret::Machine`] that says
//! what may be done. `const_eval.rs` is the machine for constants, with the queries (`eval_to_const_value_raw` and
//! relatives), the reporting of errors (E0080) and value trees. `check_consts.rs` checks what bodies of constants and
//! `const fn` may do before any is run.
//!
//! Invariant: evaluation is deterministic: it sees no addresses, no time, nothing of the host.

pub mod check_consts;
pub mod const_eval;
pub mod interpret;
pub mod known_panics_lint;
pub mod util;
pub mod validity;

use query::Providers;

/// Sets this crate's queries.
pub fn provide(providers: &mut Providers<'_>) {
    providers.mir_const_qualif = check_consts::mir_const_qualif;
    providers.eval_to_const_value_raw = const_eval::eval_to_const_value_raw;
    providers.eval_to_allocation_raw = const_eval::eval_to_allocation_raw;
    providers.eval_static_initializer = const_eval::eval_static_initializer;
    providers.eval_to_valtree = const_eval::eval_to_valtree;
    providers.valtree_to_const_val = const_eval::valtree_to_const_value;
    providers.destructure_const_value = const_eval::destructure_const_value;
    providers.vtable_allocation = interpret::vtable::vtable_allocation;
    providers.check_validity_requirement = validity::check_validity_requirement;
    providers.const_caller_location = util::const_caller_location;
}
