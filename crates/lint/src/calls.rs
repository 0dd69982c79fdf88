//! Lints on calls of the library's functions: dropping and forgetting what has no destructor, methods that do nothing,
//! discriminants of what is no enum, literals that are no UTF-8, values that may not be zeroed, and so on.

use diagnostics::Applicability;
use hir::{Expr, ExprKind, Node, StmtKind};
use session::lint::{
    ARRAY_INTO_ITER, BOXED_SLICE_INTO_ITER, BYTE_SLICE_ as UNDROPPED_MANUALLY_DROPS,
    DANGLING_POINTERS_FROM_TEMPORARIES, DROPPING_COPY_TYPES, DROPPING_REFERENCES, ENUM_INTRINSICS_NON_ENUMS,
    FORGETTING_COPY_TYPES, FORGETTING_REFERENCES, INVALID_FROM_UTF8, INVALID_FROM_UTF8_UNCHECKED, INVALID_VALUE,
    MAP_UNIT_FN, MUTABLE_TRANSMUTES, NOOP_METHOD_CALL, SUSPICIOUS_DOUBLE_REF_OP,
};
use span::Edition;
use span::def_id::DefId;
use ty::adjustment::{Adjust, AutoBorrow};
use ty::{Mutability, Ty, TyKind};

use crate::late::LateContext;

pub(crate) fn check_expr<'tcx>(cx: &LateContext<'tcx>, e: &'tcx Expr<'tcx>) {
    match e.kind {
        ExprKind::Call(f, args) => {
            let Some(callee) = cx.callee(e) else { return };
            if cx.tcx.intrinsic(callee).is_some_and(|name| name.as_str() == "transmute") {
                mutable_transmute(cx, e, f);
            }
            let Some(name) = cx.diagnostic_name(callee) else { return };
            match (name, args) {
                ("mem_drop", [arg]) => drop_or_forget(cx, e, arg, true),
                ("mem_forget", [arg]) => drop_or_forget(cx, e, arg, false),
                ("mem_discriminant", [arg]) => discriminant(cx, e, f, arg),
                ("mem_variant_count", []) => variant_count(cx, e, f),
                ("str_from_utf8" | "str_inherent_from_utf8", [arg])
                | ("str_from_utf8_mut" | "str_inherent_from_utf8_mut", [arg]) => from_utf8(cx, e, callee, arg, false),
                ("str_from_utf8_unchecked" | "str_inherent_from_utf8_unchecked", [arg])
                | ("str_from_utf8_unchecked_mut" | "str_inherent_from_utf8_unchecked_mut", [arg]) => {
                    from_utf8(cx, e, callee, arg, true);
                }
                ("mem_zeroed" | "mem_uninitialized", []) => invalid_value(cx, e, name == "mem_zeroed"),
                _ => {}
            }
        }
        ExprKind::MethodCall(segment, receiver, args, _) => {
            into_iter(cx, e, segment, receiver);
            let Some(callee) = cx.callee(e) else { return };
            noop_method(cx, e, segment, receiver, callee);
            dangling(cx, e, segment, receiver, callee);
            if let (Some("IteratorMap"), [arg]) = (cx.diagnostic_name(callee), args) {
                map_unit(cx, e, arg);
            }
        }
        _ => {}
    }
}

