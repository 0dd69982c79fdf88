//! Sizes, moves and reinterpretation of values.

mod manually_drop;
mod maybe_dangling;
mod maybe_uninit;

pub use self::manually_drop::ManuallyDrop;
pub use self::maybe_dangling::MaybeDangling;
pub use self::maybe_uninit::MaybeUninit;
pub use crate::intrinsics::transmute;
pub use crate::ptr::Alignment;

use crate::alloc::Layout;
use crate::marker::DiscriminantKind;
use crate::{clone, cmp, fmt, hash, intrinsics, ptr};

#[inline]
#[rustc_diagnostic_item = "mem_forget"]
pub const fn forget<T>(t: T) {
    let _ = ManuallyDrop::new(t);
}

#[inline]
pub fn forget_unsized<T: ?Sized>(t: T) {
    intrinsics::forget(t)
}

#[inline(always)]
#[must_use]
#[cfg_attr(rcc, rustc_promotable)]
#[rustc_diagnostic_item = "mem_size_of"]
pub const fn size_of<T>() -> usize {
    <T as SizedTypeProperties>::SIZE
}

#[inline]
#[must_use]
#[rustc_diagnostic_item = "mem_size_of_val"]
pub const fn size_of_val<T: ?Sized>(val: &T) -> usize {
    unsafe { intrinsics::size_of_val(val) }
}

#[inline]
pub const unsafe fn size_of_val_raw<T: ?Sized>(val: *const T) -> usize {
    unsafe { intrinsics::size_of_val(val) }
}

#[inline]
#[must_use]
pub fn min_align_of<T>() -> usize {
    <T as SizedTypeProperties>::ALIGN
}

#[inline]
#[must_use]
pub fn min_align_of_val<T: ?Sized>(val: &T) -> usize {
    unsafe { intrinsics::align_of_val(val) }
}

#[inline(always)]
#[must_use]
#[cfg_attr(rcc, rustc_promotable)]
#[rustc_diagnostic_item = "mem_align_of"]
pub const fn align_of<T>() -> usize {
    <T as SizedTypeProperties>::ALIGN
}

#[inline]
#[must_use]
pub const fn align_of_val<T: ?Sized>(val: &T) -> usize {
    unsafe { intrinsics::align_of_val(val) }
}

#[inline]
pub const unsafe fn align_of_val_raw<T: ?Sized>(val: *const T) -> usize {
    unsafe { intrinsics::align_of_val(val) }
}

#[inline]
#[must_use]
#[rustc_diagnostic_item = "needs_drop"]
pub const fn needs_drop<T: ?Sized>() -> bool {
    const { intrinsics::needs_drop::<T>() }
}

#[inline(always)]
#[must_use]
#[track_caller]
#[rustc_diagnostic_item = "mem_zeroed"]
pub const unsafe fn zeroed<T>() -> T {
    unsafe {
        intrinsics::assert_zero_valid::<T>();
        MaybeUninit::zeroed().assume_init()
    }
}

#[inline(always)]
#[must_use]
#[track_caller]
#[deprecated(since = "1.39.0", note = "use `mem::MaybeUninit` instead")]
#[rustc_diagnostic_item = "mem_uninitialized"]
pub unsafe fn uninitialized<T>() -> T {
    unsafe {
        intrinsics::assert_mem_uninitialized_valid::<T>();
        let mut val = MaybeUninit::<T>::uninit();
        val.as_mut_ptr().write_bytes(0x01, 1);
        val.assume_init()
    }
}

#[inline]
#[rustc_diagnostic_item = "mem_swap"]
pub const fn swap<T>(x: &mut T, y: &mut T) {
    unsafe { intrinsics::typed_swap_nonoverlapping(x, y) }
}

#[inline]
pub fn take<T: Default>(dest: &mut T) -> T {
    replace(dest, T::default())
}

#[inline]
#[must_use = "if you don't need the old value, you can just assign the new value directly"]
#[rustc_diagnostic_item = "mem_replace"]
pub const fn replace<T>(dest: &mut T, src: T) -> T {
    unsafe {
        let result = ptr::read(dest);
        ptr::write(dest, src);
        result
    }
}

#[inline]
#[rustc_diagnostic_item = "mem_drop"]
pub fn drop<T>(_x: T) {}

#[inline]
pub const fn copy<T: Copy>(x: &T) -> T {
    *x
}

#[inline]
#[must_use]
#[track_caller]
pub const unsafe fn transmute_copy<Src, Dst>(src: &Src) -> Dst {
    assert!(
        size_of::<Src>() >= size_of::<Dst>(),
        "cannot transmute_copy if Dst is larger than Src"
    );
    unsafe { ptr::read_unaligned(src as *const Src as *const Dst) }
}

/// Which variant an enum value is, comparable and hashable.
pub struct Discriminant<T>(<T as DiscriminantKind>::Discriminant);

impl<T> Copy for Discriminant<T> {}

impl<T> clone::Clone for Discriminant<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> cmp::PartialEq for Discriminant<T> {
    #[inline]
    fn eq(&self, rhs: &Self) -> bool {
        self.0 == rhs.0
    }
}

impl<T> cmp::Eq for Discriminant<T> {}

impl<T> hash::Hash for Discriminant<T> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<T> fmt::Debug for Discriminant<T> {
    fn fmt(&self, fmt: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt.debug_tuple("Discriminant").field(&self.0).finish()
    }
}

#[inline]
#[rustc_diagnostic_item = "mem_discriminant"]
pub const fn discriminant<T>(v: &T) -> Discriminant<T> {
    Discriminant(intrinsics::discriminant_value(v))
}

#[inline(always)]
#[must_use]
#[rustc_diagnostic_item = "mem_variant_count"]
pub const fn variant_count<T>() -> usize {
    const { intrinsics::variant_count::<T>() }
}

/// Facts about a type's layout, as constants.
#[doc(hidden)]
pub trait SizedTypeProperties: Sized {
    #[lang = "mem_size_const"]
    const SIZE: usize = intrinsics::size_of::<Self>();
    #[lang = "mem_align_const"]
    const ALIGN: usize = intrinsics::align_of::<Self>();
    const IS_ZST: bool = Self::SIZE == 0;
    const LAYOUT: Layout = unsafe { Layout::from_size_align_unchecked(Self::SIZE, Self::ALIGN) };
    const MAX_SLICE_LEN: usize = match Self::SIZE {
        0 => usize::MAX,
        n => (isize::MAX as usize) / n,
    };
}
impl<T> SizedTypeProperties for T {}

/// The offset of a field in bytes.
#[allow_internal_unstable(builtin_syntax, core_intrinsics)]
pub macro offset_of($Container:ty, $($fields:expr)+ $(,)?) {
    const { builtin # offset_of($Container, $($fields)+) }
}

pub const unsafe fn conjure_zst<T>() -> T {
    unsafe { MaybeUninit::uninit().assume_init() }
}
