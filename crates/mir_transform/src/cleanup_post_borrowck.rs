//! Removes what only the borrow checker looks at: false edges, fake reads and borrows, ascriptions.

use mir::{Body, BorrowKind, CastKind, FakeBorrowKind, Rvalue, StatementKind, TerminatorKind};
use query::TyCtxt;
use ty::adjustment::PointerCoercion;

use crate::pass_manager::MirPass;

pub struct CleanupPostBorrowck;

impl<'tcx> MirPass<'tcx> for CleanupPostBorrowck {
    fn name(&self) -> &'static str {
        "CleanupPostBorrowck"
    }
    fn run_pass(&self, _: TyCtxt<'tcx>, body: &mut Body<'tcx>) {
        for block in body.basic_blocks.as_mut() {
            for stmt in &mut block.statements {
                match &mut stmt.kind {
                    StatementKind::AscribeUserType(..)
                    | StatementKind::FakeRead(_)
                    | StatementKind::PlaceMention(_)
                    | StatementKind::BackwardIncompatibleDropHint { .. } => stmt.make_nop(),
                    StatementKind::Assign(assign) => match &mut assign.1 {
                        Rvalue::Ref(_, BorrowKind::Fake(FakeBorrowKind::Shallow | FakeBorrowKind::Deep), _) => {
                            stmt.make_nop();
                        }
                        // Whether the user wrote it matters to the borrow checker only, and which of the two casts too.
                        Rvalue::Cast(
                            kind @ CastKind::PointerCoercion(
                                PointerCoercion::ArrayToPointer | PointerCoercion::MutToConstPointer,
                                _,
                            ),
                            _,
                            _,
                        ) => *kind = CastKind::PtrToPtr,
                        _ => {}
                    },
                    _ => {}
                }
            }
            let term = block.terminator_mut();
            match term.kind {
                TerminatorKind::FalseEdge { real_target, .. } | TerminatorKind::FalseUnwind { real_target, .. } => {
                    term.kind = TerminatorKind::Goto { target: real_target };
                }
                _ => {}
            }
        }
        body.user_type_annotations.raw.clear();
        for decl in &mut body.local_decls {
            decl.user_ty = None;
        }
    }
}

/// Removes `PlaceMention`: it counts as a use for undefined behaviour, and constants are checked by now.
pub struct RemovePlaceMention;

impl<'tcx> MirPass<'tcx> for RemovePlaceMention {
    fn name(&self) -> &'static str {
        "RemovePlaceMention"
    }
    fn run_pass(&self, _: TyCtxt<'tcx>, body: &mut Body<'tcx>) {
        for block in body.basic_blocks.as_mut_preserves_cfg() {
            block.statements.retain(|s| !matches!(s.kind, StatementKind::PlaceMention(_) | StatementKind::Nop));
        }
    }
}
