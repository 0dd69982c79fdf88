//! Borrowed C strings.

use crate::cmp::Ordering;
use crate::ffi::c_char;
use crate::{fmt, slice, str};

/// Bytes that end in the only NUL.
#[derive(PartialEq, Eq, Hash)]
#[rustc_diagnostic_item = "cstr_type"]
#[rustc_has_incoherent_inherent_impls]
#[lang = "CStr"]
#[repr(transparent)]
pub struct CStr {
    inner: [c_char],
}

/// Why bytes are not a C string.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FromBytesWithNulError {
    InteriorNul { position: usize },
    NotNulTerminated,
}

impl fmt::Display for FromBytesWithNulError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InteriorNul { position } => {
                write!(f, "data provided contains an interior nul byte at position {position}")
            }
            Self::NotNulTerminated => f.write_str("data provided is not nul terminated"),
        }
    }
}

/// There is no NUL in the bytes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FromBytesUntilNulError(());

impl fmt::Display for FromBytesUntilNulError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("data provided does not contain a nul")
    }
}

const fn position_of_nul(bytes: &[u8]) -> Option<usize> {
    let mut i = 0;
    while i < bytes.len() {
        if bytes[i] == 0 {
            return Some(i);
        }
        i += 1;
    }
    None
}

impl CStr {
    #[inline]
    #[must_use]
    pub const unsafe fn from_ptr<'a>(ptr: *const c_char) -> &'a CStr {
        let mut len = 0;
        unsafe {
            while *ptr.add(len) != 0 {
                len += 1;
            }
            Self::from_bytes_with_nul_unchecked(slice::from_raw_parts(ptr.cast(), len + 1))
        }
    }

    pub const fn from_bytes_until_nul(bytes: &[u8]) -> Result<&CStr, FromBytesUntilNulError> {
        match position_of_nul(bytes) {
            Some(n) => unsafe {
                Ok(Self::from_bytes_with_nul_unchecked(slice::from_raw_parts(bytes.as_ptr(), n + 1)))
            },
            None => Err(FromBytesUntilNulError(())),
        }
    }

    pub const fn from_bytes_with_nul(bytes: &[u8]) -> Result<&Self, FromBytesWithNulError> {
        match position_of_nul(bytes) {
            Some(n) if n + 1 == bytes.len() => {
                Ok(unsafe { Self::from_bytes_with_nul_unchecked(bytes) })
            }
            Some(position) => Err(FromBytesWithNulError::InteriorNul { position }),
            None => Err(FromBytesWithNulError::NotNulTerminated),
        }
    }

    #[inline]
    #[must_use]
    pub const unsafe fn from_bytes_with_nul_unchecked(bytes: &[u8]) -> &CStr {
        unsafe { &*(bytes as *const [u8] as *const CStr) }
    }

    #[inline]
    #[must_use]
    pub const fn as_ptr(&self) -> *const c_char {
        self.inner.as_ptr()
    }

    #[inline]
    #[must_use]
    pub const fn count_bytes(&self) -> usize {
        self.inner.len() - 1
    }

    #[inline]
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.count_bytes() == 0
    }

    #[inline]
    #[must_use]
    pub const fn to_bytes(&self) -> &[u8] {
        unsafe { slice::from_raw_parts(self.inner.as_ptr().cast(), self.inner.len() - 1) }
    }

    #[inline]
    #[must_use]
    pub const fn to_bytes_with_nul(&self) -> &[u8] {
        unsafe { &*((&raw const self.inner) as *const [u8]) }
    }

    pub const fn to_str(&self) -> Result<&str, str::Utf8Error> {
        str::from_utf8(self.to_bytes())
    }
}

impl fmt::Debug for CStr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\"", self.to_bytes().escape_ascii())
    }
}

impl Default for &CStr {
    fn default() -> Self {
        c""
    }
}

impl PartialOrd for CStr {
    fn partial_cmp(&self, other: &CStr) -> Option<Ordering> {
        self.to_bytes().partial_cmp(&other.to_bytes())
    }
}

impl Ord for CStr {
    fn cmp(&self, other: &CStr) -> Ordering {
        self.to_bytes().cmp(&other.to_bytes())
    }
}

impl AsRef<CStr> for CStr {
    fn as_ref(&self) -> &CStr {
        self
    }
}
