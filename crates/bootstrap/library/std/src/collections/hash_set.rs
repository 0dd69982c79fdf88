//! `HashSet`: a map without values.

use core::borrow::Borrow;
use core::fmt;
use core::hash::{BuildHasher, Hash};
use core::iter::{Chain, FusedIterator};
use core::ops::{BitAnd, BitOr, BitXor, Sub};

use super::hash_map::{self, HashMap, RandomState};
use super::TryReserveError;

/// A set by hashes.
#[rustc_diagnostic_item = "HashSet"]
pub struct HashSet<T, S = RandomState> {
    map: HashMap<T, (), S>,
}

impl<T> HashSet<T, RandomState> {
    #[inline]
    #[must_use]
    pub fn new() -> HashSet<T, RandomState> {
        Default::default()
    }

    #[inline]
    #[must_use]
    pub fn with_capacity(capacity: usize) -> HashSet<T, RandomState> {
        HashSet::with_capacity_and_hasher(capacity, Default::default())
    }
}

impl<T, S> HashSet<T, S> {
    #[inline]
    pub fn capacity(&self) -> usize {
        self.map.capacity()
    }

    #[inline]
    #[rustc_lint_query_instability]
    pub fn iter(&self) -> Iter<'_, T> {
        Iter { base: self.map.keys() }
    }

    #[inline]
    pub fn len(&self) -> usize {
        self.map.len()
    }

    #[inline]
    pub fn is_empty(&self) -> bool {
        self.map.is_empty()
    }

    #[inline]
    #[rustc_lint_query_instability]
    pub fn drain(&mut self) -> Drain<'_, T> {
        Drain { base: self.map.drain() }
    }

    #[rustc_lint_query_instability]
    pub fn retain<F: FnMut(&T) -> bool>(&mut self, mut f: F) {
        self.map.retain(|k, ()| f(k));
    }

    #[inline]
    pub fn clear(&mut self) {
        self.map.clear()
    }

    #[inline]
    pub const fn with_hasher(hasher: S) -> HashSet<T, S> {
        HashSet { map: HashMap::with_hasher(hasher) }
    }

    #[inline]
    pub fn with_capacity_and_hasher(capacity: usize, hasher: S) -> HashSet<T, S> {
        HashSet { map: HashMap::with_capacity_and_hasher(capacity, hasher) }
    }

    #[inline]
    pub fn hasher(&self) -> &S {
        self.map.hasher()
    }
}

impl<T: Eq + Hash, S: BuildHasher> HashSet<T, S> {
    #[inline]
    pub fn reserve(&mut self, additional: usize) {
        self.map.reserve(additional)
    }

    #[inline]
    pub fn try_reserve(&mut self, additional: usize) -> Result<(), TryReserveError> {
        self.map.try_reserve(additional)
    }

    #[inline]
    pub fn shrink_to_fit(&mut self) {
        self.map.shrink_to_fit()
    }

    #[inline]
    #[rustc_lint_query_instability]
    pub fn difference<'a>(&'a self, other: &'a HashSet<T, S>) -> Difference<'a, T, S> {
        Difference { iter: self.iter(), other }
    }

