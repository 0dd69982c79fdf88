//! The constants and methods that both float types have in `core`.

macro_rules! float_impl {
    ($t:ident, $Bits:ident, $Int:ident, $bits:literal, $digits:literal, $mantissa:literal,
     $max_exp:literal, $max_10_exp:literal, $min_10_exp:literal, $minnum:ident, $maxnum:ident) => {
        pub const RADIX: u32 = 2;
        pub const MANTISSA_DIGITS: u32 = $mantissa;
        pub const DIGITS: u32 = $digits;
        pub const MAX_EXP: i32 = $max_exp;
        pub const MIN_EXP: i32 = 3 - $max_exp;
        pub const MAX_10_EXP: i32 = $max_10_exp;
        pub const MIN_10_EXP: i32 = $min_10_exp;
        pub const NAN: $t = 0.0 / 0.0;
        pub const INFINITY: $t = 1.0 / 0.0;
        pub const NEG_INFINITY: $t = -1.0 / 0.0;

        const SIGN_MASK: $Bits = 1 << ($bits - 1);
        const EXP_MASK: $Bits = (2 * $max_exp - 1) << ($mantissa - 1);
        const MAN_MASK: $Bits = (1 << ($mantissa - 1)) - 1;

        #[must_use]
        #[inline]
        pub const fn is_nan(self) -> bool {
            self != self
        }

        #[must_use]
        #[inline]
        pub const fn is_infinite(self) -> bool {
            self == Self::INFINITY || self == Self::NEG_INFINITY
        }

        #[must_use]
        #[inline]
        pub const fn is_finite(self) -> bool {
            self.abs() < Self::INFINITY
        }

        #[must_use]
        #[inline]
        pub const fn is_subnormal(self) -> bool {
            matches!(self.classify(), FpCategory::Subnormal)
        }

        #[must_use]
        #[inline]
        pub const fn is_normal(self) -> bool {
            matches!(self.classify(), FpCategory::Normal)
        }

        pub const fn classify(self) -> FpCategory {
            let bits = self.to_bits();
            match (bits & Self::EXP_MASK, bits & Self::MAN_MASK) {
                (0, 0) => FpCategory::Zero,
                (0, _) => FpCategory::Subnormal,
                (Self::EXP_MASK, 0) => FpCategory::Infinite,
                (Self::EXP_MASK, _) => FpCategory::Nan,
                _ => FpCategory::Normal,
            }
        }

        #[must_use]
        #[inline]
        pub const fn is_sign_positive(self) -> bool {
            !self.is_sign_negative()
        }

        #[must_use]
        #[inline]
        pub const fn is_sign_negative(self) -> bool {
            self.to_bits() & Self::SIGN_MASK != 0
        }

        #[must_use]
        #[inline]
        pub const fn next_up(self) -> Self {
            let bits = self.to_bits();
            if self.is_nan() || bits == Self::INFINITY.to_bits() {
                return self;
            }
            let abs = bits & !Self::SIGN_MASK;
            let next = if abs == 0 {
                1
            } else if bits == abs {
                bits + 1
            } else {
                bits - 1
            };
            Self::from_bits(next)
        }

        #[must_use]
        #[inline]
        pub const fn next_down(self) -> Self {
            -(-self).next_up()
        }

        #[must_use]
        #[inline]
        pub const fn recip(self) -> Self {
            1.0 / self
        }

        #[must_use]
        #[inline]
        pub const fn to_degrees(self) -> Self {
            self * (180.0 / consts::PI)
        }

        #[must_use]
        #[inline]
        pub const fn to_radians(self) -> Self {
            self * (consts::PI / 180.0)
        }

        #[must_use]
        #[inline]
        pub const fn max(self, other: Self) -> Self {
            intrinsics::$maxnum(self, other)
        }

        #[must_use]
        #[inline]
        pub const fn min(self, other: Self) -> Self {
            intrinsics::$minnum(self, other)
        }

        #[must_use]
        #[inline]
        pub const fn maximum(self, other: Self) -> Self {
            if self > other {
                self
            } else if other > self {
                other
            } else if self == other {
                if self.is_sign_positive() && other.is_sign_negative() { self } else { other }
            } else {
                self + other
            }
        }

        #[must_use]
        #[inline]
        pub const fn minimum(self, other: Self) -> Self {
            if self < other {
                self
            } else if other < self {
                other
            } else if self == other {
                if self.is_sign_negative() && other.is_sign_positive() { self } else { other }
            } else {
                self + other
            }
        }

        #[must_use]
        #[inline]
        #[track_caller]
        pub const fn clamp(mut self, min: Self, max: Self) -> Self {
            if !(min <= max) {
                clamp_failed(min, max);
            }
            if self < min {
                self = min;
            }
            if self > max {
                self = max;
            }
            self
        }

        #[must_use]
        #[inline]
        pub const fn midpoint(self, other: Self) -> Self {
            let (a, b) = (self, other);
            if a.abs() <= Self::MAX / 2.0 && b.abs() <= Self::MAX / 2.0 {
                (a + b) / 2.0
            } else {
                a / 2.0 + b / 2.0
            }
        }

        #[must_use]
        #[inline]
        pub const fn abs(self) -> Self {
            Self::from_bits(self.to_bits() & !Self::SIGN_MASK)
        }

        #[must_use]
        #[inline]
        pub const fn signum(self) -> Self {
            if self.is_nan() { Self::NAN } else { (1.0 as Self).copysign(self) }
        }

        #[must_use]
        #[inline]
        pub const fn copysign(self, sign: Self) -> Self {
            let sign = sign.to_bits() & Self::SIGN_MASK;
            Self::from_bits(self.to_bits() & !Self::SIGN_MASK | sign)
        }

        #[inline]
        pub unsafe fn to_int_unchecked<Int: Copy>(self) -> Int {
            unsafe { intrinsics::float_to_int_unchecked(self) }
        }

        #[must_use]
        #[inline(always)]
        pub const fn to_bits(self) -> $Bits {
            unsafe { crate::mem::transmute(self) }
        }

        #[must_use]
        #[inline(always)]
        pub const fn from_bits(v: $Bits) -> Self {
            unsafe { crate::mem::transmute(v) }
        }

        #[must_use]
        #[inline]
        pub const fn to_be_bytes(self) -> [u8; $bits / 8] {
            self.to_bits().to_be_bytes()
        }

        #[must_use]
        #[inline]
        pub const fn to_le_bytes(self) -> [u8; $bits / 8] {
            self.to_bits().to_le_bytes()
        }

        #[must_use]
        #[inline]
        pub const fn to_ne_bytes(self) -> [u8; $bits / 8] {
            self.to_bits().to_ne_bytes()
        }

        #[must_use]
        #[inline]
        pub const fn from_be_bytes(bytes: [u8; $bits / 8]) -> Self {
            Self::from_bits($Bits::from_be_bytes(bytes))
        }

        #[must_use]
        #[inline]
        pub const fn from_le_bytes(bytes: [u8; $bits / 8]) -> Self {
            Self::from_bits($Bits::from_le_bytes(bytes))
        }

        #[must_use]
        #[inline]
        pub const fn from_ne_bytes(bytes: [u8; $bits / 8]) -> Self {
            Self::from_bits($Bits::from_ne_bytes(bytes))
        }

        #[must_use]
        #[inline]
        pub const fn total_cmp(&self, other: &Self) -> crate::cmp::Ordering {
            let mut left = self.to_bits() as $Int;
            let mut right = other.to_bits() as $Int;
            left ^= (((left >> ($bits - 1)) as $Bits) >> 1) as $Int;
            right ^= (((right >> ($bits - 1)) as $Bits) >> 1) as $Int;
            intrinsics::three_way_compare(left, right)
        }

        /// What the formatting of finite numbers other than zero starts from.
        pub(crate) fn decode(self) -> crate::num::digits::Decoded {
            let bits = self.to_bits();
            let exponent = ((bits & Self::EXP_MASK) >> ($mantissa - 1)) as i32;
            let fraction = (bits & Self::MAN_MASK) as u64;
            let hidden = 1u64 << ($mantissa - 1);
            let bias = $max_exp - 1 + ($mantissa - 1);
            crate::num::digits::Decoded {
                mantissa: if exponent == 0 { fraction } else { fraction | hidden },
                exponent: exponent.max(1) - bias,
                closer_below: fraction == 0 && exponent > 1,
            }
        }
    };
}

