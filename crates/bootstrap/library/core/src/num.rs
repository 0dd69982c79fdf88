//! Numeric types and their methods.

#[macro_use]
mod int_macros;
#[macro_use]
mod signed_macros;
#[macro_use]
mod unsigned_macros;
#[macro_use]
mod float_macros;

mod big;
pub(crate) mod digits;
mod error;
mod float_parse;
#[doc(hidden)]
pub mod niche_types;
mod nonzero;
mod saturating;
mod wrapping;

pub use self::error::{IntErrorKind, ParseIntError, TryFromIntError};
pub use self::float_parse::ParseFloatError;
pub use self::nonzero::{
    NonZero, NonZeroI8, NonZeroI16, NonZeroI32, NonZeroI64, NonZeroI128, NonZeroIsize, NonZeroU8,
    NonZeroU16, NonZeroU32, NonZeroU64, NonZeroU128, NonZeroUsize, ZeroablePrimitive,
};
pub use self::saturating::Saturating;
pub use self::wrapping::Wrapping;

use crate::intrinsics;
use crate::str::FromStr;

impl i8 {
    int_impl! { i8, u8, 8 }
    signed_impl! { i8, u8, 8 }
}
impl i16 {
    int_impl! { i16, u16, 16 }
    signed_impl! { i16, u16, 16 }
}
impl i32 {
    int_impl! { i32, u32, 32 }
    signed_impl! { i32, u32, 32 }
}
impl i64 {
    int_impl! { i64, u64, 64 }
    signed_impl! { i64, u64, 64 }
}
impl i128 {
    int_impl! { i128, u128, 128 }
    signed_impl! { i128, u128, 128 }
}
impl isize {
    int_impl! { isize, usize, 64 }
    signed_impl! { isize, usize, 64 }
}
impl u8 {
    int_impl! { u8, u8, 8 }
    unsigned_impl! { u8, i8, 8 }
}
impl u16 {
    int_impl! { u16, u16, 16 }
    unsigned_impl! { u16, i16, 16 }
}
impl u32 {
    int_impl! { u32, u32, 32 }
    unsigned_impl! { u32, i32, 32 }
}
impl u64 {
    int_impl! { u64, u64, 64 }
    unsigned_impl! { u64, i64, 64 }
}
impl u128 {
    int_impl! { u128, u128, 128 }
    unsigned_impl! { u128, i128, 128 }
}
impl usize {
    int_impl! { usize, usize, 64 }
    unsigned_impl! { usize, isize, 64 }
}

macro_rules! widening {
    ($($t:ident $wide:ident)*) => {$(
        impl $t {
            #[inline]
            pub const fn widening_mul(self, rhs: Self) -> (Self, Self) {
                let wide = self as $wide * rhs as $wide;
                (wide as $t, (wide >> <$t>::BITS) as $t)
            }

            #[inline]
            pub const fn carrying_mul(self, rhs: Self, carry: Self) -> (Self, Self) {
                let wide = self as $wide * rhs as $wide + carry as $wide;
                (wide as $t, (wide >> <$t>::BITS) as $t)
            }

            #[inline]
            #[must_use]
            pub const fn midpoint(self, rhs: Self) -> Self {
                ((self as $wide + rhs as $wide) / 2) as $t
            }
        }
    )*};
}
widening! { u8 u16 u16 u32 u32 u64 u64 u128 usize u128 }

impl u128 {
    #[inline]
    #[must_use]
    pub const fn midpoint(self, rhs: u128) -> u128 {
        ((self ^ rhs) >> 1) + (self & rhs)
    }
}

/// The kinds of floating-point values.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum FpCategory {
    Nan,
    Infinite,
    Zero,
    Subnormal,
    Normal,
}

