//! [`EvalCtxt`]: solves one goal in an inference context, and the goals that it needs.

use query::TyCtxt;
use span::Span;
use ty::fold::TypeFoldable;
use ty::visit::TypeVisitableExt;
use ty::{
    Binder, ClauseKind, GenericArgsRef, NormalizesTo, ParamEnv, Predicate, PredicateKind, Term, Ty, TyKind,
    UniverseIndex, Variance,
};

use super::canonical::{VarValues, canonicalize_goal, instantiate_response, make_response};
use super::search_graph::SearchGraph;
use super::{Certainty, Goal, NoSolution, QueryResult};
use crate::infer::relate::{Relate, TypeRelating, TypeRelation};
use crate::infer::{BoundRegionConversionTime, InferCtxt, SubregionOrigin};
use crate::traits::Upcast;

/// A goal that another needs, and whether it is a `where` clause of an impl (for error messages: its index).
#[derive(Clone, Copy, Debug)]
pub(crate) struct NestedGoal<'tcx> {
    pub(crate) goal: Goal<'tcx, Predicate<'tcx>>,
    /// The index among the impl's predicates.
    pub(crate) where_clause: Option<usize>,
}

/// Solves one goal.
pub(crate) struct EvalCtxt<'a, 'tcx> {
    pub(crate) infcx: &'a InferCtxt<'tcx>,
    pub(crate) graph: &'a SearchGraph<'tcx>,
    pub(crate) span: Span,
    pub(crate) nested: Vec<NestedGoal<'tcx>>,
    pub(crate) max_input_universe: UniverseIndex,
    /// The goal's variables.
    pub(crate) var_values: VarValues<'tcx>,
}

