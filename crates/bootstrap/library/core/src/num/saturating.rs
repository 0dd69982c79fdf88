//! Integers with saturating arithmetic.

use crate::fmt;
use crate::ops::*;

/// Arithmetic on the value stops at the bounds of the type.
#[derive(PartialEq, PartialOrd, Eq, Ord, Clone, Copy, Default, Hash)]
#[repr(transparent)]
#[rustc_diagnostic_item = "Saturating"]
pub struct Saturating<T>(pub T);

macro_rules! forward_fmt {
    ($($Trait:ident)*) => {$(
        impl<T: fmt::$Trait> fmt::$Trait for Saturating<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::$Trait::fmt(&self.0, f)
            }
        }
    )*};
}
forward_fmt! { Debug Display Binary Octal LowerHex UpperHex }

macro_rules! saturating_op {
    ($t:ty; $($Trait:ident $method:ident $Assign:ident $assign:ident $f:ident;)*) => {$(
        impl const $Trait for Saturating<$t> {
            type Output = Saturating<$t>;
            #[inline]
            fn $method(self, other: Saturating<$t>) -> Saturating<$t> {
                Saturating(self.0.$f(other.0))
            }
        }

        impl const $Assign for Saturating<$t> {
            #[inline]
            fn $assign(&mut self, other: Saturating<$t>) {
                *self = (*self).$method(other);
            }
        }

        impl const $Assign<$t> for Saturating<$t> {
            #[inline]
            fn $assign(&mut self, other: $t) {
                *self = (*self).$method(Saturating(other));
            }
        }
    )*};
}

macro_rules! saturating {
    ($($t:ident)*) => {$(
        saturating_op! { $t;
            Add add AddAssign add_assign saturating_add;
            Sub sub SubAssign sub_assign saturating_sub;
            Mul mul MulAssign mul_assign saturating_mul;
            Div div DivAssign div_assign saturating_div;
        }

        impl Saturating<$t> {
            pub const MIN: Self = Self(<$t>::MIN);
            pub const MAX: Self = Self(<$t>::MAX);

            #[inline]
            pub const fn pow(self, exp: u32) -> Self {
                Saturating(self.0.saturating_pow(exp))
            }
        }
    )*};
}
saturating! { usize u8 u16 u32 u64 u128 isize i8 i16 i32 i64 i128 }
