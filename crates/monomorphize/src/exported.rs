//! The symbols that a crate's objects have for other crates.

use hir::def::DefKind;
use query::{LocalCrate, TyCtxt};
use span::FxIndexSet;
use span::def_id::DefId;
use ty::Instance;

use crate::instantiation::requires_local_copy;

/// Provides `reachable_non_generics`: every function that is not instantiated by its users, and every static.
///
/// Private ones count: bodies that users instantiate may refer to them. The linker drops what nobody uses.
pub(crate) fn reachable_non_generics<'tcx>(tcx: TyCtxt<'tcx>, _: LocalCrate) -> &'tcx FxIndexSet<DefId> {
    let mut set = FxIndexSet::default();
    for &def_id in tcx.mir_keys(()) {
        let def_id = def_id.to_def_id();
        let exported = match tcx.def_kind(def_id) {
            DefKind::Fn | DefKind::AssocFn => !requires_local_copy(tcx, def_id) && tcx.intrinsic(def_id).is_none(),
            DefKind::Static { .. } => true,
            _ => false,
        };
        if exported {
            set.insert(def_id);
        }
    }
    tcx.arena().alloc(set)
}

/// Provides `upstream_instances_in`. Each crate instantiates for itself, so that it knows nothing of its siblings.
pub(crate) fn upstream_instances_in<'tcx>(tcx: TyCtxt<'tcx>, _: LocalCrate) -> &'tcx FxIndexSet<Instance<'tcx>> {
    tcx.arena().alloc(FxIndexSet::default())
}
