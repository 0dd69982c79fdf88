//! Reading results: point by point, or all points in order.

use rustc_index::Idx;
use rustc_index::bit_set::DenseBitSet;

use super::{Analysis, CallReturnPlaces, Direction, Results};
use crate::{BasicBlock, BasicBlockData, Body, Location, Statement, Terminator, TerminatorKind};

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Effect {
    Early,
    Primary,
}

/// A state that moves to any point. Moving on within a block (in the direction of the analysis) is cheap.
pub struct ResultsCursor<'mir, 'tcx, A: Analysis<'tcx>> {
    body: &'mir Body<'tcx>,
    results: Results<'tcx, A>,
    state: A::Domain,
    block: BasicBlock,
    /// Effects applied so far, counted in the direction of the analysis; `None` at the block's entry.
    applied: Option<(usize, Effect)>,
    state_needs_reset: bool,
}

impl<'mir, 'tcx, A: Analysis<'tcx>> ResultsCursor<'mir, 'tcx, A> {
    pub fn new(body: &'mir Body<'tcx>, results: Results<'tcx, A>) -> Self {
        let state = results.analysis.bottom_value(body);
        ResultsCursor { body, results, state, block: crate::START_BLOCK, applied: None, state_needs_reset: true }
    }
    pub fn body(&self) -> &'mir Body<'tcx> {
        self.body
    }
    pub fn analysis(&self) -> &A {
        &self.results.analysis
    }
    pub fn results(&self) -> &Results<'tcx, A> {
        &self.results
    }
    /// The state at the current point.
    pub fn get(&self) -> &A::Domain {
        &self.state
    }
    /// The state at the block's entry: its start if forward, its end if backward.
    pub fn seek_to_block_entry(&mut self, block: BasicBlock) {
        self.state.clone_from(&self.results.entry_states[block]);
        self.block = block;
        self.applied = None;
        self.state_needs_reset = false;
    }
    pub fn seek_to_block_start(&mut self, block: BasicBlock) {
        match A::DIRECTION {
            Direction::Forward => self.seek_to_block_entry(block),
            Direction::Backward => self.seek(Location { block, statement_index: 0 }, Effect::Primary),
        }
    }
    pub fn seek_to_block_end(&mut self, block: BasicBlock) {
        match A::DIRECTION {
            Direction::Backward => self.seek_to_block_entry(block),
            Direction::Forward => self.seek(self.body.terminator_loc(block), Effect::Primary),
        }
    }
    /// The state with the early effect of the point, without the primary one.
    pub fn seek_before_primary_effect(&mut self, target: Location) {
        self.seek(target, Effect::Early);
    }
    /// The state after both effects of the point (of a call: without its result).
    pub fn seek_after_primary_effect(&mut self, target: Location) {
        self.seek(target, Effect::Primary);
    }
    /// Applies an effect that is not the analysis' own; the next seek starts over.
    pub fn apply_custom_effect(&mut self, f: impl FnOnce(&A, &mut A::Domain)) {
        f(&self.results.analysis, &mut self.state);
        self.state_needs_reset = true;
    }
    /// The state after a call returned.
    pub fn seek_after_call_return(&mut self, block: BasicBlock) {
        let location = self.body.terminator_loc(block);
        self.seek(location, Effect::Primary);
        if let TerminatorKind::Call { destination, .. } = self.body[block].terminator().kind {
            self.results.analysis.apply_call_return_effect(&mut self.state, block, CallReturnPlaces::Call(destination));
            self.state_needs_reset = true;
        }
    }

    fn seek(&mut self, target: Location, effect: Effect) {
        let data = &self.body[target.block];
        let n = data.statements.len();
        assert!(target.statement_index <= n);
        // Positions count in the direction of flow.
        let position = match A::DIRECTION {
            Direction::Forward => target.statement_index,
            Direction::Backward => n - target.statement_index,
        };
        let goal = (position, effect);
        if self.state_needs_reset || self.block != target.block || self.applied.is_some_and(|a| a > goal) {
            self.seek_to_block_entry(target.block);
        }
        while self.applied < Some(goal) {
            let next = match self.applied {
                None => (0, Effect::Early),
                Some((i, Effect::Early)) => (i, Effect::Primary),
                Some((i, Effect::Primary)) => (i + 1, Effect::Early),
            };
            let index = match A::DIRECTION {
                Direction::Forward => next.0,
                Direction::Backward => n - next.0,
            };
            apply(
                &self.results.analysis,
                &mut self.state,
                data,
                Location { block: target.block, statement_index: index },
                next.1,
            );
            self.applied = Some(next);
        }
    }
}

