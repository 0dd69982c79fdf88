//! `overflowing_literals`, `unused_comparisons`, `invalid_nan_comparisons`.

use ast::{FloatTy, IntTy, LitKind, UintTy};
use diagnostics::Applicability;
use hir::{BinOpKind, Expr, ExprKind, HirId, Lit, Node, UnOp};
use session::lint::{INVALID_NAN_COMPARISONS, OVERFLOWING_LITERALS, UNUSED_COMPARISONS};
use span::Span;
use ty::{Ty, TyKind};

use crate::late::LateContext;

/// Both targets' pointers have 64 bits.
const POINTER_BITS: u32 = 64;

fn int_bits(ty: Ty<'_>) -> Option<(u32, bool)> {
    Some(match *ty.kind() {
        TyKind::Int(i) => (
            match i {
                IntTy::Isize => POINTER_BITS,
                IntTy::I8 => 8,
                IntTy::I16 => 16,
                IntTy::I32 => 32,
                IntTy::I64 => 64,
                IntTy::I128 => 128,
            },
            true,
        ),
        TyKind::Uint(u) => (
            match u {
                UintTy::Usize => POINTER_BITS,
                UintTy::U8 => 8,
                UintTy::U16 => 16,
                UintTy::U32 => 32,
                UintTy::U64 => 64,
                UintTy::U128 => 128,
            },
            false,
        ),
        _ => return None,
    })
}

fn unsigned_max(bits: u32) -> u128 {
    u128::MAX >> (128 - bits)
}

/// The smallest and greatest values.
fn int_range(bits: u32) -> (i128, i128) {
    let max = (unsigned_max(bits) >> 1) as i128;
    (-max - 1, max)
}

pub(crate) fn check_expr<'tcx>(cx: &LateContext<'tcx>, e: &'tcx Expr<'tcx>) {
    match e.kind {
        ExprKind::Lit(ref lit) => {
            let negated = is_negated(cx, e.hir_id);
            check_lit(cx, e.hir_id, lit, e.span, negated, Some(e));
        }
        ExprKind::Binary(op, a, b) => {
            if op.node.is_comparison() {
                check_limits(cx, e, op.node, a, b);
                check_nan(cx, e, op.node, a, b);
            }
        }
        _ => {}
    }
}

/// The literal is the operand of an odd number of `-`.
fn is_negated(cx: &LateContext<'_>, mut id: HirId) -> bool {
    let mut negated = false;
    while let Node::Expr(Expr { kind: ExprKind::Unary(UnOp::Neg, _), hir_id, .. }) = cx.tcx.parent_hir_node(id) {
        negated = !negated;
        id = *hir_id;
    }
    negated
}

pub(crate) fn check_lit<'tcx>(
    cx: &LateContext<'tcx>,
    id: HirId,
    lit: &Lit,
    span: Span,
    negated: bool,
    e: Option<&'tcx Expr<'tcx>>,
) {
    let Some(ty) = cx.typeck().node_type_opt(id) else { return };
    match (lit.node, ty.kind()) {
        (LitKind::Int(v, _), TyKind::Int(_)) => {
            let v = u128::from(v);
            let Some((bits, _)) = int_bits(ty) else { return };
            let (_, max) = int_range(bits);
            let max = max as u128;
            if (negated && v > max + 1) || (!negated && v > max) {
                signed(cx, id, span, ty, bits, v, negated, e);
            }
        }
        (LitKind::Int(v, _), TyKind::Uint(_)) => {
            let v = u128::from(v);
            let Some((bits, _)) = int_bits(ty) else { return };
            if v > unsigned_max(bits) {
                unsigned(cx, id, span, ty, bits, v, e);
            }
        }
        (LitKind::Float(sym, _), TyKind::Float(f)) => {
            let text = sym.as_str().replace('_', "");
            let infinite = match f {
                FloatTy::F32 => text.parse::<f32>().is_ok_and(f32::is_infinite),
                FloatTy::F64 => text.parse::<f64>().is_ok_and(f64::is_infinite),
                // Parsed as a wider float: good enough for what is out of range.
                FloatTy::F16 => text.parse::<f64>().is_ok_and(|x| x >= 65520.0),
                FloatTy::F128 => false,
            };
            if infinite {
                let shown = cx.snippet(span).unwrap_or(text);
                cx.lint(&OVERFLOWING_LITERALS, id, span, format!("literal out of range for `{ty}`"), |d| {
                    d.note(format!(
                        "the literal `{shown}` does not fit into the type `{ty}` and will be converted to `{ty}::INFINITY`"
                    ));
                });
            }
        }
        _ => {}
    }
}

