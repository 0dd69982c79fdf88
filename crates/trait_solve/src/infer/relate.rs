//! Structural relation of two values: equality and subtyping by variance.
//!
//! [`Relate`] walks two values side by side and hands pairs of types, regions, constants and binders to a
//! [`TypeRelation`]. [`TypeRelating`] is the one of inference: it sets variables, notes region constraints, and
//! returns goals for aliases that it cannot look through.

use span::Span;
use ty::error::{ExpectedFound, TypeError};
use ty::fold::TypeFoldable;
use ty::visit::TypeVisitableExt;
use ty::{
    AliasRelationDirection, AliasTerm, AliasTy, AliasTyKind, Binder, Const, ConstKind, ExistentialPredicate,
    ExistentialProjection, ExistentialTraitRef, FloatVid, FnSig, GenericArg, GenericArgsRef, InferConst, InferTy,
    IntVid, List, ParamEnv, Pattern, PatternKind, PolyExistentialPredicates, PredicateKind, Region, Term, TraitRef, Ty,
    TyKind, TypeVisitable, Variance,
};

use super::origin::{BoundRegionConversionTime, FloatVarValue, IntVarValue, SubregionOrigin, TypeTrace};
use super::{InferCtxt, TypeVariableOrigin};
use crate::traits::{Obligation, ObligationCause, PredicateObligations};
use query::TyCtxt;

/// The result of relating.
pub type RelateResult<'tcx, T> = Result<T, TypeError<'tcx>>;

/// What to do with pairs of parts.
pub trait TypeRelation<'tcx>: Sized {
    fn cx(&self) -> TyCtxt<'tcx>;
    /// Relates two values.
    fn relate<T: Relate<'tcx>>(&mut self, a: T, b: T) -> RelateResult<'tcx, ()> {
        T::relate(self, a, b)
    }
    /// Relates two values in a position of this variance.
    fn relate_with_variance<T: Relate<'tcx>>(&mut self, variance: Variance, a: T, b: T) -> RelateResult<'tcx, ()>;
    /// The arguments of an ADT, function or the like.
    fn relate_item_args(
        &mut self,
        def_id: span::def_id::DefId,
        a: GenericArgsRef<'tcx>,
        b: GenericArgsRef<'tcx>,
    ) -> RelateResult<'tcx, ()> {
        if a == b {
            return Ok(());
        }
        let variances = self.cx().variances_of(def_id);
        for (i, (x, y)) in a.iter().zip(b.iter()).enumerate() {
            let v = variances.get(i).copied().unwrap_or(Variance::Invariant);
            self.relate_with_variance(v, x, y)?;
        }
        Ok(())
    }
    fn tys(&mut self, a: Ty<'tcx>, b: Ty<'tcx>) -> RelateResult<'tcx, ()>;
    fn regions(&mut self, a: Region<'tcx>, b: Region<'tcx>) -> RelateResult<'tcx, ()>;
    fn consts(&mut self, a: Const<'tcx>, b: Const<'tcx>) -> RelateResult<'tcx, ()>;
    fn binders<T>(&mut self, a: Binder<'tcx, T>, b: Binder<'tcx, T>) -> RelateResult<'tcx, ()>
    where
        T: Relate<'tcx> + TypeFoldable<'tcx> + TypeVisitable<'tcx> + Copy + PartialEq;
}

/// Can be related.
pub trait Relate<'tcx>: Sized {
    fn relate<R: TypeRelation<'tcx>>(r: &mut R, a: Self, b: Self) -> RelateResult<'tcx, ()>;
}

