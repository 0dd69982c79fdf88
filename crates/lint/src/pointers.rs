//! Lints on pointers: comparisons that compare more than the address, null checks of what is never null, casts that
//! would make a shared reference mutable.

use diagnostics::Applicability;
use hir::{BinOpKind, Expr, ExprKind, Mutability, UnOp};
use session::lint::{
    AMBIGUOUS_WIDE_POINTER_COMPARISONS, FUNCTION_CASTS_AS_INTEGER, INVALID_REFERENCE_CASTING,
    UNPREDICTABLE_FUNCTION_POINTER_COMPARISONS, USELESS_PTR_NULL_CHECKS,
};
use ty::{Ty, TyKind};

use crate::late::LateContext;

pub(crate) fn check_expr<'tcx>(cx: &LateContext<'tcx>, e: &'tcx Expr<'tcx>) {
    match e.kind {
        ExprKind::Binary(op, a, b) if op.node.is_comparison() => {
            wide_comparison(cx, e, op.node, a, b);
            fn_comparison(cx, e, a, b);
            null_comparison(cx, e, a, b);
        }
        ExprKind::Unary(UnOp::Deref, _) | ExprKind::Assign(..) | ExprKind::AssignOp(..) => invalid_cast(cx, e),
        ExprKind::MethodCall(_, receiver, _, _) => {
            if cx.callee(e).is_some_and(|d| {
                matches!(cx.diagnostic_name(d), Some("ptr_const_is_null" | "const_ptr_is_null" | "ptr_is_null"))
            }) {
                useless_null_check(cx, e, receiver);
            }
        }
        ExprKind::Cast(inner, _) => {
            if matches!(cx.expr_ty(inner).kind(), TyKind::FnDef(..)) && cx.expr_ty(e).is_integral() {
                cx.lint(
                    &FUNCTION_CASTS_AS_INTEGER,
                    e.hir_id,
                    inner.span.shrink_to_hi().to(e.span.shrink_to_hi()),
                    "direct cast of function item into an integer",
                    |d| {
                        d.span_suggestion_verbose(
                            inner.span.shrink_to_hi(),
                            "first cast to a pointer `as *const ()`",
                            " as *const ()",
                            Applicability::MachineApplicable,
                        );
                    },
                );
            }
        }
        _ => {}
    }
}

fn is_wide_ptr<'tcx>(cx: &LateContext<'tcx>, ty: Ty<'tcx>) -> Option<bool> {
    match ty.kind() {
        TyKind::RawPtr(t, _) if !cx.tcx.type_is_sized(cx.typing_env(), *t) => {
            Some(matches!(t.kind(), TyKind::Dynamic(..)))
        }
        _ => None,
    }
}

fn wide_comparison<'tcx>(cx: &LateContext<'tcx>, e: &Expr<'tcx>, op: BinOpKind, a: &Expr<'tcx>, b: &Expr<'tcx>) {
    // Slices' lengths may be meant; vtables are not unique.
    let (Some(true), Some(true)) = (is_wide_ptr(cx, cx.expr_ty(a)), is_wide_ptr(cx, cx.expr_ty(b))) else { return };
    if e.span.from_expansion() {
        return;
    }
    let is_eq = matches!(op, BinOpKind::Eq | BinOpKind::Ne);
    let msg = "ambiguous pointer comparison, the target pointer may be wide";
    cx.lint(&AMBIGUOUS_WIDE_POINTER_COMPARISONS, e.hir_id, e.span, msg, |d| {
        if is_eq {
            let not = if op == BinOpKind::Ne { "!" } else { "" };
            d.multipart_suggestion(
                "use `std::ptr::addr_eq` or untyped pointers to only compare their addresses",
                vec![
                    (e.span.shrink_to_lo(), format!("{not}std::ptr::addr_eq(")),
                    (a.span.between(b.span), ", ".to_owned()),
                    (e.span.shrink_to_hi(), ")".to_owned()),
                ],
                Applicability::MachineApplicable,
            );
        } else {
            d.multipart_suggestion(
                "use untyped pointers to only compare their addresses",
                vec![
                    (a.span.shrink_to_hi(), ".cast::<()>()".to_owned()),
                    (b.span.shrink_to_hi(), ".cast::<()>()".to_owned()),
                ],
                Applicability::MaybeIncorrect,
            );
        }
    });
}

