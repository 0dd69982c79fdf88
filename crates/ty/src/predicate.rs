//! Predicates: what can be required of types, and the parts of `dyn` types.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use hir::def::DefKind;
use macros::{Decodable, Encodable, TyDecodable, TyEncodable, TypeFoldable, TypeVisitable};
use span::def_id::DefId;

use crate::{
    AliasTy, Binder, Const, DebruijnIndex, GenericArg, GenericArgsRef, Interner, List, Region, Term, Ty, TypeFlags,
    UnevaluatedConst,
};

/// What is interned for a predicate.
pub struct PredicateData<'tcx> {
    pub(crate) kind: Binder<'tcx, PredicateKind<'tcx>>,
    pub(crate) flags: TypeFlags,
    pub(crate) outer_exclusive_binder: DebruijnIndex,
}

/// An interned predicate; equal exactly if the address is.
#[derive(Clone, Copy)]
pub struct Predicate<'tcx>(pub(crate) &'tcx PredicateData<'tcx>);

impl PartialEq for Predicate<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}
impl Eq for Predicate<'_> {}
impl Hash for Predicate<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::ptr::from_ref(self.0).cast::<u8>().hash(state);
    }
}

/// A predicate that may stand in a `where` clause. Invariant: the kind is [`PredicateKind::Clause`].
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Clause<'tcx>(pub(crate) Predicate<'tcx>);

/// An interned list of clauses.
pub type Clauses<'tcx> = &'tcx List<Clause<'tcx>>;

/// What can be proved.
#[derive(Clone, Copy, PartialEq, Eq, Hash, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub enum PredicateKind<'tcx> {
    Clause(ClauseKind<'tcx>),
    /// The trait may be made into an object.
    DynCompatible(DefId),
    /// `a <: b` between types of which at least one is not yet known.
    Subtype(SubtypePredicate<'tcx>),
    /// `a` coerces to `b`.
    Coerce(CoercePredicate<'tcx>),
    /// Two constants are equal.
    ConstEquate(Const<'tcx>, Const<'tcx>),
    /// Ambiguous always (coherence).
    Ambiguous,
    /// The alias normalises to exactly this term.
    NormalizesTo(NormalizesTo<'tcx>),
    /// Two terms, at least one an alias, are related.
    AliasRelate(Term<'tcx>, Term<'tcx>, AliasRelationDirection),
}

/// How two terms are related.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, TypeFoldable, TypeVisitable, Encodable, Decodable)]
pub enum AliasRelationDirection {
    Equate,
    Subtype,
}

/// What can stand in a `where` clause.
#[derive(Clone, Copy, PartialEq, Eq, Hash, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub enum ClauseKind<'tcx> {
    Trait(TraitPredicate<'tcx>),
    RegionOutlives(RegionOutlivesPredicate<'tcx>),
    TypeOutlives(TypeOutlivesPredicate<'tcx>),
    Projection(ProjectionPredicate<'tcx>),
    /// `const N: T`
    ConstArgHasType(Const<'tcx>, Ty<'tcx>),
    WellFormed(Term<'tcx>),
    /// The constant can be evaluated.
    ConstEvaluatable(Const<'tcx>),
    /// `T: [const] Trait`
    HostEffect(HostEffectPredicate<'tcx>),
}

/// A trait with its arguments, `Self` first.
#[derive(Clone, Copy, PartialEq, Eq, Hash, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub struct TraitRef<'tcx> {
    pub def_id: DefId,
    pub args: GenericArgsRef<'tcx>,
}
pub type PolyTraitRef<'tcx> = Binder<'tcx, TraitRef<'tcx>>;

/// `T: Trait` or `T: !Trait`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub struct TraitPredicate<'tcx> {
    pub trait_ref: TraitRef<'tcx>,
    pub polarity: PredicatePolarity,
}
pub type PolyTraitPredicate<'tcx> = Binder<'tcx, TraitPredicate<'tcx>>;

/// Whether the trait must or must not be implemented.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, TypeFoldable, TypeVisitable, Encodable, Decodable)]
pub enum PredicatePolarity {
    Positive,
    Negative,
}

/// The polarity of an impl.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
pub enum ImplPolarity {
    Positive,
    Negative,
    /// `#[rustc_reservation_impl]`
    Reservation,
}

/// In what context a conditionally const bound is to hold.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, TypeFoldable, TypeVisitable, Encodable, Decodable)]
pub enum BoundConstness {
    /// `const Trait`
    Const,
    /// `[const] Trait`
    Maybe,
}

/// `T: const Trait`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub struct HostEffectPredicate<'tcx> {
    pub trait_ref: TraitRef<'tcx>,
    pub constness: BoundConstness,
}

/// `A: B`: a outlives b.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub struct OutlivesPredicate<'tcx, A>(pub A, pub Region<'tcx>);
pub type RegionOutlivesPredicate<'tcx> = OutlivesPredicate<'tcx, Region<'tcx>>;
pub type TypeOutlivesPredicate<'tcx> = OutlivesPredicate<'tcx, Ty<'tcx>>;

/// `a <: b`; `a_is_expected` for diagnostics.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub struct SubtypePredicate<'tcx> {
    pub a_is_expected: bool,
    pub a: Ty<'tcx>,
    pub b: Ty<'tcx>,
}

/// `a` coerces to `b`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub struct CoercePredicate<'tcx> {
    pub a: Ty<'tcx>,
    pub b: Ty<'tcx>,
}

/// Any alias: a type's or a constant's.
#[derive(Clone, Copy, PartialEq, Eq, Hash, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub struct AliasTerm<'tcx> {
    pub def_id: DefId,
    pub args: GenericArgsRef<'tcx>,
}

/// Which kind of alias.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum AliasTermKind {
    ProjectionTy,
    InherentTy,
    OpaqueTy,
    FreeTy,
    UnevaluatedConst,
    ProjectionConst,
    InherentConst,
    FreeConst,
}

/// `<T as Trait>::Assoc == term`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub struct ProjectionPredicate<'tcx> {
    pub projection_term: AliasTerm<'tcx>,
    pub term: Term<'tcx>,
}
pub type PolyProjectionPredicate<'tcx> = Binder<'tcx, ProjectionPredicate<'tcx>>;

/// The alias normalises to the term.
#[derive(Clone, Copy, PartialEq, Eq, Hash, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub struct NormalizesTo<'tcx> {
    pub alias: AliasTerm<'tcx>,
    pub term: Term<'tcx>,
}

