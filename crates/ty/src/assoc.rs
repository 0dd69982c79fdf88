//! Associated items.

use hir::def::{DefKind, Namespace};
use macros::{Decodable, Encodable};
use span::def_id::DefId;
use span::{FxIndexMap, Ident, Symbol};

/// Where an associated item stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
pub enum AssocContainer {
    Trait,
    InherentImpl,
    /// With the trait's item it implements, unless there is none (an error was reported).
    TraitImpl(Option<DefId>),
}

/// An associated item.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
pub struct AssocItem {
    pub def_id: DefId,
    pub kind: AssocKind,
    pub container: AssocContainer,
    /// The trait or impl it stands in.
    pub container_id: DefId,
    /// Whether a trait's item has a default.
    pub has_value: bool,
}

/// What it is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
pub enum AssocKind {
    Const { name: Symbol },
    Fn { name: Symbol, has_self: bool },
    Type { data: AssocTypeData },
}

/// A named associated type, or one made from `-> impl Trait` in a trait.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
pub enum AssocTypeData {
    Normal(Symbol),
    Rpitit(ImplTraitInTraitData),
}

/// Which `impl Trait` in which function of a trait or impl.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
pub enum ImplTraitInTraitData {
    Trait { fn_def_id: DefId, opaque_def_id: DefId },
    Impl { fn_def_id: DefId },
}

/// The kind alone.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum AssocTag {
    Const,
    Fn,
    Type,
}

impl AssocItem {
    pub fn opt_name(&self) -> Option<Symbol> {
        match self.kind {
            AssocKind::Const { name } | AssocKind::Fn { name, .. } => Some(name),
            AssocKind::Type { data: AssocTypeData::Normal(name) } => Some(name),
            AssocKind::Type { data: AssocTypeData::Rpitit(_) } => None,
        }
    }
    #[track_caller]
    pub fn name(&self) -> Symbol {
        self.opt_name().expect("a named associated item")
    }
    pub fn tag(&self) -> AssocTag {
        match self.kind {
            AssocKind::Const { .. } => AssocTag::Const,
            AssocKind::Fn { .. } => AssocTag::Fn,
            AssocKind::Type { .. } => AssocTag::Type,
        }
    }
    pub fn is_type(&self) -> bool {
        self.tag() == AssocTag::Type
    }
    pub fn is_fn(&self) -> bool {
        self.tag() == AssocTag::Fn
    }
    pub fn is_const(&self) -> bool {
        self.tag() == AssocTag::Const
    }
    /// Whether it is a method.
    pub fn is_method(&self) -> bool {
        matches!(self.kind, AssocKind::Fn { has_self: true, .. })
    }
    pub fn is_impl_trait_in_trait(&self) -> bool {
        matches!(self.kind, AssocKind::Type { data: AssocTypeData::Rpitit(_) })
    }
    pub fn def_kind(&self) -> DefKind {
        match self.tag() {
            AssocTag::Const => DefKind::AssocConst,
            AssocTag::Fn => DefKind::AssocFn,
            AssocTag::Type => DefKind::AssocTy,
        }
    }
    pub fn namespace(&self) -> Namespace {
        if self.is_type() { Namespace::TypeNS } else { Namespace::ValueNS }
    }
    /// The trait's item: itself in a trait.
    pub fn trait_item_def_id(&self) -> Option<DefId> {
        match self.container {
            AssocContainer::Trait => Some(self.def_id),
            AssocContainer::TraitImpl(id) => id,
            AssocContainer::InherentImpl => None,
        }
    }
    pub fn trait_container(&self) -> Option<DefId> {
        (self.container == AssocContainer::Trait).then_some(self.container_id)
    }
    pub fn impl_container(&self) -> Option<DefId> {
        (self.container != AssocContainer::Trait).then_some(self.container_id)
    }
    /// As diagnostics name it.
    pub fn descr(&self) -> &'static str {
        match self.kind {
            AssocKind::Const { .. } => "associated const",
            AssocKind::Fn { has_self: true, .. } => "method",
            AssocKind::Fn { has_self: false, .. } => "associated function",
            AssocKind::Type { .. } => "associated type",
        }
    }
}

/// The associated items of a trait or impl, in order of definition and by name.
#[derive(Clone, Debug, Default, Encodable, Decodable)]
pub struct AssocItems {
    items: Vec<AssocItem>,
    by_name: FxIndexMap<Symbol, Vec<u32>>,
}

impl AssocItems {
    /// From items in order of definition.
    pub fn new(items: impl IntoIterator<Item = AssocItem>) -> AssocItems {
        let items: Vec<_> = items.into_iter().collect();
        let mut by_name: FxIndexMap<Symbol, Vec<u32>> = FxIndexMap::default();
        for (i, item) in items.iter().enumerate() {
            if let Some(name) = item.opt_name() {
                by_name.entry(name).or_default().push(i as u32);
            }
        }
        AssocItems { items, by_name }
    }
    pub fn in_definition_order(&self) -> impl ExactSizeIterator<Item = &AssocItem> {
        self.items.iter()
    }
    pub fn len(&self) -> usize {
        self.items.len()
    }
    /// By name, whatever the hygiene.
    pub fn filter_by_name_unhygienic(&self, name: Symbol) -> impl Iterator<Item = &AssocItem> {
        self.by_name.get(&name).into_iter().flatten().map(|&i| &self.items[i as usize])
    }
    /// By name and kind. Hygiene (`macro` 2.0) is the caller's to check.
    pub fn find_by_ident_and_kind(&self, ident: Ident, kind: AssocTag) -> Option<&AssocItem> {
        self.filter_by_name_unhygienic(ident.name).find(|i| i.tag() == kind)
    }
    /// By name and namespace.
    pub fn find_by_ident_and_namespace(&self, ident: Ident, ns: Namespace) -> Option<&AssocItem> {
        self.filter_by_name_unhygienic(ident.name).find(|i| i.namespace() == ns)
    }
}
