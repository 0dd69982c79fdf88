//! The steps that leave constraints: relating types, normalising, proving.

use mir::{ConstraintCategory, Location};
use span::Span;
use span::def_id::{DefId, LocalDefId};
use trait_solve::infer::DefineOpaqueTypes;
use trait_solve::traits::{Obligation, ObligationCause, ObligationCtxt};
use ty::fold::TypeFoldable;
use ty::visit::{TypeVisitable, TypeVisitableExt};
use ty::{ClauseKind, GenericArgsRef, Predicate, PredicateKind, TraitRef, Ty, Variance};

use super::constraint_conversion::ConstraintConversion;
use super::{Locations, TypeChecker, UniverseInfo, is_trivial};
use crate::BorrowckInferCtxt;

impl<'tcx> BorrowckInferCtxt<'tcx> {
    /// Normalises; the constraints stay in the context.
    pub(crate) fn normalize_silently<T>(&self, value: T, span: Span) -> T
    where
        T: TypeFoldable<'tcx> + TypeVisitable<'tcx>,
    {
        if !value.has_aliases() {
            return value;
        }
        let cause = ObligationCause::misc(span, self.root_def_id);
        let ocx = ObligationCtxt::new(self);
        let value = ocx.normalize(&cause, self.param_env, value);
        let _ = ocx.select_where_possible();
        self.resolve_vars_if_possible(value)
    }
    /// As [`BorrowckInferCtxt::normalize_silently`], for a type that must outlive something.
    pub(crate) fn normalize_for_outlives(&self, ty: Ty<'tcx>, span: Span) -> Ty<'tcx> {
        self.normalize_silently(ty, span)
    }
}

impl<'tcx> TypeChecker<'_, 'tcx> {
    /// Does a step and takes its constraints.
    fn perform<R>(
        &mut self,
        locations: Locations,
        category: ConstraintCategory<'tcx>,
        info: UniverseInfo<'tcx>,
        f: impl FnOnce(&ObligationCtxt<'_, 'tcx>, &ObligationCause<'tcx>) -> R,
    ) -> R {
        let span = self.span_of(locations);
        let infcx = self.infcx;
        let before = infcx.universe();
        let cause = ObligationCause::misc(span, infcx.root_def_id);
        let ocx = ObligationCtxt::new(infcx);
        let result = f(&ocx, &cause);
        // Errors of types were reported by the type check of HIR; here only regions count.
        let errors = ocx.select_where_possible();
        drop(ocx);
        for e in errors {
            self.report_not_general_enough(&e.root_obligation, span);
        }
        self.drain(locations, span, category);
        let mut u = before;
        while u < infcx.universe() {
            u = u.next_universe();
            self.constraints.universe_causes.insert(u, (info, span));
        }
        result
    }
    /// What holds without regions was accepted by the type check of HIR.
    fn report_not_general_enough(&self, obligation: &Obligation<'tcx, Predicate<'tcx>>, span: Span) {
        let infcx = self.infcx;
        if !infcx.fails_by_regions_alone(obligation.as_goal()) {
            return;
        }
        let PredicateKind::Clause(ClauseKind::Trait(t)) = obligation.predicate.kind().skip_binder() else { return };
        let name = infcx.tcx.item_name(t.def_id());
        let msg = format!("implementation of `{name}` is not general enough");
        infcx.tcx.dcx().struct_span_err(span, msg.clone()).with_span_label(span, msg).emit();
    }
    pub(super) fn drain(&mut self, locations: Locations, span: Span, category: ConstraintCategory<'tcx>) {
        self.conversion(locations, span, category).drain();
    }
    fn conversion(
        &mut self,
        locations: Locations,
        span: Span,
        category: ConstraintCategory<'tcx>,
    ) -> ConstraintConversion<'_, 'tcx> {
        ConstraintConversion {
            infcx: self.infcx,
            universal_regions: self.universal_regions,
            known: self.known,
            locations,
            span,
            category,
            from_closure: false,
            constraints: self.constraints,
        }
    }

    /// `a` relates to `b` as a value of variance `v`.
    pub(super) fn relate_types(
        &mut self,
        a: Ty<'tcx>,
        v: Variance,
        b: Ty<'tcx>,
        locations: Locations,
        category: ConstraintCategory<'tcx>,
    ) {
        if a == b || (!a.has_erasable_regions() && !b.has_erasable_regions() && !opaque(a) && !opaque(b)) {
            return;
        }
        let param_env = self.infcx.param_env;
        let info = match v {
            Variance::Contravariant => UniverseInfo::RelateTys { expected: a, found: b },
            _ => UniverseInfo::RelateTys { expected: b, found: a },
        };
        self.perform(locations, category, info, |ocx, cause| {
            let r = ocx.infcx.at(cause, param_env).relate(DefineOpaqueTypes::Yes, a, v, b);
            if let Ok(ok) = r {
                ocx.register_infer_ok_obligations(ok);
            }
        });
    }
    /// `sub` is a subtype of `sup`.
    pub(super) fn sub_types(
        &mut self,
        sub: Ty<'tcx>,
        sup: Ty<'tcx>,
        locations: Locations,
        category: ConstraintCategory<'tcx>,
    ) {
        self.relate_types(sup, Variance::Contravariant, sub, locations, category);
    }
    pub(super) fn eq_types(
        &mut self,
        a: Ty<'tcx>,
        b: Ty<'tcx>,
        locations: Locations,
        category: ConstraintCategory<'tcx>,
    ) {
        self.relate_types(a, Variance::Invariant, b, locations, category);
    }
    fn eq_args(
        &mut self,
        a: GenericArgsRef<'tcx>,
        b: GenericArgsRef<'tcx>,
        locations: Locations,
        category: ConstraintCategory<'tcx>,
    ) {
        let param_env = self.infcx.param_env;
        self.perform(locations, category, UniverseInfo::Other, |ocx, cause| {
            for (x, y) in a.iter().zip(b) {
                let _ = ocx.eq(cause, param_env, x, y);
            }
        });
    }
    pub(super) fn normalize<T>(&mut self, value: T, location: Location) -> T
    where
        T: TypeFoldable<'tcx> + TypeVisitable<'tcx>,
    {
        self.normalize_at(value, self.at(location))
    }
    pub(super) fn normalize_at<T>(&mut self, value: T, locations: Locations) -> T
    where
        T: TypeFoldable<'tcx> + TypeVisitable<'tcx>,
    {
        if !value.has_aliases() {
            return value;
        }
        let param_env = self.infcx.param_env;
        let infcx = self.infcx;
        let value = self.perform(locations, ConstraintCategory::Boring, UniverseInfo::Other, |ocx, cause| {
            ocx.normalize(cause, param_env, value)
        });
        infcx.resolve_vars_if_possible(value)
    }
    pub(super) fn prove(
        &mut self,
        predicate: Predicate<'tcx>,
        locations: Locations,
        category: ConstraintCategory<'tcx>,
    ) {
        let param_env = self.infcx.param_env;
        self.perform(locations, category, UniverseInfo::Predicate(predicate), |ocx, cause| {
            ocx.register_obligation(Obligation { cause: cause.clone(), param_env, predicate, recursion_depth: 0 });
        });
    }
    pub(super) fn prove_trait_ref(
        &mut self,
        trait_ref: TraitRef<'tcx>,
        locations: Locations,
        category: ConstraintCategory<'tcx>,
    ) {
        let tcx = self.tcx();
        let clause = ClauseKind::Trait(ty::TraitPredicate { trait_ref, polarity: ty::PredicatePolarity::Positive });
        let kind = ty::Binder::bind_with_vars(PredicateKind::Clause(clause), ty::List::empty());
        self.prove(tcx.mk_predicate(kind), locations, category);
    }
    /// The types are well-formed.
    pub(super) fn prove_wf(&mut self, tys: impl IntoIterator<Item = Ty<'tcx>>, locations: Locations) {
        let tcx = self.tcx();
        for ty in tys {
            if !ty.has_erasable_regions() {
                continue;
            }
            let kind = PredicateKind::Clause(ClauseKind::WellFormed(ty.into()));
            let p = tcx.mk_predicate(ty::Binder::bind_with_vars(kind, ty::List::empty()));
            self.prove(p, locations, ConstraintCategory::Boring);
        }
    }
    /// The bounds of a definition, for its arguments.
    pub(super) fn prove_bounds_of(&mut self, def_id: DefId, args: GenericArgsRef<'tcx>, locations: Locations) {
        let tcx = self.tcx();
        for (clause, span) in tcx.all_predicates_of(def_id) {
            let clause = ty::EarlyBinder::bind(clause).instantiate(*tcx, args);
            if is_trivial(tcx, clause) {
                continue;
            }
            let predicate = self.normalize_at(clause.as_predicate(), locations);
            self.prove(predicate, locations, ConstraintCategory::Predicate(span));
        }
    }
    /// What a closure or inline constant needs where it is made.
    pub(super) fn apply_closure(&mut self, closure: LocalDefId, args: GenericArgsRef<'tcx>, location: Location) {
        let tcx = self.tcx();
        let locations = self.at(location);
        let span = self.span_of(locations);
        if let Some(requirements) = &tcx.mir_borrowck(closure).closure_requirements {
            self.conversion(locations, span, ConstraintCategory::Boring).apply_closure_requirements(
                requirements,
                closure,
                args,
            );
            self.drain(locations, span, ConstraintCategory::Boring);
        }
        // The parent's parameters are the same inside.
        let root = tcx.typeck_root_def_id(closure.to_def_id());
        let identity = tcx.identity_args_for(root);
        let parent = tcx.mk_args(&args[..identity.len().min(args.len())]);
        self.eq_args(identity, parent, locations, ConstraintCategory::BoringNoLocation);
        self.prove_bounds_of(closure.to_def_id(), args, locations);
    }
}

fn opaque(ty: Ty<'_>) -> bool {
    ty.has_opaque_types() || ty.has_non_region_infer()
}
