//! Hidden types of opaque types: their regions must be among those that the opaque type captures.

use span::def_id::LocalDefId;
use span::{FxIndexMap, Span};
use trait_solve::infer::OpaqueTypeKey;
use ty::fold::TypeFoldable;
use ty::visit::TypeVisitableExt;
use ty::{AliasTyKind, GenericArg, OpaqueHiddenType, Region, RegionKind, RegionVid, Ty, TyKind, Variance};

use super::RegionInferenceContext;
use crate::BorrowckInferCtxt;
use crate::constraints::OutlivesConstraint;
use crate::free_regions::{RegionsFor, for_each_free_region};
use crate::type_check::Locations;
use mir::ConstraintCategory;
use query::TyCtxt;

/// A hidden type that captures what it may not (E0700).
#[derive(Clone, Debug)]
pub(crate) struct OpaqueError<'tcx> {
    pub(crate) key: OpaqueTypeKey<'tcx>,
    pub(crate) span: Span,
    pub(crate) hidden_ty: Ty<'tcx>,
    pub(crate) member_region: RegionVid,
    pub(crate) name: Option<Region<'tcx>>,
}

impl<'tcx> RegionInferenceContext<'_, 'tcx> {
    /// The universal regions that a hidden type may mention: those captured, and `'static`.
    fn choice_regions(&self, tcx: TyCtxt<'tcx>, key: OpaqueTypeKey<'tcx>) -> Vec<RegionVid> {
        let mut out = vec![self.universal_regions.fr_static];
        for r in captured(tcx, key) {
            let Some(vid) = self.universal_regions.try_region_vid(r) else { continue };
            if let Some(u) = self.equal_universal(vid) {
                out.push(u);
            }
        }
        out
    }
    /// A universal region equal to this one.
    fn equal_universal(&self, vid: RegionVid) -> Option<RegionVid> {
        if self.universal_regions.is_universal_region(vid) {
            return Some(vid);
        }
        self.universal_regions_outlived_by(vid).find(|&u| self.eval_equal(u, vid))
    }

    /// Member constraints: each region of a hidden type becomes the least captured region that it may be.
    pub(super) fn apply_member_constraints(&mut self, infcx: &BorrowckInferCtxt<'tcx>) {
        let opaques = infcx.clone_opaque_types();
        if opaques.is_empty() {
            return;
        }
        let tcx = infcx.tcx;
        let mut members: Vec<(RegionVid, Span, Vec<RegionVid>)> = Vec::new();
        for (key, hidden) in opaques {
            let key = infcx.resolve_vars_if_possible(key);
            let ty = infcx.resolve_vars_if_possible(hidden.ty);
            let choices = self.choice_regions(tcx, key);
            for_each_free_region(infcx, &ty, RegionsFor::HiddenType, &mut |r| {
                if let Some(vid) = self.universal_regions.try_region_vid(r)
                    && !self.universal_regions.is_universal_region(vid)
                {
                    members.push((vid, hidden.span, choices.clone()));
                }
            });
        }
        // What outlives each component.
        let mut upper: FxIndexMap<RegionVid, Vec<RegionVid>> = FxIndexMap::default();
        let reverse = self.constraints.reverse_graph(self.definitions.len());
        for _ in 0..members.len().min(8) {
            let mut changed = false;
            for (vid, span, choices) in &members {
                let scc = self.scc(*vid);
                if self.scc_universes[scc] != ty::UniverseIndex::ROOT
                    || self.values.placeholders_contained_in(scc, &self.placeholder_indices).next().is_some()
                {
                    continue;
                }
                let bounds = upper.entry(*vid).or_insert_with(|| {
                    let mut seen = span::FxHashSet::default();
                    let mut stack = vec![*vid];
                    let mut out = Vec::new();
                    while let Some(r) = stack.pop() {
                        if !seen.insert(r) {
                            continue;
                        }
                        if self.universal_regions.is_universal_region(r) {
                            out.push(r);
                        }
                        stack.extend(reverse.edges(r).map(|i| self.constraints[i].sup));
                    }
                    out.sort_unstable();
                    out
                });
                let mut fits: Vec<RegionVid> = choices
                    .iter()
                    .copied()
                    .filter(|&c| {
                        self.values.universal_regions_outlived_by(scc).all(|lb| self.relations.outlives(c, lb))
                            && bounds.iter().all(|&ub| self.relations.outlives(ub, c))
                    })
                    .collect();
                fits.sort_unstable();
                fits.dedup();
                // Only among those that are comparable with all others there can be a least.
                let relations = &self.relations;
                let total: Vec<RegionVid> = fits
                    .iter()
                    .copied()
                    .filter(|&a| fits.iter().all(|&b| relations.outlives(a, b) || relations.outlives(b, a)))
                    .collect();
                let Some(min) = total.iter().copied().reduce(|a, b| if relations.outlives(a, b) { b } else { a })
                else {
                    continue;
                };
                if !self.values.contains_free_region(scc, min) {
                    let min_scc = self.scc(min);
                    self.values.add_region(scc, min_scc);
                    changed = true;
                    // For the search of a reason.
                    self.constraints.push(OutlivesConstraint {
                        sup: *vid,
                        sub: min,
                        locations: Locations::All(*span),
                        span: *span,
                        category: ConstraintCategory::OpaqueType,
                        from_closure: false,
                    });
                }
            }
            if !changed {
                return;
            }
            self.propagate();
            self.graph = self.constraints.graph(self.definitions.len());
        }
    }

    /// The hidden types in terms of the opaque types' own parameters.
    pub(crate) fn infer_opaque_types(
        &self,
        infcx: &BorrowckInferCtxt<'tcx>,
        body: &mir::Body<'tcx>,
    ) -> (FxIndexMap<LocalDefId, OpaqueHiddenType<'tcx>>, Vec<OpaqueError<'tcx>>) {
        let tcx = infcx.tcx;
        let mut result: FxIndexMap<LocalDefId, OpaqueHiddenType<'tcx>> = FxIndexMap::default();
        let mut errors: Vec<OpaqueError<'tcx>> = Vec::new();
        for (key, hidden) in infcx.clone_opaque_types() {
            let key = infcx.resolve_vars_if_possible(key);
            let ty = infcx.resolve_vars_if_possible(hidden.ty);
            if ty.has_non_region_infer() || self_recursive(ty, key.def_id) {
                continue;
            }
            let span = if hidden.span.is_dummy() { body.span } else { hidden.span };
            let identity = tcx.identity_args_for(key.def_id.to_def_id());
            // From the captured universal regions to the opaque type's parameters.
            let variances = tcx.variances_of(key.def_id.to_def_id());
            let mut map: Vec<(RegionVid, Region<'tcx>)> =
                vec![(self.universal_regions.fr_static, tcx.lifetimes().re_static)];
            for (i, (a, id)) in key.args.iter().zip(identity.iter()).enumerate() {
                if let (GenericArg::Lifetime(r), GenericArg::Lifetime(own)) = (a, id)
                    && variances.get(i) != Some(&Variance::Bivariant)
                    && let Some(vid) = self.universal_regions.try_region_vid(r)
                {
                    map.push((vid, own));
                }
            }
            let mut bad: Option<RegionVid> = None;
            let mut folder = ReverseMapper {
                tcx,
                map_region: &mut |r: Region<'tcx>| {
                    let Some(vid) = self.universal_regions.try_region_vid(r) else { return r };
                    let found = map
                        .iter()
                        .find(|(c, _)| self.scc(*c) == self.scc(vid))
                        .or_else(|| map.iter().find(|(c, _)| self.eval_equal(*c, vid)));
                    match found {
                        Some((_, own)) => *own,
                        None => {
                            bad.get_or_insert(vid);
                            tcx.lifetimes().re_static
                        }
                    }
                },
                erase: false,
            };
            let mapped = ty.fold_with(&mut folder);
            if let Some(vid) = bad {
                errors.push(OpaqueError {
                    key,
                    span,
                    hidden_ty: ty,
                    member_region: vid,
                    name: self.to_error_region(vid),
                });
                continue;
            }
            result.entry(key.def_id).or_insert(OpaqueHiddenType { span, ty: mapped });
        }
        (result, errors)
    }
}

