//! `vtable_allocation`: the memory of a vtable.

use mir::interpret::{AllocId, Allocation, ConstAllocation, Scalar, alloc_range};
use query::{TyCtxt, VtblEntry};
use rustc_abi::{Align, Size};
use ty::{Mutability, PolyExistentialTraitRef, Ty, TypingEnv};

/// Provides `vtable_allocation`.
pub(crate) fn vtable_allocation<'tcx>(
    tcx: TyCtxt<'tcx>,
    (ty, principal): (Ty<'tcx>, Option<PolyExistentialTraitRef<'tcx>>),
) -> AllocId {
    let entries: &[VtblEntry<'tcx>] = match principal {
        Some(principal) => {
            let trait_ref = tcx.instantiate_bound_regions_with_erased(principal.with_self_ty(tcx.interner(), ty));
            tcx.vtable_entries(tcx.erase_regions(trait_ref))
        }
        None => &[VtblEntry::MetadataDropInPlace, VtblEntry::MetadataSize, VtblEntry::MetadataAlign],
    };
    let env = TypingEnv::fully_monomorphized();
    let ptr = Size::from_bytes(8);
    let align = Align::from_bytes(8).expect("a power of two");
    let mut alloc = Allocation::new_uninit(Size::from_bytes(8 * entries.len()), align);
    let (size, ty_align) = match tcx.layout_of(env.as_query_input(ty)) {
        Ok(l) => (l.size.bytes(), l.align.abi.bytes()),
        Err(_) => (0, 1),
    };
    for (i, entry) in entries.iter().enumerate() {
        let range = alloc_range(Size::from_bytes(8 * i), ptr);
        let value = match *entry {
            VtblEntry::MetadataDropInPlace => {
                if tcx.type_needs_drop(env, ty) {
                    let instance = tcx.resolve_drop_in_place(ty);
                    Scalar::from_pointer(tcx.gcx().alloc_map.reserve_and_set_fn_alloc(instance).into())
                } else {
                    Scalar::from_u64(0)
                }
            }
            VtblEntry::MetadataSize => Scalar::from_u64(size),
            VtblEntry::MetadataAlign => Scalar::from_u64(ty_align),
            VtblEntry::Vacant => continue,
            VtblEntry::Method(instance) => {
                Scalar::from_pointer(tcx.gcx().alloc_map.reserve_and_set_fn_alloc(instance).into())
            }
            VtblEntry::TraitVPtr(trait_ref) => {
                let existential = ty::Binder::dummy(ty::ExistentialTraitRef::erase_self_ty(tcx.interner(), trait_ref));
                Scalar::from_pointer(tcx.vtable_allocation((ty, Some(existential))).into())
            }
        };
        alloc.write_scalar(range, value);
    }
    alloc.mutability = Mutability::Not;
    alloc.normalize_init_mask();
    tcx.gcx().alloc_map.reserve_and_set_memory_dedup(ConstAllocation::new(tcx.interner(), alloc), 0)
}
