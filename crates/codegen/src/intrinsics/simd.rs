//! Intrinsics of `#[repr(simd)]` vectors (`core::intrinsics::simd`): lane by lane through memory, whatever the width;
//! vectors of 16 bytes by Cranelift's own instructions where they say the same.

use cranelift_codegen::ir::condcodes::{FloatCC, IntCC};
use cranelift_codegen::ir::{InstBuilder, Type, Value, types};
use mir::{BinOp, CastKind};
use ty::layout::TyAndLayout;
use ty::{FieldIdx, TyKind};

use super::{Call, Done};
use crate::function::FunctionCx;
use crate::leaf::PTR;
use crate::num::is_signed;
use crate::place::CPlace;
use crate::pointer::{Pointer, plain};
use crate::value::CValue;

/// A vector in memory.
#[derive(Clone, Copy)]
struct Lanes<'tcx> {
    ptr: Pointer,
    elem: TyAndLayout<'tcx>,
    count: u64,
}

impl<'tcx> Lanes<'tcx> {
    fn pointer(&self, fx: &mut FunctionCx<'_, 'tcx>, i: u64) -> Pointer {
        self.ptr.offset(fx, (self.elem.size.bytes() * i) as i64)
    }
    fn get(&self, fx: &mut FunctionCx<'_, 'tcx>, i: u64) -> CValue<'tcx> {
        CValue::by_ref(self.pointer(fx, i), self.elem)
    }
    fn set(&self, fx: &mut FunctionCx<'_, 'tcx>, i: u64, value: &CValue<'tcx>) {
        let ptr = self.pointer(fx, i);
        CPlace::mem(ptr, self.elem).write(fx, value);
    }
    /// The lane that a value of any integer type counts to.
    fn dynamic(&self, fx: &mut FunctionCx<'_, 'tcx>, index: &CValue<'tcx>) -> Pointer {
        let index = index.load_scalar(fx);
        let index = fx.int_cast(index, PTR, false);
        let by = fx.scale(index, self.elem.size.bytes());
        self.ptr.offset_value(fx, by)
    }
}

/// The intrinsic of one lane that does it.
fn of_lane(op: &str) -> Option<&str> {
    Some(match op {
        "fabs" => "fabs",
        "fmin" => "minnum",
        "fmax" => "maxnum",
        "fsqrt" => "sqrt",
        "fma" => "fma",
        "relaxed_fma" => "fmuladd",
        "fsin" => "sin",
        "fcos" => "cos",
        "fexp" => "exp",
        "fexp2" => "exp2",
        "flog" => "log",
        "flog2" => "log2",
        "flog10" => "log10",
        "ceil" | "floor" | "round" | "trunc" | "round_ties_even" | "bswap" | "bitreverse" | "ctlz" | "cttz"
        | "ctpop" | "saturating_add" | "saturating_sub" => op,
        _ => return None,
    })
}

