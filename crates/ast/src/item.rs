//! Items: what a crate, module, impl, trait or extern block consists of.

use span::{ErrorGuaranteed, Ident, Span, Spanned, Symbol, respan};
use thin_vec::ThinVec;

use crate::tokenstream::TokenStream;
use crate::{
    AnonConst, AttrVec, BindingMode, Block, ByRef, DUMMY_NODE_ID, DelimArgs, Expr, GenericBounds, Generics, InlineAsm,
    Lifetime, MacCall, MutTy, Mutability, NodeId, P, Pat, PatKind, Path, QSelf, StrLit, TraitRef, Ty, TyKind,
    WhereClause,
};

mod impls;

/// A crate: its root module.
#[derive(Clone, Debug)]
pub struct Crate {
    pub attrs: AttrVec,
    pub items: ThinVec<P<Item>>,
    pub spans: ModSpans,
    /// `CRATE_NODE_ID` once expanded.
    pub id: NodeId,
    pub is_placeholder: bool,
}

/// An item. `K` tells where it stands: see [`AssocItem`], [`ForeignItem`].
#[derive(Clone, Debug)]
pub struct Item<K = ItemKind> {
    pub attrs: AttrVec,
    pub id: NodeId,
    pub span: Span,
    pub vis: Visibility,
    pub kind: K,
    /// What it was parsed from, without outer attributes: kept where an attribute macro or derive may want it.
    pub tokens: Option<TokenStream>,
}

/// The kinds of item.
#[derive(Clone, Debug)]
pub enum ItemKind {
    /// `extern crate original as name;`
    ExternCrate(Option<Symbol>, Ident),
    /// `use a::{b, c as d, e::*};`
    Use(UseTree),
    /// `static X: T = e;`
    Static(Box<StaticItem>),
    /// `const X: T = e;`
    Const(Box<ConstItem>),
    /// `const { .. }` among items.
    ConstBlock(Box<ConstBlockItem>),
    /// `fn f() {}`
    Fn(Box<Fn>),
    /// `mod m { .. }`, `mod m;`
    Mod(Safety, Ident, ModKind),
    /// `extern "C" { .. }`
    ForeignMod(ForeignMod),
    /// What `global_asm!()` expands to.
    GlobalAsm(Box<InlineAsm>),
    /// `type A = T;`
    TyAlias(Box<TyAlias>),
    /// `enum E { .. }`
    Enum(Ident, Generics, EnumDef),
    /// `struct S { .. }`
    Struct(Ident, Generics, VariantData),
    /// `union U { .. }`
    Union(Ident, Generics, VariantData),
    /// `trait T { .. }`
    Trait(Box<Trait>),
    /// `trait A = B + C;`
    TraitAlias(Box<TraitAlias>),
    /// `impl T for U { .. }`
    Impl(Impl),
    /// `m!(..);`
    MacCall(P<MacCall>),
    /// `macro_rules! m { .. }`, `macro m(..) { .. }`
    MacroDef(Ident, MacroDef),
    /// `reuse T::f;`
    Delegation(Box<Delegation>),
    /// `reuse T::{f, g};`, `reuse T::*;`
    DelegationMac(Box<DelegationMac>),
}

/// An item of an impl or trait.
pub type AssocItem = Item<AssocItemKind>;

/// The kinds of associated item. Without a body or value it is required, with one it is provided.
#[derive(Clone, Debug)]
pub enum AssocItemKind {
    Const(Box<ConstItem>),
    Fn(Box<Fn>),
    Type(Box<TyAlias>),
    MacCall(P<MacCall>),
    Delegation(Box<Delegation>),
    DelegationMac(Box<DelegationMac>),
}

/// An item of an extern block.
pub type ForeignItem = Item<ForeignItemKind>;

/// The kinds of foreign item.
#[derive(Clone, Debug)]
pub enum ForeignItemKind {
    Static(Box<StaticItem>),
    Fn(Box<Fn>),
    TyAlias(Box<TyAlias>),
    MacCall(P<MacCall>),
}

/// `macro_rules!` or `macro`.
#[derive(Clone, Debug, macros::Encodable, macros::Decodable)]
pub struct MacroDef {
    pub body: P<DelimArgs>,
    pub macro_rules: bool,
}

/// `unsafe`, `safe` or nothing.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub enum Safety {
    Unsafe(Span),
    Safe(Span),
    Default,
}

/// `const` or nothing.
#[derive(Copy, Clone, PartialEq, Eq, Hash, Debug)]
pub enum Const {
    Yes(Span),
    No,
}

/// `default`, `final` or nothing.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Defaultness {
    Implicit,
    Default(Span),
    Final(Span),
}