macro_rules! float_consts {
    ($t:ident) => {
        /// Mathematical constants.
        pub mod consts {
            pub const PI: $t = 3.14159265358979323846264338327950288;
            pub const TAU: $t = 6.28318530717958647692528676655900577;
            pub const FRAC_PI_2: $t = 1.57079632679489661923132169163975144;
            pub const FRAC_PI_3: $t = 1.04719755119659774615421446109316763;
            pub const FRAC_PI_4: $t = 0.785398163397448309615660845819875721;
            pub const FRAC_PI_6: $t = 0.52359877559829887307710723054658381;
            pub const FRAC_PI_8: $t = 0.39269908169872415480783042290993786;
            pub const FRAC_1_PI: $t = 0.318309886183790671537767526745028724;
            pub const FRAC_2_PI: $t = 0.636619772367581343075535053490057448;
            pub const FRAC_2_SQRT_PI: $t = 1.12837916709551257389615890312154517;
            pub const SQRT_2: $t = 1.41421356237309504880168872420969808;
            pub const FRAC_1_SQRT_2: $t = 0.707106781186547524400844362104849039;
            pub const E: $t = 2.71828182845904523536028747135266250;
            pub const LOG2_E: $t = 1.44269504088896340735992468100189214;
            pub const LOG2_10: $t = 3.32192809488736234787031942948939018;
            pub const LOG10_E: $t = 0.434294481903251827651128918916605082;
            pub const LOG10_2: $t = 0.301029995663981195213738894724493027;
            pub const LN_2: $t = 0.693147180559945309417232121458176568;
            pub const LN_10: $t = 2.30258509299404568401799145468436421;
            pub const EGAMMA: $t = 0.577215664901532860606512090082402431;
            pub const GOLDEN_RATIO: $t = 1.618033988749894848204586834365638118;
        }

        pub const RADIX: u32 = $t::RADIX;
        pub const MANTISSA_DIGITS: u32 = $t::MANTISSA_DIGITS;
        pub const DIGITS: u32 = $t::DIGITS;
        pub const EPSILON: $t = $t::EPSILON;
        pub const MIN: $t = $t::MIN;
        pub const MIN_POSITIVE: $t = $t::MIN_POSITIVE;
        pub const MAX: $t = $t::MAX;
        pub const MIN_EXP: i32 = $t::MIN_EXP;
        pub const MAX_EXP: i32 = $t::MAX_EXP;
        pub const MIN_10_EXP: i32 = $t::MIN_10_EXP;
        pub const MAX_10_EXP: i32 = $t::MAX_10_EXP;
        pub const NAN: $t = $t::NAN;
        pub const INFINITY: $t = $t::INFINITY;
        pub const NEG_INFINITY: $t = $t::NEG_INFINITY;

        #[cold]
        #[inline(never)]
        #[track_caller]
        const fn clamp_failed(_min: $t, _max: $t) -> ! {
            panic!("min > max, or either was NaN")
        }
    };
}
