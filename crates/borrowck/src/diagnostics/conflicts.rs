//! Errors of accesses that conflict with a borrow: E0499, E0502, E0503, E0505, E0506, E0384, E0510, E0500, E0501, E0524.

use diagnostics::{Applicability, Diag};
use mir::{
    BindingForm, BorrowKind, FakeBorrowKind, FakeReadCause, LocalInfo, LocalKind, Location, MutBorrowKind, Place,
    StatementKind, VarBindingForm,
};
use span::Span;

use super::UseSpans;
use crate::borrow_set::BorrowData;
use crate::check::{InitializationRequiringAction, MirBorrowckCtxt};

impl<'a, 'tcx> MirBorrowckCtxt<'a, 'tcx> {
    pub(crate) fn report_use_while_mutably_borrowed(
        &mut self,
        location: Location,
        (place, _): (Place<'tcx>, Span),
        borrow: &BorrowData<'tcx>,
    ) -> Diag<'a> {
        let borrow_spans = self.retrieve_borrow_spans(borrow);
        let borrow_span = borrow_spans.args_or_use();
        let span = self.move_spans(place.as_ref(), location).var_or_use();
        let desc = self.place_desc(place);
        let borrow_desc = self.place_desc(borrow.borrowed_place);
        let mut err = self.struct_err(503, span, format!("cannot use {desc} because it was mutably borrowed"));
        err.span_label(borrow_span, format!("{borrow_desc} is borrowed here"));
        err.span_label(span, format!("use of borrowed {borrow_desc}"));
        borrow_spans.capture_label(&mut err, |kind| format!("borrow occurs due to use of {borrow_desc} in {kind}"));
        self.explain_why_borrow_contains_point(location, borrow, None).add_to(self, &mut err, "", None);
        err
    }

