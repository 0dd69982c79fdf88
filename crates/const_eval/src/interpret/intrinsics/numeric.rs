//! Intrinsics on integers.

use mir::BinOp;
use mir::interpret::Scalar;
use ty::{Instance, ScalarInt};

use super::super::operand::{ImmTy, OpTy};
use super::super::place::PlaceTy;
use super::super::{InterpCx, InterpResult, Machine, ub};

impl<'tcx, M: Machine<'tcx>> InterpCx<'tcx, M> {
    pub(super) fn eval_numeric_intrinsic(
        &mut self,
        name: &str,
        instance: Instance<'tcx>,
        args: &[OpTy<'tcx>],
        dest: &PlaceTy<'tcx>,
    ) -> InterpResult<'tcx, bool> {
        let binary = match name {
            "wrapping_add" => Some(BinOp::Add),
            "wrapping_sub" => Some(BinOp::Sub),
            "wrapping_mul" => Some(BinOp::Mul),
            "unchecked_add" => Some(BinOp::AddUnchecked),
            "unchecked_sub" => Some(BinOp::SubUnchecked),
            "unchecked_mul" => Some(BinOp::MulUnchecked),
            "unchecked_div" => Some(BinOp::Div),
            "unchecked_rem" => Some(BinOp::Rem),
            "unchecked_shl" => Some(BinOp::ShlUnchecked),
            "unchecked_shr" => Some(BinOp::ShrUnchecked),
            "add_with_overflow" => Some(BinOp::AddWithOverflow),
            "sub_with_overflow" => Some(BinOp::SubWithOverflow),
            "mul_with_overflow" => Some(BinOp::MulWithOverflow),
            "three_way_compare" => Some(BinOp::Cmp),
            "disjoint_bitor" => Some(BinOp::BitOr),
            _ => None,
        };
        if let Some(op) = binary {
            let (l, r) = (self.read_immediate(&args[0])?, self.read_immediate(&args[1])?);
            if name == "disjoint_bitor" {
                let both = self.binary_op(BinOp::BitAnd, &l, &r)?;
                if !both.to_scalar_int()?.is_null() {
                    return ub("`assume` called with `false`");
                }
            }
            let res = self.binary_op(op, &l, &r)?;
            self.write_immediate(res.imm, dest)?;
            return Ok(true);
        }
        match name {
            "ctpop" | "cttz" | "cttz_nonzero" | "ctlz" | "ctlz_nonzero" | "bswap" | "bitreverse" => {
                let layout = self.layout_of(instance.args.type_at(0))?;
                let v = self.read_scalar_int(&args[0])?.to_uint();
                let bits = layout.size.bits();
                if name.ends_with("_nonzero") && v == 0 {
                    return ub(format!("`{name}` called on 0"));
                }
                let extra = 128 - bits as u32;
                let out: u128 = match name {
                    "ctpop" => v.count_ones().into(),
                    "ctlz" | "ctlz_nonzero" => (v.leading_zeros() - extra).into(),
                    "cttz" | "cttz_nonzero" => (v.trailing_zeros().min(bits as u32)).into(),
                    "bswap" => v.swap_bytes() >> extra,
                    _ => v.reverse_bits() >> extra,
                };
                self.write_immediate(ImmTy::from_uint(out, dest.layout).imm, dest)?;
            }
            "rotate_left" | "rotate_right" => {
                let v = self.read_scalar_int(&args[0])?.to_uint();
                let n = self.read_scalar_int(&args[1])?.to_uint();
                let bits = u128::from(dest.layout.size.bits());
                let n = (n % bits) as u32;
                let bits = bits as u32;
                let left = if name == "rotate_left" { n } else { (bits - n) % bits };
                let out = if left == 0 { v } else { v << left | v >> (bits - left) };
                let out = ty::truncate(out, dest.layout.size.bytes());
                self.write_immediate(ImmTy::from_uint(out, dest.layout).imm, dest)?;
            }
            "saturating_add" | "saturating_sub" => {
                let (l, r) = (self.read_immediate(&args[0])?, self.read_immediate(&args[1])?);
                let op = if name == "saturating_add" { BinOp::Add } else { BinOp::Sub };
                let out = self.saturating_arith(op, &l, &r)?;
                self.write_scalar(out, dest)?;
            }
            "exact_div" => {
                let (l, r) = (self.read_immediate(&args[0])?, self.read_immediate(&args[1])?);
                let rem = self.binary_op(BinOp::Rem, &l, &r)?;
                if !rem.to_scalar_int()?.is_null() {
                    return ub(format!(
                        "exact_div: {} cannot be divided by {} without remainder",
                        self.int_with_suffix(&l)?,
                        self.int_with_suffix(&r)?
                    ));
                }
                let res = self.binary_op(BinOp::Div, &l, &r)?;
                self.write_immediate(res.imm, dest)?;
            }
            "unchecked_funnel_shl" | "unchecked_funnel_shr" => {
                let size = dest.layout.size;
                let bits = size.bits();
                let a = self.read_scalar_int(&args[0])?.to_uint();
                let b = self.read_scalar_int(&args[1])?.to_uint();
                let n = self.read_scalar_int(&args[2])?.to_uint();
                if n >= u128::from(bits) {
                    return ub(format!("overflowing shift by {n} in `{name}`"));
                }
                let (n, bits) = (n as u32, bits as u32);
                let out = match (name, n) {
                    ("unchecked_funnel_shl", 0) => a,
                    ("unchecked_funnel_shl", _) => a << n | b >> (bits - n),
                    (_, 0) => b,
                    _ => a << (bits - n) | b >> n,
                };
                self.write_immediate(ImmTy::from_uint(ty::truncate(out, size.bytes()), dest.layout).imm, dest)?;
            }
            "is_val_statically_known" => return Ok(false),
            _ => return Ok(false),
        }
        Ok(true)
    }
    pub(super) fn saturating_arith(&self, op: BinOp, l: &ImmTy<'tcx>, r: &ImmTy<'tcx>) -> InterpResult<'tcx, Scalar> {
        let with = if op == BinOp::Add { BinOp::AddWithOverflow } else { BinOp::SubWithOverflow };
        let (val, over) = self.binary_op(with, l, r)?.imm.to_scalar_pair()?;
        if !super::super::operand::scalar_to_bool(over)? {
            return Ok(val);
        }
        let size = l.layout.size;
        let out = if l.layout.backend_repr.is_signed() {
            // On overflow the result has the sign of the left operand.
            let negative = l.to_scalar_int()?.to_int() < 0;
            if negative { 1u128 << (size.bits() - 1) } else { size.signed_int_max() as u128 }
        } else if op == BinOp::Add {
            size.unsigned_int_max()
        } else {
            0
        };
        Ok(Scalar::Int(ScalarInt::truncate_from_uint(out, size.bytes()).0))
    }
    /// `5_i32`
    pub(crate) fn int_with_suffix(&self, imm: &ImmTy<'tcx>) -> InterpResult<'tcx, String> {
        Ok(crate::util::const_int(imm.to_scalar_int()?, imm.layout.ty))
    }
}
