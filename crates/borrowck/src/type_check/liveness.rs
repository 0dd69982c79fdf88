//! Live variables: where a variable may be used later, or dropped later, the regions of its type must hold.
//!
//! Only variables whose types have regions that are not all free in the caller ("relevant" ones) are looked at. For
//! each, from its uses and drops the points are gone back to its definitions.

use crate::free_regions::{RegionsFor, for_each_free_region};
use crate::region_infer::interval::IntervalSet;
use mir::dataflow::{DefUse, Results, ResultsCursor};
use mir::visit::{MutatingUseContext, PlaceContext, Visitor};
use mir::{Body, Local, Location};
use mir_dataflow::{MaybeInitializedPlaces, MoveData, MovePathIndex};
use rustc_index::IndexVec;
use rustc_index::bit_set::DenseBitSet;
use span::FxIndexMap;
use trait_solve::instance::dropck::dropck_outlives;
use ty::visit::{TypeSuperVisitable, TypeVisitable, TypeVisitableExt, TypeVisitor};
use ty::{GenericArg, Region, Ty};

use super::{Locations, TypeChecker};
use crate::region_infer::values::{DenseLocationMap, PointIndex};
use crate::universal_regions::UniversalRegions;

/// Adds the points of all relevant variables to the regions of their types.
pub(super) fn generate<'tcx>(
    checker: &mut TypeChecker<'_, 'tcx>,
    flow_inits: Results<'tcx, MaybeInitializedPlaces<'_, 'tcx>>,
    move_data: &MoveData<'tcx>,
) {
    let body = checker.body;
    let universal = checker.universal_regions;
    // Regions that must outlive a free one hold everywhere in the body.
    let free = regions_that_outlive_free_regions(checker);
    let relevant: Vec<Local> = body
        .local_decls
        .iter_enumerated()
        .filter(|(_, decl)| has_other_regions(decl.ty, universal, &free))
        .map(|(l, _)| l)
        .collect();
    if relevant.is_empty() {
        return;
    }
    let use_map = LocalUseMap::build(&relevant, checker.location_map, body);
    let mut trace = Trace {
        flow_inits: flow_inits.into_results_cursor(body),
        move_data,
        use_map: &use_map,
        drop_data: FxIndexMap::default(),
        defs: DenseBitSet::new_empty(checker.location_map.num_points()),
        use_live_at: IntervalSet::new(checker.location_map.num_points()),
        drop_live_at: IntervalSet::new(checker.location_map.num_points()),
        drop_locations: Vec::new(),
        stack: Vec::new(),
        checker,
    };
    for local in relevant {
        trace.compute(local);
    }
}

fn regions_that_outlive_free_regions(checker: &TypeChecker<'_, '_>) -> DenseBitSet<ty::RegionVid> {
    let n = checker.infcx.num_region_vars();
    let mut set = DenseBitSet::new_empty(n);
    let mut stack: Vec<ty::RegionVid> = checker.universal_regions.universal_regions_iter().collect();
    for &r in &stack {
        set.insert(r);
    }
    let outlives = &checker.constraints.outlives;
    let graph = outlives.reverse_graph(n);
    while let Some(r) = stack.pop() {
        for i in graph.edges(r) {
            let sup = outlives[i].sup;
            if set.insert(sup) {
                stack.push(sup);
            }
        }
    }
    set
}

fn has_other_regions<'tcx>(
    ty: Ty<'tcx>,
    universal: &UniversalRegions<'tcx>,
    free: &DenseBitSet<ty::RegionVid>,
) -> bool {
    struct Find<'a, 'tcx> {
        universal: &'a UniversalRegions<'tcx>,
        free: &'a DenseBitSet<ty::RegionVid>,
    }
    impl<'tcx> TypeVisitor<'tcx> for Find<'_, 'tcx> {
        type Break = ();
        fn visit_ty(&mut self, t: Ty<'tcx>) -> std::ops::ControlFlow<()> {
            if t.has_free_regions() { t.super_visit_with(self) } else { std::ops::ControlFlow::Continue(()) }
        }
        fn visit_region(&mut self, r: Region<'tcx>) -> std::ops::ControlFlow<()> {
            match self.universal.try_region_vid(r) {
                Some(vid) if vid.as_usize() >= self.free.domain_size() || !self.free.contains(vid) => {
                    std::ops::ControlFlow::Break(())
                }
                _ => std::ops::ControlFlow::Continue(()),
            }
        }
    }
    ty.has_free_regions() && ty.visit_with(&mut Find { universal, free }).is_break()
}

span::newtype_index! {
    /// An occurrence of a local.
    pub struct AppearanceIndex = "appearance";
}

struct Appearance {
    point: PointIndex,
    next: Option<AppearanceIndex>,
}

/// Where relevant locals are defined, used and dropped.
pub(crate) struct LocalUseMap {
    defs: IndexVec<Local, Option<AppearanceIndex>>,
    uses: IndexVec<Local, Option<AppearanceIndex>>,
    drops: IndexVec<Local, Option<AppearanceIndex>>,
    appearances: IndexVec<AppearanceIndex, Appearance>,
}

