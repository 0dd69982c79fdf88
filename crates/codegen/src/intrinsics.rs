//! Intrinsics: functions of `core::intrinsics` that are generated at the call.
//!
//! `int.rs`, `float.rs`, `memory.rs`, `atomic.rs` and `simd.rs` hold a group each; here are control flow and questions about types.

mod atomic;
mod float;
mod int;
mod memory;
mod simd;

use cranelift_codegen::ir::{AbiParam, InstBuilder, Signature, TrapCode};
use cranelift_module::Module;
use mir::{BasicBlock, Operand, Place, SourceInfo};
use rustc_abi::{BackendRepr, Scalar};
use span::{Spanned, Symbol};
use ty::layout::TyAndLayout;
use ty::{Instance, TyKind, VariantIdx};

use crate::function::FunctionCx;
use crate::leaf::PTR;
use crate::place::{CPlace, deref_value};
use crate::value::{CValue, ValueKind};

/// The arguments of an intrinsic and where its result goes.
pub(crate) struct Call<'a, 'tcx> {
    pub(crate) name: &'a str,
    pub(crate) instance: Instance<'tcx>,
    pub(crate) args: Vec<CValue<'tcx>>,
    pub(crate) dest: CPlace<'tcx>,
    pub(crate) source_info: SourceInfo,
}

/// What became of an intrinsic.
pub(crate) enum Done<'tcx> {
    /// Its result is still to be written.
    Value(CValue<'tcx>),
    /// Nothing is left to do.
    Unit,
    /// It does not return; the block has ended.
    Never,
    /// It is none of this group.
    Unknown,
}

