//! Which locals may have been borrowed (forward).

use rustc_index::bit_set::DenseBitSet;

use super::{Analysis, GenKill};
use crate::visit::Visitor;
use crate::*;

/// Locals of which a reference or raw pointer may exist; ended by `StorageDead`.
pub struct MaybeBorrowedLocals;

impl<'tcx> Analysis<'tcx> for MaybeBorrowedLocals {
    type Domain = DenseBitSet<Local>;
    const NAME: &'static str = "maybe_borrowed_locals";

    fn bottom_value(&self, body: &Body<'tcx>) -> Self::Domain {
        DenseBitSet::new_empty(body.local_decls.len())
    }
    fn initialize_start_block(&self, _: &Body<'tcx>, _: &mut Self::Domain) {}
    fn apply_primary_statement_effect(
        &self,
        state: &mut Self::Domain,
        statement: &Statement<'tcx>,
        location: Location,
    ) {
        Transfer(state).visit_statement(statement, location);
    }
    fn apply_primary_terminator_effect<'mir>(
        &self,
        state: &mut Self::Domain,
        terminator: &'mir Terminator<'tcx>,
        location: Location,
    ) -> TerminatorEdges<'mir, 'tcx> {
        Transfer(state).visit_terminator(terminator, location);
        terminator.edges()
    }
}

struct Transfer<'a, T>(&'a mut T);

impl<'tcx, T: GenKill<Local>> Visitor<'tcx> for Transfer<'_, T> {
    fn visit_statement(&mut self, stmt: &Statement<'tcx>, location: Location) {
        self.super_statement(stmt, location);
        if let StatementKind::StorageDead(local) = stmt.kind {
            self.0.kill(local);
        }
    }
    fn visit_rvalue(&mut self, rvalue: &Rvalue<'tcx>, location: Location) {
        self.super_rvalue(rvalue, location);
        match rvalue {
            Rvalue::RawPtr(_, place) | Rvalue::Ref(_, BorrowKind::Mut { .. } | BorrowKind::Shared, place) => {
                if !place.is_indirect() {
                    self.0.gen_(place.local);
                }
            }
            _ => {}
        }
    }
    fn visit_terminator(&mut self, terminator: &Terminator<'tcx>, location: Location) {
        self.super_terminator(terminator, location);
        if let TerminatorKind::Drop { place, .. } = terminator.kind {
            // The destructor gets `&mut`, which it may keep until it returns only; coroutines' may be kept in them.
            self.0.gen_(place.local);
        }
    }
}

/// Locals that are borrowed anywhere in the body.
pub fn borrowed_locals(body: &Body<'_>) -> DenseBitSet<Local> {
    struct All(DenseBitSet<Local>);
    impl GenKill<Local> for All {
        fn gen_(&mut self, elem: Local) {
            self.0.insert(elem);
        }
        fn kill(&mut self, _: Local) {}
    }
    let mut all = All(DenseBitSet::new_empty(body.local_decls.len()));
    Transfer(&mut all).visit_body(body);
    all.0
}
