//! `S { a, b: c, .. }`

use diagnostics::Applicability;
use diagnostics::codes::*;
use hir::def::CtorKind;
use hir::{Pat, PatField, PatKind, QPath};
use span::{FxHashMap, Ident, Span, Symbol};
use ty::{FieldIdx, Ty, TyKind, VariantDef};

use super::PatInfo;
use crate::FnCtxt;

impl<'a, 'tcx> FnCtxt<'a, 'tcx> {
    pub(super) fn check_pat_struct(
        &self,
        pat: &'tcx Pat<'tcx>,
        qpath: &'tcx QPath<'tcx>,
        fields: &'tcx [PatField<'tcx>],
        has_rest_pat: bool,
        expected: Ty<'tcx>,
        pat_info: PatInfo<'tcx>,
    ) -> Ty<'tcx> {
        // Resolve the path and check the definition for errors.
        let (variant, pat_ty) = match self.check_struct_path(qpath, pat.hir_id) {
            Ok(data) => data,
            Err(guar) => {
                let err = Ty::new_error(*self.tcx, guar);
                for field in fields {
                    self.check_pat(field.pat, err, pat_info);
                }
                return err;
            }
        };

        // Type-check the path.
        let _ = self.demand_eqtype_pat(pat.span, expected, pat_ty, pat_info.top_info);

        // Type-check subpatterns.
        match self.check_struct_pat_fields(pat_ty, pat, variant, fields, has_rest_pat, pat_info) {
            Ok(()) => pat_ty,
            Err(guar) => Ty::new_error(*self.tcx, guar),
        }
    }

    fn check_struct_pat_fields(
        &self,
        adt_ty: Ty<'tcx>,
        pat: &'tcx Pat<'tcx>,
        variant: &'tcx VariantDef,
        fields: &'tcx [PatField<'tcx>],
        has_rest_pat: bool,
        pat_info: PatInfo<'tcx>,
    ) -> Result<(), span::ErrorGuaranteed> {
        let tcx = self.tcx;
        let TyKind::Adt(adt, args) = *adt_ty.kind() else {
            return Err(self.dcx().span_delayed_bug(pat.span, "struct pattern is not an ADT"));
        };

        // Index the struct fields' types.
        let field_map: FxHashMap<Symbol, (FieldIdx, &ty::FieldDef)> =
            variant.fields.iter_enumerated().map(|(i, field)| (field.name, (i, field))).collect();
        // Keep track of which fields have already appeared in the pattern.
        let mut used_fields: FxHashMap<Symbol, Span> = FxHashMap::default();
        let mut inexistent_fields: Vec<&PatField<'tcx>> = vec![];
        let mut result = Ok(());

        // Typecheck each field.
        for field in fields {
            let span = field.span;
            let ident = tcx.adjust_ident(field.ident, variant.def_id);
            let field_ty = if let Some(&prev) = used_fields.get(&ident.name) {
                let diag = self
                    .err(span, E0025, format!("field `{ident}` bound multiple times in the pattern"))
                    .with_span_label(span, format!("multiple uses of `{ident}` in pattern"))
                    .with_span_label(prev, format!("first use of `{ident}`"));
                let guar = self.emit(diag);
                result = Err(guar);
                Ty::new_error(*tcx, guar)
            } else {
                used_fields.insert(ident.name, span);
                match field_map.get(&ident.name) {
                    Some(&(i, f)) => {
                        self.write_field_index(field.hir_id, i);
                        self.check_stability(f.did, Some(field.hir_id), span);
                        self.field_ty(span, f, args)
                    }
                    None => {
                        inexistent_fields.push(field);
                        Ty::new_error(*tcx, self.dcx().span_delayed_bug(span, "field does not exist"))
                    }
                }
            };
            self.check_pat(field.pat, field_ty, pat_info);
        }

        let mut unmentioned_fields: Vec<(&ty::FieldDef, Ident)> = variant
            .fields
            .iter()
            .map(|field| (field, Ident::new(field.name, pat.span)))
            .filter(|(_, ident)| !used_fields.contains_key(&ident.name))
            .collect();

        let inexistent_fields_err = if !inexistent_fields.is_empty()
            && !inexistent_fields.iter().any(|field| field.ident.name == span::kw::Underscore)
        {
            // we don't care to report errors for a struct if the struct itself is tainted
            Some(if variant.is_recovered() {
                self.dcx().span_delayed_bug(pat.span, "recovered struct")
            } else {
                self.error_inexistent_fields(
                    adt.variant_descr(),
                    &inexistent_fields,
                    &mut unmentioned_fields,
                    pat,
                    variant,
                    adt,
                )
            })
        } else {
            None
        };

        // Require `..` if struct has non_exhaustive attribute.
        let non_exhaustive = variant.is_field_list_non_exhaustive() && !adt.did().is_local();
        if non_exhaustive && !has_rest_pat {
            self.error_foreign_non_exhaustive_spat(pat, adt.variant_descr(), fields.is_empty());
        }

        let mut unmentioned_err = None;
        let mut accessible_needed = None;
        if adt.is_union() {
            // Report an error if an incorrect number of fields was specified.
            if fields.len() != 1 {
                let diag = self.dcx().struct_span_err(pat.span, "union patterns should have exactly one field");
                result = Err(self.emit(diag));
            }
            if has_rest_pat {
                let diag = self.dcx().struct_span_err(pat.span, "`..` cannot be used in union patterns");
                result = Err(self.emit(diag));
            }
        } else if !unmentioned_fields.is_empty() {
            let module = tcx.parent_module(pat.hir_id).to_def_id();
            let accessible: Vec<_> = unmentioned_fields
                .iter()
                .copied()
                .filter(|(field, _)| tcx.is_accessible_from(field.vis, module))
                .collect();
            if !has_rest_pat {
                // E0027, or for private fields another.
                accessible_needed = Some(accessible);
            }
        }
        if let Some(accessible) = accessible_needed {
            if !non_exhaustive || !accessible.is_empty() {
                unmentioned_err = Some(if accessible.is_empty() {
                    self.error_no_accessible_fields(pat, fields)
                } else {
                    self.error_unmentioned_fields(
                        pat,
                        &accessible,
                        accessible.len() != unmentioned_fields.len(),
                        fields,
                    )
                });
            }
        }
        match (inexistent_fields_err, unmentioned_err) {
            (Some(e), _) | (_, Some(e)) => {
                // A tuple variant's pattern with braces: E0769 says all.
                Err(e)
            }
            (None, None) => result,
        }
    }

    /// E0026, E0769.
    fn error_inexistent_fields(
        &self,
        kind_name: &str,
        inexistent_fields: &[&PatField<'tcx>],
        unmentioned_fields: &mut Vec<(&'tcx ty::FieldDef, Ident)>,
        pat: &'tcx Pat<'tcx>,
        variant: &VariantDef,
        adt: ty::AdtDef<'tcx>,
    ) -> span::ErrorGuaranteed {
        // A tuple struct's or variant's pattern with named fields.
        if let (Some(CtorKind::Fn), PatKind::Struct(qpath, pattern_fields, ..)) = (variant.ctor_kind(), pat.kind) {
            let is_tuple_struct_match = !pattern_fields.is_empty()
                && pattern_fields
                    .iter()
                    .map(|field| field.ident.name.as_str())
                    .all(|name| !name.is_empty() && name.bytes().all(|b| b.is_ascii_digit()));
            if !is_tuple_struct_match {
                let path = self.qpath_to_string(&qpath);
                let err = self
                    .err(
                        pat.span,
                        E0769,
                        format!(
                            "{} `{path}` written as struct variant",
                            if adt.is_enum() { "tuple variant" } else { "tuple struct" }
                        ),
                    )
                    .with_span_suggestion_verbose(
                        qpath.span().shrink_to_hi().to(pat.span.shrink_to_hi()),
                        "use the tuple variant pattern syntax instead",
                        format!("({})", self.tuple_pat_fields(pattern_fields, variant)),
                        Applicability::MaybeIncorrect,
                    );
                unmentioned_fields.clear();
                return self.emit(err);
            }
        }
        let (field_names, t, plural) = if let [field] = inexistent_fields {
            (format!("a field named `{}`", field.ident), "this", "")
        } else {
            (
                format!(
                    "fields named {}",
                    inexistent_fields.iter().map(|field| format!("`{}`", field.ident)).collect::<Vec<_>>().join(", ")
                ),
                "these",
                "s",
            )
        };
        let spans: Vec<Span> = inexistent_fields.iter().map(|f| f.ident.span).collect();
        let variant_path = self.variant_path_str(adt, variant);
        let mut err = self
            .dcx()
            .struct_span_err(spans, format!("{kind_name} `{variant_path}` does not have {field_names}"))
            .with_code(E0026);
        if let Some(pat_field) = inexistent_fields.last() {
            err.span_label(
                pat_field.ident.span,
                format!("{kind_name} `{variant_path}` does not have {t} field{plural}"),
            );
            if let [(field_def, field)] = unmentioned_fields.as_slice() {
                let module = self.tcx.parent_module(pat.hir_id).to_def_id();
                if self.tcx.is_accessible_from(field_def.vis, module) && inexistent_fields.len() == 1 {
                    err.span_suggestion_verbose(
                        pat_field.ident.span,
                        format!("`{}` has a field named `{}`", variant_path, field.name),
                        field.name.to_string(),
                        Applicability::MaybeIncorrect,
                    );
                    // The one field left over is the one meant.
                    let best = crate::method::suggest::find_best_match(&[field.name], pat_field.ident.name);
                    if best.is_some() {
                        unmentioned_fields.clear();
                    }
                }
            } else {
                let names: Vec<Symbol> = unmentioned_fields.iter().map(|f| f.1.name).collect();
                if let Some(best) = crate::method::suggest::find_best_match(&names, pat_field.ident.name) {
                    err.span_suggestion_verbose(
                        pat_field.ident.span,
                        "a field with a similar name exists",
                        best.to_string(),
                        Applicability::MaybeIncorrect,
                    );
                    // When we have a tuple struct used with struct we don't want to suggest using the (valid) struct
                    // syntax with numeric literals.
                    if best.as_str().parse::<usize>().is_err() {
                        unmentioned_fields.retain(|&(_, x)| x.name != best);
                    }
                }
            }
        }
        self.emit(err)
    }

    fn tuple_pat_fields(&self, fields: &[PatField<'_>], variant: &VariantDef) -> String {
        let sm = self.tcx.sess().source_map();
        let mut out: Vec<String> =
            fields.iter().map(|f| sm.span_to_snippet(f.pat.span).unwrap_or_else(|| "_".to_string())).collect();
        while out.len() < variant.fields.len() {
            out.push("_".to_string());
        }
        out.join(", ")
    }

    pub(crate) fn variant_path_str(&self, adt: ty::AdtDef<'tcx>, variant: &VariantDef) -> String {
        let path = self.tcx.def_path_str(adt.did());
        if adt.is_enum() { format!("{path}::{}", variant.name) } else { path }
    }

    /// E0638.
    fn error_foreign_non_exhaustive_spat(&self, pat: &Pat<'_>, descr: &str, no_fields: bool) {
        let sp_comma = self.tcx.sess().source_map().end_point(pat.span);
        let mut err = self.err(pat.span, E0638, format!("`..` required with {descr} marked as non-exhaustive"));
        err.span_suggestion_verbose(
            sp_comma,
            "add `..` at the end of the field list to ignore all other fields",
            if no_fields { ".. }" } else { ", .. }" },
            Applicability::MachineApplicable,
        );
        self.emit(err);
    }

    fn error_no_accessible_fields(&self, pat: &Pat<'_>, fields: &'tcx [PatField<'tcx>]) -> span::ErrorGuaranteed {
        let mut err = self.dcx().struct_span_err(pat.span, "pattern requires `..` due to inaccessible fields");
        if let Some(field) = fields.last() {
            let tail_span = field.span.shrink_to_hi().to(pat.span.shrink_to_hi());
            err.span_suggestion_verbose(
                tail_span,
                "ignore the inaccessible and unused fields",
                ", .. }",
                Applicability::MachineApplicable,
            );
        } else if let PatKind::Struct(ref qpath, ..) = pat.kind {
            err.span_suggestion_verbose(
                qpath.span().shrink_to_hi().to(pat.span.shrink_to_hi()),
                "ignore the inaccessible and unused fields",
                " { .. }",
                Applicability::MachineApplicable,
            );
        }
        self.emit(err)
    }

    /// E0027.
    fn error_unmentioned_fields(
        &self,
        pat: &Pat<'_>,
        unmentioned_fields: &[(&ty::FieldDef, Ident)],
        have_inaccessible_fields: bool,
        fields: &'tcx [PatField<'tcx>],
    ) -> span::ErrorGuaranteed {
        let inaccessible = if have_inaccessible_fields { " and inaccessible fields" } else { "" };
        let field_names = if let [(_, field)] = unmentioned_fields {
            format!("field `{field}`{inaccessible}")
        } else {
            let names = unmentioned_fields.iter().map(|(_, name)| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            format!("fields {names}{inaccessible}")
        };
        let mut err = self
            .err(pat.span, E0027, format!("pattern does not mention {field_names}"))
            .with_span_label(pat.span, format!("missing {field_names}"));
        let len = unmentioned_fields.len();
        let (prefix, postfix, sp) = match fields {
            [] => match &pat.kind {
                PatKind::Struct(path, [], None) => {
                    (" { ", " }", path.span().shrink_to_hi().until(pat.span.shrink_to_hi()))
                }
                _ => return self.emit(err),
            },
            [.., field] => {
                // Account for last field having a trailing comma or parse recovery at the tail of the pattern.
                let tail = field.span.shrink_to_hi().until(pat.span.shrink_to_hi());
                (", ", " }", tail)
            }
        };
        let names =
            |sep: &str| unmentioned_fields.iter().map(|(_, n)| format!("{n}{sep}")).collect::<Vec<_>>().join(", ");
        err.span_suggestion_verbose(
            sp,
            format!(
                "include the missing field{} in the pattern{}",
                if len == 1 { "" } else { "s" },
                if have_inaccessible_fields { " and ignore the inaccessible fields" } else { "" }
            ),
            format!("{prefix}{}{}{postfix}", names(""), if have_inaccessible_fields { ", .." } else { "" }),
            Applicability::MachineApplicable,
        );
        err.span_suggestion_verbose(
            sp,
            format!(
                "if you don't care about {} missing field{}, you can explicitly ignore {}",
                if len == 1 { "this" } else { "these" },
                if len == 1 { "" } else { "s" },
                if len == 1 { "it" } else { "them" },
            ),
            format!("{prefix}{}{postfix}", names(": _")),
            Applicability::MachineApplicable,
        );
        err.span_suggestion_verbose(
            sp,
            "or always ignore missing fields here",
            format!("{prefix}..{postfix}"),
            Applicability::MachineApplicable,
        );
        self.emit(err)
    }
}
