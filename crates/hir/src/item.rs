//! Items: of modules, traits, impls and extern blocks.

use ast::{ImplPolarity, IsAuto, MacroDef};
use macros::{Decodable, Encodable};
use rustc_abi::ExternAbi;
use span::def_id::{DefId, LocalDefId};
use span::{ErrorGuaranteed, Ident, Span, Symbol};

use crate::def::MacroKinds;
use crate::{
    AnonConst, BodyId, ConstArg, Constness, FnSig, ForeignItemId, GenericBounds, Generics, HirId, ImplItemId,
    InlineAsm, ItemId, Mutability, OwnerId, Safety, TraitItemId, TraitRef, Ty, UsePath,
};

/// An item.
#[derive(Clone, Copy, Debug)]
pub struct Item<'hir> {
    pub owner_id: OwnerId,
    pub kind: ItemKind<'hir>,
    pub span: Span,
    pub vis_span: Span,
}

impl Item<'_> {
    pub fn hir_id(&self) -> HirId {
        HirId::from(self.owner_id)
    }

    pub fn item_id(&self) -> ItemId {
        ItemId { owner_id: self.owner_id }
    }
}

/// The kinds of item.
#[derive(Clone, Copy, Debug)]
pub enum ItemKind<'hir> {
    /// `extern crate original as name;`
    ExternCrate(Option<Symbol>, Ident),
    /// One leaf of a tree of imports.
    Use(&'hir UsePath<'hir>, UseKind),
    Static(Mutability, Ident, &'hir Ty<'hir>, BodyId),
    Const(Ident, &'hir Generics<'hir>, &'hir Ty<'hir>, ConstItemRhs<'hir>),
    Fn {
        sig: FnSig<'hir>,
        ident: Ident,
        generics: &'hir Generics<'hir>,
        body: BodyId,
        /// False if it is missing and the body is made up.
        has_body: bool,
    },
    Macro(Ident, &'hir MacroDef, MacroKinds),
    Mod(Ident, &'hir Mod<'hir>),
    ForeignMod {
        abi: ExternAbi,
        items: &'hir [ForeignItemId],
    },
    GlobalAsm {
        asm: &'hir InlineAsm<'hir>,
        /// Holds the types of the operands' expressions.
        fake_body: BodyId,
    },
    TyAlias(Ident, &'hir Generics<'hir>, &'hir Ty<'hir>),
    Enum(Ident, &'hir Generics<'hir>, EnumDef<'hir>),
    Struct(Ident, &'hir Generics<'hir>, VariantData<'hir>),
    Union(Ident, &'hir Generics<'hir>, VariantData<'hir>),
    Trait(Constness, IsAuto, Safety, Ident, &'hir Generics<'hir>, GenericBounds<'hir>, &'hir [TraitItemId]),
    TraitAlias(Constness, Ident, &'hir Generics<'hir>, GenericBounds<'hir>),
    Impl(&'hir Impl<'hir>),
}

impl<'hir> ItemKind<'hir> {
    pub fn ident(&self) -> Option<Ident> {
        match *self {
            ItemKind::ExternCrate(_, ident)
            | ItemKind::Use(_, UseKind::Single(ident))
            | ItemKind::Static(_, ident, ..)
            | ItemKind::Const(ident, ..)
            | ItemKind::Fn { ident, .. }
            | ItemKind::Macro(ident, ..)
            | ItemKind::Mod(ident, ..)
            | ItemKind::TyAlias(ident, ..)
            | ItemKind::Enum(ident, ..)
            | ItemKind::Struct(ident, ..)
            | ItemKind::Union(ident, ..)
            | ItemKind::Trait(_, _, _, ident, ..)
            | ItemKind::TraitAlias(_, ident, ..) => Some(ident),
            ItemKind::Use(_, UseKind::Glob | UseKind::ListStem)
            | ItemKind::ForeignMod { .. }
            | ItemKind::GlobalAsm { .. }
            | ItemKind::Impl(_) => None,
        }
    }

    pub fn generics(&self) -> Option<&'hir Generics<'hir>> {
        match *self {
            ItemKind::Fn { generics, .. }
            | ItemKind::TyAlias(_, generics, _)
            | ItemKind::Const(_, generics, _, _)
            | ItemKind::Enum(_, generics, _)
            | ItemKind::Struct(_, generics, _)
            | ItemKind::Union(_, generics, _)
            | ItemKind::Trait(_, _, _, _, generics, _, _)
            | ItemKind::TraitAlias(_, _, generics, _) => Some(generics),
            ItemKind::Impl(imp) => Some(imp.generics),
            _ => None,
        }
    }
}

/// The value of a const item.
#[derive(Clone, Copy, Debug)]
pub enum ConstItemRhs<'hir> {
    Body(BodyId),
    /// `type const`
    TypeConst(&'hir ConstArg<'hir>),
}

impl ConstItemRhs<'_> {
    pub fn hir_id(&self) -> HirId {
        match self {
            ConstItemRhs::Body(body) => body.hir_id,
            ConstItemRhs::TypeConst(ct) => ct.hir_id,
        }
    }

    /// The body, if it has one.
    pub fn body_id(&self) -> Option<BodyId> {
        match self {
            ConstItemRhs::Body(body) => Some(*body),
            ConstItemRhs::TypeConst(_) => None,
        }
    }
}

/// What an import brings in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum UseKind {
    /// `use foo::bar` or `use foo::bar as baz`, with the name that it binds.
    Single(Ident),
    /// `use foo::*`
    Glob,
    /// `use foo::{..}`: the braces' own node; the leaves are items of their own.
    ListStem,
}

/// A module.
#[derive(Clone, Copy, Debug)]
pub struct Mod<'hir> {
    pub spans: ModSpans,
    pub item_ids: &'hir [ItemId],
}

/// Where a module's contents stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ModSpans {
    /// Without the braces.
    pub inner_span: Span,
    /// Where a suggested `use` may be inserted.
    pub inject_use_span: Span,
}

