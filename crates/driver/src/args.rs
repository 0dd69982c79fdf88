//! rustc's command line.
//!
//! [`table`] lists the options and splits arguments into them; what `-C`, `-Z`, `--cfg` and `-l` take have files of
//! their own. What rustc does not know is an error that names it.

mod cfg;
mod codegen;
mod error;
mod native_lib;
mod table;
mod unstable;
mod values;

pub use error::ArgError;
pub use table::help;

use session::{ColorConfig, CrateType, DebugInfo, ErrorFormat, ExternEntry, OptLevel, Options, OutputType};

use table::Opt;

/// What the command line asks for.
#[derive(Debug)]
pub enum Request {
    /// `--help`; `-v` says more.
    Help {
        verbose: bool,
    },
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
    let (opts, inputs) = table::split(args)?;
    let has = |name: &str| opts.iter().any(|o| o.name == name);
    if has("help") || (opts.is_empty() && inputs.is_empty()) {
        return Ok(Request::Help { verbose: has("verbose") });
    }
    let help = |names: &[&str]| opts.iter().any(|o| o.value == "help" && names.contains(&o.name.as_str()));
    if help(&["warn", "allow", "deny", "forbid", "force-warn"]) {
        return Ok(Request::OptionHelp(crate::help::lints()));
    }
    if help(&["Z"]) {
        return Ok(Request::OptionHelp(crate::help::unstable_options()));
    }
    if help(&["codegen"]) {
        return Ok(Request::OptionHelp(crate::help::codegen_options()));
    }
    if has("version") {
        return Ok(Request::Version(has("verbose")));
    }
    if let Some(code) = opts.iter().find(|o| o.name == "explain") {
        return Ok(Request::Explain(code.value.clone()));
    }
    let mut options = Options { env, ..Options::default() };
    options_of(&mut options, &opts, inputs)?;
    let prints: Vec<String> = opts.iter().filter(|o| o.name == "print").map(|o| o.value.clone()).collect();
    if !prints.is_empty() {
        return Ok(Request::Print(prints, Box::new(options)));
    }
    Ok(if run { Request::Run(Box::new(options), program_args) } else { Request::Compile(Box::new(options)) })
}

/// All options, and the input; how errors look first.
fn options_of(options: &mut Options, opts: &[Opt], inputs: Vec<String>) -> Result<(), ArgError> {
    let (format, rest): (Vec<_>, Vec<_>) =
        opts.iter().partition(|o| matches!(o.name.as_str(), "Z" | "color" | "error-format" | "json"));
    for o in &format {
        apply_format(options, &o.name, &o.value)?;
    }
    check_format(options, &format)?;
    other_options_of(options, opts, &rest, inputs).map_err(|e| e.in_format(options))
}

/// As `options_of`, once it is known what errors look like.
fn other_options_of(options: &mut Options, opts: &[Opt], rest: &[&Opt], inputs: Vec<String>) -> Result<(), ArgError> {
    for o in rest {
        apply(options, &o.name, &o.value)?;
    }
    codegen::check_together(options)?;
    let prints = opts.iter().any(|o| o.name == "print");
    let needs_input = opts.iter().any(|o| o.name == "print" && matches!(&*o.value, "crate-name" | "file-names"));
    match &inputs[..] {
        [] if prints && !needs_input => return Ok(()),
        [] => return Err("no input filename given".into()),
        [one] => options.input = one.clone(),
        [first, second, ..] => {
            return Err(format!(
                "multiple input filenames provided (first two filenames are `{first}` and `{second}`)"
            )
            .into());
        }
    }
    if prints {
        return Ok(());
    }
    if options.dropped_crate_types.iter().any(|t| t == "staticlib") {
        return Err("crate type `staticlib` is not supported yet".into());
    }
    if options.crate_types.is_empty()
        && let Some(t) = options.dropped_crate_types.first()
    {
        return Err(format!(
            "cannot produce {t} for `{}` as the target does not support these crate types",
            options.target_triple
        )
        .into());
    }
    Ok(())
}

