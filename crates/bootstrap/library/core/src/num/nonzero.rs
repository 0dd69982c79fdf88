//! Integers that are not zero.

use super::niche_types;
use crate::clone::TrivialClone;
use crate::cmp::Ordering;
use crate::fmt;
use crate::hash::{Hash, Hasher};
use crate::intrinsics;
use crate::marker::StructuralPartialEq;
use crate::ops::{BitOr, BitOrAssign, Div, DivAssign, Neg, Rem, RemAssign};

mod private {
    pub trait Sealed {}
}

/// The types that `NonZero` takes.
pub unsafe trait ZeroablePrimitive: Sized + Copy + private::Sealed {
    #[doc(hidden)]
    type NonZeroInner: Sized + Copy;
}

/// An integer that is not zero, so that `Option<NonZero<T>>` has the size of `T`.
#[repr(transparent)]
#[rustc_nonnull_optimization_guaranteed]
#[rustc_diagnostic_item = "NonZero"]
pub struct NonZero<T: ZeroablePrimitive>(T::NonZeroInner);

impl<T: ZeroablePrimitive> NonZero<T> {
    #[must_use]
    #[inline]
    pub const fn new(n: T) -> Option<Self> {
        // `Option<Self>` has the layout of `T`, with `None` as zero.
        unsafe { intrinsics::transmute_unchecked(n) }
    }

    #[must_use]
    #[inline(always)]
    #[track_caller]
    pub const unsafe fn new_unchecked(n: T) -> Self {
        unsafe { intrinsics::transmute_unchecked(n) }
    }

    #[inline]
    pub fn from_mut(n: &mut T) -> Option<&mut Self> {
        let opt: &mut Option<Self> = unsafe { &mut *(n as *mut T as *mut Option<Self>) };
        opt.as_mut()
    }

    #[inline(always)]
    pub const fn get(self) -> T {
        unsafe { intrinsics::transmute_unchecked(self) }
    }
}

impl<T: ZeroablePrimitive> Clone for NonZero<T> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ZeroablePrimitive> Copy for NonZero<T> {}
unsafe impl<T: ZeroablePrimitive> TrivialClone for NonZero<T> {}

impl<T: ZeroablePrimitive + PartialEq> PartialEq for NonZero<T> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

impl<T: ZeroablePrimitive> StructuralPartialEq for NonZero<T> {}
impl<T: ZeroablePrimitive + Eq> Eq for NonZero<T> {}

impl<T: ZeroablePrimitive + PartialOrd> PartialOrd for NonZero<T> {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.get().partial_cmp(&other.get())
    }
}

impl<T: ZeroablePrimitive + Ord> Ord for NonZero<T> {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        self.get().cmp(&other.get())
    }
}

impl<T: ZeroablePrimitive + Hash> Hash for NonZero<T> {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.get().hash(state)
    }
}

impl<T: ZeroablePrimitive> From<NonZero<T>> for T {
    #[inline]
    fn from(nonzero: NonZero<T>) -> Self {
        nonzero.get()
    }
}

macro_rules! nonzero_fmt {
    ($($Trait:ident)*) => {$(
        impl<T: ZeroablePrimitive + fmt::$Trait> fmt::$Trait for NonZero<T> {
            #[inline]
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::$Trait::fmt(&self.get(), f)
            }
        }
    )*};
}
nonzero_fmt! { Debug Display Binary Octal LowerHex UpperHex LowerExp UpperExp }

impl<T: ZeroablePrimitive + BitOr<Output = T>> BitOr for NonZero<T> {
    type Output = Self;
    #[inline]
    fn bitor(self, rhs: Self) -> Self {
        unsafe { Self::new_unchecked(self.get() | rhs.get()) }
    }
}

impl<T: ZeroablePrimitive + BitOr<Output = T>> BitOr<T> for NonZero<T> {
    type Output = Self;
    #[inline]
    fn bitor(self, rhs: T) -> Self {
        unsafe { Self::new_unchecked(self.get() | rhs) }
    }
}

impl<T: ZeroablePrimitive> BitOrAssign for NonZero<T>
where
    Self: BitOr<Output = Self>,
{
    #[inline]
    fn bitor_assign(&mut self, rhs: Self) {
        *self = *self | rhs;
    }
}

// What all integers' non-zero forms have.
macro_rules! nonzero_common {
    ($($Alias:ident $Inner:ident $t:ident $U:ident;)*) => {$(
        impl private::Sealed for $t {}
        unsafe impl ZeroablePrimitive for $t {
            type NonZeroInner = niche_types::$Inner;
        }

        #[doc = "A non-zero integer."]
        pub type $Alias = NonZero<$t>;

        impl NonZero<$t> {
            pub const BITS: u32 = <$t>::BITS;

            #[must_use]
            #[inline]
            pub const fn leading_zeros(self) -> u32 {
                self.get().leading_zeros()
            }

            #[must_use]
            #[inline]
            pub const fn trailing_zeros(self) -> u32 {
                unsafe { intrinsics::cttz_nonzero(self.get()) }
            }

            #[must_use]
            #[inline]
            pub const fn count_ones(self) -> NonZero<u32> {
                unsafe { NonZero::new_unchecked(self.get().count_ones()) }
            }

            #[must_use]
            #[inline]
            pub const fn checked_mul(self, other: Self) -> Option<Self> {
                match self.get().checked_mul(other.get()) {
                    Some(x) => Some(unsafe { Self::new_unchecked(x) }),
                    None => None,
                }
            }

            #[must_use]
            #[inline]
            pub const fn saturating_mul(self, other: Self) -> Self {
                unsafe { Self::new_unchecked(self.get().saturating_mul(other.get())) }
            }

            #[must_use]
            #[inline]
            pub const fn checked_pow(self, other: u32) -> Option<Self> {
                match self.get().checked_pow(other) {
                    Some(x) => Some(unsafe { Self::new_unchecked(x) }),
                    None => None,
                }
            }

            #[must_use]
            #[inline]
            pub const fn saturating_pow(self, other: u32) -> Self {
                unsafe { Self::new_unchecked(self.get().saturating_pow(other)) }
            }
        }
    )*};
}
nonzero_common! {
    NonZeroU8 NonZeroU8Inner u8 u8;
    NonZeroU16 NonZeroU16Inner u16 u16;
    NonZeroU32 NonZeroU32Inner u32 u32;
    NonZeroU64 NonZeroU64Inner u64 u64;
    NonZeroU128 NonZeroU128Inner u128 u128;
    NonZeroUsize NonZeroUsizeInner usize usize;
    NonZeroI8 NonZeroI8Inner i8 u8;
    NonZeroI16 NonZeroI16Inner i16 u16;
    NonZeroI32 NonZeroI32Inner i32 u32;
    NonZeroI64 NonZeroI64Inner i64 u64;
    NonZeroI128 NonZeroI128Inner i128 u128;
    NonZeroIsize NonZeroIsizeInner isize usize;
}

