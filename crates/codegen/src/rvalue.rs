//! Rvalues: what assignments compute.

use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{InstBuilder, types};
use mir::{AggregateKind, Operand, Rvalue, UnOp};
use rustc_index::IndexVec;
use ty::{FieldIdx, TyKind, VariantIdx};

use crate::cx::CodegenCx;
use crate::function::FunctionCx;
use crate::leaf::PTR;
use crate::place::{CPlace, PlaceKind};
use crate::value::CValue;

impl<'tcx> FunctionCx<'_, 'tcx> {
    /// `dest = rvalue`
    pub(crate) fn codegen_rvalue(&mut self, dest: &CPlace<'tcx>, rvalue: &Rvalue<'tcx>) {
        let value = match rvalue {
            Rvalue::Use(op) => self.operand(op),
            Rvalue::CopyForDeref(place) => self.operand(&Operand::Copy(*place)),
            Rvalue::Ref(_, _, place) | Rvalue::RawPtr(_, place) => {
                let place = self.place(*place);
                place.place_ref(self, dest.layout)
            }
            // A static executable has one block of thread-local memory: no crate's is reached another way.
            Rvalue::ThreadLocalRef(def_id) => {
                let addr = self.thread_local_addr(*def_id);
                CValue::scalar(self, addr, dest.layout)
            }
            Rvalue::Cast(kind, op, _) => {
                let value = self.operand(op);
                self.codegen_cast(*kind, &value, dest.layout)
            }
            Rvalue::BinaryOp(op, operands) => {
                let lhs = self.operand(&operands.0);
                let rhs = self.operand(&operands.1);
                self.codegen_binop(*op, &lhs, &rhs, dest.layout)
            }
            Rvalue::UnaryOp(op, operand) => {
                let value = self.operand(operand);
                match op {
                    UnOp::Not => self.codegen_not(&value),
                    UnOp::Neg => self.codegen_neg(&value),
                    UnOp::PtrMetadata => match value.leaves(self).get(1) {
                        Some(&meta) => CValue::scalar(self, meta, dest.layout),
                        None => CValue::zst(dest.layout),
                    },
                }
            }
            Rvalue::Discriminant(place) => {
                let value = self.operand(&Operand::Copy(*place));
                self.get_discriminant(&value, dest.layout)
            }
            Rvalue::WrapUnsafeBinder(op, _) => {
                let value = self.operand(op);
                value.with_layout(dest.layout)
            }
            Rvalue::Repeat(op, _) => {
                self.codegen_repeat(op, dest);
                return;
            }
            Rvalue::Aggregate(kind, operands) => {
                self.codegen_aggregate(kind, operands, dest);
                return;
            }
        };
        dest.write(self, &value);
    }

    /// The address of this thread's copy of a static.
    pub(crate) fn thread_local_addr(&mut self, def_id: span::def_id::DefId) -> cranelift_codegen::ir::Value {
        let id = self.cx.static_id(def_id);
        let gv = CodegenCx::data_ref(self.b.func, id, true);
        self.b.ins().tls_value(PTR, gv)
    }

    /// `[operand; N]`
    fn codegen_repeat(&mut self, op: &Operand<'tcx>, dest: &CPlace<'tcx>) {
        let value = self.operand(op);
        let TyKind::Array(_, len) = *dest.layout.ty.kind() else { panic!("repeat of `{}`", dest.layout.ty) };
        let len = len.try_to_target_usize().expect("an array's length");
        if dest.layout.is_zst() {
            return;
        }
        if let PlaceKind::Vars(_) = dest.kind {
            for i in 0..len {
                let elem = dest.index_const(self, i);
                elem.write(self, &value);
            }
            return;
        }
        let (ptr, _) = dest.to_ptr();
        // Bytes that are all the same are filled in.
        if let Some([leaf]) = self.cx.leaves(value.layout) {
            if leaf.ty.is_int() && leaf.ty.bytes() as u64 == value.layout.size.bytes() {
                let scalar = value.load_scalar(self);
                let byte = match self.as_const(scalar) {
                    _ if leaf.ty == types::I8 => Some(scalar),
                    Some(0) => Some(self.b.ins().iconst(types::I8, 0)),
                    Some(n) if n.to_le_bytes()[..leaf.ty.bytes() as usize].iter().all(|b| *b == n as u8) => {
                        Some(self.b.ins().iconst(types::I8, i64::from(n as u8)))
                    }
                    _ => None,
                };
                if let Some(byte) = byte {
                    let size = self.b.ins().iconst(PTR, dest.layout.size.bytes() as i64);
                    self.fill(ptr, byte, size);
                    return;
                }
            }
        }
        if len <= 8 {
            for i in 0..len {
                let elem = dest.index_const(self, i);
                elem.write(self, &value);
            }
            return;
        }
        // for i in 0..len { dest[i] = value }
        let (head, body, done) = (self.b.create_block(), self.b.create_block(), self.b.create_block());
        let counter = self.b.declare_var(PTR);
        let zero = self.b.ins().iconst(PTR, 0);
        self.b.def_var(counter, zero);
        self.b.ins().jump(head, &[]);
        self.b.switch_to_block(head);
        let i = self.b.use_var(counter);
        let more = self.b.ins().icmp_imm_u(IntCC::UnsignedLessThan, i, len as i64);
        self.b.ins().brif(more, body, &[], done, &[]);
        self.b.switch_to_block(body);
        let elem = dest.index(self, i);
        elem.write(self, &value);
        let next = self.b.ins().iadd_imm_s(i, 1);
        self.b.def_var(counter, next);
        self.b.ins().jump(head, &[]);
        self.b.switch_to_block(done);
    }

    fn codegen_aggregate(
        &mut self,
        kind: &AggregateKind<'tcx>,
        operands: &IndexVec<FieldIdx, Operand<'tcx>>,
        dest: &CPlace<'tcx>,
    ) {
        match *kind {
            AggregateKind::RawPtr(..) => {
                let data = self.operand(&operands[FieldIdx::from_usize(0)]).load_scalar(self);
                let meta = self.operand(&operands[FieldIdx::from_usize(1)]);
                let value = match meta.layout.is_zst() {
                    true => CValue::scalar(self, data, dest.layout),
                    false => {
                        let meta = meta.load_scalar(self);
                        CValue::pair(self, data, meta, dest.layout)
                    }
                };
                dest.write(self, &value);
            }
            AggregateKind::Array(_) => {
                if dest.layout.is_zst() {
                    return;
                }
                let values: Vec<_> = operands.iter().map(|op| self.operand(op)).collect();
                for (i, value) in values.iter().enumerate() {
                    let elem = dest.index_const(self, i as u64);
                    elem.write(self, value);
                }
            }
            AggregateKind::Adt(_, variant, _, _, active_field) => {
                let is_union = active_field.is_some();
                let inside = if dest.layout.ty.is_enum() { dest.downcast(self, variant) } else { dest.clone() };
                // All operands are read before any field is written: they may be of the same variables.
                let values: Vec<_> = operands.iter().map(|op| self.operand(op)).collect();
                for (i, value) in values.iter().enumerate() {
                    let field = match active_field {
                        Some(field) if is_union => field,
                        _ => FieldIdx::from_usize(i),
                    };
                    if value.layout.is_zst() {
                        continue;
                    }
                    let place = inside.field(self, field);
                    place.write(self, value);
                }
                if !is_union {
                    self.set_discriminant(dest, variant);
                }
            }
            AggregateKind::Tuple
            | AggregateKind::Closure(..)
            | AggregateKind::Coroutine(..)
            | AggregateKind::CoroutineClosure(..) => {
                let values: Vec<_> = operands.iter().map(|op| self.operand(op)).collect();
                for (i, value) in values.iter().enumerate() {
                    if value.layout.is_zst() {
                        continue;
                    }
                    let place = dest.field(self, FieldIdx::from_usize(i));
                    place.write(self, value);
                }
                if let AggregateKind::Coroutine(..) = kind {
                    // It has not started.
                    self.set_discriminant(dest, VariantIdx::ZERO);
                }
            }
        }
    }
}
