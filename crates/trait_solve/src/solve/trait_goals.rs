//! `T: Trait`: the candidates and what each needs.

use hir::LangItem;
use span::def_id::DefId;
use ty::{
    AliasTyKind, Clause, ClauseKind, ImplPolarity, InferTy, ParamEnv, PredicatePolarity, SimplifiedType,
    TraitPredicate, Ty, TyKind,
};

use super::builtin::BuiltinKind;
use super::merge::Candidate;
use super::{Certainty, EvalCtxt, Goal, NoSolution, QueryResult, Response};
use crate::traits::elaborate;
use crate::traits::fast_reject::{DeepRejectCtxt, TreatParams, simplify_type};

/// A way in which a goal may hold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum CandidateKind<'tcx> {
    /// A `where` clause.
    ParamEnv(Clause<'tcx>),
    /// A bound of an associated or opaque type.
    AliasBound(Clause<'tcx>),
    /// What a `dyn` type says of itself.
    Object(Clause<'tcx>),
    Impl(DefId),
    Builtin(BuiltinKind),
    /// Overlap checks: an impl may exist elsewhere.
    Unknowable,
}

impl<'tcx> EvalCtxt<'_, 'tcx> {
    pub(crate) fn compute_trait_goal(&mut self, goal: Goal<'tcx, TraitPredicate<'tcx>>) -> QueryResult<'tcx> {
        let self_ty = self.infcx.shallow_resolve(goal.predicate.self_ty());
        if let Some(r) = super::eval_ctxt::trivial_trait_goal(self.infcx, goal.param_env, goal.predicate, self_ty) {
            return r.map(Response::trivial);
        }
        // The self type must be known as far as it can be.
        if let TyKind::Alias(kind, _) = *self_ty.kind()
            && (kind != AliasTyKind::Opaque || super::reveals_opaques(self.infcx))
        {
            let normalized = self.structurally_normalize(goal.param_env, self_ty)?;
            if normalized != self_ty {
                if normalized.is_ty_var() {
                    return Ok(self.make_response(Certainty::AMBIGUOUS));
                }
                let p = goal.predicate.with_replaced_self_ty(*self.tcx(), normalized);
                self.add(goal.param_env, p);
                return self.respond(Certainty::Yes);
            }
        }
        let candidates = self.assemble_trait_candidates(goal);
        if matches!(candidates[..], [CandidateKind::Builtin(BuiltinKind::Ambiguous)]) {
            return Ok(self.make_response(Certainty::AMBIGUOUS));
        }
        let mut holding = Vec::with_capacity(candidates.len());
        for kind in candidates {
            let r = self.probe(|this| {
                this.confirm_trait_candidate(goal, kind)?;
                let certainty = match kind {
                    CandidateKind::Unknowable | CandidateKind::Builtin(BuiltinKind::Ambiguous) => Certainty::AMBIGUOUS,
                    CandidateKind::Impl(d) if this.tcx().impl_polarity(d) == ImplPolarity::Reservation => {
                        Certainty::AMBIGUOUS
                    }
                    _ => Certainty::Yes,
                };
                this.respond(certainty)
            });
            if let Ok(result) = r {
                holding.push(Candidate { kind, result });
            }
        }
        if self.tcx().trait_def(goal.predicate.def_id()).is_marker
            && let Some(c) = holding.iter().find(|c| c.result.certainty.is_yes())
        {
            return Ok(c.result);
        }
        let preferred = self.prefer_candidates(holding);
        self.merge_candidates(&preferred)
    }

    /// All ways in which a trait goal may hold, by a look at their shapes.
    pub(crate) fn assemble_trait_candidates(
        &mut self,
        goal: Goal<'tcx, TraitPredicate<'tcx>>,
    ) -> Vec<CandidateKind<'tcx>> {
        let self_ty = self.infcx.shallow_resolve(goal.predicate.self_ty());
        if self_ty.is_ty_var() {
            return vec![CandidateKind::Builtin(BuiltinKind::Ambiguous)];
        }
        let mut out = Vec::new();
        self.assemble_param_env(goal, &mut out);
        self.assemble_alias_bounds(goal, self_ty, &mut out);
        if goal.predicate.polarity == PredicatePolarity::Positive {
            self.assemble_object_bounds(goal, self_ty, &mut out);
        }
        let start = out.len();
        self.assemble_impls(goal, self_ty, &mut out);
        if goal.predicate.polarity == PredicatePolarity::Positive {
            let has_impl = out.len() > start;
            self.assemble_builtin(goal, self_ty, has_impl, &mut out);
        }
        if self.infcx.in_coherence()
            && goal.predicate.polarity == PredicatePolarity::Positive
            && !crate::coherence::knowable::trait_ref_is_knowable_in_solver(
                self,
                goal.param_env,
                goal.predicate.trait_ref,
            )
        {
            out.push(CandidateKind::Unknowable);
        }
        out
    }

    fn assemble_param_env(&self, goal: Goal<'tcx, TraitPredicate<'tcx>>, out: &mut Vec<CandidateKind<'tcx>>) {
        for c in goal.param_env.caller_bounds() {
            if self.clause_may_match(c, goal.predicate) {
                out.push(CandidateKind::ParamEnv(c));
            }
        }
    }

    fn clause_may_match(&self, c: Clause<'tcx>, p: TraitPredicate<'tcx>) -> bool {
        match c.kind().skip_binder() {
            ClauseKind::Trait(t) => {
                t.polarity == p.polarity
                    && (t.def_id() == p.def_id() || self.is_sized_for_meta_sized(&t, &p))
                    && DeepRejectCtxt::relate_rigid_infer(self.tcx()).args_may_unify(p.trait_ref.args, t.trait_ref.args)
            }
            _ => false,
        }
    }

    fn is_sized_for_meta_sized(&self, t: &TraitPredicate<'tcx>, p: &TraitPredicate<'tcx>) -> bool {
        let tcx = self.tcx();
        tcx.is_lang_item(p.def_id(), LangItem::MetaSized) && tcx.is_lang_item(t.def_id(), LangItem::Sized)
    }

    fn assemble_alias_bounds(
        &self,
        goal: Goal<'tcx, TraitPredicate<'tcx>>,
        self_ty: Ty<'tcx>,
        out: &mut Vec<CandidateKind<'tcx>>,
    ) {
        self.for_each_alias_bound(self_ty, |c| {
            if self.clause_may_match(c, goal.predicate) {
                out.push(CandidateKind::AliasBound(c));
            }
        });
    }

    /// The bounds of a projection or opaque type, and of the type that it is a projection of.
    pub(crate) fn for_each_alias_bound(&self, self_ty: Ty<'tcx>, mut f: impl FnMut(Clause<'tcx>)) {
        let tcx = self.tcx();
        let mut ty = self_ty;
        let mut first = true;
        while let TyKind::Alias(kind @ (AliasTyKind::Projection | AliasTyKind::Opaque), alias) = *ty.kind() {
            let bounds =
                if first { tcx.item_self_bounds(alias.def_id) } else { tcx.item_non_self_bounds(alias.def_id) };
            for c in bounds.skip_binder() {
                f(ty::EarlyBinder::bind(c).instantiate(*tcx, alias.args));
            }
            if kind != AliasTyKind::Projection {
                break;
            }
            first = false;
            ty = self.infcx.shallow_resolve(alias.self_ty());
        }
    }

    fn assemble_object_bounds(
        &self,
        goal: Goal<'tcx, TraitPredicate<'tcx>>,
        self_ty: Ty<'tcx>,
        out: &mut Vec<CandidateKind<'tcx>>,
    ) {
        let tcx = self.tcx();
        let TyKind::Dynamic(preds, _) = *self_ty.kind() else {
            return;
        };
        if !tcx.trait_def(goal.predicate.def_id()).implement_via_object {
            return;
        }
        for p in preds {
            if let ty::ExistentialPredicate::AutoTrait(d) = p.skip_binder()
                && d == goal.predicate.def_id()
            {
                out.push(CandidateKind::Object(p.with_self_ty(*tcx, self_ty)));
                return;
            }
        }
        let Some(principal) = preds.principal() else {
            return;
        };
        if !tcx.is_dyn_compatible(principal.def_id()) {
            return;
        }
        let target = goal.predicate.def_id();
        if principal.def_id() != target && !tcx.supertrait_def_ids_of(principal.def_id()).contains(&target) {
            return;
        }
        let clause: Clause<'tcx> = crate::traits::Upcast::upcast(principal.with_self_ty(*tcx, self_ty), tcx);
        for c in elaborate(tcx, [clause]) {
            if self.clause_may_match(c, goal.predicate) && !out.contains(&CandidateKind::Object(c)) {
                out.push(CandidateKind::Object(c));
            }
        }
    }

    fn assemble_impls(
        &self,
        goal: Goal<'tcx, TraitPredicate<'tcx>>,
        self_ty: Ty<'tcx>,
        out: &mut Vec<CandidateKind<'tcx>>,
    ) {
        let tcx = self.tcx();
        self.for_each_relevant_impl(goal.predicate.def_id(), self_ty, |d| {
            let Some(header) = tcx.impl_trait_header(d) else {
                return;
            };
            let fits = match (header.polarity, goal.predicate.polarity) {
                (ImplPolarity::Positive, PredicatePolarity::Positive)
                | (ImplPolarity::Negative, PredicatePolarity::Negative) => true,
                (ImplPolarity::Reservation, PredicatePolarity::Positive) => self.infcx.in_coherence(),
                _ => false,
            };
            if fits
                && DeepRejectCtxt::relate_rigid_infer(tcx)
                    .args_may_unify(goal.predicate.trait_ref.args, header.trait_ref.skip_binder().args)
                && !(self.cannot_be_fn_ptr(goal.param_env, self_ty)
                    && self.is_impl_for_fn_ptrs(d, header.trait_ref.skip_binder().self_ty()))
            {
                out.push(CandidateKind::Impl(d));
            }
        });
    }

    /// `impl<F: FnPtr> Trait for F`, of which errors about other types should say nothing.
    fn is_impl_for_fn_ptrs(&self, impl_def_id: DefId, impl_self_ty: Ty<'tcx>) -> bool {
        let tcx = self.tcx();
        matches!(impl_self_ty.kind(), TyKind::Param(_))
            && tcx.lang_items().fn_ptr_trait().is_some_and(|fn_ptr| {
                tcx.predicates_of(impl_def_id).predicates.iter().any(|(clause, _)| {
                    clause
                        .as_trait_clause()
                        .is_some_and(|t| t.def_id() == fn_ptr && t.self_ty().skip_binder() == impl_self_ty)
                })
            })
    }

    /// Whether a type is certainly no function pointer; a parameter may be one only where a bound says so.
    fn cannot_be_fn_ptr(&self, param_env: ty::ParamEnv<'tcx>, ty: Ty<'tcx>) -> bool {
        match ty.kind() {
            TyKind::Param(_) => {
                let fn_ptr = self.tcx().lang_items().fn_ptr_trait();
                !param_env.caller_bounds().iter().any(|c| {
                    c.as_trait_clause().is_some_and(|t| Some(t.def_id()) == fn_ptr && t.self_ty().skip_binder() == ty)
                })
            }
            TyKind::FnPtr(..)
            | TyKind::Placeholder(_)
            | TyKind::Dynamic(..)
            | TyKind::Alias(..)
            | TyKind::Infer(InferTy::TyVar(_) | InferTy::FreshTy(_))
            | TyKind::Bound(..)
            | TyKind::Error(_) => false,
            _ => true,
        }
    }

    /// The impls of a trait whose self type has the shape of this one.
    pub(crate) fn for_each_relevant_impl(&self, trait_def_id: DefId, self_ty: Ty<'tcx>, mut f: impl FnMut(DefId)) {
        let tcx = self.tcx();
        let impls = tcx.trait_impls_of(trait_def_id);
        let mut of = |s: SimplifiedType| {
            for &d in impls.non_blanket_impls.get(&s).into_iter().flatten() {
                f(d);
            }
        };
        match *self_ty.kind() {
            TyKind::Infer(InferTy::IntVar(_)) => {
                use ty::{IntTy::*, UintTy::*};
                for i in [Isize, I8, I16, I32, I64, I128] {
                    of(SimplifiedType::Int(i));
                }
                for u in [Usize, U8, U16, U32, U64, U128] {
                    of(SimplifiedType::Uint(u));
                }
            }
            TyKind::Infer(InferTy::FloatVar(_)) => {
                use ty::FloatTy::*;
                for x in [F16, F32, F64, F128] {
                    of(SimplifiedType::Float(x));
                }
            }
            // Rigid: only blanket impls fit; in overlap checks an alias is not rigid.
            TyKind::Alias(..) if self.infcx.in_coherence() => {
                for &d in impls.non_blanket_impls.values().flatten() {
                    f(d);
                }
            }
            TyKind::Infer(_) => {
                for &d in impls.non_blanket_impls.values().flatten() {
                    f(d);
                }
            }
            _ => {
                if let Some(s) = simplify_type(tcx, self_ty, TreatParams::AsRigid) {
                    of(s);
                }
            }
        }
        for &d in &impls.blanket_impls {
            f(d);
        }
    }

    /// Applies a candidate to this context: relates, and adds the goals it needs.
    pub(crate) fn confirm_trait_candidate(
        &mut self,
        goal: Goal<'tcx, TraitPredicate<'tcx>>,
        kind: CandidateKind<'tcx>,
    ) -> Result<(), NoSolution> {
        match kind {
            CandidateKind::ParamEnv(c) | CandidateKind::Object(c) => {
                let t = self.trait_clause_ref(c)?;
                self.match_trait_ref(goal, t)
            }
            CandidateKind::AliasBound(c) => {
                // Unlike those of the environment, these are as they were written: `T::A: Into<<T::A as Trait>::B>`.
                let t = self.trait_clause_ref(c)?;
                let mut args = t.args.to_vec();
                for arg in args.iter_mut().skip(1) {
                    if let ty::GenericArg::Type(ty) = arg
                        && matches!(ty.kind(), TyKind::Alias(AliasTyKind::Projection, _))
                    {
                        *arg = self.structurally_normalize(goal.param_env, *ty)?.into();
                    }
                }
                let t = ty::TraitRef::new(*self.tcx(), t.def_id, args);
                self.match_trait_ref(goal, t)
            }
            CandidateKind::Impl(d) => self.confirm_impl(goal, d).map(|_| ()),
            CandidateKind::Builtin(k) => self.confirm_builtin(goal, k),
            // An unknown impl still needs the supertraits.
            CandidateKind::Unknowable => {
                let tcx = self.tcx();
                let clause: Clause<'tcx> = crate::traits::Upcast::upcast(goal.predicate, tcx);
                for c in elaborate(tcx, [clause]).skip(1) {
                    self.add(goal.param_env, c);
                }
                Ok(())
            }
        }
    }

    fn trait_clause_ref(&self, c: Clause<'tcx>) -> Result<ty::TraitRef<'tcx>, NoSolution> {
        let t = c.as_trait_clause().ok_or(NoSolution)?;
        Ok(self.instantiate_binder(t).trait_ref)
    }

    fn match_trait_ref(
        &mut self,
        goal: Goal<'tcx, TraitPredicate<'tcx>>,
        t: ty::TraitRef<'tcx>,
    ) -> Result<(), NoSolution> {
        if t.def_id != goal.predicate.def_id() {
            // `T: Sized` for `T: MetaSized`.
            return self.eq(goal.param_env, goal.predicate.self_ty(), t.self_ty());
        }
        self.eq(goal.param_env, goal.predicate.trait_ref, t)
    }

    /// An impl with its `where` clauses as goals. Its arguments.
    pub(crate) fn confirm_impl(
        &mut self,
        goal: Goal<'tcx, TraitPredicate<'tcx>>,
        impl_def_id: DefId,
    ) -> Result<ty::GenericArgsRef<'tcx>, NoSolution> {
        let tcx = self.tcx();
        let header = tcx.impl_trait_header(impl_def_id).ok_or(NoSolution)?;
        let args = self.fresh_args(impl_def_id);
        let impl_ref = header.trait_ref.instantiate(*tcx, args);
        self.eq(goal.param_env, goal.predicate.trait_ref, impl_ref)?;
        self.add_where_clauses(goal.param_env, impl_def_id, args);
        Ok(args)
    }

    pub(crate) fn add_where_clauses(
        &mut self,
        param_env: ParamEnv<'tcx>,
        def_id: DefId,
        args: ty::GenericArgsRef<'tcx>,
    ) {
        let tcx = self.tcx();
        for (i, (clause, _)) in tcx.all_predicates_of(def_id).into_iter().enumerate() {
            let clause = ty::EarlyBinder::bind(clause).instantiate(*tcx, args);
            self.nested.push(super::eval_ctxt::NestedGoal {
                goal: Goal { param_env, predicate: clause.as_predicate() },
                where_clause: Some(i),
            });
        }
    }
}
