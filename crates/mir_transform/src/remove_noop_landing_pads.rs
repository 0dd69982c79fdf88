//! [`RemoveNoopLandingPads`]: cleanup that only goes on unwinding needs no landing pad.

use mir::{BasicBlock, Body, StatementKind, TerminatorKind, UnwindAction};
use query::TyCtxt;
use rustc_index::bit_set::DenseBitSet;

use crate::pass_manager::MirPass;

pub struct RemoveNoopLandingPads;

impl<'tcx> MirPass<'tcx> for RemoveNoopLandingPads {
    fn name(&self) -> &'static str {
        "RemoveNoopLandingPads"
    }
    fn run_pass(&self, _: TyCtxt<'tcx>, body: &mut Body<'tcx>) {
        let mut noop: DenseBitSet<BasicBlock> = DenseBitSet::new_empty(body.basic_blocks.len());
        let order: Vec<BasicBlock> = mir::traversal::postorder(body).map(|(bb, _)| bb).collect();
        for bb in order {
            let data = &body[bb];
            if !data.is_cleanup {
                continue;
            }
            let silent = data.statements.iter().all(|s| match &s.kind {
                StatementKind::StorageLive(_)
                | StatementKind::StorageDead(_)
                | StatementKind::Nop
                | StatementKind::ConstEvalCounter
                | StatementKind::PlaceMention(_)
                | StatementKind::FakeRead(_)
                | StatementKind::AscribeUserType(..) => true,
                // A drop flag that nobody reads any more.
                StatementKind::Assign(assign) => {
                    assign.0.as_local().is_some() && matches!(assign.1, mir::Rvalue::Use(mir::Operand::Constant(_)))
                }
                _ => false,
            });
            let ends = match &data.terminator().kind {
                TerminatorKind::UnwindResume => true,
                TerminatorKind::Goto { target } => noop.contains(*target),
                TerminatorKind::SwitchInt { targets, .. } => targets.all_targets().iter().all(|t| noop.contains(*t)),
                _ => false,
            };
            if silent && ends {
                noop.insert(bb);
            }
        }
        if noop.is_empty() {
            return;
        }
        for data in body.basic_blocks.as_mut() {
            if let Some(unwind) = data.terminator_mut().unwind_mut() {
                if matches!(unwind, UnwindAction::Cleanup(bb) if noop.contains(*bb)) {
                    *unwind = UnwindAction::Continue;
                }
            }
        }
        crate::simplify::remove_dead_blocks(body);
    }
}
