//! An impl's item against the trait's (RFC 2289 aside, the Reference's "Trait implementations").
//!
//! The shape first (`structure.rs`: numbers and kinds of parameters), then, under the impl's bounds and the trait item's
//! own, that the impl's item asks for no more and that its type is a subtype of the trait's.

mod report;
mod structure;

use hir::{ImplItemKind, Node, TraitItemKind};
use query::{Providers, TyCtxt};
use span::Span;
use span::def_id::LocalDefId;
use trait_solve::TyCtxtInferExt;
use trait_solve::infer::BoundRegionConversionTime;
use trait_solve::traits::param_env::normalize_param_env_or_error;
use trait_solve::traits::{Obligation, ObligationCause, ObligationCauseCode, ObligationCtxt, elaborate};
use ty::visit::TypeVisitableExt;
use ty::{
    AliasTerm, AliasTyKind, AssocContainer, AssocItem, AssocKind, Binder, BoundRegion, BoundRegionKind, BoundTy,
    BoundTyKind, BoundVar, BoundVariableKind, Clause, ClauseKind, ConstKind, EarlyBinder, GenericArgsRef,
    GenericParamDefKind, INNERMOST, ParamEnv, PredicateKind, ProjectionPredicate, RegionKind, TraitRef, Ty, TyKind,
    TypingMode,
};

use crate::coherence::CheckResult;

pub(crate) fn provide(providers: &mut Providers<'_>) {
    providers.compare_impl_item = compare_impl_item;
}

fn compare_impl_item(tcx: TyCtxt<'_>, def_id: LocalDefId) -> CheckResult {
    let impl_item = tcx.associated_item(def_id.to_def_id());
    let Some(trait_item) = impl_item.trait_item_def_id() else { return Ok(()) };
    let trait_item = tcx.associated_item(trait_item);
    let Some(trait_ref) = tcx.impl_opt_trait_ref(impl_item.container_id) else { return Ok(()) };
    let trait_ref = trait_ref.instantiate_identity();
    let cx = Compare { tcx, def_id, impl_item, trait_item, trait_ref };
    if impl_item.is_impl_trait_in_trait() {
        return check_type_bounds(tcx, trait_item, impl_item, trait_ref);
    }
    match impl_item.kind {
        AssocKind::Fn { .. } => {
            structure::check_method(&cx)?;
            if !tcx.associated_types_for_impl_traits_in_associated_fn(trait_item.def_id).is_empty() {
                tcx.collect_return_position_impl_trait_in_trait_tys(impl_item.def_id)?;
            }
            cx.compare_method()
        }
        AssocKind::Type { .. } => {
            structure::check_generics(&cx)?;
            cx.compare_own_bounds()?;
            check_type_bounds(tcx, trait_item, impl_item, trait_ref)
        }
        AssocKind::Const { .. } => {
            structure::check_generics(&cx)?;
            cx.compare_const()
        }
    }
}

