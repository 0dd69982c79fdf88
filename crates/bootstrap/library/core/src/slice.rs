//! Slices: the methods that need no memory.

mod ascii;
mod chunks;
pub(crate) mod cmp;
mod index;
mod iter;
mod order;
mod sort;
mod split;

pub use self::ascii::EscapeAscii;
pub use self::chunks::{
    ChunkBy, ChunkByMut, Chunks, ChunksExact, ChunksExactMut, ChunksMut, RChunks, RChunksMut,
    Windows,
};
pub use self::index::{SliceIndex, range, try_range};
pub(crate) use self::index::slice_index_fail;
pub use self::iter::{Iter, IterMut};
#[doc(hidden)]
pub use self::sort::stable_sort;
pub use self::split::{RSplit, Split, SplitInclusive, SplitMut, SplitN};

use crate::mem;
use crate::num::NonZero;
use crate::ops::{Bound, OneSidedRange, Range, RangeBounds};
use crate::ptr;

#[inline]
#[must_use]
#[rustc_diagnostic_item = "slice_from_raw_parts"]
#[track_caller]
pub const unsafe fn from_raw_parts<'a, T>(data: *const T, len: usize) -> &'a [T] {
    unsafe { &*ptr::slice_from_raw_parts(data, len) }
}

#[inline]
#[must_use]
#[rustc_diagnostic_item = "slice_from_raw_parts_mut"]
#[track_caller]
pub const unsafe fn from_raw_parts_mut<'a, T>(data: *mut T, len: usize) -> &'a mut [T] {
    unsafe { &mut *ptr::slice_from_raw_parts_mut(data, len) }
}

#[must_use]
pub const fn from_ref<T>(s: &T) -> &[T] {
    crate::array::from_ref(s)
}

#[must_use]
pub const fn from_mut<T>(s: &mut T) -> &mut [T] {
    crate::array::from_mut(s)
}

/// Two indices are the same, or one is out of bounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GetDisjointMutError {
    IndexOutOfBounds,
    OverlappingIndices,
}

impl crate::fmt::Display for GetDisjointMutError {
    fn fmt(&self, f: &mut crate::fmt::Formatter<'_>) -> crate::fmt::Result {
        match self {
            Self::IndexOutOfBounds => "an index is out of bounds",
            Self::OverlappingIndices => "there were overlapping indices",
        }
        .fmt(f)
    }
}

use crate::fmt::Display;

impl<T> [T] {
    #[lang = "slice_len_fn"]
    #[inline(always)]
    #[must_use]
    pub const fn len(&self) -> usize {
        ptr::metadata(self)
    }

    #[inline(always)]
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    #[inline]
    #[must_use]
    pub const fn first(&self) -> Option<&T> {
        if let [first, ..] = self { Some(first) } else { None }
    }

    #[inline]
    #[must_use]
    pub const fn first_mut(&mut self) -> Option<&mut T> {
        if let [first, ..] = self { Some(first) } else { None }
    }

    #[inline]
    #[must_use]
    pub const fn split_first(&self) -> Option<(&T, &[T])> {
        if let [first, tail @ ..] = self { Some((first, tail)) } else { None }
    }

    #[inline]
    #[must_use]
    pub const fn split_first_mut(&mut self) -> Option<(&mut T, &mut [T])> {
        if let [first, tail @ ..] = self { Some((first, tail)) } else { None }
    }

    #[inline]
    #[must_use]
    pub const fn split_last(&self) -> Option<(&T, &[T])> {
        if let [init @ .., last] = self { Some((last, init)) } else { None }
    }

    #[inline]
    #[must_use]
    pub const fn split_last_mut(&mut self) -> Option<(&mut T, &mut [T])> {
        if let [init @ .., last] = self { Some((last, init)) } else { None }
    }

    #[inline]
    #[must_use]
    pub const fn last(&self) -> Option<&T> {
        if let [.., last] = self { Some(last) } else { None }
    }

    #[inline]
    #[must_use]
    pub const fn last_mut(&mut self) -> Option<&mut T> {
        if let [.., last] = self { Some(last) } else { None }
    }

    #[inline]
    pub const fn first_chunk<const N: usize>(&self) -> Option<&[T; N]> {
        if self.len() < N { None } else { Some(unsafe { &*(self.as_ptr() as *const [T; N]) }) }
    }

    #[inline]
    pub const fn first_chunk_mut<const N: usize>(&mut self) -> Option<&mut [T; N]> {
        if self.len() < N {
            None
        } else {
            Some(unsafe { &mut *(self.as_mut_ptr() as *mut [T; N]) })
        }
    }

