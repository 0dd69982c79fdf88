//! [`Machine`]: what differs between compile-time evaluation and other uses of the engine.

use mir::interpret::{AllocId, Allocation, CtfeProvenance, Pointer};
use mir::{AssertMessage, BinOp, UnwindAction};
use rustc_abi::{Align, Size};
use span::def_id::DefId;
use span::{FxHashMap, Symbol};
use ty::Instance;
use ty::layout::TyAndLayout;

use super::operand::{ImmTy, OpTy};
use super::place::{MPlaceTy, PlaceTy};
use super::{Frame, InterpCx, InterpResult, MemoryKind, MonoBody};

/// A function to be run: the prepared body of an instance.
pub type MirAndInstance<'tcx> = (&'tcx MonoBody<'tcx>, Instance<'tcx>);

/// An argument of a call: a copy of the operand, or the caller's place itself (a move).
#[derive(Clone, Copy, Debug)]
pub enum FnArg<'tcx> {
    Copy(OpTy<'tcx>),
    InPlace(MPlaceTy<'tcx>),
}

/// A use of the engine.
pub trait Machine<'tcx>: Sized {
    /// Kinds of memory besides the engine's own (stack, caller location): a heap, say.
    type MemoryKind: Copy + Eq + std::fmt::Debug;
    /// Whether a panic that unwinds may be followed.
    const CAN_UNWIND: bool = false;

    fn stack<'a>(ecx: &'a InterpCx<'tcx, Self>) -> &'a [Frame<'tcx>];
    fn stack_mut<'a>(ecx: &'a mut InterpCx<'tcx, Self>) -> &'a mut Vec<Frame<'tcx>>;

    /// Whether addresses must be aligned for the accesses they are used for.
    fn enforce_alignment(ecx: &InterpCx<'tcx, Self>) -> bool;
    /// Whether each value that is copied with a type is checked.
    fn enforce_validity(_ecx: &InterpCx<'tcx, Self>, layout: TyAndLayout<'tcx>) -> bool {
        // Nothing may have a type without values.
        layout.is_uninhabited()
    }
    /// Whether `Assert` terminators of overflow are taken as passing.
    fn ignore_optional_overflow_checks(_ecx: &InterpCx<'tcx, Self>) -> bool {
        false
    }
    /// The value of `ub_checks` and the other switches.
    fn runtime_checks(ecx: &InterpCx<'tcx, Self>, check: mir::RuntimeChecks) -> InterpResult<'tcx, bool>;

    /// Called before each basic block's end and each loop's turn: limits of steps.
    fn before_terminator(_ecx: &mut InterpCx<'tcx, Self>) -> InterpResult<'tcx> {
        Ok(())
    }
    /// Called before a frame is pushed: limits of depth.
    fn check_frame(ecx: &InterpCx<'tcx, Self>) -> InterpResult<'tcx>;

    /// The MIR to run for a call, or `None` if the machine did the call itself (it then went on to `target`).
    fn find_mir_or_eval_fn(
        ecx: &mut InterpCx<'tcx, Self>,
        instance: Instance<'tcx>,
        args: &[FnArg<'tcx>],
        destination: &PlaceTy<'tcx>,
        target: Option<mir::BasicBlock>,
        unwind: UnwindAction,
    ) -> InterpResult<'tcx, Option<MirAndInstance<'tcx>>>;

    /// An intrinsic that the engine does not know. `Some(instance)`: run its fallback body.
    fn call_intrinsic(
        ecx: &mut InterpCx<'tcx, Self>,
        name: Symbol,
        instance: Instance<'tcx>,
        args: &[OpTy<'tcx>],
        destination: &PlaceTy<'tcx>,
        target: Option<mir::BasicBlock>,
        unwind: UnwindAction,
    ) -> InterpResult<'tcx, IntrinsicResult<'tcx>>;

    /// A failed `Assert`.
    fn assert_panic(
        ecx: &mut InterpCx<'tcx, Self>,
        msg: &AssertMessage<'tcx>,
        unwind: UnwindAction,
    ) -> InterpResult<'tcx>;

    /// Comparisons and offsets of pointers that the engine cannot do exactly.
    fn binary_ptr_op(
        ecx: &InterpCx<'tcx, Self>,
        op: BinOp,
        left: &ImmTy<'tcx>,
        right: &ImmTy<'tcx>,
    ) -> InterpResult<'tcx, ImmTy<'tcx>>;

    /// An integer to a pointer (`as`, `with_exposed_provenance`).
    fn ptr_from_addr_cast(ecx: &InterpCx<'tcx, Self>, addr: u64)
    -> InterpResult<'tcx, Pointer<Option<CtfeProvenance>>>;
    /// A pointer to an integer (`as`, `expose_provenance`).
    fn expose_provenance(ecx: &InterpCx<'tcx, Self>, provenance: CtfeProvenance) -> InterpResult<'tcx>;

    /// Called when global memory is read or written.
    fn before_access_global(
        ecx: &InterpCx<'tcx, Self>,
        alloc_id: AllocId,
        alloc: &Allocation,
        static_def_id: Option<DefId>,
        is_write: bool,
    ) -> InterpResult<'tcx>;
    /// Called before a static's memory is asked for: a static that reads itself while it is initialised.
    fn before_alloc_access(ecx: &InterpCx<'tcx, Self>, alloc_id: AllocId) -> InterpResult<'tcx>;
    /// The pointer to a thread-local static.
    fn thread_local_static_pointer(ecx: &mut InterpCx<'tcx, Self>, def_id: DefId) -> InterpResult<'tcx, Pointer>;
    /// The pointer to a static of a foreign block.
    fn extern_static_pointer(ecx: &InterpCx<'tcx, Self>, def_id: DefId) -> InterpResult<'tcx, Pointer>;
    /// After a `&` (or `&raw`) was made: const evaluation notes what may only be read.
    fn retag_ptr_value(
        _ecx: &mut InterpCx<'tcx, Self>,
        _is_raw: bool,
        val: &ImmTy<'tcx>,
    ) -> InterpResult<'tcx, ImmTy<'tcx>> {
        Ok(*val)
    }
    /// Inline assembly.
    fn eval_inline_asm(_ecx: &mut InterpCx<'tcx, Self>) -> InterpResult<'tcx> {
        super::error::unsup("inline assembly is not supported")
    }
    fn unwind_terminate(ecx: &mut InterpCx<'tcx, Self>, reason: mir::UnwindTerminateReason) -> InterpResult<'tcx>;
    /// Called before a write through a pointer: those made by `&` are refused.
    fn before_memory_write(_ecx: &InterpCx<'tcx, Self>, _provenance: CtfeProvenance) -> InterpResult<'tcx> {
        Ok(())
    }
}

/// What became of an intrinsic.
#[derive(Debug)]
pub enum IntrinsicResult<'tcx> {
    /// It was done, and execution went on.
    Done,
    /// Its body in the library is to be run.
    Fallback(Instance<'tcx>),
    /// It is not known.
    Unknown,
}

/// The allocations of one run.
pub struct Memory<'tcx, M: Machine<'tcx>> {
    pub(crate) alloc_map: FxHashMap<AllocId, (MemoryKind<M::MemoryKind>, Allocation)>,
    /// Size and alignment of what was freed, for messages and for checks of pointers' alignment.
    pub(crate) dead_alloc_map: FxHashMap<AllocId, (Size, Align)>,
}
