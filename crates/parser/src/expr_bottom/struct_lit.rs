//! Struct literals: `S { x: 1, ..y }`.

use crate::parser::{PResult, Parser, Restrictions};
use crate::token_type::TokenType as T;
use ast::token::TokenKind;
use ast::{DUMMY_NODE_ID, Expr, ExprField, ExprKind, P, Path, QSelf, StructExpr, StructRest};
use diagnostics::{Applicability, ErrorGuaranteed};
use span::Span;
use thin_vec::ThinVec;

impl<'a> Parser<'a> {
    /// `S { .. }`, if the brace does not begin a block.
    pub(crate) fn maybe_parse_struct_expr(
        &mut self,
        qself: &Option<P<QSelf>>,
        path: &Path,
    ) -> Option<PResult<'a, P<Expr>>> {
        let struct_allowed = !self.restrictions.contains(Restrictions::NO_STRUCT_LITERAL);
        let is_struct = struct_allowed || self.may_recover() && self.is_certainly_not_a_block();
        if !is_struct {
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

    pub(crate) fn is_certainly_not_a_block(&self) -> bool {
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
        if qself.is_some() {
            self.gate(span::Symbol::intern("more_qualified_paths"), path.span);
        }
        let (fields, rest, recovered) = self.parse_struct_fields(&path, close_brace)?;
        let span = path.span.to(self.prev_token.span);
        let kind = match recovered {
            Some(guar) => ExprKind::Err(guar),
            None => ExprKind::Struct(P(StructExpr { qself, path, fields, rest })),
        };
        Ok(self.mk_expr(span, kind))
    }

    pub(crate) fn parse_struct_fields(
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

    pub(crate) fn recover_struct_field_dots(&mut self) -> bool {
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

    pub(crate) fn recover_struct_comma_after_dotdot(&mut self, span: Span) {
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

    pub(crate) fn parse_expr_field(&mut self) -> PResult<'a, ExprField> {
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
}
