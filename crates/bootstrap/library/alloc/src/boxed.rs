//! `Box`: a value on the heap.

mod convert;
mod iter;
mod traits;

use core::marker::Unsize;
use core::mem::{self, ManuallyDrop, MaybeUninit, SizedTypeProperties};
use core::ops::{CoerceUnsized, Deref, DerefMut, DerefPure, DispatchFromDyn, LegacyReceiver};
use core::pin::{Pin, PinCoerceUnsized};
use core::ptr::{self, NonNull, Unique};

use crate::alloc::{AllocError, Allocator, Global, Layout, handle_alloc_error};

/// A pointer that owns its value. The compiler knows it: it drops the value by itself, moves out
/// of `*b`, and reads the address through the first field.
#[lang = "owned_box"]
#[fundamental]
#[rustc_insignificant_dtor]
pub struct Box<T: ?Sized, A: Allocator = Global>(Unique<T>, A);

/// The memory of a new box.
#[inline]
#[track_caller]
fn box_new_uninit(layout: Layout) -> *mut u8 {
    match Global.allocate(layout) {
        Ok(ptr) => ptr.as_mut_ptr(),
        Err(_) => handle_alloc_error(layout),
    }
}

#[doc(hidden)]
#[inline(always)]
#[rustc_diagnostic_item = "box_assume_init_into_vec_unsafe"]
pub fn box_assume_init_into_vec_unsafe<T, const N: usize>(
    b: Box<MaybeUninit<[T; N]>>,
) -> crate::vec::Vec<T> {
    unsafe { (b.assume_init() as Box<[T]>).into_vec() }
}

impl<T> Box<T> {
    #[inline(always)]
    #[must_use]
    #[rustc_diagnostic_item = "box_new"]
    pub fn new(x: T) -> Self {
        let ptr = box_new_uninit(<T as SizedTypeProperties>::LAYOUT) as *mut T;
        unsafe {
            ptr.write(x);
            Box::from_raw(ptr)
        }
    }

    #[must_use]
    #[inline(always)]
    pub fn new_uninit() -> Box<MaybeUninit<T>> {
        let ptr = box_new_uninit(<T as SizedTypeProperties>::LAYOUT);
        unsafe { Box::from_raw(ptr as *mut MaybeUninit<T>) }
    }

    #[must_use]
    pub fn new_zeroed() -> Box<MaybeUninit<T>> {
        let layout = Layout::new::<T>();
        match Global.allocate_zeroed(layout) {
            Ok(ptr) => unsafe { Box::from_raw(ptr.as_mut_ptr() as *mut MaybeUninit<T>) },
            Err(_) => handle_alloc_error(layout),
        }
    }

    #[must_use]
    #[inline(always)]
    pub fn pin(x: T) -> Pin<Box<T>> {
        Box::new(x).into()
    }

    pub fn try_new(x: T) -> Result<Self, AllocError> {
        Self::try_new_in(x, Global)
    }
}

impl<T, A: Allocator> Box<T, A> {
    #[must_use]
    #[inline]
    pub fn new_in(x: T, alloc: A) -> Self {
        match Self::try_new_in(x, alloc) {
            Ok(b) => b,
            Err(_) => handle_alloc_error(Layout::new::<T>()),
        }
    }

    #[inline]
    pub fn try_new_in(x: T, alloc: A) -> Result<Self, AllocError> {
        let ptr = alloc.allocate(Layout::new::<T>())?.as_mut_ptr() as *mut T;
        unsafe {
            ptr.write(x);
            Ok(Box::from_raw_in(ptr, alloc))
        }
    }

    pub fn into_boxed_slice(boxed: Self) -> Box<[T], A> {
        let (raw, alloc) = Box::into_raw_with_allocator(boxed);
        unsafe { Box::from_raw_in(raw as *mut [T; 1], alloc) }
    }

    #[inline]
    pub fn into_inner(boxed: Self) -> T {
        *boxed
    }
}

impl<T> Box<[T]> {
    #[must_use]
    pub fn new_uninit_slice(len: usize) -> Box<[MaybeUninit<T>]> {
        unsafe { crate::raw_vec::RawVec::with_capacity_in(len, Global).into_box(len) }
    }

    #[must_use]
    pub fn new_zeroed_slice(len: usize) -> Box<[MaybeUninit<T>]> {
        unsafe { crate::raw_vec::RawVec::with_capacity_zeroed_in(len, Global).into_box(len) }
    }
}

