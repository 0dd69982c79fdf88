//! Relating values at a place for a reason: `infcx.at(&cause, param_env).eq(..)`.

use ty::error::ExpectedFound;
use ty::{
    AliasTerm, AliasTy, Const, GenericArg, ParamEnv, PolyExistentialTraitRef, PolyFnSig, Region, Term, TraitRef, Ty,
    Variance,
};

use super::relate::{Relate, TypeRelating, TypeRelation};
use super::{InferCtxt, InferOk, InferResult, TypeTrace, ValuePairs};
use crate::traits::ObligationCause;

/// Whether relating may decide the hidden types of opaque types. (`No` is kept for callers; it has no effect on
/// opaque types that are not defined here.)
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DefineOpaqueTypes {
    Yes,
    No,
}

/// A place and reason for relating values.
#[derive(Clone, Copy)]
pub struct At<'a, 'tcx> {
    pub infcx: &'a InferCtxt<'tcx>,
    pub cause: &'a ObligationCause<'tcx>,
    pub param_env: ParamEnv<'tcx>,
}

/// Values that can be shown as a mismatch.
pub trait ToTrace<'tcx>: Relate<'tcx> + Copy {
    fn to_trace(cause: &ObligationCause<'tcx>, a: Self, b: Self) -> TypeTrace<'tcx>;
}

impl<'a, 'tcx> At<'a, 'tcx> {
    /// `expected :> actual`: what has type `actual` can stand where `expected` is.
    pub fn sup<T: ToTrace<'tcx>>(self, define: DefineOpaqueTypes, expected: T, actual: T) -> InferResult<'tcx, ()> {
        let _ = define;
        self.relate_with(expected, actual, Variance::Contravariant, true)
    }
    /// `expected <: actual`
    pub fn sub<T: ToTrace<'tcx>>(self, define: DefineOpaqueTypes, expected: T, actual: T) -> InferResult<'tcx, ()> {
        let _ = define;
        self.relate_with(expected, actual, Variance::Covariant, true)
    }
    /// `expected == actual`
    pub fn eq<T: ToTrace<'tcx>>(self, define: DefineOpaqueTypes, expected: T, actual: T) -> InferResult<'tcx, ()> {
        let _ = define;
        self.relate_with(expected, actual, Variance::Invariant, true)
    }
    /// As [`At::eq`], with the trace given.
    pub fn eq_trace<T: Relate<'tcx> + Copy>(
        self,
        _define: DefineOpaqueTypes,
        trace: TypeTrace<'tcx>,
        expected: T,
        actual: T,
    ) -> InferResult<'tcx, ()> {
        self.relate_trace(trace, expected, actual, Variance::Invariant)
    }
    /// By variance.
    pub fn relate<T: ToTrace<'tcx>>(
        self,
        define: DefineOpaqueTypes,
        expected: T,
        variance: Variance,
        actual: T,
    ) -> InferResult<'tcx, ()> {
        match variance {
            Variance::Bivariant => Ok(InferOk { value: (), obligations: Vec::new() }),
            Variance::Covariant => self.sub(define, expected, actual),
            Variance::Invariant => self.eq(define, expected, actual),
            Variance::Contravariant => self.sup(define, expected, actual),
        }
    }
    /// The least type above both. Type checking ignores regions, and without them this is equality.
    pub fn lub<T: ToTrace<'tcx>>(self, expected: T, actual: T) -> InferResult<'tcx, T> {
        let ok = self.eq(DefineOpaqueTypes::Yes, expected, actual)?;
        Ok(InferOk { value: expected, obligations: ok.obligations })
    }
    fn relate_with<T: ToTrace<'tcx>>(
        self,
        expected: T,
        actual: T,
        variance: Variance,
        _expected_first: bool,
    ) -> InferResult<'tcx, ()> {
        let trace = || T::to_trace(self.cause, expected, actual);
        let mut relating = TypeRelating::new(self.infcx, self.cause, self.param_env, variance);
        if self.infcx.considering_regions {
            relating.trace = Some(trace());
        }
        relating.relate(expected, actual)?;
        Ok(InferOk { value: (), obligations: relating.into_obligations() })
    }
    fn relate_trace<T: Relate<'tcx> + Copy>(
        self,
        trace: TypeTrace<'tcx>,
        expected: T,
        actual: T,
        variance: Variance,
    ) -> InferResult<'tcx, ()> {
        let mut relating = TypeRelating::new(self.infcx, self.cause, self.param_env, variance);
        relating.trace = Some(trace);
        relating.relate(expected, actual)?;
        Ok(InferOk { value: (), obligations: relating.into_obligations() })
    }
}

