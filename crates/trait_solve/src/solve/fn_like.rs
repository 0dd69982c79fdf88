//! Calling: `Fn*` and `AsyncFn*` for function items, pointers and closures.

use hir::Safety;
use ty::closure::ClosureKind;
use ty::visit::TypeVisitableExt;
use ty::{Binder, ExternAbi, PolyFnSig, TraitPredicate, Ty, TyKind};

use super::{EvalCtxt, Goal, NoSolution};

/// What calling a type takes and gives: the parameters as a tuple.
#[derive(Clone, Copy, Debug, macros::TypeFoldable, macros::TypeVisitable)]
pub(crate) struct CallSig<'tcx> {
    pub(crate) inputs: Ty<'tcx>,
    pub(crate) output: Ty<'tcx>,
}

impl<'tcx> EvalCtxt<'_, 'tcx> {
    /// The signature of calling through the trait of kind `goal_kind`; `Ok(None)` while the closure's kind or the
    /// like is not known.
    pub(crate) fn extract_call_sig(
        &self,
        self_ty: Ty<'tcx>,
        goal_kind: ClosureKind,
    ) -> Result<Option<Binder<'tcx, CallSig<'tcx>>>, NoSolution> {
        let tcx = self.tcx();
        let tupled =
            |sig: PolyFnSig<'tcx>| sig.map_bound(|s| CallSig { inputs: tcx.mk_tup(s.inputs()), output: s.output() });
        match *self_ty.kind() {
            TyKind::FnDef(def_id, args) => {
                let sig = tcx.fn_sig(def_id).instantiate(*tcx, args);
                if callable_safely(sig) && !self.has_target_features(def_id) {
                    Ok(Some(tupled(sig)))
                } else {
                    Err(NoSolution)
                }
            }
            TyKind::FnPtr(sig) => {
                if callable_safely(sig) {
                    Ok(Some(tupled(sig)))
                } else {
                    Err(NoSolution)
                }
            }
            TyKind::Closure(_, args) => {
                let c = args.as_closure();
                match self.infcx.shallow_resolve(c.kind_ty()).to_opt_closure_kind() {
                    Some(k) => {
                        if !k.extends(goal_kind) {
                            return Err(NoSolution);
                        }
                    }
                    None => {
                        if goal_kind != ClosureKind::FnOnce {
                            return Ok(None);
                        }
                    }
                }
                let TyKind::FnPtr(sig) = *self.infcx.shallow_resolve(c.sig_as_fn_ptr_ty()).kind() else {
                    return Ok(None);
                };
                Ok(Some(sig.map_bound(|s| CallSig { inputs: s.inputs()[0], output: s.output() })))
            }
            // Called as an ordinary closure, it cannot lend from itself.
            TyKind::CoroutineClosure(def_id, args) => {
                let c = args.as_coroutine_closure();
                let upvars = self.infcx.shallow_resolve(c.tupled_upvars_ty());
                match self.infcx.shallow_resolve(c.kind_ty()).to_opt_closure_kind() {
                    Some(k) if !k.extends(goal_kind) => return Err(NoSolution),
                    Some(_) if !upvars.is_ty_var() => {}
                    _ => return Ok(None),
                }
                let args = self.infcx.resolve_vars_if_possible(args);
                let c = args.as_coroutine_closure();
                if goal_kind != ClosureKind::FnOnce && c.has_self_borrows() {
                    return Err(NoSolution);
                }
                let coroutine = tcx.coroutine_for_closure(def_id);
                let env = tcx.lifetimes().re_static;
                Ok(Some(c.sig().map_bound(|s| CallSig {
                    inputs: s.tupled_inputs_ty,
                    // `FnOnce::Output` is one type: that of a coroutine that is there already.
                    output: c.to_coroutine(*tcx, s, coroutine, ClosureKind::FnOnce, env),
                })))
            }
            _ => Err(NoSolution),
        }
    }

    fn has_target_features(&self, def_id: span::def_id::DefId) -> bool {
        use hir::def::DefKind;
        matches!(self.tcx().def_kind(def_id), DefKind::Fn | DefKind::AssocFn)
            && self.tcx().has_attr(def_id, span::Symbol::intern("target_feature"))
    }

    pub(crate) fn confirm_fn_trait(
        &mut self,
        goal: Goal<'tcx, TraitPredicate<'tcx>>,
        kind: ClosureKind,
    ) -> Result<(), NoSolution> {
        let self_ty = self.infcx.shallow_resolve(goal.predicate.self_ty());
        let Some(sig) = self.extract_call_sig(self_ty, kind)? else {
            return self.ambiguous(goal.param_env);
        };
        let sig = self.instantiate_binder(sig);
        self.eq(goal.param_env, goal.predicate.trait_ref.args.type_at(1), sig.inputs)?;
        // The result must be sized; closures have that checked where they are written.
        if !matches!(self_ty.kind(), TyKind::Closure(..))
            && let Some(sized) = self.tcx().lang_items().sized_trait()
        {
            self.add_trait(goal.param_env, sized, sig.output);
        }
        Ok(())
    }

    pub(crate) fn confirm_async_fn_trait(
        &mut self,
        goal: Goal<'tcx, TraitPredicate<'tcx>>,
        kind: ClosureKind,
    ) -> Result<(), NoSolution> {
        let self_ty = self.infcx.shallow_resolve(goal.predicate.self_ty());
        let env = goal.param_env;
        if let TyKind::CoroutineClosure(_, args) = *self_ty.kind() {
            let c = args.as_coroutine_closure();
            match self.infcx.shallow_resolve(c.kind_ty()).to_opt_closure_kind() {
                Some(k) if !k.extends(kind) => return Err(NoSolution),
                None if kind != ClosureKind::FnOnce => return self.ambiguous(env),
                _ => {}
            }
            let TyKind::FnPtr(sig) = *self.infcx.shallow_resolve(c.signature_parts_ty()).kind() else {
                return self.ambiguous(env);
            };
            let sig = self.instantiate_binder(sig);
            return self.eq(env, goal.predicate.trait_ref.args.type_at(1), sig.inputs()[0]);
        }
        let Some(sig) = self.extract_call_sig(self_ty, kind)? else {
            return self.ambiguous(env);
        };
        let sig = self.instantiate_binder(sig);
        self.eq(env, goal.predicate.trait_ref.args.type_at(1), sig.inputs)?;
        let future = self.tcx().lang_items().future_trait().ok_or(NoSolution)?;
        self.add_trait(env, future, sig.output);
        debug_assert!(!sig.output.has_escaping_bound_vars());
        Ok(())
    }
}

fn callable_safely(sig: PolyFnSig<'_>) -> bool {
    sig.safety() == Safety::Safe && sig.abi() == ExternAbi::Rust && !sig.c_variadic()
}
