//! Escape sequences in literals: checking, and what to say of wrong ones.

use diagnostics::{Applicability, ErrorGuaranteed};
use rustc_literal_escaper::{
    EscapeError, Mode, check_raw_byte_str, check_raw_c_str, check_raw_str, unescape_byte, unescape_byte_str,
    unescape_c_str, unescape_char, unescape_str,
};
use std::ops::Range;

use crate::tokens::Lexer;

/// How a message shows a character.
pub fn escape_for_message(c: char) -> String {
    match c {
        '\t' | '\n' | '\r' => c.escape_default().to_string(),
        _ if !c.is_ascii()
            || c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{a0}' | '\u{ad}') =>
        {
            c.escape_unicode().to_string()
        }
        _ => c.to_string(),
    }
}

/// Checks the text of a literal (a range of the source); the whole literal is `outer`.
pub(crate) fn check(
    lexer: &Lexer<'_>,
    mode: Mode,
    text: (usize, usize),
    outer: (usize, usize),
) -> Option<ErrorGuaranteed> {
    let content = &lexer.src[text.0..text.1];
    let mut guar = None;
    let mut report = |range: Range<usize>, error: EscapeError| {
        if let Some(error) = emit(lexer, mode, text, outer, range, error) {
            guar = Some(error);
        }
    };
    match mode {
        Mode::Char => {
            if let Err(error) = unescape_char(content) {
                report(0..content.len(), error);
            }
        }
        Mode::Byte => {
            if let Err(error) = unescape_byte(content) {
                report(0..content.len(), error);
            }
        }
        Mode::Str => unescape_str(content, |range, c| {
            if let Err(error) = c {
                report(range, error);
            }
        }),
        Mode::ByteStr => unescape_byte_str(content, |range, c| {
            if let Err(error) = c {
                report(range, error);
            }
        }),
        Mode::CStr => unescape_c_str(content, |range, c| {
            if let Err(error) = c {
                report(range, error);
            }
        }),
        Mode::RawStr => check_raw_str(content, |range, c| {
            if let Err(error) = c {
                report(range, error);
            }
        }),
        Mode::RawByteStr => check_raw_byte_str(content, |range, c| {
            if let Err(error) = c {
                report(range, error);
            }
        }),
        Mode::RawCStr => check_raw_c_str(content, |range, c| {
            if let Err(error) = c {
                report(range, error);
            }
        }),
    }
    guar
}

/// The last character of a range, as most errors are about it.
fn last_char(lexer: &Lexer<'_>, start: usize, end: usize) -> (char, usize) {
    match lexer.src[start..end].char_indices().next_back() {
        Some((i, c)) => (c, start + i),
        None => ('\0', start),
    }
}

