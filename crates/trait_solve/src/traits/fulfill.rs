//! [`FulfillmentContext`]: the list of obligations of a body, proved as more becomes known.

use smallvec::SmallVec;
use ty::error::{ExpectedFound, TypeError};
use ty::visit::{TypeSuperVisitable, TypeVisitable, TypeVisitableExt, TypeVisitor};
use ty::{ClauseKind, Const, ConstKind, InferConst, Predicate, PredicateKind, Ty, TyKind};

use super::select::SelectionError;
use super::{PredicateObligation, PredicateObligations, TraitEngine};
use crate::infer::{DefineOpaqueTypes, InferCtxt};
use crate::solve::{Certainty, MaybeCause, NoSolution};

/// An obligation that does not hold, or is not known to.
#[derive(Clone, Debug)]
pub struct FulfillmentError<'tcx> {
    /// The most specific obligation that is the reason.
    pub obligation: PredicateObligation<'tcx>,
    pub code: FulfillmentErrorCode<'tcx>,
    /// What was registered.
    pub root_obligation: PredicateObligation<'tcx>,
}

/// How it failed.
#[derive(Clone, Debug)]
pub enum FulfillmentErrorCode<'tcx> {
    Cycle(PredicateObligations<'tcx>),
    Select(SelectionError<'tcx>),
    /// A projection is something else (E0271).
    Project(TypeError<'tcx>),
    Subtype(ExpectedFound<Ty<'tcx>>, TypeError<'tcx>),
    ConstEquate(ExpectedFound<Const<'tcx>>, TypeError<'tcx>),
    Ambiguity {
        /// Too deep (E0275).
        overflow: Option<bool>,
    },
}

/// An error of which only the kind matters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ScrubbedTraitError {
    TrueError,
    Ambiguity,
}

impl ScrubbedTraitError {
    pub fn is_true_error(&self) -> bool {
        *self == ScrubbedTraitError::TrueError
    }
}

impl<'tcx> FulfillmentError<'tcx> {
    pub fn new(
        obligation: PredicateObligation<'tcx>,
        code: FulfillmentErrorCode<'tcx>,
        root_obligation: PredicateObligation<'tcx>,
    ) -> Self {
        FulfillmentError { obligation, code, root_obligation }
    }
    /// Not an ambiguity.
    pub fn is_true_error(&self) -> bool {
        !matches!(self.code, FulfillmentErrorCode::Ambiguity { .. })
    }
}

struct Pending<'tcx> {
    obligation: PredicateObligation<'tcx>,
    /// The variables (roots) on which it waits; empty if it was not tried yet.
    stalled_on: SmallVec<[Waiting<'tcx>; 2]>,
    overflowed: bool,
}

impl<'tcx> Pending<'tcx> {
    fn new(obligation: PredicateObligation<'tcx>) -> Self {
        Pending { obligation, stalled_on: SmallVec::new(), overflowed: false }
    }
}

#[derive(Clone, Copy)]
enum Waiting<'tcx> {
    Ty(Ty<'tcx>),
    Const(Const<'tcx>),
}

/// Keeps obligations until they are proved.
pub struct FulfillmentContext<'tcx> {
    pending: Vec<Pending<'tcx>>,
    /// How many obligations were registered since the last selection.
    untried: bool,
    /// What was proved of types that have coroutines of this body in them, whose kept variables are not known yet.
    of_coroutines: PredicateObligations<'tcx>,
}

impl<'tcx> FulfillmentContext<'tcx> {
    pub fn new(_: &InferCtxt<'tcx>) -> Self {
        FulfillmentContext { pending: Vec::new(), untried: false, of_coroutines: Vec::new() }
    }
}

fn defines_opaque_types(infcx: &InferCtxt<'_>) -> bool {
    matches!(infcx.typing_mode(),
        ty::TypingMode::Analysis { defining_opaque_types } | ty::TypingMode::Borrowck { defining_opaque_types }
            if !defining_opaque_types.is_empty())
}

fn unchanged<'tcx>(infcx: &InferCtxt<'tcx>, w: Waiting<'tcx>) -> bool {
    match w {
        Waiting::Ty(t) => match *t.kind() {
            TyKind::Infer(ty::InferTy::TyVar(v)) => infcx.root_var(v) == v && infcx.probe_ty_var(v).is_err(),
            TyKind::Infer(ty::InferTy::IntVar(v)) => infcx.opportunistic_resolve_int_var(v) == t,
            TyKind::Infer(ty::InferTy::FloatVar(v)) => infcx.opportunistic_resolve_float_var(v) == t,
            _ => false,
        },
        Waiting::Const(c) => match c.kind() {
            ConstKind::Infer(InferConst::Var(v)) => infcx.root_const_var(v) == v && infcx.probe_const_var(v).is_err(),
            _ => false,
        },
    }
}

