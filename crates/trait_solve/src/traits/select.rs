//! Selection: which candidate a trait obligation holds by, and why one does not hold.

use span::def_id::DefId;
use ty::error::{ExpectedFound, TypeError};
use ty::fold::{TypeFoldable as _, TypeFolder, TypeSuperFoldable as _};
use ty::visit::{TypeSuperVisitable as _, TypeVisitable as _, TypeVisitableExt, TypeVisitor};
use ty::{
    ClauseKind, GenericArgsRef, ImplPolarity, PolyTraitRef, PredicateKind, PredicatePolarity, TraitPredicate, TraitRef,
    Ty,
};

use super::fulfill::{FulfillmentError, FulfillmentErrorCode};
use super::{
    DerivedCause, ImplDerivedCause, Obligation, ObligationCause, ObligationCauseCode, PredicateObligation,
    PredicateObligations, TraitObligation,
};
use crate::infer::InferCtxt;
use crate::solve::search_graph::SearchGraph;
use crate::solve::{CandidateKind, Certainty, EvalCtxt, Goal, NoSolution};

/// How far an obligation holds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum EvaluationResult {
    EvaluatedToOk,
    EvaluatedToOkModuloRegions,
    EvaluatedToOkModuloOpaqueTypes,
    EvaluatedToAmbig,
    EvaluatedToAmbigStackDependent,
    EvaluatedToErr,
}

impl EvaluationResult {
    pub fn must_apply_considering_regions(self) -> bool {
        self == EvaluationResult::EvaluatedToOk
    }
    pub fn must_apply_modulo_regions(self) -> bool {
        self <= EvaluationResult::EvaluatedToOkModuloRegions
    }
    pub fn may_apply(self) -> bool {
        self != EvaluationResult::EvaluatedToErr
    }
}

/// Too deep.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OverflowError {
    Error(ty::ErrorGuaranteed),
    Canonical,
}

/// Why a trait obligation does not hold.
#[derive(Clone, Debug)]
pub enum SelectionError<'tcx> {
    Unimplemented,
    SignatureMismatch(Box<SignatureMismatchData<'tcx>>),
    TraitDynIncompatible(DefId),
    NotConstEvaluatable(ty::ErrorGuaranteed),
    Overflow(OverflowError),
    ConstArgHasWrongType { ct: ty::Const<'tcx>, ct_ty: Ty<'tcx>, expected_ty: Ty<'tcx> },
}

/// A closure whose parameters are not those demanded.
#[derive(Clone, Debug)]
pub struct SignatureMismatchData<'tcx> {
    pub found_trait_ref: TraitRef<'tcx>,
    pub expected_trait_ref: TraitRef<'tcx>,
    pub terr: TypeError<'tcx>,
}

/// By what an obligation holds, and what that needs.
#[derive(Clone, Debug)]
pub enum ImplSource<'tcx, N> {
    UserDefined(ImplSourceUserDefinedData<'tcx, N>),
    Param(Vec<N>),
    Builtin(::query::BuiltinImplSource, Vec<N>),
}

/// An impl with its arguments.
#[derive(Clone, Debug)]
pub struct ImplSourceUserDefinedData<'tcx, N> {
    pub impl_def_id: DefId,
    pub args: GenericArgsRef<'tcx>,
    pub nested: Vec<N>,
}

impl<'tcx, N> ImplSource<'tcx, N> {
    /// What it needs.
    pub fn nested_obligations(self) -> Vec<N> {
        match self {
            ImplSource::UserDefined(d) => d.nested,
            ImplSource::Param(n) | ImplSource::Builtin(_, n) => n,
        }
    }
    pub fn borrow_nested_obligations(&self) -> &[N] {
        match self {
            ImplSource::UserDefined(d) => &d.nested,
            ImplSource::Param(n) | ImplSource::Builtin(_, n) => n,
        }
    }
}

pub type Selection<'tcx> = ImplSource<'tcx, PredicateObligation<'tcx>>;
/// `Ok(None)` is ambiguous.
pub type SelectionResult<'tcx, T> = Result<Option<T>, SelectionError<'tcx>>;

/// Selects candidates in a context.
pub struct SelectionContext<'a, 'tcx> {
    pub infcx: &'a InferCtxt<'tcx>,
}

