//! Trees of drops. Leaving several scopes runs their drops from the inside out; exits that share outer scopes share the
//! blocks that drop them. Each node is a drop, its parent is the one that runs next; the root runs nothing.

use mir::{BasicBlock, Local, SourceInfo, StatementKind, TerminatorKind, UnwindAction, UnwindTerminateReason};
use rustc_index::IndexVec;
use span::{DUMMY_SP, FxHashMap};

use super::cfg::Cfg;

span::newtype_index! {
    /// A node of a drop tree.
    pub(super) struct DropIdx = "drop";
}

/// The node after the last drop.
pub(super) const ROOT_NODE: DropIdx = DropIdx::ZERO;

/// What is scheduled for a local.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum DropKind {
    Value,
    Storage,
}

/// A scheduled drop.
#[derive(Clone, Copy, Debug)]
pub(super) struct DropData {
    /// Where the scope ends.
    pub source_info: SourceInfo,
    pub local: Local,
    pub kind: DropKind,
}

#[derive(Debug)]
pub(super) struct DropNode {
    pub data: DropData,
    pub next: DropIdx,
}

#[derive(Debug)]
pub(super) struct DropTree {
    pub drop_nodes: IndexVec<DropIdx, DropNode>,
    existing: FxHashMap<(DropIdx, Local, DropKind), DropIdx>,
    /// Edges into the tree, whose blocks are finished when the tree is built.
    pub entry_points: Vec<(DropIdx, BasicBlock)>,
}

/// How a tree's blocks are made and entered.
pub(super) trait DropTreeBuilder<'tcx> {
    fn make_block(cfg: &mut Cfg<'tcx>) -> BasicBlock;
    /// Makes the terminator of `from` lead to `to`.
    fn link_entry_point(cfg: &mut Cfg<'tcx>, from: BasicBlock, to: BasicBlock);
}

#[derive(Clone, Copy)]
enum NeedsBlock {
    No,
    Shares(DropIdx),
    Own,
}

impl DropTree {
    pub fn new() -> Self {
        let data =
            DropData { source_info: SourceInfo::outermost(DUMMY_SP), local: Local::MAX, kind: DropKind::Storage };
        let root = DropNode { data, next: DropIdx::MAX };
        DropTree { drop_nodes: IndexVec::from_raw(vec![root]), existing: Default::default(), entry_points: Vec::new() }
    }

    /// The node for a drop that is followed by `next`.
    pub fn add_drop(&mut self, data: DropData, next: DropIdx) -> DropIdx {
        let nodes = &mut self.drop_nodes;
        *self.existing.entry((next, data.local, data.kind)).or_insert_with(|| nodes.push(DropNode { data, next }))
    }

    /// `from` enters the tree at `to`.
    pub fn add_entry_point(&mut self, from: BasicBlock, to: DropIdx) {
        debug_assert!(to < self.drop_nodes.next_index());
        self.entry_points.push((to, from));
    }

    /// Builds the blocks of all nodes that are entered; the root's is `root_node` if given.
    pub fn build_mir<'tcx, T: DropTreeBuilder<'tcx>>(
        &mut self,
        cfg: &mut Cfg<'tcx>,
        root_node: Option<BasicBlock>,
    ) -> IndexVec<DropIdx, Option<BasicBlock>> {
        let blocks = self.assign_blocks::<T>(cfg, root_node);
        self.link_blocks(cfg, &blocks);
        blocks
    }

    /// `StorageDead`s share a block with each other and with the drop behind them.
    fn assign_blocks<'tcx, T: DropTreeBuilder<'tcx>>(
        &mut self,
        cfg: &mut Cfg<'tcx>,
        root_node: Option<BasicBlock>,
    ) -> IndexVec<DropIdx, Option<BasicBlock>> {
        let mut blocks = IndexVec::from_elem(None, &self.drop_nodes);
        let mut needs = IndexVec::from_elem(NeedsBlock::No, &self.drop_nodes);
        blocks[ROOT_NODE] = root_node;
        if root_node.is_some() {
            needs[ROOT_NODE] = NeedsBlock::Own;
        }
        self.entry_points.sort();
        for (idx, node) in self.drop_nodes.iter_enumerated().rev() {
            if self.entry_points.last().is_some_and(|e| e.0 == idx) {
                let block = *blocks[idx].get_or_insert_with(|| T::make_block(cfg));
                needs[idx] = NeedsBlock::Own;
                while self.entry_points.last().is_some_and(|e| e.0 == idx) {
                    if let Some((_, from)) = self.entry_points.pop() {
                        T::link_entry_point(cfg, from, block);
                    }
                }
            }
            match needs[idx] {
                NeedsBlock::No => continue,
                NeedsBlock::Own => {
                    blocks[idx].get_or_insert_with(|| T::make_block(cfg));
                }
                NeedsBlock::Shares(pred) => blocks[idx] = blocks[pred],
            }
            if idx == ROOT_NODE {
                break;
            }
            needs[node.next] = match (node.data.kind, needs[node.next]) {
                (DropKind::Value, _) => NeedsBlock::Own,
                (DropKind::Storage, NeedsBlock::No) => NeedsBlock::Shares(idx),
                (DropKind::Storage, _) => NeedsBlock::Own,
            };
        }
        blocks
    }

    fn link_blocks<'tcx>(&self, cfg: &mut Cfg<'tcx>, blocks: &IndexVec<DropIdx, Option<BasicBlock>>) {
        for (idx, node) in self.drop_nodes.iter_enumerated().rev() {
            let Some(block) = blocks[idx] else { continue };
            if idx == ROOT_NODE {
                break;
            }
            let target = blocks[node.next].expect("the drop behind one that is entered has a block");
            match node.data.kind {
                DropKind::Value => {
                    let kind = TerminatorKind::Drop {
                        place: node.data.local.into(),
                        target,
                        // Replaced where the drop is not in a cleanup block itself.
                        unwind: UnwindAction::Terminate(UnwindTerminateReason::InCleanup),
                        replace: false,
                    };
                    cfg.terminate(block, node.data.source_info, kind);
                }
                DropKind::Storage => {
                    cfg.push_kind(block, node.data.source_info, StatementKind::StorageDead(node.data.local));
                    if target != block {
                        // No place for a breakpoint.
                        cfg.goto(block, SourceInfo { span: DUMMY_SP, ..node.data.source_info }, target);
                    }
                }
            }
        }
    }
}

