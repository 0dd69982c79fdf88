//! Well-formedness of definitions: the types they mention are well-formed, what must be sized is, `where` clauses make
//! sense (rustc-dev-guide, "Well-formedness"; RFC 1214).
//!
//! Each definition is checked in its own [`WfCx`]: obligations are collected, solved, and their regions resolved with
//! what the signature's types imply.

use diagnostics::codes::*;
use hir::{ImplItemKind, ItemKind, LangItem, Node, TraitItemKind};
use query::TyCtxt;
use span::Span;
use span::def_id::LocalDefId;
use trait_solve::infer::free_regions::OutlivesEnvironment;
use trait_solve::traits::{Obligation, ObligationCause, ObligationCauseCode, ObligationCtxt, WellFormedLoc, wf};
use trait_solve::{InferCtxt, TyCtxtInferExt};
use ty::fold::TypeFoldable;
use ty::visit::{TypeSuperVisitable, TypeVisitable, TypeVisitableExt, TypeVisitor};
use ty::{
    AssocContainer, AssocItem, AssocKind, Binder, Clause, ClauseKind, EarlyBinder, GenericArg, GenericParamDef,
    GenericParamDefKind, ParamEnv, PolyFnSig, PredicateKind, Region, Term, Ty, TyKind, TypeFlags, TypingMode,
    VariantDiscr,
};

use super::{gat_bounds, receiver, variances, wf_span};
use crate::coherence::{CheckResult, constrained};

/// The check of one definition.
pub(crate) struct WfCx<'a, 'tcx> {
    pub(crate) ocx: ObligationCtxt<'a, 'tcx>,
    pub(crate) body_def_id: LocalDefId,
    pub(crate) param_env: ParamEnv<'tcx>,
}

impl<'a, 'tcx> WfCx<'a, 'tcx> {
    pub(crate) fn tcx(&self) -> TyCtxt<'tcx> {
        self.ocx.infcx.tcx
    }
    pub(crate) fn infcx(&self) -> &'a InferCtxt<'tcx> {
        self.ocx.infcx
    }
    pub(crate) fn cause(&self, span: Span, code: ObligationCauseCode<'tcx>) -> ObligationCause<'tcx> {
        ObligationCause::new(span, self.body_def_id, code)
    }
    pub(crate) fn normalize<T: TypeFoldable<'tcx> + TypeVisitable<'tcx>>(
        &self,
        span: Span,
        loc: Option<WellFormedLoc>,
        value: T,
    ) -> T {
        let cause = self.cause(span, ObligationCauseCode::WellFormed(loc));
        self.ocx.normalize(&cause, self.param_env, value)
    }
    pub(crate) fn register_wf(&self, span: Span, loc: Option<WellFormedLoc>, term: Term<'tcx>) {
        let cause = self.cause(span, ObligationCauseCode::WellFormed(loc));
        let predicate = self.tcx().mk_predicate(Binder::dummy(PredicateKind::Clause(ClauseKind::WellFormed(term))));
        self.ocx.register_obligation(Obligation { cause, param_env: self.param_env, predicate, recursion_depth: 0 });
    }
    pub(crate) fn register_bound(&self, cause: ObligationCause<'tcx>, ty: Ty<'tcx>, item: LangItem) {
        if let Some(def_id) = self.tcx().lang_items().get(item) {
            self.ocx.register_bound(cause, self.param_env, ty, def_id);
        }
    }

    /// Bounds without parameters must hold, since nothing would ever make them (`where i32: String`).
    fn check_false_global_bounds(&self) {
        let tcx = self.tcx();
        let def_id = self.body_def_id;
        let predicates = tcx.predicates_of(def_id.to_def_id()).predicates;
        let generics = tcx.hir_node_by_def_id(def_id).generics();
        for &(clause, at) in predicates {
            if matches!(clause.kind().skip_binder(), ClauseKind::WellFormed(_)) {
                continue;
            }
            let is_global = !clause.has_type_flags(
                TypeFlags::HAS_PARAM
                    | TypeFlags::HAS_INFER
                    | TypeFlags::HAS_PLACEHOLDER
                    | TypeFlags::HAS_FREE_LOCAL_REGIONS
                    | TypeFlags::HAS_BOUND_VARS
                    | TypeFlags::HAS_ERROR,
            );
            if !is_global || !clause.kind().bound_vars().is_empty() {
                continue;
            }
            let clause = self.normalize(at, None, clause);
            let span = generics.and_then(|g| g.predicates.iter().find(|p| p.span.contains(at))).map_or(at, |p| p.span);
            let cause = self.cause(span, ObligationCauseCode::TrivialBound);
            self.ocx.register_obligation(Obligation::new(tcx, cause, ParamEnv::empty(), clause));
        }
    }
}

