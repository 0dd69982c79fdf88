//! Uses of what was moved (E0382) or never initialised (E0381).

use diagnostics::{Applicability, Diag, MultiSpan};
use mir::{Location, Operand, Place, PlaceRef, Rvalue, StatementKind, TerminatorKind};
use mir_dataflow::{InitKind, MoveOutIndex, MovePathIndex};
use query::PlaceTyExt;
use span::def_id::DefId;
use span::{FxHashSet, Span};
use ty::{Ty, TyKind};

use super::lives_long_enough::is_prefix_of;
use super::{CallKind, DescribePlaceOpt, UseSpans, conditions};
use crate::check::{InitializationRequiringAction, MirBorrowckCtxt, State};

/// A move that leads to a use.
struct MoveSite {
    moi: MoveOutIndex,
    /// Whether the way from it to the use goes round a loop.
    traversed_back_edge: bool,
}

/// How a move is explained.
#[derive(Clone, Copy)]
pub(crate) struct Explanation {
    /// What the error points at.
    pub(crate) use_span: Span,
    pub(crate) move_span: Span,
    /// `partially ` or nothing.
    pub(crate) partially: &'static str,
    pub(crate) in_loop: bool,
    /// Whether a reborrow of a moved `&mut` was not suggested and would help.
    pub(crate) can_reborrow: bool,
    /// Whether the value is set anew on some way to the use.
    pub(crate) reinitialized: bool,
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
        if let [only] = reinit_spans[..] {
            err.span_label(only, "this reinitialization might get skipped");
        } else if !reinit_spans.is_empty() {
            let all = reinits.len();
            let msg = if all <= 3 {
                format!("these {all} reinitializations might get skipped")
            } else {
                format!(
                    "these 3 reinitializations and {} other{} might get skipped",
                    all - 3,
                    if all == 4 { "" } else { "s" }
                )
            };
            err.span_note(reinit_spans, msg);
        }
        let closure_noted = self.note_moved_or_invoked_closure(&mut err, location, used_place);
        let mut is_loop_move = false;
        let mut seen = FxHashSet::default();
        for site in &sites {
            let move_out = self.move_data.moves[site.moi];
            let place = self.move_data.move_paths[move_out.path].place;
            let move_spans = self.move_spans(place.as_ref(), move_out.source);
            let move_span = move_spans.args_or_use();
            is_loop_move |= location == move_out.source;
            if !seen.insert(move_span) {
                continue;
            }
            let in_loop = location == move_out.source || site.traversed_back_edge;
            let reborrowed = self.suggest_ref_or_clone(&mut err, mpi, move_spans, place.as_ref(), closure_noted);
            let explanation = Explanation {
                use_span: span,
                move_span,
                partially,
                in_loop,
                can_reborrow: !is_loop_move && !reborrowed,
                reinitialized: !reinits.is_empty(),
            };
            self.explain_captures(&mut err, move_spans, place, explanation);
        }
        use_spans.var_path_only_subdiag(&mut err, action);
        if !is_loop_move {
            err.span_label(span, format!("value {} here after {partial}move", action.as_verb_in_past_tense()));
        }
        let path = self.move_data.moves[indices[0]].path;
        let place = self.move_data.move_paths[path].place;
        let ty = place.ty(self.body, self.tcx).ty;
        self.suggest_copy_bound(&mut err, ty);
        let used_ty = used_place.ty(self.body, self.tcx).ty;
        let needs_note = self.closure_kind_origin(used_ty).is_none();
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
        // An error about a longer place says more.
        if let Some((_, old)) = self.buffered_move_errors.insert(indices, (used_place, err)) {
            old.cancel();
        }
    }

    /// A type for messages, without region variables.
    pub(crate) fn ty_for_message(&self, ty: Ty<'tcx>) -> String {
        self.tcx.fold_regions(ty, |r, _| if r.is_var() { self.tcx.lifetimes().re_erased } else { r }).to_string()
    }

    /// What makes a closure callable only once or mutably: the place of the use and the name of what it uses.
    pub(crate) fn closure_kind_origin(&self, ty: Ty<'tcx>) -> Option<&'tcx (Span, String)> {
        let TyKind::Closure(def_id, _) = *ty.kind() else { return None };
        let local = def_id.as_local()?;
        let id = self.tcx.local_def_id_to_hir_id(local);
        self.tcx.typeck(local).closure_kind_origins.get(&id.local_id)
    }

    /// Says why a closure can be called or moved only once; whether it did.
    fn note_moved_or_invoked_closure(&self, err: &mut Diag<'_>, location: Location, place: PlaceRef<'tcx>) -> bool {
        let Some(mut target) = place.local_or_deref_local() else { return false };
        let block = &self.body[location.block];
        for stmt in block.statements.get(location.statement_index..).unwrap_or_default() {
            if let StatementKind::Assign(assign) = &stmt.kind
                && let Rvalue::Use(Operand::Copy(from) | Operand::Move(from)) = assign.1
                && from.local_or_deref_local() == Some(target)
                && let Some(into) = assign.0.local_or_deref_local()
            {
                target = into;
            }
        }
        let what = match &block.terminator().kind {
            TerminatorKind::Call { func, args, .. }
                if let Some((callee, _)) = func.const_fn_def()
                    && self.tcx.lang_items().fn_once_trait() == self.tcx.opt_parent(callee) =>
            {
                let receiver = args.first().and_then(|a| a.node.place()).and_then(|p| p.local_or_deref_local());
                if receiver != Some(target) {
                    return false;
                }
                "invoked more than once because it moves"
            }
            _ => "moved more than once as it is not `Copy` due to moving",
        };
        let Some((span, name)) = self.closure_kind_origin(self.body.local_decls[target].ty) else { return false };
        err.span_note(*span, format!("closure cannot be {what} the variable `{name}` out of its environment"));
        true
    }

    /// Labels a move and says what makes it one.
    pub(crate) fn explain_captures(
        &mut self,
        err: &mut Diag<'a>,
        move_spans: UseSpans<'tcx>,
        moved_place: Place<'tcx>,
        how: Explanation,
    ) {
        let Explanation { use_span, move_span, partially, in_loop, .. } = how;
        let loop_msg = if in_loop { ", in previous iteration of loop" } else { "" };
        let UseSpans::FnSelf { fn_call_span, fn_span, kind, var_span } = move_spans else {
            if move_span != use_span || in_loop {
                let into = if move_spans.for_closure() { " into closure" } else { "" };
                err.span_label(move_span, format!("value {partially}moved{into} here{loop_msg}"));
            }
            if let UseSpans::Closure { closure_kind, capture_kind_span, .. } = move_spans
                && !in_loop
            {
                err.span_label(capture_kind_span, format!("variable {partially}moved due to use in {closure_kind}"));
            }
            return;
        };
        let place_name = self.describe_any_place(moved_place.as_ref());
        let ty = moved_place.ty(self.body, self.tcx).ty;
        match kind {
            CallKind::FnCall { fn_trait_id, self_ty } if self.tcx.lang_items().fn_once_trait() == Some(fn_trait_id) => {
                err.span_label(fn_call_span, format!("{place_name} {partially}moved due to this call{loop_msg}"));
                self.note_fn_once(err, fn_trait_id, self_ty, fn_call_span, var_span);
            }
            CallKind::Operator { self_arg, trait_id } => {
                err.span_label(
                    fn_call_span,
                    format!("{place_name} {partially}moved due to usage in operator{loop_msg}"),
                );
                if self.fn_self_span_reported.insert(fn_span)
                    && let Some(arg) = self_arg
                {
                    use hir::LangItem as L;
                    let unary = matches!(self.tcx.as_lang_item(trait_id), Some(L::Not | L::Neg | L::Deref));
                    let what = if unary { "value" } else { "left-hand side" };
                    err.span_note(arg.span, format!("calling this operator moves the {what}"));
                }
            }
            CallKind::Normal { self_arg, into_iter, method_did } => {
                if let Some(arg) = self_arg
                    && !use_span.is_dummy()
                    && self.fn_self_span_reported.insert(arg.span)
                {
                    let func = self.tcx.def_path_str(method_did);
                    err.span_note(
                        arg.span,
                        format!("`{func}` takes ownership of the receiver `self`, which moves {place_name}"),
                    );
                }
                if self.is_method_of_option_or_result(method_did) && !how.reinitialized {
                    err.span_label(
                        var_span,
                        "help: consider calling `.as_ref()` or `.as_mut()` to borrow the type's contents",
                    );
                }
                if into_iter {
                    self.suggest_iterating_over_slice(err, ty, move_span);
                    err.span_label(
                        fn_call_span,
                        format!("{place_name} {partially}moved due to this implicit call to `.into_iter()`{loop_msg}"),
                    );
                    if matches!(ty.kind(), TyKind::Ref(_, _, ty::Mutability::Mut)) && how.can_reborrow {
                        self.suggest_reborrow(err, move_span.shrink_to_lo(), moved_place.as_ref());
                    }
                    return;
                }
                err.span_label(
                    fn_call_span,
                    format!("{place_name} {partially}moved due to this method call{loop_msg}"),
                );
                self.suggest_cloning_receiver(err, moved_place.as_ref(), ty, move_span);
            }
            CallKind::FnCall { .. } | CallKind::DerefCoercion { .. } => {}
        }
    }

    fn is_method_of_option_or_result(&self, method: DefId) -> bool {
        let parent = self.tcx.parent(method);
        if !matches!(self.tcx.def_kind(parent), hir::def::DefKind::Impl { .. }) {
            return false;
        }
        let adt = self.tcx.type_of(parent).skip_binder().ty_adt_def();
        let name = adt.and_then(|adt| self.tcx.get_diagnostic_name(adt.did()));
        name.is_some_and(|n| matches!(n.as_str(), "Option" | "Result"))
    }

    /// What makes a value callable once only: the bound of a type parameter, or its type.
    fn note_fn_once(&self, err: &mut Diag<'_>, fn_once: DefId, self_ty: Ty<'tcx>, call: Span, var_span: Span) {
        let tcx = self.tcx;
        let mut bounds: Vec<Span> = Vec::new();
        let root = tcx.typeck_root_def_id(self.def.to_def_id());
        if let TyKind::Param(param) = *self_ty.kind()
            && let Some(generics) = root.as_local().and_then(|root| tcx.hir_get_generics(root))
        {
            let param = tcx.type_param_def(tcx.generics_of(root), param).def_id;
            for predicate in generics.predicates {
                let hir::WherePredicateKind::BoundPredicate(bound) = predicate.kind else { continue };
                if bound.bounded_ty.as_generic_param().is_none_or(|(id, _)| id != param) {
                    continue;
                }
                let is_once =
                    |b: &&hir::GenericBound<'_>| b.trait_ref().and_then(|t| t.trait_def_id()) == Some(fn_once);
                bounds.extend(bound.bounds.iter().filter(is_once).map(|b| b.span()));
            }
        }
        if bounds.is_empty() {
            err.span_note(var_span, "this value implements `FnOnce`, which causes it to be moved when called");
            return;
        }
        let mut span: MultiSpan = bounds.clone().into();
        for bound in bounds {
            span.push_span_label(bound, format!("`{self_ty}` is made to be an `FnOnce` closure here"));
        }
        span.push_span_label(call, "this value implements `FnOnce`, which causes it to be moved when called");
        err.span_note(span, "`FnOnce` closures can only be called once");
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
        for &i in &self.move_data.init_path_map[mpi] {
            let s = self.move_data.inits[i].span(self.body);
            if !s.is_dummy() && !inits.contains(&s) {
                inits.push(s);
            }
        }
        let decl_span = self.body.local_decls[self.move_data.move_paths[mpi].place.local].source_info.span;
        let opt = DescribePlaceOpt { including_downcast: true, including_tuple_field: true };
        let name = self.describe_place_with_options(moved_place, opt);
        let path = match self.describe_place_with_options(used_place, opt) {
            Some(n) => format!("`{n}`"),
            None => "value".to_owned(),
        };
        let body = self.tcx.hir_maybe_body_owned_by(self.def);
        let shown = name.as_ref().map_or_else(|| "the variable".to_owned(), |n| format!("`{n}`"));
        let conditions = body.map_or_else(Vec::new, |body| conditions::skipping(body, &inits, &shown));
        let is_assignment = matches!(
            action,
            InitializationRequiringAction::PartialAssignment | InitializationRequiringAction::Assignment
        );
        let later = conditions.iter().any(|(s, _)| span < *s && !s.contains(span));
        let isnt = if is_assignment {
            "isn't fully initialized"
        } else if inits.iter().all(|i| i.contains(span) || later) {
            "isn't initialized"
        } else {
            "is possibly-uninitialized"
        };
        let used = action.as_general_verb_in_past_tense();
        let desc = name.map_or_else(String::new, |n| format!("`{n}` "));
        let mut err = self.struct_err(381, span, format!("{used} binding {desc}{isnt}"));
        use_spans.var_path_only_subdiag(&mut err, action);
        if is_assignment {
            err.help("partial initialization isn't supported, fully initialize the binding with a default value and mutate it, or use `std::mem::MaybeUninit`");
        }
        err.span_label(span, format!("{path} {used} here but it {isnt}"));
        let earlier = |s: Span| s < span && !s.overlaps(span);
        let before = conditions.iter().filter(|(s, _)| earlier(*s));
        for (s, label) in before.clone() {
            err.span_label(*s, label.clone());
        }
        if before.count() == 0 {
            for s in inits.iter().filter(|s| earlier(**s)) {
                err.span_label(*s, "binding initialized here in some conditions");
            }
        }
        err.span_label(decl_span, "binding declared here but left uninitialized");
        if isnt == "isn't initialized"
            && let Some(body) = body
        {
            self.suggest_assign_value(&mut err, moved_place, body, decl_span);
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

    fn suggest_assign_value(
        &self,
        err: &mut Diag<'_>,
        moved: PlaceRef<'tcx>,
        body: &'tcx hir::Body<'tcx>,
        decl_span: Span,
    ) {
        // Behind the type, or behind the pattern if there is none.
        let Some((end, is_ref)) = conditions::end_of_let(self.tcx, body, decl_span) else { return };
        let ty = moved.ty(self.body, self.tcx).ty;
        let ty = match *ty.kind() {
            TyKind::Ref(_, inner, _) if is_ref => inner,
            _ => ty,
        };
        let ty = self.tcx.erase_regions(ty);
        if let Some(value) = self.infcx.err_ctxt().ty_kind_suggestion(self.infcx.param_env, ty) {
            err.span_suggestion_verbose(
                end.shrink_to_hi(),
                "consider assigning a value",
                format!(" = {value}"),
                Applicability::MaybeIncorrect,
            );
        }
    }
}

fn no_copy(partial: &str, place: &str, ty: &str) -> String {
    format!("{partial}move occurs because {place} has type `{ty}`, which does not implement the `Copy` trait")
}
