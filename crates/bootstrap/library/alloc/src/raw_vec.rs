//! The memory of `Vec` and `VecDeque`: a pointer and a capacity.

use core::alloc::LayoutError;
use core::mem::{self, SizedTypeProperties};
use core::num::niche_types::UsizeNoHighBit;
use core::ptr::{self, NonNull, Unique};

use crate::alloc::{Allocator, Global, Layout, handle_alloc_error};
use crate::boxed::Box;
use crate::collections::TryReserveError;
use crate::collections::TryReserveErrorKind::*;

/// Memory for `cap` elements. The capacity has unused values, which enums around a vector use.
pub(crate) struct RawVec<T, A: Allocator = Global> {
    ptr: Unique<T>,
    cap: UsizeNoHighBit,
    alloc: A,
}

const ZERO: UsizeNoHighBit = unsafe { UsizeNoHighBit::new_unchecked(0) };

#[cold]
#[track_caller]
#[inline(never)]
pub(crate) fn capacity_overflow() -> ! {
    panic!("capacity overflow")
}

#[cold]
#[track_caller]
#[inline(never)]
fn handle_error(e: TryReserveError) -> ! {
    match e.kind() {
        CapacityOverflow => capacity_overflow(),
        AllocError { layout, .. } => handle_alloc_error(layout),
    }
}

impl<T> RawVec<T, Global> {
    #[inline]
    pub(crate) const fn new() -> Self {
        Self::new_in(Global)
    }
}

impl<T, A: Allocator> RawVec<T, A> {
    // Small allocations are of no use: the allocator rounds them up.
    const MIN_NON_ZERO_CAP: usize = if size_of::<T>() == 1 {
        8
    } else if size_of::<T>() <= 1024 {
        4
    } else {
        1
    };

    #[inline]
    pub(crate) const fn new_in(alloc: A) -> Self {
        Self { ptr: Unique::dangling(), cap: ZERO, alloc }
    }

    #[inline]
    #[track_caller]
    pub(crate) fn with_capacity_in(capacity: usize, alloc: A) -> Self {
        match Self::try_allocate_in(capacity, false, alloc) {
            Ok(this) => this,
            Err(e) => handle_error(e),
        }
    }

    #[inline]
    #[track_caller]
    pub(crate) fn with_capacity_zeroed_in(capacity: usize, alloc: A) -> Self {
        match Self::try_allocate_in(capacity, true, alloc) {
            Ok(this) => this,
            Err(e) => handle_error(e),
        }
    }

    #[inline]
    pub(crate) fn try_allocate_in(
        capacity: usize,
        zeroed: bool,
        alloc: A,
    ) -> Result<Self, TryReserveError> {
        if T::IS_ZST || capacity == 0 {
            return Ok(Self::new_in(alloc));
        }
        let layout = array_layout::<T>(capacity)?;
        let result =
            if zeroed { alloc.allocate_zeroed(layout) } else { alloc.allocate(layout) };
        match result {
            Ok(ptr) => Ok(Self {
                ptr: Unique::from(ptr.cast()),
                cap: unsafe { UsizeNoHighBit::new_unchecked(capacity) },
                alloc,
            }),
            Err(_) => Err(AllocError { layout, non_exhaustive: () }.into()),
        }
    }

    #[inline]
    pub(crate) unsafe fn from_raw_parts_in(ptr: *mut T, capacity: usize, alloc: A) -> Self {
        let capacity = if T::IS_ZST { 0 } else { capacity };
        unsafe {
            Self {
                ptr: Unique::new_unchecked(ptr),
                cap: UsizeNoHighBit::new_unchecked(capacity),
                alloc,
            }
        }
    }

    #[inline(always)]
    pub(crate) const fn ptr(&self) -> *mut T {
        self.ptr.as_ptr()
    }

    #[inline(always)]
    pub(crate) const fn non_null(&self) -> NonNull<T> {
        self.ptr.as_non_null_ptr()
    }

    #[inline(always)]
    pub(crate) const fn capacity(&self) -> usize {
        if T::IS_ZST { usize::MAX } else { self.cap.as_inner() }
    }

    #[inline]
    pub(crate) fn allocator(&self) -> &A {
        &self.alloc
    }

    /// The box of the first `len` elements; the capacity must be just that.
    pub(crate) unsafe fn into_box(self, len: usize) -> Box<[T], A> {
        let me = mem::ManuallyDrop::new(self);
        unsafe {
            let slice = ptr::slice_from_raw_parts_mut(me.ptr(), len);
            Box::from_raw_in(slice, ptr::read(&me.alloc))
        }
    }