/// The variants of an enum.
#[derive(Clone, Copy, Debug)]
pub struct EnumDef<'hir> {
    pub variants: &'hir [Variant<'hir>],
}

/// A variant of an enum.
#[derive(Clone, Copy, Debug)]
pub struct Variant<'hir> {
    pub ident: Ident,
    pub hir_id: HirId,
    pub def_id: LocalDefId,
    pub data: VariantData<'hir>,
    /// `= 1`
    pub disr_expr: Option<&'hir AnonConst>,
    pub span: Span,
}

/// The fields of a struct, union or variant.
#[derive(Clone, Copy, Debug)]
pub enum VariantData<'hir> {
    /// `{ .. }`
    Struct {
        fields: &'hir [FieldDef<'hir>],
        /// The parser reported an error in it.
        recovered: Option<ErrorGuaranteed>,
    },
    /// `(..)`, with the constructor.
    Tuple(&'hir [FieldDef<'hir>], HirId, LocalDefId),
    /// Nothing, with the constructor.
    Unit(HirId, LocalDefId),
}

impl<'hir> VariantData<'hir> {
    pub fn fields(&self) -> &'hir [FieldDef<'hir>] {
        match *self {
            VariantData::Struct { fields, .. } | VariantData::Tuple(fields, ..) => fields,
            VariantData::Unit(..) => &[],
        }
    }

    pub fn ctor(&self) -> Option<(crate::def::CtorKind, HirId, LocalDefId)> {
        match *self {
            VariantData::Tuple(_, hir_id, def_id) => Some((crate::def::CtorKind::Fn, hir_id, def_id)),
            VariantData::Unit(hir_id, def_id) => Some((crate::def::CtorKind::Const, hir_id, def_id)),
            VariantData::Struct { .. } => None,
        }
    }

    pub fn ctor_kind(&self) -> Option<crate::def::CtorKind> {
        self.ctor().map(|(kind, ..)| kind)
    }

    pub fn ctor_hir_id(&self) -> Option<HirId> {
        self.ctor().map(|(_, hir_id, _)| hir_id)
    }

    pub fn ctor_def_id(&self) -> Option<LocalDefId> {
        self.ctor().map(|(.., def_id)| def_id)
    }
}

/// `pub x: T`
#[derive(Clone, Copy, Debug)]
pub struct FieldDef<'hir> {
    pub span: Span,
    pub vis_span: Span,
    /// A number in a tuple.
    pub ident: Ident,
    pub hir_id: HirId,
    pub def_id: LocalDefId,
    pub ty: &'hir Ty<'hir>,
    pub safety: Safety,
    pub default: Option<&'hir AnonConst>,
}

impl FieldDef<'_> {
    /// Of a tuple.
    pub fn is_positional(&self) -> bool {
        self.ident.is_numeric()
    }
}

/// `impl<T> const Trait for U { .. }`
#[derive(Clone, Copy, Debug)]
pub struct Impl<'hir> {
    pub generics: &'hir Generics<'hir>,
    pub of_trait: Option<&'hir TraitImplHeader<'hir>>,
    pub self_ty: &'hir Ty<'hir>,
    pub items: &'hir [ImplItemId],
    pub constness: Constness,
}