/// A part of a `dyn` type.
#[derive(Clone, Copy, PartialEq, Eq, Hash, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub enum ExistentialPredicate<'tcx> {
    Trait(ExistentialTraitRef<'tcx>),
    Projection(ExistentialProjection<'tcx>),
    AutoTrait(DefId),
}
pub type PolyExistentialPredicate<'tcx> = Binder<'tcx, ExistentialPredicate<'tcx>>;
/// Principal first, then projections, then auto traits in stable order.
pub type PolyExistentialPredicates<'tcx> = &'tcx List<PolyExistentialPredicate<'tcx>>;

/// A trait reference without its `Self`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub struct ExistentialTraitRef<'tcx> {
    pub def_id: DefId,
    pub args: GenericArgsRef<'tcx>,
}
pub type PolyExistentialTraitRef<'tcx> = Binder<'tcx, ExistentialTraitRef<'tcx>>;

/// A projection without its `Self`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub struct ExistentialProjection<'tcx> {
    pub def_id: DefId,
    pub args: GenericArgsRef<'tcx>,
    pub term: Term<'tcx>,
}

impl<'tcx> Predicate<'tcx> {
    /// What it says.
    pub fn kind(self) -> Binder<'tcx, PredicateKind<'tcx>> {
        self.0.kind
    }
    pub fn flags(self) -> TypeFlags {
        self.0.flags
    }
    pub fn outer_exclusive_binder(self) -> DebruijnIndex {
        self.0.outer_exclusive_binder
    }
    /// As a clause, if it can stand in a `where`.
    pub fn as_clause(self) -> Option<Clause<'tcx>> {
        matches!(self.kind().skip_binder(), PredicateKind::Clause(_)).then_some(Clause(self))
    }
    #[track_caller]
    pub fn expect_clause(self) -> Clause<'tcx> {
        self.as_clause().expect("a clause")
    }
    pub fn as_trait_clause(self) -> Option<PolyTraitPredicate<'tcx>> {
        let kind = self.kind();
        match kind.skip_binder() {
            PredicateKind::Clause(ClauseKind::Trait(t)) => Some(kind.rebind(t)),
            _ => None,
        }
    }
    pub fn as_projection_clause(self) -> Option<PolyProjectionPredicate<'tcx>> {
        let kind = self.kind();
        match kind.skip_binder() {
            PredicateKind::Clause(ClauseKind::Projection(p)) => Some(kind.rebind(p)),
            _ => None,
        }
    }
}

