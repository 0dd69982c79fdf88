//! `-> impl Trait` in traits (RFC 3425): an associated type made for each, in the trait and in each of its impls.
//!
//! In `trait T { fn f<'a>(&'a self) -> impl Sized; }` the return type is the projection of a nameless associated type with
//! the function's parameters and the captured lifetimes. In an impl its value is what the impl's function returns, found
//! by unifying the two signatures.

use std::cell::RefCell;

use diagnostics::ErrorGuaranteed;
use diagnostics::codes::*;
use hir::def::DefKind;
use hir::definitions::DefPathData;
use hir::intravisit::{self, Visitor};
use hir::{FnRetTy, Node};
use query::{Providers, TyCtxt};
use rustc_hash::FxHashMap;
use span::def_id::{DefId, LocalDefId};
use span::{FxIndexMap, Span};
use trait_solve::TyCtxtInferExt;
use trait_solve::traits::{Obligation, ObligationCause, ObligationCauseCode, ObligationCtxt};
use ty::fold::{TypeFoldable, TypeFolder, TypeSuperFoldable};
use ty::visit::TypeVisitableExt;
use ty::{
    AliasTyKind, AssocContainer, AssocItem, AssocKind, AssocTypeData, Binder, Clause, EarlyBinder, EarlyParamRegion,
    FnSig, GenericArg, GenericArgsRef, GenericPredicates, Generics, ImplTraitInTraitData, Interner, PolyFnSig, Region,
    RegionKind, Ty, TyKind, TypingMode,
};

use crate::lower::Bounds;

pub(super) fn provide(providers: &mut Providers<'_>) {
    providers.associated_types_for_impl_traits_in_associated_fn = associated_types_of_fn;
    providers.collect_return_position_impl_trait_in_trait_tys = collect_tys;
}

struct MadeSlot;

/// The associated types that were made.
type Made = RefCell<FxHashMap<LocalDefId, AssocItem>>;

fn made(tcx: TyCtxt<'_>) -> &Made {
    tcx.slot::<MadeSlot, Made>(RefCell::default)
}

/// The associated item that was made from a return type, if it is one.
pub(crate) fn synthetic_item(tcx: TyCtxt<'_>, def_id: LocalDefId) -> Option<AssocItem> {
    made(tcx).borrow().get(&def_id).copied()
}

/// What an associated type was made from.
pub(crate) fn info(tcx: TyCtxt<'_>, def_id: LocalDefId) -> Option<(ImplTraitInTraitData, AssocItem)> {
    let item = synthetic_item(tcx, def_id)?;
    match item.kind {
        AssocKind::Type { data: AssocTypeData::Rpitit(data) } => Some((data, item)),
        _ => None,
    }
}

fn make(tcx: TyCtxt<'_>, fn_id: LocalDefId, span: Span, item: impl FnOnce(DefId, DefId) -> AssocItem) -> DefId {
    let parent = tcx.local_parent(fn_id);
    let name = tcx.item_name(fn_id.to_def_id());
    let data = DefPathData::AnonAssocTy(name);
    let def_id = tcx.definitions_mut().create_def_with_data(parent, data, DefKind::AssocTy, span::ExpnId::root(), span);
    let item = item(def_id.to_def_id(), parent.to_def_id());
    made(tcx).borrow_mut().insert(def_id, item);
    def_id.to_def_id()
}

