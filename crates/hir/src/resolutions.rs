//! What name resolution hands on: to lowering ([`ResolverAstLowering`]) and to all later stages
//! ([`ResolverGlobalCtxt`]).

use ast::NodeId;
use macros::{Decodable, Encodable};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use span::def_id::{CrateNum, DefId, LocalDefId};
use span::{FxHashSet, FxIndexMap, FxIndexSet, Ident, Span, Symbol};

use crate::def::{LifetimeRes, PartialRes, PerNS, Res};

/// Keyed by AST node; look up only.
pub type NodeMap<T> = FxHashMap<NodeId, T>;

/// What lowering needs of resolution.
#[derive(Debug)]
pub struct ResolverAstLowering {
    /// What each path (by the id of the expression, type, pattern, trait reference, visibility...) means.
    pub partial_res_map: NodeVec<PartialRes>,
    /// What each import (by the id of the use tree) means.
    pub import_res_map: NodeMap<PerNS<Option<Res<NodeId>>>>,
    /// The labelled expression that each `break` or `continue` (by its id) leaves.
    pub label_res_map: NodeMap<NodeId>,
    /// What each lifetime means; also the ids of [`LifetimeRes::ElidedAnchor`]s (by path segment) and what they span.
    pub lifetimes_res_map: NodeMap<LifetimeRes>,
    /// Elided lifetimes that become parameters of the binder: function, impl header, `for<>`-less `Fn(&T)` and so on.
    pub extra_lifetime_params_map: NodeMap<Vec<(Ident, NodeId, LifetimeRes)>>,
    /// The first id that lowering may give out.
    pub next_node_id: NodeId,
    /// The definitions that nodes are.
    pub node_id_to_def_id: NodeMap<LocalDefId>,
    /// The traits in scope at method calls, `a.b()`, and paths with unresolved segments.
    pub trait_map: NodeMap<Vec<TraitCandidate>>,
    /// Functions whose output's lifetimes may be elided (by the id of the function).
    pub lifetime_elision_allowed: FxHashSet<NodeId>,
    /// `#[rustc_legacy_const_generics]` functions: which arguments are const generics.
    pub legacy_const_generic_args: FxHashMap<DefId, Option<Vec<usize>>>,
}

/// A value for most nodes, by id: ids are given out in order, so neighbours in the tree are neighbours here.
#[derive(Debug)]
pub struct NodeVec<T> {
    slots: Vec<Option<T>>,
    len: usize,
}

impl<T> Default for NodeVec<T> {
    fn default() -> Self {
        NodeVec { slots: Vec::new(), len: 0 }
    }
}

impl<T> NodeVec<T> {
    pub fn get(&self, id: &NodeId) -> Option<&T> {
        self.slots.get(id.index())?.as_ref()
    }

    pub fn contains_key(&self, id: &NodeId) -> bool {
        self.get(id).is_some()
    }

    /// Sets a node's value; returns the one it had. What has no id of its own gets none.
    pub fn insert(&mut self, id: NodeId, value: T) -> Option<T> {
        if id == ast::DUMMY_NODE_ID {
            return None;
        }
        if id.index() >= self.slots.len() {
            self.slots.resize_with(id.index() + 1, || None);
        }
        let old = self.slots[id.index()].replace(value);
        self.len += usize::from(old.is_none());
        old
    }

    /// The number of nodes that have a value.
    pub fn len(&self) -> usize {
        self.len
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }
}

/// A trait in scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TraitCandidate {
    pub def_id: DefId,
    /// The imports by which it came into scope, outermost last.
    pub import_ids: SmallVec<[LocalDefId; 1]>,
    /// Found through an ambiguous glob import.
    pub lint_ambiguous: bool,
}

/// Has no values: `Res<Never>` can be no local variable.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
pub enum Never {}

/// Where something may be named.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Encodable, Decodable)]
pub enum Visibility<Id = LocalDefId> {
    Public,
    /// In this module and those in it.
    Restricted(Id),
}

impl<Id> Visibility<Id> {
    pub fn is_public(&self) -> bool {
        matches!(self, Visibility::Public)
    }

    pub fn map_id<OutId>(self, f: impl FnOnce(Id) -> OutId) -> Visibility<OutId> {
        match self {
            Visibility::Public => Visibility::Public,
            Visibility::Restricted(id) => Visibility::Restricted(f(id)),
        }
    }
}

impl<Id: Into<DefId>> Visibility<Id> {
    pub fn to_def_id(self) -> Visibility<DefId> {
        self.map_id(Into::into)
    }
}

impl Visibility<DefId> {
    #[track_caller]
    pub fn expect_local(self) -> Visibility {
        self.map_id(DefId::expect_local)
    }
}

/// A name in a module: an item, or what a `use` brings in.
#[derive(Clone, Debug, Encodable, Decodable)]
pub struct ModChild {
    pub ident: Ident,
    pub res: Res<Never>,
    pub vis: Visibility<DefId>,
    /// Empty for an item.
    pub reexport_chain: Vec<Reexport>,
}

/// A step by which an item came into a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encodable, Decodable)]
pub enum Reexport {
    Single(DefId),
    Glob(DefId),
    ExternCrate(DefId),
    MacroUse,
    MacroExport,
}

