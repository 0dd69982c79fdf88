//! Exponentials, logarithms and powers.

use super::pair::{Pair, quick_sum, two_prod, two_sum};

// ln 2 in three parts of 40, 53 and 53 bits, so that small multiples of the first are exact.
const LN2: [f64; 3] = [
    f64::from_bits(0x3FE6_2E42_FEFA_2000),
    f64::from_bits(0x3D69_EF35_793C_7673),
    f64::from_bits(0x398F_97B5_7A07_9A19),
];
const LN2_PAIR: Pair =
    Pair::new(f64::from_bits(0x3FE6_2E42_FEFA_39EF), f64::from_bits(0x3C7A_BC9E_3B39_803F));
const LN10: Pair =
    Pair::new(f64::from_bits(0x4002_6BB1_BBB5_5516), f64::from_bits(0xBCAF_48AD_494E_A3E9_u64));
const INV_LN2: f64 = f64::from_bits(0x3FF7_1547_652B_82FE);

/// `1 / n!` for `n` from 3.
const INV_FACTORIAL: [Pair; 8] = [
    Pair::new(0.16666666666666666, 9.25185853854297e-18),
    Pair::new(0.041666666666666664, 2.3129646346357427e-18),
    Pair::new(0.008333333333333333, 1.1564823173178714e-19),
    Pair::new(0.001388888888888889, -5.300543954373577e-20),
    Pair::new(0.0001984126984126984, 1.7209558293420705e-22),
    Pair::new(2.48015873015873e-05, 2.1511947866775882e-23),
    Pair::new(2.7557319223985893e-06, -1.858393274046472e-22),
    Pair::new(2.755731922398589e-07, 2.3767714622250297e-23),
];

/// `exp(x) - 1` for a small `x`, up to 0.35: Taylor's series for a 512th of it, then nine
/// squarings `(1+s)^2 - 1 = 2s + s^2`.
fn small_expm1(x: Pair) -> Pair {
    let r = x.shift(1.0 / 512.0);
    let mut p = r.mul(r);
    let mut s = r.add(p.shift(0.5));
    let mut i = 0;
    while i < 6 {
        p = p.mul(r);
        s = s.add(p.mul(INV_FACTORIAL[i]));
        i += 1;
    }
    let mut i = 0;
    while i < 9 {
        s = s.shift(2.0).add(s.mul(s));
        i += 1;
    }
    s
}

/// `(m, k)` with `exp(x) = m * 2^k`.
pub(super) fn exp_pair(x: Pair) -> (Pair, i32) {
    let k = super::rounding::rint(x.hi * INV_LN2);
    let r = two_sum(x.hi, -k * LN2[0]).add(Pair::from(x.lo));
    let r = r.sub(two_prod(k, LN2[1])).sub(Pair::from(k * LN2[2]));
    (small_expm1(r).add(Pair::ONE), k as i32)
}

/// `exp(x) - 1`, as a pair, for `x` that does not overflow.
pub(super) fn expm1_pair(x: Pair) -> Pair {
    if x.hi < 0.3 && x.hi > -0.3 {
        return small_expm1(x);
    }
    let (m, k) = exp_pair(x);
    let power = f64::from_bits(((k + 1023) as u64) << 52);
    m.shift(power).sub(Pair::ONE)
}

/// The natural logarithm of a positive, finite number.
pub(super) fn log_pair(x: Pair) -> Pair {
    // Scales to [0.7, 1.4].
    let (mut hi, mut e) = (x.hi, 0);
    if hi < 2.2250738585072014e-308 {
        hi *= 18014398509481984.0;
        e = -54;
    }
    e += ((hi.to_bits() >> 52) & 0x7ff) as i32 - 1023;
    let mut m = f64::from_bits(hi.to_bits() & 0x000f_ffff_ffff_ffff | 0x3ff0_0000_0000_0000);
    if m > 1.4142135623730951 {
        m *= 0.5;
        e += 1;
    }
    // The low part is scaled alike; a subnormal has none.
    let low = if x.lo == 0.0 { 0.0 } else { x.lo * (m / x.hi) };
    // A first value by the series of the inverse hyperbolic tangent.
    let s = (m - 1.0) / (m + 1.0);
    let z = s * s;
    let mut y = 0.0;
    let mut n = 21.0;
    while n > 0.0 {
        y = y * z + 1.0 / n;
        n -= 2.0;
    }
    let y = 2.0 * s * y;
    // One step of Newton's method gives twice the digits: y + log1p(m * exp(-y) - 1).
    let t = small_expm1(Pair::from(-y));
    let m = quick_sum(m, low);
    let t = t.mul(m).add(m.sub(Pair::ONE));
    let t2 = t.mul(t);
    let correction = t.sub(t2.shift(0.5)).add(t2.mul(t).scale(1.0 / 3.0));
    let log = Pair::from(y).add(correction);
    let e = e as f64;
    let exponent = two_sum(e * LN2[0], 0.0).add(two_prod(e, LN2[1])).add(Pair::from(e * LN2[2]));
    exponent.add(log)
}

#[unsafe(no_mangle)]
pub extern "C" fn exp(x: f64) -> f64 {
    exp_of(Pair::from(x))
}

