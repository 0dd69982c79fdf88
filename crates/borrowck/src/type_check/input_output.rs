//! The locals of parameters and of the result have the types of the signature.

use mir::{ConstraintCategory, Local, RETURN_PLACE};
use span::Span;
use ty::{Ty, TyKind, Variance};

use super::{Locations, TypeChecker};
use trait_solve::infer::BoundRegionConversionTime;

impl<'tcx> TypeChecker<'_, 'tcx> {
    pub(super) fn equate_inputs_and_outputs(&mut self, normalized: &[Ty<'tcx>]) {
        let Some((&output, inputs)) = normalized.split_last() else { return };
        for (i, &input) in inputs.iter().enumerate() {
            let local = Local::from_usize(i + 1);
            if i + 1 > self.body.arg_count {
                break;
            }
            let decl = &self.body.local_decls[local];
            let (ty, span) = (decl.ty, decl.source_info.span);
            self.equate(input, ty, span);
        }
        if let Some(mir_yield) = self.body.yield_ty()
            && let Some(ty) = self.universal_regions.yield_ty
        {
            self.equate(ty, mir_yield, self.body.span);
        }
        if let Some(mir_resume) = self.body.resume_ty()
            && let Some(ty) = self.universal_regions.resume_ty
        {
            self.equate(ty, mir_resume, self.body.span);
        }
        let decl = &self.body.local_decls[RETURN_PLACE];
        let (ty, span) = (decl.ty, decl.source_info.span);
        self.equate(output, ty, span);
        self.check_closure_annotation();
    }

    fn equate(&mut self, a: Ty<'tcx>, b: Ty<'tcx>, span: Span) {
        let locations = Locations::All(span);
        let b = self.normalize_at(b, locations);
        self.eq_types(a, b, locations, ConstraintCategory::BoringNoLocation);
    }

    /// The signature of a closure as the user annotated it.
    fn check_closure_annotation(&mut self) {
        let tcx = self.tcx();
        let closure = self.universal_regions.defining_ty.def_id();
        let Some(local) = closure.as_local() else { return };
        if !matches!(tcx.type_of(closure).skip_binder().kind(), TyKind::Closure(..)) || !tcx.is_closure_like(closure) {
            return;
        }
        let Some(user_sig) = tcx.typeck(local).user_provided_sigs.get(&local) else { return };
        let (user_sig, _) = self.infcx.instantiate_canonical(self.body.span, user_sig);
        // Fresh variables stand for the binder's regions: they come out equal to the body's own.
        let sig =
            self.infcx.instantiate_binder_with_fresh_vars(self.body.span, BoundRegionConversionTime::FnCall, user_sig);
        let inputs = sig.inputs().to_vec();
        for (i, ty) in inputs.into_iter().enumerate() {
            let local = Local::from_usize(i + 2);
            if i + 2 > self.body.arg_count {
                break;
            }
            let decl = &self.body.local_decls[local];
            let (decl_ty, span) = (decl.ty, decl.source_info.span);
            let locations = Locations::All(span);
            let ty = self.normalize_at(ty, locations);
            self.relate_types(ty, Variance::Invariant, decl_ty, locations, ConstraintCategory::Boring);
        }
        let decl = &self.body.local_decls[RETURN_PLACE];
        let (ret, span) = (decl.ty, decl.source_info.span);
        let locations = Locations::All(span);
        let output = self.normalize_at(sig.output(), locations);
        self.relate_types(output, Variance::Invariant, ret, locations, ConstraintCategory::Boring);
    }
}
