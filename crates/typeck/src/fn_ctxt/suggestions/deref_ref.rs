//! `&`, `*` and their removal where a type does not fit, and what is tried with them.

use diagnostics::{Applicability, Diag};
use hir::{ExprKind, Mutability, Node};
use span::{BytePos, Span};
use ty::{Ty, TyKind};

use super::{FnCtxt, binds_loosely, needs_parens};

/// A change that makes an expression fit.
pub(crate) struct Sugg {
    parts: Vec<(Span, String)>,
    msg: String,
    applicability: Applicability,
    /// Whether the type that a `let` states may be what is wrong.
    annotation: bool,
}

impl Sugg {
    fn new(parts: Vec<(Span, String)>, msg: impl Into<String>) -> Sugg {
        Sugg { parts, msg: msg.into(), applicability: Applicability::MachineApplicable, annotation: false }
    }
    fn maybe(mut self) -> Sugg {
        self.applicability = Applicability::MaybeIncorrect;
        self
    }
}

impl<'a, 'tcx> FnCtxt<'a, 'tcx> {
    /// References, calls, numbers' casts, conversions: the first that fits.
    pub(super) fn suggest_deref_ref_or_into(
        &self,
        err: &mut Diag<'_>,
        expr: &hir::Expr<'tcx>,
        expected: Ty<'tcx>,
        found: Ty<'tcx>,
        expected_ty_expr: Option<&'tcx hir::Expr<'tcx>>,
    ) -> bool {
        let expr = expr.peel_blocks();
        if let Some(sugg) = self.suggest_deref_or_ref(expr, found, expected) {
            let annotation = sugg.annotation;
            err.multipart_suggestion(sugg.msg, sugg.parts, sugg.applicability);
            if annotation {
                self.suggest_reference_in_annotation(err, expr);
            }
            return true;
        }
        if self.suggest_else_fn_with_closure(err, expr, found, expected) {
            return true;
        }
        if self.suggest_fn_call(err, expr, found, |output| self.may_coerce(output, expected))
            && let TyKind::FnDef(def_id, _) = *found.kind()
            && let Some(span) = self.tcx.hir_span_if_local(def_id)
        {
            let name = self.tcx.item_name(def_id);
            use hir::def::{CtorKind, CtorOf, DefKind};
            match self.tcx.def_kind(def_id) {
                DefKind::Ctor(of, CtorKind::Fn) => {
                    let what = if of == CtorOf::Struct { "a struct" } else { "an enum variant" };
                    err.span_label(span, format!("`{name}` defines {what} constructor here, which should be called"));
                }
                kind => {
                    let descr = self.tcx.def_kind_descr(kind, def_id);
                    err.span_label(span, format!("{descr} `{name}` defined here"));
                }
            }
            return true;
        }
        self.suggest_cast(err, expr, found, expected, expected_ty_expr)
            || self.suggest_conversion_method(err, expr, found, expected)
            || self.suggest_option_of_reference(err, expr, found, expected)
    }

    /// `let x: T = &v`: `&` in the type.
    fn suggest_reference_in_annotation(&self, err: &mut Diag<'_>, expr: &hir::Expr<'tcx>) {
        let ExprKind::AddrOf(hir::BorrowKind::Ref, mutbl, _) = expr.peel_drop_temps().kind else { return };
        let mut indexes = Vec::new();
        let mut id = expr.hir_id;
        for (parent_id, node) in self.tcx.hir_parent_iter(expr.hir_id) {
            match node {
                Node::Expr(hir::Expr { kind: ExprKind::Tup(subs), .. }) => {
                    indexes.extend(subs.iter().position(|e| e.hir_id == id));
                    id = parent_id;
                }
                Node::LetStmt(local) => {
                    let Some(mut ty) = local.ty else { return };
                    while let Some(index) = indexes.pop() {
                        match ty.kind {
                            hir::TyKind::Tup(tys) => ty = &tys[index],
                            _ => return,
                        }
                    }
                    err.span_suggestion(
                        ty.span.shrink_to_lo(),
                        "alternatively, consider changing the type annotation",
                        mutbl.ref_prefix_str(),
                        Applicability::MaybeIncorrect,
                    );
                    return;
                }
                _ => return,
            }
        }
    }

