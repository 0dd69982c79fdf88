//! Tokens: what the lexer makes of the text, and macros pass around.
//!
//! Operators are lexed as long as possible (`>>=` is one token, as `macro_rules!` sees it); the parser splits them.

use span::{Edition, Span, Symbol, kw, sym};

/// `//` or `/* */`
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, macros::Encodable, macros::Decodable)]
pub enum CommentKind {
    Line,
    Block,
}

/// A pair of brackets.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, macros::Encodable, macros::Decodable)]
pub enum Delimiter {
    Parenthesis,
    Brace,
    Bracket,
    /// Around what a macro substituted or returned: keeps it together, prints as nothing.
    Invisible(InvisibleOrigin),
}

/// Who put invisible delimiters there.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, macros::Encodable, macros::Decodable)]
pub enum InvisibleOrigin {
    /// Substitution of `$x:kind`.
    MetaVar(MetaVarKind),
    /// A procedural macro. The parser looks through these.
    ProcMacro,
}

impl InvisibleOrigin {
    /// Whether the parser takes no notice of the delimiters.
    pub fn skip(&self) -> bool {
        matches!(self, InvisibleOrigin::ProcMacro)
    }
}

impl Delimiter {
    /// Whether the parser takes no notice of the delimiters.
    pub fn skip(&self) -> bool {
        matches!(self, Delimiter::Invisible(origin) if origin.skip())
    }

    pub fn as_open_token_kind(&self) -> TokenKind {
        match *self {
            Delimiter::Parenthesis => TokenKind::OpenParen,
            Delimiter::Brace => TokenKind::OpenBrace,
            Delimiter::Bracket => TokenKind::OpenBracket,
            Delimiter::Invisible(origin) => TokenKind::OpenInvisible(origin),
        }
    }

    pub fn as_close_token_kind(&self) -> TokenKind {
        match *self {
            Delimiter::Parenthesis => TokenKind::CloseParen,
            Delimiter::Brace => TokenKind::CloseBrace,
            Delimiter::Bracket => TokenKind::CloseBracket,
            Delimiter::Invisible(origin) => TokenKind::CloseInvisible(origin),
        }
    }
}

/// The kind of the substituted fragment, and what the parser must know of it without parsing it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, macros::Encodable, macros::Decodable)]
pub enum MetaVarKind {
    Item,
    Block,
    Stmt,
    Pat(NtPatKind),
    Expr {
        kind: NtExprKind,
        /// It is a literal, or `-` and a literal.
        can_begin_literal_maybe_minus: bool,
        can_begin_string_literal: bool,
    },
    Ty {
        is_path: bool,
    },
    Ident,
    Lifetime,
    Literal,
    Meta {
        /// It has the form of a meta item rather than that of an arbitrary attribute.
        has_meta_form: bool,
    },
    Path,
    Vis,
    TT,
}

impl std::fmt::Display for MetaVarKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            MetaVarKind::Item => "item",
            MetaVarKind::Block => "block",
            MetaVarKind::Stmt => "stmt",
            MetaVarKind::Pat(NtPatKind::PatParam { .. }) => "pat_param",
            MetaVarKind::Pat(NtPatKind::PatWithOr) => "pat",
            MetaVarKind::Expr { kind: NtExprKind::Expr2021 { inferred: false }, .. } => "expr_2021",
            MetaVarKind::Expr { .. } => "expr",
            MetaVarKind::Ty { .. } => "ty",
            MetaVarKind::Ident => "ident",
            MetaVarKind::Lifetime => "lifetime",
            MetaVarKind::Literal => "literal",
            MetaVarKind::Meta { .. } => "meta",
            MetaVarKind::Path => "path",
            MetaVarKind::Vis => "vis",
            MetaVarKind::TT => "tt",
        })
    }
}

/// `pat` with or without top-level alternatives.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, macros::Encodable, macros::Decodable)]
pub enum NtPatKind {
    /// `pat` since 2021.
    PatWithOr,
    /// `pat_param`, or (inferred) `pat` before 2021.
    PatParam { inferred: bool },
}

/// `expr` with or without `_` and `const {}`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, macros::Encodable, macros::Decodable)]
pub enum NtExprKind {
    /// `expr` since 2024.
    Expr,
    /// `expr_2021`, or (inferred) `expr` before 2024.
    Expr2021 { inferred: bool },
}

/// A fragment specifier.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, macros::Encodable, macros::Decodable)]
pub enum NonterminalKind {
    Item,
    Block,
    Stmt,
    Pat(NtPatKind),
    Expr(NtExprKind),
    Ty,
    Ident,
    Lifetime,
    Literal,
    Meta,
    Path,
    Vis,
    TT,
}