impl<'a, 'tcx> EvalCtxt<'a, 'tcx> {
    pub(crate) fn new(infcx: &'a InferCtxt<'tcx>, graph: &'a SearchGraph<'tcx>, span: Span) -> Self {
        EvalCtxt {
            infcx,
            graph,
            span,
            nested: Vec::new(),
            max_input_universe: infcx.universe(),
            var_values: VarValues::new(),
        }
    }
    pub(crate) fn tcx(&self) -> TyCtxt<'tcx> {
        self.infcx.tcx
    }

    /// Proves a goal as far as possible in this context.
    pub(crate) fn evaluate_goal(&mut self, goal: Goal<'tcx, Predicate<'tcx>>) -> Result<(bool, Certainty), NoSolution> {
        if let Some(r) = self.fast_path(goal) {
            return r.map(|c| (false, c));
        }
        if let PredicateKind::NormalizesTo(n) = goal.predicate.kind().skip_binder() {
            return self.evaluate_normalizes_to(goal.with(n));
        }
        let (input, orig) = canonicalize_goal(self.infcx, goal);
        let response = self.graph.evaluate(self.tcx(), input)?;
        let changed = instantiate_response(self.infcx, self.span, goal.param_env, response, &orig)?;
        Ok((changed, response.certainty))
    }

    /// What an alias normalises to must not depend on what it is expected to be.
    fn evaluate_normalizes_to(
        &mut self,
        goal: Goal<'tcx, NormalizesTo<'tcx>>,
    ) -> Result<(bool, Certainty), NoSolution> {
        let free = self.next_term_of_kind(goal.predicate.term);
        let unconstrained: Predicate<'tcx> =
            PredicateKind::NormalizesTo(NormalizesTo { alias: goal.predicate.alias, term: free }).upcast(self.tcx());
        let (input, orig) = canonicalize_goal(self.infcx, goal.with(unconstrained));
        let response = self.graph.evaluate(self.tcx(), input)?;
        let changed = instantiate_response(self.infcx, self.span, goal.param_env, response, &orig)?;
        if response.certainty.is_yes() || changed {
            self.eq(goal.param_env, goal.predicate.term, free)?;
        }
        Ok((changed, response.certainty))
    }

    /// Goals that are decided by a look.
    fn fast_path(&self, goal: Goal<'tcx, Predicate<'tcx>>) -> Option<Result<Certainty, NoSolution>> {
        let infcx = self.infcx;
        let kind = goal.predicate.kind();
        match kind.skip_binder() {
            PredicateKind::Clause(ClauseKind::Trait(t)) => {
                let self_ty = infcx.shallow_resolve(t.self_ty());
                trivial_trait_goal(infcx, goal.param_env, t, self_ty)
            }
            PredicateKind::Clause(ClauseKind::TypeOutlives(o)) if kind.no_bound_vars().is_some() => {
                let ty = infcx.resolve_vars_if_possible(o.0);
                if ty.is_ty_var() {
                    return None;
                }
                infcx.register_type_outlives_constraint_inner(crate::infer::TypeOutlivesConstraint {
                    sub_region: o.1,
                    sup_type: ty,
                    origin: SubregionOrigin::SolverRegionConstraint(self.span),
                });
                Some(Ok(Certainty::Yes))
            }
            PredicateKind::Clause(ClauseKind::RegionOutlives(o)) if kind.no_bound_vars().is_some() => {
                let origin = SubregionOrigin::SolverRegionConstraint(self.span);
                infcx.sub_regions(origin, o.1, o.0);
                Some(Ok(Certainty::Yes))
            }
            PredicateKind::Clause(ClauseKind::WellFormed(Term::Ty(t))) => {
                let t = infcx.shallow_resolve(t);
                match t.kind() {
                    TyKind::Infer(ty::InferTy::TyVar(_)) => Some(Ok(Certainty::AMBIGUOUS)),
                    _ if t.is_primitive() || t.is_unit() || t.is_str() => Some(Ok(Certainty::Yes)),
                    TyKind::Param(_) => Some(Ok(Certainty::Yes)),
                    _ => None,
                }
            }
            PredicateKind::Subtype(p) => {
                let (a, b) = (infcx.shallow_resolve(p.a), infcx.shallow_resolve(p.b));
                (a.is_ty_var() && b.is_ty_var()).then_some(Ok(Certainty::AMBIGUOUS))
            }
            PredicateKind::Coerce(p) => {
                let (a, b) = (infcx.shallow_resolve(p.a), infcx.shallow_resolve(p.b));
                (a.is_ty_var() && b.is_ty_var()).then_some(Ok(Certainty::AMBIGUOUS))
            }
            _ => None,
        }
    }

    // --- Building the proof.

    pub(crate) fn add_goal(&mut self, goal: Goal<'tcx, Predicate<'tcx>>) {
        self.nested.push(NestedGoal { goal, where_clause: None });
    }
    pub(crate) fn add(&mut self, param_env: ParamEnv<'tcx>, p: impl Upcast<'tcx, Predicate<'tcx>>) {
        let predicate = p.upcast(self.tcx());
        self.add_goal(Goal { param_env, predicate });
    }
    /// `ty: Trait` for traits without parameters.
    pub(crate) fn add_trait(&mut self, param_env: ParamEnv<'tcx>, trait_def_id: span::def_id::DefId, ty: Ty<'tcx>) {
        let t = ty::TraitRef::new(*self.tcx(), trait_def_id, [ty]);
        self.add(param_env, t);
    }
    pub(crate) fn relate<T: Relate<'tcx>>(
        &mut self,
        param_env: ParamEnv<'tcx>,
        a: T,
        variance: Variance,
        b: T,
    ) -> Result<(), NoSolution> {
        let mut r = TypeRelating::in_solver(self.infcx, param_env, variance);
        r.relate(a, b)?;
        for predicate in r.goals {
            self.add_goal(Goal { param_env, predicate });
        }
        Ok(())
    }
    pub(crate) fn eq<T: Relate<'tcx>>(&mut self, param_env: ParamEnv<'tcx>, a: T, b: T) -> Result<(), NoSolution> {
        self.relate(param_env, a, Variance::Invariant, b)
    }
    pub(crate) fn sub<T: Relate<'tcx>>(&mut self, param_env: ParamEnv<'tcx>, a: T, b: T) -> Result<(), NoSolution> {
        self.relate(param_env, a, Variance::Covariant, b)
    }
    /// Relates without looking through aliases.
    pub(crate) fn eq_structurally<T: Relate<'tcx>>(
        &mut self,
        param_env: ParamEnv<'tcx>,
        a: T,
        b: T,
    ) -> Result<(), NoSolution> {
        let mut r = TypeRelating::in_solver(self.infcx, param_env, Variance::Invariant);
        r.structural_aliases = true;
        r.relate(a, b)?;
        for predicate in r.goals {
            self.add_goal(Goal { param_env, predicate });
        }
        Ok(())
    }
    pub(crate) fn fresh_args(&self, def_id: span::def_id::DefId) -> GenericArgsRef<'tcx> {
        self.infcx.fresh_args_for_item(self.span, def_id)
    }
    pub(crate) fn next_ty(&self) -> Ty<'tcx> {
        self.infcx.next_ty_var(self.span)
    }
    pub(crate) fn next_term_of_kind(&self, t: Term<'tcx>) -> Term<'tcx> {
        match t {
            Term::Ty(_) => self.next_ty().into(),
            Term::Const(_) => self.infcx.next_const_var(self.span).into(),
        }
    }
    pub(crate) fn instantiate_binder<T: TypeFoldable<'tcx> + Copy + ty::TypeVisitable<'tcx>>(
        &self,
        b: Binder<'tcx, T>,
    ) -> T {
        self.infcx.instantiate_binder_with_fresh_vars(self.span, BoundRegionConversionTime::HigherRankedType, b)
    }
    /// The region `'r` of `T: 'r`.
    pub(crate) fn register_ty_outlives(&self, ty: Ty<'tcx>, r: ty::Region<'tcx>) {
        self.infcx.register_type_outlives_constraint_inner(crate::infer::TypeOutlivesConstraint {
            sub_region: r,
            sup_type: ty,
            origin: SubregionOrigin::SolverRegionConstraint(self.span),
        });
    }
    pub(crate) fn region_outlives(&self, longer: ty::Region<'tcx>, shorter: ty::Region<'tcx>) {
        self.infcx.sub_regions(SubregionOrigin::SolverRegionConstraint(self.span), shorter, longer);
    }

    // --- Answers.

    /// Proves the goals added, as far as possible; those left stay in the list.
    pub(crate) fn try_evaluate_added_goals(&mut self) -> Result<Certainty, NoSolution> {
        for _ in 0..8 {
            let goals = std::mem::take(&mut self.nested);
            if goals.is_empty() {
                return Ok(Certainty::Yes);
            }
            let mut changed = false;
            let mut certainty = Certainty::Yes;
            let mut kept = Vec::new();
            for nested in goals {
                let (has_changed, c) = self.evaluate_goal(nested.goal)?;
                changed |= has_changed;
                if !c.is_yes() {
                    certainty = certainty.and(c);
                    kept.push(nested);
                }
            }
            // Relating may have added goals, which were not looked at yet.
            let added = !self.nested.is_empty();
            kept.append(&mut self.nested);
            self.nested = kept;
            if !changed && !added {
                return Ok(certainty);
            }
        }
        Ok(if self.nested.is_empty() { Certainty::Yes } else { Certainty::OVERFLOW })
    }
    /// Proves the goals added and makes the answer.
    pub(crate) fn respond(&mut self, certainty: Certainty) -> QueryResult<'tcx> {
        let certainty = self.try_evaluate_added_goals()?.and(certainty);
        self.infcx.leak_check(self.max_input_universe, None).map_err(|_| NoSolution)?;
        Ok(self.make_response(certainty))
    }
    pub(crate) fn make_response(&self, certainty: Certainty) -> super::Response<'tcx> {
        make_response(self.infcx, &self.var_values, self.max_input_universe, certainty)
    }
    /// Tries something and undoes it; the answer stays.
    pub(crate) fn probe(&mut self, f: impl FnOnce(&mut Self) -> QueryResult<'tcx>) -> QueryResult<'tcx> {
        let outer = std::mem::take(&mut self.nested);
        let snapshot = self.infcx.start_snapshot();
        let r = f(self);
        self.infcx.rollback_to(snapshot);
        self.nested = outer;
        r
    }
    /// As [`EvalCtxt::probe`] for questions.
    pub(crate) fn probe_holds(&mut self, f: impl FnOnce(&mut Self) -> Result<(), NoSolution>) -> bool {
        self.probe_certainty(f).is_ok()
    }
    pub(crate) fn probe_certainty(
        &mut self,
        f: impl FnOnce(&mut Self) -> Result<(), NoSolution>,
    ) -> Result<Certainty, NoSolution> {
        let outer = std::mem::take(&mut self.nested);
        let snapshot = self.infcx.start_snapshot();
        let r = f(self).and_then(|()| self.try_evaluate_added_goals());
        self.infcx.rollback_to(snapshot);
        self.nested = outer;
        r
    }

    /// Solves the goal of this context.
    pub(crate) fn compute_goal(&mut self, goal: Goal<'tcx, Predicate<'tcx>>) -> QueryResult<'tcx> {
        let kind = goal.predicate.kind();
        let kind = match kind.no_bound_vars() {
            Some(k) => k,
            None => self.infcx.enter_forall_and_leak_placeholders(kind),
        };
        let env = goal.param_env;
        match kind {
            PredicateKind::Clause(ClauseKind::Trait(p)) => self.compute_trait_goal(goal.with(p)),
            PredicateKind::Clause(ClauseKind::HostEffect(p)) => self.compute_host_effect_goal(goal.with(p)),
            PredicateKind::Clause(ClauseKind::Projection(p)) => {
                self.add(env, PredicateKind::NormalizesTo(NormalizesTo { alias: p.projection_term, term: p.term }));
                self.respond(Certainty::Yes)
            }
            PredicateKind::NormalizesTo(n) => self.compute_normalizes_to_goal(goal.with(n)),
            PredicateKind::AliasRelate(a, b, dir) => self.compute_alias_relate(env, a, b, dir),
            PredicateKind::Clause(ClauseKind::TypeOutlives(ty::OutlivesPredicate(t, r))) => {
                let t = self.infcx.resolve_vars_if_possible(t);
                self.register_ty_outlives(t, r);
                self.respond(Certainty::Yes)
            }
            PredicateKind::Clause(ClauseKind::RegionOutlives(ty::OutlivesPredicate(a, b))) => {
                self.region_outlives(a, b);
                self.respond(Certainty::Yes)
            }
            PredicateKind::Clause(ClauseKind::ConstArgHasType(ct, ty)) => self.compute_const_arg_has_type(env, ct, ty),
            PredicateKind::Clause(ClauseKind::WellFormed(t)) => self.compute_well_formed(env, t),
            PredicateKind::Clause(ClauseKind::ConstEvaluatable(ct)) => self.compute_const_evaluatable(env, ct),
            PredicateKind::DynCompatible(d) => {
                if self.tcx().is_dyn_compatible(d) {
                    self.respond(Certainty::Yes)
                } else {
                    Err(NoSolution)
                }
            }
            PredicateKind::Subtype(p) => self.compute_subtype(env, p.a, p.b),
            PredicateKind::Coerce(p) => self.compute_subtype(env, p.a, p.b),
            PredicateKind::ConstEquate(a, b) => {
                self.eq(env, a, b)?;
                self.respond(Certainty::Yes)
            }
            PredicateKind::Ambiguous => self.respond(Certainty::AMBIGUOUS),
        }
    }
    fn compute_subtype(&mut self, env: ParamEnv<'tcx>, a: Ty<'tcx>, b: Ty<'tcx>) -> QueryResult<'tcx> {
        let a = self.infcx.shallow_resolve(a);
        let b = self.infcx.shallow_resolve(b);
        if a.is_ty_var() && b.is_ty_var() {
            return self.respond(Certainty::AMBIGUOUS);
        }
        self.sub(env, a, b)?;
        self.respond(Certainty::Yes)
    }
}