impl<'a, 'tcx> SelectionContext<'a, 'tcx> {
    pub fn new(infcx: &'a InferCtxt<'tcx>) -> Self {
        SelectionContext { infcx }
    }
    pub fn tcx(&self) -> ::query::TyCtxt<'tcx> {
        self.infcx.tcx
    }
    /// The candidate by which an obligation holds. Its relations are applied; its goals are returned.
    pub fn select(&mut self, obligation: &TraitObligation<'tcx>) -> SelectionResult<'tcx, Selection<'tcx>> {
        self.infcx.select(obligation)
    }
    /// As [`SelectionContext::select`] under a binder.
    pub fn poly_select(
        &mut self,
        obligation: &Obligation<'tcx, ty::PolyTraitPredicate<'tcx>>,
    ) -> SelectionResult<'tcx, Selection<'tcx>> {
        let predicate = self.infcx.enter_forall_and_leak_placeholders(obligation.predicate);
        self.infcx.select(&Obligation {
            cause: obligation.cause.clone(),
            param_env: obligation.param_env,
            recursion_depth: obligation.recursion_depth,
            predicate,
        })
    }
    pub fn evaluate_root_obligation(
        &mut self,
        obligation: &PredicateObligation<'tcx>,
    ) -> Result<EvaluationResult, OverflowError> {
        self.infcx.evaluate_obligation(obligation)
    }
    pub fn predicate_may_hold_fatal(&mut self, obligation: &PredicateObligation<'tcx>) -> bool {
        self.infcx.predicate_may_hold(obligation)
    }
}

/// A candidate with what it needs, after being applied in a probe.
struct Tried<'tcx> {
    kind: CandidateKind<'tcx>,
    certainty: Result<Certainty, NoSolution>,
}

impl<'tcx> InferCtxt<'tcx> {
    /// The candidate by which an obligation holds. Its relations are applied; its goals are returned.
    pub fn select(&self, obligation: &TraitObligation<'tcx>) -> SelectionResult<'tcx, Selection<'tcx>> {
        let predicate = self.resolve_vars_if_possible(obligation.predicate);
        if predicate.self_ty().is_ty_var() {
            return Ok(None);
        }
        let goal = Goal { param_env: obligation.param_env, predicate };
        let graph = SearchGraph::default();
        let mut ecx = EvalCtxt::new(self, &graph, obligation.cause.span);
        let kinds = ecx.assemble_trait_candidates(goal);
        let mut holding = Vec::new();
        // Those whose header fits; one alone is chosen whatever it needs, so that what fails is an error about that.
        let fitting: Vec<_> = kinds
            .into_iter()
            .filter(|&kind| {
                ecx.probe_holds(|ecx| {
                    ecx.confirm_trait_candidate(goal, kind)?;
                    ecx.nested
                        .retain(|n| matches!(n.goal.predicate.kind().skip_binder(), PredicateKind::AliasRelate(..)));
                    Ok(())
                })
            })
            .collect();
        for &kind in &fitting {
            let certainty = if fitting.len() == 1 {
                Ok(Certainty::Yes)
            } else {
                ecx.probe_certainty(|ecx| ecx.confirm_trait_candidate(goal, kind))
            };
            if certainty.is_ok() {
                holding.push(Tried { kind, certainty });
            }
        }
        let Some(kind) = self.pick(&mut holding) else {
            if holding.is_empty() {
                return Err(SelectionError::Unimplemented);
            }
            return Ok(None);
        };
        if matches!(kind, CandidateKind::Unknowable) {
            return Ok(None);
        }
        self.confirm_selected(&mut ecx, obligation, goal, kind)
            .map(Some)
            .map_err(|NoSolution| SelectionError::Unimplemented)
    }

