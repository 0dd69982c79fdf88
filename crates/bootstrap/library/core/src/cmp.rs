//! Comparison and ordering.

mod impls;

use self::Ordering::{Equal, Greater, Less};
use crate::marker::PointeeSized;

/// The `==` operator.
#[lang = "eq"]
#[doc(alias = "==")]
#[doc(alias = "!=")]
#[rustc_on_unimplemented(
    message = "can't compare `{Self}` with `{Rhs}`",
    label = "no implementation for `{Self} == {Rhs}`"
)]
#[rustc_diagnostic_item = "PartialEq"]
pub const trait PartialEq<Rhs: PointeeSized = Self>: PointeeSized {
    /// Tests whether the two are equal.
    #[must_use]
    #[rustc_diagnostic_item = "cmp_partialeq_eq"]
    fn eq(&self, other: &Rhs) -> bool;

    /// Tests whether they differ.
    #[inline]
    #[must_use]
    #[rustc_diagnostic_item = "cmp_partialeq_ne"]
    fn ne(&self, other: &Rhs) -> bool {
        !self.eq(other)
    }
}

/// Derive macro for [`PartialEq`](trait@PartialEq).
#[rustc_builtin_macro]
#[allow_internal_unstable(core_intrinsics, structural_match)]
pub macro PartialEq($item:item) {}

/// Equality that is an equivalence relation.
#[doc(alias = "==")]
#[doc(alias = "!=")]
#[rustc_diagnostic_item = "Eq"]
pub const trait Eq: [const] PartialEq<Self> + PointeeSized {
    // Derive uses it to check that all fields are `Eq`.
    #[doc(hidden)]
    #[inline]
    fn assert_receiver_is_total_eq(&self) {}

    #[doc(hidden)]
    #[inline]
    fn assert_fields_are_eq(&self) {}
}

/// Derive macro for [`Eq`](trait@Eq).
#[rustc_builtin_macro]
#[allow_internal_unstable(core_intrinsics, coverage_attribute, derive_eq_internals, structural_match)]
pub macro Eq($item:item) {}

#[doc(hidden)]
#[allow(missing_debug_implementations)]
pub struct AssertParamIsEq<T: Eq + PointeeSized> {
    _field: crate::marker::PhantomData<T>,
}

/// The result of a comparison.
#[derive(Copy, Debug, Hash)]
#[derive_const(Clone, Eq, PartialOrd, Ord, PartialEq)]
#[lang = "Ordering"]
#[repr(i8)]
pub enum Ordering {
    /// Less than.
    Less = -1,
    /// Equal to.
    Equal = 0,
    /// Greater than.
    Greater = 1,
}

impl Ordering {
    #[inline]
    const fn as_raw(self) -> i8 {
        self as i8
    }

    #[inline]
    #[must_use]
    pub const fn is_eq(self) -> bool {
        self.as_raw() == 0
    }

    #[inline]
    #[must_use]
    pub const fn is_ne(self) -> bool {
        self.as_raw() != 0
    }

    #[inline]
    #[must_use]
    pub const fn is_lt(self) -> bool {
        self.as_raw() < 0
    }

    #[inline]
    #[must_use]
    pub const fn is_gt(self) -> bool {
        self.as_raw() > 0
    }

    #[inline]
    #[must_use]
    pub const fn is_le(self) -> bool {
        self.as_raw() <= 0
    }

    #[inline]
    #[must_use]
    pub const fn is_ge(self) -> bool {
        self.as_raw() >= 0
    }

    #[inline]
    #[must_use]
    pub const fn reverse(self) -> Ordering {
        match self {
            Less => Greater,
            Equal => Equal,
            Greater => Less,
        }
    }

    #[inline]
    #[must_use]
    pub const fn then(self, other: Ordering) -> Ordering {
        match self {
            Equal => other,
            _ => self,
        }
    }

    #[inline]
    #[must_use]
    pub fn then_with<F: FnOnce() -> Ordering>(self, f: F) -> Ordering {
        match self {
            Equal => f(),
            _ => self,
        }
    }
}

/// Wraps a value to reverse its ordering.
#[derive(Copy, Debug, Hash, PartialEq, Eq, Default)]
#[repr(transparent)]
pub struct Reverse<T>(pub T);

impl<T: PartialOrd> PartialOrd for Reverse<T> {
    #[inline]
    fn partial_cmp(&self, other: &Reverse<T>) -> Option<Ordering> {
        other.0.partial_cmp(&self.0)
    }
    #[inline]
    fn lt(&self, other: &Self) -> bool {
        other.0 < self.0
    }
    #[inline]
    fn le(&self, other: &Self) -> bool {
        other.0 <= self.0
    }
    #[inline]
    fn gt(&self, other: &Self) -> bool {
        other.0 > self.0
    }
    #[inline]
    fn ge(&self, other: &Self) -> bool {
        other.0 >= self.0
    }
}

impl<T: Ord> Ord for Reverse<T> {
    #[inline]
    fn cmp(&self, other: &Reverse<T>) -> Ordering {
        other.0.cmp(&self.0)
    }
}

