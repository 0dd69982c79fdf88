//! Conversions and small questions about items.

use span::{Ident, Span};

use super::{
    AssocItemKind, Const, CoroutineKind, Defaultness, Extern, FieldDef, FnDecl, FnHeader, FnRetTy, ForeignItemKind,
    Item, ItemKind, Param, Safety, SelfKind, VariantData,
};
use crate::{Generics, Mutability, NodeId, StrLit, TyKind};

impl<K> Item<K> {
    /// With its attributes.
    pub fn span_with_attributes(&self) -> Span {
        self.attrs.iter().fold(self.span, |acc, attr| acc.to(attr.span))
    }
}

impl Item {
    pub fn opt_generics(&self) -> Option<&Generics> {
        self.kind.generics()
    }
}

impl ItemKind {
    pub fn ident(&self) -> Option<Ident> {
        match self {
            ItemKind::ExternCrate(_, ident)
            | ItemKind::Mod(_, ident, _)
            | ItemKind::Enum(ident, ..)
            | ItemKind::Struct(ident, ..)
            | ItemKind::Union(ident, ..)
            | ItemKind::MacroDef(ident, _) => Some(*ident),
            ItemKind::Static(item) => Some(item.ident),
            ItemKind::Const(item) => Some(item.ident),
            ItemKind::Fn(item) => Some(item.ident),
            ItemKind::TyAlias(item) => Some(item.ident),
            ItemKind::Trait(item) => Some(item.ident),
            ItemKind::TraitAlias(item) => Some(item.ident),
            ItemKind::Delegation(item) => Some(item.ident),
            ItemKind::Use(_)
            | ItemKind::ConstBlock(_)
            | ItemKind::ForeignMod(_)
            | ItemKind::GlobalAsm(_)
            | ItemKind::Impl(_)
            | ItemKind::MacCall(_)
            | ItemKind::DelegationMac(_) => None,
        }
    }

    /// `a` or `an`, as fits before `descr`.
    pub fn article(&self) -> &'static str {
        match self {
            ItemKind::ExternCrate(..)
            | ItemKind::ForeignMod(..)
            | ItemKind::MacCall(..)
            | ItemKind::Enum(..)
            | ItemKind::Impl(..) => "an",
            _ => "a",
        }
    }

    pub fn descr(&self) -> &'static str {
        match self {
            ItemKind::ExternCrate(..) => "extern crate",
            ItemKind::Use(..) => "`use` import",
            ItemKind::Static(..) => "static item",
            ItemKind::Const(..) => "constant item",
            ItemKind::ConstBlock(..) => "const block",
            ItemKind::Fn(..) => "function",
            ItemKind::Mod(..) => "module",
            ItemKind::ForeignMod(..) => "extern block",
            ItemKind::GlobalAsm(..) => "global asm item",
            ItemKind::TyAlias(..) => "type alias",
            ItemKind::Enum(..) => "enum",
            ItemKind::Struct(..) => "struct",
            ItemKind::Union(..) => "union",
            ItemKind::Trait(..) => "trait",
            ItemKind::TraitAlias(..) => "trait alias",
            ItemKind::MacCall(..) => "item macro invocation",
            ItemKind::MacroDef(..) => "macro definition",
            ItemKind::Impl(..) => "implementation",
            ItemKind::Delegation(..) => "delegated function",
            ItemKind::DelegationMac(..) => "delegation",
        }
    }

    pub fn generics(&self) -> Option<&Generics> {
        match self {
            ItemKind::Fn(item) => Some(&item.generics),
            ItemKind::TyAlias(item) => Some(&item.generics),
            ItemKind::Const(item) => Some(&item.generics),
            ItemKind::Enum(_, generics, _) | ItemKind::Struct(_, generics, _) | ItemKind::Union(_, generics, _) => {
                Some(generics)
            }
            ItemKind::Trait(item) => Some(&item.generics),
            ItemKind::TraitAlias(item) => Some(&item.generics),
            ItemKind::Impl(item) => Some(&item.generics),
            ItemKind::ExternCrate(..)
            | ItemKind::Use(_)
            | ItemKind::Static(_)
            | ItemKind::ConstBlock(_)
            | ItemKind::Mod(..)
            | ItemKind::ForeignMod(_)
            | ItemKind::GlobalAsm(_)
            | ItemKind::MacCall(_)
            | ItemKind::MacroDef(..)
            | ItemKind::Delegation(_)
            | ItemKind::DelegationMac(_) => None,
        }
    }
}

