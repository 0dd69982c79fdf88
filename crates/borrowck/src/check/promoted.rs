//! Moves in promoted constants: they have no borrows that matter, but what cannot be moved from is an error there, too.

use mir::Body;
use mir_dataflow::MoveData;

use super::MirBorrowckCtxt;

/// Reports what a promoted constant moves that cannot be moved. Such a body is not promoted by construction; the check
/// keeps the invariant visible.
pub(crate) fn check_promoted_moves<'tcx>(cx: &mut MirBorrowckCtxt<'_, 'tcx>, body: &Body<'tcx>) {
    let data = MoveData::gather_moves(body, cx.tcx, |_| true);
    for error in &data.move_errors {
        cx.dcx().span_delayed_bug(body.source_info(error.location).span, "a promoted constant moves what it may not");
    }
}
