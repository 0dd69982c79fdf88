//! The traits of async closures. The compiler implements them; nothing else may.

use crate::future::Future;
use crate::marker::Tuple;

/// `AsyncFn`: callable through a shared reference.
#[lang = "async_fn"]
#[rustc_paren_sugar]
#[fundamental]
#[must_use = "async closures are lazy and do nothing unless called"]
pub trait AsyncFn<Args: Tuple>: AsyncFnMut<Args> {
    extern "rust-call" fn async_call(&self, args: Args) -> Self::CallRefFuture<'_>;
}

/// `AsyncFnMut`: callable through a mutable reference.
#[lang = "async_fn_mut"]
#[rustc_paren_sugar]
#[fundamental]
#[must_use = "async closures are lazy and do nothing unless called"]
pub trait AsyncFnMut<Args: Tuple>: AsyncFnOnce<Args> {
    #[lang = "call_ref_future"]
    type CallRefFuture<'a>: Future<Output = Self::Output>
    where
        Self: 'a;
    extern "rust-call" fn async_call_mut(&mut self, args: Args) -> Self::CallRefFuture<'_>;
}

/// `AsyncFnOnce`: callable once.
#[lang = "async_fn_once"]
#[rustc_paren_sugar]
#[fundamental]
#[must_use = "async closures are lazy and do nothing unless called"]
pub trait AsyncFnOnce<Args: Tuple> {
    #[lang = "async_fn_once_output"]
    type Output;
    #[lang = "call_once_future"]
    type CallOnceFuture: Future<Output = Self::Output>;
    extern "rust-call" fn async_call_once(self, args: Args) -> Self::CallOnceFuture;
}

impl<A: Tuple, F: ?Sized + AsyncFn<A>> AsyncFn<A> for &F {
    extern "rust-call" fn async_call(&self, args: A) -> Self::CallRefFuture<'_> {
        F::async_call(*self, args)
    }
}
impl<A: Tuple, F: ?Sized + AsyncFn<A>> AsyncFnMut<A> for &F {
    type CallRefFuture<'a>
        = F::CallRefFuture<'a>
    where
        Self: 'a;
    extern "rust-call" fn async_call_mut(&mut self, args: A) -> Self::CallRefFuture<'_> {
        F::async_call(*self, args)
    }
}
impl<'a, A: Tuple, F: ?Sized + AsyncFn<A>> AsyncFnOnce<A> for &'a F {
    type Output = F::Output;
    type CallOnceFuture = F::CallRefFuture<'a>;
    extern "rust-call" fn async_call_once(self, args: A) -> Self::CallOnceFuture {
        F::async_call(self, args)
    }
}
impl<A: Tuple, F: ?Sized + AsyncFnMut<A>> AsyncFnMut<A> for &mut F {
    type CallRefFuture<'a>
        = F::CallRefFuture<'a>
    where
        Self: 'a;
    extern "rust-call" fn async_call_mut(&mut self, args: A) -> Self::CallRefFuture<'_> {
        F::async_call_mut(*self, args)
    }
}
impl<'a, A: Tuple, F: ?Sized + AsyncFnMut<A>> AsyncFnOnce<A> for &'a mut F {
    type Output = F::Output;
    type CallOnceFuture = F::CallRefFuture<'a>;
    extern "rust-call" fn async_call_once(self, args: A) -> Self::CallOnceFuture {
        F::async_call_mut(self, args)
    }
}

mod internal_implementation_detail {
    #[lang = "async_fn_kind_helper"]
    trait AsyncFnKindHelper<GoalKind> {
        #[lang = "async_fn_kind_upvars"]
        type Upvars<'closure_env, Inputs, Upvars, BorrowedUpvarsAsFnPtr>;
    }
}
