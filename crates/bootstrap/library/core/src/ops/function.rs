//! The call operator.

use crate::marker::Tuple;

/// Callable through a shared reference.
#[lang = "fn"]
#[rustc_paren_sugar]
#[rustc_on_unimplemented(
    on(
        Args = "()",
        note = "wrap the `{Self}` in a closure with no arguments: `|| {{ /* code */ }}`"
    ),
    message = "expected a `{Trait}` closure, found `{Self}`",
    label = "expected an `{Trait}` closure, found `{Self}`"
)]
#[fundamental]
#[must_use = "closures are lazy and do nothing unless called"]
pub const trait Fn<Args: Tuple>: [const] FnMut<Args> {
    /// Performs the call.
    #[unstable(feature = "fn_traits", issue = "29625")]
    extern "rust-call" fn call(&self, args: Args) -> Self::Output;
}

/// Callable through a mutable reference.
#[lang = "fn_mut"]
#[rustc_paren_sugar]
#[rustc_on_unimplemented(
    on(
        Args = "()",
        note = "wrap the `{Self}` in a closure with no arguments: `|| {{ /* code */ }}`"
    ),
    message = "expected a `{Trait}` closure, found `{Self}`",
    label = "expected an `{Trait}` closure, found `{Self}`"
)]
#[fundamental]
#[must_use = "closures are lazy and do nothing unless called"]
pub const trait FnMut<Args: Tuple>: FnOnce<Args> {
    /// Performs the call.
    #[unstable(feature = "fn_traits", issue = "29625")]
    extern "rust-call" fn call_mut(&mut self, args: Args) -> Self::Output;
}

/// Callable once, by value.
#[lang = "fn_once"]
#[rustc_paren_sugar]
#[rustc_on_unimplemented(
    on(
        Args = "()",
        note = "wrap the `{Self}` in a closure with no arguments: `|| {{ /* code */ }}`"
    ),
    message = "expected a `{Trait}` closure, found `{Self}`",
    label = "expected an `{Trait}` closure, found `{Self}`"
)]
#[fundamental]
#[must_use = "closures are lazy and do nothing unless called"]
pub const trait FnOnce<Args: Tuple> {
    /// The returned type.
    #[lang = "fn_once_output"]
    type Output;
    /// Performs the call.
    #[unstable(feature = "fn_traits", issue = "29625")]
    extern "rust-call" fn call_once(self, args: Args) -> Self::Output;
}

mod impls {
    use super::*;

    impl<A: Tuple, F: ?Sized + Fn<A>> Fn<A> for &F {
        extern "rust-call" fn call(&self, args: A) -> F::Output {
            (**self).call(args)
        }
    }

    impl<A: Tuple, F: ?Sized + Fn<A>> FnMut<A> for &F {
        extern "rust-call" fn call_mut(&mut self, args: A) -> F::Output {
            (**self).call(args)
        }
    }

    impl<A: Tuple, F: ?Sized + Fn<A>> FnOnce<A> for &F {
        type Output = F::Output;
        extern "rust-call" fn call_once(self, args: A) -> F::Output {
            (*self).call(args)
        }
    }

    impl<A: Tuple, F: ?Sized + FnMut<A>> FnMut<A> for &mut F {
        extern "rust-call" fn call_mut(&mut self, args: A) -> F::Output {
            (**self).call_mut(args)
        }
    }

    impl<A: Tuple, F: ?Sized + FnMut<A>> FnOnce<A> for &mut F {
        type Output = F::Output;
        extern "rust-call" fn call_once(self, args: A) -> F::Output {
            (*self).call_mut(args)
        }
    }
}
