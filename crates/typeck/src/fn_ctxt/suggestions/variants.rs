//! `Some(..)`, `Ok(..)` around a value, and getting it out of there.

use diagnostics::{Applicability, Diag};
use hir::def::{CtorKind, DefKind, Res};
use hir::{ExprKind, Node};
use ty::{Ty, TyKind};

use super::FnCtxt;

impl<'a, 'tcx> FnCtxt<'a, 'tcx> {
    /// `Option<T>` where `T` is expected: `?` or `.expect(..)`.
    pub(super) fn suggest_missing_unwrap_expect(
        &self,
        err: &mut Diag<'_>,
        expr: &hir::Expr<'tcx>,
        expected: Ty<'tcx>,
        found: Ty<'tcx>,
    ) -> bool {
        let TyKind::Adt(adt, args) = *found.kind() else { return false };
        let is_ctor_path = |e: &hir::Expr<'_>| {
            matches!(
                e.kind,
                ExprKind::Path(hir::QPath::Resolved(None, path)) if matches!(path.res, Res::Def(DefKind::Ctor(..), _))
            )
        };
        let is_ctor = is_ctor_path(expr) || matches!(expr.kind, ExprKind::Call(callee, _) if is_ctor_path(callee));
        let returned = self.body_fn_sig().and_then(|sig| match *sig.output().kind() {
            TyKind::Adt(def, _) => Some(def),
            _ => None,
        });
        let (article, kind, variant, operator) =
            if self.is_result(adt) && !self.tcx.hir_is_inside_const_context(expr.hir_id) {
                ("a", "Result", "Err", returned.is_some_and(|d| self.is_result(d)))
            } else if self.is_option(adt) {
                ("an", "Option", "None", returned.is_some_and(|d| self.is_option(d)))
            } else {
                return false;
            };
        if is_ctor || !self.may_coerce(args.type_at(0), expected) {
            return false;
        }
        let (msg, text) = if operator {
            (
                format!(
                    "use the `?` operator to extract the `{found}` value, propagating {article} `{kind}::{variant}` value to the caller"
                ),
                "?",
            )
        } else {
            (
                format!(
                    "consider using `{kind}::expect` to unwrap the `{found}` value, panicking if the value is {article} `{kind}::{variant}`"
                ),
                ".expect(\"REASON\")",
            )
        };
        let text = match self.tcx.hir_maybe_get_struct_pattern_shorthand_field(expr) {
            Some(_) if expr.span.from_expansion() => return false,
            Some(name) => format!(": {name}{text}"),
            None => text.to_owned(),
        };
        let mut span = expr.span;
        while span.in_external_macro() {
            match span.parent_callsite() {
                Some(s) => span = s,
                None => break,
            }
        }
        err.span_suggestion_verbose(span.shrink_to_hi(), msg, text, Applicability::HasPlaceholders);
        true
    }

    /// `Some(x)`, `Ok(x)` and other variants with one field of this type.
    pub(super) fn suggest_compatible_variants(
        &self,
        err: &mut Diag<'_>,
        expr: &hir::Expr<'tcx>,
        expected: Ty<'tcx>,
        found: Ty<'tcx>,
    ) -> bool {
        if expr.span.in_external_macro() {
            return false;
        }
        let TyKind::Adt(expected_adt, args) = *expected.kind() else {
            return false;
        };
        if let ExprKind::Field(base, ident) = expr.kind
            && let Some(base_ty) = self.node_ty_opt(base.hir_id)
            && self.root_ctxt.infcx.can_eq(self.param_env, base_ty, expected)
            && let Some(base_span) = base.span.find_ancestor_inside(expr.span)
        {
            err.span_suggestion_verbose(
                expr.span.with_lo(base_span.hi()),
                format!("consider removing the tuple struct field `{ident}`"),
                "",
                Applicability::MaybeIncorrect,
            );
            return true;
        }
        if found.is_unit()
            && let Some(done) = self.suggest_value_after_unit_tail(err, expr, expected_adt)
        {
            return done;
        }
        let mut compatible = Vec::new();
        for v in expected_adt.variants().iter() {
            if v.fields.len() != 1 {
                continue;
            }
            let field = v.single_field();
            let field_ty = self.tcx.type_of(field.did).instantiate(*self.tcx, args);
            if let TyKind::Adt(found_adt, _) = *found.kind()
                && found_adt == expected_adt
                && self.shallow_resolve(field_ty).is_ty_var()
            {
                continue;
            }
            let local = field.did.is_local();
            let accessible = self.tcx.is_accessible_from(field.vis, self.tcx.parent_module(expr.hir_id).to_def_id())
                && self.is_stable(field.did);
            if !local && !accessible {
                continue;
            }
            if !self.may_coerce(found, field_ty) {
                continue;
            }
            let note = if local && !accessible {
                " (its field is private, but it's local to this crate and its privacy can be changed)"
            } else {
                ""
            };
            let path = query::with_no_trimmed_paths(|| self.tcx.def_path_str(v.def_id));
            let path = match path.strip_prefix("std::prelude::").and_then(|p| p.split_once("::")) {
                Some((_, path)) => path.to_owned(),
                None => path,
            };
            compatible.push((path, v.ctor_kind(), field.name, note));
        }
        let prefix = self.shorthand_prefix(expr);
        let mut inner = expr;
        while let ExprKind::Block(hir::Block { expr: Some(e), .. }, _) = inner.kind {
            inner = e;
        }
        let parts = |path: &str, ctor: Option<CtorKind>, field: span::Symbol| {
            let (open, close) = match ctor {
                Some(_) => ("(".to_owned(), ")"),
                None => (format!(" {{ {field}: "), " }"),
            };
            vec![
                (inner.span.shrink_to_lo(), format!("{prefix}{path}{open}")),
                (inner.span.shrink_to_hi(), close.to_owned()),
            ]
        };
        match &compatible[..] {
            [] => false,
            [(path, ctor, field, note)] => {
                err.multipart_suggestion(
                    format!("try wrapping the expression in `{path}`{note}"),
                    parts(path, *ctor, *field),
                    Applicability::MaybeIncorrect,
                );
                true
            }
            _ => {
                err.multipart_suggestions(
                    format!(
                        "try wrapping the expression in a variant of `{}`",
                        self.tcx.def_path_str(expected_adt.did())
                    ),
                    compatible.iter().map(|(path, ctor, field, _)| parts(path, *ctor, *field)).collect(),
                    Applicability::MaybeIncorrect,
                );
                true
            }
        }
    }

    fn is_stable(&self, def_id: span::def_id::DefId) -> bool {
        self.tcx.lookup_stability(def_id).is_none_or(|s| matches!(s.level, query::StabilityLevel::Stable { .. }))
    }

    /// `()` at the end of a block where an `Option` or `Result` is expected: a tail after it.
    fn suggest_value_after_unit_tail(
        &self,
        err: &mut Diag<'_>,
        expr: &hir::Expr<'tcx>,
        expected: ty::AdtDef<'tcx>,
    ) -> Option<bool> {
        let tcx = self.tcx;
        // Out of desugarings: a `for` loop is a block of its own.
        let mut id = expr.hir_id;
        let parent = loop {
            let parent = tcx.parent_hir_id(id);
            if tcx.hir_span(parent).find_ancestor_inside(expr.span).is_none() {
                break parent;
            }
            id = parent;
        };
        let Node::Block(block) = tcx.hir_node(parent) else { return None };
        if block.expr?.hir_id != id {
            return None;
        }
        let span = expr.span.find_ancestor_inside(block.span)?;
        let values: &[&str] = if self.is_result(expected) {
            &["Ok(())"]
        } else if self.is_option(expected) {
            &["None", "Some(())"]
        } else {
            return Some(false);
        };
        let sm = tcx.sess().source_map();
        if let Some(indent) = sm.indentation_before(span.shrink_to_lo()) {
            let semicolon = if sm.span_to_snippet(span).is_some_and(|s| s.ends_with('}')) { "" } else { ";" };
            err.span_suggestions(
                span.shrink_to_hi(),
                "try adding an expression at the end of the block",
                values.iter().map(|v| format!("{semicolon}\n{indent}{v}")).collect::<Vec<_>>(),
                Applicability::MaybeIncorrect,
            );
        }
        Some(true)
    }

    /// `NonZero::new(..)`
    pub(super) fn suggest_non_zero_new_unwrap(
        &self,
        err: &mut Diag<'_>,
        expr: &hir::Expr<'tcx>,
        expected: Ty<'tcx>,
        found: Ty<'tcx>,
    ) -> bool {
        let TyKind::Adt(adt, args) = *expected.kind() else { return false };
        let (adt, args, unwrap) = if self.is_option(adt) {
            let TyKind::Adt(adt, args) = *args.type_at(0).kind() else { return false };
            (adt, args, "")
        } else {
            (adt, args, ".unwrap()")
        };
        if !self.tcx.is_diagnostic_item(span::sym::NonZero, adt.did()) || !self.may_coerce(found, args.type_at(0)) {
            return false;
        }
        err.multipart_suggestion(
            "consider calling `NonZero::new`",
            vec![
                (expr.span.shrink_to_lo(), "NonZero::new(".to_owned()),
                (expr.span.shrink_to_hi(), format!("){unwrap}")),
            ],
            Applicability::MaybeIncorrect,
        );
        true
    }

    /// `Option<&T>` where `Option<T>` is expected.
    pub(super) fn suggest_copied_or_cloned(
        &self,
        err: &mut Diag<'_>,
        expr: &hir::Expr<'tcx>,
        found: Ty<'tcx>,
        expected: Ty<'tcx>,
    ) -> bool {
        let (TyKind::Adt(f, f_args), TyKind::Adt(e, e_args)) = (*found.kind(), *expected.kind()) else {
            return false;
        };
        if f != e {
            return false;
        }
        let infcx = &self.root_ctxt.infcx;
        let can_eq = |a: Ty<'tcx>, b: Ty<'tcx>| infcx.can_eq(self.param_env, a, b);
        if !(self.is_result(f) && can_eq(f_args.type_at(1), e_args.type_at(1)) || self.is_option(f)) {
            return false;
        }
        let TyKind::Ref(_, inner, _) = *f_args.type_at(0).kind() else { return false };
        if !can_eq(inner, e_args.type_at(0)) {
            return false;
        }
        let (method, verb) = if self.is_copy(inner) {
            ("copied", "copy")
        } else if infcx.type_is_clone_modulo_regions(self.param_env, inner) {
            ("cloned", "clone")
        } else {
            return false;
        };
        let path = self.tcx.def_path_str(f.did());
        err.span_suggestion_verbose(
            expr.span.shrink_to_hi(),
            format!("use `{path}::{method}` to {verb} the value inside the `{path}`"),
            format!(".{method}()"),
            Applicability::MachineApplicable,
        );
        true
    }
}
