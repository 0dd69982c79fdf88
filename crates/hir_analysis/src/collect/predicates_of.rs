//! Bounds of items: `where` clauses, bounds of parameters, super predicates.

use hir::def::DefKind;
use hir::{GenericBounds, GenericParamKind, Generics as HirGenerics, Node, WherePredicateKind};
use query::{Providers, TyCtxt};
use span::def_id::{DefId, LocalDefId};
use span::{Ident, Span};
use ty::{
    Binder, Clause, ClauseKind, EarlyBinder, GenericPredicates, OutlivesPredicate, PredicatePolarity, TraitPredicate,
    TraitRef,
};

use crate::lower::{Bounds, PredicateFilter, RegionInferReason};
use crate::{HirTyLowerer, ItemCtxt};

pub(super) fn provide(providers: &mut Providers<'_>) {
    providers.predicates_of = predicates_of;
    providers.explicit_predicates_of = explicit_predicates_of;
    providers.type_param_predicates = type_param_predicates;
    providers.explicit_super_predicates_of = |tcx, id| super_predicates(tcx, id, PredicateFilter::SelfOnly);
    providers.explicit_implied_predicates_of = |tcx, id| super_predicates(tcx, id, PredicateFilter::All);
    providers.explicit_supertraits_containing_assoc_item = supertraits_containing_assoc_item;
    providers.const_conditions = const_conditions;
    providers.explicit_implied_const_bounds = implied_const_bounds;
}

/// All predicates: the written ones, inferred outlives bounds, and for a trait that `Self` implements it.
fn predicates_of<'tcx>(tcx: TyCtxt<'tcx>, def_id: DefId) -> GenericPredicates<'tcx> {
    let mut result = tcx.explicit_predicates_of(def_id);
    let inferred = tcx.inferred_outlives_of(def_id);
    if !inferred.is_empty() {
        let all = result.predicates.iter().chain(inferred).copied();
        result.predicates = tcx.arena().alloc_from_iter(all);
    }
    if tcx.def_kind(def_id) == DefKind::Trait {
        let trait_ref = TraitRef::new_from_args(def_id, tcx.identity_args_for(def_id));
        let clause = tcx.mk_clause(Binder::dummy(ClauseKind::Trait(TraitPredicate {
            trait_ref,
            polarity: PredicatePolarity::Positive,
        })));
        let all = result.predicates.iter().copied().chain([(clause, span::DUMMY_SP)]);
        result.predicates = tcx.arena().alloc_from_iter(all);
    }
    result
}

fn explicit_predicates_of<'tcx>(tcx: TyCtxt<'tcx>, def_id: LocalDefId) -> GenericPredicates<'tcx> {
    if let Some((data, item)) = super::rpitit::info(tcx, def_id) {
        return super::rpitit::predicates_of(tcx, data, &item);
    }
    let parent = tcx.generics_of(def_id.to_def_id()).parent;
    let node = tcx.hir_node_by_def_id(def_id);
    let mut out: Bounds<'tcx> = Vec::new();
    if let Some(generics) = node.generics() {
        let icx = ItemCtxt::new(tcx, def_id);
        if let Node::Item(hir::Item {
            kind: hir::ItemKind::Trait(.., bounds, _) | hir::ItemKind::TraitAlias(_, _, _, bounds),
            ..
        }) = node
        {
            lower_trait_self_bounds(&icx, def_id, bounds, &mut out);
        }
        lower_generics(&icx, generics, &mut out, PredicateFilter::All);
    }
    if tcx.def_kind(def_id) == DefKind::OpaqueTy {
        captured_lifetimes_equal(tcx, def_id, &mut out);
    }
    GenericPredicates { parent, predicates: tcx.arena().alloc_from_iter(dedup(out)) }
}

fn dedup<'tcx>(bounds: Bounds<'tcx>) -> Bounds<'tcx> {
    let mut seen = span::FxHashSet::default();
    bounds.into_iter().filter(|(c, _)| seen.insert(*c)).collect()
}

