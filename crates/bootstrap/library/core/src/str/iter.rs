//! Iterators over text.

use super::pattern::{DoubleEndedSearcher, Pattern, ReverseSearcher, Searcher};
use super::validations::{next_code_point, next_code_point_reverse};
use crate::char as char_mod;
use crate::fmt::{self, Write};
use crate::iter::{Copied, FusedIterator, TrustedLen};
use crate::slice;
use crate::str::from_utf8_unchecked;

/// The characters.
#[derive(Clone)]
#[must_use = "iterators are lazy and do nothing unless consumed"]
#[rustc_diagnostic_item = "Chars"]
pub struct Chars<'a> {
    pub(super) iter: slice::Iter<'a, u8>,
}

impl<'a> Iterator for Chars<'a> {
    type Item = char;

    #[inline]
    fn next(&mut self) -> Option<char> {
        match next_code_point(&mut self.iter) {
            Some(c) => Some(unsafe { char::from_u32_unchecked(c) }),
            None => None,
        }
    }

    #[inline]
    fn count(self) -> usize {
        // Every character has one byte that does not continue another.
        let mut n = 0;
        for &b in self.iter {
            n += b.is_utf8_char_boundary() as usize;
        }
        n
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let len = self.iter.len();
        (len.div_ceil(4), Some(len))
    }

    #[inline]
    fn last(mut self) -> Option<char> {
        self.next_back()
    }
}

impl<'a> DoubleEndedIterator for Chars<'a> {
    #[inline]
    fn next_back(&mut self) -> Option<char> {
        match next_code_point_reverse(&mut self.iter) {
            Some(c) => Some(unsafe { char::from_u32_unchecked(c) }),
            None => None,
        }
    }
}

impl FusedIterator for Chars<'_> {}

impl<'a> Chars<'a> {
    #[must_use]
    #[inline]
    pub fn as_str(&self) -> &'a str {
        unsafe { from_utf8_unchecked(self.iter.as_slice()) }
    }
}

impl fmt::Debug for Chars<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Chars(")?;
        f.debug_list().entries(self.clone()).finish()?;
        f.write_str(")")
    }
}

/// The characters with their positions.
#[derive(Clone, Debug)]
#[must_use = "iterators are lazy and do nothing unless consumed"]
#[rustc_diagnostic_item = "CharIndices"]
pub struct CharIndices<'a> {
    pub(super) front_offset: usize,
    pub(super) iter: Chars<'a>,
}

impl<'a> Iterator for CharIndices<'a> {
    type Item = (usize, char);

    #[inline]
    fn next(&mut self) -> Option<(usize, char)> {
        let before = self.iter.iter.len();
        match self.iter.next() {
            Some(c) => {
                let index = self.front_offset;
                self.front_offset += before - self.iter.iter.len();
                Some((index, c))
            }
            None => None,
        }
    }

    #[inline]
    fn count(self) -> usize {
        self.iter.count()
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.iter.size_hint()
    }

    #[inline]
    fn last(mut self) -> Option<(usize, char)> {
        self.next_back()
    }
}

impl<'a> DoubleEndedIterator for CharIndices<'a> {
    #[inline]
    fn next_back(&mut self) -> Option<(usize, char)> {
        self.iter.next_back().map(|c| (self.front_offset + self.iter.iter.len(), c))
    }
}

impl FusedIterator for CharIndices<'_> {}

impl<'a> CharIndices<'a> {
    #[must_use]
    #[inline]
    pub fn as_str(&self) -> &'a str {
        self.iter.as_str()
    }

    #[inline]
    #[must_use]
    pub fn offset(&self) -> usize {
        self.front_offset
    }
}

/// The bytes.
#[must_use = "iterators are lazy and do nothing unless consumed"]
#[derive(Clone, Debug)]
pub struct Bytes<'a>(pub(super) Copied<slice::Iter<'a, u8>>);

impl Iterator for Bytes<'_> {
    type Item = u8;

    #[inline]
    fn next(&mut self) -> Option<u8> {
        self.0.next()
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }

    #[inline]
    fn nth(&mut self, n: usize) -> Option<u8> {
        self.0.nth(n)
    }

    #[inline]
    fn count(self) -> usize {
        self.0.len()
    }

    #[inline]
    fn __trusted_len(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

impl DoubleEndedIterator for Bytes<'_> {
    #[inline]
    fn next_back(&mut self) -> Option<u8> {
        self.0.next_back()
    }
}

