//! Expressions with blocks: closures, `if`, `let`, loops, `match`, `try`, `async`.

mod closure;
mod matches;

use std::ops::Bound;

use ast::precedence::ExprPrecedence;
use ast::token::TokenKind;
use ast::{Block, BlockCheckMode, DUMMY_NODE_ID, Expr, ExprKind, ForLoopKind, Label, P, Pat, Recovered};
use diagnostics::Applicability;
use span::{Span, sym};
use thin_vec::ThinVec;

use crate::parser::{PResult, Parser, Restrictions, depth};
use crate::pat::{CommaRecoveryMode, RecoverColon, RecoverComma};
use crate::token_type::TokenType as T;

impl<'a> Parser<'a> {
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
                err.span_note(cond_span, "the `if` expression is missing a block after this condition");
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
        let may_be_condition = cond.precedence() != ExprPrecedence::Unambiguous
            || matches!(
                cond.kind,
                ExprKind::Let(..)
                    | ExprKind::Path(..)
                    | ExprKind::Lit(_)
                    | ExprKind::MethodCall(_)
                    | ExprKind::Call(..)
                    | ExprKind::Paren(_)
                    | ExprKind::Unary(..)
            );
        if self.token.kind == TokenKind::OpenBrace && may_be_condition {
            let msg = format!("expected `{{`, found {}", crate::diagnostics::token_descr(&first));
            let mut err = self.dcx().struct_span_err(first_span, msg);
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
        err.span_label(first_span, "expected `{`");
        if self.look_kind(0) == TokenKind::OpenBrace || first.can_begin_expr() {
            err.multipart_suggestion(
                "you might have meant to write this as part of a block",
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
        let block_lo = opt_label.is_none().then_some(lo);
        let (attrs, loop_block) = self.deeper_by(depth::FOR_LOOP, |this| this.parse_inner_attrs_and_block(block_lo))?;
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
}