macro_rules! nonzero_unsigned {
    ($($t:ident)*) => {$(
        impl NonZero<$t> {
            pub const MIN: Self = Self::new(1).unwrap();
            pub const MAX: Self = Self::new(<$t>::MAX).unwrap();

            #[must_use]
            #[inline]
            pub const fn checked_add(self, other: $t) -> Option<Self> {
                match self.get().checked_add(other) {
                    Some(x) => Some(unsafe { Self::new_unchecked(x) }),
                    None => None,
                }
            }

            #[must_use]
            #[inline]
            pub const fn saturating_add(self, other: $t) -> Self {
                unsafe { Self::new_unchecked(self.get().saturating_add(other)) }
            }

            #[must_use]
            #[inline]
            pub const fn checked_next_power_of_two(self) -> Option<Self> {
                match self.get().checked_next_power_of_two() {
                    Some(x) => Some(unsafe { Self::new_unchecked(x) }),
                    None => None,
                }
            }

            #[must_use]
            #[inline]
            pub const fn is_power_of_two(self) -> bool {
                self.get().is_power_of_two()
            }

            #[must_use]
            #[inline]
            pub const fn ilog2(self) -> u32 {
                Self::BITS - 1 - self.leading_zeros()
            }

            #[must_use]
            #[inline]
            pub const fn ilog10(self) -> u32 {
                self.get().ilog10()
            }

            #[must_use]
            #[inline]
            pub const fn isqrt(self) -> Self {
                unsafe { Self::new_unchecked(self.get().isqrt()) }
            }

            #[must_use]
            #[inline]
            pub const fn div_ceil(self, rhs: Self) -> Self {
                unsafe { Self::new_unchecked(self.get().div_ceil(rhs.get())) }
            }
        }

        impl Div<NonZero<$t>> for $t {
            type Output = $t;
            #[inline]
            fn div(self, other: NonZero<$t>) -> $t {
                unsafe { intrinsics::unchecked_div(self, other.get()) }
            }
        }

        impl DivAssign<NonZero<$t>> for $t {
            #[inline]
            fn div_assign(&mut self, other: NonZero<$t>) {
                *self = *self / other;
            }
        }

        impl Rem<NonZero<$t>> for $t {
            type Output = $t;
            #[inline]
            fn rem(self, other: NonZero<$t>) -> $t {
                unsafe { intrinsics::unchecked_rem(self, other.get()) }
            }
        }

        impl RemAssign<NonZero<$t>> for $t {
            #[inline]
            fn rem_assign(&mut self, other: NonZero<$t>) {
                *self = *self % other;
            }
        }
    )*};
}
nonzero_unsigned! { u8 u16 u32 u64 u128 usize }

macro_rules! nonzero_signed {
    ($($t:ident $U:ident)*) => {$(
        impl NonZero<$t> {
            pub const MIN: Self = Self::new(<$t>::MIN).unwrap();
            pub const MAX: Self = Self::new(<$t>::MAX).unwrap();

            #[must_use]
            #[inline]
            pub const fn abs(self) -> Self {
                unsafe { Self::new_unchecked(self.get().abs()) }
            }

            #[must_use]
            #[inline]
            pub const fn checked_abs(self) -> Option<Self> {
                match self.get().checked_abs() {
                    Some(x) => Some(unsafe { Self::new_unchecked(x) }),
                    None => None,
                }
            }

            #[must_use]
            #[inline]
            pub const fn unsigned_abs(self) -> NonZero<$U> {
                unsafe { NonZero::new_unchecked(self.get().unsigned_abs()) }
            }

            #[must_use]
            #[inline]
            pub const fn wrapping_abs(self) -> Self {
                unsafe { Self::new_unchecked(self.get().wrapping_abs()) }
            }

            #[must_use]
            #[inline]
            pub const fn is_positive(self) -> bool {
                self.get() > 0
            }

            #[must_use]
            #[inline]
            pub const fn is_negative(self) -> bool {
                self.get() < 0
            }
        }

        impl Neg for NonZero<$t> {
            type Output = Self;
            #[inline]
            fn neg(self) -> Self {
                unsafe { Self::new_unchecked(-self.get()) }
            }
        }
    )*};
}
nonzero_signed! { i8 u8 i16 u16 i32 u32 i64 u64 i128 u128 isize usize }
