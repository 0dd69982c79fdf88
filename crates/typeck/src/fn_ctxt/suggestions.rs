//! What to change where a type does not fit: `&`, `*`, `Some(..)`, `;`, `.to_string()`, and so on.
//! Start with `emit_coerce_suggestions`; the first suggestion that fits is given.

mod clone;
mod deref_ref;
mod numeric;
mod tail;
mod variants;

use diagnostics::{Applicability, Diag};
use hir::def::{CtorOf, DefKind, Res};
use hir::{ExprKind, Node};
use span::Span;
use span::def_id::DefId;
use ty::error::TypeError;
use ty::{AdtDef, Ty, TyKind, TypeFoldable, TypeSuperFoldable, TypeVisitableExt};

use super::FnCtxt;
pub(crate) use tail::can_have_side_effects;

/// Something that can be called.
pub(crate) struct Callable<'tcx> {
    def_id: Option<DefId>,
    pub(crate) output: Ty<'tcx>,
    inputs: Vec<Ty<'tcx>>,
}

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
        let expr_ty = self.resolve_vars_if_possible(expr_ty);
        let expected = self.resolve_vars_if_possible(expected);
        if expr_ty == expected || expr_ty.references_error() || expected.references_error() {
            return;
        }
        self.suggest_other_quotes(err, expr, expr_ty, expected);
        // Use `||` to give these suggestions a precedence.
        let _ = self.suggest_missing_parentheses(err, expr)
            || self.suggest_missing_unwrap_expect(err, expr, expected, expr_ty)
            || self.suggest_remove_last_method_call(err, expr, expected)
            || self.suggest_associated_const(err, expr, expected)
            || self.suggest_semicolon_in_repeat_expr(err, expr, expr_ty)
            || self.suggest_deref_ref_or_into(err, expr, expected, expr_ty, expected_ty_expr)
            || self.suggest_option_to_bool(err, expr, expr_ty, expected)
            || self.suggest_compatible_variants(err, expr, expected, expr_ty)
            || self.suggest_non_zero_new_unwrap(err, expr, expected, expr_ty)
            || self.suggest_boxed_future(err, expr, expected, expr_ty)
            || self.suggest_no_capture_closure(err, expected, expr_ty)
            || self.suggest_boxing(err, expr, expected, expr_ty)
            || self.suggest_block_to_brackets_peeling_refs(err, expr, expr_ty, expected)
            || self.suggest_copied_or_cloned(err, expr, expr_ty, expected)
            || self.suggest_clone_for_ref(err, expr, expr_ty, expected)
            || self.suggest_into(err, expr, expr_ty, expected)
            || self.suggest_floating_point_literal(err, expr, expected)
            || self.suggest_null_ptr(err, expr, expected)
            || self.suggest_try_operator_on_result(err, expr, expected, expr_ty)
            || self.suggest_returning_value_after_loop(err, expr, expected);
    }

    pub(crate) fn emit_coerce_suggestions(
        &self,
        err: &mut Diag<'_>,
        expr: &hir::Expr<'tcx>,
        expr_ty: Ty<'tcx>,
        expected: Ty<'tcx>,
        expected_ty_expr: Option<&'tcx hir::Expr<'tcx>>,
        error: Option<TypeError<'tcx>>,
    ) {
        let expr_ty = self.resolve_vars_if_possible(expr_ty);
        let expected = self.resolve_vars_if_possible(expected);
        if expr_ty == expected {
            return;
        }
        self.annotate_expected_due_to(err, expr, error);
        if matches!(error, Some(TypeError::RegionsInsufficientlyPolymorphic(..)))
            || expr_ty.references_error()
            || expected.references_error()
        {
            return;
        }
        self.emit_type_mismatch_suggestions(err, expr, expr_ty, expected, expected_ty_expr);
        self.note_type_is_not_clone(err, expected, expr_ty, expr);
        self.suggest_return_binding_for_missing_tail_expr(err, expr, expr_ty, expected);
    }

    /// A callable type's parameters and result.
    pub(crate) fn extract_callable_info(&self, ty: Ty<'tcx>) -> Option<Callable<'tcx>> {
        let ty = self.shallow_resolve(ty);
        let (def_id, sig) = match *ty.kind() {
            TyKind::Closure(def_id, args) => {
                (Some(def_id), args.as_closure().sig().map_bound(|s| ty::untuple_sig(*self.tcx, s)))
            }
            TyKind::FnDef(def_id, _) => (Some(def_id), self.tcx.fn_sig_of_ty(ty)?),
            TyKind::FnPtr(_) => (None, self.tcx.fn_sig_of_ty(ty)?),
            _ => return None,
        };
        let sig = self.root_ctxt.infcx.instantiate_binder_with_fresh_vars(
            span::DUMMY_SP,
            trait_solve::infer::BoundRegionConversionTime::FnCall,
            sig,
        );
        let sig = self.normalize(span::DUMMY_SP, sig);
        Some(Callable {
            def_id,
            output: self.resolve_vars_if_possible(sig.output()),
            inputs: sig.inputs().iter().map(|t| self.resolve_vars_if_possible(*t)).collect(),
        })
    }

    /// `f` where `f()` is meant, if what it gives will do.
    pub(crate) fn suggest_fn_call(
        &self,
        err: &mut Diag<'_>,
        expr: &hir::Expr<'_>,
        found: Ty<'tcx>,
        can_satisfy: impl FnOnce(Ty<'tcx>) -> bool,
    ) -> bool {
        let Some(callable) = self.extract_callable_info(found) else { return false };
        if callable.output.references_error() || !can_satisfy(callable.output) {
            return false;
        }
        let (args, mut applicability) = match callable.inputs.len() {
            0 => (String::new(), Applicability::MachineApplicable),
            1..=4 => {
                let texts: Vec<String> = callable
                    .inputs
                    .iter()
                    .map(|t| match self.suggestable_ty(*t) {
                        Some(t) => format!("/* {t} */"),
                        None => "/* value */".to_owned(),
                    })
                    .collect();
                (texts.join(", "), Applicability::HasPlaceholders)
            }
            _ => ("/* ... */".to_owned(), Applicability::HasPlaceholders),
        };
        let what = match callable.def_id {
            Some(def_id) => match self.tcx.def_kind(def_id) {
                DefKind::Ctor(CtorOf::Struct, _) => "construct this tuple struct".to_owned(),
                DefKind::Ctor(CtorOf::Variant, _) => "construct this tuple variant".to_owned(),
                kind => format!("call this {}", self.tcx.def_kind_descr(kind, def_id)),
            },
            None => "call this function pointer".to_owned(),
        };
        let parts = match expr.kind {
            ExprKind::Call(..) | ExprKind::Path(..) | ExprKind::Index(..) | ExprKind::Lit(..) => {
                vec![(expr.span.shrink_to_hi(), format!("({args})"))]
            }
            _ => {
                if let ExprKind::Closure(_) = expr.kind {
                    // It might be `{ expr } || { bool }`.
                    applicability = Applicability::MaybeIncorrect;
                }
                vec![(expr.span.shrink_to_lo(), "(".to_owned()), (expr.span.shrink_to_hi(), format!(")({args})"))]
            }
        };
        err.multipart_suggestion(format!("use parentheses to {what}"), parts, applicability);
        true
    }

    /// A type as it could be written in a program; none for closures and the like.
    pub(crate) fn suggestable_ty(&self, ty: Ty<'tcx>) -> Option<String> {
        let ty = self.resolve_vars_if_possible(ty);
        let ty = match *ty.kind() {
            TyKind::FnDef(..) => self.tcx.mk_fn_ptr(self.tcx.fn_sig_of_ty(ty)?),
            _ => ty,
        };
        let writable = ty.walk().all(|arg| match arg.as_type().map(|t| *t.kind()) {
            Some(
                TyKind::FnDef(..)
                | TyKind::Closure(..)
                | TyKind::CoroutineClosure(..)
                | TyKind::Coroutine(..)
                | TyKind::CoroutineWitness(..)
                | TyKind::Infer(_)
                | TyKind::Error(_)
                | TyKind::Bound(..)
                | TyKind::Placeholder(_),
            ) => false,
            Some(TyKind::Alias(ty::AliasTyKind::Opaque, _)) => false,
            _ => true,
        });
        (writable && !ty.has_infer()).then(|| ty.to_string())
    }

    /// `{integer}` is `i32`, `{float}` is `f64`.
    pub(crate) fn resolve_numeric_literals_with_default(&self, ty: Ty<'tcx>) -> Ty<'tcx> {
        if !ty.has_infer() {
            return ty;
        }
        ty.fold_with(&mut NumericDefaults { cx: *self.tcx })
    }

    /// `x: ` where `expr` is the `x` of `S { x }`.
    fn shorthand_prefix(&self, expr: &hir::Expr<'_>) -> String {
        match self.tcx.hir_maybe_get_struct_pattern_shorthand_field(expr) {
            Some(name) => format!("{name}: "),
            None => String::new(),
        }
    }
    fn is_option(&self, adt: AdtDef<'tcx>) -> bool {
        self.tcx.is_lang_item(adt.did(), hir::LangItem::Option)
    }
    fn is_result(&self, adt: AdtDef<'tcx>) -> bool {
        self.tcx.is_diagnostic_item(span::sym::Result, adt.did())
    }

    /// `s.to_owned()` where `s` fits.
    fn suggest_remove_last_method_call(&self, err: &mut Diag<'_>, expr: &hir::Expr<'tcx>, expected: Ty<'tcx>) -> bool {
        let ExprKind::MethodCall(segment, recv, [], _) = expr.kind else { return false };
        let name = segment.ident.as_str();
        if !(name.starts_with("to_") || name.starts_with("as_") || name == "into") {
            return false;
        }
        if !self.node_ty_opt(recv.hir_id).is_some_and(|t| self.may_coerce(t, expected)) {
            return false;
        }
        let span = match recv.span.find_ancestor_inside(expr.span) {
            Some(recv_span) => expr.span.with_lo(recv_span.hi()),
            None => expr.span.with_lo(segment.ident.span.lo() - span::BytePos(1)),
        };
        err.span_suggestion_verbose(span, "try removing the method call", "", Applicability::MachineApplicable);
        true
    }

    /// `u8::max_value` where `u8::MAX` is meant.
    fn suggest_associated_const(&self, err: &mut Diag<'_>, expr: &hir::Expr<'tcx>, expected: Ty<'tcx>) -> bool {
        let ExprKind::Path(hir::QPath::TypeRelative(ty, segment)) = expr.kind else { return false };
        let Some(old) = self.typeck_results.borrow().type_dependent_def_id(expr.hir_id) else { return false };
        if self.tcx.def_kind(old) != DefKind::AssocFn {
            return false;
        }
        let upper = self.tcx.item_name(old).as_str().to_uppercase();
        let Some(self_ty) = self.node_ty_opt(ty.hir_id) else { return false };
        let item = self.probe(|_| {
            self.probe_for_name(
                crate::method::probe::Mode::Path,
                span::Ident::new(span::Symbol::intern(&upper), segment.ident.span),
                Some(expected),
                true,
                self_ty,
                expr.hir_id,
                crate::method::probe::ProbeScope::TraitsInScope,
            )
            .ok()
            .map(|p| p.item.def_id)
        });
        let Some(item) = item else { return false };
        if item == old || !matches!(self.tcx.def_kind(item), DefKind::AssocConst) {
            return false;
        }
        let item_ty = self.tcx.type_of(item).instantiate_identity();
        if item_ty.has_param() || !self.may_coerce(item_ty, expected) {
            return false;
        }
        err.span_suggestion_verbose(
            segment.ident.span,
            format!("try referring to the associated const `{upper}` instead"),
            upper,
            Applicability::MachineApplicable,
        );
        true
    }

    /// `[x, 10]` where `[x; 10]` is meant.
    fn suggest_semicolon_in_repeat_expr(&self, err: &mut Diag<'_>, expr: &hir::Expr<'tcx>, ty: Ty<'tcx>) -> bool {
        let Node::Expr(array) = self.tcx.parent_hir_node(expr.hir_id) else { return false };
        let ExprKind::Array([first, second]) = array.kind else { return false };
        if second.hir_id != expr.hir_id {
            return false;
        }
        let Some(first_ty) = self.node_ty_opt(first.hir_id) else { return false };
        let first_ty = self.resolve_vars_if_possible(first_ty);
        let is_usize = matches!(ty.kind(), TyKind::Uint(ty::UintTy::Usize));
        let size_literal = match expr.kind {
            ExprKind::Lit(lit) => matches!(
                lit.node,
                ast::LitKind::Int(_, ast::LitIntType::Unsuffixed | ast::LitIntType::Unsigned(ast::UintTy::Usize))
            ),
            _ => false,
        };
        let const_usize = is_usize
            && match expr.kind {
                ExprKind::Path(hir::QPath::Resolved(None, path)) => {
                    matches!(path.res, Res::Def(DefKind::Const, _))
                }
                ExprKind::Call(callee, _) => match callee.kind {
                    ExprKind::Path(hir::QPath::Resolved(None, path)) => match path.res {
                        Res::Def(DefKind::Fn, d) => self.tcx.is_const_fn(d),
                        _ => false,
                    },
                    _ => false,
                },
                _ => false,
            };
        let imported = array.span.in_external_macro();
        let usize_like = is_usize || ty.is_integral_var();
        let infcx = &self.root_ctxt.infcx;
        let descr =
            if imported && infcx.type_is_clone_modulo_regions(self.param_env, first_ty) && (size_literal || usize_like)
            {
                "a vector"
            } else if self.is_copy(first_ty) && (size_literal || const_usize) {
                "an array"
            } else {
                return false;
            };
        err.span_suggestion_verbose(
            first.span.between(second.span),
            format!("replace the comma with a semicolon to create {descr}"),
            "; ",
            Applicability::MachineApplicable,
        );
        true
    }

    /// An `Option` where `bool` is expected.
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
        if !self.is_option(def) {
            return false;
        }
        // `let Some(_) = a && b` is about something else.
        let outer = self.tcx.hir_parent_iter(expr.hir_id).map(|(_, n)| n).find(|n| {
            !matches!(n, Node::Expr(hir::Expr { kind: ExprKind::Binary(op, ..), .. }) if op.node == hir::BinOpKind::And)
        });
        if let Some(Node::LetStmt(local)) = outer
            && let hir::PatKind::TupleStruct(hir::QPath::Resolved(None, path), ..) = local.pat.kind
            && let Some(did) = path.res.opt_def_id()
            && let Some(variant) = self.tcx.opt_parent(did)
            && self.tcx.opt_parent(variant) == Some(def.did())
        {
            return false;
        }
        let text = match self.tcx.hir_maybe_get_struct_pattern_shorthand_field(expr) {
            Some(name) => format!(": {name}.is_some()"),
            None => ".is_some()".to_owned(),
        };
        err.span_suggestion_verbose(
            expr.span.shrink_to_hi(),
            "use `Option::is_some` to test if the `Option` has a value",
            text,
            Applicability::MachineApplicable,
        );
        true
    }

    /// `T` where `Pin<Box<T>>` is expected.
    fn suggest_boxed_future(
        &self,
        err: &mut Diag<'_>,
        expr: &hir::Expr<'tcx>,
        expected: Ty<'tcx>,
        found: Ty<'tcx>,
    ) -> bool {
        let TyKind::Adt(def, args) = *expected.kind() else { return false };
        if self.tcx.lang_items().pin_type() != Some(def.did()) || self.tcx.hir_is_inside_const_context(expr.hir_id) {
            return false;
        }
        let inner = args.type_at(0);
        let Some(box_found) = self.box_of(found) else { return false };
        if found.is_box() {
            if self.may_coerce(found, inner) || self.may_coerce(box_found, inner) {
                err.help("use `Box::pin`");
                return true;
            }
            return false;
        }
        if !self.may_coerce(box_found, inner) {
            return false;
        }
        err.multipart_suggestion(
            "you need to pin and box this expression",
            vec![
                (expr.span.shrink_to_lo(), format!("{}Box::pin(", self.shorthand_prefix(expr))),
                (expr.span.shrink_to_hi(), ")".to_owned()),
            ],
            Applicability::MaybeIncorrect,
        );
        true
    }

    fn box_of(&self, ty: Ty<'tcx>) -> Option<Ty<'tcx>> {
        let def_id = self.tcx.lang_items().owned_box()?;
        let args = self.tcx.args_for_item(def_id, |param, args| {
            if param.index == 0 {
                ty.into()
            } else {
                let args = self.tcx.mk_args(args);
                self.tcx.type_of(param.def_id).instantiate(*self.tcx, args).into()
            }
        });
        Some(self.tcx.mk_adt(self.tcx.adt_def(def_id), args))
    }

    /// A closure with captures where a `fn` pointer is expected.
    fn suggest_no_capture_closure(&self, err: &mut Diag<'_>, expected: Ty<'tcx>, found: Ty<'tcx>) -> bool {
        let (TyKind::FnPtr(..), TyKind::Closure(def_id, _)) = (expected.kind(), found.kind()) else { return false };
        let Some(upvars) = self.tcx.upvars_mentioned(*def_id) else { return false };
        let first: Vec<(Span, String)> = upvars
            .iter()
            .take(4)
            .map(|(id, upvar)| (upvar.span, format!("`{}` captured here", self.tcx.hir_name(*id))))
            .collect();
        let mut spans = diagnostics::MultiSpan::from(first.iter().map(|(s, _)| *s).collect::<Vec<_>>());
        for (s, l) in first {
            spans.push_span_label(s, l);
        }
        err.span_note(spans, "closures can only be coerced to `fn` types if they do not capture any variables");
        true
    }

    /// `T` where `Box<T>` is expected.
    fn suggest_boxing(&self, err: &mut Diag<'_>, expr: &hir::Expr<'tcx>, expected: Ty<'tcx>, found: Ty<'tcx>) -> bool {
        if !expected.is_box() || found.is_box() || self.tcx.hir_is_inside_const_context(expr.hir_id) {
            return false;
        }
        if !self.box_of(found).is_some_and(|b| self.may_coerce(b, expected)) {
            return false;
        }
        self.say_boxing(err, expr.peel_blocks().span, expr.hir_id, found);
        true
    }

    pub(crate) fn say_boxing(&self, err: &mut Diag<'_>, span: Span, id: hir::HirId, found: Ty<'tcx>) {
        err.note("for more on the distinction between the stack and the heap, read https://doc.rust-lang.org/book/ch15-01-box.html, https://doc.rust-lang.org/rust-by-example/std/box.html, and https://doc.rust-lang.org/std/boxed/index.html");
        let msg = "store this in the heap by calling `Box::new`";
        let (lo, hi) = (span.shrink_to_lo(), span.shrink_to_hi());
        let parts = if found.is_unit() {
            vec![(lo, "Box::new(".to_owned()), (hi, ")".to_owned())]
        } else if let Node::ExprField(f) = self.tcx.parent_hir_node(id)
            && f.is_shorthand
        {
            vec![(lo, format!("{}: Box::new(", f.ident)), (hi, ")".to_owned())]
        } else {
            vec![(lo, "Box::new(".to_owned()), (hi, ")".to_owned())]
        };
        err.multipart_suggestion(msg, parts, Applicability::MachineApplicable);
    }

    fn suggest_block_to_brackets_peeling_refs(
        &self,
        err: &mut Diag<'_>,
        mut expr: &hir::Expr<'tcx>,
        mut found: Ty<'tcx>,
        mut expected: Ty<'tcx>,
    ) -> bool {
        loop {
            match (&expr.kind, *found.kind(), *expected.kind()) {
                (ExprKind::AddrOf(_, _, inner), TyKind::Ref(_, f, _), TyKind::Ref(_, e, _)) => {
                    (expr, found, expected) = (inner, f, e);
                }
                (ExprKind::Block(blk, _), ..) => {
                    self.suggest_block_to_brackets(err, blk, found, expected);
                    return true;
                }
                _ => return false,
            }
        }
    }

    /// `{ 1 }` where `[1]` is meant.
    pub(crate) fn suggest_block_to_brackets(
        &self,
        diag: &mut Diag<'_>,
        blk: &hir::Block<'_>,
        blk_ty: Ty<'tcx>,
        expected_ty: Ty<'tcx>,
    ) {
        if let TyKind::Slice(elem_ty) | TyKind::Array(elem_ty, _) = *expected_ty.kind()
            && self.may_coerce(blk_ty, elem_ty)
            && blk.stmts.is_empty()
            && blk.rules == hir::BlockCheckMode::DefaultBlock
            && let Some(snippet) = self.tcx.sess().source_map().span_to_snippet(blk.span)
            && snippet.starts_with('{')
            && snippet.ends_with('}')
        {
            diag.multipart_suggestion(
                "to create an array, use square brackets instead of curly braces",
                vec![
                    (blk.span.with_hi(blk.span.lo() + span::BytePos(1)), "[".to_string()),
                    (blk.span.with_lo(blk.span.hi() - span::BytePos(1)), "]".to_string()),
                ],
                Applicability::MachineApplicable,
            );
        }
    }

    /// `.into()`
    fn suggest_into(&self, err: &mut Diag<'_>, expr: &hir::Expr<'tcx>, found: Ty<'tcx>, expected: Ty<'tcx>) -> bool {
        let expr = expr.peel_blocks();
        let scalar = |t: Ty<'tcx>| {
            t.is_numeric()
                || matches!(
                    t.kind(),
                    TyKind::Bool
                        | TyKind::Char
                        | TyKind::RawPtr(..)
                        | TyKind::FnDef(..)
                        | TyKind::FnPtr(..)
                        | TyKind::Infer(ty::InferTy::IntVar(_) | ty::InferTy::FloatVar(_))
                )
        };
        if (scalar(found) && scalar(expected)) || matches!(expr.kind, ExprKind::Block(..)) {
            return false;
        }
        let Some(into) = self.tcx.get_diagnostic_item(span::sym::Into) else { return false };
        if expr.span.in_derive_expansion()
            || !self
                .root_ctxt
                .infcx
                .type_implements_trait(into, [found, expected], self.param_env)
                .must_apply_modulo_regions()
        {
            return false;
        }
        let mut span = expr.span;
        while span.in_external_macro() {
            match span.parent_callsite() {
                Some(s) => span = s,
                None => break,
            }
        }
        let mut parts = if binds_loosely(expr) {
            vec![(span.shrink_to_lo(), "(".to_owned()), (span.shrink_to_hi(), ").into()".to_owned())]
        } else {
            vec![(span.shrink_to_hi(), ".into()".to_owned())]
        };
        let prefix = self.shorthand_prefix(expr);
        if !prefix.is_empty() {
            parts.insert(0, (expr.span.shrink_to_lo(), prefix));
        }
        err.multipart_suggestion(
            format!("call `Into::into` on this expression to convert `{found}` into `{expected}`"),
            parts,
            Applicability::MaybeIncorrect,
        );
        true
    }

    /// `0` where a pointer is expected.
    fn suggest_null_ptr(&self, err: &mut Diag<'_>, expr: &hir::Expr<'tcx>, expected: Ty<'tcx>) -> bool {
        let TyKind::RawPtr(_, mutbl) = *expected.kind() else { return false };
        let ExprKind::Lit(lit) = expr.kind else { return false };
        if !matches!(lit.node, ast::LitKind::Int(n, _) if n == 0) {
            return false;
        }
        let path = if mutbl.is_mut() { "std::ptr::null_mut()" } else { "std::ptr::null()" };
        err.span_suggestion(
            lit.span,
            format!("if you meant to create a null pointer, use `{path}`"),
            path,
            Applicability::MachineApplicable,
        );
        true
    }

    /// `Ok(x?)` where errors can be converted.
    fn suggest_try_operator_on_result(
        &self,
        err: &mut Diag<'_>,
        expr: &hir::Expr<'tcx>,
        expected: Ty<'tcx>,
        found: Ty<'tcx>,
    ) -> bool {
        let returned =
            matches!(self.tcx.parent_hir_node(expr.hir_id), Node::Expr(hir::Expr { kind: ExprKind::Ret(_), .. }))
                || self.tcx.hir_get_fn_id_for_return_block(expr.hir_id).is_some();
        let (TyKind::Adt(e, e_args), TyKind::Adt(f, f_args)) = (*expected.kind(), *found.kind()) else {
            return false;
        };
        let Some(into) = self.tcx.get_diagnostic_item(span::sym::Into) else { return false };
        let infcx = &self.root_ctxt.infcx;
        if !returned
            || e != f
            || !self.is_result(e)
            || !infcx.can_eq(self.param_env, f_args.type_at(0), e_args.type_at(0))
            || !infcx
                .type_implements_trait(into, [f_args.type_at(1), e_args.type_at(1)], self.param_env)
                .must_apply_modulo_regions()
        {
            return false;
        }
        err.multipart_suggestion(
            "use `?` to coerce and return an appropriate `Err`, and wrap the resulting value in `Ok` so the expression remains of type `Result`",
            vec![(expr.span.shrink_to_lo(), "Ok(".to_owned()), (expr.span.shrink_to_hi(), "?)".to_owned())],
            Applicability::MaybeIncorrect,
        );
        true
    }

    /// A placeholder value of a type.
    pub(crate) fn err_ctxt_ty_kind_suggestion(&self, ty: Ty<'tcx>) -> Option<String> {
        let ty = self.resolve_vars_if_possible(ty);
        Some(match *ty.kind() {
            TyKind::Never | TyKind::Error(_) => return None,
            TyKind::Bool => "false".to_owned(),
            TyKind::Char => "'x'".to_owned(),
            TyKind::Int(_) | TyKind::Uint(_) => "42".to_owned(),
            TyKind::Float(_) => "3.14159".to_owned(),
            TyKind::Slice(_) => "[]".to_owned(),
            TyKind::Adt(def, _) if self.tcx.is_diagnostic_item(span::sym::Vec, def.did()) => "vec![]".to_owned(),
            TyKind::Adt(def, _) if self.tcx.is_lang_item(def.did(), hir::LangItem::String) => {
                "String::new()".to_owned()
            }
            TyKind::Adt(def, args) if def.is_box() => {
                format!("Box::new({})", self.err_ctxt_ty_kind_suggestion(args.type_at(0))?)
            }
            TyKind::Adt(def, _) if self.is_option(def) => "None".to_owned(),
            TyKind::Adt(def, args) if self.is_result(def) => {
                format!("Ok({})", self.err_ctxt_ty_kind_suggestion(args.type_at(0))?)
            }
            TyKind::Adt(..)
                if self.tcx.get_diagnostic_item(span::sym::Default).is_some_and(|d| {
                    self.root_ctxt.infcx.type_implements_trait(d, [ty], self.param_env).must_apply_modulo_regions()
                }) =>
            {
                "Default::default()".to_owned()
            }
            TyKind::Ref(_, t, hir::Mutability::Not) if t.is_str() => "\"\"".to_owned(),
            TyKind::Ref(_, t, m) => format!("&{}{}", m.prefix_str(), self.err_ctxt_ty_kind_suggestion(t)?),
            TyKind::Tuple(tys) => {
                let parts: Option<Vec<String>> = tys.iter().map(|t| self.err_ctxt_ty_kind_suggestion(t)).collect();
                format!("({}{})", parts?.join(", "), if tys.len() == 1 { "," } else { "" })
            }
            _ => "/* value */".to_owned(),
        })
    }

    /// `if a = b {}`-like: nothing for now.
    pub(crate) fn suggest_let_else_if_eq(&self, _blk: &'tcx hir::Block<'tcx>, _err: &mut Diag<'_>) {}

    /// `a::b` where a method was meant: nothing for now.
    pub(crate) fn suggest_assoc_method_call(&self, _segs: &[hir::PathSegment<'_>]) {}

    /// `{}` where a `Box` is expected.
    pub(crate) fn suggest_boxing_empty_body(&self, err: &mut Diag<'_>, blk: &hir::Block<'_>, expected: Ty<'tcx>) {
        let expected = self.resolve_vars_if_possible(expected);
        if expected.boxed_ty().is_some_and(|t| t.is_unit()) {
            self.say_boxing(err, blk.span, blk.hir_id, self.tcx.mk_unit());
        }
    }
}

/// `{integer}` to `i32`, `{float}` to `f64`.
struct NumericDefaults<'tcx> {
    cx: ty::Interner<'tcx>,
}

impl<'tcx> ty::TypeFolder<'tcx> for NumericDefaults<'tcx> {
    fn cx(&self) -> ty::Interner<'tcx> {
        self.cx
    }
    fn fold_ty(&mut self, ty: Ty<'tcx>) -> Ty<'tcx> {
        match ty.kind() {
            TyKind::Infer(ty::InferTy::IntVar(_)) => self.cx.types().i32,
            TyKind::Infer(ty::InferTy::FloatVar(_)) => self.cx.types().f64,
            _ => ty.super_fold_with(self),
        }
    }
}

/// Whether a method call on it needs parentheses.
fn binds_loosely(expr: &hir::Expr<'_>) -> bool {
    matches!(
        expr.kind,
        ExprKind::Closure(_)
            | ExprKind::Break(..)
            | ExprKind::Ret(..)
            | ExprKind::Yield(..)
            | ExprKind::Become(..)
            | ExprKind::Binary(..)
            | ExprKind::Cast(..)
            | ExprKind::Assign(..)
            | ExprKind::AssignOp(..)
            | ExprKind::AddrOf(..)
            | ExprKind::Let(..)
            | ExprKind::Unary(..)
    ) || is_range_literal(expr)
}

/// Whether `&` or `*` before it need parentheses.
fn needs_parens(expr: &hir::Expr<'_>) -> bool {
    matches!(expr.kind, ExprKind::Cast(..) | ExprKind::Binary(..)) || is_range_literal(expr)
}

/// `a..b` and relatives.
fn is_range_literal(expr: &hir::Expr<'_>) -> bool {
    use hir::LangItem as L;
    let is_range = |qpath: &hir::QPath<'_>| {
        matches!(
            qpath,
            hir::QPath::LangItem(
                L::Range
                    | L::RangeFrom
                    | L::RangeTo
                    | L::RangeFull
                    | L::RangeToInclusive
                    | L::RangeInclusiveNew
                    | L::RangeCopy
                    | L::RangeFromCopy
                    | L::RangeInclusiveCopy
                    | L::RangeToInclusiveCopy,
                _
            )
        )
    };
    match &expr.kind {
        ExprKind::Struct(qpath, ..) => is_range(qpath),
        ExprKind::Call(callee, _) => matches!(&callee.kind, ExprKind::Path(qpath) if is_range(qpath)),
        _ => false,
    }
}
