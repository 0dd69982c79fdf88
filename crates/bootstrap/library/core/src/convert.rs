//! Conversions between types.

mod num;

use crate::error::Error;
use crate::fmt;
use crate::hash::{Hash, Hasher};
use crate::marker::PointeeSized;

/// Returns its argument.
#[rustc_diagnostic_item = "convert_identity"]
#[inline(always)]
#[must_use]
pub const fn identity<T>(x: T) -> T {
    x
}

/// Cheap reference-to-reference conversion.
#[rustc_diagnostic_item = "AsRef"]
pub const trait AsRef<T: PointeeSized>: PointeeSized {
    /// Converts.
    fn as_ref(&self) -> &T;
}

/// Cheap mutable-to-mutable reference conversion.
#[rustc_diagnostic_item = "AsMut"]
pub const trait AsMut<T: PointeeSized>: PointeeSized {
    /// Converts.
    fn as_mut(&mut self) -> &mut T;
}

/// A value conversion that consumes the input; follows from `From`.
#[rustc_diagnostic_item = "Into"]
pub const trait Into<T>: Sized {
    /// Converts.
    #[must_use]
    fn into(self) -> T;
}

/// A value conversion that consumes the input.
#[rustc_diagnostic_item = "From"]
#[rustc_on_unimplemented(on(
    all(Self = "&str", T = "alloc::string::String"),
    note = "to coerce a `{T}` into a `{Self}`, use `&*` as a prefix",
))]
pub const trait From<T>: Sized {
    /// Converts.
    #[rustc_diagnostic_item = "from_fn"]
    #[must_use]
    fn from(value: T) -> Self;
}

/// A conversion that may fail; follows from `TryFrom`.
#[rustc_diagnostic_item = "TryInto"]
pub const trait TryInto<T>: Sized {
    /// The error of the conversion.
    type Error;
    /// Converts.
    fn try_into(self) -> Result<T, Self::Error>;
}

/// A conversion that may fail.
#[rustc_diagnostic_item = "TryFrom"]
pub const trait TryFrom<T>: Sized {
    /// The error of the conversion.
    type Error;
    /// Converts.
    #[rustc_diagnostic_item = "try_from_fn"]
    fn try_from(value: T) -> Result<Self, Self::Error>;
}

impl<T: PointeeSized, U: PointeeSized> AsRef<U> for &T
where
    T: AsRef<U>,
{
    #[inline]
    fn as_ref(&self) -> &U {
        <T as AsRef<U>>::as_ref(*self)
    }
}

impl<T: PointeeSized, U: PointeeSized> AsRef<U> for &mut T
where
    T: AsRef<U>,
{
    #[inline]
    fn as_ref(&self) -> &U {
        <T as AsRef<U>>::as_ref(*self)
    }
}

impl<T: PointeeSized, U: PointeeSized> AsMut<U> for &mut T
where
    T: AsMut<U>,
{
    #[inline]
    fn as_mut(&mut self) -> &mut U {
        (*self).as_mut()
    }
}

impl<T, U: From<T>> Into<U> for T {
    #[inline]
    #[track_caller]
    fn into(self) -> U {
        U::from(self)
    }
}

impl<T> From<T> for T {
    #[inline(always)]
    fn from(t: T) -> T {
        t
    }
}

#[rustc_reservation_impl = "permitting this impl would forbid us from adding \
                            `impl<T> From<!> for T` later"]
impl<T> From<!> for T {
    fn from(t: !) -> T {
        t
    }
}

impl<T, U: TryFrom<T>> TryInto<U> for T {
    type Error = U::Error;
    #[inline]
    fn try_into(self) -> Result<U, U::Error> {
        U::try_from(self)
    }
}

impl<T, U: Into<T>> TryFrom<U> for T {
    type Error = Infallible;
    #[inline]
    fn try_from(value: U) -> Result<Self, Self::Error> {
        Ok(U::into(value))
    }
}

impl<T> AsRef<[T]> for [T] {
    #[inline(always)]
    fn as_ref(&self) -> &[T] {
        self
    }
}

impl<T> AsMut<[T]> for [T] {
    #[inline(always)]
    fn as_mut(&mut self) -> &mut [T] {
        self
    }
}

impl AsRef<str> for str {
    #[inline(always)]
    fn as_ref(&self) -> &str {
        self
    }
}

impl AsMut<str> for str {
    #[inline(always)]
    fn as_mut(&mut self) -> &mut str {
        self
    }
}

/// The error of conversions that cannot fail.
#[derive(Copy)]
pub enum Infallible {}

impl Clone for Infallible {
    fn clone(&self) -> Infallible {
        match *self {}
    }
}

impl fmt::Debug for Infallible {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl fmt::Display for Infallible {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl Error for Infallible {}

impl PartialEq for Infallible {
    fn eq(&self, _: &Infallible) -> bool {
        match *self {}
    }
}

impl Eq for Infallible {}

impl PartialOrd for Infallible {
    fn partial_cmp(&self, _other: &Self) -> Option<crate::cmp::Ordering> {
        match *self {}
    }
}

impl Ord for Infallible {
    fn cmp(&self, _other: &Self) -> crate::cmp::Ordering {
        match *self {}
    }
}

impl From<!> for Infallible {
    fn from(x: !) -> Self {
        x
    }
}

impl Hash for Infallible {
    fn hash<H: Hasher>(&self, _: &mut H) {
        match *self {}
    }
}
