//! UTF-8: validation and decoding.

use crate::fmt;

/// The bytes are no UTF-8.
#[derive(Copy, Eq, PartialEq, Clone, Debug)]
pub struct Utf8Error {
    pub(super) valid_up_to: usize,
    pub(super) error_len: Option<u8>,
}

impl Utf8Error {
    #[must_use]
    #[inline]
    pub const fn valid_up_to(&self) -> usize {
        self.valid_up_to
    }

    #[must_use]
    #[inline]
    pub const fn error_len(&self) -> Option<usize> {
        match self.error_len {
            Some(len) => Some(len as usize),
            None => None,
        }
    }
}

impl fmt::Display for Utf8Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.error_len {
            Some(len) => write!(
                f,
                "invalid utf-8 sequence of {} bytes from index {}",
                len, self.valid_up_to
            ),
            None => write!(
                f,
                "incomplete utf-8 byte sequence from index {}",
                self.valid_up_to
            ),
        }
    }
}

/// The length of the sequence at `v[i]`, or how many bytes of it are wrong, if not cut off.
#[inline]
pub(super) const fn sequence(v: &[u8], i: usize) -> Result<usize, Option<u8>> {
    let first = v[i];
    if first < 0x80 {
        return Ok(1);
    }
    // The table of the Unicode standard: which second bytes may follow.
    let (len, low, high) = match first {
        0xc2..=0xdf => (2, 0x80, 0xbf),
        0xe0 => (3, 0xa0, 0xbf),
        0xe1..=0xec | 0xee | 0xef => (3, 0x80, 0xbf),
        0xed => (3, 0x80, 0x9f),
        0xf0 => (4, 0x90, 0xbf),
        0xf1..=0xf3 => (4, 0x80, 0xbf),
        0xf4 => (4, 0x80, 0x8f),
        _ => return Err(Some(1)),
    };
    let mut n = 1;
    while n < len {
        if i + n >= v.len() {
            return Err(None);
        }
        let b = v[i + n];
        let ok = if n == 1 { b >= low && b <= high } else { b & 0xc0 == 0x80 };
        if !ok {
            return Err(Some(n as u8));
        }
        n += 1;
    }
    Ok(len)
}

#[inline]
pub(super) const fn run_utf8_validation(v: &[u8]) -> Result<(), Utf8Error> {
    let mut i = 0;
    while i < v.len() {
        if v[i] < 0x80 {
            i += 1;
            continue;
        }
        match sequence(v, i) {
            Ok(len) => i += len,
            Err(error_len) => return Err(Utf8Error { valid_up_to: i, error_len }),
        }
    }
    Ok(())
}

/// Decodes the character that the bytes, which must be UTF-8, start with.
#[inline]
pub(super) fn next_code_point(bytes: &mut crate::slice::Iter<'_, u8>) -> Option<u32> {
    let x = *bytes.next()?;
    if x < 128 {
        return Some(x as u32);
    }
    let mut next = || match bytes.next() {
        Some(b) => (*b & 0x3f) as u32,
        None => 0,
    };
    let y = next();
    if x < 0xe0 {
        return Some((x as u32 & 0x1f) << 6 | y);
    }
    let yz = y << 6 | next();
    if x < 0xf0 {
        return Some((x as u32 & 0xf) << 12 | yz);
    }
    Some((x as u32 & 7) << 18 | yz << 6 | next())
}

/// Decodes the character that the bytes, which must be UTF-8, end with.
#[inline]
pub(super) fn next_code_point_reverse(bytes: &mut crate::slice::Iter<'_, u8>) -> Option<u32> {
    let w = *bytes.next_back()?;
    if w < 128 {
        return Some(w as u32);
    }
    let mut code = (w & 0x3f) as u32;
    let mut shift = 6;
    loop {
        let b = match bytes.next_back() {
            Some(b) => *b,
            None => return Some(code),
        };
        if b & 0xc0 == 0x80 {
            code |= ((b & 0x3f) as u32) << shift;
            shift += 6;
        } else {
            // The first byte has as many payload bits as its length leaves.
            let mask = match shift {
                6 => 0x1f,
                12 => 0xf,
                _ => 7,
            };
            return Some(code | ((b & mask) as u32) << shift);
        }
    }
}
