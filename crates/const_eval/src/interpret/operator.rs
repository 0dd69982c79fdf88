//! Arithmetic, comparison and the other operators.

use ast::FloatTy;
use mir::interpret::Scalar;
use mir::{BinOp, UnOp};
use rustc_apfloat::Float;
use rustc_apfloat::ieee::{Double, Half, Quad, Single};
use ty::{ScalarInt, TyKind};

use super::operand::{ImmTy, Immediate};
use super::place::MemPlaceMeta;
use super::{CheckInAlloc, InterpCx, InterpResult, Machine, Ptr, UndefinedBehavior, ub};

/// Runs a body for the float type of given width.
macro_rules! with_float {
    ($fty:expr, $F:ident => $body:expr) => {
        match $fty {
            FloatTy::F16 => {
                type $F = Half;
                $body
            }
            FloatTy::F32 => {
                type $F = Single;
                $body
            }
            FloatTy::F64 => {
                type $F = Double;
                $body
            }
            FloatTy::F128 => {
                type $F = Quad;
                $body
            }
        }
    };
}
pub(crate) use with_float;

/// Of a multiplication, sum or difference: the wrapped bits, and whether they were wrapped.
fn int_arith(op: BinOp, l: ScalarInt, r: ScalarInt, signed: bool) -> (u128, bool) {
    let size = l.size();
    let bits = size * 8;
    if signed {
        let (a, b) = (l.to_int(), r.to_int());
        let (v, over) = match op {
            BinOp::Add => a.overflowing_add(b),
            BinOp::Sub => a.overflowing_sub(b),
            _ => a.overflowing_mul(b),
        };
        let t = ty::truncate(v as u128, size);
        (t, over || (bits < 128 && ty::sign_extend(t, size) != v))
    } else {
        let (a, b) = (l.to_uint(), r.to_uint());
        let (v, over) = match op {
            BinOp::Add => a.overflowing_add(b),
            BinOp::Sub => a.overflowing_sub(b),
            _ => a.overflowing_mul(b),
        };
        let t = ty::truncate(v, size);
        (t, over || t != v)
    }
}

