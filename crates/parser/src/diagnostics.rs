//! What is said where the grammar has no continuation, and the recoveries that several productions share.

use ast::token::{IdentIsRaw, Lit, Token, TokenKind};
use ast::{AngleBracketedArg, AngleBracketedArgs, Expr, ExprKind, LitError, P, Recovered};
use ast::{BinOpKind, precedence::AssocOp};
use diagnostics::{Applicability, Diag, ErrorGuaranteed};
use session::Session;
use span::{DUMMY_SP, Ident, Span, Spanned, Symbol, kw};
use thin_vec::ThinVec;

use crate::parser::{PResult, Parser, SeqRecovery};
use crate::path::PathStyle;
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
        if prev_span != span && !self.is_multiline(prev_span.shrink_to_hi().until(span.shrink_to_lo()))
            || prev_span == span
        {
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

    // Lists.

    /// There is no `,` where one must be.
    pub(crate) fn recover_missing_comma<R>(
        &mut self,
        close: T,
        mut expect_err: Diag<'a>,
        list: &mut ThinVec<R>,
        f: &mut impl FnMut(&mut Parser<'a>) -> PResult<'a, R>,
    ) -> PResult<'a, SeqRecovery> {
        if !self.may_recover() {
            return Err(expect_err);
        }
        let sp = self.prev_token.span.shrink_to_hi();
        // `foo(|| a; b)`: a closure without braces.
        if self.token.kind == TokenKind::Semi
            && let Some(closure) = self.current_closure.take()
            && closure.body.hi() == self.prev_token.span.hi()
        {
            self.recover_missing_braces_around_closure_body(closure, expect_err)?;
            return Ok(SeqRecovery::GoOn);
        }
        // `.`, `<` or `;` for `,`
        if TokenKind::Comma.similar_tokens().contains(&self.token.kind) {
            self.bump();
        }
        self.last_unexpected_token_span = None;
        match f(self) {
            Ok(element) => {
                expect_err.span_suggestion_short(sp, "missing `,`", ",", Applicability::MaybeIncorrect);
                self.report(expect_err);
                list.push(element);
                Ok(SeqRecovery::GoOn)
            }
            Err(e) => {
                // Something more serious than a missing comma.
                e.cancel();
                let _ = close;
                Ok(SeqRecovery::Stop(self.report(expect_err)))
            }
        }
    }

    fn recover_missing_braces_around_closure_body(
        &mut self,
        closure: crate::parser::ClosureSpans,
        mut err: Diag<'a>,
    ) -> PResult<'a, ()> {
        let initial_semicolon = self.token.span;
        while self.eat(T::Semi) {
            if let Err(e) = self.parse_stmt_without_recovery() {
                e.cancel();
            }
        }
        err.primary_message("closure bodies that contain statements must be surrounded by braces");
        let following = self.token.span;
        err.span.span_labels.clear();
        err.span(vec![closure.closing_pipe, following]);
        let mut note: diagnostics::MultiSpan = vec![initial_semicolon].into();
        note.push_span_label(initial_semicolon, "this `;` turns the preceding closure into a statement");
        note.push_span_label(closure.body, "this expression is a statement because of the trailing semicolon");
        err.span_note(note, "statement found outside of a block");
        let mut note: diagnostics::MultiSpan = vec![closure.whole_closure].into();
        note.push_span_label(closure.whole_closure, "this is the parsed closure...");
        note.push_span_label(following, "...but likely you meant the closure to end here");
        err.span_note(note, "the closure body may be incorrectly delimited");
        err.multipart_suggestion(
            "try adding braces",
            vec![(closure.closing_pipe.shrink_to_hi(), " {".to_string()), (following.shrink_to_lo(), "}".to_string())],
            Applicability::MaybeIncorrect,
        );
        self.report(err);
        Ok(())
    }

    /// An element of a parenthesised list is wrong: the list is skipped.
    pub(crate) fn recover_seq_parse_error(&mut self, lo: Span, err: Diag<'a>) -> PResult<'a, P<Expr>> {
        if !self.may_recover() {
            return Err(err);
        }
        let guar = self.report(err);
        // Up to the closing parenthesis of the list.
        self.skip_to_close_paren();
        self.eat(T::CloseParen);
        Ok(self.mk_expr_err(lo.to(self.prev_token.span), guar))
    }

    fn skip_to_close_paren(&mut self) {
        loop {
            match self.token.kind {
                TokenKind::CloseParen | TokenKind::Eof | TokenKind::CloseInvisible(_) => return,
                kind if kind.is_open_delim() => {
                    let close = self.close_position();
                    self.seek(close + 1);
                }
                _ => self.bump(),
            }
        }
    }

    // Patterns.

    /// `a, b` where only one pattern may stand.
    pub(crate) fn maybe_recover_unexpected_comma(
        &mut self,
        lo: Span,
        rt: crate::pat::CommaRecoveryMode,
    ) -> PResult<'a, ()> {
        if self.token.kind != TokenKind::Comma || !self.may_recover() {
            return Ok(());
        }
        // An unexpected comma after a top-level pattern is a clue that the programmer meant a tuple.
        let comma_span = self.token.span;
        self.bump();
        if let Err(err) = self.skip_pat_list() {
            err.cancel();
        }
        let seq_span = lo.to(self.prev_token.span);
        let mut err = self.dcx().struct_span_err(comma_span, "unexpected `,` in pattern");
        err.multipart_suggestion(
            format!(
                "try adding parentheses to match on a tuple{}",
                if rt == crate::pat::CommaRecoveryMode::LikelyTuple { "" } else { "..." }
            ),
            vec![(seq_span.shrink_to_lo(), "(".to_string()), (seq_span.shrink_to_hi(), ")".to_string())],
            Applicability::MachineApplicable,
        );
        Err(err)
    }

    fn skip_pat_list(&mut self) -> PResult<'a, ()> {
        while !self.at_close() && self.token.kind != TokenKind::Eq {
            self.parse_pat_no_top_alt(None)?;
            if !self.eat(T::Comma) {
                return Ok(());
            }
        }
        Ok(())
    }

    /// `Enum:Variant`
    pub(crate) fn maybe_recover_colon_colon_in_pat_typo(&mut self, first: P<ast::Pat>) -> P<ast::Pat> {
        if self.token.kind != TokenKind::Colon {
            return first;
        }
        if !matches!(first.kind, ast::PatKind::Ident(_, _, None) | ast::PatKind::Path(..))
            || !self.look_ahead(1, |t| t.is_non_reserved_ident())
        {
            return first;
        }
        let snapshot = self.clone();
        let span = self.token.span;
        self.bump();
        match self.parse_pat_no_top_alt(None) {
            Ok(_)
                if matches!(self.token.kind, TokenKind::FatArrow | TokenKind::Eq)
                    || self.token.is_keyword(kw::If)
                    || self.token.is_keyword(kw::In) =>
            {
                let err = self
                    .dcx()
                    .struct_span_err(span, "expected one of `@` or `|`, found `:`")
                    .with_span_label(span, "expected one of `@` or `|`")
                    .with_span_suggestion_verbose(
                        span,
                        "maybe write a path separator here",
                        "::",
                        Applicability::MaybeIncorrect,
                    );
                let guar = self.report(err);
                self.mk_pat(first.span.to(self.prev_token.span), ast::PatKind::Err(guar))
            }
            Ok(_) => {
                *self = snapshot;
                first
            }
            Err(err) => {
                err.cancel();
                *self = snapshot;
                first
            }
        }
    }

    // Expressions.

    /// `a < b < c`; `a<b>(c)` and `a<b>::c` are calls without turbofish.
    pub(crate) fn chained_comparison(
        &mut self,
        inner: &P<Expr>,
        op: &Spanned<BinOpKind>,
        l1: &P<Expr>,
        r1: &P<Expr>,
        outer_op: AssocOp,
        outer_span: Span,
    ) -> PResult<'a, Option<P<Expr>>> {
        let spans = vec![op.span, self.prev_token.span];
        let mut err = self.dcx().struct_span_err(spans, "comparison operators cannot be chained");
        // An error has been given up on before this one.
        if !self.may_recover() {
            return Err(err);
        }
        let suggest_turbofish = |err: &mut Diag<'a>| {
            err.span_suggestion_verbose(
                op.span.shrink_to_lo(),
                "use `::<...>` instead of `<...>` to specify lifetime, type, or const arguments",
                "::",
                Applicability::MaybeIncorrect,
            );
        };
        if op.node == BinOpKind::Lt && matches!(outer_op, AssocOp::Binary(BinOpKind::Lt | BinOpKind::Gt)) {
            if outer_op == AssocOp::Binary(BinOpKind::Lt) {
                let snapshot = self.clone();
                self.bump();
                // `a<b<c>>(..)`: reads up to the last `>`.
                if self.skip_generic_args_to_close(1)
                    && matches!(self.token.kind, TokenKind::OpenParen | TokenKind::PathSep)
                {
                    // Handled as the closed case below.
                } else {
                    *self = snapshot;
                }
            }
            if self.token.kind == TokenKind::PathSep {
                // `a<b>::c`
                suggest_turbofish(&mut err);
                let snapshot = self.clone();
                self.bump();
                return match self.parse_expr() {
                    Ok(_) => {
                        let guar = self.report(err);
                        Ok(Some(self.mk_expr_err(inner.span.to(self.prev_token.span), guar)))
                    }
                    Err(expr_err) => {
                        expr_err.cancel();
                        *self = snapshot;
                        Err(err)
                    }
                };
            }
            if self.token.kind == TokenKind::OpenParen {
                // `a<b>(c)`
                suggest_turbofish(&mut err);
                let mut ahead = self.clone();
                ahead.skip_paren();
                *self = ahead;
                let guar = self.report(err);
                return Ok(Some(self.mk_expr_err(inner.span.to(self.prev_token.span), guar)));
            }
            if !matches!(l1.kind, ExprKind::Lit(_)) && !matches!(r1.kind, ExprKind::Lit(_)) {
                // Looks like generic arguments, not like a comparison.
                err.help("use `::<...>` instead of `<...>` to specify lifetime, type, or const arguments");
                err.help("or use `(...)` if you meant to specify fn arguments");
            }
            self.suggest_split_comparison(&mut err, op, l1, r1, outer_op);
            // What follows would only cause more errors.
            return Err(err);
        }
        self.suggest_split_comparison(&mut err, op, l1, r1, outer_op);
        let _ = outer_span;
        self.report(err);
        Ok(None)
    }

    fn suggest_split_comparison(
        &self,
        err: &mut Diag<'a>,
        op: &Spanned<BinOpKind>,
        _l1: &P<Expr>,
        r1: &P<Expr>,
        outer_op: AssocOp,
    ) {
        let AssocOp::Binary(outer) = outer_op else {
            return;
        };
        match (op.node, outer) {
            (BinOpKind::Eq, BinOpKind::Eq)
            | (BinOpKind::Lt | BinOpKind::Le, BinOpKind::Lt | BinOpKind::Le)
            | (BinOpKind::Gt | BinOpKind::Ge, BinOpKind::Gt | BinOpKind::Ge) => {
                let text = ast::pretty::expr_to_string(r1);
                err.span_suggestion_verbose(
                    r1.span.shrink_to_hi(),
                    "split the comparison into two",
                    format!(" && {text}"),
                    Applicability::MaybeIncorrect,
                );
            }
            (BinOpKind::Eq, _) => {
                err.multipart_suggestion(
                    "parenthesize the comparison",
                    vec![(r1.span.shrink_to_lo(), "(".to_string())],
                    Applicability::MaybeIncorrect,
                );
                err.suggestions.pop();
            }
            _ => {}
        }
    }

    /// Skips tokens up to the `>` that closes `depth` levels.
    fn skip_generic_args_to_close(&mut self, mut depth: i32) -> bool {
        loop {
            match self.token.kind {
                TokenKind::Lt => depth += 1,
                TokenKind::Shl => depth += 2,
                TokenKind::Gt => depth -= 1,
                TokenKind::Shr => depth -= 2,
                TokenKind::Semi | TokenKind::Eof => return false,
                kind if kind.close_delim().is_some() => return false,
                kind if kind.is_open_delim() => {
                    let close = self.close_position();
                    self.seek(close + 1);
                    continue;
                }
                _ => {}
            }
            self.bump();
            if depth <= 0 {
                return true;
            }
        }
    }

    fn skip_paren(&mut self) {
        if self.token.kind == TokenKind::OpenParen {
            let close = self.close_position();
            self.seek(close + 1);
        }
    }

    /// `foo<A, B>()`: after the first argument a `,` was found.
    pub(crate) fn check_mistyped_turbofish_with_multiple_type_params(
        &mut self,
        mut e: Diag<'a>,
        expr: &mut P<Expr>,
    ) -> PResult<'a, ErrorGuaranteed> {
        if let ExprKind::Binary(op, _, _) = &expr.kind
            && op.node == BinOpKind::Lt
            && self.token.kind == TokenKind::Comma
            && self.may_recover()
        {
            let op_span = op.span;
            let snapshot = self.clone();
            self.bump();
            let mut rest = self.clone();
            rest.recovery = false;
            match rest.parse_angle_args(None) {
                Ok(args) => {
                    if rest.expect_gt().map_err(|err| err.cancel()).is_ok()
                        && matches!(
                            rest.token.kind,
                            TokenKind::OpenParen | TokenKind::PathSep | TokenKind::OpenBrace | TokenKind::Semi
                        )
                    {
                        rest.recovery = self.recovery;
                        *self = rest;
                        let _: ThinVec<AngleBracketedArg> = args;
                        e.span_suggestion_verbose(
                            op_span.shrink_to_lo(),
                            "use `::<...>` instead of `<...>` to specify lifetime, type, or const arguments",
                            "::",
                            Applicability::MaybeIncorrect,
                        );
                        match self.parse_expr() {
                            Ok(_) => {
                                let guar = self.report(e);
                                **expr = *self.mk_expr_err(expr.span.to(self.prev_token.span), guar);
                                return Ok(guar);
                            }
                            Err(err) => {
                                err.cancel();
                                return Err(e);
                            }
                        }
                    }
                }
                Err(err) => err.cancel(),
            }
            *self = snapshot;
        }
        Err(e)
    }

    /// As above, at an expression statement.
    pub(crate) fn check_mistyped_turbofish_in_stmt(
        &mut self,
        err: Diag<'a>,
        expr: &mut P<Expr>,
    ) -> PResult<'a, ErrorGuaranteed> {
        self.check_mistyped_turbofish_with_multiple_type_params(err, expr)
    }

    /// `cond ? a : b`
    pub(crate) fn maybe_recover_from_ternary_operator(&mut self, cond: Option<Span>) -> PResult<'a, ()> {
        if self.prev_token.kind != TokenKind::Question {
            return Ok(());
        }
        let question = self.prev_token.span;
        let lo = cond.unwrap_or(question).lo();
        let snapshot = self.clone();
        let mut attempt = self.clone();
        attempt.recovery = false;
        let parsed = match attempt.parse_expr() {
            Ok(expr) if attempt.token.kind == TokenKind::Colon => {
                let colon = attempt.token.span;
                attempt.bump();
                match attempt.parse_expr() {
                    Ok(_) => Some((expr, colon)),
                    Err(err) => {
                        err.cancel();
                        None
                    }
                }
            }
            Ok(_) => None,
            Err(err) => {
                err.cancel();
                None
            }
        };
        let Some((_, _colon)) = parsed else {
            *self = snapshot;
            return Ok(());
        };
        attempt.recovery = self.recovery;
        *self = attempt;
        let span = self.prev_token.span.with_lo(lo);
        let err = self
            .dcx()
            .struct_span_err(span, "Rust has no ternary operator")
            .with_help("use an `if-else` expression instead");
        Err(err)
    }

    /// `S(x: 1)`
    pub(crate) fn maybe_recover_struct_lit_bad_delims(
        &mut self,
        lo: Span,
        fun: &P<Expr>,
        mut snapshot: Parser<'a>,
    ) -> Option<P<Expr>> {
        let ExprKind::Path(None, path) = &fun.kind else {
            return None;
        };
        if self.token.kind != TokenKind::Colon {
            return None;
        }
        snapshot.bump();
        snapshot.recovery = false;
        let open = snapshot.prev_token.span;
        match snapshot.parse_expr_struct(None, path.clone(), false) {
            Ok(_) if snapshot.token.kind == TokenKind::CloseParen => {
                snapshot.recovery = self.recovery;
                snapshot.bump();
                *self = snapshot;
                let close = self.prev_token.span;
                let span = lo.to(close);
                let name = ast::pretty::path_to_string(path);
                let err = self
                    .dcx()
                    .struct_span_err(span, "invalid `struct` delimiters or `fn` call arguments")
                    .with_multipart_suggestion(
                        format!("if `{name}` is a struct, use braces as delimiters"),
                        vec![(open, " { ".to_string()), (close, " }".to_string())],
                        Applicability::MaybeIncorrect,
                    );
                let guar = self.report(err);
                Some(self.mk_expr_err(span, guar))
            }
            Ok(_) => None,
            Err(err) => {
                err.cancel();
                None
            }
        }
    }

    /// `await x`, `await!(x)`: `await` is read.
    pub(crate) fn recover_incorrect_await_syntax(&mut self, await_sp: Span) -> PResult<'a, P<Expr>> {
        let (hi, expr, is_question) = if self.token.kind == TokenKind::Bang {
            self.bump();
            self.expect(T::OpenParen)?;
            let expr = self.parse_expr()?;
            self.expect(T::CloseParen)?;
            (self.prev_token.span, expr, false)
        } else {
            let is_question = self.eat(T::Question);
            let expr = if self.token.kind == TokenKind::OpenBrace {
                self.parse_expr_block(None, self.token.span, ast::BlockCheckMode::Default)?
            } else {
                self.parse_expr()?
            };
            (expr.span, expr, is_question)
        };
        let span = await_sp.to(hi);
        let expr_str =
            self.sess.source_map.span_to_snippet(expr.span).unwrap_or_else(|| ast::pretty::expr_to_string(&expr));
        let err = self.dcx().struct_span_err(span, "incorrect use of `await`").with_span_suggestion_verbose(
            span,
            "`await` is a postfix operation",
            format!("{expr_str}.await{}", if is_question { "?" } else { "" }),
            Applicability::MachineApplicable,
        );
        let guar = self.report(err);
        let expr = if is_question { self.mk_expr(span, ExprKind::Try(expr)) } else { expr };
        let _ = expr;
        Ok(self.mk_expr_err(span, guar))
    }

    // Items.

    /// `name x: T`: no item begins so.
    pub(crate) fn recover_missing_kw_before_item(&mut self) -> PResult<'a, bool> {
        // `pub name {`, `pub name(`, `pub name<T>`, `pub name:`
        let is_pub = self.prev_token.is_keyword(kw::Pub);
        let is_const = self.prev_token.is_keyword(kw::Const);
        let ident_span = self.token.span;
        let span = if is_pub { self.prev_token.span.to(ident_span) } else { ident_span };
        let insert = ident_span.shrink_to_lo();
        let fits = self.token.is_ident()
            && !self.token.is_reserved_ident()
            && (!is_const || self.look_kind(1) == TokenKind::OpenParen)
            && matches!(self.look_kind(1), TokenKind::Lt | TokenKind::OpenBrace | TokenKind::OpenParen);
        if !fits {
            return Ok(false);
        }
        let name = ast::pretty::token_to_string(&self.token);
        self.bump();
        let mut found_generics = false;
        if self.is(T::Lt) {
            found_generics = true;
            while !matches!(self.token.kind, TokenKind::Gt | TokenKind::Eof) {
                self.bump();
            }
            self.bump();
        }
        let (msg, keyword) = if self.is(T::OpenBrace) {
            if self.look_kind(1) == TokenKind::CloseBrace {
                ("missing `enum` or `struct` for enum or struct definition", None)
            } else if self.look_kind(2) == TokenKind::Colon || self.look_kind(3) == TokenKind::Colon {
                ("missing `struct` for struct definition", Some(("struct", "a struct")))
            } else {
                ("missing `enum` for enum definition", Some(("enum", "an enum")))
            }
        } else if self.is(T::OpenParen) {
            self.bump();
            let mut n = 0;
            while matches!(self.look_kind(n), TokenKind::And | TokenKind::Lifetime(..))
                || self.is_keyword_ahead(n, &[kw::Mut])
            {
                n += 1;
            }
            let is_method = self.is_keyword_ahead(n, &[kw::SelfLower]);
            self.skip_to_close_paren();
            self.eat(T::CloseParen);
            if matches!(self.token.kind, TokenKind::RArrow | TokenKind::OpenBrace) {
                if is_method {
                    ("missing `fn` for method definition", Some(("fn", "a public method")))
                } else {
                    ("missing `fn` for function definition", Some(("fn", "a public function")))
                }
            } else if is_pub && self.is(T::Semi) {
                ("missing `struct` for struct definition", Some(("struct", "a public struct")))
            } else {
                ("missing `fn` or `struct` for function or struct definition", None)
            }
        } else if found_generics {
            ("missing `fn` or `struct` for function or struct definition", None)
        } else {
            return Ok(false);
        };
        let mut err = self.dcx().struct_span_err(span, msg);
        if let Some((keyword, what)) = keyword {
            err.span_suggestion(
                insert,
                format!("add `{keyword}` here to parse `{name}` as {what}"),
                format!("{keyword} "),
                Applicability::MachineApplicable,
            );
        }
        Err(err)
    }

    /// `name(..) {`, `name name2 {`: no macro call but an item without keyword.
    pub(crate) fn is_misspelled_item(&self) -> bool {
        // A macro call has `!` behind its path.
        let mut n = 0;
        if self.metavar().is_some() {
            return false;
        }
        if self.look_kind(0) == TokenKind::PathSep {
            n = 1;
        }
        while self.look_ahead(n, |t| t.is_ident()) && self.look_kind(n + 1) == TokenKind::PathSep {
            n += 2;
        }
        self.look_kind(n + 1) != TokenKind::Bang
    }

    pub(crate) fn misspelled_item_error(&mut self, lo: Span) -> Diag<'a> {
        if let Err(err) = self.recover_missing_kw_before_item() {
            return err;
        }
        let _ = lo;
        // The macro call's own error.
        match self.parse_path(PathStyle::Mod) {
            Ok(_) => match self.expect_bang_of_item_macro() {
                Err(err) => err,
                Ok(()) => self.silent_error(),
            },
            Err(err) => err,
        }
    }

    fn expect_bang_of_item_macro(&mut self) -> PResult<'a, ()> {
        self.expect(T::Bang).map(|_| ())
    }

    /// `<<<<<<<`: what a merge left behind.
    #[inline]
    pub(crate) fn recover_vcs_conflict_marker(&mut self) {
        if self.token.kind == TokenKind::Shl && self.look_kind(1) == TokenKind::Shl && self.may_recover() {
            self.recover_vcs_conflict_marker_slow();
        }
    }

    #[cold]
    fn recover_vcs_conflict_marker_slow(&mut self) {
        let is_marker = |this: &Self, n: usize, long: TokenKind, short: TokenKind| {
            (0..3).all(|i| this.look_kind(n + i) == long) && this.look_kind(n + 3) == short
        };
        if !is_marker(self, 0, TokenKind::Shl, TokenKind::Lt) {
            return;
        }
        let start = self.token.span.to(self.look_ahead(3, |t| t.span));
        let mut spans = vec![start];
        let mut middle = None;
        let mut end = None;
        self.bump();
        while self.token.kind != TokenKind::Eof {
            if is_marker(self, 0, TokenKind::EqEq, TokenKind::Eq) {
                let span = self.token.span.to(self.look_ahead(3, |t| t.span));
                middle = Some(span);
                spans.push(span);
            }
            if is_marker(self, 0, TokenKind::Shr, TokenKind::Gt) {
                let span = self.token.span.to(self.look_ahead(3, |t| t.span));
                end = Some(span);
                spans.push(span);
                break;
            }
            self.bump();
        }
        let mut err = self.dcx().struct_span_err(spans, "encountered diff marker");
        if let Some(middle) = middle {
            err.span_label(start, "between this marker and `=======` is the code that you are merging into");
            err.span_label(middle, "between this marker and `>>>>>>>` is the incoming code");
        }
        if let Some(end) = end {
            err.span_label(end, "this marker concludes the conflict region");
        }
        err.note("conflict markers indicate that a merge was started but could not be completed due to merge conflicts\nto resolve a conflict, keep only the code you want and then delete the lines containing conflict markers");
        err.help("if you are in a merge, the top section is the code you already had checked out and the bottom section is the new code\nif you are in a rebase, the top section is the code being rebased onto and the bottom section is the code you had checked out which is being rebased");
        err.note("for an explanation on these markers from the `git` documentation, visit <https://git-scm.com/book/en/v2/Git-Tools-Advanced-Merging#_checking_out_conflicts>");
        let guar = self.report(err);
        // Nothing that follows can be trusted.
        self.aborted = Some(guar);
        self.seek_to_end();
    }

    pub(crate) fn angle_args_error(
        &mut self,
        mut err: Diag<'a>,
        _style: PathStyle,
        _lo: Span,
        _args: &ThinVec<AngleBracketedArg>,
    ) -> Diag<'a> {
        // `A<B:C>`
        if self.token.kind == TokenKind::Colon && self.look_ahead(1, |t| t.is_ident() && !t.is_reserved_ident()) {
            err.span_suggestion_verbose(self.token.span, "use double colon", "::", Applicability::MaybeIncorrect);
            err.suggestions.pop();
        }
        if !matches!(self.token.kind, TokenKind::Eof) && self.is_generic_end_missing() {
            let sp = self.prev_token.span.shrink_to_hi();
            err.span_suggestion_verbose(
                sp,
                "you might have meant to end the type parameters here",
                ">",
                Applicability::MaybeIncorrect,
            );
        }
        let _: Option<AngleBracketedArgs> = None;
        err
    }

    fn is_generic_end_missing(&self) -> bool {
        self.expected.contains(T::Gt)
    }
}

