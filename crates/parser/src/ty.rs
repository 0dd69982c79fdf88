//! Types and bounds.
//!
//! ```text
//! type: type_no_bounds (`+` bound)*
//! bound: lifetime | `(`? (`for<..>`)? modifiers path `)`? | `use<..>`
//! ```

mod bounds;

use ast::token::{MetaVarKind, TokenKind};
use ast::{
    AnonConst, DUMMY_NODE_ID, FnPtrTy, FnRetTy, GenericBound, GenericBounds, GenericParam, MacCall, MutTy, Mutability,
    P, Parens, Path, Pinnedness, PolyTraitRef, QSelf, TraitBoundModifiers, TraitObjectSyntax, Ty, TyKind,
    UnsafeBinderTy,
};
use diagnostics::Applicability;
use diagnostics::codes::E0178;
use span::{Span, kw, sym};
use thin_vec::ThinVec;

use crate::parser::{PResult, Parser};
use crate::path::PathStyle;
use crate::token_type::TokenType as T;

/// May `+` follow?
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum AllowPlus {
    Yes,
    No,
}

/// Is `[T]::A` recovered from?
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum RecoverQPath {
    Yes,
    No,
}

/// Is `:` or `=>` taken for `->`?
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum RecoverReturnSign {
    Yes,
    OnlyFatArrow,
    No,
}

impl RecoverReturnSign {
    fn can_recover(self, kind: TokenKind) -> bool {
        match self {
            RecoverReturnSign::Yes => matches!(kind, TokenKind::FatArrow | TokenKind::Colon),
            RecoverReturnSign::OnlyFatArrow => kind == TokenKind::FatArrow,
            RecoverReturnSign::No => false,
        }
    }
}

/// `...` is a type only among parameters.
#[derive(Clone, Copy, PartialEq, Eq)]
enum AllowCVariadic {
    Yes,
    No,
}

