//! What is known of the regions that a parameter or alias outlives, as a [`VerifyBound`].

use query::TyCtxt;
use ty::{
    AliasTy, AliasTyKind, Binder, ClauseKind, OutlivesPredicate, ParamTy, PlaceholderType, Region, Ty, TyKind,
    TypeOutlivesPredicate,
};

use super::components::{Component, alias_components};
use crate::infer::region_constraints::{GenericKind, VerifyBound, VerifyIfEq};

/// Finds bounds.
pub struct VerifyBoundCx<'a, 'tcx> {
    pub(crate) tcx: TyCtxt<'tcx>,
    /// `T: 'a` of implied bounds.
    pub(crate) region_bound_pairs: &'a [OutlivesPredicate<'tcx, Ty<'tcx>>],
    /// `T: 'a` of where clauses.
    pub(crate) caller_bounds: &'a [Binder<'tcx, TypeOutlivesPredicate<'tcx>>],
    /// A region that every parameter is known to outlive (borrow checking of closures).
    pub(crate) implicit_region_bound: Option<Region<'tcx>>,
}

impl<'tcx> VerifyBoundCx<'_, 'tcx> {
    pub fn param_or_placeholder_bound(&self, ty: Ty<'tcx>) -> VerifyBound<'tcx> {
        let mut bounds: Vec<VerifyBound<'tcx>> =
            self.declared_bounds(ty).into_iter().map(|b| self.bound_of(b, ty)).collect();
        if let Some(r) = self.implicit_region_bound {
            bounds.push(VerifyBound::OutlivedBy(r));
        }
        if bounds.is_empty() { VerifyBound::IsEmpty } else { VerifyBound::AnyBound(bounds) }
    }
    pub fn param_bound(&self, p: ParamTy) -> VerifyBound<'tcx> {
        self.param_or_placeholder_bound(p.to_ty(*self.tcx))
    }
    pub fn placeholder_bound(&self, p: PlaceholderType) -> VerifyBound<'tcx> {
        self.param_or_placeholder_bound(self.tcx.mk_ty(TyKind::Placeholder(p)))
    }
    fn bound_of(&self, b: Binder<'tcx, TypeOutlivesPredicate<'tcx>>, ty: Ty<'tcx>) -> VerifyBound<'tcx> {
        if let Some(OutlivesPredicate(t, r)) = b.no_bound_vars()
            && t == ty
        {
            return VerifyBound::OutlivedBy(r);
        }
        VerifyBound::IfEq(b.map_bound(|OutlivesPredicate(ty, bound)| VerifyIfEq { ty, bound }))
    }
    /// Bounds of the environment that may be about the type.
    pub(crate) fn declared_bounds(&self, ty: Ty<'tcx>) -> Vec<Binder<'tcx, TypeOutlivesPredicate<'tcx>>> {
        let tcx = self.tcx;
        let erased = tcx.erase_regions(ty);
        let mut out: Vec<Binder<'tcx, TypeOutlivesPredicate<'tcx>>> = Vec::new();
        for &b in self.caller_bounds {
            let t = b.skip_binder().0;
            let fits = t == ty || tcx.erase_regions(t) == erased || (!b.bound_vars().is_empty() && same_outer(t, ty));
            if fits {
                out.push(b);
            }
        }
        for &b in self.region_bound_pairs {
            if b.0 == ty || tcx.erase_regions(b.0) == erased {
                out.push(Binder::bind_with_vars(b, ty::List::empty()));
            }
        }
        out
    }
    /// The bounds that an alias's definition declares: `type Item: 'a`.
    pub(crate) fn declared_bounds_from_definition(&self, alias: AliasTy<'tcx>) -> Vec<Region<'tcx>> {
        let tcx = self.tcx;
        let bounds = tcx.item_self_bounds(alias.def_id);
        let mut out = Vec::new();
        for c in bounds.skip_binder() {
            if let ClauseKind::TypeOutlives(OutlivesPredicate(t, r)) = c.kind().skip_binder()
                && matches!(*t.kind(), TyKind::Alias(_, a) if a.def_id == alias.def_id)
                && !r.is_bound()
            {
                out.push(ty::EarlyBinder::bind(r).instantiate(*tcx, alias.args));
            }
        }
        out
    }
    pub fn alias_bound(&self, kind: AliasTyKind, alias: AliasTy<'tcx>) -> VerifyBound<'tcx> {
        let tcx = self.tcx;
        let ty = tcx.mk_ty(TyKind::Alias(kind, alias));
        let env = self.declared_bounds(ty).into_iter().map(|b| self.bound_of(b, ty));
        let definition = self.declared_bounds_from_definition(alias).into_iter().map(VerifyBound::OutlivedBy);
        let mut components = Vec::new();
        if kind == AliasTyKind::Opaque {
            self.opaque_components(alias, &mut components);
        } else {
            alias_components(tcx, alias, &mut components);
        }
        let recursive = self.all_of(&components);
        VerifyBound::AnyBound(env.chain(definition).collect()).or(recursive)
    }
    /// An opaque type outlives what its captured arguments do.
    fn opaque_components(&self, alias: AliasTy<'tcx>, out: &mut Vec<Component<'tcx>>) {
        let tcx = self.tcx;
        let variances = tcx.variances_of(alias.def_id);
        let captured: Vec<_> = alias
            .args
            .iter()
            .enumerate()
            .filter(|(i, _)| variances.get(*i) != Some(&ty::Variance::Bivariant))
            .map(|(_, a)| a)
            .collect();
        let alias = AliasTy::new(alias.def_id, tcx.mk_args(&captured));
        alias_components(tcx, alias, out);
    }
    fn all_of(&self, components: &[Component<'tcx>]) -> VerifyBound<'tcx> {
        let mut bounds: Vec<_> = components.iter().map(|c| self.component_bound(c)).collect();
        bounds.retain(|b| !b.must_hold());
        match bounds.len() {
            1 => bounds.remove(0),
            _ => VerifyBound::AllBounds(bounds),
        }
    }
    fn component_bound(&self, c: &Component<'tcx>) -> VerifyBound<'tcx> {
        match c {
            Component::Region(r) => VerifyBound::OutlivedBy(*r),
            Component::Param(p) => self.param_bound(*p),
            Component::Placeholder(p) => self.placeholder_bound(*p),
            Component::Alias(k, a) => self.alias_bound(*k, *a),
            Component::EscapingAlias(cs) => self.all_of(cs),
            Component::UnresolvedInferenceVariable(_) => VerifyBound::AllBounds(Vec::new()),
        }
    }
    /// Of a generic thing.
    pub fn generic_bound(&self, kind: GenericKind<'tcx>) -> VerifyBound<'tcx> {
        match kind {
            GenericKind::Param(p) => self.param_bound(p),
            GenericKind::Placeholder(p) => self.placeholder_bound(p),
            GenericKind::Alias(k, a) => self.alias_bound(k, a),
        }
    }
}

fn same_outer(a: Ty<'_>, b: Ty<'_>) -> bool {
    match (a.kind(), b.kind()) {
        (TyKind::Alias(_, x), TyKind::Alias(_, y)) => x.def_id == y.def_id,
        (TyKind::Param(x), TyKind::Param(y)) => x.index == y.index,
        _ => false,
    }
}
