//! The loop: takes what `logos` found, completes it, and pushes it to the token buffer.

use ast::AttrStyle;
use ast::token::{CommentKind, Delimiter, IdentIsRaw, TokenKind};
use ast::tokenstream::{Spacing, TokenStream};
use diagnostics::codes::E0758;
use diagnostics::{Applicability, ErrorGuaranteed};
use logos::Logos;
use span::Symbol;

use crate::delimiters::Delimiters;
use crate::raw::Raw;
use crate::{LexContext, confusables};

/// The text from `from` on, as tokens.
pub(crate) fn lex(context: &LexContext<'_>, from: usize) -> Result<TokenStream, ErrorGuaranteed> {
    let mut lexer = Lexer {
        context,
        src: context.src,
        out: Delimiters::new(context),
        pending: None,
        nbsp_is_whitespace: false,
        emoji_idents: Vec::new(),
    };
    let result = lexer.run(from);
    lexer.report_emoji_idents();
    result?;
    lexer.out.finish(context.src.len())
}

/// A lexical error from which there is no going on.
pub(crate) type Fatal<T> = Result<T, ErrorGuaranteed>;

pub(crate) struct Lexer<'a> {
    pub(crate) context: &'a LexContext<'a>,
    pub(crate) src: &'a str,
    out: Delimiters<'a>,
    /// The last token, whose spacing the next one tells.
    pending: Option<(TokenKind, usize, usize)>,
    nbsp_is_whitespace: bool,
    /// Identifiers with emoji in them, each with its places.
    emoji_idents: Vec<(Symbol, Vec<span::Span>)>,
}

impl<'a> Lexer<'a> {
    fn run(&mut self, from: usize) -> Fatal<()> {
        let mut raw = Raw::lexer(&self.src[from..]);
        // `logos` goes on by itself; where a token ended elsewhere, it is moved on.
        let mut base = from;
        while let Some(found) = raw.next() {
            let start = base + raw.span().start;
            let end = base + raw.span().end;
            let at = match found {
                Ok(found) => self.token(found, start, end)?,
                Err(()) => self.unknown(start)?,
            };
            if self.out.is_done() {
                break;
            }
            if at > end {
                raw.bump(at - end);
            } else if at < end {
                base = at;
                raw = Raw::lexer(&self.src[at..]);
            }
        }
        self.flush(None);
        Ok(())
    }

    fn flush(&mut self, next: Option<(TokenKind, usize)>) {
        if let Some((kind, start, end)) = self.pending.take() {
            let spacing = match next {
                Some((next, next_start)) if next_start == end => {
                    if next.is_punct() {
                        Spacing::Joint
                    } else {
                        Spacing::JointHidden
                    }
                }
                _ => Spacing::Alone,
            };
            self.out.push(kind, self.context.span(start, end), spacing);
        }
    }

    #[inline]
    pub(crate) fn push(&mut self, kind: TokenKind, start: usize, end: usize) {
        self.flush(Some((kind, start)));
        self.pending = Some((kind, start, end));
    }

    pub(crate) fn byte(&self, at: usize) -> u8 {
        self.src.as_bytes().get(at).copied().unwrap_or(0)
    }

