//! Lints on items: `missing_docs`, `no_mangle_generic_items`, `no_mangle_const_items`, `type_alias_bounds`,
//! `trivial_bounds`, `drop_bounds`, `dyn_drop`, `async_fn_in_trait`, `uninhabited_static`, `unstable_features`.

use diagnostics::Applicability;
use hir::def::DefKind;
use hir::{GenericParamKind, HirId, ItemKind, WherePredicateKind};
use session::lint::{
    ASYNC_FN_IN_TRAIT, DROP_BOUNDS, DYN_DROP, MISSING_DOCS, NO_MANGLE_CONST_ITEMS, NO_MANGLE_GENERIC_ITEMS,
    TRIVIAL_BOUNDS, TYPE_ALIAS_BOUNDS, UNINHABITED_STATIC, UNSTABLE_FEATURES,
};
use span::def_id::LocalDefId;
use span::{Span, sym};
use ty::{ClauseKind, TypeVisitableExt};

use crate::improper_ctypes;
use crate::late::LateContext;

pub(crate) fn check_crate(cx: &LateContext<'_>) {
    docs(cx, hir::CRATE_HIR_ID, span::def_id::CRATE_DEF_ID, "the", "crate");
    for attr in cx.tcx.hir_krate_attrs().iter().filter(|a| a.has_name(sym::feature)) {
        for item in attr.meta_item_list().unwrap_or_default() {
            cx.lint(&UNSTABLE_FEATURES, hir::CRATE_HIR_ID, item.span(), "use of an unstable feature", |_| {});
        }
    }
}

/// `missing_docs`
fn docs(cx: &LateContext<'_>, id: HirId, def: LocalDefId, article: &str, desc: &str) {
    let tcx = cx.tcx;
    if tcx.sess().opts.test {
        return;
    }
    let attrs = tcx.hir_attrs(id);
    let documented = attrs.iter().any(|a| a.doc_str().is_some());
    if documented || tcx.lint_level_at_node(&MISSING_DOCS, id).0 == session::lint::Level::Allow {
        return;
    }
    if def != span::def_id::CRATE_DEF_ID && !tcx.effective_visibilities(()).is_reachable(def) {
        return;
    }
    // `#[doc(hidden)]`, on it or around it.
    let mut outer = Some(def);
    while let Some(d) = outer {
        if tcx.is_doc_hidden(d) {
            return;
        }
        outer = tcx.opt_local_parent(d);
    }
    let span = tcx.def_span(def);
    let span = if def == span::def_id::CRATE_DEF_ID { crate_span(cx) } else { span };
    cx.lint(&MISSING_DOCS, id, span, format!("missing documentation for {article} {desc}"), |_| {});
}

/// From the first token on.
fn crate_span(cx: &LateContext<'_>) -> Span {
    let tcx = cx.tcx;
    let root = tcx.hir_root_module();
    let whole = root.spans.inner_span;
    let items = root.item_ids.iter().map(|id| tcx.hir_item(*id)).map(|i| i.vis_span.to(i.span).source_callsite());
    let attrs = tcx.hir_krate_attrs().iter().map(|a| a.span);
    let in_file = items.chain(attrs).filter(|s| whole.contains(*s));
    in_file.map(|s| s.lo()).min().map_or(whole.shrink_to_hi(), |lo| whole.with_lo(lo))
}

fn docs_of(cx: &LateContext<'_>, id: HirId, def: LocalDefId) {
    let tcx = cx.tcx;
    docs(cx, id, def, tcx.def_descr_article(def.to_def_id()), tcx.def_descr(def.to_def_id()));
}

