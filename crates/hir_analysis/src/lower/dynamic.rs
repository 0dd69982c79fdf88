//! `dyn Trait`.

use hir::{Lifetime, LifetimeKind, PolyTraitRef as HirPolyTraitRef};
use span::def_id::DefId;
use ty::{
    Binder, ClauseKind, ExistentialPredicate, ExistentialProjection, ExistentialTraitRef, GenericArg,
    PolyExistentialPredicate, PolyProjectionPredicate, PolyTraitRef, Region, Ty,
};

use super::bounds::{Bounds, PredicateFilter};
use super::{HirTyLowerer, RegionInferReason, diagnostics};

impl<'tcx> dyn HirTyLowerer<'tcx> + '_ {
    /// Lowers a trait object type. `object` is the lifetime that the context gives.
    pub(crate) fn lower_trait_object(
        &self,
        hir_ty: &hir::Ty<'tcx>,
        hir_bounds: &[HirPolyTraitRef<'tcx>],
        lifetime: &Lifetime,
        object: Option<Region<'tcx>>,
    ) -> Ty<'tcx> {
        let tcx = self.tcx();
        let span = hir_ty.span;
        let dummy = tcx.types().trait_object_dummy_self;
        let mut bounds: Bounds<'tcx> = Vec::new();
        self.binders().enter(Vec::new(), || {
            for b in hir_bounds {
                self.lower_poly_trait_ref(b, dummy, &mut bounds, &[], PredicateFilter::All);
            }
        });

        let mut principals: Vec<(PolyTraitRef<'tcx>, span::Span)> = Vec::new();
        let mut autos: Vec<DefId> = Vec::new();
        let mut projections: Vec<PolyProjectionPredicate<'tcx>> = Vec::new();
        for &(clause, sp) in &bounds {
            let kind = clause.kind();
            match kind.skip_binder() {
                ClauseKind::Trait(t) if tcx.trait_is_auto(t.def_id()) => {
                    if !autos.contains(&t.def_id()) {
                        autos.push(t.def_id());
                    }
                }
                ClauseKind::Trait(t) => {
                    let is_alias = tcx.trait_is_alias(t.def_id());
                    for expanded in self.expand_trait_alias(kind.rebind(t.trait_ref)) {
                        if tcx.trait_is_auto(expanded.def_id()) {
                            if !autos.contains(&expanded.def_id()) {
                                autos.push(expanded.def_id());
                            }
                        } else if !is_alias || !principals.iter().any(|(p, _)| *p == expanded) {
                            principals.push((expanded, sp));
                        }
                    }
                }
                ClauseKind::Projection(p) => projections.push(kind.rebind(p)),
                _ => {}
            }
        }
        if principals.len() > 1 {
            let guar = diagnostics::several_principals(tcx, &principals);
            return Ty::new_error(tcx.interner(), guar);
        }
        if let (true, true, Some(b)) =
            (principals.is_empty(), autos.is_empty(), hir_bounds.iter().find(|b| b.trait_ref.trait_def_id().is_none()))
        {
            let guar = tcx.dcx().span_delayed_bug(b.span, "a trait that was not found");
            return Ty::new_error(tcx.interner(), guar);
        }
        if principals.is_empty() && autos.is_empty() {
            let guar = diagnostics::no_trait_in_object(tcx, span);
            return Ty::new_error(tcx.interner(), guar);
        }
        if let [(principal, psp)] = principals[..] {
            // Only what makes the type itself impossible; the rest is checked where the type is used.
            let violations = trait_solve::traits::dyn_compatibility::hir_ty_lowering_dyn_compatibility_violations(
                tcx,
                principal.def_id(),
            );
            if !violations.is_empty() {
                let guar = diagnostics::not_dyn_compatible(tcx, psp, principal.def_id(), &violations);
                return Ty::new_error(tcx.interner(), guar);
            }
        }

        let mut preds: Vec<PolyExistentialPredicate<'tcx>> = Vec::new();
        if let [(principal, psp)] = principals[..] {
            let given = projections.len();
            self.add_implied_projections(principal, &mut projections);
            for p in &projections[given..] {
                let p = p.skip_binder();
                let args = p.projection_term.args;
                self.check_term_constrained(tcx.item_name(p.def_id()), args, p.term, psp);
            }
            if let Err(guar) = self.check_all_assoc_types_given(principal, &projections, psp) {
                return Ty::new_error(tcx.interner(), guar);
            }
            preds.push(principal.map_bound(|t| {
                ExistentialPredicate::Trait(ExistentialTraitRef::erase_self_ty(tcx.interner(), self.no_dummy_args(t)))
            }));
        }
        // In the order of the associated types' definitions, so that equal types are the same.
        projections.sort_by_key(|p| tcx.def_path_hash(p.skip_binder().def_id()));
        projections.dedup_by_key(|p| p.skip_binder().projection_term);
        for p in projections {
            preds.push(p.map_bound(|p| {
                ExistentialPredicate::Projection(ExistentialProjection::erase_self_ty(tcx.interner(), p))
            }));
        }
        autos.sort_by_key(|d| tcx.def_path_hash(*d));
        preds.extend(autos.iter().map(|d| Binder::dummy(ExistentialPredicate::AutoTrait(*d))));
        let preds = tcx.mk_poly_existential_predicates(&preds);

        let region = if let LifetimeKind::ImplicitObjectLifetimeDefault = lifetime.kind {
            self.object_region(preds.principal_def_id(), object, span)
        } else {
            self.lower_lifetime(lifetime, RegionInferReason::ObjectLifetimeDefault)
        };
        tcx.mk_dynamic(preds, region)
    }

    /// The lifetime of `dyn Trait` without one: that of a bound `trait Trait: 'a`, the context's, or `'static`.
    fn object_region(&self, principal: Option<DefId>, object: Option<Region<'tcx>>, span: span::Span) -> Region<'tcx> {
        let tcx = self.tcx();
        if let Some(trait_id) = principal {
            for (clause, _) in tcx.explicit_super_predicates_of(trait_id).skip_binder() {
                if let Some(o) = clause.as_type_outlives_clause() {
                    if o.skip_binder().1.is_static() {
                        return tcx.lifetimes().re_static;
                    }
                }
            }
        }
        match object {
            Some(r) => r,
            None if self.allow_infer() => self.re_infer(span, RegionInferReason::ObjectLifetimeDefault),
            None => tcx.lifetimes().re_static,
        }
    }

    /// A trait alias's traits; other traits as they are.
    fn expand_trait_alias(&self, t: PolyTraitRef<'tcx>) -> Vec<PolyTraitRef<'tcx>> {
        let tcx = self.tcx();
        if !tcx.trait_is_alias(t.def_id()) {
            return vec![t];
        }
        let supers = tcx.explicit_super_predicates_of(t.def_id());
        let refs = supers.skip_binder().iter().filter_map(|(c, _)| c.as_trait_clause());
        refs.flat_map(|st| self.expand_trait_alias(super::assoc::instantiate_supertrait(tcx, st.trait_ref(), t)))
            .filter(|t| !tcx.is_lang_item(t.def_id(), hir::LangItem::MetaSized))
            .collect()
    }

    /// Associated types that supertrait bounds fix: `trait A: Iterator<Item = u8>` makes `dyn A` know `Item`.
    fn add_implied_projections(&self, principal: PolyTraitRef<'tcx>, out: &mut Vec<PolyProjectionPredicate<'tcx>>) {
        let tcx = self.tcx();
        let mut stack = vec![principal];
        let mut seen = Vec::new();
        while let Some(t) = stack.pop() {
            if seen.contains(&t.def_id()) {
                continue;
            }
            seen.push(t.def_id());
            for (clause, _) in tcx.explicit_super_predicates_of(t.def_id()).skip_binder() {
                let kind = clause.kind();
                match kind.skip_binder() {
                    ClauseKind::Trait(st) => {
                        stack.push(super::assoc::instantiate_supertrait(tcx, kind.rebind(st.trait_ref), t));
                    }
                    ClauseKind::Projection(p) => {
                        let p = ty::EarlyBinder::bind(p).instantiate(tcx.interner(), t.skip_binder().args);
                        if !out.iter().any(|o| o.skip_binder().def_id() == p.def_id()) {
                            out.push(t.rebind(p));
                        }
                    }
                    _ => {}
                }
            }
        }
    }

    /// Every associated type of the trait and its supertraits must be given (E0191), unless it is not for objects.
    fn check_all_assoc_types_given(
        &self,
        principal: PolyTraitRef<'tcx>,
        given: &[PolyProjectionPredicate<'tcx>],
        span: span::Span,
    ) -> Result<(), ty::ErrorGuaranteed> {
        let tcx = self.tcx();
        let mut missing: Vec<DefId> = Vec::new();
        for &t in tcx.supertrait_def_ids_of(principal.def_id()) {
            for &item in tcx.associated_item_def_ids(t) {
                if tcx.def_kind(item) != hir::def::DefKind::AssocTy
                    || tcx.associated_item(item).is_impl_trait_in_trait()
                    || tcx.generics_of(item).own_params.iter().any(|_| true)
                    || trait_solve::traits::dyn_compatibility::generics_require_sized_self(tcx, item)
                {
                    continue;
                }
                if !given.iter().any(|p| p.skip_binder().def_id() == item) {
                    missing.push(item);
                }
            }
        }
        if missing.is_empty() {
            return Ok(());
        }
        Err(diagnostics::missing_assoc_types_in_object(tcx, span, principal, &missing))
    }

    /// Replaces arguments that mention the erased `Self`, which is an error of its own.
    fn no_dummy_args(&self, t: ty::TraitRef<'tcx>) -> ty::TraitRef<'tcx> {
        let tcx = self.tcx();
        let dummy = tcx.types().trait_object_dummy_self;
        let mentions = |a: GenericArg<'tcx>| a.as_type().is_some_and(|t| t.walk().any(|x| x == dummy.into()));
        if !t.args.iter().skip(1).any(mentions) {
            return t;
        }
        let args: Vec<_> = t
            .args
            .iter()
            .enumerate()
            .map(|(i, a)| {
                if i > 0 && mentions(a) {
                    let guar = tcx.dcx().delayed_bug("the erased `Self` in a trait object's arguments");
                    Ty::new_error(tcx.interner(), guar).into()
                } else {
                    a
                }
            })
            .collect();
        ty::TraitRef::new_from_args(t.def_id, tcx.mk_args(&args))
    }
}
