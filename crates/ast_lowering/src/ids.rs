//! Node ids to HIR ids and definitions; resolutions; scopes within a body.

use ast::NodeId;
use hir::def::Res;
use hir::resolutions::ResolverAstLowering;
use hir::{HirId, ItemLocalId, MaybeOwner};
use span::def_id::{DefIndex, LocalDefId};
use span::{DesugaringKind, Span};

use crate::{LoweringContext, TryBlockScope};

/// What resolution knows of a node, in one word: every node is asked about, and few have an answer.
#[derive(Clone, Copy, Default)]
pub(crate) struct NodeFacts(u32);

impl NodeFacts {
    const HAS_TRAITS: u32 = 1 << 31;

    fn def_id(self) -> Option<LocalDefId> {
        let index = (self.0 & !Self::HAS_TRAITS).checked_sub(1)?;
        Some(LocalDefId { local_def_index: DefIndex::from_u32(index) })
    }

    fn has_traits(self) -> bool {
        self.0 & Self::HAS_TRAITS != 0
    }
}

/// The facts of all nodes, by id.
pub(crate) struct NodeFactsTable(Vec<NodeFacts>);

impl NodeFactsTable {
    pub(crate) fn new(resolver: &ResolverAstLowering) -> Self {
        let mut table = NodeFactsTable(vec![NodeFacts::default(); resolver.next_node_id.as_usize()]);
        // The order does not matter: each entry is one node's.
        for (&node, &def_id) in &resolver.node_id_to_def_id {
            table.set_def_id(node, def_id);
        }
        for &node in resolver.trait_map.keys() {
            table.entry(node).0 |= NodeFacts::HAS_TRAITS;
        }
        table
    }

    fn entry(&mut self, node: NodeId) -> &mut NodeFacts {
        if node.as_usize() >= self.0.len() {
            self.0.resize(node.as_usize() + 1, NodeFacts::default());
        }
        &mut self.0[node.as_usize()]
    }

    fn get(&self, node: NodeId) -> NodeFacts {
        self.0.get(node.as_usize()).copied().unwrap_or_default()
    }

    pub(crate) fn set_def_id(&mut self, node: NodeId, def_id: LocalDefId) {
        let entry = self.entry(node);
        entry.0 = (entry.0 & NodeFacts::HAS_TRAITS) | (def_id.local_def_index.as_u32() + 1);
    }
}

impl<'hir> LoweringContext<'_, 'hir> {
    /// The HIR id of a node of the current owner: a new one at each call.
    pub(crate) fn lower_node_id(&mut self, node_id: NodeId) -> HirId {
        let hir_id = self.next_id();
        let facts = self.node_facts.get(node_id);
        if let Some(def_id) = facts.def_id() {
            self.set_owner(def_id, MaybeOwner::NonOwner(hir_id));
        }
        // Taken, as these lists are long; nodes that need them are lowered once.
        if facts.has_traits()
            && let Some(traits) = self.resolver.trait_map.remove(&node_id)
        {
            self.trait_map.insert(hir_id.local_id, traits.into_boxed_slice());
        }
        hir_id
    }

    /// The HIR id of a node that has no syntax.
    pub(crate) fn next_id(&mut self) -> HirId {
        let local_id = self.item_local_id_counter;
        self.item_local_id_counter = local_id + 1;
        HirId { owner: self.current_hir_id_owner, local_id }
    }

    /// A node id for syntax made up here.
    pub(crate) fn next_node_id(&mut self) -> NodeId {
        let id = self.resolver.next_node_id;
        self.resolver.next_node_id = id + 1;
        id
    }

    pub(crate) fn opt_local_def_id(&self, node_id: NodeId) -> Option<LocalDefId> {
        self.node_facts.get(node_id).def_id()
    }

    #[track_caller]
    pub(crate) fn local_def_id(&self, node_id: NodeId) -> LocalDefId {
        self.opt_local_def_id(node_id).unwrap_or_else(|| panic!("no definition for node {node_id:?}"))
    }

    /// With local variables' HIR ids.
    pub(crate) fn lower_res(&self, res: Res<NodeId>) -> Res {
        res.apply_id(|id| {
            let local_id = *self.ident_and_label_to_local_id.get(&id).ok_or(())?;
            Ok::<_, ()>(HirId { owner: self.current_hir_id_owner, local_id })
        })
        // A variable whose pattern was not lowered: an error was reported for that.
        .unwrap_or(Res::Err)
    }

    /// What a path means that resolution must have got through.
    pub(crate) fn expect_full_res(&self, id: NodeId) -> Res<NodeId> {
        self.opt_full_res(id).unwrap_or(Res::Err)
    }

    pub(crate) fn opt_full_res(&self, id: NodeId) -> Option<Res<NodeId>> {
        self.resolver.partial_res_map.get(&id).and_then(|res| res.full_res())
    }

    pub(crate) fn bind_node(&mut self, node_id: NodeId, local_id: ItemLocalId) {
        self.ident_and_label_to_local_id.insert(node_id, local_id);
    }

    /// The span, as coming from a desugaring.
    pub(crate) fn mark(&self, kind: DesugaringKind, span: Span) -> Span {
        span.mark_with_desugaring(kind)
    }

    /// The last character of a span.
    pub(crate) fn end_point(&self, span: Span) -> Span {
        if span.is_dummy() || span.is_empty() {
            return span;
        }
        let lo = span::BytePos(span.hi().0 - 1);
        span.with_lo(lo)
    }

    pub(crate) fn feature(&self, feature: span::Symbol) -> bool {
        self.tcx.feature(feature)
    }

    /// Runs `f` in a body of its own: not in any loop or `try` block.
    pub(crate) fn with_new_scopes<T>(&mut self, scope_span: Span, f: impl FnOnce(&mut Self) -> T) -> T {
        let current_item = self.current_item.replace(scope_span);
        let was_in_loop_condition = std::mem::replace(&mut self.is_in_loop_condition, false);
        let try_block_scope = std::mem::replace(&mut self.try_block_scope, TryBlockScope::Function);
        let loop_scope = self.loop_scope.take();
        let result = f(self);
        self.try_block_scope = try_block_scope;
        self.loop_scope = loop_scope;
        self.is_in_loop_condition = was_in_loop_condition;
        self.current_item = current_item;
        result
    }

    pub(crate) fn with_try_block_scope<T>(&mut self, scope: TryBlockScope, f: impl FnOnce(&mut Self) -> T) -> T {
        let old = std::mem::replace(&mut self.try_block_scope, scope);
        let result = f(self);
        self.try_block_scope = old;
        result
    }

    pub(crate) fn with_loop_scope<T>(&mut self, loop_id: HirId, f: impl FnOnce(&mut Self) -> T) -> T {
        // The loop's body is no condition.
        let was_in_loop_condition = std::mem::replace(&mut self.is_in_loop_condition, false);
        let old = self.loop_scope.replace(loop_id);
        let result = f(self);
        self.loop_scope = old;
        self.is_in_loop_condition = was_in_loop_condition;
        result
    }

    pub(crate) fn with_loop_condition_scope<T>(&mut self, f: impl FnOnce(&mut Self) -> T) -> T {
        let was_in_loop_condition = std::mem::replace(&mut self.is_in_loop_condition, true);
        let result = f(self);
        self.is_in_loop_condition = was_in_loop_condition;
        result
    }

    pub(crate) fn alloc<T>(&self, value: T) -> &'hir T {
        self.arena.alloc(value)
    }
}