impl NonterminalKind {
    /// The specifier of this name; `edition` is that of the macro definition.
    pub fn from_symbol(name: Symbol, edition: impl Fn() -> Edition) -> Option<NonterminalKind> {
        Some(match name {
            sym::item => NonterminalKind::Item,
            sym::block => NonterminalKind::Block,
            sym::stmt => NonterminalKind::Stmt,
            sym::pat if edition().at_least_rust_2021() => NonterminalKind::Pat(NtPatKind::PatWithOr),
            sym::pat => NonterminalKind::Pat(NtPatKind::PatParam { inferred: true }),
            sym::pat_param => NonterminalKind::Pat(NtPatKind::PatParam { inferred: false }),
            sym::expr if edition().at_least_rust_2024() => NonterminalKind::Expr(NtExprKind::Expr),
            sym::expr => NonterminalKind::Expr(NtExprKind::Expr2021 { inferred: true }),
            sym::expr_2021 => NonterminalKind::Expr(NtExprKind::Expr2021 { inferred: false }),
            sym::ty => NonterminalKind::Ty,
            sym::ident => NonterminalKind::Ident,
            sym::lifetime => NonterminalKind::Lifetime,
            sym::literal => NonterminalKind::Literal,
            sym::meta => NonterminalKind::Meta,
            sym::path => NonterminalKind::Path,
            sym::vis => NonterminalKind::Vis,
            sym::tt => NonterminalKind::TT,
            _ => return None,
        })
    }

    /// As written.
    pub fn symbol(self) -> Symbol {
        match self {
            NonterminalKind::Item => sym::item,
            NonterminalKind::Block => sym::block,
            NonterminalKind::Stmt => sym::stmt,
            NonterminalKind::Pat(NtPatKind::PatParam { inferred: true } | NtPatKind::PatWithOr) => sym::pat,
            NonterminalKind::Pat(NtPatKind::PatParam { inferred: false }) => sym::pat_param,
            NonterminalKind::Expr(NtExprKind::Expr2021 { inferred: true } | NtExprKind::Expr) => sym::expr,
            NonterminalKind::Expr(NtExprKind::Expr2021 { inferred: false }) => sym::expr_2021,
            NonterminalKind::Ty => sym::ty,
            NonterminalKind::Ident => sym::ident,
            NonterminalKind::Lifetime => sym::lifetime,
            NonterminalKind::Literal => sym::literal,
            NonterminalKind::Meta => sym::meta,
            NonterminalKind::Path => sym::path,
            NonterminalKind::Vis => sym::vis,
            NonterminalKind::TT => sym::tt,
        }
    }
}

impl std::fmt::Display for NonterminalKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.symbol())
    }
}

/// The kinds of literal, as far as their first characters tell. `1f32` is an integer here.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, macros::Encodable, macros::Decodable)]
pub enum LitKind {
    /// `true`, `false`: only inside expressions, never as a token.
    Bool,
    Byte,
    Char,
    Integer,
    Float,
    Str,
    /// `r#""#` with so many `#`.
    StrRaw(u8),
    ByteStr,
    ByteStrRaw(u8),
    CStr,
    CStrRaw(u8),
    /// A malformed literal, which was reported.
    Err(span::ErrorGuaranteed),
}

impl LitKind {
    /// `a` or `an`, as fits before `descr`.
    pub fn article(self) -> &'static str {
        match self {
            LitKind::Integer | LitKind::Err(_) => "an",
            _ => "a",
        }
    }

    pub fn descr(self) -> &'static str {
        match self {
            LitKind::Bool => "boolean",
            LitKind::Byte => "byte",
            LitKind::Char => "char",
            LitKind::Integer => "integer",
            LitKind::Float => "float",
            LitKind::Str | LitKind::StrRaw(..) => "string",
            LitKind::ByteStr | LitKind::ByteStrRaw(..) => "byte string",
            LitKind::CStr | LitKind::CStrRaw(..) => "C string",
            LitKind::Err(_) => "error",
        }
    }

    pub(crate) fn may_have_suffix(self) -> bool {
        matches!(self, LitKind::Integer | LitKind::Float | LitKind::Err(_))
    }
}

/// A literal token.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, macros::Encodable, macros::Decodable)]
pub struct Lit {
    pub kind: LitKind,
    /// As written, without quotes, prefix and suffix.
    pub symbol: Symbol,
    pub suffix: Option<Symbol>,
}

impl Lit {
    pub fn new(kind: LitKind, symbol: Symbol, suffix: Option<Symbol>) -> Lit {
        Lit { kind, symbol, suffix }
    }

    /// May it have a suffix other than an unknown one that is reported?
    pub fn may_have_suffix(&self) -> bool {
        self.kind.may_have_suffix()
    }

    /// `true`, `false` or a literal token.
    pub fn from_token(token: &Token) -> Option<Lit> {
        match token.kind {
            TokenKind::Ident(name, IdentIsRaw::No) if name.is_bool_lit() => Some(Lit::new(LitKind::Bool, name, None)),
            TokenKind::Literal(lit) => Some(lit),
            _ => None,
        }
    }

    /// A decimal, octal, hexadecimal or binary number without suffix: the index of a tuple field may be one.
    pub fn is_integer(&self) -> bool {
        self.kind == LitKind::Integer
    }
}