fn drop_or_forget<'tcx>(cx: &LateContext<'tcx>, e: &'tcx Expr<'tcx>, arg: &'tcx Expr<'tcx>, is_drop: bool) {
    let ty = cx.expr_ty(arg);
    let is_arm_body = || {
        // `=> drop(x),` makes a `()` of it.
        is_drop
            && matches!(cx.tcx.parent_hir_node(e.hir_id), Node::Arm(arm) if arm.body.hir_id == e.hir_id)
            && matches!(arg.kind, ExprKind::Call(..) | ExprKind::MethodCall(..))
    };
    let is_copy = cx.tcx.type_is_copy_modulo_regions(cx.typing_env(), ty);
    let what = if is_drop { "std::mem::drop" } else { "std::mem::forget" };
    let suggest = |d: &mut diagnostics::Diag<'_>| {
        d.span_label(arg.span, format!("argument has type `{ty}`"));
        if let Node::Stmt(hir::Stmt { kind: StmtKind::Semi(_), .. }) = cx.tcx.parent_hir_node(e.hir_id) {
            if !e.span.from_expansion() {
                d.multipart_suggestion(
                    "use `let _ = ...` to ignore the expression or result",
                    vec![
                        (e.span.until(arg.span), "let _ = ".to_owned()),
                        (arg.span.shrink_to_hi().to(e.span.shrink_to_hi()), String::new()),
                    ],
                    Applicability::MachineApplicable,
                );
                return;
            }
        }
        d.note("use `let _ = ...` to ignore the expression or result");
    };
    if ty.is_ref() {
        if is_arm_body() {
            return;
        }
        let lint = if is_drop { &DROPPING_REFERENCES } else { &FORGETTING_REFERENCES };
        let msg = format!("calls to `{what}` with a reference instead of an owned value does nothing");
        cx.lint(lint, e.hir_id, e.span, msg, suggest);
    } else if is_copy {
        if is_arm_body() {
            return;
        }
        let lint = if is_drop { &DROPPING_COPY_TYPES } else { &FORGETTING_COPY_TYPES };
        let msg = format!("calls to `{what}` with a value that implements `Copy` does nothing");
        cx.lint(lint, e.hir_id, e.span, msg, suggest);
    } else if is_drop && matches!(ty.kind(), TyKind::Adt(def, _) if def.is_manually_drop()) {
        let msg = "calls to `std::mem::drop` with `std::mem::ManuallyDrop` instead of the inner value does nothing";
        cx.lint(&UNDROPPED_MANUALLY_DROPS, e.hir_id, e.span, msg, |d| {
            d.span_label(arg.span, format!("argument has type `{ty}`"));
            d.multipart_suggestion(
                "use `std::mem::ManuallyDrop::into_inner` to get the inner value",
                vec![
                    (arg.span.shrink_to_lo(), "std::mem::ManuallyDrop::into_inner(".to_owned()),
                    (arg.span.shrink_to_hi(), ")".to_owned()),
                ],
                Applicability::MachineApplicable,
            );
        });
    }
}

fn is_not_enum(ty: Ty<'_>) -> bool {
    let unknown = matches!(ty.kind(), TyKind::Param(_) | TyKind::Alias(..) | TyKind::Error(_) | TyKind::Infer(_));
    !unknown && !matches!(ty.kind(), TyKind::Adt(def, _) if def.is_enum())
}

fn discriminant<'tcx>(cx: &LateContext<'tcx>, e: &Expr<'tcx>, f: &Expr<'tcx>, arg: &Expr<'tcx>) {
    let Some(ty) = cx.typeck().node_args_opt(f.hir_id).and_then(|a| a.types().next()) else { return };
    if is_not_enum(ty) {
        let msg = "the return value of `mem::discriminant` is unspecified when called with a non-enum type";
        cx.lint(&ENUM_INTRINSICS_NON_ENUMS, e.hir_id, e.span, msg, |d| {
            d.span_note(
                arg.span,
                format!("the argument to `discriminant` should be a reference to an enum, but it was passed a reference to a `{ty}`, which is not an enum"),
            );
        });
    }
}

fn variant_count<'tcx>(cx: &LateContext<'tcx>, e: &Expr<'tcx>, f: &Expr<'tcx>) {
    let Some(ty) = cx.typeck().node_args_opt(f.hir_id).and_then(|a| a.types().next()) else { return };
    if is_not_enum(ty) {
        let msg = "the return value of `mem::variant_count` is unspecified when called with a non-enum type";
        cx.lint(&ENUM_INTRINSICS_NON_ENUMS, e.hir_id, e.span, msg, |d| {
            d.note(format!(
                "the type parameter of `variant_count` should be an enum, but it was instantiated with the type `{ty}`, which is not an enum"
            ));
        });
    }
}

