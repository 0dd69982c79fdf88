//! Bounds: `'a + ?Trait + for<'b> const Fn(&'b T)`, `use<T>`.

use super::AllowPlus;
use super::RecoverQPath;
use super::RecoverReturnSign;
use crate::parser::{PResult, Parser};
use crate::path::PathStyle;
use crate::token_type::TokenType as T;
use ast::token::{MetaVarKind, TokenKind};
use ast::{
    BoundAsyncness, BoundConstness, BoundPolarity, DUMMY_NODE_ID, GenericBound, GenericBounds, Lifetime, P, Parens,
    Path, PolyTraitRef, PreciseCapturingArg, TraitBoundModifiers, TyKind,
};
use diagnostics::Applicability;
use span::{Ident, Span, kw, sym};
use thin_vec::{ThinVec, thin_vec};

impl<'a> Parser<'a> {
    pub(crate) fn parse_precise_capturing_args(&mut self, lo: Span) -> PResult<'a, GenericBound> {
        self.expect_lt()?;
        let mut args = ThinVec::new();
        loop {
            if self.check_or_split(T::Gt) {
                break;
            }
            if self.check(T::KwSelfUpper) {
                let span = self.token.span;
                self.bump();
                args.push(PreciseCapturingArg::Arg(Path::from_ident(Ident::new(kw::SelfUpper, span)), DUMMY_NODE_ID));
            } else if self.check_ident() {
                let ident = self.parse_ident()?;
                args.push(PreciseCapturingArg::Arg(Path::from_ident(ident), DUMMY_NODE_ID));
            } else if self.check_lifetime() {
                args.push(PreciseCapturingArg::Lifetime(self.expect_lifetime()));
            } else {
                return self.unexpected();
            }
            if !self.eat(T::Comma) {
                break;
            }
        }
        self.expect_gt()?;
        Ok(GenericBound::Use(args, lo.to(self.prev_token.span)))
    }

    pub fn parse_generic_bounds(&mut self) -> PResult<'a, GenericBounds> {
        self.parse_generic_bounds_common(AllowPlus::Yes)
    }

    pub(crate) fn parse_generic_bounds_common(&mut self, allow_plus: AllowPlus) -> PResult<'a, GenericBounds> {
        let mut bounds = Vec::new();
        while self.can_begin_bound() || self.token.is_reserved_ident() && !self.token.is_keyword(kw::Where) {
            if self.token.is_keyword(kw::Dyn) {
                // `T: dyn Trait`
                self.bump();
                let span = self.prev_token.span;
                let err = self
                    .dcx()
                    .struct_span_err(span, "invalid `dyn` keyword")
                    .with_help("`dyn` is only needed at the start of a trait `+`-separated list")
                    .with_span_suggestion(span, "remove this keyword", "", Applicability::MachineApplicable);
                self.report(err);
            }
            bounds.push(self.parse_generic_bound()?);
            if allow_plus == AllowPlus::No || !self.eat_plus() {
                break;
            }
        }
        Ok(bounds)
    }

    pub(crate) fn can_begin_bound(&mut self) -> bool {
        self.check_path()
            || self.check_lifetime()
            || self.check(T::Bang)
            || self.check(T::Question)
            || self.check(T::Tilde)
            || self.check(T::KwFor)
            || self.check(T::OpenParen)
            || self.is_conditionally_const_bound()
            || self.check(T::KwConst)
            || self.check(T::KwAsync)
            || self.check(T::KwUse)
    }

    /// `[const] Trait`
    pub(crate) fn is_conditionally_const_bound(&mut self) -> bool {
        self.is(T::OpenBracket)
            && self.is_keyword_ahead(1, &[kw::Const])
            && self.look_kind(2) == TokenKind::CloseBracket
    }

    pub(crate) fn parse_generic_bound(&mut self) -> PResult<'a, GenericBound> {
        let lo = self.token.span;
        let leading_token = self.prev_token;
        let parens = if self.eat(T::OpenParen) { Parens::Yes } else { Parens::No };
        if self.token.is_lifetime() {
            return self.parse_lifetime_bound(lo, parens);
        }
        if matches!(self.token.kind, TokenKind::Bang | TokenKind::Question)
            && self.look_ahead(1, |t| t.is_lifetime())
            && self.may_recover()
        {
            // `?'a`
            let shown = ast::pretty::token_to_string(&self.token);
            let span = self.token.span;
            self.bump();
            let err = self
                .dcx()
                .struct_span_err(span, format!("`{shown}` may only modify trait bounds, not lifetime bounds"))
                .with_span_suggestion(span, format!("remove the `{shown}`"), "", Applicability::MaybeIncorrect);
            self.report(err);
            return self.parse_lifetime_bound(lo, parens);
        }
        if self.eat(T::KwUse) {
            let use_span = self.prev_token.span;
            let bound = self.parse_precise_capturing_args(use_span)?;
            if parens == Parens::Yes {
                self.expect(T::CloseParen)?;
                let err = self
                    .dcx()
                    .struct_span_err(lo.to(self.prev_token.span), "precise capturing lists may not be parenthesized");
                self.report(err);
            }
            return Ok(bound);
        }
        self.parse_trait_bound(lo, parens, leading_token)
    }

    pub(crate) fn parse_lifetime_bound(&mut self, lo: Span, parens: Parens) -> PResult<'a, GenericBound> {
        let lifetime = self.expect_lifetime();
        if parens == Parens::Yes {
            self.expect(T::CloseParen)?;
            let span = lo.to(self.prev_token.span);
            let mut err = self.dcx().struct_span_err(span, "lifetime bounds may not be parenthesized");
            err.multipart_suggestion(
                "remove the parentheses",
                vec![(lo, String::new()), (self.prev_token.span, String::new())],
                Applicability::MachineApplicable,
            );
            self.report(err);
        }
        Ok(GenericBound::Outlives(lifetime))
    }

    /// `for<'a> const async ?`
    pub(crate) fn parse_trait_bound_modifiers(&mut self) -> PResult<'a, TraitBoundModifiers> {
        let modifier_lo = self.token.span;
        let constness = if self.eat(T::Tilde) {
            let tilde = self.prev_token.span;
            self.expect_keyword(T::KwConst)?;
            let span = tilde.to(self.prev_token.span);
            self.gate(sym::const_trait_impl, span);
            BoundConstness::Maybe(span)
        } else if self.is_conditionally_const_bound() {
            let start = self.token.span;
            self.bump();
            self.bump();
            self.bump();
            let span = start.to(self.prev_token.span);
            self.gate(sym::const_trait_impl, span);
            BoundConstness::Maybe(span)
        } else if self.eat(T::KwConst) {
            self.gate(sym::const_trait_impl, self.prev_token.span);
            BoundConstness::Always(self.prev_token.span)
        } else {
            BoundConstness::Never
        };
        let asyncness = if self.token.span.at_least_rust_2018() && self.eat(T::KwAsync) {
            self.gate(sym::async_trait_bounds, self.prev_token.span);
            BoundAsyncness::Async(self.prev_token.span)
        } else if self.may_recover() && self.token.is_keyword(kw::Async) && self.look_ahead(1, |t| t.is_ident()) {
            self.bump();
            let err = self
                .dcx()
                .struct_span_err(self.prev_token.span, "`async` trait bounds are only allowed in Rust 2018 or later");
            self.report(err);
            self.gate(sym::async_trait_bounds, self.prev_token.span);
            BoundAsyncness::Async(self.prev_token.span)
        } else {
            BoundAsyncness::Normal
        };
        let modifier_hi = self.prev_token.span;
        let polarity = if self.eat(T::Question) {
            BoundPolarity::Maybe(self.prev_token.span)
        } else if self.eat(T::Bang) {
            self.gate(sym::negative_bounds, self.prev_token.span);
            BoundPolarity::Negative(self.prev_token.span)
        } else {
            BoundPolarity::Positive
        };
        // `const ?Trait` contradicts itself.
        if let BoundPolarity::Maybe(span) | BoundPolarity::Negative(span) = polarity {
            let kind = polarity.as_str();
            match (constness, asyncness) {
                (BoundConstness::Never, BoundAsyncness::Normal) => {}
                (BoundConstness::Never, BoundAsyncness::Async(_)) => {
                    let err = self.dcx().struct_span_err(
                        modifier_lo.to(modifier_hi),
                        format!("`async` trait not allowed with `{kind}` trait polarity modifier"),
                    );
                    self.report(err.with_span_label(span, "there is not a well-defined meaning for a modifier on it"));
                }
                (constness, _) => {
                    let err = self.dcx().struct_span_err(
                        modifier_lo.to(modifier_hi),
                        format!("`{}` trait not allowed with `{kind}` trait polarity modifier", constness.as_str()),
                    );
                    self.report(err.with_span_label(span, ""));
                }
            }
        }
        Ok(TraitBoundModifiers { constness, asyncness, polarity })
    }

    pub(crate) fn parse_trait_bound(
        &mut self,
        lo: Span,
        parens: Parens,
        leading_token: ast::token::Token,
    ) -> PResult<'a, GenericBound> {
        let (mut generic_params, binder_span) = self.parse_late_bound_lifetime_defs()?;
        let modifiers_lo = self.token.span;
        let modifiers = self.parse_trait_bound_modifiers()?;
        let modifiers_span = modifiers_lo.to(self.prev_token.span);
        if let Some(binder) = binder_span {
            match modifiers.polarity {
                BoundPolarity::Negative(span) | BoundPolarity::Maybe(span) => {
                    let kind = modifiers.polarity.as_str();
                    let err = self.dcx().struct_span_err(
                        binder,
                        format!("`for<...>` binder not allowed with `{kind}` trait polarity modifier"),
                    );
                    self.report(
                        err.with_span_label(span, "there is not a well-defined meaning for a higher-ranked `?` trait"),
                    );
                }
                BoundPolarity::Positive => {}
            }
        }
        // `?for<'a> Trait<'a>`: the modifiers stand behind the binder.
        if self.token.is_keyword(kw::For) {
            let (more, second) = self.parse_late_bound_lifetime_defs()?;
            generic_params.extend(more);
            if let Some(span) = second {
                let err = self.dcx().struct_span_err(
                    span,
                    "`for<...>` binder should be placed before trait bound modifiers".to_string(),
                );
                self.report(err.with_span_label(modifiers_span, "place the `for<...>` binder before any modifiers"));
            }
        }
        let _ = leading_token;
        let path = if self.token.is_keyword(kw::Fn) && self.look_kind(1) == TokenKind::OpenParen && self.may_recover() {
            // `fn(T)` for `Fn(T)`
            self.recover_path_from_fn()?
        } else if let Some(MetaVarKind::Ty { .. }) = self.metavar() {
            let span = self.token.span;
            let ty = self.in_metavar(|this| this.parse_ty_no_question_mark_recover())?;
            match ty.kind {
                TyKind::Path(None, path) => path,
                _ => {
                    let err = self.dcx().struct_span_err(span, "expected a path");
                    return Err(err);
                }
            }
        } else if !self.token.is_path_start() && self.token.can_begin_type() {
            self.parse_type_as_trait_path()?
        } else {
            self.parse_path(PathStyle::Type)?
        };
        if self.may_recover() && self.token.kind == TokenKind::OpenParen {
            self.recover_fn_trait_with_lifetime_params(&path)?;
        }
        if parens == Parens::Yes {
            // `(Trait + 'a)`
            if self.token.is_like_plus() && leading_token.is_keyword(kw::Dyn) {
                return self.bad_parenthesized_bounds(lo);
            }
            self.expect(T::CloseParen)?;
        }
        let span = lo.to(self.prev_token.span);
        Ok(GenericBound::Trait(PolyTraitRef::new(generic_params, path, modifiers, span, parens)))
    }

    /// `T: impl Trait`, `T: &Trait`
    pub(crate) fn parse_type_as_trait_path(&mut self) -> PResult<'a, Path> {
        let ty = self.parse_ty_no_plus()?;
        let mut err = self.dcx().struct_span_err(ty.span, "expected a trait, found type");
        let (path, msg, text) = match &ty.kind {
            TyKind::Ptr(_) | TyKind::Ref(..) => match &ty.peel_refs().kind {
                TyKind::Path(_, path) => (path.clone(), "consider removing the indirection", ""),
                _ => return Err(err),
            },
            TyKind::ImplTrait(_, bounds) => match &bounds[..] {
                [GenericBound::Trait(poly), ..] => (poly.trait_ref.path.clone(), "use the trait bounds directly", ""),
                _ => return Err(err),
            },
            _ => return Err(err),
        };
        if !self.may_recover() {
            return Err(err);
        }
        err.span_suggestion_verbose(ty.span.until(path.span), msg, text, Applicability::MaybeIncorrect);
        self.report(err);
        Ok(path)
    }

    pub(crate) fn bad_parenthesized_bounds(&mut self, lo: Span) -> PResult<'a, GenericBound> {
        let bounds_lo = lo;
        self.bump();
        let _ = self.parse_generic_bounds()?;
        self.expect(T::CloseParen)?;
        let span = bounds_lo.to(self.prev_token.span);
        let mut err = self.dcx().struct_span_err(span, "incorrect parentheses around trait bounds");
        err.multipart_suggestion(
            "fix the parentheses",
            vec![(bounds_lo, String::new()), (self.prev_token.span, String::new())],
            Applicability::MaybeIncorrect,
        );
        let guar = self.report(err);
        let _ = guar;
        Ok(GenericBound::Outlives(Lifetime { id: DUMMY_NODE_ID, ident: Ident::new(kw::StaticLifetime, span) }))
    }

    pub(crate) fn recover_path_from_fn(&mut self) -> PResult<'a, Path> {
        let fn_token_span = self.token.span;
        self.bump();
        let args_lo = self.token.span;
        let snapshot = self.clone();
        let mode = crate::item_fn::FnParseMode::fn_ptr();
        match self.parse_fn_decl(&mode, AllowPlus::No, RecoverReturnSign::OnlyFatArrow) {
            Ok(decl) => {
                let err = self.dcx().struct_span_err(fn_token_span, "expected identifier, found keyword `fn`");
                let err = err.with_span_suggestion_verbose(
                    fn_token_span,
                    "use `Fn` to refer to the trait",
                    "Fn",
                    Applicability::MachineApplicable,
                );
                self.report(err);
                let mut segment = ast::PathSegment::from_ident(Ident::new(sym::Fn, fn_token_span));
                let inputs = decl.inputs.iter().map(|param| param.ty.clone()).collect();
                segment.args = Some(P(ast::GenericArgs::Parenthesized(ast::ParenthesizedArgs {
                    span: args_lo.to(self.prev_token.span),
                    inputs,
                    inputs_span: args_lo.until(decl.output.span()),
                    output: decl.output.clone(),
                })));
                Ok(Path { segments: thin_vec![segment], span: fn_token_span.to(self.prev_token.span) })
            }
            Err(err) => {
                err.cancel();
                *self = snapshot;
                self.unexpected()
            }
        }
    }

    /// `Fn<'a>(T)`
    pub(crate) fn recover_fn_trait_with_lifetime_params(&mut self, path: &Path) -> PResult<'a, ()> {
        let Some(segment) = path.segments.last() else {
            return Ok(());
        };
        let Some(args) = &segment.args else {
            return Ok(());
        };
        if !matches!(**args, ast::GenericArgs::AngleBracketed(_)) {
            return Ok(());
        }
        let snapshot = self.clone();
        self.bump();
        let result = self.parse_seq_to_before_end(T::CloseParen, |p| p.parse_ty());
        match result {
            Ok(_) if self.eat(T::CloseParen) => {
                let _ = self.parse_ret_ty(AllowPlus::No, RecoverQPath::No, RecoverReturnSign::No)?;
                let err = self.dcx().struct_span_err(args.span(), "`Fn` traits cannot take lifetime parameters");
                self.report(err);
            }
            Ok(_) => *self = snapshot,
            Err(err) => {
                err.cancel();
                *self = snapshot;
            }
        }
        Ok(())
    }

    /// `'a + 'b`
    pub(crate) fn parse_lt_param_bounds(&mut self) -> PResult<'a, GenericBounds> {
        let mut bounds = Vec::new();
        while self.check_lifetime() {
            bounds.push(GenericBound::Outlives(self.expect_lifetime()));
            if !self.eat_plus() {
                break;
            }
        }
        Ok(bounds)
    }

    /// The lifetime that stands here.
    pub(crate) fn expect_lifetime(&mut self) -> Lifetime {
        let (ident, is_raw) = self.token.lifetime().expect("a lifetime");
        if is_raw == ast::token::IdentIsRaw::No && self.lifetime_is_reserved(ident) {
            let err = self.dcx().struct_span_err(ident.span, "lifetimes cannot use keyword names");
            self.report(err);
        }
        self.bump();
        Lifetime { ident, id: DUMMY_NODE_ID }
    }

    pub(crate) fn lifetime_is_reserved(&self, ident: Ident) -> bool {
        if matches!(ident.name, kw::UnderscoreLifetime | kw::StaticLifetime) {
            return false;
        }
        let name = ident.without_first_quote().name;
        name.is_reserved(|| ident.span.edition()) && name != kw::Underscore
    }
}
