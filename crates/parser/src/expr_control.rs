//! Expressions with blocks: closures, `if`, `let`, loops, `match`, `try`, `async`.

use std::ops::Bound;

use ast::precedence::ExprPrecedence;
use ast::token::{IdentIsRaw, TokenKind};
use ast::{
    Arm, AttrVec, Block, BlockCheckMode, CaptureBy, Closure, ClosureBinder, Const, CoroutineKind, DUMMY_NODE_ID, Expr,
    ExprKind, FnDecl, FnRetTy, ForLoopKind, GenBlockKind, Label, MatchKind, Movability, P, Param, Pat, PatKind,
    Recovered, TyKind,
};
use diagnostics::Applicability;
use span::{Span, Symbol, kw, sym};
use thin_vec::ThinVec;

use crate::parser::{ClosureSpans, PResult, Parser, Restrictions};
use crate::pat::{CommaRecoveryMode, RecoverColon, RecoverComma};
use crate::token_type::TokenType as T;
use crate::ty::{AllowPlus, RecoverQPath, RecoverReturnSign};

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
                match self.parse_expr_res(restrictions) {
                    Ok(expr) => expr,
                    Err(err) => self.recover_closure_body(err, prev, token, lo, decl_hi)?,
                }
            }
            // With one it is a block.
            FnRetTy::Ty(ty) => self.parse_closure_block_expr(ty.span)?,
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

    fn parse_closure_block_expr(&mut self, _ret: Span) -> PResult<'a, P<Expr>> {
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

    fn unexpected_block_start<R>(&mut self) -> PResult<'a, R> {
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
    fn parse_fn_block_decl(&mut self) -> PResult<'a, (P<FnDecl>, Span)> {
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

    fn parse_fn_block_param(&mut self) -> PResult<'a, Param> {
        let lo = self.token.span;
        let attrs = self.parse_outer_attributes()?;
        let pat = self.parse_pat_no_top_alt(Some(crate::pat::PatternLocation::ParamName))?;
        let ty = if self.eat(T::Colon) { self.parse_ty()? } else { self.mk_ty(pat.span, TyKind::Infer) };
        Ok(Param { attrs, ty, pat, span: lo.to(self.prev_token.span), id: DUMMY_NODE_ID, is_placeholder: false })
    }

    /// `if cond { .. } else ..`, `if` is read.
    pub(crate) fn parse_expr_if(&mut self) -> PResult<'a, P<Expr>> {
        let lo = self.prev_token.span;
        let cond = self.parse_expr_cond(lo)?;
        self.parse_if_after_cond(lo, cond)
    }

    fn parse_if_after_cond(&mut self, lo: Span, mut cond: P<Expr>) -> PResult<'a, P<Expr>> {
        let cond_span = cond.span;
        // `if true && {}`: the block was taken for the operand.
        let recovered = match &mut cond.kind {
            ExprKind::Binary(op, _, right)
                if self.token.kind != TokenKind::OpenBrace
                    && matches!(&right.kind, ExprKind::Block(_, None))
                    && self.may_recover() =>
            {
                let op_span = op.span;
                let ExprKind::Block(block, _) = &right.kind else { unreachable!() };
                let block = block.clone();
                Some((op_span, block))
            }
            ExprKind::Block(_, None) if self.token.kind != TokenKind::OpenBrace && self.may_recover() => None,
            _ => None,
        };
        let thn = if let Some((op_span, block)) = recovered {
            let mut err = self.dcx().struct_span_err(lo, "this `if` expression is missing a block after the condition");
            err.span_help(op_span.to(cond_span.shrink_to_hi()), "this binary operation is possibly unfinished");
            self.report(err);
            block
        } else if matches!(&cond.kind, ExprKind::Block(_, None))
            && self.token.kind != TokenKind::OpenBrace
            && self.metavar().is_none()
            && self.may_recover()
        {
            // `if { .. }`
            let mut err = self.dcx().struct_span_err(lo, "missing condition for `if` expression");
            err.span_label(lo.shrink_to_hi(), "expected condition here");
            if let ExprKind::Block(block, _) = &cond.kind
                && let Some(last) = block.stmts.last()
                && matches!(last.kind, ast::StmtKind::Expr(_))
            {
                err.span_note(
                    cond.span,
                    "if this block is the condition of the `if` expression, then it must be followed by another block",
                );
            }
            self.report(err);
            match cond.kind {
                ExprKind::Block(block, _) => {
                    let guar = self.dcx().span_delayed_bug(lo, "missing condition");
                    cond = self.mk_expr_err(lo.shrink_to_hi(), guar);
                    block
                }
                _ => unreachable!("a block, as matched"),
            }
        } else {
            let attrs = self.parse_outer_attributes()?;
            let attrs_span = (!attrs.is_empty()).then(|| attrs[0].span.to(self.prev_token.span));
            let not_block = self.token.kind != TokenKind::OpenBrace && self.metavar().is_none();
            let block = if not_block {
                self.parse_missing_if_block(lo, cond_span, attrs_span)?
            } else {
                self.parse_block().map_err(|mut err| {
                    if self.prev_token.kind == TokenKind::Semi && self.token.kind == TokenKind::Semi {
                        err.span_label(lo, "");
                    }
                    err
                })?
            };
            if let Some(span) = attrs_span {
                self.error_on_if_block_attrs(lo, false, block.span, span);
            }
            block
        };
        let els = if self.eat(T::KwElse) { Some(self.parse_expr_else()?) } else { None };
        Ok(self.mk_expr(lo.to(self.prev_token.span), ExprKind::If(cond, thn, els)))
    }

    fn parse_missing_if_block(&mut self, lo: Span, cond_span: Span, attrs: Option<Span>) -> PResult<'a, P<Block>> {
        if !self.may_recover() || attrs.is_some() {
            return self.parse_block();
        }
        // `if x == 1 y`, `if x => y`
        let maybe_fatarrow = self.token;
        let block = if self.check(T::Semi) || self.token.kind == TokenKind::Eof {
            self.error_block_no_opening_brace_if(lo, cond_span)?
        } else if self.eat_noexpect(T::FatArrow) {
            self.parse_block_or_expr_after_arrow(maybe_fatarrow.span)?
        } else {
            self.parse_block().map_err(|mut err| {
                err.span_label(lo, "the `if` expression is missing a block after this condition");
                err.span.span_labels.pop();
                err.span_label(cond_span, "the `if` expression is missing a block after this condition");
                err
            })?
        };
        Ok(block)
    }

    fn parse_block_or_expr_after_arrow(&mut self, arrow: Span) -> PResult<'a, P<Block>> {
        let msg = "expected `{`, found `=>`";
        let mut err = self.dcx().struct_span_err(arrow, msg);
        err.span_label(arrow, "expected `{`");
        if self.token.kind == TokenKind::OpenBrace {
            err.span_suggestion(
                arrow,
                "only necessary in match arms, not before if blocks",
                "",
                Applicability::MaybeIncorrect,
            );
            self.report(err);
            return self.parse_block();
        }
        Err(err)
    }

    fn error_block_no_opening_brace_if(&mut self, lo: Span, cond_span: Span) -> PResult<'a, P<Block>> {
        let mut err = self.dcx().struct_span_err(lo, "this `if` expression is missing a block after the condition");
        if self.prev_token.kind == TokenKind::Semi {
            err.span_help(cond_span, "try adding a block here");
        } else {
            err.span_help(cond_span.shrink_to_hi(), "add a block here");
        }
        let guar = self.report(err);
        let _ = guar;
        Ok(P(Block {
            stmts: ThinVec::new(),
            id: DUMMY_NODE_ID,
            rules: BlockCheckMode::Default,
            span: cond_span.shrink_to_hi(),
        }))
    }

    /// The condition of `if` and `while`.
    pub(crate) fn parse_expr_cond(&mut self, _lo: Span) -> PResult<'a, P<Expr>> {
        let attrs = self.parse_outer_attributes()?;
        let res = Restrictions::NO_STRUCT_LITERAL.union(Restrictions::ALLOW_LET);
        let mut cond = self.with_res(res, |this| this.parse_expr_assoc_with(Bound::Unbounded, attrs))?;
        crate::let_check::check_lets(self, &mut cond, crate::let_check::Place::Condition);
        Ok(cond)
    }

    /// `let pat = expr` in a condition.
    pub(crate) fn parse_expr_let(&mut self) -> PResult<'a, P<Expr>> {
        let lo = self.token.span;
        let recovered = if self.restrictions.contains(Restrictions::ALLOW_LET) {
            Recovered::No
        } else {
            let err = self
                .dcx()
                .struct_span_err(lo, "expected expression, found `let` statement")
                .with_note("only supported directly in conditions of `if` and `while` expressions");
            Recovered::Yes(self.report(err))
        };
        self.bump();
        let let_lo = self.prev_token.span;
        let pat =
            self.parse_pat_no_top_guard(None, RecoverComma::Yes, RecoverColon::Yes, CommaRecoveryMode::LikelyTuple)?;
        if self.token.kind == TokenKind::EqEq {
            let span = self.token.span;
            let err = self
                .dcx()
                .struct_span_err(span, "expected `=`, found `==`")
                .with_span_suggestion_verbose(span, "consider using `=` here", "=", Applicability::MaybeIncorrect)
                .with_span_label(span, "");
            let mut err = err;
            err.span.span_labels.clear();
            self.report(err);
            self.bump();
        } else {
            self.expect(T::Eq)?;
        }
        let attrs = self.parse_outer_attributes()?;
        let expr = self.parse_expr_assoc_with(Bound::Excluded(ExprPrecedence::LAnd), attrs)?;
        let span = lo.to(expr.span);
        let _ = let_lo;
        Ok(self.mk_expr(span, ExprKind::Let(pat, expr, span, recovered)))
    }

    /// What follows `else`.
    fn parse_expr_else(&mut self) -> PResult<'a, P<Expr>> {
        let else_span = self.prev_token.span;
        let attrs = self.parse_outer_attributes()?;
        let attrs_span = (!attrs.is_empty()).then(|| attrs[0].span.to(self.prev_token.span));
        let expr = if self.eat(T::KwIf) {
            self.parse_else_if_chain()?
        } else if self.check(T::OpenBrace) || self.metavar().is_some() {
            let lo = self.token.span;
            let block = self.parse_block()?;
            self.mk_expr(lo.to(block.span), ExprKind::Block(block, None))
        } else if !self.may_recover() {
            return self.unexpected_block_start();
        } else {
            self.parse_expr_else_recover(else_span)?
        };
        if let Some(span) = attrs_span {
            self.error_on_if_block_attrs(else_span, true, expr.span, span);
        }
        Ok(expr)
    }

    /// `else if` behind `else if`: a loop, since there may be thousands.
    fn parse_else_if_chain(&mut self) -> PResult<'a, P<Expr>> {
        self.deeper(|this| this.parse_expr_if())
    }

    fn parse_expr_else_recover(&mut self, else_span: Span) -> PResult<'a, P<Expr>> {
        let first = self.token;
        let first_span = first.span;
        // `else x == y {}`: `if` is missing; `else x;`: braces are.
        let snapshot = self.clone();
        let cond = match self.parse_expr_cond_for_else() {
            Ok(cond) => cond,
            Err(err) => {
                err.cancel();
                *self = snapshot;
                self.expected.insert(T::OpenBrace);
                self.expected.insert(T::KwIf);
                return self.unexpected();
            }
        };
        if self.token.kind == TokenKind::OpenBrace && cond.precedence() != ExprPrecedence::Unambiguous
            || self.token.kind == TokenKind::OpenBrace
                && matches!(
                    cond.kind,
                    ExprKind::Let(..)
                        | ExprKind::Path(..)
                        | ExprKind::Lit(_)
                        | ExprKind::MethodCall(_)
                        | ExprKind::Call(..)
                        | ExprKind::Paren(_)
                        | ExprKind::Unary(..)
                )
        {
            let mut err = self.dcx().struct_span_err(
                first_span,
                "missing condition for `if` expression"
                    .replace("missing condition for `if` expression", "expected `{`, found "),
            );
            err.primary_message(format!("expected `{{`, found {}", crate::diagnostics::token_descr(&first)));
            err.span_label(else_span, "expected an `if` or a block after this `else`");
            err.span_suggestion(
                cond.span.shrink_to_lo(),
                "add an `if` if this is the condition of a chained `else if` statement",
                "if ",
                Applicability::MaybeIncorrect,
            );
            self.report(err);
            return self.parse_if_after_cond(first_span.shrink_to_lo(), cond);
        }
        // An expression without braces.
        let mut err = self
            .dcx()
            .struct_span_err(first_span, format!("expected `{{`, found {}", crate::diagnostics::token_descr(&first)));
        err.span_label(else_span, "expected an `if` or a block after this `else`");
        if self.look_kind(0) == TokenKind::OpenBrace || first.can_begin_expr() {
            err.multipart_suggestion(
                "try placing this code inside a block",
                vec![(cond.span.shrink_to_lo(), "{ ".to_string()), (cond.span.shrink_to_hi(), " }".to_string())],
                Applicability::MaybeIncorrect,
            );
        }
        let guar = self.report(err);
        Ok(self.mk_expr_err(first_span.to(self.prev_token.span), guar))
    }

    fn parse_expr_cond_for_else(&mut self) -> PResult<'a, P<Expr>> {
        self.parse_expr_res(Restrictions::NO_STRUCT_LITERAL.union(Restrictions::ALLOW_LET))
    }

    fn error_on_if_block_attrs(&mut self, ctx_lo: Span, is_ctx_else: bool, branch: Span, attrs: Span) {
        let ctx = if is_ctx_else { "else" } else { "if" };
        let err = self
            .dcx()
            .struct_span_err(attrs, "outer attributes are not allowed on `if` and `else` branches")
            .with_span_label(branch, "the attributes are attached to this branch")
            .with_span_label(ctx_lo, format!("the branch belongs to this `{ctx}`"))
            .with_span_suggestion(attrs, "remove the attributes", "", Applicability::MachineApplicable);
        self.report(err);
    }

    /// `for pat in iter { .. }`, `for` is read.
    pub(crate) fn parse_expr_for(&mut self, opt_label: Option<Label>, lo: Span) -> PResult<'a, P<Expr>> {
        let is_await = self.token.span.at_least_rust_2018() && self.eat(T::KwAwait);
        if is_await {
            self.gate(sym::async_for_loop, self.prev_token.span);
        }
        let kind = if is_await { ForLoopKind::ForAwait } else { ForLoopKind::For };
        let (pat, expr) = self.parse_for_head()?;
        // `for x in y {}` where `y {}` was a struct is not possible here.
        if self.may_recover()
            && matches!(expr.kind, ExprKind::Block(..) | ExprKind::Dummy)
            && self.token.kind != TokenKind::OpenBrace
        {
            let err = self
                .dcx()
                .struct_span_err(expr.span.shrink_to_lo(), "missing expression to iterate on in `for` loop")
                .with_span_suggestion(
                    expr.span.shrink_to_lo(),
                    "try adding an expression to the `for` loop",
                    "/* expression */ ",
                    Applicability::HasPlaceholders,
                );
            let guar = self.report(err);
            let err_expr = self.mk_expr(expr.span, ExprKind::Err(guar));
            let body = match expr.kind {
                ExprKind::Block(block, _) => block,
                _ => self.empty_block(expr.span),
            };
            return Ok(self.mk_expr(
                lo.to(self.prev_token.span),
                ExprKind::ForLoop { pat, iter: err_expr, body, label: opt_label, kind },
            ));
        }
        let (attrs, loop_block) = self.parse_inner_attrs_and_block(opt_label.is_none().then_some(lo))?;
        let span = lo.to(self.prev_token.span);
        let kind = ExprKind::ForLoop { pat, iter: expr, body: loop_block, label: opt_label, kind };
        self.recover_loop_else("for", lo)?;
        Ok(self.mk_expr_with_attrs(span, kind, attrs))
    }

    fn empty_block(&self, span: Span) -> P<Block> {
        P(Block { stmts: ThinVec::new(), id: DUMMY_NODE_ID, rules: BlockCheckMode::Default, span })
    }

    fn parse_for_head(&mut self) -> PResult<'a, (P<Pat>, P<Expr>)> {
        let begin_paren = (self.token.kind == TokenKind::OpenParen && self.may_recover()).then(|| self.clone());
        let pat_lo = self.token.span;
        let pat = match self.parse_pat_allow_top_guard(
            None,
            RecoverComma::Yes,
            RecoverColon::Yes,
            CommaRecoveryMode::LikelyTuple,
        ) {
            Ok(pat) => pat,
            Err(err) => {
                // `for (x in y) {}`
                if let Some(snapshot) = begin_paren {
                    let failed = std::mem::replace(self, snapshot);
                    let open = self.token.span;
                    self.bump();
                    let inner = self.parse_pat_no_top_alt(None).and_then(|pat| {
                        self.expect_keyword(T::KwIn)?;
                        let expr = self.parse_expr()?;
                        Ok((pat, expr))
                    });
                    match inner {
                        Ok((pat, expr)) if self.token.kind == TokenKind::CloseParen => {
                            err.cancel();
                            let close = self.token.span;
                            self.bump();
                            let mut err = self.dcx().struct_span_err(
                                vec![open, close],
                                "unexpected parentheses surrounding `for` loop head",
                            );
                            err.multipart_suggestion(
                                "remove parentheses in `for` loop",
                                vec![(open, String::new()), (close, String::new())],
                                Applicability::MachineApplicable,
                            );
                            self.report(err);
                            return Ok((pat, expr));
                        }
                        Ok(_) => {
                            *self = failed;
                            return Err(err);
                        }
                        Err(e) => {
                            e.cancel();
                            *self = failed;
                            return Err(err);
                        }
                    }
                }
                return Err(err);
            }
        };
        let _ = pat_lo;
        if !self.eat(T::KwIn) {
            self.error_missing_in_for_loop();
        }
        self.check_for_for_in_in_typo(self.prev_token.span);
        let attrs = self.parse_outer_attributes()?;
        let expr =
            self.with_res(Restrictions::NO_STRUCT_LITERAL, |this| this.parse_expr_assoc_with(Bound::Unbounded, attrs))?;
        Ok((pat, expr))
    }

    fn error_missing_in_for_loop(&mut self) {
        let (span, msg, sugg, text) = if self.token.is_ident_named(sym::of) {
            let span = self.token.span;
            self.bump();
            (span, "missing `in` in `for` loop", "try using `in` here instead", "in")
        } else if self.is(T::Eq) {
            let span = self.prev_token.span.between(self.token.span);
            let span =
                if span.is_empty() { self.token.span } else { self.token.span.to(self.token.span).with_lo(span.lo()) };
            let _ = span;
            let span = self.token.span;
            self.bump();
            (span, "missing `in` in `for` loop", "try using `in` here instead", "in")
        } else {
            (
                self.prev_token.span.between(self.token.span),
                "missing `in` in `for` loop",
                "try adding `in` here",
                " in ",
            )
        };
        let err = self.dcx().struct_span_err(span, msg).with_span_suggestion_verbose(
            span,
            sugg,
            text,
            Applicability::MachineApplicable,
        );
        self.report(err);
    }

    fn check_for_for_in_in_typo(&mut self, in_span: Span) {
        if self.is(T::KwIn) && self.may_recover() {
            self.bump();
            let err = self
                .dcx()
                .struct_span_err(self.prev_token.span, "expected iterable, found keyword `in`")
                .with_span_suggestion_verbose(
                    in_span.between(self.prev_token.span).to(self.prev_token.span),
                    "remove the duplicated `in`",
                    "",
                    Applicability::MachineApplicable,
                );
            self.report(err);
        }
    }

    /// `while .. {} else {}`
    fn recover_loop_else(&mut self, loop_kind: &'static str, loop_kw: Span) -> PResult<'a, ()> {
        if !self.is(T::KwElse) || !self.may_recover() {
            return Ok(());
        }
        let else_span = self.token.span;
        self.bump();
        let else_clause = self.parse_expr_else()?;
        let mut err = self
            .dcx()
            .struct_span_err(else_span.to(else_clause.span), format!("`{loop_kind}...else` loops are not supported"));
        err.span_label(loop_kw, "`else` is attached to this loop");
        err.note("consider moving this `else` clause to a separate `if` statement and use a `bool` variable to control if it should run");
        self.report(err);
        Ok(())
    }

    pub(crate) fn parse_expr_while(&mut self, opt_label: Option<Label>, lo: Span) -> PResult<'a, P<Expr>> {
        let cond = self.parse_expr_cond(lo).map_err(|mut err| {
            err.span_label(lo, "while parsing the condition of this `while` expression");
            err
        })?;
        let (attrs, body) =
            self.parse_inner_attrs_and_block(opt_label.is_none().then_some(lo)).map_err(|mut err| {
                err.span_label(lo, "while parsing the body of this `while` expression");
                err.span_label(cond.span, "this `while` condition successfully parsed");
                err
            })?;
        self.recover_loop_else("while", lo)?;
        Ok(self.mk_expr_with_attrs(lo.to(self.prev_token.span), ExprKind::While(cond, body, opt_label), attrs))
    }

    pub(crate) fn parse_expr_loop(&mut self, opt_label: Option<Label>, lo: Span) -> PResult<'a, P<Expr>> {
        let loop_span = self.prev_token.span;
        let (attrs, body) = self.parse_inner_attrs_and_block(opt_label.is_none().then_some(lo))?;
        self.recover_loop_else("loop", lo)?;
        Ok(self.mk_expr_with_attrs(lo.to(self.prev_token.span), ExprKind::Loop(body, opt_label, loop_span), attrs))
    }

    /// `match x { .. }`, `match` is read.
    pub(crate) fn parse_expr_match(&mut self) -> PResult<'a, P<Expr>> {
        let match_span = self.prev_token.span;
        let attrs = self.parse_outer_attributes()?;
        let scrutinee =
            self.with_res(Restrictions::NO_STRUCT_LITERAL, |this| this.parse_expr_assoc_with(Bound::Unbounded, attrs))?;
        self.parse_match_block(match_span, match_span, scrutinee, MatchKind::Prefix)
    }

    pub(crate) fn parse_match_block(
        &mut self,
        lo: Span,
        match_span: Span,
        scrutinee: P<Expr>,
        match_kind: MatchKind,
    ) -> PResult<'a, P<Expr>> {
        if let Err(mut err) = self.expect(T::OpenBrace) {
            if self.token.kind == TokenKind::Semi {
                err.span_suggestion_short(match_span, "try removing this `match`", "", Applicability::MaybeIncorrect);
            }
            if matches!(scrutinee.kind, ExprKind::Block(..)) && self.token.kind != TokenKind::OpenBrace {
                // `match { .. }`: the scrutinee is missing.
                err.span_label(match_span, "while parsing this `match` expression");
            }
            return Err(err);
        }
        let attrs = self.parse_inner_attributes()?;
        let mut arms = ThinVec::new();
        while self.token.kind != TokenKind::CloseBrace {
            match self.parse_arm() {
                Ok(arm) => arms.push(arm),
                Err(err) => {
                    if !self.may_recover() {
                        return Err(err);
                    }
                    // Skips to the end of the match.
                    let guar = self.report(err);
                    self.recover_stmt();
                    let span = lo.to(self.token.span);
                    if self.token.kind == TokenKind::CloseBrace {
                        self.bump();
                    }
                    // The arms that were read are kept for what follows.
                    arms.push(Arm {
                        attrs: AttrVec::new(),
                        pat: self.mk_pat(span, PatKind::Err(guar)),
                        guard: None,
                        body: Some(self.mk_expr_err(span, guar)),
                        span,
                        id: DUMMY_NODE_ID,
                        is_placeholder: false,
                    });
                    return Ok(self.mk_expr_with_attrs(span, ExprKind::Match(scrutinee, arms, match_kind), attrs));
                }
            }
        }
        let hi = self.token.span;
        self.bump();
        Ok(self.mk_expr_with_attrs(lo.to(hi), ExprKind::Match(scrutinee, arms, match_kind), attrs))
    }

    /// `pat if guard => body,`
    pub fn parse_arm(&mut self) -> PResult<'a, Arm> {
        let attrs = self.parse_outer_attributes()?;
        self.recover_vcs_conflict_marker();
        let lo = self.token.span;
        let (pat, guard) = self.parse_match_arm_pat_and_guard()?;
        let span_before_body = self.prev_token.span;
        let is_fat_arrow = self.check(T::FatArrow);
        let is_almost_fat_arrow =
            matches!(self.token.kind, TokenKind::Eq | TokenKind::RArrow | TokenKind::Ge | TokenKind::Gt)
                && self.may_recover();
        let arm_body;
        if !is_fat_arrow
            && !is_almost_fat_arrow
            && (pat.could_be_never_pattern() || matches!(self.token.kind, TokenKind::Comma | TokenKind::CloseBrace))
        {
            // A never pattern needs no body; others are said later.
            let span = lo.to(self.prev_token.span);
            match self.expect_one_of(&[T::Comma], &[T::CloseBrace]) {
                Ok(_) => {}
                Err(err) => self.recover_arm_missing_comma(err, pat.span, pat.span, pat.span)?,
            }
            if !pat.contains_never_pattern() {
                self.gate(sym::never_patterns, span);
            }
            arm_body = None;
        } else {
            if is_fat_arrow {
                self.bump();
            } else if is_almost_fat_arrow {
                let found = ast::pretty::token_to_string(&self.token);
                let span = self.token.span;
                let mut err =
                    self.dcx().struct_span_err(span, format!("expected one of `=>`, `if`, or `|`, found `{found}`"));
                if guard.is_some() {
                    err = self.replaced(err, span);
                }
                err.span_suggestion_verbose(
                    span,
                    "use a fat arrow to start a match arm",
                    "=>",
                    Applicability::MachineApplicable,
                );
                self.report(err);
                self.bump();
            } else if let Err(err) = self.expect(T::FatArrow) {
                // The arrow may have been left out.
                if !self.may_recover() {
                    return Err(err);
                }
                return Err(err);
            }
            let arrow_span = self.prev_token.span;
            let arm_start_span = self.token.span;
            let attrs = self.parse_outer_attributes()?;
            let expr = self
                .with_res(Restrictions::STMT_EXPR, |this| this.parse_expr_assoc_with(Bound::Unbounded, attrs))
                .map_err(|mut err| {
                    err.span_label(arrow_span, "while parsing the `match` arm starting here");
                    err
                })?;
            let require_comma = !self.expr_ends_arm(&expr) && self.token.kind != TokenKind::CloseBrace;
            if !require_comma {
                self.eat(T::Comma);
                arm_body = Some(expr);
            } else if let Some((span, guar)) = self.recover_arm_body_without_braces(&expr, arrow_span) {
                let body = self.mk_expr_err(span, guar);
                arm_body = Some(body);
            } else {
                let expr_span = expr.span;
                match self.expect_one_of(&[T::Comma], &[T::CloseBrace]) {
                    Ok(_) => {}
                    Err(err) => self.recover_arm_missing_comma(err, expr_span, arm_start_span, span_before_body)?,
                }
                arm_body = Some(expr);
            }
        }
        let hi_span = arm_body.as_ref().map_or(span_before_body, |body| body.span);
        Ok(Arm { attrs, pat, guard, body: arm_body, span: lo.to(hi_span), id: DUMMY_NODE_ID, is_placeholder: false })
    }

    fn replaced(&mut self, err: diagnostics::Diag<'a>, span: Span) -> diagnostics::Diag<'a> {
        err.cancel();
        self.check(T::FatArrow);
        self.expected_error().with_span(span)
    }

    fn expr_ends_arm(&self, expr: &Expr) -> bool {
        !ast::precedence::expr_requires_semi_to_be_stmt(expr)
    }

    /// `pat => a; b,`: statements without braces.
    fn recover_arm_body_without_braces(
        &mut self,
        first: &Expr,
        arrow_span: Span,
    ) -> Option<(Span, diagnostics::ErrorGuaranteed)> {
        if self.token.kind != TokenKind::Semi || !self.may_recover() {
            return None;
        }
        let start = self.clone();
        let semi = self.token.span;
        self.bump();
        let mut stmt_spans = vec![first.span];
        loop {
            if matches!(self.token.kind, TokenKind::CloseBrace | TokenKind::Eof) {
                break;
            }
            // Where the next arm begins, the statements end.
            let mut arm = self.clone();
            arm.recovery = false;
            match arm.parse_match_arm_pat_and_guard() {
                Ok(_) if arm.token.kind == TokenKind::FatArrow => break,
                Ok(_) => {}
                Err(err) => err.cancel(),
            }
            match self.parse_stmt_without_recovery() {
                Ok(Some(stmt)) => {
                    stmt_spans.push(stmt.span);
                    if self.token.kind == TokenKind::Semi {
                        self.bump();
                    } else if self.token.kind == TokenKind::Comma {
                        self.bump();
                        break;
                    }
                }
                Ok(None) => {
                    *self = start;
                    return None;
                }
                Err(err) => {
                    err.cancel();
                    *self = start;
                    self.bump();
                    break;
                }
            }
        }
        let span = first.span.to(*stmt_spans.last().expect("the first"));
        let guar = self.report_arm_without_braces(span, arrow_span, stmt_spans.len(), semi);
        Some((span, guar))
    }

    fn report_arm_without_braces(
        &mut self,
        span: Span,
        arrow_span: Span,
        num: usize,
        semi: Span,
    ) -> diagnostics::ErrorGuaranteed {
        let mut err = self.dcx().struct_span_err(span, "`match` arm body without braces");
        let s = if num == 1 { "this statement is not" } else { "these statements are not" };
        err.span_label(span, format!("{s} surrounded by a body"));
        err.span_label(arrow_span, "while parsing the `match` arm starting here");
        if num == 1 {
            err.span_suggestion(
                semi,
                "replace `;` with `,` to end a `match` arm expression",
                ",",
                Applicability::MachineApplicable,
            );
        } else {
            err.multipart_suggestion(
                "surround the statements with a body",
                vec![(span.shrink_to_lo(), "{ ".to_string()), (span.shrink_to_hi(), " }".to_string())],
                Applicability::MachineApplicable,
            );
        }
        self.report(err)
    }

    fn recover_arm_missing_comma(
        &mut self,
        mut err: diagnostics::Diag<'a>,
        expr_span: Span,
        arm_start_span: Span,
        _before: Span,
    ) -> PResult<'a, ()> {
        // Is what follows another arm?
        if self.may_recover() {
            let mut arm = self.clone();
            arm.recovery = false;
            let is_arm = match arm.parse_match_arm_pat_and_guard() {
                Ok(_) => arm.token.kind == TokenKind::FatArrow,
                Err(e) => {
                    e.cancel();
                    false
                }
            };
            if is_arm {
                err.cancel();
                let at = expr_span.shrink_to_hi();
                let err = self.dcx().struct_span_err(at, "expected `,` following `match` arm").with_span_suggestion(
                    at,
                    "missing a comma here to end this `match` arm",
                    ",",
                    Applicability::MachineApplicable,
                );
                self.report(err);
                return Ok(());
            }
        }
        err.span_label(arm_start_span, "while parsing the `match` arm starting here");
        Err(err)
    }

    fn parse_match_arm_pat_and_guard(&mut self) -> PResult<'a, (P<Pat>, Option<P<Expr>>)> {
        let pat = self.parse_pat_no_top_guard(
            None,
            RecoverComma::Yes,
            RecoverColon::Yes,
            CommaRecoveryMode::EitherTupleOrPipe,
        )?;
        let guard = self.parse_match_arm_guard()?;
        Ok((pat, guard))
    }

    fn parse_match_arm_guard(&mut self) -> PResult<'a, Option<P<Expr>>> {
        if !self.eat(T::KwIf) {
            return Ok(None);
        }
        let mut guard = self.parse_match_guard_condition()?;
        if crate::let_check::contains_let(&guard) {
            crate::let_check::check_lets(self, &mut guard, crate::let_check::Place::Guard);
            self.gate(sym::if_let_guard, guard.span);
        }
        Ok(Some(guard))
    }

    fn parse_match_guard_condition(&mut self) -> PResult<'a, P<Expr>> {
        let attrs = self.parse_outer_attributes()?;
        let res = Restrictions::ALLOW_LET.union(Restrictions::IN_IF_GUARD);
        self.with_res(res, |this| this.parse_expr_assoc_with(Bound::Unbounded, attrs))
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

    fn block_at(&self, n: usize) -> bool {
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

    fn recover_closure_body(
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
