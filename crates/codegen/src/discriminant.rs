//! Reading and writing which variant an enum is: by a tag, or in the invalid values of a field (a niche).

use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{InstBuilder, Value};
use rustc_abi::{Primitive, TagEncoding, Variants};
use ty::layout::TyAndLayout;
use ty::{TyKind, VariantIdx};

use crate::function::FunctionCx;
use crate::leaf::scalar_type;
use crate::place::CPlace;
use crate::value::CValue;

impl<'tcx> FunctionCx<'_, 'tcx> {
    /// The bits of a variant's discriminant.
    fn discriminant_bits(&self, layout: TyAndLayout<'tcx>, variant: VariantIdx) -> u128 {
        match layout.ty.kind() {
            TyKind::Adt(def, _) if def.is_enum() => self.tcx().discriminant_for_variant(*def, variant).val,
            _ => variant.as_u32().into(),
        }
    }
    /// The discriminant as a value of its type.
    pub(crate) fn get_discriminant(&mut self, value: &CValue<'tcx>, dest: TyAndLayout<'tcx>) -> CValue<'tcx> {
        let layout = value.layout;
        let leaves = self.cx.leaves(dest).unwrap_or_default();
        let Some(ty) = leaves.first().map(|l| l.ty) else { return self.undefined(dest) };
        let (tag_scalar, encoding, tag_field) = match &layout.variants {
            Variants::Empty => return self.undefined(dest),
            Variants::Single { index } => {
                let bits = self.discriminant_bits(layout, *index);
                return CValue::int(self, bits, dest);
            }
            Variants::Multiple { tag, tag_encoding, tag_field, .. } => (*tag, tag_encoding, *tag_field),
        };
        let tag = value.field(self, tag_field).load_scalar(self);
        let result = match encoding {
            TagEncoding::Direct => {
                let signed = matches!(tag_scalar.primitive(), Primitive::Int(_, true));
                self.int_cast(tag, ty, signed)
            }
            TagEncoding::Niche { untagged_variant, niche_variants, niche_start } => {
                let (first, last) = (niche_variants.start.as_u32(), niche_variants.last.as_u32());
                let untagged = self.const_int(ty, untagged_variant.as_u32().into());
                let tag_ty = self.ty_of(tag);
                if first == last {
                    let niche = self.const_int(tag_ty, *niche_start);
                    let is_niche = self.icmp(IntCC::Equal, tag, niche);
                    let tagged = self.const_int(ty, first.into());
                    if untagged_variant.as_u32() == 1 && first == 0 {
                        // `Option`: the discriminant is whether it is not the niche.
                        let is_some = self.icmp(IntCC::NotEqual, tag, niche);
                        self.int_cast(is_some, ty, false)
                    } else {
                        self.b.ins().select(is_niche, tagged, untagged)
                    }
                } else {
                    let start = self.const_int(tag_ty, *niche_start);
                    let relative = self.b.ins().isub(tag, start);
                    let max = self.const_int(tag_ty, (last - first).into());
                    let is_niche = self.icmp(IntCC::UnsignedLessThanOrEqual, relative, max);
                    let relative = self.int_cast(relative, ty, false);
                    let base = self.const_int(ty, first.into());
                    let tagged = self.b.ins().iadd(relative, base);
                    self.b.ins().select(is_niche, tagged, untagged)
                }
            }
        };
        CValue::scalar(self, result, dest)
    }
    /// Makes a place, whose fields are there, a variant.
    pub(crate) fn set_discriminant(&mut self, place: &CPlace<'tcx>, variant: VariantIdx) {
        let layout = place.layout;
        if self.cx.for_variant(layout, variant).is_uninhabited() {
            return;
        }
        let (tag_scalar, encoding, tag_field) = match &layout.variants {
            Variants::Empty | Variants::Single { .. } => return,
            Variants::Multiple { tag, tag_encoding, tag_field, .. } => (*tag, tag_encoding, *tag_field),
        };
        let ty = scalar_type(tag_scalar);
        let bits = match encoding {
            TagEncoding::Direct => self.discriminant_bits(layout, variant),
            TagEncoding::Niche { untagged_variant, niche_variants, niche_start } => {
                if variant == *untagged_variant {
                    return;
                }
                let relative = u128::from(variant.as_u32().wrapping_sub(niche_variants.start.as_u32()));
                relative.wrapping_add(*niche_start)
            }
        };
        let value = self.const_int(ty, bits);
        let tag = place.field(self, tag_field);
        let value = CValue::scalar(self, value, tag.layout);
        tag.write(self, &value);
    }
    /// An integer in another width: extended by its sign, or by zeros, or cut.
    pub(crate) fn int_cast(&mut self, value: Value, to: cranelift_codegen::ir::Type, signed: bool) -> Value {
        let from = self.ty_of(value);
        match from.bits().cmp(&to.bits()) {
            std::cmp::Ordering::Equal => value,
            std::cmp::Ordering::Less if signed => self.b.ins().sextend(to, value),
            std::cmp::Ordering::Less => self.b.ins().uextend(to, value),
            std::cmp::Ordering::Greater => self.b.ins().ireduce(to, value),
        }
    }
}
