//! Lints on impls: `missing_debug_implementations`, `missing_copy_implementations`, `non_local_definitions`.

use hir::def::DefKind;
use hir::{ItemKind, QPath, TyKind as HirTyKind};
use session::lint::{MISSING_COPY_IMPLEMENTATIONS, MISSING_DEBUG_IMPLEMENTATIONS, NON_LOCAL_DEFINITIONS};
use span::def_id::{DefId, LocalDefId};
use span::sym;

use crate::late::LateContext;

pub(crate) fn check_item<'tcx>(cx: &LateContext<'tcx>, item: &hir::Item<'tcx>) {
    match item.kind {
        ItemKind::Struct(..) | ItemKind::Enum(..) | ItemKind::Union(..) => {
            if cx.tcx.effective_visibilities(()).is_reachable(item.owner_id.def_id) {
                missing_debug(cx, item);
                missing_copy(cx, item);
            }
        }
        ItemKind::Impl(imp) => non_local(cx, item, imp),
        ItemKind::Macro(_, def, _) => {
            if def.macro_rules && cx.tcx.has_attr(item.owner_id.def_id, sym::macro_export) {
                non_local_macro(cx, item);
            }
        }
        _ => {}
    }
}

fn implements(cx: &LateContext<'_>, trait_id: DefId, adt: LocalDefId) -> bool {
    cx.tcx.hir_trait_impls(trait_id).iter().any(|imp| {
        matches!(cx.tcx.type_of(*imp).skip_binder().kind(), ty::TyKind::Adt(def, _) if def.did() == adt.to_def_id())
    })
}

fn missing_debug<'tcx>(cx: &LateContext<'tcx>, item: &hir::Item<'tcx>) {
    let Some(debug) = cx.tcx.get_diagnostic_item(sym::Debug) else { return };
    if implements(cx, debug, item.owner_id.def_id) {
        return;
    }
    let path = cx.tcx.def_path_str(debug);
    let msg =
        format!("type does not implement `{path}`; consider adding `#[derive(Debug)]` or a manual implementation");
    cx.lint(&MISSING_DEBUG_IMPLEMENTATIONS, item.hir_id(), item.span, msg, |_| {});
}

fn missing_copy<'tcx>(cx: &LateContext<'tcx>, item: &hir::Item<'tcx>) {
    let tcx = cx.tcx;
    let def = tcx.adt_def(item.owner_id.def_id);
    if tcx.adt_destructor(def.did()).is_some() || def.variants().is_empty() {
        return;
    }
    if item.kind.generics().is_some_and(|g| !g.params.is_empty()) {
        return;
    }
    let Some(copy) = tcx.lang_items().copy_trait() else { return };
    if implements(cx, copy, item.owner_id.def_id) {
        return;
    }
    let env = tcx.typing_env_non_body_analysis(def.did());
    let all = def.all_fields().all(|f| {
        let ty = tcx.type_of(f.did).instantiate_identity();
        tcx.type_is_copy_modulo_regions(env, ty) && !ty.is_raw_ptr()
    });
    if !all || def.is_variant_list_non_exhaustive() || def.variants().iter().any(|v| v.is_field_list_non_exhaustive()) {
        return;
    }
    cx.lint(
        &MISSING_COPY_IMPLEMENTATIONS,
        item.hir_id(),
        item.span,
        "type could implement `Copy`; consider adding `impl Copy`",
        |_| {},
    );
}

/// The body that an item stands in.
fn enclosing_body(cx: &LateContext<'_>, def: LocalDefId) -> Option<LocalDefId> {
    let mut parent = cx.tcx.opt_local_parent(def)?;
    // Modules in bodies are bodies' too.
    while cx.tcx.def_kind(parent) == DefKind::Mod {
        if parent == span::def_id::CRATE_DEF_ID {
            return None;
        }
        parent = cx.tcx.opt_local_parent(parent)?;
    }
    Some(parent)
}

/// Whether a path names something in the same body as the impl.
fn is_local_to<'tcx>(cx: &LateContext<'tcx>, path: &hir::Path<'tcx>, body: LocalDefId) -> bool {
    let Some(def_id) = path.res.opt_def_id() else { return false };
    if def_id.as_local().is_some_and(|d| cx.tcx.is_descendant_of(d.to_def_id(), body.to_def_id())) {
        return true;
    }
    // `impl Trait<Local> for Foreign`
    path.segments.iter().any(|s| {
        s.args.is_some_and(|args| {
            args.args.iter().any(|a| match a {
                hir::GenericArg::Type(ty) => ty_is_local(cx, ty, body),
                _ => false,
            })
        })
    })
}