/// Checks in a definition's environment; reports what does not hold.
pub(crate) fn enter<'tcx>(
    tcx: TyCtxt<'tcx>,
    def_id: LocalDefId,
    f: impl FnOnce(&WfCx<'_, 'tcx>) -> CheckResult,
) -> CheckResult {
    let param_env = tcx.param_env(def_id.to_def_id());
    let infcx = tcx.infer_ctxt().build(TypingMode::non_body_analysis());
    let cx = WfCx { ocx: ObligationCtxt::new_with_diagnostics(&infcx), body_def_id: def_id, param_env };
    if !tcx.feature(span::sym::trivial_bounds) {
        cx.check_false_global_bounds();
    }
    f(&cx)?;
    let errors = cx.ocx.evaluate_obligations_error_on_ambiguity();
    if !errors.is_empty() {
        let errors = wf_span::refine(tcx, param_env, errors);
        return Err(infcx.err_ctxt().report_fulfillment_errors(errors));
    }
    let assumed = cx.ocx.assumed_wf_types_and_report_errors(param_env, def_id)?;
    let env = OutlivesEnvironment::new(&infcx, def_id, param_env, assumed);
    let errors = infcx.resolve_regions_with_outlives_env(&env);
    if errors.is_empty() { Ok(()) } else { Err(infcx.err_ctxt().report_region_errors(def_id, &errors)) }
}

/// Checks a definition and its parameters.
pub(super) fn check_definition(tcx: TyCtxt<'_>, def_id: LocalDefId) -> CheckResult {
    let node = tcx.hir_node_by_def_id(def_id);
    let mut res = match node {
        Node::Item(item) => check_item(tcx, item),
        Node::TraitItem(item) => check_trait_item(tcx, item),
        Node::ImplItem(item) => check_impl_item(tcx, item),
        _ => Ok(()),
    };
    if let Some(generics) = node.generics() {
        for param in generics.params {
            res = res.and(check_param(tcx, param));
        }
    }
    res
}

fn check_item<'tcx>(tcx: TyCtxt<'tcx>, item: &'tcx hir::Item<'tcx>) -> CheckResult {
    let def_id = item.owner_id.def_id;
    match item.kind {
        ItemKind::Impl(imp) => check_impl_item_kind(tcx, item, imp),
        ItemKind::Fn { sig, .. } => enter(tcx, def_id, |cx| {
            let poly = tcx.fn_sig(def_id.to_def_id()).instantiate_identity();
            check_fn(cx, poly, sig.decl, def_id);
            Ok(())
        }),
        ItemKind::Struct(..) => check_type_defn(tcx, item, false),
        ItemKind::Union(..) | ItemKind::Enum(..) => check_type_defn(tcx, item, true),
        ItemKind::Trait(..) | ItemKind::TraitAlias(..) => check_trait(tcx, item),
        ItemKind::Static(_, _, ty, _) => check_static(tcx, def_id, ty.span),
        ItemKind::Const(_, _, ty, _) => check_const(tcx, def_id, ty.span),
        ItemKind::ForeignMod { items, .. } => {
            let mut res = Ok(());
            for id in items {
                res = res.and(check_foreign_item(tcx, tcx.hir_foreign_item(*id)));
            }
            res
        }
        ItemKind::TyAlias(_, _, ty) if tcx.feature(span::sym::lazy_type_alias) => enter(tcx, def_id, |cx| {
            let t = tcx.type_of(def_id.to_def_id()).instantiate_identity();
            let t = cx.normalize(ty.span, Some(WellFormedLoc::Ty(def_id)), t);
            cx.register_wf(ty.span, Some(WellFormedLoc::Ty(def_id)), t.into());
            check_where_clauses(cx, def_id);
            Ok(())
        }),
        _ => Ok(()),
    }
}

