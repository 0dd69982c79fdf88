//! `T: const Trait`: whether a trait's functions can be called at compile time (RFC 3762).

use ::query::TyCtxt;
use hir::LangItem;
use ty::{BoundConstness, Clause, ClauseKind, EarlyBinder, HostEffectPredicate, ParamEnv, TraitPredicate, Ty, TyKind};

use super::merge::Candidate;
use super::trait_goals::CandidateKind;
use super::{Certainty, EvalCtxt, Goal, NoSolution, QueryResult};
use crate::traits::elaborate;

impl<'tcx> EvalCtxt<'_, 'tcx> {
    pub(crate) fn compute_host_effect_goal(
        &mut self,
        goal: Goal<'tcx, HostEffectPredicate<'tcx>>,
    ) -> QueryResult<'tcx> {
        let tcx = self.tcx();
        let env = goal.param_env;
        let p = goal.predicate;
        let mut self_ty = self.infcx.shallow_resolve(p.trait_ref.self_ty());
        if let TyKind::Alias(..) = self_ty.kind() {
            let normalized = self.structurally_normalize(env, self_ty)?;
            if normalized != self_ty {
                let trait_ref = p.trait_ref.with_replaced_self_ty(*tcx, normalized);
                self.add(env, HostEffectPredicate { trait_ref, ..p });
                return self.respond(Certainty::Yes);
            }
            self_ty = normalized;
        }
        if self_ty.is_ty_var() {
            return Ok(self.make_response(Certainty::AMBIGUOUS));
        }
        if matches!(self_ty.kind(), TyKind::Error(_)) {
            return self.respond(Certainty::Yes);
        }
        let mut holding = Vec::new();
        let mut clauses: Vec<(Clause<'tcx>, bool)> = env.caller_bounds().iter().map(|c| (c, true)).collect();
        if let TyKind::Alias(_, alias) = *self_ty.kind() {
            let bounds = tcx.explicit_implied_const_bounds(alias.def_id).skip_binder();
            let bounds = bounds
                .iter()
                .map(|&(c, _)| with_constness(tcx, EarlyBinder::bind(c).instantiate(*tcx, alias.args), p.constness));
            clauses.extend(elaborate(tcx, bounds).map(|c| (c, false)));
        }
        for (c, from_env) in clauses {
            let ClauseKind::HostEffect(h) = c.kind().skip_binder() else {
                continue;
            };
            if h.trait_ref.def_id != p.trait_ref.def_id || !satisfies(h.constness, p.constness) {
                continue;
            }
            let r = self.probe(|this| {
                let h = this.instantiate_binder(c.kind().map_bound(|_| h));
                this.eq(env, p.trait_ref, h.trait_ref)?;
                if !from_env && let TyKind::Alias(_, alias) = *self_ty.kind() {
                    // The bounds of a const trait's type hold where the trait's impl is const.
                    let mut next = Some(alias.def_id);
                    while let Some(def) = next {
                        let conditions = tcx.const_conditions(def);
                        for &(c, _) in conditions.predicates {
                            let c = EarlyBinder::bind(c).instantiate(*tcx, alias.args);
                            this.add(env, with_constness(tcx, c, p.constness));
                        }
                        next = conditions.parent;
                    }
                }
                this.respond(Certainty::Yes)
            });
            if let Ok(result) = r {
                let kind = if from_env { CandidateKind::ParamEnv(c) } else { CandidateKind::AliasBound(c) };
                holding.push(Candidate { kind, result });
            }
        }
        if !holding.is_empty() {
            return self.merge_candidates(&holding);
        }
        if let Some(r) = self.builtin_host_effect(env, p, self_ty) {
            return r;
        }
        let trait_goal =
            goal.with(TraitPredicate { trait_ref: p.trait_ref, polarity: ty::PredicatePolarity::Positive });
        for kind in self.assemble_trait_candidates(trait_goal) {
            let CandidateKind::Impl(d) = kind else {
                continue;
            };
            if !tcx.impl_trait_header(d).is_some_and(|h| h.constness_const) {
                continue;
            }
            let r = self.probe(|this| {
                let args = this.confirm_impl(trait_goal, d)?;
                for &(c, _) in tcx.const_conditions(d).predicates {
                    let c = EarlyBinder::bind(c).instantiate(*tcx, args);
                    this.add(env, with_constness(tcx, c, p.constness));
                }
                this.respond(Certainty::Yes)
            });
            if let Ok(result) = r {
                holding.push(Candidate { kind, result });
            }
        }
        let preferred = self.prefer_candidates(holding);
        self.merge_candidates(&preferred)
    }

    fn builtin_host_effect(
        &mut self,
        env: ParamEnv<'tcx>,
        p: HostEffectPredicate<'tcx>,
        self_ty: Ty<'tcx>,
    ) -> Option<QueryResult<'tcx>> {
        let tcx = self.tcx();
        let item = tcx.as_lang_item(p.trait_ref.def_id)?;
        match item {
            LangItem::Destruct => Some(self.const_destruct(env, p, self_ty)),
            LangItem::Fn | LangItem::FnMut | LangItem::FnOnce => {
                let (def_id, args) = match *self_ty.kind() {
                    TyKind::FnDef(d, a) => (d, a),
                    TyKind::Closure(d, a) => (d, a),
                    TyKind::FnPtr(_) => return Some(Err(NoSolution)),
                    _ => return None,
                };
                if tcx.constness(def_id) != hir::Constness::Const {
                    return Some(Err(NoSolution));
                }
                Some((|| {
                    if matches!(self_ty.kind(), TyKind::FnDef(..)) {
                        for &(c, _) in tcx.const_conditions(def_id).predicates {
                            let c = EarlyBinder::bind(c).instantiate(*tcx, args);
                            self.add(env, c);
                        }
                    }
                    self.respond(Certainty::Yes)
                })())
            }
            LangItem::Clone => match *self_ty.kind() {
                TyKind::FnDef(..) | TyKind::FnPtr(_) => Some(self.respond(Certainty::Yes)),
                TyKind::Tuple(tys) => Some((|| {
                    for t in tys {
                        self.add_host_effect(env, p, t);
                    }
                    self.respond(Certainty::Yes)
                })()),
                TyKind::Closure(_, args) => Some((|| {
                    self.add_host_effect(env, p, args.as_closure().tupled_upvars_ty());
                    self.respond(Certainty::Yes)
                })()),
                _ => None,
            },
            LangItem::Sized | LangItem::MetaSized | LangItem::PointeeSized | LangItem::Copy => {
                Some(self.respond(Certainty::Yes))
            }
            _ => None,
        }
    }

    fn add_host_effect(&mut self, env: ParamEnv<'tcx>, p: HostEffectPredicate<'tcx>, ty: Ty<'tcx>) {
        let trait_ref = p.trait_ref.with_replaced_self_ty(*self.tcx(), ty);
        self.add(env, HostEffectPredicate { trait_ref, ..p });
    }

    /// Whether a value can be dropped at compile time.
    fn const_destruct(
        &mut self,
        env: ParamEnv<'tcx>,
        p: HostEffectPredicate<'tcx>,
        self_ty: Ty<'tcx>,
    ) -> QueryResult<'tcx> {
        let tcx = self.tcx();
        match *self_ty.kind() {
            TyKind::Adt(def, args) => {
                if !def.is_manually_drop() {
                    for f in def.all_fields() {
                        let t = tcx.type_of(f.did).instantiate(*tcx, args);
                        self.add_host_effect(env, p, t);
                    }
                }
                if let Some(drop_fn) = tcx.adt_destructor(def.did()) {
                    let impl_def_id = tcx.parent(drop_fn);
                    if tcx.constness(impl_def_id) != hir::Constness::Const {
                        return Err(NoSolution);
                    }
                    let drop_trait = tcx.lang_items().drop_trait().ok_or(NoSolution)?;
                    let trait_ref = ty::TraitRef::new(*tcx, drop_trait, [self_ty]);
                    self.add(env, HostEffectPredicate { trait_ref, ..p });
                }
            }
            TyKind::Array(t, _) | TyKind::Pat(t, _) | TyKind::Slice(t) => {
                self.add_host_effect(env, p, t);
            }
            TyKind::Tuple(tys) => {
                for t in tys {
                    self.add_host_effect(env, p, t);
                }
            }
            TyKind::Closure(_, args) => {
                self.add_host_effect(env, p, args.as_closure().tupled_upvars_ty());
            }
            TyKind::Dynamic(..)
            | TyKind::Param(_)
            | TyKind::Alias(..)
            | TyKind::Placeholder(_)
            | TyKind::Coroutine(..)
            | TyKind::CoroutineClosure(..)
            | TyKind::Foreign(_) => return Err(NoSolution),
            _ => {}
        }
        self.respond(Certainty::Yes)
    }
}

/// A `[const]` condition, as it is asked for in a place where calls have this constness.
fn with_constness<'tcx>(tcx: TyCtxt<'tcx>, clause: Clause<'tcx>, constness: BoundConstness) -> Clause<'tcx> {
    match clause.kind().skip_binder() {
        ClauseKind::HostEffect(h) => {
            tcx.mk_clause(clause.kind().rebind(ClauseKind::HostEffect(HostEffectPredicate { constness, ..h })))
        }
        _ => clause,
    }
}

fn satisfies(have: BoundConstness, want: BoundConstness) -> bool {
    match (have, want) {
        (BoundConstness::Const, _) | (BoundConstness::Maybe, BoundConstness::Maybe) => true,
        (BoundConstness::Maybe, BoundConstness::Const) => false,
    }
}
