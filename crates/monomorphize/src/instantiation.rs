//! Who makes the code of an instance: this crate, the crate that defines it, or each crate that uses it.

use hir::def::DefKind;
use query::TyCtxt;
use span::def_id::{DefId, LOCAL_CRATE};
use ty::{Instance, InstanceKind};

use crate::symbol;

/// Whether every crate that uses the function makes its own code: generics, `#[inline]`, closures, shims.
pub(crate) fn requires_local_copy(tcx: TyCtxt<'_>, def_id: DefId) -> bool {
    match tcx.def_kind(def_id) {
        DefKind::Fn | DefKind::AssocFn | DefKind::Closure | DefKind::Ctor(..) | DefKind::SyntheticCoroutineBody => {
            requires_monomorphization(tcx, def_id)
                || matches!(tcx.def_kind(def_id), DefKind::Ctor(..) | DefKind::Closure)
                || tcx.cross_crate_inlinable(def_id)
        }
        _ => false,
    }
}

/// Whether a definition or what it lies in has type or const parameters.
pub(crate) fn requires_monomorphization(tcx: TyCtxt<'_>, def_id: DefId) -> bool {
    let mut next = Some(def_id);
    while let Some(id) = next {
        let generics = tcx.generics_of(id);
        if generics.own_requires_monomorphization() {
            return true;
        }
        next = generics.parent;
    }
    false
}

/// Whether the instance's symbol may be made by several crates, and so must name the one that made it.
pub(crate) fn is_instantiated_by_users<'tcx>(tcx: TyCtxt<'tcx>, instance: Instance<'tcx>) -> bool {
    match instance.def {
        InstanceKind::Item(def_id) => requires_local_copy(tcx, def_id),
        _ => true,
    }
}

/// Whether this crate is to make the code of an instance that it uses; if not, another crate's object has it.
pub fn should_codegen_locally<'tcx>(tcx: TyCtxt<'tcx>, instance: Instance<'tcx>) -> bool {
    let def_id = match instance.def {
        InstanceKind::Item(def_id) => def_id,
        InstanceKind::ThreadLocalShim(def_id) => return def_id.is_local(),
        InstanceKind::Intrinsic(_) | InstanceKind::Virtual(..) => return false,
        _ => return is_made_here(tcx, instance),
    };
    if tcx.is_foreign_item(def_id) {
        return false;
    }
    if def_id.is_local() {
        return true;
    }
    if matches!(tcx.def_kind(def_id), DefKind::Static { .. }) {
        return false;
    }
    !tcx.reachable_non_generics(def_id.krate).contains(&def_id) && is_made_here(tcx, instance)
}

/// Whether no other crate has made the instance already.
fn is_made_here<'tcx>(tcx: TyCtxt<'tcx>, instance: Instance<'tcx>) -> bool {
    if !is_instantiated_by_users(tcx, instance) {
        return true;
    }
    symbol::mangled(tcx, instance).krate.is_none_or(|krate| krate == LOCAL_CRATE)
}
