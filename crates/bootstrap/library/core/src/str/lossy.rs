//! Text with invalid parts.

use super::validations::sequence;
use crate::str::from_utf8_unchecked;

/// A valid part and the invalid bytes after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Utf8Chunk<'a> {
    valid: &'a str,
    invalid: &'a [u8],
}

impl<'a> Utf8Chunk<'a> {
    #[must_use]
    pub fn valid(&self) -> &'a str {
        self.valid
    }

    #[must_use]
    pub fn invalid(&self) -> &'a [u8] {
        self.invalid
    }
}

/// The valid and invalid parts of bytes.
#[must_use = "iterators are lazy and do nothing unless consumed"]
#[derive(Clone)]
pub struct Utf8Chunks<'a> {
    source: &'a [u8],
}

impl<'a> Utf8Chunks<'a> {
    pub(crate) fn new(source: &'a [u8]) -> Self {
        Utf8Chunks { source }
    }
}

impl<'a> Iterator for Utf8Chunks<'a> {
    type Item = Utf8Chunk<'a>;

    fn next(&mut self) -> Option<Utf8Chunk<'a>> {
        if self.source.is_empty() {
            return None;
        }
        let (v, mut i) = (self.source, 0);
        let mut bad = 0;
        while i < v.len() {
            match sequence(v, i) {
                Ok(len) => i += len,
                Err(len) => {
                    bad = len.map_or(v.len() - i, |n| n as usize);
                    break;
                }
            }
        }
        let (valid, rest) = v.split_at(i);
        let (invalid, rest) = rest.split_at(bad);
        self.source = rest;
        Some(Utf8Chunk { valid: unsafe { from_utf8_unchecked(valid) }, invalid })
    }
}
