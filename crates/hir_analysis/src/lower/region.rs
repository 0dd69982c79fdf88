//! Lifetimes and binders.

use hir::{GenericParam, GenericParamKind, Lifetime, LifetimeKind};
use span::def_id::LocalDefId;
use ty::{
    BoundRegion, BoundRegionKind, BoundTy, BoundTyKind, BoundVar, BoundVariableKind, DebruijnIndex, EarlyParamRegion,
    LateParamRegion, LateParamRegionKind, List, Region, RegionKind, Ty, TyKind,
};

use super::{HirTyLowerer, LoweringBinders, RegionInferReason};

impl LoweringBinders {
    /// Where a parameter is bound: how many binders out, and its number there.
    pub fn find(&self, def_id: LocalDefId) -> Option<(DebruijnIndex, u32)> {
        let scopes = self.scopes.borrow();
        scopes.iter().rev().enumerate().find_map(|(depth, scope)| {
            let i = scope.iter().position(|d| *d == def_id)?;
            Some((DebruijnIndex::from_usize(depth), i as u32))
        })
    }
    /// Opens a binder with these parameters while `f` runs.
    pub fn enter<R>(&self, params: Vec<LocalDefId>, f: impl FnOnce() -> R) -> R {
        self.scopes.borrow_mut().push(params);
        let r = f();
        self.scopes.borrow_mut().pop();
        r
    }
    /// Adds parameters to the innermost binder while `f` runs: `for<'a> T: for<'b> Trait` is one binder.
    pub fn extend<R>(&self, params: &[LocalDefId], f: impl FnOnce() -> R) -> R {
        let old = {
            let mut scopes = self.scopes.borrow_mut();
            let top = scopes.last_mut().expect("an open binder");
            let old = top.len();
            top.extend_from_slice(params);
            old
        };
        let r = f();
        self.scopes.borrow_mut().last_mut().expect("an open binder").truncate(old);
        r
    }
    /// The parameters of the innermost binder.
    pub fn innermost(&self) -> Vec<LocalDefId> {
        self.scopes.borrow().last().cloned().unwrap_or_default()
    }
    /// The number of open binders.
    pub fn depth(&self) -> usize {
        self.scopes.borrow().len()
    }
    /// Runs `f` without any of the open binders: for an item's own parts lowered on the way.
    pub fn detached<R>(&self, f: impl FnOnce() -> R) -> R {
        let saved = std::mem::take(&mut *self.scopes.borrow_mut());
        let r = f();
        *self.scopes.borrow_mut() = saved;
        r
    }
}

impl<'tcx> dyn HirTyLowerer<'tcx> + '_ {
    /// The definitions of a binder's parameters.
    pub fn binder_params(&self, params: &[GenericParam<'tcx>]) -> Vec<LocalDefId> {
        params.iter().map(|p| p.def_id).collect()
    }

    /// The bound variables of the innermost binder.
    pub fn bound_vars_of(&self, params: &[LocalDefId]) -> &'tcx List<BoundVariableKind> {
        let tcx = self.tcx();
        let vars: Vec<_> = params
            .iter()
            .map(|p| match tcx.hir_node_by_def_id(*p) {
                hir::Node::GenericParam(GenericParam { kind: GenericParamKind::Type { .. }, .. }) => {
                    BoundVariableKind::Ty(BoundTyKind::Param(p.to_def_id()))
                }
                hir::Node::GenericParam(GenericParam { kind: GenericParamKind::Const { .. }, .. }) => {
                    BoundVariableKind::Const
                }
                _ => BoundVariableKind::Region(BoundRegionKind::Named(p.to_def_id())),
            })
            .collect();
        tcx.mk_bound_variable_kinds(&vars)
    }

    /// A lifetime as written or elided.
    pub fn lower_lifetime(&self, lifetime: &Lifetime, reason: RegionInferReason) -> Region<'tcx> {
        let tcx = self.tcx();
        match lifetime.kind {
            LifetimeKind::Static => tcx.lifetimes().re_static,
            LifetimeKind::Param(def_id) => self.lower_region_param(def_id),
            LifetimeKind::Error(guar) => tcx.mk_region(RegionKind::ReError(guar)),
            LifetimeKind::Infer | LifetimeKind::ImplicitObjectLifetimeDefault => {
                self.re_infer(lifetime.ident.span, reason)
            }
        }
    }

    /// A lifetime parameter, seen from where lowering is.
    pub fn lower_region_param(&self, def_id: LocalDefId) -> Region<'tcx> {
        let tcx = self.tcx();
        // Inside an opaque type, captured lifetimes are parameters of its own.
        let def_id = self.remap_captured(def_id);
        if let Some((debruijn, index)) = self.binders().find(def_id) {
            let br = BoundRegion { var: BoundVar::from_u32(index), kind: BoundRegionKind::Named(def_id.to_def_id()) };
            return tcx.mk_region(RegionKind::ReBound(debruijn, br));
        }
        let owner = tcx.local_parent(def_id);
        if crate::late_bound::is_late_bound(tcx, def_id) {
            return tcx.mk_region(RegionKind::ReLateParam(LateParamRegion {
                scope: owner.to_def_id(),
                kind: LateParamRegionKind::Named(def_id.to_def_id()),
            }));
        }
        let generics = tcx.generics_of(self.item_def_id());
        match tcx.param_def_id_to_index(generics, def_id.to_def_id()) {
            Some(index) => {
                let name = tcx.item_name(def_id.to_def_id());
                tcx.mk_region(RegionKind::ReEarlyParam(EarlyParamRegion { index, name }))
            }
            // A parameter of a closure's binder or the like, whose scope is the body that is being checked.
            None => tcx.mk_region(RegionKind::ReLateParam(LateParamRegion {
                scope: owner.to_def_id(),
                kind: LateParamRegionKind::Named(def_id.to_def_id()),
            })),
        }
    }

    /// The opaque type's own parameter for a lifetime captured by it, if lowering is inside one.
    fn remap_captured(&self, def_id: LocalDefId) -> LocalDefId {
        let tcx = self.tcx();
        let item = self.item_def_id();
        if tcx.def_kind(item) != hir::def::DefKind::OpaqueTy || self.binders().find(def_id).is_some() {
            return def_id;
        }
        let captured = crate::opaque_captured_lifetimes(tcx, item);
        captured.iter().find(|(orig, _)| *orig == def_id).map_or(def_id, |(_, dup)| *dup)
    }

    /// A `for<T>`-bound type parameter or an item's.
    pub fn lower_ty_param(&self, def_id: span::def_id::DefId) -> Ty<'tcx> {
        let tcx = self.tcx();
        if let Some(local) = def_id.as_local() {
            if let Some((debruijn, index)) = self.binders().find(local) {
                let bt = BoundTy { var: BoundVar::from_u32(index), kind: BoundTyKind::Param(def_id) };
                return tcx.mk_ty(TyKind::Bound(debruijn, bt));
            }
        }
        let generics = tcx.generics_of(self.item_def_id());
        match tcx.param_def_id_to_index(generics, def_id) {
            Some(index) => tcx.mk_param(index, tcx.item_name(def_id)),
            None => {
                let guar = tcx.dcx().span_delayed_bug(tcx.def_span(def_id), "a type parameter that is not in scope");
                Ty::new_error(tcx.interner(), guar)
            }
        }
    }
}