fn check_impl_item_kind<'tcx>(
    tcx: TyCtxt<'tcx>,
    item: &'tcx hir::Item<'tcx>,
    imp: &'tcx hir::Impl<'tcx>,
) -> CheckResult {
    let def_id = item.owner_id.def_id;
    let mut res = Ok(());
    let Some(of_trait) = imp.of_trait else {
        return check_impl(tcx, item, imp);
    };
    let Some(header) = tcx.impl_trait_header(def_id.to_def_id()) else { return Ok(()) };
    let is_auto = tcx.trait_is_auto(header.trait_ref.skip_binder().def_id);
    if of_trait.defaultness.is_default() && is_auto {
        let sp = of_trait.trait_ref.path.span;
        let mut err = tcx.dcx().struct_span_err(sp, "impls of auto traits cannot be default");
        if let Some(d) = of_trait.defaultness_span {
            err.span_label(d, "default because of this");
        }
        err.span_label(sp, "auto trait");
        res = Err(err.emit());
    }
    match header.polarity {
        ty::ImplPolarity::Positive => res.and(check_impl(tcx, item, imp)),
        ty::ImplPolarity::Negative => {
            if of_trait.defaultness.is_default() {
                let mut spans = Vec::new();
                if let ast::ImplPolarity::Negative(sp) = of_trait.polarity {
                    spans.push(sp);
                }
                spans.extend(of_trait.defaultness_span);
                res = Err(tcx
                    .dcx()
                    .struct_span_err(spans, "negative impls cannot be default impls")
                    .with_code(E0750)
                    .emit());
            }
            res
        }
        ty::ImplPolarity::Reservation => res,
    }
}

fn check_impl<'tcx>(tcx: TyCtxt<'tcx>, item: &'tcx hir::Item<'tcx>, imp: &'tcx hir::Impl<'tcx>) -> CheckResult {
    let def_id = item.owner_id.def_id;
    enter(tcx, def_id, |cx| {
        match imp.of_trait {
            Some(of_trait) => {
                let Some(trait_ref) = tcx.impl_opt_trait_ref(def_id.to_def_id()) else { return Ok(()) };
                let trait_ref = trait_ref.instantiate_identity();
                // Impls that overlap make for meaningless errors.
                tcx.coherent_trait(trait_ref.def_id)?;
                let span = of_trait.trait_ref.path.span;
                let trait_ref = cx.normalize(span, Some(WellFormedLoc::Ty(def_id)), trait_ref);
                let mut obligations = wf::trait_obligations(cx.infcx(), cx.param_env, def_id, trait_ref, span);
                // With supertraits' supertraits, lest two impls prove each other.
                let implied: Vec<_> = trait_solve::traits::elaborate(tcx, obligations.iter().map(|o| o.predicate))
                    .filter(|p: &ty::Predicate<'tcx>| obligations.iter().all(|o| o.predicate != *p))
                    .map(|p| Obligation::new(tcx, ObligationCause::misc(span, def_id), cx.param_env, p))
                    .collect();
                obligations.extend(implied);
                for o in &mut obligations {
                    if o.cause.span != span {
                        continue;
                    }
                    let on_self = match o.predicate.as_clause().map(|c| c.kind().skip_binder()) {
                        Some(ClauseKind::Trait(t)) => t.self_ty() == trait_ref.self_ty(),
                        Some(ClauseKind::Projection(p)) => p.self_ty() == trait_ref.self_ty(),
                        _ => false,
                    };
                    if on_self {
                        o.cause.span = imp.self_ty.span;
                    }
                }
                cx.ocx.register_obligations(obligations);
            }
            None => {
                let self_ty = tcx.type_of(def_id.to_def_id()).instantiate_identity();
                let loc = Some(WellFormedLoc::Ty(def_id));
                let self_ty = cx.normalize(imp.self_ty.span, loc, self_ty);
                cx.register_wf(imp.self_ty.span, loc, self_ty.into());
            }
        }
        check_where_clauses(cx, def_id);
        Ok(())
    })
}

fn check_type_defn<'tcx>(tcx: TyCtxt<'tcx>, item: &'tcx hir::Item<'tcx>, all_sized: bool) -> CheckResult {
    let def_id = item.owner_id.def_id;
    // What contains itself is reported; its layout is of no use.
    tcx.representability(def_id)?;
    let def = tcx.adt_def(def_id.to_def_id());
    let res = enter(tcx, def_id, |cx| {
        let packed = def.repr().packed();
        for variant in def.variants() {
            let mut tys = Vec::new();
            for field in &variant.fields {
                let id = field.did.expect_local();
                let Node::Field(hir_field) = tcx.hir_node_by_def_id(id) else { continue };
                let span = hir_field.ty.span;
                let loc = Some(WellFormedLoc::Ty(id));
                let ty = cx.normalize(span, loc, tcx.type_of(field.did).instantiate_identity());
                cx.register_wf(span, loc, ty.into());
                tys.push((span, ty));
            }
            // Dropping a packed struct's last field moves it first.
            let needs_drop_copy = || {
                packed && {
                    let tail = tcx.type_of(variant.fields[variant.fields.last_index().expect("a field")].did);
                    let tail = tcx.erase_regions(tail.instantiate_identity());
                    tcx.needs_drop_raw(cx.infcx().typing_env(cx.param_env).as_query_input(tail))
                }
            };
            let all = all_sized || tys.is_empty() || needs_drop_copy();
            let n = if all { tys.len() } else { tys.len() - 1 };
            for (i, &(span, ty)) in tys[..n].iter().enumerate() {
                let code = ObligationCauseCode::FieldSized {
                    adt_kind: def.adt_kind(),
                    span,
                    last: i + 1 == variant.fields.len(),
                };
                cx.register_bound(cx.cause(span, code), ty, LangItem::Sized);
            }
            if let VariantDiscr::Explicit(_) = variant.discr {
                let _ = tcx.adt_discriminants(def);
            }
        }
        check_where_clauses(cx, def_id);
        Ok(())
    });
    res.and(variances::check_type_defn(tcx, item))
}

