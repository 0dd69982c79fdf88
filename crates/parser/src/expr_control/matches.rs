//! `match` and its arms.

use crate::parser::{PResult, Parser, Restrictions};
use crate::pat::{CommaRecoveryMode, RecoverColon, RecoverComma};
use crate::token_type::TokenType as T;
use ast::token::TokenKind;
use ast::{Arm, AttrVec, DUMMY_NODE_ID, Expr, ExprKind, MatchKind, P, Pat, PatKind};
use diagnostics::Applicability;
use span::{Span, sym};
use std::ops::Bound;
use thin_vec::ThinVec;

impl<'a> Parser<'a> {
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
                err.span_label(span, "expected one of `=>`, `if`, or `|`");
                if guard.is_some() {
                    err = self.replaced(err, span);
                }
                err.span_suggestion(
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

    pub(crate) fn replaced(&mut self, err: diagnostics::Diag<'a>, span: Span) -> diagnostics::Diag<'a> {
        err.cancel();
        self.check(T::FatArrow);
        self.expected_error().with_span(span)
    }

    pub(crate) fn expr_ends_arm(&self, expr: &Expr) -> bool {
        !ast::precedence::expr_requires_semi_to_be_stmt(expr)
    }

    /// `pat => a; b,`: statements without braces.
    pub(crate) fn recover_arm_body_without_braces(
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

    pub(crate) fn report_arm_without_braces(
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

    pub(crate) fn recover_arm_missing_comma(
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
                let mut err = self.dcx().struct_span_err(at, "expected `,` following `match` arm");
                err.span_suggestion_verbose(
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

    pub(crate) fn parse_match_arm_pat_and_guard(&mut self) -> PResult<'a, (P<Pat>, Option<P<Expr>>)> {
        let pat = self.parse_pat_no_top_guard(
            None,
            RecoverComma::Yes,
            RecoverColon::Yes,
            CommaRecoveryMode::EitherTupleOrPipe,
        )?;
        let guard = self.parse_match_arm_guard()?;
        Ok((pat, guard))
    }

    pub(crate) fn parse_match_arm_guard(&mut self) -> PResult<'a, Option<P<Expr>>> {
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

    pub(crate) fn parse_match_guard_condition(&mut self) -> PResult<'a, P<Expr>> {
        let attrs = self.parse_outer_attributes()?;
        let res = Restrictions::ALLOW_LET.union(Restrictions::IN_IF_GUARD);
        self.with_res(res, |this| this.parse_expr_assoc_with(Bound::Unbounded, attrs))
    }
}