/// `auto trait` or not.
#[derive(Copy, Clone, PartialEq, Eq, Debug, macros::Encodable, macros::Decodable)]
pub enum IsAuto {
    Yes,
    No,
}

/// `impl Trait` or `impl !Trait`.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum ImplPolarity {
    Positive,
    Negative(Span),
}

/// `async`, `gen` or `async gen`.
#[derive(Copy, Clone, Debug)]
pub enum CoroutineKind {
    Async { span: Span, closure_id: NodeId, return_impl_trait_id: NodeId },
    Gen { span: Span, closure_id: NodeId, return_impl_trait_id: NodeId },
    AsyncGen { span: Span, closure_id: NodeId, return_impl_trait_id: NodeId },
}

/// `extern "C"` before `fn`.
#[derive(Clone, Copy, Debug)]
pub enum Extern {
    None,
    /// `extern fn`
    Implicit(Span),
    /// `extern "C" fn`
    Explicit(StrLit, Span),
}

/// All before `fn`.
#[derive(Clone, Copy, Debug)]
pub struct FnHeader {
    pub safety: Safety,
    pub coroutine_kind: Option<CoroutineKind>,
    pub constness: Const,
    pub ext: Extern,
}

/// A function without its name, generics and body.
#[derive(Clone, Debug)]
pub struct FnSig {
    pub header: FnHeader,
    pub decl: P<FnDecl>,
    pub span: Span,
}

/// Parameters and return type.
#[derive(Clone, Debug)]
pub struct FnDecl {
    pub inputs: ThinVec<Param>,
    pub output: FnRetTy,
}

/// `-> T` or nothing.
#[derive(Clone, Debug)]
pub enum FnRetTy {
    /// With the place where it would stand.
    Default(Span),
    Ty(P<Ty>),
}

/// `pat: ty`
#[derive(Clone, Debug)]
pub struct Param {
    pub attrs: AttrVec,
    pub ty: P<Ty>,
    pub pat: P<Pat>,
    pub id: NodeId,
    pub span: Span,
    pub is_placeholder: bool,
}

/// The forms of a `self` parameter.
#[derive(Clone, Debug)]
pub enum SelfKind {
    /// `self`, `mut self`
    Value(Mutability),
    /// `&'a mut self`
    Region(Option<Lifetime>, Mutability),
    /// `&'a pin mut self`
    Pinned(Option<Lifetime>, Mutability),
    /// `self: T`
    Explicit(P<Ty>, Mutability),
}

/// A `self` parameter and its place.
pub type ExplicitSelf = Spanned<SelfKind>;

/// `contract_requires`, `contract_ensures`.
#[derive(Clone, Debug, Default)]
pub struct FnContract {
    pub declarations: ThinVec<crate::Stmt>,
    pub requires: Option<P<Expr>>,
    pub ensures: Option<P<Expr>>,
}

/// A function.
#[derive(Clone, Debug)]
pub struct Fn {
    pub defaultness: Defaultness,
    pub ident: Ident,
    pub generics: Generics,
    pub sig: FnSig,
    pub contract: Option<P<FnContract>>,
    /// `#[define_opaque(..)]`, filled in by expansion.
    pub define_opaque: Option<ThinVec<(NodeId, Path)>>,
    pub body: Option<P<Block>>,
}

/// `reuse path as name { body }`
#[derive(Clone, Debug)]
pub struct Delegation {
    pub id: NodeId,
    pub qself: Option<P<QSelf>>,
    pub path: Path,
    pub ident: Ident,
    pub rename: Option<Ident>,
    pub body: Option<P<Block>>,
    pub from_glob: bool,
}

/// `reuse prefix::{a, b} { body }`; no suffixes for a glob.
#[derive(Clone, Debug)]
pub struct DelegationMac {
    pub qself: Option<P<QSelf>>,
    pub prefix: Path,
    pub suffixes: Option<ThinVec<(Ident, Option<Ident>)>>,
    pub body: Option<P<Block>>,
}

/// `static mut X: T = e;`
#[derive(Clone, Debug)]
pub struct StaticItem {
    pub ident: Ident,
    pub ty: P<Ty>,
    pub safety: Safety,
    pub mutability: Mutability,
    pub expr: Option<P<Expr>>,
    pub define_opaque: Option<ThinVec<(NodeId, Path)>>,
}

/// `const X: T = e;`
#[derive(Clone, Debug)]
pub struct ConstItem {
    pub defaultness: Defaultness,
    pub ident: Ident,
    pub generics: Generics,
    pub ty: P<Ty>,
    pub rhs_kind: ConstItemRhsKind,
    pub define_opaque: Option<ThinVec<(NodeId, Path)>>,
}

