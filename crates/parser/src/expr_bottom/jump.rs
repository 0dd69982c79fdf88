//! `return`, `break`, `continue`, `yield` and so on, and labels.

use crate::parser::{PResult, Parser, Restrictions};
use crate::token_type::TokenType as T;
use ast::token::{self, IdentIsRaw, Lit, MetaVarKind, TokenKind};
use ast::{BlockCheckMode, Expr, ExprKind, Label, P, UnsafeSource, YieldKind};
use diagnostics::{Applicability, Diag};
use span::{Span, kw, sym};

impl<'a> Parser<'a> {
    // Jumps.

    pub(crate) fn parse_expr_opt(&mut self) -> PResult<'a, Option<P<Expr>>> {
        if self.token.can_begin_expr() { Ok(Some(self.parse_expr()?)) } else { Ok(None) }
    }

    pub(crate) fn parse_expr_return(&mut self) -> PResult<'a, P<Expr>> {
        let lo = self.token.span;
        self.bump();
        let value = self.parse_expr_opt()?;
        Ok(self.mk_expr(lo.to(self.prev_token.span), ExprKind::Ret(value)))
    }

    pub(crate) fn is_do_yeet(&self) -> bool {
        self.is_keyword_ahead(1, &[kw::Yeet])
    }

    pub(crate) fn parse_expr_yeet(&mut self) -> PResult<'a, P<Expr>> {
        let lo = self.token.span;
        self.bump();
        self.bump();
        let value = self.parse_expr_opt()?;
        let span = lo.to(self.prev_token.span);
        self.gate(sym::yeet_expr, span);
        Ok(self.mk_expr(span, ExprKind::Yeet(value)))
    }

    pub(crate) fn parse_expr_become(&mut self) -> PResult<'a, P<Expr>> {
        let lo = self.token.span;
        self.bump();
        let value = self.parse_expr()?;
        let span = lo.to(value.span);
        self.gate(sym::explicit_tail_calls, span);
        Ok(self.mk_expr(span, ExprKind::Become(value)))
    }

    pub(crate) fn parse_expr_yield(&mut self) -> PResult<'a, P<Expr>> {
        let lo = self.token.span;
        self.bump();
        let value = self.parse_expr_opt()?;
        let span = lo.to(self.prev_token.span);
        self.gate(sym::yield_expr, span);
        Ok(self.mk_expr(span, ExprKind::Yield(YieldKind::Prefix(value))))
    }

    pub(crate) fn parse_expr_continue(&mut self, lo: Span) -> PResult<'a, P<Expr>> {
        self.bump();
        let label = self.eat_label();
        Ok(self.mk_expr(lo.to(self.prev_token.span), ExprKind::Continue(label)))
    }

    /// `break 'l x`
    pub(crate) fn parse_expr_break(&mut self) -> PResult<'a, P<Expr>> {
        let lo = self.token.span;
        self.bump();
        let mut label = self.eat_label();
        let kind = if self.token.kind == TokenKind::Colon
            && let Some(label) = label.take()
        {
            // `break 'l: loop {}`: the value is a labelled expression.
            let lexpr = self.parse_expr_labeled_with(label, true)?;
            let err = self
                .dcx()
                .struct_span_err(lexpr.span, "parentheses are required around this expression to avoid confusion with a labeled break expression")
                .with_multipart_suggestion(
                    "wrap the expression in parentheses",
                    vec![
                        (lexpr.span.shrink_to_lo(), "(".to_string()),
                        (lexpr.span.shrink_to_hi(), ")".to_string()),
                    ],
                    Applicability::MachineApplicable,
                );
            self.report(err);
            Some(lexpr)
        } else if self.token.kind != TokenKind::OpenBrace
            || !self.restrictions.contains(Restrictions::NO_STRUCT_LITERAL)
        {
            self.parse_expr_opt()?
        } else {
            None
        };
        Ok(self.mk_expr(lo.to(self.prev_token.span), ExprKind::Break(label, kind)))
    }

    pub(crate) fn eat_label(&mut self) -> Option<Label> {
        if !self.token.is_lifetime() {
            self.expected.insert(T::Lifetime);
            return None;
        }
        let (ident, is_raw) = self.token.lifetime()?;
        if is_raw == IdentIsRaw::No && (ident.name == kw::StaticLifetime || self.lifetime_is_reserved(ident)) {
            let err = self.dcx().struct_span_err(ident.span, "labels cannot use keyword names");
            self.report(err);
        }
        self.bump();
        Some(Label { ident })
    }

    /// `'l: loop {}`
    pub(crate) fn parse_expr_labeled(&mut self) -> PResult<'a, P<Expr>> {
        if self.may_recover() && self.is_unclosed_char_literal() {
            return self.recover_unclosed_char_literal();
        }
        if self.look_kind(1) != TokenKind::Colon
            && !self.is_keyword_ahead(1, &[kw::While, kw::For, kw::Loop])
            && self.look_kind(1) != TokenKind::OpenBrace
        {
            if self.may_recover() && self.token.lifetime().is_some_and(|(ident, _)| ident.as_str().chars().count() == 2)
            {
                return self.recover_unclosed_char_literal();
            }
            let label = self.token.span;
            self.bump();
            return Err(self.label_without_colon_error(label));
        }
        let Some(label) = self.eat_label() else {
            return self.unexpected();
        };
        self.parse_expr_labeled_with(label, true)
    }

    pub(crate) fn label_without_colon_error(&mut self, _label: Span) -> Diag<'a> {
        let msg = format!(
            "expected `while`, `for`, `loop` or `{{` after a label, found {}",
            crate::diagnostics::token_descr(&self.token)
        );
        let mut err = self.dcx().struct_span_err(self.token.span, msg);
        err.span_label(self.token.span, "expected `while`, `for`, `loop` or `{` after a label");
        err
    }

    pub(crate) fn is_unclosed_char_literal(&self) -> bool {
        self.token.lifetime().is_some_and(|(ident, _)| ident.as_str().chars().count() == 2)
            && !matches!(self.look_kind(1), TokenKind::Colon)
            && !self.is_keyword_ahead(1, &[kw::While, kw::For, kw::Loop])
            && self.look_kind(1) != TokenKind::OpenBrace
    }

    /// `'a` for `'a'`
    pub(crate) fn recover_unclosed_char_literal(&mut self) -> PResult<'a, P<Expr>> {
        let (ident, _) = self.token.lifetime().expect("a lifetime");
        let name = ident.without_first_quote().name;
        self.bump();
        let mut err = self.dcx().struct_span_err(ident.span, "expected `while`, `for`, `loop` or `{` after a label");
        err.span_label(ident.span, "expected `while`, `for`, `loop` or `{` after a label");
        err.span_suggestion_verbose(
            ident.span.shrink_to_hi(),
            "add `'` to close the char literal",
            "'",
            Applicability::MaybeIncorrect,
        );
        self.report(err);
        let lit = Lit::new(token::LitKind::Char, name, None);
        Ok(self.mk_expr(ident.span, ExprKind::Lit(lit)))
    }

    pub(crate) fn parse_expr_labeled_with(&mut self, label: Label, mut consume_colon: bool) -> PResult<'a, P<Expr>> {
        let lo = label.ident.span;
        let ate_colon = consume_colon && self.eat(T::Colon);
        consume_colon = false;
        let _ = consume_colon;
        let tok_sp = self.token.span;
        let expr = if self.eat(T::KwWhile) {
            self.parse_expr_while(Some(label), lo)
        } else if self.eat(T::KwFor) {
            self.parse_expr_for(Some(label), lo)
        } else if self.eat(T::KwLoop) {
            self.parse_expr_loop(Some(label), lo)
        } else if self.is(T::OpenBrace) || matches!(self.metavar(), Some(MetaVarKind::Block)) {
            self.parse_expr_block(Some(label), lo, BlockCheckMode::Default)
        } else if self.is(T::KwUnsafe) && self.look_kind(1) == TokenKind::OpenBrace && self.may_recover() {
            // `'l: unsafe {}`
            let err = self.dcx().struct_span_err(self.token.span, "block label not supported here");
            let span = lo.to(self.token.span);
            let _ = span;
            self.report(err.with_span_label(self.prev_token.span, "not supported here"));
            self.bump();
            self.parse_expr_block(Some(label), lo, BlockCheckMode::Unsafe(UnsafeSource::UserProvided))
        } else if !ate_colon
            && self.may_recover()
            && (self.at_close() || self.token.is_op() || self.token.is_reserved_ident())
        {
            return Err(self.label_without_colon_error(lo));
        } else {
            let msg = "expected `while`, `for`, `loop` or `{` after a label".to_string();
            let mut err = self.dcx().struct_span_err(tok_sp, msg.clone());
            err.span_label(tok_sp, msg);
            if self.may_recover() && self.token.can_begin_expr() {
                self.report(err);
                let expr = self.parse_expr()?;
                return Ok(expr);
            }
            Err(err)
        }?;
        if !ate_colon {
            let err = self
                .dcx()
                .struct_span_err(expr.span, "labeled expression must be followed by `:`")
                .with_span_label(lo, "the label")
                .with_span_suggestion_verbose(
                    lo.shrink_to_hi(),
                    "add `:` after the label",
                    ": ",
                    Applicability::MachineApplicable,
                )
                .with_note("labels are used before loops and blocks, allowing e.g., `break 'label` to them");
            self.report(err);
        }
        Ok(expr)
    }
}