impl AssocItemKind {
    pub fn ident(&self) -> Option<Ident> {
        match self {
            AssocItemKind::Const(item) => Some(item.ident),
            AssocItemKind::Fn(item) => Some(item.ident),
            AssocItemKind::Type(item) => Some(item.ident),
            AssocItemKind::Delegation(item) => Some(item.ident),
            AssocItemKind::MacCall(_) | AssocItemKind::DelegationMac(_) => None,
        }
    }

    pub fn defaultness(&self) -> Defaultness {
        match self {
            AssocItemKind::Const(item) => item.defaultness,
            AssocItemKind::Fn(item) => item.defaultness,
            AssocItemKind::Type(item) => item.defaultness,
            AssocItemKind::MacCall(..) | AssocItemKind::Delegation(..) | AssocItemKind::DelegationMac(..) => {
                Defaultness::Implicit
            }
        }
    }
}

impl From<AssocItemKind> for ItemKind {
    fn from(kind: AssocItemKind) -> ItemKind {
        match kind {
            AssocItemKind::Const(item) => ItemKind::Const(item),
            AssocItemKind::Fn(item) => ItemKind::Fn(item),
            AssocItemKind::Type(item) => ItemKind::TyAlias(item),
            AssocItemKind::MacCall(mac) => ItemKind::MacCall(mac),
            AssocItemKind::Delegation(item) => ItemKind::Delegation(item),
            AssocItemKind::DelegationMac(item) => ItemKind::DelegationMac(item),
        }
    }
}

impl TryFrom<ItemKind> for AssocItemKind {
    type Error = ItemKind;

    fn try_from(kind: ItemKind) -> Result<AssocItemKind, ItemKind> {
        Ok(match kind {
            ItemKind::Const(item) => AssocItemKind::Const(item),
            ItemKind::Fn(item) => AssocItemKind::Fn(item),
            ItemKind::TyAlias(item) => AssocItemKind::Type(item),
            ItemKind::MacCall(mac) => AssocItemKind::MacCall(mac),
            ItemKind::Delegation(item) => AssocItemKind::Delegation(item),
            ItemKind::DelegationMac(item) => AssocItemKind::DelegationMac(item),
            _ => return Err(kind),
        })
    }
}

impl ForeignItemKind {
    pub fn ident(&self) -> Option<Ident> {
        match self {
            ForeignItemKind::Static(item) => Some(item.ident),
            ForeignItemKind::Fn(item) => Some(item.ident),
            ForeignItemKind::TyAlias(item) => Some(item.ident),
            ForeignItemKind::MacCall(_) => None,
        }
    }
}

impl From<ForeignItemKind> for ItemKind {
    fn from(kind: ForeignItemKind) -> ItemKind {
        match kind {
            ForeignItemKind::Static(item) => ItemKind::Static(item),
            ForeignItemKind::Fn(item) => ItemKind::Fn(item),
            ForeignItemKind::TyAlias(item) => ItemKind::TyAlias(item),
            ForeignItemKind::MacCall(mac) => ItemKind::MacCall(mac),
        }
    }
}

impl TryFrom<ItemKind> for ForeignItemKind {
    type Error = ItemKind;

    fn try_from(kind: ItemKind) -> Result<ForeignItemKind, ItemKind> {
        Ok(match kind {
            ItemKind::Static(item) => ForeignItemKind::Static(item),
            ItemKind::Fn(item) => ForeignItemKind::Fn(item),
            ItemKind::TyAlias(item) => ForeignItemKind::TyAlias(item),
            ItemKind::MacCall(mac) => ForeignItemKind::MacCall(mac),
            _ => return Err(kind),
        })
    }
}

impl CoroutineKind {
    pub fn span(self) -> Span {
        match self {
            CoroutineKind::Async { span, .. }
            | CoroutineKind::Gen { span, .. }
            | CoroutineKind::AsyncGen { span, .. } => span,
        }
    }

