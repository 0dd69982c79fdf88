//! Constants, statics, type aliases, and what stands before items: `extern "C"`, `unsafe`, `const`.

use crate::parser::{PResult, Parser};
use crate::token_type::TokenType as T;
use ast::token::TokenKind;
use ast::{
    Const, ConstItem, ConstItemRhsKind, DUMMY_NODE_ID, Defaultness, Extern, ItemKind, Mutability, P, Safety,
    StaticItem, StrLit, Ty, TyAlias, TyKind,
};
use diagnostics::Applicability;
use span::{Span, kw, sym};

impl<'a> Parser<'a> {
    /// `"C"`
    pub(crate) fn parse_abi(&mut self) -> Option<StrLit> {
        match self.parse_opt_str_lit() {
            Ok(lit) => {
                if let Some(suffix) = lit.suffix {
                    crate::diagnostics::report_lit_error(
                        self.sess,
                        ast::LitError::InvalidSuffix(suffix),
                        lit.as_token_lit(),
                        lit.span,
                    );
                }
                Some(lit)
            }
            Err(Some((lit, span))) => {
                if !matches!(lit.kind, ast::token::LitKind::Err(_)) {
                    let err = self.dcx().struct_span_err(span, "non-string ABI literal").with_span_suggestion(
                        span,
                        "specify the ABI with a string literal",
                        "\"C\"",
                        Applicability::MaybeIncorrect,
                    );
                    self.report(err);
                }
                None
            }
            Err(None) => None,
        }
    }

    pub(crate) fn parse_extern(&mut self) -> Extern {
        if self.eat(T::KwExtern) {
            let mut extern_span = self.prev_token.span;
            let abi = self.parse_abi();
            if let Some(abi) = &abi {
                extern_span = extern_span.to(abi.span);
            }
            return Extern::from_abi(abi, extern_span);
        }
        Extern::None
    }

    pub(crate) fn parse_safety(&mut self) -> Safety {
        if self.eat(T::KwUnsafe) {
            return Safety::Unsafe(self.prev_token.span);
        }
        if self.eat(T::KwSafe) {
            return Safety::Safe(self.prev_token.span);
        }
        Safety::Default
    }

    pub(crate) fn parse_constness(&mut self) -> Const {
        // `const {` is a block, `const |` a closure.
        if !self.check_const_closure() && !self.check_inline_const(0) && self.eat(T::KwConst) {
            return Const::Yes(self.prev_token.span);
        }
        Const::No
    }

    /// `unsafe extern {`, `unsafe extern "C" {`
    pub(crate) fn is_unsafe_foreign_mod(&self) -> bool {
        if !self.token.is_keyword(kw::Unsafe) || !self.is_keyword_ahead(1, &[kw::Extern]) {
            return false;
        }
        // Up to the brace there may be an ABI.
        let n = if self.look_ahead(2, |t| t.can_begin_string_literal()) {
            if self.look_ahead(2, |t| t.is_metavar_seq().is_some()) {
                return self.tree_look_ahead(3, |t| t.kind == TokenKind::OpenBrace) == Some(true);
            }
            3
        } else {
            2
        };
        self.look_kind(n) == TokenKind::OpenBrace
    }

    /// `static x`, not a closure or block.
    pub(crate) fn is_static_global(&mut self) -> bool {
        if self.check(T::KwStatic) {
            // `static ||` and so on are closures.
            return !self.look_ahead(1, |t| {
                matches!(t.kind, TokenKind::OrOr | TokenKind::Or) || t.is_keyword(kw::Move) || t.is_keyword(kw::Use)
            });
        }
        (self.check(T::KwUnsafe) || self.check(T::KwSafe)) && self.is_keyword_ahead(1, &[kw::Static])
    }

    /// `const mut X`
    pub(crate) fn recover_const_mut(&mut self, const_span: Span) {
        if self.eat_noexpect(T::KwMut) {
            let span = self.prev_token.span;
            let err = self
                .dcx()
                .struct_span_err(span, "const globals cannot be mutable")
                .with_span_label(span, "cannot be mutable")
                .with_span_suggestion(
                    const_span,
                    "you might want to declare a static instead",
                    "static",
                    Applicability::MaybeIncorrect,
                );
            self.report(err);
        } else if self.is(T::KwLet) && self.may_recover() {
            let span = self.token.span;
            self.bump();
            let err = self
                .dcx()
                .struct_span_err(const_span.to(span), "`const` and `let` are mutually exclusive")
                .with_span_suggestion(
                    const_span.until(span).to(span),
                    "remove `let`",
                    "const",
                    Applicability::MaybeIncorrect,
                );
            self.report(err);
        }
    }

