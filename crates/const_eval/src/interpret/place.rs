//! Places: memory with a type, or a local variable that needs no memory (yet).

use mir::Local;
use mir::interpret::{ConstAlloc, CtfeProvenance, Pointer, Scalar};
use rustc_abi::{Align, BackendRepr, FieldsShape, Size};
use rustc_index::IndexSlice;
use ty::layout::TyAndLayout;
use ty::{FieldIdx, TyKind, VariantIdx};

use super::operand::{ImmTy, Immediate, OpTy, Operand};
use super::{InterpCx, InterpResult, Machine, MemoryKind, Ptr, UndefinedBehavior, Unsupported};

/// The metadata of a place of unsized type: a length or a vtable.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MemPlaceMeta {
    Meta(Scalar),
    None,
}

impl MemPlaceMeta {
    #[track_caller]
    pub fn unwrap_meta(self) -> Scalar {
        match self {
            MemPlaceMeta::Meta(s) => s,
            MemPlaceMeta::None => panic!("expected metadata of a wide pointer"),
        }
    }
    pub fn has_meta(self) -> bool {
        self != MemPlaceMeta::None
    }
}

/// Memory.
#[derive(Clone, Copy, Debug)]
pub struct MemPlace {
    pub ptr: Ptr,
    pub meta: MemPlaceMeta,
    /// The alignment the address has and the one its pointer's type promised, if that is more: accesses are errors.
    pub misaligned: Option<(Align, Align)>,
}

impl MemPlace {
    pub fn from_ptr(ptr: Ptr) -> Self {
        MemPlace { ptr, meta: MemPlaceMeta::None, misaligned: None }
    }
    /// `offset` bytes on, of sized type.
    pub fn offset(self, offset: Size) -> Self {
        self.offset_with_meta(offset, MemPlaceMeta::None)
    }
    pub fn offset_with_meta(self, offset: Size, meta: MemPlaceMeta) -> Self {
        MemPlace { ptr: self.ptr.wrapping_offset(offset), meta, misaligned: self.misaligned }
    }
}

/// Typed memory.
#[derive(Clone, Copy, Debug)]
pub struct MPlaceTy<'tcx> {
    pub mplace: MemPlace,
    pub layout: TyAndLayout<'tcx>,
}

impl<'tcx> MPlaceTy<'tcx> {
    pub fn ptr(&self) -> Ptr {
        self.mplace.ptr
    }
    pub fn meta(&self) -> MemPlaceMeta {
        self.mplace.meta
    }
    pub fn offset(&self, offset: Size, layout: TyAndLayout<'tcx>) -> Self {
        MPlaceTy { mplace: self.mplace.offset(offset), layout }
    }
    /// The number of elements of an array, slice or `str`.
    pub fn len<M: Machine<'tcx>>(&self, _ecx: &InterpCx<'tcx, M>) -> InterpResult<'tcx, u64> {
        place_len(self.layout, self.mplace.meta)
    }
}

/// The number of elements of an array, slice or `str`.
pub(crate) fn place_len<'tcx>(layout: TyAndLayout<'tcx>, meta: MemPlaceMeta) -> InterpResult<'tcx, u64> {
    if layout.is_unsized() {
        return match (layout.ty.kind(), meta) {
            (TyKind::Slice(_) | TyKind::Str, MemPlaceMeta::Meta(s)) => {
                Ok(super::operand::scalar_to_int(s)?.to_target_usize())
            }
            _ => super::ub(format!("the length of `{}`", layout.ty)),
        };
    }
    match layout.fields {
        FieldsShape::Array { count, .. } => Ok(count),
        _ => super::ub(format!("the length of `{}`", layout.ty)),
    }
}

/// A place.
#[derive(Clone, Copy, Debug)]
pub enum Place {
    Ptr(MemPlace),
    /// A local of the current frame, or the part of it at an offset.
    Local {
        local: Local,
        offset: Option<Size>,
    },
}

