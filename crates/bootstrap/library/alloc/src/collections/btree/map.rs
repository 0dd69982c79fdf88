//! `BTreeMap`.

use core::borrow::Borrow;
use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::marker::PhantomData;
use core::mem;
use core::ops::{Bound, Index, RangeBounds};

use super::entry::{Entry, OccupiedEntry, OccupiedError, VacantEntry};
use super::iter::*;
use super::node::{Handle, NodeRef};
use crate::boxed::Box;
use crate::vec::Vec;

/// An ordered map.
#[rustc_diagnostic_item = "BTreeMap"]
#[rustc_insignificant_dtor]
pub struct BTreeMap<K, V> {
    pub(super) root: Option<NodeRef<K, V>>,
    pub(super) length: usize,
    marker: PhantomData<Box<(K, V)>>,
}

unsafe impl<K: Send, V: Send> Send for BTreeMap<K, V> {}
unsafe impl<K: Sync, V: Sync> Sync for BTreeMap<K, V> {}
impl<K: core::panic::RefUnwindSafe, V: core::panic::RefUnwindSafe> core::panic::UnwindSafe
    for BTreeMap<K, V>
{
}

impl<K, V> BTreeMap<K, V> {
    #[must_use]
    pub const fn new() -> BTreeMap<K, V> {
        BTreeMap { root: None, length: 0, marker: PhantomData }
    }

    pub fn clear(&mut self) {
        drop(mem::replace(self, BTreeMap::new()));
    }

    /// The entry of a key.
    #[inline]
    fn search<Q: ?Sized + Ord>(&self, key: &Q) -> Option<Handle<K, V>>
    where
        K: Borrow<Q>,
    {
        self.root?.search(key).ok()
    }

    #[inline]
    pub fn get<Q: ?Sized + Ord>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q> + Ord,
    {
        Some(unsafe { self.search(key)?.val() })
    }

    pub fn get_key_value<Q: ?Sized + Ord>(&self, k: &Q) -> Option<(&K, &V)>
    where
        K: Borrow<Q> + Ord,
    {
        let entry = self.search(k)?;
        unsafe { Some((entry.key(), entry.val())) }
    }

    fn first_handle(&self) -> Option<Handle<K, V>> {
        self.root?.first_place().entry_here()
    }

    fn last_handle(&self) -> Option<Handle<K, V>> {
        self.root?.last_place().entry_before()
    }

    pub fn first_key_value(&self) -> Option<(&K, &V)>
    where
        K: Ord,
    {
        let entry = self.first_handle()?;
        unsafe { Some((entry.key(), entry.val())) }
    }

    pub fn first_entry(&mut self) -> Option<OccupiedEntry<'_, K, V>>
    where
        K: Ord,
    {
        Some(OccupiedEntry { handle: self.first_handle()?, map: self })
    }

    pub fn pop_first(&mut self) -> Option<(K, V)>
    where
        K: Ord,
    {
        self.first_handle().map(|entry| self.remove_handle(entry))
    }

    pub fn last_key_value(&self) -> Option<(&K, &V)>
    where
        K: Ord,
    {
        let entry = self.last_handle()?;
        unsafe { Some((entry.key(), entry.val())) }
    }

    pub fn last_entry(&mut self) -> Option<OccupiedEntry<'_, K, V>>
    where
        K: Ord,
    {
        Some(OccupiedEntry { handle: self.last_handle()?, map: self })
    }

    pub fn pop_last(&mut self) -> Option<(K, V)>
    where
        K: Ord,
    {
        self.last_handle().map(|entry| self.remove_handle(entry))
    }

    pub fn contains_key<Q: ?Sized + Ord>(&self, key: &Q) -> bool
    where
        K: Borrow<Q> + Ord,
    {
        self.search(key).is_some()
    }

    pub fn get_mut<Q: ?Sized + Ord>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q> + Ord,
    {
        Some(unsafe { self.search(key)?.val() })
    }

    #[rustc_confusables("push", "put", "set")]
    pub fn insert(&mut self, key: K, value: V) -> Option<V>
    where
        K: Ord,
    {
        match self.entry(key) {
            Entry::Occupied(mut entry) => Some(entry.insert(value)),
            Entry::Vacant(entry) => {
                entry.insert(value);
                None
            }
        }
    }

    pub fn try_insert(&mut self, key: K, value: V) -> Result<&mut V, OccupiedError<'_, K, V>>
    where
        K: Ord,
    {
        match self.entry(key) {
            Entry::Occupied(entry) => Err(OccupiedError { entry, value }),
            Entry::Vacant(entry) => Ok(entry.insert(value)),
        }
    }

