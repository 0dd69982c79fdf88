//! Iteration over parts of a slice.

use crate::iter::{FusedIterator, TrustedLen};
use crate::mem;
use crate::num::NonZero;

/// Overlapping parts of one length.
#[derive(Debug)]
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct Windows<'a, T: 'a> {
    v: &'a [T],
    size: NonZero<usize>,
}

impl<'a, T: 'a> Windows<'a, T> {
    #[inline]
    pub(super) const fn new(slice: &'a [T], size: NonZero<usize>) -> Self {
        Self { v: slice, size }
    }
}

impl<T> Clone for Windows<'_, T> {
    fn clone(&self) -> Self {
        Windows { v: self.v, size: self.size }
    }
}

impl<'a, T> Iterator for Windows<'a, T> {
    type Item = &'a [T];

    #[inline]
    fn next(&mut self) -> Option<&'a [T]> {
        let size = self.size.get();
        if size > self.v.len() {
            return None;
        }
        unsafe {
            let window = self.v.get_unchecked(..size);
            self.v = self.v.get_unchecked(1..);
            Some(window)
        }
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let n = (self.v.len() + 1).saturating_sub(self.size.get());
        (n, Some(n))
    }

    #[inline]
    fn count(self) -> usize {
        self.len()
    }

    #[inline]
    fn nth(&mut self, n: usize) -> Option<&'a [T]> {
        self.v = self.v.get(n..).unwrap_or(&[]);
        self.next()
    }

    #[inline]
    fn last(mut self) -> Option<&'a [T]> {
        self.next_back()
    }

    #[inline]
    fn __trusted_len(&self) -> Option<usize> {
        Some(self.len())
    }
}

impl<'a, T> DoubleEndedIterator for Windows<'a, T> {
    #[inline]
    fn next_back(&mut self) -> Option<&'a [T]> {
        let (size, len) = (self.size.get(), self.v.len());
        if size > len {
            return None;
        }
        let window = &self.v[len - size..];
        self.v = &self.v[..len - 1];
        Some(window)
    }
}

impl<T> ExactSizeIterator for Windows<'_, T> {}
impl<T> FusedIterator for Windows<'_, T> {}
unsafe impl<T> TrustedLen for Windows<'_, T> {}

// The traits that follow from `next`, `next_back`, `nth` and a number of parts.
macro_rules! chunk_iterator {
    ($Chunks:ident $Item:ty; len |$s:ident| $len:expr; next |$n:ident| $next:expr;
     next_back |$b:ident| $back:expr;) => {
        impl<'a, T> Iterator for $Chunks<'a, T> {
            type Item = $Item;

            #[inline]
            fn next(&mut self) -> Option<$Item> {
                let $n = self;
                $next
            }

            #[inline]
            fn size_hint(&self) -> (usize, Option<usize>) {
                let $s = self;
                let n = $len;
                (n, Some(n))
            }

            #[inline]
            fn count(self) -> usize {
                self.len()
            }

            #[inline]
            fn last(mut self) -> Option<$Item> {
                self.next_back()
            }

            #[inline]
            fn __trusted_len(&self) -> Option<usize> {
                Some(self.len())
            }
        }

        impl<'a, T> DoubleEndedIterator for $Chunks<'a, T> {
            #[inline]
            fn next_back(&mut self) -> Option<$Item> {
                let $b = self;
                $back
            }
        }

        impl<T> ExactSizeIterator for $Chunks<'_, T> {}
        impl<T> FusedIterator for $Chunks<'_, T> {}
        unsafe impl<T> TrustedLen for $Chunks<'_, T> {}
    };
}

macro_rules! shared_chunks {
    ($($(#[$attr:meta])* $Chunks:ident;)*) => {$(
        $(#[$attr])*
        #[derive(Debug)]
        #[must_use = "iterators are lazy and do nothing unless consumed"]
        pub struct $Chunks<'a, T: 'a> {
            v: &'a [T],
            size: usize,
        }

        impl<'a, T: 'a> $Chunks<'a, T> {
            #[inline]
            pub(super) const fn new(slice: &'a [T], size: usize) -> Self {
                Self { v: slice, size }
            }
        }

        impl<T> Clone for $Chunks<'_, T> {
            fn clone(&self) -> Self {
                $Chunks { v: self.v, size: self.size }
            }
        }
    )*};
}
shared_chunks! {
    #[doc = "Parts from the start; the last may be shorter."]
    Chunks;
    #[doc = "Parts from the end; the last may be shorter."]
    RChunks;
}