fn from_utf8<'tcx>(cx: &LateContext<'tcx>, e: &Expr<'tcx>, callee: DefId, arg: &'tcx Expr<'tcx>, unchecked: bool) {
    let mut lit = arg;
    loop {
        lit = match lit.kind {
            ExprKind::AddrOf(_, _, inner) | ExprKind::DropTemps(inner) => inner,
            ExprKind::Unary(hir::UnOp::Deref, inner) => inner,
            _ => break,
        };
    }
    let bytes: Vec<u8> = match lit.kind {
        ExprKind::Lit(l) => match l.node {
            ast::LitKind::ByteStr(bytes, _) => bytes.as_byte_str().to_vec(),
            _ => return,
        },
        ExprKind::Array(elems) => {
            let byte = |e: &Expr<'_>| match e.kind {
                ExprKind::Lit(l) => match l.node {
                    ast::LitKind::Byte(b) => Some(b),
                    ast::LitKind::Int(v, _) => u8::try_from(u128::from(v)).ok(),
                    _ => None,
                },
                _ => None,
            };
            match elems.iter().map(byte).collect::<Option<Vec<u8>>>() {
                Some(bytes) => bytes,
                None => return,
            }
        }
        _ => return,
    };
    let Err(err) = std::str::from_utf8(&bytes) else { return };
    let path = cx.tcx.def_path_str(callee).replacen("core::", "std::", 1);
    let valid = err.valid_up_to();
    let (lint, msg) = if unchecked {
        (&INVALID_FROM_UTF8_UNCHECKED, format!("calls to `{path}` with an invalid literal cause undefined behavior"))
    } else {
        (&INVALID_FROM_UTF8, format!("calls to `{path}` with an invalid literal always return an error"))
    };
    cx.lint(lint, e.hir_id, e.span, msg, |d| {
        d.span_label(lit.span, format!("the literal was valid UTF-8 up to the {valid} bytes"));
    });
}

/// Types of which all bits zero (or nothing) is no value.
fn invalid_value<'tcx>(cx: &LateContext<'tcx>, e: &Expr<'tcx>, zeroed: bool) {
    let ty = cx.expr_ty(e);
    let Some(reason) = invalid_reason(cx, ty, zeroed, 0) else { return };
    let how = if zeroed { "zero-initialization" } else { "being left uninitialized" };
    let msg = format!("the type `{ty}` does not permit {how}");
    cx.lint(&INVALID_VALUE, e.hir_id, e.span, msg, |d| {
        d.span_label(e.span, "this code causes undefined behavior when executed");
        d.span_label(
            e.span,
            "help: use `MaybeUninit<T>` instead, and only call `assume_init` after initialization is done",
        );
        d.note(reason);
    });
}

fn invalid_reason<'tcx>(cx: &LateContext<'tcx>, ty: Ty<'tcx>, zeroed: bool, depth: u32) -> Option<String> {
    if depth > 8 {
        return None;
    }
    match ty.kind() {
        TyKind::Ref(..) => Some("references must be non-null".to_owned()),
        TyKind::Adt(def, _) if def.is_box() => Some("`Box` must be non-null".to_owned()),
        TyKind::FnPtr(_) => Some("function pointers must be non-null".to_owned()),
        TyKind::Never => Some("the `!` type has no valid value".to_owned()),
        TyKind::RawPtr(t, _) if matches!(t.kind(), TyKind::Dynamic(..)) => {
            Some("the vtable of a wide raw pointer must be non-null".to_owned())
        }
        TyKind::Int(_) | TyKind::Uint(_) if !zeroed => Some("integers must be initialized".to_owned()),
        TyKind::Float(_) if !zeroed => Some("floats must be initialized".to_owned()),
        TyKind::RawPtr(..) if !zeroed => Some("raw pointers must be initialized".to_owned()),
        TyKind::Bool if !zeroed => Some("booleans must be either `true` or `false`".to_owned()),
        TyKind::Char if !zeroed => Some("characters must be a valid Unicode codepoint".to_owned()),
        TyKind::Adt(def, args) if def.is_struct() => def
            .non_enum_variant()
            .fields
            .iter()
            .find_map(|f| invalid_reason(cx, cx.tcx.field_ty(f, args), zeroed, depth + 1)),
        TyKind::Adt(def, _) if def.is_enum() && def.variants().is_empty() => {
            Some("enums with no inhabited variants have no valid value".to_owned())
        }
        TyKind::Tuple(tys) => tys.iter().find_map(|t| invalid_reason(cx, t, zeroed, depth + 1)),
        TyKind::Array(t, len) if len.try_to_target_usize().is_some_and(|n| n > 0) => {
            invalid_reason(cx, *t, zeroed, depth + 1)
        }
        _ => None,
    }
}

