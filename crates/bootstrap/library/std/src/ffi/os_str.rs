//! Strings of the operating system: any bytes, mostly text.

use core::borrow::Borrow;
use core::cmp;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::ops::{Deref, DerefMut};
use core::str::FromStr;

use crate::borrow::{Cow, ToOwned};

/// An owned string of the operating system.
#[rustc_diagnostic_item = "OsString"]
#[derive(Clone, Default)]
pub struct OsString {
    inner: Vec<u8>,
}

/// A borrowed string of the operating system.
#[rustc_diagnostic_item = "OsStr"]
#[repr(transparent)]
pub struct OsStr {
    inner: [u8],
}

impl OsString {
    #[must_use]
    pub const fn new() -> OsString {
        OsString { inner: Vec::new() }
    }

    pub(crate) fn from_vec(inner: Vec<u8>) -> OsString {
        OsString { inner }
    }

    #[must_use]
    pub unsafe fn from_encoded_bytes_unchecked(bytes: Vec<u8>) -> Self {
        OsString { inner: bytes }
    }

    #[must_use]
    pub fn as_os_str(&self) -> &OsStr {
        self
    }

    #[must_use]
    pub fn into_encoded_bytes(self) -> Vec<u8> {
        self.inner
    }

    pub fn into_string(self) -> Result<String, OsString> {
        String::from_utf8(self.inner).map_err(|e| OsString { inner: e.into_bytes() })
    }

    #[rustc_confusables("append", "put")]
    pub fn push<T: AsRef<OsStr>>(&mut self, s: T) {
        self.inner.extend_from_slice(&s.as_ref().inner)
    }

    #[must_use]
    pub fn with_capacity(capacity: usize) -> OsString {
        OsString { inner: Vec::with_capacity(capacity) }
    }

    pub fn clear(&mut self) {
        self.inner.clear()
    }

    #[must_use]
    pub fn capacity(&self) -> usize {
        self.inner.capacity()
    }

    pub fn reserve(&mut self, additional: usize) {
        self.inner.reserve(additional)
    }

    pub(crate) fn truncate(&mut self, len: usize) {
        self.inner.truncate(len)
    }
}

impl OsStr {
    #[inline]
    pub fn new<S: AsRef<OsStr> + ?Sized>(s: &S) -> &OsStr {
        s.as_ref()
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> &OsStr {
        unsafe { &*(bytes as *const [u8] as *const OsStr) }
    }

    #[inline]
    #[must_use]
    pub unsafe fn from_encoded_bytes_unchecked(bytes: &[u8]) -> &Self {
        Self::from_bytes(bytes)
    }

    #[must_use = "this returns the result of the operation, without modifying the original"]
    pub fn to_str(&self) -> Option<&str> {
        core::str::from_utf8(&self.inner).ok()
    }

    #[must_use = "this returns the result of the operation, without modifying the original"]
    pub fn to_string_lossy(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.inner)
    }

    #[must_use = "this returns the result of the operation, without modifying the original"]
    pub fn to_os_string(&self) -> OsString {
        OsString { inner: self.inner.to_vec() }
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.inner.is_empty()
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.inner.len()
    }

    #[inline]
    #[must_use]
    pub fn as_encoded_bytes(&self) -> &[u8] {
        &self.inner
    }

    #[must_use]
    pub fn is_ascii(&self) -> bool {
        self.inner.is_ascii()
    }

    pub fn eq_ignore_ascii_case<S: AsRef<OsStr>>(&self, other: S) -> bool {
        self.inner.eq_ignore_ascii_case(&other.as_ref().inner)
    }

    #[must_use]
    pub fn display(&self) -> Display<'_> {
        Display { os_str: self }
    }
}

/// Prints a string of the operating system, with replacements for what is no text.
pub struct Display<'a> {
    os_str: &'a OsStr,
}

impl fmt::Debug for Display<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.os_str, f)
    }
}

impl fmt::Display for Display<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.os_str.to_string_lossy(), f)
    }
}

