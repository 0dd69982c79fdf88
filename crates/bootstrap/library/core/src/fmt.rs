//! Formatting. `format_args!` makes an [`Arguments`]; [`write`] walks it and calls the traits.

mod builders;
mod float;
mod num;
mod options;
#[doc(hidden)]
pub mod rt;

pub use self::builders::{
    DebugList, DebugMap, DebugSet, DebugStruct, DebugTuple, FromFn, from_fn,
};
pub use self::options::{Alignment, DebugAsHex, FormattingOptions, Sign};

use crate::char::EscapeDebugExtArgs;
use crate::marker::{PhantomData, PointeeSized};
use crate::ptr::NonNull;
use crate::{mem, str};

/// The result of formatting.
pub type Result = crate::result::Result<(), Error>;

/// Writing failed; carries nothing.
#[rustc_diagnostic_item = "FmtError"]
#[derive(Copy, Clone, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Error;

impl Display for Error {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.pad("an error occurred when formatting an argument")
    }
}

/// What text can be written to.
#[rustc_diagnostic_item = "FmtWrite"]
pub trait Write {
    fn write_str(&mut self, s: &str) -> Result;

    fn write_char(&mut self, c: char) -> Result {
        self.write_str(c.encode_utf8(&mut [0; 4]))
    }

    fn write_fmt(&mut self, args: Arguments<'_>) -> Result
    where
        Self: Sized,
    {
        write(self, args)
    }
}

impl<W: Write + ?Sized> Write for &mut W {
    fn write_str(&mut self, s: &str) -> Result {
        (**self).write_str(s)
    }
    fn write_char(&mut self, c: char) -> Result {
        (**self).write_char(c)
    }
}

/// Where the output goes, and how it is to look.
#[rustc_diagnostic_item = "Formatter"]
pub struct Formatter<'a> {
    pub(crate) options: FormattingOptions,
    pub(crate) buf: &'a mut (dyn Write + 'a),
}

/// A compiled format string with its arguments.
///
/// Either `args` has its lowest bit clear and `template` is a list of pieces: a byte `1..=127` and
/// as many bytes of text; 128, a length of two bytes and the text; or a placeholder `0b11......`,
/// whose low bits say which of flags (four bytes), width, precision and argument index (two bytes
/// each) follow, and whether width and precision are argument indices; a zero ends the list. Or
/// `args` is twice the length, plus one, of the only text, at `template`.
#[lang = "format_arguments"]
#[derive(Copy, Clone)]
pub struct Arguments<'a> {
    template: NonNull<u8>,
    args: NonNull<rt::Argument<'a>>,
}

#[doc(hidden)]
impl<'a> Arguments<'a> {
    #[inline]
    pub unsafe fn new<const N: usize, const M: usize>(
        template: &'a [u8; N],
        args: &'a [rt::Argument<'a>; M],
    ) -> Arguments<'a> {
        unsafe { Arguments { template: mem::transmute(template), args: mem::transmute(args) } }
    }

    #[inline]
    pub fn from_str_nonconst(s: &'static str) -> Arguments<'a> {
        Arguments::from_str(s)
    }

    /// A guess at the length of the output, to reserve memory.
    pub fn estimated_capacity(&self) -> usize {
        if let Some(s) = self.as_str() {
            return s.len();
        }
        let mut length = 0;
        let mut starts_with_placeholder = false;
        for piece in self.pieces() {
            match piece {
                Piece::Text(s) => length += s.len(),
                Piece::Placeholder(..) => starts_with_placeholder |= length == 0,
            }
        }
        if starts_with_placeholder && length < 16 { 0 } else { length * 2 }
    }

    fn pieces(&self) -> Pieces<'a> {
        Pieces { at: self.template.as_ptr(), next_argument: 0, marker: PhantomData }
    }
}

