//! Suggestions that several errors share: clone, borrow, bind.

use diagnostics::{Applicability, Diag};
use mir::PlaceRef;
use span::Span;
use ty::{Ty, TyKind};

use super::UseSpans;
use super::explain_borrow::BorrowExplanation;
use crate::check::MirBorrowckCtxt;

impl<'a, 'tcx> MirBorrowckCtxt<'a, 'tcx> {
    /// `for x in &v`
    pub(crate) fn suggest_iterating_over_slice(&self, err: &mut Diag<'_>, ty: Ty<'tcx>, var_span: Span) {
        let shown = self.ty_for_message(ty);
        err.span_suggestion_verbose(
            var_span.shrink_to_lo(),
            format!("consider iterating over a slice of the `{shown}`'s content to avoid moving into the `for` loop"),
            "&",
            Applicability::MaybeIncorrect,
        );
    }
    /// For a borrow that is in the way of a move: a clone of what is borrowed. Whether an expression makes the borrow.
    pub(crate) fn suggest_cloning_borrowed(
        &self,
        err: &mut Diag<'_>,
        place: PlaceRef<'tcx>,
        borrow_span: Span,
        move_spans: UseSpans<'tcx>,
    ) {
        let Some(expr) = self.expr_at(borrow_span) else { return };
        let typeck = self.tcx.typeck(self.def);
        let borrowed = match expr.kind {
            hir::ExprKind::AddrOf(_, _, borrowed) => borrowed,
            _ if typeck.expr_adjustments(expr).first().is_some_and(is_borrow) => expr,
            _ => return,
        };
        if let Some(ty) = typeck.node_type_opt(borrowed.hir_id) {
            self.suggest_cloning(err, place, ty, borrowed, Some(move_spans));
        }
    }
    /// `T: Copy` would help.
    pub(crate) fn suggest_copy_bound(&self, err: &mut Diag<'_>, ty: Ty<'tcx>) {
        let TyKind::Param(param) = *ty.kind() else { return };
        let root = self.tcx.typeck_root_def_id(self.def.to_def_id());
        let generics = self.tcx.generics_of(root);
        let def = self.tcx.type_param_def(generics, param);
        let Some(local) = def.def_id.as_local() else { return };
        if matches!(def.kind, ty::GenericParamDefKind::Type { synthetic: true, .. }) {
            return;
        }
        let span = self.tcx.def_span(def.def_id);
        let has_bounds = self.tcx.hir_get_generics(self.tcx.local_parent(local)).and_then(|g| {
            g.predicates.iter().find_map(|p| match p.kind {
                hir::WherePredicateKind::BoundPredicate(b) if p.span.contains(span) || b.bounded_ty.span == span => {
                    b.bounds.last().map(|b| b.span())
                }
                _ => None,
            })
        });
        match has_bounds {
            Some(last) => err.span_suggestion_verbose(
                last.shrink_to_hi(),
                format!("consider further restricting type parameter `{}` with trait `Copy`", param.name),
                " + Copy",
                Applicability::MachineApplicable,
            ),
            None => err.span_suggestion_verbose(
                span.shrink_to_hi(),
                format!("consider restricting type parameter `{}` with trait `Copy`", param.name),
                ": Copy",
                Applicability::MachineApplicable,
            ),
        };
    }
    /// "consider using a `let` binding to create a longer lived value"
    pub(crate) fn suggest_let_binding(&self, err: &mut Diag<'_>, proper_span: Span, why: &BorrowExplanation) {
        let help = "consider using a `let` binding to create a longer lived value";
        if proper_span.from_expansion() || !matches!(why, BorrowExplanation::UsedLater { .. }) {
            err.note(help);
            return;
        }
        let sm = &self.tcx.sess().source_map;
        // The start of the statement, by the line's indentation.
        let Some(indent) = sm.indentation_before(proper_span) else {
            err.note(help);
            return;
        };
        let Some(snippet) = sm.span_to_snippet(proper_span) else { return };
        let Some(loc) = sm.lookup_char_pos(proper_span.lo()) else { return };
        let line_start = proper_span.lo().0 - loc.col.0 as u32;
        let stmt_start = span::BytePos(line_start + indent.len() as u32);
        let at = proper_span.with_lo(stmt_start).shrink_to_lo();
        err.multipart_suggestion(
            help,
            vec![(at, format!("let binding = {snippet};\n{indent}")), (proper_span, "binding".to_owned())],
            Applicability::MaybeIncorrect,
        );
    }
}

/// Whether an adjustment borrows, not for the receiver of a call that may be a two-phase borrow.
fn is_borrow(adjustment: &ty::adjustment::Adjustment<'_>) -> bool {
    use ty::adjustment::{Adjust, AllowTwoPhase, AutoBorrow, AutoBorrowMutability};
    matches!(
        adjustment.kind,
        Adjust::Borrow(AutoBorrow::Ref(
            AutoBorrowMutability::Not | AutoBorrowMutability::Mut { allow_two_phase_borrow: AllowTwoPhase::No }
        ))
    )
}
