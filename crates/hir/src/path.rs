//! Paths, lifetimes, and their generic arguments.

use macros::{Decodable, Encodable};
use span::def_id::LocalDefId;
use span::{DUMMY_SP, ErrorGuaranteed, Ident, Span, kw};

use crate::def::{PerNS, Res};
use crate::{ConstArg, GenericBounds, HirId, LangItem, Ty, TyKind};

/// A lifetime, written or left out.
#[derive(Clone, Copy, Debug)]
pub struct Lifetime {
    pub hir_id: HirId,
    /// `'_` where it is left out, at an empty span; also at `&`.
    pub ident: Ident,
    pub kind: LifetimeKind,
    pub source: LifetimeSource,
    pub syntax: LifetimeSyntax,
}

/// What a lifetime means.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum LifetimeKind {
    /// A parameter: named, or made of an elided one.
    Param(LocalDefId),
    /// Left out of `dyn Trait`: depends on what is around.
    ImplicitObjectLifetimeDefault,
    /// It was reported.
    Error(ErrorGuaranteed),
    /// To be inferred.
    Infer,
    /// `'static`
    Static,
}

impl LifetimeKind {
    /// Nobody wrote a name.
    pub fn is_elided(&self) -> bool {
        match self {
            LifetimeKind::ImplicitObjectLifetimeDefault | LifetimeKind::Infer => true,
            LifetimeKind::Error(_) | LifetimeKind::Param(_) | LifetimeKind::Static => false,
        }
    }
}

/// Where a lifetime stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum LifetimeSource {
    /// `&'a T`
    Reference,
    /// `Path<'a>`
    Path {
        angle_brackets: AngleBrackets,
    },
    /// `T: 'a`, `'a: 'b`, `dyn Trait + 'a`
    OutlivesBound,
    /// `use<'a>`
    PreciseCapturing,
    Other,
}

/// How a lifetime is written.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum LifetimeSyntax {
    /// `&T`, `Path`
    Implicit,
    /// `'_`
    ExplicitAnonymous,
    /// `'a`
    ExplicitBound,
}

impl From<Ident> for LifetimeSyntax {
    fn from(ident: Ident) -> Self {
        match ident.name {
            kw::Empty => LifetimeSyntax::Implicit,
            kw::UnderscoreLifetime => LifetimeSyntax::ExplicitAnonymous,
            _ => LifetimeSyntax::ExplicitBound,
        }
    }
}

/// Whether a path with left out lifetimes has angle brackets.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum AngleBrackets {
    /// `Path`
    Missing,
    /// `Path<>`
    Empty,
    /// `Path<T>`
    Full,
}

impl Lifetime {
    /// Where nobody wrote anything.
    pub fn is_implicit(&self) -> bool {
        self.syntax == LifetimeSyntax::Implicit
    }

    /// `'_` or nothing.
    pub fn is_anonymous(&self) -> bool {
        self.ident.name == kw::UnderscoreLifetime
    }

    /// Not named.
    pub fn is_elided(&self) -> bool {
        self.kind.is_elided()
    }

    pub fn is_static(&self) -> bool {
        self.kind == LifetimeKind::Static
    }
}

impl std::fmt::Display for Lifetime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.ident.name == kw::Empty { f.write_str("'_") } else { write!(f, "{}", self.ident.name) }
    }
}

/// A path and what it means.
#[derive(Clone, Copy, Debug)]
pub struct Path<'hir, R = Res> {
    pub span: Span,
    pub res: R,
    pub segments: &'hir [PathSegment<'hir>],
}

/// The path of an import: it may mean something in each namespace.
pub type UsePath<'hir> = Path<'hir, PerNS<Option<Res>>>;

impl<R> Path<'_, R> {
    pub fn is_global(&self) -> bool {
        self.segments.first().is_some_and(|segment| segment.ident.name == kw::PathRoot)
    }
}

/// A segment of a path.
#[derive(Clone, Copy, Debug)]
pub struct PathSegment<'hir> {
    pub ident: Ident,
    pub hir_id: HirId,
    /// What the path up to here means.
    pub res: Res,
    /// Written ones, and elided lifetimes.
    pub args: Option<&'hir GenericArgs<'hir>>,
    /// Types and constants are to be inferred if left out (in expressions and patterns).
    pub infer_args: bool,
}

