//! Moves out of what cannot be moved from: E0507, E0508, E0509.

use diagnostics::{Applicability, Diag};
use mir::{BindingForm, Local, LocalInfo, Location, Operand, Place, PlaceRef, Rvalue, StatementKind, VarBindingForm};
use mir_dataflow::{IllegalMoveOriginKind, LookupResult, MoveError, MovePathIndex};
use query::PlaceTyExt;
use span::Span;
use span::def_id::DefId;
use ty::{Ty, TyKind};

use super::use_after_move::Explanation;
use super::{DescribePlaceOpt, UseSpans};
use crate::check::MirBorrowckCtxt;
use crate::place_ext::PrefixSet;

/// Errors that are told together: the bindings of one pattern.
enum GroupedMoveError<'tcx> {
    /// Moved out of the matched place by its bindings.
    MovesFromPlace {
        span: Span,
        move_from: Place<'tcx>,
        kind: IllegalMoveOriginKind<'tcx>,
        original_path: Place<'tcx>,
        binds_to: Vec<Local>,
    },
    /// The matched value was copied or is a reference whose part is moved.
    MovesFromValue {
        span: Span,
        move_from: Option<MovePathIndex>,
        kind: IllegalMoveOriginKind<'tcx>,
        original_path: Place<'tcx>,
        binds_to: Vec<Local>,
    },
    OtherIllegalMove {
        use_spans: UseSpans<'tcx>,
        original_path: Place<'tcx>,
        kind: IllegalMoveOriginKind<'tcx>,
    },
}

impl<'a, 'tcx> MirBorrowckCtxt<'a, 'tcx> {
    pub(crate) fn report_move_errors(&mut self) {
        let data = self.move_data;
        let mut grouped: Vec<GroupedMoveError<'tcx>> = Vec::new();
        for error in &data.move_errors {
            self.append_to_grouped_errors(&mut grouped, error);
        }
        for error in grouped {
            self.report_grouped(error);
        }
    }

    fn append_to_grouped_errors(&self, grouped: &mut Vec<GroupedMoveError<'tcx>>, error: &MoveError<'tcx>) {
        let MoveError { location, place: original_path, kind } = *error;
        let other = |cx: &Self| GroupedMoveError::OtherIllegalMove {
            use_spans: cx.move_spans(original_path.as_ref(), location),
            original_path,
            kind,
        };
        // A binding of a pattern.
        if let Some(stmt) = self.body[location.block].statements.get(location.statement_index)
            && let StatementKind::Assign(assign) = &stmt.kind
            && let Rvalue::Use(Operand::Move(move_from)) = assign.1
            && let Some(local) = assign.0.as_local()
            && let LocalInfo::User(BindingForm::Var(VarBindingForm {
                opt_match_place: Some((match_place, span)), ..
            })) = self.body.local_decls[local].local_info()
        {
            self.append_binding_error(grouped, kind, original_path, move_from, local, *match_place, *span, location);
            return;
        }
        grouped.push(other(self));
    }

