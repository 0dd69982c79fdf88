//! [`CopyProp`]: a local that is a copy of another is that other, if both have one value.

use mir::visit::{MutVisitor, PlaceContext};
use mir::{Body, Local, LocalKind, Location, Operand, Rvalue, StatementKind, VarDebugInfo};
use query::TyCtxt;
use rustc_index::IndexVec;
use rustc_index::bit_set::DenseBitSet;

use super::ssa::{Rename, SsaLocals};
use crate::pass_manager::MirPass;

pub(super) struct CopyProp;

impl<'tcx> MirPass<'tcx> for CopyProp {
    fn name(&self) -> &'static str {
        "CopyProp"
    }
    fn run_pass(&self, tcx: TyCtxt<'tcx>, body: &mut Body<'tcx>) {
        let ssa = SsaLocals::new(body);
        let mut head: IndexVec<Local, Local> = body.local_decls.indices().collect();
        let mut merged = DenseBitSet::new_empty(body.local_decls.len());
        let mut any = false;
        for (_, data) in mir::traversal::reverse_postorder(body) {
            for stmt in &data.statements {
                let Some((place, rvalue)) = stmt.kind.as_assign() else { continue };
                let Some(local) = place.as_local() else { continue };
                let source = match rvalue {
                    Rvalue::Use(Operand::Copy(p) | Operand::Move(p)) | Rvalue::CopyForDeref(p) => p.as_local(),
                    _ => None,
                };
                let Some(source) = source else { continue };
                if !ssa.is_ssa(local) || !ssa.is_ssa(source) || body.local_kind(local) != LocalKind::Temp {
                    continue;
                }
                // Copies between types that differ in regions only are of one type here.
                if body.local_decls[local].ty != body.local_decls[source].ty {
                    continue;
                }
                head[local] = head[source];
                merged.insert(local);
                merged.insert(head[source]);
                any = true;
            }
        }
        if any {
            Replacer { rename: Rename { tcx, head }, merged }.visit_body(body);
        }
    }
}

struct Replacer<'tcx> {
    rename: Rename<'tcx>,
    /// Locals that stand for several: none of their uses is the last.
    merged: DenseBitSet<Local>,
}

impl<'tcx> MutVisitor<'tcx> for Replacer<'tcx> {
    const CHANGES_CFG: bool = false;
    fn cx(&self) -> ty::Interner<'tcx> {
        self.rename.cx()
    }
    fn visit_local(&mut self, local: &mut Local, context: PlaceContext, location: Location) {
        self.rename.visit_local(local, context, location);
    }
    fn visit_var_debug_info(&mut self, info: &mut VarDebugInfo<'tcx>) {
        self.rename.visit_var_debug_info(info);
    }
    fn visit_operand(&mut self, operand: &mut Operand<'tcx>, location: Location) {
        if let Operand::Move(place) = *operand {
            if !place.is_indirect_first_projection() && self.merged.contains(place.local) {
                *operand = Operand::Copy(place);
            }
        }
        self.super_operand(operand, location);
    }
    fn visit_statement(&mut self, stmt: &mut mir::Statement<'tcx>, location: Location) {
        self.super_statement(stmt, location);
        // The copy itself.
        if let StatementKind::Assign(assign) = &stmt.kind {
            if let Rvalue::Use(Operand::Copy(p) | Operand::Move(p)) | Rvalue::CopyForDeref(p) = &assign.1 {
                if *p == assign.0 {
                    stmt.make_nop();
                }
            }
        }
    }
}
