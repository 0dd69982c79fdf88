//! `Copy`, `Sized`, `Freeze`, `Unpin` of a type in an environment, and what decides an ADT's `Sized`.

use hir::LangItem;
use query::TyCtxt;
use span::def_id::DefId;
use ty::{EarlyBinder, PseudoCanonicalInput, Ty, TyKind};

use crate::infer::TyCtxtInferExt;
use crate::traits::type_known_to_meet_bound_modulo_regions;

fn holds<'tcx>(tcx: TyCtxt<'tcx>, key: PseudoCanonicalInput<'tcx, Ty<'tcx>>, item: LangItem) -> bool {
    let Some(def_id) = tcx.lang_items().get(item) else {
        // Without the trait in the library the rule is that of plain data.
        return false;
    };
    let infcx = tcx.infer_ctxt().ignoring_regions().build(key.typing_env.typing_mode);
    type_known_to_meet_bound_modulo_regions(&infcx, key.typing_env.param_env, key.value, def_id)
}

pub(crate) fn is_copy_raw<'tcx>(tcx: TyCtxt<'tcx>, key: PseudoCanonicalInput<'tcx, Ty<'tcx>>) -> bool {
    holds(tcx, key, LangItem::Copy)
}
pub(crate) fn is_sized_raw<'tcx>(tcx: TyCtxt<'tcx>, key: PseudoCanonicalInput<'tcx, Ty<'tcx>>) -> bool {
    holds(tcx, key, LangItem::Sized)
}
pub(crate) fn is_freeze_raw<'tcx>(tcx: TyCtxt<'tcx>, key: PseudoCanonicalInput<'tcx, Ty<'tcx>>) -> bool {
    holds(tcx, key, LangItem::Freeze)
}
pub(crate) fn is_unpin_raw<'tcx>(tcx: TyCtxt<'tcx>, key: PseudoCanonicalInput<'tcx, Ty<'tcx>>) -> bool {
    holds(tcx, key, LangItem::Unpin)
}

/// Provides `adt_sized_constraint`: the type that must be `Sized` for the ADT to be, in terms of its parameters.
/// Enums' and unions' fields are `Sized` by their own well-formedness.
pub(crate) fn adt_sized_constraint(tcx: TyCtxt<'_>, def_id: DefId) -> Option<EarlyBinder<Ty<'_>>> {
    let def = tcx.adt_def(def_id);
    if !def.is_struct() {
        return None;
    }
    let tail = def.non_enum_variant().fields.iter().next_back()?;
    let tail_ty = tcx.type_of(tail.did).instantiate_identity();
    let constraint = constraint_for(tcx, tail_ty)?;
    // A parameter with an explicit `Sized` bound says no more.
    if let TyKind::Param(_) = constraint.kind() {
        let sized = tcx.lang_items().sized_trait()?;
        let bounded = tcx.all_predicates_of(def_id).iter().any(|(c, _)| {
            c.as_trait_clause().is_some_and(|t| t.def_id() == sized && t.self_ty().skip_binder() == constraint)
        });
        if bounded {
            return None;
        }
    }
    Some(EarlyBinder::bind(constraint))
}

fn constraint_for<'tcx>(tcx: TyCtxt<'tcx>, ty: Ty<'tcx>) -> Option<Ty<'tcx>> {
    match *ty.kind() {
        _ if ty.is_trivially_sized() => None,
        TyKind::Str
        | TyKind::Slice(_)
        | TyKind::Dynamic(..)
        | TyKind::Foreign(_)
        | TyKind::Param(_)
        | TyKind::Alias(..)
        | TyKind::Placeholder(_) => Some(ty),
        TyKind::Tuple(tys) => constraint_for(tcx, *tys.last()?),
        TyKind::Adt(def, args) => {
            let inner = tcx.adt_sized_constraint(def.did())?;
            constraint_for(tcx, inner.instantiate(*tcx, args))
        }
        _ => None,
    }
}
