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

use crate::{exported, instantiation};

/// Provides `symbol_name`.
pub(crate) fn symbol_name<'tcx>(tcx: TyCtxt<'tcx>, instance: Instance<'tcx>) -> &'tcx str {
    match plain_name(tcx, instance) {
        Some(name) => tcx.arena().alloc_str(&name),
        None => mangled(tcx, instance).name,
    }
}

/// A mangled name, and what it says of the instance.
#[derive(Clone, Copy)]
pub(crate) struct Mangled<'tcx> {
    name: &'tcx str,
    /// Whose objects have the instance, for one that several crates may make.
    pub(crate) krate: Option<CrateNum>,
    /// The hash of the part of the name that is the same in all crates.
    pub(crate) hash: u64,
}

struct Names;
type NameCache<'tcx> = std::cell::RefCell<span::FxHashMap<Instance<'tcx>, Mangled<'tcx>>>;

/// The mangled name of an instance that no attribute names.
pub(crate) fn mangled<'tcx>(tcx: TyCtxt<'tcx>, instance: Instance<'tcx>) -> Mangled<'tcx> {
    let cache = tcx.slot::<Names, NameCache<'tcx>>(Default::default);
    if let Some(known) = cache.borrow().get(&instance) {
        return *known;
    }
    let shared = instantiation::is_instantiated_by_users(tcx, instance);
    let (mut krate, mut hash) = (None, 0);
    let name = v0::mangle(tcx, instance, |name| {
        if shared {
            hash = fnv1a(name.as_bytes());
            krate = Some(exported::instantiating_crate(tcx, instance, hash).unwrap_or(LOCAL_CRATE));
        }
        krate
    });
    let mangled = Mangled { name: tcx.arena().alloc_str(&name), krate, hash };
    cache.borrow_mut().insert(instance, mangled);
    mangled
}

/// The FNV-1a hash, which is the same on all hosts.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, b| (hash ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3))
}

/// The name that an attribute or an `extern` block gives.
pub(crate) fn plain_name<'tcx>(tcx: TyCtxt<'tcx>, instance: Instance<'tcx>) -> Option<String> {
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
