//! Lexical region resolution: values for the region variables of an item's signature checks, and what does not hold.
//!
//! Each variable starts at the empty region and grows to what it must outlive; then constraints against fixed
//! regions are checked. (Bodies are checked by crate `borrowck` instead.)

use query::TyCtxt;
use rustc_index::IndexVec;
use span::Span;
use span::def_id::LocalDefId;
use ty::fold::TypeFoldable;
use ty::{ErrorGuaranteed, Region, RegionKind, RegionVid, Ty, UniverseIndex};

use super::free_regions::OutlivesEnvironment;
use super::region_constraints::{
    Constraint, ConstraintKind, GenericKind, RegionConstraintData, RegionVariableInfo, VerifyBound,
};
use super::{InferCtxt, RegionVariableOrigin, SubregionOrigin};

/// A region requirement that does not hold.
#[derive(Clone, Debug)]
pub enum RegionResolutionError<'tcx> {
    /// `sup: sub` (as `ConcreteFailure(origin, sub, sup)`).
    ConcreteFailure(SubregionOrigin<'tcx>, Region<'tcx>, Region<'tcx>),
    /// `generic: 'r`
    GenericBoundFailure(SubregionOrigin<'tcx>, GenericKind<'tcx>, Region<'tcx>),
    /// A variable would have to lie between two regions that are not related.
    SubSupConflict(
        RegionVid,
        RegionVariableOrigin,
        SubregionOrigin<'tcx>,
        Region<'tcx>,
        SubregionOrigin<'tcx>,
        Region<'tcx>,
        Vec<Span>,
    ),
    /// As `SubSupConflict` for placeholders.
    UpperBoundUniverseConflict(RegionVid, RegionVariableOrigin, UniverseIndex, SubregionOrigin<'tcx>, Region<'tcx>),
    CannotNormalize(Ty<'tcx>, SubregionOrigin<'tcx>),
}

impl<'tcx> RegionResolutionError<'tcx> {
    /// The reason.
    pub fn origin(&self) -> &SubregionOrigin<'tcx> {
        match self {
            RegionResolutionError::ConcreteFailure(o, ..)
            | RegionResolutionError::GenericBoundFailure(o, ..)
            | RegionResolutionError::SubSupConflict(_, _, o, ..)
            | RegionResolutionError::UpperBoundUniverseConflict(_, _, _, o, _)
            | RegionResolutionError::CannotNormalize(_, o) => o,
        }
    }
}

/// A variable's value so far.
#[derive(Clone, Copy, Debug, PartialEq)]
enum VarValue<'tcx> {
    /// Of a universe: outlived by everything that can be named there.
    Empty,
    Value(Region<'tcx>),
    Error,
}

struct LexicalResolver<'a, 'tcx> {
    tcx: TyCtxt<'tcx>,
    env: &'a OutlivesEnvironment<'tcx>,
    infos: IndexVec<RegionVid, RegionVariableInfo>,
    data: RegionConstraintData<'tcx>,
    values: IndexVec<RegionVid, VarValue<'tcx>>,
}

impl<'tcx> InferCtxt<'tcx> {
    /// Resolves regions in an item's environment.
    pub fn resolve_regions(
        &self,
        body_id: LocalDefId,
        param_env: ty::ParamEnv<'tcx>,
        assumed_wf_tys: impl IntoIterator<Item = Ty<'tcx>>,
    ) -> Vec<RegionResolutionError<'tcx>> {
        let env = OutlivesEnvironment::new(self, body_id, param_env, assumed_wf_tys);
        self.resolve_regions_with_outlives_env(&env)
    }
    /// As [`InferCtxt::resolve_regions`] with the environment made.
    pub fn resolve_regions_with_outlives_env(
        &self,
        env: &OutlivesEnvironment<'tcx>,
    ) -> Vec<RegionResolutionError<'tcx>> {
        if !self.considering_regions {
            return Vec::new();
        }
        self.process_registered_region_obligations(env);
        let (infos, data) = {
            let mut inner = self.inner.borrow_mut();
            (inner.regions.var_infos.clone(), std::mem::take(&mut inner.regions.data))
        };
        let values = IndexVec::from_elem_n(VarValue::Empty, infos.len());
        let mut r = LexicalResolver { tcx: self.tcx, env, infos, data, values };
        r.expand();
        r.collect_errors()
    }
    /// Whether everything required of regions holds (used by `Copy` impl checks).
    pub fn regions_hold(&self, env: &OutlivesEnvironment<'tcx>) -> Result<(), ErrorGuaranteed> {
        let errors = self.resolve_regions_with_outlives_env(env);
        match errors.first() {
            None => Ok(()),
            Some(e) => Err(self.dcx().span_delayed_bug(e.origin().span(), "regions do not hold")),
        }
    }
}