/// What errors look like, and `-Z`, which allows some of it.
fn apply_format(o: &mut Options, name: &str, value: &str) -> Result<(), ArgError> {
    match name {
        "Z" => {
            let (name, value) = unstable::UNSTABLE.check(value)?;
            if name == "unpretty"
                && let Some(v) = &value
                && !unstable::UNPRETTY.contains(&v.as_str())
            {
                let all: Vec<String> = unstable::UNPRETTY.iter().map(|v| format!("`{v}`")).collect();
                return Err(format!("argument to `unpretty` must be one of {}; got {v}", all.join(", ")).into());
            }
            o.unstable_opts.push((name, value));
        }
        "color" => {
            o.color = match value {
                "auto" => ColorConfig::Auto,
                "never" => ColorConfig::Never,
                "always" => ColorConfig::Always,
                v => {
                    return Err(
                        format!("argument for `--color` must be auto, always or never (instead was `{v}`)").into()
                    );
                }
            };
        }
        "error-format" => {
            o.error_format = match value {
                "human" | "human-unicode" => ErrorFormat::Human,
                "short" => ErrorFormat::Short,
                "json" => ErrorFormat::Json,
                "pretty-json" => ErrorFormat::PrettyJson,
                v => {
                    return Err(format!(
                        "argument for `--error-format` must be `human`, `human-unicode`, `json`, `pretty-json` or `short` (instead was `{v}`)"
                    )
                    .into());
                }
            };
            o.unicode = value == "human-unicode";
        }
        _ => {
            for v in value.split(',') {
                match v {
                    "diagnostic-short" => o.json_short = true,
                    "diagnostic-rendered-ansi" => o.json_ansi = true,
                    "diagnostic-unicode" => o.unicode = true,
                    "artifacts" => o.json_artifacts = true,
                    "future-incompat" => o.json_future_incompat = true,
                    "unused-externs" | "unused-externs-silent" | "timings" => {}
                    v => return Err(format!("unknown `--json` option `{v}`").into()),
                }
            }
        }
    }
    Ok(())
}

/// What does not go together of it.
fn check_format(o: &Options, given: &[&Opt]) -> Result<(), ArgError> {
    let json = given.iter().any(|g| g.name == "json");
    if json && !matches!(o.error_format, ErrorFormat::Json | ErrorFormat::PrettyJson) {
        return Err("using `--json` requires also using `--error-format=json`".into());
    }
    if json && o.color != ColorConfig::Auto {
        return Err("cannot specify the `--color` option with `--json`".into());
    }
    let unstable = o.z("unstable-options");
    for g in given {
        match &*g.value {
            "human-unicode" | "pretty-json" if g.name == "error-format" && !unstable => {
                return Err(ArgError::new(format!("`--error-format={}` is unstable", g.value)).in_format(o));
            }
            "timings" if g.name == "json" && !unstable => {
                return Err("--json=timings is unstable and requires using `-Zunstable-options`".into());
            }
            _ => {}
        }
    }
    Ok(())
}

fn apply(o: &mut Options, name: &str, value: &str) -> Result<(), ArgError> {
    match name {
        "crate-name" => {
            if let Some(c) = value.chars().find(|c| !c.is_alphanumeric() && *c != '_') {
                return Err(format!("invalid character {c:?} in crate name: `{value}`").into());
            }
            if value.is_empty() {
                return Err("crate name must not be empty".into());
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
                    t => {
                        return Err(format!(
                            "unknown crate type: `{t}`, expected one of: `lib`, `rlib`, `staticlib`, `dylib`, `cdylib`, `bin`, `proc-macro`"
                        )
                        .into());
                    }
                });
            }
        }
        "edition" => {
            if value == "future" {
                return Err("edition future is unstable and only available with -Z unstable-options".into());
            }
            o.edition = value.parse().map_err(|()| {
                format!(
                    "argument for `--edition` must be one of: <2015|2018|2021|2024|future>. (instead was `{value}`)"
                )
            })?;
        }
        "cfg" => o.cfg.push(cfg::parse(value)?),
        "check-cfg" => {
            let spec = value.trim();
            if !(spec.starts_with("cfg(") && spec.ends_with(')')) {
                return Err(ArgError::new(format!("invalid `--check-cfg` argument: `{value}`"))
                    .note("expected `cfg(name, values(\"value1\", \"value2\", ... \"valueN\"))`")
                    .note("visit <https://doc.rust-lang.org/nightly/rustc/check-cfg.html> for more details"));
            }
            o.check_cfg.push(value.to_owned());
        }
        "extern" => {
            let entry = parse_extern(value, o.z("unstable-options"))?;
            o.externs.push(entry);
        }
        "emit" => {
            for part in value.split(',') {
                let (kind, file) = part.split_once('=').map_or((part, None), |(k, f)| (k, Some(f.to_owned())));
                o.output_types.push((output_type(kind)?, file));
            }
        }
        "target" => {
            if session::Target::from_triple(value).is_none() {
                return Err(ArgError::new(format!(
                    "error loading target specification: could not find specification for target {value:?}"
                ))
                .help("run `rustc --print target-list` for a list of built-in targets"));
            }
            o.target_triple = value.to_owned();
        }
        "out-dir" => o.out_dir = Some(value.to_owned()),
        "o" => o.output = Some(value.to_owned()),
        "cap-lints" => {
            if !["allow", "expect", "warn", "force-warn", "deny", "forbid"].contains(&value) {
                return Err(format!("unknown lint level: `{value}`").into());
            }
            o.lint_cap = Some(value.to_owned());
        }
        "sysroot" => o.sysroot = Some(value.to_owned()),
        "allow" => o.lint_opts.push((value.replace('-', "_"), 'A')),
        "force-warn" => o.lint_opts.push((value.replace('-', "_"), 'f')),
        "warn" => o.lint_opts.push((value.replace('-', "_"), 'W')),
        "deny" => o.lint_opts.push((value.replace('-', "_"), 'D')),
        "forbid" => o.lint_opts.push((value.replace('-', "_"), 'F')),
        "L" => {
            let kinds = ["native", "crate", "dependency", "framework", "all"];
            let (kind, path) = value.split_once('=').filter(|(k, _)| kinds.contains(k)).unwrap_or(("all", value));
            if path.is_empty() {
                return Err("empty search path given via `-L`".into());
            }
            o.search_paths.push((kind.to_owned(), path.to_owned()));
        }
        "l" => {
            let lib = native_lib::parse(value, o.z("unstable-options"))?;
            o.native_libs.push(lib);
        }
        "O" => o.opt_level = OptLevel::Aggressive,
        "g" => o.debuginfo = DebugInfo::Full,
        "codegen" => codegen::apply(o, value)?,
        "test" => o.test = true,
        "remap-path-prefix" => {
            let (from, to) = value.split_once('=').ok_or("--remap-path-prefix must contain '=' between FROM and TO")?;
            o.remap_path_prefix.push((from.to_owned(), to.to_owned()));
        }
        "remap-path-scope" => {
            let scopes = ["macro", "diagnostics", "documentation", "debuginfo", "coverage", "object", "all"];
            if !value.split(',').all(|s| scopes.contains(&s)) {
                let all = scopes.map(|s| format!("`{s}`")).join(", ");
                return Err(format!(
                    "argument for `--remap-path-scope` must be a comma separated list of scopes: {all}"
                )
                .into());
            }
        }
        "env-set" => {
            if !o.z("unstable-options") {
                return Err("the `-Z unstable-options` flag must also be passed to enable the flag `env-set`".into());
            }
            let (k, v) = value.split_once('=').ok_or("`--env-set`: specify value for variable")?;
            o.env.push((k.to_owned(), v.to_owned()));
        }
        "diagnostic-width" => {
            let width = value.parse().map_err(|_| "`--diagnostic-width` must be an positive integer")?;
            o.diagnostic_width = Some(width);
        }
        // `--print`, `--verbose`: looked for by name.
        _ => {}
    }
    Ok(())
}

