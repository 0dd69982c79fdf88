//! Literals, lifetimes and raw identifiers: what a quote, a digit or a prefix begins.

use ast::token::{IdentIsRaw, Lit, LitKind, TokenKind};
use diagnostics::codes::{E0748, E0762, E0763, E0765, E0766, E0767, E0768};
use diagnostics::{Applicability, ErrCode};
use rustc_literal_escaper::Mode;
use span::Symbol;

use crate::escapes;
use crate::tokens::{Fatal, Lexer, unicode_ident_continue, unicode_ident_start};

/// The kinds of string.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Prefix {
    Str,
    Byte,
    C,
}

impl Prefix {
    fn mode(self) -> Mode {
        match self {
            Prefix::Str => Mode::Str,
            Prefix::Byte => Mode::ByteStr,
            Prefix::C => Mode::CStr,
        }
    }

    fn raw_mode(self) -> Mode {
        match self {
            Prefix::Str => Mode::RawStr,
            Prefix::Byte => Mode::RawByteStr,
            Prefix::C => Mode::RawCStr,
        }
    }

    fn kind(self) -> LitKind {
        match self {
            Prefix::Str => LitKind::Str,
            Prefix::Byte => LitKind::ByteStr,
            Prefix::C => LitKind::CStr,
        }
    }

    fn raw_kind(self, hashes: u8) -> LitKind {
        match self {
            Prefix::Str => LitKind::StrRaw(hashes),
            Prefix::Byte => LitKind::ByteStrRaw(hashes),
            Prefix::C => LitKind::CStrRaw(hashes),
        }
    }

    fn unterminated(self) -> (&'static str, ErrCode) {
        match self {
            Prefix::Str => ("unterminated double quote string", E0765),
            Prefix::Byte => ("unterminated double quote byte string", E0766),
            Prefix::C => ("unterminated C string", E0767),
        }
    }
}

