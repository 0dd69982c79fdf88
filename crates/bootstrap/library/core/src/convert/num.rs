//! Conversions between the numeric types.

use crate::num::{IntErrorKind, NonZero, ParseIntError, TryFromIntError};

// Every value of the first type is one of each of the others.
macro_rules! lossless {
    ($($small:ty => $($large:ty)*;)*) => {$($(
        impl const From<$small> for $large {
            #[inline(always)]
            fn from(small: $small) -> Self {
                small as Self
            }
        }
    )*)*};
}
lossless! {
    bool => u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize;
    u8 => u16 u32 u64 u128 usize i16 i32 i64 i128 isize f32 f64 char;
    u16 => u32 u64 u128 usize i32 i64 i128 f32 f64;
    u32 => u64 u128 i64 i128 f64;
    u64 => u128 i128;
    i8 => i16 i32 i64 i128 isize f32 f64;
    i16 => i32 i64 i128 isize f32 f64;
    i32 => i64 i128 f64;
    i64 => i128;
    f32 => f64;
    char => u32 u64 u128;
}

impl From<bool> for f32 {
    #[inline]
    fn from(b: bool) -> f32 {
        b as u8 as f32
    }
}

impl From<bool> for f64 {
    #[inline]
    fn from(b: bool) -> f64 {
        b as u8 as f64
    }
}

macro_rules! lossy {
    ($($from:ty => $($to:ty)*;)*) => {$($(
        impl TryFrom<$from> for $to {
            type Error = TryFromIntError;
            #[inline]
            fn try_from(u: $from) -> Result<Self, TryFromIntError> {
                // The round trip changes the value, or the sign is misread.
                let to = u as $to;
                #[allow(unused_comparisons)]
                if to as $from == u && (to < 0) == (u < 0) {
                    Ok(to)
                } else {
                    Err(TryFromIntError(()))
                }
            }
        }
    )*)*};
}
lossy! {
    u8 => i8;
    u16 => u8 i8 i16 isize;
    u32 => u8 u16 i8 i16 i32 usize isize;
    u64 => u8 u16 u32 i8 i16 i32 i64 usize isize;
    u128 => u8 u16 u32 u64 i8 i16 i32 i64 i128 usize isize;
    usize => u8 u16 u32 u64 u128 i8 i16 i32 i64 i128 isize;
    i8 => u8 u16 u32 u64 u128 usize;
    i16 => u8 u16 u32 u64 u128 i8 usize;
    i32 => u8 u16 u32 u64 u128 i8 i16 usize isize;
    i64 => u8 u16 u32 u64 u128 i8 i16 i32 usize isize;
    i128 => u8 u16 u32 u64 u128 i8 i16 i32 i64 usize isize;
    isize => u8 u16 u32 u64 u128 i8 i16 i32 i64 i128 usize;
}

macro_rules! nonzero_lossless {
    ($($small:ty => $($large:ty)*;)*) => {$($(
        impl From<NonZero<$small>> for NonZero<$large> {
            #[inline]
            fn from(small: NonZero<$small>) -> Self {
                unsafe { Self::new_unchecked(small.get() as $large) }
            }
        }
    )*)*};
}
nonzero_lossless! {
    u8 => u16 u32 u64 u128 usize i16 i32 i64 i128 isize;
    u16 => u32 u64 u128 usize i32 i64 i128;
    u32 => u64 u128 i64 i128;
    u64 => u128 i128;
    i8 => i16 i32 i64 i128 isize;
    i16 => i32 i64 i128 isize;
    i32 => i64 i128;
    i64 => i128;
}

macro_rules! nonzero_try {
    ($($t:ty)*) => {$(
        impl TryFrom<$t> for NonZero<$t> {
            type Error = TryFromIntError;
            #[inline]
            fn try_from(value: $t) -> Result<Self, TryFromIntError> {
                Self::new(value).ok_or(TryFromIntError(()))
            }
        }

        impl crate::str::FromStr for NonZero<$t> {
            type Err = ParseIntError;
            fn from_str(src: &str) -> Result<Self, ParseIntError> {
                Self::new(<$t>::from_str_radix(src, 10)?)
                    .ok_or(ParseIntError { kind: IntErrorKind::Zero })
            }
        }
    )*};
}
nonzero_try! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }
