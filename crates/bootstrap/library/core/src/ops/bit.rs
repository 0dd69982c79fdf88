//! `! & | ^ << >>` and their assigning forms.

/// The `!` operator.
#[lang = "not"]
#[doc(alias = "!")]
pub const trait Not {
    /// The type of the complement.
    type Output;
    /// Performs `!self`.
    #[must_use]
    #[rustc_diagnostic_item = "not"]
    fn not(self) -> Self::Output;
}

macro_rules! impl_not {
    ($($t:ty)*) => {$(
        impl const Not for $t {
            type Output = $t;
            #[inline]
            fn not(self) -> $t {
                !self
            }
        }
        forward_ref_unop! { impl Not, not for $t }
    )*};
}
impl_not! { bool usize u8 u16 u32 u64 u128 isize i8 i16 i32 i64 i128 }

impl const Not for ! {
    type Output = !;
    fn not(self) -> ! {
        match self {}
    }
}

/// The `&` operator.
#[lang = "bitand"]
#[diagnostic::on_unimplemented(
    message = "no implementation for `{Self} & {Rhs}`",
    label = "no implementation for `{Self} & {Rhs}`"
)]
pub const trait BitAnd<Rhs = Self> {
    /// The type of the conjunction.
    type Output;
    /// Performs `self & rhs`.
    #[must_use]
    fn bitand(self, rhs: Rhs) -> Self::Output;
}

/// The `|` operator.
#[lang = "bitor"]
#[diagnostic::on_unimplemented(
    message = "no implementation for `{Self} | {Rhs}`",
    label = "no implementation for `{Self} | {Rhs}`"
)]
pub const trait BitOr<Rhs = Self> {
    /// The type of the disjunction.
    type Output;
    /// Performs `self | rhs`.
    #[must_use]
    fn bitor(self, rhs: Rhs) -> Self::Output;
}

/// The `^` operator.
#[lang = "bitxor"]
#[diagnostic::on_unimplemented(
    message = "no implementation for `{Self} ^ {Rhs}`",
    label = "no implementation for `{Self} ^ {Rhs}`"
)]
pub const trait BitXor<Rhs = Self> {
    /// The type of the exclusive disjunction.
    type Output;
    /// Performs `self ^ rhs`.
    #[must_use]
    fn bitxor(self, rhs: Rhs) -> Self::Output;
}

/// The `<<` operator.
#[lang = "shl"]
#[diagnostic::on_unimplemented(
    message = "no implementation for `{Self} << {Rhs}`",
    label = "no implementation for `{Self} << {Rhs}`"
)]
pub const trait Shl<Rhs = Self> {
    /// The type of the shifted value.
    type Output;
    /// Performs `self << rhs`.
    #[must_use]
    fn shl(self, rhs: Rhs) -> Self::Output;
}

/// The `>>` operator.
#[lang = "shr"]
#[diagnostic::on_unimplemented(
    message = "no implementation for `{Self} >> {Rhs}`",
    label = "no implementation for `{Self} >> {Rhs}`"
)]
pub const trait Shr<Rhs = Self> {
    /// The type of the shifted value.
    type Output;
    /// Performs `self >> rhs`.
    #[must_use]
    fn shr(self, rhs: Rhs) -> Self::Output;
}

/// The `&=` operator.
#[lang = "bitand_assign"]
#[diagnostic::on_unimplemented(
    message = "no implementation for `{Self} &= {Rhs}`",
    label = "no implementation for `{Self} &= {Rhs}`"
)]
pub const trait BitAndAssign<Rhs = Self> {
    /// Performs `*self &= rhs`.
    fn bitand_assign(&mut self, rhs: Rhs);
}

/// The `|=` operator.
#[lang = "bitor_assign"]
#[diagnostic::on_unimplemented(
    message = "no implementation for `{Self} |= {Rhs}`",
    label = "no implementation for `{Self} |= {Rhs}`"
)]
pub const trait BitOrAssign<Rhs = Self> {
    /// Performs `*self |= rhs`.
    fn bitor_assign(&mut self, rhs: Rhs);
}