impl<'tcx, I: Idx, A: Analysis<'tcx, Domain = DenseBitSet<I>>> ResultsCursor<'_, 'tcx, A> {
    pub fn contains(&self, elem: I) -> bool {
        self.get().contains(elem)
    }
}

fn apply<'tcx, A: Analysis<'tcx>>(
    analysis: &A,
    state: &mut A::Domain,
    data: &BasicBlockData<'tcx>,
    location: Location,
    effect: Effect,
) {
    match (data.statements.get(location.statement_index), effect) {
        (Some(stmt), Effect::Early) => analysis.apply_early_statement_effect(state, stmt, location),
        (Some(stmt), Effect::Primary) => analysis.apply_primary_statement_effect(state, stmt, location),
        (None, Effect::Early) => analysis.apply_early_terminator_effect(state, data.terminator(), location),
        (None, Effect::Primary) => {
            analysis.apply_primary_terminator_effect(state, data.terminator(), location);
        }
    }
}

/// Sees the state at each point.
pub trait ResultsVisitor<'tcx, A: Analysis<'tcx>> {
    fn visit_block_start(&mut self, _state: &A::Domain) {}
    fn visit_after_early_statement_effect(&mut self, _: &A, _: &A::Domain, _: &Statement<'tcx>, _: Location) {}
    fn visit_after_primary_statement_effect(&mut self, _: &A, _: &A::Domain, _: &Statement<'tcx>, _: Location) {}
    fn visit_after_early_terminator_effect(&mut self, _: &A, _: &A::Domain, _: &Terminator<'tcx>, _: Location) {}
    fn visit_after_primary_terminator_effect(&mut self, _: &A, _: &A::Domain, _: &Terminator<'tcx>, _: Location) {}
    fn visit_block_end(&mut self, _state: &A::Domain) {}
}

/// Walks the given blocks with the states at all their points, in the direction of the analysis.
pub fn visit_results<'tcx, A: Analysis<'tcx>>(
    body: &Body<'tcx>,
    blocks: impl IntoIterator<Item = BasicBlock>,
    results: &Results<'tcx, A>,
    visitor: &mut impl ResultsVisitor<'tcx, A>,
) {
    let analysis = &results.analysis;
    let mut state = analysis.bottom_value(body);
    for block in blocks {
        state.clone_from(&results.entry_states[block]);
        let data = &body[block];
        let n = data.statements.len();
        match A::DIRECTION {
            Direction::Forward => visitor.visit_block_start(&state),
            Direction::Backward => visitor.visit_block_end(&state),
        }
        for position in 0..=n {
            let statement_index = if A::DIRECTION == Direction::Forward { position } else { n - position };
            let loc = Location { block, statement_index };
            match data.statements.get(statement_index) {
                Some(stmt) => {
                    analysis.apply_early_statement_effect(&mut state, stmt, loc);
                    visitor.visit_after_early_statement_effect(analysis, &state, stmt, loc);
                    analysis.apply_primary_statement_effect(&mut state, stmt, loc);
                    visitor.visit_after_primary_statement_effect(analysis, &state, stmt, loc);
                }
                None => {
                    let term = data.terminator();
                    analysis.apply_early_terminator_effect(&mut state, term, loc);
                    visitor.visit_after_early_terminator_effect(analysis, &state, term, loc);
                    analysis.apply_primary_terminator_effect(&mut state, term, loc);
                    visitor.visit_after_primary_terminator_effect(analysis, &state, term, loc);
                }
            }
        }
        match A::DIRECTION {
            Direction::Forward => visitor.visit_block_end(&state),
            Direction::Backward => visitor.visit_block_start(&state),
        }
    }
}

/// As [`visit_results`] for all reachable blocks.
pub fn visit_reachable_results<'tcx, A: Analysis<'tcx>>(
    body: &Body<'tcx>,
    results: &Results<'tcx, A>,
    visitor: &mut impl ResultsVisitor<'tcx, A>,
) {
    visit_results(body, body.basic_blocks.reverse_postorder().iter().copied(), results, visitor);
}
