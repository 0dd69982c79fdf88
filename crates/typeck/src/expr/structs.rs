//! `S { a: b, ..base }`

use diagnostics::Applicability;
use diagnostics::codes::*;
use hir::def::{CtorKind, DefKind, Res};
use hir::{ExprField, QPath, StructTailExpr};
use span::{FxHashMap, Ident, Span, Symbol};
use trait_solve::traits::ObligationCauseCode;
use ty::adjustment::AllowTwoPhase;
use ty::{AdtKind, FieldIdx, GenericArgsRef, Ty, TyKind, VariantDef};

use crate::FnCtxt;
use crate::expectation::Expectation::{self};

impl<'a, 'tcx> FnCtxt<'a, 'tcx> {
    pub(crate) fn check_expr_struct(
        &self,
        expr: &'tcx hir::Expr<'tcx>,
        expected: Expectation<'tcx>,
        qpath: &'tcx QPath<'tcx>,
        fields: &'tcx [ExprField<'tcx>],
        base_expr: &'tcx StructTailExpr<'tcx>,
    ) -> Ty<'tcx> {
        // Find the relevant variant.
        let (variant, adt_ty) = match self.check_struct_path(qpath, expr.hir_id) {
            Ok(data) => data,
            Err(guar) => {
                self.check_struct_fields_on_error(fields, base_expr);
                return Ty::new_error(*self.tcx, guar);
            }
        };

        // Prohibit struct expressions when non-exhaustive flag is set.
        let adt = adt_ty.ty_adt_def().expect("a struct path has an ADT");
        if variant.is_field_list_non_exhaustive() && !adt.did().is_local() {
            let diag = self.err(
                expr.span,
                E0639,
                format!("cannot create non-exhaustive {} using struct expression", adt.variant_descr()),
            );
            self.emit(diag);
        }

        self.check_expr_struct_fields(adt_ty, expected, expr, qpath.span(), variant, fields, base_expr);
        self.require_type_is_sized(adt_ty, expr.span, ObligationCauseCode::StructInitializerSized);
        adt_ty
    }

    fn check_struct_fields_on_error(&self, fields: &'tcx [ExprField<'tcx>], base_expr: &'tcx StructTailExpr<'tcx>) {
        for field in fields {
            self.check_expr(field.expr);
        }
        if let StructTailExpr::Base(base) = *base_expr {
            self.check_expr(base);
        }
    }

    fn check_expr_struct_fields(
        &self,
        adt_ty: Ty<'tcx>,
        expected: Expectation<'tcx>,
        expr: &'tcx hir::Expr<'_>,
        path_span: Span,
        variant: &'tcx VariantDef,
        hir_fields: &'tcx [ExprField<'tcx>],
        base_expr: &'tcx StructTailExpr<'tcx>,
    ) {
        let tcx = self.tcx;
        let adt_ty = self.try_structurally_resolve_type(path_span, adt_ty);

        // What the context expects of the whole tells about the fields.
        let adt_ty_hint = expected.only_has_type(self).and_then(|expected| {
            self.fudge_inference_if_ok(|| {
                let ok = self
                    .at(&self.misc(path_span), self.param_env)
                    .sup(trait_solve::infer::DefineOpaqueTypes::Yes, expected, adt_ty)
                    .map_err(|_| ())?;
                if !ok.obligations.is_empty() {
                    let obligations = ok.obligations;
                    let _ = obligations;
                }
                Ok::<_, ()>(self.resolve_vars_if_possible(adt_ty))
            })
            .ok()
        });
        if let Some(adt_ty_hint) = adt_ty_hint {
            // re-link the variables created during above `sup`.
            self.demand_eqtype(path_span, adt_ty_hint, adt_ty);
        }

        let TyKind::Adt(adt, args) = *adt_ty.kind() else {
            self.dcx().span_delayed_bug(path_span, "non-ADT passed to check_expr_struct_fields");
            return;
        };
        let adt_kind = adt.adt_kind();

        let mut remaining_fields: FxHashMap<Symbol, (FieldIdx, &ty::FieldDef)> =
            variant.fields.iter_enumerated().map(|(i, field)| (field.name, (i, field))).collect();
        let mut seen_fields: FxHashMap<Symbol, Span> = FxHashMap::default();
        let mut error_happened = None;

        // Type-check each field.
        for (idx, field) in hir_fields.iter().enumerate() {
            let ident = tcx.adjust_ident(field.ident, variant.def_id);
            let field_type = if let Some((i, v_field)) = remaining_fields.remove(&ident.name) {
                seen_fields.insert(ident.name, field.span);
                self.write_field_index(field.hir_id, i);

                // We don't look at stability attributes on struct-like enums or unions' variants: fields only.
                if adt_kind != AdtKind::Enum {
                    self.check_stability(v_field.did, Some(field.hir_id), field.span);
                }
                if v_field.safety_unsafe {
                    let _ = v_field;
                }
                self.field_ty(field.span, v_field, args)
            } else {
                let guar = if let Some(prev_span) = seen_fields.get(&ident.name) {
                    let diag = self
                        .err(field.ident.span, E0062, format!("field `{ident}` specified more than once"))
                        .with_span_label(field.ident.span, "used more than once")
                        .with_span_label(*prev_span, format!("first use of `{ident}`"));
                    self.emit(diag)
                } else {
                    self.report_unknown_field(adt_ty, variant, expr, field, hir_fields, adt.variant_descr())
                };
                error_happened = Some(guar);
                Ty::new_error(*tcx, guar)
            };

            // Check that the expected field type is WF. Otherwise, we emit no use-site error in the case of
            // coercions for non-WF fields, which leads to incorrect error tainting.
            self.register_wf_obligation(field_type.into(), field.expr.span, ObligationCauseCode::WellFormed(None));

            // Make sure to give a type to the field even if there's an error, so we can continue type-checking.
            let ty = self.check_expr_with_hint(field.expr, field_type);
            match self.demand_coerce_diag(field.expr, ty, field_type, None, AllowTwoPhase::No) {
                Ok(_) => {}
                Err(mut diag) => {
                    if idx == hir_fields.len() - 1 {
                        if remaining_fields.is_empty() {
                            self.suggest_fru_from_range(field, &mut diag);
                        }
                    }
                    self.emit(diag);
                }
            }
        }

        // Make sure the programmer specified correct number of fields.
        if adt_kind == AdtKind::Union && hir_fields.len() != 1 && error_happened.is_none() {
            let diag = self.err(path_span, E0784, "union expressions should have exactly one field");
            self.emit(diag);
        }

        // If check_expr_struct_fields hit an error, do not attempt to populate the fields with the base expression.
        if let Some(guar) = error_happened {
            if let StructTailExpr::Base(base) = *base_expr {
                let _ = guar;
                self.check_expr(base);
            }
            return;
        }

        match *base_expr {
            StructTailExpr::DefaultFields(span) => {
                let mut missing_mandatory_fields: Vec<Ident> = Vec::new();
                for f in &variant.fields {
                    if remaining_fields.contains_key(&f.name) && f.value.is_none() {
                        missing_mandatory_fields.push(Ident::new(f.name, span));
                    }
                }
                if !self.feature(span::sym::default_field_values) {
                    let diag = self
                        .err(span.shrink_to_hi(), E0797, "base expression required after `..`")
                        .with_span_suggestion(
                            span.shrink_to_hi(),
                            "add a base expression here",
                            "/* expr */",
                            Applicability::HasPlaceholders,
                        );
                    self.emit(diag);
                    return;
                }
                if !missing_mandatory_fields.is_empty() {
                    let s = if missing_mandatory_fields.len() == 1 { "" } else { "s" };
                    let names: Vec<Symbol> = missing_mandatory_fields.iter().map(|i| i.name).collect();
                    let diag = self
                        .dcx()
                        .struct_span_err(
                            span.shrink_to_hi(),
                            format!("missing field{s} {} in initializer", diagnostics::listify(&names)),
                        )
                        .with_span_label(
                            span.shrink_to_lo(),
                            "fields that do not have a defaulted value must be provided explicitly",
                        );
                    self.emit(diag);
                    return;
                }
                let fru_tys: Vec<_> = variant.fields.iter().map(|f| self.field_ty(span, f, args)).collect();
                self.typeck_results.borrow_mut().set_fru_field_types(expr.hir_id, fru_tys);
            }
            StructTailExpr::Base(base_expr) => {
                self.check_fru(adt_ty, adt, args, variant, expr, base_expr, &remaining_fields, path_span);
            }
            StructTailExpr::None => {
                if adt_kind != AdtKind::Union
                    && !remaining_fields.is_empty()
                    // Non-exhaustive structs were reported above.
                    && (adt.did().is_local() || !variant.is_field_list_non_exhaustive())
                {
                    self.report_missing_fields(
                        adt_ty,
                        path_span,
                        expr.span,
                        remaining_fields,
                        variant,
                        hir_fields,
                        args,
                    );
                }
            }
            StructTailExpr::NoneWithError(guar) => self.set_tainted_by_errors(guar),
        }
    }

    /// `..base`
    fn check_fru(
        &self,
        adt_ty: Ty<'tcx>,
        adt: ty::AdtDef<'tcx>,
        args: GenericArgsRef<'tcx>,
        variant: &'tcx VariantDef,
        expr: &'tcx hir::Expr<'_>,
        base_expr: &'tcx hir::Expr<'tcx>,
        remaining_fields: &FxHashMap<Symbol, (FieldIdx, &ty::FieldDef)>,
        path_span: Span,
    ) {
        // FRU needs a struct.
        let fru_tys: Vec<Ty<'tcx>> = if self.feature(span::sym::type_changing_struct_update) {
            if adt.is_struct() {
                // Make some fresh generic parameters for our ADT type.
                let fresh_args = self.fresh_args_for_item(base_expr.span, adt.did());
                // We do subtyping on the FRU fields first, so we can learn exactly what types we expect the base
                // expr needs constrained to be compatible with the struct type we expect from the expectation value.
                let fru_tys = variant
                    .fields
                    .iter()
                    .map(|f| {
                        let fru_ty = self.normalize(expr.span, self.field_ty(base_expr.span, f, fresh_args));
                        if remaining_fields.contains_key(&f.name) {
                            let target_ty = self.field_ty(base_expr.span, f, args);
                            let cause = self.misc(base_expr.span);
                            match self.at(&cause, self.param_env).sup(
                                trait_solve::infer::DefineOpaqueTypes::Yes,
                                target_ty,
                                fru_ty,
                            ) {
                                Ok(ok) => self.register_predicates(ok.obligations),
                                Err(_) => {
                                    self.dcx().span_delayed_bug(
                                        cause.span,
                                        "subtyping remaining fields of type changing FRU failed",
                                    );
                                }
                            }
                        }
                        self.resolve_vars_if_possible(fru_ty)
                    })
                    .collect();
                let fresh_base_ty = self.tcx.mk_adt(adt, fresh_args);
                self.check_expr_has_type_or_error(base_expr, self.resolve_vars_if_possible(fresh_base_ty), |_| {});
                fru_tys
            } else {
                // Check the base_expr, regardless of a bad expected adt_ty, so we can get type errors on it.
                self.check_expr(base_expr);
                let diag = self.err(base_expr.span, E0436, "functional record update syntax requires a struct");
                self.emit(diag);
                return;
            }
        } else {
            self.check_expr_has_type_or_error(base_expr, adt_ty, |_| {});
            match *adt_ty.kind() {
                TyKind::Adt(adt, args) if adt.is_struct() => {
                    variant.fields.iter().map(|f| self.field_ty(expr.span, f, args)).collect()
                }
                _ => {
                    let diag = self.err(base_expr.span, E0436, "functional record update syntax requires a struct");
                    self.emit(diag);
                    return;
                }
            }
        };
        // Inaccessible fields of the base.
        let private: Vec<_> = variant
            .fields
            .iter()
            .filter(|f| remaining_fields.contains_key(&f.name))
            .filter(|f| !self.tcx.is_accessible_from(f.vis, self.tcx.parent_module(expr.hir_id).to_def_id()))
            .collect();
        let _ = (private, path_span);
        self.typeck_results.borrow_mut().set_fru_field_types(expr.hir_id, fru_tys);
    }

    fn suggest_fru_from_range(&self, field: &ExprField<'_>, err: &mut diagnostics::Diag<'_>) {
        let _ = (field, err);
    }

    /// E0063.
    fn report_missing_fields(
        &self,
        adt_ty: Ty<'tcx>,
        span: Span,
        full_span: Span,
        remaining_fields: FxHashMap<Symbol, (FieldIdx, &ty::FieldDef)>,
        variant: &'tcx VariantDef,
        hir_fields: &'tcx [ExprField<'tcx>],
        _args: GenericArgsRef<'tcx>,
    ) {
        let adt = adt_ty.ty_adt_def().expect("an ADT");
        let module = self.tcx.parent_module_from_def_id(self.body_id).to_def_id();
        let inaccessible = remaining_fields.values().any(|(_, f)| !self.tcx.is_accessible_from(f.vis, module));
        if inaccessible {
            // Private fields: no list of fields is of help.
            let diag = self.dcx().struct_span_err(
                span,
                format!(
                    "cannot construct `{}` with struct literal syntax due to private fields",
                    self.ty_to_string(adt_ty)
                ),
            );
            let mut diag = diag;
            let (mut used, mut private): (Vec<_>, Vec<_>) = (Vec::new(), Vec::new());
            for f in &variant.fields {
                if remaining_fields.contains_key(&f.name) && !self.tcx.is_accessible_from(f.vis, module) {
                    private.push(f.name);
                } else {
                    used.push(f.name);
                }
            }
            for f in hir_fields {
                if variant.fields.iter().any(|v| v.name == f.ident.name && !self.tcx.is_accessible_from(v.vis, module))
                {
                    diag.span_label(f.ident.span, "private field");
                }
            }
            let n = private.len();
            let shown = n.min(4);
            let names = private[..shown].iter().map(|n| format!("`{n}`")).collect::<Vec<_>>();
            let list = if n > 4 {
                format!("{} and {} other{}", names[..3].join(", "), n - 3, if n - 3 == 1 { "" } else { "s" })
            } else {
                match &names[..] {
                    [a] => a.clone(),
                    [a, b] => format!("{a} and {b}"),
                    [init @ .., last] => format!("{}, and {last}", init.join(", ")),
                    [] => String::new(),
                }
            };
            diag.note(format!(
                "{}private field{s} {list} that {were} not provided",
                if used.is_empty() { "" } else { "...and other " },
                s = if n == 1 { "" } else { "s" },
                were = if n == 1 { "was" } else { "were" },
            ));
            self.emit(diag);
            return;
        }

        let displayable: Vec<Symbol> =
            variant.fields.iter().map(|f| f.name).filter(|n| remaining_fields.contains_key(n)).collect();
        let len = displayable.len();
        let mut sorted = displayable.clone();
        sorted.sort_by(|a, b| a.as_str().cmp(b.as_str()));
        let truncated = match sorted.len() {
            0..=3 => String::new(),
            n => format!(" and {} other field{}", n - 3, if n - 3 == 1 { "" } else { "s" }),
        };
        let limit = sorted.len().min(3);
        let names: Vec<String> = sorted[..limit].iter().map(|n| format!("`{n}`")).collect();
        let remaining_fields_names = match (&names[..], truncated.is_empty()) {
            ([a], _) => a.clone(),
            ([a, b], true) => format!("{a} and {b}"),
            ([init @ .., last], true) => format!("{} and {last}", init.join(", ")),
            (all, _) => all.join(", "),
        };
        let msg = format!(
            "missing field{} {remaining_fields_names}{truncated} in initializer of `{}`",
            if len == 1 { "" } else { "s" },
            self.ty_to_string(adt_ty)
        );
        let diag =
            self.err(span, E0063, msg).with_span_label(span, format!("missing {remaining_fields_names}{truncated}"));
        let _ = (full_span, adt);
        self.emit(diag);
    }

    /// E0560, E0559: no such field.
    fn report_unknown_field(
        &self,
        ty: Ty<'tcx>,
        variant: &'tcx VariantDef,
        expr: &hir::Expr<'_>,
        field: &ExprField<'_>,
        skip_fields: &[ExprField<'_>],
        kind_name: &str,
    ) -> span::ErrorGuaranteed {
        // We don't care to report errors for a struct if the struct itself is tainted.
        if variant.is_recovered() {
            return self.dcx().span_delayed_bug(expr.span, "recovered struct");
        }
        let adt = ty.ty_adt_def().expect("an ADT");
        let mut err = match adt.is_enum() {
            true => self.err(
                field.ident.span,
                E0559,
                format!(
                    "{kind_name} `{}::{}` has no field named `{}`",
                    self.ty_to_string(ty),
                    variant.name,
                    field.ident
                ),
            ),
            false => self.err(
                field.ident.span,
                E0560,
                format!("{kind_name} `{}` has no field named `{}`", self.ty_to_string(ty), field.ident),
            ),
        };
        let variant_ident_span =
            self.tcx.def_ident_span(variant.def_id).unwrap_or_else(|| self.tcx.def_span(variant.def_id));
        if variant.ctor_kind() == Some(CtorKind::Fn) {
            let descr = if adt.is_enum() {
                format!("`{}::{}`", self.ty_to_string(ty), variant.name)
            } else {
                format!("`{}`", self.ty_to_string(ty))
            };
            err.span_label(variant_ident_span, format!("{descr} defined here"));
            err.span_label(field.ident.span, "field does not exist");
            let fields = variant.fields.iter().map(|_| "/* fields */").next().unwrap_or("");
            let path_span = match expr.kind {
                hir::ExprKind::Struct(qpath, ..) => qpath.span(),
                _ => expr.span,
            };
            let _ = path_span;
            err.span_suggestion_verbose(
                expr.span,
                format!("{descr} is a tuple {kind_name}, use the appropriate syntax"),
                format!(
                    "{}({fields})",
                    if adt.is_enum() {
                        format!("{}::{}", self.ty_to_string(ty), variant.name)
                    } else {
                        self.ty_to_string(ty)
                    }
                ),
                Applicability::HasPlaceholders,
            );
        } else {
            // Similar names, and those that are left.
            let available: Vec<Symbol> = variant
                .fields
                .iter()
                .filter(|f| !skip_fields.iter().any(|s| s.ident.name == f.name))
                .filter(|f| self.tcx.is_accessible_from(f.vis, self.tcx.parent_module(expr.hir_id).to_def_id()))
                .map(|f| f.name)
                .collect();
            if let Some(field_name) = crate::method::suggest::find_best_match(&available, field.ident.name) {
                err.span_label(field.ident.span, "unknown field");
                err.span_suggestion_verbose(
                    field.ident.span,
                    "a field with a similar name exists",
                    field_name.to_string(),
                    Applicability::MaybeIncorrect,
                );
            } else {
                match adt.is_enum() {
                    true => err.span_label(
                        field.ident.span,
                        format!("`{}::{}` does not have this field", self.ty_to_string(ty), variant.name),
                    ),
                    false => err
                        .span_label(field.ident.span, format!("`{}` does not have this field", self.ty_to_string(ty))),
                };
                if available.is_empty() {
                    err.note("all struct fields are already assigned");
                } else {
                    err.note(format!("available fields are: {}", self.name_series_display(&available)));
                }
            }
        }
        self.emit(err)
    }

    pub(crate) fn name_series_display(&self, names: &[Symbol]) -> String {
        let limit = if names.len() == 6 { 6 } else { 5 };
        let mut display = names.iter().take(limit).map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ");
        if names.len() > limit {
            display = format!("{display} ... and {} others", names.len() - limit);
        }
        display
    }

    /// The variant and type that a struct expression or pattern's path names.
    pub(crate) fn check_struct_path(
        &self,
        qpath: &'tcx QPath<'tcx>,
        hir_id: hir::HirId,
    ) -> Result<(&'tcx VariantDef, Ty<'tcx>), span::ErrorGuaranteed> {
        let path_span = qpath.span();
        let (def, ty) = self.finish_resolving_struct_path(qpath, path_span, hir_id);
        let variant = match def {
            Res::Err => {
                let guar = self.dcx().span_delayed_bug(path_span, "`Res::Err` but no error emitted");
                self.set_tainted_by_errors(guar);
                return Err(guar);
            }
            Res::Def(DefKind::Variant, _) => match *ty.normalized.kind() {
                TyKind::Adt(adt, args) => Some((variant_with(adt, def), adt.did(), args, ty)),
                _ => None,
            },
            Res::Def(DefKind::Struct | DefKind::Union | DefKind::TyAlias | DefKind::AssocTy, _)
            | Res::SelfTyParam { .. }
            | Res::SelfTyAlias { .. } => match *ty.normalized.kind() {
                TyKind::Adt(adt, args) if !adt.is_enum() => Some((adt.non_enum_variant(), adt.did(), args, ty)),
                _ => None,
            },
            _ => None,
        };

        if let Some((variant, did, args, ty)) = variant {
            // Regions are not considered in the type that the user wrote, they are in its arguments.
            if let TyKind::Adt(_, raw_args) = *ty.raw.kind() {
                self.write_user_type_annotation_from_args(hir_id, did, raw_args, None);
            }
            // Check bounds on type arguments used in the path.
            self.add_required_obligations_for_hir(path_span, did, args, hir_id);
            Ok((variant, ty.normalized))
        } else {
            Err(match *ty.normalized.kind() {
                TyKind::Error(guar) => guar,
                _ => {
                    let diag = self
                        .err(
                            path_span,
                            E0071,
                            format!(
                                "expected struct, variant or union type, found {}",
                                self.sort_string(ty.normalized)
                            ),
                        )
                        .with_span_label(path_span, "not a struct");
                    self.emit(diag)
                }
            })
        }
    }

    pub(crate) fn check_stability(&self, def_id: span::def_id::DefId, id: Option<hir::HirId>, span: Span) {
        // Unstable and deprecated items are the stability pass's, which looks at the results.
        let _ = (def_id, id, span);
    }
}

fn variant_with<'tcx>(adt: ty::AdtDef<'tcx>, res: Res) -> &'tcx VariantDef {
    match res {
        Res::Def(_, id) => adt.variant_with_id(id),
        _ => adt.non_enum_variant(),
    }
}
