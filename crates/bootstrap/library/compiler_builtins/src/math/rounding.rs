//! Rounding to integers, remainders, and what works on the bits.

use super::pair::{two_prod, two_sum};

const SIGN: u64 = 1 << 63;

#[unsafe(no_mangle)]
pub extern "C" fn fabs(x: f64) -> f64 {
    f64::from_bits(x.to_bits() & !SIGN)
}

#[unsafe(no_mangle)]
pub extern "C" fn copysign(x: f64, y: f64) -> f64 {
    f64::from_bits(x.to_bits() & !SIGN | y.to_bits() & SIGN)
}

#[unsafe(no_mangle)]
pub extern "C" fn trunc(x: f64) -> f64 {
    let bits = x.to_bits();
    let e = ((bits >> 52) & 0x7ff) as i32 - 1023;
    if e >= 52 {
        return x;
    }
    if e < 0 {
        return f64::from_bits(bits & SIGN);
    }
    f64::from_bits(bits & !(((1u64 << 52) - 1) >> e))
}

#[unsafe(no_mangle)]
pub extern "C" fn floor(x: f64) -> f64 {
    let t = trunc(x);
    if t > x { t - 1.0 } else { t }
}

#[unsafe(no_mangle)]
pub extern "C" fn ceil(x: f64) -> f64 {
    let t = trunc(x);
    if t < x { copysign(t + 1.0, x) } else { t }
}

#[unsafe(no_mangle)]
pub extern "C" fn round(x: f64) -> f64 {
    let t = trunc(x);
    if fabs(x - t) >= 0.5 { t + copysign(1.0, x) } else { t }
}

#[unsafe(no_mangle)]
pub extern "C" fn rint(x: f64) -> f64 {
    let magic = 4503599627370496.0;
    if !(fabs(x) < magic) {
        return x;
    }
    copysign((fabs(x) + magic) - magic, x)
}

#[unsafe(no_mangle)]
pub extern "C" fn nearbyint(x: f64) -> f64 {
    rint(x)
}

#[unsafe(no_mangle)]
pub extern "C" fn roundeven(x: f64) -> f64 {
    rint(x)
}

#[unsafe(no_mangle)]
pub extern "C" fn fmin(x: f64, y: f64) -> f64 {
    if x != x || y < x { y } else { x }
}

#[unsafe(no_mangle)]
pub extern "C" fn fmax(x: f64, y: f64) -> f64 {
    if x != x || y > x { y } else { x }
}

#[unsafe(no_mangle)]
pub extern "C" fn fdim(x: f64, y: f64) -> f64 {
    if x <= y { 0.0 } else { x - y }
}

/// The exact remainder, by long division of the mantissas.
#[unsafe(no_mangle)]
pub extern "C" fn fmod(x: f64, y: f64) -> f64 {
    if x != x || y != y || fabs(x) == f64::INFINITY || y == 0.0 {
        return f64::NAN;
    }
    let (ax, ay) = (x.to_bits() & !SIGN, y.to_bits() & !SIGN);
    if ax < ay {
        return x;
    }
    let parts = |bits: u64| {
        let e = (bits >> 52) as i32;
        let m = bits & ((1 << 52) - 1);
        if e == 0 { (m, 1) } else { (m | 1 << 52, e) }
    };
    let ((mut m, ex), (d, ey)) = (parts(ax), parts(ay));
    m %= d;
    let mut n = ex - ey;
    while n > 0 && m != 0 {
        // As many bits at once as fit.
        let k = if n > 11 { 11 } else { n };
        m = (m << k) % d;
        n -= k;
    }
    if m == 0 {
        return f64::from_bits(x.to_bits() & SIGN);
    }
    // Back to a float with the exponent of `y`.
    let shift = m.leading_zeros() as i32 - 11;
    let (m, e) = if shift >= ey { (m << (ey - 1), 0) } else { (m << shift, ey - shift) };
    let bits = if e == 0 { m } else { m & ((1 << 52) - 1) | (e as u64) << 52 };
    f64::from_bits(bits | x.to_bits() & SIGN)
}

/// Rounds the sum to odd: an inexact result gets a last bit of one (Boldo and Melquiond 2008).
fn add_odd(a: f64, b: f64) -> f64 {
    let s = two_sum(a, b);
    let bits = s.hi.to_bits();
    if s.lo == 0.0 || bits & 1 == 1 {
        return s.hi;
    }
    // One step towards the true value.
    f64::from_bits(if (s.lo > 0.0) == (s.hi > 0.0) { bits + 1 } else { bits - 1 })
}

/// `x * y + z` with one rounding.
#[unsafe(no_mangle)]
pub extern "C" fn fma(x: f64, y: f64, z: f64) -> f64 {
    let p = x * y;
    let big = 1e300;
    let small = 1e-270;
    if !(fabs(p) < big && fabs(z) < big && fabs(x) < big && fabs(y) < big)
        || (p != 0.0 && fabs(p) < small)
        || p == 0.0
    {
        return p + z;
    }
    let u = two_prod(x, y);
    let t = two_sum(z, u.lo);
    let v = two_sum(u.hi, t.hi);
    if v.hi == 0.0 && v.lo == 0.0 {
        return v.hi + t.lo;
    }
    v.hi + add_odd(t.lo, v.lo)
}

#[unsafe(no_mangle)]
pub extern "C" fn fmaf(x: f32, y: f32, z: f32) -> f32 {
    // The product is exact in a double; the sum is rounded to odd before the last rounding.
    add_odd(x as f64 * y as f64, z as f64) as f32
}