fn emit(
    lexer: &Lexer<'_>,
    mode: Mode,
    text: (usize, usize),
    outer: (usize, usize),
    range: Range<usize>,
    error: EscapeError,
) -> Option<ErrorGuaranteed> {
    let dcx = lexer.context.dcx;
    let (start, end) = (text.0 + range.start, text.0 + range.end);
    let span = lexer.context.span(start, end);
    let outer_span = lexer.context.span(outer.0, outer.1);
    let (last, last_at) = last_char(lexer, start, end);
    let last_span = lexer.context.span(last_at, last_at + last.len_utf8());
    let quoted = if mode.in_double_quotes() { "string" } else { "character" };
    let err = match error {
        EscapeError::ZeroChars => {
            let what = if mode == Mode::Byte { "byte" } else { "character" };
            let mut err = dcx.struct_span_err(
                lexer.context.span(text.0, text.0),
                if mode == Mode::Byte { "empty byte constant" } else { "empty character literal" }.to_string(),
            );
            err.span_label(
                lexer.context.span(text.0, text.0),
                if what == "byte" { "empty byte constant" } else { "empty character literal" },
            );
            err
        }
        EscapeError::MoreThanOneChar => {
            let msg = if mode == Mode::Byte {
                "if you meant to write a byte string literal, use double quotes"
            } else {
                "if you meant to write a string literal, use double quotes"
            };
            let prefix = if mode == Mode::Byte { "b" } else { "" };
            let mut err =
                dcx.struct_span_err(outer_span, "character literal may only contain one codepoint".to_string());
            let content = &lexer.src[text.0..text.1];
            err.multipart_suggestion(
                msg,
                vec![
                    (lexer.context.span(outer.0, text.0), format!("{prefix}\"")),
                    (lexer.context.span(text.1, outer.1), "\"".to_string()),
                ],
                if content.contains('"') { Applicability::MaybeIncorrect } else { Applicability::MachineApplicable },
            );
            err
        }
        EscapeError::EscapeOnlyChar => {
            let msg =
                if mode == Mode::Byte { "byte constant must be escaped" } else { "character constant must be escaped" };
            let shown = last.escape_default().to_string();
            let mut err = dcx.struct_span_err(last_span, format!("{msg}: `{shown}`"));
            err.span_suggestion(last_span, "escape the character", shown, Applicability::MachineApplicable);
            err
        }
        EscapeError::BareCarriageReturn => {
            let msg = if mode.in_double_quotes() {
                "bare CR not allowed in string, use `\\r` instead"
            } else {
                "character constant must be escaped: `\\r`"
            };
            let mut err = dcx.struct_span_err(span, msg);
            err.span_suggestion(span, "escape the character", "\\r", Applicability::MachineApplicable);
            err
        }
        EscapeError::BareCarriageReturnInRawString => dcx.struct_span_err(span, "bare CR not allowed in raw string"),
        EscapeError::InvalidEscape => {
            let byte = matches!(mode, Mode::Byte | Mode::ByteStr);
            let label = if byte { "unknown byte escape" } else { "unknown character escape" };
            let shown = crate::escape_for_message(last);
            let mut err = dcx.struct_span_err(last_span, format!("{label}: `{shown}`"));
            err.span_label(last_span, label);
            if last == '{' || last == '}' && !byte {
                err.help("if used in a formatting string, curly braces are escaped with `{{` and `}}`");
            } else if last == '\r' {
                err.help(
                    "this is an isolated carriage return; consider checking your editor and version control settings",
                );
            } else {
                err.help("for more information, visit <https://doc.rust-lang.org/reference/tokens.html#literals>");
            }
            err
        }
        EscapeError::TooShortHexEscape => dcx.struct_span_err(span, "numeric character escape is too short"),
        EscapeError::InvalidCharInHexEscape | EscapeError::InvalidCharInUnicodeEscape => {
            let msg = if error == EscapeError::InvalidCharInHexEscape {
                "invalid character in numeric character escape"
            } else {
                "invalid character in unicode escape"
            };
            let shown = crate::escape_for_message(last);
            let mut err = dcx.struct_span_err(last_span, format!("{msg}: `{shown}`"));
            err.span_label(last_span, msg);
            err
        }
        EscapeError::NonAsciiCharInByte => {
            let what = if mode == Mode::ByteStr || mode == Mode::RawByteStr {
                if mode == Mode::RawByteStr { "raw byte string literal" } else { "byte string literal" }
            } else {
                "byte literal"
            };
            let mut err = dcx.struct_span_err(last_span, format!("non-ASCII character in {what}"));
            err.span_label(last_span, "must be ASCII");
            err
        }
        EscapeError::OutOfRangeHexEscape => {
            let mut err = dcx.struct_span_err(span, "out of range hex escape");
            err.span_label(span, "must be a character in the range [\\x00-\\x7f]");
            err
        }
        EscapeError::LeadingUnderscoreUnicodeEscape => {
            let mut err = dcx.struct_span_err(last_span, "invalid start of unicode escape: `_`".to_string());
            err.span_label(last_span, "invalid start of unicode escape");
            err
        }
        EscapeError::OverlongUnicodeEscape => {
            let mut err = dcx.struct_span_err(span, "overlong unicode escape");
            err.span_label(span, "must have at most 6 hex digits");
            err
        }
        EscapeError::UnclosedUnicodeEscape => {
            let mut err = dcx.struct_span_err(span, "unterminated unicode escape");
            err.span_label(span, "missing a closing `}`");
            err
        }
        EscapeError::NoBraceInUnicodeEscape => {
            let mut err = dcx.struct_span_err(span, "incorrect unicode escape sequence");
            err.span_label(span, "incorrect unicode escape sequence");
            err.help("format of unicode escape sequences is `\\u{...}`");
            err
        }
        EscapeError::UnicodeEscapeInByte => {
            let mut err = dcx.struct_span_err(span, "unicode escape in byte string");
            err.span_label(span, "unicode escape in byte string");
            err.help("unicode escape sequences cannot be used as a byte or in a byte string");
            err
        }
        EscapeError::EmptyUnicodeEscape => {
            let mut err = dcx.struct_span_err(span, "empty unicode escape");
            err.span_label(span, "this escape must have at least 1 hex digit");
            err
        }
        EscapeError::LoneSurrogateUnicodeEscape => {
            let mut err = dcx.struct_span_err(span, "invalid unicode character escape");
            err.span_label(span, "invalid escape");
            err.help("unicode escape must not be a surrogate");
            err
        }
        EscapeError::OutOfRangeUnicodeEscape => {
            let mut err = dcx.struct_span_err(span, "invalid unicode character escape");
            err.span_label(span, "invalid escape");
            err.help("unicode escape must be at most 10FFFF");
            err
        }
        EscapeError::NulInCStr => dcx.struct_span_err(span, "null characters in C string literals are not supported"),
        EscapeError::LoneSlash => {
            let mut err = dcx.struct_span_err(span, format!("invalid trailing slash in {quoted} literal"));
            err.span_label(span, format!("invalid trailing slash in {quoted} literal"));
            err
        }
        EscapeError::UnskippedWhitespaceWarning => {
            let shown = crate::escape_for_message(last);
            let mut warning = dcx.struct_span_warn(span, format!("whitespace symbol '{shown}' is not skipped"));
            warning.span_label(span, "whitespace symbol is not skipped");
            warning.emit();
            return None;
        }
        EscapeError::MultipleSkippedLinesWarning => {
            let mut warning = dcx.struct_span_warn(span, "multiple lines skipped by escaped newline");
            warning.span_label(span, "skipping everything up to and including this point");
            warning.emit();
            return None;
        }
    };
    Some(err.emit())
}
