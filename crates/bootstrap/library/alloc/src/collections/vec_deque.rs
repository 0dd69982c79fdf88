//! A double-ended queue in a ring of memory.

mod iter;

use core::cmp::{self, Ordering};
use core::fmt;
use core::hash::{Hash, Hasher};
use core::mem::SizedTypeProperties;
use core::ops::{Index, IndexMut, Range, RangeBounds};
use core::ptr;
use core::slice;

pub use self::iter::{Drain, IntoIter, Iter, IterMut};
use crate::alloc::Global;
use crate::collections::TryReserveError;
use crate::raw_vec::RawVec;
use crate::vec::Vec;

/// A double-ended queue.
#[rustc_diagnostic_item = "VecDeque"]
#[rustc_insignificant_dtor]
pub struct VecDeque<T> {
    // The first element is at `head`; what does not fit before the end goes on at the start.
    head: usize,
    len: usize,
    buf: RawVec<T>,
}

impl<T> VecDeque<T> {
    #[must_use]
    pub const fn new() -> VecDeque<T> {
        VecDeque { head: 0, len: 0, buf: RawVec::new() }
    }

    #[must_use]
    #[track_caller]
    pub fn with_capacity(capacity: usize) -> VecDeque<T> {
        VecDeque { head: 0, len: 0, buf: RawVec::with_capacity_in(capacity, Global) }
    }

    #[inline]
    fn ptr(&self) -> *mut T {
        self.buf.ptr()
    }

    /// Where the element of an index is.
    #[inline]
    fn to_physical_idx(&self, idx: usize) -> usize {
        self.wrap(self.head.wrapping_add(idx))
    }

    #[inline]
    fn wrap(&self, idx: usize) -> usize {
        if idx >= self.capacity() { idx.wrapping_sub(self.capacity()) } else { idx }
    }

    #[inline]
    fn wrap_sub(&self, idx: usize, n: usize) -> usize {
        self.wrap(idx.wrapping_sub(n).wrapping_add(self.capacity()))
    }

    #[inline]
    fn is_contiguous(&self) -> bool {
        self.head <= self.capacity() - self.len
    }

    /// Makes room where there is none, and moves one part of a split content.
    #[cold]
    #[inline(never)]
    fn grow(&mut self) {
        let old_cap = self.capacity();
        self.buf.grow_one();
        unsafe { self.handle_capacity_increase(old_cap) };
    }

    unsafe fn handle_capacity_increase(&mut self, old_cap: usize) {
        if self.head <= old_cap - self.len {
            return;
        }
        let new_cap = self.capacity();
        let head_len = old_cap - self.head;
        let tail_len = self.len - head_len;
        let p = self.ptr();
        unsafe {
            if head_len > tail_len && new_cap - old_cap >= tail_len {
                ptr::copy_nonoverlapping(p, p.add(old_cap), tail_len);
            } else {
                let new_head = new_cap - head_len;
                ptr::copy(p.add(self.head), p.add(new_head), head_len);
                self.head = new_head;
            }
        }
    }

    pub fn get(&self, index: usize) -> Option<&T> {
        if index < self.len {
            unsafe { Some(&*self.ptr().add(self.to_physical_idx(index))) }
        } else {
            None
        }
    }

    pub fn get_mut(&mut self, index: usize) -> Option<&mut T> {
        if index < self.len {
            unsafe { Some(&mut *self.ptr().add(self.to_physical_idx(index))) }
        } else {
            None
        }
    }

    #[track_caller]
    pub fn swap(&mut self, i: usize, j: usize) {
        assert!(i < self.len());
        assert!(j < self.len());
        let (i, j) = (self.to_physical_idx(i), self.to_physical_idx(j));
        unsafe { ptr::swap(self.ptr().add(i), self.ptr().add(j)) }
    }

    #[inline]
    pub fn capacity(&self) -> usize {
        self.buf.capacity()
    }

    #[track_caller]
    pub fn reserve(&mut self, additional: usize) {
        let old_cap = self.capacity();
        if self.len.checked_add(additional).expect("capacity overflow") > old_cap {
            self.buf.reserve(self.len, additional);
            unsafe { self.handle_capacity_increase(old_cap) };
        }
    }

