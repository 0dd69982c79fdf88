//! Items and what they are made of, but for functions (`item_fn.rs`) and data types (`item_adt.rs`).
//!
//! ```text
//! item: outer_attr* visibility? `default`? kind
//! ```

use ast::token::{IdentIsRaw, MetaVarKind, TokenKind};
use ast::{
    AssocItem, AssocItemKind, AttrVec, Const, ConstBlockItem, ConstItem, ConstItemRhsKind, Crate, DUMMY_NODE_ID,
    Defaultness, Delegation, DelegationMac, Extern, ForeignItem, ForeignItemKind, ForeignMod, Generics, Impl,
    ImplPolarity, Inline, IsAuto, Item, ItemKind, MacCall, MacroDef, ModKind, ModSpans, Mutability, P, Path, Safety,
    StaticItem, StrLit, Trait, TraitAlias, TraitImplHeader, TraitRef, Ty, TyAlias, TyKind, UseTree, UseTreeKind,
    Visibility, VisibilityKind,
};
use diagnostics::Applicability;
use diagnostics::codes::{E0584, E0704};
use span::{Ident, Span, Symbol, kw, sym};
use thin_vec::ThinVec;

use crate::parser::{PResult, Parser};
use crate::path::PathStyle;
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

    /// `use a::b;`
    fn parse_use_item(&mut self) -> PResult<'a, ItemKind> {
        let tree = self.parse_use_tree()?;
        if let Err(mut err) = self.expect_semi() {
            match tree.kind {
                UseTreeKind::Glob(_) => {
                    err.note("the wildcard token must be last on the path");
                }
                UseTreeKind::Nested { .. } => {
                    err.note("glob-like brace syntax must be last on the path");
                }
                UseTreeKind::Simple(_) => {}
            }
            return Err(err);
        }
        Ok(ItemKind::Use(tree))
    }

    /// `a`, `a as b`, `a::*`, `a::{b, c}`
    fn parse_use_tree(&mut self) -> PResult<'a, UseTree> {
        let lo = self.token.span;
        let mut prefix = Path { segments: ThinVec::new(), span: lo.shrink_to_lo() };
        let kind = if self.check(T::OpenBrace) || self.check(T::Star) || self.is_import_coupler() {
            // `{..}`, `*`, `::{..}`, `::*`
            let mod_sep_ctxt = self.token.span;
            if self.eat_path_sep() {
                prefix.segments.push(ast::PathSegment::path_root(lo.shrink_to_lo().with_ctxt_of(mod_sep_ctxt)));
            }
            self.parse_use_tree_glob_or_nested()?
        } else {
            prefix = self.parse_path(PathStyle::Mod)?;
            if self.eat_path_sep() {
                self.parse_use_tree_glob_or_nested()?
            } else {
                // `std:io`
                while self.may_recover() && self.is(T::Colon) && self.look_ahead(1, |t| t.is_ident()) {
                    let span = self.token.span;
                    let err = self
                        .dcx()
                        .struct_span_err(span, "expected `::`, found `:`")
                        .with_span_suggestion_verbose(span, "use double colon", "::", Applicability::MachineApplicable)
                        .with_note("import paths are delimited using `::`");
                    self.report(err);
                    self.bump();
                    self.parse_path_segments(&mut prefix.segments, PathStyle::Mod, None)?;
                    prefix.span = lo.to(self.prev_token.span);
                }
                if self.is_import_coupler() && self.eat_path_sep() {
                    self.parse_use_tree_glob_or_nested()?
                } else {
                    UseTreeKind::Simple(self.parse_rename()?)
                }
            }
        };
        Ok(UseTree { prefix, kind, span: lo.to(self.prev_token.span) })
    }

    fn parse_use_tree_glob_or_nested(&mut self) -> PResult<'a, UseTreeKind> {
        if self.eat(T::Star) {
            return Ok(UseTreeKind::Glob(self.prev_token.span));
        }
        let lo = self.token.span;
        let items = self.deeper(|this| {
            this.parse_delim_comma_seq(T::OpenBrace, T::CloseBrace, |p| {
                p.recover_vcs_conflict_marker();
                Ok((p.parse_use_tree()?, DUMMY_NODE_ID))
            })
        })?;
        Ok(UseTreeKind::Nested { items: items.0, span: lo.to(self.prev_token.span) })
    }

    /// `as name`
    fn parse_rename(&mut self) -> PResult<'a, Option<Ident>> {
        if self.eat(T::KwAs) { self.parse_ident_or_underscore().map(Some) } else { Ok(None) }
    }

    pub(crate) fn parse_ident_or_underscore(&mut self) -> PResult<'a, Ident> {
        match self.token.ident() {
            Some((ident @ Ident { name: kw::Underscore, .. }, IdentIsRaw::No)) => {
                self.bump();
                Ok(ident)
            }
            _ => self.parse_ident(),
        }
    }

    /// `extern crate a as b;`
    fn parse_item_extern_crate(&mut self) -> PResult<'a, ItemKind> {
        let orig_ident = self.parse_crate_name_with_dashes()?;
        let (orig_name, item_ident) = match self.parse_rename()? {
            Some(rename) => (Some(orig_ident.name), rename),
            None => (None, orig_ident),
        };
        self.expect_semi()?;
        Ok(ItemKind::ExternCrate(orig_name, item_ident))
    }

    fn parse_crate_name_with_dashes(&mut self) -> PResult<'a, Ident> {
        let ident =
            if self.token.is_keyword(kw::SelfLower) { self.parse_path_segment_ident()? } else { self.parse_ident()? };
        if self.token.kind != TokenKind::Minus || !self.may_recover() {
            return Ok(ident);
        }
        // `extern crate foo-bar;`
        let mut dashes = vec![];
        let mut name = ident.name.to_string();
        while self.eat(T::Minus) {
            dashes.push(self.prev_token.span);
            let next = self.parse_ident()?;
            name = format!("{name}_{}", next.name);
        }
        let span = ident.span.to(self.prev_token.span);
        let err = self
            .dcx()
            .struct_span_err(span, "crate name using dashes are not valid in `extern crate` statements")
            .with_span_label(span, "dash-separated idents are not valid")
            .with_multipart_suggestion(
                "if the original crate name uses dashes you need to use underscores in the code",
                dashes.into_iter().map(|span| (span, "_".to_string())).collect(),
                Applicability::MachineApplicable,
            );
        self.report(err);
        Ok(Ident::from_str_and_span(&name, span))
    }

    /// `"C" { .. }`, `extern` is read.
    fn parse_item_foreign_mod(&mut self, attrs: &mut AttrVec, mut safety: Safety) -> PResult<'a, ItemKind> {
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
    fn is_static_global(&mut self) -> bool {
        if self.check(T::KwStatic) {
            // `static ||` and so on are closures.
            return !self.look_ahead(1, |t| {
                matches!(t.kind, TokenKind::OrOr | TokenKind::Or) || t.is_keyword(kw::Move) || t.is_keyword(kw::Use)
            });
        }
        (self.check(T::KwUnsafe) || self.check(T::KwSafe)) && self.is_keyword_ahead(1, &[kw::Static])
    }

    /// `const mut X`
    fn recover_const_mut(&mut self, const_span: Span) {
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
    fn parse_static_item(&mut self, safety: Safety, mutability: Mutability) -> PResult<'a, ItemKind> {
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
    fn parse_const_item(&mut self, defaultness: Defaultness, type_const: bool) -> PResult<'a, ItemKind> {
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
    fn parse_item_without_type(&mut self, colon_present: bool, kind: &str, at: Span) -> P<Ty> {
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

    /// `unsafe auto trait`, `const trait`
    fn check_trait_front_matter(&mut self) -> bool {
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

    fn parse_item_trait(&mut self, attrs: &mut AttrVec, lo: Span) -> PResult<'a, ItemKind> {
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
    fn parse_item_impl(
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

    fn parse_ty_with_generics_recovery(&mut self, _generics: &Generics) -> PResult<'a, P<Ty>> {
        self.parse_ty()
    }

    // Delegation.

    fn is_reuse_path_item(&self) -> bool {
        // `reuse path`, not `reuse!` or `reuse::x`
        self.token.is_keyword(kw::Reuse) && self.look_ahead(1, |t| t.is_path_start() && t.kind != TokenKind::PathSep)
    }

    fn parse_item_delegation(&mut self) -> PResult<'a, ItemKind> {
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
    fn parse_item_mod(&mut self, attrs: &mut AttrVec) -> PResult<'a, ItemKind> {
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

    /// `type A<T>: Bounds = U;`
    fn parse_type_alias(&mut self, defaultness: Defaultness) -> PResult<'a, ItemKind> {
        let ident = self.parse_ident()?;
        let mut generics = self.parse_generics()?;
        let bounds = if self.eat(T::Colon) { self.parse_generic_bounds()? } else { Vec::new() };
        generics.where_clause = self.parse_where_clause()?;
        let ty = if self.eat(T::Eq) { Some(self.parse_ty()?) } else { None };
        let after_where_clause = self.parse_where_clause()?;
        self.expect_semi()?;
        Ok(ItemKind::TyAlias(Box::new(TyAlias { defaultness, ident, generics, after_where_clause, bounds, ty })))
    }

    /// `{ item* }` of an impl, trait or extern block.
    fn parse_item_list<I>(
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
                    err.span_label(open_brace_span, "item list starts here");
                    err.span_label(span, "non-item starts here");
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
                    err.span_label(self.token.span, "item list ends here");
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
    fn recover_doc_comment_before_brace(&mut self) -> bool {
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

    fn parse_assoc_item(&mut self, mode: FnParseMode) -> PResult<'a, Option<Option<P<AssocItem>>>> {
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

    fn error_bad_item_kind(&mut self, span: Span, kind: &ItemKind, ctx: &str) {
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

    // Macros.

    /// `path! { .. }`, `path!(..);`
    fn parse_item_macro(&mut self, vis: &Visibility) -> PResult<'a, MacCall> {
        let path = self.parse_path(PathStyle::Mod)?;
        self.expect(T::Bang)?;
        match self.parse_delim_args() {
            Ok(args) => {
                self.eat_semi_for_macro_if_needed(&args, Some(&path));
                self.complain_if_pub_macro(vis, false);
                Ok(MacCall { path, args })
            }
            Err(mut err) => {
                // `macro_rules! name` without the body and the like.
                if self.token.is_ident() {
                    err.help("");
                    err.children.pop();
                }
                Err(err)
            }
        }
    }

    pub(crate) fn eat_semi_for_macro_if_needed(&mut self, args: &ast::DelimArgs, path: Option<&Path>) {
        if args.need_semicolon() && !self.eat(T::Semi) {
            self.report_invalid_macro_expansion_item(args, path);
        }
    }

    fn report_invalid_macro_expansion_item(&mut self, args: &ast::DelimArgs, path: Option<&Path>) {
        let span = args.dspan.entire();
        let mut err = self.dcx().struct_span_err(
            span,
            "macros that expand to items must be delimited with braces or followed by a semicolon",
        );
        if !span.from_expansion() {
            err.multipart_suggestion(
                "change the delimiters to curly braces",
                vec![(args.dspan.open, "{".to_string()), (args.dspan.close, "}".to_string())],
                Applicability::MaybeIncorrect,
            );
            err.span_suggestion(
                span.with_lo(self.prev_token.span.hi()).shrink_to_hi(),
                "add a semicolon",
                ";",
                Applicability::MaybeIncorrect,
            );
        }
        let _ = path;
        self.report(err);
    }

    fn complain_if_pub_macro(&mut self, vis: &Visibility, macro_rules: bool) {
        if let VisibilityKind::Inherited = vis.kind {
            return;
        }
        let vstr = ast::pretty::vis_to_string(vis);
        let vstr = vstr.trim_end();
        if macro_rules {
            let err = self
                .dcx()
                .struct_span_err(vis.span, format!("can't qualify macro_rules invocation with `{vstr}`"))
                .with_span_suggestion(
                    vis.span,
                    "try exporting the macro",
                    "#[macro_export]",
                    Applicability::MaybeIncorrect,
                );
            self.report(err);
        } else {
            let err = self
                .dcx()
                .struct_span_err(vis.span, format!("can't qualify macro invocation with `{vstr}`"))
                .with_span_suggestion(vis.span, "remove the visibility", "", Applicability::MachineApplicable)
                .with_help(format!("try adjusting the macro to put `{vstr}` inside the invocation"));
            self.report(err);
        }
    }

    /// `macro_rules! name`: with `!`, or (to be reported) without.
    pub(crate) fn is_macro_rules_item(&self) -> Option<bool> {
        if !self.token.is_keyword(kw::MacroRules) {
            return None;
        }
        let macro_rules_has_bang = self.look_kind(1) == TokenKind::Bang;
        let name_at = if macro_rules_has_bang { 2 } else { 1 };
        if self.look_ahead(name_at, |t| t.is_ident()) && macro_rules_has_bang {
            return Some(true);
        }
        if !macro_rules_has_bang
            && self.look_ahead(1, |t| t.is_ident() && !t.is_reserved_ident())
            && self.look_kind(2) == TokenKind::OpenBrace
        {
            return Some(false);
        }
        None
    }

    fn parse_item_macro_rules(&mut self, vis: &Visibility, has_bang: bool) -> PResult<'a, ItemKind> {
        self.bump();
        if has_bang {
            self.expect(T::Bang)?;
        } else {
            let span = self.prev_token.span;
            let err = self
                .dcx()
                .struct_span_err(span, "expected `!` after `macro_rules`")
                .with_span_suggestion_verbose(span.shrink_to_hi(), "add a `!`", "!", Applicability::MachineApplicable);
            self.report(err);
        }
        let ident = self.parse_ident()?;
        if self.token.kind == TokenKind::Bang {
            // `macro_rules! foo! {}`
            let span = self.token.span;
            self.bump();
            let err = self.dcx().struct_span_err(span, "macro names aren't followed by a `!`").with_span_suggestion(
                span,
                "remove the `!`",
                "",
                Applicability::MachineApplicable,
            );
            self.report(err);
        }
        let body = self.parse_delim_args()?;
        self.eat_semi_for_macro_if_needed(&body, None);
        self.complain_if_pub_macro(vis, true);
        Ok(ItemKind::MacroDef(ident, MacroDef { body, macro_rules: true }))
    }

    /// `macro name(..) { .. }`, `macro name { (..) => { .. } }`
    fn parse_item_decl_macro(&mut self, lo: Span) -> PResult<'a, ItemKind> {
        let ident = self.parse_ident()?;
        let body = if self.check(T::OpenBrace) {
            self.parse_delim_args()?
        } else if self.check(T::OpenParen) {
            // One rule: made into the form with many.
            let start = self.position();
            let params = self.parse_token_tree();
            let pspan = params.span();
            if !self.check(T::OpenBrace) {
                return self.unexpected();
            }
            let body = self.parse_token_tree();
            let bspan = body.span();
            let arrow = ast::tokenstream::TokenTree::token_alone(TokenKind::FatArrow, pspan.between(bspan));
            let tokens = [params, arrow, body].into_iter().collect();
            let dspan = ast::tokenstream::DelimSpan::from_pair(pspan.shrink_to_lo(), bspan.shrink_to_hi());
            let _ = start;
            P(ast::DelimArgs { dspan, delim: ast::token::Delimiter::Brace, tokens })
        } else {
            self.expected.insert(T::OpenBrace);
            self.expected.insert(T::OpenParen);
            return self.unexpected();
        };
        self.gate(sym::decl_macro, lo.to(self.prev_token.span));
        Ok(ItemKind::MacroDef(ident, MacroDef { body, macro_rules: false }))
    }

    // Visibility.

    /// `pub`, `pub(crate)`, `pub(in path)`, or nothing.
    pub fn parse_visibility(&mut self, fbt: FollowedByType) -> PResult<'a, Visibility> {
        if let Some(MetaVarKind::Vis) = self.metavar() {
            return self.in_metavar(|this| this.parse_visibility(FollowedByType::Yes));
        }
        if !self.eat(T::KwPub) {
            return Ok(Visibility { span: self.token.span.shrink_to_lo(), kind: VisibilityKind::Inherited });
        }
        let lo = self.prev_token.span;
        if self.token.kind == TokenKind::OpenParen {
            // `(crate)` and so on; in a tuple, `(T)` may be a type.
            if self.is_keyword_ahead(1, &[kw::In]) {
                self.bump();
                self.bump();
                let path = self.parse_path(PathStyle::Mod)?;
                self.expect(T::CloseParen)?;
                let kind = VisibilityKind::Restricted { path: P(path), id: DUMMY_NODE_ID, shorthand: false };
                return Ok(Visibility { span: lo.to(self.prev_token.span), kind });
            }
            if self.look_kind(2) == TokenKind::CloseParen
                && self.is_keyword_ahead(1, &[kw::Crate, kw::Super, kw::SelfLower])
            {
                self.bump();
                let path = self.parse_path(PathStyle::Mod)?;
                self.expect(T::CloseParen)?;
                let kind = VisibilityKind::Restricted { path: P(path), id: DUMMY_NODE_ID, shorthand: true };
                return Ok(Visibility { span: lo.to(self.prev_token.span), kind });
            }
            if fbt == FollowedByType::No {
                // `pub(something) fn`
                self.recover_incorrect_vis_restriction()?;
            }
        }
        Ok(Visibility { span: lo, kind: VisibilityKind::Public })
    }

    fn recover_incorrect_vis_restriction(&mut self) -> PResult<'a, ()> {
        self.bump();
        let path = self.parse_path(PathStyle::Mod)?;
        self.expect(T::CloseParen)?;
        let path_str = ast::pretty::path_to_string(&path);
        let err = self
            .dcx()
            .struct_span_err(path.span, "incorrect visibility restriction")
            .with_code(E0704)
            .with_help("some possible visibility restrictions are:\n`pub(crate)`: visible only on the current crate\n`pub(super)`: visible only in the current module's parent\n`pub(in path::to::module)`: visible only on the specified path")
            .with_span_suggestion(
                path.span,
                format!("make this visible only to module `{path_str}` with `in`"),
                format!("in {path_str}"),
                Applicability::MachineApplicable,
            );
        self.report(err);
        Ok(())
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
