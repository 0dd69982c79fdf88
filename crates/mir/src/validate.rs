//! Checks what each [`MirPhase`] promises of a body's structure. Run after every pass in debug builds and tests.
//!
//! Types of places need queries; they are checked by `query::mir_ext` where it is asked for.

use rustc_index::bit_set::DenseBitSet;

use crate::visit::{NonUseContext, PlaceContext, Visitor};
use crate::*;

/// All faults, as texts; empty if the body is valid.
pub fn validate_body(body: &Body<'_>) -> Vec<String> {
    let mut v = Validator { body, faults: Vec::new(), reachable: traversal::reachable_as_bitset(body) };
    v.check_shape();
    v.visit_body(body);
    v.faults
}

struct Validator<'a, 'tcx> {
    body: &'a Body<'tcx>,
    faults: Vec<String>,
    reachable: DenseBitSet<BasicBlock>,
}

impl<'tcx> Validator<'_, 'tcx> {
    fn fail(&mut self, location: Location, msg: impl AsRef<str>) {
        self.faults.push(format!("{location:?}: {}", msg.as_ref()));
    }

    fn check_shape(&mut self) {
        let body = self.body;
        if body.local_decls.len() <= body.arg_count {
            self.faults.push("fewer locals than arguments".into());
        }
        if body.basic_blocks.is_empty() {
            self.faults.push("a body without blocks".into());
        } else if body[START_BLOCK].is_cleanup {
            self.faults.push("the start block is a cleanup block".into());
        }
        if body.basic_blocks.predecessors().get(START_BLOCK).is_some_and(|p| !p.is_empty()) {
            self.faults.push("the start block has predecessors".into());
        }
        for info in &body.var_debug_info {
            if let VarDebugInfoContents::Place(p) = info.value {
                if !p.projection.iter().all(|e| e.can_use_in_debuginfo()) {
                    self.faults.push(format!("debug information of {} at {p:?}", info.name));
                }
            }
        }
    }

    /// Edges may lead from normal blocks to cleanup blocks only by unwinding, and never back.
    fn check_edge(&mut self, location: Location, to: BasicBlock, unwind: bool) {
        let Some(target) = self.body.basic_blocks.get(to) else {
            return self.fail(location, format!("jump to {to:?}, which does not exist"));
        };
        let from = self.body[location.block].is_cleanup;
        match (from, target.is_cleanup, unwind) {
            (false, false, false) | (true, true, false) | (false, true, true) => {}
            (_, _, true) if from => self.fail(location, "unwinding in a cleanup block"),
            _ => self.fail(location, format!("edge to {to:?} does not keep normal and cleanup blocks apart")),
        }
    }

    fn check_unwind(&mut self, location: Location, unwind: UnwindAction) {
        let is_cleanup = self.body[location.block].is_cleanup;
        match unwind {
            UnwindAction::Cleanup(bb) => {
                if is_cleanup {
                    self.fail(location, "`UnwindAction::Cleanup` in cleanup block");
                } else {
                    self.check_edge(location, bb, true);
                }
            }
            UnwindAction::Continue if is_cleanup => self.fail(location, "`UnwindAction::Continue` in cleanup block"),
            UnwindAction::Continue | UnwindAction::Unreachable | UnwindAction::Terminate(_) => {}
        }
    }

    fn only_before_runtime(&mut self, location: Location, what: &str) {
        if self.body.phase >= MirPhase::Runtime(RuntimePhase::Initial) {
            self.fail(location, format!("{what} after drop elaboration"));
        }
    }
    fn only_before_cleanup(&mut self, location: Location, what: &str) {
        if self.body.phase >= MirPhase::Analysis(AnalysisPhase::PostCleanup) {
            self.fail(location, format!("{what} after borrow checking"));
        }
    }
}

impl<'tcx> Visitor<'tcx> for Validator<'_, 'tcx> {
    fn visit_basic_block_data(&mut self, block: BasicBlock, data: &BasicBlockData<'tcx>) {
        let end = Location { block, statement_index: data.statements.len() };
        if data.terminator.is_none() {
            self.fail(end, "no terminator");
        }
        if self.reachable.contains(block) {
            self.super_basic_block_data(block, data);
        }
    }

