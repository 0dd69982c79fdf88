//! Where variables and constraints come from, for diagnostics.

use ast::{FloatTy, IntTy, UintTy};
use span::def_id::{DefId, LocalDefId};
use span::{Span, Symbol};
use ty::error::ExpectedFound;
use ty::{
    AliasTerm, BoundRegionKind, PlaceholderRegion, PolyExistentialTraitRef, PolyFnSig, Region, Term, TraitRef, Ty,
    UpvarId,
};

use crate::traits::{ObligationCause, ObligationCauseCode};

/// What an integer variable is known to be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum IntVarValue {
    Unknown,
    IntType(IntTy),
    UintType(UintTy),
}

/// What a float variable is known to be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FloatVarValue {
    Unknown,
    Known(FloatTy),
}

/// Where a type variable comes from.
#[derive(Clone, Copy, Debug)]
pub struct TypeVariableOrigin {
    pub span: Span,
    /// The generic parameter that it stands for.
    pub param_def_id: Option<DefId>,
}

/// When a bound region became a variable.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BoundRegionConversionTime {
    FnCall,
    HigherRankedType,
    AssocTypeProjection(DefId),
}

/// Why a region variable was made.
#[derive(Clone, Copy, Debug)]
pub enum RegionVariableOrigin {
    Misc(Span),
    PatternRegion(Span),
    BorrowRegion(Span),
    Autoref(Span),
    Coercion(Span),
    /// A generic parameter's name.
    RegionParameterDefinition(Span, Symbol),
    BoundRegion(Span, BoundRegionKind, BoundRegionConversionTime),
    UpvarRegion(UpvarId, Span),
    Nll(NllRegionVariableOrigin),
}

/// Why borrow checking made a region.
#[derive(Clone, Copy, Debug)]
pub enum NllRegionVariableOrigin {
    FreeRegion,
    Placeholder(PlaceholderRegion),
    Existential { name: Option<Symbol> },
}

impl RegionVariableOrigin {
    /// The place.
    pub fn span(&self) -> Span {
        match *self {
            RegionVariableOrigin::Misc(s)
            | RegionVariableOrigin::PatternRegion(s)
            | RegionVariableOrigin::BorrowRegion(s)
            | RegionVariableOrigin::Autoref(s)
            | RegionVariableOrigin::Coercion(s)
            | RegionVariableOrigin::RegionParameterDefinition(s, _)
            | RegionVariableOrigin::BoundRegion(s, ..)
            | RegionVariableOrigin::UpvarRegion(_, s) => s,
            RegionVariableOrigin::Nll(_) => span::DUMMY_SP,
        }
    }
}

/// The values that were related, and why.
#[derive(Clone, Debug)]
pub struct TypeTrace<'tcx> {
    pub cause: ObligationCause<'tcx>,
    pub values: ValuePairs<'tcx>,
}

