//! What follows an expression: fields, calls, indexing, `?`, `.await`.

use crate::parser::{PResult, Parser, depth};
use crate::path::PathStyle;
use crate::token_type::TokenType as T;
use ast::token::{self, IdentIsRaw, TokenKind};
use ast::{AttrVec, Expr, ExprKind, MethodCall, P, YieldKind};
use diagnostics::Applicability;
use span::{Ident, Span, Symbol, kw, sym};

impl<'a> Parser<'a> {
    /// A postfix expression with attributes before it.
    pub(crate) fn parse_expr_dot_or_call(&mut self, attrs: AttrVec) -> PResult<'a, P<Expr>> {
        let base = self.parse_expr_bottom()?;
        let span = base.span;
        self.parse_expr_dot_or_call_with(attrs, base, span)
    }

    /// What follows `base`.
    pub(crate) fn parse_expr_dot_or_call_with(
        &mut self,
        mut attrs: AttrVec,
        mut e: P<Expr>,
        lo: Span,
    ) -> PResult<'a, P<Expr>> {
        e = self.parse_expr_dot_or_call_rest(e, lo)?;
        if !attrs.is_empty() {
            attrs.append(&mut e.attrs);
            e.attrs = attrs;
        }
        Ok(e)
    }

    pub(crate) fn parse_expr_dot_or_call_rest(&mut self, mut e: P<Expr>, lo: Span) -> PResult<'a, P<Expr>> {
        loop {
            match self.token.kind {
                TokenKind::Question => {
                    self.bump();
                    self.sink_operand(depth::POSTFIX)?;
                    e = self.mk_expr(lo.to(self.prev_token.span), ExprKind::Try(e));
                    continue;
                }
                TokenKind::Dot => {
                    self.bump();
                    self.sink_operand(depth::POSTFIX)?;
                    e = self.parse_dot_suffix_expr(lo, e)?;
                    continue;
                }
                _ => {}
            }
            self.expected.insert(T::Question);
            self.expected.insert(T::Dot);
            if self.expr_is_complete(&e) {
                return Ok(e);
            }
            if matches!(self.token.kind, TokenKind::OpenParen | TokenKind::OpenBracket) {
                self.sink_operand(depth::POSTFIX)?;
            }
            e = match self.token.kind {
                TokenKind::OpenParen => self.parse_expr_fn_call(lo, e)?,
                TokenKind::OpenBracket => self.parse_expr_index(lo, e)?,
                TokenKind::RArrow if self.may_recover() && self.is_field_arrow() => {
                    // `x->y`
                    let err = self.dcx().struct_span_err(
                        self.token.span,
                        "`->` is not valid syntax for field accesses and method calls",
                    );
                    let span = self.token.span;
                    self.report(
                        err.with_span_suggestion_verbose(
                            span,
                            "try using `.` instead",
                            ".",
                            Applicability::MachineApplicable,
                        )
                        .with_help("the `.` operator will automatically dereference the value, except if the value is a raw pointer"),
                    );
                    self.bump();
                    self.parse_dot_suffix_expr(lo, e)?
                }
                _ => return Ok(e),
            };
        }
    }

    pub(crate) fn is_field_arrow(&self) -> bool {
        self.look_ahead(1, |t| t.is_ident() && !t.is_reserved_ident() || t.is_integer_lit())
            && self.prev_token.span.hi() == self.token.span.lo()
            && self.look_ahead(1, |t| t.span.lo() == self.token.span.hi())
    }

    /// What follows `.`.
    pub(crate) fn parse_dot_suffix_expr(&mut self, lo: Span, base: P<Expr>) -> PResult<'a, P<Expr>> {
        match self.token.kind {
            TokenKind::Ident(..) => self.parse_dot_suffix(base, lo),
            TokenKind::Literal(token::Lit { kind: token::LitKind::Integer, symbol, suffix }) => {
                let ident_span = self.token.span;
                self.bump();
                Ok(self.mk_expr_tuple_field_access(lo, ident_span, base, symbol, suffix))
            }
            TokenKind::Literal(token::Lit { kind: token::LitKind::Float, symbol, suffix }) => {
                self.parse_expr_tuple_field_float(lo, base, symbol, suffix)
            }
            _ => {
                self.error_unexpected_after_dot();
                Ok(base)
            }
        }
    }

    pub(crate) fn error_unexpected_after_dot(&mut self) {
        let actual = ast::pretty::token_to_string(&self.token);
        let span = self.token.span;
        let err = self.dcx().struct_span_err(span, format!("unexpected token: `{actual}`"));
        self.report(err);
    }

    pub(crate) fn mk_expr_tuple_field_access(
        &mut self,
        lo: Span,
        ident_span: Span,
        base: P<Expr>,
        field: Symbol,
        suffix: Option<Symbol>,
    ) -> P<Expr> {
        if let Some(suffix) = suffix {
            self.report_suffix_on_tuple_index(ident_span, suffix);
        }
        self.mk_expr(lo.to(ident_span), ExprKind::Field(base, Ident::new(field, ident_span)))
    }

    /// `x.1.2` is lexed as `x` `.` `1.2`.
    pub(crate) fn parse_expr_tuple_field_float(
        &mut self,
        lo: Span,
        base: P<Expr>,
        float: Symbol,
        suffix: Option<Symbol>,
    ) -> PResult<'a, P<Expr>> {
        let span = self.token.span;
        let text = float.as_str().to_string();
        let parts: Vec<&str> = text.split('.').collect();
        let numeric = |part: &str| part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') && !part.is_empty();
        match parts[..] {
            // `1.`: a dot follows.
            [a, ""] if numeric(a) => {
                let (sp_a, sp_dot) = self.split_span(span, a.len());
                self.bump();
                let base = self.mk_expr_tuple_field_access(lo, sp_a, base, Symbol::intern(a), None);
                self.prev_token = token::Token::new(TokenKind::Dot, sp_dot);
                self.parse_dot_suffix_expr(lo, base)
            }
            [a, b] if numeric(a) && numeric(b) => {
                let (sp_a, rest) = self.split_span(span, a.len());
                let (_, sp_b) = self.split_span(rest, 1);
                self.bump();
                let base = self.mk_expr_tuple_field_access(lo, sp_a, base, Symbol::intern(a), None);
                Ok(self.mk_expr_tuple_field_access(lo, sp_b, base, Symbol::intern(b), suffix))
            }
            // `1e3`
            [a] if numeric(a) => {
                self.bump();
                Ok(self.mk_expr_tuple_field_access(lo, span, base, float, suffix))
            }
            // `1e+3` and the like stay: they are said to be unexpected once more.
            _ => {
                self.error_unexpected_after_dot();
                Ok(base)
            }
        }
    }

    pub(crate) fn split_span(&self, span: Span, len: usize) -> (Span, Span) {
        let at = (span.lo() + span::BytePos(len as u32)).min(span.hi());
        (span.with_hi(at), span.with_lo(at))
    }

    /// `f(a, b)`
    pub(crate) fn parse_expr_fn_call(&mut self, lo: Span, fun: P<Expr>) -> PResult<'a, P<Expr>> {
        let snapshot = (self.may_recover() && self.token.kind == TokenKind::OpenParen).then(|| self.clone());
        match self.parse_expr_paren_seq() {
            Ok(args) => Ok(self.mk_expr(lo.to(self.prev_token.span), ExprKind::Call(fun, args))),
            Err(err) => {
                if let Some(snapshot) = snapshot
                    && let Some(expr) = self.maybe_recover_struct_lit_bad_delims(lo, &fun, snapshot)
                {
                    err.cancel();
                    return Ok(expr);
                }
                Err(err)
            }
        }
    }

    /// `x[i]`
    pub(crate) fn parse_expr_index(&mut self, lo: Span, base: P<Expr>) -> PResult<'a, P<Expr>> {
        let open = self.token.span;
        let prev = self.prev_token.span;
        self.bump();
        let index = self.parse_expr()?;
        if let Err(mut err) = self.expect(T::CloseBracket) {
            if self.token.kind == TokenKind::Comma || self.token.kind == TokenKind::Semi {
                err.span_suggestion_verbose(
                    prev.shrink_to_hi(),
                    "you might have meant to add a semicolon",
                    ";",
                    Applicability::MaybeIncorrect,
                );
            }
            return Err(err);
        }
        let span = lo.to(self.prev_token.span);
        Ok(self.mk_expr(span, ExprKind::Index(base, index, open.to(self.prev_token.span))))
    }

    /// `.await`, `.use`, `.match`, `.name`, `.name(..)`
    pub(crate) fn parse_dot_suffix(&mut self, self_arg: P<Expr>, lo: Span) -> PResult<'a, P<Expr>> {
        if let TokenKind::Ident(name, IdentIsRaw::No) = self.token.kind {
            match name {
                kw::Await if self.token.span.at_least_rust_2018() => {
                    self.bump();
                    let span = lo.to(self.prev_token.span);
                    let expr = self.mk_expr(span, ExprKind::Await(self_arg, self.prev_token.span));
                    self.recover_from_await_method_call();
                    return Ok(expr);
                }
                kw::Use => {
                    self.bump();
                    let span = lo.to(self.prev_token.span);
                    self.gate(sym::ergonomic_clones, self.prev_token.span);
                    let expr = self.mk_expr(span, ExprKind::Use(self_arg, self.prev_token.span));
                    return Ok(expr);
                }
                kw::Match => {
                    let match_span = self.token.span;
                    self.bump();
                    self.gate(sym::postfix_match, match_span);
                    return self.parse_match_block(lo, match_span, self_arg, ast::MatchKind::Postfix);
                }
                kw::Yield => {
                    self.bump();
                    let yield_span = self.prev_token.span;
                    self.gate(sym::yield_expr, yield_span);
                    return Ok(self.mk_expr(lo.to(yield_span), ExprKind::Yield(YieldKind::Postfix(self_arg))));
                }
                _ => {}
            }
        }
        let fn_span_lo = self.token.span;
        let mut segment = self.parse_path_segment(PathStyle::Expr, None)?;
        self.check_trailing_angle_brackets(&segment, &[TokenKind::OpenParen]);
        self.check_turbofish_missing_angle_brackets(&mut segment);
        if self.check(T::OpenParen) {
            let args = self.parse_expr_paren_seq()?;
            let fn_span = fn_span_lo.to(self.prev_token.span);
            let span = lo.to(self.prev_token.span);
            return Ok(self.mk_expr(
                span,
                ExprKind::MethodCall(P(MethodCall { seg: segment, receiver: self_arg, args, span: fn_span })),
            ));
        }
        let span = lo.to(self.prev_token.span);
        if let Some(args) = &segment.args {
            let err = self.dcx().struct_span_err(args.span(), "field expressions cannot have generic arguments");
            self.report(err);
        }
        Ok(self.mk_expr(span, ExprKind::Field(self_arg, segment.ident)))
    }

    /// `x.await()`
    pub(crate) fn recover_from_await_method_call(&mut self) {
        if self.token.kind == TokenKind::OpenParen && self.look_kind(1) == TokenKind::CloseParen && self.may_recover() {
            let lo = self.token.span;
            self.bump();
            let span = lo.to(self.token.span);
            self.bump();
            let err = self.dcx().struct_span_err(span, "incorrect use of `await`").with_span_suggestion(
                span,
                "`await` is not a method call, remove the parentheses",
                "",
                Applicability::MachineApplicable,
            );
            self.report(err);
        }
    }
}
