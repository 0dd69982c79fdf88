//! What is in a vtable, in order: drop, size, align, then for each trait from the root its methods, with pointers to
//! vtables of supertraits that are not a prefix (RFC 3324).

use query::{TyCtxt, VtblEntry};
use span::FxHashSet;
use span::def_id::DefId;
use ty::visit::TypeVisitableExt;
use ty::{GenericArg, PolyTraitRef, TraitRef, Ty, TyKind, TypingEnv};

use crate::traits::elaborate::instantiate_supertrait;
use crate::traits::{dyn_compatibility::is_vtable_safe_method, misc};

/// The number of entries of every vtable.
const COMMON_ENTRIES: usize = 3;

/// The methods that a trait itself adds to vtables.
pub fn own_existential_vtable_entries(tcx: TyCtxt<'_>, trait_def_id: DefId) -> &[DefId] {
    struct Slot;
    type Table<'a> = std::cell::RefCell<span::FxHashMap<DefId, &'a [DefId]>>;
    let table = tcx.slot::<Slot, Table<'_>>(Default::default);
    if let Some(&v) = table.borrow().get(&trait_def_id) {
        return v;
    }
    let entries: Vec<DefId> = tcx
        .associated_items(trait_def_id)
        .in_definition_order()
        .filter(|i| i.is_fn() && is_vtable_safe_method(tcx, trait_def_id, i))
        .map(|i| i.def_id)
        .collect();
    let entries: &[DefId] = tcx.arena().alloc_slice(&entries);
    table.borrow_mut().insert(trait_def_id, entries);
    entries
}

/// A part of a vtable.
enum Segment<'tcx> {
    Metadata,
    /// A trait's methods; whether a pointer to its own vtable follows.
    Trait {
        trait_ref: TraitRef<'tcx>,
        emit_vptr: bool,
    },
}

/// Walks supertraits in the order of the vtable: the first supertrait's vtable is a prefix.
fn segments<'tcx>(tcx: TyCtxt<'tcx>, trait_ref: TraitRef<'tcx>) -> Vec<Segment<'tcx>> {
    let mut out = vec![Segment::Metadata];
    let mut visited: FxHashSet<TraitRef<'tcx>> = FxHashSet::default();
    visit(tcx, trait_ref, true, true, &mut visited, &mut out);
    out
}

fn visit<'tcx>(
    tcx: TyCtxt<'tcx>,
    trait_ref: TraitRef<'tcx>,
    is_prefix: bool,
    is_root: bool,
    visited: &mut FxHashSet<TraitRef<'tcx>>,
    out: &mut Vec<Segment<'tcx>>,
) {
    if !visited.insert(trait_ref) {
        return;
    }
    let mut first = is_prefix;
    for s in direct_supertraits(tcx, trait_ref) {
        if visited.contains(&s) || tcx.trait_is_auto(s.def_id) {
            continue;
        }
        let before = out.len();
        visit(tcx, s, first, false, visited, out);
        // Only a supertrait that put something there is the prefix.
        if out.len() > before && has_own_entries(tcx, s) {
            first = false;
        }
    }
    let has_entries = has_own_entries(tcx, trait_ref);
    let emit_vptr = !is_root && !is_prefix && needs_vptr(tcx, trait_ref);
    if has_entries || emit_vptr {
        out.push(Segment::Trait { trait_ref, emit_vptr });
    }
}

fn has_own_entries<'tcx>(tcx: TyCtxt<'tcx>, t: TraitRef<'tcx>) -> bool {
    !own_existential_vtable_entries(tcx, t.def_id).is_empty()
}

/// Whether a trait or one above it has methods: otherwise any vtable will do.
fn needs_vptr<'tcx>(tcx: TyCtxt<'tcx>, t: TraitRef<'tcx>) -> bool {
    crate::traits::supertrait_def_ids(tcx, t.def_id).any(|d| !own_existential_vtable_entries(tcx, d).is_empty())
}

fn direct_supertraits<'tcx>(tcx: TyCtxt<'tcx>, trait_ref: TraitRef<'tcx>) -> Vec<TraitRef<'tcx>> {
    let poly: PolyTraitRef<'tcx> = ty::Binder::bind_with_vars(trait_ref, ty::List::empty());
    tcx.explicit_super_predicates_of(trait_ref.def_id)
        .skip_binder()
        .iter()
        .filter_map(|&(c, _)| instantiate_supertrait(tcx, c, poly).as_trait_clause())
        .map(|t| {
            let t = tcx.instantiate_bound_regions_with_erased(t.trait_ref());
            tcx.normalize_erasing_regions(TypingEnv::fully_monomorphized(), t)
        })
        .collect()
}

/// Provides `vtable_entries`: for a trait reference whose self type is the concrete type.
pub(crate) fn vtable_entries<'tcx>(tcx: TyCtxt<'tcx>, trait_ref: TraitRef<'tcx>) -> &'tcx [VtblEntry<'tcx>] {
    let mut entries = Vec::new();
    for s in segments(tcx, trait_ref) {
        match s {
            Segment::Metadata => {
                entries.extend([VtblEntry::MetadataDropInPlace, VtblEntry::MetadataSize, VtblEntry::MetadataAlign])
            }
            Segment::Trait { trait_ref, emit_vptr } => {
                for &m in own_existential_vtable_entries(tcx, trait_ref.def_id) {
                    entries.push(method_entry(tcx, trait_ref, m));
                }
                if emit_vptr {
                    entries.push(VtblEntry::TraitVPtr(trait_ref));
                }
            }
        }
    }
    tcx.arena().alloc(entries)
}

