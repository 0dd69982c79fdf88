//! What to change where a type does not fit: `&`, `*`, `Some(..)`, `;`, `.to_string()`, and so on.

use diagnostics::{Applicability, Diag};
use hir::ExprKind;
use span::Span;
use span::def_id::LocalDefId;
use ty::error::TypeError;
use ty::{Mutability, Ty, TyKind, TypeVisitableExt};

use super::FnCtxt;

impl<'a, 'tcx> FnCtxt<'a, 'tcx> {
    /// Suggestions for an expression of a wrong type.
    pub(crate) fn emit_type_mismatch_suggestions(
        &self,
        err: &mut Diag<'_>,
        expr: &hir::Expr<'tcx>,
        expr_ty: Ty<'tcx>,
        expected: Ty<'tcx>,
        expected_ty_expr: Option<&'tcx hir::Expr<'tcx>>,
    ) {
        self.emit_coerce_suggestions(err, expr, expr_ty, expected, expected_ty_expr, None);
    }

    pub(crate) fn emit_coerce_suggestions(
        &self,
        err: &mut Diag<'_>,
        expr: &hir::Expr<'tcx>,
        expr_ty: Ty<'tcx>,
        expected: Ty<'tcx>,
        _expected_ty_expr: Option<&'tcx hir::Expr<'tcx>>,
        error: Option<TypeError<'tcx>>,
    ) {
        let expr_ty = self.resolve_vars_if_possible(expr_ty);
        let expected = self.resolve_vars_if_possible(expected);
        self.annotate_expected_due_to(err, expr, error);
        if expr_ty.references_error() || expected.references_error() || expr.span.from_expansion() {
            return;
        }
        self.suggest_other_quotes(err, expr, expr_ty, expected);
        // Use `||` to give these suggestions a precedence.
        let _ = self.suggest_call_for_mismatch(err, expr, expr_ty, expected)
            || self.suggest_deref_or_ref(err, expr, expr_ty, expected)
            || self.suggest_option_to_bool(err, expr, expr_ty, expected)
            || self.suggest_to_string(err, expr, expr_ty, expected)
            || self.suggest_compatible_variants(err, expr, expr_ty, expected)
            || self.suggest_boxing(err, expr, expr_ty, expected)
            || self.suggest_cast(err, expr, expr_ty, expected);
    }

    fn suggest_call_for_mismatch(
        &self,
        err: &mut Diag<'_>,
        expr: &hir::Expr<'tcx>,
        found: Ty<'tcx>,
        expected: Ty<'tcx>,
    ) -> bool {
        let TyKind::FnDef(..) = *found.kind() else {
            return false;
        };
        let Some(sig) = self.tcx.fn_sig_of_ty(found) else {
            return false;
        };
        let Some(output) = sig.output().no_bound_vars() else {
            return false;
        };
        if !self.may_coerce(output, expected) {
            return false;
        }
        let n = sig.skip_binder().inputs().len();
        let args = sig.skip_binder().inputs().iter().map(|t| format!("/* {t} */")).collect::<Vec<_>>().join(", ");
        err.span_suggestion_verbose(
            expr.span.shrink_to_hi(),
            format!(
                "use parentheses to call this {}",
                if let TyKind::FnDef(d, _) = *found.kind() {
                    if self.tcx.is_constructor(d) { "construct" } else { "function" }
                } else {
                    "function"
                }
            ),
            format!("({args})"),
            if n == 0 { Applicability::MachineApplicable } else { Applicability::HasPlaceholders },
        );
        true
    }

    pub(crate) fn suggest_fn_call(&self, err: &mut Diag<'_>, expr: &hir::Expr<'_>, found: Ty<'tcx>) {
        if let TyKind::FnDef(..) = *found.kind() {
            err.span_suggestion_verbose(
                expr.span.shrink_to_hi(),
                "use parentheses to call this function",
                "()",
                Applicability::MaybeIncorrect,
            );
        }
    }

