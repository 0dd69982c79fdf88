//! Numbers as unevaluated sums of two floats (Dekker 1971, Knuth 4.2.2).

/// `hi + lo`, where `lo` is at most half a unit in the last place of `hi`.
#[derive(Clone, Copy)]
pub(super) struct Pair {
    pub(super) hi: f64,
    pub(super) lo: f64,
}

/// The sum and its rounding error.
#[inline(always)]
pub(super) fn two_sum(a: f64, b: f64) -> Pair {
    let hi = a + b;
    let x = hi - a;
    Pair { hi, lo: (a - (hi - x)) + (b - x) }
}

/// The same if `a` is the larger one.
#[inline(always)]
pub(super) fn quick_sum(a: f64, b: f64) -> Pair {
    let hi = a + b;
    Pair { hi, lo: b - (hi - a) }
}

#[inline(always)]
fn split(a: f64) -> (f64, f64) {
    // The upper 26 bits by masking, which cannot overflow.
    let hi = f64::from_bits(a.to_bits() & 0xffff_ffff_f800_0000);
    (hi, a - hi)
}

/// The product and its rounding error.
#[inline(always)]
pub(super) fn two_prod(a: f64, b: f64) -> Pair {
    let hi = a * b;
    let (a1, a0) = split(a);
    let (b1, b0) = split(b);
    Pair { hi, lo: ((a1 * b1 - hi) + a1 * b0 + a0 * b1) + a0 * b0 }
}

impl Pair {
    pub(super) const ZERO: Pair = Pair { hi: 0.0, lo: 0.0 };
    pub(super) const ONE: Pair = Pair { hi: 1.0, lo: 0.0 };

    #[inline(always)]
    pub(super) const fn new(hi: f64, lo: f64) -> Pair {
        Pair { hi, lo }
    }

    #[inline(always)]
    pub(super) const fn from(x: f64) -> Pair {
        Pair { hi: x, lo: 0.0 }
    }

    /// The nearest float.
    #[inline(always)]
    pub(super) fn round(self) -> f64 {
        self.hi + self.lo
    }

    #[inline]
    pub(super) fn add(self, other: Pair) -> Pair {
        let s = two_sum(self.hi, other.hi);
        let t = two_sum(self.lo, other.lo);
        let s = quick_sum(s.hi, s.lo + t.hi);
        quick_sum(s.hi, s.lo + t.lo)
    }

    #[inline]
    pub(super) fn sub(self, other: Pair) -> Pair {
        self.add(other.neg())
    }

    #[inline(always)]
    pub(super) fn neg(self) -> Pair {
        Pair { hi: -self.hi, lo: -self.lo }
    }

    #[inline]
    pub(super) fn mul(self, other: Pair) -> Pair {
        let p = two_prod(self.hi, other.hi);
        quick_sum(p.hi, p.lo + (self.hi * other.lo + self.lo * other.hi))
    }

    #[inline]
    pub(super) fn scale(self, factor: f64) -> Pair {
        let p = two_prod(self.hi, factor);
        quick_sum(p.hi, p.lo + self.lo * factor)
    }

    /// Multiplies by a power of two, which is exact.
    #[inline(always)]
    pub(super) fn shift(self, power: f64) -> Pair {
        Pair { hi: self.hi * power, lo: self.lo * power }
    }

    #[inline]
    pub(super) fn div(self, other: Pair) -> Pair {
        let q1 = self.hi / other.hi;
        let r = self.sub(other.scale(q1));
        let q2 = r.hi / other.hi;
        let r = r.sub(other.scale(q2));
        let q3 = r.hi / other.hi;
        let q = quick_sum(q1, q2);
        quick_sum(q.hi, q.lo + q3)
    }

    #[inline]
    pub(super) fn sqrt(self) -> Pair {
        if self.hi <= 0.0 {
            return Pair::ZERO;
        }
        let x = super::root::sqrt(self.hi);
        let r = self.sub(two_prod(x, x));
        quick_sum(x, r.hi / (2.0 * x))
    }
}

/// `x * 2^n` with one rounding.
pub(super) fn scale_by_power(x: f64, n: i32) -> f64 {
    let power = |n: i32| f64::from_bits(((n + 1023) as u64) << 52);
    if n >= -1022 && n <= 1023 {
        x * power(n)
    } else if n > 1023 {
        let n = n - 1023;
        x * power(1023) * power(if n > 1023 { 1023 } else { n })
    } else {
        // In two exact steps, so that only the last one rounds.
        let n = n + 969;
        x * power(if n < -1022 { -1022 } else { n }) * power(-969)
    }
}

impl Pair {
    /// `self * 2^n`, rounded to a float.
    pub(super) fn round_scaled(self, n: i32) -> f64 {
        if n > -1000 {
            return scale_by_power(self.round(), n);
        }
        // A subnormal result: both parts are rounded at once. The sum with a large number has the
        // right last place.
        let shifted = (self.hi, self.lo);
        let e = ((shifted.0.to_bits() >> 52) & 0x7ff) as i32 - 1023;
        let keep = e + n + 1074;
        if keep >= 52 {
            return scale_by_power(self.round(), n);
        }
        if keep < -1 {
            return scale_by_power(self.hi, n);
        }
        let big = f64::from_bits(((1023 + e - keep + 52) as u64) << 52) * 1.5;
        let s = two_sum(big, shifted.0);
        let t = two_sum(s.lo, shifted.1);
        let s = two_sum(s.hi, t.hi);
        let mut rounded = s.hi - big;
        let half = f64::from_bits(((1023 + e - keep - 1) as u64) << 52);
        // A tie that the low part breaks.
        if s.lo == half && t.lo > 0.0 {
            rounded += 2.0 * half;
        } else if s.lo == -half && t.lo < 0.0 {
            rounded -= 2.0 * half;
        }
        scale_by_power(rounded, n)
    }
}