    pub(crate) fn report_move_out_while_borrowed(
        &mut self,
        location: Location,
        (place, _): (Place<'tcx>, Span),
        borrow: &BorrowData<'tcx>,
    ) {
        let value = self.place_desc(place);
        let borrowed = self.place_desc(borrow.borrowed_place);
        let borrow_spans = self.retrieve_borrow_spans(borrow);
        let borrow_span = borrow_spans.args_or_use();
        let move_spans = self.move_spans(place.as_ref(), location);
        let span = move_spans.args_or_use();
        let mut err = self.struct_err(505, span, format!("cannot move out of {value} because it is borrowed"));
        let borrows = self.expr_at(borrow_span).is_some_and(|e| !matches!(e.kind, hir::ExprKind::Closure(_)));
        if borrows {
            self.label_binding(&mut err, borrow.borrowed_place.local);
        }
        err.span_label(borrow_span, format!("borrow of {borrowed} occurs here"));
        err.span_label(span, format!("move out of {value} occurs here"));
        borrow_spans.var_path_only_subdiag(&mut err, InitializationRequiringAction::Borrow);
        if let UseSpans::Closure { closure_kind, path_span, .. } = move_spans {
            err.span_label(path_span, format!("move occurs due to use in {closure_kind}"));
        }
        self.explain_why_borrow_contains_point(location, borrow, None).add_to(self, &mut err, "", Some(borrow_span));
        self.suggest_cloning_borrowed(&mut err, place.as_ref(), borrow_span, move_spans);
        self.buffer_error(err);
    }

    /// "binding `x` declared here"
    pub(crate) fn label_binding(&self, err: &mut Diag<'_>, local: mir::Local) {
        let decl = &self.body.local_decls[local];
        if let Some(name) = self.local_name(local)
            && !decl.from_compiler_desugaring()
            && matches!(decl.local_info(), LocalInfo::User(_))
            && !matches!(decl.local_info(), LocalInfo::User(BindingForm::RefForGuard(_) | BindingForm::ImplicitSelf(_)))
        {
            err.span_label(decl.source_info.span, format!("binding `{name}` declared here"));
        }
    }

    pub(crate) fn report_conflicting_borrow(
        &mut self,
        location: Location,
        (place, span): (Place<'tcx>, Span),
        gen_kind: BorrowKind,
        issued: &BorrowData<'tcx>,
    ) -> Diag<'a> {
        let issued_spans = self.retrieve_borrow_spans(issued);
        let issued_span = issued_spans.args_or_use();
        let borrow_spans = self.borrow_spans(span, location);
        let span = borrow_spans.args_or_use();
        let is_coroutine = |s: UseSpans<'_>| matches!(s, UseSpans::Closure { closure_kind: "coroutine", .. });
        let container = if is_coroutine(issued_spans) || is_coroutine(borrow_spans) { "coroutine" } else { "closure" };
        let desc = self.place_desc(place);
        let explanation = self.explain_why_borrow_contains_point(location, issued, None);
        let second = if explanation.is_explained() { "second " } else { "" };
        let unique = |k: BorrowKind| matches!(k, BorrowKind::Mut { kind: MutBorrowKind::ClosureCapture });
        let (first_desc, mut err) = match (gen_kind, issued.kind) {
            (a, b) if unique(a) && unique(b) => {
                let msg = format!("two closures require unique access to {desc} at the same time");
                let mut err = self.struct_err(524, span, msg);
                if issued_span == span {
                    err.span_label(span, "closures are constructed here in different iterations of loop");
                } else {
                    err.span_label(issued_span, "first closure is constructed here");
                    err.span_label(span, "second closure is constructed here");
                }
                ("first ", err)
            }
            (BorrowKind::Mut { .. }, BorrowKind::Fake(FakeBorrowKind::Shallow)) => {
                if let Some(section) = self.classify_immutable_section(issued.assigned_place) {
                    let mut err = self.immutable_section_error(span, issued_span, &desc, section, "mutably borrow");
                    borrow_spans
                        .capture_label(&mut err, |kind| format!("borrow occurs due to use of {desc} in {kind}"));
                    return err;
                }
                ("immutable ", self.already_borrowed(span, &desc, "mutable", issued_span, "immutable"))
            }
            (a, _) if unique(a) => {
                let msg = format!("{container} requires unique access to {desc} but it is already borrowed");
                let mut err = self.struct_err(500, span, msg);
                err.span_label(span, format!("{container} construction occurs here"));
                err.span_label(issued_span, "borrow occurs here");
                ("first ", err)
            }
            (a, b) if unique(b) => {
                let kind = if matches!(a, BorrowKind::Mut { .. }) { "mutable" } else { "immutable" };
                let msg = format!("cannot borrow {desc} as {kind} because previous closure requires unique access");
                let mut err = self.struct_err(501, span, msg);
                err.span_label(span, format!("{second}borrow occurs here"));
                err.span_label(issued_span, format!("{container} construction occurs here"));
                ("first ", err)
            }
            (BorrowKind::Mut { .. }, BorrowKind::Mut { .. }) => {
                let msg = format!("cannot borrow {desc} as mutable more than once at a time");
                let mut err = self.struct_err(499, span, msg);
                if issued_span == span {
                    err.span_label(
                        span,
                        format!("{desc} was mutably borrowed here in the previous iteration of the loop"),
                    );
                } else {
                    err.span_label(issued_span, "first mutable borrow occurs here");
                    err.span_label(span, "second mutable borrow occurs here");
                }
                ("first ", err)
            }
            (BorrowKind::Mut { .. }, _) => {
                ("immutable ", self.already_borrowed(span, &desc, "mutable", issued_span, "immutable"))
            }
            (_, _) => ("mutable ", self.already_borrowed(span, &desc, "immutable", issued_span, "mutable")),
        };
        let same = issued_spans.args_or_use() == borrow_spans.args_or_use()
            && issued_spans.for_closure() == borrow_spans.for_closure();
        let borrow_place_desc = self.place_desc(issued.borrowed_place);
        if same {
            borrow_spans.capture_label(&mut err, |kind| format!("borrows occur due to use of {desc} in {kind}"));
        } else {
            issued_spans.capture_label(&mut err, |kind| {
                format!("first borrow occurs due to use of {borrow_place_desc} in {kind}")
            });
            borrow_spans.capture_label(&mut err, |kind| format!("second borrow occurs due to use of {desc} in {kind}"));
        }
        explanation.add_to(self, &mut err, first_desc, None);
        err
    }

    fn already_borrowed(&self, span: Span, desc: &str, new: &str, old_span: Span, old: &str) -> Diag<'a> {
        let msg = format!("cannot borrow {desc} as {new} because it is also borrowed as {old}");
        let mut err = self.struct_err(502, span, msg);
        err.span_label(span, format!("{new} borrow occurs here"));
        err.span_label(old_span, format!("{old} borrow occurs here"));
        err
    }
    fn immutable_section_error(
        &self,
        span: Span,
        immutable_span: Span,
        desc: &str,
        section: &str,
        action: &str,
    ) -> Diag<'a> {
        let mut err = self.struct_err(510, span, format!("cannot {action} {desc} in {section}"));
        err.span_label(span, format!("cannot {action}"));
        err.span_label(immutable_span, format!("value is immutable in {section}"));
        err
    }
    /// What keeps a place from changing by a fake borrow.
    fn classify_immutable_section(&self, place: Place<'tcx>) -> Option<&'static str> {
        for data in self.body.basic_blocks.iter() {
            for stmt in &data.statements {
                if let StatementKind::FakeRead(read) = &stmt.kind
                    && read.1 == place
                {
                    return match read.0 {
                        FakeReadCause::ForMatchGuard => Some("match guard"),
                        FakeReadCause::ForIndex => Some("indexing expression"),
                        _ => None,
                    };
                }
            }
        }
        None
    }

    pub(crate) fn report_illegal_mutation_of_borrowed(
        &mut self,
        location: Location,
        (place, span): (Place<'tcx>, Span),
        loan: &BorrowData<'tcx>,
    ) {
        let loan_spans = self.retrieve_borrow_spans(loan);
        let loan_span = loan_spans.args_or_use();
        let desc = self.place_desc(place);
        if matches!(loan.kind, BorrowKind::Fake(_))
            && let Some(section) = self.classify_immutable_section(loan.assigned_place)
        {
            let mut err = self.immutable_section_error(span, loan_span, &desc, section, "assign");
            loan_spans.capture_label(&mut err, |kind| format!("borrow occurs due to use in {kind}"));
            self.buffer_error(err);
            return;
        }
        let mut err = self.struct_err(506, span, format!("cannot assign to {desc} because it is borrowed"));
        err.span_label(loan_span, format!("{desc} is borrowed here"));
        err.span_label(span, format!("{desc} is assigned to here but it was already borrowed"));
        loan_spans.capture_label(&mut err, |kind| format!("borrow occurs due to use in {kind}"));
        self.explain_why_borrow_contains_point(location, loan, None).add_to(self, &mut err, "", None);
        self.buffer_error(err);
    }

    pub(crate) fn report_illegal_reassignment(
        &mut self,
        (place, span): (Place<'tcx>, Span),
        assigned_span: Span,
        err_place: Place<'tcx>,
    ) {
        let local = err_place.as_local();
        let decl = local.map(|l| &self.body.local_decls[l]);
        let from_arg = local.is_some_and(|l| self.body.local_kind(l) == LocalKind::Arg);
        let late = decl.is_none_or(|d| {
            matches!(
                d.local_info(),
                LocalInfo::User(BindingForm::Var(VarBindingForm { opt_match_place: None, .. }))
                    | LocalInfo::StaticRef { .. }
                    | LocalInfo::Boring
            )
        });
        // A variable that is initialised where it is declared is meant by its declaration.
        let (desc, assigned_span) = match decl {
            Some(d) if !late => (self.place_desc(err_place), d.source_info.span),
            _ => (self.place_desc(place), assigned_span),
        };
        let msg = if from_arg { "to immutable argument" } else { "twice to immutable variable" };
        let mut err = self.struct_err(384, span, format!("cannot assign {msg} {desc}"));
        if span != assigned_span && !from_arg {
            err.span_label(assigned_span, format!("first assignment to {desc}"));
        }
        if let Some(d) = decl
            && d.can_be_made_mutable()
        {
            err.span_suggestion_verbose(
                d.source_info.span.shrink_to_lo(),
                "consider making this binding mutable",
                "mut ",
                Applicability::MachineApplicable,
            );
            if !from_arg
                && matches!(
                    d.local_info(),
                    LocalInfo::User(BindingForm::Var(VarBindingForm { opt_match_place: Some((Some(_), _)), .. }))
                )
            {
                err.span_suggestion_verbose(
                    d.source_info.span.shrink_to_lo(),
                    "to modify the original value, take a borrow instead",
                    "ref mut ",
                    Applicability::MaybeIncorrect,
                );
            }
        }
        err.span_label(
            span,
            if from_arg { "cannot assign to immutable argument" } else { "cannot assign twice to immutable variable" },
        );
        self.buffer_error(err);
    }
}
