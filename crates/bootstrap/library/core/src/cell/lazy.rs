//! A cell that computes its value on first use.

use super::UnsafeCell;
use crate::ops::{Deref, DerefMut};
use crate::{fmt, mem};

enum State<T, F> {
    Uninit(F),
    Init(T),
    Poisoned,
}

/// A value that is initialised on first access.
pub struct LazyCell<T, F = fn() -> T> {
    state: UnsafeCell<State<T, F>>,
}

impl<T, F: FnOnce() -> T> LazyCell<T, F> {
    #[inline]
    pub const fn new(f: F) -> LazyCell<T, F> {
        LazyCell { state: UnsafeCell::new(State::Uninit(f)) }
    }

    pub fn into_inner(this: Self) -> Result<T, F> {
        match this.state.into_inner() {
            State::Init(data) => Ok(data),
            State::Uninit(f) => Err(f),
            State::Poisoned => panic_poisoned(),
        }
    }

    #[inline]
    pub fn force(this: &LazyCell<T, F>) -> &T {
        match unsafe { &*this.state.get() } {
            State::Init(data) => data,
            State::Uninit(_) => unsafe { Self::really_init(this.state.get()) },
            State::Poisoned => panic_poisoned(),
        }
    }

    #[inline]
    pub fn force_mut(this: &mut LazyCell<T, F>) -> &mut T {
        Self::force(this);
        match this.state.get_mut() {
            State::Init(data) => data,
            _ => panic_poisoned(),
        }
    }

    #[cold]
    unsafe fn really_init<'a>(state: *mut State<T, F>) -> &'a T {
        let State::Uninit(f) = mem::replace(unsafe { &mut *state }, State::Poisoned) else {
            panic_poisoned()
        };
        let data = f();
        unsafe { state.write(State::Init(data)) };
        match unsafe { &*state } {
            State::Init(data) => data,
            _ => panic_poisoned(),
        }
    }
}

#[cold]
#[inline(never)]
fn panic_poisoned() -> ! {
    panic!("LazyCell instance has previously been poisoned")
}

impl<T, F: FnOnce() -> T> Deref for LazyCell<T, F> {
    type Target = T;
    #[inline]
    fn deref(&self) -> &T {
        LazyCell::force(self)
    }
}

impl<T, F: FnOnce() -> T> DerefMut for LazyCell<T, F> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        LazyCell::force_mut(self)
    }
}

impl<T: Default> Default for LazyCell<T> {
    fn default() -> LazyCell<T> {
        LazyCell::new(T::default)
    }
}

impl<T: fmt::Debug, F> fmt::Debug for LazyCell<T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut d = f.debug_tuple("LazyCell");
        match unsafe { &*self.state.get() } {
            State::Init(data) => d.field(data),
            _ => d.field(&format_args!("<uninit>")),
        };
        d.finish()
    }
}
