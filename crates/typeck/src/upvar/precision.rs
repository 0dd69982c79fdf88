//! Shortening captured places, and comparing them.

use ty::closure::BorrowKind;
use ty::hir_place::{Place, ProjectionKind};
use ty::{CaptureInfo, Mutability, Ty, TyKind, UpvarCapture};

/// Describes the relationship between two places
#[derive(Debug, PartialEq, Eq)]
pub(super) enum PlaceAncestryRelation {
    Ancestor,
    Descendant,
    SamePlace,
    Divergent,
}

/// Truncates a place so that the resulting place doesn't capture field of a packed struct by reference.
pub(super) fn restrict_repr_packed_field_ref_capture<'tcx>(
    mut place: Place<'tcx>,
    mut curr_borrow_kind: UpvarCapture,
) -> (Place<'tcx>, UpvarCapture) {
    let pos = place.projections.iter().enumerate().position(|(i, p)| {
        let ty = place.ty_before_projection(i);
        // Return true for fields of packed structs.
        matches!(p.kind, ProjectionKind::Field(..)) && matches!(ty.kind(), TyKind::Adt(def, _) if def.repr().packed())
    });
    if let Some(pos) = pos {
        truncate_place_to_len_and_update_capture_kind(&mut place, &mut curr_borrow_kind, pos);
    }
    (place, curr_borrow_kind)
}

/// Truncate `place` so that an `unsafe` field access is not required: raw pointers and unions are captured whole.
fn restrict_precision_for_unsafe<'tcx>(
    mut place: Place<'tcx>,
    mut curr_mode: UpvarCapture,
) -> (Place<'tcx>, UpvarCapture) {
    if place.base_ty.is_raw_ptr() || place.base_ty.is_union() {
        truncate_place_to_len_and_update_capture_kind(&mut place, &mut curr_mode, 0);
    }
    if let Some(i) = place.projections.iter().position(|proj| proj.ty.is_raw_ptr() || proj.ty.is_union()) {
        // Don't apply any projections on top of a raw ptr or union.
        truncate_place_to_len_and_update_capture_kind(&mut place, &mut curr_mode, i + 1);
    }
    (place, curr_mode)
}

/// Truncate projections so that the following rules are obeyed by the captured `place`: no index projections, since
/// arrays are captured completely; no unsafe block is required to capture it.
pub(super) fn restrict_capture_precision<'tcx>(
    place: Place<'tcx>,
    curr_mode: UpvarCapture,
) -> (Place<'tcx>, UpvarCapture) {
    let (mut place, mut curr_mode) = restrict_precision_for_unsafe(place, curr_mode);
    let pos = place.projections.iter().position(|p| matches!(p.kind, ProjectionKind::Index | ProjectionKind::Subslice));
    if let Some(i) = pos {
        truncate_place_to_len_and_update_capture_kind(&mut place, &mut curr_mode, i);
    }
    (place, curr_mode)
}

/// Truncate deref of any reference.
pub(super) fn adjust_for_move_closure<'tcx>(
    mut place: Place<'tcx>,
    mut kind: UpvarCapture,
) -> (Place<'tcx>, UpvarCapture) {
    let first_deref = place.projections.iter().position(|proj| proj.kind == ProjectionKind::Deref);
    if let Some(idx) = first_deref {
        truncate_place_to_len_and_update_capture_kind(&mut place, &mut kind, idx);
    }
    (place, UpvarCapture::ByValue)
}

/// Adjust closure capture just that if taking ownership of data, only move data from enclosing stack frame.
pub(super) fn adjust_for_non_move_closure<'tcx>(
    mut place: Place<'tcx>,
    mut kind: UpvarCapture,
) -> (Place<'tcx>, UpvarCapture) {
    if kind == UpvarCapture::ByValue {
        let first_deref = place.projections.iter().position(|proj| proj.kind == ProjectionKind::Deref);
        if let Some(idx) = first_deref {
            truncate_place_to_len_and_update_capture_kind(&mut place, &mut kind, idx);
        }
    }
    (place, kind)
}