/// `trait A: B + 'static`
fn lower_trait_self_bounds<'tcx>(
    icx: &ItemCtxt<'tcx>,
    def_id: LocalDefId,
    bounds: GenericBounds<'tcx>,
    out: &mut Bounds<'tcx>,
) {
    let tcx = icx.tcx();
    let self_ty = tcx.types().self_param;
    icx.binders().enter(Vec::new(), || icx.lowerer().lower_bounds(self_ty, bounds, out, &[], PredicateFilter::All));
    add_trait_sizedness(tcx, def_id, bounds, out);
}

/// A trait's `Self` is `MetaSized` unless another sizedness is named.
fn add_trait_sizedness<'tcx>(
    tcx: TyCtxt<'tcx>,
    def_id: LocalDefId,
    bounds: GenericBounds<'tcx>,
    out: &mut Bounds<'tcx>,
) {
    let lang = tcx.lang_items();
    let items = [hir::LangItem::Sized, hir::LangItem::MetaSized, hir::LangItem::PointeeSized];
    if items.iter().any(|i| lang.get(*i) == Some(def_id.to_def_id())) {
        return;
    }
    let named = bounds.iter().any(|b| match b {
        hir::GenericBound::Trait(p) => items.iter().any(|i| {
            lang.get(*i).is_some()
                && lang.get(*i) == p.trait_ref.trait_def_id()
                && !matches!(p.modifiers.polarity, ast::BoundPolarity::Maybe(_))
        }),
        _ => false,
    });
    if let (false, Some(meta)) = (named, lang.get(hir::LangItem::MetaSized)) {
        let trait_ref = TraitRef::new(tcx.interner(), meta, [tcx.types().self_param]);
        let kind = ClauseKind::Trait(TraitPredicate { trait_ref, polarity: PredicatePolarity::Positive });
        out.insert(0, (tcx.mk_clause(Binder::dummy(kind)), tcx.def_span(def_id.to_def_id())));
    }
}

/// Bounds in `<..>` and `where`.
fn lower_generics<'tcx>(
    icx: &ItemCtxt<'tcx>,
    generics: &HirGenerics<'tcx>,
    out: &mut Bounds<'tcx>,
    filter: PredicateFilter,
) {
    let tcx = icx.tcx();
    let lowerer = icx.lowerer();
    for param in generics.params {
        match param.kind {
            GenericParamKind::Lifetime { .. } => {}
            GenericParamKind::Type { .. } if filter != PredicateFilter::ConstIfConst => {
                let ty = lowerer.lower_ty_param(param.def_id.to_def_id());
                let own: Vec<GenericBounds<'tcx>> = generics.bounds_for_param(param.def_id).map(|p| p.bounds).collect();
                let mut bounds = Vec::new();
                lowerer.add_sizedness_bounds(&mut bounds, ty, &[], &own, param.span);
                out.extend(bounds);
            }
            GenericParamKind::Const { .. } if filter != PredicateFilter::ConstIfConst => {
                let ct = lowerer.lower_const_param(param.def_id.to_def_id());
                let ty = tcx.type_of(param.def_id.to_def_id()).instantiate_identity();
                out.push((tcx.mk_clause(Binder::dummy(ClauseKind::ConstArgHasType(ct, ty))), param.span));
            }
            _ => {}
        }
    }
    for predicate in generics.predicates {
        match predicate.kind {
            WherePredicateKind::BoundPredicate(p) => {
                let params = lowerer.binder_params(p.bound_generic_params);
                icx.binders().enter(params.clone(), || {
                    let ty = lowerer.lower_ty(p.bounded_ty);
                    if p.bounds.is_empty() && filter == PredicateFilter::All {
                        // `where T:` still makes the type be checked.
                        let vars = lowerer.bound_vars_of(&params);
                        let kind = Binder::bind_with_vars(ClauseKind::WellFormed(ty.into()), vars);
                        out.push((tcx.mk_clause(kind), p.bounded_ty.span));
                    }
                    lowerer.lower_bounds(ty, p.bounds, out, &params, filter);
                });
            }
            WherePredicateKind::RegionPredicate(p) if filter != PredicateFilter::ConstIfConst => {
                let r1 = lowerer.lower_lifetime(p.lifetime, RegionInferReason::Param);
                for bound in p.bounds {
                    let hir::GenericBound::Outlives(lifetime) = bound else { continue };
                    let r2 = lowerer.lower_lifetime(lifetime, RegionInferReason::Param);
                    let kind = ClauseKind::RegionOutlives(OutlivesPredicate(r1, r2));
                    out.push((tcx.mk_clause(Binder::dummy(kind)), lifetime.ident.span));
                }
            }
            _ => {}
        }
    }
}

