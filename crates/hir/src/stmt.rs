//! Statements, blocks and local variables.

use macros::{Decodable, Encodable};
use span::Span;

use crate::{Expr, HirId, ItemId, Pat, Ty};

/// A statement.
#[derive(Clone, Copy, Debug)]
pub struct Stmt<'hir> {
    pub hir_id: HirId,
    pub kind: StmtKind<'hir>,
    pub span: Span,
}

/// The kinds of statement.
#[derive(Clone, Copy, Debug)]
pub enum StmtKind<'hir> {
    Let(&'hir LetStmt<'hir>),
    Item(ItemId),
    /// Without `;`; its type must be `()`.
    Expr(&'hir Expr<'hir>),
    /// With `;`.
    Semi(&'hir Expr<'hir>),
}

/// `let pat: ty = init else { .. };`
#[derive(Clone, Copy, Debug)]
pub struct LetStmt<'hir> {
    /// `super let`
    pub super_: Option<Span>,
    pub pat: &'hir Pat<'hir>,
    pub ty: Option<&'hir Ty<'hir>>,
    pub init: Option<&'hir Expr<'hir>>,
    pub els: Option<&'hir Block<'hir>>,
    pub hir_id: HirId,
    pub span: Span,
    pub source: LocalSource,
}

/// What a `let` was made of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LocalSource {
    Normal,
    /// The parameters of an `async fn`.
    AsyncFn,
    /// The future that is awaited.
    AwaitDesugar,
    /// The left side of a destructuring assignment.
    AssignDesugar,
}

/// `{ .. }`
#[derive(Clone, Copy, Debug)]
pub struct Block<'hir> {
    pub stmts: &'hir [Stmt<'hir>],
    /// What stands at the end without `;`.
    pub expr: Option<&'hir Expr<'hir>>,
    pub hir_id: HirId,
    pub rules: BlockCheckMode,
    pub span: Span,
    /// Some `break 'label` leaves it.
    pub targeted_by_break: bool,
}

impl<'hir> Block<'hir> {
    /// The innermost block, if this holds nothing but a block and so on.
    pub fn innermost_block(&self) -> &Block<'hir> {
        let mut block = self;
        while let Some(Expr { kind: crate::ExprKind::Block(inner, _), .. }) = block.expr {
            block = inner;
        }
        block
    }
}

/// Whether a block is `unsafe`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encodable, Decodable)]
pub enum BlockCheckMode {
    DefaultBlock,
    UnsafeBlock(UnsafeSource),
}

/// Who wrote `unsafe`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encodable, Decodable)]
pub enum UnsafeSource {
    CompilerGenerated,
    UserProvided,
}
