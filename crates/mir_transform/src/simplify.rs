//! [`SimplifyCfg`]: shorter graphs. Jumps to empty blocks go where those lead, blocks with one predecessor that jumps
//! to them join it, unreachable blocks go. [`remove_dead_blocks`] does the last alone.

use mir::{BasicBlock, BasicBlockData, Body, START_BLOCK, StatementKind, SwitchTargets, Terminator, TerminatorKind};
use query::TyCtxt;
use rustc_index::IndexVec;
use smallvec::SmallVec;

use crate::pass_manager::MirPass;

/// The pass, named by where it runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SimplifyCfg {
    Initial,
    PromoteConsts,
    PostAnalysis,
    PreOptimizations,
    MakeShim,
    Final,
}

impl<'tcx> MirPass<'tcx> for SimplifyCfg {
    fn name(&self) -> &'static str {
        match self {
            SimplifyCfg::Initial => "SimplifyCfg-initial",
            SimplifyCfg::PromoteConsts => "SimplifyCfg-promote-consts",
            SimplifyCfg::PostAnalysis => "SimplifyCfg-post-analysis",
            SimplifyCfg::PreOptimizations => "SimplifyCfg-pre-optimizations",
            SimplifyCfg::MakeShim => "SimplifyCfg-make_shim",
            SimplifyCfg::Final => "SimplifyCfg-final",
        }
    }
    fn run_pass(&self, _: TyCtxt<'tcx>, body: &mut Body<'tcx>) {
        simplify_cfg(body);
    }
}

/// Simplifies the graph.
pub fn simplify_cfg(body: &mut Body<'_>) {
    Simplifier::new(body).simplify();
    remove_duplicate_unreachable_blocks(body);
    remove_dead_blocks(body);
}

struct Simplifier<'a, 'tcx> {
    blocks: &'a mut IndexVec<BasicBlock, BasicBlockData<'tcx>>,
    /// Edges to each block from reachable ones; the start has one more.
    pred_count: IndexVec<BasicBlock, u32>,
}

impl<'a, 'tcx> Simplifier<'a, 'tcx> {
    fn new(body: &'a mut Body<'tcx>) -> Self {
        let mut pred_count = IndexVec::from_elem(0u32, &*body.basic_blocks);
        pred_count[START_BLOCK] = 1;
        for (_, data) in mir::traversal::preorder(body) {
            for succ in data.successors() {
                pred_count[succ] += 1;
            }
        }
        Simplifier { blocks: body.basic_blocks.as_mut(), pred_count }
    }

    fn simplify(mut self) {
        self.strip_nops();
        let mut merged: Vec<BasicBlock> = Vec::new();
        loop {
            let mut changed = false;
            for bb in self.blocks.indices() {
                if self.pred_count[bb] == 0 {
                    continue;
                }
                let mut terminator = self.blocks[bb].terminator.take().expect("a complete block");
                terminator.successors_mut(|succ| self.collapse_goto_chain(succ, &mut changed));
                let mut inner_changed = true;
                merged.clear();
                while inner_changed {
                    inner_changed = self.simplify_branch(&mut terminator);
                    inner_changed |= self.merge_successor(bb, &mut terminator, &mut merged);
                    changed |= inner_changed;
                }
                let extra: usize = merged.iter().map(|m| self.blocks[*m].statements.len()).sum();
                if extra > 0 {
                    let mut statements = std::mem::take(&mut self.blocks[bb].statements);
                    statements.reserve(extra);
                    for &from in &merged {
                        statements.append(&mut self.blocks[from].statements);
                    }
                    self.blocks[bb].statements = statements;
                }
                self.blocks[bb].terminator = Some(terminator);
            }
            if !changed {
                break;
            }
        }
    }