/// Provides `associated_types_for_impl_traits_in_associated_fn`.
fn associated_types_of_fn(tcx: TyCtxt<'_>, fn_id: LocalDefId) -> &[DefId] {
    let node = tcx.hir_node_by_def_id(fn_id);
    let ids: Vec<DefId> = match node {
        Node::TraitItem(hir::TraitItem { kind: hir::TraitItemKind::Fn(sig, body), .. }) => {
            let has_value = matches!(body, hir::TraitFn::Provided(_));
            let mut found = Opaques(Vec::new());
            if let FnRetTy::Return(ty) = sig.decl.output {
                found.visit_ty(ty);
            }
            found
                .0
                .into_iter()
                .map(|(opaque, span)| {
                    make(tcx, fn_id, span, |def_id, container_id| AssocItem {
                        def_id,
                        kind: AssocKind::Type {
                            data: AssocTypeData::Rpitit(ImplTraitInTraitData::Trait {
                                fn_def_id: fn_id.to_def_id(),
                                opaque_def_id: opaque.to_def_id(),
                            }),
                        },
                        container: AssocContainer::Trait,
                        container_id,
                        has_value,
                    })
                })
                .collect()
        }
        Node::ImplItem(hir::ImplItem {
            kind: hir::ImplItemKind::Fn(sig, _),
            impl_kind: hir::ImplItemImplKind::Trait { trait_item_def_id: Ok(trait_fn), .. },
            ..
        }) if tcx.def_kind(*trait_fn) == DefKind::AssocFn => {
            let span = sig.decl.output.span();
            tcx.associated_types_for_impl_traits_in_associated_fn(*trait_fn)
                .iter()
                .map(|&trait_assoc| {
                    make(tcx, fn_id, span, |def_id, container_id| AssocItem {
                        def_id,
                        kind: AssocKind::Type {
                            data: AssocTypeData::Rpitit(ImplTraitInTraitData::Impl { fn_def_id: fn_id.to_def_id() }),
                        },
                        container: AssocContainer::TraitImpl(Some(trait_assoc)),
                        container_id,
                        has_value: true,
                    })
                })
                .collect()
        }
        _ => Vec::new(),
    };
    tcx.arena().alloc_from_iter(ids)
}

/// The opaque types in a return type, outer ones first.
struct Opaques(Vec<(LocalDefId, Span)>);

impl<'v> Visitor<'v> for Opaques {
    fn visit_opaque_ty(&mut self, o: &'v hir::OpaqueTy<'v>) {
        self.0.push((o.def_id, o.span));
        intravisit::walk_opaque_ty(self, o);
    }
}

/// The ids that a trait's or impl's written items are followed by.
pub(super) fn synthetic_ids(tcx: TyCtxt<'_>, items: &[DefId]) -> Vec<DefId> {
    items
        .iter()
        .filter(|i| tcx.def_kind(**i) == DefKind::AssocFn)
        .flat_map(|i| tcx.associated_types_for_impl_traits_in_associated_fn(*i).iter().copied())
        .collect()
}

/// `generics_of`: the function's parameters and the captured lifetimes, below the trait's or impl's.
pub(super) fn generics_of(tcx: TyCtxt<'_>, data: ImplTraitInTraitData, item: &AssocItem) -> Generics {
    let (own, from_parent_count) = match data {
        ImplTraitInTraitData::Trait { fn_def_id, opaque_def_id } => {
            let fn_generics = tcx.generics_of(fn_def_id);
            // The opaque type's parent is the function, whose parent is the trait: the indices are the same.
            let mut own = fn_generics.own_params.clone();
            own.extend(tcx.generics_of(opaque_def_id).own_params.iter().cloned());
            (own, fn_generics.parent_count)
        }
        ImplTraitInTraitData::Impl { .. } => {
            let trait_assoc = item.trait_item_def_id().expect("made for a trait's");
            let generics = tcx.generics_of(trait_assoc);
            (generics.own_params.clone(), generics.parent_count)
        }
    };
    let parent_generics = tcx.generics_of(item.container_id);
    let parent_count = parent_generics.count();
    let mut own_params = own;
    for p in &mut own_params {
        p.index = p.index + parent_count as u32 - from_parent_count as u32;
    }
    let param_def_id_to_index = own_params.iter().map(|p| (p.def_id, p.index)).collect();
    Generics {
        parent: Some(item.container_id),
        parent_count,
        own_params,
        param_def_id_to_index,
        has_self: parent_generics.has_self,
        has_late_bound_regions: None,
    }
}

