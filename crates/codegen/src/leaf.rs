//! Leaves: the scalars that a value is made of, where it can be taken apart.
//!
//! A `(u32, (f64, bool))` has the leaves `i32@0, f64@8, i8@16` and can live in three SSA variables, be passed in three
//! registers and never touch memory. Unions, larger arrays and enums that need more than two scalars have none and stay
//! in memory. Zero-sized types have no leaf at all.

use cranelift_codegen::ir::{Type, types};
use layout::LayoutExt;
use query::TyCtxt;
use rustc_abi::{BackendRepr, FieldsShape, Float, Integer, Primitive, Scalar, Size, Variants};
use ty::layout::TyAndLayout;
use ty::{TyKind, TypingEnv};

/// A scalar at an offset of a value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Leaf {
    pub(crate) offset: u32,
    pub(crate) ty: Type,
}

impl Leaf {
    pub(crate) fn end(self) -> u32 {
        self.offset + self.ty.bytes()
    }
}

/// More scalars than this live in memory.
const MAX_LEAVES: usize = 8;
/// Longer arrays live in memory.
const MAX_ARRAY: u64 = 4;

/// The type of a pointer on both targets.
pub(crate) const PTR: Type = types::I64;

/// The Cranelift type of a scalar.
pub(crate) fn scalar_type(scalar: Scalar) -> Type {
    match scalar.primitive() {
        Primitive::Int(int, _) => int_type(int),
        Primitive::Float(Float::F16) => types::F16,
        Primitive::Float(Float::F32) => types::F32,
        Primitive::Float(Float::F64) => types::F64,
        Primitive::Float(Float::F128) => types::F128,
        Primitive::Pointer(_) => PTR,
    }
}

/// The Cranelift type of an integer.
pub(crate) fn int_type(int: Integer) -> Type {
    match int {
        Integer::I8 => types::I8,
        Integer::I16 => types::I16,
        Integer::I32 => types::I32,
        Integer::I64 => types::I64,
        Integer::I128 => types::I128,
    }
}

/// The leaves of a type, in order of their offsets; `None` if it lives in memory.
pub(crate) fn leaves_of<'tcx>(tcx: TyCtxt<'tcx>, layout: TyAndLayout<'tcx>) -> Option<Vec<Leaf>> {
    let mut out = Vec::new();
    collect(tcx, layout, Size::ZERO, &mut out).then_some(out)
}

fn collect<'tcx>(tcx: TyCtxt<'tcx>, layout: TyAndLayout<'tcx>, base: Size, out: &mut Vec<Leaf>) -> bool {
    if layout.is_unsized() || out.len() > MAX_LEAVES {
        return false;
    }
    let at = |offset: Size| (base + offset).bytes() as u32;
    match layout.backend_repr {
        _ if layout.size == Size::ZERO => return true,
        BackendRepr::Scalar(s) => out.push(Leaf { offset: at(Size::ZERO), ty: scalar_type(s) }),
        BackendRepr::ScalarPair(a, b) => {
            let dl = &*tcx.sess().target.data_layout;
            let second = a.size(&dl).align_to(b.align(&dl).abi);
            out.push(Leaf { offset: at(Size::ZERO), ty: scalar_type(a) });
            out.push(Leaf { offset: at(second), ty: scalar_type(b) });
        }
        BackendRepr::SimdVector { element, count } => {
            // Cranelift's vectors have 16 bytes; others live in memory.
            match scalar_type(element).by(count as u32) {
                Some(ty) if ty.bits() == 128 => out.push(Leaf { offset: at(Size::ZERO), ty }),
                _ => return false,
            }
        }
        BackendRepr::SimdScalableVector { .. } => return false,
        BackendRepr::Memory { .. } => return collect_fields(tcx, layout, base, out),
    }
    out.len() <= MAX_LEAVES
}

fn collect_fields<'tcx>(tcx: TyCtxt<'tcx>, layout: TyAndLayout<'tcx>, base: Size, out: &mut Vec<Leaf>) -> bool {
    if !matches!(layout.variants, Variants::Single { .. }) {
        return false;
    }
    if let TyKind::Adt(def, _) = layout.ty.kind() {
        if def.is_union() {
            return false;
        }
    }
    let env = TypingEnv::fully_monomorphized();
    match &layout.fields {
        FieldsShape::Primitive | FieldsShape::Union(_) => false,
        FieldsShape::Array { stride, count } => {
            if *count > MAX_ARRAY {
                return false;
            }
            let elem = layout.field(tcx, env, 0);
            (0..*count).all(|i| collect(tcx, elem, base + *stride * i, out)) && out.len() <= MAX_LEAVES
        }
        fields @ FieldsShape::Arbitrary { .. } => {
            fields
                .index_by_increasing_offset()
                .all(|i| collect(tcx, layout.field(tcx, env, i), base + fields.offset(i), out))
                && out.len() <= MAX_LEAVES
        }
    }
}
