//! The `*` operator on pointers, and method receivers.

use crate::marker::PointeeSized;

/// Shared dereference, explicit (`*v`) and by coercion.
#[lang = "deref"]
#[doc(alias = "*")]
#[rustc_diagnostic_item = "Deref"]
pub const trait Deref: PointeeSized {
    /// What the pointer points at.
    #[lang = "deref_target"]
    #[rustc_diagnostic_item = "deref_target"]
    type Target: ?Sized;
    /// Dereferences the value.
    #[must_use]
    #[rustc_diagnostic_item = "deref_method"]
    fn deref(&self) -> &Self::Target;
}

impl<T: ?Sized> const Deref for &T {
    type Target = T;
    #[rustc_diagnostic_item = "noop_method_deref"]
    #[inline]
    fn deref(&self) -> &T {
        self
    }
}

impl<T: ?Sized> !DerefMut for &T {}

impl<T: ?Sized> const Deref for &mut T {
    type Target = T;
    #[inline]
    fn deref(&self) -> &T {
        self
    }
}

/// Mutable dereference.
#[lang = "deref_mut"]
#[doc(alias = "*")]
pub const trait DerefMut: [const] Deref + PointeeSized {
    /// Mutably dereferences the value.
    #[rustc_diagnostic_item = "deref_mut_method"]
    fn deref_mut(&mut self) -> &mut Self::Target;
}

impl<T: ?Sized> const DerefMut for &mut T {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        self
    }
}

/// Promises that `Deref` has no side effects, so that patterns may use it.
#[lang = "deref_pure"]
pub unsafe trait DerefPure: PointeeSized {}
unsafe impl<T: ?Sized> DerefPure for &T {}
unsafe impl<T: ?Sized> DerefPure for &mut T {}

/// Types of `self` in methods.
#[lang = "receiver"]
pub trait Receiver: PointeeSized {
    /// The type whose methods can be called.
    #[rustc_diagnostic_item = "receiver_target"]
    #[lang = "receiver_target"]
    type Target: ?Sized;
}

impl<P: ?Sized, T: ?Sized> Receiver for P
where
    P: Deref<Target = T>,
{
    type Target = T;
}

/// Types of `self` that are allowed on stable.
#[lang = "legacy_receiver"]
#[doc(hidden)]
pub trait LegacyReceiver: PointeeSized {}
impl<T: PointeeSized> LegacyReceiver for &T {}
impl<T: PointeeSized> LegacyReceiver for &mut T {}
