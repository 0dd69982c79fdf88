//! Traits, impl headers and associated items.

use ast::{ImplPolarity as AstPolarity, IsAuto};
use hir::def::DefKind;
use hir::{ImplItemImplKind, ImplItemKind, ItemKind, Node, TraitItemKind};
use query::{Providers, TyCtxt};
use span::def_id::{DefId, LocalDefId};
use span::{FxIndexMap, sym};
use ty::{
    AssocContainer, AssocItem, AssocItems, AssocKind, AssocTypeData, EarlyBinder, ImplPolarity, ImplTraitHeader,
    TraitDef, TraitSpecializationKind,
};

use super::rpitit;
use crate::{HirTyLowerer, ItemCtxt};

pub(super) fn provide(providers: &mut Providers<'_>) {
    providers.trait_def = |tcx, id| tcx.arena().alloc(trait_def(tcx, id));
    providers.impl_trait_header = impl_trait_header;
    providers.defaultness = defaultness;
    providers.associated_item_def_ids = associated_item_def_ids;
    providers.associated_item = associated_item;
    providers.associated_items = associated_items;
    providers.impl_item_implementor_ids = impl_item_implementor_ids;
    providers.supertrait_def_ids_of = supertrait_def_ids_of;
}

fn trait_def(tcx: TyCtxt<'_>, def_id: LocalDefId) -> TraitDef {
    let (constness, is_auto, safety) = match tcx.hir_node_by_def_id(def_id) {
        Node::Item(hir::Item { kind: ItemKind::Trait(constness, is_auto, safety, ..), .. }) => {
            (*constness, *is_auto, *safety)
        }
        Node::Item(hir::Item { kind: ItemKind::TraitAlias(constness, ..), .. }) => {
            (*constness, IsAuto::No, hir::Safety::Safe)
        }
        node => panic!("not a trait: {node:?}"),
    };
    let has = |name| tcx.has_attr(def_id, name);
    let has_auto_impl = is_auto == IsAuto::Yes;
    let skip = |what: span::Symbol| {
        tcx.get_attrs(def_id, sym::rustc_skip_during_method_dispatch)
            .any(|a| a.meta_item_list().unwrap_or_default().iter().any(|i| i.name() == Some(what)))
    };
    let specialization_kind = if has(sym::rustc_unsafe_specialization_marker) {
        TraitSpecializationKind::Marker
    } else if has(sym::rustc_specialization_trait) {
        TraitSpecializationKind::AlwaysApplicable
    } else {
        TraitSpecializationKind::None
    };
    let must_implement_one_of = tcx
        .get_attr(def_id, sym::rustc_must_implement_one_of)
        .and_then(|a| a.meta_item_list().map(|l| l.iter().filter_map(|i| i.ident()).collect()));
    TraitDef {
        def_id: def_id.to_def_id(),
        safety_unsafe: safety == hir::Safety::Unsafe,
        constness_const: constness == hir::Constness::Const,
        paren_sugar: has(sym::rustc_paren_sugar),
        has_auto_impl,
        is_marker: has(sym::marker),
        is_coinductive: has_auto_impl || has(sym::rustc_coinductive),
        is_fundamental: has(sym::fundamental),
        skip_array_during_method_dispatch: skip(sym::array),
        skip_boxed_slice_during_method_dispatch: skip(sym::boxed_slice),
        specialization_kind,
        must_implement_one_of,
        force_dyn_incompatible: has(sym::rustc_dyn_incompatible_trait),
        deny_explicit_impl: has(sym::rustc_deny_explicit_impl),
        implement_via_object: !has(sym::rustc_do_not_implement_via_object),
    }
}

