//! The methods of slices that need memory.

pub use core::slice::*;

use core::borrow::Borrow;
use core::cmp::Ordering::{self, Less};
use core::mem::MaybeUninit;

use crate::alloc::Allocator;
use crate::boxed::Box;
use crate::vec::Vec;

/// Sorts with memory for half of the elements.
#[inline]
fn stable<T, F: FnMut(&T, &T) -> bool>(v: &mut [T], is_less: F) {
    core::slice::stable_sort(v, is_less, |len, f| {
        let mut buf: Vec<MaybeUninit<T>> = Vec::with_capacity(len);
        let memory = buf.as_mut_ptr();
        f(unsafe { core::slice::from_raw_parts_mut(memory, len) });
    });
}

impl<T> [T] {
    #[rustc_allow_incoherent_impl]
    #[inline]
    pub fn sort(&mut self)
    where
        T: Ord,
    {
        stable(self, |a, b| a < b);
    }

    #[rustc_allow_incoherent_impl]
    #[inline]
    pub fn sort_by<F: FnMut(&T, &T) -> Ordering>(&mut self, mut compare: F) {
        stable(self, |a, b| compare(a, b) == Less);
    }

    #[rustc_allow_incoherent_impl]
    #[inline]
    pub fn sort_by_key<K: Ord, F: FnMut(&T) -> K>(&mut self, mut f: F) {
        stable(self, |a, b| f(a) < f(b));
    }

    #[rustc_allow_incoherent_impl]
    pub fn sort_by_cached_key<K: Ord, F: FnMut(&T) -> K>(&mut self, f: F) {
        let mut indices: Vec<(K, usize)> =
            self.iter().map(f).enumerate().map(|(i, k)| (k, i)).collect();
        indices.sort_unstable();
        // Moves each element along the cycle of its permutation.
        for i in 0..self.len() {
            let mut index = indices[i].1;
            while index < i {
                index = indices[index].1;
            }
            indices[i].1 = index;
            self.swap(i, index);
        }
    }

    #[rustc_allow_incoherent_impl]
    #[rustc_conversion_suggestion]
    #[inline]
    pub fn to_vec(&self) -> Vec<T>
    where
        T: Clone,
    {
        let mut v = Vec::with_capacity(self.len());
        v.extend_from_slice(self);
        v
    }

    #[rustc_allow_incoherent_impl]
    #[inline]
    pub fn to_vec_in<A: Allocator>(&self, alloc: A) -> Vec<T, A>
    where
        T: Clone,
    {
        let mut v = Vec::with_capacity_in(self.len(), alloc);
        v.extend_from_slice(self);
        v
    }

    #[rustc_allow_incoherent_impl]
    #[inline]
    #[rustc_diagnostic_item = "slice_into_vec"]
    pub fn into_vec<A: Allocator>(self: Box<Self, A>) -> Vec<T, A> {
        let len = self.len();
        let (b, alloc) = Box::into_raw_with_allocator(self);
        unsafe { Vec::from_raw_parts_in(b as *mut T, len, len, alloc) }
    }

    #[rustc_allow_incoherent_impl]
    pub fn repeat(&self, n: usize) -> Vec<T>
    where
        T: Copy,
    {
        let capacity = self.len().checked_mul(n).expect("capacity overflow");
        let mut v = Vec::with_capacity(capacity);
        for _ in 0..n {
            v.extend_from_slice(self);
        }
        v
    }

    #[rustc_allow_incoherent_impl]
    pub fn concat<Item: ?Sized>(&self) -> <Self as Concat<Item>>::Output
    where
        Self: Concat<Item>,
    {
        Concat::concat(self)
    }

    #[rustc_allow_incoherent_impl]
    pub fn join<Separator>(&self, sep: Separator) -> <Self as Join<Separator>>::Output
    where
        Self: Join<Separator>,
    {
        Join::join(self, sep)
    }

    #[rustc_allow_incoherent_impl]
    #[deprecated(since = "1.3.0", note = "renamed to join")]
    pub fn connect<Separator>(&self, sep: Separator) -> <Self as Join<Separator>>::Output
    where
        Self: Join<Separator>,
    {
        Join::join(self, sep)
    }
}

impl [u8] {
    #[rustc_allow_incoherent_impl]
    #[must_use]
    #[inline]
    pub fn to_ascii_uppercase(&self) -> Vec<u8> {
        let mut me = self.to_vec();
        me.make_ascii_uppercase();
        me
    }

    #[rustc_allow_incoherent_impl]
    #[must_use]
    #[inline]
    pub fn to_ascii_lowercase(&self) -> Vec<u8> {
        let mut me = self.to_vec();
        me.make_ascii_lowercase();
        me
    }
}

/// Slices whose elements can be put together.
pub trait Concat<Item: ?Sized> {
    type Output;
    fn concat(slice: &Self) -> Self::Output;
}

/// Slices whose elements can be put together with something in between.
pub trait Join<Separator> {
    type Output;
    fn join(slice: &Self, sep: Separator) -> Self::Output;
}

impl<T: Clone, V: Borrow<[T]>> Concat<T> for [V] {
    type Output = Vec<T>;
    fn concat(slice: &Self) -> Vec<T> {
        let size = slice.iter().map(|slice| slice.borrow().len()).sum();
        let mut result = Vec::with_capacity(size);
        for v in slice {
            result.extend_from_slice(v.borrow())
        }
        result
    }
}

impl<T: Clone, V: Borrow<[T]>> Join<&T> for [V] {
    type Output = Vec<T>;
    fn join(slice: &Self, sep: &T) -> Vec<T> {
        Join::join(slice, core::slice::from_ref(sep))
    }
}

impl<T: Clone, V: Borrow<[T]>> Join<&[T]> for [V] {
    type Output = Vec<T>;
    fn join(slice: &Self, sep: &[T]) -> Vec<T> {
        let mut result = Vec::new();
        for (i, v) in slice.iter().enumerate() {
            if i > 0 {
                result.extend_from_slice(sep);
            }
            result.extend_from_slice(v.borrow());
        }
        result
    }
}