impl<'tcx> Clause<'tcx> {
    pub fn as_predicate(self) -> Predicate<'tcx> {
        self.0
    }
    pub fn flags(self) -> TypeFlags {
        self.0.flags()
    }
    /// What it says.
    pub fn kind(self) -> Binder<'tcx, ClauseKind<'tcx>> {
        self.0.kind().map_bound(|k| match k {
            PredicateKind::Clause(c) => c,
            _ => unreachable!("a clause"),
        })
    }
    pub fn as_trait_clause(self) -> Option<PolyTraitPredicate<'tcx>> {
        self.0.as_trait_clause()
    }
    pub fn as_projection_clause(self) -> Option<PolyProjectionPredicate<'tcx>> {
        self.0.as_projection_clause()
    }
    pub fn as_type_outlives_clause(self) -> Option<Binder<'tcx, TypeOutlivesPredicate<'tcx>>> {
        let kind = self.kind();
        match kind.skip_binder() {
            ClauseKind::TypeOutlives(o) => Some(kind.rebind(o)),
            _ => None,
        }
    }
    pub fn as_region_outlives_clause(self) -> Option<Binder<'tcx, RegionOutlivesPredicate<'tcx>>> {
        let kind = self.kind();
        match kind.skip_binder() {
            ClauseKind::RegionOutlives(o) => Some(kind.rebind(o)),
            _ => None,
        }
    }
}

impl<'tcx> From<Clause<'tcx>> for Predicate<'tcx> {
    fn from(c: Clause<'tcx>) -> Self {
        c.0
    }
}

impl<'tcx> TraitRef<'tcx> {
    /// From already interned arguments.
    pub fn new_from_args(def_id: DefId, args: GenericArgsRef<'tcx>) -> Self {
        TraitRef { def_id, args }
    }
    /// From arguments, `Self` first.
    pub fn new(cx: Interner<'tcx>, def_id: DefId, args: impl IntoIterator<Item = impl Into<GenericArg<'tcx>>>) -> Self {
        let args: Vec<GenericArg<'tcx>> = args.into_iter().map(Into::into).collect();
        TraitRef { def_id, args: cx.mk_args(&args) }
    }
    #[track_caller]
    pub fn self_ty(self) -> Ty<'tcx> {
        self.args.type_at(0)
    }
    /// With another `Self`.
    pub fn with_replaced_self_ty(self, cx: Interner<'tcx>, self_ty: Ty<'tcx>) -> Self {
        let args: Vec<_> = std::iter::once(self_ty.into()).chain(self.args.iter().skip(1)).collect();
        TraitRef { def_id: self.def_id, args: cx.mk_args(&args) }
    }
}

impl<'tcx> PolyTraitRef<'tcx> {
    pub fn self_ty(self) -> Binder<'tcx, Ty<'tcx>> {
        self.map_bound(|t| t.self_ty())
    }
    pub fn def_id(self) -> DefId {
        self.skip_binder().def_id
    }
}

impl<'tcx> TraitPredicate<'tcx> {
    pub fn def_id(self) -> DefId {
        self.trait_ref.def_id
    }
    pub fn self_ty(self) -> Ty<'tcx> {
        self.trait_ref.self_ty()
    }
    pub fn with_replaced_self_ty(self, cx: Interner<'tcx>, self_ty: Ty<'tcx>) -> Self {
        TraitPredicate { trait_ref: self.trait_ref.with_replaced_self_ty(cx, self_ty), ..self }
    }
}

