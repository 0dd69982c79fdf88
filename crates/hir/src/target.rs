//! What an attribute may stand on, or a lang item be.

use macros::{Decodable, Encodable};

/// How a method stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encodable, Decodable)]
pub enum MethodKind {
    /// In a trait.
    Trait {
        body: bool,
    },
    /// In an impl of a trait.
    TraitImpl,
    Inherent,
}

/// The kinds of place.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encodable, Decodable)]
pub enum Target {
    ExternCrate,
    Use,
    Static,
    Const,
    Fn,
    Closure,
    Mod,
    ForeignMod,
    GlobalAsm,
    TyAlias,
    Enum,
    Variant,
    Struct,
    Field,
    Union,
    Trait,
    TraitAlias,
    Impl { of_trait: bool },
    Expression,
    Statement,
    Arm,
    AssocConst,
    Method(MethodKind),
    AssocTy,
    ForeignFn,
    ForeignStatic,
    ForeignTy,
    GenericParam { kind: GenericParamTargetKind, has_default: bool },
    MacroDef,
    Param,
    PatField,
    ExprField,
    WherePredicate,
    MacroCall,
    Crate,
}

/// The kinds of generic parameter.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encodable, Decodable)]
pub enum GenericParamTargetKind {
    Type,
    Lifetime,
    Const,
}

impl Target {
    /// As diagnostics name it.
    pub fn name(self) -> &'static str {
        match self {
            Target::ExternCrate => "extern crate",
            Target::Use => "use",
            Target::Static => "static item",
            Target::Const => "constant item",
            Target::Fn => "function",
            Target::Closure => "closure",
            Target::Mod => "module",
            Target::ForeignMod => "foreign module",
            Target::GlobalAsm => "global asm",
            Target::TyAlias => "type alias",
            Target::Enum => "enum",
            Target::Variant => "enum variant",
            Target::Struct => "struct",
            Target::Field => "struct field",
            Target::Union => "union",
            Target::Trait => "trait",
            Target::TraitAlias => "trait alias",
            Target::Impl { .. } => "implementation block",
            Target::Expression => "expression",
            Target::Statement => "statement",
            Target::Arm => "match arm",
            Target::AssocConst => "associated const",
            Target::Method(kind) => match kind {
                MethodKind::Inherent => "inherent method",
                MethodKind::Trait { body: false } => "required trait method",
                MethodKind::Trait { body: true } => "provided trait method",
                MethodKind::TraitImpl => "trait method in an impl block",
            },
            Target::AssocTy => "associated type",
            Target::ForeignFn => "foreign function",
            Target::ForeignStatic => "foreign static item",
            Target::ForeignTy => "foreign type",
            Target::GenericParam { kind, .. } => match kind {
                GenericParamTargetKind::Type => "type parameter",
                GenericParamTargetKind::Lifetime => "lifetime parameter",
                GenericParamTargetKind::Const => "const parameter",
            },
            Target::MacroDef => "macro def",
            Target::Param => "function param",
            Target::PatField => "pattern field",
            Target::ExprField => "struct field",
            Target::WherePredicate => "where predicate",
            Target::MacroCall => "macro call",
            Target::Crate => "crate",
        }
    }

    /// What an item is.
    pub fn from_item(item: &crate::Item<'_>) -> Target {
        use crate::ItemKind;
        match item.kind {
            ItemKind::ExternCrate(..) => Target::ExternCrate,
            ItemKind::Use(..) => Target::Use,
            ItemKind::Static { .. } => Target::Static,
            ItemKind::Const(..) => Target::Const,
            ItemKind::Fn { .. } => Target::Fn,
            ItemKind::Macro(..) => Target::MacroDef,
            ItemKind::Mod(..) => Target::Mod,
            ItemKind::ForeignMod { .. } => Target::ForeignMod,
            ItemKind::GlobalAsm { .. } => Target::GlobalAsm,
            ItemKind::TyAlias(..) => Target::TyAlias,
            ItemKind::Enum(..) => Target::Enum,
            ItemKind::Struct(..) => Target::Struct,
            ItemKind::Union(..) => Target::Union,
            ItemKind::Trait(..) => Target::Trait,
            ItemKind::TraitAlias(..) => Target::TraitAlias,
            ItemKind::Impl(imp) => Target::Impl { of_trait: imp.of_trait.is_some() },
        }
    }

    /// What a trait's item is.
    pub fn from_trait_item(item: &crate::TraitItem<'_>) -> Target {
        use crate::{TraitFn, TraitItemKind};
        match item.kind {
            TraitItemKind::Const(..) => Target::AssocConst,
            TraitItemKind::Fn(_, TraitFn::Required(_)) => Target::Method(MethodKind::Trait { body: false }),
            TraitItemKind::Fn(_, TraitFn::Provided(_)) => Target::Method(MethodKind::Trait { body: true }),
            TraitItemKind::Type(..) => Target::AssocTy,
        }
    }

    /// What an impl's item is.
    pub fn from_impl_item(item: &crate::ImplItem<'_>) -> Target {
        use crate::{ImplItemImplKind, ImplItemKind};
        match item.kind {
            ImplItemKind::Const(..) => Target::AssocConst,
            ImplItemKind::Fn(..) => Target::Method(match item.impl_kind {
                ImplItemImplKind::Trait { .. } => MethodKind::TraitImpl,
                ImplItemImplKind::Inherent { .. } => MethodKind::Inherent,
            }),
            ImplItemKind::Type(..) => Target::AssocTy,
        }
    }

    /// What an extern block's item is.
    pub fn from_foreign_item(item: &crate::ForeignItem<'_>) -> Target {
        use crate::ForeignItemKind;
        match item.kind {
            ForeignItemKind::Fn(..) => Target::ForeignFn,
            ForeignItemKind::Static(..) => Target::ForeignStatic,
            ForeignItemKind::Type => Target::ForeignTy,
        }
    }

    /// What a generic parameter is.
    pub fn from_generic_param(param: &crate::GenericParam<'_>) -> Target {
        use crate::GenericParamKind;
        let (kind, has_default) = match param.kind {
            GenericParamKind::Type { default, .. } => (GenericParamTargetKind::Type, default.is_some()),
            GenericParamKind::Lifetime { .. } => (GenericParamTargetKind::Lifetime, false),
            GenericParamKind::Const { default, .. } => (GenericParamTargetKind::Const, default.is_some()),
        };
        Target::GenericParam { kind, has_default }
    }
}

impl std::fmt::Display for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}