    /// Inserts at a place in a leaf.
    pub(super) fn insert_at(&mut self, place: Handle<K, V>, key: K, value: V) -> Handle<K, V> {
        self.length += 1;
        place.insert(self.root.as_mut().unwrap(), key, value)
    }

    /// Inserts behind all others; the key must be larger.
    pub(super) fn push_last(&mut self, key: K, value: V) {
        let root = *self.root.get_or_insert_with(NodeRef::new);
        self.insert_at(root.last_place(), key, value);
    }

    pub(super) fn remove_handle(&mut self, entry: Handle<K, V>) -> (K, V) {
        self.length -= 1;
        entry.remove(self.root.as_mut().unwrap())
    }

    #[rustc_confusables("delete", "take")]
    pub fn remove<Q: ?Sized + Ord>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q> + Ord,
    {
        self.remove_entry(key).map(|(_, v)| v)
    }

    pub fn remove_entry<Q: ?Sized + Ord>(&mut self, key: &Q) -> Option<(K, V)>
    where
        K: Borrow<Q> + Ord,
    {
        let entry = self.search(key)?;
        Some(self.remove_handle(entry))
    }

    #[inline]
    pub fn retain<F: FnMut(&K, &mut V) -> bool>(&mut self, mut f: F)
    where
        K: Ord,
    {
        self.extract_if(.., |k, v| !f(k, v)).for_each(drop)
    }

    pub fn append(&mut self, other: &mut Self)
    where
        K: Ord,
    {
        if self.is_empty() {
            mem::swap(self, other);
            return;
        }
        for (k, v) in mem::take(other) {
            self.insert(k, v);
        }
    }

    /// The place before or after the entries of a bound.
    fn place<T: ?Sized + Ord>(root: NodeRef<K, V>, bound: Bound<&T>, start: bool) -> Handle<K, V>
    where
        K: Borrow<T>,
    {
        let (key, after) = match bound {
            Bound::Unbounded if start => return root.first_place(),
            Bound::Unbounded => return root.last_place(),
            Bound::Included(key) => (key, !start),
            Bound::Excluded(key) => (key, start),
        };
        match root.search(key) {
            Err(place) => place,
            Ok(entry) if after => entry.place_after(),
            Ok(entry) => entry.place_before(),
        }
    }

    /// The places that a range begins and ends at.
    pub(super) fn places<T: ?Sized + Ord, R: RangeBounds<T>>(
        &self,
        range: &R,
    ) -> Option<(Handle<K, V>, Handle<K, V>)>
    where
        K: Borrow<T>,
    {
        match (range.start_bound(), range.end_bound()) {
            (Bound::Excluded(s), Bound::Excluded(e)) if s == e => {
                panic!("range start and end are equal and excluded in BTreeMap")
            }
            (Bound::Included(s) | Bound::Excluded(s), Bound::Included(e) | Bound::Excluded(e))
                if s > e =>
            {
                panic!("range start is greater than range end in BTreeMap")
            }
            _ => {}
        }
        let root = self.root?;
        let start = Self::place(root, range.start_bound(), true);
        Some((start, Self::place(root, range.end_bound(), false)))
    }

    pub fn range<T: ?Sized + Ord, R: RangeBounds<T>>(&self, range: R) -> Range<'_, K, V>
    where
        K: Borrow<T> + Ord,
    {
        Range::new(self.places(&range))
    }

    pub fn range_mut<T: ?Sized + Ord, R: RangeBounds<T>>(&mut self, range: R) -> RangeMut<'_, K, V>
    where
        K: Borrow<T> + Ord,
    {
        RangeMut::new(self.places(&range))
    }

    pub fn entry(&mut self, key: K) -> Entry<'_, K, V>
    where
        K: Ord,
    {
        let root = *self.root.get_or_insert_with(NodeRef::new);
        match root.search(&key) {
            Ok(handle) => Entry::Occupied(OccupiedEntry { handle, map: self }),
            Err(place) => Entry::Vacant(VacantEntry { key, place, map: self }),
        }
    }

    pub fn split_off<Q: ?Sized + Ord>(&mut self, key: &Q) -> Self
    where
        K: Borrow<Q> + Ord,
    {
        let (mut left, mut right) = (BTreeMap::new(), BTreeMap::new());
        for (k, v) in mem::take(self) {
            if k.borrow() < key { left.push_last(k, v) } else { right.push_last(k, v) }
        }
        *self = left;
        right
    }

    pub fn extract_if<F, R>(&mut self, range: R, pred: F) -> ExtractIf<'_, K, V, R, F>
    where
        K: Ord,
        R: RangeBounds<K>,
        F: FnMut(&K, &mut V) -> bool,
    {
        ExtractIf::new(self, range, pred)
    }