impl<'tcx> Relate<'tcx> for Ty<'tcx> {
    fn relate<R: TypeRelation<'tcx>>(r: &mut R, a: Self, b: Self) -> RelateResult<'tcx, ()> {
        r.tys(a, b)
    }
}
impl<'tcx> Relate<'tcx> for Region<'tcx> {
    fn relate<R: TypeRelation<'tcx>>(r: &mut R, a: Self, b: Self) -> RelateResult<'tcx, ()> {
        r.regions(a, b)
    }
}
impl<'tcx> Relate<'tcx> for Const<'tcx> {
    fn relate<R: TypeRelation<'tcx>>(r: &mut R, a: Self, b: Self) -> RelateResult<'tcx, ()> {
        r.consts(a, b)
    }
}
impl<'tcx> Relate<'tcx> for GenericArg<'tcx> {
    fn relate<R: TypeRelation<'tcx>>(r: &mut R, a: Self, b: Self) -> RelateResult<'tcx, ()> {
        match (a, b) {
            (GenericArg::Lifetime(a), GenericArg::Lifetime(b)) => r.regions(a, b),
            (GenericArg::Type(a), GenericArg::Type(b)) => r.tys(a, b),
            (GenericArg::Const(a), GenericArg::Const(b)) => r.consts(a, b),
            _ => Err(TypeError::Mismatch),
        }
    }
}
impl<'tcx> Relate<'tcx> for Term<'tcx> {
    fn relate<R: TypeRelation<'tcx>>(r: &mut R, a: Self, b: Self) -> RelateResult<'tcx, ()> {
        match (a, b) {
            (Term::Ty(a), Term::Ty(b)) => r.tys(a, b),
            (Term::Const(a), Term::Const(b)) => r.consts(a, b),
            _ => Err(TypeError::Mismatch),
        }
    }
}
/// Arguments invariantly.
impl<'tcx> Relate<'tcx> for GenericArgsRef<'tcx> {
    fn relate<R: TypeRelation<'tcx>>(r: &mut R, a: Self, b: Self) -> RelateResult<'tcx, ()> {
        if a == b {
            return Ok(());
        }
        if a.len() != b.len() {
            return Err(TypeError::Mismatch);
        }
        for (x, y) in a.iter().zip(b.iter()) {
            r.relate_with_variance(Variance::Invariant, x, y)?;
        }
        Ok(())
    }
}
impl<'tcx> Relate<'tcx> for TraitRef<'tcx> {
    fn relate<R: TypeRelation<'tcx>>(r: &mut R, a: Self, b: Self) -> RelateResult<'tcx, ()> {
        if a.def_id != b.def_id {
            return Err(TypeError::Traits(ExpectedFound::new(a.def_id, b.def_id)));
        }
        r.relate(a.args, b.args)
    }
}
impl<'tcx> Relate<'tcx> for ExistentialTraitRef<'tcx> {
    fn relate<R: TypeRelation<'tcx>>(r: &mut R, a: Self, b: Self) -> RelateResult<'tcx, ()> {
        if a.def_id != b.def_id {
            return Err(TypeError::Traits(ExpectedFound::new(a.def_id, b.def_id)));
        }
        r.relate(a.args, b.args)
    }
}
impl<'tcx> Relate<'tcx> for ExistentialProjection<'tcx> {
    fn relate<R: TypeRelation<'tcx>>(r: &mut R, a: Self, b: Self) -> RelateResult<'tcx, ()> {
        if a.def_id != b.def_id {
            let e = ExpectedFound::new(a.def_id, b.def_id);
            return Err(TypeError::ProjectionMismatched(e));
        }
        r.relate_with_variance(Variance::Invariant, a.term, b.term)?;
        r.relate(a.args, b.args)
    }
}
impl<'tcx> Relate<'tcx> for AliasTerm<'tcx> {
    fn relate<R: TypeRelation<'tcx>>(r: &mut R, a: Self, b: Self) -> RelateResult<'tcx, ()> {
        if a.def_id != b.def_id {
            let e = ExpectedFound::new(a.def_id, b.def_id);
            return Err(TypeError::ProjectionMismatched(e));
        }
        match r.cx().def_kind(a.def_id) {
            hir::def::DefKind::OpaqueTy => r.relate_item_args(a.def_id, a.args, b.args),
            _ => r.relate(a.args, b.args),
        }
    }
}
impl<'tcx> Relate<'tcx> for AliasTy<'tcx> {
    fn relate<R: TypeRelation<'tcx>>(r: &mut R, a: Self, b: Self) -> RelateResult<'tcx, ()> {
        r.relate(AliasTerm::from(a), AliasTerm::from(b))
    }
}
impl<'tcx> Relate<'tcx> for FnSig<'tcx> {
    fn relate<R: TypeRelation<'tcx>>(r: &mut R, a: Self, b: Self) -> RelateResult<'tcx, ()> {
        if a.c_variadic != b.c_variadic {
            let e = ExpectedFound::new(a.c_variadic, b.c_variadic);
            return Err(TypeError::VariadicMismatch(e));
        }
        if a.safety != b.safety {
            let e = ExpectedFound::new(a.safety, b.safety);
            return Err(TypeError::SafetyMismatch(e));
        }
        if a.abi != b.abi {
            return Err(TypeError::AbiMismatch(ExpectedFound::new(a.abi, b.abi)));
        }
        if a.inputs().len() != b.inputs().len() {
            return Err(TypeError::ArgCount);
        }
        for (i, (&x, &y)) in a.inputs().iter().zip(b.inputs()).enumerate() {
            r.relate_with_variance(Variance::Contravariant, x, y).map_err(|e| match e {
                TypeError::Sorts(s) | TypeError::ArgumentSorts(s, _) => TypeError::ArgumentSorts(s, i),
                TypeError::Mutability | TypeError::ArgumentMutability(_) => TypeError::ArgumentMutability(i),
                e => e,
            })?;
        }
        r.tys(a.output(), b.output())
    }
}
impl<'tcx, T> Relate<'tcx> for Binder<'tcx, T>
where
    T: Relate<'tcx> + TypeFoldable<'tcx> + TypeVisitable<'tcx> + Copy + PartialEq,
{
    fn relate<R: TypeRelation<'tcx>>(r: &mut R, a: Self, b: Self) -> RelateResult<'tcx, ()> {
        r.binders(a, b)
    }
}
impl<'tcx> Relate<'tcx> for &'tcx List<Ty<'tcx>> {
    fn relate<R: TypeRelation<'tcx>>(r: &mut R, a: Self, b: Self) -> RelateResult<'tcx, ()> {
        if a.len() != b.len() {
            let e = ExpectedFound::new(a.len(), b.len());
            return Err(TypeError::TupleSize(e));
        }
        for (x, y) in a.iter().zip(b.iter()) {
            r.tys(x, y)?;
        }
        Ok(())
    }
}
impl<'tcx> Relate<'tcx> for Pattern<'tcx> {
    fn relate<R: TypeRelation<'tcx>>(r: &mut R, a: Self, b: Self) -> RelateResult<'tcx, ()> {
        match (*a, *b) {
            (PatternKind::Range { start: s1, end: e1 }, PatternKind::Range { start: s2, end: e2 }) => {
                r.consts(s1, s2)?;
                r.consts(e1, e2)
            }
            (PatternKind::Or(x), PatternKind::Or(y)) if x.len() == y.len() => {
                for (x, y) in x.iter().zip(y.iter()) {
                    r.relate(x, y)?;
                }
                Ok(())
            }
            (PatternKind::NotNull, PatternKind::NotNull) => Ok(()),
            _ => Err(TypeError::Mismatch),
        }
    }
}
impl<'tcx> Relate<'tcx> for PolyExistentialPredicates<'tcx> {
    fn relate<R: TypeRelation<'tcx>>(r: &mut R, a: Self, b: Self) -> RelateResult<'tcx, ()> {
        let mismatch = || TypeError::ExistentialMismatch(ExpectedFound::new(a, b));
        // Auto traits may be written twice in different orders; the interned list is sorted, repeats are not kept.
        let mut x: Vec<_> = a.iter().collect();
        let mut y: Vec<_> = b.iter().collect();
        x.dedup();
        y.dedup();
        if x.len() != y.len() {
            return Err(mismatch());
        }
        for (x, y) in x.into_iter().zip(y) {
            match (x.skip_binder(), y.skip_binder()) {
                (ExistentialPredicate::Trait(t), ExistentialPredicate::Trait(u)) => {
                    if t.def_id != u.def_id {
                        return Err(mismatch());
                    }
                    r.binders(x.rebind(t), y.rebind(u))?;
                }
                (ExistentialPredicate::Projection(p), ExistentialPredicate::Projection(q)) => {
                    if p.def_id != q.def_id {
                        return Err(mismatch());
                    }
                    r.binders(x.rebind(p), y.rebind(q))?;
                }
                (ExistentialPredicate::AutoTrait(c), ExistentialPredicate::AutoTrait(d)) if c == d => {}
                _ => return Err(mismatch()),
            }
        }
        Ok(())
    }
}

