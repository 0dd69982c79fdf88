//! `T: 'a`, where `T` is a parameter or an alias: from bounds, or handed on to a closure's creator.

use mir::{ClosureOutlivesRequirement, ClosureOutlivesSubject, ConstraintCategory};
use query::TyCtxt;
use span::FxHashSet;
use trait_solve::infer::VerifyBound;
use ty::fold::TypeFoldable;
use ty::visit::TypeVisitableExt;
use ty::{Binder, BoundVar, OutlivesPredicate, Region, RegionKind, RegionVid, Ty};

use super::{RegionErrorKind, RegionInferenceContext, TypeTest};
use crate::BorrowckInferCtxt;
use crate::constraints::ConstraintSccIndex;

impl<'tcx> RegionInferenceContext<'_, 'tcx> {
    pub(super) fn check_type_tests(
        &self,
        infcx: &BorrowckInferCtxt<'tcx>,
        mut propagated: Option<&mut Vec<ClosureOutlivesRequirement<'tcx>>>,
        errors: &mut Vec<RegionErrorKind<'tcx>>,
    ) {
        let tcx = infcx.tcx;
        let mut seen = FxHashSet::default();
        for test in &self.type_tests {
            let generic_ty = test.generic_kind.to_ty(*tcx);
            if self.eval_verify_bound(tcx, generic_ty, test.lower_bound, &test.verify_bound) {
                continue;
            }
            if let Some(list) = propagated.as_deref_mut()
                && self.try_promote_type_test(tcx, test, list)
            {
                continue;
            }
            let erased = tcx.erase_regions(generic_ty);
            if seen.insert((erased, test.lower_bound, test.span)) {
                errors.push(RegionErrorKind::TypeTest(test.clone()));
            }
        }
    }

    /// Makes a test of a closure one of its creator.
    fn try_promote_type_test(
        &self,
        tcx: TyCtxt<'tcx>,
        test: &TypeTest<'tcx>,
        list: &mut Vec<ClosureOutlivesRequirement<'tcx>>,
    ) -> bool {
        let generic_ty = test.generic_kind.to_ty(*tcx);
        let Some(subject) = self.promote_subject(tcx, generic_ty) else { return false };
        let subject = ClosureOutlivesSubject::Ty(subject);
        let scc = self.scc(test.lower_bound);
        let mut push = |fr| {
            list.push(ClosureOutlivesRequirement {
                subject,
                outlived_free_region: fr,
                blame_span: test.span,
                category: ConstraintCategory::Boring,
            });
        };
        if self.values.placeholders_contained_in(scc, &self.placeholder_indices).next().is_some() {
            push(self.universal_regions.fr_static);
            return true;
        }
        let mut found = false;
        for ur in self.values.universal_regions_outlived_by(scc) {
            found = true;
            if self.eval_verify_bound(tcx, generic_ty, ur, &test.verify_bound) {
                continue;
            }
            for upper in self.relations.non_local_upper_bounds(ur) {
                push(upper);
            }
        }
        found
    }
    fn promote_subject(&self, tcx: TyCtxt<'tcx>, ty: Ty<'tcx>) -> Option<Ty<'tcx>> {
        let ty = tcx.fold_regions(ty, |r, _| {
            let Some(vid) = self.universal_regions.try_region_vid(r) else { return tcx.lifetimes().re_erased };
            self.universal_regions_outlived_by(vid)
                .filter(|&u| !self.universal_regions.is_local_free_region(u))
                .find(|&u| self.eval_equal(u, vid))
                .map_or(tcx.lifetimes().re_erased, |u| tcx.mk_re_var(u))
        });
        (!ty.has_erased_regions()).then_some(ty)
    }

    pub(super) fn eval_verify_bound(
        &self,
        tcx: TyCtxt<'tcx>,
        generic_ty: Ty<'tcx>,
        lower_bound: RegionVid,
        bound: &VerifyBound<'tcx>,
    ) -> bool {
        match bound {
            VerifyBound::IfEq(b) => {
                let b = self.normalize_to_representatives(tcx, *b).map_bound(|v| OutlivesPredicate(v.ty, v.bound));
                let found = bound_if_eq(tcx, b, self.normalize_to_representatives(tcx, generic_ty));
                found.is_some_and(|r| self.eval_outlives(self.to_region_vid(r), lower_bound))
            }
            VerifyBound::IsEmpty => self.is_empty(self.scc(lower_bound)),
            VerifyBound::OutlivedBy(r) => self.eval_outlives(self.to_region_vid(*r), lower_bound),
            VerifyBound::AnyBound(bs) => bs.iter().any(|b| self.eval_verify_bound(tcx, generic_ty, lower_bound, b)),
            VerifyBound::AllBounds(bs) => bs.iter().all(|b| self.eval_verify_bound(tcx, generic_ty, lower_bound, b)),
        }
    }
    fn is_empty(&self, scc: ConstraintSccIndex) -> bool {
        self.values.points_row(scc).is_none_or(|r| r.is_empty())
            && self.values.universal_regions_outlived_by(scc).next().is_none()
            && self.values.placeholders_contained_in(scc, &self.placeholder_indices).next().is_none()
    }
    /// Equal regions become the same.
    fn normalize_to_representatives<T: TypeFoldable<'tcx>>(&self, tcx: TyCtxt<'tcx>, value: T) -> T {
        tcx.fold_regions(value, |r, _| match self.universal_regions.try_region_vid(r) {
            Some(vid) => tcx.mk_re_var(self.representative(vid)),
            None => r,
        })
    }
    pub(crate) fn eval_equal(&self, a: RegionVid, b: RegionVid) -> bool {
        self.eval_outlives(a, b) && self.eval_outlives(b, a)
    }
    /// Whether the values found are such that `sup: sub`.
    pub(crate) fn eval_outlives(&self, sup: RegionVid, sub: RegionVid) -> bool {
        let (sup_scc, sub_scc) = (self.scc(sup), self.scc(sub));
        if sup_scc == sub_scc {
            return true;
        }
        let fr_static = self.universal_regions.fr_static;
        let nameable = self
            .values
            .placeholders_contained_in(sub_scc, &self.placeholder_indices)
            .all(|p| self.scc_universes[sup_scc].can_name(p.universe));
        if !nameable && sup != fr_static {
            return self.eval_outlives(sup, fr_static);
        }
        let ends = self
            .values
            .universal_regions_outlived_by(sub_scc)
            .all(|r1| self.values.universal_regions_outlived_by(sup_scc).any(|r2| self.relations.outlives(r2, r1)));
        if !ends {
            return false;
        }
        // A universal region contains all points.
        self.universal_regions.is_universal_region(sup) || self.values.contains_points(sup_scc, sub_scc)
    }
}

