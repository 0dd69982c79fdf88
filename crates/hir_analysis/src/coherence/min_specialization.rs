//! The sound subset of specialization, `min_specialization`: a specializing impl may not tell apart what code generation
//! cannot (lifetimes), so its extra bounds must be of `#[rustc_specialization_trait]`s and it may not repeat parameters.

use query::TyCtxt;
use span::FxHashSet;
use span::def_id::{DefId, LocalDefId};
use span::{Span, sym};
use trait_solve::coherence::specialization_graph::translate_args;
use trait_solve::{InferCtxt, TyCtxtInferExt};
use ty::{
    Clause, ClauseKind, EarlyBinder, GenericArg, GenericArgsRef, PredicatePolarity, TraitSpecializationKind, TypingMode,
};

use super::CheckResult;
use super::constrained;

/// Checks an impl, if the crate uses `min_specialization`.
pub(crate) fn check(tcx: TyCtxt<'_>, imp: LocalDefId) -> CheckResult {
    if !tcx.feature(sym::min_specialization) || tcx.feature(sym::specialization) {
        return Ok(());
    }
    let Some(trait_id) = tcx.impl_opt_trait_id(imp.to_def_id()) else { return Ok(()) };
    let Ok(graph) = tcx.specialization_graph_of(trait_id) else { return Ok(()) };
    let Some(&parent) = graph.parent.get(&imp.to_def_id()) else { return Ok(()) };
    if parent == trait_id {
        return Ok(());
    }
    let span = tcx.def_span(imp.to_def_id());
    if tcx.associated_item_def_ids(imp.to_def_id()).is_empty() {
        let mut err = tcx.dcx().struct_span_err(span, "specialization impl does not specialize any associated items");
        if parent.is_local() {
            err.span_note(tcx.def_span(parent), "impl is a specialization of this impl");
        }
        return Err(err.emit());
    }
    let infcx = tcx.infer_ctxt().build(TypingMode::non_body_analysis());
    let env = tcx.param_env(imp.to_def_id());
    let own = tcx.identity_args_for(imp.to_def_id());
    let parent_args = translate_args(&infcx, env, imp.to_def_id(), own, parent);
    let determined_elsewhere = unconstrained_parent_args(tcx, parent, parent_args);
    check_static(tcx, &determined_elsewhere, span)?;
    check_duplicates(tcx, imp, &determined_elsewhere, span)?;
    check_predicates(&infcx, imp, parent, parent_args, span)
}

/// The parent's arguments, less those that a projection bound of the parent determines: in
/// `impl<'a, I, T: 'a> Spec<T> for I where I: Iterator<Item = &'a T>` an `I` has one `T` only.
fn unconstrained_parent_args<'tcx>(
    tcx: TyCtxt<'tcx>,
    parent: DefId,
    parent_args: GenericArgsRef<'tcx>,
) -> Vec<GenericArg<'tcx>> {
    let header = tcx.impl_trait_ref(parent).instantiate_identity();
    let mut inputs = FxHashSet::default();
    let mut determined = FxHashSet::default();
    for (clause, _) in tcx.all_predicates_of(parent) {
        let ClauseKind::Projection(p) = clause.kind().skip_binder() else { continue };
        let of = tcx.parent(p.projection_term.def_id);
        if header.def_id == of && p.projection_term.args.starts_with(header.args) {
            continue;
        }
        inputs.extend(constrained::parameters_for(&p.projection_term.args, true));
        determined.extend(constrained::parameters_for(&p.term, false).into_iter().filter(|x| !inputs.contains(x)));
        inputs.extend(determined.iter().copied());
    }
    let kept = parent_args.iter().enumerate().filter(|(i, _)| !determined.contains(&(*i as u32)));
    kept.map(|(_, arg)| arg).collect()
}

fn check_static<'tcx>(tcx: TyCtxt<'tcx>, parent_args: &[GenericArg<'tcx>], span: Span) -> CheckResult {
    if parent_args.iter().any(|a| a.as_region().is_some_and(|r| r.is_static())) {
        return Err(tcx.dcx().span_err(span, "cannot specialize on `'static` lifetime"));
    }
    Ok(())
}