    fn append_binding_error(
        &self,
        grouped: &mut Vec<GroupedMoveError<'tcx>>,
        kind: IllegalMoveOriginKind<'tcx>,
        original_path: Place<'tcx>,
        move_from: Place<'tcx>,
        bind_to: Local,
        match_place: Option<Place<'tcx>>,
        match_span: Span,
        location: Location,
    ) {
        // `let x = *y;`: the match is the move.
        let from_simple_let = match_place.is_none();
        let match_place = match_place.unwrap_or(move_from);
        if let LookupResult::Parent(_) = self.move_data.rev_lookup.find(match_place.as_ref()) {
            // What is matched cannot be moved from.
            for g in grouped.iter_mut() {
                if let GroupedMoveError::MovesFromPlace { span, binds_to, .. } = g
                    && *span == match_span
                {
                    if !from_simple_let {
                        binds_to.push(bind_to);
                    }
                    return;
                }
            }
            let (binds_to, span) = if from_simple_let {
                (Vec::new(), self.body.source_info(location).span)
            } else {
                (vec![bind_to], match_span)
            };
            grouped.push(GroupedMoveError::MovesFromPlace { span, move_from, kind, original_path, binds_to });
            return;
        }
        // A part of it cannot, as the pattern says.
        let parent = match self.move_data.rev_lookup.find(move_from.as_ref()) {
            LookupResult::Exact(mpi) | LookupResult::Parent(Some(mpi)) => Some(mpi),
            LookupResult::Parent(None) => None,
        };
        for g in grouped.iter_mut() {
            if let GroupedMoveError::MovesFromValue { span, move_from, binds_to, .. } = g
                && *span == match_span
                && *move_from == parent
            {
                binds_to.push(bind_to);
                return;
            }
        }
        grouped.push(GroupedMoveError::MovesFromValue {
            span: match_span,
            move_from: parent,
            kind,
            original_path,
            binds_to: vec![bind_to],
        });
    }

    fn report_grouped(&mut self, error: GroupedMoveError<'tcx>) {
        let (span, use_spans, original_path, kind) = match &error {
            GroupedMoveError::MovesFromPlace { span, original_path, kind, .. }
            | GroupedMoveError::MovesFromValue { span, original_path, kind, .. } => {
                (*span, None, *original_path, *kind)
            }
            GroupedMoveError::OtherIllegalMove { use_spans, original_path, kind } => {
                (use_spans.args_or_use(), Some(*use_spans), *original_path, *kind)
            }
        };
        let mut err = match kind {
            IllegalMoveOriginKind::BorrowedContent { target_place } => {
                self.report_cannot_move_from_borrowed_content(original_path, target_place, span, use_spans)
            }
            IllegalMoveOriginKind::InteriorOfTypeWithDestructor { container_ty } => {
                let ty = self.ty_for_message(container_ty);
                let msg = format!("cannot move out of type `{ty}`, which implements the `Drop` trait");
                let mut err = self.struct_err(509, span, msg);
                err.span_label(span, "cannot move out of here");
                err
            }
            IllegalMoveOriginKind::InteriorOfSliceOrArray { ty, .. } => self.interior_noncopy(span, ty),
        };
        self.add_move_hints(error, &mut err, span);
        self.buffer_error(err);
    }

