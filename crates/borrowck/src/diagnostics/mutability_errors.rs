//! Writes to what is not mutable: E0594, E0596.

use diagnostics::{Applicability, Diag, MultiSpan};
use mir::{
    BindingForm, ImplicitSelfKind, Local, LocalInfo, LocalKind, Location, Mutability, Place, PlaceRef, ProjectionElem,
    VarBindingForm,
};
use query::PlaceTyExt;
use span::Span;
use ty::TyKind;

use crate::check::{AccessKind, MirBorrowckCtxt};

impl<'a, 'tcx> MirBorrowckCtxt<'a, 'tcx> {
    pub(crate) fn report_mutability_error(
        &mut self,
        access_place: Place<'tcx>,
        span: Span,
        the_place_err: PlaceRef<'tcx>,
        error_access: AccessKind,
        location: Location,
    ) {
        let access_desc = self.describe_place(access_place.as_ref());
        let item_msg;
        let reason;
        match the_place_err.last_projection() {
            None => {
                item_msg = access_desc.as_ref().map_or_else(|| "value".to_owned(), |d| format!("`{d}`"));
                reason = if access_place.as_local().is_some() {
                    ", as it is not declared as mutable".to_owned()
                } else {
                    let name = self.local_name(the_place_err.local).map(|n| n.to_string()).unwrap_or_default();
                    format!(", as `{name}` is not declared as mutable")
                };
            }
            Some((base, ProjectionElem::Field(..))) if self.is_upvar_field_projection(the_place_err).is_some() => {
                let _ = base;
                let field = self.is_upvar_field_projection(the_place_err).unwrap_or(ty::FieldIdx::ZERO);
                item_msg = self.describe_any_place(access_place.as_ref());
                let upvar = self.upvars[field.as_usize()];
                reason = if self.is_upvar_field_projection(access_place.as_ref()).is_some() {
                    ", as it is not declared as mutable".to_owned()
                } else {
                    format!(", as `{}` is not declared as mutable", self.captured_name(upvar))
                };
            }
            Some((base, ProjectionElem::Deref)) => {
                let base_local = base.as_local();
                let is_closure_self = base_local == Some(Local::from_u32(1)) && !self.upvars.is_empty();
                if is_closure_self {
                    item_msg = self.describe_any_place(access_place.as_ref());
                    reason = if self.is_upvar_field_projection(access_place.as_ref()).is_some() {
                        ", as it is a captured variable in a `Fn` closure".to_owned()
                    } else {
                        ", as `Fn` closures cannot mutate their captured variables".to_owned()
                    };
                } else if base_local.is_some_and(|l| self.body.local_decls[l].is_ref_for_guard()) {
                    item_msg = self.describe_any_place(access_place.as_ref());
                    reason = ", as it is immutable for the pattern guard".to_owned();
                } else if let Some(l) = base_local
                    && let LocalInfo::StaticRef { def_id, .. } = self.body.local_decls[l].local_info()
                {
                    if access_place.projection.len() == 1 {
                        item_msg = format!("immutable static item `{}`", self.tcx.item_name(*def_id));
                        reason = String::new();
                    } else {
                        item_msg = self.describe_any_place(access_place.as_ref());
                        reason = format!(", as `{}` is an immutable static item", self.tcx.item_name(*def_id));
                    }
                } else {
                    let source = self.borrowed_content_source(base);
                    let pointer_type = source.describe_for_immutable_place(self);
                    match &access_desc {
                        Some(d) => {
                            item_msg = format!("`{d}`");
                            let link = match error_access {
                                AccessKind::Mutate => "which",
                                AccessKind::MutableBorrow => "as it",
                            };
                            reason = format!(", {link} is behind {pointer_type}");
                        }
                        None => {
                            item_msg = format!("data in {pointer_type}");
                            reason = String::new();
                        }
                    }
                }
            }
            Some(_) => {
                item_msg = self.describe_any_place(access_place.as_ref());
                reason = ", as it is not declared as mutable".to_owned();
            }
        }
        let (mut err, act, acted_on, span) = match error_access {
            AccessKind::Mutate => {
                let err = self.struct_err(594, span, format!("cannot assign to {item_msg}{reason}"));
                (err, "assign", "written to", span)
            }
            AccessKind::MutableBorrow => {
                let spans = self.borrow_spans(span, location);
                let borrow_span = spans.args_or_use();
                let msg = format!("cannot borrow {item_msg} as mutable{reason}");
                let mut err = self.struct_err(596, borrow_span, msg);
                if let super::UseSpans::Closure { closure_kind, path_span, .. } = spans {
                    let desc = self.describe_any_place(access_place.as_ref());
                    err.span_label(path_span, format!("mutable borrow occurs due to use of {desc} in {closure_kind}"));
                }
                (err, "borrow as mutable", "borrowed as mutable", borrow_span)
            }
        };
        self.explain(&mut err, access_place, the_place_err, act, acted_on, span, location);
        match error_access {
            // Several borrows of one variable are one error.
            AccessKind::MutableBorrow if the_place_err.projection.is_empty() => {
                let decl_span = self.body.local_decls[the_place_err.local].source_info.span;
                match self.buffered_mut_errors.get_mut(&decl_span) {
                    Some((old, count)) => {
                        *count += 1;
                        if *count == 2 {
                            // Of several places the declaration is the one to change.
                            let mut at = MultiSpan::from(decl_span);
                            for (span, label) in old.span.span_labels.drain(..) {
                                at.push_span_label(span, label);
                            }
                            at.push_span_label(decl_span, "not mutable");
                            old.span = at;
                        }
                        if *count <= 10 && old.span.primary_span() != Some(span) {
                            old.span_label(span, "cannot borrow as mutable");
                        }
                        err.cancel();
                    }
                    None => {
                        self.buffered_mut_errors.insert(decl_span, (err, 1));
                    }
                }
            }
            _ => self.buffer_error(err),
        }
    }