/// Relates the parts of two types that are not variables or aliases to be looked through.
pub fn structurally_relate_tys<'tcx, R: TypeRelation<'tcx>>(
    r: &mut R,
    a: Ty<'tcx>,
    b: Ty<'tcx>,
) -> RelateResult<'tcx, ()> {
    use TyKind::*;
    let sorts = || Err(TypeError::Sorts(ExpectedFound::new(a, b)));
    match (*a.kind(), *b.kind()) {
        (Error(_), _) | (_, Error(_)) => Ok(()),
        (Never, Never) | (Char, Char) | (Bool, Bool) | (Str, Str) => Ok(()),
        (Int(x), Int(y)) if x == y => Ok(()),
        (Uint(x), Uint(y)) if x == y => Ok(()),
        (Float(x), Float(y)) if x == y => Ok(()),
        (Foreign(x), Foreign(y)) if x == y => Ok(()),
        (Param(x), Param(y)) if x.index == y.index => Ok(()),
        (Placeholder(x), Placeholder(y)) if x == y => Ok(()),
        (Bound(d, x), Bound(e, y)) if d == e && x.var == y.var => Ok(()),
        (Adt(d, x), Adt(e, y)) if d == e => {
            if x.is_empty() {
                Ok(())
            } else {
                r.relate_item_args(d.did(), x, y)
            }
        }
        (Dynamic(x, rx), Dynamic(y, ry)) => {
            r.relate_with_variance(Variance::Covariant, rx, ry)?;
            r.relate(x, y)
        }
        (Coroutine(d, x), Coroutine(e, y))
        | (CoroutineWitness(d, x), CoroutineWitness(e, y))
        | (Closure(d, x), Closure(e, y))
        | (CoroutineClosure(d, x), CoroutineClosure(e, y))
            if d == e =>
        {
            r.relate(x, y)
        }
        (RawPtr(x, m), RawPtr(y, n)) => {
            if m != n {
                return Err(TypeError::Mutability);
            }
            r.relate_with_variance(ptr_variance(m), x, y)
        }
        (Ref(rx, x, m), Ref(ry, y, n)) => {
            if m != n {
                return Err(TypeError::Mutability);
            }
            r.regions(rx, ry)?;
            r.relate_with_variance(ptr_variance(m), x, y)
        }
        (Array(x, n), Array(y, k)) => {
            r.tys(x, y)?;
            r.consts(n, k).map_err(|e| match (n.try_to_target_usize(), k.try_to_target_usize()) {
                (Some(x), Some(y)) if x != y => TypeError::ArraySize(ExpectedFound::new(n, k)),
                _ => e,
            })
        }
        (Slice(x), Slice(y)) => r.tys(x, y),
        (Tuple(x), Tuple(y)) => {
            if x.len() == y.len() {
                r.relate(x, y)
            } else if x.is_empty() || y.is_empty() {
                sorts()
            } else {
                Err(TypeError::TupleSize(ExpectedFound::new(x.len(), y.len())))
            }
        }
        (FnDef(d, x), FnDef(e, y)) if d == e => r.relate_item_args(d, x, y),
        (FnPtr(x), FnPtr(y)) => r.binders(x, y),
        (UnsafeBinder(x), UnsafeBinder(y)) => r.binders(x, y),
        (Alias(k, x), Alias(l, y)) if k == l && x.def_id == y.def_id => r.relate(x, y),
        (Pat(x, p), Pat(y, q)) => {
            r.tys(x, y)?;
            r.relate(p, q)
        }
        _ => sorts(),
    }
}

