//! Writing types, arguments and adjustments into the results; normalising; obligations.

use std::collections::VecDeque;

use hir::def::DefKind;
use hir::{HirId, LangItem};
use span::Span;
use span::def_id::DefId;
use trait_solve::error_reporting::TypeErrCtxt;
use trait_solve::traits::NormalizeExt as _;
use trait_solve::traits::StructurallyNormalizeExt as _;
use trait_solve::traits::{
    FulfillmentError, ImplSource, Obligation, ObligationCause, ObligationCauseCode, PredicateObligation,
    PredicateObligations,
};
use ty::adjustment::{Adjust, Adjustment, AutoBorrow, AutoBorrowMutability};
use ty::{
    Const, FieldDef, GenericArg, GenericArgsRef, Ty, TyKind, TypeFoldable, TypeVisitable, TypeVisitableExt, UserType,
};

use super::FnCtxt;
use crate::diverges::Diverges;

impl<'a, 'tcx> FnCtxt<'a, 'tcx> {
    /// Lints code that cannot be reached (`unreachable_code`); once per stretch.
    pub(crate) fn warn_if_unreachable(&self, id: HirId, span: Span, kind: &str) {
        let Diverges::Always { span: orig_span, custom_note } = self.diverges.get() else {
            return;
        };
        // Compiler-made code at a condition (`while let`), in derives and of `async` is not the user's.
        if matches!(
            span.desugaring_kind(),
            Some(span::DesugaringKind::CondTemporary | span::DesugaringKind::Async | span::DesugaringKind::Await)
        ) || span.in_derive_expansion()
        {
            return;
        }
        self.diverges.set(Diverges::WarnedAlways);
        let msg = format!("unreachable {kind}");
        self.tcx.emit_node_span_lint(&session::lint::UNREACHABLE_CODE, id, span, msg.clone(), |lint| {
            lint.span_label(span, msg.clone());
            lint.span_label(orig_span, custom_note.unwrap_or("any code following this expression is unreachable"));
        });
    }