    fn suggest_deref_or_ref(
        &self,
        err: &mut Diag<'_>,
        expr: &hir::Expr<'tcx>,
        found: Ty<'tcx>,
        expected: Ty<'tcx>,
    ) -> bool {
        match (*expected.kind(), *found.kind()) {
            // `T` where `&T` is expected.
            (TyKind::Ref(_, exp, m), _) => {
                let r = self.tcx.mk_ref(self.tcx.lifetimes().re_static, found, m);
                // `&mut T` expected, `&T` found.
                if let TyKind::Ref(_, inner, Mutability::Not) = *found.kind() {
                    if m == Mutability::Mut && inner == exp {
                        if let ExprKind::AddrOf(hir::BorrowKind::Ref, Mutability::Not, place) = expr.kind {
                            err.span_suggestion_verbose(
                                expr.span.until(place.span),
                                "consider mutably borrowing here",
                                "&mut ",
                                Applicability::MaybeIncorrect,
                            );
                            return true;
                        }
                        return false;
                    }
                }
                if !matches!(expr.kind, ExprKind::AddrOf(..)) && self.may_coerce(r, expected) {
                    let (msg, sugg) = match m {
                        Mutability::Not => ("consider borrowing here", "&"),
                        Mutability::Mut => ("consider mutably borrowing here", "&mut "),
                    };
                    err.span_suggestion_verbose(expr.span.shrink_to_lo(), msg, sugg, Applicability::MachineApplicable);
                    return true;
                }
                false
            }
            // `&T` where `T` is expected.
            (_, TyKind::Ref(_, inner, _)) => {
                if let ExprKind::AddrOf(hir::BorrowKind::Ref, _, place) = expr.kind {
                    if self.may_coerce(inner, expected) {
                        err.span_suggestion_verbose(
                            expr.span.until(place.span),
                            "consider removing the borrow",
                            "",
                            Applicability::MachineApplicable,
                        );
                        return true;
                    }
                    return false;
                }
                if let Some(steps) = self.deref_steps_for_suggestion(found, expected) {
                    if steps > 0 && self.is_copy(expected) {
                        err.span_suggestion_verbose(
                            expr.span.shrink_to_lo(),
                            "consider dereferencing the borrow",
                            "*".repeat(steps),
                            Applicability::MachineApplicable,
                        );
                        return true;
                    }
                    if steps == 1 && inner == expected {
                        if let Some(clone) = self.tcx.lang_items().clone_trait() {
                            let pred = ty::TraitRef::new(*self.tcx, clone, [expected]);
                            let o = trait_solve::traits::Obligation::new(
                                self.tcx,
                                self.misc(expr.span),
                                self.param_env,
                                pred,
                            );
                            if self.root_ctxt.infcx.predicate_must_hold_modulo_regions(&o) {
                                err.span_suggestion_verbose(
                                    expr.span.shrink_to_hi(),
                                    "consider using clone here",
                                    ".clone()",
                                    Applicability::MachineApplicable,
                                );
                                return true;
                            }
                        }
                    }
                }
                false
            }
            _ => false,
        }
    }

    fn suggest_option_to_bool(
        &self,
        err: &mut Diag<'_>,
        expr: &hir::Expr<'tcx>,
        found: Ty<'tcx>,
        expected: Ty<'tcx>,
    ) -> bool {
        if !expected.is_bool() {
            return false;
        }
        let TyKind::Adt(def, _) = *found.peel_refs().kind() else {
            return false;
        };
        if !self.tcx.is_lang_item(def.did(), hir::LangItem::Option) {
            return false;
        }
        err.span_suggestion_verbose(
            expr.span.shrink_to_hi(),
            "use `Option::is_some` to test if the `Option` has a value",
            ".is_some()",
            Applicability::MachineApplicable,
        );
        true
    }

    fn suggest_to_string(
        &self,
        err: &mut Diag<'_>,
        expr: &hir::Expr<'tcx>,
        found: Ty<'tcx>,
        expected: Ty<'tcx>,
    ) -> bool {
        let is_string =
            matches!(expected.kind(), TyKind::Adt(def, _) if self.tcx.is_lang_item(def.did(), hir::LangItem::String));
        if !is_string || !matches!(found.kind(), TyKind::Ref(_, t, _) if t.is_str()) {
            return false;
        }
        err.span_suggestion_verbose(
            expr.span.shrink_to_hi(),
            "try using a conversion method",
            ".to_string()",
            Applicability::MaybeIncorrect,
        );
        true
    }

