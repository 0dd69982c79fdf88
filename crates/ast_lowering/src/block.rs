//! Blocks and statements.

use hir::{Block, BlockCheckMode, Expr, LetStmt, LocalSource, Stmt, StmtKind, UnsafeSource};
use span::sym;

use crate::{ImplTraitContext, ImplTraitPosition, LoweringContext};

impl<'hir> LoweringContext<'_, 'hir> {
    pub(crate) fn lower_block(&mut self, b: &ast::Block, targeted_by_break: bool) -> &'hir Block<'hir> {
        let hir_id = self.lower_node_id(b.id);
        let block = self.lower_block_noalloc(hir_id, b, targeted_by_break);
        self.alloc(block)
    }

    pub(crate) fn lower_block_noalloc(
        &mut self,
        hir_id: hir::HirId,
        b: &ast::Block,
        targeted_by_break: bool,
    ) -> Block<'hir> {
        let (stmts, expr) = self.lower_stmts(&b.stmts);
        let rules = match b.rules {
            ast::BlockCheckMode::Default => BlockCheckMode::DefaultBlock,
            ast::BlockCheckMode::Unsafe(ast::UnsafeSource::UserProvided) => {
                BlockCheckMode::UnsafeBlock(UnsafeSource::UserProvided)
            }
            ast::BlockCheckMode::Unsafe(ast::UnsafeSource::CompilerGenerated) => {
                BlockCheckMode::UnsafeBlock(UnsafeSource::CompilerGenerated)
            }
        };
        Block { hir_id, stmts, expr, rules, span: b.span, targeted_by_break }
    }

    fn lower_stmts(&mut self, ast_stmts: &[ast::Stmt]) -> (&'hir [Stmt<'hir>], Option<&'hir Expr<'hir>>) {
        let mut stmts: Vec<Stmt<'hir>> = Vec::with_capacity(ast_stmts.len());
        let mut tail = None;
        for (i, s) in ast_stmts.iter().enumerate() {
            match &s.kind {
                ast::StmtKind::Let(local) => {
                    let hir_id = self.lower_node_id(s.id);
                    let local = self.lower_local(local);
                    self.alias_attrs(hir_id, local.hir_id);
                    stmts.push(Stmt { hir_id, kind: StmtKind::Let(local), span: s.span });
                }
                ast::StmtKind::Item(item) => self.lower_item_stmt(s, item, &mut stmts),
                ast::StmtKind::Expr(e) => {
                    let e = self.lower_expr(e);
                    if i + 1 == ast_stmts.len() {
                        tail = Some(e);
                    } else {
                        let hir_id = self.lower_node_id(s.id);
                        self.alias_attrs(hir_id, e.hir_id);
                        stmts.push(Stmt { hir_id, kind: StmtKind::Expr(e), span: s.span });
                    }
                }
                ast::StmtKind::Semi(e) => {
                    let e = self.lower_expr(e);
                    let hir_id = self.lower_node_id(s.id);
                    self.alias_attrs(hir_id, e.hir_id);
                    stmts.push(Stmt { hir_id, kind: StmtKind::Semi(e), span: s.span });
                }
                ast::StmtKind::Empty => {}
                ast::StmtKind::MacCall(_) => {
                    self.dcx().span_delayed_bug(s.span, "a macro call is left in a block");
                }
            }
        }
        (self.arena.alloc_slice(&stmts), tail)
    }

    fn lower_item_stmt(&mut self, s: &ast::Stmt, item: &ast::P<ast::Item>, stmts: &mut Vec<Stmt<'hir>>) {
        let mut ids = Vec::new();
        self.queue_nested_item(item.id, &mut ids);
        for (i, id) in ids.into_iter().enumerate() {
            let hir_id = if i == 0 { self.lower_node_id(s.id) } else { self.next_id() };
            stmts.push(Stmt { hir_id, kind: StmtKind::Item(id), span: s.span });
        }
    }

    fn lower_local(&mut self, l: &ast::Local) -> &'hir LetStmt<'hir> {
        let ty = l.ty.as_ref().map(|ty| {
            let itctx = if self.feature(sym::impl_trait_in_bindings) {
                ImplTraitContext::InBinding
            } else {
                ImplTraitContext::FeatureGated(ImplTraitPosition::Variable, sym::impl_trait_in_bindings)
            };
            self.lower_ty(ty, itctx)
        });
        let init = l.kind.init().map(|init| self.lower_expr(init));
        let hir_id = self.lower_node_id(l.id);
        let pat = self.lower_pat(&l.pat);
        let els = match &l.kind {
            ast::LocalKind::InitElse(_, els) => Some(self.lower_block(els, false)),
            ast::LocalKind::Decl | ast::LocalKind::Init(_) => None,
        };
        self.lower_attrs(hir_id, &l.attrs);
        self.alloc(LetStmt { super_: l.super_, hir_id, ty, pat, init, els, span: l.span, source: LocalSource::Normal })
    }

    /// `{ .. }` as an expression.
    pub(crate) fn lower_block_expr(&mut self, b: &ast::Block) -> Expr<'hir> {
        let block = self.lower_block(b, false);
        self.expr_block(block)
    }
}
