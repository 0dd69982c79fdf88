//! Methods of `char`.

use super::{DecodeUtf16, EscapeDebug, EscapeDefault, EscapeUnicode, ToLowercase, ToUppercase};
use crate::str::from_utf8_unchecked_mut;
use crate::{slice, unicode};

/// Which characters `escape_debug_ext` escapes.
pub(crate) struct EscapeDebugExtArgs {
    pub(crate) escape_grapheme_extended: bool,
    pub(crate) escape_single_quote: bool,
    pub(crate) escape_double_quote: bool,
}

impl char {
    pub const MIN: char = '\0';
    pub const MAX: char = '\u{10FFFF}';
    pub const MAX_LEN_UTF8: usize = 4;
    pub const MAX_LEN_UTF16: usize = 2;
    pub const REPLACEMENT_CHARACTER: char = '\u{FFFD}';
    pub const UNICODE_VERSION: (u8, u8, u8) = unicode::UNICODE_VERSION;

    #[inline]
    pub fn decode_utf16<I: IntoIterator<Item = u16>>(iter: I) -> DecodeUtf16<I::IntoIter> {
        super::decode_utf16(iter)
    }

    #[must_use]
    #[inline]
    pub const fn from_u32(i: u32) -> Option<char> {
        if i > 0x10ffff || (i >= 0xd800 && i <= 0xdfff) {
            None
        } else {
            Some(unsafe { char::from_u32_unchecked(i) })
        }
    }

    #[must_use]
    #[inline(always)]
    pub const unsafe fn from_u32_unchecked(i: u32) -> char {
        unsafe { crate::mem::transmute(i) }
    }

    #[must_use]
    #[inline]
    pub const fn from_digit(num: u32, radix: u32) -> Option<char> {
        if radix > 36 {
            panic!("from_digit: radix is too high (maximum 36)");
        }
        if num >= radix {
            return None;
        }
        let num = num as u8;
        Some(if num < 10 { (b'0' + num) as char } else { (b'a' + num - 10) as char })
    }

    #[inline]
    pub const fn is_digit(self, radix: u32) -> bool {
        self.to_digit(radix).is_some()
    }

    #[must_use]
    #[inline]
    #[track_caller]
    pub const fn to_digit(self, radix: u32) -> Option<u32> {
        assert!(
            radix >= 2 && radix <= 36,
            "to_digit: invalid radix -- radix must be in the range 2 to 36 inclusive"
        );
        let mut digit = (self as u32).wrapping_sub('0' as u32);
        if digit >= 10 {
            let letter = (self as u32 | 0x20).wrapping_sub('a' as u32);
            if letter >= 26 {
                return None;
            }
            digit = letter + 10;
        }
        if digit < radix { Some(digit) } else { None }
    }

    #[must_use]
    #[inline]
    pub fn escape_unicode(self) -> EscapeUnicode {
        EscapeUnicode::new(self)
    }

    #[inline]
    pub(crate) fn escape_debug_ext(self, args: EscapeDebugExtArgs) -> EscapeDebug {
        match self {
            '\0' => EscapeDebug::backslash(b'0'),
            '\t' => EscapeDebug::backslash(b't'),
            '\r' => EscapeDebug::backslash(b'r'),
            '\n' => EscapeDebug::backslash(b'n'),
            '\\' => EscapeDebug::backslash(b'\\'),
            '"' if args.escape_double_quote => EscapeDebug::backslash(b'"'),
            '\'' if args.escape_single_quote => EscapeDebug::backslash(b'\''),
            ' '..='~' => EscapeDebug::printable(self),
            _ if args.escape_grapheme_extended && unicode::is_grapheme_extend(self) => {
                EscapeDebug::unicode(self)
            }
            _ if unicode::is_printable(self) => EscapeDebug::printable(self),
            _ => EscapeDebug::unicode(self),
        }
    }

    #[must_use]
    #[inline]
    pub fn escape_debug(self) -> EscapeDebug {
        self.escape_debug_ext(EscapeDebugExtArgs {
            escape_grapheme_extended: true,
            escape_single_quote: true,
            escape_double_quote: true,
        })
    }

    #[must_use]
    #[inline]
    pub fn escape_default(self) -> EscapeDefault {
        EscapeDefault::new(self)
    }

    #[inline]
    #[must_use]
    pub const fn len_utf8(self) -> usize {
        let code = self as u32;
        if code < 0x80 {
            1
        } else if code < 0x800 {
            2
        } else if code < 0x10000 {
            3
        } else {
            4
        }
    }

    #[inline]
    #[must_use]
    pub const fn len_utf16(self) -> usize {
        if self as u32 > 0xffff { 2 } else { 1 }
    }

    #[inline]
    #[track_caller]
    pub const fn encode_utf8(self, dst: &mut [u8]) -> &mut str {
        let (code, len) = (self as u32, self.len_utf8());
        if dst.len() < len {
            encode_utf8_failed(code, len, dst.len());
        }
        match len {
            1 => dst[0] = code as u8,
            2 => {
                dst[0] = (code >> 6) as u8 | 0xc0;
                dst[1] = (code & 0x3f) as u8 | 0x80;
            }
            3 => {
                dst[0] = (code >> 12) as u8 | 0xe0;
                dst[1] = ((code >> 6) & 0x3f) as u8 | 0x80;
                dst[2] = (code & 0x3f) as u8 | 0x80;
            }
            _ => {
                dst[0] = (code >> 18) as u8 | 0xf0;
                dst[1] = ((code >> 12) & 0x3f) as u8 | 0x80;
                dst[2] = ((code >> 6) & 0x3f) as u8 | 0x80;
                dst[3] = (code & 0x3f) as u8 | 0x80;
            }
        }
        unsafe { from_utf8_unchecked_mut(slice::from_raw_parts_mut(dst.as_mut_ptr(), len)) }
    }