    /// `Some(x)`, `Ok(x)` and other variants with one field of this type.
    fn suggest_compatible_variants(
        &self,
        err: &mut Diag<'_>,
        expr: &hir::Expr<'tcx>,
        found: Ty<'tcx>,
        expected: Ty<'tcx>,
    ) -> bool {
        let TyKind::Adt(expected_adt, args) = *expected.kind() else {
            return false;
        };
        if !expected_adt.is_enum() {
            return false;
        }
        let mut compatible: Vec<String> = Vec::new();
        for v in expected_adt.variants().iter() {
            if v.fields.len() != 1 || v.ctor_kind() != Some(hir::def::CtorKind::Fn) {
                continue;
            }
            let field = v.single_field();
            let field_ty = self.tcx.type_of(field.did).instantiate(*self.tcx, args);
            if self.may_coerce(found, field_ty) {
                let path = self.variant_path_str(expected_adt, v);
                let path = path.strip_prefix("std::prelude::v1::").map(str::to_string).unwrap_or(path);
                let in_prelude = matches!(v.name.as_str(), "Some" | "Ok" | "Err");
                compatible.push(if in_prelude { v.name.to_string() } else { path });
            }
        }
        match &compatible[..] {
            [] => false,
            [variant] => {
                err.multipart_suggestion(
                    format!("try wrapping the expression in `{variant}`"),
                    vec![
                        (expr.span.shrink_to_lo(), format!("{variant}(")),
                        (expr.span.shrink_to_hi(), ")".to_string()),
                    ],
                    Applicability::MaybeIncorrect,
                );
                true
            }
            variants => {
                err.multipart_suggestions(
                    format!(
                        "try wrapping the expression in a variant of `{}`",
                        self.tcx.def_path_str(expected_adt.did())
                    ),
                    variants
                        .iter()
                        .map(|v| {
                            vec![
                                (expr.span.shrink_to_lo(), format!("{v}(")),
                                (expr.span.shrink_to_hi(), ")".to_string()),
                            ]
                        })
                        .collect(),
                    Applicability::MaybeIncorrect,
                );
                true
            }
        }
    }

    fn suggest_boxing(&self, err: &mut Diag<'_>, expr: &hir::Expr<'tcx>, found: Ty<'tcx>, expected: Ty<'tcx>) -> bool {
        let Some(inner) = expected.boxed_ty() else {
            return false;
        };
        if found.is_box() || !(inner == found || matches!(inner.kind(), TyKind::Dynamic(..))) {
            return false;
        }
        if inner != found && found.is_ref() {
            return false;
        }
        err.note("for more on the distinction between the stack and the heap, read https://doc.rust-lang.org/book/ch15-01-box.html, https://doc.rust-lang.org/rust-by-example/std/box.html, and https://doc.rust-lang.org/std/boxed/index.html");
        err.multipart_suggestion(
            "store this in the heap by calling `Box::new`",
            vec![(expr.span.shrink_to_lo(), "Box::new(".to_string()), (expr.span.shrink_to_hi(), ")".to_string())],
            Applicability::MachineApplicable,
        );
        true
    }

