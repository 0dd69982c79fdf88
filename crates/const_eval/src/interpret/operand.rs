//! Values: immediates (a scalar or a pair, without memory) and operands (an immediate, or a place in memory).

use mir::interpret::Scalar;
use rustc_abi::{BackendRepr, Primitive, Size};
use ty::layout::TyAndLayout;
use ty::{ScalarInt, Ty, TyKind};

use super::memory::read_scalar_in;
use super::place::{MPlaceTy, MemPlace, MemPlaceMeta, Place, PlaceTy};
use super::{InterpCx, InterpResult, Machine, Ptr, UndefinedBehavior, ub};

/// A value without memory.
#[derive(Clone, Copy, Debug)]
pub enum Immediate {
    Scalar(Scalar),
    /// Two scalars: wide pointers, small structs. Where the second lies follows from the layout.
    ScalarPair(Scalar, Scalar),
    /// No value; also that of zero-sized types.
    Uninit,
}

impl From<Scalar> for Immediate {
    fn from(s: Scalar) -> Self {
        Immediate::Scalar(s)
    }
}

impl Immediate {
    pub fn new_pointer_with_meta(ptr: Ptr, meta: MemPlaceMeta) -> Self {
        let ptr = Scalar::from_maybe_pointer(ptr);
        match meta {
            MemPlaceMeta::None => Immediate::Scalar(ptr),
            MemPlaceMeta::Meta(meta) => Immediate::ScalarPair(ptr, meta),
        }
    }
    pub fn new_slice(ptr: Ptr, len: u64) -> Self {
        Immediate::ScalarPair(Scalar::from_maybe_pointer(ptr), Scalar::from_target_usize(len))
    }
    pub fn to_scalar<'tcx>(self) -> InterpResult<'tcx, Scalar> {
        match self {
            Immediate::Scalar(s) => Ok(s),
            Immediate::Uninit => Err(UndefinedBehavior::InvalidUninitBytes(None).into()),
            Immediate::ScalarPair(..) => ub("a scalar pair where a scalar was expected"),
        }
    }
    pub fn to_scalar_pair<'tcx>(self) -> InterpResult<'tcx, (Scalar, Scalar)> {
        match self {
            Immediate::ScalarPair(a, b) => Ok((a, b)),
            Immediate::Uninit => Err(UndefinedBehavior::InvalidUninitBytes(None).into()),
            Immediate::Scalar(_) => ub("a scalar where a scalar pair was expected"),
        }
    }
    /// The address of a thin or wide pointer, and its metadata.
    pub fn to_scalar_and_meta<'tcx>(self) -> InterpResult<'tcx, (Scalar, MemPlaceMeta)> {
        match self {
            Immediate::Scalar(s) => Ok((s, MemPlaceMeta::None)),
            Immediate::ScalarPair(a, b) => Ok((a, MemPlaceMeta::Meta(b))),
            Immediate::Uninit => Err(UndefinedBehavior::InvalidUninitBytes(None).into()),
        }
    }
}

/// A typed immediate.
#[derive(Clone, Copy, Debug)]
pub struct ImmTy<'tcx> {
    pub imm: Immediate,
    pub layout: TyAndLayout<'tcx>,
}

impl std::ops::Deref for ImmTy<'_> {
    type Target = Immediate;
    fn deref(&self) -> &Immediate {
        &self.imm
    }
}

