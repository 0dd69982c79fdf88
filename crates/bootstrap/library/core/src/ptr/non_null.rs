//! `*mut T`, but never null, and covariant.

use crate::cmp::Ordering;
use crate::fmt;
use crate::hash::{Hash, Hasher};
use crate::marker::{PointeeSized, Unsize};
use crate::mem::MaybeUninit;
use crate::num::NonZero;
use crate::ops::{CoerceUnsized, DispatchFromDyn};
use crate::ptr::{self, Unique};
use crate::slice;

/// A pointer that is not null, so that `Option<NonNull<T>>` has its size.
#[repr(transparent)]
#[rustc_layout_scalar_valid_range_start(1)]
#[rustc_nonnull_optimization_guaranteed]
#[rustc_diagnostic_item = "NonNull"]
pub struct NonNull<T: PointeeSized> {
    pointer: *const T,
}

impl<T: PointeeSized> !Send for NonNull<T> {}
impl<T: PointeeSized> !Sync for NonNull<T> {}

impl<T: Sized> NonNull<T> {
    #[inline]
    #[must_use]
    pub const fn dangling() -> Self {
        unsafe { NonNull::new_unchecked(ptr::dangling_mut()) }
    }

    #[inline]
    pub const fn without_provenance(addr: NonZero<usize>) -> Self {
        unsafe { NonNull::new_unchecked(ptr::without_provenance_mut(addr.get())) }
    }

    #[inline]
    pub const unsafe fn as_uninit_ref<'a>(self) -> &'a MaybeUninit<T> {
        unsafe { &*(self.as_ptr() as *const MaybeUninit<T>) }
    }

    #[inline]
    pub const unsafe fn as_uninit_mut<'a>(self) -> &'a mut MaybeUninit<T> {
        unsafe { &mut *(self.as_ptr() as *mut MaybeUninit<T>) }
    }
}

impl<T: PointeeSized> NonNull<T> {
    #[inline(always)]
    #[track_caller]
    pub const unsafe fn new_unchecked(ptr: *mut T) -> Self {
        unsafe { NonNull { pointer: ptr as _ } }
    }

    #[inline]
    pub const fn new(ptr: *mut T) -> Option<Self> {
        if !ptr.is_null() { Some(unsafe { Self::new_unchecked(ptr) }) } else { None }
    }

    #[inline]
    pub const fn from_ref(r: &T) -> Self {
        unsafe { NonNull { pointer: r as *const T } }
    }

    #[inline]
    pub const fn from_mut(r: &mut T) -> Self {
        unsafe { NonNull { pointer: r as *mut T } }
    }

    #[inline]
    pub const fn from_raw_parts(
        data_pointer: NonNull<impl ptr::Thin>,
        metadata: <T as ptr::Pointee>::Metadata,
    ) -> NonNull<T> {
        unsafe { NonNull::new_unchecked(ptr::from_raw_parts_mut(data_pointer.as_ptr(), metadata)) }
    }

    #[inline]
    pub const fn to_raw_parts(self) -> (NonNull<()>, <T as ptr::Pointee>::Metadata) {
        (self.cast(), ptr::metadata(self.as_ptr()))
    }

    #[inline]
    pub fn addr(self) -> NonZero<usize> {
        unsafe { NonZero::new_unchecked(self.as_ptr().addr()) }
    }

    #[must_use]
    #[inline(always)]
    pub const fn as_ptr(self) -> *mut T {
        unsafe { crate::intrinsics::transmute_unchecked::<Self, *mut T>(self) }
    }

    #[must_use]
    #[inline(always)]
    pub const unsafe fn as_ref<'a>(&self) -> &'a T {
        unsafe { &*self.as_ptr().cast_const() }
    }

    #[must_use]
    #[inline(always)]
    pub const unsafe fn as_mut<'a>(&mut self) -> &'a mut T {
        unsafe { &mut *self.as_ptr() }
    }

    #[must_use]
    #[inline]
    pub const fn cast<U>(self) -> NonNull<U> {
        unsafe { NonNull { pointer: self.as_ptr() as *mut U } }
    }

    #[inline]
    #[must_use]
    pub const unsafe fn offset(self, count: isize) -> Self
    where
        T: Sized,
    {
        unsafe { NonNull::new_unchecked(self.as_ptr().offset(count)) }
    }

    #[inline]
    #[must_use]
    pub const unsafe fn add(self, count: usize) -> Self
    where
        T: Sized,
    {
        unsafe { NonNull::new_unchecked(self.as_ptr().add(count)) }
    }

    #[inline]
    #[must_use]
    pub const unsafe fn sub(self, count: usize) -> Self
    where
        T: Sized,
    {
        unsafe { NonNull::new_unchecked(self.as_ptr().sub(count)) }
    }

    #[inline]
    #[must_use]
    pub const unsafe fn byte_add(self, count: usize) -> Self
    where
        T: Sized,
    {
        unsafe { NonNull::new_unchecked(self.as_ptr().byte_add(count)) }
    }

    #[inline]
    pub const unsafe fn offset_from(self, origin: NonNull<T>) -> isize
    where
        T: Sized,
    {
        unsafe { self.as_ptr().offset_from(origin.as_ptr()) }
    }

    #[inline]
    pub const unsafe fn offset_from_unsigned(self, origin: NonNull<T>) -> usize
    where
        T: Sized,
    {
        unsafe { self.as_ptr().offset_from_unsigned(origin.as_ptr()) }
    }