    #[track_caller]
    pub fn reserve_exact(&mut self, additional: usize) {
        let old_cap = self.capacity();
        if self.len.checked_add(additional).expect("capacity overflow") > old_cap {
            self.buf.reserve_exact(self.len, additional);
            unsafe { self.handle_capacity_increase(old_cap) };
        }
    }

    pub fn try_reserve(&mut self, additional: usize) -> Result<(), TryReserveError> {
        let old_cap = self.capacity();
        self.buf.try_reserve(self.len, additional)?;
        unsafe { self.handle_capacity_increase(old_cap) };
        Ok(())
    }

    pub fn shrink_to_fit(&mut self) {
        self.shrink_to(0);
    }

    pub fn shrink_to(&mut self, min_capacity: usize) {
        let target = cmp::max(min_capacity, self.len);
        if T::IS_ZST || target >= self.capacity() {
            return;
        }
        self.make_contiguous();
        let p = self.ptr();
        unsafe { ptr::copy(p.add(self.head), p, self.len) };
        self.head = 0;
        self.buf.shrink_to_fit(target);
    }

    pub fn truncate(&mut self, len: usize) {
        while self.len > len {
            self.pop_back();
        }
    }

    pub fn iter(&self) -> Iter<'_, T> {
        let (a, b) = self.as_slices();
        Iter { inner: a.iter().chain(b), len: self.len }
    }

    pub fn iter_mut(&mut self) -> IterMut<'_, T> {
        let len = self.len;
        let (a, b) = self.as_mut_slices();
        IterMut { inner: a.iter_mut().chain(b), len }
    }

    /// The two parts as pointers and lengths.
    fn parts(&self) -> ((*mut T, usize), (*mut T, usize)) {
        let p = self.ptr();
        if self.len == 0 {
            return ((p, 0), (p, 0));
        }
        let first = cmp::min(self.len, self.capacity() - self.head);
        ((unsafe { p.add(self.head) }, first), (p, self.len - first))
    }

    #[inline]
    pub fn as_slices(&self) -> (&[T], &[T]) {
        let ((a, m), (b, n)) = self.parts();
        unsafe { (slice::from_raw_parts(a, m), slice::from_raw_parts(b, n)) }
    }

    #[inline]
    pub fn as_mut_slices(&mut self) -> (&mut [T], &mut [T]) {
        let ((a, m), (b, n)) = self.parts();
        unsafe { (slice::from_raw_parts_mut(a, m), slice::from_raw_parts_mut(b, n)) }
    }

    #[inline]
    #[rustc_confusables("length", "size")]
    pub fn len(&self) -> usize {
        self.len
    }

    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    #[inline]
    pub fn range<R: RangeBounds<usize>>(&self, range: R) -> Iter<'_, T> {
        let Range { start, end } = slice::range(range, ..self.len);
        let mut iter = self.iter();
        for _ in 0..start {
            iter.next();
        }
        for _ in end..self.len {
            iter.next_back();
        }
        iter
    }

    #[inline]
    pub fn range_mut<R: RangeBounds<usize>>(&mut self, range: R) -> IterMut<'_, T> {
        let len = self.len;
        let Range { start, end } = slice::range(range, ..len);
        let mut iter = self.iter_mut();
        for _ in 0..start {
            iter.next();
        }
        for _ in end..len {
            iter.next_back();
        }
        iter
    }

    #[track_caller]
    pub fn drain<R: RangeBounds<usize>>(&mut self, range: R) -> Drain<'_, T> {
        let Range { start, end } = slice::range(range, ..self.len);
        // The range goes to a queue of its own, and what is after it comes back.
        let mut taken = self.split_off(start);
        let mut rest = taken.split_off(end - start);
        self.append(&mut rest);
        Drain { taken: taken.into_iter(), deque: core::marker::PhantomData }
    }

    pub fn clear(&mut self) {
        self.truncate(0);
        self.head = 0;
    }

    pub fn contains(&self, x: &T) -> bool
    where
        T: PartialEq<T>,
    {
        let (a, b) = self.as_slices();
        a.contains(x) || b.contains(x)
    }

    #[rustc_confusables("first")]
    pub fn front(&self) -> Option<&T> {
        self.get(0)
    }

    pub fn front_mut(&mut self) -> Option<&mut T> {
        self.get_mut(0)
    }

    #[rustc_confusables("last")]
    pub fn back(&self) -> Option<&T> {
        self.get(self.len.wrapping_sub(1))
    }

    pub fn back_mut(&mut self) -> Option<&mut T> {
        self.get_mut(self.len.wrapping_sub(1))
    }

    #[inline]
    pub fn pop_front(&mut self) -> Option<T> {
        if self.len == 0 {
            return None;
        }
        let old_head = self.head;
        self.head = self.to_physical_idx(1);
        self.len -= 1;
        unsafe { Some(ptr::read(self.ptr().add(old_head))) }
    }

    #[inline]
    pub fn pop_back(&mut self) -> Option<T> {
        if self.len == 0 {
            return None;
        }
        self.len -= 1;
        unsafe { Some(ptr::read(self.ptr().add(self.to_physical_idx(self.len)))) }
    }

    pub fn pop_front_if(&mut self, predicate: impl FnOnce(&mut T) -> bool) -> Option<T> {
        if predicate(self.front_mut()?) { self.pop_front() } else { None }
    }

    pub fn pop_back_if(&mut self, predicate: impl FnOnce(&mut T) -> bool) -> Option<T> {
        if predicate(self.back_mut()?) { self.pop_back() } else { None }
    }

    #[inline]
    #[track_caller]
    pub fn push_front(&mut self, value: T) {
        if self.len == self.capacity() {
            self.grow();
        }
        self.head = self.wrap_sub(self.head, 1);
        self.len += 1;
        unsafe { ptr::write(self.ptr().add(self.head), value) };
    }

    #[inline]
    #[rustc_confusables("push", "put", "append")]
    #[track_caller]
    pub fn push_back(&mut self, value: T) {
        if self.len == self.capacity() {
            self.grow();
        }
        unsafe { ptr::write(self.ptr().add(self.to_physical_idx(self.len)), value) };
        self.len += 1;
    }

    pub fn swap_remove_front(&mut self, index: usize) -> Option<T> {
        if index >= self.len {
            return None;
        }
        if index != 0 {
            self.swap(index, 0);
        }
        self.pop_front()
    }

    pub fn swap_remove_back(&mut self, index: usize) -> Option<T> {
        if index >= self.len {
            return None;
        }
        if index != self.len - 1 {
            self.swap(index, self.len - 1);
        }
        self.pop_back()
    }

    #[track_caller]
    pub fn insert(&mut self, index: usize, value: T) {
        assert!(index <= self.len(), "index out of bounds");
        // The shorter side makes way.
        if index <= self.len / 2 {
            self.push_front(value);
            for i in 0..index {
                self.swap(i, i + 1);
            }
        } else {
            self.push_back(value);
            for i in (index..self.len - 1).rev() {
                self.swap(i, i + 1);
            }
        }
    }

    #[rustc_confusables("delete", "take")]
    pub fn remove(&mut self, index: usize) -> Option<T> {
        if index >= self.len {
            return None;
        }
        if index < self.len / 2 {
            for i in (0..index).rev() {
                self.swap(i, i + 1);
            }
            self.pop_front()
        } else {
            for i in index..self.len - 1 {
                self.swap(i, i + 1);
            }
            self.pop_back()
        }
    }

    #[inline]
    #[must_use = "use `.truncate()` if you don't need the other half"]
    #[track_caller]
    pub fn split_off(&mut self, at: usize) -> Self {
        let len = self.len;
        assert!(at <= len, "`at` out of bounds");
        let other_len = len - at;
        let mut other = VecDeque::with_capacity(other_len);
        let ((a, m), (b, _)) = self.parts();
        unsafe {
            let to = other.ptr();
            if at < m {
                let first = m - at;
                ptr::copy_nonoverlapping(a.add(at), to, first);
                ptr::copy_nonoverlapping(b, to.add(first), other_len - first);
            } else {
                ptr::copy_nonoverlapping(b.add(at - m), to, other_len);
            }
        }
        self.len = at;
        other.len = other_len;
        other
    }

    #[inline]
    #[track_caller]
    pub fn append(&mut self, other: &mut Self) {
        self.reserve(other.len);
        while let Some(x) = other.pop_front() {
            self.push_back(x);
        }
        other.head = 0;
    }

    pub fn retain<F: FnMut(&T) -> bool>(&mut self, mut f: F) {
        self.retain_mut(|elem| f(elem));
    }

    pub fn retain_mut<F: FnMut(&mut T) -> bool>(&mut self, mut f: F) {
        let len = self.len;
        let mut kept = 0;
        for i in 0..len {
            if f(&mut self[i]) {
                if kept != i {
                    self.swap(kept, i);
                }
                kept += 1;
            }
        }
        self.truncate(kept);
    }

    #[track_caller]
    pub fn resize_with(&mut self, new_len: usize, mut generator: impl FnMut() -> T) {
        while self.len < new_len {
            self.push_back(generator());
        }
        self.truncate(new_len);
    }

    pub fn make_contiguous(&mut self) -> &mut [T] {
        if T::IS_ZST {
            self.head = 0;
        }
        if !self.is_contiguous() {
            let p = self.ptr();
            let head_len = self.capacity() - self.head;
            let tail_len = self.len - head_len;
            unsafe {
                // Both parts next to each other at the start, then turned.
                ptr::copy(p.add(self.head), p.add(tail_len), head_len);
                slice::from_raw_parts_mut(p, self.len).rotate_left(tail_len);
            }
            self.head = 0;
        }
        unsafe { slice::from_raw_parts_mut(self.ptr().add(self.head), self.len) }
    }

    #[track_caller]
    pub fn rotate_left(&mut self, n: usize) {
        assert!(n <= self.len());
        if n <= self.len / 2 {
            for _ in 0..n {
                let x = self.pop_front().unwrap();
                self.push_back(x);
            }
        } else {
            for _ in n..self.len {
                let x = self.pop_back().unwrap();
                self.push_front(x);
            }
        }
    }

    #[track_caller]
    pub fn rotate_right(&mut self, n: usize) {
        assert!(n <= self.len());
        self.rotate_left(self.len - n);
    }

    #[inline]
    pub fn binary_search(&self, x: &T) -> Result<usize, usize>
    where
        T: Ord,
    {
        self.binary_search_by(|e| e.cmp(x))
    }

    pub fn binary_search_by<'a, F: FnMut(&'a T) -> Ordering>(
        &'a self,
        mut f: F,
    ) -> Result<usize, usize> {
        let (front, back) = self.as_slices();
        match back.first().map(|elem| f(elem)) {
            Some(Ordering::Equal) => Ok(front.len()),
            Some(Ordering::Less) => back
                .binary_search_by(f)
                .map(|idx| idx + front.len())
                .map_err(|idx| idx + front.len()),
            _ => front.binary_search_by(f),
        }
    }

    #[inline]
    pub fn binary_search_by_key<'a, B: Ord, F: FnMut(&'a T) -> B>(
        &'a self,
        b: &B,
        mut f: F,
    ) -> Result<usize, usize> {
        self.binary_search_by(|k| f(k).cmp(b))
    }

    pub fn partition_point<P: FnMut(&T) -> bool>(&self, mut pred: P) -> usize {
        self.binary_search_by(|x| if pred(x) { Ordering::Less } else { Ordering::Greater })
            .unwrap_or_else(|i| i)
    }
}

