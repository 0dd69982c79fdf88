//! [`PostAnalysisNormalize`]: opaque types are what they hide from here on, and aliases that can be known are known.

use mir::visit::{MutVisitor, PlaceContext, TyContext};
use mir::{Body, ConstOperand, Location, Place, ProjectionElem};
use query::TyCtxt;
use ty::{GenericArgsRef, Ty, TypingEnv};

use crate::pass_manager::MirPass;

pub struct PostAnalysisNormalize;

impl<'tcx> MirPass<'tcx> for PostAnalysisNormalize {
    fn name(&self) -> &'static str {
        "PostAnalysisNormalize"
    }
    fn run_pass(&self, tcx: TyCtxt<'tcx>, body: &mut Body<'tcx>) {
        let env = tcx.typing_env_post_analysis(body.source.def_id());
        let mut v = Normalizer { tcx, env };
        v.visit_body(body);
        for scope in &mut body.source_scopes {
            if let Some((instance, _)) = &mut scope.inlined {
                instance.args = v.fold(instance.args);
            }
        }
    }
}

struct Normalizer<'tcx> {
    tcx: TyCtxt<'tcx>,
    env: TypingEnv<'tcx>,
}

impl<'tcx> Normalizer<'tcx> {
    fn fold<T: ty::TypeFoldable<'tcx> + ty::TypeVisitable<'tcx> + Copy>(&self, value: T) -> T {
        // What does not normalise is left as it is: the item's bounds cannot hold.
        self.tcx.try_normalize_erasing_regions(self.env, value).unwrap_or(value)
    }
}

impl<'tcx> MutVisitor<'tcx> for Normalizer<'tcx> {
    const CHANGES_CFG: bool = false;
    fn cx(&self) -> ty::Interner<'tcx> {
        self.tcx.interner()
    }
    fn visit_place(&mut self, place: &mut Place<'tcx>, context: PlaceContext, location: Location) {
        // With opaque types revealed, casts between a type and itself say nothing.
        if place.projection.iter().any(|e| matches!(e, ProjectionElem::OpaqueCast(_))) {
            let kept: Vec<_> =
                place.projection.iter().filter(|e| !matches!(e, ProjectionElem::OpaqueCast(_))).collect();
            place.projection = self.tcx.mk_place_elems(&kept);
        }
        self.super_place(place, context, location);
    }
    fn visit_const_operand(&mut self, constant: &mut ConstOperand<'tcx>, _: Location) {
        constant.const_ = self.fold(constant.const_);
    }
    fn visit_ty_const(&mut self, ct: &mut ty::Const<'tcx>, _: Location) {
        *ct = self.fold(*ct);
    }
    fn visit_ty(&mut self, ty: &mut Ty<'tcx>, _: TyContext) {
        *ty = self.fold(*ty);
    }
    fn visit_args(&mut self, args: &mut GenericArgsRef<'tcx>, _: Location) {
        *args = self.fold(*args);
    }
}
