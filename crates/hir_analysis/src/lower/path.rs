//! `<T as Trait>::Assoc`.

use hir::PathSegment;
use span::Span;
use span::def_id::DefId;
use ty::{GenericArgsRef, TraitRef, Ty};

use super::HirTyLowerer;

impl<'tcx> dyn HirTyLowerer<'tcx> + '_ {
    /// The projection of a qualified path.
    pub fn lower_qualified_assoc_ty(
        &self,
        span: Span,
        self_ty: Ty<'tcx>,
        item_def_id: DefId,
        trait_segment: Option<&PathSegment<'tcx>>,
        item_segment: &PathSegment<'tcx>,
    ) -> Ty<'tcx> {
        let tcx = self.tcx();
        let trait_def_id = tcx.parent(item_def_id);
        let empty = PathSegment {
            ident: item_segment.ident,
            hir_id: item_segment.hir_id,
            res: hir::def::Res::Err,
            args: None,
            infer_args: item_segment.infer_args,
        };
        let trait_ref = self.lower_mono_trait_ref(span, trait_def_id, self_ty, trait_segment.unwrap_or(&empty));
        let args = self.lower_generic_args_of_assoc_item(span, item_def_id, item_segment, trait_ref.args);
        self.prohibit_constraints(item_segment);
        tcx.mk_projection(item_def_id, args)
    }

    /// A trait reference without a binder.
    pub fn lower_mono_trait_ref(
        &self,
        span: Span,
        trait_def_id: DefId,
        self_ty: Ty<'tcx>,
        segment: &PathSegment<'tcx>,
    ) -> TraitRef<'tcx> {
        let args = self.lower_trait_args(span, trait_def_id, self_ty, segment);
        self.prohibit_constraints(segment);
        TraitRef::new_from_args(trait_def_id, args)
    }

    /// The arguments of a trait with its `Self`; `Fn(A) -> B` gives the tuple of inputs.
    pub fn lower_trait_args(
        &self,
        span: Span,
        trait_def_id: DefId,
        self_ty: Ty<'tcx>,
        segment: &PathSegment<'tcx>,
    ) -> GenericArgsRef<'tcx> {
        self.lower_generic_args_of_path(span, trait_def_id, &[], segment, Some(self_ty))
    }

    /// The trait reference of an impl's header.
    pub fn lower_impl_trait_ref(&self, trait_ref: &hir::TraitRef<'tcx>, self_ty: Ty<'tcx>) -> Option<TraitRef<'tcx>> {
        let trait_def_id = trait_ref.trait_def_id()?;
        let segments = trait_ref.path.segments;
        self.prohibit_generic_args(segments[..segments.len() - 1].iter(), None);
        let last = segments.last().expect("a path has a segment");
        self.complain_about_internal_fn_trait(trait_ref.path.span, trait_def_id, last, true);
        Some(self.lower_mono_trait_ref(trait_ref.path.span, trait_def_id, self_ty, last))
    }
}
