//! Macro calls and definitions among items.

use crate::parser::{PResult, Parser};
use crate::path::PathStyle;
use crate::token_type::TokenType as T;
use ast::token::TokenKind;
use ast::{ItemKind, MacCall, MacroDef, P, Path, Visibility, VisibilityKind};
use diagnostics::Applicability;
use span::{Span, kw, sym};

impl<'a> Parser<'a> {
    // Macros.

    /// `path! { .. }`, `path!(..);`
    pub(crate) fn parse_item_macro(&mut self, vis: &Visibility) -> PResult<'a, MacCall> {
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

    pub(crate) fn report_invalid_macro_expansion_item(&mut self, args: &ast::DelimArgs, path: Option<&Path>) {
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

    pub(crate) fn complain_if_pub_macro(&mut self, vis: &Visibility, macro_rules: bool) {
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

    pub(crate) fn parse_item_macro_rules(&mut self, vis: &Visibility, has_bang: bool) -> PResult<'a, ItemKind> {
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
    pub(crate) fn parse_item_decl_macro(&mut self, lo: Span) -> PResult<'a, ItemKind> {
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
}
