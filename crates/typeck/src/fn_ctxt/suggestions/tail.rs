//! The end of a block or function: a `;` missing or too many, a return type, `return`, `break`.

use diagnostics::{Applicability, Diag};
use hir::{ExprKind, HirId, Node};
use span::Span;
use span::def_id::LocalDefId;
use ty::{Ty, TyKind};

use super::FnCtxt;

impl<'a, 'tcx> FnCtxt<'a, 'tcx> {
    /// The function (or closure) whose value a block's or `return`'s is.
    pub(crate) fn get_fn_decl(&self, id: HirId) -> Option<(LocalDefId, &'tcx hir::FnDecl<'tcx>)> {
        let item_id = self.tcx.hir_get_fn_id_for_return_block(id)?;
        match self.tcx.hir_node(item_id) {
            Node::Expr(hir::Expr { kind: ExprKind::Closure(c), .. }) => match c.kind {
                hir::ClosureKind::Coroutine(hir::CoroutineKind::Desugared(_, hir::CoroutineSource::Fn)) => {
                    // The function around an `async fn`'s body.
                    let owner = self.tcx.hir_get_parent_item(item_id).def_id;
                    Some((owner, self.tcx.hir_node_by_def_id(owner).fn_decl()?))
                }
                _ => Some((c.def_id, c.fn_decl)),
            },
            node => Some((item_id.owner.def_id, node.fn_decl()?)),
        }
    }

    /// The `if` or `match` statement of which the expression is a branch's value.
    pub(crate) fn hir_if_cause(&self, id: HirId) -> Option<&'tcx hir::Expr<'tcx>> {
        for (_, node) in self.tcx.hir_parent_iter(id) {
            match node {
                Node::Item(_)
                | Node::ForeignItem(_)
                | Node::TraitItem(_)
                | Node::ImplItem(_)
                | Node::Stmt(hir::Stmt { kind: hir::StmtKind::Let(_), .. }) => break,
                Node::Expr(expr @ hir::Expr { kind: ExprKind::If(..) | ExprKind::Match(..), .. }) => return Some(expr),
                _ => {}
            }
        }
        None
    }

    /// The signature as the body sees it.
    pub(crate) fn body_fn_sig(&self) -> Option<ty::FnSig<'tcx>> {
        let id = self.tcx.local_def_id_to_hir_id(self.body_id);
        self.typeck_results.borrow().liberated_fn_sigs().get(id).copied()
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

    /// The tail of a block whose type does not fit: the return type, `return`.
    pub(crate) fn suggest_mismatched_types_on_tail(
        &self,
        err: &mut Diag<'_>,
        expr: &'tcx hir::Expr<'tcx>,
        expected: Ty<'tcx>,
        found: Ty<'tcx>,
        blk_id: HirId,
    ) -> bool {
        let expr = expr.peel_drop_temps();
        if let ExprKind::Break(..) = expr.kind {
            return false;
        }
        let Some((fn_id, fn_decl)) = self.get_fn_decl(blk_id) else { return false };
        let pointing = self.suggest_missing_return_type(err, fn_decl, expected, found, fn_id);
        self.suggest_missing_break_or_return_expr(err, expr, fn_decl, expected, found, blk_id, fn_id);
        pointing
    }

