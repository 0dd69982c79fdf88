//! `transmute`: both types must have the same size (E0512).

use diagnostics::codes::*;
use hir::HirId;
use query::TyCtxt;
use span::def_id::{DefId, LocalDefId};
use ty::{ParamEnv, PatternKind, Ty, TyKind, TypeVisitableExt, TypeckResults, TypingEnv};

/// Checks the transmutes of a body, when its types are known.
pub(crate) fn check_transmutes<'tcx>(
    tcx: TyCtxt<'tcx>,
    body: LocalDefId,
    results: &TypeckResults<'tcx>,
    param_env: ParamEnv<'tcx>,
) {
    // Opaque types are what they hide, but for those of this body, whose hidden types are not known yet.
    let typing_mode = match tcx.opaque_types_defined_by(body).is_empty() {
        true => ty::TypingMode::PostAnalysis,
        false => ty::TypingMode::non_body_analysis(),
    };
    let env = TypingEnv { typing_mode, param_env };
    for &(from, to, hir_id) in &results.transmutes_to_check {
        check_transmute(tcx, env, from, to, hir_id);
    }
}

/// Size of a type as far as it can be known.
enum Skeleton<'tcx> {
    Known {
        size: u64,
        align: u64,
    },
    /// A pointer to this tail, which may be null or not.
    Pointer {
        non_zero: bool,
        tail: Ty<'tcx>,
    },
}

fn skeleton<'tcx>(tcx: TyCtxt<'tcx>, env: TypingEnv<'tcx>, ty: Ty<'tcx>) -> Option<Skeleton<'tcx>> {
    if let Ok(layout) = tcx.layout_of(env.as_query_input(ty)) {
        if layout.layout.is_sized() {
            let (size, align) = (layout.layout.size.bytes(), layout.layout.align.abi.bytes());
            return Some(Skeleton::Known { size, align });
        }
    }
    let normalize = |t: Ty<'tcx>| tcx.try_normalize_erasing_regions(env, t).unwrap_or(t);
    match *ty.kind() {
        TyKind::Ref(_, pointee, _) | TyKind::RawPtr(pointee, _) => {
            let tail = tcx.struct_tail_raw(pointee, normalize);
            match tail.kind() {
                TyKind::Param(_) | TyKind::Alias(..) => {
                    Some(Skeleton::Pointer { non_zero: ty.is_ref(), tail: tcx.erase_regions(tail) })
                }
                _ => None,
            }
        }
        TyKind::Alias(..) => {
            let n = normalize(ty);
            if n == ty { None } else { skeleton(tcx, env, n) }
        }
        TyKind::Pat(base, pat) => match (skeleton(tcx, env, base)?, *pat) {
            (Skeleton::Pointer { tail, .. }, PatternKind::NotNull) => Some(Skeleton::Pointer { non_zero: true, tail }),
            (skeleton, _) => Some(skeleton),
        },
        TyKind::Adt(def, args) if !def.is_union() && matches!(def.variants().len(), 1 | 2) => {
            // One pointer at most; all else must take no place.
            let variant = |i: usize| {
                let mut pointer = None;
                for field in &def.variants()[ty::VariantIdx::from_usize(i)].fields {
                    match skeleton(tcx, env, normalize(tcx.field_ty(field, args)))? {
                        Skeleton::Known { size: 0, align: 1 } => {}
                        Skeleton::Pointer { non_zero, tail } if pointer.is_none() => pointer = Some((non_zero, tail)),
                        _ => return None,
                    }
                }
                Some(pointer)
            };
            let first = variant(0)?;
            if def.variants().len() == 1 {
                let (non_zero, tail) = first?;
                let starts_above_zero = starts_above_zero(tcx, def.did());
                return Some(Skeleton::Pointer { non_zero: non_zero || starts_above_zero, tail });
            }
            // `Option<&T>`: null is the variant without a pointer.
            match (first, variant(1)?) {
                (Some((true, tail)), None) | (None, Some((true, tail))) => {
                    Some(Skeleton::Pointer { non_zero: false, tail })
                }
                _ => None,
            }
        }
        _ => None,
    }
}

/// Whether `#[rustc_layout_scalar_valid_range_start]` leaves out zero.
fn starts_above_zero(tcx: TyCtxt<'_>, def: DefId) -> bool {
    let attr = tcx.get_attr(def, span::sym::rustc_layout_scalar_valid_range_start);
    let start = attr.and_then(|a| match a.meta_item_list()?.first()?.lit()?.kind {
        ast::LitKind::Int(n, _) => Some(u128::from(n)),
        _ => None,
    });
    start.is_some_and(|start| start > 0)
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
        (Some(Skeleton::Known { size: a, .. }), Some(Skeleton::Known { size: b, .. })) if a == b => return,
        (Some(Skeleton::Pointer { tail: a, .. }), Some(Skeleton::Pointer { tail: b, .. })) if a == b => return,
        _ => {}
    }
    // A type whose layout is an error of its own says enough.
    let describe = |ty: Ty<'tcx>, s: &Option<Skeleton<'tcx>>| match s {
        Some(Skeleton::Known { size, .. }) => format!("{} bits", size * 8),
        Some(Skeleton::Pointer { tail, .. }) => format!("pointer to `{tail}`"),
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
