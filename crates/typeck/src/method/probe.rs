//! Finding the method (Reference, "Method call expressions"): steps of autoderef, candidates, the first step and way
//! of passing `self` at which some candidate applies.

use std::cell::{Cell, RefCell};

use hir::HirId;
use hir::def::{DefKind, Namespace};
use span::def_id::{DefId, LocalDefId};
use span::{FxHashSet, Ident, Span};
use trait_solve::error_reporting::TypeAnnotationNeeded;
use trait_solve::infer::BoundRegionConversionTime;
use trait_solve::solve::Goal;
use trait_solve::traits::{Obligation, ObligationCauseCode, ObligationCtxt, Upcast};
use ty::visit::TypeVisitableExt as _;
use ty::{
    AliasTyKind, AssocItem, GenericArg, GenericArgsRef, GenericParamDefKind, InferTy, Mutability, PolyTraitRef,
    Predicate, TraitRef, Ty, TyKind, Variance,
};

use super::{CandidateSource, MethodError, NoMatchData, UnsatisfiedPredicate};
use crate::FnCtxt;

/// For a call or a path.
#[derive(Copy, Clone, Eq, PartialEq, Debug)]
pub(crate) enum Mode {
    /// `a.method()`: autoderefs, autorefs, and ignores all methods without `self`.
    MethodCall,
    /// `Type::name`: all associated values.
    Path,
}

/// Which traits.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum ProbeScope {
    TraitsInScope,
    AllTraits,
}

/// A step of autoderef.
#[derive(Clone, Debug)]
pub(crate) struct CandidateStep<'tcx> {
    pub(crate) self_ty: Ty<'tcx>,
    pub(crate) autoderefs: usize,
    /// `true` if the type results from a dereference of a raw pointer.
    pub(crate) from_unsafe_deref: bool,
    pub(crate) unsize: bool,
}

/// An item that may be meant.
#[derive(Clone, Debug)]
pub(crate) struct Candidate<'tcx> {
    pub(crate) item: AssocItem,
    pub(crate) kind: CandidateKind<'tcx>,
    pub(crate) import_ids: Vec<LocalDefId>,
}

/// Where it comes from.
#[derive(Clone, Debug)]
pub(crate) enum CandidateKind<'tcx> {
    InherentImpl { impl_def_id: DefId },
    Object(PolyTraitRef<'tcx>),
    Trait(TraitRef<'tcx>),
    WhereClause(PolyTraitRef<'tcx>),
}

#[derive(Debug, PartialEq, Eq, Copy, Clone)]
enum ProbeResult {
    NoMatch,
    BadReturnType,
    Match,
}

/// When adjusting a receiver we often want to do one of: add a `&` (or `&mut`), converting the receiver from `T` to `&T`
/// (or `&mut T`); if the receiver has type `*mut T`, convert it to `*const T`.
#[derive(Debug, PartialEq, Copy, Clone)]
pub(crate) enum AutorefOrPtrAdjustment {
    /// Receiver has type `T`, add `&` or `&mut` (if `T` is `mut`), and maybe also "unsize" it.
    Autoref { mutbl: Mutability, unsize: bool },
    /// Receiver has type `*mut T`, convert to `*const T`
    ToConstPtr,
}

/// What was found.
#[derive(Debug, Clone)]
pub(crate) struct Pick<'tcx> {
    pub(crate) item: AssocItem,
    pub(crate) kind: PickKind<'tcx>,
    pub(crate) import_ids: Vec<LocalDefId>,
    /// How many autoderefs are required: `A.method()` where `**A` is the receiver has 2.
    pub(crate) autoderefs: usize,
    pub(crate) autoref_or_ptr_adjustment: Option<AutorefOrPtrAdjustment>,
}

/// Where the pick comes from.
#[allow(clippy::enum_variant_names)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PickKind<'tcx> {
    InherentImplPick(DefId),
    ObjectPick,
    TraitPick,
    WhereClausePick(PolyTraitRef<'tcx>),
}

pub(crate) type PickResult<'tcx> = Result<Pick<'tcx>, MethodError<'tcx>>;

/// The state of a search.
pub(crate) struct ProbeContext<'a, 'b, 'tcx> {
    pub(super) fcx: &'b FnCtxt<'a, 'tcx>,
    pub(super) span: Span,
    pub(super) mode: Mode,
    pub(super) method_name: Option<Ident>,
    return_type: Option<Ty<'tcx>>,
    pub(super) steps: Vec<CandidateStep<'tcx>>,
    pub(super) inherent_candidates: Vec<Candidate<'tcx>>,
    pub(super) extension_candidates: Vec<Candidate<'tcx>>,
    pub(super) impl_dups: FxHashSet<DefId>,
    /// When probing for names, include names that are close to the requested name (by edit distance).
    pub(super) allow_similar_names: bool,
    /// List of potential private candidates. Will be trimmed to ones that actually apply and then the result inserted
    /// into `private_candidate`.
    pub(super) private_candidates: Vec<Candidate<'tcx>>,
    private_candidate: Cell<Option<(DefKind, DefId)>>,
    /// Whether items are considered whose features are not enabled.
    with_unstable: Cell<bool>,
    /// Whether such items were passed over.
    passed_unstable: Cell<bool>,
    /// Collects near misses when the candidate functions are missing a `self` keyword.
    pub(super) static_candidates: RefCell<Vec<CandidateSource>>,
    pub(super) scope_expr_id: HirId,
    is_suggestion: bool,
}