    fn interior_noncopy(&self, span: Span, ty: Ty<'tcx>) -> Diag<'a> {
        let kind = if ty.is_slice() { "slice" } else { "array" };
        let ty = self.ty_for_message(ty);
        let mut err = self.struct_err(508, span, format!("cannot move out of type `{ty}`, a non-copy {kind}"));
        err.span_label(span, "cannot move out of here");
        err
    }

    fn report_cannot_move_from_borrowed_content(
        &mut self,
        move_place: Place<'tcx>,
        deref_target: Place<'tcx>,
        span: Span,
        use_spans: Option<UseSpans<'tcx>>,
    ) -> Diag<'a> {
        let n = deref_target.projection.len();
        let deref_base =
            PlaceRef { local: deref_target.local, projection: &deref_target.projection[..n.saturating_sub(1)] };
        let ty = deref_target.ty(self.body, self.tcx).ty;
        if let TyKind::Slice(_) | TyKind::Array(..) = ty.kind() {
            return self.interior_noncopy(span, ty);
        }
        let upvar_field = crate::place_ext::prefixes(move_place.as_ref(), PrefixSet::All)
            .find_map(|p| self.is_upvar_field_projection(p));
        if let Some(base_local) = deref_base.as_local() {
            let decl = &self.body.local_decls[base_local];
            if decl.is_ref_for_guard() {
                let name = self.describe_any_place(deref_base);
                let mut err = self.struct_err(507, span, format!("cannot move out of {name} in pattern guard"));
                err.note("variables bound in patterns cannot be moved from until after the end of the pattern guard");
                return err;
            }
            if let LocalInfo::StaticRef { def_id, .. } = decl.local_info() {
                let name = self.tcx.item_name(*def_id);
                return self.struct_err(507, span, format!("cannot move out of static item `{name}`"));
            }
        }
        let closure_args = match *self.body.local_decls[deref_target.local].ty.peel_refs().kind() {
            TyKind::Closure(def_id, args) if deref_target.local.as_u32() == 1 => Some((def_id, args)),
            _ => None,
        };
        let mut err = match (upvar_field, closure_args) {
            (Some(field), Some((def_id, args))) if !self.upvars.is_empty() => {
                let kind = args.as_closure().kind();
                let upvar = self.upvars[field.as_usize()];
                // Not if the reference itself was captured by value: then the move is out of that.
                let root = self.tcx.hir_span(upvar.get_root_variable());
                let name = self.describe_any_place(move_place.as_ref());
                let capture = match kind {
                    ty::closure::ClosureKind::Fn => "captured variable in an `Fn` closure",
                    ty::closure::ClosureKind::FnMut => "captured variable in an `FnMut` closure",
                    ty::closure::ClosureKind::FnOnce => "captured variable in an `FnOnce` closure",
                };
                let desc = match self.borrowed_content_source(deref_base).describe_for_named_place() {
                    Some(d) if kind == ty::closure::ClosureKind::FnOnce => {
                        format!("{name} which is behind a {d}")
                    }
                    _ => format!("{name}, a {capture}"),
                };
                let mut err = self.struct_err(507, span, format!("cannot move out of {desc}"));
                err.span_label(root, "captured outer variable");
                let head = self.tcx.def_span(def_id);
                err.span_label(head, format!("captured by this `{kind}` closure", kind = kind.as_str()));
                if let Some(bound) = self.closure_bound_span(def_id) {
                    err.span_help(
                        bound,
                        "`Fn` and `FnMut` closures require captured values to be able to be consumed multiple times, \
                         but `FnOnce` closures may consume them only once",
                    );
                }
                err
            }
            _ => {
                let source = self.borrowed_content_source(deref_base);
                let opt = DescribePlaceOpt { including_downcast: false, including_tuple_field: false };
                let desc = self.describe_place_with_options(move_place.as_ref(), opt);
                let msg = match (desc, self.downcast_variant(move_place), source.describe_for_named_place()) {
                    (Some(desc), Some(variant), Some(source)) => {
                        format!("cannot move out of `{desc}` as enum variant `{variant}` which is behind a {source}")
                    }
                    (Some(desc), None, Some(source)) => {
                        format!("cannot move out of `{desc}` which is behind a {source}")
                    }
                    _ => format!("cannot move out of {}", source.describe_for_unnamed_place(self)),
                };
                self.struct_err(507, span, msg)
            }
        };
        if let Some(use_spans) = use_spans
            && let UseSpans::FnSelf { .. } = use_spans
        {
            let explanation = Explanation {
                use_span: span,
                move_span: span,
                partially: "",
                in_loop: false,
                can_reborrow: true,
                reinitialized: false,
            };
            self.explain_captures(&mut err, use_spans, move_place, explanation);
        }
        err
    }

    /// The variant that a place is a part of.
    fn downcast_variant(&self, place: Place<'tcx>) -> Option<span::Symbol> {
        place.projection.iter().find_map(|elem| match elem {
            mir::ProjectionElem::Downcast(name, _) => name,
            _ => None,
        })
    }

