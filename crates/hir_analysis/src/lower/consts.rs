//! Constants in types.

use super::HirTyLowerer;
use ast::LitKind;
use hir::def::{DefKind, Res};
use hir::{ConstArg, ConstArgKind, QPath};
use ty::visit::TypeVisitableExt;
use ty::{Const, ConstKind, ParamConst, ScalarInt, Ty, TyKind, UnevaluatedConst, ValTree};

impl<'tcx> dyn HirTyLowerer<'tcx> + '_ {
    /// Lowers a constant of a known type.
    pub fn lower_const_arg(&self, arg: &ConstArg<'tcx>, ty: Ty<'tcx>) -> Const<'tcx> {
        let tcx = self.tcx();
        match &arg.kind {
            ConstArgKind::Path(QPath::Resolved(_, path)) => match path.res {
                Res::Def(DefKind::ConstParam, def_id) => self.lower_const_param(def_id),
                Res::Def(DefKind::Const | DefKind::AssocConst, did) => {
                    let segment = path.segments.last().expect("a path has a segment");
                    let args = self.lower_generic_args_of_path_segment(path.span, did, segment);
                    tcx.mk_const(ConstKind::Unevaluated(UnevaluatedConst { def: did, args }))
                }
                _ => {
                    let guar = tcx.dcx().span_delayed_bug(path.span, "a path that is no constant");
                    Const::new_error(tcx.interner(), guar)
                }
            },
            // An end that a pattern type leaves out: `<ty as RangePattern>::MAX`.
            &ConstArgKind::Path(QPath::LangItem(item, span)) => {
                let def = tcx.require_lang_item(item, span);
                let args = tcx.mk_args(&[ty.into()]);
                tcx.mk_const(ConstKind::Unevaluated(UnevaluatedConst { def, args }))
            }
            ConstArgKind::Path(QPath::TypeRelative(..)) => {
                let guar = tcx.dcx().span_unsupported(arg.span, "an associated constant as a generic argument");
                Const::new_error(tcx.interner(), guar)
            }
            ConstArgKind::Anon(anon) => self.lower_anon_const(anon, ty),
            ConstArgKind::Literal { lit, negated } => match lit_to_valtree(self, *lit, *negated, ty) {
                Some(v) => Const::new_value(tcx.interner(), v, ty),
                None => {
                    let guar = super::diagnostics::const_lit_mismatch(tcx, arg.span, *lit, ty);
                    Const::new_error(tcx.interner(), guar)
                }
            },
            ConstArgKind::Error(guar) => Const::new_error(tcx.interner(), *guar),
            ConstArgKind::Infer => self.ct_infer(None, arg.span),
        }
    }

    /// A const parameter.
    pub fn lower_const_param(&self, def_id: span::def_id::DefId) -> Const<'tcx> {
        let tcx = self.tcx();
        let generics = tcx.generics_of(self.item_def_id());
        match tcx.param_def_id_to_index(generics, def_id) {
            Some(index) => {
                let name = tcx.item_name(def_id);
                tcx.mk_const(ConstKind::Param(ParamConst { index, name }))
            }
            None => {
                let guar = tcx.dcx().span_delayed_bug(tcx.def_span(def_id), "a const parameter that is not in scope");
                Const::new_error(tcx.interner(), guar)
            }
        }
    }

    /// An anonymous constant: a literal or parameter at once, else to be evaluated.
    pub fn lower_anon_const(&self, anon: &hir::AnonConst, ty: Ty<'tcx>) -> Const<'tcx> {
        let tcx = self.tcx();
        if !ty.has_infer() && !ty.has_escaping_bound_vars() {
            tcx.feed_type_of(anon.def_id, ty);
        }
        let body = tcx.hir_body(anon.body);
        let mut expr = body.value;
        if let hir::ExprKind::Block(block, None) = expr.kind {
            if let (&[], Some(inner)) = (block.stmts, block.expr) {
                expr = inner;
            }
        }
        match expr.kind {
            hir::ExprKind::Lit(lit) => {
                if let Some(v) = lit_to_valtree(self, lit.node, false, ty) {
                    return Const::new_value(tcx.interner(), v, ty);
                }
            }
            hir::ExprKind::Unary(hir::UnOp::Neg, inner) => {
                if let hir::ExprKind::Lit(lit) = inner.kind {
                    if let Some(v) = lit_to_valtree(self, lit.node, true, ty) {
                        return Const::new_value(tcx.interner(), v, ty);
                    }
                }
            }
            hir::ExprKind::Path(QPath::Resolved(None, path)) => {
                if let Res::Def(DefKind::ConstParam, def_id) = path.res {
                    return self.lower_const_param(def_id);
                }
            }
            _ => {}
        }
        let args = tcx.identity_args_for(anon.def_id.to_def_id());
        tcx.mk_const(ConstKind::Unevaluated(UnevaluatedConst { def: anon.def_id.to_def_id(), args }))
    }
}

/// A literal as a value of a type; `None` if it is none of that type.
pub fn lit_to_valtree<'tcx>(
    lowerer: &(dyn HirTyLowerer<'tcx> + '_),
    lit: LitKind,
    negated: bool,
    ty: Ty<'tcx>,
) -> Option<ValTree<'tcx>> {
    let tcx = lowerer.tcx();
    let leaf = |s: ScalarInt| Some(ValTree::Leaf(s));
    match (lit, ty.kind()) {
        (LitKind::Bool(b), TyKind::Bool) => leaf(if b { ScalarInt::TRUE } else { ScalarInt::FALSE }),
        (LitKind::Char(c), TyKind::Char) => leaf(ScalarInt::try_from_uint(c.into(), 4)?),
        (LitKind::Byte(b), TyKind::Uint(ty::UintTy::U8)) => leaf(ScalarInt::try_from_uint(b.into(), 1)?),
        (LitKind::Int(n, suffix), TyKind::Uint(u)) if !negated => {
            if matches!(suffix, ast::LitIntType::Unsigned(s) if s != *u) || matches!(suffix, ast::LitIntType::Signed(_))
            {
                return None;
            }
            leaf(ScalarInt::try_from_uint(u128::from(n), ty::util::uint_bits(*u) / 8)?)
        }
        (LitKind::Int(n, suffix), TyKind::Int(i)) => {
            if matches!(suffix, ast::LitIntType::Signed(s) if s != *i) || matches!(suffix, ast::LitIntType::Unsigned(_))
            {
                return None;
            }
            let n = i128::try_from(u128::from(n)).ok()?;
            leaf(ScalarInt::try_from_int(if negated { -n } else { n }, ty::util::int_bits(*i) / 8)?)
        }
        (LitKind::Str(s, _), TyKind::Ref(_, inner, _)) if inner.is_str() => {
            let bytes: Vec<_> =
                s.as_str().bytes().map(|b| ValTree::Leaf(ScalarInt::truncate_from_uint(b.into(), 1).0)).collect();
            Some(tcx.mk_valtree_branch(&bytes))
        }
        _ => None,
    }
}