impl<'a> Arguments<'a> {
    #[inline]
    pub const fn from_str(s: &'static str) -> Arguments<'a> {
        unsafe {
            Arguments {
                template: mem::transmute(s.as_ptr()),
                args: mem::transmute(s.len() << 1 | 1),
            }
        }
    }

    #[must_use]
    #[inline]
    pub const fn as_str(&self) -> Option<&'static str> {
        let bits: usize = unsafe { mem::transmute(self.args) };
        if bits & 1 == 0 {
            return None;
        }
        unsafe {
            let bytes = crate::slice::from_raw_parts(self.template.as_ptr(), bits >> 1);
            Some(str::from_utf8_unchecked(bytes))
        }
    }

    #[must_use]
    #[inline]
    #[doc(hidden)]
    pub fn as_statically_known_str(&self) -> Option<&'static str> {
        self.as_str()
    }
}

impl !Send for Arguments<'_> {}
impl !Sync for Arguments<'_> {}

impl Debug for Arguments<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write(f.buf, *self)
    }
}

impl Display for Arguments<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write(f.buf, *self)
    }
}

enum Piece<'a> {
    Text(&'a str),
    // The options, the index of the argument, and whether width and precision are indices.
    Placeholder(FormattingOptions, usize, u8),
}

struct Pieces<'a> {
    at: *const u8,
    next_argument: usize,
    marker: PhantomData<&'a u8>,
}

impl<'a> Pieces<'a> {
    #[inline]
    unsafe fn byte(&mut self) -> u8 {
        unsafe {
            let b = *self.at;
            self.at = self.at.add(1);
            b
        }
    }

    #[inline]
    unsafe fn u16(&mut self) -> u16 {
        unsafe { u16::from_le_bytes([self.byte(), self.byte()]) }
    }

    unsafe fn text(&mut self, len: usize) -> Piece<'a> {
        unsafe {
            let bytes = crate::slice::from_raw_parts(self.at, len);
            self.at = self.at.add(len);
            Piece::Text(str::from_utf8_unchecked(bytes))
        }
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    #[inline]
    fn next(&mut self) -> Option<Piece<'a>> {
        unsafe {
            let n = self.byte();
            if n == 0 {
                return None;
            }
            if n < 0x80 {
                return Some(self.text(n as usize));
            }
            if n == 0x80 {
                let len = self.u16() as usize;
                return Some(self.text(len));
            }
            let mut options = FormattingOptions::new();
            if n & 1 != 0 {
                let (low, high) = (self.u16() as u32, self.u16() as u32);
                options.flags = low | high << 16;
            }
            if n & 2 != 0 {
                options.width = self.u16();
            }
            if n & 4 != 0 {
                options.precision = self.u16();
            }
            if n & 8 != 0 {
                self.next_argument = self.u16() as usize;
            }
            let index = self.next_argument;
            self.next_argument += 1;
            Some(Piece::Placeholder(options, index, n))
        }
    }
}

/// Writes a formatted text.
pub fn write(output: &mut dyn Write, fmt: Arguments<'_>) -> Result {
    if let Some(s) = fmt.as_str() {
        return output.write_str(s);
    }
    let argument = |i: usize| unsafe { &*fmt.args.as_ptr().add(i) };
    for piece in fmt.pieces() {
        match piece {
            Piece::Text(s) => output.write_str(s)?,
            Piece::Placeholder(mut options, index, n) => {
                if n & 16 != 0 {
                    options.width = argument(options.width as usize).as_u16().unwrap_or(0);
                }
                if n & 32 != 0 {
                    options.precision = argument(options.precision as usize).as_u16().unwrap_or(0);
                }
                unsafe { argument(index).fmt(&mut Formatter::new(output, options))? };
            }
        }
    }
    Ok(())
}

/// `{:?}`
#[rustc_on_unimplemented(
    on(
        crate_local,
        note = "add `#[derive(Debug)]` to `{Self}` or manually `impl {This} for {Self}`"
    ),
    on(
        from_desugaring = "FormatLiteral",
        label = "`{Self}` cannot be formatted using `{{:?}}` because it doesn't implement `{This}`"
    ),
    message = "`{Self}` doesn't implement `{This}`"
)]
#[doc(alias = "{:?}")]
#[rustc_diagnostic_item = "Debug"]
#[rustc_trivial_field_reads]
pub trait Debug: PointeeSized {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result;
}

