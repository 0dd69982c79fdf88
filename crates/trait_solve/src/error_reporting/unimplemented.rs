//! E0277: a trait that a type does not implement. The message, what to do about it, why it is needed.

use diagnostics::codes::*;
use diagnostics::{Applicability, Diag};
use hir::LangItem;
use span::{DesugaringKind, Span, Symbol};
use ty::visit::TypeVisitableExt;
use ty::{
    ClauseKind, ErrorGuaranteed, PolyTraitPredicate, PredicateKind, PredicatePolarity, TraitPredicate, Ty, TyKind,
};

use super::TypeErrCtxt;
use super::on_unimplemented::OnUnimplementedNote;
use crate::traits::{ObligationCauseCode, PredicateObligation};

/// A type that contains the one that lacks the trait.
struct Within<'tcx> {
    ty: Ty<'tcx>,
    /// Of a closure or coroutine.
    span: Option<Span>,
}

impl<'a, 'tcx> TypeErrCtxt<'a, 'tcx> {
    pub(super) fn report_trait_unimplemented(
        &self,
        obligation: &PredicateObligation<'tcx>,
        root: &PredicateObligation<'tcx>,
        leaf: PolyTraitPredicate<'tcx>,
    ) -> ErrorGuaranteed {
        let tcx = self.tcx;
        let span = obligation.cause.span;
        let leaf = self.resolve_vars_if_possible(leaf);
        let leaf_pred = leaf.skip_binder();
        let self_ty = leaf_pred.self_ty();
        if leaf_pred.polarity == PredicatePolarity::Negative {
            let text = format!("the trait bound `{leaf_pred}` is not satisfied");
            let mut diag = self.dcx().struct_span_err(span, text.clone()).with_code(E0277).with_span_label(span, text);
            self.note_obligation_cause(&mut diag, obligation);
            return diag.emit();
        }
        // A closure that is called in a way its body does not allow is reported as such.
        if let Some(kind) = tcx.fn_trait_kind_from_def_id(leaf_pred.def_id())
            && let TyKind::Closure(closure_def, args) = *self_ty.kind()
            && let Some(found) = self.shallow_resolve(args.as_closure().kind_ty()).to_opt_closure_kind()
            && !found.extends(kind)
        {
            return self.report_closure_kind_error(obligation, closure_def, found, kind).emit();
        }
        if let ObligationCauseCode::ConstParam(ty) = *obligation.cause.code().peel_derives() {
            return self.report_const_param_not_wf(ty, span);
        }
        let (main, main_obligation) = self.main_predicate(obligation, root, leaf);
        let note = self.on_unimplemented_note(main.skip_binder().trait_ref, main_obligation);
        let within = self.parent_trait_ty(obligation.cause.code());
        let (mut diag, is_coded) = self.start_unimplemented(obligation, main, &note, within.as_ref());
        if !is_coded {
            diag.code(E0277);
        }
        let question_mark = span.is_desugaring(DesugaringKind::QuestionMark);
        let conversion = question_mark && tcx.is_diagnostic_item(span::sym::From, main.def_id());
        if self.suggest_add_reference(obligation, &mut diag, leaf, note.message.is_some()) {
            self.note_obligation_cause(&mut diag, obligation);
            return diag.emit();
        }
        self.label_unimplemented(&mut diag, obligation, leaf_pred, &note, within.as_ref());
        if let Some(Within { ty, span: Some(s) }) = within {
            diag.span_label(s, format!("within this `{ty}`"));
        }
        self.suggest_borrowing_for_object_cast(&mut diag, obligation, leaf.def_id());
        for n in &note.notes {
            diag.note(n.clone());
        }
        if let Some(l) = &note.parent_label {
            diag.span_label(tcx.def_span(obligation.cause.body_id), l.clone());
        }
        if conversion {
            self.note_conversion(&mut diag, obligation, leaf_pred);
        }
        self.suggest_for_unimplemented(&mut diag, obligation, root, leaf);
        self.note_obligation_cause(&mut diag, obligation);
        diag.emit()
    }

