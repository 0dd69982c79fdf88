//! `Condvar`.

use core::fmt;
use core::sync::atomic::AtomicU32;
use core::sync::atomic::Ordering::Relaxed;

use super::{LockResult, MutexGuard};
use crate::sys;
use crate::time::{Duration, Instant};

/// Whether a wait ended for its time.
#[derive(Debug, PartialEq, Eq, Copy, Clone)]
pub struct WaitTimeoutResult(bool);

impl WaitTimeoutResult {
    #[must_use]
    pub fn timed_out(&self) -> bool {
        self.0
    }
}

/// A place to wait for news at.
pub struct Condvar {
    // Counts the news.
    count: AtomicU32,
}

impl Condvar {
    #[must_use]
    #[inline]
    pub const fn new() -> Condvar {
        Condvar { count: AtomicU32::new(0) }
    }

    pub fn wait<'a, T>(&self, guard: MutexGuard<'a, T>) -> LockResult<MutexGuard<'a, T>> {
        let count = self.count.load(Relaxed);
        guard.raw().unlock();
        sys::futex_wait(&self.count, count);
        guard.raw().lock();
        Ok(guard)
    }

    pub fn wait_while<'a, T, F>(
        &self,
        mut guard: MutexGuard<'a, T>,
        mut condition: F,
    ) -> LockResult<MutexGuard<'a, T>>
    where
        F: FnMut(&mut T) -> bool,
    {
        while condition(&mut *guard) {
            guard = self.wait(guard)?;
        }
        Ok(guard)
    }

    pub fn wait_timeout<'a, T>(
        &self,
        guard: MutexGuard<'a, T>,
        dur: Duration,
    ) -> LockResult<(MutexGuard<'a, T>, WaitTimeoutResult)> {
        let (count, end) = (self.count.load(Relaxed), Instant::now() + dur);
        guard.raw().unlock();
        let mut timed_out = false;
        while self.count.load(Relaxed) == count && !timed_out {
            crate::thread::yield_now();
            timed_out = Instant::now() >= end;
        }
        guard.raw().lock();
        Ok((guard, WaitTimeoutResult(timed_out)))
    }

    #[inline]
    pub fn notify_one(&self) {
        self.count.fetch_add(1, Relaxed);
        sys::futex_wake(&self.count, 1);
    }

    #[inline]
    pub fn notify_all(&self) {
        self.count.fetch_add(1, Relaxed);
        sys::futex_wake(&self.count, usize::MAX >> 33);
    }
}

impl fmt::Debug for Condvar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Condvar").finish_non_exhaustive()
    }
}

impl Default for Condvar {
    fn default() -> Condvar {
        Condvar::new()
    }
}
