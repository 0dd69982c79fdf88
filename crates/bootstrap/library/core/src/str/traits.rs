//! Traits of `str`.

use super::slice_error_fail;
use crate::cmp::Ordering;
use crate::fmt::{self, Display};
use crate::ops;
use crate::ptr;
use crate::slice::SliceIndex;
use crate::slice::cmp::{bytes_cmp, bytes_eq};

impl Ord for str {
    #[inline]
    fn cmp(&self, other: &str) -> Ordering {
        bytes_cmp(self.as_bytes(), other.as_bytes())
    }
}

impl PartialEq for str {
    #[inline]
    fn eq(&self, other: &str) -> bool {
        bytes_eq(self.as_bytes(), other.as_bytes())
    }
}

impl Eq for str {}

impl PartialOrd for str {
    #[inline]
    fn partial_cmp(&self, other: &str) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<I: SliceIndex<str>> ops::Index<I> for str {
    type Output = I::Output;
    #[inline]
    fn index(&self, index: I) -> &I::Output {
        index.index(self)
    }
}

impl<I: SliceIndex<str>> ops::IndexMut<I> for str {
    #[inline]
    fn index_mut(&mut self, index: I) -> &mut I::Output {
        index.index_mut(self)
    }
}

fn fits(s: &str, start: usize, end: usize) -> bool {
    start <= end && s.is_char_boundary(start) && s.is_char_boundary(end)
}

unsafe impl SliceIndex<str> for ops::Range<usize> {
    type Output = str;

    #[inline]
    fn get(self, slice: &str) -> Option<&str> {
        if fits(slice, self.start, self.end) {
            Some(unsafe { &*self.get_unchecked(slice) })
        } else {
            None
        }
    }

    #[inline]
    fn get_mut(self, slice: &mut str) -> Option<&mut str> {
        if fits(slice, self.start, self.end) {
            Some(unsafe { &mut *self.get_unchecked_mut(slice) })
        } else {
            None
        }
    }

    #[inline]
    unsafe fn get_unchecked(self, slice: *const str) -> *const str {
        let start = unsafe { (slice as *const u8).add(self.start) };
        ptr::slice_from_raw_parts(start, self.end - self.start) as *const str
    }

    #[inline]
    unsafe fn get_unchecked_mut(self, slice: *mut str) -> *mut str {
        let start = unsafe { (slice as *mut u8).add(self.start) };
        ptr::slice_from_raw_parts_mut(start, self.end - self.start) as *mut str
    }

    #[inline]
    fn index(self, slice: &str) -> &str {
        if !fits(slice, self.start, self.end) {
            slice_error_fail(slice, self.start, self.end);
        }
        unsafe { &*self.get_unchecked(slice) }
    }

    #[inline]
    fn index_mut(self, slice: &mut str) -> &mut str {
        if !fits(slice, self.start, self.end) {
            slice_error_fail(slice, self.start, self.end);
        }
        unsafe { &mut *self.get_unchecked_mut(slice) }
    }
}

// The other ranges in terms of `Range`.
macro_rules! str_index {
    ($($Range:ty: |$r:ident, $len:ident| $check:expr, $range:expr;)*) => {$(
        unsafe impl SliceIndex<str> for $Range {
            type Output = str;

            #[inline]
            fn get(self, slice: &str) -> Option<&str> {
                let ($r, $len) = (self, slice.len());
                if $check { ($range).get(slice) } else { None }
            }

            #[inline]
            fn get_mut(self, slice: &mut str) -> Option<&mut str> {
                let ($r, $len) = (self, slice.len());
                if $check { ($range).get_mut(slice) } else { None }
            }

            #[inline]
            unsafe fn get_unchecked(self, slice: *const str) -> *const str {
                let ($r, $len) = (self, (slice as *const [u8]).len());
                unsafe { ($range).get_unchecked(slice) }
            }

            #[inline]
            unsafe fn get_unchecked_mut(self, slice: *mut str) -> *mut str {
                let ($r, $len) = (self, (slice as *mut [u8]).len());
                unsafe { ($range).get_unchecked_mut(slice) }
            }

            #[inline]
            fn index(self, slice: &str) -> &str {
                let ($r, $len) = (self, slice.len());
                let range = $range;
                if !$check {
                    slice_error_fail(slice, range.start, range.end.wrapping_sub(1));
                }
                range.index(slice)
            }

            #[inline]
            fn index_mut(self, slice: &mut str) -> &mut str {
                let ($r, $len) = (self, slice.len());
                let range = $range;
                if !$check {
                    slice_error_fail(slice, range.start, range.end.wrapping_sub(1));
                }
                range.index_mut(slice)
            }
        }
    )*};
}
str_index! {
    ops::RangeFull: |_r, len| true, 0..len;
    ops::RangeTo<usize>: |r, _len| true, 0..r.end;
    ops::RangeFrom<usize>: |r, len| true, r.start..len;
    ops::RangeInclusive<usize>: |r, len| r.end < len, r.into_slice_range_wrapping();
    ops::RangeToInclusive<usize>: |r, len| r.end < len, 0..r.end.wrapping_add(1);
}

impl ops::RangeInclusive<usize> {
    fn into_slice_range_wrapping(&self) -> ops::Range<usize> {
        let end = self.end.wrapping_add(1);
        if self.exhausted { end..end } else { self.start..end }
    }
}

/// Types that can be parsed out of text.
#[rustc_diagnostic_item = "FromStr"]
pub trait FromStr: Sized {
    /// Why parsing failed.
    type Err;
    /// Parses.
    #[rustc_diagnostic_item = "from_str_method"]
    fn from_str(s: &str) -> Result<Self, Self::Err>;
}

/// The text is neither `true` nor `false`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ParseBoolError;

impl fmt::Display for ParseBoolError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        "provided string was not `true` or `false`".fmt(f)
    }
}

impl FromStr for bool {
    type Err = ParseBoolError;
    #[inline]
    fn from_str(s: &str) -> Result<bool, ParseBoolError> {
        match s {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(ParseBoolError),
        }
    }
}
