//! Whether all impls for a trait reference are known here: no other crate may add one (RFC 1023, 2451).

use query::TyCtxt;
use ty::{ParamEnv, TraitRef, Ty};

use super::orphan::{self, InCrate, OrphanCheckErr};
use crate::solve::EvalCtxt;

/// Who may add an impl.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Conflict {
    Upstream,
    Downstream,
}

/// Whether no other crate may implement the trait for the type, now or in a compatible release.
pub fn trait_ref_is_knowable<'tcx>(
    tcx: TyCtxt<'tcx>,
    trait_ref: TraitRef<'tcx>,
    lazily_normalize: impl FnMut(Ty<'tcx>) -> Ty<'tcx> + Clone,
) -> Result<(), Conflict> {
    // Only the compiler implements it.
    if tcx.trait_def(trait_ref.def_id).deny_explicit_impl {
        return Ok(());
    }
    if orphan::orphan_check_in(tcx, trait_ref, InCrate::Remote, lazily_normalize.clone()).is_ok() {
        // A crate that depends on this one could write such an impl.
        return Err(Conflict::Downstream);
    }
    if orphan::trait_ref_is_local_or_fundamental(tcx, trait_ref) {
        return Ok(());
    }
    // Of another crate's trait: this crate must be the only one that could.
    match orphan::orphan_check_in(tcx, trait_ref, InCrate::Local, lazily_normalize) {
        Ok(()) => Ok(()),
        Err(OrphanCheckErr::NonLocalInputType(_) | OrphanCheckErr::UncoveredTyParams(_)) => Err(Conflict::Upstream),
    }
}

/// In the solver: aliases are looked through.
pub(crate) fn trait_ref_is_knowable_in_solver<'tcx>(
    ecx: &EvalCtxt<'_, 'tcx>,
    env: ParamEnv<'tcx>,
    trait_ref: TraitRef<'tcx>,
) -> bool {
    let infcx = ecx.infcx;
    let trait_ref = infcx.resolve_vars_if_possible(trait_ref);
    let normalize = |t: Ty<'tcx>| {
        infcx.probe(|_| {
            // In the search that asks, so that a cycle through this is seen.
            let mut inner = EvalCtxt::new(infcx, ecx.graph, ecx.span);
            let t = inner.structurally_normalize(env, t).unwrap_or(t);
            let _ = inner.try_evaluate_added_goals();
            infcx.resolve_vars_if_possible(t)
        })
    };
    trait_ref_is_knowable(ecx.tcx(), trait_ref, normalize).is_ok()
}
