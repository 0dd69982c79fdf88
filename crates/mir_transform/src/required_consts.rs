//! Collects the constants of a body that must evaluate even where they are not reached.

use mir::visit::Visitor;
use mir::{Body, ConstOperand, Location};
use query::TyCtxt;

use crate::pass_manager::MirPass;

pub struct RequiredConsts;

impl<'tcx> MirPass<'tcx> for RequiredConsts {
    fn name(&self) -> &'static str {
        "RequiredConsts"
    }
    fn run_pass(&self, _: TyCtxt<'tcx>, body: &mut Body<'tcx>) {
        let mut collector = Collector(Vec::new());
        for (bb, data) in mir::traversal::reverse_postorder(body) {
            collector.visit_basic_block_data(bb, data);
        }
        body.set_required_consts(collector.0);
    }
}

struct Collector<'tcx>(Vec<ConstOperand<'tcx>>);

impl<'tcx> Visitor<'tcx> for Collector<'tcx> {
    fn visit_const_operand(&mut self, constant: &ConstOperand<'tcx>, _: Location) {
        if constant.const_.is_required_const() {
            self.0.push(*constant);
        }
    }
}
