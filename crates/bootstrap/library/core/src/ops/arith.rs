//! `+ - * / %`, unary `-`, and their assigning forms.

/// The `+` operator.
#[lang = "add"]
#[rustc_on_unimplemented(
    on(all(Self = "{integer}", Rhs = "{float}"), message = "cannot add a float to an integer"),
    on(all(Self = "{float}", Rhs = "{integer}"), message = "cannot add an integer to a float"),
    message = "cannot add `{Rhs}` to `{Self}`",
    label = "no implementation for `{Self} + {Rhs}`"
)]
#[doc(alias = "+")]
pub const trait Add<Rhs = Self> {
    /// The type of the sum.
    type Output;
    /// Performs `self + rhs`.
    #[must_use = "this returns the result of the operation, without modifying the original"]
    #[rustc_diagnostic_item = "add"]
    fn add(self, rhs: Rhs) -> Self::Output;
}

/// The `-` operator.
#[lang = "sub"]
#[rustc_on_unimplemented(
    message = "cannot subtract `{Rhs}` from `{Self}`",
    label = "no implementation for `{Self} - {Rhs}`"
)]
#[doc(alias = "-")]
pub const trait Sub<Rhs = Self> {
    /// The type of the difference.
    type Output;
    /// Performs `self - rhs`.
    #[must_use = "this returns the result of the operation, without modifying the original"]
    #[rustc_diagnostic_item = "sub"]
    fn sub(self, rhs: Rhs) -> Self::Output;
}

/// The `*` operator.
#[lang = "mul"]
#[diagnostic::on_unimplemented(
    message = "cannot multiply `{Self}` by `{Rhs}`",
    label = "no implementation for `{Self} * {Rhs}`"
)]
#[doc(alias = "*")]
pub const trait Mul<Rhs = Self> {
    /// The type of the product.
    type Output;
    /// Performs `self * rhs`.
    #[must_use = "this returns the result of the operation, without modifying the original"]
    #[rustc_diagnostic_item = "mul"]
    fn mul(self, rhs: Rhs) -> Self::Output;
}

/// The `/` operator.
#[lang = "div"]
#[diagnostic::on_unimplemented(
    message = "cannot divide `{Self}` by `{Rhs}`",
    label = "no implementation for `{Self} / {Rhs}`"
)]
#[doc(alias = "/")]
pub const trait Div<Rhs = Self> {
    /// The type of the quotient.
    type Output;
    /// Performs `self / rhs`.
    #[must_use = "this returns the result of the operation, without modifying the original"]
    #[rustc_diagnostic_item = "div"]
    fn div(self, rhs: Rhs) -> Self::Output;
}

/// The `%` operator.
#[lang = "rem"]
#[diagnostic::on_unimplemented(
    message = "cannot calculate and assign the remainder of `{Self}` divided by `{Rhs}`",
    label = "no implementation for `{Self} % {Rhs}`"
)]
#[doc(alias = "%")]
pub const trait Rem<Rhs = Self> {
    /// The type of the remainder.
    type Output;
    /// Performs `self % rhs`.
    #[must_use = "this returns the result of the operation, without modifying the original"]
    #[rustc_diagnostic_item = "rem"]
    fn rem(self, rhs: Rhs) -> Self::Output;
}

/// The unary `-` operator.
#[lang = "neg"]
#[doc(alias = "-")]
pub const trait Neg {
    /// The type of the negation.
    type Output;
    /// Performs `-self`.
    #[must_use = "this returns the result of the operation, without modifying the original"]
    #[rustc_diagnostic_item = "neg"]
    fn neg(self) -> Self::Output;
}

/// The `+=` operator.
#[lang = "add_assign"]
#[diagnostic::on_unimplemented(
    message = "cannot add-assign `{Rhs}` to `{Self}`",
    label = "no implementation for `{Self} += {Rhs}`"
)]
pub const trait AddAssign<Rhs = Self> {
    /// Performs `*self += rhs`.
    fn add_assign(&mut self, rhs: Rhs);
}

