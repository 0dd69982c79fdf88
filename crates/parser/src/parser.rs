//! [`Parser`]: a place in a token buffer, and the steps that all productions consist of.

pub(crate) mod depth;
mod lists;

pub(crate) use lists::push_tight;

use std::rc::Rc;

use ast::token::{IdentIsRaw, InvisibleOrigin, MetaVarKind, Token, TokenKind};
use ast::tokenstream::{Spacing, TokenBuffer, TokenStream};
use ast::{AttrId, Recovered};
use diagnostics::{Diag, DiagCtxt, ErrorGuaranteed};
use session::Session;
use span::{DUMMY_SP, Ident, Span, Symbol, kw};

use crate::token_type::{TokenType, TokenType as T, TokenTypeSet};

/// What a production returns: the error is not emitted yet.
pub type PResult<'a, T> = Result<T, Diag<'a>>;

/// What an expression may not be where it stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Restrictions(u8);

impl Restrictions {
    /// An expression statement: `{}` and so on end it.
    pub const STMT_EXPR: Restrictions = Restrictions(1);
    /// The condition of `if` and so on: `S {}` is no struct.
    pub const NO_STRUCT_LITERAL: Restrictions = Restrictions(2);
    /// A const argument: `>` ends it.
    pub const CONST_EXPR: Restrictions = Restrictions(4);
    /// `let` may stand here.
    pub const ALLOW_LET: Restrictions = Restrictions(8);
    /// A match guard: `=>` follows.
    pub const IN_IF_GUARD: Restrictions = Restrictions(16);
    /// An expression parsed to recover from one in a pattern.
    pub const IS_PAT: Restrictions = Restrictions(32);

    pub const fn empty() -> Self {
        Restrictions(0)
    }
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
    pub const fn union(self, other: Self) -> Self {
        Restrictions(self.0 | other.0)
    }
    /// Those of `self` that are in `other`.
    pub const fn only(self, other: Self) -> Self {
        Restrictions(self.0 & other.0)
    }
    pub const fn without(self, other: Self) -> Self {
        Restrictions(self.0 & !other.0)
    }
}

/// Parses the tokens of one stream.
#[derive(Clone)]
pub struct Parser<'a> {
    pub(crate) sess: &'a Session,
    buffer: Rc<TokenBuffer>,
    /// The index of `token`; `end` if that is the end of the stream.
    pos: usize,
    end: usize,
    /// The token to be read next.
    pub token: Token,
    /// The token read last.
    pub prev_token: Token,
    /// `token` is the rest of a token of the buffer, whose beginning is read.
    split: bool,
    pub(crate) eof_span: Span,
    pub(crate) expected: TokenTypeSet,
    pub(crate) restrictions: Restrictions,
    depth: u32,
    /// The greatest depth that what is parsed at this depth has come to.
    deepest: u32,
    /// What is parsed, as in ``macro expansion ignores ..``.
    pub(crate) subparser_name: Option<&'static str>,
    /// Whether errors are recovered from; not while a macro's matcher tries.
    pub(crate) recovery: bool,
    /// The error was such that nothing more is to be said.
    pub(crate) aborted: Option<ErrorGuaranteed>,
    pub(crate) last_unexpected_token_span: Option<Span>,
    /// For the hint of `<<` merge conflicts and unmatched `<`.
    pub(crate) unmatched_angle_bracket_count: u16,
    pub(crate) angle_bracket_nesting: u16,
    pub(crate) in_fn_body: bool,
    pub(crate) current_closure: Option<ClosureSpans>,
}

/// Places in the closure that is being parsed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ClosureSpans {
    pub whole_closure: Span,
    pub closing_pipe: Span,
    pub body: Span,
}

/// What a comma-separated list may do at its end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Trailing {
    No,
    Yes,
}

impl From<bool> for Trailing {
    fn from(trailing: bool) -> Trailing {
        if trailing { Trailing::Yes } else { Trailing::No }
    }
}

