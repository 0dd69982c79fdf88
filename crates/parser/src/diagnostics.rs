//! What is said where the grammar has no continuation, and the recoveries that several productions share.

mod recover_expr;
mod recover_item;

use ast::token::{IdentIsRaw, Lit, Token, TokenKind};
use ast::{LitError, Recovered};
use diagnostics::{Applicability, Diag, ErrorGuaranteed};
use session::Session;
use span::{DUMMY_SP, Ident, Span, Symbol, kw};

use crate::parser::{PResult, Parser};
use crate::token_type::TokenType as T;

/// A token as messages call it: ``keyword `fn` ``, `` `x` ``.
pub fn token_descr(token: &Token) -> String {
    let text = ast::pretty::token_to_string(token);
    if let Some(kind) = token.is_metavar_seq() {
        return format!("`{kind}` metavariable");
    }
    let what = if token.is_special_ident() {
        "reserved identifier"
    } else if token.is_used_keyword() {
        "keyword"
    } else if token.is_unused_keyword() {
        "reserved keyword"
    } else if token.is_doc_comment() {
        "doc comment"
    } else {
        return format!("`{text}`");
    };
    format!("{what} `{text}`")
}

/// `a`, `a or b`, `a, b, or c`
fn tokens_to_string(tokens: &[&str]) -> String {
    match tokens {
        [] => String::new(),
        [one] => one.to_string(),
        [a, b] => format!("{a} or {b}"),
        [init @ .., last] => format!("{}, or {last}", init.join(", ")),
    }
}

/// Says why a literal has no value.
pub fn report_lit_error(sess: &Session, error: LitError, lit: Lit, span: Span) -> ErrorGuaranteed {
    let dcx = &sess.dcx;
    // `i7`, `u128x`: a wrong width.
    let looks_like_width =
        |s: &str, first: &[char]| s.len() > 1 && s.starts_with(first) && s[1..].chars().all(|c| c.is_ascii_digit());
    match error {
        LitError::InvalidSuffix(suffix) => {
            let msg = format!("suffixes on {} literals are invalid", lit.kind.descr());
            dcx.struct_span_err(span, msg).with_span_label(span, format!("invalid suffix `{suffix}`")).emit()
        }
        LitError::InvalidIntSuffix(suffix) => {
            let suf = suffix.as_str();
            if looks_like_width(suf, &['i', 'u']) {
                dcx.struct_span_err(span, format!("invalid width `{}` for integer literal", &suf[1..]))
                    .with_help("valid widths are 8, 16, 32, 64 and 128")
                    .emit()
            } else if let Some(fixed) = fix_base_capitalisation(lit.symbol.as_str(), suf) {
                dcx.struct_span_err(span, "invalid base prefix for number literal")
                    .with_note("base prefixes (`0xff`, `0b1010`, `0o755`) are lowercase")
                    .with_span_suggestion(span, "try making the prefix lowercase", fixed, Applicability::MaybeIncorrect)
                    .emit()
            } else {
                dcx.struct_span_err(span, format!("invalid suffix `{suf}` for number literal"))
                    .with_span_label(span, format!("invalid suffix `{suf}`"))
                    .with_help("the suffix must be one of the numeric types (`u32`, `isize`, `f32`, etc.)")
                    .emit()
            }
        }
        LitError::InvalidFloatSuffix(suffix) => {
            let suf = suffix.as_str();
            if looks_like_width(suf, &['f']) {
                dcx.struct_span_err(span, format!("invalid width `{}` for float literal", &suf[1..]))
                    .with_help("valid widths are 32 and 64")
                    .emit()
            } else {
                dcx.struct_span_err(span, format!("invalid suffix `{suf}` for float literal"))
                    .with_span_label(span, format!("invalid suffix `{suf}`"))
                    .with_help("valid suffixes are `f32` and `f64`")
                    .emit()
            }
        }
        LitError::NonDecimalFloat(base) => {
            let name = match base {
                16 => "hexadecimal",
                8 => "octal",
                _ => "binary",
            };
            dcx.struct_span_err(span, format!("{name} float literal is not supported"))
                .with_span_label(span, "not supported")
                .emit()
        }
        LitError::IntTooLarge(base) => {
            let max = match base {
                2 => format!("0b{:b}", u128::MAX),
                8 => format!("0o{:o}", u128::MAX),
                16 => format!("0x{:x}", u128::MAX),
                _ => u128::MAX.to_string(),
            };
            dcx.struct_span_err(span, "integer literal is too large")
                .with_note(format!("value exceeds limit of `{max}`"))
                .emit()
        }
    }
}

