//! The trait of errors.

use crate::any::TypeId;
use crate::fmt::{self, Debug, Display};

/// Errors: printable, with an optional cause.
#[rustc_diagnostic_item = "Error"]
#[rustc_has_incoherent_inherent_impls]
pub trait Error: Debug + Display {
    /// The lower-level cause, if any.
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        None
    }

    #[doc(hidden)]
    fn type_id(&self, _: private::Internal) -> TypeId
    where
        Self: 'static,
    {
        TypeId::of::<Self>()
    }

    #[deprecated(since = "1.42.0", note = "use the Display impl or to_string()")]
    fn description(&self) -> &str {
        "description() is deprecated; use Display"
    }

    #[deprecated(
        since = "1.33.0",
        note = "replaced by Error::source, which can support downcasting"
    )]
    fn cause(&self) -> Option<&dyn Error> {
        self.source()
    }

    #[doc(hidden)]
    fn provide<'a>(&'a self, _request: &mut Request<'a>) {}
}

mod private {
    // Keeps `Error::type_id` from being overridden.
    #[derive(Debug)]
    pub struct Internal;
}

/// A request for context out of an error.
#[repr(transparent)]
pub struct Request<'a>(crate::marker::PhantomData<&'a ()>);

impl dyn Error + 'static {
    #[inline]
    pub fn is<T: Error + 'static>(&self) -> bool {
        TypeId::of::<T>() == self.type_id(private::Internal)
    }

    #[inline]
    pub fn downcast_ref<T: Error + 'static>(&self) -> Option<&T> {
        if self.is::<T>() { unsafe { Some(&*(self as *const dyn Error as *const T)) } } else { None }
    }

    #[inline]
    pub fn downcast_mut<T: Error + 'static>(&mut self) -> Option<&mut T> {
        if self.is::<T>() {
            unsafe { Some(&mut *(self as *mut dyn Error as *mut T)) }
        } else {
            None
        }
    }

    #[inline]
    pub fn sources(&self) -> Source<'_> {
        Source { current: Some(self) }
    }
}

macro_rules! error_methods {
    ($($t:ty),*) => {$(
        impl $t {
            #[inline]
            pub fn is<T: Error + 'static>(&self) -> bool {
                <dyn Error + 'static>::is::<T>(self)
            }

            #[inline]
            pub fn downcast_ref<T: Error + 'static>(&self) -> Option<&T> {
                <dyn Error + 'static>::downcast_ref::<T>(self)
            }

            #[inline]
            pub fn downcast_mut<T: Error + 'static>(&mut self) -> Option<&mut T> {
                <dyn Error + 'static>::downcast_mut::<T>(self)
            }
        }
    )*};
}
error_methods! { dyn Error + Send + 'static, dyn Error + Send + Sync + 'static }

/// An iterator over an error and its sources.
#[derive(Clone, Debug)]
pub struct Source<'a> {
    current: Option<&'a (dyn Error + 'static)>,
}

impl<'a> Iterator for Source<'a> {
    type Item = &'a (dyn Error + 'static);

    fn next(&mut self) -> Option<Self::Item> {
        let current = self.current;
        self.current = self.current.and_then(Error::source);
        current
    }
}

impl<'a, T: Error + ?Sized> Error for &'a T {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Error::source(&**self)
    }
}

impl Error for ! {}
impl !Error for &str {}
impl Error for fmt::Error {}
impl Error for crate::cell::BorrowError {}
impl Error for crate::cell::BorrowMutError {}
impl Error for crate::char::CharTryFromError {}
impl Error for crate::char::DecodeUtf16Error {}
impl Error for crate::char::ParseCharError {}
impl Error for crate::char::TryFromCharError {}
impl Error for crate::time::TryFromFloatSecsError {}
impl Error for crate::num::ParseIntError {}
impl Error for crate::num::ParseFloatError {}
impl Error for crate::num::TryFromIntError {}
impl Error for crate::array::TryFromSliceError {}
impl Error for crate::str::ParseBoolError {}
impl Error for crate::str::Utf8Error {}
impl Error for crate::alloc::LayoutError {}
impl Error for crate::alloc::AllocError {}
impl Error for crate::ffi::FromBytesWithNulError {}
impl Error for crate::ffi::FromBytesUntilNulError {}