fn check_trait<'tcx>(tcx: TyCtxt<'tcx>, item: &'tcx hir::Item<'tcx>) -> CheckResult {
    let def_id = item.owner_id.def_id;
    let trait_def = tcx.trait_def(def_id.to_def_id());
    if trait_def.is_marker || trait_def.specialization_kind == ty::TraitSpecializationKind::Marker {
        for &assoc in tcx.associated_item_def_ids(def_id.to_def_id()) {
            tcx.dcx()
                .struct_span_err(tcx.def_span(assoc), "marker traits cannot have associated items")
                .with_code(E0714)
                .emit();
        }
    }
    let res = enter(tcx, def_id, |cx| {
        check_where_clauses(cx, def_id);
        Ok(())
    });
    if let ItemKind::Trait(..) = item.kind {
        gat_bounds::check_gat_where_clauses(tcx, def_id);
    }
    res
}

fn check_trait_item<'tcx>(tcx: TyCtxt<'tcx>, item: &'tcx hir::TraitItem<'tcx>) -> CheckResult {
    let def_id = item.owner_id.def_id;
    let (sig, span) = match item.kind {
        TraitItemKind::Fn(ref sig, _) => (Some(sig), item.span),
        TraitItemKind::Type(_, Some(ty)) => (None, ty.span),
        TraitItemKind::Const(ty, _) => (None, ty.span),
        TraitItemKind::Type(_, None) => (None, item.span),
    };
    check_associated_item(tcx, def_id, span, sig)
}

fn check_impl_item<'tcx>(tcx: TyCtxt<'tcx>, item: &'tcx hir::ImplItem<'tcx>) -> CheckResult {
    let (sig, span) = match item.kind {
        ImplItemKind::Fn(ref sig, _) => (Some(sig), item.span),
        ImplItemKind::Type(ty) if !ty.span.is_dummy() => (None, ty.span),
        ImplItemKind::Const(ty, _) => (None, ty.span),
        ImplItemKind::Type(_) => (None, item.span),
    };
    check_associated_item(tcx, item.owner_id.def_id, span, sig)
}

