//! What becomes initialised or uninitialised at a point.

use mir::dataflow::CallReturnPlaces;
use mir::{Body, Location, PlaceElem, TerminatorKind};

use crate::move_paths::*;

/// Initialised or not.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DropFlagState {
    /// The place holds a value, which is to be dropped.
    Present,
    Absent,
}

impl DropFlagState {
    pub fn value(self) -> bool {
        self == DropFlagState::Present
    }
}

/// The direct part of a path whose last step matches.
pub fn move_path_children_matching<'tcx>(
    move_data: &MoveData<'tcx>,
    path: MovePathIndex,
    mut cond: impl FnMut(PlaceElem<'tcx>) -> bool,
) -> Option<MovePathIndex> {
    let mut next = move_data.move_paths[path].first_child;
    while let Some(child) = next {
        let data = &move_data.move_paths[child];
        if data.place.projection.last().is_some_and(|&e| cond(e)) {
            return Some(child);
        }
        next = data.next_sibling;
    }
    None
}

/// Calls `f` for a path that was looked up and all below it; for a parent only, nothing.
pub fn on_lookup_result_bits(move_data: &MoveData<'_>, lookup: LookupResult, f: impl FnMut(MovePathIndex)) {
    match lookup {
        LookupResult::Parent(_) => {}
        LookupResult::Exact(path) => on_all_children_bits(move_data, path, f),
    }
}

/// Calls `f` for a path and all below it.
pub fn on_all_children_bits(move_data: &MoveData<'_>, path: MovePathIndex, mut f: impl FnMut(MovePathIndex)) {
    fn go(move_data: &MoveData<'_>, path: MovePathIndex, f: &mut impl FnMut(MovePathIndex)) {
        f(path);
        let mut next = move_data.move_paths[path].first_child;
        while let Some(child) = next {
            go(move_data, child, f);
            next = move_data.move_paths[child].next_sibling;
        }
    }
    go(move_data, path, &mut f);
}

/// The arguments are initialised when a function starts.
pub fn drop_flag_effects_for_function_entry(
    body: &Body<'_>,
    move_data: &MoveData<'_>,
    mut callback: impl FnMut(MovePathIndex, DropFlagState),
) {
    for arg in body.args_iter() {
        let lookup = move_data.rev_lookup.find(arg.into());
        on_lookup_result_bits(move_data, lookup, |path| callback(path, DropFlagState::Present));
    }
}

/// First the moves of a point, then its initialisations.
pub fn drop_flag_effects_for_location(
    body: &Body<'_>,
    move_data: &MoveData<'_>,
    loc: Location,
    mut callback: impl FnMut(MovePathIndex, DropFlagState),
) {
    for mi in &move_data.loc_map[loc] {
        let path = mi.move_path_index(move_data);
        on_all_children_bits(move_data, path, |mpi| callback(mpi, DropFlagState::Absent));
    }
    // A drop leaves its place uninitialised whether or not it is the exact path of a move.
    if let Err(term) = body.stmt_at(loc) {
        if let TerminatorKind::Drop { place, .. } = term.kind {
            if let LookupResult::Exact(mpi) = move_data.rev_lookup.find(place.as_ref()) {
                on_all_children_bits(move_data, mpi, |mpi| callback(mpi, DropFlagState::Absent));
            }
        }
    }
    for_location_inits(move_data, loc, |mpi| callback(mpi, DropFlagState::Present));
}

/// The initialisations of a point, without those by the result of a call.
pub fn for_location_inits(move_data: &MoveData<'_>, loc: Location, mut callback: impl FnMut(MovePathIndex)) {
    for ii in &move_data.init_loc_map[loc] {
        let init = move_data.inits[*ii];
        match init.kind {
            InitKind::Deep => on_all_children_bits(move_data, init.path, &mut callback),
            InitKind::Shallow => callback(init.path),
            InitKind::NonPanicPathOnly => {}
        }
    }
}

/// The initialisations by a call that returned.
pub(crate) fn on_call_return(
    move_data: &MoveData<'_>,
    places: CallReturnPlaces<'_, '_>,
    mut callback: impl FnMut(MovePathIndex),
) {
    places.for_each(|place| {
        on_lookup_result_bits(move_data, move_data.rev_lookup.find(place.as_ref()), &mut callback);
    });
}
