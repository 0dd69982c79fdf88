//! Snapshots: everything done since one can be undone.

use ena::unify::{InPlace, Snapshot};
use ty::UniverseIndex;

use super::InferCtxt;
use super::unify::{ConstKey, FloatKey, IntKey, TyKey};

/// A moment to which a context can go back.
#[must_use]
pub struct CombinedSnapshot<'tcx> {
    types: Snapshot<InPlace<TyKey<'tcx>>>,
    ints: Snapshot<InPlace<IntKey>>,
    floats: Snapshot<InPlace<FloatKey>>,
    consts: Snapshot<InPlace<ConstKey<'tcx>>>,
    pub(crate) region_vars: usize,
    pub(crate) constraints: usize,
    member_constraints: usize,
    verifys: usize,
    region_obligations: usize,
    opaque_log: usize,
    pub(crate) universe: UniverseIndex,
}

impl<'tcx> InferCtxt<'tcx> {
    pub(crate) fn start_snapshot(&self) -> CombinedSnapshot<'tcx> {
        let mut inner = self.inner.borrow_mut();
        inner.open_snapshots += 1;
        CombinedSnapshot {
            types: inner.types.snapshot(),
            ints: inner.ints.snapshot(),
            floats: inner.floats.snapshot(),
            consts: inner.consts.snapshot(),
            region_vars: inner.regions.var_infos.len(),
            constraints: inner.regions.data.constraints.len(),
            member_constraints: inner.regions.data.member_constraints.len(),
            verifys: inner.regions.data.verifys.len(),
            region_obligations: inner.region_obligations.len(),
            opaque_log: inner.opaque_types.log_len(),
            universe: self.universe(),
        }
    }
    pub(crate) fn rollback_to(&self, s: CombinedSnapshot<'tcx>) {
        let mut inner = self.inner.borrow_mut();
        inner.open_snapshots -= 1;
        inner.types.rollback_to(s.types);
        inner.ints.rollback_to(s.ints);
        inner.floats.rollback_to(s.floats);
        inner.consts.rollback_to(s.consts);
        let n = inner.types.len();
        inner.type_origins.truncate(n);
        let n = inner.floats.len();
        inner.float_origins.truncate(n);
        let n = inner.consts.len();
        inner.const_origins.truncate(n);
        inner.regions.var_infos.truncate(s.region_vars);
        inner.regions.data.constraints.truncate(s.constraints);
        inner.regions.data.member_constraints.truncate(s.member_constraints);
        inner.regions.data.verifys.truncate(s.verifys);
        inner.region_obligations.truncate(s.region_obligations);
        inner.opaque_types.rollback_to(s.opaque_log);
        drop(inner);
        self.set_universe(s.universe);
    }
    pub(crate) fn commit_from(&self, s: CombinedSnapshot<'tcx>) {
        let mut inner = self.inner.borrow_mut();
        inner.open_snapshots -= 1;
        inner.types.commit(s.types);
        inner.ints.commit(s.ints);
        inner.floats.commit(s.floats);
        inner.consts.commit(s.consts);
    }
    /// Whether a snapshot is open: what is found now may be undone.
    pub fn in_snapshot(&self) -> bool {
        self.inner.borrow().open_snapshots > 0
    }
    /// Runs `f` and undoes what it did.
    pub fn probe<R>(&self, f: impl FnOnce(&CombinedSnapshot<'tcx>) -> R) -> R {
        let snapshot = self.start_snapshot();
        let r = f(&snapshot);
        self.rollback_to(snapshot);
        r
    }
    /// Runs `f` and undoes what it did if it fails.
    pub fn commit_if_ok<T, E>(&self, f: impl FnOnce(&CombinedSnapshot<'tcx>) -> Result<T, E>) -> Result<T, E> {
        let snapshot = self.start_snapshot();
        let r = f(&snapshot);
        match r {
            Ok(_) => self.commit_from(snapshot),
            Err(_) => self.rollback_to(snapshot),
        }
        r
    }
    /// As [`InferCtxt::commit_if_ok`].
    pub fn fudge_inference_if_ok<T, E>(&self, f: impl FnOnce() -> Result<T, E>) -> Result<T, E>
    where
        T: ty::TypeFoldable<'tcx>,
    {
        // Variables made inside are replaced by fresh ones, so that the result outlives the rollback.
        let snapshot = self.start_snapshot();
        let (types, ints, floats, consts) = {
            let inner = self.inner.borrow();
            (inner.types.len(), inner.ints.len(), inner.floats.len(), inner.consts.len())
        };
        let regions = snapshot.region_vars;
        let r = f();
        match r {
            Err(e) => {
                self.rollback_to(snapshot);
                Err(e)
            }
            Ok(value) => {
                let value = self.resolve_vars_if_possible_unchecked(value);
                let origins: Vec<_> = {
                    let inner = self.inner.borrow();
                    inner.type_origins.raw[types..].to_vec()
                };
                self.rollback_to(snapshot);
                let mut fudger = Fudger {
                    infcx: self,
                    types,
                    ints,
                    floats,
                    consts,
                    regions,
                    origins,
                    ty_map: Default::default(),
                    region_map: Default::default(),
                };
                Ok(value.fold_with(&mut fudger))
            }
        }
    }
}

struct Fudger<'a, 'tcx> {
    infcx: &'a InferCtxt<'tcx>,
    types: usize,
    ints: usize,
    floats: usize,
    consts: usize,
    regions: usize,
    origins: Vec<super::TypeVariableOrigin>,
    ty_map: span::FxHashMap<ty::Ty<'tcx>, ty::Ty<'tcx>>,
    region_map: span::FxHashMap<ty::Region<'tcx>, ty::Region<'tcx>>,
}

impl<'tcx> ty::TypeFolder<'tcx> for Fudger<'_, 'tcx> {
    fn cx(&self) -> ty::Interner<'tcx> {
        *self.infcx.tcx
    }
    fn fold_ty(&mut self, t: ty::Ty<'tcx>) -> ty::Ty<'tcx> {
        use ty::visit::TypeVisitableExt;
        use ty::{InferTy, TyKind, TypeSuperFoldable};
        let fresh = match *t.kind() {
            TyKind::Infer(InferTy::TyVar(v)) if v.as_usize() >= self.types => true,
            TyKind::Infer(InferTy::IntVar(v)) => v.as_usize() >= self.ints,
            TyKind::Infer(InferTy::FloatVar(v)) => v.as_usize() >= self.floats,
            _ => false,
        };
        if !fresh {
            return if t.has_infer() { t.super_fold_with(self) } else { t };
        }
        if let Some(&new) = self.ty_map.get(&t) {
            return new;
        }
        let new = match *t.kind() {
            TyKind::Infer(InferTy::TyVar(v)) => {
                self.infcx.next_ty_var_with_origin(self.origins[v.as_usize() - self.types])
            }
            TyKind::Infer(InferTy::IntVar(_)) => self.infcx.next_int_var(),
            _ => self.infcx.next_float_var(span::DUMMY_SP),
        };
        self.ty_map.insert(t, new);
        new
    }
    fn fold_region(&mut self, r: ty::Region<'tcx>) -> ty::Region<'tcx> {
        match r.kind() {
            ty::RegionKind::ReVar(v) if v.as_usize() >= self.regions => *self
                .region_map
                .entry(r)
                .or_insert_with(|| self.infcx.next_region_var(super::RegionVariableOrigin::Misc(span::DUMMY_SP))),
            _ => r,
        }
    }
    fn fold_const(&mut self, c: ty::Const<'tcx>) -> ty::Const<'tcx> {
        use ty::TypeSuperFoldable;
        match c.kind() {
            ty::ConstKind::Infer(ty::InferConst::Var(v)) if v.as_usize() >= self.consts => {
                self.infcx.next_const_var(span::DUMMY_SP)
            }
            _ => c.super_fold_with(self),
        }
    }
}
