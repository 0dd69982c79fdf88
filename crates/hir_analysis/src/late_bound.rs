//! Which lifetime parameters of functions are late-bound (rustc-dev-guide, "Early and late bound parameters"): those
//! that no bound mentions and that the parameters' types determine.

use hir::def::{DefKind, Res};
use hir::intravisit::{self, Visitor};
use hir::{GenericParamKind, LifetimeKind, Node, WherePredicateKind};
use query::{ObjectLifetimeDefault, Providers, TyCtxt};
use span::FxIndexSet;
use span::def_id::LocalDefId;

use crate::coherence::constrained::parameters_for;

pub(crate) fn provide(providers: &mut Providers<'_>) {
    providers.is_late_bound_map = is_late_bound_map;
}

/// Whether a lifetime parameter is late-bound.
pub(crate) fn is_late_bound(tcx: TyCtxt<'_>, param: LocalDefId) -> bool {
    let owner = tcx.local_parent(param);
    if !matches!(tcx.def_kind(owner), hir::def::DefKind::Fn | hir::def::DefKind::AssocFn) {
        return false;
    }
    let hir_id = tcx.local_def_id_to_hir_id(param);
    tcx.is_late_bound_map(owner).is_some_and(|set| set.contains(&hir_id.local_id))
}

/// The late-bound lifetime parameters of a function, in order.
pub(crate) fn late_bound_params(tcx: TyCtxt<'_>, def_id: LocalDefId) -> Vec<LocalDefId> {
    let Some(generics) = tcx.hir_node_by_def_id(def_id).generics() else { return Vec::new() };
    generics.params.iter().filter(|p| p.is_lifetime() && is_late_bound(tcx, p.def_id)).map(|p| p.def_id).collect()
}

/// Whether a closure is `async ||`.
pub(crate) fn is_coroutine_closure(tcx: TyCtxt<'_>, def_id: LocalDefId) -> bool {
    matches!(
        tcx.hir_node_by_def_id(def_id),
        Node::Expr(hir::Expr {
            kind: hir::ExprKind::Closure(hir::Closure { kind: hir::ClosureKind::CoroutineClosure(_), .. }),
            ..
        })
    )
}

fn is_late_bound_map(tcx: TyCtxt<'_>, def_id: LocalDefId) -> Option<&FxIndexSet<hir::ItemLocalId>> {
    let node = tcx.hir_node_by_def_id(def_id);
    let decl = node.fn_decl()?;
    let generics = node.generics()?;
    let mut constrained = Mentioned { constrained_only: Some(tcx), ..Mentioned::default() };
    for input in decl.inputs {
        constrained.visit_ty(input);
    }
    let mut in_output = Mentioned::default();
    if let hir::FnRetTy::Return(ty) = decl.output {
        in_output.visit_ty(ty);
    }
    let mut in_bounds = Mentioned::default();
    for predicate in generics.predicates {
        // `T: 'a` in a parameter list or a `where` clause.
        in_bounds.visit_where_predicate(predicate);
    }
    for param in generics.params {
        in_bounds.visit_generic_param(param);
    }
    let late = generics
        .params
        .iter()
        .filter(|p| matches!(p.kind, GenericParamKind::Lifetime { .. }))
        .filter(|p| !in_bounds.lifetimes.contains(&p.def_id))
        .filter(|p| !in_output.lifetimes.contains(&p.def_id) || constrained.lifetimes.contains(&p.def_id))
        .map(|p| p.hir_id.local_id)
        .collect();
    Some(tcx.arena().alloc(late))
}

/// Collects the lifetimes that are mentioned; with `constrained_only`, those that a type's identity determines: not the
/// ones that occur only in arguments of projections.
#[derive(Default)]
struct Mentioned<'tcx> {
    lifetimes: FxIndexSet<LocalDefId>,
    constrained_only: Option<TyCtxt<'tcx>>,
}

impl<'v> Visitor<'v> for Mentioned<'_> {
    fn visit_ty(&mut self, ty: &'v hir::Ty<'v>) {
        if let Some(tcx) = self.constrained_only {
            match ty.kind {
                hir::TyKind::Path(hir::QPath::Resolved(Some(_), _) | hir::QPath::TypeRelative(..)) => return,
                // `type A<'a> = <&'a () as Trait>::B`: the arguments that what is behind the alias determines.
                hir::TyKind::Path(hir::QPath::Resolved(None, path))
                    if let Res::Def(DefKind::TyAlias, alias) = path.res =>
                {
                    let behind = parameters_for(&tcx.type_of(alias).instantiate_identity(), false);
                    let Some(args) = path.segments.last().and_then(|s| s.args) else { return };
                    for (param, arg) in tcx.generics_of(alias).own_params.iter().zip(args.args) {
                        if behind.contains(&param.index) {
                            self.visit_generic_arg(arg);
                        }
                    }
                    return;
                }
                hir::TyKind::Path(hir::QPath::Resolved(None, path)) => {
                    // The arguments of the last segment are all that constrains.
                    if let Some(last) = path.segments.last() {
                        self.visit_path_segment(last);
                    }
                    return;
                }
                _ => {}
            }
        }
        intravisit::walk_ty(self, ty);
    }
    fn visit_lifetime(&mut self, lifetime: &'v hir::Lifetime) {
        if let LifetimeKind::Param(id) = lifetime.kind {
            self.lifetimes.insert(id);
        }
    }
}

/// The lifetime bound of a type parameter, if it has just one (RFC 599).
pub(crate) fn object_lifetime_default(tcx: TyCtxt<'_>, param: LocalDefId) -> ObjectLifetimeDefault {
    let Node::GenericParam(p) = tcx.hir_node_by_def_id(param) else { return ObjectLifetimeDefault::Empty };
    if !matches!(p.kind, GenericParamKind::Type { .. }) {
        return ObjectLifetimeDefault::Empty;
    }
    let owner = tcx.local_parent(param);
    let Some(generics) = tcx.hir_node_by_def_id(owner).generics() else { return ObjectLifetimeDefault::Empty };
    let mut found: Option<LifetimeKind> = None;
    for predicate in generics.predicates {
        let WherePredicateKind::BoundPredicate(b) = predicate.kind else { continue };
        if !b.is_param_bound(param.to_def_id()) || !b.bound_generic_params.is_empty() {
            continue;
        }
        for bound in b.bounds {
            if let hir::GenericBound::Outlives(l) = bound {
                match found {
                    Some(old) if old != l.kind => return ObjectLifetimeDefault::Ambiguous,
                    _ => found = Some(l.kind),
                }
            }
        }
    }
    match found {
        None => ObjectLifetimeDefault::Empty,
        Some(LifetimeKind::Static) => ObjectLifetimeDefault::Static,
        Some(LifetimeKind::Param(id)) => ObjectLifetimeDefault::Param(id.to_def_id()),
        Some(_) => ObjectLifetimeDefault::Ambiguous,
    }
}
