//! Moves in promoted constants: what cannot be moved from is an error there, too, as in `&S(C[0])`.

use mir::Body;
use mir_dataflow::MoveData;

use super::MirBorrowckCtxt;

impl<'a, 'tcx> MirBorrowckCtxt<'a, 'tcx> {
    /// Reports what a promoted constant moves that cannot be moved.
    pub(crate) fn report_moves_of_promoted(&mut self, promoted: &'a Body<'tcx>, move_data: &'a MoveData<'tcx>) {
        let (body, data) = (self.body, self.move_data);
        self.body = promoted;
        self.move_data = move_data;
        self.report_move_errors();
        self.body = body;
        self.move_data = data;
    }
}
