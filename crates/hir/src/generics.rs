//! Generic parameters, bounds and where clauses.

use macros::{Decodable, Encodable};
use span::def_id::{DefId, LocalDefId};
use span::{DUMMY_SP, Ident, Span, Symbol, kw};

use crate::def::{MissingLifetimeKind, Res};
use crate::{ConstArg, HirId, Lifetime, Path, Ty};
pub use ast::{BoundConstness, BoundPolarity};

/// The parameters and the where clause of an item.
#[derive(Clone, Copy, Debug)]
pub struct Generics<'hir> {
    pub params: &'hir [GenericParam<'hir>],
    /// Of the where clause, of bounds at the parameters, and of `impl Trait` parameters.
    pub predicates: &'hir [WherePredicate<'hir>],
    pub has_where_clause_predicates: bool,
    /// From `where` on; empty where it would stand.
    pub where_clause_span: Span,
    /// Of the parameters, with the brackets.
    pub span: Span,
}

impl<'hir> Generics<'hir> {
    /// Neither parameters nor predicates.
    pub const EMPTY: &'static Generics<'static> = &Generics {
        params: &[],
        predicates: &[],
        has_where_clause_predicates: false,
        where_clause_span: DUMMY_SP,
        span: DUMMY_SP,
    };

    pub fn empty() -> &'hir Generics<'hir> {
        Self::EMPTY
    }

    pub fn get_named(&self, name: Symbol) -> Option<&GenericParam<'hir>> {
        self.params.iter().find(|param| name == param.name.ident().name)
    }

    /// The predicates that bound this parameter itself.
    pub fn bounds_for_param(
        &self,
        param_def_id: LocalDefId,
    ) -> impl DoubleEndedIterator<Item = &WhereBoundPredicate<'hir>> {
        self.predicates.iter().filter_map(move |pred| match pred.kind {
            WherePredicateKind::BoundPredicate(bp) if bp.is_param_bound(param_def_id.to_def_id()) => Some(bp),
            _ => None,
        })
    }

    /// The parameters, if any is written.
    pub fn span_for_param_removal_or(&self, or: Span) -> Span {
        if self.params.is_empty() { or } else { self.span }
    }

    /// Behind the last predicate, where a suggested one goes.
    pub fn tail_span_for_predicate_suggestion(&self) -> Span {
        let end = self.where_clause_span.shrink_to_hi();
        if self.has_where_clause_predicates {
            self.predicates.iter().rfind(|p| p.kind.in_where_clause()).map_or(end, |p| p.span).shrink_to_hi().to(end)
        } else {
            end
        }
    }

    /// What a suggested predicate starts with.
    pub fn add_where_or_trailing_comma(&self) -> &'static str {
        if self.has_where_clause_predicates {
            ","
        } else if self.where_clause_span.is_empty() {
            " where"
        } else {
            ""
        }
    }
}

/// A generic parameter.
#[derive(Clone, Copy, Debug)]
pub struct GenericParam<'hir> {
    pub hir_id: HirId,
    pub def_id: LocalDefId,
    pub name: ParamName,
    pub span: Span,
    /// `#[may_dangle]`
    pub pure_wrt_drop: bool,
    pub kind: GenericParamKind<'hir>,
    pub colon_span: Option<Span>,
    pub source: GenericParamSource,
}

impl GenericParam<'_> {
    /// Made for an elided lifetime in the signature or header.
    pub fn is_elided_lifetime(&self) -> bool {
        matches!(self.kind, GenericParamKind::Lifetime { kind: LifetimeParamKind::Elided(_) })
    }

    /// Made for an elided lifetime or an `impl Trait` parameter.
    pub fn is_impl_trait(&self) -> bool {
        matches!(self.kind, GenericParamKind::Type { synthetic: true, .. })
    }

    pub fn is_lifetime(&self) -> bool {
        matches!(self.kind, GenericParamKind::Lifetime { .. })
    }
}

/// A parameter's name.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ParamName {
    Plain(Ident),
    /// Of one that was reported: `'_` or `'static` as a parameter.
    Error(Ident),
    /// Of an elided lifetime.
    Fresh,
}

impl ParamName {
    pub fn ident(&self) -> Ident {
        match *self {
            ParamName::Plain(ident) | ParamName::Error(ident) => ident,
            ParamName::Fresh => Ident::with_dummy_span(kw::UnderscoreLifetime),
        }
    }
}

/// Whether a lifetime parameter is written.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum LifetimeParamKind {
    Explicit,
    Elided(MissingLifetimeKind),
    Error,
}

/// The kinds of parameter.
#[derive(Clone, Copy, Debug)]
pub enum GenericParamKind<'hir> {
    Lifetime {
        kind: LifetimeParamKind,
    },
    Type {
        default: Option<&'hir Ty<'hir>>,
        /// Made of `impl Trait` in a parameter's type.
        synthetic: bool,
    },
    Const {
        ty: &'hir Ty<'hir>,
        default: Option<&'hir ConstArg<'hir>>,
    },
}

/// Where a parameter stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GenericParamSource {
    /// `<..>` of an item.
    Generics,
    /// `for<..>`
    Binder,
}

/// A predicate.
#[derive(Clone, Copy, Debug)]
pub struct WherePredicate<'hir> {
    pub hir_id: HirId,
    pub span: Span,
    pub kind: &'hir WherePredicateKind<'hir>,
}