impl<T: Clone> VecDeque<T> {
    #[track_caller]
    pub fn resize(&mut self, new_len: usize, value: T) {
        while self.len < new_len {
            self.push_back(value.clone());
        }
        self.truncate(new_len);
    }
}

unsafe impl<#[may_dangle] T> Drop for VecDeque<T> {
    fn drop(&mut self) {
        let ((a, m), (b, n)) = self.parts();
        unsafe {
            ptr::drop_in_place(ptr::slice_from_raw_parts_mut(a, m));
            ptr::drop_in_place(ptr::slice_from_raw_parts_mut(b, n));
        }
    }
}

impl<T: Clone> Clone for VecDeque<T> {
    fn clone(&self) -> Self {
        let mut deq = Self::with_capacity(self.len());
        deq.extend(self.iter().cloned());
        deq
    }
}

impl<T> Default for VecDeque<T> {
    fn default() -> VecDeque<T> {
        VecDeque::new()
    }
}

impl<T: PartialEq> PartialEq for VecDeque<T> {
    fn eq(&self, other: &Self) -> bool {
        self.len == other.len && self.iter().eq(other.iter())
    }
}

impl<T: Eq> Eq for VecDeque<T> {}

macro_rules! deque_eq {
    ($([$($g:tt)*] $R:ty;)*) => {$(
        impl<T: PartialEq<U>, U, $($g)*> PartialEq<$R> for VecDeque<T> {
            fn eq(&self, other: &$R) -> bool {
                self.len() == other.len() && self.iter().zip(other.iter()).all(|(a, b)| *a == *b)
            }
        }
    )*};
}
deque_eq! {
    [] Vec<U>;
    [] &[U];
    [] &mut [U];
    [const N: usize] [U; N];
    [const N: usize] &[U; N];
}