impl ExactSizeIterator for Bytes<'_> {
    #[inline]
    fn len(&self) -> usize {
        self.0.len()
    }
}

impl FusedIterator for Bytes<'_> {}
unsafe impl TrustedLen for Bytes<'_> {}

/// What the splitting iterators have in common.
pub(super) struct SplitInternal<'a, P: Pattern> {
    // What is left of the text.
    start: usize,
    end: usize,
    matcher: P::Searcher<'a>,
    allow_trailing_empty: bool,
    finished: bool,
}

impl<'a, P: Pattern> SplitInternal<'a, P> {
    #[inline]
    pub(super) fn new(haystack: &'a str, pat: P, allow_trailing_empty: bool) -> Self {
        SplitInternal {
            start: 0,
            end: haystack.len(),
            matcher: pat.into_searcher(haystack),
            allow_trailing_empty,
            finished: false,
        }
    }

    #[inline]
    fn part(&self, start: usize, end: usize) -> &'a str {
        unsafe { self.matcher.haystack().get_unchecked(start..end) }
    }

    #[inline]
    fn get_end(&mut self) -> Option<&'a str> {
        if self.finished {
            return None;
        }
        self.finished = true;
        if self.allow_trailing_empty || self.end > self.start {
            Some(self.part(self.start, self.end))
        } else {
            None
        }
    }

    #[inline]
    fn next(&mut self) -> Option<&'a str> {
        if self.finished {
            return None;
        }
        match self.matcher.next_match() {
            Some((a, b)) => {
                let part = self.part(self.start, a);
                self.start = b;
                Some(part)
            }
            None => self.get_end(),
        }
    }

    #[inline]
    fn next_inclusive(&mut self) -> Option<&'a str> {
        if self.finished {
            return None;
        }
        match self.matcher.next_match() {
            Some((_, b)) => {
                let part = self.part(self.start, b);
                self.start = b;
                Some(part)
            }
            None => self.get_end(),
        }
    }

    #[inline]
    fn next_back(&mut self) -> Option<&'a str>
    where
        P::Searcher<'a>: ReverseSearcher<'a>,
    {
        if self.finished {
            return None;
        }
        if !self.allow_trailing_empty {
            self.allow_trailing_empty = true;
            match self.next_back() {
                Some(part) if !part.is_empty() => return Some(part),
                _ if self.finished => return None,
                _ => {}
            }
        }
        match self.matcher.next_match_back() {
            Some((a, b)) => {
                let part = self.part(b, self.end);
                self.end = a;
                Some(part)
            }
            None => {
                self.finished = true;
                Some(self.part(self.start, self.end))
            }
        }
    }

    #[inline]
    fn next_back_inclusive(&mut self) -> Option<&'a str>
    where
        P::Searcher<'a>: ReverseSearcher<'a>,
    {
        if self.finished {
            return None;
        }
        if !self.allow_trailing_empty {
            self.allow_trailing_empty = true;
            match self.next_back_inclusive() {
                Some(part) if !part.is_empty() => return Some(part),
                _ if self.finished => return None,
                _ => {}
            }
        }
        match self.matcher.next_match_back() {
            Some((_, b)) => {
                let part = self.part(b, self.end);
                self.end = b;
                Some(part)
            }
            None => {
                self.finished = true;
                Some(self.part(self.start, self.end))
            }
        }
    }

    #[inline]
    fn remainder(&self) -> Option<&'a str> {
        if self.finished { None } else { Some(self.part(self.start, self.end)) }
    }
}

impl<'a, P: Pattern<Searcher<'a>: Clone>> Clone for SplitInternal<'a, P> {
    fn clone(&self) -> Self {
        SplitInternal { matcher: self.matcher.clone(), ..*self }
    }
}

