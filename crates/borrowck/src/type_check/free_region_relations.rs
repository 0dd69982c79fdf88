//! Which universal regions are known to outlive which: from where clauses and from well-formed parameter types.

use rustc_index::bit_set::BitMatrix;
use trait_solve::infer::free_regions::{OutlivesBound, implied_outlives_bounds};
use ty::{
    Binder, ClauseKind, OutlivesPredicate, ParamTy, Region, RegionKind, RegionVid, Ty, TyKind, TypeOutlivesPredicate,
};

use crate::BorrowckInferCtxt;
use crate::universal_regions::{DefiningTy, UniversalRegions};

/// `T: 'a` known in the body.
#[derive(Default)]
pub(crate) struct KnownOutlives<'tcx> {
    /// Of parameters and aliases, implied by types.
    pub(crate) region_bound_pairs: Vec<OutlivesPredicate<'tcx, Ty<'tcx>>>,
    /// From where clauses.
    pub(crate) type_outlives: Vec<Binder<'tcx, TypeOutlivesPredicate<'tcx>>>,
}

/// The relation "is known to outlive" between universal regions.
pub(crate) struct UniversalRegionRelations {
    /// `contains(a, b)`: `a: b`, for all that follows.
    outlives: BitMatrix<RegionVid, RegionVid>,
    n: usize,
    local: std::ops::Range<usize>,
}

impl UniversalRegionRelations {
    fn new(n: usize, local: std::ops::Range<usize>, edges: &[(RegionVid, RegionVid)]) -> Self {
        let mut successors = vec![Vec::new(); n];
        for &(a, b) in edges {
            successors[a.as_usize()].push(b.as_usize());
        }
        let mut outlives = BitMatrix::new(n, n);
        for start in 0..n {
            let row = RegionVid::from_usize(start);
            let mut stack = vec![start];
            outlives.insert(row, row);
            while let Some(a) = stack.pop() {
                for &b in &successors[a] {
                    if outlives.insert(row, RegionVid::from_usize(b)) {
                        stack.push(b);
                    }
                }
            }
        }
        UniversalRegionRelations { outlives, n, local }
    }
    /// Whether `a: b` is known.
    pub(crate) fn outlives(&self, a: RegionVid, b: RegionVid) -> bool {
        self.outlives.contains(a, b)
    }
    /// All regions that `a` is known to outlive, itself included.
    pub(crate) fn regions_outlived_by(&self, a: RegionVid) -> impl Iterator<Item = RegionVid> + '_ {
        self.outlives.iter(a)
    }
    /// Those known to outlive `a`, itself included.
    pub(crate) fn regions_that_outlive(&self, a: RegionVid) -> impl Iterator<Item = RegionVid> + '_ {
        (0..self.n).map(RegionVid::from_usize).filter(move |&r| self.outlives(r, a))
    }
    /// Of some regions, those that no other of them is strictly below (`above`: strictly above).
    fn minimal(&self, of: Vec<RegionVid>, above: bool) -> Vec<RegionVid> {
        let below = |x: RegionVid, y: RegionVid| if above { self.outlives(x, y) } else { self.outlives(y, x) };
        let mut out: Vec<RegionVid> = Vec::new();
        for &c in &of {
            let dominated = of.iter().any(|&o| o != c && below(o, c) && (!below(c, o) || o < c));
            if !dominated {
                out.push(c);
            }
        }
        out
    }
    /// The least regions above two.
    fn minimal_upper_bounds(&self, a: RegionVid, b: RegionVid) -> Vec<RegionVid> {
        let both = self.regions_that_outlive(a).filter(|&r| self.outlives(r, b)).collect();
        self.minimal(both, false)
    }
    /// One region that outlives both, as small as can be told without choosing.
    pub(crate) fn postdom_upper_bound(&self, a: RegionVid, b: RegionVid) -> RegionVid {
        self.common_bound(vec![a, b]).unwrap_or(RegionVid::ZERO)
    }
    fn common_bound(&self, mut queue: Vec<RegionVid>) -> Option<RegionVid> {
        queue.dedup();
        let mut rounds = 0;
        while queue.len() > 1 {
            rounds += 1;
            if rounds > 1000 {
                return None;
            }
            let (m, n) = (queue.pop()?, queue.pop()?);
            for b in self.minimal_upper_bounds(n, m) {
                if !queue.contains(&b) {
                    queue.insert(0, b);
                }
            }
        }
        queue.pop()
    }
    fn is_local(&self, r: RegionVid) -> bool {
        self.local.contains(&r.as_usize())
    }
    /// The least external regions that outlive a local one.
    pub(crate) fn non_local_upper_bounds(&self, fr: RegionVid) -> Vec<RegionVid> {
        if !self.is_local(fr) {
            return vec![fr];
        }
        let all = self.regions_that_outlive(fr).filter(|&r| !self.is_local(r)).collect();
        self.minimal(all, false)
    }
    /// The greatest external region that a local one outlives, if there is one.
    pub(crate) fn non_local_lower_bound(&self, fr: RegionVid) -> Option<RegionVid> {
        if !self.is_local(fr) {
            return Some(fr);
        }
        let all = self.regions_outlived_by(fr).filter(|&r| !self.is_local(r)).collect();
        let bounds = self.minimal(all, true);
        match bounds[..] {
            [one] => Some(one),
            _ => None,
        }
    }
}

