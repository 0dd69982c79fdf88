//! `a.b`, `a.0`

use span::Ident;
use ty::{FieldIdx, Ty, TyKind};

use crate::FnCtxt;
use crate::expectation::Expectation;

impl<'a, 'tcx> FnCtxt<'a, 'tcx> {
    /// Derefs the base until it has the field.
    pub(crate) fn check_expr_field(
        &self,
        expr: &'tcx hir::Expr<'tcx>,
        base: &'tcx hir::Expr<'tcx>,
        field: Ident,
        // The expected hir type of the whole expression, for the suggestions.
        expected: Expectation<'tcx>,
    ) -> Ty<'tcx> {
        let base_ty = self.check_expr(base);
        let base_ty = self.structurally_resolve_type(base.span, base_ty);

        // Whether we are trying to access a private field. Used for error reporting.
        let mut private_candidate = None;

        // Field expressions automatically deref.
        let mut autoderef = self.autoderef(expr.span, base_ty);
        while let Some((deref_base_ty, _)) = autoderef.next() {
            match *deref_base_ty.kind() {
                TyKind::Adt(base_def, args) if !base_def.is_enum() => {
                    let body_hir_id = self.tcx.local_def_id_to_hir_id(self.body_id);
                    let (ident, def_scope) = self.tcx.adjust_ident_and_get_scope(field, base_def.did(), body_hir_id);

                    if let Some((idx, field)) = self.find_adt_field(base_def, ident) {
                        let adjustments = self.adjust_steps(&autoderef);
                        let field_ty = self.field_ty(expr.span, field, args);
                        if self.tcx.is_accessible_from(field.vis, def_scope) {
                            self.write_field_index(expr.hir_id, idx);
                            let adjustments = self.register_infer_ok_obligations(adjustments);
                            self.apply_adjustments(base, adjustments);
                            self.register_predicates(autoderef.into_obligations());
                            self.check_stability(field.did, Some(expr.hir_id), expr.span);
                            return field_ty;
                        }
                        // The field is not accessible, fall through to error reporting.
                        private_candidate = Some((adjustments, base_def.did()));
                    }
                }
                TyKind::Tuple(tys) => {
                    if let Ok(index) = field.as_str().parse::<usize>() {
                        if field.name == span::sym::integer(index) {
                            if let Some(&field_ty) = tys.get(index) {
                                let adjustments = self.adjust_steps(&autoderef);
                                let adjustments = self.register_infer_ok_obligations(adjustments);
                                self.apply_adjustments(base, adjustments);
                                self.register_predicates(autoderef.into_obligations());
                                self.write_field_index(expr.hir_id, FieldIdx::from_usize(index));
                                return field_ty;
                            }
                        }
                    }
                }
                _ => {}
            }
        }

        // We failed to check the expression, report an error.
        let final_ty = self.structurally_resolve_type(autoderef.span(), autoderef.final_ty());
        if let TyKind::Error(guar) = *final_ty.kind() {
            return Ty::new_error(*self.tcx, guar);
        }

        let guar = if let Some((adjustments, did)) = private_candidate {
            // (#90483) apply adjustments to avoid ExprUseVisitor from creating erroneous projection.
            let adjustments = self.register_infer_ok_obligations(adjustments);
            self.apply_adjustments(base, adjustments);
            self.ban_private_field_access(expr, base_ty, field, did, expected.only_has_type(self))
        } else if self.method_exists_for_diagnostic(field, base_ty, expr.hir_id, expected.only_has_type(self)) {
            // If a method of this name exists, suggest to call it.
            self.ban_take_value_of_method(expr, base_ty, field)
        } else if matches!(base_ty.kind(), TyKind::RawPtr(..)) {
            self.ban_raw_ptr_field(expr, base, base_ty, field)
        } else if !base_ty.is_primitive_ty() {
            self.ban_nonexisting_field(field, base, expr, base_ty)
        } else {
            // Primitive types have no fields (E0610).
            self.report_primitive_field(field, base, expr, base_ty)
        };
        Ty::new_error(*self.tcx, guar)
    }

    pub(crate) fn find_adt_field(
        &self,
        base_def: ty::AdtDef<'tcx>,
        ident: Ident,
    ) -> Option<(FieldIdx, &'tcx ty::FieldDef)> {
        // No way to find a field in an enum.
        if base_def.is_enum() {
            return None;
        }
        base_def.non_enum_variant().fields.iter_enumerated().find(|(_, field)| {
            field.name == ident.name && {
                let field_ident = Ident::new(field.name, self.tcx.def_ident_span(field.did).unwrap_or(ident.span));
                field_ident.normalize_to_macros_2_0().span.ctxt() == ident.span.ctxt()
                    || field_ident.normalize_to_macros_2_0() == ident
                    || !field_ident.span.from_expansion()
            }
        })
    }
}

pub(crate) trait IsPrimitiveTy {
    fn is_primitive_ty(&self) -> bool;
}

impl IsPrimitiveTy for Ty<'_> {
    /// rustc's `is_primitive_ty`: scalars and the like.
    fn is_primitive_ty(&self) -> bool {
        matches!(
            self.kind(),
            TyKind::Bool
                | TyKind::Char
                | TyKind::Str
                | TyKind::Int(_)
                | TyKind::Uint(_)
                | TyKind::Float(_)
                | TyKind::Infer(
                    ty::InferTy::IntVar(_)
                        | ty::InferTy::FloatVar(_)
                        | ty::InferTy::FreshIntTy(_)
                        | ty::InferTy::FreshFloatTy(_)
                )
        )
    }
}
