//! Types.

use span::{ErrorGuaranteed, Span, Spanned, Symbol, sym};
use thin_vec::ThinVec;

use crate::{
    AnonConst, Extern, FnDecl, GenericBounds, GenericParam, Lifetime, MacCall, NodeId, P, Path, QSelf, RangeEnd, Safety,
};

/// `mut` or not.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, macros::Encodable, macros::Decodable)]
pub enum Mutability {
    // N.B. the order lets `min` weaken a mode.
    Not,
    Mut,
}

impl Mutability {
    pub fn invert(self) -> Self {
        match self {
            Mutability::Mut => Mutability::Not,
            Mutability::Not => Mutability::Mut,
        }
    }

    /// `""` or `"mut "`
    pub fn prefix_str(self) -> &'static str {
        match self {
            Mutability::Mut => "mut ",
            Mutability::Not => "",
        }
    }

    /// `"&"` or `"&mut "`
    pub fn ref_prefix_str(self) -> &'static str {
        match self {
            Mutability::Not => "&",
            Mutability::Mut => "&mut ",
        }
    }

    /// `"const"` or `"mut"`, as behind `*`.
    pub fn ptr_str(self) -> &'static str {
        match self {
            Mutability::Not => "const",
            Mutability::Mut => "mut",
        }
    }

    /// `""` or `"mutably "`
    pub fn mutably_str(self) -> &'static str {
        match self {
            Mutability::Not => "",
            Mutability::Mut => "mutably ",
        }
    }

    pub fn is_mut(self) -> bool {
        matches!(self, Self::Mut)
    }

    pub fn is_not(self) -> bool {
        matches!(self, Self::Not)
    }
}

/// Whether a coroutine is `static`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, macros::Encodable, macros::Decodable)]
pub enum Movability {
    /// May contain self-references.
    Static,
    /// Must not contain self-references.
    Movable,
}

/// `&pin` or plain `&`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, macros::Encodable, macros::Decodable)]
pub enum Pinnedness {
    Not,
    Pinned,
}

impl Pinnedness {
    pub fn is_pinned(self) -> bool {
        matches!(self, Self::Pinned)
    }

    /// `""`, `"mut "`, `"pin const "`, `"pin mut "`
    pub fn prefix_str(self, mutbl: Mutability) -> &'static str {
        match (self, mutbl) {
            (Pinnedness::Pinned, Mutability::Mut) => "pin mut ",
            (Pinnedness::Pinned, Mutability::Not) => "pin const ",
            (Pinnedness::Not, mutbl) => mutbl.prefix_str(),
        }
    }
}

/// `mut T` behind a pointer.
#[derive(Clone, Debug)]
pub struct MutTy {
    pub ty: P<Ty>,
    pub mutbl: Mutability,
}

/// A type.
#[derive(Clone, Debug)]
pub struct Ty {
    pub id: NodeId,
    pub kind: TyKind,
    pub span: Span,
}

impl From<P<Ty>> for Ty {
    fn from(value: P<Ty>) -> Self {
        *value
    }
}

impl Ty {
    /// Without outer `&` and `*`.
    pub fn peel_refs(&self) -> &Self {
        let mut ty = self;
        while let TyKind::Ref(_, MutTy { ty: inner, .. }) | TyKind::Ptr(MutTy { ty: inner, .. }) = &ty.kind {
            ty = inner;
        }
        ty
    }

    /// `_`, `(_)`, `((_))`...
    pub fn is_maybe_parenthesised_infer(&self) -> bool {
        match &self.kind {
            TyKind::Infer => true,
            TyKind::Paren(inner) => inner.is_maybe_parenthesised_infer(),
            _ => false,
        }
    }
}

/// `for<'a> unsafe extern "C" fn(&'a T) -> U`
#[derive(Clone, Debug)]
pub struct FnPtrTy {
    pub safety: Safety,
    pub ext: Extern,
    pub generic_params: ThinVec<GenericParam>,
    pub decl: P<FnDecl>,
    /// All after the `for<..>`.
    pub decl_span: Span,
}

