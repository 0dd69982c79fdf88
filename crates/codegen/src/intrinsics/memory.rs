//! Intrinsics of memory and pointers.

use cranelift_codegen::ir::{InstBuilder, types};

use super::{Call, Done};
use crate::function::FunctionCx;
use crate::leaf::PTR;
use crate::place::{CPlace, deref_value};
use crate::pointer::{Pointer, read_only};
use crate::unsize::{VTABLE_ALIGN, VTABLE_SIZE};
use crate::value::CValue;

/// Larger values are swapped by the library's loop.
const INLINE_SWAP: u64 = 64;

impl<'tcx> FunctionCx<'_, 'tcx> {
    pub(super) fn memory_intrinsic(&mut self, call: &Call<'_, 'tcx>) -> Done<'tcx> {
        let dest = call.dest.layout;
        let args = &call.args;
        match call.name {
            "transmute" | "transmute_unchecked" => Done::Value(self.transmute(&args[0], dest)),
            "read_via_copy" | "volatile_load" | "unaligned_volatile_load" => {
                Done::Value(deref_value(self, &args[0]).to_value(self))
            }
            "write_via_move" | "volatile_store" | "unaligned_volatile_store" | "nontemporal_store" => {
                deref_value(self, &args[0]).write(self, &args[1]);
                Done::Unit
            }
            "copy_nonoverlapping" | "copy" => {
                let count = args[2].load_scalar(self);
                self.copy_elements(&args[0], &args[1], count, call.name != "copy");
                Done::Unit
            }
            "volatile_copy_nonoverlapping_memory" | "volatile_copy_memory" => {
                // These take the destination first.
                let count = args[2].load_scalar(self);
                self.copy_elements(&args[1], &args[0], count, call.name == "volatile_copy_nonoverlapping_memory");
                Done::Unit
            }
            "write_bytes" | "volatile_set_memory" => {
                let pointee = args[0].layout.ty.builtin_deref(true).expect("a pointer");
                let size = self.layout_of(pointee).size.bytes();
                let byte = args[1].load_scalar(self);
                let count = args[2].load_scalar(self);
                let to = self.pointer_of(&args[0]);
                let bytes = match self.as_const(count) {
                    Some(n) => self.b.ins().iconst(PTR, (n as u64).wrapping_mul(size) as i64),
                    None => self.scale(count, size),
                };
                self.fill(to, byte, bytes);
                Done::Unit
            }
            "compare_bytes" => {
                let values: Vec<_> = args.iter().map(|a| a.load_scalar(self)).collect();
                let order = self.lib_call("memcmp", &[PTR; 3], &[types::I32], &values)[0];
                Done::Value(CValue::scalar(self, order, dest))
            }
            "raw_eq" => {
                let size = self.layout_of(call.instance.args.type_at(0)).size.bytes();
                let (a, b) = (self.pointer_of(&args[0]), self.pointer_of(&args[1]));
                let equal = self.memory_eq(a, b, size);
                Done::Value(CValue::scalar(self, equal, dest))
            }
            "typed_swap_nonoverlapping" => self.swap(call),
            "size_of_val" | "align_of_val" | "min_align_of_val" => {
                let place = deref_value(self, &args[0]);
                let meta = args[0].leaves(self).get(1).copied();
                let (size, align) = self.size_and_align(place.layout, meta);
                let value = if call.name == "size_of_val" { size } else { align };
                Done::Value(CValue::scalar(self, value, dest))
            }
            "vtable_size" | "vtable_align" => {
                let at = if call.name == "vtable_size" { VTABLE_SIZE } else { VTABLE_ALIGN };
                let vtable = self.pointer_of(&args[0]);
                let value = vtable.offset(self, at).load(self, PTR, read_only());
                Done::Value(CValue::scalar(self, value, dest))
            }
            "offset" | "arith_offset" => Done::Value(self.codegen_binop(mir::BinOp::Offset, &args[0], &args[1], dest)),
            "ptr_offset_from" | "ptr_offset_from_unsigned" => {
                let size = self.layout_of(call.instance.args.type_at(0)).size.bytes();
                let (a, b) = (args[0].load_scalar(self), args[1].load_scalar(self));
                let value = self.pointer_distance(a, b, size.max(1));
                Done::Value(CValue::scalar(self, value, dest))
            }
            "ptr_mask" => {
                let (ptr, mask) = (args[0].load_scalar(self), args[1].load_scalar(self));
                let value = self.b.ins().band(ptr, mask);
                Done::Value(CValue::scalar(self, value, dest))
            }
            "ptr_guaranteed_cmp" => {
                let equal = self.codegen_binop(mir::BinOp::Eq, &args[0], &args[1], dest);
                Done::Value(equal)
            }
            "slice_get_unchecked" => {
                let slice = deref_value(self, &args[0]);
                let index = args[1].load_scalar(self);
                let place = slice.index(self, index);
                Done::Value(place.place_ref(self, dest))
            }
            "ptr_metadata" => {
                let value = match args[0].leaves(self).get(1) {
                    Some(&meta) => CValue::scalar(self, meta, dest),
                    None => CValue::zst(dest),
                };
                Done::Value(value)
            }
            "aggregate_raw_ptr" => {
                let data = args[0].leaves(self)[0];
                let meta = args[1].leaves(self);
                let value = match meta.first() {
                    Some(&meta) => CValue::pair(self, data, meta, dest),
                    None => CValue::scalar(self, data, dest),
                };
                Done::Value(value)
            }
            _ => Done::Unknown,
        }
    }

    fn swap(&mut self, call: &Call<'_, 'tcx>) -> Done<'tcx> {
        let layout = self.layout_of(call.instance.args.type_at(0));
        let size = layout.size.bytes();
        if size > INLINE_SWAP {
            return Done::Unknown;
        }
        let (a, b) = (self.pointer_of(&call.args[0]), self.pointer_of(&call.args[1]));
        if self.cx.leaves(layout).is_some() {
            let x = CValue::by_ref(a, layout).leaves(self);
            let y = CValue::by_ref(b, layout).leaves(self);
            let (x, y) = (CValue::from_leaves(self, &x, layout), CValue::from_leaves(self, &y, layout));
            CPlace::mem(a, layout).write(self, &y);
            CPlace::mem(b, layout).write(self, &x);
        } else {
            let tmp: Pointer = self.stack_slot(layout.size, layout.align.abi);
            self.copy(tmp, a, size);
            self.copy(a, b, size);
            self.copy(b, tmp, size);
        }
        Done::Unit
    }
}