pub(crate) fn check_item<'tcx>(cx: &LateContext<'tcx>, item: &hir::Item<'tcx>) {
    let def = item.owner_id.def_id;
    match item.kind {
        ItemKind::Use(..) | ItemKind::ExternCrate(..) | ItemKind::Impl(_) | ItemKind::ForeignMod { .. } => {}
        ItemKind::GlobalAsm { .. } => {}
        _ => docs_of(cx, item.hir_id(), def),
    }
    match item.kind {
        ItemKind::Fn { generics, .. } => {
            no_mangle_generic(cx, def, item.hir_id(), item.span, generics);
            improper_ctypes::check_fn_definition(cx, item);
        }
        ItemKind::Const(..) if cx.tcx.has_attr(def, sym::no_mangle) => {
            cx.lint(
                &NO_MANGLE_CONST_ITEMS,
                item.hir_id(),
                item.span,
                "const items should never be `#[no_mangle]`",
                |d| {
                    let text = cx.snippet(item.span).unwrap_or_default();
                    if let Some(at) = text.find("const") {
                        let lo = item.span.lo() + span::BytePos(at as u32);
                        let span = item.span.with_lo(lo).with_hi(lo + span::BytePos(5));
                        d.span_suggestion(span, "try a static value", "pub static", Applicability::MachineApplicable);
                    }
                },
            );
        }
        ItemKind::TyAlias(_, generics, ty) => type_alias_bounds(cx, item.hir_id(), generics, ty),
        ItemKind::Static(..) => uninhabited_static(cx, def, item.hir_id()),
        ItemKind::ForeignMod { abi, items } => improper_ctypes::check_foreign_mod(cx, abi, items),
        ItemKind::Impl(imp) => {
            for id in imp.items {
                let item = cx.tcx.hir_impl_item(*id);
                if let hir::ImplItemKind::Fn(..) = item.kind {
                    no_mangle_generic(cx, item.owner_id.def_id, item.hir_id(), item.span, imp.generics);
                }
            }
        }
        _ => {}
    }
    bounds(cx, def, item.hir_id());
}

fn no_mangle_generic(cx: &LateContext<'_>, def: LocalDefId, id: HirId, span: Span, generics: &hir::Generics<'_>) {
    let attr = cx.tcx.get_attr(def, sym::no_mangle).or_else(|| cx.tcx.get_attr(def, sym::export_name));
    let Some(attr) = attr else { return };
    let own = cx.tcx.hir_get_generics(def);
    let all = generics.params.iter().chain(own.into_iter().flat_map(|g| g.params.iter()));
    for param in all {
        if matches!(param.kind, GenericParamKind::Type { .. } | GenericParamKind::Const { .. }) {
            let msg = "functions generic over types or consts must be mangled";
            cx.lint(&NO_MANGLE_GENERIC_ITEMS, id, span, msg, |d| {
                d.span_suggestion_short(attr.span, "remove this attribute", "", Applicability::MachineApplicable);
            });
            return;
        }
    }
}

/// Bounds on a type alias's parameters are not checked where it is used.
fn type_alias_bounds<'tcx>(cx: &LateContext<'tcx>, id: HirId, generics: &hir::Generics<'tcx>, ty: &hir::Ty<'tcx>) {
    // Those of what is checked lazily are.
    if cx.tcx.feature(sym::lazy_type_alias) || matches!(ty.kind, hir::TyKind::OpaqueDef(_)) {
        return;
    }
    // `T::Assoc` needs the bound.
    let mut wheres = Vec::new();
    let mut inline = Vec::new();
    for pred in generics.predicates {
        match pred.kind {
            WherePredicateKind::BoundPredicate(b) => match b.origin {
                hir::PredicateOrigin::WhereClause => wheres.push(pred.span),
                hir::PredicateOrigin::GenericParam => inline.extend(b.bounds.iter().map(|b| b.span())),
                hir::PredicateOrigin::ImplTrait => {}
            },
            WherePredicateKind::RegionPredicate(r) => {
                if r.in_where_clause {
                    wheres.push(pred.span);
                } else {
                    inline.extend(r.bounds.iter().map(|b| b.span()));
                }
            }
            WherePredicateKind::EqPredicate(_) => {}
        }
    }
    let report = |spans: Vec<Span>, whole: Span, what: &str| {
        if spans.is_empty() {
            return;
        }
        let msg = format!("{what} are not enforced in type aliases");
        cx.lint(&TYPE_ALIAS_BOUNDS, id, spans, msg, |d| {
            d.span_label(whole, "will not be checked at usage sites of the type alias");
            d.note("this is a known limitation of the type checker that may be lifted in a future edition.\nsee issue #112792 <https://github.com/rust-lang/rust/issues/112792> for more information");
            if cx.tcx.sess().is_nightly_build() {
                d.help("add `#![feature(lazy_type_alias)]` to the crate attributes to enable the desired semantics");
            }
        });
    };
    if !wheres.is_empty() {
        let whole = generics.where_clause_span;
        report(vec![whole], whole, "where clauses on generic parameters");
    }
    if let Some(first) = inline.first().copied() {
        report(inline, first, "bounds on generic parameters");
    }
}

