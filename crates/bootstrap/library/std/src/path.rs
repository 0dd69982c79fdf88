//! Paths.

mod components;

pub use self::components::{Component, Components, Iter};

use core::borrow::Borrow;
use core::cmp;
use core::error::Error;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::ops::Deref;
use core::str::FromStr;

use crate::borrow::{Cow, ToOwned};
use crate::ffi::{OsStr, OsString};

pub const MAIN_SEPARATOR: char = '/';
pub const MAIN_SEPARATOR_STR: &str = "/";

#[must_use]
pub fn is_separator(c: char) -> bool {
    c == '/'
}

/// A path prefix, which Linux has none of.
#[derive(Copy, Clone, Debug, Hash, PartialOrd, Ord, PartialEq, Eq)]
pub enum Prefix<'a> {
    Verbatim(&'a OsStr),
}

/// An owned path.
#[rustc_diagnostic_item = "PathBuf"]
#[derive(Clone, Default)]
pub struct PathBuf {
    inner: OsString,
}

/// A borrowed path.
#[rustc_diagnostic_item = "Path"]
#[repr(transparent)]
pub struct Path {
    inner: OsStr,
}

/// There is no such prefix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StripPrefixError(());

impl fmt::Display for StripPrefixError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("prefix not found")
    }
}

impl Error for StripPrefixError {}

impl PathBuf {
    #[must_use]
    pub const fn new() -> PathBuf {
        PathBuf { inner: OsString::new() }
    }

    #[must_use]
    pub fn as_path(&self) -> &Path {
        self
    }

    #[rustc_confusables("append", "put")]
    pub fn push<P: AsRef<Path>>(&mut self, path: P) {
        let path = path.as_ref();
        if path.is_absolute() {
            self.inner.clear();
        } else if !self.inner.is_empty() && !self.inner.as_encoded_bytes().ends_with(b"/") {
            self.inner.push("/");
        }
        self.inner.push(&path.inner);
    }

    pub fn pop(&mut self) -> bool {
        match self.parent().map(|p| p.inner.len()) {
            Some(len) => {
                self.inner.truncate(len);
                true
            }
            None => false,
        }
    }

    pub fn set_file_name<S: AsRef<OsStr>>(&mut self, file_name: S) {
        if self.file_name().is_some() {
            self.pop();
        }
        self.push(Path::new(file_name.as_ref()));
    }

    pub fn set_extension<S: AsRef<OsStr>>(&mut self, extension: S) -> bool {
        let Some(stem) = self.file_stem() else { return false };
        let stem = stem.to_os_string();
        let extension = extension.as_ref();
        let mut name = stem;
        if !extension.is_empty() {
            name.push(".");
            name.push(extension);
        }
        self.set_file_name(name);
        true
    }

    #[must_use = "`self` will be dropped if the result is not used"]
    pub fn into_os_string(self) -> OsString {
        self.inner
    }
}

impl Path {
    pub fn new<S: AsRef<OsStr> + ?Sized>(s: &S) -> &Path {
        unsafe { &*(s.as_ref() as *const OsStr as *const Path) }
    }

    #[must_use]
    pub fn as_os_str(&self) -> &OsStr {
        &self.inner
    }

    #[must_use = "this returns the result of the operation, without modifying the original"]
    pub fn to_str(&self) -> Option<&str> {
        self.inner.to_str()
    }

