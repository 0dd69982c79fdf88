//! Intrinsics on boxes.

use core::mem::MaybeUninit;

use crate::boxed::Box;

/// Writes `x` into the box without a copy on the stack; MIR building expands it in place.
#[rustc_intrinsic]
pub fn write_box_via_move<T>(b: Box<MaybeUninit<T>>, x: T) -> Box<MaybeUninit<T>>;
