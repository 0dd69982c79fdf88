//! Thread-local statics. With one thread they are statics that are made on first use.

use core::cell::{Cell, RefCell, UnsafeCell};
use core::error::Error;
use core::fmt;
use core::mem;

/// The key of a thread-local static.
#[rustc_diagnostic_item = "LocalKey"]
pub struct LocalKey<T: 'static> {
    inner: fn(Option<&mut Option<T>>) -> *const T,
}

/// The value of a thread-local static.
#[doc(hidden)]
pub struct Storage<T> {
    value: UnsafeCell<Option<T>>,
}

unsafe impl<T> Sync for Storage<T> {}

impl<T> Storage<T> {
    pub const fn new() -> Storage<T> {
        Storage { value: UnsafeCell::new(None) }
    }

    #[inline]
    pub fn get_or_init(&self, i: Option<&mut Option<T>>, f: impl FnOnce() -> T) -> *const T {
        let slot = self.value.get();
        if let Some(value) = unsafe { &*slot } {
            return value;
        }
        let value = i.and_then(Option::take).unwrap_or_else(f);
        // Making it may have made it already.
        let old = unsafe { mem::replace(&mut *slot, Some(value)) };
        drop(old);
        match unsafe { &*slot } {
            Some(value) => value,
            None => core::ptr::null(),
        }
    }
}

#[doc(hidden)]
#[allow_internal_unstable(thread_local_internals)]
#[rustc_macro_transparency = "semiopaque"]
pub macro thread_local_inner {
    ([$($attr:tt)*] $vis:vis $name:ident, $t:ty, $init:expr) => {
        $($attr)*
        $vis const $name: $crate::thread::LocalKey<$t> = {
            fn __init() -> $t {
                $init
            }
            unsafe {
                $crate::thread::LocalKey::new(|init| {
                    static VAL: $crate::thread::local_impl::Storage<$t> =
                        $crate::thread::local_impl::Storage::new();
                    VAL.get_or_init(init, __init)
                })
            }
        };
    },
}

/// The static is gone.
#[non_exhaustive]
#[derive(Clone, Copy, Eq, PartialEq)]
pub struct AccessError;

impl fmt::Debug for AccessError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessError").finish()
    }
}

impl fmt::Display for AccessError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("already destroyed")
    }
}

impl Error for AccessError {}

impl<T: 'static> fmt::Debug for LocalKey<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalKey").finish_non_exhaustive()
    }
}

impl<T: 'static> LocalKey<T> {
    #[doc(hidden)]
    pub const unsafe fn new(inner: fn(Option<&mut Option<T>>) -> *const T) -> LocalKey<T> {
        LocalKey { inner }
    }

    #[inline]
    pub fn with<F: FnOnce(&T) -> R, R>(&'static self, f: F) -> R {
        f(unsafe { &*(self.inner)(None) })
    }

    #[inline]
    pub fn try_with<F: FnOnce(&T) -> R, R>(&'static self, f: F) -> Result<R, AccessError> {
        Ok(self.with(f))
    }

    fn initialize_with<R>(&'static self, init: T, f: impl FnOnce(Option<T>, &T) -> R) -> R {
        let mut init = Some(init);
        let value = unsafe { &*(self.inner)(Some(&mut init)) };
        f(init, value)
    }
}

impl<T: 'static> LocalKey<Cell<T>> {
    pub fn set(&'static self, value: T) {
        self.initialize_with(Cell::new(value), |value, cell| {
            if let Some(value) = value {
                cell.set(value.into_inner());
            }
        })
    }

    pub fn get(&'static self) -> T
    where
        T: Copy,
    {
        self.with(Cell::get)
    }

    pub fn take(&'static self) -> T
    where
        T: Default,
    {
        self.with(Cell::take)
    }

    #[rustc_confusables("swap")]
    pub fn replace(&'static self, value: T) -> T {
        self.with(|cell| cell.replace(value))
    }

    pub fn update(&'static self, f: impl FnOnce(T) -> T)
    where
        T: Copy,
    {
        self.with(|cell| cell.update(f))
    }
}

impl<T: 'static> LocalKey<RefCell<T>> {
    pub fn with_borrow<F: FnOnce(&T) -> R, R>(&'static self, f: F) -> R {
        self.with(|cell| f(&cell.borrow()))
    }

    pub fn with_borrow_mut<F: FnOnce(&mut T) -> R, R>(&'static self, f: F) -> R {
        self.with(|cell| f(&mut cell.borrow_mut()))
    }

    pub fn set(&'static self, value: T) {
        self.initialize_with(RefCell::new(value), |value, cell| {
            if let Some(value) = value {
                *cell.borrow_mut() = value.into_inner();
            }
        })
    }

    pub fn take(&'static self) -> T
    where
        T: Default,
    {
        self.with(RefCell::take)
    }

    #[rustc_confusables("swap")]
    pub fn replace(&'static self, value: T) -> T {
        self.with(|cell| cell.replace(value))
    }
}
