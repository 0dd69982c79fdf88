//! `required by ..`: why an obligation is there.

use diagnostics::{Applicability, Diag, MultiSpan};
use hir::LangItem;
use hir::def::DefKind;
use span::FxIndexSet;
use span::def_id::DefId;
use ty::{ClauseKind, PolyTraitPredicate, PredicateKind, Ty, TyKind};

use super::TypeErrCtxt;
use crate::traits::{IsConstable, ObligationCauseCode, PredicateObligation};

/// What the notes of one error have said already.
#[derive(Default)]
struct Noted<'tcx> {
    depth: usize,
    types: Vec<Ty<'tcx>>,
    traits: FxIndexSet<DefId>,
}

impl<'a, 'tcx> TypeErrCtxt<'a, 'tcx> {
    /// Adds the notes of an obligation's cause.
    pub fn note_obligation_cause(&self, diag: &mut Diag<'_>, obligation: &PredicateObligation<'tcx>) {
        // The casts of `derive(Debug)` are not what the user wrote.
        if obligation.cause.span.in_derive_expansion()
            && matches!(obligation.cause.code().peel_derives(), ObligationCauseCode::Coercion { .. })
        {
            return;
        }
        let predicate = self.resolve_vars_if_possible(obligation.predicate);
        self.note_code(diag, obligation, predicate, obligation.cause.code(), &mut Noted::default());
        self.suggest_unsized_bound(diag, obligation);
    }