impl<'hir> PathSegment<'hir> {
    /// Without arguments.
    pub fn new(ident: Ident, hir_id: HirId, res: Res) -> PathSegment<'hir> {
        PathSegment { ident, hir_id, res, infer_args: true, args: None }
    }

    pub fn args(&self) -> &'hir GenericArgs<'hir> {
        self.args.unwrap_or(GenericArgs::NONE)
    }
}

/// A path as it stands in a type, expression or pattern.
#[derive(Clone, Copy, Debug)]
pub enum QPath<'hir> {
    /// Resolution got through it; of `<T as Trait>::Assoc` the type and the path `Trait::Assoc`.
    Resolved(Option<&'hir Ty<'hir>>, &'hir Path<'hir>),
    /// `<T>::Assoc`, where type checking finds the item; also each unresolved segment of `a::B::C::D`.
    TypeRelative(&'hir Ty<'hir>, &'hir PathSegment<'hir>),
    /// What a desugaring names.
    LangItem(LangItem, Span),
}

impl<'hir> QPath<'hir> {
    pub fn span(&self) -> Span {
        match *self {
            QPath::Resolved(_, path) => path.span,
            QPath::TypeRelative(qself, ps) => qself.span.to(ps.ident.span),
            QPath::LangItem(_, span) => span,
        }
    }

    /// The span with which errors about the path itself are reported.
    pub fn qself_span(&self) -> Span {
        match *self {
            QPath::Resolved(_, path) => path.span,
            QPath::TypeRelative(qself, _) => qself.span,
            QPath::LangItem(_, span) => span,
        }
    }
}

/// The generic arguments of a path segment.
#[derive(Clone, Copy, Debug)]
pub struct GenericArgs<'hir> {
    pub args: &'hir [GenericArg<'hir>],
    /// `Item = T`, `Item: Bound`
    pub constraints: &'hir [AssocItemConstraint<'hir>],
    pub parenthesized: GenericArgsParentheses,
    /// With the brackets; empty behind the name if there are none.
    pub span_ext: Span,
}

/// Whether arguments are written `(A) -> B`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encodable, Decodable)]
pub enum GenericArgsParentheses {
    No,
    /// `T::method(..)`
    ReturnTypeNotation,
    /// `Fn(A) -> B`: lowered to a tuple and `Output = B`.
    ParenSugar,
}

impl<'hir> GenericArgs<'hir> {
    /// No arguments.
    pub const NONE: &'static GenericArgs<'static> =
        &GenericArgs { args: &[], constraints: &[], parenthesized: GenericArgsParentheses::No, span_ext: DUMMY_SP };

    pub const fn none() -> Self {
        Self { args: &[], constraints: &[], parenthesized: GenericArgsParentheses::No, span_ext: DUMMY_SP }
    }

    pub fn is_empty(&self) -> bool {
        self.args.is_empty()
    }

    /// Of `Fn(A, B) -> C`, the types `A` and `B`.
    pub fn inputs(&self) -> &'hir [Ty<'hir>] {
        if let Some((inputs, _)) = self.paren_sugar_inputs_output() { inputs } else { &[] }
    }

    /// Of `Fn(A, B) -> C`, the types `[A, B]` and `C`.
    pub fn paren_sugar_inputs_output(&self) -> Option<(&'hir [Ty<'hir>], &'hir Ty<'hir>)> {
        if self.parenthesized != GenericArgsParentheses::ParenSugar {
            return None;
        }
        let inputs = self.args.iter().find_map(|arg| match arg {
            GenericArg::Type(Ty { kind: TyKind::Tup(tys), .. }) => Some(*tys),
            _ => None,
        })?;
        Some((inputs, self.constraints.first()?.ty()?))
    }

    /// Written types and constants among the arguments.
    pub fn num_generic_params(&self) -> usize {
        self.args.iter().filter(|arg| !matches!(arg, GenericArg::Lifetime(_))).count()
    }

    pub fn num_lifetime_params(&self) -> usize {
        self.args.iter().filter(|arg| matches!(arg, GenericArg::Lifetime(_))).count()
    }

    pub fn has_lifetime_params(&self) -> bool {
        self.num_lifetime_params() > 0
    }

    /// Without the brackets.
    pub fn span(&self) -> Option<Span> {
        let span_ext = self.span_ext();
        (span_ext != DUMMY_SP && !span_ext.is_empty()).then_some(span_ext)
    }

    /// With the brackets.
    pub fn span_ext(&self) -> Span {
        self.span_ext
    }
}

