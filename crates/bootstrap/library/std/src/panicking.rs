//! What happens on a panic: the hook, then the end of the process. There is no unwinding.

use core::any::Any;
use core::fmt;
use core::panic::{Location, PanicInfo};
use core::sync::atomic::{AtomicBool, Ordering};

use crate::panic::PanicHookInfo;
use crate::sys;
use crate::sync::RwLock;

pub(crate) type HookFn = Box<dyn Fn(&PanicHookInfo<'_>) + 'static + Sync + Send>;

static HOOK: RwLock<Option<HookFn>> = RwLock::new(None);

pub fn set_hook(hook: HookFn) {
    if panicking() {
        panic!("cannot modify the panic hook from a panicking thread");
    }
    let old = HOOK.write().unwrap().replace(hook);
    drop(old);
}

#[must_use]
pub fn take_hook() -> HookFn {
    if panicking() {
        panic!("cannot modify the panic hook from a panicking thread");
    }
    HOOK.write().unwrap().take().unwrap_or_else(|| Box::new(default_hook))
}

pub mod panic_count {
    //! How many panics are under way.
    use core::sync::atomic::{AtomicUsize, Ordering};

    static COUNT: AtomicUsize = AtomicUsize::new(0);

    pub fn increase() -> usize {
        COUNT.fetch_add(1, Ordering::Relaxed)
    }

    pub fn get_count() -> usize {
        COUNT.load(Ordering::Relaxed)
    }
}

pub fn panicking() -> bool {
    panic_count::get_count() != 0
}

/// Unbuffered standard error, for when nothing else is to be relied on.
struct RawStderr;

impl fmt::Write for RawStderr {
    fn write_str(&mut self, s: &str) -> fmt::Result {
        let mut rest = s.as_bytes();
        while !rest.is_empty() {
            match sys::write(2, rest) {
                Ok(n) => rest = &rest[n..],
                Err(sys::errno::EINTR) => {}
                Err(_) => return Ok(()),
            }
        }
        Ok(())
    }
}

pub(crate) fn print_raw(args: fmt::Arguments<'_>) {
    let _ = fmt::write(&mut RawStderr, args);
}

fn default_hook(info: &PanicHookInfo<'_>) {
    static FIRST: AtomicBool = AtomicBool::new(true);
    let text;
    let message = match info.payload_as_str() {
        Some(message) => message,
        None => {
            text = "Box<dyn Any>";
            text
        }
    };
    let location = info.location().unwrap();
    let thread = sys::thread_id();
    // In one piece, as far as a line is one.
    let whole = format!("\nthread 'main' ({thread}) panicked at {location}:\n{message}\n");
    print_raw(format_args!("{whole}"));
    let wanted = crate::env::var_os("RUST_BACKTRACE").is_some_and(|v| v != "0");
    if FIRST.swap(false, Ordering::Relaxed) && !wanted {
        print_raw(format_args!(
            "note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace\n"
        ));
    }
}

#[panic_handler]
fn panic_handler(info: &PanicInfo<'_>) -> ! {
    let location = info.location().unwrap();
    let message = info.message();
    begin(location, message.as_str());
    match message.as_str() {
        Some(s) => finish(&s, location, info.can_unwind()),
        None => finish(&message.to_string(), location, info.can_unwind()),
    }
}

/// What `panic!` of the 2015 edition and `panic_any` call.
#[inline(never)]
#[cold]
#[track_caller]
#[lang = "begin_panic"]
#[rustc_do_not_const_check]
pub const fn begin_panic<M: Any + Send>(msg: M) -> ! {
    let location = Location::caller();
    begin(location, (&msg as &dyn Any).downcast_ref::<&str>().copied());
    finish(&msg, location, true)
}

/// Counts the panic; one within another, while its message is made or its hook runs, is too much.
fn begin(location: &Location<'_>, message: Option<&str>) {
    if panic_count::increase() > 0 {
        let message = message.unwrap_or_default();
        print_raw(format_args!(
            "panicked at {location}:\n{message}\nthread panicked while processing panic. aborting.\n"
        ));
        sys::abort();
    }
}

fn finish(payload: &(dyn Any + Send), location: &Location<'_>, can_unwind: bool) -> ! {
    let info = PanicHookInfo::new(location, payload, can_unwind);
    match &*HOOK.read().unwrap() {
        Some(hook) => hook(&info),
        None => default_hook(&info),
    }
    if !can_unwind {
        print_raw(format_args!("thread caused non-unwinding panic. aborting.\n"));
        sys::abort();
    }
    // The main thread would unwind to `lang_start`, which cleans up.
    crate::rt::cleanup();
    sys::exit(101)
}

#[lang = "eh_personality"]
#[cfg(not(rcc))]
fn rust_eh_personality() {}