    fn current_layout(&self) -> Option<(NonNull<u8>, Layout)> {
        if T::IS_ZST || self.cap.as_inner() == 0 {
            return None;
        }
        let size = size_of::<T>() * self.cap.as_inner();
        let layout = unsafe { Layout::from_size_align_unchecked(size, align_of::<T>()) };
        Some((self.ptr.cast::<u8>().as_non_null_ptr(), layout))
    }

    #[inline]
    #[track_caller]
    pub(crate) fn reserve(&mut self, len: usize, additional: usize) {
        if additional > self.capacity().wrapping_sub(len) {
            self.reserve_slow(len, additional);
        }
    }

    #[cold]
    #[inline(never)]
    #[track_caller]
    fn reserve_slow(&mut self, len: usize, additional: usize) {
        if let Err(e) = self.grow_amortized(len, additional) {
            handle_error(e);
        }
    }

    /// Makes room for one more when there is none.
    #[cold]
    #[inline(never)]
    #[track_caller]
    pub(crate) fn grow_one(&mut self) {
        if let Err(e) = self.grow_amortized(self.cap.as_inner(), 1) {
            handle_error(e);
        }
    }

    pub(crate) fn try_reserve(&mut self, len: usize, additional: usize) -> Result<(), TryReserveError> {
        if additional > self.capacity().wrapping_sub(len) {
            self.grow_amortized(len, additional)?;
        }
        Ok(())
    }

    #[track_caller]
    pub(crate) fn reserve_exact(&mut self, len: usize, additional: usize) {
        if let Err(e) = self.try_reserve_exact(len, additional) {
            handle_error(e);
        }
    }

    pub(crate) fn try_reserve_exact(
        &mut self,
        len: usize,
        additional: usize,
    ) -> Result<(), TryReserveError> {
        if additional > self.capacity().wrapping_sub(len) {
            let Some(cap) = len.checked_add(additional) else { return Err(CapacityOverflow.into()) };
            self.resize(cap)?;
        }
        Ok(())
    }

    fn grow_amortized(&mut self, len: usize, additional: usize) -> Result<(), TryReserveError> {
        if T::IS_ZST {
            return Err(CapacityOverflow.into());
        }
        let Some(required) = len.checked_add(additional) else {
            return Err(CapacityOverflow.into());
        };
        let cap = usize::max(self.cap.as_inner() * 2, required);
        self.resize(usize::max(Self::MIN_NON_ZERO_CAP, cap))
    }

    fn resize(&mut self, cap: usize) -> Result<(), TryReserveError> {
        if T::IS_ZST {
            return Err(CapacityOverflow.into());
        }
        let layout = array_layout::<T>(cap)?;
        let memory = match self.current_layout() {
            Some((ptr, old)) => unsafe { self.alloc.grow(ptr, old, layout) },
            None => self.alloc.allocate(layout),
        };
        match memory {
            Ok(ptr) => {
                self.ptr = Unique::from(ptr.cast());
                self.cap = unsafe { UsizeNoHighBit::new_unchecked(cap) };
                Ok(())
            }
            Err(_) => Err(AllocError { layout, non_exhaustive: () }.into()),
        }
    }

    #[track_caller]
    pub(crate) fn shrink_to_fit(&mut self, cap: usize) {
        assert!(cap <= self.capacity(), "Tried to shrink to a larger capacity");
        let Some((ptr, old)) = self.current_layout() else { return };
        if cap == 0 {
            unsafe { self.alloc.deallocate(ptr, old) };
            self.ptr = Unique::dangling();
            self.cap = ZERO;
            return;
        }
        let new = unsafe {
            Layout::from_size_align_unchecked(size_of::<T>() * cap, align_of::<T>())
        };
        match unsafe { self.alloc.shrink(ptr, old, new) } {
            Ok(ptr) => {
                self.ptr = Unique::from(ptr.cast());
                self.cap = unsafe { UsizeNoHighBit::new_unchecked(cap) };
            }
            Err(_) => handle_alloc_error(new),
        }
    }
}

#[inline]
fn array_layout<T>(cap: usize) -> Result<Layout, TryReserveError> {
    Layout::array::<T>(cap).map_err(|_: LayoutError| CapacityOverflow.into())
}

unsafe impl<#[may_dangle] T, A: Allocator> Drop for RawVec<T, A> {
    #[inline]
    fn drop(&mut self) {
        if let Some((ptr, layout)) = self.current_layout() {
            unsafe { self.alloc.deallocate(ptr, layout) }
        }
    }
}
