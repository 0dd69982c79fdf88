//! `#[repr(..)]`: what it stands on, and representations that contradict each other.

use diagnostics::MultiSpan;
use diagnostics::codes::{E0517, E0566, E0692};
use hir::{Attribute, HirId, Node, Target};
use query::TyCtxt;
use session::lint::CONFLICTING_REPR_HINTS;
use span::{Span, sym};

pub(super) fn check(tcx: TyCtxt<'_>, id: HirId, attrs: &[Attribute], target: Target) {
    let hints: Vec<_> =
        attrs.iter().filter(|a| a.has_name(sym::repr)).flat_map(|a| a.meta_item_list().unwrap_or_default()).collect();
    if hints.is_empty() {
        return;
    }
    let item_span = tcx.hir_span(id);
    let (mut ints, mut is_c, mut is_simd, mut is_explicit_rust, mut transparent) = (0, false, false, false, false);
    let mut spans: Vec<Span> = Vec::new();
    for hint in &hints {
        let Some(name) = hint.name() else { continue };
        let is_adt = matches!(target, Target::Struct | Target::Enum | Target::Union);
        let wrong = match name.as_str() {
            "Rust" => {
                is_explicit_rust = true;
                (!is_adt).then_some("a struct, enum, or union")
            }
            "C" => {
                is_c = true;
                (!is_adt).then_some("a struct, enum, or union")
            }
            "align" => {
                let is_fn = matches!(target, Target::Fn | Target::Method(_));
                if is_fn {
                    tcx.dcx()
                        .struct_span_err(hint.span(), "attribute should be applied to a struct, enum, or union")
                        .with_code(E0517)
                        .with_span_label(item_span, "not a struct, enum, or union")
                        .emit();
                    continue;
                }
                (!is_adt).then_some("a struct, enum, or union")
            }
            "packed" => (!matches!(target, Target::Struct | Target::Union)).then_some("a struct or union"),
            "simd" => {
                is_simd = true;
                (target != Target::Struct).then_some("a struct")
            }
            "transparent" => {
                transparent = true;
                (!is_adt).then_some("a struct, enum, or union")
            }
            "i8" | "u8" | "i16" | "u16" | "i32" | "u32" | "i64" | "u64" | "i128" | "u128" | "isize" | "usize" => {
                ints += 1;
                (target != Target::Enum).then_some("an enum")
            }
            _ => continue,
        };
        spans.push(hint.span());
        if let Some(wanted) = wrong {
            tcx.dcx()
                .struct_span_err(hint.span(), format!("attribute should be applied to {wanted}"))
                .with_code(E0517)
                .with_span_label(item_span, format!("not {wanted}"))
                .emit();
        }
    }
    if transparent && hints.len() != 1 && spans.len() > 1 {
        let what = match tcx.hir_node(id) {
            Node::Item(item) => match item.kind {
                hir::ItemKind::Enum(..) => "enum",
                hir::ItemKind::Union(..) => "union",
                _ => "struct",
            },
            _ => "type",
        };
        tcx.dcx()
            .struct_span_err(MultiSpan::from(spans.clone()), format!("transparent {what} cannot have other repr hints"))
            .with_code(E0692)
            .emit();
    }
    if is_explicit_rust && (ints > 0 || is_c || is_simd) {
        tcx.dcx().struct_span_err(MultiSpan::from(spans), "conflicting representation hints").with_code(E0566).emit();
    } else if ints > 1 || (is_simd && is_c) || (ints == 1 && is_c && is_fieldless(tcx, id)) {
        tcx.emit_node_span_lint(
            &CONFLICTING_REPR_HINTS,
            id,
            MultiSpan::from(spans),
            "conflicting representation hints",
            |d| {
                d.code(E0566);
            },
        );
    }
}

/// `repr(C, u8)` means something only for enums with fields.
fn is_fieldless(tcx: TyCtxt<'_>, id: HirId) -> bool {
    match tcx.hir_node(id) {
        Node::Item(hir::Item { kind: hir::ItemKind::Enum(_, _, def), .. }) => {
            def.variants.iter().all(|v| matches!(v.data, hir::VariantData::Unit(..)))
        }
        _ => false,
    }
}