    /// `fn f() { 1 }`: a `;` where `()` is expected.
    pub(crate) fn suggest_missing_semicolon(
        &self,
        err: &mut Diag<'_>,
        expr: &'tcx hir::Expr<'tcx>,
        expected: Ty<'tcx>,
        needs_block: bool,
        parent_is_closure: bool,
    ) {
        if !expected.is_unit() {
            return;
        }
        // `if c { .. } else { expr } && more`
        let if_statement = || {
            let tcx = self.tcx;
            let Node::Block(block) = tcx.parent_hir_node(expr.hir_id) else { return None };
            let Node::Expr(e) = tcx.parent_hir_node(block.hir_id) else { return None };
            let Node::Expr(if_expr) = tcx.parent_hir_node(e.hir_id) else { return None };
            let ExprKind::If(_, _, Some(_)) = if_expr.kind else { return None };
            let Node::Stmt(stmt) = tcx.parent_hir_node(if_expr.hir_id) else { return None };
            let hir::StmtKind::Expr(_) = stmt.kind else { return None };
            self.is_next_stmt_expr_continuation(stmt.hir_id).then_some(stmt.span)
        };
        let parens = |err: &mut Diag<'_>, span: Span| {
            err.multipart_suggestion(
                "parentheses are required to parse this as an expression",
                vec![(span.shrink_to_lo(), "(".to_owned()), (span.shrink_to_hi(), ")".to_owned())],
                Applicability::MachineApplicable,
            );
        };
        match expr.kind {
            ExprKind::Call(..)
            | ExprKind::MethodCall(..)
            | ExprKind::Loop(..)
            | ExprKind::If(..)
            | ExprKind::Match(..)
            | ExprKind::Block(..)
                if can_have_side_effects(expr) && !expr.span.in_external_macro() =>
            {
                if needs_block {
                    err.multipart_suggestion(
                        "consider using a semicolon here",
                        vec![(expr.span.shrink_to_lo(), "{ ".to_owned()), (expr.span.shrink_to_hi(), "; }".to_owned())],
                        Applicability::MachineApplicable,
                    );
                } else if let Some(span) = if_statement() {
                    parens(err, span);
                } else {
                    err.span_suggestion(
                        expr.span.shrink_to_hi(),
                        "consider using a semicolon here",
                        ";",
                        Applicability::MachineApplicable,
                    );
                }
            }
            ExprKind::Path(..) | ExprKind::Lit(_) if parent_is_closure && !expr.span.in_external_macro() => {
                err.span_suggestion_verbose(
                    expr.span.shrink_to_lo(),
                    "consider ignoring the value",
                    "_ = ",
                    Applicability::MachineApplicable,
                );
            }
            _ => {
                if let Some(span) = if_statement() {
                    parens(err, span);
                }
            }
        }
    }

    /// Whether what follows a statement looks like the second half of a binary expression.
    fn is_next_stmt_expr_continuation(&self, id: HirId) -> bool {
        let Node::Block(block) = self.tcx.parent_hir_node(id) else { return false };
        let Some(at) = block.stmts.iter().position(|s| s.hir_id == id) else { return false };
        let next = match block.stmts.get(at + 1) {
            Some(s) => match s.kind {
                hir::StmtKind::Expr(e) | hir::StmtKind::Semi(e) => Some(e),
                _ => None,
            },
            None => block.expr,
        };
        matches!(next.map(|e| &e.kind), Some(ExprKind::AddrOf(..) | ExprKind::Unary(..) | ExprKind::Err(_)))
    }

    /// `{ 42 } &&x`: the block before a mismatched `&&x` was meant to be an operand.
    pub(super) fn suggest_missing_parentheses(&self, err: &mut Diag<'_>, expr: &hir::Expr<'tcx>) -> bool {
        if !matches!(expr.kind, ExprKind::AddrOf(..) | ExprKind::Unary(hir::UnOp::Deref | hir::UnOp::Neg, _)) {
            return false;
        }
        let mut id = expr.hir_id;
        for (parent, node) in self.tcx.hir_parent_iter(expr.hir_id) {
            match node {
                Node::Block(block) => {
                    let before = match block.expr {
                        Some(e) if e.hir_id == id => block.stmts.last(),
                        _ => match block.stmts.iter().position(|s| s.hir_id == id) {
                            Some(n) if n > 0 => Some(&block.stmts[n - 1]),
                            _ => None,
                        },
                    };
                    let Some(hir::Stmt { kind: hir::StmtKind::Expr(before), .. }) = before else { return false };
                    if !matches!(
                        before.kind,
                        ExprKind::Block(..) | ExprKind::If(..) | ExprKind::Match(..) | ExprKind::Loop(..)
                    ) {
                        return false;
                    }
                    err.multipart_suggestion(
                        "parentheses are required to parse this as an expression",
                        vec![
                            (before.span.shrink_to_lo(), "(".to_owned()),
                            (before.span.shrink_to_hi(), ")".to_owned()),
                        ],
                        Applicability::MachineApplicable,
                    );
                    return true;
                }
                Node::Expr(e) if e.span.lo() == expr.span.lo() => {}
                Node::Stmt(_) => {}
                _ => return false,
            }
            id = parent;
        }
        false
    }

    /// `fn f() { 1 }`: a return type is missing; or the one that is there is why.
    pub(crate) fn suggest_missing_return_type(
        &self,
        err: &mut Diag<'_>,
        fn_decl: &hir::FnDecl<'tcx>,
        expected: Ty<'tcx>,
        found: Ty<'tcx>,
        fn_id: LocalDefId,
    ) -> bool {
        if let Some(hir::CoroutineKind::Desugared(_, hir::CoroutineSource::Block)) =
            self.tcx.coroutine_kind(fn_id.to_def_id())
        {
            return false;
        }
        let found = self.resolve_numeric_literals_with_default(self.resolve_vars_if_possible(found));
        match fn_decl.output {
            hir::FnRetTy::DefaultReturn(_) if self.tcx.is_closure_like(fn_id.to_def_id()) => false,
            hir::FnRetTy::DefaultReturn(span) if expected.is_unit() => {
                if !self.can_add_return_type(fn_id) {
                    err.span_label(span, "expected `()` because of default return type");
                } else if let Some(text) = self.suggestable_ty(found) {
                    err.span_suggestion(
                        span,
                        "try adding a return type",
                        format!(" -> {text}"),
                        Applicability::MachineApplicable,
                    );
                } else {
                    err.span_suggestion(
                        span,
                        "a return type might be missing here",
                        " -> _",
                        Applicability::HasPlaceholders,
                    );
                }
                true
            }
            hir::FnRetTy::DefaultReturn(_) => false,
            hir::FnRetTy::Return(hir_ty) => {
                if let Some(async_ty) = async_output(hir_ty) {
                    if self.suggestable_ty(found).is_none() {
                        return false;
                    }
                    if async_ty.span.is_empty() {
                        err.span_suggestion(
                            async_ty.span,
                            "try adding a return type",
                            format!(" -> {found}"),
                            Applicability::MachineApplicable,
                        );
                        return true;
                    }
                    err.span_label(async_ty.span, format!("expected `{expected}` because of return type"));
                    return false;
                }
                let Some(output) = self.declared_output(fn_id) else { return false };
                if !self.may_coerce(expected, output) {
                    return false;
                }
                err.span_label(hir_ty.span, format!("expected `{expected}` because of return type"));
                self.suggest_return_impl_trait(err, expected, fn_id);
                if let TyKind::Param(p) = expected.kind()
                    && !found.walk().any(|a| a.as_type() == Some(expected))
                {
                    err.note(format!(
                        "the caller chooses a type for `{}` which can be different from `{found}`",
                        p.name
                    ));
                }
                true
            }
        }
    }

    /// The return type that a function or closure states.
    fn declared_output(&self, fn_id: LocalDefId) -> Option<Ty<'tcx>> {
        let tcx = self.tcx;
        let ty = if tcx.is_closure_like(fn_id.to_def_id()) {
            if fn_id != self.body_id {
                return None;
            }
            self.ret_coercion.as_ref()?.try_borrow().ok()?.expected_ty()
        } else {
            let sig = tcx.fn_sig(fn_id.to_def_id()).instantiate_identity();
            self.normalize(span::DUMMY_SP, tcx.instantiate_bound_regions_with_erased(sig.output()))
        };
        Some(self.resolve_vars_if_possible(ty))
    }

    /// Whether a function without a return type may get one.
    fn can_add_return_type(&self, fn_id: LocalDefId) -> bool {
        match self.tcx.hir_node_by_def_id(fn_id) {
            Node::Item(_) => self.tcx.opt_item_name(fn_id.to_def_id()) != Some(span::sym::main),
            Node::ImplItem(_) => {
                let parent = self.tcx.parent(fn_id.to_def_id());
                self.tcx.impl_opt_trait_ref(parent).is_none()
            }
            _ => true,
        }
    }

    /// `fn f<T: Tr>() -> T { S }`: `impl Tr` was meant.
    fn suggest_return_impl_trait(&self, err: &mut Diag<'_>, expected: Ty<'tcx>, fn_id: LocalDefId) {
        let TyKind::Param(param) = *expected.kind() else { return };
        let Node::Item(hir::Item { kind: hir::ItemKind::Fn { sig, generics, .. }, .. }) =
            self.tcx.hir_node_by_def_id(fn_id)
        else {
            return;
        };
        if generics.params.get(param.index as usize).is_none() {
            return;
        }
        let inputs = self.tcx.fn_sig(fn_id.to_def_id()).skip_binder().skip_binder().inputs();
        if inputs.contains(&expected) {
            return;
        }
        let mut bounds = Vec::new();
        for p in generics.predicates {
            let hir::WherePredicateKind::BoundPredicate(bp) = p.kind else { continue };
            let is_param = match bp.bounded_ty.kind {
                hir::TyKind::Path(hir::QPath::Resolved(None, path)) => {
                    path.res.opt_def_id().is_some_and(|d| self.tcx.opt_item_name(d) == Some(param.name))
                }
                _ => false,
            };
            if is_param {
                for b in bp.bounds {
                    if let hir::GenericBound::Trait(_) = b
                        && let Some(text) = self.tcx.sess().source_map().span_to_snippet(b.span())
                    {
                        bounds.push(text);
                    }
                }
            }
        }
        if bounds.is_empty() {
            return;
        }
        err.span_suggestion(
            sig.decl.output.span(),
            "consider using an impl return type",
            format!("impl {}", bounds.join(" + ")),
            Applicability::MaybeIncorrect,
        );
    }

    /// A value where `()` is expected: `return` or `break` with it.
    pub(crate) fn suggest_missing_break_or_return_expr(
        &self,
        err: &mut Diag<'_>,
        expr: &'tcx hir::Expr<'tcx>,
        fn_decl: &hir::FnDecl<'tcx>,
        expected: Ty<'tcx>,
        found: Ty<'tcx>,
        id: HirId,
        fn_id: LocalDefId,
    ) {
        if !expected.is_unit() {
            return;
        }
        let tcx = self.tcx;
        let found = self.resolve_vars_if_possible(found);
        let is_loop = |n: Node<'tcx>| matches!(n, Node::Expr(hir::Expr { kind: ExprKind::Loop(..), .. }));
        let is_let = |n: Node<'tcx>| matches!(n, Node::Stmt(hir::Stmt { kind: hir::StmtKind::Let(..), .. }));
        let in_loop = is_loop(tcx.hir_node(id))
            || tcx.hir_parent_iter(id).take_while(|(_, n)| n.associated_body().is_none()).any(|(_, n)| is_loop(n));
        let in_let = is_let(tcx.hir_node(id)) || tcx.hir_parent_iter(id).any(|(_, n)| is_let(n));
        if in_loop && in_let {
            err.multipart_suggestion(
                "you might have meant to break the loop with this value",
                vec![(expr.span.shrink_to_lo(), "break ".to_owned()), (expr.span.shrink_to_hi(), ";".to_owned())],
                Applicability::MaybeIncorrect,
            );
            return;
        }
        let scope = tcx.hir_parent_iter(id).map(|(_, n)| n).find(|n| {
            matches!(
                n,
                Node::Expr(hir::Expr { kind: ExprKind::Closure(..), .. })
                    | Node::Item(_)
                    | Node::TraitItem(_)
                    | Node::ImplItem(_)
            )
        });
        let in_closure = matches!(scope, Some(Node::Expr(_)));
        let can_return = match fn_decl.output {
            hir::FnRetTy::Return(_) => {
                let output = if self.body_id != fn_id || tcx.is_closure_like(fn_id.to_def_id()) {
                    self.ret_coercion.as_ref().and_then(|c| Some(c.try_borrow().ok()?.expected_ty()))
                } else {
                    self.declared_output(fn_id)
                };
                output.is_some_and(|t| self.may_coerce(found, t))
            }
            hir::FnRetTy::DefaultReturn(_) if in_closure => self
                .ret_coercion
                .as_ref()
                .and_then(|c| Some(c.try_borrow().ok()?.expected_ty()))
                .is_some_and(|t| self.may_coerce(found, t)),
            hir::FnRetTy::DefaultReturn(_) => false,
        };
        if !can_return {
            return;
        }
        let fn_span = tcx.hir_span_with_body(tcx.local_def_id_to_hir_id(fn_id));
        let Some(span) = expr.span.find_ancestor_inside(fn_span) else { return };
        let mut parts = vec![(span.shrink_to_lo(), "return ".to_owned())];
        if !self.is_in_arm(expr) {
            parts.push((span.shrink_to_hi(), ";".to_owned()));
        }
        err.multipart_suggestion("you might have meant to return this value", parts, Applicability::MaybeIncorrect);
    }

    /// Whether an expression is the value of a match arm.
    fn is_in_arm(&self, expr: &hir::Expr<'tcx>) -> bool {
        let is_tail = |b: &hir::Block<'_>| b.expr.is_some_and(|e| e.hir_id == expr.hir_id);
        for (_, node) in self.tcx.hir_parent_iter(expr.hir_id) {
            match node {
                Node::Block(b) => {
                    if is_tail(b) {
                        continue;
                    }
                }
                Node::Arm(arm) => {
                    if let ExprKind::Block(b, _) = arm.body.kind
                        && is_tail(b)
                    {
                        return true;
                    }
                }
                Node::Expr(hir::Expr { kind: ExprKind::Block(b, _), .. }) => {
                    if is_tail(b) {
                        continue;
                    }
                }
                _ => return false,
            }
        }
        false
    }

    /// `while .. {}` at the end of a function that returns something.
    pub(super) fn suggest_returning_value_after_loop(
        &self,
        err: &mut Diag<'_>,
        expr: &hir::Expr<'tcx>,
        expected: Ty<'tcx>,
    ) -> bool {
        let tcx = self.tcx;
        let scope = tcx.hir_get_enclosing_scope(expr.hir_id).map(|id| tcx.hir_node(id));
        let tail = if let Some(Node::Block(hir::Block { expr: Some(e), .. })) = scope {
            Some(*e)
        } else {
            match tcx.hir_maybe_body_owned_by(tcx.hir_enclosing_body_owner(expr.hir_id)).map(|b| b.value.kind) {
                Some(ExprKind::Block(b, _)) => b.expr,
                Some(ExprKind::DropTemps(e)) => Some(e),
                _ => None,
            }
        };
        let Some(tail) = tail else { return false };
        let in_tail = match expr.kind {
            ExprKind::Loop(_, _, hir::LoopSource::While, _) => tail,
            ExprKind::Loop(_, _, hir::LoopSource::ForLoop, _) => match tail.peel_drop_temps().kind {
                ExprKind::Match(_, [arm], _) => arm.body,
                _ => return false,
            },
            _ => return false,
        };
        if expr.hir_id != in_tail.hir_id {
            return false;
        }
        let (msg, text) = if expected.is_never() {
            ("consider adding a diverging expression here", "`loop {}` or `panic!(\"...\")`".to_owned())
        } else {
            ("consider returning a value here", format!("`{expected}` value"))
        };
        let sm = tcx.sess().source_map();
        let text = if sm.is_multiline(expr.span) {
            format!("\n{}/* {text} */", sm.indentation_before(expr.span).unwrap_or_default())
        } else {
            format!(" /* {text} */")
        };
        err.span_suggestion_verbose(expr.span.shrink_to_hi(), msg, text, Applicability::MaybeIncorrect);
        true
    }

    /// `let x = { 1; }; f(x)`: the block has no value.
    pub(super) fn suggest_return_binding_for_missing_tail_expr(
        &self,
        err: &mut Diag<'_>,
        expr: &hir::Expr<'tcx>,
        found: Ty<'tcx>,
        expected: Ty<'tcx>,
    ) {
        if !found.is_unit() {
            return;
        }
        let Some(local) = expr.is_path_to_local() else { return };
        let Node::LetStmt(hir::LetStmt { ty: None, init: Some(init), .. }) = self.tcx.parent_hir_node(local) else {
            return;
        };
        let ExprKind::Block(block, None) = init.kind else { return };
        if block.expr.is_some() {
            return;
        }
        let [.., stmt] = block.stmts else {
            err.span_label(block.span, "this empty block is missing a tail expression");
            return;
        };
        let hir::StmtKind::Semi(tail) = stmt.kind else { return };
        let Some(ty) = self.node_ty_opt(tail.hir_id) else { return };
        if self.root_ctxt.infcx.can_eq(self.param_env, expected, ty) && stmt.span.hi() != tail.span.hi() {
            err.span_suggestion_short(
                stmt.span.with_lo(tail.span.hi()),
                "remove this semicolon",
                "",
                Applicability::MachineApplicable,
            );
        } else {
            err.span_label(block.span, "this block is missing a tail expression");
        }
    }

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
}

