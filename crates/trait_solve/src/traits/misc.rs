//! Questions about single types.

use ::query::TyCtxt;
use span::def_id::{DefId, LocalDefId};
use ty::fold::TypeFoldable;
use ty::{ParamEnv, Predicate, Ty};

use super::select::{EvaluationResult, OverflowError};
use super::{Obligation, ObligationCause, ObligationCtxt, PredicateObligation, Upcast};
use crate::infer::InferCtxt;
use crate::solve::{Certainty, Goal, MaybeCause, NoSolution};

/// Whether `ty: Trait` holds, regions aside.
pub fn type_known_to_meet_bound_modulo_regions<'tcx>(
    infcx: &InferCtxt<'tcx>,
    param_env: ParamEnv<'tcx>,
    ty: Ty<'tcx>,
    def_id: DefId,
) -> bool {
    let t = ty::TraitRef::new(*infcx.tcx, def_id, [ty]);
    infcx.predicate_must_hold_modulo_regions(&Obligation {
        param_env,
        cause: ObligationCause::dummy(),
        recursion_depth: 0,
        predicate: t.upcast(infcx.tcx),
    })
}

/// Whether a predicate holds, regions included.
pub fn predicate_must_hold_considering_regions<'tcx>(
    infcx: &InferCtxt<'tcx>,
    obligation: &PredicateObligation<'tcx>,
) -> bool {
    infcx.predicate_must_hold_considering_regions(obligation)
}

impl<'tcx> InferCtxt<'tcx> {
    /// What is known of an obligation; nothing is learnt.
    pub fn evaluate_obligation(
        &self,
        obligation: &PredicateObligation<'tcx>,
    ) -> Result<EvaluationResult, OverflowError> {
        self.probe(|snapshot| {
            let goal = obligation.as_goal();
            let r = self.evaluate_root_goal(goal, obligation.cause.span);
            Ok(match r {
                Ok((_, Certainty::Yes)) if self.leaks_placeholders(goal) => EvaluationResult::EvaluatedToErr,
                Ok((_, Certainty::Yes)) => {
                    let inner = self.inner.borrow();
                    let regions = inner.regions.data.constraints.len() > snapshot.constraints
                        || !inner.region_obligations.is_empty();
                    if regions { EvaluationResult::EvaluatedToOkModuloRegions } else { EvaluationResult::EvaluatedToOk }
                }
                Ok((_, Certainty::Maybe(MaybeCause::Overflow))) => EvaluationResult::EvaluatedToAmbigStackDependent,
                Ok((_, Certainty::Maybe(MaybeCause::Ambiguity))) => EvaluationResult::EvaluatedToAmbig,
                Err(NoSolution) => EvaluationResult::EvaluatedToErr,
            })
        })
    }
    /// As [`InferCtxt::evaluate_obligation`].
    pub fn evaluate_obligation_no_overflow(&self, obligation: &PredicateObligation<'tcx>) -> EvaluationResult {
        self.evaluate_obligation(obligation).unwrap_or(EvaluationResult::EvaluatedToAmbig)
    }
    /// Whether it may hold.
    pub fn predicate_may_hold(&self, obligation: &PredicateObligation<'tcx>) -> bool {
        self.evaluate_obligation_no_overflow(obligation).may_apply()
    }
    /// Whether it holds, regions included.
    pub fn predicate_must_hold_considering_regions(&self, obligation: &PredicateObligation<'tcx>) -> bool {
        self.evaluate_obligation_no_overflow(obligation).must_apply_considering_regions()
    }
    /// Whether it holds, regions aside.
    pub fn predicate_must_hold_modulo_regions(&self, obligation: &PredicateObligation<'tcx>) -> bool {
        self.evaluate_obligation_no_overflow(obligation).must_apply_modulo_regions()
    }
    /// Whether the goal may hold.
    pub fn goal_may_hold(&self, goal: Goal<'tcx, Predicate<'tcx>>) -> bool {
        self.evaluate_goal_in_probe(goal).is_ok()
    }
    /// `params[0]: Trait<params[1..]>`, how far that holds.
    pub fn type_implements_trait(
        &self,
        trait_def_id: DefId,
        params: impl IntoIterator<Item = impl Into<ty::GenericArg<'tcx>>>,
        param_env: ParamEnv<'tcx>,
    ) -> EvaluationResult {
        let t = ty::TraitRef::new(*self.tcx, trait_def_id, params);
        self.evaluate_obligation_no_overflow(&Obligation {
            cause: ObligationCause::dummy(),
            param_env,
            recursion_depth: 0,
            predicate: t.upcast(self.tcx),
        })
    }
    pub fn type_is_copy_modulo_regions(&self, param_env: ParamEnv<'tcx>, ty: Ty<'tcx>) -> bool {
        self.type_meets(param_env, ty, self.tcx.lang_items().copy_trait())
    }
    pub fn type_is_clone_modulo_regions(&self, param_env: ParamEnv<'tcx>, ty: Ty<'tcx>) -> bool {
        self.type_meets(param_env, ty, self.tcx.lang_items().clone_trait())
    }
    pub fn type_is_sized_modulo_regions(&self, param_env: ParamEnv<'tcx>, ty: Ty<'tcx>) -> bool {
        self.type_meets(param_env, ty, self.tcx.lang_items().sized_trait())
    }
    pub fn type_is_use_cloned_modulo_regions(&self, param_env: ParamEnv<'tcx>, ty: Ty<'tcx>) -> bool {
        self.type_meets(param_env, ty, self.tcx.lang_items().use_cloned_trait())
    }
    fn type_meets(&self, param_env: ParamEnv<'tcx>, ty: Ty<'tcx>, t: Option<DefId>) -> bool {
        let ty = self.resolve_vars_if_possible(ty);
        t.is_some_and(|t| type_known_to_meet_bound_modulo_regions(self, param_env, ty, t))
    }
    /// The kind of a closure, if inferred.
    pub fn closure_kind(&self, closure_ty: Ty<'tcx>) -> Option<ty::closure::ClosureKind> {
        let kind = match *closure_ty.kind() {
            ty::TyKind::Closure(_, args) => args.as_closure().kind_ty(),
            ty::TyKind::CoroutineClosure(_, args) => args.as_coroutine_closure().kind_ty(),
            _ => return None,
        };
        self.shallow_resolve(kind).to_opt_closure_kind()
    }
}