fn ptr_variance(m: ty::Mutability) -> Variance {
    match m {
        ty::Mutability::Not => Variance::Covariant,
        ty::Mutability::Mut => Variance::Invariant,
    }
}

/// Relates two constants without variables at their root.
pub fn structurally_relate_consts<'tcx, R: TypeRelation<'tcx>>(
    r: &mut R,
    a: Const<'tcx>,
    b: Const<'tcx>,
) -> RelateResult<'tcx, ()> {
    let ok = match (a.kind(), b.kind()) {
        (ConstKind::Error(_), _) | (_, ConstKind::Error(_)) => true,
        (ConstKind::Param(x), ConstKind::Param(y)) => x.index == y.index,
        (ConstKind::Placeholder(x), ConstKind::Placeholder(y)) => x == y,
        (ConstKind::Bound(d, x), ConstKind::Bound(e, y)) => d == e && x == y,
        (ConstKind::Value(x), ConstKind::Value(y)) => x.valtree == y.valtree && r.relate(x.ty, y.ty).is_ok(),
        (ConstKind::Unevaluated(x), ConstKind::Unevaluated(y)) if x.def == y.def => {
            return r.relate_with_variance(Variance::Invariant, x.args, y.args);
        }
        _ => false,
    };
    if ok { Ok(()) } else { Err(TypeError::ConstMismatch(ExpectedFound::new(a, b))) }
}