impl<'tcx> ImmTy<'tcx> {
    pub fn from_scalar(s: Scalar, layout: TyAndLayout<'tcx>) -> Self {
        ImmTy { imm: Immediate::Scalar(s), layout }
    }
    pub fn from_immediate(imm: Immediate, layout: TyAndLayout<'tcx>) -> Self {
        ImmTy { imm, layout }
    }
    pub fn uninit(layout: TyAndLayout<'tcx>) -> Self {
        ImmTy { imm: Immediate::Uninit, layout }
    }
    pub fn from_uint(i: impl Into<u128>, layout: TyAndLayout<'tcx>) -> Self {
        let (int, _) = ScalarInt::truncate_from_uint(i.into(), layout.size.bytes());
        ImmTy::from_scalar(Scalar::Int(int), layout)
    }
    pub fn from_int(i: impl Into<i128>, layout: TyAndLayout<'tcx>) -> Self {
        let (int, _) = ScalarInt::truncate_from_uint(i.into() as u128, layout.size.bytes());
        ImmTy::from_scalar(Scalar::Int(int), layout)
    }
    pub fn from_scalar_int(i: ScalarInt, layout: TyAndLayout<'tcx>) -> Self {
        ImmTy::from_scalar(Scalar::Int(i), layout)
    }
    /// The integer; an error for pointers.
    pub fn to_scalar_int(&self) -> InterpResult<'tcx, ScalarInt> {
        scalar_to_int(self.imm.to_scalar()?)
    }
    pub fn ty(&self) -> Ty<'tcx> {
        self.layout.ty
    }
    /// The part of an immediate at an offset.
    pub fn offset(&self, offset: Size, layout: TyAndLayout<'tcx>) -> InterpResult<'tcx, ImmTy<'tcx>> {
        let imm = match (self.imm, layout.backend_repr) {
            _ if layout.is_zst() => Immediate::Uninit,
            (Immediate::Uninit, _) => Immediate::Uninit,
            (imm @ Immediate::Scalar(_), BackendRepr::Scalar(_)) if offset == Size::ZERO => imm,
            (imm @ Immediate::ScalarPair(..), BackendRepr::ScalarPair(..)) if offset == Size::ZERO => imm,
            // A variant's layout may be less than what the whole is stored as.
            (imm, _) if offset == Size::ZERO && layout.size == self.layout.size && layout.ty == self.layout.ty => imm,
            (Immediate::ScalarPair(a, b), BackendRepr::Scalar(_)) => {
                Immediate::Scalar(if offset == Size::ZERO { a } else { b })
            }
            // An array or the like of one scalar: the whole.
            (imm, BackendRepr::Memory { .. }) if offset == Size::ZERO && layout.size == self.layout.size => imm,
            (imm, repr) => {
                return ub(format!(
                    "field access at {} of {imm:?} (`{}`) as {repr:?} (`{}`)",
                    offset.bytes(),
                    self.layout.ty,
                    layout.ty
                ));
            }
        };
        Ok(ImmTy { imm, layout })
    }
}

/// A scalar's integer; pointers have none.
pub fn scalar_to_int<'tcx>(s: Scalar) -> InterpResult<'tcx, ScalarInt> {
    match s {
        Scalar::Int(i) => Ok(i),
        Scalar::Ptr(..) => Err(super::Unsupported::ReadPointerAsInt(None).into()),
    }
}

/// An immediate, or a place in memory that holds the value.
#[derive(Clone, Copy, Debug)]
pub enum Operand {
    Immediate(Immediate),
    Indirect(MemPlace),
}

/// A typed operand.
#[derive(Clone, Copy, Debug)]
pub struct OpTy<'tcx> {
    pub op: Operand,
    pub layout: TyAndLayout<'tcx>,
}

impl<'tcx> From<ImmTy<'tcx>> for OpTy<'tcx> {
    fn from(imm: ImmTy<'tcx>) -> Self {
        OpTy { op: Operand::Immediate(imm.imm), layout: imm.layout }
    }
}
impl<'tcx> From<MPlaceTy<'tcx>> for OpTy<'tcx> {
    fn from(m: MPlaceTy<'tcx>) -> Self {
        OpTy { op: Operand::Indirect(m.mplace), layout: m.layout }
    }
}

impl<'tcx> OpTy<'tcx> {
    pub fn as_mplace_or_imm(&self) -> Result<MPlaceTy<'tcx>, ImmTy<'tcx>> {
        match self.op {
            Operand::Indirect(mplace) => Ok(MPlaceTy { mplace, layout: self.layout }),
            Operand::Immediate(imm) => Err(ImmTy { imm, layout: self.layout }),
        }
    }
    pub fn with_layout(self, layout: TyAndLayout<'tcx>) -> Self {
        OpTy { op: self.op, layout }
    }
}

/// Whether a primitive is an address.
pub fn is_pointer(p: Primitive) -> bool {
    matches!(p, Primitive::Pointer(_))
}