    /// The one preferred candidate.
    fn pick(&self, holding: &mut Vec<Tried<'tcx>>) -> Option<CandidateKind<'tcx>> {
        let tcx = self.tcx;
        if holding.len() == 1 {
            return Some(holding[0].kind);
        }
        let groups: [fn(&CandidateKind<'tcx>) -> bool; 3] = [
            |k| matches!(k, CandidateKind::ParamEnv(c) if !c.is_global()),
            |k| matches!(k, CandidateKind::AliasBound(_)),
            |k| matches!(k, CandidateKind::Object(_)),
        ];
        for in_group in groups {
            if holding.iter().any(|t| in_group(&t.kind)) {
                let certain: Vec<_> =
                    holding.iter().filter(|t| in_group(&t.kind) && t.certainty == Ok(Certainty::Yes)).collect();
                if certain.len() == 1 || (certain.len() > 1 && !self.has_open_vars(holding)) {
                    return Some(certain[0].kind);
                }
                let all: Vec<_> = holding.iter().filter(|t| in_group(&t.kind)).collect();
                return (all.len() == 1).then(|| all[0].kind);
            }
        }
        if holding.iter().any(|t| !matches!(t.kind, CandidateKind::ParamEnv(_))) {
            holding.retain(|t| !matches!(t.kind, CandidateKind::ParamEnv(_)));
        }
        let impls: Vec<DefId> = holding
            .iter()
            .filter(|t| t.certainty == Ok(Certainty::Yes))
            .filter_map(|t| match t.kind {
                CandidateKind::Impl(d) => Some(d),
                _ => None,
            })
            .collect();
        holding.retain(|t| match t.kind {
            CandidateKind::Impl(d) => !impls.iter().any(|&o| o != d && tcx.specializes((o, d))),
            _ => true,
        });
        if holding.len() == 1 {
            return Some(holding[0].kind);
        }
        // A marker trait's impls are all as good.
        if let Some(Tried { kind: CandidateKind::Impl(d), .. }) = holding.first()
            && let Some(t) = tcx.impl_opt_trait_id(*d)
            && tcx.trait_def(t).is_marker
        {
            return Some(holding[0].kind);
        }
        None
    }

    fn has_open_vars(&self, holding: &[Tried<'tcx>]) -> bool {
        holding.iter().any(|t| match t.kind {
            CandidateKind::ParamEnv(c) | CandidateKind::AliasBound(c) => c.has_non_region_infer(),
            _ => false,
        })
    }

    fn confirm_selected(
        &self,
        ecx: &mut EvalCtxt<'_, 'tcx>,
        obligation: &TraitObligation<'tcx>,
        goal: Goal<'tcx, TraitPredicate<'tcx>>,
        kind: CandidateKind<'tcx>,
    ) -> Result<Selection<'tcx>, NoSolution> {
        use crate::solve::selection_builtin_source;
        let mut impl_args = None;
        match kind {
            CandidateKind::Impl(d) => impl_args = Some((d, ecx.confirm_impl(goal, d)?)),
            _ => ecx.confirm_trait_candidate(goal, kind)?,
        }
        let nested: PredicateObligations<'tcx> = std::mem::take(&mut ecx.nested)
            .into_iter()
            .map(|n| Obligation {
                cause: obligation.cause.clone(),
                param_env: obligation.param_env,
                recursion_depth: obligation.recursion_depth + 1,
                predicate: n.goal.predicate,
            })
            .collect();
        Ok(match kind {
            CandidateKind::Impl(_) => {
                let (impl_def_id, args) = impl_args.ok_or(NoSolution)?;
                ImplSource::UserDefined(ImplSourceUserDefinedData { impl_def_id, args, nested })
            }
            CandidateKind::ParamEnv(_) | CandidateKind::AliasBound(_) => ImplSource::Param(nested),
            _ => ImplSource::Builtin(selection_builtin_source(self, goal, kind), nested),
        })
    }
}

/// The most specific obligation because of which `root` does not hold, and how it fails.
pub(crate) fn find_best_leaf<'tcx>(
    infcx: &InferCtxt<'tcx>,
    root: &PredicateObligation<'tcx>,
) -> FulfillmentError<'tcx> {
    let mut current = root.clone();
    current.predicate = infcx.resolve_vars_if_possible(current.predicate);
    for _ in 0..super::util::recursion_limit(infcx.tcx) {
        match next_leaf(infcx, &current, |r| r.is_err()) {
            Some(next) => current = next,
            None => break,
        }
    }
    let code = error_code(infcx, &current);
    FulfillmentError::new(current, code, root.clone())
}

