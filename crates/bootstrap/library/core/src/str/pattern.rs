//! Patterns to search text for: characters, sets of them, predicates and strings.

use crate::slice::cmp::bytes_eq;
use crate::str::validations::{next_code_point, next_code_point_reverse};

/// What `find`, `split` and their relatives take.
pub trait Pattern: Sized {
    /// Does the search.
    type Searcher<'a>: Searcher<'a>;

    fn into_searcher(self, haystack: &str) -> Self::Searcher<'_>;

    #[inline]
    fn is_contained_in(self, haystack: &str) -> bool {
        self.into_searcher(haystack).next_match().is_some()
    }

    #[inline]
    fn is_prefix_of(self, haystack: &str) -> bool {
        matches!(self.into_searcher(haystack).next(), SearchStep::Match(0, _))
    }

    #[inline]
    fn is_suffix_of<'a>(self, haystack: &'a str) -> bool
    where
        Self::Searcher<'a>: ReverseSearcher<'a>,
    {
        matches!(self.into_searcher(haystack).next_back(), SearchStep::Match(_, j) if haystack.len() == j)
    }

    #[inline]
    fn strip_prefix_of(self, haystack: &str) -> Option<&str> {
        match self.into_searcher(haystack).next() {
            SearchStep::Match(0, end) => Some(unsafe { haystack.get_unchecked(end..) }),
            _ => None,
        }
    }

    #[inline]
    fn strip_suffix_of<'a>(self, haystack: &'a str) -> Option<&'a str>
    where
        Self::Searcher<'a>: ReverseSearcher<'a>,
    {
        match self.into_searcher(haystack).next_back() {
            SearchStep::Match(start, end) if end == haystack.len() => {
                Some(unsafe { haystack.get_unchecked(..start) })
            }
            _ => None,
        }
    }

    #[inline]
    fn as_utf8_pattern(&self) -> Option<Utf8Pattern<'_>> {
        None
    }
}

/// A pattern that is a text.
#[derive(Copy, Clone, Eq, PartialEq, Debug)]
pub enum Utf8Pattern<'a> {
    StringPattern(&'a str),
    CharPattern(char),
}

/// One step of a search: from where to where it matched or did not.
#[derive(Copy, Clone, Eq, PartialEq, Debug)]
pub enum SearchStep {
    Match(usize, usize),
    Reject(usize, usize),
    Done,
}

/// A search from the front.
pub unsafe trait Searcher<'a> {
    fn haystack(&self) -> &'a str;
    fn next(&mut self) -> SearchStep;

    #[inline]
    fn next_match(&mut self) -> Option<(usize, usize)> {
        loop {
            match self.next() {
                SearchStep::Match(a, b) => return Some((a, b)),
                SearchStep::Done => return None,
                _ => continue,
            }
        }
    }

    #[inline]
    fn next_reject(&mut self) -> Option<(usize, usize)> {
        loop {
            match self.next() {
                SearchStep::Reject(a, b) => return Some((a, b)),
                SearchStep::Done => return None,
                _ => continue,
            }
        }
    }
}

/// A search from the back.
pub unsafe trait ReverseSearcher<'a>: Searcher<'a> {
    fn next_back(&mut self) -> SearchStep;

    #[inline]
    fn next_match_back(&mut self) -> Option<(usize, usize)> {
        loop {
            match self.next_back() {
                SearchStep::Match(a, b) => return Some((a, b)),
                SearchStep::Done => return None,
                _ => continue,
            }
        }
    }

    #[inline]
    fn next_reject_back(&mut self) -> Option<(usize, usize)> {
        loop {
            match self.next_back() {
                SearchStep::Reject(a, b) => return Some((a, b)),
                SearchStep::Done => return None,
                _ => continue,
            }
        }
    }
}

/// A search that finds the same matches from both ends.
pub trait DoubleEndedSearcher<'a>: ReverseSearcher<'a> {}

/// Finds a byte.
#[inline]
fn memchr(x: u8, bytes: &[u8]) -> Option<usize> {
    let mut i = 0;
    while i < bytes.len() {
        if unsafe { *bytes.get_unchecked(i) } == x {
            return Some(i);
        }
        i += 1;
    }
    None
}

