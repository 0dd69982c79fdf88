//! Dataflow over bodies: an [`Analysis`] gives the lattice and the effect of each statement and terminator;
//! [`Analysis::iterate_to_fixpoint`] solves it. Read results with a [`ResultsCursor`] or [`visit_results`].
//!
//! The algorithm is the worklist iteration of Kildall (1973), over blocks in reverse postorder (forward) or
//! postorder (backward). States are kept at block entries only; inside a block the effects are applied again.
//!
//! Each statement has an *early* and a *primary* effect. Before it there is the state "before", after the early
//! effect the state that its own uses see, after the primary effect the state after it.

mod borrowed_locals;
mod cursor;
mod lattice;
mod liveness;
mod storage;

use rustc_index::bit_set::DenseBitSet;
use rustc_index::{Idx, IndexVec};

pub use borrowed_locals::{MaybeBorrowedLocals, borrowed_locals};
pub use cursor::{ResultsCursor, ResultsVisitor, visit_reachable_results, visit_results};
pub use lattice::{Dual, GenKill, JoinSemiLattice, MaybeReachable};
pub use liveness::{DefUse, MaybeLiveLocals, MaybeTransitiveLiveLocals};
pub use storage::{MaybeStorageDead, MaybeStorageLive, always_storage_live_locals};

pub use crate::terminator::CallReturnPlaces;
use crate::{
    BasicBlock, BasicBlockData, Body, Location, Operand, Statement, SwitchTargetValue, SwitchTargets, Terminator,
    TerminatorEdges, TerminatorKind,
};

/// Which way facts flow.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Direction {
    Forward,
    Backward,
}