/// `--emit`
fn output_type(kind: &str) -> Result<OutputType, ArgError> {
    Ok(match kind {
        "metadata" => OutputType::Metadata,
        "mir" => OutputType::Mir,
        "clif" => OutputType::Clif,
        "asm" => OutputType::Assembly,
        "obj" => OutputType::Object,
        "dep-info" => OutputType::DepInfo,
        "link" => OutputType::Exe,
        "llvm-ir" | "llvm-bc" | "thin-link-bitcode" => {
            return Err(format!(
                "the emission type `{kind}` is not supported: rcc generates code without LLVM; `clif` is the \
                 intermediate representation that it generates code from"
            )
            .into());
        }
        k => {
            return Err(format!(
                "unknown emission type: `{k}` - expected one of: `asm`, `clif`, `dep-info`, `link`, `metadata`, `mir`, `obj`"
            )
            .into());
        }
    })
}

/// `[OPTIONS:]NAME[=PATH]`
fn parse_extern(spec: &str, unstable: bool) -> Result<ExternEntry, ArgError> {
    let (name, path) = spec.split_once('=').map_or((spec, None), |(n, p)| (n, Some(p.to_owned())));
    let (opts, name) = name.split_once(':').map_or((None, name), |(o, n)| (Some(o), n));
    let is_ident = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    if !is_ident {
        let error = ArgError::new(format!("crate name `{name}` passed to `--extern` is not a valid ASCII identifier"));
        let adjusted = name.replace('-', "_");
        let is_ident = !name.is_empty() && adjusted.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        return Err(match is_ident && adjusted != name {
            true => error.help(format!("consider replacing the dashes with underscores: `{adjusted}`")),
            false => error,
        });
    }
    let mut entry = ExternEntry { name: name.to_owned(), path, prelude: true, force: false, nounused: false };
    if let Some(opts) = opts {
        if !unstable {
            return Err("the `-Z unstable-options` flag must also be passed to enable `--extern` options".into());
        }
        for opt in opts.split(',') {
            match opt {
                "priv" => {}
                "noprelude" => entry.prelude = false,
                "force" => entry.force = true,
                "nounused" => entry.nounused = true,
                o => return Err(format!("unknown --extern option `{o}`").into()),
            }
        }
    }
    Ok(entry)
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
        assert!(parse(&args, Vec::new()).unwrap_err().to_string().starts_with("cannot produce dylib"));
    }

    #[test]
    fn unknown_options_are_named() {
        let err = |args: &[&str]| {
            parse(&args.iter().map(ToString::to_string).collect::<Vec<_>>(), Vec::new()).unwrap_err().to_string()
        };
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
