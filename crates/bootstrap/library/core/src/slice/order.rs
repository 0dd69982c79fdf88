//! Searching, sorting and what else rests on an order of the elements.

use super::sort;
use crate::cmp::Ordering::{self, Equal, Greater, Less};

impl<T> [T] {
    #[inline]
    pub fn binary_search(&self, x: &T) -> Result<usize, usize>
    where
        T: Ord,
    {
        self.binary_search_by(|p| p.cmp(x))
    }

    #[inline]
    pub fn binary_search_by<'a, F: FnMut(&'a T) -> Ordering>(
        &'a self,
        mut f: F,
    ) -> Result<usize, usize> {
        let mut size = self.len();
        if size == 0 {
            return Err(0);
        }
        // The answer is in `base..base + size`.
        let mut base = 0;
        while size > 1 {
            let half = size / 2;
            let mid = base + half;
            if f(unsafe { self.get_unchecked(mid) }) != Greater {
                base = mid;
            }
            size -= half;
        }
        match f(unsafe { self.get_unchecked(base) }) {
            Equal => Ok(base),
            Less => Err(base + 1),
            Greater => Err(base),
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

    #[must_use]
    pub fn partition_point<P: FnMut(&T) -> bool>(&self, mut pred: P) -> usize {
        self.binary_search_by(|x| if pred(x) { Less } else { Greater }).unwrap_or_else(|i| i)
    }

    #[inline]
    pub fn sort_unstable(&mut self)
    where
        T: Ord,
    {
        sort::unstable_sort(self, |a, b| a < b);
    }

    #[inline]
    pub fn sort_unstable_by<F: FnMut(&T, &T) -> Ordering>(&mut self, mut compare: F) {
        sort::unstable_sort(self, |a, b| compare(a, b) == Less);
    }

    #[inline]
    pub fn sort_unstable_by_key<K: Ord, F: FnMut(&T) -> K>(&mut self, mut f: F) {
        sort::unstable_sort(self, |a, b| f(a) < f(b));
    }

    #[inline]
    pub fn select_nth_unstable(&mut self, index: usize) -> (&mut [T], &mut T, &mut [T])
    where
        T: Ord,
    {
        self.select_nth_unstable_by(index, T::cmp)
    }

    pub fn select_nth_unstable_by<F: FnMut(&T, &T) -> Ordering>(
        &mut self,
        index: usize,
        mut compare: F,
    ) -> (&mut [T], &mut T, &mut [T]) {
        let len = self.len();
        if index >= len {
            panic!(
                "partition_at_index index {index} greater than length of slice {len}"
            );
        }
        sort::select(self, index, |a, b| compare(a, b) == Less);
        let (left, right) = self.split_at_mut(index);
        let (pivot, right) = right.split_first_mut().unwrap();
        (left, pivot, right)
    }

    #[inline]
    pub fn select_nth_unstable_by_key<K: Ord, F: FnMut(&T) -> K>(
        &mut self,
        index: usize,
        mut f: F,
    ) -> (&mut [T], &mut T, &mut [T]) {
        self.select_nth_unstable_by(index, |a, b| f(a).cmp(&f(b)))
    }

    #[inline]
    #[must_use]
    pub fn is_sorted(&self) -> bool
    where
        T: PartialOrd,
    {
        self.is_sorted_by(|a, b| a <= b)
    }

    #[must_use]
    pub fn is_sorted_by<'a, F: FnMut(&'a T, &'a T) -> bool>(&'a self, mut compare: F) -> bool {
        let mut i = 1;
        while i < self.len() {
            if !compare(&self[i - 1], &self[i]) {
                return false;
            }
            i += 1;
        }
        true
    }

    #[inline]
    #[must_use]
    pub fn is_sorted_by_key<'a, F: FnMut(&'a T) -> K, K: PartialOrd>(&'a self, f: F) -> bool {
        self.iter().is_sorted_by_key(f)
    }
}
