//! From what an inference context noted of regions to constraints of the body.

use mir::{ClosureOutlivesSubject, ClosureRegionRequirements, ConstraintCategory};
use span::Span;
use span::def_id::LocalDefId;
use trait_solve::infer::outlives::obligations::{TypeOutlives, TypeOutlivesDelegate};
use trait_solve::infer::{GenericKind, SubregionOrigin, VerifyBound};
use trait_solve::traits::ObligationCauseCode;
use ty::visit::TypeVisitableExt;
use ty::{GenericArgsRef, Region, RegionKind, RegionVid, Ty};

use super::{Locations, MirTypeckRegionConstraints};
use crate::BorrowckInferCtxt;
use crate::constraints::OutlivesConstraint;
use crate::region_infer::TypeTest;
use crate::type_check::free_region_relations::KnownOutlives;
use crate::universal_regions::{UniversalRegions, late_bound_regions_in_recursive_scope};

/// Turns constraints of one step into those of the body.
pub(crate) struct ConstraintConversion<'a, 'tcx> {
    pub(crate) infcx: &'a BorrowckInferCtxt<'tcx>,
    pub(crate) universal_regions: &'a UniversalRegions<'tcx>,
    pub(crate) known: &'a KnownOutlives<'tcx>,
    pub(crate) locations: Locations,
    pub(crate) span: Span,
    pub(crate) category: ConstraintCategory<'tcx>,
    pub(crate) from_closure: bool,
    pub(crate) constraints: &'a mut MirTypeckRegionConstraints<'tcx>,
}

