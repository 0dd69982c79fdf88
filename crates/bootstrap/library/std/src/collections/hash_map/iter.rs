//! Iterators over a `HashMap`.

use core::fmt::{self, Debug};
use core::iter::FusedIterator;
use core::marker::PhantomData;

use crate::collections::table::{RawIntoIter, RawIter, RawTable};

/// The entries.
pub struct Iter<'a, K: 'a, V: 'a> {
    raw: RawIter<(K, V)>,
    marker: PhantomData<(&'a K, &'a V)>,
}

/// The entries, with mutable values.
pub struct IterMut<'a, K: 'a, V: 'a> {
    raw: RawIter<(K, V)>,
    marker: PhantomData<(&'a K, &'a mut V)>,
}

/// The entries by value.
pub struct IntoIter<K, V> {
    raw: RawIntoIter<(K, V)>,
}

/// The entries, which leave the map.
pub struct Drain<'a, K: 'a, V: 'a> {
    raw: RawIntoIter<(K, V)>,
    marker: PhantomData<&'a mut (K, V)>,
}

unsafe impl<K: Sync, V: Sync> Send for Iter<'_, K, V> {}
unsafe impl<K: Sync, V: Sync> Sync for Iter<'_, K, V> {}
unsafe impl<K: Sync, V: Send> Send for IterMut<'_, K, V> {}
unsafe impl<K: Sync, V: Sync> Sync for IterMut<'_, K, V> {}

macro_rules! entries {
    ($($Iter:ident<$($l:lifetime)?> $Raw:ty, $Item:ty, |$p:ident| $e:expr;)*) => {$(
        impl<$($l,)? K, V> $Iter<$($l,)? K, V> {
            #[inline]
            pub(super) fn new(raw: $Raw) -> Self {
                entries!(@make $Iter raw $($l)?)
            }
        }

        impl<$($l,)? K, V> Iterator for $Iter<$($l,)? K, V> {
            type Item = $Item;
            #[inline]
            fn next(&mut self) -> Option<$Item> {
                match self.raw.next() {
                    Some($p) => Some($e),
                    None => None,
                }
            }
            #[inline]
            fn size_hint(&self) -> (usize, Option<usize>) {
                (self.raw.len(), Some(self.raw.len()))
            }
        }

        impl<$($l,)? K, V> ExactSizeIterator for $Iter<$($l,)? K, V> {}
        impl<$($l,)? K, V> FusedIterator for $Iter<$($l,)? K, V> {}
    )*};
    (@make $Iter:ident $raw:ident) => { $Iter { raw: $raw } };
    (@make $Iter:ident $raw:ident $l:lifetime) => { $Iter { raw: $raw, marker: PhantomData } };
}
entries! {
    Iter<'a> RawIter<(K, V)>, (&'a K, &'a V), |p| unsafe { (&(*p.as_ptr()).0, &(*p.as_ptr()).1) };
    IterMut<'a> RawIter<(K, V)>, (&'a K, &'a mut V),
        |p| unsafe { (&(*p.as_ptr()).0, &mut (*p.as_ptr()).1) };
    IntoIter<> RawIntoIter<(K, V)>, (K, V), |p| p;
    Drain<'a> RawIntoIter<(K, V)>, (K, V), |p| p;
}

impl<K, V> Clone for Iter<'_, K, V> {
    fn clone(&self) -> Self {
        Iter { raw: self.raw.clone(), marker: PhantomData }
    }
}

impl<K: Debug, V: Debug> Debug for Iter<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

macro_rules! halves {
    ($($(#[$attr:meta])* $Half:ident<$($l:lifetime)?> $Inner:ty, $Item:ty, $i:tt;)*) => {$(
        $(#[$attr])*
        pub struct $Half<$($l,)? K, V> {
            inner: $Inner,
        }

        impl<$($l,)? K, V> $Half<$($l,)? K, V> {
            #[inline]
            pub(super) fn new(inner: $Inner) -> Self {
                $Half { inner }
            }
        }

        impl<$($l,)? K, V> Iterator for $Half<$($l,)? K, V> {
            type Item = $Item;
            #[inline]
            fn next(&mut self) -> Option<$Item> {
                match self.inner.next() {
                    Some(e) => Some(e.$i),
                    None => None,
                }
            }
            #[inline]
            fn size_hint(&self) -> (usize, Option<usize>) {
                self.inner.size_hint()
            }
        }

        impl<$($l,)? K, V> ExactSizeIterator for $Half<$($l,)? K, V> {}
        impl<$($l,)? K, V> FusedIterator for $Half<$($l,)? K, V> {}
    )*};
}
halves! {
    #[doc = "The keys."]
    Keys<'a> Iter<'a, K, V>, &'a K, 0;
    #[doc = "The values."]
    Values<'a> Iter<'a, K, V>, &'a V, 1;
    #[doc = "The values, mutable."]
    ValuesMut<'a> IterMut<'a, K, V>, &'a mut V, 1;
    #[doc = "The keys by value."]
    IntoKeys<> IntoIter<K, V>, K, 0;
    #[doc = "The values by value."]
    IntoValues<> IntoIter<K, V>, V, 1;
}

impl<K, V> Clone for Keys<'_, K, V> {
    fn clone(&self) -> Self {
        Keys { inner: self.inner.clone() }
    }
}

impl<K, V> Clone for Values<'_, K, V> {
    fn clone(&self) -> Self {
        Values { inner: self.inner.clone() }
    }
}

impl<K: Debug, V> Debug for Keys<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

impl<K, V: Debug> Debug for Values<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

/// The entries that a predicate is true of leave the map.
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct ExtractIf<'a, K, V, F> {
    raw: RawIter<(K, V)>,
    table: &'a mut RawTable<(K, V)>,
    pred: F,
}

impl<'a, K, V, F> ExtractIf<'a, K, V, F> {
    pub(super) fn new(table: &'a mut RawTable<(K, V)>, pred: F) -> Self {
        ExtractIf { raw: table.iter(), table, pred }
    }
}

impl<K, V, F: FnMut(&K, &mut V) -> bool> Iterator for ExtractIf<'_, K, V, F> {
    type Item = (K, V);

    #[inline]
    fn next(&mut self) -> Option<(K, V)> {
        for p in self.raw.by_ref() {
            let (k, v) = unsafe { &mut *p.as_ptr() };
            if (self.pred)(k, v) {
                return Some(unsafe { self.table.remove(p) });
            }
        }
        None
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(self.raw.len()))
    }
}

impl<K, V, F: FnMut(&K, &mut V) -> bool> FusedIterator for ExtractIf<'_, K, V, F> {}
