//! Resolves many programs against a library held in memory: what rustc's UI suite says about this stage, before and apart
//! from crate metadata. `suite LIBRARY < LIST`, where each line of the list is `EDITION PATH [--cfg NAME]..`; prints a line
//! `PATH<TAB>LINE<TAB>CODE<TAB>MESSAGE` for each error and `PATH<TAB>done` at the end of each program.

#![allow(clippy::disallowed_methods, reason = "a tool or test reads files and the clock")]

use std::cell::RefCell;
use std::collections::HashMap;
use std::io::BufRead;
use std::rc::Rc;

use ast::visit::{self, AssocCtxt, Visitor};
use hir::definitions::{DefKey, DefPath, Definitions};
use hir::resolutions::{ModChild, Reexport, Visibility};
use query::{CrateStore, ExternProviders, LoadedMacro, Providers, TyCtxt};
use session::{FileError, FileSystem, Options, Session, Target};
use span::def_id::{CrateNum, DefId, DefIndex, DefPathHash, LocalDefId, StableCrateId};
use span::{Edition, ExpnData, ExpnId, ExpnKind, FileName, Span, Symbol};

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

/// A crate kept in memory.
struct Library {
    name: &'static str,
    tcx: TyCtxt<'static>,
    outputs: resolve::ResolverOutputs,
    macros: HashMap<DefIndex, LoadedMacro>,
    lifetimes: HashMap<DefIndex, usize>,
    methods: std::collections::HashSet<DefIndex>,
}

#[derive(Default)]
struct Store {
    crates: RefCell<Vec<&'static Library>>,
}

impl Store {
    fn get(&self, krate: CrateNum) -> &'static Library {
        self.crates.borrow()[krate.as_usize() - 1]
    }
}

fn local(def_id: DefId) -> LocalDefId {
    LocalDefId { local_def_index: def_id.index }
}

/// An id of a crate as others see it.
fn outside(krate: CrateNum, def_id: DefId) -> DefId {
    if def_id.is_local() { DefId { krate, index: def_id.index } } else { def_id }
}

impl CrateStore for Store {
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
    fn crates(&self) -> Vec<CrateNum> {
        (1..=self.crates.borrow().len()).map(CrateNum::from_usize).collect()
    }
    fn crate_name(&self, krate: CrateNum) -> Symbol {
        Symbol::intern(self.get(krate).name)
    }
    fn stable_crate_id(&self, krate: CrateNum) -> StableCrateId {
        StableCrateId(u64::from(krate.as_u32()))
    }
    fn stable_crate_id_to_crate_num(&self, _: StableCrateId) -> Option<CrateNum> {
        None
    }
    fn def_key(&self, def_id: DefId) -> DefKey {
        self.get(def_id.krate).tcx.definitions().def_key(local(def_id))
    }
    fn def_path(&self, def_id: DefId) -> DefPath {
        self.get(def_id.krate).tcx.definitions().def_path(local(def_id))
    }
    fn def_path_hash(&self, def_id: DefId) -> DefPathHash {
        self.get(def_id.krate).tcx.definitions().def_path_hash(local(def_id))
    }
    fn def_path_hash_to_def_id(&self, _: DefPathHash) -> Option<DefId> {
        None
    }
    fn load_crate(&self, name: Symbol, span: Span) -> Result<CrateNum, diagnostics::ErrorGuaranteed> {
        self.maybe_load_crate(name).ok_or_else(|| {
            let dcx = DCX.with(|dcx| dcx.get());
            // SAFETY: sessions are leaked.
            let dcx = unsafe { &*dcx };
            dcx.struct_span_err(span, format!("can't find crate for `{name}`"))
                .with_code(diagnostics::codes::E0463)
                .emit()
        })
    }
    fn maybe_load_crate(&self, name: Symbol) -> Option<CrateNum> {
        let crates = self.crates.borrow();
        crates.iter().position(|krate| krate.name == name.as_str()).map(|i| CrateNum::from_usize(i + 1))
    }
}

thread_local! {
    static DCX: std::cell::Cell<*const diagnostics::DiagCtxt> = const { std::cell::Cell::new(std::ptr::null()) };
}

fn store(tcx: TyCtxt<'_>) -> &Store {
    tcx.cstore().as_any().downcast_ref().expect("this store")
}