impl<T: Clone> Clone for Reverse<T> {
    #[inline]
    fn clone(&self) -> Reverse<T> {
        Reverse(self.0.clone())
    }
}

/// Types with a total order.
#[doc(alias = "<")]
#[doc(alias = ">")]
#[doc(alias = "<=")]
#[doc(alias = ">=")]
#[rustc_diagnostic_item = "Ord"]
pub const trait Ord: [const] Eq + [const] PartialOrd<Self> + PointeeSized {
    /// Compares the two.
    #[must_use]
    #[rustc_diagnostic_item = "ord_cmp_method"]
    fn cmp(&self, other: &Self) -> Ordering;

    #[inline]
    #[must_use]
    #[rustc_diagnostic_item = "cmp_ord_max"]
    fn max(self, other: Self) -> Self
    where
        Self: Sized + [const] crate::marker::Destruct,
    {
        if other < self { self } else { other }
    }

    #[inline]
    #[must_use]
    #[rustc_diagnostic_item = "cmp_ord_min"]
    fn min(self, other: Self) -> Self
    where
        Self: Sized + [const] crate::marker::Destruct,
    {
        if other < self { other } else { self }
    }

    #[inline]
    #[must_use]
    fn clamp(self, min: Self, max: Self) -> Self
    where
        Self: Sized + [const] crate::marker::Destruct,
    {
        assert!(min <= max);
        if self < min {
            min
        } else if self > max {
            max
        } else {
            self
        }
    }
}

/// Derive macro for [`Ord`](trait@Ord).
#[rustc_builtin_macro]
#[allow_internal_unstable(core_intrinsics)]
pub macro Ord($item:item) {}

/// Types that can be ordered, perhaps not every pair of values.
#[lang = "partial_ord"]
#[doc(alias = ">")]
#[doc(alias = "<")]
#[doc(alias = "<=")]
#[doc(alias = ">=")]
#[rustc_on_unimplemented(
    message = "can't compare `{Self}` with `{Rhs}`",
    label = "no implementation for `{Self} < {Rhs}` and `{Self} > {Rhs}`"
)]
#[rustc_diagnostic_item = "PartialOrd"]
pub const trait PartialOrd<Rhs: PointeeSized = Self>:
    [const] PartialEq<Rhs> + PointeeSized
{
    /// Compares the two, if they can be compared.
    #[must_use]
    #[rustc_diagnostic_item = "cmp_partialord_cmp"]
    fn partial_cmp(&self, other: &Rhs) -> Option<Ordering>;

    #[inline]
    #[must_use]
    #[rustc_diagnostic_item = "cmp_partialord_lt"]
    fn lt(&self, other: &Rhs) -> bool {
        matches!(self.partial_cmp(other), Some(Less))
    }

    #[inline]
    #[must_use]
    #[rustc_diagnostic_item = "cmp_partialord_le"]
    fn le(&self, other: &Rhs) -> bool {
        matches!(self.partial_cmp(other), Some(Less | Equal))
    }

    #[inline]
    #[must_use]
    #[rustc_diagnostic_item = "cmp_partialord_gt"]
    fn gt(&self, other: &Rhs) -> bool {
        matches!(self.partial_cmp(other), Some(Greater))
    }

    #[inline]
    #[must_use]
    #[rustc_diagnostic_item = "cmp_partialord_ge"]
    fn ge(&self, other: &Rhs) -> bool {
        matches!(self.partial_cmp(other), Some(Greater | Equal))
    }
}

/// Derive macro for [`PartialOrd`](trait@PartialOrd).
#[rustc_builtin_macro]
#[allow_internal_unstable(core_intrinsics)]
pub macro PartialOrd($item:item) {}

#[inline]
#[must_use]
#[rustc_diagnostic_item = "cmp_min"]
pub fn min<T: Ord>(v1: T, v2: T) -> T {
    v1.min(v2)
}

#[inline]
#[must_use]
pub fn min_by<T, F: FnOnce(&T, &T) -> Ordering>(v1: T, v2: T, compare: F) -> T {
    if compare(&v1, &v2).is_le() { v1 } else { v2 }
}

#[inline]
#[must_use]
pub fn min_by_key<T, F: FnMut(&T) -> K, K: Ord>(v1: T, v2: T, mut f: F) -> T {
    if f(&v2) < f(&v1) { v2 } else { v1 }
}

#[inline]
#[must_use]
#[rustc_diagnostic_item = "cmp_max"]
pub fn max<T: Ord>(v1: T, v2: T) -> T {
    v1.max(v2)
}

#[inline]
#[must_use]
pub fn max_by<T, F: FnOnce(&T, &T) -> Ordering>(v1: T, v2: T, compare: F) -> T {
    if compare(&v1, &v2).is_gt() { v1 } else { v2 }
}

#[inline]
#[must_use]
pub fn max_by_key<T, F: FnMut(&T) -> K, K: Ord>(v1: T, v2: T, mut f: F) -> T {
    if f(&v2) < f(&v1) { v1 } else { v2 }
}

#[inline]
#[must_use]
pub fn minmax<T: Ord>(v1: T, v2: T) -> [T; 2] {
    if v2 < v1 { [v2, v1] } else { [v1, v2] }
}