/// An opaque type's duplicated lifetimes are equal to those they stand for.
fn captured_lifetimes_equal<'tcx>(tcx: TyCtxt<'tcx>, def_id: LocalDefId, out: &mut Bounds<'tcx>) {
    let generics = tcx.generics_of(def_id.to_def_id());
    let parent = generics.parent.map(|p| tcx.generics_of(p));
    for (orig, dup) in crate::opaque_captured_lifetimes(tcx, def_id) {
        let Some(parent) = parent else { continue };
        let Some(index) = tcx.param_def_id_to_index(parent, orig.to_def_id()) else { continue };
        let orig_region = tcx.mk_region(ty::RegionKind::ReEarlyParam(ty::EarlyParamRegion {
            index,
            name: tcx.item_name(orig.to_def_id()),
        }));
        let dup_index = generics.param_def_id_to_index[&dup.to_def_id()];
        let dup_region = tcx.mk_region(ty::RegionKind::ReEarlyParam(ty::EarlyParamRegion {
            index: dup_index,
            name: tcx.item_name(dup.to_def_id()),
        }));
        let span = tcx.def_span(dup.to_def_id());
        for (a, b) in [(orig_region, dup_region), (dup_region, orig_region)] {
            let kind = ClauseKind::RegionOutlives(OutlivesPredicate(a, b));
            out.push((tcx.mk_clause(Binder::dummy(kind)), span));
        }
    }
}

/// The bounds on one type parameter whose traits may have an associated type of this name, without looking at any
/// other: `T: A + B<T::X>` is no cycle if only `A` has an `X`.
fn type_param_predicates<'tcx>(
    tcx: TyCtxt<'tcx>,
    (item, param, name): (LocalDefId, DefId, Ident),
) -> EarlyBinder<&'tcx [(Clause<'tcx>, Span)]> {
    let mut out: Bounds<'tcx> = Vec::new();
    let owner = match tcx.def_kind(param) {
        DefKind::Trait | DefKind::TraitAlias => param.expect_local(),
        _ => tcx.parent(param).expect_local(),
    };
    if item != owner {
        // The parent's bounds on the parameter as well.
        if let Some(parent) = tcx.generics_of(item.to_def_id()).parent.and_then(DefId::as_local) {
            out.extend_from_slice(tcx.type_param_predicates((parent, param, name)).skip_binder());
        }
    }
    let icx = ItemCtxt::new(tcx, item);
    let lowerer = icx.lowerer();
    let ty = match tcx.def_kind(param) {
        DefKind::Trait | DefKind::TraitAlias => tcx.types().self_param,
        _ => lowerer.lower_ty_param(param),
    };
    if item.to_def_id() == param {
        // `Self` of a trait: it implements the trait.
        let trait_ref = TraitRef::new_from_args(param, tcx.identity_args_for(param));
        let kind = ClauseKind::Trait(TraitPredicate { trait_ref, polarity: PredicatePolarity::Positive });
        out.push((tcx.mk_clause(Binder::dummy(kind)), tcx.def_span(param)));
    }
    if let Some(generics) = tcx.hir_node_by_def_id(item).generics() {
        for predicate in generics.predicates {
            let WherePredicateKind::BoundPredicate(p) = predicate.kind else { continue };
            if !p.is_param_bound(param) {
                continue;
            }
            let params = lowerer.binder_params(p.bound_generic_params);
            icx.binders().enter(params.clone(), || {
                for bound in p.bounds.iter().filter(|b| bound_may_define_assoc(tcx, b, name)) {
                    let bound = std::slice::from_ref(bound);
                    lowerer.lower_bounds(ty, bound, &mut out, &params, PredicateFilter::SelfOnly);
                }
            });
        }
    }
    EarlyBinder::bind(tcx.arena().alloc_from_iter(out))
}

