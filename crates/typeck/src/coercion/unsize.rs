//! Unsizing (RFCs 982, 1558, 3324): `&[T; N]` to `&[T]`, `Box<T>` to `Box<dyn Trait>`, `&dyn Sub` to `&dyn Super`.
//!
//! `Source: CoerceUnsized<Target>` is taken apart here, through impls for smart pointers, down to `T: Unsize<U>`
//! goals: these decide whether it is a coercion. Everything else becomes an obligation.

use std::collections::VecDeque;

use hir::LangItem;
use span::def_id::DefId;
use trait_solve::fast_reject::{TreatParams, simplify_type};
use trait_solve::infer::{DefineOpaqueTypes, InferOk, RegionVariableOrigin};
use trait_solve::traits::NormalizeExt as _;
use trait_solve::traits::{Obligation, ObligationCauseCode, PredicateObligation, Upcast};
use ty::adjustment::{Adjust, Adjustment, AllowTwoPhase, AutoBorrow, AutoBorrowMutability, PointerCoercion};
use ty::error::TypeError;
use ty::{InferTy, TraitRef, Ty, TyKind};

use super::{Coerce, CoerceResult, coerce_mutbls};

/// What a goal came to.
enum Step<'tcx> {
    /// More goals.
    Nested(Vec<PredicateObligation<'tcx>>),
    /// To be proved later.
    Defer,
    /// It is no coercion.
    No,
}

impl<'a, 'tcx> Coerce<'a, 'tcx> {
    /// Coerces an unsized value behind a pointer; fails if there is nothing to unsize.
    pub(super) fn coerce_unsized(&self, source: Ty<'tcx>, target: Ty<'tcx>) -> CoerceResult<'tcx> {
        let source = self.shallow_resolve(source);
        let target = self.shallow_resolve(target);

        // We don't apply any coercions in case either the source or target aren't sufficiently well known.
        if source.is_ty_var() || target.is_ty_var() {
            return Err(TypeError::Mismatch);
        }
        // Only pointers and ADTs can be targets, quickly.
        match (source.kind(), target.kind()) {
            (TyKind::Ref(_, s, _) | TyKind::RawPtr(s, _), TyKind::Ref(_, t, _) | TyKind::RawPtr(t, _)) => {
                // Pointees that are unsized for sure, or a variable or alias that may be.
                let s = self.shallow_resolve(*s);
                let t = self.shallow_resolve(*t);
                match (s.kind(), t.kind()) {
                    (_, TyKind::Slice(_)) => {
                        if !matches!(s.kind(), TyKind::Array(..)) {
                            return Err(TypeError::Mismatch);
                        }
                    }
                    (_, TyKind::Dynamic(..)) => {}
                    (TyKind::Adt(a, _), TyKind::Adt(b, _)) if a == b && a.is_struct() => {}
                    (TyKind::Param(_), TyKind::Param(_)) if s != t => {}
                    (_, TyKind::Param(_) | TyKind::Alias(..)) if s != t => {}
                    (TyKind::Alias(..), _) => {}
                    _ => return Err(TypeError::Mismatch),
                }
            }
            (TyKind::Adt(a, _), TyKind::Adt(b, _)) if a == b => {}
            (TyKind::Param(_) | TyKind::Alias(..), TyKind::Param(_) | TyKind::Alias(..) | TyKind::Adt(..))
            | (TyKind::Adt(..), TyKind::Param(_) | TyKind::Alias(..)) => {}
            _ => return Err(TypeError::Mismatch),
        }

        let lang = self.tcx.lang_items();
        let (Some(unsize_did), Some(coerce_unsized_did)) = (lang.unsize_trait(), lang.coerce_unsized_trait()) else {
            return Err(TypeError::Mismatch);
        };
        // Smart pointers without an impl (most ADTs) cannot be coerced.
        if let TyKind::Adt(def, _) = *source.kind() {
            if self.coerce_unsized_impls(coerce_unsized_did, def.did(), source).is_empty() {
                return Err(TypeError::Mismatch);
            }
        }

