//! From text to tokens, with all brackets balanced (Reference, "Lexical structure").
//!
//! [`lex_file`] lexes a source file, [`lex_text`] any other text. Errors go to the [`DiagCtxt`] as they are found; a literal
//! that is wrong is a `LitKind::Err` token, a character that is none is left out. What cannot be gone on from (an unterminated
//! string, unbalanced brackets) makes the whole an error.
//!
//! Start with `raw.rs` for the shape of the tokens, `cursor.rs` for what the regular expressions cannot say.

mod confusables;
mod delimiters;
mod escapes;
mod literals;
mod prelude;
mod raw;
mod tokens;

use ast::tokenstream::TokenStream;
use diagnostics::{DiagCtxt, ErrorGuaranteed};
use span::{BytePos, Edition, SourceFile, Span};

pub use escapes::escape_for_message;

/// Lexes a file: a shebang line and frontmatter are passed over.
pub fn lex_file(dcx: &DiagCtxt, file: &SourceFile, edition: Edition) -> Result<TokenStream, ErrorGuaranteed> {
    let src: &str = &file.src;
    let skip = prelude::len_before_tokens(dcx, src, file.start_pos);
    let context = LexContext { dcx, src, base: file.start_pos, edition, override_span: None };
    tokens::lex(&context, skip)
}

/// Lexes text that is no file. With `override_span` all tokens have that span.
pub fn lex_text(
    dcx: &DiagCtxt,
    src: &str,
    start_pos: BytePos,
    edition: Edition,
    override_span: Option<Span>,
) -> Result<TokenStream, ErrorGuaranteed> {
    let context = LexContext { dcx, src, base: start_pos, edition, override_span };
    tokens::lex(&context, 0)
}

/// What all parts of the lexer read.
struct LexContext<'a> {
    dcx: &'a DiagCtxt,
    src: &'a str,
    base: BytePos,
    edition: Edition,
    override_span: Option<Span>,
}

impl LexContext<'_> {
    #[inline]
    fn span(&self, start: usize, end: usize) -> Span {
        match self.override_span {
            Some(span) => span,
            None => Span::with_root_ctxt(BytePos(self.base.0 + start as u32), BytePos(self.base.0 + end as u32)),
        }
    }
}
