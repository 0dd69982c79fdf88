//! `#[repr(..)]`: `packed` with `align` (E0587, E0588, E0634), `transparent` (E0690, E0731), `simd` (E0075-E0077).

use diagnostics::codes::*;
use query::TyCtxt;
use span::def_id::{DefId, LocalDefId};
use span::{Span, sym};
use ty::{FieldIdx, Ty, TyKind};

use crate::coherence::CheckResult;

const MAX_SIMD_LANES: u64 = 1 << 15;

/// Hints that exclude each other (E0566, E0692).
pub(super) fn check_hints(tcx: TyCtxt<'_>, def_id: LocalDefId) -> CheckResult {
    let def = tcx.adt_def(def_id.to_def_id());
    let mut hints: Vec<(span::Symbol, Span)> = Vec::new();
    for attr in tcx.get_attrs(def_id, sym::repr) {
        for item in attr.meta_item_list().unwrap_or_default() {
            if let Some(name) = item.name() {
                hints.push((name, item.span()));
            }
        }
    }
    if hints.len() < 2 {
        return Ok(());
    }
    let has = |name| hints.iter().any(|(n, _)| *n == name);
    let spans = || diagnostics::MultiSpan::from(hints.iter().map(|(_, s)| *s).collect::<Vec<_>>());
    let ints = hints.iter().filter(|(n, _)| super::super::collect::is_int_repr(*n)).count();
    let dcx = tcx.dcx();
    let mut res = Ok(());
    if has(sym::transparent) {
        res = Err(dcx
            .struct_span_err(spans(), format!("transparent {} cannot have other repr hints", def.descr()))
            .with_code(E0692)
            .emit());
    }
    if has(sym::Rust) && (ints > 0 || has(sym::C) || has(sym::simd)) {
        res = Err(dcx.struct_span_err(spans(), "conflicting representation hints").with_code(E0566).emit());
    }
    let c_like = def.is_enum() && def.variants().iter().all(|v| v.fields.is_empty());
    if ints > 1 || (has(sym::simd) && has(sym::C)) || (ints == 1 && has(sym::C) && c_like) {
        tcx.emit_node_span_lint(
            &session::lint::CONFLICTING_REPR_HINTS,
            tcx.local_def_id_to_hir_id(def_id),
            spans(),
            "conflicting representation hints",
            |diag| {
                diag.code(E0566);
            },
        );
    }
    res
}

pub(super) fn check_packed(tcx: TyCtxt<'_>, def_id: LocalDefId) -> CheckResult {
    let def = tcx.adt_def(def_id.to_def_id());
    let repr = def.repr();
    if !repr.packed() {
        return Ok(());
    }
    let span = tcx.def_span(def_id.to_def_id());
    let dcx = tcx.dcx();
    let mut res = Ok(());
    for attr in tcx.get_attrs(def_id, sym::repr) {
        for item in attr.meta_item_list().unwrap_or_default() {
            if item.name() != Some(sym::packed) {
                continue;
            }
            let bytes = match item.meta_item_list().and_then(|l| l.first().and_then(|i| i.lit().map(|l| l.kind))) {
                Some(ast::LitKind::Int(n, _)) => u64::try_from(u128::from(n)).unwrap_or(u64::MAX),
                _ => 1,
            };
            if repr.pack.is_some_and(|p| p.bytes() != bytes) {
                res = Err(dcx
                    .struct_span_err(span, "type has conflicting packed representation hints")
                    .with_code(E0634)
                    .emit());
            }
        }
    }
    if repr.align.is_some() {
        return Err(dcx
            .struct_span_err(span, "type has conflicting packed and align representation hints")
            .with_code(E0587)
            .emit());
    }
    if let Some(path) = find_align(tcx, def_id.to_def_id(), &mut Vec::new()) {
        let mut err = dcx
            .struct_span_err(span, "packed type cannot transitively contain a `#[repr(align)]` type")
            .with_code(E0588);
        let aligned = path[0].0;
        err.span_note(tcx.def_span(aligned), format!("`{}` has a `#[repr(align)]` attribute", tcx.item_name(aligned)));
        if path.len() > 2 {
            let mut first = true;
            for (adt, at) in path.iter().skip(1).rev() {
                let name = tcx.item_name(*adt);
                let msg = if first {
                    let ty = tcx.type_of(def_id.to_def_id()).instantiate_identity();
                    format!("`{ty}` contains a field of type `{name}`")
                } else {
                    format!("...which contains a field of type `{name}`")
                };
                err.span_note(*at, msg);
                first = false;
            }
        }
        return Err(err.emit());
    }
    res
}