impl Reexport {
    pub fn id(self) -> Option<DefId> {
        match self {
            Reexport::Single(id) | Reexport::Glob(id) | Reexport::ExternCrate(id) => Some(id),
            Reexport::MacroUse | Reexport::MacroExport => None,
        }
    }
}

/// `fn main`, or what is imported under this name.
#[derive(Clone, Copy, Debug)]
pub struct MainDefinition {
    pub res: Res<Never>,
    pub is_import: bool,
    pub span: Span,
}

impl MainDefinition {
    pub fn opt_fn_def_id(self) -> Option<DefId> {
        match self.res {
            Res::Def(crate::def::DefKind::Fn, def_id) => Some(def_id),
            _ => None,
        }
    }
}

/// An item that `cfg` left out, for the note in "cannot find".
#[derive(Clone, Debug, Encodable, Decodable)]
pub struct StrippedCfgItem<ScopeId = DefId> {
    pub parent_scope: ScopeId,
    pub ident: Ident,
    /// The predicate, as written, and its place.
    pub cfg: (String, Span),
}

/// How far from its definition something can be reached, each including the next.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Level {
    /// As the type of something reachable, behind `impl Trait`.
    ReachableThroughImplTrait,
    /// As the type of something reachable.
    Reachable,
    /// By a path that may go through re-exports.
    Reexported,
    /// By a path of public modules only.
    Direct,
}

/// The modules from which something can be used, at each [`Level`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct EffectiveVisibility {
    pub direct: Visibility,
    pub reexported: Visibility,
    pub reachable: Visibility,
    pub reachable_through_impl_trait: Visibility,
}

impl EffectiveVisibility {
    pub fn from_vis(vis: Visibility) -> EffectiveVisibility {
        EffectiveVisibility { direct: vis, reexported: vis, reachable: vis, reachable_through_impl_trait: vis }
    }

    pub fn at_level(&self, level: Level) -> &Visibility {
        match level {
            Level::Direct => &self.direct,
            Level::Reexported => &self.reexported,
            Level::Reachable => &self.reachable,
            Level::ReachableThroughImplTrait => &self.reachable_through_impl_trait,
        }
    }

    pub fn at_level_mut(&mut self, level: Level) -> &mut Visibility {
        match level {
            Level::Direct => &mut self.direct,
            Level::Reexported => &mut self.reexported,
            Level::Reachable => &mut self.reachable,
            Level::ReachableThroughImplTrait => &mut self.reachable_through_impl_trait,
        }
    }

    pub fn is_public_at_level(&self, level: Level) -> bool {
        self.at_level(level).is_public()
    }
}

/// The effective visibilities of the crate's items.
#[derive(Clone, Debug)]
pub struct EffectiveVisibilities<Id = LocalDefId>
where
    Id: Eq + std::hash::Hash,
{
    pub map: FxIndexMap<Id, EffectiveVisibility>,
}

impl<Id: Eq + std::hash::Hash> Default for EffectiveVisibilities<Id> {
    fn default() -> Self {
        EffectiveVisibilities { map: FxIndexMap::default() }
    }
}

impl<Id: Copy + Eq + std::hash::Hash> EffectiveVisibilities<Id> {
    pub fn is_public_at_level(&self, id: Id, level: Level) -> bool {
        self.effective_vis(id).is_some_and(|vis| vis.is_public_at_level(level))
    }

    /// Part of the crate's API, or of the type of something that is.
    pub fn is_reachable(&self, id: Id) -> bool {
        self.is_public_at_level(id, Level::Reachable)
    }

    /// Can be named in other crates.
    pub fn is_exported(&self, id: Id) -> bool {
        self.is_public_at_level(id, Level::Reexported)
    }

    /// Public all the way from the root.
    pub fn is_directly_public(&self, id: Id) -> bool {
        self.is_public_at_level(id, Level::Direct)
    }

    pub fn effective_vis(&self, id: Id) -> Option<&EffectiveVisibility> {
        self.map.get(&id)
    }
}

/// What all stages may ask of resolution.
#[derive(Debug, Default)]
pub struct ResolverGlobalCtxt {
    /// The visibility of each definition that has one of its own.
    pub visibilities: FxIndexMap<LocalDefId, Visibility>,
    /// As far as names go; the types' part is added by the privacy check.
    pub effective_visibilities: EffectiveVisibilities,
    /// The crate that each `extern crate` names.
    pub extern_crate_map: FxIndexMap<LocalDefId, CrateNum>,
    /// Imports of traits that no resolution has used; type checking may.
    pub maybe_unused_trait_imports: FxIndexSet<LocalDefId>,
    /// The names in each module, enum and trait: what metadata and other crates see. Of imports, the re-exports.
    pub module_children: FxIndexMap<LocalDefId, Vec<ModChild>>,
    /// The names used of each glob import.
    pub glob_map: FxIndexMap<LocalDefId, FxIndexSet<Symbol>>,
    pub main_def: Option<MainDefinition>,
    /// The local impls of each trait.
    pub trait_impls: FxIndexMap<DefId, Vec<LocalDefId>>,
    pub proc_macros: Vec<LocalDefId>,
    /// Types named like a module of std that was meant (`use f32` with `f32::consts`).
    pub confused_type_with_std_module: FxIndexMap<Span, Span>,
    /// The names of all `macro_rules!`.
    pub all_macro_rules: FxIndexSet<Symbol>,
    pub stripped_cfg_items: Vec<StrippedCfgItem>,
}