fn impl_trait_header<'tcx>(tcx: TyCtxt<'tcx>, def_id: LocalDefId) -> Option<ImplTraitHeader<'tcx>> {
    let Node::Item(hir::Item { kind: ItemKind::Impl(imp), .. }) = tcx.hir_node_by_def_id(def_id) else {
        return None;
    };
    let of_trait = imp.of_trait?;
    let icx = ItemCtxt::new(tcx, def_id);
    let self_ty = tcx.type_of(def_id.to_def_id()).instantiate_identity();
    let trait_ref = icx.lowerer().lower_impl_trait_ref(&of_trait.trait_ref, self_ty)?;
    let reservation = tcx.has_attr(def_id, sym::rustc_reservation_impl);
    let polarity = match of_trait.polarity {
        AstPolarity::Negative(_) => ImplPolarity::Negative,
        AstPolarity::Positive if reservation => ImplPolarity::Reservation,
        AstPolarity::Positive => ImplPolarity::Positive,
    };
    Some(ImplTraitHeader {
        trait_ref: EarlyBinder::bind(trait_ref),
        polarity,
        safety_unsafe: of_trait.safety == hir::Safety::Unsafe,
        constness_const: imp.constness == hir::Constness::Const,
    })
}

fn defaultness(tcx: TyCtxt<'_>, def_id: LocalDefId) -> hir::Defaultness {
    if let Some((data, _)) = rpitit::info(tcx, def_id) {
        let (ty::ImplTraitInTraitData::Trait { fn_def_id, .. } | ty::ImplTraitInTraitData::Impl { fn_def_id }) = data;
        return tcx.defaultness(fn_def_id);
    }
    match tcx.hir_node_by_def_id(def_id) {
        Node::Item(hir::Item { kind: ItemKind::Impl(imp), .. }) => {
            imp.of_trait.map_or(hir::Defaultness::Final, |t| t.defaultness)
        }
        Node::ImplItem(hir::ImplItem { impl_kind: ImplItemImplKind::Trait { defaultness, .. }, .. }) => *defaultness,
        Node::ImplItem(_) => hir::Defaultness::Final,
        Node::TraitItem(item) => item.defaultness,
        node => panic!("defaultness of {node:?}"),
    }
}

fn associated_item_def_ids(tcx: TyCtxt<'_>, def_id: LocalDefId) -> &[DefId] {
    let written: Vec<DefId> = match tcx.hir_node_by_def_id(def_id) {
        Node::Item(hir::Item { kind: ItemKind::Trait(.., items), .. }) => {
            items.iter().map(|i| i.owner_id.to_def_id()).collect()
        }
        Node::Item(hir::Item { kind: ItemKind::Impl(imp), .. }) => {
            imp.items.iter().map(|i| i.owner_id.to_def_id()).collect()
        }
        _ => return &[],
    };
    let made = rpitit::synthetic_ids(tcx, &written);
    tcx.arena().alloc_from_iter(written.into_iter().chain(made))
}

fn associated_item(tcx: TyCtxt<'_>, def_id: LocalDefId) -> AssocItem {
    if let Some(item) = rpitit::synthetic_item(tcx, def_id) {
        return item;
    }
    let container_id = tcx.parent(def_id.to_def_id());
    let has_self_param =
        |sig: &hir::FnSig<'_>| sig.decl.implicit_self.has_implicit_self() || first_param_is_self(tcx, def_id);
    match tcx.hir_node_by_def_id(def_id) {
        Node::TraitItem(item) => {
            let name = item.ident.name;
            let (kind, has_value) = match item.kind {
                TraitItemKind::Const(_, rhs) => (AssocKind::Const { name }, rhs.is_some()),
                TraitItemKind::Fn(ref sig, body) => {
                    (AssocKind::Fn { name, has_self: has_self_param(sig) }, matches!(body, hir::TraitFn::Provided(_)))
                }
                TraitItemKind::Type(_, default) => {
                    (AssocKind::Type { data: AssocTypeData::Normal(name) }, default.is_some())
                }
            };
            AssocItem { def_id: def_id.to_def_id(), kind, container: AssocContainer::Trait, container_id, has_value }
        }
        Node::ImplItem(item) => {
            let name = item.ident.name;
            let kind = match item.kind {
                ImplItemKind::Const(..) => AssocKind::Const { name },
                ImplItemKind::Fn(ref sig, _) => AssocKind::Fn { name, has_self: has_self_param(sig) },
                ImplItemKind::Type(_) => AssocKind::Type { data: AssocTypeData::Normal(name) },
            };
            let container = match item.impl_kind {
                ImplItemImplKind::Inherent { .. } => AssocContainer::InherentImpl,
                ImplItemImplKind::Trait { trait_item_def_id, .. } => AssocContainer::TraitImpl(trait_item_def_id.ok()),
            };
            AssocItem { def_id: def_id.to_def_id(), kind, container, container_id, has_value: true }
        }
        node => panic!("associated_item of {node:?}"),
    }
}

