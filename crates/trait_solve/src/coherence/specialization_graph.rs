//! The specialization graph of a trait, and where an impl's associated items are defined in it.

use query::TyCtxt;
use query::specialization::Graph;
use span::def_id::DefId;
use ty::{AssocItem, ErrorGuaranteed, GenericArgsRef, ImplPolarity, ParamEnv, Ty};

use super::overlap::overlapping_impls;
use crate::infer::{DefineOpaqueTypes, InferCtxt};
use crate::traits::ObligationCause;

/// Two impls that overlap without one specializing the other.
#[derive(Clone, Debug)]
pub struct OverlapError<'tcx> {
    pub with_impl: DefId,
    pub trait_ref: ty::TraitRef<'tcx>,
    pub self_ty: Option<Ty<'tcx>>,
    pub involves_placeholder: bool,
    pub ambiguous: Vec<ty::Predicate<'tcx>>,
}

/// Where an associated item of an impl is defined.
#[derive(Clone, Copy, Debug)]
pub struct LeafDef {
    pub item: AssocItem,
    /// The impl with the definition; `None` if it is the trait's default.
    pub defining_impl: Option<DefId>,
    /// Whether a more special impl may define it anew.
    is_final: bool,
}

impl LeafDef {
    pub fn is_final(&self) -> bool {
        self.is_final
    }
    pub fn defined_in_trait(&self, _: TyCtxt<'_>) -> bool {
        self.defining_impl.is_none()
    }
}

/// The definition of a trait's item that an impl uses: its own, an ancestor's, or the trait's default.
pub fn assoc_def(tcx: TyCtxt<'_>, impl_def_id: DefId, assoc_def_id: DefId) -> Result<LeafDef, ErrorGuaranteed> {
    // The usual case needs no graph.
    if let Some(&id) = tcx.impl_item_implementor_ids(impl_def_id).get(&assoc_def_id) {
        let item = tcx.associated_item(id);
        return Ok(LeafDef { item, defining_impl: Some(impl_def_id), is_final: !is_default(tcx, id) });
    }
    let trait_def_id = tcx.parent(assoc_def_id);
    if let Some(parent) = parent_impl(tcx, trait_def_id, impl_def_id) {
        let mut current = Some(parent);
        while let Some(i) = current {
            if let Some(&id) = tcx.impl_item_implementor_ids(i).get(&assoc_def_id) {
                return Ok(LeafDef {
                    item: tcx.associated_item(id),
                    defining_impl: Some(i),
                    is_final: !is_default(tcx, id),
                });
            }
            current = parent_impl(tcx, trait_def_id, i);
        }
    }
    let item = tcx.associated_item(assoc_def_id);
    if !item.has_value {
        return Err(tcx.dcx().span_delayed_bug(tcx.def_span(impl_def_id), "an impl without one of its items"));
    }
    // A trait's default may be overridden by an impl that specializes this one.
    Ok(LeafDef { item, defining_impl: None, is_final: true })
}

fn is_default(tcx: TyCtxt<'_>, item: DefId) -> bool {
    matches!(tcx.defaultness(item), hir::Defaultness::Default { .. })
}

/// The impl that an impl specializes.
fn parent_impl(tcx: TyCtxt<'_>, trait_def_id: DefId, impl_def_id: DefId) -> Option<DefId> {
    if !impl_def_id.is_local() {
        return tcx.impl_parent(impl_def_id).filter(|&p| p != trait_def_id);
    }
    if !may_specialize(tcx) {
        return None;
    }
    let graph = tcx.specialization_graph_of(trait_def_id).ok()?;
    graph.parent.get(&impl_def_id).copied().filter(|&p| p != trait_def_id)
}

fn may_specialize(tcx: TyCtxt<'_>) -> bool {
    tcx.feature(span::Symbol::intern("specialization")) || tcx.feature(span::Symbol::intern("min_specialization"))
}

/// The arguments of the less special impl for what the more special one with `source_args` applies to.
pub fn translate_args<'tcx>(
    infcx: &InferCtxt<'tcx>,
    param_env: ParamEnv<'tcx>,
    source_impl: DefId,
    source_args: GenericArgsRef<'tcx>,
    target_impl: DefId,
) -> GenericArgsRef<'tcx> {
    let tcx = infcx.tcx;
    if source_impl == target_impl {
        return source_args;
    }
    let source_ref = tcx.impl_trait_ref(source_impl).instantiate(*tcx, source_args);
    let target_args = infcx.fresh_args_for_item(span::DUMMY_SP, target_impl);
    let target_ref = tcx.impl_trait_ref(target_impl).instantiate(*tcx, target_args);
    let cause = ObligationCause::dummy();
    let source_ref = crate::traits::normalize::normalize_silently(infcx, param_env, &cause, source_ref);
    let target_ref = crate::traits::normalize::normalize_with_depth(infcx, param_env, &cause, 0, target_ref);
    let _ = infcx.at(&cause, param_env).eq(DefineOpaqueTypes::Yes, source_ref, target_ref.value).map(|ok| {
        for o in ok.obligations.into_iter().chain(target_ref.obligations) {
            let _ = infcx.evaluate_root_goal(o.as_goal(), o.cause.span);
        }
    });
    // `where` clauses may fix further parameters.
    for (c, _) in tcx.all_predicates_of(target_impl) {
        let c = ty::EarlyBinder::bind(c).instantiate(*tcx, target_args);
        if matches!(c.kind().skip_binder(), ty::ClauseKind::Projection(_)) {
            let goal = crate::solve::Goal { param_env, predicate: c.as_predicate() };
            let _ = infcx.evaluate_root_goal(goal, span::DUMMY_SP);
        }
    }
    let n = tcx.generics_of(source_impl).count();
    let target_args = infcx.resolve_vars_if_possible(target_args);
    source_args.rebase_onto(*tcx, n, target_args)
}

