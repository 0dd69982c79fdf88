//! `T: Unsize<U>`: `&T` coerces to `&U` (RFC 982, 3324).

use ty::{ExistentialPredicate, PolyExistentialPredicates, PolyExistentialTraitRef, TraitPredicate, Ty, TyKind};

use super::{EvalCtxt, Goal, NoSolution};

/// Which rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UnsizeKind {
    /// The target is not known yet.
    Ambiguous,
    /// `[T; N]` to `[T]`
    ArrayToSlice,
    /// `T` to `dyn Trait`
    ToDyn,
    /// `dyn Trait` to itself with fewer auto traits or a shorter region.
    DynToDyn,
    /// `dyn Sub` to `dyn Super`: the number of the supertrait.
    Upcast(usize),
    /// A struct whose last field is unsized.
    Struct,
}

impl<'tcx> EvalCtxt<'_, 'tcx> {
    fn unsize_types(&self, goal: Goal<'tcx, TraitPredicate<'tcx>>) -> (Ty<'tcx>, Ty<'tcx>) {
        let args = goal.predicate.trait_ref.args;
        (self.infcx.shallow_resolve(args.type_at(0)), self.infcx.shallow_resolve(args.type_at(1)))
    }

    pub(crate) fn assemble_unsize(&mut self, goal: Goal<'tcx, TraitPredicate<'tcx>>) -> Vec<UnsizeKind> {
        let tcx = self.tcx();
        let (a, b) = self.unsize_types(goal);
        match (*a.kind(), *b.kind()) {
            (_, TyKind::Infer(ty::InferTy::TyVar(_))) => vec![UnsizeKind::Ambiguous],
            (TyKind::Dynamic(pa, _), TyKind::Dynamic(pb, _)) => {
                let same = pa.principal_def_id() == pb.principal_def_id();
                if same || pb.principal_def_id().is_none() {
                    return vec![UnsizeKind::DynToDyn];
                }
                let (Some(principal), Some(target)) = (pa.principal(), pb.principal_def_id()) else {
                    return Vec::new();
                };
                self.upcast_targets(a, principal)
                    .iter()
                    .enumerate()
                    .filter(|(_, t)| t.def_id() == target)
                    .map(|(i, _)| UnsizeKind::Upcast(i))
                    .collect()
            }
            (_, TyKind::Dynamic(..)) => vec![UnsizeKind::ToDyn],
            (TyKind::Array(..), TyKind::Slice(_)) => vec![UnsizeKind::ArrayToSlice],
            (TyKind::Adt(d, _), TyKind::Adt(e, _)) if d == e && d.is_struct() => {
                if tcx.unsizing_params_for_adt(d.did()).is_empty() { Vec::new() } else { vec![UnsizeKind::Struct] }
            }
            _ => Vec::new(),
        }
    }

    /// The supertraits of an object's trait, without the trait itself.
    fn upcast_targets(
        &self,
        object: Ty<'tcx>,
        principal: PolyExistentialTraitRef<'tcx>,
    ) -> Vec<ty::PolyTraitRef<'tcx>> {
        let tcx = self.tcx();
        crate::traits::supertraits(tcx, principal.with_self_ty(*tcx, object)).skip(1).collect()
    }

    pub(crate) fn confirm_unsize(
        &mut self,
        goal: Goal<'tcx, TraitPredicate<'tcx>>,
        kind: UnsizeKind,
    ) -> Result<(), NoSolution> {
        let tcx = self.tcx();
        let env = goal.param_env;
        let (a, b) = self.unsize_types(goal);
        match (kind, *a.kind(), *b.kind()) {
            (UnsizeKind::Ambiguous, ..) => self.ambiguous(env),
            (UnsizeKind::ArrayToSlice, TyKind::Array(x, _), TyKind::Slice(y)) => self.eq(env, x, y),
            (UnsizeKind::ToDyn, _, TyKind::Dynamic(preds, region)) => {
                let sized = tcx.lang_items().sized_trait().ok_or(NoSolution)?;
                if let Some(d) = preds.principal_def_id()
                    && !tcx.is_dyn_compatible(d)
                {
                    return Err(NoSolution);
                }
                for p in preds {
                    let c = p.with_self_ty(*tcx, a);
                    self.add(env, c);
                }
                self.add_trait(env, sized, a);
                self.add(env, ty::OutlivesPredicate(a, region));
                Ok(())
            }
            (UnsizeKind::DynToDyn, TyKind::Dynamic(pa, ra), TyKind::Dynamic(pb, rb)) => {
                self.match_upcast(goal, pa, ra, pb, rb, pa.principal())
            }
            (UnsizeKind::Upcast(i), TyKind::Dynamic(pa, ra), TyKind::Dynamic(pb, rb)) => {
                let principal = pa.principal().ok_or(NoSolution)?;
                let targets = self.upcast_targets(a, principal);
                let target = *targets.get(i).ok_or(NoSolution)?;
                let target = target.map_bound(|t| ty::ExistentialTraitRef::erase_self_ty(*tcx, t));
                self.match_upcast(goal, pa, ra, pb, rb, Some(target))
            }
            (UnsizeKind::Struct, TyKind::Adt(def, args_a), TyKind::Adt(_, args_b)) => {
                let params = tcx.unsizing_params_for_adt(def.did());
                let tail = def.non_enum_variant().fields.iter().next_back().ok_or(NoSolution)?;
                let tail_ty = tcx.type_of(tail.did);
                let tail_a = tail_ty.instantiate(*tcx, args_a);
                let tail_b = tail_ty.instantiate(*tcx, args_b);
                let mixed: Vec<_> = args_a
                    .iter()
                    .enumerate()
                    .map(|(i, k)| if params.contains(&(i as u32)) { args_b[i] } else { k })
                    .collect();
                let unsized_a = tcx.mk_adt(def, tcx.mk_args(&mixed));
                self.eq(env, unsized_a, b)?;
                let t = ty::TraitRef::new(*tcx, goal.predicate.def_id(), [tail_a, tail_b]);
                self.add(env, t);
                Ok(())
            }
            _ => Err(NoSolution),
        }
    }

    fn match_upcast(
        &mut self,
        goal: Goal<'tcx, TraitPredicate<'tcx>>,
        a: PolyExistentialPredicates<'tcx>,
        a_region: ty::Region<'tcx>,
        b: PolyExistentialPredicates<'tcx>,
        b_region: ty::Region<'tcx>,
        upcast: Option<PolyExistentialTraitRef<'tcx>>,
    ) -> Result<(), NoSolution> {
        let tcx = self.tcx();
        let env = goal.param_env;
        let a_ty = self.infcx.shallow_resolve(goal.predicate.self_ty());
        // Auto traits of the source's own and of its supertraits.
        let mut a_auto: Vec<_> = a.auto_traits().collect();
        if let Some(d) = a.principal_def_id() {
            a_auto.extend(tcx.supertrait_def_ids_of(d).iter().copied().filter(|&d| tcx.trait_is_auto(d)));
        }
        // The projections that hold of the source: its own, and those its supertraits fix.
        let projections: Vec<_> = {
            let start: Vec<ty::Clause<'tcx>> = a.iter().map(|p| p.with_self_ty(*tcx, a_ty)).collect();
            crate::traits::elaborate(tcx, start).filter_map(|c: ty::Clause<'tcx>| c.as_projection_clause()).collect()
        };
        for bound in b {
            match bound.skip_binder() {
                ExistentialPredicate::Trait(t) => {
                    let source = upcast.ok_or(NoSolution)?;
                    self.eq_binder(env, source, bound.rebind(t))?;
                }
                ExistentialPredicate::Projection(p) => {
                    let target = bound.rebind(p);
                    let mut matching = projections.iter().filter(|c| c.skip_binder().def_id() == p.def_id);
                    let mut found = false;
                    let candidates: Vec<_> = matching.by_ref().copied().collect();
                    for c in candidates {
                        let source = c.map_bound(|c| ty::ExistentialProjection::erase_self_ty(*tcx, c));
                        if self.probe_holds(|this| this.eq_binder(env, source, target)) {
                            self.eq_binder(env, source, target)?;
                            found = true;
                            break;
                        }
                    }
                    if !found {
                        return Err(NoSolution);
                    }
                }
                ExistentialPredicate::AutoTrait(d) => {
                    if !a_auto.contains(&d) {
                        return Err(NoSolution);
                    }
                }
            }
        }
        if a_ty.is_trait() {
            self.add(env, ty::OutlivesPredicate(a_region, b_region));
        }
        Ok(())
    }

    fn eq_binder<T>(
        &mut self,
        env: ty::ParamEnv<'tcx>,
        a: ty::Binder<'tcx, T>,
        b: ty::Binder<'tcx, T>,
    ) -> Result<(), NoSolution>
    where
        T: crate::infer::Relate<'tcx> + ty::TypeFoldable<'tcx> + ty::TypeVisitable<'tcx> + Copy,
    {
        if let (Some(x), Some(y)) = (a.no_bound_vars(), b.no_bound_vars()) {
            return self.eq(env, x, y);
        }
        let y = self.infcx.enter_forall_and_leak_placeholders(b);
        let x = self.instantiate_binder(a);
        self.eq(env, x, y)
    }
}
