//! [`DestProp`]: two locals between which a value only moves are one local, if they never both hold what is still
//! needed. `_3 = f(); _2 = move _3; _0 = move _2` becomes `_0 = f()`.
//!
//! This is register allocators' coalescing (Chaitin, 1982), for locals that code generation keeps in memory, where each
//! move is a copy: two locals interfere if one is written where the other is live. Locals whose address is taken are
//! left alone.

use mir::dataflow::{Analysis, MaybeLiveLocals};
use mir::visit::{MutVisitor, PlaceContext, Visitor};
use mir::{Body, Local, Location, Operand, Place, Rvalue, Statement, StatementKind, TerminatorKind};
use query::TyCtxt;
use rustc_abi::BackendRepr;
use rustc_index::IndexVec;
use rustc_index::bit_set::DenseBitSet;
use ty::TypingEnv;

use super::ssa::{Rename, SsaLocals};
use crate::pass_manager::MirPass;

/// Bodies with more locals that might be merged keep some moves.
const MAX_CANDIDATES: usize = 600;

pub(super) struct DestProp;

impl<'tcx> MirPass<'tcx> for DestProp {
    fn name(&self) -> &'static str {
        "DestProp"
    }
    fn run_pass(&self, tcx: TyCtxt<'tcx>, body: &mut Body<'tcx>) {
        let borrowed = SsaLocals::new(body).borrowed;
        let moves = find_moves(tcx, body, &borrowed);
        if moves.is_empty() {
            return;
        }
        let mut conflicts = find_conflicts(body, &moves);
        let mut head: IndexVec<Local, Local> = body.local_decls.indices().collect();
        let mut any = false;
        for &(to, from) in &moves {
            let (a, b) = (find(&head, to), find(&head, from));
            if a == b || conflicts.between(a, b) {
                continue;
            }
            // The result and the arguments keep their numbers.
            let (keep, gone) = if b.as_usize() <= body.arg_count { (b, a) } else { (a, b) };
            if gone.as_usize() <= body.arg_count {
                continue;
            }
            head[gone] = keep;
            conflicts.merge(keep, gone);
            any = true;
        }
        if any {
            let locals: Vec<Local> = head.indices().collect();
            for local in locals {
                head[local] = find(&head, local);
            }
            Rename { tcx, head }.visit_body(body);
            for data in body.basic_blocks.as_mut_preserves_cfg() {
                data.statements.retain(|s| !is_self_move(s));
            }
        }
    }
}

fn find(head: &IndexVec<Local, Local>, mut local: Local) -> Local {
    while head[local] != local {
        local = head[local];
    }
    local
}

fn is_self_move(statement: &Statement<'_>) -> bool {
    match &statement.kind {
        StatementKind::Assign(assign) => {
            matches!(&assign.1, Rvalue::Use(Operand::Copy(p) | Operand::Move(p)) if *p == assign.0)
        }
        _ => false,
    }
}

/// The two locals of a statement that only moves.
fn whole_move(statement: &Statement<'_>) -> Option<(Local, Local)> {
    let (place, rvalue) = statement.kind.as_assign()?;
    let Rvalue::Use(Operand::Copy(source) | Operand::Move(source)) = rvalue else { return None };
    Some((place.as_local()?, source.as_local()?))
}

/// The moves between locals in memory that might be one.
fn find_moves<'tcx>(tcx: TyCtxt<'tcx>, body: &Body<'tcx>, borrowed: &DenseBitSet<Local>) -> Vec<(Local, Local)> {
    let in_memory = |local: Local| {
        let ty = body.local_decls[local].ty;
        tcx.layout_of(TypingEnv::fully_monomorphized().as_query_input(ty)).is_ok_and(|l| {
            matches!(l.layout.backend_repr, BackendRepr::Memory { sized: true }) && l.layout.size.bytes() > 0
        })
    };
    let mut moves = Vec::new();
    for (_, data) in mir::traversal::reverse_postorder(body) {
        if data.is_cleanup {
            continue;
        }
        for (to, from) in data.statements.iter().filter_map(whole_move) {
            let both_inputs = to.as_usize() <= body.arg_count && from.as_usize() <= body.arg_count;
            if to != from
                && !both_inputs
                && !borrowed.contains(to)
                && !borrowed.contains(from)
                && body.local_decls[to].ty == body.local_decls[from].ty
                && in_memory(to)
            {
                moves.push((to, from));
            }
        }
    }
    moves
}

/// Which candidates cannot be one local.
struct Conflicts {
    /// The candidates' rows.
    index: IndexVec<Local, Option<u32>>,
    rows: Vec<DenseBitSet<Local>>,
}

