//! Atomic intrinsics. Cranelift's operations are sequentially consistent; weaker stores are plain where the processor
//! orders them anyway.

use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{AtomicRmwOp, InstBuilder, MemFlagsData, types};
use session::Arch;
use ty::{ConstKind, GenericArg};

use super::{Call, Done};
use crate::function::FunctionCx;
use crate::value::CValue;

/// The values of `AtomicOrdering` that a plain store of x86-64 has.
const RELAXED: u128 = 0;
const RELEASE: u128 = 1;

impl<'tcx> FunctionCx<'_, 'tcx> {
    pub(super) fn atomic_intrinsic(&mut self, call: &Call<'_, 'tcx>) -> Done<'tcx> {
        let Some(op) = call.name.strip_prefix("atomic_") else { return Done::Unknown };
        // Old names say their orderings: `atomic_load_acquire`.
        let op = op.split('_').next().unwrap_or(op);
        let dest = call.dest.layout;
        let flags = MemFlagsData::new().with_notrap().with_aligned();
        match op {
            "fence" => {
                self.b.ins().fence();
                return Done::Unit;
            }
            "singlethreadfence" => return Done::Unit,
            _ => {}
        }
        let elem = self.layout_of(call.instance.args.type_at(0));
        let ty = self.scalar_ty(elem);
        if ty == types::I128 || ty.is_float() {
            self.cx.unsupported(call.source_info.span, &format!("an atomic operation on `{}`", elem.ty));
            return Done::Value(self.undefined(dest));
        }
        let ptr = call.args[0].load_scalar(self);
        let rmw = match op {
            "load" => {
                let value = self.b.ins().atomic_load(ty, flags, ptr);
                return Done::Value(CValue::scalar(self, value, dest));
            }
            "store" => {
                let value = call.args[1].load_scalar(self);
                let weak = matches!(self.ordering(call), Some(RELAXED | RELEASE));
                if weak && self.tcx().sess().target.arch == Arch::X86_64 {
                    self.b.ins().store(flags, value, ptr, 0);
                } else {
                    self.b.ins().atomic_store(flags, value, ptr);
                }
                return Done::Unit;
            }
            "cxchg" | "cxchgweak" => {
                let old = call.args[1].load_scalar(self);
                let new = call.args[2].load_scalar(self);
                let found = self.b.ins().atomic_cas(flags, ptr, old, new);
                let same = self.icmp(IntCC::Equal, found, old);
                return Done::Value(CValue::pair(self, found, same, dest));
            }
            "xchg" => AtomicRmwOp::Xchg,
            "xadd" => AtomicRmwOp::Add,
            "xsub" => AtomicRmwOp::Sub,
            "and" => AtomicRmwOp::And,
            "nand" => AtomicRmwOp::Nand,
            "or" => AtomicRmwOp::Or,
            "xor" => AtomicRmwOp::Xor,
            "max" => AtomicRmwOp::Smax,
            "min" => AtomicRmwOp::Smin,
            "umax" => AtomicRmwOp::Umax,
            "umin" => AtomicRmwOp::Umin,
            _ => return Done::Unknown,
        };
        let value = call.args[1].load_scalar(self);
        let old = self.b.ins().atomic_rmw(ty, flags, rmw, ptr, value);
        Done::Value(CValue::scalar(self, old, dest))
    }

    /// The first ordering among the generic arguments.
    fn ordering(&self, call: &Call<'_, 'tcx>) -> Option<u128> {
        call.instance.args.iter().find_map(|arg| match arg {
            GenericArg::Const(c) => match c.kind() {
                ConstKind::Value(v) => match v.valtree {
                    ty::ValTree::Leaf(int) => Some(int.to_uint()),
                    ty::ValTree::Branch(parts) => parts.iter().next()?.try_to_scalar_int().map(|i| i.to_uint()),
                },
                _ => None,
            },
            _ => None,
        })
    }
}