    /// One token; returns where it ends.
    #[inline]
    fn token(&mut self, raw: Raw, start: usize, end: usize) -> Fatal<usize> {
        let kind = match raw {
            Raw::Whitespace => return Ok(end),
            Raw::Ident => return self.ident(start, end),
            Raw::LineComment => return Ok(self.line_comment(start, end)),
            Raw::BlockComment => return self.block_comment(start),
            Raw::Number => return Ok(self.number(start)),
            Raw::SingleQuote => return self.single_quote(start),
            Raw::DoubleQuote => return self.string(start, start, crate::literals::Prefix::Str),
            Raw::Pound => return self.pound(start),
            Raw::OpenParen => TokenKind::OpenParen,
            Raw::CloseParen => TokenKind::CloseParen,
            Raw::OpenBrace => TokenKind::OpenBrace,
            Raw::CloseBrace => TokenKind::CloseBrace,
            Raw::OpenBracket => TokenKind::OpenBracket,
            Raw::CloseBracket => TokenKind::CloseBracket,
            Raw::Eq => TokenKind::Eq,
            Raw::Lt => TokenKind::Lt,
            Raw::Le => TokenKind::Le,
            Raw::EqEq => TokenKind::EqEq,
            Raw::Ne => TokenKind::Ne,
            Raw::Ge => TokenKind::Ge,
            Raw::Gt => TokenKind::Gt,
            Raw::AndAnd => TokenKind::AndAnd,
            Raw::OrOr => TokenKind::OrOr,
            Raw::Bang => TokenKind::Bang,
            Raw::Tilde => TokenKind::Tilde,
            Raw::Plus => TokenKind::Plus,
            Raw::Minus => TokenKind::Minus,
            Raw::Star => TokenKind::Star,
            Raw::Slash => TokenKind::Slash,
            Raw::Percent => TokenKind::Percent,
            Raw::Caret => TokenKind::Caret,
            Raw::And => TokenKind::And,
            Raw::Or => TokenKind::Or,
            Raw::Shl => TokenKind::Shl,
            Raw::Shr => TokenKind::Shr,
            Raw::PlusEq => TokenKind::PlusEq,
            Raw::MinusEq => TokenKind::MinusEq,
            Raw::StarEq => TokenKind::StarEq,
            Raw::SlashEq => TokenKind::SlashEq,
            Raw::PercentEq => TokenKind::PercentEq,
            Raw::CaretEq => TokenKind::CaretEq,
            Raw::AndEq => TokenKind::AndEq,
            Raw::OrEq => TokenKind::OrEq,
            Raw::ShlEq => TokenKind::ShlEq,
            Raw::ShrEq => TokenKind::ShrEq,
            Raw::At => TokenKind::At,
            Raw::Dot => TokenKind::Dot,
            Raw::DotDot => TokenKind::DotDot,
            Raw::DotDotDot => TokenKind::DotDotDot,
            Raw::DotDotEq => TokenKind::DotDotEq,
            Raw::Comma => TokenKind::Comma,
            Raw::Semi => TokenKind::Semi,
            Raw::Colon => TokenKind::Colon,
            Raw::PathSep => TokenKind::PathSep,
            Raw::RArrow => TokenKind::RArrow,
            Raw::LArrow => TokenKind::LArrow,
            Raw::FatArrow => TokenKind::FatArrow,
            Raw::Dollar => TokenKind::Dollar,
            Raw::Question => TokenKind::Question,
        };
        self.push(kind, start, end);
        Ok(end)
    }

    fn ident(&mut self, start: usize, end: usize) -> Fatal<usize> {
        let next = self.byte(end);
        if matches!(next, b'"' | b'\'' | b'#') {
            return self.prefixed(start, end);
        }
        if next >= 0x80 && self.src[end..].chars().next().is_some_and(confusables::is_emoji) {
            return Ok(self.emoji_ident(start));
        }
        self.push_ident(start, end, IdentIsRaw::No);
        Ok(end)
    }

    /// The text of an identifier (or keyword) as a token.
    pub(crate) fn push_ident(&mut self, start: usize, end: usize, is_raw: IdentIsRaw) {
        let text_start = if is_raw == IdentIsRaw::Yes { start + 2 } else { start };
        let name = Symbol::intern(&self.src[text_start..end]);
        self.push(TokenKind::Ident(name, is_raw), start, end);
    }

    /// An identifier with emoji in it, which there may not be.
    fn emoji_ident(&mut self, start: usize) -> usize {
        let text = &self.src[start..];
        let is_part =
            |c: char| unicode_ident_continue(c) || confusables::is_emoji(c) || c == '\u{200d}' || c == '\u{fe0f}';
        let len = text.find(|c| !is_part(c)).unwrap_or(text.len());
        let end = start + len;
        let span = self.context.span(start, end);
        let name = Symbol::intern(&self.src[start..end]);
        match self.emoji_idents.iter_mut().find(|(known, _)| *known == name) {
            Some((_, spans)) => spans.push(span),
            None => self.emoji_idents.push((name, vec![span])),
        }
        self.push_ident(start, end, IdentIsRaw::No);
        end
    }

    fn report_emoji_idents(&mut self) {
        for (name, spans) in std::mem::take(&mut self.emoji_idents) {
            self.context.dcx.span_err(spans, format!("identifiers cannot contain emoji: `{name}`"));
        }
    }

    fn line_comment(&mut self, start: usize, end: usize) -> usize {
        let text = &self.src[start..end];
        let style = match text.as_bytes() {
            [b'/', b'/', b'!', ..] => AttrStyle::Inner,
            [b'/', b'/', b'/', b'/', ..] => return end,
            [b'/', b'/', b'/', ..] => AttrStyle::Outer,
            _ => return end,
        };
        self.check_doc_comment(start, end, CommentKind::Line);
        let data = Symbol::intern(&text[3..]);
        self.push(TokenKind::DocComment(CommentKind::Line, style, data), start, end);
        end
    }