fn compare_cx(tcx: TyCtxt<'_>, def_id: LocalDefId) -> Option<Compare<'_>> {
    let impl_item = tcx.associated_item(def_id.to_def_id());
    let trait_item = tcx.associated_item(impl_item.trait_item_def_id()?);
    let trait_ref = tcx.impl_opt_trait_ref(impl_item.container_id)?.instantiate_identity();
    Some(Compare { tcx, def_id, impl_item, trait_item, trait_ref })
}

/// Whether an impl's function has the shape of the trait's.
pub(crate) fn check_method_is_structurally_compatible(tcx: TyCtxt<'_>, def_id: LocalDefId) -> CheckResult {
    compare_cx(tcx, def_id).map_or(Ok(()), |cx| structure::check_method(&cx))
}

/// The impl's bounds with the trait's function's own.
pub(crate) fn hybrid_param_env(tcx: TyCtxt<'_>, def_id: LocalDefId) -> ParamEnv<'_> {
    match compare_cx(tcx, def_id) {
        Some(cx) => cx.hybrid_env(cx.trait_to_impl_args()),
        None => tcx.param_env(def_id.to_def_id()),
    }
}

/// The two items.
pub(super) struct Compare<'tcx> {
    tcx: TyCtxt<'tcx>,
    def_id: LocalDefId,
    impl_item: AssocItem,
    trait_item: AssocItem,
    /// Of the impl's header.
    trait_ref: TraitRef<'tcx>,
}

impl<'tcx> Compare<'tcx> {
    fn span(&self) -> Span {
        self.tcx.def_span(self.def_id.to_def_id())
    }
    fn code(&self) -> ObligationCauseCode<'tcx> {
        ObligationCauseCode::CompareImplItem {
            impl_item_def_id: self.def_id,
            trait_item_def_id: self.trait_item.def_id,
            kind: self.impl_item.tag(),
        }
    }
    /// Arguments for the trait's item in terms of the impl item's parameters.
    fn trait_to_impl_args(&self) -> GenericArgsRef<'tcx> {
        let tcx = self.tcx;
        let n = tcx.generics_of(self.impl_item.container_id).count();
        tcx.identity_args_for(self.impl_item.def_id).rebase_onto(*tcx, n, self.trait_ref.args)
    }
    /// The impl's bounds with those of the trait's item in place of the impl item's own.
    fn hybrid_env(&self, args: GenericArgsRef<'tcx>) -> ParamEnv<'tcx> {
        let tcx = self.tcx;
        let mut clauses: Vec<Clause<'tcx>> =
            tcx.all_predicates_of(self.impl_item.container_id).into_iter().map(|(c, _)| c).collect();
        clauses.extend(
            tcx.predicates_of(self.trait_item.def_id)
                .predicates
                .iter()
                .map(|&(c, _)| EarlyBinder::bind(c).instantiate(*tcx, args)),
        );
        if tcx.constness(self.impl_item.container_id) == hir::Constness::Const {
            clauses.extend(tcx.const_conditions(self.impl_item.container_id).predicates.iter().map(|&(c, _)| c));
            clauses.extend(
                tcx.const_conditions(self.trait_item.def_id)
                    .predicates
                    .iter()
                    .map(|&(c, _)| EarlyBinder::bind(c).instantiate(*tcx, args)),
            );
        }
        let env = ParamEnv::new(tcx.mk_clauses(&clauses));
        normalize_param_env_or_error(tcx, env, ObligationCause::misc(self.span(), self.def_id))
    }
    fn register_own_bounds(&self, ocx: &ObligationCtxt<'_, 'tcx>, env: ParamEnv<'tcx>) {
        for &(clause, span) in self.tcx.predicates_of(self.impl_item.def_id).predicates {
            let clause = ocx.normalize(&ObligationCause::misc(span, self.def_id), env, clause);
            let cause = ObligationCause::new(span, self.def_id, self.code());
            ocx.register_obligation(Obligation::new(self.tcx, cause, env, clause));
        }
    }

    fn compare_method(&self) -> CheckResult {
        let tcx = self.tcx;
        let span = self.span();
        let args = self.trait_to_impl_args();
        let env = self.hybrid_env(args);
        let infcx = tcx.infer_ctxt().build(TypingMode::non_body_analysis());
        let ocx = ObligationCtxt::new_with_diagnostics(&infcx);
        self.register_own_bounds(&ocx, env);

        let norm_cause = ObligationCause::misc(span, self.def_id);
        let unnormalized = infcx.instantiate_binder_with_fresh_vars(
            span,
            BoundRegionConversionTime::HigherRankedType,
            tcx.fn_sig(self.impl_item.def_id).instantiate_identity(),
        );
        let impl_sig = ocx.normalize(&norm_cause, env, unnormalized);
        let trait_sig = tcx.fn_sig(self.trait_item.def_id).instantiate(*tcx, args);
        let trait_sig = tcx.liberate_late_bound_regions(self.impl_item.def_id, trait_sig);
        let mut wf_tys: Vec<Ty<'tcx>> = trait_sig.inputs_and_output.iter().collect();
        let trait_sig = ocx.normalize(&norm_cause, env, trait_sig);
        wf_tys.extend(trait_sig.inputs_and_output.iter());
        wf_tys.extend(tcx.assumed_wf_types(tcx.parent(self.impl_item.def_id).expect_local()).iter().map(|(t, _)| *t));

        let cause = ObligationCause::new(span, self.def_id, self.code());
        let trait_ty = tcx.mk_fn_ptr(Binder::dummy(trait_sig));
        let impl_ty = tcx.mk_fn_ptr(Binder::dummy(infcx.resolve_vars_if_possible(impl_sig)));
        if let Err(terr) = ocx.sup(&cause, env, trait_ty, impl_ty) {
            if trait_sig.references_error() || impl_sig.references_error() {
                return Err(tcx.dcx().span_delayed_bug(span, "signatures with errors"));
            }
            return Err(report::method_mismatch(self, &infcx, cause, terr, trait_sig, impl_sig));
        }
        if !impl_sig.references_error() && !trait_sig.references_error() {
            for ty in unnormalized.inputs_and_output {
                let predicate =
                    tcx.mk_predicate(Binder::dummy(PredicateKind::Clause(ClauseKind::WellFormed(ty.into()))));
                ocx.register_obligation(Obligation {
                    cause: cause.clone(),
                    param_env: env,
                    predicate,
                    recursion_depth: 0,
                });
            }
        }
        let errors = ocx.select_all_or_error();
        if !errors.is_empty() {
            return Err(infcx.err_ctxt().report_fulfillment_errors(errors));
        }
        ocx.resolve_regions_and_report_errors(self.def_id, env, wf_tys)
    }

    /// Of an associated type: its `where` clauses are no more than the trait's.
    fn compare_own_bounds(&self) -> CheckResult {
        let tcx = self.tcx;
        if tcx.predicates_of(self.impl_item.def_id).predicates.is_empty() {
            return Ok(());
        }
        let env = self.hybrid_env(self.trait_to_impl_args());
        let infcx = tcx.infer_ctxt().build(TypingMode::non_body_analysis());
        let ocx = ObligationCtxt::new_with_diagnostics(&infcx);
        self.register_own_bounds(&ocx, env);
        let errors = ocx.select_all_or_error();
        if !errors.is_empty() {
            return Err(infcx.err_ctxt().report_fulfillment_errors(errors));
        }
        ocx.resolve_regions_and_report_errors(self.def_id, env, [])
    }

    fn compare_const(&self) -> CheckResult {
        let tcx = self.tcx;
        let args = self.trait_to_impl_args();
        let env = self.hybrid_env(args);
        let infcx = tcx.infer_ctxt().build(TypingMode::non_body_analysis());
        let ocx = ObligationCtxt::new_with_diagnostics(&infcx);
        self.register_own_bounds(&ocx, env);
        let span = self.span();
        let mut cause = ObligationCause::new(span, self.def_id, self.code());
        let impl_ty = tcx.type_of(self.impl_item.def_id).instantiate_identity();
        let impl_ty = ocx.normalize(&cause, env, impl_ty);
        let trait_ty = tcx.type_of(self.trait_item.def_id).instantiate(*tcx, args);
        let trait_ty = ocx.normalize(&cause, env, trait_ty);
        if let Err(terr) = ocx.sup(&cause, env, trait_ty, impl_ty) {
            let (at, trait_at) = self.const_ty_spans();
            cause.span = at;
            return Err(report::const_mismatch(self, &infcx, &cause, terr, trait_ty, impl_ty, trait_at));
        }
        let errors = ocx.select_all_or_error();
        if !errors.is_empty() {
            return Err(infcx.err_ctxt().report_fulfillment_errors(errors));
        }
        ocx.resolve_regions_and_report_errors(self.def_id, env, [])
    }

    fn const_ty_spans(&self) -> (Span, Option<Span>) {
        let at = match self.tcx.hir_node_by_def_id(self.def_id) {
            Node::ImplItem(hir::ImplItem { kind: ImplItemKind::Const(ty, _), .. }) => ty.span,
            _ => self.span(),
        };
        let trait_at = self.trait_item.def_id.as_local().map(|l| match self.tcx.hir_node_by_def_id(l) {
            Node::TraitItem(hir::TraitItem { kind: TraitItemKind::Const(ty, _), .. }) => ty.span,
            _ => self.tcx.def_span(self.trait_item.def_id),
        });
        (at, trait_at)
    }
}

