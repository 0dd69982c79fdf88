//! `.clone()`, and why it gave a reference.

use diagnostics::{Applicability, Diag};
use hir::{ExprKind, Mutability, Node};
use ty::{Ty, TyKind};

use super::FnCtxt;

impl<'a, 'tcx> FnCtxt<'a, 'tcx> {
    /// `&T` where `T` is expected and can be cloned.
    pub(super) fn suggest_clone_for_ref(
        &self,
        err: &mut Diag<'_>,
        expr: &hir::Expr<'tcx>,
        found: Ty<'tcx>,
        expected: Ty<'tcx>,
    ) -> bool {
        let TyKind::Ref(_, inner, Mutability::Not) = *found.kind() else { return false };
        let erase = |t: Ty<'tcx>| self.tcx.erase_and_anonymize_regions(t);
        if erase(expected) != erase(inner)
            || !self.root_ctxt.infcx.type_is_clone_modulo_regions(self.param_env, erase(expected))
        {
            return false;
        }
        let text = match self.tcx.hir_maybe_get_struct_pattern_shorthand_field(expr) {
            Some(name) => format!(": {name}.clone()"),
            None => ".clone()".to_owned(),
        };
        err.span_suggestion_verbose(
            expr.span.source_callsite().shrink_to_hi(),
            "consider using clone here",
            text,
            Applicability::MachineApplicable,
        );
        true
    }

    /// `r.clone()` that cloned the reference.
    pub(super) fn note_type_is_not_clone(
        &self,
        err: &mut Diag<'_>,
        expected: Ty<'tcx>,
        found: Ty<'tcx>,
        expr: &hir::Expr<'tcx>,
    ) {
        let expr = self.cloning_expr(expr);
        let ExprKind::MethodCall(segment, callee, [], _) = expr.kind else { return };
        let Some(clone) = self.tcx.lang_items().clone_trait() else { return };
        let TyKind::Ref(_, pointee, _) = *found.kind() else { return };
        if segment.ident.name != span::sym::clone
            || !self
                .typeck_results
                .borrow()
                .type_dependent_def_id(expr.hir_id)
                .is_some_and(|d| self.tcx.trait_of_assoc(d) == Some(clone))
        {
            return;
        }
        let dereferenced = self
            .typeck_results
            .borrow()
            .expr_adjustments(callee)
            .iter()
            .any(|a| matches!(a.kind, ty::adjustment::Adjust::Deref(..)));
        if dereferenced
            || !self.may_coerce(pointee, expected)
            || self
                .root_ctxt
                .infcx
                .type_implements_trait(clone, [expected], self.param_env)
                .must_apply_considering_regions()
        {
            return;
        }
        err.span_note(callee.span, format!("`{expected}` does not implement `Clone`, so `{found}` was cloned instead"));
        let owner = self.tcx.hir_enclosing_body_owner(expr.hir_id);
        if let TyKind::Param(param) = *expected.kind() {
            self.suggest_clone_bound(err, owner, param.name);
            return;
        }
        let pred = trait_solve::traits::Upcast::upcast(ty::TraitRef::new(*self.tcx, clone, [expected]), self.tcx);
        self.suggest_derives(err, &[(pred, None, None)]);
    }

    /// `T: Clone`, where the parameter is declared.
    fn suggest_clone_bound(&self, err: &mut Diag<'_>, owner: span::def_id::LocalDefId, name: span::Symbol) {
        let Some(generics) = self.tcx.hir_get_generics(owner) else { return };
        let Some(param) = generics.params.iter().find(|p| p.name.ident().name == name) else { return };
        let bounds = generics.bounds_for_param(param.def_id).flat_map(|p| p.bounds.last()).next();
        let (span, text) = match bounds {
            Some(last) => (last.span().shrink_to_hi(), " + Clone".to_owned()),
            None => (param.span.shrink_to_hi(), ": Clone".to_owned()),
        };
        err.span_suggestion_verbose(
            span,
            format!(
                "consider {} type parameter `{name}` with trait `Clone`",
                if bounds.is_some() { "further restricting" } else { "restricting" }
            ),
            text,
            Applicability::MachineApplicable,
        );
    }

    /// The `x.clone()` that a variable was initialised with, if it is only that.
    fn cloning_expr<'b>(&self, expr: &'b hir::Expr<'tcx>) -> &'b hir::Expr<'tcx>
    where
        'tcx: 'b,
    {
        let peeled = match expr.kind {
            ExprKind::Block(hir::Block { stmts: [], expr: Some(e), .. }, _) => e,
            _ => expr,
        };
        if let Some(local) = peeled.is_path_to_local()
            && let Node::LetStmt(hir::LetStmt { init: Some(init), .. }) = self.tcx.parent_hir_node(local)
        {
            return self.cloning_expr(init);
        }
        if let ExprKind::Call(callee, _) = peeled.kind
            && let Some(local) = callee.is_path_to_local()
            && let Node::LetStmt(hir::LetStmt { init: Some(init), .. }) = self.tcx.parent_hir_node(local)
            && let ExprKind::Closure(closure) = init.kind
        {
            return self.cloning_expr(self.tcx.hir_body(closure.body).value);
        }
        expr
    }
}
