//! Which `mut` was not needed (lint `unused_mut`).

use diagnostics::Applicability;
use mir::visit::{PlaceContext, Visitor};
use mir::{ClearCrossCrate, Local, Location, Mutability, Place, Statement, StatementKind, Terminator, TerminatorKind};
use span::FxIndexSet;
use ty::FieldIdx;

use crate::check::MirBorrowckCtxt;

impl<'a, 'tcx> MirBorrowckCtxt<'a, 'tcx> {
    /// Lints the variables whose `mut` was not needed; gives the captures whose was.
    pub(crate) fn finish_used_mut(&mut self) -> Vec<FieldIdx> {
        // A temporary that was written may have been moved into from a user's variable.
        let temporaries: FxIndexSet<Local> =
            self.used_mut.iter().copied().filter(|&l| !self.body.local_decls[l].is_user_variable()).collect();
        // What is never initialised is unused altogether.
        let never_initialized: FxIndexSet<Local> =
            self.body.mut_vars_iter().filter(|l| !self.used_mut.contains(l)).collect();
        let body = self.body;
        let mut gather = GatherUsedMuts { cx: self, temporaries, never_initialized };
        for (bb, data) in body.basic_blocks.iter_enumerated() {
            gather.visit_basic_block_data(bb, data);
        }
        let never = gather.never_initialized;
        self.used_mut.extend(never);
        self.lint_unused_mut();
        let mut upvars = std::mem::take(&mut self.used_mut_upvars);
        upvars.sort_unstable();
        upvars.dedup();
        upvars
    }

    fn lint_unused_mut(&mut self) {
        let tcx = self.tcx;
        for (local, decl) in self.body.local_decls.iter_enumerated().skip(1) {
            if decl.mutability != Mutability::Mut || !decl.is_user_variable() || self.used_mut.contains(&local) {
                continue;
            }
            let ClearCrossCrate::Set(data) = &self.body.source_scopes[decl.source_info.scope].local_data else {
                continue;
            };
            let Some(name) = self.local_names.get(&local) else { continue };
            let span = decl.source_info.span;
            if name.as_str().starts_with('_') || span.desugaring_kind().is_some() {
                continue;
            }
            let snippet = tcx.sess().source_map.span_to_snippet(span).unwrap_or_default();
            let after_mut = snippet.strip_prefix("mut").map_or(0, |rest| 3 + (rest.len() - rest.trim_start().len()));
            let mut_span = span.with_hi(span::BytePos(span.lo().0 + after_mut as u32));
            tcx.emit_node_span_lint(
                &session::lint::UNUSED_MUT,
                data.lint_root,
                span,
                "variable does not need to be mutable",
                |d| {
                    d.span_suggestion_short(mut_span, "remove this `mut`", "", Applicability::MachineApplicable);
                },
            );
        }
    }
}

struct GatherUsedMuts<'b, 'a, 'tcx> {
    cx: &'b mut MirBorrowckCtxt<'a, 'tcx>,
    temporaries: FxIndexSet<Local>,
    never_initialized: FxIndexSet<Local>,
}

impl GatherUsedMuts<'_, '_, '_> {
    fn initialized(&mut self, into: Place<'_>) {
        self.never_initialized.swap_remove(&into.local);
    }
}

impl<'tcx> Visitor<'tcx> for GatherUsedMuts<'_, '_, 'tcx> {
    fn visit_terminator(&mut self, terminator: &Terminator<'tcx>, location: Location) {
        match &terminator.kind {
            TerminatorKind::Call { destination, .. } => self.initialized(*destination),
            TerminatorKind::Yield { resume_arg, .. } => self.initialized(*resume_arg),
            TerminatorKind::InlineAsm { operands, .. } => {
                for op in operands {
                    if let mir::InlineAsmOperand::Out { place: Some(p), .. }
                    | mir::InlineAsmOperand::InOut { out_place: Some(p), .. } = op
                    {
                        self.initialized(*p);
                    }
                }
            }
            _ => {}
        }
        self.super_terminator(terminator, location);
    }
    fn visit_statement(&mut self, statement: &Statement<'tcx>, location: Location) {
        if let StatementKind::Assign(assign) = &statement.kind {
            self.initialized(assign.0);
        }
        self.super_statement(statement, location);
    }
    fn visit_local(&mut self, local: Local, context: PlaceContext, location: Location) {
        if context.is_place_assignment() && self.temporaries.contains(&local) {
            for &m in &self.cx.move_data.loc_map[location] {
                let path = self.cx.move_data.moves[m].path;
                if let Some(user) = self.cx.move_data.move_paths[path].place.as_local() {
                    self.cx.used_mut.insert(user);
                }
            }
        }
    }
}
