//! Atomic types.

use self::Ordering::*;
use crate::cell::UnsafeCell;
use crate::fmt;
use crate::intrinsics::{self, AtomicOrdering as AO};

/// How an atomic operation orders memory accesses.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Hash)]
#[non_exhaustive]
#[rustc_diagnostic_item = "Ordering"]
pub enum Ordering {
    Relaxed,
    Release,
    Acquire,
    AcqRel,
    SeqCst,
}

#[inline]
unsafe fn atomic_store<T: Copy>(dst: *mut T, val: T, order: Ordering) {
    unsafe {
        match order {
            Relaxed => intrinsics::atomic_store::<T, { AO::Relaxed }>(dst, val),
            Release => intrinsics::atomic_store::<T, { AO::Release }>(dst, val),
            SeqCst => intrinsics::atomic_store::<T, { AO::SeqCst }>(dst, val),
            Acquire => panic!("there is no such thing as an acquire store"),
            AcqRel => panic!("there is no such thing as an acquire-release store"),
        }
    }
}

#[inline]
unsafe fn atomic_load<T: Copy>(dst: *const T, order: Ordering) -> T {
    unsafe {
        match order {
            Relaxed => intrinsics::atomic_load::<T, { AO::Relaxed }>(dst),
            Acquire => intrinsics::atomic_load::<T, { AO::Acquire }>(dst),
            SeqCst => intrinsics::atomic_load::<T, { AO::SeqCst }>(dst),
            Release => panic!("there is no such thing as a release load"),
            AcqRel => panic!("there is no such thing as an acquire-release load"),
        }
    }
}

// One function per operation that turns the ordering into a const argument.
macro_rules! read_modify_write {
    ($($name:ident<$($g:ident),*>($u:ty);)*) => {$(
        #[inline]
        unsafe fn $name<$($g: Copy),*>(dst: *mut T, val: $u, order: Ordering) -> T {
            unsafe {
                match order {
                    Relaxed => intrinsics::$name::<$($g,)* { AO::Relaxed }>(dst, val),
                    Acquire => intrinsics::$name::<$($g,)* { AO::Acquire }>(dst, val),
                    Release => intrinsics::$name::<$($g,)* { AO::Release }>(dst, val),
                    AcqRel => intrinsics::$name::<$($g,)* { AO::AcqRel }>(dst, val),
                    SeqCst => intrinsics::$name::<$($g,)* { AO::SeqCst }>(dst, val),
                }
            }
        }
    )*};
}
read_modify_write! {
    atomic_xchg<T>(T);
    atomic_xadd<T, U>(U);
    atomic_xsub<T, U>(U);
    atomic_and<T, U>(U);
    atomic_nand<T, U>(U);
    atomic_or<T, U>(U);
    atomic_xor<T, U>(U);
    atomic_max<T>(T);
    atomic_min<T>(T);
    atomic_umax<T>(T);
    atomic_umin<T>(T);
}

#[inline]
unsafe fn atomic_compare_exchange<T: Copy>(
    dst: *mut T,
    old: T,
    new: T,
    success: Ordering,
    failure: Ordering,
) -> Result<T, T> {
    match failure {
        Release => panic!("there is no such thing as a release failure ordering"),
        AcqRel => panic!("there is no such thing as an acquire-release failure ordering"),
        _ => {}
    }
    // The failure ordering is strengthened to fit the success ordering where that costs nothing.
    let (val, ok) = unsafe {
        match success {
            Relaxed if failure == Relaxed => {
                intrinsics::atomic_cxchg::<T, { AO::Relaxed }, { AO::Relaxed }>(dst, old, new)
            }
            Acquire => {
                intrinsics::atomic_cxchg::<T, { AO::Acquire }, { AO::Acquire }>(dst, old, new)
            }
            Release if failure == Relaxed => {
                intrinsics::atomic_cxchg::<T, { AO::Release }, { AO::Relaxed }>(dst, old, new)
            }
            AcqRel => intrinsics::atomic_cxchg::<T, { AO::AcqRel }, { AO::Acquire }>(dst, old, new),
            _ => intrinsics::atomic_cxchg::<T, { AO::SeqCst }, { AO::SeqCst }>(dst, old, new),
        }
    };
    if ok { Ok(val) } else { Err(val) }
}