        // Handle reborrows before selecting `Source: CoerceUnsized<Target>`.
        let span = self.cause.span;
        let reborrow = match (*source.kind(), *target.kind()) {
            (TyKind::Ref(_, ty_a, mutbl_a), TyKind::Ref(_, _, mutbl_b)) => {
                coerce_mutbls(mutbl_a, mutbl_b)?;
                let r_borrow = self.next_region_var(RegionVariableOrigin::Coercion(span));
                // We don't allow two-phase borrows here, at least for initial implementation.
                let mutbl = AutoBorrowMutability::new(mutbl_b, AllowTwoPhase::No);
                Some((
                    Adjustment { kind: Adjust::Deref(None), target: ty_a },
                    Adjustment {
                        kind: Adjust::Borrow(AutoBorrow::Ref(mutbl)),
                        target: self.tcx.mk_ref(r_borrow, ty_a, mutbl_b),
                    },
                ))
            }
            (TyKind::Ref(_, ty_a, mt_a), TyKind::RawPtr(_, mt_b)) => {
                coerce_mutbls(mt_a, mt_b)?;
                Some((
                    Adjustment { kind: Adjust::Deref(None), target: ty_a },
                    Adjustment { kind: Adjust::Borrow(AutoBorrow::RawPtr(mt_b)), target: self.tcx.mk_ptr(ty_a, mt_b) },
                ))
            }
            _ => None,
        };
        let coerce_source = reborrow.as_ref().map_or(source, |(_, r)| r.target);

        // Setup either a subtyping or a LUB relationship between the `CoerceUnsized` target type and the expected
        // type. We only have the latter, so we use an inference variable for the former and let type inference do
        // the rest.
        let coerce_target = self.next_ty_var(span);
        let mut coercion = self.unify_and(
            coerce_target,
            target,
            reborrow.into_iter().flat_map(|(deref, autoref)| [deref, autoref]),
            Adjust::Pointer(PointerCoercion::Unsize),
        )?;

        // Create an obligation for `Source: CoerceUnsized<Target>`.
        let cause = self.fcx.cause(span, ObligationCauseCode::Coercion { source, target });
        let trait_ref = TraitRef::new(*self.tcx, coerce_unsized_did, [coerce_source, coerce_target]);
        let mut queue: VecDeque<PredicateObligation<'tcx>> =
            VecDeque::from([Obligation::new(self.tcx, cause, self.fcx.param_env, trait_ref)]);