    pub fn as_str(self) -> &'static str {
        match self {
            CoroutineKind::Async { .. } => "async",
            CoroutineKind::Gen { .. } => "gen",
            CoroutineKind::AsyncGen { .. } => "async gen",
        }
    }

    pub fn is_async(self) -> bool {
        matches!(self, CoroutineKind::Async { .. })
    }

    pub fn is_gen(self) -> bool {
        matches!(self, CoroutineKind::Gen { .. })
    }

    pub fn closure_id(self) -> NodeId {
        match self {
            CoroutineKind::Async { closure_id, .. }
            | CoroutineKind::Gen { closure_id, .. }
            | CoroutineKind::AsyncGen { closure_id, .. } => closure_id,
        }
    }

    /// The id for the `impl Trait` that it returns.
    pub fn return_id(self) -> (NodeId, Span) {
        match self {
            CoroutineKind::Async { return_impl_trait_id, span, .. }
            | CoroutineKind::Gen { return_impl_trait_id, span, .. }
            | CoroutineKind::AsyncGen { return_impl_trait_id, span, .. } => (return_impl_trait_id, span),
        }
    }
}

impl Extern {
    pub fn from_abi(abi: Option<StrLit>, span: Span) -> Extern {
        match abi {
            Some(name) => Extern::Explicit(name, span),
            None => Extern::Implicit(span),
        }
    }
}

impl Default for FnHeader {
    fn default() -> FnHeader {
        FnHeader { safety: Safety::Default, coroutine_kind: None, constness: Const::No, ext: Extern::None }
    }
}

impl FnHeader {
    pub fn has_qualifiers(&self) -> bool {
        matches!(self.safety, Safety::Unsafe(_))
            || self.coroutine_kind.is_some()
            || matches!(self.constness, Const::Yes(_))
            || !matches!(self.ext, Extern::None)
    }

    /// All its keywords; `None` if there are none.
    pub fn span(&self) -> Option<Span> {
        let safety = match self.safety {
            Safety::Unsafe(span) | Safety::Safe(span) => Some(span),
            Safety::Default => None,
        };
        let constness = match self.constness {
            Const::Yes(span) => Some(span),
            Const::No => None,
        };
        let ext = match self.ext {
            Extern::Implicit(span) | Extern::Explicit(_, span) => Some(span),
            Extern::None => None,
        };
        let coroutine = self.coroutine_kind.map(CoroutineKind::span);
        [safety, coroutine, constness, ext].into_iter().flatten().reduce(Span::to)
    }
}

impl FnDecl {
    pub fn has_self(&self) -> bool {
        self.inputs.first().is_some_and(Param::is_self)
    }

    pub fn c_variadic(&self) -> bool {
        self.inputs.last().is_some_and(|arg| matches!(arg.ty.kind, TyKind::CVarArgs))
    }
}

impl FnRetTy {
    pub fn span(&self) -> Span {
        match self {
            FnRetTy::Default(span) => *span,
            FnRetTy::Ty(ty) => ty.span,
        }
    }
}

impl SelfKind {
    /// `&`, `&'a mut ` and so on: what a suggestion puts before the type.
    pub fn to_ref_suggestion(&self) -> String {
        let (lt, rest) = match self {
            SelfKind::Region(lt, mutbl) => (lt, mutbl.prefix_str().to_string()),
            SelfKind::Pinned(lt, mutbl) => (lt, format!("pin {} ", mutbl.ptr_str())),
            SelfKind::Value(_) | SelfKind::Explicit(..) => return String::new(),
        };
        match lt {
            Some(lt) => format!("&{lt} {rest}"),
            None => format!("&{rest}"),
        }
    }

    /// `&mut self`?
    pub fn is_mut_ref(&self) -> bool {
        matches!(self, SelfKind::Region(_, Mutability::Mut))
    }
}

impl VariantData {
    pub fn fields(&self) -> &[FieldDef] {
        match self {
            VariantData::Struct { fields, .. } | VariantData::Tuple(fields, _) => fields,
            VariantData::Unit(_) => &[],
        }
    }

    /// The constructor's id, if it is a value.
    pub fn ctor_node_id(&self) -> Option<NodeId> {
        match self {
            VariantData::Struct { .. } => None,
            VariantData::Tuple(_, id) | VariantData::Unit(id) => Some(*id),
        }
    }
}