    fn visit_local(&mut self, local: Local, context: PlaceContext, location: Location) {
        if self.body.local_decls.get(local).is_none() {
            self.fail(location, format!("{local:?} is not declared"));
        }
        if context == PlaceContext::NonUse(NonUseContext::StorageLive) && local.as_usize() <= self.body.arg_count {
            self.fail(location, format!("storage marker of {local:?}, an argument or the return place"));
        }
    }

    fn visit_place(&mut self, place: &Place<'tcx>, context: PlaceContext, location: Location) {
        // After drop elaboration a dereference stands only at the start of a place.
        let debug_info = context == PlaceContext::NonUse(NonUseContext::VarDebugInfo);
        if self.body.phase >= MirPhase::Runtime(RuntimePhase::Initial)
            && !debug_info
            && place.projection.len() > 1
            && place.projection[1..].contains(&ProjectionElem::Deref)
        {
            self.fail(location, format!("{place:?} has a dereference at a later position"));
        }
        self.super_place(place, context, location);
    }

    fn visit_statement(&mut self, statement: &Statement<'tcx>, location: Location) {
        match &statement.kind {
            StatementKind::FakeRead(_) => self.only_before_cleanup(location, "FakeRead"),
            StatementKind::AscribeUserType(..) => self.only_before_cleanup(location, "AscribeUserType"),
            StatementKind::PlaceMention(_) => self.only_before_runtime(location, "PlaceMention"),
            StatementKind::BackwardIncompatibleDropHint { .. } => {
                self.only_before_cleanup(location, "BackwardIncompatibleDropHint");
            }
            StatementKind::SetDiscriminant { .. } if self.body.phase < MirPhase::Runtime(RuntimePhase::Initial) => {
                self.fail(location, "SetDiscriminant before drop elaboration");
            }
            StatementKind::Assign(assign) => {
                let (dest, rvalue) = &**assign;
                if let Rvalue::Use(Operand::Copy(src) | Operand::Move(src)) = rvalue {
                    if dest == src && self.body.phase.is_runtime() {
                        self.fail(location, format!("assignment of {src:?} to itself"));
                    }
                }
                match rvalue {
                    Rvalue::Ref(_, BorrowKind::Fake(_), _) => self.only_before_cleanup(location, "a fake borrow"),
                    Rvalue::CopyForDeref(_) => {
                        if self.body.phase < MirPhase::Analysis(AnalysisPhase::PostCleanup) {
                            self.fail(location, "CopyForDeref before borrow checking is over");
                        }
                    }
                    _ => {}
                }
            }
            _ => {}
        }
        self.super_statement(statement, location);
    }

    fn visit_terminator(&mut self, terminator: &Terminator<'tcx>, location: Location) {
        let is_cleanup = self.body[location.block].is_cleanup;
        let unwind = terminator.unwind().copied();
        if let Some(unwind) = unwind {
            self.check_unwind(location, unwind);
        }
        let cleanup = unwind.and_then(|u| u.cleanup_block());
        let n = terminator.successors().count() - usize::from(cleanup.is_some());
        for to in terminator.successors().take(n) {
            self.check_edge(location, to, false);
        }
        match &terminator.kind {
            TerminatorKind::SwitchInt { targets, .. } => {
                let mut values = targets.all_values().to_vec();
                values.sort_unstable();
                if values.windows(2).any(|w| w[0] == w[1]) {
                    self.fail(location, "duplicated values in `SwitchInt` terminator");
                }
            }
            TerminatorKind::UnwindResume | TerminatorKind::UnwindTerminate(_) if !is_cleanup => {
                self.fail(location, "the end of unwinding in a normal block");
            }
            TerminatorKind::Return if is_cleanup => self.fail(location, "`return` in a cleanup block"),
            TerminatorKind::Yield { .. } | TerminatorKind::CoroutineDrop => {
                if self.body.coroutine.is_none() {
                    self.fail(location, "a coroutine's terminator in another body");
                }
                if self.body.phase > MirPhase::Runtime(RuntimePhase::Initial) {
                    self.fail(location, "a coroutine's terminator after coroutine lowering");
                }
            }
            TerminatorKind::FalseEdge { .. } => self.only_before_cleanup(location, "FalseEdge"),
            TerminatorKind::FalseUnwind { .. } => self.only_before_cleanup(location, "FalseUnwind"),
            _ => {}
        }
        self.super_terminator(terminator, location);
    }

    fn visit_source_scope(&mut self, scope: SourceScope) {
        if self.body.source_scopes.get(scope).is_none() {
            self.faults.push(format!("{scope:?} does not exist"));
        }
    }
}
