//! What a coroutine keeps while it is suspended, and which of it can share memory.
//!
//! A local is saved if at some `Yield` it may be used afterwards (or may be borrowed, where the coroutine does not move)
//! and its storage is needed there: it was written, and not moved out of since. `let a = f(); drop(a); g().await` does
//! not save `a`. Two saved locals that never need storage at the same time may lie at the same address; the matrix of
//! those that do is the *storage conflicts* of the layout.

use std::cell::RefCell;

use mir::dataflow::{
    Analysis, CallReturnPlaces, GenKill, MaybeBorrowedLocals, MaybeLiveLocals, MaybeStorageLive, Results,
    ResultsCursor, ResultsVisitor, always_storage_live_locals, visit_reachable_results,
};
use mir::visit::{NonMutatingUseContext, PlaceContext, Visitor};
use mir::{
    BasicBlock, Body, ClearCrossCrate, CoroutineLayout, CoroutineSavedLocal, CoroutineSavedTy, InlineAsmOperand, Local,
    LocalInfo, Location, SourceInfo, Statement, StatementKind, StorageConflicts, Terminator, TerminatorEdges,
    TerminatorKind, VarDebugInfoContents,
};
use rustc_index::IndexVec;
use rustc_index::bit_set::{BitMatrix, DenseBitSet};
use ty::{FieldIdx, Ty, VariantIdx};

use super::{RESERVED_VARIANTS, SELF_ARG};

/// Where a saved local lies: its type, a state that has it, and its field there. It is at the same offset in all states
/// that have it.
pub(crate) type Remap<'tcx> = IndexVec<Local, Option<(Ty<'tcx>, VariantIdx, FieldIdx)>>;

/// What the locals of a coroutine become.
pub(crate) struct SavedLocals<'tcx> {
    pub(crate) layout: CoroutineLayout<'tcx>,
    pub(crate) remap: Remap<'tcx>,
    /// For blocks that suspend: the locals that have storage there.
    pub(crate) storage_liveness: IndexVec<BasicBlock, Option<DenseBitSet<Local>>>,
    /// The locals that have storage throughout.
    pub(crate) always_live: DenseBitSet<Local>,
}

/// Finds what is saved at each suspension point of a body that still suspends.
pub(crate) fn saved_locals<'tcx>(body: &Body<'tcx>) -> SavedLocals<'tcx> {
    let movable = body.coroutine_kind().is_none_or(|k| k.movability() == hir::Movability::Movable);
    let always_live = always_storage_live_locals(body);
    let storage = MaybeStorageLive { always_live_locals: &always_live };
    let mut storage_live = storage.iterate_to_fixpoint(body).into_results_cursor(body);
    let mut borrowed = MaybeBorrowedLocals.iterate_to_fixpoint(body).into_results_cursor(body);
    let also_borrowed = MaybeBorrowedLocals.iterate_to_fixpoint(body).into_results_cursor(body);
    let required = RequiresStorage { borrowed: RefCell::new(also_borrowed) }.iterate_to_fixpoint(body);
    let mut required = required.into_results_cursor(body);
    let mut liveness = MaybeLiveLocals.iterate_to_fixpoint(body).into_results_cursor(body);

    let mut storage_liveness = IndexVec::from_elem(None, &*body.basic_blocks);
    let mut points: Vec<(DenseBitSet<Local>, SourceInfo)> = Vec::new();
    let mut anywhere = DenseBitSet::new_empty(body.local_decls.len());
    for (block, data) in body.basic_blocks.iter_enumerated() {
        if !matches!(data.terminator().kind, TerminatorKind::Yield { .. }) {
            continue;
        }
        let location = body.terminator_loc(block);
        liveness.seek_to_block_end(block);
        let mut live = liveness.get().clone();
        if !movable {
            // A reference may be kept in the coroutine itself, until the storage ends.
            borrowed.seek_before_primary_effect(location);
            live.union(borrowed.get());
        }
        storage_live.seek_before_primary_effect(location);
        storage_liveness[block] = Some(storage_live.get().clone());
        required.seek_before_primary_effect(location);
        live.intersect(required.get());
        live.remove(SELF_ARG);
        anywhere.union(&live);
        points.push((live, data.terminator().source_info));
    }
    drop(storage_live);
    let saved: IndexVec<CoroutineSavedLocal, Local> = anywhere.iter().collect();
    let conflicts = storage_conflicts(body, &anywhere, &saved, &always_live, required.results());
    drop(required);
    let (layout, remap) = layout(body, &saved, &points, conflicts);
    SavedLocals { layout, remap, storage_liveness, always_live }
}