    fn note_code(
        &self,
        diag: &mut Diag<'_>,
        obligation: &PredicateObligation<'tcx>,
        predicate: ty::Predicate<'tcx>,
        code: &ObligationCauseCode<'tcx>,
        noted: &mut Noted<'tcx>,
    ) {
        let tcx = self.tcx;
        noted.depth += 1;
        if noted.depth > 64 {
            return;
        }
        match code {
            ObligationCauseCode::Misc
            | ObligationCauseCode::ExprAssignable
            | ObligationCauseCode::MatchExpressionArm(_)
            | ObligationCauseCode::Pattern { .. }
            | ObligationCauseCode::IfExpression { .. }
            | ObligationCauseCode::IfExpressionWithNoElse
            | ObligationCauseCode::MainFunctionType
            | ObligationCauseCode::LangFunctionType(_)
            | ObligationCauseCode::IntrinsicType
            | ObligationCauseCode::MethodReceiver
            | ObligationCauseCode::ReturnNoExpression
            | ObligationCauseCode::CompareImplItem { .. }
            | ObligationCauseCode::MatchImpl(..)
            | ObligationCauseCode::ReturnValue(_)
            | ObligationCauseCode::BlockTailExpression(..)
            | ObligationCauseCode::AwaitableExpr(_)
            | ObligationCauseCode::ForLoopIterator
            | ObligationCauseCode::QuestionMark
            | ObligationCauseCode::CheckAssociatedTypeBounds { .. }
            | ObligationCauseCode::LetElse
            | ObligationCauseCode::BinOp { .. }
            | ObligationCauseCode::UnOp { .. }
            | ObligationCauseCode::AscribeUserTypeProvePredicate(_)
            | ObligationCauseCode::AlwaysApplicableImpl
            | ObligationCauseCode::ConstParam(_)
            | ObligationCauseCode::ReferenceOutlivesReferent(_)
            | ObligationCauseCode::ObjectTypeBound(..)
            | ObligationCauseCode::WellFormed(_)
            | ObligationCauseCode::DynCompatible(_) => {}
            ObligationCauseCode::RustCall => {
                if let Some(t) = predicate.as_trait_clause()
                    && tcx.is_lang_item(t.def_id(), LangItem::Sized)
                {
                    diag.note("argument required to be sized due to `extern \"rust-call\"` ABI");
                }
            }
            ObligationCauseCode::SliceOrArrayElem => {
                diag.note("slice and array elements must have `Sized` type");
            }
            ObligationCauseCode::ArrayLen(ty) => {
                diag.note(format!("the length of array `{ty}` must be type `usize`"));
            }
            ObligationCauseCode::TupleElem => {
                diag.note("only the last element of a tuple may have a dynamically sized type");
            }
            ObligationCauseCode::WhereClause(def_id, bound)
            | ObligationCauseCode::WhereClauseInExpr(def_id, bound, ..)
            | ObligationCauseCode::HostEffectInExpr(def_id, bound, ..)
                if !bound.is_dummy() =>
            {
                if is_format_argument(tcx, code) {
                    return;
                }
                self.note_where_clause(diag, predicate, *def_id, *bound);
            }
            // Where it points, an associated item, says nothing more.
            ObligationCauseCode::WhereClause(..)
            | ObligationCauseCode::WhereClauseInExpr(..)
            | ObligationCauseCode::HostEffectInExpr(..) => {}
            ObligationCauseCode::OpaqueTypeBound(bound, definition) => {
                diag.span_note(*bound, "required by a bound in an opaque type");
                if let Some(d) = definition {
                    diag.span_note(
                        tcx.def_span(d.to_def_id()),
                        "this definition site has more where clauses than the opaque type",
                    );
                }
            }
            ObligationCauseCode::Coercion { source, target } => {
                let source = self.resolve_vars_if_possible(*source);
                let target = self.resolve_vars_if_possible(*target);
                diag.note(format!("required for the cast from `{source}` to `{target}`"));
            }
            ObligationCauseCode::RepeatElementCopy { is_constable, elt_span } => {
                diag.note(
                    "the `Copy` trait is required because this value will be copied for each element of the array",
                );
                if *is_constable != IsConstable::No
                    && let Some(snippet) = tcx.sess().source_map.span_to_snippet(*elt_span)
                {
                    diag.span_suggestion_verbose(
                        *elt_span,
                        "create an inline `const` block",
                        format!("const {{ {snippet} }}"),
                        Applicability::MachineApplicable,
                    );
                } else {
                    diag.help("consider using `core::array::from_fn` to initialize the array");
                    diag.help("see https://doc.rust-lang.org/stable/std/array/fn.from_fn.html for more information");
                }
            }
            ObligationCauseCode::VariableType(hir_id) => self.note_variable_sized(diag, *hir_id),
            ObligationCauseCode::SizedArgumentType(hir_id) => self.note_argument_sized(diag, *hir_id),
            ObligationCauseCode::SizedReturnType | ObligationCauseCode::SizedCallReturnType => {
                diag.note("the return type of a function must have a statically known size");
            }
            ObligationCauseCode::OpaqueReturnType(known) => self.note_opaque_return(diag, obligation, *known),
            ObligationCauseCode::SizedYieldType => {
                diag.note("the yield type of a coroutine must have a statically known size");
            }
            ObligationCauseCode::AssignmentLhsSized => {
                diag.note("the left-hand-side of an assignment must have a statically known size");
            }
            ObligationCauseCode::TupleInitializerSized => {
                diag.note("tuples must have a statically known size to be initialized");
            }
            ObligationCauseCode::StructInitializerSized => {
                diag.note("structs must have a statically known size to be initialized");
            }
            ObligationCauseCode::InlineAsmSized => {
                diag.note("all inline asm arguments must have a statically known size");
            }
            ObligationCauseCode::SizedClosureCapture(d) => {
                diag.note("all values captured by value by a closure must have a statically known size");
                diag.span_label(tcx.def_span(d.to_def_id()), "this closure captures all values by move");
            }
            ObligationCauseCode::SizedCoroutineInterior(_) => {
                diag.note("all values live across an await must have a statically known size");
            }
            ObligationCauseCode::SizedConstOrStatic => {
                diag.note("statics and constants must have a statically known size");
            }
            ObligationCauseCode::SharedStatic => {
                diag.note("shared static variables must have a type that implements `Sync`");
            }
            ObligationCauseCode::FieldSized { adt_kind, last, span } => {
                self.note_field_sized(diag, *adt_kind, *last, *span);
            }
            ObligationCauseCode::TrivialBound => {
                diag.help("see issue #48214");
                if tcx.sess().is_nightly_build() {
                    let at = tcx.hir_root_module().spans.inject_use_span;
                    diag.span_suggestion_verbose(
                        at,
                        "add `#![feature(trivial_bounds)]` to the crate attributes to enable",
                        "#![feature(trivial_bounds)]\n",
                        Applicability::MachineApplicable,
                    );
                }
            }
            ObligationCauseCode::FunctionArg { call_hir_id, parent_code, .. } => {
                if let hir::Node::Expr(call) = tcx.hir_node(*call_hir_id)
                    && let Some(callee) = callee_span(call)
                    && diag.span.primary_span() != Some(callee)
                {
                    diag.span_label(
                        callee,
                        match is_format_argument(tcx, parent_code) {
                            true => "required by this formatting parameter",
                            false => "required by a bound introduced by this call",
                        },
                    );
                }
                self.note_code(diag, obligation, predicate, parent_code, noted);
            }
            ObligationCauseCode::BuiltinDerived(d) => {
                let parent = self.resolve_vars_if_possible(d.parent_trait_pred);
                if !self.is_capture_tuple(parent, &d.parent_code) {
                    self.note_required_for_builtin(diag, parent, noted);
                }
                let self_ty = parent.self_ty().skip_binder();
                let recursive = noted.types.contains(&self_ty);
                noted.types.push(self_ty);
                let p = crate::traits::Upcast::upcast(parent, tcx);
                self.note_code(
                    diag,
                    obligation,
                    p,
                    if recursive { code.peel_derives() } else { &d.parent_code },
                    noted,
                );
            }
            ObligationCauseCode::WellFormedDerived(d) => {
                let p = crate::traits::Upcast::upcast(self.resolve_vars_if_possible(d.parent_trait_pred), tcx);
                self.note_code(diag, obligation, p, &d.parent_code, noted);
            }
            ObligationCauseCode::ImplDerived(d) => {
                let mut parent = self.resolve_vars_if_possible(d.derived.parent_trait_pred);
                self.note_impl(diag, d.impl_or_alias_def_id, d.span, parent);
                // Of a chain about one trait only the ends are shown.
                let mut code = &*d.derived.parent_code;
                let mut hidden = 0;
                noted.traits.insert(parent.def_id());
                while let ObligationCauseCode::ImplDerived(next) = code {
                    let child = self.resolve_vars_if_possible(next.derived.parent_trait_pred);
                    if noted.traits.insert(child.def_id()) {
                        break;
                    }
                    hidden += 1;
                    parent = child;
                    code = &next.derived.parent_code;
                }
                if hidden > 0 {
                    let s = if hidden == 1 { "" } else { "s" };
                    diag.note(format!("{hidden} redundant requirement{s} hidden"));
                    let p = parent.skip_binder();
                    diag.note(format!(
                        "required for `{}` to implement `{}`",
                        p.self_ty(),
                        p.trait_ref.print_trait_sugared()
                    ));
                }
                let p = crate::traits::Upcast::upcast(parent, tcx);
                self.note_code(diag, obligation, p, code, noted);
            }
            ObligationCauseCode::ImplDerivedHost(d) => {
                self.note_code(diag, obligation, d.parent, &d.parent_code, noted);
            }
            ObligationCauseCode::TypeAlias(inner, alias_span, def_id) => {
                self.note_code(diag, obligation, predicate, inner, noted);
                let mut multi: MultiSpan = (*alias_span).into();
                multi.push_span_label(*alias_span, "required by this bound".to_owned());
                let name = tcx.item_name(*def_id);
                diag.span_note(multi, format!("required by a bound on the type alias `{name}`"));
            }
        }
    }