/// The `-=` operator.
#[lang = "sub_assign"]
#[diagnostic::on_unimplemented(
    message = "cannot subtract-assign `{Rhs}` from `{Self}`",
    label = "no implementation for `{Self} -= {Rhs}`"
)]
pub const trait SubAssign<Rhs = Self> {
    /// Performs `*self -= rhs`.
    fn sub_assign(&mut self, rhs: Rhs);
}

/// The `*=` operator.
#[lang = "mul_assign"]
#[diagnostic::on_unimplemented(
    message = "cannot multiply-assign `{Self}` by `{Rhs}`",
    label = "no implementation for `{Self} *= {Rhs}`"
)]
pub const trait MulAssign<Rhs = Self> {
    /// Performs `*self *= rhs`.
    fn mul_assign(&mut self, rhs: Rhs);
}

/// The `/=` operator.
#[lang = "div_assign"]
#[diagnostic::on_unimplemented(
    message = "cannot divide-assign `{Self}` by `{Rhs}`",
    label = "no implementation for `{Self} /= {Rhs}`"
)]
pub const trait DivAssign<Rhs = Self> {
    /// Performs `*self /= rhs`.
    fn div_assign(&mut self, rhs: Rhs);
}

/// The `%=` operator.
#[lang = "rem_assign"]
#[diagnostic::on_unimplemented(
    message = "cannot calculate and assign the remainder of `{Self}` divided by `{Rhs}`",
    label = "no implementation for `{Self} %= {Rhs}`"
)]
pub const trait RemAssign<Rhs = Self> {
    /// Performs `*self %= rhs`.
    fn rem_assign(&mut self, rhs: Rhs);
}

// The bodies use the built-in operator on the primitive types, so none of these recurses.
macro_rules! impl_binary {
    ($Trait:ident $method:ident $Assign:ident $assign_method:ident $op:tt for $($t:ty)*) => {$(
        impl const $Trait for $t {
            type Output = $t;
            #[inline]
            #[track_caller]
            #[rustc_inherit_overflow_checks]
            fn $method(self, other: $t) -> $t {
                self $op other
            }
        }
        forward_ref_binop! { impl $Trait, $method for $t, $t }

        impl const $Assign for $t {
            #[inline]
            #[track_caller]
            #[rustc_inherit_overflow_checks]
            fn $assign_method(&mut self, other: $t) {
                *self = *self $op other
            }
        }
        forward_ref_op_assign! { impl $Assign, $assign_method for $t, $t }
    )*};
}

macro_rules! impl_neg {
    ($($t:ty)*) => {$(
        impl const Neg for $t {
            type Output = $t;
            #[inline]
            #[track_caller]
            #[rustc_inherit_overflow_checks]
            fn neg(self) -> $t {
                -self
            }
        }
        forward_ref_unop! { impl Neg, neg for $t }
    )*};
}

impl_binary! { Add add AddAssign add_assign + for
    usize u8 u16 u32 u64 u128 isize i8 i16 i32 i64 i128 f16 f32 f64 f128 }
impl_binary! { Sub sub SubAssign sub_assign - for
    usize u8 u16 u32 u64 u128 isize i8 i16 i32 i64 i128 f16 f32 f64 f128 }
impl_binary! { Mul mul MulAssign mul_assign * for
    usize u8 u16 u32 u64 u128 isize i8 i16 i32 i64 i128 f16 f32 f64 f128 }
impl_binary! { Div div DivAssign div_assign / for
    usize u8 u16 u32 u64 u128 isize i8 i16 i32 i64 i128 f16 f32 f64 f128 }
impl_binary! { Rem rem RemAssign rem_assign % for
    usize u8 u16 u32 u64 u128 isize i8 i16 i32 i64 i128 f16 f32 f64 f128 }
impl_neg! { isize i8 i16 i32 i64 i128 f16 f32 f64 f128 }
