//! Sine, cosine and tangent.

use super::pair::{Pair, two_prod, two_sum};

// Half of pi in parts of 33, 33, 53 and 53 bits.
const PI_2: [f64; 4] = [
    f64::from_bits(0x3FF9_21FB_5440_0000),
    f64::from_bits(0x3DD0_B461_1A60_0000),
    f64::from_bits(0x3BA3_198A_2E03_7073),
    f64::from_bits(0x3841_2902_4E08_8A68),
];

/// The bits of `2 / pi` after the point.
const TWO_OVER_PI: [u64; 20] = [
    0xA2F9836E4E441529,
    0xFC2757D1F534DDC0,
    0xDB6295993C439041,
    0xFE5163ABDEBBC561,
    0xB7246E3A424DD2E0,
    0x06492EEA09D1921C,
    0xFE1DEB1CB129A73E,
    0xE88235F52EBB4484,
    0xE99C7026B45F7E41,
    0x3991D639835339F4,
    0x9C845F8BBDF9283B,
    0x1FF897FFDE05980F,
    0xEF2F118B5A0A6D1F,
    0x6D367ECF27CB09B7,
    0x4F463F669E5FEA2D,
    0x7527BAC7EBE5F17B,
    0x3D0739F78A5292EA,
    0x6BFB5FB11F8D5D08,
    0x56033046FC7B6BAB,
    0xF0CFBC209AF4361D,
];

/// `x` minus a multiple of half of pi, at most a quarter of pi in size, and the quadrant.
pub(super) fn reduce(x: f64) -> (Pair, u32) {
    let abs = super::rounding::fabs(x);
    if abs < 0.7853981633974483 {
        return (Pair::from(x), 0);
    }
    if abs < 500000.0 {
        let k = super::rounding::rint(x * 0.6366197723675814);
        // The first two products are exact.
        let r = two_sum(x, -k * PI_2[0]);
        let r = r.add(two_sum(-k * PI_2[1], 0.0));
        let r = r.sub(two_prod(k, PI_2[2])).sub(Pair::from(k * PI_2[3]));
        return (r, (k as i64 as u32) & 3);
    }
    let (r, q) = reduce_large(abs);
    if x < 0.0 { (r.neg(), q.wrapping_neg() & 3) } else { (r, q) }
}

/// Payne and Hanek's reduction: multiplies the mantissa by just those bits of `2 / pi` that matter.
fn reduce_large(x: f64) -> (Pair, u32) {
    let bits = x.to_bits();
    let e = ((bits >> 52) & 0x7ff) as i32 - 1075;
    let m = bits & ((1 << 52) - 1) | 1 << 52;
    // Bits of weight 2^(1 - e) and more give multiples of four.
    let first = if e > 2 { (e - 2) as usize } else { 0 };
    let word = |i: usize| {
        let (w, s) = ((first + 64 * i) / 64, (first + 64 * i) % 64);
        let a = if w < 20 { TWO_OVER_PI[w] } else { 0 };
        let b = if w + 1 < 20 { TWO_OVER_PI[w + 1] } else { 0 };
        if s == 0 { a } else { a << s | b >> (64 - s) }
    };
    // The product of m and 256 bits, modulo 2^256.
    let mut product = [0u64; 4];
    let mut carry = 0u128;
    let mut i = 4;
    while i > 0 {
        i -= 1;
        let t = m as u128 * word(i) as u128 + carry;
        product[i] = t as u64;
        carry = t >> 64;
    }
    // The words from the left, and how many bits of them are before the point.
    let words = [carry as u64, product[0], product[1], product[2], product[3], 0];
    let point = (64 + e - first as i32) as u32;
    let at = |bit: u32| {
        let (w, s) = ((bit / 64) as usize, bit % 64);
        let a = if w < 6 { words[w] } else { 0 };
        let b = if w + 1 < 6 { words[w + 1] } else { 0 };
        if s == 0 { a } else { a << s | b >> (64 - s) }
    };
    // The whole part modulo 4, and the fraction.
    let whole = (at(point - 2) >> 62) as u32;
    let (f1, f2, f3) = (at(point), at(point + 64), at(point + 128));
    // A fraction of more than a half belongs to the next quadrant.
    let (negative, f1, f2, f3) =
        if f1 >> 63 == 1 { (true, !f1, !f2, !f3) } else { (false, f1, f2, f3) };
    let q = (whole + negative as u32) & 3;
    let scale = 5.421010862427522e-20;
    let a = Pair::from((f1 >> 32) as f64 * 4294967296.0).add(Pair::from((f1 & 0xffff_ffff) as f64));
    let b = Pair::from((f2 >> 32) as f64 * 4294967296.0).add(Pair::from((f2 & 0xffff_ffff) as f64));
    let c = Pair::from(f3 as f64);
    let fraction = a.add(b.shift(scale)).add(c.shift(scale * scale)).shift(scale);
    let half_pi = Pair::new(1.5707963267948966, 6.123233995736766e-17);
    let r = fraction.mul(half_pi);
    (if negative { r.neg() } else { r }, q)
}

/// `1 / (n (n + 1))` as a pair.
fn step(n: f64) -> Pair {
    Pair::ONE.div(Pair::from(n * (n + 1.0)))
}

fn series(x2: Pair, first: f64) -> Pair {
    // 1 - x2/(n(n+1)) (1 - x2/((n+2)(n+3)) (1 - ...)), from the inside.
    let mut sum = Pair::ONE;
    let mut n = first + 24.0;
    while n >= first {
        sum = Pair::ONE.sub(sum.mul(x2).mul(step(n)));
        n -= 2.0;
    }
    sum
}

/// Sine and cosine of a reduced argument.
pub(super) fn sin_cos(x: Pair) -> (Pair, Pair) {
    let x2 = x.mul(x);
    (series(x2, 2.0).mul(x), series(x2, 1.0))
}

#[unsafe(no_mangle)]
pub extern "C" fn sin(x: f64) -> f64 {
    if x != x || x - x != 0.0 {
        return f64::NAN;
    }
    if super::rounding::fabs(x) < 1e-9 {
        return x * (1.0 - x * x / 6.0);
    }
    let (r, q) = reduce(x);
    let x2 = r.mul(r);
    let y = if q % 2 == 0 { series(x2, 2.0).mul(r) } else { series(x2, 1.0) };
    if q < 2 { y.round() } else { -y.round() }
}

#[unsafe(no_mangle)]
pub extern "C" fn cos(x: f64) -> f64 {
    if x != x || x - x != 0.0 {
        return f64::NAN;
    }
    let (r, q) = reduce(x);
    let x2 = r.mul(r);
    let y = if q % 2 == 0 { series(x2, 1.0) } else { series(x2, 2.0).mul(r) };
    if q == 1 || q == 2 { -y.round() } else { y.round() }
}

#[unsafe(no_mangle)]
pub extern "C" fn tan(x: f64) -> f64 {
    if x != x || x - x != 0.0 {
        return f64::NAN;
    }
    if super::rounding::fabs(x) < 1e-9 {
        return x + x * x * x / 3.0;
    }
    let (r, q) = reduce(x);
    let (s, c) = sin_cos(r);
    if q % 2 == 0 { s.div(c).round() } else { -c.div(s).round() }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn sincos(x: f64, s: *mut f64, c: *mut f64) {
    *s = sin(x);
    *c = cos(x);
}
