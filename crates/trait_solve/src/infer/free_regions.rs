//! What is known of an item's free regions: `'a: 'b`, and the bounds that well-formed types imply (RFC 1214).

use query::TyCtxt;
use span::def_id::LocalDefId;
use span::{FxHashSet, FxIndexMap};
use ty::{Binder, ClauseKind, OutlivesPredicate, ParamEnv, Region, RegionKind, Ty, TyKind, TypeOutlivesPredicate};

use super::InferCtxt;
use super::outlives::components::{Component, push_outlives_components};
use crate::traits::wf;

/// Which free region is known to outlive which.
#[derive(Clone, Debug, Default)]
pub struct FreeRegionMap<'tcx> {
    /// From a region to those it outlives.
    outlives: FxIndexMap<Region<'tcx>, Vec<Region<'tcx>>>,
}

impl<'tcx> FreeRegionMap<'tcx> {
    /// Notes `sup: sub`.
    pub fn relate_regions(&mut self, sub: Region<'tcx>, sup: Region<'tcx>) {
        let list = self.outlives.entry(sup).or_default();
        if !list.contains(&sub) {
            list.push(sub);
        }
    }
    /// All that was noted, as `(sub, sup)`.
    pub fn iter(&self) -> impl Iterator<Item = (Region<'tcx>, Region<'tcx>)> + '_ {
        self.outlives.iter().flat_map(|(&sup, subs)| subs.iter().map(move |&sub| (sub, sup)))
    }
    /// Whether `sup: sub` is known.
    pub fn sub_free_regions(&self, _tcx: TyCtxt<'tcx>, sub: Region<'tcx>, sup: Region<'tcx>) -> bool {
        if sub == sup || sup.is_static() {
            return true;
        }
        let mut seen: FxHashSet<Region<'tcx>> = FxHashSet::default();
        let mut stack = vec![sup];
        while let Some(r) = stack.pop() {
            if r == sub || r.is_static() {
                return true;
            }
            if seen.insert(r) {
                stack.extend(self.outlives.get(&r).into_iter().flatten().copied());
            }
        }
        false
    }
    /// The least region known to outlive both.
    pub fn lub_free_regions(&self, tcx: TyCtxt<'tcx>, a: Region<'tcx>, b: Region<'tcx>) -> Region<'tcx> {
        if self.sub_free_regions(tcx, a, b) {
            return b;
        }
        if self.sub_free_regions(tcx, b, a) {
            return a;
        }
        // A region that outlives both: one that is below all others that do.
        let both: Vec<Region<'tcx>> = self
            .outlives
            .keys()
            .copied()
            .filter(|&r| self.sub_free_regions(tcx, a, r) && self.sub_free_regions(tcx, b, r))
            .collect();
        both.iter()
            .copied()
            .find(|&r| both.iter().all(|&o| self.sub_free_regions(tcx, r, o)))
            .unwrap_or(tcx.lifetimes().re_static)
    }
    pub fn is_empty(&self) -> bool {
        self.outlives.is_empty()
    }
}

/// A bound that a well-formed type implies.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OutlivesBound<'tcx> {
    RegionSubRegion(Region<'tcx>, Region<'tcx>),
    RegionSubParam(Region<'tcx>, ty::ParamTy),
    RegionSubAlias(Region<'tcx>, ty::AliasTyKind, ty::AliasTy<'tcx>),
}

/// What is known where an item's regions are resolved.
#[derive(Clone)]
pub struct OutlivesEnvironment<'tcx> {
    pub param_env: ParamEnv<'tcx>,
    free_region_map: FreeRegionMap<'tcx>,
    /// `T: 'a` of parameters and aliases.
    pub(crate) region_bound_pairs: Vec<OutlivesPredicate<'tcx, Ty<'tcx>>>,
    /// `T: 'a` of where clauses.
    pub(crate) caller_bounds: Vec<Binder<'tcx, TypeOutlivesPredicate<'tcx>>>,
}

