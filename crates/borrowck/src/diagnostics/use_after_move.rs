//! Uses of what was moved (E0382) or never initialised (E0381).

use diagnostics::{Applicability, Diag};
use mir::{Location, PlaceRef, StatementKind};
use mir_dataflow::{InitKind, MoveOutIndex, MovePathIndex};
use query::PlaceTyExt;
use span::{FxHashSet, Span};
use ty::{Ty, TyKind};

use super::lives_long_enough::is_prefix_of;
use super::{CallKind, DescribePlaceOpt, UseSpans};
use crate::check::{InitializationRequiringAction, MirBorrowckCtxt, State};

/// A move that leads to a use.
struct MoveSite {
    moi: MoveOutIndex,
    /// Whether the way from it to the use goes round a loop.
    traversed_back_edge: bool,
}

impl<'a, 'tcx> MirBorrowckCtxt<'a, 'tcx> {
    pub(crate) fn report_use_of_moved_or_uninitialized(
        &mut self,
        location: Location,
        action: InitializationRequiringAction,
        (moved_place, used_place, span): (PlaceRef<'tcx>, PlaceRef<'tcx>, Span),
        mpi: MovePathIndex,
        _: &State,
    ) {
        let use_spans = self.move_spans(moved_place, location).or_else(|| self.borrow_spans(span, location));
        let span = use_spans.args_or_use();
        let (sites, reinits) = self.get_moved_indexes(location, mpi);
        let indices: Vec<MoveOutIndex> = sites.iter().map(|s| s.moi).collect();
        if indices.is_empty() {
            if !self.uninitialized_error_reported.insert(used_place.local) {
                return;
            }
            let err = self.report_use_of_uninitialized(mpi, used_place, moved_place, action, span, use_spans);
            self.buffer_error(err);
            return;
        }
        if let Some((reported, _)) = self.buffered_move_errors.get(&indices)
            && is_prefix_of(used_place, *reported)
        {
            return;
        }
        let is_partial = sites.iter().any(|site| {
            let place = self.move_data.move_paths[self.move_data.moves[site.moi].path].place;
            let is_box_move = place.projection.len() == 1
                && place.is_indirect_first_projection()
                && self.body.local_decls[place.local].ty.is_box();
            !is_box_move && used_place != place.as_ref() && is_prefix_of(used_place, place.as_ref())
        });
        let partial = if is_partial { "partial " } else { "" };
        let partially = if is_partial { "partially " } else { "" };
        let opt = DescribePlaceOpt { including_downcast: true, including_tuple_field: true };
        let moved_path = self.describe_place_with_options(moved_place, opt);
        let moved_path = moved_path.map_or_else(String::new, |p| format!(": `{p}`"));
        let msg = format!("{} of {partially}moved value{moved_path}", action.as_noun());
        let mut err = self.struct_err(382, span, msg);
        let reinit_spans: Vec<Span> = reinits
            .iter()
            .take(3)
            .map(|&l| self.move_spans(self.move_data.move_paths[mpi].place.as_ref(), l).args_or_use())
            .collect();
        if let [first, ..] = reinit_spans[..] {
            let all = reinits.len();
            let msg = if all == 1 {
                "this reinitialization might get skipped".to_owned()
            } else if all <= 3 {
                format!("these {all} reinitializations might get skipped")
            } else {
                format!(
                    "these 3 reinitializations and {} other{} might get skipped",
                    all - 3,
                    if all == 4 { "" } else { "s" }
                )
            };
            let _ = first;
            err.span_note(reinit_spans, msg);
        }
        let mut is_loop_move = false;
        let mut seen = FxHashSet::default();
        let mut suggested = false;
        for site in &sites {
            let move_out = self.move_data.moves[site.moi];
            let place = self.move_data.move_paths[move_out.path].place;
            let move_spans = self.move_spans(place.as_ref(), move_out.source);
            let move_span = move_spans.args_or_use();
            let loop_msg = if location == move_out.source || site.traversed_back_edge {
                ", in previous iteration of loop"
            } else {
                ""
            };
            if location == move_out.source {
                is_loop_move = true;
            }
            if !seen.insert(move_span) {
                continue;
            }
            let place_name = match self.describe_place(moved_place) {
                Some(n) => format!("`{n}`"),
                None => "value".to_owned(),
            };
            self.explain_captures(&mut err, move_spans, move_span, &place_name, partially, loop_msg);
            if !suggested {
                suggested = self.suggest_for_move(&mut err, move_spans, move_span, place.as_ref(), span, is_loop_move);
            }
        }
        use_spans.var_path_only_subdiag(&mut err, action);
        if !is_loop_move {
            err.span_label(span, format!("value {} here after {partial}move", action.as_verb_in_past_tense()));
        }
        let path = self.move_data.moves[indices[0]].path;
        let place = self.move_data.move_paths[path].place;
        let ty = place.ty(self.body, self.tcx).ty;
        self.suggest_copy_bound(&mut err, ty);
        let needs_note = match *ty.kind() {
            TyKind::Closure(..) => !self.note_closure_kind(&mut err, ty),
            _ => true,
        };
        let name = match self.describe_place_with_options(place.as_ref(), opt) {
            Some(n) => format!("`{n}`"),
            None => "value".to_owned(),
        };
        if needs_note {
            let note = no_copy(partial, &name, &self.ty_for_message(ty));
            match place.as_local() {
                Some(local) => {
                    err.span_label(self.body.local_decls[local].source_info.span, note);
                }
                None => {
                    err.note(note);
                }
            }
        }
        if let UseSpans::FnSelf { kind: CallKind::DerefCoercion { deref_target_ty, deref_target_span, .. }, .. } =
            use_spans
        {
            let deref_ty = self.infcx.normalize_silently(deref_target_ty, span);
            let deref_ty = self.ty_for_message(deref_ty);
            err.note(format!("{} occurs due to deref coercion to `{deref_ty}`", action.as_noun()));
            if let Some(span) = deref_target_span {
                err.span_note(span, "deref defined here");
            }
        }
        self.buffered_move_errors.insert(indices, (used_place, err));
    }