    fn block_comment(&mut self, start: usize) -> Fatal<usize> {
        let bytes = self.src.as_bytes();
        let mut depth = 1usize;
        let mut at = start + 2;
        let mut last_open = start;
        while depth > 0 {
            match (bytes.get(at), bytes.get(at + 1)) {
                (Some(b'/'), Some(b'*')) => {
                    depth += 1;
                    last_open = at;
                    at += 2;
                }
                (Some(b'*'), Some(b'/')) => {
                    depth -= 1;
                    at += 2;
                }
                (Some(_), _) => at += 1,
                (None, _) => return Err(self.unterminated_block_comment(start, last_open, depth)),
            }
        }
        let text = &self.src[start..at];
        let style = match text.as_bytes() {
            [b'/', b'*', b'!', ..] => AttrStyle::Inner,
            [b'/', b'*', b'*', b'*' | b'/', ..] => return Ok(at),
            [b'/', b'*', b'*', ..] => AttrStyle::Outer,
            _ => return Ok(at),
        };
        self.check_doc_comment(start, at, CommentKind::Block);
        let data = Symbol::intern(&text[3..text.len() - 2]);
        self.push(TokenKind::DocComment(CommentKind::Block, style, data), start, at);
        Ok(at)
    }

    fn unterminated_block_comment(&self, start: usize, last_open: usize, depth: usize) -> ErrorGuaranteed {
        let end = self.src.len();
        let is_doc = matches!(self.byte(start + 2), b'*' | b'!');
        let what = if is_doc { "unterminated block doc-comment" } else { "unterminated block comment" };
        let mut err = self.context.dcx.struct_span_err(self.context.span(start, end), what).with_code(E0758);
        if depth > 1 {
            err.span_label(self.context.span(start, start + 2), "unterminated block comment");
            if let Some(close) = self.src.rfind("*/") {
                err.span_label(
                    self.context.span(last_open, last_open + 2),
                    "...as last nested comment starts here, maybe you want to close this instead?",
                );
                err.span_label(self.context.span(close, close + 2), "...and last nested comment terminates here.");
            }
        }
        err.emit()
    }

    fn check_doc_comment(&self, start: usize, end: usize, kind: CommentKind) {
        let text = &self.src[start + 3..end];
        if !text.contains('\r') {
            return;
        }
        for (i, _) in text.match_indices('\r') {
            let at = start + 3 + i;
            if self.byte(at + 1) == b'\n' {
                continue;
            }
            let what = match kind {
                CommentKind::Line => "bare CR not allowed in doc-comment",
                CommentKind::Block => "bare CR not allowed in block doc-comment",
            };
            self.context.dcx.span_err(self.context.span(at, at + 1), what);
        }
    }

    /// `#`; since 2024 `#"` and `##` are reserved.
    fn pound(&mut self, start: usize) -> Fatal<usize> {
        if self.context.edition.at_least_rust_2024() && matches!(self.byte(start + 1), b'#' | b'"') {
            let hashes = self.src[start..].bytes().take_while(|b| *b == b'#').count();
            let quote = start + hashes;
            if self.byte(quote) == b'"' {
                let end = self.guarded_string_end(quote, hashes);
                let mut err = self
                    .context
                    .dcx
                    .struct_span_err(self.context.span(start, end), "invalid unprefixed guarded string literal");
                err.note("unprefixed guarded string literals are reserved for future use since Rust 2024");
                err.span_suggestion_verbose(
                    self.context.span(start + 1, start + 1),
                    "consider inserting whitespace here",
                    " ",
                    Applicability::MaybeIncorrect,
                );
                err.emit();
            } else if hashes > 1 {
                let mut err = self
                    .context
                    .dcx
                    .struct_span_err(self.context.span(start, start + 2), "reserved multi-hash token is forbidden");
                err.note("sequences of two or more # are reserved for future use since Rust 2024");
                err.span_suggestion_verbose(
                    self.context.span(start + 1, start + 1),
                    "consider inserting whitespace here",
                    " ",
                    Applicability::MaybeIncorrect,
                );
                err.emit();
                for i in 0..hashes {
                    self.push(TokenKind::Pound, start + i, start + i + 1);
                }
                return Ok(start + hashes);
            }
        }
        self.push(TokenKind::Pound, start, start + 1);
        Ok(start + 1)
    }

    fn guarded_string_end(&self, quote: usize, hashes: usize) -> usize {
        let mut at = quote + 1;
        loop {
            match self.byte(at) {
                b'\\' => at += 2,
                b'"' => {
                    let closing = self.src.as_bytes()[at + 1..].iter().take(hashes).take_while(|b| **b == b'#').count();
                    return at + 1 + closing;
                }
                0 if at >= self.src.len() => return self.src.len(),
                _ => at += 1,
            }
        }
    }

