//! `Drop` and negative impls must apply to every value of their type: no specialization (E0366), no bounds beyond the
//! type's own (E0367).

use diagnostics::codes::*;
use query::TyCtxt;
use span::FxHashSet;
use span::def_id::{DefId, LocalDefId};
use trait_solve::TyCtxtInferExt;
use trait_solve::infer::lexical::RegionResolutionError;
use trait_solve::traits::{Obligation, ObligationCause, ObligationCauseCode, ObligationCtxt};
use ty::{EarlyBinder, GenericArg, GenericArgsRef, ImplPolarity, RegionKind, TyKind, TypingMode};

use super::CheckResult;

/// Checks a `Drop` impl.
pub(crate) fn check_drop_impl(tcx: TyCtxt<'_>, imp: LocalDefId) -> CheckResult {
    let span = tcx.def_span(imp.to_def_id());
    match tcx.impl_polarity(imp.to_def_id()) {
        ImplPolarity::Positive => {}
        ImplPolarity::Negative => return Err(tcx.dcx().span_err(span, "negative `Drop` impls are not supported")),
        ImplPolarity::Reservation => {
            return Err(tcx.dcx().span_err(span, "reservation `Drop` impls are not supported"));
        }
    }
    let self_ty = tcx.type_of(imp.to_def_id()).instantiate_identity();
    match *self_ty.kind() {
        TyKind::Adt(def, args) if def.did().is_local() => check_applies_always(tcx, imp, def.did(), args),
        _ => Ok(()),
    }
}

/// Checks a negative impl of an auto trait.
pub(crate) fn check_negative_auto_trait_impl(tcx: TyCtxt<'_>, imp: LocalDefId) -> CheckResult {
    let self_ty = tcx.type_of(imp.to_def_id()).instantiate_identity();
    match *self_ty.kind() {
        TyKind::Adt(def, args) => check_applies_always(tcx, imp, def.did(), args),
        _ => Ok(()),
    }
}

fn check_applies_always<'tcx>(
    tcx: TyCtxt<'tcx>,
    imp: LocalDefId,
    adt: DefId,
    args: GenericArgsRef<'tcx>,
) -> CheckResult {
    check_params_correspond(tcx, imp, adt, args)?;
    check_bounds_implied(tcx, imp, adt, args)
}

fn trait_name(tcx: TyCtxt<'_>, imp: LocalDefId) -> String {
    let polarity = if tcx.impl_polarity(imp.to_def_id()) == ImplPolarity::Negative { "!" } else { "" };
    let name = tcx.impl_opt_trait_id(imp.to_def_id()).map_or("Drop".to_owned(), |t| tcx.item_name(t).to_string());
    format!("{polarity}{name}")
}

/// The self type's arguments must be the impl's parameters, each once.
fn check_params_correspond<'tcx>(
    tcx: TyCtxt<'tcx>,
    imp: LocalDefId,
    adt: DefId,
    args: GenericArgsRef<'tcx>,
) -> CheckResult {
    let mut seen: FxHashSet<GenericArg<'tcx>> = FxHashSet::default();
    for arg in args {
        let is_param = match arg {
            GenericArg::Lifetime(r) => matches!(r.kind(), RegionKind::ReEarlyParam(_)),
            GenericArg::Type(t) => matches!(t.kind(), TyKind::Param(_)),
            GenericArg::Const(c) => matches!(c.kind(), ty::ConstKind::Param(_)),
        };
        let note = if !is_param {
            format!("`{arg}` is not a generic parameter")
        } else if !seen.insert(arg) {
            format!("`{arg}` is mentioned multiple times")
        } else {
            continue;
        };
        let descr = tcx.def_descr(adt);
        return Err(tcx
            .dcx()
            .struct_span_err(
                tcx.def_span(imp.to_def_id()),
                format!("`{}` impls cannot be specialized", trait_name(tcx, imp)),
            )
            .with_code(E0366)
            .with_note(note)
            .with_span_note(
                tcx.def_span(adt),
                format!(
                    "use the same sequence of generic lifetime, type and const parameters as the {descr} definition"
                ),
            )
            .emit());
    }
    Ok(())
}

fn check_bounds_implied<'tcx>(
    tcx: TyCtxt<'tcx>,
    imp: LocalDefId,
    adt: DefId,
    args: GenericArgsRef<'tcx>,
) -> CheckResult {
    let infcx = tcx.infer_ctxt().build(TypingMode::non_body_analysis());
    let ocx = ObligationCtxt::new_with_diagnostics(&infcx);
    // What the type's definition says, in terms of the impl's parameters.
    let clauses: Vec<_> =
        tcx.param_env(adt).caller_bounds().iter().map(|c| EarlyBinder::bind(c).instantiate(*tcx, args)).collect();
    let env = ty::ParamEnv::new(tcx.mk_clauses(&clauses));
    let descr = tcx.def_descr(adt);
    let name = trait_name(tcx, imp);
    let report = |span, what: String| {
        tcx.dcx()
            .struct_span_err(
                span,
                format!("`{name}` impl requires `{what}` but the {descr} it is implemented for does not"),
            )
            .with_code(E0367)
            .with_span_note(tcx.def_span(adt), "the implementor must specify the same requirement")
            .emit()
    };
    for &(clause, span) in tcx.predicates_of(imp.to_def_id()).predicates {
        let cause = ObligationCause::misc(span, imp);
        let clause = ocx.normalize(&cause, env, clause);
        let cause = ObligationCause::new(span, imp, ObligationCauseCode::AlwaysApplicableImpl);
        ocx.register_obligation(Obligation::new(tcx, cause, env, clause));
    }
    let mut res = Ok(());
    let mut seen = FxHashSet::default();
    for error in ocx.select_all_or_error() {
        let predicate = error.root_obligation.predicate;
        if seen.insert(predicate) {
            res = Err(report(error.root_obligation.cause.span, predicate.to_string()));
        }
    }
    res?;
    for error in ocx.resolve_regions(imp, env, []) {
        let outlives = match &error {
            RegionResolutionError::ConcreteFailure(_, a, b) => format!("{b}: {a}"),
            RegionResolutionError::GenericBoundFailure(_, generic, r) => format!("{}: {r}", generic.to_ty(*tcx)),
            _ => continue,
        };
        res = Err(report(error.origin().span(), outlives));
    }
    res
}
