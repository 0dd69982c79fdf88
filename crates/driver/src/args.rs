//! rustc's command line.
//!
//! Options take their value after `=`, joined to a short flag, or as the next argument; they may repeat. What rustc
//! does not know is an error that names it.

mod unstable;

use session::{CrateType, DebugInfo, ErrorFormat, ExternEntry, OptLevel, Options, OutputType, PanicStrategy, Strip};

/// What the command line asks for.
#[derive(Debug)]
pub enum Request {
    /// `--help`
    Help,
    /// `-C help`, `-W help`, `-Z help`: the text.
    OptionHelp(String),
    /// `-V`, or `-vV` with `true`.
    Version(bool),
    /// `--explain CODE`
    Explain(String),
    /// `--print ..` without compiling.
    Print(Vec<String>, Box<Options>),
    Compile(Box<Options>),
    /// `run FILE -- ARGS`: compile and run.
    Run(Box<Options>, Vec<String>),
}

/// Why the command line is wrong.
pub type ArgError = String;

/// Options that take a value, long and short.
const VALUED: &[&str] = &[
    "crate-name",
    "crate-type",
    "edition",
    "cfg",
    "check-cfg",
    "extern",
    "emit",
    "target",
    "print",
    "error-format",
    "json",
    "color",
    "explain",
    "out-dir",
    "cap-lints",
    "sysroot",
    "allow",
    "warn",
    "deny",
    "forbid",
    "force-warn",
    "codegen",
    "remap-path-prefix",
    "env-set",
    "diagnostic-width",
    "expect",
];
const SHORT_VALUED: &[char] = &['o', 'C', 'Z', 'L', 'l', 'A', 'W', 'D', 'F'];
const FLAGS: &[&str] = &["help", "version", "verbose", "test"];

/// The usage text.
pub const HELP: &str = "\
Usage: rcc [OPTIONS] INPUT
       rcc run INPUT [-- ARGS]

Options:
    -h, --help          Display this message
        --cfg SPEC      Configure the compilation environment. SPEC supports the syntax `NAME[=\"VALUE\"]`
        --check-cfg SPEC
                        Provide list of expected cfgs for checking
    -L [KIND=]PATH      Add a directory to the library search path
        --crate-type [bin|lib|rlib]
                        Comma separated list of types of crates for the compiler to emit
        --crate-name NAME
                        Specify the name of the crate being built
        --edition 2015|2018|2021|2024
                        Specify which edition of the compiler to use when compiling code
        --emit TYPE[=FILE]
                        Comma separated list of types of output for the compiler to emit: metadata, mir, clif, asm, obj, dep-info, link
        --print INFO[=FILE]
                        Compiler information to print on stdout: cfg, crate-name, file-names, sysroot, target-list, ...
    -g                  Equivalent to -C debuginfo=2
    -O                  Equivalent to -C opt-level=3
    -o FILENAME         Write output to FILENAME
        --out-dir DIR   Write output to compiler-chosen filename in DIR
        --explain OPT   Provide a detailed explanation of an error message
        --test          Build a test harness
        --target TARGET Target tuple for which the code is compiled
    -A, --allow LINT    Set lint allowed
    -W, --warn LINT     Set lint warnings
    -D, --deny LINT     Set lint denied
    -F, --forbid LINT   Set lint forbidden
        --cap-lints LEVEL
                        Set the most restrictive lint level
    -C, --codegen OPT[=VALUE]
                        Set a codegen option
    -V, --version       Print version info and exit
    -v, --verbose       Use verbose output
        --extern NAME[=PATH]
                        Specify where an external rust library is located
        --sysroot PATH  Override the system root
        --error-format human|json|short
                        How errors and other messages are produced
        --json CONFIG   Configure the JSON output of the compiler
        --color auto|always|never
                        Configure coloring of output
";

/// An option with its value.
struct Opt {
    name: String,
    value: String,
}

