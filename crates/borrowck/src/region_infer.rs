//! Solving the region constraints of a body (RFC 2094).
//!
//! The value of a region is a set of points, universal regions (their ends) and placeholders. A region contains what
//! the regions it outlives contain. Regions that must be equal form one component of the constraint graph; the
//! components are computed from the outlived to the outliving. Then each universal region may only contain ends of
//! regions that it is known to outlive; a placeholder nothing but itself; and `T: 'a` must be provable.

mod blame;
mod checks;
pub(crate) mod interval;
mod opaque_types;
pub(crate) mod type_tests;
pub(crate) mod values;

use mir::{Body, ClosureRegionRequirements, ConstraintCategory, Location};
use rustc_index::IndexVec;
use span::Span;
use span::def_id::LocalDefId;
use trait_solve::infer::{GenericKind, NllRegionVariableOrigin, RegionVariableOrigin, VerifyBound};
use ty::{PlaceholderRegion, Region, RegionVid, UniverseIndex};

use crate::BorrowckInferCtxt;
use crate::constraints::{ConstraintGraph, ConstraintSccIndex, OutlivesConstraint, OutlivesConstraintSet, Sccs};
use crate::type_check::free_region_relations::UniversalRegionRelations;
use crate::type_check::{Locations, MirTypeckResults, UniverseInfo};
use crate::universal_regions::UniversalRegions;
use values::{DenseLocationMap, LivenessValues, PlaceholderIndices, RegionElement, RegionValues};

pub(crate) use blame::BlameConstraint;
pub(crate) use opaque_types::OpaqueError;

/// What is known of a region variable.
pub(crate) struct RegionDefinition<'tcx> {
    pub(crate) origin: RegionVariableOrigin,
    pub(crate) universe: UniverseIndex,
    /// The named region that it stands for.
    pub(crate) external_name: Option<Region<'tcx>>,
}

impl RegionDefinition<'_> {
    /// Why borrow checking made it.
    pub(crate) fn nll_origin(&self) -> NllRegionVariableOrigin {
        match self.origin {
            RegionVariableOrigin::Nll(origin) => origin,
            _ => NllRegionVariableOrigin::Existential { name: None },
        }
    }
}

/// `generic_kind: lower_bound` must follow from the bound.
#[derive(Clone, Debug)]
pub(crate) struct TypeTest<'tcx> {
    pub(crate) generic_kind: GenericKind<'tcx>,
    pub(crate) lower_bound: RegionVid,
    pub(crate) span: Span,
    pub(crate) verify_bound: VerifyBound<'tcx>,
}

/// A region error that is to be reported.
#[derive(Clone, Debug)]
pub(crate) enum RegionErrorKind<'tcx> {
    /// `T: 'a` does not hold.
    TypeTest(TypeTest<'tcx>),
    /// A placeholder contains something.
    BoundUniversalRegion { longer_fr: RegionVid, error_element: RegionElement, placeholder: PlaceholderRegion },
    /// `longer_fr: shorter_fr` is not known.
    Region { longer_fr: RegionVid, shorter_fr: RegionVid, is_reported: bool },
}

