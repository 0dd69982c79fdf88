//! Patterns.
//!
//! ```text
//! pattern: `|`? pattern_no_alt (`|` pattern_no_alt)*
//! guarded: pattern (`if` expr)?            inside parentheses and the like
//! ```

mod fields;
mod range;

use ast::token::{IdentIsRaw, MetaVarKind, NtPatKind, TokenKind};
use ast::{
    BindingMode, ByRef, DUMMY_NODE_ID, Expr, ExprKind, MacCall, Mutability, P, Pat, PatKind, Path, Pinnedness, QSelf,
};
use diagnostics::{Applicability, Diag};
use span::{Ident, Span, kw, sym};
use thin_vec::{ThinVec, thin_vec};

use crate::parser::{PResult, Parser, Trailing};
use crate::path::PathStyle;
use crate::token_type::TokenType as T;

/// What is said instead of "expected pattern".
pub type Expected = Option<PatternLocation>;

/// Where a pattern stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PatternLocation {
    LetBinding,
    FunctionParameter,
    ParamName,
    ArgName,
    Ident,
}

impl PatternLocation {
    fn descr(self) -> &'static str {
        match self {
            PatternLocation::LetBinding | PatternLocation::FunctionParameter => "pattern",
            PatternLocation::ParamName => "parameter name",
            PatternLocation::ArgName => "argument name",
            PatternLocation::Ident => "identifier",
        }
    }
}

/// `a, b` without parentheses is recovered from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum RecoverComma {
    Yes,
    No,
}

/// `a:b` for `a::b` is recovered from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum RecoverColon {
    Yes,
    No,
}

/// How a list without parentheses is recovered from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CommaRecoveryMode {
    /// Up to `=>`, `if`, `=`.
    EitherTupleOrPipe,
    LikelyTuple,
}

/// `||` may be followed by a whole alternative.
enum EatOrResult {
    TrailingVert,
    AteOr,
    None,
}

