//! What a value may hold, from its type and from what it was made of.

use hir::LangItem;
use mir::{ConstQualifs, Local, Operand, PlaceElem, PlaceRef, ProjectionElem, Rvalue};
use query::{HasLocalDecls, PlaceTyExt};
use trait_solve::TyCtxtInferExt;
use trait_solve::traits::{Obligation, ObligationCause, ObligationCtxt};
use ty::{AdtDef, BoundConstness, ClauseKind, ErrorGuaranteed, HostEffectPredicate, TraitRef, Ty};

use super::ConstCx;

/// A property of values that spreads from parts to wholes.
pub trait Qualif {
    /// Whether a moved-out local has it no more.
    const IS_CLEARED_ON_MOVE: bool = false;
    /// What an evaluated constant's body said.
    fn in_qualifs(qualifs: &ConstQualifs) -> bool;
    /// Whether some value of a type has it.
    fn in_any_value_of_ty<'tcx>(cx: &ConstCx<'_, 'tcx>, ty: Ty<'tcx>) -> bool;
    /// Whether an ADT's values have it only by their fields.
    fn is_structural_in_adt_value<'tcx>(cx: &ConstCx<'_, 'tcx>, adt: AdtDef<'tcx>) -> bool;
}

/// The value may hold a cell.
pub struct HasMutInterior;

impl Qualif for HasMutInterior {
    fn in_qualifs(qualifs: &ConstQualifs) -> bool {
        qualifs.has_mut_interior
    }
    fn in_any_value_of_ty<'tcx>(cx: &ConstCx<'_, 'tcx>, ty: Ty<'tcx>) -> bool {
        !cx.tcx.type_is_freeze(cx.typing_env, ty)
    }
    fn is_structural_in_adt_value<'tcx>(_: &ConstCx<'_, 'tcx>, adt: AdtDef<'tcx>) -> bool {
        !adt.is_unsafe_cell()
    }
}

/// The value has a destructor to run.
pub struct NeedsDrop;

impl Qualif for NeedsDrop {
    const IS_CLEARED_ON_MOVE: bool = true;
    fn in_qualifs(qualifs: &ConstQualifs) -> bool {
        qualifs.needs_drop
    }
    fn in_any_value_of_ty<'tcx>(cx: &ConstCx<'_, 'tcx>, ty: Ty<'tcx>) -> bool {
        cx.tcx.type_needs_drop(cx.typing_env, ty)
    }
    fn is_structural_in_adt_value<'tcx>(cx: &ConstCx<'_, 'tcx>, adt: AdtDef<'tcx>) -> bool {
        cx.tcx.adt_destructor(adt.did()).is_none()
    }
}

/// The value has a destructor that cannot be run at compile time.
pub struct NeedsNonConstDrop;

impl Qualif for NeedsNonConstDrop {
    const IS_CLEARED_ON_MOVE: bool = true;
    fn in_qualifs(qualifs: &ConstQualifs) -> bool {
        qualifs.needs_non_const_drop
    }
    fn in_any_value_of_ty<'tcx>(cx: &ConstCx<'_, 'tcx>, ty: Ty<'tcx>) -> bool {
        if !cx.tcx.type_needs_drop(cx.typing_env, ty) {
            return false;
        }
        let Some(destruct) = cx.tcx.lang_items().get(LangItem::Destruct) else { return true };
        let infcx = cx.tcx.infer_ctxt().ignoring_regions().build(cx.typing_env.typing_mode);
        let ocx = ObligationCtxt::new(&infcx);
        let trait_ref = TraitRef::new(cx.tcx.interner(), destruct, [ty]);
        let constness = match cx.const_kind {
            Some(hir::ConstContext::ConstFn) => BoundConstness::Maybe,
            _ => BoundConstness::Const,
        };
        let clause =
            cx.tcx.mk_clause(ty::Binder::dummy(ClauseKind::HostEffect(HostEffectPredicate { trait_ref, constness })));
        let cause = ObligationCause::dummy_with_span(cx.body.span);
        ocx.register_obligation(Obligation::new(cx.tcx, cause, cx.typing_env.param_env, clause));
        !ocx.select_all_or_error().is_empty()
    }
    fn is_structural_in_adt_value<'tcx>(cx: &ConstCx<'_, 'tcx>, adt: AdtDef<'tcx>) -> bool {
        cx.tcx.adt_destructor(adt.did()).is_none()
    }
}

