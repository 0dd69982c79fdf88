//! `f64`: its constants and the methods that need no mathematical library.

use crate::intrinsics;
use crate::num::FpCategory;

float_consts! { f64 }

impl f64 {
    float_impl! { f64, u64, i64, 64, 15, 53, 1024, 308, -307, minnumf64, maxnumf64 }

    pub const EPSILON: f64 = 2.2204460492503131e-16;
    pub const MIN: f64 = -1.7976931348623157e+308;
    pub const MIN_POSITIVE: f64 = 2.2250738585072014e-308;
    pub const MAX: f64 = 1.7976931348623157e+308;
}