    fn explain(
        &mut self,
        err: &mut Diag<'a>,
        access_place: Place<'tcx>,
        the_place_err: PlaceRef<'tcx>,
        act: &str,
        acted_on: &str,
        span: Span,
        location: Location,
    ) {
        let _ = location;
        let body = self.body;
        // Through a capture of the closure.
        if let Some(field) = self.is_upvar_field_projection(the_place_err)
            && the_place_err.last_projection().is_some_and(|(_, e)| matches!(e, ProjectionElem::Field(..)))
        {
            let upvar = self.upvars[field.as_usize()];
            err.span_label(span, format!("cannot {act}"));
            let id = upvar.get_root_variable();
            if let hir::Node::Pat(pat) = self.tcx.hir_node(id)
                && let hir::PatKind::Binding(mode, _, ident, _) = pat.kind
                && mode == hir::BindingMode(hir::ByRef::No, Mutability::Not)
            {
                err.span_suggestion_verbose(
                    ident.span.shrink_to_lo(),
                    "consider changing this to be mutable",
                    "mut ",
                    Applicability::MachineApplicable,
                );
            }
            return;
        }
        match the_place_err.last_projection() {
            None => {
                let local = the_place_err.local;
                let decl = &body.local_decls[local];
                err.span_label(span, format!("cannot {act}"));
                if decl.can_be_made_mutable() {
                    let (at, text): (Span, &str) = match decl.local_info() {
                        LocalInfo::User(BindingForm::ImplicitSelf(_)) => (decl.source_info.span.shrink_to_lo(), "mut "),
                        _ => (decl.source_info.span.shrink_to_lo(), "mut "),
                    };
                    err.span_suggestion_verbose(
                        at,
                        "consider changing this to be mutable",
                        text,
                        Applicability::MachineApplicable,
                    );
                }
                self.label_mutated_capture(err, the_place_err);
            }
            Some((base, ProjectionElem::Deref)) => {
                if base.as_local() == Some(Local::from_u32(1)) && !self.upvars.is_empty() {
                    self.expected_fn_found_fn_mut_call(err, span, act);
                    return;
                }
                let Some(local) = base.as_local() else {
                    // A field of type `&T`: its declaration would have to change.
                    err.span_label(span, format!("cannot {act}"));
                    self.suggest_field_type(err, base);
                    return;
                };
                let decl = &body.local_decls[local];
                if decl.is_ref_for_guard() {
                    err.span_label(span, format!("cannot {act}"));
                    err.note("variables bound in patterns are immutable until the end of the pattern guard");
                    return;
                }
                match decl.local_info() {
                    LocalInfo::User(BindingForm::ImplicitSelf(ImplicitSelfKind::RefImm)) => {
                        let name = self.local_name(local).map(|n| n.to_string()).unwrap_or_default();
                        err.span_label(span, format!("`{name}` is a `&` reference, so it cannot be {acted_on}"));
                        let self_span = decl.source_info.span;
                        let snippet = self.tcx.sess().source_map.span_to_snippet(self_span).unwrap_or_default();
                        let with_amp = snippet.starts_with('&');
                        let sugg = if with_amp { self_span } else { self_span };
                        let text = match snippet.strip_prefix('&') {
                            Some(rest) if rest.starts_with('\'') => match rest.split_once(char::is_whitespace) {
                                Some((lt, rest)) => format!("&{lt} mut {rest}"),
                                None => "&mut self".to_owned(),
                            },
                            _ => "&mut self".to_owned(),
                        };
                        err.span_suggestion_verbose(
                            sugg,
                            format!(
                                "consider changing this to be a mutable reference{}",
                                if self.is_trait_impl_item() {
                                    " in the `impl` method and the `trait` definition"
                                } else {
                                    ""
                                }
                            ),
                            text,
                            Applicability::MachineApplicable,
                        );
                    }
                    LocalInfo::User(BindingForm::Var(var)) if matches!(decl.ty.kind(), TyKind::Ref(..)) => {
                        let name = self.local_name(local).map(|n| n.to_string()).unwrap_or_default();
                        let pointer = "`&` reference";
                        err.span_label(span, format!("`{name}` is a {pointer}, so it cannot be {acted_on}"));
                        self.suggest_ampmut(err, local, var);
                    }
                    LocalInfo::User(BindingForm::Var(var)) if decl.ty.is_raw_ptr() => {
                        let name = self.local_name(local).map(|n| n.to_string()).unwrap_or_default();
                        err.span_label(span, format!("`{name}` is a `*const` pointer, so it cannot be {acted_on}"));
                        if let Some(ty_span) = var.opt_ty_info {
                            let snippet = self.tcx.sess().source_map.span_to_snippet(ty_span).unwrap_or_default();
                            if let Some(rest) = snippet.strip_prefix("*const ") {
                                err.span_suggestion_verbose(
                                    ty_span,
                                    "consider changing this to be a mutable pointer",
                                    format!("*mut {rest}"),
                                    Applicability::MachineApplicable,
                                );
                            }
                        }
                    }
                    _ => {
                        err.span_label(span, format!("cannot {act}"));
                        self.overloaded_help(err, base, access_place);
                    }
                }
            }
            Some(_) => {
                err.span_label(span, format!("cannot {act}"));
            }
        }
    }

