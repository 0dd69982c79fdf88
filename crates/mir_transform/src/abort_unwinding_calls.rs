//! [`AbortUnwindingCalls`]: calls that cannot unwind get no landing pad; where unwinding must not leave a function
//! (`extern "C"`, say), it aborts. Under `-C panic=abort` nothing unwinds.

use mir::{Body, TerminatorKind, UnwindAction, UnwindTerminateReason};
use query::{PlaceTyExt, TyCtxt, ValueTyExt};
use session::PanicStrategy;
use span::def_id::DefId;
use ty::{ExternAbi, TyKind};

use crate::pass_manager::MirPass;
use crate::simplify::remove_dead_blocks;

pub struct AbortUnwindingCalls;

/// Whether calls of a function, or of any function with an ABI, may unwind.
pub fn fn_can_unwind(tcx: TyCtxt<'_>, def_id: Option<DefId>, abi: ExternAbi) -> bool {
    let unwinds = tcx.sess().opts.panic == PanicStrategy::Unwind;
    if let Some(def_id) = def_id {
        use hir::def::DefKind;
        let has_attrs = matches!(tcx.def_kind(def_id), DefKind::Fn | DefKind::AssocFn | DefKind::Closure);
        if has_attrs && tcx.codegen_fn_attrs(def_id).nounwind {
            return false;
        }
        if !unwinds && !tcx.is_foreign_item(def_id) {
            return false;
        }
    }
    match abi {
        ExternAbi::Rust | ExternAbi::RustCall | ExternAbi::RustCold | ExternAbi::Unadjusted => unwinds,
        ExternAbi::C { unwind }
        | ExternAbi::System { unwind }
        | ExternAbi::Cdecl { unwind }
        | ExternAbi::Stdcall { unwind }
        | ExternAbi::Fastcall { unwind }
        | ExternAbi::Vectorcall { unwind }
        | ExternAbi::Thiscall { unwind }
        | ExternAbi::Aapcs { unwind }
        | ExternAbi::Win64 { unwind }
        | ExternAbi::SysV64 { unwind } => unwind,
        _ => false,
    }
}

impl<'tcx> MirPass<'tcx> for AbortUnwindingCalls {
    fn name(&self) -> &'static str {
        "AbortUnwindingCalls"
    }
    fn run_pass(&self, tcx: TyCtxt<'tcx>, body: &mut Body<'tcx>) {
        let def_id = body.source.def_id();
        if !matches!(tcx.def_kind(def_id), k if k.is_fn_like()) {
            return;
        }
        let body_ty = tcx.type_of(def_id).skip_binder();
        let body_abi = match *body_ty.kind() {
            TyKind::FnDef(..) => tcx.fn_sig(def_id).skip_binder().abi(),
            TyKind::Closure(..) => ExternAbi::RustCall,
            TyKind::Error(_) => return,
            _ => ExternAbi::Rust,
        };
        let body_can_unwind = fn_can_unwind(tcx, Some(def_id), body_abi);
        let mut no_pads = Vec::new();
        let mut aborting = Vec::new();
        for (bb, data) in body.basic_blocks.iter_enumerated() {
            if data.is_cleanup {
                continue;
            }
            let can_unwind = match &data.terminator().kind {
                TerminatorKind::Call { func, .. } => {
                    let ty = func.ty(body, tcx);
                    let callee = match *ty.kind() {
                        TyKind::FnDef(d, _) => Some(d),
                        _ => None,
                    };
                    match tcx.fn_sig_of_ty(ty) {
                        Some(sig) => fn_can_unwind(tcx, callee, sig.abi()),
                        None => true,
                    }
                }
                TerminatorKind::Drop { place, .. } => {
                    fn_can_unwind(tcx, None, ExternAbi::Rust) && !place.ty(body, tcx).ty.is_primitive()
                }
                TerminatorKind::Assert { .. } | TerminatorKind::FalseUnwind { .. } => {
                    fn_can_unwind(tcx, None, ExternAbi::Rust)
                }
                TerminatorKind::InlineAsm { options, .. } => options.0.contains(ast::InlineAsmOptions::MAY_UNWIND),
                _ => continue,
            };
            if !can_unwind {
                no_pads.push(bb);
            } else if !body_can_unwind {
                aborting.push(bb);
            }
        }
        for bb in aborting {
            *body.basic_blocks.as_mut()[bb].terminator_mut().unwind_mut().expect("an unwinding terminator") =
                UnwindAction::Terminate(UnwindTerminateReason::Abi);
        }
        for bb in no_pads {
            *body.basic_blocks.as_mut()[bb].terminator_mut().unwind_mut().expect("an unwinding terminator") =
                UnwindAction::Unreachable;
        }
        remove_dead_blocks(body);
    }
}
