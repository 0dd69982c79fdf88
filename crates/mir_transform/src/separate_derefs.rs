//! [`SeparateDerefs`]: a place has a dereference only as its first step. `(*(*x).f).g` becomes
//! `t = deref_copy (*x).f; (*t).g`. The dereference of a box, which is a struct, becomes that of the pointer in it.

use mir::visit::{MutVisitor, NonUseContext, PlaceContext};
use mir::{
    Body, CastKind, Local, LocalDecl, Location, MirPatch, Operand, Place, ProjectionElem, Rvalue, StatementKind,
};
use query::{PlaceTy, TyCtxt};
use rustc_index::IndexVec;
use ty::{Ty, TyKind};

use crate::elaborate_drop::box_pointer;
use crate::pass_manager::MirPass;

pub struct SeparateDerefs;

impl<'tcx> MirPass<'tcx> for SeparateDerefs {
    fn name(&self) -> &'static str {
        "SeparateDerefs"
    }
    fn run_pass(&self, tcx: TyCtxt<'tcx>, body: &mut Body<'tcx>) {
        let patch = MirPatch::new(body);
        let local_tys: IndexVec<Local, Ty<'tcx>> = body.local_decls.iter().map(|d: &LocalDecl<'tcx>| d.ty).collect();
        let mut v = Separator { tcx, local_tys, patch };
        for (bb, data) in body.basic_blocks.as_mut_preserves_cfg().iter_enumerated_mut() {
            v.visit_basic_block_data(bb, data);
        }
        v.patch.apply(body);
    }
}

struct Separator<'tcx> {
    tcx: TyCtxt<'tcx>,
    local_tys: IndexVec<Local, Ty<'tcx>>,
    patch: MirPatch<'tcx>,
}

impl<'tcx> Separator<'tcx> {
    fn temp(&mut self, ty: Ty<'tcx>, location: Location, rvalue: Rvalue<'tcx>) -> Local {
        let temp = self.patch.new_temp(ty, span::DUMMY_SP);
        assert_eq!(self.local_tys.push(ty), temp);
        self.patch.add_assign(location, temp.into(), rvalue);
        temp
    }
}

impl<'tcx> MutVisitor<'tcx> for Separator<'tcx> {
    const CHANGES_CFG: bool = false;
    fn cx(&self) -> ty::Interner<'tcx> {
        self.tcx.interner()
    }
    fn visit_place(&mut self, place: &mut Place<'tcx>, context: PlaceContext, location: Location) {
        if matches!(context, PlaceContext::NonUse(NonUseContext::VarDebugInfo)) {
            return;
        }
        let derefs = place.projection.iter().filter(|e| *e == ProjectionElem::Deref).count();
        if derefs == 0 {
            return;
        }
        let tcx = self.tcx;
        let cx = tcx.interner();
        let mut base = Place::from(place.local);
        let mut base_ty = PlaceTy::from_ty(self.local_tys[place.local]);
        for elem in place.projection.iter() {
            if elem == ProjectionElem::Deref {
                match *base_ty.ty.kind() {
                    TyKind::Adt(adt, args) if adt.is_box() => {
                        let (pointer, ptr_ty) = box_pointer(tcx, base, adt, args);
                        let read = Rvalue::Cast(CastKind::Transmute, Operand::Copy(pointer), ptr_ty);
                        base = self.temp(ptr_ty, location, read).into();
                        base_ty = PlaceTy::from_ty(ptr_ty);
                    }
                    _ if base.projection.is_empty() => {}
                    _ => base = self.temp(base_ty.ty, location, Rvalue::CopyForDeref(base)).into(),
                }
            }
            base = base.project(elem, cx);
            base_ty = base_ty.projection_ty(tcx, elem);
        }
        *place = base;
    }
    fn visit_statement(&mut self, statement: &mut mir::Statement<'tcx>, location: Location) {
        // Markers name locals only.
        if !matches!(statement.kind, StatementKind::StorageLive(_) | StatementKind::StorageDead(_)) {
            self.super_statement(statement, location);
        }
    }
}
