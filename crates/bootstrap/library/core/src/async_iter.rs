//! Iterators whose next item may have to be waited for.

use crate::ops::DerefMut;
use crate::pin::Pin;
use crate::task::{Context, Poll};

/// A sequence of values that come over time.
#[lang = "async_iterator"]
#[must_use = "async iterators do nothing unless polled"]
#[diagnostic::on_unimplemented(label = "`{Self}` is not an async iterator", message = "`{Self}` is not an async iterator")]
pub trait AsyncIterator {
    /// What it yields.
    type Item;

    /// The next item, if there is one already; `Ready(None)` at the end.
    #[lang = "async_iterator_poll_next"]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>>;

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, None)
    }
}

impl<S: ?Sized + AsyncIterator + Unpin> AsyncIterator for &mut S {
    type Item = S::Item;
    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        S::poll_next(Pin::new(&mut **self), cx)
    }
}

impl<P> AsyncIterator for Pin<P>
where
    P: DerefMut<Target: AsyncIterator>,
{
    type Item = <<P as crate::ops::Deref>::Target as AsyncIterator>::Item;
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        <P::Target as AsyncIterator>::poll_next(self.as_deref_mut(), cx)
    }
}

/// What `for await` iterates over.
pub trait IntoAsyncIterator {
    type Item;
    type IntoAsyncIter: AsyncIterator<Item = Self::Item>;

    #[lang = "into_async_iter_into_iter"]
    fn into_async_iter(self) -> Self::IntoAsyncIter;
}

impl<I: AsyncIterator> IntoAsyncIterator for I {
    type Item = I::Item;
    type IntoAsyncIter = I;
    fn into_async_iter(self) -> I {
        self
    }
}

/// Every item of an iterator is there already.
#[derive(Clone, Debug)]
#[must_use = "async iterators do nothing unless polled"]
pub struct FromIter<I> {
    iter: I,
}

impl<I> Unpin for FromIter<I> {}

/// An iterator as an async iterator.
pub fn from_iter<I: IntoIterator>(iter: I) -> FromIter<I::IntoIter> {
    FromIter { iter: iter.into_iter() }
}

impl<I: Iterator> AsyncIterator for FromIter<I> {
    type Item = I::Item;
    fn poll_next(mut self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<Option<I::Item>> {
        Poll::Ready(self.iter.next())
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.iter.size_hint()
    }
}

/// What `async gen` code yields to its user.
impl<T> Poll<Option<T>> {
    #[doc(hidden)]
    #[lang = "AsyncGenReady"]
    pub fn async_gen_ready(t: T) -> Self {
        Poll::Ready(Some(t))
    }
    #[doc(hidden)]
    #[lang = "AsyncGenPending"]
    pub const PENDING: Self = Poll::Pending;
    #[doc(hidden)]
    #[lang = "AsyncGenFinished"]
    pub const FINISHED: Self = Poll::Ready(None);
}
