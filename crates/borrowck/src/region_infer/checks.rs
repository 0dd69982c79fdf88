//! The checks of universal regions and placeholders.

use mir::{ClosureOutlivesRequirement, ClosureOutlivesSubject};
use trait_solve::infer::NllRegionVariableOrigin;
use ty::{PlaceholderRegion, RegionVid};

use super::values::RegionElement;
use super::{RegionErrorKind, RegionInferenceContext};

#[derive(Clone, Copy, PartialEq, Eq)]
enum RelationCheck {
    Ok,
    Propagated,
    Error,
}

impl<'tcx> RegionInferenceContext<'_, 'tcx> {
    pub(super) fn check_universal_regions(
        &self,
        mut propagated: Option<&mut Vec<ClosureOutlivesRequirement<'tcx>>>,
        errors: &mut Vec<RegionErrorKind<'tcx>>,
    ) {
        for (fr, def) in self.definitions.iter_enumerated() {
            match def.nll_origin() {
                NllRegionVariableOrigin::FreeRegion if self.universal_regions.is_universal_region(fr) => {
                    self.check_universal_region(fr, propagated.as_deref_mut(), errors);
                }
                NllRegionVariableOrigin::Placeholder(p) => self.check_placeholder(fr, p, errors),
                _ => {}
            }
        }
    }

    /// The region contains no end of a region that it is not known to outlive.
    fn check_universal_region(
        &self,
        longer_fr: RegionVid,
        mut propagated: Option<&mut Vec<ClosureOutlivesRequirement<'tcx>>>,
        errors: &mut Vec<RegionErrorKind<'tcx>>,
    ) {
        let scc = self.scc(longer_fr);
        // Of equal regions one is checked for all; the others must be equal to it.
        let representative = self.representatives[scc];
        if representative != longer_fr {
            let check = self.check_relation(longer_fr, representative, propagated);
            if check == RelationCheck::Error {
                errors.push(RegionErrorKind::Region { longer_fr, shorter_fr: representative, is_reported: true });
            }
            return;
        }
        let mut reported = false;
        for shorter_fr in self.values.universal_regions_outlived_by(scc) {
            let check = self.check_relation(longer_fr, shorter_fr, propagated.as_deref_mut());
            if check == RelationCheck::Error {
                // The first is reported; the others help to word it.
                errors.push(RegionErrorKind::Region { longer_fr, shorter_fr, is_reported: !reported });
                reported = true;
            }
        }
    }

    fn check_relation(
        &self,
        longer_fr: RegionVid,
        shorter_fr: RegionVid,
        propagated: Option<&mut Vec<ClosureOutlivesRequirement<'tcx>>>,
    ) -> RelationCheck {
        if self.relations.outlives(longer_fr, shorter_fr) {
            return RelationCheck::Ok;
        }
        let Some(propagated) = propagated else { return RelationCheck::Error };
        // The creator knows less regions: for `longer` a shorter one that it knows, for `shorter` longer ones.
        let Some(fr_minus) = self.relations.non_local_lower_bound(longer_fr) else { return RelationCheck::Error };
        let blame = self
            .best_blame_constraint(longer_fr, NllRegionVariableOrigin::FreeRegion, |r| {
                self.provides_universal_region(r, longer_fr, shorter_fr)
            })
            .0;
        for fr in self.relations.non_local_upper_bounds(shorter_fr) {
            propagated.push(ClosureOutlivesRequirement {
                subject: ClosureOutlivesSubject::Region(fr_minus),
                outlived_free_region: fr,
                blame_span: blame.span,
                category: blame.category,
            });
        }
        RelationCheck::Propagated
    }

    /// A placeholder contains itself alone.
    fn check_placeholder(
        &self,
        longer_fr: RegionVid,
        placeholder: PlaceholderRegion,
        errors: &mut Vec<RegionErrorKind<'tcx>>,
    ) {
        let scc = self.scc(longer_fr);
        let point = self.values.points_row(scc).and_then(|row| row.iter().next());
        let element = if let Some(p) = point {
            Some(RegionElement::Location(self.location_map.to_location(p)))
        } else if let Some(r) = self.values.universal_regions_outlived_by(scc).next() {
            Some(RegionElement::RootUniversalRegion(r))
        } else {
            self.values
                .placeholders_contained_in(scc, &self.placeholder_indices)
                .find(|&p| p != placeholder)
                .map(RegionElement::PlaceholderRegion)
        };
        if let Some(error_element) = element {
            errors.push(RegionErrorKind::BoundUniversalRegion { longer_fr, error_element, placeholder });
        }
    }
}
