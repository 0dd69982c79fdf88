//! Casts (Reference, "Type cast expressions" and "Coercions").

use ast::FloatTy;
use mir::CastKind;
use mir::interpret::{Pointer, Scalar};
use rustc_apfloat::ieee::{Double, Half, Quad, Single};
use rustc_apfloat::{Float, FloatConvert};
use ty::adjustment::PointerCoercion;
use ty::layout::TyAndLayout;
use ty::{Instance, InstanceKind, ShimReason, Ty, TyKind};

use super::operand::{ImmTy, Immediate, OpTy};
use super::operator::{canonical_nan, with_float};
use super::place::PlaceTy;
use super::{InterpCx, InterpResult, InvalidProgram, Machine, ub};

impl<'tcx, M: Machine<'tcx>> InterpCx<'tcx, M> {
    pub fn cast(&mut self, src: &OpTy<'tcx>, kind: CastKind, to: Ty<'tcx>, dest: &PlaceTy<'tcx>) -> InterpResult<'tcx> {
        let layout = if dest.layout.ty == to { dest.layout } else { self.layout_of(to)? };
        match kind {
            CastKind::PointerCoercion(PointerCoercion::Unsize, _) => self.unsize_into(src, layout, dest),
            CastKind::PointerExposeProvenance => {
                let src = self.read_immediate(src)?;
                let (scalar, _) = src.imm.to_scalar_and_meta()?;
                let res = match scalar.to_pointer().provenance {
                    Some(prov) => {
                        M::expose_provenance(self, prov)?;
                        return super::unsup("exposing pointers is not possible at compile-time");
                    }
                    None => self.int_to_int_or_float(
                        &ImmTy::from_scalar(scalar, self.layout_of(self.tcx.types().usize)?),
                        layout,
                    )?,
                };
                self.write_immediate(res.imm, dest)
            }
            CastKind::PointerWithExposedProvenance => {
                let src = self.read_immediate(src)?;
                let scalar = src.imm.to_scalar()?;
                let ptr = match scalar {
                    Scalar::Ptr(p, _) => p.into(),
                    Scalar::Int(_) => {
                        let usize_layout = self.layout_of(self.tcx.types().usize)?;
                        let addr = self.int_to_int_or_float(&src, usize_layout)?.to_scalar_int()?.to_target_usize();
                        M::ptr_from_addr_cast(self, addr)?
                    }
                };
                self.write_pointer(ptr, dest)
            }
            CastKind::IntToInt | CastKind::IntToFloat => {
                let src = self.read_immediate(src)?;
                let res = self.int_to_int_or_float(&src, layout)?;
                self.write_immediate(res.imm, dest)
            }
            CastKind::FloatToFloat | CastKind::FloatToInt => {
                let src = self.read_immediate(src)?;
                let res = self.float_to_float_or_int(&src, layout)?;
                self.write_immediate(res.imm, dest)
            }
            CastKind::FnPtrToPtr | CastKind::PtrToPtr => {
                let src = self.read_immediate(src)?;
                let res = self.ptr_to_ptr(&src, layout)?;
                self.write_immediate(res.imm, dest)
            }
            CastKind::PointerCoercion(PointerCoercion::MutToConstPointer | PointerCoercion::ArrayToPointer, _) => {
                let src = self.read_immediate(src)?;
                self.write_immediate(src.imm, dest)
            }
            CastKind::PointerCoercion(PointerCoercion::ReifyFnPointer, _) => {
                let TyKind::FnDef(def_id, args) = *src.layout.ty.kind() else {
                    return ub(format!("reify fn pointer on `{}`", src.layout.ty));
                };
                let instance = self.resolve(def_id, args)?;
                let instance = self.for_fn_ptr(instance);
                let ptr = self.fn_ptr(instance);
                self.write_pointer(ptr.into(), dest)
            }
            CastKind::PointerCoercion(PointerCoercion::UnsafeFnPointer, _) => {
                let src = self.read_immediate(src)?;
                self.write_immediate(src.imm, dest)
            }
            CastKind::PointerCoercion(PointerCoercion::ClosureFnPointer(_), _) => {
                let TyKind::Closure(def_id, args) = *src.layout.ty.kind() else {
                    return ub(format!("closure fn pointer on `{}`", src.layout.ty));
                };
                let instance = self.resolve_closure_once(def_id, args);
                let ptr = self.fn_ptr(instance);
                self.write_pointer(ptr.into(), dest)
            }
            CastKind::Transmute | CastKind::Subtype => {
                if src.layout.size != dest.layout.size {
                    return ub(format!(
                        "transmuting from {}-byte type to {}-byte type: `{}` -> `{}`",
                        src.layout.size.bytes(),
                        dest.layout.size.bytes(),
                        src.layout.ty,
                        dest.layout.ty
                    ));
                }
                self.copy_op_allow_transmute(src, dest)
            }
        }
    }
    /// The instance whose address is taken: with `#[track_caller]`, a shim.
    pub fn for_fn_ptr(&self, instance: Instance<'tcx>) -> Instance<'tcx> {
        match instance.def {
            InstanceKind::Item(d) if self.tcx.body_requires_caller_location(d) => {
                Instance { def: InstanceKind::ReifyShim(d, Some(ShimReason::FnPtr)), args: instance.args }
            }
            InstanceKind::Virtual(d, _) => {
                Instance { def: InstanceKind::ReifyShim(d, Some(ShimReason::FnPtr)), args: instance.args }
            }
            _ => instance,
        }
    }
    /// A closure's body as `FnOnce`.
    pub fn resolve_closure_once(&self, def_id: span::def_id::DefId, args: ty::GenericArgsRef<'tcx>) -> Instance<'tcx> {
        use ty::closure::ClosureKind;
        if args.as_closure().kind() == ClosureKind::FnOnce {
            return Instance::new_raw(def_id, args);
        }
        let tcx = self.tcx;
        let fn_once = tcx.require_lang_item(hir::LangItem::FnOnce, self.cur_span());
        let call_once =
            tcx.associated_items(fn_once).in_definition_order().find(|i| i.is_fn()).map_or(fn_once, |i| i.def_id);
        let track_caller = tcx.body_requires_caller_location(def_id);
        let inputs = tcx.instantiate_bound_regions_with_erased(args.as_closure().sig()).inputs()[0];
        let args = tcx.mk_args(&[tcx.mk_closure(def_id, args).into(), inputs.into()]);
        let args = tcx.normalize_erasing_regions(self.typing_env, args);
        Instance { def: InstanceKind::ClosureOnceShim { call_once, track_caller }, args }
    }

    pub(crate) fn int_to_int_or_float(
        &self,
        src: &ImmTy<'tcx>,
        to: TyAndLayout<'tcx>,
    ) -> InterpResult<'tcx, ImmTy<'tcx>> {
        let v = src.to_scalar_int()?;
        // A field-less enum is cast by its discriminant.
        let (v, signed) = if let TyKind::Adt(def, _) = *src.layout.ty.kind() {
            if !def.is_enum() {
                return ub(format!("casting `{}` as an integer", src.layout.ty));
            }
            let variant = self.read_discriminant(&(*src).into())?;
            let d = self.discriminant_for_variant(src.layout.ty, variant)?;
            (d.to_scalar_int()?, d.layout.backend_repr.is_signed())
        } else {
            if src.layout.ty.is_bool() {
                super::operand::scalar_to_bool(Scalar::Int(v))?;
            } else if src.layout.ty.is_char() {
                super::operand::scalar_to_char(Scalar::Int(v))?;
            }
            (v, src.layout.backend_repr.is_signed())
        };
        let bits = if signed { v.to_int() as u128 } else { v.to_uint() };
        match *to.ty.kind() {
            TyKind::Int(_) | TyKind::Uint(_) | TyKind::RawPtr(..) => {
                Ok(ImmTy::from_uint(ty::truncate(bits, to.size.bytes()), to))
            }
            TyKind::Float(fty) => {
                let out = with_float!(fty, F => {
                    if signed { F::from_i128(bits as i128).value.to_bits() } else { F::from_u128(bits).value.to_bits() }
                });
                Ok(ImmTy::from_uint(out, to))
            }
            TyKind::Char => {
                let c = char::from(bits as u8);
                Ok(ImmTy::from_uint(u32::from(c), to))
            }
            _ => ub(format!("invalid int to `{}` cast", to.ty)),
        }
    }
    pub(crate) fn float_to_float_or_int(
        &self,
        src: &ImmTy<'tcx>,
        to: TyAndLayout<'tcx>,
    ) -> InterpResult<'tcx, ImmTy<'tcx>> {
        let bits = src.to_scalar_int()?.to_uint();
        let TyKind::Float(fty) = *src.layout.ty.kind() else {
            return ub(format!("cannot cast non-FP type `{}`", src.layout.ty));
        };
        let out = match fty {
            FloatTy::F16 => cast_float(Half::from_bits(bits), to),
            FloatTy::F32 => cast_float(Single::from_bits(bits), to),
            FloatTy::F64 => cast_float(Double::from_bits(bits), to),
            FloatTy::F128 => cast_float(Quad::from_bits(bits), to),
        };
        match out {
            Some(v) => Ok(ImmTy::from_uint(v, to)),
            None => ub(format!("casting float to `{}`", to.ty)),
        }
    }
    fn ptr_to_ptr(&self, src: &ImmTy<'tcx>, to: TyAndLayout<'tcx>) -> InterpResult<'tcx, ImmTy<'tcx>> {
        // A wide pointer may lose its metadata.
        if to.size == src.layout.size {
            return Ok(ImmTy { imm: src.imm, layout: to });
        }
        match src.imm {
            Immediate::ScalarPair(data, _) => Ok(ImmTy::from_scalar(data, to)),
            _ => ub("a thin pointer cast to a wide one"),
        }
    }

    // --- Unsizing ---
    /// From a pointer to `S` to a pointer to `T`, where `S: Unsize<T>`.
    fn unsize_into_ptr(
        &mut self,
        src: &OpTy<'tcx>,
        dest: &PlaceTy<'tcx>,
        source: Ty<'tcx>,
        target: Ty<'tcx>,
    ) -> InterpResult<'tcx> {
        let (a, b) = self.tcx.struct_lockstep_tails_for_codegen(source, target, self.typing_env);
        match (*a.kind(), *b.kind()) {
            (TyKind::Array(_, len), TyKind::Slice(_)) => {
                let ptr = self.read_pointer(src)?;
                let Some(len) = len.try_to_target_usize() else { return Err(InvalidProgram::TooGeneric.into()) };
                self.write_immediate(Immediate::new_slice(ptr, len), dest)
            }
            (TyKind::Dynamic(from, _), TyKind::Dynamic(to, _)) => {
                let val = self.read_immediate(src)?;
                let same =
                    from.principal().map(|p| p.skip_binder().def_id) == to.principal().map(|p| p.skip_binder().def_id);
                if same {
                    return self.write_immediate(val.imm, dest);
                }
                let (data, vtable) = val.imm.to_scalar_pair()?;
                let ty = self.get_ptr_vtable_ty(vtable.to_pointer(), Some(from))?;
                let new = self.vtable_ptr(ty, to);
                self.write_immediate(Immediate::ScalarPair(data, Scalar::from_pointer(new)), dest)
            }
            (_, TyKind::Dynamic(to, _)) => {
                let ptr = self.read_pointer(src)?;
                let vtable = self.vtable_ptr(a, to);
                let imm = Immediate::ScalarPair(Scalar::from_maybe_pointer(ptr), Scalar::from_pointer(vtable));
                self.write_immediate(imm, dest)
            }
            _ => {
                let ty = src.layout.ty;
                if ty::visit::TypeVisitableExt::has_param(&ty) {
                    return Err(InvalidProgram::TooGeneric.into());
                }
                ub(format!("invalid pointer unsizing `{}` -> `{}`", src.layout.ty, dest.layout.ty))
            }
        }
    }
    pub fn unsize_into(
        &mut self,
        src: &OpTy<'tcx>,
        cast_layout: TyAndLayout<'tcx>,
        dest: &PlaceTy<'tcx>,
    ) -> InterpResult<'tcx> {
        let pointee = |ty: Ty<'tcx>| if ty.is_box() { None } else { ty.builtin_deref(true) };
        match (pointee(src.layout.ty), pointee(cast_layout.ty)) {
            (Some(s), Some(t)) => return self.unsize_into_ptr(src, dest, s, t),
            (None, None) => {}
            _ => return ub(format!("unsize_into: invalid conversion: `{}` -> `{}`", src.layout.ty, cast_layout.ty)),
        }
        // A smart pointer: one field changes, others are copied.
        if let (TyKind::Pat(s, _), TyKind::Pat(t, _)) = (src.layout.ty.kind(), cast_layout.ty.kind()) {
            let (s, t) = (self.layout_of(*s)?, self.layout_of(*t)?);
            return self.unsize_into(&src.with_layout(s), t, &PlaceTy { place: dest.place, layout: t });
        }
        let (TyKind::Adt(def_a, _), TyKind::Adt(def_b, _)) = (*src.layout.ty.kind(), *cast_layout.ty.kind()) else {
            return ub(format!("unsize_into: invalid conversion: `{}` -> `{}`", src.layout.ty, cast_layout.ty));
        };
        if def_a != def_b {
            return ub("unsizing between different structs");
        }
        self.write_uninit(dest)?;
        let cast_dest = PlaceTy { place: dest.place, layout: cast_layout };
        for i in 0..src.layout.fields.count() {
            let field_ty = self.layout_of_field(cast_layout, i)?;
            if field_ty.is_zst() {
                continue;
            }
            let src_field = self.project_field_op(src, i)?;
            let dest_field = self.project_field(&cast_dest, i)?;
            if src_field.layout.ty == field_ty.ty {
                self.copy_op(&src_field, &dest_field)?;
            } else {
                self.unsize_into(&src_field, field_ty, &dest_field)?;
            }
        }
        Ok(())
    }
    /// The pointer to the vtable of a type for a trait object type.
    pub fn vtable_ptr(&self, ty: Ty<'tcx>, preds: ty::PolyExistentialPredicates<'tcx>) -> Pointer {
        let ty = self.tcx.erase_regions(ty);
        let preds = self.tcx.erase_regions(preds);
        self.tcx.gcx().alloc_map.reserve_and_set_vtable_alloc(ty, preds).into()
    }
}

fn cast_float<F>(f: F, to: TyAndLayout<'_>) -> Option<u128>
where
    F: Float + FloatConvert<Half> + FloatConvert<Single> + FloatConvert<Double> + FloatConvert<Quad>,
{
    let bits = to.size.bits() as usize;
    Some(match *to.ty.kind() {
        // Saturating; NaN becomes 0.
        TyKind::Uint(_) => f.to_u128(bits).value,
        TyKind::Int(_) => ty::truncate(f.to_i128(bits).value as u128, to.size.bytes()),
        TyKind::Float(FloatTy::F16) => canonical_nan::<Half>(f.convert(&mut false).value).to_bits(),
        TyKind::Float(FloatTy::F32) => canonical_nan::<Single>(f.convert(&mut false).value).to_bits(),
        TyKind::Float(FloatTy::F64) => canonical_nan::<Double>(f.convert(&mut false).value).to_bits(),
        TyKind::Float(FloatTy::F128) => canonical_nan::<Quad>(f.convert(&mut false).value).to_bits(),
        _ => return None,
    })
}