/// `explicit_predicates_of`: the function's.
pub(super) fn predicates_of<'tcx>(
    tcx: TyCtxt<'tcx>,
    data: ImplTraitInTraitData,
    item: &AssocItem,
) -> GenericPredicates<'tcx> {
    let mut out: Bounds<'tcx> = Vec::new();
    match data {
        ImplTraitInTraitData::Trait { fn_def_id, opaque_def_id } => {
            out.extend_from_slice(tcx.explicit_predicates_of(fn_def_id).predicates);
            // The captured lifetimes are equal to the originals.
            out.extend_from_slice(tcx.explicit_predicates_of(opaque_def_id).predicates);
        }
        ImplTraitInTraitData::Impl { .. } => {
            let trait_assoc = item.trait_item_def_id().expect("made for a trait's");
            if let Some(trait_ref) = tcx.impl_opt_trait_ref(item.container_id) {
                let n = tcx.generics_of(item.container_id).count();
                let args =
                    tcx.identity_args_for(item.def_id).rebase_onto(*tcx, n, trait_ref.instantiate_identity().args);
                out.extend(
                    tcx.explicit_predicates_of(trait_assoc)
                        .predicates
                        .iter()
                        .map(|&(c, s)| (EarlyBinder::bind(c).instantiate(*tcx, args), s)),
                );
            }
        }
    }
    GenericPredicates { parent: Some(item.container_id), predicates: tcx.arena().alloc_from_iter(out) }
}

/// `type_of`: in the trait, the opaque type of the default body; in an impl, what its function returns.
pub(super) fn type_of<'tcx>(tcx: TyCtxt<'tcx>, data: ImplTraitInTraitData, item: &AssocItem) -> Ty<'tcx> {
    match data {
        ImplTraitInTraitData::Trait { opaque_def_id, .. } => {
            tcx.mk_alias(AliasTyKind::Opaque, opaque_def_id, tcx.identity_args_for(opaque_def_id))
        }
        ImplTraitInTraitData::Impl { fn_def_id } => {
            let trait_assoc = item.trait_item_def_id().expect("made for a trait's");
            match tcx.collect_return_position_impl_trait_in_trait_tys(fn_def_id) {
                Ok(map) => match map.get(&trait_assoc) {
                    Some(ty) => ty.skip_binder(),
                    None => {
                        let guar = tcx
                            .dcx()
                            .span_delayed_bug(tcx.def_span(fn_def_id), "an `impl Trait` of the trait without a value");
                        Ty::new_error(tcx.interner(), guar)
                    }
                },
                Err(guar) => Ty::new_error(tcx.interner(), guar),
            }
        }
    }
}

type Collected<'tcx> = Result<&'tcx FxIndexMap<DefId, EarlyBinder<Ty<'tcx>>>, ErrorGuaranteed>;

