//! [`AddMovesForPackedDrops`]: `Drop::drop` takes a reference, which must be aligned. So a field of a packed struct is
//! moved out and dropped where it was moved to.

use mir::{
    BasicBlockData, Body, Location, MirPatch, Operand, Place, ProjectionElem, Rvalue, StatementKind, Terminator,
    TerminatorKind,
};
use query::{PlaceTyExt, TyCtxt};
use rustc_abi::Align;
use ty::{AdtDef, Ty, TyKind, TypingEnv};

use crate::pass_manager::MirPass;

pub struct AddMovesForPackedDrops;

impl<'tcx> MirPass<'tcx> for AddMovesForPackedDrops {
    fn name(&self) -> &'static str {
        "AddMovesForPackedDrops"
    }
    fn run_pass(&self, tcx: TyCtxt<'tcx>, body: &mut Body<'tcx>) {
        let env = tcx.typing_env_post_analysis(body.source.def_id());
        let mut patch = MirPatch::new(body);
        for (bb, data) in body.basic_blocks.iter_enumerated() {
            let loc = body.terminator_loc(bb);
            let term = data.terminator();
            let TerminatorKind::Drop { place, target, unwind, replace } = term.kind else { continue };
            if !is_disaligned(tcx, body, env, place) {
                continue;
            }
            let ty = place.ty(body, tcx).ty;
            let temp = patch.new_temp(ty, term.source_info.span);
            let storage_dead = patch.new_block(BasicBlockData::new(
                Some(Terminator { source_info: term.source_info, kind: TerminatorKind::Goto { target } }),
                data.is_cleanup,
            ));
            patch.add_statement(loc, StatementKind::StorageLive(temp));
            patch.add_assign(loc, temp.into(), Rvalue::Use(Operand::Move(place)));
            patch.patch_terminator(
                bb,
                TerminatorKind::Drop { place: temp.into(), target: storage_dead, unwind, replace },
            );
            let start = Location { block: storage_dead, statement_index: 0 };
            patch.add_statement(start, StatementKind::StorageDead(temp));
        }
        patch.apply(body);
    }
}

/// The packed container of a place and the alignment that it leaves it, the least if there are several.
pub fn packed_align<'tcx>(tcx: TyCtxt<'tcx>, body: &Body<'tcx>, place: Place<'tcx>) -> Option<(AdtDef<'tcx>, Align)> {
    place
        .iter_projections()
        .rev()
        // What is behind a pointer is aligned for itself.
        .take_while(|(_, elem)| !matches!(elem, ProjectionElem::Deref))
        .filter_map(|(base, _)| match *base.ty(body, tcx).ty.kind() {
            TyKind::Adt(def, _) => Some((def, def.repr().pack?)),
            _ => None,
        })
        .min_by_key(|(_, pack)| *pack)
}

/// Whether a place may be less aligned than its type asks.
pub fn is_disaligned<'tcx>(tcx: TyCtxt<'tcx>, body: &Body<'tcx>, env: TypingEnv<'tcx>, place: Place<'tcx>) -> bool {
    let Some((_, pack)) = packed_align(tcx, body, place) else { return false };
    let ty = place.ty(body, tcx).ty;
    if matches!(tcx.layout_of(env.as_query_input(ty)), Ok(layout) if layout.layout.align.abi <= pack) {
        return false;
    }
    !has_align_one(ty)
}

/// Slices of bytes and the like, which may have no layout of their own here.
fn has_align_one(ty: Ty<'_>) -> bool {
    match *ty.kind() {
        TyKind::Str => true,
        TyKind::Slice(t) | TyKind::Array(t, _) => {
            has_align_one(t) || matches!(t.kind(), TyKind::Uint(ty::UintTy::U8) | TyKind::Int(ty::IntTy::I8))
        }
        _ => false,
    }
}
