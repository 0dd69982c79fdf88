//! Arithmetic and comparisons of integers, floats and pointers.

use cranelift_codegen::ir::condcodes::{FloatCC, IntCC};
use cranelift_codegen::ir::{InstBuilder, Type, Value, types};
use mir::BinOp;
use ty::layout::TyAndLayout;
use ty::{Ty, TyKind};

use crate::function::FunctionCx;
use crate::leaf::PTR;
use crate::pointer::{Pointer, plain};
use crate::value::CValue;

/// Whether an integer type is signed.
pub(crate) fn is_signed(ty: Ty<'_>) -> bool {
    match ty.kind() {
        TyKind::Int(_) => true,
        TyKind::Pat(inner, _) => is_signed(*inner),
        _ => false,
    }
}

impl<'tcx> FunctionCx<'_, 'tcx> {
    pub(crate) fn codegen_binop(
        &mut self,
        op: BinOp,
        lhs: &CValue<'tcx>,
        rhs: &CValue<'tcx>,
        dest: TyAndLayout<'tcx>,
    ) -> CValue<'tcx> {
        let ty = lhs.layout.ty;
        if lhs.layout.is_zst() {
            // `()` and function items are equal to themselves.
            let equal = matches!(op, BinOp::Eq | BinOp::Le | BinOp::Ge);
            return CValue::int(self, equal.into(), dest);
        }
        let leaves = lhs.leaves(self);
        if let ([a, a_meta], false) = (&leaves[..], op == BinOp::Offset) {
            let (b, b_meta) = rhs.load_pair(self);
            let value = self.wide_compare(op, (*a, *a_meta), (b, b_meta));
            return CValue::scalar(self, value, dest);
        }
        let a = leaves[0];
        if op == BinOp::Offset {
            let pointee = ty.builtin_deref(true).expect("a pointer");
            let size = self.layout_of(pointee).size.bytes();
            let count = rhs.load_scalar(self);
            let by = self.scale(count, size);
            let value = self.b.ins().iadd(a, by);
            return CValue::scalar(self, value, dest);
        }
        let b = rhs.load_scalar(self);
        let clif = self.ty_of(a);
        if clif.is_float() {
            let value = self.float_binop(op, a, b);
            return CValue::scalar(self, value, dest);
        }
        let signed = is_signed(ty);
        match op {
            BinOp::AddWithOverflow | BinOp::SubWithOverflow | BinOp::MulWithOverflow => {
                let (value, overflow) = self.checked_int_binop(op, a, b, signed);
                CValue::pair(self, value, overflow, dest)
            }
            _ => {
                let value = self.int_binop(op, a, b, signed);
                CValue::scalar(self, value, dest)
            }
        }
    }

    pub(crate) fn int_binop(&mut self, op: BinOp, a: Value, b: Value, signed: bool) -> Value {
        let ty = self.ty_of(a);
        match op {
            BinOp::Add | BinOp::AddUnchecked => self.b.ins().iadd(a, b),
            BinOp::Sub | BinOp::SubUnchecked => self.b.ins().isub(a, b),
            BinOp::Mul | BinOp::MulUnchecked => self.b.ins().imul(a, b),
            BinOp::Div | BinOp::Rem if ty == types::I128 => {
                let name = match (op, signed) {
                    (BinOp::Div, true) => "__divti3",
                    (BinOp::Div, false) => "__udivti3",
                    (_, true) => "__modti3",
                    (_, false) => "__umodti3",
                };
                self.lib_call(name, &[ty, ty], &[ty], &[a, b])[0]
            }
            BinOp::Div if signed => self.b.ins().sdiv(a, b),
            BinOp::Div => self.b.ins().udiv(a, b),
            BinOp::Rem if signed => self.b.ins().srem(a, b),
            BinOp::Rem => self.b.ins().urem(a, b),
            BinOp::BitXor => self.b.ins().bxor(a, b),
            BinOp::BitAnd => self.b.ins().band(a, b),
            BinOp::BitOr => self.b.ins().bor(a, b),
            BinOp::Shl | BinOp::ShlUnchecked => {
                let b = self.shift_amount(b);
                self.b.ins().ishl(a, b)
            }
            BinOp::Shr | BinOp::ShrUnchecked => {
                let b = self.shift_amount(b);
                if signed { self.b.ins().sshr(a, b) } else { self.b.ins().ushr(a, b) }
            }
            BinOp::Cmp => {
                let (gt, lt) = if signed {
                    (IntCC::SignedGreaterThan, IntCC::SignedLessThan)
                } else {
                    (IntCC::UnsignedGreaterThan, IntCC::UnsignedLessThan)
                };
                let gt = self.icmp(gt, a, b);
                let lt = self.icmp(lt, a, b);
                self.b.ins().isub(gt, lt)
            }
            _ => self.icmp(int_cc(op, signed), a, b),
        }
    }
    /// Cranelift takes the amount modulo the width; a wide amount is cut first.
    fn shift_amount(&mut self, amount: Value) -> Value {
        if self.ty_of(amount) == types::I128 { self.b.ins().ireduce(types::I64, amount) } else { amount }
    }

    /// The wrapped result and whether it wrapped.
    pub(crate) fn checked_int_binop(&mut self, op: BinOp, a: Value, b: Value, signed: bool) -> (Value, Value) {
        let ty = self.ty_of(a);
        match op {
            BinOp::AddWithOverflow | BinOp::Add => {
                let value = self.b.ins().iadd(a, b);
                let overflow = match (signed, self.as_const(b)) {
                    (false, _) => self.icmp(IntCC::UnsignedLessThan, value, a),
                    // With a constant one comparison tells: `b >= 0` wraps if the sum is less.
                    (true, Some(n)) if sign_of(n, ty) => self.icmp(IntCC::SignedGreaterThan, value, a),
                    (true, Some(_)) => self.icmp(IntCC::SignedLessThan, value, a),
                    (true, None) => {
                        // (a ^ value) & (b ^ value) < 0
                        let x = self.b.ins().bxor(a, value);
                        let y = self.b.ins().bxor(b, value);
                        let both = self.b.ins().band(x, y);
                        self.is_negative(both)
                    }
                };
                (value, overflow)
            }
            BinOp::SubWithOverflow | BinOp::Sub => {
                let value = self.b.ins().isub(a, b);
                let overflow = match (signed, self.as_const(b)) {
                    (false, _) => self.icmp(IntCC::UnsignedLessThan, a, b),
                    (true, Some(n)) if sign_of(n, ty) => self.icmp(IntCC::SignedLessThan, value, a),
                    (true, Some(_)) => self.icmp(IntCC::SignedGreaterThan, value, a),
                    (true, None) => {
                        // (a ^ b) & (a ^ value) < 0
                        let x = self.b.ins().bxor(a, b);
                        let y = self.b.ins().bxor(a, value);
                        let both = self.b.ins().band(x, y);
                        self.is_negative(both)
                    }
                };
                (value, overflow)
            }
            _ => self.checked_mul(a, b, signed),
        }
    }
    fn is_negative(&mut self, value: Value) -> Value {
        let zero = self.const_int(self.ty_of(value), 0);
        self.icmp(IntCC::SignedLessThan, value, zero)
    }
    fn checked_mul(&mut self, a: Value, b: Value, signed: bool) -> (Value, Value) {
        let ty = self.ty_of(a);
        match ty {
            types::I128 => {
                let flag = self.stack_slot(rustc_abi::Size::from_bytes(4), rustc_abi::Align::EIGHT);
                let addr = flag.addr(self);
                let name = if signed { "__rust_i128_mulo" } else { "__rust_u128_mulo" };
                let value = self.lib_call(name, &[ty, ty, PTR], &[ty], &[a, b, addr])[0];
                let flag = flag.load(self, types::I32, plain());
                let overflow = self.b.ins().icmp_imm_s(IntCC::NotEqual, flag, 0);
                (value, overflow)
            }
            types::I64 => {
                let value = self.b.ins().imul(a, b);
                let overflow = if signed {
                    let high = self.b.ins().smulhi(a, b);
                    let sign = self.b.ins().sshr_imm_u(value, 63);
                    self.icmp(IntCC::NotEqual, high, sign)
                } else {
                    let high = self.b.ins().umulhi(a, b);
                    self.b.ins().icmp_imm_s(IntCC::NotEqual, high, 0)
                };
                (value, overflow)
            }
            _ => {
                let wide_ty = types::I64;
                let wide_a = self.int_cast(a, wide_ty, signed);
                let wide_b = self.int_cast(b, wide_ty, signed);
                let wide = self.b.ins().imul(wide_a, wide_b);
                let value = self.b.ins().ireduce(ty, wide);
                let back = self.int_cast(value, wide_ty, signed);
                let overflow = self.icmp(IntCC::NotEqual, wide, back);
                (value, overflow)
            }
        }
    }
    /// Comparison of wide pointers: by address, then by metadata.
    fn wide_compare(&mut self, op: BinOp, a: (Value, Value), b: (Value, Value)) -> Value {
        let same = self.icmp(IntCC::Equal, a.0, b.0);
        match op {
            BinOp::Eq => {
                let meta = self.icmp(IntCC::Equal, a.1, b.1);
                self.b.ins().band(same, meta)
            }
            BinOp::Ne => {
                let addr = self.icmp(IntCC::NotEqual, a.0, b.0);
                let meta = self.icmp(IntCC::NotEqual, a.1, b.1);
                self.b.ins().bor(addr, meta)
            }
            _ => {
                let by_addr = self.int_binop(op, a.0, b.0, false);
                let by_meta = self.int_binop(op, a.1, b.1, false);
                self.b.ins().select(same, by_meta, by_addr)
            }
        }
    }

    pub(crate) fn codegen_not(&mut self, value: &CValue<'tcx>) -> CValue<'tcx> {
        let v = value.load_scalar(self);
        let result =
            if value.layout.ty.is_bool() { self.b.ins().icmp_imm_s(IntCC::Equal, v, 0) } else { self.b.ins().bnot(v) };
        CValue::scalar(self, result, value.layout)
    }
    pub(crate) fn codegen_neg(&mut self, value: &CValue<'tcx>) -> CValue<'tcx> {
        let v = value.load_scalar(self);
        let result = match self.ty_of(v) {
            types::F16 => {
                let bits = self.bitcast(v, types::I16);
                let bits = self.b.ins().bxor_imm_u(bits, 0x8000);
                self.bitcast(bits, types::F16)
            }
            types::F128 => {
                let bits = self.bitcast(v, types::I128);
                let sign = self.const_int(types::I128, 1 << 127);
                let bits = self.b.ins().bxor(bits, sign);
                self.bitcast(bits, types::F128)
            }
            ty if ty.is_float() => self.b.ins().fneg(v),
            _ => self.b.ins().ineg(v),
        };
        CValue::scalar(self, result, value.layout)
    }

    // --- Floats ---
    fn float_binop(&mut self, op: BinOp, a: Value, b: Value) -> Value {
        match self.ty_of(a) {
            types::F16 => {
                let (a, b) = (self.f16_to_f32(a), self.f16_to_f32(b));
                let value = self.float_binop(op, a, b);
                if op.is_comparison() { value } else { self.f32_to_f16(value) }
            }
            types::F128 => self.f128_binop(op, a, b),
            ty => match op {
                BinOp::Add | BinOp::AddUnchecked => self.b.ins().fadd(a, b),
                BinOp::Sub | BinOp::SubUnchecked => self.b.ins().fsub(a, b),
                BinOp::Mul | BinOp::MulUnchecked => self.b.ins().fmul(a, b),
                BinOp::Div => self.b.ins().fdiv(a, b),
                BinOp::Rem => {
                    let name = if ty == types::F32 { "fmodf" } else { "fmod" };
                    self.lib_call(name, &[ty, ty], &[ty], &[a, b])[0]
                }
                BinOp::Eq => self.b.ins().fcmp(FloatCC::Equal, a, b),
                BinOp::Ne => self.b.ins().fcmp(FloatCC::NotEqual, a, b),
                BinOp::Lt => self.b.ins().fcmp(FloatCC::LessThan, a, b),
                BinOp::Le => self.b.ins().fcmp(FloatCC::LessThanOrEqual, a, b),
                BinOp::Gt => self.b.ins().fcmp(FloatCC::GreaterThan, a, b),
                BinOp::Ge => self.b.ins().fcmp(FloatCC::GreaterThanOrEqual, a, b),
                op => panic!("{op:?} of floats"),
            },
        }
    }
    fn f128_binop(&mut self, op: BinOp, a: Value, b: Value) -> Value {
        let ty = types::F128;
        let arith = match op {
            BinOp::Add => "__addtf3",
            BinOp::Sub => "__subtf3",
            BinOp::Mul => "__multf3",
            BinOp::Div => "__divtf3",
            BinOp::Rem => "fmodf128",
            _ => {
                // The sign of the library's answer tells; for unordered operands it is such that the test fails.
                let (name, cc) = match op {
                    BinOp::Eq => ("__eqtf2", IntCC::Equal),
                    BinOp::Ne => ("__netf2", IntCC::NotEqual),
                    BinOp::Lt => ("__lttf2", IntCC::SignedLessThan),
                    BinOp::Le => ("__letf2", IntCC::SignedLessThanOrEqual),
                    BinOp::Gt => ("__gttf2", IntCC::SignedGreaterThan),
                    BinOp::Ge => ("__getf2", IntCC::SignedGreaterThanOrEqual),
                    op => panic!("{op:?} of floats"),
                };
                let answer = self.lib_call(name, &[ty, ty], &[types::I32], &[a, b])[0];
                return self.b.ins().icmp_imm_s(cc, answer, 0);
            }
        };
        self.lib_call(arith, &[ty, ty], &[ty], &[a, b])[0]
    }
    pub(crate) fn f16_to_f32(&mut self, value: Value) -> Value {
        self.lib_call("__extendhfsf2", &[types::F16], &[types::F32], &[value])[0]
    }
    pub(crate) fn f32_to_f16(&mut self, value: Value) -> Value {
        self.lib_call("__truncsfhf2", &[types::F32], &[types::F16], &[value])[0]
    }
    /// The distance of pointers in elements of `size` bytes.
    pub(crate) fn pointer_distance(&mut self, a: Value, b: Value, size: u64) -> Value {
        let bytes = self.b.ins().isub(a, b);
        if size.is_power_of_two() {
            self.b.ins().sshr_imm_u(bytes, i64::from(size.trailing_zeros()))
        } else {
            // The division is exact: multiply by the inverse modulo 2^64 of the odd part.
            let shift = size.trailing_zeros();
            let odd = size >> shift;
            let mut inverse = odd;
            for _ in 0..6 {
                inverse = inverse.wrapping_mul(2u64.wrapping_sub(odd.wrapping_mul(inverse)));
            }
            let bytes = if shift > 0 { self.b.ins().sshr_imm_u(bytes, i64::from(shift)) } else { bytes };
            let inverse = self.const_int(types::I64, inverse.into());
            self.b.ins().imul(bytes, inverse)
        }
    }
    pub(crate) fn pointer_of(&mut self, value: &CValue<'tcx>) -> Pointer {
        Pointer::new(value.leaves(self)[0])
    }
}

/// Whether a constant of a type is negative.
fn sign_of(n: i64, ty: Type) -> bool {
    let bits = ty.bits().min(64);
    (n << (64 - bits)) < 0
}

fn int_cc(op: BinOp, signed: bool) -> IntCC {
    match (op, signed) {
        (BinOp::Eq, _) => IntCC::Equal,
        (BinOp::Ne, _) => IntCC::NotEqual,
        (BinOp::Lt, true) => IntCC::SignedLessThan,
        (BinOp::Lt, false) => IntCC::UnsignedLessThan,
        (BinOp::Le, true) => IntCC::SignedLessThanOrEqual,
        (BinOp::Le, false) => IntCC::UnsignedLessThanOrEqual,
        (BinOp::Gt, true) => IntCC::SignedGreaterThan,
        (BinOp::Gt, false) => IntCC::UnsignedGreaterThan,
        (BinOp::Ge, true) => IntCC::SignedGreaterThanOrEqual,
        (BinOp::Ge, false) => IntCC::UnsignedGreaterThanOrEqual,
        (op, _) => panic!("{op:?} is no comparison"),
    }
}
