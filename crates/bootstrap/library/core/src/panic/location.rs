//! A place in the source.

use crate::cmp::Ordering;
use crate::fmt;
use crate::hash::{Hash, Hasher};
use crate::marker::PhantomData;
use crate::ptr::NonNull;

/// File, line and column. The compiler builds them, so the fields' order and types are its own.
#[lang = "panic_location"]
#[derive(Copy, Clone)]
pub struct Location<'a> {
    // Points at the file name followed by a NUL that the length does not count.
    filename: NonNull<str>,
    line: u32,
    col: u32,
    _filename: PhantomData<&'a str>,
}

unsafe impl<'a> Send for Location<'a> {}
unsafe impl<'a> Sync for Location<'a> {}

impl<'a> Location<'a> {
    #[must_use]
    #[track_caller]
    #[inline]
    pub const fn caller() -> &'static Location<'static> {
        crate::intrinsics::caller_location()
    }

    #[must_use]
    pub const fn file(&self) -> &'a str {
        unsafe { self.filename.as_ref() }
    }

    #[must_use]
    #[inline]
    pub const fn line(&self) -> u32 {
        self.line
    }

    #[must_use]
    #[inline]
    pub const fn column(&self) -> u32 {
        self.col
    }

    fn key(&self) -> (&str, u32, u32) {
        (self.file(), self.line, self.col)
    }
}

impl fmt::Debug for Location<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Location")
            .field("file", &self.file())
            .field("line", &self.line)
            .field("column", &self.col)
            .finish()
    }
}

impl fmt::Display for Location<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file(), self.line, self.col)
    }
}

impl PartialEq for Location<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Location<'_> {}

impl Ord for Location<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl PartialOrd for Location<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Hash for Location<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}
