//! Functions.
//!
//! ```text
//! fn: `const`? (`async` | `gen`)? (`unsafe` | `safe`)? (`extern` abi?)? `fn` ident generics `(` params `)` (`->` type)? where? (block | `;`)
//! ```

mod params;

use ast::token::{IdentIsRaw, TokenKind};
use ast::{
    AttrVec, Block, Const, CoroutineKind, DUMMY_NODE_ID, Defaultness, Extern, Fn, FnContract, FnDecl, FnHeader, FnSig,
    P, Safety, Visibility,
};
use diagnostics::Applicability;
use diagnostics::codes::E0670;
use span::{Edition, Ident, Span, kw, sym};
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
}
