//! Patterns from HIR.

use hir::def::{CtorOf, DefKind, Res};
use query::TyCtxt;
use ty::{Ty, TyKind, TypeckResults, TypingEnv, UserTypeKind};

use super::const_to_pat::{const_to_pat, value_to_pat};
use super::literal::lit_to_value;
use diagnostics::ErrCode;

use super::*;

struct PatCtxt<'tcx> {
    tcx: TyCtxt<'tcx>,
    typing_env: TypingEnv<'tcx>,
    typeck_results: &'tcx TypeckResults<'tcx>,
}

/// A pattern with its implicit dereferences, constants and type annotations made explicit.
pub(super) fn pat_from_hir<'tcx>(
    tcx: TyCtxt<'tcx>,
    typing_env: TypingEnv<'tcx>,
    typeck_results: &'tcx TypeckResults<'tcx>,
    pat: &'tcx hir::Pat<'tcx>,
) -> Box<Pat<'tcx>> {
    PatCtxt { tcx, typing_env, typeck_results }.lower_pattern(pat)
}

/// The type arguments the user wrote in a unit constructor's path, spoken of as the ADT.
pub(super) fn user_args_applied_to_ty<'tcx>(typeck: &TypeckResults<'tcx>, hir_id: HirId) -> UserTy<'tcx> {
    let mut user_ty = *typeck.user_provided_types().get(hir_id)?;
    match typeck.node_type(hir_id).kind() {
        TyKind::Adt(adt, _) => {
            if let UserTypeKind::TypeOf(did, _) = &mut user_ty.value.kind {
                *did = adt.did();
            }
            Some(Box::new(user_ty))
        }
        TyKind::FnDef(..) => Some(Box::new(user_ty)),
        _ => None,
    }
}

