//! Iteration over a slice.

use crate::fmt;
use crate::iter::{FusedIterator, TrustedLen};
use crate::marker::PhantomData;
use crate::mem::SizedTypeProperties;
use crate::ptr::NonNull;
use crate::slice::{from_raw_parts, from_raw_parts_mut};

impl<T> !Iterator for [T] {}

impl<'a, T> IntoIterator for &'a [T] {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;
    #[inline]
    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

impl<'a, T> IntoIterator for &'a mut [T] {
    type Item = &'a mut T;
    type IntoIter = IterMut<'a, T>;
    #[inline]
    fn into_iter(self) -> IterMut<'a, T> {
        self.iter_mut()
    }
}

/// Shared references to the elements.
#[must_use = "iterators are lazy and do nothing unless consumed"]
#[rustc_diagnostic_item = "SliceIter"]
pub struct Iter<'a, T: 'a> {
    ptr: NonNull<T>,
    // One past the last element; if elements have no size, their number is the distance in bytes.
    end: *const T,
    _marker: PhantomData<&'a T>,
}

unsafe impl<T: Sync> Sync for Iter<'_, T> {}
unsafe impl<T: Sync> Send for Iter<'_, T> {}

impl<'a, T> Iter<'a, T> {
    #[inline]
    pub(super) const fn new(slice: &'a [T]) -> Self {
        let start = slice.as_ptr() as *mut T;
        let end = if T::IS_ZST {
            start.wrapping_byte_add(slice.len())
        } else {
            unsafe { start.add(slice.len()) }
        };
        Self { ptr: unsafe { NonNull::new_unchecked(start) }, end, _marker: PhantomData }
    }

    #[must_use]
    #[inline]
    pub fn as_slice(&self) -> &'a [T] {
        unsafe { from_raw_parts(self.ptr.as_ptr(), self.len()) }
    }
}

impl<T> Clone for Iter<'_, T> {
    #[inline]
    fn clone(&self) -> Self {
        Iter { ptr: self.ptr, end: self.end, _marker: self._marker }
    }
}

impl<T> AsRef<[T]> for Iter<'_, T> {
    #[inline]
    fn as_ref(&self) -> &[T] {
        self.as_slice()
    }
}

impl<T: fmt::Debug> fmt::Debug for Iter<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Iter").field(&self.as_slice()).finish()
    }
}

impl<T> Default for Iter<'_, T> {
    fn default() -> Self {
        (&[]).into_iter()
    }
}

/// Mutable references to the elements.
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct IterMut<'a, T: 'a> {
    ptr: NonNull<T>,
    end: *mut T,
    _marker: PhantomData<&'a mut T>,
}

unsafe impl<T: Sync> Sync for IterMut<'_, T> {}
unsafe impl<T: Send> Send for IterMut<'_, T> {}

impl<'a, T> IterMut<'a, T> {
    #[inline]
    pub(super) const fn new(slice: &'a mut [T]) -> Self {
        let len = slice.len();
        let start = slice.as_mut_ptr();
        let end =
            if T::IS_ZST { start.wrapping_byte_add(len) } else { unsafe { start.add(len) } };
        Self { ptr: unsafe { NonNull::new_unchecked(start) }, end, _marker: PhantomData }
    }

    #[must_use]
    #[inline]
    pub fn into_slice(self) -> &'a mut [T] {
        unsafe { from_raw_parts_mut(self.ptr.as_ptr(), self.len()) }
    }

    #[must_use]
    #[inline]
    pub fn as_slice(&self) -> &[T] {
        unsafe { from_raw_parts(self.ptr.as_ptr(), self.len()) }
    }

    #[inline]
    pub fn as_mut_slice(&mut self) -> &mut [T] {
        unsafe { from_raw_parts_mut(self.ptr.as_ptr(), self.len()) }
    }
}

impl<T> AsRef<[T]> for IterMut<'_, T> {
    #[inline]
    fn as_ref(&self) -> &[T] {
        self.as_slice()
    }
}

impl<T: fmt::Debug> fmt::Debug for IterMut<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("IterMut").field(&self.as_slice()).finish()
    }
}

impl<T> Default for IterMut<'_, T> {
    fn default() -> Self {
        (&mut []).into_iter()
    }
}

macro_rules! slice_iterator {
    ($Iter:ident $Item:ty [$($r:tt)*]) => {
        impl<'a, T> Iterator for $Iter<'a, T> {
            type Item = $Item;

            #[inline(always)]
            fn next(&mut self) -> Option<$Item> {
                if self.ptr.as_ptr() as *const T == self.end as *const T {
                    return None;
                }
                unsafe {
                    let at = self.ptr.as_ptr();
                    if T::IS_ZST {
                        self.end = self.end.wrapping_byte_sub(1);
                    } else {
                        self.ptr = NonNull::new_unchecked(at.add(1));
                    }
                    Some($($r)* *at)
                }
            }

            #[inline]
            fn size_hint(&self) -> (usize, Option<usize>) {
                let len = self.len();
                (len, Some(len))
            }

            #[inline]
            fn __trusted_len(&self) -> Option<usize> {
                Some(self.len())
            }

            #[inline]
            fn count(self) -> usize {
                self.len()
            }

            #[inline]
            fn nth(&mut self, n: usize) -> Option<$Item> {
                if n >= self.len() {
                    // Nothing is left.
                    if T::IS_ZST {
                        self.end = self.ptr.as_ptr();
                    } else {
                        self.ptr = unsafe { NonNull::new_unchecked(self.end as *mut T) };
                    }
                    return None;
                }
                unsafe {
                    if T::IS_ZST {
                        self.end = self.end.wrapping_byte_sub(n);
                    } else {
                        self.ptr = self.ptr.add(n);
                    }
                }
                self.next()
            }

            #[inline]
            fn last(mut self) -> Option<$Item> {
                self.next_back()
            }
        }

        impl<'a, T> DoubleEndedIterator for $Iter<'a, T> {
            #[inline(always)]
            fn next_back(&mut self) -> Option<$Item> {
                if self.ptr.as_ptr() as *const T == self.end as *const T {
                    return None;
                }
                unsafe {
                    if T::IS_ZST {
                        self.end = self.end.wrapping_byte_sub(1);
                        Some($($r)* *self.ptr.as_ptr())
                    } else {
                        self.end = self.end.sub(1);
                        Some($($r)* *(self.end as *mut T))
                    }
                }
            }

            #[inline]
            fn nth_back(&mut self, n: usize) -> Option<$Item> {
                if n >= self.len() {
                    self.end = self.ptr.as_ptr();
                    return None;
                }
                if T::IS_ZST {
                    self.end = self.end.wrapping_byte_sub(n);
                } else {
                    self.end = unsafe { self.end.sub(n) };
                }
                self.next_back()
            }
        }

        impl<T> ExactSizeIterator for $Iter<'_, T> {
            #[inline(always)]
            fn len(&self) -> usize {
                let start = self.ptr.as_ptr();
                if T::IS_ZST {
                    (self.end as usize).wrapping_sub(start as usize)
                } else {
                    unsafe { (self.end as *const T).offset_from_unsigned(start) }
                }
            }

            #[inline(always)]
            fn is_empty(&self) -> bool {
                self.ptr.as_ptr() as *const T == self.end as *const T
            }
        }

        impl<T> FusedIterator for $Iter<'_, T> {}
        unsafe impl<T> TrustedLen for $Iter<'_, T> {}
    };
}
slice_iterator! { Iter &'a T [&] }
slice_iterator! { IterMut &'a mut T [&mut] }
