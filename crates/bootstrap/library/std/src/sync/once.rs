//! `Once`.

use core::fmt;
use core::sync::atomic::AtomicU32;
use core::sync::atomic::Ordering::{Acquire, Release};

use crate::sys;

const INCOMPLETE: u32 = 0;
const RUNNING: u32 = 1;
const COMPLETE: u32 = 2;

/// Something that is done once.
pub struct Once {
    state: AtomicU32,
}

/// What `call_once_force` tells.
#[derive(Debug)]
pub struct OnceState(());

impl OnceState {
    #[inline]
    pub fn is_poisoned(&self) -> bool {
        false
    }
}

pub const ONCE_INIT: Once = Once::new();

impl Once {
    #[inline]
    #[must_use]
    pub const fn new() -> Once {
        Once { state: AtomicU32::new(INCOMPLETE) }
    }

    #[inline]
    #[track_caller]
    pub fn call_once<F: FnOnce()>(&self, f: F) {
        if !self.is_completed() {
            self.call_once_slow(f);
        }
    }

    #[inline]
    pub fn call_once_force<F: FnOnce(&OnceState)>(&self, f: F) {
        self.call_once(|| f(&OnceState(())));
    }

    #[cold]
    #[inline(never)]
    fn call_once_slow<F: FnOnce()>(&self, f: F) {
        loop {
            match self.state.compare_exchange(INCOMPLETE, RUNNING, Acquire, Acquire) {
                Ok(_) => {
                    f();
                    self.state.store(COMPLETE, Release);
                    sys::futex_wake(&self.state, usize::MAX >> 33);
                    return;
                }
                Err(COMPLETE) => return,
                Err(_) => sys::futex_wait(&self.state, RUNNING),
            }
        }
    }

    #[inline]
    pub fn is_completed(&self) -> bool {
        self.state.load(Acquire) == COMPLETE
    }

    pub fn wait(&self) {
        while !self.is_completed() {
            sys::futex_wait(&self.state, RUNNING);
        }
    }
}

impl fmt::Debug for Once {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Once").finish_non_exhaustive()
    }
}
