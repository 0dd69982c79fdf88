//! Intrinsics of integers: checked, saturating and unchecked arithmetic, bits.

use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{InstBuilder, Type, Value, types};
use mir::BinOp;

use super::{Call, Done};
use crate::function::FunctionCx;
use crate::num::is_signed;
use crate::value::CValue;

impl<'tcx> FunctionCx<'_, 'tcx> {
    pub(super) fn int_intrinsic(&mut self, call: &Call<'_, 'tcx>) -> Done<'tcx> {
        let dest = call.dest.layout;
        let binop = match call.name {
            "add_with_overflow" => BinOp::AddWithOverflow,
            "sub_with_overflow" => BinOp::SubWithOverflow,
            "mul_with_overflow" => BinOp::MulWithOverflow,
            "wrapping_add" => BinOp::Add,
            "wrapping_sub" => BinOp::Sub,
            "wrapping_mul" => BinOp::Mul,
            "unchecked_add" => BinOp::AddUnchecked,
            "unchecked_sub" => BinOp::SubUnchecked,
            "unchecked_mul" => BinOp::MulUnchecked,
            "unchecked_div" | "exact_div" => BinOp::Div,
            "unchecked_rem" => BinOp::Rem,
            "unchecked_shl" => BinOp::ShlUnchecked,
            "unchecked_shr" => BinOp::ShrUnchecked,
            "disjoint_bitor" => BinOp::BitOr,
            "three_way_compare" => BinOp::Cmp,
            _ => return self.bit_intrinsic(call),
        };
        let value = self.codegen_binop(binop, &call.args[0], &call.args[1], dest);
        Done::Value(value)
    }

    fn bit_intrinsic(&mut self, call: &Call<'_, 'tcx>) -> Done<'tcx> {
        let dest = call.dest.layout;
        let name = call.name;
        if !matches!(
            name,
            "ctpop"
                | "ctlz"
                | "ctlz_nonzero"
                | "cttz"
                | "cttz_nonzero"
                | "bswap"
                | "bitreverse"
                | "rotate_left"
                | "rotate_right"
                | "saturating_add"
                | "saturating_sub"
        ) {
            return Done::Unknown;
        }
        let signed = is_signed(call.args[0].layout.ty);
        let x = call.args[0].load_scalar(self);
        let ty = self.ty_of(x);
        let result = match name {
            "ctpop" => self.count(x, |fx, x| fx.b.ins().popcnt(x)),
            "ctlz" | "ctlz_nonzero" => {
                let n = self.b.ins().clz(x);
                self.int_cast(n, types::I32, false)
            }
            "cttz" | "cttz_nonzero" => {
                let n = self.b.ins().ctz(x);
                self.int_cast(n, types::I32, false)
            }
            "bswap" if ty == types::I8 => x,
            "bswap" => self.b.ins().bswap(x),
            "bitreverse" => self.b.ins().bitrev(x),
            "rotate_left" | "rotate_right" => {
                let by = call.args[1].load_scalar(self);
                if name == "rotate_left" { self.b.ins().rotl(x, by) } else { self.b.ins().rotr(x, by) }
            }
            _ => {
                let y = call.args[1].load_scalar(self);
                let op = if name == "saturating_add" { BinOp::Add } else { BinOp::Sub };
                self.saturating(op, x, y, signed)
            }
        };
        Done::Value(CValue::scalar(self, result, dest))
    }
    /// A count of bits, as `u32`; of 128 bits by halves.
    fn count(&mut self, x: Value, f: impl Fn(&mut Self, Value) -> Value) -> Value {
        if self.ty_of(x) == types::I128 {
            let (low, high) = self.b.ins().isplit(x);
            let (a, b) = (f(self, low), f(self, high));
            let sum = self.b.ins().iadd(a, b);
            return self.int_cast(sum, types::I32, false);
        }
        let n = f(self, x);
        self.int_cast(n, types::I32, false)
    }
    fn saturating(&mut self, op: BinOp, x: Value, y: Value, signed: bool) -> Value {
        let ty = self.ty_of(x);
        let (value, overflow) = self.checked_int_binop(op, x, y, signed);
        let limit = match (signed, op) {
            (false, BinOp::Add) => self.const_int(ty, u128::MAX),
            (false, _) => self.const_int(ty, 0),
            // The limit on the side of `x`: it is negative exactly if the limit is the least.
            (true, _) => {
                let (min, max) = limits(ty);
                let min = self.const_int(ty, min);
                let max = self.const_int(ty, max);
                let zero = self.const_int(ty, 0);
                let negative = self.icmp(IntCC::SignedLessThan, x, zero);
                self.b.ins().select(negative, min, max)
            }
        };
        self.b.ins().select(overflow, limit, value)
    }
}

/// The bits of the least and the greatest signed integer.
fn limits(ty: Type) -> (u128, u128) {
    let min = 1u128 << (ty.bits() - 1);
    (min, min - 1)
}
