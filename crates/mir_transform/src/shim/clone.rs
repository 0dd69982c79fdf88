//! `Clone::clone` of tuples, closures and functions.

use mir::{
    BasicBlock, BasicBlockData, Body, BorrowKind, CallSource, Local, LocalDecl, Operand, Place, Rvalue, SourceInfo,
    TerminatorKind, UnwindAction, UnwindTerminateReason,
};
use query::TyCtxt;
use rustc_index::IndexVec;
use span::def_id::DefId;
use span::{Span, Spanned};
use ty::{FieldIdx, InstanceKind, Ty, TyKind};

use super::{assign, block, local_decls_for_sig, new_body, straight_body};

pub(super) fn build_clone_shim<'tcx>(
    tcx: TyCtxt<'tcx>,
    instance: InstanceKind<'tcx>,
    def_id: DefId,
    self_ty: Ty<'tcx>,
) -> Body<'tcx> {
    let cx = tcx.interner();
    let span = tcx.def_span(def_id);
    let sig = tcx.fn_sig(def_id).instantiate(cx, tcx.mk_args(&[self_ty.into()]));
    let sig = tcx.instantiate_bound_regions_with_erased(sig);
    let src = Place::from(Local::from_u32(1)).deref(cx);
    let decls = local_decls_for_sig(&sig, span);
    let tys = match *self_ty.kind() {
        TyKind::Closure(_, args) => args.as_closure().upvar_tys(),
        TyKind::CoroutineClosure(_, args) => args.as_coroutine_closure().tupled_upvars_ty().tuple_fields(),
        TyKind::Tuple(tys) => tys,
        // Functions are copied.
        _ => return straight_body(instance, decls, span, Rvalue::Use(Operand::Copy(src))),
    };
    let mut b = Builder { tcx, def_id, span, source_info: SourceInfo::outermost(span), decls, blocks: IndexVec::new() };
    b.clone_fields(Place::return_place(), src, tys);
    new_body(instance, b.blocks, b.decls, 1, span)
}

struct Builder<'tcx> {
    tcx: TyCtxt<'tcx>,
    def_id: DefId,
    span: Span,
    source_info: SourceInfo,
    decls: IndexVec<Local, LocalDecl<'tcx>>,
    blocks: IndexVec<BasicBlock, BasicBlockData<'tcx>>,
}

impl<'tcx> Builder<'tcx> {
    /// A call per field in block `2 * i`; in `2 * i + 1` the cleanup that drops field `i` and goes on to that of
    /// the field before.
    fn clone_fields(&mut self, dest: Place<'tcx>, src: Place<'tcx>, tys: &[Ty<'tcx>]) {
        let cx = self.tcx.interner();
        let mut cleanup = None;
        for (i, &ty) in tys.iter().enumerate() {
            let f = FieldIdx::from_usize(i);
            let (dest, src) = (dest.field(f, ty, cx), src.field(f, ty, cx));
            let here = self.blocks.len();
            self.clone_call(dest, src, ty, BasicBlock::from_usize(here + 2), cleanup);
            let next = match cleanup {
                Some(target) => TerminatorKind::Drop {
                    place: dest,
                    target,
                    unwind: UnwindAction::Terminate(UnwindTerminateReason::InCleanup),
                    replace: false,
                },
                None => TerminatorKind::Drop {
                    place: dest,
                    // The block that goes on unwinding is the last.
                    target: BasicBlock::from_usize(2 * tys.len() + 1),
                    unwind: UnwindAction::Terminate(UnwindTerminateReason::InCleanup),
                    replace: false,
                },
            };
            self.blocks.push(block(self.source_info, Vec::new(), next, true));
            cleanup = Some(BasicBlock::from_usize(here + 1));
        }
        self.blocks.push(block(self.source_info, Vec::new(), TerminatorKind::Return, false));
        self.blocks.push(block(self.source_info, Vec::new(), TerminatorKind::UnwindResume, true));
    }

    fn clone_call(
        &mut self,
        dest: Place<'tcx>,
        src: Place<'tcx>,
        ty: Ty<'tcx>,
        next: BasicBlock,
        cleanup: Option<BasicBlock>,
    ) {
        let tcx = self.tcx;
        let erased = tcx.lifetimes().re_erased;
        let reference = self.decls.push(LocalDecl::new(tcx.mk_imm_ref(erased, ty), self.span));
        let borrow = assign(self.source_info, reference.into(), Rvalue::Ref(erased, BorrowKind::Shared, src));
        let call = TerminatorKind::Call {
            func: Operand::function_handle(tcx.interner(), self.def_id, tcx.mk_args(&[ty.into()]), self.span),
            args: Box::new([Spanned { node: Operand::Move(reference.into()), span: self.span }]),
            destination: dest,
            target: Some(next),
            unwind: cleanup.map_or(UnwindAction::Continue, UnwindAction::Cleanup),
            call_source: CallSource::Normal,
            fn_span: self.span,
        };
        self.blocks.push(block(self.source_info, vec![borrow], call, false));
    }
}