/// Trait goals that need no search: built-in marker traits of simple types, and errors. `where &'a mut (): Clone` is
/// assumed, however false.
pub(crate) fn trivial_trait_goal<'tcx>(
    infcx: &InferCtxt<'tcx>,
    param_env: ParamEnv<'tcx>,
    t: ty::TraitPredicate<'tcx>,
    self_ty: Ty<'tcx>,
) -> Option<Result<Certainty, NoSolution>> {
    let answer = look_at_trait_goal(infcx, t, self_ty)?;
    let assumed = answer.is_err()
        && param_env.caller_bounds().iter().any(|b| {
            b.as_trait_clause().is_some_and(|b| {
                let same = b.def_id() == t.def_id() || infcx.tcx.is_lang_item(b.def_id(), hir::LangItem::Sized);
                same && !matches!(b.self_ty().skip_binder().kind(), TyKind::Param(_))
            })
        });
    (!assumed).then_some(answer)
}

fn look_at_trait_goal<'tcx>(
    infcx: &InferCtxt<'tcx>,
    t: ty::TraitPredicate<'tcx>,
    self_ty: Ty<'tcx>,
) -> Option<Result<Certainty, NoSolution>> {
    use hir::LangItem;
    if t.trait_ref.references_error() {
        return Some(Ok(Certainty::Yes));
    }
    if self_ty.is_ty_var() {
        return Some(Ok(Certainty::AMBIGUOUS));
    }
    if t.polarity != ty::PredicatePolarity::Positive || infcx.in_coherence() {
        return None;
    }
    let item = infcx.tcx.as_lang_item(t.def_id())?;
    let yes = Some(Ok(Certainty::Yes));
    match item {
        LangItem::Sized | LangItem::MetaSized => {
            if self_ty.is_trivially_sized() {
                return yes;
            }
            match *self_ty.kind() {
                TyKind::Adt(def, _) if infcx.tcx.adt_sized_constraint(def.did()).is_none() => yes,
                TyKind::Tuple(tys) if tys.is_empty() => yes,
                TyKind::Str | TyKind::Slice(_) | TyKind::Dynamic(..) => {
                    if item == LangItem::MetaSized {
                        yes
                    } else {
                        Some(Err(NoSolution))
                    }
                }
                _ => None,
            }
        }
        LangItem::PointeeSized => yes,
        LangItem::Copy | LangItem::Clone => match *self_ty.kind() {
            TyKind::Bool
            | TyKind::Char
            | TyKind::Int(_)
            | TyKind::Uint(_)
            | TyKind::Float(_)
            | TyKind::Infer(ty::InferTy::IntVar(_) | ty::InferTy::FloatVar(_))
            | TyKind::Never
            | TyKind::FnDef(..)
            | TyKind::FnPtr(_)
            | TyKind::RawPtr(..)
            | TyKind::Ref(_, _, ty::Mutability::Not) => yes,
            TyKind::Ref(_, _, ty::Mutability::Mut) | TyKind::Str | TyKind::Slice(_) | TyKind::Dynamic(..) => {
                Some(Err(NoSolution))
            }
            _ => None,
        },
        LangItem::Freeze => match *self_ty.kind() {
            _ if self_ty.is_primitive() => yes,
            TyKind::Ref(..) | TyKind::RawPtr(..) | TyKind::FnPtr(_) | TyKind::FnDef(..) => yes,
            _ => None,
        },
        LangItem::Destruct => match *self_ty.kind() {
            TyKind::Alias(..) | TyKind::Param(_) => None,
            _ => yes,
        },
        LangItem::Tuple => match *self_ty.kind() {
            TyKind::Tuple(_) => yes,
            TyKind::Alias(..) | TyKind::Param(_) | TyKind::Placeholder(_) => None,
            _ => Some(Err(NoSolution)),
        },
        _ => None,
    }
}
