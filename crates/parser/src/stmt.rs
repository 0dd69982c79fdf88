//! Statements and blocks.
//!
//! ```text
//! block: `{` inner_attr* stmt* `}`
//! stmt: `;` | item | `let` pat (`:` type)? (`=` expr (`else` block)?)? `;` | expr `;`?
//! ```

use ast::precedence::expr_requires_semi_to_be_stmt;
use ast::token::{Delimiter, IdentIsRaw, MetaVarKind, TokenKind};
use ast::{
    AttrVec, Block, BlockCheckMode, DUMMY_NODE_ID, Expr, ExprKind, Local, LocalKind, MacCall, MacCallStmt,
    MacStmtStyle, P, Recovered, Stmt, StmtKind,
};
use diagnostics::codes::E0585;
use diagnostics::{Applicability, Diag};
use span::{Span, kw, sym};
use thin_vec::ThinVec;

use crate::item::FnParseMode;
use crate::parser::{BlockMode, PResult, Parser, Restrictions, SemiColonMode, push_tight};
use crate::pat::{PatternLocation, RecoverComma};
use crate::path::PathStyle;
use crate::token_type::TokenType as T;

/// Whether errors in a statement are emitted there, and parsing goes on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum AttemptLocalParseRecovery {
    Yes,
    No,
}

impl<'a> Parser<'a> {
    pub(crate) fn mk_stmt(&self, span: Span, kind: StmtKind) -> Stmt {
        Stmt { id: DUMMY_NODE_ID, kind, span }
    }

