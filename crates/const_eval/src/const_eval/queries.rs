//! The queries that evaluate constants.

use hir::def::DefKind;
use mir::ConstValue;
use mir::interpret::{
    ConstAlloc, ErrorHandled, EvalStaticInitializerRawResult, EvalToAllocationRawResult, EvalToConstValueResult,
    GlobalId,
};
use query::TyCtxt;
use rustc_abi::BackendRepr;
use span::Span;
use span::def_id::LocalDefId;
use ty::{Instance, Mutability, PseudoCanonicalInput, Ty, TyKind, TypingEnv};

use super::error;
use super::machine::{CanAccessMutGlobal, CheckAlignment, CompileTimeInterpCx, CompileTimeMachine, CtfeMemoryKind};
use crate::interpret::intern::{InternError, InternKind};
use crate::interpret::validity::{CtfeValidationMode, RefTracking};
use crate::interpret::{Immediate, InterpCx, InterpResult, MPlaceTy, MemPlace, MemoryKind, OpTy, ReturnContinuation};

/// An interpreter for looking into constants: nothing is run.
pub fn mk_eval_cx_to_read_const_val<'tcx>(
    tcx: TyCtxt<'tcx>,
    root_span: Span,
    env: TypingEnv<'tcx>,
    can_access_mut_global: CanAccessMutGlobal,
) -> CompileTimeInterpCx<'tcx> {
    InterpCx::new(tcx, root_span, env, CompileTimeMachine::new(tcx, can_access_mut_global, CheckAlignment::No))
}

/// An interpreter and a constant as an operand of it.
pub fn mk_eval_cx_for_const_val<'tcx>(
    tcx: TyCtxt<'tcx>,
    env: TypingEnv<'tcx>,
    val: ConstValue,
    ty: Ty<'tcx>,
) -> Option<(CompileTimeInterpCx<'tcx>, OpTy<'tcx>)> {
    let ecx = mk_eval_cx_to_read_const_val(tcx, span::DUMMY_SP, env, CanAccessMutGlobal::No);
    let op = ecx.const_val_to_op(val, ty).ok()?;
    Some((ecx, op))
}

fn is_static(tcx: TyCtxt<'_>, cid: GlobalId<'_>) -> bool {
    cid.promoted.is_none() && tcx.is_static(cid.instance.def_id())
}

fn intern_kind<'tcx>(tcx: TyCtxt<'tcx>, cid: GlobalId<'tcx>) -> InternKind {
    if cid.promoted.is_some() {
        return InternKind::Promoted;
    }
    match tcx.def_kind(cid.instance.def_id()) {
        DefKind::Static { .. } if tcx.is_mutable_static(cid.instance.def_id()) => InternKind::Static(Mutability::Mut),
        DefKind::Static { .. } => InternKind::Static(Mutability::Not),
        _ => InternKind::Constant,
    }
}

fn eval_body<'tcx>(ecx: &mut CompileTimeInterpCx<'tcx>, cid: GlobalId<'tcx>) -> InterpResult<'tcx, MPlaceTy<'tcx>> {
    let tcx = ecx.tcx;
    let body = ecx.load_mir(cid.instance.def, cid.promoted)?;
    let mono = ecx.mono_body(body, cid.instance)?;
    let layout = ecx.layout_of(mono.body.return_ty())?;
    let ret = if is_static(tcx, cid) {
        // The static's own id: what points to it while it is initialised points to the final memory.
        let id = tcx.gcx().alloc_map.reserve_and_set_static_alloc(cid.instance.def_id());
        let alloc = mir::interpret::Allocation::new_uninit(layout.size, layout.align.abi);
        ecx.insert_static_root(id, alloc);
        ecx.machine.static_root = Some(id);
        MPlaceTy { mplace: MemPlace::from_ptr(mir::interpret::Pointer::from(id).into()), layout }
    } else {
        ecx.allocate(layout, MemoryKind::Stack)?
    };
    ecx.push_frame(cid.instance, mono, ret.into(), ReturnContinuation::Stop)?;
    ecx.run()?;
    Ok(ret)
}

/// Evaluates to global memory.
fn eval_in_interpreter<'tcx>(
    ecx: &mut CompileTimeInterpCx<'tcx>,
    cid: GlobalId<'tcx>,
) -> Result<MPlaceTy<'tcx>, ErrorHandled> {
    let tcx = ecx.tcx;
    let ret = match eval_body(ecx, cid) {
        Ok(ret) => ret,
        Err(e) => return Err(error::report_eval_error(ecx, cid, e.into_kind())),
    };
    let kind = intern_kind(tcx, cid);
    let is_heap = |k: MemoryKind<CtfeMemoryKind>| k == MemoryKind::Machine(CtfeMemoryKind::Heap);
    let interned = ecx.intern_const_alloc_recursive(kind, &ret, &is_heap);
    ecx.machine.static_root = None;
    // The value is checked first: that says more.
    validate(ecx, cid, &ret, kind)?;
    match interned {
        Ok(()) => Ok(ret),
        Err(e @ (InternError::BadMutablePointer | InternError::DanglingPointer | InternError::ConstAllocNotGlobal)) => {
            let guar = error::report_intern_error(ecx, e.message(kind));
            Err(ErrorHandled::Reported(guar, ecx.root_span))
        }
    }
}