fn layout<'tcx>(
    body: &Body<'tcx>,
    saved: &IndexVec<CoroutineSavedLocal, Local>,
    points: &[(DenseBitSet<Local>, SourceInfo)],
    conflicts: BitMatrix<CoroutineSavedLocal, CoroutineSavedLocal>,
) -> (CoroutineLayout<'tcx>, Remap<'tcx>) {
    let field_tys: IndexVec<CoroutineSavedLocal, CoroutineSavedTy<'tcx>> =
        saved.iter().map(|&local| saved_ty(body, local)).collect();
    let mut remap: Remap<'tcx> = IndexVec::from_elem(None, &body.local_decls);
    let mut variant_fields: IndexVec<VariantIdx, IndexVec<FieldIdx, CoroutineSavedLocal>> =
        (0..RESERVED_VARIANTS).map(|_| IndexVec::new()).collect();
    let (start, end) = (body.span.shrink_to_lo(), body.span.shrink_to_hi());
    let mut variant_source_info: IndexVec<VariantIdx, SourceInfo> =
        [start, end, end].into_iter().map(SourceInfo::outermost).collect();
    for (live, source_info) in points {
        let mut fields: IndexVec<FieldIdx, CoroutineSavedLocal> = IndexVec::new();
        let variant = variant_fields.next_index();
        for (index, &local) in saved.iter_enumerated() {
            if live.contains(local) {
                let field = fields.push(index);
                remap[local].get_or_insert((field_tys[index].ty, variant, field));
            }
        }
        variant_fields.push(fields);
        variant_source_info.push(*source_info);
    }
    let mut field_names = IndexVec::from_elem(None, &field_tys);
    for var in &body.var_debug_info {
        if let VarDebugInfoContents::Place(place) = &var.value
            && let Some(local) = place.as_local()
            && let Some((_, variant, field)) = remap[local]
        {
            field_names[variant_fields[variant][field]].get_or_insert(var.name);
        }
    }
    let storage_conflicts = StorageConflicts(conflicts);
    (CoroutineLayout { field_tys, field_names, variant_fields, variant_source_info, storage_conflicts }, remap)
}

fn saved_ty<'tcx>(body: &Body<'tcx>, local: Local) -> CoroutineSavedTy<'tcx> {
    let decl = &body.local_decls[local];
    let ignore_for_traits = match &decl.local_info {
        ClearCrossCrate::Set(info) => match **info {
            // It can be made anew.
            LocalInfo::StaticRef { is_thread_local, .. } => !is_thread_local,
            // Only guards of matches look at it.
            LocalInfo::FakeBorrow => true,
            _ => false,
        },
        ClearCrossCrate::Clear => false,
    };
    CoroutineSavedTy { ty: decl.ty, source_info: decl.source_info, ignore_for_traits }
}

/// Locals whose storage is needed (forward): written or borrowed, and not moved out of since while not borrowed.
struct RequiresStorage<'a, 'tcx> {
    borrowed: RefCell<ResultsCursor<'a, 'tcx, MaybeBorrowedLocals>>,
}

impl RequiresStorage<'_, '_> {
    /// A local that is moved out of as a whole needs storage no longer, unless a reference may exist.
    fn end_moved(&self, state: &mut DenseBitSet<Local>, moved: Moved, location: Location) {
        for local in moved.0 {
            let mut borrowed = self.borrowed.borrow_mut();
            borrowed.seek_before_primary_effect(location);
            if !borrowed.contains(local) {
                state.kill(local);
            }
        }
    }
}

impl<'tcx> Analysis<'tcx> for RequiresStorage<'_, 'tcx> {
    type Domain = DenseBitSet<Local>;
    const NAME: &'static str = "requires_storage";