    /// Resolves variables, doing pending obligations if that may help.
    pub(crate) fn resolve_vars_with_obligations(&self, mut ty: Ty<'tcx>) -> Ty<'tcx> {
        if !ty.has_non_region_infer() {
            return ty;
        }
        ty = self.resolve_vars_if_possible(ty);
        if !ty.has_non_region_infer() {
            return ty;
        }
        self.select_obligations_where_possible(|_| {});
        self.resolve_vars_if_possible(ty)
    }

    /// The type with its outermost shape known, if it can be: variables resolved, aliases normalised.
    pub(crate) fn try_structurally_resolve_type(&self, span: Span, ty: Ty<'tcx>) -> Ty<'tcx> {
        let mut ty = self.resolve_vars_with_obligations(ty);
        if let TyKind::Alias(..) = ty.kind() {
            let cause = self.misc(span);
            let mut fulfill = self.fulfillment_cx.borrow_mut();
            match self.at(&cause, self.param_env).structurally_normalize_ty(ty, &mut *fulfill) {
                Ok(normalized) => {
                    drop(fulfill);
                    ty = self.shallow_resolve(normalized);
                }
                Err(errors) => {
                    drop(fulfill);
                    let guar = self.err_ctxt().report_fulfillment_errors(errors);
                    return Ty::new_error(*self.tcx, guar);
                }
            }
        }
        ty
    }

    /// As [`Self::try_structurally_resolve_type`]; reports `type annotations needed` if it is a variable still.
    pub(crate) fn structurally_resolve_type(&self, sp: Span, ty: Ty<'tcx>) -> Ty<'tcx> {
        let ty = self.try_structurally_resolve_type(sp, ty);
        if !ty.is_ty_var() {
            return ty;
        }
        let e = match self.tainted_by_errors() {
            Some(e) => e,
            None => self.emit_type_annotations_needed(sp, ty),
        };
        self.demand_suptype(sp, Ty::new_error(*self.tcx, e), ty);
        Ty::new_error(*self.tcx, e)
    }

    /// For reporting errors, with what is known of the body.
    pub(crate) fn err_ctxt(&self) -> TypeErrCtxt<'_, 'tcx> {
        TypeErrCtxt { infcx: &self.root_ctxt.infcx, typeck_results: Some(&self.root_ctxt.typeck_results) }
    }

    pub(crate) fn emit_type_annotations_needed(&self, sp: Span, ty: Ty<'tcx>) -> span::ErrorGuaranteed {
        let diag = self.err_ctxt().emit_inference_failure_err(
            self.body_id,
            sp,
            ty.into(),
            trait_solve::error_reporting::TypeAnnotationNeeded::E0282,
            true,
        );
        self.emit(diag)
    }

    pub(crate) fn misc(&self, span: Span) -> ObligationCause<'tcx> {
        self.cause(span, ObligationCauseCode::Misc)
    }

    pub(crate) fn cause(&self, span: Span, code: ObligationCauseCode<'tcx>) -> ObligationCause<'tcx> {
        ObligationCause::new(span, self.body_id, code)
    }

    /// Does what pending obligations can be done; reports those that fail.
    pub(crate) fn select_obligations_where_possible(
        &self,
        mutate_fulfillment_errors: impl Fn(&mut Vec<FulfillmentError<'tcx>>),
    ) {
        let mut errors = self.fulfillment_cx.borrow_mut().select_where_possible(&self.infcx);
        if !errors.is_empty() {
            mutate_fulfillment_errors(&mut errors);
            self.adjust_fulfillment_errors_for_expr_obligation(&mut errors);
            self.err_ctxt().report_fulfillment_errors(errors);
        }
    }

    pub(crate) fn write_ty(&self, id: HirId, ty: Ty<'tcx>) {
        let mut typeck = self.typeck_results.borrow_mut();
        if let TyKind::Error(e) = *ty.kind() {
            self.set_tainted_by_errors(e);
        }
        typeck.set_node_type(id, ty);
        drop(typeck);
        if let Err(e) = ty.error_reported() {
            self.set_tainted_by_errors(e);
        }
    }

    pub(crate) fn write_field_index(&self, hir_id: HirId, index: ty::FieldIdx) {
        self.typeck_results.borrow_mut().set_field_index(hir_id, index);
    }

    pub(crate) fn write_resolution(&self, hir_id: HirId, r: Result<(DefKind, DefId), span::ErrorGuaranteed>) {
        self.typeck_results.borrow_mut().set_type_dependent_def(hir_id, r);
    }

    pub(crate) fn write_method_call_and_enforce_effects(
        &self,
        hir_id: HirId,
        _span: Span,
        method: crate::method::MethodCallee<'tcx>,
    ) {
        self.write_resolution(hir_id, Ok((DefKind::AssocFn, method.def_id)));
        self.write_args(hir_id, method.args);
    }

    pub(crate) fn write_args(&self, node_id: HirId, args: GenericArgsRef<'tcx>) {
        if !args.is_empty() {
            self.typeck_results.borrow_mut().set_node_args(node_id, args);
        }
    }

    /// Records arguments that the user wrote (for borrow checking), with their inference variables made canonical.
    pub(crate) fn write_user_type_annotation_from_args(
        &self,
        hir_id: HirId,
        def_id: DefId,
        args: GenericArgsRef<'tcx>,
        user_self_ty: Option<ty::UserSelfTy<'tcx>>,
    ) {
        if Self::can_contain_user_lifetime_bounds((args, user_self_ty)) {
            let canonicalized = self.canonicalize_user_type_annotation(UserType {
                kind: ty::UserTypeKind::TypeOf(def_id, ty::UserArgs { args, user_self_ty }),
            });
            self.write_user_type_annotation(hir_id, canonicalized);
        }
    }

    pub(crate) fn write_user_type_annotation(&self, hir_id: HirId, canonical: ty::CanonicalUserType<'tcx>) {
        if !canonical_is_identity(&canonical) {
            self.typeck_results.borrow_mut().set_user_provided_type(hir_id, canonical);
        }
    }

    /// Only annotations with regions or parameters in them say something to the borrow checker.
    pub(crate) fn can_contain_user_lifetime_bounds<T: TypeVisitable<'tcx>>(t: T) -> bool {
        t.has_free_regions() || t.has_aliases() || t.has_infer_types() || t.has_param()
    }

    /// Puts adjustments after an expression. Those made before are replaced only by what agrees with them.
    pub(crate) fn apply_adjustments(&self, expr: &hir::Expr<'_>, adj: Vec<Adjustment<'tcx>>) {
        if adj.is_empty() {
            return;
        }
        for a in &adj {
            match a.kind {
                Adjust::NeverToAny => {
                    if a.target.is_ty_var() {
                        self.diverging_type_vars.borrow_mut().insert(a.target);
                    }
                }
                Adjust::Deref(Some(_)) | Adjust::Deref(None) | Adjust::Borrow(_) => {}
                Adjust::Pointer(_) | Adjust::ReborrowPin(_) => {}
            }
        }
        let autoborrow_mut =
            adj.iter().any(|adj| matches!(adj.kind, Adjust::Borrow(AutoBorrow::Ref(AutoBorrowMutability::Mut { .. }))));
        {
            let mut results = self.typeck_results.borrow_mut();
            match results.adjustments.get_mut(&expr.hir_id.local_id) {
                None => {
                    results.adjustments.insert(expr.hir_id.local_id, adj);
                }
                Some(entry) => match (&mut entry[..], &adj[..]) {
                    // A reborrow of a value that diverges: the coercion of `!` is what counts.
                    (
                        [Adjustment { kind: Adjust::NeverToAny, target }],
                        &[.., Adjustment { target: new_target, .. }],
                    ) => {
                        *target = new_target;
                    }
                    (
                        &mut [
                            Adjustment { kind: Adjust::Deref(_), .. },
                            Adjustment { kind: Adjust::Borrow(AutoBorrow::Ref(..)), .. },
                        ],
                        &[Adjustment { kind: Adjust::Deref(_), .. }, ..],
                    ) => {
                        // A reborrow has no effect before another dereference.
                        *entry = adj;
                    }
                    _ => {
                        drop(results);
                        self.dcx().span_delayed_bug(expr.span, "two different adjustments for one expression");
                        return;
                    }
                },
            }
        }
        // `&mut` of a place: overloaded derefs and indexes in it are the mutable ones.
        if autoborrow_mut {
            self.convert_place_derefs_to_mutable(expr);
        }
    }

    /// Instantiates generic bounds and normalises them.
    pub(crate) fn instantiate_bounds(
        &self,
        span: Span,
        def_id: DefId,
        args: GenericArgsRef<'tcx>,
    ) -> Vec<(ty::Clause<'tcx>, Span)> {
        self.predicates_instantiated(def_id, args).into_iter().map(|(c, s)| (self.normalize(span, c), s)).collect()
    }

    /// The bounds of a definition and its parents, instantiated.
    pub(crate) fn predicates_instantiated(
        &self,
        def_id: DefId,
        args: GenericArgsRef<'tcx>,
    ) -> Vec<(ty::Clause<'tcx>, Span)> {
        let mut all = self.tcx.all_predicates_of(def_id);
        if !args.is_empty() {
            for (c, _) in &mut all {
                *c = ty::EarlyBinder::bind(*c).instantiate(*self.tcx, args);
            }
        }
        all
    }

    /// What is left: it is not known whether it holds.
    pub(crate) fn report_ambiguity_errors(&self) {
        let mut errors = self.fulfillment_cx.borrow_mut().collect_remaining_errors(&self.root_ctxt.infcx);
        if !errors.is_empty() {
            self.adjust_fulfillment_errors_for_expr_obligation(&mut errors);
            self.err_ctxt().report_fulfillment_errors(errors);
        }
    }

    /// Whether an item of another crate is behind a feature gate that is not on.
    pub(crate) fn is_unstable_and_disabled(&self, def_id: DefId) -> bool {
        if def_id.is_local() {
            return false;
        }
        match self.tcx.lookup_stability(def_id) {
            Some(s) => matches!(s.level, query::StabilityLevel::Unstable { .. }) && !self.feature(s.feature),
            None => false,
        }
    }

    /// Operands of `asm!`: checked with the body for now.
    pub(crate) fn check_asms(&self) {
        self.deferred_asm_checks.borrow_mut().clear();
    }

    pub(crate) fn normalize<T: TypeFoldable<'tcx> + TypeVisitable<'tcx> + Copy>(&self, span: Span, value: T) -> T {
        if !value.has_aliases() {
            return value;
        }
        self.register_infer_ok_obligations(self.at(&self.misc(span), self.param_env).normalize(value))
    }

    pub(crate) fn require_type_meets(&self, ty: Ty<'tcx>, span: Span, code: ObligationCauseCode<'tcx>, def_id: DefId) {
        self.register_bound(ty, def_id, self.cause(span, code));
    }

    /// Adds `ty: Trait`.
    pub(crate) fn register_bound(&self, ty: Ty<'tcx>, def_id: DefId, cause: ObligationCause<'tcx>) {
        if ty.references_error() {
            return;
        }
        let trait_ref = ty::TraitRef::new(*self.tcx, def_id, [ty]);
        self.register_predicate(Obligation::new(self.tcx, cause, self.param_env, trait_ref));
    }

    pub(crate) fn require_type_is_sized(&self, ty: Ty<'tcx>, span: Span, code: ObligationCauseCode<'tcx>) {
        // Most types are seen to be sized at once.
        if ty.is_trivially_sized() || ty.references_error() {
            return;
        }
        let Some(lang_item) = self.tcx.lang_items().sized_trait() else {
            return;
        };
        self.require_type_meets(ty, span, code, lang_item);
    }

    pub(crate) fn require_type_is_sized_deferred(&self, ty: Ty<'tcx>, span: Span, code: ObligationCauseCode<'tcx>) {
        if !ty.references_error() && !ty.is_trivially_sized() {
            self.deferred_sized_obligations.borrow_mut().push((ty, span, code));
        }
    }

    pub(crate) fn register_wf_obligation(&self, term: GenericArg<'tcx>, span: Span, code: ObligationCauseCode<'tcx>) {
        // Of types without arguments nothing is required.
        let term: ty::Term<'tcx> = match term {
            GenericArg::Type(t) => {
                if t.is_primitive() || t.is_str() || t.is_never() || t.is_unit() || matches!(t.kind(), TyKind::Param(_))
                {
                    return;
                }
                t.into()
            }
            GenericArg::Const(c) => c.into(),
            GenericArg::Lifetime(_) => return,
        };
        let cause = self.cause(span, code);
        self.register_predicate(Obligation::new(self.tcx, cause, self.param_env, ty::ClauseKind::WellFormed(term)));
    }

    pub(crate) fn add_wf_bounds(&self, args: GenericArgsRef<'tcx>, span: Span) {
        for arg in args.iter() {
            if !matches!(arg, GenericArg::Lifetime(_)) {
                self.register_wf_obligation(arg, span, ObligationCauseCode::WellFormed(None));
            }
        }
    }

    /// The type of a field, with the ADT's arguments.
    pub(crate) fn field_ty(&self, span: Span, field: &FieldDef, args: GenericArgsRef<'tcx>) -> Ty<'tcx> {
        self.normalize(span, self.tcx.type_of(field.did).instantiate(*self.tcx, args))
    }

    /// Adds the obligations of a definition's bounds.
    pub(crate) fn add_obligations_for_bounds(
        &self,
        cause: impl Fn(usize, Span) -> ObligationCause<'tcx>,
        span: Span,
        bounds: Vec<(ty::Clause<'tcx>, Span)>,
    ) {
        let _ = span;
        for (i, (clause, pred_span)) in bounds.into_iter().enumerate() {
            self.register_predicate(Obligation::new(
                self.tcx,
                cause(i, pred_span),
                self.param_env,
                clause.as_predicate(),
            ));
        }
    }

    /// Adds that `def_id`'s `where` clauses hold for `args`, where `expr` uses it.
    pub(crate) fn add_required_obligations_for_hir(
        &self,
        span: Span,
        def_id: DefId,
        args: GenericArgsRef<'tcx>,
        hir_id: HirId,
    ) {
        let bounds = self.instantiate_bounds(span, def_id, args);
        for (idx, (clause, pred_span)) in bounds.into_iter().enumerate() {
            let code = if pred_span.is_dummy() {
                ObligationCauseCode::WhereClauseInExpr(def_id, span::DUMMY_SP, hir_id, idx)
            } else {
                ObligationCauseCode::WhereClauseInExpr(def_id, pred_span, hir_id, idx)
            };
            let predicate = clause.as_predicate();
            if predicate.references_error() {
                continue;
            }
            self.register_predicate(Obligation::new(self.tcx, self.cause(span, code), self.param_env, predicate));
        }
    }

    pub(crate) fn try_evaluate_const(&self, ct: Const<'tcx>) -> Const<'tcx> {
        self.root_ctxt.infcx.try_evaluate_const_or_self(ct, self.param_env)
    }

    /// The type of a node checked before.
    pub(crate) fn node_ty(&self, id: HirId) -> Ty<'tcx> {
        match self.typeck_results.borrow().node_type_opt(id) {
            Some(t) => t,
            None => match self.tainted_by_errors() {
                Some(e) => Ty::new_error(*self.tcx, e),
                None => {
                    Ty::new_error(*self.tcx, self.dcx().span_delayed_bug(self.tcx.hir_span(id), "node without a type"))
                }
            },
        }
    }

    pub(crate) fn node_ty_opt(&self, id: HirId) -> Option<Ty<'tcx>> {
        self.typeck_results.borrow().node_type_opt(id)
    }

    /// The pending obligations about a type variable as self type.
    pub(crate) fn obligations_for_self_ty(&self, self_ty: ty::TyVid) -> PredicateObligations<'tcx> {
        // Selecting an impl may join the variable with others.
        let is_self = |t: Ty<'tcx>| t.ty_vid().is_some_and(|v| self.root_var(v) == self.root_var(self_ty));
        let mut queue: VecDeque<_> = self.fulfillment_cx.borrow().pending_obligations().into();
        let mut found = Vec::new();
        while let Some(o) = queue.pop_front() {
            let of = match o.predicate.kind().skip_binder() {
                ty::PredicateKind::Clause(ty::ClauseKind::Trait(d)) => d.self_ty(),
                ty::PredicateKind::Clause(ty::ClauseKind::Projection(d)) => d.projection_term.self_ty(),
                _ => continue,
            };
            if is_self(self.shallow_resolve(of)) {
                found.push(o);
            } else if o.recursion_depth < 4 {
                queue.extend(self.needs_of_only_impl(&o, is_self));
            }
        }
        found
    }

    /// What the one impl that may fit asks of a variable: `F: Fn(u8)` of `Wrap<F>: Trait`.
    fn needs_of_only_impl(
        &self,
        o: &PredicateObligation<'tcx>,
        is_wanted: impl Fn(Ty<'tcx>) -> bool,
    ) -> PredicateObligations<'tcx> {
        let ty::PredicateKind::Clause(ty::ClauseKind::Trait(t)) = o.predicate.kind().skip_binder() else {
            return Vec::new();
        };
        let t = self.resolve_vars_if_possible(t);
        let mentioned = t.trait_ref.args.types().any(|t| t.walk().any(|part| part.as_type().is_some_and(&is_wanted)));
        if !mentioned || t.trait_ref.has_escaping_bound_vars() {
            return Vec::new();
        }
        match self.select(&o.with(self.tcx, t)) {
            Ok(Some(ImplSource::UserDefined(data))) => data.nested,
            _ => Vec::new(),
        }
    }

    pub(crate) fn lang_trait(&self, item: LangItem) -> Option<DefId> {
        self.tcx.lang_items().get(item)
    }
}

fn canonical_is_identity(user_ty: &ty::CanonicalUserType<'_>) -> bool {
    match user_ty.value.kind {
        ty::UserTypeKind::Ty(_) => false,
        ty::UserTypeKind::TypeOf(_, user_args) => {
            user_args.user_self_ty.is_none()
                && user_args.args.iter().enumerate().all(|(i, arg)| match arg {
                    GenericArg::Type(t) => {
                        matches!(*t.kind(), TyKind::Bound(d, b) if d == ty::INNERMOST && b.var.as_usize() == i)
                    }
                    GenericArg::Lifetime(r) => {
                        matches!(r.kind(), ty::RegionKind::ReBound(d, b) if d == ty::INNERMOST && b.var.as_usize() == i)
                    }
                    GenericArg::Const(c) => {
                        matches!(c.kind(), ty::ConstKind::Bound(d, b) if d == ty::INNERMOST && b.as_usize() == i)
                    }
                })
        }
    }
}
