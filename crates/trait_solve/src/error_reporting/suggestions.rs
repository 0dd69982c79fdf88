//! Edits that make an obligation hold: borrowing, dereferencing, calling, deriving.

use diagnostics::{Applicability, Diag};
use hir::{ExprKind, LangItem, Node};
use span::{Span, Symbol};
use ty::fold::{TypeFoldable, TypeFolder, TypeSuperFoldable};
use ty::visit::TypeVisitableExt;
use ty::{InferTy, Mutability, ParamEnv, PolyTraitPredicate, TraitPredicate, TraitRef, Ty, TyKind};

use super::TypeErrCtxt;
use super::restrict::is_suggestable;
use super::similar_impls::ImplCandidate;
use crate::traits::{Obligation, ObligationCause, ObligationCauseCode, PredicateObligation};

impl<'a, 'tcx> TypeErrCtxt<'a, 'tcx> {
    /// Whether the predicate holds of another type.
    fn holds_for(&self, param_env: ParamEnv<'tcx>, pred: PolyTraitPredicate<'tcx>, ty: Ty<'tcx>) -> bool {
        let tcx = self.tcx;
        let new = pred.map_bound(|p| p.with_replaced_self_ty(*tcx, ty));
        let o = Obligation::new(tcx, ObligationCause::dummy(), param_env, new);
        self.predicate_must_hold_modulo_regions(&o)
    }

    fn may_hold_for(&self, param_env: ParamEnv<'tcx>, pred: PolyTraitPredicate<'tcx>, ty: Ty<'tcx>) -> bool {
        let tcx = self.tcx;
        let new = pred.map_bound(|p| p.with_replaced_self_ty(*tcx, ty));
        self.predicate_may_hold(&Obligation::new(tcx, ObligationCause::dummy(), param_env, new))
    }

    /// `&` or `&mut` before an argument, if what the reference is to implements the trait by reference.
    pub(super) fn suggest_add_reference(
        &self,
        obligation: &PredicateObligation<'tcx>,
        diag: &mut Diag<'_>,
        leaf: PolyTraitPredicate<'tcx>,
        has_custom_message: bool,
    ) -> bool {
        let tcx = self.tcx;
        let span = obligation.cause.span;
        let ObligationCauseCode::FunctionArg { arg_hir_id, parent_code, .. } = obligation.cause.code() else {
            return false;
        };
        let pred = match &**parent_code {
            ObligationCauseCode::ImplDerived(cause) => {
                let parent = self.resolve_vars_if_possible(cause.derived.parent_trait_pred);
                parent
            }
            ObligationCauseCode::WhereClause(..) | ObligationCauseCode::WhereClauseInExpr(..) => {
                if self.never_borrowed(leaf.def_id()) {
                    return false;
                }
                leaf
            }
            _ => return false,
        };
        let p = pred.skip_binder();
        if p.trait_ref.has_non_region_infer() || p.trait_ref.has_placeholders() || pred.has_escaping_bound_vars() {
            return false;
        }
        let old_ty = p.self_ty();
        if old_ty.has_escaping_bound_vars() {
            return false;
        }
        let borrowed = |m| tcx.mk_ref(tcx.lifetimes().re_static, old_ty, m);
        let shared = self.holds_for(obligation.param_env, pred, borrowed(Mutability::Not));
        let unique = self.holds_for(obligation.param_env, pred, borrowed(Mutability::Mut));
        // `&T` where `&mut T` is needed.
        let inner = match *old_ty.kind() {
            TyKind::Ref(r, inner, Mutability::Not) => {
                self.holds_for(obligation.param_env, pred, tcx.mk_ref(r, inner, Mutability::Mut))
            }
            _ => false,
        };
        let starts_borrowed =
            matches!(tcx.hir_node(*arg_hir_id), Node::Expr(e) if matches!(e.kind, ExprKind::AddrOf(..)));
        let inner = inner && starts_borrowed;
        if !(shared || unique || inner) || span.from_expansion() {
            return false;
        }
        let text = format!("the trait bound `{p}` is not satisfied");
        match has_custom_message {
            true => diag.note(text),
            false => diag.primary_message(text),
        };
        diag.span_label(
            span,
            format!("the trait `{}` is not implemented for `{old_ty}`", p.trait_ref.print_trait_sugared()),
        );
        if shared && unique {
            diag.span_suggestions(
                span.shrink_to_lo(),
                "consider borrowing here",
                ["&".to_owned(), "&mut ".to_owned()],
                Applicability::MaybeIncorrect,
            );
        } else if inner && !shared && !unique {
            diag.span_suggestion_verbose(
                span.with_hi(span.lo() + span::BytePos(1)).shrink_to_hi(),
                "consider changing this borrow's mutability",
                "mut ",
                Applicability::MaybeIncorrect,
            );
        } else {
            let (how, prefix) = if unique { (" mutably", "&mut ") } else { ("", "&") };
            diag.span_suggestion_verbose(
                span.shrink_to_lo(),
                format!("consider{how} borrowing here"),
                prefix,
                Applicability::MaybeIncorrect,
            );
        }
        true
    }