/// An impl's associated type (or a trait's default) must meet the bounds of the trait's.
pub(crate) fn check_type_bounds<'tcx>(
    tcx: TyCtxt<'tcx>,
    trait_ty: AssocItem,
    impl_ty: AssocItem,
    trait_ref: TraitRef<'tcx>,
) -> CheckResult {
    tcx.coherent_trait(trait_ref.def_id)?;
    let def_id = impl_ty.def_id.expect_local();
    let env = tcx.param_env(impl_ty.def_id);
    let n = tcx.generics_of(impl_ty.container_id).count();
    let rebased = tcx.identity_args_for(impl_ty.def_id).rebase_onto(*tcx, n, trait_ref.args);
    let infcx = tcx.infer_ctxt().build(TypingMode::non_body_analysis());
    let ocx = ObligationCtxt::new_with_diagnostics(&infcx);
    let span = match tcx.hir_node_by_def_id(def_id) {
        Node::TraitItem(hir::TraitItem { kind: TraitItemKind::Type(_, Some(ty)), .. })
        | Node::ImplItem(hir::ImplItem { kind: ImplItemKind::Type(ty), .. }) => ty.span,
        _ => tcx.def_span(impl_ty.def_id),
    };
    let assumed = ocx.assumed_wf_types_and_report_errors(env, def_id)?;
    let norm_cause = ObligationCause::new(
        span,
        def_id,
        ObligationCauseCode::CheckAssociatedTypeBounds { impl_item_def_id: def_id, trait_item_def_id: trait_ty.def_id },
    );
    let normalize_env = env_with_own_value(tcx, impl_ty, trait_ref);
    let bounds: Vec<Obligation<'tcx, ty::Predicate<'tcx>>> = tcx
        .explicit_item_bounds(trait_ty.def_id)
        .skip_binder()
        .iter()
        .map(|&(clause, at)| {
            let clause = EarlyBinder::bind(clause).instantiate(*tcx, rebased);
            let cause = ObligationCause::new(span, def_id, ObligationCauseCode::WhereClause(trait_ty.def_id, at));
            Obligation::new(tcx, cause, env, clause)
        })
        .collect();
    for mut o in elaborate(tcx, bounds.into_iter()) {
        o.predicate = ocx.normalize(&norm_cause, normalize_env, o.predicate);
        ocx.register_obligation(o);
    }
    let errors = ocx.select_all_or_error();
    if !errors.is_empty() {
        return Err(infcx.err_ctxt().report_fulfillment_errors(errors));
    }
    ocx.resolve_regions_and_report_errors(def_id, env, assumed)
}

