//! Recoveries in expressions: comparisons, turbofish, ternaries, `await`.

use crate::parser::{PResult, Parser, SeqRecovery};
use crate::path::PathStyle;
use crate::token_type::TokenType as T;
use ast::token::TokenKind;
use ast::{AngleBracketedArg, AngleBracketedArgs, Expr, ExprKind, P};
use ast::{BinOpKind, precedence::AssocOp};
use diagnostics::{Applicability, Diag, ErrorGuaranteed};
use span::{DUMMY_SP, Span, Spanned};
use thin_vec::ThinVec;

impl<'a> Parser<'a> {
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

    pub(crate) fn recover_missing_braces_around_closure_body(
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

    pub(crate) fn skip_to_close_paren(&mut self) {
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

    pub(crate) fn suggest_split_comparison(
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
    pub(crate) fn skip_generic_args_to_close(&mut self, mut depth: i32) -> bool {
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

    pub(crate) fn skip_paren(&mut self) {
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

    pub(crate) fn is_generic_end_missing(&self) -> bool {
        self.expected.contains(T::Gt)
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
