//! The precedence of expressions and operators (Reference, "Expression precedence").

use crate::{
    AssignOpKind, BinOpKind, ExprKind, RangeLimits,
    token::{Token, TokenKind},
};
use span::kw;

/// How tightly an expression binds, the loosest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ExprPrecedence {
    /// `return`, `break`, `yield`, closures
    Jump,
    /// `=` and `+=` and so on
    Assign,
    /// `..`, `..=`
    Range,
    /// `||`
    LOr,
    /// `&&`
    LAnd,
    /// `==`, `<` and so on
    Compare,
    /// `|`
    BitOr,
    /// `^`
    BitXor,
    /// `&`
    BitAnd,
    /// `<<`, `>>`
    Shift,
    /// `+`, `-`
    Sum,
    /// `*`, `/`, `%`
    Product,
    /// `as`
    Cast,
    /// unary operators, `let`
    Prefix,
    /// needs no parentheses anywhere
    Unambiguous,
}

/// Which way an operator associates.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fixity {
    Left,
    Right,
    None,
}

/// An operator that stands between expressions (or behind one, as `as` and `..` may).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AssocOp {
    Binary(BinOpKind),
    AssignOp(AssignOpKind),
    Assign,
    Cast,
    Range(RangeLimits),
}

impl AssocOp {
    /// The operator that the token is, if it is one.
    pub fn from_token(t: &Token) -> Option<AssocOp> {
        AssocOp::from_token_kind(t.kind)
    }

    /// The operator that a token of this kind is, if it is one.
    #[inline]
    pub fn from_token_kind(kind: TokenKind) -> Option<AssocOp> {
        Some(match kind {
            TokenKind::Ident(kw::As, token::IdentIsRaw::No) => AssocOp::Cast,
            TokenKind::Eq => AssocOp::Assign,
            TokenKind::Star => AssocOp::Binary(BinOpKind::Mul),
            TokenKind::Slash => AssocOp::Binary(BinOpKind::Div),
            TokenKind::Percent => AssocOp::Binary(BinOpKind::Rem),
            TokenKind::Plus => AssocOp::Binary(BinOpKind::Add),
            TokenKind::Minus => AssocOp::Binary(BinOpKind::Sub),
            TokenKind::Shl => AssocOp::Binary(BinOpKind::Shl),
            TokenKind::Shr => AssocOp::Binary(BinOpKind::Shr),
            TokenKind::And => AssocOp::Binary(BinOpKind::BitAnd),
            TokenKind::Caret => AssocOp::Binary(BinOpKind::BitXor),
            TokenKind::Or => AssocOp::Binary(BinOpKind::BitOr),
            TokenKind::Lt => AssocOp::Binary(BinOpKind::Lt),
            TokenKind::Le => AssocOp::Binary(BinOpKind::Le),
            TokenKind::Ge => AssocOp::Binary(BinOpKind::Ge),
            TokenKind::Gt => AssocOp::Binary(BinOpKind::Gt),
            TokenKind::EqEq => AssocOp::Binary(BinOpKind::Eq),
            TokenKind::Ne => AssocOp::Binary(BinOpKind::Ne),
            TokenKind::AndAnd => AssocOp::Binary(BinOpKind::And),
            TokenKind::OrOr => AssocOp::Binary(BinOpKind::Or),
            TokenKind::PlusEq => AssocOp::AssignOp(AssignOpKind::AddAssign),
            TokenKind::MinusEq => AssocOp::AssignOp(AssignOpKind::SubAssign),
            TokenKind::StarEq => AssocOp::AssignOp(AssignOpKind::MulAssign),
            TokenKind::SlashEq => AssocOp::AssignOp(AssignOpKind::DivAssign),
            TokenKind::PercentEq => AssocOp::AssignOp(AssignOpKind::RemAssign),
            TokenKind::CaretEq => AssocOp::AssignOp(AssignOpKind::BitXorAssign),
            TokenKind::AndEq => AssocOp::AssignOp(AssignOpKind::BitAndAssign),
            TokenKind::OrEq => AssocOp::AssignOp(AssignOpKind::BitOrAssign),
            TokenKind::ShlEq => AssocOp::AssignOp(AssignOpKind::ShlAssign),
            TokenKind::ShrEq => AssocOp::AssignOp(AssignOpKind::ShrAssign),
            TokenKind::DotDot => AssocOp::Range(RangeLimits::HalfOpen),
            // `...` is wrong in expressions; the parser says so.
            TokenKind::DotDotEq | TokenKind::DotDotDot => AssocOp::Range(RangeLimits::Closed),
            // `<-` was an operator once: `x<-1` is a comparison.
            TokenKind::LArrow => AssocOp::Binary(BinOpKind::Lt),
            _ => return None,
        })
    }

    pub fn precedence(&self) -> ExprPrecedence {
        match self {
            AssocOp::Cast => ExprPrecedence::Cast,
            AssocOp::Binary(op) => op.precedence(),
            AssocOp::Range(_) => ExprPrecedence::Range,
            AssocOp::Assign | AssocOp::AssignOp(_) => ExprPrecedence::Assign,
        }
    }

    pub fn fixity(&self) -> Fixity {
        match self {
            AssocOp::Assign | AssocOp::AssignOp(_) => Fixity::Right,
            AssocOp::Binary(op) => op.fixity(),
            AssocOp::Cast => Fixity::Left,
            AssocOp::Range(_) => Fixity::None,
        }
    }

    pub fn is_comparison(&self) -> bool {
        matches!(self, AssocOp::Binary(op) if op.is_comparison())
    }

    pub fn is_assign_like(&self) -> bool {
        matches!(self, AssocOp::Assign | AssocOp::AssignOp(_))
    }
}

use crate::token;

/// Does an expression statement of this kind need a `;` to end it?
pub fn expr_requires_semi_to_be_stmt(e: &crate::Expr) -> bool {
    !matches!(
        e.kind,
        ExprKind::If(..)
            | ExprKind::Match(_, _, crate::MatchKind::Prefix)
            | ExprKind::Block(..)
            | ExprKind::While(..)
            | ExprKind::Loop(..)
            | ExprKind::ForLoop { .. }
            | ExprKind::TryBlock(..)
            | ExprKind::ConstBlock(..)
    )
}
