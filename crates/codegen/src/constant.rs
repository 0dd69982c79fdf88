//! Constants: evaluated values as SSA values, or as addresses of data.

use cranelift_codegen::ir::immediates::{Ieee16, Ieee32, Ieee64};
use cranelift_codegen::ir::{ConstantData, InstBuilder, Type, Value, types};
use mir::interpret::{AllocId, Allocation, ErrorHandled, Scalar, alloc_range};
use mir::{ConstOperand, ConstValue};
use rustc_abi::Size;
use ty::layout::TyAndLayout;

use crate::data::Symbol;
use crate::function::FunctionCx;
use crate::leaf::PTR;
use crate::pointer::Pointer;
use crate::value::CValue;

impl<'tcx> FunctionCx<'_, 'tcx> {
    /// The value of a constant operand; if it has none, that was reported and there will be no object.
    pub(crate) fn eval_const(&mut self, constant: &ConstOperand<'tcx>) -> Option<ConstValue> {
        match self.tcx().eval_mir_const(constant.const_, self.cx.env(), constant.span) {
            Ok(value) => Some(value),
            Err(e) => {
                let guar = match e {
                    ErrorHandled::Reported(guar, _) => guar,
                    ErrorHandled::TooGeneric(span) => {
                        self.tcx().dcx().span_delayed_bug(span, "a constant of monomorphic code is too generic")
                    }
                };
                self.cx.failed(guar);
                None
            }
        }
    }
    pub(crate) fn codegen_const(&mut self, constant: &ConstOperand<'tcx>) -> CValue<'tcx> {
        let layout = self.layout_of(constant.const_.ty());
        match self.eval_const(constant) {
            Some(value) => self.const_value(value, layout),
            None => self.undefined(layout),
        }
    }
    /// Any value, for code that is not reached.
    pub(crate) fn undefined(&mut self, layout: TyAndLayout<'tcx>) -> CValue<'tcx> {
        match self.cx.leaves(layout) {
            Some(leaves) => {
                let values: Vec<_> = leaves.iter().map(|l| self.const_bits(l.ty, 0)).collect();
                CValue::from_leaves(self, &values, layout)
            }
            None => CValue::by_ref(Pointer::dangling(layout.align.abi), layout),
        }
    }
    /// An evaluated constant.
    pub(crate) fn const_value(&mut self, value: ConstValue, layout: TyAndLayout<'tcx>) -> CValue<'tcx> {
        match value {
            _ if layout.is_zst() => CValue::zst(layout),
            ConstValue::ZeroSized => self.undefined(layout),
            ConstValue::Scalar(scalar) => self.const_scalar(scalar, layout),
            ConstValue::Slice { alloc_id, meta } => {
                let ptr = self.const_pointer(alloc_id, 0);
                let len = self.b.ins().iconst(PTR, meta as i64);
                CValue::pair(self, ptr, len, layout)
            }
            ConstValue::Indirect { alloc_id, offset } => self.const_memory(alloc_id, offset, layout),
        }
    }
    fn const_scalar(&mut self, scalar: Scalar, layout: TyAndLayout<'tcx>) -> CValue<'tcx> {
        match (self.cx.leaves(layout), scalar) {
            (Some([leaf]), Scalar::Int(int)) => {
                let value = self.const_bits(leaf.ty, int.to_uint());
                CValue::scalar(self, value, layout)
            }
            (Some([_]), Scalar::Ptr(ptr, _)) => {
                let value = self.const_pointer(ptr.provenance.alloc_id(), ptr.offset.bytes());
                CValue::scalar(self, value, layout)
            }
            // A type of that size whose parts are apart.
            _ => {
                let slot = self.stack_slot(layout.size, layout.align.abi);
                let value = match scalar {
                    Scalar::Int(int) => match Type::int((int.size() * 8) as u16) {
                        Some(ty) => self.const_bits(ty, int.to_uint()),
                        None => self.const_bits(types::I64, int.to_uint()),
                    },
                    Scalar::Ptr(ptr, _) => self.const_pointer(ptr.provenance.alloc_id(), ptr.offset.bytes()),
                };
                slot.store(self, value, crate::pointer::plain());
                CValue::by_ref(slot, layout)
            }
        }
    }
    fn const_memory(&mut self, id: AllocId, offset: Size, layout: TyAndLayout<'tcx>) -> CValue<'tcx> {
        let memory = self.tcx().gcx().alloc_map.memory(id).filter(|m| m.inner().mutability == ty::Mutability::Not);
        if let (Some(memory), Some(leaves)) = (memory, self.cx.leaves(layout)) {
            let values: Vec<_> = leaves
                .iter()
                .map(|l| self.read_const(memory.inner(), offset + Size::from_bytes(l.offset), l.ty))
                .collect();
            return CValue::from_leaves(self, &values, layout);
        }
        let ptr = self.const_pointer(id, offset.bytes());
        CValue::by_ref(Pointer::new(ptr), layout)
    }
    /// A scalar of constant memory.
    fn read_const(&mut self, memory: &Allocation, offset: Size, ty: Type) -> Value {
        let range = alloc_range(offset, Size::from_bytes(ty.bytes()));
        match memory.read_scalar(range) {
            Some(Scalar::Ptr(ptr, _)) => self.const_pointer(ptr.provenance.alloc_id(), ptr.offset.bytes()),
            Some(Scalar::Int(int)) => self.const_bits(ty, int.to_uint()),
            None => self.const_bits(ty, 0),
        }
    }
    /// A scalar by its bits.
    pub(crate) fn const_bits(&mut self, ty: Type, bits: u128) -> Value {
        match ty {
            types::F16 => self.b.ins().f16const(Ieee16::with_bits(bits as u16)),
            types::F32 => self.b.ins().f32const(Ieee32::with_bits(bits as u32)),
            types::F64 => self.b.ins().f64const(Ieee64::with_bits(bits as u64)),
            types::F128 => {
                let data = self.b.func.dfg.constants.insert(ConstantData::from(bits.to_le_bytes().as_slice()));
                self.b.ins().f128const(data)
            }
            ty if ty.is_vector() => {
                let data = self.b.func.dfg.constants.insert(ConstantData::from(bits.to_le_bytes().as_slice()));
                self.b.ins().vconst(ty, data)
            }
            ty => self.const_int(ty, bits),
        }
    }
    /// An address in constant memory.
    pub(crate) fn const_pointer(&mut self, id: AllocId, offset: u64) -> Value {
        match self.cx.alloc_symbol(id) {
            Symbol::Bits => self.b.ins().iconst(PTR, offset as i64),
            Symbol::Fn(func) => self.func_addr(func),
            Symbol::Data(data) => {
                let addr = self.data_addr(data);
                if offset == 0 { addr } else { self.b.ins().iadd_imm_s(addr, offset as i64) }
            }
        }
    }
}