// The methods that all atomic types share.
macro_rules! atomic_common {
    ($Atomic:ident<$($g:ident)?>, $t:ty, $raw:ty) => {
        impl<$($g)?> $Atomic<$($g)?> {
            #[inline]
            #[must_use]
            pub const fn new(v: $t) -> Self {
                Self { v: UnsafeCell::new(v as $raw) }
            }

            #[inline]
            pub const unsafe fn from_ptr<'a>(ptr: *mut $t) -> &'a Self {
                unsafe { &*ptr.cast() }
            }

            #[inline]
            pub const fn as_ptr(&self) -> *mut $t {
                self.v.get().cast()
            }

            #[inline]
            pub fn get_mut(&mut self) -> &mut $t {
                unsafe { &mut *self.as_ptr() }
            }

            #[inline]
            pub const fn into_inner(self) -> $t {
                unsafe { *self.as_ptr() }
            }

            #[inline]
            pub fn store(&self, val: $t, order: Ordering) {
                unsafe { atomic_store(self.v.get(), val as $raw, order) }
            }

            #[inline]
            pub fn swap(&self, val: $t, order: Ordering) -> $t {
                let old = unsafe { atomic_xchg(self.v.get(), val as $raw, order) };
                unsafe { crate::mem::transmute(old) }
            }

            #[inline]
            pub fn load(&self, order: Ordering) -> $t {
                let v = unsafe { atomic_load(self.v.get(), order) };
                unsafe { crate::mem::transmute(v) }
            }

            #[inline]
            pub fn compare_and_swap(&self, current: $t, new: $t, order: Ordering) -> $t {
                let failure = match order {
                    Relaxed | Release => Relaxed,
                    Acquire | AcqRel => Acquire,
                    SeqCst => SeqCst,
                };
                match self.compare_exchange(current, new, order, failure) {
                    Ok(x) | Err(x) => x,
                }
            }

            #[inline]
            pub fn compare_exchange(
                &self,
                current: $t,
                new: $t,
                success: Ordering,
                failure: Ordering,
            ) -> Result<$t, $t> {
                let (v, c, n) = (self.v.get(), current as $raw, new as $raw);
                match unsafe { atomic_compare_exchange(v, c, n, success, failure) } {
                    Ok(x) => Ok(unsafe { crate::mem::transmute(x) }),
                    Err(x) => Err(unsafe { crate::mem::transmute(x) }),
                }
            }

            #[inline]
            pub fn compare_exchange_weak(
                &self,
                current: $t,
                new: $t,
                success: Ordering,
                failure: Ordering,
            ) -> Result<$t, $t> {
                self.compare_exchange(current, new, success, failure)
            }

            #[inline]
            pub fn fetch_update<F: FnMut($t) -> Option<$t>>(
                &self,
                set_order: Ordering,
                fetch_order: Ordering,
                mut f: F,
            ) -> Result<$t, $t> {
                let mut prev = self.load(fetch_order);
                while let Some(next) = f(prev) {
                    match self.compare_exchange_weak(prev, next, set_order, fetch_order) {
                        x @ Ok(_) => return x,
                        Err(next_prev) => prev = next_prev,
                    }
                }
                Err(prev)
            }
        }

        impl<$($g)?> From<$t> for $Atomic<$($g)?> {
            #[inline]
            fn from(v: $t) -> Self {
                Self::new(v)
            }
        }

        impl<$($g)?> fmt::Debug for $Atomic<$($g)?> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.load(Relaxed), f)
            }
        }

        unsafe impl<$($g)?> Sync for $Atomic<$($g)?> {}
        impl<$($g)?> crate::panic::RefUnwindSafe for $Atomic<$($g)?> {}
    };
}