/// A dataflow problem.
pub trait Analysis<'tcx>: Sized {
    /// What holds at a point.
    type Domain: Clone + JoinSemiLattice;
    const DIRECTION: Direction = Direction::Forward;
    const NAME: &'static str;

    /// What holds at a point that no path reaches.
    fn bottom_value(&self, body: &Body<'tcx>) -> Self::Domain;
    /// Makes what holds at the start of a forward analysis (backward analyses start from bottom at every exit).
    fn initialize_start_block(&self, body: &Body<'tcx>, state: &mut Self::Domain);

    fn apply_early_statement_effect(&self, _: &mut Self::Domain, _: &Statement<'tcx>, _: Location) {}
    fn apply_primary_statement_effect(&self, state: &mut Self::Domain, statement: &Statement<'tcx>, location: Location);
    fn apply_early_terminator_effect(&self, _: &mut Self::Domain, _: &Terminator<'tcx>, _: Location) {}
    /// The terminator's effect but for the result of a call; gives the edges to follow.
    fn apply_primary_terminator_effect<'mir>(
        &self,
        _: &mut Self::Domain,
        terminator: &'mir Terminator<'tcx>,
        _: Location,
    ) -> TerminatorEdges<'mir, 'tcx> {
        terminator.edges()
    }
    /// The effect of a call's, `yield`'s or assembly's result, on the edge of return.
    fn apply_call_return_effect(&self, _: &mut Self::Domain, _: BasicBlock, _: CallReturnPlaces<'_, 'tcx>) {}
    /// Whether [`Analysis::apply_switch_int_edge_effect`] does anything for this switch.
    fn has_switch_int_edge_effects(&self, _: BasicBlock, _: &Operand<'tcx>) -> bool {
        false
    }
    /// The effect of having taken the edge for `value`.
    fn apply_switch_int_edge_effect(
        &self,
        _block: BasicBlock,
        _discr: &Operand<'tcx>,
        _state: &mut Self::Domain,
        _value: SwitchTargetValue,
        _targets: &SwitchTargets,
    ) {
    }

    /// Solves the problem.
    fn iterate_to_fixpoint(self, body: &Body<'tcx>) -> Results<'tcx, Self> {
        let mut entry_states = IndexVec::from_fn_n(|_| self.bottom_value(body), body.basic_blocks.len());
        if Self::DIRECTION == Direction::Forward && !entry_states.is_empty() {
            self.initialize_start_block(body, &mut entry_states[crate::START_BLOCK]);
        }
        let order = body.basic_blocks.reverse_postorder();
        let mut queue = WorkQueue::new(body.basic_blocks.len());
        match Self::DIRECTION {
            Direction::Forward => order.iter().for_each(|&bb| queue.insert(bb)),
            Direction::Backward => order.iter().rev().for_each(|&bb| queue.insert(bb)),
        }
        let mut state = self.bottom_value(body);
        while let Some(bb) = queue.pop() {
            state.clone_from(&entry_states[bb]);
            let mut propagate = |target: BasicBlock, state: &Self::Domain| {
                if entry_states[target].join(state) {
                    queue.insert(target);
                }
            };
            match Self::DIRECTION {
                Direction::Forward => flow_forward(&self, &mut state, bb, &body[bb], &mut propagate),
                Direction::Backward => flow_backward(&self, body, &mut state, bb, &body[bb], &mut propagate),
            }
        }
        Results { analysis: self, entry_states, _marker: std::marker::PhantomData }
    }
}

/// Shorthands for domains of one bit per index.
pub trait BitDomain<I> {
    fn holds(&self, index: I) -> bool;
}
impl<I: Idx> BitDomain<I> for DenseBitSet<I> {
    fn holds(&self, index: I) -> bool {
        self.contains(index)
    }
}

/// A solved problem: the state at each block's entry (its end, for backward analyses).
pub struct Results<'tcx, A: Analysis<'tcx>> {
    pub analysis: A,
    pub entry_states: IndexVec<BasicBlock, A::Domain>,
    _marker: std::marker::PhantomData<&'tcx ()>,
}

impl<'tcx, A: Analysis<'tcx>> Results<'tcx, A> {
    pub fn entry_set_for_block(&self, bb: BasicBlock) -> &A::Domain {
        &self.entry_states[bb]
    }
    pub fn into_results_cursor<'mir>(self, body: &'mir Body<'tcx>) -> ResultsCursor<'mir, 'tcx, A> {
        ResultsCursor::new(body, self)
    }
}

struct WorkQueue {
    deque: std::collections::VecDeque<BasicBlock>,
    set: DenseBitSet<BasicBlock>,
}

impl WorkQueue {
    fn new(n: usize) -> Self {
        WorkQueue { deque: Default::default(), set: DenseBitSet::new_empty(n) }
    }
    fn insert(&mut self, bb: BasicBlock) {
        if self.set.insert(bb) {
            self.deque.push_back(bb);
        }
    }
    fn pop(&mut self) -> Option<BasicBlock> {
        let bb = self.deque.pop_front()?;
        self.set.remove(bb);
        Some(bb)
    }
}

fn flow_forward<'tcx, A: Analysis<'tcx>>(
    analysis: &A,
    state: &mut A::Domain,
    block: BasicBlock,
    data: &BasicBlockData<'tcx>,
    propagate: &mut impl FnMut(BasicBlock, &A::Domain),
) {
    for (statement_index, stmt) in data.statements.iter().enumerate() {
        let location = Location { block, statement_index };
        analysis.apply_early_statement_effect(state, stmt, location);
        analysis.apply_primary_statement_effect(state, stmt, location);
    }
    let location = Location { block, statement_index: data.statements.len() };
    let terminator = data.terminator();
    analysis.apply_early_terminator_effect(state, terminator, location);
    match analysis.apply_primary_terminator_effect(state, terminator, location) {
        TerminatorEdges::None => {}
        TerminatorEdges::Single(target) => propagate(target, state),
        TerminatorEdges::Double(a, b) => {
            propagate(a, state);
            propagate(b, state);
        }
        TerminatorEdges::AssignOnReturn { return_, cleanup, place } => {
            if let Some(cleanup) = cleanup {
                propagate(cleanup, state);
            }
            if !return_.is_empty() {
                analysis.apply_call_return_effect(state, block, place);
                for target in return_ {
                    propagate(target, state);
                }
            }
        }
        TerminatorEdges::SwitchInt { targets, discr } => {
            if !analysis.has_switch_int_edge_effects(block, discr) {
                targets.all_targets().iter().for_each(|t| propagate(*t, state));
                return;
            }
            for (value, target) in targets.iter() {
                let mut edge = state.clone();
                analysis.apply_switch_int_edge_effect(
                    block,
                    discr,
                    &mut edge,
                    SwitchTargetValue::Normal(value),
                    targets,
                );
                propagate(target, &edge);
            }
            analysis.apply_switch_int_edge_effect(block, discr, state, SwitchTargetValue::Otherwise, targets);
            propagate(targets.otherwise(), state);
        }
    }
}

fn flow_backward<'tcx, A: Analysis<'tcx>>(
    analysis: &A,
    body: &Body<'tcx>,
    state: &mut A::Domain,
    block: BasicBlock,
    data: &BasicBlockData<'tcx>,
    propagate: &mut impl FnMut(BasicBlock, &A::Domain),
) {
    let location = Location { block, statement_index: data.statements.len() };
    analysis.apply_early_terminator_effect(state, data.terminator(), location);
    analysis.apply_primary_terminator_effect(state, data.terminator(), location);
    for (statement_index, stmt) in data.statements.iter().enumerate().rev() {
        let location = Location { block, statement_index };
        analysis.apply_early_statement_effect(state, stmt, location);
        analysis.apply_primary_statement_effect(state, stmt, location);
    }
    for &pred in &body.basic_blocks.predecessors()[block] {
        let places = match &body[pred].terminator().kind {
            TerminatorKind::Call { destination, target: Some(target), .. } if *target == block => {
                Some(CallReturnPlaces::Call(*destination))
            }
            TerminatorKind::Yield { resume, drop, resume_arg, .. } if *resume == block || *drop == Some(block) => {
                Some(CallReturnPlaces::Yield(*resume_arg))
            }
            TerminatorKind::InlineAsm { operands, targets, .. } if targets.contains(&block) => {
                Some(CallReturnPlaces::InlineAsm(operands))
            }
            _ => None,
        };
        match places {
            Some(places) => {
                let mut edge = state.clone();
                analysis.apply_call_return_effect(&mut edge, pred, places);
                propagate(pred, &edge);
            }
            None => propagate(pred, state),
        }
    }
}
