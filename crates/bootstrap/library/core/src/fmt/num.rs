//! Formatting of integers.

use crate::fmt::{self, Binary, Debug, Display, Formatter, LowerExp, LowerHex, Octal, UpperExp, UpperHex};
use crate::str;

const DIGIT_PAIRS: &[u8; 200] = b"\
    0001020304050607080910111213141516171819\
    2021222324252627282930313233343536373839\
    4041424344454647484950515253545556575859\
    6061626364656667686970717273747576777879\
    8081828384858687888990919293949596979899";

/// Writes the decimal digits of `n` so that they end at `end`; returns where they start.
fn decimal_u64(mut n: u64, buf: &mut [u8; 40], end: usize) -> usize {
    let mut at = end;
    let put = |buf: &mut [u8; 40], at: usize, pair: usize| unsafe {
        *buf.get_unchecked_mut(at) = *DIGIT_PAIRS.get_unchecked(2 * pair);
        *buf.get_unchecked_mut(at + 1) = *DIGIT_PAIRS.get_unchecked(2 * pair + 1);
    };
    while n >= 100 {
        at -= 2;
        put(buf, at, (n % 100) as usize);
        n /= 100;
    }
    if n >= 10 {
        at -= 2;
        put(buf, at, n as usize);
    } else {
        at -= 1;
        buf[at] = b'0' + n as u8;
    }
    at
}

fn fmt_u64(n: u64, is_nonnegative: bool, f: &mut Formatter<'_>) -> fmt::Result {
    let mut buf = [0; 40];
    let start = decimal_u64(n, &mut buf, 40);
    f.pad_integral(is_nonnegative, "", unsafe { str::from_utf8_unchecked(&buf[start..]) })
}

fn fmt_u128(mut n: u128, is_nonnegative: bool, f: &mut Formatter<'_>) -> fmt::Result {
    const CHUNK: u128 = 10_000_000_000_000_000;
    let mut buf = [0; 40];
    let mut end = 40;
    while n > u64::MAX as u128 {
        let mut start = decimal_u64((n % CHUNK) as u64, &mut buf, end);
        end -= 16;
        while start > end {
            start -= 1;
            buf[start] = b'0';
        }
        n /= CHUNK;
    }
    let start = decimal_u64(n as u64, &mut buf, end);
    f.pad_integral(is_nonnegative, "", unsafe { str::from_utf8_unchecked(&buf[start..]) })
}

/// Digits of a power-of-two radix, `bits` at a time.
fn fmt_radix(
    mut n: u128,
    bits: u32,
    letters: u8,
    prefix: &str,
    f: &mut Formatter<'_>,
) -> fmt::Result {
    let mut buf = [0; 128];
    let mut at = 128;
    loop {
        let digit = (n & ((1 << bits) - 1)) as u8;
        at -= 1;
        buf[at] = if digit < 10 { b'0' + digit } else { letters + (digit - 10) };
        n >>= bits;
        if n == 0 {
            break;
        }
    }
    f.pad_integral(true, prefix, unsafe { str::from_utf8_unchecked(&buf[at..]) })
}

/// `1.5e3`: trailing zeros go into the exponent, the precision rounds half to even.
fn fmt_exp(n: u128, is_nonnegative: bool, e: u8, f: &mut Formatter<'_>) -> fmt::Result {
    let mut digits = [0; 40];
    let mut at = 40;
    let mut rest = n;
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    let mut exponent = 39 - at;
    let mut len = 40 - at;
    let shown = match f.precision() {
        None => {
            while len > 1 && digits[at + len - 1] == b'0' {
                len -= 1;
            }
            len
        }
        Some(p) => p + 1,
    };
    if shown < len {
        let (next, last) = (digits[at + shown], digits[at + shown - 1]);
        let more = digits[at + shown + 1..at + len].iter().any(|&d| d != b'0');
        len = shown;
        if next > b'5' || (next == b'5' && (more || last % 2 == 1)) {
            let mut i = at + len;
            while i > at && digits[i - 1] == b'9' {
                i -= 1;
                digits[i] = b'0';
            }
            if i > at {
                digits[i - 1] += 1;
            } else {
                digits[at] = b'1';
                exponent += 1;
            }
        }
    }
    let number = unsafe { str::from_utf8_unchecked(&digits[at..at + len]) };
    super::float::pad_scientific(f, is_nonnegative, number, shown, exponent as i32, e)
}

macro_rules! integers {
    ($($t:ident $U:ident $via:ident $fmt:ident;)*) => {$(
        impl Display for $t {
            fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
                #[allow(unused_comparisons)]
                let is_nonnegative = *self >= 0;
                let magnitude = if is_nonnegative { *self as $via } else { (*self as $via).wrapping_neg() };
                $fmt(magnitude, is_nonnegative, f)
            }
        }

        impl Debug for $t {
            #[inline]
            fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
                if f.debug_lower_hex() {
                    LowerHex::fmt(self, f)
                } else if f.debug_upper_hex() {
                    UpperHex::fmt(self, f)
                } else {
                    Display::fmt(self, f)
                }
            }
        }

        impl Binary for $t {
            fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
                fmt_radix(*self as $U as u128, 1, b'a', "0b", f)
            }
        }

        impl Octal for $t {
            fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
                fmt_radix(*self as $U as u128, 3, b'a', "0o", f)
            }
        }

        impl LowerHex for $t {
            fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
                fmt_radix(*self as $U as u128, 4, b'a', "0x", f)
            }
        }

        impl UpperHex for $t {
            fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
                fmt_radix(*self as $U as u128, 4, b'A', "0x", f)
            }
        }

        impl LowerExp for $t {
            fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
                #[allow(unused_comparisons)]
                let is_nonnegative = *self >= 0;
                let n = *self as $via;
                fmt_exp(if is_nonnegative { n } else { n.wrapping_neg() } as u128, is_nonnegative, b'e', f)
            }
        }

        impl UpperExp for $t {
            fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
                #[allow(unused_comparisons)]
                let is_nonnegative = *self >= 0;
                let n = *self as $via;
                fmt_exp(if is_nonnegative { n } else { n.wrapping_neg() } as u128, is_nonnegative, b'E', f)
            }
        }
    )*};
}
integers! {
    i8 u8 u64 fmt_u64;
    i16 u16 u64 fmt_u64;
    i32 u32 u64 fmt_u64;
    i64 u64 u64 fmt_u64;
    isize usize u64 fmt_u64;
    i128 u128 u128 fmt_u128;
    u8 u8 u64 fmt_u64;
    u16 u16 u64 fmt_u64;
    u32 u32 u64 fmt_u64;
    u64 u64 u64 fmt_u64;
    usize usize u64 fmt_u64;
    u128 u128 u128 fmt_u128;
}