/// Reduces the precision of the captured place when the precision doesn't make a difference from borrow perspective:
/// behind a shared reference, the reference is enough.
pub(super) fn truncate_capture_for_optimization<'tcx>(
    mut place: Place<'tcx>,
    mut curr_mode: UpvarCapture,
) -> (Place<'tcx>, UpvarCapture) {
    let is_shared_ref = |ty: Ty<'tcx>| matches!(ty.kind(), TyKind::Ref(.., Mutability::Not));
    // Find the right-most deref (if any). All the projections that come after this are fields or other "in-place pointer
    // adjustments"; these refer therefore to data owned by this reference.
    let idx = place.projections.iter().rposition(|proj| ProjectionKind::Deref == proj.kind);
    // If that pointer is a shared reference, then we don't need those fields.
    if let Some(idx) = idx {
        if is_shared_ref(place.ty_before_projection(idx)) {
            truncate_place_to_len_and_update_capture_kind(&mut place, &mut curr_mode, idx + 1);
        }
    }
    (place, curr_mode)
}

/// Truncates `place` to have up to `len` projections. `curr_mode` is the current required capture kind for the place.
/// Returns the truncated `place` and the updated required capture kind.
pub(super) fn truncate_place_to_len_and_update_capture_kind<'tcx>(
    place: &mut Place<'tcx>,
    curr_mode: &mut UpvarCapture,
    len: usize,
) {
    let is_mut_ref = |ty: Ty<'_>| matches!(ty.kind(), TyKind::Ref(.., Mutability::Mut));
    // If the truncated part of the place contains `Deref` of a `&mut` then convert MutBorrow -> UniqueImmBorrow. Note
    // that if the place contained Deref of a raw pointer it would've not been MutBorrow, so we can skip that case.
    if *curr_mode == UpvarCapture::ByRef(BorrowKind::Mutable) {
        for i in len..place.projections.len() {
            if place.projections[i].kind == ProjectionKind::Deref && is_mut_ref(place.ty_before_projection(i)) {
                *curr_mode = UpvarCapture::ByRef(BorrowKind::UniqueImmutable);
                break;
            }
        }
    }
    place.projections.truncate(len);
}

/// Helper function to determine if we need to escalate CaptureKind from CaptureInfo A to B and returns the escalated
/// CaptureInfo. (Note: CaptureInfo contains CaptureKind and an expression that led to capture it in that way.)
pub(super) fn determine_capture_info(a: CaptureInfo, b: CaptureInfo) -> CaptureInfo {
    // If the capture kind is equivalent then, we don't need to escalate and can compare the expressions.
    if a.capture_kind == b.capture_kind {
        return match (a.capture_kind_expr_id, b.capture_kind_expr_id) {
            (Some(_), _) | (None, None) => a,
            (None, Some(_)) => b,
        };
    }
    // We select the CaptureKind which ranks higher: ByValue > MutBorrow > UniqueImmBorrow > ImmBorrow
    let rank = |k: UpvarCapture| match k {
        UpvarCapture::ByValue | UpvarCapture::ByUse => 3,
        UpvarCapture::ByRef(BorrowKind::Mutable) => 2,
        UpvarCapture::ByRef(BorrowKind::UniqueImmutable) => 1,
        UpvarCapture::ByRef(BorrowKind::Immutable) => 0,
    };
    if rank(a.capture_kind) >= rank(b.capture_kind) { a } else { b }
}

/// Determines the Ancestry relationship of Place A relative to Place B.
pub(super) fn determine_place_ancestry_relation<'tcx>(
    place_a: &Place<'tcx>,
    place_b: &Place<'tcx>,
) -> PlaceAncestryRelation {
    // If Place A and Place B don't start off from the same root variable, they are divergent.
    if place_a.base != place_b.base {
        return PlaceAncestryRelation::Divergent;
    }
    let same_initial_projections = place_a.projections.iter().zip(&place_b.projections).all(|(a, b)| a.kind == b.kind);
    if !same_initial_projections {
        return PlaceAncestryRelation::Divergent;
    }
    match place_a.projections.len().cmp(&place_b.projections.len()) {
        std::cmp::Ordering::Equal => PlaceAncestryRelation::SamePlace,
        std::cmp::Ordering::Less => PlaceAncestryRelation::Ancestor,
        std::cmp::Ordering::Greater => PlaceAncestryRelation::Descendant,
    }
}
