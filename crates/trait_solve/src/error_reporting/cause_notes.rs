//! `required by ..`: why an obligation is there.

use diagnostics::{Diag, MultiSpan};
use hir::LangItem;
use hir::def::DefKind;
use ty::PolyTraitPredicate;

use super::TypeErrCtxt;
use crate::traits::{ObligationCauseCode, PredicateObligation};

impl<'a, 'tcx> TypeErrCtxt<'a, 'tcx> {
    /// Adds the notes of an obligation's cause.
    pub fn note_obligation_cause(&self, diag: &mut Diag<'_>, obligation: &PredicateObligation<'tcx>) {
        let predicate = self.resolve_vars_if_possible(obligation.predicate);
        self.note_code(diag, obligation, predicate, obligation.cause.code(), 0);
    }

    fn note_code(
        &self,
        diag: &mut Diag<'_>,
        obligation: &PredicateObligation<'tcx>,
        predicate: ty::Predicate<'tcx>,
        code: &ObligationCauseCode<'tcx>,
        depth: usize,
    ) {
        let tcx = self.tcx;
        let span = obligation.cause.span;
        if depth > 64 {
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
                self.note_where_clause(diag, *def_id, *bound);
            }
            ObligationCauseCode::WhereClause(def_id, _)
            | ObligationCauseCode::WhereClauseInExpr(def_id, ..)
            | ObligationCauseCode::HostEffectInExpr(def_id, ..) => {
                diag.note(format!("required by `{}`", tcx.def_path_str(*def_id)));
            }
            ObligationCauseCode::OpaqueTypeBound(bound, def_id) => {
                let what = def_id.map_or("type", |_| "opaque type");
                let mut multi: MultiSpan = (*bound).into();
                let name = tcx.sess().source_map.span_to_snippet(*bound);
                let _ = name;
                multi.push_span_label(*bound, "required by this bound".to_owned());
                diag.span_note(multi, format!("required by a bound in an {what}"));
            }
            ObligationCauseCode::Coercion { source, target } => {
                let source = self.resolve_vars_if_possible(*source);
                let target = self.resolve_vars_if_possible(*target);
                diag.note(format!("required for the cast from `{source}` to `{target}`"));
            }
            ObligationCauseCode::RepeatElementCopy { .. } => {
                diag.note(
                    "the `Copy` trait is required because this value will be copied for each element of the array",
                );
            }
            ObligationCauseCode::VariableType(_) => {
                diag.note("all local variables must have a statically known size");
            }
            ObligationCauseCode::SizedArgumentType(_) => {
                diag.help("function arguments must have a statically known size, borrowed slices and `dyn` types always have a known size");
            }
            ObligationCauseCode::SizedReturnType | ObligationCauseCode::SizedCallReturnType => {
                diag.note("the return type of a function must have a statically known size");
            }
            ObligationCauseCode::OpaqueReturnType(Some((ty, _))) => {
                diag.note(format!("return type was inferred to be `{ty}` here"));
            }
            ObligationCauseCode::OpaqueReturnType(None) => {}
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
            ObligationCauseCode::FieldSized { adt_kind, last, .. } => {
                match (adt_kind, last) {
                    (ty::AdtKind::Struct, true) => {
                        diag.note("the last field of a packed struct may only have a dynamically sized type if it does not need drop to be run");
                    }
                    (ty::AdtKind::Struct, false) => {
                        diag.note("only the last field of a struct may have a dynamically sized type");
                    }
                    (ty::AdtKind::Union, _) => {
                        diag.note("no field of a union may have a dynamically sized type");
                    }
                    (ty::AdtKind::Enum, _) => {
                        diag.note("no field of an enum variant may have a dynamically sized type");
                    }
                }
                diag.help("change the field's type to have a statically known size");
            }
            ObligationCauseCode::TrivialBound => {
                diag.help("see issue #48214");
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
                self.note_code(diag, obligation, predicate, parent_code, depth + 1);
            }
            ObligationCauseCode::BuiltinDerived(d) => {
                let parent = self.resolve_vars_if_possible(d.parent_trait_pred);
                self.note_required_for_builtin(diag, parent);
                let p = crate::traits::Upcast::upcast(parent, tcx);
                self.note_code(diag, obligation, p, &d.parent_code, depth + 1);
            }
            ObligationCauseCode::WellFormedDerived(d) => {
                let p = crate::traits::Upcast::upcast(self.resolve_vars_if_possible(d.parent_trait_pred), tcx);
                self.note_code(diag, obligation, p, &d.parent_code, depth + 1);
            }
            ObligationCauseCode::ImplDerived(d) => {
                let mut parent = self.resolve_vars_if_possible(d.derived.parent_trait_pred);
                self.note_impl(diag, d.impl_or_alias_def_id, d.span, parent);
                // Of a long chain only the ends are shown.
                let mut code = &*d.derived.parent_code;
                let mut hidden = 0;
                let mut last: Option<PolyTraitPredicate<'tcx>> = None;
                while let ObligationCauseCode::ImplDerived(next) = code
                    && let ObligationCauseCode::ImplDerived(_) = &*next.derived.parent_code
                {
                    hidden += 1;
                    parent = self.resolve_vars_if_possible(next.derived.parent_trait_pred);
                    last = Some(parent);
                    code = &next.derived.parent_code;
                }
                if hidden > 0 {
                    let s = if hidden == 1 { "" } else { "s" };
                    diag.note(format!("{hidden} redundant requirement{s} hidden"));
                    if let Some(p) = last {
                        diag.note(format!(
                            "required for `{}` to implement `{}`",
                            p.self_ty().skip_binder(),
                            p.skip_binder().trait_ref
                        ));
                    }
                }
                let p = crate::traits::Upcast::upcast(parent, tcx);
                self.note_code(diag, obligation, p, code, depth + 1);
            }
            ObligationCauseCode::ImplDerivedHost(d) => {
                self.note_code(diag, obligation, d.parent, &d.parent_code, depth + 1);
            }
            ObligationCauseCode::TypeAlias(inner, alias_span, _) => {
                let mut multi: MultiSpan = (*alias_span).into();
                multi.push_span_label(*alias_span, "required by this bound".to_owned());
                diag.span_note(multi, "required by a bound on the type alias");
                self.note_code(diag, obligation, predicate, inner, depth + 1);
            }
        }
        let _ = span;
    }

    fn note_where_clause(&self, diag: &mut Diag<'_>, def_id: span::def_id::DefId, bound: span::Span) {
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
            && !tcx.sess().source_map.is_multiline(ident.to(bound))
            && ident != bound
        {
            let _ = ident;
        } else if let Some(ident) = tcx.def_ident_span(def_id)
            && !matches!(tcx.def_kind(def_id), DefKind::Impl { .. })
        {
            let descr = tcx.def_descr(def_id);
            let label = match tcx.def_kind(def_id) {
                DefKind::AssocFn => "required by a bound in this associated function".to_owned(),
                _ => format!("required by a bound in this {descr}"),
            };
            multi.push_span_label(ident, label);
        }
        let this = format!("required by this bound in `{short}`");
        multi.push_span_label(bound, this);
        diag.span_note(multi, format!("required by a bound in `{short}`"));
    }

    fn note_required_for_builtin(&self, diag: &mut Diag<'_>, parent: PolyTraitPredicate<'tcx>) {
        use ty::TyKind;
        let tcx = self.tcx;
        let ty = parent.self_ty().skip_binder();
        match *ty.kind() {
            TyKind::Closure(d, _) => {
                diag.span_note(tcx.def_span(d), "required because it's used within this closure");
            }
            TyKind::Coroutine(d, _) => {
                diag.span_note(tcx.def_span(d), format!("required because it's used within this {}", tcx.def_descr(d)));
            }
            TyKind::Tuple(tys) if tys.is_empty() => {}
            // The captures of a closure are said with the closure.
            TyKind::Tuple(_) => {
                diag.note(format!("required because it appears within the type `{ty}`"));
            }
            TyKind::Adt(def, _) => {
                let msg = format!("required because it appears within the type `{ty}`");
                match tcx.def_ident_span(def.did()) {
                    Some(s) if !s.is_dummy() => {
                        diag.span_note(s, msg);
                    }
                    _ => {
                        diag.note(msg);
                    }
                }
            }
            _ => {
                diag.note(format!("required because it appears within the type `{ty}`"));
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
        let msg = format!("required for `{}` to implement `{}`", p.self_ty(), p.trait_ref);
        if let Some(local) = impl_def_id.as_local()
            && let hir::Node::Item(hir::Item { kind: hir::ItemKind::Impl(i), .. }) =
                tcx.hir_node(tcx.local_def_id_to_hir_id(local))
        {
            let mut spans = Vec::new();
            if let Some(of_trait) = i.of_trait {
                spans.push(of_trait.trait_ref.path.span);
            }
            spans.push(i.self_ty.span);
            let mut multi: MultiSpan = spans.into();
            if !bound.is_dummy() && bound != tcx.def_span(impl_def_id) {
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