fn check_duplicates<'tcx>(
    tcx: TyCtxt<'tcx>,
    imp: LocalDefId,
    parent_args: &[GenericArg<'tcx>],
    span: Span,
) -> CheckResult {
    let mut seen = FxHashSet::default();
    for index in parent_args.iter().flat_map(|a| constrained::parameters_for(a, true)) {
        if !seen.insert(index) {
            let generics = tcx.generics_of(imp.to_def_id());
            let name = tcx.param_at(generics, index).name;
            return Err(tcx.dcx().span_err(span, format!("specializing impl repeats parameter `{name}`")));
        }
    }
    Ok(())
}

fn check_predicates<'tcx>(
    infcx: &InferCtxt<'tcx>,
    imp: LocalDefId,
    parent: DefId,
    parent_args: GenericArgsRef<'tcx>,
    span: Span,
) -> CheckResult {
    let tcx = infcx.tcx;
    let mut known: Vec<Clause<'tcx>> = tcx
        .all_predicates_of(parent)
        .into_iter()
        .map(|(c, _)| EarlyBinder::bind(c).instantiate(*tcx, parent_args))
        .collect();
    // What the header needs to be well-formed holds wherever the impl is asked for.
    let env = tcx.param_env(imp.to_def_id());
    for arg in tcx.impl_trait_ref(imp.to_def_id()).instantiate_identity().args {
        let Some(term) = arg.as_term() else { continue };
        let obligations = trait_solve::traits::wf::obligations(infcx, env, imp, 0, term, span, None);
        known.extend(obligations.into_iter().flatten().filter_map(|o| o.predicate.as_clause()));
    }
    known = trait_solve::traits::elaborate(tcx, known.into_iter()).collect();
    let mut res = Ok(());
    for (clause, at) in tcx.all_predicates_of(imp.to_def_id()) {
        if known.iter().any(|k| tcx.erase_regions(*k) == tcx.erase_regions(clause)) {
            continue;
        }
        res = res.and(check_on(tcx, clause, if at.is_dummy() { span } else { at }));
    }
    res
}

/// Whether a bound may be specialized on.
fn check_on<'tcx>(tcx: TyCtxt<'tcx>, clause: Clause<'tcx>, span: Span) -> CheckResult {
    match clause.kind().skip_binder() {
        ClauseKind::Trait(t) if t.polarity == PredicatePolarity::Positive => {
            let kind = tcx.trait_def(t.def_id()).specialization_kind;
            if kind != TraitSpecializationKind::None
                || is_sizedness(tcx, t.def_id())
                || tcx.is_lang_item(t.def_id(), hir::LangItem::Tuple)
            {
                return Ok(());
            }
            let name = tcx.def_path_str(t.def_id());
            Err(tcx.dcx().span_err(span, format!("cannot specialize on trait `{name}`")))
        }
        ClauseKind::Projection(p) => Err(tcx
            .dcx()
            .struct_span_err(
                span,
                format!("cannot specialize on associated type `{} == {}`", projection_str(tcx, p), p.term),
            )
            .emit()),
        // Every const has one type, and regions were looked at already.
        ClauseKind::ConstArgHasType(..) | ClauseKind::RegionOutlives(_) | ClauseKind::TypeOutlives(_) => Ok(()),
        ClauseKind::WellFormed(_) | ClauseKind::HostEffect(_) => Ok(()),
        _ => Err(tcx.dcx().span_err(span, format!("cannot specialize on predicate `{clause}`"))),
    }
}

fn is_sizedness(tcx: TyCtxt<'_>, id: DefId) -> bool {
    [hir::LangItem::Sized, hir::LangItem::MetaSized, hir::LangItem::PointeeSized]
        .into_iter()
        .any(|i| tcx.is_lang_item(id, i))
}

fn projection_str<'tcx>(tcx: TyCtxt<'tcx>, p: ty::ProjectionPredicate<'tcx>) -> String {
    tcx.mk_projection(p.projection_term.def_id, p.projection_term.args).to_string()
}