/// What only a trait's impl has.
#[derive(Clone, Copy, Debug)]
pub struct TraitImplHeader<'hir> {
    pub safety: Safety,
    pub polarity: ImplPolarity,
    pub defaultness: Defaultness,
    /// Of `default`.
    pub defaultness_span: Option<Span>,
    pub trait_ref: TraitRef<'hir>,
}

/// Whether an impl's item may be specialised.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encodable, Decodable)]
pub enum Defaultness {
    Default { has_value: bool },
    Final,
}

impl Defaultness {
    pub fn has_value(&self) -> bool {
        match *self {
            Defaultness::Default { has_value } => has_value,
            Defaultness::Final => true,
        }
    }

    pub fn is_final(&self) -> bool {
        *self == Defaultness::Final
    }

    pub fn is_default(&self) -> bool {
        matches!(*self, Defaultness::Default { .. })
    }
}

/// An item of a trait.
#[derive(Clone, Copy, Debug)]
pub struct TraitItem<'hir> {
    pub ident: Ident,
    pub owner_id: OwnerId,
    pub generics: &'hir Generics<'hir>,
    pub kind: TraitItemKind<'hir>,
    pub span: Span,
    pub defaultness: Defaultness,
}

impl TraitItem<'_> {
    pub fn hir_id(&self) -> HirId {
        HirId::from(self.owner_id)
    }

    pub fn trait_item_id(&self) -> TraitItemId {
        TraitItemId { owner_id: self.owner_id }
    }
}

/// The kinds of trait item.
#[derive(Clone, Copy, Debug)]
pub enum TraitItemKind<'hir> {
    Const(&'hir Ty<'hir>, Option<ConstItemRhs<'hir>>),
    Fn(FnSig<'hir>, TraitFn<'hir>),
    /// Bounds and default.
    Type(GenericBounds<'hir>, Option<&'hir Ty<'hir>>),
}

/// Whether a trait's method has a body.
#[derive(Clone, Copy, Debug)]
pub enum TraitFn<'hir> {
    /// With the parameters' names.
    Required(&'hir [Option<Ident>]),
    Provided(BodyId),
}

/// An item of an impl.
#[derive(Clone, Copy, Debug)]
pub struct ImplItem<'hir> {
    pub ident: Ident,
    pub owner_id: OwnerId,
    pub generics: &'hir Generics<'hir>,
    pub kind: ImplItemKind<'hir>,
    pub impl_kind: ImplItemImplKind,
    pub span: Span,
}

impl ImplItem<'_> {
    pub fn hir_id(&self) -> HirId {
        HirId::from(self.owner_id)
    }

    pub fn impl_item_id(&self) -> ImplItemId {
        ImplItemId { owner_id: self.owner_id }
    }

    pub fn vis_span(&self) -> Option<Span> {
        match self.impl_kind {
            ImplItemImplKind::Trait { .. } => None,
            ImplItemImplKind::Inherent { vis_span } => Some(vis_span),
        }
    }
}

/// Whether an impl's item implements a trait's.
#[derive(Clone, Copy, Debug)]
pub enum ImplItemImplKind {
    Inherent {
        vis_span: Span,
    },
    Trait {
        defaultness: Defaultness,
        /// The trait's item of this name and kind.
        trait_item_def_id: Result<DefId, ErrorGuaranteed>,
    },
}

/// The kinds of impl item.
#[derive(Clone, Copy, Debug)]
pub enum ImplItemKind<'hir> {
    Const(&'hir Ty<'hir>, ConstItemRhs<'hir>),
    Fn(FnSig<'hir>, BodyId),
    Type(&'hir Ty<'hir>),
}

/// An item of an extern block.
#[derive(Clone, Copy, Debug)]
pub struct ForeignItem<'hir> {
    pub ident: Ident,
    pub kind: ForeignItemKind<'hir>,
    pub owner_id: OwnerId,
    pub span: Span,
    pub vis_span: Span,
}

impl ForeignItem<'_> {
    pub fn hir_id(&self) -> HirId {
        HirId::from(self.owner_id)
    }

    pub fn foreign_item_id(&self) -> ForeignItemId {
        ForeignItemId { owner_id: self.owner_id }
    }
}

/// The kinds of foreign item.
#[derive(Clone, Copy, Debug)]
pub enum ForeignItemKind<'hir> {
    /// With the parameters' names.
    Fn(FnSig<'hir>, &'hir [Option<Ident>], &'hir Generics<'hir>),
    Static(&'hir Ty<'hir>, Mutability, Safety),
    Type,
}