impl std::fmt::Display for Lit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Lit { kind, symbol, suffix } = *self;
        let hashes = |n: u8| "#".repeat(n as usize);
        match kind {
            LitKind::Byte => write!(f, "b'{symbol}'")?,
            LitKind::Char => write!(f, "'{symbol}'")?,
            LitKind::Str => write!(f, "\"{symbol}\"")?,
            LitKind::StrRaw(n) => write!(f, "r{h}\"{symbol}\"{h}", h = hashes(n))?,
            LitKind::ByteStr => write!(f, "b\"{symbol}\"")?,
            LitKind::ByteStrRaw(n) => write!(f, "br{h}\"{symbol}\"{h}", h = hashes(n))?,
            LitKind::CStr => write!(f, "c\"{symbol}\"")?,
            LitKind::CStrRaw(n) => write!(f, "cr{h}\"{symbol}\"{h}", h = hashes(n))?,
            LitKind::Integer | LitKind::Float | LitKind::Bool | LitKind::Err(_) => write!(f, "{symbol}")?,
        }
        match suffix {
            Some(suffix) => write!(f, "{suffix}"),
            None => Ok(()),
        }
    }
}

/// Whether an identifier is written `r#ident`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, macros::Encodable, macros::Decodable)]
pub enum IdentIsRaw {
    No,
    Yes,
}

impl IdentIsRaw {
    /// As what `r#` stands in a message or printed text.
    pub fn prefix_str(self) -> &'static str {
        match self {
            IdentIsRaw::No => "",
            IdentIsRaw::Yes => "r#",
        }
    }
}

impl From<bool> for IdentIsRaw {
    fn from(raw: bool) -> Self {
        if raw { IdentIsRaw::Yes } else { IdentIsRaw::No }
    }
}

impl From<IdentIsRaw> for bool {
    fn from(raw: IdentIsRaw) -> bool {
        raw == IdentIsRaw::Yes
    }
}

/// The kinds of token.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, macros::Encodable, macros::Decodable)]
pub enum TokenKind {
    /// `=`
    Eq,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `==`
    EqEq,
    /// `!=`
    Ne,
    /// `>=`
    Ge,
    /// `>`
    Gt,
    /// `&&`
    AndAnd,
    /// `||`
    OrOr,
    /// `!`
    Bang,
    /// `~`
    Tilde,
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Star,
    /// `/`
    Slash,
    /// `%`
    Percent,
    /// `^`
    Caret,
    /// `&`
    And,
    /// `|`
    Or,
    /// `<<`
    Shl,
    /// `>>`
    Shr,
    /// `+=`
    PlusEq,
    /// `-=`
    MinusEq,
    /// `*=`
    StarEq,
    /// `/=`
    SlashEq,
    /// `%=`
    PercentEq,
    /// `^=`
    CaretEq,
    /// `&=`
    AndEq,
    /// `|=`
    OrEq,
    /// `<<=`
    ShlEq,
    /// `>>=`
    ShrEq,
    /// `@`
    At,
    /// `.`
    Dot,
    /// `..`
    DotDot,
    /// `...`
    DotDotDot,
    /// `..=`
    DotDotEq,
    /// `,`
    Comma,
    /// `;`
    Semi,
    /// `:`
    Colon,
    /// `::`
    PathSep,
    /// `->`
    RArrow,
    /// `<-`
    LArrow,
    /// `=>`
    FatArrow,
    /// `#`
    Pound,
    /// `$`
    Dollar,
    /// `?`
    Question,
    /// `'`: from procedural macros only.
    SingleQuote,
    /// `(`
    OpenParen,
    /// `)`
    CloseParen,
    /// `{`
    OpenBrace,
    /// `}`
    CloseBrace,
    /// `[`
    OpenBracket,
    /// `]`
    CloseBracket,
    OpenInvisible(InvisibleOrigin),
    CloseInvisible(InvisibleOrigin),
    Literal(Lit),
    /// An identifier or keyword. Whether it is a keyword depends on the edition of its span: see [`Token::is_keyword`] and so on.
    Ident(Symbol, IdentIsRaw),
    /// With its `'`.
    Lifetime(Symbol, IdentIsRaw),
    /// The text without the comment marks.
    DocComment(CommentKind, crate::AttrStyle, Symbol),
    Eof,
}

/// A token at a place.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, macros::Encodable, macros::Decodable)]
pub struct Token {
    pub kind: TokenKind,
    pub span: Span,
}

impl TokenKind {
    /// Whether this, close before `next`, is lexed as two of what is one operator: `>` `>=`.
    pub fn glues_with(self, next: TokenKind) -> bool {
        use TokenKind::*;
        match self {
            Gt => matches!(next, Gt | Ge | Eq | EqEq),
            Lt => matches!(next, Lt | Le | Eq | EqEq | Minus),
            And => matches!(next, And | Eq | EqEq),
            Or => matches!(next, Or | Eq | EqEq),
            _ => false,
        }
    }
}

impl PartialEq<TokenKind> for Token {
    fn eq(&self, rhs: &TokenKind) -> bool {
        self.kind == *rhs
    }
}

mod kinds;
