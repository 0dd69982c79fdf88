//! Paths and their generic arguments: `a::b::<T>`, `<T as Trait>::Assoc`, `Fn(A) -> B`.

use span::{Ident, Span, Symbol, kw};
use thin_vec::{ThinVec, thin_vec};

use crate::{AnonConst, DUMMY_NODE_ID, FnRetTy, GenericBounds, NodeId, P, Ty};

/// `'a`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Lifetime {
    pub id: NodeId,
    pub ident: Ident,
}

impl std::fmt::Display for Lifetime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.ident.name)
    }
}

/// `std::cmp::PartialEq<T>`. A global path begins with a `kw::PathRoot` segment.
#[derive(Clone, Debug)]
pub struct Path {
    pub span: Span,
    pub segments: ThinVec<PathSegment>,
}

/// Holds if the path is this one name without arguments.
impl PartialEq<Symbol> for Path {
    fn eq(&self, name: &Symbol) -> bool {
        matches!(self.segments.as_slice(), [segment] if segment == name)
    }
}

/// Holds if the path is these names without arguments.
impl PartialEq<&[Symbol]> for Path {
    fn eq(&self, names: &&[Symbol]) -> bool {
        self.segments.len() == names.len() && self.segments.iter().zip(names.iter()).all(|(s, n)| s == n)
    }
}

impl Path {
    /// The path of one segment.
    pub fn from_ident(ident: Ident) -> Path {
        Path { segments: thin_vec![PathSegment::from_ident(ident)], span: ident.span }
    }

    /// `::a::b`
    pub fn is_global(&self) -> bool {
        self.segments.first().is_some_and(|segment| segment.ident.name == kw::PathRoot)
    }

    /// A single segment without arguments: may name a const parameter.
    pub fn is_potential_trivial_const_arg(&self) -> bool {
        matches!(self.segments.as_slice(), [segment] if segment.args.is_none())
    }
}

/// A name in a path and its generic arguments.
#[derive(Clone, Debug)]
pub struct PathSegment {
    pub ident: Ident,
    pub id: NodeId,
    /// `None` for `Path`; `Some` for `Path<>`, `Path<A>`, `Path(A) -> B`.
    pub args: Option<P<GenericArgs>>,
}

impl PartialEq<Symbol> for PathSegment {
    fn eq(&self, name: &Symbol) -> bool {
        self.args.is_none() && self.ident.name == *name
    }
}

impl PathSegment {
    pub fn from_ident(ident: Ident) -> Self {
        PathSegment { ident, id: DUMMY_NODE_ID, args: None }
    }

    /// What a global path starts with.
    pub fn path_root(span: Span) -> Self {
        PathSegment::from_ident(Ident::new(kw::PathRoot, span))
    }

    pub fn span(&self) -> Span {
        match &self.args {
            Some(args) => self.ident.span.to(args.span()),
            None => self.ident.span,
        }
    }
}

/// The arguments of a path segment.
#[derive(Clone, Debug)]
pub enum GenericArgs {
    /// `<'a, A, B = C>`
    AngleBracketed(AngleBracketedArgs),
    /// `(A, B) -> C`
    Parenthesized(ParenthesizedArgs),
    /// `(..)`, return type notation.
    ParenthesizedElided(Span),
}

impl GenericArgs {
    pub fn is_angle_bracketed(&self) -> bool {
        matches!(self, GenericArgs::AngleBracketed(..))
    }

    pub fn span(&self) -> Span {
        match self {
            GenericArgs::AngleBracketed(data) => data.span,
            GenericArgs::Parenthesized(data) => data.span,
            GenericArgs::ParenthesizedElided(span) => *span,
        }
    }
}

/// One generic argument.
#[derive(Clone, Debug)]
pub enum GenericArg {
    Lifetime(Lifetime),
    /// A type; or a const path, which only resolution can tell.
    Type(P<Ty>),
    Const(AnonConst),
}

impl GenericArg {
    pub fn span(&self) -> Span {
        match self {
            GenericArg::Lifetime(lt) => lt.ident.span,
            GenericArg::Type(ty) => ty.span,
            GenericArg::Const(ct) => ct.value.span,
        }
    }
}

/// `<'a, A, B = C>`
#[derive(Clone, Debug, Default)]
pub struct AngleBracketedArgs {
    /// From `<` to `>`.
    pub span: Span,
    pub args: ThinVec<AngleBracketedArg>,
}

/// An argument, or a constraint on an associated item.
#[derive(Clone, Debug)]
pub enum AngleBracketedArg {
    Arg(GenericArg),
    Constraint(AssocItemConstraint),
}

impl AngleBracketedArg {
    pub fn span(&self) -> Span {
        match self {
            AngleBracketedArg::Arg(arg) => arg.span(),
            AngleBracketedArg::Constraint(constraint) => constraint.span,
        }
    }
}

impl From<AngleBracketedArgs> for P<GenericArgs> {
    fn from(val: AngleBracketedArgs) -> Self {
        P(GenericArgs::AngleBracketed(val))
    }
}

impl From<ParenthesizedArgs> for P<GenericArgs> {
    fn from(val: ParenthesizedArgs) -> Self {
        P(GenericArgs::Parenthesized(val))
    }
}

/// `(A, B) -> C`
#[derive(Clone, Debug)]
pub struct ParenthesizedArgs {
    /// `(A, B) -> C`
    pub span: Span,
    pub inputs: ThinVec<P<Ty>>,
    /// `(A, B)`
    pub inputs_span: Span,
    pub output: FnRetTy,
}

impl ParenthesizedArgs {
    /// `Foo(A, B)` as `Foo<A, B>`, for recovery.
    pub fn as_angle_bracketed_args(&self) -> AngleBracketedArgs {
        let args = self.inputs.iter().map(|ty| AngleBracketedArg::Arg(GenericArg::Type(ty.clone()))).collect();
        AngleBracketedArgs { span: self.inputs_span, args }
    }
}

/// `Assoc = Ty`, `Assoc<'a>: Bound`, `N = { 3 }`, `method(..): Bound`.
#[derive(Clone, Debug)]
pub struct AssocItemConstraint {
    pub id: NodeId,
    pub ident: Ident,
    pub gen_args: Option<GenericArgs>,
    pub kind: AssocItemConstraintKind,
    pub span: Span,
}

/// The right side of `Assoc = ..`.
#[derive(Clone, Debug)]
pub enum Term {
    Ty(P<Ty>),
    Const(AnonConst),
}

impl From<P<Ty>> for Term {
    fn from(v: P<Ty>) -> Self {
        Term::Ty(v)
    }
}

impl From<AnonConst> for Term {
    fn from(v: AnonConst) -> Self {
        Term::Const(v)
    }
}

/// How an associated item is constrained.
#[derive(Clone, Debug)]
pub enum AssocItemConstraintKind {
    Equality { term: Term },
    Bound { bounds: GenericBounds },
}

/// `<ty as path[..position]>::path[position..]`. With `position == 0` there is no `as`.
#[derive(Clone, Debug)]
pub struct QSelf {
    pub ty: P<Ty>,
    /// The span of the trait's path; empty if there is none.
    pub path_span: Span,
    pub position: usize,
}
