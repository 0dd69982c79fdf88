//! Expressions without operators: literals, paths, calls of macros, structs, parentheses, arrays, jumps, `builtin #`.

mod jump;
mod literal;
mod struct_lit;

use ast::token::{self, IdentIsRaw, Lit, MetaVarKind, TokenKind};
use ast::{AttrVec, BlockCheckMode, Expr, ExprKind, Label, MacCall, P, UnsafeSource};
use diagnostics::{Applicability, Diag};
use span::{Ident, Span, Symbol, kw};
use thin_vec::ThinVec;

use crate::parser::{PResult, Parser, Restrictions, Trailing};
use crate::path::PathStyle;
use crate::token_type::TokenType as T;

impl<'a> Parser<'a> {
    /// An expression that neither begins nor ends with an operator.
    pub(crate) fn parse_expr_bottom(&mut self) -> PResult<'a, P<Expr>> {
        let lo = self.token.span;
        match self.token.kind {
            TokenKind::Literal(_) => {
                let expr = self.parse_expr_lit()?;
                return self.maybe_recover_from_bad_qpath_expr(expr);
            }
            TokenKind::OpenParen => {
                let res = self.restrictions.without(Restrictions::ALLOW_LET).only(Restrictions::empty());
                let expr = self.with_res(res, |this| this.parse_expr_tuple_parens())?;
                return self.maybe_recover_from_bad_qpath_expr(expr);
            }
            TokenKind::OpenBrace => return self.parse_expr_block(None, lo, BlockCheckMode::Default),
            TokenKind::Or | TokenKind::OrOr => return self.parse_expr_closure(),
            TokenKind::OpenBracket => {
                let expr = self.with_res(Restrictions::empty(), |this| this.parse_expr_array_or_repeat())?;
                return self.maybe_recover_from_bad_qpath_expr(expr);
            }
            TokenKind::OpenInvisible(_) => return self.parse_expr_metavar(),
            _ => {}
        }
        if self.is_builtin() {
            return self.parse_expr_builtin();
        }
        if self.check_path() {
            return self.parse_expr_path_start();
        }
        if let TokenKind::Ident(name, IdentIsRaw::No) = self.token.kind
            && let Some(expr) = self.parse_expr_keyword(name, lo)?
        {
            return Ok(expr);
        }
        if self.token.is_lifetime() {
            return self.parse_expr_labeled();
        }
        self.parse_expr_lit()
    }

    /// What a keyword begins; `None` for one that begins no expression.
    fn parse_expr_keyword(&mut self, name: Symbol, lo: Span) -> PResult<'a, Option<P<Expr>>> {
        Ok(Some(match name {
            kw::Move | kw::Static => self.parse_expr_closure()?,
            kw::Use if matches!(self.look_kind(1), TokenKind::Or | TokenKind::OrOr) => self.parse_expr_closure()?,
            kw::Const if self.check_const_closure() => self.parse_expr_closure()?,
            kw::Const if self.check_inline_const(0) => self.parse_const_block(lo)?,
            kw::For => {
                if self.choose_generics_over_qpath(1) {
                    self.parse_expr_closure()?
                } else {
                    self.bump();
                    self.parse_expr_for(None, lo)?
                }
            }
            kw::If => {
                self.bump();
                self.parse_expr_if()?
            }
            kw::While => {
                self.bump();
                self.parse_expr_while(None, lo)?
            }
            kw::Loop => {
                self.bump();
                self.parse_expr_loop(None, lo)?
            }
            kw::Match => {
                self.bump();
                self.parse_expr_match()?
            }
            kw::Unsafe => {
                self.bump();
                self.parse_expr_block(None, lo, BlockCheckMode::Unsafe(UnsafeSource::UserProvided))?
            }
            kw::Do if self.is_keyword_ahead(1, &[kw::Catch]) && self.look_kind(2) == TokenKind::OpenBrace => {
                self.recover_do_catch()?
            }
            kw::Do if self.is_do_yeet() => self.parse_expr_yeet()?,
            kw::Try if self.is_try_block() => {
                self.bump();
                self.parse_try_block(lo)?
            }
            kw::Return => self.parse_expr_return()?,
            kw::Continue => self.parse_expr_continue(lo)?,
            kw::Break => self.parse_expr_break()?,
            kw::Yield => self.parse_expr_yield()?,
            kw::Become => self.parse_expr_become()?,
            kw::Let => self.parse_expr_let()?,
            kw::Underscore => {
                self.bump();
                self.mk_expr(self.prev_token.span, ExprKind::Underscore)
            }
            kw::Async => {
                if self.is_gen_block(kw::Async, 0) {
                    self.parse_gen_block()?
                } else {
                    self.parse_expr_closure()?
                }
            }
            kw::Gen if self.is_gen_block(kw::Gen, 0) => self.parse_gen_block()?,
            kw::Await if self.may_recover() => {
                self.bump();
                self.recover_incorrect_await_syntax(lo)?
            }
            _ => return Ok(None),
        }))
    }

    /// A substituted fragment.
    fn parse_expr_metavar(&mut self) -> PResult<'a, P<Expr>> {
        match self.metavar() {
            Some(MetaVarKind::Expr { .. }) => {
                let expr = self.in_metavar(|this| {
                    this.with_res(Restrictions::empty(), |this| this.parse_expr_res(Restrictions::ALLOW_LET))
                })?;
                Ok(expr)
            }
            Some(MetaVarKind::Literal) => self.in_metavar(|this| this.parse_literal_maybe_minus()),
            Some(MetaVarKind::Block) => {
                let lo = self.token.span;
                let block = self.in_metavar(|this| this.parse_block())?;
                let _ = lo;
                Ok(self.mk_expr(block.span, ExprKind::Block(block, None)))
            }
            Some(MetaVarKind::Path) => {
                if self.check_path() {
                    return self.parse_expr_path_start();
                }
                self.parse_expr_lit()
            }
            Some(MetaVarKind::Ty { is_path: true }) => self.parse_expr_path_start(),
            _ => self.parse_expr_lit(),
        }
    }

    /// A literal, or the error that no expression begins here.
    fn parse_expr_lit(&mut self) -> PResult<'a, P<Expr>> {
        let lo = self.token.span;
        match self.parse_opt_token_lit() {
            Some((token_lit, _)) => Ok(self.mk_expr(lo.to(self.prev_token.span), ExprKind::Lit(token_lit))),
            None => self.try_macro_suggestion(),
        }
    }

    fn try_macro_suggestion(&mut self) -> PResult<'a, P<Expr>> {
        let is_try = self.token.is_keyword(kw::Try);
        let is_questionmark = self.look_kind(1) == TokenKind::Bang;
        let is_open = self.look_kind(2) == TokenKind::OpenParen;
        if is_try && is_questionmark && is_open && self.may_recover() {
            let lo = self.token.span;
            self.bump();
            self.bump();
            let try_span = lo.to(self.token.span);
            self.bump();
            let inner_lo = self.token.span;
            self.skip_to_close();
            let hi = self.prev_token.span;
            let inner = inner_lo.to(hi);
            let _ = inner;
            self.bump();
            let mut err = self.dcx().struct_span_err(lo.to(self.prev_token.span), "use of deprecated `try` macro");
            err.note("in the 2018 edition `try` is a reserved keyword, and the `try!()` macro is deprecated");
            err.multipart_suggestion(
                "you can use the `?` operator instead",
                vec![(try_span, String::new()), (self.prev_token.span, "?".to_string())],
                Applicability::MachineApplicable,
            );
            err.span_suggestion(
                lo.shrink_to_lo(),
                "alternatively, you can still access the deprecated `try!()` macro using the \"raw identifier\" syntax",
                "r#",
                Applicability::MachineApplicable,
            );
            let guar = self.report(err);
            return Ok(self.mk_expr_err(lo.to(self.prev_token.span), guar));
        }
        Err(self.expected_expression_found())
    }

    pub(crate) fn expected_expression_found(&mut self) -> Diag<'a> {
        let (span, msg) = if self.token.kind == TokenKind::Eof && self.subparser_name.is_some() {
            let name = self.subparser_name.unwrap_or("macro arguments");
            (self.prev_token.span, format!("expected expression, found end of {name}"))
        } else {
            (self.token.span, format!("expected expression, found {}", crate::diagnostics::token_descr(&self.token)))
        };
        self.last_unexpected_token_span = Some(span);
        let mut err = self.dcx().struct_span_err(span, msg);
        err.span_label(span, "expected expression");
        err
    }

    /// `()`, `(x)`, `(x, y)`
    fn parse_expr_tuple_parens(&mut self) -> PResult<'a, P<Expr>> {
        let lo = self.token.span;
        self.expect(T::OpenParen)?;
        let (es, trailing, recovered) =
            match self.parse_seq_to_before_end(T::CloseParen, |p| p.parse_expr_catch_underscore_in_tuple()) {
                Ok(found) => found,
                Err(err) => return self.recover_seq_parse_error(lo, err),
            };
        if matches!(recovered, ast::Recovered::No) {
            self.eat(T::CloseParen);
        }
        let span = lo.to(self.prev_token.span);
        let kind = if es.len() == 1 && trailing == Trailing::No {
            ExprKind::Paren(es.into_iter().next().expect("one"))
        } else {
            ExprKind::Tup(es)
        };
        Ok(self.mk_expr(span, kind))
    }

    fn parse_expr_catch_underscore_in_tuple(&mut self) -> PResult<'a, P<Expr>> {
        self.parse_expr_res(Restrictions::empty())
    }

    /// `[]`, `[a, b]`, `[x; n]`
    fn parse_expr_array_or_repeat(&mut self) -> PResult<'a, P<Expr>> {
        let lo = self.token.span;
        self.bump();
        let kind = if self.eat(T::CloseBracket) {
            ExprKind::Array(ThinVec::new())
        } else {
            let first = self.parse_expr()?;
            if self.eat(T::Semi) {
                let count = self.parse_expr_anon_const()?;
                self.expect(T::CloseBracket)?;
                ExprKind::Repeat(first, count)
            } else if self.eat(T::Comma) {
                let (mut rest, _, recovered) =
                    self.parse_seq_to_before_end(T::CloseBracket, |p| p.parse_expr_catch_underscore_in_tuple())?;
                if matches!(recovered, ast::Recovered::No) {
                    self.eat(T::CloseBracket);
                }
                rest.insert(0, first);
                ExprKind::Array(rest)
            } else {
                let mut list: ThinVec<P<Expr>> = ThinVec::new();
                list.push(first);
                self.expected.insert(T::Comma);
                self.expected.insert(T::Semi);
                self.finish_array(&mut list)?;
                ExprKind::Array(list)
            }
        };
        Ok(self.mk_expr(lo.to(self.prev_token.span), kind))
    }

    fn finish_array(&mut self, list: &mut ThinVec<P<Expr>>) -> PResult<'a, ()> {
        if self.eat(T::CloseBracket) {
            return Ok(());
        }
        // A missing comma: the list's own recovery.
        match self.expect_one_of(&[T::CloseBracket], &[]) {
            Ok(_) => Ok(()),
            Err(err) => {
                let mut parse = |p: &mut Self| p.parse_expr_catch_underscore_in_tuple();
                match self.recover_missing_comma(T::CloseBracket, err, list, &mut parse)? {
                    crate::parser::SeqRecovery::Stop(_) => Ok(()),
                    crate::parser::SeqRecovery::GoOn => {
                        if self.eat(T::CloseBracket) {
                            return Ok(());
                        }
                        self.expect(T::Comma)?;
                        let (rest, _, recovered) = self
                            .parse_seq_to_before_end(T::CloseBracket, |p| p.parse_expr_catch_underscore_in_tuple())?;
                        if matches!(recovered, ast::Recovered::No) {
                            self.eat(T::CloseBracket);
                        }
                        list.extend(rest);
                        Ok(())
                    }
                }
            }
        }
    }

    /// `a::b`, `a::b!(..)`, `a::B { .. }`
    fn parse_expr_path_start(&mut self) -> PResult<'a, P<Expr>> {
        let lo = self.token.span;
        let (qself, path) = if self.eat_lt() {
            let (qself, path) = self.parse_qpath(PathStyle::Expr)?;
            (Some(qself), path)
        } else {
            (None, self.parse_path(PathStyle::Expr)?)
        };
        let kind = if qself.is_none() && self.check(T::Bang) {
            // `x != y` is one token; `x ! y` is nothing.
            self.bump();
            let args = self.parse_delim_args()?;
            let mac = ExprKind::MacCall(P(MacCall { path, args }));
            let expr = self.mk_expr(lo.to(self.prev_token.span), mac);
            return self.maybe_recover_from_bad_qpath_expr(expr);
        } else if self.token.kind == TokenKind::OpenBrace {
            self.expected.insert(T::OpenBrace);
            return match self.maybe_parse_struct_expr(&qself, &path) {
                Some(expr) => expr,
                None => Ok(self.mk_expr(lo.to(self.prev_token.span), ExprKind::Path(qself, path))),
            };
        } else {
            self.expected.insert(T::OpenBrace);
            ExprKind::Path(qself, path)
        };
        Ok(self.mk_expr(lo.to(self.prev_token.span), kind))
    }

    pub(crate) fn parse_delim_args(&mut self) -> PResult<'a, P<ast::DelimArgs>> {
        match self.parse_delim_args_inner() {
            Some(args) => Ok(P(args)),
            None => {
                self.expected.insert(T::OpenParen);
                self.expected.insert(T::OpenBracket);
                self.expected.insert(T::OpenBrace);
                self.unexpected()
            }
        }
    }

    /// `do catch {}`
    fn recover_do_catch(&mut self) -> PResult<'a, P<Expr>> {
        let lo = self.token.span;
        self.bump();
        self.bump();
        let span = lo.to(self.prev_token.span);
        let err = self
            .dcx()
            .struct_span_err(span, "found removed `do catch` syntax")
            .with_note("following RFC #2388, the new non-placeholder syntax is `try`")
            .with_span_suggestion(span, "replace with the new syntax", "try", Applicability::MachineApplicable);
        self.report(err);
        self.parse_try_block(lo)
    }

    /// `{ .. }` as an expression; `unsafe` and a label have been read.
    pub(crate) fn parse_expr_block(
        &mut self,
        label: Option<Label>,
        lo: Span,
        rules: BlockCheckMode,
    ) -> PResult<'a, P<Expr>> {
        if let Some(MetaVarKind::Block) = self.metavar()
            && (label.is_some() || rules != BlockCheckMode::Default)
        {
            let span = self.token.span;
            let err = self.dcx().struct_span_err(span, "cannot use a `block` macro fragment here");
            self.report(err.with_span_label(lo.to(span), "the `block` fragment is within this context"));
        }
        if let Some(array) = self.recover_array_in_braces(lo) {
            return Ok(array);
        }
        let (attrs, block): (AttrVec, _) = self.parse_block_common(lo, rules, None)?;
        Ok(self.mk_expr_with_attrs(lo.to(block.span), ExprKind::Block(block, label), attrs))
    }
}

/// The fields of `a.b.0`, where a number with a point is two fields; false if it is something else.
fn push_field_path(expr: &Expr, fields: &mut Vec<Ident>) -> bool {
    match &expr.kind {
        ExprKind::Path(None, path) => match path.segments.as_slice() {
            [segment] if segment.args.is_none() => {
                fields.push(segment.ident);
                true
            }
            _ => false,
        },
        ExprKind::Field(base, ident) => {
            let ok = push_field_path(base, fields);
            fields.push(*ident);
            ok
        }
        ExprKind::Lit(Lit { kind: token::LitKind::Integer | token::LitKind::Float, symbol, suffix: None }) => {
            for part in symbol.as_str().split('.').filter(|part| !part.is_empty()) {
                fields.push(Ident::new(Symbol::intern(part), expr.span));
            }
            true
        }
        _ => false,
    }
}
