//! Lints on `let`, patterns and single expressions: `let_underscore_lock`, `let_underscore_drop`,
//! `non_shorthand_field_patterns`, `deref_nullptr`, `static_mut_refs`, `for_loops_over_fallibles`.

use diagnostics::Applicability;
use hir::def::{DefKind, Res};
use hir::{
    BorrowKind, Expr, ExprKind, LetStmt, LocalSource, MatchSource, Mutability, Node, Pat, PatKind, QPath, StmtKind,
    UnOp,
};
use session::lint::{
    DEREF_NULLPTR, FOR_LOOPS_OVER_FALLIBLES, LET_UNDERSCORE_DROP, LET_UNDERSCORE_LOCK, NON_SHORTHAND_FIELD_PATTERNS,
    STATIC_MUT_REFS,
};
use span::Span;
use ty::TyKind;
use ty::adjustment::{Adjust, AutoBorrow};

use crate::late::LateContext;

pub(crate) fn check_local<'tcx>(cx: &LateContext<'tcx>, local: &LetStmt<'tcx>) {
    if !matches!(local.source, LocalSource::Normal | LocalSource::AssignDesugar) || local.span.from_expansion() {
        return;
    }
    if let (Some(init), PatKind::Binding(hir::BindingMode(hir::ByRef::Yes(_, mutbl), _), ..)) =
        (local.init, local.pat.kind)
    {
        if static_mut(cx, init).is_some() {
            static_mut_ref(cx, init, init.span, None, mutbl);
        }
    }
    let Some(init) = local.init.filter(|_| local.els.is_none()) else { return };
    local.pat.walk_always(|pat| {
        if !matches!(pat.kind, PatKind::Wild) {
            return;
        }
        let ty = cx.typeck().pat_ty(pat);
        let is_lock = match ty.kind() {
            TyKind::Adt(_, args) => {
                let is_guard = |t: ty::Ty<'tcx>| {
                    matches!(cx.ty_diagnostic_name(t), Some("MutexGuard" | "RwLockReadGuard" | "RwLockWriteGuard"))
                };
                is_guard(ty) || args.types().any(is_guard)
            }
            _ => false,
        };
        let can_use_init = std::ptr::eq(pat, local.pat);
        if is_lock {
            let mut span = diagnostics::MultiSpan::from(pat.span);
            span.push_span_label(pat.span, "this lock is not assigned to a binding and is immediately dropped");
            if can_use_init {
                span.push_span_label(init.span, "this binding will immediately drop the value assigned to it");
            }
            cx.lint(&LET_UNDERSCORE_LOCK, local.hir_id, span, "non-binding let on a synchronization lock", |d| {
                suggest_binding(d, local, init, pat, can_use_init);
            });
        } else if can_use_init && cx.tcx.type_needs_drop(cx.typing_env(), ty) && !is_place(init) {
            let msg = "non-binding let on a type that has a destructor";
            cx.lint(&LET_UNDERSCORE_DROP, local.hir_id, local.span, msg, |d| {
                suggest_binding(d, local, init, pat, can_use_init);
            });
        }
    });
}

/// A place is not dropped by `let _ = place`.
fn is_place(init: &Expr<'_>) -> bool {
    matches!(init.kind, ExprKind::Path(QPath::Resolved(None, path)) if matches!(path.res, Res::Local(_)))
}

fn suggest_binding(d: &mut diagnostics::Diag<'_>, local: &LetStmt<'_>, init: &Expr<'_>, pat: &Pat<'_>, whole: bool) {
    d.span_suggestion_verbose(
        pat.span,
        "consider binding to an unused variable to avoid immediately dropping the value",
        "_unused",
        Applicability::MachineApplicable,
    );
    if whole {
        d.multipart_suggestion(
            "consider immediately dropping the value",
            vec![(local.span.until(init.span), "drop(".to_owned()), (init.span.shrink_to_hi(), ")".to_owned())],
            Applicability::MachineApplicable,
        );
    }
}