        // Keep resolving `CoerceUnsized` and `Unsize` predicates to avoid coercing things that are not coercible.
        while let Some(obligation) = queue.pop_front() {
            let trait_ref = match obligation.predicate.kind().skip_binder() {
                ty::PredicateKind::Clause(ty::ClauseKind::Trait(t))
                    if t.def_id() == unsize_did || t.def_id() == coerce_unsized_did =>
                {
                    self.resolve_vars_if_possible(t.trait_ref)
                }
                _ => {
                    coercion.obligations.push(obligation);
                    continue;
                }
            };
            let s = self.shallow_resolve(trait_ref.args.type_at(0));
            let t = self.shallow_resolve(trait_ref.args.type_at(1));
            let step = if trait_ref.def_id == unsize_did {
                self.unsize_step(&obligation, s, t)?
            } else {
                self.coerce_unsized_step(&obligation, coerce_unsized_did, unsize_did, s, t)?
            };
            match step {
                Step::Nested(nested) => queue.extend(nested),
                Step::Defer => coercion.obligations.push(obligation),
                Step::No => return Err(TypeError::Mismatch),
            }
        }
        Ok(coercion)
    }

    fn nested(
        &self,
        parent: &PredicateObligation<'tcx>,
        trait_did: DefId,
        args: [Ty<'tcx>; 2],
    ) -> PredicateObligation<'tcx> {
        Obligation::new(self.tcx, parent.cause.clone(), self.fcx.param_env, TraitRef::new(*self.tcx, trait_did, args))
    }

    fn coerce_unsized_impls(&self, trait_did: DefId, _adt: DefId, self_ty: Ty<'tcx>) -> &'tcx [DefId] {
        let impls = self.tcx.trait_impls_of(trait_did);
        match simplify_type(self.tcx, self_ty, TreatParams::InstantiateWithInfer) {
            Some(simp) => impls.non_blanket_impls.get(&simp).map_or(&[], |v| &v[..]),
            None => &[],
        }
    }

    /// `s: CoerceUnsized<t>`
    fn coerce_unsized_step(
        &self,
        obligation: &PredicateObligation<'tcx>,
        coerce_unsized_did: DefId,
        unsize_did: DefId,
        s: Ty<'tcx>,
        t: Ty<'tcx>,
    ) -> Result<Step<'tcx>, TypeError<'tcx>> {
        match (*s.kind(), *t.kind()) {
            // The impls in `core::ops::unsize` for pointers.
            (TyKind::Ref(_, s, ms), TyKind::Ref(_, t, mt) | TyKind::RawPtr(t, mt))
            | (TyKind::RawPtr(s, ms), TyKind::RawPtr(t, mt)) => {
                if ms < mt {
                    return Ok(Step::No);
                }
                Ok(Step::Nested(vec![self.nested(obligation, unsize_did, [s, t])]))
            }
            (TyKind::Adt(def, _), TyKind::Adt(..)) => {
                for &impl_did in self.coerce_unsized_impls(coerce_unsized_did, def.did(), s) {
                    let found = self.commit_if_ok(|_| {
                        let span = self.cause.span;
                        let args = self.fresh_args_for_item(span, impl_did);
                        let impl_ref = self.tcx.impl_trait_ref(impl_did).instantiate(*self.tcx, args);
                        let goal = TraitRef::new(*self.tcx, coerce_unsized_did, [s, t]);
                        let InferOk { obligations, .. } = self.at(&obligation.cause, self.fcx.param_env).eq(
                            DefineOpaqueTypes::Yes,
                            goal,
                            impl_ref,
                        )?;
                        let mut nested: Vec<_> = obligations.into_iter().collect();
                        // `Unsize` goals first: the others may speak of what they decide.
                        for (clause, _) in self.fcx.instantiate_bounds(span, impl_did, args) {
                            nested.push(Obligation::new(
                                self.tcx,
                                obligation.cause.clone(),
                                self.fcx.param_env,
                                clause.as_predicate(),
                            ));
                        }
                        Ok::<_, TypeError<'tcx>>(nested)
                    });
                    if let Ok(nested) = found {
                        return Ok(Step::Nested(nested));
                    }
                }
                Ok(Step::No)
            }
            _ => {
                // Type parameters: by `where` clauses.
                if self.predicate_may_hold(obligation) && !s.is_ty_var() && !t.is_ty_var() {
                    Ok(Step::Defer)
                } else {
                    Ok(Step::No)
                }
            }
        }
    }

    /// `s: Unsize<t>`
    fn unsize_step(
        &self,
        obligation: &PredicateObligation<'tcx>,
        s: Ty<'tcx>,
        t: Ty<'tcx>,
    ) -> Result<Step<'tcx>, TypeError<'tcx>> {
        match (*s.kind(), *t.kind()) {
            (TyKind::Array(elem_s, _), TyKind::Slice(elem_t)) => {
                let InferOk { obligations, .. } =
                    self.at(&obligation.cause, self.fcx.param_env).eq(DefineOpaqueTypes::Yes, elem_s, elem_t)?;
                Ok(Step::Nested(obligations.into_iter().collect()))
            }
            // `$0: Unsize<dyn Trait>` where we know that `$0: Sized`, try going for object coercion.
            (TyKind::Infer(InferTy::TyVar(v)), TyKind::Dynamic(..)) => {
                if self.type_var_is_sized(v) {
                    Ok(Step::Defer)
                } else {
                    Ok(Step::No)
                }
            }
            (TyKind::Infer(_), TyKind::Infer(InferTy::TyVar(_))) | (_, TyKind::Infer(InferTy::TyVar(_))) => {
                Ok(Step::No)
            }
            (TyKind::Dynamic(..), TyKind::Dynamic(..)) => {
                if self.predicate_may_hold(obligation) {
                    Ok(Step::Defer)
                } else {
                    Ok(Step::No)
                }
            }
            (_, TyKind::Dynamic(data, r)) => Ok(Step::Nested(self.object_obligations(obligation, s, data, r))),
            (TyKind::Infer(_), _) => Ok(Step::No),
            (TyKind::Adt(def_s, args_s), TyKind::Adt(def_t, args_t)) if def_s == def_t && def_s.is_struct() => {
                // The last field decides: it may be not known enough to be a coercion.
                let params = self.tcx.unsizing_params_for_adt(def_s.did());
                let Some(tail) = def_s.non_enum_variant().fields.iter().next_back().filter(|_| !params.is_empty())
                else {
                    return Ok(Step::No);
                };
                let cx = *self.tcx;
                let tail_ty = self.tcx.type_of(tail.did);
                let at = self.at(&obligation.cause, self.fcx.param_env);
                let InferOk { value: tail_s, obligations: of_s } = at.normalize(tail_ty.instantiate(cx, args_s));
                let InferOk { value: tail_t, obligations: of_t } = at.normalize(tail_ty.instantiate(cx, args_t));
                let mixed: Vec<_> = args_s
                    .iter()
                    .enumerate()
                    .map(|(i, arg)| if params.contains(&(i as u32)) { args_t[i] } else { arg })
                    .collect();
                let mixed = cx.mk_adt(def_s, cx.mk_args(&mixed));
                let InferOk { obligations, .. } =
                    self.at(&obligation.cause, self.fcx.param_env).eq(DefineOpaqueTypes::Yes, t, mixed)?;
                let unsize = obligation.predicate.as_trait_clause().map(|t| t.def_id()).ok_or(TypeError::Mismatch)?;
                let mut nested: Vec<_> = obligations.into_iter().chain(of_s).chain(of_t).collect();
                nested.push(self.nested(obligation, unsize, [tail_s, tail_t]));
                Ok(Step::Nested(nested))
            }
            _ => {
                if s != t && self.predicate_may_hold(obligation) {
                    Ok(Step::Defer)
                } else {
                    Ok(Step::No)
                }
            }
        }
    }

    /// What must hold for `s` to become `dyn Trait + 'r`.
    fn object_obligations(
        &self,
        obligation: &PredicateObligation<'tcx>,
        s: Ty<'tcx>,
        data: ty::PolyExistentialPredicates<'tcx>,
        r: ty::Region<'tcx>,
    ) -> Vec<PredicateObligation<'tcx>> {
        let cx = *self.tcx;
        let make = |p: ty::Predicate<'tcx>| Obligation::new(self.tcx, obligation.cause.clone(), self.fcx.param_env, p);
        let tcx = self.tcx;
        let mut nested = Vec::new();
        if let Some(principal) = data.principal_def_id() {
            nested.push(make(ty::PredicateKind::DynCompatible(principal).upcast(tcx)));
        }
        for p in data {
            nested.push(make(p.with_self_ty(cx, s).as_predicate()));
        }
        // We can only make objects from sized types.
        if !s.is_trivially_sized() {
            if let Some(sized) = self.tcx.lang_items().get(LangItem::Sized) {
                nested.push(make(TraitRef::new(cx, sized, [s]).upcast(tcx)));
            }
        }
        // If the type is `Foo + 'a`, ensure that the type being cast to `Foo + 'a` outlives `'a`.
        nested.push(make(ty::ClauseKind::TypeOutlives(ty::OutlivesPredicate(s, r)).upcast(tcx)));
        nested
    }

    fn type_var_is_sized(&self, self_ty: ty::TyVid) -> bool {
        let Some(sized_did) = self.tcx.lang_items().sized_trait() else {
            return true;
        };
        self.obligations_for_self_ty(self_ty).into_iter().any(|o| {
            matches!(o.predicate.kind().skip_binder(),
                ty::PredicateKind::Clause(ty::ClauseKind::Trait(t)) if t.def_id() == sized_did)
        })
    }
}
