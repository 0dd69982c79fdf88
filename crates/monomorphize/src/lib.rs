//! From a crate's bodies to what code generation emits: which instances are needed ([`collect`]), in which codegen
//! unit each goes ([`partition`]), and what its symbol is called ([`symbol`]).
//!
//! Start with [`collect_and_partition`]. All stages from here on see a body as `tcx.mono_optimized_mir(instance)`:
//! instantiated, normalised, regions erased.

mod collect;
mod distinct;
mod exported;
mod instantiation;
mod partition;
mod roots;
mod symbol;
mod uses;

use mir::mono::CodegenUnit;
use query::{Providers, TyCtxt};
use ty::ErrorGuaranteed;

pub use instantiation::should_codegen_locally;

/// Sets this crate's queries.
pub fn provide(p: &mut Providers) {
    p.symbol_name = symbol::symbol_name;
    p.reachable_non_generics = exported::reachable_non_generics;
    p.upstream_instances_in = exported::upstream_instances_in;
}

/// Everything of the crate that needs code or data, in codegen units.
///
/// # Errors
/// Constants that do not evaluate, recursion without end in instances: reported.
pub fn collect_and_partition(tcx: TyCtxt<'_>) -> Result<Vec<CodegenUnit<'_>>, ErrorGuaranteed> {
    let items = collect::collect(tcx);
    match tcx.dcx().has_errors() {
        Some(guar) => Err(guar),
        None => {
            distinct::check_symbols(tcx, &items)?;
            Ok(partition::partition(tcx, items))
        }
    }
}
