//! Indexing of slices.

use crate::ops::{self, Bound, Range, RangeBounds, RangeTo};
use crate::ptr;

impl<T, I: SliceIndex<[T]>> ops::Index<I> for [T] {
    type Output = I::Output;
    #[inline(always)]
    fn index(&self, index: I) -> &I::Output {
        index.index(self)
    }
}

impl<T, I: SliceIndex<[T]>> ops::IndexMut<I> for [T] {
    #[inline(always)]
    fn index_mut(&mut self, index: I) -> &mut I::Output {
        index.index_mut(self)
    }
}

/// Tells which end of a range is wrong.
#[inline(never)]
#[cold]
#[track_caller]
pub(crate) fn slice_index_fail(start: usize, end: usize, len: usize) -> ! {
    if start > len {
        panic!("range start index {start} out of range for slice of length {len}");
    }
    if end > len {
        panic!("range end index {end} out of range for slice of length {len}");
    }
    if start > end {
        panic!("slice index starts at {start} but ends at {end}");
    }
    // An inclusive range that ends at the length.
    panic!("range end index {end} out of range for slice of length {len}");
}

mod private_slice_index {
    use super::ops;

    pub trait Sealed {}
    impl Sealed for usize {}
    impl Sealed for ops::Range<usize> {}
    impl Sealed for ops::RangeTo<usize> {}
    impl Sealed for ops::RangeFrom<usize> {}
    impl Sealed for ops::RangeFull {}
    impl Sealed for ops::RangeInclusive<usize> {}
    impl Sealed for ops::RangeToInclusive<usize> {}
    impl Sealed for (ops::Bound<usize>, ops::Bound<usize>) {}
}

/// What slices and `str` can be indexed by.
#[rustc_diagnostic_item = "SliceIndex"]
#[rustc_on_unimplemented(
    on(T = "str", label = "string indices are ranges of `usize`",),
    on(
        all(any(T = "str", T = "&str", T = "alloc::string::String"), Self = "{integer}"),
        note = "you can use `.chars().nth()` or `.bytes().nth()`\n\
                for more information, see chapter 8 in The Book: \
                <https://doc.rust-lang.org/book/ch08-02-strings.html#indexing-into-strings>"
    ),
    message = "the type `{T}` cannot be indexed by `{Self}`",
    label = "slice indices are of type `usize` or ranges of `usize`"
)]
pub unsafe trait SliceIndex<T: ?Sized>: private_slice_index::Sealed {
    type Output: ?Sized;
    fn get(self, slice: &T) -> Option<&Self::Output>;
    fn get_mut(self, slice: &mut T) -> Option<&mut Self::Output>;
    #[track_caller]
    unsafe fn get_unchecked(self, slice: *const T) -> *const Self::Output;
    #[track_caller]
    unsafe fn get_unchecked_mut(self, slice: *mut T) -> *mut Self::Output;
    #[track_caller]
    fn index(self, slice: &T) -> &Self::Output;
    #[track_caller]
    fn index_mut(self, slice: &mut T) -> &mut Self::Output;
}

unsafe impl<T> SliceIndex<[T]> for usize {
    type Output = T;

    #[inline]
    fn get(self, slice: &[T]) -> Option<&T> {
        if self < slice.len() { unsafe { Some(&*slice.as_ptr().add(self)) } } else { None }
    }

    #[inline]
    fn get_mut(self, slice: &mut [T]) -> Option<&mut T> {
        if self < slice.len() { unsafe { Some(&mut *slice.as_mut_ptr().add(self)) } } else { None }
    }

    #[inline(always)]
    unsafe fn get_unchecked(self, slice: *const [T]) -> *const T {
        unsafe { (slice as *const T).add(self) }
    }

    #[inline(always)]
    unsafe fn get_unchecked_mut(self, slice: *mut [T]) -> *mut T {
        unsafe { (slice as *mut T).add(self) }
    }

    #[inline(always)]
    fn index(self, slice: &[T]) -> &T {
        // The built-in indexing of slices.
        &(*slice)[self]
    }

    #[inline(always)]
    fn index_mut(self, slice: &mut [T]) -> &mut T {
        &mut (*slice)[self]
    }
}

