//! Types that match C's.

mod c_str;

pub use self::c_str::{CStr, FromBytesUntilNulError, FromBytesWithNulError};

use crate::fmt;

macro_rules! c_types {
    ($($name:ident = $t:ty;)*) => {$(
        #[allow(non_camel_case_types)]
        pub type $name = $t;
    )*};
}
c_types! {
    c_schar = i8;
    c_uchar = u8;
    c_short = i16;
    c_ushort = u16;
    c_int = i32;
    c_uint = u32;
    c_long = i64;
    c_ulong = u64;
    c_longlong = i64;
    c_ulonglong = u64;
    c_float = f32;
    c_double = f64;
    c_size_t = usize;
    c_ssize_t = isize;
    c_ptrdiff_t = isize;
}

#[cfg(target_arch = "x86_64")]
#[allow(non_camel_case_types)]
pub type c_char = i8;
#[cfg(not(target_arch = "x86_64"))]
#[allow(non_camel_case_types)]
pub type c_char = u8;

/// C's `void`, behind a pointer.
#[allow(non_camel_case_types)]
#[lang = "c_void"]
#[repr(u8)]
pub enum c_void {
    #[doc(hidden)]
    __variant1,
    #[doc(hidden)]
    __variant2,
}

impl fmt::Debug for c_void {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("c_void").finish()
    }
}