    #[inline]
    pub const fn split_first_chunk<const N: usize>(&self) -> Option<(&[T; N], &[T])> {
        if self.len() < N {
            return None;
        }
        let (first, tail) = unsafe { self.split_at_unchecked(N) };
        Some((unsafe { &*(first.as_ptr() as *const [T; N]) }, tail))
    }

    #[inline]
    pub const fn split_last_chunk<const N: usize>(&self) -> Option<(&[T], &[T; N])> {
        if self.len() < N {
            return None;
        }
        let (init, last) = unsafe { self.split_at_unchecked(self.len() - N) };
        Some((init, unsafe { &*(last.as_ptr() as *const [T; N]) }))
    }

    #[inline]
    pub const fn last_chunk<const N: usize>(&self) -> Option<&[T; N]> {
        match self.split_last_chunk::<N>() {
            Some((_, last)) => Some(last),
            None => None,
        }
    }

    #[inline]
    #[must_use]
    pub const fn as_array<const N: usize>(&self) -> Option<&[T; N]> {
        if self.len() == N { self.first_chunk() } else { None }
    }

    #[inline]
    #[must_use]
    pub const fn as_mut_array<const N: usize>(&mut self) -> Option<&mut [T; N]> {
        if self.len() == N { self.first_chunk_mut() } else { None }
    }

    #[inline]
    #[must_use]
    pub fn get<I: SliceIndex<[T]>>(&self, index: I) -> Option<&I::Output> {
        index.get(self)
    }

    #[inline]
    #[must_use]
    pub fn get_mut<I: SliceIndex<[T]>>(&mut self, index: I) -> Option<&mut I::Output> {
        index.get_mut(self)
    }

    #[inline(always)]
    #[must_use]
    #[track_caller]
    pub unsafe fn get_unchecked<I: SliceIndex<[T]>>(&self, index: I) -> &I::Output {
        unsafe { &*index.get_unchecked(self) }
    }

    #[inline(always)]
    #[must_use]
    #[track_caller]
    pub unsafe fn get_unchecked_mut<I: SliceIndex<[T]>>(&mut self, index: I) -> &mut I::Output {
        unsafe { &mut *index.get_unchecked_mut(self) }
    }

    #[inline(always)]
    #[must_use]
    #[rustc_never_returns_null_ptr]
    #[rustc_as_ptr]
    pub const fn as_ptr(&self) -> *const T {
        self as *const [T] as *const T
    }

    #[inline(always)]
    #[must_use]
    #[rustc_never_returns_null_ptr]
    #[rustc_as_ptr]
    pub const fn as_mut_ptr(&mut self) -> *mut T {
        self as *mut [T] as *mut T
    }

    #[inline]
    #[must_use]
    pub const fn as_ptr_range(&self) -> Range<*const T> {
        let start = self.as_ptr();
        start..unsafe { start.add(self.len()) }
    }

    #[inline]
    #[must_use]
    pub const fn as_mut_ptr_range(&mut self) -> Range<*mut T> {
        let start = self.as_mut_ptr();
        start..unsafe { start.add(self.len()) }
    }

    #[inline]
    #[track_caller]
    pub const fn swap(&mut self, a: usize, b: usize) {
        let pa = &raw mut self[a];
        let pb = &raw mut self[b];
        unsafe { ptr::swap(pa, pb) }
    }

    #[inline]
    pub const fn reverse(&mut self) {
        let (mut i, n, start) = (0, self.len(), self.as_mut_ptr());
        while i < n / 2 {
            unsafe { ptr::swap(start.add(i), start.add(n - 1 - i)) };
            i += 1;
        }
    }