/// The relation of inference.
pub(crate) struct TypeRelating<'a, 'tcx> {
    pub(crate) infcx: &'a InferCtxt<'tcx>,
    cause: Option<&'a ObligationCause<'tcx>>,
    pub(crate) trace: Option<TypeTrace<'tcx>>,
    pub(crate) param_env: ParamEnv<'tcx>,
    pub(crate) variance: Variance,
    pub(crate) goals: Vec<ty::Predicate<'tcx>>,
    obligations: PredicateObligations<'tcx>,
    /// Relate aliases by their arguments, whatever they may normalise to.
    pub(crate) structural_aliases: bool,
}

impl<'a, 'tcx> TypeRelating<'a, 'tcx> {
    pub(crate) fn new(
        infcx: &'a InferCtxt<'tcx>,
        cause: &'a ObligationCause<'tcx>,
        param_env: ParamEnv<'tcx>,
        variance: Variance,
    ) -> Self {
        let mut r = Self::in_solver(infcx, param_env, variance);
        r.cause = Some(cause);
        r
    }
    pub(crate) fn in_solver(infcx: &'a InferCtxt<'tcx>, param_env: ParamEnv<'tcx>, variance: Variance) -> Self {
        TypeRelating {
            infcx,
            cause: None,
            trace: None,
            param_env,
            variance,
            goals: Vec::new(),
            obligations: Vec::new(),
            structural_aliases: false,
        }
    }
    pub(crate) fn span(&self) -> Span {
        self.cause.map_or(span::DUMMY_SP, |c| c.span)
    }
    pub(crate) fn into_obligations(self) -> PredicateObligations<'tcx> {
        let mut obligations = self.obligations;
        if let Some(cause) = self.cause {
            obligations.extend(self.goals.into_iter().map(|predicate| Obligation {
                cause: cause.clone(),
                param_env: self.param_env,
                predicate,
                recursion_depth: 0,
            }));
        }
        obligations
    }
    pub(crate) fn origin(&self) -> SubregionOrigin<'tcx> {
        match &self.trace {
            Some(t) => SubregionOrigin::Subtype(Box::new(t.clone())),
            None => SubregionOrigin::SolverRegionConstraint(self.span()),
        }
    }
    fn goal(&mut self, kind: PredicateKind<'tcx>) {
        let p = self.infcx.tcx.mk_predicate(Binder::bind_with_vars(kind, List::empty()));
        self.goals.push(p);
    }
    fn alias_relate(&mut self, a: Term<'tcx>, b: Term<'tcx>) {
        let kind = match self.variance {
            Variance::Covariant => PredicateKind::AliasRelate(a, b, AliasRelationDirection::Subtype),
            Variance::Contravariant => PredicateKind::AliasRelate(b, a, AliasRelationDirection::Subtype),
            _ => PredicateKind::AliasRelate(a, b, AliasRelationDirection::Equate),
        };
        self.goal(kind);
    }

    /// At least one of the two is an alias.
    fn relate_alias(&mut self, a: Ty<'tcx>, b: Ty<'tcx>) -> RelateResult<'tcx, ()> {
        let opaque = |t: Ty<'tcx>| match *t.kind() {
            TyKind::Alias(AliasTyKind::Opaque, alias) => Some(alias),
            _ => None,
        };
        match (opaque(a), opaque(b)) {
            (Some(x), Some(y)) if x.def_id == y.def_id => {
                return structurally_relate_tys(self, a, b);
            }
            (None, None) => {}
            (x, y) => {
                let definable = |o: Option<AliasTy<'tcx>>| o.is_some_and(|o| self.infcx.can_define_opaque_ty(o.def_id));
                if !self.infcx.in_solver && (definable(x) || definable(y)) {
                    let obligations = self.infcx.handle_opaque_type(a, b, self.span(), self.param_env)?;
                    self.obligations.extend(obligations);
                    return Ok(());
                }
            }
        }
        if self.infcx.in_solver {
            self.alias_relate(a.into(), b.into());
            return Ok(());
        }
        // Values related by type checking were normalised before: what is left of aliases without variables is
        // rigid, unless the caller forgot.
        let infcx = self.infcx;
        let normalize = |t: Ty<'tcx>| match *t.kind() {
            TyKind::Alias(kind, _) if !t.has_non_region_infer() && !t.has_escaping_bound_vars() => {
                if kind == AliasTyKind::Opaque && !crate::solve::reveals_opaques(infcx) {
                    return Some(t);
                }
                Some(crate::traits::normalize::try_normalize_alias_ty(infcx, self.param_env, t).unwrap_or(t))
            }
            TyKind::Alias(..) => None,
            _ => Some(t),
        };
        match (normalize(a), normalize(b)) {
            (Some(x), Some(y)) if x == a && y == b => structurally_relate_tys(self, a, b),
            (Some(x), Some(y)) => self.tys(x, y),
            // Under a binder, aliases of types that are not known yet were left as they are.
            (x, y) if same_alias(x.unwrap_or(a), y.unwrap_or(b)) => {
                structurally_relate_tys(self, x.unwrap_or(a), y.unwrap_or(b))
            }
            _ => {
                self.alias_relate(a.into(), b.into());
                Ok(())
            }
        }
    }

    fn unify_int(&mut self, vid: IntVid, value: IntVarValue, flip: bool) -> RelateResult<'tcx, ()> {
        let mut inner = self.infcx.inner.borrow_mut();
        inner.ints.unify_var_value(vid, value).map_err(|(x, y)| {
            let ty = |v| match v {
                IntVarValue::IntType(i) => self.infcx.tcx.mk_mach_int(i),
                IntVarValue::UintType(u) => self.infcx.tcx.mk_mach_uint(u),
                IntVarValue::Unknown => self.infcx.tcx.mk_int_var(vid),
            };
            let (x, y) = if flip { (y, x) } else { (x, y) };
            TypeError::Sorts(ExpectedFound::new(ty(x), ty(y)))
        })
    }
    fn unify_float(&mut self, vid: FloatVid, value: FloatVarValue, flip: bool) -> RelateResult<'tcx, ()> {
        let mut inner = self.infcx.inner.borrow_mut();
        inner.floats.unify_var_value(vid, value).map_err(|(x, y)| {
            let tcx = self.infcx.tcx;
            let (x, y) = if flip { (y, x) } else { (x, y) };
            TypeError::Sorts(ExpectedFound::new(tcx.mk_mach_float(x), tcx.mk_mach_float(y)))
        })
    }
}