fn check_associated_item<'tcx>(
    tcx: TyCtxt<'tcx>,
    def_id: LocalDefId,
    span: Span,
    sig: Option<&'tcx hir::FnSig<'tcx>>,
) -> CheckResult {
    let loc = Some(WellFormedLoc::Ty(def_id));
    enter(tcx, def_id, |cx| {
        let item = tcx.associated_item(def_id.to_def_id());
        let self_ty = match item.container {
            AssocContainer::Trait => tcx.types().self_param,
            AssocContainer::InherentImpl => {
                constrained::check_impl_params(tcx, item.container_id.expect_local())?;
                tcx.type_of(item.container_id).instantiate_identity()
            }
            AssocContainer::TraitImpl(_) => {
                constrained::check_impl_params(tcx, item.container_id.expect_local())?;
                if let Some(t) = tcx.impl_opt_trait_id(item.container_id) {
                    tcx.coherent_trait(t)?;
                }
                tcx.type_of(item.container_id).instantiate_identity()
            }
        };
        match item.kind {
            AssocKind::Const { .. } => {
                let ty = tcx.type_of(item.def_id).instantiate_identity();
                let ty = cx.normalize(span, loc, ty);
                cx.register_wf(span, loc, ty.into());
                if item.has_value {
                    cx.register_bound(cx.cause(span, ObligationCauseCode::SizedConstOrStatic), ty, LangItem::Sized);
                }
                Ok(())
            }
            AssocKind::Fn { .. } => {
                let poly = tcx.fn_sig(item.def_id).instantiate_identity();
                let Some(sig) = sig else { return Ok(()) };
                check_fn(cx, poly, sig.decl, def_id);
                receiver::check_method_receiver(cx, sig, &item, self_ty)
            }
            AssocKind::Type { .. } => {
                if item.container == AssocContainer::Trait {
                    check_associated_type_bounds(cx, &item, span);
                }
                if item.has_value {
                    let ty = tcx.type_of(item.def_id).instantiate_identity();
                    let ty = cx.normalize(span, loc, ty);
                    cx.register_wf(span, loc, ty.into());
                }
                Ok(())
            }
        }
    })
}

/// The bounds of an associated type must be well-formed.
fn check_associated_type_bounds<'tcx>(cx: &WfCx<'_, 'tcx>, item: &AssocItem, span: Span) {
    let bounds = cx.tcx().explicit_item_bounds(item.def_id).skip_binder();
    for &(bound, bound_span) in bounds {
        let bound = cx.normalize(span, None, bound);
        let obligations = wf::clause_obligations(cx.infcx(), cx.param_env, cx.body_def_id, bound, bound_span);
        cx.ocx.register_obligations(obligations);
    }
}

fn check_static(tcx: TyCtxt<'_>, def_id: LocalDefId, ty_span: Span) -> CheckResult {
    enter(tcx, def_id, |cx| {
        let loc = Some(WellFormedLoc::Ty(def_id));
        let ty = cx.normalize(ty_span, loc, tcx.type_of(def_id.to_def_id()).instantiate_identity());
        let is_foreign = tcx.is_foreign_item(def_id.to_def_id());
        cx.register_wf(ty_span, loc, ty.into());
        // A foreign static may be of a foreign type, whose size is not known.
        let forbid_unsized = !is_foreign || !matches!(ty.kind(), TyKind::Foreign(_));
        if forbid_unsized {
            cx.register_bound(cx.cause(ty_span, ObligationCauseCode::SizedConstOrStatic), ty, LangItem::Sized);
        }
        let is_mut = tcx.is_mutable_static(def_id.to_def_id());
        if !is_foreign && !is_mut && !tcx.is_thread_local_static(def_id.to_def_id()) {
            cx.register_bound(cx.cause(ty_span, ObligationCauseCode::SharedStatic), ty, LangItem::Sync);
        }
        Ok(())
    })
}

fn check_const(tcx: TyCtxt<'_>, def_id: LocalDefId, ty_span: Span) -> CheckResult {
    enter(tcx, def_id, |cx| {
        let loc = Some(WellFormedLoc::Ty(def_id));
        let ty = cx.normalize(ty_span, loc, tcx.type_of(def_id.to_def_id()).instantiate_identity());
        cx.register_wf(ty_span, loc, ty.into());
        cx.register_bound(cx.cause(ty_span, ObligationCauseCode::SizedConstOrStatic), ty, LangItem::Sized);
        check_where_clauses(cx, def_id);
        Ok(())
    })
}

fn check_foreign_item<'tcx>(tcx: TyCtxt<'tcx>, item: &'tcx hir::ForeignItem<'tcx>) -> CheckResult {
    let def_id = item.owner_id.def_id;
    match item.kind {
        hir::ForeignItemKind::Fn(sig, ..) => enter(tcx, def_id, |cx| {
            let poly = tcx.fn_sig(def_id.to_def_id()).instantiate_identity();
            check_fn(cx, poly, sig.decl, def_id);
            Ok(())
        }),
        hir::ForeignItemKind::Static(ty, ..) => check_static(tcx, def_id, ty.span),
        hir::ForeignItemKind::Type => Ok(()),
    }
}

