//! Method calls and `<T>::name` paths: [`probe`] finds the item, [`confirm`] makes the call, [`suggest`] the errors.

pub(crate) mod confirm;
pub(crate) mod probe;
mod probe_candidates;
pub(crate) mod suggest;
mod unsatisfied;

use hir::HirId;
use hir::def::{CtorOf, DefKind, Namespace};
use span::def_id::DefId;
use span::{Ident, Span, Symbol};
use trait_solve::infer::{BoundRegionConversionTime, InferOk};
use trait_solve::traits::NormalizeExt as _;
use trait_solve::traits::{Obligation, ObligationCause, PredicateObligations};
use ty::{AssocItem, FnSig, GenericArgsRef, GenericParamDefKind, Predicate, TraitRef, Ty, TyKind};

use crate::FnCtxt;
pub(crate) use probe::{Mode, Pick, ProbeScope};

/// The callee of a method call or overloaded operator.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MethodCallee<'tcx> {
    pub(crate) def_id: DefId,
    pub(crate) args: GenericArgsRef<'tcx>,
    /// Instantiated method signature, i.e., it has been instantiated, normalized, and has had late-bound lifetimes
    /// replaced with inference variables.
    pub(crate) sig: FnSig<'tcx>,
}

/// Why no method was found.
#[derive(Debug)]
pub(crate) enum MethodError<'tcx> {
    /// Did not find an applicable method, but we did find various near-misses that may work.
    NoMatch(NoMatchData<'tcx>),
    /// Multiple methods might apply.
    Ambiguity(Vec<CandidateSource>),
    /// Found an applicable method, but it is not visible. The third argument contains a list of not-in-scope traits
    /// which may work.
    PrivateMatch(DefKind, DefId, Vec<DefId>),
    /// Found a `Self: Sized` bound where `Self` is a trait object.
    IllegalSizedBound { candidates: Vec<DefId>, needs_mut: bool, bound_span: Span, self_expr: Option<HirId> },
    /// Found a match, but the return type is wrong.
    BadReturnType,
    /// Error has already been emitted, no need to emit another one.
    ErrorReported(span::ErrorGuaranteed),
}

/// A predicate that does not hold, its root if another, and why it was needed.
pub(crate) type UnsatisfiedPredicate<'tcx> = (Predicate<'tcx>, Option<Predicate<'tcx>>, Option<ObligationCause<'tcx>>);

/// What was seen while nothing was found.
#[derive(Debug)]
pub(crate) struct NoMatchData<'tcx> {
    pub(crate) static_candidates: Vec<CandidateSource>,
    pub(crate) unsatisfied_predicates: Vec<UnsatisfiedPredicate<'tcx>>,
    pub(crate) out_of_scope_traits: Vec<DefId>,
    pub(crate) similar_candidate: Option<AssocItem>,
    pub(crate) mode: Mode,
}

/// A pared down enum describing just the places from which a method candidate can arise. Used for error reporting only.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) enum CandidateSource {
    Impl(DefId),
    Trait(DefId),
}

impl<'a, 'tcx> FnCtxt<'a, 'tcx> {
    /// Determines whether the type `self_ty` supports a visible method named `method_name` or not.
    pub(crate) fn method_exists_for_diagnostic(
        &self,
        method_name: Ident,
        self_ty: Ty<'tcx>,
        call_expr_id: HirId,
        return_type: Option<Ty<'tcx>>,
    ) -> bool {
        match self.probe(|_| {
            self.probe_for_name(
                Mode::MethodCall,
                method_name,
                return_type,
                true,
                self_ty,
                call_expr_id,
                ProbeScope::TraitsInScope,
            )
            .map(|_| ())
        }) {
            Ok(()) => true,
            Err(MethodError::NoMatch(..)) => false,
            Err(MethodError::Ambiguity(..)) => true,
            Err(MethodError::PrivateMatch(..)) => false,
            Err(MethodError::IllegalSizedBound { .. }) => true,
            Err(MethodError::BadReturnType) => false,
            Err(MethodError::ErrorReported(_)) => false,
        }
    }

