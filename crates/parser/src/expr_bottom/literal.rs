//! Literals, and `builtin #`.

use super::push_field_path;
use crate::parser::{PResult, Parser};
use crate::token_type::TokenType as T;
use ast::token::{self, IdentIsRaw, Lit, MetaVarKind, TokenKind};
use ast::{AnonConst, DUMMY_NODE_ID, Expr, ExprKind, MetaItemLit, P, StrLit, StrStyle, UnOp, UnsafeBinderCastKind};
use diagnostics::Applicability;
use span::{Ident, Span, Symbol, kw, sym};

impl<'a> Parser<'a> {
    // `builtin #`

    pub(crate) fn is_builtin(&self) -> bool {
        self.token.is_keyword(kw::Builtin) && self.look_kind(1) == TokenKind::Pound
    }

    /// `builtin # name(..)`
    pub(crate) fn parse_expr_builtin(&mut self) -> PResult<'a, P<Expr>> {
        let lo = self.token.span;
        self.bump();
        self.bump();
        let Some((ident, IdentIsRaw::No)) = self.token.ident() else {
            let err = self.dcx().struct_span_err(self.token.span, "expected identifier after `builtin #`");
            return Err(err);
        };
        self.gate(sym::builtin_syntax, ident.span);
        self.bump();
        let name = ident.name;
        if ![sym::offset_of, sym::type_ascribe, sym::wrap_binder, sym::unwrap_binder].contains(&name) {
            let err = self.dcx().struct_span_err(lo.to(ident.span), format!("unknown `builtin #` construct `{name}`"));
            return Err(err);
        }
        self.expect(T::OpenParen)?;
        let kind = match name {
            sym::offset_of => self.parse_expr_offset_of()?,
            sym::type_ascribe => {
                let expr = self.parse_expr()?;
                self.expect(T::Comma)?;
                let ty = self.parse_ty()?;
                ExprKind::Type(expr, ty)
            }
            sym::wrap_binder => self.parse_expr_unsafe_binder_cast(UnsafeBinderCastKind::Wrap)?,
            _ => self.parse_expr_unsafe_binder_cast(UnsafeBinderCastKind::Unwrap)?,
        };
        self.eat(T::Comma);
        self.expect(T::CloseParen)?;
        Ok(self.mk_expr(lo.to(self.prev_token.span), kind))
    }

    pub(crate) fn parse_expr_unsafe_binder_cast(&mut self, kind: UnsafeBinderCastKind) -> PResult<'a, ExprKind> {
        let expr = self.parse_expr()?;
        let ty = if self.eat(T::Comma) { Some(self.parse_ty()?) } else { None };
        Ok(ExprKind::UnsafeBinderCast(kind, expr, ty))
    }

    /// `Type, a.b.0`
    pub(crate) fn parse_expr_offset_of(&mut self) -> PResult<'a, ExprKind> {
        let container = self.parse_ty()?;
        self.expect(T::Comma)?;
        let mut fields = Vec::new();
        let mut trailing_dot = None;
        loop {
            if self.check(T::CloseParen) {
                break;
            }
            // `offset_of!` hands its fields on as expressions.
            if let Some(MetaVarKind::Expr { .. }) = self.metavar() {
                let expr = self.parse_expr()?;
                if !push_field_path(&expr, &mut fields) {
                    self.dcx().span_err(expr.span, "expected identifier");
                }
                trailing_dot = None;
                if self.eat(T::Dot) {
                    trailing_dot = Some(self.prev_token.span);
                } else if !matches!(self.metavar(), Some(MetaVarKind::Expr { .. })) {
                    break;
                }
                continue;
            }
            match self.token.kind {
                TokenKind::Ident(..) => fields.push(self.parse_ident()?),
                TokenKind::Literal(Lit { kind: token::LitKind::Integer, symbol, suffix }) => {
                    if let Some(suffix) = suffix {
                        self.report_suffix_on_tuple_index(self.token.span, suffix);
                    }
                    fields.push(Ident::new(symbol, self.token.span));
                    self.bump();
                }
                TokenKind::Literal(Lit { kind: token::LitKind::Float, symbol, .. }) => {
                    let text = symbol.as_str().to_string();
                    let span = self.token.span;
                    self.bump();
                    for part in text.split('.').filter(|part| !part.is_empty()) {
                        fields.push(Ident::new(Symbol::intern(part), span));
                    }
                    if text.ends_with('.') {
                        trailing_dot = Some(span);
                        continue;
                    }
                }
                _ => {
                    let err = self
                        .dcx()
                        .struct_span_err(self.token.span, "offset_of expects dot-separated field and variant names");
                    self.report(err);
                    self.skip_to_close();
                    break;
                }
            }
            trailing_dot = None;
            if !self.eat(T::Dot) {
                break;
            }
            trailing_dot = Some(self.prev_token.span);
        }
        if let Some(span) = trailing_dot {
            let err = self.dcx().struct_span_err(span, "unexpected token: `)`");
            self.report(err);
        }
        if !self.is(T::CloseParen) && !self.is(T::Comma) {
            self.check(T::CloseParen);
            self.expected.insert(T::Dot);
            return self.unexpected();
        }
        Ok(ExprKind::OffsetOf(container, fields))
    }

    // Literals.

    /// A literal token, `true` or `false`.
    pub(crate) fn parse_opt_token_lit(&mut self) -> Option<(Lit, Span)> {
        if let Some(MetaVarKind::Literal | MetaVarKind::Expr { can_begin_literal_maybe_minus: true, .. }) =
            self.metavar()
        {
            let mut inner = self.clone();
            let lit = inner.in_metavar(|this| this.parse_opt_token_lit().ok_or_else(|| this.silent_error()));
            return match lit {
                Ok(found) => {
                    *self = inner;
                    Some(found)
                }
                Err(err) => {
                    err.cancel();
                    None
                }
            };
        }
        if let TokenKind::Dot = self.token.kind
            && self.may_recover()
            && let Some(lit) = self.recover_after_dot()
        {
            return Some(lit);
        }
        let lit = Lit::from_token(&self.token)?;
        let span = self.token.span;
        self.bump();
        Some((lit, span))
    }

    /// `.5`
    pub(crate) fn recover_after_dot(&mut self) -> Option<(Lit, Span)> {
        let next = self.look_ahead(1, |t| *t);
        let TokenKind::Literal(Lit { kind: token::LitKind::Integer, symbol, suffix }) = next.kind else {
            return None;
        };
        if self.token.span.hi() != next.span.lo() {
            return None;
        }
        let s = String::from("0.") + symbol.as_str();
        let kind = Lit::new(token::LitKind::Float, Symbol::intern(&s), suffix);
        let span = self.token.span.to(next.span);
        let err = self.dcx().struct_span_err(span, "float literals must have an integer part");
        self.report(err.with_span_suggestion_verbose(
            span.shrink_to_lo(),
            "must have an integer part",
            "0",
            Applicability::MachineApplicable,
        ));
        self.bump();
        self.bump();
        Some((kind, span))
    }

    /// A literal with its value.
    pub(crate) fn parse_opt_meta_item_lit(&mut self) -> PResult<'a, Option<MetaItemLit>> {
        let Some((token_lit, span)) = self.parse_opt_token_lit() else {
            return Ok(None);
        };
        Ok(Some(match MetaItemLit::from_token_lit(token_lit, span) {
            Ok(lit) => lit,
            Err(error) => {
                let guar = crate::diagnostics::report_lit_error(self.sess, error, token_lit, span);
                MetaItemLit { symbol: token_lit.symbol, suffix: token_lit.suffix, kind: ast::LitKind::Err(guar), span }
            }
        }))
    }

    /// `"C"`: a string literal, if one stands here.
    pub(crate) fn parse_opt_str_lit(&mut self) -> Result<StrLit, Option<(Lit, Span)>> {
        let checkpoint = self.clone();
        match self.parse_opt_token_lit() {
            Some((lit, span)) => {
                let style = match lit.kind {
                    token::LitKind::Str => StrStyle::Cooked,
                    token::LitKind::StrRaw(n) => StrStyle::Raw(n),
                    _ => {
                        return Err(Some((lit, span)));
                    }
                };
                match ast::LitKind::from_token_lit(Lit::new(lit.kind, lit.symbol, None)) {
                    Ok(ast::LitKind::Str(symbol_unescaped, _)) => {
                        Ok(StrLit { symbol: lit.symbol, suffix: lit.suffix, symbol_unescaped, style, span })
                    }
                    _ => Err(Some((lit, span))),
                }
            }
            None => {
                *self = checkpoint;
                Err(None)
            }
        }
    }

    /// `1`, `-1`
    pub fn parse_literal_maybe_minus(&mut self) -> PResult<'a, P<Expr>> {
        if let Some(MetaVarKind::Expr { .. } | MetaVarKind::Literal) = self.metavar() {
            let kind = self.metavar();
            let expr = self.in_metavar(|this| match kind {
                Some(MetaVarKind::Literal) => this.parse_literal_maybe_minus(),
                _ => this.parse_expr(),
            })?;
            // In a pattern only literals, paths and const blocks are of use.
            return Ok(expr);
        }
        let lo = self.token.span;
        let minus_present = self.eat(T::Minus);
        let (token_lit, span) = match self.parse_opt_token_lit() {
            Some(found) => found,
            None => return Err(self.expected_expression_found()),
        };
        let expr = self.mk_expr(span, ExprKind::Lit(token_lit));
        if minus_present {
            let hi = self.prev_token.span;
            return Ok(self.mk_expr(lo.to(hi), ExprKind::Unary(UnOp::Neg, expr)));
        }
        Ok(expr)
    }

    /// `const { .. }`
    pub(crate) fn parse_const_block(&mut self, lo: Span) -> PResult<'a, P<Expr>> {
        self.expect_keyword(T::KwConst)?;
        let (attrs, block) = self.parse_inner_attrs_and_block(None)?;
        let span = lo.to(block.span);
        let anon_const = AnonConst { id: DUMMY_NODE_ID, value: self.mk_expr(block.span, ExprKind::Block(block, None)) };
        Ok(self.mk_expr_with_attrs(span, ExprKind::ConstBlock(anon_const), attrs))
    }
}
