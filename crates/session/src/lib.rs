//! What one compilation is told: options, target, environment, lint levels, files; and where it reports.
//!
//! A [`Session`] is made by the driver from the command line or the page's request and lent, immutable but for
//! its diagnostics, source map and lint buffer, to every stage.

pub mod check_cfg;
pub mod feature_gate;
pub mod feature_table;
mod file_system;
pub mod lint;
pub mod lint_groups;
mod options;
mod target;

pub use diagnostics::{DiagCtxt, ErrorGuaranteed};
pub use feature_gate::{add_feature_diagnostics, feature_err};
pub use file_system::{Bytes, FileError, FileSystem, MemoryFileSystem};
pub use options::{
    ColorConfig, CrateType, DebugInfo, ErrorFormat, ExternEntry, NativeLib, OptLevel, Options, OutputType,
    PanicStrategy, Strip,
};
pub use target::{Arch, Target};

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use span::{Edition, FxIndexMap, SourceMap, Span, Symbol};

/// One compilation.
pub struct Session {
    /// The options.
    pub opts: Options,
    /// What is compiled for.
    pub target: Target,
    /// The source files.
    pub source_map: SourceMap,
    /// Where errors go.
    pub dcx: DiagCtxt,
    /// Where files come from.
    pub fs: Rc<dyn FileSystem>,
    /// The active `cfg`s: names and `name = "value"` pairs (several values of a name are several entries).
    pub cfg: Vec<(Symbol, Option<Symbol>)>,
    /// The crate's name, once known.
    pub crate_name: RefCell<Symbol>,
    /// Lints found before their level is known, in order.
    pub buffered_lints: RefCell<Vec<lint::BufferedLint>>,
    /// Files read by `include_str!` and its like, for dependency info.
    pub file_depinfo: RefCell<Vec<String>>,
    /// Environment variables that `env!` and `option_env!` read, with what they found, for dependency info.
    pub env_depinfo: RefCell<FxIndexMap<String, Option<String>>>,
    /// What `--check-cfg` says; see [`Session::check_cfg`].
    check_cfg: std::cell::OnceCell<check_cfg::CheckCfg>,
    /// The crate's enabled features (`#![feature(..)]`), set once the crate attributes are known.
    pub features: RefCell<Features>,
    /// Where syntax of unstable features was parsed, by feature; checked once the features are known.
    pub gated_spans: RefCell<FxIndexMap<Symbol, Vec<Span>>>,
    /// `#![recursion_limit]`: how deep macros, dereferences, obligations and instances may nest.
    pub recursion_limit: Cell<usize>,
    attr_ids: Cell<u32>,
}

/// The features a crate enables.
#[derive(Clone, Debug, Default)]
pub struct Features {
    /// Language and library features named in `#![feature(..)]`, with the place.
    pub enabled: Vec<(Symbol, span::Span)>,
}

impl Features {
    /// Whether a feature is enabled.
    pub fn enabled(&self, feature: Symbol) -> bool {
        self.enabled.iter().any(|(f, _)| *f == feature)
    }
}

impl Session {
    /// How many codegen units to make at most: one where not said, since they are compiled one after the other.
    pub fn codegen_units(&self) -> usize {
        self.opts.codegen_units.unwrap_or(1).max(1)
    }
    /// A session over a file system, without files yet.
    pub fn new(opts: Options, target: Target, fs: Rc<dyn FileSystem>) -> Session {
        let cfg = target.default_cfg(&opts).into_iter().chain(opts.cfg.iter().cloned());
        let cfg = cfg.map(|(k, v)| (Symbol::intern(&k), v.map(|v| Symbol::intern(&v)))).collect();
        let crate_name = Symbol::intern(opts.crate_name.as_deref().unwrap_or("rust_out"));
        Session {
            opts,
            target,
            source_map: SourceMap::new(),
            dcx: DiagCtxt::new(),
            fs,
            cfg,
            crate_name: RefCell::new(crate_name),
            buffered_lints: RefCell::default(),
            file_depinfo: RefCell::default(),
            env_depinfo: RefCell::default(),
            check_cfg: std::cell::OnceCell::new(),
            features: RefCell::default(),
            gated_spans: RefCell::default(),
            recursion_limit: Cell::new(128),
            attr_ids: Cell::new(0),
        }
    }
    /// Notes that the output depends on a file.
    pub fn note_file_read(&self, path: &str) {
        self.file_depinfo.borrow_mut().push(path.to_owned());
    }
    /// What `--check-cfg` makes known, parsed once.
    pub fn check_cfg(&self) -> &check_cfg::CheckCfg {
        self.check_cfg.get_or_init(|| check_cfg::CheckCfg::parse(&self.dcx, &self.opts.check_cfg))
    }
    /// A path as programs see it: by the last `--remap-path-prefix` that fits.
    pub fn remapped_path(&self, path: &str) -> String {
        for (from, to) in self.opts.remap_path_prefix.iter().rev() {
            match path.strip_prefix(from.as_str()) {
                Some("") => return to.clone(),
                Some(rest) if from.ends_with('/') || rest.starts_with('/') || from.is_empty() => {
                    let (to, rest) = (to.trim_end_matches('/'), rest.trim_start_matches('/'));
                    return format!("{to}/{rest}");
                }
                _ => {}
            }
        }
        path.to_owned()
    }
    /// Where errors go.
    pub fn dcx(&self) -> &DiagCtxt {
        &self.dcx
    }
    /// The source files.
    pub fn source_map(&self) -> &SourceMap {
        &self.source_map
    }
    /// The crate's edition.
    pub fn edition(&self) -> Edition {
        self.opts.edition
    }
    /// Whether arithmetic overflow is checked: `-C overflow-checks`, else as debug assertions.
    pub fn overflow_checks(&self) -> bool {
        self.opts.overflow_checks.unwrap_or_else(|| self.debug_assertions())
    }
    /// Whether `cfg(debug_assertions)` holds: `-C debug-assertions`, else at opt-level 0.
    pub fn debug_assertions(&self) -> bool {
        self.opts.debug_assertions.unwrap_or(self.opts.opt_level == OptLevel::No)
    }
    /// Whether a language feature is enabled.
    pub fn feature(&self, feature: Symbol) -> bool {
        self.features.borrow().enabled(feature)
    }
    /// Whether unstable features may be used: `RUSTC_BOOTSTRAP=1` in the environment.
    pub fn is_nightly_build(&self) -> bool {
        self.opts.env.iter().any(|(k, v)| k == "RUSTC_BOOTSTRAP" && v != "0" && v != "-1")
    }
    /// Notes that syntax of an unstable feature was parsed at a place.
    pub fn gate_span(&self, feature: Symbol, span: Span) {
        self.gated_spans.borrow_mut().entry(feature).or_default().push(span);
    }
    /// Takes back the last `gate_span`.
    pub fn ungate_last(&self, feature: Symbol, span: Span) {
        if let Some(spans) = self.gated_spans.borrow_mut().get_mut(&feature) {
            let last = spans.pop();
            debug_assert_eq!(last, Some(span));
        }
    }
    /// A number for a new attribute (`ast::AttrId`).
    pub fn fresh_attr_id(&self) -> u32 {
        self.attr_ids.replace(self.attr_ids.get() + 1)
    }
    /// Buffers a lint until levels are known.
    pub fn buffer_lint(&self, lint: lint::BufferedLint) {
        self.buffered_lints.borrow_mut().push(lint);
    }
}
