//! The options of a placeholder.

use crate::fmt::{Formatter, Write};

// The fill character is in the low 21 bits of the flags; these are above it. The compiler writes
// them into format templates.
pub(super) const SIGN_PLUS: u32 = 1 << 21;
pub(super) const SIGN_MINUS: u32 = 1 << 22;
pub(super) const ALTERNATE: u32 = 1 << 23;
pub(super) const ZERO_PAD: u32 = 1 << 24;
pub(super) const DEBUG_LOWER_HEX: u32 = 1 << 25;
pub(super) const DEBUG_UPPER_HEX: u32 = 1 << 26;
const WIDTH: u32 = 1 << 27;
const PRECISION: u32 = 1 << 28;
const ALIGN: u32 = 0b11 << 29;

/// Where the text goes when the width is larger.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
#[rustc_diagnostic_item = "FormatAlignment"]
pub enum Alignment {
    Left,
    Right,
    Center,
}

/// Which sign is asked for.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Sign {
    Plus,
    Minus,
}

/// `{:x?}` and `{:X?}`.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum DebugAsHex {
    Lower,
    Upper,
}

/// All that stands after the colon of a placeholder.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct FormattingOptions {
    pub(super) flags: u32,
    pub(super) width: u16,
    pub(super) precision: u16,
}

impl FormattingOptions {
    pub const fn new() -> Self {
        Self { flags: ' ' as u32 | ALIGN, width: 0, precision: 0 }
    }

    const fn set(&mut self, mask: u32, value: u32) -> &mut Self {
        self.flags = self.flags & !mask | value;
        self
    }

    pub const fn sign(&mut self, sign: Option<Sign>) -> &mut Self {
        let sign = match sign {
            None => 0,
            Some(Sign::Plus) => SIGN_PLUS,
            Some(Sign::Minus) => SIGN_MINUS,
        };
        self.set(SIGN_PLUS | SIGN_MINUS, sign)
    }

    pub const fn sign_aware_zero_pad(&mut self, on: bool) -> &mut Self {
        self.set(ZERO_PAD, if on { ZERO_PAD } else { 0 })
    }

    pub const fn alternate(&mut self, on: bool) -> &mut Self {
        self.set(ALTERNATE, if on { ALTERNATE } else { 0 })
    }

    pub const fn fill(&mut self, fill: char) -> &mut Self {
        self.set(0x1fffff, fill as u32)
    }

    pub const fn align(&mut self, align: Option<Alignment>) -> &mut Self {
        let align = match align {
            Some(Alignment::Left) => 0,
            Some(Alignment::Right) => 1 << 29,
            Some(Alignment::Center) => 2 << 29,
            None => ALIGN,
        };
        self.set(ALIGN, align)
    }

    pub const fn width(&mut self, width: Option<u16>) -> &mut Self {
        self.width = match width {
            Some(width) => width,
            None => 0,
        };
        self.set(WIDTH, if width.is_some() { WIDTH } else { 0 })
    }

    pub const fn precision(&mut self, precision: Option<u16>) -> &mut Self {
        self.precision = match precision {
            Some(precision) => precision,
            None => 0,
        };
        self.set(PRECISION, if precision.is_some() { PRECISION } else { 0 })
    }

    pub const fn debug_as_hex(&mut self, debug_as_hex: Option<DebugAsHex>) -> &mut Self {
        let hex = match debug_as_hex {
            None => 0,
            Some(DebugAsHex::Lower) => DEBUG_LOWER_HEX,
            Some(DebugAsHex::Upper) => DEBUG_UPPER_HEX,
        };
        self.set(DEBUG_LOWER_HEX | DEBUG_UPPER_HEX, hex)
    }

    pub const fn get_sign(&self) -> Option<Sign> {
        if self.flags & SIGN_PLUS != 0 {
            Some(Sign::Plus)
        } else if self.flags & SIGN_MINUS != 0 {
            Some(Sign::Minus)
        } else {
            None
        }
    }

    pub const fn get_sign_aware_zero_pad(&self) -> bool {
        self.flags & ZERO_PAD != 0
    }

    pub const fn get_alternate(&self) -> bool {
        self.flags & ALTERNATE != 0
    }

    #[inline]
    pub const fn get_fill(&self) -> char {
        unsafe { char::from_u32_unchecked(self.flags & 0x1fffff) }
    }

    #[inline]
    pub const fn get_align(&self) -> Option<Alignment> {
        match (self.flags & ALIGN) >> 29 {
            0 => Some(Alignment::Left),
            1 => Some(Alignment::Right),
            2 => Some(Alignment::Center),
            _ => None,
        }
    }

    #[inline]
    pub const fn get_width(&self) -> Option<u16> {
        if self.flags & WIDTH != 0 { Some(self.width) } else { None }
    }

    #[inline]
    pub const fn get_precision(&self) -> Option<u16> {
        if self.flags & PRECISION != 0 { Some(self.precision) } else { None }
    }

    pub const fn create_formatter<'a>(self, write: &'a mut (dyn Write + 'a)) -> Formatter<'a> {
        Formatter { options: self, buf: write }
    }
}

impl Default for FormattingOptions {
    fn default() -> Self {
        Self::new()
    }
}
