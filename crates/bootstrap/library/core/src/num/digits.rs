//! The decimal digits of a float: the fewest that identify it, or all up to a position.
//!
//! This is Steele and White's algorithm ("How to Print Floating-Point Numbers Accurately", 1990):
//! the value is kept as the fraction `r / s` of exact natural numbers, and each step multiplies by
//! ten and takes off the integer part. `up / s` and `down / s` are the distances to the nearest
//! numbers that another float would be read for. Values of ordinary size fit `u128`; others use
//! big numbers.

use super::big::Big;
use crate::cmp::Ordering;

/// A positive finite float: `mantissa * 2^exponent`.
#[derive(Clone, Copy)]
pub(crate) struct Decoded {
    pub(crate) mantissa: u64,
    pub(crate) exponent: i32,
    /// The next smaller float is only half as far away as the next larger one.
    pub(crate) closer_below: bool,
}

/// The number of digits that a `u64` mantissa can need.
pub(crate) const MAX_SHORTEST: usize = 17;

trait Natural: Clone {
    fn new(x: u64) -> Self;
    fn shl(&mut self, bits: usize);
    fn mul_pow10(&mut self, n: usize);
    fn cmp(&self, other: &Self) -> Ordering;
    fn add(&mut self, other: &Self);
    fn sub(&mut self, other: &Self);
}

impl Natural for u128 {
    fn new(x: u64) -> u128 {
        x as u128
    }
    fn shl(&mut self, bits: usize) {
        *self <<= bits;
    }
    fn mul_pow10(&mut self, n: usize) {
        let mut i = 0;
        while i < n {
            *self *= 10;
            i += 1;
        }
    }
    fn cmp(&self, other: &u128) -> Ordering {
        Ord::cmp(self, other)
    }
    fn add(&mut self, other: &u128) {
        *self += *other;
    }
    fn sub(&mut self, other: &u128) {
        *self -= *other;
    }
}

impl Natural for Big<40> {
    fn new(x: u64) -> Self {
        Big::new(x)
    }
    fn shl(&mut self, bits: usize) {
        self.shl(bits)
    }
    fn mul_pow10(&mut self, n: usize) {
        self.mul_pow10(n)
    }
    fn cmp(&self, other: &Self) -> Ordering {
        self.cmp(other)
    }
    fn add(&mut self, other: &Self) {
        self.add(other)
    }
    fn sub(&mut self, other: &Self) {
        self.sub(other)
    }
}

impl Decoded {
    fn bits(&self) -> i32 {
        64 - self.mantissa.leading_zeros() as i32
    }

    /// A `k` with `10^(k-1) <= value < 10^(k+1)`: the logarithm from the bit length.
    fn estimate(&self) -> i32 {
        (((self.bits() + self.exponent) as i64 * 1_292_913_986) >> 32) as i32
    }

    fn fits_u128(&self) -> bool {
        let k = self.estimate();
        let (r, s) = (self.exponent.max(0), (-self.exponent).max(0));
        let scale = k.unsigned_abs() as i32 * 10 / 3 + 4;
        let (r, s) = if k < 0 { (r + scale, s) } else { (r, s + scale) };
        r + self.bits() + 8 <= 124 && s + 8 <= 124
    }
}

/// Writes the fewest digits that are read back as the same float. The value of the digits `d`
/// is `0.d * 10^k`; returns their number and `k`.
pub(crate) fn shortest(d: &Decoded, buf: &mut [u8; MAX_SHORTEST]) -> (usize, i32) {
    if d.fits_u128() { shortest_in::<u128>(d, buf) } else { shortest_in::<Big<40>>(d, buf) }
}

/// Writes the digits down to the position of `10^limit`, correctly rounded, ties to even, as many
/// as `buf` holds. The result is as in [`shortest`].
pub(crate) fn exact(d: &Decoded, buf: &mut [u8], limit: i32) -> (usize, i32) {
    if d.fits_u128() {
        exact_in::<u128>(d, buf, limit, usize::MAX)
    } else {
        exact_in::<Big<40>>(d, buf, limit, usize::MAX)
    }
}

/// Like [`exact`], but for a number of digits.
pub(crate) fn exact_count(d: &Decoded, buf: &mut [u8], count: usize) -> (usize, i32) {
    if d.fits_u128() {
        exact_in::<u128>(d, buf, i32::MIN, count)
    } else {
        exact_in::<Big<40>>(d, buf, i32::MIN, count)
    }
}

// `r >= s` takes one off: the next digit.
fn divide<T: Natural>(r: &mut T, s: &T) -> u8 {
    let mut digit = b'0';
    while r.cmp(s).is_ge() {
        r.sub(s);
        digit += 1;
    }
    digit
}