/// The parameter types and return type of a body, normalised, and what is known of its regions.
pub(crate) struct CreateResult<'tcx> {
    pub(crate) relations: UniversalRegionRelations,
    pub(crate) known: KnownOutlives<'tcx>,
    /// The inputs, then the output.
    pub(crate) normalized_inputs_and_output: Vec<Ty<'tcx>>,
}

/// Finds what is known.
pub(crate) fn create<'tcx>(
    infcx: &BorrowckInferCtxt<'tcx>,
    universal_regions: &UniversalRegions<'tcx>,
    span: span::Span,
    mut drain: impl FnMut(&KnownOutlives<'tcx>),
) -> CreateResult<'tcx> {
    let tcx = infcx.tcx;
    let mut edges: Vec<(RegionVid, RegionVid)> = Vec::new();
    let mut known = KnownOutlives::default();
    for c in infcx.param_env.caller_bounds() {
        match c.kind().skip_binder() {
            ClauseKind::RegionOutlives(OutlivesPredicate(a, b)) => {
                if let (Some(a), Some(b)) = (universal_regions.try_region_vid(a), universal_regions.try_region_vid(b)) {
                    edges.push((a, b));
                }
            }
            ClauseKind::TypeOutlives(o) => {
                let o = universal_regions.fold_to_region_vids(tcx, o);
                known.type_outlives.push(c.kind().rebind(o));
            }
            _ => {}
        }
    }
    // The implied bounds hold for the types as written and as normalised.
    let mut bounds: Vec<OutlivesBound<'tcx>> = Vec::new();
    let mut implied = |ty: Ty<'tcx>| {
        bounds.extend(implied_outlives_bounds(infcx, infcx.param_env, infcx.root_def_id, ty));
    };
    let mut normalized = Vec::new();
    let unnormalized: Vec<Ty<'tcx>> = universal_regions
        .unnormalized_input_tys
        .iter()
        .copied()
        .chain([universal_regions.unnormalized_output_ty])
        .collect();
    for ty in unnormalized {
        implied(ty);
        let norm = infcx.normalize_silently(ty, span);
        if norm != ty {
            implied(norm);
        }
        normalized.push(norm);
    }
    for ty in universal_regions.yield_ty.into_iter().chain(universal_regions.resume_ty) {
        implied(ty);
    }
    if let DefiningTy::FnDef(def_id, _) | DefiningTy::Const(def_id, _) = universal_regions.defining_ty
        && matches!(tcx.def_kind(def_id), hir::def::DefKind::AssocFn | hir::def::DefKind::AssocConst)
        && let Some(local) = def_id.as_local()
    {
        for &(ty, _) in tcx.assumed_wf_types(tcx.local_parent(local)) {
            let ty = universal_regions.fold_to_region_vids(tcx, ty);
            implied(ty);
            let norm = infcx.normalize_silently(ty, span);
            if norm != ty {
                implied(norm);
            }
        }
    }
    let vid = |r: Region<'tcx>| match r.kind() {
        RegionKind::RePlaceholder(_) => None,
        _ => universal_regions.try_region_vid(r).filter(|&v| universal_regions.is_universal_region(v)),
    };
    let mut add_pair = |ty: Ty<'tcx>, r: Region<'tcx>| {
        let r = universal_regions.fold_to_region_vids(tcx, r);
        let pair = OutlivesPredicate(universal_regions.fold_to_region_vids(tcx, ty), r);
        if !known.region_bound_pairs.contains(&pair) {
            known.region_bound_pairs.push(pair);
        }
    };
    for b in bounds {
        match b {
            OutlivesBound::RegionSubRegion(sub, sup) => {
                if let (Some(sub), Some(sup)) = (vid(sub), vid(sup)) {
                    edges.push((sup, sub));
                }
            }
            OutlivesBound::RegionSubParam(r, p) => add_pair(ParamTy::to_ty(p, *tcx), r),
            OutlivesBound::RegionSubAlias(r, kind, a) => add_pair(tcx.mk_ty(TyKind::Alias(kind, a)), r),
        }
    }
    let fr_static = universal_regions.fr_static;
    let fr_body = universal_regions.fr_fn_body;
    for fr in universal_regions.universal_regions_iter() {
        edges.push((fr_static, fr));
        edges.push((fr, fr_body));
    }
    drain(&known);
    let n = universal_regions.len();
    let local = universal_regions.num_global_and_external_regions()..n;
    CreateResult {
        relations: UniversalRegionRelations::new(n, local, &edges),
        known,
        normalized_inputs_and_output: normalized,
    }
}