/// `break`, `continue`, `return`, the `else` of a condition.
pub(super) struct ExitScopes;
impl<'tcx> DropTreeBuilder<'tcx> for ExitScopes {
    fn make_block(cfg: &mut Cfg<'tcx>) -> BasicBlock {
        cfg.start_new_block()
    }
    fn link_entry_point(cfg: &mut Cfg<'tcx>, from: BasicBlock, to: BasicBlock) {
        cfg.block_data_mut(from).terminator_mut().kind = TerminatorKind::Goto { target: to };
    }
}

/// Dropping a suspended coroutine.
pub(super) struct CoroutineDrop;
impl<'tcx> DropTreeBuilder<'tcx> for CoroutineDrop {
    fn make_block(cfg: &mut Cfg<'tcx>) -> BasicBlock {
        cfg.start_new_block()
    }
    fn link_entry_point(cfg: &mut Cfg<'tcx>, from: BasicBlock, to: BasicBlock) {
        match &mut cfg.block_data_mut(from).terminator_mut().kind {
            TerminatorKind::Yield { drop, .. } => *drop = Some(to),
            kind => panic!("cannot enter coroutine drop tree from {kind:?}"),
        }
    }
}

/// Unwinding.
pub(super) struct Unwind;
impl<'tcx> DropTreeBuilder<'tcx> for Unwind {
    fn make_block(cfg: &mut Cfg<'tcx>) -> BasicBlock {
        cfg.start_new_cleanup_block()
    }
    fn link_entry_point(cfg: &mut Cfg<'tcx>, from: BasicBlock, to: BasicBlock) {
        let term = cfg.block_data_mut(from).terminator_mut();
        let source_info = term.source_info;
        let is_drop = matches!(term.kind, TerminatorKind::Drop { .. });
        match term.unwind_mut() {
            // An assignment's value is written on unwinding too; then unwinding goes on.
            Some(UnwindAction::Cleanup(unwind)) if is_drop => {
                let unwind = *unwind;
                cfg.goto(unwind, source_info, to);
            }
            Some(unwind) => *unwind = UnwindAction::Cleanup(to),
            None => panic!("cannot unwind from {:?}", cfg.block_data(from).terminator().kind),
        }
    }
}

/// Where nothing is to be dropped, unwinding goes on in the caller: no cleanup block is needed.
pub(super) fn drop_trivial_unwind_entries(tree: &mut DropTree, cfg: &mut Cfg<'_>) {
    tree.entry_points.retain(|&(idx, from)| {
        if idx != ROOT_NODE {
            return true;
        }
        match cfg.block_data_mut(from).terminator_mut().unwind_mut() {
            Some(UnwindAction::Cleanup(_)) => true,
            Some(unwind) => {
                *unwind = UnwindAction::Continue;
                false
            }
            None => true,
        }
    });
}
