//! Drop glue: `drop_in_place` of a type.

use mir::{BasicBlock, Body, Local, Location, MirPatch, Operand, Place, SourceInfo, TerminatorKind};
use query::TyCtxt;
use rustc_index::IndexVec;
use span::def_id::DefId;
use ty::{EarlyBinder, FieldIdx, GenericArgsRef, InstanceKind, Ty, TyKind, TypingEnv, VariantIdx};

use super::{block, local_decls_for_sig, new_body};
use crate::elaborate_drop::{DropElaborator, DropFlagMode, DropStyle, Unwind, elaborate_drop};

pub(super) fn build_drop_shim<'tcx>(
    tcx: TyCtxt<'tcx>,
    instance: InstanceKind<'tcx>,
    def_id: DefId,
    ty: Option<Ty<'tcx>>,
) -> Body<'tcx> {
    if let Some(TyKind::Coroutine(coroutine, args)) = ty.map(|ty| *ty.kind()) {
        return coroutine_drop_shim(tcx, coroutine, args);
    }
    let span = tcx.def_span(def_id);
    let source_info = SourceInfo::outermost(span);
    let sig = match ty {
        Some(ty) => tcx.fn_sig(def_id).instantiate(tcx.interner(), tcx.mk_args(&[ty.into()])),
        None => tcx.fn_sig(def_id).instantiate_identity(),
    };
    let sig = tcx.instantiate_bound_regions_with_erased(sig);
    let return_block = BasicBlock::from_u32(1);
    let blocks = IndexVec::from_raw(vec![
        block(source_info, Vec::new(), TerminatorKind::Goto { target: return_block }, false),
        block(source_info, Vec::new(), TerminatorKind::Return, false),
    ]);
    let mut body = new_body(instance, blocks, local_decls_for_sig(&sig, span), 1, span);
    if ty.is_some() {
        let place = Place::from(Local::from_u32(1)).deref(tcx.interner());
        let typing_env = TypingEnv::fully_monomorphized();
        let mut cx = WholeDrop { tcx, typing_env, body: &body, patch: MirPatch::new(&body) };
        let resume = cx.patch.resume_block();
        elaborate_drop(&mut cx, source_info, place, (), return_block, Unwind::To(resume), mir::START_BLOCK);
        let patch = cx.patch;
        patch.apply(&mut body);
    }
    body
}

/// Coroutine lowering made it.
fn coroutine_drop_shim<'tcx>(tcx: TyCtxt<'tcx>, coroutine: DefId, args: GenericArgsRef<'tcx>) -> Body<'tcx> {
    let body = tcx.coroutine_body(coroutine, args);
    let Some(drop) = body.coroutine_drop() else {
        // The coroutine has errors: it is never run.
        let mut body = body.clone();
        let guar = tcx.dcx().span_delayed_bug(body.span, "a coroutine that is not lowered");
        body.tainted_by_errors.get_or_insert(guar);
        return body;
    };
    tcx.instantiate_and_normalize_erasing_regions(
        args,
        TypingEnv::fully_monomorphized(),
        EarlyBinder::bind(drop.clone()),
    )
}

/// The whole value is there, and is dropped in its parts, these each as a whole.
pub(crate) struct WholeDrop<'a, 'tcx> {
    pub(crate) tcx: TyCtxt<'tcx>,
    pub(crate) typing_env: TypingEnv<'tcx>,
    pub(crate) body: &'a Body<'tcx>,
    pub(crate) patch: MirPatch<'tcx>,
}

impl<'tcx> DropElaborator<'tcx> for WholeDrop<'_, 'tcx> {
    type Path = ();

    fn patch(&mut self) -> &mut MirPatch<'tcx> {
        &mut self.patch
    }
    fn patch_ref(&self) -> &MirPatch<'tcx> {
        &self.patch
    }
    fn body(&self) -> &Body<'tcx> {
        self.body
    }
    fn tcx(&self) -> TyCtxt<'tcx> {
        self.tcx
    }
    fn typing_env(&self) -> TypingEnv<'tcx> {
        self.typing_env
    }
    fn drop_style(&self, (): (), mode: DropFlagMode) -> DropStyle {
        match mode {
            DropFlagMode::Shallow => DropStyle::Static,
            DropFlagMode::Deep => DropStyle::Open,
        }
    }
    fn get_drop_flag(&mut self, (): ()) -> Option<Operand<'tcx>> {
        None
    }
    fn clear_drop_flag(&mut self, _: Location, (): (), _: DropFlagMode) {}
    fn field_subpath(&self, (): (), _: FieldIdx) -> Option<()> {
        None
    }
    fn deref_subpath(&self, (): ()) -> Option<()> {
        None
    }
    fn downcast_subpath(&self, (): (), _: VariantIdx) -> Option<()> {
        Some(())
    }
    fn array_subpath(&self, (): (), _: u64, _: u64) -> Option<()> {
        None
    }
}
