//! Range patterns: `a..=b`, `..b`, `a..`.

use crate::parser::{PResult, Parser, Restrictions};
use crate::path::PathStyle;
use crate::token_type::TokenType as T;
use ast::token::{MetaVarKind, TokenKind};
use ast::{AttrVec, BindingMode, Expr, ExprKind, P, Pat, PatKind, Path, RangeEnd, RangeSyntax};
use diagnostics::Applicability;
use diagnostics::codes::E0586;
use span::{Spanned, kw, respan};

impl<'a> Parser<'a> {
    /// `&1..=2` is ambiguous.
    pub(crate) fn ban_pat_range_if_ambiguous(&mut self, pat: &Pat) {
        match &pat.kind {
            PatKind::Range(_, _, Spanned { node: RangeEnd::Included(RangeSyntax::DotDotDot), .. }) => return,
            PatKind::Range(..) => {}
            _ => return,
        }
        let err = self
            .dcx()
            .struct_span_err(pat.span, "the range pattern here has ambiguous interpretation")
            .with_multipart_suggestion(
                "add parentheses to clarify the precedence",
                vec![(pat.span.shrink_to_lo(), "(".to_string()), (pat.span.shrink_to_hi(), ")".to_string())],
                Applicability::MachineApplicable,
            );
        self.report(err);
    }

    /// `..`, `..=`, `...` in a pattern.
    pub(crate) fn parse_range_end(&mut self) -> Option<Spanned<RangeEnd>> {
        let end = if self.eat(T::DotDotDot) {
            RangeEnd::Included(RangeSyntax::DotDotDot)
        } else if self.eat(T::DotDotEq) {
            RangeEnd::Included(RangeSyntax::DotDotEq)
        } else if self.eat(T::DotDot) {
            RangeEnd::Excluded
        } else {
            return None;
        };
        Some(respan(self.prev_token.span, end))
    }