impl<'tcx> FunctionCx<'_, 'tcx> {
    /// Generates a call of an intrinsic; false if it is not known here.
    pub(crate) fn codegen_intrinsic(
        &mut self,
        name: Symbol,
        instance: Instance<'tcx>,
        args: &[Spanned<Operand<'tcx>>],
        destination: Place<'tcx>,
        target: Option<BasicBlock>,
        source_info: SourceInfo,
    ) -> bool {
        let args: Vec<_> = args.iter().map(|a| self.operand(&a.node)).collect();
        let dest = self.place(destination);
        let name = name.to_string();
        let call = Call { name: &name, instance, args, dest, source_info };
        let mut done = self.control_intrinsic(&call);
        for group in [
            Self::memory_intrinsic,
            Self::int_intrinsic,
            Self::float_intrinsic,
            Self::atomic_intrinsic,
            Self::simd_intrinsic,
        ] {
            if matches!(done, Done::Unknown) {
                done = group(self, &call);
            }
        }
        match done {
            Done::Value(value) => call.dest.write(self, &value),
            Done::Unit => {}
            Done::Never => return true,
            Done::Unknown => return false,
        }
        self.jump_or_trap(target);
        true
    }

    fn control_intrinsic(&mut self, call: &Call<'_, 'tcx>) -> Done<'tcx> {
        let dest = call.dest.layout;
        let ty_arg = |fx: &Self| fx.layout_of(call.instance.args.type_at(0));
        match call.name {
            "abort" | "unreachable" => {
                let code = if call.name == "abort" { TrapCode::unwrap_user(2) } else { TrapCode::unwrap_user(1) };
                self.b.ins().trap(code);
                Done::Never
            }
            "breakpoint" => {
                self.b.ins().debugtrap();
                Done::Unit
            }
            "assume" | "cold_path" | "forget" | "assert_unsafe_precondition" | "va_end" => Done::Unit,
            "black_box" => Done::Value(call.args[0].clone()),
            "select_unpredictable" => Done::Value(self.select_values(call)),
            "catch_unwind" => {
                // Panics abort: the function returns or nobody does.
                let f = call.args[0].load_scalar(self);
                let data = call.args[1].load_scalar(self);
                let mut sig = Signature::new(self.cx.module.isa().default_call_conv());
                sig.params.push(AbiParam::new(PTR));
                let sig = self.b.import_signature(sig);
                self.b.ins().call_indirect(sig, f, &[data]);
                Done::Value(CValue::int(self, 0, dest))
            }
            "size_of" => {
                let bits = ty_arg(self).size.bytes().into();
                Done::Value(CValue::int(self, bits, dest))
            }
            "align_of" | "min_align_of" | "pref_align_of" => {
                let bits = ty_arg(self).align.abi.bytes().into();
                Done::Value(CValue::int(self, bits, dest))
            }
            "needs_drop" => {
                let needs = self.tcx().type_needs_drop(self.cx.env(), call.instance.args.type_at(0));
                Done::Value(CValue::int(self, needs.into(), dest))
            }
            "variant_count" => {
                let count = match call.instance.args.type_at(0).kind() {
                    TyKind::Adt(def, _) => def.variants().len(),
                    _ => 0,
                };
                Done::Value(CValue::int(self, count as u128, dest))
            }
            "offset_of" => self.offset_of(call),
            "type_name" | "type_id" => {
                let id = mir::interpret::GlobalId { instance: call.instance, promoted: None };
                match self.tcx().const_eval_global_id(self.cx.env(), id) {
                    Ok(value) => Done::Value(self.const_value(value, dest)),
                    Err(_) => Done::Unknown,
                }
            }
            "discriminant_value" => {
                let place = deref_value(self, &call.args[0]);
                let value = place.to_value(self);
                Done::Value(self.get_discriminant(&value, dest))
            }
            "caller_location" => Done::Value(self.caller_location(call.source_info)),
            "ub_checks" => {
                let on = self.cx.opts.ub_checks;
                Done::Value(CValue::int(self, on.into(), dest))
            }
            "overflow_checks" => {
                let on = self.cx.opts.overflow_checks;
                Done::Value(CValue::int(self, on.into(), dest))
            }
            "contract_checks" | "is_val_statically_known" => Done::Value(CValue::int(self, 0, dest)),
            "assert_inhabited" | "assert_zero_valid" | "assert_mem_uninitialized_valid" => {
                self.assert_valid(call, ty_arg(self))
            }
            "rcc_syscall" => {
                let id = self.cx.syscall_stub();
                let mut sig = Signature::new(self.cx.module.isa().default_call_conv());
                sig.params.extend([AbiParam::new(PTR); 7]);
                sig.returns.push(AbiParam::new(PTR));
                let args: Vec<_> = call.args.iter().map(|a| a.load_scalar(self)).collect();
                let f = self.func_ref(id, &sig);
                let inst = self.b.ins().call(f, &args);
                let result = self.b.inst_results(inst)[0];
                Done::Value(CValue::scalar(self, result, dest))
            }
            "rcc_set_thread_pointer" => {
                let Some(id) = self.cx.set_thread_pointer_stub() else { return Done::Unknown };
                let mut sig = Signature::new(self.cx.module.isa().default_call_conv());
                sig.params.push(AbiParam::new(PTR));
                let arg = call.args[0].load_scalar(self);
                let f = self.func_ref(id, &sig);
                self.b.ins().call(f, &[arg]);
                Done::Unit
            }
            _ => Done::Unknown,
        }
    }

    /// `if b { x } else { y }` without a branch.
    fn select_values(&mut self, call: &Call<'_, 'tcx>) -> CValue<'tcx> {
        let cond = call.args[0].load_scalar(self);
        let (x, y) = (&call.args[1], &call.args[2]);
        if self.cx.leaves(x.layout).is_some() {
            let (a, b) = (x.leaves(self), y.leaves(self));
            let values: Vec<_> = a.iter().zip(&b).map(|(a, b)| self.b.ins().select(cond, *a, *b)).collect();
            return CValue::from_leaves(self, &values, x.layout);
        }
        let (a, b) = (x.force_ref(self).0.addr(self), y.force_ref(self).0.addr(self));
        let ptr = self.b.ins().select(cond, a, b);
        CValue { kind: ValueKind::Ref(crate::pointer::Pointer::new(ptr), None), layout: x.layout }
    }

    /// `offset_of!`, where the field is named by constants.
    fn offset_of(&mut self, call: &Call<'_, 'tcx>) -> Done<'tcx> {
        let layout = self.layout_of(call.instance.args.type_at(0));
        let variant = call.args[0].load_scalar(self);
        let field = call.args[1].load_scalar(self);
        let (Some(variant), Some(field)) = (self.as_const(variant), self.as_const(field)) else {
            return Done::Unknown;
        };
        let layout = if layout.ty.is_enum() {
            self.cx.for_variant(layout, VariantIdx::from_u32(variant as u32))
        } else {
            layout
        };
        let offset = layout.fields.offset(field as usize).bytes();
        Done::Value(CValue::int(self, offset.into(), call.dest.layout))
    }

    /// Panics if a type has no values, or if zero is none of them.
    fn assert_valid(&mut self, call: &Call<'_, 'tcx>, layout: TyAndLayout<'tcx>) -> Done<'tcx> {
        let ty = layout.ty;
        let invalid_zero = |s: Scalar| matches!(s, Scalar::Initialized { valid_range, .. } if !valid_range.contains(0));
        let message = if layout.is_uninhabited() {
            format!("attempted to instantiate uninhabited type `{ty}`")
        } else {
            let invalid = call.name == "assert_zero_valid"
                && match layout.backend_repr {
                    BackendRepr::Scalar(s) => invalid_zero(s),
                    BackendRepr::ScalarPair(a, b) => invalid_zero(a) || invalid_zero(b),
                    _ => false,
                };
            if !invalid {
                return Done::Unit;
            }
            format!("attempted to zero-initialize type `{ty}`, which is invalid")
        };
        let tcx = self.tcx();
        let id = tcx.gcx().alloc_map.allocate_bytes_dedup(tcx.interner(), message.as_bytes());
        let str_ref = self.layout_of(tcx.mk_imm_ref(tcx.lifetimes().re_static, tcx.types().str_));
        let value = self.const_value(mir::ConstValue::Slice { alloc_id: id, meta: message.len() as u64 }, str_ref);
        let arg = crate::call::Arg { value, moved: false };
        self.call_lang_item(hir::LangItem::PanicNounwind, vec![arg], call.source_info);
        self.unreachable();
        Done::Never
    }
}