impl<'a, P: Pattern<Searcher<'a>: fmt::Debug>> fmt::Debug for SplitInternal<'a, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SplitInternal")
            .field("start", &self.start)
            .field("end", &self.end)
            .field("matcher", &self.matcher)
            .field("allow_trailing_empty", &self.allow_trailing_empty)
            .field("finished", &self.finished)
            .finish()
    }
}

// An iterator and its reverse over an internal one.
macro_rules! pattern_iterators {
    ($($Forward:ident $Reverse:ident $Internal:ident $Item:ty;)*) => {$(
        /// From the front.
        #[must_use = "iterators are lazy and do nothing unless consumed"]
        pub struct $Forward<'a, P: Pattern>(pub(super) $Internal<'a, P>);

        /// From the back.
        #[must_use = "iterators are lazy and do nothing unless consumed"]
        pub struct $Reverse<'a, P: Pattern>(pub(super) $Internal<'a, P>);

        impl<'a, P: Pattern> Iterator for $Forward<'a, P> {
            type Item = $Item;
            #[inline]
            fn next(&mut self) -> Option<$Item> {
                self.0.next()
            }
        }

        impl<'a, P: Pattern<Searcher<'a>: ReverseSearcher<'a>>> Iterator for $Reverse<'a, P> {
            type Item = $Item;
            #[inline]
            fn next(&mut self) -> Option<$Item> {
                self.0.next_back()
            }
        }

        impl<'a, P: Pattern<Searcher<'a>: Clone>> Clone for $Forward<'a, P> {
            fn clone(&self) -> Self {
                $Forward(self.0.clone())
            }
        }

        impl<'a, P: Pattern<Searcher<'a>: Clone>> Clone for $Reverse<'a, P> {
            fn clone(&self) -> Self {
                $Reverse(self.0.clone())
            }
        }

        impl<'a, P: Pattern<Searcher<'a>: fmt::Debug>> fmt::Debug for $Forward<'a, P> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_tuple(stringify!($Forward)).field(&self.0).finish()
            }
        }

        impl<'a, P: Pattern<Searcher<'a>: fmt::Debug>> fmt::Debug for $Reverse<'a, P> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_tuple(stringify!($Reverse)).field(&self.0).finish()
            }
        }

        impl<'a, P: Pattern> FusedIterator for $Forward<'a, P> {}
        impl<'a, P: Pattern<Searcher<'a>: ReverseSearcher<'a>>> FusedIterator for $Reverse<'a, P> {}
    )*};
}

macro_rules! double_ended {
    ($($Forward:ident $Reverse:ident $Item:ty;)*) => {$(
        impl<'a, P> DoubleEndedIterator for $Forward<'a, P>
        where
            P: Pattern<Searcher<'a>: DoubleEndedSearcher<'a>>,
        {
            #[inline]
            fn next_back(&mut self) -> Option<$Item> {
                self.0.next_back()
            }
        }

        impl<'a, P> DoubleEndedIterator for $Reverse<'a, P>
        where
            P: Pattern<Searcher<'a>: DoubleEndedSearcher<'a>>,
        {
            #[inline]
            fn next_back(&mut self) -> Option<$Item> {
                self.0.next()
            }
        }
    )*};
}

pattern_iterators! {
    Split RSplit SplitInternal &'a str;
    SplitTerminator RSplitTerminator SplitInternal &'a str;
    SplitN RSplitN SplitNInternal &'a str;
    MatchIndices RMatchIndices MatchIndicesInternal (usize, &'a str);
    Matches RMatches MatchesInternal &'a str;
}
double_ended! {
    Split RSplit &'a str;
    SplitTerminator RSplitTerminator &'a str;
    MatchIndices RMatchIndices (usize, &'a str);
    Matches RMatches &'a str;
}

impl<'a, P: Pattern> Split<'a, P> {
    #[inline]
    pub fn remainder(&self) -> Option<&'a str> {
        self.0.remainder()
    }
}

/// A limited number of parts.
pub(super) struct SplitNInternal<'a, P: Pattern> {
    pub(super) iter: SplitInternal<'a, P>,
    pub(super) count: usize,
}

