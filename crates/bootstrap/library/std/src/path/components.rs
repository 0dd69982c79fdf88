//! The parts of a path.

use core::fmt;

use super::{Path, Prefix};
use crate::ffi::OsStr;

/// A part of a path.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Component<'a> {
    Prefix(Prefix<'a>),
    RootDir,
    CurDir,
    ParentDir,
    Normal(&'a OsStr),
}

impl<'a> Component<'a> {
    #[must_use = "`self` will be dropped if the result is not used"]
    pub fn as_os_str(self) -> &'a OsStr {
        match self {
            Component::Prefix(Prefix::Verbatim(p)) => p,
            Component::RootDir => OsStr::new("/"),
            Component::CurDir => OsStr::new("."),
            Component::ParentDir => OsStr::new(".."),
            Component::Normal(path) => path,
        }
    }
}

/// The parts of a path. Repeated separators and dots in the middle count for nothing.
#[derive(Clone)]
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct Components<'a> {
    path: &'a [u8],
    // Whether the root or a dot at the start is still to come.
    at_start: bool,
}

impl<'a> Components<'a> {
    pub(super) fn new(path: &'a [u8]) -> Self {
        Components { path, at_start: true }
    }

    /// The root or a dot at the start, and its length.
    fn start(&self) -> Option<(Component<'a>, usize)> {
        match self.path {
            _ if !self.at_start => None,
            [b'/', ..] => Some((Component::RootDir, 1)),
            [b'.'] | [b'.', b'/', ..] => Some((Component::CurDir, 1)),
            _ => None,
        }
    }

    /// How many bytes at the start, or after it, mean nothing.
    fn skip_front(&mut self) {
        if self.start().is_some() {
            return;
        }
        loop {
            self.path = match self.path {
                [b'/', rest @ ..] => rest,
                [b'.'] => &[],
                [b'.', b'/', rest @ ..] => rest,
                _ => return,
            }
        }
    }

    fn skip_back(&mut self) {
        let keep = self.start().map_or(0, |(_, len)| len);
        while self.path.len() > keep {
            self.path = match self.path {
                [rest @ .., b'/'] => rest,
                [rest @ .., b'/', b'.'] => rest,
                [b'.'] if keep == 0 => &[],
                _ => return,
            }
        }
    }

    #[must_use]
    pub fn as_path(&self) -> &'a Path {
        let mut rest = self.clone();
        rest.skip_front();
        rest.skip_back();
        Path::new(OsStr::from_bytes(rest.path))
    }
}

fn component(bytes: &[u8]) -> Component<'_> {
    match bytes {
        b".." => Component::ParentDir,
        _ => Component::Normal(OsStr::from_bytes(bytes)),
    }
}

impl<'a> Iterator for Components<'a> {
    type Item = Component<'a>;

    fn next(&mut self) -> Option<Component<'a>> {
        if let Some((first, len)) = self.start() {
            self.at_start = false;
            self.path = &self.path[len..];
            return Some(first);
        }
        self.at_start = false;
        self.skip_front();
        if self.path.is_empty() {
            return None;
        }
        let end = self.path.iter().position(|&b| b == b'/').unwrap_or(self.path.len());
        let (part, rest) = self.path.split_at(end);
        self.path = rest;
        Some(component(part))
    }
}

impl<'a> DoubleEndedIterator for Components<'a> {
    fn next_back(&mut self) -> Option<Component<'a>> {
        if self.start().is_none() {
            self.at_start = false;
            self.skip_front();
        }
        self.skip_back();
        if self.path.is_empty() {
            return None;
        }
        if let Some((first, len)) = self.start() {
            if self.path.len() == len {
                self.at_start = false;
                self.path = &[];
                return Some(first);
            }
        }
        let keep = self.start().map_or(0, |(_, len)| len);
        let begin = match self.path[keep..].iter().rposition(|&b| b == b'/') {
            Some(at) => keep + at + 1,
            None => keep,
        };
        let (rest, part) = self.path.split_at(begin);
        self.path = rest;
        Some(component(part))
    }
}

impl fmt::Debug for Components<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Components(")?;
        f.debug_list().entries(self.clone()).finish()?;
        f.write_str(")")
    }
}

impl AsRef<Path> for Components<'_> {
    fn as_ref(&self) -> &Path {
        self.as_path()
    }
}

/// The parts of a path as strings.
#[derive(Clone)]
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct Iter<'a> {
    pub(super) inner: Components<'a>,
}

impl<'a> Iterator for Iter<'a> {
    type Item = &'a OsStr;
    fn next(&mut self) -> Option<&'a OsStr> {
        self.inner.next().map(Component::as_os_str)
    }
}

impl<'a> DoubleEndedIterator for Iter<'a> {
    fn next_back(&mut self) -> Option<&'a OsStr> {
        self.inner.next_back().map(Component::as_os_str)
    }
}