    /// `return type was inferred to be ..` at the returned value.
    fn note_opaque_return(
        &self,
        diag: &mut Diag<'_>,
        obligation: &PredicateObligation<'tcx>,
        known: Option<(ty::Ty<'tcx>, hir::HirId)>,
    ) {
        let tcx = self.tcx;
        let (ty, expr) = match known {
            Some((ty, id)) => match tcx.hir_node(id) {
                hir::Node::Expr(e) => (ty, e),
                _ => return,
            },
            None => {
                let Some(body) = tcx.hir_maybe_body_owned_by(obligation.cause.body_id) else { return };
                let hir::ExprKind::Block(hir::Block { expr: Some(expr), .. }, _) = body.value.kind else { return };
                let Some(results) = self.typeck_results else { return };
                let Some(ty) = results.borrow().expr_ty_opt(expr) else { return };
                let ty = self.resolve_vars_if_possible(ty);
                let Some(pred) = obligation.predicate.as_trait_clause() else { return };
                if !self.can_eq(obligation.param_env, pred.self_ty().skip_binder(), ty) {
                    return;
                }
                (ty, *expr)
            }
        };
        let ty = self.resolve_vars_if_possible(ty);
        diag.span_label(expr.span, format!("return type was inferred to be `{ty}` here"));
        super::sized_notes::suggest_remove_deref(diag, expr);
    }

    fn note_where_clause(
        &self,
        diag: &mut Diag<'_>,
        predicate: ty::Predicate<'tcx>,
        def_id: span::def_id::DefId,
        bound: span::Span,
    ) {
        let tcx = self.tcx;
        let item_name = tcx.def_path_str(def_id);
        let short = match tcx.def_kind(def_id) {
            DefKind::AssocFn | DefKind::AssocConst | DefKind::AssocTy => {
                let parent = tcx.parent(def_id);
                match tcx.opt_item_name(parent) {
                    Some(p) => format!("{p}::{}", tcx.item_name(def_id)),
                    None => item_name.clone(),
                }
            }
            _ => tcx.opt_item_name(def_id).map_or(item_name.clone(), |n| n.to_string()),
        };
        let mut multi: MultiSpan = bound.into();
        if let Some(ident) = tcx.def_ident_span(def_id)
            && !matches!(tcx.def_kind(def_id), DefKind::Impl { .. })
            && tcx.sess().source_map.is_multiline(ident.shrink_to_hi().to(bound.shrink_to_lo()))
            && !ident.overlaps(bound)
        {
            let descr = tcx.def_descr(def_id);
            multi.push_span_label(ident, format!("required by a bound in this {descr}"));
        }
        let mut what = ("a", "this bound");
        let mut sealed = None;
        match predicate.kind().skip_binder() {
            PredicateKind::Clause(ClauseKind::Trait(t)) => {
                if tcx.is_lang_item(t.def_id(), LangItem::Sized) {
                    if tcx.generics_of(def_id).own_params.iter().any(|p| tcx.def_span(p.def_id) == bound) {
                        what = ("an implicit `Sized`", "the implicit `Sized` requirement on this type parameter");
                    }
                    self.suggest_unsized_assoc_ty(diag, def_id);
                }
                if tcx.def_kind(def_id) == DefKind::Trait && !self.is_visible_trait(t.def_id()) {
                    sealed = Some(t.def_id());
                }
            }
            PredicateKind::Clause(ClauseKind::ConstArgHasType(..)) => {
                let text = format!("required by this const generic parameter in `{short}`");
                multi.push_span_label(bound, text);
                diag.span_note(multi, format!("required by a const generic parameter in `{item_name}`"));
                return;
            }
            _ => {}
        }
        multi.push_span_label(bound, format!("required by {} in `{short}`", what.1));
        diag.span_note(multi, format!("required by {} bound in `{item_name}`", what.0));
        if let Some(sealing) = sealed {
            self.note_sealed(diag, &short, sealing);
        }
    }

    /// Whether users of the crate, or the crate's root, can name a trait.
    fn is_visible_trait(&self, def_id: span::def_id::DefId) -> bool {
        let tcx = self.tcx;
        match def_id.as_local() {
            Some(local) => tcx.parent(def_id).is_crate_root() || tcx.effective_visibilities(()).is_reachable(local),
            None => tcx.visibility(def_id).is_public(),
        }
    }

    fn note_sealed(&self, diag: &mut Diag<'_>, item: &str, sealing: span::def_id::DefId) {
        let tcx = self.tcx;
        let path = query::with_no_trimmed_paths(|| tcx.def_path_str(sealing));
        diag.note(format!(
            "`{item}` is a \"sealed trait\", because to implement it you also need to implement `{path}`, which is not accessible; this is usually done to force you to use one of the provided types that already implement it"
        ));
        let all = tcx.trait_impls_of(sealing);
        let impls: Vec<_> = all.non_blanket_impls.values().flatten().chain(all.blanket_impls.iter()).collect();
        if impls.is_empty() {
            return;
        }
        let shown = if impls.len() > 9 { 8 } else { impls.len() };
        let types: Vec<String> = query::with_no_trimmed_paths(|| {
            impls[..shown].iter().map(|d| format!("  {}", tcx.type_of(**d).instantiate_identity())).collect()
        });
        let (s, verb) = if impls.len() == 1 { ("", "implements") } else { ("s", "implement") };
        let post = if shown < impls.len() { format!("\nand {} others", impls.len() - 8) } else { String::new() };
        diag.help(format!("the following type{s} {verb} the trait:\n{}{post}", types.join("\n")));
    }

    /// `?Sized` at an associated type.
    fn suggest_unsized_assoc_ty(&self, diag: &mut Diag<'_>, def_id: span::def_id::DefId) {
        let tcx = self.tcx;
        let Some(local) = def_id.as_local() else { return };
        let hir::Node::TraitItem(hir::TraitItem { generics, kind: hir::TraitItemKind::Type(bounds, None), .. }) =
            tcx.hir_node_by_def_id(local)
        else {
            return;
        };
        let is_sized = |b: &hir::GenericBound<'_>| {
            b.trait_ref().and_then(|t| t.trait_def_id()).is_some_and(|d| tcx.is_lang_item(d, LangItem::Sized))
        };
        if bounds.iter().any(is_sized) {
            return;
        }
        let (span, separator) = match bounds {
            [.., last] => (last.span().shrink_to_hi(), " +"),
            [] => (generics.span.shrink_to_hi(), ":"),
        };
        diag.span_suggestion_verbose(
            span,
            "consider relaxing the implicit `Sized` restriction",
            format!("{separator} ?Sized"),
            Applicability::MachineApplicable,
        );
    }

