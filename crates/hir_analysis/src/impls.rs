//! Which impls there are: of a trait, by the shape of the self type; inherent ones of a type.

use hir::ItemKind;
use hir::def::DefKind;
use query::{CrateInherentImpls, LocalCrate, Providers, TyCtxt};
use span::FxIndexMap;
use span::def_id::{DefId, LocalDefId};
use ty::{SimplifiedType, TraitImpls, Ty, TyKind};

pub(crate) fn provide(providers: &mut Providers<'_>) {
    providers.trait_impls_of = trait_impls_of;
    providers.all_local_trait_impls = all_local_trait_impls;
    providers.implementations_of_trait = implementations_of_trait;
    providers.crate_inherent_impls = crate_inherent_impls;
    providers.inherent_impls = inherent_impls;
    providers.incoherent_impls = incoherent_impls;
    providers.crate_incoherent_impls = crate_incoherent_impls;
    providers.traits = traits;
    providers.all_impls_in_trait_order = |tcx, LocalCrate| {
        tcx.arena().alloc_from_iter(tcx.all_local_trait_impls(()).values().flatten().map(|i| i.to_def_id()))
    };
}

/// The outer shape of a type; `None` for parameters, aliases and inference variables.
pub fn simplify_type(ty: Ty<'_>) -> Option<SimplifiedType> {
    Some(match *ty.kind() {
        TyKind::Bool => SimplifiedType::Bool,
        TyKind::Char => SimplifiedType::Char,
        TyKind::Int(i) => SimplifiedType::Int(i),
        TyKind::Uint(u) => SimplifiedType::Uint(u),
        TyKind::Float(f) => SimplifiedType::Float(f),
        TyKind::Adt(def, _) => SimplifiedType::Adt(def.did()),
        TyKind::Foreign(d) => SimplifiedType::Foreign(d),
        TyKind::Str => SimplifiedType::Str,
        TyKind::Array(..) => SimplifiedType::Array,
        TyKind::Slice(_) => SimplifiedType::Slice,
        TyKind::Pat(inner, _) => return simplify_type(inner),
        TyKind::RawPtr(_, m) => SimplifiedType::Ptr(m),
        TyKind::Ref(_, _, m) => SimplifiedType::Ref(m),
        TyKind::FnDef(d, _) | TyKind::Closure(d, _) | TyKind::CoroutineClosure(d, _) => SimplifiedType::Closure(d),
        TyKind::Coroutine(d, _) => SimplifiedType::Coroutine(d),
        TyKind::CoroutineWitness(d, _) => SimplifiedType::CoroutineWitness(d),
        TyKind::Never => SimplifiedType::Never,
        TyKind::Tuple(tys) => SimplifiedType::Tuple(tys.len()),
        TyKind::FnPtr(sig) => SimplifiedType::Function(sig.skip_binder().inputs().len()),
        TyKind::UnsafeBinder(_) => SimplifiedType::UnsafeBinder,
        TyKind::Dynamic(preds, _) => match preds.principal_def_id() {
            Some(d) => SimplifiedType::Trait(d),
            None => SimplifiedType::MarkerTraitObject,
        },
        TyKind::Error(_) => SimplifiedType::Error,
        TyKind::Alias(..) | TyKind::Param(_) | TyKind::Bound(..) | TyKind::Placeholder(_) | TyKind::Infer(_) => {
            return None;
        }
    })
}

fn trait_impls_of(tcx: TyCtxt<'_>, trait_id: DefId) -> &TraitImpls {
    let mut impls = TraitImpls::default();
    for krate in tcx.crates() {
        for &(imp, simplified) in tcx.implementations_of_trait((krate, trait_id)) {
            add_impl(&mut impls, imp, simplified);
        }
    }
    if let Some(list) = tcx.all_local_trait_impls(()).get(&trait_id) {
        for imp in list {
            let self_ty = tcx.type_of(imp.to_def_id()).instantiate_identity();
            add_impl(&mut impls, imp.to_def_id(), simplify_type(self_ty));
        }
    }
    tcx.arena().alloc(impls)
}