fn mutable_transmute<'tcx>(cx: &LateContext<'tcx>, e: &Expr<'tcx>, f: &Expr<'tcx>) {
    let Some(args) = cx.typeck().node_args_opt(f.hir_id) else { return };
    let mut tys = args.types();
    let (Some(from), Some(to)) = (tys.next(), tys.next()) else { return };
    if let (TyKind::Ref(_, _, Mutability::Not), TyKind::Ref(_, _, Mutability::Mut)) = (from.kind(), to.kind()) {
        let msg = "transmuting &T to &mut T is undefined behavior, even if the reference is unused, consider instead using an UnsafeCell";
        cx.lint(&MUTABLE_TRANSMUTES, e.hir_id, f.span, msg, |_| {});
    }
}

/// `(&x).clone()` where `x` is not `Clone`.
fn noop_method<'tcx>(
    cx: &LateContext<'tcx>,
    e: &Expr<'tcx>,
    segment: &hir::PathSegment<'tcx>,
    receiver: &Expr<'tcx>,
    callee: DefId,
) {
    let Some(trait_id) = cx.tcx.trait_of_assoc(callee) else { return };
    let Some(trait_ @ ("Clone" | "Deref" | "Borrow")) = cx.diagnostic_name(trait_id) else { return };
    let name = match (trait_, segment.ident.as_str()) {
        (_, n @ ("clone" | "deref" | "borrow")) => n,
        _ => return,
    };
    let Some(args) = cx.typeck().node_args_opt(e.hir_id) else { return };
    let self_ty = args.type_at(0);
    let receiver_ty = cx.expr_ty(receiver);
    let expr_ty = cx.typeck().expr_ty_adjusted(e);
    let span = receiver.span.shrink_to_hi().to(e.span.shrink_to_hi());
    if receiver.span.from_expansion() || e.span.from_expansion() {
        return;
    }
    let TyKind::Ref(_, pointee, _) = self_ty.kind() else { return };
    // `&T: Clone` copies the reference.
    let is_copied_ref = receiver_ty == self_ty;
    if is_copied_ref && expr_ty == receiver_ty && !pointee.is_ref() {
        let msg = format!("call to `.{name}()` on a reference in this situation does nothing");
        cx.lint(&NOOP_METHOD_CALL, e.hir_id, span, msg, |d| {
            d.note(format!(
                "the type `{pointee}` does not implement `{trait_}`, so calling `{name}` on `&{pointee}` copies the reference, which does not do anything and can be removed"
            ));
            d.span_suggestion(span, "remove this redundant call", "", Applicability::MachineApplicable);
        });
    } else if let TyKind::Ref(_, inner, _) = receiver_ty.kind() {
        // `&&T`
        if inner.is_ref() && self_ty == *inner && (name == "clone" || name == "deref") {
            let inner_pointee = match inner.kind() {
                TyKind::Ref(_, t, _) => *t,
                _ => return,
            };
            if name == "clone" && !cx.tcx.type_is_sized(cx.typing_env(), inner_pointee) {
                return;
            }
            let what = if name == "clone" {
                format!(
                    "using `.clone()` on a double reference, which returns `{inner}` instead of cloning the inner type"
                )
            } else {
                format!(
                    "using `.deref()` on a double reference, which returns `{inner}` instead of dereferencing the inner type"
                )
            };
            cx.lint(&SUSPICIOUS_DOUBLE_REF_OP, e.hir_id, span, what, |_| {});
        }
    }
}