/// Parses arguments (without the program's name); `env` is what `env!` will see.
pub fn parse(args: &[String], env: Vec<(String, String)>) -> Result<Request, ArgError> {
    let (run, args) = match args.first().map(String::as_str) {
        Some("run") => (true, &args[1..]),
        _ => (false, args),
    };
    let (args, program_args) = match (run, args.iter().position(|a| a == "--")) {
        (true, Some(i)) => (&args[..i], args[i + 1..].to_vec()),
        _ => (args, Vec::new()),
    };
    let (opts, inputs) = split(args)?;
    let has = |name: &str| opts.iter().any(|o| o.name == name);
    if has("help") || (opts.is_empty() && inputs.is_empty()) {
        return Ok(Request::Help);
    }
    let asks_help = |o: &&Opt| {
        o.value == "help" && matches!(o.name.as_str(), "C" | "codegen" | "Z" | "W" | "warn" | "A" | "D" | "F")
    };
    if let Some(o) = opts.iter().find(asks_help) {
        return Ok(Request::OptionHelp(match o.name.as_str() {
            "C" | "codegen" => crate::help::codegen_options(),
            "Z" => crate::help::unstable_options(),
            _ => crate::help::lints(),
        }));
    }
    if has("version") {
        return Ok(Request::Version(has("verbose")));
    }
    if let Some(code) = opts.iter().find(|o| o.name == "explain") {
        return Ok(Request::Explain(code.value.clone()));
    }
    let prints: Vec<String> = opts.iter().filter(|o| o.name == "print").map(|o| o.value.clone()).collect();
    let mut options = Options { env, ..Options::default() };
    for o in &opts {
        apply(&mut options, &o.name, &o.value)?;
    }
    match &inputs[..] {
        [] if !prints.is_empty() => return Ok(Request::Print(prints, Box::new(options))),
        [] => return Err("no input filename given".to_owned()),
        [one] => options.input = one.clone(),
        [first, second, ..] => {
            return Err(format!(
                "multiple input filenames provided (first two filenames are `{first}` and `{second}`)"
            ));
        }
    }
    if !prints.is_empty() {
        return Ok(Request::Print(prints, Box::new(options)));
    }
    if options.dropped_crate_types.iter().any(|t| t == "staticlib") {
        return Err("crate type `staticlib` is not supported yet".to_owned());
    }
    if options.crate_types.is_empty()
        && let Some(t) = options.dropped_crate_types.first()
    {
        return Err(format!(
            "cannot produce {t} for `{}` as the target does not support these crate types",
            options.target_triple
        ));
    }
    Ok(if run { Request::Run(Box::new(options), program_args) } else { Request::Compile(Box::new(options)) })
}

/// Options and inputs.
fn split(args: &[String]) -> Result<(Vec<Opt>, Vec<String>), ArgError> {
    let mut opts = Vec::new();
    let mut inputs = Vec::new();
    let mut iter = args.iter();
    while let Some(arg) = iter.next() {
        let mut value_of = |name: &str, joined: Option<&str>| -> Result<String, ArgError> {
            match joined {
                Some(v) => Ok(v.to_owned()),
                None => iter.next().cloned().ok_or_else(|| format!("Argument to option '{name}' missing")),
            }
        };
        if let Some(long) = arg.strip_prefix("--") {
            let (name, joined) = long.split_once('=').map_or((long, None), |(n, v)| (n, Some(v)));
            if VALUED.contains(&name) {
                let value = value_of(name, joined)?;
                opts.push(Opt { name: name.to_owned(), value });
            } else if FLAGS.contains(&name) && joined.is_none() {
                opts.push(Opt { name: name.to_owned(), value: String::new() });
            } else {
                return Err(format!("Unrecognized option: '{name}'"));
            }
        } else if let Some(short) = arg.strip_prefix('-').filter(|s| !s.is_empty()) {
            let mut rest = short;
            while let Some(c) = rest.chars().next() {
                rest = &rest[c.len_utf8()..];
                if SHORT_VALUED.contains(&c) {
                    let joined = (!rest.is_empty()).then(|| rest.strip_prefix('=').unwrap_or(rest));
                    let value = value_of(&c.to_string(), joined)?;
                    opts.push(Opt { name: c.to_string(), value });
                    break;
                }
                let name = match c {
                    'h' => "help",
                    'V' => "version",
                    'v' => "verbose",
                    'O' | 'g' => {
                        opts.push(Opt { name: c.to_string(), value: String::new() });
                        continue;
                    }
                    c => return Err(format!("Unrecognized option: '{c}'")),
                };
                opts.push(Opt { name: name.to_owned(), value: String::new() });
            }
        } else {
            inputs.push(arg.clone());
        }
    }
    Ok((opts, inputs))
}

