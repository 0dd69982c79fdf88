//! Obligations and what is done with them: fulfilment, normalisation, selection, well-formedness.

mod cause;
pub mod dyn_compatibility;
pub mod elaborate;
mod engine;
pub mod fast_reject;
mod fulfill;
pub(crate) mod item_facts;
pub mod misc;
pub mod normalize;
mod obligation_ctxt;
pub mod param_env;

mod select;
pub mod structural_normalize;
pub mod util;
pub mod wf;

pub use cause::{
    DerivedCause, ImplDerivedCause, ImplDerivedHostCause, IsConstable, MatchExpressionArmCause, ObligationCause,
    ObligationCauseCode, ObligationCauseCodeHandle, WellFormedLoc,
};
pub use dyn_compatibility::{
    DynCompatibilityViolation, MethodViolation, dyn_compatibility_violations,
    hir_ty_lowering_dyn_compatibility_violations, is_dyn_compatible, is_vtable_safe_method,
};
pub use elaborate::{elaborate, supertrait_def_ids, supertraits, transitive_bounds_that_define_assoc_item};
pub use engine::{FromSolverError, TraitEngine, TraitEngineExt};
pub use fulfill::{FulfillmentContext, FulfillmentCtxt, FulfillmentError, FulfillmentErrorCode, ScrubbedTraitError};
pub use misc::{predicate_must_hold_considering_regions, type_known_to_meet_bound_modulo_regions};
pub use normalize::{NormalizeExt, Normalized};
pub use obligation_ctxt::ObligationCtxt;
pub use select::{
    EvaluationResult, ImplSource, ImplSourceUserDefinedData, OverflowError, Selection, SelectionContext,
    SelectionError, SelectionResult, SignatureMismatchData,
};
pub use structural_normalize::StructurallyNormalizeExt;

use ::query::TyCtxt;
use span::Span;
use ty::{ParamEnv, Predicate};

/// Something to be proved, why, and under which assumptions.
#[derive(Clone, Debug)]
pub struct Obligation<'tcx, T> {
    pub cause: ObligationCause<'tcx>,
    pub param_env: ParamEnv<'tcx>,
    pub predicate: T,
    pub recursion_depth: usize,
}

pub type PredicateObligation<'tcx> = Obligation<'tcx, Predicate<'tcx>>;
pub type PredicateObligations<'tcx> = Vec<PredicateObligation<'tcx>>;
pub type TraitObligation<'tcx> = Obligation<'tcx, ty::TraitPredicate<'tcx>>;
pub type PolyTraitObligation<'tcx> = Obligation<'tcx, ty::PolyTraitPredicate<'tcx>>;