    #[must_use = "this returns the result of the operation, without modifying the original"]
    pub fn to_string_lossy(&self) -> Cow<'_, str> {
        self.inner.to_string_lossy()
    }

    #[must_use = "this returns the result of the operation, without modifying the original"]
    pub fn to_path_buf(&self) -> PathBuf {
        PathBuf { inner: self.inner.to_os_string() }
    }

    #[must_use]
    pub fn is_absolute(&self) -> bool {
        self.has_root()
    }

    #[must_use]
    pub fn is_relative(&self) -> bool {
        !self.is_absolute()
    }

    #[must_use]
    pub fn has_root(&self) -> bool {
        self.inner.as_encoded_bytes().starts_with(b"/")
    }

    #[must_use]
    pub fn parent(&self) -> Option<&Path> {
        let mut components = self.components();
        match components.next_back()? {
            Component::RootDir | Component::Prefix(_) => None,
            _ => Some(components.as_path()),
        }
    }

    pub fn ancestors(&self) -> Ancestors<'_> {
        Ancestors { next: Some(self) }
    }

    #[must_use]
    pub fn file_name(&self) -> Option<&OsStr> {
        match self.components().next_back()? {
            Component::Normal(p) => Some(p),
            _ => None,
        }
    }

    pub fn strip_prefix<P: AsRef<Path>>(&self, base: P) -> Result<&Path, StripPrefixError> {
        let mut rest = self.components();
        for part in base.as_ref().components() {
            if rest.next() != Some(part) {
                return Err(StripPrefixError(()));
            }
        }
        Ok(rest.as_path())
    }

    #[must_use]
    pub fn starts_with<P: AsRef<Path>>(&self, base: P) -> bool {
        self.strip_prefix(base).is_ok()
    }

    #[must_use]
    pub fn ends_with<P: AsRef<Path>>(&self, child: P) -> bool {
        let mut parts = self.components();
        child.as_ref().components().rev().all(|part| parts.next_back() == Some(part))
    }

    /// The name before and after its last dot, which must not be its first character.
    fn split_name(&self) -> Option<(&OsStr, Option<&OsStr>)> {
        let name = self.file_name()?;
        let bytes = name.as_encoded_bytes();
        Some(match bytes.iter().rposition(|&b| b == b'.') {
            Some(at) if at > 0 && bytes != b".." => {
                (OsStr::from_bytes(&bytes[..at]), Some(OsStr::from_bytes(&bytes[at + 1..])))
            }
            _ => (name, None),
        })
    }

    #[must_use]
    pub fn file_stem(&self) -> Option<&OsStr> {
        Some(self.split_name()?.0)
    }

    #[must_use]
    pub fn extension(&self) -> Option<&OsStr> {
        self.split_name()?.1
    }

    #[must_use]
    pub fn join<P: AsRef<Path>>(&self, path: P) -> PathBuf {
        let mut buf = self.to_path_buf();
        buf.push(path);
        buf
    }

    #[must_use]
    pub fn with_file_name<S: AsRef<OsStr>>(&self, file_name: S) -> PathBuf {
        let mut buf = self.to_path_buf();
        buf.set_file_name(file_name);
        buf
    }

    #[must_use]
    pub fn with_extension<S: AsRef<OsStr>>(&self, extension: S) -> PathBuf {
        let mut buf = self.to_path_buf();
        buf.set_extension(extension);
        buf
    }

    pub fn components(&self) -> Components<'_> {
        Components::new(self.inner.as_encoded_bytes())
    }

    pub fn iter(&self) -> Iter<'_> {
        Iter { inner: self.components() }
    }

    #[must_use = "this does not display the path; it returns an object that can be displayed"]
    pub fn display(&self) -> Display<'_> {
        Display { path: self }
    }

    #[must_use]
    pub fn exists(&self) -> bool {
        crate::fs::metadata(self).is_ok()
    }

    #[must_use]
    pub fn is_file(&self) -> bool {
        crate::fs::metadata(self).is_ok_and(|m| m.is_file())
    }

    #[must_use]
    pub fn is_dir(&self) -> bool {
        crate::fs::metadata(self).is_ok_and(|m| m.is_dir())
    }
}

/// Prints a path, with replacements for what is no text.
pub struct Display<'a> {
    path: &'a Path,
}

impl fmt::Debug for Display<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.path, f)
    }
}

impl fmt::Display for Display<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.path.to_string_lossy(), f)
    }
}

/// A path and all its parents.
#[derive(Copy, Clone, Debug)]
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct Ancestors<'a> {
    next: Option<&'a Path>,
}

impl<'a> Iterator for Ancestors<'a> {
    type Item = &'a Path;
    fn next(&mut self) -> Option<&'a Path> {
        let next = self.next;
        self.next = next.and_then(Path::parent);
        next
    }
}

impl fmt::Debug for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.inner, f)
    }
}

impl fmt::Debug for PathBuf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl Deref for PathBuf {
    type Target = Path;
    fn deref(&self) -> &Path {
        Path::new(&self.inner)
    }
}

impl Borrow<Path> for PathBuf {
    fn borrow(&self) -> &Path {
        self
    }
}