/// Provides `collect_return_position_impl_trait_in_trait_tys`.
fn collect_tys<'tcx>(tcx: TyCtxt<'tcx>, impl_fn: DefId) -> Collected<'tcx> {
    let impl_m = tcx.associated_item(impl_fn);
    let def_id = impl_fn.expect_local();
    let trait_fn = impl_m.trait_item_def_id().expect("an item of a trait's impl");
    let trait_ref = tcx.impl_trait_ref(impl_m.container_id).instantiate_identity();
    trait_ref.error_reported()?;
    let span = tcx.def_span(impl_fn);
    let return_span = match tcx.hir_fn_decl_by_hir_id(tcx.local_def_id_to_hir_id(def_id)) {
        Some(d) => d.output.span(),
        None => span,
    };
    // The shapes must agree for the arguments to make sense.
    crate::check::compare_impl_item::check_method_is_structurally_compatible(tcx, def_id)?;
    let impl_count = tcx.generics_of(impl_m.container_id).count();
    let trait_to_impl = tcx.identity_args_for(impl_fn).rebase_onto(*tcx, impl_count, trait_ref.args);
    let env = crate::check::compare_impl_item::hybrid_param_env(tcx, def_id);
    let infcx = tcx.infer_ctxt().build(TypingMode::non_body_analysis());
    let ocx = ObligationCtxt::new_with_diagnostics(&infcx);
    let cause = ObligationCause::misc(span, def_id);

    // The impl's signature with free lifetimes; the trait's with the same ones, and variables for its `impl Trait`s.
    let unnormalized_impl = tcx.liberate_late_bound_regions(impl_fn, tcx.fn_sig(impl_fn).instantiate_identity());
    let impl_sig = ocx.normalize(&cause, env, unnormalized_impl);
    let trait_sig = tcx.fn_sig(trait_fn).instantiate(*tcx, trait_to_impl);
    let trait_sig = with_regions_of_impl(tcx, impl_fn, trait_sig, unnormalized_impl);
    let mut collector = Collector { ocx: &ocx, types: FxIndexMap::default(), span: return_span, env, def_id };
    let trait_sig = trait_sig.fold_with(&mut collector);
    let types = collector.types;
    let trait_sig = ocx.normalize(&cause, env, trait_sig);

    let compare_cause = ObligationCause::new(
        return_span,
        def_id,
        ObligationCauseCode::CompareImplItem {
            impl_item_def_id: def_id,
            trait_item_def_id: trait_fn,
            kind: ty::AssocTag::Fn,
        },
    );
    let (trait_out, impl_out) = (trait_sig.output(), impl_sig.output());
    if let Err(terr) = ocx.eq(&compare_cause, env, trait_out, impl_out) {
        let name = tcx.item_name(trait_fn);
        let mut diag = tcx
            .dcx()
            .struct_span_err(return_span, format!("method `{name}` has an incompatible return type for trait"))
            .with_code(E0053);
        diag.span_label(return_span, infcx.err_ctxt().type_error_label(&terr));
        if trait_fn.is_local() {
            diag.span_note(tcx.def_span(trait_fn), "type in trait");
        }
        return Err(diag.emit());
    }
    let as_fn = |sig| tcx.mk_fn_ptr(Binder::dummy(sig));
    if ocx.sup(&compare_cause, env, as_fn(trait_sig), as_fn(impl_sig)).is_err() {
        // Comparing the methods says what is wrong.
        return Err(tcx.dcx().span_delayed_bug(return_span, "signatures of trait and impl differ"));
    }
    let errors = ocx.select_all_or_error();
    if !errors.is_empty() {
        return Err(infcx.err_ctxt().report_fulfillment_errors(errors));
    }
    // Of regions only the assignments matter here: comparing the methods checks them.
    let _ = ocx.resolve_regions(def_id, env, unnormalized_impl.inputs_and_output.iter());

    let mut out: FxIndexMap<DefId, EarlyBinder<Ty<'tcx>>> = FxIndexMap::default();
    for (assoc, (var, args)) in types {
        let ty = infcx.resolve_vars_if_possible(var);
        if ty.has_non_region_infer() {
            let guar = tcx.dcx().span_delayed_bug(return_span, "cannot infer the value of an `impl Trait`");
            out.insert(assoc, EarlyBinder::bind(Ty::new_error(tcx.interner(), guar)));
            continue;
        }
        let args: GenericArgsRef<'tcx> = infcx.resolve_vars_if_possible(args);
        let id_args = tcx.identity_args_for(assoc);
        let map = args
            .iter()
            .zip(id_args.iter())
            .filter_map(|(a, b)| match (a, b) {
                (GenericArg::Lifetime(a), GenericArg::Lifetime(b)) => Some((a, b)),
                _ => None,
            })
            .collect();
        let mut remap = Remap {
            tcx,
            map,
            num_trait_args: trait_ref.args.len(),
            num_impl_args: impl_count,
            span: return_span,
            error: None,
        };
        let ty = ty.fold_with(&mut remap);
        let ty = match remap.error {
            Some(guar) => Ty::new_error(tcx.interner(), guar),
            None => ty,
        };
        out.insert(assoc, EarlyBinder::bind(ty));
    }
    Ok(tcx.arena().alloc(out))
}

/// A trait's signature with the impl's free lifetimes in place of its late-bound ones: those that stand in the same
/// places of the parameters, else those of the same number.
fn with_regions_of_impl<'tcx>(
    tcx: TyCtxt<'tcx>,
    impl_fn: DefId,
    trait_sig: PolyFnSig<'tcx>,
    impl_sig: FnSig<'tcx>,
) -> FnSig<'tcx> {
    let mut found: FxHashMap<usize, Region<'tcx>> = FxHashMap::default();
    for (t, i) in trait_sig.skip_binder().inputs().iter().zip(impl_sig.inputs()) {
        for (a, b) in t.walk().zip(i.walk()) {
            match (a, b) {
                (GenericArg::Lifetime(a), GenericArg::Lifetime(b)) => {
                    if let RegionKind::ReBound(ty::INNERMOST, br) = a.kind() {
                        if b.is_free() {
                            found.entry(br.var.as_usize()).or_insert(b);
                        }
                    }
                }
                (GenericArg::Type(a), GenericArg::Type(b))
                    if std::mem::discriminant(a.kind()) != std::mem::discriminant(b.kind()) =>
                {
                    break;
                }
                _ => {}
            }
        }
    }
    let own = tcx.fn_sig(impl_fn).skip_binder().bound_vars();
    let by_number = |n: usize| -> Option<Region<'tcx>> {
        let ty::BoundVariableKind::Region(kind) = own.iter().nth(n)? else { return None };
        let br = ty::BoundRegion { var: ty::BoundVar::from_usize(n), kind };
        let r = tcx.mk_region(RegionKind::ReBound(ty::INNERMOST, br));
        let dummy = Binder::bind_with_vars(tcx.mk_imm_ref(r, tcx.types().unit), own);
        match *tcx.liberate_late_bound_regions(impl_fn, dummy).kind() {
            TyKind::Ref(r, ..) => Some(r),
            _ => None,
        }
    };
    tcx.instantiate_bound_regions(trait_sig, |br| {
        let n = br.var.as_usize();
        found.get(&n).copied().or_else(|| by_number(n)).unwrap_or(tcx.lifetimes().re_static)
    })
}