/// `for<'x> T<'x>: bound<'x>`: the bound for a type that is `T` with some regions.
pub(crate) fn bound_if_eq<'tcx>(
    tcx: TyCtxt<'tcx>,
    b: Binder<'tcx, OutlivesPredicate<'tcx, Ty<'tcx>>>,
    ty: Ty<'tcx>,
) -> Option<Region<'tcx>> {
    // If the types have the same shape, their regions stand in the same order.
    let mut pattern_regions = Vec::new();
    collect_regions(b.skip_binder().0, &mut pattern_regions);
    let mut regions = Vec::new();
    collect_regions(ty, &mut regions);
    let mut map: Vec<(BoundVar, Region<'tcx>)> = Vec::new();
    for (p, r) in pattern_regions.into_iter().zip(regions) {
        if let RegionKind::ReBound(ty::INNERMOST, br) = p.kind()
            && !map.iter().any(|(var, _)| *var == br.var)
        {
            map.push((br.var, r));
        }
    }
    // A variable that does not occur in the type may be anything.
    let found = |var: BoundVar| map.iter().find(|(v, _)| *v == var).map_or(tcx.lifetimes().re_static, |(_, r)| *r);
    let OutlivesPredicate(pattern, bound) = tcx.instantiate_bound_regions(b, |br| found(br.var));
    (pattern == ty).then_some(bound)
}

fn collect_regions<'tcx>(ty: Ty<'tcx>, out: &mut Vec<Region<'tcx>>) {
    use ty::visit::{TypeVisitable, TypeVisitor};
    struct Collect<'a, 'tcx>(&'a mut Vec<Region<'tcx>>);
    impl<'tcx> TypeVisitor<'tcx> for Collect<'_, 'tcx> {
        type Break = std::convert::Infallible;
        fn visit_region(&mut self, r: Region<'tcx>) -> std::ops::ControlFlow<Self::Break> {
            self.0.push(r);
            std::ops::ControlFlow::Continue(())
        }
    }
    let _ = ty.visit_with(&mut Collect(out));
}
