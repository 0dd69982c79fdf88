//! Whether two impls can apply to the same type.

use query::TyCtxt;
use span::def_id::DefId;
use ty::fold::{TypeFoldable, TypeSuperFoldable};
use ty::visit::TypeVisitableExt;
use ty::{ClauseKind, EarlyBinder, ImplHeader, ParamEnv, Predicate, PredicatePolarity, TraitPredicate, TypingMode};

use crate::infer::{DefineOpaqueTypes, InferCtxt, TyCtxtInferExt};
use crate::solve::NoSolution;
use crate::traits::fast_reject::DeepRejectCtxt;
use crate::traits::{Obligation, ObligationCause, PredicateObligation};

/// A type to which both apply.
#[derive(Clone, Debug)]
pub struct OverlapResult<'tcx> {
    pub impl_header: ImplHeader<'tcx>,
    /// The goals that could not be decided.
    pub ambiguous: Vec<Predicate<'tcx>>,
    pub involves_placeholder: bool,
    pub overflowing_predicates: Vec<Predicate<'tcx>>,
}

/// Whether two impls (of one trait, or inherent ones) overlap.
pub fn overlapping_impls<'tcx>(
    tcx: TyCtxt<'tcx>,
    impl1: DefId,
    impl2: DefId,
    skip_leak_check: bool,
) -> Option<OverlapResult<'tcx>> {
    let quick = match (tcx.impl_opt_trait_ref(impl1), tcx.impl_opt_trait_ref(impl2)) {
        (Some(a), Some(b)) => {
            DeepRejectCtxt::relate_infer_infer(tcx).args_may_unify(a.skip_binder().args, b.skip_binder().args)
        }
        (None, None) => DeepRejectCtxt::relate_infer_infer(tcx)
            .types_may_unify(tcx.type_of(impl1).skip_binder(), tcx.type_of(impl2).skip_binder()),
        _ => return None,
    };
    if !quick {
        return None;
    }
    if tcx.feature(span::sym::with_negative_coherence)
        && (has_negative_obligation(tcx, impl1, impl2) || has_negative_obligation(tcx, impl2, impl1))
    {
        return None;
    }
    let infcx = tcx.infer_ctxt().skip_leak_check(skip_leak_check).build(TypingMode::Coherence);
    overlap(&infcx, impl1, impl2, skip_leak_check)
}

fn fresh_header<'tcx>(infcx: &InferCtxt<'tcx>, impl_def_id: DefId) -> ImplHeader<'tcx> {
    let tcx = infcx.tcx;
    let impl_args = infcx.fresh_args_for_item(tcx.def_span(impl_def_id), impl_def_id);
    ImplHeader {
        impl_def_id,
        impl_args,
        self_ty: tcx.type_of(impl_def_id).instantiate(*tcx, impl_args),
        trait_ref: tcx.impl_opt_trait_ref(impl_def_id).map(|t| t.instantiate(*tcx, impl_args)),
        predicates: tcx
            .all_predicates_of(impl_def_id)
            .into_iter()
            .map(|(c, _)| EarlyBinder::bind(c).instantiate(*tcx, impl_args).as_predicate())
            .collect(),
    }
}

fn overlap<'tcx>(
    infcx: &InferCtxt<'tcx>,
    impl1: DefId,
    impl2: DefId,
    skip_leak_check: bool,
) -> Option<OverlapResult<'tcx>> {
    let tcx = infcx.tcx;
    let outer_universe = infcx.universe();
    let param_env = ParamEnv::empty();
    let header1 = fresh_header(infcx, impl1);
    let header2 = fresh_header(infcx, impl2);
    let cause = ObligationCause::dummy();
    let ok = match (header1.trait_ref, header2.trait_ref) {
        (Some(a), Some(b)) => infcx.at(&cause, param_env).eq(DefineOpaqueTypes::Yes, a, b),
        _ => infcx.at(&cause, param_env).eq(DefineOpaqueTypes::Yes, header1.self_ty, header2.self_ty),
    };
    let mut obligations: Vec<PredicateObligation<'tcx>> = ok.ok()?.obligations;
    // With supertraits: `(): Super` may be known not to hold where `(): Sub<_>` is open.
    let predicates: Vec<Predicate<'tcx>> = header1.predicates.iter().chain(&header2.predicates).copied().collect();
    obligations.extend(crate::traits::elaborate(tcx, predicates).map(|predicate: Predicate<'tcx>| Obligation {
        cause: cause.clone(),
        param_env,
        recursion_depth: 0,
        predicate,
    }));
    // Any obligation that cannot hold shows that they do not overlap.
    let mut ambiguous = Vec::new();
    let mut overflowing = Vec::new();
    let mut pending = obligations;
    for _ in 0..8 {
        let mut changed = false;
        let mut kept = Vec::new();
        for o in pending {
            match infcx.evaluate_root_goal(o.as_goal(), o.cause.span) {
                Err(NoSolution) => return None,
                Ok((_, crate::solve::Certainty::Yes)) => changed = true,
                Ok((c, crate::solve::Certainty::Maybe(why))) => {
                    changed |= c;
                    if why == crate::solve::MaybeCause::Overflow {
                        overflowing.push(o.predicate);
                    }
                    kept.push(o);
                }
            }
        }
        pending = kept;
        if !changed || pending.is_empty() {
            break;
        }
    }
    for o in &pending {
        let p = infcx.resolve_vars_if_possible(o.predicate);
        ambiguous.push(p);
    }
    if !skip_leak_check && infcx.leak_check(outer_universe, None).is_err() {
        return None;
    }
    let involves_placeholder = infcx.with_region_constraints(|d| {
        d.constraints.iter().any(|(c, _)| c.sub.is_placeholder() || c.sup.is_placeholder())
    });
    let mut impl_header = header1;
    impl_header.self_ty = infcx.resolve_vars_if_possible(impl_header.self_ty);
    impl_header.trait_ref = impl_header.trait_ref.map(|t| infcx.resolve_vars_if_possible(t));
    let _ = tcx;
    Some(OverlapResult { impl_header, ambiguous, involves_placeholder, overflowing_predicates: overflowing })
}