impl<T: PartialOrd> PartialOrd for VecDeque<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.iter().partial_cmp(other.iter())
    }
}

impl<T: Ord> Ord for VecDeque<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.iter().cmp(other.iter())
    }
}

impl<T: Hash> Hash for VecDeque<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_length_prefix(self.len);
        self.iter().for_each(|elem| elem.hash(state));
    }
}

impl<T> Index<usize> for VecDeque<T> {
    type Output = T;
    #[inline]
    fn index(&self, index: usize) -> &T {
        self.get(index).expect("Out of bounds access")
    }
}

impl<T> IndexMut<usize> for VecDeque<T> {
    #[inline]
    fn index_mut(&mut self, index: usize) -> &mut T {
        self.get_mut(index).expect("Out of bounds access")
    }
}

impl<T> FromIterator<T> for VecDeque<T> {
    fn from_iter<I: IntoIterator<Item = T>>(iter: I) -> VecDeque<T> {
        iter.into_iter().collect::<Vec<T>>().into()
    }
}

impl<T> IntoIterator for VecDeque<T> {
    type Item = T;
    type IntoIter = IntoIter<T>;
    fn into_iter(self) -> IntoIter<T> {
        IntoIter { inner: self }
    }
}

impl<'a, T> IntoIterator for &'a VecDeque<T> {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;
    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

impl<'a, T> IntoIterator for &'a mut VecDeque<T> {
    type Item = &'a mut T;
    type IntoIter = IterMut<'a, T>;
    fn into_iter(self) -> IterMut<'a, T> {
        self.iter_mut()
    }
}