fn apply(o: &mut Options, name: &str, value: &str) -> Result<(), ArgError> {
    match name {
        "crate-name" => {
            if let Some(c) = value.chars().find(|c| !c.is_alphanumeric() && *c != '_') {
                return Err(format!("invalid character {c:?} in crate name: `{value}`"));
            }
            if value.is_empty() {
                return Err("crate name must not be empty".to_owned());
            }
            o.crate_name = Some(value.to_owned());
        }
        "crate-type" => {
            for t in value.split(',') {
                o.crate_types.push(match t {
                    "bin" => CrateType::Executable,
                    "lib" | "rlib" => CrateType::Rlib,
                    "proc-macro" => CrateType::ProcMacro,
                    "dylib" | "cdylib" | "staticlib" => {
                        o.dropped_crate_types.push(t.to_owned());
                        continue;
                    }
                    t => return Err(format!("unknown crate type: `{t}`")),
                });
            }
        }
        "edition" => {
            o.edition = value.parse().map_err(|()| {
                format!(
                    "argument for `--edition` must be one of: 2015|2018|2021|2024|<future>. (instead was `{value}`)"
                )
            })?;
        }
        "cfg" => o.cfg.push(parse_cfg(value)?),
        "check-cfg" => {
            let spec = value.trim();
            if !(spec.starts_with("cfg(") && spec.ends_with(')')) {
                return Err(format!(
                    "invalid `--check-cfg` argument: `{value}`\n  |\n  = note: expected `cfg(name, values(\"value1\", \"value2\", ... \"valueN\"))`\n  = note: visit <https://doc.rust-lang.org/nightly/rustc/check-cfg.html> for more details"
                ));
            }
            o.check_cfg.push(value.to_owned());
        }
        "extern" => o.externs.push(parse_extern(value)),
        "emit" => {
            for part in value.split(',') {
                let (kind, file) = part.split_once('=').map_or((part, None), |(k, f)| (k, Some(f.to_owned())));
                let kind = match kind {
                    "metadata" => OutputType::Metadata,
                    "mir" => OutputType::Mir,
                    "clif" => OutputType::Clif,
                    "asm" => OutputType::Assembly,
                    "obj" => OutputType::Object,
                    "dep-info" => OutputType::DepInfo,
                    "link" => OutputType::Exe,
                    "llvm-ir" | "llvm-bc" | "thin-link-bitcode" => {
                        return Err(format!(
                            "the emission type `{kind}` is not supported: rcc generates code without LLVM; \
                             `clif` is the intermediate representation that it generates code from"
                        ));
                    }
                    k => {
                        return Err(format!(
                            "unknown emission type: `{k}` - expected one of: `asm`, `clif`, `dep-info`, `link`, `metadata`, `mir`, `obj`"
                        ));
                    }
                };
                o.output_types.push((kind, file));
            }
        }
        "target" => {
            if session::Target::from_triple(value).is_none() {
                return Err(format!(
                    "error loading target specification: could not find specification for target {value:?}\n  |\n  = help: run `rustc --print target-list` for a list of built-in targets"
                ));
            }
            o.target_triple = value.to_owned();
        }
        "error-format" => {
            o.error_format = match value {
                "human" | "human-annotate-rs" | "human-unicode" => ErrorFormat::Human,
                "short" => ErrorFormat::Short,
                "json" | "pretty-json" => ErrorFormat::Json,
                v => {
                    return Err(format!(
                        "argument for `--error-format` must be `human`, `human-unicode`, `json`, `pretty-json` or `short` (instead was `{v}`)"
                    ));
                }
            };
        }
        "json" => {
            for v in value.split(',') {
                match v {
                    "diagnostic-short" | "diagnostic-rendered-ansi" | "diagnostic-unicode" => o.json_rendered = true,
                    "artifacts" => o.json_artifacts = true,
                    "future-incompat" => o.json_future_incompat = true,
                    "unused-externs" | "unused-externs-silent" | "timings" => {}
                    v => return Err(format!("unknown `--json` option `{v}`")),
                }
            }
        }
        "color" => match value {
            "auto" => {}
            "never" => o.codegen_opts.push(("color-never".to_owned(), None)),
            "always" => o.codegen_opts.push(("color-always".to_owned(), None)),
            v => return Err(format!("argument for `--color` must be `auto`, `always` or `never` (instead was `{v}`)")),
        },
        "out-dir" => o.out_dir = Some(value.to_owned()),
        "o" => o.output = Some(value.to_owned()),
        "cap-lints" => {
            if !["allow", "expect", "warn", "force-warn", "deny", "forbid"].contains(&value) {
                return Err(format!("unknown lint level: `{value}`"));
            }
            o.lint_cap = Some(value.to_owned());
        }
        "sysroot" => o.sysroot = Some(value.to_owned()),
        "A" | "allow" => o.lint_opts.push((value.replace('-', "_"), 'A')),
        "force-warn" => o.lint_opts.push((value.replace('-', "_"), 'f')),
        "W" | "warn" => o.lint_opts.push((value.replace('-', "_"), 'W')),
        "D" | "deny" => o.lint_opts.push((value.replace('-', "_"), 'D')),
        "F" | "forbid" => o.lint_opts.push((value.replace('-', "_"), 'F')),
        "L" => {
            let kinds = ["native", "crate", "dependency", "framework", "all"];
            let (kind, path) = value.split_once('=').filter(|(k, _)| kinds.contains(k)).unwrap_or(("all", value));
            if path.is_empty() {
                return Err("empty search path given via `-L`".to_owned());
            }
            o.search_paths.push((kind.to_owned(), path.to_owned()));
        }
        "l" => return Err("linking to native libraries (`-l`) is not supported yet".to_owned()),
        "O" => o.opt_level = OptLevel::Aggressive,
        "g" => o.debuginfo = DebugInfo::Full,
        "C" | "codegen" => codegen_option(o, value)?,
        "Z" => {
            let (n, v) = value.split_once('=').map_or((value, None), |(n, v)| (n, Some(v.to_owned())));
            let n = n.replace('_', "-");
            if !unstable::is_known(&n) {
                return Err(format!("unknown unstable option: `{n}`"));
            }
            o.unstable_opts.push((n, v));
        }
        "test" => o.test = true,
        "remap-path-prefix" => {
            let (from, to) =
                value.split_once('=').ok_or("`--remap-path-prefix` must contain '=' between FROM and TO")?;
            o.remap_path_prefix.push((from.to_owned(), to.to_owned()));
        }
        "env-set" => {
            let (k, v) = value.split_once('=').ok_or("`--env-set`: specify value for variable")?;
            o.env.push((k.to_owned(), v.to_owned()));
        }
        "print" | "verbose" | "diagnostic-width" | "expect" => {}
        other => return Err(format!("Unrecognized option: '{other}'")),
    }
    Ok(())
}

