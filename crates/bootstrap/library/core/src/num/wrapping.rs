//! Integers with wrapping arithmetic.

use crate::fmt;
use crate::ops::*;

/// Arithmetic on the value wraps around.
#[derive(PartialEq, PartialOrd, Eq, Ord, Clone, Copy, Default, Hash)]
#[repr(transparent)]
#[rustc_diagnostic_item = "Wrapping"]
pub struct Wrapping<T>(pub T);

macro_rules! forward_fmt {
    ($($Trait:ident)*) => {$(
        impl<T: fmt::$Trait> fmt::$Trait for Wrapping<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::$Trait::fmt(&self.0, f)
            }
        }
    )*};
}
forward_fmt! { Debug Display Binary Octal LowerHex UpperHex }

macro_rules! wrapping_op {
    ($t:ty; $($Trait:ident $method:ident $Assign:ident $assign:ident |$a:ident, $b:ident| $e:expr;)*) => {$(
        impl const $Trait for Wrapping<$t> {
            type Output = Wrapping<$t>;
            #[inline]
            fn $method(self, other: Wrapping<$t>) -> Wrapping<$t> {
                let ($a, $b) = (self.0, other.0);
                Wrapping($e)
            }
        }
        forward_ref_binop! { impl $Trait, $method for Wrapping<$t>, Wrapping<$t> }

        impl const $Assign for Wrapping<$t> {
            #[inline]
            fn $assign(&mut self, other: Wrapping<$t>) {
                *self = (*self).$method(other);
            }
        }
        forward_ref_op_assign! { impl $Assign, $assign for Wrapping<$t>, Wrapping<$t> }

        impl const $Assign<$t> for Wrapping<$t> {
            #[inline]
            fn $assign(&mut self, other: $t) {
                *self = (*self).$method(Wrapping(other));
            }
        }
        forward_ref_op_assign! { impl $Assign, $assign for Wrapping<$t>, $t }
    )*};
}

macro_rules! wrapping {
    ($($t:ident)*) => {$(
        wrapping_op! { $t;
            Add add AddAssign add_assign |a, b| a.wrapping_add(b);
            Sub sub SubAssign sub_assign |a, b| a.wrapping_sub(b);
            Mul mul MulAssign mul_assign |a, b| a.wrapping_mul(b);
            Div div DivAssign div_assign |a, b| a.wrapping_div(b);
            Rem rem RemAssign rem_assign |a, b| a.wrapping_rem(b);
            BitXor bitxor BitXorAssign bitxor_assign |a, b| a ^ b;
            BitOr bitor BitOrAssign bitor_assign |a, b| a | b;
            BitAnd bitand BitAndAssign bitand_assign |a, b| a & b;
        }

        impl const Not for Wrapping<$t> {
            type Output = Wrapping<$t>;
            #[inline]
            fn not(self) -> Wrapping<$t> {
                Wrapping(!self.0)
            }
        }
        forward_ref_unop! { impl Not, not for Wrapping<$t> }

        impl const Neg for Wrapping<$t> {
            type Output = Self;
            #[inline]
            fn neg(self) -> Self {
                Wrapping(self.0.wrapping_neg())
            }
        }
        forward_ref_unop! { impl Neg, neg for Wrapping<$t> }

        impl const Shl<usize> for Wrapping<$t> {
            type Output = Wrapping<$t>;
            #[inline]
            fn shl(self, other: usize) -> Wrapping<$t> {
                Wrapping(self.0.wrapping_shl(other as u32))
            }
        }

        impl const ShlAssign<usize> for Wrapping<$t> {
            #[inline]
            fn shl_assign(&mut self, other: usize) {
                *self = *self << other;
            }
        }

        impl const Shr<usize> for Wrapping<$t> {
            type Output = Wrapping<$t>;
            #[inline]
            fn shr(self, other: usize) -> Wrapping<$t> {
                Wrapping(self.0.wrapping_shr(other as u32))
            }
        }

        impl const ShrAssign<usize> for Wrapping<$t> {
            #[inline]
            fn shr_assign(&mut self, other: usize) {
                *self = *self >> other;
            }
        }

        impl Wrapping<$t> {
            pub const MIN: Self = Self(<$t>::MIN);
            pub const MAX: Self = Self(<$t>::MAX);
            pub const BITS: u32 = <$t>::BITS;

            #[inline]
            pub const fn count_ones(self) -> u32 {
                self.0.count_ones()
            }

            #[inline]
            pub const fn rotate_left(self, n: u32) -> Self {
                Wrapping(self.0.rotate_left(n))
            }

            #[inline]
            pub const fn rotate_right(self, n: u32) -> Self {
                Wrapping(self.0.rotate_right(n))
            }

            #[inline]
            pub fn pow(self, exp: u32) -> Self {
                Wrapping(self.0.wrapping_pow(exp))
            }
        }
    )*};
}
wrapping! { usize u8 u16 u32 u64 u128 isize i8 i16 i32 i64 i128 }
