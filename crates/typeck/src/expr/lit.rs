//! Literals.

use ast::{LitFloatType, LitIntType, LitKind};
use ty::{Ty, TyKind};

use crate::FnCtxt;
use crate::expectation::Expectation;

impl<'a, 'tcx> FnCtxt<'a, 'tcx> {
    /// A literal's type: fixed by its kind or suffix, else by the expectation, else a variable.
    pub(crate) fn check_expr_lit(&self, lit: &hir::Lit, expected: Expectation<'tcx>) -> Ty<'tcx> {
        let tcx = self.tcx;
        let types = tcx.types();
        match lit.node {
            LitKind::Str(..) => tcx.mk_imm_ref(tcx.lifetimes().re_static, types.str_),
            LitKind::ByteStr(ref v, _) => {
                tcx.mk_imm_ref(tcx.lifetimes().re_static, tcx.mk_array(types.u8, v.as_byte_str().len() as u64))
            }
            LitKind::Byte(_) => types.u8,
            LitKind::Char(_) => types.char,
            LitKind::Int(_, LitIntType::Signed(t)) => tcx.mk_mach_int(t),
            LitKind::Int(_, LitIntType::Unsigned(t)) => tcx.mk_mach_uint(t),
            LitKind::Int(i, LitIntType::Unsuffixed) => {
                let opt_ty = expected.to_option(self).and_then(|ty| match *ty.kind() {
                    TyKind::Int(_) | TyKind::Uint(_) => Some(ty),
                    // `b'a' as char`, `97 as char`: for casts, a `u8`.
                    TyKind::Char => Some(types.u8),
                    TyKind::RawPtr(..) | TyKind::FnDef(..) | TyKind::FnPtr(..) => Some(types.usize),
                    TyKind::Pat(base, _) if !self.tcx_is_neg(i) => match base.kind() {
                        TyKind::Int(_) | TyKind::Uint(_) => Some(ty),
                        _ => None,
                    },
                    _ => None,
                });
                opt_ty.unwrap_or_else(|| self.next_int_var())
            }
            LitKind::Float(_, LitFloatType::Suffixed(t)) => tcx.mk_mach_float(t),
            LitKind::Float(_, LitFloatType::Unsuffixed) => {
                let opt_ty = expected.to_option(self).and_then(|ty| match ty.kind() {
                    TyKind::Float(_) => Some(ty),
                    _ => None,
                });
                opt_ty.unwrap_or_else(|| self.next_float_var(lit.span))
            }
            LitKind::Bool(_) => types.bool,
            LitKind::CStr(..) => {
                let did = tcx.require_lang_item(hir::LangItem::CStr, lit.span);
                tcx.mk_imm_ref(tcx.lifetimes().re_static, tcx.type_of(did).skip_binder())
            }
            LitKind::Err(guar) => Ty::new_error(*tcx, guar),
        }
    }

    fn tcx_is_neg(&self, _: u128) -> bool {
        false
    }
}
