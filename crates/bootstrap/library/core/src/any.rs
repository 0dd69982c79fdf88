//! Dynamic typing: type ids and downcasts.

use crate::intrinsics;
use crate::{fmt, hash};

/// Any `'static` type, by its id.
#[rustc_diagnostic_item = "Any"]
pub trait Any: 'static {
    /// The id of the concrete type.
    fn type_id(&self) -> TypeId;
}

impl<T: 'static + ?Sized> Any for T {
    fn type_id(&self) -> TypeId {
        TypeId::of::<T>()
    }
}

macro_rules! any_debug {
    ($($t:ty),*) => {$(
        impl fmt::Debug for $t {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct("Any").finish_non_exhaustive()
            }
        }
    )*};
}
any_debug! { dyn Any, dyn Any + Send, dyn Any + Send + Sync }

impl dyn Any {
    #[inline]
    pub fn is<T: Any>(&self) -> bool {
        TypeId::of::<T>() == self.type_id()
    }

    #[inline]
    pub fn downcast_ref<T: Any>(&self) -> Option<&T> {
        if self.is::<T>() { unsafe { Some(self.downcast_unchecked_ref()) } } else { None }
    }

    #[inline]
    pub fn downcast_mut<T: Any>(&mut self) -> Option<&mut T> {
        if self.is::<T>() { unsafe { Some(self.downcast_unchecked_mut()) } } else { None }
    }

    #[inline]
    pub unsafe fn downcast_unchecked_ref<T: Any>(&self) -> &T {
        unsafe { &*(self as *const dyn Any as *const T) }
    }

    #[inline]
    pub unsafe fn downcast_unchecked_mut<T: Any>(&mut self) -> &mut T {
        unsafe { &mut *(self as *mut dyn Any as *mut T) }
    }
}

macro_rules! any_methods {
    ($($t:ty),*) => {$(
        impl $t {
            #[inline]
            pub fn is<T: Any>(&self) -> bool {
                <dyn Any>::is::<T>(self)
            }

            #[inline]
            pub fn downcast_ref<T: Any>(&self) -> Option<&T> {
                <dyn Any>::downcast_ref::<T>(self)
            }

            #[inline]
            pub fn downcast_mut<T: Any>(&mut self) -> Option<&mut T> {
                <dyn Any>::downcast_mut::<T>(self)
            }
        }
    )*};
}
any_methods! { dyn Any + Send, dyn Any + Send + Sync }

/// The identity of a type. The compiler fills the words with a hash of the type.
#[derive(Copy, PartialOrd, Ord)]
#[derive_const(Clone, Eq)]
#[lang = "type_id"]
pub struct TypeId {
    pub(crate) data: [*const (); 16 / size_of::<*const ()>()],
}

unsafe impl Send for TypeId {}
unsafe impl Sync for TypeId {}

impl const PartialEq for TypeId {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        intrinsics::type_id_eq(*self, *other)
    }
}

impl TypeId {
    #[must_use]
    pub const fn of<T: ?Sized + 'static>() -> TypeId {
        const { intrinsics::type_id::<T>() }
    }

    fn as_u128(self) -> u128 {
        unsafe { crate::mem::transmute_copy(&self.data) }
    }
}

impl hash::Hash for TypeId {
    #[inline]
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        hash::Hash::hash(&(self.as_u128() as u64), state)
    }
}

impl fmt::Debug for TypeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TypeId({:#034x})", self.as_u128())
    }
}

#[must_use]
pub const fn type_name<T: ?Sized>() -> &'static str {
    const { intrinsics::type_name::<T>() }
}

#[must_use]
pub const fn type_name_of_val<T: ?Sized>(_val: &T) -> &'static str {
    type_name::<T>()
}