    /// The bound of the function that a closure is an argument of, by which it must be `Fn` or `FnMut`.
    fn closure_bound_span(&self, closure: DefId) -> Option<Span> {
        let tcx = self.tcx;
        let typeck = tcx.typeck(self.def);
        let id = tcx.local_def_id_to_hir_id(closure.as_local()?);
        let hir::Node::Expr(parent) = tcx.parent_hir_node(id) else { return None };
        let (callee, args) = match parent.kind {
            hir::ExprKind::Call(callee, _) => match *typeck.node_type_opt(callee.hir_id)?.kind() {
                TyKind::FnDef(callee, args) => (callee, args),
                _ => return None,
            },
            hir::ExprKind::MethodCall(..) => {
                (typeck.type_dependent_def_id(parent.hir_id)?, typeck.node_args_opt(parent.hir_id)?)
            }
            _ => return None,
        };
        let lang = tcx.lang_items();
        tcx.all_predicates_of(callee).iter().find_map(|&(clause, span)| {
            let clause = ty::EarlyBinder::bind(clause).instantiate(*tcx, args).as_trait_clause()?;
            let self_ty = clause.self_ty().skip_binder();
            let of_closure = matches!(*self_ty.kind(), TyKind::Closure(def, _) if def == closure);
            let repeats = [lang.fn_trait(), lang.fn_mut_trait()].contains(&Some(clause.def_id()));
            (of_closure && repeats).then_some(span)
        })
    }

