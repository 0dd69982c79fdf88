//! Functions.
//!
//! ```text
//! fn: `const`? (`async` | `gen`)? (`unsafe` | `safe`)? (`extern` abi?)? `fn` ident generics `(` params `)` (`->` type)? where? (block | `;`)
//! ```

use ast::token::{IdentIsRaw, TokenKind};
use ast::{
    AttrVec, BindingMode, Block, Const, CoroutineKind, DUMMY_NODE_ID, Defaultness, Extern, Fn, FnContract, FnDecl,
    FnHeader, FnRetTy, FnSig, Generics, Mutability, P, Param, Pat, PatKind, Safety, SelfKind, Ty, TyKind, Visibility,
};
use diagnostics::Applicability;
use diagnostics::codes::E0670;
use span::{Edition, Ident, Span, kw, respan, sym};
use thin_vec::ThinVec;

use crate::parser::{PResult, Parser};
use crate::token_type::TokenType as T;
use crate::ty::{AllowPlus, RecoverQPath, RecoverReturnSign};

/// Where a function stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FnContext {
    Free,
    Trait,
    Impl,
    Foreign,
    /// A function pointer type.
    Pointer,
}

/// What is required of a function where it stands.
#[derive(Clone, Copy, Debug)]
pub struct FnParseMode {
    pub context: FnContext,
    /// It must have a body.
    pub req_body: bool,
}

impl FnParseMode {
    pub fn free() -> Self {
        FnParseMode { context: FnContext::Free, req_body: true }
    }
    pub fn impl_item() -> Self {
        FnParseMode { context: FnContext::Impl, req_body: true }
    }
    pub fn trait_item() -> Self {
        FnParseMode { context: FnContext::Trait, req_body: false }
    }
    pub fn foreign_item() -> Self {
        FnParseMode { context: FnContext::Foreign, req_body: false }
    }
    pub fn fn_ptr() -> Self {
        FnParseMode { context: FnContext::Pointer, req_body: false }
    }

    /// Must parameters have a name? Not in types, and not in traits before 2018.
    fn req_name(&self, edition: Edition) -> bool {
        match self.context {
            FnContext::Pointer => false,
            FnContext::Trait => edition.at_least_rust_2018(),
            FnContext::Free | FnContext::Impl | FnContext::Foreign => true,
        }
    }
}