/// The value of a const item.
#[derive(Clone, Debug)]
pub enum ConstItemRhsKind {
    /// `const X: T = e;`
    Body { rhs: Option<P<Expr>> },
    /// `type const X: T = e;`
    TypeConst { rhs: Option<AnonConst> },
}

impl ConstItemRhsKind {
    /// The value, however it is meant.
    pub fn expr(&self) -> Option<&P<Expr>> {
        match self {
            ConstItemRhsKind::Body { rhs } => rhs.as_ref(),
            ConstItemRhsKind::TypeConst { rhs } => rhs.as_ref().map(|ct| &ct.value),
        }
    }
}

/// `const { .. }` among items.
#[derive(Clone, Debug)]
pub struct ConstBlockItem {
    pub id: NodeId,
    pub span: Span,
    pub block: P<Block>,
}

/// `type A<T>: Bound where .. = U where ..;`
#[derive(Clone, Debug)]
pub struct TyAlias {
    pub defaultness: Defaultness,
    pub ident: Ident,
    /// With the where clause before `=`.
    pub generics: Generics,
    /// The where clause behind the type.
    pub after_where_clause: WhereClause,
    pub bounds: GenericBounds,
    pub ty: Option<P<Ty>>,
}

/// `unsafe auto trait T: U { .. }`
#[derive(Clone, Debug)]
pub struct Trait {
    pub constness: Const,
    pub safety: Safety,
    pub is_auto: IsAuto,
    pub ident: Ident,
    pub generics: Generics,
    pub bounds: GenericBounds,
    pub items: ThinVec<P<AssocItem>>,
}

/// `trait A = B + C;`
#[derive(Clone, Debug)]
pub struct TraitAlias {
    pub constness: Const,
    pub ident: Ident,
    pub generics: Generics,
    pub bounds: GenericBounds,
}

/// `impl<T> const Trait for U { .. }`
#[derive(Clone, Debug)]
pub struct Impl {
    pub generics: Generics,
    pub constness: Const,
    pub of_trait: Option<Box<TraitImplHeader>>,
    pub self_ty: P<Ty>,
    pub items: ThinVec<P<AssocItem>>,
}

/// What only a trait's impl has.
#[derive(Clone, Debug)]
pub struct TraitImplHeader {
    pub defaultness: Defaultness,
    pub safety: Safety,
    pub polarity: ImplPolarity,
    pub trait_ref: TraitRef,
}

/// Whether a module's items stand in its braces or in another file.
#[derive(Clone, Debug)]
pub enum Inline {
    Yes,
    /// The file may have had syntax errors.
    No {
        had_parse_error: Result<(), ErrorGuaranteed>,
    },
}

/// A module's contents.
#[derive(Clone, Debug)]
pub enum ModKind {
    /// `mod m { .. }`, or `mod m;` once expansion has loaded the file.
    Loaded(ThinVec<P<Item>>, Inline, ModSpans),
    /// `mod m;`
    Unloaded,
}

/// Where a module's contents stand.
#[derive(Copy, Clone, Debug, Default)]
pub struct ModSpans {
    /// Without the braces.
    pub inner_span: Span,
    /// Where a suggested `use` may be inserted.
    pub inject_use_span: Span,
}

/// `unsafe extern "C" { .. }`
#[derive(Clone, Debug)]
pub struct ForeignMod {
    /// Of the keyword `extern`.
    pub extern_span: Span,
    pub safety: Safety,
    pub abi: Option<StrLit>,
    pub items: ThinVec<P<ForeignItem>>,
}

/// The variants of an enum.
#[derive(Clone, Debug)]
pub struct EnumDef {
    pub variants: ThinVec<Variant>,
}

/// A variant of an enum.
#[derive(Clone, Debug)]
pub struct Variant {
    pub attrs: AttrVec,
    /// Of the variant, not of its constructor.
    pub id: NodeId,
    pub span: Span,
    /// Parsed, never accepted.
    pub vis: Visibility,
    pub ident: Ident,
    pub data: VariantData,
    /// `= 1`
    pub disr_expr: Option<AnonConst>,
    pub is_placeholder: bool,
}

/// The fields of a struct, union or variant.
#[derive(Clone, Debug)]
pub enum VariantData {
    /// `{ .. }`
    Struct { fields: ThinVec<FieldDef>, recovered: Recovered },
    /// `(..)`, with the constructor's id.
    Tuple(ThinVec<FieldDef>, NodeId),
    /// Nothing, with the constructor's id.
    Unit(NodeId),
}

/// Did the parser report an error in here and go on?
#[derive(Copy, Clone, Debug)]
pub enum Recovered {
    No,
    Yes(ErrorGuaranteed),
}

