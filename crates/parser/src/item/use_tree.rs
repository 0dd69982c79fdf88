//! Imports: `use a::{b, c as d};`, `extern crate a as b;`, and visibilities.

use super::FollowedByType;
use crate::parser::{PResult, Parser};
use crate::path::PathStyle;
use crate::token_type::TokenType as T;
use ast::token::{IdentIsRaw, MetaVarKind, TokenKind};
use ast::{DUMMY_NODE_ID, ItemKind, P, Path, UseTree, UseTreeKind, Visibility, VisibilityKind};
use diagnostics::Applicability;
use diagnostics::codes::E0704;
use span::{Ident, kw};
use thin_vec::ThinVec;

impl<'a> Parser<'a> {
    /// `use a::b;`
    pub(crate) fn parse_use_item(&mut self) -> PResult<'a, ItemKind> {
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
    pub(crate) fn parse_use_tree(&mut self) -> PResult<'a, UseTree> {
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

    pub(crate) fn parse_use_tree_glob_or_nested(&mut self) -> PResult<'a, UseTreeKind> {
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
    pub(crate) fn parse_rename(&mut self) -> PResult<'a, Option<Ident>> {
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
    pub(crate) fn parse_item_extern_crate(&mut self) -> PResult<'a, ItemKind> {
        let orig_ident = self.parse_crate_name_with_dashes()?;
        let (orig_name, item_ident) = match self.parse_rename()? {
            Some(rename) => (Some(orig_ident.name), rename),
            None => (None, orig_ident),
        };
        self.expect_semi()?;
        Ok(ItemKind::ExternCrate(orig_name, item_ident))
    }

    pub(crate) fn parse_crate_name_with_dashes(&mut self) -> PResult<'a, Ident> {
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

    pub(crate) fn recover_incorrect_vis_restriction(&mut self) -> PResult<'a, ()> {
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
}