    /// The predicate to talk about: the first of the chain, if it is about the same type.
    fn main_predicate<'o>(
        &self,
        obligation: &'o PredicateObligation<'tcx>,
        root: &'o PredicateObligation<'tcx>,
        leaf: PolyTraitPredicate<'tcx>,
    ) -> (PolyTraitPredicate<'tcx>, &'o PredicateObligation<'tcx>) {
        let root_pred = self.resolve_vars_if_possible(root.predicate);
        if let PredicateKind::Clause(ClauseKind::Trait(t)) = root_pred.kind().skip_binder()
            && let root_pred = root_pred.kind().rebind(t)
            && !leaf.self_ty().skip_binder().has_escaping_bound_vars()
            && !t.self_ty().has_escaping_bound_vars()
            && leaf.def_id() != t.def_id()
            && !self.tcx.is_lang_item(t.def_id(), LangItem::Unsize)
            && !self.tcx.is_lang_item(leaf.def_id(), LangItem::Sized)
        {
            let leaf_ty = leaf.self_ty().skip_binder();
            if self.can_eq(obligation.param_env, leaf_ty, t.self_ty().peel_refs())
                || self.can_eq(obligation.param_env, leaf_ty, t.self_ty())
            {
                return (root_pred, root);
            }
        }
        (leaf, obligation)
    }

    /// The message; whether it has its code.
    fn start_unimplemented(
        &self,
        obligation: &PredicateObligation<'tcx>,
        main: PolyTraitPredicate<'tcx>,
        note: &OnUnimplementedNote,
        within: Option<&Within<'tcx>>,
    ) -> (Diag<'tcx>, bool) {
        let tcx = self.tcx;
        let span = obligation.cause.span;
        let pred = main.skip_binder();
        let self_ty = pred.self_ty();
        if let Some(m) = self.message_for_future(pred.def_id(), obligation) {
            return (self.dcx().struct_span_err(span, m), true);
        }
        let is_sized = tcx.is_lang_item(pred.def_id(), LangItem::Sized);
        if is_sized
            && matches!(self_ty.kind(), TyKind::Dynamic(..))
            && matches!(obligation.cause.code(), ObligationCauseCode::SizedReturnType)
        {
            let text = "return type cannot be a trait object without pointer indirection";
            return (self.dcx().struct_span_err(span, text).with_code(E0746), true);
        }
        let conversion =
            span.is_desugaring(DesugaringKind::QuestionMark) && tcx.is_diagnostic_item(span::sym::From, pred.def_id());
        let message = match &note.message {
            _ if conversion => format!("`?` couldn't convert the error to `{self_ty}`"),
            Some(m) => m.clone(),
            None if is_sized => {
                format!("the size for values of type `{self_ty}` cannot be known at compilation time")
            }
            None => {
                let post = within.map_or(String::new(), |w| format!(" in `{}`", w.ty));
                format!("the trait bound `{}` is not satisfied{post}", display_poly(main))
            }
        };
        (self.dcx().struct_span_err(span, message), false)
    }

    /// The outermost type that an obligation was derived from.
    fn parent_trait_ty(&self, code: &ObligationCauseCode<'tcx>) -> Option<Within<'tcx>> {
        match code {
            ObligationCauseCode::BuiltinDerived(data) => {
                if let Some(outer) = self.parent_trait_ty(&data.parent_code) {
                    return Some(outer);
                }
                let ty = self.resolve_vars_if_possible(data.parent_trait_pred).self_ty().skip_binder();
                let span = match *ty.kind() {
                    TyKind::Closure(d, _)
                    | TyKind::Coroutine(d, _)
                    | TyKind::CoroutineClosure(d, _)
                    | TyKind::Foreign(d) => Some(self.tcx.def_span(d)),
                    TyKind::Alias(ty::AliasTyKind::Opaque, a) => Some(self.tcx.def_span(a.def_id)),
                    _ => None,
                };
                Some(Within { ty, span })
            }
            ObligationCauseCode::FunctionArg { parent_code, .. } => self.parent_trait_ty(parent_code),
            _ => None,
        }
    }

    /// The primary label, and where that does not say it, that the trait is not implemented.
    fn label_unimplemented(
        &self,
        diag: &mut Diag<'_>,
        obligation: &PredicateObligation<'tcx>,
        leaf: TraitPredicate<'tcx>,
        note: &OnUnimplementedNote,
        within: Option<&Within<'tcx>>,
    ) {
        let tcx = self.tcx;
        let span = obligation.cause.span;
        let self_ty = leaf.self_ty();
        let explanation = match obligation.cause.code() {
            ObligationCauseCode::MainFunctionType => "consider using `()`, or a `Result`".to_owned(),
            _ => {
                let kind = match self_ty.kind() {
                    TyKind::FnDef(..) => " fn item",
                    TyKind::Closure(..) => " closure",
                    _ => "",
                };
                let pre = within.map_or(String::new(), |w| format!("within `{}`, ", w.ty));
                format!(
                    "{pre}the trait `{}` is not implemented for{kind} `{self_ty}`",
                    leaf.trait_ref.print_trait_sugared()
                )
            }
        };
        // Where the type could derive the trait, a suggestion shows the type.
        let ty_span = match *self_ty.kind() {
            TyKind::Adt(def, _) if def.did().is_local() && !self.can_suggest_derive(obligation, leaf) => {
                Some(tcx.def_span(def.did()))
            }
            _ => None,
        };
        let is_sized = tcx.is_lang_item(leaf.def_id(), LangItem::Sized);
        let label = note.label.clone().or(is_sized.then(|| "doesn't have a size known at compile-time".to_owned()));
        match label {
            Some(label) => {
                diag.span_label(span, label);
                // A parameter gets a suggestion to restrict it; `?` says what it wants.
                if !matches!(self_ty.kind(), TyKind::Param(_))
                    && !tcx.is_diagnostic_item(Symbol::intern("FromResidual"), leaf.def_id())
                {
                    match ty_span {
                        Some(s) => diag.span_help(s, explanation),
                        None => diag.help(explanation),
                    };
                }
            }
            None if ty_span.is_some() || explanation.len() > tcx.sess().opts.diagnostic_width.unwrap_or(140) => {
                diag.span_label(span, "unsatisfied trait bound");
                match ty_span {
                    Some(s) => diag.span_help(s, explanation),
                    None => diag.help(explanation),
                };
            }
            None => {
                diag.span_label(span, explanation);
            }
        }
    }

    /// What would make it hold.
    fn suggest_for_unimplemented(
        &self,
        diag: &mut Diag<'_>,
        obligation: &PredicateObligation<'tcx>,
        root: &PredicateObligation<'tcx>,
        leaf: PolyTraitPredicate<'tcx>,
    ) {
        let tcx = self.tcx;
        let pred = leaf.skip_binder();
        self.suggest_floating_point_literal(diag, obligation, pred);
        self.suggest_dereferencing_index(diag, obligation, pred);
        let mut suggested = self.suggest_dereferences(diag, obligation, leaf);
        suggested |= self.suggest_fn_call(diag, obligation, leaf);
        suggested |= self.suggest_remove_reference(diag, obligation, leaf);
        suggested |= self.suggest_semicolon_removal(diag, obligation, leaf);
        self.suggest_derive(diag, obligation, pred);
        if tcx.is_lang_item(pred.def_id(), LangItem::Unsize) {
            diag.note(
                "all implementations of `Unsize` are provided automatically by the compiler, see <https://doc.rust-lang.org/stable/std/marker/trait.Unsize.html> for more information",
            );
        }
        self.add_help(diag, obligation, root, leaf, suggested);
    }

    /// A missing bound, the trait without impls, or the impls that there are.
    fn add_help(
        &self,
        diag: &mut Diag<'_>,
        obligation: &PredicateObligation<'tcx>,
        _root: &PredicateObligation<'tcx>,
        leaf: PolyTraitPredicate<'tcx>,
        suggested: bool,
    ) {
        let tcx = self.tcx;
        let trait_def_id = leaf.def_id();
        let body = obligation.cause.body_id;
        if tcx.is_fn_trait(trait_def_id) && self.help_for_fn_trait(diag, obligation, leaf.skip_binder()) {
            return;
        }
        if !leaf.has_non_region_infer() && self.predicate_can_apply(obligation.param_env, leaf) {
            self.suggest_restricting_param_bound(diag, leaf, None, body);
            return;
        }
        let impls = tcx.trait_impls_of(trait_def_id);
        let no_impls = impls.blanket_impls.is_empty() && impls.non_blanket_impls.is_empty();
        if trait_def_id.is_local() && no_impls && !tcx.trait_is_auto(trait_def_id) && !tcx.trait_is_alias(trait_def_id)
        {
            diag.span_help(tcx.def_span(trait_def_id), "this trait has no implementations, consider adding one");
        } else if !suggested {
            let candidates = self.find_similar_impl_candidates(leaf);
            if !self.report_similar_impl_candidates(&candidates, leaf, body, diag, obligation.param_env) {
                self.report_similar_impl_candidates_for_root(obligation, diag);
            }
            self.suggest_convert_to_slice(diag, obligation, leaf, &candidates);
        }
    }

    /// What is said of a future or coroutine that keeps what cannot be sent or shared.
    fn message_for_future(
        &self,
        trait_def_id: span::def_id::DefId,
        obligation: &PredicateObligation<'tcx>,
    ) -> Option<String> {
        let tcx = self.tcx;
        let verb = if tcx.is_diagnostic_item(Symbol::intern("Send"), trait_def_id) {
            "sent"
        } else if tcx.is_lang_item(trait_def_id, LangItem::Sync) {
            "shared"
        } else {
            return None;
        };
        let mut code = obligation.cause.code();
        let mut coroutine = None;
        while let Some((parent, pred)) = code.parent() {
            if let Some(pred) = pred
                && let TyKind::Coroutine(def_id, _) = *pred.self_ty().skip_binder().kind()
            {
                coroutine.get_or_insert(def_id);
            }
            code = parent;
        }
        let what = match tcx.coroutine_kind(coroutine?) {
            Some(hir::CoroutineKind::Desugared(hir::CoroutineDesugaring::Async, _)) => "future",
            _ => "coroutine",
        };
        Some(format!("{what} cannot be {verb} between threads safely"))
    }

    /// What `?` converts, from what to what.
    fn note_conversion(&self, diag: &mut Diag<'_>, obligation: &PredicateObligation<'tcx>, p: TraitPredicate<'tcx>) {
        let tcx = self.tcx;
        let span = obligation.cause.span;
        let node = tcx.hir_node_by_def_id(obligation.cause.body_id);
        if let Some(decl) = node.fn_decl()
            && let hir::FnRetTy::Return(output) = decl.output
        {
            diag.span_label(output.span, format!("expected `{}` because of this", p.self_ty()));
        }
        if let Some(body) = tcx.hir_maybe_body_owned_by(obligation.cause.body_id)
            && let Some(operand) = super::cause_notes::question_mark_operand(body, span)
            && let Some(error) = p.trait_ref.args.types().nth(1)
        {
            let text = format!("this can't be annotated with `?` because it has type `Result<_, {error}>`");
            diag.span_label(operand, text);
        }
    }

    /// `#[derive(..)]` where that would do.
    pub fn suggest_derive(&self, diag: &mut Diag<'_>, obligation: &PredicateObligation<'tcx>, p: TraitPredicate<'tcx>) {
        if !self.can_suggest_derive(obligation, p) {
            return;
        }
        let (TyKind::Adt(def, _), Some(name)) = (*p.self_ty().kind(), self.tcx.get_diagnostic_name(p.def_id())) else {
            return;
        };
        diag.span_suggestion_verbose(
            self.tcx.def_span(def.did()).shrink_to_lo(),
            format!("consider annotating `{}` with `#[derive({name})]`", p.self_ty()),
            format!("#[derive({name})]\n"),
            Applicability::MaybeIncorrect,
        );
    }
}

/// A predicate with its binder.
pub(super) fn display_poly(p: PolyTraitPredicate<'_>) -> String {
    let inner = p.skip_binder();
    let mut names: Vec<String> = Vec::new();
    for v in p.bound_vars() {
        if let ty::BoundVariableKind::Region(ty::BoundRegionKind::Named(d)) = v {
            names.push(ty::print::def_path_str(d).rsplit("::").next().unwrap_or("'_").to_owned());
        }
    }
    if names.is_empty() { inner.to_string() } else { format!("for<{}> {inner}", names.join(", ")) }
}