    fn suggest_cast(&self, err: &mut Diag<'_>, expr: &hir::Expr<'tcx>, found: Ty<'tcx>, expected: Ty<'tcx>) -> bool {
        if matches!(
            self.tcx.hir_body_owner_kind(self.body_id),
            hir::BodyOwnerKind::Const { .. } | hir::BodyOwnerKind::Static(_)
        ) {
            return false;
        }
        // A literal with the wrong suffix.
        if let ExprKind::Lit(lit) = expr.kind {
            if found.is_numeric() && expected.is_numeric() && !found.is_ty_infer() {
                if let Some(src) = self.tcx.sess().source_map().span_to_snippet(lit.span) {
                    let suffix = found.to_string();
                    if let Some(stripped) = src.strip_suffix(&suffix) {
                        let new = if expected.is_floating_point() && found.is_integral() {
                            format!("{}_{expected}", stripped.trim_end_matches('_'))
                        } else {
                            format!("{}{expected}", stripped)
                        };
                        err.span_suggestion_verbose(
                            lit.span,
                            format!("change the type of the numeric literal from `{found}` to `{expected}`"),
                            new,
                            Applicability::MachineApplicable,
                        );
                        return true;
                    }
                }
            }
            if found.is_integral_var() && expected.is_floating_point() {
                if let Some(src) = self.tcx.sess().source_map().span_to_snippet(lit.span) {
                    err.span_suggestion_verbose(
                        lit.span.shrink_to_hi(),
                        "use a float literal",
                        ".0",
                        Applicability::MachineApplicable,
                    );
                    let _ = src;
                    return true;
                }
            }
            return false;
        }
        let bits = |t: Ty<'tcx>| t.primitive_int_bits();
        let sm = self.tcx.sess().source_map();
        match (found.kind(), expected.kind()) {
            (TyKind::Int(_) | TyKind::Uint(_), TyKind::Int(_) | TyKind::Uint(_)) => {
                let is_size = |t: Ty<'tcx>| t.is_ptr_sized_integral();
                let (Some(f), Some(e)) = (bits(found), bits(expected)) else {
                    return false;
                };
                let lossless = !is_size(found)
                    && !is_size(expected)
                    && match (found.is_signed(), expected.is_signed()) {
                        (a, b) if a == b => f <= e,
                        (false, true) => f < e,
                        _ => false,
                    };
                let Some(src) = sm.span_to_snippet(expr.span) else {
                    return false;
                };
                let simple = matches!(
                    expr.kind,
                    ExprKind::Path(_)
                        | ExprKind::Call(..)
                        | ExprKind::MethodCall(..)
                        | ExprKind::Field(..)
                        | ExprKind::Index(..)
                );
                let (open, close) = if simple { ("", "") } else { ("(", ")") };
                if lossless {
                    err.multipart_suggestion(
                        format!(
                            "you can convert {} `{found}` to {} `{expected}`",
                            article(found),
                            article_an(expected)
                        ),
                        vec![
                            (expr.span.shrink_to_lo(), open.to_string()),
                            (expr.span.shrink_to_hi(), format!("{close}.into()")),
                        ]
                        .into_iter()
                        .filter(|(_, s)| !s.is_empty())
                        .collect(),
                        Applicability::MachineApplicable,
                    );
                } else {
                    err.multipart_suggestion(
                        format!(
                            "you can convert {} `{found}` to {} `{expected}` and panic if the converted value doesn't fit",
                            article(found),
                            article_an(expected)
                        ),
                        vec![
                            (expr.span.shrink_to_lo(), open.to_string()),
                            (expr.span.shrink_to_hi(), format!("{close}.try_into().unwrap()")),
                        ]
                        .into_iter()
                        .filter(|(_, s)| !s.is_empty())
                        .collect(),
                        Applicability::MachineApplicable,
                    );
                }
                let _ = src;
                true
            }
            _ => false,
        }
    }

    /// A block-like statement of a wrong type: `;` behind it.
    pub(crate) fn suggest_semicolon_at_end(&self, span: Span, err: &mut Diag<'_>) {
        // This suggestion is incorrect for `fn foo() -> bool { match () { () => true } || match () { () => true } }`.
        err.span_suggestion_short(
            span.shrink_to_hi(),
            "consider using a semicolon here",
            ";",
            Applicability::MaybeIncorrect,
        );
    }

    pub(crate) fn suggest_block_to_brackets(
        &self,
        diag: &mut Diag<'_>,
        blk: &hir::Block<'_>,
        blk_ty: Ty<'tcx>,
        expected_ty: Ty<'tcx>,
    ) {
        if let TyKind::Slice(elem_ty) | TyKind::Array(elem_ty, _) = *expected_ty.kind() {
            if self.may_coerce(blk_ty, elem_ty)
                && blk.stmts.is_empty()
                && blk.rules == hir::BlockCheckMode::DefaultBlock
            {
                if let Some(snippet) = self.tcx.sess().source_map().span_to_snippet(blk.span) {
                    if snippet.starts_with('{') && snippet.ends_with('}') {
                        diag.multipart_suggestion(
                            "to create an array, use square brackets instead of curly braces",
                            vec![
                                (blk.span.shrink_to_lo().with_hi(blk.span.lo() + span::BytePos(1)), "[".to_string()),
                                (blk.span.shrink_to_hi().with_lo(blk.span.hi() - span::BytePos(1)), "]".to_string()),
                            ],
                            Applicability::MachineApplicable,
                        );
                    }
                }
            }
        }
    }

