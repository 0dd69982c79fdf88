//! What a coroutine keeps while it is suspended: query `coroutine_hidden_types`.
//!
//! A local lives across a `Yield` if it may be used afterwards (or may be borrowed, where the coroutine does not move)
//! and its storage is needed there: it was written, and not moved out of since. `let a = f(); drop(a); g().await` does
//! not keep `a`. The body is the one that borrow checking sees, so the answer does not depend on optimisation.

use mir::dataflow::{
    Analysis, CallReturnPlaces, GenKill, MaybeBorrowedLocals, MaybeLiveLocals, MaybeStorageLive, ResultsCursor,
    always_storage_live_locals, borrowed_locals,
};
use mir::visit::Visitor;
use mir::{
    Body, ClearCrossCrate, Local, LocalInfo, Location, Operand, Place, Statement, StatementKind, Terminator,
    TerminatorEdges, TerminatorKind,
};
use query::TyCtxt;
use rustc_index::bit_set::DenseBitSet;
use span::FxIndexSet;
use span::def_id::LocalDefId;
use ty::{EarlyBinder, List, Ty};

/// The first argument of a coroutine's body: the coroutine.
const SELF_ARG: Local = Local::from_u32(1);

/// Provides `coroutine_hidden_types`.
pub(crate) fn coroutine_hidden_types<'tcx>(tcx: TyCtxt<'tcx>, def: LocalDefId) -> EarlyBinder<&'tcx List<Ty<'tcx>>> {
    let body = tcx.mir_promoted(def).0.borrow();
    let mut types: FxIndexSet<Ty<'tcx>> = FxIndexSet::default();
    for local in saved_locals(&body).iter() {
        let decl = &body.local_decls[local];
        // References to statics and what only guards of matches look at are no part of the value.
        let ignored = matches!(
            &decl.local_info,
            ClearCrossCrate::Set(info) if matches!(**info, LocalInfo::StaticRef { is_thread_local: false, .. } | LocalInfo::FakeBorrow)
        );
        if !ignored {
            types.insert(tcx.erase_and_anonymize_regions(decl.ty));
        }
    }
    let types: Vec<Ty<'tcx>> = types.into_iter().collect();
    EarlyBinder::bind(tcx.mk_type_list(&types))
}

/// The locals that live across any suspension point.
fn saved_locals(body: &Body<'_>) -> DenseBitSet<Local> {
    let mut saved = DenseBitSet::new_empty(body.local_decls.len());
    let movable = body.coroutine_kind().is_none_or(|k| k.movability() == hir::Movability::Movable);
    let always_live_locals = always_storage_live_locals(body);
    let storage = MaybeStorageLive { always_live_locals: &always_live_locals };
    let mut storage_live = ResultsCursor::new(body, storage.iterate_to_fixpoint(body));
    let mut borrowed = ResultsCursor::new(body, MaybeBorrowedLocals.iterate_to_fixpoint(body));
    let required = RequiresStorage { borrowed: borrowed_locals(body) };
    let mut required = ResultsCursor::new(body, required.iterate_to_fixpoint(body));
    let mut liveness = ResultsCursor::new(body, MaybeLiveLocals.iterate_to_fixpoint(body));
    for (block, data) in body.basic_blocks.iter_enumerated() {
        if !matches!(data.terminator().kind, TerminatorKind::Yield { .. }) {
            continue;
        }
        let location = body.terminator_loc(block);
        liveness.seek_to_block_end(block);
        let mut live = liveness.get().clone();
        if !movable {
            borrowed.seek_before_primary_effect(location);
            live.union(borrowed.get());
        }
        storage_live.seek_before_primary_effect(location);
        live.intersect(storage_live.get());
        required.seek_before_primary_effect(location);
        live.intersect(required.get());
        live.remove(SELF_ARG);
        saved.union(&live);
    }
    saved
}

/// Locals whose storage is needed (forward): written, and not moved out of since. A moved local that was borrowed
/// somewhere keeps its storage.
struct RequiresStorage {
    borrowed: DenseBitSet<Local>,
}

impl RequiresStorage {
    fn write<T: GenKill<Local>>(state: &mut T, place: Place<'_>) {
        state.gen_(place.local);
    }
}

impl<'tcx> Analysis<'tcx> for RequiresStorage {
    type Domain = DenseBitSet<Local>;
    const NAME: &'static str = "requires_storage";

    fn bottom_value(&self, body: &Body<'tcx>) -> Self::Domain {
        DenseBitSet::new_empty(body.local_decls.len())
    }
    fn initialize_start_block(&self, body: &Body<'tcx>, state: &mut Self::Domain) {
        for arg in body.args_iter() {
            state.insert(arg);
        }
    }
    fn apply_primary_statement_effect(&self, state: &mut Self::Domain, stmt: &Statement<'tcx>, location: Location) {
        Moves { borrowed: &self.borrowed, state }.visit_statement(stmt, location);
        match &stmt.kind {
            StatementKind::StorageDead(local) => state.kill(*local),
            StatementKind::Assign(assign) => Self::write(state, assign.0),
            StatementKind::SetDiscriminant { place, .. } => Self::write(state, **place),
            _ => {}
        }
    }
    fn apply_primary_terminator_effect<'mir>(
        &self,
        state: &mut Self::Domain,
        terminator: &'mir Terminator<'tcx>,
        location: Location,
    ) -> TerminatorEdges<'mir, 'tcx> {
        Moves { borrowed: &self.borrowed, state }.visit_terminator(terminator, location);
        terminator.edges()
    }
    fn apply_call_return_effect(
        &self,
        state: &mut Self::Domain,
        _: mir::BasicBlock,
        places: CallReturnPlaces<'_, 'tcx>,
    ) {
        places.for_each(|place| Self::write(state, place));
    }
}

/// Ends the storage of locals that are moved out of as a whole.
struct Moves<'a> {
    borrowed: &'a DenseBitSet<Local>,
    state: &'a mut DenseBitSet<Local>,
}

impl<'tcx> Visitor<'tcx> for Moves<'_> {
    fn visit_operand(&mut self, operand: &Operand<'tcx>, _: Location) {
        if let Operand::Move(place) = operand
            && let Some(local) = place.as_local()
            && !self.borrowed.contains(local)
        {
            self.state.remove(local);
        }
    }
}
