//! `unused_must_use`, `path_statements`, `unused_allocation`, `unused_results`.

use diagnostics::{Applicability, Diag};
use hir::{BinOpKind, Expr, ExprKind, MatchSource, Stmt, StmtKind, UnOp};
use session::lint::{PATH_STATEMENTS, UNUSED_ALLOCATION, UNUSED_MUST_USE, UNUSED_RESULTS};
use span::def_id::DefId;
use span::{Span, Symbol, sym};
use ty::adjustment::{Adjust, AutoBorrow};
use ty::{AliasTyKind, Ty, TyKind};

use crate::late::LateContext;

/// Why a value must be used.
enum MustUse {
    /// The type or trait says so; the text.
    Def(DefId, Option<Symbol>),
    Boxed(Box<MustUse>),
    Pinned(Box<MustUse>),
    Opaque(Box<MustUse>),
    TraitObject(Box<MustUse>),
    TupleElement(Vec<(usize, MustUse)>),
    Array(Box<MustUse>, Option<u64>),
    Closure,
    Coroutine,
    /// It need not be.
    Suppressed,
}

fn must_use_attr(cx: &LateContext<'_>, def_id: DefId) -> Option<Option<Symbol>> {
    let attr = cx.tcx.get_attr(def_id, sym::must_use)?;
    Some(attr.value_str())
}

fn of_def(cx: &LateContext<'_>, def_id: DefId) -> Option<MustUse> {
    must_use_attr(cx, def_id).map(|reason| MustUse::Def(def_id, reason))
}

fn of_ty<'tcx>(cx: &LateContext<'tcx>, ty: Ty<'tcx>, e: &Expr<'tcx>) -> Option<MustUse> {
    let tcx = cx.tcx;
    let module = tcx.parent_module_from_def_id(cx.owner.def_id).to_def_id();
    if ty.is_unit() || !tcx.is_inhabited_from(ty, module, cx.typing_env()) {
        return Some(MustUse::Suppressed);
    }
    match *ty.kind() {
        TyKind::Adt(def, args) if def.is_box() => of_ty(cx, args.type_at(0), e)
            .filter(|m| !matches!(m, MustUse::Suppressed))
            .map(|m| MustUse::Boxed(Box::new(m))),
        TyKind::Adt(def, args) if def.is_pin() => {
            let pointee = args.type_at(0);
            of_ty(cx, pointee, e).filter(|m| !matches!(m, MustUse::Suppressed)).map(|m| MustUse::Pinned(Box::new(m)))
        }
        TyKind::Adt(def, args) => {
            // `Result<(), Uninhabited>` says nothing that is lost.
            if cx.is_diagnostic_item(def.did(), "Result")
                && args.type_at(0).is_unit()
                && !tcx.is_inhabited_from(args.type_at(1), module, cx.typing_env())
            {
                return Some(MustUse::Suppressed);
            }
            of_def(cx, def.did())
        }
        TyKind::Alias(AliasTyKind::Opaque, alias) => {
            let bounds = tcx.explicit_item_self_bounds(alias.def_id).instantiate_identity();
            bounds.iter().find_map(|(clause, _)| match clause.kind().skip_binder() {
                ty::ClauseKind::Trait(t) => of_def(cx, t.trait_ref.def_id).map(|m| MustUse::Opaque(Box::new(m))),
                _ => None,
            })
        }
        TyKind::Dynamic(preds, _) => preds.iter().find_map(|p| match p.skip_binder() {
            ty::ExistentialPredicate::Trait(t) => of_def(cx, t.def_id).map(|m| MustUse::TraitObject(Box::new(m))),
            _ => None,
        }),
        TyKind::Tuple(tys) => {
            let elems: &[Expr<'tcx>] = match e.kind {
                ExprKind::Tup(elems) if elems.len() == tys.len() => elems,
                _ => &[],
            };
            let found: Vec<(usize, MustUse)> = tys
                .iter()
                .enumerate()
                .filter_map(|(i, t)| of_ty(cx, t, elems.get(i).unwrap_or(e)).map(|m| (i, m)))
                .filter(|(_, m)| !matches!(m, MustUse::Suppressed))
                .collect();
            (!found.is_empty()).then_some(MustUse::TupleElement(found))
        }
        TyKind::Array(elem, len) => match len.try_to_target_usize() {
            Some(0) => None,
            n => {
                of_ty(cx, elem, e).filter(|m| !matches!(m, MustUse::Suppressed)).map(|m| MustUse::Array(Box::new(m), n))
            }
        },
        TyKind::Closure(..) | TyKind::CoroutineClosure(..) => Some(MustUse::Closure),
        TyKind::Coroutine(def_id, _) => {
            if matches!(
                tcx.coroutine_kind(def_id),
                Some(hir::CoroutineKind::Desugared(hir::CoroutineDesugaring::Async, _))
            ) {
                let future = tcx.lang_items().future_trait()?;
                of_def(cx, future).map(|m| MustUse::Opaque(Box::new(m)))
            } else {
                Some(MustUse::Coroutine)
            }
        }
        _ => None,
    }
}