/// Whether, for every type to which both impls could apply, a bound of `impl2` is known not to hold by an explicit
/// negative impl, given the bounds of `impl1` (`with_negative_coherence`).
fn has_negative_obligation<'tcx>(tcx: TyCtxt<'tcx>, impl1: DefId, impl2: DefId) -> bool {
    let infcx = tcx.infer_ctxt().build(TypingMode::Coherence);
    let header1 = fresh_header(&infcx, impl1);
    let header2 = fresh_header(&infcx, impl2);
    let cause = ObligationCause::dummy();
    let ok = match (header1.trait_ref, header2.trait_ref) {
        (Some(a), Some(b)) => infcx.at(&cause, ParamEnv::empty()).eq(DefineOpaqueTypes::Yes, a, b),
        _ => infcx.at(&cause, ParamEnv::empty()).eq(DefineOpaqueTypes::Yes, header1.self_ty, header2.self_ty),
    };
    if ok.is_err() {
        return false;
    }
    // What is left open stands for any type.
    let universe = infcx.create_next_universe();
    let mut plug = Plug { tcx, universe, found: Vec::new() };
    let args1 = infcx.resolve_vars_if_possible(header1.impl_args).fold_with(&mut plug);
    let args2 = infcx.resolve_vars_if_possible(header2.impl_args).fold_with(&mut plug);
    let env: Vec<ty::Clause<'tcx>> =
        tcx.param_env(impl1).caller_bounds().iter().map(|c| EarlyBinder::bind(c).instantiate(*tcx, args1)).collect();
    let param_env = ParamEnv::new(tcx.mk_clauses(&env));
    let clauses: Vec<ty::Clause<'tcx>> =
        tcx.all_predicates_of(impl2).into_iter().map(|(c, _)| EarlyBinder::bind(c).instantiate(*tcx, args2)).collect();
    crate::traits::elaborate(tcx, clauses).any(|c: ty::Clause<'tcx>| {
        let ClauseKind::Trait(t) = c.kind().skip_binder() else {
            return false;
        };
        if t.polarity != PredicatePolarity::Positive || c.has_escaping_bound_vars() {
            return false;
        }
        let negative = TraitPredicate { trait_ref: t.trait_ref, polarity: PredicatePolarity::Negative };
        let predicate: Predicate<'tcx> = tcx.mk_clause(c.kind().rebind(ClauseKind::Trait(negative))).as_predicate();
        let infcx = infcx.fork_with_typing_mode(TypingMode::non_body_analysis());
        let o = Obligation { cause: cause.clone(), param_env, recursion_depth: 0, predicate };
        infcx.predicate_must_hold_modulo_regions(&o)
    })
}

/// Puts placeholders in place of variables.
struct Plug<'tcx> {
    tcx: TyCtxt<'tcx>,
    universe: ty::UniverseIndex,
    found: Vec<ty::GenericArg<'tcx>>,
}

impl<'tcx> Plug<'tcx> {
    fn number(&mut self, arg: ty::GenericArg<'tcx>) -> ty::BoundVar {
        let n = self.found.iter().position(|f| *f == arg).unwrap_or_else(|| {
            self.found.push(arg);
            self.found.len() - 1
        });
        ty::BoundVar::from_usize(n)
    }
}

impl<'tcx> ty::TypeFolder<'tcx> for Plug<'tcx> {
    fn cx(&self) -> ty::Interner<'tcx> {
        *self.tcx
    }
    fn fold_ty(&mut self, t: ty::Ty<'tcx>) -> ty::Ty<'tcx> {
        match t.kind() {
            ty::TyKind::Infer(ty::InferTy::TyVar(_)) => {
                let bound = ty::BoundTy { var: self.number(t.into()), kind: ty::BoundTyKind::Anon };
                self.tcx.mk_ty(ty::TyKind::Placeholder(ty::Placeholder { universe: self.universe, bound }))
            }
            _ if t.has_infer() => t.super_fold_with(self),
            _ => t,
        }
    }
    fn fold_const(&mut self, c: ty::Const<'tcx>) -> ty::Const<'tcx> {
        match c.kind() {
            ty::ConstKind::Infer(_) => {
                let bound = self.number(c.into());
                self.tcx.mk_const(ty::ConstKind::Placeholder(ty::Placeholder { universe: self.universe, bound }))
            }
            _ => c.super_fold_with(self),
        }
    }
}
