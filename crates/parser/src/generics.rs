//! Generic parameters and where clauses.
//!
//! ```text
//! generics: `<` (param `,`)* `>`
//! param: lifetime (`:` bounds)? | ident (`:` bounds)? (`=` type)? | `const` ident `:` type (`=` const)?
//! where: `where` (predicate `,`)*
//! ```

use ast::token::TokenKind;
use ast::{
    AttrVec, DUMMY_NODE_ID, GenericBounds, GenericParam, GenericParamKind, Generics, WhereBoundPredicate, WhereClause,
    WhereEqPredicate, WherePredicate, WherePredicateKind, WhereRegionPredicate,
};
use diagnostics::Applicability;
use span::Span;
use thin_vec::ThinVec;

use crate::parser::{PResult, Parser, push_tight};
use crate::token_type::TokenType as T;

impl<'a> Parser<'a> {
    /// `<'a, T: Bound = U, const N: usize = 3>`, or nothing.
    pub(crate) fn parse_generics(&mut self) -> PResult<'a, Generics> {
        // `fn<T> name()`: said by the caller.
        let lo = self.token.span;
        let (params, span) = if self.eat_lt() {
            let params = self.parse_generic_params()?;
            self.expect_gt_or_explain(&params)?;
            (params, lo.to(self.prev_token.span))
        } else {
            (ThinVec::new(), self.prev_token.span.shrink_to_hi())
        };
        let where_clause = WhereClause {
            has_where_token: false,
            predicates: ThinVec::new(),
            span: self.prev_token.span.shrink_to_hi(),
        };
        Ok(Generics { params, where_clause, span })
    }

    fn expect_gt_or_explain(&mut self, params: &[GenericParam]) -> PResult<'a, ()> {
        self.expect_gt().map_err(|mut err| {
            if let Some(param) = params.last()
                && matches!(param.kind, GenericParamKind::Type { default: None })
                && self.token.kind == TokenKind::PathSep
            {
                err.span_label(param.ident.span, "");
            }
            err
        })
    }

    /// The parameters up to `>`.
    pub(crate) fn parse_generic_params(&mut self) -> PResult<'a, ThinVec<GenericParam>> {
        let mut params = ThinVec::new();
        let mut done = false;
        while !done {
            let attrs = self.parse_outer_attributes()?;
            match self.parse_generic_param(attrs)? {
                Some(param) => push_tight(&mut params, param),
                None => done = true,
            }
            if !done && !self.eat(T::Comma) {
                done = true;
            }
        }
        Ok(params)
    }

    fn parse_generic_param(&mut self, attrs: AttrVec) -> PResult<'a, Option<GenericParam>> {
        if self.eat_keyword_noexpect_in() {
            let err = self.dcx().struct_span_err(self.prev_token.span, "unexpected keyword `in` in generic parameters");
            self.report(err);
        }
        if self.check_lifetime() {
            let lifetime = self.expect_lifetime();
            let (colon_span, bounds) = if self.eat(T::Colon) {
                (Some(self.prev_token.span), self.parse_lt_param_bounds()?)
            } else {
                (None, Vec::new())
            };
            if self.is(T::Eq) && self.look_ahead(1, |t| t.is_lifetime()) && self.may_recover() {
                let lo = self.token.span;
                self.bump();
                self.bump();
                let err =
                    self.dcx().struct_span_err(lo.to(self.prev_token.span), "unexpected default lifetime parameter");
                let span = lo.to(self.prev_token.span);
                self.report(err.with_span_label(span, "lifetime parameters cannot have default values"));
            }
            return Ok(Some(GenericParam {
                ident: lifetime.ident,
                id: lifetime.id,
                attrs,
                bounds,
                kind: GenericParamKind::Lifetime,
                is_placeholder: false,
                colon_span,
            }));
        }
        if self.check(T::KwConst) {
            return Ok(Some(self.parse_const_param(attrs)?));
        }
        if self.token.is_keyword(span::kw::SelfUpper) && self.may_recover() {
            // `struct S<Self>`
            let span = self.token.span;
            let err = self.dcx().struct_span_err(span, "unexpected keyword `Self` in generic parameters");
            self.report(
                err.with_note(
                    "you cannot use `Self` as a generic parameter because it is reserved for associated items",
                ),
            );
            self.bump();
            let ident = span::Ident::new(span::kw::SelfUpper, span);
            let kind = GenericParamKind::Type { default: None };
            return Ok(Some(GenericParam {
                ident,
                id: DUMMY_NODE_ID,
                attrs,
                bounds: Vec::new(),
                kind,
                is_placeholder: false,
                colon_span: None,
            }));
        }
        if self.check_ident() {
            if self.look_kind(1) == TokenKind::PathSep
                || self.token.is_reserved_ident() && !self.token.is_special_ident()
            {
                // `struct S<a::B>`
                if self.may_recover() && self.look_kind(1) == TokenKind::PathSep {
                    return Err(self.unexpected_path_param());
                }
            }
            return Ok(Some(self.parse_ty_param(attrs)?));
        }
        if let Some(attr) = attrs.first() {
            if self.token.kind == TokenKind::Gt || self.token.kind == TokenKind::Shr {
                let err = self
                    .dcx()
                    .struct_span_err(attr.span, "trailing attribute after generic parameter")
                    .with_span_label(attr.span, "attributes must go before parameters");
                self.report(err);
            } else {
                let err = self
                    .dcx()
                    .struct_span_err(attr.span, "attribute without generic parameters")
                    .with_span_label(attr.span, "attributes are only permitted when preceding parameters");
                self.report(err);
            }
        }
        Ok(None)
    }

    fn eat_keyword_noexpect_in(&mut self) -> bool {
        self.may_recover() && self.eat_noexpect(T::KwIn)
    }

    fn unexpected_path_param(&mut self) -> diagnostics::Diag<'a> {
        self.bump();
        self.expected.insert(T::Comma);
        self.expected.insert(T::Colon);
        self.expected.insert(T::Eq);
        self.expected.insert(T::Gt);
        self.expected_error()
    }

    /// `T: Bound = Default`
    fn parse_ty_param(&mut self, attrs: AttrVec) -> PResult<'a, GenericParam> {
        let ident = self.parse_ident()?;
        let mut colon_span = None;
        let bounds = if self.eat(T::Colon) {
            colon_span = Some(self.prev_token.span);
            self.parse_generic_bounds()?
        } else {
            Vec::new()
        };
        let default = if self.eat(T::Eq) { Some(self.parse_ty()?) } else { None };
        Ok(GenericParam {
            ident,
            id: DUMMY_NODE_ID,
            attrs,
            bounds,
            kind: GenericParamKind::Type { default },
            is_placeholder: false,
            colon_span,
        })
    }

    /// `const N: usize = 3`
    fn parse_const_param(&mut self, attrs: AttrVec) -> PResult<'a, GenericParam> {
        let const_span = self.token.span;
        self.expect_keyword(T::KwConst)?;
        let ident = self.parse_ident()?;
        self.expect(T::Colon)?;
        let ty = self.parse_ty()?;
        let default = if self.eat(T::Eq) { Some(self.parse_const_arg()?) } else { None };
        let span = match &default {
            Some(default) => const_span.to(default.value.span),
            None => const_span.to(ty.span),
        };
        Ok(GenericParam {
            ident,
            id: DUMMY_NODE_ID,
            attrs,
            bounds: Vec::new(),
            kind: GenericParamKind::Const { ty, span, default },
            is_placeholder: false,
            colon_span: None,
        })
    }

    /// `where a: b, 'c: 'd`, or nothing.
    pub(crate) fn parse_where_clause(&mut self) -> PResult<'a, WhereClause> {
        let mut clause = WhereClause {
            has_where_token: false,
            predicates: ThinVec::new(),
            span: self.prev_token.span.shrink_to_hi(),
        };
        if !self.eat(T::KwWhere) {
            return Ok(clause);
        }
        clause.has_where_token = true;
        let where_lo = self.prev_token.span;
        // `where<T>`: reserved for generics on the clause.
        if matches!(self.token.kind, TokenKind::Lt)
            && self.look_ahead(1, |t| {
                t.kind == TokenKind::Gt
                    || t.kind == TokenKind::Pound
                    || (t.is_lifetime() || t.is_ident())
                        && self.look_ahead(2, |t| {
                            matches!(t.kind, TokenKind::Gt | TokenKind::Comma | TokenKind::Colon | TokenKind::Eq)
                        })
                    || t.is_keyword(span::kw::Const)
            })
        {
            let generics = self.parse_generics()?;
            let err = self
                .dcx()
                .struct_span_err(generics.span, "generic parameters on `where` clauses are reserved for future use");
            self.report(err.with_span_label(generics.span, "currently unsupported"));
        }
        loop {
            let attrs = self.parse_outer_attributes()?;
            let lo = self.token.span;
            let kind = if self.check_lifetime() && self.look_ahead(1, |t| !t.is_like_plus()) {
                let lifetime = self.expect_lifetime();
                self.expect(T::Colon)?;
                let bounds = self.parse_lt_param_bounds()?;
                WherePredicateKind::RegionPredicate(WhereRegionPredicate { lifetime, bounds })
            } else if self.check_type() {
                self.parse_ty_where_predicate_kind()?
            } else {
                if let [.., last] = &attrs[..] {
                    let span = last.span;
                    let msg = if last.is_doc_comment() {
                        "expected where predicate, found doc comment"
                    } else {
                        "attribute without where predicates"
                    };
                    let err = self.dcx().struct_span_err(span, msg);
                    self.report(err);
                }
                break;
            };
            let span = lo.to(self.prev_token.span);
            if let Some(attr) = attrs.first() {
                self.gate(span::sym::where_clause_attrs, attr.span.to(span));
            }
            clause.predicates.push(WherePredicate { attrs, kind, id: DUMMY_NODE_ID, span, is_placeholder: false });
            let prev = self.prev_token.span;
            let ate_comma = self.eat(T::Comma);
            if self.may_recover() && self.is(T::KwWhere) {
                let span = self.token.span;
                self.bump();
                let mut err =
                    self.dcx().struct_span_err(self.token.span, "cannot define duplicate `where` clauses on an item");
                err.span_label(where_lo, "previous `where` clause starts here");
                err.span_suggestion_verbose(
                    prev.shrink_to_hi().to(span),
                    "consider joining the two `where` clauses into one",
                    ",",
                    Applicability::MaybeIncorrect,
                );
                self.report(err);
                continue;
            }
            if !ate_comma {
                break;
            }
        }
        clause.span = where_lo.to(self.prev_token.span);
        Ok(clause)
    }

    fn parse_ty_where_predicate_kind(&mut self) -> PResult<'a, WherePredicateKind> {
        let (bound_generic_params, _) = self.parse_late_bound_lifetime_defs()?;
        let ty = self.parse_ty_for_where_clause()?;
        if self.eat(T::Colon) {
            let bounds: GenericBounds = self.parse_generic_bounds()?;
            return Ok(WherePredicateKind::BoundPredicate(WhereBoundPredicate {
                bound_generic_params,
                bounded_ty: ty,
                bounds,
            }));
        }
        if self.eat(T::Eq) || self.eat(T::EqEq) {
            let rhs_ty = self.parse_ty()?;
            return Ok(WherePredicateKind::EqPredicate(WhereEqPredicate { lhs_ty: ty, rhs_ty }));
        }
        self.where_predicate_error(ty.span)
    }

    fn where_predicate_error<R>(&mut self, _ty: Span) -> PResult<'a, R> {
        self.unexpected()
    }

    /// `for<'a, 'b>`, or nothing.
    pub(crate) fn parse_late_bound_lifetime_defs(&mut self) -> PResult<'a, (ThinVec<GenericParam>, Option<Span>)> {
        if !self.eat(T::KwFor) {
            return Ok((ThinVec::new(), None));
        }
        let lo = self.prev_token.span;
        self.expect_lt()?;
        let params = self.parse_generic_params()?;
        self.expect_gt()?;
        Ok((params, Some(lo.to(self.prev_token.span))))
    }

    /// Is `<` the beginning of generic parameters rather than of `<T>::A`?
    pub(crate) fn choose_generics_over_qpath(&self, start: usize) -> bool {
        self.look_kind(start) == TokenKind::Lt
            && (matches!(self.look_kind(start + 1), TokenKind::Pound | TokenKind::Gt)
                || self.look_ahead(start + 1, |t| t.is_lifetime() || t.is_ident())
                    && matches!(
                        self.look_kind(start + 2),
                        TokenKind::Gt | TokenKind::Comma | TokenKind::Colon | TokenKind::Eq
                    )
                || self.is_keyword_ahead(start + 1, &[span::kw::Const]))
    }
}