unsafe impl<T> SliceIndex<[T]> for Range<usize> {
    type Output = [T];

    #[inline]
    fn get(self, slice: &[T]) -> Option<&[T]> {
        if self.start <= self.end && self.end <= slice.len() {
            unsafe { Some(&*self.get_unchecked(slice)) }
        } else {
            None
        }
    }

    #[inline]
    fn get_mut(self, slice: &mut [T]) -> Option<&mut [T]> {
        if self.start <= self.end && self.end <= slice.len() {
            unsafe { Some(&mut *self.get_unchecked_mut(slice)) }
        } else {
            None
        }
    }

    #[inline]
    unsafe fn get_unchecked(self, slice: *const [T]) -> *const [T] {
        unsafe {
            let len = crate::intrinsics::unchecked_sub(self.end, self.start);
            ptr::slice_from_raw_parts((slice as *const T).add(self.start), len)
        }
    }

    #[inline]
    unsafe fn get_unchecked_mut(self, slice: *mut [T]) -> *mut [T] {
        unsafe {
            let len = crate::intrinsics::unchecked_sub(self.end, self.start);
            ptr::slice_from_raw_parts_mut((slice as *mut T).add(self.start), len)
        }
    }

    #[inline(always)]
    fn index(self, slice: &[T]) -> &[T] {
        if self.start > self.end || self.end > slice.len() {
            slice_index_fail(self.start, self.end, slice.len());
        }
        unsafe { &*self.get_unchecked(slice) }
    }

    #[inline(always)]
    fn index_mut(self, slice: &mut [T]) -> &mut [T] {
        if self.start > self.end || self.end > slice.len() {
            slice_index_fail(self.start, self.end, slice.len());
        }
        unsafe { &mut *self.get_unchecked_mut(slice) }
    }
}

// The other ranges in terms of `Range`; `$check` is false where that would overflow.
macro_rules! range_index {
    ($($Range:ty: |$r:ident, $len:ident| $check:expr, $range:expr;)*) => {$(
        unsafe impl<T> SliceIndex<[T]> for $Range {
            type Output = [T];

            #[inline]
            fn get(self, slice: &[T]) -> Option<&[T]> {
                let ($r, $len) = (self, slice.len());
                if $check { ($range).get(slice) } else { None }
            }

            #[inline]
            fn get_mut(self, slice: &mut [T]) -> Option<&mut [T]> {
                let ($r, $len) = (self, slice.len());
                if $check { ($range).get_mut(slice) } else { None }
            }

            #[inline]
            unsafe fn get_unchecked(self, slice: *const [T]) -> *const [T] {
                let ($r, $len) = (self, slice.len());
                unsafe { ($range).get_unchecked(slice) }
            }

            #[inline]
            unsafe fn get_unchecked_mut(self, slice: *mut [T]) -> *mut [T] {
                let ($r, $len) = (self, slice.len());
                unsafe { ($range).get_unchecked_mut(slice) }
            }

            #[inline(always)]
            fn index(self, slice: &[T]) -> &[T] {
                let ($r, $len) = (self, slice.len());
                if !$check {
                    let range = $range;
                    slice_index_fail(range.start, range.end, $len);
                }
                ($range).index(slice)
            }

            #[inline(always)]
            fn index_mut(self, slice: &mut [T]) -> &mut [T] {
                let ($r, $len) = (self, slice.len());
                if !$check {
                    let range = $range;
                    slice_index_fail(range.start, range.end, $len);
                }
                ($range).index_mut(slice)
            }
        }
    )*};
}
range_index! {
    RangeTo<usize>: |r, _len| true, 0..r.end;
    ops::RangeFrom<usize>: |r, len| true, r.start..len;
    ops::RangeFull: |_r, len| true, 0..len;
}

fn inclusive(r: &ops::RangeInclusive<usize>) -> Range<usize> {
    let end = r.end.wrapping_add(1);
    if r.exhausted { end..end } else { r.start..end }
}

