//! Bounds of associated and opaque types, on the type itself.

use hir::{GenericBounds, Node, TraitItemKind};
use query::{Providers, TyCtxt};
use span::Span;
use span::def_id::LocalDefId;
use ty::{Clause, EarlyBinder, Ty, TyKind};

use crate::lower::{Bounds, PredicateFilter};
use crate::{HirTyLowerer, ItemCtxt};

pub(super) fn provide(providers: &mut Providers<'_>) {
    providers.explicit_item_bounds = |tcx, id| explicit_item_bounds(tcx, id, PredicateFilter::All);
    providers.explicit_item_self_bounds = |tcx, id| explicit_item_bounds(tcx, id, PredicateFilter::SelfOnly);
}

fn explicit_item_bounds<'tcx>(
    tcx: TyCtxt<'tcx>,
    def_id: LocalDefId,
    filter: PredicateFilter,
) -> EarlyBinder<&'tcx [(Clause<'tcx>, Span)]> {
    if let Some((data, _)) = super::rpitit::info(tcx, def_id) {
        let bounds = match data {
            // The opaque type's, on the projection.
            ty::ImplTraitInTraitData::Trait { opaque_def_id, .. } => {
                let opaque = opaque_def_id.expect_local();
                let Node::OpaqueTy(node) = tcx.hir_node_by_def_id(opaque) else { return EarlyBinder::bind(&[]) };
                let item_ty = tcx.mk_projection(def_id.to_def_id(), tcx.identity_args_for(def_id));
                lower(tcx, opaque, item_ty, node.bounds, node.span, filter)
            }
            ty::ImplTraitInTraitData::Impl { .. } => Vec::new(),
        };
        return EarlyBinder::bind(tcx.arena().alloc_from_iter(bounds));
    }
    let bounds = match tcx.hir_node_by_def_id(def_id) {
        Node::TraitItem(hir::TraitItem { kind: TraitItemKind::Type(bounds, _), span, .. }) => {
            let args = tcx.identity_args_for(def_id);
            let item_ty = tcx.mk_projection(def_id.to_def_id(), args);
            let mut out = lower(tcx, def_id, item_ty, bounds, *span, filter);
            out.extend(trait_where_clauses(tcx, def_id, item_ty, filter));
            out
        }
        Node::OpaqueTy(opaque) => {
            let args = tcx.identity_args_for(def_id);
            let item_ty = tcx.mk_alias(ty::AliasTyKind::Opaque, def_id.to_def_id(), args);
            lower(tcx, def_id, item_ty, opaque.bounds, opaque.span, filter)
        }
        // The type of an impl has no bounds of its own.
        _ => Vec::new(),
    };
    EarlyBinder::bind(tcx.arena().alloc_from_iter(bounds))
}

/// The `[const]` bounds of a const trait's associated type.
pub(super) fn const_item_bounds<'tcx>(
    tcx: TyCtxt<'tcx>,
    def_id: LocalDefId,
) -> EarlyBinder<&'tcx [(Clause<'tcx>, Span)]> {
    if super::rpitit::info(tcx, def_id).is_some() {
        return EarlyBinder::bind(&[]);
    }
    let Node::TraitItem(hir::TraitItem { kind: TraitItemKind::Type(bounds, _), .. }) = tcx.hir_node_by_def_id(def_id)
    else {
        return EarlyBinder::bind(&[]);
    };
    let item_ty = tcx.mk_projection(def_id.to_def_id(), tcx.identity_args_for(def_id));
    let icx = ItemCtxt::new(tcx, def_id);
    let mut out = Vec::new();
    icx.binders().enter(Vec::new(), || {
        icx.lowerer().lower_bounds(item_ty, bounds, &mut out, &[], PredicateFilter::ConstIfConst);
    });
    EarlyBinder::bind(tcx.arena().alloc_from_iter(out))
}

fn lower<'tcx>(
    tcx: TyCtxt<'tcx>,
    def_id: LocalDefId,
    item_ty: Ty<'tcx>,
    bounds: GenericBounds<'tcx>,
    span: Span,
    filter: PredicateFilter,
) -> Bounds<'tcx> {
    let icx = ItemCtxt::new(tcx, def_id);
    let mut out = Vec::new();
    icx.binders().enter(Vec::new(), || icx.lowerer().lower_bounds(item_ty, bounds, &mut out, &[], filter));
    icx.lowerer().add_sizedness_bounds(&mut out, item_ty, bounds, &[], span);
    out
}

/// `where Self::Assoc: Bound` of the trait is a bound of the associated type, and so is one on a projection of it
/// (`where <Self::Assoc as Iterator>::Item: Bound`).
fn trait_where_clauses<'tcx>(
    tcx: TyCtxt<'tcx>,
    def_id: LocalDefId,
    item_ty: Ty<'tcx>,
    filter: PredicateFilter,
) -> Bounds<'tcx> {
    let trait_id = tcx.local_parent(def_id);
    let preds = tcx.explicit_predicates_of(trait_id.to_def_id()).predicates;
    preds
        .iter()
        .filter(|(clause, _)| {
            let mut self_ty = match clause.kind().skip_binder() {
                ty::ClauseKind::Trait(t) => t.self_ty(),
                ty::ClauseKind::Projection(p) => p.self_ty(),
                ty::ClauseKind::TypeOutlives(o) => o.0,
                _ => return false,
            };
            while let TyKind::Alias(ty::AliasTyKind::Projection, alias) = *self_ty.kind() {
                if self_ty == item_ty {
                    return true;
                }
                if filter != PredicateFilter::All {
                    return false;
                }
                self_ty = alias.self_ty();
            }
            false
        })
        .copied()
        .collect()
}
