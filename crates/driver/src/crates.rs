//! The crates a compilation depends on, before crate `metadata` can read any: none.

use diagnostics::ErrorGuaranteed;
use hir::definitions::{DefKey, DefPath};
use query::CrateStore;
use span::def_id::{CrateNum, DefId, DefPathHash, StableCrateId};
use span::{Span, Symbol};

/// A store without crates; every name is unknown.
pub struct NoCrates<'a>(pub &'a session::Session);

impl CrateStore for NoCrates<'_> {
    fn crates(&self) -> Vec<CrateNum> {
        Vec::new()
    }
    fn crate_name(&self, krate: CrateNum) -> Symbol {
        panic!("{krate:?} is not loaded")
    }
    fn stable_crate_id(&self, krate: CrateNum) -> StableCrateId {
        panic!("{krate:?} is not loaded")
    }
    fn stable_crate_id_to_crate_num(&self, _: StableCrateId) -> Option<CrateNum> {
        None
    }
    fn def_key(&self, def_id: DefId) -> DefKey {
        panic!("{def_id:?} is not loaded")
    }
    fn def_path(&self, def_id: DefId) -> DefPath {
        panic!("{def_id:?} is not loaded")
    }
    fn def_path_hash(&self, def_id: DefId) -> DefPathHash {
        panic!("{def_id:?} is not loaded")
    }
    fn def_path_hash_to_def_id(&self, _: DefPathHash) -> Option<DefId> {
        None
    }
    fn load_crate(&self, name: Symbol, span: Span) -> Result<CrateNum, ErrorGuaranteed> {
        Err(self
            .0
            .dcx
            .struct_span_err(span, format!("can't find crate for `{name}`"))
            .with_code(diagnostics::codes::E0463)
            .with_span_label(span, "can't find crate")
            .emit())
    }
    fn maybe_load_crate(&self, _: Symbol) -> Option<CrateNum> {
        None
    }
}