/// A generic argument.
#[derive(Clone, Copy, Debug)]
pub enum GenericArg<'hir> {
    Lifetime(&'hir Lifetime),
    Type(&'hir Ty<'hir>),
    Const(&'hir ConstArg<'hir>),
    /// `_`: a type or a constant.
    Infer(InferArg),
}

impl GenericArg<'_> {
    pub fn span(&self) -> Span {
        match self {
            GenericArg::Lifetime(l) => l.ident.span,
            GenericArg::Type(t) => t.span,
            GenericArg::Const(c) => c.span,
            GenericArg::Infer(i) => i.span,
        }
    }

    pub fn hir_id(&self) -> HirId {
        match self {
            GenericArg::Lifetime(l) => l.hir_id,
            GenericArg::Type(t) => t.hir_id,
            GenericArg::Const(c) => c.hir_id,
            GenericArg::Infer(i) => i.hir_id,
        }
    }

    pub fn descr(&self) -> &'static str {
        match self {
            GenericArg::Lifetime(_) => "lifetime",
            GenericArg::Type(_) => "type",
            GenericArg::Const(_) => "constant",
            GenericArg::Infer(_) => "placeholder",
        }
    }

    /// Lifetimes stand before types and constants.
    pub fn to_ord(&self) -> ast::ParamKindOrd {
        match self {
            GenericArg::Lifetime(_) => ast::ParamKindOrd::Lifetime,
            GenericArg::Type(_) | GenericArg::Const(_) | GenericArg::Infer(_) => ast::ParamKindOrd::TypeOrConst,
        }
    }

    pub fn is_ty_or_const(&self) -> bool {
        !matches!(self, GenericArg::Lifetime(_))
    }
}

/// `_` as a generic argument.
#[derive(Clone, Copy, Debug)]
pub struct InferArg {
    pub hir_id: HirId,
    pub span: Span,
}

/// `Item = T`, `Item: Bound`, `CONST = c`
#[derive(Clone, Copy, Debug)]
pub struct AssocItemConstraint<'hir> {
    pub hir_id: HirId,
    pub ident: Ident,
    pub gen_args: &'hir GenericArgs<'hir>,
    pub kind: AssocItemConstraintKind<'hir>,
    pub span: Span,
}

/// The kinds of constraint.
#[derive(Clone, Copy, Debug)]
pub enum AssocItemConstraintKind<'hir> {
    Equality { term: Term<'hir> },
    Bound { bounds: GenericBounds<'hir> },
}

impl<'hir> AssocItemConstraint<'hir> {
    /// The type in `Item = T`.
    pub fn ty(&self) -> Option<&'hir Ty<'hir>> {
        match self.kind {
            AssocItemConstraintKind::Equality { term: Term::Ty(ty) } => Some(ty),
            _ => None,
        }
    }

    /// The constant in `CONST = c`.
    pub fn ct(&self) -> Option<&'hir ConstArg<'hir>> {
        match self.kind {
            AssocItemConstraintKind::Equality { term: Term::Const(ct) } => Some(ct),
            _ => None,
        }
    }
}

/// What an associated item is said to equal.
#[derive(Clone, Copy, Debug)]
pub enum Term<'hir> {
    Ty(&'hir Ty<'hir>),
    Const(&'hir ConstArg<'hir>),
}

impl<'hir> From<&'hir Ty<'hir>> for Term<'hir> {
    fn from(ty: &'hir Ty<'hir>) -> Self {
        Term::Ty(ty)
    }
}

impl<'hir> From<&'hir ConstArg<'hir>> for Term<'hir> {
    fn from(c: &'hir ConstArg<'hir>) -> Self {
        Term::Const(c)
    }
}