/// Written in hexadecimal or binary.
fn is_bits(text: &str) -> bool {
    text.starts_with("0x") || text.starts_with("0b")
}

/// The smallest type that a value fits into.
fn fitting_type(signed_only: bool, v: u128, negated: bool) -> Option<&'static str> {
    const SIGNED: [(&str, u32); 5] = [("i8", 8), ("i16", 16), ("i32", 32), ("i64", 64), ("i128", 128)];
    const UNSIGNED: [(&str, u32); 5] = [("u8", 8), ("u16", 16), ("u32", 32), ("u64", 64), ("u128", 128)];
    if signed_only {
        let fits = |bits: u32| {
            let max = int_range(bits).1 as u128;
            if negated { v <= max + 1 } else { v <= max }
        };
        SIGNED.iter().find(|(_, bits)| fits(*bits)).map(|(n, _)| *n)
    } else {
        UNSIGNED.iter().find(|(_, bits)| v <= unsigned_max(*bits)).map(|(n, _)| *n)
    }
}

#[allow(clippy::too_many_arguments, reason = "the parts of a literal")]
fn signed<'tcx>(
    cx: &LateContext<'tcx>,
    id: HirId,
    span: Span,
    ty: Ty<'tcx>,
    bits: u32,
    v: u128,
    negated: bool,
    e: Option<&'tcx Expr<'tcx>>,
) {
    let text = cx.snippet(span).unwrap_or_else(|| v.to_string());
    let msg = format!("literal out of range for `{ty}`");
    if is_bits(&text) {
        let shift = 128 - bits;
        let actually = ((v << shift) as i128) >> shift;
        cx.lint(&OVERFLOWING_LITERALS, id, span, msg, |d| {
            let head = format!("the literal `{text}` (decimal `{v}`) does not fit into the type `{ty}`");
            if negated {
                d.note(head);
                d.note(format!("and the value `-{text}` will become `{actually}{ty}`"));
            } else {
                d.note(format!("{head} and will become `{actually}{ty}`"));
            }
            let sans_suffix = text.strip_suffix(&ty.to_string()).unwrap_or(&text).to_owned();
            let fits_unsigned = v <= unsigned_max(bits);
            let new_ty = if fits_unsigned && !negated {
                ty.to_string().replacen('i', "u", 1)
            } else {
                fitting_type(true, v, negated).unwrap_or("i128").to_owned()
            };
            if fits_unsigned || fitting_type(true, v, negated).is_some() {
                if sans_suffix.len() < text.len() {
                    d.span_suggestion(
                        span,
                        format!("consider using the type `{new_ty}` instead"),
                        format!("{sans_suffix}{new_ty}"),
                        Applicability::MachineApplicable,
                    );
                } else {
                    d.help(format!("consider using the type `{new_ty}` instead"));
                }
            }
            if fits_unsigned && !negated && actually < 0 {
                d.span_suggestion_verbose(
                    span,
                    format!(
                        "to use as a negative number (decimal `{actually}`), consider using the type `{new_ty}` for the literal \
                         and cast it to `{ty}`"
                    ),
                    format!("{sans_suffix}{new_ty} as {ty}"),
                    Applicability::MaybeIncorrect,
                );
            }
        });
        return;
    }
    if overflowing_range_end(cx, id, span, ty, v, int_range(bits).1 as u128, e) {
        return;
    }
    let (min, max) = int_range(bits);
    // With its sign.
    let (span, text) = match cx.tcx.parent_hir_node(id) {
        Node::Expr(p @ Expr { kind: ExprKind::Unary(UnOp::Neg, _), .. }) if negated => {
            (p.span, cx.snippet(p.span).unwrap_or(text))
        }
        _ => (span, text),
    };
    cx.lint(&OVERFLOWING_LITERALS, id, span, msg, |d| {
        d.note(format!("the literal `{text}` does not fit into the type `{ty}` whose range is `{min}..={max}`"));
        if let Some(new_ty) = fitting_type(true, v, negated).filter(|n| *n != ty.to_string()) {
            d.help(format!("consider using the type `{new_ty}` instead"));
        }
    });
}