impl LocalUseMap {
    fn build(relevant: &[Local], map: &DenseLocationMap, body: &Body<'_>) -> Self {
        let n = body.local_decls.len();
        let mut wanted = DenseBitSet::new_empty(n);
        relevant.iter().for_each(|&l| {
            wanted.insert(l);
        });
        let mut builder = UseMapBuilder {
            map: LocalUseMap {
                defs: IndexVec::from_elem_n(None, n),
                uses: IndexVec::from_elem_n(None, n),
                drops: IndexVec::from_elem_n(None, n),
                appearances: IndexVec::new(),
            },
            location_map: map,
            wanted,
        };
        for (bb, data) in body.basic_blocks.iter_enumerated() {
            builder.visit_basic_block_data(bb, data);
        }
        builder.map
    }
    fn iter(&self, first: Option<AppearanceIndex>) -> impl Iterator<Item = PointIndex> + '_ {
        std::iter::successors(first, |&i| self.appearances[i].next).map(|i| self.appearances[i].point)
    }
    fn defs(&self, local: Local) -> impl Iterator<Item = PointIndex> + '_ {
        self.iter(self.defs[local])
    }
    fn uses(&self, local: Local) -> impl Iterator<Item = PointIndex> + '_ {
        self.iter(self.uses[local])
    }
    fn drops(&self, local: Local) -> impl Iterator<Item = PointIndex> + '_ {
        self.iter(self.drops[local])
    }
}

struct UseMapBuilder<'a> {
    map: LocalUseMap,
    location_map: &'a DenseLocationMap,
    wanted: DenseBitSet<Local>,
}

impl<'tcx> Visitor<'tcx> for UseMapBuilder<'_> {
    fn visit_local(&mut self, local: Local, context: PlaceContext, location: Location) {
        if !self.wanted.contains(local) {
            return;
        }
        let point = self.location_map.point_from_location(location);
        let Some(kind) = categorize(context) else { return };
        let list = match kind {
            Kind::Def => &mut self.map.defs[local],
            Kind::Use => &mut self.map.uses[local],
            Kind::Drop => &mut self.map.drops[local],
        };
        let next = list.take();
        *list = Some(self.map.appearances.push(Appearance { point, next }));
    }
    fn visit_var_debug_info(&mut self, _: &mir::VarDebugInfo<'tcx>) {}
}

/// What an occurrence of a local is for liveness.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Def,
    Use,
    Drop,
}

/// The kind of an occurrence of the whole local.
pub(crate) fn categorize(context: PlaceContext) -> Option<Kind> {
    use mir::visit::{NonUseContext, PlaceContext as P};
    match context {
        P::MutatingUse(MutatingUseContext::Drop) => Some(Kind::Drop),
        P::NonUse(NonUseContext::AscribeUserTy(_)) => Some(Kind::Use),
        P::NonUse(NonUseContext::BackwardIncompatibleDropHint) => None,
        P::NonUse(NonUseContext::VarDebugInfo) => None,
        _ => match DefUse::for_place(mir::RETURN_PLACE.into(), context) {
            DefUse::Def => Some(Kind::Def),
            DefUse::Use => Some(Kind::Use),
            // A partial write keeps the rest.
            DefUse::PartialWrite => Some(Kind::Use),
            DefUse::NonUse => None,
        },
    }
}

/// What dropping a type looks at.
struct DropData<'tcx> {
    kinds: Vec<GenericArg<'tcx>>,
}

struct Trace<'b, 'f, 'a, 'tcx> {
    checker: &'b mut TypeChecker<'a, 'tcx>,
    flow_inits: ResultsCursor<'a, 'tcx, MaybeInitializedPlaces<'f, 'tcx>>,
    move_data: &'b MoveData<'tcx>,
    use_map: &'b LocalUseMap,
    drop_data: FxIndexMap<Ty<'tcx>, DropData<'tcx>>,
    defs: DenseBitSet<PointIndex>,
    use_live_at: IntervalSet<PointIndex>,
    drop_live_at: IntervalSet<PointIndex>,
    drop_locations: Vec<Location>,
    stack: Vec<PointIndex>,
}

