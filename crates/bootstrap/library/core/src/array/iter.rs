//! Iteration over an array by value.

use crate::fmt;
use crate::iter::{FusedIterator, TrustedLen};
use crate::mem::MaybeUninit;
use crate::ops::Range;
use crate::ptr;
use crate::slice;

/// The elements of an array.
#[rustc_insignificant_dtor]
#[rustc_diagnostic_item = "ArrayIntoIter"]
pub struct IntoIter<T, const N: usize> {
    // Those in `alive` have not been yielded yet.
    data: [MaybeUninit<T>; N],
    start: usize,
    end: usize,
}

impl<T, const N: usize> IntoIter<T, N> {
    #[inline]
    pub(super) fn from_array(array: [T; N]) -> Self {
        let data = unsafe { crate::intrinsics::transmute_unchecked(array) };
        IntoIter { data, start: 0, end: N }
    }

    #[deprecated(since = "1.59.0", note = "use `IntoIterator::into_iter` instead")]
    pub fn new(array: [T; N]) -> Self {
        Self::from_array(array)
    }

    pub const unsafe fn new_unchecked(buffer: [MaybeUninit<T>; N], initialized: Range<usize>) -> Self {
        IntoIter { data: buffer, start: initialized.start, end: initialized.end }
    }

    pub const fn empty() -> Self {
        IntoIter { data: [const { MaybeUninit::uninit() }; N], start: 0, end: 0 }
    }

    #[inline]
    pub fn as_slice(&self) -> &[T] {
        unsafe {
            slice::from_raw_parts(
                (&raw const self.data as *const T).add(self.start),
                self.end - self.start,
            )
        }
    }

    #[inline]
    pub fn as_mut_slice(&mut self) -> &mut [T] {
        unsafe {
            slice::from_raw_parts_mut(
                (&raw mut self.data as *mut T).add(self.start),
                self.end - self.start,
            )
        }
    }
}

impl<T, const N: usize> Iterator for IntoIter<T, N> {
    type Item = T;

    #[inline]
    fn next(&mut self) -> Option<T> {
        if self.start == self.end {
            return None;
        }
        let at = self.start;
        self.start += 1;
        Some(unsafe { (&raw const self.data as *const T).add(at).read() })
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let len = self.end - self.start;
        (len, Some(len))
    }

    #[inline]
    fn count(self) -> usize {
        self.end - self.start
    }

    #[inline]
    fn last(mut self) -> Option<T> {
        self.next_back()
    }

    #[inline]
    fn __trusted_len(&self) -> Option<usize> {
        Some(self.end - self.start)
    }
}

impl<T, const N: usize> DoubleEndedIterator for IntoIter<T, N> {
    #[inline]
    fn next_back(&mut self) -> Option<T> {
        if self.start == self.end {
            return None;
        }
        self.end -= 1;
        Some(unsafe { (&raw const self.data as *const T).add(self.end).read() })
    }
}

impl<T, const N: usize> Drop for IntoIter<T, N> {
    #[inline]
    fn drop(&mut self) {
        if crate::mem::needs_drop::<T>() {
            unsafe { ptr::drop_in_place(self.as_mut_slice()) }
        }
    }
}

impl<T, const N: usize> ExactSizeIterator for IntoIter<T, N> {}
impl<T, const N: usize> FusedIterator for IntoIter<T, N> {}
unsafe impl<T, const N: usize> TrustedLen for IntoIter<T, N> {}

impl<T: Clone, const N: usize> Clone for IntoIter<T, N> {
    fn clone(&self) -> Self {
        let mut new = Self::empty();
        for x in self.as_slice() {
            new.data[new.end].write(x.clone());
            new.end += 1;
        }
        new
    }
}

impl<T: fmt::Debug, const N: usize> fmt::Debug for IntoIter<T, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("IntoIter").field(&self.as_slice()).finish()
    }
}