    pub(crate) fn suggest_boxing_empty_body(&self, _err: &mut Diag<'_>, _expected: Ty<'tcx>) {}

    /// `{ ..; 1; }` where a value is expected: remove the `;`.
    pub(crate) fn consider_removing_semicolon(
        &self,
        blk: &'tcx hir::Block<'tcx>,
        expected_ty: Ty<'tcx>,
        err: &mut Diag<'_>,
    ) -> bool {
        let Some(last) = blk.stmts.last() else {
            return false;
        };
        let hir::StmtKind::Semi(last_expr) = last.kind else {
            return false;
        };
        let Some(ty) = self.node_ty_opt(last_expr.hir_id) else {
            return false;
        };
        let ty = self.resolve_vars_if_possible(ty);
        if ty.references_error() || ty.is_unit() || !self.may_coerce(ty, expected_ty) {
            return false;
        }
        if last.span.from_expansion() {
            return false;
        }
        let span = last_expr.span.shrink_to_hi().to(last.span.shrink_to_hi());
        err.span_suggestion_short(
            span,
            "remove this semicolon to return this value",
            "",
            Applicability::MachineApplicable,
        );
        true
    }

    /// A variable of the type is in scope at the block's end.
    pub(crate) fn err_ctxt_consider_returning_binding(
        &self,
        blk: &'tcx hir::Block<'tcx>,
        expected_ty: Ty<'tcx>,
        err: &mut Diag<'_>,
    ) {
        if expected_ty.is_unit() || expected_ty.is_ty_var() {
            return;
        }
        let mut found = None;
        for stmt in blk.stmts {
            if let hir::StmtKind::Let(l) = stmt.kind {
                if let hir::PatKind::Binding(_, _, ident, None) = l.pat.kind {
                    if let Some(t) = self.node_ty_opt(l.pat.hir_id) {
                        if self.resolve_vars_if_possible(t) == expected_ty {
                            found = Some(ident);
                        }
                    }
                }
            }
        }
        let Some(ident) = found else { return };
        if let Some(last) = blk.stmts.last() {
            let sm = self.tcx.sess().source_map();
            let spacing = sm.indentation_before(last.span).unwrap_or_default();
            err.span_suggestion_verbose(
                last.span.shrink_to_hi(),
                format!("consider returning the local binding `{ident}`"),
                format!("\n{spacing}{ident}"),
                Applicability::MaybeIncorrect,
            );
        }
    }