    /// A reference more or less.
    pub(crate) fn suggest_deref_or_ref(
        &self,
        expr: &hir::Expr<'tcx>,
        found: Ty<'tcx>,
        expected: Ty<'tcx>,
    ) -> Option<Sugg> {
        let sp = expr.span;
        if sp.in_external_macro() {
            return None;
        }
        let expr = expr.peel_drop_temps();
        let sm = self.tcx.sess().source_map();
        match (&expr.kind, *expected.kind(), *found.kind()) {
            (_, TyKind::Ref(_, exp, _), TyKind::Ref(_, check, _)) => {
                let bytes = |t: Ty<'tcx>| matches!(*t.kind(), TyKind::Array(e, _) | TyKind::Slice(e) if e == self.tcx.types().u8);
                let ExprKind::Lit(_) = expr.kind else { return None };
                let src = sm.span_to_snippet(sp)?;
                if exp.is_str() && bytes(check) && src.starts_with("b\"") {
                    let b = sp.with_hi(sp.lo() + BytePos(1));
                    return Some(Sugg::new(vec![(b, String::new())], "consider removing the leading `b`"));
                }
                if bytes(exp) && check.is_str() && src.starts_with('"') {
                    return Some(Sugg::new(vec![(sp.shrink_to_lo(), "b".to_owned())], "consider adding a leading `b`"));
                }
                None
            }
            (_, TyKind::Ref(_, _, mutability), _) => self.suggest_ref(expr, found, expected, mutability),
            (ExprKind::AddrOf(hir::BorrowKind::Ref, _, inner), _, TyKind::Ref(_, checked, _))
                if self.root_ctxt.infcx.can_eq(self.param_env, checked, expected) =>
            {
                let inner_span = if sp.contains(inner.span) {
                    inner.span
                } else {
                    // `&format!("")`: the macro's call.
                    std::iter::successors(Some(inner.span), |s| s.parent_callsite()).find(|&s| sp.contains(s))?
                };
                // `(` before the `&` stays.
                let skipped = sm.with_snippet(sp, |s| {
                    s.len() - s.trim_start_matches(|c: char| c == '(' || c.is_whitespace()).len()
                });
                let start = sp.lo() + BytePos(skipped.unwrap_or(0) as u32);
                let mut sugg = Sugg::new(
                    vec![(sp.with_lo(start).with_hi(inner_span.lo()), String::new())],
                    "consider removing the borrow",
                );
                sugg.annotation = true;
                Some(sugg)
            }
            (_, TyKind::RawPtr(ty_b, mutbl_b), TyKind::Ref(_, ty_a, mutbl_a)) => {
                let steps = self.deref_steps_for_suggestion(ty_a, ty_b).filter(|s| *s > 0)?;
                let src = sm.span_to_snippet(sp)?;
                let old = mutbl_a.ref_prefix_str();
                src.strip_prefix(old)?;
                // `&` or `&mut ` stays if it is in both.
                let kept = old.len().min(mutbl_b.ref_prefix_str().len());
                let span = sp.with_lo(sp.lo() + BytePos(kept as u32)).with_hi(sp.lo() + BytePos(old.len() as u32));
                let text =
                    format!("{}{}", if mutbl_a != mutbl_b { mutbl_b.prefix_str() } else { "" }, "*".repeat(steps));
                let sugg = Sugg::new(vec![(span, text)], "consider dereferencing");
                Some(if mutbl_b <= mutbl_a { sugg } else { sugg.maybe() })
            }
            _ => self.suggest_deref(expr, found, expected),
        }
    }