/// The most specific obligation because of which `root` is ambiguous.
pub(crate) fn find_ambiguous_leaf<'tcx>(
    infcx: &InferCtxt<'tcx>,
    root: &PredicateObligation<'tcx>,
) -> PredicateObligation<'tcx> {
    let mut current = root.clone();
    for _ in 0..8 {
        match next_leaf(infcx, &current, |r| matches!(r, Ok(Certainty::Maybe(_)))) {
            Some(next) => current = next,
            None => break,
        }
    }
    current
}

/// What the one candidate of an obligation needs that fails.
fn next_leaf<'tcx>(
    infcx: &InferCtxt<'tcx>,
    obligation: &PredicateObligation<'tcx>,
    wanted: impl Fn(Result<Certainty, NoSolution>) -> bool,
) -> Option<PredicateObligation<'tcx>> {
    let tcx = infcx.tcx;
    let kind = obligation.predicate.kind();
    let of_ambiguity = wanted(Ok(Certainty::AMBIGUOUS));
    // A projection whose trait does not hold fails because of that.
    if let PredicateKind::Clause(ClauseKind::Projection(p)) = kind.skip_binder() {
        if of_ambiguity {
            return None;
        }
        let trait_ref = tcx.projection_trait_ref(p.projection_term);
        let t: PolyTraitRef<'tcx> = kind.rebind(trait_ref);
        if matches!(tcx.def_kind(p.def_id()), hir::def::DefKind::AssocTy | hir::def::DefKind::AssocConst)
            && tcx.is_trait(tcx.parent(p.def_id()))
        {
            let o = obligation.with(tcx, t);
            let r = infcx.evaluate_goal_in_probe(o.as_goal());
            if wanted(r) && o.predicate != obligation.predicate {
                return Some(o);
            }
        }
        return None;
    }
    let PredicateKind::Clause(ClauseKind::Trait(t)) = kind.skip_binder() else {
        return None;
    };
    if t.polarity != PredicatePolarity::Positive {
        return None;
    }
    let poly = infcx.resolve_vars_if_possible(kind.rebind(t));
    let graph = SearchGraph::default();
    let mut found = None;
    // Variables made on the way are replaced by fresh ones, which the caller may keep.
    let predicate = infcx.fudge_inference_if_ok(|| {
        let predicate = infcx.enter_forall_and_leak_placeholders(poly);
        if infcx.shallow_resolve(predicate.self_ty()).is_ty_var() {
            return Err(());
        }
        let goal = Goal { param_env: obligation.param_env, predicate };
        let mut ecx = EvalCtxt::new(infcx, &graph, obligation.cause.span);
        let mut kinds: Vec<_> = ecx
            .assemble_trait_candidates(goal)
            .into_iter()
            .filter(|&k| {
                // Those whose header fits.
                infcx.probe(|_| {
                    let mut e = EvalCtxt::new(infcx, &graph, obligation.cause.span);
                    let ok = e.confirm_trait_candidate(goal, k).is_ok();
                    // Relating the header may need aliases to be equal.
                    let relations: Vec<_> =
                        e.nested.iter().filter(|n| n.where_clause.is_none()).map(|n| n.goal).collect();
                    let is_impl = matches!(k, CandidateKind::Impl(_));
                    ok && (!is_impl || relations.into_iter().all(|g| infcx.evaluate_goal_in_probe(g).is_ok()))
                })
            })
            .collect();
        if kinds.len() > 1 {
            let some_impl = kinds.iter().any(|k| {
                matches!(k, CandidateKind::Impl(d)
                    if tcx.impl_polarity(*d) == ImplPolarity::Positive)
            });
            if some_impl {
                kinds.retain(|k| !matches!(k, CandidateKind::ParamEnv(c) if c.is_global()));
            }
        }
        let [candidate] = kinds[..] else {
            return Err(());
        };
        ecx.nested.clear();
        ecx.confirm_trait_candidate(goal, candidate).map_err(|NoSolution| ())?;
        let mut nested = std::mem::take(&mut ecx.nested);
        if of_ambiguity {
            // `?U: From<T>` says more than `?U: Sized`.
            nested.sort_by_key(|n| {
                let t = n.goal.predicate.as_trait_clause();
                t.is_some_and(|t| tcx.is_lang_item(t.def_id(), hir::LangItem::Sized))
            });
        }
        for n in nested {
            if !matches!(
                n.goal.predicate.kind().skip_binder(),
                PredicateKind::Clause(_) | PredicateKind::DynCompatible(_)
            ) {
                continue;
            }
            if !wanted(infcx.evaluate_goal_in_probe(n.goal)) {
                continue;
            }
            let predicate = infcx.resolve_vars_if_possible(n.goal.predicate);
            if predicate == obligation.predicate {
                return Err(());
            }
            found = Some((candidate, n.where_clause));
            return Ok(in_terms_of(infcx, obligation.predicate, predicate));
        }
        Err(())
    });
    let (candidate, where_clause) = found?;
    let predicate = predicate.ok()?;
    Some(Obligation {
        cause: derive_cause(infcx, obligation, poly, candidate, where_clause),
        param_env: obligation.param_env,
        predicate,
        recursion_depth: obligation.recursion_depth + 1,
    })
}

