//! Expressions: operators, prefixes and postfixes. What stands between them is in `expr_bottom.rs`.
//!
//! ```text
//! expr: prefix (operator expr)*         by precedence climbing
//! prefix: (`!` | `-` | `*` | `&` ..) prefix | postfix
//! postfix: bottom (`?` | `.` name .. | `(` args `)` | `[` expr `]`)*
//! ```

mod postfix;

use std::ops::Bound;

use ast::precedence::{AssocOp, ExprPrecedence, Fixity, expr_requires_semi_to_be_stmt};
use ast::token::{IdentIsRaw, TokenKind};
use ast::{
    AnonConst, AttrVec, BinOpKind, BorrowKind, DUMMY_NODE_ID, Expr, ExprKind, Mutability, P, RangeLimits, Ty, UnOp,
    YieldKind,
};
use diagnostics::{Applicability, ErrorGuaranteed};
use span::{Ident, Span, Symbol, kw, respan, sym};
use thin_vec::ThinVec;

use crate::parser::{PResult, Parser, Restrictions, depth};
use crate::path::PathStyle;
use crate::token_type::TokenType as T;

impl<'a> Parser<'a> {
    pub fn parse_expr(&mut self) -> PResult<'a, P<Expr>> {
        self.parse_expr_res(Restrictions::empty())
    }

    /// With these restrictions and attributes before it.
    pub(crate) fn parse_expr_res(&mut self, res: Restrictions) -> PResult<'a, P<Expr>> {
        let attrs = self.parse_outer_attributes()?;
        self.with_res(res, |this| this.parse_expr_assoc_with(Bound::Unbounded, attrs))
    }

    pub(crate) fn parse_expr_assoc_top(&mut self) -> PResult<'a, P<Expr>> {
        let attrs = self.parse_outer_attributes()?;
        self.parse_expr_assoc_with(Bound::Unbounded, attrs)
    }

    /// A constant: array length, discriminant.
    pub(crate) fn parse_expr_anon_const(&mut self) -> PResult<'a, AnonConst> {
        let value = self.parse_expr()?;
        Ok(AnonConst { id: DUMMY_NODE_ID, value })
    }

    /// An element of a list; `x: T` and so on are recovered from.
    fn parse_expr_catch_underscore(&mut self, restrictions: Restrictions) -> PResult<'a, P<Expr>> {
        let attrs = self.parse_outer_attributes()?;
        match self.with_res(restrictions, |this| this.parse_expr_assoc_with(Bound::Unbounded, attrs)) {
            Ok(expr) => Ok(expr),
            Err(err) => match self.token.ident() {
                Some((Ident { name: kw::Underscore, .. }, IdentIsRaw::No))
                    if self.may_recover() && self.look_kind(1) == TokenKind::Comma =>
                {
                    let guar = self.report(err);
                    self.bump();
                    Ok(self.mk_expr(self.prev_token.span, ExprKind::Err(guar)))
                }
                _ => Err(err),
            },
        }
    }

    pub(crate) fn parse_expr_paren_seq(&mut self) -> PResult<'a, ThinVec<P<Expr>>> {
        self.parse_paren_comma_seq(|p| p.parse_expr_catch_underscore(Restrictions::empty())).map(|(list, _)| list)
    }

    #[inline]
    pub(crate) fn mk_expr(&self, span: Span, kind: ExprKind) -> P<Expr> {
        P(Expr { kind, span, attrs: AttrVec::new(), id: DUMMY_NODE_ID })
    }

    pub(crate) fn mk_expr_with_attrs(&self, span: Span, kind: ExprKind, attrs: AttrVec) -> P<Expr> {
        P(Expr { kind, span, attrs, id: DUMMY_NODE_ID })
    }

    pub(crate) fn mk_expr_err(&self, span: Span, guar: ErrorGuaranteed) -> P<Expr> {
        self.mk_expr(span, ExprKind::Err(guar))
    }

    /// An expression of at least this precedence, with attributes that have been read.
    pub(crate) fn parse_expr_assoc_with(
        &mut self,
        min_prec: Bound<ExprPrecedence>,
        attrs: AttrVec,
    ) -> PResult<'a, P<Expr>> {
        self.deeper(|this| {
            let lhs = if this.token.is_range_separator() {
                return this.parse_expr_prefix_range(attrs);
            } else {
                this.parse_expr_prefix(attrs)?
            };
            this.parse_expr_assoc_rest_with(min_prec, lhs)
        })
    }

    /// The operators that follow a parsed expression.
    pub(crate) fn parse_expr_assoc_rest(&mut self, lhs: P<Expr>) -> PResult<'a, P<Expr>> {
        self.parse_expr_assoc_rest_with(Bound::Unbounded, lhs)
    }

    fn parse_expr_assoc_rest_with(
        &mut self,
        min_prec: Bound<ExprPrecedence>,
        mut lhs: P<Expr>,
    ) -> PResult<'a, P<Expr>> {
        if !self.should_continue_as_assoc_expr(&lhs) {
            return Ok(lhs);
        }
        self.expected.insert(T::Operator);
        while let Some((op, op_span)) = self.check_assoc_op() {
            let prec = op.precedence();
            let binds = match min_prec {
                Bound::Unbounded => true,
                Bound::Included(min) => prec >= min,
                Bound::Excluded(min) => prec > min,
            };
            if !binds {
                break;
            }
            let restrictions = if op.is_assign_like() {
                self.restrictions.only(Restrictions::NO_STRUCT_LITERAL)
            } else {
                self.restrictions
            };
            if self.token.kind == TokenKind::DotDotDot && op == AssocOp::Range(RangeLimits::Closed) {
                self.err_dotdotdot_syntax(self.token.span);
            }
            if self.token.kind == TokenKind::LArrow {
                self.err_larrow_operator(self.token.span);
            }
            self.bump();
            if op.is_comparison()
                && let Some(expr) = self.check_no_chained_comparison(&lhs, op, op_span)?
            {
                return Ok(expr);
            }
            if self.recover_foreign_operator(op, op_span) {
                // `===`, `<>`, `<=>`: read on as the operator that was meant.
            }
            // `x++`, `x--`
            if self.prev_token.kind == TokenKind::Plus
                && self.token.kind == TokenKind::Plus
                && self.prev_token.span.hi() == self.token.span.lo()
                && self.may_recover()
            {
                let op_span = self.prev_token.span.to(self.token.span);
                self.bump();
                return Err(self.postfix_inc_dec_error(op_span, true));
            }
            if self.prev_token.kind == TokenKind::Minus
                && self.token.kind == TokenKind::Minus
                && self.prev_token.span.hi() == self.token.span.lo()
                && !self.look_ahead(1, |t| t.can_begin_expr())
                && self.may_recover()
            {
                let op_span = self.prev_token.span.to(self.token.span);
                self.bump();
                return Err(self.postfix_inc_dec_error(op_span, false));
            }
            self.sink_operand(depth::OPERATOR)?;
            let lhs_span = lhs.span;
            match op {
                AssocOp::Cast => {
                    lhs = self.parse_assoc_op_cast(lhs)?;
                    continue;
                }
                AssocOp::Range(limits) => {
                    lhs = self.parse_expr_range(prec, lhs, limits, op_span)?;
                    break;
                }
                _ => {}
            }
            let min_prec = match op.fixity() {
                Fixity::Right => Bound::Included(prec),
                Fixity::Left | Fixity::None => Bound::Excluded(prec),
            };
            let rhs = self.with_res(restrictions.without(Restrictions::STMT_EXPR), |this| {
                let attrs = this.parse_outer_attributes()?;
                this.parse_expr_assoc_with(min_prec, attrs)
            })?;
            let span = lhs_span.to(rhs.span);
            let kind = match op {
                AssocOp::Binary(op) => ExprKind::Binary(respan(op_span, op), lhs, rhs),
                AssocOp::Assign => ExprKind::Assign(lhs, rhs, op_span),
                AssocOp::AssignOp(op) => ExprKind::AssignOp(respan(op_span, op), lhs, rhs),
                AssocOp::Cast | AssocOp::Range(_) => unreachable!("handled above"),
            };
            lhs = self.mk_expr(span, kind);
        }
        Ok(lhs)
    }

    /// Does an operator behind this expression continue it? A complete statement is not continued.
    fn should_continue_as_assoc_expr(&mut self, lhs: &Expr) -> bool {
        if !self.expr_is_complete(lhs) {
            return true;
        }
        match AssocOp::from_token(&self.token) {
            None => false,
            Some(
                AssocOp::Assign
                | AssocOp::AssignOp(_)
                | AssocOp::Cast
                | AssocOp::Binary(
                    BinOpKind::BitXor
                    | BinOpKind::Div
                    | BinOpKind::Rem
                    | BinOpKind::Shr
                    | BinOpKind::Le
                    | BinOpKind::Gt
                    | BinOpKind::Ge,
                ),
            ) => {
                self.error_found_expr_would_be_stmt(lhs);
                true
            }
            Some(_) => false,
        }
    }

    fn error_found_expr_would_be_stmt(&mut self, lhs: &Expr) {
        let shown = ast::pretty::token_to_string(&self.token);
        let mut err = self.dcx().struct_span_err(self.token.span, format!("expected expression, found `{shown}`"));
        err.span_label(self.token.span, "expected expression");
        err.multipart_suggestion(
            "parentheses are required to parse this as an expression",
            vec![(lhs.span.shrink_to_lo(), "(".to_string()), (lhs.span.shrink_to_hi(), ")".to_string())],
            Applicability::MachineApplicable,
        );
        self.report(err);
    }

    /// The operator that stands here; `and`, `or` and so on are taken for one.
    #[inline]
    fn check_assoc_op(&mut self) -> Option<(AssocOp, Span)> {
        let span = self.token.span;
        if let Some(op) = AssocOp::from_token_kind(self.token.kind) {
            if self.restrictions.contains(Restrictions::CONST_EXPR) && self.ends_const_arg() {
                return None;
            }
            return Some((op, span));
        }
        if let TokenKind::Ident(name, IdentIsRaw::No) = self.token.kind
            && (name == sym::and || name == sym::or)
            && self.may_recover()
        {
            let op = if name == sym::and { BinOpKind::And } else { BinOpKind::Or };
            self.error_bad_logical_operator(span, name, op);
            return Some((AssocOp::Binary(op), span));
        }
        None
    }

    /// In a const argument, `>` and `,` end it.
    fn ends_const_arg(&self) -> bool {
        matches!(self.token.kind, TokenKind::Gt | TokenKind::Shr | TokenKind::Ge | TokenKind::ShrEq)
    }

    fn error_bad_logical_operator(&mut self, span: Span, name: Symbol, op: BinOpKind) {
        let good = op.as_str();
        let err = self
            .dcx()
            .struct_span_err(span, format!("`{name}` is not a logical operator"))
            .with_span_suggestion_short(
                span,
                if op == BinOpKind::And {
                    "use `&&` to perform logical conjunction".to_string()
                } else {
                    format!("use `{good}` to perform logical disjunction")
                },
                good,
                Applicability::MachineApplicable,
            )
            .with_note("unlike in e.g., Python and PHP, `&&` and `||` are used for logical operators");
        self.report(err);
    }

    /// `===`, `!==`, `<>`, `<=>`
    fn recover_foreign_operator(&mut self, op: AssocOp, op_span: Span) -> bool {
        let adjacent = self.prev_token.span.hi() == self.token.span.lo();
        if !adjacent || !self.may_recover() {
            return false;
        }
        let (invalid, correct) = match (op, self.token.kind) {
            (AssocOp::Binary(BinOpKind::Eq), TokenKind::Eq) => ("===", Some("==")),
            (AssocOp::Binary(BinOpKind::Ne), TokenKind::Eq) => ("!==", Some("!=")),
            (AssocOp::Binary(BinOpKind::Lt), TokenKind::Gt) => ("<>", Some("!=")),
            (AssocOp::Binary(BinOpKind::Le), TokenKind::Gt) => ("<=>", None),
            _ => return false,
        };
        let span = op_span.to(self.token.span);
        let mut err = self.dcx().struct_span_err(span, format!("invalid comparison operator `{invalid}`"));
        match correct {
            Some(correct) => {
                err.span_suggestion_short(
                    span,
                    format!("`{invalid}` is not a valid comparison operator, use `{correct}`"),
                    correct,
                    Applicability::MachineApplicable,
                );
            }
            None => {
                err.span_label(span, "`<=>` is not a valid comparison operator, use `std::cmp::Ordering`");
            }
        }
        self.report(err);
        self.bump();
        true
    }

    #[inline]
    pub(crate) fn expr_is_complete(&self, e: &Expr) -> bool {
        self.restrictions.contains(Restrictions::STMT_EXPR) && !expr_requires_semi_to_be_stmt(e)
    }

    /// `x..y`, `x..`
    fn parse_expr_range(
        &mut self,
        prec: ExprPrecedence,
        lhs: P<Expr>,
        limits: RangeLimits,
        op_span: Span,
    ) -> PResult<'a, P<Expr>> {
        let rhs = if self.is_at_start_of_range_notation_rhs() {
            let attrs = self.parse_outer_attributes()?;
            Some(self.parse_expr_assoc_with(Bound::Excluded(prec), attrs)?)
        } else {
            None
        };
        let span = lhs.span.to(rhs.as_ref().map_or(op_span, |x| x.span));
        let kind = self.mk_range(Some(lhs), rhs, limits);
        Ok(self.mk_expr(span, kind))
    }

    fn is_at_start_of_range_notation_rhs(&self) -> bool {
        if self.token.can_begin_expr() {
            if self.token.kind == TokenKind::OpenBrace {
                return !self.restrictions.contains(Restrictions::NO_STRUCT_LITERAL);
            }
            return true;
        }
        false
    }

    fn mk_range(&mut self, start: Option<P<Expr>>, end: Option<P<Expr>>, limits: RangeLimits) -> ExprKind {
        if end.is_none() && limits == RangeLimits::Closed {
            let guar = self.inclusive_range_with_incorrect_end();
            return ExprKind::Err(guar);
        }
        ExprKind::Range(start, end, limits)
    }

    /// `..y`, `..=y`, `..`
    fn parse_expr_prefix_range(&mut self, attrs: AttrVec) -> PResult<'a, P<Expr>> {
        if let [first, .., last] | [first @ last] = &attrs[..] {
            let err = self.dcx().struct_span_err(
                first.span.to(last.span),
                "attributes are not allowed on range expressions starting with `..`",
            );
            self.report(err);
        }
        if self.token.kind == TokenKind::DotDotDot {
            self.err_dotdotdot_syntax(self.token.span);
        }
        let limits = match self.token.kind {
            TokenKind::DotDot => RangeLimits::HalfOpen,
            _ => RangeLimits::Closed,
        };
        let lo = self.token.span;
        self.bump();
        let end = if self.is_at_start_of_range_notation_rhs() {
            let attrs = self.parse_outer_attributes()?;
            Some(self.parse_expr_assoc_with(Bound::Excluded(ExprPrecedence::Range), attrs)?)
        } else {
            None
        };
        let span = end.as_ref().map_or(lo, |end| lo.to(end.span));
        let kind = self.mk_range(None, end, limits);
        Ok(self.mk_expr_with_attrs(span, kind, attrs))
    }

    fn err_dotdotdot_syntax(&mut self, span: Span) {
        let err = self
            .dcx()
            .struct_span_err(span, "unexpected token: `...`")
            .with_span_suggestion_verbose(span, "use `..` for an exclusive range", "..", Applicability::MaybeIncorrect)
            .with_span_suggestion_verbose(
                span,
                "or `..=` for an inclusive range",
                "..=",
                Applicability::MaybeIncorrect,
            );
        self.report(err);
    }

    fn err_larrow_operator(&mut self, span: Span) {
        let err = self.dcx().struct_span_err(span, "unexpected token: `<-`").with_span_suggestion_verbose(
            span,
            "if you meant to write a comparison against a negative value, add a space between `<` and `-`",
            "< -",
            Applicability::MaybeIncorrect,
        );
        self.report(err);
    }

    /// Prefix operators.
    fn parse_expr_prefix(&mut self, attrs: AttrVec) -> PResult<'a, P<Expr>> {
        let lo = self.token.span;
        let (hi, kind) = match self.token.kind {
            TokenKind::Bang => self.parse_expr_unary(lo, UnOp::Not)?,
            TokenKind::Minus => self.parse_expr_unary(lo, UnOp::Neg)?,
            TokenKind::Star => self.parse_expr_unary(lo, UnOp::Deref)?,
            TokenKind::And | TokenKind::AndAnd => self.parse_expr_borrow(lo)?,
            TokenKind::Tilde => {
                let err = self
                    .dcx()
                    .struct_span_err(lo, "`~` cannot be used as a unary operator")
                    .with_span_suggestion(lo, "use `!` to perform bitwise not", "!", Applicability::MachineApplicable);
                self.report(err);
                self.parse_expr_unary(lo, UnOp::Not)?
            }
            TokenKind::Plus if self.look_ahead(1, |t| t.is_numeric_lit()) && self.may_recover() => {
                let mut err = self.dcx().struct_span_err(lo, "leading `+` is not supported");
                err.span_label(lo, "unexpected `+`");
                err.span_suggestion_verbose(lo, "try removing the `+`", "", Applicability::MachineApplicable);
                self.report(err);
                self.bump();
                return self.parse_expr_prefix(attrs);
            }
            TokenKind::Plus
                if self.look_kind(1) == TokenKind::Plus
                    && self.look_ahead(1, |t| lo.hi() == t.span.lo())
                    && self.look_ahead(2, |t| t.can_begin_expr())
                    && self.may_recover() =>
            {
                return self.recover_prefix_inc_dec(attrs, true);
            }
            TokenKind::Ident(kw::Box, IdentIsRaw::No) => self.parse_expr_box(lo)?,
            TokenKind::Ident(name, IdentIsRaw::No) if name == sym::not && self.is_mistaken_not_ident_negation() => {
                self.recover_not_expr(lo)?
            }
            _ => return self.parse_expr_dot_or_call(attrs),
        };
        Ok(self.mk_expr_with_attrs(lo.to(hi), kind, attrs))
    }

    fn recover_prefix_inc_dec(&mut self, attrs: AttrVec, inc: bool) -> PResult<'a, P<Expr>> {
        let lo = self.token.span;
        self.bump();
        self.bump();
        let op_span = lo.to(self.prev_token.span);
        let operand = self.parse_expr_dot_or_call(attrs)?;
        let what = if inc { "increment" } else { "decrement" };
        let sign = if inc { '+' } else { '-' };
        let mut err = self.dcx().struct_span_err(op_span, format!("Rust has no prefix {what} operator"));
        err.span_label(op_span, "not a valid prefix operator".to_string());
        err.multipart_suggestion(
            format!("use `{sign}= 1` instead"),
            vec![(op_span, String::new()), (operand.span.shrink_to_hi(), format!(" {sign}= 1"))],
            Applicability::MachineApplicable,
        );
        Err(err)
    }

    fn postfix_inc_dec_error(&mut self, op_span: Span, inc: bool) -> diagnostics::Diag<'a> {
        let what = if inc { "increment" } else { "decrement" };
        let sign = if inc { '+' } else { '-' };
        let mut err = self.dcx().struct_span_err(op_span, format!("Rust has no postfix {what} operator"));
        err.span_label(op_span, "not a valid postfix operator");
        err.span_suggestion_verbose(
            op_span,
            format!("use `{sign}= 1` instead"),
            format!(" {sign}= 1"),
            Applicability::MachineApplicable,
        );
        err
    }

    fn parse_expr_unary(&mut self, lo: Span, op: UnOp) -> PResult<'a, (Span, ExprKind)> {
        self.bump();
        let expr = self.parse_expr_prefix_common(lo)?;
        Ok((expr.span, ExprKind::Unary(op, expr)))
    }

    fn parse_expr_prefix_common(&mut self, _lo: Span) -> PResult<'a, P<Expr>> {
        self.deeper(|this| {
            let attrs = this.parse_outer_attributes()?;
            if this.token.is_range_separator() {
                return this.parse_expr_prefix_range(attrs);
            }
            this.parse_expr_prefix(attrs)
        })
    }

    /// `box x`: removed.
    fn parse_expr_box(&mut self, box_kw: Span) -> PResult<'a, (Span, ExprKind)> {
        self.bump();
        let expr = self.parse_expr_prefix_common(box_kw)?;
        let span = box_kw.to(expr.span);
        let err = self.dcx().struct_span_err(span, "`box_syntax` has been removed").with_multipart_suggestion(
            "use `Box::new()` instead",
            vec![(box_kw.until(expr.span), "Box::new(".to_string()), (expr.span.shrink_to_hi(), ")".to_string())],
            Applicability::MachineApplicable,
        );
        let guar = self.report(err);
        Ok((span, ExprKind::Err(guar)))
    }

    fn is_mistaken_not_ident_negation(&self) -> bool {
        self.may_recover()
            && self.look_ahead(1, |t| match t.kind {
                // `not x`, but not `not (x)`, which may be a call.
                TokenKind::Literal(..) => true,
                TokenKind::Ident(name, raw) => token_can_begin_expr_after_not(name, t.span, raw),
                _ => false,
            })
            && self.token.is_ident_named(sym::not)
    }

    fn recover_not_expr(&mut self, lo: Span) -> PResult<'a, (Span, ExprKind)> {
        let not_token = self.look_ahead(1, |t| *t);
        let descr = crate::diagnostics::token_descr(&not_token);
        let span = self.token.span;
        let err = self
            .dcx()
            .struct_span_err(not_token.span, format!("unexpected {descr} after identifier"))
            .with_span_suggestion_verbose(
                span.until(not_token.span),
                "use `!` to perform logical negation or bitwise not",
                "!",
                Applicability::MachineApplicable,
            );
        self.report(err);
        self.parse_expr_unary(lo, UnOp::Not)
    }

    /// `x as T`
    fn parse_assoc_op_cast(&mut self, lhs: P<Expr>) -> PResult<'a, P<Expr>> {
        let lhs_span = lhs.span;
        let mk = |this: &Self, lhs: P<Expr>, ty: P<Ty>| {
            let span = lhs_span.to(ty.span);
            this.mk_expr(span, ExprKind::Cast(lhs, ty))
        };
        let snapshot = self.clone();
        let cast = match self.parse_as_cast_ty() {
            Ok(ty) => mk(self, lhs, ty),
            Err(type_err) => {
                if !self.may_recover() {
                    return Err(type_err);
                }
                // `x as usize < y`: the `<` was taken for generic arguments.
                let failed = std::mem::replace(self, snapshot);
                match self.parse_path(PathStyle::Expr) {
                    Ok(path) if matches!(self.token.kind, TokenKind::Lt | TokenKind::Shl) => {
                        type_err.cancel();
                        let (op, verb) =
                            if self.token.kind == TokenKind::Lt { ("<", "comparison") } else { ("<<", "shift") };
                        let span = path.span;
                        let type_text = ast::pretty::path_to_string(&path);
                        let expr =
                            mk(self, lhs, P(Ty { span, kind: ast::TyKind::Path(None, path), id: DUMMY_NODE_ID }));
                        let mut err = self.dcx().struct_span_err(
                            self.token.span,
                            format!(
                                "`{op}` is interpreted as a start of generic arguments for `{type_text}`, not a {verb}"
                            ),
                        );
                        err.span_label(self.token.span, format!("not interpreted as {verb}"));
                        err.span_label(
                            self.look_ahead(1, |t| t.span).to(failed.token.span),
                            "interpreted as generic arguments",
                        );
                        err.multipart_suggestion(
                            format!("try {} the cast value", if op == "<" { "comparing" } else { "shifting" }),
                            vec![
                                (expr.span.shrink_to_lo(), "(".to_string()),
                                (expr.span.shrink_to_hi(), ")".to_string()),
                            ],
                            Applicability::MachineApplicable,
                        );
                        self.report(err);
                        expr
                    }
                    Ok(_) => {
                        *self = failed;
                        return Err(type_err);
                    }
                    Err(err) => {
                        err.cancel();
                        *self = failed;
                        return Err(type_err);
                    }
                }
            }
        };
        self.parse_and_disallow_postfix_after_cast(cast)
    }

    fn parse_and_disallow_postfix_after_cast(&mut self, cast: P<Expr>) -> PResult<'a, P<Expr>> {
        if !self.may_recover()
            || !matches!(
                self.token.kind,
                TokenKind::Dot | TokenKind::Question | TokenKind::OpenParen | TokenKind::OpenBracket
            )
        {
            return Ok(cast);
        }
        let cast_span = cast.span;
        // What would be the beginning of another statement is not looked at.
        if matches!(self.token.kind, TokenKind::OpenParen | TokenKind::OpenBracket)
            && self.token.span.lo() != self.prev_token.span.hi()
        {
            return Ok(cast);
        }
        let expr = self.parse_expr_dot_or_call_with(AttrVec::new(), cast, cast_span)?;
        if matches!(expr.kind, ExprKind::Cast(..)) {
            return Ok(expr);
        }
        let what = match &expr.kind {
            ExprKind::Index(..) => "indexing",
            ExprKind::Try(_) => "`?`",
            ExprKind::Field(..) => "a field access",
            ExprKind::MethodCall(_) => "a method call",
            ExprKind::Call(..) => "a function call",
            ExprKind::Await(..) => "`.await`",
            ExprKind::Use(..) => "`.use`",
            ExprKind::Yield(YieldKind::Postfix(_)) => "`.yield`",
            ExprKind::Match(..) => "a postfix match",
            _ => return Ok(expr),
        };
        let mut err = self.dcx().struct_span_err(cast_span, format!("cast cannot be followed by {what}"));
        err.multipart_suggestion(
            "try surrounding the expression in parentheses",
            vec![(cast_span.shrink_to_lo(), "(".to_string()), (cast_span.shrink_to_hi(), ")".to_string())],
            Applicability::MachineApplicable,
        );
        self.report(err);
        Ok(expr)
    }

    /// `&x`, `&mut x`, `&raw const x`
    fn parse_expr_borrow(&mut self, lo: Span) -> PResult<'a, (Span, ExprKind)> {
        self.expect_and()?;
        let has_lifetime = self.token.is_lifetime() && self.look_kind(1) != TokenKind::Colon;
        let lifetime = has_lifetime.then(|| self.expect_lifetime());
        let (borrow_kind, mutbl) = self.parse_borrow_modifiers();
        let attrs = self.parse_outer_attributes()?;
        let expr = self.deeper(|this| {
            if this.token.is_range_separator() {
                this.parse_expr_prefix_range(attrs)
            } else {
                this.parse_expr_prefix(attrs)
            }
        })?;
        if let Some(lifetime) = lifetime {
            let span = lo.to(expr.span);
            let err = self
                .dcx()
                .struct_span_err(span, "borrow expressions cannot be annotated with lifetimes")
                .with_span_suggestion(
                    lifetime.ident.span.until(expr.span),
                    "remove the lifetime annotation",
                    "",
                    Applicability::MachineApplicable,
                );
            self.report(err);
        }
        Ok((expr.span, ExprKind::AddrOf(borrow_kind, mutbl, expr)))
    }

    fn parse_borrow_modifiers(&mut self) -> (BorrowKind, Mutability) {
        if self.check(T::KwRaw) && self.is_keyword_ahead(1, &[kw::Mut, kw::Const]) {
            self.bump();
            let mutbl = if self.eat(T::KwMut) {
                Mutability::Mut
            } else {
                self.eat(T::KwConst);
                Mutability::Not
            };
            return (BorrowKind::Raw, mutbl);
        }
        if let Some((_, mutbl)) = self.parse_pin_and_mut() {
            return (BorrowKind::Pin, mutbl);
        }
        (BorrowKind::Ref, self.parse_mutability())
    }

    /// `a < b < c`: says so, and goes on; `a<b>(..)` is a call without turbofish.
    fn check_no_chained_comparison(
        &mut self,
        inner: &P<Expr>,
        outer_op: AssocOp,
        outer_span: Span,
    ) -> PResult<'a, Option<P<Expr>>> {
        let ExprKind::Binary(op, l1, r1) = &inner.kind else {
            return Ok(None);
        };
        if !op.node.is_comparison() {
            return Ok(None);
        }
        self.chained_comparison(inner, op, l1, r1, outer_op, outer_span)
    }
}

fn token_can_begin_expr_after_not(name: Symbol, span: Span, raw: IdentIsRaw) -> bool {
    ast::token::Token::new(TokenKind::Ident(name, raw), span).can_begin_expr() && !matches!(name, kw::As)
}
