//! Attributes and meta items.
//!
//! ```text
//! attribute: `#` `!`? `[` attr_item `]`
//! attr_item: `unsafe` `(` simple `)` | simple
//! simple: path (delim_args | `=` expr)?
//! ```

use ast::token::{MetaVarKind, TokenKind};
use ast::{
    AttrArgs, AttrItem, AttrKind, AttrStyle, AttrVec, Attribute, MetaItem, MetaItemInner, MetaItemKind, MetaItemLit,
    NormalAttr, P, Safety,
};
use diagnostics::{Applicability, codes::E0753};
use span::Span;
use thin_vec::ThinVec;

use crate::parser::{PResult, Parser, push_tight};
use crate::path::PathStyle;
use crate::token_type::TokenType as T;

/// Whether `#![..]` may stand here, and why not.
#[derive(Clone, Copy, Debug)]
pub(crate) enum InnerAttrPolicy {
    Permitted,
    Forbidden(Option<ForbiddenReason>),
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum ForbiddenReason {
    AfterOuterDocComment { prev_doc_comment_span: Span },
    AfterOuterAttribute { prev_outer_attr_sp: Span },
}

impl<'a> Parser<'a> {
    /// Attributes and doc comments before something.
    #[inline]
    pub fn parse_outer_attributes(&mut self) -> PResult<'a, AttrVec> {
        if !matches!(self.token.kind, TokenKind::Pound | TokenKind::DocComment(..)) {
            self.expected.insert(T::Pound);
            return Ok(AttrVec::new());
        }
        self.parse_outer_attributes_slow()
    }

