//! [`CValue`]: a value of a Rust type, in SSA values or in memory.

use cranelift_codegen::ir::Value;
use rustc_abi::{Align, Size};
use smallvec::SmallVec;
use ty::layout::TyAndLayout;
use ty::{FieldIdx, VariantIdx};

use crate::function::FunctionCx;
use crate::leaf::Leaf;
use crate::place::field_place;
use crate::pointer::{Pointer, plain};

/// Scalars by where they lie in the value.
pub(crate) type Scalars = SmallVec<[(Leaf, Value); 2]>;

/// A value; reading it has no side effect.
#[derive(Clone, Debug)]
pub(crate) struct CValue<'tcx> {
    pub(crate) kind: ValueKind,
    pub(crate) layout: TyAndLayout<'tcx>,
}

/// Where a value is.
#[derive(Clone, Debug)]
pub(crate) enum ValueKind {
    Leaves(Scalars),
    /// In memory that does not change while the value is used, with the metadata of an unsized value.
    Ref(Pointer, Option<Value>),
}

impl<'tcx> CValue<'tcx> {
    pub(crate) fn by_ref(ptr: Pointer, layout: TyAndLayout<'tcx>) -> Self {
        CValue { kind: ValueKind::Ref(ptr, None), layout }
    }
    pub(crate) fn by_ref_unsized(ptr: Pointer, meta: Value, layout: TyAndLayout<'tcx>) -> Self {
        CValue { kind: ValueKind::Ref(ptr, Some(meta)), layout }
    }
    /// The value of a zero-sized type.
    pub(crate) fn zst(layout: TyAndLayout<'tcx>) -> Self {
        debug_assert!(layout.is_zst());
        CValue { kind: ValueKind::Leaves(SmallVec::new()), layout }
    }
    /// From all its scalars, in order.
    pub(crate) fn from_leaves(fx: &mut FunctionCx<'_, 'tcx>, values: &[Value], layout: TyAndLayout<'tcx>) -> Self {
        let leaves = fx.cx.leaves(layout).unwrap_or_else(|| panic!("`{}` has no leaves", layout.ty));
        assert_eq!(leaves.len(), values.len(), "leaves of `{}`", layout.ty);
        let kind = leaves
            .iter()
            .zip(values)
            .map(|(leaf, value)| {
                debug_assert_eq!(leaf.ty, fx.ty_of(*value), "a leaf of `{}`", layout.ty);
                (*leaf, *value)
            })
            .collect();
        CValue { kind: ValueKind::Leaves(kind), layout }
    }
    pub(crate) fn scalar(fx: &mut FunctionCx<'_, 'tcx>, value: Value, layout: TyAndLayout<'tcx>) -> Self {
        CValue::from_leaves(fx, &[value], layout)
    }
    pub(crate) fn pair(fx: &mut FunctionCx<'_, 'tcx>, a: Value, b: Value, layout: TyAndLayout<'tcx>) -> Self {
        CValue::from_leaves(fx, &[a, b], layout)
    }
    /// An integer of a scalar type.
    pub(crate) fn int(fx: &mut FunctionCx<'_, 'tcx>, bits: u128, layout: TyAndLayout<'tcx>) -> Self {
        let leaves = fx.cx.leaves(layout).unwrap_or_default();
        let value = fx.const_int(leaves[0].ty, bits);
        CValue::scalar(fx, value, layout)
    }

