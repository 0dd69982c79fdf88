//! [`CriticalCallEdges`]: a call whose target has other predecessors, and that has a cleanup edge, gets a block of its
//! own to return to. What must happen on return only (drop flags) has its place there.

use mir::{BasicBlock, BasicBlockData, Body, Terminator, TerminatorKind, UnwindAction};
use query::TyCtxt;

use crate::pass_manager::MirPass;

pub struct CriticalCallEdges;

impl<'tcx> MirPass<'tcx> for CriticalCallEdges {
    fn name(&self) -> &'static str {
        "AddCallGuards"
    }
    fn run_pass(&self, _: TyCtxt<'tcx>, body: &mut Body<'tcx>) {
        let mut pred_count: Vec<usize> = body.basic_blocks.predecessors().iter().map(|p| p.len()).collect();
        pred_count[mir::START_BLOCK.as_usize()] += 1;
        let old_len = body.basic_blocks.len();
        let mut new_blocks = Vec::new();
        for block in body.basic_blocks.as_mut() {
            let is_cleanup = block.is_cleanup;
            let term = block.terminator_mut();
            let source_info = term.source_info;
            let guard = match &mut term.kind {
                TerminatorKind::Call { target: Some(target), unwind, .. }
                    if pred_count[target.as_usize()] > 1
                        && matches!(unwind, UnwindAction::Cleanup(_) | UnwindAction::Terminate(_)) =>
                {
                    Some(target)
                }
                TerminatorKind::InlineAsm { targets, operands, .. } if !targets.is_empty() => {
                    let writes = operands.iter().any(|op| {
                        matches!(op, mir::InlineAsmOperand::Out { .. } | mir::InlineAsmOperand::InOut { .. })
                    });
                    let target = &mut targets[0];
                    (writes && pred_count[target.as_usize()] > 1).then_some(target)
                }
                _ => None,
            };
            if let Some(target) = guard {
                let goto = Terminator { source_info, kind: TerminatorKind::Goto { target: *target } };
                new_blocks.push(BasicBlockData::new(Some(goto), is_cleanup));
                *target = BasicBlock::from_usize(old_len + new_blocks.len() - 1);
            }
        }
        body.basic_blocks.as_mut().extend(new_blocks);
    }
}