fn unsigned<'tcx>(
    cx: &LateContext<'tcx>,
    id: HirId,
    span: Span,
    ty: Ty<'tcx>,
    bits: u32,
    v: u128,
    e: Option<&'tcx Expr<'tcx>>,
) {
    let max = unsigned_max(bits);
    if let Node::Expr(parent @ Expr { kind: ExprKind::Cast(..), .. }) = cx.tcx.parent_hir_node(id) {
        if cx.expr_ty(parent).is_char() {
            cx.lint(&OVERFLOWING_LITERALS, id, parent.span, "only `u8` can be cast into `char`", |d| {
                if v > 0x0010_FFFF || (0xD800..=0xDFFF).contains(&v) {
                    d.note(if v > 0x0010_FFFF {
                        "maximum valid `char` value is `0x10FFFF`".to_owned()
                    } else {
                        "`0xD800..=0xDFFF` values are not valid `char`s".to_owned()
                    });
                } else {
                    d.span_suggestion(
                        parent.span,
                        "use a `char` literal instead",
                        format!("'\\u{{{v:X}}}'"),
                        Applicability::MachineApplicable,
                    );
                }
            });
            return;
        }
    }
    if overflowing_range_end(cx, id, span, ty, v, max, e) {
        return;
    }
    let text = cx.snippet(span).unwrap_or_else(|| v.to_string());
    let msg = format!("literal out of range for `{ty}`");
    if is_bits(&text) {
        let actually = v & max;
        cx.lint(&OVERFLOWING_LITERALS, id, span, msg, |d| {
            d.note(format!(
                "the literal `{text}` (decimal `{v}`) does not fit into the type `{ty}` and will become `{actually}{ty}`"
            ));
            if let Some(new_ty) = fitting_type(false, v, false) {
                let sans_suffix = text.strip_suffix(&ty.to_string()).unwrap_or(&text).to_owned();
                if sans_suffix.len() < text.len() {
                    d.span_suggestion(
                        span,
                        format!("consider using the type `{new_ty}` instead"),
                        format!("{sans_suffix}{new_ty}"),
                        Applicability::MachineApplicable,
                    );
                } else {
                    d.help(format!("consider using the type `{new_ty}` instead"));
                }
            }
        });
        return;
    }
    cx.lint(&OVERFLOWING_LITERALS, id, span, msg, |d| {
        d.note(format!("the literal `{text}` does not fit into the type `{ty}` whose range is `0..={max}`"));
    });
}

/// `0..256` of `u8`: meant is `0..=255`.
fn overflowing_range_end<'tcx>(
    cx: &LateContext<'tcx>,
    id: HirId,
    span: Span,
    ty: Ty<'tcx>,
    v: u128,
    max: u128,
    e: Option<&'tcx Expr<'tcx>>,
) -> bool {
    if e.is_none() || v != max + 1 {
        return false;
    }
    let Node::ExprField(field) = cx.tcx.parent_hir_node(id) else { return false };
    let Node::Expr(range) = cx.tcx.parent_hir_node(field.hir_id) else { return false };
    let ExprKind::Struct(hir::QPath::LangItem(hir::LangItem::Range, _), [start, end], _) = range.kind else {
        return false;
    };
    if end.hir_id != field.hir_id {
        return false;
    }
    let msg = format!("range endpoint is out of range for `{ty}`");
    cx.lint(&OVERFLOWING_LITERALS, id, range.span, msg, |d| {
        if let Some(start) = cx.snippet(start.expr.span) {
            let suffix =
                cx.snippet(span).filter(|t| t.ends_with(&ty.to_string())).map_or(String::new(), |_| ty.to_string());
            d.span_suggestion(
                range.span,
                "use an inclusive range instead",
                format!("{start}..={}{suffix}", v - 1),
                Applicability::MachineApplicable,
            );
        }
    });
    true
}

