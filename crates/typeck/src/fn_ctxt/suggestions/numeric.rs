//! Numbers of a wrong type: another suffix, `.into()`, `.try_into().unwrap()`, `From` on the other operand.

use diagnostics::{Applicability, Diag};
use hir::ExprKind;
use span::{BytePos, Span};
use ty::{FloatTy, IntTy, Ty, TyKind, UintTy};

use super::{FnCtxt, binds_loosely};

type Parts = Vec<(Span, String)>;

/// Whether a conversion may lose something, in both directions.
#[derive(Clone, Copy)]
struct Fallible {
    found_to_expected: bool,
    expected_to_found: bool,
}

impl<'a, 'tcx> FnCtxt<'a, 'tcx> {
    /// A conversion between numbers. Whether something was said, or nothing better can be.
    pub(super) fn suggest_cast(
        &self,
        err: &mut Diag<'_>,
        expr: &hir::Expr<'tcx>,
        found: Ty<'tcx>,
        expected: Ty<'tcx>,
        expected_ty_expr: Option<&'tcx hir::Expr<'tcx>>,
    ) -> bool {
        if expr.span.from_expansion() {
            return false;
        }
        let span = if let ExprKind::Lit(lit) = &expr.kind { lit.span } else { expr.span };
        let Some(src) = self.tcx.sess().source_map().span_to_snippet(span) else { return false };

        // What stands before each suggestion: a field's name where only the variable is written.
        let mut prefix: Parts = Vec::new();
        if let hir::Node::ExprField(field) = self.tcx.parent_hir_node(expr.hir_id) {
            if !field.is_shorthand {
                return false;
            }
            prefix.push((field.ident.span.shrink_to_lo(), format!("{}: ", field.ident)));
        }
        if is_number_from(expr) {
            return false;
        }
        let parens = binds_loosely(expr);
        if parens {
            prefix.push((expr.span.shrink_to_lo(), "(".to_owned()));
        }
        let close = if parens { ")" } else { "" };
        let behind = |text: &str| -> Parts {
            let mut parts = prefix.clone();
            parts.push((expr.span.shrink_to_hi(), format!("{close}{text}")));
            parts
        };
        let suffixed = matches!(&expr.kind, ExprKind::Lit(lit) if lit.node.is_suffixed());
        let suffix = || -> Parts {
            let number = src.trim_end_matches(&found.to_string());
            let fraction_goes = expected.is_integral() && matches!(found.kind(), TyKind::Float(_));
            let len = if fraction_goes { number.split('.').next().unwrap_or(number).len() } else { number.len() };
            let mut parts = prefix.clone();
            parts.push((span.with_lo(span.lo() + BytePos(len as u32)), format!("{expected}{close}")));
            parts
        };
        let convert =
            |verb: &str| format!("you can {verb} {} `{found}` to {} `{expected}`", article(found), article(expected));
        let literal = format!("change the type of the numeric literal from `{found}` to `{expected}`");
        let mut say = |msg: String, parts: Parts, sure: bool| {
            let applicability = if sure { Applicability::MachineApplicable } else { Applicability::MaybeIncorrect };
            err.multipart_suggestion(msg, parts, applicability);
        };

        let fallible = match (expected.kind(), found.kind()) {
            (TyKind::Int(_), TyKind::Int(_)) | (TyKind::Uint(_), TyKind::Uint(_)) => {
                match (int_bits(expected), int_bits(found)) {
                    (Some(e), Some(f)) if e < f => (true, false),
                    (Some(e), Some(f)) if e > f => (false, true),
                    (None, Some(8 | 16)) => (false, true),
                    (Some(8 | 16), None) => (true, false),
                    (None, _) | (_, None) => (true, true),
                    _ => (false, false),
                }
            }
            (TyKind::Int(_), TyKind::Uint(_)) => match (int_bits(expected), int_bits(found)) {
                (Some(e), Some(f)) if f < e => (false, true),
                (None, Some(8)) => (false, true),
                _ => (true, true),
            },
            (TyKind::Uint(_), TyKind::Int(_)) => match (int_bits(expected), int_bits(found)) {
                (Some(e), Some(f)) if f > e => (true, false),
                (Some(8), None) => (true, false),
                _ => (true, true),
            },
            (TyKind::Float(e), TyKind::Float(f)) if float_bits(*f) < float_bits(*e) => (false, true),
            (TyKind::Float(_) | TyKind::Int(_) | TyKind::Uint(_), TyKind::Float(_)) => {
                if suffixed {
                    say(literal, suffix(), true);
                }
                return true;
            }
            (TyKind::Float(e), TyKind::Int(_) | TyKind::Uint(_)) => {
                let signed = matches!(found.kind(), TyKind::Int(_));
                let same = "producing the floating point representation of the integer";
                if float_bits(*e) > int_bits(found).unwrap_or(256) {
                    say(format!("{}, {same}", convert("convert")), behind(".into()"), true);
                } else if suffixed {
                    say(literal, suffix(), true);
                } else {
                    let msg = convert(if signed { "convert" } else { "cast" });
                    say(format!("{msg}, {same}, rounded if necessary"), behind(&format!(" as {expected}")), false);
                }
                return true;
            }
            (
                TyKind::Uint(UintTy::U32 | UintTy::U64 | UintTy::U128)
                | TyKind::Int(IntTy::I32 | IntTy::I64 | IntTy::I128),
                TyKind::Char,
            ) => {
                let msg = format!("{}, since a `char` always occupies 4 bytes", convert("cast"));
                say(msg, behind(&format!(" as {expected}")), true);
                return true;
            }
            _ => return false,
        };
        let fallible = Fallible { found_to_expected: fallible.0, expected_to_found: fallible.1 };

        // The place that is assigned to has its type.
        if expected_ty_expr.is_some_and(|e| self.is_assigned_to(e.hir_id)) {
            return true;
        }
        let always_fallible = fallible.found_to_expected && (fallible.expected_to_found || expected_ty_expr.is_none());
        if suffixed {
            say(literal, suffix(), true);
        } else if always_fallible
            && matches!(expr.kind, ExprKind::Unary(hir::UnOp::Neg, _))
            && matches!(expected.kind(), TyKind::Uint(_))
        {
            err.note(format!("`{src}` cannot fit into type `{expected}`"));
        } else if self.tcx.hir_is_inside_const_context(expr.hir_id) {
            // No traits' methods there.
        } else if !fallible.found_to_expected {
            say(convert("convert"), behind(".into()"), true);
        } else {
            // `u32::from(x) > y` rather than `x > y.try_into().unwrap()`.
            let other = expected_ty_expr.and_then(|e| Some((e, self.tcx.sess().source_map().span_to_snippet(e.span)?)));
            match other.filter(|_| !fallible.expected_to_found) {
                Some((other, text)) => say(
                    format!("you can convert `{text}` from `{expected}` to `{found}`, matching the type of `{src}`"),
                    vec![
                        (other.span.shrink_to_lo(), format!("{found}::from(")),
                        (other.span.shrink_to_hi(), ")".to_owned()),
                    ],
                    true,
                ),
                None => say(
                    format!("{} and panic if the converted value doesn't fit", convert("convert")),
                    behind(".try_into().unwrap()"),
                    true,
                ),
            }
        }
        true
    }

