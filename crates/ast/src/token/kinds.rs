//! Questions about tokens: keywords, what may begin an expression, splitting of operators.

use super::{Delimiter, IdentIsRaw, InvisibleOrigin, Lit, MetaVarKind, NtExprKind, Token, TokenKind, kw};
use span::{Ident, Span, Symbol};

impl TokenKind {
    pub fn is_open_delim(&self) -> bool {
        self.open_delim().is_some()
    }

    /// The brackets that it opens.
    pub fn open_delim(&self) -> Option<Delimiter> {
        match *self {
            TokenKind::OpenParen => Some(Delimiter::Parenthesis),
            TokenKind::OpenBrace => Some(Delimiter::Brace),
            TokenKind::OpenBracket => Some(Delimiter::Bracket),
            TokenKind::OpenInvisible(origin) => Some(Delimiter::Invisible(origin)),
            _ => None,
        }
    }

    /// The brackets that it closes.
    pub fn close_delim(&self) -> Option<Delimiter> {
        match *self {
            TokenKind::CloseParen => Some(Delimiter::Parenthesis),
            TokenKind::CloseBrace => Some(Delimiter::Brace),
            TokenKind::CloseBracket => Some(Delimiter::Bracket),
            TokenKind::CloseInvisible(origin) => Some(Delimiter::Invisible(origin)),
            _ => None,
        }
    }

    pub fn is_delim(&self) -> bool {
        self.open_delim().is_some() || self.close_delim().is_some()
    }

    /// Takes the first `n` (1 or 2) characters off an operator: what they are, and what is left.
    pub fn break_two_token_op(&self, n: u32) -> Option<(TokenKind, TokenKind)> {
        use TokenKind::*;
        Some(match (*self, n) {
            (Le, 1) => (Lt, Eq),
            (EqEq, 1) => (Eq, Eq),
            (Ne, 1) => (Bang, Eq),
            (Ge, 1) => (Gt, Eq),
            (AndAnd, 1) => (And, And),
            (OrOr, 1) => (Or, Or),
            (Shl, 1) => (Lt, Lt),
            (Shr, 1) => (Gt, Gt),
            (PlusEq, 1) => (Plus, Eq),
            (MinusEq, 1) => (Minus, Eq),
            (StarEq, 1) => (Star, Eq),
            (SlashEq, 1) => (Slash, Eq),
            (PercentEq, 1) => (Percent, Eq),
            (CaretEq, 1) => (Caret, Eq),
            (AndEq, 1) => (And, Eq),
            (OrEq, 1) => (Or, Eq),
            (ShlEq, 1) => (Lt, Le),
            (ShlEq, 2) => (Shl, Eq),
            (ShrEq, 1) => (Gt, Ge),
            (ShrEq, 2) => (Shr, Eq),
            (DotDot, 1) => (Dot, Dot),
            (DotDotDot, 1) => (Dot, DotDot),
            (DotDotDot, 2) => (DotDot, Dot),
            (DotDotEq, 2) => (DotDot, Eq),
            (PathSep, 1) => (Colon, Colon),
            (RArrow, 1) => (Minus, Gt),
            (LArrow, 1) => (Lt, Minus),
            (FatArrow, 1) => (Eq, Gt),
            _ => return None,
        })
    }

    /// What a confused writer may have meant: `,` for `;` and so on.
    pub fn similar_tokens(&self) -> &[TokenKind] {
        match self {
            TokenKind::Comma => &[TokenKind::Dot, TokenKind::Lt, TokenKind::Semi],
            TokenKind::Semi => &[TokenKind::Colon, TokenKind::Comma],
            TokenKind::Colon => &[TokenKind::Semi],
            TokenKind::FatArrow => &[TokenKind::Eq, TokenKind::RArrow, TokenKind::Ge, TokenKind::Gt],
            _ => &[],
        }
    }

    /// An operator or punctuation.
    pub fn is_punct(&self) -> bool {
        use TokenKind::*;
        !self.is_delim() && !matches!(self, Literal(..) | Ident(..) | Lifetime(..) | DocComment(..) | Eof)
    }
}

impl Token {
    pub fn new(kind: TokenKind, span: Span) -> Token {
        Token { kind, span }
    }

    /// What stands where no token is.
    pub fn dummy() -> Token {
        Token::new(TokenKind::Question, span::DUMMY_SP)
    }

