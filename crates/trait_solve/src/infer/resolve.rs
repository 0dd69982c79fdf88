//! Replacing variables by what is known of them.

use std::ops::ControlFlow;

use ty::fold::{TypeFoldable, TypeFolder, TypeSuperFoldable};
use ty::visit::{TypeSuperVisitable, TypeVisitableExt, TypeVisitor};
use ty::{Const, ConstKind, InferConst, InferTy, Interner, Predicate, Region, Ty, TyKind, TypeVisitable};

use super::InferCtxt;

/// A variable without a value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FixupError {
    UnresolvedTy(ty::TyVid),
    UnresolvedIntTy,
    UnresolvedFloatTy,
    UnresolvedConst(ty::ConstVid),
}

impl<'tcx> InferCtxt<'tcx> {
    /// Replaces the variables that are known; the others by their root.
    pub fn resolve_vars_if_possible<T: TypeFoldable<'tcx> + TypeVisitable<'tcx>>(&self, value: T) -> T {
        if !value.has_non_region_infer() {
            return value;
        }
        value.fold_with(&mut Resolver { infcx: self })
    }
    pub(crate) fn resolve_vars_if_possible_unchecked<T: TypeFoldable<'tcx>>(&self, value: T) -> T {
        value.fold_with(&mut Resolver { infcx: self })
    }
    /// Regions as they are; kept for callers that speak of regions.
    pub fn resolve_regions_if_possible<T>(&self, value: T) -> T {
        value
    }
    /// Replaces all variables; an error if one is not known.
    pub fn fully_resolve<T: TypeFoldable<'tcx> + TypeVisitable<'tcx>>(&self, value: T) -> Result<T, FixupError> {
        let value = self.resolve_vars_if_possible(value);
        if !value.has_non_region_infer() {
            return Ok(value);
        }
        let mut finder = FindVar(None);
        let value = value.fold_with(&mut FullResolver { infcx: self, found: &mut finder });
        match finder.0 {
            Some(e) => Err(e),
            None => Ok(value),
        }
    }
    /// Whether the value has variables that are no more: of a probe that was undone. Such a value is good for nothing
    /// but to be left out of a message.
    pub fn has_lost_vars<T: TypeVisitable<'tcx>>(&self, value: T) -> bool {
        let (types, ints, floats, consts) = self.num_vars();
        value.has_non_region_infer() && value.visit_with(&mut LostVars { types, ints, floats, consts }).is_break()
    }
    /// Whether something other than regions is unknown.
    pub fn has_unresolved<T: TypeFoldable<'tcx> + TypeVisitable<'tcx>>(&self, value: T) -> bool {
        self.resolve_vars_if_possible(value).has_non_region_infer()
    }
}

/// Finds variables whose numbers are past these.
struct LostVars {
    types: usize,
    ints: usize,
    floats: usize,
    consts: usize,
}

impl<'tcx> TypeVisitor<'tcx> for LostVars {
    type Break = ();
    fn visit_ty(&mut self, t: Ty<'tcx>) -> ControlFlow<()> {
        let lost = match *t.kind() {
            TyKind::Infer(InferTy::TyVar(v)) => v.as_usize() >= self.types,
            TyKind::Infer(InferTy::IntVar(v)) => v.as_usize() >= self.ints,
            TyKind::Infer(InferTy::FloatVar(v)) => v.as_usize() >= self.floats,
            _ => return t.super_visit_with(self),
        };
        if lost { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
    fn visit_const(&mut self, c: Const<'tcx>) -> ControlFlow<()> {
        match c.kind() {
            ConstKind::Infer(InferConst::Var(v)) if v.as_usize() >= self.consts => ControlFlow::Break(()),
            _ => c.super_visit_with(self),
        }
    }
}

struct Resolver<'a, 'tcx> {
    infcx: &'a InferCtxt<'tcx>,
}

impl<'tcx> TypeFolder<'tcx> for Resolver<'_, 'tcx> {
    fn cx(&self) -> Interner<'tcx> {
        *self.infcx.tcx
    }
    fn fold_ty(&mut self, t: Ty<'tcx>) -> Ty<'tcx> {
        if !t.has_non_region_infer() {
            return t;
        }
        match *t.kind() {
            TyKind::Infer(InferTy::TyVar(vid)) => match self.infcx.probe_ty_var(vid) {
                Ok(known) => known.fold_with(self),
                Err(_) => {
                    let root = self.infcx.root_var(vid);
                    self.infcx.tcx.mk_ty_var(root)
                }
            },
            TyKind::Infer(InferTy::IntVar(v)) => self.infcx.opportunistic_resolve_int_var(v),
            TyKind::Infer(InferTy::FloatVar(v)) => self.infcx.opportunistic_resolve_float_var(v),
            _ => t.super_fold_with(self),
        }
    }
    fn fold_const(&mut self, ct: Const<'tcx>) -> Const<'tcx> {
        if !ct.has_non_region_infer() {
            return ct;
        }
        match ct.kind() {
            ConstKind::Infer(InferConst::Var(vid)) => match self.infcx.probe_const_var(vid) {
                Ok(known) => known.fold_with(self),
                Err(_) => {
                    let root = self.infcx.root_const_var(vid);
                    self.infcx.tcx.mk_const(ConstKind::Infer(InferConst::Var(root)))
                }
            },
            _ => ct.super_fold_with(self),
        }
    }
    fn fold_predicate(&mut self, p: Predicate<'tcx>) -> Predicate<'tcx> {
        if p.has_non_region_infer() { p.super_fold_with(self) } else { p }
    }
}

struct FindVar(Option<FixupError>);

struct FullResolver<'a, 'tcx> {
    infcx: &'a InferCtxt<'tcx>,
    found: &'a mut FindVar,
}

impl<'tcx> TypeFolder<'tcx> for FullResolver<'_, 'tcx> {
    fn cx(&self) -> Interner<'tcx> {
        *self.infcx.tcx
    }
    fn fold_ty(&mut self, t: Ty<'tcx>) -> Ty<'tcx> {
        if let TyKind::Infer(v) = *t.kind() {
            self.found.0.get_or_insert(match v {
                InferTy::TyVar(v) => FixupError::UnresolvedTy(v),
                InferTy::IntVar(_) => FixupError::UnresolvedIntTy,
                InferTy::FloatVar(_) => FixupError::UnresolvedFloatTy,
                _ => return t,
            });
            return t;
        }
        if t.has_non_region_infer() { t.super_fold_with(self) } else { t }
    }
    fn fold_region(&mut self, r: Region<'tcx>) -> Region<'tcx> {
        r
    }
    fn fold_const(&mut self, c: Const<'tcx>) -> Const<'tcx> {
        if let ConstKind::Infer(InferConst::Var(v)) = c.kind() {
            self.found.0.get_or_insert(FixupError::UnresolvedConst(v));
            return c;
        }
        c.super_fold_with(self)
    }
}
