//! Witnesses as source text.

use hir::def::CtorKind;
use rustc_pattern_analysis::constructor::{Constructor, IntRange, MaybeInfiniteInt, SliceKind};
use span::Symbol;
use ty::{ScalarInt, Ty, TyKind};

use super::cx::{Cx, WitnessPat};

impl<'tcx> Cx<'tcx> {
    /// A value as in source, with its type as suffix.
    pub fn print_value(&self, bits: u128, ty: Ty<'tcx>) -> String {
        let size = ty.primitive_int_bits().unwrap_or(64) / 8;
        let (int, _) = ScalarInt::truncate_from_uint(bits, size);
        let value = mir::ConstValue::Scalar(mir::interpret::Scalar::Int(int));
        mir::Const::Val(value, ty).to_string()
    }

    fn finite_bits(&self, b: MaybeInfiniteInt, ty: Ty<'tcx>) -> Option<u128> {
        match *ty.kind() {
            TyKind::Int(i) => b.as_finite_int(ty::util::int_bits(i)),
            _ => b.as_finite_uint(),
        }
    }

    pub fn print_int_range(&self, range: &IntRange, ty: Ty<'tcx>) -> String {
        use MaybeInfiniteInt::{NegInfinity, PosInfinity};
        let full = |lo, hi| matches!((lo, hi), (NegInfinity, PosInfinity));
        if full(range.lo, range.hi) {
            return "_".into();
        }
        let size = ty.primitive_int_bits().unwrap_or(64);
        let in_type = |bits: u128| size == 128 || bits < (1 << size);
        if range.is_singleton() {
            if let Some(bits) = self.finite_bits(range.lo, ty) {
                return self.print_value(bits, ty);
            }
        }
        // Beyond the greatest `usize` there are made-up values.
        let lo = match self.finite_bits(range.lo, ty) {
            Some(bits) if in_type(bits) => self.print_value(bits, ty),
            Some(_) => format!("{ty}::MAX"),
            None => String::new(),
        };
        if range.hi == PosInfinity {
            return format!("{lo}..");
        }
        match range.hi.minus_one() {
            Some(hi) => match self.finite_bits(hi, ty) {
                Some(bits) => format!("{lo}..={}", self.print_value(bits, ty)),
                None => format!("{lo}.."),
            },
            // `..MIN`
            None => format!("{lo}..{ty}::MIN"),
        }
    }

    /// A pattern that is not covered.
    pub fn print_witness(&self, pat: &WitnessPat<'tcx>) -> String {
        let sub = || pat.iter_fields().map(|p| self.print_witness(p)).collect::<Vec<_>>();
        match pat.ctor() {
            Constructor::Bool(b) => b.to_string(),
            Constructor::IntRange(range) => self.print_int_range(range, *pat.ty()),
            Constructor::Struct if pat.ty().is_box() => format!("box {}", sub().join(", ")),
            Constructor::Struct | Constructor::Variant(_) | Constructor::UnionField => self.print_struct(pat, &sub()),
            Constructor::Ref => format!("&{}", sub().join("")),
            Constructor::DerefPattern(_) => format!("deref!({})", sub().join("")),
            Constructor::Slice(slice) => {
                let mut parts = sub();
                if let SliceKind::VarLen(prefix, _) = slice.kind() {
                    let mut end = parts.split_off(prefix.min(parts.len()));
                    // The length of an array is known: `..` stands for what is beside it as well.
                    if matches!(pat.ty().kind(), TyKind::Array(..)) {
                        parts.truncate(parts.iter().rposition(|p| p != "_").map_or(0, |at| at + 1));
                        end.drain(..end.iter().position(|p| p != "_").unwrap_or(end.len()));
                    }
                    parts.push("..".into());
                    parts.append(&mut end);
                }
                format!("[{}]", parts.join(", "))
            }
            Constructor::Never if self.tcx.feature(Symbol::intern("never_patterns")) => "!".into(),
            Constructor::Str(_) => "\"..\"".into(),
            _ => "_".into(),
        }
    }

    fn print_struct(&self, pat: &WitnessPat<'tcx>, fields: &[String]) -> String {
        let TyKind::Adt(adt, _) = *pat.ty().kind() else {
            return match fields {
                [one] => format!("({one},)"),
                _ => format!("({})", fields.join(", ")),
            };
        };
        let variant = adt.variant(Cx::variant_of(pat.ctor(), adt));
        let is = |name: &str| self.tcx.is_diagnostic_item(Symbol::intern(name), adt.did());
        let name = match adt.is_enum() {
            true if is("Option") || is("Result") => variant.name.to_string(),
            true => format!("{}::{}", self.tcx.def_path_str(adt.did()), variant.name),
            false => variant.name.to_string(),
        };
        match variant.ctor_kind() {
            Some(CtorKind::Const) => name,
            Some(CtorKind::Fn) => format!("{name}({})", fields.join(", ")),
            None => {
                let named: Vec<String> = fields
                    .iter()
                    .zip(&variant.fields)
                    .filter(|(f, _)| *f != "_")
                    .map(|(f, def)| format!("{}: {f}", def.name))
                    .collect();
                let mut parts = named;
                if parts.len() < variant.fields.len() {
                    parts.push("..".into());
                }
                match parts.is_empty() {
                    true => format!("{name} {{}}"),
                    false => format!("{name} {{ {} }}", parts.join(", ")),
                }
            }
        }
    }
}