    #[inline]
    #[track_caller]
    pub const fn encode_utf16(self, dst: &mut [u16]) -> &mut [u16] {
        let mut code = self as u32;
        let len = self.len_utf16();
        if dst.len() < len {
            panic!("encode_utf16: buffer does not have enough bytes to encode code point");
        }
        if len == 1 {
            dst[0] = code as u16;
        } else {
            code -= 0x10000;
            dst[0] = 0xd800 | (code >> 10) as u16;
            dst[1] = 0xdc00 | (code & 0x3ff) as u16;
        }
        unsafe { slice::from_raw_parts_mut(dst.as_mut_ptr(), len) }
    }

    #[must_use]
    #[inline]
    pub fn is_alphabetic(self) -> bool {
        match self {
            'a'..='z' | 'A'..='Z' => true,
            c => c > '\x7f' && unicode::is_alphabetic(c),
        }
    }

    #[must_use]
    #[inline]
    pub fn is_lowercase(self) -> bool {
        match self {
            'a'..='z' => true,
            c => c > '\x7f' && unicode::is_lowercase(c),
        }
    }

    #[must_use]
    #[inline]
    pub fn is_uppercase(self) -> bool {
        match self {
            'A'..='Z' => true,
            c => c > '\x7f' && unicode::is_uppercase(c),
        }
    }

    #[must_use]
    #[inline]
    pub const fn is_whitespace(self) -> bool {
        match self {
            ' ' | '\x09'..='\x0d' => true,
            '\u{85}' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' => true,
            '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => true,
            _ => false,
        }
    }

    #[must_use]
    #[inline]
    pub fn is_alphanumeric(self) -> bool {
        match self {
            'a'..='z' | 'A'..='Z' | '0'..='9' => true,
            c => c > '\x7f' && (unicode::is_alphabetic(c) || unicode::is_numeric(c)),
        }
    }

    #[must_use]
    #[inline]
    pub const fn is_control(self) -> bool {
        matches!(self, '\0'..='\x1f' | '\x7f'..='\u{9f}')
    }

    #[must_use]
    #[inline]
    pub fn is_numeric(self) -> bool {
        match self {
            '0'..='9' => true,
            c => c > '\x7f' && unicode::is_numeric(c),
        }
    }

    #[must_use]
    #[inline]
    pub fn to_lowercase(self) -> ToLowercase {
        ToLowercase::new(unicode::to_lower(self))
    }

    #[must_use]
    #[inline]
    pub fn to_uppercase(self) -> ToUppercase {
        ToUppercase::new(unicode::to_upper(self))
    }

    #[must_use]
    #[inline]
    pub const fn is_ascii(&self) -> bool {
        (*self as u32) < 128
    }

    #[must_use]
    #[inline]
    pub const fn to_ascii_uppercase(&self) -> char {
        if self.is_ascii_lowercase() { (*self as u8 ^ 0x20) as char } else { *self }
    }

    #[must_use]
    #[inline]
    pub const fn to_ascii_lowercase(&self) -> char {
        if self.is_ascii_uppercase() { (*self as u8 | 0x20) as char } else { *self }
    }

    #[inline]
    pub const fn eq_ignore_ascii_case(&self, other: &char) -> bool {
        self.to_ascii_lowercase() as u32 == other.to_ascii_lowercase() as u32
    }

    #[inline]
    pub const fn make_ascii_uppercase(&mut self) {
        *self = self.to_ascii_uppercase();
    }

    #[inline]
    pub const fn make_ascii_lowercase(&mut self) {
        *self = self.to_ascii_lowercase();
    }

    #[must_use]
    #[inline]
    pub const fn is_ascii_alphabetic(&self) -> bool {
        matches!(*self, 'A'..='Z' | 'a'..='z')
    }

    #[must_use]
    #[inline]
    pub const fn is_ascii_uppercase(&self) -> bool {
        matches!(*self, 'A'..='Z')
    }

    #[must_use]
    #[inline]
    pub const fn is_ascii_lowercase(&self) -> bool {
        matches!(*self, 'a'..='z')
    }

    #[must_use]
    #[inline]
    pub const fn is_ascii_alphanumeric(&self) -> bool {
        matches!(*self, '0'..='9' | 'A'..='Z' | 'a'..='z')
    }

    #[must_use]
    #[inline]
    pub const fn is_ascii_digit(&self) -> bool {
        matches!(*self, '0'..='9')
    }

    #[must_use]
    #[inline]
    pub const fn is_ascii_octdigit(&self) -> bool {
        matches!(*self, '0'..='7')
    }

    #[must_use]
    #[inline]
    pub const fn is_ascii_hexdigit(&self) -> bool {
        matches!(*self, '0'..='9' | 'A'..='F' | 'a'..='f')
    }

    #[must_use]
    #[inline]
    pub const fn is_ascii_punctuation(&self) -> bool {
        matches!(*self, '!'..='/' | ':'..='@' | '['..='`' | '{'..='~')
    }

    #[must_use]
    #[inline]
    pub const fn is_ascii_graphic(&self) -> bool {
        matches!(*self, '!'..='~')
    }

    #[must_use]
    #[inline]
    pub const fn is_ascii_whitespace(&self) -> bool {
        matches!(*self, '\t' | '\n' | '\x0C' | '\r' | ' ')
    }

    #[must_use]
    #[inline]
    pub const fn is_ascii_control(&self) -> bool {
        matches!(*self, '\0'..='\x1F' | '\x7F')
    }
}

#[cold]
#[track_caller]
const fn encode_utf8_failed(_code: u32, _need: usize, _have: usize) -> ! {
    panic!("encode_utf8: buffer does not have enough bytes to encode code point")
}