impl Conflicts {
    fn between(&self, a: Local, b: Local) -> bool {
        match (self.index[a], self.index[b]) {
            (Some(i), Some(j)) => self.rows[i as usize].contains(b) || self.rows[j as usize].contains(a),
            _ => true,
        }
    }
    fn merge(&mut self, keep: Local, gone: Local) {
        let (Some(i), Some(j)) = (self.index[keep], self.index[gone]) else { return };
        let row = self.rows[j as usize].clone();
        for other in row.iter() {
            if let Some(k) = self.index[other] {
                self.rows[k as usize].insert(keep);
            }
        }
        self.rows[i as usize].union(&row);
    }
    fn add(&mut self, a: Local, b: Local) {
        if let (Some(i), Some(j)) = (self.index[a], self.index[b]) {
            if a != b {
                self.rows[i as usize].insert(b);
                self.rows[j as usize].insert(a);
            }
        }
    }
    /// `written` gets a value where `live` are needed later.
    fn write(
        &mut self,
        written: Local,
        live: &DenseBitSet<Local>,
        candidates: &DenseBitSet<Local>,
        except: Option<Local>,
    ) {
        if self.index[written].is_none() {
            return;
        }
        let mut others = live.clone();
        others.intersect(candidates);
        for other in others.iter() {
            if Some(other) != except {
                self.add(written, other);
            }
        }
    }
}

fn find_conflicts(body: &Body<'_>, moves: &[(Local, Local)]) -> Conflicts {
    let n = body.local_decls.len();
    let mut conflicts = Conflicts { index: IndexVec::from_elem(None, &body.local_decls), rows: Vec::new() };
    let mut candidates = DenseBitSet::new_empty(n);
    for &(a, b) in moves {
        for local in [a, b] {
            if conflicts.rows.len() < MAX_CANDIDATES && candidates.insert(local) {
                conflicts.index[local] = Some(conflicts.rows.len() as u32);
                conflicts.rows.push(DenseBitSet::new_empty(n));
            }
        }
    }
    // Arguments, and the result, are there all at once.
    for i in 0..=body.arg_count {
        for j in 0..i {
            conflicts.add(Local::from_usize(i), Local::from_usize(j));
        }
    }
    let results = MaybeLiveLocals.iterate_to_fixpoint(body);
    let entry = results.entry_set_for_block(mir::START_BLOCK).clone();
    for arg in body.args_iter() {
        // The argument's own value is there before anything is written.
        conflicts.write(arg, &entry, &candidates, None);
    }
    for (bb, data) in mir::traversal::reachable(body) {
        let mut live = results.entry_set_for_block(bb).clone();
        let at = |i| Location { block: bb, statement_index: i };
        let end = at(data.statements.len());
        let terminator = data.terminator();
        let operands = mentioned(|v| v.visit_terminator(terminator, end));
        if let Some(place) = destination(&terminator.kind) {
            // Written while the callee runs, and there on return.
            conflicts.write(place.local, &live, &candidates, None);
            for used in &operands {
                conflicts.add(place.local, *used);
            }
        }
        // A callee may write to the memory of what is moved into it.
        for local in moved_arguments(&terminator.kind) {
            conflicts.write(local, &live, &candidates, None);
            for used in &operands {
                conflicts.add(local, *used);
            }
        }
        results.analysis.apply_early_terminator_effect(&mut live, terminator, end);
        results.analysis.apply_primary_terminator_effect(&mut live, terminator, end);
        for (i, stmt) in data.statements.iter().enumerate().rev() {
            match &stmt.kind {
                StatementKind::Assign(assign) if !assign.0.is_indirect() => {
                    let written = assign.0.local;
                    let source = whole_move(stmt).map(|m| m.1);
                    conflicts.write(written, &live, &candidates, source);
                    // A value is written piece by piece while others are read.
                    if source.is_none() {
                        for used in mentioned(|v| v.visit_rvalue(&assign.1, at(i))) {
                            conflicts.add(written, used);
                        }
                    }
                }
                StatementKind::SetDiscriminant { place, .. } => {
                    conflicts.write(place.local, &live, &candidates, None);
                }
                _ => {}
            }
            results.analysis.apply_primary_statement_effect(&mut live, stmt, at(i));
        }
    }
    conflicts
}

/// What a terminator writes.
fn destination<'tcx>(kind: &TerminatorKind<'tcx>) -> Option<Place<'tcx>> {
    match kind {
        TerminatorKind::Call { destination, .. } => Some(*destination),
        TerminatorKind::Yield { resume_arg, .. } => Some(*resume_arg),
        _ => None,
    }
}

fn moved_arguments(kind: &TerminatorKind<'_>) -> Vec<Local> {
    let (TerminatorKind::Call { args, .. } | TerminatorKind::TailCall { args, .. }) = kind else { return Vec::new() };
    let moved = args.iter().filter_map(|a| match &a.node {
        Operand::Move(place) if !place.is_indirect() => Some(place.local),
        _ => None,
    });
    moved.collect()
}

/// The locals that occur.
fn mentioned(visit: impl FnOnce(&mut Mentioned)) -> Vec<Local> {
    let mut v = Mentioned(Vec::new());
    visit(&mut v);
    v.0
}

struct Mentioned(Vec<Local>);

impl<'tcx> Visitor<'tcx> for Mentioned {
    fn visit_local(&mut self, local: Local, _: PlaceContext, _: Location) {
        self.0.push(local);
    }
}