fn report(cx: &LateContext<'_>, path: &MustUse, e: &Expr<'_>, span: Span, pre: &str, post: &str, plural: bool) {
    let s = if plural { "s" } else { "" };
    match path {
        MustUse::Suppressed => {}
        MustUse::Boxed(inner) => report(cx, inner, e, span, &format!("{pre}boxed "), post, plural),
        MustUse::Pinned(inner) => report(cx, inner, e, span, &format!("{pre}pinned "), post, plural),
        MustUse::Opaque(inner) => report(cx, inner, e, span, &format!("{pre}implementer{s} of "), post, plural),
        MustUse::TraitObject(inner) => report(cx, inner, e, span, pre, &format!(" trait object{s}{post}"), plural),
        MustUse::TupleElement(elems) => {
            let spans: Vec<Span> = match e.kind {
                ExprKind::Tup(list) => list.iter().map(|x| x.span).collect(),
                _ => Vec::new(),
            };
            for (i, inner) in elems {
                let span = spans.get(*i).copied().unwrap_or(span);
                report(cx, inner, e, span, pre, &format!(" in tuple element {i}"), plural);
            }
        }
        MustUse::Array(inner, n) => {
            let plural = n.is_none_or(|n| n != 1) || plural;
            report(cx, inner, e, span, &format!("{pre}array{s} of "), post, plural);
        }
        MustUse::Closure => {
            let n = if plural { "closures" } else { "closure" };
            cx.lint(&UNUSED_MUST_USE, e.hir_id, span, format!("unused {pre}{n}{post} that must be used"), |d| {
                d.note("closures are lazy and do nothing unless called");
                suggest_ignoring(d, e);
            });
        }
        MustUse::Coroutine => {
            let n = if plural { "coroutines" } else { "coroutine" };
            cx.lint(&UNUSED_MUST_USE, e.hir_id, span, format!("unused {pre}{n}{post} that must be used"), |d| {
                d.note("coroutines are lazy and do nothing unless resumed");
            });
        }
        MustUse::Def(def_id, reason) => {
            let name = cx.tcx.def_path_str(*def_id);
            cx.lint(&UNUSED_MUST_USE, e.hir_id, span, format!("unused {pre}`{name}`{post} that must be used"), |d| {
                if let Some(reason) = reason {
                    d.note(reason.to_string());
                }
                suggest_ignoring(d, e);
            });
        }
    }
}

fn suggest_ignoring(d: &mut Diag<'_>, e: &Expr<'_>) {
    if e.span.from_expansion() {
        return;
    }
    let msg = "use `let _ = ...` to ignore the resulting value";
    d.span_suggestion_verbose(e.span.shrink_to_lo(), msg, "let _ = ", Applicability::MaybeIncorrect);
}

pub(crate) fn check_stmt<'tcx>(cx: &LateContext<'tcx>, stmt: &Stmt<'tcx>) {
    let StmtKind::Semi(e) = stmt.kind else { return };
    check_path_statement(cx, stmt, e);
    if let ExprKind::Ret(_) = e.kind {
        return;
    }
    if let ExprKind::Match(awaited, _, MatchSource::AwaitDesugar) = e.kind {
        check_awaited(cx, e, awaited);
    }
    let ty = cx.expr_ty(e);
    let of_type = of_ty(cx, ty, e);
    let by_type = of_type.is_some();
    if let Some(path) = &of_type {
        report(cx, path, e, e.span, "", "", false);
    }
    let by_type = by_type && !matches!(of_type, Some(MustUse::Suppressed));
    if by_type {
        return;
    }
    let mut by_fn = false;
    if let Some(def_id) = cx.callee(e) {
        let is_fn = matches!(cx.tcx.def_kind(def_id), hir::def::DefKind::Fn | hir::def::DefKind::AssocFn);
        if let Some(reason) = must_use_attr(cx, def_id).filter(|_| is_fn) {
            by_fn = true;
            let name = cx.tcx.def_path_str(def_id);
            let msg = format!("unused return value of `{name}` that must be used");
            cx.lint(&UNUSED_MUST_USE, e.hir_id, e.span, msg, |d| {
                if let Some(reason) = reason {
                    d.note(reason.to_string());
                }
                suggest_ignoring(d, e);
            });
        }
    }
    let op = must_use_op(e);
    if let Some(op) = op {
        cx.lint(&UNUSED_MUST_USE, e.hir_id, e.span, format!("unused {op} that must be used"), |d| {
            d.span_label(e.span, format!("the {op} produces a value"));
            suggest_ignoring(d, e);
        });
    }
    if !(by_fn || op.is_some() || of_type.is_some()) {
        cx.lint(&UNUSED_RESULTS, e.hir_id, stmt.span, format!("unused result of type `{ty}`"), |_| {});
    }
}

