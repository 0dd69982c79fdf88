//! Standard input, output and error.

use core::cell::RefCell;
use core::fmt;

use super::{BufRead, BufReader, Error, Lines, LineWriter, Read, Result, Write};
use crate::sys;

/// A file descriptor, which is left open.
struct Raw(usize);

impl Read for Raw {
    fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
        sys::read(self.0, buf).map_err(Error::from_raw_os_error)
    }
}

impl Write for Raw {
    fn write(&mut self, buf: &[u8]) -> Result<usize> {
        sys::write(self.0, buf).map_err(Error::from_raw_os_error)
    }
    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

/// A stream that is made on first use. A lock of it may be taken again by who holds it, so the
/// stream itself is borrowed for each operation only.
struct Shared<T>(RefCell<Option<T>>);

unsafe impl<T> Sync for Shared<T> {}

impl<T> Shared<T> {
    const fn new() -> Self {
        Shared(RefCell::new(None))
    }

    #[inline]
    fn with<R>(&self, make: fn() -> T, f: impl FnOnce(&mut T) -> R) -> R {
        f(self.0.borrow_mut().get_or_insert_with(make))
    }
}

static STDIN: Shared<BufReader<Raw>> = Shared::new();
static STDOUT: Shared<LineWriter<Raw>> = Shared::new();

fn with_stdin<R>(f: impl FnOnce(&mut BufReader<Raw>) -> R) -> R {
    STDIN.with(|| BufReader::new(Raw(0)), f)
}

fn with_stdout<R>(f: impl FnOnce(&mut LineWriter<Raw>) -> R) -> R {
    STDOUT.with(|| LineWriter::new(Raw(1)), f)
}

/// Writes what is left of standard output.
pub(crate) fn cleanup() {
    if let Ok(mut stdout) = STDOUT.0.try_borrow_mut() {
        if let Some(stdout) = &mut *stdout {
            let _ = stdout.flush();
        }
    }
}

/// Standard input.
pub struct Stdin(());

/// Standard input, locked.
#[must_use = "if unused stdin will immediately unlock"]
pub struct StdinLock<'a>(core::marker::PhantomData<&'a ()>);

#[must_use]
pub fn stdin() -> Stdin {
    Stdin(())
}

impl Stdin {
    pub fn lock(&self) -> StdinLock<'static> {
        StdinLock(core::marker::PhantomData)
    }

    #[rustc_confusables("get_line")]
    pub fn read_line(&self, buf: &mut String) -> Result<usize> {
        self.lock().read_line(buf)
    }

    #[must_use = "`self` will be dropped if the result is not used"]
    pub fn lines(self) -> Lines<StdinLock<'static>> {
        self.lock().lines()
    }
}

impl Read for Stdin {
    fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
        self.lock().read(buf)
    }
    fn read_to_string(&mut self, buf: &mut String) -> Result<usize> {
        self.lock().read_to_string(buf)
    }
}

impl Read for &Stdin {
    fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
        self.lock().read(buf)
    }
}

impl Read for StdinLock<'_> {
    fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
        with_stdin(|stdin| stdin.read(buf))
    }
}

impl BufRead for StdinLock<'_> {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        // The buffer stays until it is consumed, which needs this lock again.
        with_stdin(|stdin| {
            let buf = stdin.fill_buf()?;
            Ok(unsafe { core::slice::from_raw_parts(buf.as_ptr(), buf.len()) })
        })
    }

    fn consume(&mut self, n: usize) {
        with_stdin(|stdin| stdin.consume(n))
    }
}

/// Standard output, which writes whole lines.
pub struct Stdout(());

/// Standard output, locked.
#[must_use = "if unused stdout will immediately unlock"]
pub struct StdoutLock<'a>(core::marker::PhantomData<&'a ()>);

#[must_use]
pub fn stdout() -> Stdout {
    Stdout(())
}

impl Stdout {
    pub fn lock(&self) -> StdoutLock<'static> {
        StdoutLock(core::marker::PhantomData)
    }
}

impl Write for StdoutLock<'_> {
    fn write(&mut self, buf: &[u8]) -> Result<usize> {
        with_stdout(|stdout| stdout.write(buf))
    }
    fn write_all(&mut self, buf: &[u8]) -> Result<()> {
        with_stdout(|stdout| stdout.write_all(buf))
    }
    fn flush(&mut self) -> Result<()> {
        with_stdout(|stdout| stdout.flush())
    }
}

/// Standard error.
pub struct Stderr(());

/// Standard error, locked.
#[must_use = "if unused stderr will immediately unlock"]
pub struct StderrLock<'a>(core::marker::PhantomData<&'a ()>);

#[must_use]
pub fn stderr() -> Stderr {
    Stderr(())
}

impl Stderr {
    pub fn lock(&self) -> StderrLock<'static> {
        StderrLock(core::marker::PhantomData)
    }
}

impl Write for StderrLock<'_> {
    fn write(&mut self, buf: &[u8]) -> Result<usize> {
        Raw(2).write(buf)
    }
    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

macro_rules! lock_and_write {
    ($($T:ty)*) => {$(
        impl Write for $T {
            fn write(&mut self, buf: &[u8]) -> Result<usize> {
                self.lock().write(buf)
            }
            fn write_all(&mut self, buf: &[u8]) -> Result<()> {
                self.lock().write_all(buf)
            }
            fn flush(&mut self) -> Result<()> {
                self.lock().flush()
            }
        }
    )*};
}
lock_and_write! { Stdout &Stdout Stderr &Stderr }

macro_rules! stream_debug {
    ($($T:ident $(<$l:lifetime>)?)*) => {$(
        impl fmt::Debug for $T $(<$l>)? {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($T)).finish_non_exhaustive()
            }
        }
    )*};
}
stream_debug! { Stdin StdinLock<'_> Stdout StdoutLock<'_> Stderr StderrLock<'_> }

/// Whether a stream is a terminal.
pub trait IsTerminal {
    fn is_terminal(&self) -> bool;
}

macro_rules! is_terminal {
    ($($T:ty, $fd:literal;)*) => {$(
        impl IsTerminal for $T {
            fn is_terminal(&self) -> bool {
                sys::is_terminal($fd)
            }
        }
    )*};
}
is_terminal! {
    Stdin, 0;
    StdinLock<'_>, 0;
    Stdout, 1;
    StdoutLock<'_>, 1;
    Stderr, 2;
    StderrLock<'_>, 2;
}

#[doc(hidden)]
pub fn _print(args: fmt::Arguments<'_>) {
    if let Err(e) = stdout().write_fmt(args) {
        panic!("failed printing to stdout: {e}");
    }
}

#[doc(hidden)]
pub fn _eprint(args: fmt::Arguments<'_>) {
    if let Err(e) = stderr().write_fmt(args) {
        panic!("failed printing to stderr: {e}");
    }
}
