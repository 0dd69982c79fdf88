//! `HashMap`.

mod entry;
mod iter;

pub use self::entry::{Entry, OccupiedEntry, OccupiedError, VacantEntry};
pub use self::iter::{
    Drain, ExtractIf, IntoIter, IntoKeys, IntoValues, Iter, IterMut, Keys, Values, ValuesMut,
};
pub use crate::hash::{DefaultHasher, RandomState};

use core::borrow::Borrow;
use core::fmt::{self, Debug};
use core::hash::{BuildHasher, Hash};
use core::mem;
use core::ops::Index;
use core::ptr::NonNull;

use super::TryReserveError;
use super::table::RawTable;

/// A map by hashes.
#[rustc_diagnostic_item = "HashMap"]
#[rustc_insignificant_dtor]
pub struct HashMap<K, V, S = RandomState> {
    hash_builder: S,
    table: RawTable<(K, V)>,
}

impl<K, V> HashMap<K, V, RandomState> {
    #[inline]
    #[must_use]
    pub fn new() -> HashMap<K, V, RandomState> {
        Default::default()
    }

    #[inline]
    #[must_use]
    pub fn with_capacity(capacity: usize) -> HashMap<K, V, RandomState> {
        HashMap::with_capacity_and_hasher(capacity, Default::default())
    }
}

impl<K, V, S> HashMap<K, V, S> {
    #[inline]
    pub const fn with_hasher(hash_builder: S) -> HashMap<K, V, S> {
        HashMap { hash_builder, table: RawTable::new() }
    }

    #[inline]
    pub fn with_capacity_and_hasher(capacity: usize, hash_builder: S) -> HashMap<K, V, S> {
        HashMap { hash_builder, table: RawTable::with_capacity(capacity) }
    }

    #[inline]
    pub fn capacity(&self) -> usize {
        self.table.capacity()
    }

    #[rustc_lint_query_instability]
    pub fn keys(&self) -> Keys<'_, K, V> {
        Keys::new(self.iter())
    }

    #[inline]
    #[rustc_lint_query_instability]
    pub fn into_keys(self) -> IntoKeys<K, V> {
        IntoKeys::new(self.into_iter())
    }

    #[rustc_lint_query_instability]
    pub fn values(&self) -> Values<'_, K, V> {
        Values::new(self.iter())
    }

    #[rustc_lint_query_instability]
    pub fn values_mut(&mut self) -> ValuesMut<'_, K, V> {
        ValuesMut::new(self.iter_mut())
    }

    #[inline]
    #[rustc_lint_query_instability]
    pub fn into_values(self) -> IntoValues<K, V> {
        IntoValues::new(self.into_iter())
    }

    #[rustc_lint_query_instability]
    pub fn iter(&self) -> Iter<'_, K, V> {
        Iter::new(self.table.iter())
    }

    #[rustc_lint_query_instability]
    pub fn iter_mut(&mut self) -> IterMut<'_, K, V> {
        IterMut::new(self.table.iter())
    }

    pub fn len(&self) -> usize {
        self.table.len()
    }

    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    #[inline]
    #[rustc_lint_query_instability]
    pub fn drain(&mut self) -> Drain<'_, K, V> {
        Drain::new(mem::replace(&mut self.table, RawTable::new()).into_iter())
    }

    #[inline]
    #[rustc_lint_query_instability]
    pub fn extract_if<F: FnMut(&K, &mut V) -> bool>(&mut self, pred: F) -> ExtractIf<'_, K, V, F> {
        ExtractIf::new(&mut self.table, pred)
    }

    #[inline]
    #[rustc_lint_query_instability]
    pub fn retain<F: FnMut(&K, &mut V) -> bool>(&mut self, mut f: F) {
        self.extract_if(|k, v| !f(k, v)).for_each(drop);
    }

    #[inline]
    pub fn clear(&mut self) {
        self.table.clear();
    }

    #[inline]
    pub fn hasher(&self) -> &S {
        &self.hash_builder
    }
}

impl<K: Eq + Hash, V, S: BuildHasher> HashMap<K, V, S> {
    #[inline]
    fn hash<Q: ?Sized + Hash>(&self, k: &Q) -> u64 {
        self.hash_builder.hash_one(k)
    }

