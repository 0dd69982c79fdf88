//! What an alias normalises to: `<Vec<u8> as IntoIterator>::Item`, `impl Trait`, constants.
//!
//! An alias whose trait holds by a `where` clause (or by a bound) that fixes nothing is rigid: it is its own value.

use hir::LangItem;
use hir::def::DefKind;
use span::def_id::DefId;
use ty::visit::TypeVisitableExt;
use ty::{
    AliasTerm, AliasTermKind, AliasTyKind, Clause, ClauseKind, ConstKind, ImplPolarity, InferTy, NormalizesTo, Term,
    TraitPredicate, Ty, TyKind, TypingMode, UnevaluatedConst,
};

use super::merge::Candidate;
use super::trait_goals::CandidateKind;
use super::{Certainty, EvalCtxt, Goal, NoSolution, QueryResult};
use crate::coherence::specialization_graph;
use crate::traits::elaborate;
use crate::traits::fast_reject::DeepRejectCtxt;
use crate::traits::util::{ConstEvalError, try_eval_const};

impl<'tcx> EvalCtxt<'_, 'tcx> {
    pub(crate) fn compute_normalizes_to_goal(&mut self, goal: Goal<'tcx, NormalizesTo<'tcx>>) -> QueryResult<'tcx> {
        let tcx = self.tcx();
        let alias = goal.predicate.alias;
        let env = goal.param_env;
        match tcx.alias_term_kind(alias) {
            AliasTermKind::ProjectionTy | AliasTermKind::ProjectionConst => self.normalize_projection(goal),
            AliasTermKind::OpaqueTy => {
                let revealed = match self.infcx.typing_mode() {
                    TypingMode::PostAnalysis => true,
                    TypingMode::PostBorrowckAnalysis { defined_opaque_types } => {
                        defined_opaque_types.iter().any(|d| d == alias.def_id)
                    }
                    _ => false,
                };
                if !revealed {
                    return self.rigid(goal);
                }
                let hidden = tcx.type_of(alias.def_id).instantiate(*tcx, alias.args);
                self.eq_structurally(env, goal.predicate.term, Term::Ty(hidden))?;
                self.respond(Certainty::Yes)
            }
            AliasTermKind::InherentTy | AliasTermKind::InherentConst => self.normalize_inherent(goal),
            AliasTermKind::FreeTy => {
                self.add_where_clauses(env, alias.def_id, alias.args);
                let ty = tcx.type_of(alias.def_id).instantiate(*tcx, alias.args);
                self.eq_structurally(env, goal.predicate.term, Term::Ty(ty))?;
                self.respond(Certainty::Yes)
            }
            AliasTermKind::FreeConst | AliasTermKind::UnevaluatedConst => self.normalize_const(goal, alias.expect_ct()),
        }
    }

    fn normalize_const(
        &mut self,
        goal: Goal<'tcx, NormalizesTo<'tcx>>,
        uv: UnevaluatedConst<'tcx>,
    ) -> QueryResult<'tcx> {
        let tcx = self.tcx();
        let uv = self.infcx.resolve_vars_if_possible(uv);
        if uv.args.has_non_region_infer() && !self.args_are_unused(uv) {
            return Ok(self.make_response(Certainty::AMBIGUOUS));
        }
        match try_eval_const(tcx, self.infcx.typing_env(goal.param_env), uv) {
            Ok(ct) => {
                self.eq_structurally(goal.param_env, goal.predicate.term, Term::Const(ct))?;
                self.respond(Certainty::Yes)
            }
            Err(ConstEvalError::Reported) => {
                let guar = tcx.dcx().span_delayed_bug(tcx.def_span(uv.def), "constant failed to evaluate");
                let ct = ty::Const::new_error(*tcx, guar);
                self.eq_structurally(goal.param_env, goal.predicate.term, Term::Const(ct))?;
                self.respond(Certainty::Yes)
            }
            Err(ConstEvalError::TooGeneric) => self.rigid(goal),
        }
    }

    /// Whether a constant cannot depend on its arguments (an anonymous constant without generics).
    fn args_are_unused(&self, uv: UnevaluatedConst<'tcx>) -> bool {
        self.tcx().def_kind(uv.def) == DefKind::AnonConst && self.tcx().generics_of(uv.def).is_empty()
    }

    fn normalize_inherent(&mut self, goal: Goal<'tcx, NormalizesTo<'tcx>>) -> QueryResult<'tcx> {
        let tcx = self.tcx();
        let alias = goal.predicate.alias;
        let env = goal.param_env;
        let impl_def_id = tcx.parent(alias.def_id);
        let impl_args = self.fresh_args(impl_def_id);
        let impl_ty = tcx.type_of(impl_def_id).instantiate(*tcx, impl_args);
        self.eq(env, alias.self_ty(), impl_ty)?;
        let args = tcx.mk_args_from_iter(impl_args.iter().chain(alias.args.iter().skip(1)));
        self.add_where_clauses(env, alias.def_id, args);
        let term: Term<'tcx> = match tcx.def_kind(alias.def_id) {
            DefKind::AssocTy => tcx.type_of(alias.def_id).instantiate(*tcx, args).into(),
            _ => tcx.mk_const(ConstKind::Unevaluated(UnevaluatedConst { def: alias.def_id, args })).into(),
        };
        self.eq(env, goal.predicate.term, term)?;
        self.respond(Certainty::Yes)
    }

    /// The alias is its own value.
    fn rigid(&mut self, goal: Goal<'tcx, NormalizesTo<'tcx>>) -> QueryResult<'tcx> {
        self.relate_rigid(goal)?;
        self.respond(Certainty::Yes)
    }
    fn relate_rigid(&mut self, goal: Goal<'tcx, NormalizesTo<'tcx>>) -> Result<(), NoSolution> {
        let term = self.alias_as_term(goal.predicate.alias);
        self.eq_structurally(goal.param_env, goal.predicate.term, term)
    }
    pub(crate) fn alias_as_term(&self, alias: AliasTerm<'tcx>) -> Term<'tcx> {
        let tcx = self.tcx();
        let kind = match tcx.alias_term_kind(alias) {
            AliasTermKind::ProjectionTy => AliasTyKind::Projection,
            AliasTermKind::InherentTy => AliasTyKind::Inherent,
            AliasTermKind::OpaqueTy => AliasTyKind::Opaque,
            AliasTermKind::FreeTy => AliasTyKind::Free,
            _ => {
                return tcx.mk_const(ConstKind::Unevaluated(alias.expect_ct())).into();
            }
        };
        tcx.mk_alias(kind, alias.def_id, alias.args).into()
    }

    fn normalize_projection(&mut self, goal: Goal<'tcx, NormalizesTo<'tcx>>) -> QueryResult<'tcx> {
        let tcx = self.tcx();
        let env = goal.param_env;
        let alias = goal.predicate.alias;
        let self_ty = self.infcx.shallow_resolve(alias.self_ty());
        match *self_ty.kind() {
            TyKind::Infer(InferTy::TyVar(_)) => {
                return Ok(self.make_response(Certainty::AMBIGUOUS));
            }
            TyKind::Alias(kind, _) if kind != AliasTyKind::Opaque || super::reveals_opaques(self.infcx) => {
                let normalized = self.structurally_normalize(env, self_ty)?;
                if normalized != self_ty {
                    if normalized.is_ty_var() {
                        return Ok(self.make_response(Certainty::AMBIGUOUS));
                    }
                    let alias = alias.with_replaced_self_ty(*tcx, normalized);
                    self.add(env, ty::PredicateKind::NormalizesTo(NormalizesTo { alias, term: goal.predicate.term }));
                    return self.respond(Certainty::Yes);
                }
            }
            TyKind::Error(e) => {
                let error: Term<'tcx> = match goal.predicate.term {
                    Term::Ty(_) => Ty::new_error(*tcx, e).into(),
                    Term::Const(_) => ty::Const::new_error(*tcx, e).into(),
                };
                self.eq_structurally(env, goal.predicate.term, error)?;
                return self.respond(Certainty::Yes);
            }
            _ => {}
        }
        // What the environment says comes first, even where an impl would say more. A bound on the alias says what
        // it is also where the environment says only that the trait holds.
        let clauses: Vec<Clause<'tcx>> = env.caller_bounds().to_vec();
        let mut bounds = Vec::new();
        self.for_each_alias_bound(self_ty, |c| bounds.push(c));
        if let Some(r) = self.normalize_by_projections(goal, &clauses, CandidateKind::ParamEnv) {
            return r;
        }
        if let Some(r) = self.normalize_by_projections(goal, &bounds, CandidateKind::AliasBound) {
            return r;
        }
        // A bound without parameters says nothing that an impl does not say, but it leaves open which bound is meant.
        let (globals, others): (Vec<_>, Vec<_>) =
            clauses.into_iter().partition(|c| c.is_global() && !c.has_bound_vars());
        let globals = self.rigid_by_clauses(goal, &globals, CandidateKind::ParamEnv);
        let mut holding = self.rigid_by_clauses(goal, &others, CandidateKind::ParamEnv);
        if !holding.is_empty() {
            holding.extend(globals);
            return self.merge_preferring_trivial(holding);
        }
        let holding = self.rigid_by_clauses(goal, &bounds, CandidateKind::AliasBound);
        if !holding.is_empty() {
            return self.merge_preferring_trivial(holding);
        }
        if let TyKind::Dynamic(preds, _) = *self_ty.kind() {
            let start: Vec<Clause<'tcx>> = preds.iter().map(|p| p.with_self_ty(*tcx, self_ty)).collect();
            let projections: Vec<Clause<'tcx>> =
                elaborate(tcx, start).filter(|c: &Clause<'tcx>| c.as_projection_clause().is_some()).collect();
            if let Some(r) = self.normalize_by_projections(goal, &projections, CandidateKind::Object) {
                return r;
            }
        }
        if let Some(r) = self.normalize_builtin(goal, self_ty) {
            return r;
        }
        match self.normalize_by_impls(goal, self_ty) {
            Err(NoSolution) if !globals.is_empty() => self.merge_preferring_trivial(globals),
            r => r,
        }
    }

    /// By clauses that say what the alias is.
    fn normalize_by_projections(
        &mut self,
        goal: Goal<'tcx, NormalizesTo<'tcx>>,
        clauses: &[Clause<'tcx>],
        kind: impl Fn(Clause<'tcx>) -> CandidateKind<'tcx>,
    ) -> Option<QueryResult<'tcx>> {
        if clauses.is_empty() {
            return None;
        }
        let alias = goal.predicate.alias;
        let env = goal.param_env;
        let drcx = DeepRejectCtxt::relate_rigid_infer(self.tcx());
        let mut holding: Vec<Candidate<'tcx>> = Vec::new();
        for &c in clauses {
            let ClauseKind::Projection(p) = c.kind().skip_binder() else {
                continue;
            };
            if p.def_id() != alias.def_id || !drcx.args_may_unify(alias.args, p.projection_term.args) {
                continue;
            }
            let r = self.probe(|this| {
                let p = this.instantiate_binder(c.as_projection_clause().ok_or(NoSolution)?);
                this.eq(env, alias.args, p.projection_term.args)?;
                this.eq_structurally(env, goal.predicate.term, p.term)?;
                this.respond(Certainty::Yes)
            });
            if let Ok(result) = r {
                holding.push(Candidate { kind: kind(c), result });
            }
        }
        if holding.is_empty() { None } else { Some(self.merge_preferring_trivial(holding)) }
    }

    /// The alias is its own value if a clause says that its trait holds.
    fn rigid_by_clauses(
        &mut self,
        goal: Goal<'tcx, NormalizesTo<'tcx>>,
        clauses: &[Clause<'tcx>],
        kind: impl Fn(Clause<'tcx>) -> CandidateKind<'tcx>,
    ) -> Vec<Candidate<'tcx>> {
        if clauses.is_empty() {
            return Vec::new();
        }
        let tcx = self.tcx();
        let trait_ref = tcx.projection_trait_ref(goal.predicate.alias);
        let env = goal.param_env;
        let drcx = DeepRejectCtxt::relate_rigid_infer(tcx);
        let mut holding: Vec<Candidate<'tcx>> = Vec::new();
        for &c in clauses {
            let ClauseKind::Trait(t) = c.kind().skip_binder() else {
                continue;
            };
            if t.def_id() != trait_ref.def_id
                || t.polarity != ty::PredicatePolarity::Positive
                || !drcx.args_may_unify(trait_ref.args, t.trait_ref.args)
            {
                continue;
            }
            let r = self.probe(|this| {
                let t = this.instantiate_binder(c.as_trait_clause().ok_or(NoSolution)?);
                this.eq(env, trait_ref, t.trait_ref)?;
                this.relate_rigid(goal)?;
                this.respond(Certainty::Yes)
            });
            if let Ok(result) = r {
                holding.push(Candidate { kind: kind(c), result });
            }
        }
        holding
    }

    fn merge_preferring_trivial(&mut self, holding: Vec<Candidate<'tcx>>) -> QueryResult<'tcx> {
        if holding.len() > 1 {
            // One that says nothing of the goal's variables (but for the term, the last one) wins.
            let learns = |c: &Candidate<'tcx>| {
                c.result.var_values.is_some_and(|v| {
                    let mut seen = Vec::new();
                    v.iter().take(v.len().saturating_sub(1)).any(|a| {
                        let new = !seen.contains(&a);
                        seen.push(a);
                        !new || !a.has_escaping_bound_vars()
                    })
                })
            };
            if let Some(c) =
                holding.iter().find(|c| c.result.certainty.is_yes() && !learns(c) && c.result.outlives.is_empty())
            {
                return Ok(c.result);
            }
        }
        self.merge_candidates(&holding)
    }

    fn normalize_by_impls(&mut self, goal: Goal<'tcx, NormalizesTo<'tcx>>, self_ty: Ty<'tcx>) -> QueryResult<'tcx> {
        let tcx = self.tcx();
        let env = goal.param_env;
        let trait_ref = tcx.projection_trait_ref(goal.predicate.alias);
        let trait_goal = goal.with(TraitPredicate { trait_ref, polarity: ty::PredicatePolarity::Positive });
        let mut impls = Vec::new();
        self.for_each_relevant_impl(trait_ref.def_id, self_ty, |d| {
            if let Some(h) = tcx.impl_trait_header(d)
                && h.polarity == ImplPolarity::Positive
                && DeepRejectCtxt::relate_rigid_infer(tcx)
                    .args_may_unify(trait_ref.args, h.trait_ref.skip_binder().args)
            {
                impls.push(d);
            }
        });
        let mut holding = Vec::new();
        for d in impls {
            let r = self.probe(|this| {
                let args = this.confirm_impl(trait_goal, d)?;
                this.normalize_by_impl(goal, d, args)?;
                this.respond(Certainty::Yes)
            });
            if let Ok(result) = r {
                holding.push(Candidate { kind: CandidateKind::Impl(d), result });
            }
        }
        if self.infcx.in_coherence()
            && !crate::coherence::knowable::trait_ref_is_knowable_in_solver(self, env, trait_ref)
        {
            return Ok(self.make_response(Certainty::AMBIGUOUS));
        }
        let preferred = self.prefer_candidates(holding);
        self.merge_candidates(&preferred)
    }

    fn normalize_by_impl(
        &mut self,
        goal: Goal<'tcx, NormalizesTo<'tcx>>,
        impl_def_id: DefId,
        impl_args: ty::GenericArgsRef<'tcx>,
    ) -> Result<(), NoSolution> {
        let tcx = self.tcx();
        let env = goal.param_env;
        let alias = goal.predicate.alias;
        let Ok(leaf) = specialization_graph::assoc_def(tcx, impl_def_id, alias.def_id) else {
            return self.error_term(goal);
        };
        if !leaf.item.has_value && leaf.defined_in_trait(tcx) {
            return self.error_term(goal);
        }
        if !leaf.is_final() && !matches!(self.infcx.typing_mode(), TypingMode::PostAnalysis) {
            if self.infcx.in_coherence() {
                return self.ambiguous(env);
            }
            return self.relate_rigid(goal);
        }
        let trait_count = tcx.generics_of(tcx.parent(alias.def_id)).count();
        let own_args = alias.args.rebase_onto(*tcx, trait_count, impl_args);
        let args = if leaf.defining_impl == Some(impl_def_id) {
            own_args
        } else if let Some(parent_impl) = leaf.defining_impl {
            specialization_graph::translate_args(self.infcx, env, impl_def_id, own_args, parent_impl)
        } else {
            alias.args
        };
        let term: Term<'tcx> = match goal.predicate.term {
            Term::Ty(_) => tcx.type_of(leaf.item.def_id).instantiate(*tcx, args).into(),
            Term::Const(_) => {
                tcx.mk_const(ConstKind::Unevaluated(UnevaluatedConst { def: leaf.item.def_id, args })).into()
            }
        };
        match term {
            // An associated constant of an impl is what it evaluates to.
            Term::Const(c) => {
                let ConstKind::Unevaluated(uv) = c.kind() else {
                    return Err(NoSolution);
                };
                let uv = self.infcx.resolve_vars_if_possible(uv);
                if uv.args.has_non_region_infer() {
                    return self.ambiguous(env);
                }
                match try_eval_const(tcx, self.infcx.typing_env(env), uv) {
                    Ok(v) => self.eq_structurally(env, goal.predicate.term, Term::Const(v)),
                    Err(ConstEvalError::Reported) => self.error_term(goal),
                    Err(ConstEvalError::TooGeneric) => self.eq_structurally(env, goal.predicate.term, term),
                }
            }
            Term::Ty(_) => self.eq_structurally(env, goal.predicate.term, term),
        }
    }

    fn error_term(&mut self, goal: Goal<'tcx, NormalizesTo<'tcx>>) -> Result<(), NoSolution> {
        let tcx = self.tcx();
        let guar = tcx
            .dcx()
            .span_delayed_bug(tcx.def_span(goal.predicate.alias.def_id), "missing value for associated item in impl");
        let error: Term<'tcx> = match goal.predicate.term {
            Term::Ty(_) => Ty::new_error(*tcx, guar).into(),
            Term::Const(_) => ty::Const::new_error(*tcx, guar).into(),
        };
        self.eq_structurally(goal.param_env, goal.predicate.term, error)
    }

    /// Associated types whose values are the compiler's.
    fn normalize_builtin(
        &mut self,
        goal: Goal<'tcx, NormalizesTo<'tcx>>,
        self_ty: Ty<'tcx>,
    ) -> Option<QueryResult<'tcx>> {
        use ty::closure::ClosureKind;
        let tcx = self.tcx();
        let alias = goal.predicate.alias;
        let env = goal.param_env;
        let trait_item = tcx.as_lang_item(tcx.parent(alias.def_id))?;
        let answer = |this: &mut Self, t: Ty<'tcx>| {
            this.eq_structurally(env, goal.predicate.term, Term::Ty(t))?;
            this.respond(Certainty::Yes)
        };
        match trait_item {
            LangItem::FnOnce => {
                let sig = match self.extract_call_sig(self_ty, ClosureKind::FnOnce) {
                    Ok(Some(sig)) => sig,
                    Ok(None) => return Some(Ok(self.make_response(Certainty::AMBIGUOUS))),
                    Err(NoSolution) => return None,
                };
                let sig = self.instantiate_binder(sig);
                Some((|| {
                    self.eq(env, alias.args.type_at(1), sig.inputs)?;
                    answer(self, sig.output)
                })())
            }
            LangItem::AsyncFnOnce | LangItem::AsyncFnMut => self.normalize_async_fn(goal, self_ty, trait_item),
            LangItem::DiscriminantKind => {
                let t = match *self_ty.kind() {
                    TyKind::Param(_)
                    | TyKind::Placeholder(_)
                    | TyKind::Alias(..)
                    | TyKind::Infer(_)
                    | TyKind::Bound(..) => return Some(self.rigid(goal)),
                    TyKind::Adt(def, _) if def.is_enum() => crate::traits::util::discr_ty_of_repr(tcx, def),
                    TyKind::Coroutine(..) => tcx.types().u32,
                    _ => tcx.types().u8,
                };
                Some(answer(self, t))
            }
            LangItem::PointeeTrait => Some(self.normalize_pointee(goal, self_ty)),
            LangItem::Future | LangItem::Iterator | LangItem::AsyncIterator | LangItem::Coroutine => {
                let TyKind::Coroutine(def_id, args) = *self_ty.kind() else {
                    return None;
                };
                let c = args.as_coroutine();
                let desugared = match tcx.coroutine_kind(def_id) {
                    Some(hir::CoroutineKind::Desugared(d, _)) => Some(d),
                    _ => None,
                };
                let t = match (trait_item, desugared) {
                    (LangItem::Future, Some(hir::CoroutineDesugaring::Async)) => c.return_ty(),
                    (LangItem::Iterator, Some(hir::CoroutineDesugaring::Gen)) => c.yield_ty(),
                    // It yields `Poll<Option<T>>`.
                    (LangItem::AsyncIterator, Some(hir::CoroutineDesugaring::AsyncGen)) => {
                        let inner = |t: Ty<'tcx>| match *t.kind() {
                            TyKind::Adt(_, args) if !args.is_empty() => args.type_at(0),
                            _ => t,
                        };
                        inner(inner(self.infcx.resolve_vars_if_possible(c.yield_ty())))
                    }
                    (LangItem::Coroutine, None) => {
                        if tcx.is_lang_item(alias.def_id, LangItem::CoroutineReturn) {
                            c.return_ty()
                        } else {
                            c.yield_ty()
                        }
                    }
                    _ => return None,
                };
                Some(answer(self, t))
            }
            _ => None,
        }
    }

    fn normalize_async_fn(
        &mut self,
        goal: Goal<'tcx, NormalizesTo<'tcx>>,
        self_ty: Ty<'tcx>,
        trait_item: LangItem,
    ) -> Option<QueryResult<'tcx>> {
        use ty::closure::ClosureKind;
        let tcx = self.tcx();
        let alias = goal.predicate.alias;
        let env = goal.param_env;
        let is_output = tcx.is_lang_item(alias.def_id, LangItem::AsyncFnOnceOutput);
        let answer = |this: &mut Self, t: Ty<'tcx>| {
            this.eq_structurally(env, goal.predicate.term, Term::Ty(t))?;
            this.respond(Certainty::Yes)
        };
        if let TyKind::CoroutineClosure(def_id, args) = *self_ty.kind() {
            let c = args.as_coroutine_closure();
            let TyKind::FnPtr(sig) = *self.infcx.shallow_resolve(c.signature_parts_ty()).kind() else {
                return Some(Ok(self.make_response(Certainty::AMBIGUOUS)));
            };
            let sig = self.instantiate_binder(sig);
            let TyKind::Tuple(parts) = *self.infcx.shallow_resolve(sig.output()).kind() else {
                return Some(Ok(self.make_response(Certainty::AMBIGUOUS)));
            };
            if is_output {
                return Some((|| {
                    self.eq(env, alias.args.type_at(1), sig.inputs()[0])?;
                    answer(self, parts[parts.len() - 1])
                })());
            }
            let (kind, env_region) = match trait_item {
                LangItem::AsyncFnOnce => (ClosureKind::FnOnce, tcx.lifetimes().re_static),
                // `CallRefFuture<'a>`
                _ => (ClosureKind::FnMut, alias.args.iter().last().and_then(|a| a.as_region())?),
            };
            let args = self.infcx.resolve_vars_if_possible(args);
            let c = args.as_coroutine_closure();
            let known = match kind {
                ClosureKind::FnOnce => !c.tupled_upvars_ty().is_ty_var(),
                _ => !c.coroutine_captures_by_ref_ty().is_ty_var(),
            };
            if !known {
                return Some(Ok(self.make_response(Certainty::AMBIGUOUS)));
            }
            let sig = ty::CoroutineClosureSig {
                tupled_inputs_ty: sig.inputs()[0],
                resume_ty: parts[0],
                yield_ty: parts[1],
                return_ty: parts[2],
            };
            let coroutine = c.to_coroutine(*tcx, sig, tcx.coroutine_for_closure(def_id), kind, env_region);
            return Some((|| {
                self.eq(env, alias.args.type_at(1), sig.tupled_inputs_ty)?;
                answer(self, coroutine)
            })());
        }
        let sig = match self.extract_call_sig(self_ty, ClosureKind::FnOnce) {
            Ok(Some(sig)) => sig,
            Ok(None) => return Some(Ok(self.make_response(Certainty::AMBIGUOUS))),
            Err(NoSolution) => return None,
        };
        let sig = self.instantiate_binder(sig);
        Some((|| {
            self.eq(env, alias.args.type_at(1), sig.inputs)?;
            if !is_output {
                return answer(self, sig.output);
            }
            let future_output = tcx.lang_items().future_output().ok_or(NoSolution)?;
            let projection = tcx.mk_projection(future_output, tcx.mk_args(&[sig.output.into()]));
            let t = self.structurally_normalize(env, projection)?;
            answer(self, t)
        })())
    }

    fn normalize_pointee(&mut self, goal: Goal<'tcx, NormalizesTo<'tcx>>, self_ty: Ty<'tcx>) -> QueryResult<'tcx> {
        let tcx = self.tcx();
        let env = goal.param_env;
        let metadata = match *self_ty.kind() {
            TyKind::Str | TyKind::Slice(_) => tcx.types().usize,
            TyKind::Dynamic(..) => {
                let dyn_metadata = tcx.lang_items().dyn_metadata().ok_or(NoSolution)?;
                tcx.type_of(dyn_metadata).instantiate(*tcx, &[self_ty.into()])
            }
            TyKind::Param(_) | TyKind::Placeholder(_) | TyKind::Alias(..) => {
                let sized = tcx.lang_items().sized_trait().ok_or(NoSolution)?;
                let holds = self.probe_certainty(|this| {
                    this.add_trait(env, sized, self_ty);
                    Ok(())
                });
                if holds != Ok(Certainty::Yes) {
                    return self.rigid(goal);
                }
                tcx.types().unit
            }
            TyKind::Adt(def, args) if def.is_struct() => match def.non_enum_variant().fields.iter().next_back() {
                None => tcx.types().unit,
                Some(f) => {
                    let tail = tcx.type_of(f.did).instantiate(*tcx, args);
                    return self.metadata_of(goal, tail);
                }
            },
            TyKind::Tuple(tys) => match tys.last() {
                None => tcx.types().unit,
                Some(&t) => return self.metadata_of(goal, t),
            },
            TyKind::Infer(InferTy::TyVar(_)) => {
                return Ok(self.make_response(Certainty::AMBIGUOUS));
            }
            _ => tcx.types().unit,
        };
        self.eq_structurally(env, goal.predicate.term, Term::Ty(metadata))?;
        self.respond(Certainty::Yes)
    }

    fn metadata_of(&mut self, goal: Goal<'tcx, NormalizesTo<'tcx>>, tail: Ty<'tcx>) -> QueryResult<'tcx> {
        let tcx = self.tcx();
        let alias = AliasTerm::new(goal.predicate.alias.def_id, tcx.mk_args(&[tail.into()]));
        self.add(goal.param_env, ty::PredicateKind::NormalizesTo(NormalizesTo { alias, term: goal.predicate.term }));
        self.respond(Certainty::Yes)
    }
}
