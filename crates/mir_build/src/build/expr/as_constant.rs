//! Expressions that are constants.

use mir::interpret::{Pointer, Scalar};
use mir::{Const, ConstOperand, ConstValue, UnevaluatedConst};
use ty::CanonicalUserTypeAnnotation;

use crate::build::Builder;
use crate::thir::literal::lit_to_mir_constant;
use crate::thir::{Expr, ExprKind, UserTy};

impl<'a, 'tcx> Builder<'a, 'tcx> {
    /// The expression must be of category `Constant`.
    pub(in crate::build) fn as_constant(&mut self, expr: &Expr<'tcx>) -> ConstOperand<'tcx> {
        let Expr { ty, span, ref kind, .. } = *expr;
        let (user_ty, const_) = match *kind {
            ExprKind::Scope { value, .. } => {
                let thir = self.thir;
                return self.as_constant(&thir[value]);
            }
            ExprKind::Literal { ref lit, neg } => {
                let value = lit_to_mir_constant(self.tcx, lit, ty, neg);
                let value = value.unwrap_or_else(|| {
                    let guar = self.tcx.dcx().span_delayed_bug(span, format!("literal {lit:?} of type {ty}"));
                    self.tainted.get_or_insert(guar);
                    Const::Ty(ty, ty::Const::new_error(self.tcx.interner(), guar))
                });
                (None, value)
            }
            ExprKind::NonHirLiteral { lit, ref user_ty } => {
                (self.user_ty_index(user_ty, expr), Const::Val(ConstValue::Scalar(Scalar::Int(lit)), ty))
            }
            ExprKind::ZstLiteral { ref user_ty } => (self.user_ty_index(user_ty, expr), Const::zero_sized(ty)),
            ExprKind::NamedConst { def_id, args, ref user_ty } => {
                let uv = UnevaluatedConst::new(def_id, args);
                (self.user_ty_index(user_ty, expr), Const::Unevaluated(uv, ty))
            }
            ExprKind::ConstParam { param, .. } => {
                let param = self.tcx.mk_const(ty::ConstKind::Param(param));
                (None, Const::Ty(expr.ty, param))
            }
            ExprKind::ConstBlock { did, args } => (None, Const::Unevaluated(UnevaluatedConst::new(did, args), ty)),
            ExprKind::StaticRef { def_id } => {
                let id = self.tcx.gcx().alloc_map.reserve_and_set_static_alloc(def_id);
                (None, Const::Val(ConstValue::Scalar(Scalar::from_pointer(Pointer::from(id))), ty))
            }
            ref other => panic!("expression is not a valid constant {other:?}"),
        };
        ConstOperand { span, user_ty, const_ }
    }

    /// Notes a type the user wrote.
    pub(in crate::build) fn user_ty_index(
        &mut self,
        user_ty: &UserTy<'tcx>,
        expr: &Expr<'tcx>,
    ) -> Option<mir::UserTypeAnnotationIndex> {
        let user_ty = **user_ty.as_ref()?;
        Some(self.user_types.push(CanonicalUserTypeAnnotation { span: expr.span, user_ty, inferred_ty: expr.ty }))
    }
}