impl Lexer<'_> {
    fn char_at(&self, at: usize) -> Option<char> {
        self.src.get(at..)?.chars().next()
    }

    fn ident_start_at(&self, at: usize) -> bool {
        self.char_at(at).is_some_and(unicode_ident_start)
    }

    /// The end of the identifier characters from `at` on.
    fn ident_end(&self, at: usize) -> usize {
        let rest = &self.src[at..];
        at + rest.find(|c| !unicode_ident_continue(c)).unwrap_or(rest.len())
    }

    /// The suffix behind a literal, if there is one; returns where the token ends.
    fn suffix(&self, at: usize) -> (Option<Symbol>, usize) {
        if !self.ident_start_at(at) {
            return (None, at);
        }
        let end = self.ident_end(at);
        let text = &self.src[at..end];
        if text == "_" {
            self.context.dcx.span_err(self.context.span(at, end), "underscore literal suffix is not allowed");
            return (None, end);
        }
        (Some(Symbol::intern(text)), end)
    }

    fn push_lit(&mut self, kind: LitKind, text: (usize, usize), start: usize, suffix_at: usize) -> usize {
        let (suffix, end) = self.suffix(suffix_at);
        let symbol = Symbol::intern(&self.src[text.0..text.1]);
        self.push(TokenKind::Literal(Lit::new(kind, symbol, suffix)), start, end);
        end
    }

    /// A string from its opening quote on; the token begins at `start`.
    pub(crate) fn string(&mut self, start: usize, quote: usize, prefix: Prefix) -> Fatal<usize> {
        let bytes = self.src.as_bytes();
        let mut at = quote + 1;
        let mut escaped = false;
        loop {
            match bytes.get(at) {
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    at += 2;
                }
                Some(b) => {
                    escaped |= *b == b'\r' || (*b >= 0x80 || *b == 0) && prefix != Prefix::Str;
                    at += 1;
                }
                None => {
                    let (msg, code) = prefix.unterminated();
                    let span = self.context.span(start, self.src.len());
                    let err = self.context.dcx.struct_span_err(span, msg).with_code(code);
                    return Err(err.emit());
                }
            }
        }
        let text = (quote + 1, at);
        let mut kind = prefix.kind();
        if escaped && let Some(guar) = escapes::check(self, prefix.mode(), text, (start, at + 1)) {
            kind = LitKind::Err(guar);
        }
        if let LitKind::Err(_) = kind {
            return Ok(self.push_lit(kind, (start, at + 1), start, at + 1));
        }
        Ok(self.push_lit(kind, text, start, at + 1))
    }

    /// `r"..."`, `r#"..."#`: from the first `#` or quote on.
    fn raw_string(&mut self, start: usize, from: usize, prefix: Prefix) -> Fatal<usize> {
        let bytes = self.src.as_bytes();
        let hashes = bytes[from..].iter().take_while(|b| **b == b'#').count();
        let quote = from + hashes;
        if bytes.get(quote) != Some(&b'"') {
            let found = self.char_at(quote);
            let Some(found) = found else {
                return Err(self.unterminated_raw_string(start, quote, hashes, None));
            };
            let span = self.context.span(start, quote + found.len_utf8());
            let msg = format!(
                "found invalid character; only `#` is allowed in raw string delimitation: {}",
                crate::escape_for_message(found)
            );
            return Err(self.context.dcx.span_err(span, msg));
        }
        let mut at = quote + 1;
        let mut best: (usize, Option<usize>) = (0, None);
        let close = loop {
            match bytes[at..].iter().position(|b| *b == b'"') {
                None => return Err(self.unterminated_raw_string(start, quote, hashes, best.1.map(|at| (best.0, at)))),
                Some(i) => {
                    let end = at + i;
                    let closing = bytes[end + 1..].iter().take(hashes).take_while(|b| **b == b'#').count();
                    if closing == hashes {
                        break end;
                    }
                    if closing > best.0 {
                        best = (closing, Some(end + 1));
                    }
                    at = end + 1;
                }
            }
        };
        let text = (quote + 1, close);
        let end = close + 1 + hashes;
        let Ok(count) = u8::try_from(hashes) else {
            let msg = format!(
                "too many `#` symbols: raw strings may be delimited by up to 255 `#` symbols, but found {hashes}"
            );
            return Err(self.context.dcx.span_err(self.context.span(start, end), msg));
        };
        let needs_check = self.src.as_bytes()[text.0..text.1]
            .iter()
            .any(|b| *b == b'\r' || prefix != Prefix::Str && (*b >= 0x80 || *b == 0));
        if needs_check && let Some(guar) = escapes::check(self, prefix.raw_mode(), text, (start, end)) {
            return Ok(self.push_lit(LitKind::Err(guar), (start, end), start, end));
        }
        Ok(self.push_lit(prefix.raw_kind(count), text, start, end))
    }

    fn unterminated_raw_string(
        &self,
        start: usize,
        quote: usize,
        hashes: usize,
        best: Option<(usize, usize)>,
    ) -> diagnostics::ErrorGuaranteed {
        let span = self.context.span(start, quote);
        let mut err = self.context.dcx.struct_span_err(span, "unterminated raw string").with_code(E0748);
        err.span_label(span, "unterminated raw string");
        if hashes > 0 {
            err.note(format!("this raw string should be terminated with `\"{}`", "#".repeat(hashes)));
        }
        if let Some((found, at)) = best {
            err.span_suggestion(
                self.context.span(at, at + found),
                "consider terminating the string here",
                "#".repeat(hashes),
                Applicability::MaybeIncorrect,
            );
        }
        err.emit()
    }

    /// An identifier with `"`, `'` or `#` right behind it.
    pub(crate) fn prefixed(&mut self, start: usize, end: usize) -> Fatal<usize> {
        let next = self.byte(end);
        let prefix = &self.src[start..end];
        let raw_follows = |this: &Self| {
            let hashes = this.src.as_bytes()[end..].iter().take_while(|b| **b == b'#').count();
            this.byte(end + hashes) == b'"'
        };
        match (prefix, next) {
            ("r", b'#') if self.ident_start_at(end + 1) => {
                let close = self.ident_end(end + 1);
                let name = Symbol::intern(&self.src[end + 1..close]);
                self.check_raw_ident(name, start, close);
                self.push_ident(start, close, IdentIsRaw::Yes);
                return Ok(close);
            }
            ("r", b'"' | b'#') => return self.raw_string(start, end, Prefix::Str),
            ("b", b'"') => return self.string(start, end, Prefix::Byte),
            ("b", b'\'') => return self.byte_char(start, end),
            ("br", b'"') => return self.raw_string(start, end, Prefix::Byte),
            ("br", b'#') if raw_follows(self) => return self.raw_string(start, end, Prefix::Byte),
            ("c", b'"') if self.context.edition.at_least_rust_2021() => return self.string(start, end, Prefix::C),
            ("cr", b'"') if self.context.edition.at_least_rust_2021() => {
                return self.raw_string(start, end, Prefix::C);
            }
            ("cr", b'#') if raw_follows(self) && self.context.edition.at_least_rust_2021() => {
                return self.raw_string(start, end, Prefix::C);
            }
            _ => {}
        }
        self.report_unknown_prefix(start, end);
        self.push_ident(start, end, IdentIsRaw::No);
        Ok(end)
    }

    /// Where a quoted character ends, if it does: as far as it can be guessed.
    fn quoted_end(&self, quote: usize) -> Option<usize> {
        let bytes = self.src.as_bytes();
        let mut at = quote + 1;
        if let Some(c) = self.char_at(at)
            && c != '\\'
            && bytes.get(at + c.len_utf8()) == Some(&b'\'')
        {
            return Some(at + c.len_utf8() + 1);
        }
        loop {
            match bytes.get(at) {
                Some(b'\'') => return Some(at + 1),
                // Probably the beginning of a comment.
                Some(b'/') => return None,
                Some(b'\n') if bytes.get(at + 1) != Some(&b'\'') => return None,
                Some(b'\\') => at += 1 + self.char_at(at + 1).map_or(1, char::len_utf8),
                Some(_) => at += 1,
                None => return None,
            }
        }
    }

    fn unquoted_end(&self, quote: usize) -> usize {
        let bytes = self.src.as_bytes();
        let mut at = quote + 1;
        loop {
            match bytes.get(at) {
                Some(b'\'') => return at,
                Some(b'/') => return at,
                Some(b'\n') if bytes.get(at + 1) != Some(&b'\'') => return at,
                Some(b'\\') => at += 1 + self.char_at(at + 1).map_or(0, char::len_utf8),
                Some(_) => at += 1,
                None => return self.src.len(),
            }
        }
    }

    fn byte_char(&mut self, start: usize, quote: usize) -> Fatal<usize> {
        let Some(end) = self.quoted_end(quote) else {
            let span = self.context.span(start, self.unquoted_end(quote));
            return Err(self.context.dcx.struct_span_err(span, "unterminated byte constant").with_code(E0763).emit());
        };
        Ok(self.char_literal(start, quote, end, Mode::Byte, LitKind::Byte))
    }

    fn char_literal(&mut self, start: usize, quote: usize, end: usize, mode: Mode, kind: LitKind) -> usize {
        let text = (quote + 1, end - 1);
        match escapes::check(self, mode, text, (start, end)) {
            Some(guar) => self.push_lit(LitKind::Err(guar), (start, end), start, end),
            None => self.push_lit(kind, text, start, end),
        }
    }

    /// A character or a lifetime.
    pub(crate) fn single_quote(&mut self, start: usize) -> Fatal<usize> {
        let first = self.char_at(start + 1);
        let second_is_quote = first.is_some_and(|c| self.byte(start + 1 + c.len_utf8()) == b'\'');
        let starts_with_number = first.is_some_and(|c| c.is_ascii_digit());
        let may_be_lifetime = !second_is_quote && first.is_some_and(|c| unicode_ident_start(c) || c.is_ascii_digit());
        if !may_be_lifetime {
            let Some(end) = self.quoted_end(start) else {
                let span = self.context.span(start, self.unquoted_end(start));
                let err = self.context.dcx.struct_span_err(span, "unterminated character literal").with_code(E0762);
                return Err(err.emit());
            };
            return Ok(self.char_literal(start, start, end, Mode::Char, LitKind::Char));
        }
        if self.byte(start + 1) == b'r'
            && self.byte(start + 2) == b'#'
            && self.ident_start_at(start + 3)
            && self.context.edition.at_least_rust_2021()
        {
            return Ok(self.raw_lifetime(start));
        }
        let end = self.ident_end(start + 1);
        if self.byte(end) == b'\'' {
            return Ok(self.char_literal(start, start, end + 1, Mode::Char, LitKind::Char));
        }
        if starts_with_number {
            self.context.dcx.span_err(self.context.span(start, end), "lifetimes cannot start with a number");
        }
        if self.byte(end) == b'#' && !starts_with_number && self.context.edition.at_least_rust_2021() {
            let span = self.context.span(start, end);
            let name = &self.src[start..end];
            let mut err = self.context.dcx.struct_span_err(span, format!("prefix `{name}` is unknown"));
            err.span_label(span, "unknown prefix");
            err.span_suggestion_verbose(
                self.context.span(end, end),
                "consider inserting whitespace here",
                " ",
                Applicability::MaybeIncorrect,
            );
            err.note("prefixed identifiers and literals are reserved since Rust 2021");
            err.emit();
        }
        let name = Symbol::intern(&self.src[start..end]);
        self.push(TokenKind::Lifetime(name, IdentIsRaw::No), start, end);
        Ok(end)
    }

    /// `'r#name`
    fn raw_lifetime(&mut self, start: usize) -> usize {
        let end = self.ident_end(start + 3);
        let text = &self.src[start + 3..end];
        if !Symbol::intern(text).can_be_raw() {
            self.context.dcx.span_err(self.context.span(start, end), format!("`{text}` cannot be a raw lifetime"));
        }
        let name = Symbol::intern(&format!("'{text}"));
        if self.byte(end) == b'\'' {
            self.context.dcx.struct_span_err(self.context.span(start, end + 1), "unexpected `'` after lifetime").emit();
            self.push(TokenKind::Lifetime(name, IdentIsRaw::Yes), start, end);
            return end + 1;
        }
        self.push(TokenKind::Lifetime(name, IdentIsRaw::Yes), start, end);
        end
    }

    fn digits_end(&self, mut at: usize) -> usize {
        while matches!(self.byte(at), b'0'..=b'9' | b'_') {
            at += 1;
        }
        at
    }

    fn hex_digits_end(&self, mut at: usize) -> usize {
        while matches!(self.byte(at), b'0'..=b'9' | b'_' | b'a'..=b'f' | b'A'..=b'F') {
            at += 1;
        }
        at
    }

    /// A number; returns where it ends.
    pub(crate) fn number(&mut self, start: usize) -> usize {
        let (base, digits, mut at) = match (self.byte(start), self.byte(start + 1)) {
            (b'0', b'b') => (2, start + 2, self.digits_end(start + 2)),
            (b'0', b'o') => (8, start + 2, self.digits_end(start + 2)),
            (b'0', b'x') => (16, start + 2, self.hex_digits_end(start + 2)),
            _ => (10, start, self.digits_end(start)),
        };
        if base != 10 && !self.src.as_bytes()[digits..at].iter().any(|b| *b != b'_') {
            let (suffix, end) = self.suffix(at);
            let err =
                self.context.dcx.struct_span_err(self.context.span(start, at), "no valid digits found for number");
            let guar = err.with_code(E0768).emit();
            let symbol = Symbol::intern(&self.src[start..at]);
            self.push(TokenKind::Literal(Lit::new(LitKind::Err(guar), symbol, suffix)), start, end);
            return end;
        }
        let mut kind = LitKind::Integer;
        let mut exponent_missing = false;
        if self.byte(at) == b'.' && self.byte(at + 1) != b'.' && !self.ident_start_at(at + 1) {
            at += 1;
            kind = LitKind::Float;
            if self.byte(at).is_ascii_digit() {
                at = self.digits_end(at);
                if matches!(self.byte(at), b'e' | b'E') {
                    (at, exponent_missing) = self.exponent(at);
                }
            }
        } else if matches!(self.byte(at), b'e' | b'E') {
            (at, exponent_missing) = self.exponent(at);
            kind = LitKind::Float;
        }
        if exponent_missing {
            let guar =
                self.context.dcx.span_err(self.context.span(start, at), "expected at least one digit in exponent");
            kind = LitKind::Err(guar);
        }
        if kind == LitKind::Float && base != 10 {
            let name = match base {
                16 => "hexadecimal",
                8 => "octal",
                _ => "binary",
            };
            let guar = self
                .context
                .dcx
                .span_err(self.context.span(start, at), format!("{name} float literal is not supported"));
            kind = LitKind::Err(guar);
        }
        if kind == LitKind::Integer && (base == 2 || base == 8) {
            for i in digits..at {
                let b = self.byte(i);
                if b != b'_' && u32::from(b - b'0') >= base {
                    let span = self.context.span(i, i + 1);
                    let guar = self.context.dcx.span_err(span, format!("invalid digit for a base {base} literal"));
                    kind = LitKind::Err(guar);
                }
            }
        }
        self.push_lit(kind, (start, at), start, at)
    }

    /// From `e` on: where it ends, and whether there are no digits.
    fn exponent(&self, at: usize) -> (usize, bool) {
        let digits = if matches!(self.byte(at + 1), b'+' | b'-') { at + 2 } else { at + 1 };
        let end = self.digits_end(digits);
        (end, !self.src.as_bytes()[digits..end].iter().any(|b| *b != b'_'))
    }
}