    /// Makes `start` the end of the chain of empty jumping blocks that it begins.
    fn collapse_goto_chain(&mut self, start: &mut BasicBlock, changed: &mut bool) {
        let mut chain: SmallVec<[(BasicBlock, Terminator<'tcx>); 2]> = SmallVec::new();
        let mut current = *start;
        // The terminator is taken while on the chain, so a loop of empty blocks ends the walk.
        loop {
            let data = &mut self.blocks[current];
            match &data.terminator {
                Some(Terminator { kind: TerminatorKind::Goto { target }, .. }) if data.statements.is_empty() => {
                    let target = *target;
                    let term = data.terminator.take().expect("seen above");
                    chain.push((current, term));
                    current = target;
                }
                _ => break,
            }
        }
        let last = current;
        *changed |= *start != last;
        *start = last;
        while let Some((current, mut terminator)) = chain.pop() {
            let TerminatorKind::Goto { target } = &mut terminator.kind else { unreachable!("only jumps are taken") };
            *changed |= *target != last;
            *target = last;
            if self.pred_count[current] == 1 {
                // Its only edge goes on to `last` now; the block itself is dead.
                self.pred_count[current] = 0;
            } else {
                self.pred_count[current] -= 1;
                self.pred_count[last] += 1;
            }
            self.blocks[current].terminator = Some(terminator);
        }
    }

    /// Takes the terminator of a block that only this one jumps to; its statements follow later.
    fn merge_successor(
        &mut self,
        bb: BasicBlock,
        terminator: &mut Terminator<'tcx>,
        merged: &mut Vec<BasicBlock>,
    ) -> bool {
        let target = match terminator.kind {
            TerminatorKind::Goto { target } if self.pred_count[target] == 1 && target != bb => target,
            _ => return false,
        };
        let Some(new) = self.blocks[target].terminator.take() else { return false };
        *terminator = new;
        merged.push(target);
        self.pred_count[target] = 0;
        true
    }

    /// A branch whose edges all lead to one block is a jump.
    fn simplify_branch(&mut self, terminator: &mut Terminator<'tcx>) -> bool {
        let TerminatorKind::SwitchInt { targets, .. } = &terminator.kind else { return false };
        let first = targets.otherwise();
        if targets.all_targets().iter().any(|t| *t != first) {
            return false;
        }
        self.pred_count[first] -= targets.all_targets().len() as u32 - 1;
        terminator.kind = TerminatorKind::Goto { target: first };
        true
    }

    fn strip_nops(&mut self) {
        for block in self.blocks.iter_mut() {
            block.statements.retain(|s| !matches!(s.kind, StatementKind::Nop));
        }
    }
}

/// `otherwise` of a switch that leads to what a value leads to needs no value; one that is unreachable stays.
pub fn simplify_duplicate_switch_targets(terminator: &mut Terminator<'_>) {
    if let TerminatorKind::SwitchInt { targets, .. } = &mut terminator.kind {
        let otherwise = targets.otherwise();
        if targets.iter().any(|(_, t)| t == otherwise) {
            *targets = SwitchTargets::new(targets.iter().filter(|(_, t)| *t != otherwise), otherwise);
        }
    }
}

/// Makes all empty unreachable blocks one.
pub fn remove_duplicate_unreachable_blocks(body: &mut Body<'_>) {
    let is_dup =
        |data: &BasicBlockData<'_>| !data.is_cleanup && data.terminator.is_some() && data.is_empty_unreachable();
    let mut unreachable = body.basic_blocks.iter_enumerated().filter(|(_, d)| is_dup(d)).map(|(b, _)| b);
    let Some(first) = unreachable.next() else { return };
    let others: Vec<BasicBlock> = unreachable.collect();
    if others.is_empty() {
        return;
    }
    let mut set = rustc_index::bit_set::DenseBitSet::new_empty(body.basic_blocks.len());
    others.into_iter().for_each(|b| {
        set.insert(b);
    });
    for block in body.basic_blocks.as_mut() {
        // A block that was merged into another has none any more.
        let Some(term) = &mut block.terminator else { continue };
        term.successors_mut(|s| {
            if set.contains(*s) {
                *s = first;
            }
        });
        simplify_duplicate_switch_targets(term);
    }
}

/// Removes blocks that cannot be reached and renumbers the others.
pub fn remove_dead_blocks(body: &mut Body<'_>) {
    let reachable = mir::traversal::reachable_as_bitset(body);
    let n = body.basic_blocks.len();
    if reachable.count() == n {
        return;
    }
    let blocks = body.basic_blocks.as_mut();
    let mut renumber = IndexVec::from_elem(START_BLOCK, blocks);
    let mut next = START_BLOCK;
    let old = std::mem::take(blocks);
    for (bb, data) in old.into_iter_enumerated() {
        if reachable.contains(bb) {
            renumber[bb] = next;
            next += 1;
            blocks.push(data);
        }
    }
    for block in blocks.iter_mut() {
        block.terminator_mut().successors_mut(|s| *s = renumber[*s]);
    }
}