    #[inline]
    fn find<Q: ?Sized + Hash + Eq>(&self, k: &Q) -> Option<NonNull<(K, V)>>
    where
        K: Borrow<Q>,
    {
        if self.table.len() == 0 {
            return None;
        }
        self.table.find(self.hash(k), |(key, _)| k == key.borrow())
    }

    /// Adds what is not there.
    #[inline]
    fn add(&mut self, hash: u64, k: K, v: V) -> NonNull<(K, V)> {
        let hash_builder = &self.hash_builder;
        self.table.insert(hash, (k, v), |(k, _)| hash_builder.hash_one(k))
    }

    #[inline]
    pub fn reserve(&mut self, additional: usize) {
        let hash_builder = &self.hash_builder;
        self.table.reserve(additional, |(k, _)| hash_builder.hash_one(k));
    }

    #[inline]
    pub fn try_reserve(&mut self, additional: usize) -> Result<(), TryReserveError> {
        self.reserve(additional);
        Ok(())
    }

    #[inline]
    pub fn shrink_to_fit(&mut self) {
        self.shrink_to(0);
    }

    #[inline]
    pub fn shrink_to(&mut self, min_capacity: usize) {
        let hash_builder = &self.hash_builder;
        self.table.shrink_to(min_capacity, |(k, _)| hash_builder.hash_one(k));
    }

    #[inline]
    pub fn entry(&mut self, key: K) -> Entry<'_, K, V> {
        let hash = self.hash(&key);
        let hash_builder = &self.hash_builder;
        // There is room for one more once the entry is vacant.
        match self.table.find(hash, |(k, _)| key == *k) {
            Some(slot) => Entry::Occupied(OccupiedEntry::new(slot, &mut self.table)),
            None => {
                self.table.reserve(1, |(k, _)| hash_builder.hash_one(k));
                Entry::Vacant(VacantEntry::new(hash, key, &mut self.table))
            }
        }
    }

    #[inline]
    pub fn get<Q: ?Sized + Hash + Eq>(&self, k: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        match self.find(k) {
            Some(p) => Some(unsafe { &(*p.as_ptr()).1 }),
            None => None,
        }
    }

    #[inline]
    pub fn get_key_value<Q: ?Sized + Hash + Eq>(&self, k: &Q) -> Option<(&K, &V)>
    where
        K: Borrow<Q>,
    {
        self.find(k).map(|p| unsafe { (&(*p.as_ptr()).0, &(*p.as_ptr()).1) })
    }

    pub fn get_disjoint_mut<Q: ?Sized + Hash + Eq, const N: usize>(
        &mut self,
        ks: [&Q; N],
    ) -> [Option<&'_ mut V>; N]
    where
        K: Borrow<Q>,
    {
        let found = ks.map(|k| self.find(k));
        for i in 0..N {
            for j in 0..i {
                assert!(found[i].is_none() || found[i] != found[j], "duplicate keys found");
            }
        }
        found.map(|p| p.map(|p| unsafe { &mut (*p.as_ptr()).1 }))
    }

    #[inline]
    pub fn contains_key<Q: ?Sized + Hash + Eq>(&self, k: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.find(k).is_some()
    }

    #[inline]
    pub fn get_mut<Q: ?Sized + Hash + Eq>(&mut self, k: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        match self.find(k) {
            Some(p) => Some(unsafe { &mut (*p.as_ptr()).1 }),
            None => None,
        }
    }

    #[inline]
    #[rustc_confusables("push", "append", "put")]
    pub fn insert(&mut self, k: K, v: V) -> Option<V> {
        let hash = self.hash(&k);
        match self.table.find(hash, |(key, _)| k == *key) {
            Some(p) => Some(mem::replace(unsafe { &mut (*p.as_ptr()).1 }, v)),
            None => {
                self.add(hash, k, v);
                None
            }
        }
    }

    pub fn try_insert(&mut self, key: K, value: V) -> Result<&mut V, OccupiedError<'_, K, V>> {
        match self.entry(key) {
            Entry::Occupied(entry) => Err(OccupiedError { entry, value }),
            Entry::Vacant(entry) => Ok(entry.insert(value)),
        }
    }

    #[inline]
    #[rustc_confusables("delete", "take")]
    pub fn remove<Q: ?Sized + Hash + Eq>(&mut self, k: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        self.remove_entry(k).map(|(_, v)| v)
    }

    #[inline]
    pub fn remove_entry<Q: ?Sized + Hash + Eq>(&mut self, k: &Q) -> Option<(K, V)>
    where
        K: Borrow<Q>,
    {
        let p = self.find(k)?;
        Some(unsafe { self.table.remove(p) })
    }
}

