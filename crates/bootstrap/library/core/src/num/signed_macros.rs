//! The methods of signed integers only.

macro_rules! signed_impl {
    ($Self:ident, $U:ident, $bits:literal) => {
        pub const MIN: Self = !Self::MAX;
        pub const MAX: Self = (<$U>::MAX >> 1) as Self;

        #[must_use]
        #[inline(always)]
        pub const fn cast_unsigned(self) -> $U {
            self as $U
        }

        // Division overflows for the smallest number and -1.
        #[inline]
        const fn div_overflows(self, rhs: Self) -> bool {
            (self == Self::MIN) & (rhs == -1)
        }

        #[must_use]
        #[inline]
        pub const fn checked_add_unsigned(self, rhs: $U) -> Option<Self> {
            let (a, b) = self.overflowing_add_unsigned(rhs);
            if b { None } else { Some(a) }
        }

        #[must_use]
        #[inline]
        pub const fn checked_sub_unsigned(self, rhs: $U) -> Option<Self> {
            let (a, b) = self.overflowing_sub_unsigned(rhs);
            if b { None } else { Some(a) }
        }

        #[must_use]
        #[inline]
        pub const fn overflowing_add_unsigned(self, rhs: $U) -> (Self, bool) {
            let rhs = rhs as Self;
            let (res, overflowed) = self.overflowing_add(rhs);
            (res, overflowed ^ (rhs < 0))
        }

        #[must_use]
        #[inline]
        pub const fn overflowing_sub_unsigned(self, rhs: $U) -> (Self, bool) {
            let rhs = rhs as Self;
            let (res, overflowed) = self.overflowing_sub(rhs);
            (res, overflowed ^ (rhs < 0))
        }

        #[must_use]
        #[inline]
        pub const fn wrapping_add_unsigned(self, rhs: $U) -> Self {
            self.wrapping_add(rhs as Self)
        }

        #[must_use]
        #[inline]
        pub const fn wrapping_sub_unsigned(self, rhs: $U) -> Self {
            self.wrapping_sub(rhs as Self)
        }

        #[must_use]
        #[inline]
        pub const fn saturating_add_unsigned(self, rhs: $U) -> Self {
            match self.checked_add_unsigned(rhs) {
                Some(x) => x,
                None => Self::MAX,
            }
        }

        #[must_use]
        #[inline]
        pub const fn saturating_sub_unsigned(self, rhs: $U) -> Self {
            match self.checked_sub_unsigned(rhs) {
                Some(x) => x,
                None => Self::MIN,
            }
        }

        #[must_use]
        #[inline]
        pub const fn checked_div(self, rhs: Self) -> Option<Self> {
            if rhs == 0 || self.div_overflows(rhs) { None } else { Some(self / rhs) }
        }

        #[must_use]
        #[inline]
        pub const fn checked_div_euclid(self, rhs: Self) -> Option<Self> {
            if rhs == 0 || self.div_overflows(rhs) { None } else { Some(self.div_euclid(rhs)) }
        }

        #[must_use]
        #[inline]
        pub const fn checked_rem(self, rhs: Self) -> Option<Self> {
            if rhs == 0 || self.div_overflows(rhs) { None } else { Some(self % rhs) }
        }

        #[must_use]
        #[inline]
        pub const fn checked_rem_euclid(self, rhs: Self) -> Option<Self> {
            if rhs == 0 || self.div_overflows(rhs) { None } else { Some(self.rem_euclid(rhs)) }
        }

        #[must_use]
        #[inline]
        pub const fn checked_neg(self) -> Option<Self> {
            if self == Self::MIN { None } else { Some(-self) }
        }

        #[must_use]
        #[inline]
        pub const fn checked_abs(self) -> Option<Self> {
            if self < 0 { self.checked_neg() } else { Some(self) }
        }

        #[must_use]
        #[inline]
        pub const fn checked_isqrt(self) -> Option<Self> {
            if self < 0 { None } else { Some((self as $U).isqrt() as Self) }
        }

        #[must_use]
        #[inline]
        #[track_caller]
        pub const fn isqrt(self) -> Self {
            match self.checked_isqrt() {
                Some(sqrt) => sqrt,
                None => panic!("argument of integer square root cannot be negative"),
            }
        }

        #[must_use]
        #[inline]
        pub const fn saturating_neg(self) -> Self {
            (0 as Self).saturating_sub(self)
        }

        #[must_use]
        #[inline]
        pub const fn saturating_abs(self) -> Self {
            if self < 0 { self.saturating_neg() } else { self }
        }

        #[must_use]
        #[inline]
        pub const fn saturating_mul(self, rhs: Self) -> Self {
            match self.checked_mul(rhs) {
                Some(x) => x,
                None if (self < 0) == (rhs < 0) => Self::MAX,
                None => Self::MIN,
            }
        }

        #[must_use]
        #[inline]
        #[track_caller]
        pub const fn saturating_div(self, rhs: Self) -> Self {
            if self.div_overflows(rhs) { Self::MAX } else { self / rhs }
        }

        #[must_use]
        #[inline]
        pub const fn saturating_pow(self, exp: u32) -> Self {
            match self.checked_pow(exp) {
                Some(x) => x,
                None if self < 0 && exp % 2 == 1 => Self::MIN,
                None => Self::MAX,
            }
        }

        #[must_use]
        #[inline]
        #[track_caller]
        pub const fn wrapping_div(self, rhs: Self) -> Self {
            if self.div_overflows(rhs) { self } else { self / rhs }
        }

        #[must_use]
        #[inline]
        #[track_caller]
        pub const fn wrapping_div_euclid(self, rhs: Self) -> Self {
            if self.div_overflows(rhs) { self } else { self.div_euclid(rhs) }
        }

        #[must_use]
        #[inline]
        #[track_caller]
        pub const fn wrapping_rem(self, rhs: Self) -> Self {
            if rhs == -1 { 0 } else { self % rhs }
        }

        #[must_use]
        #[inline]
        #[track_caller]
        pub const fn wrapping_rem_euclid(self, rhs: Self) -> Self {
            if rhs == -1 { 0 } else { self.rem_euclid(rhs) }
        }

        #[must_use]
        #[inline]
        pub const fn wrapping_abs(self) -> Self {
            if self < 0 { self.wrapping_neg() } else { self }
        }

        #[must_use]
        #[inline]
        pub const fn unsigned_abs(self) -> $U {
            self.wrapping_abs() as $U
        }

        #[must_use]
        #[inline]
        #[track_caller]
        pub const fn overflowing_div(self, rhs: Self) -> (Self, bool) {
            if self.div_overflows(rhs) { (self, true) } else { (self / rhs, false) }
        }

        #[must_use]
        #[inline]
        #[track_caller]
        pub const fn overflowing_rem(self, rhs: Self) -> (Self, bool) {
            if rhs == -1 { (0, self == Self::MIN) } else { (self % rhs, false) }
        }

        #[must_use]
        #[inline]
        pub const fn overflowing_neg(self) -> (Self, bool) {
            (self.wrapping_neg(), self == Self::MIN)
        }

        #[must_use]
        #[inline]
        pub const fn overflowing_abs(self) -> (Self, bool) {
            (self.wrapping_abs(), self == Self::MIN)
        }

        #[must_use]
        #[inline]
        #[rustc_inherit_overflow_checks]
        #[track_caller]
        pub const fn div_euclid(self, rhs: Self) -> Self {
            let q = self / rhs;
            if self % rhs < 0 {
                return if rhs > 0 { q - 1 } else { q + 1 };
            }
            q
        }

        #[must_use]
        #[inline]
        #[rustc_inherit_overflow_checks]
        #[track_caller]
        pub const fn rem_euclid(self, rhs: Self) -> Self {
            let r = self % rhs;
            if r < 0 { r.wrapping_add(rhs.wrapping_abs()) } else { r }
        }

        #[must_use]
        #[inline]
        #[rustc_inherit_overflow_checks]
        #[track_caller]
        pub const fn div_floor(self, rhs: Self) -> Self {
            let d = self / rhs;
            let r = self % rhs;
            if r != 0 && (r < 0) != (rhs < 0) { d - 1 } else { d }
        }

        #[must_use]
        #[inline]
        #[rustc_inherit_overflow_checks]
        #[track_caller]
        pub const fn abs(self) -> Self {
            if self < 0 { -self } else { self }
        }

        #[must_use]
        #[inline]
        pub const fn abs_diff(self, other: Self) -> $U {
            if self < other {
                (other as $U).wrapping_sub(self as $U)
            } else {
                (self as $U).wrapping_sub(other as $U)
            }
        }

        #[must_use]
        #[inline(always)]
        pub const fn signum(self) -> Self {
            (self > 0) as Self - (self < 0) as Self
        }

        #[must_use]
        #[inline(always)]
        pub const fn is_positive(self) -> bool {
            self > 0
        }

        #[must_use]
        #[inline(always)]
        pub const fn is_negative(self) -> bool {
            self < 0
        }

        #[must_use]
        #[inline]
        pub const fn unbounded_shr(self, rhs: u32) -> Self {
            let rhs = if rhs < Self::BITS { rhs } else { Self::BITS - 1 };
            unsafe { self.unchecked_shr(rhs) }
        }

        // Rounds towards zero.
        #[must_use]
        #[inline]
        pub const fn midpoint(self, rhs: Self) -> Self {
            let floor = ((self ^ rhs) >> 1) + (self & rhs);
            if floor < 0 && (self ^ rhs) & 1 != 0 { floor + 1 } else { floor }
        }
    };
}
