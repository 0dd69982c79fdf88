//! Reading floats, correctly rounded.
//!
//! Short numbers are exact in the type and need one multiplication or division by an exact power
//! of ten (Clinger 1990). All others go through a division of big numbers.

use super::big::Big;
use crate::fmt::{self, Display};
use crate::str::FromStr;

/// The text is no float.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseFloatError {
    kind: FloatErrorKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum FloatErrorKind {
    Empty,
    Invalid,
}

impl fmt::Display for ParseFloatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            FloatErrorKind::Empty => "cannot parse float from empty string",
            FloatErrorKind::Invalid => "invalid float literal",
        }
        .fmt(f)
    }
}

/// More digits than these decide nothing, but whether any of the rest is not zero.
const MAX_DIGITS: usize = 770;

enum Number<'a> {
    Infinity,
    Nan,
    // The digits, perhaps with a point among them, and the exponent of the last of them.
    Decimal { digits: &'a [u8], exponent: i64 },
}

fn parse_number(s: &[u8]) -> Option<Number<'_>> {
    if s.eq_ignore_ascii_case(b"inf") || s.eq_ignore_ascii_case(b"infinity") {
        return Some(Number::Infinity);
    }
    if s.eq_ignore_ascii_case(b"nan") {
        return Some(Number::Nan);
    }
    let (mut i, mut count, mut fraction, mut point) = (0, 0, 0i64, false);
    while i < s.len() {
        match s[i] {
            b'0'..=b'9' => {
                count += 1;
                fraction += point as i64;
            }
            b'.' if !point => point = true,
            _ => break,
        }
        i += 1;
    }
    if count == 0 {
        return None;
    }
    let digits = &s[..i];
    let mut exponent = 0i64;
    if i < s.len() {
        if s[i] | 0x20 != b'e' {
            return None;
        }
        let (negative, power) = match &s[i + 1..] {
            [b'-', rest @ ..] => (true, rest),
            [b'+', rest @ ..] => (false, rest),
            rest => (false, rest),
        };
        if power.is_empty() {
            return None;
        }
        for &c in power {
            if !c.is_ascii_digit() {
                return None;
            }
            if exponent < 1_000_000_000 {
                exponent = exponent * 10 + (c - b'0') as i64;
            }
        }
        if negative {
            exponent = -exponent;
        }
    }
    Some(Number::Decimal { digits, exponent: exponent - fraction })
}

/// Rounds `q * 2^exponent`, where `sticky` tells of a remainder below `q`, to a float with `p` bits
/// of mantissa and the given least exponent; returns its bits without the sign.
fn round(q: u128, exponent: i64, sticky: bool, p: u32, max_exponent: i64) -> u64 {
    let length = 128 - q.leading_zeros() as i64;
    // The exponent of the last place of the result, in a normal number or a subnormal one.
    let last = (exponent + length - p as i64).max(3 - max_exponent - p as i64);
    let shift = last - exponent;
    let (mut mantissa, half, below);
    if shift > 127 {
        (mantissa, half, below) = (0, false, true);
    } else if shift > 0 {
        mantissa = (q >> shift) as u64;
        half = (q >> (shift - 1)) & 1 == 1;
        below = q & ((1 << (shift - 1)) - 1) != 0 || sticky;
    } else {
        (mantissa, half, below) = ((q << -shift) as u64, false, sticky);
    }
    if half && (below || mantissa % 2 == 1) {
        mantissa += 1;
    }
    // A carry out of the mantissa makes the exponent one larger by itself.
    let biased = last + p as i64 - 3 + max_exponent;
    let bits = ((biased as u64) << (p - 1)) + mantissa;
    let infinity = (2 * max_exponent as u64 - 1) << (p - 1);
    if bits > infinity { infinity } else { bits }
}

/// The float nearest to a decimal, by division of big numbers.
fn slow(digits: &[u8], exponent: i64, p: u32, max_exponent: i64) -> u64 {
    let mut exponent = exponent;
    let mut num = Big::<128>::new(0);
    let (mut taken, mut sticky) = (0, false);
    for &c in digits {
        if c == b'.' || (taken == 0 && c == b'0') {
            continue;
        }
        if taken < MAX_DIGITS {
            if num.is_zero() {
                num = Big::new((c - b'0') as u64);
            } else {
                num.mul_add(10, (c - b'0') as u32);
            }
            taken += 1;
        } else {
            sticky |= c != b'0';
            exponent += 1;
        }
    }
    let magnitude = exponent + taken as i64;
    if num.is_zero() || magnitude < -400 {
        return 0;
    }
    if magnitude > 400 {
        return (2 * max_exponent as u64 - 1) << (p - 1);
    }
    let mut den = Big::<128>::new(1);
    if exponent >= 0 {
        num.mul_pow10(exponent as usize);
    } else {
        den.mul_pow10(-exponent as usize);
    }
    // Scales by a power of two, so that the quotient has 64 or 65 bits.
    let shift = 64 - num.bit_length() as i64 + den.bit_length() as i64;
    if shift >= 0 {
        num.shl(shift as usize);
    } else {
        den.shl(-shift as usize);
    }
    den.shl(64);
    let mut q = 0u128;
    for _ in 0..65 {
        q <<= 1;
        if num.cmp(&den).is_ge() {
            num.sub(&den);
            q |= 1;
        }
        num.shl(1);
    }
    round(q, -shift, sticky || !num.is_zero(), p, max_exponent)
}

macro_rules! float_from_str {
    ($($t:ident $Bits:ident $mantissa_bits:literal $max_exponent:literal $powers:expr;)*) => {$(
        impl FromStr for $t {
            type Err = ParseFloatError;

            fn from_str(src: &str) -> Result<$t, ParseFloatError> {
                let (negative, s) = match src.as_bytes() {
                    [] => return Err(ParseFloatError { kind: FloatErrorKind::Empty }),
                    [b'-', rest @ ..] => (true, rest),
                    [b'+', rest @ ..] => (false, rest),
                    rest => (false, rest),
                };
                let value = match parse_number(s) {
                    None => return Err(ParseFloatError { kind: FloatErrorKind::Invalid }),
                    Some(Number::Infinity) => <$t>::INFINITY,
                    Some(Number::Nan) => <$t>::NAN,
                    Some(Number::Decimal { digits, exponent }) => {
                        const POWERS: &[$t] = &$powers;
                        let mut mantissa = 0u64;
                        for &c in digits {
                            if c != b'.' && mantissa < 1 << 60 {
                                mantissa = mantissa * 10 + (c - b'0') as u64;
                            }
                        }
                        let power = exponent.unsigned_abs() as usize;
                        if mantissa < 1 << $mantissa_bits && power < POWERS.len() {
                            if exponent < 0 {
                                mantissa as $t / POWERS[power]
                            } else {
                                mantissa as $t * POWERS[power]
                            }
                        } else {
                            let bits = slow(digits, exponent, $mantissa_bits, $max_exponent);
                            <$t>::from_bits(bits as $Bits)
                        }
                    }
                };
                Ok(if negative { -value } else { value })
            }
        }
    )*};
}
float_from_str! {
    f32 u32 24 128 [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10];
    f64 u64 53 1024 [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
        1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];
}