    /// Whether it is the tuple of a closure's or coroutine's captures: they are said with the closure.
    fn is_capture_tuple(&self, parent: PolyTraitPredicate<'tcx>, outer: &ObligationCauseCode<'tcx>) -> bool {
        if !matches!(parent.self_ty().skip_binder().kind(), TyKind::Tuple(_)) {
            return false;
        }
        let ObligationCauseCode::BuiltinDerived(d) = outer else { return false };
        let ty = self.resolve_vars_if_possible(d.parent_trait_pred).self_ty().skip_binder();
        matches!(ty.kind(), TyKind::Closure(..) | TyKind::Coroutine(..) | TyKind::CoroutineClosure(..))
    }

    fn note_required_for_builtin(&self, diag: &mut Diag<'_>, parent: PolyTraitPredicate<'tcx>, noted: &Noted<'tcx>) {
        let tcx = self.tcx;
        let ty = parent.self_ty().skip_binder();
        let msg = format!("required because it appears within the type `{ty}`");
        match *ty.kind() {
            TyKind::Closure(d, _) | TyKind::CoroutineClosure(d, _) => {
                diag.span_note(tcx.def_span(d), "required because it's used within this closure");
            }
            TyKind::Coroutine(d, _) => {
                diag.span_note(tcx.def_span(d), format!("required because it's used within this {}", tcx.def_descr(d)));
            }
            TyKind::CoroutineWitness(..) => {}
            TyKind::Str => {
                diag.note("`str` is considered to contain a `[u8]` slice for auto trait purposes");
            }
            TyKind::Alias(ty::AliasTyKind::Opaque, alias) => {
                // The future of an `async fn` was said with its coroutine.
                if !matches!(noted.types.last().map(|t| t.kind()), Some(TyKind::Coroutine(..))) {
                    diag.span_note(tcx.def_span(alias.def_id), msg);
                }
            }
            TyKind::Adt(def, _) => {
                match tcx.def_ident_span(def.did()) {
                    Some(s) if !s.is_dummy() => diag.span_note(s, msg),
                    _ => diag.note(msg),
                };
            }
            _ => {
                diag.note(msg);
            }
        }
    }