/// `pub x: T = default`
#[derive(Clone, Debug)]
pub struct FieldDef {
    pub attrs: AttrVec,
    pub id: NodeId,
    pub span: Span,
    pub vis: Visibility,
    pub safety: Safety,
    /// Absent in a tuple.
    pub ident: Option<Ident>,
    pub ty: P<Ty>,
    pub default: Option<AnonConst>,
    pub is_placeholder: bool,
}

/// `pub(in path)`
#[derive(Clone, Debug)]
pub struct Visibility {
    pub kind: VisibilityKind,
    pub span: Span,
}

/// The kinds of visibility.
#[derive(Clone, Debug)]
pub enum VisibilityKind {
    /// `pub`
    Public,
    /// `pub(crate)` (short) or `pub(in path)`
    Restricted { path: P<Path>, id: NodeId, shorthand: bool },
    /// Nothing.
    Inherited,
}

impl VisibilityKind {
    pub fn is_pub(&self) -> bool {
        matches!(self, VisibilityKind::Public)
    }
}

/// A tree of imports.
#[derive(Clone, Debug)]
pub struct UseTree {
    pub prefix: Path,
    pub kind: UseTreeKind,
    pub span: Span,
}

/// What follows the prefix.
#[derive(Clone, Debug)]
pub enum UseTreeKind {
    /// Nothing, or `as rename`.
    Simple(Option<Ident>),
    /// `::{..}`, with the span of the braces.
    Nested { items: ThinVec<(UseTree, NodeId)>, span: Span },
    /// `::*`, with the span of the star.
    Glob(Span),
}

impl UseTree {
    /// The name that a simple import binds; panics on others.
    pub fn ident(&self) -> Ident {
        match self.kind {
            UseTreeKind::Simple(Some(rename)) => rename,
            UseTreeKind::Simple(None) => self.prefix.segments.last().expect("empty prefix in a simple import").ident,
            UseTreeKind::Nested { .. } | UseTreeKind::Glob(_) => {
                panic!("`UseTree::ident` can only be used on a simple import")
            }
        }
    }
}

impl Param {
    /// The parameter seen as a `self` parameter.
    pub fn to_self(&self) -> Option<ExplicitSelf> {
        let PatKind::Ident(BindingMode(ByRef::No, mutbl), ident, _) = self.pat.kind else {
            return None;
        };
        if ident.name != span::kw::SelfLower {
            return None;
        }
        Some(match &self.ty.kind {
            TyKind::ImplicitSelf => respan(self.pat.span, SelfKind::Value(mutbl)),
            TyKind::Ref(lt, MutTy { ty, mutbl }) if ty.kind.is_implicit_self() => {
                respan(self.pat.span, SelfKind::Region(*lt, *mutbl))
            }
            TyKind::PinnedRef(lt, MutTy { ty, mutbl }) if ty.kind.is_implicit_self() => {
                respan(self.pat.span, SelfKind::Pinned(*lt, *mutbl))
            }
            _ => respan(self.pat.span.to(self.ty.span), SelfKind::Explicit(self.ty.clone(), mutbl)),
        })
    }

    pub fn is_self(&self) -> bool {
        matches!(self.pat.kind, PatKind::Ident(_, ident, _) if ident.name == span::kw::SelfLower)
    }

    /// A `self` parameter as a parameter.
    pub fn from_self(attrs: AttrVec, eself: ExplicitSelf, eself_ident: Ident) -> Param {
        let span = eself.span.to(eself_ident.span);
        let implicit = P(Ty { id: DUMMY_NODE_ID, kind: TyKind::ImplicitSelf, span: eself_ident.span });
        let (mutbl, ty) = match eself.node {
            SelfKind::Explicit(ty, mutbl) => (mutbl, ty),
            SelfKind::Value(mutbl) => (mutbl, implicit),
            SelfKind::Region(lt, mutbl) => {
                let kind = TyKind::Ref(lt, MutTy { ty: implicit, mutbl });
                (Mutability::Not, P(Ty { id: DUMMY_NODE_ID, kind, span }))
            }
            SelfKind::Pinned(lt, mutbl) => {
                let kind = TyKind::PinnedRef(lt, MutTy { ty: implicit, mutbl });
                (Mutability::Not, P(Ty { id: DUMMY_NODE_ID, kind, span }))
            }
        };
        let kind = PatKind::Ident(BindingMode(ByRef::No, mutbl), eself_ident, None);
        let pat = P(Pat { id: DUMMY_NODE_ID, kind, span });
        Param { attrs, pat, span, ty, id: DUMMY_NODE_ID, is_placeholder: false }
    }
}