    /// A statement without the `;` behind it.
    pub fn parse_stmt(&mut self) -> PResult<'a, Option<Stmt>> {
        Ok(self.parse_stmt_without_recovery().unwrap_or_else(|err| {
            self.report(err);
            self.recover_stmt_(SemiColonMode::Break, BlockMode::Ignore);
            None
        }))
    }

    pub(crate) fn parse_stmt_without_recovery(&mut self) -> PResult<'a, Option<Stmt>> {
        self.deeper(Self::parse_stmt_inner)
    }

    fn parse_stmt_inner(&mut self) -> PResult<'a, Option<Stmt>> {
        let attrs = self.parse_outer_attributes()?;
        let lo = self.token.span;
        if let Some(MetaVarKind::Stmt) = self.metavar() {
            let stmt = self.in_metavar(Self::parse_stmt_without_recovery)?;
            return Ok(stmt.map(|mut stmt| {
                use ast::HasAttrs;
                stmt.visit_attrs(|existing| {
                    let mut all = attrs;
                    all.append(existing);
                    *existing = all;
                });
                stmt
            }));
        }
        if self.token.is_keyword(kw::Super) && self.is_keyword_ahead(1, &[kw::Let]) {
            self.bump();
            let super_span = self.prev_token.span;
            self.expect_keyword(T::KwLet)?;
            self.gate(sym::super_let, super_span);
            let local = self.parse_local(Some(super_span), attrs)?;
            return Ok(Some(self.mk_stmt(lo.to(self.prev_token.span), StmtKind::Let(local))));
        }
        if self.eat(T::KwLet) {
            let local = self.parse_local(None, attrs)?;
            return Ok(Some(self.mk_stmt(lo.to(self.prev_token.span), StmtKind::Let(local))));
        }
        if self.may_recover()
            && let Some(stmt) = self.recover_local_without_let(&attrs, lo)?
        {
            return Ok(Some(stmt));
        }
        if self.is_misspelled_label() {
            return self.parse_stmt_misspelled_label(lo).map(Some);
        }
        if self.check_path()
            && !self.token.is_qpath_start()
            && !self.is_path_start_item()
            && !self.is_builtin()
            && self.metavar().is_none_or(|kind| !matches!(kind, MetaVarKind::Item))
        {
            return self.parse_stmt_path_start(lo, attrs).map(Some);
        }
        if self.may_begin_item()
            && let Some(item) = self.parse_item_common(attrs.clone(), false, true, FnParseMode::free())?
        {
            return Ok(Some(self.mk_stmt(lo.to(item.span), StmtKind::Item(item))));
        }
        if self.eat(T::Semi) {
            self.error_outer_attrs(&attrs);
            return Ok(Some(self.mk_stmt(lo, StmtKind::Empty)));
        }
        if self.token.kind != TokenKind::CloseBrace
            && !matches!(self.token.kind, TokenKind::Eof | TokenKind::CloseInvisible(_))
        {
            let e = self.with_res(Restrictions::STMT_EXPR, |this| {
                this.parse_expr_assoc_with(std::ops::Bound::Unbounded, attrs)
            })?;
            return Ok(Some(self.mk_stmt(lo.to(e.span), StmtKind::Expr(e))));
        }
        self.error_outer_attrs(&attrs);
        Ok(None)
    }

    /// `outer: loop {}` for `'outer: loop {}`
    fn is_misspelled_label(&self) -> bool {
        self.token.is_ident()
            && !self.token.is_reserved_ident()
            && self.look_kind(1) == TokenKind::Colon
            && self.is_keyword_ahead(2, &[kw::Loop, kw::While, kw::For])
            && self.may_recover()
    }

    fn parse_stmt_misspelled_label(&mut self, lo: Span) -> PResult<'a, Stmt> {
        let ident = self.parse_ident()?;
        let err = self.dcx().struct_span_err(ident.span, "malformed loop label").with_span_suggestion_verbose(
            ident.span.shrink_to_lo(),
            "use the correct loop label format",
            "'",
            Applicability::MachineApplicable,
        );
        self.report(err);
        let name = span::Symbol::intern(&format!("'{}", ident.name));
        let label = ast::Label { ident: span::Ident::new(name, ident.span) };
        let expr = self.with_res(Restrictions::STMT_EXPR, |this| this.parse_expr_labeled_with(label, true))?;
        Ok(self.mk_stmt(lo.to(expr.span), StmtKind::Expr(expr)))
    }

    /// A quick look before the long one of items.
    fn may_begin_item(&self) -> bool {
        match self.token.kind {
            TokenKind::Ident(name, IdentIsRaw::No) => !matches!(
                name,
                kw::If | kw::Match | kw::Return | kw::For | kw::While | kw::Loop | kw::Let | kw::Break | kw::Continue
            ),
            TokenKind::OpenInvisible(_) => true,
            TokenKind::Pound | TokenKind::DocComment(..) => true,
            _ => false,
        }
    }

    /// `mut x = 1;`, `auto x = 1;`, `var x = 1;`, `mut let x = 1;`
    fn recover_local_without_let(&mut self, attrs: &AttrVec, lo: Span) -> PResult<'a, Option<Stmt>> {
        let TokenKind::Ident(name, IdentIsRaw::No) = self.token.kind else {
            return Ok(None);
        };
        let (msg, text, keep) = match name {
            kw::Mut if self.is_keyword_ahead(1, &[kw::Let]) => {
                let span = lo.to(self.look_ahead(1, |t| t.span));
                self.bump();
                self.bump();
                let err = self.dcx().struct_span_err(span, "invalid variable declaration").with_span_suggestion(
                    span,
                    "switch the order of `mut` and `let`",
                    "let mut",
                    Applicability::MaybeIncorrect,
                );
                self.report(err);
                let local = self.parse_local(None, attrs.clone())?;
                return Ok(Some(self.mk_stmt(lo.to(self.prev_token.span), StmtKind::Let(local))));
            }
            kw::Mut if self.is_kw_followed_by_ident(kw::Mut) => ("missing keyword", "let mut", true),
            kw::Auto if self.is_kw_followed_by_ident(kw::Auto) => {
                ("write `let` instead of `auto` to introduce a new variable", "let", false)
            }
            _ if name == sym::var && self.is_kw_followed_by_ident(sym::var) => {
                ("write `let` instead of `var` to introduce a new variable", "let", false)
            }
            _ => return Ok(None),
        };
        // `mut` is part of the pattern.
        if !keep {
            self.bump();
        }
        let err = self.dcx().struct_span_err(lo, "invalid variable declaration").with_span_suggestion(
            lo,
            msg,
            text,
            Applicability::MaybeIncorrect,
        );
        self.report(err);
        let local = self.parse_local(None, attrs.clone())?;
        Ok(Some(self.mk_stmt(lo.to(self.prev_token.span), StmtKind::Let(local))))
    }

    pub(crate) fn is_kw_followed_by_ident(&self, kw: span::Symbol) -> bool {
        self.token.is_keyword(kw) && self.look_ahead(1, |t| t.is_ident() && !t.is_reserved_ident())
    }

    /// `path ..` at the start of a statement.
    fn parse_stmt_path_start(&mut self, lo: Span, attrs: AttrVec) -> PResult<'a, Stmt> {
        let path = self.parse_path(PathStyle::Expr)?;
        if self.eat(T::Bang) {
            return self.parse_stmt_mac(lo, attrs, path);
        }
        let expr = if self.token.kind == TokenKind::OpenBrace {
            self.bump();
            self.with_res(Restrictions::empty(), |this| this.parse_expr_struct(None, path, true))?
        } else {
            self.expected.insert(T::OpenBrace);
            self.mk_expr(lo.to(self.prev_token.span), ExprKind::Path(None, path))
        };
        let expr = self.with_res(Restrictions::STMT_EXPR, |this| {
            let expr = this.parse_expr_dot_or_call_with(attrs, expr, lo)?;
            this.parse_expr_assoc_rest(expr)
        })?;
        Ok(self.mk_stmt(lo.to(self.prev_token.span), StmtKind::Expr(expr)))
    }

    /// `path!` is read.
    fn parse_stmt_mac(&mut self, lo: Span, attrs: AttrVec, path: ast::Path) -> PResult<'a, Stmt> {
        let args = self.parse_delim_args()?;
        let style = match args.delim {
            Delimiter::Brace => MacStmtStyle::Braces,
            _ => MacStmtStyle::NoBraces,
        };
        let mac = P(MacCall { path, args });
        let hi = self.prev_token.span;
        let ends = style == MacStmtStyle::Braces && !matches!(self.token.kind, TokenKind::Dot | TokenKind::Question)
            || matches!(self.token.kind, TokenKind::Semi | TokenKind::Eof);
        let kind = if ends {
            StmtKind::MacCall(P(MacCallStmt { mac, style, attrs }))
        } else {
            let e = self.mk_expr(lo.to(hi), ExprKind::MacCall(mac));
            let e = self.maybe_recover_from_bad_qpath_expr(e)?;
            let e = self.with_res(Restrictions::empty(), |this| {
                let e = this.parse_expr_dot_or_call_with(attrs, e, lo)?;
                this.parse_expr_assoc_rest(e)
            })?;
            StmtKind::Expr(e)
        };
        Ok(self.mk_stmt(lo.to(hi), kind))
    }

    /// Attributes with nothing behind them.
    fn error_outer_attrs(&mut self, attrs: &AttrVec) {
        let Some(last) = attrs.last() else {
            return;
        };
        if last.is_doc_comment() {
            let mut err = self
                .dcx()
                .struct_span_err(last.span, "found a documentation comment that doesn't document anything")
                .with_code(E0585);
            err.help("doc comments must come before what they document, if a comment was intended use `//`");
            self.report(err);
        } else if attrs.iter().any(|attr| attr.style == ast::AttrStyle::Outer) {
            let err = self.dcx().struct_span_err(last.span, "expected statement after outer attribute");
            self.report(err);
        }
    }

    /// What follows `let`.
    fn parse_local(&mut self, super_: Option<Span>, attrs: AttrVec) -> PResult<'a, P<Local>> {
        let lo = super_.unwrap_or(self.prev_token.span);
        if self.token.is_keyword(kw::Const) && self.look_ahead(1, |t| t.is_ident()) && self.may_recover() {
            let const_span = self.token.span;
            self.bump();
            let err = self
                .dcx()
                .struct_span_err(lo.to(const_span), "`const` and `let` are mutually exclusive")
                .with_span_suggestion(lo, "remove `let`", "", Applicability::MachineApplicable);
            self.report(err);
        }
        let (pat, colon) = self.parse_pat_before_ty(None, RecoverComma::Yes, PatternLocation::LetBinding)?;
        let mut ty_err = None;
        let mut ty = None;
        let mut colon_sp = None;
        if colon {
            let sp = self.prev_token.span;
            colon_sp = Some(sp);
            let snapshot = self.clone();
            match self.parse_ty() {
                Ok(parsed) => ty = Some(parsed),
                Err(mut err) => {
                    if !self.may_recover() {
                        return Err(err);
                    }
                    err.span_label(
                        pat.span,
                        format!("while parsing the type for `{}`", ast::pretty::pat_to_string(&pat)),
                    );
                    if self.is(T::Eq) {
                        self.report(err);
                    } else {
                        let after = std::mem::replace(self, snapshot);
                        ty_err = Some((after, sp, err));
                    }
                }
            }
        }
        let init = match (self.parse_initializer(ty_err.is_some()), ty_err) {
            (Ok(init), None) => init,
            (Ok(init), Some((_, colon, mut err))) => {
                // `let x: 1;` for `let x = 1;`
                err.span_suggestion_short(
                    colon,
                    "use `=` if you meant to assign",
                    " =",
                    Applicability::MachineApplicable,
                );
                self.report(err);
                init
            }
            (Err(init_err), Some((after, _, err))) => {
                init_err.cancel();
                *self = after;
                return Err(err);
            }
            (Err(err), None) => return Err(err),
        };
        let kind = match init {
            None => LocalKind::Decl,
            Some(init) => {
                if self.eat(T::KwElse) {
                    if self.token.is_keyword(kw::If) && self.may_recover() {
                        let err = self.dcx().struct_span_err(
                            self.token.span,
                            "conditional `else if` is not supported for `let...else`",
                        );
                        let span = self.token.span;
                        return Err(err.with_span_label(span, "expected `{`"));
                    }
                    let els = self.parse_block()?;
                    self.check_let_else_init(&init);
                    LocalKind::InitElse(init, els)
                } else {
                    LocalKind::Init(init)
                }
            }
        };
        let hi = if self.token.kind == TokenKind::Semi { self.token.span } else { self.prev_token.span };
        Ok(P(Local { super_, ty, pat, kind, id: DUMMY_NODE_ID, span: lo.to(hi), colon_sp, attrs }))
    }

    /// `a && b else {}`, `S {} else {}`
    fn check_let_else_init(&mut self, init: &Expr) {
        if let ExprKind::Binary(op, ..) = &init.kind
            && op.node.is_lazy()
        {
            let err = self
                .dcx()
                .struct_span_err(
                    init.span,
                    format!("a `{}` expression cannot be directly assigned in `let...else`", op.node.as_str()),
                )
                .with_multipart_suggestion(
                    "wrap the expression in parentheses",
                    vec![(init.span.shrink_to_lo(), "(".to_string()), (init.span.shrink_to_hi(), ")".to_string())],
                    Applicability::MachineApplicable,
                );
            self.report(err);
        }
        if let Some(brace) = expr_trailing_brace(init) {
            let span = brace.with_lo(brace.hi() - span::BytePos(1));
            let err = self
                .dcx()
                .struct_span_err(span, "right curly brace `}` before `else` in a `let...else` statement not allowed")
                .with_multipart_suggestion(
                    "wrap the expression in parentheses",
                    vec![(brace.shrink_to_lo(), "(".to_string()), (brace.shrink_to_hi(), ")".to_string())],
                    Applicability::MachineApplicable,
                );
            self.report(err);
        }
    }

    /// `= expr`
    fn parse_initializer(&mut self, eq_optional: bool) -> PResult<'a, Option<P<Expr>>> {
        let eq_consumed = match self.token.kind {
            TokenKind::PlusEq
            | TokenKind::MinusEq
            | TokenKind::StarEq
            | TokenKind::SlashEq
            | TokenKind::PercentEq
            | TokenKind::CaretEq
            | TokenKind::AndEq
            | TokenKind::OrEq
            | TokenKind::ShlEq
            | TokenKind::ShrEq
                if self.may_recover() =>
            {
                let span = self.token.span;
                let err = self
                    .dcx()
                    .struct_span_err(span, "can't reassign an uninitialized variable")
                    .with_span_suggestion_verbose(
                        span.with_hi(span.hi() - span::BytePos(1)),
                        "initialize the variable",
                        "",
                        Applicability::MaybeIncorrect,
                    )
                    .with_help("if you meant to overwrite, remove the `let` binding");
                self.report(err);
                self.bump();
                true
            }
            _ => self.eat(T::Eq),
        };
        if eq_consumed || eq_optional { Ok(Some(self.parse_expr()?)) } else { Ok(None) }
    }

    /// `{ .. }` without inner attributes.
    pub fn parse_block(&mut self) -> PResult<'a, P<Block>> {
        let (attrs, block) = self.parse_inner_attrs_and_block(None)?;
        if let Some(attr) = attrs.last() {
            let attr_span = attr.span;
            let err = self
                .dcx()
                .struct_span_err(attr_span, "an inner attribute is not permitted in this context")
                .with_note("inner attributes, like `#![no_std]`, annotate the item enclosing them, and are usually found at the beginning of source files");
            self.report(err);
        }
        Ok(block)
    }

    pub(crate) fn parse_inner_attrs_and_block(
        &mut self,
        loop_header: Option<Span>,
    ) -> PResult<'a, (AttrVec, P<Block>)> {
        self.parse_block_common(self.token.span, BlockCheckMode::Default, loop_header)
    }

    pub(crate) fn parse_block_common(
        &mut self,
        lo: Span,
        rules: BlockCheckMode,
        loop_header: Option<Span>,
    ) -> PResult<'a, (AttrVec, P<Block>)> {
        if let Some(MetaVarKind::Block) = self.metavar() {
            let mut block = self.in_metavar(Self::parse_block)?;
            if rules != BlockCheckMode::Default {
                block.rules = rules;
            }
            return Ok((AttrVec::new(), block));
        }
        if !self.eat(T::OpenBrace) {
            return self.error_block_no_opening_brace(loop_header);
        }
        let attrs = self.parse_inner_attributes()?;
        if self.may_recover()
            && let Some(block) = self.maybe_suggest_struct_literal(lo, rules)
        {
            return Ok((attrs, block?));
        }
        let block = self.parse_block_tail(lo, rules, AttemptLocalParseRecovery::Yes)?;
        Ok((attrs, block))
    }

    fn error_block_no_opening_brace<R>(&mut self, _loop_header: Option<Span>) -> PResult<'a, R> {
        let span = self.token.span;
        let msg = format!("expected `{{`, found {}", crate::diagnostics::token_descr(&self.token));
        let mut err = self.dcx().struct_span_err(span, msg);
        if self.may_recover() {
            let mut attempt = self.clone();
            attempt.recovery = false;
            match attempt.parse_stmt_without_recovery() {
                Ok(Some(stmt))
                    if !matches!(stmt.kind, StmtKind::Empty) && attempt.token.kind != TokenKind::OpenBrace =>
                {
                    attempt.eat(T::Semi);
                    err.multipart_suggestion(
                        "you might have meant to write this as part of a block",
                        vec![
                            (stmt.span.shrink_to_lo(), "{ ".to_string()),
                            (stmt.span.shrink_to_hi(), " }".to_string()),
                        ],
                        Applicability::MaybeIncorrect,
                    );
                    // What was read is skipped.
                    attempt.recovery = true;
                    *self = attempt;
                }
                Ok(_) => {}
                Err(e) => {
                    e.cancel();
                    self.recover_stmt_(SemiColonMode::Break, BlockMode::Ignore);
                }
            }
        }
        err.span_label(span, "expected `{`");
        Err(err)
    }

    /// The statements up to `}`, and that.
    pub(crate) fn parse_block_tail(
        &mut self,
        lo: Span,
        rules: BlockCheckMode,
        recover: AttemptLocalParseRecovery,
    ) -> PResult<'a, P<Block>> {
        let mut stmts = ThinVec::new();
        loop {
            if self.token.kind == TokenKind::CloseBrace {
                self.bump();
                break;
            }
            if self.token.kind == TokenKind::Eof {
                break;
            }
            self.recover_vcs_conflict_marker();
            match self.parse_full_stmt(recover) {
                Ok(Some(stmt)) => push_tight(&mut stmts, stmt),
                Ok(None) => {
                    self.expected.insert(T::CloseBrace);
                    if self.token.kind != TokenKind::CloseBrace && self.token.kind != TokenKind::Eof {
                        // Cannot be: nothing was read.
                        self.bump();
                    }
                }
                Err(mut err) if recover == AttemptLocalParseRecovery::Yes && self.may_recover() => {
                    self.explain_stmt_error(&mut err);
                    let guar = self.report(err);
                    self.recover_stmt_(SemiColonMode::Ignore, BlockMode::Ignore);
                    let span = self.token.span;
                    let expr = self.mk_expr_err(span, guar);
                    stmts.push(self.mk_stmt(span, StmtKind::Expr(expr)));
                }
                Err(err) => return Err(err),
            }
        }
        Ok(P(Block { stmts, id: DUMMY_NODE_ID, rules, span: lo.to(self.prev_token.span) }))
    }

    fn explain_stmt_error(&mut self, err: &mut Diag<'a>) {
        if self.token.kind == TokenKind::Colon
            && self.prev_token.is_integer_lit()
            && self.look_ahead(1, |t| t.is_integer_lit())
        {
            err.span_suggestion_verbose(
                self.token.span,
                "you might have meant a range expression",
                "..",
                Applicability::MaybeIncorrect,
            );
        }
    }

    /// A statement with the `;` behind it.
    pub fn parse_full_stmt(&mut self, recover: AttemptLocalParseRecovery) -> PResult<'a, Option<Stmt>> {
        if let Some(MetaVarKind::Stmt) = self.metavar() {
            let stmt = self.in_metavar(Self::parse_stmt_without_recovery)?;
            if let Some(stmt) = stmt {
                // A substituted statement takes a `;` if one follows.
                if self.eat(T::Semi) {
                    return Ok(Some(stmt.add_trailing_semicolon()));
                }
                return Ok(Some(stmt));
            }
        }
        let Some(mut stmt) = self.parse_stmt_without_recovery()? else {
            return Ok(None);
        };
        let mut eat_semi = true;
        match &mut stmt.kind {
            StmtKind::Expr(expr) if self.token.kind != TokenKind::Eof && expr_requires_semi_to_be_stmt(expr) => {
                if !matches!(self.token.kind, TokenKind::Semi | TokenKind::CloseBrace) {
                    if let Some(guar) = self.recover_missing_semi_after_expr(expr, recover)? {
                        **expr = Expr { kind: ExprKind::Err(guar), ..std::mem::replace(&mut **expr, Expr::dummy()) };
                    }
                }
            }
            StmtKind::Expr(_) | StmtKind::MacCall(_) => {}
            StmtKind::Let(local) => {
                if let Err(err) = self.expect_semi() {
                    match &mut local.kind {
                        LocalKind::Init(expr) | LocalKind::InitElse(expr, _) => {
                            self.check_mistyped_turbofish_with_multiple_type_params(err, expr)?;
                            self.expect_semi()?;
                        }
                        LocalKind::Decl => return Err(err),
                    }
                }
                eat_semi = false;
            }
            StmtKind::Empty | StmtKind::Item(_) | StmtKind::Semi(_) => eat_semi = false,
        }
        if eat_semi && self.eat(T::Semi) {
            stmt = stmt.add_trailing_semicolon();
        }
        stmt.span = stmt.span.to(self.prev_token.span);
        Ok(Some(stmt))
    }

    /// Behind an expression statement there is neither `;` nor `}`.
    fn recover_missing_semi_after_expr(
        &mut self,
        expr: &mut P<Expr>,
        recover: AttemptLocalParseRecovery,
    ) -> PResult<'a, Option<diagnostics::ErrorGuaranteed>> {
        if self.may_recover() && self.prev_token.kind == TokenKind::Question {
            self.maybe_recover_from_ternary_operator(Some(expr.span))?;
        }
        // These are what `expect_one_of` is asked for.
        self.check(T::Semi);
        self.check(T::CloseBrace);
        match self.expect_one_of(&[], &[T::Semi, T::CloseBrace]) {
            Ok(Recovered::No) => Ok(None),
            Ok(Recovered::Yes(guar)) => Ok(Some(guar)),
            Err(err) => {
                if recover == AttemptLocalParseRecovery::No || !self.may_recover() {
                    return Err(err);
                }
                let err = match self.check_mistyped_turbofish_in_stmt(err, expr) {
                    Ok(guar) => return Ok(Some(guar)),
                    Err(err) => err,
                };
                let guar = self.report(err);
                self.recover_stmt_(SemiColonMode::Ignore, BlockMode::Ignore);
                Ok(Some(guar))
            }
        }
    }

    /// `{ field: value }` where a block is expected.
    fn maybe_suggest_struct_literal(&mut self, lo: Span, rules: BlockCheckMode) -> Option<PResult<'a, P<Block>>> {
        // Only `{ name: ..,` looks like one.
        if !(self.token.is_ident()
            && self.look_kind(1) == TokenKind::Colon
            && self.look_ahead(2, |t| t.kind != TokenKind::Colon))
            || self.token.is_reserved_ident()
        {
            return None;
        }
        let snapshot = self.clone();
        let as_block = self.parse_block_tail(lo, rules, AttemptLocalParseRecovery::No);
        let mut as_struct = snapshot.clone();
        as_struct.recovery = false;
        let path = ast::Path { span: lo.shrink_to_lo(), segments: ThinVec::new() };
        let struct_expr = as_struct.parse_expr_struct(None, path, false);
        match (struct_expr, as_block) {
            (Ok(expr), Err(err)) if as_struct.token.kind == TokenKind::CloseBrace => {
                err.cancel();
                as_struct.recovery = snapshot.recovery;
                *self = as_struct;
                self.bump();
                let span = lo.to(self.prev_token.span);
                let err =
                    self.dcx().struct_span_err(span, "struct literal body without path").with_multipart_suggestion(
                        "you might have forgotten to add the struct literal inside the block",
                        vec![
                            (expr.span.shrink_to_lo(), "{ SomeStruct ".to_string()),
                            (span.shrink_to_hi(), " }".to_string()),
                        ],
                        Applicability::HasPlaceholders,
                    );
                let guar = self.report(err);
                let expr = self.mk_expr_err(span, guar);
                let mut stmts = ThinVec::new();
                stmts.push(self.mk_stmt(span, StmtKind::Expr(expr)));
                Some(Ok(P(Block { stmts, id: DUMMY_NODE_ID, rules, span })))
            }
            (Err(e), Ok(block)) => {
                e.cancel();
                Some(Ok(block))
            }
            (Ok(_), Ok(block)) => Some(Ok(block)),
            (struct_expr, Err(err)) => {
                if let Err(e) = struct_expr {
                    e.cancel();
                }
                err.cancel();
                *self = snapshot;
                Some(self.parse_block_tail(lo, rules, AttemptLocalParseRecovery::Yes))
            }
        }
    }
}

