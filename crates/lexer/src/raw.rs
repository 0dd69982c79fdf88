//! The regular part of the token grammar, for `logos`. What is not regular (nested comments, raw strings, what a quote begins)
//! is found by its first characters here, and to its end by `literals.rs`.

use logos::Logos;

/// What the text begins with.
#[derive(Logos, Clone, Copy, PartialEq, Eq, Debug)]
#[logos(utf8 = true)]
pub enum Raw {
    #[regex(r"[ \t\n\r\x0B\x0C\u{85}\u{200E}\u{200F}\u{2028}\u{2029}]+")]
    Whitespace,
    /// To the end of the line.
    #[regex(r"//[^\n]*", allow_greedy = true)]
    LineComment,
    /// Only the beginning.
    #[token("/*")]
    BlockComment,
    #[regex(r"[\p{XID_Start}_]\p{XID_Continue}*")]
    Ident,
    /// Only the first digit.
    #[regex("[0-9]")]
    Number,
    /// Only the quote.
    #[token("'")]
    SingleQuote,
    /// Only the quote.
    #[token("\"")]
    DoubleQuote,
    #[token("(")]
    OpenParen,
    #[token(")")]
    CloseParen,
    #[token("{")]
    OpenBrace,
    #[token("}")]
    CloseBrace,
    #[token("[")]
    OpenBracket,
    #[token("]")]
    CloseBracket,
    #[token("=")]
    Eq,
    #[token("<")]
    Lt,
    #[token("<=")]
    Le,
    #[token("==")]
    EqEq,
    #[token("!=")]
    Ne,
    #[token(">=")]
    Ge,
    #[token(">")]
    Gt,
    #[token("&&")]
    AndAnd,
    #[token("||")]
    OrOr,
    #[token("!")]
    Bang,
    #[token("~")]
    Tilde,
    #[token("+")]
    Plus,
    #[token("-")]
    Minus,
    #[token("*")]
    Star,
    #[token("/")]
    Slash,
    #[token("%")]
    Percent,
    #[token("^")]
    Caret,
    #[token("&")]
    And,
    #[token("|")]
    Or,
    #[token("<<")]
    Shl,
    #[token(">>")]
    Shr,
    #[token("+=")]
    PlusEq,
    #[token("-=")]
    MinusEq,
    #[token("*=")]
    StarEq,
    #[token("/=")]
    SlashEq,
    #[token("%=")]
    PercentEq,
    #[token("^=")]
    CaretEq,
    #[token("&=")]
    AndEq,
    #[token("|=")]
    OrEq,
    #[token("<<=")]
    ShlEq,
    #[token(">>=")]
    ShrEq,
    #[token("@")]
    At,
    #[token(".")]
    Dot,
    #[token("..")]
    DotDot,
    #[token("...")]
    DotDotDot,
    #[token("..=")]
    DotDotEq,
    #[token(",")]
    Comma,
    #[token(";")]
    Semi,
    #[token(":")]
    Colon,
    #[token("::")]
    PathSep,
    #[token("->")]
    RArrow,
    #[token("<-")]
    LArrow,
    #[token("=>")]
    FatArrow,
    #[token("#")]
    Pound,
    #[token("$")]
    Dollar,
    #[token("?")]
    Question,
}
