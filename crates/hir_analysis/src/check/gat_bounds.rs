//! Bounds that a generic associated type must have (rust-lang/rust#87479): if every method that returns `Self::It<'a>`
//! shows that `Self: 'a`, the declaration must say so, for otherwise no impl could use it.

use diagnostics::Applicability;
use hir::{Node, TraitItemKind};
use query::TyCtxt;
use span::FxIndexSet;
use span::def_id::{DefId, LocalDefId};
use trait_solve::TyCtxtInferExt;
use trait_solve::infer::SubregionOrigin;
use trait_solve::infer::free_regions::OutlivesEnvironment;
use ty::visit::{TypeSuperVisitable, TypeVisitable, TypeVisitableExt, TypeVisitor};
use ty::{
    AliasTyKind, Binder, Clause, ClauseKind, GenericArg, OutlivesPredicate, ParamEnv, Region, RegionKind, Ty, TyKind,
    TypingMode,
};

/// Reports generic associated types without the bounds that all uses in the trait's methods show.
pub(super) fn check_gat_where_clauses(tcx: TyCtxt<'_>, trait_id: LocalDefId) {
    let gats: Vec<DefId> = tcx
        .associated_items(trait_id.to_def_id())
        .in_definition_order()
        .filter(|i| i.is_type() && !i.is_impl_trait_in_trait() && !tcx.generics_of(i.def_id).own_params.is_empty())
        .map(|i| i.def_id)
        .collect();
    if gats.is_empty() {
        return;
    }
    // What is required of one may show what is required of another.
    let mut required: Vec<FxIndexSet<Clause<'_>>> = vec![FxIndexSet::default(); gats.len()];
    loop {
        let mut changed = false;
        for (n, &gat) in gats.iter().enumerate() {
            let Some(new) = required_bounds(tcx, trait_id, gat, &gats, &required) else { continue };
            for clause in new {
                changed |= required[n].insert(clause);
            }
        }
        if !changed {
            break;
        }
    }
    for (n, &gat) in gats.iter().enumerate() {
        report(tcx, gat, &required[n]);
    }
}

/// The bounds that every item of the trait that mentions the type shows; `None` if no item does.
fn required_bounds<'tcx>(
    tcx: TyCtxt<'tcx>,
    trait_id: LocalDefId,
    gat: DefId,
    gats: &[DefId],
    known: &[FxIndexSet<Clause<'tcx>>],
) -> Option<FxIndexSet<Clause<'tcx>>> {
    let mut all: Option<FxIndexSet<Clause<'tcx>>> = None;
    for item in tcx.associated_items(trait_id.to_def_id()).in_definition_order() {
        if item.def_id == gat {
            continue;
        }
        let item_env = tcx.param_env(item.def_id);
        let found = if item.is_fn() {
            let sig = tcx.fn_sig(item.def_id).instantiate_identity();
            let sig = tcx.liberate_late_bound_regions(item.def_id, sig);
            let inputs: Vec<Ty<'tcx>> = sig.inputs().to_vec();
            gather(tcx, item_env, item.def_id.expect_local(), &sig.inputs_and_output, &inputs, gat)
        } else if item.is_type() {
            let n = gats.iter().position(|g| *g == item.def_id);
            let extra = n.map(|n| known[n].iter().copied().collect::<Vec<_>>()).unwrap_or_default();
            let clauses: Vec<Clause<'tcx>> = item_env.caller_bounds().iter().chain(extra).collect();
            let env = ParamEnv::new(tcx.mk_clauses(&clauses));
            let bounds: Vec<Clause<'tcx>> =
                tcx.explicit_item_bounds(item.def_id).skip_binder().iter().map(|(c, _)| *c).collect();
            gather(tcx, env, item.def_id.expect_local(), &bounds, &[], gat)
        } else {
            None
        };
        if let Some(found) = found {
            match &mut all {
                None => all = Some(found),
                Some(a) => a.retain(|c| found.contains(c)),
            }
        }
    }
    all
}

/// The uses of an associated type in a value.
struct GatUses<'tcx> {
    gat: DefId,
    regions: Vec<(Region<'tcx>, usize)>,
    types: Vec<(Ty<'tcx>, usize)>,
}

impl<'tcx> TypeVisitor<'tcx> for GatUses<'tcx> {
    type Break = ();
    fn visit_ty(&mut self, t: Ty<'tcx>) -> std::ops::ControlFlow<()> {
        if let TyKind::Alias(AliasTyKind::Projection, p) = *t.kind() {
            if p.def_id == self.gat {
                for (i, arg) in p.args.iter().enumerate() {
                    match arg {
                        GenericArg::Lifetime(r) if !r.is_bound() => {
                            if !self.regions.contains(&(r, i)) {
                                self.regions.push((r, i));
                            }
                        }
                        GenericArg::Type(t) if !t.has_escaping_bound_vars() => {
                            if !self.types.contains(&(t, i)) {
                                self.types.push((t, i));
                            }
                        }
                        _ => {}
                    }
                }
            }
        }
        t.super_visit_with(self)
    }
}