impl<'tcx> Trace<'_, '_, '_, 'tcx> {
    fn compute(&mut self, local: Local) {
        self.defs.clear();
        self.use_live_at.clear();
        self.drop_live_at.clear();
        self.drop_locations.clear();
        self.stack.clear();
        for d in self.use_map.defs(local) {
            self.defs.insert(d);
        }
        self.compute_use_live(local);
        self.compute_drop_live(local);
        let ty = self.checker.body.local_decls[local].ty;
        if !self.use_live_at.is_empty() {
            add_use_live(self.checker, ty, &self.use_live_at);
        }
        if !self.drop_live_at.is_empty() {
            self.add_drop_live(ty);
        }
    }

    fn compute_use_live(&mut self, local: Local) {
        let body = self.checker.body;
        let map = self.checker.location_map;
        self.stack.extend(self.use_map.uses(local));
        while let Some(p) = self.stack.pop() {
            // Back to the nearest definition of the block, or to its start. A point that defines the local does not
            // count as one where it is live.
            let block_start = map.to_block_start(p);
            let stop = self.defs.last_set_in(block_start..=p).max(self.use_live_at.last_set_in(block_start..=p));
            let first = match stop {
                Some(d) => PointIndex::from_usize(d.as_usize() + 1),
                None => block_start,
            };
            if first <= p {
                self.use_live_at.insert_range(first..=p);
            }
            if stop.is_none() {
                let block = map.to_location(p).block;
                for &pred in &body.basic_blocks.predecessors()[block] {
                    self.stack.push(map.point_from_location(body.terminator_loc(pred)));
                }
            }
        }
    }

    fn compute_drop_live(&mut self, local: Local) {
        let Some(mpi) = self.move_data.rev_lookup.find_local(local) else { return };
        let map = self.checker.location_map;
        let drops: Vec<PointIndex> = self.use_map.drops(local).collect();
        for point in drops {
            let location = map.to_location(point);
            if self.initialized_at(location, mpi) && self.drop_live_at.insert(point) {
                self.drop_locations.push(location);
                self.stack.push(point);
            }
        }
        while let Some(p) = self.stack.pop() {
            self.drop_live_for_block(mpi, p);
        }
    }

    /// `mpi` is initialised and dropped at `term`: it is drop-live back to its definition.
    fn drop_live_for_block(&mut self, mpi: MovePathIndex, term: PointIndex) {
        let body = self.checker.body;
        let map = self.checker.location_map;
        let entry = map.to_block_start(term);
        let mut p = term;
        while p > entry {
            p = PointIndex::from_usize(p.as_usize() - 1);
            if self.defs.contains(p) || self.use_live_at.contains(p) {
                return;
            }
            if !self.drop_live_at.insert(p) {
                return;
            }
        }
        let block = map.to_location(term).block;
        for &pred in &body.basic_blocks.predecessors()[block] {
            let pred_loc = body.terminator_loc(pred);
            let pred_point = map.point_from_location(pred_loc);
            // Only from where the value was there.
            let init = {
                self.flow_inits.seek_after_primary_effect(pred_loc);
                let on_exit = contains_any(&self.flow_inits, self.move_data, mpi);
                on_exit || self.initialized_by_call(pred, block, mpi)
            };
            if !init || self.defs.contains(pred_point) || self.use_live_at.contains(pred_point) {
                continue;
            }
            if self.drop_live_at.insert(pred_point) {
                self.drop_locations.push(pred_loc);
                self.stack.push(pred_point);
            }
        }
    }
    fn initialized_by_call(&mut self, pred: mir::BasicBlock, block: mir::BasicBlock, mpi: MovePathIndex) -> bool {
        let body = self.checker.body;
        match &body[pred].terminator().kind {
            mir::TerminatorKind::Call { target: Some(t), .. } if *t == block => {
                self.flow_inits.seek_after_call_return(pred);
                contains_any(&self.flow_inits, self.move_data, mpi)
            }
            _ => false,
        }
    }
    fn initialized_at(&mut self, location: Location, mpi: MovePathIndex) -> bool {
        self.flow_inits.seek_before_primary_effect(location);
        contains_any(&self.flow_inits, self.move_data, mpi)
    }

    fn add_drop_live(&mut self, ty: Ty<'tcx>) {
        if !self.drop_data.contains_key(&ty) {
            let infcx = self.checker.infcx;
            let c = dropck_outlives(infcx, infcx.param_env, ty);
            let span = self.checker.body.span;
            self.checker.drain(Locations::All(span), span, mir::ConstraintCategory::Boring);
            self.drop_data.insert(ty, DropData { kinds: c.outlives });
        }
        let kinds = self.drop_data[&ty].kinds.clone();
        for kind in kinds {
            add_use_live(self.checker, kind, &self.drop_live_at);
        }
    }
}

fn contains_any<'tcx>(
    cursor: &ResultsCursor<'_, 'tcx, MaybeInitializedPlaces<'_, 'tcx>>,
    move_data: &MoveData<'tcx>,
    mpi: MovePathIndex,
) -> bool {
    let state = cursor.get();
    move_data.find_in_move_path_or_its_descendants(mpi, |m| state.contains(m)).is_some()
}

/// All regions of the value hold at the points.
fn add_use_live<'tcx>(
    checker: &mut TypeChecker<'_, 'tcx>,
    value: impl TypeVisitable<'tcx>,
    points: &IntervalSet<PointIndex>,
) {
    let (infcx, universal) = (checker.infcx, checker.universal_regions);
    let liveness = &mut checker.constraints.liveness;
    for_each_free_region(infcx, &value, RegionsFor::Liveness, &mut |r| {
        if let Some(vid) = universal.try_region_vid(r) {
            liveness.add_points(vid, points);
        }
    });
}