    /// A character that begins no token. Returns where to go on.
    fn unknown(&mut self, start: usize) -> Fatal<usize> {
        let c = self.src[start..].chars().next().expect("a character");
        let mut end = start + c.len_utf8();
        if confusables::is_emoji(c) && !c.is_ascii() {
            return Ok(self.emoji_ident(start));
        }
        if c == '\u{a0}' && self.nbsp_is_whitespace {
            return Ok(end);
        }
        let repeats = self.src[end..].chars().take_while(|next| *next == c).count();
        let all = end + repeats * c.len_utf8();
        let shown = crate::escape_for_message(c);
        let span = self.context.span(start, all);
        let mut err = self.context.dcx.struct_span_err(span, format!("unknown start of token: {shown}"));
        let mut token = None;
        if let Some((name, text, name_of, kind)) = confusables::lookup(c) {
            token = kind;
            confusables::suggest(&mut err, self, start, all, c, name, text, name_of);
        } else if c == '\0' {
            err.help("source files must contain UTF-8 encoded text, unexpected null bytes might occur when a different encoding is used");
        }
        if matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\u{34f}' | '\u{61c}') {
            err.help("invisible characters like '\\u{200b}' are not usually visible in text editors");
        }
        if repeats > 0 {
            let times = if repeats == 1 { "once".to_string() } else { format!("{repeats} times") };
            err.note(format!("character appears {times} more"));
        }
        err.emit();
        end = all;
        if c == '\u{a0}' {
            self.nbsp_is_whitespace = true;
        }
        if let Some(kind) = token {
            self.push(kind, start, end);
        }
        Ok(end)
    }

    /// `foo"`, `foo#`, `foo'`: reserved since 2021.
    pub(crate) fn report_unknown_prefix(&self, start: usize, end: usize) {
        if !self.context.edition.at_least_rust_2021() {
            return;
        }
        let prefix = &self.src[start..end];
        let span = self.context.span(start, end);
        let mut err = self.context.dcx.struct_span_err(span, format!("prefix `{prefix}` is unknown"));
        err.span_label(span, "unknown prefix");
        let space = self.context.span(end, end);
        match prefix {
            "rb" => {
                err.span_suggestion_verbose(
                    span,
                    "use `br` for a raw byte string",
                    "br",
                    Applicability::MaybeIncorrect,
                );
            }
            "F" | "f" if self.byte(end) == b'"' => {
                err.help("if you meant to format, use `format!(...)`");
                err.span_suggestion_verbose(
                    space,
                    "consider inserting whitespace here",
                    " ",
                    Applicability::MaybeIncorrect,
                );
            }
            _ => {
                err.span_suggestion_verbose(
                    space,
                    "consider inserting whitespace here",
                    " ",
                    Applicability::MaybeIncorrect,
                );
            }
        }
        err.note("prefixed identifiers and literals are reserved since Rust 2021");
        err.emit();
    }

    /// `r#self` and others that cannot be raw.
    pub(crate) fn check_raw_ident(&self, name: Symbol, start: usize, end: usize) {
        if !name.can_be_raw() {
            self.context.dcx.span_err(self.context.span(start, end), format!("`{name}` cannot be a raw identifier"));
        }
    }
}

/// May the character go on an identifier?
pub(crate) fn unicode_ident_continue(c: char) -> bool {
    if c.is_ascii() {
        return c == '_' || c.is_ascii_alphanumeric();
    }
    // The regular expression's class is the definition; this asks it.
    let mut buf = [0; 8];
    buf[0] = b'_';
    let len = 1 + c.encode_utf8(&mut buf[1..]).len();
    let text = std::str::from_utf8(&buf[..len]).expect("what was encoded");
    let mut raw = Raw::lexer(text);
    raw.next() == Some(Ok(Raw::Ident)) && raw.span().end == len
}

/// May the character begin an identifier?
pub(crate) fn unicode_ident_start(c: char) -> bool {
    if c.is_ascii() {
        return c == '_' || c.is_ascii_alphabetic();
    }
    let mut buf = [0; 4];
    Raw::lexer(c.encode_utf8(&mut buf)).next() == Some(Ok(Raw::Ident))
}

/// The delimiter of a bracket, which way it opens.
pub(crate) fn delimiter_of(kind: TokenKind) -> Option<(Delimiter, bool)> {
    Some(match kind {
        TokenKind::OpenParen => (Delimiter::Parenthesis, true),
        TokenKind::OpenBrace => (Delimiter::Brace, true),
        TokenKind::OpenBracket => (Delimiter::Bracket, true),
        TokenKind::CloseParen => (Delimiter::Parenthesis, false),
        TokenKind::CloseBrace => (Delimiter::Brace, false),
        TokenKind::CloseBracket => (Delimiter::Bracket, false),
        _ => return None,
    })
}
