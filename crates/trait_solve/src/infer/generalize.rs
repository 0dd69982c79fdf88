//! Setting a variable to a type: occurs check, universes, and fresh regions where subtyping leaves room.
//!
//! `?x :> &'a u8`: `?x` becomes `&'?1 u8` with `'a: '?1`, since a longer reference may do.

use ty::error::TypeError;
use ty::fold::{TypeFoldable, TypeFolder, TypeSuperFoldable};
use ty::visit::TypeVisitableExt;
use ty::{
    Binder, Const, ConstKind, ConstVid, InferConst, InferTy, Interner, Region, RegionKind, Ty, TyKind, TyVid,
    UniverseIndex, Variance,
};

use super::relate::{RelateResult, TypeRelating, TypeRelation, UnionKnown};
use super::{InferCtxt, RegionVariableOrigin};

impl<'tcx> TypeRelating<'_, 'tcx> {
    pub(crate) fn instantiate_ty_var(
        &mut self,
        target_is_a: bool,
        vid: TyVid,
        source: Ty<'tcx>,
    ) -> RelateResult<'tcx, ()> {
        let infcx = self.infcx;
        let universe = match infcx.probe_ty_var(vid) {
            Ok(_) => return self.tys(infcx.tcx.mk_ty_var(vid), source),
            Err(u) => u,
        };
        let trivial = !source.has_infer()
            && !source.has_placeholders()
            && (self.variance == Variance::Invariant || !source.has_free_regions());
        if trivial {
            infcx.set_ty_var(vid, source);
            return Ok(());
        }
        let mut g = Generalizer {
            infcx,
            root: Root::Ty(infcx.root_var(vid), infcx.tcx.mk_ty_var(vid)),
            universe,
            fresh_regions: self.variance != Variance::Invariant,
            changed: false,
            error: None,
            depth: 0,
        };
        let generalized = source.fold_with(&mut g);
        let changed = g.changed;
        if let Some(e) = g.error {
            // An alias that mentions the variable may normalise to something that does not.
            if matches!(source.kind(), TyKind::Alias(..)) && matches!(e, TypeError::CyclicTy(_)) {
                let var = infcx.tcx.mk_ty_var(vid);
                let p = ty::PredicateKind::AliasRelate(var.into(), source.into(), ty::AliasRelationDirection::Equate);
                self.goals.push(infcx.tcx.mk_predicate(Binder::bind_with_vars(p, ty::List::empty())));
                return Ok(());
            }
            return Err(e);
        }
        infcx.set_ty_var(vid, generalized);
        if changed {
            if target_is_a { self.relate(generalized, source) } else { self.relate(source, generalized) }
        } else {
            Ok(())
        }
    }

    pub(crate) fn instantiate_const_var(&mut self, vid: ConstVid, source: Const<'tcx>) -> RelateResult<'tcx, ()> {
        let infcx = self.infcx;
        let universe = match infcx.probe_const_var(vid) {
            Ok(_) => {
                let var = infcx.tcx.mk_const(ConstKind::Infer(InferConst::Var(vid)));
                return self.consts(var, source);
            }
            Err(u) => u,
        };
        let var = infcx.tcx.mk_const(ConstKind::Infer(InferConst::Var(vid)));
        let mut g = Generalizer {
            infcx,
            root: Root::Const(infcx.root_const_var(vid), var),
            universe,
            fresh_regions: false,
            changed: false,
            error: None,
            depth: 0,
        };
        let generalized = source.fold_with(&mut g);
        if let Some(e) = g.error {
            if matches!(source.kind(), ConstKind::Unevaluated(_)) {
                let p = ty::PredicateKind::AliasRelate(var.into(), source.into(), ty::AliasRelationDirection::Equate);
                self.goals.push(infcx.tcx.mk_predicate(Binder::bind_with_vars(p, ty::List::empty())));
                return Ok(());
            }
            return Err(e);
        }
        infcx.inner.borrow_mut().consts.union_value_known(vid, generalized);
        Ok(())
    }
}