impl<'tcx> FunctionCx<'_, 'tcx> {
    pub(super) fn simd_intrinsic(&mut self, call: &Call<'_, 'tcx>) -> Done<'tcx> {
        let Some(op) = call.name.strip_prefix("simd_") else { return Done::Unknown };
        if let Some(value) = self.simd_in_register(op, call) {
            return Done::Value(value);
        }
        if let Some(bin) = const_eval::util::simd_binop(op) {
            return self.map_lanes(call, |fx, lanes, to| {
                if !bin.is_comparison() {
                    return fx.codegen_binop(bin, &lanes[0], &lanes[1], to);
                }
                let bool_layout = fx.layout_of(fx.tcx().types().bool);
                let holds = fx.codegen_binop(bin, &lanes[0], &lanes[1], bool_layout).load_scalar(fx);
                fx.mask_lane(holds, to)
            });
        }
        if let Some(name) = of_lane(op) {
            return self.map_lanes(call, |fx, lanes, to| fx.lane_intrinsic(name, call, lanes, to));
        }
        match op {
            "neg" => self.map_lanes(call, |fx, lanes, _| fx.codegen_neg(&lanes[0])),
            "cast" | "as" => self.map_lanes(call, |fx, lanes, to| {
                let kind = cast_kind(lanes[0].layout, to);
                fx.codegen_cast(kind, &lanes[0], to)
            }),
            "cast_ptr" | "expose_provenance" | "with_exposed_provenance" => {
                self.map_lanes(call, |fx, lanes, to| fx.codegen_cast(CastKind::PtrToPtr, &lanes[0], to))
            }
            "arith_offset" => {
                self.map_lanes(call, |fx, lanes, to| fx.codegen_binop(BinOp::Offset, &lanes[0], &lanes[1], to))
            }
            "splat" => {
                let value = call.args[0].clone();
                self.map_lanes_with(call.dest.layout, |_, _, _| value.clone())
            }
            "insert" | "insert_dyn" => {
                let (from, to) = (self.lanes(&call.args[0]), self.new_lanes(call.dest.layout));
                let size = call.dest.layout.size.bytes();
                self.copy(to.ptr, from.ptr, size);
                let lane = to.dynamic(self, &call.args[1]);
                CPlace::mem(lane, to.elem).write(self, &call.args[2]);
                Done::Value(CValue::by_ref(to.ptr, call.dest.layout))
            }
            "extract" | "extract_dyn" => {
                let from = self.lanes(&call.args[0]);
                let lane = from.dynamic(self, &call.args[1]);
                Done::Value(CValue::by_ref(lane, from.elem))
            }
            "shuffle" => self.simd_shuffle(call),
            "select" => {
                let mask = self.lanes(&call.args[0]);
                let (yes, no) = (self.lanes(&call.args[1]), self.lanes(&call.args[2]));
                self.map_lanes_with(call.dest.layout, |fx, i, _| {
                    let set = fx.is_set(mask, i);
                    fx.select_lane(set, (yes, no), i)
                })
            }
            "select_bitmask" => {
                let (yes, no) = (self.lanes(&call.args[1]), self.lanes(&call.args[2]));
                let (mask, _) = call.args[0].force_ref(self);
                self.map_lanes_with(call.dest.layout, |fx, i, _| {
                    let byte = mask.offset(fx, (i / 8) as i64).load(fx, types::I8, plain());
                    let set = fx.b.ins().band_imm_u(byte, 1 << (i % 8));
                    fx.select_lane(set, (yes, no), i)
                })
            }
            "bitmask" => self.simd_bitmask(call),
            "masked_load" | "masked_store" | "gather" | "scatter" => self.simd_masked(op, call),
            _ => match op.strip_prefix("reduce_") {
                Some(how) => self.simd_reduce(how, call),
                None => Done::Unknown,
            },
        }
    }

    /// Operations of vectors that live in a register.
    fn simd_in_register(&mut self, op: &str, call: &Call<'_, 'tcx>) -> Option<CValue<'tcx>> {
        let first = call.args.first()?.layout;
        if op == "splat" {
            let vector = self.register_type(call.dest.layout)?;
            let lane = call.args[0].load_scalar(self);
            let value = self.b.ins().splat(vector, lane);
            return Some(CValue::scalar(self, value, call.dest.layout));
        }
        let vector = self.register_type(first)?;
        let is_float = vector.lane_type().is_float();
        let signed = is_signed(self.lane_layout(first).ty);
        if op == "bitmask" {
            let to = self.cx.leaves(call.dest.layout)?;
            let [leaf] = to else { return None };
            let ty = leaf.ty;
            if is_float || !ty.is_int() || ty.bits() > 64 || ty.bits() < vector.lane_count() {
                return None;
            }
            let value = call.args[0].load_scalar(self);
            let bits = self.b.ins().vhigh_bits(types::I32, value);
            let bits = self.int_cast(bits, ty, false);
            return Some(CValue::scalar(self, bits, call.dest.layout));
        }
        let to = self.register_type(call.dest.layout)?;
        let [a, b] = &call.args[..] else { return None };
        if self.register_type(b.layout)? != vector || to.lane_bits() != vector.lane_bits() {
            return None;
        }
        let (a, b) = (a.load_scalar(self), b.load_scalar(self));
        let value = match (op, is_float) {
            ("and", false) => self.b.ins().band(a, b),
            ("or", false) => self.b.ins().bor(a, b),
            ("xor", false) => self.b.ins().bxor(a, b),
            ("add", false) => self.b.ins().iadd(a, b),
            ("sub", false) => self.b.ins().isub(a, b),
            ("add", true) => self.b.ins().fadd(a, b),
            ("sub", true) => self.b.ins().fsub(a, b),
            ("mul", true) => self.b.ins().fmul(a, b),
            ("div", true) => self.b.ins().fdiv(a, b),
            (_, false) => {
                let cc = match (op, signed) {
                    ("eq", _) => IntCC::Equal,
                    ("ne", _) => IntCC::NotEqual,
                    ("lt", true) => IntCC::SignedLessThan,
                    ("le", true) => IntCC::SignedLessThanOrEqual,
                    ("gt", true) => IntCC::SignedGreaterThan,
                    ("ge", true) => IntCC::SignedGreaterThanOrEqual,
                    ("lt", false) => IntCC::UnsignedLessThan,
                    ("le", false) => IntCC::UnsignedLessThanOrEqual,
                    ("gt", false) => IntCC::UnsignedGreaterThan,
                    ("ge", false) => IntCC::UnsignedGreaterThanOrEqual,
                    _ => return None,
                };
                self.b.ins().icmp(cc, a, b)
            }
            (_, true) => {
                let cc = match op {
                    "eq" => FloatCC::Equal,
                    "ne" => FloatCC::NotEqual,
                    "lt" => FloatCC::LessThan,
                    "le" => FloatCC::LessThanOrEqual,
                    "gt" => FloatCC::GreaterThan,
                    "ge" => FloatCC::GreaterThanOrEqual,
                    _ => return None,
                };
                self.b.ins().fcmp(cc, a, b)
            }
        };
        let value = if self.ty_of(value) == to { value } else { self.bitcast(value, to) };
        Some(CValue::scalar(self, value, call.dest.layout))
    }

    /// The Cranelift type of a vector that lives in a register.
    fn register_type(&mut self, layout: TyAndLayout<'tcx>) -> Option<Type> {
        match self.cx.leaves(layout)? {
            [leaf] if leaf.ty.is_vector() => Some(leaf.ty),
            _ => None,
        }
    }

    /// The type of a vector's lanes: it is a struct of one array.
    fn lane_layout(&self, vector: TyAndLayout<'tcx>) -> TyAndLayout<'tcx> {
        self.elem_layout(self.field_layout(vector, FieldIdx::ZERO))
    }
    fn lanes(&mut self, value: &CValue<'tcx>) -> Lanes<'tcx> {
        let (ptr, _) = value.force_ref(self);
        Lanes { ptr, elem: self.lane_layout(value.layout), count: self.vector_len(value.layout) }
    }
    /// A vector may be padded to a power of two: its array says how many lanes it has.
    fn vector_len(&self, vector: TyAndLayout<'tcx>) -> u64 {
        match self.field_layout(vector, FieldIdx::ZERO).fields {
            rustc_abi::FieldsShape::Array { count, .. } => count,
            _ => 0,
        }
    }
    fn new_lanes(&mut self, vector: TyAndLayout<'tcx>) -> Lanes<'tcx> {
        let ptr = self.stack_slot(vector.size, vector.align.abi);
        Lanes { ptr, elem: self.lane_layout(vector), count: self.vector_len(vector) }
    }

    fn map_lanes_with(
        &mut self,
        dest: TyAndLayout<'tcx>,
        mut f: impl FnMut(&mut Self, u64, TyAndLayout<'tcx>) -> CValue<'tcx>,
    ) -> Done<'tcx> {
        let to = self.new_lanes(dest);
        for i in 0..to.count {
            let value = f(self, i, to.elem);
            to.set(self, i, &value);
        }
        Done::Value(CValue::by_ref(to.ptr, dest))
    }
    /// Each lane of the result from those of the arguments; arguments that are no vectors stand for every lane.
    fn map_lanes(
        &mut self,
        call: &Call<'_, 'tcx>,
        mut f: impl FnMut(&mut Self, &[CValue<'tcx>], TyAndLayout<'tcx>) -> CValue<'tcx>,
    ) -> Done<'tcx> {
        let args: Vec<Lanes<'tcx>> = call.args.iter().map(|a| self.lanes(a)).collect();
        self.map_lanes_with(call.dest.layout, |fx, i, to| {
            let lanes: Vec<CValue<'tcx>> = args.iter().map(|a| a.get(fx, i)).collect();
            f(fx, &lanes, to)
        })
    }

    /// One lane by the intrinsic for scalars.
    fn lane_intrinsic(
        &mut self,
        name: &str,
        call: &Call<'_, 'tcx>,
        lanes: &[CValue<'tcx>],
        to: TyAndLayout<'tcx>,
    ) -> CValue<'tcx> {
        // Counts of bits are `u32` there.
        let counts = matches!(name, "ctlz" | "cttz" | "ctpop");
        let layout = if counts { self.layout_of(self.tcx().types().u32) } else { to };
        let name = match to.ty.kind() {
            TyKind::Float(float) if name != "fabs" => format!("{name}{}", float.name_str()),
            _ => name.to_owned(),
        };
        let dest = CPlace::new_slot(self, layout);
        let scalar =
            Call { name: &name, instance: call.instance, args: lanes.to_vec(), dest, source_info: call.source_info };
        let done = match self.int_intrinsic(&scalar) {
            Done::Unknown => self.float_intrinsic(&scalar),
            done => done,
        };
        match done {
            Done::Value(value) if counts => self.codegen_cast(CastKind::IntToInt, &value, to),
            Done::Value(value) => value,
            _ => CValue::by_ref(scalar.dest.to_ptr().0, to),
        }
    }

    /// All bits of a lane set, or none.
    fn mask_lane(&mut self, holds: Value, to: TyAndLayout<'tcx>) -> CValue<'tcx> {
        let ty = self.scalar_ty(to);
        let wide = self.int_cast(holds, ty, false);
        let value = self.b.ins().ineg(wide);
        CValue::scalar(self, value, to)
    }
    /// Whether a mask's lane is set: all its bits are the same, the sign counts.
    fn is_set(&mut self, mask: Lanes<'tcx>, i: u64) -> Value {
        let lane = mask.get(self, i).load_scalar(self);
        let zero = self.const_int(self.ty_of(lane), 0);
        self.icmp(IntCC::SignedLessThan, lane, zero)
    }
    fn select_lane(&mut self, set: Value, (yes, no): (Lanes<'tcx>, Lanes<'tcx>), i: u64) -> CValue<'tcx> {
        let (a, b) = (yes.get(self, i).load_scalar(self), no.get(self, i).load_scalar(self));
        let value = self.b.ins().select(set, a, b);
        CValue::scalar(self, value, yes.elem)
    }

    /// Lanes of two vectors laid side by side, by a constant vector of their numbers.
    fn simd_shuffle(&mut self, call: &Call<'_, 'tcx>) -> Done<'tcx> {
        let (x, y) = (self.lanes(&call.args[0]), self.lanes(&call.args[1]));
        let bytes = x.elem.size * x.count;
        let both = self.stack_slot(bytes * 2, call.args[0].layout.align.abi);
        self.copy(both, x.ptr, bytes.bytes());
        let second = both.offset(self, bytes.bytes() as i64);
        self.copy(second, y.ptr, bytes.bytes());
        let both = Lanes { ptr: both, elem: x.elem, count: x.count * 2 };
        // A vector of `u32`, or in older libraries an array.
        let (index, _) = call.args[2].force_ref(self);
        let index_layout = self.layout_of(self.tcx().types().u32);
        self.map_lanes_with(call.dest.layout, |fx, i, to| {
            let at = CValue::by_ref(index.offset(fx, 4 * i as i64), index_layout);
            let lane = both.dynamic(fx, &at);
            CValue::by_ref(lane, to)
        })
    }

    /// The sign bits of the lanes, the first in the lowest bit; an integer or an array of bytes.
    fn simd_bitmask(&mut self, call: &Call<'_, 'tcx>) -> Done<'tcx> {
        let from = self.lanes(&call.args[0]);
        let dest = call.dest.layout;
        let slot = self.stack_slot(dest.size, dest.align.abi);
        for byte in 0..dest.size.bytes() {
            let mut bits = self.const_int(types::I8, 0);
            for bit in 0..8u64.min(from.count.saturating_sub(byte * 8)) {
                let set = self.is_set(from, byte * 8 + bit);
                let set = self.b.ins().ishl_imm_u(set, bit as i64);
                bits = self.b.ins().bor(bits, set);
            }
            slot.offset(self, byte as i64).store(self, bits, plain());
        }
        Done::Value(CValue::by_ref(slot, dest))
    }

    /// Loads and stores of those lanes that a mask selects; others touch no memory of the program.
    fn simd_masked(&mut self, op: &str, call: &Call<'_, 'tcx>) -> Done<'tcx> {
        // (mask, pointer, value) or (value, pointers, mask)
        let (mask, value) = if op.starts_with("masked") { (0, 2) } else { (2, 0) };
        let (mask, value) = (self.lanes(&call.args[mask]), self.lanes(&call.args[value]));
        let pointers = match op {
            "gather" | "scatter" => Some(self.lanes(&call.args[1])),
            _ => None,
        };
        let base = match pointers {
            Some(_) => None,
            None => Some(Pointer::new(call.args[1].load_scalar(self))),
        };
        let stores = matches!(op, "masked_store" | "scatter");
        let result = if stores { value } else { self.new_lanes(call.dest.layout) };
        // Where lanes that are not selected go.
        let unused = self.stack_slot(value.elem.size, value.elem.align.abi);
        for i in 0..value.count {
            let there = match (pointers, base) {
                (Some(p), _) => p.get(self, i).load_scalar(self),
                (None, Some(base)) => base.offset(self, (value.elem.size.bytes() * i) as i64).addr(self),
                (None, None) => continue,
            };
            let set = self.is_set(mask, i);
            let elsewhere = if stores { unused } else { value.pointer(self, i) };
            let elsewhere = elsewhere.addr(self);
            let at = self.b.ins().select(set, there, elsewhere);
            let memory = CPlace::mem(Pointer::new(at), value.elem);
            if stores {
                let lane = value.get(self, i);
                memory.write(self, &lane);
            } else {
                let lane = memory.to_value(self);
                result.set(self, i, &lane);
            }
        }
        if stores { Done::Unit } else { Done::Value(CValue::by_ref(result.ptr, call.dest.layout)) }
    }

    /// All lanes joined by an operation, from the first to the last.
    fn simd_reduce(&mut self, how: &str, call: &Call<'_, 'tcx>) -> Done<'tcx> {
        let from = self.lanes(&call.args[0]);
        let dest = call.dest.layout;
        if matches!(how, "all" | "any") {
            let mut value = self.const_int(types::I8, u128::from(how == "all"));
            for i in 0..from.count {
                let set = self.is_set(from, i);
                value = if how == "all" { self.b.ins().band(value, set) } else { self.b.ins().bor(value, set) };
            }
            return Done::Value(CValue::scalar(self, value, dest));
        }
        let op = match how.split('_').next() {
            Some("add") => Some(BinOp::Add),
            Some("mul") => Some(BinOp::Mul),
            Some("and") => Some(BinOp::BitAnd),
            Some("or") => Some(BinOp::BitOr),
            Some("xor") => Some(BinOp::BitXor),
            Some("min" | "max") => None,
            _ => return Done::Unknown,
        };
        // Ordered ones begin with an accumulator.
        let mut lanes = 0..from.count;
        let mut value = match call.args.get(1) {
            Some(start) => start.clone(),
            None => match lanes.next() {
                Some(i) => from.get(self, i),
                None => return Done::Unknown,
            },
        };
        for i in lanes {
            let lane = from.get(self, i);
            value = match op {
                Some(op) => self.codegen_binop(op, &value, &lane, from.elem),
                None if matches!(from.elem.ty.kind(), TyKind::Float(_)) => {
                    let name = if how == "min" { "minnum" } else { "maxnum" };
                    self.lane_intrinsic(name, call, &[value, lane], from.elem)
                }
                None => {
                    let op = if how == "min" { BinOp::Lt } else { BinOp::Gt };
                    let bool_layout = self.layout_of(self.tcx().types().bool);
                    let better = self.codegen_binop(op, &value, &lane, bool_layout).load_scalar(self);
                    let (a, b) = (value.load_scalar(self), lane.load_scalar(self));
                    let chosen = self.b.ins().select(better, a, b);
                    CValue::scalar(self, chosen, from.elem)
                }
            };
        }
        Done::Value(value.with_layout(dest))
    }
}

/// How a lane is converted, as `as` does it.
fn cast_kind<'tcx>(from: TyAndLayout<'tcx>, to: TyAndLayout<'tcx>) -> CastKind {
    let is_float = |l: TyAndLayout<'tcx>| matches!(l.ty.kind(), TyKind::Float(_));
    match (is_float(from), is_float(to)) {
        (true, true) => CastKind::FloatToFloat,
        (true, false) => CastKind::FloatToInt,
        (false, true) => CastKind::IntToFloat,
        (false, false) => CastKind::IntToInt,
    }
}