impl<'a, P: Pattern> SplitNInternal<'a, P> {
    #[inline]
    fn next(&mut self) -> Option<&'a str> {
        match self.count {
            0 => None,
            1 => {
                self.count = 0;
                self.iter.get_end()
            }
            _ => {
                self.count -= 1;
                self.iter.next()
            }
        }
    }

    #[inline]
    fn next_back(&mut self) -> Option<&'a str>
    where
        P::Searcher<'a>: ReverseSearcher<'a>,
    {
        match self.count {
            0 => None,
            1 => {
                self.count = 0;
                self.iter.get_end()
            }
            _ => {
                self.count -= 1;
                self.iter.next_back()
            }
        }
    }
}

impl<'a, P: Pattern<Searcher<'a>: Clone>> Clone for SplitNInternal<'a, P> {
    fn clone(&self) -> Self {
        SplitNInternal { iter: self.iter.clone(), count: self.count }
    }
}

impl<'a, P: Pattern<Searcher<'a>: fmt::Debug>> fmt::Debug for SplitNInternal<'a, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SplitNInternal")
            .field("iter", &self.iter)
            .field("count", &self.count)
            .finish()
    }
}

macro_rules! match_internal {
    ($($Internal:ident $Item:ty, |$h:ident, $a:ident, $b:ident| $e:expr;)*) => {$(
        pub(super) struct $Internal<'a, P: Pattern>(pub(super) P::Searcher<'a>);

        impl<'a, P: Pattern> $Internal<'a, P> {
            #[inline]
            fn next(&mut self) -> Option<$Item> {
                let ($a, $b) = self.0.next_match()?;
                let $h = self.0.haystack();
                Some($e)
            }

            #[inline]
            fn next_back(&mut self) -> Option<$Item>
            where
                P::Searcher<'a>: ReverseSearcher<'a>,
            {
                let ($a, $b) = self.0.next_match_back()?;
                let $h = self.0.haystack();
                Some($e)
            }
        }

        impl<'a, P: Pattern<Searcher<'a>: Clone>> Clone for $Internal<'a, P> {
            fn clone(&self) -> Self {
                $Internal(self.0.clone())
            }
        }

        impl<'a, P: Pattern<Searcher<'a>: fmt::Debug>> fmt::Debug for $Internal<'a, P> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_tuple(stringify!($Internal)).field(&self.0).finish()
            }
        }
    )*};
}
match_internal! {
    MatchIndicesInternal (usize, &'a str), |h, a, b| (a, &h[a..b]);
    MatchesInternal &'a str, |h, a, b| &h[a..b];
}

/// The parts, each with the match that ends it.
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct SplitInclusive<'a, P: Pattern>(pub(super) SplitInternal<'a, P>);

impl<'a, P: Pattern> Iterator for SplitInclusive<'a, P> {
    type Item = &'a str;
    #[inline]
    fn next(&mut self) -> Option<&'a str> {
        self.0.next_inclusive()
    }
}

impl<'a, P: Pattern<Searcher<'a>: DoubleEndedSearcher<'a>>> DoubleEndedIterator
    for SplitInclusive<'a, P>
{
    #[inline]
    fn next_back(&mut self) -> Option<&'a str> {
        self.0.next_back_inclusive()
    }
}

impl<'a, P: Pattern<Searcher<'a>: Clone>> Clone for SplitInclusive<'a, P> {
    fn clone(&self) -> Self {
        SplitInclusive(self.0.clone())
    }
}

impl<'a, P: Pattern> FusedIterator for SplitInclusive<'a, P> {}

/// The lines, without their ends.
#[must_use = "iterators are lazy and do nothing unless consumed"]
#[derive(Clone)]
pub struct Lines<'a>(pub(super) SplitInclusive<'a, char>);

#[inline]
fn without_end(line: &str) -> &str {
    let Some(line) = line.strip_suffix('\n') else { return line };
    line.strip_suffix('\r').unwrap_or(line)
}

impl<'a> Iterator for Lines<'a> {
    type Item = &'a str;
    #[inline]
    fn next(&mut self) -> Option<&'a str> {
        self.0.next().map(without_end)
    }
}

impl<'a> DoubleEndedIterator for Lines<'a> {
    #[inline]
    fn next_back(&mut self) -> Option<&'a str> {
        self.0.next_back().map(without_end)
    }
}

impl FusedIterator for Lines<'_> {}