/// What can be made into a predicate: clauses, trait references, projections, with or without binders.
pub trait Upcast<'tcx, T> {
    fn upcast(self, tcx: TyCtxt<'tcx>) -> T;
}
impl<'tcx, T> Upcast<'tcx, T> for T {
    fn upcast(self, _: TyCtxt<'tcx>) -> T {
        self
    }
}
macro_rules! upcasts {
    ($($from:ty, |$v:ident| $clause:expr;)*) => { $(
        impl<'tcx> Upcast<'tcx, Predicate<'tcx>> for $from {
            fn upcast(self, tcx: TyCtxt<'tcx>) -> Predicate<'tcx> {
                let c: ty::Clause<'tcx> = self.upcast(tcx);
                c.as_predicate()
            }
        }
        impl<'tcx> Upcast<'tcx, ty::Clause<'tcx>> for $from {
            fn upcast(self, tcx: TyCtxt<'tcx>) -> ty::Clause<'tcx> {
                let $v = self;
                tcx.mk_clause($clause)
            }
        }
    )* };
}
fn no_vars<'tcx, T>(value: T) -> ty::Binder<'tcx, T> {
    ty::Binder::bind_with_vars(value, ty::List::empty())
}
fn positive<'tcx>(trait_ref: ty::TraitRef<'tcx>) -> ty::ClauseKind<'tcx> {
    ty::ClauseKind::Trait(ty::TraitPredicate { trait_ref, polarity: ty::PredicatePolarity::Positive })
}
upcasts! {
    ty::TraitRef<'tcx>, |t| no_vars(positive(t));
    ty::PolyTraitRef<'tcx>, |t| t.map_bound(positive);
    ty::TraitPredicate<'tcx>, |t| no_vars(ty::ClauseKind::Trait(t));
    ty::PolyTraitPredicate<'tcx>, |t| t.map_bound(ty::ClauseKind::Trait);
    ty::ProjectionPredicate<'tcx>, |p| no_vars(ty::ClauseKind::Projection(p));
    ty::PolyProjectionPredicate<'tcx>, |p| p.map_bound(ty::ClauseKind::Projection);
    ty::TypeOutlivesPredicate<'tcx>, |p| no_vars(ty::ClauseKind::TypeOutlives(p));
    ty::RegionOutlivesPredicate<'tcx>, |p| no_vars(ty::ClauseKind::RegionOutlives(p));
    ty::Binder<'tcx, ty::TypeOutlivesPredicate<'tcx>>, |p| p.map_bound(ty::ClauseKind::TypeOutlives);
    ty::Binder<'tcx, ty::RegionOutlivesPredicate<'tcx>>, |p| p.map_bound(ty::ClauseKind::RegionOutlives);
    ty::HostEffectPredicate<'tcx>, |p| no_vars(ty::ClauseKind::HostEffect(p));
    ty::Binder<'tcx, ty::HostEffectPredicate<'tcx>>, |p| p.map_bound(ty::ClauseKind::HostEffect);
    ty::ClauseKind<'tcx>, |c| no_vars(c);
}
impl<'tcx> Upcast<'tcx, ty::TraitPredicate<'tcx>> for ty::TraitRef<'tcx> {
    fn upcast(self, _: TyCtxt<'tcx>) -> ty::TraitPredicate<'tcx> {
        ty::TraitPredicate { trait_ref: self, polarity: ty::PredicatePolarity::Positive }
    }
}
impl<'tcx> Upcast<'tcx, ty::PolyTraitPredicate<'tcx>> for ty::PolyTraitRef<'tcx> {
    fn upcast(self, tcx: TyCtxt<'tcx>) -> ty::PolyTraitPredicate<'tcx> {
        self.map_bound(|t| t.upcast(tcx))
    }
}
impl<'tcx> Upcast<'tcx, ty::PolyTraitPredicate<'tcx>> for ty::TraitRef<'tcx> {
    fn upcast(self, tcx: TyCtxt<'tcx>) -> ty::PolyTraitPredicate<'tcx> {
        no_vars(self.upcast(tcx))
    }
}
impl<'tcx> Upcast<'tcx, Predicate<'tcx>> for ty::Clause<'tcx> {
    fn upcast(self, _: TyCtxt<'tcx>) -> Predicate<'tcx> {
        self.as_predicate()
    }
}
impl<'tcx> Upcast<'tcx, Predicate<'tcx>> for ty::PredicateKind<'tcx> {
    fn upcast(self, tcx: TyCtxt<'tcx>) -> Predicate<'tcx> {
        tcx.mk_predicate(no_vars(self))
    }
}
impl<'tcx> Upcast<'tcx, Predicate<'tcx>> for ty::Binder<'tcx, ty::PredicateKind<'tcx>> {
    fn upcast(self, tcx: TyCtxt<'tcx>) -> Predicate<'tcx> {
        tcx.mk_predicate(self)
    }
}

impl<'tcx, T> Obligation<'tcx, T> {
    /// From anything that can be made into the predicate.
    pub fn new(
        tcx: TyCtxt<'tcx>,
        cause: ObligationCause<'tcx>,
        param_env: ParamEnv<'tcx>,
        predicate: impl Upcast<'tcx, T>,
    ) -> Obligation<'tcx, T> {
        Self::with_depth(tcx, cause, 0, param_env, predicate)
    }
    /// As [`Obligation::new`], some levels down.
    pub fn with_depth(
        tcx: TyCtxt<'tcx>,
        cause: ObligationCause<'tcx>,
        recursion_depth: usize,
        param_env: ParamEnv<'tcx>,
        predicate: impl Upcast<'tcx, T>,
    ) -> Obligation<'tcx, T> {
        Obligation { cause, param_env, predicate: predicate.upcast(tcx), recursion_depth }
    }
    /// The same for another predicate.
    pub fn with<P>(&self, tcx: TyCtxt<'tcx>, value: impl Upcast<'tcx, P>) -> Obligation<'tcx, P> {
        Obligation {
            cause: self.cause.clone(),
            param_env: self.param_env,
            predicate: value.upcast(tcx),
            recursion_depth: self.recursion_depth,
        }
    }
    /// Without a special reason.
    pub fn misc(
        tcx: TyCtxt<'tcx>,
        span: Span,
        body_id: span::def_id::LocalDefId,
        param_env: ParamEnv<'tcx>,
        predicate: impl Upcast<'tcx, T>,
    ) -> Obligation<'tcx, T> {
        Self::new(tcx, ObligationCause::misc(span, body_id), param_env, predicate)
    }
}

impl<'tcx> PredicateObligation<'tcx> {
    /// The predicate as a goal.
    pub fn as_goal(&self) -> crate::solve::Goal<'tcx, Predicate<'tcx>> {
        crate::solve::Goal { param_env: self.param_env, predicate: self.predicate }
    }
}