fn shortest_in<T: Natural>(d: &Decoded, buf: &mut [u8; MAX_SHORTEST]) -> (usize, i32) {
    // Reading rounds ties to even, so an even mantissa owns the ends of its interval.
    let inclusive = d.mantissa % 2 == 0;
    let half = if d.closer_below { 2 } else { 1 };
    let (mut r, mut s) = (T::new(d.mantissa), T::new(1));
    let (mut up, mut down) = (T::new(1), T::new(1));
    r.shl(half);
    s.shl(half);
    up.shl(half - 1);
    if d.exponent >= 0 {
        let e = d.exponent as usize;
        r.shl(e);
        up.shl(e);
        down.shl(e);
    } else {
        s.shl(-d.exponent as usize);
    }
    let mut k = d.estimate();
    if k >= 0 {
        s.mul_pow10(k as usize);
    } else {
        let n = -k as usize;
        r.mul_pow10(n);
        up.mul_pow10(n);
        down.mul_pow10(n);
    }
    let exceeds = |r: &T, up: &T, s: &T| {
        let mut high = r.clone();
        high.add(up);
        match high.cmp(s) {
            Ordering::Greater => true,
            Ordering::Equal => inclusive,
            Ordering::Less => false,
        }
    };
    while exceeds(&r, &up, &s) {
        s.mul_pow10(1);
        k += 1;
    }
    let mut n = 0;
    loop {
        r.mul_pow10(1);
        up.mul_pow10(1);
        down.mul_pow10(1);
        if n == 0 && r.cmp(&s).is_lt() && !exceeds(&r, &up, &s) {
            // The estimate was one too large.
            k -= 1;
            continue;
        }
        let digit = divide(&mut r, &s);
        buf[n] = digit;
        n += 1;
        let low = match r.cmp(&down) {
            Ordering::Less => true,
            Ordering::Equal => inclusive,
            Ordering::Greater => false,
        };
        let high = exceeds(&r, &up, &s);
        if low || high {
            let mut twice = r.clone();
            twice.shl(1);
            if high && (!low || twice.cmp(&s).is_ge()) {
                (n, k) = round_up(buf, n, k);
            }
            while n > 1 && buf[n - 1] == b'0' {
                n -= 1;
            }
            return (n, k);
        }
    }
}

fn exact_in<T: Natural>(d: &Decoded, buf: &mut [u8], limit: i32, count: usize) -> (usize, i32) {
    let (mut r, mut s) = (T::new(d.mantissa), T::new(1));
    if d.exponent >= 0 {
        r.shl(d.exponent as usize);
    } else {
        s.shl(-d.exponent as usize);
    }
    let mut k = d.estimate();
    if k >= 0 {
        s.mul_pow10(k as usize);
    } else {
        r.mul_pow10(-k as usize);
    }
    while r.cmp(&s).is_ge() {
        s.mul_pow10(1);
        k += 1;
    }
    let mut first = r.clone();
    first.mul_pow10(1);
    while first.cmp(&s).is_lt() {
        r = first.clone();
        first.mul_pow10(1);
        k -= 1;
    }
    // Now `0.1 <= r / s < 1`.
    let wanted = (k as i64 - limit as i64).clamp(-1, buf.len() as i64);
    if wanted < 0 {
        return (0, k);
    }
    let wanted = if count < wanted as usize { count } else { wanted as usize };
    let mut n = 0;
    while n < wanted {
        r.mul_pow10(1);
        buf[n] = divide(&mut r, &s);
        n += 1;
    }
    let mut twice = r;
    twice.shl(1);
    let up = match twice.cmp(&s) {
        Ordering::Greater => true,
        Ordering::Equal => n > 0 && buf[n - 1] % 2 == 1,
        Ordering::Less => false,
    };
    if up {
        let before = k;
        (n, k) = round_up(buf, n, k);
        // One more digit in front leaves the position of the last one.
        if k > before && count == usize::MAX && n < buf.len() && wanted > 0 {
            buf[n] = b'0';
            n += 1;
        }
    }
    (n, k)
}

/// Adds one in the last place; `99` becomes `10` of the next power.
fn round_up(buf: &mut [u8], n: usize, k: i32) -> (usize, i32) {
    let mut i = n;
    while i > 0 && buf[i - 1] == b'9' {
        i -= 1;
        buf[i] = b'0';
    }
    if i > 0 {
        buf[i - 1] += 1;
        return (n, k);
    }
    if n == 0 {
        if buf.is_empty() {
            return (0, k);
        }
        buf[0] = b'1';
        return (1, k + 1);
    }
    buf[0] = b'1';
    (n, k + 1)
}
