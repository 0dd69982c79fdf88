//! Trait goals that hold by the compiler's own rules.

use hir::LangItem;
use span::def_id::DefId;
use ty::closure::ClosureKind;
use ty::visit::TypeVisitableExt;
use ty::{AliasTyKind, InferTy, Mutability, TraitPredicate, Ty, TyKind};

use super::trait_goals::CandidateKind;
use super::unsize::UnsizeKind;
use super::{EvalCtxt, Goal, NoSolution};

/// Which rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BuiltinKind {
    /// Not known yet.
    Ambiguous,
    Sized,
    MetaSized,
    PointeeSized,
    Copy,
    AutoTrait,
    TraitAlias,
    Fn(ClosureKind),
    AsyncFn(ClosureKind),
    AsyncFnKindHelper,
    Tuple,
    Pointee,
    DiscriminantKind,
    Destruct,
    FnPtr,
    Coroutine,
    Future,
    Iterator,
    FusedIterator,
    AsyncIterator,
    GuaranteedNoDrop,
    Unsize(UnsizeKind),
}

impl BuiltinKind {
    /// Whether an answer without conditions is the only one that counts.
    pub(crate) fn is_trivial(self) -> bool {
        matches!(
            self,
            BuiltinKind::Sized
                | BuiltinKind::MetaSized
                | BuiltinKind::PointeeSized
                | BuiltinKind::Copy
                | BuiltinKind::Tuple
                | BuiltinKind::Destruct
                | BuiltinKind::FnPtr
                | BuiltinKind::DiscriminantKind
                | BuiltinKind::Pointee
        )
    }
}

