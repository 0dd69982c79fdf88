//! Which places may, or may not, be initialised (forward).

use mir::dataflow::{Analysis, CallReturnPlaces, GenKill, MaybeReachable};
use mir::{
    BasicBlock, Body, Location, Operand, Place, ProjectionElem, Rvalue, Statement, StatementKind, SwitchTargetValue,
    SwitchTargets, Terminator, TerminatorEdges, TerminatorKind,
};
use query::{PlaceTyExt, TyCtxt};
use rustc_index::bit_set::MixedBitSet;
use ty::{TyKind, VariantIdx};

use crate::drop_flag_effects::*;
use crate::move_paths::*;

/// Places that are initialised on some path. A drop at a point where its place is not in the set does nothing.
pub struct MaybeInitializedPlaces<'a, 'tcx> {
    tcx: TyCtxt<'tcx>,
    body: &'a Body<'tcx>,
    move_data: &'a MoveData<'tcx>,
    /// Whether branches on discriminants make the other variants uninitialised.
    exclude_inactive_in_otherwise: bool,
    skip_unreachable_unwind: bool,
}

impl<'a, 'tcx> MaybeInitializedPlaces<'a, 'tcx> {
    pub fn new(tcx: TyCtxt<'tcx>, body: &'a Body<'tcx>, move_data: &'a MoveData<'tcx>) -> Self {
        MaybeInitializedPlaces {
            tcx,
            body,
            move_data,
            exclude_inactive_in_otherwise: false,
            skip_unreachable_unwind: false,
        }
    }
    /// Also takes variants away on the `otherwise` edge.
    pub fn exclude_inactive_in_otherwise(mut self) -> Self {
        self.exclude_inactive_in_otherwise = true;
        self
    }
    /// Takes no edge of unwinding out of a drop whose place is not initialised.
    pub fn skipping_unreachable_unwind(mut self) -> Self {
        self.skip_unreachable_unwind = true;
        self
    }
    pub fn move_data(&self) -> &'a MoveData<'tcx> {
        self.move_data
    }
    /// Whether unwinding out of a drop with this state is not possible.
    pub fn is_unwind_dead(&self, place: Place<'tcx>, state: &MaybeReachable<MixedBitSet<MovePathIndex>>) -> bool {
        if let LookupResult::Exact(path) = self.move_data.rev_lookup.find(place.as_ref()) {
            let mut maybe_live = false;
            on_all_children_bits(self.move_data, path, |child| maybe_live |= state.contains(child));
            !maybe_live
        } else {
            false
        }
    }
}

fn update(state: &mut impl GenKill<MovePathIndex>, path: MovePathIndex, flag: DropFlagState, present_gens: bool) {
    if flag.value() == present_gens { state.gen_(path) } else { state.kill(path) }
}

impl<'tcx> Analysis<'tcx> for MaybeInitializedPlaces<'_, 'tcx> {
    type Domain = MaybeReachable<MixedBitSet<MovePathIndex>>;
    const NAME: &'static str = "maybe_init";

    fn bottom_value(&self, _: &Body<'tcx>) -> Self::Domain {
        MaybeReachable::Unreachable
    }
    fn initialize_start_block(&self, _: &Body<'tcx>, state: &mut Self::Domain) {
        *state = MaybeReachable::Reachable(MixedBitSet::new_empty(self.move_data.move_paths.len()));
        drop_flag_effects_for_function_entry(self.body, self.move_data, |path, _| state.gen_(path));
    }
    fn apply_primary_statement_effect(&self, state: &mut Self::Domain, stmt: &Statement<'tcx>, location: Location) {
        drop_flag_effects_for_location(self.body, self.move_data, location, |path, s| update(state, path, s, true));
        // Through a reference any variant may be written.
        if self.skip_unreachable_unwind {
            if let Some((_, Rvalue::Ref(_, mir::BorrowKind::Mut { .. }, place) | Rvalue::RawPtr(_, place))) =
                stmt.kind.as_assign()
            {
                if let LookupResult::Exact(mpi) = self.move_data.rev_lookup.find(place.as_ref()) {
                    on_all_children_bits(self.move_data, mpi, |child| state.gen_(child));
                }
            }
        }
    }
    fn apply_primary_terminator_effect<'mir>(
        &self,
        state: &mut Self::Domain,
        terminator: &'mir Terminator<'tcx>,
        location: Location,
    ) -> TerminatorEdges<'mir, 'tcx> {
        let mut edges = terminator.edges();
        if self.skip_unreachable_unwind {
            if let TerminatorKind::Drop { target, place, .. } = terminator.kind {
                if self.is_unwind_dead(place, state) {
                    edges = TerminatorEdges::Single(target);
                }
            }
        }
        drop_flag_effects_for_location(self.body, self.move_data, location, |path, s| update(state, path, s, true));
        edges
    }
    fn apply_call_return_effect(&self, state: &mut Self::Domain, _: BasicBlock, places: CallReturnPlaces<'_, 'tcx>) {
        on_call_return(self.move_data, places, |path| state.gen_(path));
    }
    fn has_switch_int_edge_effects(&self, block: BasicBlock, discr: &Operand<'tcx>) -> bool {
        enum_of_switch(self.tcx, self.body, self.move_data, block, discr).is_some()
    }
    fn apply_switch_int_edge_effect(
        &self,
        block: BasicBlock,
        discr: &Operand<'tcx>,
        state: &mut Self::Domain,
        value: SwitchTargetValue,
        targets: &SwitchTargets,
    ) {
        if value == SwitchTargetValue::Otherwise && !self.exclude_inactive_in_otherwise {
            return;
        }
        on_inactive_variants(self.tcx, self.body, self.move_data, block, discr, value, targets, |path| {
            state.kill(path)
        });
    }
}

