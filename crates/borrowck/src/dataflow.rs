//! Which borrows are in scope at each point (forward): from the borrow to where its region ends, or its place is
//! overwritten.

use mir::dataflow::{Analysis, CallReturnPlaces};
use mir::{
    BasicBlock, Body, InlineAsmOperand, Location, Place, Rvalue, Statement, StatementKind, Terminator, TerminatorEdges,
    TerminatorKind,
};
use query::TyCtxt;
use rustc_index::bit_set::DenseBitSet;
use span::FxIndexMap;

use crate::borrow_set::{BorrowIndex, BorrowSet};
use crate::places_conflict::{PlaceConflictBias, places_conflict};
use crate::region_infer::RegionInferenceContext;

/// The dataflow problem.
pub(crate) struct Borrows<'a, 'tcx> {
    tcx: TyCtxt<'tcx>,
    body: &'a Body<'tcx>,
    borrow_set: &'a BorrowSet<'tcx>,
    out_of_scope_at: FxIndexMap<Location, Vec<BorrowIndex>>,
}

impl<'a, 'tcx> Borrows<'a, 'tcx> {
    pub(crate) fn new(
        tcx: TyCtxt<'tcx>,
        body: &'a Body<'tcx>,
        regioncx: &RegionInferenceContext<'_, 'tcx>,
        borrow_set: &'a BorrowSet<'tcx>,
    ) -> Self {
        let out_of_scope_at = borrows_out_of_scope(body, regioncx, borrow_set);
        Borrows { tcx, body, borrow_set, out_of_scope_at }
    }
    fn kill_out_of_scope(&self, state: &mut DenseBitSet<BorrowIndex>, location: Location) {
        for &i in self.out_of_scope_at.get(&location).into_iter().flatten() {
            state.remove(i);
        }
    }
    /// The place is overwritten: what was borrowed is no longer reached by it.
    fn kill_on_place(&self, state: &mut DenseBitSet<BorrowIndex>, place: Place<'tcx>) {
        let of_local = self.borrow_set.of_local(place.local);
        if place.projection.is_empty() {
            if !self.body.local_decls[place.local].is_ref_to_static() {
                for &i in of_local {
                    state.remove(i);
                }
            }
            return;
        }
        for &i in of_local {
            let borrowed = self.borrow_set[i].borrowed_place;
            // Indices are taken to differ: only what surely is overwritten ends.
            if places_conflict(self.tcx, self.body, borrowed, place, PlaceConflictBias::NoOverlap) {
                state.remove(i);
            }
        }
    }
}

/// For each borrow, the points after which its region has no more part of the paths from it.
fn borrows_out_of_scope<'tcx>(
    body: &Body<'tcx>,
    regioncx: &RegionInferenceContext<'_, 'tcx>,
    borrow_set: &BorrowSet<'tcx>,
) -> FxIndexMap<Location, Vec<BorrowIndex>> {
    let mut out: FxIndexMap<Location, Vec<BorrowIndex>> = FxIndexMap::default();
    let mut visited: DenseBitSet<BasicBlock> = DenseBitSet::new_empty(body.basic_blocks.len());
    let mut stack: Vec<BasicBlock> = Vec::new();
    for (i, borrow) in borrow_set.borrows.iter_enumerated() {
        visited.clear();
        stack.clear();
        let start = borrow.reserve_location;
        let mut walk = |block: BasicBlock, from: usize, stack: &mut Vec<BasicBlock>| {
            let last = body[block].statements.len();
            match regioncx.first_non_contained_inclusive(borrow.region, block, from, last) {
                Some(statement_index) => out.entry(Location { block, statement_index }).or_default().push(i),
                None => stack.extend(body[block].terminator().successors().filter(|&b| visited.insert(b))),
            }
        };
        walk(start.block, start.statement_index, &mut stack);
        while let Some(block) = stack.pop() {
            walk(block, 0, &mut stack);
        }
    }
    out
}

impl<'tcx> Analysis<'tcx> for Borrows<'_, 'tcx> {
    type Domain = DenseBitSet<BorrowIndex>;
    const NAME: &'static str = "borrows";

    fn bottom_value(&self, _: &Body<'tcx>) -> Self::Domain {
        DenseBitSet::new_empty(self.borrow_set.len())
    }
    fn initialize_start_block(&self, _: &Body<'tcx>, _: &mut Self::Domain) {}
    fn apply_early_statement_effect(&self, state: &mut Self::Domain, _: &Statement<'tcx>, location: Location) {
        self.kill_out_of_scope(state, location);
    }
    fn apply_primary_statement_effect(&self, state: &mut Self::Domain, stmt: &Statement<'tcx>, location: Location) {
        match &stmt.kind {
            StatementKind::Assign(assign) => {
                let (lhs, rhs) = &**assign;
                if matches!(rhs, Rvalue::Ref(..))
                    && let Some(i) = self.borrow_set.get_index_of(location)
                {
                    state.insert(i);
                }
                self.kill_on_place(state, *lhs);
            }
            StatementKind::StorageDead(local) => self.kill_on_place(state, (*local).into()),
            _ => {}
        }
    }
    fn apply_early_terminator_effect(&self, state: &mut Self::Domain, _: &Terminator<'tcx>, location: Location) {
        self.kill_out_of_scope(state, location);
    }
    fn apply_primary_terminator_effect<'mir>(
        &self,
        state: &mut Self::Domain,
        terminator: &'mir Terminator<'tcx>,
        _: Location,
    ) -> TerminatorEdges<'mir, 'tcx> {
        if let TerminatorKind::InlineAsm { operands, .. } = &terminator.kind {
            for op in operands {
                if let InlineAsmOperand::Out { place: Some(place), .. }
                | InlineAsmOperand::InOut { out_place: Some(place), .. } = op
                {
                    self.kill_on_place(state, *place);
                }
            }
        }
        terminator.edges()
    }
    fn apply_call_return_effect(&self, _: &mut Self::Domain, _: BasicBlock, _: CallReturnPlaces<'_, 'tcx>) {}
}
