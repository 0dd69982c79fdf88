//! The goals that are being solved, cycles among them, and the cache of those solved.
//!
//! A goal that comes up again while it is being solved holds if the cycle is coinductive (all goals on it are of
//! auto traits, `Sized` and the like) and does not hold otherwise. Such a guess is checked: the head of the cycle
//! is solved again until its answer is the guess.

use std::cell::RefCell;

use query::TyCtxt;
use span::FxHashMap;
use ty::visit::TypeVisitableExt;
use ty::{ClauseKind, GenericArg, PredicateKind, Region, RegionKind, UniverseIndex};

use super::canonical::instantiate_input;
use super::{CanonicalInput, Certainty, EvalCtxt, NoSolution, QueryResult, Response};
use crate::infer::outlives::components::{Component, push_outlives_components};
use crate::infer::{InferCtxt, TyCtxtInferExt};

const FIXPOINT_STEPS: usize = 8;

struct StackEntry<'tcx> {
    input: CanonicalInput<'tcx>,
    coinductive: bool,
    /// The guess that was used for a cycle back to this goal.
    provisional: Option<QueryResult<'tcx>>,
    /// The lowest goal of the stack whose guess the answer depends on.
    lowest_head: usize,
    /// Whether the recursion limit was met inside.
    overflow: bool,
    provisional_cache_len: usize,
}

struct ProvisionalEntry<'tcx> {
    input: CanonicalInput<'tcx>,
    result: QueryResult<'tcx>,
    lowest_head: usize,
    coinductive_path: bool,
}

/// The stack of goals of one root evaluation.
#[derive(Default)]
pub(crate) struct SearchGraph<'tcx> {
    stack: RefCell<Vec<StackEntry<'tcx>>>,
    provisional: RefCell<Vec<ProvisionalEntry<'tcx>>>,
}

/// Whether a cycle through the goal may hold.
fn is_coinductive<'tcx>(tcx: TyCtxt<'tcx>, p: ty::Predicate<'tcx>) -> bool {
    match p.kind().skip_binder() {
        PredicateKind::Clause(ClauseKind::Trait(t)) => {
            tcx.trait_is_coinductive(t.def_id())
                || tcx.is_lang_item(t.def_id(), hir::LangItem::Sized)
                || tcx.is_lang_item(t.def_id(), hir::LangItem::MetaSized)
        }
        PredicateKind::Clause(ClauseKind::WellFormed(_)) => true,
        // Transparent steps between trait goals.
        _ => false,
    }
}

impl<'tcx> SearchGraph<'tcx> {
    pub(crate) fn depth(&self) -> usize {
        self.stack.borrow().len()
    }