    /// `if a = b {}`-like: nothing for now.
    pub(crate) fn suggest_let_else_if_eq(&self, _blk: &'tcx hir::Block<'tcx>, _err: &mut Diag<'_>) {}

    /// The tail of a block whose type does not fit: `;`, or a return type.
    pub(crate) fn suggest_mismatched_types_on_tail(
        &self,
        err: &mut Diag<'_>,
        expr: &'tcx hir::Expr<'tcx>,
        expected: Ty<'tcx>,
        found: Ty<'tcx>,
        blk_id: hir::HirId,
    ) -> bool {
        let expr = expr.peel_drop_temps();
        if expected.is_unit() {
            // `BlockTailExpression` only relevant if the tail expr would be useful on its own.
            match expr.kind {
                ExprKind::Call(..)
                | ExprKind::MethodCall(..)
                | ExprKind::Loop(..)
                | ExprKind::If(..)
                | ExprKind::Match(..)
                | ExprKind::Block(..)
                    if !self.block_is_fn_tail(blk_id) || self.return_type_is_written() =>
                {
                    err.span_suggestion_short(
                        expr.span.shrink_to_hi(),
                        "consider using a semicolon here",
                        ";",
                        Applicability::MaybeIncorrect,
                    );
                    return true;
                }
                ExprKind::Call(..) | ExprKind::MethodCall(..) => {
                    err.span_suggestion_short(
                        expr.span.shrink_to_hi(),
                        "consider using a semicolon here",
                        ";",
                        Applicability::MaybeIncorrect,
                    );
                }
                _ => {}
            }
        }
        let _ = found;
        false
    }

    fn return_type_is_written(&self) -> bool {
        matches!(self.get_fn_decl_of_body(), Some((_, hir::FnDecl { output: hir::FnRetTy::Return(_), .. })))
    }

    /// Whether a block (or expression) is the body of the function, or the tail of it.
    pub(crate) fn block_is_fn_tail(&self, mut id: hir::HirId) -> bool {
        let Some(body) = self.tcx.hir_maybe_body_owned_by(self.body_id) else {
            return false;
        };
        let body_block = match body.value.kind {
            ExprKind::Block(b, _) => Some(b.hir_id),
            _ => None,
        };
        loop {
            if id == body.value.hir_id || Some(id) == body_block {
                return true;
            }
            let parent = self.tcx.parent_hir_id(id);
            match self.tcx.hir_node(parent) {
                hir::Node::Block(b) => {
                    if b.expr.is_none_or(|e| e.hir_id != id) {
                        return false;
                    }
                }
                hir::Node::Expr(e) => match e.kind {
                    ExprKind::Block(..) | ExprKind::DropTemps(_) | ExprKind::Match(..) | ExprKind::If(..) => {}
                    ExprKind::Ret(_) => return true,
                    _ => return false,
                },
                hir::Node::Arm(_) => {}
                _ => return false,
            }
            id = parent;
        }
    }

    /// The declared return type.
    pub(crate) fn return_type_of_body(&self, _id: LocalDefId) -> Option<Ty<'tcx>> {
        let c = self.ret_coercion.as_ref()?;
        let t = c.try_borrow().ok()?.expected_ty();
        Some(self.resolve_vars_if_possible(t))
    }

    /// `fn f() { 1 }`: a return type is missing.
    pub(crate) fn suggest_missing_return_type(
        &self,
        err: &mut Diag<'_>,
        fn_decl: &hir::FnDecl<'tcx>,
        expected: Ty<'tcx>,
        found: Ty<'tcx>,
        fn_id: LocalDefId,
    ) -> bool {
        let hir::FnRetTy::DefaultReturn(span) = fn_decl.output else {
            return false;
        };
        if !expected.is_unit() {
            return false;
        }
        let found = self.resolve_vars_if_possible(found);
        let is_main = self.tcx.opt_item_name(fn_id.to_def_id()) == Some(span::sym::main);
        if is_main {
            err.span_label(span, "expected `()` because of default return type");
            return true;
        }
        if found.has_infer() || matches!(found.kind(), TyKind::Closure(..)) {
            if found.is_integral_var() {
                err.span_suggestion_verbose(span, "try adding a return type", " -> i32", Applicability::MaybeIncorrect);
                return true;
            }
            return false;
        }
        err.span_suggestion_verbose(
            span,
            "try adding a return type",
            format!(" -> {found}"),
            Applicability::MachineApplicable,
        );
        true
    }

    /// A placeholder value of a type.
    pub(crate) fn err_ctxt_ty_kind_suggestion(&self, ty: Ty<'tcx>) -> Option<String> {
        Some(match ty.kind() {
            TyKind::Int(_) | TyKind::Uint(_) | TyKind::Infer(ty::InferTy::IntVar(_)) => "42".to_string(),
            TyKind::Float(_) => "1.0".to_string(),
            TyKind::Bool => "true".to_string(),
            TyKind::Char => "'a'".to_string(),
            TyKind::Adt(def, _) if self.tcx.is_lang_item(def.did(), hir::LangItem::String) => {
                "String::new()".to_string()
            }
            TyKind::Adt(def, _) if self.tcx.is_lang_item(def.did(), hir::LangItem::Option) => "None".to_string(),
            _ => "/* value */".to_string(),
        })
    }

    /// `a::b` where a method was meant: nothing for now.
    pub(crate) fn suggest_assoc_method_call(&self, _segs: &[hir::PathSegment<'_>]) {}
}

fn article(t: Ty<'_>) -> &'static str {
    article_an(t)
}

fn article_an(t: Ty<'_>) -> &'static str {
    match t.kind() {
        TyKind::Int(_) => "an",
        TyKind::Uint(ty::UintTy::U8) => "a",
        TyKind::Uint(_) => "a",
        _ => "a",
    }
}
