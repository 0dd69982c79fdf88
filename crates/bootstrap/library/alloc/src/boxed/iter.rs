//! Iteration through boxes.

use core::iter::FusedIterator;

use crate::alloc::Allocator;
use crate::boxed::Box;
use crate::string::String;
use crate::vec::{self, Vec};

impl<I: Iterator + ?Sized, A: Allocator> Iterator for Box<I, A> {
    type Item = I::Item;
    fn next(&mut self) -> Option<I::Item> {
        (**self).next()
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        (**self).size_hint()
    }
    fn nth(&mut self, n: usize) -> Option<I::Item> {
        (**self).nth(n)
    }
}

impl<I: DoubleEndedIterator + ?Sized, A: Allocator> DoubleEndedIterator for Box<I, A> {
    fn next_back(&mut self) -> Option<I::Item> {
        (**self).next_back()
    }
}

impl<I: ExactSizeIterator + ?Sized, A: Allocator> ExactSizeIterator for Box<I, A> {
    fn len(&self) -> usize {
        (**self).len()
    }
}

impl<I: FusedIterator + ?Sized, A: Allocator> FusedIterator for Box<I, A> {}

impl<I, A: Allocator> !Iterator for Box<[I], A> {}
impl<'a, I, A: Allocator> !Iterator for &'a Box<[I], A> {}
impl<'a, I, A: Allocator> !Iterator for &'a mut Box<[I], A> {}

impl<I, A: Allocator> IntoIterator for Box<[I], A> {
    type Item = I;
    type IntoIter = vec::IntoIter<I, A>;
    fn into_iter(self) -> vec::IntoIter<I, A> {
        self.into_vec().into_iter()
    }
}

impl<'a, I, A: Allocator> IntoIterator for &'a Box<[I], A> {
    type Item = &'a I;
    type IntoIter = core::slice::Iter<'a, I>;
    fn into_iter(self) -> core::slice::Iter<'a, I> {
        self.iter()
    }
}

impl<'a, I, A: Allocator> IntoIterator for &'a mut Box<[I], A> {
    type Item = &'a mut I;
    type IntoIter = core::slice::IterMut<'a, I>;
    fn into_iter(self) -> core::slice::IterMut<'a, I> {
        self.iter_mut()
    }
}

impl<I> FromIterator<I> for Box<[I]> {
    fn from_iter<T: IntoIterator<Item = I>>(iter: T) -> Self {
        iter.into_iter().collect::<Vec<_>>().into_boxed_slice()
    }
}

macro_rules! box_str_from_iter {
    ($([$($l:lifetime)?] $t:ty;)*) => {$(
        impl<$($l)?> FromIterator<$t> for Box<str> {
            fn from_iter<T: IntoIterator<Item = $t>>(iter: T) -> Self {
                String::from_iter(iter).into_boxed_str()
            }
        }
    )*};
}
box_str_from_iter! {
    [] char;
    [] String;
    ['a] &'a char;
    ['a] &'a str;
}