    #[inline]
    #[must_use = "`self` will be dropped if the result is not used"]
    pub fn into_keys(self) -> IntoKeys<K, V> {
        IntoKeys { inner: self.into_iter() }
    }

    #[inline]
    #[must_use = "`self` will be dropped if the result is not used"]
    pub fn into_values(self) -> IntoValues<K, V> {
        IntoValues { inner: self.into_iter() }
    }

    pub fn iter(&self) -> Iter<'_, K, V> {
        Iter { range: Range::new(self.ends()), length: self.length }
    }

    pub fn iter_mut(&mut self) -> IterMut<'_, K, V> {
        IterMut { range: RangeMut::new(self.ends()), length: self.length }
    }

    pub(super) fn ends(&self) -> Option<(Handle<K, V>, Handle<K, V>)> {
        self.root.map(|root| (root.first_place(), root.last_place()))
    }

    pub fn keys(&self) -> Keys<'_, K, V> {
        Keys { inner: self.iter() }
    }

    pub fn values(&self) -> Values<'_, K, V> {
        Values { inner: self.iter() }
    }

    pub fn values_mut(&mut self) -> ValuesMut<'_, K, V> {
        ValuesMut { inner: self.iter_mut() }
    }

    #[must_use]
    #[rustc_confusables("length", "size")]
    pub const fn len(&self) -> usize {
        self.length
    }

    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

unsafe impl<#[may_dangle] K, #[may_dangle] V> Drop for BTreeMap<K, V> {
    fn drop(&mut self) {
        drop(unsafe { core::ptr::read(self) }.into_iter())
    }
}

impl<K: Clone, V: Clone> Clone for BTreeMap<K, V> {
    fn clone(&self) -> BTreeMap<K, V> {
        let mut map = BTreeMap::new();
        for (k, v) in self {
            map.push_last(k.clone(), v.clone());
        }
        map
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for BTreeMap<K, V> {
    fn from_iter<T: IntoIterator<Item = (K, V)>>(iter: T) -> BTreeMap<K, V> {
        let mut inputs: Vec<_> = iter.into_iter().collect();
        inputs.sort_by(|a, b| a.0.cmp(&b.0));
        // Of equal keys the last one counts.
        let mut map = BTreeMap::new();
        let mut inputs = inputs.into_iter().peekable();
        while let Some((k, v)) = inputs.next() {
            if inputs.peek().is_none_or(|next| next.0 != k) {
                map.push_last(k, v);
            }
        }
        map
    }
}

impl<K: Ord, V> Extend<(K, V)> for BTreeMap<K, V> {
    #[inline]
    fn extend<T: IntoIterator<Item = (K, V)>>(&mut self, iter: T) {
        iter.into_iter().for_each(move |(k, v)| {
            self.insert(k, v);
        });
    }
}

impl<'a, K: Ord + Copy, V: Copy> Extend<(&'a K, &'a V)> for BTreeMap<K, V> {
    fn extend<I: IntoIterator<Item = (&'a K, &'a V)>>(&mut self, iter: I) {
        self.extend(iter.into_iter().map(|(&key, &value)| (key, value)));
    }
}

impl<K: Hash, V: Hash> Hash for BTreeMap<K, V> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_length_prefix(self.len());
        for elt in self {
            elt.hash(state);
        }
    }
}

impl<K, V> Default for BTreeMap<K, V> {
    fn default() -> BTreeMap<K, V> {
        BTreeMap::new()
    }
}

impl<K: PartialEq, V: PartialEq> PartialEq for BTreeMap<K, V> {
    fn eq(&self, other: &BTreeMap<K, V>) -> bool {
        self.len() == other.len() && self.iter().zip(other).all(|(a, b)| a == b)
    }
}

impl<K: Eq, V: Eq> Eq for BTreeMap<K, V> {}

impl<K: PartialOrd, V: PartialOrd> PartialOrd for BTreeMap<K, V> {
    fn partial_cmp(&self, other: &BTreeMap<K, V>) -> Option<Ordering> {
        self.iter().partial_cmp(other.iter())
    }
}

impl<K: Ord, V: Ord> Ord for BTreeMap<K, V> {
    fn cmp(&self, other: &BTreeMap<K, V>) -> Ordering {
        self.iter().cmp(other.iter())
    }
}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for BTreeMap<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl<K: Borrow<Q> + Ord, Q: ?Sized + Ord, V> Index<&Q> for BTreeMap<K, V> {
    type Output = V;
    #[inline]
    fn index(&self, key: &Q) -> &V {
        self.get(key).expect("no entry found for key")
    }
}

impl<K: Ord, V, const N: usize> From<[(K, V); N]> for BTreeMap<K, V> {
    fn from(arr: [(K, V); N]) -> Self {
        Self::from_iter(arr)
    }
}