/// The aligned type inside, and the way to it from the end.
fn find_align(tcx: TyCtxt<'_>, def_id: DefId, stack: &mut Vec<DefId>) -> Option<Vec<(DefId, Span)>> {
    let TyKind::Adt(def, args) = *tcx.type_of(def_id).instantiate_identity().kind() else { return None };
    if !def.is_struct() && !def.is_union() {
        return None;
    }
    if def.repr().align.is_some() {
        return Some(vec![(def.did(), span::DUMMY_SP)]);
    }
    stack.push(def_id);
    for field in &def.non_enum_variant().fields {
        if let TyKind::Adt(inner, _) = *tcx.field_ty(field, args).kind() {
            if !stack.contains(&inner.did()) {
                if let Some(mut path) = find_align(tcx, inner.did(), stack) {
                    path.push((def_id, tcx.def_ident_span(field.did).unwrap_or_else(|| tcx.def_span(field.did))));
                    return Some(path);
                }
            }
        }
    }
    stack.pop();
    None
}

pub(super) fn check_transparent(tcx: TyCtxt<'_>, def_id: LocalDefId) -> CheckResult {
    let def = tcx.adt_def(def_id.to_def_id());
    if !def.repr().transparent() {
        return Ok(());
    }
    let span = tcx.def_span(def_id.to_def_id());
    let dcx = tcx.dcx();
    let mut res = Ok(());
    if def.is_union() && !tcx.feature(sym::transparent_unions) {
        res = Err(dcx
            .struct_span_err(span, "transparent unions are unstable")
            .with_code(E0658)
            .with_note("see issue #60405 <https://github.com/rust-lang/rust/issues/60405> for more information")
            .with_help("add `#![feature(transparent_unions)]` to the crate attributes to enable")
            .emit());
    }
    let n = def.variants().len();
    if n != 1 {
        let mut err = dcx
            .struct_span_err(span, format!("transparent enum needs exactly one variant, but has {n}"))
            .with_code(E0731)
            .with_span_label(span, format!("needs exactly one variant, but has {n}"));
        let spans: Vec<Span> = def.variants().iter().map(|v| tcx.def_span(v.def_id)).collect();
        if let [start @ .., end] = &spans[..] {
            for s in start {
                err.span_label(*s, "variant here");
            }
            err.span_label(*end, format!("too many variants in `{}`", tcx.def_path_str(def.did())));
        }
        return Err(err.emit());
    }
    let env = tcx.typing_env_non_body_analysis(def_id.to_def_id());
    let args = tcx.identity_args_for(def_id.to_def_id());
    let non_trivial: Vec<Span> = def
        .all_fields()
        .filter(|f| {
            let ty = tcx.erase_regions(tcx.field_ty(f, args));
            !tcx.layout_of(env.as_query_input(ty)).is_ok_and(|l| l.is_1zst())
        })
        .map(|f| tcx.def_span(f.did))
        .collect();
    if non_trivial.len() >= 2 {
        let count = non_trivial.len();
        let desc = def.descr();
        let whole = if def.is_enum() { "the variant of a " } else { "" };
        let mut err = dcx
            .struct_span_err(
                span,
                format!("{whole}transparent {desc} needs at most one field with non-trivial size or alignment, but has {count}"),
            )
            .with_code(E0690)
            .with_span_label(
                span,
                format!("needs at most one field with non-trivial size or alignment, but has {count}"),
            );
        for s in non_trivial {
            err.span_label(s, "this field has non-zero size or requires alignment");
        }
        return Err(err.emit());
    }
    res
}

pub(super) fn check_simd(tcx: TyCtxt<'_>, def_id: LocalDefId) -> CheckResult {
    let span = tcx.def_span(def_id.to_def_id());
    let ty: Ty<'_> = tcx.type_of(def_id.to_def_id()).instantiate_identity();
    let TyKind::Adt(def, args) = *ty.kind() else { return Ok(()) };
    let fields = &def.non_enum_variant().fields;
    let err = |msg: String, code| tcx.dcx().struct_span_err(span, msg).with_code(code);
    let Some(first) = fields.iter().next() else {
        return Err(err("SIMD vector cannot be empty".into(), E0075).emit());
    };
    let TyKind::Array(elem, len) = *tcx.field_ty(first, args).kind() else {
        return Err(err("SIMD vector's only field must be an array".into(), E0076)
            .with_span_label(tcx.def_span(first.did), "not an array")
            .emit());
    };
    if let Some(second) = fields.get(FieldIdx::from_u32(1)) {
        return Err(err("SIMD vector cannot have multiple fields".into(), E0075)
            .with_span_label(tcx.def_span(second.did), "excess field")
            .emit());
    }
    if let Some(len) = len.try_to_target_usize() {
        if len == 0 {
            return Err(err("SIMD vector cannot be empty".into(), E0075).emit());
        }
        if len > MAX_SIMD_LANES {
            return Err(err(format!("SIMD vector cannot have more than {MAX_SIMD_LANES} elements"), E0075).emit());
        }
    }
    match elem.kind() {
        TyKind::Param(_) | TyKind::Int(_) | TyKind::Uint(_) | TyKind::Float(_) | TyKind::RawPtr(..) => Ok(()),
        TyKind::Error(_) => Ok(()),
        _ => {
            Err(err("SIMD vector element type should be a primitive scalar (integer/float/pointer) type".into(), E0077)
                .emit())
        }
    }
}