macro_rules! mutable_chunks {
    ($($(#[$attr:meta])* $Chunks:ident;)*) => {$(
        $(#[$attr])*
        #[derive(Debug)]
        #[must_use = "iterators are lazy and do nothing unless consumed"]
        pub struct $Chunks<'a, T: 'a> {
            v: &'a mut [T],
            size: usize,
        }

        impl<'a, T: 'a> $Chunks<'a, T> {
            #[inline]
            pub(super) const fn new(slice: &'a mut [T], size: usize) -> Self {
                Self { v: slice, size }
            }
        }
    )*};
}
mutable_chunks! {
    #[doc = "Mutable parts from the start; the last may be shorter."]
    ChunksMut;
    #[doc = "Mutable parts from the end; the last may be shorter."]
    RChunksMut;
}

#[inline]
fn last_size(len: usize, size: usize) -> usize {
    match len % size {
        0 => size,
        rest => rest,
    }
}

chunk_iterator! { Chunks &'a [T];
    len |s| s.v.len().div_ceil(s.size);
    next |s| {
        if s.v.is_empty() {
            return None;
        }
        let (head, tail) = s.v.split_at(if s.size < s.v.len() { s.size } else { s.v.len() });
        s.v = tail;
        Some(head)
    };
    next_back |s| {
        if s.v.is_empty() {
            return None;
        }
        let (head, tail) = s.v.split_at(s.v.len() - last_size(s.v.len(), s.size));
        s.v = head;
        Some(tail)
    };
}

chunk_iterator! { ChunksMut &'a mut [T];
    len |s| s.v.len().div_ceil(s.size);
    next |s| {
        if s.v.is_empty() {
            return None;
        }
        let v = mem::take(&mut s.v);
        let (head, tail) = v.split_at_mut(if s.size < v.len() { s.size } else { v.len() });
        s.v = tail;
        Some(head)
    };
    next_back |s| {
        if s.v.is_empty() {
            return None;
        }
        let v = mem::take(&mut s.v);
        let (head, tail) = v.split_at_mut(v.len() - last_size(v.len(), s.size));
        s.v = head;
        Some(tail)
    };
}

chunk_iterator! { RChunks &'a [T];
    len |s| s.v.len().div_ceil(s.size);
    next |s| {
        if s.v.is_empty() {
            return None;
        }
        let (head, tail) = s.v.split_at(s.v.len().saturating_sub(s.size));
        s.v = head;
        Some(tail)
    };
    next_back |s| {
        if s.v.is_empty() {
            return None;
        }
        let (head, tail) = s.v.split_at(last_size(s.v.len(), s.size));
        s.v = tail;
        Some(head)
    };
}

chunk_iterator! { RChunksMut &'a mut [T];
    len |s| s.v.len().div_ceil(s.size);
    next |s| {
        if s.v.is_empty() {
            return None;
        }
        let v = mem::take(&mut s.v);
        let (head, tail) = v.split_at_mut(v.len().saturating_sub(s.size));
        s.v = head;
        Some(tail)
    };
    next_back |s| {
        if s.v.is_empty() {
            return None;
        }
        let v = mem::take(&mut s.v);
        let (head, tail) = v.split_at_mut(last_size(v.len(), s.size));
        s.v = tail;
        Some(head)
    };
}

/// Parts of exactly one length; the rest is left over.
#[derive(Debug)]
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct ChunksExact<'a, T: 'a> {
    v: &'a [T],
    rem: &'a [T],
    size: usize,
}

impl<'a, T> ChunksExact<'a, T> {
    #[inline]
    pub(super) fn new(slice: &'a [T], size: usize) -> Self {
        let (v, rem) = slice.split_at(slice.len() - slice.len() % size);
        Self { v, rem, size }
    }

    #[must_use]
    pub fn remainder(&self) -> &'a [T] {
        self.rem
    }
}

impl<T> Clone for ChunksExact<'_, T> {
    fn clone(&self) -> Self {
        ChunksExact { v: self.v, rem: self.rem, size: self.size }
    }
}

chunk_iterator! { ChunksExact &'a [T];
    len |s| s.v.len() / s.size;
    next |s| {
        if s.v.len() < s.size {
            return None;
        }
        let (head, tail) = unsafe { s.v.split_at_unchecked(s.size) };
        s.v = tail;
        Some(head)
    };
    next_back |s| {
        if s.v.len() < s.size {
            return None;
        }
        let (head, tail) = s.v.split_at(s.v.len() - s.size);
        s.v = head;
        Some(tail)
    };
}