    #[inline]
    #[rustc_diagnostic_item = "slice_iter"]
    pub const fn iter(&self) -> Iter<'_, T> {
        Iter::new(self)
    }

    #[inline]
    pub const fn iter_mut(&mut self) -> IterMut<'_, T> {
        IterMut::new(self)
    }

    #[inline]
    #[track_caller]
    pub const fn windows(&self, size: usize) -> Windows<'_, T> {
        let size = NonZero::new(size).expect("window size must be non-zero");
        Windows::new(self, size)
    }

    #[inline]
    #[track_caller]
    pub const fn chunks(&self, chunk_size: usize) -> Chunks<'_, T> {
        assert!(chunk_size != 0, "chunk size must be non-zero");
        Chunks::new(self, chunk_size)
    }

    #[inline]
    #[track_caller]
    pub const fn chunks_mut(&mut self, chunk_size: usize) -> ChunksMut<'_, T> {
        assert!(chunk_size != 0, "chunk size must be non-zero");
        ChunksMut::new(self, chunk_size)
    }

    #[inline]
    #[track_caller]
    pub fn chunks_exact(&self, chunk_size: usize) -> ChunksExact<'_, T> {
        assert!(chunk_size != 0, "chunk size must be non-zero");
        ChunksExact::new(self, chunk_size)
    }

    #[inline]
    #[track_caller]
    pub fn chunks_exact_mut(&mut self, chunk_size: usize) -> ChunksExactMut<'_, T> {
        assert!(chunk_size != 0, "chunk size must be non-zero");
        ChunksExactMut::new(self, chunk_size)
    }

    #[inline]
    #[track_caller]
    #[must_use]
    pub const fn as_chunks<const N: usize>(&self) -> (&[[T; N]], &[T]) {
        assert!(N != 0, "chunk size must be non-zero");
        let whole = self.len() / N;
        let (head, rest) = unsafe { self.split_at_unchecked(whole * N) };
        (unsafe { from_raw_parts(head.as_ptr().cast(), whole) }, rest)
    }

    #[inline]
    #[track_caller]
    #[must_use]
    pub const fn as_chunks_mut<const N: usize>(&mut self) -> (&mut [[T; N]], &mut [T]) {
        assert!(N != 0, "chunk size must be non-zero");
        let whole = self.len() / N;
        let (head, rest) = unsafe { self.split_at_mut_unchecked(whole * N) };
        (unsafe { from_raw_parts_mut(head.as_mut_ptr().cast(), whole) }, rest)
    }

    #[inline]
    #[track_caller]
    pub const fn rchunks(&self, chunk_size: usize) -> RChunks<'_, T> {
        assert!(chunk_size != 0, "chunk size must be non-zero");
        RChunks::new(self, chunk_size)
    }

    #[inline]
    #[track_caller]
    pub const fn rchunks_mut(&mut self, chunk_size: usize) -> RChunksMut<'_, T> {
        assert!(chunk_size != 0, "chunk size must be non-zero");
        RChunksMut::new(self, chunk_size)
    }

    #[inline]
    pub const fn chunk_by<F: FnMut(&T, &T) -> bool>(&self, pred: F) -> ChunkBy<'_, T, F> {
        ChunkBy::new(self, pred)
    }

    #[inline]
    pub const fn chunk_by_mut<F: FnMut(&T, &T) -> bool>(
        &mut self,
        pred: F,
    ) -> ChunkByMut<'_, T, F> {
        ChunkByMut::new(self, pred)
    }

    #[inline]
    #[track_caller]
    #[must_use]
    pub const fn split_at(&self, mid: usize) -> (&[T], &[T]) {
        match self.split_at_checked(mid) {
            Some(pair) => pair,
            None => panic!("mid > len"),
        }
    }

    #[inline]
    #[track_caller]
    #[must_use]
    pub const fn split_at_mut(&mut self, mid: usize) -> (&mut [T], &mut [T]) {
        match self.split_at_mut_checked(mid) {
            Some(pair) => pair,
            None => panic!("mid > len"),
        }
    }

    #[inline]
    #[must_use]
    pub const unsafe fn split_at_unchecked(&self, mid: usize) -> (&[T], &[T]) {
        let (start, len) = (self.as_ptr(), self.len());
        unsafe { (from_raw_parts(start, mid), from_raw_parts(start.add(mid), len - mid)) }
    }

    #[inline]
    #[must_use]
    pub const unsafe fn split_at_mut_unchecked(&mut self, mid: usize) -> (&mut [T], &mut [T]) {
        let (len, start) = (self.len(), self.as_mut_ptr());
        unsafe { (from_raw_parts_mut(start, mid), from_raw_parts_mut(start.add(mid), len - mid)) }
    }

    #[inline]
    #[must_use]
    pub const fn split_at_checked(&self, mid: usize) -> Option<(&[T], &[T])> {
        if mid <= self.len() { Some(unsafe { self.split_at_unchecked(mid) }) } else { None }
    }

    #[inline]
    #[must_use]
    pub const fn split_at_mut_checked(&mut self, mid: usize) -> Option<(&mut [T], &mut [T])> {
        if mid <= self.len() { Some(unsafe { self.split_at_mut_unchecked(mid) }) } else { None }
    }

    #[inline]
    pub fn split<F: FnMut(&T) -> bool>(&self, pred: F) -> Split<'_, T, F> {
        Split::new(self, pred)
    }

    #[inline]
    pub fn split_mut<F: FnMut(&T) -> bool>(&mut self, pred: F) -> SplitMut<'_, T, F> {
        SplitMut::new(self, pred)
    }

    #[inline]
    pub fn split_inclusive<F: FnMut(&T) -> bool>(&self, pred: F) -> SplitInclusive<'_, T, F> {
        SplitInclusive::new(self, pred)
    }

    #[inline]
    pub fn rsplit<F: FnMut(&T) -> bool>(&self, pred: F) -> RSplit<'_, T, F> {
        RSplit::new(self, pred)
    }

    #[inline]
    pub fn splitn<F: FnMut(&T) -> bool>(&self, n: usize, pred: F) -> SplitN<'_, T, F> {
        SplitN::new(self, n, pred)
    }

    #[inline]
    pub fn split_once<F: FnMut(&T) -> bool>(&self, pred: F) -> Option<(&[T], &[T])> {
        let index = self.iter().position(pred)?;
        Some((&self[..index], &self[index + 1..]))
    }

    #[inline]
    pub fn contains(&self, x: &T) -> bool
    where
        T: PartialEq,
    {
        for y in self {
            if *y == *x {
                return true;
            }
        }
        false
    }

    #[must_use]
    pub fn starts_with(&self, needle: &[T]) -> bool
    where
        T: PartialEq,
    {
        let n = needle.len();
        self.len() >= n && needle == &self[..n]
    }

    #[must_use]
    pub fn ends_with(&self, needle: &[T]) -> bool
    where
        T: PartialEq,
    {
        let (m, n) = (self.len(), needle.len());
        m >= n && needle == &self[m - n..]
    }

    #[must_use = "returns the subslice without modifying the original"]
    pub fn strip_prefix<P: SlicePattern<Item = T> + ?Sized>(&self, prefix: &P) -> Option<&[T]>
    where
        T: PartialEq,
    {
        let prefix = prefix.as_slice();
        if self.starts_with(prefix) { Some(&self[prefix.len()..]) } else { None }
    }

    #[must_use = "returns the subslice without modifying the original"]
    pub fn strip_suffix<P: SlicePattern<Item = T> + ?Sized>(&self, suffix: &P) -> Option<&[T]>
    where
        T: PartialEq,
    {
        let suffix = suffix.as_slice();
        if self.ends_with(suffix) { Some(&self[..self.len() - suffix.len()]) } else { None }
    }

    pub fn rotate_left(&mut self, mid: usize) {
        assert!(mid <= self.len());
        // Three reversals exchange the two parts.
        let (left, right) = self.split_at_mut(mid);
        left.reverse();
        right.reverse();
        self.reverse();
    }

    pub fn rotate_right(&mut self, k: usize) {
        assert!(k <= self.len());
        self.rotate_left(self.len() - k);
    }

    #[doc(alias = "memset")]
    pub fn fill(&mut self, value: T)
    where
        T: Clone,
    {
        if let Some((last, init)) = self.split_last_mut() {
            for x in init {
                x.clone_from(&value);
            }
            *last = value;
        }
    }

    pub fn fill_with<F: FnMut() -> T>(&mut self, mut f: F) {
        for x in self {
            *x = f();
        }
    }

    #[track_caller]
    pub fn clone_from_slice(&mut self, src: &[T])
    where
        T: Clone,
    {
        assert!(self.len() == src.len(), "destination and source slices have different lengths");
        for (to, from) in self.iter_mut().zip(src) {
            to.clone_from(from);
        }
    }

    #[doc(alias = "memcpy")]
    #[inline]
    #[track_caller]
    pub const fn copy_from_slice(&mut self, src: &[T])
    where
        T: Copy,
    {
        if self.len() != src.len() {
            panic!("copy_from_slice: source slice length does not match destination slice length");
        }
        unsafe { ptr::copy_nonoverlapping(src.as_ptr(), self.as_mut_ptr(), self.len()) }
    }

    #[track_caller]
    pub fn copy_within<R: RangeBounds<usize>>(&mut self, src: R, dest: usize)
    where
        T: Copy,
    {
        let Range { start, end } = range(src, ..self.len());
        let count = end - start;
        assert!(dest <= self.len() - count, "dest is out of bounds");
        let p = self.as_mut_ptr();
        unsafe { ptr::copy(p.add(start), p.add(dest), count) }
    }

    #[track_caller]
    pub fn swap_with_slice(&mut self, other: &mut [T]) {
        assert!(self.len() == other.len(), "destination and source slices have different lengths");
        unsafe { ptr::swap_nonoverlapping(self.as_mut_ptr(), other.as_mut_ptr(), self.len()) }
    }

    #[must_use]
    pub unsafe fn align_to<U>(&self) -> (&[T], &[U], &[T]) {
        let offset = self.as_ptr().align_offset(align_of::<U>());
        if size_of::<U>() == 0 || size_of::<T>() == 0 || offset > self.len() {
            return (self, &[], &[]);
        }
        let (left, rest) = self.split_at(offset);
        let middle = size_of_val(rest) / size_of::<U>();
        let covered = middle * size_of::<U>() / size_of::<T>();
        let (center, right) = rest.split_at(covered);
        (left, unsafe { from_raw_parts(center.as_ptr() as *const U, middle) }, right)
    }

    pub fn split_off<'a, R: OneSidedRange<usize>>(self: &mut &'a Self, range: R) -> Option<&'a Self> {
        let (front, at) = split_point(&range, self.len())?;
        let (head, tail) = self.split_at_checked(at)?;
        let (taken, rest) = if front { (head, tail) } else { (tail, head) };
        *self = rest;
        Some(taken)
    }

    pub fn split_off_mut<'a, R: OneSidedRange<usize>>(
        self: &mut &'a mut Self,
        range: R,
    ) -> Option<&'a mut Self> {
        let (front, at) = split_point(&range, self.len())?;
        if at > self.len() {
            return None;
        }
        let (head, tail) = mem::take(self).split_at_mut(at);
        let (taken, rest) = if front { (head, tail) } else { (tail, head) };
        *self = rest;
        Some(taken)
    }

    #[inline]
    pub const fn split_off_first<'a>(self: &mut &'a Self) -> Option<&'a T> {
        let Some((first, rest)) = self.split_first() else { return None };
        *self = rest;
        Some(first)
    }

    #[inline]
    pub const fn split_off_last<'a>(self: &mut &'a Self) -> Option<&'a T> {
        let Some((last, rest)) = self.split_last() else { return None };
        *self = rest;
        Some(last)
    }

    pub unsafe fn get_disjoint_unchecked_mut<const N: usize>(
        &mut self,
        indices: [usize; N],
    ) -> [&mut T; N] {
        let start = self.as_mut_ptr();
        indices.map(|i| unsafe { &mut *start.add(i) })
    }

    pub fn get_disjoint_mut<const N: usize>(
        &mut self,
        indices: [usize; N],
    ) -> Result<[&mut T; N], GetDisjointMutError> {
        for i in 0..N {
            if indices[i] >= self.len() {
                return Err(GetDisjointMutError::IndexOutOfBounds);
            }
            for j in 0..i {
                if indices[i] == indices[j] {
                    return Err(GetDisjointMutError::OverlappingIndices);
                }
            }
        }
        Ok(unsafe { self.get_disjoint_unchecked_mut(indices) })
    }

    #[inline]
    pub fn element_offset(&self, element: &T) -> Option<usize> {
        let offset = (element as *const T).addr().wrapping_sub(self.as_ptr().addr());
        if offset % size_of::<T>() != 0 {
            return None;
        }
        let i = offset / size_of::<T>();
        if i < self.len() { Some(i) } else { None }
    }
}