#[inline]
fn memrchr(x: u8, bytes: &[u8]) -> Option<usize> {
    let mut i = bytes.len();
    while i > 0 {
        i -= 1;
        if unsafe { *bytes.get_unchecked(i) } == x {
            return Some(i);
        }
    }
    None
}

/// Searches for one character, by the last byte of its encoding.
#[derive(Clone, Debug)]
pub struct CharSearcher<'a> {
    haystack: &'a str,
    // What is not searched yet.
    finger: usize,
    finger_back: usize,
    needle: char,
    len: usize,
    encoded: [u8; 4],
}

unsafe impl<'a> Searcher<'a> for CharSearcher<'a> {
    #[inline]
    fn haystack(&self) -> &'a str {
        self.haystack
    }

    #[inline]
    fn next(&mut self) -> SearchStep {
        let start = self.finger;
        let mut rest = self.haystack.as_bytes()[start..self.finger_back].iter();
        match next_code_point(&mut rest) {
            Some(c) => {
                self.finger = self.finger_back - rest.len();
                if c == self.needle as u32 {
                    SearchStep::Match(start, self.finger)
                } else {
                    SearchStep::Reject(start, self.finger)
                }
            }
            None => SearchStep::Done,
        }
    }

    #[inline]
    fn next_match(&mut self) -> Option<(usize, usize)> {
        let bytes = self.haystack.as_bytes();
        let last = self.encoded[self.len - 1];
        loop {
            let rest = unsafe { bytes.get_unchecked(self.finger..self.finger_back) };
            match memchr(last, rest) {
                Some(i) => {
                    self.finger += i + 1;
                    if self.len == 1 {
                        return Some((self.finger - 1, self.finger));
                    }
                    if self.finger >= self.len {
                        let start = self.finger - self.len;
                        if bytes[start..self.finger] == self.encoded[..self.len] {
                            return Some((start, self.finger));
                        }
                    }
                }
                None => {
                    self.finger = self.finger_back;
                    return None;
                }
            }
        }
    }
}

unsafe impl<'a> ReverseSearcher<'a> for CharSearcher<'a> {
    #[inline]
    fn next_back(&mut self) -> SearchStep {
        let end = self.finger_back;
        let mut rest = self.haystack.as_bytes()[self.finger..end].iter();
        match next_code_point_reverse(&mut rest) {
            Some(c) => {
                self.finger_back = self.finger + rest.len();
                if c == self.needle as u32 {
                    SearchStep::Match(self.finger_back, end)
                } else {
                    SearchStep::Reject(self.finger_back, end)
                }
            }
            None => SearchStep::Done,
        }
    }

    #[inline]
    fn next_match_back(&mut self) -> Option<(usize, usize)> {
        let bytes = self.haystack.as_bytes();
        loop {
            match memrchr(self.encoded[0], &bytes[self.finger..self.finger_back]) {
                Some(i) => {
                    let start = self.finger + i;
                    let end = start + self.len;
                    self.finger_back = start;
                    if end <= bytes.len() && bytes[start..end] == self.encoded[..self.len] {
                        return Some((start, end));
                    }
                }
                None => {
                    self.finger_back = self.finger;
                    return None;
                }
            }
        }
    }
}

impl<'a> DoubleEndedSearcher<'a> for CharSearcher<'a> {}

impl Pattern for char {
    type Searcher<'a> = CharSearcher<'a>;

    #[inline]
    fn into_searcher(self, haystack: &str) -> CharSearcher<'_> {
        let mut encoded = [0; 4];
        let len = self.encode_utf8(&mut encoded).len();
        CharSearcher {
            haystack,
            finger: 0,
            finger_back: haystack.len(),
            needle: self,
            len,
            encoded,
        }
    }

    #[inline]
    fn as_utf8_pattern(&self) -> Option<Utf8Pattern<'_>> {
        Some(Utf8Pattern::CharPattern(*self))
    }
}

/// Sets of characters.
#[doc(hidden)]
pub trait MultiCharEq {
    fn matches(&mut self, c: char) -> bool;
}

impl<F: FnMut(char) -> bool> MultiCharEq for F {
    #[inline]
    fn matches(&mut self, c: char) -> bool {
        (*self)(c)
    }
}

impl<const N: usize> MultiCharEq for [char; N] {
    #[inline]
    fn matches(&mut self, c: char) -> bool {
        self.contains(&c)
    }
}

