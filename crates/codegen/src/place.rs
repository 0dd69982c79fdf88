//! [`CPlace`]: a place of a Rust type, in SSA variables or in memory.

use cranelift_codegen::ir::{InstBuilder, Value};
use cranelift_frontend::Variable;
use rustc_abi::FieldsShape;
use smallvec::SmallVec;
use ty::layout::TyAndLayout;
use ty::{FieldIdx, TyKind, VariantIdx};

use crate::function::FunctionCx;
use crate::leaf::{Leaf, PTR};
use crate::pointer::{Pointer, plain, read_only};
use crate::unsize::VTABLE_ALIGN;
use crate::value::{CValue, ValueKind, load_leaves, select_leaves, store_leaves};

/// Variables by where they lie in the place.
pub(crate) type Vars = SmallVec<[(Leaf, Variable); 2]>;

/// A place.
#[derive(Clone, Debug)]
pub(crate) struct CPlace<'tcx> {
    pub(crate) kind: PlaceKind,
    pub(crate) layout: TyAndLayout<'tcx>,
}

/// Where a place is.
#[derive(Clone, Debug)]
pub(crate) enum PlaceKind {
    Vars(Vars),
    /// With the metadata of an unsized place.
    Mem(Pointer, Option<Value>),
}

impl<'tcx> CPlace<'tcx> {
    pub(crate) fn mem(ptr: Pointer, layout: TyAndLayout<'tcx>) -> Self {
        CPlace { kind: PlaceKind::Mem(ptr, None), layout }
    }
    pub(crate) fn mem_unsized(ptr: Pointer, meta: Option<Value>, layout: TyAndLayout<'tcx>) -> Self {
        CPlace { kind: PlaceKind::Mem(ptr, meta), layout }
    }
    /// New memory on the stack.
    pub(crate) fn new_slot(fx: &mut FunctionCx<'_, 'tcx>, layout: TyAndLayout<'tcx>) -> Self {
        let ptr = if layout.is_zst() {
            Pointer::dangling(layout.align.abi)
        } else {
            fx.stack_slot(layout.size, layout.align.abi)
        };
        CPlace::mem(ptr, layout)
    }
    /// What is in the place.
    pub(crate) fn to_value(&self, fx: &mut FunctionCx<'_, 'tcx>) -> CValue<'tcx> {
        let kind = match &self.kind {
            PlaceKind::Vars(vars) => ValueKind::Leaves(vars.iter().map(|(l, v)| (*l, fx.b.use_var(*v))).collect()),
            PlaceKind::Mem(ptr, meta) => ValueKind::Ref(*ptr, *meta),
        };
        CValue { kind, layout: self.layout }
    }
    /// The place's address and metadata; it must be in memory.
    #[track_caller]
    pub(crate) fn to_ptr(&self) -> (Pointer, Option<Value>) {
        match self.kind {
            PlaceKind::Mem(ptr, meta) => (ptr, meta),
            PlaceKind::Vars(_) => panic!("address of a variable of type `{}`", self.layout.ty),
        }
    }
    /// The pointer to the place as scalars: the address, and the metadata of an unsized place.
    #[track_caller]
    pub(crate) fn place_ref(&self, fx: &mut FunctionCx<'_, 'tcx>, pointer: TyAndLayout<'tcx>) -> CValue<'tcx> {
        let (ptr, meta) = self.to_ptr();
        let addr = ptr.addr(fx);
        match meta {
            Some(meta) => CValue::pair(fx, addr, meta, pointer),
            None => CValue::scalar(fx, addr, pointer),
        }
    }

    /// Assigns a value of the same size.
    pub(crate) fn write(&self, fx: &mut FunctionCx<'_, 'tcx>, value: &CValue<'tcx>) {
        if self.layout.is_zst() {
            return;
        }
        match &self.kind {
            PlaceKind::Vars(vars) => {
                if let Some(leaves) = fx.cx.leaves(value.layout) {
                    if leaves.len() == vars.len() && leaves.iter().zip(vars).all(|(l, v)| *l == v.0) {
                        for (value, (_, var)) in value.leaves(fx).into_iter().zip(vars) {
                            fx.b.def_var(*var, value);
                        }
                        return;
                    }
                    // One scalar as another of the same size: a transmutation.
                    if let ([leaf], [(to, var)]) = (leaves, &vars[..]) {
                        if leaf.ty.bytes() == to.ty.bytes() {
                            let value = value.load_scalar(fx);
                            let value = fx.bitcast(value, to.ty);
                            fx.b.def_var(*var, value);
                            return;
                        }
                    }
                }
                // The scalars differ: through memory. Those of the place that the value does not cover are padding.
                let (ptr, _) = {
                    let size = self.layout.size.max(value.layout.size);
                    let ptr = fx.stack_slot(size, self.layout.align.abi.max(value.layout.align.abi));
                    CPlace::mem(ptr, value.layout).write(fx, value);
                    (ptr, ())
                };
                let leaves: SmallVec<[Leaf; 4]> = vars.iter().map(|v| v.0).collect();
                for (value, (_, var)) in load_leaves(fx, ptr, &leaves).into_iter().zip(vars) {
                    fx.b.def_var(*var, value);
                }
            }
            PlaceKind::Mem(to, _) => match &value.kind {
                ValueKind::Leaves(scalars) => store_leaves(fx, *to, scalars),
                ValueKind::Ref(from, _) => match fx.cx.leaves(value.layout) {
                    // Typed copies need not copy padding.
                    Some(leaves) if leaves.len() <= 2 => {
                        let values = load_leaves(fx, *from, leaves);
                        for (leaf, value) in leaves.iter().zip(values) {
                            to.offset(fx, leaf.offset.into()).store(fx, value, plain());
                        }
                    }
                    _ => {
                        let size = value.layout.size.min(self.layout.size).bytes();
                        fx.copy(*to, *from, size);
                    }
                },
            },
        }
    }

    /// `place.field`
    pub(crate) fn field(&self, fx: &mut FunctionCx<'_, 'tcx>, field: FieldIdx) -> Self {
        match &self.kind {
            PlaceKind::Vars(vars) => {
                let layout = fx.field_layout(self.layout, field);
                let offset = self.layout.fields.offset(field.as_usize());
                let kind = match select_leaves(fx, vars, offset, layout) {
                    Some(vars) => PlaceKind::Vars(vars),
                    // Scalars of another shape: those that the field overlaps; `write` converts.
                    None => {
                        let (start, end) = (offset.bytes() as u32, (offset + layout.size).bytes() as u32);
                        PlaceKind::Vars(
                            vars.iter()
                                .filter(|(l, _)| l.offset >= start && l.offset < end)
                                .map(|(l, v)| (Leaf { offset: l.offset - start, ty: l.ty }, *v))
                                .collect(),
                        )
                    }
                };
                CPlace { kind, layout }
            }
            PlaceKind::Mem(ptr, meta) => {
                let (ptr, meta, layout) = field_place(fx, *ptr, *meta, self.layout, field);
                CPlace { kind: PlaceKind::Mem(ptr, meta), layout }
            }
        }
    }
    /// `place as Variant`
    pub(crate) fn downcast(&self, fx: &mut FunctionCx<'_, 'tcx>, variant: VariantIdx) -> Self {
        CPlace { kind: self.kind.clone(), layout: fx.cx.for_variant(self.layout, variant) }
    }
    /// `*place`
    pub(crate) fn deref(&self, fx: &mut FunctionCx<'_, 'tcx>) -> Self {
        let value = self.to_value(fx);
        deref_value(fx, &value)
    }
    /// The number of elements of an array or slice.
    pub(crate) fn len(&self, fx: &mut FunctionCx<'_, 'tcx>) -> Value {
        match self.layout.fields {
            FieldsShape::Array { count, .. } if self.layout.is_sized() => fx.b.ins().iconst(PTR, count as i64),
            _ => match self.kind {
                PlaceKind::Mem(_, Some(meta)) => meta,
                _ => panic!("length of `{}`", self.layout.ty),
            },
        }
    }
    /// `place[index]`
    pub(crate) fn index(&self, fx: &mut FunctionCx<'_, 'tcx>, index: Value) -> Self {
        let elem = fx.elem_layout(self.layout);
        let (ptr, _) = self.to_ptr();
        let by = fx.scale(index, elem.size.bytes());
        CPlace::mem(ptr.offset_value(fx, by), elem)
    }
    /// `place[index]` with a constant.
    pub(crate) fn index_const(&self, fx: &mut FunctionCx<'_, 'tcx>, index: u64) -> Self {
        let elem = fx.elem_layout(self.layout);
        let offset = elem.size * index;
        match &self.kind {
            PlaceKind::Vars(vars) => {
                let vars = select_leaves(fx, vars, offset, elem).expect("an array of leaves");
                CPlace { kind: PlaceKind::Vars(vars), layout: elem }
            }
            PlaceKind::Mem(ptr, _) => CPlace::mem(ptr.offset(fx, offset.bytes() as i64), elem),
        }
    }
}