impl<'tcx> EvalCtxt<'_, 'tcx> {
    pub(crate) fn assemble_builtin(
        &mut self,
        goal: Goal<'tcx, TraitPredicate<'tcx>>,
        self_ty: Ty<'tcx>,
        has_impl: bool,
        out: &mut Vec<CandidateKind<'tcx>>,
    ) {
        let tcx = self.tcx();
        let trait_def_id = goal.predicate.def_id();
        let mut push = |k: BuiltinKind| out.push(CandidateKind::Builtin(k));
        let Some(item) = tcx.as_lang_item(trait_def_id) else {
            if tcx.trait_is_alias(trait_def_id) {
                push(BuiltinKind::TraitAlias);
            } else if tcx.trait_is_auto(trait_def_id) && !has_impl && self.auto_trait_may_hold(goal, self_ty) {
                push(BuiltinKind::AutoTrait);
            }
            return;
        };
        match item {
            LangItem::Sized => push(BuiltinKind::Sized),
            LangItem::MetaSized => push(BuiltinKind::MetaSized),
            LangItem::PointeeSized => push(BuiltinKind::PointeeSized),
            LangItem::Copy | LangItem::Clone => {
                if !has_impl || is_copy_builtin_shape(self_ty) {
                    push(BuiltinKind::Copy);
                }
            }
            LangItem::Fn => push(BuiltinKind::Fn(ClosureKind::Fn)),
            LangItem::FnMut => push(BuiltinKind::Fn(ClosureKind::FnMut)),
            LangItem::FnOnce => push(BuiltinKind::Fn(ClosureKind::FnOnce)),
            LangItem::AsyncFn => push(BuiltinKind::AsyncFn(ClosureKind::Fn)),
            LangItem::AsyncFnMut => push(BuiltinKind::AsyncFn(ClosureKind::FnMut)),
            LangItem::AsyncFnOnce => push(BuiltinKind::AsyncFn(ClosureKind::FnOnce)),
            LangItem::AsyncFnKindHelper => push(BuiltinKind::AsyncFnKindHelper),
            LangItem::Tuple => push(BuiltinKind::Tuple),
            LangItem::PointeeTrait => push(BuiltinKind::Pointee),
            LangItem::DiscriminantKind => push(BuiltinKind::DiscriminantKind),
            LangItem::Destruct => push(BuiltinKind::Destruct),
            LangItem::FnPtrTrait => push(BuiltinKind::FnPtr),
            LangItem::Coroutine if self_ty.is_coroutine() => push(BuiltinKind::Coroutine),
            LangItem::Future if self_ty.is_coroutine() => push(BuiltinKind::Future),
            LangItem::Iterator if self_ty.is_coroutine() => push(BuiltinKind::Iterator),
            LangItem::FusedIterator if self_ty.is_coroutine() => push(BuiltinKind::FusedIterator),
            LangItem::AsyncIterator if self_ty.is_coroutine() => push(BuiltinKind::AsyncIterator),
            LangItem::BikeshedGuaranteedNoDrop => push(BuiltinKind::GuaranteedNoDrop),
            LangItem::Unsize => {
                for k in self.assemble_unsize(goal) {
                    out.push(CandidateKind::Builtin(BuiltinKind::Unsize(k)));
                }
            }
            _ => {
                if tcx.trait_is_alias(trait_def_id) {
                    push(BuiltinKind::TraitAlias);
                } else if tcx.trait_is_auto(trait_def_id) && !has_impl && self.auto_trait_may_hold(goal, self_ty) {
                    push(BuiltinKind::AutoTrait);
                }
            }
        }
    }

    /// Whether the rule of auto traits may be asked: no impl, negative ones included, speaks of the type.
    fn auto_trait_may_hold(&self, goal: Goal<'tcx, TraitPredicate<'tcx>>, self_ty: Ty<'tcx>) -> bool {
        match *self_ty.kind() {
            TyKind::Param(_)
            | TyKind::Placeholder(_)
            | TyKind::Bound(..)
            | TyKind::Foreign(_)
            | TyKind::Alias(AliasTyKind::Projection | AliasTyKind::Inherent, _)
            | TyKind::Dynamic(..) => return false,
            TyKind::Alias(AliasTyKind::Opaque, alias) => {
                // The hidden type is not known while its own body is checked.
                return !self.infcx.can_define_opaque_ty(alias.def_id);
            }
            TyKind::Coroutine(def_id, _) if self.tcx().is_lang_item(goal.predicate.def_id(), LangItem::Unpin) => {
                return self.coroutine_is_movable(def_id);
            }
            _ => {}
        }
        // An impl for some of a constructor's types takes the rule from all of them.
        let mut disqualified = false;
        self.for_each_relevant_impl(goal.predicate.def_id(), self_ty, |_| disqualified = true);
        !disqualified
    }

    fn coroutine_is_movable(&self, def_id: DefId) -> bool {
        match self.tcx().coroutine_kind(def_id) {
            Some(hir::CoroutineKind::Coroutine(m)) => m == hir::Movability::Movable,
            // `async` blocks may borrow from themselves.
            Some(hir::CoroutineKind::Desugared(d, _)) => {
                matches!(d, hir::CoroutineDesugaring::Gen)
            }
            None => true,
        }
    }

    pub(crate) fn confirm_builtin(
        &mut self,
        goal: Goal<'tcx, TraitPredicate<'tcx>>,
        kind: BuiltinKind,
    ) -> Result<(), NoSolution> {
        let tcx = self.tcx();
        let env = goal.param_env;
        let trait_def_id = goal.predicate.def_id();
        let self_ty = self.infcx.shallow_resolve(goal.predicate.self_ty());
        let all = |this: &mut Self, tys: Vec<Ty<'tcx>>| {
            for t in tys {
                this.add_trait(env, trait_def_id, t);
            }
            Ok(())
        };
        match kind {
            BuiltinKind::Ambiguous | BuiltinKind::PointeeSized => Ok(()),
            BuiltinKind::Sized => {
                let tys = self.sized_constituents(self_ty, false)?;
                all(self, tys)
            }
            BuiltinKind::MetaSized => {
                let tys = self.sized_constituents(self_ty, true)?;
                all(self, tys)
            }
            BuiltinKind::Copy => {
                let tys = self.copy_clone_constituents(trait_def_id, self_ty)?;
                all(self, tys)
            }
            // A coroutine that may move does whatever it keeps.
            BuiltinKind::AutoTrait
                if self_ty.is_coroutine() && self.tcx().is_lang_item(trait_def_id, LangItem::Unpin) =>
            {
                Ok(())
            }
            BuiltinKind::AutoTrait => {
                let tys = self.auto_trait_constituents(self_ty)?;
                all(self, tys)
            }
            BuiltinKind::TraitAlias => {
                self.add_where_clauses(env, trait_def_id, goal.predicate.trait_ref.args);
                Ok(())
            }
            BuiltinKind::Fn(k) => self.confirm_fn_trait(goal, k),
            BuiltinKind::AsyncFn(k) => self.confirm_async_fn_trait(goal, k),
            BuiltinKind::AsyncFnKindHelper => {
                let closure = goal.predicate.trait_ref.args.type_at(0);
                let wanted = goal.predicate.trait_ref.args.type_at(1);
                let closure = self.infcx.shallow_resolve(closure).to_opt_closure_kind();
                let wanted = self.infcx.shallow_resolve(wanted).to_opt_closure_kind();
                match (closure, wanted) {
                    (Some(c), Some(w)) if c.extends(w) => Ok(()),
                    (Some(_), Some(_)) => Err(NoSolution),
                    _ => self.ambiguous(env),
                }
            }
            BuiltinKind::Tuple => match self_ty.kind() {
                TyKind::Tuple(_) => Ok(()),
                _ => Err(NoSolution),
            },
            BuiltinKind::Pointee | BuiltinKind::DiscriminantKind => Ok(()),
            BuiltinKind::Destruct => Ok(()),
            BuiltinKind::FnPtr => match self_ty.kind() {
                TyKind::FnPtr(_) => Ok(()),
                _ => Err(NoSolution),
            },
            BuiltinKind::Coroutine => {
                let TyKind::Coroutine(def_id, args) = *self_ty.kind() else {
                    return Err(NoSolution);
                };
                if !matches!(tcx.coroutine_kind(def_id), Some(hir::CoroutineKind::Coroutine(_))) {
                    return Err(NoSolution);
                }
                let resume = args.as_coroutine().resume_ty();
                self.eq(env, goal.predicate.trait_ref.args.type_at(1), resume)
            }
            BuiltinKind::Future => self.coroutine_desugars_to(self_ty, hir::CoroutineDesugaring::Async),
            BuiltinKind::Iterator | BuiltinKind::FusedIterator => {
                self.coroutine_desugars_to(self_ty, hir::CoroutineDesugaring::Gen)
            }
            BuiltinKind::AsyncIterator => self.coroutine_desugars_to(self_ty, hir::CoroutineDesugaring::AsyncGen),
            BuiltinKind::GuaranteedNoDrop => self.confirm_guaranteed_no_drop(goal, self_ty),
            BuiltinKind::Unsize(k) => self.confirm_unsize(goal, k),
        }
    }

    pub(crate) fn ambiguous(&mut self, env: ty::ParamEnv<'tcx>) -> Result<(), NoSolution> {
        self.add(env, ty::PredicateKind::Ambiguous);
        Ok(())
    }

    fn coroutine_desugars_to(&self, self_ty: Ty<'tcx>, wanted: hir::CoroutineDesugaring) -> Result<(), NoSolution> {
        match *self_ty.kind() {
            TyKind::Coroutine(d, _) => match self.tcx().coroutine_kind(d) {
                Some(hir::CoroutineKind::Desugared(k, _)) if k == wanted => Ok(()),
                _ => Err(NoSolution),
            },
            _ => Err(NoSolution),
        }
    }

    fn confirm_guaranteed_no_drop(
        &mut self,
        goal: Goal<'tcx, TraitPredicate<'tcx>>,
        self_ty: Ty<'tcx>,
    ) -> Result<(), NoSolution> {
        let trait_def_id = goal.predicate.def_id();
        match *self_ty.kind() {
            TyKind::Ref(..) => Ok(()),
            TyKind::Adt(def, _) if def.is_manually_drop() => Ok(()),
            TyKind::Tuple(tys) => {
                for t in tys {
                    self.add_trait(goal.param_env, trait_def_id, t);
                }
                Ok(())
            }
            TyKind::Array(t, _) => {
                self.add_trait(goal.param_env, trait_def_id, t);
                Ok(())
            }
            _ => {
                let copy = self.tcx().lang_items().copy_trait().ok_or(NoSolution)?;
                self.add_trait(goal.param_env, copy, self_ty);
                Ok(())
            }
        }
    }

    /// The types that must be `Sized` for this one to be.
    fn sized_constituents(&self, ty: Ty<'tcx>, meta: bool) -> Result<Vec<Ty<'tcx>>, NoSolution> {
        if ty.is_trivially_sized() {
            return Ok(Vec::new());
        }
        match *ty.kind() {
            TyKind::Str | TyKind::Slice(_) | TyKind::Dynamic(..) => {
                if meta {
                    Ok(Vec::new())
                } else {
                    Err(NoSolution)
                }
            }
            TyKind::CoroutineWitness(..) => Ok(Vec::new()),
            TyKind::Tuple(tys) => Ok(tys.last().copied().into_iter().collect()),
            TyKind::Adt(def, args) => Ok(self
                .tcx()
                .adt_sized_constraint(def.did())
                .map(|t| t.instantiate(*self.tcx(), args))
                .into_iter()
                .collect()),
            TyKind::UnsafeBinder(_) => Ok(Vec::new()),
            _ => Err(NoSolution),
        }
    }

    fn copy_clone_constituents(&self, trait_def_id: DefId, ty: Ty<'tcx>) -> Result<Vec<Ty<'tcx>>, NoSolution> {
        match *ty.kind() {
            TyKind::FnDef(..) | TyKind::FnPtr(_) | TyKind::Error(_) => Ok(Vec::new()),
            TyKind::Pat(t, _) => Ok(vec![t]),
            TyKind::Tuple(tys) => Ok(tys.to_vec()),
            TyKind::Closure(_, args) => Ok(vec![args.as_closure().tupled_upvars_ty()]),
            TyKind::CoroutineClosure(_, args) => Ok(vec![args.as_coroutine_closure().tupled_upvars_ty()]),
            // Only a movable coroutine, under a feature.
            TyKind::Coroutine(d, args) => {
                if self.tcx().feature(span::Symbol::intern("coroutine_clone")) && self.coroutine_is_movable(d) {
                    Ok(vec![args.as_coroutine().tupled_upvars_ty()])
                } else {
                    Err(NoSolution)
                }
            }
            TyKind::Infer(InferTy::IntVar(_) | InferTy::FloatVar(_)) => Ok(Vec::new()),
            TyKind::Bool
            | TyKind::Char
            | TyKind::Int(_)
            | TyKind::Uint(_)
            | TyKind::Float(_)
            | TyKind::Never
            | TyKind::RawPtr(..)
            | TyKind::Ref(_, _, Mutability::Not)
                if self.tcx().is_lang_item(trait_def_id, LangItem::Copy) =>
            {
                Ok(Vec::new())
            }
            _ => Err(NoSolution),
        }
    }

    /// The types that must have the auto trait for this one to have it.
    pub(crate) fn auto_trait_constituents(&mut self, ty: Ty<'tcx>) -> Result<Vec<Ty<'tcx>>, NoSolution> {
        let tcx = self.tcx();
        Ok(match *ty.kind() {
            TyKind::Uint(_)
            | TyKind::Int(_)
            | TyKind::Bool
            | TyKind::Float(_)
            | TyKind::FnDef(..)
            | TyKind::FnPtr(_)
            | TyKind::Error(_)
            | TyKind::Never
            | TyKind::Char
            | TyKind::Str
            | TyKind::Infer(InferTy::IntVar(_) | InferTy::FloatVar(_)) => Vec::new(),
            TyKind::RawPtr(t, _)
            | TyKind::Ref(_, t, _)
            | TyKind::Array(t, _)
            | TyKind::Slice(t)
            | TyKind::Pat(t, _) => vec![t],
            TyKind::Tuple(tys) => tys.to_vec(),
            TyKind::Closure(_, args) => vec![args.as_closure().tupled_upvars_ty()],
            TyKind::CoroutineClosure(_, args) => {
                vec![args.as_coroutine_closure().tupled_upvars_ty()]
            }
            TyKind::Coroutine(def_id, args) => {
                let upvars = args.as_coroutine().tupled_upvars_ty();
                // What lives across suspension points is known once the body has MIR; then its own are looked at again
                // (`typeck::check_coroutine_obligations`).
                let is_own = matches!(self.infcx.typing_mode(), ty::TypingMode::Analysis { .. })
                    && self.infcx.can_define_opaque_ty(def_id);
                let mut tys = vec![upvars];
                if !is_own {
                    let n = args.as_coroutine().parent_args().len();
                    let hidden = tcx.coroutine_hidden_types(def_id);
                    for t in hidden.skip_binder() {
                        let t = ty::EarlyBinder::bind(t).instantiate(*tcx, &args[..n]);
                        tys.push(t);
                    }
                }
                tys
            }
            TyKind::CoroutineWitness(..) => Vec::new(),
            TyKind::Adt(def, args) => {
                if def.is_phantom_data() {
                    return Ok(args.types().collect());
                }
                def.all_fields().map(|f| tcx.type_of(f.did).instantiate(*tcx, args)).collect()
            }
            TyKind::Alias(AliasTyKind::Opaque, alias) => {
                vec![tcx.type_of(alias.def_id).instantiate(*tcx, alias.args)]
            }
            TyKind::UnsafeBinder(_) | TyKind::Dynamic(..) | TyKind::Foreign(_) => {
                return Err(NoSolution);
            }
            _ => {
                debug_assert!(!ty.has_escaping_bound_vars());
                return Err(NoSolution);
            }
        })
    }
}

/// Types for which `Copy` and `Clone` are the compiler's, whatever impls there are.
fn is_copy_builtin_shape(ty: Ty<'_>) -> bool {
    matches!(
        ty.kind(),
        TyKind::FnDef(..)
            | TyKind::FnPtr(_)
            | TyKind::Tuple(_)
            | TyKind::Closure(..)
            | TyKind::CoroutineClosure(..)
            | TyKind::Coroutine(..)
    )
}
