//! Which variant an enum's value is of (Reference, "Discriminants"): read and written through the tag or the niche.

use mir::interpret::Scalar;
use rustc_abi::{TagEncoding, Variants};
use ty::layout::TyAndLayout;
use ty::{ScalarInt, Ty, TyKind, VariantIdx};

use super::operand::{ImmTy, OpTy};
use super::place::PlaceTy;
use super::{InterpCx, InterpResult, Machine, UndefinedBehavior};

impl<'tcx, M: Machine<'tcx>> InterpCx<'tcx, M> {
    /// Makes a place a value of a variant whose fields are written.
    pub fn write_discriminant(&mut self, variant: VariantIdx, dest: &PlaceTy<'tcx>) -> InterpResult<'tcx> {
        // Without a tag there is nothing to write; an uninhabited variant cannot be.
        if self.layout_for_variant(dest.layout, variant).is_uninhabited() {
            return Err(UndefinedBehavior::UninhabitedEnumVariantWritten.into());
        }
        if let Some((tag, field)) = self.tag_for_variant(dest.layout, variant)? {
            let tag_dest = self.project_field(dest, field)?;
            return self.write_scalar(Scalar::Int(tag), &tag_dest);
        }
        if let Variants::Multiple { tag_encoding: TagEncoding::Niche { .. }, .. } = dest.layout.variants {
            // The variant that has the niche: what was written must not be one of the niche's values.
            let op = self.place_to_op(dest)?;
            if self.read_discriminant(&op)? != variant {
                return super::ub(format!(
                    "trying to set discriminant of a {} to the niched variant, but the value does not match",
                    dest.layout.ty
                ));
            }
        }
        Ok(())
    }
    /// The tag's bits for a variant and its field, if it needs one.
    pub fn tag_for_variant(
        &self,
        layout: TyAndLayout<'tcx>,
        variant: VariantIdx,
    ) -> InterpResult<'tcx, Option<(ScalarInt, usize)>> {
        let Variants::Multiple { tag, tag_encoding, tag_field, .. } = &layout.variants else {
            return Ok(None);
        };
        let size = tag.size(self).bytes();
        let bits = match tag_encoding {
            TagEncoding::Direct => match self.discriminant_of_variant(layout.ty, variant) {
                Some(d) => d,
                None => return super::ub("a variant without discriminant"),
            },
            TagEncoding::Niche { untagged_variant, .. } if *untagged_variant == variant => return Ok(None),
            TagEncoding::Niche { niche_variants, niche_start, .. } => {
                let relative = variant.as_u32() - niche_variants.start.as_u32();
                u128::from(relative).wrapping_add(*niche_start)
            }
        };
        let (tag, _) = ScalarInt::truncate_from_uint(bits, size);
        Ok(Some((tag, tag_field.as_usize())))
    }
    fn discriminant_of_variant(&self, ty: Ty<'tcx>, variant: VariantIdx) -> Option<u128> {
        match *ty.kind() {
            TyKind::Adt(def, _) if def.is_enum() => Some(crate::util::discriminants(self.tcx, def)[variant].val),
            TyKind::Coroutine(..) => Some(variant.as_u32().into()),
            TyKind::Pat(inner, _) => self.discriminant_of_variant(inner, variant),
            _ => None,
        }
    }
    /// The variant of a value.
    pub fn read_discriminant(&self, op: &OpTy<'tcx>) -> InterpResult<'tcx, VariantIdx> {
        let layout = op.layout;
        let (tag_abi, tag_encoding, tag_field) = match &layout.variants {
            Variants::Empty => return Err(UndefinedBehavior::UninhabitedEnumVariantRead.into()),
            Variants::Single { index } => {
                if layout.is_uninhabited() {
                    return Err(UndefinedBehavior::UninhabitedEnumVariantRead.into());
                }
                return Ok(*index);
            }
            Variants::Multiple { tag, tag_encoding, tag_field, .. } => (tag, tag_encoding, tag_field.as_usize()),
        };
        let tag_op = self.project_field_op(op, tag_field)?;
        let tag = self.read_scalar(&tag_op)?;
        let size = tag_abi.size(self);
        let index = match tag_encoding {
            TagEncoding::Direct => {
                let bits = super::operand::scalar_to_int(tag)?.to_uint();
                let invalid = || UndefinedBehavior::InvalidTag(bits, size);
                match *layout.ty.kind() {
                    TyKind::Adt(def, _) => {
                        let mask = size.unsigned_int_max();
                        let all = crate::util::discriminants(self.tcx, def);
                        // Most enums count from zero.
                        let guess = VariantIdx::from_usize((bits as usize).min(all.len().saturating_sub(1)));
                        if all.get(guess).is_some_and(|d| d.val & mask == bits) {
                            guess
                        } else {
                            all.iter_enumerated()
                                .find(|(_, d)| d.val & mask == bits)
                                .map(|(i, _)| i)
                                .ok_or_else(invalid)?
                        }
                    }
                    _ => VariantIdx::from_u32(bits as u32),
                }
            }
            TagEncoding::Niche { untagged_variant, niche_variants, niche_start } => {
                let start = niche_variants.start.as_u32();
                let end = niche_variants.last.as_u32();
                match tag {
                    Scalar::Ptr(..) => {
                        // A pointer is not null, so it is none of the niche's values but if that has others.
                        let only_null = *niche_start == 0 && start == end;
                        if !only_null || self.scalar_may_be_null(tag) {
                            return Err(UndefinedBehavior::InvalidTag(0, size).into());
                        }
                        *untagged_variant
                    }
                    Scalar::Int(tag) => {
                        let relative = tag.to_uint().wrapping_sub(*niche_start) & size.unsigned_int_max();
                        if relative <= u128::from(end - start) {
                            VariantIdx::from_u32(start + relative as u32)
                        } else {
                            *untagged_variant
                        }
                    }
                }
            }
        };
        if self.layout_for_variant(layout, index).is_uninhabited() {
            return Err(UndefinedBehavior::UninhabitedEnumVariantRead.into());
        }
        Ok(index)
    }
    /// The discriminant of a variant as a value of the enum's discriminant type.
    pub fn discriminant_for_variant(&self, ty: Ty<'tcx>, variant: VariantIdx) -> InterpResult<'tcx, ImmTy<'tcx>> {
        let discr_ty = self.tcx.discriminant_ty(ty);
        let discr_ty = self.normalize(discr_ty)?;
        let layout = self.layout_of(discr_ty)?;
        let bits = self.discriminant_of_variant(ty, variant).unwrap_or(0);
        Ok(ImmTy::from_uint(bits, layout))
    }
}