    fn add_move_hints(&self, error: GroupedMoveError<'tcx>, err: &mut Diag<'a>, span: Span) {
        match error {
            GroupedMoveError::MovesFromPlace { mut binds_to, move_from, span: other_span, .. } => {
                self.suggest_borrow_of(err, span);
                if binds_to.is_empty() {
                    let ty = move_from.ty(self.body, self.tcx).ty;
                    let desc = self.move_desc(move_from);
                    self.no_copy_label(err, other_span, &desc, ty);
                    self.suggest_cloning_at(err, move_from.as_ref(), ty, span, None);
                } else {
                    binds_to.sort_unstable();
                    binds_to.dedup();
                    self.label_bindings(err, &binds_to);
                }
            }
            GroupedMoveError::MovesFromValue { mut binds_to, .. } => {
                binds_to.sort_unstable();
                binds_to.dedup();
                self.suggest_pattern_borrows(err, &binds_to);
                self.label_bindings(err, &binds_to);
            }
            GroupedMoveError::OtherIllegalMove { original_path, use_spans, .. } => {
                let mut use_span = use_spans.var_or_use();
                let ty = original_path.ty(self.body, self.tcx).ty;
                let desc = self.describe_any_place(original_path.as_ref());
                self.suggest_cloning_at(err, original_path.as_ref(), ty, use_span, Some(use_spans));
                let mut prefixes = crate::place_ext::prefixes(original_path.as_ref(), PrefixSet::All);
                if let Some(field) = prefixes.find_map(|p| self.is_upvar_field_projection(p)) {
                    use_span = self.upvar_origin(self.upvars[field.as_usize()]).unwrap_or(use_span);
                }
                self.no_copy_label(err, use_span, &desc, ty);
                let mut pointed_at = false;
                if let UseSpans::Closure { args_span, .. } = use_spans {
                    pointed_at = args_span == span || args_span == use_span;
                    err.span_label(args_span, format!("{desc} is moved here"));
                }
                if !pointed_at && use_span != span {
                    err.span_label(span, format!("{desc} is moved here"));
                }
            }
        }
    }
    /// Where the type of a captured variable comes from: a parameter, a written type, a short initialiser.
    fn upvar_origin(&self, upvar: &ty::CapturedPlace<'tcx>) -> Option<Span> {
        match self.tcx.parent_hir_node(upvar.get_root_variable()) {
            hir::Node::Param(param) => Some(param.span),
            hir::Node::LetStmt(stmt) => match (stmt.ty, stmt.init) {
                (Some(ty), _) => Some(ty.span),
                (None, Some(init)) if !self.tcx.sess().source_map.is_multiline(init.span) => Some(init.span),
                _ => None,
            },
            _ => None,
        }
    }
    fn suggest_cloning_at(
        &self,
        err: &mut Diag<'_>,
        place: PlaceRef<'tcx>,
        ty: Ty<'tcx>,
        span: Span,
        use_spans: Option<UseSpans<'tcx>>,
    ) {
        if let Some(expr) = self.expr_at(span) {
            self.suggest_cloning(err, place, ty, expr, use_spans);
        }
    }
    fn move_desc(&self, place: Place<'tcx>) -> String {
        let opt = DescribePlaceOpt { including_downcast: true, including_tuple_field: true };
        match self.describe_place_with_options(place.as_ref(), opt) {
            Some(d) => format!("`{d}`"),
            None => "value".to_owned(),
        }
    }
    fn no_copy_label(&self, err: &mut Diag<'_>, span: Span, desc: &str, ty: Ty<'tcx>) {
        let ty = self.ty_for_message(ty);
        err.span_label(
            span,
            format!("move occurs because {desc} has type `{ty}`, which does not implement the `Copy` trait"),
        );
    }
    fn label_bindings(&self, err: &mut Diag<'_>, binds_to: &[Local]) {
        for (j, &local) in binds_to.iter().enumerate() {
            let decl = &self.body.local_decls[local];
            let span = decl.source_info.span;
            if j == 0 {
                err.span_label(span, "data moved here");
            } else {
                err.span_label(span, "...and here");
            }
            if binds_to.len() == 1 {
                let name = self.local_name(local).map_or_else(|| "value".to_owned(), |n| format!("`{n}`"));
                let ty = self.ty_for_message(decl.ty);
                err.span_label(
                    span,
                    format!("move occurs because {name} has type `{ty}`, which does not implement the `Copy` trait"),
                );
            }
        }
        if binds_to.len() > 1 {
            err.note("move occurs because these variables have types that don't implement the `Copy` trait");
        }
    }
    /// "consider borrowing here"
    fn suggest_borrow_of(&self, err: &mut Diag<'_>, span: Span) {
        let Some(snippet) = self.tcx.sess().source_map.span_to_snippet(span) else { return };
        if snippet.starts_with('*') {
            let star = span.with_hi(span::BytePos(span.lo().0 + 1));
            let inner = self.expr_at(span.with_lo(star.hi()));
            let ty = inner.and_then(|e| self.tcx.typeck(self.def).node_type_opt(e.hir_id));
            if ty.is_some_and(|t| t.is_raw_ptr()) {
                return;
            }
            err.span_suggestion_verbose(
                star,
                "consider removing the dereference here",
                "",
                Applicability::MaybeIncorrect,
            );
        } else {
            err.span_suggestion_verbose(
                span.shrink_to_lo(),
                "consider borrowing here",
                "&",
                Applicability::MaybeIncorrect,
            );
        }
    }
    /// "consider borrowing the pattern binding"
    fn suggest_pattern_borrows(&self, err: &mut Diag<'_>, binds_to: &[Local]) {
        for &local in binds_to {
            let decl = &self.body.local_decls[local];
            let LocalInfo::User(BindingForm::Var(VarBindingForm { pat_span, .. })) = decl.local_info() else {
                continue;
            };
            let Some(snippet) = self.tcx.sess().source_map.span_to_snippet(*pat_span) else { continue };
            if let Some(rest) = snippet.strip_prefix('&') {
                let rest = rest.trim_start();
                let is_mut = rest.strip_prefix("mut").filter(|r| r.starts_with(char::is_whitespace));
                let (what, rest) = match is_mut {
                    Some(r) => ("mutable borrow", r.trim_start()),
                    None => ("borrow", rest),
                };
                let deleted = pat_span.with_hi(span::BytePos(pat_span.lo().0 + (snippet.len() - rest.len()) as u32));
                err.span_suggestion_verbose(
                    deleted,
                    format!("consider removing the {what}"),
                    "",
                    Applicability::MaybeIncorrect,
                );
            } else {
                err.span_suggestion_verbose(
                    decl.source_info.span.shrink_to_lo(),
                    "consider borrowing the pattern binding",
                    "ref ",
                    Applicability::MachineApplicable,
                );
            }
        }
    }
}