/// `String::new().as_ptr()`: the buffer is gone at the end of the statement.
fn dangling<'tcx>(
    cx: &LateContext<'tcx>,
    e: &Expr<'tcx>,
    segment: &hir::PathSegment<'tcx>,
    receiver: &Expr<'tcx>,
    callee: DefId,
) {
    if !matches!(segment.ident.as_str(), "as_ptr" | "as_mut_ptr" | "get")
        || !cx.tcx.has_attr(callee, span::sym::rustc_as_ptr)
        || !is_temporary(cx, receiver)
    {
        return;
    }
    let ty = cx.expr_ty(receiver);
    let owns = match ty.kind() {
        TyKind::Adt(def, _) => {
            def.is_box()
                || matches!(
                    cx.diagnostic_name(def.did()),
                    Some("Vec" | "String" | "cstring_type" | "Cell" | "MaybeUninit")
                )
                || cx.tcx.is_lang_item(def.did(), hir::LangItem::String)
                || def.is_unsafe_cell()
        }
        TyKind::Array(..) => true,
        _ => false,
    };
    if !owns || is_used_in_call(cx, e) {
        return;
    }
    let name = segment.ident;
    let msg = format!("this creates a dangling pointer because temporary `{ty}` is dropped at end of statement");
    cx.lint(&DANGLING_POINTERS_FROM_TEMPORARIES, e.hir_id, name.span, msg, |d| {
        d.span_label(name.span, "pointer created here");
        d.span_label(receiver.span, format!("this `{ty}` is dropped at end of statement"));
        d.help(format!("bind the `{ty}` to a variable such that it outlives the pointer returned by `{name}`"));
        d.note("a dangling pointer is safe, but dereferencing one is undefined behavior");
        d.note("returning a pointer to a local variable will always result in a dangling pointer");
        d.note("for more information, see <https://doc.rust-lang.org/reference/destructors.html>");
    });
}

fn is_temporary(cx: &LateContext<'_>, e: &Expr<'_>) -> bool {
    match e.kind {
        ExprKind::Call(..)
        | ExprKind::MethodCall(..)
        | ExprKind::Struct(..)
        | ExprKind::Array(_)
        | ExprKind::Repeat(..) => true,
        ExprKind::If(_, a, Some(b)) => is_temporary(cx, a) || is_temporary(cx, b),
        ExprKind::Block(block, _) => block.expr.is_some_and(|x| is_temporary(cx, x)),
        _ => false,
    }
}

/// `f(x().as_ptr())`: the temporary lives as long as the call.
fn is_used_in_call(cx: &LateContext<'_>, e: &Expr<'_>) -> bool {
    let mut id = e.hir_id;
    loop {
        match cx.tcx.parent_hir_node(id) {
            Node::Expr(p) => match p.kind {
                ExprKind::Call(f, _) => {
                    // A tuple struct only keeps it.
                    return !matches!(&f.kind, ExprKind::Path(q) if matches!(cx.qpath_res(q, f.hir_id), hir::def::Res::Def(hir::def::DefKind::Ctor(..), _)));
                }
                ExprKind::MethodCall(_, receiver, ..) => {
                    if receiver.hir_id == id && cx.typeck().expr_ty(p).is_raw_ptr() {
                        id = p.hir_id;
                        continue;
                    }
                    return true;
                }
                ExprKind::Cast(..) | ExprKind::Struct(..) | ExprKind::Tup(_) | ExprKind::Array(_) => id = p.hir_id,
                ExprKind::Unary(hir::UnOp::Deref, _) => return true,
                _ => return false,
            },
            Node::ExprField(f) => id = f.hir_id,
            _ => return false,
        }
    }
}

