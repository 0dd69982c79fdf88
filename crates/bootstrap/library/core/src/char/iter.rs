//! Iterators over escaped forms and case mappings of a character.

use crate::escape::EscapeByte;
use crate::fmt;
use crate::iter::FusedIterator;

macro_rules! escape_iterator {
    ($($(#[$attr:meta])* $Escape:ident;)*) => {$(
        $(#[$attr])*
        #[derive(Clone, Debug)]
        pub struct $Escape(EscapeByte);

        impl Iterator for $Escape {
            type Item = char;
            #[inline]
            fn next(&mut self) -> Option<char> {
                self.0.next().map(|b| b as char)
            }
            #[inline]
            fn size_hint(&self) -> (usize, Option<usize>) {
                let n = self.0.as_str().len();
                (n, Some(n))
            }
        }

        impl ExactSizeIterator for $Escape {}
        impl FusedIterator for $Escape {}

        impl fmt::Display for $Escape {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.0.as_str())
            }
        }
    )*};
}
escape_iterator! {
    #[doc = "`\\u{NNNN}`"]
    EscapeUnicode;
    #[doc = "The escapes of ASCII, and `\\u{NNNN}`"]
    EscapeDefault;
}

impl EscapeUnicode {
    pub(super) fn new(c: char) -> Self {
        Self(EscapeByte::unicode(c))
    }
}

impl EscapeDefault {
    pub(super) fn new(c: char) -> Self {
        Self(match c {
            '\t' | '\r' | '\n' | '\\' | '\'' | '"' | ' '..='~' => EscapeByte::ascii(c as u8),
            _ => EscapeByte::unicode(c),
        })
    }
}

/// What `{:?}` prints.
#[derive(Clone, Debug)]
pub struct EscapeDebug(DebugForm);

#[derive(Clone, Debug)]
enum DebugForm {
    Escaped(EscapeByte),
    Printable(Option<char>),
}

impl EscapeDebug {
    pub(super) fn printable(c: char) -> Self {
        Self(DebugForm::Printable(Some(c)))
    }

    pub(super) fn backslash(c: u8) -> Self {
        Self(DebugForm::Escaped(EscapeByte::backslash(c)))
    }

    pub(super) fn unicode(c: char) -> Self {
        Self(DebugForm::Escaped(EscapeByte::unicode(c)))
    }
}

impl Iterator for EscapeDebug {
    type Item = char;

    #[inline]
    fn next(&mut self) -> Option<char> {
        match &mut self.0 {
            DebugForm::Escaped(bytes) => bytes.next().map(|b| b as char),
            DebugForm::Printable(c) => c.take(),
        }
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let n = match &self.0 {
            DebugForm::Escaped(bytes) => bytes.as_str().len(),
            DebugForm::Printable(c) => c.is_some() as usize,
        };
        (n, Some(n))
    }
}

impl ExactSizeIterator for EscapeDebug {}
impl FusedIterator for EscapeDebug {}

impl fmt::Display for EscapeDebug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use crate::fmt::Write;
        match &self.0 {
            DebugForm::Escaped(bytes) => f.write_str(bytes.as_str()),
            DebugForm::Printable(Some(c)) => f.write_char(*c),
            DebugForm::Printable(None) => Ok(()),
        }
    }
}

macro_rules! case_mapping {
    ($($(#[$attr:meta])* $Mapping:ident;)*) => {$(
        $(#[$attr])*
        #[derive(Clone, Debug)]
        pub struct $Mapping {
            chars: [char; 3],
            start: usize,
            end: usize,
        }

        impl $Mapping {
            #[inline]
            pub(super) fn new(chars: [char; 3]) -> Self {
                let end = if chars[1] == '\0' { 1 } else { 2 + (chars[2] != '\0') as usize };
                Self { chars, start: 0, end }
            }
        }

        impl Iterator for $Mapping {
            type Item = char;
            #[inline]
            fn next(&mut self) -> Option<char> {
                if self.start == self.end {
                    return None;
                }
                self.start += 1;
                Some(self.chars[self.start - 1])
            }
            #[inline]
            fn size_hint(&self) -> (usize, Option<usize>) {
                (self.end - self.start, Some(self.end - self.start))
            }
        }

        impl DoubleEndedIterator for $Mapping {
            #[inline]
            fn next_back(&mut self) -> Option<char> {
                if self.start == self.end {
                    return None;
                }
                self.end -= 1;
                Some(self.chars[self.end])
            }
        }

        impl ExactSizeIterator for $Mapping {}
        impl FusedIterator for $Mapping {}

        impl fmt::Display for $Mapping {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                use crate::fmt::Write;
                for &c in &self.chars[self.start..self.end] {
                    f.write_char(c)?;
                }
                Ok(())
            }
        }
    )*};
}
case_mapping! {
    #[doc = "The lower-case equivalent."]
    ToLowercase;
    #[doc = "The upper-case equivalent."]
    ToUppercase;
}
