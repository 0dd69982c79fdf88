//! The process itself.

use core::convert::Infallible;
use core::fmt;

use crate::sys;

/// The status that `main` ends with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ExitCode(u8);

impl ExitCode {
    pub const SUCCESS: ExitCode = ExitCode(0);
    pub const FAILURE: ExitCode = ExitCode(1);

    #[doc(hidden)]
    #[inline]
    pub fn to_i32(self) -> i32 {
        self.0 as i32
    }

    pub fn exit_process(self) -> ! {
        exit(self.to_i32())
    }
}

impl From<u8> for ExitCode {
    fn from(code: u8) -> Self {
        ExitCode(code)
    }
}

#[track_caller]
pub fn exit(code: i32) -> ! {
    crate::rt::cleanup();
    sys::exit(code)
}

#[cold]
pub fn abort() -> ! {
    sys::abort()
}

#[must_use]
pub fn id() -> u32 {
    sys::process_id() as u32
}

/// What `main` may return.
#[lang = "termination"]
#[rustc_on_unimplemented(on(
    cause = "MainFunctionType",
    message = "`main` has invalid return type `{Self}`",
    label = "`main` can only return types that implement `{This}`"
))]
pub trait Termination {
    fn report(self) -> ExitCode;
}

impl Termination for () {
    #[inline]
    fn report(self) -> ExitCode {
        ExitCode::SUCCESS
    }
}

impl Termination for ! {
    fn report(self) -> ExitCode {
        self
    }
}

impl Termination for Infallible {
    fn report(self) -> ExitCode {
        match self {}
    }
}

impl Termination for ExitCode {
    #[inline]
    fn report(self) -> ExitCode {
        self
    }
}

impl<T: Termination, E: fmt::Debug> Termination for Result<T, E> {
    fn report(self) -> ExitCode {
        match self {
            Ok(val) => val.report(),
            Err(err) => {
                let text = format!("Error: {err:?}\n");
                crate::panicking::print_raw(format_args!("{text}"));
                ExitCode::FAILURE
            }
        }
    }
}