    /// Why a closure must be called through a mutable binding.
    fn label_mutated_capture(&self, err: &mut Diag<'_>, place: PlaceRef<'tcx>) {
        let ty = place.ty(self.body, self.tcx).ty;
        let TyKind::Closure(def_id, _) = *ty.kind() else { return };
        let (Some((span, name)), Some(local)) = (self.closure_kind_origin(ty), def_id.as_local()) else { return };
        let root = name.trim_start_matches('*').split('.').next().unwrap_or_default();
        let results = self.tcx.typeck(local);
        let mut captures = results.closure_min_captures_flattened(local);
        let Some(capture) = captures.find(|c| c.var_ident.name.as_str() == root) else { return };
        let reason = match capture.info.capture_kind {
            ty::UpvarCapture::ByRef(_) => "mutable borrow",
            _ => "possible mutation",
        };
        let Some(closure) = self.describe_place(place) else { return };
        err.span_label(*span, format!("calling `{closure}` requires mutable binding due to {reason} of `{name}`"));
    }

    fn is_trait_impl_item(&self) -> bool {
        self.tcx.trait_impl_of_assoc(self.def.to_def_id()).is_some()
    }

    /// A closure that is needed as `Fn` writes to what it captures.
    fn expected_fn_found_fn_mut_call(&self, err: &mut Diag<'_>, span: Span, act: &str) {
        err.span_label(span, format!("cannot {act}"));
        let id = self.tcx.local_def_id_to_hir_id(self.def);
        let closure_span = match self.tcx.hir_node(id) {
            hir::Node::Expr(e) => match e.kind {
                hir::ExprKind::Closure(c) => c.fn_decl_span,
                _ => e.span,
            },
            _ => return,
        };
        if let hir::Node::Expr(hir::Expr { kind: hir::ExprKind::Call(func, args), .. }) = self.tcx.parent_hir_node(id) {
            err.span_label(closure_span, "in this closure");
            if let Some(i) = args.iter().position(|a| a.hir_id == id)
                && let hir::ExprKind::Path(hir::QPath::Resolved(_, path)) = func.kind
                && let Some(def) = path.res.opt_def_id()
                && let Some(local) = def.as_local()
                && let Some(decl) = self.tcx.hir_fn_decl_by_hir_id(self.tcx.local_def_id_to_hir_id(local))
                && let Some(ty) = decl.inputs.get(i)
            {
                err.span_label(ty.span, "change this to accept `FnMut` instead of `Fn`");
                err.span_label(func.span, "expects `Fn` instead of `FnMut`");
            } else {
                err.span_label(func.span, "expects `Fn` instead of `FnMut`");
            }
        } else if let hir::Node::Expr(hir::Expr { kind: hir::ExprKind::MethodCall(seg, ..), .. }) =
            self.tcx.parent_hir_node(id)
        {
            err.span_label(closure_span, "in this closure");
            err.span_label(seg.ident.span, "expects `Fn` instead of `FnMut`");
        } else {
            err.span_label(closure_span, "in this closure");
        }
    }

