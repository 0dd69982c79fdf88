//! From a fixture to a context with the queries of items and of the solver.

use std::rc::Rc;

use hir::definitions::{DefKey, DefPath, Definitions};
use query::{CrateStore, ExternProviders, Providers, TyCtxt};
use session::{MemoryFileSystem, Options, Session, Target};
use span::def_id::{CrateNum, DefId, DefPathHash, StableCrateId};
use span::{Edition, FileName, Span, Symbol};

const MINICORE: &str = include_str!("../../../bootstrap/minicore.rs");

struct NoCrates;

impl CrateStore for NoCrates {
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
    fn crates(&self) -> Vec<CrateNum> {
        Vec::new()
    }
    fn crate_name(&self, _: CrateNum) -> Symbol {
        unreachable!()
    }
    fn stable_crate_id(&self, _: CrateNum) -> StableCrateId {
        unreachable!()
    }
    fn stable_crate_id_to_crate_num(&self, _: StableCrateId) -> Option<CrateNum> {
        None
    }
    fn def_key(&self, _: DefId) -> DefKey {
        unreachable!()
    }
    fn def_path(&self, _: DefId) -> DefPath {
        unreachable!()
    }
    fn def_path_hash(&self, _: DefId) -> DefPathHash {
        unreachable!()
    }
    fn def_path_hash_to_def_id(&self, _: DefPathHash) -> Option<DefId> {
        None
    }
    fn load_crate(&self, _: Symbol, _: Span) -> Result<CrateNum, diagnostics::ErrorGuaranteed> {
        unreachable!()
    }
    fn maybe_load_crate(&self, _: Symbol) -> Option<CrateNum> {
        None
    }
}

/// Lowers minicore and a fixture, and gives the context to `f`.
pub fn with_tcx(fixture: &str, f: impl FnOnce(TyCtxt<'_>)) {
    span::create_session_globals_then(Edition::Edition2021, || {
        let env = vec![("RUSTC_BOOTSTRAP".to_string(), "1".to_string())];
        let opts = Options { edition: Edition::Edition2021, env, ..Options::default() };
        let target = Target::from_triple("x86_64-unknown-linux-musl").expect("a known target");
        let sess = Session::new(opts, target, Rc::new(MemoryFileSystem::new()));
        let text = format!("{MINICORE}\n{fixture}");
        let file = sess.source_map.new_source_file(FileName::Real("main.rs".to_string()), text);
        let krate = parser::parse_crate_from_source(&sess, &file).expect("a fixture that parses");
        let arena = ty::Arena::default();
        let hir_arena = hir::Arena::new();
        let mut providers = Providers::default();
        query::hir_map::provide(&mut providers);
        passes::provide(&mut providers);
        hir_analysis::provide(&mut providers);
        trait_solve::provide(&mut providers);
        let definitions = Definitions::new(StableCrateId(1));
        let tcx = TyCtxt::new(&arena, &sess, &NoCrates, definitions, providers, ExternProviders::default());
        ty::print::with_def_printer(&query::TyCtxtPrinter(tcx), || {
            let (krate, outputs) = resolve::resolve_crate(tcx, krate);
            tcx.set_resolutions(outputs.global_ctxt);
            let hir_crate = ast_lowering::lower_to_hir(tcx, &krate, outputs.ast_lowering, &hir_arena);
            tcx.set_hir_crate(hir_arena.alloc_crate(hir_crate));
            f(tcx);
        });
    });
}
