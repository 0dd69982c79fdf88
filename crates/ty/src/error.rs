//! Why two types are not related.

use hir::Safety;
use span::def_id::DefId;

use crate::{Const, ExternAbi, PolyExistentialPredicates, Region, Term, Ty};

/// The two sides of a mismatch.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct ExpectedFound<T> {
    pub expected: T,
    pub found: T,
}

impl<T> ExpectedFound<T> {
    pub fn new(expected: T, found: T) -> Self {
        ExpectedFound { expected, found }
    }
}

/// A mismatch; rustc's `TypeError`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TypeError<'tcx> {
    Mismatch,
    PolarityMismatch(ExpectedFound<crate::PredicatePolarity>),
    SafetyMismatch(ExpectedFound<Safety>),
    AbiMismatch(ExpectedFound<ExternAbi>),
    Mutability,
    ArgumentMutability(usize),
    TupleSize(ExpectedFound<usize>),
    ArraySize(ExpectedFound<Const<'tcx>>),
    ArgCount,
    RegionsDoesNotOutlive(Region<'tcx>, Region<'tcx>),
    RegionsInsufficientlyPolymorphic(Region<'tcx>),
    RegionsPlaceholderMismatch,
    Sorts(ExpectedFound<Ty<'tcx>>),
    ArgumentSorts(ExpectedFound<Ty<'tcx>>, usize),
    Traits(ExpectedFound<DefId>),
    VariadicMismatch(ExpectedFound<bool>),
    /// A type would contain itself.
    CyclicTy(Ty<'tcx>),
    CyclicConst(Const<'tcx>),
    ProjectionMismatched(ExpectedFound<DefId>),
    ExistentialMismatch(ExpectedFound<PolyExistentialPredicates<'tcx>>),
    ConstMismatch(ExpectedFound<Const<'tcx>>),
    TermMismatch(ExpectedFound<Term<'tcx>>),
    IntrinsicCast,
    TargetFeatureCast(DefId),
}