/// `x >= 0` where `x` is unsigned, `x < 256` where it is a byte.
fn check_limits<'tcx>(cx: &LateContext<'tcx>, e: &Expr<'tcx>, op: BinOpKind, a: &Expr<'tcx>, b: &Expr<'tcx>) {
    let lit = |e: &Expr<'_>| match e.kind {
        ExprKind::Lit(lit) => match lit.node {
            LitKind::Int(v, _) => i128::try_from(u128::from(v)).ok(),
            _ => None,
        },
        ExprKind::Unary(UnOp::Neg, Expr { kind: ExprKind::Lit(lit), .. }) => match lit.node {
            LitKind::Int(v, _) => i128::try_from(u128::from(v)).ok().map(|v| -v),
            _ => None,
        },
        _ => None,
    };
    // The literal on the right.
    let (value, v, op) = match (lit(a), lit(b)) {
        (None, Some(v)) => (a, v, op),
        (Some(v), None) => {
            let swapped = match op {
                BinOpKind::Lt => BinOpKind::Gt,
                BinOpKind::Le => BinOpKind::Ge,
                BinOpKind::Gt => BinOpKind::Lt,
                BinOpKind::Ge => BinOpKind::Le,
                op => op,
            };
            (b, v, swapped)
        }
        _ => return,
    };
    let Some((bits, is_signed)) = int_bits(cx.expr_ty(value)) else { return };
    if bits == 128 {
        return;
    }
    let (min, max) = if is_signed { int_range(bits) } else { (0, unsigned_max(bits) as i128) };
    let useful = match op {
        BinOpKind::Lt => v > min && v <= max,
        BinOpKind::Le => v >= min && v < max,
        BinOpKind::Gt => v >= min && v < max,
        BinOpKind::Ge => v > min && v <= max,
        BinOpKind::Eq | BinOpKind::Ne => v >= min && v <= max,
        _ => true,
    };
    if !useful {
        cx.lint(&UNUSED_COMPARISONS, e.hir_id, e.span, "comparison is useless due to type limits", |_| {});
    }
}

fn check_nan<'tcx>(cx: &LateContext<'tcx>, e: &Expr<'tcx>, op: BinOpKind, a: &Expr<'tcx>, b: &Expr<'tcx>) {
    let is_nan = |e: &Expr<'tcx>| {
        let mut e = e;
        while let ExprKind::AddrOf(_, _, inner) | ExprKind::DropTemps(inner) = e.kind {
            e = inner;
        }
        let ExprKind::Path(qpath) = &e.kind else { return false };
        cx.qpath_res(qpath, e.hir_id)
            .opt_def_id()
            .is_some_and(|d| matches!(cx.diagnostic_name(d), Some("f16_nan" | "f32_nan" | "f64_nan" | "f128_nan")))
    };
    let (nan_left, nan_right) = (is_nan(a), is_nan(b));
    if !nan_left && !nan_right {
        return;
    }
    if !matches!(op, BinOpKind::Eq | BinOpKind::Ne) {
        let msg = "incorrect NaN comparison, NaN is not orderable";
        cx.lint(&INVALID_NAN_COMPARISONS, e.hir_id, e.span, msg, |_| {});
        return;
    }
    let msg = "incorrect NaN comparison, NaN cannot be directly compared to itself";
    cx.lint(&INVALID_NAN_COMPARISONS, e.hir_id, e.span, msg, |d| {
        let value = if nan_left { b } else { a };
        if !cx.expr_ty(value).is_floating_point() {
            return;
        }
        let mut parts = Vec::new();
        if op == BinOpKind::Ne {
            parts.push((e.span.shrink_to_lo(), "!".to_owned()));
        }
        if nan_left {
            parts.push((e.span.until(b.span), if op == BinOpKind::Ne { "!".to_owned() } else { String::new() }));
            parts.push((b.span.shrink_to_hi(), ".is_nan()".to_owned()));
            if op == BinOpKind::Ne {
                parts.remove(0);
            }
        } else {
            parts.push((a.span.shrink_to_hi().to(e.span.shrink_to_hi()), ".is_nan()".to_owned()));
        }
        d.multipart_suggestion(
            "use `f32::is_nan()` or `f64::is_nan()` instead",
            parts,
            Applicability::MachineApplicable,
        );
    });
}