impl<'a> Parser<'a> {
    pub(crate) fn parse_fn(
        &mut self,
        attrs: &mut AttrVec,
        mode: FnParseMode,
        sig_lo: Span,
        vis: &Visibility,
        defaultness: Defaultness,
    ) -> PResult<'a, Fn> {
        let fn_span = self.token.span;
        let header = self.parse_fn_front_matter(vis)?;
        let ident = self.parse_ident().map_err(|err| self.explain_fn_name_error(err, vis))?;
        let mut generics = self.parse_generics()?;
        let decl = match self.parse_fn_decl(&mode, AllowPlus::Yes, RecoverReturnSign::Yes) {
            Ok(decl) => decl,
            Err(err) => {
                let _ = fn_span;
                return Err(err);
            }
        };
        generics.where_clause = self.parse_where_clause()?;
        let contract = self.parse_contract()?;
        let mut sig_hi = self.prev_token.span;
        let body = self.parse_fn_body(attrs, ident, &mut sig_hi, mode.req_body)?;
        let sig = FnSig { header, decl, span: sig_lo.to(sig_hi) };
        Ok(Fn { defaultness, ident, generics, sig, contract, define_opaque: None, body })
    }

    fn explain_fn_name_error(&self, err: diagnostics::Diag<'a>, _vis: &Visibility) -> diagnostics::Diag<'a> {
        err
    }

    /// `contract_requires(..) contract_ensures(..)`
    fn parse_contract(&mut self) -> PResult<'a, Option<P<FnContract>>> {
        if !self.token.is_keyword(kw::ContractRequires) && !self.token.is_keyword(kw::ContractEnsures) {
            return Ok(None);
        }
        self.gate(sym::contracts_internals, self.token.span);
        let (declarations, requires) = if self.eat(T::KwContractRequires) {
            let block = self.parse_block()?;
            let mut stmts = block.stmts;
            match stmts.pop() {
                Some(ast::Stmt { kind: ast::StmtKind::Expr(expr), .. }) => (stmts, Some(expr)),
                Some(last) => {
                    stmts.push(last);
                    (stmts, None)
                }
                None => (stmts, None),
            }
        } else {
            (ThinVec::new(), None)
        };
        let ensures = if self.eat(T::KwContractEnsures) { Some(self.parse_expr()?) } else { None };
        Ok(Some(P(FnContract { declarations, requires, ensures })))
    }

    /// `{ .. }` or `;`
    fn parse_fn_body(
        &mut self,
        attrs: &mut AttrVec,
        ident: Ident,
        sig_hi: &mut Span,
        req_body: bool,
    ) -> PResult<'a, Option<P<Block>>> {
        let has_semi = if req_body { self.token.kind == TokenKind::Semi } else { self.check(T::Semi) };
        if has_semi {
            self.bump();
            *sig_hi = self.prev_token.span;
            return Ok(None);
        }
        if self.check(T::OpenBrace) || self.metavar().is_some_and(|kind| matches!(kind, ast::token::MetaVarKind::Block))
        {
            let was = std::mem::replace(&mut self.in_fn_body, true);
            let result = self.parse_block_common(self.token.span, ast::BlockCheckMode::Default, None);
            self.in_fn_body = was;
            let (inner_attrs, block) = result?;
            attrs.extend(inner_attrs);
            return Ok(Some(block));
        }
        if self.token.kind == TokenKind::Eq && self.may_recover() {
            // `fn f() = expr;`
            self.bump();
            let eq = self.prev_token.span;
            let _ = self.parse_expr()?;
            self.expect_semi()?;
            let span = eq.to(self.prev_token.span);
            let err =
                self.dcx().struct_span_err(span, "function body cannot be `= expression;`").with_multipart_suggestion(
                    "surround the expression with `{` and `}` instead of `=` and `;`",
                    vec![(eq, "{".to_string()), (self.prev_token.span, " }".to_string())],
                    Applicability::MachineApplicable,
                );
            self.report(err);
            return Ok(Some(P(Block {
                stmts: ThinVec::new(),
                id: DUMMY_NODE_ID,
                rules: ast::BlockCheckMode::Default,
                span,
            })));
        }
        self.expected_fn_body(ident, req_body)
    }

    fn expected_fn_body(&mut self, _ident: Ident, req_body: bool) -> PResult<'a, Option<P<Block>>> {
        let expected: &[T] = if req_body { &[T::OpenBrace] } else { &[T::Semi, T::OpenBrace] };
        for what in expected {
            self.expected.insert(*what);
        }
        match self.expected_one_of_not_found(&[], expected) {
            Ok(_) => Ok(None),
            Err(mut err) => {
                if self.token.kind == TokenKind::CloseBrace {
                    err.span_label(self.prev_token.span, "expected `;`");
                    err.span.span_labels.pop();
                } else if self.token.kind == TokenKind::RArrow {
                    err.span_label(self.token.span, "");
                    err.span.span_labels.pop();
                }
                Err(err)
            }
        }
    }

    /// Does a function begin here? `check_pub`: whether `pub` may be among its qualifiers (an error).
    pub(crate) fn check_fn_front_matter(&mut self, check_pub: bool) -> bool {
        if self.check(T::KwFn) {
            return true;
        }
        let TokenKind::Ident(name, IdentIsRaw::No) = self.token.kind else {
            return false;
        };
        let is_qual = match name {
            kw::Pub => check_pub,
            kw::Const | kw::Async | kw::Unsafe | kw::Safe | kw::Extern | kw::Gen => true,
            _ => false,
        };
        if !is_qual {
            return false;
        }
        let second_fits = self.look_ahead(1, |t| match t.kind {
            TokenKind::Ident(kw::Fn, IdentIsRaw::No) => true,
            TokenKind::Ident(
                second @ (kw::Pub | kw::Gen | kw::Const | kw::Async | kw::Unsafe | kw::Safe | kw::Extern),
                IdentIsRaw::No,
            ) => {
                (second != kw::Pub || check_pub)
                    && t.is_reserved_ident()
                    // `unsafe extern {`
                    && !self.is_unsafe_foreign_mod()
                    // `async gen {`
                    && !(name == kw::Async && second == kw::Gen && self.is_gen_block(kw::Async, 0))
                    // `const unsafe trait`
                    && !self.is_keyword_ahead(2, &[kw::Auto, kw::Trait])
                    // `const extern crate` and so on are said elsewhere.
                    && (name != kw::Pub)
            }
            _ => false,
        });
        if second_fits {
            return true;
        }
        // `extern "C" fn`
        name == kw::Extern
            && self.look_ahead(1, |t| t.can_begin_string_literal())
            && (self.tree_look_ahead(2, |t| t.is_keyword(kw::Fn)) == Some(true)
                || self.may_recover()
                    && self.tree_look_ahead(2, |t| {
                        [kw::Pub, kw::Gen, kw::Const, kw::Async, kw::Unsafe, kw::Safe, kw::Extern]
                            .iter()
                            .any(|kw| t.is_keyword(*kw))
                    }) == Some(true)
                    && self.tree_look_ahead(3, |t| t.is_keyword(kw::Fn)) == Some(true))
    }

    /// All up to `fn`, which is read.
    pub(crate) fn parse_fn_front_matter(&mut self, orig_vis: &Visibility) -> PResult<'a, FnHeader> {
        let sp_start = self.token.span;
        let constness = self.parse_constness();
        let async_start_sp = self.token.span;
        let coroutine_kind = self.parse_coroutine_kind();
        let unsafe_start_sp = self.token.span;
        let safety = self.parse_safety();
        let ext_start_sp = self.token.span;
        let ext = self.parse_extern();
        if let Some(CoroutineKind::Async { span, .. }) = coroutine_kind
            && span.edition().is_rust_2015()
        {
            let err = self
                .dcx()
                .struct_span_err(span, "`async fn` is not permitted in Rust 2015")
                .with_code(E0670)
                .with_span_label(span, "to use `async fn`, switch to Rust 2018 or later")
                .with_help("pass `--edition 2024` to `rustc`")
                .with_note("for more on editions, read https://doc.rust-lang.org/edition-guide");
            self.report(err);
        }
        if let Some(CoroutineKind::Gen { span, .. } | CoroutineKind::AsyncGen { span, .. }) = coroutine_kind {
            self.gate(sym::gen_blocks, span);
        }
        let header = FnHeader { constness, safety, coroutine_kind, ext };
        if self.eat_keyword_case(T::KwFn) {
            return Ok(header);
        }
        match self.expect_one_of(&[], &[]) {
            Ok(_) => Ok(header),
            Err(err) => self.recover_fn_qualifier_order(
                err,
                header,
                orig_vis,
                sp_start,
                async_start_sp,
                unsafe_start_sp,
                ext_start_sp,
            ),
        }
    }

    /// `unsafe const fn`, `const const fn`
    fn recover_fn_qualifier_order(
        &mut self,
        mut err: diagnostics::Diag<'a>,
        mut header: FnHeader,
        orig_vis: &Visibility,
        sp_start: Span,
        async_start_sp: Span,
        unsafe_start_sp: Span,
        ext_start_sp: Span,
    ) -> PResult<'a, FnHeader> {
        enum WrongKw {
            Duplicated(Span),
            Misplaced(Span),
        }
        let span = self.token.span;
        let TokenKind::Ident(name, IdentIsRaw::No) = self.token.kind else {
            return Err(err);
        };
        let wrong = match name {
            kw::Const => match header.constness {
                Const::Yes(sp) => WrongKw::Duplicated(sp),
                Const::No => {
                    header.constness = Const::Yes(span);
                    WrongKw::Misplaced(async_start_sp)
                }
            },
            kw::Async => match header.coroutine_kind {
                Some(kind) => WrongKw::Duplicated(kind.span()),
                None => {
                    header.coroutine_kind = Some(CoroutineKind::Async {
                        span,
                        closure_id: DUMMY_NODE_ID,
                        return_impl_trait_id: DUMMY_NODE_ID,
                    });
                    WrongKw::Misplaced(unsafe_start_sp)
                }
            },
            kw::Unsafe | kw::Safe => match header.safety {
                Safety::Unsafe(sp) | Safety::Safe(sp) => WrongKw::Duplicated(sp),
                Safety::Default => {
                    header.safety = if name == kw::Unsafe { Safety::Unsafe(span) } else { Safety::Safe(span) };
                    WrongKw::Misplaced(ext_start_sp)
                }
            },
            kw::Pub => {
                let sp = sp_start.to(self.prev_token.span);
                let snippet = self.sess.source_map.span_to_snippet(sp).unwrap_or_default();
                let mut ahead = self.clone();
                ahead.recovery = false;
                match ahead.parse_visibility(crate::item::FollowedByType::No) {
                    Ok(vis) => {
                        let vs = ast::pretty::vis_to_string(&vis);
                        let vs = vs.trim_end();
                        if matches!(orig_vis.kind, ast::VisibilityKind::Inherited) {
                            err.span_suggestion(
                                sp_start.to(ahead.prev_token.span),
                                format!("visibility `{vs}` must come before `{snippet}`"),
                                format!("{vs} {snippet}"),
                                Applicability::MachineApplicable,
                            );
                        } else {
                            err.span_suggestion(
                                self.token.span,
                                "there is already a visibility modifier, remove one",
                                "",
                                Applicability::MachineApplicable,
                            );
                            err.span_note(orig_vis.span, "explicit visibility first seen here");
                        }
                    }
                    Err(e) => e.cancel(),
                }
                return Err(err);
            }
            _ => return Err(err),
        };
        let snippet = |sp: Span| self.sess.source_map.span_to_snippet(sp).unwrap_or_default();
        match wrong {
            WrongKw::Duplicated(original) => {
                let keyword = snippet(original);
                err.span_suggestion(
                    span,
                    format!("`{keyword}` already used earlier, remove this one"),
                    "",
                    Applicability::MachineApplicable,
                );
                err.span_note(original, format!("`{keyword}` first seen here"));
            }
            WrongKw::Misplaced(correct) => {
                let correct = correct.to(self.prev_token.span);
                let current = snippet(correct);
                let misplaced = snippet(span);
                err.span_suggestion(
                    correct.to(span),
                    format!("`{misplaced}` must come before `{current}`"),
                    format!("{misplaced} {current}"),
                    Applicability::MachineApplicable,
                );
                err.note(
                    "keyword order for functions declaration is `pub`, `default`, `const`, `async`, `unsafe`, `extern`",
                );
            }
        }
        if self.may_recover() && self.look_ahead(1, |t| t.is_keyword(kw::Fn)) {
            self.bump();
            self.bump();
            self.report(err);
            return Ok(header);
        }
        Err(err)
    }

    /// The header of a function pointer type: where it begins, its safety and ABI. `const` and `async` are errors.
    pub(crate) fn parse_fn_front_matter_ty(
        &mut self,
        lo: Span,
        _inherited: Span,
    ) -> PResult<'a, (Span, Safety, Extern)> {
        let start = self.token.span;
        let vis = Visibility { span: start.shrink_to_lo(), kind: ast::VisibilityKind::Inherited };
        let header = self.parse_fn_front_matter(&vis)?;
        let whole = |this: &Self| lo.to(this.prev_token.span);
        for (span, what) in [
            match header.constness {
                Const::Yes(span) => Some((span, "const")),
                Const::No => None,
            },
            header.coroutine_kind.map(|kind| (kind.span(), kind.as_str())),
        ]
        .into_iter()
        .flatten()
        {
            let err = self
                .dcx()
                .struct_span_err(whole(self), format!("an `fn` pointer type cannot be `{what}`"))
                .with_span_label(span, format!("`{what}` because of this"))
                .with_note("allowed qualifiers are: `unsafe` and `extern`".to_string())
                .with_span_suggestion_verbose(
                    span,
                    format!("remove the `{what}` qualifier"),
                    "",
                    Applicability::MaybeIncorrect,
                );
            self.report(err);
        }
        Ok((start, header.safety, header.ext))
    }

    /// `(params) -> type`
    pub(crate) fn parse_fn_decl(
        &mut self,
        mode: &FnParseMode,
        ret_allow_plus: AllowPlus,
        recover_return_sign: RecoverReturnSign,
    ) -> PResult<'a, P<FnDecl>> {
        let inputs = self.parse_fn_params(mode)?;
        let output = self.parse_ret_ty(ret_allow_plus, RecoverQPath::Yes, recover_return_sign)?;
        Ok(P(FnDecl { inputs, output }))
    }

    fn parse_fn_params(&mut self, mode: &FnParseMode) -> PResult<'a, ThinVec<Param>> {
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
    fn eat_to_list_end(&mut self) {
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

    fn dummy_arg(&self, ident: Ident, guar: diagnostics::ErrorGuaranteed) -> Param {
        let pat = P(Pat { id: DUMMY_NODE_ID, kind: PatKind::Ident(BindingMode::NONE, ident, None), span: ident.span });
        let ty = P(Ty { kind: TyKind::Err(guar), span: ident.span, id: DUMMY_NODE_ID });
        Param { attrs: AttrVec::new(), id: DUMMY_NODE_ID, pat, span: ident.span, ty, is_placeholder: false }
    }

    /// Parameters made up in a recovery may have the same names; only one of each is kept a name.
    fn deduplicate_recovered_params_names(&self, params: &mut ThinVec<Param>) {
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
    fn parse_param_general(&mut self, mode: &FnParseMode, first_param: bool) -> PResult<'a, Param> {
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
            _ => mode.req_name(self.token.span.edition()),
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

    fn recover_arg_parse(&mut self, snapshot: Parser<'a>, ty: P<Ty>) -> PResult<'a, (P<Pat>, P<Ty>)> {
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
    fn recover_arg_parse_pat(&mut self) -> PResult<'a, (P<Pat>, P<Ty>)> {
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
    fn is_named_param(&self) -> bool {
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
    fn eat_incorrect_doc_comment_for_param_type(&mut self) {
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
    fn parse_self_param(&mut self) -> PResult<'a, Option<Param>> {
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

    fn expect_self_ident(&mut self) -> Ident {
        let ident = Ident::new(kw::SelfLower, self.token.span);
        self.bump();
        ident
    }

    fn parse_self_possibly_typed(&mut self, m: Mutability) -> PResult<'a, (SelfKind, Ident, Span)> {
        let eself_ident = self.expect_self_ident();
        let eself_hi = self.prev_token.span;
        let eself = if self.eat(T::Colon) { SelfKind::Explicit(self.parse_ty()?, m) } else { SelfKind::Value(m) };
        Ok((eself, eself_ident, eself_hi))
    }

    fn recover_bad_self_param(&mut self, mut param: Param) -> PResult<'a, Param> {
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
    fn recover_param_without_type(
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

    fn explain_param_without_type(
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
            err.span_suggestion_verbose(
                pat.span,
                "declare the type after the parameter binding",
                "<identifier>: <type>",
                Applicability::HasPlaceholders,
            );
            return Some(ident);
        }
        None
    }

    /// A function's generics on the wrong side: nothing is known here.
    pub(crate) fn fn_ret_span(&self, ret: &FnRetTy, _generics: &Generics) -> Span {
        ret.span()
    }
}
