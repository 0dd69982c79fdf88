//! Token streams: what macro calls, macro definitions and attributes carry, and the parser reads.
//!
//! A [`TokenStream`] is a range of a shared flat [`TokenBuffer`]: cheap to clone, and the tokens inside brackets are a range of
//! the same buffer. Each opening bracket knows how far its closing one is.
//!
//! Invariant: in a buffer all brackets are balanced, and a stream's range never cuts through a pair.

use std::rc::Rc;

use span::codec::{Decodable, Decoder, Encodable, Encoder};
use span::{DUMMY_SP, Span};

use crate::token::{Delimiter, Token, TokenKind};

/// Whether the next token follows at once.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, macros::Encodable, macros::Decodable)]
pub enum Spacing {
    /// White space or a comment follows, or nothing that could be glued.
    Alone,
    /// Punctuation follows at once.
    Joint,
    /// Something else follows at once.
    JointHidden,
}

/// The places of a pair of brackets.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, macros::Encodable, macros::Decodable)]
pub struct DelimSpan {
    pub open: Span,
    pub close: Span,
}

impl DelimSpan {
    pub fn from_single(sp: Span) -> Self {
        DelimSpan { open: sp, close: sp }
    }

    pub fn from_pair(open: Span, close: Span) -> Self {
        DelimSpan { open, close }
    }

    pub fn dummy() -> Self {
        Self::from_single(DUMMY_SP)
    }

    pub fn entire(self) -> Span {
        self.open.with_hi(self.close.hi())
    }
}

/// What follows each of a pair of brackets.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, macros::Encodable, macros::Decodable)]
pub struct DelimSpacing {
    pub open: Spacing,
    pub close: Spacing,
}

impl DelimSpacing {
    pub fn new(open: Spacing, close: Spacing) -> Self {
        DelimSpacing { open, close }
    }
}

/// A token, or brackets and all in them.
#[derive(Clone, Debug)]
pub enum TokenTree {
    Token(Token, Spacing),
    Delimited(DelimSpan, DelimSpacing, Delimiter, TokenStream),
}

impl TokenTree {
    pub fn token_alone(kind: TokenKind, span: Span) -> TokenTree {
        TokenTree::Token(Token::new(kind, span), Spacing::Alone)
    }

    pub fn token_joint(kind: TokenKind, span: Span) -> TokenTree {
        TokenTree::Token(Token::new(kind, span), Spacing::Joint)
    }

    pub fn span(&self) -> Span {
        match self {
            TokenTree::Token(token, _) => token.span,
            TokenTree::Delimited(sp, ..) => sp.entire(),
        }
    }

    /// Equal but for spans and spacing.
    pub fn eq_unspanned(&self, other: &TokenTree) -> bool {
        match (self, other) {
            (TokenTree::Token(a, _), TokenTree::Token(b, _)) => a.kind == b.kind,
            (TokenTree::Delimited(.., delim, tts), TokenTree::Delimited(.., delim2, tts2)) => {
                delim == delim2 && tts.eq_unspanned(tts2)
            }
            _ => false,
        }
    }
}

#[derive(Clone, Copy, Debug)]
struct Slot {
    kind: TokenKind,
    /// Two bits of spacing, above them the distance of an opening bracket to its closing one.
    meta: u32,
}

impl Slot {
    fn new(kind: TokenKind, spacing: Spacing) -> Slot {
        Slot { kind, meta: spacing as u32 }
    }

    fn spacing(self) -> Spacing {
        match self.meta & 3 {
            0 => Spacing::Alone,
            1 => Spacing::Joint,
            _ => Spacing::JointHidden,
        }
    }
}

/// Tokens one behind the other, with all brackets balanced.
#[derive(Debug, Default)]
pub struct TokenBuffer {
    slots: Vec<Slot>,
    spans: Vec<Span>,
}

impl TokenBuffer {
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    #[inline]
    pub fn kind(&self, index: usize) -> TokenKind {
        self.slots[index].kind
    }

    #[inline]
    pub fn span(&self, index: usize) -> Span {
        self.spans[index]
    }

    #[inline]
    pub fn token(&self, index: usize) -> Token {
        Token { kind: self.slots[index].kind, span: self.spans[index] }
    }

    #[inline]
    pub fn spacing(&self, index: usize) -> Spacing {
        self.slots[index].spacing()
    }

    /// The index of the bracket that closes the one at `open`.
    #[inline]
    pub fn close_of(&self, open: usize) -> usize {
        debug_assert!(self.slots[open].kind.is_open_delim());
        open + (self.slots[open].meta >> 2) as usize
    }
}

