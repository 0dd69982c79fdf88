//! Statements and blocks.

use span::Span;
use thin_vec::ThinVec;

use crate::{AttrVec, Expr, Item, MacCall, NodeId, P, Pat, Ty};

/// `{ .. }`
#[derive(Clone, Debug)]
pub struct Block {
    pub stmts: ThinVec<Stmt>,
    pub id: NodeId,
    /// `unsafe` or not.
    pub rules: BlockCheckMode,
    pub span: Span,
}

/// Whether a block is `unsafe`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BlockCheckMode {
    Default,
    Unsafe(UnsafeSource),
}

/// Who wrote `unsafe`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum UnsafeSource {
    CompilerGenerated,
    UserProvided,
}

/// A statement.
#[derive(Clone, Debug)]
pub struct Stmt {
    pub id: NodeId,
    pub kind: StmtKind,
    pub span: Span,
}

impl Stmt {
    pub fn has_trailing_semicolon(&self) -> bool {
        match &self.kind {
            StmtKind::Semi(_) => true,
            StmtKind::MacCall(mac) => mac.style == MacStmtStyle::Semicolon,
            _ => false,
        }
    }

    /// The statement as it is with a `;` behind it.
    pub fn add_trailing_semicolon(mut self) -> Self {
        self.kind = match self.kind {
            StmtKind::Expr(expr) => StmtKind::Semi(expr),
            StmtKind::MacCall(mut mac) => {
                mac.style = MacStmtStyle::Semicolon;
                StmtKind::MacCall(mac)
            }
            kind => kind,
        };
        self
    }

    pub fn is_item(&self) -> bool {
        matches!(self.kind, StmtKind::Item(_))
    }

    pub fn is_expr(&self) -> bool {
        matches!(self.kind, StmtKind::Expr(_))
    }
}

/// The kinds of statement.
#[derive(Clone, Debug)]
pub enum StmtKind {
    Let(P<Local>),
    Item(P<Item>),
    /// An expression without `;` behind it.
    Expr(P<Expr>),
    /// An expression with `;`.
    Semi(P<Expr>),
    /// `;`
    Empty,
    /// `m!{..}` or `m!(..);` at the start of a statement.
    MacCall(P<MacCallStmt>),
}

/// A macro call as a statement.
#[derive(Clone, Debug)]
pub struct MacCallStmt {
    pub mac: P<MacCall>,
    pub style: MacStmtStyle,
    pub attrs: AttrVec,
}

/// How a macro call that is a statement ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MacStmtStyle {
    /// With a `;`.
    Semicolon,
    /// Without one, in braces.
    Braces,
    /// Without one, in parentheses or brackets: becomes an expression.
    NoBraces,
}

/// `let pat: ty = init else { .. };`
#[derive(Clone, Debug)]
pub struct Local {
    pub id: NodeId,
    /// `super let`
    pub super_: Option<Span>,
    pub pat: P<Pat>,
    pub ty: Option<P<Ty>>,
    pub kind: LocalKind,
    pub span: Span,
    pub colon_sp: Option<Span>,
    pub attrs: AttrVec,
}

/// What initialises a local.
#[derive(Clone, Debug)]
pub enum LocalKind {
    Decl,
    Init(P<Expr>),
    InitElse(P<Expr>, P<Block>),
}

impl LocalKind {
    pub fn init(&self) -> Option<&Expr> {
        match self {
            Self::Decl => None,
            Self::Init(i) | Self::InitElse(i, _) => Some(i),
        }
    }

    pub fn init_else_opt(&self) -> Option<(&Expr, Option<&Block>)> {
        match self {
            Self::Decl => None,
            Self::Init(init) => Some((init, None)),
            Self::InitElse(init, els) => Some((init, Some(els))),
        }
    }
}
