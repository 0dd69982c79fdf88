//! Hyperbolic functions and their inverses.

use super::explog::{exp_pair, expm1_pair, log_pair};
use super::pair::{Pair, two_prod, two_sum};

fn abs(x: f64) -> f64 {
    super::rounding::fabs(x)
}

#[unsafe(no_mangle)]
pub extern "C" fn sinh(x: f64) -> f64 {
    if x != x || x == 0.0 || abs(x) == f64::INFINITY || abs(x) < 1e-150 {
        return x;
    }
    if abs(x) > 40.0 {
        return super::rounding::copysign(half_exp(abs(x)), x);
    }
    // (e + e / (e + 1)) / 2 with e = expm1(x) loses nothing for small x.
    let e = expm1_pair(Pair::from(abs(x)));
    let r = e.add(e.div(e.add(Pair::ONE))).shift(0.5).round();
    super::rounding::copysign(r, x)
}

fn half_exp(x: f64) -> f64 {
    if x > 711.0 {
        return f64::INFINITY;
    }
    let (m, k) = exp_pair(Pair::from(x));
    m.round_scaled(k - 1)
}

#[unsafe(no_mangle)]
pub extern "C" fn cosh(x: f64) -> f64 {
    if x != x {
        return x;
    }
    let x = abs(x);
    if x > 40.0 {
        return half_exp(x);
    }
    let (m, k) = exp_pair(Pair::from(x));
    let e = m.shift(f64::from_bits(((k + 1023) as u64) << 52));
    e.add(Pair::ONE.div(e)).shift(0.5).round()
}

#[unsafe(no_mangle)]
pub extern "C" fn tanh(x: f64) -> f64 {
    if x != x || x == 0.0 || abs(x) < 1e-150 {
        return x;
    }
    let r = if abs(x) > 25.0 {
        1.0
    } else {
        let e = expm1_pair(Pair::from(2.0 * abs(x)));
        e.div(e.add(Pair::from(2.0))).round()
    };
    super::rounding::copysign(r, x)
}

/// `log(1 + x)` for a pair that is not negative.
fn log1p_pair(x: Pair) -> Pair {
    if x.hi > 1e-3 {
        return log_pair(x.add(Pair::ONE));
    }
    // 2 atanh(x / (2 + x)) by its series.
    let s = x.div(x.add(Pair::from(2.0)));
    let z = s.mul(s);
    let mut sum = Pair::ZERO;
    let mut n = 13.0;
    while n > 0.0 {
        sum = sum.mul(z).add(Pair::ONE.div(Pair::from(n)));
        n -= 2.0;
    }
    sum.mul(s).shift(2.0)
}

#[unsafe(no_mangle)]
pub extern "C" fn asinh(x: f64) -> f64 {
    if x != x || x == 0.0 || abs(x) == f64::INFINITY || abs(x) < 1e-150 {
        return x;
    }
    let a = abs(x);
    let r = if a > 1e18 {
        log_pair(Pair::from(a)).add(log_pair(Pair::from(2.0)))
    } else {
        // log1p(a + a^2 / (1 + sqrt(a^2 + 1)))
        let square = two_prod(a, a);
        let root = square.add(Pair::ONE).sqrt();
        log1p_pair(Pair::from(a).add(square.div(root.add(Pair::ONE))))
    };
    super::rounding::copysign(r.round(), x)
}

#[unsafe(no_mangle)]
pub extern "C" fn acosh(x: f64) -> f64 {
    if x != x || x < 1.0 {
        return f64::NAN;
    }
    if x == f64::INFINITY {
        return x;
    }
    if x > 1e18 {
        return log_pair(Pair::from(x)).add(log_pair(Pair::from(2.0))).round();
    }
    // log1p(t + sqrt(2t + t^2)) with t = x - 1
    let t = two_sum(x, -1.0);
    log1p_pair(t.add(t.shift(2.0).add(t.mul(t)).sqrt())).round()
}

#[unsafe(no_mangle)]
pub extern "C" fn atanh(x: f64) -> f64 {
    let a = abs(x);
    if x != x || a > 1.0 {
        return f64::NAN;
    }
    if a == 1.0 {
        return super::rounding::copysign(f64::INFINITY, x);
    }
    if a < 1e-150 {
        return x;
    }
    // log1p(2a / (1 - a)) / 2
    let t = Pair::from(2.0 * a).div(two_sum(1.0, -a));
    super::rounding::copysign(log1p_pair(t).shift(0.5).round(), x)
}
