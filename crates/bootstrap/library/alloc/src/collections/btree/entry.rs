//! Entries of a `BTreeMap`.

use core::fmt::{self, Debug};
use core::mem;

use Entry::*;

use super::map::BTreeMap;
use super::node::Handle;

/// The place of a key in a map.
#[rustc_diagnostic_item = "BTreeEntry"]
pub enum Entry<'a, K: 'a, V: 'a> {
    /// There is none.
    Vacant(VacantEntry<'a, K, V>),
    /// There is one.
    Occupied(OccupiedEntry<'a, K, V>),
}

/// Where a key would be.
pub struct VacantEntry<'a, K, V> {
    pub(super) key: K,
    pub(super) place: Handle<K, V>,
    pub(super) map: &'a mut BTreeMap<K, V>,
}

/// Where a key is.
pub struct OccupiedEntry<'a, K, V> {
    pub(super) handle: Handle<K, V>,
    pub(super) map: &'a mut BTreeMap<K, V>,
}

/// `try_insert` found the key.
pub struct OccupiedError<'a, K: 'a, V: 'a> {
    pub entry: OccupiedEntry<'a, K, V>,
    pub value: V,
}

impl<K: Debug + Ord, V: Debug> Debug for Entry<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Vacant(v) => f.debug_tuple("Entry").field(v).finish(),
            Occupied(o) => f.debug_tuple("Entry").field(o).finish(),
        }
    }
}

impl<K: Debug + Ord, V> Debug for VacantEntry<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("VacantEntry").field(self.key()).finish()
    }
}

impl<K: Debug + Ord, V: Debug> Debug for OccupiedEntry<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OccupiedEntry")
            .field("key", self.key())
            .field("value", self.get())
            .finish()
    }
}

impl<K: Debug + Ord, V: Debug> Debug for OccupiedError<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OccupiedError")
            .field("key", self.entry.key())
            .field("old_value", self.entry.get())
            .field("new_value", &self.value)
            .finish()
    }
}

impl<'a, K: Ord, V> Entry<'a, K, V> {
    pub fn or_insert(self, default: V) -> &'a mut V {
        match self {
            Occupied(entry) => entry.into_mut(),
            Vacant(entry) => entry.insert(default),
        }
    }

    pub fn or_insert_with<F: FnOnce() -> V>(self, default: F) -> &'a mut V {
        match self {
            Occupied(entry) => entry.into_mut(),
            Vacant(entry) => entry.insert(default()),
        }
    }

    pub fn or_insert_with_key<F: FnOnce(&K) -> V>(self, default: F) -> &'a mut V {
        match self {
            Occupied(entry) => entry.into_mut(),
            Vacant(entry) => {
                let value = default(entry.key());
                entry.insert(value)
            }
        }
    }

    pub fn key(&self) -> &K {
        match self {
            Occupied(entry) => entry.key(),
            Vacant(entry) => entry.key(),
        }
    }

    pub fn and_modify<F: FnOnce(&mut V)>(self, f: F) -> Self {
        match self {
            Occupied(mut entry) => {
                f(entry.get_mut());
                Occupied(entry)
            }
            Vacant(entry) => Vacant(entry),
        }
    }

    pub fn insert_entry(self, value: V) -> OccupiedEntry<'a, K, V> {
        match self {
            Occupied(mut entry) => {
                entry.insert(value);
                entry
            }
            Vacant(entry) => entry.insert_entry(value),
        }
    }

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

impl<'a, K: Ord, V> VacantEntry<'a, K, V> {
    pub fn key(&self) -> &K {
        &self.key
    }

    pub fn into_key(self) -> K {
        self.key
    }

    #[rustc_confusables("push", "put")]
    pub fn insert(self, value: V) -> &'a mut V {
        let handle = self.map.insert_at(self.place, self.key, value);
        unsafe { handle.val() }
    }

    pub fn insert_entry(self, value: V) -> OccupiedEntry<'a, K, V> {
        let handle = self.map.insert_at(self.place, self.key, value);
        OccupiedEntry { handle, map: self.map }
    }
}

impl<'a, K: Ord, V> OccupiedEntry<'a, K, V> {
    #[must_use]
    pub fn key(&self) -> &K {
        unsafe { self.handle.key() }
    }

    pub fn remove_entry(self) -> (K, V) {
        self.map.remove_handle(self.handle)
    }

    #[must_use]
    pub fn get(&self) -> &V {
        unsafe { self.handle.val() }
    }

    pub fn get_mut(&mut self) -> &mut V {
        unsafe { self.handle.val() }
    }

    #[must_use = "`self` will be dropped if the result is not used"]
    pub fn into_mut(self) -> &'a mut V {
        unsafe { self.handle.val() }
    }

    #[rustc_confusables("push", "put")]
    pub fn insert(&mut self, value: V) -> V {
        mem::replace(self.get_mut(), value)
    }

    #[rustc_confusables("delete", "take")]
    pub fn remove(self) -> V {
        self.remove_entry().1
    }
}
