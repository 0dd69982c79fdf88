//! Intrinsics: functions whose calls the engine does itself (`core::intrinsics`).

mod float;
mod location;
mod numeric;
mod simd;
mod type_name;

pub(crate) use location::requires_caller_location;
pub use type_name::type_name;

use mir::BinOp;
use mir::interpret::{Pointer, Scalar};
use rustc_abi::Size;
use span::Symbol;
use ty::{Instance, Ty, TyKind};

use super::operand::{ImmTy, Immediate, OpTy};
use super::place::{MemPlaceMeta, PlaceTy};
use super::{CheckInAlloc, InterpCx, InterpResult, InvalidProgram, Machine, Ptr, UndefinedBehavior, Unsupported, ub};

/// What became of an intrinsic in the engine.
pub(crate) enum Evaluated {
    Done,
    /// It is done, and the machine already goes on elsewhere.
    #[allow(dead_code)]
    WentOn,
    Unknown,
}

impl<'tcx, M: Machine<'tcx>> InterpCx<'tcx, M> {
    pub(crate) fn eval_intrinsic(
        &mut self,
        name: Symbol,
        instance: Instance<'tcx>,
        args: &[OpTy<'tcx>],
        dest: &PlaceTy<'tcx>,
    ) -> InterpResult<'tcx, Evaluated> {
        let name = name.as_str();
        if self.eval_memory_intrinsic(name, instance, args, dest)?
            || self.eval_type_intrinsic(name, instance, args, dest)?
            || self.eval_numeric_intrinsic(name, instance, args, dest)?
            || self.eval_float_intrinsic(name, args, dest)?
            || self.eval_simd_intrinsic(name, instance, args, dest)?
        {
            return Ok(Evaluated::Done);
        }
        Ok(Evaluated::Unknown)
    }

    /// Questions about types and places in the source.
    fn eval_type_intrinsic(
        &mut self,
        name: &str,
        instance: Instance<'tcx>,
        args: &[OpTy<'tcx>],
        dest: &PlaceTy<'tcx>,
    ) -> InterpResult<'tcx, bool> {
        let ty = |i: usize| instance.args.types().nth(i);
        let usize_result = |n: u64| Scalar::from_target_usize(n);
        match name {
            "size_of" => {
                let layout = self.layout_of(ty(0).expect("a type"))?;
                self.write_scalar(usize_result(layout.size.bytes()), dest)?;
            }
            "align_of" | "min_align_of" | "pref_align_of" => {
                let layout = self.layout_of(ty(0).expect("a type"))?;
                self.write_scalar(usize_result(layout.align.abi.bytes()), dest)?;
            }
            "offset_of" => {
                let container = ty(0).expect("a type");
                let variant = self.read_scalar_int(&args[0])?.to_uint() as u32;
                let field = self.read_scalar_int(&args[1])?.to_uint() as usize;
                let layout = self.layout_of(container)?;
                let layout = self.layout_for_variant(layout, ty::VariantIdx::from_u32(variant));
                self.write_scalar(usize_result(layout.fields.offset(field).bytes()), dest)?;
            }
            "needs_drop" => {
                let needs = self.tcx.type_needs_drop(self.typing_env, self.sized_enough(ty(0).expect("a type"))?);
                self.write_scalar(Scalar::from_bool(needs), dest)?;
            }
            "variant_count" => {
                let n = match *self.sized_enough(ty(0).expect("a type"))?.kind() {
                    TyKind::Adt(def, _) if def.is_enum() => def.variants().len() as u64,
                    TyKind::Pat(..) => return super::unsup("variant count of a pattern type"),
                    _ => 0,
                };
                self.write_scalar(usize_result(n), dest)?;
            }
            "type_id" => {
                let ty = self.sized_enough(ty(0).expect("a type"))?;
                self.write_type_id(ty, dest)?;
            }
            "type_id_eq" => {
                let a = self.read_type_id(&args[0])?;
                let b = self.read_type_id(&args[1])?;
                self.write_scalar(Scalar::from_bool(a == b), dest)?;
            }
            "type_name" => {
                let ty = self.sized_enough(ty(0).expect("a type"))?;
                let name = type_name(self.tcx, ty);
                let m = self.allocate_str(&name)?;
                let val = self.mplace_to_ref(&m, Some(dest.layout))?;
                self.write_immediate(val.imm, dest)?;
            }
            "size_of_val" | "align_of_val" | "min_align_of_val" => {
                let place = self.deref_pointer(&args[0])?;
                let Some((size, align)) = self.size_and_align_of_val(&place)? else {
                    return super::unsup("`extern type` does not have known layout");
                };
                let n = if name == "size_of_val" { size.bytes() } else { align.bytes() };
                self.write_scalar(usize_result(n), dest)?;
            }
            "vtable_size" | "vtable_align" => {
                let ptr = self.read_pointer(&args[0])?;
                let (ty, _) = self.get_ptr_vtable(ptr)?;
                let layout = self.layout_of(ty)?;
                let n = if name == "vtable_size" { layout.size.bytes() } else { layout.align.abi.bytes() };
                self.write_scalar(usize_result(n), dest)?;
            }
            "caller_location" => {
                let span = self.find_closest_untracked_caller_location();
                let val = self.alloc_caller_location_at(span)?;
                self.write_immediate(val, dest)?;
            }
            "discriminant_value" => {
                let place = self.deref_pointer(&args[0])?;
                let variant = self.read_discriminant(&place.into())?;
                let discr = self.discriminant_for_variant(place.layout.ty, variant)?;
                self.write_immediate(discr.imm, dest)?;
            }
            "assert_inhabited" | "assert_zero_valid" | "assert_mem_uninitialized_valid" => {
                let ty = ty(0).expect("a type");
                let layout = self.layout_of(ty)?;
                let valid = match name {
                    "assert_inhabited" => !layout.is_uninhabited(),
                    "assert_zero_valid" => crate::validity::permits_zero_init(self.tcx, self.typing_env, layout),
                    _ => crate::validity::permits_uninit(self.tcx, self.typing_env, layout),
                };
                if !valid {
                    let ty = type_name(self.tcx, ty);
                    let msg = if layout.is_uninhabited() {
                        format!("aborted execution: attempted to instantiate uninhabited type `{ty}`")
                    } else if name == "assert_zero_valid" {
                        format!("aborted execution: attempted to zero-initialize type `{ty}`, which is invalid")
                    } else {
                        format!("aborted execution: attempted to leave type `{ty}` uninitialized, which is invalid")
                    };
                    return Err(super::InterpErrorKind::MachineStop(msg).into());
                }
            }
            _ => return Ok(false),
        }
        Ok(true)
    }
    /// A type that is known well enough to answer questions about it.
    fn sized_enough(&self, ty: Ty<'tcx>) -> InterpResult<'tcx, Ty<'tcx>> {
        if ty::visit::TypeVisitableExt::has_non_region_param(&ty) {
            return Err(InvalidProgram::TooGeneric.into());
        }
        Ok(ty)
    }
    /// `TypeId`: an array of pointers whose addresses together are the type's hash and whose provenance is the type.
    fn write_type_id(&mut self, ty: Ty<'tcx>, dest: &PlaceTy<'tcx>) -> InterpResult<'tcx> {
        let ty = self.tcx.erase_regions(ty);
        let hash = crate::util::type_id_hash(self.tcx, ty);
        let id = self.tcx.gcx().alloc_map.reserve_and_set_type_id_alloc(ty);
        let m = self.force_allocation(dest)?;
        for i in 0..2u64 {
            let part = (hash >> (64 * i)) as u64;
            let ptr = Pointer::new(id.into(), Size::from_bytes(part));
            let at = m.mplace.ptr.wrapping_offset(Size::from_bytes(8 * i));
            self.write_scalar_at(at, Size::from_bytes(8), Scalar::from_pointer(ptr))?;
        }
        Ok(())
    }
    /// The type of a `TypeId`.
    fn read_type_id(&mut self, op: &OpTy<'tcx>) -> InterpResult<'tcx, Ty<'tcx>> {
        let array = self.project_field_op(op, 0)?;
        let mut found = None;
        let mut hash = 0;
        for i in 0..2 {
            let elem = self.project_index_op(&array, i)?;
            let ptr = self.read_pointer(&elem)?;
            let (ty, part) = self.get_ptr_type_id(ptr)?;
            if found.is_some_and(|f| f != ty) {
                return ub("invalid `TypeId` value: not all bytes carry the same type id metadata");
            }
            found = Some(ty);
            hash |= u128::from(part) << (64 * i);
        }
        let ty = found.expect("a type");
        if crate::util::type_id_hash(self.tcx, ty) != hash {
            return ub("invalid `TypeId` value: the hash does not match the type id metadata");
        }
        Ok(ty)
    }

    /// Reads, writes and pointers.
    fn eval_memory_intrinsic(
        &mut self,
        name: &str,
        instance: Instance<'tcx>,
        args: &[OpTy<'tcx>],
        dest: &PlaceTy<'tcx>,
    ) -> InterpResult<'tcx, bool> {
        match name {
            "copy" | "copy_nonoverlapping" | "volatile_copy_memory" | "volatile_copy_nonoverlapping_memory" => {
                let volatile = name.starts_with("volatile");
                let (src, dst) = if volatile { (&args[1], &args[0]) } else { (&args[0], &args[1]) };
                self.copy_intrinsic(src, dst, &args[2], name.contains("nonoverlapping"))?;
            }
            "write_bytes" | "volatile_set_memory" => self.write_bytes_intrinsic(&args[0], &args[1], &args[2], name)?,
            "compare_bytes" => {
                let n = self.read_target_usize(&args[2])?;
                let (l, r) = (self.read_pointer(&args[0])?, self.read_pointer(&args[1])?);
                let size = Size::from_bytes(n);
                let order = self.read_bytes_ptr(l, size)?.cmp(self.read_bytes_ptr(r, size)?) as i32;
                self.write_scalar(Scalar::from_i32(order), dest)?;
            }
            "raw_eq" => {
                let layout = self.layout_of(instance.args.type_at(0))?;
                let (l, r) = (self.read_pointer(&args[0])?, self.read_pointer(&args[1])?);
                self.check_ptr_align(l, layout.align.abi)?;
                self.check_ptr_align(r, layout.align.abi)?;
                let eq = self.read_bytes_ptr(l, layout.size)? == self.read_bytes_ptr(r, layout.size)?;
                self.write_scalar(Scalar::from_bool(eq), dest)?;
            }
            "read_via_copy" | "volatile_load" | "unaligned_volatile_load" => {
                let mut place = self.deref_pointer(&args[0])?;
                if name == "unaligned_volatile_load" {
                    place.mplace.misaligned = None;
                }
                self.check_misalign(&place.mplace)?;
                self.copy_op(&place.into(), dest)?;
            }
            "write_via_move" | "volatile_store" | "unaligned_volatile_store" => {
                let mut place = self.deref_pointer(&args[0])?;
                if name == "unaligned_volatile_store" {
                    place.mplace.misaligned = None;
                }
                self.copy_op(&args[1], &place.into())?;
            }
            "typed_swap_nonoverlapping" => {
                let (a, b) = (self.deref_pointer(&args[0])?, self.deref_pointer(&args[1])?);
                let temp = self.allocate(a.layout, super::MemoryKind::Stack)?;
                let size = a.layout.size;
                self.mem_copy(a.mplace.ptr, temp.mplace.ptr, size, true)?;
                self.mem_copy(b.mplace.ptr, a.mplace.ptr, size, true)?;
                self.mem_copy(temp.mplace.ptr, b.mplace.ptr, size, true)?;
                if let Some(prov) = temp.mplace.ptr.provenance {
                    self.free(prov.alloc_id());
                }
            }
            "offset" => {
                let left = self.read_immediate(&args[0])?;
                let right = self.read_immediate(&args[1])?;
                let res = self.binary_op(BinOp::Offset, &left, &right)?;
                self.write_immediate(res.imm, dest)?;
            }
            "arith_offset" => {
                let ptr = self.read_pointer(&args[0])?;
                let count = self.read_target_isize(&args[1])?;
                let size = self.layout_of(instance.args.type_at(0))?.size.bytes() as i64;
                let ptr = ptr.wrapping_signed_offset(count.wrapping_mul(size));
                self.write_pointer(ptr, dest)?;
            }
            "ptr_offset_from" | "ptr_offset_from_unsigned" => self.ptr_offset_from(name, instance, args, dest)?,
            "ptr_mask" => {
                let ptr = self.read_pointer(&args[0])?;
                let mask = self.read_target_usize(&args[1])?;
                match ptr.provenance {
                    Some(_) if mask != u64::MAX => return Err(Unsupported::ReadPointerAsInt(None).into()),
                    _ => self.write_pointer(
                        Pointer { offset: Size::from_bytes(ptr.offset.bytes() & mask), provenance: ptr.provenance },
                        dest,
                    )?,
                }
            }
            "slice_get_unchecked" => {
                let place = self.deref_pointer(&args[0])?;
                let index = self.read_target_usize(&args[1])?;
                let elem = self.project_index(&place.into(), index)?;
                let elem = self.force_allocation(&elem)?;
                let val = self.mplace_to_ref(&elem, Some(dest.layout))?;
                self.write_immediate(val.imm, dest)?;
            }
            "aggregate_raw_ptr" => {
                let data = self.read_pointer(&args[0])?;
                let meta = if args[1].layout.is_zst() {
                    MemPlaceMeta::None
                } else {
                    MemPlaceMeta::Meta(self.read_scalar(&args[1])?)
                };
                self.write_immediate(Immediate::new_pointer_with_meta(data, meta), dest)?;
            }
            "ptr_metadata" => {
                let val = self.read_immediate(&args[0])?;
                let res = self.unary_op(mir::UnOp::PtrMetadata, &val)?;
                self.write_immediate(res.imm, dest)?;
            }
            "transmute" | "transmute_unchecked" => self.copy_op_allow_transmute(&args[0], dest)?,
            "black_box" => self.copy_op(&args[0], dest)?,
            "forget" | "cold_path" => {}
            "likely" | "unlikely" => {
                let b = self.read_bool(&args[0])?;
                self.write_scalar(Scalar::from_bool(b), dest)?;
            }
            "select_unpredictable" => {
                let b = self.read_bool(&args[0])?;
                self.copy_op(if b { &args[1] } else { &args[2] }, dest)?;
            }
            "assume" => {
                if !self.read_bool(&args[0])? {
                    return ub("`assume` called with `false`");
                }
            }
            "unreachable" => return Err(UndefinedBehavior::Unreachable.into()),
            "ub_checks" | "contract_checks" | "overflow_checks" => {
                let check = match name {
                    "ub_checks" => mir::RuntimeChecks::UbChecks,
                    "contract_checks" => mir::RuntimeChecks::ContractChecks,
                    _ => mir::RuntimeChecks::OverflowChecks,
                };
                let v = M::runtime_checks(self, check)?;
                self.write_scalar(Scalar::from_bool(v), dest)?;
            }
            _ => return Ok(false),
        }
        Ok(true)
    }
    fn write_bytes_intrinsic(
        &mut self,
        dst: &OpTy<'tcx>,
        byte: &OpTy<'tcx>,
        count: &OpTy<'tcx>,
        name: &str,
    ) -> InterpResult<'tcx> {
        let layout = self.layout_of(dst.layout.ty.builtin_deref(true).expect("a pointer"))?;
        let dst = self.read_pointer(dst)?;
        let byte = self.read_scalar_int(byte)?.to_uint() as u8;
        let count = self.read_target_usize(count)?;
        let size = self.size_of_slice(layout, count, name)?;
        self.check_ptr_align(dst, layout.align.abi)?;
        if size.bytes() > 1 << 31 {
            self.check_ptr_access(dst, size, CheckInAlloc::MemoryAccess)?;
        }
        self.write_bytes_ptr(dst, &vec![byte; size.bytes_usize()])
    }
    fn ptr_offset_from(
        &mut self,
        name: &str,
        instance: Instance<'tcx>,
        args: &[OpTy<'tcx>],
        dest: &PlaceTy<'tcx>,
    ) -> InterpResult<'tcx> {
        let (a, b): (Ptr, Ptr) = (self.read_pointer(&args[0])?, self.read_pointer(&args[1])?);
        let (a_offset, b_offset, is_addr) = match (self.ptr_try_get_alloc_id(a), self.ptr_try_get_alloc_id(b)) {
            (Err(a), Err(b)) => (a, b, true),
            (Ok((a_id, a_off, _)), Ok((b_id, b_off, _))) if a_id == b_id => (a_off.bytes(), b_off.bytes(), false),
            _ => {
                return ub(format!(
                    "`{name}` called on two different pointers that are not both derived from the same allocation"
                ));
            }
        };
        let dist = {
            let (val, over) = a_offset.overflowing_sub(b_offset);
            if over {
                if name == "ptr_offset_from_unsigned" {
                    let what = if is_addr { "address" } else { "offset" };
                    return ub(format!(
                        "`ptr_offset_from_unsigned` called when first pointer has smaller {what} than second: \
                         {a_offset} < {b_offset}"
                    ));
                }
                let dist = val as i64;
                if dist >= 0 {
                    return ub(format!("`{name}` called when first pointer is too far before second"));
                }
                dist
            } else {
                let dist = val as i64;
                if dist < 0 {
                    return ub(format!("`{name}` called when first pointer is too far ahead of second"));
                }
                dist
            }
        };
        let inbounds = self
            .check_ptr_access_signed(b, dist, CheckInAlloc::Dereferenceable)
            .and_then(|()| self.check_ptr_access_signed(a, dist.wrapping_neg(), CheckInAlloc::Dereferenceable));
        if inbounds.is_err() {
            return ub(format!(
                "`{name}` called on two different pointers where the memory range between them is not in-bounds of an \
                 allocation"
            ));
        }
        let size = self.layout_of(instance.args.type_at(0))?.size.bytes() as i64;
        if size == 0 {
            return ub(format!("`{name}` called on pointers to a type without size"));
        }
        if dist % size != 0 {
            return ub(format!("exact_div: {dist}_isize cannot be divided by {size}_isize without remainder"));
        }
        let n = dist / size;
        self.write_immediate(ImmTy::from_int(n, dest.layout).imm, dest)
    }
}