fn extern_providers<'tcx>() -> ExternProviders<'tcx> {
    let mut p = ExternProviders::default();
    p.def_kind = |tcx, id| store(tcx).get(id.krate).tcx.definitions().def_kind(local(id));
    p.def_span = |_, _| span::DUMMY_SP;
    p.expn_that_defined = |_, _| ExpnId::root();
    p.is_doc_hidden = |_, _| false;
    p.attrs = |_, _| &[];
    p.visibility = |tcx, id| {
        let lib = store(tcx).get(id.krate);
        let vis = lib.outputs.global_ctxt.visibilities.get(&local(id)).copied().unwrap_or(Visibility::Public);
        vis.to_def_id().map_id(|def_id| outside(id.krate, def_id))
    };
    p.module_children = |tcx, id| {
        let lib = store(tcx).get(id.krate);
        let children = lib.outputs.global_ctxt.module_children.get(&local(id)).cloned().unwrap_or_default();
        let children: Vec<ModChild> = children
            .into_iter()
            .map(|mut child| {
                if let hir::def::Res::Def(kind, def_id) = child.res {
                    child.res = hir::def::Res::Def(kind, outside(id.krate, def_id));
                }
                child.vis = child.vis.map_id(|def_id| outside(id.krate, def_id));
                for step in &mut child.reexport_chain {
                    *step = match *step {
                        Reexport::Single(d) => Reexport::Single(outside(id.krate, d)),
                        Reexport::Glob(d) => Reexport::Glob(outside(id.krate, d)),
                        Reexport::ExternCrate(d) => Reexport::ExternCrate(outside(id.krate, d)),
                        other => other,
                    };
                }
                child
            })
            .collect();
        tcx.arena().alloc(children)
    };
    p.load_macro = |tcx, id| &store(tcx).get(id.krate).macros[&id.index];
    p.generics_of = |tcx, id| {
        let lifetimes = store(tcx).get(id.krate).lifetimes.get(&id.index).copied().unwrap_or(0);
        let own_params = (0..lifetimes)
            .map(|i| ty::GenericParamDef {
                name: span::kw::UnderscoreLifetime,
                def_id: id,
                index: i as u32,
                pure_wrt_drop: false,
                kind: ty::GenericParamDefKind::Lifetime,
            })
            .collect();
        tcx.arena().alloc(ty::Generics {
            parent: None,
            parent_count: 0,
            own_params,
            param_def_id_to_index: Default::default(),
            has_self: false,
            has_late_bound_regions: None,
        })
    };
    p.associated_item = |tcx, id| ty::AssocItem {
        def_id: id,
        kind: ty::AssocKind::Fn {
            name: span::kw::Empty,
            has_self: store(tcx).get(id.krate).methods.contains(&id.index),
        },
        container: ty::AssocContainer::Trait,
        container_id: id,
        has_value: false,
    };
    p
}

struct Collector<'a> {
    outputs: &'a resolve::ResolverOutputs,
    edition: Edition,
    macros: HashMap<DefIndex, LoadedMacro>,
    lifetimes: HashMap<DefIndex, usize>,
    methods: std::collections::HashSet<DefIndex>,
}

impl Collector<'_> {
    fn index(&self, id: ast::NodeId) -> DefIndex {
        self.outputs.ast_lowering.node_id_to_def_id[&id].local_def_index
    }
}

fn to_hir(attr: &ast::Attribute) -> Option<hir::Attribute> {
    let ast::AttrKind::Normal(normal) = &attr.kind else { return None };
    let item = &normal.item;
    let args = match &item.args {
        ast::AttrArgs::Empty => hir::AttrArgs::Empty,
        ast::AttrArgs::Delimited(args) => hir::AttrArgs::Delimited(args.clone()),
        ast::AttrArgs::Eq { .. } => hir::AttrArgs::Empty,
    };
    let path =
        hir::attr::AttrPath { segments: item.path.segments.iter().map(|s| s.ident).collect(), span: item.path.span };
    let item = hir::AttrItem { unsafety: None, path, args, span: attr.span };
    Some(hir::Attribute {
        kind: hir::AttrKind::Normal(Box::new(item)),
        id: attr.id,
        style: attr.style,
        span: attr.span,
    })
}

impl<'ast> Visitor<'ast> for Collector<'_> {
    fn visit_item(&mut self, item: &'ast ast::Item) {
        if let ast::ItemKind::MacroDef(ident, def) = &item.kind {
            let attrs = item.attrs.iter().filter_map(to_hir).collect();
            let loaded =
                LoadedMacro { ident: *ident, span: span::DUMMY_SP, edition: self.edition, attrs, def: def.clone() };
            self.macros.insert(self.index(item.id), loaded);
        }
        if let Some(generics) = item.kind.generics() {
            let n = generics.params.iter().filter(|p| matches!(p.kind, ast::GenericParamKind::Lifetime)).count();
            self.lifetimes.insert(self.index(item.id), n);
        }
        visit::walk_item(self, item);
    }
    fn visit_assoc_item(&mut self, item: &'ast ast::AssocItem, _: AssocCtxt) {
        if let ast::AssocItemKind::Fn(func) = &item.kind
            && func.sig.decl.has_self()
        {
            self.methods.insert(self.index(item.id));
        }
    }
}

