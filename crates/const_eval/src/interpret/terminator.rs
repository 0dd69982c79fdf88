//! The ends of blocks.

use mir::interpret::Scalar;
use mir::{Operand, Terminator, TerminatorKind, UnwindAction};
use span::Spanned;
use ty::{GenericArgsRef, Instance, InstanceKind, Ty, TyKind};

use super::eval_context::ReturnContinuation;
use super::machine::FnArg;
use super::operand::{ImmTy, OpTy};
use super::place::{MPlaceTy, PlaceTy};
use super::{InterpCx, InterpResult, Machine, UndefinedBehavior, ub};

/// What a call names.
pub(crate) struct Callee<'tcx> {
    pub instance: Instance<'tcx>,
    pub sig: ty::FnSig<'tcx>,
    pub args: Vec<FnArg<'tcx>>,
}

impl<'tcx, M: Machine<'tcx>> InterpCx<'tcx, M> {
    /// `false` when the last frame has ended.
    pub fn eval_terminator(&mut self, terminator: &'tcx Terminator<'tcx>) -> InterpResult<'tcx, bool> {
        match &terminator.kind {
            TerminatorKind::Return => return self.return_from_frame(),
            TerminatorKind::Goto { target } => self.go_to_block(*target),
            TerminatorKind::FalseEdge { real_target, .. } | TerminatorKind::FalseUnwind { real_target, .. } => {
                self.go_to_block(*real_target);
            }
            TerminatorKind::SwitchInt { discr, targets } => {
                let op = self.eval_operand(discr)?;
                let val = self.read_immediate(&op)?;
                let target = match val.imm.to_scalar()? {
                    Scalar::Int(i) => targets.target_for_value(i.to_uint()),
                    Scalar::Ptr(..) => {
                        // An address compared with constants: equality decides each edge.
                        let mut target = targets.otherwise();
                        for (value, block) in targets.iter() {
                            let c = ImmTy::from_uint(value, val.layout);
                            let eq = M::binary_ptr_op(self, mir::BinOp::Eq, &val, &c)?;
                            if super::operand::scalar_to_bool(eq.imm.to_scalar()?)? {
                                target = block;
                                break;
                            }
                        }
                        target
                    }
                };
                self.go_to_block(target);
            }
            TerminatorKind::Call { func, args, destination, target, unwind, .. } => {
                let dest = self.eval_place(*destination)?;
                let callee = self.eval_callee_and_args(func, args)?;
                let depth = M::stack(self).len();
                let at = (self.frame().block, self.frame().statement);
                self.init_fn_call(callee, &dest, *target, *unwind)?;
                // A call that neither pushed a frame nor went on elsewhere would run for ever.
                if M::stack(self).len() == depth && (self.frame().block, self.frame().statement) == at {
                    if let Some(t) = target {
                        if *t != at.0 {
                            self.go_to_block(*t);
                        }
                    }
                }
            }
            TerminatorKind::TailCall { func, args, .. } => {
                let callee = self.eval_callee_and_args(func, args)?;
                return self.tail_call(callee);
            }
            TerminatorKind::Drop { place, target, unwind, .. } => {
                let place = self.eval_place(*place)?;
                let ty = place.layout.ty;
                if !self.tcx.type_needs_drop(self.typing_env, ty) {
                    self.go_to_block(*target);
                    return Ok(true);
                }
                let def_id = self.tcx.require_lang_item(hir::LangItem::DropInPlace, self.cur_span());
                let instance = self.resolve(def_id, self.tcx.mk_args(&[ty.into()]))?;
                if let InstanceKind::DropGlue(_, None) = instance.def {
                    self.go_to_block(*target);
                    return Ok(true);
                }
                self.init_drop_in_place_call(&place, instance, *target, *unwind)?;
            }
            TerminatorKind::Assert { cond, expected, msg, target, unwind } => {
                let ignored = M::ignore_optional_overflow_checks(self)
                    && matches!(**msg, mir::AssertKind::Overflow(..) | mir::AssertKind::OverflowNeg(_));
                let op = self.eval_operand(cond)?;
                if ignored || self.read_bool(&op)? == *expected {
                    self.go_to_block(*target);
                } else {
                    M::assert_panic(self, msg, *unwind)?;
                }
            }
            TerminatorKind::UnwindTerminate(reason) => M::unwind_terminate(self, *reason)?,
            TerminatorKind::UnwindResume => return ub("unwinding past the topmost frame of the stack"),
            TerminatorKind::Unreachable => return Err(UndefinedBehavior::Unreachable.into()),
            TerminatorKind::Yield { .. } | TerminatorKind::CoroutineDrop => {
                return super::unsup("suspending a coroutine while interpreting");
            }
            TerminatorKind::InlineAsm { .. } => M::eval_inline_asm(self)?,
        }
        Ok(true)
    }
    fn eval_fn_args(&mut self, args: &[Spanned<Operand<'tcx>>]) -> InterpResult<'tcx, Vec<FnArg<'tcx>>> {
        args.iter().map(|a| Ok(FnArg::Copy(self.eval_operand(&a.node)?))).collect()
    }
    fn eval_callee_and_args(
        &mut self,
        func: &Operand<'tcx>,
        args: &[Spanned<Operand<'tcx>>],
    ) -> InterpResult<'tcx, Callee<'tcx>> {
        let func = self.eval_operand(func)?;
        let args = self.eval_fn_args(args)?;
        let ty: Ty<'tcx> = func.layout.ty;
        let erase = |sig| {
            let sig = self.tcx.instantiate_bound_regions_with_erased(sig);
            self.tcx.normalize_erasing_regions(self.typing_env, sig)
        };
        match *ty.kind() {
            TyKind::FnPtr(sig) => {
                let ptr = self.read_pointer(&func)?;
                let instance = self.get_ptr_fn(ptr)?;
                Ok(Callee { instance, sig: erase(sig), args })
            }
            TyKind::FnDef(def_id, fn_args) => {
                let fn_args: GenericArgsRef<'tcx> = fn_args;
                let instance = self.resolve(def_id, fn_args)?;
                let sig = erase(self.tcx.fn_sig(def_id).instantiate(self.tcx.interner(), fn_args));
                Ok(Callee { instance, sig, args })
            }
            _ => ub(format!("invalid callee of type `{ty}`")),
        }
    }
    fn init_drop_in_place_call(
        &mut self,
        place: &PlaceTy<'tcx>,
        instance: Instance<'tcx>,
        target: mir::BasicBlock,
        unwind: UnwindAction,
    ) -> InterpResult<'tcx> {
        let place = self.force_allocation(place)?;
        // A trait object is dropped as what it is.
        let (instance, place): (Instance<'tcx>, MPlaceTy<'tcx>) = match *place.layout.ty.kind() {
            TyKind::Dynamic(preds, _) => {
                let concrete = self.unpack_dyn_trait(&place, Some(preds))?;
                let ty = concrete.layout.ty;
                if !self.tcx.type_needs_drop(self.typing_env, ty) {
                    self.go_to_block(target);
                    return Ok(());
                }
                let def_id = self.tcx.require_lang_item(hir::LangItem::DropInPlace, self.cur_span());
                (self.resolve(def_id, self.tcx.mk_args(&[ty.into()]))?, concrete)
            }
            _ => (instance, place),
        };
        let arg: OpTy<'tcx> = self.mplace_to_ref(&place, None)?.into();
        let unit = self.layout_of(self.tcx.types().unit)?;
        let dest =
            PlaceTy { place: super::place::Place::Ptr(super::place::MemPlace::from_ptr(self.zst_ptr())), layout: unit };
        let body = self.load_mir(instance.def, None)?;
        let mono = self.mono_body(body, instance)?;
        self.push_call_frame(
            instance,
            mono,
            &[FnArg::Copy(arg)],
            &dest,
            ReturnContinuation::Goto { ret: Some(target), unwind },
            false,
        )
    }
    /// An address for values without size.
    pub(crate) fn zst_ptr(&self) -> super::Ptr {
        mir::interpret::Pointer::from_addr_invalid(16)
    }
    /// `become f(..)`: the frame is replaced.
    fn tail_call(&mut self, callee: Callee<'tcx>) -> InterpResult<'tcx, bool> {
        // The arguments are copied out before the locals they lie in are freed.
        let args = callee
            .args
            .iter()
            .map(|a| {
                let op = self.fn_arg_op(a);
                match self.read_immediate_raw(&op)? {
                    Ok(imm) => Ok(FnArg::Copy(imm.into())),
                    Err(m) => {
                        let copy = self.allocate(m.layout, super::MemoryKind::Stack)?;
                        self.copy_op(&m.into(), &copy.into())?;
                        Ok(FnArg::InPlace(copy))
                    }
                }
            })
            .collect::<InterpResult<'tcx, Vec<_>>>()?;
        let frame = M::stack_mut(self).pop().expect("a frame");
        let (dest, cont) = (frame.return_place, frame.return_cont);
        let locals: Vec<mir::Local> = frame.locals.indices().collect();
        M::stack_mut(self).push(frame);
        for l in locals {
            self.storage_dead(l);
        }
        M::stack_mut(self).pop();
        let (target, unwind) = match cont {
            ReturnContinuation::Goto { ret, unwind } => (ret, unwind),
            ReturnContinuation::Stop => return super::unsup("a tail call from a constant's body"),
        };
        self.init_fn_call(Callee { args, ..callee }, &dest, target, unwind)?;
        Ok(true)
    }
    /// An argument as an operand.
    pub fn fn_arg(&self, arg: &FnArg<'tcx>) -> OpTy<'tcx> {
        self.fn_arg_op(arg)
    }
    pub(crate) fn fn_arg_op(&self, arg: &FnArg<'tcx>) -> OpTy<'tcx> {
        match arg {
            FnArg::Copy(op) => *op,
            FnArg::InPlace(m) => (*m).into(),
        }
    }
}