    fn bottom_value(&self, body: &Body<'tcx>) -> Self::Domain {
        DenseBitSet::new_empty(body.local_decls.len())
    }
    fn initialize_start_block(&self, body: &Body<'tcx>, state: &mut Self::Domain) {
        // The coroutine itself does not matter.
        for arg in body.args_iter().skip(1) {
            state.insert(arg);
        }
    }
    fn apply_early_statement_effect(&self, state: &mut Self::Domain, stmt: &Statement<'tcx>, location: Location) {
        // What is borrowed or written needs storage for that.
        MaybeBorrowedLocals.apply_primary_statement_effect(state, stmt, location);
        match &stmt.kind {
            StatementKind::StorageDead(local) => state.kill(*local),
            StatementKind::Assign(assign) => state.gen_(assign.0.local),
            StatementKind::SetDiscriminant { place, .. } => state.gen_(place.local),
            _ => {}
        }
    }
    fn apply_primary_statement_effect(&self, state: &mut Self::Domain, stmt: &Statement<'tcx>, location: Location) {
        // What is moved from needs storage until then.
        let mut moved = Moved::default();
        moved.visit_statement(stmt, location);
        self.end_moved(state, moved, location);
    }
    fn apply_early_terminator_effect(&self, state: &mut Self::Domain, term: &Terminator<'tcx>, location: Location) {
        MaybeBorrowedLocals.apply_primary_terminator_effect(state, term, location);
        match &term.kind {
            TerminatorKind::Call { destination, .. } => state.gen_(destination.local),
            TerminatorKind::InlineAsm { operands, .. } => outputs(operands, |local| state.gen_(local)),
            // The resume argument is written after resumption only.
            _ => {}
        }
    }
    fn apply_primary_terminator_effect<'mir>(
        &self,
        state: &mut Self::Domain,
        term: &'mir Terminator<'tcx>,
        location: Location,
    ) -> TerminatorEdges<'mir, 'tcx> {
        // The result is there where the call returns, and not where it unwinds.
        match &term.kind {
            TerminatorKind::Call { destination, .. } => state.kill(destination.local),
            TerminatorKind::InlineAsm { operands, .. } => outputs(operands, |local| state.kill(local)),
            _ => {}
        }
        let mut moved = Moved::default();
        moved.visit_terminator(term, location);
        self.end_moved(state, moved, location);
        term.edges()
    }
    fn apply_call_return_effect(&self, state: &mut Self::Domain, _: BasicBlock, places: CallReturnPlaces<'_, 'tcx>) {
        places.for_each(|place| state.gen_(place.local));
    }
}

fn outputs(operands: &[InlineAsmOperand<'_>], mut f: impl FnMut(Local)) {
    for operand in operands {
        if let InlineAsmOperand::Out { place: Some(place), .. }
        | InlineAsmOperand::InOut { out_place: Some(place), .. } = operand
        {
            f(place.local);
        }
    }
}

/// The locals that are moved out of as a whole.
#[derive(Default)]
struct Moved(Vec<Local>);

impl<'tcx> Visitor<'tcx> for Moved {
    fn visit_local(&mut self, local: Local, context: PlaceContext, _: Location) {
        if context == PlaceContext::NonMutatingUse(NonMutatingUseContext::Move) {
            self.0.push(local);
        }
    }
}

/// The saved locals that need storage at the same time. Those without storage markers conflict with all.
fn storage_conflicts<'a, 'tcx>(
    body: &Body<'tcx>,
    is_saved: &DenseBitSet<Local>,
    saved: &IndexVec<CoroutineSavedLocal, Local>,
    always_live: &DenseBitSet<Local>,
    required: &Results<'tcx, RequiresStorage<'a, 'tcx>>,
) -> BitMatrix<CoroutineSavedLocal, CoroutineSavedLocal> {
    let n = body.local_decls.len();
    let mut visitor =
        Conflicts { body, saved: is_saved, together: BitMatrix::new(n, n), eligible: DenseBitSet::new_empty(n) };
    visit_reachable_results(body, required, &mut visitor);
    let together = visitor.together;
    let mut conflicts = BitMatrix::new(saved.len(), saved.len());
    for (a, &local_a) in saved.iter_enumerated() {
        if always_live.contains(local_a) {
            conflicts.insert_all_into_row(a);
            continue;
        }
        for (b, &local_b) in saved.iter_enumerated() {
            if together.contains(local_a, local_b) || always_live.contains(local_b) {
                conflicts.insert(a, b);
            }
        }
    }
    conflicts
}

struct Conflicts<'a, 'tcx> {
    body: &'a Body<'tcx>,
    saved: &'a DenseBitSet<Local>,
    together: BitMatrix<Local, Local>,
    eligible: DenseBitSet<Local>,
}

impl<'tcx> Conflicts<'_, 'tcx> {
    fn at(&mut self, state: &DenseBitSet<Local>, location: Location) {
        // What is not reached conflicts with nothing.
        if matches!(self.body[location.block].terminator().kind, TerminatorKind::Unreachable) {
            return;
        }
        self.eligible.clone_from(state);
        self.eligible.intersect(self.saved);
        for local in self.eligible.iter() {
            self.together.union_row_with(&self.eligible, local);
        }
    }
}

impl<'a, 'tcx> ResultsVisitor<'tcx, RequiresStorage<'a, 'tcx>> for Conflicts<'_, 'tcx> {
    fn visit_after_early_statement_effect(
        &mut self,
        _: &RequiresStorage<'a, 'tcx>,
        state: &DenseBitSet<Local>,
        _: &Statement<'tcx>,
        location: Location,
    ) {
        self.at(state, location);
    }
    fn visit_after_early_terminator_effect(
        &mut self,
        _: &RequiresStorage<'a, 'tcx>,
        state: &DenseBitSet<Local>,
        _: &Terminator<'tcx>,
        location: Location,
    ) {
        self.at(state, location);
    }
}
