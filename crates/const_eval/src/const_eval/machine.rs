//! [`CompileTimeMachine`]: what constants may do. Deterministic, without addresses, without the world outside.

use hir::LangItem;
use mir::interpret::{AllocId, Allocation, CtfeProvenance, GlobalAlloc, Pointer, Scalar};
use mir::{AssertKind, AssertMessage, BinOp, UnwindAction};
use rustc_abi::{Align, Size};
use span::Symbol;
use span::def_id::DefId;
use ty::{Instance, InstanceKind, Mutability, TyKind};

use crate::interpret::{
    AllocKind, FnArg, Frame, ImmTy, Immediate, InterpCx, InterpErrorKind, InterpResult, IntrinsicResult, Machine,
    MemoryKind, OpTy, PlaceTy, ResourceExhaustion, UndefinedBehavior, Unsupported, ub, unsup,
};

/// An interpreter for constants.
pub type CompileTimeInterpCx<'tcx> = InterpCx<'tcx, CompileTimeMachine<'tcx>>;

/// Whether global memory that may change can be read: statics' initialisers may, constants may not.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CanAccessMutGlobal {
    No,
    Yes,
}

/// Whether alignment is checked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CheckAlignment {
    No,
    Error,
}

/// Memory from `const_allocate`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CtfeMemoryKind {
    Heap,
}

/// The machine.
pub struct CompileTimeMachine<'tcx> {
    stack: Vec<Frame<'tcx>>,
    can_access_mut_global: CanAccessMutGlobal,
    check_alignment: CheckAlignment,
    /// The static that is being initialised, by allocation.
    pub(crate) static_root: Option<AllocId>,
    next_step_limit: u64,
    recursion_limit: usize,
}

/// Steps (calls and turns of loops) after which the lint asks whether it is meant.
const STEP_LIMIT: u64 = 2_000_000;
/// The same with `-Z tiny-const-eval-limit`.
const TINY_STEP_LIMIT: u64 = 20;

impl<'tcx> CompileTimeMachine<'tcx> {
    pub fn new(
        tcx: query::TyCtxt<'tcx>,
        can_access_mut_global: CanAccessMutGlobal,
        check_alignment: CheckAlignment,
    ) -> Self {
        let tiny = tcx.sess().opts.unstable_opts.iter().any(|(n, _)| n == "tiny-const-eval-limit");
        CompileTimeMachine {
            stack: Vec::new(),
            can_access_mut_global,
            check_alignment,
            static_root: None,
            next_step_limit: if tiny { TINY_STEP_LIMIT } else { STEP_LIMIT },
            recursion_limit: crate::util::recursion_limit(tcx),
        }
    }
    /// The innermost node of this crate whose lint levels hold.
    fn best_lint_scope(&self) -> hir::HirId {
        self.stack.iter().rev().find_map(Frame::lint_root).unwrap_or(hir::CRATE_HIR_ID)
    }
}

fn is_null(ecx: &CompileTimeInterpCx<'_>, s: Scalar) -> Option<bool> {
    match s {
        Scalar::Int(i) => Some(i.is_null()),
        Scalar::Ptr(..) if !ecx.scalar_may_be_null(s) => Some(false),
        Scalar::Ptr(..) => None,
    }
}