/// Parses a number in `radix`. `None` in `limit` of the type is told by `mul`/`add` overflow.
macro_rules! from_str_radix {
    ($signed:literal $($t:ident)*) => {$(
        impl FromStr for $t {
            type Err = ParseIntError;
            #[inline]
            fn from_str(src: &str) -> Result<$t, ParseIntError> {
                <$t>::from_str_radix(src, 10)
            }
        }

        impl $t {
            #[inline]
            pub const fn from_str_radix(src: &str, radix: u32) -> Result<$t, ParseIntError> {
                <$t>::from_ascii_radix(src.as_bytes(), radix)
            }

            #[inline]
            pub const fn from_ascii(src: &[u8]) -> Result<$t, ParseIntError> {
                <$t>::from_ascii_radix(src, 10)
            }

            pub const fn from_ascii_radix(src: &[u8], radix: u32) -> Result<$t, ParseIntError> {
                if radix < 2 || radix > 36 {
                    from_ascii_radix_panic(radix);
                }
                let (mut i, negative) = match src {
                    [] => return Err(ParseIntError { kind: IntErrorKind::Empty }),
                    [b'+' | b'-'] => return Err(ParseIntError { kind: IntErrorKind::InvalidDigit }),
                    [b'+', ..] => (1, false),
                    [b'-', ..] if $signed => (1, true),
                    _ => (0, false),
                };
                let mut result: $t = 0;
                // That many digits cannot overflow: 16^2 = 2^8, and larger radices are checked.
                let safe = radix <= 16 && src.len() <= size_of::<$t>() * 2 - $signed as usize;
                while i < src.len() {
                    let Some(x) = (src[i] as char).to_digit(radix) else {
                        return Err(ParseIntError { kind: IntErrorKind::InvalidDigit });
                    };
                    i += 1;
                    if safe {
                        result = intrinsics::wrapping_mul(result, radix as $t);
                        result = if negative {
                            intrinsics::wrapping_sub(result, x as $t)
                        } else {
                            intrinsics::wrapping_add(result, x as $t)
                        };
                        continue;
                    }
                    let (product, o1) = intrinsics::mul_with_overflow(result, radix as $t);
                    let (sum, o2) = if negative {
                        intrinsics::sub_with_overflow(product, x as $t)
                    } else {
                        intrinsics::add_with_overflow(product, x as $t)
                    };
                    if o1 || o2 {
                        // An invalid digit later on is the error that is told.
                        while i < src.len() {
                            if (src[i] as char).to_digit(radix).is_none() {
                                return Err(ParseIntError { kind: IntErrorKind::InvalidDigit });
                            }
                            i += 1;
                        }
                        let kind = if negative {
                            IntErrorKind::NegOverflow
                        } else {
                            IntErrorKind::PosOverflow
                        };
                        return Err(ParseIntError { kind });
                    }
                    result = sum;
                }
                Ok(result)
            }
        }
    )*};
}
from_str_radix! { true i8 i16 i32 i64 i128 isize }
from_str_radix! { false u8 u16 u32 u64 u128 usize }

#[cold]
#[track_caller]
const fn from_ascii_radix_panic(radix: u32) -> ! {
    let _ = radix;
    panic!("from_ascii_radix: radix must lie in the range `[2, 36]`")
}

impl u8 {
    #[must_use]
    #[inline]
    pub const fn is_ascii(&self) -> bool {
        *self < 128
    }

    #[must_use]
    #[inline]
    pub const fn to_ascii_uppercase(&self) -> u8 {
        *self ^ ((self.is_ascii_lowercase() as u8) << 5)
    }

    #[must_use]
    #[inline]
    pub const fn to_ascii_lowercase(&self) -> u8 {
        *self | ((self.is_ascii_uppercase() as u8) << 5)
    }

    #[inline]
    pub const fn make_ascii_uppercase(&mut self) {
        *self = self.to_ascii_uppercase();
    }

    #[inline]
    pub const fn make_ascii_lowercase(&mut self) {
        *self = self.to_ascii_lowercase();
    }

    #[inline]
    pub const fn eq_ignore_ascii_case(&self, other: &u8) -> bool {
        self.to_ascii_lowercase() == other.to_ascii_lowercase()
    }

    #[must_use]
    #[inline]
    pub const fn is_ascii_alphabetic(&self) -> bool {
        matches!(*self, b'A'..=b'Z' | b'a'..=b'z')
    }

    #[must_use]
    #[inline]
    pub const fn is_ascii_uppercase(&self) -> bool {
        matches!(*self, b'A'..=b'Z')
    }

    #[must_use]
    #[inline]
    pub const fn is_ascii_lowercase(&self) -> bool {
        matches!(*self, b'a'..=b'z')
    }

    #[must_use]
    #[inline]
    pub const fn is_ascii_alphanumeric(&self) -> bool {
        matches!(*self, b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z')
    }

    #[must_use]
    #[inline]
    pub const fn is_ascii_digit(&self) -> bool {
        matches!(*self, b'0'..=b'9')
    }

    #[must_use]
    #[inline]
    pub const fn is_ascii_octdigit(&self) -> bool {
        matches!(*self, b'0'..=b'7')
    }

    #[must_use]
    #[inline]
    pub const fn is_ascii_hexdigit(&self) -> bool {
        matches!(*self, b'0'..=b'9' | b'A'..=b'F' | b'a'..=b'f')
    }

    #[must_use]
    #[inline]
    pub const fn is_ascii_punctuation(&self) -> bool {
        matches!(*self, b'!'..=b'/' | b':'..=b'@' | b'['..=b'`' | b'{'..=b'~')
    }

    #[must_use]
    #[inline]
    pub const fn is_ascii_graphic(&self) -> bool {
        matches!(*self, b'!'..=b'~')
    }

    #[must_use]
    #[inline]
    pub const fn is_ascii_whitespace(&self) -> bool {
        matches!(*self, b'\t' | b'\n' | b'\x0C' | b'\r' | b' ')
    }

    #[must_use]
    #[inline]
    pub const fn is_ascii_control(&self) -> bool {
        matches!(*self, b'\0'..=b'\x1F' | b'\x7F')
    }

    #[must_use]
    #[inline]
    pub fn escape_ascii(self) -> crate::ascii::EscapeDefault {
        crate::ascii::escape_default(self)
    }

    #[inline]
    pub(crate) const fn is_utf8_char_boundary(self) -> bool {
        (self as i8) >= -0x40
    }
}
