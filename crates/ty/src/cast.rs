//! Kinds of `as` casts (Reference, "Type cast expressions").

use crate::{Ty, TyKind, UintTy};

/// What an integer-like operand is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum IntTy {
    U(UintTy),
    I,
    CEnum,
    Bool,
    Char,
}

/// What a cast looks at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CastTy<'tcx> {
    Int(IntTy),
    Float,
    FnPtr,
    Ptr(crate::TypeAndMut<'tcx>),
}

/// A cast that is allowed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, macros::Encodable, macros::Decodable)]
pub enum CastKind {
    CoercionCast,
    PtrPtrCast,
    PtrAddrCast,
    AddrPtrCast,
    NumericCast,
    EnumCast,
    PrimIntCast,
    U8CharCast,
    ArrayPtrCast,
    FnPtrPtrCast,
    FnPtrAddrCast,
}

impl<'tcx> CastTy<'tcx> {
    /// `None` for types that cast only by coercion.
    pub fn from_ty(t: Ty<'tcx>) -> Option<CastTy<'tcx>> {
        Some(match *t.kind() {
            TyKind::Infer(crate::InferTy::IntVar(_)) => CastTy::Int(IntTy::I),
            TyKind::Infer(crate::InferTy::FloatVar(_)) => CastTy::Float,
            TyKind::Int(_) => CastTy::Int(IntTy::I),
            TyKind::Uint(u) => CastTy::Int(IntTy::U(u)),
            TyKind::Float(_) => CastTy::Float,
            TyKind::Bool => CastTy::Int(IntTy::Bool),
            TyKind::Char => CastTy::Int(IntTy::Char),
            TyKind::Adt(def, _) if def.is_enum() && def.is_payloadfree() => CastTy::Int(IntTy::CEnum),
            TyKind::RawPtr(ty, mutbl) => CastTy::Ptr(crate::TypeAndMut { ty, mutbl }),
            TyKind::FnPtr(_) => CastTy::FnPtr,
            _ => return None,
        })
    }
}
