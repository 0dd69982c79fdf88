//! `char`: a Unicode scalar value.

mod convert;
mod decode;
mod iter;
mod methods;

pub use self::convert::{CharTryFromError, ParseCharError, TryFromCharError};
pub use self::decode::{DecodeUtf16, DecodeUtf16Error, decode_utf16};
pub use self::iter::{EscapeDebug, EscapeDefault, EscapeUnicode, ToLowercase, ToUppercase};
pub(crate) use self::methods::EscapeDebugExtArgs;
pub use crate::unicode::UNICODE_VERSION;

pub const MAX: char = char::MAX;
pub const REPLACEMENT_CHARACTER: char = char::REPLACEMENT_CHARACTER;

#[must_use]
#[inline]
pub const fn from_u32(i: u32) -> Option<char> {
    char::from_u32(i)
}

#[must_use]
#[inline]
pub const unsafe fn from_u32_unchecked(i: u32) -> char {
    unsafe { char::from_u32_unchecked(i) }
}

#[must_use]
#[inline]
pub const fn from_digit(num: u32, radix: u32) -> Option<char> {
    char::from_digit(num, radix)
}