fn same_alias(a: Ty<'_>, b: Ty<'_>) -> bool {
    matches!((a.kind(), b.kind()), (TyKind::Alias(k, x), TyKind::Alias(l, y)) if k == l && x.def_id == y.def_id)
}

impl<'tcx> TypeRelation<'tcx> for TypeRelating<'_, 'tcx> {
    fn cx(&self) -> TyCtxt<'tcx> {
        self.infcx.tcx
    }
    fn relate_with_variance<T: Relate<'tcx>>(&mut self, variance: Variance, a: T, b: T) -> RelateResult<'tcx, ()> {
        let old = self.variance;
        self.variance = old.xform(variance);
        let r = if self.variance == Variance::Bivariant { Ok(()) } else { self.relate(a, b) };
        self.variance = old;
        r
    }
    fn tys(&mut self, a: Ty<'tcx>, b: Ty<'tcx>) -> RelateResult<'tcx, ()> {
        if a == b {
            return Ok(());
        }
        let a = self.infcx.shallow_resolve(a);
        let b = self.infcx.shallow_resolve(b);
        if a == b {
            return Ok(());
        }
        match (*a.kind(), *b.kind()) {
            (TyKind::Infer(InferTy::TyVar(x)), TyKind::Infer(InferTy::TyVar(y))) => {
                let mut inner = self.infcx.inner.borrow_mut();
                let _ = inner.types.unify_var_var(x, y);
                Ok(())
            }
            (TyKind::Infer(InferTy::TyVar(x)), _) => self.instantiate_ty_var(true, x, b),
            (_, TyKind::Infer(InferTy::TyVar(y))) => self.instantiate_ty_var(false, y, a),
            (TyKind::Error(e), _) | (_, TyKind::Error(e)) => {
                self.infcx.set_tainted_by_errors(e);
                Ok(())
            }
            (TyKind::Infer(InferTy::IntVar(x)), TyKind::Infer(InferTy::IntVar(y))) => {
                let mut inner = self.infcx.inner.borrow_mut();
                let _ = inner.ints.unify_var_var(x, y);
                Ok(())
            }
            (TyKind::Infer(InferTy::FloatVar(x)), TyKind::Infer(InferTy::FloatVar(y))) => {
                let mut inner = self.infcx.inner.borrow_mut();
                let _ = inner.floats.unify_var_var(x, y);
                Ok(())
            }
            (TyKind::Infer(InferTy::IntVar(x)), TyKind::Int(i)) => self.unify_int(x, IntVarValue::IntType(i), false),
            (TyKind::Infer(InferTy::IntVar(x)), TyKind::Uint(u)) => self.unify_int(x, IntVarValue::UintType(u), false),
            (TyKind::Int(i), TyKind::Infer(InferTy::IntVar(y))) => self.unify_int(y, IntVarValue::IntType(i), true),
            (TyKind::Uint(u), TyKind::Infer(InferTy::IntVar(y))) => self.unify_int(y, IntVarValue::UintType(u), true),
            (TyKind::Infer(InferTy::FloatVar(x)), TyKind::Float(f)) => {
                self.unify_float(x, FloatVarValue::Known(f), false)
            }
            (TyKind::Float(f), TyKind::Infer(InferTy::FloatVar(y))) => {
                self.unify_float(y, FloatVarValue::Known(f), true)
            }
            (TyKind::Alias(..), _) | (_, TyKind::Alias(..)) if !self.structural_aliases => self.relate_alias(a, b),
            _ => structurally_relate_tys(self, a, b),
        }
    }
    fn regions(&mut self, a: Region<'tcx>, b: Region<'tcx>) -> RelateResult<'tcx, ()> {
        if a == b || !self.infcx.considering_regions {
            return Ok(());
        }
        let origin = self.origin();
        match self.variance {
            // `&'a T <: &'b T` needs `'a: 'b`.
            Variance::Covariant => self.infcx.sub_regions(origin, b, a),
            Variance::Contravariant => self.infcx.sub_regions(origin, a, b),
            Variance::Invariant => self.infcx.equate_regions(origin, a, b),
            Variance::Bivariant => {}
        }
        Ok(())
    }
    fn consts(&mut self, a: Const<'tcx>, b: Const<'tcx>) -> RelateResult<'tcx, ()> {
        if a == b {
            return Ok(());
        }
        let a = self.infcx.shallow_resolve_const(a);
        let b = self.infcx.shallow_resolve_const(b);
        if a == b {
            return Ok(());
        }
        match (a.kind(), b.kind()) {
            (ConstKind::Infer(InferConst::Var(x)), ConstKind::Infer(InferConst::Var(y))) => {
                let _ = self.infcx.inner.borrow_mut().consts.unify_var_var(x, y);
                Ok(())
            }
            (ConstKind::Infer(InferConst::Var(x)), _) => self.instantiate_const_var(x, b),
            (_, ConstKind::Infer(InferConst::Var(y))) => self.instantiate_const_var(y, a),
            (ConstKind::Error(e), _) | (_, ConstKind::Error(e)) => {
                self.infcx.set_tainted_by_errors(e);
                Ok(())
            }
            (ConstKind::Unevaluated(_), _) | (_, ConstKind::Unevaluated(_)) if !self.structural_aliases => {
                self.alias_relate(a.into(), b.into());
                Ok(())
            }
            _ => structurally_relate_consts(self, a, b),
        }
    }
    fn binders<T>(&mut self, a: Binder<'tcx, T>, b: Binder<'tcx, T>) -> RelateResult<'tcx, ()>
    where
        T: Relate<'tcx> + TypeFoldable<'tcx> + TypeVisitable<'tcx> + Copy + PartialEq,
    {
        // Else nested binders take time exponential in their depth.
        if a == b {
            return Ok(());
        }
        if let (Some(x), Some(y)) = (a.no_bound_vars(), b.no_bound_vars()) {
            return self.relate(x, y);
        }
        let hr = BoundRegionConversionTime::HigherRankedType;
        let span = self.span();
        let infcx = self.infcx;
        // `for<'a> A <: for<'b> B` if for each 'b there is an 'a such that A <: B.
        if self.variance != Variance::Contravariant {
            let y = infcx.enter_forall_and_leak_placeholders(b);
            let x = infcx.instantiate_binder_with_fresh_vars(span, hr, a);
            self.relate(x, y)?;
        }
        if self.variance != Variance::Covariant
            && (infcx.considering_regions || self.variance == Variance::Contravariant)
        {
            let x = infcx.enter_forall_and_leak_placeholders(a);
            let y = infcx.instantiate_binder_with_fresh_vars(span, hr, b);
            self.relate(x, y)?;
        }
        Ok(())
    }
}