/// Two values that were related.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ValuePairs<'tcx> {
    Regions(ExpectedFound<Region<'tcx>>),
    Terms(ExpectedFound<Term<'tcx>>),
    Aliases(ExpectedFound<AliasTerm<'tcx>>),
    TraitRefs(ExpectedFound<TraitRef<'tcx>>),
    PolySigs(ExpectedFound<PolyFnSig<'tcx>>),
    ExistentialTraitRef(ExpectedFound<PolyExistentialTraitRef<'tcx>>),
}

impl<'tcx> ValuePairs<'tcx> {
    /// The pair, if it is of types.
    pub fn ty(&self) -> Option<(Ty<'tcx>, Ty<'tcx>)> {
        match self {
            ValuePairs::Terms(ExpectedFound { expected: Term::Ty(e), found: Term::Ty(f) }) => Some((*e, *f)),
            _ => None,
        }
    }
}

impl<'tcx> TypeTrace<'tcx> {
    pub fn span(&self) -> Span {
        self.cause.span
    }
    /// Of two types.
    pub fn types(cause: &ObligationCause<'tcx>, a: Ty<'tcx>, b: Ty<'tcx>) -> TypeTrace<'tcx> {
        TypeTrace { cause: cause.clone(), values: ValuePairs::Terms(ExpectedFound::new(a.into(), b.into())) }
    }
    /// Of two trait references.
    pub fn trait_refs(cause: &ObligationCause<'tcx>, a: TraitRef<'tcx>, b: TraitRef<'tcx>) -> TypeTrace<'tcx> {
        TypeTrace { cause: cause.clone(), values: ValuePairs::TraitRefs(ExpectedFound::new(a, b)) }
    }
    /// Of two constants.
    pub fn consts(cause: &ObligationCause<'tcx>, a: ty::Const<'tcx>, b: ty::Const<'tcx>) -> TypeTrace<'tcx> {
        TypeTrace { cause: cause.clone(), values: ValuePairs::Terms(ExpectedFound::new(a.into(), b.into())) }
    }
}

/// Why one region must outlive another.
#[derive(Clone, Debug)]
pub enum SubregionOrigin<'tcx> {
    Subtype(Box<TypeTrace<'tcx>>),
    /// `dyn Trait + 'a`: what is cast must outlive `'a`.
    RelateObjectBound(Span),
    /// `T: 'a`
    RelateParamBound(Span, Ty<'tcx>, Option<Span>),
    /// `'a: 'b`
    RelateRegionParamBound(Span, Option<Ty<'tcx>>),
    Reborrow(Span),
    /// `&'a T` needs `T: 'a`.
    ReferenceOutlivesReferent(Ty<'tcx>, Span),
    CompareImplItemObligation {
        span: Span,
        impl_item_def_id: LocalDefId,
        trait_item_def_id: DefId,
    },
    CheckAssociatedTypeBounds {
        parent: Box<SubregionOrigin<'tcx>>,
        impl_item_def_id: LocalDefId,
        trait_item_def_id: DefId,
    },
    AscribeUserTypeProvePredicate(Span),
    /// From the answer of a canonical goal.
    SolverRegionConstraint(Span),
}

impl<'tcx> SubregionOrigin<'tcx> {
    /// The place.
    pub fn span(&self) -> Span {
        match self {
            SubregionOrigin::Subtype(t) => t.cause.span,
            SubregionOrigin::RelateObjectBound(s)
            | SubregionOrigin::RelateParamBound(s, ..)
            | SubregionOrigin::RelateRegionParamBound(s, _)
            | SubregionOrigin::Reborrow(s)
            | SubregionOrigin::ReferenceOutlivesReferent(_, s)
            | SubregionOrigin::AscribeUserTypeProvePredicate(s)
            | SubregionOrigin::SolverRegionConstraint(s) => *s,
            SubregionOrigin::CompareImplItemObligation { span, .. } => *span,
            SubregionOrigin::CheckAssociatedTypeBounds { parent, .. } => parent.span(),
        }
    }
    /// From an obligation's cause.
    pub fn from_obligation_cause(cause: &ObligationCause<'tcx>, default: impl FnOnce() -> Self) -> Self {
        match *cause.code() {
            ObligationCauseCode::ReferenceOutlivesReferent(ty) => {
                SubregionOrigin::ReferenceOutlivesReferent(ty, cause.span)
            }
            ObligationCauseCode::CompareImplItem { impl_item_def_id, trait_item_def_id, .. } => {
                SubregionOrigin::CompareImplItemObligation { span: cause.span, impl_item_def_id, trait_item_def_id }
            }
            ObligationCauseCode::CheckAssociatedTypeBounds { impl_item_def_id, trait_item_def_id } => {
                SubregionOrigin::CheckAssociatedTypeBounds {
                    impl_item_def_id,
                    trait_item_def_id,
                    parent: Box::new(default()),
                }
            }
            ObligationCauseCode::AscribeUserTypeProvePredicate(span) => {
                SubregionOrigin::AscribeUserTypeProvePredicate(span)
            }
            ObligationCauseCode::ObjectTypeBound(ty, _) => {
                SubregionOrigin::RelateRegionParamBound(cause.span, Some(ty))
            }
            _ => default(),
        }
    }
}