/// A function's signature: its types are well-formed, and its return type is sized if it has a body.
fn check_fn<'tcx>(cx: &WfCx<'_, 'tcx>, poly: PolyFnSig<'tcx>, decl: &hir::FnDecl<'tcx>, def_id: LocalDefId) {
    let tcx = cx.tcx();
    let sig = tcx.liberate_late_bound_regions(def_id.to_def_id(), poly);
    let span_of = |i: usize| decl.inputs.get(i).map_or(decl.output.span(), |t| t.span);
    let mut tys = Vec::new();
    for (i, ty) in sig.inputs_and_output.iter().enumerate() {
        let loc = Some(WellFormedLoc::Param { function: def_id, param_idx: i });
        let ty = cx.normalize(span_of(i), loc, ty);
        cx.register_wf(span_of(i), loc, ty.into());
        tys.push(ty);
    }
    check_where_clauses(cx, def_id);
    if sig.abi == ty::ExternAbi::RustCall {
        check_rust_call(cx, decl, def_id, &tys[..tys.len() - 1]);
    }
    if let Some(body) = tcx.hir_maybe_body_owned_by(def_id) {
        let span = match decl.output {
            hir::FnRetTy::Return(ty) => ty.span,
            hir::FnRetTy::DefaultReturn(_) => body.value.span,
        };
        if let Some(&output) = tys.last() {
            cx.register_bound(cx.cause(span, ObligationCauseCode::SizedReturnType), output, LangItem::Sized);
        }
    }
}

/// `extern "rust-call"`: a tuple of arguments, behind `self`.
fn check_rust_call<'tcx>(cx: &WfCx<'_, 'tcx>, decl: &hir::FnDecl<'tcx>, def_id: LocalDefId, inputs: &[Ty<'tcx>]) {
    let tcx = cx.tcx();
    let span = tcx.def_span(def_id.to_def_id());
    let has_self = tcx.opt_associated_item(def_id.to_def_id()).is_some_and(|i| i.is_method());
    let mut rest = inputs.iter().skip(usize::from(has_self));
    let at = decl.inputs.last().map_or(span, |t| t.span);
    let wrong = || {
        tcx.dcx().span_err(at, "functions with the \"rust-call\" ABI must take a single non-self tuple argument");
    };
    match rest.next() {
        Some(&ty) => {
            cx.register_bound(cx.cause(span, ObligationCauseCode::RustCall), ty, LangItem::Tuple);
            cx.register_bound(cx.cause(span, ObligationCauseCode::RustCall), ty, LangItem::Sized);
        }
        None => wrong(),
    }
    if rest.next().is_some() {
        wrong();
    }
}

/// The default of a parameter.
fn default_value<'tcx>(tcx: TyCtxt<'tcx>, param: &GenericParamDef) -> Option<GenericArg<'tcx>> {
    match param.kind {
        GenericParamDefKind::Type { has_default: true, .. } => {
            Some(tcx.type_of(param.def_id).instantiate_identity().into())
        }
        GenericParamDefKind::Const { has_default: true } => {
            Some(tcx.const_param_default(param.def_id).instantiate_identity().into())
        }
        _ => None,
    }
}

fn has_param(arg: GenericArg<'_>) -> bool {
    arg.flags().intersects(TypeFlags::HAS_PARAM)
}