impl<'tcx, M: Machine<'tcx>> InterpCx<'tcx, M> {
    /// The value in memory as an immediate, if its layout is that of scalars.
    pub(crate) fn read_immediate_from_mplace(&self, m: &MPlaceTy<'tcx>) -> InterpResult<'tcx, Option<ImmTy<'tcx>>> {
        if m.mplace.meta != MemPlaceMeta::None {
            return Ok(None);
        }
        match m.layout.backend_repr {
            _ if m.layout.is_zst() => Ok(Some(ImmTy::uninit(m.layout))),
            BackendRepr::Scalar(rustc_abi::Scalar::Initialized { value, .. }) => {
                let size = value.size(self);
                let Some((id, range, alloc)) = self.get_ptr_alloc(m.mplace.ptr, size)? else {
                    return ub("reading a scalar without size");
                };
                self.check_misalign(&m.mplace)?;
                let s = read_scalar_in(id, alloc, range, is_pointer(value))?;
                Ok(Some(ImmTy::from_scalar(s, m.layout)))
            }
            BackendRepr::ScalarPair(
                rustc_abi::Scalar::Initialized { value: a, .. },
                rustc_abi::Scalar::Initialized { value: b, .. },
            ) => {
                let (a_size, b_size) = (a.size(self), b.size(self));
                let b_offset = a_size.align_to(b.align(self).abi);
                let Some((id, range, alloc)) = self.get_ptr_alloc(m.mplace.ptr, m.layout.size)? else {
                    return ub("reading a scalar pair without size");
                };
                self.check_misalign(&m.mplace)?;
                use mir::interpret::alloc_range;
                let a = read_scalar_in(id, alloc, range.subrange(alloc_range(Size::ZERO, a_size)), is_pointer(a))?;
                let b = read_scalar_in(id, alloc, range.subrange(alloc_range(b_offset, b_size)), is_pointer(b))?;
                Ok(Some(ImmTy { imm: Immediate::ScalarPair(a, b), layout: m.layout }))
            }
            _ => Ok(None),
        }
    }
    /// As [`Self::read_immediate`], but leaves values that are no scalars in memory.
    pub fn read_immediate_raw(&self, op: &OpTy<'tcx>) -> InterpResult<'tcx, Result<ImmTy<'tcx>, MPlaceTy<'tcx>>> {
        match op.as_mplace_or_imm() {
            Err(imm) => Ok(Ok(imm)),
            Ok(m) => Ok(self.read_immediate_from_mplace(&m)?.ok_or(m)),
        }
    }
    /// A value that must be of scalar or scalar pair layout (or zero-sized).
    pub fn read_immediate(&self, op: &OpTy<'tcx>) -> InterpResult<'tcx, ImmTy<'tcx>> {
        let imm = match self.read_immediate_raw(op)? {
            Ok(imm) => imm,
            Err(m) => return ub(format!("reading `{}` as a scalar", m.layout.ty)),
        };
        if matches!(imm.imm, Immediate::Uninit) && !imm.layout.is_zst() {
            return Err(UndefinedBehavior::InvalidUninitBytes(None).into());
        }
        Ok(imm)
    }
    pub fn read_scalar(&self, op: &OpTy<'tcx>) -> InterpResult<'tcx, Scalar> {
        self.read_immediate(op)?.imm.to_scalar()
    }
    pub fn read_scalar_int(&self, op: &OpTy<'tcx>) -> InterpResult<'tcx, ScalarInt> {
        scalar_to_int(self.read_scalar(op)?)
    }
    pub fn read_pointer(&self, op: &OpTy<'tcx>) -> InterpResult<'tcx, Ptr> {
        Ok(self.read_immediate(op)?.imm.to_scalar_and_meta()?.0.to_pointer())
    }
    pub fn read_target_usize(&self, op: &OpTy<'tcx>) -> InterpResult<'tcx, u64> {
        Ok(self.read_scalar_int(op)?.to_target_usize())
    }
    pub fn read_target_isize(&self, op: &OpTy<'tcx>) -> InterpResult<'tcx, i64> {
        Ok(self.read_scalar_int(op)?.to_int() as i64)
    }
    pub fn read_bool(&self, op: &OpTy<'tcx>) -> InterpResult<'tcx, bool> {
        scalar_to_bool(self.read_scalar(op)?)
    }
    pub fn read_char(&self, op: &OpTy<'tcx>) -> InterpResult<'tcx, char> {
        scalar_to_char(self.read_scalar(op)?)
    }
    /// The text of a `str` place.
    pub fn read_str(&self, m: &MPlaceTy<'tcx>) -> InterpResult<'tcx, &str> {
        let len = m.len(self)?;
        let bytes = self.read_bytes_ptr(m.mplace.ptr, Size::from_bytes(len))?;
        std::str::from_utf8(bytes)
            .map_err(|e| UndefinedBehavior::Ub(format!("this string is not valid UTF-8: {e}")).into())
    }

    // --- Operands of MIR ---
    pub fn local_to_op(&self, local: mir::Local) -> InterpResult<'tcx, OpTy<'tcx>> {
        let frame = self.frame();
        let layout = self.layout_of_local(frame, local)?;
        let op = *frame.locals[local].access()?;
        Ok(OpTy { op, layout })
    }
    pub fn place_to_op(&self, place: &PlaceTy<'tcx>) -> InterpResult<'tcx, OpTy<'tcx>> {
        match place.place {
            Place::Ptr(mplace) => Ok(OpTy { op: Operand::Indirect(mplace), layout: place.layout }),
            Place::Local { local, offset } => {
                let op = *self.frame().locals[local].access()?;
                match (op, offset) {
                    (op, None) => Ok(OpTy { op, layout: place.layout }),
                    (Operand::Immediate(imm), Some(offset)) => {
                        let whole = self.layout_of_local(self.frame(), local)?;
                        Ok(ImmTy { imm, layout: whole }.offset(offset, place.layout)?.into())
                    }
                    (Operand::Indirect(m), Some(offset)) => {
                        Ok(OpTy { op: Operand::Indirect(m.offset(offset)), layout: place.layout })
                    }
                }
            }
        }
    }
    pub fn eval_place_to_op(&self, place: mir::Place<'tcx>) -> InterpResult<'tcx, OpTy<'tcx>> {
        let mut op = self.local_to_op(place.local)?;
        for elem in place.projection {
            op = self.project_op(&op, elem)?;
        }
        Ok(op)
    }
    pub fn eval_operand(&self, op: &mir::Operand<'tcx>) -> InterpResult<'tcx, OpTy<'tcx>> {
        match op {
            mir::Operand::Copy(place) | mir::Operand::Move(place) => self.eval_place_to_op(*place),
            mir::Operand::Constant(c) => self.eval_mir_constant(&c.const_, c.span),
            mir::Operand::RuntimeChecks(check) => {
                let v = M::runtime_checks(self, *check)?;
                Ok(ImmTy::from_scalar(Scalar::from_bool(v), self.layout_of(self.tcx.types().bool)?).into())
            }
        }
    }
    /// A constant that stands in a body.
    pub fn eval_mir_constant(&self, c: &mir::Const<'tcx>, span: span::Span) -> InterpResult<'tcx, OpTy<'tcx>> {
        let (val, ty) = match *c {
            mir::Const::Val(val, ty) => (val, ty),
            _ => (self.eval_const(c, span)?, c.ty()),
        };
        self.const_val_to_op(val, ty)
    }
    /// An evaluated constant.
    pub fn const_val_to_op(&self, val: mir::ConstValue, ty: Ty<'tcx>) -> InterpResult<'tcx, OpTy<'tcx>> {
        let layout = self.layout_of(ty)?;
        let imm = match val {
            mir::ConstValue::Scalar(s) => Immediate::Scalar(s),
            mir::ConstValue::ZeroSized => Immediate::Uninit,
            mir::ConstValue::Slice { alloc_id, meta } => {
                let prov = mir::interpret::CtfeProvenance::from(alloc_id).as_immutable();
                Immediate::new_slice(mir::interpret::Pointer::from(prov).into(), meta)
            }
            mir::ConstValue::Indirect { alloc_id, offset } => {
                // Constants are never written to.
                let prov = mir::interpret::CtfeProvenance::from(alloc_id).as_immutable();
                let ptr = mir::interpret::Pointer::new(prov, offset).into();
                return Ok(self.ptr_to_mplace(ptr, layout).into());
            }
        };
        Ok(OpTy { op: Operand::Immediate(imm), layout })
    }
    /// The metadata's tail type, and how pointers to a type are made wide.
    pub fn struct_tail(&self, ty: Ty<'tcx>) -> Ty<'tcx> {
        self.tcx.struct_tail_for_codegen(ty, self.typing_env)
    }
    /// The layout of a raw pointer to a type.
    pub fn layout_of_ptr_to(&self, ty: Ty<'tcx>) -> InterpResult<'tcx, TyAndLayout<'tcx>> {
        self.layout_of(self.tcx.mk_mut_ptr(ty))
    }
    /// Whether a type is a reference, raw pointer or box: something with `Deref` in MIR.
    pub fn is_derefable(ty: Ty<'tcx>) -> bool {
        matches!(ty.kind(), TyKind::Ref(..) | TyKind::RawPtr(..)) || ty.is_box()
    }
}

/// A bool's value; undefined behaviour if it is neither 0 nor 1.
pub fn scalar_to_bool<'tcx>(s: Scalar) -> InterpResult<'tcx, bool> {
    let v = scalar_to_int(s)?.to_uint();
    match v {
        0 => Ok(false),
        1 => Ok(true),
        _ => Err(UndefinedBehavior::InvalidBool(v as u8).into()),
    }
}
/// A char's value.
pub fn scalar_to_char<'tcx>(s: Scalar) -> InterpResult<'tcx, char> {
    let v = scalar_to_int(s)?.to_uint() as u32;
    char::from_u32(v).ok_or_else(|| UndefinedBehavior::InvalidChar(v).into())
}
