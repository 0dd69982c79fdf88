//! `f32`: its constants and the methods that need no mathematical library.

use crate::intrinsics;
use crate::num::FpCategory;

float_consts! { f32 }

impl f32 {
    float_impl! { f32, u32, i32, 32, 6, 24, 128, 38, -37, minnumf32, maxnumf32 }

    pub const EPSILON: f32 = 1.19209290e-07;
    pub const MIN: f32 = -3.40282347e+38;
    pub const MIN_POSITIVE: f32 = 1.17549435e-38;
    pub const MAX: f32 = 3.40282347e+38;
}