impl<const N: usize> MultiCharEq for &[char; N] {
    #[inline]
    fn matches(&mut self, c: char) -> bool {
        self.contains(&c)
    }
}

impl MultiCharEq for &[char] {
    #[inline]
    fn matches(&mut self, c: char) -> bool {
        self.contains(&c)
    }
}

/// Searches for a character of a set.
#[derive(Clone, Debug)]
#[doc(hidden)]
pub struct MultiCharEqSearcher<'a, C: MultiCharEq> {
    char_eq: C,
    haystack: &'a str,
    chars: super::CharIndices<'a>,
}

unsafe impl<'a, C: MultiCharEq> Searcher<'a> for MultiCharEqSearcher<'a, C> {
    #[inline]
    fn haystack(&self) -> &'a str {
        self.haystack
    }

    #[inline]
    fn next(&mut self) -> SearchStep {
        match self.chars.next() {
            Some((i, c)) if self.char_eq.matches(c) => SearchStep::Match(i, self.chars.offset()),
            Some((i, _)) => SearchStep::Reject(i, self.chars.offset()),
            None => SearchStep::Done,
        }
    }

    #[inline]
    fn next_match(&mut self) -> Option<(usize, usize)> {
        while let Some((i, c)) = self.chars.next() {
            if self.char_eq.matches(c) {
                return Some((i, self.chars.offset()));
            }
        }
        None
    }
}

unsafe impl<'a, C: MultiCharEq> ReverseSearcher<'a> for MultiCharEqSearcher<'a, C> {
    #[inline]
    fn next_back(&mut self) -> SearchStep {
        match self.chars.next_back() {
            Some((i, c)) => {
                let end = i + c.len_utf8();
                if self.char_eq.matches(c) {
                    SearchStep::Match(i, end)
                } else {
                    SearchStep::Reject(i, end)
                }
            }
            None => SearchStep::Done,
        }
    }
}

impl<'a, C: MultiCharEq> DoubleEndedSearcher<'a> for MultiCharEqSearcher<'a, C> {}

macro_rules! char_set_pattern {
    ($([$($g:tt)*] $t:ty;)*) => {$(
        impl<$($g)*> Pattern for $t {
            type Searcher<'a> = MultiCharEqSearcher<'a, $t>;

            #[inline]
            fn into_searcher(self, haystack: &str) -> MultiCharEqSearcher<'_, $t> {
                MultiCharEqSearcher { char_eq: self, haystack, chars: haystack.char_indices() }
            }
        }
    )*};
}
char_set_pattern! {
    [F: FnMut(char) -> bool] F;
    [const N: usize] [char; N];
    ['b, const N: usize] &'b [char; N];
    ['b] &'b [char];
}

/// Searches for a string.
#[derive(Clone, Debug)]
pub struct StrSearcher<'a, 'b> {
    haystack: &'a str,
    needle: &'b str,
    front: usize,
    back: usize,
    // An empty needle matches at a place before the character there is rejected.
    front_matched: bool,
    back_matched: bool,
    done: bool,
}

impl<'a, 'b> StrSearcher<'a, 'b> {
    fn find(&self) -> Option<usize> {
        let (h, n) = (self.haystack.as_bytes(), self.needle.as_bytes());
        let mut at = self.front;
        loop {
            let last_start = self.back.checked_sub(n.len())?;
            if at > last_start {
                return None;
            }
            at += memchr(n[0], &h[at..=last_start])?;
            if bytes_eq(&h[at..at + n.len()], n) {
                return Some(at);
            }
            at += 1;
        }
    }

    fn rfind(&self) -> Option<usize> {
        let (h, n) = (self.haystack.as_bytes(), self.needle.as_bytes());
        let mut end = self.back.checked_sub(n.len())? + 1;
        loop {
            if end <= self.front {
                return None;
            }
            end = self.front + memrchr(n[0], &h[self.front..end])?;
            if bytes_eq(&h[end..end + n.len()], n) {
                return Some(end);
            }
        }
    }
}

unsafe impl<'a, 'b> Searcher<'a> for StrSearcher<'a, 'b> {
    #[inline]
    fn haystack(&self) -> &'a str {
        self.haystack
    }

    fn next(&mut self) -> SearchStep {
        if self.done {
            return SearchStep::Done;
        }
        let at = self.front;
        if self.needle.is_empty() {
            self.front_matched = !self.front_matched;
            if self.front_matched {
                return SearchStep::Match(at, at);
            }
            let Some(c) = self.haystack[at..self.back].chars().next() else {
                self.done = true;
                return SearchStep::Done;
            };
            self.front += c.len_utf8();
            return SearchStep::Reject(at, self.front);
        }
        match self.find() {
            Some(i) if i == at => {
                self.front = at + self.needle.len();
                SearchStep::Match(at, self.front)
            }
            Some(i) => {
                self.front = i;
                SearchStep::Reject(at, i)
            }
            None if at < self.back => {
                self.front = self.back;
                SearchStep::Reject(at, self.back)
            }
            None => SearchStep::Done,
        }
    }

    fn next_match(&mut self) -> Option<(usize, usize)> {
        if self.needle.is_empty() {
            loop {
                match self.next() {
                    SearchStep::Match(a, b) => return Some((a, b)),
                    SearchStep::Done => return None,
                    SearchStep::Reject(..) => {}
                }
            }
        }
        match self.find() {
            Some(i) => {
                self.front = i + self.needle.len();
                Some((i, self.front))
            }
            None => {
                self.front = self.back;
                None
            }
        }
    }
}

