//! The methods that signed and unsigned integers share.

// LLVM makes a rotation of the shifts; rustc has no intrinsic of its own for it.
#[cfg(not(rcc))]
macro_rules! rotate {
    ($x:expr, $U:ident, $n:ident, $there:tt, $back:tt, $intrinsic:ident) => {{
        let (x, n) = ($x as $U, $n % $U::BITS);
        (x $there n | x $back (($U::BITS - n) % $U::BITS)) as Self
    }};
}

#[cfg(rcc)]
macro_rules! rotate {
    ($x:expr, $U:ident, $n:ident, $there:tt, $back:tt, $intrinsic:ident) => {
        intrinsics::$intrinsic($x, $n)
    };
}

macro_rules! int_impl {
    ($Self:ident, $U:ident, $bits:literal) => {
        pub const BITS: u32 = $bits;

        #[must_use]
        #[inline(always)]
        pub const fn count_ones(self) -> u32 {
            intrinsics::ctpop(self)
        }

        #[must_use]
        #[inline(always)]
        pub const fn count_zeros(self) -> u32 {
            (!self).count_ones()
        }

        #[must_use]
        #[inline(always)]
        pub const fn leading_zeros(self) -> u32 {
            intrinsics::ctlz(self as $U)
        }

        #[must_use]
        #[inline(always)]
        pub const fn trailing_zeros(self) -> u32 {
            intrinsics::cttz(self)
        }

        #[must_use]
        #[inline(always)]
        pub const fn leading_ones(self) -> u32 {
            (!self).leading_zeros()
        }

        #[must_use]
        #[inline(always)]
        pub const fn trailing_ones(self) -> u32 {
            (!self).trailing_zeros()
        }

        #[must_use]
        #[inline]
        pub const fn isolate_lowest_one(self) -> Self {
            self & (0 as Self).wrapping_sub(self)
        }

        #[must_use]
        #[inline(always)]
        pub const fn rotate_left(self, n: u32) -> Self {
            rotate!(self, $U, n, <<, >>, rotate_left)
        }

        #[must_use]
        #[inline(always)]
        pub const fn rotate_right(self, n: u32) -> Self {
            rotate!(self, $U, n, >>, <<, rotate_right)
        }

        #[must_use]
        #[inline(always)]
        pub const fn swap_bytes(self) -> Self {
            intrinsics::bswap(self as $U) as Self
        }

        #[must_use]
        #[inline(always)]
        pub const fn reverse_bits(self) -> Self {
            intrinsics::bitreverse(self as $U) as Self
        }

        #[must_use]
        #[inline]
        pub const fn from_be(x: Self) -> Self {
            x.swap_bytes()
        }

        #[must_use]
        #[inline]
        pub const fn from_le(x: Self) -> Self {
            x
        }

        #[must_use]
        #[inline]
        pub const fn to_be(self) -> Self {
            self.swap_bytes()
        }

        #[must_use]
        #[inline]
        pub const fn to_le(self) -> Self {
            self
        }

        #[must_use]
        #[inline]
        pub const fn to_be_bytes(self) -> [u8; $bits / 8] {
            self.to_be().to_ne_bytes()
        }

        #[must_use]
        #[inline]
        pub const fn to_le_bytes(self) -> [u8; $bits / 8] {
            self.to_le().to_ne_bytes()
        }

        #[must_use]
        #[inline(always)]
        pub const fn to_ne_bytes(self) -> [u8; $bits / 8] {
            unsafe { crate::mem::transmute(self) }
        }

        #[must_use]
        #[inline]
        pub const fn from_be_bytes(bytes: [u8; $bits / 8]) -> Self {
            Self::from_be(Self::from_ne_bytes(bytes))
        }

        #[must_use]
        #[inline]
        pub const fn from_le_bytes(bytes: [u8; $bits / 8]) -> Self {
            Self::from_le(Self::from_ne_bytes(bytes))
        }

        #[must_use]
        #[inline(always)]
        pub const fn from_ne_bytes(bytes: [u8; $bits / 8]) -> Self {
            unsafe { crate::mem::transmute(bytes) }
        }

        #[must_use]
        #[inline(always)]
        #[cfg_attr(rcc, rustc_promotable)]
        pub const fn min_value() -> Self {
            Self::MIN
        }

        #[must_use]
        #[inline(always)]
        #[cfg_attr(rcc, rustc_promotable)]
        pub const fn max_value() -> Self {
            Self::MAX
        }

        #[must_use]
        #[inline]
        pub const fn checked_add(self, rhs: Self) -> Option<Self> {
            let (a, b) = self.overflowing_add(rhs);
            if b { None } else { Some(a) }
        }

        #[must_use]
        #[inline]
        pub const fn checked_sub(self, rhs: Self) -> Option<Self> {
            let (a, b) = self.overflowing_sub(rhs);
            if b { None } else { Some(a) }
        }

        #[must_use]
        #[inline]
        pub const fn checked_mul(self, rhs: Self) -> Option<Self> {
            let (a, b) = self.overflowing_mul(rhs);
            if b { None } else { Some(a) }
        }

        #[must_use]
        #[inline]
        #[track_caller]
        pub const fn strict_add(self, rhs: Self) -> Self {
            match self.checked_add(rhs) {
                Some(x) => x,
                None => crate::panicking::panic_const::panic_const_add_overflow(),
            }
        }

        #[must_use]
        #[inline]
        #[track_caller]
        pub const fn strict_sub(self, rhs: Self) -> Self {
            match self.checked_sub(rhs) {
                Some(x) => x,
                None => crate::panicking::panic_const::panic_const_sub_overflow(),
            }
        }

        #[must_use]
        #[inline]
        #[track_caller]
        pub const fn strict_mul(self, rhs: Self) -> Self {
            match self.checked_mul(rhs) {
                Some(x) => x,
                None => crate::panicking::panic_const::panic_const_mul_overflow(),
            }
        }

        #[must_use]
        #[inline(always)]
        #[track_caller]
        pub const unsafe fn unchecked_add(self, rhs: Self) -> Self {
            unsafe { intrinsics::unchecked_add(self, rhs) }
        }

        #[must_use]
        #[inline(always)]
        #[track_caller]
        pub const unsafe fn unchecked_sub(self, rhs: Self) -> Self {
            unsafe { intrinsics::unchecked_sub(self, rhs) }
        }

        #[must_use]
        #[inline(always)]
        #[track_caller]
        pub const unsafe fn unchecked_mul(self, rhs: Self) -> Self {
            unsafe { intrinsics::unchecked_mul(self, rhs) }
        }

        #[must_use]
        #[inline(always)]
        #[track_caller]
        pub const unsafe fn unchecked_shl(self, rhs: u32) -> Self {
            unsafe { intrinsics::unchecked_shl(self, rhs) }
        }

        #[must_use]
        #[inline(always)]
        #[track_caller]
        pub const unsafe fn unchecked_shr(self, rhs: u32) -> Self {
            unsafe { intrinsics::unchecked_shr(self, rhs) }
        }

        #[must_use]
        #[inline]
        pub const fn checked_shl(self, rhs: u32) -> Option<Self> {
            if rhs < Self::BITS { Some(unsafe { self.unchecked_shl(rhs) }) } else { None }
        }

        #[must_use]
        #[inline]
        pub const fn checked_shr(self, rhs: u32) -> Option<Self> {
            if rhs < Self::BITS { Some(unsafe { self.unchecked_shr(rhs) }) } else { None }
        }

        #[must_use]
        #[inline]
        pub const fn unbounded_shl(self, rhs: u32) -> Self {
            if rhs < Self::BITS { unsafe { self.unchecked_shl(rhs) } } else { 0 }
        }

        #[must_use]
        #[inline(always)]
        pub const fn wrapping_add(self, rhs: Self) -> Self {
            intrinsics::wrapping_add(self, rhs)
        }

        #[must_use]
        #[inline(always)]
        pub const fn wrapping_sub(self, rhs: Self) -> Self {
            intrinsics::wrapping_sub(self, rhs)
        }

        #[must_use]
        #[inline(always)]
        pub const fn wrapping_mul(self, rhs: Self) -> Self {
            intrinsics::wrapping_mul(self, rhs)
        }

        #[must_use]
        #[inline(always)]
        pub const fn wrapping_neg(self) -> Self {
            (0 as Self).wrapping_sub(self)
        }

        #[must_use]
        #[inline(always)]
        pub const fn wrapping_shl(self, rhs: u32) -> Self {
            unsafe { self.unchecked_shl(rhs & (Self::BITS - 1)) }
        }

        #[must_use]
        #[inline(always)]
        pub const fn wrapping_shr(self, rhs: u32) -> Self {
            unsafe { self.unchecked_shr(rhs & (Self::BITS - 1)) }
        }

        #[must_use]
        #[inline]
        pub const fn wrapping_pow(self, mut exp: u32) -> Self {
            let mut base = self;
            let mut acc: Self = 1;
            while exp > 0 {
                if exp & 1 == 1 {
                    acc = acc.wrapping_mul(base);
                }
                exp >>= 1;
                base = base.wrapping_mul(base);
            }
            acc
        }

        #[must_use]
        #[inline(always)]
        pub const fn overflowing_add(self, rhs: Self) -> (Self, bool) {
            intrinsics::add_with_overflow(self, rhs)
        }

        #[must_use]
        #[inline(always)]
        pub const fn overflowing_sub(self, rhs: Self) -> (Self, bool) {
            intrinsics::sub_with_overflow(self, rhs)
        }

        #[must_use]
        #[inline(always)]
        pub const fn overflowing_mul(self, rhs: Self) -> (Self, bool) {
            intrinsics::mul_with_overflow(self, rhs)
        }

        #[must_use]
        #[inline]
        pub const fn overflowing_shl(self, rhs: u32) -> (Self, bool) {
            (self.wrapping_shl(rhs), rhs >= Self::BITS)
        }

        #[must_use]
        #[inline]
        pub const fn overflowing_shr(self, rhs: u32) -> (Self, bool) {
            (self.wrapping_shr(rhs), rhs >= Self::BITS)
        }

        #[must_use]
        #[inline]
        pub const fn overflowing_pow(self, mut exp: u32) -> (Self, bool) {
            let mut base = self;
            let mut acc: Self = 1;
            let mut overflown = false;
            loop {
                if exp & 1 == 1 {
                    let (product, o) = acc.overflowing_mul(base);
                    acc = product;
                    overflown |= o;
                }
                exp >>= 1;
                if exp == 0 {
                    return (acc, overflown);
                }
                let (square, o) = base.overflowing_mul(base);
                base = square;
                overflown |= o;
            }
        }

        #[must_use]
        #[inline]
        pub const fn checked_pow(self, exp: u32) -> Option<Self> {
            let (x, overflown) = self.overflowing_pow(exp);
            if overflown { None } else { Some(x) }
        }

        #[must_use]
        #[inline]
        #[rustc_inherit_overflow_checks]
        #[track_caller]
        pub const fn pow(self, mut exp: u32) -> Self {
            let mut base = self;
            let mut acc: Self = 1;
            loop {
                if exp & 1 == 1 {
                    acc = acc * base;
                }
                exp >>= 1;
                if exp == 0 {
                    return acc;
                }
                base = base * base;
            }
        }

        #[must_use]
        #[inline(always)]
        pub const fn saturating_add(self, rhs: Self) -> Self {
            intrinsics::saturating_add(self, rhs)
        }

        #[must_use]
        #[inline(always)]
        pub const fn saturating_sub(self, rhs: Self) -> Self {
            intrinsics::saturating_sub(self, rhs)
        }

        #[must_use]
        #[inline]
        pub const fn checked_ilog(self, base: Self) -> Option<u32> {
            if self <= 0 || base <= 1 {
                return None;
            }
            let mut n = 0;
            let mut r = self;
            while r >= base {
                r /= base;
                n += 1;
            }
            Some(n)
        }

        #[must_use]
        #[inline]
        pub const fn checked_ilog2(self) -> Option<u32> {
            if self <= 0 { None } else { Some(Self::BITS - 1 - self.leading_zeros()) }
        }

        #[must_use]
        #[inline]
        pub const fn checked_ilog10(self) -> Option<u32> {
            self.checked_ilog(10)
        }

        #[must_use]
        #[inline]
        #[track_caller]
        pub const fn ilog(self, base: Self) -> u32 {
            assert!(base >= 2, "base of integer logarithm must be at least 2");
            match self.checked_ilog(base) {
                Some(log) => log,
                None => panic!("argument of integer logarithm must be positive"),
            }
        }

        #[must_use]
        #[inline]
        #[track_caller]
        pub const fn ilog2(self) -> u32 {
            match self.checked_ilog2() {
                Some(log) => log,
                None => panic!("argument of integer logarithm must be positive"),
            }
        }

        #[must_use]
        #[inline]
        #[track_caller]
        pub const fn ilog10(self) -> u32 {
            match self.checked_ilog10() {
                Some(log) => log,
                None => panic!("argument of integer logarithm must be positive"),
            }
        }
    };
}