    /// `&"bar"` where `&str` is to become `&dyn Trait`.
    pub(super) fn suggest_borrowing_for_object_cast(
        &self,
        diag: &mut Diag<'_>,
        obligation: &PredicateObligation<'tcx>,
        trait_def_id: span::def_id::DefId,
    ) {
        let tcx = self.tcx;
        let ObligationCauseCode::Coercion { source, target } = *obligation.cause.code().peel_derives() else { return };
        if !tcx.is_lang_item(trait_def_id, LangItem::Sized) {
            return;
        }
        let (source, target) = (self.resolve_vars_if_possible(source), self.resolve_vars_if_possible(target));
        let TyKind::Ref(_, object, Mutability::Not) = *target.kind() else { return };
        let TyKind::Dynamic(predicates, _) = *object.kind() else { return };
        let borrowed = tcx.mk_ref(tcx.lifetimes().re_erased, source, Mutability::Not);
        for p in predicates.iter() {
            let o = Obligation::new(
                tcx,
                ObligationCause::dummy(),
                obligation.param_env,
                p.with_self_ty(*tcx, borrowed).as_predicate(),
            );
            if !self.predicate_must_hold_modulo_regions(&o) {
                return;
            }
        }
        diag.span_suggestion_verbose(
            obligation.cause.span.shrink_to_lo(),
            format!("consider borrowing the value, since `&{source}` can be coerced into `{target}`"),
            "&",
            Applicability::MaybeIncorrect,
        );
    }

    /// Traits that all references have, or none: no reason to borrow.
    fn never_borrowed(&self, trait_def_id: span::def_id::DefId) -> bool {
        use LangItem as L;
        let tcx = self.tcx;
        let items = [L::Copy, L::Clone, L::Fn, L::FnMut, L::FnOnce, L::Unsize, L::Sized];
        tcx.as_lang_item(trait_def_id).is_some_and(|l| items.contains(&l))
            || ["Send", "Sync"].iter().any(|n| tcx.is_diagnostic_item(Symbol::intern(n), trait_def_id))
    }

    /// `2.0` for `2`.
    pub(super) fn suggest_floating_point_literal(
        &self,
        diag: &mut Diag<'_>,
        obligation: &PredicateObligation<'tcx>,
        p: TraitPredicate<'tcx>,
    ) {
        if let ObligationCauseCode::BinOp { rhs_span: Some(rhs), rhs_is_lit: true, .. } = *obligation.cause.code()
            && matches!(p.self_ty().kind(), TyKind::Float(_))
            && let Some(other) = p.trait_ref.args.get(1).and_then(|a| a.as_type())
            && matches!(other.kind(), TyKind::Infer(InferTy::IntVar(_)))
        {
            diag.span_suggestion_verbose(
                rhs.shrink_to_hi(),
                "consider using a floating-point literal by writing it with `.0`",
                ".0",
                Applicability::MaybeIncorrect,
            );
        }
    }

    /// `[*i]` for `[i]`.
    pub(super) fn suggest_dereferencing_index(
        &self,
        diag: &mut Diag<'_>,
        obligation: &PredicateObligation<'tcx>,
        p: TraitPredicate<'tcx>,
    ) {
        if matches!(obligation.cause.code(), ObligationCauseCode::ImplDerived(_))
            && self.tcx.is_diagnostic_item(Symbol::intern("SliceIndex"), p.def_id())
            && let TyKind::Ref(_, inner, _) = p.self_ty().kind()
            && matches!(inner.kind(), TyKind::Uint(ty::UintTy::Usize))
            && p.trait_ref.args.get(1).and_then(|a| a.as_type()).is_some_and(|t| matches!(t.kind(), TyKind::Slice(_)))
        {
            diag.span_suggestion_verbose(
                obligation.cause.span.shrink_to_lo(),
                "dereference this index",
                "*",
                Applicability::MachineApplicable,
            );
        }
    }