impl<'tcx> InferCtxt<'tcx> {
    /// Whether two values could be equal; nothing is kept.
    pub fn can_eq<T: ToTrace<'tcx>>(&self, param_env: ParamEnv<'tcx>, a: T, b: T) -> bool {
        self.can_relate(param_env, a, b, Variance::Invariant)
    }
    /// Whether `a` could be a subtype of `b`; nothing is kept.
    pub fn can_sub<T: ToTrace<'tcx>>(&self, param_env: ParamEnv<'tcx>, expected: T, actual: T) -> bool {
        self.can_relate(param_env, expected, actual, Variance::Covariant)
    }
    fn can_relate<T: ToTrace<'tcx>>(&self, param_env: ParamEnv<'tcx>, a: T, b: T, variance: Variance) -> bool {
        self.probe(|_| {
            let cause = ObligationCause::dummy();
            let mut relating = TypeRelating::new(self, &cause, param_env, variance);
            if relating.relate(a, b).is_err() {
                return false;
            }
            relating.into_obligations().iter().all(|o| self.predicate_may_hold(o))
        })
    }
}

impl<'tcx> ToTrace<'tcx> for Ty<'tcx> {
    fn to_trace(cause: &ObligationCause<'tcx>, a: Self, b: Self) -> TypeTrace<'tcx> {
        TypeTrace::types(cause, a, b)
    }
}
impl<'tcx> ToTrace<'tcx> for Region<'tcx> {
    fn to_trace(cause: &ObligationCause<'tcx>, a: Self, b: Self) -> TypeTrace<'tcx> {
        TypeTrace { cause: cause.clone(), values: ValuePairs::Regions(ExpectedFound::new(a, b)) }
    }
}
impl<'tcx> ToTrace<'tcx> for Const<'tcx> {
    fn to_trace(cause: &ObligationCause<'tcx>, a: Self, b: Self) -> TypeTrace<'tcx> {
        TypeTrace::consts(cause, a, b)
    }
}
impl<'tcx> ToTrace<'tcx> for Term<'tcx> {
    fn to_trace(cause: &ObligationCause<'tcx>, a: Self, b: Self) -> TypeTrace<'tcx> {
        TypeTrace { cause: cause.clone(), values: ValuePairs::Terms(ExpectedFound::new(a, b)) }
    }
}
impl<'tcx> ToTrace<'tcx> for GenericArg<'tcx> {
    fn to_trace(cause: &ObligationCause<'tcx>, a: Self, b: Self) -> TypeTrace<'tcx> {
        match (a, b) {
            (GenericArg::Lifetime(a), GenericArg::Lifetime(b)) => ToTrace::to_trace(cause, a, b),
            (GenericArg::Const(a), GenericArg::Const(b)) => ToTrace::to_trace(cause, a, b),
            (GenericArg::Type(a), GenericArg::Type(b)) => ToTrace::to_trace(cause, a, b),
            _ => panic!("arguments of different kinds: {a:?} and {b:?}"),
        }
    }
}
impl<'tcx> ToTrace<'tcx> for TraitRef<'tcx> {
    fn to_trace(cause: &ObligationCause<'tcx>, a: Self, b: Self) -> TypeTrace<'tcx> {
        TypeTrace::trait_refs(cause, a, b)
    }
}
impl<'tcx> ToTrace<'tcx> for AliasTerm<'tcx> {
    fn to_trace(cause: &ObligationCause<'tcx>, a: Self, b: Self) -> TypeTrace<'tcx> {
        TypeTrace { cause: cause.clone(), values: ValuePairs::Aliases(ExpectedFound::new(a, b)) }
    }
}
impl<'tcx> ToTrace<'tcx> for AliasTy<'tcx> {
    fn to_trace(cause: &ObligationCause<'tcx>, a: Self, b: Self) -> TypeTrace<'tcx> {
        ToTrace::to_trace(cause, AliasTerm::from(a), AliasTerm::from(b))
    }
}
impl<'tcx> ToTrace<'tcx> for ty::FnSig<'tcx> {
    fn to_trace(cause: &ObligationCause<'tcx>, a: Self, b: Self) -> TypeTrace<'tcx> {
        let poly = |s| ty::Binder::bind_with_vars(s, ty::List::empty());
        ToTrace::to_trace(cause, poly(a), poly(b))
    }
}
impl<'tcx> ToTrace<'tcx> for PolyFnSig<'tcx> {
    fn to_trace(cause: &ObligationCause<'tcx>, a: Self, b: Self) -> TypeTrace<'tcx> {
        TypeTrace { cause: cause.clone(), values: ValuePairs::PolySigs(ExpectedFound::new(a, b)) }
    }
}
impl<'tcx> ToTrace<'tcx> for PolyExistentialTraitRef<'tcx> {
    fn to_trace(cause: &ObligationCause<'tcx>, a: Self, b: Self) -> TypeTrace<'tcx> {
        TypeTrace { cause: cause.clone(), values: ValuePairs::ExistentialTraitRef(ExpectedFound::new(a, b)) }
    }
}
impl<'tcx> ToTrace<'tcx> for ty::PolyTraitRef<'tcx> {
    fn to_trace(cause: &ObligationCause<'tcx>, a: Self, b: Self) -> TypeTrace<'tcx> {
        TypeTrace::trait_refs(cause, a.skip_binder(), b.skip_binder())
    }
}