    /// `NAME: T = e;`, what comes before is read.
    pub(crate) fn parse_static_item(&mut self, safety: Safety, mutability: Mutability) -> PResult<'a, ItemKind> {
        let ident = self.parse_ident()?;
        if self.token.kind == TokenKind::Lt && self.may_recover() {
            let generics = self.parse_generics()?;
            let err = self.dcx().struct_span_err(generics.span, "static items may not have generic parameters");
            self.report(err);
        }
        let ty = match (self.eat(T::Colon), self.token.kind) {
            (true, kind) if !matches!(kind, TokenKind::Eq | TokenKind::Semi) => self.parse_ty()?,
            (colon, _) => self.parse_item_without_type(
                colon,
                if mutability == Mutability::Mut { "static mut" } else { "static" },
                ident.span,
            ),
        };
        let expr = if self.eat(T::Eq) { Some(self.parse_expr()?) } else { None };
        self.expect_semi()?;
        Ok(ItemKind::Static(Box::new(StaticItem { ident, ty, safety, mutability, expr, define_opaque: None })))
    }

    /// `NAME: T = e;`, `_: T = e;`
    pub(crate) fn parse_const_item(&mut self, defaultness: Defaultness, type_const: bool) -> PResult<'a, ItemKind> {
        let ident = self.parse_ident_or_underscore()?;
        let mut generics = self.parse_generics()?;
        if !generics.span.is_empty() {
            self.gate(sym::generic_const_items, generics.span);
        }
        let ty = match (
            self.eat(T::Colon),
            matches!(self.token.kind, TokenKind::Eq | TokenKind::Semi) || self.token.is_keyword(kw::Where),
        ) {
            (true, false) => self.parse_ty()?,
            (colon, _) => self.parse_item_without_type(colon, "const", generics.span.shrink_to_hi()),
        };
        // A where clause may stand before or (as for types) behind the value.
        let before = self.parse_where_clause()?;
        let expr = if self.eat(T::Eq) { Some(self.parse_expr()?) } else { None };
        let after = self.parse_where_clause()?;
        if before.has_where_token && expr.is_some() {
            let err = self
                .dcx()
                .struct_span_err(before.span, "where clauses are not allowed before const item bodies")
                .with_span_label(before.span, "unexpected where clause")
                .with_span_label(ident.span, "while parsing this const item");
            self.report(err);
        }
        let mut predicates = before.predicates;
        predicates.extend(after.predicates);
        let where_clause = ast::WhereClause {
            has_where_token: before.has_where_token || after.has_where_token,
            predicates,
            span: if after.has_where_token { after.span } else { before.span },
        };
        if where_clause.has_where_token {
            self.gate(sym::generic_const_items, where_clause.span);
        }
        generics.where_clause = where_clause;
        self.expect_semi()?;
        let rhs_kind = if type_const {
            ConstItemRhsKind::TypeConst { rhs: expr.map(|value| ast::AnonConst { id: DUMMY_NODE_ID, value }) }
        } else {
            ConstItemRhsKind::Body { rhs: expr }
        };
        Ok(ItemKind::Const(Box::new(ConstItem { defaultness, ident, generics, ty, rhs_kind, define_opaque: None })))
    }

    /// `const X = 1;`
    pub(crate) fn parse_item_without_type(&mut self, colon_present: bool, kind: &str, at: Span) -> P<Ty> {
        let _ = at;
        let span = self.prev_token.span.shrink_to_hi();
        let err = if kind == "const" {
            self.dcx().struct_span_err(span, "missing type for `const` item")
        } else {
            self.dcx().struct_span_err(span, format!("missing type for `{kind}` item"))
        };
        let colon = if colon_present { "" } else { ":" };
        let err = err.with_span_suggestion(
            span,
            "provide a type for the item",
            format!("{colon} <type>"),
            Applicability::HasPlaceholders,
        );
        let guar = self.report(err);
        self.mk_ty(span, TyKind::Err(guar))
    }

    /// `type A<T>: Bounds = U;`
    pub(crate) fn parse_type_alias(&mut self, defaultness: Defaultness) -> PResult<'a, ItemKind> {
        let ident = self.parse_ident()?;
        let mut generics = self.parse_generics()?;
        let bounds = if self.eat(T::Colon) { self.parse_generic_bounds()? } else { Vec::new() };
        generics.where_clause = self.parse_where_clause()?;
        let ty = if self.eat(T::Eq) { Some(self.parse_ty()?) } else { None };
        let after_where_clause = self.parse_where_clause()?;
        self.expect_semi()?;
        Ok(ItemKind::TyAlias(Box::new(TyAlias { defaultness, ident, generics, after_where_clause, bounds, ty })))
    }
}
