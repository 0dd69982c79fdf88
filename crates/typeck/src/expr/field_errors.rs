//! What is said of fields that do not exist or may not be used.

use diagnostics::codes::*;
use diagnostics::{Applicability, Diag};
use span::def_id::DefId;
use span::{Ident, Symbol};
use ty::{Ty, TyKind};

use crate::FnCtxt;

impl<'a, 'tcx> FnCtxt<'a, 'tcx> {
    /// E0610.
    pub(crate) fn report_primitive_field(
        &self,
        field: Ident,
        base: &'tcx hir::Expr<'tcx>,
        expr: &'tcx hir::Expr<'tcx>,
        base_ty: Ty<'tcx>,
    ) -> span::ErrorGuaranteed {
        let mut err = self.err(
            field.span,
            E0610,
            format!("`{}` is a primitive type and therefore doesn't have fields", self.ty_to_string(base_ty)),
        );
        // `1.f64`: a float literal was meant.
        if base_ty.is_integral() {
            if let hir::ExprKind::Lit(lit) = base.kind {
                if let ast::LitKind::Int(_, ast::LitIntType::Unsuffixed) = lit.node {
                    let name = field.name.as_str();
                    let rest = name.trim_start_matches(|c: char| c.is_ascii_digit());
                    if matches!(name, "f32" | "f64") {
                        err.span_suggestion_verbose(
                            field.span.shrink_to_lo(),
                            "if intended to be a floating point literal, consider adding a `0` after the period",
                            "0",
                            Applicability::MaybeIncorrect,
                        );
                    }
                    let _ = rest;
                }
            }
        }
        let _ = expr;
        self.emit(err)
    }

    /// E0609 with what may help.
    pub(crate) fn ban_nonexisting_field(
        &self,
        ident: Ident,
        base: &'tcx hir::Expr<'tcx>,
        expr: &'tcx hir::Expr<'tcx>,
        base_ty: Ty<'tcx>,
    ) -> span::ErrorGuaranteed {
        let mut err = self.no_such_field_err_diag(ident, base_ty, expr);
        match *base_ty.peel_refs().kind() {
            TyKind::Array(_, len) => {
                self.maybe_suggest_array_indexing(&mut err, base, ident, len);
            }
            TyKind::RawPtr(..) => {
                self.suggest_first_deref_field(&mut err, base, ident);
            }
            TyKind::Param(param_ty) => {
                err.span_label(ident.span, "unknown field");
                self.point_at_param_definition(&mut err, param_ty);
            }
            TyKind::Alias(ty::AliasTyKind::Opaque, _) => {
                self.suggest_await_on_field_access(&mut err, ident, base, base_ty.peel_refs());
            }
            _ => {
                err.span_label(ident.span, "unknown field");
            }
        }
        self.suggest_fn_call(&mut err, base, base_ty, |output| {
            matches!(output.peel_refs().kind(), TyKind::Adt(def, _) if !def.is_enum() && def.non_enum_variant().fields.iter().any(|f| f.name == ident.name))
        });
        if ident.name == span::kw::Await {
            // We know by construction that `<expr>.await` is either on Rust 2015 or results in `ExprKind::Await`.
            err.note("to `.await` a `Future`, switch to Rust 2018 or later");
            err.help("pass `--edition 2024` to `rustc`");
        }
        self.emit(err)
    }

    fn suggest_await_on_field_access(
        &self,
        err: &mut Diag<'_>,
        field_ident: Ident,
        base: &'tcx hir::Expr<'tcx>,
        ty: Ty<'tcx>,
    ) {
        err.span_label(field_ident.span, "unknown field");
        let Some(output_ty) = self.get_impl_future_output_ty(ty) else {
            return;
        };
        let TyKind::Adt(def, _) = *output_ty.kind() else {
            return;
        };
        if def.is_enum() {
            return;
        }
        if def.non_enum_variant().fields.iter().any(|f| f.name == field_ident.name) {
            err.span_label(
                field_ident.span,
                "field not available in `impl Future`, but it is available in its `Output`",
            );
            err.span_suggestion_verbose(
                base.span.shrink_to_hi(),
                "consider `await`ing on the `Future` to access the field",
                ".await",
                Applicability::MaybeIncorrect,
            );
        }
    }