/// Runs `f` with a context for obligations and requires that all be met.
pub fn with_ocx<'tcx, T: TypeFoldable<'tcx> + ty::TypeVisitable<'tcx>>(
    infcx: &InferCtxt<'tcx>,
    f: impl FnOnce(&ObligationCtxt<'_, 'tcx>) -> T,
) -> Result<T, Vec<super::FulfillmentError<'tcx>>> {
    let ocx = ObligationCtxt::new(infcx);
    let value = f(&ocx);
    let errors = ocx.select_all_or_error();
    if errors.is_empty() { Ok(infcx.resolve_vars_if_possible(value)) } else { Err(errors) }
}

/// The impossible-predicates check: whether bounds without parameters can hold at all.
pub fn impossible_predicates<'tcx>(tcx: TyCtxt<'tcx>, predicates: Vec<ty::Clause<'tcx>>) -> bool {
    use crate::infer::TyCtxtInferExt;
    let infcx = tcx.infer_ctxt().build(ty::TypingMode::PostAnalysis);
    let param_env = ParamEnv::empty();
    predicates.into_iter().any(|p| {
        let o =
            Obligation { cause: ObligationCause::dummy(), param_env, recursion_depth: 0, predicate: p.as_predicate() };
        !infcx.predicate_may_hold(&o)
    })
}

/// `Self: Sized` and the like of a trait's method that a type can never meet.
pub fn has_impossible_bounds<'tcx>(tcx: TyCtxt<'tcx>, def_id: DefId, args: ty::GenericArgsRef<'tcx>) -> bool {
    use ty::visit::TypeVisitableExt;
    let bounds: Vec<_> = tcx
        .all_predicates_of(def_id)
        .into_iter()
        .map(|(c, _)| ty::EarlyBinder::bind(c).instantiate(*tcx, args))
        .filter(|c| c.is_global())
        .collect();
    impossible_predicates(tcx, bounds)
}

/// The body in which an obligation arose.
pub fn body_of(cause: &ObligationCause<'_>) -> LocalDefId {
    cause.body_id
}
