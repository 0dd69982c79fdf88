//! The methods of unsigned integers only.

macro_rules! unsigned_impl {
    ($Self:ident, $S:ident, $bits:literal) => {
        pub const MIN: Self = 0;
        pub const MAX: Self = !0;

        #[must_use]
        #[inline(always)]
        pub const fn cast_signed(self) -> $S {
            self as $S
        }

        #[must_use]
        #[inline]
        pub const fn checked_add_signed(self, rhs: $S) -> Option<Self> {
            let (a, b) = self.overflowing_add_signed(rhs);
            if b { None } else { Some(a) }
        }

        #[must_use]
        #[inline]
        pub const fn checked_sub_signed(self, rhs: $S) -> Option<Self> {
            let (res, overflow) = self.overflowing_sub(rhs as Self);
            if overflow ^ (rhs < 0) { None } else { Some(res) }
        }

        #[must_use]
        #[inline]
        pub const fn overflowing_add_signed(self, rhs: $S) -> (Self, bool) {
            let (res, overflowed) = self.overflowing_add(rhs as Self);
            (res, overflowed ^ (rhs < 0))
        }

        #[must_use]
        #[inline]
        pub const fn wrapping_add_signed(self, rhs: $S) -> Self {
            self.wrapping_add(rhs as Self)
        }

        #[must_use]
        #[inline]
        pub const fn wrapping_sub_signed(self, rhs: $S) -> Self {
            self.wrapping_sub(rhs as Self)
        }

        #[must_use]
        #[inline]
        pub const fn saturating_add_signed(self, rhs: $S) -> Self {
            match self.checked_add_signed(rhs) {
                Some(x) => x,
                None if rhs < 0 => 0,
                None => Self::MAX,
            }
        }

        #[must_use]
        #[inline]
        pub const fn saturating_sub_signed(self, rhs: $S) -> Self {
            match self.checked_sub_signed(rhs) {
                Some(x) => x,
                None if rhs < 0 => Self::MAX,
                None => 0,
            }
        }

        #[must_use]
        #[inline]
        pub const fn checked_signed_diff(self, rhs: Self) -> Option<$S> {
            let res = self.wrapping_sub(rhs) as $S;
            if (self >= rhs) == (res < 0) { None } else { Some(res) }
        }

        #[must_use]
        #[inline]
        pub const fn checked_div(self, rhs: Self) -> Option<Self> {
            if rhs == 0 { None } else { Some(self / rhs) }
        }

        #[must_use]
        #[inline]
        pub const fn checked_div_euclid(self, rhs: Self) -> Option<Self> {
            self.checked_div(rhs)
        }

        #[must_use]
        #[inline]
        pub const fn checked_rem(self, rhs: Self) -> Option<Self> {
            if rhs == 0 { None } else { Some(self % rhs) }
        }

        #[must_use]
        #[inline]
        pub const fn checked_rem_euclid(self, rhs: Self) -> Option<Self> {
            self.checked_rem(rhs)
        }

        #[must_use]
        #[inline]
        pub const fn checked_neg(self) -> Option<Self> {
            if self == 0 { Some(0) } else { None }
        }

        #[must_use]
        #[inline]
        pub const fn saturating_mul(self, rhs: Self) -> Self {
            match self.checked_mul(rhs) {
                Some(x) => x,
                None => Self::MAX,
            }
        }

        #[must_use]
        #[inline]
        #[track_caller]
        pub const fn saturating_div(self, rhs: Self) -> Self {
            self / rhs
        }

        #[must_use]
        #[inline]
        pub const fn saturating_pow(self, exp: u32) -> Self {
            match self.checked_pow(exp) {
                Some(x) => x,
                None => Self::MAX,
            }
        }

        #[must_use]
        #[inline]
        #[track_caller]
        pub const fn overflowing_div_euclid(self, rhs: Self) -> (Self, bool) {
            (self / rhs, false)
        }

        #[must_use]
        #[inline]
        #[track_caller]
        pub const fn overflowing_rem_euclid(self, rhs: Self) -> (Self, bool) {
            (self % rhs, false)
        }

        #[must_use]
        #[inline]
        #[track_caller]
        pub const fn wrapping_div_euclid(self, rhs: Self) -> Self {
            self / rhs
        }

        #[must_use]
        #[inline]
        #[track_caller]
        pub const fn wrapping_rem_euclid(self, rhs: Self) -> Self {
            self % rhs
        }

        #[must_use]
        #[inline]
        #[track_caller]
        pub const fn wrapping_div(self, rhs: Self) -> Self {
            self / rhs
        }

        #[must_use]
        #[inline]
        #[track_caller]
        pub const fn wrapping_rem(self, rhs: Self) -> Self {
            self % rhs
        }

        #[must_use]
        #[inline]
        #[track_caller]
        pub const fn overflowing_div(self, rhs: Self) -> (Self, bool) {
            (self / rhs, false)
        }

        #[must_use]
        #[inline]
        #[track_caller]
        pub const fn overflowing_rem(self, rhs: Self) -> (Self, bool) {
            (self % rhs, false)
        }

        #[must_use]
        #[inline]
        pub const fn overflowing_neg(self) -> (Self, bool) {
            (self.wrapping_neg(), self != 0)
        }

        #[must_use]
        #[inline(always)]
        #[track_caller]
        pub const fn div_euclid(self, rhs: Self) -> Self {
            self / rhs
        }

        #[must_use]
        #[inline(always)]
        #[track_caller]
        pub const fn rem_euclid(self, rhs: Self) -> Self {
            self % rhs
        }

        #[must_use]
        #[inline(always)]
        #[track_caller]
        pub const fn div_floor(self, rhs: Self) -> Self {
            self / rhs
        }

        #[must_use]
        #[inline]
        #[track_caller]
        pub const fn div_ceil(self, rhs: Self) -> Self {
            let d = self / rhs;
            if self % rhs > 0 { d + 1 } else { d }
        }

        #[must_use]
        #[inline]
        #[rustc_inherit_overflow_checks]
        #[track_caller]
        pub const fn next_multiple_of(self, rhs: Self) -> Self {
            match self % rhs {
                0 => self,
                r => self + (rhs - r),
            }
        }

        #[must_use]
        #[inline]
        pub const fn checked_next_multiple_of(self, rhs: Self) -> Option<Self> {
            match self.checked_rem(rhs) {
                None => None,
                Some(0) => Some(self),
                Some(r) => self.checked_add(rhs - r),
            }
        }

        #[must_use]
        #[inline]
        pub const fn is_multiple_of(self, rhs: Self) -> bool {
            match rhs {
                0 => self == 0,
                _ => self % rhs == 0,
            }
        }

        #[must_use]
        #[inline]
        pub const fn abs_diff(self, other: Self) -> Self {
            if self < other { other - self } else { self - other }
        }

        #[must_use]
        #[inline(always)]
        pub const fn is_power_of_two(self) -> bool {
            self.count_ones() == 1
        }

        #[inline]
        const fn one_less_than_next_power_of_two(self) -> Self {
            if self <= 1 { 0 } else { Self::MAX >> (self - 1).leading_zeros() }
        }

        #[must_use]
        #[inline]
        #[rustc_inherit_overflow_checks]
        #[track_caller]
        pub const fn next_power_of_two(self) -> Self {
            self.one_less_than_next_power_of_two() + 1
        }

        #[must_use]
        #[inline]
        pub const fn checked_next_power_of_two(self) -> Option<Self> {
            self.one_less_than_next_power_of_two().checked_add(1)
        }

        #[must_use]
        #[inline]
        pub const fn unbounded_shr(self, rhs: u32) -> Self {
            if rhs < Self::BITS { unsafe { self.unchecked_shr(rhs) } } else { 0 }
        }

        #[inline]
        pub const fn carrying_add(self, rhs: Self, carry: bool) -> (Self, bool) {
            let (a, b) = self.overflowing_add(rhs);
            let (c, d) = a.overflowing_add(carry as Self);
            (c, b | d)
        }

        #[inline]
        pub const fn borrowing_sub(self, rhs: Self, borrow: bool) -> (Self, bool) {
            let (a, b) = self.overflowing_sub(rhs);
            let (c, d) = a.overflowing_sub(borrow as Self);
            (c, b | d)
        }

        // Digit by digit in base four.
        #[must_use]
        #[inline]
        pub const fn isqrt(self) -> Self {
            let mut op = self;
            let mut result: Self = 0;
            let mut one: Self = 1 << ((Self::BITS - 1 - (self | 1).leading_zeros()) & !1);
            while one != 0 {
                if op >= result + one {
                    op -= result + one;
                    result = (result >> 1) + one;
                } else {
                    result >>= 1;
                }
                one >>= 2;
            }
            result
        }
    };
}