impl<'a> Parser<'a> {
    pub fn parse_ty(&mut self) -> PResult<'a, P<Ty>> {
        self.parse_ty_common(AllowPlus::Yes, AllowCVariadic::No, RecoverQPath::Yes, RecoverReturnSign::Yes)
    }

    pub(crate) fn parse_ty_no_plus(&mut self) -> PResult<'a, P<Ty>> {
        self.parse_ty_common(AllowPlus::No, AllowCVariadic::No, RecoverQPath::Yes, RecoverReturnSign::Yes)
    }

    pub(crate) fn parse_as_cast_ty(&mut self) -> PResult<'a, P<Ty>> {
        self.parse_ty_common(AllowPlus::No, AllowCVariadic::No, RecoverQPath::Yes, RecoverReturnSign::Yes)
    }

    pub fn parse_ty_no_question_mark_recover(&mut self) -> PResult<'a, P<Ty>> {
        self.parse_ty_common(AllowPlus::Yes, AllowCVariadic::No, RecoverQPath::Yes, RecoverReturnSign::Yes)
    }

    pub(crate) fn parse_ty_for_param(&mut self) -> PResult<'a, P<Ty>> {
        self.parse_ty_common(AllowPlus::Yes, AllowCVariadic::Yes, RecoverQPath::Yes, RecoverReturnSign::Yes)
    }

    pub(crate) fn parse_ty_for_where_clause(&mut self) -> PResult<'a, P<Ty>> {
        self.parse_ty_common(AllowPlus::Yes, AllowCVariadic::No, RecoverQPath::Yes, RecoverReturnSign::OnlyFatArrow)
    }

    pub(crate) fn parse_ret_ty(
        &mut self,
        allow_plus: AllowPlus,
        recover_qpath: RecoverQPath,
        recover_return_sign: RecoverReturnSign,
    ) -> PResult<'a, FnRetTy> {
        let lo = self.prev_token.span;
        if self.eat(T::RArrow) {
            let ty = self.parse_ty_common(allow_plus, AllowCVariadic::No, recover_qpath, recover_return_sign)?;
            return Ok(FnRetTy::Ty(ty));
        }
        if self.may_recover() && recover_return_sign.can_recover(self.token.kind) {
            self.bump();
            let span = self.prev_token.span;
            let err = self
                .dcx()
                .struct_span_err(span, "return types are denoted using `->`")
                .with_span_suggestion_verbose(span, "use `->` instead", "->", Applicability::MachineApplicable);
            self.report(err);
            let ty = self.parse_ty_common(allow_plus, AllowCVariadic::No, recover_qpath, recover_return_sign)?;
            return Ok(FnRetTy::Ty(ty));
        }
        Ok(FnRetTy::Default(lo.shrink_to_hi()))
    }

    pub(crate) fn mk_ty(&self, span: Span, kind: TyKind) -> P<Ty> {
        P(Ty { kind, span, id: DUMMY_NODE_ID })
    }

    fn parse_ty_common(
        &mut self,
        allow_plus: AllowPlus,
        allow_c_variadic: AllowCVariadic,
        recover_qpath: RecoverQPath,
        recover_return_sign: RecoverReturnSign,
    ) -> PResult<'a, P<Ty>> {
        self.deeper(|this| this.parse_ty_inner(allow_plus, allow_c_variadic, recover_qpath, recover_return_sign))
    }

    fn parse_ty_inner(
        &mut self,
        allow_plus: AllowPlus,
        allow_c_variadic: AllowCVariadic,
        recover_qpath: RecoverQPath,
        recover_return_sign: RecoverReturnSign,
    ) -> PResult<'a, P<Ty>> {
        if let Some(MetaVarKind::Ty { .. }) = self.metavar() {
            let ty = self.in_metavar(|this| this.parse_ty_no_question_mark_recover())?;
            return self.maybe_qpath_after_ty(ty, recover_qpath);
        }
        let lo = self.token.span;
        let mut impl_dyn_multi = false;
        let first = self.token.kind;
        let kind = match first {
            // The most frequent: a path.
            TokenKind::Ident(name, ast::token::IdentIsRaw::No)
                if name > kw::While
                    && !matches!(name, kw::Typeof | kw::Dyn | kw::Safe | kw::Async | kw::Underscore)
                    && !self.is_reserved(name) =>
            {
                self.parse_path_start_ty(lo, allow_plus)?
            }
            TokenKind::OpenParen => self.parse_ty_tuple_or_parens(lo, allow_plus)?,
            TokenKind::Bang => {
                self.bump();
                TyKind::Never
            }
            TokenKind::Star => {
                self.bump();
                self.parse_ty_ptr()?
            }
            TokenKind::OpenBracket if !self.is_conditionally_const_bound() => self.parse_array_or_slice_ty()?,
            TokenKind::And | TokenKind::AndAnd => {
                self.expect_and()?;
                self.parse_borrowed_pointee()?
            }
            _ if self.eat(T::KwUnderscore) => TyKind::Infer,
            _ if self.check_fn_front_matter_ty() => self.parse_ty_fn_ptr(lo, ThinVec::new(), recover_return_sign)?,
            _ if self.check(T::KwFor) => {
                let (params, _) = self.parse_late_bound_lifetime_defs()?;
                if self.check_fn_front_matter_ty() {
                    self.parse_ty_fn_ptr(lo, params, recover_return_sign)?
                } else if self.may_recover() && (self.eat(T::KwImpl) || self.eat(T::KwDyn)) {
                    // `for<'a> dyn Trait<'a>`
                    let keyword = self.prev_token.span;
                    let is_dyn = self.prev_token.is_keyword(kw::Dyn);
                    let mut err = self.dcx().struct_span_err(
                        lo.to(keyword.shrink_to_lo()),
                        format!("`for<...>` expected after `{}`, not before", if is_dyn { "dyn" } else { "impl" }),
                    );
                    err.multipart_suggestion(
                        format!("move `{}` before the `for<...>`", if is_dyn { "dyn" } else { "impl" }),
                        vec![
                            (lo.shrink_to_lo(), if is_dyn { "dyn " } else { "impl " }.to_string()),
                            (keyword, String::new()),
                        ],
                        Applicability::MachineApplicable,
                    );
                    self.report(err);
                    let path = self.parse_path(PathStyle::Type)?;
                    let parse_plus = allow_plus == AllowPlus::Yes && self.check_plus();
                    let kind = self.parse_remaining_bounds_path(params, path, lo, parse_plus)?;
                    match kind {
                        TyKind::TraitObject(bounds, _) if !is_dyn => TyKind::ImplTrait(DUMMY_NODE_ID, bounds),
                        TyKind::TraitObject(bounds, _) => TyKind::TraitObject(bounds, TraitObjectSyntax::Dyn),
                        kind => kind,
                    }
                } else {
                    let path = self.parse_path(PathStyle::Type)?;
                    let parse_plus = allow_plus == AllowPlus::Yes && self.check_plus();
                    self.parse_remaining_bounds_path(params, path, lo, parse_plus)?
                }
            }
            _ if self.check(T::KwUnsafe) && self.look_kind(1) == TokenKind::Lt => self.parse_unsafe_binder_ty()?,
            _ if self.eat(T::KwImpl) => self.parse_impl_ty(lo, &mut impl_dyn_multi)?,
            _ if self.is_explicit_dyn_type() => self.parse_dyn_ty(&mut impl_dyn_multi)?,
            _ if self.eat_lt() => {
                let (qself, path) = self.parse_qpath(PathStyle::Type)?;
                TyKind::Path(Some(qself), path)
            }
            _ if self.check_path() => self.parse_path_start_ty(lo, allow_plus)?,
            _ if self.can_begin_bound() => self.parse_bare_trait_object(allow_plus)?,
            _ if self.eat(T::DotDotDot) => match allow_c_variadic {
                AllowCVariadic::Yes => TyKind::CVarArgs,
                AllowCVariadic::No => {
                    let span = lo.to(self.prev_token.span);
                    let err = self
                        .dcx()
                        .struct_span_err(span, "C-variadic type `...` may not be nested inside another type")
                        .with_code(diagnostics::codes::E0743);
                    TyKind::Err(self.report(err))
                }
            },
            _ if self.check(T::KwConst) && self.look_ahead(1, |t| t.is_keyword(kw::Fn)) && self.may_recover() => {
                self.parse_ty_fn_ptr(lo, ThinVec::new(), recover_return_sign)?
            }
            _ if self.may_recover() && self.token.is_keyword(kw::Typeof) => self.parse_typeof(lo)?,
            _ => {
                let msg = format!("expected type, found {}", crate::diagnostics::token_descr(&self.token));
                let mut err = self.dcx().struct_span_err(lo, msg);
                err.span_label(lo, "expected type");
                return Err(err);
            }
        };
        let span = lo.to(self.prev_token.span);
        let mut ty = self.mk_ty(span, kind);
        match allow_plus {
            AllowPlus::Yes => {
                if self.may_recover() && self.token.is_like_plus() {
                    self.maybe_recover_from_bad_type_plus(&ty)?;
                }
            }
            AllowPlus::No => self.maybe_report_ambiguous_plus(impl_dyn_multi, &ty),
        }
        if recover_qpath == RecoverQPath::Yes && self.may_recover() {
            if self.token.kind == TokenKind::PathSep {
                ty = self.maybe_qpath_after_ty(ty, recover_qpath)?;
            }
            if self.token.kind == TokenKind::Question {
                ty = self.maybe_recover_from_question_mark(ty);
            }
        }
        Ok(ty)
    }

    fn maybe_qpath_after_ty(&mut self, ty: P<Ty>, recover: RecoverQPath) -> PResult<'a, P<Ty>> {
        if recover == RecoverQPath::Yes && self.token.kind == TokenKind::PathSep && self.may_recover() {
            return self.recover_bad_qpath_ty(ty);
        }
        Ok(ty)
    }

    /// `unsafe<'a> T`
    fn parse_unsafe_binder_ty(&mut self) -> PResult<'a, TyKind> {
        let lo = self.token.span;
        self.expect_keyword(T::KwUnsafe)?;
        self.expect_lt()?;
        let generic_params = self.parse_generic_params()?;
        self.expect_gt()?;
        let inner_ty = self.parse_ty()?;
        self.gate(sym::unsafe_binders, lo.to(self.prev_token.span));
        Ok(TyKind::UnsafeBinder(P(UnsafeBinderTy { generic_params, inner_ty })))
    }

    /// `()`, `(T,)`, `(T)`, `(Trait) + Bound`
    fn parse_ty_tuple_or_parens(&mut self, lo: Span, allow_plus: AllowPlus) -> PResult<'a, TyKind> {
        let mut trailing_plus = false;
        let (tys, trailing) = self.parse_paren_comma_seq(|p| {
            let ty = p.parse_ty()?;
            trailing_plus = p.prev_token.kind == TokenKind::Plus;
            Ok(ty)
        })?;
        if tys.len() != 1 || trailing == crate::parser::Trailing::Yes {
            return Ok(TyKind::Tup(tys));
        }
        let ty = tys.into_iter().next().expect("one type");
        let maybe_bounds = allow_plus == AllowPlus::Yes && self.token.is_like_plus();
        match ty.kind {
            // `(Trait) + Bound`
            TyKind::Path(None, path) if maybe_bounds => {
                self.parse_remaining_bounds_path_parens(ThinVec::new(), path, lo, true)
            }
            TyKind::TraitObject(bounds, TraitObjectSyntax::None)
                if maybe_bounds && bounds.len() == 1 && !trailing_plus =>
            {
                self.parse_remaining_bounds(bounds, true)
            }
            kind => {
                let ty = P(Ty { kind, ..*ty });
                Ok(TyKind::Paren(ty))
            }
        }
    }

    fn parse_bare_trait_object(&mut self, allow_plus: AllowPlus) -> PResult<'a, TyKind> {
        let lo = self.token.span;
        if self.token.is_lifetime() && self.look_ahead(1, |t| !t.is_like_plus()) {
            if self.sess.edition().at_least_rust_2021() {
                self.expect_lifetime();
                let err = self.dcx().struct_span_err(lo, "expected type, found lifetime");
                return Ok(TyKind::Err(self.report(err.with_span_label(lo, "expected type"))));
            }
            let err = self
                .dcx()
                .struct_span_err(lo, "lifetimes must be followed by `+` to form a trait object type")
                .with_span_suggestion(
                    lo.shrink_to_hi(),
                    "consider adding a trait bound after the potential lifetime bound",
                    " + /* Trait */",
                    Applicability::HasPlaceholders,
                );
            self.report(err);
        }
        let bounds = self.parse_generic_bounds_common(allow_plus)?;
        if bounds.iter().any(|bound| matches!(bound, GenericBound::Trait(_)))
            || bounds.is_empty()
            || !self.may_recover()
        {
            return Ok(TyKind::TraitObject(bounds, TraitObjectSyntax::None));
        }
        Ok(TyKind::TraitObject(bounds, TraitObjectSyntax::None))
    }

    fn parse_remaining_bounds_path_parens(
        &mut self,
        generic_params: ThinVec<GenericParam>,
        path: Path,
        lo: Span,
        parse_plus: bool,
    ) -> PResult<'a, TyKind> {
        let span = lo.to(self.prev_token.span);
        let trait_ref = PolyTraitRef::new(generic_params, path, TraitBoundModifiers::NONE, span, Parens::Yes);
        self.parse_remaining_bounds(vec![GenericBound::Trait(trait_ref)], parse_plus)
    }

    fn parse_remaining_bounds_path(
        &mut self,
        generic_params: ThinVec<GenericParam>,
        path: Path,
        lo: Span,
        parse_plus: bool,
    ) -> PResult<'a, TyKind> {
        let span = lo.to(self.prev_token.span);
        let trait_ref = PolyTraitRef::new(generic_params, path, TraitBoundModifiers::NONE, span, Parens::No);
        self.parse_remaining_bounds(vec![GenericBound::Trait(trait_ref)], parse_plus)
    }

    fn parse_remaining_bounds(&mut self, mut bounds: GenericBounds, plus: bool) -> PResult<'a, TyKind> {
        if plus {
            self.eat_plus();
            bounds.append(&mut self.parse_generic_bounds()?);
        }
        Ok(TyKind::TraitObject(bounds, TraitObjectSyntax::None))
    }

    /// `*const T`
    fn parse_ty_ptr(&mut self) -> PResult<'a, TyKind> {
        let mutbl = if self.eat(T::KwMut) {
            Mutability::Mut
        } else if self.eat(T::KwConst) {
            Mutability::Not
        } else {
            let span = self.prev_token.span;
            let err = self
                .dcx()
                .struct_span_err(span, "expected `mut` or `const` keyword in raw pointer type")
                .with_span_suggestions(
                    span.shrink_to_hi(),
                    "add `mut` or `const` here",
                    ["mut ".to_string(), "const ".to_string()],
                    Applicability::HasPlaceholders,
                );
            self.report(err);
            Mutability::Not
        };
        let ty = self.parse_ty_no_plus()?;
        Ok(TyKind::Ptr(MutTy { ty, mutbl }))
    }

    /// `[T]`, `[T; n]`
    fn parse_array_or_slice_ty(&mut self) -> PResult<'a, TyKind> {
        self.expect(T::OpenBracket)?;
        let elt_ty = match self.parse_ty() {
            Ok(ty) => ty,
            Err(err)
                if self.may_recover()
                    && (self.look_kind(1) == TokenKind::CloseBracket || self.look_kind(1) == TokenKind::Semi) =>
            {
                // What is no type here may be one to the reader: skip it.
                self.bump();
                let guar = self.report(err);
                self.mk_ty(self.prev_token.span, TyKind::Err(guar))
            }
            Err(err) => return Err(err),
        };
        if self.eat(T::Semi) {
            let len = self.parse_expr_anon_const()?;
            self.expect(T::CloseBracket)?;
            return Ok(TyKind::Array(elt_ty, len));
        }
        if let Err(err) = self.expect(T::CloseBracket) {
            return self.recover_array_type_separator(elt_ty, err);
        }
        Ok(TyKind::Slice(elt_ty))
    }

    /// `[T, n]`, `[T: n]`, `[T n]`
    fn recover_array_type_separator(&mut self, elt_ty: P<Ty>, mut err: diagnostics::Diag<'a>) -> PResult<'a, TyKind> {
        if !self.may_recover() {
            return Err(err);
        }
        let snapshot = self.clone();
        let sep = self.token.span;
        let hi = if matches!(self.token.kind, TokenKind::Comma | TokenKind::Colon | TokenKind::Dot)
            || self.token.is_ident_named(sym::x)
        {
            self.bump();
            sep
        } else {
            sep.shrink_to_lo()
        };
        let length = match self.parse_expr_anon_const() {
            Ok(length) => length,
            Err(e) => {
                e.cancel();
                *self = snapshot;
                return Err(err);
            }
        };
        if let Err(e) = self.expect(T::CloseBracket) {
            e.cancel();
            *self = snapshot;
            return Err(err);
        }
        let len_ok = !matches!(length.value.kind, ast::ExprKind::Err(_));
        err.span_suggestion_verbose(
            snapshot.prev_token.span.shrink_to_hi().until(hi.shrink_to_hi()),
            "you might have meant to use `;` as the separator",
            ";",
            if len_ok { Applicability::MachineApplicable } else { Applicability::MaybeIncorrect },
        );
        self.report(err);
        Ok(TyKind::Array(elt_ty, length))
    }

    /// What follows `&`.
    fn parse_borrowed_pointee(&mut self) -> PResult<'a, TyKind> {
        let mut lifetime = if self.check_lifetime() { Some(self.expect_lifetime()) } else { None };
        let (pinned, mut mutbl) = match self.parse_pin_and_mut() {
            Some(pin_mut) => pin_mut,
            None => (Pinnedness::Not, self.parse_mutability()),
        };
        if self.token.is_lifetime() && mutbl == Mutability::Mut && lifetime.is_none() && self.may_recover() {
            // `&mut 'a T`
            let span = self.token.span;
            if !self.look_ahead(1, |t| t.is_like_plus()) {
                let mut_span = self.prev_token.span;
                let name = self.token.lifetime().map(|(ident, _)| ident.name.to_string()).unwrap_or_default();
                let mut err = self.dcx().struct_span_err(span, "lifetime must precede `mut`");
                err.multipart_suggestion(
                    "place the lifetime before `mut`",
                    vec![(mut_span.shrink_to_lo(), format!("{name} ")), (span, String::new())],
                    Applicability::MaybeIncorrect,
                );
                self.report(err);
                lifetime = Some(self.expect_lifetime());
            }
        } else if self.token.is_keyword(kw::Dyn)
            && mutbl == Mutability::Not
            && self.look_ahead(1, |t| t.is_keyword(kw::Mut))
            && self.may_recover()
        {
            // `&dyn mut T`
            let span = self.token.span.to(self.look_ahead(1, |t| t.span));
            let err = self.dcx().struct_span_err(span, "`mut` must precede `dyn`").with_span_suggestion(
                span,
                "place `mut` before `dyn`",
                "mut dyn",
                Applicability::MachineApplicable,
            );
            self.report(err);
            mutbl = Mutability::Mut;
            self.bump();
            let bounds_lo = self.token.span;
            self.bump();
            let bounds = self.parse_generic_bounds_common(AllowPlus::No)?;
            let ty =
                self.mk_ty(bounds_lo.to(self.prev_token.span), TyKind::TraitObject(bounds, TraitObjectSyntax::Dyn));
            return Ok(TyKind::Ref(lifetime, MutTy { ty, mutbl }));
        }
        let ty = self.parse_ty_no_plus()?;
        Ok(match pinned {
            Pinnedness::Not => TyKind::Ref(lifetime, MutTy { ty, mutbl }),
            Pinnedness::Pinned => TyKind::PinnedRef(lifetime, MutTy { ty, mutbl }),
        })
    }

    /// `pin const`, `pin mut`
    pub(crate) fn parse_pin_and_mut(&mut self) -> Option<(Pinnedness, Mutability)> {
        if self.token.is_ident_named(sym::pin) && self.is_keyword_ahead(1, &[kw::Const, kw::Mut]) {
            let span = self.token.span;
            self.gate(sym::pin_ergonomics, span);
            self.bump();
            let mutbl = if self.eat(T::KwMut) {
                Mutability::Mut
            } else {
                self.eat(T::KwConst);
                Mutability::Not
            };
            return Some((Pinnedness::Pinned, mutbl));
        }
        None
    }

    pub(crate) fn parse_mutability(&mut self) -> Mutability {
        if self.eat(T::KwMut) { Mutability::Mut } else { Mutability::Not }
    }

    /// `typeof(expr)`: reserved, never implemented.
    fn parse_typeof(&mut self, lo: Span) -> PResult<'a, TyKind> {
        self.bump();
        self.expect(T::OpenParen)?;
        let _: AnonConst = self.parse_expr_anon_const()?;
        self.expect(T::CloseParen)?;
        let span = lo.to(self.prev_token.span);
        let err = self
            .dcx()
            .struct_span_err(span, "`typeof` is a reserved keyword but unimplemented")
            .with_span_label(span, "reserved keyword")
            .with_code(diagnostics::codes::E0516);
        Ok(TyKind::Err(self.report(err)))
    }

    /// Does `fn`, `unsafe fn`, `extern "C" fn` begin here? As a type, `const` and `async` too, which are errors.
    pub(crate) fn check_fn_front_matter_ty(&mut self) -> bool {
        if self.check(T::KwFn) {
            return true;
        }
        if !matches!(
            self.token.kind,
            TokenKind::Ident(
                kw::Unsafe | kw::Extern | kw::Const | kw::Async | kw::Safe | kw::Gen,
                ast::token::IdentIsRaw::No
            )
        ) {
            self.expected.insert(T::KwUnsafe);
            self.expected.insert(T::KwExtern);
            return false;
        }
        self.check_fn_front_matter(true)
    }

    /// `unsafe extern "C" fn(T) -> U`
    fn parse_ty_fn_ptr(
        &mut self,
        lo: Span,
        mut params: ThinVec<GenericParam>,
        recover_return_sign: RecoverReturnSign,
    ) -> PResult<'a, TyKind> {
        let inherited = self.prev_token.span;
        let header_lo = self.token.span;
        let header = self.parse_fn_front_matter_ty(lo, inherited)?;
        let _ = header_lo;
        if self.may_recover() && self.token.kind == TokenKind::Lt {
            self.recover_fn_ptr_with_generics(lo, &mut params)?;
        }
        let decl = self.parse_fn_decl(&crate::item_fn::FnParseMode::fn_ptr(), AllowPlus::No, recover_return_sign)?;
        let decl_span = header.0.to(self.prev_token.span);
        Ok(TyKind::FnPtr(P(FnPtrTy { ext: header.2, safety: header.1, generic_params: params, decl, decl_span })))
    }

    fn recover_fn_ptr_with_generics(&mut self, lo: Span, params: &mut ThinVec<GenericParam>) -> PResult<'a, ()> {
        let generics = self.parse_generics()?;
        let arity = generics.params.len();
        let lifetimes: ThinVec<GenericParam> = generics
            .params
            .iter()
            .filter(|param| matches!(param.kind, ast::GenericParamKind::Lifetime))
            .cloned()
            .collect();
        let mut err =
            self.dcx().struct_span_err(generics.span, "function pointer types may not have generic parameters");
        if !lifetimes.is_empty() {
            let names: Vec<String> = lifetimes.iter().map(|param| param.ident.to_string()).collect();
            let s = if arity == 1 { "" } else { "s" };
            err.multipart_suggestion(
                format!("consider moving the lifetime parameter{s} to a `for` parameter list"),
                vec![(lo.shrink_to_lo(), format!("for<{}> ", names.join(", "))), (generics.span, String::new())],
                Applicability::MaybeIncorrect,
            );
        }
        self.report(err);
        params.extend(lifetimes);
        Ok(())
    }

    /// `impl A + B`
    fn parse_impl_ty(&mut self, impl_span: Span, impl_dyn_multi: &mut bool) -> PResult<'a, TyKind> {
        if self.token.is_lifetime() && self.may_recover() {
            self.look_ahead(1, |t| {
                if let TokenKind::Ident(name, _) = t.kind
                    && !name.is_path_segment_keyword()
                {
                    // `impl 'static Trait`: the bounds say what is missing.
                }
            });
        }
        // `impl ?Sized`, `impl A + B`
        let bounds = self.parse_generic_bounds()?;
        *impl_dyn_multi = bounds.len() > 1 || self.prev_token.kind == TokenKind::Plus;
        let _ = impl_span;
        Ok(TyKind::ImplTrait(DUMMY_NODE_ID, bounds))
    }

    /// `dyn` is a keyword since 2018; before, it is one if a bound follows.
    fn is_explicit_dyn_type(&mut self) -> bool {
        self.check(T::KwDyn)
            && (self.token.span.at_least_rust_2018()
                || self.look_ahead(1, |t| {
                    can_begin_dyn_bound_in_edition_2015(t) && !matches!(t.kind, TokenKind::PathSep | TokenKind::Lt)
                }))
    }

    fn parse_dyn_ty(&mut self, impl_dyn_multi: &mut bool) -> PResult<'a, TyKind> {
        self.bump();
        let bounds = self.parse_generic_bounds()?;
        *impl_dyn_multi = bounds.len() > 1 || self.prev_token.kind == TokenKind::Plus;
        Ok(TyKind::TraitObject(bounds, TraitObjectSyntax::Dyn))
    }

    /// `path`, `path!(..)`, `path + Bound`
    fn parse_path_start_ty(&mut self, lo: Span, allow_plus: AllowPlus) -> PResult<'a, TyKind> {
        let path = self.parse_path_inner(PathStyle::Type, None)?;
        if self.eat(T::Bang) {
            let args = self.parse_delim_args()?;
            return Ok(TyKind::MacCall(P(MacCall { path, args })));
        }
        if allow_plus == AllowPlus::Yes && self.check_plus() {
            return self.parse_remaining_bounds_path(ThinVec::new(), path, lo, true);
        }
        let qself: Option<P<QSelf>> = None;
        Ok(TyKind::Path(qself, path))
    }

    fn maybe_report_ambiguous_plus(&mut self, impl_dyn_multi: bool, ty: &Ty) {
        if impl_dyn_multi {
            let mut err = self.dcx().struct_span_err(ty.span, "ambiguous `+` in a type");
            err.multipart_suggestion(
                "use parentheses to disambiguate",
                vec![(ty.span.shrink_to_lo(), "(".to_string()), (ty.span.shrink_to_hi(), ")".to_string())],
                Applicability::MachineApplicable,
            );
            self.report(err);
        }
    }

    /// `&Trait + Bound`
    fn maybe_recover_from_bad_type_plus(&mut self, ty: &Ty) -> PResult<'a, ()> {
        if !self.token.is_like_plus() {
            return Ok(());
        }
        self.bump();
        let _ = self.parse_generic_bounds()?;
        let span = ty.span.to(self.prev_token.span);
        let mut err =
            self.dcx().struct_span_err(ty.span, "expected a path on the left-hand side of `+`").with_code(E0178);
        match &ty.kind {
            TyKind::Ref(_, MutTy { ty: inner, .. }) | TyKind::Ptr(MutTy { ty: inner, .. }) => {
                err.multipart_suggestion(
                    "try adding parentheses",
                    vec![(inner.span.shrink_to_lo(), "(".to_string()), (span.shrink_to_hi(), ")".to_string())],
                    Applicability::MachineApplicable,
                );
            }
            TyKind::FnPtr(_) => {
                err.span_label(span, "perhaps you forgot parentheses?");
            }
            _ => {
                err.span_label(ty.span, "expected a path");
            }
        }
        self.report(err);
        Ok(())
    }

    /// `T?`
    fn maybe_recover_from_question_mark(&mut self, ty: P<Ty>) -> P<Ty> {
        if self.token.kind != TokenKind::Question {
            return ty;
        }
        self.bump();
        let mut err = self.dcx().struct_span_err(self.prev_token.span, "invalid `?` in type");
        err.span_label(self.prev_token.span, "`?` is only allowed on expressions, not types");
        err.multipart_suggestion(
            "if you meant to express that the type might not contain a value, use the `Option` wrapper type",
            vec![(ty.span.shrink_to_lo(), "Option<".to_string()), (self.prev_token.span, ">".to_string())],
            Applicability::MachineApplicable,
        );
        let guar = self.report(err);
        self.mk_ty(ty.span.to(self.prev_token.span), TyKind::Err(guar))
    }

    fn recover_bad_qpath_ty(&mut self, ty: P<Ty>) -> PResult<'a, P<Ty>> {
        self.expect(T::PathSep)?;
        let mut path = Path { segments: ThinVec::new(), span: span::DUMMY_SP };
        self.parse_path_segments(&mut path.segments, PathStyle::Type, None)?;
        path.span = ty.span.to(self.prev_token.span);
        let span = path.span;
        self.bad_qpath_error(&ty, span);
        let qself = P(QSelf { path_span: span.shrink_to_lo(), position: 0, ty });
        Ok(self.mk_ty(span, TyKind::Path(Some(qself), path)))
    }

    pub(crate) fn bad_qpath_error(&mut self, ty: &Ty, span: Span) {
        let mut err = self.dcx().struct_span_err(span, "missing angle brackets in associated item path");
        err.multipart_suggestion(
            "types that don't start with an identifier need to be surrounded with angle brackets in qualified paths",
            vec![(ty.span.shrink_to_lo(), "<".to_string()), (ty.span.shrink_to_hi(), ">".to_string())],
            Applicability::MachineApplicable,
        );
        self.report(err);
    }
}

/// In 2015, `dyn` followed by this is a trait object.
fn can_begin_dyn_bound_in_edition_2015(t: &ast::token::Token) -> bool {
    t.is_path_start()
        || t.is_lifetime()
        || matches!(t.kind, TokenKind::Question | TokenKind::OpenParen)
        || t.is_keyword(kw::For)
}