impl fmt::Debug for Lines<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Lines").finish_non_exhaustive()
    }
}

/// The parts that are not white space.
#[derive(Clone)]
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct SplitWhitespace<'a> {
    pub(super) inner: Split<'a, fn(char) -> bool>,
}

impl<'a> Iterator for SplitWhitespace<'a> {
    type Item = &'a str;
    #[inline]
    fn next(&mut self) -> Option<&'a str> {
        self.inner.find(|s| !s.is_empty())
    }
}

impl<'a> DoubleEndedIterator for SplitWhitespace<'a> {
    #[inline]
    fn next_back(&mut self) -> Option<&'a str> {
        self.inner.rfind(|s| !s.is_empty())
    }
}

impl FusedIterator for SplitWhitespace<'_> {}

impl fmt::Debug for SplitWhitespace<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SplitWhitespace").finish_non_exhaustive()
    }
}

/// The parts that are not ASCII white space.
#[derive(Clone)]
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct SplitAsciiWhitespace<'a> {
    pub(super) inner: Split<'a, fn(char) -> bool>,
}

impl<'a> Iterator for SplitAsciiWhitespace<'a> {
    type Item = &'a str;
    #[inline]
    fn next(&mut self) -> Option<&'a str> {
        self.inner.find(|s| !s.is_empty())
    }
}

impl<'a> DoubleEndedIterator for SplitAsciiWhitespace<'a> {
    #[inline]
    fn next_back(&mut self) -> Option<&'a str> {
        self.inner.rfind(|s| !s.is_empty())
    }
}

impl FusedIterator for SplitAsciiWhitespace<'_> {}

/// The UTF-16 units.
#[derive(Clone)]
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct EncodeUtf16<'a> {
    pub(super) chars: Chars<'a>,
    pub(super) extra: u16,
}

impl<'a> Iterator for EncodeUtf16<'a> {
    type Item = u16;

    #[inline]
    fn next(&mut self) -> Option<u16> {
        if self.extra != 0 {
            return Some(crate::mem::take(&mut self.extra));
        }
        let c = self.chars.next()?;
        let mut buf = [0; 2];
        if c.encode_utf16(&mut buf).len() == 2 {
            self.extra = buf[1];
        }
        Some(buf[0])
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let len = self.chars.iter.len();
        (len.div_ceil(3), Some(len + 1))
    }
}

impl FusedIterator for EncodeUtf16<'_> {}

macro_rules! escape_iterators {
    ($($(#[$attr:meta])* $Escape:ident;)*) => {$(
        $(#[$attr])*
        #[derive(Clone)]
        pub struct $Escape<'a> {
            pub(super) front: Option<char_mod::$Escape>,
            pub(super) chars: Chars<'a>,
        }

        impl<'a> Iterator for $Escape<'a> {
            type Item = char;

            #[inline]
            fn next(&mut self) -> Option<char> {
                loop {
                    if let Some(c) = self.front.as_mut().and_then(|f| f.next()) {
                        return Some(c);
                    }
                    self.front = Some(escape::$Escape(self.chars.next()?));
                }
            }
        }

        impl FusedIterator for $Escape<'_> {}

        impl fmt::Display for $Escape<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.clone().try_for_each(|c| f.write_char(c))
            }
        }
    )*};
}

#[allow(non_snake_case)]
mod escape {
    use crate::char::{self, EscapeDebugExtArgs};

    // Only the first character of a text may extend what is not there.
    pub(super) fn EscapeDebug(c: char) -> char::EscapeDebug {
        c.escape_debug_ext(EscapeDebugExtArgs {
            escape_grapheme_extended: false,
            escape_single_quote: true,
            escape_double_quote: true,
        })
    }

    pub(super) fn EscapeDefault(c: char) -> char::EscapeDefault {
        c.escape_default()
    }

    pub(super) fn EscapeUnicode(c: char) -> char::EscapeUnicode {
        c.escape_unicode()
    }
}

escape_iterators! {
    #[doc = "See `str::escape_debug`."]
    EscapeDebug;
    #[doc = "See `str::escape_default`."]
    EscapeDefault;
    #[doc = "See `str::escape_unicode`."]
    EscapeUnicode;
}