/// Expectations that messages leave out: their class is listed.
fn is_redundant(what: T) -> bool {
    matches!(what, T::KwGen)
}

impl<'a> Parser<'a> {
    /// `import std::io;` and the like.
    pub(crate) fn is_foreign_import(&self) -> bool {
        matches!(self.token.kind, TokenKind::Ident(name, IdentIsRaw::No)
            if matches!(name.as_str(), "import" | "require" | "include" | "using"))
            && self.look_ahead(1, |t| t.is_ident() && !t.is_reserved_ident())
            && self.may_recover()
    }

    pub(crate) fn report_foreign_import(&mut self) {
        let name = ast::pretty::token_to_string(&self.token);
        let span = self.token.span;
        let err =
            self.dcx().struct_span_err(span, format!("expected item, found `{name}`")).with_span_suggestion_short(
                span,
                "items are imported using the `use` keyword",
                "use",
                Applicability::MachineApplicable,
            );
        self.report(err);
        self.bump();
    }

    /// `(T)::A`, `[T]::A` in an expression.
    pub(crate) fn maybe_recover_from_bad_qpath_expr(&mut self, base: P<Expr>) -> PResult<'a, P<Expr>> {
        if self.token.kind != TokenKind::PathSep || !self.may_recover() {
            return Ok(base);
        }
        let Some(ty) = base.to_ty() else {
            return Ok(base);
        };
        self.expect(T::PathSep)?;
        let mut path = ast::Path { segments: ThinVec::new(), span: DUMMY_SP };
        self.parse_path_segments(&mut path.segments, PathStyle::Expr, None)?;
        path.span = ty.span.to(self.prev_token.span);
        let span = path.span;
        self.bad_qpath_error(&ty, span);
        let qself = P(ast::QSelf { path_span: span.shrink_to_lo(), position: 0, ty });
        Ok(self.mk_expr(span, ExprKind::Path(Some(qself), path)))
    }

    /// `Vec<T>>>::new()`: too many `>`.
    pub(crate) fn check_trailing_angle_brackets(&mut self, segment: &ast::PathSegment, end: &[TokenKind]) {
        let has_args = segment.args.as_ref().is_some_and(|args| matches!(**args, ast::GenericArgs::AngleBracketed(_)));
        if !has_args || !matches!(self.token.kind, TokenKind::Gt | TokenKind::Shr) || !self.may_recover() {
            return;
        }
        let mut tokens = 0;
        let mut brackets = 0;
        loop {
            match self.look_kind(tokens) {
                TokenKind::Gt => brackets += 1,
                TokenKind::Shr => brackets += 2,
                kind if end.contains(&kind) => break,
                _ => return,
            }
            tokens += 1;
        }
        let lo = self.token.span;
        for _ in 0..tokens {
            self.bump();
        }
        let span = lo.with_hi(self.prev_token.span.hi());
        self.report_unmatched_angle_brackets(span, brackets);
    }

    pub(crate) fn report_unmatched_angle_brackets(&mut self, span: Span, brackets: usize) {
        let s = if brackets == 1 { "" } else { "s" };
        let err = self.dcx().struct_span_err(span, format!("unmatched angle bracket{s}")).with_span_suggestion_verbose(
            span,
            format!("remove extra angle bracket{s}"),
            "",
            Applicability::MachineApplicable,
        );
        self.report(err);
    }

    /// `x.collect::Vec<_>()`: the turbofish lacks its brackets.
    pub(crate) fn check_turbofish_missing_angle_brackets(&mut self, segment: &mut ast::PathSegment) {
        if self.token.kind != TokenKind::PathSep || segment.args.is_some() || !self.may_recover() {
            return;
        }
        let snapshot = self.clone();
        self.bump();
        let lo = self.token.span;
        match self.parse_angle_args(None) {
            Ok(args) => {
                let span = lo.to(self.prev_token.span);
                // Too many `>` go with it.
                let mut trailing = 0;
                while matches!(self.look_kind(trailing), TokenKind::Gt | TokenKind::Shr) {
                    trailing += 1;
                }
                if self.look_kind(trailing) != TokenKind::OpenParen {
                    *self = snapshot;
                    return;
                }
                for _ in 0..trailing {
                    self.bump();
                }
                let err = self
                    .dcx()
                    .struct_span_err(span, "generic parameters without surrounding angle brackets")
                    .with_multipart_suggestion(
                        "surround the type parameters with angle brackets",
                        vec![
                            (span.shrink_to_lo(), "<".to_string()),
                            (span.with_hi(self.prev_token.span.hi()).shrink_to_hi(), ">".to_string()),
                        ],
                        Applicability::MachineApplicable,
                    );
                self.report(err);
                segment.args = Some(AngleBracketedArgs { args, span }.into());
            }
            Err(err) => {
                err.cancel();
                *self = snapshot;
            }
        }
    }

    /// `{1, 2, 3}`
    pub(crate) fn recover_array_in_braces(&mut self, lo: Span) -> Option<P<Expr>> {
        let looks_like = self.may_recover()
            && self.token.kind == TokenKind::OpenBrace
            && self.look_ahead(1, |t| t.is_ident() && !t.is_reserved_ident() || t.is_lit())
            && self.look_kind(2) == TokenKind::Comma
            && self.look_ahead(3, |t| t.can_begin_expr());
        if !looks_like {
            return None;
        }
        let mut attempt = self.clone();
        attempt.recovery = false;
        attempt.bump();
        match attempt.parse_seq_to_before_end(T::CloseBrace, |p| p.parse_expr()) {
            Ok(_) if attempt.token.kind == TokenKind::CloseBrace => {
                attempt.recovery = self.recovery;
                *self = attempt;
                self.bump();
                let span = lo.to(self.prev_token.span);
                let close = self.prev_token.span;
                let err = self
                    .dcx()
                    .struct_span_err(span, "this is a block expression, not an array")
                    .with_multipart_suggestion(
                        "to make an array, use square brackets instead of curly braces",
                        vec![(lo.with_hi(lo.lo() + span::BytePos(1)), "[".to_string()), (close, "]".to_string())],
                        Applicability::MaybeIncorrect,
                    );
                let guar = self.report(err);
                Some(self.mk_expr_err(span, guar))
            }
            Ok(_) => None,
            Err(err) => {
                err.cancel();
                None
            }
        }
    }
}