impl<'tcx> PatCtxt<'tcx> {
    fn lower_pattern(&self, pat: &'tcx hir::Pat<'tcx>) -> Box<Pat<'tcx>> {
        let lowered = match pat.kind {
            hir::PatKind::Ref(inner, ..) if self.typeck_results.skipped_ref_pats.contains(&pat.hir_id.local_id) => {
                self.lower_pattern(inner)
            }
            _ => Box::new(self.lower_unadjusted(pat)),
        };
        // The pattern has the type behind the references that it looks through; they are put around it.
        let adjustments = self.typeck_results.pat_adjustments().get(pat.hir_id);
        adjustments.map_or(&[][..], |v| v).iter().rev().fold(lowered, |inner, ref_ty| {
            let kind = match *ref_ty.kind() {
                TyKind::Adt(def, _) if !def.is_box() && !def.is_pin() => {
                    PatKind::DerefPattern { borrow: self.deref_pattern_mutability(pat), subpattern: inner }
                }
                _ => PatKind::Deref { subpattern: inner },
            };
            Box::new(Pat { ty: *ref_ty, span: pat.span, kind, hir_id: Some(pat.hir_id) })
        })
    }

    fn deref_pattern_mutability(&self, pat: &hir::Pat<'_>) -> Mutability {
        let mut found = Mutability::Not;
        pat.walk_always(|p| {
            if let Some(hir::BindingMode(hir::ByRef::Yes(_, Mutability::Mut), _)) =
                self.typeck_results.binding_mode(p.hir_id)
            {
                found = Mutability::Mut;
            }
        });
        found
    }

    fn lower_patterns(&self, pats: &'tcx [hir::Pat<'tcx>]) -> Box<[Pat<'tcx>]> {
        pats.iter().map(|p| *self.lower_pattern(p)).collect()
    }

    fn lower_tuple_subpats(
        &self,
        pats: &'tcx [hir::Pat<'tcx>],
        expected_len: usize,
        gap: hir::DotDotPos,
    ) -> Vec<FieldPat<'tcx>> {
        let gap_pos = gap.as_opt_usize().unwrap_or(expected_len);
        let gap_len = expected_len.saturating_sub(pats.len());
        pats.iter()
            .enumerate()
            .map(|(i, p)| FieldPat {
                field: FieldIdx::from_usize(if i < gap_pos { i } else { i + gap_len }),
                pattern: *self.lower_pattern(p),
            })
            .collect()
    }

    fn lower_unadjusted(&self, pat: &'tcx hir::Pat<'tcx>) -> Pat<'tcx> {
        let mut ty = self.typeck_results.node_type(pat.hir_id);
        let mut span = pat.span;
        let kind = match pat.kind {
            hir::PatKind::Missing => PatKind::Missing,
            hir::PatKind::Wild => PatKind::Wild,
            hir::PatKind::Never => PatKind::Never,
            hir::PatKind::Expr(value) => return self.lower_pat_expr(value, pat, ty),
            hir::PatKind::Range(lo, hi, end) => self.lower_range(lo, hi, end, ty, span),
            hir::PatKind::Deref(sub) => {
                let borrow = self.deref_pattern_mutability(sub);
                PatKind::DerefPattern { subpattern: self.lower_pattern(sub), borrow }
            }
            hir::PatKind::Box(sub) | hir::PatKind::Ref(sub, _, _) => {
                PatKind::Deref { subpattern: self.lower_pattern(sub) }
            }
            hir::PatKind::Slice(prefix, slice, suffix) => {
                let prefix = self.lower_patterns(prefix);
                let slice = slice.map(|p| self.lower_pattern(p));
                let suffix = self.lower_patterns(suffix);
                if ty.is_array() {
                    PatKind::Array { prefix, slice, suffix }
                } else {
                    PatKind::Slice { prefix, slice, suffix }
                }
            }
            hir::PatKind::Tuple(pats, gap) => match *ty.kind() {
                TyKind::Tuple(tys) => PatKind::Leaf { subpatterns: self.lower_tuple_subpats(pats, tys.len(), gap) },
                _ => PatKind::Error(self.unexpected_ty(span, ty, "tuple")),
            },
            hir::PatKind::Binding(explicit, id, ident, sub) => {
                if ident.span.ctxt() == span.ctxt() {
                    span = span.with_hi(ident.span.hi());
                }
                let mode = self.typeck_results.binding_mode(pat.hir_id).unwrap_or(explicit);
                let var_ty = ty;
                // `ref x` has the variable's type `&T`; the pattern matches `T`.
                if let hir::ByRef::Yes(pinned, _) = mode.0 {
                    ty = match *ty.kind() {
                        TyKind::Ref(_, inner, _) => inner,
                        TyKind::Adt(_, args) if pinned == ast::Pinnedness::Pinned => {
                            args.type_at(0).builtin_deref(false).unwrap_or(ty)
                        }
                        _ => ty,
                    };
                }
                PatKind::Binding {
                    name: ident.name,
                    mode,
                    var: LocalVarId(id),
                    ty: var_ty,
                    subpattern: sub.map(|p| self.lower_pattern(p)),
                    is_primary: id == pat.hir_id,
                    is_shorthand: false,
                }
            }
            hir::PatKind::TupleStruct(ref qpath, pats, gap) => {
                let res = self.typeck_results.qpath_res(qpath, pat.hir_id);
                let TyKind::Adt(adt_def, _) = *ty.kind() else {
                    let guar = self.unexpected_ty(span, ty, "tuple struct");
                    return Pat { ty, span, kind: PatKind::Error(guar), hir_id: Some(pat.hir_id) };
                };
                let n = match res {
                    Res::Def(DefKind::Ctor(CtorOf::Variant, _), id) => {
                        adt_def.variant(adt_def.variant_index_with_ctor_id(id)).fields.len()
                    }
                    _ => adt_def.non_enum_variant().fields.len(),
                };
                let subpatterns = self.lower_tuple_subpats(pats, n, gap);
                self.lower_variant_or_leaf(pat.hir_id, span, ty, res, subpatterns)
            }
            hir::PatKind::Struct(ref qpath, fields, _) => {
                let res = self.typeck_results.qpath_res(qpath, pat.hir_id);
                let subpatterns = fields
                    .iter()
                    .map(|field| {
                        let mut pattern = *self.lower_pattern(field.pat);
                        if let PatKind::Binding { is_shorthand, .. } = &mut pattern.kind {
                            *is_shorthand = field.is_shorthand;
                        }
                        FieldPat { field: self.typeck_results.field_index(field.hir_id), pattern }
                    })
                    .collect();
                self.lower_variant_or_leaf(pat.hir_id, span, ty, res, subpatterns)
            }
            hir::PatKind::Or(pats) => PatKind::Or { pats: self.lower_patterns(pats) },
            hir::PatKind::Guard(_, cond) => {
                PatKind::Error(self.tcx.dcx().span_unsupported(cond.span, "a guard pattern"))
            }
            hir::PatKind::Err(guar) => PatKind::Error(guar),
        };
        Pat { ty, span, kind, hir_id: Some(pat.hir_id) }
    }

    fn unexpected_ty(&self, span: Span, ty: Ty<'tcx>, what: &str) -> span::ErrorGuaranteed {
        match *ty.kind() {
            TyKind::Error(guar) => guar,
            _ => self.tcx.dcx().span_delayed_bug(span, format!("unexpected type for {what} pattern: {ty}")),
        }
    }

    fn lower_variant_or_leaf(
        &self,
        hir_id: HirId,
        span: Span,
        ty: Ty<'tcx>,
        res: Res,
        subpatterns: Vec<FieldPat<'tcx>>,
    ) -> PatKind<'tcx> {
        let variant = match res {
            Res::Def(DefKind::Ctor(CtorOf::Variant, _), ctor) => Some(self.tcx.parent(ctor)),
            Res::Def(DefKind::Variant, id) => Some(id),
            _ => None,
        };
        let kind = match (variant, *ty.kind()) {
            (Some(id), TyKind::Adt(adt_def, args)) if adt_def.is_enum() => {
                let variant_index = adt_def.variant_index_with_id(id);
                PatKind::Variant { adt_def, args, variant_index, subpatterns }
            }
            (Some(_), _) => return PatKind::Error(self.unexpected_ty(span, ty, "enum")),
            (None, _) => match res {
                Res::Def(
                    DefKind::Struct
                    | DefKind::Ctor(CtorOf::Struct, _)
                    | DefKind::Union
                    | DefKind::TyAlias
                    | DefKind::AssocTy,
                    _,
                )
                | Res::SelfTyParam { .. }
                | Res::SelfTyAlias { .. }
                | Res::SelfCtor(_) => PatKind::Leaf { subpatterns },
                _ => {
                    let mut err = self
                        .tcx
                        .dcx()
                        .struct_span_err(span, format!("{} cannot be used in patterns", res_descr(res)))
                        .with_code(ErrCode(158));
                    err.span_label(span, "can't be used in patterns");
                    return PatKind::Error(err.emit());
                }
            },
        };
        match user_args_applied_to_ty(self.typeck_results, hir_id) {
            Some(user_ty) => self.ascribe(hir_id, span, ty, *user_ty, kind, Variance::Covariant),
            None => kind,
        }
    }

    fn ascribe(
        &self,
        hir_id: HirId,
        span: Span,
        ty: Ty<'tcx>,
        user_ty: CanonicalUserType<'tcx>,
        kind: PatKind<'tcx>,
        variance: Variance,
    ) -> PatKind<'tcx> {
        let annotation =
            CanonicalUserTypeAnnotation { user_ty, span, inferred_ty: self.typeck_results.node_type(hir_id) };
        PatKind::AscribeUserType {
            subpattern: Box::new(Pat { ty, span, kind, hir_id: Some(hir_id) }),
            ascription: Box::new(Ascription { annotation, variance }),
        }
    }

    /// A constant or literal.
    fn lower_pat_expr(&self, value: &'tcx hir::PatExpr<'tcx>, pat: &'tcx hir::Pat<'tcx>, ty: Ty<'tcx>) -> Pat<'tcx> {
        match value.kind {
            hir::PatExprKind::Lit { lit, negated } => {
                // `b"ab"` may match a slice: then the pattern's type says so, not the literal's.
                let lit_ty = match lit.node {
                    ast::LitKind::ByteStr(..) => ty,
                    _ => self.typeck_results.node_type_opt(value.hir_id).unwrap_or(ty),
                };
                match lit_to_value(self.tcx, &lit.node, lit_ty, negated) {
                    Some(v) => value_to_pat(self.tcx, v, pat.hir_id, value.span),
                    None => {
                        let guar = self.tcx.dcx().span_delayed_bug(value.span, "a literal of another type");
                        Pat { ty, span: value.span, kind: PatKind::Error(guar), hir_id: Some(pat.hir_id) }
                    }
                }
            }
            hir::PatExprKind::Path(ref qpath) => *self.lower_path(qpath, value.hir_id, value.span),
        }
    }

    fn lower_path(&self, qpath: &'tcx hir::QPath<'tcx>, id: HirId, span: Span) -> Box<Pat<'tcx>> {
        let ty = self.typeck_results.node_type(id);
        let res = self.typeck_results.qpath_res(qpath, id);
        let Res::Def(kind @ (DefKind::Const | DefKind::AssocConst), def) = res else {
            let kind = self.lower_variant_or_leaf(id, span, ty, res, Vec::new());
            return Box::new(Pat { ty, span, kind, hir_id: Some(id) });
        };
        let args = self.typeck_results.node_args_of(id);
        let uv = ty::UnevaluatedConst { def, args };
        let pattern = const_to_pat(self.tcx, self.typing_env, uv, ty, id, span);
        match self.typeck_results.user_provided_types().get(id) {
            Some(user_ty) if kind == DefKind::AssocConst => {
                let annotation = CanonicalUserTypeAnnotation { user_ty: *user_ty, span, inferred_ty: ty };
                let ascription = Box::new(Ascription { annotation, variance: Variance::Contravariant });
                let kind = PatKind::AscribeUserType { subpattern: pattern, ascription };
                Box::new(Pat { ty, span, kind, hir_id: Some(id) })
            }
            _ => pattern,
        }
    }

    /// One end of a range; constants wrapped around it come with it.
    fn lower_range_end(
        &self,
        expr: Option<&'tcx hir::PatExpr<'tcx>>,
        ty: Ty<'tcx>,
        wrappers: &mut Vec<PatKind<'tcx>>,
    ) -> Result<Option<PatRangeBoundary<'tcx>>, span::ErrorGuaranteed> {
        let Some(expr) = expr else { return Ok(None) };
        let mut pat = match expr.kind {
            hir::PatExprKind::Path(ref qpath) => *self.lower_path(qpath, expr.hir_id, expr.span),
            hir::PatExprKind::Lit { lit, negated } => match lit_to_value(self.tcx, &lit.node, ty, negated) {
                Some(value) => {
                    self.check_literal_fits(&lit.node, negated, ty, expr.span)?;
                    Pat { ty, span: expr.span, kind: PatKind::Constant { value }, hir_id: Some(expr.hir_id) }
                }
                None => return Err(self.tcx.dcx().span_delayed_bug(expr.span, "a range bound of another type")),
            },
        };
        loop {
            match pat.kind {
                PatKind::AscribeUserType { ascription, subpattern } => {
                    let hole = Box::new(Pat::wildcard_from_ty(ty));
                    wrappers.push(PatKind::AscribeUserType { ascription, subpattern: hole });
                    pat = *subpattern;
                }
                PatKind::ExpandedConstant { subpattern, .. } => pat = *subpattern,
                PatKind::Constant { value } => return Ok(Some(PatRangeBoundary::Finite(value.valtree))),
                PatKind::Error(guar) => return Err(guar),
                _ => {
                    let msg = "found bad range pattern endpoint outside of error recovery";
                    return Err(self.tcx.dcx().span_delayed_bug(expr.span, msg));
                }
            }
        }
    }

    /// `300u8` as a bound would wrap silently.
    fn check_literal_fits(
        &self,
        lit: &ast::LitKind,
        negated: bool,
        ty: Ty<'tcx>,
        span: Span,
    ) -> Result<(), span::ErrorGuaranteed> {
        let ast::LitKind::Int(value, _) = *lit else { return Ok(()) };
        let max = match *ty.kind() {
            TyKind::Int(_) => numeric_max(ty) + u128::from(negated),
            TyKind::Uint(_) => numeric_max(ty),
            _ => return Ok(()),
        };
        if value <= max {
            return Ok(());
        }
        let mut err = self.tcx.dcx().struct_span_err(span, format!("literal out of range for `{ty}`"));
        let (lo, hi) = match *ty.kind() {
            TyKind::Int(i) => {
                let bits = ty::util::int_bits(i);
                (format!("-{}", 1u128 << (bits - 1)), numeric_max(ty).to_string())
            }
            _ => ("0".to_string(), numeric_max(ty).to_string()),
        };
        err.span_label(span, format!("this value does not fit into the type `{ty}` whose range is `{lo}..={hi}`"));
        Err(err.emit())
    }

    fn lower_range(
        &self,
        lo: Option<&'tcx hir::PatExpr<'tcx>>,
        hi: Option<&'tcx hir::PatExpr<'tcx>>,
        end: RangeEnd,
        ty: Ty<'tcx>,
        span: Span,
    ) -> PatKind<'tcx> {
        use std::cmp::Ordering;
        let mut wrappers = Vec::new();
        let ends = self
            .lower_range_end(lo, ty, &mut wrappers)
            .and_then(|l| Ok((l, self.lower_range_end(hi, ty, &mut wrappers)?)));
        let (lo, hi) = match ends {
            Ok((l, h)) => (l.unwrap_or(PatRangeBoundary::NegInfinity), h.unwrap_or(PatRangeBoundary::PosInfinity)),
            Err(guar) => return PatKind::Error(guar),
        };
        let cmp = lo.compare_with(hi, ty);
        let mut kind = PatKind::Range(Box::new(PatRange { lo, hi, end, ty }));
        match (end, cmp) {
            (_, Some(Ordering::Less)) => {}
            (RangeEnd::Included, Some(Ordering::Equal)) if lo.as_finite().is_some() && hi.as_finite().is_some() => {
                let valtree = lo.as_finite().unwrap_or(ValTree::zst());
                kind = PatKind::Constant { value: ty::Value { ty, valtree } };
            }
            (RangeEnd::Included, Some(Ordering::Equal)) => {}
            // An open end next to the type's own.
            (RangeEnd::Included, _) if hi == PatRangeBoundary::PosInfinity => {}
            (_, _) => {
                let (code, msg, label) = match end {
                    RangeEnd::Included => (
                        30,
                        "lower range bound must be less than or equal to upper",
                        "lower bound larger than upper bound",
                    ),
                    RangeEnd::Excluded => (579, "lower range bound must be less than upper", ""),
                };
                let mut err = self.tcx.dcx().struct_span_err(span, msg).with_code(ErrCode(code));
                err.span_label(span, if label.is_empty() { msg } else { label });
                return PatKind::Error(err.emit());
            }
        }
        for wrapper in wrappers {
            if let PatKind::AscribeUserType { ascription, .. } = wrapper {
                kind =
                    PatKind::AscribeUserType { ascription, subpattern: Box::new(Pat { ty, span, kind, hir_id: None }) };
            }
        }
        kind
    }
}

fn res_descr(res: Res) -> &'static str {
    match res {
        Res::Def(DefKind::ConstParam, _) => "constant parameters",
        Res::Def(DefKind::Static { .. }, _) => "statics",
        Res::Def(DefKind::AssocConst, _) => "associated constants",
        _ => "this",
    }
}