    #[inline]
    #[rustc_lint_query_instability]
    pub fn symmetric_difference<'a>(
        &'a self,
        other: &'a HashSet<T, S>,
    ) -> SymmetricDifference<'a, T, S> {
        SymmetricDifference { iter: self.difference(other).chain(other.difference(self)) }
    }

    #[inline]
    #[rustc_lint_query_instability]
    pub fn intersection<'a>(&'a self, other: &'a HashSet<T, S>) -> Intersection<'a, T, S> {
        let (small, large) = if self.len() <= other.len() { (self, other) } else { (other, self) };
        Intersection { iter: small.iter(), other: large }
    }

    #[inline]
    #[rustc_lint_query_instability]
    pub fn union<'a>(&'a self, other: &'a HashSet<T, S>) -> Union<'a, T, S> {
        let (small, large) = if self.len() < other.len() { (self, other) } else { (other, self) };
        Union { iter: large.iter().chain(small.difference(large)) }
    }

    #[inline]
    pub fn contains<Q: ?Sized + Hash + Eq>(&self, value: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.map.contains_key(value)
    }

    #[inline]
    pub fn get<Q: ?Sized + Hash + Eq>(&self, value: &Q) -> Option<&T>
    where
        T: Borrow<Q>,
    {
        self.map.get_key_value(value).map(|(k, _)| k)
    }

    #[inline]
    pub fn get_or_insert_with<Q: ?Sized + Hash + Eq, F: FnOnce(&Q) -> T>(
        &mut self,
        value: &Q,
        f: F,
    ) -> &T
    where
        T: Borrow<Q>,
    {
        if !self.contains(value) {
            self.insert(f(value));
        }
        self.get(value).unwrap()
    }

    pub fn is_disjoint(&self, other: &HashSet<T, S>) -> bool {
        self.intersection(other).next().is_none()
    }

    pub fn is_subset(&self, other: &HashSet<T, S>) -> bool {
        self.len() <= other.len() && self.iter().all(|v| other.contains(v))
    }

    #[inline]
    pub fn is_superset(&self, other: &HashSet<T, S>) -> bool {
        other.is_subset(self)
    }

    #[inline]
    #[rustc_confusables("push", "append", "put")]
    pub fn insert(&mut self, value: T) -> bool {
        self.map.insert(value, ()).is_none()
    }

    #[inline]
    #[rustc_confusables("swap")]
    pub fn replace(&mut self, value: T) -> Option<T> {
        let old = self.take(&value);
        self.insert(value);
        old
    }

    #[inline]
    #[rustc_confusables("delete", "take")]
    pub fn remove<Q: ?Sized + Hash + Eq>(&mut self, value: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.map.remove(value).is_some()
    }

    #[inline]
    pub fn take<Q: ?Sized + Hash + Eq>(&mut self, value: &Q) -> Option<T>
    where
        T: Borrow<Q>,
    {
        self.map.remove_entry(value).map(|(k, _)| k)
    }
}

impl<T: Clone, S: Clone> Clone for HashSet<T, S> {
    fn clone(&self) -> Self {
        HashSet { map: self.map.clone() }
    }
}

impl<T: Eq + Hash, S: BuildHasher> PartialEq for HashSet<T, S> {
    fn eq(&self, other: &HashSet<T, S>) -> bool {
        self.len() == other.len() && self.iter().all(|key| other.contains(key))
    }
}

impl<T: Eq + Hash, S: BuildHasher> Eq for HashSet<T, S> {}

impl<T: fmt::Debug, S> fmt::Debug for HashSet<T, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

impl<T, S: Default> Default for HashSet<T, S> {
    #[inline]
    fn default() -> HashSet<T, S> {
        HashSet { map: HashMap::default() }
    }
}

impl<T: Eq + Hash, S: BuildHasher + Default> FromIterator<T> for HashSet<T, S> {
    fn from_iter<I: IntoIterator<Item = T>>(iter: I) -> HashSet<T, S> {
        let mut set = HashSet::with_hasher(Default::default());
        set.extend(iter);
        set
    }
}

impl<T: Eq + Hash, const N: usize> From<[T; N]> for HashSet<T, RandomState> {
    fn from(arr: [T; N]) -> Self {
        Self::from_iter(arr)
    }
}

impl<T: Eq + Hash, S: BuildHasher> Extend<T> for HashSet<T, S> {
    #[inline]
    fn extend<I: IntoIterator<Item = T>>(&mut self, iter: I) {
        self.map.extend(iter.into_iter().map(|k| (k, ())));
    }
}

impl<'a, T: 'a + Eq + Hash + Copy, S: BuildHasher> Extend<&'a T> for HashSet<T, S> {
    #[inline]
    fn extend<I: IntoIterator<Item = &'a T>>(&mut self, iter: I) {
        self.extend(iter.into_iter().cloned());
    }
}

macro_rules! set_operator {
    ($($Trait:ident $method:ident $f:ident;)*) => {$(
        impl<T: Eq + Hash + Clone, S: BuildHasher + Default> $Trait<&HashSet<T, S>>
            for &HashSet<T, S>
        {
            type Output = HashSet<T, S>;
            fn $method(self, rhs: &HashSet<T, S>) -> HashSet<T, S> {
                self.$f(rhs).cloned().collect()
            }
        }
    )*};
}
set_operator! {
    BitOr bitor union;
    BitAnd bitand intersection;
    BitXor bitxor symmetric_difference;
    Sub sub difference;
}

