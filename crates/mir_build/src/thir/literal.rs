//! Literals as values.

use ast::{FloatTy, LitKind};
use mir::interpret::{Pointer, Scalar};
use mir::{Const, ConstValue};
use query::TyCtxt;
use rustc_apfloat::Float;
use rustc_apfloat::ieee::{Double, Half, Quad, Single};
use ty::{ScalarInt, Ty, TyKind, ValTree, Value};

fn int_size(ty: Ty<'_>) -> u64 {
    ty.primitive_int_bits().unwrap_or(64) / 8
}

/// The low bits of an integer literal; literals that do not fit were reported by a lint.
fn int_bits(value: u128, ty: Ty<'_>, neg: bool) -> ScalarInt {
    let value = if neg { value.wrapping_neg() } else { value };
    ScalarInt::truncate_from_uint(value, int_size(ty)).0
}

/// A float literal's bits, correctly rounded.
pub fn parse_float(text: &str, ty: FloatTy, neg: bool) -> Option<ScalarInt> {
    fn bits<F: Float + std::str::FromStr>(text: &str, neg: bool) -> Option<u128> {
        let value: F = text.parse().ok()?;
        Some(if neg { (-value).to_bits() } else { value.to_bits() })
    }
    let (bits, size) = match ty {
        FloatTy::F16 => (bits::<Half>(text, neg)?, 2),
        FloatTy::F32 => (bits::<Single>(text, neg)?, 4),
        FloatTy::F64 => (bits::<Double>(text, neg)?, 8),
        FloatTy::F128 => (bits::<Quad>(text, neg)?, 16),
    };
    ScalarInt::try_from_uint(bits, size)
}

fn bytes_tree<'tcx>(tcx: TyCtxt<'tcx>, bytes: &[u8]) -> ValTree<'tcx> {
    let leaves: Vec<_> = bytes
        .iter()
        .map(|b| ValTree::Leaf(ScalarInt::try_from_uint((*b).into(), 1).unwrap_or(ScalarInt::ZST)))
        .collect();
    tcx.mk_valtree_branch(&leaves)
}

/// A literal of a pattern; `None` if literal and type do not go together (that was reported).
pub fn lit_to_value<'tcx>(tcx: TyCtxt<'tcx>, lit: &LitKind, ty: Ty<'tcx>, neg: bool) -> Option<Value<'tcx>> {
    let leaf = ValTree::Leaf;
    let valtree = match (lit, ty.kind()) {
        (LitKind::Str(s, _), TyKind::Ref(_, inner, _)) if inner.is_str() => bytes_tree(tcx, s.as_str().as_bytes()),
        (LitKind::Str(s, _), TyKind::Str) => bytes_tree(tcx, s.as_str().as_bytes()),
        (LitKind::ByteStr(data, _), TyKind::Ref(_, inner, _))
            if matches!(inner.kind(), TyKind::Slice(_) | TyKind::Array(..)) =>
        {
            bytes_tree(tcx, data.as_byte_str())
        }
        (LitKind::ByteStr(data, _), TyKind::Slice(_) | TyKind::Array(..)) => bytes_tree(tcx, data.as_byte_str()),
        (LitKind::Byte(n), TyKind::Uint(ast::UintTy::U8)) => leaf(ScalarInt::try_from_uint((*n).into(), 1)?),
        (LitKind::Int(n, _), TyKind::Uint(_) | TyKind::Int(_)) => leaf(int_bits(*n, ty, neg)),
        (LitKind::Int(n, _), TyKind::Float(f)) => leaf(parse_float(&n.to_string(), *f, neg)?),
        (LitKind::Bool(b), TyKind::Bool) => leaf(if *b { ScalarInt::TRUE } else { ScalarInt::FALSE }),
        (LitKind::Float(text, _), TyKind::Float(f)) => leaf(parse_float(text.as_str(), *f, neg)?),
        (LitKind::Char(c), TyKind::Char) => leaf(ScalarInt::try_from_uint(u32::from(*c).into(), 4)?),
        _ => return None,
    };
    Some(Value { ty, valtree })
}

/// A literal of an expression; `None` if literal and type do not go together (that was reported).
pub fn lit_to_mir_constant<'tcx>(tcx: TyCtxt<'tcx>, lit: &LitKind, ty: Ty<'tcx>, neg: bool) -> Option<Const<'tcx>> {
    let allocs = &tcx.gcx().alloc_map;
    let value = match (lit, ty.kind()) {
        (LitKind::Str(s, _), TyKind::Ref(_, inner, _)) if inner.is_str() => {
            let s = s.as_str();
            ConstValue::Slice {
                alloc_id: allocs.allocate_bytes_dedup(tcx.interner(), s.as_bytes()),
                meta: s.len() as u64,
            }
        }
        (LitKind::ByteStr(data, _), TyKind::Ref(_, inner, _)) if matches!(inner.kind(), TyKind::Slice(_)) => {
            let data = data.as_byte_str();
            ConstValue::Slice { alloc_id: allocs.allocate_bytes_dedup(tcx.interner(), data), meta: data.len() as u64 }
        }
        (LitKind::ByteStr(data, _), TyKind::Ref(_, inner, _)) if inner.is_array() => {
            let id = allocs.allocate_bytes_dedup(tcx.interner(), data.as_byte_str());
            ConstValue::Scalar(Scalar::from_pointer(Pointer::from(id)))
        }
        (LitKind::CStr(data, _), TyKind::Ref(_, inner, _)) if inner.is_adt() => {
            let data = data.as_byte_str();
            ConstValue::Slice { alloc_id: allocs.allocate_bytes_dedup(tcx.interner(), data), meta: data.len() as u64 }
        }
        (LitKind::Byte(n), TyKind::Uint(ast::UintTy::U8)) => ConstValue::Scalar(Scalar::from_u8(*n)),
        (LitKind::Int(n, _), TyKind::Uint(_) | TyKind::Int(_)) => {
            ConstValue::Scalar(Scalar::Int(int_bits(*n, ty, neg)))
        }
        (LitKind::Int(n, _), TyKind::Float(f)) => {
            ConstValue::Scalar(Scalar::Int(parse_float(&n.to_string(), *f, neg)?))
        }
        (LitKind::Float(text, _), TyKind::Float(f)) => {
            ConstValue::Scalar(Scalar::Int(parse_float(text.as_str(), *f, neg)?))
        }
        (LitKind::Bool(b), TyKind::Bool) => ConstValue::Scalar(Scalar::from_bool(*b)),
        (LitKind::Char(c), TyKind::Char) => ConstValue::Scalar(Scalar::from_char(*c)),
        _ => return None,
    };
    Some(Const::Val(value, ty))
}