/// Names a candidate's variables by those of the obligation that are the same: these are the ones that the user knows.
fn in_terms_of<'tcx>(
    infcx: &InferCtxt<'tcx>,
    known: ty::Predicate<'tcx>,
    predicate: ty::Predicate<'tcx>,
) -> ty::Predicate<'tcx> {
    if !predicate.has_non_region_infer() {
        return predicate;
    }
    let mut vars = KnownVars { infcx, vars: Vec::new() };
    let _ = known.visit_with(&mut vars);
    predicate.fold_with(&mut vars)
}

struct KnownVars<'a, 'tcx> {
    infcx: &'a InferCtxt<'tcx>,
    vars: Vec<ty::TyVid>,
}

impl<'tcx> TypeVisitor<'tcx> for KnownVars<'_, 'tcx> {
    type Break = ();
    fn visit_ty(&mut self, t: Ty<'tcx>) -> std::ops::ControlFlow<()> {
        self.vars.extend(t.ty_vid());
        t.super_visit_with(self)
    }
}

impl<'tcx> TypeFolder<'tcx> for KnownVars<'_, 'tcx> {
    fn cx(&self) -> ty::Interner<'tcx> {
        *self.infcx.tcx
    }
    fn fold_ty(&mut self, t: Ty<'tcx>) -> Ty<'tcx> {
        let Some(vid) = t.ty_vid() else { return t.super_fold_with(self) };
        let root = self.infcx.root_var(vid);
        match self.vars.iter().find(|&&v| self.infcx.root_var(v) == root) {
            Some(&known) => self.infcx.tcx.mk_ty_var(known),
            None => t,
        }
    }
}

fn derive_cause<'tcx>(
    infcx: &InferCtxt<'tcx>,
    obligation: &PredicateObligation<'tcx>,
    parent: ty::PolyTraitPredicate<'tcx>,
    candidate: CandidateKind<'tcx>,
    where_clause: Option<usize>,
) -> ObligationCause<'tcx> {
    let tcx = infcx.tcx;
    let parent = infcx.resolve_vars_if_possible(parent);
    match candidate {
        CandidateKind::Impl(impl_def_id) => {
            let span = where_clause
                .and_then(|i| tcx.all_predicates_of(impl_def_id).get(i).map(|&(_, s)| s))
                .unwrap_or_else(|| tcx.def_span(impl_def_id));
            obligation.cause.clone().derived_cause(parent, |derived| {
                ObligationCauseCode::ImplDerived(Box::new(ImplDerivedCause {
                    derived,
                    impl_or_alias_def_id: impl_def_id,
                    impl_def_predicate_index: where_clause,
                    span,
                }))
            })
        }
        CandidateKind::Builtin(_) => obligation
            .cause
            .clone()
            .derived_cause(parent, |d: DerivedCause<'tcx>| ObligationCauseCode::BuiltinDerived(d)),
        _ => obligation.cause.clone(),
    }
}