fn self_recursive(ty: Ty<'_>, def: LocalDefId) -> bool {
    matches!(*ty.kind(), TyKind::Alias(AliasTyKind::Opaque, a) if a.def_id == def.to_def_id())
}

/// The regions among an opaque type's arguments that it captures.
fn captured<'tcx>(tcx: TyCtxt<'tcx>, key: OpaqueTypeKey<'tcx>) -> Vec<Region<'tcx>> {
    let variances = tcx.variances_of(key.def_id.to_def_id());
    key.args
        .iter()
        .enumerate()
        .filter(|(i, _)| variances.get(*i) != Some(&Variance::Bivariant))
        .filter_map(|(_, a)| a.as_region())
        .collect()
}

/// Replaces the regions that count; the others are erased to `'static`.
struct ReverseMapper<'a, 'tcx> {
    tcx: TyCtxt<'tcx>,
    map_region: &'a mut dyn FnMut(Region<'tcx>) -> Region<'tcx>,
    /// Inside arguments that are not captured.
    erase: bool,
}

impl<'tcx> ReverseMapper<'_, 'tcx> {
    fn fold_not_captured(&mut self, a: GenericArg<'tcx>) -> GenericArg<'tcx> {
        let old = std::mem::replace(&mut self.erase, true);
        let a = a.fold_with(self);
        self.erase = old;
        a
    }
}

impl<'tcx> ty::fold::TypeFolder<'tcx> for ReverseMapper<'_, 'tcx> {
    fn cx(&self) -> ty::Interner<'tcx> {
        *self.tcx
    }
    fn fold_region(&mut self, r: Region<'tcx>) -> Region<'tcx> {
        match r.kind() {
            RegionKind::ReBound(..) | RegionKind::ReErased => r,
            _ if self.erase => self.tcx.lifetimes().re_static,
            _ => (self.map_region)(r),
        }
    }
    fn fold_ty(&mut self, t: Ty<'tcx>) -> Ty<'tcx> {
        use ty::fold::TypeSuperFoldable;
        if !t.has_free_regions() {
            return t;
        }
        match *t.kind() {
            TyKind::Closure(def_id, args) => {
                let parents = args.len() - 3;
                let args: Vec<GenericArg<'tcx>> = args
                    .iter()
                    .enumerate()
                    .map(|(i, a)| if i < parents { self.fold_not_captured(a) } else { a.fold_with(self) })
                    .collect();
                self.tcx.mk_closure(def_id, self.tcx.mk_args(&args))
            }
            TyKind::Alias(AliasTyKind::Opaque, alias) => {
                let variances = self.tcx.variances_of(alias.def_id);
                let args: Vec<GenericArg<'tcx>> = alias
                    .args
                    .iter()
                    .enumerate()
                    .map(|(i, a)| match variances.get(i) {
                        Some(Variance::Bivariant) => self.fold_not_captured(a),
                        _ => a.fold_with(self),
                    })
                    .collect();
                self.tcx.mk_alias(AliasTyKind::Opaque, alias.def_id, self.tcx.mk_args(&args))
            }
            _ => t.super_fold_with(self),
        }
    }
}