/// The brace that the expression ends with, where a block could begin it.
fn expr_trailing_brace(mut expr: &Expr) -> Option<Span> {
    loop {
        match &expr.kind {
            ExprKind::AddrOf(_, _, e)
            | ExprKind::Assign(_, e, _)
            | ExprKind::AssignOp(_, _, e)
            | ExprKind::Binary(_, _, e)
            | ExprKind::Break(_, Some(e))
            | ExprKind::Let(_, e, _, _)
            | ExprKind::Range(_, Some(e), _)
            | ExprKind::Ret(Some(e))
            | ExprKind::Unary(_, e)
            | ExprKind::Yeet(Some(e))
            | ExprKind::Become(e)
            | ExprKind::Yield(ast::YieldKind::Prefix(Some(e))) => expr = e,
            ExprKind::Closure(closure) => expr = &closure.body,
            ExprKind::Gen(..)
            | ExprKind::Block(..)
            | ExprKind::ForLoop { .. }
            | ExprKind::If(..)
            | ExprKind::Loop(..)
            | ExprKind::Match(_, _, ast::MatchKind::Prefix)
            | ExprKind::Struct(..)
            | ExprKind::TryBlock(..)
            | ExprKind::While(..)
            | ExprKind::ConstBlock(_) => return Some(expr.span),
            ExprKind::MacCall(mac) => {
                return (mac.args.delim == Delimiter::Brace).then_some(expr.span);
            }
            _ => return None,
        }
    }
}