pub(crate) mod macros {
    /// Derive macro for `Debug`.
    #[rustc_builtin_macro]
    #[allow_internal_unstable(fmt_helpers_for_derive)]
    pub macro Debug($item:item) {}
}
#[doc(inline)]
pub use macros::Debug;

/// `{}`
#[rustc_on_unimplemented(
    on(
        any(Self = "std::path::Path", Self = "std::path::PathBuf"),
        label = "`{Self}` cannot be formatted with the default formatter; call `.display()` on it",
        note = "call `.display()` or `.to_string_lossy()` to safely print paths, \
                as they may contain non-Unicode data",
    ),
    on(
        from_desugaring = "FormatLiteral",
        note = "in format strings you may be able to use `{{:?}}` (or {{:#?}} for pretty-print) instead",
        label = "`{Self}` cannot be formatted with the default formatter",
    ),
    message = "`{Self}` doesn't implement `{This}`"
)]
#[doc(alias = "{}")]
#[rustc_diagnostic_item = "Display"]
pub trait Display: PointeeSized {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result;
}

macro_rules! format_traits {
    ($($(#[$attr:meta])* $Trait:ident)*) => {$(
        $(#[$attr])*
        pub trait $Trait: PointeeSized {
            fn fmt(&self, f: &mut Formatter<'_>) -> Result;
        }
    )*};
}
format_traits! {
    #[doc = "`{:o}`"]
    Octal
    #[doc = "`{:b}`"]
    Binary
    #[doc = "`{:x}`"]
    LowerHex
    #[doc = "`{:X}`"]
    UpperHex
    #[doc = "`{:p}`"]
    #[rustc_diagnostic_item = "Pointer"]
    Pointer
    #[doc = "`{:e}`"]
    LowerExp
    #[doc = "`{:E}`"]
    UpperExp
}

impl<'a> Formatter<'a> {
    #[inline]
    pub const fn new(write: &'a mut (dyn Write + 'a), options: FormattingOptions) -> Self {
        Formatter { options, buf: write }
    }

    /// The same output with other options.
    #[inline]
    pub const fn with_options<'b>(&'b mut self, options: FormattingOptions) -> Formatter<'b> {
        Formatter { options, buf: self.buf }
    }

    fn write_fill(&mut self, count: usize) -> Result {
        let fill = self.options.get_fill();
        for _ in 0..count {
            self.buf.write_char(fill)?;
        }
        Ok(())
    }

    /// Writes `f`'s output of `length` characters with the padding that the width asks for.
    fn padded(
        &mut self,
        length: usize,
        default: Alignment,
        f: impl FnOnce(&mut dyn Write) -> Result,
    ) -> Result {
        let padding = (self.options.get_width().unwrap_or(0) as usize).saturating_sub(length);
        let before = match self.options.get_align().unwrap_or(default) {
            Alignment::Left => 0,
            Alignment::Right => padding,
            Alignment::Center => padding / 2,
        };
        self.write_fill(before)?;
        f(self.buf)?;
        self.write_fill(padding - before)
    }

    pub fn pad_integral(&mut self, is_nonnegative: bool, prefix: &str, digits: &str) -> Result {
        let sign = if !is_nonnegative {
            "-"
        } else if self.sign_plus() {
            "+"
        } else {
            ""
        };
        let prefix = if self.alternate() { prefix } else { "" };
        let length = sign.len() + prefix.len() + digits.len();
        let width = self.options.get_width().unwrap_or(0) as usize;
        if width <= length {
            self.buf.write_str(sign)?;
            self.buf.write_str(prefix)?;
            return self.buf.write_str(digits);
        }
        if self.sign_aware_zero_pad() {
            self.buf.write_str(sign)?;
            self.buf.write_str(prefix)?;
            for _ in length..width {
                self.buf.write_str("0")?;
            }
            return self.buf.write_str(digits);
        }
        self.padded(length, Alignment::Right, |w| {
            w.write_str(sign)?;
            w.write_str(prefix)?;
            w.write_str(digits)
        })
    }

    pub fn pad(&mut self, s: &str) -> Result {
        if self.options.width == 0 && self.options.get_precision().is_none() {
            return self.buf.write_str(s);
        }
        let s = match self.options.get_precision() {
            Some(max) => match s.char_indices().nth(max as usize) {
                Some((end, _)) => &s[..end],
                None => s,
            },
            None => s,
        };
        if self.options.width == 0 {
            return self.buf.write_str(s);
        }
        self.padded(s.chars().count(), Alignment::Left, |w| w.write_str(s))
    }

    #[inline]
    pub fn write_str(&mut self, data: &str) -> Result {
        self.buf.write_str(data)
    }

    #[inline]
    pub fn write_fmt(&mut self, fmt: Arguments<'_>) -> Result {
        if let Some(s) = fmt.as_str() { self.buf.write_str(s) } else { write(self.buf, fmt) }
    }

    #[must_use]
    #[deprecated(since = "1.24.0", note = "use the `sign_plus`, `sign_minus`, `alternate`, \
        or `sign_aware_zero_pad` methods instead")]
    pub fn flags(&self) -> u32 {
        (self.options.flags >> 21) & 0xf
    }

    #[must_use]
    pub fn fill(&self) -> char {
        self.options.get_fill()
    }

    #[must_use]
    pub fn align(&self) -> Option<Alignment> {
        self.options.get_align()
    }

    #[must_use]
    pub fn width(&self) -> Option<usize> {
        self.options.get_width().map(|w| w as usize)
    }

    #[must_use]
    pub fn precision(&self) -> Option<usize> {
        self.options.get_precision().map(|p| p as usize)
    }

    #[must_use]
    pub fn sign_plus(&self) -> bool {
        self.options.flags & options::SIGN_PLUS != 0
    }

    #[must_use]
    pub fn sign_minus(&self) -> bool {
        self.options.flags & options::SIGN_MINUS != 0
    }

    #[must_use]
    pub fn sign(&self) -> Option<Sign> {
        self.options.get_sign()
    }

    #[must_use]
    pub fn alternate(&self) -> bool {
        self.options.flags & options::ALTERNATE != 0
    }

    #[must_use]
    pub fn sign_aware_zero_pad(&self) -> bool {
        self.options.flags & options::ZERO_PAD != 0
    }

    pub(crate) fn debug_lower_hex(&self) -> bool {
        self.options.flags & options::DEBUG_LOWER_HEX != 0
    }

    pub(crate) fn debug_upper_hex(&self) -> bool {
        self.options.flags & options::DEBUG_UPPER_HEX != 0
    }

    #[must_use]
    pub const fn options(&self) -> FormattingOptions {
        self.options
    }
}

