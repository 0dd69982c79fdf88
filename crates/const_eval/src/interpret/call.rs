//! Calls: from arguments to a new frame, through intrinsics, shims and vtables.

use mir::interpret::Scalar;
use mir::{BasicBlock, Local, UnwindAction};
use query::VtblEntry;
use ty::layout::TyAndLayout;
use ty::{ExternAbi, Instance, InstanceKind, Ty, TyKind};

use super::eval_context::{MonoBody, ReturnContinuation};
use super::machine::{FnArg, IntrinsicResult};
use super::operand::{Immediate, OpTy};
use super::place::{MPlaceTy, MemPlaceMeta, PlaceTy};
use super::terminator::Callee;
use super::{InterpCx, InterpResult, Machine, ub};

impl<'tcx, M: Machine<'tcx>> InterpCx<'tcx, M> {
    /// Starts a call; when it returns, either a frame was pushed or the call is done.
    pub(crate) fn init_fn_call(
        &mut self,
        callee: Callee<'tcx>,
        dest: &PlaceTy<'tcx>,
        target: Option<BasicBlock>,
        unwind: UnwindAction,
    ) -> InterpResult<'tcx> {
        let Callee { instance, sig, args } = callee;
        match instance.def {
            InstanceKind::Intrinsic(def_id) => {
                let ops: Vec<OpTy<'tcx>> = args.iter().map(|a| self.fn_arg_op(a)).collect();
                let name = self.tcx.item_name(def_id);
                let done = match self.eval_intrinsic(name, instance, &ops, dest)? {
                    super::intrinsics::Evaluated::Done => {
                        self.return_to_block(target)?;
                        true
                    }
                    super::intrinsics::Evaluated::WentOn => true,
                    super::intrinsics::Evaluated::Unknown => false,
                };
                if done {
                    return Ok(());
                }
                match M::call_intrinsic(self, name, instance, &ops, dest, target, unwind)? {
                    IntrinsicResult::Done => Ok(()),
                    IntrinsicResult::Fallback(instance) => {
                        self.init_fn_call(Callee { instance, sig, args }, dest, target, unwind)
                    }
                    IntrinsicResult::Unknown => {
                        super::unsup(format!("intrinsic `{name}` is not supported at compile-time"))
                    }
                }
            }
            InstanceKind::Virtual(def_id, slot) => self.call_virtual(def_id, slot, sig, args, dest, target, unwind),
            InstanceKind::DropGlue(_, None) => self.return_to_block(target),
            InstanceKind::DropGlue(_, Some(ty)) if matches!(ty.kind(), TyKind::Dynamic(..)) => {
                // `drop_in_place::<dyn Trait>`: of what it is.
                let arg = self.fn_arg_op(&args[0]);
                let place = self.deref_pointer(&arg)?;
                let concrete = self.unpack_dyn_trait(&place, None)?;
                let def_id = self.tcx.require_lang_item(hir::LangItem::DropInPlace, self.cur_span());
                let instance = self.resolve(def_id, self.tcx.mk_args(&[concrete.layout.ty.into()]))?;
                let arg = self.mplace_to_ref(&concrete, None)?;
                let callee = Callee { instance, sig, args: vec![FnArg::Copy(arg.into())] };
                self.init_fn_call(callee, dest, target, unwind)
            }
            _ => {
                // `rust-call`: the caller's last argument is a tuple; bodies of closures want it apart.
                let Some((mono, instance)) = M::find_mir_or_eval_fn(self, instance, &args, dest, target, unwind)?
                else {
                    return Ok(());
                };
                let untuple = sig.abi == ExternAbi::RustCall;
                self.push_call_frame(
                    instance,
                    mono,
                    &args,
                    dest,
                    ReturnContinuation::Goto { ret: target, unwind },
                    untuple,
                )
            }
        }
    }

    /// As a call terminator of a known function.
    pub fn call_with_args(
        &mut self,
        instance: Instance<'tcx>,
        sig: ty::FnSig<'tcx>,
        args: Vec<FnArg<'tcx>>,
        dest: &PlaceTy<'tcx>,
        target: Option<BasicBlock>,
        unwind: UnwindAction,
    ) -> InterpResult<'tcx> {
        self.init_fn_call(Callee { instance, sig, args }, dest, target, unwind)
    }

    /// Pushes a frame with its arguments.
    pub(crate) fn push_call_frame(
        &mut self,
        instance: Instance<'tcx>,
        mono: &'tcx MonoBody<'tcx>,
        args: &[FnArg<'tcx>],
        dest: &PlaceTy<'tcx>,
        cont: ReturnContinuation,
        untuple: bool,
    ) -> InterpResult<'tcx> {
        let body = mono.body;
        // Arguments are evaluated in the caller's frame.
        let mut ops: Vec<OpTy<'tcx>> = Vec::with_capacity(args.len() + 1);
        match args.split_last() {
            Some((last, init)) if untuple => {
                ops.extend(init.iter().map(|a| self.fn_arg_op(a)));
                let tuple = self.fn_arg_op(last);
                for i in 0..tuple.layout.fields.count() {
                    ops.push(self.project_field_op(&tuple, i)?);
                }
            }
            _ => ops.extend(args.iter().map(|a| self.fn_arg_op(a))),
        }
        // Values without memory are kept; those in memory are read where they are, which outlives the push.
        let caller_ops: Vec<Result<super::ImmTy<'tcx>, MPlaceTy<'tcx>>> =
            ops.iter().map(|op| self.read_immediate_raw(op)).collect::<InterpResult<'tcx, _>>()?;
        self.push_frame(instance, mono, *dest, cont)?;
        let result = self.pass_arguments(body, &caller_ops);
        if result.is_err() {
            // The error is the caller's.
            M::stack_mut(self).pop();
        }
        result
    }
    fn pass_arguments(
        &mut self,
        body: &'tcx mir::Body<'tcx>,
        ops: &[Result<super::ImmTy<'tcx>, MPlaceTy<'tcx>>],
    ) -> InterpResult<'tcx> {
        let mut ops = ops.iter();
        for local in body.args_iter() {
            let layout = self.layout_of_local(self.frame(), local)?;
            let dest = self.arg_place(local, layout)?;
            if Some(local) == body.spread_arg {
                for i in 0..layout.fields.count() {
                    let field = self.project_field(&dest, i)?;
                    self.pass_argument(ops.next(), &field)?;
                }
            } else {
                self.pass_argument(ops.next(), &dest)?;
            }
        }
        if ops.next().is_some() {
            return ub("calling a function with more arguments than it expected");
        }
        Ok(())
    }
    fn arg_place(&mut self, local: Local, layout: TyAndLayout<'tcx>) -> InterpResult<'tcx, PlaceTy<'tcx>> {
        if layout.is_unsized() {
            return Err(super::Unsupported::UnsizedLocal.into());
        }
        self.local_to_place(local)
    }
    fn pass_argument(
        &mut self,
        op: Option<&Result<super::ImmTy<'tcx>, MPlaceTy<'tcx>>>,
        dest: &PlaceTy<'tcx>,
    ) -> InterpResult<'tcx> {
        let op: OpTy<'tcx> = match op {
            Some(Ok(imm)) => (*imm).into(),
            Some(Err(m)) => (*m).into(),
            None => return ub("calling a function with fewer arguments than it requires"),
        };
        if op.layout.size != dest.layout.size {
            return ub(format!(
                "calling a function whose parameter has type {} passing argument of type {}",
                dest.layout.ty, op.layout.ty
            ));
        }
        if let (super::Operand::Immediate(Immediate::Uninit), false) = (op.op, op.layout.is_zst()) {
            return self.write_uninit(dest);
        }
        self.copy_op_allow_transmute(&op, dest)
    }

    /// A method of a trait object.
    fn call_virtual(
        &mut self,
        def_id: span::def_id::DefId,
        slot: usize,
        sig: ty::FnSig<'tcx>,
        mut args: Vec<FnArg<'tcx>>,
        dest: &PlaceTy<'tcx>,
        target: Option<BasicBlock>,
        unwind: UnwindAction,
    ) -> InterpResult<'tcx> {
        // The receiver is a wide pointer inside, perhaps, `Rc`s and `Pin`s.
        let mut receiver = self.fn_arg_op(&args[0]);
        let place = loop {
            match *receiver.layout.ty.kind() {
                TyKind::Ref(..) | TyKind::RawPtr(..) => break self.deref_pointer(&receiver)?,
                TyKind::Dynamic(..) => match receiver.as_mplace_or_imm() {
                    Ok(m) => break m,
                    Err(_) => return ub("a trait object without memory"),
                },
                TyKind::Pat(inner, _) => receiver = receiver.with_layout(self.layout_of(inner)?),
                _ => {
                    let Some(field) = (0..receiver.layout.fields.count())
                        .find(|&i| self.layout_of_field(receiver.layout, i).is_ok_and(|l| !l.is_zst()))
                    else {
                        return ub(format!("`{}` is no receiver of a trait object's method", receiver.layout.ty));
                    };
                    receiver = self.project_field_op(&receiver, field)?;
                }
            }
        };
        let tail = self.struct_tail(place.layout.ty);
        let TyKind::Dynamic(preds, _) = *tail.kind() else {
            return ub(format!("dynamic call on `{tail}`"));
        };
        let vtable = place.mplace.meta.unwrap_meta().to_pointer();
        let ty = self.get_ptr_vtable_ty(vtable, Some(preds))?;
        let entries = self.vtable_entries(preds.principal(), ty);
        let Some(VtblEntry::Method(instance)) = entries.get(slot).copied() else {
            return ub("`dyn` call trying to call something that is not a method");
        };
        // The callee gets a thin pointer.
        let data = Scalar::from_maybe_pointer(place.mplace.ptr);
        let arg_layout = self.layout_of(self.tcx.mk_mut_ptr(self.tcx.types().unit))?;
        args[0] = FnArg::Copy(super::ImmTy::from_scalar(data, arg_layout).into());
        let _ = def_id;
        self.init_fn_call(Callee { instance, sig, args }, dest, target, unwind)
    }
    /// The entries of a type's vtable for a trait.
    pub fn vtable_entries(
        &self,
        principal: Option<ty::PolyExistentialTraitRef<'tcx>>,
        ty: Ty<'tcx>,
    ) -> &'tcx [VtblEntry<'tcx>] {
        match principal {
            Some(principal) => {
                let trait_ref = principal.with_self_ty(self.tcx.interner(), ty);
                let trait_ref = self.tcx.instantiate_bound_regions_with_erased(trait_ref);
                self.tcx.vtable_entries(self.tcx.erase_regions(trait_ref))
            }
            None => &[VtblEntry::MetadataDropInPlace, VtblEntry::MetadataSize, VtblEntry::MetadataAlign],
        }
    }
    /// A trait object's place as that of its concrete type.
    pub fn unpack_dyn_trait(
        &self,
        m: &MPlaceTy<'tcx>,
        expected: Option<ty::PolyExistentialPredicates<'tcx>>,
    ) -> InterpResult<'tcx, MPlaceTy<'tcx>> {
        let expected = expected.or(match *m.layout.ty.kind() {
            TyKind::Dynamic(preds, _) => Some(preds),
            _ => None,
        });
        let vtable = m.mplace.meta.unwrap_meta().to_pointer();
        let ty = self.get_ptr_vtable_ty(vtable, expected)?;
        let layout = self.layout_of(ty)?;
        let mut mplace = m.mplace;
        mplace.meta = MemPlaceMeta::None;
        Ok(MPlaceTy { mplace, layout })
    }
}