fn ty_is_local<'tcx>(cx: &LateContext<'tcx>, ty: &hir::Ty<'tcx>, body: LocalDefId) -> bool {
    match ty.kind {
        HirTyKind::Path(QPath::Resolved(_, path)) => is_local_to(cx, path, body),
        HirTyKind::Ref(_, m) => ty_is_local(cx, m.ty, body),
        HirTyKind::Ptr(m) => ty_is_local(cx, m.ty, body),
        HirTyKind::Slice(t) | HirTyKind::Array(t, _) => ty_is_local(cx, t, body),
        HirTyKind::Tup(ts) => ts.iter().any(|t| ty_is_local(cx, t, body)),
        HirTyKind::TraitObject(bounds, ..) => bounds.iter().any(|b| is_local_to(cx, b.trait_ref.path, body)),
        _ => false,
    }
}

/// An impl in a body of a trait and a type from outside is in force everywhere.
fn non_local<'tcx>(cx: &LateContext<'tcx>, item: &hir::Item<'tcx>, imp: &hir::Impl<'tcx>) {
    let def = item.owner_id.def_id;
    let Some(body) = enclosing_body(cx, def) else { return };
    if item.span.in_external_macro() {
        return;
    }
    // `const _: () = { impl .. }` at the top is a way of writing derives.
    let anon_const =
        cx.tcx.def_kind(body) == DefKind::Const && cx.tcx.opt_item_name(body.to_def_id()) == Some(span::kw::Underscore);
    let scope = if anon_const {
        match enclosing_body(cx, body) {
            None => return,
            Some(outer) => outer,
        }
    } else {
        body
    };
    // Types that the impl is about may stand in the module of the body.
    if ty_is_local(cx, imp.self_ty, scope) || imp.of_trait.is_some_and(|h| is_local_to(cx, h.trait_ref.path, scope)) {
        return;
    }
    if anon_const && enclosing_body(cx, body).is_none() {
        return;
    }
    let descr = cx.tcx.def_descr(scope.to_def_id());
    let name = cx.tcx.opt_item_name(scope.to_def_id()).map_or_else(String::new, |n| format!(" `{n}`"));
    let header = cx.tcx.def_span(def);
    let msg = "non-local `impl` definition, `impl` blocks should be written at the same level as their item";
    cx.lint(&NON_LOCAL_DEFINITIONS, item.hir_id(), header, msg, |d| {
        let label = |ty: &hir::Ty<'_>| {
            let mut t = ty;
            while let HirTyKind::Ref(_, m) = t.kind {
                t = m.ty;
            }
            match t.kind {
                HirTyKind::Path(QPath::Resolved(_, path)) => path.segments.last().map(|s| (path.span, s.ident)),
                _ => None,
            }
        };
        if let Some((span, ident)) = label(imp.self_ty) {
            d.span_label(span, format!("`{ident}` is not local"));
        }
        if let Some(h) = imp.of_trait {
            if let Some(s) = h.trait_ref.path.segments.last() {
                d.span_label(h.trait_ref.path.span, format!("`{}` is not local", s.ident));
            }
        }
        let bounds =
            "an `impl` is never scoped, even when it is nested inside an item, as it may impact type checking outside of that item, which can be the case if neither the trait or the self type are at the same nesting level as the `impl`";
        let span = cx.tcx.def_span(scope);
        d.span_label(span, format!("move the `impl` block outside of this {descr}{name}"));
        d.note(bounds);
    });
}

fn non_local_macro(cx: &LateContext<'_>, item: &hir::Item<'_>) {
    let def = item.owner_id.def_id;
    let Some(body) = enclosing_body(cx, def) else { return };
    let descr = cx.tcx.def_descr(body.to_def_id());
    let name = cx.tcx.opt_item_name(body.to_def_id()).map_or_else(String::new, |n| n.to_string());
    let msg = "non-local `macro_rules!` definition, `#[macro_export]` macro should be written at top level module";
    cx.lint(&NON_LOCAL_DEFINITIONS, item.hir_id(), item.span, msg, |d| {
        d.help(format!("remove the `#[macro_export]` or move this `macro_rules!` outside the of the current {descr} `{name}`"));
        d.note("a `macro_rules!` definition is non-local if it is nested inside an item and has a `#[macro_export]` attribute");
    });
}
