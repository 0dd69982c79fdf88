//! [`InferCtxt`]: inference variables of one body or item, what is known of them, and the region constraints found.
//!
//! Types are related in `at.rs` and `relate.rs`; `snapshot.rs` goes back in time; `region_constraints.rs` keeps the
//! outlives constraints, which are output: lexical resolution (`lexical.rs`) or borrow checking solves them.

pub mod at;
pub mod canonical;
pub mod free_regions;
mod generalize;
mod leak_check;
pub mod lexical;
pub mod opaque_types;
mod origin;
pub mod outlives;
pub mod region_constraints;
pub mod relate;
mod resolve;
mod snapshot;
mod unify;
mod vars;

use std::cell::{Cell, RefCell};

use query::TyCtxt;
use rustc_index::IndexVec;
use span::def_id::{DefId, LocalDefId};
use span::{FxIndexMap, Span};
use ty::fold::FnMutDelegate;
use ty::{
    Binder, BoundRegion, BoundTy, BoundVar, Const, ConstKind, ErrorGuaranteed, ParamEnv, Placeholder, Region,
    RegionKind, Ty, TyKind, TyVid, TypeFoldable, TypingEnv, TypingMode, UniverseIndex,
};

pub use at::{At, DefineOpaqueTypes, ToTrace};
pub use opaque_types::{OpaqueTypeKey, OpaqueTypeStorage};
pub use origin::{
    BoundRegionConversionTime, FloatVarValue, IntVarValue, NllRegionVariableOrigin, RegionVariableOrigin,
    SubregionOrigin, TypeTrace, TypeVariableOrigin, ValuePairs,
};
pub use region_constraints::{
    Constraint, ConstraintKind, GenericKind, MemberConstraint, RegionConstraintData, RegionVariableInfo, Verify,
    VerifyBound, VerifyIfEq,
};
pub use relate::{Relate, RelateResult, TypeRelation};
pub use resolve::FixupError;
pub use snapshot::CombinedSnapshot;

use crate::traits::{ObligationCause, PredicateObligations};
use region_constraints::RegionConstraintStorage;
use unify::{ConstTable, FloatTable, IntTable, TyTable};

/// A value and the obligations that must hold for it.
#[must_use]
#[derive(Debug)]
pub struct InferOk<'tcx, T> {
    pub value: T,
    pub obligations: PredicateObligations<'tcx>,
}
/// The result of relating two values.
pub type InferResult<'tcx, T> = Result<InferOk<'tcx, T>, ty::error::TypeError<'tcx>>;

impl<'tcx, T> InferOk<'tcx, T> {
    /// The value alone; the obligations must be none.
    pub fn into_value_registering_obligations(
        self,
        infcx: &InferCtxt<'tcx>,
        fulfill: &mut dyn crate::traits::TraitEngine<'tcx>,
    ) -> T {
        fulfill.register_predicate_obligations(infcx, self.obligations);
        self.value
    }
    /// Maps the value.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> InferOk<'tcx, U> {
        InferOk { value: f(self.value), obligations: self.obligations }
    }
}

/// A `T: 'a` that is still to be taken apart.
#[derive(Clone, Debug)]
pub struct TypeOutlivesConstraint<'tcx> {
    pub sub_region: Region<'tcx>,
    pub sup_type: Ty<'tcx>,
    pub origin: SubregionOrigin<'tcx>,
}

pub(crate) struct InferCtxtInner<'tcx> {
    pub(crate) types: TyTable<'tcx>,
    pub(crate) type_origins: IndexVec<TyVid, TypeVariableOrigin>,
    pub(crate) ints: IntTable,
    pub(crate) floats: FloatTable,
    pub(crate) float_origins: Vec<Span>,
    pub(crate) consts: ConstTable<'tcx>,
    pub(crate) const_origins: Vec<TypeVariableOrigin>,
    pub(crate) regions: RegionConstraintStorage<'tcx>,
    pub(crate) region_obligations: Vec<TypeOutlivesConstraint<'tcx>>,
    pub(crate) opaque_types: OpaqueTypeStorage<'tcx>,
    pub(crate) open_snapshots: usize,
}

