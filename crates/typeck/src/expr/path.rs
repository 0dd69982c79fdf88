//! Paths as expressions, and lang items of desugarings.

use diagnostics::codes::*;
use hir::LangItem;
use hir::def::{CtorKind, DefKind, Res};
use trait_solve::infer::BoundRegionConversionTime;
use trait_solve::traits::ObligationCauseCode;
use ty::{Ty, TyKind};

use crate::FnCtxt;

impl<'a, 'tcx> FnCtxt<'a, 'tcx> {
    pub(crate) fn check_lang_item_path(&self, lang_item: LangItem, expr: &'tcx hir::Expr<'tcx>) -> Ty<'tcx> {
        self.resolve_lang_item_path(lang_item, expr.span, expr.hir_id).1
    }

    /// The item that a desugaring names, with fresh arguments.
    pub(crate) fn resolve_lang_item_path(
        &self,
        lang_item: LangItem,
        span: span::Span,
        hir_id: hir::HirId,
    ) -> (Res, Ty<'tcx>) {
        let def_id = self.tcx.require_lang_item(lang_item, span);
        let def_kind = self.tcx.def_kind(def_id);

        let item_ty = if let DefKind::Variant = def_kind {
            self.tcx.type_of(self.tcx.parent(def_id))
        } else {
            self.tcx.type_of(def_id)
        };
        let args = self.fresh_args_for_item(span, def_id);
        let ty = item_ty.instantiate(*self.tcx, args);

        self.write_args(hir_id, args);
        self.write_resolution(hir_id, Ok((def_kind, def_id)));

        // Its bounds: `Self: Trait` of the trait's method.
        let code = ObligationCauseCode::Misc;
        let bounds = self.instantiate_bounds(span, def_id, args);
        self.add_obligations_for_bounds(|_, _| self.cause(span, code.clone()), span, bounds);
        (Res::Def(def_kind, def_id), self.normalize(span, ty))
    }

    pub(crate) fn check_expr_path(
        &self,
        expr: &'tcx hir::Expr<'tcx>,
        call_expr_and_args: Option<(&'tcx hir::Expr<'tcx>, &'tcx [hir::Expr<'tcx>])>,
    ) -> Ty<'tcx> {
        let hir::ExprKind::Path(ref qpath) = expr.kind else { unreachable!("a path") };
        let tcx = self.tcx;
        let (res, opt_ty, segs) = self.resolve_ty_and_res_fully_qualified_call(qpath, expr.hir_id, expr.span);
        let ty = match res {
            Res::Err => {
                self.suggest_assoc_method_call(segs);
                let e = self.dcx().span_delayed_bug(qpath.span(), "`Res::Err` but no error emitted");
                self.set_tainted_by_errors(e);
                // The arguments of an unresolved path are looked at for their own errors.
                self.lower_args_of_unresolved_path(segs);
                Ty::new_error(*tcx, e)
            }
            Res::Def(DefKind::Variant, _) => {
                let diag = self.report_unexpected_variant_res(res, qpath, expr.span, "value");
                Ty::new_error(*tcx, diag)
            }
            _ => {
                self.instantiate_value_path(
                    segs,
                    opt_ty,
                    res,
                    call_expr_and_args.map_or(expr.span, |(e, _)| e.span),
                    expr.span,
                    expr.hir_id,
                )
                .0
            }
        };

        if let TyKind::FnDef(did, _) = *ty.kind() {
            let fn_sig = tcx.fn_sig(did).instantiate_identity();
            let _ = fn_sig;
            let is_ctor = tcx.is_constructor(did);
            if !is_ctor && tcx.intrinsic(did) == Some(span::sym::transmute) {
                let fn_sig = tcx.fn_sig_of_ty(ty).expect("a fn item");
                let from = fn_sig.inputs().skip_binder()[0];
                let to = fn_sig.output().skip_binder();
                // Late-bound regions can be ignored: transmute has none.
                self.deferred_transmute_checks.borrow_mut().push((from, to, expr.hir_id));
            }
            if !is_ctor {
                self.check_unsized_fn_item(ty, expr);
            } else {
                self.check_unsized_ctor(ty, expr);
            }
        }

        // The arguments must be well-formed, once inference is done.
        let args = self.typeck_results.borrow().node_args_of(expr.hir_id);
        self.add_wf_bounds(args, expr.span);
        ty
    }

    /// Arguments and return value of a named function must be sized, called or not.
    fn check_unsized_fn_item(&self, ty: Ty<'tcx>, expr: &'tcx hir::Expr<'tcx>) {
        let Some(sig) = self.tcx.fn_sig_of_ty(ty) else {
            return;
        };
        let output =
            self.instantiate_binder_with_fresh_vars(expr.span, BoundRegionConversionTime::FnCall, sig.output());
        self.require_type_is_sized_deferred(output, expr.span, ObligationCauseCode::SizedReturnType);
    }

    fn check_unsized_ctor(&self, ty: Ty<'tcx>, expr: &'tcx hir::Expr<'tcx>) {
        let Some(sig) = self.tcx.fn_sig_of_ty(ty) else {
            return;
        };
        // Unsized fields cannot be passed to a constructor.
        if !self.feature(span::sym::unsized_fn_params) {
            for (i, input) in sig.inputs().iter().enumerate() {
                let input =
                    self.instantiate_binder_with_fresh_vars(expr.span, BoundRegionConversionTime::FnCall, input);
                let _ = i;
                self.require_type_is_sized_deferred(input, expr.span, ObligationCauseCode::SizedArgumentType(None));
            }
        }
    }

    /// E0533: a struct-like variant or method where a value or pattern is expected.
    pub(crate) fn report_unexpected_variant_res(
        &self,
        res: Res,
        qpath: &hir::QPath<'_>,
        span: span::Span,
        expected: &str,
    ) -> span::ErrorGuaranteed {
        let res_descr = match res {
            Res::Def(DefKind::Variant, _) => "struct variant",
            Res::Def(kind, def_id) => kind.descr(def_id),
            _ => "item",
        };
        let path_str = self.qpath_to_string(qpath);
        let err_code = match res {
            Res::Def(DefKind::AssocFn | DefKind::Ctor(_, CtorKind::Fn), _)
                if expected == "unit struct, unit variant or constant" =>
            {
                E0533
            }
            _ => E0533,
        };
        let mut err = self
            .err(span, err_code, format!("expected {expected}, found {res_descr} `{path_str}`"))
            .with_span_label(span, format!("not a {expected}"));
        if let Res::Def(DefKind::Variant, variant) = res {
            if expected == "value" {
                self.suggest_struct_variant_literal(&mut err, variant, span, &path_str);
            }
        }
        self.emit(err)
    }

    fn suggest_struct_variant_literal(
        &self,
        err: &mut diagnostics::Diag<'_>,
        variant: span::def_id::DefId,
        span: span::Span,
        path: &str,
    ) {
        let adt = self.tcx.adt_of_variant(variant);
        let fields = &adt.variant_with_id(variant).fields;
        let list = fields.iter().map(|f| format!("{}: /* value */", f.name)).collect::<Vec<_>>().join(", ");
        let _ = path;
        err.span_suggestion_verbose(
            span.shrink_to_hi(),
            "you might have meant to create a new value of the struct",
            format!(" {{ {list} }}"),
            diagnostics::Applicability::HasPlaceholders,
        );
    }
}