    /// A type for messages, without region variables.
    pub(crate) fn ty_for_message(&self, ty: Ty<'tcx>) -> String {
        self.tcx.fold_regions(ty, |r, _| if r.is_var() { self.tcx.lifetimes().re_erased } else { r }).to_string()
    }

    /// Says why a closure can be called only once; whether it did.
    fn note_closure_kind(&self, err: &mut Diag<'_>, ty: Ty<'tcx>) -> bool {
        let TyKind::Closure(def_id, _) = *ty.kind() else { return false };
        let Some(local) = def_id.as_local() else { return false };
        let results = self.tcx.typeck(local);
        let id = self.tcx.local_def_id_to_hir_id(local);
        let Some((span, name)) = results.closure_kind_origins.get(&id.local_id) else { return false };
        err.span_note(
            *span,
            format!(
                "closure cannot be {} because it moves the variable `{name}` out of its environment",
                "invoked more than once"
            ),
        );
        true
    }

    fn explain_captures(
        &mut self,
        err: &mut Diag<'a>,
        move_spans: UseSpans<'tcx>,
        move_span: Span,
        place_name: &str,
        partially: &str,
        loop_msg: &str,
    ) {
        match move_spans {
            UseSpans::FnSelf { fn_call_span, fn_span, kind, var_span } => {
                let place_name = if place_name == "value" { "value" } else { place_name };
                match kind {
                    CallKind::FnCall { fn_trait_id, self_ty } => {
                        err.span_label(
                            fn_call_span,
                            format!("{place_name} {partially}moved due to this call{loop_msg}"),
                        );
                        let is_once = self.tcx.lang_items().fn_once_trait() == Some(fn_trait_id);
                        if is_once && !matches!(self_ty.kind(), TyKind::Closure(..)) {
                            err.span_note(
                                var_span,
                                "this value implements `FnOnce`, which causes it to be moved when called",
                            );
                        }
                    }
                    CallKind::Operator { self_arg, .. } => {
                        err.span_label(
                            fn_call_span,
                            format!("{place_name} {partially}moved due to usage in operator{loop_msg}"),
                        );
                        if self.fn_self_span_reported.insert(fn_span)
                            && let Some(arg) = self_arg
                        {
                            err.span_note(arg.span, "calling this operator moves the left-hand side");
                        }
                    }
                    CallKind::Normal { self_arg, into_iter, method_did, .. } => {
                        if into_iter {
                            err.span_label(
                                fn_call_span,
                                format!(
                                    "{place_name} {partially}moved due to this implicit call to `.into_iter()`{loop_msg}"
                                ),
                            );
                        } else {
                            err.span_label(
                                fn_call_span,
                                format!("{place_name} {partially}moved due to this method call{loop_msg}"),
                            );
                        }
                        if self.fn_self_span_reported.insert(fn_span)
                            && let Some(arg) = self_arg
                        {
                            let func = self.tcx.def_path_str(method_did);
                            err.span_note(
                                arg.span,
                                format!("`{func}` takes ownership of the receiver `self`, which moves {place_name}"),
                            );
                        }
                    }
                    CallKind::DerefCoercion { .. } => {}
                }
            }
            _ => {
                let into = match move_spans {
                    UseSpans::Closure { closure_kind, .. } => format!(" into {closure_kind}"),
                    _ => String::new(),
                };
                err.span_label(move_span, format!("value {partially}moved{into} here{loop_msg}"));
                if let UseSpans::Closure { closure_kind, path_span, .. } = move_spans {
                    err.span_label(path_span, format!("variable moved due to use in {closure_kind}"));
                }
            }
        }
    }