impl Write for Formatter<'_> {
    fn write_str(&mut self, s: &str) -> Result {
        self.buf.write_str(s)
    }

    fn write_char(&mut self, c: char) -> Result {
        self.buf.write_char(c)
    }

    #[inline]
    fn write_fmt(&mut self, args: Arguments<'_>) -> Result {
        if let Some(s) = args.as_str() { self.buf.write_str(s) } else { write(self.buf, args) }
    }
}

macro_rules! fmt_refs {
    ($($Trait:ident)*) => {$(
        impl<T: PointeeSized + $Trait> $Trait for &T {
            fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                $Trait::fmt(&**self, f)
            }
        }
        impl<T: PointeeSized + $Trait> $Trait for &mut T {
            fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                $Trait::fmt(&**self, f)
            }
        }
    )*};
}
fmt_refs! { Debug Display Octal Binary LowerHex UpperHex LowerExp UpperExp }

impl Debug for ! {
    fn fmt(&self, _: &mut Formatter<'_>) -> Result {
        *self
    }
}

impl Display for ! {
    fn fmt(&self, _: &mut Formatter<'_>) -> Result {
        *self
    }
}

impl Debug for bool {
    #[inline]
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        Display::fmt(self, f)
    }
}

impl Display for bool {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.pad(if *self { "true" } else { "false" })
    }
}