/// The constraints of a body and their solution.
pub(crate) struct RegionInferenceContext<'a, 'tcx> {
    pub(crate) definitions: IndexVec<RegionVid, RegionDefinition<'tcx>>,
    liveness: LivenessValues,
    constraints: OutlivesConstraintSet<'tcx>,
    graph: ConstraintGraph,
    sccs: Sccs,
    /// The least universe of each component's regions.
    scc_universes: IndexVec<ConstraintSccIndex, UniverseIndex>,
    /// The region of each component that stands for it: a universal one if there is.
    representatives: IndexVec<ConstraintSccIndex, RegionVid>,
    values: RegionValues<ConstraintSccIndex>,
    type_tests: Vec<TypeTest<'tcx>>,
    placeholder_indices: PlaceholderIndices,
    universe_causes: span::FxIndexMap<UniverseIndex, (UniverseInfo<'tcx>, Span)>,
    universal_regions: UniversalRegions<'tcx>,
    relations: UniversalRegionRelations,
    location_map: &'a DenseLocationMap,
}

impl<'a, 'tcx> RegionInferenceContext<'a, 'tcx> {
    /// Of the constraints found.
    pub(crate) fn new(
        infcx: &BorrowckInferCtxt<'tcx>,
        universal_regions: UniversalRegions<'tcx>,
        checked: MirTypeckResults<'tcx>,
        location_map: &'a DenseLocationMap,
    ) -> Self {
        let c = checked.constraints;
        let mut definitions: IndexVec<RegionVid, RegionDefinition<'tcx>> = infcx
            .get_region_var_infos()
            .into_iter()
            .map(|info| RegionDefinition { origin: info.origin, universe: info.universe, external_name: None })
            .collect();
        for (r, vid) in universal_regions.named_universal_regions_iter() {
            definitions[vid].external_name = Some(r);
        }
        let mut constraints = c.outlives;
        let n = definitions.len();
        let mut graph = constraints.graph(n);
        let mut sccs = Sccs::new(&constraints, &graph, n);
        if c.placeholder_indices.len() > 0
            && add_unnameable(&definitions, &sccs, &mut constraints, universal_regions.fr_static)
        {
            graph = constraints.graph(n);
            sccs = Sccs::new(&constraints, &graph, n);
        }
        let mut scc_universes = IndexVec::from_elem_n(UniverseIndex::from_u32(u32::MAX >> 8), sccs.num_sccs());
        let mut representatives: IndexVec<ConstraintSccIndex, Option<RegionVid>> =
            IndexVec::from_elem_n(None, sccs.num_sccs());
        for (r, def) in definitions.iter_enumerated() {
            let scc = sccs.scc(r);
            let u: &mut UniverseIndex = &mut scc_universes[scc];
            *u = (*u).min(def.universe);
            let is_placeholder =
                |r: RegionVid| matches!(definitions[r].nll_origin(), NllRegionVariableOrigin::Placeholder(_));
            match representatives[scc] {
                None => representatives[scc] = Some(r),
                // Universal regions come first by number; a placeholder comes before a variable.
                Some(old)
                    if !universal_regions.is_universal_region(old) && !is_placeholder(old) && is_placeholder(r) =>
                {
                    representatives[scc] = Some(r);
                }
                Some(_) => {}
            }
        }
        let representatives = representatives.into_iter().map(|r| r.unwrap_or(RegionVid::ZERO)).collect();
        let mut cx = RegionInferenceContext {
            values: RegionValues::new(location_map.num_points(), universal_regions.len(), c.placeholder_indices.len()),
            definitions,
            liveness: c.liveness,
            constraints,
            graph,
            sccs,
            scc_universes,
            representatives,
            type_tests: c.type_tests,
            placeholder_indices: c.placeholder_indices,
            universe_causes: c.universe_causes,
            universal_regions,
            relations: checked.relations,
            location_map,
        };
        cx.init_values();
        cx
    }

    fn init_values(&mut self) {
        for (r, def) in self.definitions.iter_enumerated() {
            let scc = self.sccs.scc(r);
            self.values.merge_liveness(scc, r, &self.liveness);
            match def.nll_origin() {
                NllRegionVariableOrigin::FreeRegion if self.universal_regions.is_universal_region(r) => {
                    self.liveness.add_all(r);
                    self.values.add_all_points(scc);
                    self.values.add_free_region(scc, r);
                }
                NllRegionVariableOrigin::Placeholder(p) => {
                    if self.scc_universes[scc].can_name(p.universe) {
                        let i = self.placeholder_indices.insert(p);
                        self.values.add_placeholder(scc, i);
                    }
                }
                NllRegionVariableOrigin::FreeRegion | NllRegionVariableOrigin::Existential { .. } => {}
            }
        }
    }

    /// Solves the constraints; gives what a closure needs of its creator, and the errors.
    pub(crate) fn solve(
        &mut self,
        infcx: &BorrowckInferCtxt<'tcx>,
        body: &Body<'tcx>,
        def: LocalDefId,
    ) -> (Option<ClosureRegionRequirements<'tcx>>, Vec<RegionErrorKind<'tcx>>) {
        self.propagate();
        self.apply_member_constraints(infcx);
        let tcx = infcx.tcx;
        let mut errors = Vec::new();
        let mut requirements = tcx.is_typeck_child(def.to_def_id()).then(Vec::new);
        self.check_type_tests(infcx, requirements.as_mut(), &mut errors);
        self.check_universal_regions(requirements.as_mut(), &mut errors);
        let _ = body;
        let requirements = requirements.filter(|r| !r.is_empty()).map(|outlives_requirements| {
            let num_external_vids = self.universal_regions.num_global_and_external_regions();
            ClosureRegionRequirements { num_external_vids, outlives_requirements }
        });
        (requirements, errors)
    }

    /// Each component gets what those it outlives have; these come first.
    fn propagate(&mut self) {
        for scc in self.sccs.all_sccs() {
            for i in 0..self.sccs.successors[scc].len() {
                let sub = self.sccs.successors[scc][i];
                self.values.add_region(scc, sub);
            }
        }
    }

    // --- Questions.