    /// An identifier token; raw if it could not else be one.
    pub fn from_ast_ident(ident: Ident) -> Token {
        Token::new(TokenKind::Ident(ident.name, ident.is_raw_guess().into()), ident.span)
    }

    /// The identifier (or keyword) that it is.
    pub fn ident(&self) -> Option<(Ident, IdentIsRaw)> {
        match self.kind {
            TokenKind::Ident(name, is_raw) => Some((Ident::new(name, self.span), is_raw)),
            _ => None,
        }
    }

    pub fn lifetime(&self) -> Option<(Ident, IdentIsRaw)> {
        match self.kind {
            TokenKind::Lifetime(name, is_raw) => Some((Ident::new(name, self.span), is_raw)),
            _ => None,
        }
    }

    /// An identifier or keyword.
    pub fn is_ident(&self) -> bool {
        matches!(self.kind, TokenKind::Ident(..))
    }

    pub fn is_lifetime(&self) -> bool {
        matches!(self.kind, TokenKind::Lifetime(..))
    }

    /// This name, not raw.
    #[inline]
    pub fn is_ident_named(&self, name: Symbol) -> bool {
        matches!(self.kind, TokenKind::Ident(n, _) if n == name)
    }

    /// This keyword.
    #[inline]
    pub fn is_keyword(&self, keyword: Symbol) -> bool {
        matches!(self.kind, TokenKind::Ident(name, IdentIsRaw::No) if name == keyword)
    }

    /// This keyword, in whatever case.
    pub fn is_keyword_case_insensitive(&self, keyword: Symbol) -> bool {
        matches!(self.kind, TokenKind::Ident(name, IdentIsRaw::No)
            if name == keyword || name.as_str().eq_ignore_ascii_case(keyword.as_str()))
    }

    fn is_non_raw_ident_where(&self, pred: impl FnOnce(Ident) -> bool) -> bool {
        matches!(self.kind, TokenKind::Ident(name, IdentIsRaw::No) if pred(Ident::new(name, self.span)))
    }

    /// `self`, `Self`, `super`, `crate`, `$crate`
    pub fn is_path_segment_keyword(&self) -> bool {
        self.is_non_raw_ident_where(|id| id.is_path_segment_keyword())
    }

    /// `_` and other names that can never be identifiers.
    pub fn is_special_ident(&self) -> bool {
        self.is_non_raw_ident_where(|id| id.name.is_special())
    }

    /// A keyword in use in its edition.
    pub fn is_used_keyword(&self) -> bool {
        self.is_non_raw_ident_where(|id| id.is_used_keyword())
    }

    /// A keyword reserved for later in its edition.
    pub fn is_unused_keyword(&self) -> bool {
        self.is_non_raw_ident_where(|id| id.is_unused_keyword())
    }

    /// A keyword, or a name that can never be an identifier.
    pub fn is_reserved_ident(&self) -> bool {
        self.is_non_raw_ident_where(|id| id.is_reserved())
    }

    pub fn is_non_reserved_ident(&self) -> bool {
        self.ident().is_some_and(|(id, raw)| raw == IdentIsRaw::Yes || !id.is_reserved())
    }

    /// `true` or `false`
    pub fn is_bool_lit(&self) -> bool {
        self.is_non_raw_ident_where(|id| id.name.is_bool_lit())
    }

    /// A literal token.
    pub fn is_lit(&self) -> bool {
        matches!(self.kind, TokenKind::Literal(..))
    }

    pub fn is_numeric_lit(&self) -> bool {
        matches!(self.kind, TokenKind::Literal(Lit { kind: super::LitKind::Integer | super::LitKind::Float, .. }))
    }

    pub fn is_integer_lit(&self) -> bool {
        matches!(self.kind, TokenKind::Literal(Lit { kind: super::LitKind::Integer, .. }))
    }

    pub fn is_qpath_start(&self) -> bool {
        matches!(self.kind, TokenKind::Lt | TokenKind::Shl)
    }

    /// `::`, `<`, a path keyword or an identifier.
    pub fn is_path_start(&self) -> bool {
        self.kind == TokenKind::PathSep
            || self.is_qpath_start()
            || matches!(self.is_metavar_seq(), Some(MetaVarKind::Path))
            || self.is_path_segment_keyword()
            || self.is_non_reserved_ident()
    }