/// The kinds of predicate.
#[derive(Clone, Copy, Debug)]
pub enum WherePredicateKind<'hir> {
    /// `for<'c> Foo: Send + 'c`
    BoundPredicate(WhereBoundPredicate<'hir>),
    /// `'a: 'b + 'c`
    RegionPredicate(WhereRegionPredicate<'hir>),
    /// `T = U` (unsupported, reported)
    EqPredicate(WhereEqPredicate<'hir>),
}

impl<'hir> WherePredicateKind<'hir> {
    pub fn in_where_clause(&self) -> bool {
        match self {
            WherePredicateKind::BoundPredicate(p) => p.origin == PredicateOrigin::WhereClause,
            WherePredicateKind::RegionPredicate(p) => p.in_where_clause,
            WherePredicateKind::EqPredicate(_) => false,
        }
    }

    pub fn bounds(&self) -> GenericBounds<'hir> {
        match self {
            WherePredicateKind::BoundPredicate(p) => p.bounds,
            WherePredicateKind::RegionPredicate(p) => p.bounds,
            WherePredicateKind::EqPredicate(_) => &[],
        }
    }
}

/// What a bound stood at.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encodable, Decodable)]
pub enum PredicateOrigin {
    WhereClause,
    GenericParam,
    ImplTrait,
}

/// `for<'c> Foo: Send + 'c`
#[derive(Clone, Copy, Debug)]
pub struct WhereBoundPredicate<'hir> {
    pub origin: PredicateOrigin,
    pub bound_generic_params: &'hir [GenericParam<'hir>],
    pub bounded_ty: &'hir Ty<'hir>,
    pub bounds: GenericBounds<'hir>,
}

impl WhereBoundPredicate<'_> {
    /// Whether the bounded type is this parameter.
    pub fn is_param_bound(&self, param_def_id: DefId) -> bool {
        self.bounded_ty.as_generic_param().is_some_and(|(def_id, _)| def_id == param_def_id)
    }
}

/// `'a: 'b + 'c`
#[derive(Clone, Copy, Debug)]
pub struct WhereRegionPredicate<'hir> {
    pub in_where_clause: bool,
    pub lifetime: &'hir Lifetime,
    pub bounds: GenericBounds<'hir>,
}

/// `T = U`
#[derive(Clone, Copy, Debug)]
pub struct WhereEqPredicate<'hir> {
    pub lhs_ty: &'hir Ty<'hir>,
    pub rhs_ty: &'hir Ty<'hir>,
}

/// A bound.
#[derive(Clone, Copy, Debug)]
pub enum GenericBound<'hir> {
    Trait(PolyTraitRef<'hir>),
    Outlives(&'hir Lifetime),
    /// `use<'a, T>`
    Use(&'hir [PreciseCapturingArg<'hir>], Span),
}

impl<'hir> GenericBound<'hir> {
    pub fn trait_ref(&self) -> Option<&TraitRef<'hir>> {
        match self {
            GenericBound::Trait(data) => Some(&data.trait_ref),
            _ => None,
        }
    }

    pub fn span(&self) -> Span {
        match self {
            GenericBound::Trait(t) => t.span,
            GenericBound::Outlives(l) => l.ident.span,
            GenericBound::Use(_, span) => *span,
        }
    }
}

/// A list of bounds.
pub type GenericBounds<'hir> = &'hir [GenericBound<'hir>];

/// An argument of `use<..>`.
#[derive(Clone, Copy, Debug)]
pub enum PreciseCapturingArg<'hir> {
    Lifetime(&'hir Lifetime),
    /// A type or const parameter, or `Self`.
    Param(PreciseCapturingNonLifetimeArg),
}

impl PreciseCapturingArg<'_> {
    pub fn hir_id(&self) -> HirId {
        match self {
            PreciseCapturingArg::Lifetime(lt) => lt.hir_id,
            PreciseCapturingArg::Param(param) => param.hir_id,
        }
    }

    pub fn name(&self) -> Symbol {
        match self {
            PreciseCapturingArg::Lifetime(lt) => lt.ident.name,
            PreciseCapturingArg::Param(param) => param.ident.name,
        }
    }
}

/// A type or const parameter in `use<..>`.
#[derive(Clone, Copy, Debug)]
pub struct PreciseCapturingNonLifetimeArg {
    pub hir_id: HirId,
    pub ident: Ident,
    pub res: Res,
}

/// `[const] ?` before a bound.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TraitBoundModifiers {
    pub constness: BoundConstness,
    pub polarity: BoundPolarity,
}

impl TraitBoundModifiers {
    pub const NONE: Self = TraitBoundModifiers { constness: BoundConstness::Never, polarity: BoundPolarity::Positive };
}

/// A trait and its arguments.
#[derive(Clone, Copy, Debug)]
pub struct TraitRef<'hir> {
    pub path: &'hir Path<'hir>,
    /// The id of this node.
    pub hir_ref_id: HirId,
}

impl TraitRef<'_> {
    /// The trait (or trait alias); `None` if it could not be resolved.
    pub fn trait_def_id(&self) -> Option<DefId> {
        match self.path.res {
            Res::Def(crate::def::DefKind::Trait | crate::def::DefKind::TraitAlias, def_id) => Some(def_id),
            _ => None,
        }
    }
}

/// `for<'a> [const] Trait<'a>`
#[derive(Clone, Copy, Debug)]
pub struct PolyTraitRef<'hir> {
    pub bound_generic_params: &'hir [GenericParam<'hir>],
    pub modifiers: TraitBoundModifiers,
    pub trait_ref: TraitRef<'hir>,
    pub span: Span,
}