/// `0XFF`: lexed as `0` with a suffix.
fn fix_base_capitalisation(prefix: &str, suffix: &str) -> Option<String> {
    if prefix != "0" {
        return None;
    }
    let mut chars = suffix.chars();
    let base = chars.next()?;
    let digits = chars.as_str();
    let radix = match base {
        'X' => 16,
        'O' => 8,
        'B' => 2,
        _ => return None,
    };
    digits.chars().all(|c| c.is_digit(radix) || c == '_').then(|| format!("0{}{digits}", base.to_ascii_lowercase()))
}

impl<'a> Parser<'a> {
    /// Whether something stands on more than one line.
    pub(crate) fn is_multiline(&self, span: Span) -> bool {
        self.sess.source_map.is_multiline(span)
    }

    /// The error that none of what was asked for stands here.
    pub(crate) fn expected_error(&mut self) -> Diag<'a> {
        match self.expected_one_of_not_found_inner(&[], &[], false) {
            Err(err) => err,
            Ok(_) => self.silent_error(),
        }
    }

    pub(crate) fn expected_error_for_constraint(&mut self) -> Diag<'a> {
        let descr = token_descr(&self.token);
        self.dcx().struct_span_err(self.token.span, format!("expected one of `,` or `>`, found {descr}"))
    }

    pub(crate) fn expected_one_of_not_found(&mut self, edible: &[T], inedible: &[T]) -> PResult<'a, ErrorGuaranteed> {
        self.expected_one_of_not_found_inner(edible, inedible, self.may_recover())
    }

    fn expected_one_of_not_found_inner(
        &mut self,
        edible: &[T],
        inedible: &[T],
        recover: bool,
    ) -> PResult<'a, ErrorGuaranteed> {
        for what in edible.iter().chain(inedible) {
            self.expected.insert(*what);
        }
        if recover
            && self.expected.contains(T::Semi)
            && let Some(guar) = self.recover_missing_semicolon()?
        {
            return Ok(guar);
        }
        // `x == y` where `=` is meant.
        if self.token.kind == TokenKind::EqEq && self.prev_token.is_ident() && self.expected.contains(T::Eq) {
            let span = self.token.span;
            let err = self.dcx().struct_span_err(span, "unexpected `==`").with_span_suggestion_verbose(
                span,
                "try using `=` instead",
                "=",
                Applicability::MachineApplicable,
            );
            return Err(err);
        }
        if (self.token.is_keyword(kw::Move) || self.token.is_keyword(kw::Use)) && self.prev_token.is_keyword(kw::Async)
        {
            let span = self.prev_token.span.to(self.token.span);
            let what = if self.token.is_keyword(kw::Move) { "move" } else { "use" };
            return Err(self
                .dcx()
                .struct_span_err(span, format!("`async {what}` blocks are only allowed in Rust 2018 or later")));
        }
        let mut names: Vec<String> =
            self.expected.iter().filter(|what| !is_redundant(*what)).map(|what| what.descr().to_string()).collect();
        names.sort();
        names.dedup();
        let names: Vec<&str> = names.iter().map(|name| name.as_str()).collect();
        let expect = tokens_to_string(&names);
        let actual = token_descr(&self.token);
        let after = self.prev_token.span.shrink_to_hi();
        let (msg, label_span, label) = match names.len() {
            0 => {
                (format!("unexpected token: {actual}"), self.prev_token.span, "unexpected token after this".to_string())
            }
            1 => (format!("expected {expect}, found {actual}"), after, format!("expected {expect}")),
            n => {
                let short = if n > 6 { format!("{n} possible tokens") } else { expect.clone() };
                (format!("expected one of {expect}, found {actual}"), after, format!("expected one of {short}"))
            }
        };
        self.last_unexpected_token_span = Some(self.token.span);
        let mut err = self.dcx().struct_span_err(self.token.span, msg);
        let label_span = if self.token.kind == TokenKind::Eof { self.prev_token.span } else { label_span };
        if self.prev_token.span == DUMMY_SP
            || !self.is_multiline(self.token.span.shrink_to_hi().until(label_span.shrink_to_lo()))
        {
            err.span_label(self.token.span, label);
        } else {
            err.span_label(label_span, label);
            err.span_label(self.token.span, "unexpected token");
        }
        Err(err)
    }

    /// A `;` may be missing before what stands on the next line.
    fn recover_missing_semicolon(&mut self) -> PResult<'a, Option<ErrorGuaranteed>> {
        if self.prev_token.kind == TokenKind::Question {
            self.maybe_recover_from_ternary_operator(None)?;
        }
        if self.token.span == DUMMY_SP || self.prev_token.span == DUMMY_SP {
            return Ok(None);
        }
        if !self.is_multiline(self.prev_token.span.until(self.token.span)) {
            return Ok(None);
        }
        let is_comma_or_colon = matches!(self.token.kind, TokenKind::Comma | TokenKind::Colon);
        if is_comma_or_colon && self.prev_token.kind == TokenKind::CloseParen {
            return Ok(None);
        }
        let next_fits =
            self.look_ahead(1, |t| t.kind == TokenKind::CloseBrace || t.can_begin_expr() && t.kind != TokenKind::Colon);
        if next_fits && is_comma_or_colon {
            let guar = self.report_expected_semi(self.token.span, None, self.token.span);
            self.bump();
            return Ok(Some(guar));
        }
        let token = self.token;
        let begins_something = token.kind == TokenKind::CloseBrace
            || (token.can_begin_expr() || token.can_begin_item())
                && token.kind != TokenKind::Semi
                && token.kind != TokenKind::Pound
            || token.kind == TokenKind::Pound
                && self.is_multiline(self.prev_token.span.shrink_to_hi().until(token.span.shrink_to_lo()));
        if begins_something && !self.expected.contains(T::Comma) {
            let span = self.prev_token.span.shrink_to_hi();
            return Ok(Some(self.report_expected_semi(span, Some(token.span), span)));
        }
        Ok(None)
    }

    fn report_expected_semi(&mut self, span: Span, unexpected: Option<Span>, fix: Span) -> ErrorGuaranteed {
        let msg = format!("expected `;`, found {}", token_descr(&self.token));
        let mut err = self.dcx().struct_span_err(span, msg);
        if let Some(unexpected) = unexpected {
            err.span_label(unexpected, "unexpected token");
            err.span_suggestion_short(fix, "add `;` here", ";", Applicability::MachineApplicable);
        } else {
            err.span_suggestion_short(fix, "change this to `;`", ";", Applicability::MachineApplicable);
        }
        self.report(err)
    }

    /// A single token was asked for.
    pub(crate) fn unexpected_try_recover(&mut self, what: T) -> PResult<'a, Recovered> {
        let token_str = what.descr();
        let this_token_str = token_descr(&self.token);
        let (prev_span, span) = match (self.token.kind, self.subparser_name) {
            // Point at what came before the end of a macro's arguments.
            (TokenKind::Eof, Some(_)) => {
                let span = self.prev_token.span.shrink_to_hi();
                (span, span)
            }
            // We don't want to point at the following span after DUMMY_SP.
            _ if self.prev_token.span == DUMMY_SP => (self.token.span, self.token.span),
            // EOF, don't want to point at the following char, but rather the last token.
            (TokenKind::Eof, None) => (self.prev_token.span, self.token.span),
            _ => (self.prev_token.span.shrink_to_hi(), self.token.span),
        };
        let msg = format!(
            "expected {token_str}, found {}",
            match (self.token.kind, self.subparser_name) {
                (TokenKind::Eof, Some(origin)) => format!("end of {origin}"),
                _ => this_token_str,
            }
        );
        let mut err = self.dcx().struct_span_err(span, msg);
        let label = format!("expected {token_str}");
        if prev_span == span || !self.is_multiline(prev_span.shrink_to_hi().until(span.shrink_to_lo())) {
            err.span_label(span, label);
        } else {
            err.span_label(prev_span, label);
            err.span_label(span, "unexpected token");
        }
        Err(err)
    }

    // Identifiers.

    /// A keyword where a name must be is reported and taken; so is a name behind a stray comma.
    #[cold]
    pub(crate) fn parse_ident_err(&mut self, recover: bool) -> PResult<'a, Ident> {
        let err = self.expected_ident_found_err();
        if !recover || !self.may_recover() {
            return Err(err);
        }
        if self.token.kind == TokenKind::Comma
            && let Some((ident, _)) = self.look_ahead(1, |t| t.ident())
        {
            self.report(err);
            self.bump();
            self.bump();
            return Ok(ident);
        }
        let TokenKind::Ident(name, IdentIsRaw::No) = self.token.kind else {
            return Err(err);
        };
        self.report(err);
        let ident = Ident::new(name, self.token.span);
        self.bump();
        Ok(ident)
    }

    pub(crate) fn expected_ident_found_err(&mut self) -> Diag<'a> {
        if self.prev_token.is_doc_comment() {
            return self
                .dcx()
                .struct_span_err(self.prev_token.span, "found a documentation comment that doesn't document anything")
                .with_code(diagnostics::codes::E0585)
                .with_help("doc comments must come before what they document, if a comment was intended use `//`");
        }
        let descr = token_descr(&self.token);
        let found = if let Some(name) = self.subparser_name
            && self.token.kind == TokenKind::Eof
        {
            format!("end of {name}")
        } else {
            descr
        };
        let mut err = self.dcx().struct_span_err(self.token.span, format!("expected identifier, found {found}"));
        let label = if self.token.is_special_ident() {
            "expected identifier, found reserved identifier"
        } else if self.token.is_used_keyword() {
            "expected identifier, found keyword"
        } else if self.token.is_unused_keyword() {
            "expected identifier, found reserved keyword"
        } else {
            "expected identifier"
        };
        err.span_label(self.token.span, label);
        let valid_follow = [
            TokenKind::Eq,
            TokenKind::Colon,
            TokenKind::Comma,
            TokenKind::Semi,
            TokenKind::PathSep,
            TokenKind::OpenBrace,
            TokenKind::OpenParen,
            TokenKind::CloseBrace,
            TokenKind::CloseParen,
        ];
        if let TokenKind::Ident(name, IdentIsRaw::No) = self.token.kind
            && name.can_be_raw()
            && self.look_ahead(1, |t| valid_follow.contains(&t.kind))
        {
            err.span_suggestion_verbose(
                self.token.span.shrink_to_lo(),
                format!("escape `{name}` to use it as an identifier"),
                "r#",
                Applicability::MaybeIncorrect,
            );
        }
        if let TokenKind::Literal(lit) = self.token.kind
            && lit.is_integer()
        {
            // `let 1x = 1`: an identifier cannot begin with a digit.
            if lit.suffix.is_some() {
                err.help("identifiers cannot start with a number");
            }
        }
        if self.token.kind == TokenKind::Comma && self.look_ahead(1, |t| t.is_ident()) {
            err.span_suggestion(self.token.span, "remove this comma", "", Applicability::MachineApplicable);
        }
        err
    }

    pub(crate) fn report_keyword_case(&mut self, keyword: Symbol) {
        let span = self.token.span;
        let text = ast::pretty::token_to_string(&self.token);
        let lower = keyword.as_str();
        let err = self
            .dcx()
            .struct_span_err(span, format!("keyword `{lower}` is written in the wrong case"))
            .with_span_suggestion(
                span,
                "write it in the correct case",
                lower.to_string(),
                Applicability::MachineApplicable,
            );
        let _ = text;
        self.report(err);
    }
}

/// Expectations that messages leave out: their class is listed.
fn is_redundant(what: T) -> bool {
    matches!(what, T::KwGen)
}