pub(crate) fn check_pat<'tcx>(cx: &LateContext<'tcx>, pat: &Pat<'tcx>) {
    let PatKind::Struct(_, fields, _) = pat.kind else { return };
    for field in fields {
        if field.is_shorthand || field.span.from_expansion() {
            continue;
        }
        let PatKind::Binding(mode, _, ident, None) = field.pat.kind else { continue };
        if ident.name != field.ident.name || ident.span.ctxt() != field.ident.span.ctxt() {
            continue;
        }
        // `S { 0: x }` of a tuple struct.
        if field.ident.is_numeric() {
            continue;
        }
        let msg = format!("the `{ident}:` in this pattern is redundant");
        cx.lint(&NON_SHORTHAND_FIELD_PATTERNS, field.hir_id, field.span, msg, |d| {
            d.span_suggestion(
                field.span,
                "use shorthand field pattern",
                format!("{}{ident}", mode.prefix_str()),
                Applicability::MachineApplicable,
            );
        });
    }
}

pub(crate) fn check_expr<'tcx>(cx: &LateContext<'tcx>, e: &'tcx Expr<'tcx>) {
    match e.kind {
        ExprKind::Unary(UnOp::Deref, ptr) if is_null(cx, ptr) => {
            // `&raw const *null` reads nothing.
            if let Node::Expr(Expr { kind: ExprKind::AddrOf(BorrowKind::Raw, ..), .. }) =
                cx.tcx.parent_hir_node(e.hir_id)
            {
                return;
            }
            cx.lint(&DEREF_NULLPTR, e.hir_id, e.span, "dereferencing a null pointer", |d| {
                d.span_label(e.span, "this code causes undefined behavior when executed");
            });
        }
        ExprKind::AddrOf(BorrowKind::Ref, mutbl, place) => {
            if let Some(span) = static_mut(cx, place) {
                static_mut_ref(cx, e, span, Some(place.span), mutbl);
            }
        }
        ExprKind::MethodCall(_, receiver, ..) => {
            let borrowed = cx.typeck().expr_adjustments(receiver).iter().find_map(|adj| match adj.kind {
                Adjust::Borrow(AutoBorrow::Ref(m)) => Some(m),
                _ => None,
            });
            if let (Some(m), Some(_)) = (borrowed, static_mut(cx, receiver)) {
                let mutbl = match m {
                    ty::adjustment::AutoBorrowMutability::Not => Mutability::Not,
                    ty::adjustment::AutoBorrowMutability::Mut { .. } => Mutability::Mut,
                };
                static_mut_ref(cx, receiver, receiver.span, None, mutbl);
            }
        }
        ExprKind::Match(head, arms, MatchSource::ForLoopDesugar) => for_loop_over_fallible(cx, e, head, arms),
        _ => {}
    }
}

/// `0 as *const T`, `ptr::null()`, casts of these.
fn is_null(cx: &LateContext<'_>, e: &Expr<'_>) -> bool {
    match e.kind {
        ExprKind::Cast(inner, ty) if matches!(ty.kind, hir::TyKind::Ptr(_)) => match inner.kind {
            ExprKind::Lit(lit) => matches!(lit.node, ast::LitKind::Int(v, _) if u128::from(v) == 0),
            _ => is_null(cx, inner),
        },
        ExprKind::Call(..) => {
            cx.callee(e).is_some_and(|d| matches!(cx.diagnostic_name(d), Some("ptr_null" | "ptr_null_mut")))
        }
        _ => false,
    }
}

/// The place is a `static mut` or a part of one.
fn static_mut(cx: &LateContext<'_>, mut e: &Expr<'_>) -> Option<Span> {
    let span = e.span;
    loop {
        match e.kind {
            ExprKind::Field(base, _) if cx.typeck().expr_adjustments(base).is_empty() => e = base,
            ExprKind::Index(base, ..)
                if cx.typeck().expr_adjustments(base).is_empty() && cx.expr_ty(base).is_array() =>
            {
                e = base;
            }
            ExprKind::Path(QPath::Resolved(_, path)) => {
                return match path.res {
                    Res::Def(DefKind::Static { mutability: Mutability::Mut, .. }, _) => Some(span),
                    _ => None,
                };
            }
            _ => return None,
        }
    }
}

