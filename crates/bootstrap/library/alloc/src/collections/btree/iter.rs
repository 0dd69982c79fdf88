//! Iterators over a `BTreeMap`.

use core::fmt;
use core::iter::FusedIterator;
use core::marker::PhantomData;
use core::mem::{self, ManuallyDrop};
use core::ops::{Bound, RangeBounds};

use super::map::BTreeMap;
use super::node::{Handle, NodeRef};

/// The entries between two places in leaves.
struct Span<K, V> {
    ends: Option<(Handle<K, V>, Handle<K, V>)>,
}

impl<K, V> Clone for Span<K, V> {
    fn clone(&self) -> Self {
        Span { ends: self.ends }
    }
}

impl<K, V> Span<K, V> {
    #[inline]
    fn next(&mut self) -> Option<Handle<K, V>> {
        let (front, back) = self.ends.as_mut()?;
        if front == back {
            return None;
        }
        // Two places next to each other may be written in two ways, so the entry decides.
        let entry = front.entry_here()?;
        *front = entry.place_after();
        Some(entry)
    }

    #[inline]
    fn next_back(&mut self) -> Option<Handle<K, V>> {
        let (front, back) = self.ends.as_mut()?;
        if front == back {
            return None;
        }
        let entry = back.entry_before()?;
        *back = entry.place_before();
        Some(entry)
    }
}

/// The entries of a range.
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct Range<'a, K: 'a, V: 'a> {
    span: Span<K, V>,
    marker: PhantomData<(&'a K, &'a V)>,
}

impl<K, V> Range<'_, K, V> {
    pub(super) fn new(ends: Option<(Handle<K, V>, Handle<K, V>)>) -> Self {
        Range { span: Span { ends }, marker: PhantomData }
    }
}

impl<K, V> Clone for Range<'_, K, V> {
    fn clone(&self) -> Self {
        Range { span: self.span.clone(), marker: PhantomData }
    }
}

impl<'a, K, V> Iterator for Range<'a, K, V> {
    type Item = (&'a K, &'a V);
    #[inline]
    fn next(&mut self) -> Option<(&'a K, &'a V)> {
        self.span.next().map(|e| unsafe { (e.key(), &*e.val()) })
    }
}

impl<'a, K, V> DoubleEndedIterator for Range<'a, K, V> {
    #[inline]
    fn next_back(&mut self) -> Option<(&'a K, &'a V)> {
        self.span.next_back().map(|e| unsafe { (e.key(), &*e.val()) })
    }
}

impl<K, V> FusedIterator for Range<'_, K, V> {}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for Range<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

/// The entries of a range, with mutable values.
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct RangeMut<'a, K: 'a, V: 'a> {
    span: Span<K, V>,
    marker: PhantomData<(&'a K, &'a mut V)>,
}

impl<K, V> RangeMut<'_, K, V> {
    pub(super) fn new(ends: Option<(Handle<K, V>, Handle<K, V>)>) -> Self {
        RangeMut { span: Span { ends }, marker: PhantomData }
    }
}

impl<'a, K, V> Iterator for RangeMut<'a, K, V> {
    type Item = (&'a K, &'a mut V);
    #[inline]
    fn next(&mut self) -> Option<(&'a K, &'a mut V)> {
        self.span.next().map(|e| unsafe { (e.key(), e.val()) })
    }
}

impl<'a, K, V> DoubleEndedIterator for RangeMut<'a, K, V> {
    #[inline]
    fn next_back(&mut self) -> Option<(&'a K, &'a mut V)> {
        self.span.next_back().map(|e| unsafe { (e.key(), e.val()) })
    }
}

impl<K, V> FusedIterator for RangeMut<'_, K, V> {}

unsafe impl<K: Sync, V: Sync> Send for Range<'_, K, V> {}
unsafe impl<K: Sync, V: Sync> Sync for Range<'_, K, V> {}
unsafe impl<K: Sync, V: Send> Send for RangeMut<'_, K, V> {}
unsafe impl<K: Sync, V: Sync> Sync for RangeMut<'_, K, V> {}

