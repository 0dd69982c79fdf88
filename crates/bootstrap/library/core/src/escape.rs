//! Escape sequences of bytes and characters, in a small buffer.

use crate::str;

const HEX: &[u8; 16] = b"0123456789abcdef";

/// At most ten ASCII characters, of which `start..end` are still to come.
#[derive(Clone, Debug)]
pub(crate) struct EscapeByte {
    data: [u8; 10],
    start: u8,
    end: u8,
}

impl EscapeByte {
    pub(crate) const fn empty() -> Self {
        EscapeByte { data: [0; 10], start: 0, end: 0 }
    }

    const fn push(mut self, c: u8) -> Self {
        self.data[self.end as usize] = c;
        self.end += 1;
        self
    }

    /// One character as it is.
    pub(crate) const fn printable(c: u8) -> Self {
        Self::empty().push(c)
    }

    /// A backslash and a character.
    pub(crate) const fn backslash(c: u8) -> Self {
        Self::empty().push(b'\\').push(c)
    }

    /// `\t`, `\r`, `\n`, `\'`, `\"`, `\\`, a printable character, or `\xNN`.
    pub(crate) const fn ascii(c: u8) -> Self {
        match c {
            b'\t' => Self::backslash(b't'),
            b'\r' => Self::backslash(b'r'),
            b'\n' => Self::backslash(b'n'),
            b'\\' | b'\'' | b'"' => Self::backslash(c),
            0x20..=0x7e => Self::printable(c),
            _ => Self::backslash(b'x').push(HEX[(c >> 4) as usize]).push(HEX[(c & 15) as usize]),
        }
    }

    /// `\u{NNNN}` with as few digits as needed.
    pub(crate) const fn unicode(c: char) -> Self {
        let c = c as u32;
        let mut out = Self::backslash(b'u').push(b'{');
        let mut digits = (35 - (c | 1).leading_zeros()) / 4;
        while digits > 0 {
            digits -= 1;
            out = out.push(HEX[((c >> (4 * digits)) & 15) as usize]);
        }
        out.push(b'}')
    }

    #[inline]
    pub(crate) const fn as_str(&self) -> &str {
        unsafe {
            let start = self.data.as_ptr().add(self.start as usize);
            str::from_utf8_unchecked(crate::slice::from_raw_parts(
                start,
                (self.end - self.start) as usize,
            ))
        }
    }

    #[inline]
    pub(crate) fn next(&mut self) -> Option<u8> {
        if self.start == self.end {
            return None;
        }
        self.start += 1;
        Some(self.data[self.start as usize - 1])
    }

    #[inline]
    pub(crate) fn next_back(&mut self) -> Option<u8> {
        if self.start == self.end {
            return None;
        }
        self.end -= 1;
        Some(self.data[self.end as usize])
    }
}
