//! Moves and initialisation: which places of a body hold values where.
//!
//! [`MoveData`] names the places that are moved or initialised apart ("move paths", `move_paths.rs`); the analyses
//! of `initialized.rs` say which of them are initialised at each point; `drop_flag_effects.rs` has the effects they
//! and drop elaboration share. The solver itself is `mir::dataflow`. Run all this before dereferences are separated.

mod builder;
mod drop_flag_effects;
mod initialized;
mod move_paths;

pub use drop_flag_effects::{
    DropFlagState, drop_flag_effects_for_function_entry, drop_flag_effects_for_location, for_location_inits,
    move_path_children_matching, on_all_children_bits, on_lookup_result_bits,
};
pub use initialized::{EverInitializedPlaces, MaybeInitializedPlaces, MaybeUninitializedPlaces};
pub use move_paths::{
    IllegalMoveOriginKind, Init, InitIndex, InitKind, InitLocation, LocationMap, LookupResult, MoveData, MoveError,
    MoveOut, MoveOutIndex, MovePath, MovePathIndex, MovePathLookup,
};
