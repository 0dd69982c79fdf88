//! Errors of values that end while they are borrowed: E0597, E0515, E0716, E0373, E0713, E0712.

use diagnostics::{Applicability, Diag};
use mir::{Local, LocalKind, Location, Place, PlaceRef, ProjectionElem};
use query::PlaceTyExt;
use span::Span;
use ty::{Ty, TyKind};

use super::UseSpans;
use super::explain_borrow::{BorrowExplanation, ConstraintCategoryKind, LaterUseKind};
use super::region_name::{RegionName, RegionNameSource};
use crate::borrow_set::BorrowData;
use crate::check::{MirBorrowckCtxt, WriteKind};

impl<'a, 'tcx> MirBorrowckCtxt<'a, 'tcx> {
    pub(crate) fn report_borrowed_value_does_not_live_long_enough(
        &mut self,
        location: Location,
        borrow: &BorrowData<'tcx>,
        place_span: (Place<'tcx>, Span),
        kind: Option<WriteKind>,
    ) {
        let drop_span = place_span.1;
        let borrow_spans = self.retrieve_borrow_spans(borrow);
        let borrow_span = borrow_spans.var_or_use_path_span();
        let borrowed_local = borrow.borrowed_place.local;
        let proper_span = self.body.local_decls[borrowed_local].source_info.span;
        // One error for a borrow, however many ways lead out of its scope.
        if !self.mark_reported((borrowed_local.into(), borrow_span)) {
            return;
        }
        if self.body.local_decls[borrowed_local].is_ref_to_thread_local() {
            let mut err = self.struct_err(712, borrow_span, "thread-local variable borrowed past end of function");
            err.span_label(borrow_span, "thread-local variables cannot be borrowed beyond the end of the function");
            err.span_label(drop_span, "end of enclosing function is here");
            self.buffer_error(err);
            return;
        }
        if let Some(dropped_ty) = self.destructor_on_path(borrow.borrowed_place.as_ref())
            && !is_prefix_of(borrow.borrowed_place.as_ref(), place_span.0.as_ref())
        {
            self.report_borrow_conflicts_with_destructor(location, borrow, place_span, dropped_ty);
            return;
        }
        let desc = self.describe_place(borrow.borrowed_place.as_ref());
        let kind_place = kind.filter(|_| desc.is_some()).map(|k| (k, place_span.0));
        let explanation = self.explain_why_borrow_contains_point(location, borrow, kind_place);
        let err = match (desc, &explanation) {
            (Some(name), &BorrowExplanation::UsedLater { kind: LaterUseKind::ClosureCapture, span, .. })
                if borrow_spans.for_closure() =>
            {
                // The region has no name: it is the one of the local's type.
                let fr_name = RegionName { name: self.next_name(), source: RegionNameSource::Static };
                self.report_escaping_closure_capture(
                    borrow_spans,
                    borrow_span,
                    &fr_name,
                    ConstraintCategoryKind::CallArgument,
                    span,
                    &format!("`{name}`"),
                    "block",
                )
            }
            (
                Some(name),
                BorrowExplanation::MustBeValidFor {
                    category:
                        category @ (ConstraintCategoryKind::Return
                        | ConstraintCategoryKind::CallArgument
                        | ConstraintCategoryKind::OpaqueType),
                    from_closure: false,
                    region_name,
                    span,
                    ..
                },
            ) if borrow_spans.for_closure() => self.report_escaping_closure_capture(
                borrow_spans,
                borrow_span,
                region_name,
                *category,
                *span,
                &format!("`{name}`"),
                "function",
            ),
            (
                name,
                BorrowExplanation::MustBeValidFor {
                    category: ConstraintCategoryKind::Assignment,
                    from_closure: false,
                    region_name: RegionName { source: RegionNameSource::AnonRegionFromUpvar(upvar, upvar_span), .. },
                    span,
                    ..
                },
            ) => self.report_escaping_data(borrow_span, &name, *upvar_span, upvar, *span),
            (Some(name), _) => {
                self.report_local_value_does_not_live_long_enough(&name, borrow, drop_span, borrow_spans, &explanation)
            }
            (None, _) => self.report_temporary_value_does_not_live_long_enough(
                borrow,
                drop_span,
                borrow_spans,
                proper_span,
                &explanation,
            ),
        };
        self.buffer_error(err);
    }

    fn report_local_value_does_not_live_long_enough(
        &mut self,
        name: &str,
        borrow: &BorrowData<'tcx>,
        drop_span: Span,
        borrow_spans: UseSpans<'tcx>,
        explanation: &BorrowExplanation,
    ) -> Diag<'a> {
        let borrow_span = borrow_spans.var_or_use_path_span();
        if let BorrowExplanation::MustBeValidFor { category, span, opt_place_desc, from_closure: false, .. } =
            explanation
            && let Some(err) =
                self.cannot_return_reference_to_local(borrow, borrow_span, *span, *category, opt_place_desc.as_deref())
        {
            return err;
        }
        let mut err = self.struct_err(597, borrow_span, format!("`{name}` does not live long enough"));
        self.label_binding(&mut err, borrow.borrowed_place.local);
        err.span_label(borrow_span, "borrowed value does not live long enough");
        err.span_label(drop_span, format!("`{name}` dropped here while still borrowed"));
        if let UseSpans::Closure { closure_kind, args_span, .. } = borrow_spans {
            err.span_label(args_span, format!("value captured here{}", by(closure_kind)));
        }
        explanation.add_to(self, &mut err, "", Some(borrow_span));
        err
    }

