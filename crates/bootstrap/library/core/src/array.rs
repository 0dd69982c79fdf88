//! Fixed-size arrays.

mod iter;

pub use self::iter::IntoIter;

use crate::borrow::{Borrow, BorrowMut};
use crate::cmp::Ordering;
use crate::fmt::{self, Display};
use crate::hash::{self, Hash};
use crate::iter::repeat_n;
use crate::mem::{self, MaybeUninit};
use crate::ops::{
    ChangeOutputType, ControlFlow, FromResidual, Index, IndexMut, Residual, Try,
};
use crate::ptr;
use crate::slice::{Iter, IterMut};

/// Initialises elements one by one; drops those that are there if it does not come to the end.
struct Guard<T, const N: usize> {
    array: [MaybeUninit<T>; N],
    initialized: usize,
}

impl<T, const N: usize> Guard<T, N> {
    #[inline]
    fn new() -> Self {
        Guard { array: [const { MaybeUninit::uninit() }; N], initialized: 0 }
    }

    #[inline]
    fn push(&mut self, x: T) {
        unsafe { self.array.get_unchecked_mut(self.initialized) }.write(x);
        self.initialized += 1;
    }

    #[inline]
    unsafe fn finish(self) -> [T; N] {
        let this = mem::ManuallyDrop::new(self);
        unsafe { ptr::read(&raw const this.array as *const [T; N]) }
    }
}

impl<T, const N: usize> Drop for Guard<T, N> {
    #[inline]
    fn drop(&mut self) {
        unsafe { self.array.get_unchecked_mut(..self.initialized).assume_init_drop() };
    }
}

#[inline]
pub fn repeat<T: Clone, const N: usize>(val: T) -> [T; N] {
    let mut copies = repeat_n(val, N);
    from_fn(|_| copies.next().unwrap())
}

#[inline]
pub fn from_fn<T, const N: usize, F: FnMut(usize) -> T>(mut f: F) -> [T; N] {
    let mut guard = Guard::new();
    while guard.initialized < N {
        let x = f(guard.initialized);
        guard.push(x);
    }
    unsafe { guard.finish() }
}

#[inline]
pub fn try_from_fn<R, const N: usize, F>(mut f: F) -> ChangeOutputType<R, [R::Output; N]>
where
    F: FnMut(usize) -> R,
    R: Try<Residual: Residual<[R::Output; N]>>,
{
    let mut guard = Guard::new();
    while guard.initialized < N {
        match f(guard.initialized).branch() {
            ControlFlow::Continue(x) => guard.push(x),
            ControlFlow::Break(r) => return FromResidual::from_residual(r),
        }
    }
    Try::from_output(unsafe { guard.finish() })
}

#[inline]
pub const fn from_ref<T>(s: &T) -> &[T; 1] {
    unsafe { &*(s as *const T as *const [T; 1]) }
}

#[inline]
pub const fn from_mut<T>(s: &mut T) -> &mut [T; 1] {
    unsafe { &mut *(s as *mut T as *mut [T; 1]) }
}

/// The slice has another length.
#[derive(Debug, Copy, Clone)]
pub struct TryFromSliceError(());

impl fmt::Display for TryFromSliceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        "could not convert slice to array".fmt(f)
    }
}

impl From<crate::convert::Infallible> for TryFromSliceError {
    fn from(x: crate::convert::Infallible) -> TryFromSliceError {
        match x {}
    }
}

impl<T, const N: usize> [T; N] {
    #[inline]
    pub fn map<F: FnMut(T) -> U, U>(self, mut f: F) -> [U; N] {
        let mut iter = IntoIterator::into_iter(self);
        from_fn(|_| f(unsafe { iter.next().unwrap_unchecked() }))
    }

    #[inline]
    pub fn try_map<R>(self, mut f: impl FnMut(T) -> R) -> ChangeOutputType<R, [R::Output; N]>
    where
        R: Try<Residual: Residual<[R::Output; N]>>,
    {
        let mut iter = IntoIterator::into_iter(self);
        try_from_fn(|_| f(unsafe { iter.next().unwrap_unchecked() }))
    }

    #[inline(always)]
    pub const fn as_slice(&self) -> &[T] {
        self
    }

    #[inline(always)]
    pub const fn as_mut_slice(&mut self) -> &mut [T] {
        self
    }

    #[inline]
    pub const fn each_ref(&self) -> [&T; N] {
        let mut buf: [MaybeUninit<&T>; N] = [const { MaybeUninit::uninit() }; N];
        let mut i = 0;
        while i < N {
            buf[i] = MaybeUninit::new(&self[i]);
            i += 1;
        }
        unsafe { MaybeUninit::array_assume_init(buf) }
    }

    #[inline]
    pub const fn each_mut(&mut self) -> [&mut T; N] {
        let mut buf: [MaybeUninit<&mut T>; N] = [const { MaybeUninit::uninit() }; N];
        let start = self as *mut [T; N] as *mut T;
        let mut i = 0;
        while i < N {
            buf[i] = MaybeUninit::new(unsafe { &mut *start.add(i) });
            i += 1;
        }
        unsafe { MaybeUninit::array_assume_init(buf) }
    }

    #[inline]
    pub fn split_array_ref<const M: usize>(&self) -> (&[T; M], &[T]) {
        self.split_first_chunk::<M>().unwrap()
    }
}

impl<T, const N: usize> AsRef<[T]> for [T; N] {
    #[inline]
    fn as_ref(&self) -> &[T] {
        self
    }
}

