//! Printing tokens.

use span::Symbol;

use crate::AttrStyle;
use crate::token::{CommentKind, Token, TokenKind};
use crate::tokenstream::{Spacing, TokenStream};

/// A doc comment as it was written.
pub fn doc_comment_to_string(kind: CommentKind, style: AttrStyle, data: Symbol) -> String {
    match (kind, style) {
        (CommentKind::Line, AttrStyle::Outer) => format!("///{data}"),
        (CommentKind::Line, AttrStyle::Inner) => format!("//!{data}"),
        (CommentKind::Block, AttrStyle::Outer) => format!("/**{data}*/"),
        (CommentKind::Block, AttrStyle::Inner) => format!("/*!{data}*/"),
    }
}

/// A token as it is written. `$crate` is the name of its crate.
pub fn token_to_string(token: &Token) -> String {
    if let TokenKind::Ident(name, crate::token::IdentIsRaw::No) = token.kind
        && name == span::kw::DollarCrate
    {
        return dollar_crate(token);
    }
    token_kind_to_string(token.kind)
}

fn dollar_crate(token: &Token) -> String {
    let name = token.span.ctxt().dollar_crate_name();
    if name == span::kw::DollarCrate { "$crate".to_string() } else { name.to_string() }
}

/// A token of this kind as it is written.
pub fn token_kind_to_string(kind: TokenKind) -> String {
    use TokenKind::*;
    let text = match kind {
        Eq => "=",
        Lt => "<",
        Le => "<=",
        EqEq => "==",
        Ne => "!=",
        Ge => ">=",
        Gt => ">",
        AndAnd => "&&",
        OrOr => "||",
        Bang => "!",
        Tilde => "~",
        Plus => "+",
        Minus => "-",
        Star => "*",
        Slash => "/",
        Percent => "%",
        Caret => "^",
        And => "&",
        Or => "|",
        Shl => "<<",
        Shr => ">>",
        PlusEq => "+=",
        MinusEq => "-=",
        StarEq => "*=",
        SlashEq => "/=",
        PercentEq => "%=",
        CaretEq => "^=",
        AndEq => "&=",
        OrEq => "|=",
        ShlEq => "<<=",
        ShrEq => ">>=",
        At => "@",
        Dot => ".",
        DotDot => "..",
        DotDotDot => "...",
        DotDotEq => "..=",
        Comma => ",",
        Semi => ";",
        Colon => ":",
        PathSep => "::",
        RArrow => "->",
        LArrow => "<-",
        FatArrow => "=>",
        Pound => "#",
        Dollar => "$",
        Question => "?",
        SingleQuote => "'",
        OpenParen => "(",
        CloseParen => ")",
        OpenBrace => "{",
        CloseBrace => "}",
        OpenBracket => "[",
        CloseBracket => "]",
        OpenInvisible(_) | CloseInvisible(_) => "",
        Eof => "<eof>",
        Literal(lit) => return lit.to_string(),
        Ident(name, raw) => return format!("{}{name}", raw.prefix_str()),
        Lifetime(name, raw) => {
            let text = name.as_str();
            return match raw {
                crate::token::IdentIsRaw::Yes => format!("'r#{}", text.trim_start_matches('\'')),
                crate::token::IdentIsRaw::No => text.to_string(),
            };
        }
        DocComment(kind, style, data) => return doc_comment_to_string(kind, style, data),
    };
    text.to_string()
}

/// A stream as text: with the spacing it was written with, as far as that is known.
pub fn tts_to_string(stream: &TokenStream) -> String {
    let mut out = String::new();
    let mut prev: Option<(Token, Spacing)> = None;
    for (token, spacing) in stream.tokens() {
        if matches!(token.kind, TokenKind::OpenInvisible(_) | TokenKind::CloseInvisible(_)) {
            continue;
        }
        if let Some((last, last_spacing)) = prev
            && needs_space(&last, last_spacing, &token)
        {
            out.push(' ');
        }
        out.push_str(&token_to_string(&token));
        if matches!(token.kind, TokenKind::DocComment(CommentKind::Line, ..)) {
            out.push('\n');
        }
        prev = Some((token, spacing));
    }
    out
}

fn needs_space(last: &Token, spacing: Spacing, next: &Token) -> bool {
    use TokenKind::*;
    match spacing {
        Spacing::Joint | Spacing::JointHidden => return false,
        Spacing::Alone => {}
    }
    match (last.kind, next.kind) {
        // What was written with a space keeps it; these never had one where it is not known.
        (OpenParen | OpenBracket, _) | (_, CloseParen | CloseBracket) => false,
        (DocComment(CommentKind::Line, ..), _) => false,
        (Dot, _) if !next.kind.is_punct() => false,
        (_, Comma | Semi | Dot) if !last.kind.is_punct() => false,
        (Ident(name, raw), OpenParen)
            if !last.is_reserved_ident()
                || raw == crate::token::IdentIsRaw::Yes
                || name == span::kw::Fn
                || name == span::kw::SelfUpper
                || name == span::kw::Pub =>
        {
            false
        }
        (Pound, OpenBracket) => false,
        (Dollar, Ident(..)) => false,
        _ => true,
    }
}