impl<T, A: Allocator> Box<MaybeUninit<T>, A> {
    #[inline(always)]
    pub unsafe fn assume_init(self) -> Box<T, A> {
        let (raw, alloc) = Box::into_raw_with_allocator(self);
        unsafe { Box::from_raw_in(raw as *mut T, alloc) }
    }

    #[inline]
    pub fn write(mut boxed: Self, value: T) -> Box<T, A> {
        unsafe {
            (*boxed).write(value);
            boxed.assume_init()
        }
    }
}

impl<T, A: Allocator> Box<[MaybeUninit<T>], A> {
    #[inline]
    pub unsafe fn assume_init(self) -> Box<[T], A> {
        let (raw, alloc) = Box::into_raw_with_allocator(self);
        unsafe { Box::from_raw_in(raw as *mut [T], alloc) }
    }
}

impl<T: ?Sized> Box<T> {
    #[inline(always)]
    #[must_use = "call `drop(Box::from_raw(ptr))` if you intend to drop the `Box`"]
    pub unsafe fn from_raw(raw: *mut T) -> Self {
        unsafe { Self::from_raw_in(raw, Global) }
    }

    #[inline]
    pub unsafe fn from_non_null(ptr: NonNull<T>) -> Self {
        unsafe { Self::from_raw(ptr.as_ptr()) }
    }

    #[must_use = "losing the pointer will leak memory"]
    #[inline]
    pub fn into_raw(b: Self) -> *mut T {
        let mut b = ManuallyDrop::new(b);
        &raw mut **b
    }

    #[inline]
    pub fn into_non_null(b: Self) -> NonNull<T> {
        unsafe { NonNull::new_unchecked(Self::into_raw(b)) }
    }
}

impl<T: ?Sized, A: Allocator> Box<T, A> {
    #[inline(always)]
    pub const unsafe fn from_raw_in(raw: *mut T, alloc: A) -> Self {
        Box(unsafe { Unique::new_unchecked(raw) }, alloc)
    }

    #[must_use = "losing the pointer will leak memory"]
    #[inline]
    pub fn into_raw_with_allocator(b: Self) -> (*mut T, A) {
        let mut b = ManuallyDrop::new(b);
        let ptr = &raw mut **b;
        let alloc = unsafe { ptr::read(&b.1) };
        (ptr, alloc)
    }

    #[inline]
    pub fn as_mut_ptr(b: &mut Self) -> *mut T {
        &raw mut **b
    }

    #[inline]
    pub fn as_ptr(b: &Self) -> *const T {
        &raw const **b
    }

    #[inline]
    pub const fn allocator(b: &Self) -> &A {
        &b.1
    }

    #[inline]
    pub fn leak<'a>(b: Self) -> &'a mut T
    where
        A: 'a,
    {
        let (ptr, alloc) = Box::into_raw_with_allocator(b);
        mem::forget(alloc);
        unsafe { &mut *ptr }
    }

    pub const fn into_pin(boxed: Self) -> Pin<Self>
    where
        A: 'static,
    {
        unsafe { Pin::new_unchecked(boxed) }
    }
}

unsafe impl<#[may_dangle] T: ?Sized, A: Allocator> Drop for Box<T, A> {
    #[inline]
    fn drop(&mut self) {
        // The compiler has dropped the value.
        let ptr = self.0;
        unsafe {
            let layout = Layout::for_value_raw(ptr.as_ptr());
            if layout.size() != 0 {
                self.1.deallocate(From::from(ptr.cast()), layout);
            }
        }
    }
}

impl<T: ?Sized, A: Allocator> Deref for Box<T, A> {
    type Target = T;
    #[inline]
    fn deref(&self) -> &T {
        &**self
    }
}

impl<T: ?Sized, A: Allocator> DerefMut for Box<T, A> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        &mut **self
    }
}

unsafe impl<T: ?Sized, A: Allocator> DerefPure for Box<T, A> {}
impl<T: ?Sized, A: Allocator> LegacyReceiver for Box<T, A> {}
impl<T: ?Sized + Unsize<U>, U: ?Sized, A: Allocator> CoerceUnsized<Box<U, A>> for Box<T, A> {}
unsafe impl<T: ?Sized, A: Allocator> PinCoerceUnsized for Box<T, A> {}
impl<T: ?Sized + Unsize<U>, U: ?Sized> DispatchFromDyn<Box<U>> for Box<T, Global> {}
impl<T: ?Sized, A: Allocator> Unpin for Box<T, A> {}