impl fmt::Debug for OsStr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\"")?;
        for chunk in self.inner.utf8_chunks() {
            write!(f, "{}", chunk.valid().escape_debug())?;
            for b in chunk.invalid() {
                write!(f, "\\x{b:02X}")?;
            }
        }
        f.write_str("\"")
    }
}

impl fmt::Debug for OsString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl Deref for OsString {
    type Target = OsStr;
    #[inline]
    fn deref(&self) -> &OsStr {
        OsStr::from_bytes(&self.inner)
    }
}

impl DerefMut for OsString {
    #[inline]
    fn deref_mut(&mut self) -> &mut OsStr {
        unsafe { &mut *(&mut self.inner[..] as *mut [u8] as *mut OsStr) }
    }
}

impl PartialEq for OsStr {
    fn eq(&self, other: &OsStr) -> bool {
        self.inner == other.inner
    }
}
impl Eq for OsStr {}

impl PartialOrd for OsStr {
    fn partial_cmp(&self, other: &OsStr) -> Option<cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for OsStr {
    fn cmp(&self, other: &OsStr) -> cmp::Ordering {
        self.inner.cmp(&other.inner)
    }
}

impl Hash for OsStr {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.inner.hash(state)
    }
}

impl PartialEq for OsString {
    fn eq(&self, other: &OsString) -> bool {
        **self == **other
    }
}
impl Eq for OsString {}

impl PartialOrd for OsString {
    fn partial_cmp(&self, other: &OsString) -> Option<cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for OsString {
    fn cmp(&self, other: &OsString) -> cmp::Ordering {
        (**self).cmp(&**other)
    }
}

impl Hash for OsString {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state)
    }
}

macro_rules! os_str_eq {
    ($([$($l:lifetime)?] $L:ty, $R:ty;)*) => {$(
        impl<$($l)?> PartialEq<$R> for $L {
            fn eq(&self, other: &$R) -> bool {
                let (a, b): (&OsStr, &OsStr) = (self.as_ref(), other.as_ref());
                a == b
            }
        }
        impl<$($l)?> PartialEq<$L> for $R {
            fn eq(&self, other: &$L) -> bool {
                let (a, b): (&OsStr, &OsStr) = (self.as_ref(), other.as_ref());
                a == b
            }
        }
    )*};
}
os_str_eq! {
    [] OsStr, str;
    [] OsString, str;
    [] OsString, OsStr;
    ['a] OsString, &'a OsStr;
    ['a] OsString, &'a str;
}

impl Borrow<OsStr> for OsString {
    fn borrow(&self) -> &OsStr {
        self
    }
}

impl ToOwned for OsStr {
    type Owned = OsString;
    fn to_owned(&self) -> OsString {
        self.to_os_string()
    }
}

impl AsRef<OsStr> for OsStr {
    fn as_ref(&self) -> &OsStr {
        self
    }
}

impl AsRef<OsStr> for OsString {
    fn as_ref(&self) -> &OsStr {
        self
    }
}

impl AsRef<OsStr> for str {
    fn as_ref(&self) -> &OsStr {
        OsStr::from_bytes(self.as_bytes())
    }
}

impl AsRef<OsStr> for String {
    fn as_ref(&self) -> &OsStr {
        (&**self).as_ref()
    }
}

impl<T: ?Sized + AsRef<OsStr>> From<&T> for OsString {
    fn from(s: &T) -> OsString {
        s.as_ref().to_os_string()
    }
}

impl From<String> for OsString {
    fn from(s: String) -> OsString {
        OsString { inner: s.into_bytes() }
    }
}

impl From<OsString> for Box<OsStr> {
    fn from(s: OsString) -> Box<OsStr> {
        unsafe { Box::from_raw(Box::into_raw(s.inner.into_boxed_slice()) as *mut OsStr) }
    }
}

impl<'a> From<&'a OsStr> for Cow<'a, OsStr> {
    fn from(s: &'a OsStr) -> Cow<'a, OsStr> {
        Cow::Borrowed(s)
    }
}

impl FromStr for OsString {
    type Err = core::convert::Infallible;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        Ok(OsString::from(s))
    }
}