fn bound_may_define_assoc(tcx: TyCtxt<'_>, bound: &hir::GenericBound<'_>, name: Ident) -> bool {
    match bound {
        hir::GenericBound::Trait(p) => p.trait_ref.trait_def_id().is_some_and(|t| may_define_assoc(tcx, t, name)),
        _ => false,
    }
}

fn trait_parts<'tcx>(tcx: TyCtxt<'tcx>, def_id: LocalDefId) -> (&'tcx HirGenerics<'tcx>, GenericBounds<'tcx>) {
    match tcx.hir_node_by_def_id(def_id) {
        Node::Item(hir::Item { kind: hir::ItemKind::Trait(_, _, _, _, generics, bounds, _), .. })
        | Node::Item(hir::Item { kind: hir::ItemKind::TraitAlias(_, _, generics, bounds), .. }) => (generics, bounds),
        node => panic!("not a trait: {node:?}"),
    }
}

/// The bounds on a trait's `Self`, in its header and its `where` clauses.
fn super_predicates<'tcx>(
    tcx: TyCtxt<'tcx>,
    def_id: LocalDefId,
    filter: PredicateFilter,
) -> EarlyBinder<&'tcx [(Clause<'tcx>, Span)]> {
    let (generics, bounds) = trait_parts(tcx, def_id);
    let icx = ItemCtxt::new(tcx, def_id);
    let lowerer = icx.lowerer();
    let self_ty = tcx.types().self_param;
    let mut out: Bounds<'tcx> = Vec::new();
    icx.binders().enter(Vec::new(), || lowerer.lower_bounds(self_ty, bounds, &mut out, &[], filter));
    for predicate in generics.predicates {
        let WherePredicateKind::BoundPredicate(p) = predicate.kind else { continue };
        if !p.is_param_bound(def_id.to_def_id()) && !(tcx.trait_is_alias(def_id.to_def_id())) {
            continue;
        }
        let params = lowerer.binder_params(p.bound_generic_params);
        icx.binders().enter(params.clone(), || {
            let ty = lowerer.lower_ty(p.bounded_ty);
            lowerer.lower_bounds(ty, p.bounds, &mut out, &params, filter);
        });
    }
    add_trait_sizedness(tcx, def_id, bounds, &mut out);
    // Ask for the traits' own now, so that a trait that is its own supertrait, or implies itself of an associated
    // type for ever, is a cycle.
    let mut endless: Vec<TraitPredicate<'tcx>> = Vec::new();
    for t in positive_traits(&out) {
        match filter {
            PredicateFilter::SelfOnly => _ = tcx.explicit_super_predicates_of(t.def_id()),
            PredicateFilter::All if t.self_ty() != self_ty => {
                let errors = tcx.dcx().err_count();
                tcx.explicit_implied_predicates_of(t.def_id());
                if tcx.dcx().err_count() > errors {
                    endless.push(t);
                }
            }
            _ => {}
        }
    }
    // What was reported would be elaborated without end.
    out.retain(|(clause, _)| clause.as_trait_clause().is_none_or(|t| !endless.contains(&t.skip_binder())));
    EarlyBinder::bind(tcx.arena().alloc_from_iter(dedup(out)))
}

fn positive_traits<'a, 'tcx>(bounds: &'a [(Clause<'tcx>, Span)]) -> impl Iterator<Item = TraitPredicate<'tcx>> + 'a {
    bounds.iter().filter_map(|(clause, _)| match clause.kind().skip_binder() {
        ClauseKind::Trait(t) if t.polarity == PredicatePolarity::Positive => Some(t),
        _ => None,
    })
}

