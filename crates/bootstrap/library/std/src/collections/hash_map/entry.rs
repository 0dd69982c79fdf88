//! Entries of a `HashMap`.

use core::error::Error;
use core::fmt::{self, Debug};
use core::mem;
use core::ptr::NonNull;

use Entry::*;

use crate::collections::table::RawTable;

/// The place of a key in a map.
#[rustc_diagnostic_item = "HashMapEntry"]
pub enum Entry<'a, K: 'a, V: 'a> {
    /// There is one.
    Occupied(OccupiedEntry<'a, K, V>),
    /// There is none.
    Vacant(VacantEntry<'a, K, V>),
}

/// Where a key is.
pub struct OccupiedEntry<'a, K: 'a, V: 'a> {
    slot: NonNull<(K, V)>,
    table: &'a mut RawTable<(K, V)>,
}

/// Where a key would be.
pub struct VacantEntry<'a, K: 'a, V: 'a> {
    hash: u64,
    key: K,
    table: &'a mut RawTable<(K, V)>,
}

/// `try_insert` found the key.
#[non_exhaustive]
pub struct OccupiedError<'a, K: 'a, V: 'a> {
    pub entry: OccupiedEntry<'a, K, V>,
    pub value: V,
}

impl<K: Debug, V: Debug> Debug for Entry<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Vacant(v) => f.debug_tuple("Entry").field(v).finish(),
            Occupied(o) => f.debug_tuple("Entry").field(o).finish(),
        }
    }
}

impl<K: Debug, V: Debug> Debug for OccupiedEntry<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OccupiedEntry")
            .field("key", self.key())
            .field("value", self.get())
            .finish_non_exhaustive()
    }
}

impl<K: Debug, V> Debug for VacantEntry<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("VacantEntry").field(self.key()).finish()
    }
}

impl<K: Debug, V: Debug> Debug for OccupiedError<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OccupiedError")
            .field("key", self.entry.key())
            .field("old_value", self.entry.get())
            .field("new_value", &self.value)
            .finish_non_exhaustive()
    }
}

impl<K: Debug, V: Debug> fmt::Display for OccupiedError<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "failed to insert {:?}, key {:?} already exists with value {:?}",
            self.value,
            self.entry.key(),
            self.entry.get(),
        )
    }
}

impl<K: Debug, V: Debug> Error for OccupiedError<'_, K, V> {}

impl<'a, K, V> Entry<'a, K, V> {
    #[inline]
    pub fn or_insert(self, default: V) -> &'a mut V {
        match self {
            Occupied(entry) => entry.into_mut(),
            Vacant(entry) => entry.insert(default),
        }
    }

    #[inline]
    pub fn or_insert_with<F: FnOnce() -> V>(self, default: F) -> &'a mut V {
        match self {
            Occupied(entry) => entry.into_mut(),
            Vacant(entry) => entry.insert(default()),
        }
    }

    #[inline]
    pub fn or_insert_with_key<F: FnOnce(&K) -> V>(self, default: F) -> &'a mut V {
        match self {
            Occupied(entry) => entry.into_mut(),
            Vacant(entry) => {
                let value = default(entry.key());
                entry.insert(value)
            }
        }
    }

    #[inline]
    pub fn key(&self) -> &K {
        match self {
            Occupied(entry) => entry.key(),
            Vacant(entry) => entry.key(),
        }
    }

    #[inline]
    pub fn and_modify<F: FnOnce(&mut V)>(self, f: F) -> Self {
        match self {
            Occupied(mut entry) => {
                f(entry.get_mut());
                Occupied(entry)
            }
            Vacant(entry) => Vacant(entry),
        }
    }

    #[inline]
    pub fn insert_entry(self, value: V) -> OccupiedEntry<'a, K, V> {
        match self {
            Occupied(mut entry) => {
                entry.insert(value);
                entry
            }
            Vacant(entry) => entry.insert_entry(value),
        }
    }

    #[inline]
    pub fn or_default(self) -> &'a mut V
    where
        V: Default,
    {
        match self {
            Occupied(entry) => entry.into_mut(),
            Vacant(entry) => entry.insert(Default::default()),
        }
    }
}

impl<'a, K, V> OccupiedEntry<'a, K, V> {
    #[inline]
    pub(super) fn new(slot: NonNull<(K, V)>, table: &'a mut RawTable<(K, V)>) -> Self {
        OccupiedEntry { slot, table }
    }

    #[inline]
    pub fn key(&self) -> &K {
        unsafe { &(*self.slot.as_ptr()).0 }
    }

    #[inline]
    pub fn remove_entry(self) -> (K, V) {
        unsafe { self.table.remove(self.slot) }
    }

    #[inline]
    pub fn get(&self) -> &V {
        unsafe { &(*self.slot.as_ptr()).1 }
    }

    #[inline]
    pub fn get_mut(&mut self) -> &mut V {
        unsafe { &mut (*self.slot.as_ptr()).1 }
    }

    #[inline]
    pub fn into_mut(self) -> &'a mut V {
        unsafe { &mut (*self.slot.as_ptr()).1 }
    }

    #[inline]
    pub fn insert(&mut self, value: V) -> V {
        mem::replace(self.get_mut(), value)
    }

    #[inline]
    pub fn remove(self) -> V {
        self.remove_entry().1
    }
}

impl<'a, K: 'a, V: 'a> VacantEntry<'a, K, V> {
    #[inline]
    pub(super) fn new(hash: u64, key: K, table: &'a mut RawTable<(K, V)>) -> Self {
        VacantEntry { hash, key, table }
    }

    #[inline]
    pub fn key(&self) -> &K {
        &self.key
    }

    #[inline]
    pub fn into_key(self) -> K {
        self.key
    }

    #[inline]
    pub fn insert(self, value: V) -> &'a mut V {
        self.insert_entry(value).into_mut()
    }

    #[inline]
    pub fn insert_entry(self, value: V) -> OccupiedEntry<'a, K, V> {
        // Room was made for one more, so nothing is hashed again.
        let slot = self.table.insert(self.hash, (self.key, value), |_| unreachable!());
        OccupiedEntry { slot, table: self.table }
    }
}