impl<'a, 'b, 'tcx> std::ops::Deref for ProbeContext<'a, 'b, 'tcx> {
    type Target = FnCtxt<'a, 'tcx>;
    fn deref(&self) -> &Self::Target {
        self.fcx
    }
}

impl<'a, 'tcx> FnCtxt<'a, 'tcx> {
    /// Looks for a value of this name in a type.
    pub(crate) fn probe_for_name(
        &self,
        mode: Mode,
        item_name: Ident,
        return_type: Option<Ty<'tcx>>,
        is_suggestion: bool,
        self_ty: Ty<'tcx>,
        scope_expr_id: HirId,
        scope: ProbeScope,
    ) -> PickResult<'tcx> {
        self.probe_op(
            item_name.span,
            mode,
            Some(item_name),
            return_type,
            is_suggestion,
            self_ty,
            scope_expr_id,
            scope,
            |probe_cx| probe_cx.pick(),
        )
    }

    pub(crate) fn probe_op<R>(
        &self,
        span: Span,
        mode: Mode,
        method_name: Option<Ident>,
        return_type: Option<Ty<'tcx>>,
        is_suggestion: bool,
        self_ty: Ty<'tcx>,
        scope_expr_id: HirId,
        scope: ProbeScope,
        op: impl FnOnce(ProbeContext<'_, '_, 'tcx>) -> Result<R, MethodError<'tcx>>,
    ) -> Result<R, MethodError<'tcx>> {
        let (steps, bad_ty) = match mode {
            Mode::MethodCall => self.method_autoderef_steps(span, self_ty),
            Mode::Path => {
                (vec![CandidateStep { self_ty, autoderefs: 0, from_unsafe_deref: false, unsize: false }], None)
            }
        };

        // If our autoderef loop had reached an `_` or an error, that is to be said.
        if let Some((bad_ty, reached_raw_pointer)) = bad_ty {
            if is_suggestion {
                // Ambiguity was encountered during a suggestion. There's really not much use in suggesting methods.
                return Err(MethodError::NoMatch(NoMatchData {
                    static_candidates: Vec::new(),
                    unsatisfied_predicates: Vec::new(),
                    out_of_scope_traits: Vec::new(),
                    similar_candidate: None,
                    mode,
                }));
            }
            let ty = self.resolve_vars_if_possible(bad_ty);
            let guar = match *ty.kind() {
                TyKind::Infer(InferTy::TyVar(_)) => {
                    // An error before explains it.
                    if let Some(e) = self.tainted_by_errors() {
                        return Err(MethodError::ErrorReported(e));
                    }
                    if reached_raw_pointer && !span.at_least_rust_2018() {
                        // In 2015 the method of the raw pointer itself may be meant: as before.
                        None
                    } else if reached_raw_pointer {
                        let diag = self.err(
                            span,
                            diagnostics::codes::E0699,
                            "cannot call a method on a raw pointer with an unknown pointee type",
                        );
                        Some(self.emit(diag))
                    } else {
                        let diag = self.err_ctxt().emit_inference_failure_err(
                            self.body_id,
                            span,
                            ty.into(),
                            TypeAnnotationNeeded::E0282,
                            true,
                        );
                        Some(self.emit(diag))
                    }
                }
                TyKind::Error(guar) => Some(guar),
                _ => None,
            };
            if let Some(guar) = guar {
                return Err(MethodError::ErrorReported(guar));
            }
        }

        let mut probe_cx = ProbeContext {
            fcx: self,
            span,
            mode,
            method_name,
            return_type,
            steps,
            inherent_candidates: Vec::new(),
            extension_candidates: Vec::new(),
            impl_dups: FxHashSet::default(),
            allow_similar_names: false,
            private_candidates: Vec::new(),
            private_candidate: Cell::new(None),
            with_unstable: Cell::new(false),
            passed_unstable: Cell::new(false),
            static_candidates: RefCell::new(Vec::new()),
            scope_expr_id,
            is_suggestion,
        };
        probe_cx.assemble_inherent_candidates();
        match scope {
            ProbeScope::TraitsInScope => probe_cx.assemble_extension_candidates_for_traits_in_scope(),
            ProbeScope::AllTraits => probe_cx.assemble_extension_candidates_for_all_traits(),
        }
        op(probe_cx)
    }

    /// The types at which methods are looked for, and the type that is not known, if the steps end in one.
    fn method_autoderef_steps(
        &self,
        span: Span,
        self_ty: Ty<'tcx>,
    ) -> (Vec<CandidateStep<'tcx>>, Option<(Ty<'tcx>, bool)>) {
        let walk = |steps: usize| {
            let mut autoderef = self.autoderef(span, self_ty).include_raw_pointers().silence_errors();
            let tys: Vec<Ty<'tcx>> = autoderef.by_ref().take(steps).map(|(ty, _)| ty).collect();
            (tys, autoderef.final_ty())
        };
        let before = self.resolve_vars_if_possible(self_ty);
        let (tys, final_ty) = if before.has_infer_types() {
            // What a step further on decides about the receiver's type does not hold if the method is found before.
            let alone = |steps: usize| {
                let all = self.fudge_inference_if_ok(|| Ok::<_, std::convert::Infallible>(walk(steps)));
                all.unwrap_or_else(|never| match never {})
            };
            let (mut tys, final_ty) = alone(usize::MAX);
            if tys.first() != Some(&before) {
                for (i, ty) in tys.iter_mut().enumerate() {
                    if let Some(&alone) = alone(i + 1).0.last() {
                        *ty = alone;
                    }
                }
            }
            (tys, final_ty)
        } else {
            walk(usize::MAX)
        };
        let mut reached_raw_pointer = false;
        let mut steps: Vec<CandidateStep<'tcx>> = Vec::new();
        for (d, ty) in tys.into_iter().enumerate() {
            steps.push(CandidateStep {
                self_ty: ty,
                autoderefs: d,
                from_unsafe_deref: reached_raw_pointer,
                unsize: false,
            });
            if let TyKind::RawPtr(..) = ty.kind() {
                // All the subsequent steps will be from_unsafe_deref.
                reached_raw_pointer = true;
            }
        }
        let opt_bad_ty = match *final_ty.kind() {
            TyKind::Infer(InferTy::TyVar(_)) => {
                // Ended in an inference variable. The type may be an opaque one that is being inferred.
                Some((final_ty, reached_raw_pointer))
            }
            TyKind::Error(_) => Some((final_ty, reached_raw_pointer)),
            TyKind::Array(elem_ty, _) => {
                let autoderefs = steps.iter().filter(|s| !s.unsize).count() - 1;
                steps.push(CandidateStep {
                    self_ty: self.tcx.mk_slice(elem_ty),
                    autoderefs,
                    // this could be from an unsafe deref if we had a *mut/const [T; N]
                    from_unsafe_deref: reached_raw_pointer,
                    unsize: true,
                });
                None
            }
            _ => None,
        };
        (steps, opt_bad_ty)
    }
}