/// `unsafe<'a> &'a T`
#[derive(Clone, Debug)]
pub struct UnsafeBinderTy {
    pub generic_params: ThinVec<GenericParam>,
    pub inner_ty: P<Ty>,
}

/// The kinds of type.
#[derive(Clone, Debug)]
pub enum TyKind {
    /// `[T]`
    Slice(P<Ty>),
    /// `[T; n]`
    Array(P<Ty>, AnonConst),
    /// `*const T`, `*mut T`
    Ptr(MutTy),
    /// `&'a mut T`
    Ref(Option<Lifetime>, MutTy),
    /// `&'a pin mut T`
    PinnedRef(Option<Lifetime>, MutTy),
    /// `fn(T) -> U`
    FnPtr(P<FnPtrTy>),
    /// `unsafe<'a> T`
    UnsafeBinder(P<UnsafeBinderTy>),
    /// `!`
    Never,
    /// `(A, B)`
    Tup(ThinVec<P<Ty>>),
    /// `a::B<C>`, `<T as Trait>::Assoc`
    Path(Option<P<QSelf>>, Path),
    /// `dyn A + B`, or bare `A + B`
    TraitObject(GenericBounds, TraitObjectSyntax),
    /// `impl A + B`; the id is for what lowering makes of it.
    ImplTrait(NodeId, GenericBounds),
    /// `(T)`
    Paren(P<Ty>),
    /// `_`
    Infer,
    /// The type of `self` in `self`, `&self`.
    ImplicitSelf,
    /// `m!(..)`
    MacCall(P<MacCall>),
    /// `...`
    CVarArgs,
    /// `T is pattern`, from `pattern_type!`.
    Pat(P<Ty>, P<TyPat>),
    /// Stands where no type is meant to be looked at.
    Dummy,
    /// A type that could not be parsed.
    Err(ErrorGuaranteed),
}

impl TyKind {
    pub fn is_implicit_self(&self) -> bool {
        matches!(self, TyKind::ImplicitSelf)
    }

    pub fn is_unit(&self) -> bool {
        matches!(self, TyKind::Tup(tys) if tys.is_empty())
    }

    /// The name, if the type is one name without arguments.
    pub fn is_simple_path(&self) -> Option<Symbol> {
        match self {
            TyKind::Path(None, path) => match path.segments.as_slice() {
                [segment] if segment.args.is_none() => Some(segment.ident.name),
                _ => None,
            },
            _ => None,
        }
    }

    /// Looks like a primitive scalar by its name.
    pub fn maybe_scalar(&self) -> bool {
        let Some(name) = self.is_simple_path() else {
            return self.is_unit();
        };
        [
            sym::i8,
            sym::i16,
            sym::i32,
            sym::i64,
            sym::i128,
            sym::u8,
            sym::u16,
            sym::u32,
            sym::u64,
            sym::u128,
            sym::f16,
            sym::f32,
            sym::f64,
            sym::f128,
            sym::char,
            sym::bool,
        ]
        .contains(&name)
    }
}

/// The pattern of a pattern type.
#[derive(Clone, Debug)]
pub struct TyPat {
    pub id: NodeId,
    pub kind: TyPatKind,
    pub span: Span,
}

/// The kinds of pattern in pattern types.
#[derive(Clone, Debug)]
pub enum TyPatKind {
    /// `1..=2`, `..3`
    Range(Option<P<AnonConst>>, Option<P<AnonConst>>, Spanned<RangeEnd>),
    /// `!null`
    NotNull,
    /// `A | B`
    Or(ThinVec<P<TyPat>>),
    /// A pattern that could not be parsed.
    Err(ErrorGuaranteed),
}

/// Whether a trait object is written with `dyn`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, macros::Encodable, macros::Decodable)]
pub enum TraitObjectSyntax {
    Dyn,
    None,
}