/// A sequence of token trees.
#[derive(Clone, Default)]
pub struct TokenStream {
    buffer: Rc<TokenBuffer>,
    start: u32,
    end: u32,
}

impl std::fmt::Debug for TokenStream {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries((self.start..self.end).map(|i| self.buffer.kind(i as usize))).finish()
    }
}

impl TokenStream {
    /// All of a buffer.
    pub fn new(buffer: TokenBuffer) -> TokenStream {
        let end = buffer.len() as u32;
        TokenStream { buffer: Rc::new(buffer), start: 0, end }
    }

    /// A range of a buffer, which must not cut through brackets.
    pub fn from_range(buffer: &Rc<TokenBuffer>, start: usize, end: usize) -> TokenStream {
        debug_assert!(start <= end && end <= buffer.len());
        TokenStream { buffer: Rc::clone(buffer), start: start as u32, end: end as u32 }
    }

    pub fn token_alone(kind: TokenKind, span: Span) -> TokenStream {
        let mut builder = TokenStreamBuilder::new();
        builder.push_token(kind, span, Spacing::Alone);
        builder.build()
    }

    pub fn buffer(&self) -> &Rc<TokenBuffer> {
        &self.buffer
    }

    /// The indices of its tokens in the buffer.
    pub fn range(&self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    pub fn is_empty(&self) -> bool {
        self.start == self.end
    }

    /// The number of tokens, brackets and what is in them included.
    pub fn token_len(&self) -> usize {
        (self.end - self.start) as usize
    }

    /// The number of token trees; counts them.
    pub fn len(&self) -> usize {
        self.iter().count()
    }

    /// Its token trees.
    pub fn iter(&self) -> TokenTreeIter<'_> {
        TokenTreeIter { stream: self, at: self.start as usize }
    }

    /// All its tokens, brackets too, one behind the other.
    pub fn tokens(&self) -> impl Iterator<Item = (Token, Spacing)> + '_ {
        self.range().map(|i| (self.buffer.token(i), self.buffer.spacing(i)))
    }

    /// From the first to the last token; `None` if there is none.
    pub fn span(&self) -> Option<Span> {
        if self.is_empty() {
            return None;
        }
        Some(self.buffer.span(self.start as usize).to(self.buffer.span(self.end as usize - 1)))
    }

    /// Equal but for spans and spacing.
    pub fn eq_unspanned(&self, other: &TokenStream) -> bool {
        self.token_len() == other.token_len()
            && self.range().zip(other.range()).all(|(a, b)| self.buffer.kind(a) == other.buffer.kind(b))
    }
}

impl FromIterator<TokenTree> for TokenStream {
    fn from_iter<I: IntoIterator<Item = TokenTree>>(iter: I) -> Self {
        let mut builder = TokenStreamBuilder::new();
        for tree in iter {
            builder.push_tree(&tree);
        }
        builder.build()
    }
}

/// The token trees of a stream.
#[derive(Clone)]
pub struct TokenTreeIter<'a> {
    stream: &'a TokenStream,
    at: usize,
}

impl TokenTreeIter<'_> {
    /// The index in the buffer of the token that comes next.
    pub fn position(&self) -> usize {
        self.at
    }

    /// The next tree, which stays.
    pub fn peek(&self) -> Option<TokenTree> {
        self.clone().next()
    }
}

impl Iterator for TokenTreeIter<'_> {
    type Item = TokenTree;

    fn next(&mut self) -> Option<TokenTree> {
        if self.at >= self.stream.end as usize {
            return None;
        }
        let buffer = &self.stream.buffer;
        let open = self.at;
        let Some(delim) = buffer.kind(open).open_delim() else {
            self.at += 1;
            return Some(TokenTree::Token(buffer.token(open), buffer.spacing(open)));
        };
        let close = buffer.close_of(open);
        self.at = close + 1;
        Some(TokenTree::Delimited(
            DelimSpan::from_pair(buffer.span(open), buffer.span(close)),
            DelimSpacing::new(buffer.spacing(open), buffer.spacing(close)),
            delim,
            TokenStream::from_range(buffer, open + 1, close),
        ))
    }
}

/// Builds a buffer token by token.
#[derive(Debug, Default)]
pub struct TokenStreamBuilder {
    buffer: TokenBuffer,
    open: Vec<u32>,
}

impl TokenStreamBuilder {
    pub fn new() -> Self {
        Self::default()
    }

    /// With room for so many tokens.
    pub fn with_capacity(tokens: usize) -> Self {
        let buffer = TokenBuffer { slots: Vec::with_capacity(tokens), spans: Vec::with_capacity(tokens) };
        TokenStreamBuilder { buffer, open: Vec::new() }
    }