enum Root<'tcx> {
    Ty(TyVid, Ty<'tcx>),
    Const(ConstVid, Const<'tcx>),
}

struct Generalizer<'a, 'tcx> {
    infcx: &'a InferCtxt<'tcx>,
    root: Root<'tcx>,
    universe: UniverseIndex,
    fresh_regions: bool,
    /// Whether the result is to be related to the source.
    changed: bool,
    error: Option<TypeError<'tcx>>,
    depth: u32,
}

impl<'tcx> Generalizer<'_, 'tcx> {
    fn cyclic(&mut self) {
        let e = match self.root {
            Root::Ty(_, t) => TypeError::CyclicTy(t),
            Root::Const(_, c) => TypeError::CyclicConst(c),
        };
        self.error.get_or_insert(e);
    }
}

impl<'tcx> TypeFolder<'tcx> for Generalizer<'_, 'tcx> {
    fn cx(&self) -> Interner<'tcx> {
        *self.infcx.tcx
    }
    fn fold_binder<T: TypeFoldable<'tcx>>(&mut self, t: Binder<'tcx, T>) -> Binder<'tcx, T> {
        self.depth += 1;
        let t = t.super_fold_with(self);
        self.depth -= 1;
        t
    }
    fn fold_ty(&mut self, t: Ty<'tcx>) -> Ty<'tcx> {
        let regions = (self.infcx.considering_regions || self.fresh_regions) && t.has_free_regions();
        if self.error.is_some() || !(t.has_infer() || t.has_placeholders() || regions) {
            return t;
        }
        match *t.kind() {
            TyKind::Infer(InferTy::TyVar(vid)) => {
                match self.infcx.probe_ty_var(vid) {
                    Ok(known) => known.fold_with(self),
                    Err(u) => {
                        let root = self.infcx.root_var(vid);
                        if matches!(self.root, Root::Ty(r, _) if r == root) {
                            self.cyclic();
                            return t;
                        }
                        if self.universe.can_name(u) {
                            return t;
                        }
                        // The variable must not name more than the target may.
                        let origin = self.infcx.type_vid_origin(root);
                        let new = self.infcx.next_ty_var_for(origin, self.universe);
                        if let TyKind::Infer(InferTy::TyVar(n)) = *new.kind() {
                            let _ = self.infcx.inner.borrow_mut().types.unify_var_var(n, vid);
                        }
                        new
                    }
                }
            }
            TyKind::Infer(_) => self.infcx.shallow_resolve(t),
            TyKind::Placeholder(p) => {
                if self.universe.cannot_name(p.universe) {
                    self.error.get_or_insert(TypeError::Mismatch);
                }
                t
            }
            _ => t.super_fold_with(self),
        }
    }
    fn fold_region(&mut self, r: Region<'tcx>) -> Region<'tcx> {
        match r.kind() {
            RegionKind::ReBound(..) | RegionKind::ReErased | RegionKind::ReError(_) => r,
            // A bound region that was opened for normalisation is bound again afterwards.
            RegionKind::RePlaceholder(p) if !self.infcx.considering_regions && self.universe.can_name(p.universe) => r,
            _ if !self.infcx.considering_regions => self.infcx.tcx.lifetimes().re_erased,
            _ => {
                let nameable = self.universe.can_name(self.infcx.universe_of_region(r));
                if nameable && !self.fresh_regions {
                    return r;
                }
                if self.depth > 0 && nameable {
                    return r;
                }
                self.changed = true;
                self.infcx.next_region_var_in_universe(RegionVariableOrigin::Misc(span::DUMMY_SP), self.universe)
            }
        }
    }
    fn fold_const(&mut self, c: Const<'tcx>) -> Const<'tcx> {
        if self.error.is_some() {
            return c;
        }
        match c.kind() {
            ConstKind::Infer(InferConst::Var(vid)) => match self.infcx.probe_const_var(vid) {
                Ok(known) => known.fold_with(self),
                Err(u) => {
                    let root = self.infcx.root_const_var(vid);
                    if matches!(self.root, Root::Const(r, _) if r == root) {
                        self.cyclic();
                        return c;
                    }
                    if self.universe.can_name(u) {
                        return c;
                    }
                    let new = self.infcx.next_const_var_in_universe(span::DUMMY_SP, self.universe);
                    if let ConstKind::Infer(InferConst::Var(n)) = new.kind() {
                        let _ = self.infcx.inner.borrow_mut().consts.unify_var_var(n, vid);
                    }
                    new
                }
            },
            ConstKind::Placeholder(p) => {
                if self.universe.cannot_name(p.universe) {
                    self.error.get_or_insert(TypeError::Mismatch);
                }
                c
            }
            _ => c.super_fold_with(self),
        }
    }
}