/// What an `async fn` says it returns.
fn async_output<'tcx>(ty: &'tcx hir::Ty<'tcx>) -> Option<&'tcx hir::Ty<'tcx>> {
    let hir::TyKind::OpaqueDef(opaque) = ty.kind else { return None };
    let [hir::GenericBound::Trait(bound)] = opaque.bounds else { return None };
    let [constraint] = bound.trait_ref.path.segments.last()?.args?.constraints else { return None };
    constraint.ty()
}

/// Whether evaluating it may do more than give a value.
pub(crate) fn can_have_side_effects(expr: &hir::Expr<'_>) -> bool {
    match expr.peel_drop_temps().kind {
        ExprKind::Path(_) | ExprKind::Lit(_) | ExprKind::OffsetOf(..) | ExprKind::Use(..) => false,
        ExprKind::Type(base, _)
        | ExprKind::Unary(_, base)
        | ExprKind::Field(base, _)
        | ExprKind::Index(base, _, _)
        | ExprKind::AddrOf(.., base)
        | ExprKind::Cast(base, _)
        | ExprKind::UnsafeBinderCast(_, base, _) => can_have_side_effects(base),
        ExprKind::Binary(_, lhs, rhs) => can_have_side_effects(lhs) || can_have_side_effects(rhs),
        ExprKind::Struct(_, fields, init) => {
            fields.iter().any(|f| can_have_side_effects(f.expr))
                || matches!(init, hir::StructTailExpr::Base(e) if can_have_side_effects(e))
        }
        ExprKind::Array(args) | ExprKind::Tup(args) => args.iter().any(can_have_side_effects),
        ExprKind::Call(callee, args) => {
            let ctor = matches!(
                callee.kind,
                ExprKind::Path(hir::QPath::Resolved(_, path))
                    if matches!(path.res, hir::def::Res::Def(hir::def::DefKind::Ctor(..), _))
            );
            !ctor || args.iter().any(can_have_side_effects)
        }
        _ => true,
    }
}