/// Places that are uninitialised on some path.
pub struct MaybeUninitializedPlaces<'a, 'tcx> {
    tcx: TyCtxt<'tcx>,
    body: &'a Body<'tcx>,
    move_data: &'a MoveData<'tcx>,
    mark_inactive_variants_as_uninit: bool,
    include_inactive_in_otherwise: bool,
}

impl<'a, 'tcx> MaybeUninitializedPlaces<'a, 'tcx> {
    pub fn new(tcx: TyCtxt<'tcx>, body: &'a Body<'tcx>, move_data: &'a MoveData<'tcx>) -> Self {
        MaybeUninitializedPlaces {
            tcx,
            body,
            move_data,
            mark_inactive_variants_as_uninit: false,
            include_inactive_in_otherwise: false,
        }
    }
    /// Branches on a discriminant make the other variants uninitialised. Not for the borrow checker.
    pub fn mark_inactive_variants_as_uninit(mut self) -> Self {
        self.mark_inactive_variants_as_uninit = true;
        self
    }
    /// So does the `otherwise` edge.
    pub fn include_inactive_in_otherwise(mut self) -> Self {
        self.include_inactive_in_otherwise = true;
        self
    }
    pub fn move_data(&self) -> &'a MoveData<'tcx> {
        self.move_data
    }
}

impl<'tcx> Analysis<'tcx> for MaybeUninitializedPlaces<'_, 'tcx> {
    type Domain = MixedBitSet<MovePathIndex>;
    const NAME: &'static str = "maybe_uninit";

    fn bottom_value(&self, _: &Body<'tcx>) -> Self::Domain {
        MixedBitSet::new_empty(self.move_data.move_paths.len())
    }
    fn initialize_start_block(&self, _: &Body<'tcx>, state: &mut Self::Domain) {
        state.insert_all();
        drop_flag_effects_for_function_entry(self.body, self.move_data, |path, _| state.kill(path));
    }
    fn apply_primary_statement_effect(&self, state: &mut Self::Domain, _: &Statement<'tcx>, location: Location) {
        drop_flag_effects_for_location(self.body, self.move_data, location, |path, s| update(state, path, s, false));
    }
    fn apply_primary_terminator_effect<'mir>(
        &self,
        state: &mut Self::Domain,
        terminator: &'mir Terminator<'tcx>,
        location: Location,
    ) -> TerminatorEdges<'mir, 'tcx> {
        drop_flag_effects_for_location(self.body, self.move_data, location, |path, s| update(state, path, s, false));
        terminator.edges()
    }
    fn apply_call_return_effect(&self, state: &mut Self::Domain, _: BasicBlock, places: CallReturnPlaces<'_, 'tcx>) {
        on_call_return(self.move_data, places, |path| state.kill(path));
    }
    fn has_switch_int_edge_effects(&self, block: BasicBlock, discr: &Operand<'tcx>) -> bool {
        self.mark_inactive_variants_as_uninit
            && enum_of_switch(self.tcx, self.body, self.move_data, block, discr).is_some()
    }
    fn apply_switch_int_edge_effect(
        &self,
        block: BasicBlock,
        discr: &Operand<'tcx>,
        state: &mut Self::Domain,
        value: SwitchTargetValue,
        targets: &SwitchTargets,
    ) {
        if value == SwitchTargetValue::Otherwise && !self.include_inactive_in_otherwise {
            return;
        }
        on_inactive_variants(self.tcx, self.body, self.move_data, block, discr, value, targets, |path| {
            state.gen_(path)
        });
    }
}

/// Initialisations that may have happened and not been ended by `StorageDead`: a second one of an immutable variable is
/// an error.
pub struct EverInitializedPlaces<'a, 'tcx> {
    body: &'a Body<'tcx>,
    move_data: &'a MoveData<'tcx>,
}

