//! What polls futures.

mod poll;
mod wake;

pub use self::poll::Poll;
pub use self::wake::{Context, RawWaker, RawWakerVTable, Waker};

/// `?` on `Poll`, unless it is ready.
#[allow_internal_unstable(core_intrinsics)]
pub macro ready($e:expr $(,)?) {
    match $e {
        $crate::task::Poll::Ready(t) => t,
        $crate::task::Poll::Pending => {
            return $crate::task::Poll::Pending;
        }
    }
}
