//! The solver: canonical goals, candidates, and answers.
//!
//! A goal is made canonical (its variables numbered, `canonical.rs`), looked up among the goals solved before
//! (`search_graph.rs`, which also handles cycles), or solved in an inference context of its own (`eval_ctxt.rs`):
//! trait goals by assembling candidates (`trait_goals.rs`, with the built-in ones in `builtin.rs`, `fn_like.rs`,
//! `unsize.rs`), aliases by `normalizes_to.rs` and `alias.rs`. The answer (a [`Response`]) says how certain it is,
//! what the variables must be and which region constraints it needs; the caller instantiates it.

mod alias;
mod builtin;
pub(crate) mod canonical;
mod effect;
pub(crate) mod eval_ctxt;
mod fn_like;
mod merge;
mod normalizes_to;
mod other_goals;
pub(crate) mod search_graph;
mod trait_goals;
mod unsize;

use std::cell::RefCell;

use query::TyCtxt;
use span::FxHashMap;
use ty::{
    CanonicalVarInfo, ClauseKind, GenericArgsRef, List, ParamEnv, Predicate, PredicateKind, Ty, TypingMode,
    UniverseIndex,
};

pub(crate) use eval_ctxt::EvalCtxt;
pub(crate) use trait_goals::CandidateKind;

use crate::infer::InferCtxt;

/// Something to be proved under assumptions.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Goal<'tcx, P> {
    pub param_env: ParamEnv<'tcx>,
    pub predicate: P,
}

impl<'tcx, P> Goal<'tcx, P> {
    pub fn new(param_env: ParamEnv<'tcx>, predicate: P) -> Self {
        Goal { param_env, predicate }
    }
    /// Another predicate under the same assumptions.
    pub fn with<Q>(&self, predicate: Q) -> Goal<'tcx, Q> {
        Goal { param_env: self.param_env, predicate }
    }
}

/// The goal does not hold.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct NoSolution;

impl<'tcx> From<ty::error::TypeError<'tcx>> for NoSolution {
    fn from(_: ty::error::TypeError<'tcx>) -> Self {
        NoSolution
    }
}

/// How certain an answer is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Certainty {
    Yes,
    Maybe(MaybeCause),
}

/// Why an answer is not certain.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum MaybeCause {
    Ambiguity,
    Overflow,
}

impl Certainty {
    pub const AMBIGUOUS: Certainty = Certainty::Maybe(MaybeCause::Ambiguity);
    pub const OVERFLOW: Certainty = Certainty::Maybe(MaybeCause::Overflow);
    /// Both must hold.
    pub fn and(self, other: Certainty) -> Certainty {
        match (self, other) {
            (Certainty::Yes, c) | (c, Certainty::Yes) => c,
            (Certainty::Maybe(MaybeCause::Overflow), _) | (_, Certainty::Maybe(MaybeCause::Overflow)) => {
                Certainty::OVERFLOW
            }
            _ => Certainty::AMBIGUOUS,
        }
    }
    pub fn is_yes(self) -> bool {
        self == Certainty::Yes
    }
}

/// A goal whose variables are numbered; a key of the cache.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct CanonicalInput<'tcx> {
    pub(crate) param_env: ParamEnv<'tcx>,
    pub(crate) predicate: Predicate<'tcx>,
    pub(crate) vars: &'tcx List<CanonicalVarInfo>,
    pub(crate) max_universe: UniverseIndex,
    pub(crate) mode: TypingMode<'tcx>,
    pub(crate) regions: bool,
}

/// An answer.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Response<'tcx> {
    pub(crate) certainty: Certainty,
    /// The variables that occur in the answer.
    pub(crate) vars: &'tcx List<CanonicalVarInfo>,
    /// What the goal's variables must be; `None` if nothing was learnt.
    pub(crate) var_values: Option<GenericArgsRef<'tcx>>,
    /// `a0: r0, a1: r1, ..`, flat.
    pub(crate) outlives: GenericArgsRef<'tcx>,
}

impl<'tcx> Response<'tcx> {
    /// Nothing learnt.
    pub(crate) fn trivial(certainty: Certainty) -> Self {
        Response { certainty, vars: List::empty(), var_values: None, outlives: List::empty() }
    }
    pub(crate) fn is_trivial(&self) -> bool {
        self.var_values.is_none() && self.outlives.is_empty()
    }
}

pub(crate) type QueryResult<'tcx> = Result<Response<'tcx>, NoSolution>;

/// Goals solved before, for the whole session.
#[derive(Default)]
pub(crate) struct GlobalCache<'tcx> {
    pub(crate) goals: RefCell<FxHashMap<CanonicalInput<'tcx>, QueryResult<'tcx>>>,
    pub(crate) erased_envs: RefCell<FxHashMap<ParamEnv<'tcx>, ParamEnv<'tcx>>>,
    /// Deeply normalised aliases without variables.
    pub(crate) normalized: RefCell<FxHashMap<NormalizeKey<'tcx>, Option<Ty<'tcx>>>>,
}

/// An alias to be normalised in an environment.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct NormalizeKey<'tcx> {
    pub(crate) param_env: ParamEnv<'tcx>,
    pub(crate) mode: TypingMode<'tcx>,
    pub(crate) ty: Ty<'tcx>,
}

struct SolverSlot;

