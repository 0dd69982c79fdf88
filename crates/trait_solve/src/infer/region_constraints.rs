//! Region variables and the constraints on them. Nothing is solved here.

use std::rc::Rc;

use rustc_index::IndexVec;
use span::Span;
use ty::{AliasTy, Interner, OpaqueHiddenType, ParamTy, PlaceholderType, Region, RegionVid, Ty, TyKind, UniverseIndex};

use super::{InferCtxt, OpaqueTypeKey, RegionVariableOrigin, SubregionOrigin};

/// Which sides of a constraint are variables.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord, Hash)]
pub enum ConstraintKind {
    VarSubVar,
    RegSubVar,
    VarSubReg,
    RegSubReg,
}

/// `sup: sub`, that is, `sup` outlives `sub`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub struct Constraint<'tcx> {
    pub kind: ConstraintKind,
    pub sub: Region<'tcx>,
    pub sup: Region<'tcx>,
}

/// `member` must be one of the choices (hidden types of opaque types).
#[derive(Clone, Debug)]
pub struct MemberConstraint<'tcx> {
    pub key: OpaqueTypeKey<'tcx>,
    pub definition_span: Span,
    pub hidden_ty: Ty<'tcx>,
    pub member_region: Region<'tcx>,
    pub choice_regions: Rc<Vec<Region<'tcx>>>,
}

/// A generic thing that must outlive a region.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum GenericKind<'tcx> {
    Param(ParamTy),
    Placeholder(PlaceholderType),
    Alias(ty::AliasTyKind, AliasTy<'tcx>),
}

impl<'tcx> GenericKind<'tcx> {
    /// As a type.
    pub fn to_ty(&self, cx: Interner<'tcx>) -> Ty<'tcx> {
        match *self {
            GenericKind::Param(p) => p.to_ty(cx),
            GenericKind::Placeholder(p) => cx.mk_ty(TyKind::Placeholder(p)),
            GenericKind::Alias(kind, a) => cx.mk_ty(TyKind::Alias(kind, a)),
        }
    }
}

/// `kind: region` holds if the bound says so.
#[derive(Clone, Debug)]
pub struct Verify<'tcx> {
    pub kind: GenericKind<'tcx>,
    pub origin: SubregionOrigin<'tcx>,
    pub region: Region<'tcx>,
    pub bound: VerifyBound<'tcx>,
}

/// What shows that a generic thing outlives a region.
#[derive(Clone, Debug)]
pub enum VerifyBound<'tcx> {
    /// If the thing is this type, this region.
    IfEq(ty::Binder<'tcx, VerifyIfEq<'tcx>>),
    /// This region does.
    OutlivedBy(Region<'tcx>),
    /// The region must be empty: no.
    IsEmpty,
    AnyBound(Vec<VerifyBound<'tcx>>),
    AllBounds(Vec<VerifyBound<'tcx>>),
}

/// `if kind == ty { kind: bound }`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, macros::TypeFoldable, macros::TypeVisitable)]
pub struct VerifyIfEq<'tcx> {
    pub ty: Ty<'tcx>,
    pub bound: Region<'tcx>,
}

impl<'tcx> VerifyBound<'tcx> {
    /// Whether it can never help.
    pub fn cannot_hold(&self) -> bool {
        match self {
            VerifyBound::IfEq(..) | VerifyBound::OutlivedBy(_) => false,
            VerifyBound::IsEmpty => true,
            VerifyBound::AnyBound(bs) => bs.iter().all(|b| b.cannot_hold()),
            VerifyBound::AllBounds(bs) => bs.iter().any(|b| b.cannot_hold()),
        }
    }
    /// Whether it always holds.
    pub fn must_hold(&self) -> bool {
        match self {
            VerifyBound::IfEq(..) | VerifyBound::IsEmpty => false,
            VerifyBound::OutlivedBy(r) => r.is_static(),
            VerifyBound::AnyBound(bs) => bs.iter().any(|b| b.must_hold()),
            VerifyBound::AllBounds(bs) => bs.iter().all(|b| b.must_hold()),
        }
    }
    /// Either of the two.
    pub fn or(self, other: VerifyBound<'tcx>) -> VerifyBound<'tcx> {
        if self.must_hold() || other.cannot_hold() {
            self
        } else if self.cannot_hold() || other.must_hold() {
            other
        } else {
            VerifyBound::AnyBound(vec![self, other])
        }
    }
}

/// All constraints found.
#[derive(Clone, Debug, Default)]
pub struct RegionConstraintData<'tcx> {
    pub constraints: Vec<(Constraint<'tcx>, SubregionOrigin<'tcx>)>,
    pub member_constraints: Vec<MemberConstraint<'tcx>>,
    pub verifys: Vec<Verify<'tcx>>,
}

impl RegionConstraintData<'_> {
    pub fn is_empty(&self) -> bool {
        self.constraints.is_empty() && self.member_constraints.is_empty() && self.verifys.is_empty()
    }
}

/// What is known of a region variable.
#[derive(Clone, Copy, Debug)]
pub struct RegionVariableInfo {
    pub origin: RegionVariableOrigin,
    pub universe: UniverseIndex,
}

#[derive(Default)]
pub(crate) struct RegionConstraintStorage<'tcx> {
    pub(crate) var_infos: IndexVec<RegionVid, RegionVariableInfo>,
    pub(crate) data: RegionConstraintData<'tcx>,
}