impl<'a, 'b, 'tcx> ProbeContext<'a, 'b, 'tcx> {
    pub(super) fn reset(&mut self) {
        self.inherent_candidates.clear();
        self.extension_candidates.clear();
        self.impl_dups.clear();
        self.private_candidates.clear();
        self.private_candidate.set(None);
        self.static_candidates.borrow_mut().clear();
    }

    fn variance(&self) -> Variance {
        match self.mode {
            Mode::MethodCall => Variance::Covariant,
            Mode::Path => Variance::Invariant,
        }
    }

    pub(crate) fn pick(mut self) -> PickResult<'tcx> {
        assert!(self.method_name.is_some());
        let mut unsatisfied_predicates = Vec::new();
        if let Some(r) = self.pick_core(&mut unsatisfied_predicates) {
            return r;
        }

        // If it's a `lookup_probe_for_diagnostic`, then quit early.
        if self.is_suggestion {
            return Err(MethodError::NoMatch(NoMatchData {
                static_candidates: Vec::new(),
                unsatisfied_predicates: Vec::new(),
                out_of_scope_traits: Vec::new(),
                similar_candidate: None,
                mode: self.mode,
            }));
        }

        let static_candidates = std::mem::take(&mut *self.static_candidates.borrow_mut());
        let private_candidate = self.private_candidate.take();