    /// E0515
    fn cannot_return_reference_to_local(
        &self,
        borrow: &BorrowData<'tcx>,
        borrow_span: Span,
        return_span: Span,
        category: ConstraintCategoryKind,
        opt_place_desc: Option<&str>,
    ) -> Option<Diag<'a>> {
        let verb = match category {
            ConstraintCategoryKind::Return => "return",
            ConstraintCategoryKind::Yield => "yield",
            _ => return None,
        };
        let reference = if return_span == self.body.source_info(borrow.reserve_location).span {
            "reference to"
        } else {
            "value referencing"
        };
        let local = borrow.borrowed_place.local;
        let (place_desc, note) = match opt_place_desc {
            Some(desc) => {
                let kind = match borrow.borrowed_place.as_local() {
                    Some(l) => match self.body.local_kind(l) {
                        LocalKind::Arg if !self.upvars.is_empty() && l == Local::from_u32(1) => {
                            "variable captured by `move` "
                        }
                        LocalKind::Arg => "function parameter ",
                        _ => "local variable ",
                    },
                    None => "local data ",
                };
                (format!("{kind}`{desc}`"), format!("`{desc}` is borrowed here"))
            }
            None => match self.body.local_kind(local) {
                LocalKind::Arg => ("function parameter".to_owned(), "function parameter borrowed here".to_owned()),
                LocalKind::Temp if self.body.local_decls[local].is_user_variable() => {
                    ("local binding".to_owned(), "local binding introduced here".to_owned())
                }
                _ => ("temporary value".to_owned(), "temporary value created here".to_owned()),
            },
        };
        let mut err = self.struct_err(515, return_span, format!("cannot {verb} {reference} {place_desc}"));
        let article = if reference == "reference to" { "a reference to" } else { "a value referencing" };
        err.span_label(return_span, format!("{verb}s {article} data owned by the current function"));
        if return_span != borrow_span {
            err.span_label(borrow_span, note);
        }
        Some(err)
    }

    fn report_temporary_value_does_not_live_long_enough(
        &mut self,
        borrow: &BorrowData<'tcx>,
        drop_span: Span,
        borrow_spans: UseSpans<'tcx>,
        proper_span: Span,
        explanation: &BorrowExplanation,
    ) -> Diag<'a> {
        if let BorrowExplanation::MustBeValidFor { category, span, from_closure: false, .. } = explanation
            && let Some(err) = self.cannot_return_reference_to_local(borrow, proper_span, *span, *category, None)
        {
            return err;
        }
        let mut err = self.struct_err(716, proper_span, "temporary value dropped while borrowed");
        err.span_label(proper_span, "creates a temporary value which is freed while still in use");
        err.span_label(drop_span, "temporary value is freed at the end of this statement");
        explanation.add_to(self, &mut err, "", None);
        if !matches!(explanation, BorrowExplanation::MustBeValidFor { .. }) {
            self.suggest_let_binding(&mut err, proper_span, explanation);
        }
        if let UseSpans::Closure { closure_kind, args_span, .. } = borrow_spans {
            err.span_label(args_span, format!("value captured here{}", by(closure_kind)));
        }
        err
    }

    /// E0373
    fn report_escaping_closure_capture(
        &mut self,
        use_span: UseSpans<'tcx>,
        var_span: Span,
        fr_name: &RegionName,
        category: ConstraintCategoryKind,
        constraint_span: Span,
        captured: &str,
        scope: &str,
    ) -> Diag<'a> {
        let args_span = use_span.args_or_use();
        let kind = match use_span {
            UseSpans::Closure { closure_kind, .. } => closure_kind,
            _ => "closure",
        };
        let msg = format!(
            "{kind} may outlive the current {scope}, but it borrows {captured}, which is owned by the current {scope}"
        );
        let mut err = self.struct_err(373, args_span, msg);
        err.span_label(var_span, format!("{captured} is borrowed here"));
        err.span_label(args_span, format!("may outlive borrowed value {captured}"));
        match category {
            ConstraintCategoryKind::Return | ConstraintCategoryKind::OpaqueType => {
                err.span_note(constraint_span, format!("{kind} is returned here"));
            }
            _ => {
                fr_name.highlight(&mut err);
                err.span_note(constraint_span, format!("{scope} requires argument type to outlive `{fr_name}`"));
            }
        }
        err.span_suggestion_verbose(
            args_span.shrink_to_lo(),
            format!(
                "to force the {kind} to take ownership of {captured} (and any other referenced variables), use the `move` keyword"
            ),
            "move ",
            Applicability::MachineApplicable,
        );
        err
    }

    /// E0521
    fn report_escaping_data(
        &mut self,
        borrow_span: Span,
        name: &Option<String>,
        upvar_span: Span,
        upvar_name: &str,
        escape_span: Span,
    ) -> Diag<'a> {
        let escapes_from = self.tcx.def_descr(self.def.to_def_id());
        let msg = format!("borrowed data escapes outside of {escapes_from}");
        let mut err = self.struct_err(521, escape_span, msg);
        err.span_label(upvar_span, format!("`{upvar_name}` declared here, outside of the {escapes_from} body"));
        err.span_label(borrow_span, format!("borrow is only valid in the {escapes_from} body"));
        match name {
            Some(n) => err.span_label(escape_span, format!("reference to `{n}` escapes the {escapes_from} body here")),
            None => err.span_label(escape_span, format!("reference escapes the {escapes_from} body here")),
        };
        err
    }

    /// E0626
    pub(crate) fn report_borrow_across_yield(&mut self, borrow: &BorrowData<'tcx>, yield_span: Span) {
        let borrow_span = self.retrieve_borrow_spans(borrow).var_or_use_path_span();
        let mut err = self.struct_err(626, borrow_span, "borrow may still be in use when coroutine yields");
        err.span_label(yield_span, "possible yield occurs here");
        let head = self.tcx.def_span(self.def.to_def_id());
        err.span_label(head, "within this coroutine");
        err.span_suggestion_verbose(
            head.shrink_to_lo(),
            "add `static` to mark this coroutine as unmovable",
            "static ",
            Applicability::MaybeIncorrect,
        );
        self.buffer_error(err);
    }

    /// E0713
    fn report_borrow_conflicts_with_destructor(
        &mut self,
        location: Location,
        borrow: &BorrowData<'tcx>,
        (place, drop_span): (Place<'tcx>, Span),
        dropped_ty: Ty<'tcx>,
    ) {
        let borrow_spans = self.retrieve_borrow_spans(borrow);
        let borrow_span = borrow_spans.var_or_use();
        let mut err = self.struct_err(713, borrow_span, "borrow may still be in use when destructor runs");
        let dropped = match self.describe_place(place.as_ref()) {
            Some(n) => format!("`{n}`"),
            None => "temporary value".to_owned(),
        };
        let label = match self.describe_place(borrow.borrowed_place.as_ref()) {
            Some(b) => format!(
                "here, drop of {dropped} needs exclusive access to `{b}`, because the type `{dropped_ty}` implements the `Drop` trait"
            ),
            None => format!("here is drop of {dropped}; the type `{dropped_ty}` implements the `Drop` trait"),
        };
        err.span_label(drop_span, label);
        let explanation =
            self.explain_why_borrow_contains_point(location, borrow, Some((WriteKind::StorageDeadOrDrop, place)));
        if matches!(explanation, BorrowExplanation::UsedLaterWhenDropped { .. }) {
            err.note("consider using a `let` binding to create a longer lived value");
        }
        explanation.add_to(self, &mut err, "", None);
        self.buffer_error(err);
    }

    /// The outermost type with a destructor that a place is part of.
    fn destructor_on_path(&self, place: PlaceRef<'tcx>) -> Option<Ty<'tcx>> {
        let mut found = None;
        for (base, elem) in place.iter_projections() {
            let base_ty = base.ty(self.body, self.tcx).ty;
            match elem {
                ProjectionElem::Field(..) | ProjectionElem::Downcast(..) => {
                    if let TyKind::Adt(def, _) = base_ty.kind()
                        && self.tcx.adt_destructor(def.did()).is_some()
                        && !def.is_box()
                    {
                        found = found.or(Some(base_ty));
                    }
                }
                ProjectionElem::Deref if !base_ty.is_box() => return found,
                _ => {}
            }
        }
        found
    }
}

fn by(closure_kind: &str) -> String {
    format!(" by {closure_kind}")
}

pub(crate) fn is_prefix_of(a: PlaceRef<'_>, b: PlaceRef<'_>) -> bool {
    a.local == b.local
        && a.projection.len() <= b.projection.len()
        && a.projection == &b.projection[..a.projection.len()]
}