/// `iter.map(f)` as a statement where `f` returns `()`.
fn map_unit<'tcx>(cx: &LateContext<'tcx>, e: &Expr<'tcx>, arg: &Expr<'tcx>) {
    let Node::Stmt(hir::Stmt { kind: StmtKind::Semi(_), span, .. }) = cx.tcx.parent_hir_node(e.hir_id) else { return };
    let ret_is_unit = match *cx.expr_ty(arg).kind() {
        TyKind::FnDef(id, _) => cx.tcx.fn_sig(id).skip_binder().skip_binder().output().is_unit(),
        TyKind::Closure(_, args) => args.as_closure().sig().skip_binder().output().is_unit(),
        _ => false,
    };
    if !ret_is_unit {
        return;
    }
    let ExprKind::MethodCall(segment, ..) = e.kind else { return };
    let msg = "`Iterator::map` call that discard the iterator's values";
    cx.lint(&MAP_UNIT_FN, e.hir_id, *span, msg, |d| {
        d.span_label(arg.span, "this function returns `()`, which is likely not what you wanted");
        d.span_label(e.span, "called `Iterator::map` with callable that returns `()`");
        d.span_label(
            e.span,
            "after this call to map, the resulting iterator is `impl Iterator<Item = ()>`, which means the only information carried by the iterator is the number of items",
        );
        d.note("`Iterator::map`, like many of the methods on `Iterator`, gets executed lazily, meaning that its effects won't be visible until it is iterated");
        d.span_suggestion_verbose(
            segment.ident.span,
            "you might have meant to use `Iterator::for_each`",
            "for_each",
            Applicability::MaybeIncorrect,
        );
    });
}

/// `array.into_iter()` where it still goes by reference.
fn into_iter<'tcx>(cx: &LateContext<'tcx>, e: &Expr<'tcx>, segment: &hir::PathSegment<'tcx>, receiver: &Expr<'tcx>) {
    if segment.ident.as_str() != "into_iter" {
        return;
    }
    let Some(callee) = cx.callee(e) else { return };
    if cx.tcx.trait_of_assoc(callee).and_then(|t| cx.diagnostic_name(t)) != Some("IntoIterator") {
        return;
    }
    // By value first, then by reference: of these the receiver's own type is not an iterator in this edition.
    let adjustments = cx.typeck().expr_adjustments(receiver);
    let Some(last) = adjustments.last() else { return };
    if !matches!(last.kind, Adjust::Borrow(AutoBorrow::Ref(_))) {
        return;
    }
    let target = match adjustments.len() {
        1 => cx.expr_ty(receiver),
        n => adjustments[n - 2].target,
    };
    let receiver_ty = cx.expr_ty(receiver);
    let boxed_slice = receiver_ty.boxed_ty().filter(|t| t.is_slice());
    let (lint, target, edition) = if boxed_slice.is_some() && segment.ident.span.edition() < Edition::Edition2024 {
        (&BOXED_SLICE_INTO_ITER, "Box<[T]>", "2024")
    } else if (target.is_array() || receiver_ty.is_array()) && segment.ident.span.edition() < Edition::Edition2021 {
        (&ARRAY_INTO_ITER, "[T; N]", "2021")
    } else {
        return;
    };
    let by_ref = if lint.name == "array_into_iter" {
        "<&[T; N] as IntoIterator>::into_iter"
    } else {
        "<&Box<[T]> as IntoIterator>::into_iter"
    };
    let by_value = format!("<{target} as IntoIterator>::into_iter");
    let msg = format!(
        "this method call resolves to `{by_ref}` (due to backwards compatibility), but will resolve to `{by_value}` in Rust {edition}"
    );
    cx.lint(lint, e.hir_id, segment.ident.span, msg, |d| {
        d.span_suggestion(
            segment.ident.span,
            "use `.iter()` instead of `.into_iter()` to avoid ambiguity",
            "iter",
            Applicability::MachineApplicable,
        );
        d.multipart_suggestion(
            "or use `IntoIterator::into_iter(..)` instead of `.into_iter()` to explicitly iterate by value",
            vec![
                (receiver.span.shrink_to_lo(), "IntoIterator::into_iter(".to_owned()),
                (receiver.span.shrink_to_hi().to(e.span.shrink_to_hi()), ")".to_owned()),
            ],
            Applicability::MaybeIncorrect,
        );
    });
}