/// Mutable parts of exactly one length; the rest is left over.
#[derive(Debug)]
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct ChunksExactMut<'a, T: 'a> {
    v: &'a mut [T],
    rem: &'a mut [T],
    size: usize,
}

impl<'a, T> ChunksExactMut<'a, T> {
    #[inline]
    pub(super) fn new(slice: &'a mut [T], size: usize) -> Self {
        let whole = slice.len() - slice.len() % size;
        let (v, rem) = slice.split_at_mut(whole);
        Self { v, rem, size }
    }

    #[must_use = "`self` will be dropped if the result is not used"]
    pub fn into_remainder(self) -> &'a mut [T] {
        self.rem
    }
}

chunk_iterator! { ChunksExactMut &'a mut [T];
    len |s| s.v.len() / s.size;
    next |s| {
        if s.v.len() < s.size {
            return None;
        }
        let (head, tail) = mem::take(&mut s.v).split_at_mut(s.size);
        s.v = tail;
        Some(head)
    };
    next_back |s| {
        if s.v.len() < s.size {
            return None;
        }
        let v = mem::take(&mut s.v);
        let (head, tail) = v.split_at_mut(v.len() - s.size);
        s.v = head;
        Some(tail)
    };
}

/// Runs in which each pair of neighbours fits together.
#[must_use = "iterators are lazy and do nothing unless consumed"]
#[derive(Clone)]
pub struct ChunkBy<'a, T: 'a, P> {
    slice: &'a [T],
    predicate: P,
}

impl<'a, T: 'a, P> ChunkBy<'a, T, P> {
    pub(super) const fn new(slice: &'a [T], predicate: P) -> Self {
        ChunkBy { slice, predicate }
    }
}

impl<'a, T: 'a, P: FnMut(&T, &T) -> bool> Iterator for ChunkBy<'a, T, P> {
    type Item = &'a [T];

    #[inline]
    fn next(&mut self) -> Option<&'a [T]> {
        if self.slice.is_empty() {
            return None;
        }
        let mut len = 1;
        while len < self.slice.len() && (self.predicate)(&self.slice[len - 1], &self.slice[len]) {
            len += 1;
        }
        let (head, tail) = self.slice.split_at(len);
        self.slice = tail;
        Some(head)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        if self.slice.is_empty() { (0, Some(0)) } else { (1, Some(self.slice.len())) }
    }
}

impl<'a, T: 'a, P: FnMut(&T, &T) -> bool> DoubleEndedIterator for ChunkBy<'a, T, P> {
    #[inline]
    fn next_back(&mut self) -> Option<&'a [T]> {
        if self.slice.is_empty() {
            return None;
        }
        let mut at = self.slice.len() - 1;
        while at > 0 && (self.predicate)(&self.slice[at - 1], &self.slice[at]) {
            at -= 1;
        }
        let (head, tail) = self.slice.split_at(at);
        self.slice = head;
        Some(tail)
    }
}

impl<'a, T: 'a, P: FnMut(&T, &T) -> bool> FusedIterator for ChunkBy<'a, T, P> {}

/// Mutable runs in which each pair of neighbours fits together.
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct ChunkByMut<'a, T: 'a, P> {
    slice: &'a mut [T],
    predicate: P,
}

impl<'a, T: 'a, P> ChunkByMut<'a, T, P> {
    pub(super) const fn new(slice: &'a mut [T], predicate: P) -> Self {
        ChunkByMut { slice, predicate }
    }
}

impl<'a, T: 'a, P: FnMut(&T, &T) -> bool> Iterator for ChunkByMut<'a, T, P> {
    type Item = &'a mut [T];

    #[inline]
    fn next(&mut self) -> Option<&'a mut [T]> {
        if self.slice.is_empty() {
            return None;
        }
        let mut len = 1;
        while len < self.slice.len() && (self.predicate)(&self.slice[len - 1], &self.slice[len]) {
            len += 1;
        }
        let (head, tail) = mem::take(&mut self.slice).split_at_mut(len);
        self.slice = tail;
        Some(head)
    }
}

impl<'a, T: 'a, P: FnMut(&T, &T) -> bool> FusedIterator for ChunkByMut<'a, T, P> {}
