//! The assumptions of an item: its `where` clauses, elaborated and normalised.

use ::query::TyCtxt;
use span::Span;
use span::def_id::{DefId, LocalDefId};
use ty::fold::TypeFoldable;
use ty::visit::TypeVisitableExt;
use ty::{Clause, ClauseKind, ParamEnv, TypingMode};

use super::{FulfillmentError, ObligationCause, ObligationCtxt, elaborate};
use crate::infer::TyCtxtInferExt;

/// Provides `param_env`.
pub fn param_env(tcx: TyCtxt<'_>, def_id: DefId) -> ParamEnv<'_> {
    let mut clauses: Vec<Clause<'_>> = tcx.all_predicates_of(def_id).into_iter().map(|(c, _)| c).collect();
    // Inside a const fn or const trait, `T: [const] Trait` may be relied on.
    if matches!(
        tcx.def_kind(def_id),
        hir::def::DefKind::Fn | hir::def::DefKind::AssocFn | hir::def::DefKind::Impl { .. } | hir::def::DefKind::Trait
    ) {
        let mut next = Some(def_id);
        while let Some(def) = next {
            let conditions = tcx.const_conditions(def);
            clauses.extend(conditions.predicates.iter().map(|&(c, _)| c));
            next = conditions.parent;
        }
    }
    default_body_opaques(tcx, def_id, &mut clauses);
    let body = def_id.as_local().unwrap_or(span::def_id::CRATE_DEF_ID);
    let env = ParamEnv::new(tcx.mk_clauses(&clauses));
    let span = tcx.def_span(def_id);
    normalize_param_env_or_error(tcx, env, ObligationCause::misc(span, body))
}

/// In the default body of a trait's function, each `impl Trait` of its return type is the body's own opaque type.
fn default_body_opaques<'tcx>(tcx: TyCtxt<'tcx>, def_id: DefId, clauses: &mut Vec<Clause<'tcx>>) {
    if tcx.def_kind(def_id) != hir::def::DefKind::AssocFn {
        return;
    }
    let item = tcx.associated_item(def_id);
    if item.container != ty::AssocContainer::Trait || !item.has_value {
        return;
    }
    if tcx.associated_types_for_impl_traits_in_associated_fn(def_id).is_empty() {
        return;
    }
    let sig = tcx.fn_sig(def_id).instantiate_identity();
    let mut stack: Vec<ty::Ty<'tcx>> = vec![sig.skip_binder().output()];
    let mut seen = Vec::new();
    while let Some(ty) = stack.pop() {
        for arg in ty.walk() {
            let Some(t) = arg.as_type() else { continue };
            let ty::TyKind::Alias(ty::AliasTyKind::Projection, p) = *t.kind() else { continue };
            let made_here = tcx.opt_associated_item(p.def_id).is_some_and(|i| {
                matches!(
                    i.kind,
                    ty::AssocKind::Type {
                        data: ty::AssocTypeData::Rpitit(ty::ImplTraitInTraitData::Trait { fn_def_id, .. }),
                    } if fn_def_id == def_id
                )
            });
            if !made_here || seen.contains(&p.def_id) {
                continue;
            }
            seen.push(p.def_id);
            let value = tcx.type_of(p.def_id).instantiate(*tcx, p.args);
            let kind = ClauseKind::Projection(ty::ProjectionPredicate {
                projection_term: ty::AliasTerm::new(p.def_id, p.args),
                term: value.into(),
            });
            clauses.push(tcx.mk_clause(ty::Binder::bind_with_vars(kind, sig.bound_vars())));
            // Those inside the bounds, too.
            for &(c, _) in tcx.explicit_item_bounds(p.def_id).skip_binder() {
                let c: Clause<'tcx> = ty::EarlyBinder::bind(c).instantiate(*tcx, p.args);
                if let Some(p) = c.as_projection_clause().and_then(|p| p.no_bound_vars()) {
                    stack.extend(p.term.as_type());
                }
            }
        }
    }
}

/// Elaborates and normalises an environment.
pub fn normalize_param_env_or_error<'tcx>(
    tcx: TyCtxt<'tcx>,
    unnormalized: ParamEnv<'tcx>,
    cause: ObligationCause<'tcx>,
) -> ParamEnv<'tcx> {
    let clauses: Vec<Clause<'tcx>> = elaborate(tcx, unnormalized.caller_bounds().iter()).collect();
    let elaborated = ParamEnv::new(tcx.mk_clauses(&clauses));
    if !clauses.iter().any(|c| c.has_aliases()) {
        return elaborated;
    }
    // Outlives clauses are normalised last: the others may not depend on them.
    let (outlives, others): (Vec<_>, Vec<_>) =
        clauses.into_iter().partition(|c| matches!(c.kind().skip_binder(), ClauseKind::TypeOutlives(_)));
    let mut normalized: Vec<Clause<'tcx>> = Vec::with_capacity(others.len());
    for c in &others {
        normalized.push(normalize_clause(tcx, elaborated, &cause, *c));
    }
    for c in outlives {
        normalized.push(normalize_clause(tcx, elaborated, &cause, c));
    }
    ParamEnv::new(tcx.mk_clauses(&normalized))
}

fn normalize_clause<'tcx>(
    tcx: TyCtxt<'tcx>,
    env: ParamEnv<'tcx>,
    cause: &ObligationCause<'tcx>,
    clause: Clause<'tcx>,
) -> Clause<'tcx> {
    if !clause.has_aliases() {
        return clause;
    }
    let infcx = tcx.infer_ctxt().build(TypingMode::non_body_analysis());
    let normalized = match clause.kind().skip_binder() {
        // `<T as Trait>::A == u8`: the left side is what the clause is about.
        ClauseKind::Projection(p) => {
            let term = super::normalize::normalize_silently(&infcx, env, cause, clause.kind().rebind(p.term));
            let args =
                super::normalize::normalize_silently(&infcx, env, cause, clause.kind().rebind(p.projection_term.args));
            let p = ty::ProjectionPredicate {
                projection_term: ty::AliasTerm::new(p.projection_term.def_id, args.skip_binder()),
                term: term.skip_binder(),
            };
            tcx.mk_clause(clause.kind().rebind(ClauseKind::Projection(p)))
        }
        _ => super::normalize::normalize_silently(&infcx, env, cause, clause),
    };
    let normalized = infcx.resolve_vars_if_possible(normalized);
    if normalized.has_infer() {
        return clause;
    }
    normalized
}

/// Normalises a value all of whose parts are known; the errors otherwise.
pub fn fully_normalize<'tcx, T: TypeFoldable<'tcx> + ty::TypeVisitable<'tcx>>(
    infcx: &crate::infer::InferCtxt<'tcx>,
    cause: ObligationCause<'tcx>,
    param_env: ParamEnv<'tcx>,
    value: T,
) -> Result<T, Vec<FulfillmentError<'tcx>>> {
    let ocx = ObligationCtxt::new(infcx);
    let value = ocx.normalize(&cause, param_env, value);
    let errors = ocx.select_all_or_error();
    if errors.is_empty() { Ok(infcx.resolve_vars_if_possible(value)) } else { Err(errors) }
}

/// The place of an item's generics, for causes.
pub fn cause_of(tcx: TyCtxt<'_>, def_id: LocalDefId) -> (Span, LocalDefId) {
    (tcx.def_span(def_id), def_id)
}
