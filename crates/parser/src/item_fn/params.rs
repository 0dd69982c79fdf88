//! Parameters of functions, `self` among them.

use super::FnContext;
use super::FnParseMode;
use crate::parser::{PResult, Parser};
use crate::token_type::TokenType as T;
use ast::token::TokenKind;
use ast::{AttrVec, BindingMode, DUMMY_NODE_ID, Mutability, P, Param, Pat, PatKind, SelfKind, Ty, TyKind};
use diagnostics::Applicability;
use span::{Ident, Span, kw, respan, sym};
use thin_vec::ThinVec;

impl<'a> Parser<'a> {
    pub(crate) fn parse_fn_params(&mut self, mode: &FnParseMode) -> PResult<'a, ThinVec<Param>> {
        let mut first_param = true;
        // `fn f {}`: the parameters are missing.
        if self.token.kind != TokenKind::OpenParen
            && !matches!(self.token.kind, TokenKind::OpenInvisible(_))
            && self.may_recover()
            && mode.context != FnContext::Pointer
            && (self.is(T::OpenBrace) || self.is(T::KwWhere) || self.is(T::RArrow))
        {
            let span = self.prev_token.span.shrink_to_hi();
            let err = self
                .dcx()
                .struct_span_err(span, "missing parameters for function definition")
                .with_span_suggestion_short(span, "add a parameter list", "()", Applicability::MachineApplicable);
            self.report(err);
            return Ok(ThinVec::new());
        }
        let (mut params, _) = self.parse_paren_comma_seq(|p| {
            p.recover_vcs_conflict_marker();
            let snapshot = p.may_recover().then(|| p.clone());
            let param = match p.parse_param_general(mode, first_param) {
                Ok(param) => Ok(param),
                Err(err) => {
                    let Some(snapshot) = snapshot else {
                        return Err(err);
                    };
                    let _ = snapshot;
                    let lo = p.prev_token.span;
                    // Up to the next `,` or the end.
                    let guar = p.report(err);
                    p.eat_to_list_end();
                    // Said here rather than later.
                    let span = lo.to(p.prev_token.span);
                    let ident = Ident::new(kw::Empty, span);
                    Ok(p.dummy_arg(ident, guar))
                }
            };
            first_param = false;
            param
        })?;
        self.deduplicate_recovered_params_names(&mut params);
        Ok(params)
    }

    /// Reads up to the `,` or `)` of the list we are in.
    pub(crate) fn eat_to_list_end(&mut self) {
        loop {
            match self.token.kind {
                TokenKind::Comma | TokenKind::Eof => return,
                kind if kind.close_delim().is_some() => return,
                kind if kind.is_open_delim() => {
                    let close = self.close_position();
                    self.seek(close + 1);
                }
                _ => self.bump(),
            }
        }
    }

    pub(crate) fn dummy_arg(&self, ident: Ident, guar: diagnostics::ErrorGuaranteed) -> Param {
        let pat = P(Pat { id: DUMMY_NODE_ID, kind: PatKind::Ident(BindingMode::NONE, ident, None), span: ident.span });
        let ty = P(Ty { kind: TyKind::Err(guar), span: ident.span, id: DUMMY_NODE_ID });
        Param { attrs: AttrVec::new(), id: DUMMY_NODE_ID, pat, span: ident.span, ty, is_placeholder: false }
    }

    /// Parameters made up in a recovery may have the same names; only one of each is kept a name.
    pub(crate) fn deduplicate_recovered_params_names(&self, params: &mut ThinVec<Param>) {
        for param in params {
            if let TyKind::Err(_) = param.ty.kind
                && let PatKind::Ident(_, ident, _) = param.pat.kind
                && ident.name == kw::Empty
            {
                param.pat.kind = PatKind::Wild;
            }
        }
    }

    /// `self`, `pat: ty`, or (where names are optional) `ty`.
    pub(crate) fn parse_param_general(&mut self, mode: &FnParseMode, first_param: bool) -> PResult<'a, Param> {
        let lo = self.token.span;
        let attrs = self.parse_outer_attributes()?;
        if let Some(mut param) = self.parse_self_param()? {
            param.attrs = attrs;
            if first_param {
                return Ok(param);
            }
            return self.recover_bad_self_param(param);
        }
        let is_name_required = match self.token.kind {
            TokenKind::DotDotDot => false,
            // A macro's `fn f($T)` is judged by the edition of the macro, not of the argument.
            _ => {
                let (token, before) = (self.token.span, self.prev_token.span);
                mode.req_name(if token.ctxt().is_root() { before } else { token }.edition())
            }
        };
        let (pat, ty) = if is_name_required || self.is_named_param() {
            let (pat, colon) = self.parse_fn_param_pat()?;
            if !colon {
                return self.recover_param_without_type(pat, attrs, mode, first_param, lo, is_name_required);
            }
            self.eat_incorrect_doc_comment_for_param_type();
            (pat, self.parse_ty_for_param()?)
        } else {
            let parser_snapshot = self.clone();
            self.eat_incorrect_doc_comment_for_param_type();
            let ty = self.parse_ty_for_param();
            match ty {
                Ok(ty)
                    if !matches!(self.token.kind, TokenKind::Comma | TokenKind::CloseParen) && self.may_recover() =>
                {
                    // A pattern after all.
                    self.recover_arg_parse(parser_snapshot, ty)?
                }
                Ok(ty) => {
                    let pat = self.mk_pat(ty.span, PatKind::Missing);
                    (pat, ty)
                }
                Err(err) => {
                    // `fn(a: T)` with a pattern that cannot begin a type.
                    let failed = std::mem::replace(self, parser_snapshot);
                    match self.recover_arg_parse_pat() {
                        Ok(found) => {
                            err.cancel();
                            found
                        }
                        Err(e) => {
                            e.cancel();
                            *self = failed;
                            return Err(err);
                        }
                    }
                }
            }
        };
        let span = lo.to(self.prev_token.span);
        Ok(Param { attrs, id: DUMMY_NODE_ID, is_placeholder: false, pat, span, ty })
    }

    pub(crate) fn recover_arg_parse(&mut self, snapshot: Parser<'a>, ty: P<Ty>) -> PResult<'a, (P<Pat>, P<Ty>)> {
        let after_ty = std::mem::replace(self, snapshot);
        match self.recover_arg_parse_pat() {
            Ok(found) => Ok(found),
            Err(e) => {
                e.cancel();
                *self = after_ty;
                Ok((self.mk_pat(ty.span, PatKind::Missing), ty))
            }
        }
    }

    /// `&x: T` in a method without body.
    pub(crate) fn recover_arg_parse_pat(&mut self) -> PResult<'a, (P<Pat>, P<Ty>)> {
        let mut attempt = self.clone();
        attempt.recovery = false;
        let pat = attempt.parse_pat_no_top_alt(Some(crate::pat::PatternLocation::ArgName))?;
        attempt.expect(T::Colon)?;
        let ty = attempt.parse_ty()?;
        attempt.recovery = self.recovery;
        *self = attempt;
        let err = self
            .dcx()
            .struct_span_err(pat.span, "patterns aren't allowed in methods without bodies")
            .with_code(diagnostics::codes::E0642)
            .with_span_suggestion_short(
                pat.span,
                "give this argument a name or use an underscore to ignore it",
                "_",
                Applicability::MachineApplicable,
            );
        self.report(err);
        // Only the type is of use.
        let pat = self.mk_pat(pat.span, PatKind::Wild);
        Ok((pat, ty))
    }

    /// `name:` or `_:`, maybe with `&`, `&&`, `mut` before it.
    pub(crate) fn is_named_param(&self) -> bool {
        let offset = match self.token.kind {
            TokenKind::OpenInvisible(ast::token::InvisibleOrigin::MetaVar(ast::token::MetaVarKind::Pat(_))) => {
                return self.tree_look_ahead(1, |t| t.kind == TokenKind::Colon) == Some(true);
            }
            TokenKind::And | TokenKind::AndAnd => 1,
            _ if self.token.is_keyword(kw::Mut) => 1,
            _ => 0,
        };
        self.look_ahead(offset, |t| t.is_ident()) && self.look_kind(offset + 1) == TokenKind::Colon
    }

    /// `/// doc` before a parameter's type.
    pub(crate) fn eat_incorrect_doc_comment_for_param_type(&mut self) {
        if let TokenKind::DocComment(..) = self.token.kind {
            let err = self.dcx().struct_span_err(
                self.token.span,
                "documentation comments cannot be applied to a function parameter's type",
            );
            let span = self.token.span;
            self.report(err.with_span_label(span, "doc comments are not allowed here"));
            self.bump();
        } else if self.token.kind == TokenKind::Pound && self.look_kind(1) == TokenKind::OpenBracket {
            let lo = self.token.span;
            while self.token.kind != TokenKind::CloseBracket && self.token.kind != TokenKind::Eof {
                self.bump();
            }
            let span = lo.to(self.token.span);
            self.bump();
            let err = self.dcx().struct_span_err(span, "attributes cannot be applied to a function parameter's type");
            self.report(err.with_span_label(span, "attributes are not allowed here"));
        }
    }

    /// `self`, `mut self`, `&'a mut self`, `self: T`
    pub(crate) fn parse_self_param(&mut self) -> PResult<'a, Option<Param>> {
        // Most parameters are not.
        match self.token.kind {
            TokenKind::And | TokenKind::AndAnd | TokenKind::Star | TokenKind::OpenInvisible(_) => {}
            TokenKind::Ident(kw::SelfLower | kw::Mut, _) => {}
            _ => return Ok(None),
        }
        let is_isolated_self = |this: &Self, n: usize| {
            this.is_keyword_ahead(n, &[kw::SelfLower]) && this.look_kind(n + 1) != TokenKind::PathSep
        };
        let is_isolated_mut_self =
            |this: &Self, n: usize| this.is_keyword_ahead(n, &[kw::Mut]) && is_isolated_self(this, n + 1);
        let is_isolated_pin_self = |this: &Self, n: usize| {
            this.look_ahead(n, |t| t.is_ident_named(sym::pin))
                && this.is_keyword_ahead(n + 1, &[kw::Const, kw::Mut])
                && is_isolated_self(this, n + 2)
        };
        let eself_lo = self.token.span;
        let (eself, eself_ident, eself_hi) = match self.token.kind {
            TokenKind::And => {
                let has_lifetime = self.look_ahead(1, |t| t.is_lifetime());
                let n = if has_lifetime { 2 } else { 1 };
                let self_at = if is_isolated_self(self, n) {
                    (n, Mutability::Not, false)
                } else if is_isolated_mut_self(self, n) {
                    (n + 1, Mutability::Mut, false)
                } else if is_isolated_pin_self(self, n) {
                    let mutbl =
                        if self.is_keyword_ahead(n + 1, &[kw::Mut]) { Mutability::Mut } else { Mutability::Not };
                    (n + 2, mutbl, true)
                } else {
                    return Ok(None);
                };
                self.bump();
                let lifetime = has_lifetime.then(|| self.expect_lifetime());
                let (_, mutbl, pinned) = self_at;
                let kind = if pinned {
                    let _ = self.parse_pin_and_mut();
                    SelfKind::Pinned(lifetime, mutbl)
                } else {
                    let _ = self.parse_mutability();
                    SelfKind::Region(lifetime, mutbl)
                };
                let hi = self.token.span;
                (kind, self.expect_self_ident(), hi)
            }
            // `*self`: never was one.
            TokenKind::Star
                if is_isolated_self(self, 1)
                    || self.is_keyword_ahead(1, &[kw::Const, kw::Mut]) && is_isolated_self(self, 2) =>
            {
                self.bump();
                if !self.is(T::KwConst) && !self.is(T::KwMut) {
                    // `*self`
                } else {
                    self.bump();
                }
                let err = self.dcx().struct_span_err(self.token.span, "cannot pass `self` by raw pointer");
                let span = self.token.span;
                self.report(err.with_span_label(span, "cannot pass `self` by raw pointer"));
                let hi = self.token.span;
                (SelfKind::Value(Mutability::Not), self.expect_self_ident(), hi)
            }
            TokenKind::Ident(..) if is_isolated_self(self, 0) => self.parse_self_possibly_typed(Mutability::Not)?,
            TokenKind::Ident(..) if is_isolated_mut_self(self, 0) => {
                self.bump();
                self.parse_self_possibly_typed(Mutability::Mut)?
            }
            _ => return Ok(None),
        };
        if !matches!(eself, SelfKind::Value(_) | SelfKind::Explicit(..))
            && self.token.kind == TokenKind::Colon
            && self.may_recover()
        {
            // `&self: T`
            let lo = self.token.span;
            self.bump();
            let ty = self.parse_ty()?;
            let span = lo.to(ty.span);
            let err = self
                .dcx()
                .struct_span_err(ty.span, "type not allowed for shorthand `self` parameter")
                .with_span_suggestion_verbose(
                    span,
                    "move the modifiers on `self` to the type",
                    "",
                    Applicability::MaybeIncorrect,
                );
            self.report(err);
        }
        let eself = respan(eself_lo.to(eself_hi), eself);
        Ok(Some(Param::from_self(AttrVec::new(), eself, eself_ident)))
    }

    pub(crate) fn expect_self_ident(&mut self) -> Ident {
        let ident = Ident::new(kw::SelfLower, self.token.span);
        self.bump();
        ident
    }

    pub(crate) fn parse_self_possibly_typed(&mut self, m: Mutability) -> PResult<'a, (SelfKind, Ident, Span)> {
        let eself_ident = self.expect_self_ident();
        let eself_hi = self.prev_token.span;
        let eself = if self.eat(T::Colon) { SelfKind::Explicit(self.parse_ty()?, m) } else { SelfKind::Value(m) };
        Ok((eself, eself_ident, eself_hi))
    }

    pub(crate) fn recover_bad_self_param(&mut self, mut param: Param) -> PResult<'a, Param> {
        let span = param.pat.span;
        let err = self
            .dcx()
            .struct_span_err(span, "unexpected `self` parameter in function")
            .with_span_label(span, "must be the first parameter of an associated function");
        let guar = self.report(err);
        param.ty.kind = TyKind::Err(guar);
        Ok(param)
    }

    /// A pattern without `: type`.
    pub(crate) fn recover_param_without_type(
        &mut self,
        pat: P<Pat>,
        attrs: AttrVec,
        mode: &FnParseMode,
        first_param: bool,
        lo: Span,
        is_name_required: bool,
    ) -> PResult<'a, Param> {
        self.check(T::Colon);
        let mut err = match self.expect_one_of(&[T::Colon], &[]) {
            Err(err) => err,
            Ok(_) => return Err(self.silent_error()),
        };
        if let Some(param) = self.explain_param_without_type(&mut err, &pat, first_param, is_name_required, mode) {
            let guar = self.report(err);
            let mut param = self.dummy_arg(param, guar);
            param.attrs = attrs;
            param.span = lo.to(self.prev_token.span);
            return Ok(param);
        }
        Err(err)
    }

    pub(crate) fn explain_param_without_type(
        &mut self,
        err: &mut diagnostics::Diag<'a>,
        pat: &Pat,
        first_param: bool,
        _is_name_required: bool,
        mode: &FnParseMode,
    ) -> Option<Ident> {
        if !self.may_recover() {
            return None;
        }
        // `fn f(i32)`, `fn f(x)`
        if matches!(self.token.kind, TokenKind::Comma | TokenKind::CloseParen)
            || self.token.kind == TokenKind::Lt && matches!(pat.kind, PatKind::Ident(..))
        {
            let rfc = "anonymous parameters are removed in the 2018 edition (see RFC 1685)";
            let name = match &pat.kind {
                PatKind::Ident(_, ident, _) => *ident,
                PatKind::Ref(inner, _, _) => match &inner.kind {
                    PatKind::Ident(_, ident, _) => *ident,
                    _ => return None,
                },
                _ => {
                    // `fn f(Foo::Bar)`
                    if pat.to_ty().is_some() {
                        err.span_suggestion_verbose(
                            pat.span.shrink_to_lo(),
                            "explicitly ignore the parameter name",
                            "_: ",
                            Applicability::MachineApplicable,
                        );
                        err.note(rfc);
                        return Some(Ident::new(kw::Empty, pat.span));
                    }
                    return None;
                }
            };
            let is_plain = matches!(pat.kind, PatKind::Ident(..));
            if is_plain && first_param && mode.context != FnContext::Foreign {
                err.span_suggestion_verbose(
                    pat.span.shrink_to_lo(),
                    "if this is a `self` type, give it a parameter name",
                    "self: ",
                    Applicability::MaybeIncorrect,
                );
            }
            // Names in lower case are names, others types.
            err.span_suggestion_verbose(
                pat.span.shrink_to_hi(),
                "if this is a parameter name, give it a type",
                ": TypeName",
                Applicability::HasPlaceholders,
            );
            err.span_suggestion_verbose(
                pat.span.shrink_to_lo(),
                "if this is a type, explicitly ignore the parameter name",
                "_: ",
                Applicability::MachineApplicable,
            );
            err.note(rfc);
            // `fn f(Vec<T>)`: the arguments are skipped.
            if self.token.kind == TokenKind::Lt {
                self.eat_to_list_end();
                return None;
            }
            return Some(Ident::new(name.name, pat.span));
        }
        // `fn f(i32 x)`
        if self.token.is_ident()
            && !self.token.is_reserved_ident()
            && matches!(pat.kind, PatKind::Ident(..) | PatKind::Path(..))
        {
            let (ident, _) = self.token.ident()?;
            self.bump();
            err.span_suggestion(
                pat.span,
                "declare the type after the parameter binding",
                "<identifier>: <type>",
                Applicability::HasPlaceholders,
            );
            return Some(ident);
        }
        None
    }
}