impl<'tcx> PolyTraitPredicate<'tcx> {
    pub fn def_id(self) -> DefId {
        self.skip_binder().def_id()
    }
    pub fn self_ty(self) -> Binder<'tcx, Ty<'tcx>> {
        self.map_bound(|t| t.self_ty())
    }
    pub fn polarity(self) -> PredicatePolarity {
        self.skip_binder().polarity
    }
    pub fn trait_ref(self) -> PolyTraitRef<'tcx> {
        self.map_bound(|t| t.trait_ref)
    }
}

impl<'tcx> AliasTerm<'tcx> {
    pub fn new(def_id: DefId, args: GenericArgsRef<'tcx>) -> Self {
        AliasTerm { def_id, args }
    }
    #[track_caller]
    pub fn self_ty(self) -> Ty<'tcx> {
        self.args.type_at(0)
    }
    /// As a type alias; the caller knows it is one.
    pub fn expect_ty(self) -> AliasTy<'tcx> {
        AliasTy { def_id: self.def_id, args: self.args }
    }
    /// As a constant; the caller knows it is one.
    pub fn expect_ct(self) -> UnevaluatedConst<'tcx> {
        UnevaluatedConst { def: self.def_id, args: self.args }
    }
    /// The kind of a definition's alias; `parent` is what the definition stands in.
    pub fn kind_of(def_kind: DefKind, parent_is_inherent_impl: bool) -> AliasTermKind {
        match def_kind {
            DefKind::AssocTy if parent_is_inherent_impl => AliasTermKind::InherentTy,
            DefKind::AssocTy => AliasTermKind::ProjectionTy,
            DefKind::OpaqueTy => AliasTermKind::OpaqueTy,
            DefKind::TyAlias => AliasTermKind::FreeTy,
            DefKind::AssocConst if parent_is_inherent_impl => AliasTermKind::InherentConst,
            DefKind::AssocConst => AliasTermKind::ProjectionConst,
            _ => AliasTermKind::UnevaluatedConst,
        }
    }
    pub fn with_replaced_self_ty(self, cx: Interner<'tcx>, self_ty: Ty<'tcx>) -> Self {
        let args: Vec<_> = std::iter::once(self_ty.into()).chain(self.args.iter().skip(1)).collect();
        AliasTerm { def_id: self.def_id, args: cx.mk_args(&args) }
    }
}

impl<'tcx> From<AliasTy<'tcx>> for AliasTerm<'tcx> {
    fn from(a: AliasTy<'tcx>) -> Self {
        AliasTerm { def_id: a.def_id, args: a.args }
    }
}
impl<'tcx> From<UnevaluatedConst<'tcx>> for AliasTerm<'tcx> {
    fn from(c: UnevaluatedConst<'tcx>) -> Self {
        AliasTerm { def_id: c.def, args: c.args }
    }
}

impl<'tcx> ProjectionPredicate<'tcx> {
    pub fn self_ty(self) -> Ty<'tcx> {
        self.projection_term.self_ty()
    }
    pub fn def_id(self) -> DefId {
        self.projection_term.def_id
    }
}

impl<'tcx> ExistentialTraitRef<'tcx> {
    pub fn new_from_args(def_id: DefId, args: GenericArgsRef<'tcx>) -> Self {
        ExistentialTraitRef { def_id, args }
    }
    /// Takes the `Self` off.
    pub fn erase_self_ty(cx: Interner<'tcx>, trait_ref: TraitRef<'tcx>) -> Self {
        ExistentialTraitRef { def_id: trait_ref.def_id, args: cx.mk_args(&trait_ref.args[1..]) }
    }
    /// Puts a `Self` back.
    pub fn with_self_ty(self, cx: Interner<'tcx>, self_ty: Ty<'tcx>) -> TraitRef<'tcx> {
        TraitRef { def_id: self.def_id, args: prepend(cx, self_ty, self.args) }
    }
}