/// A typed place.
#[derive(Clone, Copy, Debug)]
pub struct PlaceTy<'tcx> {
    pub place: Place,
    pub layout: TyAndLayout<'tcx>,
}

impl<'tcx> From<MPlaceTy<'tcx>> for PlaceTy<'tcx> {
    fn from(m: MPlaceTy<'tcx>) -> Self {
        PlaceTy { place: Place::Ptr(m.mplace), layout: m.layout }
    }
}

impl<'tcx, M: Machine<'tcx>> InterpCx<'tcx, M> {
    pub(crate) fn check_misalign(&self, m: &MemPlace) -> InterpResult<'tcx> {
        match m.misaligned {
            Some((has, required)) => {
                Err(UndefinedBehavior::AlignmentCheckFailed { has, required, accessed: false }.into())
            }
            None => Ok(()),
        }
    }
    /// The place behind a thin pointer, whose alignment is that of the layout.
    pub fn ptr_to_mplace(&self, ptr: Ptr, layout: TyAndLayout<'tcx>) -> MPlaceTy<'tcx> {
        self.ptr_with_meta_to_mplace(ptr, MemPlaceMeta::None, layout)
    }
    pub fn ptr_with_meta_to_mplace(&self, ptr: Ptr, meta: MemPlaceMeta, layout: TyAndLayout<'tcx>) -> MPlaceTy<'tcx> {
        let misaligned = self.is_ptr_misaligned(ptr, layout.align.abi).map(|has| (has, layout.align.abi));
        MPlaceTy { mplace: MemPlace { ptr, meta, misaligned }, layout }
    }
    /// The place a reference, raw pointer or box points to.
    pub fn ref_to_mplace(&self, val: &ImmTy<'tcx>) -> InterpResult<'tcx, MPlaceTy<'tcx>> {
        let pointee = match val.layout.ty.builtin_deref(true) {
            Some(ty) => ty,
            None => return super::ub(format!("dereferencing `{}`", val.layout.ty)),
        };
        let layout = self.layout_of(pointee)?;
        let (ptr, meta) = val.imm.to_scalar_and_meta()?;
        Ok(self.ptr_with_meta_to_mplace(ptr.to_pointer(), meta, layout))
    }
    /// The pointer to a place, as a raw pointer or, given a layout, as that.
    pub fn mplace_to_ref(
        &self,
        m: &MPlaceTy<'tcx>,
        layout: Option<TyAndLayout<'tcx>>,
    ) -> InterpResult<'tcx, ImmTy<'tcx>> {
        let imm = Immediate::new_pointer_with_meta(m.mplace.ptr, m.mplace.meta);
        let layout = match layout {
            Some(l) => l,
            None => self.layout_of_ptr_to(m.layout.ty)?,
        };
        Ok(ImmTy { imm, layout })
    }
    /// Dereferences an operand; a box by its pointer inside.
    pub fn deref_pointer(&self, src: &OpTy<'tcx>) -> InterpResult<'tcx, MPlaceTy<'tcx>> {
        if src.layout.ty.is_box() {
            return self.deref_box(src);
        }
        let val = self.read_immediate(src)?;
        self.ref_to_mplace(&val)
    }
    /// `Box<T>` is a struct around `Unique<T>` around `NonNull<T>` around a pattern type of `*const T`.
    fn deref_box(&self, src: &OpTy<'tcx>) -> InterpResult<'tcx, MPlaceTy<'tcx>> {
        let pointee = src.layout.ty.expect_boxed_ty();
        let mut op = *src;
        while matches!(op.layout.ty.kind(), TyKind::Adt(..)) {
            op = self.project_field_op(&op, 0)?;
        }
        let val = self.read_immediate(&op)?;
        let layout = self.layout_of(pointee)?;
        let (ptr, meta) = val.imm.to_scalar_and_meta()?;
        Ok(self.ptr_with_meta_to_mplace(ptr.to_pointer(), meta, layout))
    }

    pub fn local_to_place(&self, local: Local) -> InterpResult<'tcx, PlaceTy<'tcx>> {
        let frame = self.frame();
        let layout = self.layout_of_local(frame, local)?;
        let place = if layout.is_sized() {
            Place::Local { local, offset: None }
        } else {
            match *frame.locals[local].access()? {
                Operand::Indirect(m) => Place::Ptr(m),
                Operand::Immediate(_) => return Err(Unsupported::UnsizedLocal.into()),
            }
        };
        Ok(PlaceTy { place, layout })
    }
    pub fn eval_place(&self, place: mir::Place<'tcx>) -> InterpResult<'tcx, PlaceTy<'tcx>> {
        let mut projection = &place.projection[..];
        let mut p = if let [mir::ProjectionElem::Deref, rest @ ..] = projection {
            projection = rest;
            let op = self.local_to_op(place.local)?;
            self.deref_pointer(&op)?.into()
        } else {
            self.local_to_place(place.local)?
        };
        for &elem in projection {
            p = self.project_place(&p, elem)?;
        }
        Ok(p)
    }
    /// The place in memory, or the local whose value is an immediate, with the immediate.
    pub(crate) fn as_mplace_or_local(
        &self,
        place: &PlaceTy<'tcx>,
    ) -> InterpResult<'tcx, Result<MPlaceTy<'tcx>, Local>> {
        match place.place {
            Place::Ptr(mplace) => Ok(Ok(MPlaceTy { mplace, layout: place.layout })),
            Place::Local { local, offset } => match *self.frame().locals[local].access()? {
                Operand::Indirect(m) => {
                    let mplace = offset.map_or(m, |o| m.offset(o));
                    Ok(Ok(MPlaceTy { mplace, layout: place.layout }))
                }
                Operand::Immediate(_) => Ok(Err(local)),
            },
        }
    }
    /// Gives a local memory if it has none.
    pub fn force_allocation(&mut self, place: &PlaceTy<'tcx>) -> InterpResult<'tcx, MPlaceTy<'tcx>> {
        let local = match self.as_mplace_or_local(place)? {
            Ok(m) => return Ok(m),
            Err(local) => local,
        };
        let frame = self.frame();
        let layout = self.layout_of_local(frame, local)?;
        if layout.is_unsized() {
            return Err(Unsupported::UnsizedLocal.into());
        }
        let Operand::Immediate(imm) = *frame.locals[local].access()? else {
            return super::ub("a local that is in memory");
        };
        let whole = self.allocate(layout, MemoryKind::Stack)?;
        if !matches!(imm, Immediate::Uninit) {
            self.write_immediate_to_mplace(imm, &whole)?;
        }
        *self.frame_mut().locals[local].access_mut()? = Operand::Indirect(whole.mplace);
        let Place::Local { offset, .. } = place.place else {
            return super::ub("a local that is in memory");
        };
        let mplace = offset.map_or(whole.mplace, |o| whole.mplace.offset(o));
        Ok(MPlaceTy { mplace, layout: place.layout })
    }
    pub fn allocate(
        &mut self,
        layout: TyAndLayout<'tcx>,
        kind: MemoryKind<M::MemoryKind>,
    ) -> InterpResult<'tcx, MPlaceTy<'tcx>> {
        if layout.is_unsized() {
            return Err(Unsupported::UnsizedLocal.into());
        }
        let ptr = self.allocate_ptr(layout.size, layout.align.abi, kind)?;
        Ok(MPlaceTy { mplace: MemPlace::from_ptr(ptr.into()), layout })
    }
    /// A `&'static str` in memory of its own.
    pub fn allocate_str(&self, s: &str) -> InterpResult<'tcx, MPlaceTy<'tcx>> {
        let prov = CtfeProvenance::from(self.allocate_str_dedup(s)).as_immutable();
        let meta = MemPlaceMeta::Meta(Scalar::from_target_usize(s.len() as u64));
        let layout = self.layout_of(self.tcx.types().str_)?;
        Ok(self.ptr_with_meta_to_mplace(Pointer::from(prov).into(), meta, layout))
    }

    // --- Writing ---
    pub fn write_immediate(&mut self, imm: Immediate, dest: &PlaceTy<'tcx>) -> InterpResult<'tcx> {
        self.write_immediate_no_validate(imm, dest)?;
        self.validate_write(dest)
    }
    pub(crate) fn validate_write(&mut self, dest: &PlaceTy<'tcx>) -> InterpResult<'tcx> {
        if M::enforce_validity(self, dest.layout) {
            let op = self.place_to_op(dest)?;
            self.validate_operand(&op)?;
        }
        Ok(())
    }
    fn write_immediate_no_validate(&mut self, imm: Immediate, dest: &PlaceTy<'tcx>) -> InterpResult<'tcx> {
        if let Place::Local { local, offset: None } = dest.place {
            let slot = self.frame_mut().locals[local].access_mut()?;
            if let Operand::Immediate(old) = slot {
                *old = imm;
                return Ok(());
            }
        }
        let m = self.force_allocation(dest)?;
        self.write_immediate_to_mplace(imm, &m)
    }
    /// Writes by the layout of the place.
    pub(crate) fn write_immediate_to_mplace(&mut self, imm: Immediate, m: &MPlaceTy<'tcx>) -> InterpResult<'tcx> {
        if m.layout.is_zst() {
            return Ok(());
        }
        self.check_misalign(&m.mplace)?;
        let ptr = m.mplace.ptr;
        match imm {
            Immediate::Scalar(s) => {
                let size = m.layout.size;
                self.write_scalar_at(ptr, size, s)
            }
            Immediate::ScalarPair(a, b) => {
                let BackendRepr::ScalarPair(_, b_abi) = m.layout.backend_repr else {
                    return super::ub(format!("writing a scalar pair to `{}`", m.layout.ty));
                };
                let b_offset = a.size().align_to(b_abi.align(self).abi);
                // One check for both, and what is between them has no value.
                self.get_ptr_alloc_mut(ptr, m.layout.size)?;
                self.write_scalar_at(ptr, a.size(), a)?;
                self.write_scalar_at(ptr.wrapping_offset(b_offset), b.size(), b)
            }
            Immediate::Uninit => self.write_uninit_at(ptr, m.layout.size),
        }
    }
    pub fn write_scalar(&mut self, s: Scalar, dest: &PlaceTy<'tcx>) -> InterpResult<'tcx> {
        self.write_immediate(Immediate::Scalar(s), dest)
    }
    pub fn write_pointer(&mut self, ptr: Ptr, dest: &PlaceTy<'tcx>) -> InterpResult<'tcx> {
        self.write_scalar(Scalar::from_maybe_pointer(ptr), dest)
    }
    pub fn write_uninit(&mut self, dest: &PlaceTy<'tcx>) -> InterpResult<'tcx> {
        match self.as_mplace_or_local(dest)? {
            Err(local) if matches!(dest.place, Place::Local { offset: None, .. }) => {
                *self.frame_mut().locals[local].access_mut()? = Operand::Immediate(Immediate::Uninit);
                Ok(())
            }
            _ => {
                let m = self.force_allocation(dest)?;
                self.write_uninit_at(m.mplace.ptr, m.layout.size)
            }
        }
    }
    /// Copies a value; the types are the same but for lifetimes.
    pub fn copy_op(&mut self, src: &OpTy<'tcx>, dest: &PlaceTy<'tcx>) -> InterpResult<'tcx> {
        self.copy_op_no_validate(src, dest)?;
        self.validate_write(dest)
    }
    /// Copies the bytes of a value to a place of another type of the same size.
    pub fn copy_op_allow_transmute(&mut self, src: &OpTy<'tcx>, dest: &PlaceTy<'tcx>) -> InterpResult<'tcx> {
        self.copy_op(src, dest)
    }
    fn copy_op_no_validate(&mut self, src: &OpTy<'tcx>, dest: &PlaceTy<'tcx>) -> InterpResult<'tcx> {
        let compatible = src.layout.ty == dest.layout.ty || same_scalars(src.layout, dest.layout);
        let src_mem = match self.read_immediate_raw(src)? {
            Ok(imm) => {
                if src.layout.size != dest.layout.size {
                    return Err(self.transmute_size_error(src.layout, dest.layout));
                }
                if compatible {
                    return self.write_immediate_no_validate(imm.imm, dest);
                }
                // Through memory, by the source's layout.
                let m = self.force_allocation(dest)?;
                self.check_misalign(&m.mplace)?;
                let m = MPlaceTy { mplace: MemPlace { misaligned: None, ..m.mplace }, layout: src.layout };
                return self.write_immediate_to_mplace(imm.imm, &m);
            }
            Err(m) => m,
        };
        let size = if src.layout.is_sized() {
            if src.layout.size != dest.layout.size {
                return Err(self.transmute_size_error(src.layout, dest.layout));
            }
            src.layout.size
        } else {
            match self.size_and_align_of_val(&src_mem)? {
                Some((size, _)) => size,
                None => return Err(Unsupported::ExternTypeField.into()),
            }
        };
        let dest = self.force_allocation(dest)?;
        self.check_misalign(&src_mem.mplace)?;
        self.check_misalign(&dest.mplace)?;
        if src_mem.mplace.ptr == dest.mplace.ptr {
            return Ok(());
        }
        self.mem_copy(src_mem.mplace.ptr, dest.mplace.ptr, size, false)
    }
    fn transmute_size_error(&self, src: TyAndLayout<'tcx>, dest: TyAndLayout<'tcx>) -> super::InterpError<'tcx> {
        UndefinedBehavior::Ub(format!(
            "transmuting from {}-byte type to {}-byte type: `{}` -> `{}`",
            src.size.bytes(),
            dest.size.bytes(),
            src.ty,
            dest.ty
        ))
        .into()
    }
    /// Writes an aggregate: its variant, its fields.
    pub fn write_aggregate(
        &mut self,
        kind: &mir::AggregateKind<'tcx>,
        operands: &IndexSlice<FieldIdx, mir::Operand<'tcx>>,
        dest: &PlaceTy<'tcx>,
    ) -> InterpResult<'tcx> {
        let (variant, variant_dest, active) = match *kind {
            mir::AggregateKind::Adt(_, variant, _, _, active) => {
                (variant, self.project_downcast(dest, variant)?, active)
            }
            mir::AggregateKind::RawPtr(..) => {
                let [data, meta] = &operands.raw else { return super::ub("a raw pointer of two parts") };
                let data = self.eval_operand(data)?;
                let data = self.read_pointer(&data)?;
                let meta = self.eval_operand(meta)?;
                let meta = if meta.layout.is_zst() {
                    MemPlaceMeta::None
                } else {
                    MemPlaceMeta::Meta(self.read_scalar(&meta)?)
                };
                let imm = Immediate::new_pointer_with_meta(data, meta);
                return self.write_immediate(imm, dest);
            }
            _ => (ty::FIRST_VARIANT, *dest, None),
        };
        // A scalar or pair is made at once, without memory.
        if let Some(imm) = self.small_aggregate(kind, operands, &variant_dest)? {
            return self.write_immediate(imm, dest);
        }
        if active.is_some() || !matches!(dest.layout.backend_repr, BackendRepr::Scalar(_)) {
            self.write_uninit(dest)?;
        }
        for (field, operand) in operands.iter_enumerated() {
            let field = active.unwrap_or(field);
            let field_dest = self.project_field(&variant_dest, field.as_usize())?;
            let op = self.eval_operand(operand)?;
            self.copy_op(&op, &field_dest)?;
        }
        self.write_discriminant(variant, dest)
    }
    /// The immediate of a struct or tuple that is just its fields' scalars.
    fn small_aggregate(
        &self,
        kind: &mir::AggregateKind<'tcx>,
        operands: &IndexSlice<FieldIdx, mir::Operand<'tcx>>,
        dest: &PlaceTy<'tcx>,
    ) -> InterpResult<'tcx, Option<Immediate>> {
        let Place::Local { offset: None, .. } = dest.place else { return Ok(None) };
        match kind {
            mir::AggregateKind::Tuple | mir::AggregateKind::Closure(..) => {}
            mir::AggregateKind::Adt(did, _, _, _, None) if self.tcx.adt_def(*did).is_struct() => {}
            _ => return Ok(None),
        }
        match dest.layout.backend_repr {
            BackendRepr::Scalar(rustc_abi::Scalar::Initialized { .. }) => {
                for operand in operands {
                    let op = self.eval_operand(operand)?;
                    if !op.layout.is_zst() {
                        if !same_scalars(op.layout, dest.layout) {
                            return Ok(None);
                        }
                        return Ok(Some(self.read_immediate(&op)?.imm));
                    }
                }
                Ok(None)
            }
            BackendRepr::ScalarPair(
                rustc_abi::Scalar::Initialized { value: a, .. },
                rustc_abi::Scalar::Initialized { value: b, .. },
            ) => {
                let (mut first, mut second) = (None, None);
                for (i, operand) in operands.iter_enumerated() {
                    let op = self.eval_operand(operand)?;
                    if op.layout.is_zst() {
                        continue;
                    }
                    match op.layout.backend_repr {
                        BackendRepr::Scalar(rustc_abi::Scalar::Initialized { value, .. }) => {
                            let imm = self.read_immediate(&op)?.imm.to_scalar()?;
                            if dest.layout.fields.offset(i.as_usize()) == Size::ZERO {
                                if value != a {
                                    return Ok(None);
                                }
                                first = Some(imm);
                            } else {
                                if value != b {
                                    return Ok(None);
                                }
                                second = Some(imm);
                            }
                        }
                        BackendRepr::ScalarPair(..) if same_scalars(op.layout, dest.layout) => {
                            return Ok(Some(self.read_immediate(&op)?.imm));
                        }
                        _ => return Ok(None),
                    }
                }
                Ok(match (first, second) {
                    (Some(a), Some(b)) => Some(Immediate::ScalarPair(a, b)),
                    _ => None,
                })
            }
            _ => Ok(None),
        }
    }
    /// A constant's memory as a place.
    pub fn raw_const_to_mplace(&self, raw: ConstAlloc<'tcx>) -> InterpResult<'tcx, MPlaceTy<'tcx>> {
        let layout = self.layout_of(raw.ty)?;
        let prov = CtfeProvenance::from(raw.alloc_id).as_immutable();
        Ok(self.ptr_to_mplace(Pointer::from(prov).into(), layout))
    }
    /// The place of a variant; `VariantIdx` of structs is the first.
    pub fn project_downcast(&self, base: &PlaceTy<'tcx>, variant: VariantIdx) -> InterpResult<'tcx, PlaceTy<'tcx>> {
        Ok(PlaceTy { place: base.place, layout: self.layout_for_variant(base.layout, variant) })
    }
}

/// Whether two layouts hold the same primitives, so that an immediate of one is one of the other.
pub(crate) fn same_scalars(a: TyAndLayout<'_>, b: TyAndLayout<'_>) -> bool {
    use rustc_abi::Scalar::Initialized;
    match (a.backend_repr, b.backend_repr) {
        (BackendRepr::Scalar(Initialized { value: a, .. }), BackendRepr::Scalar(Initialized { value: b, .. })) => {
            a == b
        }
        (
            BackendRepr::ScalarPair(Initialized { value: a1, .. }, Initialized { value: a2, .. }),
            BackendRepr::ScalarPair(Initialized { value: b1, .. }, Initialized { value: b2, .. }),
        ) => a1 == b1 && a2 == b2,
        _ => a.is_zst() && b.is_zst(),
    }
}
