//! Discriminants of enums: no two variants with one value (E0081), no overflow of implicit ones (E0370).

use diagnostics::Diag;
use diagnostics::codes::*;
use hir::Node;
use query::TyCtxt;
use span::def_id::LocalDefId;
use ty::{AdtDef, Ty, TyKind, VariantDiscr, VariantIdx};

use crate::coherence::CheckResult;

pub(super) fn check(tcx: TyCtxt<'_>, def_id: LocalDefId) -> CheckResult {
    let def = tcx.adt_def(def_id.to_def_id());
    if def.variants().is_empty() {
        return Ok(());
    }
    for v in def.variants() {
        if let VariantDiscr::Explicit(id) = v.discr {
            if tcx.typeck(id.expect_local()).tainted_by_errors.is_some() {
                return Ok(());
            }
        }
    }
    check_overflow(tcx, def).and(check_duplicates(tcx, def))
}

fn shown(val: u128, ty: Ty<'_>) -> String {
    match *ty.kind() {
        TyKind::Int(i) => {
            let size = ty::util::int_bits(i) / 8;
            ty::sign_extend(val, size).to_string()
        }
        _ => val.to_string(),
    }
}

/// The largest value of the type of discriminants.
fn max_value(ty: Ty<'_>) -> u128 {
    match *ty.kind() {
        TyKind::Int(i) => (1u128 << (ty::util::int_bits(i) - 1)) - 1,
        TyKind::Uint(u) => match ty::util::uint_bits(u) {
            128 => u128::MAX,
            n => (1 << n) - 1,
        },
        _ => u128::MAX,
    }
}

fn check_overflow<'tcx>(tcx: TyCtxt<'tcx>, def: AdtDef<'tcx>) -> CheckResult {
    let discrs = tcx.adt_discriminants(def);
    let mut res = Ok(());
    for (i, v) in def.variants().iter_enumerated() {
        if !matches!(v.discr, VariantDiscr::Relative(_)) || i.as_u32() == 0 {
            continue;
        }
        let prev = &discrs[VariantIdx::from_u32(i.as_u32() - 1)];
        if prev.val != max_value(prev.ty) {
            continue;
        }
        let span = tcx.def_span(v.def_id);
        let wrapped = shown(discrs[i].val, discrs[i].ty);
        res = Err(tcx
            .dcx()
            .struct_span_err(span, "enum discriminant overflowed")
            .with_code(E0370)
            .with_span_label(span, format!("overflowed on value after {}", shown(prev.val, prev.ty)))
            .with_note(format!("explicitly set `{} = {wrapped}` if that is desired outcome", v.name))
            .emit());
    }
    res
}

fn check_duplicates<'tcx>(tcx: TyCtxt<'tcx>, def: AdtDef<'tcx>) -> CheckResult {
    let mut discrs: Vec<(VariantIdx, u128, Ty<'tcx>)> =
        tcx.adt_discriminants(def).into_iter_enumerated().map(|(i, d)| (i, d.val, d.ty)).collect();
    let mut res = Ok(());
    let mut i = 0;
    while i < discrs.len() {
        let (first, val, ty) = discrs[i];
        let mut error: Option<Diag<'_>> = None;
        let mut o = i + 1;
        while o < discrs.len() {
            if discrs[o].1 != val {
                o += 1;
                continue;
            }
            let err = error.get_or_insert_with(|| {
                let mut err = tcx
                    .dcx()
                    .struct_span_err(
                        tcx.def_span(def.did()),
                        format!("discriminant value `{}` assigned more than once", shown(val, ty)),
                    )
                    .with_code(E0081);
                label(tcx, def, first, val, ty, &mut err);
                err
            });
            label(tcx, def, discrs[o].0, val, ty, err);
            discrs.swap_remove(o);
        }
        if let Some(err) = error {
            res = Err(err.emit());
        }
        i += 1;
    }
    res
}

/// Says where a variant's value comes from.
fn label<'tcx>(tcx: TyCtxt<'tcx>, def: AdtDef<'tcx>, idx: VariantIdx, val: u128, ty: Ty<'tcx>, err: &mut Diag<'_>) {
    let variant = def.variant(idx);
    let value = shown(val, ty);
    let (span, text) = match variant.discr {
        VariantDiscr::Explicit(id) => {
            let span = tcx.def_span(id);
            match written(tcx, id.expect_local()) {
                Some(lit) if lit != val => (span, format!("`{value}` (overflowed from `{lit}`)")),
                _ => (span, format!("`{value}`")),
            }
        }
        VariantDiscr::Relative(0) => (tcx.def_span(variant.def_id), format!("`{value}`")),
        VariantDiscr::Relative(distance) => {
            if let Some(start) = idx.as_u32().checked_sub(distance) {
                let start = def.variant(VariantIdx::from_u32(start));
                if matches!(start.discr, VariantDiscr::Explicit(_)) || distance == idx.as_u32() {
                    let s = if distance > 1 { "variants" } else { "variant" };
                    err.span_label(
                        tcx.def_span(start.def_id),
                        format!(
                            "discriminant for `{0}` incremented from this startpoint (`{1}` + {distance} {s} later => `{0}` = {value})",
                            variant.name, start.name
                        ),
                    );
                }
            }
            (tcx.def_span(variant.def_id), format!("`{value}`"))
        }
    };
    err.span_label(span, format!("{text} assigned here"));
}

/// The literal that is written as a discriminant.
fn written(tcx: TyCtxt<'_>, id: LocalDefId) -> Option<u128> {
    let Node::AnonConst(c) = tcx.hir_node_by_def_id(id) else { return None };
    match tcx.hir_body(c.body).value.kind {
        hir::ExprKind::Lit(lit) => match lit.node {
            ast::LitKind::Int(n, _) => Some(u128::from(n)),
            _ => None,
        },
        _ => None,
    }
}