    /// "trait `DerefMut` is required to modify through a dereference"
    fn overloaded_help(&self, err: &mut Diag<'_>, base: PlaceRef<'tcx>, _: Place<'tcx>) {
        match self.borrowed_content_source(base) {
            super::BorrowedContentSource::OverloadedDeref(ty) => {
                let ty = self.ty_for_message(ty);
                err.help(format!(
                    "trait `DerefMut` is required to modify through a dereference, but it is not implemented for `{ty}`"
                ));
            }
            super::BorrowedContentSource::OverloadedIndex(ty) => {
                let ty = self.ty_for_message(ty);
                err.help(format!(
                    "trait `IndexMut` is required to modify indexed content, but it is not implemented for `{ty}`"
                ));
            }
            _ => {}
        }
    }

    fn suggest_field_type(&self, err: &mut Diag<'_>, base: PlaceRef<'tcx>) {
        let Some((struct_place, ProjectionElem::Field(field, _))) = base.last_projection() else { return };
        let TyKind::Adt(def, _) = struct_place.ty(self.body, self.tcx).ty.kind() else { return };
        if !def.is_struct() {
            return;
        }
        let Some(local) = def.non_enum_variant().fields[field].did.as_local() else { return };
        let hir::Node::Field(f) = self.tcx.hir_node_by_def_id(local) else { return };
        let snippet = self.tcx.sess().source_map.span_to_snippet(f.ty.span).unwrap_or_default();
        let Some(rest) = snippet.strip_prefix('&') else { return };
        let text = match rest.strip_prefix('\'') {
            Some(_) => match rest.split_once(char::is_whitespace) {
                Some((lt, rest)) => format!("&{lt} mut {rest}"),
                None => return,
            },
            None => format!("&mut {rest}"),
        };
        err.span_suggestion_verbose(
            f.ty.span,
            "consider changing this to be mutable",
            text,
            Applicability::MaybeIncorrect,
        );
    }

