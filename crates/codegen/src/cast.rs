//! Casts: between integers, floats, pointers; coercions; transmutation.

use cranelift_codegen::ir::{InstBuilder, Type, Value, types};
use mir::CastKind;
use ty::TyKind;
use ty::adjustment::PointerCoercion;
use ty::closure::ClosureKind;
use ty::layout::TyAndLayout;

use crate::function::FunctionCx;
use crate::num::is_signed;
use crate::place::CPlace;
use crate::value::{CValue, ValueKind};

impl<'tcx> FunctionCx<'_, 'tcx> {
    pub(crate) fn codegen_cast(&mut self, kind: CastKind, value: &CValue<'tcx>, to: TyAndLayout<'tcx>) -> CValue<'tcx> {
        match kind {
            CastKind::PointerCoercion(coercion, _) => self.pointer_coercion(coercion, value, to),
            CastKind::Transmute | CastKind::Subtype => self.transmute(value, to),
            // Integers of any width; the address is what fits.
            CastKind::PointerExposeProvenance | CastKind::PointerWithExposedProvenance => {
                let (ty, signed) = (self.scalar_ty(to), is_signed(value.layout.ty));
                let first = value.leaves(self)[0];
                let v = self.int_cast(first, ty, signed);
                CValue::scalar(self, v, to)
            }
            CastKind::PtrToPtr | CastKind::FnPtrToPtr => {
                // A wide pointer that becomes thin loses its metadata.
                let mut leaves = value.leaves(self);
                let wanted = self.cx.leaves(to).unwrap_or_default();
                leaves.truncate(wanted.len());
                // Addresses as narrower integers and back.
                if let ([from], [leaf]) = (&mut leaves[..], wanted) {
                    *from = self.int_cast(*from, leaf.ty, is_signed(value.layout.ty));
                }
                CValue::from_leaves(self, &leaves, to)
            }
            CastKind::IntToInt => {
                let ty = self.scalar_ty(to);
                let signed = is_signed(value.layout.ty);
                let v = value.load_scalar(self);
                let v = self.int_cast(v, ty, signed);
                CValue::scalar(self, v, to)
            }
            CastKind::FloatToInt => {
                let (ty, signed) = (self.scalar_ty(to), is_signed(to.ty));
                let v = value.load_scalar(self);
                let v = self.float_to_int(v, ty, signed);
                CValue::scalar(self, v, to)
            }
            CastKind::IntToFloat => {
                let (ty, signed) = (self.scalar_ty(to), is_signed(value.layout.ty));
                let v = value.load_scalar(self);
                let v = self.int_to_float(v, ty, signed);
                CValue::scalar(self, v, to)
            }
            CastKind::FloatToFloat => {
                let ty = self.scalar_ty(to);
                let v = value.load_scalar(self);
                let v = self.float_to_float(v, ty);
                CValue::scalar(self, v, to)
            }
        }
    }
    pub(crate) fn scalar_ty(&mut self, layout: TyAndLayout<'tcx>) -> Type {
        match self.cx.leaves(layout) {
            Some([leaf]) => leaf.ty,
            _ => panic!("`{}` is not a scalar", layout.ty),
        }
    }

    fn pointer_coercion(
        &mut self,
        coercion: PointerCoercion,
        value: &CValue<'tcx>,
        to: TyAndLayout<'tcx>,
    ) -> CValue<'tcx> {
        let tcx = self.tcx();
        let instance = match (coercion, *value.layout.ty.kind()) {
            (PointerCoercion::ReifyFnPointer, TyKind::FnDef(def_id, args)) => tcx
                .resolve_for_fn_ptr(self.cx.env(), def_id, args)
                .unwrap_or_else(|| panic!("function pointer of `{}`", value.layout.ty)),
            (PointerCoercion::ClosureFnPointer(_), TyKind::Closure(def_id, args)) => {
                tcx.resolve_closure(def_id, args, ClosureKind::FnOnce)
            }
            (PointerCoercion::Unsize, _) => return self.unsize(value, to),
            _ => {
                // The same address as another type.
                let leaves = value.leaves(self);
                return CValue::from_leaves(self, &leaves, to);
            }
        };
        let id = self.cx.fn_id(instance);
        let addr = self.func_addr(id);
        CValue::scalar(self, addr, to)
    }

    /// The same bits as another type.
    pub(crate) fn transmute(&mut self, value: &CValue<'tcx>, to: TyAndLayout<'tcx>) -> CValue<'tcx> {
        if value.layout.ty == to.ty {
            return value.clone();
        }
        if to.is_zst() {
            return CValue::zst(to);
        }
        if value.layout.size != to.size {
            // Only in code that never runs.
            return self.undefined(to);
        }
        match &value.kind {
            ValueKind::Ref(ptr, _) => CValue::by_ref(*ptr, to),
            ValueKind::Leaves(_) => {
                let (from, target) = (self.cx.leaves(value.layout), self.cx.leaves(to));
                if let (Some(from), Some(target)) = (from, target) {
                    let alike = from.len() == target.len()
                        && from.iter().zip(target).all(|(a, b)| a.offset == b.offset && a.ty.bits() == b.ty.bits());
                    if alike {
                        let values: Vec<_> = value.leaves(self).to_vec();
                        let values: Vec<_> =
                            values.into_iter().zip(target).map(|(v, leaf)| self.bitcast(v, leaf.ty)).collect();
                        return CValue::from_leaves(self, &values, to);
                    }
                }
                let align = value.layout.align.abi.max(to.align.abi);
                let slot = self.stack_slot(to.size, align);
                CPlace::mem(slot, value.layout).write(self, value);
                CValue::by_ref(slot, to)
            }
        }
    }

    // --- Numbers ---
    /// `as`: saturates, and NaN is zero.
    fn float_to_int(&mut self, value: Value, to: Type, signed: bool) -> Value {
        let value = self.as_f32_or_f64(value);
        match to {
            types::I128 => {
                let name = match (self.ty_of(value), signed) {
                    (types::F32, true) => "__fixsfti",
                    (types::F32, false) => "__fixunssfti",
                    (types::F128, true) => "__fixtfti",
                    (types::F128, false) => "__fixunstfti",
                    (_, true) => "__fixdfti",
                    (_, false) => "__fixunsdfti",
                };
                let from = self.ty_of(value);
                self.lib_call(name, &[from], &[to], &[value])[0]
            }
            _ if self.ty_of(value) == types::F128 => {
                let (name, wide) = match (to, signed) {
                    (types::I64, true) => ("__fixtfdi", types::I64),
                    (types::I64, false) => ("__fixunstfdi", types::I64),
                    (_, true) => ("__fixtfsi", types::I32),
                    (_, false) => ("__fixunstfsi", types::I32),
                };
                let v = self.lib_call(name, &[types::F128], &[wide], &[value])[0];
                self.clamp(v, to, signed)
            }
            types::I32 | types::I64 if signed => self.b.ins().fcvt_to_sint_sat(to, value),
            types::I32 | types::I64 => self.b.ins().fcvt_to_uint_sat(to, value),
            // Narrow integers go through `i32`.
            _ => {
                let wide = if signed {
                    self.b.ins().fcvt_to_sint_sat(types::I32, value)
                } else {
                    self.b.ins().fcvt_to_uint_sat(types::I32, value)
                };
                self.clamp(wide, to, signed)
            }
        }
    }
    /// The nearest value of a narrower integer type.
    fn clamp(&mut self, value: Value, to: Type, signed: bool) -> Value {
        let from = self.ty_of(value);
        if from == to {
            return value;
        }
        let bits = to.bits();
        let clamped = if signed {
            let max = self.const_int(from, (1u128 << (bits - 1)) - 1);
            let min = self.const_int(from, (-(1i128 << (bits - 1))) as u128);
            let low = self.b.ins().smin(value, max);
            self.b.ins().smax(low, min)
        } else {
            let max = self.const_int(from, (1u128 << bits) - 1);
            self.b.ins().umin(value, max)
        };
        self.b.ins().ireduce(to, clamped)
    }
    fn int_to_float(&mut self, value: Value, to: Type, signed: bool) -> Value {
        let from = self.ty_of(value);
        match to {
            types::F16 => {
                // Every integer that `f16` can hold exactly is one of `f32`; rounding twice is harmless here.
                let wide = self.int_to_float(value, types::F32, signed);
                self.f32_to_f16(wide)
            }
            types::F128 => {
                let wide = if from.bits() < 32 { self.int_cast(value, types::I32, signed) } else { value };
                let ty = self.ty_of(wide);
                let name = match (ty, signed) {
                    (types::I32, true) => "__floatsitf",
                    (types::I32, false) => "__floatunsitf",
                    (types::I64, true) => "__floatditf",
                    (types::I64, false) => "__floatunditf",
                    (_, true) => "__floattitf",
                    (_, false) => "__floatuntitf",
                };
                self.lib_call(name, &[ty], &[to], &[wide])[0]
            }
            _ if from == types::I128 => {
                let name = match (to, signed) {
                    (types::F32, true) => "__floattisf",
                    (types::F32, false) => "__floatuntisf",
                    (_, true) => "__floattidf",
                    (_, false) => "__floatuntidf",
                };
                self.lib_call(name, &[from], &[to], &[value])[0]
            }
            _ => {
                let value = if from.bits() < 32 { self.int_cast(value, types::I32, signed) } else { value };
                if signed || from.bits() < 32 {
                    self.b.ins().fcvt_from_sint(to, value)
                } else if from == types::I32 {
                    // Exact in 64 bits, where the signed conversion is one instruction.
                    let wide = self.b.ins().uextend(types::I64, value);
                    self.b.ins().fcvt_from_sint(to, wide)
                } else {
                    self.b.ins().fcvt_from_uint(to, value)
                }
            }
        }
    }
    fn float_to_float(&mut self, value: Value, to: Type) -> Value {
        let from = self.ty_of(value);
        match (from, to) {
            _ if from == to => value,
            (types::F32, types::F64) => self.b.ins().fpromote(to, value),
            (types::F64, types::F32) => self.b.ins().fdemote(to, value),
            _ => {
                let name = match (from, to) {
                    (types::F16, types::F32) => "__extendhfsf2",
                    (types::F16, types::F64) => "__extendhfdf2",
                    (types::F16, _) => "__extendhftf2",
                    (types::F32, types::F16) => "__truncsfhf2",
                    (types::F32, _) => "__extendsftf2",
                    (types::F64, types::F16) => "__truncdfhf2",
                    (types::F64, _) => "__extenddftf2",
                    (_, types::F16) => "__trunctfhf2",
                    (_, types::F32) => "__trunctfsf2",
                    _ => "__trunctfdf2",
                };
                self.lib_call(name, &[from], &[to], &[value])[0]
            }
        }
    }
    fn as_f32_or_f64(&mut self, value: Value) -> Value {
        if self.ty_of(value) == types::F16 { self.f16_to_f32(value) } else { value }
    }
    /// The conversion of a float that is known to fit.
    pub(crate) fn float_to_int_unchecked(&mut self, value: Value, to: Type, signed: bool) -> Value {
        self.float_to_int(value, to, signed)
    }
}