    /// Solves a canonical goal.
    pub(crate) fn evaluate(&self, tcx: TyCtxt<'tcx>, input: CanonicalInput<'tcx>) -> QueryResult<'tcx> {
        let cache = super::cache(tcx);
        if let Some(&r) = cache.goals.borrow().get(&input) {
            return r;
        }
        if let Some(r) = self.cycle(&input) {
            return r;
        }
        if let Some(r) = self.lookup_provisional(&input) {
            return r;
        }
        let depth = self.depth();
        if depth >= crate::traits::util::recursion_limit(tcx) {
            if let Some(top) = self.stack.borrow_mut().last_mut() {
                top.overflow = true;
            }
            return Ok(Response::trivial(Certainty::OVERFLOW));
        }
        self.stack.borrow_mut().push(StackEntry {
            input,
            coinductive: is_coinductive(tcx, input.predicate),
            provisional: None,
            lowest_head: usize::MAX,
            overflow: false,
            provisional_cache_len: self.provisional.borrow().len(),
        });
        let mut result = compute(tcx, self, &input);
        for step in 0.. {
            let mut stack = self.stack.borrow_mut();
            let own = stack.last_mut().expect("own entry");
            let Some(guess) = own.provisional else { break };
            if guess == result {
                break;
            }
            if step == FIXPOINT_STEPS {
                result = Ok(Response::trivial(Certainty::OVERFLOW));
                break;
            }
            own.provisional = Some(result);
            let keep = own.provisional_cache_len;
            drop(stack);
            self.provisional.borrow_mut().truncate(keep);
            result = compute(tcx, self, &input);
        }
        let entry = self.stack.borrow_mut().pop().expect("own entry");
        // A cycle back to this goal itself is settled now.
        let lowest = if entry.lowest_head >= depth { usize::MAX } else { entry.lowest_head };
        if let Some(parent) = self.stack.borrow_mut().last_mut() {
            parent.lowest_head = parent.lowest_head.min(lowest);
            parent.overflow |= entry.overflow;
        }
        if lowest == usize::MAX {
            let finished = self.provisional.borrow_mut().split_off(entry.provisional_cache_len);
            if !entry.overflow {
                let mut goals = cache.goals.borrow_mut();
                for p in finished {
                    goals.insert(p.input, p.result);
                }
                goals.insert(input, result);
            }
        } else {
            let mut provisional = self.provisional.borrow_mut();
            for p in &mut provisional[entry.provisional_cache_len..] {
                if p.lowest_head >= depth {
                    p.lowest_head = lowest;
                }
            }
            let coinductive_path = self.path_is_coinductive(lowest) && is_coinductive(tcx, input.predicate);
            provisional.push(ProvisionalEntry { input, result, lowest_head: lowest, coinductive_path });
        }
        result
    }

    fn path_is_coinductive(&self, from: usize) -> bool {
        let stack = self.stack.borrow();
        let path = &stack[from..];
        path.iter().all(|e| e.coinductive || is_transparent(&e.input)) && path.iter().any(|e| e.coinductive)
    }

    fn cycle(&self, input: &CanonicalInput<'tcx>) -> Option<QueryResult<'tcx>> {
        let head = self.stack.borrow().iter().rposition(|e| e.input == *input)?;
        let coinductive = self.path_is_coinductive(head);
        let mut stack = self.stack.borrow_mut();
        let last = stack.last_mut().expect("not empty");
        last.lowest_head = last.lowest_head.min(head);
        let entry = &mut stack[head];
        let guess = *entry.provisional.get_or_insert_with(|| {
            if coinductive {
                Ok(Response::trivial(Certainty::Yes))
            } else if matches!(input.mode, ty::TypingMode::Coherence) {
                Ok(Response::trivial(Certainty::OVERFLOW))
            } else {
                Err(NoSolution)
            }
        });
        Some(guess)
    }

    fn lookup_provisional(&self, input: &CanonicalInput<'tcx>) -> Option<QueryResult<'tcx>> {
        let provisional = self.provisional.borrow();
        let entry = provisional.iter().rev().find(|p| p.input == *input)?;
        if self.path_is_coinductive(entry.lowest_head) != entry.coinductive_path {
            return None;
        }
        let mut stack = self.stack.borrow_mut();
        let last = stack.last_mut()?;
        last.lowest_head = last.lowest_head.min(entry.lowest_head);
        Some(entry.result)
    }
}

/// Goals that only stand between others: normalisation of a field's type in an auto trait's cycle, say.
fn is_transparent(input: &CanonicalInput<'_>) -> bool {
    matches!(input.predicate.kind().skip_binder(), PredicateKind::AliasRelate(..) | PredicateKind::NormalizesTo(_))
}

fn compute<'tcx>(tcx: TyCtxt<'tcx>, graph: &SearchGraph<'tcx>, input: &CanonicalInput<'tcx>) -> QueryResult<'tcx> {
    let infcx = tcx.infer_ctxt().with_regions(input.regions).in_solver().build(input.mode);
    let (goal, values) = instantiate_input(&infcx, input);
    let mut ecx = EvalCtxt::new(&infcx, graph, span::DUMMY_SP);
    ecx.max_input_universe = input.max_universe;
    ecx.var_values = values;
    ecx.compute_goal(goal)
}