fn add_impl(impls: &mut TraitImpls, imp: DefId, simplified: Option<SimplifiedType>) {
    match simplified {
        Some(s) => impls.non_blanket_impls.entry(s).or_default().push(imp),
        None => impls.blanket_impls.push(imp),
    }
}

/// The local impls by trait, in order of the source.
fn all_local_trait_impls(tcx: TyCtxt<'_>, (): ()) -> &FxIndexMap<DefId, Vec<LocalDefId>> {
    let mut out: FxIndexMap<DefId, Vec<LocalDefId>> = FxIndexMap::default();
    for def_id in tcx.iter_local_def_id() {
        if let DefKind::Impl { of_trait: true } = tcx.def_kind(def_id) {
            let hir::Node::Item(hir::Item { kind: ItemKind::Impl(imp), .. }) = tcx.hir_node_by_def_id(def_id) else {
                continue;
            };
            if let Some(trait_id) = imp.of_trait.and_then(|t| t.trait_ref.trait_def_id()) {
                out.entry(trait_id).or_default().push(def_id);
            }
        }
    }
    tcx.arena().alloc(out)
}

fn implementations_of_trait(tcx: TyCtxt<'_>, (_, trait_id): (LocalCrate, DefId)) -> &[(DefId, Option<SimplifiedType>)] {
    let Some(list) = tcx.all_local_trait_impls(()).get(&trait_id) else { return &[] };
    let list = list.iter().map(|i| {
        let self_ty = tcx.type_of(i.to_def_id()).instantiate_identity();
        (i.to_def_id(), simplify_type(self_ty))
    });
    tcx.arena().alloc_from_iter(list.collect::<Vec<_>>())
}

fn crate_inherent_impls(tcx: TyCtxt<'_>, (): ()) -> &CrateInherentImpls {
    let mut out = CrateInherentImpls::default();
    for def_id in tcx.iter_local_def_id() {
        if (tcx.def_kind(def_id) != DefKind::Impl { of_trait: false }) {
            continue;
        }
        let self_ty = tcx.type_of(def_id.to_def_id()).instantiate_identity();
        let owner = match *self_ty.kind() {
            TyKind::Adt(def, _) => Some(def.did()),
            TyKind::Foreign(d) => Some(d),
            TyKind::Dynamic(preds, _) => preds.principal_def_id(),
            _ => None,
        };
        match owner.and_then(DefId::as_local) {
            Some(local) => out.inherent_impls.entry(local).or_default().push(def_id.to_def_id()),
            None => {
                if let Some(s) = simplify_type(self_ty) {
                    out.incoherent_impls.entry(s).or_default().push(def_id);
                }
            }
        }
    }
    tcx.arena().alloc(out)
}

fn inherent_impls(tcx: TyCtxt<'_>, def_id: LocalDefId) -> &[DefId] {
    tcx.crate_inherent_impls(()).inherent_impls.get(&def_id).map_or(&[], |v| &v[..])
}

fn crate_incoherent_impls(tcx: TyCtxt<'_>, (_, simplified): (LocalCrate, SimplifiedType)) -> &[DefId] {
    let Some(list) = tcx.crate_inherent_impls(()).incoherent_impls.get(&simplified) else { return &[] };
    tcx.arena().alloc_from_iter(list.iter().map(|d| d.to_def_id()).collect::<Vec<_>>())
}

fn incoherent_impls(tcx: TyCtxt<'_>, simplified: SimplifiedType) -> &[DefId] {
    let mut out = Vec::new();
    for krate in tcx.crates().into_iter().chain([span::def_id::LOCAL_CRATE]) {
        out.extend_from_slice(tcx.crate_incoherent_impls((krate, simplified)));
    }
    tcx.arena().alloc_slice(&out)
}

fn traits(tcx: TyCtxt<'_>, _: LocalCrate) -> &[DefId] {
    let all = tcx.iter_local_def_id().filter(|d| tcx.def_kind(*d) == DefKind::Trait).map(|d| d.to_def_id());
    tcx.arena().alloc_from_iter(all)
}
