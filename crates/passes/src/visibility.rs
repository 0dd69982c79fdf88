//! `visibility` and `module_children` of local definitions, as resolution found them.

use hir::def::DefKind;
use hir::resolutions::ModChild;
use query::{LocalCrate, Providers, TyCtxt};
use span::def_id::{CRATE_DEF_ID, DefId, LocalDefId};
use ty::Visibility;

use crate::privacy::effective::effective_visibilities;

pub(crate) fn provide(providers: &mut Providers<'_>) {
    providers.visibility = visibility;
    providers.module_children = |tcx, id| tcx.resolutions().module_children.get(&id).map_or(&[], |v| &v[..]);
    providers.crate_extern_macro_rules = crate_extern_macro_rules;
    providers.effective_visibilities = |tcx, ()| tcx.arena().alloc(effective_visibilities(tcx));
}

fn visibility(tcx: TyCtxt<'_>, id: LocalDefId) -> Visibility<DefId> {
    if let Some(vis) = tcx.resolutions().visibilities.get(&id) {
        return vis.to_def_id();
    }
    match tcx.def_kind(id) {
        // Unique in having a definition but no visibility of their own: as the variant or struct they belong to.
        DefKind::Ctor(..)
        | DefKind::Variant
        | DefKind::Field
        | DefKind::AssocFn
        | DefKind::AssocConst
        | DefKind::AssocTy => tcx.visibility(tcx.local_parent(id)),
        DefKind::Impl { .. } => Visibility::Public,
        DefKind::Mod if id == CRATE_DEF_ID => Visibility::Public,
        // Closures and the like are seen where they stand.
        _ => Visibility::Restricted(tcx.parent_module_from_def_id(id).to_def_id()),
    }
}

/// The `#[macro_export]` macros of the crate.
fn crate_extern_macro_rules(tcx: TyCtxt<'_>, _: LocalCrate) -> &[ModChild] {
    let root = tcx.module_children(CRATE_DEF_ID);
    let macros = root.iter().filter(|c| matches!(c.res, hir::def::Res::Def(DefKind::Macro(_), _)));
    tcx.arena().alloc_from_iter(macros.cloned())
}
