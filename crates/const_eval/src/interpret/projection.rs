//! Steps from a place or operand to a part of it.

use mir::interpret::Scalar;
use mir::{PlaceElem, ProjectionElem};
use rustc_abi::{FieldsShape, Size, Variants};
use ty::layout::TyAndLayout;
use ty::{TyKind, VariantIdx};

use layout::LayoutExt;

use super::operand::{ImmTy, OpTy, Operand};
use super::place::{MPlaceTy, MemPlaceMeta, Place, PlaceTy, place_len};
use super::{InterpCx, InterpResult, Machine, UndefinedBehavior, Unsupported};

/// What projections do alike to operands, places and memory.
trait Base<'tcx>: Copy {
    fn layout(&self) -> TyAndLayout<'tcx>;
    fn meta<M: Machine<'tcx>>(&self, ecx: &InterpCx<'tcx, M>) -> InterpResult<'tcx, MemPlaceMeta>;
    fn offset<M: Machine<'tcx>>(
        &self,
        offset: Size,
        meta: MemPlaceMeta,
        layout: TyAndLayout<'tcx>,
        ecx: &InterpCx<'tcx, M>,
    ) -> InterpResult<'tcx, Self>;
    fn with_layout(&self, layout: TyAndLayout<'tcx>) -> Self;
    fn to_op<M: Machine<'tcx>>(&self, ecx: &InterpCx<'tcx, M>) -> InterpResult<'tcx, OpTy<'tcx>>;
    fn from_mplace(m: MPlaceTy<'tcx>) -> Self;
    /// The memory, for fields whose offset depends on a vtable.
    fn memory(&self) -> Option<MPlaceTy<'tcx>>;
}

impl<'tcx> Base<'tcx> for OpTy<'tcx> {
    fn layout(&self) -> TyAndLayout<'tcx> {
        self.layout
    }
    fn meta<M: Machine<'tcx>>(&self, _: &InterpCx<'tcx, M>) -> InterpResult<'tcx, MemPlaceMeta> {
        Ok(match self.op {
            Operand::Indirect(m) => m.meta,
            Operand::Immediate(_) => MemPlaceMeta::None,
        })
    }
    fn offset<M: Machine<'tcx>>(
        &self,
        offset: Size,
        meta: MemPlaceMeta,
        layout: TyAndLayout<'tcx>,
        _: &InterpCx<'tcx, M>,
    ) -> InterpResult<'tcx, Self> {
        match self.op {
            Operand::Indirect(m) => Ok(OpTy { op: Operand::Indirect(m.offset_with_meta(offset, meta)), layout }),
            Operand::Immediate(imm) => Ok(ImmTy { imm, layout: self.layout }.offset(offset, layout)?.into()),
        }
    }
    fn with_layout(&self, layout: TyAndLayout<'tcx>) -> Self {
        OpTy { op: self.op, layout }
    }
    fn to_op<M: Machine<'tcx>>(&self, _: &InterpCx<'tcx, M>) -> InterpResult<'tcx, OpTy<'tcx>> {
        Ok(*self)
    }
    fn from_mplace(m: MPlaceTy<'tcx>) -> Self {
        m.into()
    }
    fn memory(&self) -> Option<MPlaceTy<'tcx>> {
        self.as_mplace_or_imm().ok()
    }
}

impl<'tcx> Base<'tcx> for PlaceTy<'tcx> {
    fn layout(&self) -> TyAndLayout<'tcx> {
        self.layout
    }
    fn meta<M: Machine<'tcx>>(&self, _: &InterpCx<'tcx, M>) -> InterpResult<'tcx, MemPlaceMeta> {
        Ok(match self.place {
            Place::Ptr(m) => m.meta,
            Place::Local { .. } => MemPlaceMeta::None,
        })
    }
    fn offset<M: Machine<'tcx>>(
        &self,
        offset: Size,
        meta: MemPlaceMeta,
        layout: TyAndLayout<'tcx>,
        _: &InterpCx<'tcx, M>,
    ) -> InterpResult<'tcx, Self> {
        let place = match self.place {
            Place::Ptr(m) => Place::Ptr(m.offset_with_meta(offset, meta)),
            Place::Local { local, offset: old } => {
                Place::Local { local, offset: Some(old.unwrap_or(Size::ZERO) + offset) }
            }
        };
        Ok(PlaceTy { place, layout })
    }
    fn with_layout(&self, layout: TyAndLayout<'tcx>) -> Self {
        PlaceTy { place: self.place, layout }
    }
    fn to_op<M: Machine<'tcx>>(&self, ecx: &InterpCx<'tcx, M>) -> InterpResult<'tcx, OpTy<'tcx>> {
        ecx.place_to_op(self)
    }
    fn from_mplace(m: MPlaceTy<'tcx>) -> Self {
        m.into()
    }
    fn memory(&self) -> Option<MPlaceTy<'tcx>> {
        match self.place {
            Place::Ptr(mplace) => Some(MPlaceTy { mplace, layout: self.layout }),
            Place::Local { .. } => None,
        }
    }
}

