//! Which locals have storage (forward).

use rustc_index::bit_set::DenseBitSet;

use super::{Analysis, GenKill};
use crate::*;

/// The locals without storage markers: they have storage throughout.
pub fn always_storage_live_locals(body: &Body<'_>) -> DenseBitSet<Local> {
    let mut set = DenseBitSet::new_filled(body.local_decls.len());
    for block in body.basic_blocks.iter() {
        for stmt in &block.statements {
            if let StatementKind::StorageLive(l) | StatementKind::StorageDead(l) = stmt.kind {
                set.remove(l);
            }
        }
    }
    set
}

/// Locals that have storage on some path.
pub struct MaybeStorageLive<'a> {
    pub always_live_locals: &'a DenseBitSet<Local>,
}

impl<'tcx> Analysis<'tcx> for MaybeStorageLive<'_> {
    type Domain = DenseBitSet<Local>;
    const NAME: &'static str = "maybe_storage_live";

    fn bottom_value(&self, body: &Body<'tcx>) -> Self::Domain {
        DenseBitSet::new_empty(body.local_decls.len())
    }
    fn initialize_start_block(&self, body: &Body<'tcx>, state: &mut Self::Domain) {
        state.union(self.always_live_locals);
        for arg in body.args_iter() {
            state.insert(arg);
        }
    }
    fn apply_primary_statement_effect(&self, state: &mut Self::Domain, stmt: &Statement<'tcx>, _: Location) {
        match stmt.kind {
            StatementKind::StorageLive(l) => state.gen_(l),
            StatementKind::StorageDead(l) => state.kill(l),
            _ => {}
        }
    }
}

/// Locals that have no storage on some path.
pub struct MaybeStorageDead<'a> {
    pub always_live_locals: &'a DenseBitSet<Local>,
}

impl<'tcx> Analysis<'tcx> for MaybeStorageDead<'_> {
    type Domain = DenseBitSet<Local>;
    const NAME: &'static str = "maybe_storage_dead";

    fn bottom_value(&self, body: &Body<'tcx>) -> Self::Domain {
        DenseBitSet::new_empty(body.local_decls.len())
    }
    fn initialize_start_block(&self, body: &Body<'tcx>, state: &mut Self::Domain) {
        for local in body.vars_and_temps_iter() {
            if !self.always_live_locals.contains(local) {
                state.insert(local);
            }
        }
    }
    fn apply_primary_statement_effect(&self, state: &mut Self::Domain, stmt: &Statement<'tcx>, _: Location) {
        match stmt.kind {
            StatementKind::StorageLive(l) => state.kill(l),
            StatementKind::StorageDead(l) => state.gen_(l),
            _ => {}
        }
    }
}
