//! Bytes as ASCII.

use crate::escape::EscapeByte;
use crate::fmt;
use crate::iter::FusedIterator;

/// Iterator over the escaped form of a byte.
#[must_use = "iterators are lazy and do nothing unless consumed"]
#[derive(Clone)]
pub struct EscapeDefault(EscapeByte);

#[inline]
pub fn escape_default(c: u8) -> EscapeDefault {
    EscapeDefault(EscapeByte::ascii(c))
}

impl EscapeDefault {
    #[inline]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl Iterator for EscapeDefault {
    type Item = u8;
    #[inline]
    fn next(&mut self) -> Option<u8> {
        self.0.next()
    }
    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        let n = self.0.as_str().len();
        (n, Some(n))
    }
}

impl DoubleEndedIterator for EscapeDefault {
    #[inline]
    fn next_back(&mut self) -> Option<u8> {
        self.0.next_back()
    }
}

impl ExactSizeIterator for EscapeDefault {}
impl FusedIterator for EscapeDefault {}

impl fmt::Display for EscapeDefault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for EscapeDefault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EscapeDefault").finish_non_exhaustive()
    }
}