impl<'tcx> RegionConstraintStorage<'tcx> {
    pub(crate) fn new_region_var(&mut self, universe: UniverseIndex, origin: RegionVariableOrigin) -> RegionVid {
        self.var_infos.push(RegionVariableInfo { origin, universe })
    }
    pub(crate) fn make_subregion(&mut self, origin: SubregionOrigin<'tcx>, sub: Region<'tcx>, sup: Region<'tcx>) {
        if sub == sup || sup.is_static() {
            return;
        }
        let kind = match (sub.is_var(), sup.is_var()) {
            (true, true) => ConstraintKind::VarSubVar,
            (false, true) => ConstraintKind::RegSubVar,
            (true, false) => ConstraintKind::VarSubReg,
            (false, false) => ConstraintKind::RegSubReg,
        };
        self.data.constraints.push((Constraint { kind, sub, sup }, origin));
    }
}

impl<'tcx> InferCtxt<'tcx> {
    /// Requires `b: a`.
    pub fn sub_regions(&self, origin: SubregionOrigin<'tcx>, a: Region<'tcx>, b: Region<'tcx>) {
        if self.considering_regions && a != b && !a.is_erased() && !b.is_erased() {
            self.inner.borrow_mut().regions.make_subregion(origin, a, b);
        }
    }
    /// Requires `a == b`.
    pub fn equate_regions(&self, origin: SubregionOrigin<'tcx>, a: Region<'tcx>, b: Region<'tcx>) {
        self.sub_regions(origin.clone(), a, b);
        self.sub_regions(origin, b, a);
    }
    /// Requires `a: b`, as a predicate does.
    pub fn region_outlives_predicate(
        &self,
        cause: &crate::traits::ObligationCause<'tcx>,
        p: ty::RegionOutlivesPredicate<'tcx>,
    ) {
        let ty::OutlivesPredicate(r_a, r_b) = p;
        let origin =
            SubregionOrigin::from_obligation_cause(cause, || SubregionOrigin::RelateRegionParamBound(cause.span, None));
        self.sub_regions(origin, r_b, r_a);
    }
    /// Requires that a region of a hidden type be one of the opaque type's.
    pub fn member_constraint(
        &self,
        key: OpaqueTypeKey<'tcx>,
        definition_span: Span,
        hidden_ty: OpaqueHiddenType<'tcx>,
        member_region: Region<'tcx>,
        choice_regions: Rc<Vec<Region<'tcx>>>,
    ) {
        if !self.considering_regions || choice_regions.contains(&member_region) {
            return;
        }
        self.inner.borrow_mut().regions.data.member_constraints.push(MemberConstraint {
            key,
            definition_span,
            hidden_ty: hidden_ty.ty,
            member_region,
            choice_regions,
        });
    }
    /// Requires `T: 'a`, to be taken apart when regions are resolved.
    pub fn register_type_outlives_constraint(
        &self,
        sup_type: Ty<'tcx>,
        sub_region: Region<'tcx>,
        cause: &crate::traits::ObligationCause<'tcx>,
    ) {
        let origin = SubregionOrigin::from_obligation_cause(cause, || {
            SubregionOrigin::RelateParamBound(cause.span, sup_type, None)
        });
        self.register_type_outlives_constraint_inner(super::TypeOutlivesConstraint { sup_type, sub_region, origin });
    }
    pub(crate) fn register_type_outlives_constraint_inner(&self, c: super::TypeOutlivesConstraint<'tcx>) {
        if self.considering_regions && !crate::traits::util::trivially_outlives(c.sup_type) {
            self.inner.borrow_mut().region_obligations.push(c);
        }
    }
    /// Takes the `T: 'a` that were not yet taken apart.
    pub fn take_registered_region_obligations(&self) -> Vec<super::TypeOutlivesConstraint<'tcx>> {
        std::mem::take(&mut self.inner.borrow_mut().region_obligations)
    }
    /// A copy of the `T: 'a` registered.
    pub fn clone_registered_region_obligations(&self) -> Vec<super::TypeOutlivesConstraint<'tcx>> {
        self.inner.borrow().region_obligations.clone()
    }
    /// Takes the constraints; the variables stay.
    pub fn take_and_reset_region_constraints(&self) -> RegionConstraintData<'tcx> {
        std::mem::take(&mut self.inner.borrow_mut().regions.data)
    }
    /// Looks at the constraints.
    pub fn with_region_constraints<R>(&self, f: impl FnOnce(&RegionConstraintData<'tcx>) -> R) -> R {
        f(&self.inner.borrow().regions.data)
    }
    /// The origins and universes of all region variables.
    pub fn get_region_var_infos(&self) -> IndexVec<RegionVid, RegionVariableInfo> {
        self.inner.borrow().regions.var_infos.clone()
    }
    /// A region that both outlive at most: for lattices of types.
    pub fn glb_regions(&self, origin: SubregionOrigin<'tcx>, a: Region<'tcx>, b: Region<'tcx>) -> Region<'tcx> {
        self.combine_regions(origin, a, b, false)
    }
    /// A region that outlives both.
    pub fn lub_regions(&self, origin: SubregionOrigin<'tcx>, a: Region<'tcx>, b: Region<'tcx>) -> Region<'tcx> {
        self.combine_regions(origin, a, b, true)
    }
    fn combine_regions(
        &self,
        origin: SubregionOrigin<'tcx>,
        a: Region<'tcx>,
        b: Region<'tcx>,
        lub: bool,
    ) -> Region<'tcx> {
        if a == b || !self.considering_regions {
            return a;
        }
        if a.is_static() || b.is_static() {
            let other = if a.is_static() { b } else { a };
            return if lub { self.tcx.lifetimes().re_static } else { other };
        }
        let c = self.next_region_var(RegionVariableOrigin::Misc(origin.span()));
        for r in [a, b] {
            if lub {
                self.sub_regions(origin.clone(), r, c);
            } else {
                self.sub_regions(origin.clone(), c, r);
            }
        }
        c
    }
}