/// The super predicates that lead to a trait with an associated type of this name; fewer than all of them, so that
/// `trait A: B<Self::X> + C` is no cycle.
fn supertraits_containing_assoc_item<'tcx>(
    tcx: TyCtxt<'tcx>,
    (trait_id, name): (DefId, Ident),
) -> EarlyBinder<&'tcx [(Clause<'tcx>, Span)]> {
    let Some(local) = trait_id.as_local() else { return tcx.explicit_super_predicates_of(trait_id) };
    let (generics, bounds) = trait_parts(tcx, local);
    let icx = ItemCtxt::new(tcx, local);
    let lowerer = icx.lowerer();
    let self_ty = tcx.types().self_param;
    let mut out: Bounds<'tcx> = Vec::new();
    let where_bounds = generics.predicates.iter().filter_map(|p| match p.kind {
        WherePredicateKind::BoundPredicate(p) if p.is_param_bound(trait_id) => Some((p.bound_generic_params, p.bounds)),
        _ => None,
    });
    for (params, bounds) in std::iter::once((&[][..], bounds)).chain(where_bounds) {
        for bound in bounds.iter().filter(|b| bound_may_define_assoc(tcx, b, name)) {
            let params = lowerer.binder_params(params);
            icx.binders().enter(params.clone(), || {
                lowerer.lower_bounds(
                    self_ty,
                    std::slice::from_ref(bound),
                    &mut out,
                    &params,
                    PredicateFilter::SelfOnly,
                );
            });
        }
    }
    for t in positive_traits(&out) {
        tcx.explicit_supertraits_containing_assoc_item((t.def_id(), name));
    }
    EarlyBinder::bind(tcx.arena().alloc_from_iter(out))
}

/// Whether a trait or one of its supertraits declares an associated type of this name; looks only at paths.
fn may_define_assoc(tcx: TyCtxt<'_>, trait_id: DefId, name: Ident) -> bool {
    tcx.supertrait_def_ids_of(trait_id).iter().any(|t| {
        tcx.associated_item_def_ids(*t)
            .iter()
            .any(|i| tcx.def_kind(*i) == DefKind::AssocTy && tcx.opt_item_name(*i) == Some(name.name))
    })
}

/// `[const]` bounds of a const function's or impl's generics.
fn const_conditions<'tcx>(tcx: TyCtxt<'tcx>, def_id: LocalDefId) -> GenericPredicates<'tcx> {
    let parent = tcx.generics_of(def_id.to_def_id()).parent.filter(|p| {
        matches!(tcx.def_kind(*p), DefKind::Trait | DefKind::Impl { .. }) && tcx.constness(*p) == hir::Constness::Const
    });
    let mut out: Bounds<'tcx> = Vec::new();
    // Inside a const trait its own methods are const.
    if tcx.def_kind(def_id.to_def_id()) == DefKind::Trait && tcx.constness(def_id.to_def_id()) == hir::Constness::Const
    {
        let trait_ref = ty::TraitRef::new_from_args(def_id.to_def_id(), tcx.identity_args_for(def_id.to_def_id()));
        let host = ty::HostEffectPredicate { trait_ref, constness: ty::BoundConstness::Maybe };
        let clause = tcx.mk_clause(ty::Binder::dummy(ty::ClauseKind::HostEffect(host)));
        out.push((clause, tcx.def_span(def_id.to_def_id())));
    }
    if let Some(generics) = tcx.hir_node_by_def_id(def_id).generics() {
        let icx = ItemCtxt::new(tcx, def_id);
        lower_generics(&icx, generics, &mut out, PredicateFilter::ConstIfConst);
    }
    GenericPredicates { parent, predicates: tcx.arena().alloc_from_iter(out) }
}

/// `[const]` supertraits of a const trait, or bounds of its associated types.
fn implied_const_bounds<'tcx>(tcx: TyCtxt<'tcx>, def_id: LocalDefId) -> EarlyBinder<&'tcx [(Clause<'tcx>, Span)]> {
    match tcx.def_kind(def_id) {
        DefKind::Trait => super_predicates_const(tcx, def_id),
        DefKind::AssocTy => super::item_bounds::const_item_bounds(tcx, def_id),
        _ => EarlyBinder::bind(&[]),
    }
}

fn super_predicates_const<'tcx>(tcx: TyCtxt<'tcx>, def_id: LocalDefId) -> EarlyBinder<&'tcx [(Clause<'tcx>, Span)]> {
    let (_, bounds) = trait_parts(tcx, def_id);
    let icx = ItemCtxt::new(tcx, def_id);
    let mut out: Bounds<'tcx> = Vec::new();
    icx.binders().enter(Vec::new(), || {
        icx.lowerer().lower_bounds(tcx.types().self_param, bounds, &mut out, &[], PredicateFilter::ConstIfConst);
    });
    EarlyBinder::bind(tcx.arena().alloc_from_iter(out))
}
