//! Lists of elements, token trees, and skipping what cannot be parsed.

use super::BlockMode;
use super::PResult;
use super::Parser;
use super::SemiColonMode;
use super::SeqRecovery;
use super::Trailing;
use crate::token_type::{TokenType, TokenType as T};
use ast::Recovered;
use ast::token::TokenKind;
use ast::tokenstream::{DelimSpan, TokenStream, TokenTree};
use thin_vec::ThinVec;

/// Appends to a list that often has but one element: room for one is made first, not for four.
pub(crate) fn push_tight<T>(list: &mut ThinVec<T>, value: T) {
    if list.capacity() == 0 {
        list.reserve_exact(1);
    }
    list.push(value);
}

impl<'a> Parser<'a> {
    // Token trees.

    /// The token tree that begins here.
    pub fn parse_token_tree(&mut self) -> TokenTree {
        match self.token.kind.open_delim() {
            Some(delim) => {
                let (open, close) = (self.pos, self.buffer.close_of(self.pos));
                let spacing =
                    ast::tokenstream::DelimSpacing::new(self.buffer.spacing(open), self.buffer.spacing(close));
                let span = DelimSpan::from_pair(self.buffer.span(open), self.buffer.span(close));
                let stream = TokenStream::from_range(&self.buffer, open + 1, close);
                self.seek(close + 1);
                TokenTree::Delimited(span, spacing, delim, stream)
            }
            None => {
                let (token, spacing) = (self.token, self.token_spacing());
                self.bump();
                TokenTree::Token(token, spacing)
            }
        }
    }

    /// All tokens to the end.
    pub fn parse_tokens(&mut self) -> TokenStream {
        let stream = TokenStream::from_range(&self.buffer, self.pos, self.end);
        self.seek_to_end();
        stream
    }

    /// Visible brackets and what is in them.
    pub(crate) fn parse_delim_args_inner(&mut self) -> Option<ast::DelimArgs> {
        let delimited = self.check(T::OpenParen) || self.check(T::OpenBracket) || self.check(T::OpenBrace);
        if !delimited {
            return None;
        }
        match self.parse_token_tree() {
            TokenTree::Delimited(dspan, _, delim, tokens) => Some(ast::DelimArgs { dspan, delim, tokens }),
            TokenTree::Token(..) => None,
        }
    }

    // Lists.

    /// `(a, b)`: elements between brackets, separated by commas.
    pub(crate) fn parse_delim_comma_seq<R>(
        &mut self,
        open: TokenType,
        close: TokenType,
        f: impl FnMut(&mut Parser<'a>) -> PResult<'a, R>,
    ) -> PResult<'a, (ThinVec<R>, Trailing)> {
        let (list, trailing, _) = self.parse_unspanned_seq(open, close, f)?;
        Ok((list, trailing))
    }

    pub(crate) fn parse_paren_comma_seq<R>(
        &mut self,
        f: impl FnMut(&mut Parser<'a>) -> PResult<'a, R>,
    ) -> PResult<'a, (ThinVec<R>, Trailing)> {
        self.parse_delim_comma_seq(T::OpenParen, T::CloseParen, f)
    }

    pub(crate) fn parse_unspanned_seq<R>(
        &mut self,
        open: TokenType,
        close: TokenType,
        f: impl FnMut(&mut Parser<'a>) -> PResult<'a, R>,
    ) -> PResult<'a, (ThinVec<R>, Trailing, Recovered)> {
        self.expect(open)?;
        let (list, trailing, recovered) = self.parse_seq_to_before_end(close, f)?;
        if matches!(recovered, Recovered::No) && !self.eat(close) {
            self.dcx().span_delayed_bug(
                self.token.span,
                "recovered but `parse_seq_to_before_end` did not give us the close token",
            );
        }
        Ok((list, trailing, recovered))
    }

    /// Elements up to a closing token, which stays.
    pub(crate) fn parse_seq_to_before_end<R>(
        &mut self,
        close: TokenType,
        mut f: impl FnMut(&mut Parser<'a>) -> PResult<'a, R>,
    ) -> PResult<'a, (ThinVec<R>, Trailing, Recovered)> {
        let mut list = ThinVec::new();
        let mut trailing = Trailing::No;
        let mut recovered = Recovered::No;
        let mut first = true;
        while !self.check(close) && self.token.kind != TokenKind::Eof {
            if matches!(
                self.token.kind,
                TokenKind::CloseParen | TokenKind::CloseBrace | TokenKind::CloseBracket | TokenKind::CloseInvisible(_)
            ) {
                break;
            }
            if first {
                first = false;
            } else {
                match self.expect(T::Comma) {
                    Ok(Recovered::No) => {}
                    Ok(Recovered::Yes(guar)) => {
                        recovered = Recovered::Yes(guar);
                        break;
                    }
                    Err(err) => match self.recover_missing_comma(close, err, &mut list, &mut f)? {
                        SeqRecovery::Stop(guar) => {
                            recovered = Recovered::Yes(guar);
                            break;
                        }
                        SeqRecovery::GoOn => continue,
                    },
                }
                if self.check(close) {
                    trailing = Trailing::Yes;
                    break;
                }
            }
            push_tight(&mut list, f(self)?);
        }
        if !self.is(close) && matches!(recovered, Recovered::No) {
            // A missing element or wrong bracket: the caller's `expect` of the closing one says so.
            if self.expected.is_empty() || !self.is(close) {
                self.check(close);
                self.expect_one_of(&[], &[close])?;
            }
        }
        Ok((list, trailing, recovered))
    }

    /// Skips to the end of the brackets we are in, or (`at_semi`) behind a `;`.
    pub(crate) fn recover_stmt_(&mut self, stop_at_semi: SemiColonMode, stop_at_brace: BlockMode) {
        let mut in_block = false;
        loop {
            match self.token.kind {
                TokenKind::OpenBrace => {
                    self.seek(self.close_position() + 1);
                    in_block |= stop_at_brace == BlockMode::Break;
                    if in_block {
                        return;
                    }
                }
                TokenKind::OpenBracket | TokenKind::OpenParen | TokenKind::OpenInvisible(_) => {
                    self.seek(self.close_position() + 1)
                }
                // Those of brackets in which the error is are passed over.
                TokenKind::CloseBracket | TokenKind::CloseParen => self.bump(),
                TokenKind::CloseBrace | TokenKind::CloseInvisible(_) | TokenKind::Eof => return,
                TokenKind::Semi => {
                    self.bump();
                    if stop_at_semi == SemiColonMode::Break {
                        return;
                    }
                }
                TokenKind::Comma if stop_at_semi == SemiColonMode::Comma => {
                    self.bump();
                    return;
                }
                _ => self.bump(),
            }
        }
    }

    pub(crate) fn recover_stmt(&mut self) {
        self.recover_stmt_(SemiColonMode::Ignore, BlockMode::Ignore)
    }

    /// Skips what is in the brackets we are in, up to the closing one.
    pub(crate) fn skip_to_close(&mut self) {
        loop {
            match self.token.kind {
                kind if kind.close_delim().is_some() => return,
                TokenKind::Eof => return,
                kind if kind.is_open_delim() => self.seek(self.close_position() + 1),
                _ => self.bump(),
            }
        }
    }

    /// The delimiter that closes here.
    pub(crate) fn at_close(&self) -> bool {
        self.token.kind == TokenKind::Eof || self.token.kind.close_delim().is_some()
    }
}
