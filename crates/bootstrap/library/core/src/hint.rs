//! Hints to the compiler.

use crate::intrinsics;

#[inline]
#[track_caller]
pub const unsafe fn unreachable_unchecked() -> ! {
    unsafe { intrinsics::unreachable() }
}

#[track_caller]
#[inline(always)]
pub const unsafe fn assert_unchecked(cond: bool) {
    unsafe { intrinsics::assume(cond) }
}

#[inline(always)]
pub fn spin_loop() {}

#[inline]
pub const fn black_box<T>(dummy: T) -> T {
    intrinsics::black_box(dummy)
}

#[must_use]
#[inline(always)]
pub const fn must_use<T>(value: T) -> T {
    value
}

#[inline(always)]
pub const fn likely(b: bool) -> bool {
    intrinsics::likely(b)
}

#[inline(always)]
pub const fn unlikely(b: bool) -> bool {
    intrinsics::unlikely(b)
}

#[inline(always)]
pub const fn cold_path() {
    intrinsics::cold_path()
}

#[inline]
pub fn select_unpredictable<T>(condition: bool, true_val: T, false_val: T) -> T {
    intrinsics::select_unpredictable(condition, true_val, false_val)
}