impl<'a, 'tcx> EverInitializedPlaces<'a, 'tcx> {
    pub fn new(body: &'a Body<'tcx>, move_data: &'a MoveData<'tcx>) -> Self {
        EverInitializedPlaces { body, move_data }
    }
    pub fn move_data(&self) -> &'a MoveData<'tcx> {
        self.move_data
    }
}

impl<'tcx> Analysis<'tcx> for EverInitializedPlaces<'_, 'tcx> {
    type Domain = MixedBitSet<InitIndex>;
    const NAME: &'static str = "ever_init";

    fn bottom_value(&self, _: &Body<'tcx>) -> Self::Domain {
        MixedBitSet::new_empty(self.move_data.inits.len())
    }
    fn initialize_start_block(&self, body: &Body<'tcx>, state: &mut Self::Domain) {
        // The arguments' initialisations come first.
        for (i, init) in self.move_data.inits.iter_enumerated() {
            if i.index() >= body.arg_count || !matches!(init.location, InitLocation::Argument(_)) {
                break;
            }
            state.insert(i);
        }
    }
    fn apply_primary_statement_effect(&self, state: &mut Self::Domain, stmt: &Statement<'tcx>, location: Location) {
        state.gen_all(self.move_data.init_loc_map[location].iter().copied());
        if let StatementKind::StorageDead(local) = stmt.kind {
            // Only of the local as a whole: its fields go with it anyway.
            if let Some(mpi) = self.move_data.rev_lookup.find_local(local) {
                state.kill_all(self.move_data.init_path_map[mpi].iter().copied());
            }
        }
    }
    fn apply_primary_terminator_effect<'mir>(
        &self,
        state: &mut Self::Domain,
        terminator: &'mir Terminator<'tcx>,
        location: Location,
    ) -> TerminatorEdges<'mir, 'tcx> {
        let inits = &self.move_data.init_loc_map[location];
        state.gen_all(inits.iter().copied().filter(|&i| self.move_data.inits[i].kind != InitKind::NonPanicPathOnly));
        terminator.edges()
    }
    fn apply_call_return_effect(&self, state: &mut Self::Domain, block: BasicBlock, _: CallReturnPlaces<'_, 'tcx>) {
        let location = self.body.terminator_loc(block);
        state.gen_all(self.move_data.init_loc_map[location].iter().copied());
    }
}

/// The place whose discriminant a `SwitchInt` is on: read in the same block, into an operand that is not written since.
fn enum_of_switch<'tcx>(
    tcx: TyCtxt<'tcx>,
    body: &Body<'tcx>,
    move_data: &MoveData<'tcx>,
    block: BasicBlock,
    discr: &Operand<'tcx>,
) -> Option<(Place<'tcx>, ty::AdtDef<'tcx>)> {
    let discr = discr.place()?;
    for stmt in body[block].statements.iter().rev() {
        match &stmt.kind {
            StatementKind::Assign(assign) if assign.0 == discr => {
                let Rvalue::Discriminant(place) = assign.1 else { return None };
                let TyKind::Adt(def, _) = *place.ty(body, tcx).ty.kind() else { return None };
                let tracked = matches!(move_data.rev_lookup.find(place.as_ref()), LookupResult::Exact(_));
                return (def.is_enum() && tracked).then_some((place, def));
            }
            StatementKind::Assign(assign) if assign.0.local == discr.local => return None,
            _ => {}
        }
    }
    None
}

/// Calls `f` for the paths below variants that the edge excludes.
fn on_inactive_variants<'tcx>(
    tcx: TyCtxt<'tcx>,
    body: &Body<'tcx>,
    move_data: &MoveData<'tcx>,
    block: BasicBlock,
    discr: &Operand<'tcx>,
    value: SwitchTargetValue,
    targets: &SwitchTargets,
    mut f: impl FnMut(MovePathIndex),
) {
    let Some((place, def)) = enum_of_switch(tcx, body, move_data, block, discr) else { return };
    let LookupResult::Exact(enum_mpi) = move_data.rev_lookup.find(place.as_ref()) else { return };
    let discrs = tcx.adt_discriminants(def);
    for (child, path) in move_data.move_paths[enum_mpi].children(&move_data.move_paths) {
        let Some(&ProjectionElem::Downcast(_, variant)) = path.place.projection.last() else { continue };
        let variant: VariantIdx = variant;
        let inactive = match value {
            SwitchTargetValue::Normal(v) => discrs[variant].val != v,
            SwitchTargetValue::Otherwise => targets.all_values().contains(&discrs[variant].val),
        };
        if inactive {
            on_all_children_bits(move_data, child, &mut f);
        }
    }
}