impl<'tcx> LexicalResolver<'_, 'tcx> {
    fn sub_concrete(&self, sub: Region<'tcx>, sup: Region<'tcx>) -> bool {
        if sub == sup || sup.is_static() || sub.is_error() || sup.is_error() {
            return true;
        }
        if sub.is_erased() || sup.is_erased() {
            return true;
        }
        // Placeholders are known only by what the environment says of them: nothing but reflexivity.
        self.env.free_region_map().sub_free_regions(self.tcx, sub, sup)
    }
    fn lub_concrete(&self, a: Region<'tcx>, b: Region<'tcx>) -> Region<'tcx> {
        if self.sub_concrete(a, b) {
            return b;
        }
        if self.sub_concrete(b, a) {
            return a;
        }
        if a.is_placeholder() || b.is_placeholder() {
            return self.tcx.lifetimes().re_static;
        }
        self.env.free_region_map().lub_free_regions(self.tcx, a, b)
    }
    fn universe(&self, r: Region<'tcx>) -> UniverseIndex {
        match r.kind() {
            RegionKind::RePlaceholder(p) => p.universe,
            RegionKind::ReVar(v) => self.infos[v].universe,
            _ => UniverseIndex::ROOT,
        }
    }
    /// Makes a variable outlive a region. Whether it grew.
    fn grow(&mut self, vid: RegionVid, region: Region<'tcx>) -> bool {
        let region = if self.infos[vid].universe.cannot_name(self.universe(region)) {
            // Only 'static outlives what cannot be named.
            self.tcx.lifetimes().re_static
        } else {
            region
        };
        let new = match self.values[vid] {
            VarValue::Empty => region,
            VarValue::Value(old) => self.lub_concrete(old, region),
            VarValue::Error => return false,
        };
        let changed = self.values[vid] != VarValue::Value(new);
        self.values[vid] = VarValue::Value(new);
        changed
    }
    fn expand(&mut self) {
        let constraints: Vec<Constraint<'tcx>> = self.data.constraints.iter().map(|(c, _)| *c).collect();
        let mut changed = true;
        let mut rounds = 0;
        while changed && rounds <= constraints.len() + 8 {
            changed = false;
            rounds += 1;
            for c in &constraints {
                match c.kind {
                    ConstraintKind::RegSubVar => changed |= self.grow(c.sup.as_var(), c.sub),
                    ConstraintKind::VarSubVar => {
                        if let VarValue::Value(v) = self.values[c.sub.as_var()] {
                            changed |= self.grow(c.sup.as_var(), v);
                        }
                    }
                    ConstraintKind::VarSubReg | ConstraintKind::RegSubReg => {}
                }
            }
        }
    }
    fn value(&self, r: Region<'tcx>) -> Option<Region<'tcx>> {
        match r.kind() {
            RegionKind::ReVar(v) => match self.values[v] {
                VarValue::Value(r) => Some(r),
                VarValue::Empty | VarValue::Error => None,
            },
            _ => Some(r),
        }
    }
    fn collect_errors(mut self) -> Vec<RegionResolutionError<'tcx>> {
        let mut errors = Vec::new();
        let constraints = std::mem::take(&mut self.data.constraints);
        for (c, origin) in &constraints {
            match c.kind {
                ConstraintKind::RegSubReg => {
                    if !self.sub_concrete(c.sub, c.sup) {
                        errors.push(RegionResolutionError::ConcreteFailure(origin.clone(), c.sub, c.sup));
                    }
                }
                ConstraintKind::VarSubReg => {
                    let vid = c.sub.as_var();
                    let VarValue::Value(v) = self.values[vid] else {
                        continue;
                    };
                    if !self.sub_concrete(v, c.sup) {
                        self.values[vid] = VarValue::Error;
                        errors.push(self.conflict(&constraints, vid, v, c.sup, origin));
                    }
                }
                ConstraintKind::RegSubVar | ConstraintKind::VarSubVar => {}
            }
        }
        let verifys = std::mem::take(&mut self.data.verifys);
        for v in verifys {
            let Some(region) = self.value(v.region) else {
                continue;
            };
            let ty = v.kind.to_ty(*self.tcx);
            if !self.bound_is_met(&v.bound, ty, region) {
                errors.push(RegionResolutionError::GenericBoundFailure(v.origin, v.kind, region));
            }
        }
        // One error for a place and pair is enough.
        let mut seen: Vec<(Span, String)> = Vec::new();
        errors.retain(|e| {
            let what = match e {
                RegionResolutionError::ConcreteFailure(_, a, b) => format!("{a:?}{b:?}"),
                RegionResolutionError::SubSupConflict(_, _, _, a, _, b, _) => format!("{a:?}{b:?}"),
                RegionResolutionError::GenericBoundFailure(_, k, r) => format!("{k:?}{r:?}"),
                _ => return true,
            };
            let key = (e.origin().span(), what);
            let new = !seen.contains(&key);
            seen.push(key);
            new
        });
        errors
    }
    /// The variable must outlive `lower` and be outlived by `upper`.
    fn conflict(
        &self,
        constraints: &[(Constraint<'tcx>, SubregionOrigin<'tcx>)],
        vid: RegionVid,
        value: Region<'tcx>,
        upper: Region<'tcx>,
        upper_origin: &SubregionOrigin<'tcx>,
    ) -> RegionResolutionError<'tcx> {
        // The fixed region from which the value came.
        let mut seen = vec![vid];
        let mut next = 0;
        let mut lower: Option<(Region<'tcx>, SubregionOrigin<'tcx>)> = None;
        while next < seen.len() {
            let v = seen[next];
            next += 1;
            for (c, o) in constraints {
                if !c.sup.is_var() || c.sup.as_var() != v {
                    continue;
                }
                match c.kind {
                    ConstraintKind::RegSubVar => {
                        if !self.sub_concrete(c.sub, upper) && lower.is_none() {
                            lower = Some((c.sub, o.clone()));
                        }
                    }
                    ConstraintKind::VarSubVar => {
                        let w = c.sub.as_var();
                        if !seen.contains(&w) {
                            seen.push(w);
                        }
                    }
                    _ => {}
                }
            }
        }
        match lower {
            Some((r, o)) => RegionResolutionError::SubSupConflict(
                vid,
                self.infos[vid].origin,
                o,
                r,
                upper_origin.clone(),
                upper,
                Vec::new(),
            ),
            None => RegionResolutionError::ConcreteFailure(upper_origin.clone(), value, upper),
        }
    }
    /// Whether `generic: min` by this bound.
    fn bound_is_met(&self, b: &VerifyBound<'tcx>, generic: Ty<'tcx>, min: Region<'tcx>) -> bool {
        match b {
            VerifyBound::IfEq(verify) => {
                let tcx = self.tcx;
                let v = tcx.instantiate_bound_regions(*verify, |_| tcx.lifetimes().re_static);
                let resolve = |t: Ty<'tcx>| tcx.fold_regions(t, |r, _| self.value(r).unwrap_or(r));
                let same = if verify.bound_vars().is_empty() {
                    resolve(v.ty) == resolve(generic)
                } else {
                    tcx.erase_regions(v.ty) == tcx.erase_regions(generic)
                };
                if !same {
                    return false;
                }
                if verify.bound_vars().is_empty() {
                    self.value(v.bound).is_some_and(|r| self.sub_concrete(min, r))
                } else {
                    // `for<'x> <T as Trait<'x>>::A: 'static` is the useful case.
                    self.sub_concrete(min, v.bound)
                }
            }
            VerifyBound::OutlivedBy(r) => self.value(*r).is_some_and(|r| self.sub_concrete(min, r)),
            VerifyBound::IsEmpty => false,
            VerifyBound::AnyBound(bs) => bs.iter().any(|b| self.bound_is_met(b, generic, min)),
            VerifyBound::AllBounds(bs) => bs.iter().all(|b| self.bound_is_met(b, generic, min)),
        }
    }
}

/// A value in which region variables are replaced by 'static: for printing.
pub fn resolve_for_print<'tcx, T: TypeFoldable<'tcx>>(tcx: TyCtxt<'tcx>, value: T) -> T {
    tcx.fold_regions(value, |r, _| if r.is_var() { tcx.lifetimes().re_erased } else { r })
}
