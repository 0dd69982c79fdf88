//! `impl Trait` in return position: which lifetimes it captures (RFC 3498), as parameters of its own.

use hir::intravisit::{self, Visitor};
use hir::{LifetimeKind, Node};
use query::TyCtxt;
use rustc_hash::FxHashMap;
use span::FxIndexSet;
use span::def_id::{DefId, LocalDefId};
use std::cell::RefCell;

struct CapturedSlot;

type Captured<'tcx> = RefCell<FxHashMap<LocalDefId, &'tcx [(LocalDefId, LocalDefId)]>>;

/// The lifetimes an opaque type captures: the parameter that is captured, and the opaque type's own in its place.
///
/// Edition 2024, `async fn` and traits capture all that are in scope; before, those the bounds mention; `use<..>` says.
pub fn opaque_captured_lifetimes<'tcx>(tcx: TyCtxt<'tcx>, opaque: LocalDefId) -> &'tcx [(LocalDefId, LocalDefId)] {
    let table = tcx.slot::<CapturedSlot, Captured<'tcx>>(Default::default);
    if let Some(found) = table.borrow().get(&opaque) {
        return found;
    }
    let Node::OpaqueTy(node) = tcx.hir_node_by_def_id(opaque) else { return &[] };
    let (all, parent) = match node.origin {
        hir::OpaqueTyOrigin::FnReturn { in_trait_or_impl, parent } => {
            (in_trait_or_impl.is_some() || node.span.at_least_rust_2024(), parent)
        }
        hir::OpaqueTyOrigin::AsyncFn { parent, .. } => (true, parent),
        hir::OpaqueTyOrigin::TyAlias { parent, .. } => (true, parent),
    };
    let in_scope = lifetimes_in_scope(tcx, node.hir_id, parent);
    let mut mentioned = Mentioned::default();
    for bound in node.bounds {
        mentioned.visit_param_bound(bound);
    }
    let captured: Vec<LocalDefId> = match precise(node.bounds) {
        Some(list) => list,
        None if all => in_scope,
        None => in_scope.into_iter().filter(|l| mentioned.0.contains(l)).collect(),
    };
    let pairs: Vec<(LocalDefId, LocalDefId)> = captured
        .into_iter()
        .map(|orig| {
            let name = tcx.item_name(orig.to_def_id());
            let span = tcx.def_span(orig.to_def_id());
            let dup = tcx.create_def(opaque, Some(name), hir::def::DefKind::LifetimeParam, span::ExpnId::root(), span);
            (orig, dup)
        })
        .collect();
    let pairs = tcx.arena().alloc_slice(&pairs);
    table.borrow_mut().insert(opaque, pairs);
    pairs
}

/// The lifetimes of `use<'a, ..>`, if there is one.
fn precise(bounds: hir::GenericBounds<'_>) -> Option<Vec<LocalDefId>> {
    bounds.iter().find_map(|b| match b {
        hir::GenericBound::Use(args, _) => Some(
            args.iter()
                .filter_map(|a| match a {
                    hir::PreciseCapturingArg::Lifetime(l) => match l.kind {
                        LifetimeKind::Param(id) => Some(id),
                        _ => None,
                    },
                    hir::PreciseCapturingArg::Param(_) => None,
                })
                .collect(),
        ),
        _ => None,
    })
}

/// Lifetime parameters in scope where the opaque type stands: of binders around it, the function, and its container.
fn lifetimes_in_scope(tcx: TyCtxt<'_>, opaque: hir::HirId, item: LocalDefId) -> Vec<LocalDefId> {
    let mut out = Vec::new();
    let mut add = |params: &[hir::GenericParam<'_>]| {
        let lifetimes: Vec<_> = params.iter().filter(|p| p.is_lifetime()).map(|p| p.def_id).collect();
        out.splice(0..0, lifetimes);
    };
    let item_hir = tcx.local_def_id_to_hir_id(item);
    let mut id = tcx.parent_hir_id(opaque);
    while id != item_hir && id != hir::CRATE_HIR_ID {
        match tcx.hir_node(id) {
            Node::Ty(hir::Ty { kind: hir::TyKind::FnPtr(f), .. }) => add(f.generic_params),
            Node::WherePredicate(hir::WherePredicate { kind: hir::WherePredicateKind::BoundPredicate(p), .. }) => {
                add(p.bound_generic_params)
            }
            // An opaque type around this one: its bounds' binders.
            Node::OpaqueTy(o) => {
                for b in o.bounds {
                    if let hir::GenericBound::Trait(p) = b {
                        if p.span.contains(tcx.hir_span(opaque)) {
                            add(p.bound_generic_params);
                        }
                    }
                }
            }
            _ => {}
        }
        id = tcx.parent_hir_id(id);
    }
    if let Some(g) = tcx.hir_node_by_def_id(item).generics() {
        add(g.params);
    }
    let container = tcx.local_parent(item);
    if matches!(tcx.def_kind(container), hir::def::DefKind::Impl { .. } | hir::def::DefKind::Trait) {
        if let Some(g) = tcx.hir_node_by_def_id(container).generics() {
            add(g.params);
        }
    }
    out
}

#[derive(Default)]
struct Mentioned(FxIndexSet<LocalDefId>);

impl<'v> Visitor<'v> for Mentioned {
    fn visit_lifetime(&mut self, l: &'v hir::Lifetime) {
        if let LifetimeKind::Param(id) = l.kind {
            self.0.insert(id);
        }
    }
    fn visit_opaque_ty(&mut self, o: &'v hir::OpaqueTy<'v>) {
        intravisit::walk_opaque_ty(self, o);
    }
}

/// The associated type that stands for an `impl Trait` in a trait's function.
pub(crate) fn assoc_ty_of_opaque(tcx: TyCtxt<'_>, opaque: LocalDefId) -> Option<DefId> {
    let item = match tcx.opaque_ty_origin(opaque.to_def_id()) {
        hir::OpaqueTyOrigin::FnReturn { parent, .. } | hir::OpaqueTyOrigin::AsyncFn { parent, .. } => parent,
        hir::OpaqueTyOrigin::TyAlias { .. } => return None,
    };
    tcx.associated_types_for_impl_traits_in_associated_fn(item).iter().copied().find(|a| {
        matches!(
            tcx.associated_item(*a).kind,
            ty::AssocKind::Type { data: ty::AssocTypeData::Rpitit(ty::ImplTraitInTraitData::Trait { opaque_def_id, .. }) }
                if opaque_def_id == opaque.to_def_id()
        )
    })
}
