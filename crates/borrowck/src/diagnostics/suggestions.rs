//! Suggestions that several errors share: clone, borrow, bind.

use diagnostics::{Applicability, Diag};
use mir::PlaceRef;
use query::PlaceTyExt;
use span::Span;
use ty::{Ty, TyKind};

use super::explain_borrow::BorrowExplanation;
use super::{CallKind, UseSpans};
use crate::borrow_set::BorrowData;
use crate::check::MirBorrowckCtxt;

impl<'a, 'tcx> MirBorrowckCtxt<'a, 'tcx> {
    fn implements_clone(&self, ty: Ty<'tcx>) -> bool {
        let ty = self.tcx.erase_regions(ty);
        self.infcx.type_is_clone_modulo_regions(self.infcx.param_env, ty)
    }
    /// "consider cloning the value if the performance cost is acceptable"
    pub(crate) fn suggest_clone(&self, err: &mut Diag<'_>, ty: Ty<'tcx>, span: Span) {
        if !self.implements_clone(ty) || span.from_expansion() || span.desugaring_kind().is_some() {
            return;
        }
        let snippet = self.tcx.sess().source_map.span_to_snippet(span).unwrap_or_default();
        let parts = match snippet.strip_prefix('*') {
            Some(rest) => {
                let deleted =
                    span.with_hi(span::BytePos(span.lo().0 + (snippet.len() - rest.trim_start().len()) as u32));
                vec![(deleted, String::new()), (span.shrink_to_hi(), ".clone()".to_owned())]
            }
            None => vec![(span.shrink_to_hi(), ".clone()".to_owned())],
        };
        err.multipart_suggestion(
            "consider cloning the value if the performance cost is acceptable",
            parts,
            Applicability::MachineApplicable,
        );
    }
    /// What could be done about a move; whether something was suggested.
    pub(crate) fn suggest_for_move(
        &self,
        err: &mut Diag<'_>,
        move_spans: UseSpans<'tcx>,
        move_span: Span,
        place: PlaceRef<'tcx>,
        use_span: Span,
        in_loop: bool,
    ) -> bool {
        let ty = place.ty(self.body, self.tcx).ty;
        if in_loop {
            self.label_loops(err, place, move_span);
        }
        if move_span.from_expansion() || matches!(ty.kind(), TyKind::Ref(_, _, ty::Mutability::Mut)) {
            return false;
        }
        match move_spans {
            UseSpans::FnSelf { kind: CallKind::Normal { into_iter: true, .. }, var_span, .. } => {
                self.suggest_iterating_over_slice(err, ty, var_span);
                true
            }
            UseSpans::FnSelf { kind: CallKind::Normal { .. }, var_span, fn_call_span, .. } => {
                if !self.implements_clone(ty) || fn_call_span.lo() < var_span.hi() {
                    return false;
                }
                suggest_cloning_receiver(err, var_span);
                true
            }
            UseSpans::Other(span) if span != use_span || in_loop => {
                self.note_parameter_that_takes(err, span);
                if self.implements_clone(ty) {
                    self.suggest_clone(err, ty, span);
                } else {
                    self.note_missing_clone(err, ty, span);
                }
                true
            }
            _ => false,
        }
    }
    fn suggest_iterating_over_slice(&self, err: &mut Diag<'_>, ty: Ty<'tcx>, var_span: Span) {
        let shown = self.ty_for_message(ty);
        err.span_suggestion_verbose(
            var_span.shrink_to_lo(),
            format!("consider iterating over a slice of the `{shown}`'s content to avoid moving into the `for` loop"),
            "&",
            Applicability::MaybeIncorrect,
        );
    }
    /// As for a move of a receiver out of borrowed content.
    pub(crate) fn suggest_for_receiver(
        &self,
        err: &mut Diag<'_>,
        ty: Ty<'tcx>,
        var_span: Span,
        fn_call_span: Span,
        into_iter: bool,
    ) {
        if var_span.from_expansion() {
            return;
        }
        if into_iter {
            self.suggest_iterating_over_slice(err, ty, var_span);
            return;
        }
        if let TyKind::Adt(def, _) = ty.kind()
            && let Some(name) = self.tcx.get_diagnostic_name(def.did())
            && matches!(name.as_str(), "Option" | "Result")
            && fn_call_span.lo() >= var_span.hi()
        {
            err.span_label(
                var_span,
                format!("help: consider calling `.as_ref()` or `.as_mut()` to borrow the type's contents"),
            );
        }
        if self.implements_clone(ty) && fn_call_span.lo() >= var_span.hi() {
            suggest_cloning_receiver(err, var_span);
        }
    }
    /// For `&x` that is in the way of a move of `x`.
    pub(crate) fn suggest_cloning_borrowed(&self, err: &mut Diag<'_>, borrow: &BorrowData<'tcx>, span: Span) {
        let ty = borrow.borrowed_place.ty(self.body, self.tcx).ty;
        if !self.implements_clone(ty) || span.from_expansion() {
            return;
        }
        let Some(snippet) = self.tcx.sess().source_map.span_to_snippet(span) else { return };
        let Some(rest) = snippet.strip_prefix('&') else { return };
        if rest.starts_with("mut ") {
            return;
        }
        let deleted = span.with_hi(span::BytePos(span.lo().0 + (snippet.len() - rest.trim_start().len()) as u32));
        err.multipart_suggestion(
            "consider cloning the value if the performance cost is acceptable",
            vec![(deleted, String::new()), (span.shrink_to_hi(), ".clone()".to_owned())],
            Applicability::MachineApplicable,
        );
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

fn suggest_cloning_receiver(err: &mut Diag<'_>, var_span: Span) {
    err.span_suggestion_verbose(
        var_span.shrink_to_hi(),
        "you can `clone` the value and consume it, but this might not be your desired behavior",
        ".clone()",
        Applicability::MaybeIncorrect,
    );
}
