//! Discriminants of enums (Reference, "Discriminants").

use query::TyCtxt;
use rustc_abi::{Integer, IntegerType};
use ty::{AdtDef, FIRST_VARIANT, Ty, TyKind, VariantDiscr, VariantIdx};

/// A discriminant: the bits, in the type's width, and the type.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Discr<'tcx> {
    pub val: u128,
    pub ty: Ty<'tcx>,
}

impl<'tcx> Discr<'tcx> {
    /// The discriminant `n` after this one, wrapping.
    fn plus(self, n: u128) -> Discr<'tcx> {
        let bits = self.ty.primitive_int_bits().unwrap_or(64);
        let mask = if bits == 128 { u128::MAX } else { (1 << bits) - 1 };
        Discr { val: self.val.wrapping_add(n) & mask, ty: self.ty }
    }
}

/// The type of an enum's discriminants.
pub fn discriminant_ty<'tcx>(tcx: TyCtxt<'tcx>, def: AdtDef<'tcx>) -> Ty<'tcx> {
    use ast::{IntTy, UintTy};
    match def.repr().int {
        None | Some(IntegerType::Pointer(true)) => tcx.types().isize,
        Some(IntegerType::Pointer(false)) => tcx.types().usize,
        Some(IntegerType::Fixed(size, true)) => tcx.mk_mach_int(match size {
            Integer::I8 => IntTy::I8,
            Integer::I16 => IntTy::I16,
            Integer::I32 => IntTy::I32,
            Integer::I64 => IntTy::I64,
            Integer::I128 => IntTy::I128,
        }),
        Some(IntegerType::Fixed(size, false)) => tcx.mk_mach_uint(match size {
            Integer::I8 => UintTy::U8,
            Integer::I16 => UintTy::U16,
            Integer::I32 => UintTy::U32,
            Integer::I64 => UintTy::U64,
            Integer::I128 => UintTy::U128,
        }),
    }
}

/// An explicit discriminant's value, evaluated.
fn explicit<'tcx>(tcx: TyCtxt<'tcx>, expr: span::def_id::DefId, ty: Ty<'tcx>) -> Option<Discr<'tcx>> {
    let args = tcx.identity_args_for(expr);
    let id = mir::interpret::GlobalId { instance: ty::Instance::new_raw(expr, args), promoted: None };
    let env = tcx.typing_env_post_analysis(expr);
    match tcx.eval_to_const_value_raw(env.as_query_input(id)) {
        Ok(mir::ConstValue::Scalar(s)) => Some(Discr { val: s.try_to_scalar_int()?.to_uint(), ty }),
        _ => None,
    }
}

/// All variants with their discriminants.
pub fn discriminants<'tcx>(tcx: TyCtxt<'tcx>, def: AdtDef<'tcx>) -> impl Iterator<Item = (VariantIdx, Discr<'tcx>)> {
    let ty = discriminant_ty(tcx, def);
    let mut prev: Option<Discr<'tcx>> = None;
    def.variants().iter_enumerated().map(move |(i, v)| {
        let mut discr = prev.map_or(Discr { val: 0, ty }, |d| d.plus(1));
        if let VariantDiscr::Explicit(expr) = v.discr {
            if let Some(d) = explicit(tcx, expr, ty) {
                discr = d;
            }
        }
        prev = Some(discr);
        (i, discr)
    })
}

/// One variant's discriminant.
pub fn discriminant_for_variant<'tcx>(tcx: TyCtxt<'tcx>, ty: Ty<'tcx>, variant: VariantIdx) -> Option<Discr<'tcx>> {
    match *ty.kind() {
        TyKind::Adt(def, _) if def.is_enum() && !def.variants().is_empty() => {
            discriminants(tcx, def).find(|(i, _)| *i == variant).map(|(_, d)| d)
        }
        TyKind::Adt(..) if variant != FIRST_VARIANT => None,
        _ => None,
    }
}