    /// "consider changing this to be a mutable reference"
    fn suggest_ampmut(&self, err: &mut Diag<'_>, local: Local, var: &VarBindingForm<'tcx>) {
        let sm = &self.tcx.sess().source_map;
        let decl = &self.body.local_decls[local];
        let is_arg = self.body.local_kind(local) == LocalKind::Arg;
        let amp_mut = |snippet: &str| -> Option<String> {
            let rest = snippet.strip_prefix('&')?;
            Some(match rest.strip_prefix('\'') {
                Some(_) => {
                    let (lt, rest) = rest.split_once(char::is_whitespace)?;
                    format!("&{lt} mut {}", rest.trim_start())
                }
                None => format!("&mut {}", rest.trim_start()),
            })
        };
        let msg = "consider changing this to be a mutable reference";
        if let Some(ty_span) = var.opt_ty_info {
            if let Some(text) = sm.span_to_snippet(ty_span).as_deref().and_then(amp_mut) {
                err.span_suggestion_verbose(ty_span, msg, text, Applicability::MachineApplicable);
            }
            return;
        }
        if let hir::BindingMode(hir::ByRef::Yes(..), _) = var.binding_mode {
            let span = decl.source_info.span;
            if sm.span_to_snippet(span).is_some_and(|s| s.starts_with("ref ")) {
                let at = span.with_hi(span::BytePos(span.lo().0 + 3)).shrink_to_hi();
                err.span_suggestion_verbose(at, msg, " mut", Applicability::MachineApplicable);
            }
            return;
        }
        // The initialiser, if it is a borrow.
        if !is_arg
            && let Some(init) = self.initializer_span(local)
            && let Some(text) = sm.span_to_snippet(init).as_deref().and_then(amp_mut)
        {
            err.span_suggestion_verbose(init, msg, text, Applicability::MachineApplicable);
            return;
        }
        if is_arg && let Some(ty_span) = self.param_ty_span(local) {
            if let Some(text) = sm.span_to_snippet(ty_span).as_deref().and_then(amp_mut) {
                err.span_suggestion_verbose(
                    ty_span,
                    format!(
                        "{msg}{}",
                        if self.is_trait_impl_item() { " in the `impl` method and the `trait` definition" } else { "" }
                    ),
                    text,
                    Applicability::MachineApplicable,
                );
            }
        }
    }
    /// The expression that a variable was first assigned.
    fn initializer_span(&self, local: Local) -> Option<Span> {
        for data in self.body.basic_blocks.iter() {
            for stmt in &data.statements {
                if let mir::StatementKind::Assign(assign) = &stmt.kind
                    && assign.0.as_local() == Some(local)
                {
                    return Some(stmt.source_info.span);
                }
            }
        }
        None
    }
    /// The type that a parameter was written with.
    pub(crate) fn param_ty_span(&self, local: Local) -> Option<Span> {
        let id = self.tcx.local_def_id_to_hir_id(self.def);
        let decl = self.tcx.hir_fn_decl_by_hir_id(id)?;
        let implicit = self.regioncx.universal_regions().defining_ty.implicit_inputs();
        let i = (local.as_u32() as usize).checked_sub(1 + implicit)?;
        decl.inputs.get(i).map(|t| t.span)
    }
}