    /// The kind of the substituted fragment that begins here.
    pub fn is_metavar_seq(&self) -> Option<MetaVarKind> {
        match self.kind {
            TokenKind::OpenInvisible(InvisibleOrigin::MetaVar(kind)) => Some(kind),
            _ => None,
        }
    }

    /// `+` or an operator that begins with it.
    pub fn is_like_plus(&self) -> bool {
        matches!(self.kind, TokenKind::Plus | TokenKind::PlusEq)
    }

    pub fn is_range_separator(&self) -> bool {
        matches!(self.kind, TokenKind::DotDot | TokenKind::DotDotDot | TokenKind::DotDotEq)
    }

    pub fn is_op(&self) -> bool {
        self.kind.is_punct()
    }

    /// A doc comment.
    pub fn is_doc_comment(&self) -> bool {
        matches!(self.kind, TokenKind::DocComment(..))
    }

    /// May an expression begin with it?
    pub fn can_begin_expr(&self) -> bool {
        use TokenKind::*;
        match self.kind {
            Ident(name, is_raw) => ident_can_begin_expr(name, self.span, is_raw),
            OpenParen | OpenBrace | OpenBracket | Literal(..) | Bang | Minus | Star | Or | OrOr | And | AndAnd
            | DotDot | DotDotDot | DotDotEq | Lt | Shl | PathSep | Lifetime(..) | Pound => true,
            OpenInvisible(InvisibleOrigin::MetaVar(
                MetaVarKind::Block | MetaVarKind::Expr { .. } | MetaVarKind::Literal | MetaVarKind::Path,
            )) => true,
            OpenInvisible(InvisibleOrigin::ProcMacro) => true,
            _ => false,
        }
    }

    /// May a pattern begin with it?
    pub fn can_begin_pattern(&self, pat_kind: super::NtPatKind) -> bool {
        use TokenKind::*;
        match self.kind {
            Ident(..) | OpenParen | OpenBracket | And | AndAnd | Minus | Literal(_) | DotDot | DotDotDot | PathSep
            | Lt | Shl => true,
            Or => matches!(pat_kind, super::NtPatKind::PatWithOr),
            OpenInvisible(InvisibleOrigin::MetaVar(
                MetaVarKind::Expr { .. }
                | MetaVarKind::Literal
                | MetaVarKind::Meta { .. }
                | MetaVarKind::Pat(_)
                | MetaVarKind::Path
                | MetaVarKind::Ty { .. },
            )) => true,
            _ => false,
        }
    }

    /// May a type begin with it?
    pub fn can_begin_type(&self) -> bool {
        use TokenKind::*;
        match self.kind {
            Ident(name, is_raw) => ident_can_begin_type(name, self.span, is_raw),
            OpenParen | OpenBracket | Bang | Star | And | AndAnd | Question | Lifetime(..) | Lt | Shl | PathSep => true,
            OpenInvisible(InvisibleOrigin::MetaVar(MetaVarKind::Ty { .. } | MetaVarKind::Path)) => true,
            // For anonymous structs or unions that are no longer.
            _ => false,
        }
    }

    /// May a const generic argument begin with it?
    pub fn can_begin_const_arg(&self) -> bool {
        match self.kind {
            TokenKind::OpenBrace | TokenKind::Literal(..) | TokenKind::Minus => true,
            TokenKind::Ident(name, IdentIsRaw::No) if name.is_bool_lit() => true,
            TokenKind::OpenInvisible(InvisibleOrigin::MetaVar(
                MetaVarKind::Expr { .. } | MetaVarKind::Block | MetaVarKind::Literal,
            )) => true,
            _ => false,
        }
    }

    /// May an item begin with it?
    pub fn can_begin_item(&self) -> bool {
        matches!(self.kind, TokenKind::Ident(name, IdentIsRaw::No) if [
            kw::Fn, kw::Use, kw::Struct, kw::Enum, kw::Pub, kw::Trait, kw::Extern, kw::Impl, kw::Unsafe,
            kw::Const, kw::Safe, kw::Static, kw::Union, kw::Macro, kw::Mod, kw::Type,
        ].contains(&name))
    }

