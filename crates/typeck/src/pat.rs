//! Patterns. [`FnCtxt::check_pat`] is the case distinction; it computes the default binding mode (RFC 2005) on the way
//! down. `structs.rs` has struct-like patterns, `slices.rs` slices, references and the like.

mod slices;
mod structs;
mod tuple_structs;

use diagnostics::Diag;
use diagnostics::codes::*;
use hir::def::{CtorKind, DefKind, Res};
use hir::{BindingMode, ByRef, HirId, Pat, PatExprKind, PatKind};
use span::Span;
use trait_solve::infer::RegionVariableOrigin;
use trait_solve::traits::{ObligationCause, ObligationCauseCode};
use ty::{Mutability, Ty, TyKind};

use crate::FnCtxt;

/// Information about the expected type at the top level of type checking a pattern.
#[derive(Copy, Clone)]
pub(crate) struct TopInfo<'tcx> {
    /// The `expected` type at the top level of type checking a pattern.
    pub(crate) expected: Ty<'tcx>,
    /// Was the origin of the `span` from a scrutinee expression?
    pub(crate) origin_expr: Option<&'tcx hir::Expr<'tcx>>,
    /// The span giving rise to the `expected` type, if one could be provided.
    pub(crate) span: Option<Span>,
    pub(crate) hir_id: HirId,
}

/// What is handed down.
#[derive(Copy, Clone)]
pub(crate) struct PatInfo<'tcx> {
    pub(crate) binding_mode: ByRef,
    pub(crate) top_info: TopInfo<'tcx>,
    pub(crate) current_depth: u32,
}

/// Mode for adjusting the expected type and binding mode.
#[derive(Clone, Copy, PartialEq, Eq)]
enum AdjustMode {
    /// Peel off all immediate reference types.
    Peel,
    /// Pass on the input binding mode and expected type.
    Pass,
    /// Reset binding mode to the initial mode (`&p`).
    Reset,
}

/// A path in a pattern, resolved.
type PathRes<'tcx> = (Res, Option<crate::fn_ctxt::paths::LoweredTy<'tcx>>, &'tcx [hir::PathSegment<'tcx>]);

impl<'a, 'tcx> FnCtxt<'a, 'tcx> {
    pub(crate) fn check_pat_outermost(&self, pat: &'tcx Pat<'tcx>, expected: Ty<'tcx>, top_info: TopInfo<'tcx>) {
        let pat_info = PatInfo { binding_mode: ByRef::No, top_info, current_depth: 0 };
        self.check_pat(pat, expected, pat_info);
    }