    /// The parameters of a method, as placeholders in a suggested call.
    pub(crate) fn method_params_for_suggestion(
        &self,
        method_name: Ident,
        self_ty: Ty<'tcx>,
        call_expr_id: HirId,
    ) -> Option<String> {
        let item = self.probe(|_| {
            self.probe_for_name(
                Mode::MethodCall,
                method_name,
                None,
                true,
                self_ty,
                call_expr_id,
                ProbeScope::TraitsInScope,
            )
            .ok()
            .map(|p| p.item)
        })?;
        let sig = self.tcx.fn_sig(item.def_id).skip_binder().skip_binder();
        let n = sig.inputs().len().saturating_sub(1);
        Some(
            sig.inputs()[1..]
                .iter()
                .take(n)
                .map(|t| format!("/* {} */", self.ty_to_string(*t)))
                .collect::<Vec<_>>()
                .join(", "),
        )
    }

    /// Performs method lookup. If lookup is successful, it will return the callee and store an appropriate adjustment
    /// for the self-expr.
    pub(crate) fn lookup_method(
        &self,
        self_ty: Ty<'tcx>,
        segment: &'tcx hir::PathSegment<'tcx>,
        span: Span,
        call_expr: &'tcx hir::Expr<'tcx>,
        self_expr: &'tcx hir::Expr<'tcx>,
        args: &'tcx [hir::Expr<'tcx>],
    ) -> Result<MethodCallee<'tcx>, MethodError<'tcx>> {
        let pick = self.lookup_probe(segment.ident, self_ty, call_expr, ProbeScope::TraitsInScope)?;
        let _ = args;
        self.note_used_imports(&pick.import_ids);
        self.check_stability(pick.item.def_id, Some(call_expr.hir_id), span);

        let result = self.confirm_method(span, self_expr, call_expr, self_ty, &pick, segment);
        if let Some(bound_span) = result.illegal_sized_bound {
            let mut needs_mut = false;
            if let TyKind::Ref(region, t_type, mutability) = *self_ty.kind() {
                let trait_type = self.tcx.mk_ref(region, t_type, mutability.invert());
                // We probe again to see if there might be a borrow mutability discrepancy.
                if self.lookup_probe(segment.ident, trait_type, call_expr, ProbeScope::TraitsInScope).is_ok() {
                    needs_mut = mutability.is_not();
                }
            }
            // We probe again, taking all traits into account (not only those in scope).
            let candidates = match self.lookup_probe(segment.ident, self_ty, call_expr, ProbeScope::AllTraits) {
                // If we find a different result, the caller probably forgot to import a trait.
                Ok(new_pick) if pick.item.def_id != new_pick.item.def_id => {
                    vec![new_pick.item.container_id]
                }
                Err(MethodError::Ambiguity(sources)) => sources
                    .iter()
                    .filter_map(|source| match *source {
                        // Note: this cannot come from an inherent impl, because the first probing succeeded.
                        CandidateSource::Impl(def) => self.tcx.impl_opt_trait_id(def),
                        CandidateSource::Trait(_) => None,
                    })
                    .collect(),
                _ => Vec::new(),
            };
            return Err(MethodError::IllegalSizedBound {
                candidates,
                needs_mut,
                bound_span,
                self_expr: Some(self_expr.hir_id),
            });
        }
        Ok(result.callee)
    }

    pub(crate) fn note_used_imports(&self, import_ids: &[span::def_id::LocalDefId]) {
        if !import_ids.is_empty() {
            let mut results = self.typeck_results.borrow_mut();
            for &import_id in import_ids {
                results.used_trait_imports.insert(import_id);
            }
        }
    }

    pub(crate) fn lookup_probe(
        &self,
        method_name: Ident,
        self_ty: Ty<'tcx>,
        call_expr: &hir::Expr<'_>,
        scope: ProbeScope,
    ) -> Result<Pick<'tcx>, MethodError<'tcx>> {
        let pick = self.probe_for_name(Mode::MethodCall, method_name, None, false, self_ty, call_expr.hir_id, scope)?;
        Ok(pick)
    }

    /// `lookup_method_for_operator` is used for operators: the trait is known; only whether it holds is the question.
    pub(crate) fn lookup_method_for_operator(
        &self,
        cause: ObligationCause<'tcx>,
        m_name: Symbol,
        trait_def_id: DefId,
        self_ty: Ty<'tcx>,
        opt_rhs_ty: Option<Ty<'tcx>>,
    ) -> Option<InferOk<'tcx, MethodCallee<'tcx>>> {
        // Construct a trait-reference `self_ty : Trait<input_tys>`
        let args = self.tcx.args_for_item(trait_def_id, |param, _| match param.kind {
            GenericParamDefKind::Type { .. } if param.index == 0 => self_ty.into(),
            GenericParamDefKind::Type { .. } => match opt_rhs_ty {
                Some(rhs) => rhs.into(),
                None => self.var_for_def(cause.span, param),
            },
            _ => self.var_for_def(cause.span, param),
        });
        let trait_ref = TraitRef { def_id: trait_def_id, args };

        // Construct an obligation
        let obligation = Obligation::new(self.tcx, cause.clone(), self.param_env, trait_ref);

        // Now we want to know if this can be matched
        if !self.predicate_may_hold(&obligation) {
            return None;
        }

        // Trait must have a method named `m_name` and it should not have type parameters or early-bound regions.
        let method_item =
            self.tcx.associated_items(trait_def_id).filter_by_name_unhygienic(m_name).find(|i| i.is_fn()).copied()?;
        Some(self.construct_obligation_for_trait_method(cause, method_item, args, obligation))
    }

    fn construct_obligation_for_trait_method(
        &self,
        cause: ObligationCause<'tcx>,
        method_item: AssocItem,
        args: GenericArgsRef<'tcx>,
        obligation: Obligation<'tcx, Predicate<'tcx>>,
    ) -> InferOk<'tcx, MethodCallee<'tcx>> {
        let tcx = self.tcx;
        let def_id = method_item.def_id;
        let mut obligations = PredicateObligations::new();

        // Instantiate late-bound regions and instantiate the trait parameters into the method type to get the actual
        // method type.
        let fn_sig = tcx.fn_sig(def_id).instantiate(*tcx, args);
        let fn_sig = self.instantiate_binder_with_fresh_vars(cause.span, BoundRegionConversionTime::FnCall, fn_sig);
        let InferOk { value: fn_sig, obligations: o } = self.at(&cause, self.param_env).normalize(fn_sig);
        obligations.extend(o);

        // Register obligations for the parameters. This will include the `Self` parameter, which in turn has a bound
        // of the main trait.
        obligations.push(obligation);
        for (clause, _) in self.predicates_instantiated(def_id, args) {
            if clause
                .as_trait_clause()
                .is_some_and(|t| t.def_id() == method_item.container_id && t.skip_binder().trait_ref.args == args)
            {
                // That is the obligation itself.
                continue;
            }
            let InferOk { value: clause, obligations: o } = self.at(&cause, self.param_env).normalize(clause);
            obligations.extend(o);
            obligations.push(Obligation::new(tcx, cause.clone(), self.param_env, clause.as_predicate()));
        }
        let callee = MethodCallee { def_id, args, sig: fn_sig };
        InferOk { obligations, value: callee }
    }

    /// Performs a "fully qualified" lookup (`<T>::name`).
    pub(crate) fn resolve_fully_qualified_call(
        &self,
        span: Span,
        method_name: Ident,
        self_ty: Ty<'tcx>,
        self_ty_span: Span,
        expr_id: HirId,
    ) -> Result<(DefKind, DefId), MethodError<'tcx>> {
        let _tcx = self.tcx;
        let _ = (span, self_ty_span);
        // Check if we have an enum variant.
        let mut struct_variant = None;
        if let TyKind::Adt(adt_def, _) = self_ty.kind() {
            if adt_def.is_enum() {
                let variant_def = adt_def.variants().iter().find(|vd| vd.name == method_name.name);
                if let Some(variant_def) = variant_def {
                    if let Some((ctor_kind, ctor_def_id)) = variant_def.ctor {
                        self.check_stability(ctor_def_id, Some(expr_id), span);
                        return Ok((DefKind::Ctor(CtorOf::Variant, ctor_kind), ctor_def_id));
                    }
                    struct_variant = Some((DefKind::Variant, variant_def.def_id));
                }
            }
        }

        let pick =
            self.probe_for_name(Mode::Path, method_name, None, false, self_ty, expr_id, ProbeScope::TraitsInScope);
        let pick = match (pick, struct_variant) {
            // Fall back to a resolution that will produce an error later.
            (Err(_), Some(res)) => return Ok(res),
            (pick, _) => pick?,
        };
        self.note_used_imports(&pick.import_ids);
        let def_kind = pick.item.def_kind();
        self.check_stability(pick.item.def_id, Some(expr_id), span);
        Ok((def_kind, pick.item.def_id))
    }

    /// Finds item with name `item_ident` defined in impl/trait `def_id` and returns it, or `None`, if no such item.
    pub(crate) fn associated_value(&self, def_id: DefId, item_ident: Ident) -> Option<AssocItem> {
        self.tcx.associated_items(def_id).find_by_ident_and_namespace(item_ident, Namespace::ValueNS).copied()
    }
}