macro_rules! atomic_integers {
    ($($Atomic:ident $t:ident $align:literal $max:ident $min:ident;)*) => {$(
        #[doc = "An atomic integer."]
        #[repr(C, align($align))]
        #[rustc_diagnostic_item = stringify!($Atomic)]
        pub struct $Atomic {
            v: UnsafeCell<$t>,
        }

        atomic_common! { $Atomic<>, $t, $t }

        impl Default for $Atomic {
            #[inline]
            fn default() -> Self {
                Self::new(0)
            }
        }

        impl $Atomic {
            #[inline]
            pub fn fetch_add(&self, val: $t, order: Ordering) -> $t {
                unsafe { atomic_xadd(self.v.get(), val, order) }
            }

            #[inline]
            pub fn fetch_sub(&self, val: $t, order: Ordering) -> $t {
                unsafe { atomic_xsub(self.v.get(), val, order) }
            }

            #[inline]
            pub fn fetch_and(&self, val: $t, order: Ordering) -> $t {
                unsafe { atomic_and(self.v.get(), val, order) }
            }

            #[inline]
            pub fn fetch_nand(&self, val: $t, order: Ordering) -> $t {
                unsafe { atomic_nand(self.v.get(), val, order) }
            }

            #[inline]
            pub fn fetch_or(&self, val: $t, order: Ordering) -> $t {
                unsafe { atomic_or(self.v.get(), val, order) }
            }

            #[inline]
            pub fn fetch_xor(&self, val: $t, order: Ordering) -> $t {
                unsafe { atomic_xor(self.v.get(), val, order) }
            }

            #[inline]
            pub fn fetch_max(&self, val: $t, order: Ordering) -> $t {
                unsafe { $max(self.v.get(), val, order) }
            }

            #[inline]
            pub fn fetch_min(&self, val: $t, order: Ordering) -> $t {
                unsafe { $min(self.v.get(), val, order) }
            }
        }
    )*};
}
atomic_integers! {
    AtomicI8 i8 1 atomic_max atomic_min;
    AtomicU8 u8 1 atomic_umax atomic_umin;
    AtomicI16 i16 2 atomic_max atomic_min;
    AtomicU16 u16 2 atomic_umax atomic_umin;
    AtomicI32 i32 4 atomic_max atomic_min;
    AtomicU32 u32 4 atomic_umax atomic_umin;
    AtomicI64 i64 8 atomic_max atomic_min;
    AtomicU64 u64 8 atomic_umax atomic_umin;
    AtomicIsize isize 8 atomic_max atomic_min;
    AtomicUsize usize 8 atomic_umax atomic_umin;
}

/// An atomic `bool`.
#[repr(C, align(1))]
#[rustc_diagnostic_item = "AtomicBool"]
pub struct AtomicBool {
    v: UnsafeCell<u8>,
}

atomic_common! { AtomicBool<>, bool, u8 }

impl Default for AtomicBool {
    #[inline]
    fn default() -> Self {
        Self::new(false)
    }
}

impl AtomicBool {
    #[inline]
    pub fn fetch_and(&self, val: bool, order: Ordering) -> bool {
        unsafe { atomic_and(self.v.get(), val as u8, order) != 0 }
    }

    #[inline]
    pub fn fetch_nand(&self, val: bool, order: Ordering) -> bool {
        if val { self.fetch_xor(true, order) } else { self.swap(true, order) }
    }

    #[inline]
    pub fn fetch_or(&self, val: bool, order: Ordering) -> bool {
        unsafe { atomic_or(self.v.get(), val as u8, order) != 0 }
    }

    #[inline]
    pub fn fetch_xor(&self, val: bool, order: Ordering) -> bool {
        unsafe { atomic_xor(self.v.get(), val as u8, order) != 0 }
    }

    #[inline]
    pub fn fetch_not(&self, order: Ordering) -> bool {
        self.fetch_xor(true, order)
    }
}

/// An atomic pointer.
#[repr(C, align(8))]
#[rustc_diagnostic_item = "AtomicPtr"]
pub struct AtomicPtr<T> {
    v: UnsafeCell<*mut T>,
}

unsafe impl<T> Send for AtomicPtr<T> {}
atomic_common! { AtomicPtr<T>, *mut T, *mut T }

impl<T> Default for AtomicPtr<T> {
    fn default() -> AtomicPtr<T> {
        AtomicPtr::new(crate::ptr::null_mut())
    }
}

impl<T> fmt::Pointer for AtomicPtr<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Pointer::fmt(&self.load(Relaxed), f)
    }
}

#[inline]
#[rustc_diagnostic_item = "fence"]
pub fn fence(order: Ordering) {
    unsafe {
        match order {
            Acquire => intrinsics::atomic_fence::<{ AO::Acquire }>(),
            Release => intrinsics::atomic_fence::<{ AO::Release }>(),
            AcqRel => intrinsics::atomic_fence::<{ AO::AcqRel }>(),
            SeqCst => intrinsics::atomic_fence::<{ AO::SeqCst }>(),
            Relaxed => panic!("there is no such thing as a relaxed fence"),
        }
    }
}

#[inline]
#[rustc_diagnostic_item = "compiler_fence"]
pub fn compiler_fence(order: Ordering) {
    unsafe {
        match order {
            Relaxed => panic!("there is no such thing as a relaxed compiler fence"),
            _ => intrinsics::atomic_singlethreadfence::<{ AO::SeqCst }>(),
        }
    }
}

#[inline]
pub fn spin_loop_hint() {
    crate::hint::spin_loop()
}

pub const ATOMIC_BOOL_INIT: AtomicBool = AtomicBool::new(false);
pub const ATOMIC_ISIZE_INIT: AtomicIsize = AtomicIsize::new(0);
pub const ATOMIC_USIZE_INIT: AtomicUsize = AtomicUsize::new(0);
