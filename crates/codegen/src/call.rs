//! Calls: of functions, closures, function pointers, through vtables; drops; returns.

use cranelift_codegen::ir::{InstBuilder, Value};
use mir::{BasicBlock, Operand, Place, SourceInfo};
use query::{FnAbi, ValueTyExt};
use rustc_abi::{Align, Size};
use session::Arch;
use smallvec::SmallVec;
use span::Spanned;
use ty::layout::TyAndLayout;
use ty::{ExternAbi, FieldIdx, Instance, InstanceKind, Ty, TyKind};

use crate::abi::{Abi, Pass, Reg, Ret};
use crate::function::FunctionCx;
use crate::leaf::PTR;
use crate::place::{CPlace, PlaceKind};
use crate::pointer::{Pointer, read_only};
use crate::value::{CValue, ValueKind, load_leaves};

/// An argument, and whether the callee may have its memory.
pub(crate) struct Arg<'tcx> {
    pub(crate) value: CValue<'tcx>,
    pub(crate) moved: bool,
}

/// What is called.
enum Callee<'tcx> {
    Fn(Instance<'tcx>),
    Pointer(Value),
}

impl<'tcx> FunctionCx<'_, 'tcx> {
    /// A `Call` terminator.
    pub(crate) fn codegen_call(
        &mut self,
        source_info: SourceInfo,
        func: &Operand<'tcx>,
        args: &[Spanned<Operand<'tcx>>],
        destination: Place<'tcx>,
        target: Option<BasicBlock>,
    ) {
        let tcx = self.tcx();
        let fn_ty = func.ty(self.body, tcx);
        let sig = match tcx.fn_sig_of_ty(fn_ty) {
            Some(sig) => tcx.normalize_erasing_regions(self.cx.env(), sig),
            None => panic!("call of `{fn_ty}`"),
        };
        let mut callee = match *fn_ty.kind() {
            TyKind::FnDef(def_id, generic_args) => {
                Callee::Fn(tcx.expect_resolve_instance(self.cx.env(), def_id, generic_args))
            }
            _ => {
                let value = self.operand(func);
                Callee::Pointer(value.load_scalar(self))
            }
        };
        if let Callee::Fn(instance) = &mut callee {
            match instance.def {
                InstanceKind::DropGlue(_, None) => {
                    self.jump_or_trap(target);
                    return;
                }
                InstanceKind::Intrinsic(def_id) => {
                    let name = tcx.intrinsic(def_id).unwrap_or_else(|| tcx.item_name(def_id));
                    let done = self.codegen_intrinsic(name, *instance, args, destination, target, source_info);
                    if done {
                        return;
                    }
                    // What we do not know has a body in the library, or is not there yet.
                    if tcx.intrinsic_raw(def_id).is_none_or(|(_, must)| must) {
                        self.cx.unsupported(source_info.span, &format!("the intrinsic `{name}`"));
                        self.unreachable();
                        return;
                    }
                    *instance = Instance::new_raw(def_id, instance.args);
                }
                InstanceKind::Item(def_id) if tcx.is_foreign_item(def_id) && is_hint(tcx.symbol_name(*instance)) => {
                    self.jump_or_trap(target);
                    return;
                }
                _ => {}
            }
        }
        let mut values: Vec<Arg<'tcx>> =
            args.iter().map(|a| Arg { value: self.operand(&a.node), moved: a.node.is_move() }).collect();
        if sig.abi() == ExternAbi::RustCall {
            // The last argument is a tuple of the real ones.
            if let Some(tuple) = values.pop() {
                for i in 0..tuple.value.layout.fields.count() {
                    let value = tuple.value.field(self, FieldIdx::from_usize(i));
                    values.push(Arg { value, moved: tuple.moved });
                }
            }
        }
        let dest = self.place(destination);
        let extra: Vec<Ty<'tcx>> = if sig.c_variadic() {
            let fixed = sig.inputs().skip_binder().len();
            values[fixed.min(values.len())..].iter().map(|a| a.value.layout.ty).collect()
        } else {
            Vec::new()
        };
        match callee {
            Callee::Fn(instance) => self.call_instance(instance, values, &extra, &dest, source_info),
            Callee::Pointer(pointer) => {
                let fn_abi = self.cx.fn_abi_of_fn_ptr(sig, tcx.mk_type_list(&extra));
                let abi = self.cx.abi(fn_abi);
                if fn_abi.c_variadic && tcx.sess().target.arch == Arch::X86_64 {
                    self.cx.unsupported(source_info.span, "calling a C-variadic function through a pointer");
                }
                self.emit_call(CallTarget::Indirect(pointer), &abi, values, &dest);
            }
        }
        self.jump_or_trap(target);
    }
    pub(crate) fn jump_or_trap(&mut self, target: Option<BasicBlock>) {
        match target {
            Some(target) => {
                let block = self.block(target);
                self.b.ins().jump(block, &[]);
            }
            None => self.unreachable(),
        }
    }

    /// Calls an instance with arguments that are taken apart already; adds the caller's location if it wants that.
    pub(crate) fn call_instance(
        &mut self,
        instance: Instance<'tcx>,
        mut args: Vec<Arg<'tcx>>,
        extra: &[Ty<'tcx>],
        dest: &CPlace<'tcx>,
        source_info: SourceInfo,
    ) {
        let fn_abi: &FnAbi<'tcx> = self.cx.fn_abi_of_instance(instance, extra);
        if fn_abi.args.len() == args.len() + 1 {
            let location = self.caller_location(source_info);
            args.push(Arg { value: location, moved: true });
        }
        let abi = self.cx.abi(fn_abi);
        let target = match instance.def {
            InstanceKind::Virtual(_, slot) => {
                let (data, vtable) = self.receiver(&args[0].value);
                let layout = fn_abi.args[0].layout.0;
                args[0] = Arg { value: CValue::scalar(self, data, layout), moved: true };
                let method = Pointer::new(vtable).offset(self, slot as i64 * 8).load(self, PTR, read_only());
                CallTarget::Indirect(method)
            }
            _ if fn_abi.c_variadic && self.tcx().sess().target.arch == Arch::X86_64 => {
                let name = self.tcx().symbol_name(instance).to_owned();
                CallTarget::Direct(self.cx.variadic_trampoline(&name))
            }
            _ => CallTarget::Direct(self.cx.fn_id(instance)),
        };
        self.emit_call(target, &abi, args, dest);
    }
    /// The address and the vtable of a method's receiver.
    fn receiver(&mut self, value: &CValue<'tcx>) -> (Value, Value) {
        match &value.kind {
            // `self` by value: the object itself.
            ValueKind::Ref(ptr, Some(vtable)) => (ptr.addr(self), *vtable),
            _ => value.load_pair(self),
        }
    }

    fn emit_call(&mut self, target: CallTarget, abi: &Abi<'tcx>, args: Vec<Arg<'tcx>>, dest: &CPlace<'tcx>) {
        let mut values: Vec<Value> = Vec::with_capacity(abi.sig.params.len());
        let mut result_slot = None;
        if let Ret::Sret = abi.ret {
            let ptr = match dest.kind {
                PlaceKind::Mem(ptr, _) => ptr,
                PlaceKind::Vars(_) => {
                    let slot = CPlace::new_slot(self, dest.layout);
                    let ptr = slot.to_ptr().0;
                    result_slot = Some(slot);
                    ptr
                }
            };
            values.push(ptr.addr(self));
        }
        assert_eq!(abi.args.len(), args.len(), "arguments of a call in {:?}", self.instance);
        for (pass, arg) in abi.args.iter().zip(args) {
            self.push_arg(&mut values, pass, &arg);
        }
        let call = match target {
            CallTarget::Direct(id) => {
                let f = self.func_ref(id, &abi.sig);
                self.b.ins().call(f, &values)
            }
            CallTarget::Indirect(pointer) => {
                let sig = self.b.import_signature(abi.sig.clone());
                self.b.ins().call_indirect(sig, pointer, &values)
            }
        };
        let results: SmallVec<[Value; 4]> = self.b.inst_results(call).into();
        let value = match &abi.ret {
            Ret::Ignore => return,
            Ret::Leaves(_) => CValue::from_leaves(self, &results, dest.layout),
            Ret::Regs(regs) => match dest.kind {
                // Registers that hold no more than the value go to where it is to be.
                PlaceKind::Mem(ptr, None)
                    if regs.iter().all(|r| u64::from(r.offset + r.ty.bytes()) <= dest.layout.size.bytes()) =>
                {
                    for (r, value) in regs.iter().zip(&results) {
                        ptr.offset(self, r.offset.into()).store(self, *value, crate::pointer::plain());
                    }
                    return;
                }
                _ => self.value_of_regs(regs, &results, dest.layout),
            },
            Ret::Sret => match result_slot {
                Some(slot) => slot.to_value(self),
                None => return,
            },
        };
        dest.write(self, &value);
    }
    fn push_arg(&mut self, out: &mut Vec<Value>, pass: &Pass<'tcx>, arg: &Arg<'tcx>) {
        match pass {
            Pass::Ignore => {}
            Pass::Leaves(leaves) => {
                let values = arg.value.leaves(self);
                assert_eq!(values.len(), leaves.len(), "argument of type `{}`", arg.value.layout.ty);
                out.extend(values);
            }
            Pass::Regs { pad, pad_ty, regs } => {
                for _ in 0..*pad {
                    let zero = self.const_bits(*pad_ty, 0);
                    out.push(zero);
                }
                out.extend(self.as_regs(regs, &arg.value));
            }
            Pass::Ptr => {
                let ptr = match &arg.value.kind {
                    ValueKind::Ref(ptr, _) if arg.moved => *ptr,
                    _ => {
                        // The callee may write to its argument.
                        let copy = CPlace::new_slot(self, arg.value.layout);
                        copy.write(self, &arg.value);
                        copy.to_ptr().0
                    }
                };
                out.push(ptr.addr(self));
            }
            Pass::PtrMeta => {
                let (ptr, meta) = arg.value.force_ref(self);
                out.push(ptr.addr(self));
                out.push(meta.expect("the metadata of an unsized argument"));
            }
            Pass::Stack => {
                let (ptr, _) = arg.value.force_ref(self);
                // Cranelift copies whole words.
                let size = arg.value.layout.size.bytes();
                let ptr =
                    if size.is_multiple_of(8) { ptr } else { self.padded_copy(ptr, size, size.next_multiple_of(8)) };
                out.push(ptr.addr(self));
            }
        }
    }
    fn padded_copy(&mut self, from: Pointer, size: u64, room: u64) -> Pointer {
        let align = Align::from_bytes(16).unwrap_or(Align::ONE);
        let slot = self.stack_slot(Size::from_bytes(room), align);
        self.copy(slot, from, size);
        slot
    }
    /// A value in raw registers.
    fn as_regs(&mut self, regs: &[Reg], value: &CValue<'tcx>) -> SmallVec<[Value; 4]> {
        if let Some(leaves) = self.cx.leaves(value.layout) {
            if leaves.len() == regs.len() && leaves.iter().zip(regs).all(|(l, r)| l.offset == r.offset && l.ty == r.ty)
            {
                return value.leaves(self).into_iter().collect();
            }
            if let ([leaf], [reg]) = (leaves, regs) {
                if leaf.ty.is_int() && reg.ty.is_int() && leaf.ty.bits() < reg.ty.bits() {
                    let scalar = value.load_scalar(self);
                    return [self.b.ins().uextend(reg.ty, scalar)].into_iter().collect();
                }
            }
        }
        let (mut ptr, _) = value.force_ref(self);
        let size = value.layout.size.bytes();
        if let Some(end) = regs.iter().map(|r| u64::from(r.offset + r.ty.bytes())).max().filter(|end| *end > size) {
            ptr = self.padded_copy(ptr, size, end);
        }
        regs.iter().map(|r| ptr.offset(self, r.offset.into()).load(self, r.ty, crate::pointer::plain())).collect()
    }
    /// A value from raw registers.
    pub(crate) fn value_of_regs(&mut self, regs: &[Reg], values: &[Value], layout: TyAndLayout<'tcx>) -> CValue<'tcx> {
        if let Some(leaves) = self.cx.leaves(layout) {
            if leaves.len() == regs.len() && leaves.iter().zip(regs).all(|(l, r)| l.offset == r.offset && l.ty == r.ty)
            {
                return CValue::from_leaves(self, values, layout);
            }
            if let ([leaf], [reg]) = (leaves, regs) {
                if leaf.ty.is_int() && reg.ty.is_int() && leaf.ty.bits() < reg.ty.bits() {
                    let value = self.b.ins().ireduce(leaf.ty, values[0]);
                    return CValue::scalar(self, value, layout);
                }
            }
        }
        let end = regs.iter().map(|r| u64::from(r.offset + r.ty.bytes())).max().unwrap_or(0);
        let align = layout.align.abi.max(Align::from_bytes(8).unwrap_or(Align::ONE));
        let slot = self.stack_slot(Size::from_bytes(end.max(layout.size.bytes())), align);
        for (r, value) in regs.iter().zip(values) {
            slot.offset(self, r.offset.into()).store(self, *value, crate::pointer::plain());
        }
        CValue::by_ref(slot, layout)
    }

    /// A `Return` terminator.
    pub(crate) fn codegen_return(&mut self) {
        let place = self.locals[mir::RETURN_PLACE].clone();
        let values: SmallVec<[Value; 4]> = match self.abi.ret.clone() {
            Ret::Ignore | Ret::Sret => SmallVec::new(),
            Ret::Leaves(leaves) => match &place.kind {
                PlaceKind::Mem(ptr, _) => load_leaves(self, *ptr, leaves).into_iter().collect(),
                PlaceKind::Vars(_) => place.to_value(self).leaves(self).into_iter().collect(),
            },
            Ret::Regs(regs) => {
                let value = place.to_value(self);
                self.as_regs(&regs, &value)
            }
        };
        self.b.ins().return_(&values);
    }

    /// A `Drop` terminator.
    pub(crate) fn codegen_drop(&mut self, source_info: SourceInfo, place: Place<'tcx>, target: BasicBlock) {
        let tcx = self.tcx();
        let ty = query::PlaceTyExt::ty(&place, self.body, tcx).ty;
        let instance = tcx.resolve_drop_in_place(ty);
        if matches!(instance.def, InstanceKind::DropGlue(_, None)) {
            self.jump_or_trap(Some(target));
            return;
        }
        let place = self.place(place);
        let (ptr, meta) = place.to_ptr();
        let target = self.block(target);
        if let (TyKind::Dynamic(..), Some(vtable)) = (ty.kind(), meta) {
            // A null pointer stands for nothing to drop.
            let glue = Pointer::new(vtable).load(self, PTR, read_only());
            let call = self.b.create_block();
            self.b.ins().brif(glue, call, &[], target, &[]);
            self.b.switch_to_block(call);
            let mut sig = cranelift_codegen::ir::Signature::new(self.b.func.signature.call_conv);
            sig.params.push(cranelift_codegen::ir::AbiParam::new(PTR));
            let sig = self.b.import_signature(sig);
            let addr = ptr.addr(self);
            self.b.ins().call_indirect(sig, glue, &[addr]);
            self.b.ins().jump(target, &[]);
            return;
        }
        let pointer = self.layout_of(tcx.mk_mut_ptr(ty));
        let arg = place.place_ref(self, pointer);
        let unit = self.layout_of(tcx.types().unit);
        let dest = CPlace::mem(Pointer::dangling(unit.align.abi), unit);
        self.call_instance(instance, vec![Arg { value: arg, moved: true }], &[], &dest, source_info);
        self.b.ins().jump(target, &[]);
    }
}

/// The address that is called.
enum CallTarget {
    Direct(cranelift_module::FuncId),
    Indirect(Value),
}

/// LLVM's intrinsics, called by their names as `core::arch` does, that change nothing but time and power.
fn is_hint(symbol: &str) -> bool {
    matches!(symbol, "llvm.x86.sse2.pause" | "llvm.aarch64.isb" | "llvm.aarch64.hint")
}
