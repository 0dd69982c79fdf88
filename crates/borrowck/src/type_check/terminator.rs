//! Terminators: calls.

use mir::{ConstraintCategory, Location, OrdTy, Terminator, TerminatorKind};
use query::{PlaceTyExt, ValueTyExt};
use trait_solve::infer::BoundRegionConversionTime;
use ty::Ty;

use super::TypeChecker;

impl<'tcx> TypeChecker<'_, 'tcx> {
    pub(super) fn check_terminator(&mut self, terminator: &Terminator<'tcx>, location: Location) {
        let tcx = self.tcx();
        let (func, args, destination, source) = match &terminator.kind {
            TerminatorKind::Call { func, args, destination, target, call_source, .. } => {
                (func, args, Some((*destination, target.is_some())), *call_source)
            }
            TerminatorKind::TailCall { func, args, .. } => (func, args, None, mir::CallSource::Normal),
            TerminatorKind::Yield { value, resume_arg, .. } => {
                let locations = self.at(location);
                let value_ty = value.ty(self.body, tcx);
                if let Some(ty) = self.universal_regions.yield_ty {
                    self.sub_types(value_ty, ty, locations, ConstraintCategory::Yield);
                }
                let resume_place_ty = resume_arg.ty(self.body, tcx).ty;
                if let Some(ty) = self.universal_regions.resume_ty {
                    self.sub_types(ty, resume_place_ty, locations, ConstraintCategory::Boring);
                }
                return;
            }
            TerminatorKind::Goto { .. }
            | TerminatorKind::SwitchInt { .. }
            | TerminatorKind::UnwindResume
            | TerminatorKind::UnwindTerminate(_)
            | TerminatorKind::Return
            | TerminatorKind::Unreachable
            | TerminatorKind::Drop { .. }
            | TerminatorKind::Assert { .. }
            | TerminatorKind::CoroutineDrop
            | TerminatorKind::FalseEdge { .. }
            | TerminatorKind::FalseUnwind { .. }
            | TerminatorKind::InlineAsm { .. } => return,
        };
        let locations = self.at(location);
        let span = terminator.source_info.span;
        let func_ty = func.ty(self.body, tcx);
        let func_ty = self.normalize(func_ty, location);
        let Some(sig) = tcx.fn_sig_of_ty(func_ty) else { return };
        let infcx = self.infcx;
        let vars_before = infcx.num_region_vars();
        let unnormalized = infcx.instantiate_binder_with_fresh_vars(span, BoundRegionConversionTime::FnCall, sig);
        // The signature as written must be well-formed: the regions of the call are only known here.
        let late_bound: Vec<_> = (vars_before..infcx.num_region_vars()).map(ty::RegionVid::from_usize).collect();
        self.prove_wf(unnormalized.inputs_and_output.iter(), locations);
        let sig = self.normalize(unnormalized, location);
        if sig != unnormalized {
            self.prove_wf(sig.inputs_and_output.iter(), locations);
        }
        match destination {
            Some((place, _)) => {
                let dest_ty = place.ty(self.body, tcx).ty;
                let dest_ty = self.normalize(dest_ty, location);
                let category = self.assignment_category(place, false);
                self.sub_types(sig.output(), dest_ty, locations, category);
            }
            None => {
                let ret = self.body.return_ty();
                let category = ConstraintCategory::Return(mir::ReturnConstraint::Normal);
                self.sub_types(sig.output(), ret, locations, category);
            }
        }
        let point = self.override_point(location);
        for vid in late_bound {
            match point {
                Some(p) => self.constraints.liveness.add_point(vid, p),
                None => self.constraints.liveness.add_all(vid),
            }
        }
        let category = if source.from_hir_call() {
            ConstraintCategory::CallArgument(Some(OrdTy(tcx.erase_regions(func_ty))))
        } else {
            ConstraintCategory::Boring
        };
        let inputs: Vec<Ty<'tcx>> = sig.inputs().to_vec();
        for (&input, arg) in inputs.iter().zip(args.iter()) {
            let arg_ty = arg.node.ty(self.body, tcx);
            let arg_ty = self.normalize(arg_ty, location);
            self.sub_types(arg_ty, input, locations, category);
        }
    }
}
