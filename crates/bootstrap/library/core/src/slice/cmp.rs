//! Comparison of slices.

use crate::cmp::Ordering;

impl<T: PartialEq<U>, U> PartialEq<[U]> for [T] {
    #[inline]
    fn eq(&self, other: &[U]) -> bool {
        let len = self.len();
        if len != other.len() {
            return false;
        }
        let mut i = 0;
        while i < len {
            if unsafe { self.get_unchecked(i) != other.get_unchecked(i) } {
                return false;
            }
            i += 1;
        }
        true
    }
}

impl<T: Eq> Eq for [T] {}

impl<T: Ord> Ord for [T] {
    #[inline]
    fn cmp(&self, other: &[T]) -> Ordering {
        let len = if self.len() < other.len() { self.len() } else { other.len() };
        let mut i = 0;
        while i < len {
            match unsafe { self.get_unchecked(i).cmp(other.get_unchecked(i)) } {
                Ordering::Equal => {}
                unequal => return unequal,
            }
            i += 1;
        }
        self.len().cmp(&other.len())
    }
}

impl<T: PartialOrd> PartialOrd for [T] {
    #[inline]
    fn partial_cmp(&self, other: &[T]) -> Option<Ordering> {
        let len = if self.len() < other.len() { self.len() } else { other.len() };
        let mut i = 0;
        while i < len {
            match unsafe { self.get_unchecked(i).partial_cmp(other.get_unchecked(i)) } {
                Some(Ordering::Equal) => {}
                unequal => return unequal,
            }
            i += 1;
        }
        Some(self.len().cmp(&other.len()))
    }
}

/// Bytes at once, for strings.
#[inline]
pub(crate) fn bytes_eq(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len()
        && unsafe { crate::intrinsics::compare_bytes(a.as_ptr(), b.as_ptr(), a.len()) == 0 }
}

#[inline]
pub(crate) fn bytes_cmp(a: &[u8], b: &[u8]) -> Ordering {
    let len = if a.len() < b.len() { a.len() } else { b.len() };
    match unsafe { crate::intrinsics::compare_bytes(a.as_ptr(), b.as_ptr(), len) } {
        0 => a.len().cmp(&b.len()),
        order => order.cmp(&0),
    }
}