/// Puts variables in place of a trait's `impl Trait`s.
struct Collector<'a, 'b, 'tcx> {
    ocx: &'a ObligationCtxt<'b, 'tcx>,
    types: FxIndexMap<DefId, (Ty<'tcx>, GenericArgsRef<'tcx>)>,
    span: Span,
    env: ty::ParamEnv<'tcx>,
    def_id: LocalDefId,
}

impl<'tcx> TypeFolder<'tcx> for Collector<'_, '_, 'tcx> {
    fn cx(&self) -> Interner<'tcx> {
        *self.ocx.infcx.tcx
    }
    fn fold_ty(&mut self, t: Ty<'tcx>) -> Ty<'tcx> {
        let tcx = self.ocx.infcx.tcx;
        if let TyKind::Alias(AliasTyKind::Projection, p) = *t.kind() {
            if tcx.opt_associated_item(p.def_id).is_some_and(|i| i.is_impl_trait_in_trait()) {
                if let Some((ty, _)) = self.types.get(&p.def_id) {
                    return *ty;
                }
                let var = self.ocx.infcx.next_ty_var(self.span);
                self.types.insert(p.def_id, (var, p.args));
                // The bounds may determine more, and what is in them.
                for &(clause, _) in tcx.explicit_item_bounds(p.def_id).skip_binder() {
                    let clause: Clause<'tcx> = EarlyBinder::bind(clause).instantiate(*tcx, p.args);
                    let clause = clause.fold_with(self);
                    let cause = ObligationCause::misc(self.span, self.def_id);
                    let clause = self.ocx.normalize(&cause, self.env, clause);
                    self.ocx.register_obligation(Obligation::new(tcx, cause, self.env, clause));
                }
                return var;
            }
        }
        t.super_fold_with(self)
    }
}

/// Writes a value in terms of the associated type's own parameters instead of the impl's function's.
struct Remap<'tcx> {
    tcx: TyCtxt<'tcx>,
    map: FxHashMap<Region<'tcx>, Region<'tcx>>,
    num_trait_args: usize,
    num_impl_args: usize,
    span: Span,
    error: Option<ErrorGuaranteed>,
}

impl<'tcx> TypeFolder<'tcx> for Remap<'tcx> {
    fn cx(&self) -> Interner<'tcx> {
        *self.tcx
    }
    fn fold_region(&mut self, r: Region<'tcx>) -> Region<'tcx> {
        match r.kind() {
            RegionKind::ReBound(..) | RegionKind::ReStatic | RegionKind::ReError(_) => return r,
            // The impl's own lifetimes are the associated type's too.
            RegionKind::ReEarlyParam(p) if (p.index as usize) < self.num_impl_args => return r,
            _ => {}
        }
        match self.map.get(&r).map(|r| r.kind()) {
            Some(RegionKind::ReEarlyParam(e)) => self.tcx.mk_region(RegionKind::ReEarlyParam(EarlyParamRegion {
                name: e.name,
                index: (e.index as usize - self.num_trait_args + self.num_impl_args) as u32,
            })),
            _ => {
                let guar =
                    self.tcx.dcx().span_err(self.span, "return type captures more lifetimes than trait definition");
                self.error = Some(guar);
                self.tcx.mk_region(RegionKind::ReError(guar))
            }
        }
    }
}
