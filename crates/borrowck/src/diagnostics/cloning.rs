//! Suggestions to clone what is moved, and what stands in the way of it.

use diagnostics::{Applicability, Diag, MultiSpan};
use hir::{Expr, ExprKind, Node};
use mir::PlaceRef;
use span::def_id::DefId;
use span::{ExpnKind, MacroKind, Span};
use trait_solve::traits::{FulfillmentError, Obligation, ObligationCause, ObligationCtxt, SelectionContext};
use ty::{Ty, TyKind};

use super::{CallKind, UseSpans};
use crate::check::MirBorrowckCtxt;

impl<'a, 'tcx> MirBorrowckCtxt<'a, 'tcx> {
    pub(crate) fn implements_clone(&self, ty: Ty<'tcx>) -> bool {
        let ty = self.tcx.erase_regions(ty);
        self.infcx.type_is_clone_modulo_regions(self.infcx.param_env, ty)
    }

    /// A clone of the value that an expression moves; or, if its type is not `Clone`, what would make it so.
    pub(crate) fn suggest_cloning(
        &self,
        err: &mut Diag<'_>,
        place: PlaceRef<'tcx>,
        ty: Ty<'tcx>,
        expr: &'tcx Expr<'tcx>,
        use_spans: Option<UseSpans<'tcx>>,
    ) {
        if let ExprKind::Struct(_, _, hir::StructTailExpr::Base(_)) = expr.kind {
            self.suggest_cloning_on_functional_record_update(err, ty, expr);
            return;
        }
        if self.implements_clone(ty) {
            if !self.in_move_closure(expr) {
                self.suggest_cloning_inner(err, ty, expr);
            }
            let _ = place;
            return;
        }
        let tcx = self.tcx;
        let ty = tcx.erase_regions(ty);
        match *ty.kind() {
            TyKind::Adt(def, args)
                if def.did().is_local()
                    && def.all_fields().all(|f| self.implements_clone(tcx.type_of(f.did).instantiate(*tcx, args))) =>
            {
                self.note_adt_without_clone(err, ty, def.did(), expr.span);
            }
            TyKind::Param(param) => {
                let called = matches!(use_spans, Some(UseSpans::FnSelf { kind: CallKind::FnCall { self_ty, .. }, .. })
                    if tcx.erase_regions(self_ty) == ty);
                if called {
                    return;
                }
                let root = tcx.typeck_root_def_id(self.def.to_def_id());
                let span = tcx.def_span(tcx.type_param_def(tcx.generics_of(root), param).def_id);
                let mut multi: MultiSpan = span.into();
                multi.push_span_label(span, "consider constraining this type parameter with `Clone`");
                multi.push_span_label(expr.span, "you could clone this value");
                err.span_help(multi, format!("if `{ty}` implemented `Clone`, you could clone the value"));
            }
            TyKind::Adt(..) => self.note_parts_without_clone(err, ty, expr),
            _ => {}
        }
    }

    fn note_adt_without_clone(&self, err: &mut Diag<'_>, ty: Ty<'tcx>, adt: DefId, value: Span) {
        let tcx = self.tcx;
        let span = tcx.def_span(adt);
        let mut multi: MultiSpan = span.into();
        let derived = tcx.lang_items().clone_trait().and_then(|clone| {
            let mut impls = tcx.trait_impls_of(clone).non_blanket_impls.values().flatten().copied();
            impls.find(|i| {
                i.is_local()
                    && tcx.type_of(*i).skip_binder().ty_adt_def().is_some_and(|d| d.did() == adt)
                    && tcx.has_attr(*i, span::sym::automatically_derived)
            })
        });
        let Some(derived) = derived else {
            multi.push_span_label(span, "consider implementing `Clone` for this type");
            multi.push_span_label(value, "you could clone this value");
            err.span_note(multi, format!("if `{ty}` implemented `Clone`, you could clone the value"));
            return;
        };
        multi.push_span_label(tcx.def_span(derived), "derived `Clone` adds implicit bounds on type parameters");
        for param in adt.as_local().and_then(|l| tcx.hir_get_generics(l)).map_or(&[][..], |g| g.params) {
            if let hir::GenericParamKind::Type { .. } = param.kind {
                let name = param.name.ident();
                multi.push_span_label(param.span, format!("introduces an implicit `{name}: Clone` bound"));
            }
        }
        multi.push_span_label(value, "you could clone this value");
        err.span_note(multi, "if all bounds were met, you could clone the value");
        err.help("consider manually implementing `Clone` to avoid undesired bounds");
    }