    pub(crate) fn universal_regions(&self) -> &UniversalRegions<'tcx> {
        &self.universal_regions
    }
    pub(crate) fn to_region_vid(&self, r: Region<'tcx>) -> RegionVid {
        self.universal_regions.to_region_vid(r)
    }
    pub(crate) fn scc(&self, r: RegionVid) -> ConstraintSccIndex {
        self.sccs.scc(r)
    }
    pub(crate) fn representative(&self, r: RegionVid) -> RegionVid {
        self.representatives[self.sccs.scc(r)]
    }
    pub(crate) fn region_contains_point(&self, r: RegionVid, at: Location) -> bool {
        self.values.contains_point(self.sccs.scc(r), self.location_map.point_from_location(at))
    }
    /// The first point between two of one block that the region does not contain.
    pub(crate) fn first_non_contained_inclusive(
        &self,
        r: RegionVid,
        block: mir::BasicBlock,
        start: usize,
        end: usize,
    ) -> Option<usize> {
        let first = self.location_map.entry_point(block).as_usize();
        let p = |i: usize| values::PointIndex::from_usize(first + i);
        let found = self.values.first_non_contained_inclusive(self.sccs.scc(r), p(start), p(end))?;
        Some(found.as_usize() - first)
    }
    pub(crate) fn region_contains_free_region(&self, r: RegionVid, free: RegionVid) -> bool {
        self.values.contains_free_region(self.sccs.scc(r), free)
    }
    pub(crate) fn is_live_at(&self, r: RegionVid, at: Location) -> bool {
        self.liveness.is_live_at(r, self.location_map.point_from_location(at))
    }
    pub(crate) fn universal_regions_outlived_by(&self, r: RegionVid) -> impl Iterator<Item = RegionVid> + '_ {
        self.values.universal_regions_outlived_by(self.sccs.scc(r))
    }
    /// Why a universe was opened.
    pub(crate) fn universe_info(&self, u: UniverseIndex) -> Option<(UniverseInfo<'tcx>, Span)> {
        self.universe_causes.get(&u).copied()
    }
    /// One universal region that contains all that the region contains: for messages.
    pub(crate) fn approx_universal_upper_bound(&self, r: RegionVid) -> RegionVid {
        let mut lub = self.universal_regions.fr_fn_body;
        let mut found = false;
        for ur in self.universal_regions_outlived_by(r) {
            lub = if found { self.relations.postdom_upper_bound(lub, ur) } else { ur };
            found = true;
        }
        lub
    }
    /// The name of a region that a signature gives it, if it is equal to one.
    pub(crate) fn to_error_region(&self, r: RegionVid) -> Option<Region<'tcx>> {
        if self.universal_regions.is_universal_region(r) {
            return self.definitions[r].external_name;
        }
        let scc = self.sccs.scc(r);
        if self.values.placeholders_contained_in(scc, &self.placeholder_indices).next().is_some() {
            return None;
        }
        let upper = self.approx_universal_upper_bound(r);
        if self.eval_outlives_universal(r, upper) { self.to_error_region(upper) } else { None }
    }
    fn eval_outlives_universal(&self, r: RegionVid, upper: RegionVid) -> bool {
        self.region_contains_free_region(r, upper)
    }
    /// Whether the region is that of a placeholder.
    pub(crate) fn is_placeholder(&self, r: RegionVid) -> Option<PlaceholderRegion> {
        match self.definitions[r].nll_origin() {
            NllRegionVariableOrigin::Placeholder(p) => Some(p),
            _ => None,
        }
    }
}

/// A component that reaches a placeholder it cannot name must outlive `'static`. Whether there was one.
fn add_unnameable<'tcx>(
    definitions: &IndexVec<RegionVid, RegionDefinition<'tcx>>,
    sccs: &Sccs,
    constraints: &mut OutlivesConstraintSet<'tcx>,
    fr_static: RegionVid,
) -> bool {
    let n = sccs.num_sccs();
    let mut min_universe: IndexVec<ConstraintSccIndex, UniverseIndex> =
        IndexVec::from_elem_n(UniverseIndex::from_u32(u32::MAX >> 8), n);
    let mut first: IndexVec<ConstraintSccIndex, Option<RegionVid>> = IndexVec::from_elem_n(None, n);
    // The placeholder of the highest universe that is reached.
    let mut reached: IndexVec<ConstraintSccIndex, Option<(UniverseIndex, RegionVid)>> = IndexVec::from_elem_n(None, n);
    for (r, def) in definitions.iter_enumerated() {
        let scc = sccs.scc(r);
        min_universe[scc] = min_universe[scc].min(def.universe);
        first[scc].get_or_insert(r);
        if let NllRegionVariableOrigin::Placeholder(p) = def.nll_origin()
            && reached[scc].is_none_or(|(u, _)| u < p.universe)
        {
            reached[scc] = Some((p.universe, r));
        }
    }
    let mut any = false;
    for scc in sccs.all_sccs() {
        for &sub in &sccs.successors[scc] {
            if let Some((u, p)) = reached[sub]
                && reached[scc].is_none_or(|(old, _)| old < u)
            {
                reached[scc] = Some((u, p));
            }
        }
        if let Some((u, placeholder)) = reached[scc]
            && min_universe[scc].cannot_name(u)
            && let Some(sup) = first[scc]
            && sccs.scc(fr_static) != scc
        {
            any = true;
            // What outlives this outlives `'static`, not the placeholder.
            reached[scc] = None;
            constraints.push(OutlivesConstraint {
                sup,
                sub: fr_static,
                locations: Locations::All(span::DUMMY_SP),
                span: span::DUMMY_SP,
                category: ConstraintCategory::OutlivesUnnameablePlaceholder(placeholder),
                from_closure: false,
            });
        }
    }
    any
}
