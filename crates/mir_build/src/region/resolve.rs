//! Builds the [`ScopeTree`] of a body in one walk.

use hir::{
    Arm, BinOpKind, Block, Body, Expr, ExprKind, InlineAsmOperand, ItemLocalId, LetStmt, Pat, PatKind, Stmt, StmtKind,
    StructTailExpr,
};
use span::FxIndexMap;

use super::extend::{extend_borrows, extend_place, is_binding_pat};
use super::{Scope, ScopeData, ScopeTree};

#[derive(Clone, Copy)]
struct Context {
    /// Where variables declared here live.
    var_parent: Option<Scope>,
    parent: Option<Scope>,
}

struct Resolver {
    tree: ScopeTree,
    cx: Context,
    /// `super let`s whose scope an enclosing `let` has decided, by pattern.
    super_lets: FxIndexMap<ItemLocalId, Option<Scope>>,
}

/// The scopes of a body. Closures inside have trees of their own.
pub fn region_scope_tree(body: &Body<'_>, is_fn: bool) -> ScopeTree {
    let cx = Context { var_parent: None, parent: None };
    let mut r = Resolver { tree: ScopeTree::default(), cx, super_lets: Default::default() };
    let id = body.value.hir_id.local_id;
    r.enter_scope(Scope { local_id: id, data: ScopeData::CallSite });
    r.enter_scope(Scope { local_id: id, data: ScopeData::Arguments });
    r.cx.var_parent = r.cx.parent;
    for param in body.params {
        r.pat(param.pat);
    }
    if is_fn {
        r.expr(body.value, true);
    } else {
        // Only functions have an outer scope that drops: a constant's extended temporaries live for ever.
        r.cx.var_parent = None;
        // Others end with the evaluation.
        r.enter_scope(Scope { local_id: id, data: ScopeData::Destruction });
        r.local(None, Some(body.value), false);
    }
    r.tree
}

impl Resolver {
    fn enter_scope(&mut self, scope: Scope) {
        self.tree.record_scope_parent(scope, self.cx.parent);
        self.cx.parent = Some(scope);
    }

    fn enter_node(&mut self, id: ItemLocalId, terminating: bool) {
        if terminating {
            self.enter_scope(Scope { local_id: id, data: ScopeData::Destruction });
        }
        self.enter_scope(Scope { local_id: id, data: ScopeData::Node });
    }

    fn block(&mut self, block: &Block<'_>, terminating: bool) {
        let prev = self.cx;
        let id = block.hir_id.local_id;
        self.enter_node(id, terminating);
        self.cx.var_parent = self.cx.parent;
        for (i, stmt) in block.stmts.iter().enumerate() {
            if let StmtKind::Let(local) = stmt.kind {
                let before = self.cx;
                self.enter_scope(Scope { local_id: id, data: ScopeData::Remainder(i as u32) });
                self.cx.var_parent = self.cx.parent;
                self.stmt(stmt);
                if let Some(els) = local.els {
                    // Even extended temporaries are dropped before the `else` block runs.
                    let after = std::mem::replace(&mut self.cx, before);
                    self.block(els, true);
                    self.cx = after;
                }
            } else {
                self.stmt(stmt);
            }
        }
        if let Some(tail) = block.expr {
            let local_id = tail.hir_id.local_id;
            let at_2024 = block.span.at_least_rust_2024();
            if !at_2024 {
                self.tree.backwards_incompatible.insert(local_id, Scope { local_id, data: ScopeData::Node });
            }
            self.expr(tail, at_2024);
        }
        self.cx = prev;
    }