/// `name` or `name="value"`.
fn parse_cfg(spec: &str) -> Result<(String, Option<String>), ArgError> {
    let bad = || {
        let shell = if spec.contains('=') {
            ", ensure escaping is appropriate for your shell, try 'key=\"value\"' or key=\\\"value\\\""
        } else {
            ""
        };
        format!("invalid `--cfg` argument: `{spec}` (expected `key` or `key=\"value\"`{shell})")
    };
    let ident = |s: &str| {
        !s.is_empty()
            && s.chars().all(|c| c.is_alphanumeric() || c == '_')
            && !s.starts_with(|c: char| c.is_ascii_digit())
    };
    match spec.split_once('=') {
        None if ident(spec.trim()) => Ok((spec.trim().to_owned(), None)),
        Some((k, v)) if ident(k.trim()) => {
            let v = v.trim().strip_prefix('"').and_then(|v| v.strip_suffix('"')).ok_or_else(bad)?;
            Ok((k.trim().to_owned(), Some(v.replace("\\\"", "\"").replace("\\\\", "\\"))))
        }
        _ => Err(bad()),
    }
}

fn parse_extern(spec: &str) -> ExternEntry {
    let (name, path) = spec.split_once('=').map_or((spec, None), |(n, p)| (n, Some(p.to_owned())));
    // `opts:name`: of the options only `noprelude` matters to us.
    let (opts, name) = name.split_once(':').unwrap_or(("", name));
    let prelude = !opts.split(',').any(|o| o == "noprelude");
    ExternEntry { name: name.to_owned(), path, prelude }
}