/// All entries.
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct Iter<'a, K: 'a, V: 'a> {
    pub(super) range: Range<'a, K, V>,
    pub(super) length: usize,
}

impl<K, V> Clone for Iter<'_, K, V> {
    fn clone(&self) -> Self {
        Iter { range: self.range.clone(), length: self.length }
    }
}

impl<'a, K: 'a, V: 'a> Default for Iter<'a, K, V> {
    fn default() -> Self {
        Iter { range: Range::new(None), length: 0 }
    }
}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for Iter<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

/// All entries, with mutable values.
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct IterMut<'a, K: 'a, V: 'a> {
    pub(super) range: RangeMut<'a, K, V>,
    pub(super) length: usize,
}

macro_rules! counted {
    ($($Iter:ident $Item:ty;)*) => {$(
        impl<'a, K, V> Iterator for $Iter<'a, K, V> {
            type Item = $Item;
            #[inline]
            fn next(&mut self) -> Option<$Item> {
                if self.length == 0 {
                    return None;
                }
                self.length -= 1;
                self.range.next()
            }
            #[inline]
            fn size_hint(&self) -> (usize, Option<usize>) {
                (self.length, Some(self.length))
            }
            fn last(mut self) -> Option<$Item> {
                self.next_back()
            }
        }

        impl<'a, K, V> DoubleEndedIterator for $Iter<'a, K, V> {
            #[inline]
            fn next_back(&mut self) -> Option<$Item> {
                if self.length == 0 {
                    return None;
                }
                self.length -= 1;
                self.range.next_back()
            }
        }

        impl<K, V> ExactSizeIterator for $Iter<'_, K, V> {}
        impl<K, V> FusedIterator for $Iter<'_, K, V> {}
    )*};
}
counted! {
    Iter (&'a K, &'a V);
    IterMut (&'a K, &'a mut V);
}

/// All entries by value.
#[rustc_insignificant_dtor]
pub struct IntoIter<K, V> {
    span: Span<K, V>,
    length: usize,
    root: Option<NodeRef<K, V>>,
    marker: PhantomData<(K, V)>,
}

unsafe impl<K: Send, V: Send> Send for IntoIter<K, V> {}
unsafe impl<K: Sync, V: Sync> Sync for IntoIter<K, V> {}

impl<K, V> IntoIterator for BTreeMap<K, V> {
    type Item = (K, V);
    type IntoIter = IntoIter<K, V>;
    fn into_iter(self) -> IntoIter<K, V> {
        let me = ManuallyDrop::new(self);
        IntoIter {
            span: Span { ends: me.ends() },
            length: me.length,
            root: me.root,
            marker: PhantomData,
        }
    }
}

impl<K, V> Iterator for IntoIter<K, V> {
    type Item = (K, V);
    #[inline]
    fn next(&mut self) -> Option<(K, V)> {
        if self.length == 0 {
            return None;
        }
        self.length -= 1;
        self.span.next().map(|e| unsafe { e.read() })
    }
    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.length, Some(self.length))
    }
}

impl<K, V> DoubleEndedIterator for IntoIter<K, V> {
    #[inline]
    fn next_back(&mut self) -> Option<(K, V)> {
        if self.length == 0 {
            return None;
        }
        self.length -= 1;
        self.span.next_back().map(|e| unsafe { e.read() })
    }
}

impl<K, V> ExactSizeIterator for IntoIter<K, V> {}
impl<K, V> FusedIterator for IntoIter<K, V> {}