impl<'tcx, M: Machine<'tcx>> InterpCx<'tcx, M> {
    /// The layout of a variant.
    pub fn layout_for_variant(&self, layout: TyAndLayout<'tcx>, variant: VariantIdx) -> TyAndLayout<'tcx> {
        if let Variants::Single { index } = layout.variants {
            if index == variant || !matches!(layout.ty.kind(), TyKind::Adt(def, _) if def.is_enum()) {
                return layout;
            }
        }
        layout.for_variant(self.tcx, self.typing_env, variant)
    }
    pub fn layout_of_field(&self, layout: TyAndLayout<'tcx>, field: usize) -> InterpResult<'tcx, TyAndLayout<'tcx>> {
        Ok(layout.try_field(self.tcx, self.typing_env, field)?)
    }

    fn field<B: Base<'tcx>>(&self, base: &B, field: usize) -> InterpResult<'tcx, B> {
        let layout = base.layout();
        let mut offset = layout.fields.offset(field);
        let field_layout = self.layout_of_field(layout, field)?;
        if field_layout.is_sized() {
            return base.offset(offset, MemPlaceMeta::None, field_layout, self);
        }
        let meta = base.meta(self)?;
        if offset != Size::ZERO || matches!(self.struct_tail(field_layout.ty).kind(), TyKind::Foreign(_)) {
            // The offset is as the alignment of what is really there demands.
            let align = match self.size_and_align_of(meta, field_layout)? {
                Some((_, align)) => align,
                None if offset == Size::ZERO => rustc_abi::Align::ONE,
                None => return Err(Unsupported::ExternTypeField.into()),
            };
            let align = match *layout.ty.kind() {
                TyKind::Adt(def, _) if def.repr().packed() => {
                    align.min(def.repr().pack.expect("a packed representation"))
                }
                _ => align,
            };
            offset = offset.align_to(align);
        }
        base.offset(offset, meta, field_layout, self)
    }
    fn index<B: Base<'tcx>>(&self, base: &B, index: u64) -> InterpResult<'tcx, B> {
        let layout = base.layout();
        let FieldsShape::Array { stride, .. } = layout.fields else {
            return super::ub(format!("indexing `{}`", layout.ty));
        };
        let len = place_len(layout, base.meta(self)?)?;
        if index >= len {
            return Err(UndefinedBehavior::BoundsCheckFailed { len, index }.into());
        }
        let offset = Size::from_bytes(stride.bytes() * index);
        let elem = self.layout_of_field(layout, 0)?;
        base.offset(offset, MemPlaceMeta::None, elem, self)
    }
    fn constant_index<B: Base<'tcx>>(
        &self,
        base: &B,
        offset: u64,
        min_length: u64,
        from_end: bool,
    ) -> InterpResult<'tcx, B> {
        let n = place_len(base.layout(), base.meta(self)?)?;
        if n < min_length {
            return Err(UndefinedBehavior::BoundsCheckFailed { len: min_length, index: n }.into());
        }
        let index = if from_end { n - offset } else { offset };
        self.index(base, index)
    }
    fn subslice<B: Base<'tcx>>(&self, base: &B, from: u64, to: u64, from_end: bool) -> InterpResult<'tcx, B> {
        let layout = base.layout();
        let len = place_len(layout, base.meta(self)?)?;
        let to = if from_end {
            if from + to > len {
                return Err(UndefinedBehavior::BoundsCheckFailed { len, index: from + to }.into());
            }
            len - to
        } else {
            to
        };
        let FieldsShape::Array { stride, .. } = layout.fields else {
            return super::ub(format!("a part of `{}`", layout.ty));
        };
        let inner = to - from;
        let offset = Size::from_bytes(stride.bytes() * from);
        let (meta, ty) = match *layout.ty.kind() {
            TyKind::Array(elem, _) => (MemPlaceMeta::None, self.tcx.mk_array(elem, inner)),
            TyKind::Slice(_) => (MemPlaceMeta::Meta(Scalar::from_target_usize(inner)), layout.ty),
            _ => return super::ub(format!("a part of `{}`", layout.ty)),
        };
        base.offset(offset, meta, self.layout_of(ty)?, self)
    }
    fn project<B: Base<'tcx>>(&self, base: &B, elem: PlaceElem<'tcx>) -> InterpResult<'tcx, B> {
        match elem {
            ProjectionElem::Field(field, _) => self.field(base, field.as_usize()),
            ProjectionElem::Deref => {
                let op = base.to_op(self)?;
                Ok(B::from_mplace(self.deref_pointer(&op)?))
            }
            ProjectionElem::Index(local) => {
                let op = self.local_to_op(local)?;
                let index = self.read_target_usize(&op)?;
                self.index(base, index)
            }
            ProjectionElem::ConstantIndex { offset, min_length, from_end } => {
                self.constant_index(base, offset, min_length, from_end)
            }
            ProjectionElem::Subslice { from, to, from_end } => self.subslice(base, from, to, from_end),
            ProjectionElem::Downcast(_, variant) => {
                Ok(base.with_layout(self.layout_for_variant(base.layout(), variant)))
            }
            ProjectionElem::OpaqueCast(ty) | ProjectionElem::UnwrapUnsafeBinder(ty) => {
                Ok(base.with_layout(self.layout_of(ty)?))
            }
        }
    }

    pub fn project_op(&self, base: &OpTy<'tcx>, elem: PlaceElem<'tcx>) -> InterpResult<'tcx, OpTy<'tcx>> {
        self.project(base, elem)
    }
    pub fn project_place(&self, base: &PlaceTy<'tcx>, elem: PlaceElem<'tcx>) -> InterpResult<'tcx, PlaceTy<'tcx>> {
        self.project(base, elem)
    }
    pub fn project_field(&self, base: &PlaceTy<'tcx>, field: usize) -> InterpResult<'tcx, PlaceTy<'tcx>> {
        self.field(base, field)
    }
    pub fn project_field_op(&self, base: &OpTy<'tcx>, field: usize) -> InterpResult<'tcx, OpTy<'tcx>> {
        self.field(base, field)
    }
    pub fn project_index(&self, base: &PlaceTy<'tcx>, index: u64) -> InterpResult<'tcx, PlaceTy<'tcx>> {
        self.index(base, index)
    }
    pub fn project_index_op(&self, base: &OpTy<'tcx>, index: u64) -> InterpResult<'tcx, OpTy<'tcx>> {
        self.index(base, index)
    }
    pub fn downcast_op(&self, base: &OpTy<'tcx>, variant: VariantIdx) -> OpTy<'tcx> {
        base.with_layout(self.layout_for_variant(base.layout, variant))
    }
    pub fn project_field_mplace(&self, base: &MPlaceTy<'tcx>, field: usize) -> InterpResult<'tcx, MPlaceTy<'tcx>> {
        let p: PlaceTy<'tcx> = (*base).into();
        self.field(&p, field)?.memory().map_or_else(|| super::ub("a field that is not in memory"), Ok)
    }
    pub fn project_index_mplace(&self, base: &MPlaceTy<'tcx>, index: u64) -> InterpResult<'tcx, MPlaceTy<'tcx>> {
        let p: PlaceTy<'tcx> = (*base).into();
        self.index(&p, index)?.memory().map_or_else(|| super::ub("an element that is not in memory"), Ok)
    }
    /// The number of elements of an operand.
    pub fn op_len(&self, op: &OpTy<'tcx>) -> InterpResult<'tcx, u64> {
        place_len(op.layout, op.meta(self)?)
    }
}