unsafe impl<'a, 'b> ReverseSearcher<'a> for StrSearcher<'a, 'b> {
    fn next_back(&mut self) -> SearchStep {
        if self.done {
            return SearchStep::Done;
        }
        let at = self.back;
        if self.needle.is_empty() {
            self.back_matched = !self.back_matched;
            if self.back_matched {
                return SearchStep::Match(at, at);
            }
            let Some(c) = self.haystack[self.front..at].chars().next_back() else {
                self.done = true;
                return SearchStep::Done;
            };
            self.back -= c.len_utf8();
            return SearchStep::Reject(self.back, at);
        }
        match self.rfind() {
            Some(i) if i + self.needle.len() == at => {
                self.back = i;
                SearchStep::Match(i, at)
            }
            Some(i) => {
                self.back = i + self.needle.len();
                SearchStep::Reject(self.back, at)
            }
            None if at > self.front => {
                self.back = self.front;
                SearchStep::Reject(self.front, at)
            }
            None => SearchStep::Done,
        }
    }
}

impl<'b> Pattern for &'b str {
    type Searcher<'a> = StrSearcher<'a, 'b>;

    #[inline]
    fn into_searcher(self, haystack: &str) -> StrSearcher<'_, 'b> {
        StrSearcher {
            haystack,
            needle: self,
            front: 0,
            back: haystack.len(),
            front_matched: false,
            back_matched: false,
            done: false,
        }
    }

    #[inline]
    fn is_prefix_of(self, haystack: &str) -> bool {
        haystack.as_bytes().starts_with(self.as_bytes())
    }

    #[inline]
    fn is_suffix_of<'a>(self, haystack: &'a str) -> bool
    where
        Self::Searcher<'a>: ReverseSearcher<'a>,
    {
        haystack.as_bytes().ends_with(self.as_bytes())
    }

    #[inline]
    fn strip_prefix_of(self, haystack: &str) -> Option<&str> {
        if self.is_prefix_of(haystack) {
            Some(unsafe { haystack.get_unchecked(self.len()..) })
        } else {
            None
        }
    }

    #[inline]
    fn strip_suffix_of<'a>(self, haystack: &'a str) -> Option<&'a str>
    where
        Self::Searcher<'a>: ReverseSearcher<'a>,
    {
        if self.is_suffix_of(haystack) {
            Some(unsafe { haystack.get_unchecked(..haystack.len() - self.len()) })
        } else {
            None
        }
    }

    #[inline]
    fn as_utf8_pattern(&self) -> Option<Utf8Pattern<'_>> {
        Some(Utf8Pattern::StringPattern(*self))
    }
}

impl<'b, 'c> Pattern for &'c &'b str {
    type Searcher<'a> = StrSearcher<'a, 'b>;

    #[inline]
    fn into_searcher(self, haystack: &str) -> StrSearcher<'_, 'b> {
        (*self).into_searcher(haystack)
    }
}