    fn is_assigned_to(&self, id: hir::HirId) -> bool {
        match self.tcx.parent_hir_node(id) {
            hir::Node::Expr(hir::Expr { kind: ExprKind::Assign(lhs, ..) | ExprKind::AssignOp(_, lhs, _), .. }) => {
                lhs.hir_id == id
            }
            _ => false,
        }
    }

    /// `1..2` and `1.` typed as ranges, and `0x1f32`, where a float is expected.
    pub(super) fn suggest_floating_point_literal(
        &self,
        err: &mut Diag<'_>,
        expr: &hir::Expr<'tcx>,
        expected: Ty<'tcx>,
    ) -> bool {
        if !expected.is_floating_point() {
            return false;
        }
        match expr.kind {
            ExprKind::Struct(hir::QPath::LangItem(hir::LangItem::Range, _), [start, end], _) => {
                err.span_suggestion_verbose(
                    start.expr.span.shrink_to_hi().with_hi(end.expr.span.lo()),
                    "remove the unnecessary `.` operator for a floating point literal",
                    ".",
                    Applicability::MaybeIncorrect,
                );
                true
            }
            ExprKind::Struct(hir::QPath::LangItem(hir::LangItem::RangeFrom, _), [arg], _) => {
                err.span_suggestion_verbose(
                    expr.span.with_lo(arg.expr.span.hi()),
                    "remove the unnecessary `.` operator for a floating point literal",
                    ".",
                    Applicability::MaybeIncorrect,
                );
                true
            }
            ExprKind::Struct(hir::QPath::LangItem(hir::LangItem::RangeTo, _), [arg], _) => {
                err.span_suggestion_verbose(
                    expr.span.until(arg.expr.span),
                    "remove the unnecessary `.` operator and add an integer part for a floating point literal",
                    "0.",
                    Applicability::MaybeIncorrect,
                );
                true
            }
            ExprKind::Lit(lit) => {
                let Some(text) = self.tcx.sess().source_map().span_to_snippet(lit.span) else { return false };
                let Some(hex) = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) else { return false };
                let Some((digits, suffix)) = ["f32", "f64"].iter().find_map(|s| Some((hex.strip_suffix(s)?, s))) else {
                    return false;
                };
                let Ok(value) = u128::from_str_radix(&digits.replace('_', ""), 16) else { return false };
                err.span_suggestions(
                    expr.span,
                    "rewrite this as a decimal floating point literal, or use `as` to turn a hex literal into a float",
                    [format!("0x{value:X} as {suffix}"), format!("{value}_{suffix}")],
                    Applicability::MaybeIncorrect,
                );
                true
            }
            _ => false,
        }
    }
}

/// `u32::from(x)`.
fn is_number_from(expr: &hir::Expr<'_>) -> bool {
    let ExprKind::Call(callee, [_]) = &expr.kind else { return false };
    let ExprKind::Path(hir::QPath::TypeRelative(base, segment)) = &callee.kind else { return false };
    let hir::TyKind::Path(hir::QPath::Resolved(None, path)) = &base.kind else { return false };
    segment.ident.name == span::sym::from
        && path.segments.len() == 1
        && matches!(path.res, hir::def::Res::PrimTy(hir::def::PrimTy::Int(_) | hir::def::PrimTy::Uint(_)))
}

/// The size in bits; none of `usize` and `isize`.
fn int_bits(ty: Ty<'_>) -> Option<u64> {
    if ty.is_ptr_sized_integral() { None } else { ty.primitive_int_bits() }
}

fn float_bits(f: FloatTy) -> u64 {
    match f {
        FloatTy::F16 => 16,
        FloatTy::F32 => 32,
        FloatTy::F64 => 64,
        FloatTy::F128 => 128,
    }
}

/// "an" before the types whose name starts with a vowel's sound, as rustc has them.
pub(super) fn article(ty: Ty<'_>) -> &'static str {
    match ty.kind() {
        TyKind::Int(_) | TyKind::Float(_) | TyKind::Array(..) => "an",
        TyKind::Adt(def, _) if def.is_enum() => "an",
        TyKind::Uint(_) => "a",
        _ => "a",
    }
}