struct CollectVars<'tcx>(SmallVec<[Waiting<'tcx>; 2]>);

impl<'tcx> TypeVisitor<'tcx> for CollectVars<'tcx> {
    type Break = ();
    fn visit_ty(&mut self, t: Ty<'tcx>) -> std::ops::ControlFlow<()> {
        if !t.has_non_region_infer() {
            return std::ops::ControlFlow::Continue(());
        }
        if t.is_ty_infer() {
            if !self.0.iter().any(|w| matches!(w, Waiting::Ty(u) if *u == t)) {
                self.0.push(Waiting::Ty(t));
            }
            return std::ops::ControlFlow::Continue(());
        }
        t.super_visit_with(self)
    }
    fn visit_const(&mut self, c: Const<'tcx>) -> std::ops::ControlFlow<()> {
        if matches!(c.kind(), ConstKind::Infer(_)) {
            self.0.push(Waiting::Const(c));
            return std::ops::ControlFlow::Continue(());
        }
        c.super_visit_with(self)
    }
}

fn stalled_on<'tcx>(p: Predicate<'tcx>) -> SmallVec<[Waiting<'tcx>; 2]> {
    // A trait goal about a variable waits for that one alone.
    if let PredicateKind::Clause(ClauseKind::Trait(t)) = p.kind().skip_binder()
        && t.self_ty().is_ty_var()
    {
        return SmallVec::from_iter([Waiting::Ty(t.self_ty())]);
    }
    let mut c = CollectVars(SmallVec::new());
    let _ = p.visit_with(&mut c);
    c.0
}

impl<'tcx> FulfillmentContext<'tcx> {
    /// Adds an obligation.
    pub fn register_predicate_obligation(
        &mut self,
        infcx: &InferCtxt<'tcx>,
        mut obligation: PredicateObligation<'tcx>,
    ) {
        self.untried = true;
        if obligation.predicate.has_opaque_types() && defines_opaque_types(infcx) {
            self.reveal_expected_opaques(infcx, &mut obligation);
        }
        if let PredicateKind::Coerce(p) = obligation.predicate.kind().skip_binder() {
            infcx.coerced_vars.borrow_mut().push((p.a, p.b));
        }
        self.pending.push(Pending::new(obligation));
    }

    /// `<Range<u32> as Iterator>::Item == impl Debug` where the opaque type is defined here says what it hides. The
    /// solver knows nothing of hidden types: it gets the variable that stands for it.
    fn reveal_expected_opaques(&mut self, infcx: &InferCtxt<'tcx>, obligation: &mut PredicateObligation<'tcx>) {
        let kind = obligation.predicate.kind();
        let PredicateKind::Clause(ClauseKind::Projection(mut p)) = kind.skip_binder() else { return };
        if kind.no_bound_vars().is_none() || !p.term.has_opaque_types() {
            return;
        }
        let ok = infcx.replace_opaque_types_with_inference_vars(
            p.term,
            obligation.cause.body_id,
            obligation.cause.span,
            obligation.param_env,
        );
        p.term = ok.value;
        obligation.predicate = super::Upcast::upcast(PredicateKind::Clause(ClauseKind::Projection(p)), infcx.tcx);
        self.register_predicate_obligations(infcx, ok.obligations);
    }

