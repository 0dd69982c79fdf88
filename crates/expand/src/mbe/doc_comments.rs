//! Doc comments among a macro's arguments are attributes: `/// x` becomes `#[doc = r" x"]`.

use ast::AttrStyle;
use ast::token::{Delimiter, IdentIsRaw, Lit, LitKind, TokenKind};
use ast::tokenstream::{Spacing, TokenStream, TokenStreamBuilder};
use span::{Span, Symbol, sym};

/// The stream with all doc comments written as attributes; the same stream if there are none.
pub(super) fn desugar(stream: &TokenStream) -> TokenStream {
    if !stream.range().any(|i| matches!(stream.buffer().kind(i), TokenKind::DocComment(..))) {
        return stream.clone();
    }
    let mut builder = TokenStreamBuilder::with_capacity(stream.token_len() + 8);
    for (token, spacing) in stream.tokens() {
        if let TokenKind::DocComment(_, style, text) = token.kind {
            push_attribute(&mut builder, style, text, token.span);
        } else if let Some(delim) = token.kind.open_delim() {
            builder.open_delim(delim, token.span, spacing);
        } else if token.kind.close_delim().is_some() {
            builder.close_delim(token.span, spacing);
        } else {
            builder.push_token(token.kind, token.span, spacing);
        }
    }
    builder.build()
}

fn push_attribute(builder: &mut TokenStreamBuilder, style: AttrStyle, text: Symbol, span: Span) {
    builder.push_token(TokenKind::Pound, span, Spacing::Joint);
    if style == AttrStyle::Inner {
        builder.push_token(TokenKind::Bang, span, Spacing::JointHidden);
    }
    builder.open_delim(Delimiter::Bracket, span, Spacing::JointHidden);
    builder.push_token(TokenKind::Ident(sym::doc, IdentIsRaw::No), span, Spacing::Alone);
    builder.push_token(TokenKind::Eq, span, Spacing::Alone);
    let lit = Lit::new(LitKind::StrRaw(hashes_needed(text.as_str())), text, None);
    builder.push_token(TokenKind::Literal(lit), span, Spacing::JointHidden);
    builder.close_delim(span, Spacing::Alone);
}

/// One more than the longest run of `#` behind a `"` in the text; none if there is no `"`.
fn hashes_needed(text: &str) -> u8 {
    let mut needed = 0;
    for (i, _) in text.match_indices('"') {
        let run = text[i + 1..].bytes().take_while(|b| *b == b'#').count();
        needed = needed.max(run + 1);
    }
    needed.min(255) as u8
}