impl<'tcx> OutlivesEnvironment<'tcx> {
    /// From an environment and the types assumed to be well-formed.
    pub fn new(
        infcx: &InferCtxt<'tcx>,
        body_id: LocalDefId,
        param_env: ParamEnv<'tcx>,
        assumed_wf_tys: impl IntoIterator<Item = Ty<'tcx>>,
    ) -> Self {
        let mut bounds = Vec::new();
        for ty in assumed_wf_tys {
            bounds.extend(implied_outlives_bounds(infcx, param_env, body_id, ty));
        }
        Self::from_bounds(infcx, param_env, bounds)
    }
    /// From an environment alone.
    pub fn from_param_env(infcx: &InferCtxt<'tcx>, param_env: ParamEnv<'tcx>) -> Self {
        Self::from_bounds(infcx, param_env, Vec::new())
    }
    /// From implied bounds already computed.
    pub fn from_bounds(infcx: &InferCtxt<'tcx>, param_env: ParamEnv<'tcx>, bounds: Vec<OutlivesBound<'tcx>>) -> Self {
        let tcx = infcx.tcx;
        let mut env = OutlivesEnvironment {
            param_env,
            free_region_map: FreeRegionMap::default(),
            region_bound_pairs: Vec::new(),
            caller_bounds: Vec::new(),
        };
        for c in param_env.caller_bounds() {
            match c.kind().skip_binder() {
                ClauseKind::RegionOutlives(OutlivesPredicate(a, b)) => {
                    if !a.is_bound() && !b.is_bound() {
                        env.add(OutlivesBound::RegionSubRegion(b, a));
                    }
                }
                ClauseKind::TypeOutlives(o) => env.caller_bounds.push(c.kind().rebind(o)),
                _ => {}
            }
        }
        env.add_bounds(tcx, &bounds);
        for b in &mut env.region_bound_pairs {
            let resolved = infcx.resolve_vars_if_possible(b.0);
            *b = OutlivesPredicate(resolved, b.1);
        }
        env
    }
    fn add(&mut self, b: OutlivesBound<'tcx>) {
        match b {
            OutlivesBound::RegionSubRegion(sub, sup) => {
                let free = |r: Region<'tcx>| r.is_free() || r.is_placeholder() || r.is_var();
                if free(sub) && free(sup) {
                    self.free_region_map.relate_regions(sub, sup);
                }
            }
            OutlivesBound::RegionSubParam(..) | OutlivesBound::RegionSubAlias(..) => {}
        }
    }
    pub fn free_region_map(&self) -> &FreeRegionMap<'tcx> {
        &self.free_region_map
    }
    /// `T: 'a` known of parameters and aliases.
    pub fn region_bound_pairs(&self) -> &[OutlivesPredicate<'tcx, Ty<'tcx>>] {
        &self.region_bound_pairs
    }
    pub(crate) fn add_bounds(&mut self, tcx: TyCtxt<'tcx>, bounds: &[OutlivesBound<'tcx>]) {
        for b in bounds {
            self.add(*b);
            match *b {
                OutlivesBound::RegionSubParam(r, p) => {
                    self.region_bound_pairs.push(OutlivesPredicate(p.to_ty(*tcx), r))
                }
                OutlivesBound::RegionSubAlias(r, k, a) => {
                    self.region_bound_pairs.push(OutlivesPredicate(tcx.mk_ty(TyKind::Alias(k, a)), r))
                }
                OutlivesBound::RegionSubRegion(..) => {}
            }
        }
    }
}

/// The bounds implied by a type's being well-formed.
pub fn implied_outlives_bounds<'tcx>(
    infcx: &InferCtxt<'tcx>,
    param_env: ParamEnv<'tcx>,
    body_id: LocalDefId,
    ty: Ty<'tcx>,
) -> Vec<OutlivesBound<'tcx>> {
    let tcx = infcx.tcx;
    let mut seen: FxHashSet<ty::Term<'tcx>> = FxHashSet::default();
    let mut stack: Vec<ty::Term<'tcx>> = vec![ty.into()];
    let mut bounds = Vec::new();
    while let Some(term) = stack.pop() {
        if !seen.insert(term) {
            continue;
        }
        let Some(obligations) = wf::obligations(infcx, param_env, body_id, 0, term, span::DUMMY_SP, None) else {
            continue;
        };
        for o in obligations {
            let Some(kind) = o.predicate.kind().no_bound_vars() else {
                continue;
            };
            match kind {
                ty::PredicateKind::Clause(ClauseKind::WellFormed(t)) => {
                    stack.push(infcx.shallow_resolve_term(t));
                }
                ty::PredicateKind::Clause(ClauseKind::RegionOutlives(OutlivesPredicate(a, b))) => {
                    bounds.push(OutlivesBound::RegionSubRegion(b, a));
                }
                ty::PredicateKind::Clause(ClauseKind::TypeOutlives(OutlivesPredicate(t, r))) => {
                    let t = infcx.resolve_vars_if_possible(t);
                    let mut components = Vec::new();
                    push_outlives_components(tcx, t, &mut components);
                    for c in components {
                        match c {
                            Component::Region(a) => {
                                bounds.push(OutlivesBound::RegionSubRegion(r, a));
                            }
                            Component::Param(p) => {
                                bounds.push(OutlivesBound::RegionSubParam(r, p));
                            }
                            Component::Alias(k, a) => {
                                bounds.push(OutlivesBound::RegionSubAlias(r, k, a));
                            }
                            Component::Placeholder(_)
                            | Component::EscapingAlias(_)
                            | Component::UnresolvedInferenceVariable(_) => {}
                        }
                    }
                }
                _ => {}
            }
        }
    }
    bounds
}

/// Whether a region is one of an item's own.
pub fn is_free_region(r: Region<'_>) -> bool {
    matches!(r.kind(), RegionKind::ReEarlyParam(_) | RegionKind::ReLateParam(_) | RegionKind::ReStatic)
}