    /// All scalars of the value, in order; its type must have leaves.
    pub(crate) fn leaves(&self, fx: &mut FunctionCx<'_, 'tcx>) -> SmallVec<[Value; 2]> {
        let want = fx.cx.leaves(self.layout).unwrap_or_else(|| panic!("`{}` has no leaves", self.layout.ty));
        match &self.kind {
            ValueKind::Leaves(have) => {
                if have.len() == want.len() && have.iter().zip(want).all(|(h, w)| h.0 == *w) {
                    return have.iter().map(|h| h.1).collect();
                }
                let ptr = spill(fx, have, self.layout);
                load_leaves(fx, ptr, want)
            }
            ValueKind::Ref(ptr, _) => load_leaves(fx, *ptr, want),
        }
    }
    /// The one scalar of the value.
    pub(crate) fn load_scalar(&self, fx: &mut FunctionCx<'_, 'tcx>) -> Value {
        let values = self.leaves(fx);
        assert_eq!(values.len(), 1, "`{}` is not a scalar", self.layout.ty);
        values[0]
    }
    /// The two scalars of the value.
    pub(crate) fn load_pair(&self, fx: &mut FunctionCx<'_, 'tcx>) -> (Value, Value) {
        let values = self.leaves(fx);
        assert_eq!(values.len(), 2, "`{}` is not a pair", self.layout.ty);
        (values[0], values[1])
    }
    /// An address at which the value can be read, and its metadata. The memory may be anybody's.
    pub(crate) fn force_ref(&self, fx: &mut FunctionCx<'_, 'tcx>) -> (Pointer, Option<Value>) {
        match &self.kind {
            ValueKind::Ref(ptr, meta) => (*ptr, *meta),
            ValueKind::Leaves(_) if self.layout.is_zst() => (Pointer::dangling(self.layout.align.abi), None),
            ValueKind::Leaves(have) => (spill(fx, have, self.layout), None),
        }
    }
    /// A field's value.
    pub(crate) fn field(&self, fx: &mut FunctionCx<'_, 'tcx>, field: FieldIdx) -> Self {
        let layout = fx.field_layout(self.layout, field);
        match &self.kind {
            ValueKind::Leaves(have) => {
                match select_leaves(fx, have, self.layout.fields.offset(field.as_usize()), layout) {
                    Some(kind) => CValue { kind: ValueKind::Leaves(kind), layout },
                    None => {
                        let ptr = spill(fx, have, self.layout);
                        CValue::by_ref(field_place(fx, ptr, None, self.layout, field).0, layout)
                    }
                }
            }
            ValueKind::Ref(ptr, meta) => {
                let (ptr, meta, layout) = field_place(fx, *ptr, *meta, self.layout, field);
                CValue { kind: ValueKind::Ref(ptr, meta), layout }
            }
        }
    }
    /// The value as one of an enum's variants.
    pub(crate) fn downcast(&self, fx: &mut FunctionCx<'_, 'tcx>, variant: VariantIdx) -> Self {
        CValue { kind: self.kind.clone(), layout: fx.cx.for_variant(self.layout, variant) }
    }
    /// The same bits as another type of the same size whose scalars are the same (a newtype, another pointer).
    pub(crate) fn with_layout(self, layout: TyAndLayout<'tcx>) -> Self {
        CValue { kind: self.kind, layout }
    }
}

/// Loads scalars from memory.
pub(crate) fn load_leaves(fx: &mut FunctionCx<'_, '_>, ptr: Pointer, leaves: &[Leaf]) -> SmallVec<[Value; 2]> {
    leaves.iter().map(|l| ptr.offset(fx, l.offset.into()).load(fx, l.ty, plain())).collect()
}

/// Stores scalars to memory.
pub(crate) fn store_leaves(fx: &mut FunctionCx<'_, '_>, ptr: Pointer, scalars: &[(Leaf, Value)]) {
    for (leaf, value) in scalars {
        ptr.offset(fx, leaf.offset.into()).store(fx, *value, plain());
    }
}

/// A new stack slot with the scalars in it.
fn spill<'tcx>(fx: &mut FunctionCx<'_, 'tcx>, scalars: &[(Leaf, Value)], layout: TyAndLayout<'tcx>) -> Pointer {
    let end = scalars.iter().map(|s| s.0.end()).max().unwrap_or(0);
    let size = layout.size.max(Size::from_bytes(end));
    let align = layout.align.abi.max(Align::from_bytes(8).unwrap_or(Align::ONE));
    let ptr = fx.stack_slot(size, align);
    store_leaves(fx, ptr, scalars);
    ptr
}

/// Those of a value's scalars or variables that lie in a field, as the field's leaves; `None` if they are not just those.
pub(crate) fn select_leaves<'tcx, T: Copy>(
    fx: &mut FunctionCx<'_, 'tcx>,
    have: &[(Leaf, T)],
    offset: Size,
    field: TyAndLayout<'tcx>,
) -> Option<SmallVec<[(Leaf, T); 2]>> {
    let want = fx.cx.leaves(field)?;
    let start = offset.bytes() as u32;
    let end = start + field.size.bytes() as u32;
    let inside: SmallVec<[(Leaf, T); 2]> = have
        .iter()
        .filter(|(l, _)| l.offset >= start && l.offset < end)
        .map(|(l, v)| (Leaf { offset: l.offset - start, ty: l.ty }, *v))
        .collect();
    let same = inside.len() == want.len() && inside.iter().zip(want).all(|(h, w)| h.0 == *w);
    same.then_some(inside)
}
