//! Labels on what made a type expected: the type of a `let`, the left side of an assignment or operator.

use diagnostics::{Applicability, Diag};
use hir::def::{DefKind, Res};
use ty::error::TypeError;
use ty::{Ty, TyKind};

use super::FnCtxt;

impl<'a, 'tcx> FnCtxt<'a, 'tcx> {
    /// Why `expr` had to have another type, where its neighbour in the source says that.
    pub(super) fn annotate_expected_due_to(
        &self,
        err: &mut Diag<'_>,
        expr: &hir::Expr<'tcx>,
        error: Option<TypeError<'tcx>>,
    ) {
        match self.tcx.parent_hir_node(expr.hir_id) {
            hir::Node::LetStmt(hir::LetStmt { ty: Some(ty), init: Some(init), .. }) if init.hir_id == expr.hir_id => {
                if ty.span != init.span {
                    err.span_label(ty.span, "expected due to this");
                }
            }
            hir::Node::Expr(hir::Expr { kind: hir::ExprKind::Assign(lhs, rhs, _), .. })
                if rhs.hir_id == expr.hir_id
                    && matches!(error, Some(TypeError::Sorts(ef)) if !matches!(ef.expected.kind(), TyKind::Closure(..))) =>
            {
                self.annotate_assigned(err, lhs);
            }
            hir::Node::Expr(hir::Expr { kind: hir::ExprKind::Binary(_, lhs, rhs), .. })
                if rhs.hir_id == expr.hir_id =>
            {
                if let Some(TypeError::Sorts(ef)) = error
                    && self.typeck_results.borrow().expr_ty_adjusted_opt(lhs) == Some(ef.expected)
                {
                    err.span_label(lhs.span, format!("expected because this is `{}`", ef.expected));
                }
            }
            _ => {}
        }
    }

    /// Points at the declaration of what is assigned to.
    fn annotate_assigned(&self, err: &mut Diag<'_>, lhs: &hir::Expr<'tcx>) {
        let tcx = self.tcx;
        let (mut primary, mut secondary, mut what) = (lhs.span, lhs.span, "");
        if let hir::ExprKind::Path(hir::QPath::Resolved(None, path)) = lhs.kind {
            match path.res {
                Res::Def(DefKind::Static { .. } | DefKind::Const, def_id) => {
                    if let Some(hir::Node::Item(item)) = tcx.hir_get_if_local(def_id)
                        && let hir::ItemKind::Static(_, ident, ty, _) | hir::ItemKind::Const(ident, _, ty, _) =
                            item.kind
                    {
                        (primary, secondary, what) = (ty.span, ident.span, " type");
                    }
                }
                Res::Local(hir_id) => {
                    if let hir::Node::Pat(pat) = tcx.hir_node(hir_id) {
                        (primary, secondary) = (pat.span, pat.span);
                        match tcx.parent_hir_node(pat.hir_id) {
                            hir::Node::LetStmt(hir::LetStmt { ty: Some(ty), .. }) => {
                                (primary, what) = (ty.span, " type");
                            }
                            hir::Node::LetStmt(hir::LetStmt { init: Some(init), .. }) => {
                                (primary, what) = (init.span, " value");
                            }
                            hir::Node::Param(p) => (primary, what) = (p.ty_span, " parameter type"),
                            _ => {}
                        }
                    }
                }
                _ => {}
            }
        }
        if what.is_empty() {
            err.span_label(primary, "expected due to the type of this binding");
            return;
        }
        if tcx.sess().source_map().is_multiline(secondary.shrink_to_hi().to(primary.shrink_to_lo())) {
            err.span_label(secondary, "expected due to the type of this binding");
        }
        err.span_label(primary, format!("expected due to this{what}"));
    }

    /// `"a"` for `'a'` and the other way round.
    pub(super) fn suggest_other_quotes(
        &self,
        err: &mut Diag<'_>,
        expr: &hir::Expr<'tcx>,
        found: Ty<'tcx>,
        expected: Ty<'tcx>,
    ) {
        let is_str = |t: Ty<'tcx>| matches!(t.kind(), TyKind::Ref(_, t, _) if t.is_str());
        let hir::ExprKind::Lit(_) = expr.kind else { return };
        let Some(text) = self.tcx.sess().source_map().span_to_snippet(expr.span) else { return };
        if expected.is_char() && is_str(found) {
            let inner = text.strip_prefix('"').and_then(|t| t.strip_suffix('"'));
            if let Some(inner) = inner.filter(|t| t.chars().count() == 1) {
                let char = if inner == "'" { "\\'" } else { inner };
                err.span_suggestion_verbose(
                    expr.span,
                    "if you meant to write a `char` literal, use single quotes",
                    format!("'{char}'"),
                    Applicability::MachineApplicable,
                );
            }
        } else if found.is_char() && is_str(expected) {
            let inner = text.strip_prefix('\'').and_then(|t| t.strip_suffix('\''));
            if let Some(inner) = inner {
                let string = if inner == "\"" { "\\\"" } else { inner };
                err.span_suggestion_verbose(
                    expr.span,
                    "if you meant to write a string literal, use double quotes",
                    format!("\"{string}\""),
                    Applicability::MachineApplicable,
                );
            }
        }
    }
}
