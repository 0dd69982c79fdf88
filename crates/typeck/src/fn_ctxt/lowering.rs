//! Types written in bodies: `_` and lifetimes left out are inference variables.

use hir_analysis::lower::{HirTyLowerer, LoweringBinders, RegionInferReason};
use query::TyCtxt;
use span::def_id::{DefId, LocalDefId};
use span::{ErrorGuaranteed, Ident, Span};
use trait_solve::infer::{BoundRegionConversionTime, RegionVariableOrigin};
use trait_solve::traits::ObligationCauseCode;
use ty::{
    AdtDef, Clause, Const, GenericArg, GenericArgsRef, GenericParamDef, PolyTraitRef, Region, Ty, TyKind, UserType,
    UserTypeKind,
};

use super::FnCtxt;
use super::paths::LoweredTy;

impl<'a, 'tcx> HirTyLowerer<'tcx> for FnCtxt<'a, 'tcx> {
    fn tcx(&self) -> TyCtxt<'tcx> {
        self.tcx
    }
    fn item_def_id(&self) -> LocalDefId {
        self.body_id
    }
    fn binders(&self) -> &LoweringBinders {
        &self.binders
    }
    fn re_infer(&self, span: Span, reason: RegionInferReason) -> Region<'tcx> {
        let _ = reason;
        self.next_region_var(RegionVariableOrigin::Misc(span))
    }
    fn ty_infer(&self, param: Option<&GenericParamDef>, span: Span) -> Ty<'tcx> {
        match param {
            Some(param) => match self.var_for_def(span, param) {
                GenericArg::Type(ty) => ty,
                _ => self.next_ty_var(span),
            },
            None => self.next_ty_var(span),
        }
    }
    fn ct_infer(&self, param: Option<&GenericParamDef>, span: Span) -> Const<'tcx> {
        let _ = param;
        self.next_const_var(span)
    }
    fn probe_ty_param_bounds(&self, _: Span, def_id: LocalDefId, _assoc: Ident) -> &'tcx [(Clause<'tcx>, Span)] {
        let tcx = self.tcx;
        // The parameter as it is called in this body: `Self` of a trait included.
        let root = tcx.typeck_root_def_id(self.body_id.to_def_id());
        let generics = tcx.generics_of(root);
        let index = if tcx.def_kind(def_id) == hir::def::DefKind::Trait {
            Some(0)
        } else {
            tcx.param_def_id_to_index(generics, def_id.to_def_id())
        };
        let Some(index) = index else { return &[] };
        let v: Vec<(Clause<'tcx>, Span)> = self
            .param_env
            .caller_bounds()
            .iter()
            .filter(|clause| match clause.kind().skip_binder() {
                ty::ClauseKind::Trait(t) => t.self_ty().is_param(index),
                _ => false,
            })
            .map(|c| (c, span::DUMMY_SP))
            .collect();
        tcx.arena().alloc_slice(&v)
    }
    fn lower_assoc_item_path(
        &self,
        span: Span,
        item_def_id: DefId,
        item_segment: &hir::PathSegment<'tcx>,
        poly_trait_ref: PolyTraitRef<'tcx>,
    ) -> Result<(DefId, GenericArgsRef<'tcx>), ErrorGuaranteed> {
        let trait_ref = self.instantiate_binder_with_fresh_vars(
            span,
            // FIXME(mgca): `item_def_id` can be an AssocConst.
            BoundRegionConversionTime::AssocTypeProjection(item_def_id),
            poly_trait_ref,
        );
        let args = self.lowerer().lower_generic_args_of_assoc_item(span, item_def_id, item_segment, trait_ref.args);
        Ok((item_def_id, args))
    }
    fn probe_adt(&self, span: Span, ty: Ty<'tcx>) -> Option<AdtDef<'tcx>> {
        match ty.kind() {
            TyKind::Adt(adt_def, _) => Some(*adt_def),
            // FIXME(#104767): Should we handle bound regions here?
            TyKind::Alias(..) => {
                let ty = self.normalize(span, ty);
                self.try_structurally_resolve_type(span, ty).ty_adt_def()
            }
            _ => None,
        }
    }
    fn record_ty(&self, hir_id: hir::HirId, ty: Ty<'tcx>, span: Span) {
        // Types of bound variables' binders are not this body's.
        if ty::TypeVisitableExt::has_escaping_bound_vars(&ty) {
            return;
        }
        if hir_id.owner != self.typeck_results.borrow().hir_owner {
            return;
        }
        let ty = self.normalize(span, ty);
        self.write_ty(hir_id, ty);
    }
    fn allow_infer(&self) -> bool {
        true
    }
    fn lowerer(&self) -> &dyn HirTyLowerer<'tcx> {
        self
    }
}

impl<'a, 'tcx> FnCtxt<'a, 'tcx> {
    /// A type as written; it must be well-formed.
    pub(crate) fn lower_ty(&self, hir_ty: &'tcx hir::Ty<'tcx>) -> LoweredTy<'tcx> {
        let ty = self.lowerer().lower_ty(hir_ty);
        self.register_wf_obligation(ty.into(), hir_ty.span, ObligationCauseCode::WellFormed(None));
        LoweredTy::from_raw(self, hir_ty.span, ty)
    }

    /// As [`Self::lower_ty`], kept for borrow checking.
    pub(crate) fn lower_ty_saving_user_provided_ty(&self, hir_ty: &'tcx hir::Ty<'tcx>) -> Ty<'tcx> {
        let ty = self.lower_ty(hir_ty);
        if Self::can_contain_user_lifetime_bounds(ty.raw) {
            let c_ty = self.canonicalize_user_type_annotation(UserType { kind: UserTypeKind::Ty(ty.raw) });
            self.typeck_results.borrow_mut().set_user_provided_type(hir_ty.hir_id, c_ty);
        }
        ty.normalized
    }

    pub(crate) fn lower_const_arg(&self, const_arg: &'tcx hir::ConstArg<'tcx>, ty: Ty<'tcx>) -> Const<'tcx> {
        let ct = self.lowerer().lower_const_arg(const_arg, ty);
        self.register_wf_obligation(ct.into(), const_arg.span, ObligationCauseCode::WellFormed(None));
        ct
    }

    /// Looks at the types in a path that was not resolved.
    pub(crate) fn lower_args_of_unresolved_path(&self, _segments: &'tcx [hir::PathSegment<'tcx>]) {}
}