unsafe impl<#[may_dangle] K, #[may_dangle] V> Drop for IntoIter<K, V> {
    fn drop(&mut self) {
        if mem::needs_drop::<(K, V)>() {
            while let Some(entry) = self.next() {
                drop(entry);
            }
        }
        if let Some(root) = self.root {
            unsafe { root.free_tree() };
        }
    }
}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for IntoIter<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rest: Range<'_, K, V> = Range { span: self.span.clone(), marker: PhantomData };
        f.debug_list().entries(rest).finish()
    }
}

impl<'a, K, V> IntoIterator for &'a BTreeMap<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = Iter<'a, K, V>;
    fn into_iter(self) -> Iter<'a, K, V> {
        self.iter()
    }
}

impl<'a, K, V> IntoIterator for &'a mut BTreeMap<K, V> {
    type Item = (&'a K, &'a mut V);
    type IntoIter = IterMut<'a, K, V>;
    fn into_iter(self) -> IterMut<'a, K, V> {
        self.iter_mut()
    }
}

// Iterators over one half of the entries.
macro_rules! halves {
    ($($(#[$attr:meta])* $Half:ident<$($l:lifetime)?> $Inner:ty, $Item:ty, $i:tt;)*) => {$(
        $(#[$attr])*
        #[must_use = "iterators are lazy and do nothing unless consumed"]
        pub struct $Half<$($l,)? K, V> {
            pub(super) inner: $Inner,
        }

        impl<$($l,)? K, V> Iterator for $Half<$($l,)? K, V> {
            type Item = $Item;
            #[inline]
            fn next(&mut self) -> Option<$Item> {
                self.inner.next().map(|e| e.$i)
            }
            #[inline]
            fn size_hint(&self) -> (usize, Option<usize>) {
                self.inner.size_hint()
            }
            fn last(mut self) -> Option<$Item> {
                self.next_back()
            }
        }

        impl<$($l,)? K, V> DoubleEndedIterator for $Half<$($l,)? K, V> {
            #[inline]
            fn next_back(&mut self) -> Option<$Item> {
                self.inner.next_back().map(|e| e.$i)
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

impl<K: fmt::Debug, V> fmt::Debug for Keys<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

impl<K, V: fmt::Debug> fmt::Debug for Values<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

/// The entries of a range that a predicate is true of leave the map.
#[must_use = "iterators are lazy and do nothing unless consumed; \
    use `retain` or `extract_if().for_each(drop)` to remove and discard elements"]
pub struct ExtractIf<'a, K, V, R, F> {
    map: &'a mut BTreeMap<K, V>,
    // The map is built anew out of what stays.
    rest: IntoIter<K, V>,
    range: R,
    pred: F,
    push: fn(&mut BTreeMap<K, V>, K, V),
}

impl<'a, K: Ord, V, R: RangeBounds<K>, F> ExtractIf<'a, K, V, R, F> {
    pub(super) fn new(map: &'a mut BTreeMap<K, V>, range: R, pred: F) -> Self {
        let rest = mem::take(map).into_iter();
        ExtractIf { map, rest, range, pred, push: BTreeMap::push_last }
    }
}

impl<K: PartialOrd, V, R, F> Iterator for ExtractIf<'_, K, V, R, F>
where
    R: RangeBounds<K>,
    F: FnMut(&K, &mut V) -> bool,
{
    type Item = (K, V);

    fn next(&mut self) -> Option<(K, V)> {
        while let Some((k, mut v)) = self.rest.next() {
            let past = match self.range.end_bound() {
                Bound::Included(end) => k > *end,
                Bound::Excluded(end) => k >= *end,
                Bound::Unbounded => false,
            };
            if past {
                (self.push)(self.map, k, v);
                return None;
            }
            if self.range.contains(&k) && (self.pred)(&k, &mut v) {
                return Some((k, v));
            }
            (self.push)(self.map, k, v);
        }
        None
    }
}

impl<K, V, R, F> Drop for ExtractIf<'_, K, V, R, F> {
    fn drop(&mut self) {
        while let Some((k, v)) = self.rest.next() {
            (self.push)(self.map, k, v);
        }
    }
}
