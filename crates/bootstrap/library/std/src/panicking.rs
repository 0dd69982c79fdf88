//! What happens on a panic: the hook, then the end of the process. There is no unwinding.

use core::any::Any;
use core::fmt;
use core::panic::{Location, PanicInfo, PanicMessage};
use core::sync::atomic::{AtomicBool, AtomicPtr, AtomicUsize, Ordering};

use crate::panic::PanicHookInfo;
use crate::sys;
use crate::sync::RwLock;

pub(crate) type HookFn = Box<dyn Fn(&PanicHookInfo<'_>) + 'static + Sync + Send>;

static HOOK: RwLock<Option<HookFn>> = RwLock::new(None);
/// [`run_hook`] once there was a hook, else null.
static RUN_HOOK: AtomicPtr<()> = AtomicPtr::new(core::ptr::null_mut());

pub fn set_hook(hook: HookFn) {
    if panicking() {
        panic!("cannot modify the panic hook from a panicking thread");
    }
    let run: fn(&Panic<'_>) = run_hook;
    RUN_HOOK.store(run as *mut (), Ordering::Release);
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

/// Standard error, for when nothing else is to be relied on: with a buffer, so that what is said once is written once.
struct RawStderr {
    buf: [u8; 512],
    len: usize,
}

impl RawStderr {
    const fn new() -> Self {
        RawStderr { buf: [0; 512], len: 0 }
    }

    fn flush(&mut self) {
        let mut rest = &self.buf[..self.len];
        while !rest.is_empty() {
            match sys::write(2, rest) {
                Ok(n) => rest = &rest[n..],
                Err(sys::errno::EINTR) => {}
                Err(_) => break,
            }
        }
        self.len = 0;
    }
}

impl fmt::Write for RawStderr {
    fn write_str(&mut self, s: &str) -> fmt::Result {
        for &b in s.as_bytes() {
            if self.len == self.buf.len() {
                self.flush();
            }
            self.buf[self.len] = b;
            self.len += 1;
        }
        Ok(())
    }
}

pub(crate) fn print_raw(args: fmt::Arguments<'_>) {
    let mut out = RawStderr::new();
    let _ = fmt::write(&mut out, args);
    out.flush();
}

/// What a panic says: a message, or the value it was given.
#[derive(Clone, Copy)]
enum What<'a> {
    Message(&'a PanicMessage<'a>),
    Payload(&'a (dyn Any + Send)),
}

impl fmt::Display for What<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            What::Message(message) => message.fmt(f),
            What::Payload(payload) => f.write_str(if let Some(s) = payload.downcast_ref::<&'static str>() {
                s
            } else if let Some(s) = payload.downcast_ref::<String>() {
                s
            } else {
                "Box<dyn Any>"
            }),
        }
    }
}

/// A panic under way.
struct Panic<'a> {
    what: What<'a>,
    location: &'a Location<'a>,
    can_unwind: bool,
}

/// Runs the hook. It is reached through [`RUN_HOOK`], so that a program without hooks does without what they need.
fn run_hook(panic: &Panic<'_>) {
    let (literal, text);
    let payload: &(dyn Any + Send) = match panic.what {
        What::Payload(payload) => payload,
        What::Message(message) => match message.as_str() {
            Some(s) => {
                literal = s;
                &literal
            }
            None => {
                text = message.to_string();
                &text
            }
        },
    };
    match &*HOOK.read().unwrap() {
        Some(hook) => hook(&PanicHookInfo::new(panic.location, payload, panic.can_unwind)),
        None => report(panic),
    }
}

/// The default hook, called as any other.
fn default_hook(info: &PanicHookInfo<'_>) {
    report(&Panic {
        what: What::Payload(info.payload()),
        location: info.location().unwrap(),
        can_unwind: info.can_unwind(),
    });
}

/// What the default hook does.
fn report(panic: &Panic<'_>) {
    static FIRST: AtomicBool = AtomicBool::new(true);
    let thread = sys::thread_id();
    let (what, location) = (panic.what, panic.location);
    let note = if FIRST.swap(false, Ordering::Relaxed) && !backtrace_wanted() {
        "note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace\n"
    } else {
        ""
    };
    print_raw(format_args!("\nthread 'main' ({thread}) panicked at {location}:\n{what}\n{note}"));
}

/// What the program has set `RUST_BACKTRACE` to: 1 for off, 2 for on.
static BACKTRACE: AtomicUsize = AtomicUsize::new(0);

/// The program sets or removes a variable.
pub(crate) fn note_variable(name: &[u8], value: Option<&[u8]>) {
    if name == b"RUST_BACKTRACE" {
        let on = value.is_some_and(|v| v != b"0");
        BACKTRACE.store(1 + on as usize, Ordering::Relaxed);
    }
}

fn backtrace_wanted() -> bool {
    match BACKTRACE.load(Ordering::Relaxed) {
        0 => {}
        set => return set == 2,
    }
    let mut i = 0;
    while let Some(variable) = sys::args::variable(i) {
        if let Some(value) = variable.strip_prefix(b"RUST_BACKTRACE=") {
            return value != b"0";
        }
        i += 1;
    }
    false
}

#[panic_handler]
fn panic_handler(info: &PanicInfo<'_>) -> ! {
    let message = info.message();
    start_panic(&Panic {
        what: What::Message(&message),
        location: info.location().unwrap(),
        can_unwind: info.can_unwind(),
    })
}

/// What `panic!` of the 2015 edition and `panic_any` call.
#[inline(never)]
#[cold]
#[track_caller]
#[lang = "begin_panic"]
#[rustc_do_not_const_check]
pub const fn begin_panic<M: Any + Send>(msg: M) -> ! {
    start_panic(&Panic { what: What::Payload(&msg), location: Location::caller(), can_unwind: true })
}

/// Counts the panic; one within another, while its message is made or its hook runs, is too much.
fn start_panic(panic: &Panic<'_>) -> ! {
    if panic_count::increase() > 0 {
        // Making the message may be what failed.
        let message = match panic.what {
            What::Message(message) => message.as_str().unwrap_or_default(),
            What::Payload(payload) => payload.downcast_ref::<&str>().copied().unwrap_or_default(),
        };
        let location = panic.location;
        print_raw(format_args!(
            "panicked at {location}:\n{message}\nthread panicked while processing panic. aborting.\n"
        ));
        sys::abort();
    }
    let run = RUN_HOOK.load(Ordering::Acquire);
    if run.is_null() {
        report(panic);
    } else {
        let run: fn(&Panic<'_>) = unsafe { core::mem::transmute(run) };
        run(panic);
    }
    if !panic.can_unwind {
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