/// `exp` of a pair, with overflow and underflow.
fn exp_of(x: Pair) -> f64 {
    if x.hi != x.hi {
        return x.hi;
    }
    if x.hi > 709.8 {
        return f64::INFINITY;
    }
    if x.hi < -745.2 {
        return 0.0;
    }
    let (m, k) = exp_pair(x);
    m.round_scaled(k)
}

#[unsafe(no_mangle)]
pub extern "C" fn exp2(x: f64) -> f64 {
    if x != x || x > 1100.0 || x < -1200.0 {
        return exp(x);
    }
    let k = super::rounding::rint(x);
    let m = small_expm1(LN2_PAIR.scale(x - k)).add(Pair::ONE);
    m.round_scaled(k as i32)
}

#[unsafe(no_mangle)]
pub extern "C" fn exp10(x: f64) -> f64 {
    pow(10.0, x)
}

#[unsafe(no_mangle)]
pub extern "C" fn expm1(x: f64) -> f64 {
    if x != x || x == 0.0 || x > 709.8 {
        return if x > 709.8 { f64::INFINITY } else { x };
    }
    if x < -50.0 {
        return -1.0;
    }
    if x < 1e-300 && x > -1e-300 {
        return x;
    }
    if x > 100.0 {
        return exp(x);
    }
    expm1_pair(Pair::from(x)).round()
}

/// The values of logarithms where there is nothing to compute.
fn log_special(x: f64) -> Option<f64> {
    if x != x || x == f64::INFINITY {
        Some(x)
    } else if x == 0.0 {
        Some(f64::NEG_INFINITY)
    } else if x < 0.0 {
        Some(f64::NAN)
    } else {
        None
    }
}

#[unsafe(no_mangle)]
pub extern "C" fn log(x: f64) -> f64 {
    match log_special(x) {
        Some(y) => y,
        None => log_pair(Pair::from(x)).round(),
    }
}

#[unsafe(no_mangle)]
pub extern "C" fn log2(x: f64) -> f64 {
    match log_special(x) {
        Some(y) => y,
        None => log_pair(Pair::from(x)).div(LN2_PAIR).round(),
    }
}

#[unsafe(no_mangle)]
pub extern "C" fn log10(x: f64) -> f64 {
    match log_special(x) {
        Some(y) => y,
        None => log_pair(Pair::from(x)).div(LN10).round(),
    }
}

#[unsafe(no_mangle)]
pub extern "C" fn log1p(x: f64) -> f64 {
    if x != x || x == f64::INFINITY || x == 0.0 {
        return x;
    }
    if x <= -1.0 {
        return if x == -1.0 { f64::NEG_INFINITY } else { f64::NAN };
    }
    if x < 1e-18 && x > -1e-18 {
        return x;
    }
    if x < 1e-5 && x > -1e-5 {
        // The logarithm of a sum next to one has lost digits: a few terms of the series.
        let p = Pair::from(x);
        let mut sum = Pair::ZERO;
        let mut n = 7.0;
        while n > 0.0 {
            sum = Pair::ONE.div(Pair::from(n)).sub(sum.mul(p));
            n -= 1.0;
        }
        return sum.mul(p).round();
    }
    log_pair(two_sum(1.0, x)).round()
}

fn is_integer(y: f64) -> bool {
    super::rounding::trunc(y) == y
}

fn is_odd(y: f64) -> bool {
    let abs = if y < 0.0 { -y } else { y };
    abs < 9007199254740992.0 && is_integer(y) && (abs as u64) % 2 == 1
}

#[unsafe(no_mangle)]
pub extern "C" fn pow(x: f64, y: f64) -> f64 {
    if x == 1.0 || y == 0.0 {
        return 1.0;
    }
    if x != x || y != y {
        return f64::NAN;
    }
    if y == 1.0 {
        return x;
    }
    let negative = x.to_bits() >> 63 != 0;
    let abs = if negative { -x } else { x };
    let sign = if negative && is_odd(y) { -1.0 } else { 1.0 };
    if y == f64::INFINITY || y == f64::NEG_INFINITY {
        return if abs == 1.0 {
            1.0
        } else if (abs > 1.0) == (y > 0.0) {
            f64::INFINITY
        } else {
            0.0
        };
    }
    if abs == 0.0 || abs == f64::INFINITY {
        return sign * if (abs == 0.0) == (y > 0.0) { 0.0 } else { f64::INFINITY };
    }
    if negative && !is_integer(y) {
        return f64::NAN;
    }
    let log = log_pair(Pair::from(abs));
    if log.hi * y > 800.0 {
        return sign * f64::INFINITY;
    }
    if log.hi * y < -800.0 {
        return sign * 0.0;
    }
    sign * exp_of(log.scale(y))
}

macro_rules! powi {
    ($($name:ident $t:ident;)*) => {$(
        /// An integer power by squaring.
        #[unsafe(no_mangle)]
        pub extern "C" fn $name(mut a: $t, n: i32) -> $t {
            let (mut b, mut r) = (n.unsigned_abs(), 1.0);
            loop {
                if b & 1 != 0 {
                    r *= a;
                }
                b >>= 1;
                if b == 0 {
                    return if n < 0 { 1.0 / r } else { r };
                }
                a *= a;
            }
        }
    )*};
}
powi! {
    __powidf2 f64;
    __powisf2 f32;
}
