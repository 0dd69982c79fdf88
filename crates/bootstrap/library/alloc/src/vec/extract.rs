//! Taking out the elements that a predicate is true of.

use core::ops::{Range, RangeBounds};
use core::{fmt, ptr, slice};

use super::Vec;
use crate::alloc::{Allocator, Global};

/// The elements that leave the vector; the others move together.
#[must_use = "iterators are lazy and do nothing unless consumed; \
    use `retain_mut` or `extract_if().for_each(drop)` to remove and discard elements"]
pub struct ExtractIf<'a, T, F, A: Allocator = Global> {
    vec: &'a mut Vec<T, A>,
    // The next to be looked at, and the end of the range.
    idx: usize,
    end: usize,
    // How many have been taken out.
    del: usize,
    old_len: usize,
    pred: F,
}

impl<'a, T, F, A: Allocator> ExtractIf<'a, T, F, A> {
    pub(super) fn new<R: RangeBounds<usize>>(vec: &'a mut Vec<T, A>, pred: F, range: R) -> Self {
        let old_len = vec.len();
        let Range { start, end } = slice::range(range, ..old_len);
        unsafe { vec.set_len(0) };
        ExtractIf { vec, idx: start, del: 0, end, old_len, pred }
    }
}

impl<T, F: FnMut(&mut T) -> bool, A: Allocator> Iterator for ExtractIf<'_, T, F, A> {
    type Item = T;

    #[inline]
    fn next(&mut self) -> Option<T> {
        let p = self.vec.as_mut_ptr();
        while self.idx < self.end {
            unsafe {
                let at = p.add(self.idx);
                let taken = (self.pred)(&mut *at);
                self.idx += 1;
                if taken {
                    self.del += 1;
                    return Some(ptr::read(at));
                } else if self.del > 0 {
                    ptr::copy_nonoverlapping(at, at.sub(self.del), 1);
                }
            }
        }
        None
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(self.end - self.idx))
    }
}

impl<T, F, A: Allocator> Drop for ExtractIf<'_, T, F, A> {
    fn drop(&mut self) {
        unsafe {
            if self.del > 0 {
                let p = self.vec.as_mut_ptr().add(self.idx);
                ptr::copy(p, p.sub(self.del), self.old_len - self.idx);
            }
            self.vec.set_len(self.old_len - self.del);
        }
    }
}

impl<T: fmt::Debug, F, A: Allocator> fmt::Debug for ExtractIf<'_, T, F, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExtractIf").finish_non_exhaustive()
    }
}