    /// Each statement drops its temporaries, but for `super let`: `{ super let x = f(&temp()); &x }.g();` is to be as
    /// `(&f(&temp())).g();`.
    fn stmt(&mut self, stmt: &Stmt<'_>) {
        let prev = self.cx.parent;
        match stmt.kind {
            StmtKind::Let(LetStmt { super_, pat, init, .. }) => {
                if super_.is_none() {
                    self.enter_node(stmt.hir_id.local_id, true);
                }
                self.local(Some(pat), *init, super_.is_some());
            }
            StmtKind::Expr(e) | StmtKind::Semi(e) => {
                self.enter_node(stmt.hir_id.local_id, true);
                self.expr(e, false);
            }
            StmtKind::Item(_) => {}
        }
        self.cx.parent = prev;
    }

    fn local(&mut self, pat: Option<&Pat<'_>>, init: Option<&Expr<'_>>, is_super: bool) {
        let prev_var_parent = self.cx.var_parent;
        let mut extend = true;
        if let (true, Some(pat)) = (is_super, pat) {
            match self.super_lets.swap_remove(&pat.hir_id.local_id) {
                Some(scope) => self.cx.var_parent = scope,
                None => {
                    if let Some(inner) = self.cx.var_parent {
                        self.cx.var_parent = self.tree.default_temporary_scope(inner).temp_lifetime;
                    }
                    extend = false;
                }
            }
        }
        if let Some(init) = init {
            let super_lets = extend.then_some(&mut self.super_lets);
            extend_borrows(&mut self.tree, super_lets, init, self.cx.var_parent);
            if pat.is_some_and(is_binding_pat) {
                extend_place(&mut self.tree, init, self.cx.var_parent);
            }
        }
        if let Some(init) = init {
            self.expr(init, false);
        }
        if let Some(pat) = pat {
            self.pat(pat);
        }
        self.cx.var_parent = prev_var_parent;
    }

    fn pat(&mut self, pat: &Pat<'_>) {
        pat.walk_always(|p| {
            let local_id = p.hir_id.local_id;
            self.tree.record_scope_parent(Scope { local_id, data: ScopeData::Node }, self.cx.parent);
            if let (PatKind::Binding(..), Some(scope)) = (p.kind, self.cx.var_parent) {
                self.tree.var_map.insert(local_id, scope);
            }
        });
        let mut guards = Vec::new();
        pat.walk_always(|p| {
            if let PatKind::Guard(_, cond) = p.kind {
                guards.push(cond);
            }
        });
        for cond in guards {
            self.cond(cond);
        }
    }

    fn arm(&mut self, arm: &Arm<'_>) {
        let prev = self.cx;
        self.enter_node(arm.hir_id.local_id, true);
        self.cx.var_parent = self.cx.parent;
        self.pat(arm.pat);
        if let Some(guard) = arm.guard {
            // Variables and temporaries of an `if let` guard are dropped before those of the arm's pattern.
            self.enter_scope(Scope { local_id: arm.hir_id.local_id, data: ScopeData::MatchGuard });
            self.cx.var_parent = self.cx.parent;
            self.cond(guard);
        }
        self.expr(arm.body, false);
        self.cx = prev;
    }

    /// A condition: `let`s keep their temporaries for the branch.
    fn cond(&mut self, cond: &Expr<'_>) {
        let terminating = match cond.kind {
            ExprKind::Let(_) => false,
            ExprKind::Binary(op, ..) => !matches!(op.node, BinOpKind::And | BinOpKind::Or),
            // What was a condition before a desugaring put this around it.
            ExprKind::DropTemps(_) => false,
            _ => true,
        };
        self.expr(cond, terminating);
    }