/// The constraints between regions that the asker can see, those through inner variables followed. Flat pairs.
pub(crate) fn visible_outlives<'tcx>(
    infcx: &InferCtxt<'tcx>,
    values: &[GenericArg<'tcx>],
    input_universe: UniverseIndex,
) -> Vec<GenericArg<'tcx>> {
    let inner = infcx.inner.borrow();
    let data = &inner.regions.data;
    if data.constraints.is_empty() && inner.region_obligations.is_empty() {
        return Vec::new();
    }
    let mut visible_vars: Vec<Region<'tcx>> = Vec::new();
    for v in values {
        collect_region_vars(*v, &mut visible_vars);
    }
    for o in &inner.region_obligations {
        collect_region_vars(o.sup_type.into(), &mut visible_vars);
    }
    let inner_placeholder =
        |r: Region<'tcx>| matches!(r.kind(), RegionKind::RePlaceholder(p) if input_universe.cannot_name(p.universe));
    let visible = |r: Region<'tcx>| match r.kind() {
        RegionKind::ReVar(_) => visible_vars.contains(&r),
        RegionKind::RePlaceholder(_) => !inner_placeholder(r),
        _ => true,
    };
    // From a region to those it must outlive.
    let mut outlives: FxHashMap<Region<'tcx>, Vec<Region<'tcx>>> = FxHashMap::default();
    let mut sups: Vec<Region<'tcx>> = Vec::new();
    for (c, _) in &data.constraints {
        let list = outlives.entry(c.sup).or_default();
        if list.is_empty() {
            sups.push(c.sup);
        }
        list.push(c.sub);
    }
    let re_static = infcx.tcx.lifetimes().re_static;
    let mut out: Vec<GenericArg<'tcx>> = Vec::new();
    let mut push = |a: GenericArg<'tcx>, r: Region<'tcx>| {
        if a != r.into() && !out.chunks(2).any(|p| p[0] == a && p[1] == r.into()) {
            out.push(a);
            out.push(r.into());
        }
    };
    let reach = |start: Region<'tcx>| {
        let mut seen = vec![start];
        let mut found = Vec::new();
        let mut next = 0;
        while next < seen.len() {
            let r = seen[next];
            next += 1;
            for &sub in outlives.get(&r).into_iter().flatten() {
                if seen.contains(&sub) {
                    continue;
                }
                seen.push(sub);
                if inner_placeholder(sub) {
                    found.push(re_static);
                } else if visible(sub) {
                    found.push(sub);
                    // Paths through visible regions are found from there.
                    seen.pop();
                    if found.iter().filter(|&&f| f == sub).count() > 1 {
                        found.pop();
                    }
                }
            }
        }
        found
    };
    for &sup in sups.iter().filter(|&&s| visible(s)) {
        for sub in reach(sup) {
            push(sup.into(), sub);
        }
    }
    for o in &inner.region_obligations {
        if visible(o.sub_region) {
            push(o.sup_type.into(), o.sub_region);
        } else if inner_placeholder(o.sub_region) {
            // `for<'a> &'a T: 'a`: the lifetime outlives itself, `T` must outlive any.
            let mut parts = Vec::new();
            push_outlives_components(infcx.tcx, o.sup_type, &mut parts);
            if parts.iter().any(|p| *p != Component::Region(o.sub_region)) {
                push(o.sup_type.into(), re_static);
            }
        } else {
            for sub in reach(o.sub_region) {
                push(o.sup_type.into(), sub);
            }
        }
    }
    out
}

/// Replaces variables made inside by regions that the asker knows and that they must equal.
pub(crate) fn replace_equal_regions<'tcx>(
    infcx: &InferCtxt<'tcx>,
    values: super::canonical::VarValues<'tcx>,
    inputs: &[GenericArg<'tcx>],
    input_universe: UniverseIndex,
) -> super::canonical::VarValues<'tcx> {
    let mut vars = Vec::new();
    for &v in &values {
        collect_region_vars(v, &mut vars);
    }
    vars.retain(|&r| !inputs.contains(&r.into()));
    if vars.is_empty() {
        return values;
    }
    let inner = infcx.inner.borrow();
    let constraints = &inner.regions.data.constraints;
    let reach = |start: Region<'tcx>, forward: bool| {
        let mut seen = vec![start];
        let mut next = 0;
        while next < seen.len() {
            let r = seen[next];
            next += 1;
            for (c, _) in constraints {
                let (from, to) = if forward { (c.sup, c.sub) } else { (c.sub, c.sup) };
                if from == r && !seen.contains(&to) {
                    seen.push(to);
                }
            }
        }
        seen
    };
    let known = |r: Region<'tcx>| match r.kind() {
        RegionKind::ReVar(_) => inputs.contains(&r.into()),
        RegionKind::RePlaceholder(p) => input_universe.can_name(p.universe),
        _ => true,
    };
    let mut map: FxHashMap<Region<'tcx>, Region<'tcx>> = FxHashMap::default();
    for &v in &vars {
        let above = reach(v, false);
        // `'static` is not said to be outlived by itself.
        if let Some(&r) = reach(v, true).iter().find(|&&r| r != v && known(r) && (r.is_static() || above.contains(&r)))
        {
            map.insert(v, r);
        }
    }
    if map.is_empty() {
        return values;
    }
    let cx = *infcx.tcx;
    values.into_iter().map(|v| cx.fold_regions(v, |r, _| map.get(&r).copied().unwrap_or(r))).collect()
}

fn collect_region_vars<'tcx>(arg: GenericArg<'tcx>, out: &mut Vec<Region<'tcx>>) {
    struct Collect<'a, 'tcx>(&'a mut Vec<Region<'tcx>>);
    impl<'tcx> ty::TypeVisitor<'tcx> for Collect<'_, 'tcx> {
        type Break = ();
        fn visit_ty(&mut self, t: ty::Ty<'tcx>) -> std::ops::ControlFlow<()> {
            use ty::TypeSuperVisitable;
            if t.has_infer_regions() { t.super_visit_with(self) } else { std::ops::ControlFlow::Continue(()) }
        }
        fn visit_region(&mut self, r: Region<'tcx>) -> std::ops::ControlFlow<()> {
            if r.is_var() && !self.0.contains(&r) {
                self.0.push(r);
            }
            std::ops::ControlFlow::Continue(())
        }
    }
    use ty::TypeVisitable;
    let _ = arg.visit_with(&mut Collect(out));
}
