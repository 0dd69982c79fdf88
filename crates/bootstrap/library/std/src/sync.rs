//! Synchronisation.

mod condvar;
pub mod mpsc;
mod mutex;
mod once;
mod once_lock;
mod poison;
mod rwlock;

pub use alloc_crate::sync::{Arc, Weak};
pub use core::sync::atomic;

pub use self::condvar::{Condvar, WaitTimeoutResult};
pub use self::mutex::{MappedMutexGuard, Mutex, MutexGuard};
pub use self::once::{ONCE_INIT, Once, OnceState};
pub use self::once_lock::{LazyLock, OnceLock};
pub use self::poison::{LockResult, PoisonError, TryLockError, TryLockResult};
pub use self::rwlock::{RwLock, RwLockReadGuard, RwLockWriteGuard};
