//! Replacing a range of a vector.

use core::ptr;

use super::{Drain, Vec};
use crate::alloc::{Allocator, Global};

/// Yields what is replaced; puts the replacement in its place when dropped.
#[derive(Debug)]
pub struct Splice<'a, I: Iterator + 'a, A: Allocator + 'a = Global> {
    pub(super) drain: Drain<'a, I::Item, A>,
    pub(super) replace_with: I,
}

impl<I: Iterator, A: Allocator> Iterator for Splice<'_, I, A> {
    type Item = I::Item;
    fn next(&mut self) -> Option<I::Item> {
        self.drain.next()
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.drain.size_hint()
    }
}

impl<I: Iterator, A: Allocator> DoubleEndedIterator for Splice<'_, I, A> {
    fn next_back(&mut self) -> Option<I::Item> {
        self.drain.next_back()
    }
}

impl<I: Iterator, A: Allocator> ExactSizeIterator for Splice<'_, I, A> {}

impl<I: Iterator, A: Allocator> Drop for Splice<'_, I, A> {
    fn drop(&mut self) {
        self.drain.by_ref().for_each(drop);
        self.drain.iter = (&[]).iter();
        unsafe {
            // The elements after the range are out of the way while the vector grows.
            let vec: &mut Vec<I::Item, A> = self.drain.vec.as_mut();
            let mut tail: crate::vec::Vec<I::Item> =
                crate::vec::Vec::with_capacity(self.drain.tail_len);
            ptr::copy_nonoverlapping(
                vec.as_ptr().add(self.drain.tail_start),
                tail.as_mut_ptr(),
                self.drain.tail_len,
            );
            tail.set_len(self.drain.tail_len);
            self.drain.tail_len = 0;
            vec.extend_desugared(self.replace_with.by_ref());
            vec.extend_desugared(tail.into_iter());
        }
    }
}