    fn note_impl(
        &self,
        diag: &mut Diag<'_>,
        impl_def_id: span::def_id::DefId,
        bound: span::Span,
        parent: PolyTraitPredicate<'tcx>,
    ) {
        let tcx = self.tcx;
        let p = parent.skip_binder();
        let msg = format!("required for `{}` to implement `{}`", p.self_ty(), p.trait_ref.print_trait_sugared());
        if let Some(local) = impl_def_id.as_local()
            && let hir::Node::Item(hir::Item { kind: hir::ItemKind::Impl(i), .. }) =
                tcx.hir_node(tcx.local_def_id_to_hir_id(local))
        {
            let mut spans = Vec::new();
            if let Some(of_trait) = i.of_trait {
                spans.push(of_trait.trait_ref.path.span);
            }
            spans.push(i.self_ty.span);
            let derived = spans.iter().any(|s: &span::Span| s.in_derive_expansion());
            let mut multi: MultiSpan = spans.into();
            if derived {
                multi.push_span_label(bound, "unsatisfied trait bound introduced in this `derive` macro");
            } else if !bound.is_dummy() && !bound.overlaps(i.self_ty.span) {
                multi.push_span_label(bound, "unsatisfied trait bound introduced here");
            }
            diag.span_note(multi, msg);
            return;
        }
        diag.note(msg);
    }
}

