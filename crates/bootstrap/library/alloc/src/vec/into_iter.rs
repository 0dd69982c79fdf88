//! Iteration over a vector by value.

use core::fmt;
use core::iter::{FusedIterator, TrustedLen};
use core::marker::PhantomData;
use core::mem::{self, ManuallyDrop, SizedTypeProperties};
use core::ptr::{self, NonNull};
use core::slice;

use super::Vec;
use crate::alloc::{Allocator, Global};
use crate::raw_vec::RawVec;

/// The elements of a vector.
#[rustc_insignificant_dtor]
pub struct IntoIter<T, A: Allocator = Global> {
    buf: NonNull<T>,
    phantom: PhantomData<T>,
    cap: usize,
    alloc: ManuallyDrop<A>,
    ptr: NonNull<T>,
    // As in `slice::Iter`: the distance in bytes if elements have no size.
    end: *const T,
}

impl<T, A: Allocator> IntoIter<T, A> {
    pub(super) fn new(vec: Vec<T, A>) -> Self {
        let me = ManuallyDrop::new(vec);
        unsafe {
            let alloc = ManuallyDrop::new(ptr::read(me.allocator()));
            let begin = me.buf.non_null();
            let end = if T::IS_ZST {
                begin.as_ptr().wrapping_byte_add(me.len)
            } else {
                begin.as_ptr().add(me.len)
            };
            IntoIter { buf: begin, phantom: PhantomData, cap: me.capacity(), alloc, ptr: begin, end }
        }
    }

    pub fn as_slice(&self) -> &[T] {
        unsafe { slice::from_raw_parts(self.ptr.as_ptr(), self.len()) }
    }

    pub fn as_mut_slice(&mut self) -> &mut [T] {
        unsafe { slice::from_raw_parts_mut(self.ptr.as_ptr(), self.len()) }
    }

    #[inline]
    pub fn allocator(&self) -> &A {
        &self.alloc
    }
}

impl<T: fmt::Debug, A: Allocator> fmt::Debug for IntoIter<T, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("IntoIter").field(&self.as_slice()).finish()
    }
}

impl<T, A: Allocator> AsRef<[T]> for IntoIter<T, A> {
    fn as_ref(&self) -> &[T] {
        self.as_slice()
    }
}

unsafe impl<T: Send, A: Allocator + Send> Send for IntoIter<T, A> {}
unsafe impl<T: Sync, A: Allocator + Sync> Sync for IntoIter<T, A> {}

impl<T, A: Allocator> Iterator for IntoIter<T, A> {
    type Item = T;

    #[inline]
    fn next(&mut self) -> Option<T> {
        if self.ptr.as_ptr() as *const T == self.end {
            return None;
        }
        unsafe {
            let at = self.ptr;
            if T::IS_ZST {
                self.end = self.end.wrapping_byte_sub(1);
            } else {
                self.ptr = at.add(1);
            }
            Some(at.read())
        }
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let exact = self.len();
        (exact, Some(exact))
    }

    #[inline]
    fn __trusted_len(&self) -> Option<usize> {
        Some(self.len())
    }

    #[inline]
    fn count(self) -> usize {
        self.len()
    }
}

impl<T, A: Allocator> DoubleEndedIterator for IntoIter<T, A> {
    #[inline]
    fn next_back(&mut self) -> Option<T> {
        if self.ptr.as_ptr() as *const T == self.end {
            return None;
        }
        unsafe {
            if T::IS_ZST {
                self.end = self.end.wrapping_byte_sub(1);
                Some(self.ptr.read())
            } else {
                self.end = self.end.sub(1);
                Some(ptr::read(self.end))
            }
        }
    }
}

impl<T, A: Allocator> ExactSizeIterator for IntoIter<T, A> {
    #[inline]
    fn len(&self) -> usize {
        if T::IS_ZST {
            (self.end as usize).wrapping_sub(self.ptr.as_ptr() as usize)
        } else {
            unsafe { self.end.offset_from_unsigned(self.ptr.as_ptr()) }
        }
    }
}

impl<T, A: Allocator> FusedIterator for IntoIter<T, A> {}
unsafe impl<T, A: Allocator> TrustedLen for IntoIter<T, A> {}

impl<T, A: Allocator + Default> Default for IntoIter<T, A> {
    fn default() -> Self {
        super::Vec::new_in(Default::default()).into_iter()
    }
}

impl<T: Clone, A: Allocator + Clone> Clone for IntoIter<T, A> {
    fn clone(&self) -> Self {
        let mut v = Vec::with_capacity_in(self.len(), (*self.alloc).clone());
        v.extend_from_slice(self.as_slice());
        v.into_iter()
    }
}

unsafe impl<#[may_dangle] T, A: Allocator> Drop for IntoIter<T, A> {
    #[inline]
    fn drop(&mut self) {
        unsafe {
            if mem::needs_drop::<T>() {
                ptr::drop_in_place(ptr::slice_from_raw_parts_mut(self.ptr.as_ptr(), self.len()));
            }
            let alloc = ManuallyDrop::take(&mut self.alloc);
            drop(RawVec::from_raw_parts_in(self.buf.as_ptr(), self.cap, alloc));
        }
    }
}
