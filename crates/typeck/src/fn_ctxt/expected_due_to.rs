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

    /// `"a"` for `'a'` and the other way round, `b'a'`, `(x,)`, `let`.
    pub(super) fn suggest_other_quotes(
        &self,
        err: &mut Diag<'_>,
        expr: &hir::Expr<'tcx>,
        found: Ty<'tcx>,
        expected: Ty<'tcx>,
    ) {
        let is_str = |t: Ty<'tcx>| matches!(t.kind(), TyKind::Ref(_, t, _) if t.is_str());
        let Some(text) = self.tcx.sess().source_map().span_to_snippet(expr.span) else { return };
        let within = |q: char| text.strip_prefix(q).and_then(|t| t.strip_suffix(q)).filter(|_| text.len() > 1);
        if let TyKind::Tuple(fields) = expected.kind()
            && !matches!(found.kind(), TyKind::Tuple(_))
        {
            // `(x)` where `(x,)` is meant.
            if let [field] = fields[..]
                && self.root_ctxt.infcx.can_eq(self.param_env, field, found)
            {
                let msg = "use a trailing comma to create a tuple with one element";
                let inner = text.strip_prefix('(').and_then(|t| t.strip_suffix(')'));
                if inner.is_some() {
                    let end = self.tcx.sess().source_map().end_point(expr.span);
                    err.span_suggestion_verbose(end.shrink_to_lo(), msg, ",", Applicability::MachineApplicable);
                } else {
                    err.multipart_suggestion(
                        msg,
                        vec![(expr.span.shrink_to_lo(), "(".to_owned()), (expr.span.shrink_to_hi(), ",)".to_owned())],
                        Applicability::MachineApplicable,
                    );
                }
            }
        } else if expected.kind() == &TyKind::Uint(ty::UintTy::U8) && found.is_char() {
            if let Some(inner) = within('\'')
                && !inner.starts_with("\\u")
                && inner.chars().next().is_some_and(|c| c.is_ascii())
            {
                err.span_suggestion_verbose(
                    expr.span,
                    "if you meant to write a byte literal, prefix with `b`",
                    format!("b'{inner}'"),
                    Applicability::MachineApplicable,
                );
            }
        } else if expected.is_char() && is_str(found) {
            if let Some(inner) = within('"')
                && inner.chars().count() == 1
            {
                let char = if inner == "'" { "\\'" } else { inner };
                err.span_suggestion_verbose(
                    expr.span,
                    "if you meant to write a `char` literal, use single quotes",
                    format!("'{char}'"),
                    Applicability::MachineApplicable,
                );
            }
        } else if found.is_char() && is_str(expected) && within('\'').is_some() {
            let end = self.tcx.sess().source_map().end_point(expr.span);
            let start = expr.span.with_hi(expr.span.lo() + span::BytePos(1));
            err.multipart_suggestion(
                "if you meant to write a string literal, use double quotes",
                vec![(start, "\"".to_owned()), (end, "\"".to_owned())],
                Applicability::MachineApplicable,
            );
        }
    }
}
