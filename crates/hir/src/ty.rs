//! Types as written, and functions' signatures.

use macros::{Decodable, Encodable};
use rustc_abi::ExternAbi;
use span::def_id::LocalDefId;
use span::{ErrorGuaranteed, Ident, Span};

use crate::{ConstArg, FnHeader, GenericBounds, GenericParam, HirId, Lifetime, PolyTraitRef, QPath, Safety};
pub use ast::{Mutability, Pinnedness, TraitObjectSyntax};

/// A type as written.
#[derive(Clone, Copy, Debug)]
pub struct Ty<'hir> {
    pub hir_id: HirId,
    pub span: Span,
    pub kind: TyKind<'hir>,
}

/// The kinds of type.
#[derive(Clone, Copy, Debug)]
pub enum TyKind<'hir> {
    /// `[T]`
    Slice(&'hir Ty<'hir>),
    /// `[T; n]`
    Array(&'hir Ty<'hir>, &'hir ConstArg<'hir>),
    /// `*const T`
    Ptr(MutTy<'hir>),
    /// `&'a T`
    Ref(&'hir Lifetime, MutTy<'hir>),
    /// `fn(T) -> U`
    FnPtr(&'hir FnPtrTy<'hir>),
    /// `unsafe<'a> T`
    UnsafeBinder(&'hir UnsafeBinderTy<'hir>),
    /// `!`
    Never,
    /// `(A, B)`
    Tup(&'hir [Ty<'hir>]),
    /// A path, or an associated type's.
    Path(QPath<'hir>),
    /// `impl Trait` where it is opaque.
    OpaqueDef(&'hir OpaqueTy<'hir>),
    /// `impl Trait` in a local variable's type: bounds that the inferred type must meet.
    TraitAscription(GenericBounds<'hir>),
    /// `dyn A + B + 'a`
    TraitObject(&'hir [PolyTraitRef<'hir>], &'hir Lifetime, TraitObjectSyntax),
    /// It was reported.
    Err(ErrorGuaranteed),
    /// `T is pattern`
    Pat(&'hir Ty<'hir>, &'hir TyPat<'hir>),
    /// `_`, also where a type is left out.
    Infer,
}

impl<'hir> Ty<'hir> {
    /// rustc tells apart types that may turn out to be const arguments; here they are the same type.
    pub fn as_unambig_ty(&'hir self) -> &'hir Ty<'hir> {
        self
    }

    /// The type parameter that it is, if it is just that.
    pub fn as_generic_param(&self) -> Option<(span::def_id::DefId, Ident)> {
        use crate::def::{DefKind, Res};
        let TyKind::Path(QPath::Resolved(None, path)) = self.kind else {
            return None;
        };
        let [segment] = path.segments else {
            return None;
        };
        match path.res {
            Res::Def(DefKind::TyParam, def_id) | Res::SelfTyParam { trait_: def_id } => Some((def_id, segment.ident)),
            _ => None,
        }
    }

    pub fn peel_refs(&self) -> &Self {
        let mut ty = self;
        while let TyKind::Ref(_, mt) = ty.kind {
            ty = mt.ty;
        }
        ty
    }

    /// `Self`, an alias of the type or the trait's parameter.
    pub fn is_self_alias(&self) -> bool {
        matches!(self.kind, TyKind::Path(QPath::Resolved(None, path)) if matches!(path.res, crate::def::Res::SelfTyAlias { .. }))
    }
}

/// `mut T` behind a pointer.
#[derive(Clone, Copy, Debug)]
pub struct MutTy<'hir> {
    pub ty: &'hir Ty<'hir>,
    pub mutbl: Mutability,
}

/// `for<'a> unsafe extern "C" fn(x: T) -> U`
#[derive(Clone, Copy, Debug)]
pub struct FnPtrTy<'hir> {
    pub safety: Safety,
    pub abi: ExternAbi,
    pub generic_params: &'hir [GenericParam<'hir>],
    pub decl: &'hir FnDecl<'hir>,
    /// `None` for `_`.
    pub param_idents: &'hir [Option<Ident>],
}