/// The state of inference.
pub struct InferCtxt<'tcx> {
    pub tcx: TyCtxt<'tcx>,
    typing_mode: TypingMode<'tcx>,
    /// Whether region constraints matter. Type checking of bodies ignores them (borrow checking finds them again).
    pub considering_regions: bool,
    /// Whether this is a context of the solver's own: aliases may not be normalised there.
    pub(crate) in_solver: bool,
    pub skip_leak_check: bool,
    pub(crate) inner: RefCell<InferCtxtInner<'tcx>>,
    tainted_by_errors: Cell<Option<ErrorGuaranteed>>,
    err_count_on_creation: usize,
    universe: Cell<UniverseIndex>,
    /// Errors of trait goals reported, by place, so that none is said twice.
    pub reported_trait_errors: RefCell<FxIndexMap<Span, Vec<ty::Predicate<'tcx>>>>,
    /// Variables of which one is coerced to the other: to a reader of messages they are the same.
    pub(crate) coerced_vars: RefCell<Vec<(Ty<'tcx>, Ty<'tcx>)>>,
}

/// Builds an [`InferCtxt`].
pub struct InferCtxtBuilder<'tcx> {
    tcx: TyCtxt<'tcx>,
    considering_regions: bool,
    in_solver: bool,
    skip_leak_check: bool,
}

/// `tcx.infer_ctxt()`
pub trait TyCtxtInferExt<'tcx> {
    /// Starts building an inference context.
    fn infer_ctxt(self) -> InferCtxtBuilder<'tcx>;
}

impl<'tcx> TyCtxtInferExt<'tcx> for TyCtxt<'tcx> {
    fn infer_ctxt(self) -> InferCtxtBuilder<'tcx> {
        InferCtxtBuilder { tcx: self, considering_regions: true, in_solver: false, skip_leak_check: false }
    }
}

impl<'tcx> InferCtxtBuilder<'tcx> {
    /// Region constraints are dropped.
    pub fn ignoring_regions(mut self) -> Self {
        self.considering_regions = false;
        self
    }
    /// As asked.
    pub fn with_regions(mut self, considering: bool) -> Self {
        self.considering_regions = considering;
        self
    }
    /// Placeholders that leak are no error.
    pub fn skip_leak_check(mut self, skip: bool) -> Self {
        self.skip_leak_check = skip;
        self
    }
    /// For the type check of a body: regions are dropped, too.
    pub fn in_hir_typeck(self) -> Self {
        self.ignoring_regions()
    }
    pub(crate) fn in_solver(mut self) -> Self {
        self.in_solver = true;
        self
    }
    /// Makes the context.
    pub fn build(self, typing_mode: TypingMode<'tcx>) -> InferCtxt<'tcx> {
        InferCtxt {
            tcx: self.tcx,
            typing_mode,
            considering_regions: self.considering_regions,
            in_solver: self.in_solver,
            skip_leak_check: self.skip_leak_check,
            inner: RefCell::new(InferCtxtInner {
                types: TyTable::default(),
                type_origins: IndexVec::new(),
                ints: IntTable::default(),
                floats: FloatTable::default(),
                float_origins: Vec::new(),
                consts: ConstTable::default(),
                const_origins: Vec::new(),
                regions: RegionConstraintStorage::default(),
                region_obligations: Vec::new(),
                opaque_types: OpaqueTypeStorage::default(),
                open_snapshots: 0,
            }),
            tainted_by_errors: Cell::new(None),
            err_count_on_creation: self.tcx.dcx().err_count_excluding_lint_errs(),
            universe: Cell::new(UniverseIndex::ROOT),
            reported_trait_errors: RefCell::default(),
            coerced_vars: RefCell::default(),
        }
    }
    /// Makes the context and splits off the environment.
    pub fn build_with_typing_env(self, typing_env: TypingEnv<'tcx>) -> (InferCtxt<'tcx>, ParamEnv<'tcx>) {
        (self.build(typing_env.typing_mode), typing_env.param_env)
    }
    /// Makes the context and instantiates a canonical value in it.
    pub fn build_with_canonical<T: TypeFoldable<'tcx> + Clone>(
        self,
        span: Span,
        input: &ty::Canonical<'tcx, T>,
        typing_mode: TypingMode<'tcx>,
    ) -> (InferCtxt<'tcx>, T, canonical::CanonicalVarValues<'tcx>) {
        let infcx = self.build(typing_mode);
        let (value, args) = infcx.instantiate_canonical(span, input);
        (infcx, value, args)
    }
}