macro_rules! inclusive_index {
    ($($Range:ty: |$r:ident| $inclusive:expr;)*) => {$(
        unsafe impl<T> SliceIndex<[T]> for $Range {
            type Output = [T];

            #[inline]
            fn get(self, slice: &[T]) -> Option<&[T]> {
                let $r = self;
                let r = $inclusive;
                if r.end < slice.len() { inclusive(&r).get(slice) } else { None }
            }

            #[inline]
            fn get_mut(self, slice: &mut [T]) -> Option<&mut [T]> {
                let $r = self;
                let r = $inclusive;
                if r.end < slice.len() { inclusive(&r).get_mut(slice) } else { None }
            }

            #[inline]
            unsafe fn get_unchecked(self, slice: *const [T]) -> *const [T] {
                let $r = self;
                unsafe { inclusive(&$inclusive).get_unchecked(slice) }
            }

            #[inline]
            unsafe fn get_unchecked_mut(self, slice: *mut [T]) -> *mut [T] {
                let $r = self;
                unsafe { inclusive(&$inclusive).get_unchecked_mut(slice) }
            }

            #[inline]
            fn index(self, slice: &[T]) -> &[T] {
                let $r = self;
                let r = $inclusive;
                if r.end >= slice.len() {
                    slice_index_fail(r.start, r.end, slice.len());
                }
                inclusive(&r).index(slice)
            }

            #[inline]
            fn index_mut(self, slice: &mut [T]) -> &mut [T] {
                let $r = self;
                let r = $inclusive;
                if r.end >= slice.len() {
                    slice_index_fail(r.start, r.end, slice.len());
                }
                inclusive(&r).index_mut(slice)
            }
        }
    )*};
}
inclusive_index! {
    ops::RangeInclusive<usize>: |r| r;
    ops::RangeToInclusive<usize>: |r| 0..=r.end;
}

fn from_bounds(bounds: (Bound<usize>, Bound<usize>), len: usize) -> Option<Range<usize>> {
    let start = match bounds.0 {
        Bound::Included(start) => start,
        Bound::Excluded(start) => start.checked_add(1)?,
        Bound::Unbounded => 0,
    };
    let end = match bounds.1 {
        Bound::Included(end) => end.checked_add(1)?,
        Bound::Excluded(end) => end,
        Bound::Unbounded => len,
    };
    Some(start..end)
}

unsafe impl<T> SliceIndex<[T]> for (Bound<usize>, Bound<usize>) {
    type Output = [T];

    fn get(self, slice: &[T]) -> Option<&[T]> {
        from_bounds(self, slice.len())?.get(slice)
    }

    fn get_mut(self, slice: &mut [T]) -> Option<&mut [T]> {
        from_bounds(self, slice.len())?.get_mut(slice)
    }

    unsafe fn get_unchecked(self, slice: *const [T]) -> *const [T] {
        unsafe { from_bounds(self, slice.len()).unwrap_unchecked().get_unchecked(slice) }
    }

    unsafe fn get_unchecked_mut(self, slice: *mut [T]) -> *mut [T] {
        unsafe { from_bounds(self, slice.len()).unwrap_unchecked().get_unchecked_mut(slice) }
    }

    fn index(self, slice: &[T]) -> &[T] {
        range(self, ..slice.len()).index(slice)
    }

    fn index_mut(self, slice: &mut [T]) -> &mut [T] {
        range(self, ..slice.len()).index_mut(slice)
    }
}

/// Checks any kind of range against a length.
#[track_caller]
#[must_use]
pub fn range<R: RangeBounds<usize>>(range: R, bounds: RangeTo<usize>) -> Range<usize> {
    let len = bounds.end;
    let found = from_bounds((range.start_bound().copied(), range.end_bound().copied()), len);
    let Some(found) = found else { panic!("attempted to index slice past maximum usize") };
    if found.start > found.end || found.end > len {
        slice_index_fail(found.start, found.end, len);
    }
    found
}

#[must_use]
pub fn try_range<R: RangeBounds<usize>>(range: R, bounds: RangeTo<usize>) -> Option<Range<usize>> {
    let len = bounds.end;
    let found = from_bounds((range.start_bound().copied(), range.end_bound().copied()), len)?;
    if found.start > found.end || found.end > len { None } else { Some(found) }
}