/// What a call calls: the callee, or the method's name.
fn callee_span(call: &hir::Expr<'_>) -> Option<span::Span> {
    match call.kind {
        hir::ExprKind::Call(callee, _) => Some(callee.span),
        hir::ExprKind::MethodCall(segment, ..) => Some(segment.ident.span),
        _ => None,
    }
}

/// Whether an obligation is that of a placeholder of `format_args!`: of `fmt::rt::Argument`'s functions.
pub(super) fn is_format_argument(tcx: query::TyCtxt<'_>, code: &ObligationCauseCode<'_>) -> bool {
    let ObligationCauseCode::WhereClauseInExpr(def_id, ..) = *code.peel_derives() else { return false };
    let Some(imp) = tcx.impl_of_assoc(def_id) else { return false };
    let self_ty = tcx.type_of(imp).instantiate_identity();
    self_ty.ty_adt_def().is_some_and(|adt| tcx.is_lang_item(adt.did(), LangItem::FormatArgument))
}

/// What stands before the `?` at a place: the method's name and arguments, if a method is called.
pub(super) fn question_mark_operand(body: &hir::Body<'_>, question_mark: span::Span) -> Option<span::Span> {
    struct Finder(span::BytePos, Option<span::Span>);
    impl<'v> hir::intravisit::Visitor<'v> for Finder {
        fn visit_expr(&mut self, expr: &'v hir::Expr<'v>) {
            if expr.span.hi() == self.0 && !expr.span.from_expansion() && self.1.is_none() {
                self.1 = Some(match expr.kind {
                    hir::ExprKind::MethodCall(segment, ..) => segment.ident.span.with_hi(expr.span.hi()),
                    _ => expr.span,
                });
            }
            hir::intravisit::walk_expr(self, expr);
        }
    }
    let mut finder = Finder(question_mark.lo(), None);
    hir::intravisit::Visitor::visit_expr(&mut finder, body.value);
    finder.1
}