/// Whether two addresses are equal, if that is certain.
pub(crate) fn guaranteed_eq<'tcx>(ecx: &CompileTimeInterpCx<'tcx>, a: Scalar, b: Scalar) -> Option<bool> {
    match (a, b) {
        (Scalar::Int(a), Scalar::Int(b)) => Some(a.to_uint() == b.to_uint()),
        (ptr @ Scalar::Ptr(..), Scalar::Int(i)) | (Scalar::Int(i), ptr @ Scalar::Ptr(..)) => {
            if i.is_null() {
                return is_null(ecx, ptr);
            }
            // An aligned address is not equal to one that is not a multiple of the alignment.
            let Scalar::Ptr(p, _) = ptr else { return None };
            let info = ecx.get_alloc_info(p.provenance.alloc_id());
            let align = u128::from(info.align.bytes());
            if p.offset.bytes() as u128 % align != i.to_uint() % align { Some(false) } else { None }
        }
        (Scalar::Ptr(a, _), Scalar::Ptr(b, _)) => {
            let (a_id, b_id) = (a.provenance.alloc_id(), b.provenance.alloc_id());
            let map = &ecx.tcx.gcx().alloc_map;
            if a_id == b_id {
                // Functions, vtables may be there twice at run time, but each of their addresses is equal to itself...
                return match map.try_get(a_id) {
                    Some(GlobalAlloc::Function { .. } | GlobalAlloc::VTable(..) | GlobalAlloc::TypeId { .. }) => None,
                    _ => Some(a.offset == b.offset),
                };
            }
            // Two statics are apart, if the pointers are inside of both.
            match (map.try_get(a_id), map.try_get(b_id)) {
                (Some(GlobalAlloc::Static(x)), Some(GlobalAlloc::Static(y))) => {
                    if ecx.tcx.is_thread_local_static(x) || ecx.tcx.is_thread_local_static(y) || x == y {
                        return None;
                    }
                    let (ai, bi) = (ecx.get_alloc_info(a_id), ecx.get_alloc_info(b_id));
                    if ai.size > Size::ZERO && bi.size > Size::ZERO && a.offset < ai.size && b.offset < bi.size {
                        Some(false)
                    } else {
                        None
                    }
                }
                _ => None,
            }
        }
    }
}