/// Provides `specialization_graph_of`: the impls of a trait inserted one after the other. Overlaps are reported by
/// coherence checking, which asks [`build`] itself.
pub(crate) fn specialization_graph_of(tcx: TyCtxt<'_>, trait_def_id: DefId) -> Result<&Graph, ErrorGuaranteed> {
    let (graph, _) = build(tcx, trait_def_id);
    Ok(tcx.arena().alloc(graph))
}

/// Builds the graph; the overlaps found are returned with the later impl.
pub fn build<'tcx>(tcx: TyCtxt<'tcx>, trait_def_id: DefId) -> (Graph, Vec<(DefId, OverlapError<'tcx>)>) {
    let mut graph = Graph::default();
    let mut overlaps = Vec::new();
    let impls = tcx.trait_impls_of(trait_def_id);
    let mut all: Vec<DefId> =
        impls.blanket_impls.iter().chain(impls.non_blanket_impls.values().flatten()).copied().collect();
    // Other crates first, in their order.
    all.sort_by_key(|d| (d.is_local(), d.krate, d.index));
    for d in all {
        if !d.is_local() {
            // Checked where it was compiled.
            let parent = tcx.impl_parent(d).unwrap_or(trait_def_id);
            graph.parent.insert(d, parent);
            graph.children.entry(parent).or_default().push(d);
        } else {
            insert(tcx, &mut graph, trait_def_id, d, &mut overlaps);
        }
    }
    (graph, overlaps)
}

fn insert<'tcx>(
    tcx: TyCtxt<'tcx>,
    graph: &mut Graph,
    trait_def_id: DefId,
    new: DefId,
    overlaps: &mut Vec<(DefId, OverlapError<'tcx>)>,
) {
    let mut parent = trait_def_id;
    'level: loop {
        let mut siblings = graph.children.get(&parent).cloned().unwrap_or_default();
        // Those for all types first.
        siblings.sort_by_key(|&s| self_shape(tcx, s).is_some());
        let mut replaced = Vec::new();
        for sibling in siblings {
            if !worth_comparing(tcx, new, sibling) {
                continue;
            }
            let Some(overlap) = overlapping_impls(tcx, sibling, new, false) else {
                continue;
            };
            if permitted(tcx, sibling, new) {
                continue;
            }
            let below = tcx.specializes((new, sibling));
            let above = tcx.specializes((sibling, new));
            match (below, above) {
                (true, false) => {
                    parent = sibling;
                    continue 'level;
                }
                (false, true) => replaced.push(sibling),
                _ => {
                    if let Some(trait_ref) = overlap.impl_header.trait_ref {
                        let self_ty = trait_ref.self_ty();
                        overlaps.push((
                            new,
                            OverlapError {
                                with_impl: sibling,
                                trait_ref,
                                self_ty: (!matches!(self_ty.kind(), ty::TyKind::Param(_) | ty::TyKind::Infer(_)))
                                    .then_some(self_ty),
                                involves_placeholder: overlap.involves_placeholder,
                                ambiguous: overlap.ambiguous,
                            },
                        ));
                    }
                    // It does not count any further.
                    graph.parent.insert(new, trait_def_id);
                    return;
                }
            }
        }
        for r in replaced {
            graph.parent.insert(r, new);
            if let Some(c) = graph.children.get_mut(&parent) {
                c.retain(|&x| x != r);
            }
            graph.children.entry(new).or_default().push(r);
        }
        graph.parent.insert(new, parent);
        graph.children.entry(parent).or_default().push(new);
        return;
    }
}

/// The shape of an impl's self type; none if it is for all types.
fn self_shape(tcx: TyCtxt<'_>, d: DefId) -> Option<ty::SimplifiedType> {
    use crate::traits::fast_reject::{TreatParams, simplify_type};
    tcx.impl_opt_trait_ref(d)
        .and_then(|t| simplify_type(tcx, t.skip_binder().self_ty(), TreatParams::InstantiateWithInfer))
}

/// Whether the self types have the same shape, or one has none.
fn worth_comparing(tcx: TyCtxt<'_>, a: DefId, b: DefId) -> bool {
    match (self_shape(tcx, a), self_shape(tcx, b)) {
        (Some(x), Some(y)) => x == y,
        _ => true,
    }
}

/// Overlaps that are allowed: of marker traits, and with reservation impls.
fn permitted(tcx: TyCtxt<'_>, a: DefId, b: DefId) -> bool {
    let (Some(x), Some(y)) = (tcx.impl_trait_header(a), tcx.impl_trait_header(b)) else {
        return true;
    };
    if x.polarity == ImplPolarity::Reservation || y.polarity == ImplPolarity::Reservation {
        return true;
    }
    x.polarity == y.polarity && tcx.trait_def(x.trait_ref.skip_binder().def_id).is_marker
}
