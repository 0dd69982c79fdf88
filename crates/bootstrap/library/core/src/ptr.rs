//! Raw pointers.

mod alignment;
mod metadata;
mod methods;
mod non_null;
mod unique;

pub use self::alignment::Alignment;
pub use self::metadata::{
    DynMetadata, Pointee, Thin, from_raw_parts, from_raw_parts_mut, metadata,
};
pub use self::non_null::NonNull;
pub use self::unique::Unique;
pub use crate::intrinsics::{copy, copy_nonoverlapping, write_bytes};

use crate::cmp::Ordering;
use crate::marker::{FnPtr, PointeeSized};
use crate::mem::{self, MaybeUninit};
use crate::{fmt, hash, intrinsics};

/// Runs the destructor of the pointee in place. The compiler replaces the body by drop glue.
#[lang = "drop_in_place"]
#[allow(unconditional_recursion)]
#[rustc_diagnostic_item = "ptr_drop_in_place"]
pub unsafe fn drop_in_place<T: PointeeSized>(to_drop: *mut T) {
    unsafe { drop_in_place(to_drop) }
}

#[inline(always)]
#[must_use]
#[cfg_attr(rcc, rustc_promotable)]
#[rustc_diagnostic_item = "ptr_null"]
pub const fn null<T: PointeeSized + Thin>() -> *const T {
    from_raw_parts(without_provenance::<()>(0), ())
}

#[inline(always)]
#[must_use]
#[cfg_attr(rcc, rustc_promotable)]
#[rustc_diagnostic_item = "ptr_null_mut"]
pub const fn null_mut<T: PointeeSized + Thin>() -> *mut T {
    from_raw_parts_mut(without_provenance_mut::<()>(0), ())
}

#[inline(always)]
#[must_use]
pub const fn without_provenance<T>(addr: usize) -> *const T {
    without_provenance_mut(addr)
}

#[inline(always)]
#[must_use]
pub const fn without_provenance_mut<T>(addr: usize) -> *mut T {
    unsafe { mem::transmute(addr) }
}

#[inline(always)]
#[must_use]
pub const fn dangling<T>() -> *const T {
    dangling_mut()
}

#[inline(always)]
#[must_use]
pub const fn dangling_mut<T>() -> *mut T {
    without_provenance_mut(align_of::<T>())
}

#[inline(always)]
#[must_use]
pub fn with_exposed_provenance<T>(addr: usize) -> *const T {
    addr as *const T
}

#[inline(always)]
#[must_use]
pub fn with_exposed_provenance_mut<T>(addr: usize) -> *mut T {
    addr as *mut T
}

#[inline(always)]
#[must_use]
#[rustc_diagnostic_item = "ptr_from_ref"]
pub const fn from_ref<T: PointeeSized>(r: &T) -> *const T {
    r
}

#[inline(always)]
#[must_use]
pub const fn from_mut<T: PointeeSized>(r: &mut T) -> *mut T {
    r
}

#[inline]
#[rustc_diagnostic_item = "ptr_slice_from_raw_parts"]
pub const fn slice_from_raw_parts<T>(data: *const T, len: usize) -> *const [T] {
    from_raw_parts(data, len)
}

#[inline]
#[rustc_diagnostic_item = "ptr_slice_from_raw_parts_mut"]
pub const fn slice_from_raw_parts_mut<T>(data: *mut T, len: usize) -> *mut [T] {
    from_raw_parts_mut(data, len)
}

#[inline]
#[rustc_diagnostic_item = "ptr_swap"]
pub const unsafe fn swap<T>(x: *mut T, y: *mut T) {
    unsafe {
        let a = read(x);
        let b = read(y);
        write(x, b);
        write(y, a);
    }
}

#[inline]
#[rustc_diagnostic_item = "ptr_swap_nonoverlapping"]
pub const unsafe fn swap_nonoverlapping<T>(x: *mut T, y: *mut T, count: usize) {
    let mut i = 0;
    while i < count {
        unsafe {
            let x = x.add(i) as *mut MaybeUninit<T>;
            let y = y.add(i) as *mut MaybeUninit<T>;
            let held = read(x);
            copy_nonoverlapping(y, x, 1);
            write(y, held);
        }
        i += 1;
    }
}