impl<'tcx> ConstraintConversion<'_, 'tcx> {
    /// Takes all that the context noted since the last time.
    pub(crate) fn drain(&mut self) {
        let infcx = self.infcx;
        for _ in 0..8 {
            let obligations = infcx.take_registered_region_obligations();
            let data = infcx.take_and_reset_region_constraints();
            if obligations.is_empty() && data.is_empty() {
                return;
            }
            for (c, origin) in data.constraints {
                let category = self.category_of(&origin);
                self.add_outlives(c.sup, c.sub, category);
            }
            for v in data.verifys {
                self.add_type_test(v.kind, v.region, v.bound);
            }
            for o in obligations {
                let category = self.category_of(&o.origin);
                let ty = infcx.normalize_for_outlives(infcx.resolve_vars_if_possible(o.sup_type), self.span);
                self.type_must_outlive(ty, o.sub_region, category);
            }
        }
    }
    fn category_of(&self, origin: &SubregionOrigin<'tcx>) -> ConstraintCategory<'tcx> {
        match origin {
            SubregionOrigin::AscribeUserTypeProvePredicate(span) => ConstraintCategory::Predicate(*span),
            SubregionOrigin::Subtype(trace) => match *trace.cause.code() {
                ObligationCauseCode::AscribeUserTypeProvePredicate(span) => ConstraintCategory::Predicate(span),
                _ => ConstraintCategory::BoringNoLocation,
            },
            _ => ConstraintCategory::BoringNoLocation,
        }
    }
    /// `ty: region`
    pub(crate) fn type_must_outlive(&mut self, ty: Ty<'tcx>, region: Region<'tcx>, category: ConstraintCategory<'tcx>) {
        let tcx = self.infcx.tcx;
        // Placeholders have variables of their own.
        let region = self.replace_placeholders_region(region);
        let ty = self.replace_placeholders(ty);
        let known = self.known;
        let implicit = tcx.mk_re_var(self.universal_regions.fr_fn_body);
        let origin = SubregionOrigin::RelateParamBound(self.span, ty, None);
        let delegate = Delegate { conversion: self, category };
        TypeOutlives::new(delegate, tcx, &known.region_bound_pairs, Some(implicit), &known.type_outlives)
            .type_must_outlive(origin, ty, region);
    }
    /// The variable of a region; none for those that do not matter.
    fn region_vid(&mut self, r: Region<'tcx>) -> Option<RegionVid> {
        match r.kind() {
            RegionKind::RePlaceholder(p) => Some(self.constraints.placeholder_region(self.infcx, p)),
            _ => self.universal_regions.try_region_vid(r),
        }
    }
    fn replace_placeholders_region(&mut self, r: Region<'tcx>) -> Region<'tcx> {
        match r.kind() {
            RegionKind::RePlaceholder(p) => {
                self.infcx.tcx.mk_re_var(self.constraints.placeholder_region(self.infcx, p))
            }
            _ => r,
        }
    }
    fn replace_placeholders(&mut self, ty: Ty<'tcx>) -> Ty<'tcx> {
        if !ty.has_placeholders() {
            return ty;
        }
        self.infcx.tcx.fold_regions(ty, |r, _| self.replace_placeholders_region(r))
    }
    /// `sup: sub`
    pub(crate) fn add_outlives(&mut self, sup: Region<'tcx>, sub: Region<'tcx>, category: ConstraintCategory<'tcx>) {
        let (Some(sup), Some(sub)) = (self.region_vid(sup), self.region_vid(sub)) else { return };
        self.add_outlives_vids(sup, sub, category);
    }
    fn add_outlives_vids(&mut self, sup: RegionVid, sub: RegionVid, category: ConstraintCategory<'tcx>) {
        let category = match self.category {
            ConstraintCategory::Boring | ConstraintCategory::BoringNoLocation => category,
            c => c,
        };
        let category = match (self.category, category) {
            (ConstraintCategory::Boring, ConstraintCategory::BoringNoLocation) if self.from_closure => self.category,
            (_, c) => c,
        };
        self.constraints.outlives.push(OutlivesConstraint {
            sup,
            sub,
            locations: self.locations,
            span: self.span,
            category,
            from_closure: self.from_closure,
        });
    }
    fn add_type_test(&mut self, kind: GenericKind<'tcx>, region: Region<'tcx>, bound: VerifyBound<'tcx>) {
        let Some(lower_bound) = self.region_vid(region) else { return };
        self.constraints.type_tests.push(TypeTest {
            generic_kind: kind,
            lower_bound,
            span: self.span,
            verify_bound: bound,
        });
    }

    /// What a closure needs of its creator's regions.
    pub(crate) fn apply_closure_requirements(
        &mut self,
        requirements: &ClosureRegionRequirements<'tcx>,
        closure: LocalDefId,
        closure_args: GenericArgsRef<'tcx>,
    ) {
        let tcx = self.infcx.tcx;
        let mut mapping: Vec<Region<'tcx>> = vec![tcx.lifetimes().re_static];
        tcx.fold_regions(closure_args, |r, _| {
            mapping.push(r);
            r
        });
        mapping.extend(late_bound_regions_in_recursive_scope(tcx, tcx.local_parent(closure)));
        let (category, span, from_closure) = (self.category, self.span, self.from_closure);
        for requirement in &requirements.outlives_requirements {
            let Some(&outlived) = mapping.get(requirement.outlived_free_region.as_usize()) else { continue };
            self.category = requirement.category;
            self.span = requirement.blame_span;
            self.from_closure = true;
            match requirement.subject {
                ClosureOutlivesSubject::Region(r) => {
                    if let Some(&r) = mapping.get(r.as_usize()) {
                        self.add_outlives(r, outlived, ConstraintCategory::BoringNoLocation);
                    }
                }
                ClosureOutlivesSubject::Ty(ty) => {
                    let ty = tcx.fold_regions(ty, |r, _| match r.kind() {
                        RegionKind::ReVar(vid) => mapping.get(vid.as_usize()).copied().unwrap_or(r),
                        _ => r,
                    });
                    let ty = self.infcx.normalize_for_outlives(ty, self.span);
                    self.type_must_outlive(ty, outlived, ConstraintCategory::BoringNoLocation);
                }
            }
        }
        (self.category, self.span, self.from_closure) = (category, span, from_closure);
    }
}

struct Delegate<'b, 'a, 'tcx> {
    conversion: &'b mut ConstraintConversion<'a, 'tcx>,
    category: ConstraintCategory<'tcx>,
}

impl<'tcx> TypeOutlivesDelegate<'tcx> for Delegate<'_, '_, 'tcx> {
    fn push_sub_region_constraint(&mut self, _: SubregionOrigin<'tcx>, a: Region<'tcx>, b: Region<'tcx>) {
        self.conversion.add_outlives(b, a, self.category);
    }
    fn push_verify(
        &mut self,
        _: SubregionOrigin<'tcx>,
        generic: GenericKind<'tcx>,
        a: Region<'tcx>,
        bound: VerifyBound<'tcx>,
    ) {
        self.conversion.add_type_test(generic, a, bound);
    }
}