    fn parse_outer_attributes_slow(&mut self) -> PResult<'a, AttrVec> {
        let mut attrs = AttrVec::new();
        let mut just_parsed_doc_comment = false;
        loop {
            match self.token.kind {
                TokenKind::Pound => {
                    let reason = if just_parsed_doc_comment {
                        Some(ForbiddenReason::AfterOuterDocComment { prev_doc_comment_span: self.prev_token.span })
                    } else {
                        attrs.last().map(|attr: &Attribute| ForbiddenReason::AfterOuterAttribute {
                            prev_outer_attr_sp: attr.span,
                        })
                    };
                    just_parsed_doc_comment = false;
                    let attr = self.parse_attribute(InnerAttrPolicy::Forbidden(reason))?;
                    if attr.style == AttrStyle::Outer {
                        push_tight(&mut attrs, attr);
                    }
                }
                TokenKind::DocComment(kind, style, data) => {
                    if style == AttrStyle::Inner {
                        self.error_on_inner_doc_comment();
                    }
                    let span = self.token.span;
                    self.bump();
                    just_parsed_doc_comment = true;
                    let kind = AttrKind::DocComment(kind, data);
                    push_tight(&mut attrs, Attribute { kind, id: self.mk_attr_id(), style: AttrStyle::Outer, span });
                }
                _ => return Ok(attrs),
            }
        }
    }

    fn error_on_inner_doc_comment(&mut self) {
        let span = self.token.span;
        let mut err = self.dcx().struct_span_err(span, "expected outer doc comment").with_code(E0753);
        let mut ahead = self.clone();
        ahead.bump();
        let _ = ahead.parse_outer_attributes().map_err(|e| e.cancel());
        if ahead.token.can_begin_item() {
            err.span_label(ahead.token.span, "the inner doc comment doesn't annotate this item");
            err.span_suggestion_verbose(
                span,
                "to annotate the item, change the doc comment from inner to outer style",
                "",
                Applicability::MachineApplicable,
            );
        }
        err.note("inner doc comments like this (starting with `//!` or `/*!`) can only appear before items");
        self.report(err);
    }

    /// `#[..]` or `#![..]`
    pub(crate) fn parse_attribute(&mut self, policy: InnerAttrPolicy) -> PResult<'a, Attribute> {
        let lo = self.token.span;
        let start = self.position();
        self.expect(T::Pound)?;
        let bang = self.eat(T::Bang);
        let style = if bang { AttrStyle::Inner } else { AttrStyle::Outer };
        self.expect(T::OpenBracket)?;
        let item = self.parse_attr_item()?;
        self.expect(T::CloseBracket)?;
        let span = lo.to(self.prev_token.span);
        if style == AttrStyle::Inner {
            self.error_on_forbidden_inner_attr(span, policy);
        }
        let tokens = Some(self.tokens_since(start));
        let kind = AttrKind::Normal(P(NormalAttr { item, tokens }));
        Ok(Attribute { kind, id: self.mk_attr_id(), style, span })
    }

    fn error_on_forbidden_inner_attr(&mut self, span: Span, policy: InnerAttrPolicy) {
        let InnerAttrPolicy::Forbidden(reason) = policy else {
            return;
        };
        let msg = match reason {
            Some(ForbiddenReason::AfterOuterDocComment { .. }) => {
                "an inner attribute is not permitted following an outer doc comment"
            }
            Some(ForbiddenReason::AfterOuterAttribute { .. }) => {
                "an inner attribute is not permitted following an outer attribute"
            }
            None => "an inner attribute is not permitted in this context",
        };
        let mut err = self.dcx().struct_span_err(span, msg);
        match reason {
            Some(ForbiddenReason::AfterOuterDocComment { prev_doc_comment_span }) => {
                err.span_label(span, "not permitted following an outer doc comment");
                err.span_label(prev_doc_comment_span, "previous doc comment");
            }
            Some(ForbiddenReason::AfterOuterAttribute { prev_outer_attr_sp }) => {
                err.span_label(span, "not permitted following an outer attribute");
                err.span_label(prev_outer_attr_sp, "previous outer attribute");
            }
            _ => {}
        }
        err.note(
            "inner attributes, like `#![no_std]`, annotate the item enclosing them, and are usually found at the beginning of source files",
        );
        if reason.is_none() {
            err.note("outer attributes, like `#[test]`, annotate the item following them");
        }
        self.report(err);
    }

    /// `unsafe(path = ..)`, `path(..)`
    pub fn parse_attr_item(&mut self) -> PResult<'a, AttrItem> {
        if let Some(MetaVarKind::Meta { .. }) = self.metavar() {
            return self.in_metavar(Self::parse_attr_item);
        }
        let is_unsafe = self.eat_keyword_unsafe_attr();
        let unsafety = if is_unsafe {
            let span = self.prev_token.span;
            self.expect(T::OpenParen)?;
            Safety::Unsafe(span)
        } else {
            Safety::Default
        };
        let path = self.parse_path(PathStyle::Mod)?;
        let args = self.parse_attr_args()?;
        if is_unsafe {
            self.expect(T::CloseParen)?;
        }
        Ok(AttrItem { unsafety, path, args })
    }

    fn eat_keyword_unsafe_attr(&mut self) -> bool {
        self.eat(T::KwUnsafe)
    }

    fn parse_attr_args(&mut self) -> PResult<'a, AttrArgs> {
        if let Some(args) = self.parse_delim_args_inner() {
            return Ok(AttrArgs::Delimited(args));
        }
        if self.eat(T::Eq) {
            let eq_span = self.prev_token.span;
            let expr = self.parse_expr()?;
            return Ok(AttrArgs::Eq { eq_span, expr });
        }
        Ok(AttrArgs::Empty)
    }

    /// `#![..]` and `//!` at the beginning of what they are attributes of.
    #[inline]
    pub(crate) fn parse_inner_attributes(&mut self) -> PResult<'a, AttrVec> {
        let mut attrs = AttrVec::new();
        loop {
            match self.token.kind {
                TokenKind::Pound if self.look_kind(1) == TokenKind::Bang => {
                    attrs.push(self.parse_attribute(InnerAttrPolicy::Permitted)?);
                }
                TokenKind::DocComment(kind, AttrStyle::Inner, data) => {
                    let span = self.token.span;
                    self.bump();
                    attrs.push(Attribute {
                        kind: AttrKind::DocComment(kind, data),
                        id: self.mk_attr_id(),
                        style: AttrStyle::Inner,
                        span,
                    });
                }
                _ => return Ok(attrs),
            }
        }
    }

    /// `predicate, attr, attr`: the arguments of `cfg_attr`.
    pub fn parse_cfg_attr(&mut self) -> PResult<'a, (MetaItemInner, Vec<(AttrItem, Span)>)> {
        let predicate = self.parse_meta_item_inner()?;
        self.expect(T::Comma)?;
        let mut attrs = Vec::with_capacity(1);
        while self.token.kind != TokenKind::Eof {
            let lo = self.token.span;
            let item = self.parse_attr_item()?;
            attrs.push((item, lo.to(self.prev_token.span)));
            if !self.eat(T::Comma) {
                break;
            }
        }
        Ok((predicate, attrs))
    }

    /// `a, b(c), d = "e"`
    pub fn parse_meta_seq_top(&mut self) -> PResult<'a, ThinVec<MetaItemInner>> {
        let mut items = ThinVec::with_capacity(1);
        while self.token.kind != TokenKind::Eof {
            items.push(self.parse_meta_item_inner()?);
            if !self.eat(T::Comma) {
                break;
            }
        }
        Ok(items)
    }

    /// `path`, `path = lit`, `path(..)`
    pub fn parse_meta_item(&mut self) -> PResult<'a, MetaItem> {
        if let Some(MetaVarKind::Meta { .. }) = self.metavar() {
            return self.in_metavar(Self::parse_meta_item);
        }
        let lo = self.token.span;
        let is_unsafe = self.eat(T::KwUnsafe);
        let unsafety = if is_unsafe {
            let span = self.prev_token.span;
            self.expect(T::OpenParen)?;
            Safety::Unsafe(span)
        } else {
            Safety::Default
        };
        let path = self.parse_path(PathStyle::Mod)?;
        let kind = self.parse_meta_item_kind()?;
        if is_unsafe {
            self.expect(T::CloseParen)?;
        }
        Ok(MetaItem { unsafety, path, kind, span: lo.to(self.prev_token.span) })
    }

    fn parse_meta_item_kind(&mut self) -> PResult<'a, MetaItemKind> {
        if self.eat(T::Eq) {
            return Ok(MetaItemKind::NameValue(self.parse_unsuffixed_meta_item_lit()?));
        }
        if self.check(T::OpenParen) {
            let (list, _) = self.parse_paren_comma_seq(Self::parse_meta_item_inner)?;
            return Ok(MetaItemKind::List(list));
        }
        Ok(MetaItemKind::Word)
    }

    /// A literal without suffix.
    pub(crate) fn parse_unsuffixed_meta_item_lit(&mut self) -> PResult<'a, MetaItemLit> {
        let Some(lit) = self.parse_opt_meta_item_lit()? else {
            return self.unexpected_meta_item_lit();
        };
        if lit.kind.is_suffixed() {
            let mut err = self.dcx().struct_span_err(lit.span, "suffixed literals are not allowed in attributes");
            err.help("instead of using a suffixed literal (`1u8`, `1.0f32`, etc.), use an unsuffixed version (`1`, `1.0`, etc.)");
            self.report(err);
        }
        Ok(lit)
    }

    fn unexpected_meta_item_lit(&mut self) -> PResult<'a, MetaItemLit> {
        let mut err = self.dcx().struct_span_err(
            self.token.span,
            format!("expected unsuffixed literal, found {}", crate::diagnostics::token_descr(&self.token)),
        );
        if self.token.is_ident() && !self.token.is_reserved_ident() && self.prev_token.kind == TokenKind::Eq {
            // `#[cfg(feature = foo)]`
            let span = self.token.span;
            err.multipart_suggestion(
                "surround the identifier with quotation marks to make it into a string literal",
                vec![(span.shrink_to_lo(), "\"".into()), (span.shrink_to_hi(), "\"".into())],
                Applicability::MaybeIncorrect,
            );
        }
        Err(err)
    }

    /// `meta`, or a literal.
    pub fn parse_meta_item_inner(&mut self) -> PResult<'a, MetaItemInner> {
        if let Some(MetaVarKind::Expr { .. } | MetaVarKind::Literal) = self.metavar() {
            return self.in_metavar(Self::parse_meta_item_inner);
        }
        if let Some(lit) = self.parse_opt_meta_item_lit()? {
            if lit.kind.is_suffixed() {
                let mut err = self.dcx().struct_span_err(lit.span, "suffixed literals are not allowed in attributes");
                err.help("instead of using a suffixed literal (`1u8`, `1.0f32`, etc.), use an unsuffixed version (`1`, `1.0`, etc.)");
                self.report(err);
            }
            return Ok(MetaItemInner::Lit(lit));
        }
        if self.token.is_path_start() || self.token.is_keyword(span::kw::Unsafe) || self.metavar().is_some() {
            return Ok(MetaItemInner::MetaItem(self.parse_meta_item()?));
        }
        let mut err = self.dcx().struct_span_err(
            self.token.span,
            format!("expected unsuffixed literal, found {}", crate::diagnostics::token_descr(&self.token)),
        );
        if self.token.kind == TokenKind::Minus && self.look_ahead(1, |t| t.is_lit()) {
            err.help("negative integers are not allowed in attributes");
        }
        Err(err)
    }
}
