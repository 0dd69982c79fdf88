//! Places: the types of fields, which are written in projections, are those of the types they are part of.

use mir::visit::{MutatingUseContext, NonMutatingUseContext, NonUseContext, PlaceContext};
use mir::{ConstraintCategory, Location, Place, PlaceElem, ProjectionElem, ProjectionKind};
use query::PlaceTy;
use ty::visit::TypeVisitableExt;
use ty::{Ty, TyKind, Variance};

use super::{Locations, TypeChecker};

impl<'tcx> TypeChecker<'_, 'tcx> {
    pub(super) fn check_place(&mut self, place: Place<'tcx>, context: PlaceContext, location: Location) {
        let tcx = self.tcx();
        let mut place_ty = PlaceTy::from_ty(self.body.local_decls[place.local].ty);
        let context_of_base = if place.projection.is_empty() {
            context
        } else if context.is_mutating_use() {
            PlaceContext::MutatingUse(MutatingUseContext::Projection)
        } else {
            PlaceContext::NonMutatingUse(NonMutatingUseContext::Projection)
        };
        for elem in place.projection.iter() {
            place_ty = self.check_projection(place_ty, elem, ambient_variance(context_of_base), location);
        }
        if context == PlaceContext::NonMutatingUse(NonMutatingUseContext::Copy)
            && needs_copy_proof(place_ty.ty)
            && let Some(copy) = tcx.lang_items().copy_trait()
        {
            let trait_ref = ty::TraitRef::new(*tcx, copy, [place_ty.ty]);
            self.prove_trait_ref(trait_ref, self.at(location), ConstraintCategory::CopyBound);
        }
    }

    fn check_projection(
        &mut self,
        base: PlaceTy<'tcx>,
        elem: PlaceElem<'tcx>,
        variance: Variance,
        location: Location,
    ) -> PlaceTy<'tcx> {
        let tcx = self.tcx();
        match elem {
            ProjectionElem::Field(field, written) if written.has_erasable_regions() => {
                // Coroutine states have fields that are not known before their layout is.
                if base.variant_index.is_some() && base.ty.is_coroutine() {
                    return PlaceTy::from_ty(written);
                }
                self.make_live_at(written, location);
                let written_norm = self.normalize(written, location);
                let declared = PlaceTy::field_ty(tcx, base.ty, base.variant_index, field);
                let declared = self.normalize(declared, location);
                self.relate_types(declared, variance, written_norm, self.at(location), ConstraintCategory::Boring);
                PlaceTy::from_ty(written)
            }
            ProjectionElem::OpaqueCast(written) => {
                let written = self.normalize(written, location);
                let category = ConstraintCategory::TypeAnnotation(mir::AnnotationSource::OpaqueCast);
                self.relate_types(written, variance, base.ty, self.at(location), category);
                PlaceTy::from_ty(written)
            }
            _ => {
                let base = PlaceTy { ty: self.structurally(base.ty, location), ..base };
                base.projection_ty(tcx, elem)
            }
        }
    }
    fn structurally(&mut self, ty: Ty<'tcx>, location: Location) -> Ty<'tcx> {
        if matches!(ty.kind(), TyKind::Alias(..)) { self.normalize(ty, location) } else { ty }
    }

    /// A part of a type that the user wrote.
    pub(super) fn project_user_type(
        &mut self,
        base: PlaceTy<'tcx>,
        proj: ProjectionKind,
        locations: Locations,
    ) -> Option<PlaceTy<'tcx>> {
        let tcx = self.tcx();
        let ty = self.normalize_at(base.ty, locations);
        let base = PlaceTy { ty, ..base };
        Some(match proj {
            ProjectionKind::Deref => PlaceTy::from_ty(ty.builtin_deref(true)?),
            ProjectionKind::Field(f) => {
                let fits = match ty.kind() {
                    TyKind::Adt(def, _) => {
                        let v = base.variant_index.unwrap_or(ty::VariantIdx::ZERO);
                        def.variants().get(v).is_some_and(|v| f.as_usize() < v.fields.len())
                    }
                    TyKind::Tuple(tys) => f.as_usize() < tys.len(),
                    _ => false,
                };
                if !fits {
                    return None;
                }
                let field = PlaceTy::field_ty(tcx, ty, base.variant_index, f);
                PlaceTy::from_ty(self.normalize_at(field, locations))
            }
            ProjectionKind::Index | ProjectionKind::ConstantIndex { .. } => PlaceTy::from_ty(ty.builtin_index()?),
            ProjectionKind::Subslice { from, to, from_end } => match ty.kind() {
                TyKind::Slice(_) | TyKind::Array(..) => {
                    base.projection_ty(tcx, ProjectionElem::Subslice { from, to, from_end })
                }
                _ => return None,
            },
            ProjectionKind::Downcast(_, v) => PlaceTy { variant_index: Some(v), ..base },
            ProjectionKind::OpaqueCast | ProjectionKind::UnwrapUnsafeBinder => return None,
        })
    }
}

/// References and the like are `Copy` whatever their regions.
fn needs_copy_proof(ty: Ty<'_>) -> bool {
    match ty.kind() {
        TyKind::Ref(_, _, ty::Mutability::Not) | TyKind::RawPtr(..) | TyKind::FnPtr(..) | TyKind::FnDef(..) => false,
        TyKind::Tuple(tys) => tys.iter().any(needs_copy_proof),
        TyKind::Array(t, _) => needs_copy_proof(*t),
        _ => ty.has_free_regions(),
    }
}

fn ambient_variance(context: PlaceContext) -> Variance {
    match context {
        PlaceContext::MutatingUse(_) => Variance::Invariant,
        PlaceContext::NonMutatingUse(_) => Variance::Covariant,
        PlaceContext::NonUse(NonUseContext::AscribeUserTy(v)) => v,
        PlaceContext::NonUse(_) => Variance::Invariant,
    }
}