impl<'tcx> PolyExistentialTraitRef<'tcx> {
    pub fn def_id(self) -> DefId {
        self.skip_binder().def_id
    }
    pub fn with_self_ty(self, cx: Interner<'tcx>, self_ty: Ty<'tcx>) -> PolyTraitRef<'tcx> {
        self.map_bound(|t| t.with_self_ty(cx, self_ty))
    }
}

impl<'tcx> ExistentialProjection<'tcx> {
    /// Takes the `Self` off.
    pub fn erase_self_ty(cx: Interner<'tcx>, p: ProjectionPredicate<'tcx>) -> Self {
        let args = cx.mk_args(&p.projection_term.args[1..]);
        ExistentialProjection { def_id: p.projection_term.def_id, args, term: p.term }
    }
    /// Puts a `Self` back.
    pub fn with_self_ty(self, cx: Interner<'tcx>, self_ty: Ty<'tcx>) -> ProjectionPredicate<'tcx> {
        let projection_term = AliasTerm { def_id: self.def_id, args: prepend(cx, self_ty, self.args) };
        ProjectionPredicate { projection_term, term: self.term }
    }
}

impl<'tcx> PolyExistentialPredicate<'tcx> {
    /// As a clause about a `Self`. Auto traits take only `Self`.
    pub fn with_self_ty(self, cx: Interner<'tcx>, self_ty: Ty<'tcx>) -> Clause<'tcx> {
        let kind = self.map_bound(|p| match p {
            ExistentialPredicate::Trait(t) => ClauseKind::Trait(TraitPredicate {
                trait_ref: t.with_self_ty(cx, self_ty),
                polarity: PredicatePolarity::Positive,
            }),
            ExistentialPredicate::Projection(p) => ClauseKind::Projection(p.with_self_ty(cx, self_ty)),
            ExistentialPredicate::AutoTrait(def_id) => ClauseKind::Trait(TraitPredicate {
                trait_ref: TraitRef::new(cx, def_id, [self_ty]),
                polarity: PredicatePolarity::Positive,
            }),
        });
        cx.mk_clause(kind)
    }
    /// The order of the parts of a `dyn` type: principal, projections, auto traits.
    pub fn stable_cmp(&self, other: &Self, def_order: impl Fn(DefId) -> (u64, u64)) -> Ordering {
        let key = |p: &Self| match p.skip_binder() {
            ExistentialPredicate::Trait(_) => (0, (0, 0)),
            ExistentialPredicate::Projection(p) => (1, def_order(p.def_id)),
            ExistentialPredicate::AutoTrait(d) => (2, def_order(d)),
        };
        key(self).cmp(&key(other))
    }
}

impl<'tcx> List<PolyExistentialPredicate<'tcx>> {
    /// The one trait that is not an auto trait.
    pub fn principal(&self) -> Option<PolyExistentialTraitRef<'tcx>> {
        let first = *self.first()?;
        match first.skip_binder() {
            ExistentialPredicate::Trait(t) => Some(first.rebind(t)),
            _ => None,
        }
    }
    pub fn principal_def_id(&self) -> Option<DefId> {
        self.principal().map(|t| t.skip_binder().def_id)
    }
    pub fn projection_bounds(&self) -> impl Iterator<Item = Binder<'tcx, ExistentialProjection<'tcx>>> + '_ {
        self.iter().filter_map(|p| match p.skip_binder() {
            ExistentialPredicate::Projection(proj) => Some(p.rebind(proj)),
            _ => None,
        })
    }
    pub fn auto_traits(&self) -> impl Iterator<Item = DefId> + '_ {
        self.iter().filter_map(|p| match p.skip_binder() {
            ExistentialPredicate::AutoTrait(d) => Some(d),
            _ => None,
        })
    }
}

fn prepend<'tcx>(cx: Interner<'tcx>, self_ty: Ty<'tcx>, args: GenericArgsRef<'tcx>) -> GenericArgsRef<'tcx> {
    let args: Vec<_> = std::iter::once(self_ty.into()).chain(args.iter()).collect();
    cx.mk_args(&args)
}
