//! Compile-time evaluation. The interpreter is not there yet: every constant that needs one is an error that says so.

use mir::interpret::{ErrorHandled, GlobalId};
use query::{Providers, TyCtxt};
use ty::PseudoCanonicalInput;

/// Sets this crate's queries.
pub fn provide(providers: &mut Providers<'_>) {
    providers.eval_to_valtree = |tcx, input| Err(unsupported(tcx, input));
    providers.eval_to_const_value_raw = |tcx, input| Err(unsupported(tcx, input));
    providers.eval_to_allocation_raw = |tcx, input| Err(unsupported(tcx, input));
}

fn unsupported<'tcx>(tcx: TyCtxt<'tcx>, input: PseudoCanonicalInput<'tcx, GlobalId<'tcx>>) -> ErrorHandled {
    let span = tcx.def_span(input.value.instance.def_id());
    ErrorHandled::Reported(tcx.dcx().span_unsupported(span, "evaluating this constant"), span)
}
