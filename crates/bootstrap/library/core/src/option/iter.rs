//! Iteration over an `Option` as over a list of at most one element.

use crate::iter::{FromIterator, FusedIterator, TrustedLen, try_process};

macro_rules! option_iter {
    ($Iter:ident<$($g:tt),*> yields $Item:ty) => {
        impl<$($g),*> Iterator for $Iter<$($g),*> {
            type Item = $Item;
            #[inline]
            fn next(&mut self) -> Option<$Item> {
                self.inner.take()
            }
            #[inline]
            fn size_hint(&self) -> (usize, Option<usize>) {
                let n = self.inner.is_some() as usize;
                (n, Some(n))
            }
        }
        impl<$($g),*> DoubleEndedIterator for $Iter<$($g),*> {
            #[inline]
            fn next_back(&mut self) -> Option<$Item> {
                self.inner.take()
            }
        }
        impl<$($g),*> ExactSizeIterator for $Iter<$($g),*> {}
        impl<$($g),*> FusedIterator for $Iter<$($g),*> {}
        unsafe impl<$($g),*> TrustedLen for $Iter<$($g),*> {}
    };
}

/// Iterator over a reference to the value.
#[derive(Debug)]
pub struct Iter<'a, T: 'a> {
    pub(super) inner: Option<&'a T>,
}
option_iter! { Iter<'a, T> yields &'a T }

impl<T> Clone for Iter<'_, T> {
    fn clone(&self) -> Self {
        Iter { inner: self.inner }
    }
}

/// Iterator over a mutable reference to the value.
#[derive(Debug)]
pub struct IterMut<'a, T: 'a> {
    pub(super) inner: Option<&'a mut T>,
}
option_iter! { IterMut<'a, T> yields &'a mut T }

/// Iterator over the value.
#[derive(Clone, Debug)]
pub struct IntoIter<T> {
    inner: Option<T>,
}
option_iter! { IntoIter<T> yields T }

impl<T> IntoIterator for Option<T> {
    type Item = T;
    type IntoIter = IntoIter<T>;
    #[inline]
    fn into_iter(self) -> IntoIter<T> {
        IntoIter { inner: self }
    }
}

impl<'a, T> IntoIterator for &'a Option<T> {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;
    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

impl<'a, T> IntoIterator for &'a mut Option<T> {
    type Item = &'a mut T;
    type IntoIter = IterMut<'a, T>;
    fn into_iter(self) -> IterMut<'a, T> {
        self.iter_mut()
    }
}

/// Collects the values until the first `None`, which becomes the result.
impl<A, V: FromIterator<A>> FromIterator<Option<A>> for Option<V> {
    #[inline]
    fn from_iter<I: IntoIterator<Item = Option<A>>>(iter: I) -> Option<V> {
        try_process(iter.into_iter(), |i| i.collect())
    }
}
