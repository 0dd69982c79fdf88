//! Generic parameters, bounds and where clauses.

use span::{Ident, Span};
use thin_vec::ThinVec;

use crate::{AnonConst, AttrVec, DUMMY_NODE_ID, Lifetime, NodeId, P, Path, Ty};

/// `const`, `async`, `?`, `!` before a trait bound.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub struct TraitBoundModifiers {
    pub constness: BoundConstness,
    pub asyncness: BoundAsyncness,
    pub polarity: BoundPolarity,
}

impl TraitBoundModifiers {
    pub const NONE: Self =
        Self { constness: BoundConstness::Never, asyncness: BoundAsyncness::Normal, polarity: BoundPolarity::Positive };
}

/// `Trait`, `'a` or `use<..>`.
#[derive(Clone, Debug)]
pub enum GenericBound {
    Trait(PolyTraitRef),
    Outlives(Lifetime),
    /// `use<'a, T>` with its span.
    Use(ThinVec<PreciseCapturingArg>, Span),
}

impl GenericBound {
    pub fn span(&self) -> Span {
        match self {
            GenericBound::Trait(t) => t.span,
            GenericBound::Outlives(l) => l.ident.span,
            GenericBound::Use(_, span) => *span,
        }
    }
}

/// `A + B + 'c`
pub type GenericBounds = Vec<GenericBound>;

/// Lifetimes come before types and constants.
#[derive(Hash, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum ParamKindOrd {
    Lifetime,
    TypeOrConst,
}

impl std::fmt::Display for ParamKindOrd {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            ParamKindOrd::Lifetime => "lifetime",
            ParamKindOrd::TypeOrConst => "type and const",
        })
    }
}

/// What is declared by a generic parameter.
#[derive(Clone, Debug)]
pub enum GenericParamKind {
    Lifetime,
    Type {
        default: Option<P<Ty>>,
    },
    Const {
        ty: P<Ty>,
        /// The whole parameter with its default.
        span: Span,
        default: Option<AnonConst>,
    },
}

/// A declared generic parameter.
#[derive(Clone, Debug)]
pub struct GenericParam {
    pub id: NodeId,
    pub ident: Ident,
    pub attrs: AttrVec,
    pub bounds: GenericBounds,
    pub is_placeholder: bool,
    pub kind: GenericParamKind,
    pub colon_span: Option<Span>,
}

impl GenericParam {
    pub fn span(&self) -> Span {
        match &self.kind {
            GenericParamKind::Lifetime | GenericParamKind::Type { default: None } => self.ident.span,
            GenericParamKind::Type { default: Some(ty) } => self.ident.span.to(ty.span),
            GenericParamKind::Const { span, .. } => *span,
        }
    }
}

/// `<'a, T: Bound, const N: usize>` and the where clause.
#[derive(Clone, Debug, Default)]
pub struct Generics {
    pub params: ThinVec<GenericParam>,
    pub where_clause: WhereClause,
    pub span: Span,
}

/// `where A: B, 'a: 'b`
#[derive(Clone, Debug, Default)]
pub struct WhereClause {
    /// `where` may stand there with no predicate behind it.
    pub has_where_token: bool,
    pub predicates: ThinVec<WherePredicate>,
    pub span: Span,
}

impl WhereClause {
    pub fn is_empty(&self) -> bool {
        !self.has_where_token && self.predicates.is_empty()
    }
}

/// One predicate of a where clause.
#[derive(Clone, Debug)]
pub struct WherePredicate {
    pub attrs: AttrVec,
    pub kind: WherePredicateKind,
    pub id: NodeId,
    pub span: Span,
    pub is_placeholder: bool,
}

/// What a where predicate says.
#[derive(Clone, Debug)]
pub enum WherePredicateKind {
    BoundPredicate(WhereBoundPredicate),
    RegionPredicate(WhereRegionPredicate),
    /// `T = U`: parsed, never accepted.
    EqPredicate(WhereEqPredicate),
}

/// `for<'c> Foo: Send + Clone + 'c`
#[derive(Clone, Debug)]
pub struct WhereBoundPredicate {
    pub bound_generic_params: ThinVec<GenericParam>,
    pub bounded_ty: P<Ty>,
    pub bounds: GenericBounds,
}

/// `'a: 'b + 'c`
#[derive(Clone, Debug)]
pub struct WhereRegionPredicate {
    pub lifetime: Lifetime,
    pub bounds: GenericBounds,
}

/// `T = U`
#[derive(Clone, Debug)]
pub struct WhereEqPredicate {
    pub lhs_ty: P<Ty>,
    pub rhs_ty: P<Ty>,
}

/// An argument of `use<..>`.
#[derive(Clone, Debug)]
pub enum PreciseCapturingArg {
    Lifetime(Lifetime),
    /// A type or const parameter, or `Self`.
    Arg(Path, NodeId),
}

/// A trait's path in an impl header or a bound.
#[derive(Clone, Debug)]
pub struct TraitRef {
    pub path: Path,
    pub ref_id: NodeId,
}

/// Whether parentheses stand around something.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Parens {
    Yes,
    No,
}

/// `for<'a> ?Trait<&'a T>`
#[derive(Clone, Debug)]
pub struct PolyTraitRef {
    pub bound_generic_params: ThinVec<GenericParam>,
    pub modifiers: TraitBoundModifiers,
    pub trait_ref: TraitRef,
    pub span: Span,
    pub parens: Parens,
}

impl PolyTraitRef {
    pub fn new(
        bound_generic_params: ThinVec<GenericParam>,
        path: Path,
        modifiers: TraitBoundModifiers,
        span: Span,
        parens: Parens,
    ) -> Self {
        let trait_ref = TraitRef { path, ref_id: DUMMY_NODE_ID };
        PolyTraitRef { bound_generic_params, modifiers, trait_ref, span, parens }
    }
}

/// `Trait`, `!Trait`, `?Trait`.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Hash)]
pub enum BoundPolarity {
    Positive,
    Negative(Span),
    Maybe(Span),
}

impl BoundPolarity {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Positive => "",
            Self::Negative(_) => "!",
            Self::Maybe(_) => "?",
        }
    }
}

/// `Trait`, `const Trait`, `[const] Trait`.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Hash)]
pub enum BoundConstness {
    Never,
    Always(Span),
    Maybe(Span),
}

impl BoundConstness {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Never => "",
            Self::Always(_) => "const",
            Self::Maybe(_) => "[const]",
        }
    }
}

/// `Trait`, `async Trait`.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum BoundAsyncness {
    Normal,
    Async(Span),
}

impl BoundAsyncness {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Normal => "",
            Self::Async(_) => "async",
        }
    }
}