    fn exprs(&mut self, exprs: &[Expr<'_>]) {
        for e in exprs {
            self.expr(e, false);
        }
    }

    fn expr(&mut self, expr: &Expr<'_>, terminating: bool) {
        let prev = self.cx;
        self.enter_node(expr.hir_id.local_id, terminating);
        match expr.kind {
            ExprKind::Binary(op, l, r) if matches!(op.node, BinOpKind::And | BinOpKind::Or) => {
                let is_let = |e: &Expr<'_>| matches!(e.kind, ExprKind::Let(_));
                let is_logical = |e: &Expr<'_>| matches!(e.kind, ExprKind::Binary(op, ..) if matches!(op.node, BinOpKind::And | BinOpKind::Or));
                // The left side of a chain has ended its own operands.
                self.expr(l, !is_let(l) && !is_logical(l));
                self.expr(r, !is_let(r));
            }
            ExprKind::Loop(body, ..) => self.block(body, true),
            ExprKind::DropTemps(e) => self.expr(e, true),
            ExprKind::If(cond, then, els) => {
                let outer = self.cx;
                let data = if expr.span.at_least_rust_2024() { ScopeData::IfThenRescope } else { ScopeData::IfThen };
                self.enter_scope(Scope { local_id: then.hir_id.local_id, data });
                self.cx.var_parent = self.cx.parent;
                self.cond(cond);
                self.expr(then, true);
                self.cx = outer;
                if let Some(els) = els {
                    self.expr(els, true);
                }
            }
            ExprKind::Let(l) => {
                self.expr(l.init, false);
                self.pat(l.pat);
            }
            ExprKind::Match(scrutinee, arms, _) => {
                self.expr(scrutinee, false);
                for arm in arms {
                    self.arm(arm);
                }
            }
            ExprKind::Block(block, _) => self.block(block, false),
            ExprKind::Array(es) | ExprKind::Tup(es) => self.exprs(es),
            ExprKind::Call(f, args) => {
                self.expr(f, false);
                self.exprs(args);
            }
            ExprKind::MethodCall(_, recv, args, _) => {
                self.expr(recv, false);
                self.exprs(args);
            }
            ExprKind::Binary(_, l, r)
            | ExprKind::Index(l, r, _)
            | ExprKind::Assign(l, r, _)
            | ExprKind::AssignOp(_, l, r) => {
                self.expr(l, false);
                self.expr(r, false);
            }
            ExprKind::Use(e, _)
            | ExprKind::Unary(_, e)
            | ExprKind::Cast(e, _)
            | ExprKind::Type(e, _)
            | ExprKind::Field(e, _)
            | ExprKind::AddrOf(_, _, e)
            | ExprKind::Become(e)
            | ExprKind::Repeat(e, _)
            | ExprKind::Yield(e, _)
            | ExprKind::UnsafeBinderCast(_, e, _)
            | ExprKind::Break(_, Some(e))
            | ExprKind::Ret(Some(e)) => self.expr(e, false),
            ExprKind::Struct(_, fields, tail) => {
                for f in fields {
                    self.expr(f.expr, false);
                }
                if let StructTailExpr::Base(base) = tail {
                    self.expr(base, false);
                }
            }
            ExprKind::InlineAsm(asm) => {
                for (op, _) in asm.operands {
                    match op {
                        InlineAsmOperand::In { expr, .. }
                        | InlineAsmOperand::InOut { expr, .. }
                        | InlineAsmOperand::Out { expr: Some(expr), .. }
                        | InlineAsmOperand::SymFn { expr } => self.expr(expr, false),
                        InlineAsmOperand::SplitInOut { in_expr, out_expr, .. } => {
                            self.expr(in_expr, false);
                            if let Some(e) = out_expr {
                                self.expr(e, false);
                            }
                        }
                        InlineAsmOperand::Label { block } => self.block(block, false),
                        InlineAsmOperand::Out { expr: None, .. }
                        | InlineAsmOperand::Const { .. }
                        | InlineAsmOperand::SymStatic { .. } => {}
                    }
                }
            }
            ExprKind::Break(_, None)
            | ExprKind::Ret(None)
            | ExprKind::ConstBlock(_)
            | ExprKind::Lit(_)
            | ExprKind::Closure(_)
            | ExprKind::Path(_)
            | ExprKind::Continue(_)
            | ExprKind::OffsetOf(..)
            | ExprKind::Err(_) => {}
        }
        self.cx = prev;
    }
}