fn error_code<'tcx>(infcx: &InferCtxt<'tcx>, o: &PredicateObligation<'tcx>) -> FulfillmentErrorCode<'tcx> {
    let kind = o.predicate.kind();
    match kind.skip_binder() {
        PredicateKind::Clause(ClauseKind::Projection(_)) => FulfillmentErrorCode::Project(TypeError::Mismatch),
        PredicateKind::NormalizesTo(_) | PredicateKind::AliasRelate(..) => {
            FulfillmentErrorCode::Project(TypeError::Mismatch)
        }
        PredicateKind::Subtype(p) => {
            let ef = ExpectedFound::new(p.a, p.b);
            let ef = if p.a_is_expected { ef } else { ExpectedFound::new(p.b, p.a) };
            let ef = ExpectedFound::new(
                infcx.resolve_vars_if_possible(ef.expected),
                infcx.resolve_vars_if_possible(ef.found),
            );
            FulfillmentErrorCode::Subtype(ef, TypeError::Sorts(ef))
        }
        PredicateKind::Coerce(p) => {
            let ef = ExpectedFound::new(infcx.resolve_vars_if_possible(p.b), infcx.resolve_vars_if_possible(p.a));
            FulfillmentErrorCode::Subtype(ef, TypeError::Sorts(ef))
        }
        PredicateKind::ConstEquate(a, b) => {
            let ef = ExpectedFound::new(a, b);
            FulfillmentErrorCode::ConstEquate(ef, TypeError::ConstMismatch(ef))
        }
        PredicateKind::DynCompatible(d) => FulfillmentErrorCode::Select(SelectionError::TraitDynIncompatible(d)),
        PredicateKind::Clause(ClauseKind::ConstArgHasType(ct, expected_ty)) => {
            let ct_ty = match ct.kind() {
                ty::ConstKind::Value(v) => v.ty,
                ty::ConstKind::Unevaluated(uv) => infcx.tcx.type_of(uv.def).instantiate(*infcx.tcx, uv.args),
                ty::ConstKind::Param(_) => o
                    .param_env
                    .caller_bounds()
                    .iter()
                    .find_map(|c| match c.kind().skip_binder() {
                        ClauseKind::ConstArgHasType(c, t) if c == ct => Some(t),
                        _ => None,
                    })
                    .unwrap_or(expected_ty),
                _ => expected_ty,
            };
            FulfillmentErrorCode::Select(SelectionError::ConstArgHasWrongType { ct, ct_ty, expected_ty })
        }
        PredicateKind::Clause(ClauseKind::Trait(t)) => {
            FulfillmentErrorCode::Select(signature_mismatch(infcx, o, kind.rebind(t)))
        }
        _ => FulfillmentErrorCode::Select(SelectionError::Unimplemented),
    }
}

/// `F: Fn(u8)` for something callable with other parameters.
fn signature_mismatch<'tcx>(
    infcx: &InferCtxt<'tcx>,
    o: &PredicateObligation<'tcx>,
    t: ty::PolyTraitPredicate<'tcx>,
) -> SelectionError<'tcx> {
    let tcx = infcx.tcx;
    let Some(kind) = tcx.fn_trait_kind_from_def_id(t.def_id()) else {
        return SelectionError::Unimplemented;
    };
    infcx.probe(|_| {
        let t = infcx.enter_forall_and_leak_placeholders(t);
        let graph = SearchGraph::default();
        let ecx = EvalCtxt::new(infcx, &graph, o.cause.span);
        let self_ty = infcx.shallow_resolve(t.self_ty());
        if !matches!(self_ty.kind(), ty::TyKind::Closure(..) | ty::TyKind::FnDef(..) | ty::TyKind::FnPtr(_)) {
            return SelectionError::Unimplemented;
        }
        let Ok(Some(sig)) = ecx.extract_call_sig(self_ty, kind) else {
            return SelectionError::Unimplemented;
        };
        let sig = tcx.instantiate_bound_regions_with_erased(sig);
        let found = TraitRef::new(*tcx, t.def_id(), [self_ty, sig.inputs]);
        let found = infcx.resolve_vars_if_possible(found);
        let expected = infcx.resolve_vars_if_possible(t.trait_ref);
        let r =
            infcx.at(&ObligationCause::dummy(), o.param_env).eq(crate::infer::DefineOpaqueTypes::Yes, expected, found);
        match r {
            Err(terr) => SelectionError::SignatureMismatch(Box::new(SignatureMismatchData {
                found_trait_ref: found,
                expected_trait_ref: expected,
                terr,
            })),
            Ok(_) => SelectionError::Unimplemented,
        }
    })
}