        // Things failed, so lets look at all traits, for diagnostic purposes now:
        self.reset();
        self.assemble_extension_candidates_for_all_traits();
        let out_of_scope_traits = match self.pick_core(&mut Vec::new()) {
            Some(Ok(p)) => vec![p.item.container_id],
            Some(Err(MethodError::Ambiguity(v))) => v
                .into_iter()
                .filter_map(|source| match source {
                    CandidateSource::Trait(id) => Some(id),
                    CandidateSource::Impl(impl_id) => self.tcx.impl_opt_trait_id(impl_id),
                })
                .collect(),
            Some(Err(MethodError::NoMatch(NoMatchData { out_of_scope_traits: others, .. }))) => others,
            _ => vec![],
        };

        if let Some((kind, def_id)) = private_candidate {
            return Err(MethodError::PrivateMatch(kind, def_id, out_of_scope_traits));
        }
        let similar_candidate = self.probe_for_similar_candidate();
        Err(MethodError::NoMatch(NoMatchData {
            static_candidates,
            unsatisfied_predicates,
            out_of_scope_traits,
            similar_candidate,
            mode: self.mode,
        }))
    }

    fn pick_core(&self, unsatisfied_predicates: &mut Vec<UnsatisfiedPredicate<'tcx>>) -> Option<PickResult<'tcx>> {
        if self.inherent_candidates.is_empty()
            && self.extension_candidates.is_empty()
            && self.private_candidates.is_empty()
        {
            return None;
        }
        // Stable items first, at whatever step; then those that are not enabled too.
        if let Some(r) = self.pick_all(unsatisfied_predicates) {
            return Some(r);
        }
        if !self.passed_unstable.get() {
            return None;
        }
        self.with_unstable.set(true);
        unsatisfied_predicates.clear();
        let r = self.pick_all(unsatisfied_predicates);
        self.with_unstable.set(false);
        r
    }

    fn pick_all(&self, unsatisfied_predicates: &mut Vec<UnsatisfiedPredicate<'tcx>>) -> Option<PickResult<'tcx>> {
        for step in &self.steps {
            // Skip types with type errors and unsafe dereferences.
            if step.self_ty.references_error() || step.from_unsafe_deref {
                continue;
            }
            if let Some(r) = self.pick_by_value_method(step, unsatisfied_predicates) {
                return Some(r);
            }
            for mutbl in [Mutability::Not, Mutability::Mut] {
                if let Some(r) = self.pick_autorefd_method(step, mutbl, unsatisfied_predicates) {
                    return Some(r);
                }
            }
            if let Some(r) = self.pick_const_ptr_method(step, unsatisfied_predicates) {
                return Some(r);
            }
        }
        None
    }

    /// For each type `T` in the step list, this attempts to find a method where the (transformed) self type is exactly
    /// `T`. We do however do one transformation on the adjustment: if we are passing a region pointer in, we will
    /// potentially *reborrow* it to a shorter lifetime.
    fn pick_by_value_method(
        &self,
        step: &CandidateStep<'tcx>,
        unsatisfied_predicates: &mut Vec<UnsatisfiedPredicate<'tcx>>,
    ) -> Option<PickResult<'tcx>> {
        if step.unsize {
            return None;
        }
        self.pick_method(step.self_ty, unsatisfied_predicates).map(|r| {
            r.map(|mut pick| {
                pick.autoderefs = step.autoderefs;
                // Insert a `&*` or `&mut *` if this is a reference type:
                if let TyKind::Ref(_, _, mutbl) = *step.self_ty.kind() {
                    pick.autoderefs += 1;
                    pick.autoref_or_ptr_adjustment = Some(AutorefOrPtrAdjustment::Autoref {
                        mutbl,
                        unsize: matches!(
                            pick.autoref_or_ptr_adjustment,
                            Some(AutorefOrPtrAdjustment::Autoref { unsize: true, .. })
                        ),
                    });
                }
                pick
            })
        })
    }

    fn pick_autorefd_method(
        &self,
        step: &CandidateStep<'tcx>,
        mutbl: Mutability,
        unsatisfied_predicates: &mut Vec<UnsatisfiedPredicate<'tcx>>,
    ) -> Option<PickResult<'tcx>> {
        let tcx = self.tcx;
        // In general, during probing we erase regions.
        let region = tcx.lifetimes().re_erased;
        let autoref_ty = tcx.mk_ref(region, step.self_ty, mutbl);
        self.pick_method(autoref_ty, unsatisfied_predicates).map(|r| {
            r.map(|mut pick| {
                pick.autoderefs = step.autoderefs;
                pick.autoref_or_ptr_adjustment = Some(AutorefOrPtrAdjustment::Autoref { mutbl, unsize: step.unsize });
                pick
            })
        })
    }

    /// If `self_ty` is `*mut T` then this picks `*const T` methods.
    fn pick_const_ptr_method(
        &self,
        step: &CandidateStep<'tcx>,
        unsatisfied_predicates: &mut Vec<UnsatisfiedPredicate<'tcx>>,
    ) -> Option<PickResult<'tcx>> {
        // Don't convert an unsized reference to ptr.
        if step.unsize {
            return None;
        }
        let TyKind::RawPtr(ty, Mutability::Mut) = *step.self_ty.kind() else {
            return None;
        };
        let const_ptr_ty = self.tcx.mk_imm_ptr(ty);
        self.pick_method(const_ptr_ty, unsatisfied_predicates).map(|r| {
            r.map(|mut pick| {
                pick.autoderefs = step.autoderefs;
                pick.autoref_or_ptr_adjustment = Some(AutorefOrPtrAdjustment::ToConstPtr);
                pick
            })
        })
    }

    fn pick_method(
        &self,
        self_ty: Ty<'tcx>,
        unsatisfied_predicates: &mut Vec<UnsatisfiedPredicate<'tcx>>,
    ) -> Option<PickResult<'tcx>> {
        let mut possibly = Vec::new();
        for candidates in [&self.inherent_candidates, &self.extension_candidates] {
            let res = self.consider_candidates(self_ty, candidates, &mut possibly);
            if let Some(pick) = res {
                return Some(pick);
            }
        }
        // Look at private candidates, too.
        if self.private_candidate.get().is_none() && !self.private_candidates.is_empty() {
            if let Some(Ok(pick)) = self.consider_candidates(self_ty, &self.private_candidates, &mut vec![]) {
                self.private_candidate.set(Some((pick.item.def_kind(), pick.item.def_id)));
            }
        }
        unsatisfied_predicates.extend(possibly);
        None
    }

    fn consider_candidates(
        &self,
        self_ty: Ty<'tcx>,
        candidates: &[Candidate<'tcx>],
        possibly_unsatisfied_predicates: &mut Vec<UnsatisfiedPredicate<'tcx>>,
    ) -> Option<PickResult<'tcx>> {
        let mut applicable: Vec<(&Candidate<'tcx>, ProbeResult)> = Vec::new();
        for probe in candidates {
            if !self.with_unstable.get() && self.is_unstable(probe.item.def_id) {
                self.passed_unstable.set(true);
                continue;
            }
            let status = self.consider_probe(self_ty, probe, possibly_unsatisfied_predicates);
            if status != ProbeResult::NoMatch {
                applicable.push((probe, status));
            }
        }
        if applicable.len() > 1 {
            if let Some(pick) = self.collapse_candidates_to_trait_pick(self_ty, &applicable) {
                return Some(Ok(pick));
            }
        }
        if applicable.len() > 1 {
            let sources = applicable.iter().map(|p| self.candidate_source(p.0, self_ty)).collect();
            return Some(Err(MethodError::Ambiguity(sources)));
        }
        applicable.pop().map(|(probe, status)| match status {
            ProbeResult::Match => Ok(probe.to_unadjusted_pick(self_ty)),
            ProbeResult::NoMatch | ProbeResult::BadReturnType => Err(MethodError::BadReturnType),
        })
    }

    fn is_unstable(&self, def_id: DefId) -> bool {
        if def_id.is_local() {
            return false;
        }
        self.is_unstable_and_disabled(def_id)
    }

    fn candidate_source(&self, candidate: &Candidate<'tcx>, self_ty: Ty<'tcx>) -> CandidateSource {
        match candidate.kind {
            CandidateKind::InherentImpl { .. } => CandidateSource::Impl(candidate.item.container_id),
            CandidateKind::Object(_) | CandidateKind::WhereClause(_) => {
                CandidateSource::Trait(candidate.item.container_id)
            }
            CandidateKind::Trait(trait_ref) => self.probe(|_| {
                let (xform_self_ty, _) = self.xform_self_ty(candidate.item, trait_ref.self_ty(), trait_ref.args);
                // Guide the trait selection to show impls that have methods whose type matches with the `self` parameter.
                let _ = self.at(&self.misc(self.span), self.param_env).sup(
                    trait_solve::infer::DefineOpaqueTypes::Yes,
                    xform_self_ty,
                    self_ty,
                );
                match self.find_impl_of(trait_ref) {
                    Some(impl_def_id) => CandidateSource::Impl(impl_def_id),
                    None => CandidateSource::Trait(candidate.item.container_id),
                }
            }),
        }
    }

    /// The impl by which a trait reference holds, if it is one that is seen at once.
    fn find_impl_of(&self, trait_ref: TraitRef<'tcx>) -> Option<DefId> {
        let trait_ref = self.resolve_vars_if_possible(trait_ref);
        let impls = self.tcx.trait_impls_of(trait_ref.def_id);
        let simp = trait_solve::fast_reject::simplify_type(
            self.tcx,
            trait_ref.self_ty(),
            trait_solve::fast_reject::TreatParams::InstantiateWithInfer,
        )?;
        let mut found =
            impls.non_blanket_impls.get(&simp).into_iter().flatten().chain(&impls.blanket_impls).copied().filter(
                |&impl_did| {
                    self.probe(|_| {
                        let args = self.fresh_args_for_item(self.span, impl_did);
                        let r = self.tcx.impl_trait_ref(impl_did).instantiate(*self.tcx, args);
                        self.at(&self.misc(self.span), self.param_env)
                            .eq(trait_solve::infer::DefineOpaqueTypes::Yes, trait_ref, r)
                            .is_ok()
                    })
                },
            );
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }

    fn consider_probe(
        &self,
        self_ty: Ty<'tcx>,
        probe: &Candidate<'tcx>,
        possibly_unsatisfied_predicates: &mut Vec<UnsatisfiedPredicate<'tcx>>,
    ) -> ProbeResult {
        let tcx = self.tcx;
        self.probe(|_snapshot| {
            let mut result = ProbeResult::Match;
            let cause = self.misc(self.span);
            let ocx = ObligationCtxt::new(&self.root_ctxt.infcx);
            let mut trait_predicate: Option<Predicate<'tcx>> = None;
            let xform_self_ty;
            let xform_ret_ty;
            match probe.kind {
                CandidateKind::InherentImpl { impl_def_id } => {
                    let impl_args = self.fresh_args_for_item(self.span, impl_def_id);
                    let impl_ty = tcx.type_of(impl_def_id).instantiate(*tcx, impl_args);
                    let (xself, xret) = self.xform_self_ty(probe.item, impl_ty, impl_args);
                    xform_self_ty = ocx.normalize(&cause, self.param_env, xself);
                    xform_ret_ty = xret;
                    if ocx.relate(&cause, self.param_env, self.variance(), self_ty, xform_self_ty).is_err() {
                        return ProbeResult::NoMatch;
                    }
                    // Check whether the impl imposes any conditions we have to worry about.
                    for (clause, span) in self.predicates_instantiated(impl_def_id, impl_args) {
                        let clause = ocx.normalize(&cause, self.param_env, clause);
                        let code = ObligationCauseCode::WhereClause(impl_def_id, span);
                        ocx.register_obligation(Obligation::new(
                            tcx,
                            self.cause(self.span, code),
                            self.param_env,
                            clause.as_predicate(),
                        ));
                    }
                }
                CandidateKind::Trait(trait_ref) => {
                    // Some trait methods are excluded for arrays before 2021. (`array.into_iter()` wants a slice
                    // iterator for compatibility.)
                    if let Some(method_name) = self.method_name {
                        if self_ty.is_array() && !method_name.span.at_least_rust_2021() {
                            let trait_def = tcx.trait_def(trait_ref.def_id);
                            if trait_def.skip_array_during_method_dispatch {
                                return ProbeResult::NoMatch;
                            }
                        }
                        // Some trait methods are excluded for boxed slices before 2024.
                        if self_ty.boxed_ty().is_some_and(Ty::is_slice) && !method_name.span.at_least_rust_2024() {
                            let trait_def = tcx.trait_def(trait_ref.def_id);
                            if trait_def.skip_boxed_slice_during_method_dispatch {
                                return ProbeResult::NoMatch;
                            }
                        }
                    }
                    let args = self.fresh_args_for_item(self.span, trait_ref.def_id);
                    let trait_ref = TraitRef { def_id: trait_ref.def_id, args };
                    let (xself, xret) = self.xform_self_ty(probe.item, trait_ref.self_ty(), args);
                    xform_self_ty = ocx.normalize(&cause, self.param_env, xself);
                    xform_ret_ty = xret;
                    // An opaque type that is defined here would match the `&_` of every `&self` method.
                    if let TyKind::Alias(AliasTyKind::Opaque, alias) = *self_ty.kind()
                        && self.can_define_opaque_ty(alias.def_id)
                        && !xform_self_ty.is_ty_var()
                    {
                        return ProbeResult::NoMatch;
                    }
                    if ocx.relate(&cause, self.param_env, self.variance(), self_ty, xform_self_ty).is_err() {
                        return ProbeResult::NoMatch;
                    }
                    let predicate: Predicate<'tcx> = trait_ref.upcast(tcx);
                    ocx.register_obligation(Obligation::new(tcx, cause.clone(), self.param_env, predicate));
                    trait_predicate = Some(predicate);
                }
                CandidateKind::Object(poly_trait_ref) | CandidateKind::WhereClause(poly_trait_ref) => {
                    let trait_ref = self.instantiate_binder_with_fresh_vars(
                        self.span,
                        BoundRegionConversionTime::FnCall,
                        poly_trait_ref,
                    );
                    let (xself, xret) = self.xform_self_ty(probe.item, trait_ref.self_ty(), trait_ref.args);
                    xform_self_ty = ocx.normalize(&cause, self.param_env, xself);
                    xform_ret_ty = xret;
                    if ocx.relate(&cause, self.param_env, self.variance(), self_ty, xform_self_ty).is_err() {
                        return ProbeResult::NoMatch;
                    }
                }
            }

            // Evaluate those obligations to see if they might possibly hold.
            for error in ocx.try_evaluate_obligations() {
                result = ProbeResult::NoMatch;
                let nested_predicate = self.resolve_vars_if_possible(error.obligation.predicate);
                if trait_predicate.is_some_and(|t| nested_predicate == self.resolve_vars_if_possible(t)) {
                    // Don't report possibly unsatisfied predicates if the root trait obligation from a `TraitCandidate`
                    // is unsatisfied. That just means the candidate doesn't hold.
                } else {
                    possibly_unsatisfied_predicates.push((
                        nested_predicate,
                        Some(self.resolve_vars_if_possible(error.root_obligation.predicate))
                            .filter(|root| *root != nested_predicate),
                        Some(error.obligation.cause),
                    ));
                }
            }
            if let (ProbeResult::Match, Some(predicate)) = (result, trait_predicate)
                && self.leaks_placeholders(Goal::new(self.param_env, predicate))
            {
                result = ProbeResult::NoMatch;
            }
            if let (ProbeResult::Match, Some(return_ty), Some(xform_ret_ty)) = (result, self.return_type, xform_ret_ty)
            {
                // The return type is expected, too.
                let ret = ocx.normalize(&cause, self.param_env, xform_ret_ty);
                if ocx.sup(&cause, self.param_env, return_ty, ret).is_err() {
                    result = ProbeResult::BadReturnType;
                }
            }
            result
        })
    }

    /// Sometimes we get in a situation where we have matching probes that are all from the same trait: which impl is
    /// found out later.
    fn collapse_candidates_to_trait_pick(
        &self,
        _self_ty: Ty<'tcx>,
        probes: &[(&Candidate<'tcx>, ProbeResult)],
    ) -> Option<Pick<'tcx>> {
        // Do all probes correspond to the same trait?
        let container = probes[0].0.item.trait_container()?;
        for (p, _) in &probes[1..] {
            if p.item.trait_container()? != container {
                return None;
            }
        }
        // FIXME: check the return type here somehow. If so, just use this trait and call it a day.
        Some(Pick {
            item: probes[0].0.item,
            kind: PickKind::TraitPick,
            import_ids: probes[0].0.import_ids.clone(),
            autoderefs: 0,
            autoref_or_ptr_adjustment: None,
        })
    }

    /// Similarly to `probe_for_return_type`, this method attempts to find the best matching candidate method where the
    /// method name may be misspelt.
    fn probe_for_similar_candidate(&mut self) -> Option<AssocItem> {
        let method_name = self.method_name?;
        self.reset();
        self.allow_similar_names = true;
        self.assemble_inherent_candidates();
        // Applicable ones, by name.
        let mut names: Vec<Ident> = Vec::new();
        let candidates = std::mem::take(&mut self.inherent_candidates);
        let mut applicable: Vec<AssocItem> = Vec::new();
        for c in &candidates {
            let Some(name) = c.item.opt_name() else { continue };
            let ok = self.steps.iter().any(|step| {
                if step.self_ty.references_error() {
                    return false;
                }
                let tcx = self.tcx;
                let region = tcx.lifetimes().re_erased;
                let mut tys = vec![step.self_ty];
                if self.mode == Mode::MethodCall {
                    tys.push(tcx.mk_imm_ref(region, step.self_ty));
                    tys.push(tcx.mk_mut_ref(region, step.self_ty));
                }
                tys.into_iter().any(|t| self.consider_probe(t, c, &mut Vec::new()) != ProbeResult::NoMatch)
            });
            if ok {
                names.push(Ident::new(name, self.span));
                applicable.push(c.item);
            }
        }
        self.allow_similar_names = false;
        let syms: Vec<_> = applicable.iter().filter_map(|c| c.opt_name()).collect();
        let best = super::suggest::find_best_match(&syms, method_name.name)?;
        applicable.into_iter().find(|c| c.opt_name() == Some(best))
    }

    pub(super) fn has_applicable_self(&self, item: &AssocItem) -> bool {
        // "Fast track" -- check for usage of sugar when in method call mode. In Path mode (i.e., resolving a value like
        // `T::next`), consider all items.
        match self.mode {
            Mode::MethodCall => item.is_method(),
            Mode::Path => !item.is_type(),
        }
    }

    pub(super) fn record_static_candidate(&self, source: CandidateSource) {
        self.static_candidates.borrow_mut().push(source);
    }

    /// The type of `self` and the return type of an item with an impl's or trait's arguments.
    pub(super) fn xform_self_ty(
        &self,
        item: AssocItem,
        impl_ty: Ty<'tcx>,
        args: GenericArgsRef<'tcx>,
    ) -> (Ty<'tcx>, Option<Ty<'tcx>>) {
        if item.is_fn() && self.mode == Mode::MethodCall {
            let sig = self.xform_method_sig(item.def_id, args);
            (sig.inputs()[0], Some(sig.output()))
        } else {
            (impl_ty, None)
        }
    }

    fn xform_method_sig(&self, method: DefId, args: GenericArgsRef<'tcx>) -> ty::FnSig<'tcx> {
        let tcx = self.tcx;
        let fn_sig = tcx.fn_sig(method);
        // It is possible for type parameters or early-bound lifetimes to appear in the signature of `self`. The
        // generic parameters we are given do not include type/lifetime parameters for the method yet. So create
        // fresh variables here for those too, if there are any.
        let generics = tcx.generics_of(method);
        let xform_fn_sig = if generics.own_params.is_empty() {
            fn_sig.instantiate(*tcx, args)
        } else {
            let args = tcx.args_for_item(method, |param, _| {
                let i = param.index as usize;
                if i < args.len() {
                    args[i]
                } else {
                    match param.kind {
                        // In general, during probe we erase regions.
                        GenericParamDefKind::Lifetime => GenericArg::Lifetime(tcx.lifetimes().re_erased),
                        _ => self.var_for_def(self.span, param),
                    }
                }
            });
            fn_sig.instantiate(*tcx, args)
        };
        tcx.instantiate_bound_regions_with_erased(xform_fn_sig)
    }

    /// Determines the items of a given name (or similar names) in an impl or trait.
    pub(super) fn impl_or_trait_item(&self, def_id: DefId) -> Vec<AssocItem> {
        let Some(name) = self.method_name else {
            return self
                .tcx
                .associated_items(def_id)
                .in_definition_order()
                .filter(|x| x.namespace() == Namespace::ValueNS)
                .copied()
                .collect();
        };
        if self.allow_similar_names {
            let max_dist = std::cmp::max(name.as_str().len(), 3) / 3;
            return self
                .tcx
                .associated_items(def_id)
                .in_definition_order()
                .filter(|x| x.namespace() == Namespace::ValueNS)
                .filter(|x| {
                    x.opt_name().is_some_and(|n| {
                        super::suggest::edit_distance(name.as_str(), n.as_str(), max_dist).is_some_and(|d| d > 0)
                    })
                })
                .copied()
                .collect();
        }
        self.tcx
            .associated_items(def_id)
            .filter_by_name_unhygienic(name.name)
            .filter(|x| x.namespace() == Namespace::ValueNS)
            .filter(|x| {
                let ident = self.tcx.item_ident(x.def_id);
                self.tcx.hygienic_eq(name, ident, def_id)
            })
            .copied()
            .collect()
    }
}

impl<'tcx> Candidate<'tcx> {
    fn to_unadjusted_pick(&self, _self_ty: Ty<'tcx>) -> Pick<'tcx> {
        Pick {
            item: self.item,
            kind: match self.kind {
                CandidateKind::InherentImpl { impl_def_id } => PickKind::InherentImplPick(impl_def_id),
                CandidateKind::Object(_) => PickKind::ObjectPick,
                CandidateKind::Trait(_) => PickKind::TraitPick,
                CandidateKind::WhereClause(trait_ref) => PickKind::WhereClausePick(trait_ref),
            },
            import_ids: self.import_ids.clone(),
            autoderefs: 0,
            autoref_or_ptr_adjustment: None,
        }
    }
}