    /// What dereferencing yields, step by step, the type itself first.
    fn deref_steps(&self, param_env: ParamEnv<'tcx>, ty: Ty<'tcx>) -> Vec<Ty<'tcx>> {
        let tcx = self.tcx;
        let mut steps = vec![ty];
        let mut at = ty;
        while steps.len() < 8 {
            at = match *at.kind() {
                TyKind::Ref(_, inner, _) => inner,
                TyKind::Adt(..) => {
                    let Some(deref) = tcx.lang_items().get(LangItem::Deref) else { break };
                    let Some(target) = tcx.lang_items().get(LangItem::DerefTarget) else { break };
                    if !self.type_implements_trait(deref, [at], param_env).must_apply_modulo_regions() {
                        break;
                    }
                    let projection = tcx.mk_projection(target, tcx.mk_args(&[at.into()]));
                    let cause = ObligationCause::dummy();
                    crate::traits::normalize::normalize_silently(self.infcx, param_env, &cause, projection)
                }
                _ => break,
            };
            steps.push(at);
        }
        steps
    }

    /// `*arg`
    pub(super) fn suggest_dereferences(
        &self,
        diag: &mut Diag<'_>,
        obligation: &PredicateObligation<'tcx>,
        leaf: PolyTraitPredicate<'tcx>,
    ) -> bool {
        let tcx = self.tcx;
        let param_env = obligation.param_env;
        let ObligationCauseCode::FunctionArg { arg_hir_id, .. } = obligation.cause.code() else { return false };
        let Node::Expr(expr) = tcx.hir_node(*arg_hir_id) else { return false };
        let Some(results) = self.typeck_results else { return false };
        let Some(arg_ty) = results.borrow().expr_ty_adjusted_opt(expr) else { return false };
        let arg_ty = self.resolve_vars_if_possible(arg_ty);
        // The leaf may be about a part of the argument's type.
        let (_, root) = obligation.cause.code().peel_derives_with_predicate();
        let real = self.resolve_vars_if_possible(root.unwrap_or(leaf));
        let real_ty = tcx.instantiate_bound_regions_with_erased(real.self_ty());
        if !self.can_eq(param_env, real_ty, arg_ty) {
            return false;
        }
        let (under_ref, base, span) = match expr.kind {
            ExprKind::AddrOf(hir::BorrowKind::Ref, Mutability::Not, sub)
                if let TyKind::Ref(r, base, Mutability::Not) = *real_ty.kind() =>
            {
                (Some(r), base, sub.span)
            }
            ExprKind::AddrOf(..) => return false,
            _ => (None, real_ty, obligation.cause.span),
        };
        let mut boxed = base.is_box();
        for (n, step) in self.deref_steps(param_env, base).into_iter().enumerate() {
            let can_deref = under_ref.is_some()
                || self.type_is_copy_modulo_regions(param_env, step)
                || step.is_numeric()
                || boxed && self.type_is_sized_modulo_regions(param_env, step);
            boxed &= step.is_box();
            let ty = under_ref.map_or(step, |r| tcx.mk_ref(r, step, Mutability::Not));
            if n == 0 || !can_deref || !self.may_hold_for(param_env, real, ty) {
                continue;
            }
            if span.from_expansion() {
                return false;
            }
            let derefs = "*".repeat(n);
            let simple = matches!(
                expr.kind,
                ExprKind::Path(_)
                    | ExprKind::Call(..)
                    | ExprKind::MethodCall(..)
                    | ExprKind::Field(..)
                    | ExprKind::Index(..)
                    | ExprKind::Unary(..)
                    | ExprKind::AddrOf(..)
                    | ExprKind::Lit(_)
                    | ExprKind::Tup(_)
                    | ExprKind::Array(_)
            );
            let parts = match simple {
                true => vec![(span.shrink_to_lo(), derefs)],
                false => vec![(span.shrink_to_lo(), format!("{derefs}(")), (span.shrink_to_hi(), ")".to_owned())],
            };
            diag.multipart_suggestion("consider dereferencing here", parts, Applicability::MachineApplicable);
            return true;
        }
        false
    }

    /// `f()` for `f`.
    pub(super) fn suggest_fn_call(
        &self,
        diag: &mut Diag<'_>,
        obligation: &PredicateObligation<'tcx>,
        leaf: PolyTraitPredicate<'tcx>,
    ) -> bool {
        let tcx = self.tcx;
        let self_ty = leaf.self_ty().skip_binder();
        let (def_id, sig) = match *self_ty.kind() {
            TyKind::FnDef(d, _) => match tcx.fn_sig_of_ty(self_ty) {
                Some(sig) => (d, sig),
                None => return false,
            },
            TyKind::Closure(d, args) => (d, args.as_closure().sig()),
            _ => return false,
        };
        let sized = tcx.lang_items().get(LangItem::Sized);
        if Some(leaf.def_id()) == sized || self_ty.has_escaping_bound_vars() {
            return false;
        }
        let sig = tcx.instantiate_bound_regions_with_erased(self.resolve_vars_if_possible(sig));
        let output = self.resolve_vars_if_possible(sig.output());
        if output.is_ty_var() || !self.may_hold_for(obligation.param_env, leaf, output) {
            return false;
        }
        let inputs: Vec<Ty<'tcx>> = match (self_ty.kind(), sig.inputs()) {
            (TyKind::Closure(..), [only]) => match only.kind() {
                TyKind::Tuple(tys) => tys.to_vec(),
                _ => vec![*only],
            },
            (_, inputs) => inputs.to_vec(),
        };
        let args: Vec<String> = inputs
            .iter()
            .map(|t| if is_suggestable(t) { format!("/* {t} */") } else { "/* value */".to_owned() })
            .collect();
        let args = args.join(", ");
        let what = match tcx.def_kind(def_id) {
            hir::def::DefKind::Ctor(hir::def::CtorOf::Struct, _) => "construct this tuple struct",
            hir::def::DefKind::Ctor(hir::def::CtorOf::Variant, _) => "construct this tuple variant",
            hir::def::DefKind::Closure => "call this closure",
            hir::def::DefKind::AssocFn => "call this associated function",
            _ => "call this function",
        };
        let message = format!("use parentheses to {what}");
        let span = obligation.cause.span;
        if matches!(obligation.cause.code(), ObligationCauseCode::FunctionArg { .. }) && !span.from_expansion() {
            let is_literal = tcx.def_span(def_id).lo() == span.lo();
            let parts = match is_literal {
                true => vec![(span.shrink_to_lo(), "(".to_owned()), (span.shrink_to_hi(), format!(")({args})"))],
                false => vec![(span.shrink_to_hi(), format!("({args})"))],
            };
            diag.multipart_suggestion(message, parts, Applicability::HasPlaceholders);
            return true;
        }
        false
    }

    /// `x` for `&x`.
    pub(super) fn suggest_remove_reference(
        &self,
        diag: &mut Diag<'_>,
        obligation: &PredicateObligation<'tcx>,
        leaf: PolyTraitPredicate<'tcx>,
    ) -> bool {
        let tcx = self.tcx;
        let mut span = obligation.cause.span;
        let mut pred = leaf;
        let mut code = obligation.cause.code();
        if let ObligationCauseCode::FunctionArg { parent_code, .. } = code {
            code = parent_code;
        }
        while let Some((parent, Some(p))) = code.parent() {
            pred = self.resolve_vars_if_possible(p);
            code = parent;
        }
        if span.from_expansion() && span.desugaring_kind().is_none() {
            return false;
        }
        let Some(body) = tcx.hir_maybe_body_owned_by(obligation.cause.body_id) else { return false };
        let Some(mut expr) = expr_at(body, span) else { return false };
        let mut ty = pred.self_ty().skip_binder();
        if ty.has_escaping_bound_vars() {
            return false;
        }
        let start = expr.span;
        let mut count = 0;
        while let ExprKind::AddrOf(hir::BorrowKind::Ref, _, inner) = expr.kind
            && let TyKind::Ref(_, target, _) = *ty.kind()
        {
            (ty, expr) = (target, inner);
            count += 1;
            span = start.with_hi(expr.span.lo());
            if self.holds_for(obligation.param_env, pred, ty) {
                let message = match count {
                    1 => "consider removing the leading `&`-reference".to_owned(),
                    n => format!("consider removing {n} leading `&`-references"),
                };
                diag.span_suggestion_verbose(span, message, "", Applicability::MachineApplicable);
                return true;
            }
        }
        false
    }

    /// The last statement's value, if the function's result lacks only that.
    pub(super) fn suggest_semicolon_removal(
        &self,
        diag: &mut Diag<'_>,
        obligation: &PredicateObligation<'tcx>,
        leaf: PolyTraitPredicate<'tcx>,
    ) -> bool {
        let tcx = self.tcx;
        let body_id = obligation.cause.body_id;
        let Some(decl) = tcx.hir_node_by_def_id(body_id).fn_decl() else { return false };
        let Some(body) = tcx.hir_maybe_body_owned_by(body_id) else { return false };
        let hir::FnRetTy::Return(output) = decl.output else { return false };
        let ExprKind::Block(block, _) = body.value.kind else { return false };
        if !output.span.overlaps(obligation.cause.span)
            || block.expr.is_some()
            || !leaf.self_ty().skip_binder().is_unit()
        {
            return false;
        }
        let Some(hir::Stmt { kind: hir::StmtKind::Semi(expr), span, .. }) = block.stmts.last() else { return false };
        let ty = match self.typeck_results {
            Some(results) => results.borrow().expr_ty_opt(expr),
            None => None,
        };
        let Some(ty) = ty.map(|t| self.resolve_vars_if_possible(t)) else { return false };
        if !self.may_hold_for(obligation.param_env, leaf, ty) {
            return false;
        }
        let trait_path = leaf.skip_binder().trait_ref;
        diag.span_label(expr.span, format!("this expression has type `{ty}`, which implements `{trait_path}`"));
        diag.span_suggestion(
            span.with_lo(span.hi() - span::BytePos(1)),
            "remove this semicolon",
            "",
            Applicability::MachineApplicable,
        );
        true
    }

    /// A value of a type, for the reader to replace.
    pub fn ty_kind_suggestion(&self, param_env: ty::ParamEnv<'tcx>, ty: ty::Ty<'tcx>) -> Option<String> {
        let tcx = self.tcx;
        let of = |ty| self.ty_kind_suggestion(param_env, ty);
        Some(match *ty.kind() {
            TyKind::Never | TyKind::Error(_) => return None,
            TyKind::Bool => "false".to_owned(),
            TyKind::Char => "'x'".to_owned(),
            TyKind::Int(_) | TyKind::Uint(_) => "42".to_owned(),
            TyKind::Float(_) => "3.14159".to_owned(),
            TyKind::Slice(_) => "[]".to_owned(),
            TyKind::Adt(def, args) => match tcx.get_diagnostic_name(def.did()).as_ref().map(span::Symbol::as_str) {
                Some("Vec") => "vec![]".to_owned(),
                Some("String") => "String::new()".to_owned(),
                Some("Option") => "None".to_owned(),
                Some("Result") => format!("Ok({})", of(args.type_at(0))?),
                _ if def.is_box() => format!("Box::new({})", of(args.type_at(0))?),
                _ => {
                    let default = tcx.get_diagnostic_item(span::Symbol::intern("Default"));
                    let has = |t| self.infcx.type_implements_trait(t, [ty], param_env).must_apply_modulo_regions();
                    if default.is_some_and(has) { "Default::default()" } else { "/* value */" }.to_owned()
                }
            },
            TyKind::Ref(_, inner, ty::Mutability::Not) if inner.is_str() => "\"\"".to_owned(),
            TyKind::Ref(_, inner, m) => format!("&{}{}", if m.is_mut() { "mut " } else { "" }, of(inner)?),
            TyKind::Array(inner, len) => match len.try_to_target_usize() {
                Some(0) => "[]".to_owned(),
                Some(len) if len == 1 || self.infcx.type_is_copy_modulo_regions(param_env, inner) => {
                    format!("[{}; {len}]", of(inner)?)
                }
                _ => "/* value */".to_owned(),
            },
            TyKind::Tuple(tys) => {
                let parts = tys.iter().map(of).collect::<Option<Vec<String>>>()?;
                format!("({}{})", parts.join(", "), if parts.len() == 1 { "," } else { "" })
            }
            _ => "/* value */".to_owned(),
        })
    }

    /// Whether the crate's own type could derive the trait, all fields having it.
    pub(super) fn can_suggest_derive(&self, obligation: &PredicateObligation<'tcx>, p: TraitPredicate<'tcx>) -> bool {
        let tcx = self.tcx;
        let TyKind::Adt(def, args) = *p.self_ty().kind() else { return false };
        let Some(name) = tcx.get_diagnostic_name(p.def_id()) else { return false };
        if !def.did().is_local() {
            return false;
        }
        let binary = matches!(name.as_str(), "PartialEq" | "PartialOrd");
        let derivable = match name.as_str() {
            "Default" => !def.is_enum(),
            "Eq" | "Ord" | "Clone" | "Copy" | "Hash" | "Debug" => true,
            _ if binary => p.trait_ref.args.get(1).and_then(|a| a.as_type()) == Some(p.self_ty()),
            _ => false,
        };
        derivable
            && def.all_fields().all(|field| {
                let ty = tcx.field_ty(field, args);
                let mut list: Vec<ty::GenericArg<'tcx>> = vec![ty.into()];
                if binary {
                    list.push(ty.into());
                }
                let trait_ref = TraitRef::new(*tcx, p.def_id(), list);
                let new = TraitPredicate { trait_ref, ..p };
                let o = Obligation::new(tcx, obligation.cause.clone(), obligation.param_env, new);
                self.predicate_must_hold_modulo_regions(&o)
            })
    }

    /// Whether the predicate may hold for some values of its parameters.
    pub(super) fn predicate_can_apply(&self, param_env: ParamEnv<'tcx>, pred: PolyTraitPredicate<'tcx>) -> bool {
        struct ParamsToVars<'x, 'tcx>(&'x crate::infer::InferCtxt<'tcx>, Vec<(Ty<'tcx>, Ty<'tcx>)>);
        impl<'tcx> TypeFolder<'tcx> for ParamsToVars<'_, 'tcx> {
            fn cx(&self) -> ty::Interner<'tcx> {
                *self.0.tcx
            }
            fn fold_ty(&mut self, t: Ty<'tcx>) -> Ty<'tcx> {
                if !matches!(t.kind(), TyKind::Param(_)) {
                    return t.super_fold_with(self);
                }
                if let Some((_, var)) = self.1.iter().find(|(p, _)| *p == t) {
                    return *var;
                }
                let var = self.0.next_ty_var(span::DUMMY_SP);
                self.1.push((t, var));
                var
            }
        }
        self.probe(|_| {
            let open = pred.fold_with(&mut ParamsToVars(self.infcx, Vec::new()));
            let cause = ObligationCause::dummy();
            let open = crate::traits::normalize::normalize_silently(self.infcx, param_env, &cause, open);
            self.predicate_may_hold(&Obligation::new(self.tcx, cause, param_env, open))
        })
    }

    /// `[..]` where only slices have the trait.
    pub(super) fn suggest_convert_to_slice(
        &self,
        diag: &mut Diag<'_>,
        obligation: &PredicateObligation<'tcx>,
        leaf: PolyTraitPredicate<'tcx>,
        candidates: &[ImplCandidate<'tcx>],
    ) {
        let span = match obligation.cause.code() {
            ObligationCauseCode::BinOp { rhs_span: Some(s), .. } => *s,
            _ => obligation.cause.span,
        };
        let (ObligationCauseCode::BinOp { .. } | ObligationCauseCode::FunctionArg { .. }) = obligation.cause.code()
        else {
            return;
        };
        let Some((elem, is_mut)) = array_ref(leaf.self_ty().skip_binder()) else { return };
        let is_slice_of = |t: Ty<'tcx>| match *t.kind() {
            TyKind::Ref(_, s, m) => match *s.kind() {
                TyKind::Slice(e) => {
                    (e == elem || matches!(e.kind(), TyKind::Param(_))) && (is_mut || m == Mutability::Not)
                }
                _ => false,
            },
            _ => false,
        };
        if !candidates.iter().any(|c| is_slice_of(c.trait_ref.self_ty())) {
            return;
        }
        let Some(snippet) = self.tcx.sess().source_map.span_to_snippet(span) else { return };
        let m = if is_mut { "mut " } else { "" };
        let message = format!("convert the array to a `&{m}[{elem}]` slice instead");
        if snippet.starts_with('&') {
            diag.span_suggestion_verbose(span.shrink_to_hi(), message, "[..]", Applicability::MaybeIncorrect);
        } else {
            let parts = vec![(span.shrink_to_lo(), "&".to_owned()), (span.shrink_to_hi(), "[..]".to_owned())];
            diag.multipart_suggestion(message, parts, Applicability::MaybeIncorrect);
        }
    }

    /// How a function-like type's calls differ from what is needed. Whether it is function-like.
    pub(super) fn help_for_fn_trait(
        &self,
        diag: &mut Diag<'_>,
        obligation: &PredicateObligation<'tcx>,
        p: TraitPredicate<'tcx>,
    ) -> bool {
        use ty::closure::ClosureKind;
        let tcx = self.tcx;
        let Some(needed) = tcx.fn_trait_kind_from_def_id(p.def_id()) else { return false };
        let self_ty = p.self_ty();
        if self_ty.has_escaping_bound_vars() || self_ty.is_ty_var() {
            return false;
        }
        let found = [ClosureKind::Fn, ClosureKind::FnMut, ClosureKind::FnOnce].into_iter().find_map(|kind| {
            let trait_def_id = tcx.lang_items().get(match kind {
                ClosureKind::Fn => LangItem::Fn,
                ClosureKind::FnMut => LangItem::FnMut,
                ClosureKind::FnOnce => LangItem::FnOnce,
            })?;
            self.probe(|_| {
                let var = self.next_ty_var(span::DUMMY_SP);
                let t = TraitRef::new(*tcx, trait_def_id, [self_ty, var]);
                let ocx = crate::traits::ObligationCtxt::new(self.infcx);
                ocx.register_obligation(Obligation::new(tcx, ObligationCause::dummy(), obligation.param_env, t));
                if !ocx.select_where_possible().is_empty() {
                    return None;
                }
                match *self.resolve_vars_if_possible(var).kind() {
                    TyKind::Tuple(tys) => Some((kind, tys.to_vec())),
                    _ => None,
                }
            })
        });
        let Some((kind, given)) = found else { return false };
        if !kind.extends(needed) {
            diag.note(format!(
                "`{self_ty}` implements `{}`, but it must implement `{}`, which is more general",
                kind.as_str(),
                needed.as_str()
            ));
        }
        let TyKind::Tuple(expected) = *p.trait_ref.args.type_at(1).kind() else { return true };
        if expected.len() != given.len() {
            let plural = |n: usize| if n == 1 { "" } else { "s" };
            diag.note(format!(
                "expected a closure taking {} argument{}, but one taking {} argument{} was given",
                given.len(),
                plural(given.len()),
                expected.len(),
                plural(expected.len()),
            ));
        } else if expected.iter().zip(&given).any(|(e, g)| !self.can_eq(obligation.param_env, e, *g)) {
            let sig = |tys: Vec<String>| format!("fn({})", tys.join(", "));
            let e = sig(expected.iter().map(|t| t.to_string()).collect());
            let g = sig(given.iter().map(|t| t.to_string()).collect());
            diag.note_expected_found("a closure with signature", &e, &g);
        }
        true
    }
}

/// `&[T; N]`: its element, and whether the reference is unique.
fn array_ref(t: Ty<'_>) -> Option<(Ty<'_>, bool)> {
    let TyKind::Ref(_, array, m) = *t.kind() else { return None };
    match *array.kind() {
        TyKind::Array(elem, _) => Some((elem, m == Mutability::Mut)),
        _ => None,
    }
}

/// The expression at a place.
pub(super) fn expr_at<'tcx>(body: &'tcx hir::Body<'tcx>, span: Span) -> Option<&'tcx hir::Expr<'tcx>> {
    struct Finder<'v>(Span, Option<&'v hir::Expr<'v>>);
    impl<'v> hir::intravisit::Visitor<'v> for Finder<'v> {
        fn visit_expr(&mut self, expr: &'v hir::Expr<'v>) {
            if self.1.is_none() && expr.span == self.0 {
                self.1 = Some(expr);
                return;
            }
            hir::intravisit::walk_expr(self, expr);
        }
    }
    let mut finder = Finder(span, None);
    hir::intravisit::Visitor::visit_expr(&mut finder, body.value);
    finder.1
}