impl<'a> Parser<'a> {
    /// A pattern without alternatives at its top.
    pub fn parse_pat_no_top_alt(&mut self, expected: Expected) -> PResult<'a, P<Pat>> {
        self.parse_pat_with_range_pat(true, expected)
    }

    /// A pattern, maybe with `if` behind it.
    pub(crate) fn parse_pat_allow_top_guard(
        &mut self,
        expected: Expected,
        rc: RecoverComma,
        ra: RecoverColon,
        rt: CommaRecoveryMode,
    ) -> PResult<'a, P<Pat>> {
        let pat = self.parse_pat_no_top_guard(expected, rc, ra, rt)?;
        if self.eat(T::KwIf) {
            let cond = self.parse_expr()?;
            let span = pat.span.to(cond.span);
            self.gate(sym::guard_patterns, span);
            return Ok(self.mk_pat(span, PatKind::Guard(pat, cond)));
        }
        Ok(pat)
    }

    /// A pattern with alternatives.
    pub fn parse_pat_no_top_guard(
        &mut self,
        expected: Expected,
        rc: RecoverComma,
        ra: RecoverColon,
        rt: CommaRecoveryMode,
    ) -> PResult<'a, P<Pat>> {
        let (pat, _) = self.parse_pat_no_top_guard_inner(expected, rc, ra, rt)?;
        Ok(pat)
    }

    /// The pattern, and whether a `|` trails it.
    fn parse_pat_no_top_guard_inner(
        &mut self,
        expected: Expected,
        rc: RecoverComma,
        ra: RecoverColon,
        rt: CommaRecoveryMode,
    ) -> PResult<'a, (P<Pat>, bool)> {
        let leading_vert_span = match self.eat_or_separator(None) {
            EatOrResult::AteOr => Some(self.prev_token.span),
            EatOrResult::TrailingVert => {
                let first = self.mk_pat(self.prev_token.span, PatKind::Wild);
                return Ok((first, true));
            }
            EatOrResult::None => None,
        };
        let mut first = match self.parse_pat_no_top_alt(expected) {
            Ok(pat) => pat,
            Err(err) => {
                if self.token.is_reserved_ident()
                    && !self.token.is_keyword(kw::In)
                    && !self.token.is_keyword(kw::If)
                    && self.may_recover()
                    && matches!(expected, Some(PatternLocation::LetBinding))
                    && self.reserved_ident_begins_binding()
                {
                    let guar = self.report(err);
                    self.bump();
                    self.mk_pat(self.prev_token.span, PatKind::Err(guar))
                } else {
                    return Err(err);
                }
            }
        };
        if rc == RecoverComma::Yes && !first.could_be_never_pattern() {
            self.maybe_recover_unexpected_comma(first.span, rt)?;
        }
        if !self.check(T::Or) && self.token.kind != TokenKind::OrOr {
            if ra == RecoverColon::Yes && self.may_recover() {
                first = self.maybe_recover_colon_colon_in_pat_typo(first);
            }
            if let Some(lead) = leading_vert_span {
                let span = lead.to(self.prev_token.span);
                if expected == Some(PatternLocation::ParamName) {
                    return Ok((self.mk_pat(span, PatKind::Or(thin_vec![first])), false));
                }
                return Ok((first, false));
            }
            return Ok((first, false));
        }
        let lo = leading_vert_span.unwrap_or(first.span);
        let mut pats = thin_vec![first];
        let mut trailing_vert = false;
        loop {
            match self.eat_or_separator(Some(lo)) {
                EatOrResult::AteOr => {}
                EatOrResult::None => break,
                EatOrResult::TrailingVert => {
                    trailing_vert = true;
                    break;
                }
            }
            let pat = self.parse_pat_no_top_alt(expected).map_err(|mut err| {
                err.span_label(lo, "while parsing this or-pattern starting here");
                err
            })?;
            if rc == RecoverComma::Yes && !pat.could_be_never_pattern() {
                self.maybe_recover_unexpected_comma(pat.span, rt)?;
            }
            pats.push(pat);
        }
        let span = lo.to(self.prev_token.span);
        if pats.len() == 1 {
            return Ok((pats.pop().expect("one"), trailing_vert));
        }
        Ok((self.mk_pat(span, PatKind::Or(pats)), trailing_vert))
    }

    /// `let fn = 1;`: the keyword is meant as a name.
    fn reserved_ident_begins_binding(&self) -> bool {
        matches!(self.look_kind(1), TokenKind::Eq | TokenKind::Colon | TokenKind::Semi)
    }

    /// A pattern in `let`, `for` or a function parameter: a leading `|` and what follows are wrong there.
    pub(crate) fn parse_pat_before_ty(
        &mut self,
        expected: Expected,
        rc: RecoverComma,
        syntax_loc: PatternLocation,
    ) -> PResult<'a, (P<Pat>, bool)> {
        let (pat, trailing_vert) =
            self.parse_pat_no_top_guard_inner(expected, rc, RecoverColon::No, CommaRecoveryMode::LikelyTuple)?;
        let colon = self.eat(T::Colon);
        if let PatKind::Or(_pats) = &pat.kind {
            let (msg, fix) = match syntax_loc {
                PatternLocation::LetBinding => {
                    ("`let` bindings require top-level or-patterns in parentheses", "wrap the pattern in parentheses")
                }
                _ => (
                    "function parameters require top-level or-patterns in parentheses",
                    "wrap the pattern in parentheses",
                ),
            };
            if !trailing_vert {
                let mut err = self.dcx().struct_span_err(pat.span, msg);
                err.multipart_suggestion(
                    fix,
                    vec![(pat.span.shrink_to_lo(), "(".to_string()), (pat.span.shrink_to_hi(), ")".to_string())],
                    Applicability::MachineApplicable,
                );
                self.report(err);
            }
        }
        Ok((pat, colon))
    }

    pub(crate) fn parse_fn_param_pat(&mut self) -> PResult<'a, (P<Pat>, bool)> {
        if let TokenKind::OrOr = self.token.kind {
            let err = self.dcx().struct_span_err(self.token.span, "unexpected `||` before function parameter");
            let span = self.token.span;
            self.report(
                err.with_span_suggestion(span, "remove the `||`", "", Applicability::MachineApplicable)
                    .with_note("alternatives in or-patterns are separated with `|`, not `||`"),
            );
            self.bump();
        }
        self.parse_pat_before_ty(Some(PatternLocation::ParamName), RecoverComma::No, PatternLocation::FunctionParameter)
    }

    fn eat_or_separator(&mut self, lo: Option<Span>) -> EatOrResult {
        if self.recover_trailing_vert(lo) {
            return EatOrResult::TrailingVert;
        }
        if self.token.kind == TokenKind::OrOr {
            let span = self.token.span;
            let mut err = self.dcx().struct_span_err(span, "unexpected token `||` in pattern");
            err.span_suggestion(
                span,
                "use a single `|` to separate multiple alternative patterns",
                "|",
                Applicability::MachineApplicable,
            );
            if let Some(lo) = lo {
                err.span_label(lo, "while parsing this or-pattern starting here");
            }
            self.report(err);
            self.bump();
            return EatOrResult::AteOr;
        }
        if self.eat(T::Or) { EatOrResult::AteOr } else { EatOrResult::None }
    }

    /// `a | b |` with the end of the pattern behind it.
    fn recover_trailing_vert(&mut self, lo: Option<Span>) -> bool {
        if !matches!(self.token.kind, TokenKind::Or | TokenKind::OrOr) {
            return false;
        }
        let end_ahead = self.look_ahead(1, |t| {
            matches!(
                t.kind,
                TokenKind::FatArrow
                    | TokenKind::Eq
                    | TokenKind::Semi
                    | TokenKind::Colon
                    | TokenKind::Comma
                    | TokenKind::CloseBracket
                    | TokenKind::CloseParen
                    | TokenKind::CloseBrace
                    | TokenKind::Ident(kw::If, IdentIsRaw::No)
            )
        });
        if !end_ahead {
            return false;
        }
        let span = self.token.span;
        let shown = ast::pretty::token_kind_to_string(self.token.kind);
        let mut err = self.dcx().struct_span_err(span, format!("a trailing `{shown}` is not allowed in an or-pattern"));
        err.span_suggestion(
            lo.map_or(span, |_| span),
            format!("remove the `{}`", ast::pretty::token_kind_to_string(self.token.kind)),
            "",
            Applicability::MachineApplicable,
        );
        if let Some(lo) = lo {
            err.span_label(lo, "while parsing this or-pattern starting here");
        }
        if self.token.kind == TokenKind::OrOr {
            err.note("alternatives in or-patterns are separated with `|`, not `||`");
        }
        self.report(err);
        self.bump();
        true
    }

    pub(crate) fn mk_pat(&self, span: Span, kind: PatKind) -> P<Pat> {
        P(Pat { id: DUMMY_NODE_ID, kind, span })
    }

    fn mk_pat_ident(&self, span: Span, mode: BindingMode, ident: Ident) -> P<Pat> {
        self.mk_pat(span, PatKind::Ident(mode, ident, None))
    }

    fn parse_pat_with_range_pat(&mut self, allow_range_pat: bool, expected: Expected) -> PResult<'a, P<Pat>> {
        self.deeper(|this| this.parse_pat_inner(allow_range_pat, expected))
    }

    fn parse_pat_inner(&mut self, allow_range_pat: bool, expected: Expected) -> PResult<'a, P<Pat>> {
        match self.metavar() {
            Some(MetaVarKind::Pat(kind)) => {
                let pat = self.in_metavar(|this| match kind {
                    NtPatKind::PatParam { .. } => this.parse_pat_no_top_alt(None),
                    NtPatKind::PatWithOr => this.parse_pat_no_top_guard(
                        None,
                        RecoverComma::No,
                        RecoverColon::No,
                        CommaRecoveryMode::EitherTupleOrPipe,
                    ),
                })?;
                return Ok(pat);
            }
            Some(MetaVarKind::Expr { .. } | MetaVarKind::Literal) => {
                let lo = self.token.span;
                let begin = self.parse_literal_maybe_minus()?;
                let kind = match self.parse_range_end() {
                    Some(form) => self.parse_pat_range_begin_with(begin, form)?,
                    None => PatKind::Expr(begin),
                };
                let pat = self.mk_pat(lo.to(self.prev_token.span), kind);
                if !allow_range_pat {
                    self.ban_pat_range_if_ambiguous(&pat);
                }
                return Ok(pat);
            }
            _ => {}
        }
        let lo = self.token.span;
        if self.is(T::KwLet) && self.may_recover() && self.look_ahead(1, |t| t.can_begin_pattern(NtPatKind::PatWithOr))
        {
            // `let` before a pattern that needs none.
            self.bump();
            let err = self.dcx().struct_span_err(lo, "expected pattern, found `let`").with_span_suggestion(
                lo.to(self.token.span.shrink_to_lo()),
                "remove the unnecessary `let` keyword",
                "",
                Applicability::MachineApplicable,
            );
            self.report(err);
        }
        let kind = if self.check(T::And) || self.token.kind == TokenKind::AndAnd {
            self.parse_pat_deref(expected)?
        } else if self.check(T::OpenParen) {
            self.parse_pat_tuple_or_parens()?
        } else if self.check(T::OpenBracket) {
            let (pats, _) = self.parse_delim_comma_seq(T::OpenBracket, T::CloseBracket, |p| {
                p.parse_pat_allow_top_guard(
                    None,
                    RecoverComma::No,
                    RecoverColon::No,
                    CommaRecoveryMode::EitherTupleOrPipe,
                )
            })?;
            PatKind::Slice(pats)
        } else if self.check(T::DotDot) && !self.is_pat_range_end_start(1) {
            self.bump();
            PatKind::Rest
        } else if self.check(T::DotDotDot) && !self.is_pat_range_end_start(1) {
            self.recover_dotdotdot_rest_pat(lo)
        } else if let Some(form) = self.parse_range_end() {
            self.parse_pat_range_to(form)?
        } else if self.eat(T::Bang) {
            self.gate(sym::never_patterns, self.prev_token.span);
            PatKind::Never
        } else if self.eat(T::KwUnderscore) {
            PatKind::Wild
        } else if self.eat(T::KwMut) {
            self.parse_pat_ident_mut()?
        } else if self.eat(T::KwRef) {
            if self.is(T::KwBox) {
                // `ref box`
                let span = self.prev_token.span.to(self.token.span);
                let err = self.dcx().struct_span_err(span, "switch the order of `ref` and `box`");
                self.report(err.with_span_suggestion(span, "swap them", "box ref", Applicability::MachineApplicable));
                self.bump();
            }
            let (pinned, mutbl) = match self.parse_pin_and_mut() {
                Some(pin_mut) => pin_mut,
                None => (Pinnedness::Not, self.parse_mutability()),
            };
            self.parse_pat_ident(BindingMode(ByRef::Yes(pinned, mutbl), Mutability::Not))?
        } else if self.eat(T::KwBox) {
            self.parse_pat_box()?
        } else if self.check_inline_const(0) {
            let const_expr = self.parse_const_block_pat(lo)?;
            if let Some(form) = self.parse_range_end() {
                self.parse_pat_range_begin_with(const_expr, form)?
            } else {
                PatKind::Expr(const_expr)
            }
        } else if self.is_builtin() {
            self.parse_pat_builtin()?
        } else if self.can_be_ident_pat() {
            self.parse_pat_ident(BindingMode::NONE)?
        } else if self.is_start_of_pat_with_path() {
            self.parse_pat_path(lo)?
        } else if self.may_recover() && self.is_unclosed_char_pattern() {
            // `'a` for `'a'`
            let name = self.token.lifetime().map(|(ident, _)| ident.without_first_quote().name).unwrap_or(kw::Empty);
            let span = self.token.span;
            self.bump();
            let mut err = self.dcx().struct_span_err(span, format!("expected pattern, found lifetime `'{name}`"));
            err.span_suggestion_verbose(
                span.shrink_to_hi(),
                "missing `'` to close the char literal",
                "'",
                Applicability::MaybeIncorrect,
            );
            let guar = self.report(err);
            PatKind::Err(guar)
        } else {
            match self.parse_literal_maybe_minus() {
                Ok(begin) => match self.parse_range_end() {
                    Some(form) => self.parse_pat_range_begin_with(begin, form)?,
                    None => PatKind::Expr(begin),
                },
                Err(err) => return Err(self.fatal_unexpected_non_pat(err, expected)),
            }
        };
        let mut pat = self.mk_pat(lo.to(self.prev_token.span), kind);
        if self.may_recover() {
            if let Some(recovered) = self.maybe_recover_trailing_expr_in_pat(&pat) {
                pat = recovered;
            }
            if self.token.kind == TokenKind::PathSep {
                pat = self.recover_bad_qpath_pat(pat)?;
            }
            if self.token.kind == TokenKind::At {
                pat = self.recover_intersection_pat(pat)?;
            }
        }
        if !allow_range_pat {
            self.ban_pat_range_if_ambiguous(&pat);
        }
        Ok(pat)
    }

    /// `const {}`: no pattern, though it was to become one.
    fn parse_const_block_pat(&mut self, lo: Span) -> PResult<'a, P<Expr>> {
        let expr = self.parse_const_block(lo)?;
        let err = self
            .dcx()
            .struct_span_err(expr.span, "const blocks cannot be used as patterns")
            .with_help("use a named `const`-item or an `if`-guard (`x if x == const { ... }`) instead");
        let guar = self.report(err);
        Ok(self.mk_expr(expr.span, ExprKind::Err(guar)))
    }

    fn is_unclosed_char_pattern(&self) -> bool {
        self.token.is_lifetime()
            && self.token.lifetime().is_some_and(|(ident, _)| ident.as_str().chars().count() == 2)
            && self.look_ahead(1, |t| {
                matches!(t.kind, TokenKind::FatArrow | TokenKind::Or | TokenKind::Comma | TokenKind::DotDotEq)
            })
    }

    /// `a::b!(..)`, `a::B { .. }`, `a::B(..)`, `a::C..=d`, `a::C`
    fn parse_pat_path(&mut self, lo: Span) -> PResult<'a, PatKind> {
        let (qself, path) = if self.eat_lt() {
            let (qself, path) = self.parse_qpath(PathStyle::Pat)?;
            (Some(qself), path)
        } else {
            (None, self.parse_path(PathStyle::Pat)?)
        };
        let span = lo.to(self.prev_token.span);
        if qself.is_none() && self.eat(T::Bang) {
            let args = self.parse_delim_args()?;
            return Ok(PatKind::MacCall(P(MacCall { path, args })));
        }
        if let Some(form) = self.parse_range_end() {
            let begin = self.mk_expr(span, ExprKind::Path(qself, path));
            return self.parse_pat_range_begin_with(begin, form);
        }
        if self.check(T::OpenBrace) {
            return self.parse_pat_struct(qself, path);
        }
        if self.check(T::OpenParen) {
            let (fields, _) = self.parse_paren_comma_seq(|p| {
                p.parse_pat_allow_top_guard(
                    None,
                    RecoverComma::No,
                    RecoverColon::No,
                    CommaRecoveryMode::EitherTupleOrPipe,
                )
            })?;
            if qself.is_some() {
                self.gate(span::Symbol::intern("more_qualified_paths"), path.span);
            }
            return Ok(PatKind::TupleStruct(qself, path, fields));
        }
        Ok(PatKind::Path(qself, path))
    }

    fn recover_dotdotdot_rest_pat(&mut self, lo: Span) -> PatKind {
        self.bump();
        let err = self.dcx().struct_span_err(lo, "unexpected `...`").with_span_label(lo, "not a valid pattern");
        self.report(err.with_span_suggestion(
            lo,
            "for a rest pattern, use `..` instead of `...`",
            "..",
            Applicability::MachineApplicable,
        ));
        PatKind::Rest
    }

    /// `a @ b @ c`, `p @ x`
    fn recover_intersection_pat(&mut self, lhs: P<Pat>) -> PResult<'a, P<Pat>> {
        if self.token.kind != TokenKind::At {
            return Ok(lhs);
        }
        self.bump();
        let at_span = self.prev_token.span;
        let mut rhs = self.parse_pat_no_top_alt(None)?;
        let whole = lhs.span.to(rhs.span);
        if let PatKind::Ident(_, _, sub @ None) = &mut rhs.kind {
            let mut err = self.dcx().struct_span_err(whole, "pattern on wrong side of `@`");
            err.span_label(lhs.span, "pattern on the left, should be on the right");
            err.span_label(rhs.span, "binding on the right, should be on the left");
            err.span_suggestion(
                whole,
                "switch the order",
                format!(
                    "{} @ {}",
                    ast::pretty::pat_to_string(&Pat { id: DUMMY_NODE_ID, kind: PatKind::Wild, span: rhs.span }),
                    ast::pretty::pat_to_string(&lhs)
                ),
                Applicability::MachineApplicable,
            );
            self.report(err);
            *sub = Some(lhs);
        } else {
            let mut err = self.dcx().struct_span_err(whole, "left-hand side of `@` must be a binding");
            err.span_label(lhs.span, "interpreted as a pattern, not a binding");
            err.span_label(rhs.span, "also a pattern");
            err.note("bindings are `x`, `mut x`, `ref x`, and `ref mut x`");
            self.report(err);
            rhs.kind = PatKind::Wild;
        }
        let _ = at_span;
        rhs.span = whole;
        Ok(rhs)
    }

    fn recover_bad_qpath_pat(&mut self, pat: P<Pat>) -> PResult<'a, P<Pat>> {
        let Some(ty) = pat.to_ty() else {
            return Ok(pat);
        };
        self.expect(T::PathSep)?;
        let mut path = Path { segments: ThinVec::new(), span: pat.span };
        self.parse_path_segments(&mut path.segments, PathStyle::Pat, None)?;
        path.span = pat.span.to(self.prev_token.span);
        let span = path.span;
        self.bad_qpath_error(&ty, span);
        let qself = P(QSelf { path_span: span.shrink_to_lo(), position: 0, ty });
        Ok(self.mk_pat(span, PatKind::Path(Some(qself), path)))
    }

    /// `&p`, `&mut p`
    fn parse_pat_deref(&mut self, expected: Expected) -> PResult<'a, PatKind> {
        self.expect_and()?;
        if let Some((lifetime, _)) = self.token.lifetime()
            && self.may_recover()
        {
            self.bump();
            let mut err = self
                .dcx()
                .struct_span_err(self.prev_token.span, format!("unexpected lifetime `{lifetime}` in pattern"));
            err.span_suggestion(self.prev_token.span, "remove the lifetime", "", Applicability::MachineApplicable);
            self.report(err);
        }
        let (pinned, mutbl) = match self.parse_pin_and_mut() {
            Some(pin_mut) => pin_mut,
            None => (Pinnedness::Not, self.parse_mutability()),
        };
        let sub = self.parse_pat_with_range_pat(false, expected)?;
        Ok(PatKind::Ref(sub, pinned, mutbl))
    }

    fn parse_pat_tuple_or_parens(&mut self) -> PResult<'a, PatKind> {
        let open = self.token.span;
        let (mut fields, trailing) = self.parse_paren_comma_seq(|p| {
            p.parse_pat_allow_top_guard(None, RecoverComma::No, RecoverColon::No, CommaRecoveryMode::LikelyTuple)
        })?;
        let paren_pattern = fields.len() == 1 && trailing == Trailing::No && !fields[0].is_rest();
        if !paren_pattern {
            return Ok(PatKind::Tuple(fields));
        }
        let close = self.prev_token.span;
        let pat = fields.pop().expect("one");
        // `(1)..=2`
        if let PatKind::Expr(begin) = &pat.kind
            && self.token.is_range_separator()
            && self.may_recover()
        {
            let begin = begin.clone();
            if let Some(form) = self.parse_range_end() {
                let mut err =
                    self.dcx().struct_span_err(vec![open, close], "range pattern bounds cannot have parentheses");
                err.multipart_suggestion(
                    "remove these parentheses",
                    vec![(open, String::new()), (close, String::new())],
                    Applicability::MachineApplicable,
                );
                self.report(err);
                return self.parse_pat_range_begin_with(begin, form);
            }
        }
        Ok(PatKind::Paren(pat))
    }

    /// What follows `mut`.
    fn parse_pat_ident_mut(&mut self) -> PResult<'a, PatKind> {
        let mut_span = self.prev_token.span;
        self.recover_additional_muts();
        let byref = if self.eat(T::KwRef) {
            let (pinned, mutbl) = match self.parse_pin_and_mut() {
                Some(pin_mut) => pin_mut,
                None => (Pinnedness::Not, self.parse_mutability()),
            };
            ByRef::Yes(pinned, mutbl)
        } else {
            ByRef::No
        };
        self.recover_additional_muts();
        if byref != ByRef::No {
            self.gate(sym::mut_ref, mut_span.to(self.prev_token.span));
        }
        if self.token.is_keyword(kw::SelfLower) {
            return Ok(PatKind::Ident(BindingMode(byref, Mutability::Mut), self.parse_self_ident()?, None));
        }
        // Anything but a name is a mistake.
        let pat = self.parse_pat_no_top_alt(Some(PatternLocation::Ident))?;
        match pat.kind {
            PatKind::Ident(BindingMode(ByRef::No, Mutability::Not), ident, sub) => {
                Ok(PatKind::Ident(BindingMode(byref, Mutability::Mut), ident, sub))
            }
            mut kind => {
                let span = mut_span.to(pat.span);
                let changed = make_all_value_bindings_mutable(&mut kind);
                let msg = if changed {
                    "`mut` must be attached to each individual binding"
                } else {
                    "`mut` must be followed by a named binding"
                };
                let mut err = self.dcx().struct_span_err(span, msg);
                if changed {
                    let shown = ast::pretty::pat_to_string(&Pat { id: DUMMY_NODE_ID, kind: kind.clone(), span });
                    err.span_suggestion(span, "add `mut` to each binding", shown, Applicability::MachineApplicable);
                } else {
                    err.span_suggestion(
                        mut_span.until(pat.span),
                        "remove the `mut` prefix",
                        "",
                        Applicability::MachineApplicable,
                    );
                }
                err.note("`mut` may be followed by `variable` and `variable @ pattern`");
                self.report(err);
                Ok(kind)
            }
        }
    }

    fn parse_self_ident(&mut self) -> PResult<'a, Ident> {
        let ident = Ident::new(kw::SelfLower, self.token.span);
        self.bump();
        Ok(ident)
    }

    fn recover_additional_muts(&mut self) {
        let lo = self.token.span;
        while self.eat(T::KwMut) {}
        if lo == self.token.span {
            return;
        }
        let span = lo.to(self.prev_token.span);
        let err = self.dcx().struct_span_err(span, "`mut` on a binding may not be repeated");
        self.report(err.with_span_suggestion(
            lo.until(self.token.span),
            "remove the additional `mut`s",
            "",
            Applicability::MachineApplicable,
        ));
    }

    fn parse_pat_builtin(&mut self) -> PResult<'a, PatKind> {
        let lo = self.token.span;
        self.bump();
        self.bump();
        let ident = self.parse_ident()?;
        if ident.name != sym::deref {
            let err = self
                .dcx()
                .struct_span_err(lo.to(ident.span), format!("unknown `builtin #` construct `{}`", ident.name));
            return Err(err);
        }
        self.expect(T::OpenParen)?;
        let pat =
            self.parse_pat_allow_top_guard(None, RecoverComma::Yes, RecoverColon::Yes, CommaRecoveryMode::LikelyTuple)?;
        self.expect(T::CloseParen)?;
        self.gate(sym::builtin_syntax, lo.to(self.prev_token.span));
        Ok(PatKind::Deref(pat))
    }

    fn fatal_unexpected_non_pat(&mut self, err: Diag<'a>, expected: Expected) -> Diag<'a> {
        err.cancel();
        let what = expected.map_or("pattern", PatternLocation::descr);
        let msg = format!("expected {what}, found {}", crate::diagnostics::token_descr(&self.token));
        let mut err = self.dcx().struct_span_err(self.token.span, msg);
        err.span_label(self.token.span, format!("expected {what}"));
        if self.token.is_keyword(kw::Mut) {
            err.note("`mut` may be followed by `variable` and `variable @ pattern`");
        }
        err
    }

    fn is_start_of_pat_with_path(&mut self) -> bool {
        self.check_path()
            // A name that is no path: `true` and so on are literals.
            || self.token.is_ident() && !self.token.is_bool_lit() && !self.token.is_keyword(kw::In)
                && !self.token.is_reserved_ident()
    }

    /// A name that no path, struct, call or range follows.
    fn can_be_ident_pat(&mut self) -> bool {
        self.check_ident()
            && !self.token.is_bool_lit()
            && !self.token.is_path_segment_keyword()
            && !self.token.is_keyword(kw::In)
            && !matches!(
                self.look_kind(1),
                TokenKind::OpenParen
                    | TokenKind::OpenBrace
                    | TokenKind::DotDotDot
                    | TokenKind::DotDotEq
                    | TokenKind::DotDot
                    | TokenKind::PathSep
                    | TokenKind::Bang
            )
    }

    /// `x`, `x @ p` with the mode that was read.
    fn parse_pat_ident(&mut self, mode: BindingMode) -> PResult<'a, PatKind> {
        let ident = if self.token.is_keyword(kw::SelfLower) && mode != BindingMode::NONE {
            self.parse_self_ident()?
        } else {
            match self.parse_ident_common(mode != BindingMode::NONE) {
                Ok(ident) => ident,
                Err(err) => return Err(self.explain_ident_pat_error(err)),
            }
        };
        let sub = if self.eat(T::At) { Some(self.parse_pat_no_top_alt(None)?) } else { None };
        // `ref Some(x)`
        if self.token.kind == TokenKind::OpenParen {
            let err = self.dcx().struct_span_err(self.prev_token.span, "expected identifier, found enum pattern");
            return Err(err);
        }
        Ok(PatKind::Ident(mode, ident, sub))
    }

    fn explain_ident_pat_error(&self, err: Diag<'a>) -> Diag<'a> {
        err
    }
}

/// Makes each plain binding of a pattern `mut`; says whether there is one.
fn make_all_value_bindings_mutable(kind: &mut PatKind) -> bool {
    struct AddMut(bool);
    impl ast::mut_visit::MutVisitor for AddMut {
        fn visit_pat(&mut self, pat: &mut Pat) {
            if let PatKind::Ident(BindingMode(ByRef::No, m @ Mutability::Not), ..) = &mut pat.kind {
                self.0 = true;
                *m = Mutability::Mut;
            }
            ast::mut_visit::walk_pat(self, pat);
        }
    }
    let mut add_mut = AddMut(false);
    let mut pat = Pat { id: DUMMY_NODE_ID, kind: std::mem::replace(kind, PatKind::Wild), span: span::DUMMY_SP };
    ast::mut_visit::MutVisitor::visit_pat(&mut add_mut, &mut pat);
    *kind = pat.kind;
    add_mut.0
}