/// `unsafe<'a> T`
#[derive(Clone, Copy, Debug)]
pub struct UnsafeBinderTy<'hir> {
    pub generic_params: &'hir [GenericParam<'hir>],
    pub inner_ty: &'hir Ty<'hir>,
}

/// `impl Trait` where it is opaque.
#[derive(Clone, Copy, Debug)]
pub struct OpaqueTy<'hir> {
    pub hir_id: HirId,
    pub def_id: LocalDefId,
    pub bounds: GenericBounds<'hir>,
    pub origin: OpaqueTyOrigin<LocalDefId>,
    pub span: Span,
}

/// Where an opaque type stands, and so what defines it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encodable, Decodable)]
pub enum OpaqueTyOrigin<D> {
    /// `-> impl Trait`
    FnReturn { parent: D, in_trait_or_impl: Option<RpitContext> },
    /// `async fn`
    AsyncFn { parent: D, in_trait_or_impl: Option<RpitContext> },
    /// `type Alias = impl Trait;`
    TyAlias { parent: D, in_assoc_ty: bool },
}

/// Whether a function with an opaque return type stands in a trait or in a trait's impl.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encodable, Decodable)]
pub enum RpitContext {
    Trait,
    TraitImpl,
}

/// The pattern of a pattern type.
#[derive(Clone, Copy, Debug)]
pub struct TyPat<'hir> {
    pub hir_id: HirId,
    pub kind: TyPatKind<'hir>,
    pub span: Span,
}

/// The kinds of pattern in pattern types.
#[derive(Clone, Copy, Debug)]
pub enum TyPatKind<'hir> {
    /// Both ends included.
    Range(&'hir ConstArg<'hir>, &'hir ConstArg<'hir>),
    NotNull,
    Or(&'hir [TyPat<'hir>]),
    Err(ErrorGuaranteed),
}

/// Parameters' types and the return type.
#[derive(Clone, Copy, Debug)]
pub struct FnDecl<'hir> {
    pub inputs: &'hir [Ty<'hir>],
    pub output: FnRetTy<'hir>,
    pub c_variadic: bool,
    pub implicit_self: ImplicitSelfKind,
    pub lifetime_elision_allowed: bool,
}

/// `self` as the first parameter.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encodable, Decodable)]
pub enum ImplicitSelfKind {
    /// `self`
    Imm,
    /// `mut self`
    Mut,
    /// `&self`
    RefImm,
    /// `&mut self`
    RefMut,
    /// No `self`, or `self: T`.
    None,
}

impl ImplicitSelfKind {
    pub fn has_implicit_self(&self) -> bool {
        !matches!(*self, ImplicitSelfKind::None)
    }
}

/// `-> T` or nothing.
#[derive(Clone, Copy, Debug)]
pub enum FnRetTy<'hir> {
    /// With the place where it would stand. A closure's is inferred, any other's is `()`.
    DefaultReturn(Span),
    Return(&'hir Ty<'hir>),
}

impl<'hir> FnRetTy<'hir> {
    pub fn span(&self) -> Span {
        match self {
            Self::DefaultReturn(span) => *span,
            Self::Return(ty) => ty.span,
        }
    }

    /// The type, if it is written and is not `_`.
    pub fn is_suggestable_infer_ty(&self) -> Option<&'hir Ty<'hir>> {
        match self {
            Self::Return(ty) if matches!(ty.kind, TyKind::Infer) => Some(ty),
            _ => None,
        }
    }
}

/// A function without its name, generics and body.
#[derive(Clone, Copy, Debug)]
pub struct FnSig<'hir> {
    pub header: FnHeader,
    pub decl: &'hir FnDecl<'hir>,
    pub span: Span,
}
