//! Inverse trigonometric functions.

use super::pair::{Pair, two_prod};
use super::trig::sin_cos;

const PI: Pair = Pair::new(3.141592653589793, 1.2246467991473532e-16);
const PI_2: Pair = Pair::new(1.5707963267948966, 6.123233995736766e-17);
const PI_4: Pair = Pair::new(0.7853981633974483, 3.061616997868383e-17);

/// The arc tangent of `y / x` for `0 <= y <= x`, `x` positive.
fn atan_ratio(y: Pair, x: Pair) -> Pair {
    let t = y.div(x);
    if t.hi < 1e-10 {
        // Two terms of the series.
        let cube = t.mul(t).mul(t);
        return t.sub(cube.div(Pair::from(3.0)));
    }
    // A first value: half the angle twice, then the series.
    let mut v = t.hi;
    let mut i = 0;
    while i < 2 {
        v = v / (1.0 + super::root::sqrt(1.0 + v * v));
        i += 1;
    }
    let z = v * v;
    let mut sum = 0.0;
    let mut n = 29.0;
    while n > 0.0 {
        sum = 1.0 / n - z * sum;
        n -= 2.0;
    }
    let a = 4.0 * v * sum;
    // The rest of the angle: tan(angle - a) = (t cos a - sin a) / (cos a + t sin a)
    let (s, c) = sin_cos(Pair::from(a));
    let rest = t.mul(c).sub(s).div(c.add(t.mul(s)));
    Pair::from(a).add(rest)
}

/// The angle of a point in the first quadrant.
fn angle(y: Pair, x: Pair) -> Pair {
    if y.hi == x.hi && y.lo == x.lo {
        PI_4
    } else if y.hi < x.hi || (y.hi == x.hi && y.lo < x.lo) {
        atan_ratio(y, x)
    } else {
        PI_2.sub(atan_ratio(x, y))
    }
}

#[unsafe(no_mangle)]
pub extern "C" fn atan(x: f64) -> f64 {
    let a = super::rounding::fabs(x);
    if x != x || a < 1e-150 {
        return x;
    }
    let r = if a > 1e30 { PI_2.round() } else { angle(Pair::from(a), Pair::ONE).round() };
    super::rounding::copysign(r, x)
}

#[unsafe(no_mangle)]
pub extern "C" fn atan2(y: f64, x: f64) -> f64 {
    if x != x || y != y {
        return f64::NAN;
    }
    let (mut a, mut b) = (super::rounding::fabs(y), super::rounding::fabs(x));
    let left = x.to_bits() >> 63 == 1;
    let r = if a == 0.0 {
        if left { PI } else { Pair::ZERO }
    } else if b == 0.0 {
        PI_2
    } else {
        if a == f64::INFINITY || b == f64::INFINITY {
            a = (a == f64::INFINITY) as u8 as f64;
            b = (b == f64::INFINITY) as u8 as f64;
        }
        // Far from one, so that nothing overflows.
        if a > 1e150 || b > 1e150 {
            a *= 1e-160;
            b *= 1e-160;
        } else if a < 1e-150 && b < 1e-150 {
            a *= 1e160;
            b *= 1e160;
        }
        if !left && a < b * 1e-160 {
            return super::rounding::copysign(
                super::rounding::fabs(y) / super::rounding::fabs(x),
                y,
            );
        }
        let r = angle(Pair::from(a), Pair::from(b));
        if left { PI.sub(r) } else { r }
    };
    super::rounding::copysign(r.round(), y)
}

#[unsafe(no_mangle)]
pub extern "C" fn asin(x: f64) -> f64 {
    let a = super::rounding::fabs(x);
    if x != x || a > 1.0 {
        return f64::NAN;
    }
    if a < 1e-150 {
        return x;
    }
    let cos = Pair::ONE.sub(two_prod(a, a)).sqrt();
    super::rounding::copysign(angle(Pair::from(a), cos).round(), x)
}

#[unsafe(no_mangle)]
pub extern "C" fn acos(x: f64) -> f64 {
    let a = super::rounding::fabs(x);
    if x != x || a > 1.0 {
        return f64::NAN;
    }
    let sin = Pair::ONE.sub(two_prod(a, a)).sqrt();
    let r = if a < 1e-30 { PI_2 } else { angle(sin, Pair::from(a)) };
    if x < 0.0 { PI.sub(r).round() } else { r.round() }
}
