//! Resolves a crate that depends on no other (`#![no_core]`) and prints what was found wrong: for measuring and for looking
//! at one stage. `resolve FILE [--edition E] [--expanded] [--cfg NAME[="VALUE"]]`

#![allow(clippy::disallowed_methods, reason = "a tool or test reads files and the clock")]

use std::rc::Rc;

use hir::definitions::{DefKey, DefPath, Definitions};
use query::{CrateStore, ExternProviders, Providers, TyCtxt};
use session::{FileError, FileSystem, Options, Session, Target};
use span::def_id::{CrateNum, DefId, DefPathHash, StableCrateId};
use span::{FileName, Span, Symbol};

struct Disk;

impl FileSystem for Disk {
    fn read(&self, path: &str) -> Result<session::Bytes, FileError> {
        std::fs::read(path).map(Into::into).map_err(|_| FileError::NotFound)
    }
    fn exists(&self, path: &str) -> bool {
        std::path::Path::new(path).is_file()
    }
    fn read_dir(&self, _: &str) -> Vec<String> {
        Vec::new()
    }
}

struct NoCrates<'a>(&'a Session);

impl CrateStore for NoCrates<'_> {
    fn as_any(&self) -> &dyn std::any::Any {
        unreachable!()
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
    fn load_crate(&self, name: Symbol, span: Span) -> Result<CrateNum, diagnostics::ErrorGuaranteed> {
        Err(self.0.dcx().span_err(span, format!("can't find crate for `{name}`")))
    }
    fn maybe_load_crate(&self, _: Symbol) -> Option<CrateNum> {
        None
    }
}

fn main() {
    let mut opts = Options::default();
    let mut expanded = false;
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--edition" => opts.edition = args.next().and_then(|e| e.parse().ok()).expect("an edition"),
            "--expanded" => expanded = true,
            "--cfg" => {
                let cfg = args.next().expect("a cfg");
                let (name, value) = match cfg.split_once('=') {
                    Some((name, value)) => (name.to_string(), Some(value.trim_matches('"').to_string())),
                    None => (cfg, None),
                };
                opts.cfg.push((name, value));
            }
            _ => opts.input = arg,
        }
    }
    opts.env.push(("RUSTC_BOOTSTRAP".to_string(), "1".to_string()));
    let thread = std::thread::Builder::new().stack_size(1 << 30);
    let handle = thread.spawn(move || span::create_session_globals_then(opts.edition, || run(opts, expanded)));
    handle.expect("a thread").join().expect("no panic");
}

fn run(opts: Options, expanded: bool) {
    let input = opts.input.clone();
    let target = Target::from_triple("x86_64-unknown-linux-musl").expect("a known target");
    let sess = Session::new(opts, target, Rc::new(Disk));
    let start = std::time::Instant::now();
    let text = sess.fs.read_to_string(&input).expect("a readable file");
    let file = sess.source_map.new_source_file(FileName::Real(input), text);
    if let Ok(krate) = parser::parse_crate_from_source(&sess, &file) {
        let arena = ty::Arena::default();
        let store = NoCrates(&sess);
        let definitions = Definitions::new(StableCrateId(1));
        let tcx = TyCtxt::new(&arena, &sess, &store, definitions, Providers::default(), ExternProviders::default());
        let (krate, outputs) = resolve::resolve_crate(tcx, krate);
        if expanded {
            println!("{}", ast::pretty::crate_to_string(&krate));
        }
        let definitions = tcx.definitions().num_definitions();
        let paths = outputs.ast_lowering.partial_res_map.len();
        eprintln!("{definitions} definitions, {paths} paths, {:?}", start.elapsed());
    }
    for diag in sess.dcx().emitted() {
        let place = diag.span.primary_span().map(|span| sess.source_map.span_to_diagnostic_string(span));
        let code = diag.code.map(|code| format!("[{code}]")).unwrap_or_default();
        println!("{}{code}: {} ({})", diag.level.to_str(), diag.message, place.unwrap_or_default());
        for child in &diag.children {
            println!("    {}: {}", child.level.to_str(), child.message);
        }
    }
}