impl<T, const N: usize> AsMut<[T]> for [T; N] {
    #[inline]
    fn as_mut(&mut self) -> &mut [T] {
        self
    }
}

impl<T, const N: usize> Borrow<[T]> for [T; N] {
    fn borrow(&self) -> &[T] {
        self
    }
}

impl<T, const N: usize> BorrowMut<[T]> for [T; N] {
    fn borrow_mut(&mut self) -> &mut [T] {
        self
    }
}

impl<T: Copy, const N: usize> TryFrom<&[T]> for [T; N] {
    type Error = TryFromSliceError;
    #[inline]
    fn try_from(slice: &[T]) -> Result<[T; N], TryFromSliceError> {
        <&Self>::try_from(slice).copied()
    }
}

impl<T: Copy, const N: usize> TryFrom<&mut [T]> for [T; N] {
    type Error = TryFromSliceError;
    #[inline]
    fn try_from(slice: &mut [T]) -> Result<[T; N], TryFromSliceError> {
        <Self>::try_from(&*slice)
    }
}

impl<'a, T, const N: usize> TryFrom<&'a [T]> for &'a [T; N] {
    type Error = TryFromSliceError;
    #[inline]
    fn try_from(slice: &'a [T]) -> Result<&'a [T; N], TryFromSliceError> {
        slice.as_array().ok_or(TryFromSliceError(()))
    }
}

impl<'a, T, const N: usize> TryFrom<&'a mut [T]> for &'a mut [T; N] {
    type Error = TryFromSliceError;
    #[inline]
    fn try_from(slice: &'a mut [T]) -> Result<&'a mut [T; N], TryFromSliceError> {
        slice.as_mut_array().ok_or(TryFromSliceError(()))
    }
}

impl<T: Hash, const N: usize> Hash for [T; N] {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        Hash::hash(&self[..], state)
    }
}

impl<T: fmt::Debug, const N: usize> fmt::Debug for [T; N] {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self[..], f)
    }
}

impl<T, const N: usize> IntoIterator for [T; N] {
    type Item = T;
    type IntoIter = IntoIter<T, N>;
    #[inline]
    fn into_iter(self) -> IntoIter<T, N> {
        IntoIter::from_array(self)
    }
}

impl<'a, T, const N: usize> IntoIterator for &'a [T; N] {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;
    #[inline]
    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

impl<'a, T, const N: usize> IntoIterator for &'a mut [T; N] {
    type Item = &'a mut T;
    type IntoIter = IterMut<'a, T>;
    #[inline]
    fn into_iter(self) -> IterMut<'a, T> {
        self.iter_mut()
    }
}

impl<T, I, const N: usize> Index<I> for [T; N]
where
    [T]: Index<I>,
{
    type Output = <[T] as Index<I>>::Output;
    #[inline]
    fn index(&self, index: I) -> &Self::Output {
        Index::index(self as &[T], index)
    }
}

impl<T, I, const N: usize> IndexMut<I> for [T; N]
where
    [T]: IndexMut<I>,
{
    #[inline]
    fn index_mut(&mut self, index: I) -> &mut Self::Output {
        IndexMut::index_mut(self as &mut [T], index)
    }
}

macro_rules! array_eq {
    ($([$($g:tt)*] $A:ty, $B:ty;)*) => {$(
        impl<T: PartialEq<U>, U, $($g)*> PartialEq<$B> for $A {
            #[inline]
            fn eq(&self, other: &$B) -> bool {
                self[..] == other[..]
            }
        }
    )*};
}
array_eq! {
    [const N: usize] [T; N], [U; N];
    [const N: usize] [T; N], [U];
    [const N: usize] [T], [U; N];
    [const N: usize] [T; N], &[U];
    [const N: usize] &[T], [U; N];
    [const N: usize] [T; N], &mut [U];
    [const N: usize] &mut [T], [U; N];
}

impl<T: Eq, const N: usize> Eq for [T; N] {}

impl<T: PartialOrd, const N: usize> PartialOrd for [T; N] {
    #[inline]
    fn partial_cmp(&self, other: &[T; N]) -> Option<Ordering> {
        PartialOrd::partial_cmp(&self[..], &other[..])
    }
}

impl<T: Ord, const N: usize> Ord for [T; N] {
    #[inline]
    fn cmp(&self, other: &[T; N]) -> Ordering {
        Ord::cmp(&self[..], &other[..])
    }
}

impl<T: Copy, const N: usize> Copy for [T; N] {}

impl<T: Clone, const N: usize> Clone for [T; N] {
    #[inline]
    fn clone(&self) -> Self {
        from_fn(|i| self[i].clone())
    }

    #[inline]
    fn clone_from(&mut self, other: &Self) {
        self.clone_from_slice(other);
    }
}

unsafe impl<T: crate::clone::TrivialClone, const N: usize> crate::clone::TrivialClone for [T; N] {}

macro_rules! array_default {
    ($($n:literal;)*) => {$(
        impl<T: Default> Default for [T; $n] {
            fn default() -> [T; $n] {
                from_fn(|_| T::default())
            }
        }
    )*};
}
array_default! {
    1; 2; 3; 4; 5; 6; 7; 8; 9; 10; 11; 12; 13; 14; 15; 16; 17; 18; 19; 20; 21; 22; 23; 24; 25; 26;
    27; 28; 29; 30; 31; 32;
}

impl<T> Default for [T; 0] {
    fn default() -> [T; 0] {
        []
    }
}
