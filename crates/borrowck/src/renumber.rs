//! Gives each region of a body, which type checking erased, a fresh inference variable.

use mir::visit::{MutVisitor, TyContext};
use mir::{Body, ConstOperand, Location, Promoted};
use rustc_index::IndexVec;
use trait_solve::infer::NllRegionVariableOrigin;
use ty::fold::TypeFoldable;
use ty::visit::TypeVisitableExt;
use ty::{GenericArgsRef, Interner, Region, Ty};

use crate::BorrowckInferCtxt;

/// Replaces all regions of the body and its promoted constants by fresh existential variables.
pub(crate) fn renumber_mir<'tcx>(
    infcx: &BorrowckInferCtxt<'tcx>,
    body: &mut Body<'tcx>,
    promoted: &mut IndexVec<Promoted, Body<'tcx>>,
) {
    let mut renumberer = RegionRenumberer { infcx };
    for body in promoted.iter_mut() {
        renumberer.visit_body(body);
    }
    renumberer.visit_body(body);
}

struct RegionRenumberer<'a, 'tcx> {
    infcx: &'a BorrowckInferCtxt<'tcx>,
}

impl<'tcx> RegionRenumberer<'_, 'tcx> {
    fn renumber<T: TypeFoldable<'tcx>>(&self, value: T) -> T {
        let origin = NllRegionVariableOrigin::Existential { name: None };
        self.infcx.tcx.fold_regions(value, |_, _| self.infcx.next_nll_region_var(origin, None))
    }
}

impl<'tcx> MutVisitor<'tcx> for RegionRenumberer<'_, 'tcx> {
    fn cx(&self) -> Interner<'tcx> {
        *self.infcx.tcx
    }
    fn visit_ty(&mut self, ty: &mut Ty<'tcx>, context: TyContext) {
        // Places can be followed only through types that are normalised.
        if ty.has_aliases() && !ty.has_escaping_bound_vars() {
            *ty = self.infcx.normalize_silently(*ty, span::DUMMY_SP);
        }
        // The return type is seen again as that of its local.
        if !matches!(context, TyContext::ReturnTy(_)) {
            *ty = self.renumber(*ty);
        }
    }
    fn visit_args(&mut self, args: &mut GenericArgsRef<'tcx>, _: Location) {
        *args = self.renumber(*args);
    }
    fn visit_region(&mut self, region: &mut Region<'tcx>, _: Location) {
        *region = self.renumber(*region);
    }
    fn visit_ty_const(&mut self, ct: &mut ty::Const<'tcx>, _: Location) {
        *ct = self.renumber(*ct);
    }
    fn visit_const_operand(&mut self, constant: &mut ConstOperand<'tcx>, _: Location) {
        constant.const_ = self.renumber(constant.const_);
    }
}