    /// `Option<S>` would be `Clone` if `S` were.
    fn note_parts_without_clone(&self, err: &mut Diag<'_>, ty: Ty<'tcx>, expr: &Expr<'_>) {
        let Some(clone) = self.tcx.lang_items().clone_trait() else { return };
        let ocx = ObligationCtxt::new_with_diagnostics(self.infcx);
        ocx.register_bound(ObligationCause::misc(expr.span, self.def), self.infcx.param_env, ty, clone);
        let mut spans: Vec<Span> = Vec::new();
        let mut types: Vec<String> = Vec::new();
        for error in ocx.evaluate_obligations_error_on_ambiguity() {
            let clause = error.obligation.predicate.as_clause().and_then(|c| c.as_trait_clause());
            let Some(clause) = clause.filter(|c| c.def_id() == clone) else { return };
            let self_ty = clause.self_ty().skip_binder();
            let Some(def) = self_ty.ty_adt_def().filter(|d| d.did().is_local()) else { return };
            spans.push(self.tcx.def_span(def.did()));
            let shown = format!("`{self_ty}`");
            if !types.contains(&shown) {
                types.push(shown);
            }
        }
        let list = match &types[..] {
            [] => return,
            [only] => only.clone(),
            [init @ .., last] => format!("{} and {last}", init.join(", ")),
        };
        let mut multi: MultiSpan = spans.clone().into();
        for span in spans {
            multi.push_span_label(span, "consider implementing `Clone` for this type");
        }
        multi.push_span_label(expr.span, "you could clone this value");
        err.span_note(multi, format!("if {list} implemented `Clone`, you could clone the value"));
    }

    /// `x.clone()` of an `&S` is an `&S`: the place of the call, if an expression is such a one.
    pub(crate) fn clone_on_reference(&self, expr: &Expr<'_>) -> Option<Span> {
        let typeck = self.tcx.typeck(self.def);
        let ExprKind::MethodCall(segment, receiver, [], span) = expr.kind else { return None };
        let ty = typeck.node_type_opt(expr.hir_id)?;
        (segment.ident.name == span::sym::clone && typeck.node_type_opt(receiver.hir_id) == Some(ty)).then_some(span)
    }
    fn in_move_closure(&self, expr: &Expr<'_>) -> bool {
        self.tcx.hir_parent_iter(expr.hir_id).any(|(_, node)| {
            matches!(node, Node::Expr(Expr { kind: ExprKind::Closure(c), .. })
                if matches!(c.capture_clause, hir::CaptureBy::Value { .. }))
        })
    }

    /// `.clone()` behind an expression, whose `&` and `*` are taken away.
    fn suggest_cloning_inner(&self, err: &mut Diag<'_>, ty: Ty<'tcx>, expr: &'tcx Expr<'tcx>) -> bool {
        let tcx = self.tcx;
        let in_derive = matches!(self.body.span.ctxt().outer_expn_data().kind, ExpnKind::Macro(MacroKind::Derive, _));
        if in_derive || self.clone_on_reference(expr).is_some() || matches!(expr.kind, ExprKind::Closure(_)) {
            return false;
        }
        let mut suggestion = match tcx.hir_maybe_get_struct_pattern_shorthand_field(expr) {
            Some(name) => format!(": {name}.clone()"),
            None => ".clone()".to_owned(),
        };
        let typeck = tcx.typeck(self.def);
        let mut inner = expr;
        let mut is_raw_ptr = false;
        while let ExprKind::AddrOf(_, _, e) | ExprKind::Unary(hir::UnOp::Deref, e) = inner.kind {
            if let ExprKind::AddrOf(_, ty::Mutability::Mut, _) = inner.kind {
                return false;
            }
            inner = e;
            is_raw_ptr = matches!(typeck.node_type_opt(e.hir_id).map(|t| *t.kind()), Some(TyKind::RawPtr(..)));
            if is_raw_ptr {
                break;
            }
        }
        let mut parts = Vec::new();
        if inner.span.lo() != expr.span.lo() && !is_raw_ptr {
            parts.push((expr.span.with_hi(inner.span.lo()), String::new()));
        }
        let end = if inner.span.hi() != expr.span.hi() {
            if is_raw_ptr { expr.span.shrink_to_hi() } else { expr.span.with_lo(inner.span.hi()) }
        } else {
            if is_raw_ptr {
                parts.push((expr.span.shrink_to_lo(), "(".to_owned()));
                suggestion = ").clone()".to_owned();
            }
            expr.span.shrink_to_hi()
        };
        parts.push((end, suggestion));
        let counted = ty.ty_adt_def().and_then(|d| tcx.get_diagnostic_name(d.did()));
        let msg = match counted.as_ref().map(span::Symbol::as_str) {
            Some("Rc" | "Arc") => "clone the value to increment its reference count",
            _ => "consider cloning the value if the performance cost is acceptable",
        };
        err.multipart_suggestion(msg, parts, Applicability::MachineApplicable);
        true
    }

