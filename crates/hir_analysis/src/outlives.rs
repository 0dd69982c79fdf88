//! `T: 'a` bounds that a struct's fields imply (RFC 2093): `struct S<'a, T> { r: &'a T }` has `T: 'a`.

use hir::def::DefKind;
use query::{Providers, TyCtxt};
use span::def_id::{DefId, LocalDefId};
use span::{FxIndexMap, FxIndexSet, Span};
use ty::{Binder, Clause, ClauseKind, GenericArg, OutlivesPredicate, Region, RegionKind, Ty, TyKind};

pub(crate) fn provide(providers: &mut Providers<'_>) {
    providers.inferred_outlives_of = inferred_outlives_of;
    providers.inferred_outlives_crate = inferred_outlives_crate;
}

fn inferred_outlives_of<'tcx>(tcx: TyCtxt<'tcx>, def_id: LocalDefId) -> &'tcx [(Clause<'tcx>, Span)] {
    match tcx.def_kind(def_id) {
        DefKind::Struct | DefKind::Enum | DefKind::Union => {
            tcx.inferred_outlives_crate(()).get(&def_id.to_def_id()).copied().unwrap_or(&[])
        }
        _ => &[],
    }
}

type Required<'tcx> = FxIndexSet<(GenericArg<'tcx>, Region<'tcx>)>;

/// A fixpoint over all local ADTs.
fn inferred_outlives_crate<'tcx>(tcx: TyCtxt<'tcx>, (): ()) -> &'tcx FxIndexMap<DefId, &'tcx [(Clause<'tcx>, Span)]> {
    let adts: Vec<LocalDefId> = tcx
        .iter_local_def_id()
        .filter(|d| matches!(tcx.def_kind(*d), DefKind::Struct | DefKind::Enum | DefKind::Union))
        .collect();
    let mut found: FxIndexMap<DefId, Required<'tcx>> =
        adts.iter().map(|d| (d.to_def_id(), Required::default())).collect();
    loop {
        let mut changed = false;
        for adt in &adts {
            let mut required = Required::default();
            for field in tcx.adt_def(adt.to_def_id()).all_fields() {
                let ty = tcx.type_of(field.did).instantiate_identity();
                collect(tcx, ty, &found, &mut required);
            }
            let entry = &mut found[&adt.to_def_id()];
            let before = entry.len();
            entry.extend(required);
            changed |= entry.len() != before;
        }
        if !changed {
            break;
        }
    }
    let map = found
        .into_iter()
        .map(|(def_id, required)| {
            let span = tcx.def_span(def_id);
            let explicit = tcx.explicit_predicates_of(def_id).predicates;
            let clauses = required
                .into_iter()
                .map(|(arg, r)| {
                    let kind = match arg {
                        GenericArg::Type(t) => ClauseKind::TypeOutlives(OutlivesPredicate(t, r)),
                        GenericArg::Lifetime(l) => ClauseKind::RegionOutlives(OutlivesPredicate(l, r)),
                        GenericArg::Const(_) => unreachable!("constants outlive everything"),
                    };
                    tcx.mk_clause(Binder::dummy(kind))
                })
                .filter(|c| !explicit.iter().any(|(e, _)| e == c))
                .map(|c| (c, span));
            let clauses: Vec<_> = clauses.collect();
            (def_id, tcx.arena().alloc_from_iter(clauses))
        })
        .collect();
    tcx.arena().alloc(map)
}

/// What a type requires to be well-formed.
fn collect<'tcx>(tcx: TyCtxt<'tcx>, ty: Ty<'tcx>, found: &FxIndexMap<DefId, Required<'tcx>>, out: &mut Required<'tcx>) {
    let mut walker = ty.walk();
    while let Some(arg) = walker.next() {
        let Some(ty) = arg.as_type() else { continue };
        match *ty.kind() {
            TyKind::Ref(region, inner, _) => insert(inner.into(), region, out),
            TyKind::Adt(def, args) => {
                let implied: Vec<(GenericArg<'tcx>, Region<'tcx>)> = match found.get(&def.did()) {
                    Some(r) => r.iter().copied().collect(),
                    None => clauses_as_pairs(tcx.inferred_outlives_of(def.did())),
                };
                let explicit = clauses_as_pairs(tcx.explicit_predicates_of(def.did()).predicates);
                for (a, r) in implied.into_iter().chain(explicit) {
                    let (a, r) = ty::EarlyBinder::bind((a, r)).instantiate(tcx.interner(), args);
                    insert(a, r, out);
                }
            }
            // Higher-ranked types' regions are their own.
            TyKind::FnPtr(_) | TyKind::Dynamic(..) => walker.skip_current_subtree(),
            _ => {}
        }
    }
}

fn clauses_as_pairs<'tcx>(clauses: &[(Clause<'tcx>, Span)]) -> Vec<(GenericArg<'tcx>, Region<'tcx>)> {
    clauses
        .iter()
        .filter_map(|(c, _)| match c.kind().no_bound_vars()? {
            ClauseKind::TypeOutlives(o) => Some((o.0.into(), o.1)),
            ClauseKind::RegionOutlives(o) => Some((o.0.into(), o.1)),
            _ => None,
        })
        .collect()
}

/// `arg: region`, taken apart down to parameters.
fn insert<'tcx>(arg: GenericArg<'tcx>, region: Region<'tcx>, out: &mut Required<'tcx>) {
    if !matches!(region.kind(), RegionKind::ReEarlyParam(_)) {
        return;
    }
    match arg {
        GenericArg::Lifetime(r) => {
            if matches!(r.kind(), RegionKind::ReEarlyParam(_)) && r != region {
                out.insert((r.into(), region));
            }
        }
        GenericArg::Type(ty) => match *ty.kind() {
            TyKind::Param(_) | TyKind::Alias(..) => {
                out.insert((ty.into(), region));
            }
            TyKind::FnPtr(_) | TyKind::Dynamic(..) => {
                if let TyKind::Dynamic(_, r) = *ty.kind() {
                    insert(r.into(), region, out);
                }
            }
            TyKind::Ref(r, inner, _) => {
                insert(r.into(), region, out);
                insert(inner.into(), region, out);
            }
            TyKind::Adt(_, args) => {
                for a in args {
                    insert(a, region, out);
                }
            }
            TyKind::Tuple(tys) => {
                for t in tys {
                    insert(t.into(), region, out);
                }
            }
            TyKind::Array(t, _) | TyKind::Slice(t) | TyKind::RawPtr(t, _) => insert(t.into(), region, out),
            _ => {}
        },
        GenericArg::Const(_) => {}
    }
}
