//! The iterators of a double-ended queue.

use core::iter::{Chain, FusedIterator};
use core::marker::PhantomData;
use core::slice;

use super::VecDeque;

macro_rules! deque_iterator {
    ($($(#[$attr:meta])* $Iter:ident $Inner:ident $Item:ty;)*) => {$(
        $(#[$attr])*
        #[must_use = "iterators are lazy and do nothing unless consumed"]
        pub struct $Iter<'a, T: 'a> {
            pub(super) inner: Chain<slice::$Inner<'a, T>, slice::$Inner<'a, T>>,
            pub(super) len: usize,
        }

        impl<'a, T> Iterator for $Iter<'a, T> {
            type Item = $Item;
            #[inline]
            fn next(&mut self) -> Option<$Item> {
                let item = self.inner.next()?;
                self.len -= 1;
                Some(item)
            }
            #[inline]
            fn size_hint(&self) -> (usize, Option<usize>) {
                (self.len, Some(self.len))
            }
            #[inline]
            fn fold<B, F: FnMut(B, $Item) -> B>(self, init: B, f: F) -> B {
                self.inner.fold(init, f)
            }
        }

        impl<'a, T> DoubleEndedIterator for $Iter<'a, T> {
            #[inline]
            fn next_back(&mut self) -> Option<$Item> {
                let item = self.inner.next_back()?;
                self.len -= 1;
                Some(item)
            }
        }

        impl<T> ExactSizeIterator for $Iter<'_, T> {}
        impl<T> FusedIterator for $Iter<'_, T> {}
    )*};
}
deque_iterator! {
    #[doc = "Shared references to the elements."]
    Iter Iter &'a T;
    #[doc = "Mutable references to the elements."]
    IterMut IterMut &'a mut T;
}

impl<T> Clone for Iter<'_, T> {
    fn clone(&self) -> Self {
        Iter { inner: self.inner.clone(), len: self.len }
    }
}

/// The elements.
#[derive(Clone)]
pub struct IntoIter<T> {
    pub(super) inner: VecDeque<T>,
}

impl<T> Iterator for IntoIter<T> {
    type Item = T;
    #[inline]
    fn next(&mut self) -> Option<T> {
        self.inner.pop_front()
    }
    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.inner.len, Some(self.inner.len))
    }
}

impl<T> DoubleEndedIterator for IntoIter<T> {
    #[inline]
    fn next_back(&mut self) -> Option<T> {
        self.inner.pop_back()
    }
}

impl<T> ExactSizeIterator for IntoIter<T> {}
impl<T> FusedIterator for IntoIter<T> {}

/// The elements of a range, which left the queue.
pub struct Drain<'a, T: 'a> {
    pub(super) taken: IntoIter<T>,
    pub(super) deque: PhantomData<&'a mut VecDeque<T>>,
}

impl<T> Iterator for Drain<'_, T> {
    type Item = T;
    #[inline]
    fn next(&mut self) -> Option<T> {
        self.taken.next()
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.taken.size_hint()
    }
}

impl<T> DoubleEndedIterator for Drain<'_, T> {
    fn next_back(&mut self) -> Option<T> {
        self.taken.next_back()
    }
}

impl<T> ExactSizeIterator for Drain<'_, T> {}
impl<T> FusedIterator for Drain<'_, T> {}
