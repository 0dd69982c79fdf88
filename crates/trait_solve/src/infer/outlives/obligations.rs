//! Proving the `T: 'a` that were registered, by region constraints and verify bounds.

use query::TyCtxt;
use ty::visit::TypeVisitableExt;
use ty::{
    AliasTy, AliasTyKind, Binder, GenericArg, OutlivesPredicate, Region, Ty, TyKind, TypeOutlivesPredicate, Variance,
};

use super::components::{Component, push_outlives_components};
use super::verify::VerifyBoundCx;
use crate::infer::free_regions::OutlivesEnvironment;
use crate::infer::region_constraints::{GenericKind, Verify, VerifyBound};
use crate::infer::{InferCtxt, SubregionOrigin};

/// Where the constraints go.
pub trait TypeOutlivesDelegate<'tcx> {
    /// `b: a`
    fn push_sub_region_constraint(&mut self, origin: SubregionOrigin<'tcx>, a: Region<'tcx>, b: Region<'tcx>);
    /// `generic: a` if the bound says so.
    fn push_verify(
        &mut self,
        origin: SubregionOrigin<'tcx>,
        generic: GenericKind<'tcx>,
        a: Region<'tcx>,
        bound: VerifyBound<'tcx>,
    );
}

/// Takes `T: 'a` apart.
pub struct TypeOutlives<'cx, 'tcx, D> {
    delegate: D,
    tcx: TyCtxt<'tcx>,
    verify: VerifyBoundCx<'cx, 'tcx>,
}

impl<'cx, 'tcx, D: TypeOutlivesDelegate<'tcx>> TypeOutlives<'cx, 'tcx, D> {
    pub fn new(
        delegate: D,
        tcx: TyCtxt<'tcx>,
        region_bound_pairs: &'cx [OutlivesPredicate<'tcx, Ty<'tcx>>],
        implicit_region_bound: Option<Region<'tcx>>,
        caller_bounds: &'cx [Binder<'tcx, TypeOutlivesPredicate<'tcx>>],
    ) -> Self {
        TypeOutlives {
            delegate,
            tcx,
            verify: VerifyBoundCx { tcx, region_bound_pairs, caller_bounds, implicit_region_bound },
        }
    }
    /// `ty: region`
    pub fn type_must_outlive(&mut self, origin: SubregionOrigin<'tcx>, ty: Ty<'tcx>, region: Region<'tcx>) {
        let mut components = Vec::new();
        push_outlives_components(self.tcx, ty, &mut components);
        self.components_must_outlive(&origin, &components, region);
    }
    fn components_must_outlive(
        &mut self,
        origin: &SubregionOrigin<'tcx>,
        components: &[Component<'tcx>],
        region: Region<'tcx>,
    ) {
        for c in components {
            match c {
                Component::Region(r) => {
                    self.delegate.push_sub_region_constraint(origin.clone(), region, *r);
                }
                Component::Param(p) => {
                    let bound = self.verify.param_bound(*p);
                    self.push_verify(origin, GenericKind::Param(*p), region, bound);
                }
                Component::Placeholder(p) => {
                    let bound = self.verify.placeholder_bound(*p);
                    self.push_verify(origin, GenericKind::Placeholder(*p), region, bound);
                }
                Component::Alias(k, a) => self.alias_must_outlive(origin, *k, *a, region),
                Component::EscapingAlias(cs) => self.components_must_outlive(origin, cs, region),
                Component::UnresolvedInferenceVariable(_) => {}
            }
        }
    }
    fn push_verify(
        &mut self,
        origin: &SubregionOrigin<'tcx>,
        generic: GenericKind<'tcx>,
        region: Region<'tcx>,
        bound: VerifyBound<'tcx>,
    ) {
        if !bound.must_hold() {
            self.delegate.push_verify(origin.clone(), generic, region, bound);
        }
    }
    fn alias_must_outlive(
        &mut self,
        origin: &SubregionOrigin<'tcx>,
        kind: AliasTyKind,
        alias: AliasTy<'tcx>,
        region: Region<'tcx>,
    ) {
        // Without arguments that could have regions there is nothing to compare.
        if alias.args.is_empty() {
            return;
        }
        let ty = self.tcx.mk_ty(TyKind::Alias(kind, alias));
        let approx = self.verify.declared_bounds(ty);
        let definition = self.verify.declared_bounds_from_definition(alias);
        let needs_infer = alias.has_infer_regions() || region.is_var();
        if approx.is_empty() && definition.is_empty() && (needs_infer || kind == AliasTyKind::Opaque) {
            // Only by its arguments.
            let variances = (kind == AliasTyKind::Opaque).then(|| self.tcx.variances_of(alias.def_id));
            for (i, a) in alias.args.iter().enumerate() {
                if variances.is_some_and(|v| v.get(i) == Some(&Variance::Bivariant)) {
                    continue;
                }
                match a {
                    GenericArg::Lifetime(r) => {
                        self.delegate.push_sub_region_constraint(origin.clone(), region, r);
                    }
                    GenericArg::Type(t) => self.type_must_outlive(origin.clone(), t, region),
                    GenericArg::Const(_) => {}
                }
            }
            return;
        }
        if !definition.is_empty() && approx.is_empty() && definition.iter().all(|&r| r == definition[0]) && needs_infer
        {
            self.delegate.push_sub_region_constraint(origin.clone(), region, definition[0]);
            return;
        }
        let bound = self.verify.alias_bound(kind, alias);
        self.push_verify(origin, GenericKind::Alias(kind, alias), region, bound);
    }
}

impl<'tcx> TypeOutlivesDelegate<'tcx> for &InferCtxt<'tcx> {
    fn push_sub_region_constraint(&mut self, origin: SubregionOrigin<'tcx>, a: Region<'tcx>, b: Region<'tcx>) {
        self.sub_regions(origin, a, b);
    }
    fn push_verify(
        &mut self,
        origin: SubregionOrigin<'tcx>,
        kind: GenericKind<'tcx>,
        region: Region<'tcx>,
        bound: VerifyBound<'tcx>,
    ) {
        self.inner.borrow_mut().regions.data.verifys.push(Verify { kind, origin, region, bound });
    }
}

impl<'tcx> InferCtxt<'tcx> {
    /// Takes the `T: 'a` registered apart.
    pub fn process_registered_region_obligations(&self, env: &OutlivesEnvironment<'tcx>) {
        for _ in 0..8 {
            let obligations = self.take_registered_region_obligations();
            if obligations.is_empty() {
                return;
            }
            for o in obligations {
                let cause = crate::traits::ObligationCause::dummy_with_span(o.origin.span());
                let ty = self.resolve_vars_if_possible(o.sup_type);
                let ty = crate::traits::normalize::normalize_silently(self, env.param_env, &cause, ty);
                let ty = self.resolve_vars_if_possible(ty);
                let mut outlives = TypeOutlives::new(self, self.tcx, &env.region_bound_pairs, None, &env.caller_bounds);
                outlives.type_must_outlive(o.origin, ty, o.sub_region);
            }
        }
    }
}
