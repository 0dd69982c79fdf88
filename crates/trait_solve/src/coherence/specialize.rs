//! Whether one impl specializes another (RFC 1210): it applies to fewer types, all of which the other applies to.

use query::TyCtxt;
use span::def_id::DefId;
use ty::{ImplPolarity, TypingMode};

use crate::infer::{DefineOpaqueTypes, TyCtxtInferExt};
use crate::traits::{ObligationCause, ObligationCtxt};

/// Provides `specializes`.
pub(crate) fn specializes(tcx: TyCtxt<'_>, (specializing, parent): (DefId, DefId)) -> bool {
    // Only crates with the feature have impls that specialize; the standard library does.
    if specializing.is_local()
        && !tcx.feature(span::Symbol::intern("specialization"))
        && !tcx.feature(span::Symbol::intern("min_specialization"))
    {
        return false;
    }
    let (Some(h1), Some(h2)) = (tcx.impl_trait_header(specializing), tcx.impl_trait_header(parent)) else {
        return false;
    };
    if h1.polarity != h2.polarity || h1.polarity == ImplPolarity::Reservation {
        return false;
    }
    if h1.constness_const != h2.constness_const && h2.constness_const {
        return false;
    }
    let infcx = tcx.infer_ctxt().build(TypingMode::non_body_analysis());
    let param_env = tcx.param_env(specializing);
    let ocx = ObligationCtxt::new(&infcx);
    let cause = ObligationCause::dummy();
    let source = h1.trait_ref.instantiate_identity();
    let source = ocx.normalize(&cause, param_env, source);
    let parent_args = infcx.fresh_args_for_item(span::DUMMY_SP, parent);
    let target = h2.trait_ref.instantiate(*tcx, parent_args);
    let target = ocx.normalize(&cause, param_env, target);
    let Ok(ok) = infcx.at(&cause, param_env).eq(DefineOpaqueTypes::Yes, source, target) else {
        return false;
    };
    ocx.register_infer_ok_obligations(ok);
    for (c, _) in tcx.all_predicates_of(parent) {
        let c = ty::EarlyBinder::bind(c).instantiate(*tcx, parent_args);
        let c = ocx.normalize(&cause, param_env, c);
        ocx.register_obligation(crate::traits::Obligation {
            cause: cause.clone(),
            param_env,
            recursion_depth: 0,
            predicate: c.as_predicate(),
        });
    }
    ocx.select_all_or_error().is_empty()
}