fn codegen_option(o: &mut Options, spec: &str) -> Result<(), ArgError> {
    let (name, value) = spec.split_once('=').map_or((spec, None), |(n, v)| (n, Some(v)));
    let name = name.replace('_', "-");
    let need = || value.ok_or_else(|| format!("codegen option `{name}` requires a value (C {name}=<value>)"));
    let yes_no = || match value {
        None | Some("y" | "yes" | "on" | "true") => Ok(true),
        Some("n" | "no" | "off" | "false") => Ok(false),
        Some(v) => Err(format!(
            "incorrect value `{v}` for codegen option `{name}` - one of: `y`, `yes`, `on`, `true`, `n`, `no`, `off` or `false` was expected"
        )),
    };
    match name.as_str() {
        "opt-level" => {
            o.opt_level = match need()? {
                "0" => OptLevel::No,
                "1" => OptLevel::Less,
                "2" => OptLevel::More,
                "3" => OptLevel::Aggressive,
                "s" => OptLevel::Size,
                "z" => OptLevel::SizeMin,
                v => return Err(format!("optimization level needs to be between 0-3, s or z (instead was `{v}`)")),
            };
        }
        "codegen-units" => {
            let v = need()?;
            let n: usize = v.parse().ok().filter(|n| *n > 0).ok_or_else(|| {
                format!("incorrect value `{v}` for codegen option `codegen-units` - a number was expected")
            })?;
            o.codegen_units = Some(n);
        }
        "overflow-checks" => o.overflow_checks = Some(yes_no()?),
        "debug-assertions" => o.debug_assertions = Some(yes_no()?),
        "debuginfo" => {
            o.debuginfo = match need()? {
                "0" | "none" => DebugInfo::None,
                "line-tables-only" | "line-directives-only" => DebugInfo::LineTablesOnly,
                "1" | "limited" => DebugInfo::Limited,
                "2" | "full" => DebugInfo::Full,
                v => return Err(format!("incorrect value `{v}` for codegen option `debuginfo`")),
            };
        }
        "panic" => {
            o.panic = match need()? {
                "abort" => PanicStrategy::Abort,
                "unwind" => PanicStrategy::Unwind,
                v => {
                    return Err(format!(
                        "incorrect value `{v}` for codegen option `panic` - either `unwind` or `abort` was expected"
                    ));
                }
            };
        }
        "strip" => {
            o.strip = match need()? {
                "none" => Strip::None,
                "debuginfo" => Strip::Debuginfo,
                "symbols" => Strip::Symbols,
                v => {
                    return Err(format!(
                        "incorrect value `{v}` for codegen option `strip` - either `none`, `debuginfo`, or `symbols` was expected"
                    ));
                }
            };
        }
        "linker" => o.linker = Some(need()?.to_owned()),
        "link-arg" => o.link_args.push(need()?.to_owned()),
        "link-args" => o.link_args.extend(need()?.split_whitespace().map(str::to_owned)),
        "metadata" => o.metadata.extend(need()?.split(',').map(str::to_owned)),
        "extra-filename" => o.extra_filename = need()?.to_owned(),
        "incremental" => o.incremental = Some(need()?.to_owned()),
        "target-cpu"
        | "target-feature"
        | "lto"
        | "embed-bitcode"
        | "prefer-dynamic"
        | "rpath"
        | "relocation-model"
        | "code-model"
        | "force-frame-pointers"
        | "force-unwind-tables"
        | "split-debuginfo"
        | "save-temps"
        | "inline-threshold"
        | "no-prepopulate-passes"
        | "passes"
        | "llvm-args"
        | "linker-plugin-lto"
        | "link-dead-code"
        | "link-self-contained"
        | "linker-flavor"
        | "default-linker-libraries"
        | "instrument-coverage"
        | "profile-generate"
        | "profile-use"
        | "remark"
        | "soft-float"
        | "symbol-mangling-version"
        | "control-flow-guard"
        | "dwarf-version"
        | "collapse-macro-debuginfo"
        | "relro-level"
        | "no-vectorize-loops"
        | "no-vectorize-slp"
        | "no-redzone"
        | "dlltool"
        | "ar"
        | "jump-tables" => {
            o.codegen_opts.push((name.clone(), value.map(str::to_owned)));
        }
        _ => return Err(format!("unknown codegen option: `{name}`")),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse_ok(args: &[&str]) -> Options {
        let args: Vec<String> = args.iter().map(ToString::to_string).collect();
        match parse(&args, Vec::new()) {
            Ok(Request::Compile(o)) => *o,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn values_are_joined_or_apart() {
        let o = parse_ok(&[
            "a.rs",
            "-Copt-level=3",
            "-C",
            "panic=abort",
            "--edition=2021",
            "--crate-name",
            "x",
            "-Ldependency=d",
        ]);
        assert_eq!(o.opt_level, OptLevel::Aggressive);
        assert_eq!(o.crate_name.as_deref(), Some("x"));
        assert_eq!(o.search_paths, [("dependency".to_owned(), "d".to_owned())]);
    }

    #[test]
    fn search_paths_may_contain_an_equals_sign() {
        let o = parse_ok(&["a.rs", "-L", "a=b", "-L", "crate=c=d"]);
        let expected = [("all", "a=b"), ("crate", "c=d")].map(|(k, p)| (k.to_owned(), p.to_owned()));
        assert_eq!(o.search_paths, expected);
    }

    #[test]
    fn crate_types_that_the_targets_lack_are_dropped() {
        let o = parse_ok(&["a.rs", "--crate-type", "cdylib,rlib"]);
        assert_eq!((&o.crate_types[..], o.dropped_crate_types), (&[CrateType::Rlib][..], vec!["cdylib".to_owned()]));
        let args = ["a.rs", "--crate-type", "dylib"].map(str::to_owned);
        assert!(parse(&args, Vec::new()).unwrap_err().starts_with("cannot produce dylib"));
    }

    #[test]
    fn unknown_options_are_named() {
        let err =
            |args: &[&str]| parse(&args.iter().map(ToString::to_string).collect::<Vec<_>>(), Vec::new()).unwrap_err();
        assert_eq!(err(&["--frobnicate", "a.rs"]), "Unrecognized option: 'frobnicate'");
        assert_eq!(err(&["-C", "wombat=1", "a.rs"]), "unknown codegen option: `wombat`");
        assert_eq!(err(&["-o"]), "Argument to option 'o' missing");
        assert_eq!(err(&["-O"]), "no input filename given");
    }

    #[test]
    fn cfg_has_an_optional_quoted_value() {
        let o = parse_ok(&["a.rs", "--cfg", "x", "--cfg", "feature=\"y\""]);
        assert_eq!(o.cfg, [("x".to_owned(), None), ("feature".to_owned(), Some("y".to_owned()))]);
    }
}
