//! Splitting a slice at elements that match.

use crate::iter::FusedIterator;
use crate::mem;

// What shared and mutable splitting do alike; `$split_at` takes the first part off.
macro_rules! split {
    ($Split:ident $Item:ty, $split_at:ident, $empty:expr) => {
        /// The parts between elements that match.
        #[must_use = "iterators are lazy and do nothing unless consumed"]
        pub struct $Split<'a, T: 'a, P: FnMut(&T) -> bool> {
            v: $Item,
            pred: P,
            finished: bool,
        }

        impl<'a, T: 'a, P: FnMut(&T) -> bool> $Split<'a, T, P> {
            #[inline]
            pub(super) fn new(v: $Item, pred: P) -> Self {
                Self { v, pred, finished: false }
            }

            /// The rest, at the end.
            #[inline]
            fn finish(&mut self) -> Option<$Item> {
                if self.finished {
                    return None;
                }
                self.finished = true;
                Some(mem::replace(&mut self.v, $empty))
            }
        }

        impl<'a, T, P: FnMut(&T) -> bool> Iterator for $Split<'a, T, P> {
            type Item = $Item;

            #[inline]
            fn next(&mut self) -> Option<$Item> {
                if self.finished {
                    return None;
                }
                let pred = &mut self.pred;
                let Some(at) = self.v.iter().position(|x| pred(x)) else {
                    return self.finish();
                };
                let v = mem::replace(&mut self.v, $empty);
                let (head, tail) = v.$split_at(at);
                let (_, tail) = tail.$split_at(1);
                self.v = tail;
                Some(head)
            }

            #[inline]
            fn size_hint(&self) -> (usize, Option<usize>) {
                if self.finished { (0, Some(0)) } else { (1, Some(self.v.len() + 1)) }
            }
        }

        impl<'a, T, P: FnMut(&T) -> bool> DoubleEndedIterator for $Split<'a, T, P> {
            #[inline]
            fn next_back(&mut self) -> Option<$Item> {
                if self.finished {
                    return None;
                }
                let pred = &mut self.pred;
                let Some(at) = self.v.iter().rposition(|x| pred(x)) else {
                    return self.finish();
                };
                let v = mem::replace(&mut self.v, $empty);
                let (head, tail) = v.$split_at(at);
                let (_, tail) = tail.$split_at(1);
                self.v = head;
                Some(tail)
            }
        }

        impl<T, P: FnMut(&T) -> bool> FusedIterator for $Split<'_, T, P> {}
    };
}
split! { Split &'a [T], split_at, &[] }
split! { SplitMut &'a mut [T], split_at_mut, &mut [] }

/// The parts, each with the element that ends it.
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct SplitInclusive<'a, T: 'a, P: FnMut(&T) -> bool> {
    v: &'a [T],
    pred: P,
}

impl<'a, T: 'a, P: FnMut(&T) -> bool> SplitInclusive<'a, T, P> {
    #[inline]
    pub(super) fn new(v: &'a [T], pred: P) -> Self {
        Self { v, pred }
    }
}

impl<'a, T, P: FnMut(&T) -> bool> Iterator for SplitInclusive<'a, T, P> {
    type Item = &'a [T];

    #[inline]
    fn next(&mut self) -> Option<&'a [T]> {
        if self.v.is_empty() {
            return None;
        }
        let pred = &mut self.pred;
        let at = self.v.iter().position(|x| pred(x)).map_or(self.v.len(), |i| i + 1);
        let (head, tail) = self.v.split_at(at);
        self.v = tail;
        Some(head)
    }
}

impl<T, P: FnMut(&T) -> bool> FusedIterator for SplitInclusive<'_, T, P> {}

/// The parts from the end.
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct RSplit<'a, T: 'a, P: FnMut(&T) -> bool> {
    inner: Split<'a, T, P>,
}

impl<'a, T: 'a, P: FnMut(&T) -> bool> RSplit<'a, T, P> {
    #[inline]
    pub(super) fn new(v: &'a [T], pred: P) -> Self {
        Self { inner: Split::new(v, pred) }
    }
}

impl<'a, T, P: FnMut(&T) -> bool> Iterator for RSplit<'a, T, P> {
    type Item = &'a [T];
    #[inline]
    fn next(&mut self) -> Option<&'a [T]> {
        self.inner.next_back()
    }
}

impl<'a, T, P: FnMut(&T) -> bool> DoubleEndedIterator for RSplit<'a, T, P> {
    #[inline]
    fn next_back(&mut self) -> Option<&'a [T]> {
        self.inner.next()
    }
}

/// At most a number of parts.
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct SplitN<'a, T: 'a, P: FnMut(&T) -> bool> {
    inner: Split<'a, T, P>,
    count: usize,
}

impl<'a, T: 'a, P: FnMut(&T) -> bool> SplitN<'a, T, P> {
    #[inline]
    pub(super) fn new(v: &'a [T], count: usize, pred: P) -> Self {
        Self { inner: Split::new(v, pred), count }
    }
}

impl<'a, T, P: FnMut(&T) -> bool> Iterator for SplitN<'a, T, P> {
    type Item = &'a [T];
    #[inline]
    fn next(&mut self) -> Option<&'a [T]> {
        match self.count {
            0 => None,
            1 => {
                self.count = 0;
                self.inner.finish()
            }
            _ => {
                self.count -= 1;
                self.inner.next()
            }
        }
    }
}