impl<K: Clone, V: Clone, S: Clone> Clone for HashMap<K, V, S> {
    fn clone(&self) -> Self {
        HashMap {
            hash_builder: self.hash_builder.clone(),
            table: self.table.clone_with(|entry| entry.clone()),
        }
    }
}

impl<K: Eq + Hash, V: PartialEq, S: BuildHasher> PartialEq for HashMap<K, V, S> {
    fn eq(&self, other: &HashMap<K, V, S>) -> bool {
        self.len() == other.len()
            && self.iter().all(|(key, value)| other.get(key).is_some_and(|v| *value == *v))
    }
}

impl<K: Eq + Hash, V: Eq, S: BuildHasher> Eq for HashMap<K, V, S> {}

impl<K: Debug, V: Debug, S> Debug for HashMap<K, V, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl<K, V, S: Default> Default for HashMap<K, V, S> {
    #[inline]
    fn default() -> HashMap<K, V, S> {
        HashMap::with_hasher(Default::default())
    }
}

impl<K: Eq + Hash + Borrow<Q>, Q: ?Sized + Eq + Hash, V, S: BuildHasher> Index<&Q>
    for HashMap<K, V, S>
{
    type Output = V;
    #[inline]
    fn index(&self, key: &Q) -> &V {
        self.get(key).expect("no entry found for key")
    }
}

impl<K, V, S> IntoIterator for HashMap<K, V, S> {
    type Item = (K, V);
    type IntoIter = IntoIter<K, V>;
    #[inline]
    #[rustc_lint_query_instability]
    fn into_iter(self) -> IntoIter<K, V> {
        IntoIter::new(self.table.into_iter())
    }
}

impl<'a, K, V, S> IntoIterator for &'a HashMap<K, V, S> {
    type Item = (&'a K, &'a V);
    type IntoIter = Iter<'a, K, V>;
    #[inline]
    #[rustc_lint_query_instability]
    fn into_iter(self) -> Iter<'a, K, V> {
        self.iter()
    }
}

impl<'a, K, V, S> IntoIterator for &'a mut HashMap<K, V, S> {
    type Item = (&'a K, &'a mut V);
    type IntoIter = IterMut<'a, K, V>;
    #[inline]
    #[rustc_lint_query_instability]
    fn into_iter(self) -> IterMut<'a, K, V> {
        self.iter_mut()
    }
}

impl<K: Eq + Hash, V, S: BuildHasher + Default> FromIterator<(K, V)> for HashMap<K, V, S> {
    fn from_iter<T: IntoIterator<Item = (K, V)>>(iter: T) -> HashMap<K, V, S> {
        let mut map = HashMap::with_hasher(Default::default());
        map.extend(iter);
        map
    }
}

impl<K: Eq + Hash, V, S: BuildHasher> Extend<(K, V)> for HashMap<K, V, S> {
    #[inline]
    fn extend<T: IntoIterator<Item = (K, V)>>(&mut self, iter: T) {
        let iter = iter.into_iter();
        // Keys may be equal to those that are there already, and to each other.
        let lower = iter.size_hint().0;
        self.reserve(if self.is_empty() { lower } else { lower.div_ceil(2) });
        iter.for_each(move |(k, v)| {
            self.insert(k, v);
        });
    }
}

impl<'a, K: Eq + Hash + Copy, V: Copy, S: BuildHasher> Extend<(&'a K, &'a V)>
    for HashMap<K, V, S>
{
    #[inline]
    fn extend<T: IntoIterator<Item = (&'a K, &'a V)>>(&mut self, iter: T) {
        self.extend(iter.into_iter().map(|(k, v)| (*k, *v)))
    }
}

impl<K: Eq + Hash, V, const N: usize> From<[(K, V); N]> for HashMap<K, V, RandomState> {
    fn from(arr: [(K, V); N]) -> Self {
        Self::from_iter(arr)
    }
}