impl<'tcx> Machine<'tcx> for CompileTimeMachine<'tcx> {
    type MemoryKind = CtfeMemoryKind;

    #[inline]
    fn stack<'a>(ecx: &'a InterpCx<'tcx, Self>) -> &'a [Frame<'tcx>] {
        &ecx.machine.stack
    }
    #[inline]
    fn stack_mut<'a>(ecx: &'a mut InterpCx<'tcx, Self>) -> &'a mut Vec<Frame<'tcx>> {
        &mut ecx.machine.stack
    }
    #[inline]
    fn enforce_alignment(ecx: &InterpCx<'tcx, Self>) -> bool {
        ecx.machine.check_alignment == CheckAlignment::Error
    }
    fn runtime_checks(ecx: &InterpCx<'tcx, Self>, check: mir::RuntimeChecks) -> InterpResult<'tcx, bool> {
        Ok(match check {
            // Undefined behaviour is noticed anyhow, and the library's checks say what is wrong better.
            mir::RuntimeChecks::UbChecks => ecx.tcx.sess().debug_assertions(),
            mir::RuntimeChecks::ContractChecks => false,
            mir::RuntimeChecks::OverflowChecks => ecx.tcx.sess().overflow_checks(),
        })
    }
    fn before_terminator(ecx: &mut InterpCx<'tcx, Self>) -> InterpResult<'tcx> {
        if ecx.steps < ecx.machine.next_step_limit {
            return Ok(());
        }
        super::error::report_long_running(ecx, ecx.machine.best_lint_scope())?;
        ecx.machine.next_step_limit = ecx.machine.next_step_limit.saturating_mul(2);
        Ok(())
    }
    fn check_frame(ecx: &InterpCx<'tcx, Self>) -> InterpResult<'tcx> {
        if ecx.machine.stack.len() + 1 > ecx.machine.recursion_limit {
            return Err(ResourceExhaustion::StackFrameLimitReached.into());
        }
        Ok(())
    }

    fn find_mir_or_eval_fn(
        ecx: &mut InterpCx<'tcx, Self>,
        instance: Instance<'tcx>,
        args: &[FnArg<'tcx>],
        dest: &PlaceTy<'tcx>,
        target: Option<mir::BasicBlock>,
        _unwind: UnwindAction,
    ) -> InterpResult<'tcx, Option<crate::interpret::machine::MirAndInstance<'tcx>>> {
        let tcx = ecx.tcx;
        if let InstanceKind::Item(def) = instance.def {
            match hook_special_const_fn(ecx, def, instance, args, dest, target)? {
                Hook::No => {}
                Hook::Done => return Ok(None),
                Hook::Other(new) => {
                    // It keeps its name in backtraces, and its being `#[track_caller]`.
                    let body = ecx.load_mir(new.def, None)?;
                    return Ok(Some((ecx.mono_body(body, new)?, instance)));
                }
            }
            if !crate::util::is_const_evaluatable_fn(tcx, def) {
                let path = tcx.value_path_str_with_args(def, instance.args);
                return unsup(format!("calling non-const function `{path}`"));
            }
        }
        let body = ecx.load_mir(instance.def, None)?;
        Ok(Some((ecx.mono_body(body, instance)?, instance)))
    }

    fn call_intrinsic(
        ecx: &mut InterpCx<'tcx, Self>,
        name: Symbol,
        instance: Instance<'tcx>,
        args: &[OpTy<'tcx>],
        dest: &PlaceTy<'tcx>,
        target: Option<mir::BasicBlock>,
        unwind: UnwindAction,
    ) -> InterpResult<'tcx, IntrinsicResult<'tcx>> {
        match name.as_str() {
            "ptr_guaranteed_cmp" => {
                let a = ecx.read_scalar(&args[0])?;
                let b = ecx.read_scalar(&args[1])?;
                let v = match guaranteed_eq(ecx, a, b) {
                    Some(eq) => u8::from(eq),
                    None => 2,
                };
                ecx.write_scalar(Scalar::from_u8(v), dest)?;
            }
            "const_allocate" => {
                let size = ecx.read_target_usize(&args[0])?;
                let align = ecx.read_target_usize(&args[1])?;
                let align = align_of(align, "const_allocate")?;
                let ptr = ecx.allocate_ptr(Size::from_bytes(size), align, MemoryKind::Machine(CtfeMemoryKind::Heap))?;
                ecx.write_pointer(ptr.into(), dest)?;
            }
            "const_deallocate" => {
                let ptr = ecx.read_pointer(&args[0])?;
                let size = ecx.read_target_usize(&args[1])?;
                let align = align_of(ecx.read_target_usize(&args[2])?, "const_deallocate")?;
                // Memory of another constant that is final is not freed by those that use it.
                let of_another = match ptr.provenance {
                    Some(p) => !ecx.memory_has(p.alloc_id()) && ecx.is_alloc_live(p.alloc_id()),
                    None => false,
                };
                if !of_another {
                    let kind = MemoryKind::Machine(CtfeMemoryKind::Heap);
                    ecx.deallocate_ptr(ptr, Some((Size::from_bytes(size), align)), kind)?;
                }
            }
            "const_make_global" => {
                let ptr = ecx.read_pointer(&args[0])?;
                make_const_heap_ptr_global(ecx, ptr)?;
                ecx.write_pointer(ptr, dest)?;
            }
            "is_val_statically_known" => ecx.write_scalar(Scalar::from_bool(true), dest)?,
            "const_eval_select" => {
                let TyKind::FnDef(def_id, fn_args) = *args[1].layout.ty.kind() else {
                    return ub("`const_eval_select` without a function item");
                };
                let callee = ecx.resolve(def_id, fn_args)?;
                let mut sig = ecx.tcx.instantiate_bound_regions_with_erased(
                    ecx.tcx.fn_sig(def_id).instantiate(ecx.tcx.interner(), fn_args),
                );
                // The arguments come as a tuple.
                sig.abi = ty::ExternAbi::RustCall;
                ecx.call_with_args(callee, sig, vec![FnArg::Copy(args[0])], dest, target, unwind)?;
                return Ok(IntrinsicResult::Done);
            }
            _ => {
                let def_id = instance.def_id();
                let (_, must_be_overridden) = ecx.tcx.intrinsic_raw(def_id).expect("an intrinsic");
                if must_be_overridden {
                    return Ok(IntrinsicResult::Unknown);
                }
                return Ok(IntrinsicResult::Fallback(Instance::new_raw(def_id, instance.args)));
            }
        }
        ecx.return_to_block(target)?;
        Ok(IntrinsicResult::Done)
    }

    fn assert_panic(
        ecx: &mut InterpCx<'tcx, Self>,
        msg: &AssertMessage<'tcx>,
        _unwind: UnwindAction,
    ) -> InterpResult<'tcx> {
        let int = |ecx: &InterpCx<'tcx, Self>, op: &mir::Operand<'tcx>| -> InterpResult<'tcx, String> {
            let op = ecx.eval_operand(op)?;
            let imm = ecx.read_immediate(&op)?;
            Ok(crate::util::const_int(imm.to_scalar_int()?, imm.layout.ty))
        };
        let plain = |ecx: &InterpCx<'tcx, Self>, op: &mir::Operand<'tcx>| -> InterpResult<'tcx, u64> {
            let op = ecx.eval_operand(op)?;
            ecx.read_target_usize(&op)
        };
        let text = match msg {
            AssertKind::BoundsCheck { len, index } => format!(
                "index out of bounds: the length is {} but the index is {}",
                plain(ecx, len)?,
                plain(ecx, index)?
            ),
            AssertKind::Overflow(op, l, r) => crate::util::overflow_message(*op, &int(ecx, l)?, &int(ecx, r)?),
            AssertKind::OverflowNeg(op) => format!("attempt to negate `{}`, which would overflow", int(ecx, op)?),
            AssertKind::DivisionByZero(op) => format!("attempt to divide `{}` by zero", int(ecx, op)?),
            AssertKind::RemainderByZero(op) => {
                format!("attempt to calculate the remainder of `{}` with a divisor of zero", int(ecx, op)?)
            }
            AssertKind::ResumedAfterReturn(_) => "coroutine resumed after completion".into(),
            AssertKind::ResumedAfterPanic(_) => "coroutine resumed after panicking".into(),
            AssertKind::ResumedAfterDrop(_) => "coroutine resumed after async drop".into(),
            AssertKind::MisalignedPointerDereference { required, found } => format!(
                "misaligned pointer dereference: address must be a multiple of {} but is {}",
                plain(ecx, required)?,
                plain(ecx, found)?
            ),
            AssertKind::NullPointerDereference => "null pointer dereference occurred".into(),
            AssertKind::InvalidEnumConstruction(op) => {
                format!("trying to construct an enum from an invalid value `{}`", int(ecx, op)?)
            }
        };
        Err(InterpErrorKind::MachineStop(text).into())
    }

    fn binary_ptr_op(
        ecx: &InterpCx<'tcx, Self>,
        op: BinOp,
        left: &ImmTy<'tcx>,
        right: &ImmTy<'tcx>,
    ) -> InterpResult<'tcx, ImmTy<'tcx>> {
        if let (Immediate::Scalar(a), Immediate::Scalar(b), BinOp::Eq | BinOp::Ne) = (left.imm, right.imm, op) {
            if let Some(eq) = guaranteed_eq(ecx, a, b) {
                return Ok(ImmTy::from_scalar(
                    Scalar::from_bool(eq == (op == BinOp::Eq)),
                    ecx.layout_of(ecx.tcx.types().bool)?,
                ));
            }
        }
        unsup("pointer arithmetic or comparison is not supported at compile-time")
    }
    fn ptr_from_addr_cast(_: &InterpCx<'tcx, Self>, addr: u64) -> InterpResult<'tcx, crate::interpret::Ptr> {
        Ok(Pointer::from_addr_invalid(addr))
    }
    fn expose_provenance(_: &InterpCx<'tcx, Self>, _: CtfeProvenance) -> InterpResult<'tcx> {
        unsup("exposing pointers is not possible at compile-time")
    }
    fn before_access_global(
        ecx: &InterpCx<'tcx, Self>,
        _id: AllocId,
        alloc: &Allocation,
        _static_def_id: Option<DefId>,
        is_write: bool,
    ) -> InterpResult<'tcx> {
        if is_write {
            return match alloc.mutability {
                Mutability::Not => Err(UndefinedBehavior::WriteToReadOnly(_id).into()),
                Mutability::Mut => Err(InterpErrorKind::MachineStop(
                    "modifying a static's initial value from another static's initializer".into(),
                )
                .into()),
            };
        }
        if ecx.machine.can_access_mut_global == CanAccessMutGlobal::No && alloc.mutability == Mutability::Mut {
            return Err(InterpErrorKind::MachineStop("constant accesses mutable global memory".into()).into());
        }
        Ok(())
    }
    #[inline]
    fn before_alloc_access(ecx: &InterpCx<'tcx, Self>, id: AllocId) -> InterpResult<'tcx> {
        if ecx.machine.static_root == Some(id) && !ecx.machine.stack.is_empty() {
            return Err(InterpErrorKind::MachineStop(
                "encountered static that tried to access itself during initialization".into(),
            )
            .into());
        }
        Ok(())
    }
    fn before_memory_write(_: &InterpCx<'tcx, Self>, provenance: CtfeProvenance) -> InterpResult<'tcx> {
        if provenance.immutable() {
            return ub("writing through a pointer that was derived from a shared (immutable) reference");
        }
        Ok(())
    }
    fn thread_local_static_pointer(_: &mut InterpCx<'tcx, Self>, def_id: DefId) -> InterpResult<'tcx, Pointer> {
        Err(Unsupported::ThreadLocalStatic(def_id).into())
    }
    fn extern_static_pointer(_: &InterpCx<'tcx, Self>, def_id: DefId) -> InterpResult<'tcx, Pointer> {
        Err(Unsupported::ExternStatic(def_id).into())
    }
    fn retag_ptr_value(
        ecx: &mut InterpCx<'tcx, Self>,
        _is_raw: bool,
        val: &ImmTy<'tcx>,
    ) -> InterpResult<'tcx, ImmTy<'tcx>> {
        // Only of shared references: they may not be written through, but for cells.
        let TyKind::Ref(_, pointee, Mutability::Not) = *val.layout.ty.kind() else { return Ok(*val) };
        let (ptr, meta) = val.imm.to_scalar_and_meta()?;
        let Scalar::Ptr(p, _) = ptr else { return Ok(*val) };
        if p.provenance.immutable() {
            return Ok(*val);
        }
        let prov = if ecx.type_is_freeze(pointee) { p.provenance.as_immutable() } else { p.provenance.as_shared_ref() };
        let imm = Immediate::new_pointer_with_meta(Pointer::new(prov, p.offset).into(), meta);
        Ok(ImmTy { imm, layout: val.layout })
    }
    fn unwind_terminate(_: &mut InterpCx<'tcx, Self>, _: mir::UnwindTerminateReason) -> InterpResult<'tcx> {
        unsup("unwinding in const evaluation")
    }
}

fn align_of<'tcx>(n: u64, name: &str) -> InterpResult<'tcx, Align> {
    match Align::from_bytes(n) {
        Ok(a) => Ok(a),
        Err(_) if n.is_power_of_two() => ub(format!("invalid align passed to `{name}`: {n} is too large")),
        Err(_) => ub(format!("invalid align passed to `{name}`: {n} is not a power of 2")),
    }
}

fn make_const_heap_ptr_global<'tcx>(
    ecx: &mut CompileTimeInterpCx<'tcx>,
    ptr: crate::interpret::Ptr,
) -> InterpResult<'tcx> {
    let stop = |msg: String| Err(InterpErrorKind::MachineStop(msg).into());
    let shown = crate::interpret::error::fmt_ptr(ptr);
    let Some(prov) = ptr.provenance else {
        return stop(format!("pointer passed to `const_make_global` is dangling: {shown}"));
    };
    let id = prov.alloc_id();
    if ptr.offset != Size::ZERO {
        return stop(format!("making {shown} global which does not point to the beginning of an object"));
    }
    let dead = matches!(ecx.get_alloc_info(id).kind, AllocKind::Dead);
    match ecx.memory_entry(id) {
        None if dead => stop(format!("pointer passed to `const_make_global` is dangling: {shown}")),
        Some((MemoryKind::Machine(CtfeMemoryKind::Heap), alloc)) => {
            if alloc.mutability == Mutability::Not {
                return stop(format!("attempting to call `const_make_global` twice on the same allocation {id:?}"));
            }
            alloc.mutability = Mutability::Not;
            Ok(())
        }
        _ => stop(format!("pointer passed to `const_make_global` does not point to a heap allocation: {shown}")),
    }
}

/// What is done in a function's stead.
enum Hook<'tcx> {
    No,
    Done,
    Other(Instance<'tcx>),
}

/// Functions of the library that const evaluation does differently: panics.
fn hook_special_const_fn<'tcx>(
    ecx: &mut CompileTimeInterpCx<'tcx>,
    def_id: DefId,
    instance: Instance<'tcx>,
    args: &[FnArg<'tcx>],
    dest: &PlaceTy<'tcx>,
    target: Option<mir::BasicBlock>,
) -> InterpResult<'tcx, Hook<'tcx>> {
    let tcx = ecx.tcx;
    let lang = tcx.as_lang_item(def_id);
    if tcx.has_attr(def_id, Symbol::intern("rustc_const_panic_str"))
        || matches!(lang, Some(LangItem::BeginPanic | LangItem::PanicDisplay))
    {
        // `&&str` or `&str`
        let mut op = ecx.fn_arg(&args[0]);
        let text = loop {
            let place = ecx.deref_pointer(&op)?;
            match *place.layout.ty.kind() {
                TyKind::Str => break ecx.read_str(&place)?.to_owned(),
                TyKind::Ref(..) => op = place.into(),
                _ => {
                    return Err(InterpErrorKind::MachineStop(
                        "argument to `panic!()` in a const context must have type `&str`".into(),
                    )
                    .into());
                }
            }
        };
        return Err(InterpErrorKind::MachineStop(format!("evaluation panicked: {text}")).into());
    }
    match lang {
        // The message is taken out there, or there is none.
        Some(LangItem::PanicFmt) => {
            let def_id = tcx.require_lang_item(LangItem::ConstPanicFmt, ecx.cur_span());
            Ok(Hook::Other(Instance::new_raw(def_id, instance.args)))
        }
        Some(LangItem::AlignOffset) => align_offset(ecx, args, dest, target),
        _ => Ok(Hook::No),
    }
}

/// `align_offset(ptr, align)`: known only if the allocation's own alignment suffices.
fn align_offset<'tcx>(
    ecx: &mut CompileTimeInterpCx<'tcx>,
    args: &[FnArg<'tcx>],
    dest: &PlaceTy<'tcx>,
    target: Option<mir::BasicBlock>,
) -> InterpResult<'tcx, Hook<'tcx>> {
    let ptr_op = ecx.fn_arg(&args[0]);
    let ptr = ecx.read_pointer(&ptr_op)?;
    let align_op = ecx.fn_arg(&args[1]);
    let align = ecx.read_target_usize(&align_op)?;
    if !align.is_power_of_two() {
        return ub("`align_offset` called with a non-power-of-two align");
    }
    let Ok((id, offset, _)) = ecx.ptr_try_get_alloc_id(ptr) else {
        // An integer address: as at run time.
        return Ok(Hook::No);
    };
    let info = ecx.get_alloc_info(id);
    let size = match ptr_op.layout.ty.builtin_deref(true) {
        Some(ty) => ecx.layout_of(ty)?.size.bytes(),
        None => 1,
    };
    let value = if align <= info.align.bytes() {
        let misaligned = offset.bytes() & (align - 1);
        if misaligned == 0 {
            0
        } else if size != 0 && (align - misaligned) % size == 0 {
            (align - misaligned) / size
        } else {
            u64::MAX
        }
    } else {
        u64::MAX
    };
    ecx.write_scalar(Scalar::from_target_usize(value), dest)?;
    ecx.return_to_block(target)?;
    Ok(Hook::Done)
}