impl<'a> Parser<'a> {
    /// A parser of all of a stream.
    pub fn new(sess: &'a Session, stream: TokenStream) -> Parser<'a> {
        let range = stream.range();
        let eof_span = match stream.span() {
            Some(span) => span.shrink_to_hi(),
            None => DUMMY_SP,
        };
        Parser::at(sess, Rc::clone(stream.buffer()), range.start, range.end, eof_span)
    }

    /// A parser of a range of a buffer, with the place of its end.
    pub fn at(sess: &'a Session, buffer: Rc<TokenBuffer>, pos: usize, end: usize, eof_span: Span) -> Parser<'a> {
        let mut parser = Parser {
            sess,
            buffer,
            pos,
            end,
            token: Token::dummy(),
            prev_token: Token::dummy(),
            split: false,
            eof_span,
            expected: TokenTypeSet::default(),
            restrictions: Restrictions::empty(),
            depth: 0,
            deepest: 0,
            subparser_name: None,
            recovery: true,
            aborted: None,
            last_unexpected_token_span: None,
            unmatched_angle_bracket_count: 0,
            angle_bracket_nesting: 0,
            in_fn_body: false,
            current_closure: None,
        };
        parser.load();
        parser
    }

    pub fn dcx(&self) -> &'a DiagCtxt {
        &self.sess.dcx
    }

    pub(crate) fn gate(&self, feature: Symbol, span: Span) {
        self.sess.gate_span(feature, span);
    }

    pub(crate) fn may_recover(&self) -> bool {
        self.recovery
    }

    pub(crate) fn mk_attr_id(&self) -> AttrId {
        AttrId::from_u32(self.sess.fresh_attr_id())
    }

    /// The index of the next token in the buffer.
    pub fn position(&self) -> usize {
        self.pos
    }

    /// Looks at the token at `pos`; passes over brackets that procedural macros made.
    #[inline]
    fn load(&mut self) {
        loop {
            if self.pos >= self.end {
                self.token = Token { kind: TokenKind::Eof, span: self.eof_span };
                return;
            }
            self.token = self.buffer.token(self.pos);
            match self.token.kind {
                TokenKind::OpenInvisible(InvisibleOrigin::ProcMacro)
                | TokenKind::CloseInvisible(InvisibleOrigin::ProcMacro) => self.pos += 1,
                _ => return,
            }
        }
    }

    /// If only the beginning of the token at the position is read: that, and the rest.
    pub(crate) fn split_token(&self) -> Option<(Token, Token)> {
        self.split.then_some((self.prev_token, self.token))
    }

    /// Reads the token.
    #[inline]
    pub fn bump(&mut self) {
        self.prev_token = self.token;
        if self.pos < self.end {
            self.pos += 1;
        }
        self.split = false;
        self.load();
        self.expected.clear();
    }

    /// Goes on behind the tokens before `pos`.
    pub(crate) fn seek(&mut self, pos: usize) {
        if pos > self.pos || self.split {
            self.prev_token = self.buffer.token(pos - 1);
        }
        self.pos = pos;
        self.split = false;
        self.load();
        self.expected.clear();
    }

    /// Goes on at the end: nothing more is parsed.
    pub(crate) fn seek_to_end(&mut self) {
        self.pos = self.end;
        self.split = false;
        self.load();
    }

    /// The token `n` (1 for the next) behind this one; invisible brackets of procedural macros do not count.
    #[inline]
    pub fn look_ahead<R>(&self, n: usize, f: impl FnOnce(&Token) -> R) -> R {
        if n == 0 {
            return f(&self.token);
        }
        let mut at = self.pos;
        let mut left = n;
        loop {
            at += 1;
            if at >= self.end {
                return f(&Token { kind: TokenKind::Eof, span: self.eof_span });
            }
            if matches!(
                self.buffer.kind(at),
                TokenKind::OpenInvisible(InvisibleOrigin::ProcMacro)
                    | TokenKind::CloseInvisible(InvisibleOrigin::ProcMacro)
            ) {
                continue;
            }
            left -= 1;
            if left == 0 {
                return f(&self.buffer.token(at));
            }
        }
    }

    #[inline]
    pub(crate) fn look_kind(&self, n: usize) -> TokenKind {
        self.look_ahead(n, |t| t.kind)
    }

    /// The `n`th token tree ahead begins with this token: brackets are passed over as one.
    pub(crate) fn tree_look_ahead<R>(&self, n: usize, f: impl FnOnce(&Token) -> R) -> Option<R> {
        let mut at = self.pos;
        for _ in 0..n {
            if at >= self.end {
                return None;
            }
            at = if self.buffer.kind(at).is_open_delim() { self.buffer.close_of(at) + 1 } else { at + 1 };
        }
        (at < self.end).then(|| f(&self.buffer.token(at)))
    }

    #[inline]
    pub(crate) fn is_keyword_ahead(&self, n: usize, words: &[Symbol]) -> bool {
        self.look_ahead(n, |t| matches!(t.kind, TokenKind::Ident(name, IdentIsRaw::No) if words.contains(&name)))
    }

    /// Does the token follow the last one at once?
    pub(crate) fn follows_at_once(&self) -> bool {
        self.pos > 0 && (self.split || self.buffer.spacing(self.pos - 1) != Spacing::Alone)
    }

    pub(crate) fn token_spacing(&self) -> Spacing {
        if self.pos < self.end { self.buffer.spacing(self.pos) } else { Spacing::Alone }
    }

    /// Is it this? Notes that it may be.
    #[inline(always)]
    pub(crate) fn check(&mut self, what: TokenType) -> bool {
        let is = what.matches(self.token.kind);
        if !is {
            self.expected.insert(what);
        }
        is
    }

    /// Is it this? Notes nothing.
    #[inline(always)]
    pub(crate) fn is(&self, what: TokenType) -> bool {
        what.matches(self.token.kind)
    }

    #[inline(always)]
    pub fn eat(&mut self, what: TokenType) -> bool {
        let is = self.check(what);
        if is {
            self.bump();
        }
        is
    }

    /// Reads it if it is this; notes nothing.
    #[inline(always)]
    pub(crate) fn eat_noexpect(&mut self, what: TokenType) -> bool {
        let is = self.is(what);
        if is {
            self.bump();
        }
        is
    }

    /// `Const`, `FN`...: a keyword in a wrong case is reported and taken.
    pub(crate) fn check_keyword_case(&mut self, what: TokenType) -> bool {
        if self.check(what) {
            return true;
        }
        if !self.recovery {
            return false;
        }
        let keyword = what.keyword().expect("a keyword");
        matches!(self.token.kind, TokenKind::Ident(name, IdentIsRaw::No)
            if name.as_str().len() == keyword.as_str().len() && name.as_str().eq_ignore_ascii_case(keyword.as_str()))
    }

    pub(crate) fn eat_keyword_case(&mut self, what: TokenType) -> bool {
        if self.eat(what) {
            return true;
        }
        if self.check_keyword_case(what) {
            let keyword = what.keyword().expect("a keyword");
            self.report_keyword_case(keyword);
            self.bump();
            return true;
        }
        false
    }

    /// Is it the first character of the token? Notes that it may be.
    pub(crate) fn check_or_split(&mut self, what: TokenType) -> bool {
        if self.check(what) {
            return true;
        }
        let kind = what.token_kind().expect("a token");
        matches!(self.token.kind.break_two_token_op(1), Some((first, _)) if first == kind)
    }

    /// Reads `what`, if need be as the beginning of a longer operator: `<` of `<<`.
    pub(crate) fn eat_split(&mut self, what: TokenType) -> bool {
        if self.eat(what) {
            return true;
        }
        let kind = what.token_kind().expect("a token");
        match self.token.kind.break_two_token_op(1) {
            Some((first, second)) if first == kind => {
                let span = self.token.span;
                let at = span.lo() + span::BytePos(1);
                self.prev_token = Token::new(first, span.with_hi(at.min(span.hi())));
                self.token = Token::new(second, span.with_lo(at.min(span.hi())));
                self.split = true;
                self.expected.clear();
                true
            }
            _ => false,
        }
    }

    pub(crate) fn eat_lt(&mut self) -> bool {
        let ate = self.eat_split(T::Lt);
        if ate {
            self.unmatched_angle_bracket_count += 1;
            self.angle_bracket_nesting += 1;
        }
        ate
    }

    pub(crate) fn expect_lt(&mut self) -> PResult<'a, ()> {
        if self.eat_lt() { Ok(()) } else { self.unexpected() }
    }