impl<T> Extend<T> for VecDeque<T> {
    #[track_caller]
    fn extend<I: IntoIterator<Item = T>>(&mut self, iter: I) {
        let iter = iter.into_iter();
        self.reserve(iter.size_hint().0);
        iter.for_each(|x| self.push_back(x));
    }

    #[inline]
    fn extend_one(&mut self, elem: T) {
        self.push_back(elem);
    }
}

impl<'a, T: 'a + Copy> Extend<&'a T> for VecDeque<T> {
    #[track_caller]
    fn extend<I: IntoIterator<Item = &'a T>>(&mut self, iter: I) {
        self.extend(iter.into_iter().copied());
    }
}

impl<T: fmt::Debug> fmt::Debug for VecDeque<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<T> From<Vec<T>> for VecDeque<T> {
    fn from(other: Vec<T>) -> Self {
        let (ptr, len, cap) = other.into_raw_parts();
        let buf = unsafe { RawVec::from_raw_parts_in(ptr, cap, Global) };
        VecDeque { head: 0, len, buf }
    }
}

impl<T> From<VecDeque<T>> for Vec<T> {
    fn from(mut other: VecDeque<T>) -> Self {
        other.make_contiguous();
        let other = core::mem::ManuallyDrop::new(other);
        let (buf, len, cap) = (other.ptr(), other.len, other.capacity());
        unsafe {
            if other.head != 0 {
                ptr::copy(buf.add(other.head), buf, len);
            }
            Vec::from_raw_parts(buf, len, cap)
        }
    }
}

impl<T, const N: usize> From<[T; N]> for VecDeque<T> {
    fn from(arr: [T; N]) -> Self {
        Vec::from(arr).into()
    }
}
