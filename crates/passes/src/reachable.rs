//! What other crates and the linker may refer to.

use hir::def::DefKind;
use query::{InlineAttr, LocalCrate, Providers, TyCtxt};
use span::FxIndexSet;
use span::def_id::{DefId, LocalDefId};

pub(crate) fn provide(providers: &mut Providers<'_>) {
    providers.reachable_set = reachable_set;
    providers.reachable_non_generics = reachable_non_generics;
    providers.cross_crate_inlinable = cross_crate_inlinable;
}

/// Whether it has code or memory of its own.
fn has_code(tcx: TyCtxt<'_>, id: LocalDefId) -> bool {
    match tcx.def_kind(id) {
        DefKind::Fn | DefKind::AssocFn => {
            !tcx.is_foreign_item(id) && tcx.intrinsic(id).is_none() && tcx.hir_maybe_body_owned_by(id).is_some()
        }
        DefKind::Static { .. } => !tcx.is_foreign_item(id),
        _ => false,
    }
}

/// In a library, everything that can be named or called through generic code: all of it, since generic bodies go into
/// metadata and may call private functions.
fn reachable_set(tcx: TyCtxt<'_>, (): ()) -> &FxIndexSet<LocalDefId> {
    let set = tcx.iter_local_def_id().filter(|d| has_code(tcx, *d)).collect();
    tcx.arena().alloc(set)
}

fn reachable_non_generics(tcx: TyCtxt<'_>, _: LocalCrate) -> &FxIndexSet<DefId> {
    let set = tcx
        .reachable_set(())
        .iter()
        .filter(|d| !tcx.requires_monomorphization(d.to_def_id()))
        .map(|d| d.to_def_id())
        .collect();
    tcx.arena().alloc(set)
}

/// `#[inline]` functions and closures; whether small functions are too is decided on MIR.
fn cross_crate_inlinable(tcx: TyCtxt<'_>, id: LocalDefId) -> bool {
    match tcx.def_kind(id) {
        DefKind::Closure | DefKind::Ctor(..) => true,
        // Of an intrinsic only the body that code generation falls back on is there for others.
        DefKind::Fn if tcx.intrinsic(id).is_some() => tcx.hir_maybe_body_owned_by(id).is_some(),
        DefKind::Fn | DefKind::AssocFn => {
            let attrs = tcx.codegen_fn_attrs(id);
            !attrs.contains_extern_indicator() && matches!(attrs.inline, InlineAttr::Hint | InlineAttr::Always)
        }
        _ => false,
    }
}