    pub(crate) fn expect_gt(&mut self) -> PResult<'a, ()> {
        if self.eat_split(T::Gt) {
            self.unmatched_angle_bracket_count = self.unmatched_angle_bracket_count.saturating_sub(1);
            self.angle_bracket_nesting = self.angle_bracket_nesting.saturating_sub(1);
            Ok(())
        } else {
            self.unexpected()
        }
    }

    pub(crate) fn expect_and(&mut self) -> PResult<'a, ()> {
        if self.eat_split(T::And) { Ok(()) } else { self.unexpected() }
    }

    pub(crate) fn expect_or(&mut self) -> PResult<'a, ()> {
        if self.eat_split(T::Or) { Ok(()) } else { self.unexpected() }
    }

    pub(crate) fn check_plus(&mut self) -> bool {
        self.check_or_split(T::Plus)
    }

    pub(crate) fn eat_plus(&mut self) -> bool {
        self.eat_split(T::Plus)
    }

    /// Reads this, or says what was expected; a missing `;` and the like are recovered from.
    pub fn expect(&mut self, what: TokenType) -> PResult<'a, Recovered> {
        if self.is(what) {
            self.bump();
            return Ok(Recovered::No);
        }
        if self.expected.is_empty() { self.unexpected_try_recover(what) } else { self.expect_one_of(&[what], &[]) }
    }

    pub(crate) fn expect_keyword(&mut self, what: TokenType) -> PResult<'a, ()> {
        if self.eat(what) { Ok(()) } else { self.unexpected() }
    }

    /// Reads one of `edible`, or stays at one of `inedible`, or says what was expected.
    pub(crate) fn expect_one_of(&mut self, edible: &[TokenType], inedible: &[TokenType]) -> PResult<'a, Recovered> {
        if edible.iter().any(|t| t.matches(self.token.kind)) {
            self.bump();
            return Ok(Recovered::No);
        }
        if inedible.iter().any(|t| t.matches(self.token.kind)) {
            return Ok(Recovered::No);
        }
        if self.token.kind != TokenKind::Eof
            && self.last_unexpected_token_span == Some(self.token.span)
            && self.dcx().err_count() > 0
        {
            // A second error at a token: what was recovered from was not.
            let guar = self.dcx().span_delayed_bug(self.token.span, "two errors at one token");
            self.aborted.get_or_insert(guar);
            self.seek_to_end();
            return Err(self.silent_error());
        }
        self.expected_one_of_not_found(edible, inedible).map(Recovered::Yes)
    }

    pub(crate) fn expect_semi(&mut self) -> PResult<'a, Recovered> {
        if self.eat(T::Semi) { Ok(Recovered::No) } else { self.expect(T::Semi) }
    }

    /// Nothing that was asked for stands here: says so.
    pub fn unexpected<R>(&mut self) -> PResult<'a, R> {
        match self.expect_one_of(&[], &[]) {
            Err(err) => Err(err),
            // A recovery that is of no use here.
            Ok(_) => Err(self.silent_error()),
        }
    }

    /// An error that says nothing: the real one has been emitted.
    pub(crate) fn silent_error(&self) -> Diag<'a> {
        Diag::new(self.dcx(), diagnostics::Level::Allow, "already reported")
    }

    /// Emits an error, unless parsing was given up.
    pub fn report(&mut self, err: Diag<'a>) -> ErrorGuaranteed {
        if let Some(guar) = self.aborted {
            err.cancel();
            return guar;
        }
        err.emit()
    }

    // Identifiers.

    /// An identifier; says what is wrong with a keyword.
    pub fn parse_ident(&mut self) -> PResult<'a, Ident> {
        self.parse_ident_common(true)
    }

    #[inline]
    pub(crate) fn parse_ident_common(&mut self, recover: bool) -> PResult<'a, Ident> {
        if let TokenKind::Ident(name, is_raw) = self.token.kind {
            if is_raw == IdentIsRaw::Yes || !self.is_reserved(name) {
                let ident = Ident::new(name, self.token.span);
                self.bump();
                return Ok(ident);
            }
        }
        if let Some((ident, n)) = self.metavar_ident(0) {
            for _ in 0..n {
                self.bump();
            }
            return Ok(ident);
        }
        self.parse_ident_err(recover)
    }

    /// An identifier in invisible brackets: `$i:ident` handed on by a procedural macro or an older expansion.
    fn metavar_ident(&self, n: usize) -> Option<(Ident, usize)> {
        match self.look_kind(n) {
            TokenKind::OpenInvisible(InvisibleOrigin::MetaVar(MetaVarKind::Ident)) => {
                self.look_ahead(n + 1, |t| t.ident()).map(|(ident, _)| (ident, n + 3))
            }
            _ => None,
        }
    }

    #[inline]
    pub(crate) fn is_reserved(&self, name: Symbol) -> bool {
        name.is_reserved(|| self.token.span.edition())
    }

    #[inline]
    pub(crate) fn check_ident(&mut self) -> bool {
        let is = self.token.is_ident();
        if !is {
            self.expected.insert(T::Ident);
        }
        is
    }

    pub(crate) fn check_path(&mut self) -> bool {
        let is = self.token.is_path_start();
        if !is {
            self.expected.insert(T::Path);
        }
        is
    }

    pub(crate) fn check_type(&mut self) -> bool {
        let is = self.token.can_begin_type();
        if !is {
            self.expected.insert(T::Type);
        }
        is
    }

    pub(crate) fn check_lifetime(&mut self) -> bool {
        self.expected.insert(T::Lifetime);
        self.token.is_lifetime()
    }

    /// `const` before a block, a closure parameter list and so on?
    pub(crate) fn check_inline_const(&mut self, n: usize) -> bool {
        self.is_keyword_ahead(n, &[kw::Const])
            && (self.look_kind(n + 1) == TokenKind::OpenBrace
                || matches!(
                    self.look_kind(n + 1),
                    TokenKind::OpenInvisible(InvisibleOrigin::MetaVar(MetaVarKind::Block))
                ))
    }

    pub(crate) fn check_const_closure(&self) -> bool {
        self.token.is_keyword(kw::Const)
            && self.look_ahead(1, |t| {
                matches!(
                    t.kind,
                    TokenKind::Ident(kw::Move | kw::Use | kw::Static, IdentIsRaw::No) | TokenKind::OrOr | TokenKind::Or
                )
            })
    }

    // Substituted fragments.

    /// The kind of the fragment that begins here.
    #[inline]
    pub(crate) fn metavar(&self) -> Option<MetaVarKind> {
        match self.token.kind {
            TokenKind::OpenInvisible(InvisibleOrigin::MetaVar(kind)) => Some(kind),
            _ => None,
        }
    }

    /// Reads a fragment that begins here: `f` parses what is in it.
    pub(crate) fn in_metavar<R>(&mut self, f: impl FnOnce(&mut Parser<'a>) -> PResult<'a, R>) -> PResult<'a, R> {
        debug_assert!(self.metavar().is_some());
        let close = self.buffer.close_of(self.pos);
        self.bump();
        let result = f(self)?;
        if self.pos != close {
            // What is in it was parsed as another kind once, and only in part now.
            return self.unexpected();
        }
        self.bump();
        Ok(result)
    }

    /// The tokens read since `start`.
    pub(crate) fn tokens_since(&self, start: usize) -> TokenStream {
        TokenStream::from_range(&self.buffer, start, self.pos.max(start))
    }

    /// The index of the bracket that closes the one here.
    pub(crate) fn close_position(&self) -> usize {
        self.buffer.close_of(self.pos)
    }

    /// Runs `f` with other restrictions.
    #[inline]
    pub(crate) fn with_res<R>(&mut self, res: Restrictions, f: impl FnOnce(&mut Self) -> R) -> R {
        let old = std::mem::replace(&mut self.restrictions, res);
        let result = f(self);
        self.restrictions = old;
        result
    }
}

/// Whether skipping a statement ends at `;`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum SemiColonMode {
    Break,
    Ignore,
    Comma,
}

/// Whether skipping a statement ends behind a block.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum BlockMode {
    Break,
    Ignore,
}

/// How a list goes on after a missing comma.
pub(crate) enum SeqRecovery {
    Stop(ErrorGuaranteed),
    GoOn,
}