impl Debug for str {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_char('"')?;
        // Runs of characters that stand for themselves are written at once.
        let mut from = 0;
        for (i, c) in self.char_indices() {
            if c >= ' ' && c < '\x7f' && c != '"' && c != '\\' {
                continue;
            }
            let esc = c.escape_debug_ext(EscapeDebugExtArgs {
                escape_grapheme_extended: true,
                escape_single_quote: false,
                escape_double_quote: true,
            });
            if esc.len() != 1 {
                f.write_str(&self[from..i])?;
                Display::fmt(&esc, f)?;
                from = i + c.len_utf8();
            }
        }
        f.write_str(&self[from..])?;
        f.write_char('"')
    }
}

impl Display for str {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.pad(self)
    }
}

impl Debug for char {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_char('\'')?;
        let esc = self.escape_debug_ext(EscapeDebugExtArgs {
            escape_grapheme_extended: true,
            escape_single_quote: true,
            escape_double_quote: false,
        });
        Display::fmt(&esc, f)?;
        f.write_char('\'')
    }
}

impl Display for char {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        if f.options.width == 0 && f.options.get_precision().is_none() {
            f.write_char(*self)
        } else {
            f.pad(self.encode_utf8(&mut [0; 4]))
        }
    }
}

pub(crate) fn pointer_fmt_inner(address: usize, f: &mut Formatter<'_>) -> Result {
    let mut options = f.options;
    if f.alternate() {
        options.flags |= options::ZERO_PAD;
        if options.get_width().is_none() {
            options.width(Some(usize::BITS as u16 / 4 + 2));
        }
    }
    options.flags |= options::ALTERNATE;
    LowerHex::fmt(&address, &mut f.with_options(options))
}

impl<T: PointeeSized> Pointer for *const T {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        pointer_fmt_inner(*self as *const () as usize, f)
    }
}

impl<T: PointeeSized> Pointer for *mut T {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        pointer_fmt_inner(*self as *const () as usize, f)
    }
}

impl<T: PointeeSized> Pointer for &T {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        Pointer::fmt(&(*self as *const T), f)
    }
}

impl<T: PointeeSized> Pointer for &mut T {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        Pointer::fmt(&(&**self as *const T), f)
    }
}

impl<T: PointeeSized> Debug for *const T {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        Pointer::fmt(self, f)
    }
}

impl<T: PointeeSized> Debug for *mut T {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        Pointer::fmt(self, f)
    }
}

macro_rules! debug_tuples {
    ($(($($T:ident $i:tt)*))*) => {$(
        impl<$($T: Debug),*> Debug for ($($T,)*) {
            fn fmt(&self, f: &mut Formatter<'_>) -> Result {
                let mut builder = f.debug_tuple("");
                $(builder.field(&self.$i);)*
                builder.finish()
            }
        }
    )*};
}
debug_tuples! {
    (A 0)
    (A 0 B 1)
    (A 0 B 1 C 2)
    (A 0 B 1 C 2 D 3)
    (A 0 B 1 C 2 D 3 E 4)
    (A 0 B 1 C 2 D 3 E 4 F 5)
    (A 0 B 1 C 2 D 3 E 4 F 5 G 6)
    (A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7)
    (A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8)
    (A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9)
    (A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10)
    (A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11)
}

impl<T: Debug> Debug for [T] {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl Debug for () {
    #[inline]
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.pad("()")
    }
}

impl<T: ?Sized> Debug for PhantomData<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "PhantomData<{}>", crate::any::type_name::<T>())
    }
}