fn must_use_op(e: &Expr<'_>) -> Option<&'static str> {
    match e.kind {
        ExprKind::Binary(op, ..) => Some(match op.node {
            BinOpKind::Eq | BinOpKind::Lt | BinOpKind::Le | BinOpKind::Ne | BinOpKind::Ge | BinOpKind::Gt => {
                "comparison"
            }
            BinOpKind::Add | BinOpKind::Sub | BinOpKind::Div | BinOpKind::Mul | BinOpKind::Rem => {
                "arithmetic operation"
            }
            BinOpKind::And | BinOpKind::Or => "logical operation",
            BinOpKind::BitXor | BinOpKind::BitAnd | BinOpKind::BitOr | BinOpKind::Shl | BinOpKind::Shr => {
                "bitwise operation"
            }
        }),
        ExprKind::Unary(UnOp::Not | UnOp::Neg, _) => Some("unary operation"),
        // `*x;` may be there to move out.
        ExprKind::AddrOf(hir::BorrowKind::Ref, ..) => Some("borrow"),
        ExprKind::OffsetOf(..) => Some("`offset_of` call"),
        _ => None,
    }
}

/// `#[must_use] async fn f()`, awaited.
fn check_awaited(cx: &LateContext<'_>, e: &Expr<'_>, awaited: &Expr<'_>) {
    let ExprKind::Call(_, [arg]) = awaited.kind else { return };
    let ty = cx.expr_ty(arg);
    let TyKind::Alias(AliasTyKind::Opaque, alias) = *ty.kind() else { return };
    let f = cx.tcx.parent(alias.def_id);
    if !matches!(cx.tcx.def_kind(f), hir::def::DefKind::Fn | hir::def::DefKind::AssocFn) || !cx.tcx.asyncness(f) {
        return;
    }
    if let Some(reason) = must_use_attr(cx, f) {
        let name = cx.tcx.def_path_str(f);
        let msg = format!("unused output of future returned by `{name}` that must be used");
        cx.lint(&UNUSED_MUST_USE, e.hir_id, e.span, msg, |d| {
            if let Some(reason) = reason {
                d.note(reason.to_string());
            }
            suggest_ignoring(d, e);
        });
    }
}

fn check_path_statement<'tcx>(cx: &LateContext<'tcx>, stmt: &Stmt<'tcx>, e: &Expr<'tcx>) {
    let ExprKind::Path(_) = e.kind else { return };
    let ty = cx.expr_ty(e);
    if cx.tcx.type_needs_drop(cx.typing_env(), ty) {
        cx.lint(&PATH_STATEMENTS, e.hir_id, stmt.span, "path statement drops value", |d| {
            match cx.snippet(e.span) {
                Some(text) => d.span_suggestion(
                    stmt.span,
                    "use `drop` to clarify the intent",
                    format!("drop({text});"),
                    Applicability::MachineApplicable,
                ),
                None => d.span_help(stmt.span, "use `drop` to clarify the intent"),
            };
        });
    } else {
        cx.lint(&PATH_STATEMENTS, e.hir_id, stmt.span, "path statement with no effect", |_| {});
    }
}

/// `Box::new(x).method()` where `x.method()` borrows.
pub(crate) fn check_expr<'tcx>(cx: &LateContext<'tcx>, e: &Expr<'tcx>) {
    let ExprKind::Call(..) = e.kind else { return };
    if !cx.callee(e).is_some_and(|d| cx.is_diagnostic_item(d, "box_new")) {
        return;
    }
    for adj in cx.typeck().expr_adjustments(e) {
        if let Adjust::Borrow(AutoBorrow::Ref(mutbl)) = adj.kind {
            if adj.target.is_ref() && matches!(adj.target.kind(), TyKind::Ref(_, t, _) if t.is_box()) {
                continue;
            }
            let amp = match mutbl {
                ty::adjustment::AutoBorrowMutability::Not => "&",
                ty::adjustment::AutoBorrowMutability::Mut { .. } => "&mut",
            };
            let msg = format!("unnecessary allocation, use `{amp}` instead");
            cx.lint(&UNUSED_ALLOCATION, e.hir_id, e.span, msg, |_| {});
        }
    }
}
