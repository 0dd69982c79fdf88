//! [`List`]: an interned slice, compared by address.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;

/// An interned slice; `&'tcx List<T>` is `Copy` and equal exactly if the address is.
#[repr(transparent)]
pub struct List<T>([T]);

impl<T> List<T> {
    /// The empty list.
    pub fn empty<'a>() -> &'a List<T> {
        List::from_slice(&[])
    }
    /// Invariant: `slice` is interned (only the interner calls this).
    pub(crate) fn from_slice(slice: &[T]) -> &List<T> {
        // SAFETY: `List` is a transparent wrapper of the slice.
        unsafe { &*(std::ptr::from_ref(slice) as *const List<T>) }
    }
    /// The elements.
    pub fn as_slice(&self) -> &[T] {
        &self.0
    }
    /// The elements by value.
    pub fn iter(&self) -> std::iter::Copied<std::slice::Iter<'_, T>>
    where
        T: Copy,
    {
        self.0.iter().copied()
    }
}

impl<T> Deref for List<T> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T> PartialEq for List<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0.len() == other.0.len() && (self.0.is_empty() || std::ptr::eq(self.0.as_ptr(), other.0.as_ptr()))
    }
}
impl<T> Eq for List<T> {}

impl<T> Hash for List<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.len().hash(state);
        if !self.0.is_empty() {
            self.0.as_ptr().hash(state);
        }
    }
}

impl<T: fmt::Debug> fmt::Debug for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<'a, T: Copy> IntoIterator for &'a List<T> {
    type Item = T;
    type IntoIter = std::iter::Copied<std::slice::Iter<'a, T>>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
