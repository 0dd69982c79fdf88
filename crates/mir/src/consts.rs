//! Constants in bodies: [`Const`], and evaluated values, [`ConstValue`].

use macros::{TyDecodable, TyEncodable, TypeFoldable, TypeVisitable};
use rustc_abi::Size;
use span::Span;
use span::codec::{Decodable, Encodable};
use span::def_id::DefId;
use ty::codec::{TyDecoder, TyEncoder};
use ty::{GenericArgsRef, ScalarInt, Ty};

use crate::interpret::{AllocId, AllocRange, Scalar};
use crate::{Promoted, UserTypeAnnotationIndex};

/// A constant operand and where it stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub struct ConstOperand<'tcx> {
    pub span: Span,
    /// The type arguments the user wrote.
    pub user_ty: Option<UserTypeAnnotationIndex>,
    pub const_: Const<'tcx>,
}

impl<'tcx> ConstOperand<'tcx> {
    /// The static that the constant is the address of.
    pub fn check_static_ptr(&self, allocs: &crate::interpret::AllocMap<'tcx>) -> Option<DefId> {
        match self.const_ {
            Const::Val(ConstValue::Scalar(Scalar::Ptr(ptr, _)), _) => {
                match allocs.try_get(ptr.provenance.alloc_id())? {
                    crate::interpret::GlobalAlloc::Static(def_id) => Some(def_id),
                    _ => None,
                }
            }
            _ => None,
        }
    }
    pub fn ty(&self) -> Ty<'tcx> {
        self.const_.ty()
    }
}

/// A constant.
#[derive(Clone, Copy, PartialEq, Eq, Hash, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub enum Const<'tcx> {
    /// A const parameter, or a constant of the type system, with its type.
    Ty(Ty<'tcx>, ty::Const<'tcx>),
    /// A constant item, inline constant or promoted, and its type.
    Unevaluated(UnevaluatedConst<'tcx>, Ty<'tcx>),
    /// A value.
    Val(ConstValue, Ty<'tcx>),
}

/// A constant that is to be evaluated.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, TypeFoldable, TypeVisitable, TyEncodable, TyDecodable)]
pub struct UnevaluatedConst<'tcx> {
    pub def: DefId,
    pub args: GenericArgsRef<'tcx>,
    pub promoted: Option<Promoted>,
}

impl<'tcx> UnevaluatedConst<'tcx> {
    pub fn new(def: DefId, args: GenericArgsRef<'tcx>) -> Self {
        UnevaluatedConst { def, args, promoted: None }
    }
    /// As a constant of the type system; only for what is not promoted.
    pub fn shrink(self) -> ty::UnevaluatedConst<'tcx> {
        assert_eq!(self.promoted, None);
        ty::UnevaluatedConst { def: self.def, args: self.args }
    }
}

/// An evaluated constant; what it points to is in the session's `AllocMap`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ConstValue {
    /// A value with a scalar layout.
    Scalar(Scalar),
    ZeroSized,
    /// `&str` and `&[T]`: the memory and the length in elements.
    Slice {
        alloc_id: AllocId,
        meta: u64,
    },
    /// A value in memory.
    Indirect {
        alloc_id: AllocId,
        offset: Size,
    },
}
ty::trivially_traversable!(ConstValue);

impl<'tcx, E: TyEncoder<'tcx>> Encodable<E> for ConstValue {
    fn encode(&self, e: &mut E) {
        match self {
            ConstValue::Scalar(s) => {
                e.emit_u8(0);
                s.encode(e);
            }
            ConstValue::ZeroSized => e.emit_u8(1),
            ConstValue::Slice { alloc_id, meta } => {
                e.emit_u8(2);
                alloc_id.encode(e);
                e.emit_u64(*meta);
            }
            ConstValue::Indirect { alloc_id, offset } => {
                e.emit_u8(3);
                alloc_id.encode(e);
                e.emit_u64(offset.bytes());
            }
        }
    }
}
impl<'tcx, D: TyDecoder<'tcx>> Decodable<D> for ConstValue {
    fn decode(d: &mut D) -> Self {
        match d.read_u8() {
            0 => ConstValue::Scalar(Decodable::decode(d)),
            1 => ConstValue::ZeroSized,
            2 => ConstValue::Slice { alloc_id: Decodable::decode(d), meta: d.read_u64() },
            _ => ConstValue::Indirect { alloc_id: Decodable::decode(d), offset: Size::from_bytes(d.read_u64()) },
        }
    }
}