/// The elements.
pub struct Iter<'a, K: 'a> {
    base: hash_map::Keys<'a, K, ()>,
}

/// The elements by value.
pub struct IntoIter<K> {
    base: hash_map::IntoIter<K, ()>,
}

/// The elements, which leave the set.
pub struct Drain<'a, K: 'a> {
    base: hash_map::Drain<'a, K, ()>,
}

macro_rules! elements {
    ($($Iter:ident<$($l:lifetime)?> $Item:ty, |$x:pat_param| $e:expr;)*) => {$(
        impl<$($l,)? K> Iterator for $Iter<$($l,)? K> {
            type Item = $Item;
            #[inline]
            fn next(&mut self) -> Option<$Item> {
                match self.base.next() {
                    Some($x) => Some($e),
                    None => None,
                }
            }
            #[inline]
            fn size_hint(&self) -> (usize, Option<usize>) {
                self.base.size_hint()
            }
        }

        impl<$($l,)? K> ExactSizeIterator for $Iter<$($l,)? K> {}
        impl<$($l,)? K> FusedIterator for $Iter<$($l,)? K> {}
    )*};
}
elements! {
    Iter<'a> &'a K, |x| x;
    IntoIter<> K, |(k, ())| k;
    Drain<'a> K, |(k, ())| k;
}

impl<K> Clone for Iter<'_, K> {
    fn clone(&self) -> Self {
        Iter { base: self.base.clone() }
    }
}

impl<K: fmt::Debug> fmt::Debug for Iter<'_, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

impl<'a, T, S> IntoIterator for &'a HashSet<T, S> {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;
    #[inline]
    #[rustc_lint_query_instability]
    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

impl<T, S> IntoIterator for HashSet<T, S> {
    type Item = T;
    type IntoIter = IntoIter<T>;
    #[inline]
    #[rustc_lint_query_instability]
    fn into_iter(self) -> IntoIter<T> {
        IntoIter { base: self.map.into_iter() }
    }
}

/// In the first, not in the second.
#[must_use = "this returns the difference as an iterator, without modifying either input set"]
pub struct Difference<'a, T: 'a, S: 'a> {
    iter: Iter<'a, T>,
    other: &'a HashSet<T, S>,
}

/// In both.
#[must_use = "this returns the intersection as an iterator, without modifying either input set"]
pub struct Intersection<'a, T: 'a, S: 'a> {
    iter: Iter<'a, T>,
    other: &'a HashSet<T, S>,
}

/// In one of the two.
#[must_use = "this returns the difference as an iterator, without modifying either input set"]
pub struct SymmetricDifference<'a, T: 'a, S: 'a> {
    iter: Chain<Difference<'a, T, S>, Difference<'a, T, S>>,
}

/// In either.
#[must_use = "this returns the union as an iterator, without modifying either input set"]
pub struct Union<'a, T: 'a, S: 'a> {
    iter: Chain<Iter<'a, T>, Difference<'a, T, S>>,
}

macro_rules! set_operation {
    ($($Op:ident |$s:ident| $next:expr, $clone:expr;)*) => {$(
        impl<'a, T: Eq + Hash, S: BuildHasher> Iterator for $Op<'a, T, S> {
            type Item = &'a T;
            #[inline]
            fn next(&mut self) -> Option<&'a T> {
                let $s = self;
                $next
            }
        }

        impl<T, S> Clone for $Op<'_, T, S> {
            fn clone(&self) -> Self {
                let $s = self;
                $clone
            }
        }

        impl<T: fmt::Debug + Eq + Hash, S: BuildHasher> fmt::Debug for $Op<'_, T, S> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_list().entries(self.clone()).finish()
            }
        }

        impl<T: Eq + Hash, S: BuildHasher> FusedIterator for $Op<'_, T, S> {}
    )*};
}
set_operation! {
    Difference |s| s.iter.find(|x| !s.other.contains(*x)),
        Difference { iter: s.iter.clone(), other: s.other };
    Intersection |s| s.iter.find(|x| s.other.contains(*x)),
        Intersection { iter: s.iter.clone(), other: s.other };
    SymmetricDifference |s| s.iter.next(), SymmetricDifference { iter: s.iter.clone() };
    Union |s| s.iter.next(), Union { iter: s.iter.clone() };
}
