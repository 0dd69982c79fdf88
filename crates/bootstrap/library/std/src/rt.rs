//! What runs before and after `main`.

pub use core::panicking::{panic_display, panic_fmt};

#[doc(hidden)]
pub use crate::panicking::{begin_panic, panic_count};
use crate::process::Termination;
use crate::sys;

/// Called by the compiler's `main`.
#[lang = "start"]
fn lang_start<T: Termination + 'static>(
    main: fn() -> T,
    _argc: isize,
    _argv: *const *const u8,
    _sigpipe: u8,
) -> isize {
    sys::ignore_sigpipe();
    let code = main().report().to_i32();
    cleanup();
    code as isize
}

/// Writes what is still in buffers.
pub(crate) fn cleanup() {
    crate::io::cleanup();
}
