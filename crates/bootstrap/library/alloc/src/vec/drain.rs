//! Taking a range out of a vector.

use core::fmt;
use core::iter::{FusedIterator, TrustedLen};
use core::mem;
use core::ptr::{self, NonNull};
use core::slice;

use super::Vec;
use crate::alloc::{Allocator, Global};

/// The elements of a range, which leave the vector.
pub struct Drain<'a, T: 'a, A: Allocator + 'a = Global> {
    // Where the elements after the range are, and how many.
    pub(super) tail_start: usize,
    pub(super) tail_len: usize,
    // What is still to be yielded.
    pub(super) iter: slice::Iter<'a, T>,
    pub(super) vec: NonNull<Vec<T, A>>,
}

impl<'a, T, A: Allocator> Drain<'a, T, A> {
    pub(super) fn new(vec: &'a mut Vec<T, A>, start: usize, end: usize) -> Self {
        let len = vec.len();
        unsafe {
            // What is forgotten in the middle of draining leaks, and is not seen twice.
            vec.set_len(start);
            let range = slice::from_raw_parts(vec.as_ptr().add(start), end - start);
            Drain {
                tail_start: end,
                tail_len: len - end,
                iter: range.iter(),
                vec: NonNull::from(vec),
            }
        }
    }

    #[must_use]
    pub fn as_slice(&self) -> &[T] {
        self.iter.as_slice()
    }

    pub fn keep_rest(mut self) {
        unsafe {
            let rest = mem::take(&mut self.iter);
            let count = rest.len();
            let vec = self.vec.as_mut();
            let start = vec.len();
            ptr::copy(rest.as_slice().as_ptr(), vec.as_mut_ptr().add(start), count);
            vec.set_len(start + count);
        }
    }
}

impl<T: fmt::Debug, A: Allocator> fmt::Debug for Drain<'_, T, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Drain").field(&self.iter.as_slice()).finish()
    }
}

unsafe impl<T: Sync, A: Sync + Allocator> Sync for Drain<'_, T, A> {}
unsafe impl<T: Send, A: Send + Allocator> Send for Drain<'_, T, A> {}

impl<T, A: Allocator> Iterator for Drain<'_, T, A> {
    type Item = T;
    #[inline]
    fn next(&mut self) -> Option<T> {
        self.iter.next().map(|elt| unsafe { ptr::read(elt) })
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.iter.size_hint()
    }
    fn __trusted_len(&self) -> Option<usize> {
        Some(self.iter.len())
    }
}

impl<T, A: Allocator> DoubleEndedIterator for Drain<'_, T, A> {
    #[inline]
    fn next_back(&mut self) -> Option<T> {
        self.iter.next_back().map(|elt| unsafe { ptr::read(elt) })
    }
}

impl<T, A: Allocator> Drop for Drain<'_, T, A> {
    fn drop(&mut self) {
        let rest = mem::take(&mut self.iter);
        unsafe {
            ptr::drop_in_place(rest.as_slice() as *const [T] as *mut [T]);
            let vec = self.vec.as_mut();
            let start = vec.len();
            if self.tail_len > 0 && self.tail_start != start {
                let p = vec.as_mut_ptr();
                ptr::copy(p.add(self.tail_start), p.add(start), self.tail_len);
            }
            vec.set_len(start + self.tail_len);
        }
    }
}

impl<T, A: Allocator> ExactSizeIterator for Drain<'_, T, A> {}
unsafe impl<T, A: Allocator> TrustedLen for Drain<'_, T, A> {}
impl<T, A: Allocator> FusedIterator for Drain<'_, T, A> {}