    /// `&` where a reference is expected.
    fn suggest_ref(
        &self,
        expr: &hir::Expr<'tcx>,
        found: Ty<'tcx>,
        expected: Ty<'tcx>,
        mutability: Mutability,
    ) -> Option<Sugg> {
        let ref_ty = self.tcx.mk_ref(self.tcx.lifetimes().re_static, found, mutability);
        if !self.may_coerce(ref_ty, expected) {
            return None;
        }
        let mut sugg_sp = expr.span;
        if let ExprKind::MethodCall(segment, receiver, [], _) = expr.kind
            && segment.ident.name == span::sym::clone
            && let Some(did) = self.typeck_results.borrow().type_dependent_def_id(expr.hir_id)
            && self.tcx.trait_of_assoc(did).is_some_and(|t| Some(t) == self.tcx.lang_items().clone_trait())
        {
            // With a borrow the clone is not needed.
            sugg_sp = receiver.span;
        }
        if let ExprKind::Unary(hir::UnOp::Deref, inner) = expr.kind
            && self.deref_steps_for_suggestion(expected, found) == Some(1)
            && self.node_ty_opt(inner.hir_id).is_some_and(|t| t.is_ref())
        {
            return Some(Sugg::new(
                vec![(sugg_sp.with_hi(inner.span.lo()), String::new())],
                "consider removing deref here",
            ));
        }
        // Not `&if`, but in the branches.
        if let ExprKind::If(_, then, els) = expr.kind {
            let ExprKind::Block(then, _) = then.kind else { return None };
            let mut sugg = self.suggest_deref_or_ref(then.expr?, found, expected)?;
            let els = els?;
            let els = match els.kind {
                ExprKind::Block(block, _) => block.expr?,
                _ => els,
            };
            sugg.parts.extend(self.suggest_deref_or_ref(els, found, expected)?.parts);
            return Some(sugg);
        }
        if let Some(sugg) = self.can_use_as_ref(expr) {
            return Some(sugg);
        }
        let prefix = self.shorthand_prefix(expr);
        let parent = self.tcx.parent_hir_node(expr.hir_id);
        if matches!(parent, Node::Expr(hir::Expr { kind: ExprKind::Assign(..), .. })) && mutability.is_mut() {
            // The assignment says it.
            return None;
        }
        let make = |expr: &hir::Expr<'_>, span: Span, text: &str| {
            if needs_parens(expr) {
                vec![(span.shrink_to_lo(), format!("{prefix}{text}(")), (span.shrink_to_hi(), ")".to_owned())]
            } else {
                vec![(span.shrink_to_lo(), format!("{prefix}{text}"))]
            }
        };
        // `&T <= T`
        if let Node::Expr(hir::Expr { kind: ExprKind::Binary(_, lhs, _), .. }) = parent
            && self.node_ty_opt(lhs.hir_id).is_some_and(|t| self.resolve_vars_if_possible(t).is_ref())
        {
            return Some(Sugg::new(make(lhs, lhs.span, "*"), "consider dereferencing the borrow"));
        }
        Some(Sugg::new(
            make(expr, expr.span, mutability.ref_prefix_str()),
            format!("consider {}borrowing here", mutability.mutably_str()),
        ))
        .map(|mut s| {
            if sugg_sp != expr.span && !needs_parens(expr) {
                s.parts[0].0 = sugg_sp.shrink_to_lo();
            }
            s
        })
    }

    /// `*`, or fewer `&`, where what is behind the reference is expected.
    fn suggest_deref(&self, expr: &hir::Expr<'tcx>, found: Ty<'tcx>, expected: Ty<'tcx>) -> Option<Sugg> {
        let mut steps = self.deref_steps_for_suggestion(found, expected)?;
        let mut expr = expr.peel_blocks();
        let mut prefix_span = expr.span.shrink_to_lo();
        let mut remove = String::new();
        while steps > 0
            && let ExprKind::AddrOf(_, mutbl, inner) = expr.kind
        {
            prefix_span = prefix_span.with_hi(inner.span.lo());
            expr = inner;
            remove.push_str(mutbl.ref_prefix_str());
            steps -= 1;
        }
        let removed = remove.trim();
        if steps == 0 && !removed.is_empty() {
            let sugg = Sugg::new(vec![(prefix_span, String::new())], format!("consider removing the `{removed}`"));
            // `{ a } && b` is more likely something else.
            return Some(if removed == "&&" && expected.is_bool() { sugg.maybe() } else { sugg });
        }
        let by_ref_op = matches!(
            self.tcx.parent_hir_node(expr.hir_id),
            Node::Expr(hir::Expr { kind: ExprKind::Binary(op, ..), .. }) if op.node.is_comparison()
        );
        if !self.is_copy(expected) && !(found.is_box() && steps == 1) && !by_ref_op {
            return None;
        }
        let kind = if found.is_box() {
            if let ExprKind::Call(callee, [_]) = expr.kind
                && let ExprKind::Path(ref qpath) = callee.kind
                && let Some(fn_id) = self.typeck_results.borrow().qpath_res(qpath, callee.hir_id).opt_def_id()
                && self.tcx.opt_item_name(fn_id) == Some(span::sym::new)
                && let Some(impl_id) = self.tcx.inherent_impl_of_assoc(fn_id)
                && self.tcx.type_of(impl_id).skip_binder().is_box()
            {
                let sm = self.tcx.sess().source_map();
                let open = sm.next_point(callee.span);
                return Some(Sugg::new(
                    vec![(callee.span.to(open), String::new()), (sm.end_point(expr.span), String::new())],
                    "consider removing the Box",
                ));
            }
            "unboxing the value"
        } else if found.is_ref() {
            "dereferencing the borrow"
        } else {
            "dereferencing the type"
        };
        let msg = if remove.is_empty() {
            format!("consider {kind}")
        } else {
            format!("consider removing the `{removed}` and {kind} instead")
        };
        // Not `else *if`.
        if let ExprKind::If(..) = expr.kind
            && let Node::Expr(hir::Expr { kind: ExprKind::If(_, _, Some(els)), .. }) =
                self.tcx.parent_hir_node(expr.hir_id)
            && els.hir_id == expr.hir_id
        {
            return None;
        }
        let (span, text) = match expr.kind {
            ExprKind::Block(hir::Block { expr: Some(tail), .. }, _) => (tail.span.shrink_to_lo(), "*".to_owned()),
            _ => (prefix_span, format!("{}{}", self.shorthand_prefix(expr), "*".repeat(steps))),
        };
        if text.trim().is_empty() {
            return None;
        }
        if needs_parens(expr) {
            return Some(Sugg::new(vec![(span, format!("{text}(")), (expr.span.shrink_to_hi(), ")".to_owned())], msg));
        }
        Some(Sugg::new(vec![(span, text)], msg))
    }

    /// `opt.map(|x| f(x))` where `f` takes a reference: `opt.as_ref().map(..)`.
    fn can_use_as_ref(&self, expr: &hir::Expr<'tcx>) -> Option<Sugg> {
        let local = expr.is_path_to_local()?;
        let Node::Param(param) = self.tcx.parent_hir_node(local) else { return None };
        let Node::Expr(closure) = self.tcx.parent_hir_node(param.hir_id) else { return None };
        let ExprKind::Closure(hir::Closure { fn_decl, .. }) = closure.kind else { return None };
        let Node::Expr(hir::Expr { kind: ExprKind::MethodCall(segment, receiver, ..), .. }) =
            self.tcx.parent_hir_node(closure.hir_id)
        else {
            return None;
        };
        if fn_decl.inputs.len() != 1 || !matches!(segment.ident.name.as_str(), "map" | "and_then") {
            return None;
        }
        let TyKind::Adt(def, _) = *self.resolve_vars_if_possible(self.node_ty_opt(receiver.hir_id)?).peel_refs().kind()
        else {
            return None;
        };
        if !self.is_option(def) && !self.is_result(def) {
            return None;
        }
        Some(Sugg::new(
            vec![(segment.ident.span.shrink_to_lo(), "as_ref().".to_owned())],
            "consider using `as_ref` instead",
        ))
    }

    /// `unwrap_or(f)` where the function is meant to be called: `unwrap_or_else(f)`.
    fn suggest_else_fn_with_closure(
        &self,
        err: &mut Diag<'_>,
        expr: &hir::Expr<'tcx>,
        found: Ty<'tcx>,
        expected: Ty<'tcx>,
    ) -> bool {
        let Some(callable) = self.extract_callable_info(found) else { return false };
        if !self.may_coerce(callable.output, expected) {
            return false;
        }
        let Node::Expr(call) = self.tcx.parent_hir_node(expr.hir_id) else { return false };
        let ExprKind::MethodCall(segment, receiver, args, _) = call.kind else { return false };
        let Some(self_ty) = self.node_ty_opt(receiver.hir_id) else { return false };
        let name = format!("{}_else", segment.ident);
        let ident = span::Ident::new(span::Symbol::intern(&name), segment.ident.span);
        let pick = self.probe(|_| {
            self.probe_for_name(
                crate::method::probe::Mode::MethodCall,
                ident,
                Some(expected),
                true,
                self_ty,
                receiver.hir_id,
                crate::method::probe::ProbeScope::TraitsInScope,
            )
            .ok()
            .map(|p| p.item.def_id)
        });
        let Some(def_id) = pick else { return false };
        if self.tcx.fn_sig(def_id).skip_binder().skip_binder().inputs().len() != args.len() + 1 {
            return false;
        }
        err.span_suggestion_verbose(
            segment.ident.span.shrink_to_hi(),
            format!("try calling `{name}` instead"),
            "_else",
            Applicability::MaybeIncorrect,
        );
        true
    }

    /// `.to_string()`, `.to_vec()` and so on: methods without arguments that give the expected type.
    fn suggest_conversion_method(
        &self,
        err: &mut Diag<'_>,
        expr: &hir::Expr<'tcx>,
        found: Ty<'tcx>,
        expected: Ty<'tcx>,
    ) -> bool {
        if found.is_ty_var() || expected.is_ty_var() || found.is_never() {
            return false;
        }
        let prefix = self.shorthand_prefix(expr);
        let mut suggestions = Vec::new();
        for name in ["to_path_buf", "to_vec", "to_string"] {
            let ident = span::Ident::new(span::Symbol::intern(name), expr.span);
            let def_id = self.probe(|_| {
                self.probe_for_name(
                    crate::method::probe::Mode::MethodCall,
                    ident,
                    Some(expected),
                    true,
                    found,
                    expr.hir_id,
                    crate::method::probe::ProbeScope::AllTraits,
                )
                .ok()
                .map(|p| p.item.def_id)
            });
            let Some(def_id) = def_id else { continue };
            if !self.tcx.has_attr(def_id, span::Symbol::intern("rustc_conversion_suggestion")) {
                continue;
            }
            let mut parts = match expr.kind {
                ExprKind::MethodCall(segment, ..) if segment.ident.name == ident.name => continue,
                // `.clone()` of a slice is not it.
                ExprKind::MethodCall(segment, ..)
                    if segment.ident.name == span::sym::clone && name != "to_path_buf" =>
                {
                    vec![(segment.ident.span, name.to_owned())]
                }
                _ if binds_loosely(expr) => {
                    vec![(expr.span.shrink_to_lo(), "(".to_owned()), (expr.span.shrink_to_hi(), format!(").{name}()"))]
                }
                _ => vec![(expr.span.shrink_to_hi(), format!(".{name}()"))],
            };
            if !prefix.is_empty() {
                parts.insert(0, (expr.span.shrink_to_lo(), prefix.clone()));
            }
            suggestions.push(parts);
        }
        if suggestions.is_empty() {
            return false;
        }
        err.multipart_suggestions("try using a conversion method", suggestions, Applicability::MaybeIncorrect);
        true
    }

    /// `Option<T>` where `Option<&U>` is expected: `.as_ref()`, `.as_deref()`, `.map(|v| ..)`.
    fn suggest_option_of_reference(
        &self,
        err: &mut Diag<'_>,
        expr: &hir::Expr<'tcx>,
        found: Ty<'tcx>,
        expected: Ty<'tcx>,
    ) -> bool {
        let TyKind::Adt(f, f_args) = *found.peel_refs().kind() else { return false };
        let TyKind::Adt(e, e_args) = *expected.kind() else { return false };
        let errors = match () {
            () if self.is_option(f) && self.is_option(e) => None,
            () if self.is_result(f) && self.is_result(e) => Some((f_args.type_at(1), e_args.type_at(1))),
            () => return false,
        };
        let (found_inner, expected_inner) = (f_args.type_at(0), e_args.type_at(0));
        let TyKind::Ref(_, peeled, Mutability::Not) = *expected_inner.kind() else { return false };
        let can_eq = |a: Ty<'tcx>, b: Ty<'tcx>| self.root_ctxt.infcx.can_eq(self.param_env, a, b);
        let inner_expr = expr.peel_borrows();
        if inner_expr.span.ctxt() != expr.span.ctxt() {
            return false;
        }
        let borrow = (inner_expr.hir_id != expr.hir_id).then(|| expr.span.until(inner_expr.span));
        let errors_as_ref =
            errors.is_none_or(|(f, e)| can_eq(self.tcx.mk_ref(self.tcx.lifetimes().re_erased, f, Mutability::Not), e));
        let name = self.tcx.hir_maybe_get_struct_pattern_shorthand_field(expr);
        let wrap = |text: &str| match name {
            Some(name) => format!(": {name}{text}"),
            None => text.to_owned(),
        };
        let mut say = |method: &str| {
            let mut parts = vec![(expr.span.shrink_to_hi(), wrap(method))];
            if let Some(span) = borrow {
                parts.push((span, String::new()));
            }
            err.multipart_suggestion(
                format!("try using `{}` to convert `{found}` to `{expected}`", wrap(method)),
                parts,
                Applicability::MachineApplicable,
            );
            true
        };
        if can_eq(found_inner, peeled) && errors_as_ref {
            return say(".as_ref()");
        }
        if let TyKind::Ref(_, t, _) = *found_inner.kind()
            && let TyKind::Adt(adt, _) = *t.peel_refs().kind()
            && self.tcx.is_lang_item(adt.did(), hir::LangItem::String)
            && peeled.is_str()
            && errors.is_none_or(|(f, e)| can_eq(f, e))
        {
            err.span_suggestion_verbose(
                expr.span.shrink_to_hi(),
                "try converting the passed type into a `&str`",
                wrap(".map(|x| x.as_str())"),
                Applicability::MachineApplicable,
            );
            return true;
        }
        if !errors_as_ref {
            return false;
        }
        let steps: Vec<(Ty<'tcx>, usize)> = self.autoderef(expr.span, found_inner).silence_errors().collect();
        if steps.get(1).is_some_and(|(t, _)| can_eq(*t, peeled)) {
            return say(".as_deref()");
        }
        match steps.iter().skip(2).find(|(t, _)| can_eq(*t, peeled)) {
            Some((_, n)) => say(&format!(".map(|v| &{}v)", "*".repeat(*n))),
            None => false,
        }
    }
}
