//! Dominators of blocks, by the iterative algorithm of Cooper, Harvey and Kennedy, "A Simple, Fast Dominance
//! Algorithm" (2001): immediate dominators are intersected along predecessors in reverse postorder until stable.
//! A preorder numbering of the dominator tree then answers questions in constant time.

use rustc_index::IndexVec;

use crate::{BasicBlock, BasicBlocks, START_BLOCK};

/// The dominator tree. Unreachable blocks are dominated by nothing.
#[derive(Clone, Debug)]
pub struct Dominators {
    immediate: IndexVec<BasicBlock, Option<BasicBlock>>,
    /// Entry and exit number in a walk over the tree; exit 0 for unreachable blocks.
    time: IndexVec<BasicBlock, (u32, u32)>,
}

impl Dominators {
    pub fn is_reachable(&self, bb: BasicBlock) -> bool {
        self.time[bb].1 != 0
    }
    /// `None` for the start and unreachable blocks.
    pub fn immediate_dominator(&self, bb: BasicBlock) -> Option<BasicBlock> {
        self.immediate[bb]
    }
    /// Whether every path from the start to `b` passes `a`; each block dominates itself.
    #[inline]
    pub fn dominates(&self, a: BasicBlock, b: BasicBlock) -> bool {
        let (a, b) = (self.time[a], self.time[b]);
        b.1 != 0 && a.0 <= b.0 && b.1 <= a.1
    }
}

/// The dominators of a graph.
pub fn dominators(blocks: &BasicBlocks<'_>) -> Dominators {
    let order = blocks.reverse_postorder();
    let preds = blocks.predecessors();
    let mut rank = IndexVec::from_elem(usize::MAX, &**blocks);
    for (i, bb) in order.iter().enumerate() {
        rank[*bb] = i;
    }
    let mut idom: IndexVec<BasicBlock, Option<BasicBlock>> = IndexVec::from_elem(None, &**blocks);
    if order.is_empty() {
        return Dominators { immediate: idom, time: IndexVec::new() };
    }
    idom[START_BLOCK] = Some(START_BLOCK);
    let mut changed = true;
    while changed {
        changed = false;
        for &bb in &order[1..] {
            let mut new: Option<BasicBlock> = None;
            for &p in &preds[bb] {
                if idom[p].is_none() {
                    continue;
                }
                new = Some(match new {
                    None => p,
                    Some(n) => intersect(&idom, &rank, p, n),
                });
            }
            if new.is_some() && idom[bb] != new {
                idom[bb] = new;
                changed = true;
            }
        }
    }
    idom[START_BLOCK] = None;
    let time = number(order, &idom);
    Dominators { immediate: idom, time }
}

fn intersect(
    idom: &IndexVec<BasicBlock, Option<BasicBlock>>,
    rank: &IndexVec<BasicBlock, usize>,
    mut a: BasicBlock,
    mut b: BasicBlock,
) -> BasicBlock {
    while a != b {
        while rank[a] > rank[b] {
            a = idom[a].expect("a processed block");
        }
        while rank[b] > rank[a] {
            b = idom[b].expect("a processed block");
        }
    }
    a
}

fn number(order: &[BasicBlock], idom: &IndexVec<BasicBlock, Option<BasicBlock>>) -> IndexVec<BasicBlock, (u32, u32)> {
    let mut children: IndexVec<BasicBlock, Vec<BasicBlock>> = IndexVec::from_elem(Vec::new(), idom);
    for &bb in order {
        if let Some(parent) = idom[bb] {
            children[parent].push(bb);
        }
    }
    let mut time = IndexVec::from_elem((0, 0), idom);
    let mut clock = 0;
    let mut stack = vec![(START_BLOCK, 0)];
    time[START_BLOCK].0 = clock;
    while let Some((bb, next)) = stack.last_mut() {
        let bb = *bb;
        if let Some(&child) = children[bb].get(*next) {
            *next += 1;
            clock += 1;
            time[child].0 = clock;
            stack.push((child, 0));
        } else {
            clock += 1;
            time[bb].1 = clock;
            stack.pop();
        }
    }
    time
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{BasicBlockData, SourceInfo, Terminator, TerminatorKind};

    fn graph(edges: &[&[u32]]) -> BasicBlocks<'static> {
        let si = SourceInfo::outermost(span::DUMMY_SP);
        BasicBlocks::new(
            edges
                .iter()
                .map(|out| {
                    let b = |i: usize| BasicBlock::from_u32(out[i]);
                    let kind = match out.len() {
                        0 => TerminatorKind::Return,
                        1 => TerminatorKind::Goto { target: b(0) },
                        _ => TerminatorKind::FalseEdge { real_target: b(0), imaginary_target: b(1) },
                    };
                    BasicBlockData::new(Some(Terminator { source_info: si, kind }), false)
                })
                .collect(),
        )
    }

    #[test]
    fn a_join_is_dominated_by_the_branch_and_not_by_its_arms() {
        // 0 -> {1, 2} -> 3; 3 -> {0, 4}; 5 is unreachable.
        let g = graph(&[&[1, 2], &[3], &[3], &[0, 4], &[], &[4]]);
        let d = g.dominators();
        let b = BasicBlock::from_u32;
        assert!(d.dominates(b(0), b(3)) && d.dominates(b(3), b(4)) && d.dominates(b(3), b(3)));
        assert!(!d.dominates(b(1), b(3)) && !d.dominates(b(4), b(3)));
        assert!(!d.dominates(b(5), b(4)) && !d.dominates(b(0), b(5)) && !d.is_reachable(b(5)));
        assert_eq!(d.immediate_dominator(b(3)), Some(b(0)));
        assert!(g.is_cfg_cyclic());
        assert!(!graph(&[&[1, 2], &[2], &[]]).is_cfg_cyclic());
    }
}