/// `self: Box<Self>` and the like have no implicit self kind but are methods.
fn first_param_is_self(tcx: TyCtxt<'_>, def_id: LocalDefId) -> bool {
    tcx.fn_arg_idents(def_id.to_def_id()).first().copied().flatten().is_some_and(|i| i.name == span::kw::SelfLower)
}

fn associated_items(tcx: TyCtxt<'_>, def_id: DefId) -> &AssocItems {
    let items = tcx.associated_item_def_ids(def_id).iter().map(|i| tcx.associated_item(*i));
    tcx.arena().alloc(AssocItems::new(items))
}

fn impl_item_implementor_ids(tcx: TyCtxt<'_>, impl_id: DefId) -> &FxIndexMap<DefId, DefId> {
    let map = tcx
        .associated_items(impl_id)
        .in_definition_order()
        .filter_map(|i| i.trait_item_def_id().map(|t| (t, i.def_id)))
        .collect();
    tcx.arena().alloc(map)
}

/// The trait and all its supertraits, by the paths in their headers: no types are lowered, so nothing can cycle.
fn supertrait_def_ids_of(tcx: TyCtxt<'_>, trait_id: DefId) -> &[DefId] {
    let mut out = vec![trait_id];
    let mut i = 0;
    while i < out.len() {
        let t = out[i];
        i += 1;
        let supers: Vec<DefId> = match t.as_local() {
            Some(local) => local_supertraits(tcx, local),
            None => tcx
                .explicit_super_predicates_of(t)
                .skip_binder()
                .iter()
                .filter_map(|(c, _)| c.as_trait_clause().map(|t| t.def_id()))
                .collect(),
        };
        for s in supers {
            if !out.contains(&s) {
                out.push(s);
            }
        }
    }
    tcx.arena().alloc_slice(&out)
}

fn local_supertraits(tcx: TyCtxt<'_>, def_id: LocalDefId) -> Vec<DefId> {
    let (generics, bounds) = match tcx.hir_node_by_def_id(def_id) {
        Node::Item(hir::Item { kind: ItemKind::Trait(_, _, _, _, g, b, _), .. })
        | Node::Item(hir::Item { kind: ItemKind::TraitAlias(_, _, g, b), .. }) => (*g, *b),
        _ => return Vec::new(),
    };
    debug_assert!(matches!(tcx.def_kind(def_id), DefKind::Trait | DefKind::TraitAlias));
    let in_where = generics.predicates.iter().filter_map(|p| match p.kind {
        hir::WherePredicateKind::BoundPredicate(b) if b.is_param_bound(def_id.to_def_id()) => Some(b.bounds),
        _ => None,
    });
    std::iter::once(bounds)
        .chain(in_where)
        .flatten()
        .filter_map(|b| match b {
            hir::GenericBound::Trait(p) if !matches!(p.modifiers.polarity, ast::BoundPolarity::Maybe(_)) => {
                p.trait_ref.trait_def_id()
            }
            _ => None,
        })
        .collect()
}