impl ConstValue {
    pub fn try_to_scalar(&self) -> Option<Scalar> {
        match *self {
            ConstValue::Scalar(s) => Some(s),
            ConstValue::ZeroSized | ConstValue::Slice { .. } | ConstValue::Indirect { .. } => None,
        }
    }
    pub fn try_to_scalar_int(&self) -> Option<ScalarInt> {
        self.try_to_scalar()?.try_to_scalar_int()
    }
    pub fn try_to_bits(&self) -> Option<u128> {
        self.try_to_scalar_int().map(ScalarInt::to_uint)
    }
    pub fn try_to_bool(&self) -> Option<bool> {
        self.try_to_scalar_int()?.try_to_bool()
    }
    pub fn from_bool(b: bool) -> Self {
        ConstValue::Scalar(Scalar::from_bool(b))
    }
    pub fn from_u64(n: u64) -> Self {
        ConstValue::Scalar(Scalar::from_u64(n))
    }
    pub fn from_target_usize(n: u64) -> Self {
        ConstValue::Scalar(Scalar::from_u64(n))
    }
    /// The bytes of a `&str` or `&[u8]` value.
    pub fn try_get_slice_bytes<'tcx>(&self, allocs: &crate::interpret::AllocMap<'tcx>) -> Option<&'tcx [u8]> {
        let (alloc, start, len) = match *self {
            ConstValue::Slice { alloc_id, meta } => (allocs.memory(alloc_id)?, 0, meta as usize),
            ConstValue::Indirect { alloc_id, offset } => {
                // A wide pointer in memory: the pointer, then the length.
                let outer = allocs.memory(alloc_id)?.inner();
                let ptr = outer.read_pointer(offset)?;
                let len =
                    outer.read_uint(AllocRange { start: offset + Size::from_bytes(8), size: Size::from_bytes(8) })?;
                (allocs.memory(ptr.provenance.alloc_id())?, ptr.offset.bytes() as usize, len as usize)
            }
            _ => return None,
        };
        alloc.inner().bytes().get(start..start.checked_add(len)?)
    }
}

impl<'tcx> Const<'tcx> {
    #[inline]
    pub fn ty(&self) -> Ty<'tcx> {
        match *self {
            Const::Ty(ty, ct) => match ct.kind() {
                ty::ConstKind::Value(v) => v.ty,
                _ => ty,
            },
            Const::Unevaluated(_, ty) | Const::Val(_, ty) => ty,
        }
    }
    /// The value of a zero-sized type.
    pub fn zero_sized(ty: Ty<'tcx>) -> Self {
        Const::Val(ConstValue::ZeroSized, ty)
    }
    pub fn from_scalar(s: Scalar, ty: Ty<'tcx>) -> Self {
        Const::Val(ConstValue::Scalar(s), ty)
    }
    /// The low bits of an integer, `bool`, `char` or float type of known width; `size` is in bytes.
    pub fn from_bits(bits: u128, size: u64, ty: Ty<'tcx>) -> Self {
        let (int, lossy) = ScalarInt::truncate_from_uint(bits, size);
        assert!(!lossy, "{bits:#x} does not fit {ty:?}");
        Const::from_scalar(Scalar::Int(int), ty)
    }
    pub fn from_bool(cx: ty::Interner<'tcx>, v: bool) -> Self {
        Const::from_scalar(Scalar::from_bool(v), cx.types().bool)
    }
    pub fn from_usize(cx: ty::Interner<'tcx>, n: u64) -> Self {
        Const::from_scalar(Scalar::from_u64(n), cx.types().usize)
    }
    pub fn from_ty_const(c: ty::Const<'tcx>, ty: Ty<'tcx>) -> Self {
        Const::Ty(ty, c)
    }
    /// The scalar, if it is there without evaluating.
    pub fn try_to_scalar(&self) -> Option<Scalar> {
        match *self {
            Const::Ty(_, ct) => ct.try_to_leaf().map(Scalar::Int),
            Const::Val(val, _) => val.try_to_scalar(),
            Const::Unevaluated(..) => None,
        }
    }
    pub fn try_to_scalar_int(&self) -> Option<ScalarInt> {
        self.try_to_scalar()?.try_to_scalar_int()
    }
    pub fn try_to_bits(&self) -> Option<u128> {
        self.try_to_scalar_int().map(ScalarInt::to_uint)
    }
    pub fn try_to_bool(&self) -> Option<bool> {
        self.try_to_scalar_int()?.try_to_bool()
    }
    /// Whether it must be evaluated before code is generated.
    pub fn is_required_const(&self) -> bool {
        match self {
            Const::Ty(_, c) => !matches!(c.kind(), ty::ConstKind::Value(_) | ty::ConstKind::Param(_)),
            Const::Val(..) => false,
            Const::Unevaluated(..) => true,
        }
    }
    /// Whether evaluating twice gives the same pointer-free value.
    pub fn is_deterministic(&self) -> bool {
        match self {
            Const::Ty(_, c) => !matches!(c.kind(), ty::ConstKind::Unevaluated(_)),
            Const::Unevaluated(..) => false,
            Const::Val(ConstValue::Slice { .. } | ConstValue::Indirect { .. }, _) => false,
            Const::Val(ConstValue::ZeroSized, _) => true,
            Const::Val(ConstValue::Scalar(s), _) => matches!(s, Scalar::Int(_)),
        }
    }
}