/// The place a pointer points to.
pub(crate) fn deref_value<'tcx>(fx: &mut FunctionCx<'_, 'tcx>, pointer: &CValue<'tcx>) -> CPlace<'tcx> {
    let Some(pointee) = pointer.layout.ty.builtin_deref(true) else {
        panic!("dereference of `{}`", pointer.layout.ty);
    };
    let layout = fx.layout_of(pointee);
    let values = pointer.leaves(fx);
    CPlace::mem_unsized(Pointer::new(values[0]), values.get(1).copied(), layout)
}

/// A field of a place in memory; the tail of an unsized struct lies where its dynamic alignment says.
pub(crate) fn field_place<'tcx>(
    fx: &mut FunctionCx<'_, 'tcx>,
    ptr: Pointer,
    meta: Option<Value>,
    layout: TyAndLayout<'tcx>,
    field: FieldIdx,
) -> (Pointer, Option<Value>, TyAndLayout<'tcx>) {
    let field_layout = fx.field_layout(layout, field);
    let offset = layout.fields.offset(field.as_usize());
    let fixed = ptr.offset(fx, offset.bytes() as i64);
    if field_layout.is_sized() {
        return (fixed, None, field_layout);
    }
    let tail = fx.tcx().struct_tail_for_codegen(field_layout.ty, fx.cx.env());
    match (tail.kind(), meta) {
        (TyKind::Dynamic(..), Some(vtable)) => {
            let mut align = Pointer::new(vtable).offset(fx, VTABLE_ALIGN).load(fx, PTR, read_only());
            if field_layout.ty != tail {
                // A struct that ends in the object is at least as aligned as its other fields.
                let least = fx.b.ins().iconst(PTR, field_layout.align.abi.bytes() as i64);
                align = fx.b.ins().umax(align, least);
            }
            if let TyKind::Adt(def, _) = layout.ty.kind() {
                if let Some(packed) = def.repr().pack {
                    let most = fx.b.ins().iconst(PTR, packed.bytes() as i64);
                    align = fx.b.ins().umin(align, most);
                }
            }
            // Round the offset up to the alignment.
            let sum = fx.b.ins().iadd_imm_s(align, offset.bytes() as i64 - 1);
            let negative = fx.b.ins().ineg(align);
            let by = fx.b.ins().band(sum, negative);
            (ptr.offset_value(fx, by), meta, field_layout)
        }
        _ => (fixed, meta, field_layout),
    }
}