fn fn_comparison<'tcx>(cx: &LateContext<'tcx>, e: &Expr<'tcx>, a: &Expr<'tcx>, b: &Expr<'tcx>) {
    let (ta, tb) = (cx.expr_ty(a).peel_refs(), cx.expr_ty(b).peel_refs());
    let is_fn = |t: Ty<'tcx>| matches!(t.kind(), TyKind::FnPtr(_) | TyKind::FnDef(..));
    if !is_fn(ta) || !is_fn(tb) || e.span.in_derive_expansion() || e.span.from_expansion() {
        return;
    }
    let msg = "function pointer comparisons do not produce meaningful results since their addresses are not guaranteed to be unique";
    cx.lint(&UNPREDICTABLE_FUNCTION_POINTER_COMPARISONS, e.hir_id, e.span, msg, |d| {
        d.note("the address of the same function can vary between different codegen units");
        d.note("furthermore, different functions could have the same address after being merged together");
        d.note("for more information visit <https://doc.rust-lang.org/nightly/core/ptr/fn.fn_addr_eq.html>");
        let ExprKind::Binary(op, ..) = e.kind else { return };
        if matches!(op.node, BinOpKind::Eq | BinOpKind::Ne) && ta.is_fn_ptr() && tb.is_fn_ptr() {
            let not = if op.node == BinOpKind::Ne { "!" } else { "" };
            d.multipart_suggestion(
                "refactor your code, or use `std::ptr::fn_addr_eq` to suppress the lint",
                vec![
                    (e.span.shrink_to_lo(), format!("{not}std::ptr::fn_addr_eq(")),
                    (a.span.between(b.span), ", ".to_owned()),
                    (e.span.shrink_to_hi(), ")".to_owned()),
                ],
                Applicability::MaybeIncorrect,
            );
        }
    });
}

/// What a pointer expression was made of, if that is never null.
fn never_null<'tcx>(cx: &LateContext<'tcx>, mut e: &Expr<'tcx>) -> Option<(Ty<'tcx>, bool)> {
    loop {
        match e.kind {
            ExprKind::Cast(inner, _) => {
                let ty = cx.expr_ty(inner);
                if ty.is_ref() {
                    return Some((ty, false));
                }
                if matches!(ty.kind(), TyKind::FnDef(..) | TyKind::FnPtr(_)) {
                    return Some((ty, true));
                }
                e = inner;
            }
            ExprKind::MethodCall(_, receiver, [], _)
                if cx.callee(e).is_some_and(|d| {
                    matches!(
                        cx.diagnostic_name(d),
                        Some("ptr_cast" | "const_ptr_cast" | "ptr_cast_mut" | "ptr_cast_const")
                    )
                }) =>
            {
                e = receiver;
            }
            _ => return None,
        }
    }
}

fn useless_null_check<'tcx>(cx: &LateContext<'tcx>, e: &Expr<'tcx>, ptr: &Expr<'tcx>) {
    let Some((ty, is_fn)) = never_null(cx, ptr) else { return };
    report_null_check(cx, e, ptr, ty, is_fn);
}

fn report_null_check<'tcx>(cx: &LateContext<'tcx>, e: &Expr<'tcx>, ptr: &Expr<'tcx>, ty: Ty<'tcx>, is_fn: bool) {
    let mut origin = ptr;
    while let ExprKind::Cast(inner, _) = origin.kind {
        origin = inner;
    }
    if is_fn {
        let msg = "function pointers are not nullable, so checking them for null will always return false";
        cx.lint(&USELESS_PTR_NULL_CHECKS, e.hir_id, e.span, msg, |d| {
            d.span_label(origin.span, format!("expression has type `{ty}`"));
            d.help("wrap the function pointer inside an `Option` and use `Option::is_none` to check for null pointer value");
        });
    } else {
        let msg = "references are not nullable, so checking them for null will always return false";
        cx.lint(&USELESS_PTR_NULL_CHECKS, e.hir_id, e.span, msg, |d| {
            d.span_label(origin.span, format!("expression has type `{ty}`"));
        });
    }
}