#[inline]
#[rustc_diagnostic_item = "ptr_replace"]
pub const unsafe fn replace<T>(dst: *mut T, src: T) -> T {
    unsafe {
        let result = read(dst);
        write(dst, src);
        result
    }
}

#[inline]
#[track_caller]
#[rustc_diagnostic_item = "ptr_read"]
pub const unsafe fn read<T>(src: *const T) -> T {
    unsafe { intrinsics::read_via_copy(src) }
}

#[inline]
#[track_caller]
#[rustc_diagnostic_item = "ptr_read_unaligned"]
pub const unsafe fn read_unaligned<T>(src: *const T) -> T {
    let mut tmp = MaybeUninit::<T>::uninit();
    unsafe {
        copy_nonoverlapping(src as *const u8, tmp.as_mut_ptr() as *mut u8, size_of::<T>());
        tmp.assume_init()
    }
}

#[inline]
#[track_caller]
#[rustc_diagnostic_item = "ptr_write"]
pub const unsafe fn write<T>(dst: *mut T, src: T) {
    unsafe { intrinsics::write_via_move(dst, src) }
}

#[inline]
#[track_caller]
#[rustc_diagnostic_item = "ptr_write_unaligned"]
pub const unsafe fn write_unaligned<T>(dst: *mut T, src: T) {
    unsafe {
        copy_nonoverlapping(&raw const src as *const u8, dst as *mut u8, size_of::<T>());
    }
    mem::forget(src);
}

#[inline]
#[track_caller]
#[rustc_diagnostic_item = "ptr_read_volatile"]
pub unsafe fn read_volatile<T>(src: *const T) -> T {
    unsafe { intrinsics::volatile_load(src) }
}

#[inline]
#[track_caller]
#[rustc_diagnostic_item = "ptr_write_volatile"]
pub unsafe fn write_volatile<T>(dst: *mut T, src: T) {
    unsafe { intrinsics::volatile_store(dst, src) }
}

#[inline(always)]
#[must_use = "pointer comparison produces a value"]
#[rustc_diagnostic_item = "ptr_eq"]
#[allow(ambiguous_wide_pointer_comparisons)]
pub fn eq<T: PointeeSized>(a: *const T, b: *const T) -> bool {
    a == b
}

#[inline(always)]
#[must_use = "pointer comparison produces a value"]
pub fn addr_eq<T: PointeeSized, U: PointeeSized>(p: *const T, q: *const U) -> bool {
    (p as *const ()) == (q as *const ())
}

#[inline(always)]
#[must_use = "function pointer comparison produces a value"]
pub fn fn_addr_eq<T: FnPtr, U: FnPtr>(f: T, g: U) -> bool {
    f.addr() == g.addr()
}

pub fn hash<T: PointeeSized, S: hash::Hasher>(hashee: *const T, into: &mut S) {
    use crate::hash::Hash;
    hashee.hash(into);
}

pub macro addr_of($place:expr) {
    &raw const $place
}

pub macro addr_of_mut($place:expr) {
    &raw mut $place
}

// Function pointers.

impl<F: FnPtr> PartialEq for F {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.addr() == other.addr()
    }
}

impl<F: FnPtr> Eq for F {}

impl<F: FnPtr> PartialOrd for F {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.addr().partial_cmp(&other.addr())
    }
}

impl<F: FnPtr> Ord for F {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        self.addr().cmp(&other.addr())
    }
}

impl<F: FnPtr> hash::Hash for F {
    fn hash<HH: hash::Hasher>(&self, state: &mut HH) {
        state.write_usize(self.addr() as usize)
    }
}

impl<F: FnPtr> fmt::Pointer for F {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::pointer_fmt_inner(self.addr() as usize, f)
    }
}

impl<F: FnPtr> fmt::Debug for F {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::pointer_fmt_inner(self.addr() as usize, f)
    }
}