/// `where` clauses, and defaults of parameters.
pub(crate) fn check_where_clauses<'tcx>(cx: &WfCx<'_, 'tcx>, def_id: LocalDefId) {
    let tcx = cx.tcx();
    let generics = tcx.generics_of(def_id.to_def_id());
    let own = tcx.predicates_of(def_id.to_def_id()).predicates;
    for param in &generics.own_params {
        let Some(default) = default_value(tcx, param) else { continue };
        // A default that mentions other parameters is checked where it is used.
        if has_param(default) {
            continue;
        }
        let span = tcx.def_span(param.def_id);
        let loc = matches!(param.kind, GenericParamDefKind::Type { .. })
            .then(|| WellFormedLoc::Ty(param.def_id.expect_local()));
        if let Some(term) = default.as_term() {
            cx.register_wf(span, loc, term);
        }
        if let GenericArg::Const(ct) = default {
            let param_ty = tcx.type_of(param.def_id).instantiate_identity();
            if !param_ty.has_param() {
                let cause = cx.cause(span, ObligationCauseCode::WellFormed(None));
                cx.ocx.register_obligation(Obligation::new(
                    tcx,
                    cause,
                    cx.param_env,
                    ClauseKind::ConstArgHasType(ct, param_ty),
                ));
            }
        }
    }

    // With the defaults in place, bounds on one parameter must hold: `struct S<T: Copy = String>`.
    let args = tcx.args_for_item(def_id.to_def_id(), |param, _| {
        if param.index >= generics.parent_count as u32 {
            if let Some(d) = default_value(tcx, param) {
                if !has_param(d) {
                    return d;
                }
            }
        }
        tcx.mk_param_from_def(param)
    });
    let has_defaults = generics.own_params.iter().any(|p| p.kind.has_default());
    if has_defaults {
        for &(clause, sp) in own {
            let mut count = CountParams { found: Vec::new(), has_region: false };
            let _ = clause.visit_with(&mut count);
            let instantiated: Clause<'tcx> = EarlyBinder::bind(clause).instantiate(*tcx, args);
            if instantiated.has_non_region_param()
                || count.found.len() > 1
                || count.has_region
                || own.iter().any(|(c, _)| *c == instantiated)
            {
                continue;
            }
            let pred = cx.normalize(sp, None, instantiated);
            let cause = cx.cause(sp, ObligationCauseCode::WhereClause(def_id.to_def_id(), sp));
            cx.ocx.register_obligation(Obligation::new(tcx, cause, cx.param_env, pred));
        }
    }

    for (clause, sp) in tcx.all_predicates_of(def_id.to_def_id()) {
        let clause = cx.normalize(sp, None, clause);
        let obligations = wf::clause_obligations(cx.infcx(), cx.param_env, cx.body_def_id, clause, sp);
        cx.ocx.register_obligations(obligations);
    }
}

struct CountParams {
    found: Vec<u32>,
    has_region: bool,
}
impl<'tcx> TypeVisitor<'tcx> for CountParams {
    type Break = ();
    fn visit_ty(&mut self, t: Ty<'tcx>) -> std::ops::ControlFlow<()> {
        if let TyKind::Param(p) = t.kind() {
            if !self.found.contains(&p.index) {
                self.found.push(p.index);
            }
        }
        t.super_visit_with(self)
    }
    fn visit_region(&mut self, _: Region<'tcx>) -> std::ops::ControlFlow<()> {
        self.has_region = true;
        std::ops::ControlFlow::Continue(())
    }
    fn visit_const(&mut self, c: ty::Const<'tcx>) -> std::ops::ControlFlow<()> {
        if let ty::ConstKind::Param(p) = c.kind() {
            if !self.found.contains(&p.index) {
                self.found.push(p.index);
            }
        }
        c.super_visit_with(self)
    }
}

/// The type of a const parameter.
fn check_param<'tcx>(tcx: TyCtxt<'tcx>, param: &hir::GenericParam<'tcx>) -> CheckResult {
    let hir::GenericParamKind::Const { ty: hir_ty, .. } = param.kind else { return Ok(()) };
    let ty = tcx.type_of(param.def_id.to_def_id()).instantiate_identity();
    let span = hir_ty.span;
    if tcx.feature(span::sym::adt_const_params) || tcx.feature(span::Symbol::intern("unsized_const_params")) {
        let owner = tcx.local_parent(param.def_id);
        return enter(tcx, owner, |cx| {
            let cause = ObligationCause::new(span, param.def_id, ObligationCauseCode::ConstParam(ty));
            cx.register_bound(cause, ty, LangItem::ConstParamTy);
            Ok(())
        });
    }
    let msg = match ty.kind() {
        TyKind::Bool | TyKind::Char | TyKind::Int(_) | TyKind::Uint(_) | TyKind::Error(_) => return Ok(()),
        TyKind::FnPtr(_) => "using function pointers as const generic parameters is forbidden".to_owned(),
        TyKind::RawPtr(..) => "using raw pointers as const generic parameters is forbidden".to_owned(),
        _ => {
            ty.error_reported()?;
            format!("`{ty}` is forbidden as the type of a const generic parameter")
        }
    };
    Err(tcx
        .dcx()
        .struct_span_err(span, msg)
        .with_note("the only supported types are integers, `bool`, and `char`")
        .emit())
}
