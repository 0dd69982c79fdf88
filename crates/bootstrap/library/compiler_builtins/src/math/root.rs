//! Roots.

use super::pair::{Pair, scale_by_power, two_prod};

/// Correctly rounded, bit by bit, for where there is no instruction.
#[unsafe(no_mangle)]
pub extern "C" fn sqrt(x: f64) -> f64 {
    if x != x || x == 0.0 || x == f64::INFINITY {
        return x;
    }
    if x < 0.0 {
        return f64::NAN;
    }
    let (mut bits, mut scale) = (x.to_bits(), 0);
    if bits >> 52 == 0 {
        bits = (x * 18014398509481984.0).to_bits();
        scale = -27;
    }
    let mut e = (bits >> 52) as i32 - 1023;
    let mut m = bits & ((1 << 52) - 1) | 1 << 52;
    if e % 2 != 0 {
        m <<= 1;
        e -= 1;
    }
    // The root of m * 2^54 has 54 bits: the last one tells how to round.
    let mut rest = m as u128;
    rest <<= 54;
    let (mut root, mut bit) = (0u128, 1u128 << 108);
    while bit != 0 {
        if rest >= root + bit {
            rest -= root + bit;
            root = (root >> 1) + bit;
        } else {
            root >>= 1;
        }
        bit >>= 2;
    }
    let root = root as u64;
    let up = root & 1 == 1 && (rest != 0 || root & 2 == 2);
    let m = (root >> 1) + up as u64;
    scale_by_power(m as f64, e / 2 - 52 + scale)
}

#[unsafe(no_mangle)]
pub extern "C" fn cbrt(x: f64) -> f64 {
    let a = super::rounding::fabs(x);
    if x != x || a == 0.0 || a == f64::INFINITY {
        return x;
    }
    let (a, scale) = if a < 1e-290 { (a * 18014398509481984.0, -18) } else { (a, 0) };
    // A first value from a third of the exponent, then Newton's method.
    let mut y = f64::from_bits(a.to_bits() / 3 + 0x2A9F_7893_0000_0000);
    let mut i = 0;
    while i < 5 {
        y = (2.0 * y + a / (y * y)) / 3.0;
        i += 1;
    }
    let p = Pair::from(y);
    let square = two_prod(y, y);
    let correction = Pair::from(a).sub(square.mul(p)).div(square.scale(3.0));
    super::rounding::copysign(scale_by_power(p.add(correction).round(), scale), x)
}

#[unsafe(no_mangle)]
pub extern "C" fn hypot(x: f64, y: f64) -> f64 {
    let (a, b) = (super::rounding::fabs(x), super::rounding::fabs(y));
    if a == f64::INFINITY || b == f64::INFINITY {
        return f64::INFINITY;
    }
    if a != a || b != b {
        return f64::NAN;
    }
    let (large, small) = if a > b { (a, b) } else { (b, a) };
    if small == 0.0 || large > small * 1e20 {
        return large + small;
    }
    let e = ((large.to_bits() >> 52) & 0x7ff) as i32 - 1023;
    let (a, b) = (scale_by_power(large, -e), scale_by_power(small, -e));
    let r = two_prod(a, a).add(two_prod(b, b)).sqrt();
    r.round_scaled(e)
}
