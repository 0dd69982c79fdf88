//! Unsizing: wide pointers from thin ones, upcasting of trait objects, and sizes of unsized values.
//!
//! A vtable begins with the drop function (null if there is nothing to drop), the size and the alignment; the methods and
//! the vtables of supertraits follow.

use cranelift_codegen::ir::{InstBuilder, Value};
use ty::layout::TyAndLayout;
use ty::{FieldIdx, Ty, TyKind};

use crate::function::FunctionCx;
use crate::leaf::PTR;
use crate::place::CPlace;
use crate::pointer::{Pointer, read_only};
use crate::value::CValue;

/// The offset of the size in a vtable.
pub(crate) const VTABLE_SIZE: i64 = 8;
/// The offset of the alignment in a vtable.
pub(crate) const VTABLE_ALIGN: i64 = 16;

impl<'tcx> FunctionCx<'_, 'tcx> {
    /// `value as Target` where a pointer in it gets (other) metadata.
    pub(crate) fn unsize(&mut self, value: &CValue<'tcx>, to: TyAndLayout<'tcx>) -> CValue<'tcx> {
        let from = self.cx.leaves(value.layout);
        let target = self.cx.leaves(to);
        if let (Some([_] | [_, _]), Some([_, _])) = (from, target) {
            // A pointer, or a smart pointer with nothing else in it.
            if let Some((a, b)) = self.pointees(value.layout.ty, to.ty) {
                let leaves = value.leaves(self);
                let meta = self.unsized_metadata(a, b, leaves.get(1).copied());
                return CValue::pair(self, leaves[0], meta, to);
            }
        }
        let place = CPlace::new_slot(self, to);
        self.unsize_into(value, &place);
        place.to_value(self)
    }
    /// Field by field: one of them is coerced, the others are the same.
    fn unsize_into(&mut self, value: &CValue<'tcx>, place: &CPlace<'tcx>) {
        let is_pointer = |ty: Ty<'tcx>| matches!(ty.kind(), TyKind::Ref(..) | TyKind::RawPtr(..));
        if is_pointer(value.layout.ty) {
            let value = self.unsize(value, place.layout);
            place.write(self, &value);
            return;
        }
        for i in 0..value.layout.fields.count() {
            let field = FieldIdx::from_usize(i);
            let from = value.field(self, field);
            if from.layout.is_zst() {
                continue;
            }
            let to = place.field(self, field);
            if from.layout.ty == to.layout.ty { to.write(self, &from) } else { self.unsize_into(&from, &to) }
        }
    }
    /// The pointees of two pointers, or of the pointers in two smart pointers.
    fn pointees(&self, from: Ty<'tcx>, to: Ty<'tcx>) -> Option<(Ty<'tcx>, Ty<'tcx>)> {
        match (*from.kind(), *to.kind()) {
            (TyKind::Ref(_, a, _) | TyKind::RawPtr(a, _), TyKind::Ref(_, b, _) | TyKind::RawPtr(b, _)) => Some((a, b)),
            (TyKind::Adt(a, args_a), TyKind::Adt(b, args_b)) if a == b && a.is_struct() => {
                let tcx = self.tcx();
                let field = |f, args| tcx.normalize_erasing_regions(self.cx.env(), tcx.field_ty(f, args));
                a.non_enum_variant().fields.iter().find_map(|f| {
                    let (a, b) = (field(f, args_a), field(f, args_b));
                    if a == b { None } else { self.pointees(a, b) }
                })
            }
            (TyKind::Pat(a, _), TyKind::Pat(b, _)) => self.pointees(a, b),
            _ => None,
        }
    }
    fn unsized_metadata(&mut self, from: Ty<'tcx>, to: Ty<'tcx>, old: Option<Value>) -> Value {
        let tcx = self.tcx();
        let (a, b) = tcx.struct_lockstep_tails_for_codegen(from, to, self.cx.env());
        match (*a.kind(), *b.kind()) {
            (TyKind::Array(_, len), TyKind::Slice(_)) => {
                let len = len.try_to_target_usize().expect("an array's length");
                self.b.ins().iconst(PTR, len as i64)
            }
            (TyKind::Dynamic(preds_a, _), TyKind::Dynamic(preds_b, _)) => {
                let old = old.expect("the metadata of a trait object");
                let (pa, pb) = (preds_a.principal(), preds_b.principal());
                if pb.is_none() || pa.map(|p| p.skip_binder()) == pb.map(|p| p.skip_binder()) {
                    return old;
                }
                match tcx.supertrait_vtable_slot((a, b)) {
                    Some(slot) => Pointer::new(old).offset(self, slot as i64 * 8).load(self, PTR, read_only()),
                    None => old,
                }
            }
            (_, TyKind::Dynamic(preds, _)) => {
                let id = self.cx.vtable(a, preds.principal());
                self.data_addr(id)
            }
            _ => panic!("unsizing of `{from}` to `{to}`"),
        }
    }

    /// The size and alignment of a value, in bytes.
    pub(crate) fn size_and_align(&mut self, layout: TyAndLayout<'tcx>, meta: Option<Value>) -> (Value, Value) {
        if layout.is_sized() {
            let size = self.b.ins().iconst(PTR, layout.size.bytes() as i64);
            let align = self.b.ins().iconst(PTR, layout.align.abi.bytes() as i64);
            return (size, align);
        }
        let fixed_align = layout.align.abi.bytes() as i64;
        match (layout.ty.kind(), meta) {
            (TyKind::Dynamic(..), Some(vtable)) => {
                let vtable = Pointer::new(vtable);
                let size = vtable.offset(self, VTABLE_SIZE).load(self, PTR, read_only());
                let align = vtable.offset(self, VTABLE_ALIGN).load(self, PTR, read_only());
                (size, align)
            }
            (TyKind::Slice(_) | TyKind::Str, Some(len)) => {
                let elem = self.elem_layout(layout);
                let size = self.scale(len, elem.size.bytes());
                (size, self.b.ins().iconst(PTR, fixed_align))
            }
            (TyKind::Adt(..) | TyKind::Tuple(_), _) => {
                // The last field in memory is the tail.
                let last = FieldIdx::from_usize(layout.fields.count() - 1);
                let tail = self.field_layout(layout, last);
                let (tail_size, mut tail_align) = self.size_and_align(tail, meta);
                if let TyKind::Adt(def, _) = layout.ty.kind() {
                    if let Some(packed) = def.repr().pack {
                        let most = self.b.ins().iconst(PTR, packed.bytes() as i64);
                        tail_align = self.b.ins().umin(tail_align, most);
                    }
                }
                let least = self.b.ins().iconst(PTR, fixed_align);
                let align = self.b.ins().umax(tail_align, least);
                let offset = layout.fields.offset(last.as_usize()).bytes() as i64;
                let start = self.round_up_from(offset, tail_align);
                let end = self.b.ins().iadd(start, tail_size);
                (self.round_up(end, align), align)
            }
            // An extern type: the size is not known and nobody may ask.
            _ => {
                let size = self.b.ins().iconst(PTR, layout.size.bytes() as i64);
                (size, self.b.ins().iconst(PTR, fixed_align))
            }
        }
    }
    fn round_up_from(&mut self, value: i64, align: Value) -> Value {
        let sum = self.b.ins().iadd_imm_s(align, value - 1);
        let mask = self.b.ins().ineg(align);
        self.b.ins().band(sum, mask)
    }
    fn round_up(&mut self, value: Value, align: Value) -> Value {
        let sum = self.b.ins().iadd(value, align);
        let sum = self.b.ins().iadd_imm_s(sum, -1);
        let mask = self.b.ins().ineg(align);
        self.b.ins().band(sum, mask)
    }
}