/// The `^=` operator.
#[lang = "bitxor_assign"]
#[diagnostic::on_unimplemented(
    message = "no implementation for `{Self} ^= {Rhs}`",
    label = "no implementation for `{Self} ^= {Rhs}`"
)]
pub const trait BitXorAssign<Rhs = Self> {
    /// Performs `*self ^= rhs`.
    fn bitxor_assign(&mut self, rhs: Rhs);
}

/// The `<<=` operator.
#[lang = "shl_assign"]
#[diagnostic::on_unimplemented(
    message = "no implementation for `{Self} <<= {Rhs}`",
    label = "no implementation for `{Self} <<= {Rhs}`"
)]
pub const trait ShlAssign<Rhs = Self> {
    /// Performs `*self <<= rhs`.
    fn shl_assign(&mut self, rhs: Rhs);
}

/// The `>>=` operator.
#[lang = "shr_assign"]
#[diagnostic::on_unimplemented(
    message = "no implementation for `{Self} >>= {Rhs}`",
    label = "no implementation for `{Self} >>= {Rhs}`"
)]
pub const trait ShrAssign<Rhs = Self> {
    /// Performs `*self >>= rhs`.
    fn shr_assign(&mut self, rhs: Rhs);
}

macro_rules! impl_bit {
    ($Trait:ident $method:ident $Assign:ident $assign_method:ident $op:tt) => {
        impl_bit! { $Trait $method $Assign $assign_method $op for
            bool usize u8 u16 u32 u64 u128 isize i8 i16 i32 i64 i128 }
    };
    ($Trait:ident $method:ident $Assign:ident $assign_method:ident $op:tt for $($t:ty)*) => {$(
        impl const $Trait for $t {
            type Output = $t;
            #[inline]
            fn $method(self, rhs: $t) -> $t {
                self $op rhs
            }
        }
        forward_ref_binop! { impl $Trait, $method for $t, $t }

        impl const $Assign for $t {
            #[inline]
            fn $assign_method(&mut self, rhs: $t) {
                *self = *self $op rhs
            }
        }
        forward_ref_op_assign! { impl $Assign, $assign_method for $t, $t }
    )*};
}
impl_bit! { BitAnd bitand BitAndAssign bitand_assign & }
impl_bit! { BitOr bitor BitOrAssign bitor_assign | }
impl_bit! { BitXor bitxor BitXorAssign bitxor_assign ^ }

macro_rules! impl_shift {
    ($t:ty; $($f:ty)*) => {$(
        impl const Shl<$f> for $t {
            type Output = $t;
            #[inline]
            #[track_caller]
            #[rustc_inherit_overflow_checks]
            fn shl(self, other: $f) -> $t {
                self << other
            }
        }
        forward_ref_binop! { impl Shl, shl for $t, $f }

        impl const Shr<$f> for $t {
            type Output = $t;
            #[inline]
            #[track_caller]
            #[rustc_inherit_overflow_checks]
            fn shr(self, other: $f) -> $t {
                self >> other
            }
        }
        forward_ref_binop! { impl Shr, shr for $t, $f }

        impl const ShlAssign<$f> for $t {
            #[inline]
            #[track_caller]
            #[rustc_inherit_overflow_checks]
            fn shl_assign(&mut self, other: $f) {
                *self = *self << other
            }
        }
        forward_ref_op_assign! { impl ShlAssign, shl_assign for $t, $f }

        impl const ShrAssign<$f> for $t {
            #[inline]
            #[track_caller]
            #[rustc_inherit_overflow_checks]
            fn shr_assign(&mut self, other: $f) {
                *self = *self >> other
            }
        }
        forward_ref_op_assign! { impl ShrAssign, shr_assign for $t, $f }
    )*};
}
macro_rules! impl_shift_all {
    ($($t:ty)*) => {$(
        impl_shift! { $t; u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }
    )*};
}
impl_shift_all! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }
