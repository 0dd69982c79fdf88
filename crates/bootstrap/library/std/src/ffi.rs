//! Strings of the operating system and of C.

mod os_str;

pub use self::os_str::{OsStr, OsString};

pub use alloc_crate::ffi::c_str::{FromBytesUntilNulError, FromBytesWithNulError};
pub use alloc_crate::ffi::{CString, FromVecWithNulError, IntoStringError, NulError};
pub use core::ffi::{
    CStr, c_char, c_double, c_float, c_int, c_long, c_longlong, c_schar, c_short, c_uchar, c_uint,
    c_ulong, c_ulonglong, c_ushort, c_void,
};

pub mod c_str {
    //! C strings.
    pub use alloc_crate::ffi::c_str::*;
}
