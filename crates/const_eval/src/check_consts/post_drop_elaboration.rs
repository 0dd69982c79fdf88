//! With `const_precise_live_drops`: destructors are checked once drop elaboration has removed those that never run.

use mir::visit::Visitor;
use mir::{BasicBlock, BasicBlockData, Body, Location, Terminator, TerminatorKind};
use query::TyCtxt;

use super::ConstCx;
use super::check::Checker;
use super::qualifs::{NeedsNonConstDrop, Qualif};

/// Whether drops are checked here rather than on the built body.
pub fn checking_enabled(tcx: TyCtxt<'_>) -> bool {
    tcx.feature(span::Symbol::intern("const_precise_live_drops"))
}

/// Checks the drops that are left after elaboration.
pub fn check_live_drops<'tcx>(tcx: TyCtxt<'tcx>, body: &Body<'tcx>) {
    let def_id = body.source.def_id();
    if !checking_enabled(tcx)
        || tcx.hir_body_const_context(def_id).is_none()
        || tcx.has_attr(def_id, span::sym::rustc_do_not_const_check)
        || body.tainted_by_errors.is_some()
    {
        return;
    }
    let cx = ConstCx::new(tcx, body);
    let mut visitor = CheckLiveDrops { checker: Checker::new(&cx), cx: &cx };
    visitor.visit_body(body);
}

struct CheckLiveDrops<'a, 'mir, 'tcx> {
    checker: Checker<'a, 'mir, 'tcx>,
    cx: &'a ConstCx<'mir, 'tcx>,
}

impl<'tcx> Visitor<'tcx> for CheckLiveDrops<'_, '_, 'tcx> {
    fn visit_basic_block_data(&mut self, bb: BasicBlock, block: &BasicBlockData<'tcx>) {
        if !block.is_cleanup {
            self.super_basic_block_data(bb, block);
        }
    }
    fn visit_terminator(&mut self, terminator: &Terminator<'tcx>, at: Location) {
        if let TerminatorKind::Drop { place, .. } = terminator.kind {
            use query::PlaceTyExt;
            let ty = place.ty(&self.cx.body.local_decls, self.cx.tcx).ty;
            if !NeedsNonConstDrop::in_any_value_of_ty(self.cx, ty) {
                return;
            }
            self.checker.set_span(terminator.source_info.span);
            self.checker.check_drop(place, at, terminator.source_info.span);
        }
    }
}