    fn point_at_param_definition(&self, err: &mut Diag<'_>, param: ty::ParamTy) {
        let generics = self.tcx.generics_of(self.tcx.typeck_root_def_id(self.body_id.to_def_id()));
        let def = self.tcx.type_param_def(generics, param);
        if def.kind.is_synthetic() || param.name == span::kw::SelfUpper {
            return;
        }
        let span = self.tcx.def_span(def.def_id);
        err.span_label(span, format!("type parameter '{}' declared here", param.name));
    }

    fn maybe_suggest_array_indexing(
        &self,
        err: &mut Diag<'_>,
        base: &hir::Expr<'_>,
        field: Ident,
        len: ty::Const<'tcx>,
    ) {
        err.span_label(field.span, "unknown field");
        if let (Some(len), Ok(user_index)) = (len.try_to_target_usize(), field.as_str().parse::<u64>()) {
            {
                let suggestion = format!("[{user_index}]");
                let field_access = base.span.shrink_to_hi().to(field.span);
                err.span_suggestion_verbose(
                    field_access,
                    "instead of using tuple indexing, use array indexing",
                    suggestion,
                    if user_index < len { Applicability::MachineApplicable } else { Applicability::MaybeIncorrect },
                );
            }
        }
    }

    fn suggest_first_deref_field(&self, err: &mut Diag<'_>, base: &hir::Expr<'_>, field: Ident) {
        err.span_label(field.span, "unknown field");
        err.multipart_suggestion(
            "consider dereferencing the raw pointer",
            vec![(base.span.shrink_to_lo(), "(*".into()), (base.span.shrink_to_hi(), ")".into())],
            Applicability::MaybeIncorrect,
        );
    }

    /// E0609 for raw pointers.
    pub(crate) fn ban_raw_ptr_field(
        &self,
        expr: &'tcx hir::Expr<'tcx>,
        base: &'tcx hir::Expr<'tcx>,
        base_ty: Ty<'tcx>,
        field: Ident,
    ) -> span::ErrorGuaranteed {
        self.ban_nonexisting_field(field, base, expr, base_ty)
    }

    /// E0616.
    pub(crate) fn ban_private_field_access(
        &self,
        expr: &'tcx hir::Expr<'tcx>,
        expr_t: Ty<'tcx>,
        field: Ident,
        base_did: DefId,
        return_ty: Option<Ty<'tcx>>,
    ) -> span::ErrorGuaranteed {
        let mut err = self.private_field_err(field, base_did);

        // Also check if an accessible method exists, which is often what is meant.
        if self.method_exists_for_diagnostic(field, expr_t, expr.hir_id, return_ty) && !self.expr_in_place(expr.hir_id)
        {
            self.suggest_method_call(
                &mut err,
                format!("a method `{field}` also exists, call it with parentheses"),
                field,
                expr_t,
                expr,
            );
        }
        self.emit(err)
    }