    /// Type check a pattern against the `expected` type.
    pub(crate) fn check_pat(&self, pat: &'tcx Pat<'tcx>, expected: Ty<'tcx>, mut pat_info: PatInfo<'tcx>) {
        pat_info.current_depth += 1;
        let path_res: Option<PathRes<'tcx>> = match pat.kind {
            PatKind::Expr(hir::PatExpr { kind: PatExprKind::Path(qpath), hir_id, span }) => {
                Some(self.resolve_ty_and_res_fully_qualified_call(qpath, *hir_id, *span))
            }
            _ => None,
        };
        let adjust_mode = self.calc_adjust_mode(pat, path_res.map(|r| r.0));
        let (expected, binding_mode) = match adjust_mode {
            AdjustMode::Pass => (expected, pat_info.binding_mode),
            // When we perform a destructuring assignment, no references are looked through.
            _ if !pat.default_binding_modes => (expected, ByRef::No),
            AdjustMode::Reset => {
                if pat_info.binding_mode != ByRef::No {
                    self.add_rust_2024_migration_desugared_pat(
                        pat_info.top_info.hir_id,
                        pat,
                        "&",
                        pat_info.binding_mode,
                    );
                }
                (expected, ByRef::No)
            }
            AdjustMode::Peel => self.peel_off_references(pat, expected, pat_info.binding_mode),
        };
        pat_info.binding_mode = binding_mode;
        let ty = self.check_pat_kind(pat, expected, pat_info, path_res);
        self.write_ty(pat.hir_id, ty);
    }

    fn check_pat_kind(
        &self,
        pat: &'tcx Pat<'tcx>,
        expected: Ty<'tcx>,
        pat_info: PatInfo<'tcx>,
        path_res: Option<PathRes<'tcx>>,
    ) -> Ty<'tcx> {
        let ti = pat_info.top_info;
        match pat.kind {
            PatKind::Missing | PatKind::Wild => expected,
            PatKind::Err(guar) => {
                self.set_tainted_by_errors(guar);
                expected
            }
            // We allow any type here; we ensure that the type is uninhabited during match checking.
            PatKind::Never => expected,
            PatKind::Expr(pe) => match pe.kind {
                PatExprKind::Path(ref qpath) => {
                    let ty = self.check_pat_path(
                        pe.hir_id,
                        pe.span,
                        qpath,
                        path_res.expect("resolved in check_pat"),
                        expected,
                        ti,
                    );
                    self.write_ty(pe.hir_id, ty);
                    ty
                }
                PatExprKind::Lit { ref lit, .. } => self.check_pat_lit(pat.span, pe, lit, expected, ti),
            },
            PatKind::Range(lhs, rhs, _) => self.check_pat_range(pat.span, lhs, rhs, expected, ti),
            PatKind::Binding(ba, var_id, ident, sub) => {
                self.check_pat_ident(pat, ba, var_id, ident, sub, expected, pat_info)
            }
            PatKind::TupleStruct(ref qpath, subpats, ddpos) => {
                self.check_pat_tuple_struct(pat, qpath, subpats, ddpos, expected, pat_info)
            }
            PatKind::Struct(ref qpath, fields, has_rest) => {
                self.check_pat_struct(pat, qpath, fields, has_rest.is_some(), expected, pat_info)
            }
            PatKind::Guard(p, cond) => {
                self.check_pat(p, expected, pat_info);
                self.check_expr_has_type_or_error(cond, self.tcx.types().bool, |_| {});
                expected
            }
            PatKind::Or(pats) => {
                for p in pats {
                    self.check_pat(p, expected, pat_info);
                }
                expected
            }
            PatKind::Tuple(elements, ddpos) => self.check_pat_tuple(pat.span, elements, ddpos, expected, pat_info),
            PatKind::Box(inner) => self.check_pat_box(pat.span, inner, expected, pat_info),
            PatKind::Deref(inner) => self.check_pat_deref(pat.span, inner, expected, pat_info),
            PatKind::Ref(inner, _, mutbl) => self.check_pat_ref(pat, inner, mutbl, expected, pat_info),
            PatKind::Slice(before, slice, after) => {
                self.check_pat_slice(pat.span, before, slice, after, expected, pat_info)
            }
        }
    }

    /// How should the binding mode and expected type be adjusted?
    fn calc_adjust_mode(&self, pat: &'tcx Pat<'tcx>, opt_path_res: Option<Res>) -> AdjustMode {
        match &pat.kind {
            // Type checking these product-like types successfully always require that the expected type be of those
            // types and not reference types.
            PatKind::Tuple(..)
            | PatKind::Range(..)
            | PatKind::Slice(..)
            | PatKind::Struct(..)
            | PatKind::TupleStruct(..)
            | PatKind::Box(_)
            | PatKind::Deref(_) => AdjustMode::Peel,
            // A never pattern behaves somewhat like a literal or unit variant.
            PatKind::Never => AdjustMode::Peel,
            PatKind::Expr(hir::PatExpr { kind: PatExprKind::Path(_), .. }) => {
                match opt_path_res.expect("resolved") {
                    // These constants can be of a reference type, e.g. `const X: &u8 = &0;`. Peeling the reference
                    // types too early will cause type checking failures.
                    Res::Def(DefKind::Const | DefKind::AssocConst, _) => AdjustMode::Pass,
                    // In the `ValueNS`, we have `SelfCtor(..) | Ctor(_, Const), _)` remaining which could successfully
                    // compile. The former being `Self` requires a unit struct. In either case, and unlike constants,
                    // the pattern itself cannot be a reference type wherefore peeling doesn't give up any expressiveness.
                    _ => AdjustMode::Peel,
                }
            }
            // String and byte-string literals result in types `&str` and `&[u8]` respectively. Pattern matching can be
            // on the reference itself.
            PatKind::Expr(lt) => {
                let ty = self.check_pat_expr_unadjusted(lt);
                match self.resolve_vars_if_possible(ty).kind() {
                    TyKind::Ref(..) => AdjustMode::Pass,
                    _ => AdjustMode::Peel,
                }
            }
            // Ref patterns are complicated, we handle them in `check_pat_ref`.
            PatKind::Ref(..) => AdjustMode::Reset,
            // A `_` pattern works with any expected type, so there's no need to do anything.
            PatKind::Missing
            | PatKind::Wild
            | PatKind::Err(_)
            | PatKind::Binding(..)
            | PatKind::Or(_)
            | PatKind::Guard(..) => AdjustMode::Pass,
        }
    }

    /// Peel off as many immediately nested `& mut?` from the expected type as possible and return the new expected
    /// type and binding default binding mode. The adjustments vector, if non-empty is stored in a table.
    fn peel_off_references(&self, pat: &'tcx Pat<'tcx>, expected: Ty<'tcx>, mut def_br: ByRef) -> (Ty<'tcx>, ByRef) {
        let mut expected = self.try_structurally_resolve_type(pat.span, expected);
        let mut pat_adjustments = vec![];
        while let TyKind::Ref(_, inner_ty, inner_mutability) = *expected.kind() {
            // Preserve the reference type. We'll need it later during THIR lowering.
            pat_adjustments.push(expected);
            expected = self.try_structurally_resolve_type(pat.span, inner_ty);
            def_br = match def_br {
                // If default binding mode is by value, make it `ref`, `ref mut`, depending on mutability.
                ByRef::No => ByRef::Yes(hir::Pinnedness::Not, inner_mutability),
                // Once a `ref`, always a `ref`.
                ByRef::Yes(p, Mutability::Not) => ByRef::Yes(p, Mutability::Not),
                // When `ref mut`, stay a `ref mut` (on `&mut`) or downgrade to `ref` (on `&`).
                ByRef::Yes(p, Mutability::Mut) => ByRef::Yes(p, inner_mutability),
            };
        }
        if !pat_adjustments.is_empty() {
            self.typeck_results.borrow_mut().set_pat_adjustments(pat.hir_id, pat_adjustments);
        }
        (expected, def_br)
    }

    fn check_pat_expr_unadjusted(&self, lt: &'tcx hir::PatExpr<'tcx>) -> Ty<'tcx> {
        let ty = match &lt.kind {
            PatExprKind::Lit { lit, negated } => {
                let ty = match self.node_ty_opt(lt.hir_id) {
                    // Checked when the mode was calculated.
                    Some(ty) => return ty,
                    None => self.check_expr_lit(lit, crate::expectation::Expectation::NoExpectation),
                };
                if *negated {
                    self.register_bound(
                        ty,
                        match self.lang_trait(hir::LangItem::Neg) {
                            Some(d) => d,
                            None => return ty,
                        },
                        self.misc(lt.span),
                    );
                }
                ty
            }
            PatExprKind::Path(qpath) => {
                let (res, opt_ty, segments) = self.resolve_ty_and_res_fully_qualified_call(qpath, lt.hir_id, lt.span);
                self.instantiate_value_path(segments, opt_ty, res, lt.span, lt.span, lt.hir_id).0
            }
        };
        self.write_ty(lt.hir_id, ty);
        ty
    }

    fn check_pat_lit(
        &self,
        span: Span,
        expr: &'tcx hir::PatExpr<'tcx>,
        lit: &hir::Lit,
        expected: Ty<'tcx>,
        ti: TopInfo<'tcx>,
    ) -> Ty<'tcx> {
        // We've already computed the type above (when checking for a non-ref pat), so avoid computing it again.
        let ty = self.check_pat_expr_unadjusted(expr);

        // Byte string patterns behave the same way as literals:
        // They can denote both statically-sized byte arrays and dynamically-sized slices.
        let mut pat_ty = ty;
        if let ast::LitKind::ByteStr(..) = lit.node {
            let tcx = self.tcx;
            let expected = self.structurally_resolve_type(span, expected);
            match *expected.kind() {
                TyKind::Ref(_, inner_ty, _) if self.try_structurally_resolve_type(span, inner_ty).is_slice() => {
                    pat_ty = tcx.mk_imm_ref(tcx.lifetimes().re_static, tcx.mk_slice(tcx.types().u8));
                }
                _ => {}
            }
        }
        if self.feature(span::sym::string_deref_patterns) {
            if let ast::LitKind::Str(..) = lit.node {
                let expected = self.try_structurally_resolve_type(span, expected);
                if let TyKind::Adt(def, _) = expected.kind() {
                    if self.tcx.is_lang_item(def.did(), hir::LangItem::String) {
                        pat_ty = expected;
                    }
                }
            }
        }

        // Somewhat surprising: in this case, the subtyping relation goes the other way as the other cases. Actually,
        // what we really want is not a subtyping relation at all but rather that there exists a LUB (so that they can
        // be compared). However, in practice, constants are always scalars or strings.
        let cause = self.pattern_cause(ti, span);
        if let Some(mut err) = self.demand_suptype_with_origin(&cause, expected, pat_ty) {
            self.endpoint_has_type_note(&mut err, ti);
            self.emit(err);
        }
        self.write_ty(expr.hir_id, pat_ty);
        pat_ty
    }

    pub(crate) fn pattern_cause(&self, ti: TopInfo<'tcx>, cause_span: Span) -> ObligationCause<'tcx> {
        // If origin_expr exists, then expected represents the type of origin_expr, which is a scrutinee.
        let code = ObligationCauseCode::Pattern {
            span: ti.span,
            root_ty: ti.expected,
            origin_expr: ti.origin_expr.map(|e| e.hir_id),
        };
        self.cause(cause_span, code)
    }

    pub(crate) fn demand_eqtype_pat_diag(
        &self,
        cause_span: Span,
        expected: Ty<'tcx>,
        actual: Ty<'tcx>,
        ti: TopInfo<'tcx>,
    ) -> Option<Diag<'tcx>> {
        self.demand_eqtype_with_origin(&self.pattern_cause(ti, cause_span), expected, actual)
    }

    pub(crate) fn demand_eqtype_pat(
        &self,
        cause_span: Span,
        expected: Ty<'tcx>,
        actual: Ty<'tcx>,
        ti: TopInfo<'tcx>,
    ) -> Result<(), span::ErrorGuaranteed> {
        match self.demand_eqtype_pat_diag(cause_span, expected, actual, ti) {
            None => Ok(()),
            Some(err) => Err(self.emit(err)),
        }
    }

    fn endpoint_has_type_note(&self, _err: &mut Diag<'_>, _ti: TopInfo<'tcx>) {}

    fn check_pat_range(
        &self,
        span: Span,
        lhs: Option<&'tcx hir::PatExpr<'tcx>>,
        rhs: Option<&'tcx hir::PatExpr<'tcx>>,
        expected: Ty<'tcx>,
        ti: TopInfo<'tcx>,
    ) -> Ty<'tcx> {
        // `(is bad, type, span)` of an end.
        let calc_side = |opt_expr: Option<&'tcx hir::PatExpr<'tcx>>| {
            opt_expr.map(|expr| {
                let ty = self.check_pat_expr_unadjusted(expr);
                // Check that the end-point is possibly of numeric or char type. The early check here is not for
                // correctness, but rather better diagnostics (e.g. when `&str` is being matched), and `expected` will
                // be unified with ty later.
                let ty = self.try_structurally_resolve_type(expr.span, ty);
                let fail = !(ty.is_numeric() || ty.is_char() || ty.is_ty_var() || ty.references_error());
                (fail, ty, expr.span)
            })
        };
        let mut lhs = calc_side(lhs);
        let mut rhs = calc_side(rhs);

        if let (Some((true, ..)), _) | (_, Some((true, ..))) = (lhs, rhs) {
            // There exists a side that didn't meet our criteria for end-point literals.
            let guar = self.emit_err_pat_range(span, lhs, rhs);
            return Ty::new_error(*self.tcx, guar);
        }

        // Unify each side with `expected`. Subtyping doesn't matter here, as the value is some kind of scalar.
        let demand_eqtype = |x: &mut Option<(bool, Ty<'tcx>, Span)>, y: Option<(bool, Ty<'tcx>, Span)>| {
            if let Some((ref mut fail, x_ty, x_span)) = *x {
                if let Some(mut err) = self.demand_eqtype_pat_diag(x_span, expected, x_ty, ti) {
                    if let Some((_, y_ty, y_span)) = y {
                        if !y_ty.references_error() {
                            err.span_label(y_span, format!("this is of type `{}`", self.ty_to_string(y_ty)));
                        }
                    }
                    *fail = true;
                    self.emit(err);
                }
            }
        };
        demand_eqtype(&mut lhs, rhs);
        demand_eqtype(&mut rhs, lhs);

        if let (Some((true, ..)), _) | (_, Some((true, ..))) = (lhs, rhs) {
            let e = self.dcx().span_delayed_bug(span, "range ends have errors");
            return Ty::new_error(*self.tcx, e);
        }

        // Find the unified type and check if it's of numeric or char type again. This check is needed if both sides
        // are inference variables.
        let ty = self.structurally_resolve_type(span, expected);
        if !(ty.is_numeric() || ty.is_char() || ty.references_error()) {
            if let Some((ref mut fail, _, _)) = lhs {
                *fail = true;
            }
            if let Some((ref mut fail, _, _)) = rhs {
                *fail = true;
            }
            let guar = self.emit_err_pat_range(span, lhs, rhs);
            return Ty::new_error(*self.tcx, guar);
        }
        ty
    }

    /// E0029.
    fn emit_err_pat_range(
        &self,
        span: Span,
        lhs: Option<(bool, Ty<'tcx>, Span)>,
        rhs: Option<(bool, Ty<'tcx>, Span)>,
    ) -> span::ErrorGuaranteed {
        let span = match (lhs, rhs) {
            (Some((true, ..)), Some((true, ..))) => span,
            (Some((true, _, sp)), _) => sp,
            (_, Some((true, _, sp))) => sp,
            _ => span,
        };
        let mut err = self.err(span, E0029, "only `char` and numeric types are allowed in range patterns");
        let msg = |ty: Ty<'tcx>| {
            let ty = self.resolve_vars_if_possible(ty);
            format!("this is of type `{}` but it should be `char` or numeric", self.ty_to_string(ty))
        };
        let mut one_side_err = |first_span: Span, first_ty: Ty<'tcx>, second: Option<(bool, Ty<'tcx>, Span)>| {
            err.span_label(first_span, msg(first_ty));
            if let Some((_, ty, sp)) = second {
                let ty = self.resolve_vars_if_possible(ty);
                err.span_label(sp, format!("this is of type `{}`", self.ty_to_string(ty)));
            }
        };
        match (lhs, rhs) {
            (Some((true, lhs_ty, lhs_sp)), Some((true, rhs_ty, rhs_sp))) => {
                err.span_label(lhs_sp, msg(lhs_ty));
                err.span_label(rhs_sp, msg(rhs_ty));
            }
            (Some((true, lhs_ty, lhs_sp)), rhs) => one_side_err(lhs_sp, lhs_ty, rhs),
            (lhs, Some((true, rhs_ty, rhs_sp))) => one_side_err(rhs_sp, rhs_ty, lhs),
            _ => {}
        }
        self.emit(err)
    }

    fn check_pat_ident(
        &self,
        pat: &'tcx Pat<'tcx>,
        user_bind_annot: BindingMode,
        var_id: HirId,
        ident: span::Ident,
        sub: Option<&'tcx Pat<'tcx>>,
        expected: Ty<'tcx>,
        pat_info: PatInfo<'tcx>,
    ) -> Ty<'tcx> {
        let def_br = pat_info.binding_mode;
        let ti = pat_info.top_info;
        // Determine the binding mode...
        let bm = match user_bind_annot {
            BindingMode(ByRef::No, Mutability::Mut) if matches!(def_br, ByRef::Yes(..)) => {
                // `mut` resets the binding mode on edition <= 2021.
                self.add_rust_2024_migration_desugared_pat(ti.hir_id, pat, "mut", def_br);
                BindingMode(ByRef::No, Mutability::Mut)
            }
            BindingMode(ByRef::No, mutbl) => BindingMode(def_br, mutbl),
            BindingMode(ByRef::Yes(..), _) => {
                if matches!(def_br, ByRef::Yes(..)) {
                    self.add_rust_2024_migration_desugared_pat(ti.hir_id, pat, "ref", def_br);
                }
                user_bind_annot
            }
        };

        // ...and store it in a side table:
        self.typeck_results.borrow_mut().set_pat_binding_mode(pat.hir_id, bm);

        let local_ty = self.local_ty(pat.span, pat.hir_id);
        let eq_ty = match bm.0 {
            // If the binding is like `ref x | ref mut x`, then `x` is assigned a value of type `&M T` where M is the
            // mutability and T is the expected type.
            ByRef::Yes(pin, mutbl) => {
                let r = self.new_ref_ty(pat.span, mutbl, expected);
                if pin == hir::Pinnedness::Pinned {
                    let did = self.tcx.require_lang_item(hir::LangItem::Pin, pat.span);
                    self.tcx.type_of(did).instantiate(*self.tcx, &[r.into()])
                } else {
                    r
                }
            }
            // Otherwise, the type of x is the expected type `T`.
            ByRef::No => expected,
        };

        // We have a concrete type for the local, so we do not need to taint it and hide follow up errors *using* it.
        let _ = self.demand_eqtype_pat(pat.span, eq_ty, local_ty, ti);

        // If there are multiple arms, make sure they all agree on what the type of the binding `x` ought to be.
        if var_id != pat.hir_id {
            self.check_binding_alt_eq_ty(user_bind_annot, pat.span, var_id, local_ty, ti);
        }

        if let Some(p) = sub {
            self.check_pat(p, expected, pat_info);
        }
        let _ = ident;
        local_ty
    }

    /// When a variable is bound several times in a `PatKind::Or`, it'll resolve all of the subsequent bindings of the
    /// same name to the first usage. Verify that all of these bindings have the same type.
    fn check_binding_alt_eq_ty(&self, ba: BindingMode, span: Span, var_id: HirId, ty: Ty<'tcx>, ti: TopInfo<'tcx>) {
        let var_ty = self.local_ty(span, var_id);
        if let Some(mut err) = self.demand_eqtype_pat_diag(span, var_ty, ty, ti) {
            let var_ty = self.resolve_vars_if_possible(var_ty);
            let msg = format!("first introduced with type `{var_ty}` here");
            err.span_label(self.tcx.hir_span(var_id), msg);
            let in_match = matches!(self.tcx.parent_hir_node(var_id), hir::Node::Arm(_));
            let pre = if in_match { "in the same arm, " } else { "" };
            err.note(format!("{pre}a binding must have the same type in all alternatives"));
            let _ = ba;
            self.emit(err);
        }
    }

    pub(crate) fn new_ref_ty(&self, span: Span, mutbl: Mutability, ty: Ty<'tcx>) -> Ty<'tcx> {
        let region = self.next_region_var(RegionVariableOrigin::PatternRegion(span));
        self.tcx.mk_ref(region, ty, mutbl)
    }

    /// Constants, unit structs and variants.
    fn check_pat_path(
        &self,
        path_id: HirId,
        span: Span,
        qpath: &hir::QPath<'_>,
        path_resolution: PathRes<'tcx>,
        expected: Ty<'tcx>,
        ti: TopInfo<'tcx>,
    ) -> Ty<'tcx> {
        // We have already resolved the path.
        let (res, opt_ty, segments) = path_resolution;
        match res {
            Res::Err => {
                let e = self.dcx().span_delayed_bug(qpath.span(), "`Res::Err` but no error emitted");
                self.set_tainted_by_errors(e);
                return Ty::new_error(*self.tcx, e);
            }
            Res::Def(DefKind::AssocFn | DefKind::Ctor(_, CtorKind::Fn) | DefKind::Variant, _) => {
                let e = self.report_unexpected_variant_res(res, qpath, span, "unit struct, unit variant or constant");
                return Ty::new_error(*self.tcx, e);
            }
            Res::SelfCtor(_)
            | Res::Def(
                DefKind::Ctor(_, CtorKind::Const) | DefKind::Const | DefKind::AssocConst | DefKind::ConstParam,
                _,
            ) => {} // OK
            _ => {
                let e = self.dcx().span_delayed_bug(span, "unexpected pattern resolution");
                return Ty::new_error(*self.tcx, e);
            }
        }

        // Type-check the path.
        let (pat_ty, pat_res) = self.instantiate_value_path(segments, opt_ty, res, span, span, path_id);
        let cause = self.pattern_cause(ti, span);
        if let Some(err) = self.demand_suptype_with_origin(&cause, expected, pat_ty) {
            let mut err = err;
            self.label_constant_pattern(&mut err, pat_res, pat_ty, span);
            self.emit(err);
        }
        pat_ty
    }

    fn label_constant_pattern(&self, err: &mut Diag<'_>, res: Res, pat_ty: Ty<'tcx>, span: Span) {
        let _ = (pat_ty, span);
        if let Res::Def(kind @ (DefKind::Const | DefKind::AssocConst | DefKind::Ctor(_, CtorKind::Const)), def_id) = res
        {
            let def_span = self.tcx.def_span(def_id);
            let descr = match kind {
                DefKind::Const => "constant defined here",
                DefKind::AssocConst => return,
                DefKind::Ctor(hir::def::CtorOf::Struct, _) => "unit struct defined here",
                _ => "unit variant defined here",
            };
            if def_id.is_local() {
                err.span_label(def_span, descr);
            }
        }
    }

    fn check_pat_tuple(
        &self,
        span: Span,
        elements: &'tcx [Pat<'tcx>],
        ddpos: hir::DotDotPos,
        expected: Ty<'tcx>,
        pat_info: PatInfo<'tcx>,
    ) -> Ty<'tcx> {
        let tcx = self.tcx;
        let mut expected_len = elements.len();
        if ddpos.as_opt_usize().is_some() {
            // Require known type only when pattern type is tuple with `..`.
            if let TyKind::Tuple(tys) = self.structurally_resolve_type(span, expected).kind() {
                expected_len = tys.len();
            }
        }
        let max_len = std::cmp::max(expected_len, elements.len());
        let element_tys: Vec<Ty<'tcx>> = (0..max_len).map(|_| self.next_ty_var(span)).collect();
        let mut pat_ty = tcx.mk_tup(&element_tys);
        if let Err(reported) = self.demand_eqtype_pat(span, expected, pat_ty, pat_info.top_info) {
            // Walk subpatterns with an expected type of `err` in this case to silence further errors being emitted
            // when using the bindings.
            let err = Ty::new_error(*tcx, reported);
            for elem in elements {
                self.check_pat(elem, err, pat_info);
            }
            pat_ty = tcx.mk_tup(&vec![err; max_len]);
        } else {
            for (i, elem) in enumerate_and_adjust(elements, max_len, ddpos) {
                self.check_pat(elem, element_tys[i], pat_info);
            }
        }
        pat_ty
    }

    /// Notes a pattern that edition 2024 does not allow under a default binding mode by reference.
    fn add_rust_2024_migration_desugared_pat(&self, pat_id: HirId, subpat: &'tcx Pat<'tcx>, what: &str, def_br: ByRef) {
        let trimmed_span = match subpat.kind {
            PatKind::Ref(inner, ..) if inner.span.ctxt() == subpat.span.ctxt() => subpat.span.until(inner.span),
            PatKind::Binding(bm, _, ident, _) if ident.span.ctxt() == subpat.span.ctxt() => {
                let _ = bm;
                subpat.span.until(ident.span)
            }
            _ => subpat.span,
        };
        let def_br_str = match def_br {
            ByRef::Yes(_, Mutability::Mut) => "ref mut",
            _ => "ref",
        };
        let mut results = self.typeck_results.borrow_mut();
        let info = results.rust_2024_migration_desugared_pats.entry(pat_id.local_id).or_default();
        if !subpat.span.edition().at_least_rust_2024_edition() {
            // Only code of an older edition is migrated; in 2024 it is an error at the same place.
        }
        let label = match what {
            "&" => {
                info.bad_ref_pats = true;
                format!("reference pattern not allowed under `{def_br_str}` default binding mode")
            }
            _ => {
                info.bad_modifiers = true;
                format!("binding modifier not allowed under `{def_br_str}` default binding mode")
            }
        };
        info.suggest_eliding_modes = what == "ref";
        info.primary_labels.push((trimmed_span, label));
    }

    pub(crate) fn deref_trait_cause(&self, span: Span) -> ObligationCause<'tcx> {
        self.cause(span, ObligationCauseCode::Misc)
    }
}

/// Pairs sub-patterns with the index of their field, `..` looked over.
pub(crate) fn enumerate_and_adjust<'tcx>(
    pats: &'tcx [Pat<'tcx>],
    expected_len: usize,
    gap_pos: hir::DotDotPos,
) -> impl Iterator<Item = (usize, &'tcx Pat<'tcx>)> {
    let gap_len = expected_len.saturating_sub(pats.len());
    let gap_pos = gap_pos.as_opt_usize().unwrap_or(usize::MAX);
    pats.iter().enumerate().map(move |(i, p)| (if i < gap_pos { i } else { i + gap_len }, p))
}

trait AtLeast2024 {
    fn at_least_rust_2024_edition(self) -> bool;
}
impl AtLeast2024 for span::Edition {
    fn at_least_rust_2024_edition(self) -> bool {
        self >= span::Edition::Edition2024
    }
}