/// The qualifications that a type alone gives.
pub fn in_any_value_of_ty<'tcx>(
    cx: &ConstCx<'_, 'tcx>,
    ty: Ty<'tcx>,
    tainted_by_errors: Option<ErrorGuaranteed>,
) -> ConstQualifs {
    ConstQualifs {
        has_mut_interior: HasMutInterior::in_any_value_of_ty(cx, ty),
        needs_drop: NeedsDrop::in_any_value_of_ty(cx, ty),
        needs_non_const_drop: NeedsNonConstDrop::in_any_value_of_ty(cx, ty),
        tainted_by_errors,
    }
}

/// Whether a computation's result has it; `in_local` says it of locals.
pub fn in_rvalue<'tcx, Q: Qualif>(
    cx: &ConstCx<'_, 'tcx>,
    in_local: &mut dyn FnMut(Local) -> bool,
    rvalue: &Rvalue<'tcx>,
) -> bool {
    match rvalue {
        Rvalue::Discriminant(place) => in_place::<Q>(cx, in_local, place.as_ref()),
        Rvalue::CopyForDeref(place) => in_place::<Q>(cx, in_local, place.as_ref()),
        Rvalue::ThreadLocalRef(_) => false,
        Rvalue::Use(op)
        | Rvalue::Repeat(op, _)
        | Rvalue::UnaryOp(_, op)
        | Rvalue::Cast(_, op, _)
        | Rvalue::WrapUnsafeBinder(op, _) => in_operand::<Q>(cx, in_local, op),
        Rvalue::BinaryOp(_, ops) => in_operand::<Q>(cx, in_local, &ops.0) || in_operand::<Q>(cx, in_local, &ops.1),
        Rvalue::Ref(_, _, place) | Rvalue::RawPtr(_, place) => {
            // A reborrow is what is reborrowed.
            if let [base @ .., ProjectionElem::Deref] = &place.projection[..] {
                let base = PlaceRef { local: place.local, projection: base };
                let base_ty = base.ty(cx.body.local_decls(), cx.tcx).ty;
                if base_ty.is_ref() {
                    return in_place::<Q>(cx, in_local, base);
                }
            }
            in_place::<Q>(cx, in_local, place.as_ref())
        }
        Rvalue::Aggregate(kind, operands) => {
            if let mir::AggregateKind::Adt(did, _, args, ..) = **kind {
                let adt = cx.tcx.adt_def(did);
                let ty = cx.tcx.type_of(did).instantiate(cx.tcx.interner(), args);
                // A union's or cell's value may be any of its type.
                if adt.is_union() && Q::in_any_value_of_ty(cx, ty) {
                    return true;
                }
                if !Q::is_structural_in_adt_value(cx, adt) && Q::in_any_value_of_ty(cx, ty) {
                    return true;
                }
            }
            operands.iter().any(|op| in_operand::<Q>(cx, in_local, op))
        }
    }
}

/// Whether a place's value has it.
pub(super) fn in_place<'tcx, Q: Qualif>(
    cx: &ConstCx<'_, 'tcx>,
    in_local: &mut dyn FnMut(Local) -> bool,
    place: PlaceRef<'tcx>,
) -> bool {
    let mut place = place;
    while let Some((base, elem)) = place.last_projection() {
        if let ProjectionElem::Index(i) = elem {
            if in_local(i) {
                return true;
            }
        }
        // A part has it only if some value of the part's type does.
        let proj_ty = place.ty(cx.body.local_decls(), cx.tcx).ty;
        if !Q::in_any_value_of_ty(cx, proj_ty) {
            return false;
        }
        let _: PlaceElem<'tcx> = elem;
        if matches!(elem, ProjectionElem::Deref) {
            // Behind a pointer is anything.
            return true;
        }
        place = base;
    }
    in_local(place.local)
}

/// Whether an operand has it.
pub(super) fn in_operand<'tcx, Q: Qualif>(
    cx: &ConstCx<'_, 'tcx>,
    in_local: &mut dyn FnMut(Local) -> bool,
    operand: &Operand<'tcx>,
) -> bool {
    let constant = match operand {
        Operand::Copy(place) | Operand::Move(place) => return in_place::<Q>(cx, in_local, place.as_ref()),
        Operand::RuntimeChecks(_) => return Q::in_any_value_of_ty(cx, cx.tcx.types().bool),
        Operand::Constant(c) => c,
    };
    let uneval = match constant.const_ {
        mir::Const::Unevaluated(uv, _) => Some(uv),
        _ => None,
    };
    if let Some(mir::UnevaluatedConst { def, promoted: None, .. }) = uneval {
        // What the constant's own body says is more exact than its type.
        if cx.tcx.trait_of_assoc(def).is_none() && cx.tcx.is_ctfe_mir_available(def) {
            let qualifs = cx.tcx.mir_const_qualif(def);
            if !Q::in_qualifs(&qualifs) {
                return false;
            }
        }
    }
    Q::in_any_value_of_ty(cx, constant.const_.ty())
}