fn validate<'tcx>(
    ecx: &mut CompileTimeInterpCx<'tcx>,
    cid: GlobalId<'tcx>,
    ret: &MPlaceTy<'tcx>,
    kind: InternKind,
) -> Result<(), ErrorHandled> {
    let mut place = *ret;
    if let (InternKind::Static(_), Some(mem)) = (kind, ecx.root_static) {
        // The static's memory as memory of its own: reading through its id would ask for its value.
        let id = ecx.tcx.gcx().alloc_map.reserve_and_set_memory_alloc(mem);
        place.mplace.ptr = mir::interpret::Pointer::from(id).into();
    }
    let alloc_id = match place.mplace.ptr.provenance {
        Some(prov) => prov.alloc_id(),
        None => return Ok(()),
    };
    let mut refs = RefTracking::new(place);
    let mut inner = false;
    while let Some((m, path)) = refs.next_place() {
        let mode = match kind {
            InternKind::Promoted => CtfeValidationMode::Promoted,
            InternKind::Static(mutbl) => CtfeValidationMode::Static { mutbl },
            InternKind::Constant => CtfeValidationMode::Const { allow_immutable_unsafe_cell: !inner },
        };
        if let Err(e) = ecx.const_validate_operand(&m.into(), path, &mut refs, mode) {
            return Err(error::report_validation_error(ecx, cid, e.into_kind(), alloc_id));
        }
        inner = true;
    }
    Ok(())
}

/// Provides `eval_to_allocation_raw`.
pub(crate) fn eval_to_allocation_raw<'tcx>(
    tcx: TyCtxt<'tcx>,
    key: PseudoCanonicalInput<'tcx, GlobalId<'tcx>>,
) -> EvalToAllocationRawResult<'tcx> {
    let cid = key.value;
    let def_id = cid.instance.def_id();
    // A promoted of a static may read what the static may.
    let in_static = tcx.is_static(def_id);
    let access = if in_static { CanAccessMutGlobal::Yes } else { CanAccessMutGlobal::No };
    let env = TypingEnv { typing_mode: ty::TypingMode::PostAnalysis, param_env: key.typing_env.param_env };
    let machine = CompileTimeMachine::new(tcx, access, CheckAlignment::Error);
    let mut ecx = InterpCx::new(tcx, tcx.def_span(def_id), env, machine);
    let ret = eval_in_interpreter(&mut ecx, cid)?;
    let alloc_id = match ret.mplace.ptr.provenance {
        Some(prov) => prov.alloc_id(),
        None => return Err(ErrorHandled::TooGeneric(ecx.root_span)),
    };
    Ok(ConstAlloc { alloc_id, ty: ret.layout.ty })
}

/// Provides `eval_static_initializer`.
pub(crate) fn eval_static_initializer(tcx: TyCtxt<'_>, def_id: LocalDefId) -> EvalStaticInitializerRawResult<'_> {
    let cid = GlobalId { instance: Instance::mono(def_id.to_def_id()), promoted: None };
    let machine = CompileTimeMachine::new(tcx, CanAccessMutGlobal::Yes, CheckAlignment::Error);
    let mut ecx = InterpCx::new(tcx, tcx.def_span(def_id.to_def_id()), TypingEnv::fully_monomorphized(), machine);
    eval_in_interpreter(&mut ecx, cid)?;
    ecx.root_static.ok_or(ErrorHandled::TooGeneric(ecx.root_span))
}

/// Provides `eval_to_const_value_raw`.
pub(crate) fn eval_to_const_value_raw<'tcx>(
    tcx: TyCtxt<'tcx>,
    key: PseudoCanonicalInput<'tcx, GlobalId<'tcx>>,
) -> EvalToConstValueResult {
    let alloc = tcx.eval_to_allocation_raw(key)?;
    let span = tcx.def_span(key.value.instance.def_id());
    let access =
        if tcx.is_static(key.value.instance.def_id()) { CanAccessMutGlobal::Yes } else { CanAccessMutGlobal::No };
    let ecx = mk_eval_cx_to_read_const_val(tcx, span, key.typing_env, access);
    let place = ecx.raw_const_to_mplace(alloc).map_err(|_| ErrorHandled::TooGeneric(span))?;
    Ok(op_to_const(&ecx, &place.into()))
}

/// An operand as a constant: scalars by value, all else by its memory.
pub(crate) fn op_to_const<'tcx>(ecx: &CompileTimeInterpCx<'tcx>, op: &OpTy<'tcx>) -> ConstValue {
    if op.layout.is_zst() {
        return ConstValue::ZeroSized;
    }
    let force = matches!(op.layout.backend_repr, BackendRepr::Scalar(rustc_abi::Scalar::Initialized { .. }));
    let parts = match (force, op.as_mplace_or_imm()) {
        (true, Ok(m)) => match ecx.read_immediate(op) {
            Ok(imm) => Err(imm),
            Err(_) => Ok(m),
        },
        (_, parts) => parts,
    };
    match parts {
        Ok(m) => match m.mplace.ptr.provenance {
            Some(prov) => ConstValue::Indirect { alloc_id: prov.alloc_id(), offset: m.mplace.ptr.offset },
            None => ConstValue::ZeroSized,
        },
        Err(imm) => match imm.imm {
            Immediate::Scalar(s) => ConstValue::Scalar(s),
            Immediate::ScalarPair(a, b) => {
                // Only references to slices at the start of their memory come as immediates.
                let slice = match *imm.layout.ty.kind() {
                    TyKind::Ref(_, t, _) => matches!(ecx.struct_tail(t).kind(), TyKind::Str | TyKind::Slice(_)),
                    _ => false,
                };
                match (a.to_pointer().provenance, b.try_to_scalar_int()) {
                    (Some(prov), Some(len)) if slice => {
                        ConstValue::Slice { alloc_id: prov.alloc_id(), meta: len.to_target_usize() }
                    }
                    _ => ConstValue::ZeroSized,
                }
            }
            Immediate::Uninit => ConstValue::ZeroSized,
        },
    }
}
