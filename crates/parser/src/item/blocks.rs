//! Items with items in them: traits, impls, extern blocks, modules; and delegation.

use crate::item_fn::FnParseMode;
use crate::parser::{PResult, Parser};
use crate::path::PathStyle;
use crate::token_type::TokenType as T;
use ast::token::TokenKind;
use ast::{
    AssocItem, AssocItemKind, AttrVec, Const, ConstItem, ConstItemRhsKind, DUMMY_NODE_ID, Defaultness, Delegation,
    DelegationMac, ForeignItem, ForeignItemKind, ForeignMod, Generics, Impl, ImplPolarity, Inline, IsAuto, Item,
    ItemKind, ModKind, Mutability, P, Safety, StaticItem, Trait, TraitAlias, TraitImplHeader, TraitRef, Ty, TyKind,
};
use diagnostics::Applicability;
use diagnostics::codes::E0584;
use span::{Ident, Span, kw, sym};
use thin_vec::ThinVec;

impl<'a> Parser<'a> {
    /// `"C" { .. }`, `extern` is read.
    pub(crate) fn parse_item_foreign_mod(&mut self, attrs: &mut AttrVec, mut safety: Safety) -> PResult<'a, ItemKind> {
        let extern_span = self.prev_token.span;
        let abi = self.parse_abi();
        // `extern "C" unsafe {}`
        if safety == Safety::Default
            && self.token.is_keyword(kw::Unsafe)
            && self.look_kind(1) == TokenKind::OpenBrace
            && self.may_recover()
        {
            self.expect(T::OpenBrace).err().map(|err| self.report(err));
            self.bump();
            safety = Safety::Unsafe(self.prev_token.span);
        }
        let items = self.parse_item_list(attrs, |p| p.parse_foreign_item())?;
        Ok(ItemKind::ForeignMod(ForeignMod { extern_span, safety, abi, items }))
    }

    /// `unsafe auto trait`, `const trait`
    pub(crate) fn check_trait_front_matter(&mut self) -> bool {
        self.check(T::KwTrait)
            || self.check(T::KwAuto) && self.is_keyword_ahead(1, &[kw::Trait])
            || self.check(T::KwUnsafe)
                && self.is_keyword_ahead(1, &[kw::Trait, kw::Auto])
                && (self.is_keyword_ahead(1, &[kw::Trait]) || self.is_keyword_ahead(2, &[kw::Trait]))
            || self.is(T::KwConst)
                && (self.is_keyword_ahead(1, &[kw::Trait])
                    || self.is_keyword_ahead(1, &[kw::Auto]) && self.is_keyword_ahead(2, &[kw::Trait])
                    || self.is_keyword_ahead(1, &[kw::Unsafe]) && self.is_keyword_ahead(2, &[kw::Trait, kw::Auto]))
    }

    pub(crate) fn parse_item_trait(&mut self, attrs: &mut AttrVec, lo: Span) -> PResult<'a, ItemKind> {
        let constness = self.parse_constness();
        if let Const::Yes(span) = constness {
            self.gate(sym::const_trait_impl, span);
        }
        let safety = self.parse_safety();
        let is_auto = if self.eat(T::KwAuto) {
            self.gate(sym::auto_traits, self.prev_token.span);
            IsAuto::Yes
        } else {
            IsAuto::No
        };
        self.expect_keyword(T::KwTrait)?;
        let ident = self.parse_ident()?;
        let mut generics = self.parse_generics()?;
        let had_colon = self.eat(T::Colon);
        let span_at_colon = self.prev_token.span;
        let bounds = if had_colon { self.parse_generic_bounds()? } else { Vec::new() };
        let span_before_eq = self.prev_token.span;
        if self.eat(T::Eq) {
            // A trait alias.
            if had_colon {
                let span = span_at_colon.to(span_before_eq);
                let err = self.dcx().struct_span_err(span, "bounds are not allowed on trait aliases");
                self.report(err);
            }
            let bounds = self.parse_generic_bounds()?;
            generics.where_clause = self.parse_where_clause()?;
            self.expect_semi()?;
            let whole_span = lo.to(self.prev_token.span);
            if is_auto == IsAuto::Yes {
                let err = self.dcx().struct_span_err(whole_span, "trait aliases cannot be `auto`");
                self.report(err.with_span_label(whole_span, "trait aliases cannot be `auto`"));
            }
            if let Safety::Unsafe(_) = safety {
                let err = self.dcx().struct_span_err(whole_span, "trait aliases cannot be `unsafe`");
                self.report(err.with_span_label(whole_span, "trait aliases cannot be `unsafe`"));
            }
            self.gate(sym::trait_alias, whole_span);
            return Ok(ItemKind::TraitAlias(Box::new(TraitAlias { constness, ident, generics, bounds })));
        }
        generics.where_clause = self.parse_where_clause()?;
        let items = self.parse_item_list(attrs, |p| p.parse_trait_item())?;
        Ok(ItemKind::Trait(Box::new(Trait { constness, safety, is_auto, ident, generics, bounds, items })))
    }

    /// `impl<T> const !Trait for U { .. }`; `const` may also stand before `impl`.
    pub(crate) fn parse_item_impl(
        &mut self,
        attrs: &mut AttrVec,
        defaultness: Defaultness,
        const_before: Const,
    ) -> PResult<'a, ItemKind> {
        let safety = self.parse_safety();
        self.expect_keyword(T::KwImpl)?;
        // `impl<T> ..`, but not `impl <T as U>::A {}`
        let mut generics = if self.choose_generics_over_qpath(0) {
            self.parse_generics()?
        } else {
            // `impl A for B {}`: `< >` with wrong contents is said by the type.
            Generics { span: self.prev_token.span.shrink_to_hi(), ..Generics::default() }
        };
        let constness = match const_before {
            Const::Yes(_) => const_before,
            Const::No => self.parse_constness(),
        };
        if let Const::Yes(span) = constness {
            self.gate(sym::const_trait_impl, span);
        }
        // `impl async Trait` and the like are said by the type.
        let polarity = if self.is(T::Bang) && self.look_ahead(1, |t| t.can_begin_type()) {
            let bang = self.token.span;
            self.bump();
            ImplPolarity::Negative(bang)
        } else {
            ImplPolarity::Positive
        };
        let err_path = |span| ast::Path::from_ident(Ident::new(kw::Empty, span));
        let ty_first = if self.token.is_keyword(kw::For)
            && self.look_ahead(1, |t| t.kind != TokenKind::Lt)
            && self.may_recover()
        {
            let span = self.prev_token.span.between(self.token.span);
            let err = self
                .dcx()
                .struct_span_err(span, "missing trait in a trait impl")
                .with_span_suggestion(span, "add a trait here", " Trait ", Applicability::HasPlaceholders)
                .with_span_suggestion(
                    span.to(self.token.span),
                    "for an inherent impl, drop this `for`",
                    "",
                    Applicability::MaybeIncorrect,
                );
            self.report(err);
            P(Ty { kind: TyKind::Path(None, err_path(span)), span, id: DUMMY_NODE_ID })
        } else {
            self.parse_ty_with_generics_recovery(&generics)?
        };
        let has_for = self.eat(T::KwFor);
        let missing_for_span = self.prev_token.span.between(self.token.span);
        let ty_second = if self.token.kind == TokenKind::DotDot {
            // `impl Trait for .. {}`: the old auto traits.
            self.bump();
            Some(self.mk_ty(self.prev_token.span, TyKind::Dummy))
        } else if has_for || self.token.can_begin_type() {
            Some(self.parse_ty()?)
        } else {
            None
        };
        generics.where_clause = self.parse_where_clause()?;
        let items = self.parse_item_list(attrs, |p| p.parse_impl_item())?;
        let Some(ty_second) = ty_second else {
            let self_ty = ty_first;
            // What only trait impls may have.
            let mut modifiers: Vec<(Span, &str)> = Vec::new();
            if let Defaultness::Default(span) = defaultness {
                modifiers.push((span, "default"));
            }
            if let Safety::Unsafe(span) = safety {
                modifiers.push((span, "unsafe"));
            }
            if let ImplPolarity::Negative(span) = polarity {
                modifiers.push((span, "negative"));
            }
            for (span, what) in modifiers {
                let msg = match what {
                    "negative" => "inherent impls cannot be negative".to_string(),
                    _ => format!("inherent impls cannot be {what}"),
                };
                let mut err = self.dcx().struct_span_err(span, msg);
                if what == "unsafe" {
                    err.code(diagnostics::codes::E0197);
                    err.primary_message("inherent impls cannot be unsafe");
                }
                if what == "negative" {
                    err.span(span.to(self_ty.span));
                }
                err.span_label(span, format!("{what} because of this"));
                err.span_label(self_ty.span, "inherent impl for this type");
                if what == "default" || what == "const" {
                    err.note(format!("only trait implementations may be annotated with `{what}`"));
                }
                self.report(err);
            }
            return Ok(ItemKind::Impl(Impl { generics, constness, of_trait: None, self_ty, items }));
        };
        if !has_for {
            let err = self
                .dcx()
                .struct_span_err(missing_for_span, "missing `for` in a trait impl")
                .with_span_suggestion_short(
                    missing_for_span,
                    "add `for` here",
                    " for ",
                    Applicability::MachineApplicable,
                );
            self.report(err);
        }
        let ty_first = *ty_first;
        let path = match ty_first.kind {
            TyKind::Path(None, path) => path,
            other => {
                if let TyKind::ImplTrait(_, bounds) = &other
                    && let [bound] = bounds.as_slice()
                    && let ast::GenericBound::Trait(poly) = bound
                {
                    // `impl impl Trait for T`
                    let extra = ty_first.span.with_hi(bound.span().lo());
                    let err = self
                        .dcx()
                        .struct_span_err(extra, "unexpected `impl` keyword")
                        .with_span_suggestion_short(extra, "remove the extra `impl`", "", Applicability::MaybeIncorrect)
                        .with_note("this is parsed as an `impl Trait` type, but a trait is expected at this position");
                    self.report(err);
                    poly.trait_ref.path.clone()
                } else {
                    let err = self.dcx().struct_span_err(ty_first.span, "expected a trait, found type");
                    self.report(err);
                    err_path(ty_first.span)
                }
            }
        };
        let trait_ref = TraitRef { path, ref_id: ty_first.id };
        let of_trait = Some(Box::new(TraitImplHeader { defaultness, safety, polarity, trait_ref }));
        Ok(ItemKind::Impl(Impl { generics, constness, of_trait, self_ty: ty_second, items }))
    }

    pub(crate) fn parse_ty_with_generics_recovery(&mut self, _generics: &Generics) -> PResult<'a, P<Ty>> {
        self.parse_ty()
    }

    // Delegation.

    pub(crate) fn is_reuse_path_item(&self) -> bool {
        // `reuse path`, not `reuse!` or `reuse::x`
        self.token.is_keyword(kw::Reuse) && self.look_ahead(1, |t| t.is_path_start() && t.kind != TokenKind::PathSep)
    }

    pub(crate) fn parse_item_delegation(&mut self) -> PResult<'a, ItemKind> {
        let span = self.token.span;
        self.bump();
        let (qself, path) = if self.eat_lt() {
            let (qself, path) = self.parse_qpath(PathStyle::Expr)?;
            (Some(qself), path)
        } else {
            (None, self.parse_path(PathStyle::Expr)?)
        };
        let body = |this: &mut Self| {
            Ok(if this.is(T::OpenBrace) {
                Some(this.parse_block()?)
            } else {
                this.expect(T::Semi)?;
                None
            })
        };
        let kind = if self.eat_path_sep() {
            let suffixes = if self.eat(T::Star) {
                None
            } else {
                let (list, _) = self.parse_delim_comma_seq(T::OpenBrace, T::CloseBrace, |p| {
                    Ok((p.parse_path_segment_ident()?, p.parse_rename()?))
                })?;
                Some(list)
            };
            ItemKind::DelegationMac(Box::new(DelegationMac { qself, prefix: path, suffixes, body: body(self)? }))
        } else {
            let rename = self.parse_rename()?;
            let ident = rename.unwrap_or_else(|| path.segments.last().expect("a segment").ident);
            ItemKind::Delegation(Box::new(Delegation {
                id: DUMMY_NODE_ID,
                qself,
                path,
                ident,
                rename,
                body: body(self)?,
                from_glob: false,
            }))
        };
        self.gate(sym::fn_delegation, span.to(self.prev_token.span));
        Ok(kind)
    }

    /// `mod m;`, `mod m { .. }`
    pub(crate) fn parse_item_mod(&mut self, attrs: &mut AttrVec) -> PResult<'a, ItemKind> {
        let safety = self.parse_safety();
        self.expect_keyword(T::KwMod)?;
        let ident = self.parse_ident()?;
        let kind = if self.eat(T::Semi) {
            ModKind::Unloaded
        } else {
            self.expect(T::OpenBrace)?;
            let (inner_attrs, items, spans) = self.parse_mod(T::CloseBrace)?;
            attrs.extend(inner_attrs);
            ModKind::Loaded(items, Inline::Yes, spans)
        };
        Ok(ItemKind::Mod(safety, ident, kind))
    }

    /// `{ item* }` of an impl, trait or extern block.
    pub(crate) fn parse_item_list<I>(
        &mut self,
        attrs: &mut AttrVec,
        mut parse_item: impl FnMut(&mut Parser<'a>) -> PResult<'a, Option<Option<I>>>,
    ) -> PResult<'a, ThinVec<I>> {
        let open_brace_span = self.token.span;
        // `impl T;`
        if self.token.kind == TokenKind::Semi && self.may_recover() {
            let span = self.token.span;
            let err = self
                .dcx()
                .struct_span_err(span, "expected `{}`, found `;`")
                .with_span_label(span, "expected `{}`")
                .with_help("try using `{}` instead");
            self.report(err);
            self.bump();
            return Ok(ThinVec::new());
        }
        self.expect(T::OpenBrace)?;
        attrs.extend(self.parse_inner_attributes()?);
        let mut items = ThinVec::new();
        while !self.eat(T::CloseBrace) {
            if self.token.kind == TokenKind::Eof {
                break;
            }
            if self.recover_doc_comment_before_brace() {
                continue;
            }
            self.recover_vcs_conflict_marker();
            match parse_item(self) {
                Ok(None) => {
                    let mut is_unnecessary_semicolon = false;
                    if self.token.kind == TokenKind::Semi {
                        is_unnecessary_semicolon = !items.is_empty();
                    }
                    let is_let = self.token.is_keyword(kw::Let);
                    let found = crate::diagnostics::token_descr(&self.token);
                    let span = self.token.span;
                    let mut err = if is_let {
                        let mut err = self.dcx().struct_span_err(span, "non-item in item list");
                        err.span_suggestion_verbose(
                            span,
                            "consider using `const` instead of `let` for associated const",
                            "const",
                            Applicability::MaybeIncorrect,
                        );
                        err
                    } else {
                        let _ = found;
                        self.dcx().struct_span_err(span, "non-item in item list")
                    };
                    if !is_let {
                        err.span_label(open_brace_span, "item list starts here");
                        err.span_label(span, "non-item starts here");
                    }
                    if is_unnecessary_semicolon {
                        err.span_suggestion(
                            span,
                            "consider removing this semicolon",
                            "",
                            Applicability::MaybeIncorrect,
                        );
                    }
                    if !self.may_recover() {
                        return Err(err);
                    }
                    self.skip_to_close();
                    if !is_let {
                        err.span_label(self.token.span, "item list ends here");
                    }
                    self.report(err);
                    self.eat(T::CloseBrace);
                    break;
                }
                Ok(Some(item)) => items.extend(item),
                Err(mut err) => {
                    if !self.may_recover() {
                        return Err(err);
                    }
                    err.span_label(open_brace_span, "while parsing this item list starting here");
                    self.skip_to_close();
                    err.span_label(self.token.span, "the item list ends here");
                    self.report(err);
                    self.eat(T::CloseBrace);
                    break;
                }
            }
        }
        Ok(items)
    }

    /// `/// text }`
    pub(crate) fn recover_doc_comment_before_brace(&mut self) -> bool {
        if let TokenKind::DocComment(..) = self.token.kind
            && self.look_kind(1) == TokenKind::CloseBrace
            && self.may_recover()
        {
            let span = self.token.span;
            let err = self
                .dcx()
                .struct_span_err(span, "found a documentation comment that doesn't document anything")
                .with_code(E0584)
                .with_span_label(span, "this doc comment doesn't document anything")
                .with_help("doc comments must come before what they document, if a comment was intended use `//`");
            self.report(err);
            self.bump();
            return true;
        }
        false
    }

    pub fn parse_impl_item(&mut self) -> PResult<'a, Option<Option<P<AssocItem>>>> {
        self.parse_assoc_item(FnParseMode::impl_item())
    }

    pub fn parse_trait_item(&mut self) -> PResult<'a, Option<Option<P<AssocItem>>>> {
        self.parse_assoc_item(FnParseMode::trait_item())
    }

    pub(crate) fn parse_assoc_item(&mut self, mode: FnParseMode) -> PResult<'a, Option<Option<P<AssocItem>>>> {
        let attrs = self.parse_outer_attributes()?;
        let Some(item) = self.parse_item_common(attrs, true, false, mode)? else {
            return Ok(None);
        };
        let Item { attrs, id, span, vis, kind, tokens } = *item;
        Ok(Some(match AssocItemKind::try_from(kind) {
            Ok(kind) => Some(P(Item { attrs, id, span, vis, kind, tokens })),
            Err(kind) => match kind {
                ItemKind::Static(item) => {
                    let err = self.dcx().struct_span_err(span, "associated `static` items are not allowed");
                    self.report(err);
                    let StaticItem { ident, ty, expr, define_opaque, .. } = *item;
                    let kind = AssocItemKind::Const(Box::new(ConstItem {
                        defaultness: Defaultness::Implicit,
                        ident,
                        generics: Generics::default(),
                        ty,
                        rhs_kind: ConstItemRhsKind::Body { rhs: expr },
                        define_opaque,
                    }));
                    Some(P(Item { attrs, id, span, vis, kind, tokens }))
                }
                kind => {
                    self.error_bad_item_kind(span, &kind, "`trait`s or `impl`s");
                    None
                }
            },
        }))
    }

    pub fn parse_foreign_item(&mut self) -> PResult<'a, Option<Option<P<ForeignItem>>>> {
        let attrs = self.parse_outer_attributes()?;
        let Some(item) = self.parse_item_common(attrs, true, false, FnParseMode::foreign_item())? else {
            return Ok(None);
        };
        let Item { attrs, id, span, vis, kind, tokens } = *item;
        Ok(Some(match ForeignItemKind::try_from(kind) {
            Ok(kind) => Some(P(Item { attrs, id, span, vis, kind, tokens })),
            Err(kind) => match kind {
                ItemKind::Const(item) => {
                    let ConstItem { ident, ty, rhs_kind, .. } = *item;
                    let const_span = Some(span.with_hi(ident.span.lo())).filter(|span| !span.is_empty());
                    let mut err = self.dcx().struct_span_err(ident.span, "extern items cannot be `const`");
                    err.span_suggestion_verbose(
                        const_span.unwrap_or(ident.span.shrink_to_lo()),
                        "try using a static value",
                        "static ",
                        Applicability::MachineApplicable,
                    );
                    err.note("for more information, visit https://doc.rust-lang.org/std/keyword.extern.html");
                    self.report(err);
                    let expr = match rhs_kind {
                        ConstItemRhsKind::Body { rhs } => rhs,
                        ConstItemRhsKind::TypeConst { rhs } => rhs.map(|ct| ct.value),
                    };
                    let kind = ForeignItemKind::Static(Box::new(StaticItem {
                        ident,
                        ty,
                        safety: Safety::Default,
                        mutability: Mutability::Not,
                        expr,
                        define_opaque: None,
                    }));
                    Some(P(Item { attrs, id, span, vis, kind, tokens }))
                }
                kind => {
                    self.error_bad_item_kind(span, &kind, "`extern` blocks");
                    None
                }
            },
        }))
    }

    pub(crate) fn error_bad_item_kind(&mut self, span: Span, kind: &ItemKind, ctx: &str) {
        let sm = &self.sess.source_map;
        let span = sm.guess_head_span(span);
        let descr = kind.descr();
        let mut err = self.dcx().struct_span_err(span, format!("{descr} is not supported in {ctx}"));
        let help = match kind {
            ItemKind::DelegationMac(..) => None,
            _ => Some(format!("consider moving the {descr} out to a nearby module scope")),
        };
        if let Some(help) = help {
            err.help(help);
        }
        self.report(err);
    }
}