impl<'tcx> InferCtxt<'tcx> {
    /// A context for the type check of a body.
    pub fn new(tcx: TyCtxt<'tcx>, typing_mode: TypingMode<'tcx>) -> InferCtxt<'tcx> {
        tcx.infer_ctxt().in_hir_typeck().build(typing_mode)
    }
    pub fn dcx(&self) -> &'tcx diagnostics::DiagCtxt {
        self.tcx.dcx()
    }
    /// What may be known of opaque types here.
    #[inline]
    pub fn typing_mode(&self) -> TypingMode<'tcx> {
        self.typing_mode
    }
    /// An environment with this context's mode. The values of other contexts must not have its variables.
    pub fn typing_env(&self, param_env: ParamEnv<'tcx>) -> TypingEnv<'tcx> {
        let typing_mode = match self.typing_mode {
            // A query cannot define opaque types.
            TypingMode::Analysis { .. } | TypingMode::Borrowck { .. } => TypingMode::non_body_analysis(),
            mode => mode,
        };
        TypingEnv { typing_mode, param_env }
    }
    /// As [`InferCtxt::fork`], with another view of opaque types and other crates.
    pub fn fork_with_typing_mode(&self, typing_mode: TypingMode<'tcx>) -> InferCtxt<'tcx> {
        let mut forked = self.fork();
        forked.typing_mode = typing_mode;
        forked
    }
    /// Another context like this one, with the same variables and no constraints: for diagnostics.
    pub fn fork(&self) -> InferCtxt<'tcx> {
        let inner = self.inner.borrow();
        let infcx = InferCtxtBuilder {
            tcx: self.tcx,
            considering_regions: self.considering_regions,
            in_solver: self.in_solver,
            skip_leak_check: self.skip_leak_check,
        }
        .build(self.typing_mode);
        {
            let mut new = infcx.inner.borrow_mut();
            new.types = inner.types.clone();
            new.type_origins = inner.type_origins.clone();
            new.ints = inner.ints.clone();
            new.floats = inner.floats.clone();
            new.float_origins = inner.float_origins.clone();
            new.consts = inner.consts.clone();
            new.const_origins = inner.const_origins.clone();
            new.regions.var_infos = inner.regions.var_infos.clone();
        }
        infcx.universe.set(self.universe());
        infcx
    }

    // --- Errors.

    /// Marks that an error was reported about something here.
    pub fn set_tainted_by_errors(&self, e: ErrorGuaranteed) {
        self.tainted_by_errors.set(Some(e));
    }
    /// Whether an error was reported here, or anywhere since this context was made.
    pub fn tainted_by_errors(&self) -> Option<ErrorGuaranteed> {
        if let Some(e) = self.tainted_by_errors.get() {
            return Some(e);
        }
        if self.dcx().err_count_excluding_lint_errs() > self.err_count_on_creation {
            let e = self.dcx().has_errors()?;
            self.tainted_by_errors.set(Some(e));
            return Some(e);
        }
        None
    }

    // --- Universes and binders.

    /// The innermost universe.
    #[inline]
    pub fn universe(&self) -> UniverseIndex {
        self.universe.get()
    }
    pub(crate) fn set_universe(&self, u: UniverseIndex) {
        self.universe.set(u);
    }
    /// Opens a universe.
    pub fn create_next_universe(&self) -> UniverseIndex {
        let u = self.universe.get().next_universe();
        self.universe.set(u);
        u
    }
    /// Replaces bound variables by placeholders of a new universe.
    pub fn enter_forall_and_leak_placeholders<T: TypeFoldable<'tcx> + ty::TypeVisitable<'tcx>>(
        &self,
        binder: Binder<'tcx, T>,
    ) -> T {
        if binder.bound_vars().is_empty() && !has_escaping(&binder) {
            return binder.skip_binder();
        }
        let universe = self.create_next_universe();
        let tcx = self.tcx;
        tcx.replace_escaping_bound_vars(
            binder.skip_binder(),
            FnMutDelegate {
                regions: &mut |bound: BoundRegion| {
                    tcx.mk_region(RegionKind::RePlaceholder(Placeholder { universe, bound }))
                },
                types: &mut |bound: BoundTy| tcx.mk_ty(TyKind::Placeholder(Placeholder { universe, bound })),
                consts: &mut |bound: BoundVar| tcx.mk_const(ConstKind::Placeholder(Placeholder { universe, bound })),
            },
        )
    }
    /// Looks at a value for all values of its bound variables.
    pub fn enter_forall<T: TypeFoldable<'tcx> + ty::TypeVisitable<'tcx>, U>(
        &self,
        binder: Binder<'tcx, T>,
        f: impl FnOnce(T) -> U,
    ) -> U {
        f(self.enter_forall_and_leak_placeholders(binder))
    }
    /// Replaces bound variables by fresh inference variables.
    pub fn instantiate_binder_with_fresh_vars<T: TypeFoldable<'tcx> + Copy + ty::TypeVisitable<'tcx>>(
        &self,
        span: Span,
        conversion_time: BoundRegionConversionTime,
        value: Binder<'tcx, T>,
    ) -> T {
        if let Some(inner) = value.no_bound_vars() {
            return inner;
        }
        let mut regions: FxIndexMap<BoundVar, Region<'tcx>> = FxIndexMap::default();
        let mut types: FxIndexMap<BoundVar, Ty<'tcx>> = FxIndexMap::default();
        let mut consts: FxIndexMap<BoundVar, Const<'tcx>> = FxIndexMap::default();
        self.tcx.replace_escaping_bound_vars(
            value.skip_binder(),
            FnMutDelegate {
                regions: &mut |br: BoundRegion| {
                    *regions.entry(br.var).or_insert_with(|| {
                        self.next_region_var(RegionVariableOrigin::BoundRegion(span, br.kind, conversion_time))
                    })
                },
                types: &mut |bt: BoundTy| *types.entry(bt.var).or_insert_with(|| self.next_ty_var(span)),
                consts: &mut |bc: BoundVar| *consts.entry(bc).or_insert_with(|| self.next_const_var(span)),
            },
        )
    }

    /// Relates values later: `self.at(&cause, param_env).eq(..)`.
    pub fn at<'a>(&'a self, cause: &'a ObligationCause<'tcx>, param_env: ParamEnv<'tcx>) -> At<'a, 'tcx> {
        At { infcx: self, cause, param_env }
    }

    /// Whether the opaque type is defined by what is being checked here.
    pub fn can_define_opaque_ty(&self, id: impl Into<DefId>) -> bool {
        let id: DefId = id.into();
        match self.typing_mode {
            TypingMode::Analysis { defining_opaque_types } | TypingMode::Borrowck { defining_opaque_types } => {
                defining_opaque_types.iter().any(|d| d == id)
            }
            _ => false,
        }
    }
    /// The local form of an opaque type's id, if it can be defined here.
    pub fn as_definable_opaque(&self, id: DefId) -> Option<LocalDefId> {
        if self.can_define_opaque_ty(id) { id.as_local() } else { None }
    }
    /// A constant with its value, if it can be evaluated.
    pub fn try_evaluate_const_or_self(&self, ct: Const<'tcx>, param_env: ParamEnv<'tcx>) -> Const<'tcx> {
        let ct = self.resolve_vars_if_possible(ct);
        crate::traits::util::eval_const(self.tcx, self.typing_env(param_env), ct)
    }
    /// Whether this is an overlap check.
    pub fn in_coherence(&self) -> bool {
        matches!(self.typing_mode, TypingMode::Coherence)
    }
    /// Always the new architecture.
    pub fn next_trait_solver(&self) -> bool {
        true
    }
}

fn has_escaping<'tcx, T: ty::TypeVisitable<'tcx>>(b: &Binder<'tcx, T>) -> bool {
    use ty::visit::TypeVisitableExt;
    b.as_ref().skip_binder().has_escaping_bound_vars()
}