    /// May a literal, maybe with `-`, begin with it?
    pub fn can_begin_literal_maybe_minus(&self) -> bool {
        match self.kind {
            TokenKind::Literal(..) | TokenKind::Minus => true,
            TokenKind::Ident(name, IdentIsRaw::No) if name.is_bool_lit() => true,
            TokenKind::OpenInvisible(InvisibleOrigin::MetaVar(kind)) => match kind {
                MetaVarKind::Literal => true,
                MetaVarKind::Expr { can_begin_literal_maybe_minus, .. } => can_begin_literal_maybe_minus,
                _ => false,
            },
            _ => false,
        }
    }

    /// May a string literal begin with it?
    pub fn can_begin_string_literal(&self) -> bool {
        match self.kind {
            TokenKind::Literal(..) => true,
            TokenKind::OpenInvisible(InvisibleOrigin::MetaVar(kind)) => match kind {
                MetaVarKind::Literal => true,
                MetaVarKind::Expr { can_begin_string_literal, .. } => can_begin_string_literal,
                _ => false,
            },
            _ => false,
        }
    }

    /// Would it continue an expression that has ended before it?
    pub fn expr_can_follow(&self) -> bool {
        crate::precedence::AssocOp::from_token(self).is_some()
    }

    /// Is the fragment an expression of whatever kind?
    pub fn is_metavar_expr(&self) -> bool {
        matches!(
            self.is_metavar_seq(),
            Some(
                MetaVarKind::Expr { kind: NtExprKind::Expr | NtExprKind::Expr2021 { .. }, .. }
                    | MetaVarKind::Literal
                    | MetaVarKind::Block
                    | MetaVarKind::Path
            )
        )
    }

    /// Glues it with the token behind it to an operator, if the two make one.
    pub fn glue(&self, joint: &Token) -> Option<Token> {
        use TokenKind::*;
        let kind = match (self.kind, joint.kind) {
            (Eq, Eq) => EqEq,
            (Eq, Gt) => FatArrow,
            (Lt, Eq) => Le,
            (Lt, Lt) => Shl,
            (Lt, Le) => ShlEq,
            (Lt, Minus) => LArrow,
            (Gt, Gt) => Shr,
            (Gt, Ge) => ShrEq,
            (Gt, Eq) => Ge,
            (Bang, Eq) => Ne,
            (Plus, Eq) => PlusEq,
            (Minus, Eq) => MinusEq,
            (Minus, Gt) => RArrow,
            (Star, Eq) => StarEq,
            (Slash, Eq) => SlashEq,
            (Percent, Eq) => PercentEq,
            (Caret, Eq) => CaretEq,
            (And, Eq) => AndEq,
            (And, And) => AndAnd,
            (Or, Eq) => OrEq,
            (Or, Or) => OrOr,
            (Shl, Eq) => ShlEq,
            (Shr, Eq) => ShrEq,
            (Dot, Dot) => DotDot,
            (Dot, DotDot) => DotDotDot,
            (DotDot, Dot) => DotDotDot,
            (DotDot, Eq) => DotDotEq,
            (Colon, Colon) => PathSep,
            _ => return None,
        };
        Some(Token::new(kind, self.span.to(joint.span)))
    }
}

/// May an expression begin with this identifier or keyword?
pub fn ident_can_begin_expr(name: Symbol, span: Span, is_raw: IdentIsRaw) -> bool {
    let ident = Token::new(TokenKind::Ident(name, is_raw), span);
    !ident.is_reserved_ident()
        || ident.is_path_segment_keyword()
        || [
            kw::Async,
            kw::Do,
            kw::Box,
            kw::Break,
            kw::Const,
            kw::Continue,
            kw::False,
            kw::For,
            kw::Gen,
            kw::If,
            kw::Let,
            kw::Loop,
            kw::Match,
            kw::Move,
            kw::Return,
            kw::True,
            kw::Try,
            kw::Unsafe,
            kw::While,
            kw::Yield,
            kw::Safe,
            kw::Static,
            kw::Become,
        ]
        .contains(&name)
}

/// May a type begin with this identifier or keyword?
fn ident_can_begin_type(name: Symbol, span: Span, is_raw: IdentIsRaw) -> bool {
    let ident = Token::new(TokenKind::Ident(name, is_raw), span);
    !ident.is_reserved_ident()
        || ident.is_path_segment_keyword()
        || [kw::Underscore, kw::For, kw::Impl, kw::Fn, kw::Unsafe, kw::Extern, kw::Typeof, kw::Dyn].contains(&name)
}