    /// Proves what can be proved; the errors found.
    #[must_use]
    pub fn select_where_possible(&mut self, infcx: &InferCtxt<'tcx>) -> Vec<FulfillmentError<'tcx>> {
        let mut errors = Vec::new();
        for round in 0.. {
            let mut progress = false;
            let mut kept = Vec::with_capacity(self.pending.len());
            let pending = std::mem::take(&mut self.pending);
            for mut p in pending {
                if !p.stalled_on.is_empty() && p.stalled_on.iter().all(|&w| unchanged(infcx, w)) {
                    kept.push(p);
                    continue;
                }
                let goal = p.obligation.as_goal();
                // Taken apart here rather than in the solver, so that each part has its own cause.
                if let PredicateKind::Clause(ClauseKind::WellFormed(term)) = goal.predicate.kind().skip_binder()
                    && let Some(parts) = super::wf::obligations(
                        infcx,
                        goal.param_env,
                        p.obligation.cause.body_id,
                        p.obligation.recursion_depth + 1,
                        term,
                        p.obligation.cause.span,
                        Some(&p.obligation.cause),
                    )
                {
                    progress = true;
                    if p.obligation.recursion_depth <= super::util::recursion_limit(infcx.tcx) {
                        kept.extend(parts.into_iter().map(Pending::new));
                    }
                    continue;
                }
                match evaluate_obligation_goal(infcx, &p.obligation, goal) {
                    Ok((_, Certainty::Yes)) => {
                        progress = true;
                        if defines_opaque_types(infcx) {
                            self.note_coroutines(infcx, p.obligation);
                        }
                    }
                    Ok((changed, Certainty::Maybe(why))) => {
                        progress |= changed;
                        p.overflowed = why == MaybeCause::Overflow;
                        let resolved = infcx.resolve_vars_if_possible(p.obligation.predicate);
                        p.obligation.predicate = resolved;
                        p.stalled_on = stalled_on(resolved);
                        kept.push(p);
                    }
                    Err(NoSolution) => {
                        let error = super::select::find_best_leaf(infcx, &p.obligation);
                        match define_by_projection(infcx, &error) {
                            Some(obligations) => {
                                progress = true;
                                kept.extend(obligations.into_iter().map(Pending::new));
                            }
                            None => errors.push(error),
                        }
                    }
                }
            }
            self.pending = kept;
            self.untried = false;
            if !progress || round >= super::util::recursion_limit(infcx.tcx) {
                break;
            }
        }
        errors
    }

    /// Adds obligations.
    pub fn register_predicate_obligations(
        &mut self,
        infcx: &InferCtxt<'tcx>,
        obligations: impl IntoIterator<Item = PredicateObligation<'tcx>>,
    ) {
        for o in obligations {
            self.register_predicate_obligation(infcx, o);
        }
    }

    /// Proves all; what is left is an error.
    #[must_use]
    pub fn select_all_or_error(&mut self, infcx: &InferCtxt<'tcx>) -> Vec<FulfillmentError<'tcx>> {
        let errors = self.select_where_possible(infcx);
        if errors.is_empty() { self.collect_remaining_errors(infcx) } else { errors }
    }

    /// Takes what is left as ambiguous.
    pub fn collect_remaining_errors(&mut self, infcx: &InferCtxt<'tcx>) -> Vec<FulfillmentError<'tcx>> {
        std::mem::take(&mut self.pending)
            .into_iter()
            .map(|p| {
                let code = FulfillmentErrorCode::Ambiguity { overflow: p.overflowed.then_some(true) };
                let mut o = p.obligation;
                o.predicate = infcx.resolve_vars_if_possible(o.predicate);
                let leaf = super::select::find_ambiguous_leaf(infcx, &o);
                FulfillmentError::new(leaf, code, o)
            })
            .collect()
    }

    /// Whether something is left.
    pub fn has_pending_obligations(&self) -> bool {
        !self.pending.is_empty()
    }

    /// What is left, in order of registration.
    pub fn pending_obligations(&self) -> PredicateObligations<'tcx> {
        self.pending.iter().map(|p| p.obligation.clone()).collect()
    }

    /// Keeps an obligation that holds if the coroutines of this body keep nothing.
    fn note_coroutines(&mut self, infcx: &InferCtxt<'tcx>, mut obligation: PredicateObligation<'tcx>) {
        if !matches!(obligation.predicate.kind().skip_binder(), PredicateKind::Clause(ClauseKind::Trait(_))) {
            return;
        }
        obligation.predicate = infcx.resolve_vars_if_possible(obligation.predicate);
        if obligation.predicate.has_coroutines() {
            self.of_coroutines.push(obligation);
        }
    }

    /// Takes the obligations that have to be looked at again when it is known what the body's coroutines keep.
    pub fn drain_stalled_obligations_for_coroutines(&mut self, infcx: &InferCtxt<'tcx>) -> PredicateObligations<'tcx> {
        let mut obligations = std::mem::take(&mut self.of_coroutines);
        for o in &mut obligations {
            o.predicate = infcx.resolve_vars_if_possible(o.predicate);
        }
        obligations
    }
}

impl<'tcx> TraitEngine<'tcx> for FulfillmentContext<'tcx> {
    fn register_predicate_obligation(&mut self, infcx: &InferCtxt<'tcx>, obligation: PredicateObligation<'tcx>) {
        self.register_predicate_obligation(infcx, obligation);
    }
    fn select_where_possible(&mut self, infcx: &InferCtxt<'tcx>) -> Vec<FulfillmentError<'tcx>> {
        self.select_where_possible(infcx)
    }
    fn collect_remaining_errors(&mut self, infcx: &InferCtxt<'tcx>) -> Vec<FulfillmentError<'tcx>> {
        self.collect_remaining_errors(infcx)
    }
    fn has_pending_obligations(&self) -> bool {
        self.has_pending_obligations()
    }
    fn pending_obligations(&self) -> PredicateObligations<'tcx> {
        self.pending_obligations()
    }
    fn drain_stalled_obligations_for_coroutines(&mut self, infcx: &InferCtxt<'tcx>) -> PredicateObligations<'tcx> {
        self.drain_stalled_obligations_for_coroutines(infcx)
    }
}

/// rustc's newer name.
pub type FulfillmentCtxt<'tcx> = FulfillmentContext<'tcx>;

/// `<fn foo as FnOnce<()>>::Output == u8` in `fn foo() -> impl Sized`: the alias is an opaque type that is defined here,
/// and this says what it hides. What must hold then; `None` if the error is about something else.
fn define_by_projection<'tcx>(
    infcx: &InferCtxt<'tcx>,
    error: &FulfillmentError<'tcx>,
) -> Option<PredicateObligations<'tcx>> {
    if !defines_opaque_types(infcx) {
        return None;
    }
    let (leaf, root) = (&error.obligation, &error.root_obligation);
    let PredicateKind::Clause(ClauseKind::Projection(p)) = leaf.predicate.kind().skip_binder() else { return None };
    let p = infcx.enter_forall_and_leak_placeholders(leaf.predicate.kind().rebind(p));
    let ty::Term::Ty(expected) = p.term else { return None };
    let alias = p.projection_term.expect_ty();
    let alias = infcx.tcx.mk_alias(ty::AliasTyKind::Projection, alias.def_id, alias.args);
    let normalized =
        super::normalize::normalize_with_depth(infcx, leaf.param_env, &leaf.cause, leaf.recursion_depth, alias);
    let TyKind::Alias(ty::AliasTyKind::Opaque, opaque) = *normalized.value.kind() else { return None };
    if !infcx.can_define_opaque_ty(opaque.def_id) {
        return None;
    }
    if matches!(root.predicate.kind().skip_binder(), PredicateKind::Clause(ClauseKind::Projection(_))) {
        let related =
            infcx.at(&leaf.cause, leaf.param_env).eq(DefineOpaqueTypes::Yes, expected, normalized.value).ok()?;
        return Some(normalized.obligations.into_iter().chain(related.obligations).collect());
    }
    // Deeper down: what the root needs is taken apart here, where hidden types are known.
    let PredicateKind::Clause(ClauseKind::Trait(t)) = root.predicate.kind().skip_binder() else { return None };
    let t = infcx.enter_forall_and_leak_placeholders(root.predicate.kind().rebind(t));
    let selection = infcx.select(&root.with(infcx.tcx, t)).ok()??;
    Some(selection.nested_obligations())
}

/// Evaluates an obligation's goal. Outlives obligations keep their cause.
fn evaluate_obligation_goal<'tcx>(
    infcx: &InferCtxt<'tcx>,
    obligation: &PredicateObligation<'tcx>,
    goal: crate::solve::Goal<'tcx, Predicate<'tcx>>,
) -> Result<(bool, Certainty), NoSolution> {
    let kind = goal.predicate.kind();
    if let Some(kind) = kind.no_bound_vars() {
        match kind {
            PredicateKind::Clause(ClauseKind::RegionOutlives(p)) => {
                infcx.region_outlives_predicate(&obligation.cause, p);
                return Ok((false, Certainty::Yes));
            }
            PredicateKind::Clause(ClauseKind::TypeOutlives(ty::OutlivesPredicate(t, r))) => {
                let t = infcx.resolve_vars_if_possible(t);
                if !infcx.considering_regions {
                    return Ok((false, Certainty::Yes));
                }
                if !t.is_ty_var() {
                    infcx.register_type_outlives_constraint(t, r, &obligation.cause);
                    return Ok((false, Certainty::Yes));
                }
                return Ok((false, Certainty::AMBIGUOUS));
            }
            _ => {}
        }
    }
    let answer = infcx.evaluate_root_goal(goal, obligation.cause.span)?;
    // Bounds in scope are held against regions here; that an impl is not general enough is for borrow checking to say.
    if answer.1.is_yes()
        && let PredicateKind::Clause(ClauseKind::Trait(t)) = kind.skip_binder()
        && matches!(infcx.shallow_resolve(t.self_ty()).kind(), TyKind::Param(_) | TyKind::Alias(..))
        && infcx.leaks_placeholders(goal)
    {
        return Err(NoSolution);
    }
    Ok(answer)
}