/// Whether a one-sided range is the front, and where it ends or begins.
fn split_point<R: OneSidedRange<usize>>(range: &R, _len: usize) -> Option<(bool, usize)> {
    match (range.start_bound(), range.end_bound()) {
        (Bound::Unbounded, Bound::Excluded(end)) => Some((true, *end)),
        (Bound::Unbounded, Bound::Included(end)) => Some((true, end.checked_add(1)?)),
        (Bound::Included(start), _) => Some((false, *start)),
        (Bound::Excluded(start), _) => Some((false, start.checked_add(1)?)),
        _ => None,
    }
}

impl<T, const N: usize> [[T; N]] {
    pub const fn as_flattened(&self) -> &[T] {
        unsafe { from_raw_parts(self.as_ptr().cast(), self.len() * N) }
    }

    pub const fn as_flattened_mut(&mut self) -> &mut [T] {
        let len = self.len() * N;
        unsafe { from_raw_parts_mut(self.as_mut_ptr().cast(), len) }
    }
}

impl<T> Default for &[T] {
    fn default() -> Self {
        &[]
    }
}

impl<T> Default for &mut [T] {
    fn default() -> Self {
        &mut []
    }
}

/// What `strip_prefix` and `strip_suffix` take.
pub trait SlicePattern {
    type Item;
    fn as_slice(&self) -> &[Self::Item];
}

impl<T> SlicePattern for [T] {
    type Item = T;
    #[inline]
    fn as_slice(&self) -> &[T] {
        self
    }
}

impl<T, const N: usize> SlicePattern for [T; N] {
    type Item = T;
    #[inline]
    fn as_slice(&self) -> &[T] {
        self
    }
}
