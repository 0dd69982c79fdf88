//! Explicit duplication.

use crate::marker::{Destruct, PointeeSized};

/// Types whose values can be duplicated explicitly.
#[lang = "clone"]
#[rustc_diagnostic_item = "Clone"]
#[rustc_trivial_field_reads]
pub const trait Clone: Sized {
    /// Returns a duplicate of the value.
    #[must_use = "cloning is often expensive and is not expected to have side effects"]
    #[lang = "clone_fn"]
    fn clone(&self) -> Self;

    /// Assigns a duplicate of `source`.
    #[inline]
    fn clone_from(&mut self, source: &Self)
    where
        Self: [const] Destruct,
    {
        *self = source.clone()
    }
}

/// Types whose `clone` copies the bytes; derived along with `Clone`.
#[doc(hidden)]
#[lang = "trivial_clone"]
#[rustc_unsafe_specialization_marker]
#[marker]
pub const unsafe trait TrivialClone: [const] Clone {}

/// Derive macro for [`Clone`](trait@Clone).
#[rustc_builtin_macro]
#[allow_internal_unstable(core_intrinsics, derive_clone_copy_internals, trivial_clone)]
pub macro Clone($item:item) {}

/// Types that are cloned by `x.use`.
#[lang = "use_cloned"]
pub trait UseCloned: Clone {}

#[doc(hidden)]
#[allow(missing_debug_implementations)]
pub struct AssertParamIsClone<T: Clone + PointeeSized> {
    _field: crate::marker::PhantomData<T>,
}

#[doc(hidden)]
#[allow(missing_debug_implementations)]
pub struct AssertParamIsCopy<T: Copy + PointeeSized> {
    _field: crate::marker::PhantomData<T>,
}

/// Types that can be cloned into uninitialised memory, unsized ones too.
pub unsafe trait CloneToUninit {
    unsafe fn clone_to_uninit(&self, dest: *mut u8);
}

unsafe impl<T: Clone> CloneToUninit for T {
    #[inline]
    unsafe fn clone_to_uninit(&self, dest: *mut u8) {
        unsafe { dest.cast::<T>().write(self.clone()) }
    }
}

unsafe impl<T: Clone> CloneToUninit for [T] {
    #[inline]
    unsafe fn clone_to_uninit(&self, dest: *mut u8) {
        let dest = dest.cast::<T>();
        for (i, x) in self.iter().enumerate() {
            unsafe { dest.add(i).write(x.clone()) };
        }
    }
}

unsafe impl CloneToUninit for str {
    #[inline]
    unsafe fn clone_to_uninit(&self, dest: *mut u8) {
        unsafe { crate::ptr::copy_nonoverlapping(self.as_ptr(), dest, self.len()) }
    }
}

macro_rules! impl_clone {
    ($($t:ty)*) => {$(
        impl const Clone for $t {
            #[inline(always)]
            fn clone(&self) -> Self {
                *self
            }
        }
        unsafe impl const TrivialClone for $t {}
        impl UseCloned for $t {}
    )*};
}
impl_clone! {
    usize u8 u16 u32 u64 u128 isize i8 i16 i32 i64 i128 f16 f32 f64 f128 bool char
}

impl Clone for ! {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: PointeeSized> Clone for &T {
    #[inline(always)]
    #[rustc_diagnostic_item = "noop_method_clone"]
    fn clone(&self) -> Self {
        self
    }
}

impl<T: PointeeSized> !Clone for &mut T {}
