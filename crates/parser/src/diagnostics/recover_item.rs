//! Recoveries among items and in patterns: missing keywords, foreign imports, conflict markers.

use crate::parser::{PResult, Parser};
use crate::path::PathStyle;
use crate::token_type::TokenType as T;
use ast::P;
use ast::token::{IdentIsRaw, TokenKind};
use diagnostics::{Applicability, Diag};
use span::{Span, kw};

impl<'a> Parser<'a> {
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

    pub(crate) fn skip_pat_list(&mut self) -> PResult<'a, ()> {
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

    pub(crate) fn expect_bang_of_item_macro(&mut self) -> PResult<'a, ()> {
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
    pub(crate) fn recover_vcs_conflict_marker_slow(&mut self) {
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
}