fn null_comparison<'tcx>(cx: &LateContext<'tcx>, e: &Expr<'tcx>, a: &Expr<'tcx>, b: &Expr<'tcx>) {
    let ExprKind::Binary(op, ..) = e.kind else { return };
    if op.node != BinOpKind::Eq {
        return;
    }
    let is_null = |e: &Expr<'tcx>| match e.kind {
        ExprKind::Cast(inner, _) => {
            matches!(inner.kind, ExprKind::Lit(l) if matches!(l.node, ast::LitKind::Int(v, _) if u128::from(v) == 0))
        }
        ExprKind::Call(..) => {
            cx.callee(e).is_some_and(|d| matches!(cx.diagnostic_name(d), Some("ptr_null" | "ptr_null_mut")))
        }
        _ => false,
    };
    let ptr = if is_null(b) {
        a
    } else if is_null(a) {
        b
    } else {
        return;
    };
    if let Some((ty, is_fn)) = never_null(cx, ptr) {
        report_null_check(cx, e, ptr, ty, is_fn);
    }
}

/// `*(&x as *const T as *mut T) = ..`
fn invalid_cast<'tcx>(cx: &LateContext<'tcx>, e: &Expr<'tcx>) {
    let (target, is_assignment) = match e.kind {
        ExprKind::Assign(place, ..) | ExprKind::AssignOp(_, place, _) => match place.kind {
            ExprKind::Unary(UnOp::Deref, ptr) => (ptr, true),
            _ => return,
        },
        ExprKind::Unary(UnOp::Deref, ptr) => match cx.tcx.parent_hir_node(e.hir_id) {
            hir::Node::Expr(Expr { kind: ExprKind::AddrOf(hir::BorrowKind::Ref, Mutability::Mut, _), .. }) => {
                (ptr, false)
            }
            _ => return,
        },
        _ => return,
    };
    // A chain of casts from `&T` to `*mut T`.
    if !matches!(cx.expr_ty(target).kind(), TyKind::RawPtr(_, Mutability::Mut)) {
        return;
    }
    let mut origin = target;
    let mut casts = false;
    loop {
        origin = match origin.kind {
            ExprKind::Cast(inner, _) => inner,
            ExprKind::MethodCall(_, receiver, [], _)
                if cx.callee(origin).is_some_and(|d| {
                    matches!(
                        cx.diagnostic_name(d),
                        Some("ptr_cast" | "const_ptr_cast" | "ptr_cast_mut" | "ptr_cast_const")
                    )
                }) =>
            {
                receiver
            }
            ExprKind::Call(_, [arg]) if cx.callee(origin).is_some_and(|d| cx.is_diagnostic_item(d, "ptr_from_ref")) => {
                arg
            }
            _ => break,
        };
        casts = true;
    }
    let ty = cx.expr_ty(origin);
    let TyKind::Ref(_, pointee, Mutability::Not) = ty.kind() else { return };
    if !casts || !cx.tcx.type_is_freeze(cx.typing_env(), *pointee) {
        return;
    }
    let (span, msg) = if is_assignment {
        (e.span, "assigning to `&T` is undefined behavior, consider using an `UnsafeCell`")
    } else {
        let parent = cx.tcx.hir_span(cx.tcx.parent_hir_id(e.hir_id));
        (
            parent,
            "casting `&T` to `&mut T` is undefined behavior, even if the reference is unused, consider instead using an `UnsafeCell`",
        )
    };
    cx.lint(&INVALID_REFERENCE_CASTING, e.hir_id, span, msg, |d| {
        d.note("for more information, visit <https://doc.rust-lang.org/book/ch15-05-interior-mutability.html>");
    });
}
