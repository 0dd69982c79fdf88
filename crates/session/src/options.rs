//! [`Options`]: the command line, parsed. Names and defaults are rustc's.

use span::{Edition, edition::DEFAULT_EDITION};

/// `--crate-type`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub enum CrateType {
    Executable,
    Rlib,
    ProcMacro,
}

/// `--emit`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub enum OutputType {
    Metadata,
    Mir,
    Clif,
    Assembly,
    Object,
    DepInfo,
    Exe,
}

/// `-C opt-level`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub enum OptLevel {
    /// 0
    No,
    /// 1
    Less,
    /// 2
    More,
    /// 3
    Aggressive,
    /// s
    Size,
    /// z
    SizeMin,
}

/// `-C panic`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum PanicStrategy {
    Unwind,
    Abort,
}

/// `-C strip`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Strip {
    None,
    Debuginfo,
    Symbols,
}

/// `-C debuginfo`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum DebugInfo {
    None,
    LineTablesOnly,
    Limited,
    Full,
}

/// `--error-format`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ErrorFormat {
    Human,
    Short,
    Json,
    /// JSON on many lines, for people.
    PrettyJson,
}

/// `--color`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ColorConfig {
    /// Where the output is a terminal.
    Auto,
    Always,
    Never,
}

/// `--extern name=path`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ExternEntry {
    pub name: String,
    /// Where it is; `None` to look for it in the search paths.
    pub path: Option<String>,
    /// Whether it is in the extern prelude (`--extern noprelude:..` is not).
    pub prelude: bool,
    /// `--extern force:..`: linked though nothing names it.
    pub force: bool,
    /// `--extern nounused:..`: nothing is said where it is not used.
    pub nounused: bool,
}

/// `-l [KIND[:MODIFIERS]=]NAME[:RENAME]`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NativeLib {
    pub name: String,
    pub new_name: Option<String>,
    /// `static`, `dylib`, `framework`, `link-arg`; `None` if not said.
    pub kind: Option<String>,
}

/// The options of one compilation.
#[derive(Clone, Debug)]
pub struct Options {
    /// The root source file, or `-`.
    pub input: String,
    pub crate_name: Option<String>,
    pub crate_types: Vec<CrateType>,
    /// Types asked for that the targets do not have (`dylib`, `cdylib`).
    pub dropped_crate_types: Vec<String>,
    pub edition: Edition,
    pub cfg: Vec<(String, Option<String>)>,
    /// `--check-cfg`, as written.
    pub check_cfg: Vec<String>,
    pub externs: Vec<ExternEntry>,
    /// `-L` paths with their kind (`native`, `dependency`, `crate`, `all`).
    pub search_paths: Vec<(String, String)>,
    /// The folder or embedded root of the standard library's crates.
    pub sysroot: Option<String>,
    /// What to write, and where if said (`--emit=asm=FILE`).
    pub output_types: Vec<(OutputType, Option<String>)>,
    pub output: Option<String>,
    pub out_dir: Option<String>,
    pub opt_level: OptLevel,
    pub codegen_units: Option<usize>,
    pub overflow_checks: Option<bool>,
    pub debug_assertions: Option<bool>,
    pub debuginfo: DebugInfo,
    pub panic: PanicStrategy,
    pub strip: Strip,
    pub linker: Option<String>,
    pub link_args: Vec<String>,
    /// `-C metadata` and `-C extra-filename`.
    pub metadata: Vec<String>,
    pub extra_filename: String,
    pub incremental: Option<String>,
    /// `-A/-W/-D/-F` in order: level letter and lint name with underscores.
    pub lint_opts: Vec<(String, char)>,
    pub lint_cap: Option<String>,
    pub error_format: ErrorFormat,
    pub json_artifacts: bool,
    pub json_future_incompat: bool,
    /// The rendered text in JSON is the short form (`--json=diagnostic-short`), is coloured, draws with Unicode.
    pub json_short: bool,
    pub json_ansi: bool,
    /// `--error-format=human-unicode`, `--json=diagnostic-unicode`
    pub unicode: bool,
    pub color: ColorConfig,
    /// `--diagnostic-width`
    pub diagnostic_width: Option<usize>,
    pub native_libs: Vec<NativeLib>,
    /// What the command line itself is warned of.
    pub early_warnings: Vec<String>,
    /// `--test`
    pub test: bool,
    /// Other `-C` options that are accepted: name and value.
    pub codegen_opts: Vec<(String, Option<String>)>,
    /// `-Z` options: name and value.
    pub unstable_opts: Vec<(String, Option<String>)>,
    /// The environment that `env!` and friends see.
    pub env: Vec<(String, String)>,
    pub target_triple: String,
    /// `--remap-path-prefix`
    pub remap_path_prefix: Vec<(String, String)>,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            input: String::new(),
            crate_name: None,
            crate_types: Vec::new(),
            dropped_crate_types: Vec::new(),
            edition: DEFAULT_EDITION,
            cfg: Vec::new(),
            check_cfg: Vec::new(),
            externs: Vec::new(),
            search_paths: Vec::new(),
            sysroot: None,
            output_types: Vec::new(),
            output: None,
            out_dir: None,
            opt_level: OptLevel::No,
            codegen_units: None,
            overflow_checks: None,
            debug_assertions: None,
            debuginfo: DebugInfo::None,
            panic: PanicStrategy::Abort,
            strip: Strip::None,
            linker: None,
            link_args: Vec::new(),
            metadata: Vec::new(),
            extra_filename: String::new(),
            incremental: None,
            lint_opts: Vec::new(),
            lint_cap: None,
            error_format: ErrorFormat::Human,
            json_artifacts: false,
            json_future_incompat: false,
            json_short: false,
            json_ansi: false,
            unicode: false,
            color: ColorConfig::Auto,
            diagnostic_width: None,
            native_libs: Vec::new(),
            early_warnings: Vec::new(),
            test: false,
            codegen_opts: Vec::new(),
            unstable_opts: Vec::new(),
            env: Vec::new(),
            target_triple: "x86_64-unknown-linux-musl".to_string(),
            remap_path_prefix: Vec::new(),
        }
    }
}

impl Options {
    /// Whether a `-Z` flag is given (and not `=no`).
    pub fn z(&self, name: &str) -> bool {
        self.unstable_opts
            .iter()
            .rev()
            .find(|(n, _)| n == name)
            .is_some_and(|(_, v)| !matches!(v.as_deref(), Some("no" | "n" | "off" | "false")))
    }
    /// The value of a `-Z` option.
    pub fn z_value(&self, name: &str) -> Option<&str> {
        self.unstable_opts.iter().rev().find(|(n, _)| n == name).and_then(|(_, v)| v.as_deref())
    }
}