    #[inline]
    pub const unsafe fn read(self) -> T
    where
        T: Sized,
    {
        unsafe { ptr::read(self.as_ptr()) }
    }

    #[inline]
    pub const unsafe fn read_unaligned(self) -> T
    where
        T: Sized,
    {
        unsafe { ptr::read_unaligned(self.as_ptr()) }
    }

    #[inline(always)]
    pub const unsafe fn copy_to(self, dest: NonNull<T>, count: usize)
    where
        T: Sized,
    {
        unsafe { ptr::copy(self.as_ptr(), dest.as_ptr(), count) }
    }

    #[inline(always)]
    pub const unsafe fn copy_to_nonoverlapping(self, dest: NonNull<T>, count: usize)
    where
        T: Sized,
    {
        unsafe { ptr::copy_nonoverlapping(self.as_ptr(), dest.as_ptr(), count) }
    }

    #[inline(always)]
    pub const unsafe fn copy_from(self, src: NonNull<T>, count: usize)
    where
        T: Sized,
    {
        unsafe { ptr::copy(src.as_ptr(), self.as_ptr(), count) }
    }

    #[inline(always)]
    pub const unsafe fn copy_from_nonoverlapping(self, src: NonNull<T>, count: usize)
    where
        T: Sized,
    {
        unsafe { ptr::copy_nonoverlapping(src.as_ptr(), self.as_ptr(), count) }
    }

    #[inline(always)]
    pub unsafe fn drop_in_place(self) {
        unsafe { ptr::drop_in_place(self.as_ptr()) }
    }

    #[inline(always)]
    pub const unsafe fn write(self, val: T)
    where
        T: Sized,
    {
        unsafe { ptr::write(self.as_ptr(), val) }
    }

    #[inline(always)]
    pub const unsafe fn write_bytes(self, val: u8, count: usize)
    where
        T: Sized,
    {
        unsafe { ptr::write_bytes(self.as_ptr(), val, count) }
    }

    #[inline(always)]
    pub const unsafe fn replace(self, src: T) -> T
    where
        T: Sized,
    {
        unsafe { ptr::replace(self.as_ptr(), src) }
    }

    #[inline(always)]
    pub const unsafe fn swap(self, with: NonNull<T>)
    where
        T: Sized,
    {
        unsafe { ptr::swap(self.as_ptr(), with.as_ptr()) }
    }

    #[inline]
    pub fn is_aligned(self) -> bool
    where
        T: Sized,
    {
        self.as_ptr().is_aligned()
    }
}

impl<T> NonNull<[T]> {
    #[inline]
    #[must_use]
    pub const fn slice_from_raw_parts(data: NonNull<T>, len: usize) -> Self {
        unsafe { NonNull::new_unchecked(ptr::slice_from_raw_parts_mut(data.as_ptr(), len)) }
    }

    #[inline]
    #[must_use]
    pub const fn len(self) -> usize {
        self.as_ptr().len()
    }

    #[inline]
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    #[inline]
    #[must_use]
    pub const fn as_non_null_ptr(self) -> NonNull<T> {
        self.cast()
    }

    #[inline]
    #[must_use]
    pub const fn as_mut_ptr(self) -> *mut T {
        self.as_non_null_ptr().as_ptr()
    }

    #[inline]
    pub unsafe fn as_uninit_slice_mut<'a>(self) -> &'a mut [MaybeUninit<T>] {
        unsafe { slice::from_raw_parts_mut(self.as_mut_ptr() as *mut MaybeUninit<T>, self.len()) }
    }
}

impl<T: PointeeSized> Clone for NonNull<T> {
    #[inline(always)]
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: PointeeSized> Copy for NonNull<T> {}

impl<T: PointeeSized, U: PointeeSized> CoerceUnsized<NonNull<U>> for NonNull<T> where T: Unsize<U> {}
impl<T: PointeeSized, U: PointeeSized> DispatchFromDyn<NonNull<U>> for NonNull<T> where T: Unsize<U> {}

impl<T: PointeeSized> fmt::Debug for NonNull<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Pointer::fmt(&self.as_ptr(), f)
    }
}

impl<T: PointeeSized> fmt::Pointer for NonNull<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Pointer::fmt(&self.as_ptr(), f)
    }
}

impl<T: PointeeSized> Eq for NonNull<T> {}

impl<T: PointeeSized> PartialEq for NonNull<T> {
    #[inline]
    #[allow(ambiguous_wide_pointer_comparisons)]
    fn eq(&self, other: &Self) -> bool {
        self.as_ptr() == other.as_ptr()
    }
}

impl<T: PointeeSized> Ord for NonNull<T> {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_ptr().cmp(&other.as_ptr())
    }
}

impl<T: PointeeSized> PartialOrd for NonNull<T> {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T: PointeeSized> Hash for NonNull<T> {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_ptr().hash(state)
    }
}

impl<T: PointeeSized> From<Unique<T>> for NonNull<T> {
    #[inline]
    fn from(unique: Unique<T>) -> Self {
        unique.as_non_null_ptr()
    }
}

impl<T: PointeeSized> From<&mut T> for NonNull<T> {
    #[inline]
    fn from(r: &mut T) -> Self {
        NonNull::from_mut(r)
    }
}

impl<T: PointeeSized> From<&T> for NonNull<T> {
    #[inline]
    fn from(r: &T) -> Self {
        NonNull::from_ref(r)
    }
}
