//! Which place an expression or pattern names: a variable, a projection from one, or a temporary.

use hir::def::{CtorOf, DefKind, Res};
use hir::{ExprKind, HirId, PatKind, QPath};
use ty::adjustment::{Adjust, Adjustment};
use ty::hir_place::{Place, PlaceBase, PlaceWithHirId, Projection, ProjectionKind};
use ty::{FIRST_VARIANT, FieldIdx, Ty, TyKind, TypeVisitableExt, UpvarId, UpvarPath, VariantIdx};

use crate::expr_use_visitor::{Delegate, EuvResult, ExprUseVisitor};

impl<'a, 'b, 'tcx, D: Delegate<'tcx>> ExprUseVisitor<'a, 'b, 'tcx, D> {
    fn resolve(&self, id: HirId, ty: Option<Ty<'tcx>>) -> EuvResult<Ty<'tcx>> {
        match ty {
            Some(ty) => {
                let ty = self.fcx.resolve_vars_if_possible(ty);
                ty.error_reported()?;
                Ok(ty)
            }
            None => Err(self.fcx.dcx().span_delayed_bug(self.fcx.tcx.hir_span(id), "no type for node")),
        }
    }

    pub(crate) fn structurally(&self, ty: Ty<'tcx>) -> Ty<'tcx> {
        self.fcx.try_structurally_resolve_type(span::DUMMY_SP, ty)
    }

    fn expr_ty(&self, expr: &hir::Expr<'_>) -> EuvResult<Ty<'tcx>> {
        let t = self.fcx.typeck_results.borrow().expr_ty_opt(expr);
        self.resolve(expr.hir_id, t)
    }

    fn expr_ty_adjusted(&self, expr: &hir::Expr<'_>) -> EuvResult<Ty<'tcx>> {
        let t = self.fcx.typeck_results.borrow().expr_ty_adjusted_opt(expr);
        self.resolve(expr.hir_id, t)
    }

    /// The type of what the pattern matches: before the references it looks through.
    pub(crate) fn pat_ty_adjusted(&self, pat: &hir::Pat<'_>) -> EuvResult<Ty<'tcx>> {
        let first = self.fcx.typeck_results.borrow().pat_adjustments().get(pat.hir_id).and_then(|v| v.first().copied());
        if let Some(first_ty) = first {
            return Ok(self.fcx.resolve_vars_if_possible(first_ty));
        }
        self.pat_ty_unadjusted(pat)
    }

    fn pat_ty_unadjusted(&self, pat: &hir::Pat<'_>) -> EuvResult<Ty<'tcx>> {
        let t = self.fcx.typeck_results.borrow().node_type_opt(pat.hir_id);
        let base_ty = self.resolve(pat.hir_id, t)?;
        // This code detects whether we are looking at a `ref x`, and if so, figures out what the type *being borrowed*
        // is.
        if let PatKind::Binding(..) = pat.kind {
            let bm = self.fcx.typeck_results.borrow().binding_mode(pat.hir_id);
            if let Some(hir::BindingMode(hir::ByRef::Yes(..), _)) = bm {
                // a bind-by-ref means that the base_ty will be the type of the ident itself, but what we want here is
                // the type of the underlying value being borrowed. So peel off one-level, turning the &T into T.
                return match self.structurally(base_ty).builtin_deref(false) {
                    Some(ty) => Ok(ty),
                    None => Err(self.fcx.dcx().span_delayed_bug(pat.span, "by-ref binding of non-derefable type")),
                };
            }
        }
        Ok(base_ty)
    }

    pub(crate) fn cat_expr(&self, expr: &hir::Expr<'_>) -> EuvResult<PlaceWithHirId<'tcx>> {
        let adjustments: Vec<Adjustment<'tcx>> = self.fcx.typeck_results.borrow().expr_adjustments(expr).to_vec();
        let mut place = self.cat_expr_unadjusted(expr)?;
        for adjustment in &adjustments {
            place = self.cat_expr_adjusted(expr, place, adjustment)?;
        }
        Ok(place)
    }

    /// The place after one more adjustment.
    pub(crate) fn cat_expr_adjusted(
        &self,
        expr: &hir::Expr<'_>,
        previous: PlaceWithHirId<'tcx>,
        adjustment: &Adjustment<'tcx>,
    ) -> EuvResult<PlaceWithHirId<'tcx>> {
        let target = self.fcx.resolve_vars_if_possible(adjustment.target);
        match adjustment.kind {
            Adjust::Deref(overloaded) => {
                // Equivalent to *expr or something similar.
                let base = if let Some(deref) = overloaded {
                    let ref_ty = self.fcx.tcx.mk_ref(self.fcx.tcx.lifetimes().re_erased, target, deref.mutbl);
                    self.cat_rvalue(expr.hir_id, ref_ty)
                } else {
                    previous
                };
                self.cat_deref(expr.hir_id, base)
            }
            Adjust::NeverToAny | Adjust::Pointer(_) | Adjust::Borrow(_) | Adjust::ReborrowPin(..) => {
                // Result is an rvalue.
                Ok(self.cat_rvalue(expr.hir_id, target))
            }
        }
    }

    pub(crate) fn cat_expr_unadjusted(&self, expr: &hir::Expr<'_>) -> EuvResult<PlaceWithHirId<'tcx>> {
        let expr_ty = self.expr_ty(expr)?;
        match expr.kind {
            ExprKind::Unary(hir::UnOp::Deref, e_base) => {
                if self.fcx.typeck_results.borrow().is_method_call(expr) {
                    self.cat_overloaded_place(expr, e_base)
                } else {
                    let base = self.cat_expr(e_base)?;
                    self.cat_deref(expr.hir_id, base)
                }
            }
            ExprKind::Field(base, _) => {
                let base = self.cat_expr(base)?;
                let field_idx = self
                    .fcx
                    .typeck_results
                    .borrow()
                    .opt_field_index(expr.hir_id)
                    .ok_or_else(|| self.fcx.dcx().span_delayed_bug(expr.span, "no field index"))?;
                Ok(self.cat_projection(expr.hir_id, base, expr_ty, ProjectionKind::Field(field_idx, FIRST_VARIANT)))
            }
            ExprKind::Index(base, _, _) => {
                if self.fcx.typeck_results.borrow().is_method_call(expr) {
                    // If this is an index implemented by a method call, then it will include an implicit deref of the
                    // result. The special case of indexing arrays and slices is below.
                    self.cat_overloaded_place(expr, base)
                } else {
                    let base = self.cat_expr(base)?;
                    Ok(self.cat_projection(expr.hir_id, base, expr_ty, ProjectionKind::Index))
                }
            }
            ExprKind::Path(ref qpath) => {
                let res = self.fcx.typeck_results.borrow().qpath_res(qpath, expr.hir_id);
                self.cat_res(expr.hir_id, expr.span, expr_ty, res)
            }
            // type ascription doesn't affect the place-ness of the subexpression.
            ExprKind::Type(e, _) => self.cat_expr(e),
            _ => Ok(self.cat_rvalue(expr.hir_id, expr_ty)),
        }
    }

    fn cat_res(&self, hir_id: HirId, span: span::Span, expr_ty: Ty<'tcx>, res: Res) -> EuvResult<PlaceWithHirId<'tcx>> {
        match res {
            Res::Def(DefKind::Static { .. }, _) => Ok(PlaceWithHirId {
                hir_id,
                place: Place { base_ty: expr_ty, base: PlaceBase::StaticItem, projections: Vec::new() },
            }),
            Res::Local(var_id) => {
                let is_upvar = self.upvars.is_some_and(|u| u.contains_key(&var_id));
                let base = if is_upvar {
                    PlaceBase::Upvar(UpvarId {
                        var_path: UpvarPath { hir_id: var_id },
                        closure_expr_id: self.body_owner,
                    })
                } else {
                    PlaceBase::Local(var_id)
                };
                Ok(PlaceWithHirId { hir_id, place: Place { base_ty: expr_ty, base, projections: Vec::new() } })
            }
            Res::Err => Err(self.fcx.dcx().span_delayed_bug(span, "unresolved path")),
            _ => Ok(self.cat_rvalue(hir_id, expr_ty)),
        }
    }

    pub(crate) fn cat_rvalue(&self, hir_id: HirId, expr_ty: Ty<'tcx>) -> PlaceWithHirId<'tcx> {
        PlaceWithHirId { hir_id, place: Place { base_ty: expr_ty, base: PlaceBase::Rvalue, projections: Vec::new() } }
    }

    pub(crate) fn cat_projection(
        &self,
        node: HirId,
        base_place: PlaceWithHirId<'tcx>,
        ty: Ty<'tcx>,
        kind: ProjectionKind,
    ) -> PlaceWithHirId<'tcx> {
        let mut place = base_place.place;
        place.projections.push(Projection { ty, kind });
        PlaceWithHirId { hir_id: node, place }
    }

    fn cat_overloaded_place(&self, expr: &hir::Expr<'_>, base: &hir::Expr<'_>) -> EuvResult<PlaceWithHirId<'tcx>> {
        // Reconstruct the output assuming it's a reference with the same region/mutability as the receiver. This holds
        // for `Deref(Mut)::deref(_mut)` and `Index(Mut)::index(_mut)`.
        let place_ty = self.expr_ty(expr)?;
        let base_ty = self.expr_ty_adjusted(base)?;
        let TyKind::Ref(region, _, mutbl) = *self.structurally(base_ty).kind() else {
            return Err(self.fcx.dcx().span_delayed_bug(expr.span, "cat_overloaded_place: base is not a reference"));
        };
        let ref_ty = self.fcx.tcx.mk_ref(region, place_ty, mutbl);
        let base = self.cat_rvalue(expr.hir_id, ref_ty);
        self.cat_deref(expr.hir_id, base)
    }

    pub(crate) fn cat_deref(&self, node: HirId, base_place: PlaceWithHirId<'tcx>) -> EuvResult<PlaceWithHirId<'tcx>> {
        let base_curr_ty = self.structurally(base_place.place.ty());
        let deref_ty = match base_curr_ty.builtin_deref(true) {
            Some(mt) => self.fcx.resolve_vars_if_possible(mt),
            None => {
                return Err(self
                    .fcx
                    .dcx()
                    .span_delayed_bug(self.fcx.tcx.hir_span(node), "explicit deref of non-derefable type"));
            }
        };
        Ok(self.cat_projection(node, base_place, deref_ty, ProjectionKind::Deref))
    }

    /// Calls `op` on each pattern with the place that it matches.
    pub(crate) fn cat_pattern(
        &self,
        mut place: PlaceWithHirId<'tcx>,
        pat: &'tcx hir::Pat<'tcx>,
        op: &mut dyn FnMut(&PlaceWithHirId<'tcx>, &'tcx hir::Pat<'tcx>) -> EuvResult<()>,
    ) -> EuvResult<()> {
        // If (pattern) adjustments are active for this pattern, adjust the `place` correspondingly: `&(x,)` matched by
        // `(y,)` first dereferences.
        let n = self.fcx.typeck_results.borrow().pat_adjustments().get(pat.hir_id).map_or(0, |v| v.len());
        for _ in 0..n {
            place = self.cat_deref(pat.hir_id, place)?;
        }
        op(&place, pat)?;
        match pat.kind {
            PatKind::Tuple(subpats, dots_pos) => {
                // (p1, ..., pN)
                let TyKind::Tuple(tys) = *self.structurally(self.pat_ty_unadjusted(pat)?).kind() else {
                    return Err(self.fcx.dcx().span_delayed_bug(pat.span, "tuple pattern not applied to a tuple"));
                };
                for (i, subpat) in crate::pat::enumerate_and_adjust(subpats, tys.len(), dots_pos) {
                    let subpat_ty = self.pat_ty_adjusted(subpat)?;
                    let kind = ProjectionKind::Field(FieldIdx::from_usize(i), FIRST_VARIANT);
                    let sub_place = self.cat_projection(pat.hir_id, place.clone(), subpat_ty, kind);
                    self.cat_pattern(sub_place, subpat, op)?;
                }
            }
            PatKind::TupleStruct(ref qpath, subpats, dots_pos) => {
                // S(p1, ..., pN)
                let (variant_index, n) = self.variant_of_pat(qpath, pat)?;
                for (i, subpat) in crate::pat::enumerate_and_adjust(subpats, n, dots_pos) {
                    let subpat_ty = self.pat_ty_adjusted(subpat)?;
                    let kind = ProjectionKind::Field(FieldIdx::from_usize(i), variant_index);
                    let sub_place = self.cat_projection(pat.hir_id, place.clone(), subpat_ty, kind);
                    self.cat_pattern(sub_place, subpat, op)?;
                }
            }
            PatKind::Struct(ref qpath, field_pats, _) => {
                // S { f1: p1, ..., fN: pN }
                let (variant_index, _) = self.variant_of_pat(qpath, pat)?;
                for fp in field_pats {
                    let field_ty = self.pat_ty_adjusted(fp.pat)?;
                    let Some(field_index) = self.fcx.typeck_results.borrow().opt_field_index(fp.hir_id) else {
                        continue;
                    };
                    let field_place = self.cat_projection(
                        pat.hir_id,
                        place.clone(),
                        field_ty,
                        ProjectionKind::Field(field_index, variant_index),
                    );
                    self.cat_pattern(field_place, fp.pat, op)?;
                }
            }
            PatKind::Or(pats) => {
                for pat in pats {
                    self.cat_pattern(place.clone(), pat, op)?;
                }
            }
            PatKind::Binding(.., Some(subpat)) | PatKind::Guard(subpat, _) => {
                self.cat_pattern(place, subpat, op)?;
            }
            PatKind::Box(subpat) | PatKind::Ref(subpat, _, _) => {
                // box p1, &p1, &mut p1. we can ignore the mutability of PatKind::Ref since that information is already
                // contained in the type.
                let subplace = self.cat_deref(pat.hir_id, place)?;
                self.cat_pattern(subplace, subpat, op)?;
            }
            PatKind::Deref(subpat) => {
                let ty = self.pat_ty_adjusted(subpat)?;
                // A deref pattern calls `Deref::deref`.
                let re_erased = self.fcx.tcx.lifetimes().re_erased;
                let ref_ty = self.fcx.tcx.mk_imm_ref(re_erased, ty);
                let base = self.cat_rvalue(pat.hir_id, ref_ty);
                let place = self.cat_deref(pat.hir_id, base)?;
                self.cat_pattern(place, subpat, op)?;
            }
            PatKind::Slice(before, slice, after) => {
                let Some(element_ty) = self.structurally(place.place.ty()).builtin_index() else {
                    return Err(self.fcx.dcx().span_delayed_bug(pat.span, "slice pattern of a non-slice"));
                };
                let elt_place = self.cat_projection(pat.hir_id, place.clone(), element_ty, ProjectionKind::Index);
                for before_pat in before {
                    self.cat_pattern(elt_place.clone(), before_pat, op)?;
                }
                if let Some(slice_pat) = slice {
                    let slice_pat_ty = self.pat_ty_adjusted(slice_pat)?;
                    let slice_place = self.cat_projection(pat.hir_id, place, slice_pat_ty, ProjectionKind::Subslice);
                    self.cat_pattern(slice_place, slice_pat, op)?;
                }
                for after_pat in after {
                    self.cat_pattern(elt_place.clone(), after_pat, op)?;
                }
            }
            PatKind::Binding(.., None)
            | PatKind::Expr(..)
            | PatKind::Range(..)
            | PatKind::Never
            | PatKind::Missing
            | PatKind::Wild
            | PatKind::Err(_) => {
                // always ok
            }
        }
        Ok(())
    }

    /// The variant that a struct-like pattern names, and how many fields it has.
    fn variant_of_pat(&self, qpath: &QPath<'_>, pat: &hir::Pat<'_>) -> EuvResult<(VariantIdx, usize)> {
        let res = self.fcx.typeck_results.borrow().qpath_res(qpath, pat.hir_id);
        let ty = self.structurally(self.pat_ty_unadjusted(pat)?);
        let TyKind::Adt(adt, _) = *ty.kind() else {
            return Err(self
                .fcx
                .dcx()
                .span_delayed_bug(pat.span, "struct or tuple struct pattern not applied to an ADT"));
        };
        let idx = match res {
            Res::Def(DefKind::Variant, variant_id) => adt.variant_index_with_id(variant_id),
            Res::Def(DefKind::Ctor(CtorOf::Variant, ..), variant_ctor_id) => {
                adt.variant_index_with_ctor_id(variant_ctor_id)
            }
            _ if adt.is_enum() => {
                return Err(self.fcx.dcx().span_delayed_bug(pat.span, "no variant"));
            }
            _ => FIRST_VARIANT,
        };
        Ok((idx, adt.variant(idx).fields.len()))
    }
}