    /// `S { a, ..base }` moves fields of `base`: they can be named and cloned.
    fn suggest_cloning_on_functional_record_update(&self, err: &mut Diag<'_>, ty: Ty<'tcx>, expr: &Expr<'_>) {
        let tcx = self.tcx;
        let ExprKind::Struct(qpath, fields, hir::StructTailExpr::Base(base)) = expr.kind else { return };
        let hir::QPath::Resolved(_, hir::Path { res: hir::def::Res::Def(_, def_id), .. }) = *qpath else { return };
        let Some(TyKind::Adt(def, args)) = tcx.typeck(self.def).node_type_opt(expr.hir_id).map(|t| *t.kind()) else {
            return;
        };
        if !matches!(base.kind, ExprKind::Path(hir::QPath::Resolved(None, _))) {
            return;
        }
        let Some(base_text) = tcx.sess().source_map.span_to_snippet(base.span) else { return };
        let Some(variant) = def.variants().iter().find(|v| v.def_id == *def_id) else { return };
        let ty = tcx.erase_regions(ty);
        let mut added = Vec::new();
        for field in &variant.fields {
            let field_ty = tcx.erase_regions(tcx.type_of(field.did).instantiate(*tcx, args));
            if field_ty == ty && fields.iter().all(|f| f.ident.name != field.name) {
                added.push(format!("{0}: {base_text}.{0}.clone()", field.name));
            }
        }
        let complete = fields.len() + added.len() == variant.fields.len();
        let added = added.join(", ");
        let (span, text) = match fields {
            [.., last] if complete => (last.span.shrink_to_hi().with_hi(base.span.hi()), format!(", {added}")),
            [.., last] => (last.span.shrink_to_hi(), format!(", {added}")),
            [] if complete => (expr.span.with_lo(qpath.span().hi()), format!(" {{ {added} }}")),
            [] => (expr.span.with_lo(qpath.span().hi()), format!(" {{ {added}, ..{base_text} }}")),
        };
        let prefix = if self.implements_clone(ty) {
            String::new()
        } else {
            let msg = format!("`{ty}` doesn't implement `Copy` or `Clone`");
            match ty.ty_adt_def() {
                Some(def) => err.span_note(tcx.def_span(def.did()), msg),
                None => err.note(msg),
            };
            format!("if `{ty}` implemented `Clone`, you could ")
        };
        err.span_suggestion_verbose(
            span,
            format!("{prefix}clone the value from the field instead of using the functional record update syntax"),
            text,
            Applicability::MachineApplicable,
        );
    }

    /// For the receiver of a method that takes it: what cloning it needs.
    pub(crate) fn suggest_cloning_receiver(
        &self,
        err: &mut Diag<'_>,
        place: PlaceRef<'tcx>,
        ty: Ty<'tcx>,
        move_span: Span,
    ) {
        let ty = self.tcx.erase_regions(ty);
        let Some(errors) = self.missing_for_clone(ty) else { return };
        let bound = |e: &FulfillmentError<'tcx>| format!("`{}`", e.obligation.predicate);
        let msg = match &errors[..] {
            [] => "you can `clone` the value and consume it, but this might not be your desired behavior".to_owned(),
            [error] => format!(
                "you could `clone` the value and consume it, if the {} trait bound could be satisfied",
                bound(error)
            ),
            [init @ .., last] => format!(
                "you could `clone` the value and consume it, if the following trait bounds could be satisfied: {} and {}",
                init.iter().map(bound).collect::<Vec<_>>().join(", "),
                bound(last)
            ),
        };
        // `.clone()` behind a reference might clone that.
        let parts = if place.projection.iter().any(|p| matches!(p, mir::ProjectionElem::Deref)) {
            let end = match self.expr_at(move_span) {
                Some(e)
                    if let (Some(_), ExprKind::MethodCall(_, receiver, ..)) = (self.clone_on_reference(e), e.kind) =>
                {
                    move_span.with_lo(receiver.span.hi())
                }
                _ => move_span.shrink_to_hi(),
            };
            vec![(move_span.shrink_to_lo(), format!("<{ty} as Clone>::clone(&")), (end, ")".to_owned())]
        } else {
            vec![(move_span.shrink_to_hi(), ".clone()".to_owned())]
        };
        err.multipart_suggestion(msg, parts, Applicability::MaybeIncorrect);
        for error in &errors {
            if let Some(clause) = error.obligation.predicate.as_clause().and_then(|c| c.as_trait_clause()) {
                self.infcx.err_ctxt().suggest_derive(err, &error.obligation, clause.skip_binder());
            }
        }
    }

    /// What an impl of `Clone` for a type asks for and is not met; none if there is no impl.
    fn missing_for_clone(&self, ty: Ty<'tcx>) -> Option<Vec<FulfillmentError<'tcx>>> {
        let clone = self.tcx.lang_items().clone_trait()?;
        let trait_ref = ty::TraitRef::new(*self.tcx, clone, [ty]);
        let predicate = ty::TraitPredicate { trait_ref, polarity: ty::PredicatePolarity::Positive };
        let obligation = Obligation::new(self.tcx, ObligationCause::dummy(), self.infcx.param_env, predicate);
        let selection = SelectionContext::new(self.infcx).select(&obligation).ok()??;
        let ocx = ObligationCtxt::new_with_diagnostics(self.infcx);
        ocx.register_obligations(selection.nested_obligations());
        Some(ocx.evaluate_obligations_error_on_ambiguity())
    }
}
