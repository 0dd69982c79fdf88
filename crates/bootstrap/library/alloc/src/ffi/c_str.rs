//! `CString`.

pub use core::ffi::{CStr, FromBytesUntilNulError, FromBytesWithNulError};

use core::borrow::Borrow;
use core::error::Error;
use core::ffi::c_char;
use core::fmt;
use core::mem;
use core::ops::Deref;
use core::str::Utf8Error;

use crate::borrow::{Cow, ToOwned};
use crate::boxed::Box;
use crate::string::String;
use crate::vec::Vec;

/// Bytes that end in the only NUL, owned.
#[derive(PartialEq, PartialOrd, Eq, Ord, Hash, Clone)]
#[rustc_diagnostic_item = "cstring_type"]
#[rustc_insignificant_dtor]
pub struct CString {
    inner: Box<[u8]>,
}

/// There is a NUL among the bytes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NulError(usize, Vec<u8>);

impl NulError {
    #[must_use]
    pub fn nul_position(&self) -> usize {
        self.0
    }

    #[must_use = "`self` will be dropped if the result is not used"]
    pub fn into_vec(self) -> Vec<u8> {
        self.1
    }
}

impl fmt::Display for NulError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "nul byte found in provided data at position: {}", self.0)
    }
}

impl Error for NulError {}

/// The bytes are no C string.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FromVecWithNulError {
    bytes: Vec<u8>,
}

impl fmt::Display for FromVecWithNulError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("data provided is not nul terminated")
    }
}

impl Error for FromVecWithNulError {}

/// The C string is no UTF-8.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct IntoStringError {
    inner: CString,
    error: Utf8Error,
}

impl IntoStringError {
    #[must_use]
    pub fn utf8_error(&self) -> Utf8Error {
        self.error
    }

    #[must_use = "`self` will be dropped if the result is not used"]
    pub fn into_cstring(self) -> CString {
        self.inner
    }
}

impl fmt::Display for IntoStringError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("C string contained non-utf8 bytes")
    }
}

impl Error for IntoStringError {}

impl CString {
    pub fn new<T: Into<Vec<u8>>>(t: T) -> Result<CString, NulError> {
        let bytes: Vec<u8> = t.into();
        match bytes.iter().position(|&b| b == 0) {
            Some(i) => Err(NulError(i, bytes)),
            None => Ok(unsafe { Self::from_vec_unchecked(bytes) }),
        }
    }

    #[must_use]
    pub unsafe fn from_vec_unchecked(mut v: Vec<u8>) -> Self {
        v.push(0);
        CString { inner: v.into_boxed_slice() }
    }

    pub fn from_vec_with_nul(v: Vec<u8>) -> Result<Self, FromVecWithNulError> {
        match v.iter().position(|&b| b == 0) {
            Some(i) if i + 1 == v.len() => Ok(CString { inner: v.into_boxed_slice() }),
            _ => Err(FromVecWithNulError { bytes: v }),
        }
    }

    #[must_use = "call `drop(from_raw(ptr))` if you intend to drop the `CString`"]
    pub unsafe fn from_raw(ptr: *mut c_char) -> CString {
        unsafe {
            let len = CStr::from_ptr(ptr).to_bytes_with_nul().len();
            let slice = core::ptr::slice_from_raw_parts_mut(ptr as *mut u8, len);
            CString { inner: Box::from_raw(slice) }
        }
    }

    #[must_use = "`self` will be dropped if the result is not used"]
    pub fn into_raw(mut self) -> *mut c_char {
        Box::into_raw(mem::take(&mut self.inner)) as *mut c_char
    }

    pub fn into_string(self) -> Result<String, IntoStringError> {
        let mut bytes = self.inner.clone().into_vec();
        bytes.pop();
        String::from_utf8(bytes)
            .map_err(|e| IntoStringError { error: e.utf8_error(), inner: self })
    }

    #[must_use = "`self` will be dropped if the result is not used"]
    pub fn into_bytes(self) -> Vec<u8> {
        let mut bytes = self.into_bytes_with_nul();
        bytes.pop();
        bytes
    }

    #[must_use = "`self` will be dropped if the result is not used"]
    pub fn into_bytes_with_nul(mut self) -> Vec<u8> {
        mem::take(&mut self.inner).into_vec()
    }

    #[inline]
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.inner[..self.inner.len() - 1]
    }

    #[inline]
    #[must_use]
    pub fn as_bytes_with_nul(&self) -> &[u8] {
        &self.inner
    }

    #[inline]
    #[must_use]
    pub fn as_c_str(&self) -> &CStr {
        unsafe { CStr::from_bytes_with_nul_unchecked(&self.inner) }
    }
}

impl Deref for CString {
    type Target = CStr;
    #[inline]
    fn deref(&self) -> &CStr {
        self.as_c_str()
    }
}

impl fmt::Debug for CString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl Default for CString {
    fn default() -> CString {
        CString { inner: Box::new([0]) }
    }
}

impl Borrow<CStr> for CString {
    fn borrow(&self) -> &CStr {
        self
    }
}

impl AsRef<CStr> for CString {
    fn as_ref(&self) -> &CStr {
        self
    }
}

impl ToOwned for CStr {
    type Owned = CString;
    fn to_owned(&self) -> CString {
        CString { inner: self.to_bytes_with_nul().into() }
    }
}

impl From<&CStr> for CString {
    fn from(s: &CStr) -> CString {
        s.to_owned()
    }
}

impl CStr {
    #[rustc_allow_incoherent_impl]
    #[must_use = "this returns the result of the operation, without modifying the original"]
    pub fn to_string_lossy(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(self.to_bytes())
    }
}