/// The environment in which the associated type is known to be its value, for all of its own parameters:
/// `for<'a> <Self as Trait>::Assoc<'a> == Value<'a>`.
fn env_with_own_value<'tcx>(tcx: TyCtxt<'tcx>, impl_ty: AssocItem, trait_ref: TraitRef<'tcx>) -> ParamEnv<'tcx> {
    let env = tcx.param_env(impl_ty.def_id);
    let trait_item = match impl_ty.container {
        AssocContainer::Trait => impl_ty.def_id,
        AssocContainer::TraitImpl(Some(id)) => id,
        _ => return env,
    };
    let n = tcx.generics_of(impl_ty.container_id).count();
    let mut vars: Vec<BoundVariableKind> = Vec::new();
    let container_args = tcx.identity_args_for(impl_ty.container_id);
    let args = tcx.extend_args(container_args, impl_ty.def_id, |param, _| {
        let var = BoundVar::from_usize(vars.len());
        match param.kind {
            GenericParamDefKind::Lifetime => {
                let kind = BoundRegionKind::Named(param.def_id);
                vars.push(BoundVariableKind::Region(kind));
                tcx.mk_region(RegionKind::ReBound(INNERMOST, BoundRegion { var, kind })).into()
            }
            GenericParamDefKind::Type { .. } => {
                let kind = BoundTyKind::Param(param.def_id);
                vars.push(BoundVariableKind::Ty(kind));
                tcx.mk_ty(TyKind::Bound(INNERMOST, BoundTy { var, kind })).into()
            }
            GenericParamDefKind::Const { .. } => {
                vars.push(BoundVariableKind::Const);
                tcx.mk_const(ConstKind::Bound(INNERMOST, var)).into()
            }
        }
    });
    let value = tcx.type_of(impl_ty.def_id).instantiate(*tcx, args);
    let rebased = args.rebase_onto(*tcx, n, trait_ref.args);
    if let TyKind::Alias(AliasTyKind::Projection, p) = *value.kind() {
        if p.def_id == trait_item && p.args == rebased {
            return env;
        }
    }
    let kind = ClauseKind::Projection(ProjectionPredicate {
        projection_term: AliasTerm::new(trait_item, rebased),
        term: value.into(),
    });
    let clause = tcx.mk_clause(Binder::bind_with_vars(kind, tcx.mk_bound_variable_kinds(&vars)));
    let all: Vec<Clause<'tcx>> = env.caller_bounds().iter().chain([clause]).collect();
    ParamEnv::new(tcx.mk_clauses(&all))
}