fn set_edition(edition: Edition) {
    ExpnId::root().set_data(ExpnData::default(ExpnKind::Root, span::DUMMY_SP, edition, None));
}

/// Resolves a crate; all that it needs is leaked.
fn resolve_one(
    store: &'static Store,
    opts: Options,
) -> Option<(&'static Session, TyCtxt<'static>, ast::Crate, resolve::ResolverOutputs)> {
    set_edition(opts.edition);
    let input = opts.input.clone();
    let target = Target::from_triple("x86_64-unknown-linux-musl").expect("a known target");
    let sess: &'static Session = Box::leak(Box::new(Session::new(opts, target, Rc::new(Disk))));
    DCX.with(|dcx| dcx.set(&sess.dcx));
    let text = sess.fs.read_to_string(&input).ok()?;
    let file = sess.source_map.new_source_file(FileName::Real(input), text);
    CURRENT.with(|current| current.set(Some(sess)));
    let krate = parser::parse_crate_from_source(sess, &file).ok()?;
    let arena: &'static ty::Arena = Box::leak(Box::new(ty::Arena::default()));
    let definitions = Definitions::new(StableCrateId(99));
    let tcx = TyCtxt::new(arena, sess, store, definitions, Providers::default(), extern_providers());
    let (krate, outputs) = resolve::resolve_crate(tcx, krate);
    Some((sess, tcx, krate, outputs))
}

thread_local! {
    static CURRENT: std::cell::Cell<Option<&'static Session>> = const { std::cell::Cell::new(None) };
}

fn options(edition: Edition, input: String) -> Options {
    let mut opts = Options { edition, input, ..Options::default() };
    opts.env.push(("RUSTC_BOOTSTRAP".to_string(), "1".to_string()));
    opts
}

fn run(library: &str) {
    let store: &'static Store = Box::leak(Box::default());
    for name in ["core", "alloc", "std"] {
        let mut opts = options(Edition::Edition2024, format!("{library}/{name}/src/lib.rs"));
        opts.cfg.push(("rcc".to_string(), None));
        if name == "std" {
            let alloc = session::ExternEntry {
                name: "alloc".to_string(),
                path: None,
                prelude: true,
                force: false,
                nounused: false,
            };
            opts.externs.push(alloc);
        }
        let (sess, tcx, krate, outputs) = resolve_one(store, opts).expect("the library parses");
        let mut collector = Collector {
            outputs: &outputs,
            edition: Edition::Edition2024,
            macros: HashMap::new(),
            lifetimes: HashMap::new(),
            methods: Default::default(),
        };
        visit::walk_crate(&mut collector, &krate);
        let Collector { macros, lifetimes, methods, .. } = collector;
        let errors = sess.dcx().err_count();
        eprintln!("{name}: {} definitions, {errors} errors", tcx.definitions().num_definitions());
        for diag in sess.dcx().emitted().iter().filter(|d| d.level.is_error()).take(8) {
            let place = diag.span.primary_span().map(|s| sess.source_map.span_to_diagnostic_string(s));
            eprintln!("  {} {}", diag.message, place.unwrap_or_default());
        }
        let lib = Library { name, tcx, outputs, macros, lifetimes, methods };
        store.crates.borrow_mut().push(Box::leak(Box::new(lib)));
    }
    for line in std::io::stdin().lock().lines() {
        let line = line.expect("a line");
        let mut parts = line.split_whitespace();
        let edition = parts.next().and_then(|e| e.parse().ok()).expect("an edition");
        let path = parts.next().expect("a path").to_string();
        let mut opts = options(edition, path.clone());
        while let Some(arg) = parts.next() {
            if arg == "--cfg" {
                opts.cfg.push((parts.next().expect("a cfg").to_string(), None));
            }
        }
        let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| resolve_one(store, opts)));
        if result.is_err() {
            println!("{path}\t0\tPANIC\t");
        }
        if let Some(sess) = CURRENT.with(|current| current.get()) {
            for diag in sess.dcx().emitted().iter().filter(|d| d.level.is_error()) {
                let code = diag.code.map(|c| c.to_string()).unwrap_or_default();
                let line = diag
                    .span
                    .primary_span()
                    .and_then(|s| sess.source_map.lookup_char_pos(s.lo()))
                    .map_or(0, |loc| loc.line);
                println!("{path}\t{line}\t{code}\t{}", diag.message.replace('\n', " "));
            }
        }
        println!("{path}\tdone");
    }
}

fn main() {
    let library = std::env::args().nth(1).expect("the library's folder");
    let thread = std::thread::Builder::new().stack_size(1 << 30);
    let handle = thread.spawn(move || span::create_session_globals_then(Edition::Edition2021, || run(&library)));
    handle.expect("a thread").join().expect("no panic");
}
