//! Closures, `async` and `gen` blocks, `try` blocks.

use crate::parser::{ClosureSpans, PResult, Parser, Restrictions, depth};
use crate::token_type::TokenType as T;
use crate::ty::{AllowPlus, RecoverQPath, RecoverReturnSign};
use ast::token::{IdentIsRaw, TokenKind};
use ast::{
    BlockCheckMode, CaptureBy, Closure, ClosureBinder, Const, CoroutineKind, DUMMY_NODE_ID, Expr, ExprKind, FnDecl,
    FnRetTy, GenBlockKind, Movability, P, Param, Recovered, TyKind,
};
use diagnostics::Applicability;
use span::{Span, Symbol, kw, sym};
use thin_vec::ThinVec;

impl<'a> Parser<'a> {
    /// `for<'a> static async move |x| -> T { .. }`
    pub(crate) fn parse_expr_closure(&mut self) -> PResult<'a, P<Expr>> {
        let lo = self.token.span;
        let binder = if self.check(T::KwFor) {
            let for_lo = self.token.span;
            let (generic_params, _) = self.parse_late_bound_lifetime_defs()?;
            let span = for_lo.to(self.prev_token.span);
            self.gate(sym::closure_lifetime_binder, span);
            ClosureBinder::For { span, generic_params }
        } else {
            ClosureBinder::NotPresent
        };
        let constness = if self.eat(T::KwConst) {
            self.gate(sym::const_closures, self.prev_token.span);
            Const::Yes(self.prev_token.span)
        } else {
            Const::No
        };
        let movability = if self.eat(T::KwStatic) { Movability::Static } else { Movability::Movable };
        let coroutine_kind = if self.token.span.at_least_rust_2018() { self.parse_coroutine_kind() } else { None };
        let capture_clause = self.parse_capture_clause()?;
        let (fn_decl, fn_arg_span) = self.parse_fn_block_decl()?;
        let decl_hi = self.prev_token.span;
        let body = match &fn_decl.output {
            // Without a return type the body is any expression.
            FnRetTy::Default(_) => {
                let restrictions = self.restrictions.without(Restrictions::STMT_EXPR).without(Restrictions::ALLOW_LET);
                let prev = self.prev_token;
                let token = self.token;
                match self.deeper_by(depth::CLOSURE, |this| this.parse_expr_res(restrictions)) {
                    Ok(expr) => expr,
                    Err(err) => self.recover_closure_body(err, prev, token, lo, decl_hi)?,
                }
            }
            // With one it is a block.
            FnRetTy::Ty(ty) => self.deeper_by(depth::CLOSURE, |this| this.parse_closure_block_expr(ty.span))?,
        };
        match coroutine_kind {
            Some(CoroutineKind::Async { .. }) | None => {}
            Some(CoroutineKind::Gen { span, .. } | CoroutineKind::AsyncGen { span, .. }) => {
                self.gate(sym::gen_blocks, span);
            }
        }
        let body_span = body.span;
        let closure = self.mk_expr(
            lo.to(body.span),
            ExprKind::Closure(P(Closure {
                binder,
                capture_clause,
                constness,
                coroutine_kind,
                movability,
                fn_decl,
                body,
                fn_decl_span: lo.to(decl_hi),
                fn_arg_span,
            })),
        );
        // What stands behind the closure may tell that it lacks braces.
        self.current_closure =
            Some(ClosureSpans { whole_closure: closure.span, closing_pipe: decl_hi, body: body_span });
        Ok(closure)
    }

    pub(crate) fn parse_closure_block_expr(&mut self, _ret: Span) -> PResult<'a, P<Expr>> {
        if self.token.kind == TokenKind::OpenBrace || self.metavar().is_some() {
            let body_lo = self.token.span;
            return self.parse_expr_block(None, body_lo, BlockCheckMode::Default);
        }
        // `|| -> T expr`
        if !self.may_recover() || !self.token.can_begin_expr() {
            return self.unexpected_block_start();
        }
        let lo = self.token.span;
        let snapshot = self.clone();
        let restrictions = self.restrictions.without(Restrictions::ALLOW_LET);
        match self.parse_expr_res(restrictions) {
            Ok(tail) => {
                let descr = crate::diagnostics::token_descr(&snapshot.token);
                let err = self
                    .dcx()
                    .struct_span_err(lo, format!("expected `{{`, found {descr}"))
                    .with_span_label(lo, "expected `{`")
                    .with_multipart_suggestion(
                        "you might have meant to write this as part of a block",
                        vec![
                            (tail.span.shrink_to_lo(), "{ ".to_string()),
                            (tail.span.shrink_to_hi(), " }".to_string()),
                        ],
                        Applicability::MaybeIncorrect,
                    );
                let guar = self.report(err);
                Ok(self.mk_expr_err(lo.to(tail.span), guar))
            }
            Err(err) => {
                err.cancel();
                *self = snapshot;
                self.unexpected_block_start()
            }
        }
    }

    pub(crate) fn unexpected_block_start<R>(&mut self) -> PResult<'a, R> {
        self.expected.insert(T::OpenBrace);
        self.unexpected()
    }

    /// `move`, `use`
    pub(crate) fn parse_capture_clause(&mut self) -> PResult<'a, CaptureBy> {
        if self.eat(T::KwMove) {
            let move_kw = self.prev_token.span;
            // `move async`
            if self.token.is_keyword(kw::Async) && self.token.span.at_least_rust_2018() && self.may_recover() {
                let async_span = self.token.span;
                let span = move_kw.to(async_span);
                self.bump();
                let err = self
                    .dcx()
                    .struct_span_err(span, "the order of `move` and `async` is incorrect")
                    .with_span_suggestion_verbose(
                        span,
                        "try switching the order",
                        "async move",
                        Applicability::MaybeIncorrect,
                    );
                return Err(err);
            }
            return Ok(CaptureBy::Value { move_kw });
        }
        if self.eat(T::KwUse) {
            let use_kw = self.prev_token.span;
            self.gate(sym::ergonomic_clones, use_kw);
            return Ok(CaptureBy::Use { use_kw });
        }
        Ok(CaptureBy::Ref)
    }

    /// `|x, y: T| -> U`
    pub(crate) fn parse_fn_block_decl(&mut self) -> PResult<'a, (P<FnDecl>, Span)> {
        let arg_start = self.token.span;
        let inputs = if self.eat(T::OrOr) {
            ThinVec::new()
        } else {
            self.expect_or()?;
            let mut args = ThinVec::new();
            let mut first = true;
            loop {
                if self.check_or_split(T::Or) || self.at_close() {
                    break;
                }
                if !first {
                    match self.expect(T::Comma) {
                        Ok(Recovered::No) => {}
                        Ok(Recovered::Yes(_)) => break,
                        Err(err) => return Err(err),
                    }
                    if self.check_or_split(T::Or) {
                        break;
                    }
                }
                first = false;
                args.push(self.parse_fn_block_param()?);
            }
            self.expect_or()?;
            args
        };
        let arg_span = arg_start.to(self.prev_token.span);
        let output = self.parse_ret_ty(AllowPlus::Yes, RecoverQPath::Yes, RecoverReturnSign::Yes)?;
        Ok((P(FnDecl { inputs, output }), arg_span))
    }

    pub(crate) fn parse_fn_block_param(&mut self) -> PResult<'a, Param> {
        let lo = self.token.span;
        let attrs = self.parse_outer_attributes()?;
        let pat = self.parse_pat_no_top_alt(Some(crate::pat::PatternLocation::ParamName))?;
        let ty = if self.eat(T::Colon) { self.parse_ty()? } else { self.mk_ty(pat.span, TyKind::Infer) };
        Ok(Param { attrs, ty, pat, span: lo.to(self.prev_token.span), id: DUMMY_NODE_ID, is_placeholder: false })
    }

    pub(crate) fn is_try_block(&self) -> bool {
        self.token.is_keyword(kw::Try)
            && self.token.span.at_least_rust_2018()
            && (self.look_kind(1) == TokenKind::OpenBrace
                || self.look_ahead(1, |t| t.is_ident_named(sym::bikeshed))
                || self.look_ahead(1, |t| matches!(t.is_metavar_seq(), Some(ast::token::MetaVarKind::Block))))
    }

    /// `try { .. }`, `try bikeshed T { .. }`; `try` is read.
    pub(crate) fn parse_try_block(&mut self, lo: Span) -> PResult<'a, P<Expr>> {
        let ty = if self.token.is_ident_named(sym::bikeshed) {
            self.bump();
            let ty = self.parse_ty()?;
            self.gate(sym::try_blocks_heterogeneous, lo.to(ty.span));
            Some(ty)
        } else {
            None
        };
        let (attrs, body) = self.parse_inner_attrs_and_block(None)?;
        if self.is(T::KwCatch) {
            let err = self
                .dcx()
                .struct_span_err(self.token.span, "keyword `catch` cannot follow a `try` block")
                .with_help("try using `match` on the result of the `try` block instead");
            return Err(err);
        }
        let span = lo.to(body.span);
        if ty.is_none() {
            self.gate(sym::try_blocks, span);
        }
        Ok(self.mk_expr_with_attrs(span, ExprKind::TryBlock(body, ty), attrs))
    }

    /// `async {`, `async move {`, `gen {`, `async gen {`?
    pub(crate) fn is_gen_block(&self, keyword: Symbol, lookahead: usize) -> bool {
        self.is_keyword_ahead(lookahead, &[keyword])
            && self.look_ahead(lookahead, |t| t.span.at_least_rust_2018())
            && (self.is_keyword_ahead(lookahead + 1, &[kw::Move, kw::Use]) && self.block_at(lookahead + 2)
                || self.block_at(lookahead + 1)
                || keyword == kw::Async
                    && self.is_keyword_ahead(lookahead + 1, &[kw::Gen])
                    && (self.block_at(lookahead + 2)
                        || self.is_keyword_ahead(lookahead + 2, &[kw::Move, kw::Use]) && self.block_at(lookahead + 3)))
    }

    pub(crate) fn block_at(&self, n: usize) -> bool {
        self.look_ahead(n, |t| {
            t.kind == TokenKind::OpenBrace || matches!(t.is_metavar_seq(), Some(ast::token::MetaVarKind::Block))
        })
    }

    pub(crate) fn parse_gen_block(&mut self) -> PResult<'a, P<Expr>> {
        let lo = self.token.span;
        let kind = if self.eat(T::KwAsync) {
            if self.eat(T::KwGen) { GenBlockKind::AsyncGen } else { GenBlockKind::Async }
        } else {
            self.bump();
            GenBlockKind::Gen
        };
        match kind {
            GenBlockKind::Async => {}
            GenBlockKind::Gen | GenBlockKind::AsyncGen => {
                self.gate(sym::gen_blocks, lo.to(self.prev_token.span));
            }
        }
        let capture_clause = self.parse_capture_clause()?;
        let decl_span = lo.to(self.prev_token.span);
        let (attrs, body) = self.parse_inner_attrs_and_block(None)?;
        let kind = ExprKind::Gen(capture_clause, body, kind, decl_span);
        Ok(self.mk_expr_with_attrs(lo.to(self.prev_token.span), kind, attrs))
    }

    /// `async`, `gen`, `async gen` before a function or closure.
    pub(crate) fn parse_coroutine_kind(&mut self) -> Option<CoroutineKind> {
        let span = self.token.span;
        let at_edition = |this: &Self, n: usize| this.look_ahead(n, |t| t.span.at_least_rust_2024());
        let mk = |span, kind: fn(Span) -> CoroutineKind| Some(kind(span));
        if self.eat(T::KwAsync) {
            if self.token.is_keyword(kw::Gen) && at_edition(self, 0) {
                self.bump();
                let span = span.to(self.prev_token.span);
                return mk(span, |span| CoroutineKind::AsyncGen {
                    span,
                    closure_id: DUMMY_NODE_ID,
                    return_impl_trait_id: DUMMY_NODE_ID,
                });
            }
            return mk(span, |span| CoroutineKind::Async {
                span,
                closure_id: DUMMY_NODE_ID,
                return_impl_trait_id: DUMMY_NODE_ID,
            });
        }
        if matches!(self.token.kind, TokenKind::Ident(kw::Gen, IdentIsRaw::No)) && at_edition(self, 0) {
            self.bump();
            return mk(span, |span| CoroutineKind::Gen {
                span,
                closure_id: DUMMY_NODE_ID,
                return_impl_trait_id: DUMMY_NODE_ID,
            });
        }
        None
    }

    pub(crate) fn recover_closure_body(
        &mut self,
        mut err: diagnostics::Diag<'a>,
        before: ast::token::Token,
        token: ast::token::Token,
        lo: Span,
        decl_hi: Span,
    ) -> PResult<'a, P<Expr>> {
        err.span_label(lo.to(decl_hi), "while parsing the body of this closure");
        let _ = (before, token);
        Err(err)
    }
}
