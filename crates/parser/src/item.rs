//! Items and what they are made of, but for functions (`item_fn.rs`) and data types (`item_adt.rs`).
//!
//! ```text
//! item: outer_attr* visibility? `default`? kind
//! ```

mod blocks;
mod macros;
mod use_tree;
mod values;

use ast::token::{IdentIsRaw, MetaVarKind, TokenKind};
use ast::{
    AttrVec, Const, ConstBlockItem, Crate, DUMMY_NODE_ID, Defaultness, Item, ItemKind, ModSpans, P, Safety, Visibility,
    VisibilityKind,
};
use diagnostics::Applicability;
use span::{Span, Symbol, kw, sym};
use thin_vec::ThinVec;

use crate::parser::{PResult, Parser};
use crate::token_type::TokenType as T;

pub use crate::item_fn::FnParseMode;

/// What may follow a visibility.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum FollowedByType {
    Yes,
    No,
}

/// An item's kind, with its identifier in it.
type ItemInfo = ItemKind;

impl<'a> Parser<'a> {
    /// A whole file.
    pub fn parse_crate_mod(&mut self) -> PResult<'a, Crate> {
        let (attrs, items, spans) = self.parse_mod(T::Eof)?;
        Ok(Crate { attrs, items, spans, id: DUMMY_NODE_ID, is_placeholder: false })
    }

    /// The contents of a module up to `term`, which is read.
    pub fn parse_mod(&mut self, term: T) -> PResult<'a, (AttrVec, ThinVec<P<Item>>, ModSpans)> {
        let lo = self.token.span;
        let attrs = self.parse_inner_attributes()?;
        let post_attr_lo = self.token.span;
        let mut items: ThinVec<P<Item>> = ThinVec::new();
        loop {
            while self.maybe_consume_incorrect_semicolon(items.last().map(|item| &**item)) {}
            match self.parse_item() {
                Ok(Some(item)) => items.push(item),
                Ok(None) => break,
                Err(err) => {
                    if !self.may_recover() {
                        return Err(err);
                    }
                    // As rustc does: of what is behind an item that cannot be parsed nothing is said.
                    return Err(err);
                }
            }
        }
        if !self.eat_mod_end(term) {
            return Err(self.unexpected_item_token(&items));
        }
        let inject_use_span = post_attr_lo;
        let spans = ModSpans { inner_span: lo.to(self.prev_token.span), inject_use_span };
        Ok((attrs, items, spans))
    }

    fn eat_mod_end(&mut self, term: T) -> bool {
        if term == T::Eof {
            return self.token.kind == TokenKind::Eof;
        }
        self.eat(term)
    }

    fn unexpected_item_token(&mut self, items: &ThinVec<P<Item>>) -> diagnostics::Diag<'a> {
        let descr = crate::diagnostics::token_descr(&self.token);
        let mut err = self.dcx().struct_span_err(self.token.span, format!("expected item, found {descr}"));
        err.span_label(self.token.span, "expected item");
        if self.may_recover() && self.token.is_keyword(kw::Let) {
            err.primary_message("expected item, found keyword `let`");
            err.span.span_labels.clear();
            err.span_label(self.token.span, "`let` cannot be used for global variables");
            err.help("consider using `static` or `const` instead of `let`");
            return err;
        }
        err.note(
            "for a full list of items that can appear in modules, see <https://doc.rust-lang.org/reference/items.html>",
        );
        let _ = items;
        err
    }

    /// `struct S {};`
    pub(crate) fn maybe_consume_incorrect_semicolon(&mut self, previous: Option<&Item>) -> bool {
        if self.token.kind != TokenKind::Semi || !self.may_recover() {
            return false;
        }
        let span = self.token.span;
        let mut err = self.dcx().struct_span_err(span, "expected item, found `;`").with_span_suggestion_short(
            span,
            "remove this semicolon",
            "",
            Applicability::MachineApplicable,
        );
        if let Some(item) = previous {
            let name = match &item.kind {
                ItemKind::Struct(..) => Some("braced struct"),
                _ => match &item.kind {
                    ItemKind::Enum(..)
                    | ItemKind::Trait(..)
                    | ItemKind::Union(..)
                    | ItemKind::Fn(..)
                    | ItemKind::Mod(..)
                    | ItemKind::Impl(..)
                    | ItemKind::ForeignMod(..) => Some(item.kind.descr()),
                    _ => None,
                },
            };
            if let Some(name) = name {
                err.help(format!("{name} declarations are not followed by a semicolon"));
            }
        }
        self.report(err);
        self.bump();
        true
    }

    /// An item of a module; `None` if none begins here.
    pub fn parse_item(&mut self) -> PResult<'a, Option<P<Item>>> {
        let attrs = self.parse_outer_attributes()?;
        self.recover_vcs_conflict_marker();
        self.parse_item_common(attrs, true, false, FnParseMode::free())
    }

    pub(crate) fn parse_item_common(
        &mut self,
        attrs: AttrVec,
        mac_allowed: bool,
        attrs_allowed: bool,
        fn_parse_mode: FnParseMode,
    ) -> PResult<'a, Option<P<Item>>> {
        if let Some(MetaVarKind::Item) = self.metavar() {
            let mut item = self.in_metavar(|this| match this.parse_item()? {
                Some(item) => Ok(item),
                None => this.unexpected(),
            })?;
            let mut all = attrs;
            all.append(&mut item.attrs);
            item.attrs = all;
            return Ok(Some(item));
        }
        self.deeper(|this| this.parse_item_inner(attrs, mac_allowed, attrs_allowed, fn_parse_mode))
    }

    fn parse_item_inner(
        &mut self,
        mut attrs: AttrVec,
        mac_allowed: bool,
        attrs_allowed: bool,
        fn_parse_mode: FnParseMode,
    ) -> PResult<'a, Option<P<Item>>> {
        let start = self.position();
        let lo = self.token.span;
        let vis = self.parse_visibility(FollowedByType::No)?;
        let mut def = self.parse_defaultness();
        let kind = self.parse_item_kind(&mut attrs, mac_allowed, lo, &vis, &mut def, fn_parse_mode)?;
        if let Some(kind) = kind {
            self.error_on_unconsumed_default(def, &kind);
            let span = lo.to(self.prev_token.span);
            // What an attribute macro or derive may ask for.
            let tokens = attrs.iter().any(|attr| !attr.is_doc_comment()).then(|| self.tokens_since(start));
            return Ok(Some(P(Item { attrs, id: DUMMY_NODE_ID, kind, vis, span, tokens })));
        }
        // No item: what has been read must be nothing.
        if !matches!(vis.kind, VisibilityKind::Inherited) {
            let mut err = self.dcx().struct_span_err(vis.span, "visibility `pub` is not followed by an item");
            if !matches!(vis.kind, VisibilityKind::Public) {
                err.primary_message(format!(
                    "visibility `{}` is not followed by an item",
                    ast::pretty::vis_to_string(&vis).trim_end()
                ));
            }
            err.span_label(vis.span, "the visibility");
            err.help(format!(
                "you likely meant to define an item, e.g., `{} fn foo() {{}}`",
                ast::pretty::vis_to_string(&vis).trim_end()
            ));
            self.report(err);
        }
        if let Defaultness::Default(span) = def {
            let err = self
                .dcx()
                .struct_span_err(span, "`default` is not followed by an item")
                .with_span_label(span, "the `default` qualifier")
                .with_note("only `fn`, `const`, `type`, or `impl` items may be prefixed by `default`");
            self.report(err);
        }
        if let Defaultness::Final(span) = def {
            let err = self
                .dcx()
                .struct_span_err(span, "`final` is not followed by an item")
                .with_span_label(span, "the `final` qualifier")
                .with_note("only associated functions in traits may be prefixed by `final`");
            self.report(err);
        }
        if !attrs_allowed {
            self.recover_attrs_no_item(&attrs)?;
        }
        Ok(None)
    }

    fn recover_attrs_no_item(&mut self, attrs: &[ast::Attribute]) -> PResult<'a, ()> {
        let [.., last] = attrs else {
            return Ok(());
        };
        if last.is_doc_comment() {
            let mut err = self.dcx().struct_span_err(last.span, "expected item after doc comment");
            err.span_label(last.span, "this doc comment doesn't document anything");
            return Err(err);
        }
        let descr = match last.style {
            _ if self.at_close() => "expected item after attributes",
            _ => "expected item after attributes",
        };
        let mut err = self.dcx().struct_span_err(last.span, descr);
        if self.token.kind == TokenKind::Semi {
            err.span_suggestion_verbose(
                self.token.span,
                "consider removing this semicolon",
                "",
                Applicability::MaybeIncorrect,
            );
        }
        Err(err)
    }

    fn error_on_unconsumed_default(&mut self, def: Defaultness, kind: &ItemKind) {
        match def {
            Defaultness::Default(span) => {
                let msg = format!("{} {} cannot be `default`", kind.article(), kind.descr());
                let err = self
                    .dcx()
                    .struct_span_err(span, msg)
                    .with_span_label(span, "`default` because of this")
                    .with_note("only associated `fn`, `const`, and `type` items can be `default`");
                self.report(err);
            }
            Defaultness::Final(span) => {
                let msg = format!("{} {} cannot be `final`", kind.article(), kind.descr());
                let err = self
                    .dcx()
                    .struct_span_err(span, msg)
                    .with_span_label(span, "`final` because of this")
                    .with_note("only associated functions in traits can be `final`");
                self.report(err);
            }
            Defaultness::Implicit => {}
        }
    }

    /// `default`, where it is no name; `final`.
    fn parse_defaultness(&mut self) -> Defaultness {
        if self.token.is_keyword(kw::Default) && self.look_ahead(1, |t| t.is_non_raw_ident_keyword_except_as()) {
            self.bump();
            return Defaultness::Default(self.prev_token.span);
        }
        if self.token.is_keyword(kw::Final) && self.look_ahead(1, |t| t.is_non_raw_ident_keyword_except_as()) {
            self.bump();
            self.gate(sym::final_associated_functions, self.prev_token.span);
            return Defaultness::Final(self.prev_token.span);
        }
        Defaultness::Implicit
    }

    fn parse_item_kind(
        &mut self,
        attrs: &mut AttrVec,
        macros_allowed: bool,
        lo: Span,
        vis: &Visibility,
        def: &mut Defaultness,
        fn_parse_mode: FnParseMode,
    ) -> PResult<'a, Option<ItemInfo>> {
        let check_pub = *def == Defaultness::Implicit;
        let mut def_ = || std::mem::replace(def, Defaultness::Implicit);
        if self.eat(T::KwUse) {
            return Ok(Some(self.parse_use_item()?));
        }
        if self.check_fn_front_matter(check_pub) {
            let func = self.parse_fn(attrs, fn_parse_mode, lo, vis, def_())?;
            return Ok(Some(ItemKind::Fn(Box::new(func))));
        }
        if self.eat(T::KwExtern) {
            if self.eat(T::KwCrate) {
                return Ok(Some(self.parse_item_extern_crate()?));
            }
            return Ok(Some(self.parse_item_foreign_mod(attrs, Safety::Default)?));
        }
        if self.is_unsafe_foreign_mod() {
            let safety = self.parse_safety();
            self.expect_keyword(T::KwExtern)?;
            return Ok(Some(self.parse_item_foreign_mod(attrs, safety)?));
        }
        if self.check_trait_front_matter() {
            return Ok(Some(self.parse_item_trait(attrs, lo)?));
        }
        if self.is_static_global() {
            let safety = self.parse_safety();
            self.expect_keyword(T::KwStatic)?;
            let mutability = self.parse_mutability();
            return Ok(Some(self.parse_static_item(safety, mutability)?));
        }
        if self.is(T::KwConst) && self.look_kind(1) == TokenKind::OpenBrace && macros_allowed {
            let const_lo = self.token.span;
            self.bump();
            let block = self.parse_block()?;
            let span = const_lo.to(block.span);
            self.gate(sym::const_block_items, span);
            return Ok(Some(ItemKind::ConstBlock(Box::new(ConstBlockItem { id: DUMMY_NODE_ID, span, block }))));
        }
        if self.is(T::KwType) && self.is_keyword_ahead(1, &[kw::Const]) {
            self.bump();
            let span = self.prev_token.span;
            self.bump();
            self.gate(sym::min_generic_const_args, span.to(self.prev_token.span));
            return Ok(Some(self.parse_const_item(def_(), true)?));
        }
        if self.check(T::KwConst) && !self.check_const_closure() && !self.check_inline_const(0) {
            self.bump();
            let const_span = self.prev_token.span;
            if self.token.is_keyword(kw::Impl) {
                return Ok(Some(self.parse_item_impl(attrs, def_(), Const::Yes(const_span))?));
            }
            self.recover_const_mut(const_span);
            return Ok(Some(self.parse_const_item(def_(), false)?));
        }
        if self.check(T::KwImpl) || self.check(T::KwUnsafe) && self.is_keyword_ahead(1, &[kw::Impl]) {
            return Ok(Some(self.parse_item_impl(attrs, def_(), Const::No)?));
        }
        if self.is_reuse_path_item() {
            return Ok(Some(self.parse_item_delegation()?));
        }
        if self.check(T::KwMod) || self.check(T::KwUnsafe) && self.is_keyword_ahead(1, &[kw::Mod]) {
            return Ok(Some(self.parse_item_mod(attrs)?));
        }
        if self.eat(T::KwType) {
            return Ok(Some(self.parse_type_alias(def_())?));
        }
        if self.eat(T::KwEnum) {
            return Ok(Some(self.parse_item_enum()?));
        }
        if self.eat(T::KwStruct) {
            return Ok(Some(self.parse_item_struct()?));
        }
        if self.is_kw_followed_by_ident(kw::Union) {
            self.bump();
            return Ok(Some(self.parse_item_union()?));
        }
        if self.is_builtin() {
            return Ok(None);
        }
        if self.eat(T::KwMacro) {
            return Ok(Some(self.parse_item_decl_macro(lo)?));
        }
        if let Some(has_bang) = self.is_macro_rules_item() {
            return Ok(Some(self.parse_item_macro_rules(vis, has_bang)?));
        }
        if self.may_recover()
            && let Some(keyword) = self.miscased_item_keyword()
        {
            self.report_keyword_case(keyword);
            self.token.kind = TokenKind::Ident(keyword, IdentIsRaw::No);
            return self.parse_item_kind(attrs, macros_allowed, lo, vis, def, fn_parse_mode);
        }
        if self.may_recover()
            && matches!(vis.kind, VisibilityKind::Inherited).eq(&false)
            && self.recover_missing_kw_before_item()?
        {
            return Ok(None);
        }
        if macros_allowed && self.check_path() && self.metavar().is_none_or(|kind| matches!(kind, MetaVarKind::Path)) {
            if self.is_foreign_import() {
                self.report_foreign_import();
                return Ok(Some(self.parse_use_item()?));
            }
            if self.may_recover() && self.is_misspelled_item() {
                return Err(self.misspelled_item_error(lo));
            }
            return Ok(Some(ItemKind::MacCall(P(self.parse_item_macro(vis)?))));
        }
        Ok(None)
    }

    /// `Fn`, `STRUCT`: a keyword in another case where an item must begin.
    fn miscased_item_keyword(&self) -> Option<Symbol> {
        let TokenKind::Ident(name, IdentIsRaw::No) = self.token.kind else {
            return None;
        };
        if self.look_kind(1) == TokenKind::Bang
            || self.look_kind(1) == TokenKind::PathSep
            || self.token.is_reserved_ident()
        {
            return None;
        }
        let next_is_name = self.look_ahead(1, |t| t.is_ident() || matches!(t.kind, TokenKind::Lt));
        if !next_is_name {
            return None;
        }
        [
            kw::Use,
            kw::Fn,
            kw::Struct,
            kw::Enum,
            kw::Trait,
            kw::Impl,
            kw::Mod,
            kw::Type,
            kw::Static,
            kw::Const,
            kw::Extern,
            kw::Macro,
            kw::Unsafe,
            kw::Async,
            kw::Union,
        ]
        .into_iter()
        .find(|keyword| *keyword != name && keyword.as_str().eq_ignore_ascii_case(name.as_str()))
    }

    /// Does an item begin here that also looks like a path?
    pub(crate) fn is_path_start_item(&mut self) -> bool {
        let TokenKind::Ident(name, IdentIsRaw::No) = self.token.kind else {
            return false;
        };
        match name {
            kw::Union => self.is_kw_followed_by_ident(kw::Union),
            kw::Auto => self.is_keyword_ahead(1, &[kw::Trait]),
            kw::Reuse => self.is_reuse_path_item(),
            kw::Async => self.is_keyword_ahead(1, &[kw::Fn]),
            kw::MacroRules => self.is_macro_rules_item().is_some(),
            kw::Safe => {
                self.is_keyword_ahead(1, &[kw::Fn, kw::Static, kw::Extern, kw::Unsafe, kw::Async, kw::Const])
                    && self.is_keyword_ahead(1, &[kw::Fn, kw::Static, kw::Extern])
            }
            kw::Gen => self.is_keyword_ahead(1, &[kw::Fn]) && self.token.span.at_least_rust_2024(),
            _ => false,
        }
    }
}

trait TokenExt {
    fn is_non_raw_ident_keyword_except_as(&self) -> bool;
}

impl TokenExt for ast::token::Token {
    /// A keyword (or contextual one) that an item may begin with.
    fn is_non_raw_ident_keyword_except_as(&self) -> bool {
        matches!(self.kind, TokenKind::Ident(name, IdentIsRaw::No) if name != kw::As && (
            self.is_reserved_ident() || matches!(name, kw::Auto | kw::Async)))
    }
}
