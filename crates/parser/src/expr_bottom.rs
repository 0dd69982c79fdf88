//! Expressions without operators: literals, paths, calls of macros, structs, parentheses, arrays, jumps, `builtin #`.

use ast::token::{self, IdentIsRaw, Lit, MetaVarKind, TokenKind};
use ast::{
    AnonConst, AttrVec, BlockCheckMode, DUMMY_NODE_ID, Expr, ExprField, ExprKind, Label, MacCall, MetaItemLit, P, Path,
    QSelf, StrLit, StrStyle, StructExpr, StructRest, UnOp, UnsafeBinderCastKind, UnsafeSource, YieldKind,
};
use diagnostics::{Applicability, Diag, ErrorGuaranteed};
use span::{Ident, Span, Symbol, kw, sym};
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
            ExprKind::MacCall(P(MacCall { path, args }))
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

    /// `S { .. }`, if the brace does not begin a block.
    fn maybe_parse_struct_expr(&mut self, qself: &Option<P<QSelf>>, path: &Path) -> Option<PResult<'a, P<Expr>>> {
        let struct_allowed = !self.restrictions.contains(Restrictions::NO_STRUCT_LITERAL);
        if !struct_allowed && !(self.may_recover() && self.is_certainly_not_a_block()) {
            return None;
        }
        self.bump();
        let expr =
            self.with_res(Restrictions::empty(), |this| this.parse_expr_struct(qself.clone(), path.clone(), true));
        if let Ok(expr) = &expr
            && !struct_allowed
        {
            let err = self
                .dcx()
                .struct_span_err(expr.span, "struct literals are not allowed here")
                .with_multipart_suggestion(
                    "surround the struct literal with parentheses",
                    vec![(path.span.shrink_to_lo(), "(".to_string()), (expr.span.shrink_to_hi(), ")".to_string())],
                    Applicability::MachineApplicable,
                );
            self.report(err);
        }
        Some(expr)
    }

    fn is_certainly_not_a_block(&self) -> bool {
        // `{ name,` and `{ name:` begin no block; `{ name: Type` could only be a statement that there is not.
        self.look_ahead(1, |t| t.is_ident()) && matches!(self.look_kind(2), TokenKind::Comma | TokenKind::Colon)
    }

    /// The fields behind `{`, and (`close_brace`) the `}`.
    pub(crate) fn parse_expr_struct(
        &mut self,
        qself: Option<P<QSelf>>,
        path: Path,
        close_brace: bool,
    ) -> PResult<'a, P<Expr>> {
        let (fields, rest, recovered) = self.parse_struct_fields(&path, close_brace)?;
        let span = path.span.to(self.prev_token.span);
        let kind = match recovered {
            Some(guar) => ExprKind::Err(guar),
            None => ExprKind::Struct(P(StructExpr { qself, path, fields, rest })),
        };
        Ok(self.mk_expr(span, kind))
    }

    fn parse_struct_fields(
        &mut self,
        path: &Path,
        close_brace: bool,
    ) -> PResult<'a, (ThinVec<ExprField>, StructRest, Option<ErrorGuaranteed>)> {
        let mut fields = ThinVec::new();
        let mut rest = StructRest::None;
        let mut recovered_async = None;
        let mut field_error: Option<ErrorGuaranteed> = None;
        while self.token.kind != TokenKind::CloseBrace && self.token.kind != TokenKind::Eof {
            if self.token.kind == TokenKind::CloseParen {
                break;
            }
            if self.eat(T::DotDot) || self.is(T::DotDotDot) && self.recover_struct_field_dots() {
                let exp_span = self.prev_token.span;
                if self.check(T::CloseBrace) {
                    rest = StructRest::Rest(self.prev_token.span);
                    break;
                }
                match self.parse_expr() {
                    Ok(base) => rest = StructRest::Base(base),
                    Err(err) if self.may_recover() => {
                        let guar = self.report(err);
                        field_error = Some(guar);
                        self.recover_stmt();
                    }
                    Err(err) => return Err(err),
                }
                self.recover_struct_comma_after_dotdot(exp_span);
                break;
            }
            let field = match self.parse_expr_field() {
                Ok(field) => field,
                Err(mut err) => {
                    err.span_label(path.span, "while parsing this struct");
                    // `S { async }` in 2015 and the like go on with the next field.
                    if !self.may_recover() {
                        return Err(err);
                    }
                    let guar = self.report(err);
                    field_error = Some(guar);
                    recovered_async = Some(guar);
                    self.recover_stmt_(crate::parser::SemiColonMode::Comma, crate::parser::BlockMode::Ignore);
                    continue;
                }
            };
            let is_shorthand = field.is_shorthand;
            let name_span = field.ident.span;
            fields.push(field);
            match self.expect_one_of(&[T::Comma], &[T::CloseBrace]) {
                Ok(_) => {}
                Err(mut err) => {
                    err.span_label(path.span, "while parsing this struct");
                    if is_shorthand {
                        err.span_label(name_span, "while parsing this struct field");
                        err.span_suggestion_verbose(
                            self.prev_token.span.shrink_to_hi(),
                            "try naming a field",
                            String::new(),
                            Applicability::HasPlaceholders,
                        );
                        err.suggestions.pop();
                    } else if self.token.is_ident() {
                        err.span_suggestion(
                            self.prev_token.span.shrink_to_hi(),
                            "try adding a comma",
                            ",",
                            Applicability::MachineApplicable,
                        );
                    }
                    if !self.may_recover() {
                        return Err(err);
                    }
                    let guar = self.report(err);
                    field_error = Some(guar);
                    if !self.token.is_ident() {
                        self.recover_stmt_(crate::parser::SemiColonMode::Comma, crate::parser::BlockMode::Ignore);
                    }
                }
            }
        }
        if let (Some(guar), StructRest::None) = (field_error, &rest) {
            rest = StructRest::NoneWithError(guar);
        }
        let _ = recovered_async;
        if close_brace {
            self.expect(T::CloseBrace)?;
        }
        Ok((fields, rest, None))
    }

    fn recover_struct_field_dots(&mut self) -> bool {
        let span = self.token.span;
        self.bump();
        let err = self.dcx().struct_span_err(span, "expected `..`, found `...`").with_span_suggestion_verbose(
            span,
            "use `..` to fill in the rest of the fields",
            "..",
            Applicability::MachineApplicable,
        );
        self.report(err);
        true
    }

    fn recover_struct_comma_after_dotdot(&mut self, span: Span) {
        if self.token.kind != TokenKind::Comma {
            return;
        }
        let comma = self.token.span;
        let err = self
            .dcx()
            .struct_span_err(span.to(self.prev_token.span), "cannot use a comma after the base struct")
            .with_note("the base struct must always be the last field")
            .with_span_suggestion_verbose(comma, "remove this comma", "", Applicability::MachineApplicable);
        self.report(err);
        self.recover_stmt();
    }

    fn parse_expr_field(&mut self) -> PResult<'a, ExprField> {
        let attrs = self.parse_outer_attributes()?;
        self.recover_vcs_conflict_marker();
        let lo = self.token.span;
        let is_shorthand = !matches!(self.look_kind(1), TokenKind::Colon | TokenKind::EqEq | TokenKind::Eq);
        let is_wrong = matches!(self.look_kind(1), TokenKind::EqEq | TokenKind::Eq);
        let (ident, expr) = if is_shorthand {
            // `S { x }`
            let ident = self.parse_ident_common(false)?;
            let path = Path::from_ident(ident);
            (ident, self.mk_expr(ident.span, ExprKind::Path(None, path)))
        } else {
            let ident = self.parse_field_name()?;
            if is_wrong {
                let span = self.token.span;
                let err = self
                    .dcx()
                    .struct_span_err(
                        span,
                        "expected `:`, found `=`"
                            .replace("`=`", &format!("`{}`", ast::pretty::token_to_string(&self.token))),
                    )
                    .with_span_suggestion_verbose(
                        ident.span.shrink_to_hi().to(span),
                        "replace equals symbol with a colon",
                        ":",
                        Applicability::MachineApplicable,
                    );
                self.report(err);
            }
            self.bump();
            (ident, self.parse_expr()?)
        };
        Ok(ExprField {
            ident,
            span: lo.to(expr.span),
            expr,
            is_shorthand,
            attrs,
            id: DUMMY_NODE_ID,
            is_placeholder: false,
        })
    }

    // Jumps.

    fn parse_expr_opt(&mut self) -> PResult<'a, Option<P<Expr>>> {
        if self.token.can_begin_expr() { Ok(Some(self.parse_expr()?)) } else { Ok(None) }
    }

    fn parse_expr_return(&mut self) -> PResult<'a, P<Expr>> {
        let lo = self.token.span;
        self.bump();
        let value = self.parse_expr_opt()?;
        Ok(self.mk_expr(lo.to(self.prev_token.span), ExprKind::Ret(value)))
    }

    fn is_do_yeet(&self) -> bool {
        self.is_keyword_ahead(1, &[kw::Yeet])
    }

    fn parse_expr_yeet(&mut self) -> PResult<'a, P<Expr>> {
        let lo = self.token.span;
        self.bump();
        self.bump();
        let value = self.parse_expr_opt()?;
        let span = lo.to(self.prev_token.span);
        self.gate(sym::yeet_expr, span);
        Ok(self.mk_expr(span, ExprKind::Yeet(value)))
    }

    fn parse_expr_become(&mut self) -> PResult<'a, P<Expr>> {
        let lo = self.token.span;
        self.bump();
        let value = self.parse_expr()?;
        let span = lo.to(value.span);
        self.gate(sym::explicit_tail_calls, span);
        Ok(self.mk_expr(span, ExprKind::Become(value)))
    }

    fn parse_expr_yield(&mut self) -> PResult<'a, P<Expr>> {
        let lo = self.token.span;
        self.bump();
        let value = self.parse_expr_opt()?;
        let span = lo.to(self.prev_token.span);
        self.gate(sym::yield_expr, span);
        Ok(self.mk_expr(span, ExprKind::Yield(YieldKind::Prefix(value))))
    }

    fn parse_expr_continue(&mut self, lo: Span) -> PResult<'a, P<Expr>> {
        self.bump();
        let label = self.eat_label();
        Ok(self.mk_expr(lo.to(self.prev_token.span), ExprKind::Continue(label)))
    }

    /// `break 'l x`
    fn parse_expr_break(&mut self) -> PResult<'a, P<Expr>> {
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
    fn parse_expr_labeled(&mut self) -> PResult<'a, P<Expr>> {
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

    fn label_without_colon_error(&mut self, _label: Span) -> Diag<'a> {
        let msg = format!(
            "expected `while`, `for`, `loop` or `{{` after a label, found {}",
            crate::diagnostics::token_descr(&self.token)
        );
        let mut err = self.dcx().struct_span_err(self.token.span, msg);
        err.span_label(self.token.span, "expected `while`, `for`, `loop` or `{` after a label");
        err
    }

    fn is_unclosed_char_literal(&self) -> bool {
        self.token.lifetime().is_some_and(|(ident, _)| ident.as_str().chars().count() == 2)
            && !matches!(self.look_kind(1), TokenKind::Colon)
            && !self.is_keyword_ahead(1, &[kw::While, kw::For, kw::Loop])
            && self.look_kind(1) != TokenKind::OpenBrace
    }

    /// `'a` for `'a'`
    fn recover_unclosed_char_literal(&mut self) -> PResult<'a, P<Expr>> {
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

    // `builtin #`

    pub(crate) fn is_builtin(&self) -> bool {
        self.token.is_keyword(kw::Builtin) && self.look_kind(1) == TokenKind::Pound
    }

    /// `builtin # name(..)`
    fn parse_expr_builtin(&mut self) -> PResult<'a, P<Expr>> {
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

    fn parse_expr_unsafe_binder_cast(&mut self, kind: UnsafeBinderCastKind) -> PResult<'a, ExprKind> {
        let expr = self.parse_expr()?;
        let ty = if self.eat(T::Comma) { Some(self.parse_ty()?) } else { None };
        Ok(ExprKind::UnsafeBinderCast(kind, expr, ty))
    }

    /// `Type, a.b.0`
    fn parse_expr_offset_of(&mut self) -> PResult<'a, ExprKind> {
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
    fn recover_after_dot(&mut self) -> Option<(Lit, Span)> {
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

    /// `{ .. }` as an expression; `unsafe` and a label have been read.
    pub(crate) fn parse_expr_block(
        &mut self,
        label: Option<Label>,
        lo: Span,
        rules: BlockCheckMode,
    ) -> PResult<'a, P<Expr>> {
        if let Some(MetaVarKind::Block) = self.metavar()
            && label.is_some()
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