fn static_mut_ref(cx: &LateContext<'_>, e: &Expr<'_>, span: Span, place: Option<Span>, mutbl: Mutability) {
    // `addr_of!` and what it does by hand.
    if span.from_expansion() && e.span.from_expansion() && e.span.in_external_macro() {
        return;
    }
    if let Node::Expr(Expr { kind: ExprKind::AddrOf(..), .. }) = cx.tcx.parent_hir_node(e.hir_id) {
        return;
    }
    let (kind, raw) = match mutbl {
        Mutability::Mut => ("mutable", "&raw mut "),
        Mutability::Not => ("shared", "&raw const "),
    };
    let span = e.span;
    let msg = format!("creating a {kind} reference to mutable static");
    cx.lint(&STATIC_MUT_REFS, e.hir_id, span, msg, |d| {
        d.span_label(span, format!("{kind} reference to mutable static"));
        d.note("for more information, see <https://doc.rust-lang.org/edition-guide/rust-2024/static-mut-references.html>");
        d.note(match mutbl {
            Mutability::Mut => {
                "mutable references to mutable statics are dangerous; it's undefined behavior if any other pointer to the \
                 static is used or if any other reference is created for the static while the mutable reference lives"
            }
            Mutability::Not => {
                "shared references to mutable statics are dangerous; it's undefined behavior if the static is mutated or if a \
                 mutable reference is created for it while the shared reference lives"
            }
        });
        if let Some(place) = place {
            let what = match mutbl {
                Mutability::Mut => "use `&raw mut` instead to create a raw pointer",
                Mutability::Not => "use `&raw const` instead to create a raw pointer",
            };
            d.span_suggestion_verbose(span.until(place), what, raw, Applicability::MaybeIncorrect);
        }
    });
}

/// `for x in option`.
fn for_loop_over_fallible<'tcx>(
    cx: &LateContext<'tcx>,
    e: &Expr<'tcx>,
    head: &Expr<'tcx>,
    arms: &'tcx [hir::Arm<'tcx>],
) {
    // match IntoIterator::into_iter(arg) { mut iter => loop { match Iterator::next(&mut iter) { None => break, Some(pat) => body } } }
    let ExprKind::Call(_, [arg]) = head.kind else { return };
    let [arm] = arms else { return };
    let ExprKind::Loop(block, ..) = arm.body.kind else { return };
    let [hir::Stmt { kind: StmtKind::Expr(inner), .. }] = block.stmts else { return };
    let ExprKind::Match(_, [_, some], _) = inner.kind else { return };
    let pat = match some.pat.kind {
        PatKind::Struct(_, [field], _) => field.pat,
        PatKind::TupleStruct(_, [pat], _) => pat,
        _ => return,
    };
    let ty = cx.expr_ty(arg);
    let (adt, by_ref) = match ty.kind() {
        TyKind::Adt(adt, _) => (*adt, ""),
        TyKind::Ref(_, inner, m) => match inner.kind() {
            TyKind::Adt(adt, _) => (*adt, if *m == Mutability::Mut { "a `&mut " } else { "a `&" }),
            _ => return,
        },
        _ => return,
    };
    let (article, name, var) = match cx.diagnostic_name(adt.did()) {
        Some("Option") => ("an", "Option", "Some"),
        Some("Result") => ("a", "Result", "Ok"),
        _ => return,
    };
    let head = if by_ref.is_empty() { format!("{article} `{name}`") } else { format!("{by_ref}{name}`") };
    let msg = format!("for loop over {head}. This is more readably written as an `if let` statement");
    cx.lint(&FOR_LOOPS_OVER_FALLIBLES, e.hir_id, arg.span, msg, |d| {
        let (s, t) = (e.span.with_hi(pat.span.lo()), pat.span.between(arg.span));
        d.multipart_suggestion(
            "to check pattern in a loop use `while let`",
            vec![(s, format!("while let {var}(")), (t, ") = ".to_owned())],
            Applicability::Unspecified,
        );
        d.multipart_suggestion(
            "consider using `if let` to clear intent",
            vec![(s, format!("if let {var}(")), (t, ") = ".to_owned())],
            Applicability::Unspecified,
        );
    });
}
