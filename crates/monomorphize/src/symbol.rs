//! Names of symbols.
//!
//! What an attribute names (`#[no_mangle]`, `#[export_name]`, foreign items) keeps its name; all else is mangled by
//! the v0 scheme (RFC 2603; the rustc book, "v0 Symbol Format").

mod punycode;
mod v0;

use hir::def::DefKind;
use query::TyCtxt;
use span::def_id::{CrateNum, LOCAL_CRATE};
use ty::{Instance, InstanceKind};

use crate::instantiation;

/// Provides `symbol_name`.
pub(crate) fn symbol_name<'tcx>(tcx: TyCtxt<'tcx>, instance: Instance<'tcx>) -> &'tcx str {
    let name = match plain_name(tcx, instance) {
        Some(name) => name,
        None => v0::mangle(tcx, instance, instantiating_crate(tcx, instance)),
    };
    tcx.arena().alloc_str(&name)
}

/// The name that an attribute or an `extern` block gives.
fn plain_name<'tcx>(tcx: TyCtxt<'tcx>, instance: Instance<'tcx>) -> Option<String> {
    let def_id = match instance.def {
        InstanceKind::Item(def_id) => def_id,
        _ => return None,
    };
    if !matches!(tcx.def_kind(def_id), DefKind::Fn | DefKind::AssocFn | DefKind::Static { .. }) {
        return None;
    }
    let attrs = tcx.codegen_fn_attrs(def_id);
    if let Some(name) = attrs.symbol_name {
        return Some(name.to_string());
    }
    let own_name = attrs.no_mangle || attrs.std_internal_symbol || tcx.is_foreign_item(def_id);
    own_name.then(|| tcx.item_name(def_id).to_string())
}

/// The crate that is to be told apart from others that instantiate the same function.
fn instantiating_crate<'tcx>(tcx: TyCtxt<'tcx>, instance: Instance<'tcx>) -> Option<CrateNum> {
    instantiation::is_instantiated_by_users(tcx, instance).then_some(LOCAL_CRATE)
}
