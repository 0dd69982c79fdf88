//! Which temporaries a `let` keeps alive (Reference, "Temporary lifetime extension").

use hir::def::{CtorKind, DefKind, Res};
use hir::{ByRef, Expr, ExprKind, ItemLocalId, Pat, PatKind, QPath, StmtKind};
use span::FxIndexMap;

use super::{Scope, ScopeTree};

/// Whether a pattern binds by explicit `ref`: then the initialiser is an extending place.
pub(super) fn is_binding_pat(pat: &Pat<'_>) -> bool {
    match pat.kind {
        PatKind::Binding(hir::BindingMode(ByRef::Yes(..), _), ..) => true,
        PatKind::Struct(_, fields, _) => fields.iter().any(|f| is_binding_pat(f.pat)),
        PatKind::Slice(a, b, c) => a.iter().chain(b).chain(c).any(is_binding_pat),
        PatKind::Or(pats) | PatKind::TupleStruct(_, pats, _) | PatKind::Tuple(pats, _) => {
            pats.iter().any(is_binding_pat)
        }
        PatKind::Box(p) | PatKind::Deref(p) | PatKind::Guard(p, _) => is_binding_pat(p),
        PatKind::Ref(..)
        | PatKind::Binding(hir::BindingMode(ByRef::No, _), ..)
        | PatKind::Missing
        | PatKind::Wild
        | PatKind::Never
        | PatKind::Expr(_)
        | PatKind::Range(..)
        | PatKind::Err(_) => false,
    }
}

/// Marks the operands of borrows in an extending expression; `super let`s in its blocks get the scope too, unless it is
/// itself that of a `super let` that nothing extends (no `super_lets`).
pub(super) fn extend_borrows(
    tree: &mut ScopeTree,
    mut super_lets: Option<&mut FxIndexMap<ItemLocalId, Option<Scope>>>,
    expr: &Expr<'_>,
    scope: Option<Scope>,
) {
    match expr.kind {
        ExprKind::AddrOf(_, _, sub) => {
            extend_borrows(tree, super_lets.as_deref_mut(), sub, scope);
            extend_place(tree, sub, scope);
        }
        ExprKind::Struct(_, fields, _) => {
            for f in fields {
                extend_borrows(tree, super_lets.as_deref_mut(), f.expr, scope);
            }
        }
        ExprKind::Array(subs) | ExprKind::Tup(subs) => {
            for sub in subs {
                extend_borrows(tree, super_lets.as_deref_mut(), sub, scope);
            }
        }
        ExprKind::Cast(sub, _) => extend_borrows(tree, super_lets.as_deref_mut(), sub, scope),
        ExprKind::Block(block, _) => {
            let Some(super_lets) = super_lets else { return };
            if let Some(tail) = block.expr {
                extend_borrows(tree, Some(&mut *super_lets), tail, scope);
            }
            for stmt in block.stmts {
                if let StmtKind::Let(local) = stmt.kind {
                    if local.super_.is_some() {
                        super_lets.insert(local.pat.hir_id.local_id, scope);
                    }
                }
            }
        }
        ExprKind::If(_, then, els) => {
            extend_borrows(tree, super_lets.as_deref_mut(), then, scope);
            if let Some(els) = els {
                extend_borrows(tree, super_lets.as_deref_mut(), els, scope);
            }
        }
        ExprKind::Match(_, arms, _) => {
            for arm in arms {
                extend_borrows(tree, super_lets.as_deref_mut(), arm.body, scope);
            }
        }
        ExprKind::Call(func, args) => {
            if let ExprKind::Path(QPath::Resolved(None, path)) = func.kind {
                if matches!(path.res, Res::SelfCtor(_) | Res::Def(DefKind::Ctor(_, CtorKind::Fn), _)) {
                    for arg in args {
                        extend_borrows(tree, super_lets.as_deref_mut(), arg, scope);
                    }
                }
            }
        }
        _ => {}
    }
}

/// Marks an expression whose place is borrowed, and what that place is part of.
pub(super) fn extend_place(tree: &mut ScopeTree, expr: &Expr<'_>, scope: Option<Scope>) {
    let mut e = expr;
    tree.extended.insert(e.hir_id.local_id, scope);
    while let ExprKind::AddrOf(_, _, sub)
    | ExprKind::Unary(hir::UnOp::Deref, sub)
    | ExprKind::Field(sub, _)
    | ExprKind::Index(sub, _, _) = e.kind
    {
        e = sub;
        tree.extended.insert(e.hir_id.local_id, scope);
    }
}
