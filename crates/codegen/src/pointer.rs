//! [`Pointer`]: an address in the function being built, with a constant offset that loads and stores can take in.

use cranelift_codegen::ir::{InstBuilder, MemFlagsData, StackSlot, Type, Value};
use rustc_abi::Align;

use crate::function::FunctionCx;
use crate::leaf::PTR;

/// An address.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pointer {
    base: Base,
    offset: i32,
}

/// What the offset counts from.
#[derive(Clone, Copy, Debug)]
enum Base {
    Addr(Value),
    Slot(StackSlot),
    /// Of zero-sized values: any aligned address.
    Dangling(u64),
}

/// What holds of the accesses that MIR makes: they do not trap. Packed fields may be unaligned.
pub(crate) fn plain() -> MemFlagsData {
    MemFlagsData::new().with_notrap()
}

/// Memory that never changes, such as a vtable.
pub(crate) fn read_only() -> MemFlagsData {
    MemFlagsData::new().with_notrap().with_aligned().with_readonly().with_can_move()
}

impl Pointer {
    pub(crate) fn new(addr: Value) -> Self {
        Pointer { base: Base::Addr(addr), offset: 0 }
    }
    pub(crate) fn slot(slot: StackSlot) -> Self {
        Pointer { base: Base::Slot(slot), offset: 0 }
    }
    pub(crate) fn dangling(align: Align) -> Self {
        Pointer { base: Base::Dangling(align.bytes()), offset: 0 }
    }
    /// As a value.
    pub(crate) fn addr(self, fx: &mut FunctionCx<'_, '_>) -> Value {
        match self.base {
            Base::Addr(addr) if self.offset == 0 => addr,
            Base::Addr(addr) => fx.b.ins().iadd_imm_s(addr, i64::from(self.offset)),
            Base::Slot(slot) => fx.b.ins().stack_addr(PTR, slot, self.offset),
            Base::Dangling(align) => fx.b.ins().iconst(PTR, align as i64 + i64::from(self.offset)),
        }
    }
    pub(crate) fn offset(self, fx: &mut FunctionCx<'_, '_>, by: i64) -> Self {
        match i64::from(self.offset).checked_add(by).map(i32::try_from) {
            Some(Ok(offset)) => Pointer { base: self.base, offset },
            _ => {
                let addr = self.addr(fx);
                Pointer::new(fx.b.ins().iadd_imm_s(addr, by))
            }
        }
    }
    pub(crate) fn offset_value(self, fx: &mut FunctionCx<'_, '_>, by: Value) -> Self {
        match self.base {
            // The constant part stays in the accesses.
            Base::Addr(addr) => Pointer { base: Base::Addr(fx.b.ins().iadd(addr, by)), offset: self.offset },
            Base::Slot(_) | Base::Dangling(_) => {
                let addr = self.addr(fx);
                Pointer::new(fx.b.ins().iadd(addr, by))
            }
        }
    }
    pub(crate) fn load(self, fx: &mut FunctionCx<'_, '_>, ty: Type, flags: MemFlagsData) -> Value {
        match self.base {
            Base::Addr(addr) => fx.b.ins().load(ty, flags, addr, self.offset),
            Base::Slot(slot) => fx.b.ins().stack_load(PTR, ty, slot, self.offset),
            Base::Dangling(_) => {
                let addr = self.addr(fx);
                fx.b.ins().load(ty, flags, addr, 0)
            }
        }
    }
    pub(crate) fn store(self, fx: &mut FunctionCx<'_, '_>, value: Value, flags: MemFlagsData) {
        match self.base {
            Base::Addr(addr) => fx.b.ins().store(flags, value, addr, self.offset),
            Base::Slot(slot) => fx.b.ins().stack_store(PTR, value, slot, self.offset),
            Base::Dangling(_) => {
                let addr = self.addr(fx);
                fx.b.ins().store(flags, value, addr, 0)
            }
        };
    }
}