    pub(crate) fn private_field_err(&self, field: Ident, base_did: DefId) -> Diag<'tcx> {
        let struct_path = self.tcx.def_path_str(base_did);
        let kind_name = self.tcx.def_descr(base_did);
        self.err(field.span, E0616, format!("field `{field}` of {kind_name} `{struct_path}` is private"))
            .with_span_label(field.span, "private field")
    }

    pub(crate) fn report_private_field_access(&self, field: Ident, base_did: DefId, _expr: &hir::Expr<'_>) {
        let diag = self.private_field_err(field, base_did);
        self.emit(diag);
    }

    /// E0615.
    pub(crate) fn ban_take_value_of_method(
        &self,
        expr: &'tcx hir::Expr<'tcx>,
        expr_t: Ty<'tcx>,
        field: Ident,
    ) -> span::ErrorGuaranteed {
        let mut err = self
            .err(
                field.span,
                E0615,
                format!("attempted to take value of method `{field}` on type `{}`", self.ty_to_string(expr_t)),
            )
            .with_span_label(field.span, "method, not a field");
        let expr_is_call = matches!(
            self.tcx.parent_hir_node(expr.hir_id),
            hir::Node::Expr(hir::Expr { kind: hir::ExprKind::Call(callee, _), .. }) if callee.hir_id == expr.hir_id
        );
        if let hir::ExprKind::Field(..) = expr.kind {
            if expr_is_call {
                err.span_suggestion_verbose(
                    expr.span,
                    "remove wrapping parentheses to call the method",
                    "",
                    Applicability::MachineApplicable,
                );
            } else if !self.expr_in_place(expr.hir_id) {
                self.suggest_method_call(
                    &mut err,
                    "use parentheses to call the method".to_string(),
                    field,
                    expr_t,
                    expr,
                );
            } else {
                err.help("methods are immutable and cannot be assigned to");
            }
        }
        self.emit(err)
    }

    /// Whether the expression is assigned to.
    pub(crate) fn expr_in_place(&self, mut expr_id: hir::HirId) -> bool {
        let mut contained_in_place = false;
        while let hir::Node::Expr(parent_expr) = self.tcx.parent_hir_node(expr_id) {
            match &parent_expr.kind {
                hir::ExprKind::Assign(lhs, ..) | hir::ExprKind::AssignOp(_, lhs, ..) if lhs.hir_id == expr_id => {
                    contained_in_place = true;
                    break;
                }
                _ => {}
            }
            expr_id = parent_expr.hir_id;
        }
        contained_in_place
    }

    fn suggest_method_call(
        &self,
        err: &mut Diag<'_>,
        msg: String,
        field: Ident,
        expr_t: Ty<'tcx>,
        expr: &hir::Expr<'_>,
    ) {
        let args = self.method_params_for_suggestion(field, expr_t, expr.hir_id).unwrap_or_default();
        err.span_suggestion_verbose(
            field.span.shrink_to_hi(),
            msg,
            format!("({args})"),
            if args.is_empty() { Applicability::MachineApplicable } else { Applicability::HasPlaceholders },
        );
    }

    /// Starts E0609.
    pub(crate) fn no_such_field_err_diag(&self, field: Ident, base_ty: Ty<'tcx>, expr: &hir::Expr<'_>) -> Diag<'tcx> {
        let mut err =
            self.err(field.span, E0609, format!("no field `{field}` on type `{}`", self.ty_to_string(base_ty)));
        // Fields of this name (or like it) further in, or similar ones here.
        let module = self.tcx.parent_module(expr.hir_id).to_def_id();
        let mut names: Vec<Symbol> = Vec::new();
        let mut nested: Vec<String> = Vec::new();
        for (deref_ty, _) in self.autoderef(field.span, base_ty).silence_errors() {
            if let TyKind::Adt(def, args) = *deref_ty.kind() {
                if def.is_enum() {
                    break;
                }
                for f in &def.non_enum_variant().fields {
                    if !self.tcx.is_accessible_from(f.vis, module) {
                        continue;
                    }
                    names.push(f.name);
                    let fty = self.tcx.type_of(f.did).instantiate(*self.tcx, args);
                    if let TyKind::Adt(inner, _) = *fty.peel_refs().kind() {
                        if inner.is_struct()
                            && inner
                                .non_enum_variant()
                                .fields
                                .iter()
                                .any(|g| g.name == field.name && self.tcx.is_accessible_from(g.vis, module))
                        {
                            nested.push(format!("{}.", f.name));
                        }
                    }
                }
            }
            if names.len() > 100 {
                break;
            }
        }
        if !nested.is_empty() {
            let owner = if nested.len() == 1 {
                "one of the expressions' fields has a field of the same name"
            } else {
                "some of the expressions' fields have a field of the same name"
            };
            err.span_suggestions(field.span.shrink_to_lo(), owner, nested, Applicability::MaybeIncorrect);
        } else if let Some(best) = crate::method::suggest::find_best_match(&names, field.name) {
            err.span_suggestion_verbose(
                field.span,
                "a field with a similar name exists",
                best.to_string(),
                Applicability::MaybeIncorrect,
            );
        } else if !names.is_empty() {
            let s = if names.len() == 1 { "field is" } else { "fields are" };
            err.note(format!("available {s}: {}", self.name_series_display(&names)));
        }
        err
    }

    pub(crate) fn no_such_field_err(
        &self,
        field: Ident,
        base_ty: Ty<'tcx>,
        expr: &hir::Expr<'_>,
    ) -> span::ErrorGuaranteed {
        let diag = self.no_such_field_err_diag(field, base_ty, expr);
        self.emit(diag)
    }
}
