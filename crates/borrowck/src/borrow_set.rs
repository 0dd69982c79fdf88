//! [`BorrowSet`]: the borrows of a body that are tracked (loans), and where two-phase borrows become active.

use mir::visit::{MutatingUseContext, NonUseContext, PlaceContext, Visitor};
use mir::{Body, BorrowKind, Local, Location, Place, Rvalue, StatementKind};
use mir_dataflow::MoveData;
use query::TyCtxt;
use rustc_index::bit_set::DenseBitSet;
use rustc_index::{Idx, IndexVec};
use span::{FxHashMap, FxIndexMap};
use ty::RegionVid;

use crate::place_ext::ignore_borrow;

span::newtype_index! {
    /// A borrow.
    pub struct BorrowIndex = "bw";
}

/// When a borrow starts to conflict with reads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum TwoPhaseActivation {
    NotTwoPhase,
    NotActivated,
    ActivatedAt(Location),
}

/// A borrow.
#[derive(Clone, Debug)]
pub(crate) struct BorrowData<'tcx> {
    pub(crate) reserve_location: Location,
    pub(crate) activation_location: TwoPhaseActivation,
    pub(crate) kind: BorrowKind,
    pub(crate) region: RegionVid,
    pub(crate) borrowed_place: Place<'tcx>,
    pub(crate) assigned_place: Place<'tcx>,
}

/// Which locals end when the body does.
pub(crate) enum LocalsStateAtExit {
    AllAreInvalidated,
    /// In constants, temporaries may live on.
    SomeAreInvalidated {
        has_storage_dead_or_moved: DenseBitSet<Local>,
    },
}

impl LocalsStateAtExit {
    fn build(all: bool, body: &Body<'_>, move_data: &MoveData<'_>) -> Self {
        if all {
            return LocalsStateAtExit::AllAreInvalidated;
        }
        let mut set = DenseBitSet::new_empty(body.local_decls.len());
        for data in body.basic_blocks.iter() {
            for stmt in &data.statements {
                if let StatementKind::StorageDead(local) = stmt.kind {
                    set.insert(local);
                }
            }
        }
        for m in &move_data.moves {
            if let Some(local) = move_data.base_local(m.path) {
                set.insert(local);
            }
        }
        LocalsStateAtExit::SomeAreInvalidated { has_storage_dead_or_moved: set }
    }
}

/// The borrows of a body.
pub(crate) struct BorrowSet<'tcx> {
    pub(crate) borrows: IndexVec<BorrowIndex, BorrowData<'tcx>>,
    location_map: FxHashMap<Location, BorrowIndex>,
    activation_map: FxIndexMap<Location, Vec<BorrowIndex>>,
    local_map: FxHashMap<Local, Vec<BorrowIndex>>,
    pub(crate) locals_state_at_exit: LocalsStateAtExit,
}

impl<'tcx> BorrowSet<'tcx> {
    pub(crate) fn build(
        tcx: TyCtxt<'tcx>,
        body: &Body<'tcx>,
        locals_are_invalidated_at_exit: bool,
        move_data: &MoveData<'tcx>,
    ) -> Self {
        let mut gather = GatherBorrows {
            tcx,
            body,
            set: BorrowSet {
                borrows: IndexVec::new(),
                location_map: FxHashMap::default(),
                activation_map: FxIndexMap::default(),
                local_map: FxHashMap::default(),
                locals_state_at_exit: LocalsStateAtExit::build(locals_are_invalidated_at_exit, body, move_data),
            },
            pending_activations: FxHashMap::default(),
        };
        for (block, data) in mir::traversal::preorder(body) {
            gather.visit_basic_block_data(block, data);
        }
        gather.set
    }
    pub(crate) fn len(&self) -> usize {
        self.borrows.len()
    }
    pub(crate) fn get_index_of(&self, location: Location) -> Option<BorrowIndex> {
        self.location_map.get(&location).copied()
    }
    pub(crate) fn activations_at_location(&self, location: Location) -> &[BorrowIndex] {
        self.activation_map.get(&location).map_or(&[], |v| &v[..])
    }
    /// The borrows of a local or of what is reached from it.
    pub(crate) fn of_local(&self, local: Local) -> &[BorrowIndex] {
        self.local_map.get(&local).map_or(&[], |v| &v[..])
    }
}

impl<'tcx> std::ops::Index<BorrowIndex> for BorrowSet<'tcx> {
    type Output = BorrowData<'tcx>;
    fn index(&self, i: BorrowIndex) -> &BorrowData<'tcx> {
        &self.borrows[i]
    }
}

struct GatherBorrows<'a, 'tcx> {
    tcx: TyCtxt<'tcx>,
    body: &'a Body<'tcx>,
    set: BorrowSet<'tcx>,
    /// Temporaries that hold a two-phase borrow; their use activates it.
    pending_activations: FxHashMap<Local, BorrowIndex>,
}

impl<'tcx> Visitor<'tcx> for GatherBorrows<'_, 'tcx> {
    fn visit_assign(&mut self, assigned: &Place<'tcx>, rvalue: &Rvalue<'tcx>, location: Location) {
        if let Rvalue::Ref(region, kind, borrowed) = *rvalue
            && !ignore_borrow(self.tcx, self.body, &self.set.locals_state_at_exit, borrowed)
        {
            let region = region.as_var();
            let index = BorrowIndex::new(self.set.borrows.len());
            let mut activation_location = TwoPhaseActivation::NotTwoPhase;
            if kind.allows_two_phase_borrow()
                && let Some(temp) = assigned.as_local()
            {
                activation_location = TwoPhaseActivation::NotActivated;
                self.pending_activations.insert(temp, index);
            }
            self.set.borrows.push(BorrowData {
                reserve_location: location,
                activation_location,
                kind,
                region,
                borrowed_place: borrowed,
                assigned_place: *assigned,
            });
            self.set.location_map.insert(location, index);
            self.set.local_map.entry(borrowed.local).or_default().push(index);
        }
        self.super_assign(assigned, rvalue, location);
    }
    fn visit_local(&mut self, temp: Local, context: PlaceContext, location: Location) {
        if !context.is_use() || context == PlaceContext::NonUse(NonUseContext::VarDebugInfo) {
            return;
        }
        let Some(&index) = self.pending_activations.get(&temp) else { return };
        let borrow = &mut self.set.borrows[index];
        // The assignment of the borrow itself.
        if borrow.reserve_location == location && context == PlaceContext::MutatingUse(MutatingUseContext::Store) {
            return;
        }
        if borrow.activation_location == TwoPhaseActivation::NotActivated {
            borrow.activation_location = TwoPhaseActivation::ActivatedAt(location);
            self.set.activation_map.entry(location).or_default().push(index);
        }
    }
}
