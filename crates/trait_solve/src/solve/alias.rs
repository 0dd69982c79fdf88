//! Aliases that are related to something: normalised one level, then compared.

use ty::{
    AliasRelationDirection, AliasTerm, ConstKind, NormalizesTo, ParamEnv, PredicateKind, Term, Ty, TyKind, Variance,
};

use super::{Certainty, EvalCtxt, Goal, NoSolution, QueryResult};
use crate::traits::Upcast;

impl<'tcx> EvalCtxt<'_, 'tcx> {
    pub(crate) fn to_alias_term(&self, term: Term<'tcx>) -> Option<AliasTerm<'tcx>> {
        match term {
            Term::Ty(t) => match *t.kind() {
                TyKind::Alias(_, a) => Some(a.into()),
                _ => None,
            },
            Term::Const(c) => match c.kind() {
                ConstKind::Unevaluated(uv) => Some(uv.into()),
                _ => None,
            },
        }
    }

    /// The type behind an alias, as far as it is known: a variable if it is not.
    pub(crate) fn structurally_normalize(&mut self, env: ParamEnv<'tcx>, ty: Ty<'tcx>) -> Result<Ty<'tcx>, NoSolution> {
        match self.structurally_normalize_term(env, ty.into())? {
            Term::Ty(t) => Ok(t),
            Term::Const(_) => Err(NoSolution),
        }
    }

    pub(crate) fn structurally_normalize_term(
        &mut self,
        env: ParamEnv<'tcx>,
        term: Term<'tcx>,
    ) -> Result<Term<'tcx>, NoSolution> {
        let mut term = self.infcx.shallow_resolve_term(term);
        for _ in 0..crate::traits::util::recursion_limit(self.tcx()) {
            let Some(alias) = self.to_alias_term(term) else {
                return Ok(term);
            };
            let var = self.next_term_of_kind(term);
            let p = PredicateKind::NormalizesTo(NormalizesTo { alias, term: var });
            let goal = Goal { param_env: env, predicate: p.upcast(self.tcx()) };
            let (_, certainty) = self.evaluate_goal(goal)?;
            let value = self.infcx.shallow_resolve_term(var);
            if value.is_infer() {
                // Not known yet: when it is, the variable is it.
                if !certainty.is_yes() {
                    self.add_goal(goal);
                }
                return Ok(value);
            }
            if self.infcx.resolve_vars_if_possible(value) == self.infcx.resolve_vars_if_possible(term) {
                return Ok(term);
            }
            if let Some(new) = self.to_alias_term(value)
                && new.def_id == alias.def_id
                && self.is_same_alias(env, new, alias)
            {
                return Ok(value);
            }
            term = value;
        }
        Err(NoSolution)
    }

    /// Whether the alias normalised to itself but for regions.
    fn is_same_alias(&self, _: ParamEnv<'tcx>, a: AliasTerm<'tcx>, b: AliasTerm<'tcx>) -> bool {
        let tcx = self.tcx();
        let a = self.infcx.resolve_vars_if_possible(a.args);
        let b = self.infcx.resolve_vars_if_possible(b.args);
        tcx.erase_regions(a) == tcx.erase_regions(b)
    }

    pub(crate) fn compute_alias_relate(
        &mut self,
        env: ParamEnv<'tcx>,
        a: Term<'tcx>,
        b: Term<'tcx>,
        direction: AliasRelationDirection,
    ) -> QueryResult<'tcx> {
        let variance = match direction {
            AliasRelationDirection::Equate => Variance::Invariant,
            AliasRelationDirection::Subtype => Variance::Covariant,
        };
        let lhs = self.structurally_normalize_term(env, a)?;
        let rhs = self.structurally_normalize_term(env, b)?;
        match (self.to_alias_term(lhs), self.to_alias_term(rhs)) {
            (None, None) => {
                self.relate(env, lhs, variance, rhs)?;
                self.respond(Certainty::Yes)
            }
            // Rigid aliases: equal to themselves only, and what a variable can be.
            (Some(x), Some(y)) => {
                if x.def_id != y.def_id {
                    return Err(NoSolution);
                }
                self.relate(env, x, variance, y)?;
                self.respond(Certainty::Yes)
            }
            (Some(_), None) | (None, Some(_)) => {
                let (alias, other) = if self.to_alias_term(lhs).is_some() { (lhs, rhs) } else { (rhs, lhs) };
                if other.is_infer() || matches!(other, Term::Ty(t) if matches!(t.kind(), TyKind::Error(_))) {
                    self.eq_structurally(env, other, alias)?;
                    self.respond(Certainty::Yes)
                } else {
                    Err(NoSolution)
                }
            }
        }
    }
}