/// The entries of a type's vtable without a trait: `dyn Send`.
pub fn vtable_entries_of<'tcx>(tcx: TyCtxt<'tcx>, trait_ref: Option<TraitRef<'tcx>>) -> &'tcx [VtblEntry<'tcx>] {
    match trait_ref {
        Some(t) => tcx.vtable_entries(t),
        None => &[VtblEntry::MetadataDropInPlace, VtblEntry::MetadataSize, VtblEntry::MetadataAlign],
    }
}

fn method_entry<'tcx>(tcx: TyCtxt<'tcx>, trait_ref: TraitRef<'tcx>, method: DefId) -> VtblEntry<'tcx> {
    let env = TypingEnv::fully_monomorphized();
    let trait_args = trait_ref.args;
    let args = tcx.args_for_item(method, |param, _| match param.kind {
        ty::GenericParamDefKind::Lifetime => tcx.lifetimes().re_erased.into(),
        _ => trait_args[param.index as usize],
    });
    // `where` clauses that the type does not meet: nobody can call it.
    if !trait_ref.has_param() && misc::has_impossible_bounds(tcx, method, args) {
        return VtblEntry::Vacant;
    }
    // A receiver by value comes as a pointer to it.
    if tcx.associated_item(method).is_method() {
        let sig = tcx.fn_sig(method).skip_binder();
        if sig.skip_binder().inputs().first().is_some_and(|t| t.is_param(0)) {
            return VtblEntry::Method(ty::Instance { def: ty::InstanceKind::VTableShim(method), args });
        }
    }
    match tcx.resolve_instance(env, method, args) {
        Ok(Some(i)) => VtblEntry::Method(resolve_for_vtable(tcx, i)),
        _ => VtblEntry::Vacant,
    }
}

/// The instance as it stands in a vtable.
fn resolve_for_vtable<'tcx>(tcx: TyCtxt<'tcx>, instance: ty::Instance<'tcx>) -> ty::Instance<'tcx> {
    use ty::{Instance, InstanceKind, ShimReason};
    let def_id = match instance.def {
        InstanceKind::Item(d) => d,
        _ => return instance,
    };
    if !matches!(tcx.def_kind(def_id), hir::def::DefKind::AssocFn) {
        return instance;
    }
    // A call through the vtable passes the location only if the trait's method asks for it.
    let asked_by_trait = match tcx.opt_associated_item(def_id).map(|i| i.container) {
        Some(ty::AssocContainer::Trait) => true,
        Some(ty::AssocContainer::TraitImpl(Some(item))) => tcx.body_requires_caller_location(item),
        _ => false,
    };
    if tcx.body_requires_caller_location(def_id) && !asked_by_trait {
        return Instance { def: InstanceKind::ReifyShim(def_id, Some(ShimReason::VTable)), args: instance.args };
    }
    instance
}

/// Provides `first_method_vtable_slot`: `trait_ref` is `<dyn Root as Super>`.
pub(crate) fn first_method_vtable_slot<'tcx>(tcx: TyCtxt<'tcx>, trait_ref: TraitRef<'tcx>) -> usize {
    let TyKind::Dynamic(preds, _) = *trait_ref.self_ty().kind() else {
        return COMMON_ENTRIES;
    };
    let Some(principal) = preds.principal() else {
        return COMMON_ENTRIES;
    };
    let root = principal.with_self_ty(*tcx, trait_ref.self_ty());
    let root = tcx.instantiate_bound_regions_with_erased(root);
    let wanted = existential(tcx, trait_ref);
    let mut slot = 0;
    for s in segments(tcx, tcx.erase_regions(root)) {
        match s {
            Segment::Metadata => slot += COMMON_ENTRIES,
            Segment::Trait { trait_ref: t, emit_vptr } => {
                if existential(tcx, t) == wanted {
                    return slot;
                }
                slot += own_existential_vtable_entries(tcx, t.def_id).len();
                slot += usize::from(emit_vptr);
            }
        }
    }
    slot
}

fn existential<'tcx>(tcx: TyCtxt<'tcx>, t: TraitRef<'tcx>) -> (DefId, Vec<GenericArg<'tcx>>) {
    let t = tcx.normalize_erasing_regions(TypingEnv::fully_monomorphized(), t);
    (t.def_id, t.args[1..].to_vec())
}

/// Provides `supertrait_vtable_slot`: from `dyn Sub` to `dyn Super`.
pub(crate) fn supertrait_vtable_slot<'tcx>(tcx: TyCtxt<'tcx>, (source, target): (Ty<'tcx>, Ty<'tcx>)) -> Option<usize> {
    let (TyKind::Dynamic(a, _), TyKind::Dynamic(b, _)) = (*source.kind(), *target.kind()) else {
        return None;
    };
    let (Some(root), Some(wanted)) = (a.principal(), b.principal()) else {
        return None;
    };
    let root = tcx.instantiate_bound_regions_with_erased(root.with_self_ty(*tcx, source));
    let wanted = tcx.instantiate_bound_regions_with_erased(wanted.with_self_ty(*tcx, source));
    let wanted = existential(tcx, tcx.erase_regions(wanted));
    let mut slot = 0;
    for s in segments(tcx, tcx.erase_regions(root)) {
        match s {
            Segment::Metadata => slot += COMMON_ENTRIES,
            Segment::Trait { trait_ref, emit_vptr } => {
                slot += own_existential_vtable_entries(tcx, trait_ref.def_id).len();
                if existential(tcx, trait_ref) == wanted {
                    return emit_vptr.then_some(slot);
                }
                slot += usize::from(emit_vptr);
            }
        }
    }
    None
}