impl ToOwned for Path {
    type Owned = PathBuf;
    fn to_owned(&self) -> PathBuf {
        self.to_path_buf()
    }
}

impl PartialEq for Path {
    fn eq(&self, other: &Path) -> bool {
        self.components().eq(other.components())
    }
}
impl Eq for Path {}

impl PartialOrd for Path {
    fn partial_cmp(&self, other: &Path) -> Option<cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Path {
    fn cmp(&self, other: &Path) -> cmp::Ordering {
        self.components().cmp(other.components())
    }
}

impl Hash for Path {
    fn hash<H: Hasher>(&self, h: &mut H) {
        for component in self.components() {
            component.hash(h);
        }
    }
}

impl PartialEq for PathBuf {
    fn eq(&self, other: &PathBuf) -> bool {
        **self == **other
    }
}
impl Eq for PathBuf {}

impl PartialOrd for PathBuf {
    fn partial_cmp(&self, other: &PathBuf) -> Option<cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for PathBuf {
    fn cmp(&self, other: &PathBuf) -> cmp::Ordering {
        (**self).cmp(&**other)
    }
}

impl Hash for PathBuf {
    fn hash<H: Hasher>(&self, h: &mut H) {
        (**self).hash(h)
    }
}

macro_rules! path_eq {
    ($([$($l:lifetime)?] $L:ty, $R:ty;)*) => {$(
        impl<$($l)?> PartialEq<$R> for $L {
            fn eq(&self, other: &$R) -> bool {
                <Path as PartialEq>::eq(self.as_ref(), other.as_ref())
            }
        }
        impl<$($l)?> PartialEq<$L> for $R {
            fn eq(&self, other: &$L) -> bool {
                <Path as PartialEq>::eq(self.as_ref(), other.as_ref())
            }
        }
    )*};
}
path_eq! {
    [] PathBuf, Path;
    ['a] PathBuf, &'a Path;
    [] Path, str;
    [] Path, OsStr;
    [] PathBuf, str;
    ['a] PathBuf, &'a str;
}

macro_rules! as_path {
    ($($T:ty)*) => {$(
        impl AsRef<Path> for $T {
            fn as_ref(&self) -> &Path {
                Path::new(self)
            }
        }
    )*};
}
as_path! { OsStr OsString str String }

impl AsRef<Path> for Path {
    fn as_ref(&self) -> &Path {
        self
    }
}

impl AsRef<Path> for PathBuf {
    fn as_ref(&self) -> &Path {
        self
    }
}

impl AsRef<Path> for Component<'_> {
    fn as_ref(&self) -> &Path {
        Path::new(self.as_os_str())
    }
}

impl AsRef<OsStr> for Path {
    fn as_ref(&self) -> &OsStr {
        &self.inner
    }
}

impl AsRef<OsStr> for PathBuf {
    fn as_ref(&self) -> &OsStr {
        &self.inner
    }
}

impl<T: ?Sized + AsRef<OsStr>> From<&T> for PathBuf {
    fn from(s: &T) -> PathBuf {
        PathBuf { inner: s.as_ref().to_os_string() }
    }
}

impl From<OsString> for PathBuf {
    fn from(s: OsString) -> PathBuf {
        PathBuf { inner: s }
    }
}

impl From<String> for PathBuf {
    fn from(s: String) -> PathBuf {
        PathBuf { inner: s.into() }
    }
}

impl From<PathBuf> for OsString {
    fn from(p: PathBuf) -> OsString {
        p.inner
    }
}

impl<'a> From<&'a Path> for Cow<'a, Path> {
    fn from(s: &'a Path) -> Cow<'a, Path> {
        Cow::Borrowed(s)
    }
}

impl FromStr for PathBuf {
    type Err = core::convert::Infallible;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        Ok(PathBuf::from(s))
    }
}

impl<P: AsRef<Path>> FromIterator<P> for PathBuf {
    fn from_iter<I: IntoIterator<Item = P>>(iter: I) -> PathBuf {
        let mut buf = PathBuf::new();
        iter.into_iter().for_each(|p| buf.push(p.as_ref()));
        buf
    }
}

impl<'a> IntoIterator for &'a Path {
    type Item = &'a OsStr;
    type IntoIter = Iter<'a>;
    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}
