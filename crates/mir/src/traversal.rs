//! Orders of a body's blocks.

use rustc_index::IndexVec;
use rustc_index::bit_set::DenseBitSet;

use crate::{BasicBlock, BasicBlockData, Body, START_BLOCK};

type Blocks<'a, 'tcx> = &'a IndexVec<BasicBlock, BasicBlockData<'tcx>>;

/// Blocks reachable from the start, each before what it leads to first.
pub fn preorder<'a, 'tcx>(
    body: &'a Body<'tcx>,
) -> impl Iterator<Item = (BasicBlock, &'a BasicBlockData<'tcx>)> + use<'a, 'tcx> {
    let mut visited = DenseBitSet::new_empty(body.basic_blocks.len());
    let mut worklist = vec![START_BLOCK];
    std::iter::from_fn(move || {
        while let Some(bb) = worklist.pop() {
            if !visited.insert(bb) {
                continue;
            }
            let data = &body[bb];
            let successors: Vec<_> = data.successors().collect();
            worklist.extend(successors.into_iter().rev().filter(|s| !visited.contains(*s)));
            return Some((bb, data));
        }
        None
    })
}

/// Blocks reachable from `start`, each after all its successors but for back edges.
pub fn postorder_from(blocks: Blocks<'_, '_>, start: BasicBlock) -> Vec<BasicBlock> {
    let mut visited = DenseBitSet::new_empty(blocks.len());
    let mut order = Vec::new();
    let mut stack = Vec::new();
    if blocks.is_empty() {
        return order;
    }
    visited.insert(start);
    stack.push((start, blocks[start].successors()));
    while let Some((bb, successors)) = stack.last_mut() {
        match successors.next() {
            Some(s) => {
                if visited.insert(s) {
                    stack.push((s, blocks[s].successors()));
                }
            }
            None => {
                order.push(*bb);
                stack.pop();
            }
        }
    }
    order
}

/// See [`postorder_from`].
pub fn postorder<'a, 'tcx>(
    body: &'a Body<'tcx>,
) -> impl ExactSizeIterator<Item = (BasicBlock, &'a BasicBlockData<'tcx>)> + DoubleEndedIterator + use<'a, 'tcx> {
    body.basic_blocks.reverse_postorder().iter().rev().map(|&bb| (bb, &body[bb]))
}

/// Blocks reachable from the start, each before its successors but for back edges.
pub fn reverse_postorder<'a, 'tcx>(
    body: &'a Body<'tcx>,
) -> impl ExactSizeIterator<Item = (BasicBlock, &'a BasicBlockData<'tcx>)> + DoubleEndedIterator + use<'a, 'tcx> {
    body.basic_blocks.reverse_postorder().iter().map(|&bb| (bb, &body[bb]))
}

/// Reachable blocks in some order.
pub fn reachable<'a, 'tcx>(
    body: &'a Body<'tcx>,
) -> impl Iterator<Item = (BasicBlock, &'a BasicBlockData<'tcx>)> + use<'a, 'tcx> {
    preorder(body)
}

/// Reachable blocks as a set.
pub fn reachable_as_bitset(body: &Body<'_>) -> DenseBitSet<BasicBlock> {
    let mut set = DenseBitSet::new_empty(body.basic_blocks.len());
    for &bb in body.basic_blocks.reverse_postorder() {
        set.insert(bb);
    }
    set
}

/// Whether a block can reach itself.
pub(crate) fn is_cyclic(blocks: Blocks<'_, '_>) -> bool {
    let order = postorder_from(blocks, START_BLOCK);
    let mut rank = IndexVec::from_elem(usize::MAX, blocks);
    for (i, bb) in order.iter().enumerate() {
        rank[*bb] = i;
    }
    // An edge that does not go to an earlier finished block goes back.
    order.iter().any(|&bb| blocks[bb].successors().any(|s| rank[s] >= rank[bb]))
}