    /// E0381
    fn report_use_of_uninitialized(
        &self,
        mpi: MovePathIndex,
        used_place: PlaceRef<'tcx>,
        moved_place: PlaceRef<'tcx>,
        action: InitializationRequiringAction,
        span: Span,
        use_spans: UseSpans<'tcx>,
    ) -> Diag<'a> {
        // Where it is initialised on some other path.
        let mut inits: Vec<Span> = Vec::new();
        let mut paths = vec![mpi];
        paths.extend(self.move_data.move_paths[mpi].parents(&self.move_data.move_paths).map(|(p, _)| p));
        for p in &paths {
            for &i in &self.move_data.init_path_map[*p] {
                let s = self.move_data.inits[i].span(self.body);
                if !s.is_dummy() && !inits.contains(&s) {
                    inits.push(s);
                }
            }
        }
        let opt = DescribePlaceOpt { including_downcast: true, including_tuple_field: true };
        let (name, desc) = match self.describe_place_with_options(moved_place, opt) {
            Some(n) => (format!("`{n}`"), format!("`{n}` ")),
            None => ("the variable".to_owned(), String::new()),
        };
        let path = match self.describe_place_with_options(used_place, opt) {
            Some(n) => format!("`{n}`"),
            None => "value".to_owned(),
        };
        let isnt = if action == InitializationRequiringAction::PartialAssignment {
            "isn't fully initialized"
        } else if inits.is_empty() {
            "isn't initialized"
        } else {
            "is possibly-uninitialized"
        };
        let used = action.as_general_verb_in_past_tense();
        let binding = if used_place == moved_place || used_place.projection.is_empty() { "binding " } else { "" };
        let msg = if action == InitializationRequiringAction::PartialAssignment
            || action == InitializationRequiringAction::Assignment
        {
            format!("{used} binding {desc}{isnt}")
        } else {
            format!("used {binding}{desc}{isnt}")
        };
        let mut err = self.struct_err(381, span, msg);
        use_spans.var_path_only_subdiag(&mut err, action);
        match action {
            InitializationRequiringAction::PartialAssignment | InitializationRequiringAction::Assignment => {
                err.help("partial initialization isn't supported, fully initialize the binding with a default value and mutate it, or use `std::mem::MaybeUninit`");
            }
            _ => {}
        }
        err.span_label(span, format!("{path} {} here but it {isnt}", action.as_verb_in_past_tense()));
        let decl_span = self.body.local_decls[moved_place.local].source_info.span;
        for s in inits.iter().take(3) {
            if *s != span && *s != decl_span {
                err.span_label(*s, "binding initialized here in some conditions");
            }
        }
        err.span_label(decl_span, "binding declared here but left uninitialized");
        let _ = name;
        if inits.is_empty() && action != InitializationRequiringAction::PartialAssignment {
            self.suggest_assign_value(&mut err, moved_place, decl_span);
        }
        err
    }

    /// The moves that reach a point, and initialisations on the way that some path skips.
    fn get_moved_indexes(&self, location: Location, mpi: MovePathIndex) -> (Vec<MoveSite>, Vec<Location>) {
        let body = self.body;
        let data = self.move_data;
        let predecessors = |l: Location| -> Vec<Location> {
            if l.statement_index == 0 {
                body.basic_blocks.predecessors()[l.block].iter().map(|&bb| body.terminator_loc(bb)).collect()
            } else {
                vec![Location { statement_index: l.statement_index - 1, ..l }]
            }
        };
        let dominators = body.basic_blocks.dominators();
        let mut mpis = vec![mpi];
        mpis.extend(data.move_paths[mpi].parents(&data.move_paths).map(|(p, _)| p));
        let mut stack: Vec<(Location, bool)> =
            predecessors(location).into_iter().map(|p| (p, location.dominates(p, dominators))).collect();
        let mut visited = FxHashSet::default();
        let mut move_locations = FxHashSet::default();
        let mut reinits = Vec::new();
        let mut result: Vec<MoveSite> = Vec::new();
        while let Some((l, is_back_edge)) = stack.pop() {
            if !visited.insert(l) {
                continue;
            }
            let storage_dead = matches!(
                body[l.block].statements.get(l.statement_index).map(|s| &s.kind),
                Some(StatementKind::StorageDead(_))
            );
            if !storage_dead {
                let mut found = false;
                for &moi in &data.loc_map[l] {
                    if mpis.contains(&data.moves[moi].path) {
                        result.push(MoveSite { moi, traversed_back_edge: is_back_edge });
                        move_locations.insert(l);
                        found = true;
                    }
                }
                if found {
                    continue;
                }
            }
            let any_init = data.init_loc_map[l].iter().any(|&i| {
                let init = data.inits[i];
                match init.kind {
                    InitKind::Deep | InitKind::NonPanicPathOnly => mpis.contains(&init.path),
                    InitKind::Shallow => mpi == init.path,
                }
            });
            if any_init {
                reinits.push(l);
                continue;
            }
            for p in predecessors(l) {
                stack.push((p, is_back_edge || l.dominates(p, dominators)));
            }
        }
        // Only initialisations that come after a move can have been skipped.
        reinits.retain(|&init| {
            let mut seen = FxHashSet::default();
            let mut stack = predecessors(init);
            while let Some(l) = stack.pop() {
                if !seen.insert(l) {
                    continue;
                }
                if move_locations.contains(&l) {
                    return true;
                }
                stack.extend(predecessors(l));
            }
            false
        });
        reinits.sort_unstable();
        // Those found first go last: the search is depth first.
        (result, reinits)
    }

    fn suggest_assign_value(&self, err: &mut Diag<'_>, moved: PlaceRef<'tcx>, decl_span: Span) {
        if !moved.projection.is_empty() {
            return;
        }
        let decl = &self.body.local_decls[moved.local];
        let Some(value) = self.default_value_text(decl.ty) else { return };
        // After the type annotation, if there is one.
        let end = match decl.local_info() {
            mir::LocalInfo::User(mir::BindingForm::Var(v)) => v.opt_ty_info.unwrap_or(decl_span),
            _ => return,
        };
        err.span_suggestion_verbose(
            end.shrink_to_hi(),
            "consider assigning a value",
            format!(" = {value}"),
            Applicability::MaybeIncorrect,
        );
    }
    fn default_value_text(&self, ty: Ty<'tcx>) -> Option<String> {
        Some(match ty.kind() {
            TyKind::Int(_) | TyKind::Uint(_) => "42".to_owned(),
            TyKind::Float(_) => "3.14159".to_owned(),
            TyKind::Bool => "false".to_owned(),
            TyKind::Char => "'a'".to_owned(),
            TyKind::Never | TyKind::Error(_) => return None,
            TyKind::Ref(_, t, ty::Mutability::Not) if t.is_str() => "\"\"".to_owned(),
            TyKind::Ref(_, t, m) => {
                let inner = self.default_value_text(*t)?;
                format!("&{}{inner}", if m.is_mut() { "mut " } else { "" })
            }
            TyKind::Adt(def, _) => match self.tcx.get_diagnostic_name(def.did()).map(|s| s.to_string()).as_deref() {
                Some("Vec") => "vec![]".to_owned(),
                _ => "/* value */".to_owned(),
            },
            _ => "/* value */".to_owned(),
        })
    }
}

fn no_copy(partial: &str, place: &str, ty: &str) -> String {
    format!("{partial}move occurs because {place} has type `{ty}`, which does not implement the `Copy` trait")
}
