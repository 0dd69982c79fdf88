//! The one thread there is.

mod local;

pub use self::local::{AccessError, LocalKey};

use core::any::Any;
use core::fmt;
use core::num::NonZero;

use crate::io;
use crate::sys;
use crate::time::{Duration, Instant};

#[doc(hidden)]
pub mod local_impl {
    pub use super::local::{Storage, thread_local_inner};
}

/// What joining a thread gives.
pub type Result<T> = core::result::Result<T, Box<dyn Any + Send + 'static>>;

/// A thread's number.
#[derive(Eq, PartialEq, Clone, Copy, Hash, Debug)]
pub struct ThreadId(NonZero<u64>);

impl ThreadId {
    #[must_use]
    pub fn as_u64(&self) -> NonZero<u64> {
        self.0
    }
}

/// A handle to a thread.
#[derive(Clone)]
pub struct Thread(());

impl Thread {
    #[must_use]
    pub fn id(&self) -> ThreadId {
        ThreadId(NonZero::<u64>::MIN)
    }

    #[must_use]
    pub fn name(&self) -> Option<&str> {
        Some("main")
    }

    pub fn unpark(&self) {
        PARKED.store(1, core::sync::atomic::Ordering::Release);
    }
}

impl fmt::Debug for Thread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Thread")
            .field("id", &self.id())
            .field("name", &self.name())
            .finish_non_exhaustive()
    }
}

#[must_use]
pub fn current() -> Thread {
    Thread(())
}

#[must_use]
pub fn panicking() -> bool {
    crate::panicking::panicking()
}

pub fn yield_now() {
    let _ = sys::call(sys::SCHED_YIELD, 0, 0, 0);
}

pub fn sleep(dur: Duration) {
    const CLOCK_MONOTONIC: usize = 1;
    let mut time = [dur.as_secs() as i64, dur.subsec_nanos() as i64];
    let p = time.as_mut_ptr() as usize;
    // An interrupted sleep leaves the rest.
    while sys::call6(sys::CLOCK_NANOSLEEP, [CLOCK_MONOTONIC, 0, p, p, 0, 0])
        == Err(sys::errno::EINTR)
    {}
}

pub fn sleep_ms(ms: u32) {
    sleep(Duration::from_millis(ms as u64))
}

pub fn sleep_until(deadline: Instant) {
    sleep(deadline.saturating_duration_since(Instant::now()))
}

static PARKED: core::sync::atomic::AtomicU32 = core::sync::atomic::AtomicU32::new(0);

pub fn park() {
    while PARKED.swap(0, core::sync::atomic::Ordering::Acquire) == 0 {
        sys::futex_wait(&PARKED, 0);
    }
}

pub fn available_parallelism() -> io::Result<NonZero<usize>> {
    Ok(NonZero::<usize>::MIN)
}