impl<'tcx, M: Machine<'tcx>> InterpCx<'tcx, M> {
    fn bool_imm(&self, b: bool) -> InterpResult<'tcx, ImmTy<'tcx>> {
        Ok(ImmTy::from_scalar(Scalar::from_bool(b), self.layout_of(self.tcx.types().bool)?))
    }
    /// `core::cmp::Ordering`
    pub(crate) fn ordering_imm(&self, o: std::cmp::Ordering) -> InterpResult<'tcx, ImmTy<'tcx>> {
        let layout = self.layout_of(self.tcx.ty_ordering_enum(self.cur_span()))?;
        Ok(ImmTy::from_int(o as i8, layout))
    }
    fn compare<T: PartialOrd>(&self, op: BinOp, a: T, b: T) -> InterpResult<'tcx, ImmTy<'tcx>> {
        self.bool_imm(match op {
            BinOp::Eq => a == b,
            BinOp::Ne => a != b,
            BinOp::Lt => a < b,
            BinOp::Le => a <= b,
            BinOp::Gt => a > b,
            BinOp::Ge => a >= b,
            _ => return ub(format!("{op:?} is no comparison")),
        })
    }
    fn binary_char_op(&self, op: BinOp, l: char, r: char) -> InterpResult<'tcx, ImmTy<'tcx>> {
        if op == BinOp::Cmp {
            return self.ordering_imm(l.cmp(&r));
        }
        self.compare(op, l, r)
    }
    fn binary_bool_op(&self, op: BinOp, l: bool, r: bool) -> InterpResult<'tcx, ImmTy<'tcx>> {
        match op {
            BinOp::BitAnd => self.bool_imm(l & r),
            BinOp::BitOr => self.bool_imm(l | r),
            BinOp::BitXor => self.bool_imm(l ^ r),
            BinOp::Cmp => self.ordering_imm(l.cmp(&r)),
            _ => self.compare(op, l, r),
        }
    }
    fn binary_float_op<F: Float>(
        &self,
        op: BinOp,
        layout: ty::layout::TyAndLayout<'tcx>,
        l: u128,
        r: u128,
    ) -> InterpResult<'tcx, ImmTy<'tcx>> {
        let (a, b) = (F::from_bits(l), F::from_bits(r));
        let v = match op {
            BinOp::Add => (a + b).value,
            BinOp::Sub => (a - b).value,
            BinOp::Mul => (a * b).value,
            BinOp::Div => (a / b).value,
            BinOp::Rem => (a % b).value,
            _ => return self.compare(op, a, b),
        };
        Ok(ImmTy::from_uint(canonical_nan(v).to_bits(), layout))
    }
    fn binary_int_op(&self, op: BinOp, left: &ImmTy<'tcx>, right: &ImmTy<'tcx>) -> InterpResult<'tcx, ImmTy<'tcx>> {
        let (l, r) = (left.to_scalar_int()?, right.to_scalar_int()?);
        let layout = left.layout;
        let signed = layout.backend_repr.is_signed();
        let size = layout.size.bytes();
        match op {
            BinOp::Shl | BinOp::Shr | BinOp::ShlUnchecked | BinOp::ShrUnchecked => {
                let bits = u128::from(size * 8);
                let right_signed = right.layout.backend_repr.is_signed();
                // The amount as a number, taken modulo the width.
                let (amount, overflow) = if right_signed {
                    let v = r.to_int();
                    (v as u128 & (bits - 1), v < 0 || v as u128 >= bits)
                } else {
                    let v = r.to_uint();
                    (v & (bits - 1), v >= bits)
                };
                let unchecked = matches!(op, BinOp::ShlUnchecked | BinOp::ShrUnchecked);
                if overflow && unchecked {
                    return Err(UndefinedBehavior::ShiftOverflow {
                        intrinsic: if op == BinOp::ShlUnchecked { "unchecked_shl" } else { "unchecked_shr" },
                        amount: if right_signed { r.to_int().to_string() } else { r.to_uint().to_string() },
                    }
                    .into());
                }
                let amount = amount as u32;
                let v = match op {
                    BinOp::Shl | BinOp::ShlUnchecked => l.to_uint() << amount,
                    _ if signed => (l.to_int() >> amount) as u128,
                    _ => l.to_uint() >> amount,
                };
                return Ok(ImmTy::from_uint(ty::truncate(v, size), layout));
            }
            _ => {}
        }
        if l.size() != r.size() {
            return ub(format!("{op:?} of `{}` and `{}`", left.layout.ty, right.layout.ty));
        }
        match op {
            BinOp::Cmp if signed => self.ordering_imm(l.to_int().cmp(&r.to_int())),
            BinOp::Cmp => self.ordering_imm(l.to_uint().cmp(&r.to_uint())),
            BinOp::Eq | BinOp::Ne => self.compare(op, l.to_uint(), r.to_uint()),
            BinOp::Lt | BinOp::Le | BinOp::Gt | BinOp::Ge if signed => self.compare(op, l.to_int(), r.to_int()),
            BinOp::Lt | BinOp::Le | BinOp::Gt | BinOp::Ge => self.compare(op, l.to_uint(), r.to_uint()),
            BinOp::BitOr => Ok(ImmTy::from_uint(l.to_uint() | r.to_uint(), layout)),
            BinOp::BitAnd => Ok(ImmTy::from_uint(l.to_uint() & r.to_uint(), layout)),
            BinOp::BitXor => Ok(ImmTy::from_uint(l.to_uint() ^ r.to_uint(), layout)),
            BinOp::Div | BinOp::Rem => {
                let rem = op == BinOp::Rem;
                if r.is_null() {
                    return Err(if rem {
                        UndefinedBehavior::RemainderByZero
                    } else {
                        UndefinedBehavior::DivisionByZero
                    }
                    .into());
                }
                if !signed {
                    let v = if rem { l.to_uint() % r.to_uint() } else { l.to_uint() / r.to_uint() };
                    return Ok(ImmTy::from_uint(v, layout));
                }
                let (a, b) = (l.to_int(), r.to_int());
                if b == -1 && ty::truncate(a as u128, size) == 1 << (size * 8 - 1) {
                    return Err(if rem {
                        UndefinedBehavior::RemainderOverflow
                    } else {
                        UndefinedBehavior::DivisionOverflow
                    }
                    .into());
                }
                Ok(ImmTy::from_int(if rem { a % b } else { a / b }, layout))
            }
            BinOp::Add | BinOp::Sub | BinOp::Mul => {
                let (v, _) = int_arith(op, l, r, signed);
                Ok(ImmTy::from_uint(v, layout))
            }
            BinOp::AddUnchecked | BinOp::SubUnchecked | BinOp::MulUnchecked => {
                let (plain, intrinsic) = match op {
                    BinOp::AddUnchecked => (BinOp::Add, "unchecked_add"),
                    BinOp::SubUnchecked => (BinOp::Sub, "unchecked_sub"),
                    _ => (BinOp::Mul, "unchecked_mul"),
                };
                let (v, over) = int_arith(plain, l, r, signed);
                if over {
                    return Err(UndefinedBehavior::ArithOverflow { intrinsic }.into());
                }
                Ok(ImmTy::from_uint(v, layout))
            }
            BinOp::AddWithOverflow | BinOp::SubWithOverflow | BinOp::MulWithOverflow => {
                let plain = op.overflowing_to_wrapping().expect("an overflowing operator");
                let (v, over) = int_arith(plain, l, r, signed);
                let (v, _) = ScalarInt::truncate_from_uint(v, size);
                let pair = self.tcx.mk_tup(&[layout.ty, self.tcx.types().bool]);
                Ok(ImmTy {
                    imm: Immediate::ScalarPair(Scalar::Int(v), Scalar::from_bool(over)),
                    layout: self.layout_of(pair)?,
                })
            }
            BinOp::Offset | BinOp::Shl | BinOp::Shr | BinOp::ShlUnchecked | BinOp::ShrUnchecked => {
                ub(format!("{op:?} of integers"))
            }
        }
    }
    fn binary_pointer_op(&self, op: BinOp, left: &ImmTy<'tcx>, right: &ImmTy<'tcx>) -> InterpResult<'tcx, ImmTy<'tcx>> {
        match op {
            BinOp::Offset => {
                let pointee = left.layout.ty.builtin_deref(true).expect("a pointer");
                let size = self.layout_of(pointee)?.size.bytes() as i64;
                let ptr = left.imm.to_scalar()?.to_pointer();
                let count = right.to_scalar_int()?;
                let (offset, over) = if right.layout.backend_repr.is_signed() {
                    (count.to_int() as i64).overflowing_mul(size)
                } else {
                    let n = count.to_target_usize();
                    let (v, o) = n.overflowing_mul(size as u64);
                    (v as i64, o || v > i64::MAX as u64)
                };
                if over {
                    return Err(UndefinedBehavior::PointerArithOverflow.into());
                }
                let ptr = self.ptr_offset_inbounds(ptr, offset)?;
                Ok(ImmTy::from_scalar(Scalar::from_maybe_pointer(ptr), left.layout))
            }
            _ => M::binary_ptr_op(self, op, left, right),
        }
    }
    /// `ptr.offset(n)`, in bytes.
    pub fn ptr_offset_inbounds(&self, ptr: Ptr, offset: i64) -> InterpResult<'tcx, Ptr> {
        self.check_ptr_access_signed(ptr, offset, CheckInAlloc::InboundsPointerArithmetic)?;
        Ok(ptr.wrapping_signed_offset(offset))
    }
    /// Both operands are values of the operator's types.
    pub fn binary_op(&self, op: BinOp, left: &ImmTy<'tcx>, right: &ImmTy<'tcx>) -> InterpResult<'tcx, ImmTy<'tcx>> {
        match *left.layout.ty.kind() {
            TyKind::Char => {
                let l = super::operand::scalar_to_char(left.imm.to_scalar()?)?;
                let r = super::operand::scalar_to_char(right.imm.to_scalar()?)?;
                self.binary_char_op(op, l, r)
            }
            TyKind::Bool => {
                let l = super::operand::scalar_to_bool(left.imm.to_scalar()?)?;
                let r = super::operand::scalar_to_bool(right.imm.to_scalar()?)?;
                self.binary_bool_op(op, l, r)
            }
            TyKind::Float(fty) => {
                let (l, r) = (left.to_scalar_int()?.to_uint(), right.to_scalar_int()?.to_uint());
                with_float!(fty, F => self.binary_float_op::<F>(op, left.layout, l, r))
            }
            TyKind::Int(_) | TyKind::Uint(_) => {
                // An address that was made an integer is still one, for equality.
                if let (Immediate::Scalar(Scalar::Ptr(..)), _) | (_, Immediate::Scalar(Scalar::Ptr(..))) =
                    (left.imm, right.imm)
                {
                    return M::binary_ptr_op(self, op, left, right);
                }
                self.binary_int_op(op, left, right)
            }
            TyKind::RawPtr(..) | TyKind::Ref(..) | TyKind::FnPtr(_) => self.binary_pointer_op(op, left, right),
            TyKind::Pat(inner, _) => {
                let layout = self.layout_of(inner)?;
                let (l, r) = (ImmTy { imm: left.imm, layout }, ImmTy { imm: right.imm, layout });
                self.binary_op(op, &l, &r)
            }
            _ => {
                // Unit-like enums of `Cmp` and the like: by their bits.
                if let (Immediate::Uninit, Immediate::Uninit) = (left.imm, right.imm) {
                    return match op {
                        BinOp::Cmp => self.ordering_imm(std::cmp::Ordering::Equal),
                        _ => self.compare(op, (), ()),
                    };
                }
                ub(format!("invalid operand type `{}` for {op:?}", left.layout.ty))
            }
        }
    }
    pub fn unary_op(&self, op: UnOp, val: &ImmTy<'tcx>) -> InterpResult<'tcx, ImmTy<'tcx>> {
        let layout = val.layout;
        match *layout.ty.kind() {
            TyKind::Bool if op == UnOp::Not => self.bool_imm(!super::operand::scalar_to_bool(val.imm.to_scalar()?)?),
            TyKind::Float(fty) if op == UnOp::Neg => {
                let v = val.to_scalar_int()?.to_uint();
                // Only the sign changes, that of NaN too.
                let bits = match fty {
                    FloatTy::F16 => 16,
                    FloatTy::F32 => 32,
                    FloatTy::F64 => 64,
                    FloatTy::F128 => 128,
                };
                Ok(ImmTy::from_uint(v ^ (1 << (bits - 1)), layout))
            }
            TyKind::Int(_) | TyKind::Uint(_) => {
                let v = val.to_scalar_int()?;
                let v = match op {
                    UnOp::Not => !v.to_uint(),
                    UnOp::Neg => v.to_uint().wrapping_neg(),
                    UnOp::PtrMetadata => return ub("the metadata of an integer"),
                };
                Ok(ImmTy::from_uint(ty::truncate(v, layout.size.bytes()), layout))
            }
            TyKind::RawPtr(..) | TyKind::Ref(..) if op == UnOp::PtrMetadata => {
                let (_, meta) = val.imm.to_scalar_and_meta()?;
                let pointee = layout.ty.builtin_deref(true).expect("a pointer");
                let meta_ty = self.normalize(self.tcx.pointee_metadata_ty_or_projection(pointee))?;
                let layout = self.layout_of(meta_ty)?;
                Ok(match meta {
                    MemPlaceMeta::Meta(s) => ImmTy::from_scalar(s, layout),
                    MemPlaceMeta::None => ImmTy::uninit(layout),
                })
            }
            _ => ub(format!("invalid operand type `{}` for {op:?}", layout.ty)),
        }
    }
}

/// NaN as arithmetic makes it: quiet, positive, without payload.
pub(crate) fn canonical_nan<F: Float>(v: F) -> F {
    if v.is_nan() { F::NAN } else { v }
}