    pub(crate) fn parse_pat_range_begin_with(
        &mut self,
        begin: P<Expr>,
        form: Spanned<RangeEnd>,
    ) -> PResult<'a, PatKind> {
        let end = if self.is_pat_range_end_start(0) {
            Some(self.parse_pat_range_end()?)
        } else {
            if let RangeEnd::Included(_) = form.node {
                self.inclusive_range_with_incorrect_end();
            }
            None
        };
        Ok(PatKind::Range(Some(begin), end, form))
    }

    pub(crate) fn inclusive_range_with_incorrect_end(&mut self) -> diagnostics::ErrorGuaranteed {
        let span = self.prev_token.span;
        // `a..==b`, `a..=>`
        if self.token.kind == TokenKind::Eq && self.follows_at_once() {
            let whole = span.to(self.token.span);
            self.bump();
            let err = self.dcx().struct_span_err(whole, "unexpected `=` after inclusive range");
            return self.report(
                err.with_note("inclusive ranges end with a single equals sign (`..=`)").with_span_suggestion_short(
                    whole,
                    "use `..=` instead",
                    "..=",
                    Applicability::MaybeIncorrect,
                ),
            );
        }
        if self.token.kind == TokenKind::Gt && self.follows_at_once() {
            let mut err = self.dcx().struct_span_err(span, "unexpected `>` after inclusive range");
            err.span_label(self.token.span, "this is parsed as an inclusive range `..=`");
            return self.report(err);
        }
        let err = self
            .dcx()
            .struct_span_err(span, "inclusive range with no end")
            .with_code(E0586)
            .with_note("inclusive ranges must be bounded at the end (`..=b` or `a..=b`)")
            .with_span_suggestion_verbose(span, "use `..` instead", "..", Applicability::MachineApplicable);
        self.report(err)
    }

    /// `..=b`
    pub(crate) fn parse_pat_range_to(&mut self, mut form: Spanned<RangeEnd>) -> PResult<'a, PatKind> {
        if !self.is_pat_range_end_start(0) {
            if let RangeEnd::Included(_) = form.node {
                self.inclusive_range_with_incorrect_end();
            }
            return Ok(PatKind::Rest);
        }
        let end = self.parse_pat_range_end()?;
        if let RangeEnd::Included(syntax @ RangeSyntax::DotDotDot) = &mut form.node {
            *syntax = RangeSyntax::DotDotEq;
            let err = self
                .dcx()
                .struct_span_err(form.span, "range-to patterns with `...` are not allowed")
                .with_span_suggestion_verbose(form.span, "use `..=` instead", "..=", Applicability::MachineApplicable);
            self.report(err);
        }
        Ok(PatKind::Range(None, Some(end), form))
    }

    /// May the end of a range pattern begin `n` tokens ahead?
    pub(crate) fn is_pat_range_end_start(&self, n: usize) -> bool {
        self.look_ahead(n, |t| {
            t.is_path_start()
                || t.kind == TokenKind::Dot
                || t.can_begin_literal_maybe_minus()
                || matches!(t.is_metavar_seq(), Some(MetaVarKind::Expr { .. } | MetaVarKind::Path))
        }) || self.is_inline_const_at(n)
            || self.look_kind(n) == TokenKind::OpenParen && self.tree_is_literal_in_parens(n)
    }

    pub(crate) fn is_inline_const_at(&self, n: usize) -> bool {
        self.is_keyword_ahead(n, &[kw::Const]) && self.look_kind(n + 1) == TokenKind::OpenBrace
    }

    /// `(1)`, maybe with `-`: parentheses that are not allowed around the end of a range.
    pub(crate) fn tree_is_literal_in_parens(&self, n: usize) -> bool {
        let minus = usize::from(self.look_kind(n + 1) == TokenKind::Minus);
        self.look_ahead(n + 1 + minus, |t| t.is_lit()) && self.look_kind(n + 2 + minus) == TokenKind::CloseParen
    }

    pub(crate) fn parse_pat_range_end(&mut self) -> PResult<'a, P<Expr>> {
        // `..=(1)`
        let open_paren = (self.may_recover() && self.eat_noexpect(T::OpenParen)).then_some(self.prev_token.span);
        let bound = if self.check_inline_const(0) {
            let lo = self.token.span;
            self.parse_const_block_pat(lo)
        } else if self.check_path() && self.metavar().is_none() || matches!(self.metavar(), Some(MetaVarKind::Path)) {
            let lo = self.token.span;
            let (qself, path) = if self.eat_lt() {
                let (qself, path) = self.parse_qpath(PathStyle::Pat)?;
                (Some(qself), path)
            } else {
                (None, self.parse_path(PathStyle::Pat)?)
            };
            let hi = self.prev_token.span;
            Ok(self.mk_expr(lo.to(hi), ExprKind::Path(qself, path)))
        } else {
            self.parse_literal_maybe_minus()
        }?;
        let bound = self.recover_pat_range_bound_expr(bound);
        if let Some(open) = open_paren {
            self.expect(T::CloseParen)?;
            let close = self.prev_token.span;
            let mut err = self.dcx().struct_span_err(vec![open, close], "range pattern bounds cannot have parentheses");
            err.multipart_suggestion(
                "remove these parentheses",
                vec![(open, String::new()), (close, String::new())],
                Applicability::MachineApplicable,
            );
            self.report(err);
        }
        Ok(bound)
    }

    /// `0..5 + 1`
    pub(crate) fn recover_pat_range_bound_expr(&mut self, bound: P<Expr>) -> P<Expr> {
        let is_operator = matches!(
            self.token.kind,
            TokenKind::Plus
                | TokenKind::Minus
                | TokenKind::Star
                | TokenKind::Slash
                | TokenKind::Percent
                | TokenKind::Caret
                | TokenKind::Shl
                | TokenKind::Shr
                | TokenKind::Dot
                | TokenKind::OpenBracket
        ) || self.token.is_keyword(kw::As);
        if !is_operator || !self.may_recover() {
            return bound;
        }
        let span = bound.span;
        let mut attempt = self.clone();
        attempt.recovery = false;
        let parsed = attempt.with_res(Restrictions::IS_PAT, |this| {
            let base = this.parse_expr_dot_or_call_with(AttrVec::new(), bound.clone(), span)?;
            this.parse_expr_assoc_rest(base)
        });
        match parsed {
            Ok(expr) => {
                attempt.recovery = self.recovery;
                *self = attempt;
                let err = self
                    .dcx()
                    .struct_span_err(expr.span, "expected a pattern range bound, found an expression")
                    .with_span_label(expr.span, "not a pattern")
                    .with_note("arbitrary expressions are not allowed in patterns: <https://doc.rust-lang.org/book/ch19-00-patterns.html>");
                let guar = self.report(err);
                self.mk_expr_err(expr.span, guar)
            }
            Err(err) => {
                err.cancel();
                bound
            }
        }
    }

    /// `1 + 2` and so on in a pattern.
    pub(crate) fn maybe_recover_trailing_expr_in_pat(&mut self, pat: &Pat) -> Option<P<Pat>> {
        if !matches!(
            self.token.kind,
            TokenKind::Plus
                | TokenKind::Minus
                | TokenKind::Star
                | TokenKind::Slash
                | TokenKind::Percent
                | TokenKind::Caret
                | TokenKind::And
                | TokenKind::AndAnd
                | TokenKind::Shl
                | TokenKind::Shr
                | TokenKind::Ne
                | TokenKind::Le
                | TokenKind::Ge
                | TokenKind::Dot
                | TokenKind::Question
                | TokenKind::OpenBracket
        ) && !self.token.is_keyword(kw::As)
        {
            return None;
        }
        let is_literal = matches!(&pat.kind, PatKind::Expr(_));
        let is_pathlike = matches!(
            &pat.kind,
            PatKind::Path(..) | PatKind::Ident(BindingMode::NONE, _, None) | PatKind::TupleStruct(..)
        );
        if !is_literal && !is_pathlike {
            return None;
        }
        // A method call, field or operator behind what could be an expression.
        let begin = match &pat.kind {
            PatKind::Expr(expr) => expr.clone(),
            PatKind::Path(qself, path) => self.mk_expr(pat.span, ExprKind::Path(qself.clone(), path.clone())),
            PatKind::Ident(_, ident, _) => self.mk_expr(pat.span, ExprKind::Path(None, Path::from_ident(*ident))),
            PatKind::TupleStruct(..) => self.mk_expr(pat.span, ExprKind::Underscore),
            _ => return None,
        };
        let has_dot = matches!(self.token.kind, TokenKind::Dot | TokenKind::Question | TokenKind::OpenBracket);
        let mut attempt = self.clone();
        attempt.recovery = false;
        let res = attempt.with_res(Restrictions::IS_PAT, |this| {
            let base = this.parse_expr_dot_or_call_with(AttrVec::new(), begin, pat.span)?;
            this.parse_expr_assoc_rest(base)
        });
        let expr = match res {
            Ok(expr) if attempt.position() > self.position() => expr,
            Ok(_) => return None,
            Err(err) => {
                err.cancel();
                return None;
            }
        };
        if !matches!(
            attempt.token.kind,
            TokenKind::FatArrow
                | TokenKind::Comma
                | TokenKind::CloseParen
                | TokenKind::CloseBracket
                | TokenKind::CloseBrace
                | TokenKind::Or
                | TokenKind::Eq
                | TokenKind::Colon
                | TokenKind::DotDotEq
                | TokenKind::DotDot
                | TokenKind::At
        ) && !attempt.token.is_keyword(kw::If)
            && !attempt.token.is_keyword(kw::In)
        {
            return None;
        }
        let msg = if has_dot && matches!(expr.kind, ExprKind::MethodCall(_)) {
            "expected a pattern, found a method call"
        } else {
            "expected a pattern, found an expression"
        };
        let is_method = matches!(expr.kind, ExprKind::MethodCall(_));
        attempt.recovery = self.recovery;
        *self = attempt;
        let span = pat.span.to(expr.span);
        let mut err = self.dcx().struct_span_err(span, msg);
        err.span_label(span, if is_method { "method calls are not allowed in patterns" } else { "not a pattern" });
        if !is_method {
            err.note("arbitrary expressions are not allowed in patterns: <https://doc.rust-lang.org/book/ch19-00-patterns.html>");
        }
        let guar = self.report(err);
        Some(self.mk_pat(span, PatKind::Err(guar)))
    }
}
