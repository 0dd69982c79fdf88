//! Making expressions, statements and blocks.

use hir::{
    Arm, Block, BlockCheckMode, Expr, ExprKind, HirId, LangItem, LetStmt, LocalSource, MatchSource, Pat, QPath, Stmt,
    StmtKind, UnsafeSource,
};
use span::{Ident, Span, Symbol, respan};

use crate::LoweringContext;

impl<'hir> LoweringContext<'_, 'hir> {
    pub(crate) fn expr(&mut self, span: Span, kind: ExprKind<'hir>) -> Expr<'hir> {
        Expr { hir_id: self.next_id(), kind, span }
    }

    pub(crate) fn expr_alloc(&mut self, span: Span, kind: ExprKind<'hir>) -> &'hir Expr<'hir> {
        let expr = self.expr(span, kind);
        self.alloc(expr)
    }

    pub(crate) fn expr_err(&mut self, span: Span, guar: ::diagnostics::ErrorGuaranteed) -> Expr<'hir> {
        self.expr(span, ExprKind::Err(guar))
    }

    pub(crate) fn expr_unit(&mut self, span: Span) -> &'hir Expr<'hir> {
        self.expr_alloc(span, ExprKind::Tup(&[]))
    }

    pub(crate) fn expr_str(&mut self, span: Span, value: Symbol) -> Expr<'hir> {
        let lit = ast::LitKind::Str(value, ast::StrStyle::Cooked);
        self.expr(span, ExprKind::Lit(respan(span, lit)))
    }

    pub(crate) fn expr_byte_str(&mut self, span: Span, value: span::ByteSymbol) -> Expr<'hir> {
        let lit = ast::LitKind::ByteStr(value, ast::StrStyle::Cooked);
        self.expr(span, ExprKind::Lit(respan(span, lit)))
    }

    /// A variable.
    pub(crate) fn expr_ident_mut(&mut self, span: Span, ident: Ident, binding: HirId) -> Expr<'hir> {
        let hir_id = self.next_id();
        let res = hir::def::Res::Local(binding);
        let segment = hir::PathSegment::new(ident, hir_id, res);
        let path = self.alloc(hir::Path { span, res, segments: self.arena.alloc_slice(&[segment]) });
        self.expr(span, ExprKind::Path(QPath::Resolved(None, path)))
    }

    pub(crate) fn expr_ident(&mut self, span: Span, ident: Ident, binding: HirId) -> &'hir Expr<'hir> {
        let expr = self.expr_ident_mut(span, ident, binding);
        self.alloc(expr)
    }

    pub(crate) fn expr_call_mut(&mut self, span: Span, f: &'hir Expr<'hir>, args: &'hir [Expr<'hir>]) -> Expr<'hir> {
        self.expr(span, ExprKind::Call(f, args))
    }

    pub(crate) fn expr_lang_item_path(&mut self, span: Span, item: LangItem) -> &'hir Expr<'hir> {
        self.expr_alloc(span, ExprKind::Path(QPath::LangItem(item, span)))
    }

    pub(crate) fn expr_call_lang_item_fn_mut(
        &mut self,
        span: Span,
        item: LangItem,
        args: &'hir [Expr<'hir>],
    ) -> Expr<'hir> {
        let path = self.expr_lang_item_path(span, item);
        self.expr_call_mut(span, path, args)
    }

    pub(crate) fn expr_call_lang_item_fn(
        &mut self,
        span: Span,
        item: LangItem,
        args: &'hir [Expr<'hir>],
    ) -> &'hir Expr<'hir> {
        let expr = self.expr_call_lang_item_fn_mut(span, item, args);
        self.alloc(expr)
    }

    /// `<LangItem>::name`
    pub(crate) fn expr_lang_item_type_relative(
        &mut self,
        span: Span,
        item: LangItem,
        name: Symbol,
    ) -> &'hir Expr<'hir> {
        let path = self.make_lang_item_path(item, span, None);
        let ty = self.ty(span, hir::TyKind::Path(QPath::Resolved(None, path)));
        let segment = hir::PathSegment::new(Ident::new(name, span), self.next_id(), hir::def::Res::Err);
        let qpath = QPath::TypeRelative(ty, self.alloc(segment));
        self.expr_alloc(span, ExprKind::Path(qpath))
    }

    pub(crate) fn expr_addr_of(&mut self, span: Span, e: &'hir Expr<'hir>) -> Expr<'hir> {
        self.expr(span, ExprKind::AddrOf(ast::BorrowKind::Ref, ast::Mutability::Not, e))
    }

    pub(crate) fn expr_mut_addr_of(&mut self, span: Span, e: &'hir Expr<'hir>) -> Expr<'hir> {
        self.expr(span, ExprKind::AddrOf(ast::BorrowKind::Ref, ast::Mutability::Mut, e))
    }

    pub(crate) fn expr_drop_temps(&mut self, span: Span, expr: &'hir Expr<'hir>) -> Expr<'hir> {
        self.expr(span, ExprKind::DropTemps(expr))
    }

    pub(crate) fn expr_match(
        &mut self,
        span: Span,
        arg: &'hir Expr<'hir>,
        arms: &[Arm<'hir>],
        source: MatchSource,
    ) -> Expr<'hir> {
        let arms = self.arena.alloc_slice(arms);
        self.expr(span, ExprKind::Match(arg, arms, source))
    }

    pub(crate) fn arm(&mut self, pat: &'hir Pat<'hir>, body: &'hir Expr<'hir>, span: Span) -> Arm<'hir> {
        Arm { hir_id: self.next_id(), pat, guard: None, span, body }
    }

    pub(crate) fn expr_break(&mut self, span: Span) -> Expr<'hir> {
        let destination = self.lower_loop_destination(None);
        self.expr(span, ExprKind::Break(destination, None))
    }

    pub(crate) fn expr_block(&mut self, block: &'hir Block<'hir>) -> Expr<'hir> {
        self.expr(block.span, ExprKind::Block(block, None))
    }

    /// `unsafe { expr }`
    pub(crate) fn expr_unsafe(&mut self, span: Span, expr: &'hir Expr<'hir>) -> Expr<'hir> {
        let hir_id = self.next_id();
        let block = self.alloc(Block {
            stmts: &[],
            expr: Some(expr),
            hir_id,
            rules: BlockCheckMode::UnsafeBlock(UnsafeSource::CompilerGenerated),
            span,
            targeted_by_break: false,
        });
        self.expr(span, ExprKind::Block(block, None))
    }

    pub(crate) fn block_all(
        &mut self,
        span: Span,
        stmts: &'hir [Stmt<'hir>],
        expr: Option<&'hir Expr<'hir>>,
    ) -> &'hir Block<'hir> {
        let hir_id = self.next_id();
        self.alloc(Block { stmts, expr, hir_id, rules: BlockCheckMode::DefaultBlock, span, targeted_by_break: false })
    }

    pub(crate) fn block_expr(&mut self, expr: &'hir Expr<'hir>) -> &'hir Block<'hir> {
        self.block_all(expr.span, &[], Some(expr))
    }

    pub(crate) fn stmt(&mut self, span: Span, kind: StmtKind<'hir>) -> Stmt<'hir> {
        Stmt { span, kind, hir_id: self.next_id() }
    }

    pub(crate) fn stmt_expr(&mut self, span: Span, expr: Expr<'hir>) -> Stmt<'hir> {
        let expr = self.alloc(expr);
        self.stmt(span, StmtKind::Expr(expr))
    }

    /// `let pat = init;`
    pub(crate) fn stmt_let_pat(
        &mut self,
        attrs: Option<&'hir [hir::Attribute]>,
        span: Span,
        init: Option<&'hir Expr<'hir>>,
        pat: &'hir Pat<'hir>,
        source: LocalSource,
    ) -> Stmt<'hir> {
        let hir_id = self.next_id();
        if let Some(attrs) = attrs {
            self.set_attrs(hir_id, attrs);
        }
        let local = self.alloc(LetStmt { super_: None, hir_id, init, pat, els: None, source, span, ty: None });
        self.stmt(span, StmtKind::Let(local))
    }

    /// `super let pat = init;`: the value lives as long as that of the whole block.
    pub(crate) fn stmt_super_let_pat(
        &mut self,
        span: Span,
        pat: &'hir Pat<'hir>,
        init: &'hir Expr<'hir>,
    ) -> Stmt<'hir> {
        let hir_id = self.next_id();
        let local = self.alloc(LetStmt {
            super_: Some(span),
            hir_id,
            init: Some(init),
            pat,
            els: None,
            source: LocalSource::Normal,
            span,
            ty: None,
        });
        self.stmt(span, StmtKind::Let(local))
    }
}
