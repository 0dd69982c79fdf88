//! Panics and their hooks.

pub use core::panic::{AssertUnwindSafe, Location, PanicInfo, PanicMessage, RefUnwindSafe, UnwindSafe};

use core::any::Any;
use core::fmt;

pub use crate::panicking::{set_hook, take_hook};

/// What a panic hook is told.
pub struct PanicHookInfo<'a> {
    payload: &'a (dyn Any + Send),
    location: &'a Location<'a>,
    can_unwind: bool,
}

impl<'a> PanicHookInfo<'a> {
    #[inline]
    pub(crate) fn new(
        location: &'a Location<'a>,
        payload: &'a (dyn Any + Send),
        can_unwind: bool,
    ) -> Self {
        PanicHookInfo { payload, location, can_unwind }
    }

    #[must_use]
    #[inline]
    pub fn payload(&self) -> &(dyn Any + Send) {
        self.payload
    }

    #[must_use]
    #[inline]
    pub fn payload_as_str(&self) -> Option<&str> {
        if let Some(s) = self.payload.downcast_ref::<&str>() {
            Some(s)
        } else if let Some(s) = self.payload.downcast_ref::<String>() {
            Some(s)
        } else {
            None
        }
    }

    #[must_use]
    #[inline]
    pub fn location(&self) -> Option<&Location<'_>> {
        Some(self.location)
    }

    #[must_use]
    #[inline]
    pub fn can_unwind(&self) -> bool {
        self.can_unwind
    }
}

impl fmt::Display for PanicHookInfo<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "panicked at {}", self.location)?;
        if let Some(payload) = self.payload_as_str() {
            write!(f, ":\n{payload}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for PanicHookInfo<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PanicHookInfo")
            .field("payload", &self.payload)
            .field("location", &self.location)
            .field("can_unwind", &self.can_unwind)
            .finish_non_exhaustive()
    }
}

#[doc(hidden)]
#[allow_internal_unstable(libstd_sys_internals, const_format_args, panic_internals, rt)]
#[rustc_diagnostic_item = "std_panic_2015_macro"]
#[rustc_macro_transparency = "semiopaque"]
pub macro panic_2015 {
    () => ({
        $crate::rt::begin_panic("explicit panic")
    }),
    ($msg:expr $(,)?) => ({
        $crate::rt::begin_panic($msg);
    }),
    ($fmt:expr, $($arg:tt)+) => ({
        $crate::rt::panic_fmt($crate::const_format_args!($fmt, $($arg)+));
    }),
}

#[doc(hidden)]
pub use core::panic::{panic_2021, unreachable_2015, unreachable_2021};

/// Calls a function; a panic ends the process, so it always comes back.
pub fn catch_unwind<F: FnOnce() -> R + UnwindSafe, R>(f: F) -> crate::thread::Result<R> {
    Ok(f())
}

pub fn resume_unwind(payload: Box<dyn Any + Send>) -> ! {
    core::mem::forget(payload);
    crate::rt::cleanup();
    crate::sys::exit(101)
}

#[inline]
#[track_caller]
pub fn panic_any<M: 'static + Any + Send>(msg: M) -> ! {
    crate::panicking::begin_panic(msg);
}