    pub fn len(&self) -> usize {
        self.buffer.len()
    }

    pub fn is_empty(&self) -> bool {
        self.buffer.slots.is_empty()
    }

    /// A token that is no bracket.
    #[inline]
    pub fn push_token(&mut self, kind: TokenKind, span: Span, spacing: Spacing) {
        debug_assert!(!kind.is_delim());
        self.buffer.slots.push(Slot::new(kind, spacing));
        self.buffer.spans.push(span);
    }

    #[inline]
    pub fn open_delim(&mut self, delim: Delimiter, span: Span, spacing: Spacing) {
        self.open.push(self.buffer.len() as u32);
        self.buffer.slots.push(Slot::new(delim.as_open_token_kind(), spacing));
        self.buffer.spans.push(span);
    }

    /// Closes the innermost open bracket, whatever it is. There must be one.
    #[inline]
    pub fn close_delim(&mut self, span: Span, spacing: Spacing) {
        let open = self.open.pop().expect("a bracket to close") as usize;
        let distance = (self.buffer.len() - open) as u32;
        let slot = &mut self.buffer.slots[open];
        slot.meta |= distance << 2;
        let delim = slot.kind.open_delim().expect("an opening bracket");
        self.buffer.slots.push(Slot::new(delim.as_close_token_kind(), spacing));
        self.buffer.spans.push(span);
    }

    /// The innermost open bracket.
    pub fn innermost_open(&self) -> Option<(Delimiter, Span)> {
        let open = *self.open.last()? as usize;
        Some((self.buffer.kind(open).open_delim()?, self.buffer.span(open)))
    }

    /// The number of open brackets.
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    /// All of another stream.
    pub fn push_stream(&mut self, stream: &TokenStream) {
        self.push_range(&stream.buffer, stream.range(), |span| span);
    }

    /// A range of a buffer, with each span changed by `f`.
    pub fn push_range(&mut self, buffer: &TokenBuffer, range: std::ops::Range<usize>, f: impl FnMut(Span) -> Span) {
        self.buffer.slots.extend_from_slice(&buffer.slots[range.clone()]);
        self.buffer.spans.extend(buffer.spans[range].iter().copied().map(f));
    }

    /// As [`TokenStreamBuilder::push_range`], for tokens that a macro puts in: what stood close together in its
    /// definition does so no more, but for the pieces of one operator.
    pub fn push_range_alone(
        &mut self,
        buffer: &TokenBuffer,
        range: std::ops::Range<usize>,
        f: impl FnMut(Span) -> Span,
    ) {
        let start = self.buffer.slots.len();
        self.push_range(buffer, range, f);
        let slots = &mut self.buffer.slots[start..];
        for i in 0..slots.len() {
            let slot = slots[i];
            let next = slots.get(i + 1).map(|s| s.kind);
            let bracket = slot.kind.is_delim();
            if !bracket && slot.spacing() != Spacing::Alone && !next.is_some_and(|n| slot.kind.glues_with(n)) {
                slots[i].meta &= !3;
            }
        }
    }

    pub fn push_tree(&mut self, tree: &TokenTree) {
        match tree {
            TokenTree::Token(token, spacing) => self.push_token(token.kind, token.span, *spacing),
            TokenTree::Delimited(span, spacing, delim, stream) => {
                self.open_delim(*delim, span.open, spacing.open);
                self.push_stream(stream);
                self.close_delim(span.close, spacing.close);
            }
        }
    }

    /// The stream of all that was pushed. All brackets must be closed.
    pub fn build(self) -> TokenStream {
        assert!(self.open.is_empty(), "an open bracket");
        TokenStream::new(self.buffer)
    }
}

impl<E: Encoder> Encodable<E> for TokenStream {
    fn encode(&self, e: &mut E) {
        e.emit_usize(self.token_len());
        for (token, spacing) in self.tokens() {
            token.encode(e);
            spacing.encode(e);
        }
    }
}

impl<D: Decoder> Decodable<D> for TokenStream {
    fn decode(d: &mut D) -> Self {
        let len = d.read_usize();
        let mut builder = TokenStreamBuilder::with_capacity(len);
        for _ in 0..len {
            let token = Token::decode(d);
            let spacing = Spacing::decode(d);
            if let Some(delim) = token.kind.open_delim() {
                builder.open_delim(delim, token.span, spacing);
            } else if token.kind.close_delim().is_some() {
                builder.close_delim(token.span, spacing);
            } else {
                builder.push_token(token.kind, token.span, spacing);
            }
        }
        builder.build()
    }
}