fn gather<'tcx, T: TypeVisitable<'tcx>>(
    tcx: TyCtxt<'tcx>,
    env: ParamEnv<'tcx>,
    item: LocalDefId,
    value: &T,
    wf_tys: &[Ty<'tcx>],
    gat: DefId,
) -> Option<FxIndexSet<Clause<'tcx>>> {
    let mut uses = GatUses { gat, regions: Vec::new(), types: Vec::new() };
    let _ = value.visit_with(&mut uses);
    // Only uses with lifetimes are of interest.
    if uses.types.is_empty() && uses.regions.is_empty() {
        return None;
    }
    let generics = tcx.generics_of(gat);
    let mut bounds = FxIndexSet::default();
    let param_of = |i: usize| tcx.mk_param_from_def(tcx.param_at(generics, i as u32));
    for &(ra, ia) in &uses.regions {
        // `'static` says nothing.
        if ra.is_static() || ra.is_error() {
            continue;
        }
        let GenericArg::Lifetime(region_param) = param_of(ia) else { continue };
        for &(ty, it) in &uses.types {
            if ty_outlives(tcx, env, item, wf_tys, ty, ra) {
                let GenericArg::Type(ty_param) = param_of(it) else { continue };
                let kind = ClauseKind::TypeOutlives(OutlivesPredicate(ty_param, region_param));
                bounds.insert(tcx.mk_clause(Binder::dummy(kind)));
            }
        }
        for &(rb, ib) in &uses.regions {
            if matches!(rb.kind(), RegionKind::ReStatic | RegionKind::ReError(_)) || ra == rb {
                continue;
            }
            if region_outlives(tcx, env, item, wf_tys, ra, rb) {
                let GenericArg::Lifetime(other) = param_of(ib) else { continue };
                let kind = ClauseKind::RegionOutlives(OutlivesPredicate(region_param, other));
                bounds.insert(tcx.mk_clause(Binder::dummy(kind)));
            }
        }
    }
    Some(bounds)
}

fn ty_outlives<'tcx>(
    tcx: TyCtxt<'tcx>,
    env: ParamEnv<'tcx>,
    item: LocalDefId,
    wf_tys: &[Ty<'tcx>],
    ty: Ty<'tcx>,
    region: Region<'tcx>,
) -> bool {
    test(tcx, env, item, wf_tys, |infcx| {
        infcx.register_type_outlives_constraint(ty, region, &trait_solve::traits::ObligationCause::dummy());
    })
}

fn region_outlives<'tcx>(
    tcx: TyCtxt<'tcx>,
    env: ParamEnv<'tcx>,
    item: LocalDefId,
    wf_tys: &[Ty<'tcx>],
    a: Region<'tcx>,
    b: Region<'tcx>,
) -> bool {
    test(tcx, env, item, wf_tys, |infcx| {
        infcx.sub_regions(SubregionOrigin::RelateRegionParamBound(span::DUMMY_SP, None), b, a);
    })
}

fn test<'tcx>(
    tcx: TyCtxt<'tcx>,
    env: ParamEnv<'tcx>,
    item: LocalDefId,
    wf_tys: &[Ty<'tcx>],
    add: impl FnOnce(&trait_solve::InferCtxt<'tcx>),
) -> bool {
    let infcx = tcx.infer_ctxt().build(TypingMode::non_body_analysis());
    add(&infcx);
    let outlives = OutlivesEnvironment::new(&infcx, item, env, wf_tys.iter().copied());
    infcx.resolve_regions_with_outlives_env(&outlives).is_empty()
}

/// Whether a bound follows from the type's own.
fn is_known<'tcx>(tcx: TyCtxt<'tcx>, gat: DefId, clause: Clause<'tcx>) -> bool {
    let env = tcx.param_env(gat);
    let item = gat.expect_local();
    match clause.kind().skip_binder() {
        ClauseKind::RegionOutlives(OutlivesPredicate(a, b)) => region_outlives(tcx, env, item, &[], a, b),
        ClauseKind::TypeOutlives(OutlivesPredicate(t, r)) => ty_outlives(tcx, env, item, &[], t, r),
        _ => true,
    }
}

fn report<'tcx>(tcx: TyCtxt<'tcx>, gat: DefId, required: &FxIndexSet<Clause<'tcx>>) {
    let mut missing: Vec<String> =
        required.iter().filter(|c| !is_known(tcx, gat, **c)).map(|c| c.to_string()).collect();
    if missing.is_empty() {
        return;
    }
    missing.sort();
    let Node::TraitItem(item @ hir::TraitItem { kind: TraitItemKind::Type(..), .. }) =
        tcx.hir_node_by_def_id(gat.expect_local())
    else {
        return;
    };
    let plural = if missing.len() == 1 { "" } else { "s" };
    let (this, is) = if missing.len() == 1 { ("this", "is") } else { ("these", "are") };
    let mut err = tcx.dcx().struct_span_err(item.span, format!("missing required bound{plural} on `{}`", item.ident));
    err.span_suggestion(
        item.generics.tail_span_for_predicate_suggestion(),
        format!("add the required where clause{plural}"),
        format!("{} {}", item.generics.add_where_or_trailing_comma(), missing.join(", ")),
        Applicability::MachineApplicable,
    );
    err.note(format!("{this} bound{plural} {is} currently required to ensure that impls have maximum flexibility"));
    err.note("we are soliciting feedback, see issue #87479 <https://github.com/rust-lang/rust/issues/87479> for more information");
    err.emit();
}