/// Bounds that no parameter can change, and bounds by `Drop`.
fn bounds(cx: &LateContext<'_>, def: LocalDefId, id: HirId) {
    let tcx = cx.tcx;
    if !matches!(
        tcx.def_kind(def),
        DefKind::Fn
            | DefKind::AssocFn
            | DefKind::Struct
            | DefKind::Enum
            | DefKind::Union
            | DefKind::Trait
            | DefKind::Impl { .. }
            | DefKind::TyAlias
    ) {
        return;
    }
    let trivial = tcx.feature(sym::trivial_bounds);
    let preds = tcx.explicit_predicates_of(def);
    for &(clause, span) in preds.predicates {
        match clause.kind().skip_binder() {
            ClauseKind::Trait(t) if Some(t.trait_ref.def_id) == tcx.lang_items().drop_trait() => {
                if span.in_derive_expansion() {
                    continue;
                }
                let msg = format!(
                    "bounds on `{}` are most likely incorrect, consider instead using `std::mem::needs_drop` to detect whether a type can be trivially dropped",
                    t.trait_ref.args.types().next().map_or_else(String::new, |s| format!("{s}: Drop"))
                );
                cx.lint(&DROP_BOUNDS, id, span, msg, |_| {});
            }
            _ => {}
        }
        if trivial && !clause.has_param() && !clause.has_bound_vars() {
            let kind = match clause.kind().skip_binder() {
                ClauseKind::Trait(_) => "trait",
                ClauseKind::TypeOutlives(_) | ClauseKind::RegionOutlives(_) => "lifetime",
                _ => continue,
            };
            let msg = format!("{kind} bound {clause} does not depend on any type or lifetime parameters");
            cx.lint(&TRIVIAL_BOUNDS, id, span, msg, |_| {});
        }
    }
}

fn uninhabited_static(cx: &LateContext<'_>, def: LocalDefId, id: HirId) {
    let ty = cx.tcx.type_of(def).instantiate_identity();
    let env = cx.tcx.typing_env_non_body_analysis(def.to_def_id());
    if cx.tcx.is_privately_uninhabited(ty, env) {
        cx.lint(&UNINHABITED_STATIC, id, cx.tcx.def_span(def), "static of uninhabited type", |d| {
            d.note("uninhabited statics cannot be initialized, and any access would be an immediate error");
        });
    }
}

pub(crate) fn check_trait_item<'tcx>(cx: &LateContext<'tcx>, item: &hir::TraitItem<'tcx>) {
    docs_of(cx, item.hir_id(), item.owner_id.def_id);
    bounds(cx, item.owner_id.def_id, item.hir_id());
    if let hir::TraitItemKind::Fn(sig, _) = item.kind {
        if let hir::IsAsync::Async(span) = sig.header.asyncness {
            if cx.tcx.feature(sym::return_type_notation)
                || !cx.tcx.effective_visibilities(()).is_reachable(item.owner_id.def_id)
            {
                return;
            }
            let msg = "use of `async fn` in public traits is discouraged as auto trait bounds cannot be specified";
            cx.lint(&ASYNC_FN_IN_TRAIT, item.hir_id(), span, msg, |d| {
                d.note(
                    "you can suppress this lint if you plan to use the trait only in your own code, or do not care about auto traits like `Send` on the `Future`",
                );
            });
        }
    }
}

pub(crate) fn check_impl_item<'tcx>(cx: &LateContext<'tcx>, item: &hir::ImplItem<'tcx>) {
    // What a trait's impl does is the trait's to say.
    if matches!(item.impl_kind, hir::ImplItemImplKind::Inherent { .. }) {
        docs_of(cx, item.hir_id(), item.owner_id.def_id);
    }
    bounds(cx, item.owner_id.def_id, item.hir_id());
}

pub(crate) fn check_foreign_item<'tcx>(cx: &LateContext<'tcx>, item: &hir::ForeignItem<'tcx>) {
    docs_of(cx, item.hir_id(), item.owner_id.def_id);
}

pub(crate) fn check_field(cx: &LateContext<'_>, field: &hir::FieldDef<'_>) {
    if !field.is_positional() {
        docs(cx, field.hir_id, field.def_id, "a", "struct field");
    }
}

pub(crate) fn check_variant(cx: &LateContext<'_>, variant: &hir::Variant<'_>) {
    docs(cx, variant.hir_id, variant.def_id, "a", "variant");
}

/// `dyn Drop`
pub(crate) fn check_ty<'tcx>(cx: &LateContext<'tcx>, ty: &hir::Ty<'tcx>) {
    let hir::TyKind::TraitObject(bounds, ..) = ty.kind else { return };
    for bound in bounds {
        let def_id = bound.trait_ref.trait_def_id();
        if def_id.is_some() && def_id == cx.tcx.lang_items().drop_trait() {
            let msg = "types that do not implement `Drop` can still have drop glue, consider instead using `std::mem::needs_drop` to detect whether a type is trivially dropped";
            cx.lint(&DYN_DROP, ty.hir_id, bound.span, msg, |_| {});
        }
    }
}
