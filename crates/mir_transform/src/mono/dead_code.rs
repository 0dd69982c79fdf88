//! [`DeadCode`]: assignments to locals that nobody reads go, then the locals.

use mir::dataflow::{Analysis, MaybeLiveLocals};
use mir::visit::{MutVisitor, NonUseContext, PlaceContext, Visitor};
use mir::{
    Body, CastKind, Local, LocalDecl, Location, Place, RETURN_PLACE, Rvalue, Statement, StatementKind,
    VarDebugInfoContents,
};
use query::TyCtxt;
use rustc_index::IndexVec;

use crate::pass_manager::MirPass;

pub(super) struct DeadCode;

impl<'tcx> MirPass<'tcx> for DeadCode {
    fn name(&self) -> &'static str {
        "DeadCode"
    }
    fn run_pass(&self, tcx: TyCtxt<'tcx>, body: &mut Body<'tcx>) {
        remove_dead_stores(body);
        remove_unused_assignments(body);
        remove_unused_locals(tcx, body);
    }
}

/// How often each local is read, or written in a way that may be seen.
struct Uses(IndexVec<Local, u32>);

impl Uses {
    fn change(&mut self, statement: &Statement<'_>, by: i32) {
        let mut v = Counter { uses: self, by };
        v.visit_statement(statement, Location::START);
    }
}

struct Counter<'a> {
    uses: &'a mut Uses,
    by: i32,
}

impl<'tcx> Visitor<'tcx> for Counter<'_> {
    fn visit_local(&mut self, local: Local, context: PlaceContext, _: Location) {
        if !matches!(context, PlaceContext::NonUse(NonUseContext::VarDebugInfo)) {
            let n = &mut self.uses.0[local];
            *n = n.saturating_add_signed(self.by);
        }
    }
    fn visit_assign(&mut self, place: &Place<'tcx>, rvalue: &Rvalue<'tcx>, location: Location) {
        // A write to the local or its parts is no use of it; the rest of the place is read.
        if place.is_indirect_first_projection() {
            self.visit_place(place, PlaceContext::MutatingUse(mir::visit::MutatingUseContext::Store), location);
        } else {
            self.visit_projection(
                place.as_ref(),
                PlaceContext::MutatingUse(mir::visit::MutatingUseContext::Store),
                location,
            );
        }
        self.visit_rvalue(rvalue, location);
    }
}

/// Assignments to whole locals that are assigned again before they are read.
fn remove_dead_stores(body: &mut Body<'_>) {
    let borrowed = super::ssa::SsaLocals::new(body).borrowed;
    let results = MaybeLiveLocals.iterate_to_fixpoint(body);
    let mut dead = Vec::new();
    for (bb, data) in mir::traversal::reachable(body) {
        let mut live = results.entry_set_for_block(bb).clone();
        let at = |i| Location { block: bb, statement_index: i };
        results.analysis.apply_early_terminator_effect(&mut live, data.terminator(), at(data.statements.len()));
        results.analysis.apply_primary_terminator_effect(&mut live, data.terminator(), at(data.statements.len()));
        for (i, stmt) in data.statements.iter().enumerate().rev() {
            if let StatementKind::Assign(assign) = &stmt.kind {
                let local = assign.0.local;
                if !assign.0.is_indirect()
                    && local != RETURN_PLACE
                    && !borrowed.contains(local)
                    && !live.contains(local)
                    && is_removable(&assign.1)
                {
                    dead.push(at(i));
                    continue;
                }
            }
            results.analysis.apply_primary_statement_effect(&mut live, stmt, at(i));
        }
    }
    let blocks = body.basic_blocks.as_mut_preserves_cfg();
    for at in dead {
        blocks[at.block].statements[at.statement_index].make_nop();
    }
}

fn is_removable(rvalue: &Rvalue<'_>) -> bool {
    // Exposing an address matters; all else only makes a value.
    !matches!(rvalue, Rvalue::Cast(CastKind::PointerExposeProvenance, ..))
}

fn remove_unused_assignments(body: &mut Body<'_>) {
    let mut uses = Uses(IndexVec::from_elem(0, &body.local_decls));
    uses.0[RETURN_PLACE] = 1;
    for arg in body.args_iter() {
        uses.0[arg] = 1;
    }
    let mut counter = Counter { uses: &mut uses, by: 1 };
    for (bb, data) in body.basic_blocks.iter_enumerated() {
        counter.visit_basic_block_data(bb, data);
    }
    let blocks = body.basic_blocks.as_mut_preserves_cfg();
    loop {
        let mut changed = false;
        for data in blocks.iter_mut() {
            for stmt in data.statements.iter_mut().rev() {
                let dead = match &stmt.kind {
                    StatementKind::Assign(assign) => {
                        !assign.0.is_indirect_first_projection()
                            && uses.0[assign.0.local] == 0
                            && is_removable(&assign.1)
                    }
                    StatementKind::SetDiscriminant { .. } => false,
                    _ => false,
                };
                if dead {
                    uses.change(stmt, -1);
                    stmt.make_nop();
                    changed = true;
                }
            }
        }
        if !changed {
            break;
        }
    }
    for data in blocks.iter_mut() {
        data.statements.retain(|s| !matches!(s.kind, StatementKind::Nop));
    }
}

fn remove_unused_locals<'tcx>(tcx: TyCtxt<'tcx>, body: &mut Body<'tcx>) {
    let mut used = UsedLocals(IndexVec::from_elem(false, &body.local_decls));
    for i in 0..=body.arg_count {
        used.0[Local::from_usize(i)] = true;
    }
    for (bb, data) in body.basic_blocks.iter_enumerated() {
        used.visit_basic_block_data(bb, data);
    }
    let used = used.0;
    body.var_debug_info.retain(|info| match info.value {
        VarDebugInfoContents::Place(p) => used[p.local],
        VarDebugInfoContents::Const(_) => true,
    });
    let mut map: IndexVec<Local, Option<Local>> = IndexVec::from_elem(None, &body.local_decls);
    let mut decls: IndexVec<Local, LocalDecl<'tcx>> = IndexVec::new();
    for (local, decl) in std::mem::take(&mut body.local_decls).into_iter_enumerated() {
        if used[local] {
            map[local] = Some(decls.push(decl));
        }
    }
    let changed = decls.len() != map.len();
    body.local_decls = decls;
    if changed {
        let mut renumber = Renumber { tcx, map };
        renumber.visit_body(body);
        if let Some(arg) = &mut body.spread_arg {
            *arg = renumber.map[*arg].expect("arguments stay");
        }
    }
}

struct UsedLocals(IndexVec<Local, bool>);

impl<'tcx> Visitor<'tcx> for UsedLocals {
    fn visit_local(&mut self, local: Local, context: PlaceContext, _: Location) {
        if !matches!(context, PlaceContext::NonUse(NonUseContext::VarDebugInfo)) {
            self.0[local] = true;
        }
    }
}

struct Renumber<'tcx> {
    tcx: TyCtxt<'tcx>,
    map: IndexVec<Local, Option<Local>>,
}

impl<'tcx> MutVisitor<'tcx> for Renumber<'tcx> {
    const CHANGES_CFG: bool = false;
    fn cx(&self) -> ty::Interner<'tcx> {
        self.tcx.interner()
    }
    fn visit_local(&mut self, local: &mut Local, _: PlaceContext, _: Location) {
        *local = self.map[*local].expect("a use of an unused local");
    }
}
