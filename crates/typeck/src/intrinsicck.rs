//! `transmute`: both types must have the same size (E0512).

use diagnostics::codes::*;
use hir::HirId;
use query::TyCtxt;
use ty::{ParamEnv, Ty, TyKind, TypeVisitableExt, TypeckResults, TypingEnv};

/// Checks the transmutes of a body, when its types are known.
pub(crate) fn check_transmutes<'tcx>(tcx: TyCtxt<'tcx>, results: &TypeckResults<'tcx>, param_env: ParamEnv<'tcx>) {
    let env = TypingEnv { typing_mode: ty::TypingMode::non_body_analysis(), param_env };
    for &(from, to, hir_id) in &results.transmutes_to_check {
        check_transmute(tcx, env, from, to, hir_id);
    }
}

/// Size of a type as far as it can be known.
enum Skeleton<'tcx> {
    Known(u64),
    /// A pointer to this tail.
    Pointer(Ty<'tcx>),
}

fn skeleton<'tcx>(tcx: TyCtxt<'tcx>, env: TypingEnv<'tcx>, ty: Ty<'tcx>) -> Option<Skeleton<'tcx>> {
    if let Ok(layout) = tcx.layout_of(env.as_query_input(ty)) {
        if layout.layout.is_sized() {
            return Some(Skeleton::Known(layout.layout.size.bytes()));
        }
    }
    match *ty.kind() {
        TyKind::Ref(_, pointee, _) | TyKind::RawPtr(pointee, _) => {
            let tail = tcx.struct_tail_raw(pointee, |t| tcx.try_normalize_erasing_regions(env, t).unwrap_or(t));
            match tail.kind() {
                TyKind::Param(_) | TyKind::Alias(..) => Some(Skeleton::Pointer(tcx.erase_regions(tail))),
                _ => None,
            }
        }
        TyKind::Alias(..) => {
            let n = tcx.try_normalize_erasing_regions(env, ty).ok()?;
            if n == ty { None } else { skeleton(tcx, env, n) }
        }
        TyKind::Pat(base, _) => skeleton(tcx, env, base),
        _ => None,
    }
}

fn check_transmute<'tcx>(tcx: TyCtxt<'tcx>, env: TypingEnv<'tcx>, from: Ty<'tcx>, to: Ty<'tcx>, hir_id: HirId) {
    if from.references_error() || to.references_error() || from.has_infer() || to.has_infer() {
        return;
    }
    let span = tcx.hir_span(hir_id);
    let norm = |t: Ty<'tcx>| tcx.try_normalize_erasing_regions(env, t).unwrap_or(t);
    let from = norm(from);
    let to = norm(to);
    let sk_from = skeleton(tcx, env, from);
    let sk_to = skeleton(tcx, env, to);
    match (&sk_from, &sk_to) {
        (Some(Skeleton::Known(a)), Some(Skeleton::Known(b))) if a == b => return,
        (Some(Skeleton::Pointer(a)), Some(Skeleton::Pointer(b))) if a == b => return,
        _ => {}
    }
    // A type whose layout is an error of its own says enough.
    let describe = |ty: Ty<'tcx>, s: &Option<Skeleton<'tcx>>| match s {
        Some(Skeleton::Known(size)) => format!("{} bits", size * 8),
        Some(Skeleton::Pointer(tail)) => format!("pointer to `{tail}`"),
        None if ty.has_param() || ty.has_aliases() => {
            if matches!(ty.kind(), TyKind::Param(_) | TyKind::Alias(..)) {
                "this type does not have a fixed size".to_string()
            } else {
                "size can vary because of a type parameter".to_string()
            }
        }
        None => "size can vary".to_string(),
    };
    let mut err = tcx
        .dcx()
        .struct_span_err(span, "cannot transmute between types of different sizes, or dependently-sized types")
        .with_code(E0512);
    if from == to {
        err.note(format!("`{from}` does not have a fixed size"));
    } else {
        err.note(format!("source type: `{from}` ({})", describe(from, &sk_from)));
        err.note(format!("target type: `{to}` ({})", describe(to, &sk_to)));
    }
    err.emit();
}