impl<'tcx> InferCtxt<'tcx> {
    /// Sets a variable; the caller has seen that nothing is known of it and that the value does not contain it.
    pub(crate) fn set_ty_var(&self, vid: ty::TyVid, value: Ty<'tcx>) {
        let mut inner = self.inner.borrow_mut();
        inner.types.union_value_known(vid, value);
    }
    /// A type variable of the universe of another, for its parts.
    pub(crate) fn next_ty_var_for(&self, origin: TypeVariableOrigin, u: ty::UniverseIndex) -> Ty<'tcx> {
        let vid = self.next_ty_vid_in_universe(origin, u);
        self.tcx.mk_ty_var(vid)
    }
}

/// `union_value` for our values, whose unification cannot fail.
pub(crate) trait UnionKnown<K, V> {
    fn union_value_known(&mut self, key: K, value: V);
}
impl<'tcx> UnionKnown<ty::TyVid, Ty<'tcx>> for super::unify::TyTable<'tcx> {
    fn union_value_known(&mut self, key: ty::TyVid, value: Ty<'tcx>) {
        let _ = self.unify_var_value(key, super::unify::VarValue::Known(value));
    }
}
impl<'tcx> UnionKnown<ty::ConstVid, Const<'tcx>> for super::unify::ConstTable<'tcx> {
    fn union_value_known(&mut self, key: ty::ConstVid, value: Const<'tcx>) {
        let _ = self.unify_var_value(key, super::unify::VarValue::Known(value));
    }
}