/// The session's cache.
pub(crate) fn cache<'tcx>(tcx: TyCtxt<'tcx>) -> &'tcx GlobalCache<'tcx> {
    tcx.slot::<SolverSlot, GlobalCache<'tcx>>(GlobalCache::default)
}

/// Whether opaque types of other bodies are looked through.
pub(crate) fn reveals_opaques(infcx: &InferCtxt<'_>) -> bool {
    matches!(infcx.typing_mode(), TypingMode::PostAnalysis | TypingMode::PostBorrowckAnalysis { .. })
}

impl<'tcx> InferCtxt<'tcx> {
    /// Tries to prove a goal. Whether something was learnt of its variables, and how certain the answer is.
    pub fn evaluate_root_goal(
        &self,
        goal: Goal<'tcx, Predicate<'tcx>>,
        span: span::Span,
    ) -> Result<(bool, Certainty), NoSolution> {
        let graph = search_graph::SearchGraph::default();
        let mut ecx = EvalCtxt::new(self, &graph, span);
        ecx.evaluate_goal(goal)
    }

    /// Whether a goal that holds without regions does not hold with them: `for<'a> T: Trait<'a>` does not follow from
    /// `T: Trait<'static>`. For contexts that ignore regions.
    pub fn leaks_placeholders(&self, goal: Goal<'tcx, Predicate<'tcx>>) -> bool {
        if self.considering_regions || self.skip_leak_check {
            return false;
        }
        let goal = goal.with(self.resolve_vars_if_possible(goal.predicate));
        if !may_leak(self.tcx, goal.predicate) {
            return false;
        }
        let input = canonical::canonicalize_for_leak_check(self, goal);
        search_graph::SearchGraph::default().evaluate(self.tcx, input).is_err()
    }

    /// Whether it is only the regions for which a goal does not hold. For contexts with regions.
    pub fn fails_by_regions_alone(&self, goal: Goal<'tcx, Predicate<'tcx>>) -> bool {
        use ty::visit::TypeVisitableExt;
        let goal = goal.with(self.resolve_vars_if_possible(goal.predicate));
        if goal.predicate.has_non_region_infer() || !may_leak(self.tcx, goal.predicate) {
            return false;
        }
        use crate::infer::TyCtxtInferExt;
        let without = self.tcx.infer_ctxt().ignoring_regions().build(self.typing_mode());
        let goal = goal.with(canonical::erase_free_regions(self, goal.predicate));
        matches!(without.evaluate_root_goal(goal, span::DUMMY_SP), Ok((_, Certainty::Yes)))
    }

    /// As [`InferCtxt::evaluate_root_goal`] without learning.
    pub fn evaluate_goal_in_probe(&self, goal: Goal<'tcx, Predicate<'tcx>>) -> Result<Certainty, NoSolution> {
        self.probe(|_| self.evaluate_root_goal(goal, span::DUMMY_SP).map(|(_, c)| c))
    }
}

/// Whether a goal is about bound regions, and of a trait that could tell them apart.
fn may_leak<'tcx>(tcx: TyCtxt<'tcx>, predicate: Predicate<'tcx>) -> bool {
    use ty::visit::TypeVisitableExt;
    let PredicateKind::Clause(ClauseKind::Trait(t)) = predicate.kind().skip_binder() else { return false };
    // FIXME: normalising under a binder can erase a bound region of an alias, so those are not looked at.
    let args = t.trait_ref.args;
    args.has_type_flags(ty::TypeFlags::HAS_RE_BOUND) && !args.has_aliases() && !tcx.trait_is_auto(t.def_id())
}

/// What a built-in candidate is in terms of selection.
pub(crate) fn selection_builtin_source<'tcx>(
    infcx: &InferCtxt<'tcx>,
    goal: Goal<'tcx, ty::TraitPredicate<'tcx>>,
    kind: CandidateKind<'tcx>,
) -> query::BuiltinImplSource {
    use builtin::BuiltinKind;
    use query::BuiltinImplSource;
    use unsize::UnsizeKind;
    let tcx = infcx.tcx;
    match kind {
        CandidateKind::Object(c) => {
            // The slot is asked for only after monomorphisation, when nothing is unknown.
            use ty::visit::TypeVisitableExt;
            let trait_ref = infcx.resolve_vars_if_possible(goal.predicate.trait_ref);
            let _ = c;
            if trait_ref.has_infer() || trait_ref.has_param() {
                return BuiltinImplSource::Object(0);
            }
            BuiltinImplSource::Object(tcx.first_method_vtable_slot(tcx.erase_regions(trait_ref)))
        }
        CandidateKind::Builtin(BuiltinKind::Unsize(UnsizeKind::Upcast(_) | UnsizeKind::DynToDyn)) => {
            use ty::visit::TypeVisitableExt;
            let a = infcx.resolve_vars_if_possible(goal.predicate.self_ty());
            let b = infcx.resolve_vars_if_possible(goal.predicate.trait_ref.args.type_at(1));
            if a.has_infer() || b.has_infer() {
                return BuiltinImplSource::TraitUpcasting(None);
            }
            let key = (tcx.erase_regions(a), tcx.erase_regions(b));
            BuiltinImplSource::TraitUpcasting(tcx.supertrait_vtable_slot(key))
        }
        _ => BuiltinImplSource::Misc,
    }
}
