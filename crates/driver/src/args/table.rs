//! rustc's options: which there are, how arguments are split into them, and the usage text.
//!
//! Options take their value after `=`, joined to a short flag, or as the next argument, as in the crate `getopts`.

use super::ArgError;
use super::codegen::CODEGEN;
use super::unstable::UNSTABLE;

/// An option of the command line with its value; the name is the long one if there is one.
pub(super) struct Opt {
    pub(super) name: String,
    pub(super) value: String,
}

/// How often an option may be given.
#[derive(Clone, Copy, PartialEq)]
enum Times {
    Once,
    Many,
}
use Times::{Many, Once};

/// Whether `--help` alone shows it.
#[derive(Clone, Copy, PartialEq)]
enum Shown {
    First,
    /// With `-v`.
    More,
}
use Shown::{First, More};

/// An option that there is.
struct Spec {
    short: &'static str,
    long: &'static str,
    /// What its value is; empty if it takes none.
    hint: &'static str,
    desc: &'static str,
    times: Times,
    shown: Shown,
}

const fn opt(
    short: &'static str,
    long: &'static str,
    hint: &'static str,
    desc: &'static str,
    times: Times,
    shown: Shown,
) -> Spec {
    Spec { short, long, hint, desc, times, shown }
}

#[rustfmt::skip]
const OPTIONS: &[Spec] = &[
    opt("h", "help", "", "Display this message", Many, First),
    opt("", "cfg", "<SPEC>", "Configure the compilation environment.\nSPEC supports the syntax `<NAME>[=\"<VALUE>\"]`.", Many, First),
    opt("", "check-cfg", "<SPEC>", "Provide list of expected cfgs for checking", Many, First),
    opt("L", "", "[<KIND>=]<PATH>", "Add a directory to the library search path. The optional KIND can be one of <dependency|crate|native|framework|all> (default: all).", Many, First),
    opt("l", "", "[<KIND>[:<MODIFIERS>]=]<NAME>[:<RENAME>]", "Link the generated crate(s) to the specified native library NAME. The optional KIND can be one of <static|framework|dylib> (default: dylib).\nOptional comma separated MODIFIERS\n<bundle|verbatim|whole-archive|as-needed>\nmay be specified each with a prefix of either '+' to enable or '-' to disable.", Many, First),
    opt("", "crate-type", "<bin|lib|rlib|dylib|cdylib|staticlib|proc-macro>", "Comma separated list of types of crates\nfor the compiler to emit", Many, First),
    opt("", "crate-name", "<NAME>", "Specify the name of the crate being built", Once, First),
    opt("", "edition", "<2015|2018|2021|2024|future>", "Specify which edition of the compiler to use when compiling code. The default is 2015 and the latest stable edition is 2024.", Once, First),
    opt("", "emit", "<TYPE>[=<FILE>]", "Comma separated list of types of output for the compiler to emit.\nEach TYPE has the default FILE name:\n* asm - CRATE_NAME.s\n* clif - CRATE_NAME.clif\n* dep-info - CRATE_NAME.d\n* link - (crate-type dependent)\n* metadata - libCRATE_NAME.rmeta\n* mir - CRATE_NAME.mir\n* obj - CRATE_NAME.o", Many, First),
    opt("", "print", "<INFO>[=<FILE>]", "Compiler information to print on stdout (or to a file)\nINFO may be one of\n<calling-conventions|cfg|code-models|crate-name|crate-root-lint-levels|file-names|host-tuple|relocation-models|split-debuginfo|stack-protector-strategies|supported-crate-types|sysroot|target-cpus|target-features|target-libdir|target-list|tls-models>.", Many, First),
    opt("g", "", "", "Equivalent to -C debuginfo=2", Many, First),
    opt("O", "", "", "Equivalent to -C opt-level=3", Many, First),
    opt("o", "", "<FILENAME>", "Write output to FILENAME", Once, First),
    opt("", "out-dir", "<DIR>", "Write output to compiler-chosen filename in DIR", Once, First),
    opt("", "explain", "<OPT>", "Provide a detailed explanation of an error message", Once, First),
    opt("", "test", "", "Build a test harness", Once, First),
    opt("", "target", "<TARGET>", "Target tuple for which the code is compiled", Once, First),
    opt("A", "allow", "<LINT>", "Set lint allowed", Many, First),
    opt("W", "warn", "<LINT>", "Set lint warnings", Many, First),
    opt("", "force-warn", "<LINT>", "Set lint force-warn", Many, First),
    opt("D", "deny", "<LINT>", "Set lint denied", Many, First),
    opt("F", "forbid", "<LINT>", "Set lint forbidden", Many, First),
    opt("", "cap-lints", "<LEVEL>", "Set the most restrictive lint level. More restrictive lints are capped at this level", Many, First),
    opt("C", "codegen", "<OPT>[=<VALUE>]", "Set a codegen option", Many, First),
    opt("V", "version", "", "Print version info and exit", Many, First),
    opt("v", "verbose", "", "Use verbose output", Many, First),
    opt("", "extern", "<NAME>[=<PATH>]", "Specify where an external rust library is located", Many, More),
    opt("", "sysroot", "<PATH>", "Override the system root", Once, More),
    opt("Z", "", "<FLAG>", "Set unstable / perma-unstable options", Many, More),
    opt("", "error-format", "<human|json|short>", "How errors and other messages are produced", Once, More),
    opt("", "json", "<CONFIG>", "Configure the JSON output of the compiler", Many, More),
    opt("", "color", "<auto|always|never>", "Configure coloring of output:\n* auto = colorize, if output goes to a tty (default);\n* always = always colorize output;\n* never = never colorize output", Once, More),
    opt("", "diagnostic-width", "<WIDTH>", "Inform rustc of the width of the output so that diagnostics can be truncated to fit", Once, More),
    opt("", "remap-path-prefix", "<FROM>=<TO>", "Remap source names in all output (compiler messages and output files)", Many, More),
    opt("", "remap-path-scope", "<macro,diagnostics,debuginfo,coverage,object,all>", "Defines which scopes of paths should be remapped by `--remap-path-prefix`", Once, More),
    opt("", "env-set", "<VAR>=<VALUE>", "Inject an environment variable", Many, More),
];

impl Spec {
    fn name(&self) -> &'static str {
        if self.long.is_empty() { self.short } else { self.long }
    }

    /// Its lines of the usage text, as `getopts` sets them: the description from column 24 on, 54 wide. `alone`: there
    /// need be no place for a short name.
    fn usage(&self, alone: bool) -> String {
        let mut row = "    ".to_owned();
        match (self.short, self.long) {
            ("", _) if alone => {}
            ("", _) => row += "    ",
            (s, "") => row += &format!("-{s} "),
            (s, _) => row += &format!("-{s}, "),
        }
        if !self.long.is_empty() {
            row += &format!("--{} ", self.long);
        }
        row += self.hint;
        if row.trim_end().len() < 24 {
            row = format!("{:24}", row.trim_end());
        } else {
            row = format!("{}\n{:24}", row.trim_end(), "");
        }
        row + &wrap(self.desc, 54).join(&format!("\n{:24}", ""))
    }
}

/// Lines of at most so many characters, broken at spaces; given line breaks stay.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut out = Vec::new();
    for line in text.split('\n') {
        let mut current = String::new();
        for word in line.split(' ') {
            if !current.is_empty() && current.len() + 1 + word.len() > width {
                out.push(std::mem::take(&mut current));
            }
            if !current.is_empty() {
                current.push(' ');
            }
            current += word;
        }
        out.push(current);
    }
    out
}

/// `--help`; all of it if `verbose`.
pub fn help(verbose: bool) -> String {
    let mut out = "Usage: rcc [OPTIONS] INPUT\n       rcc run [OPTIONS] INPUT [-- ARGS]\n\nOptions:\n".to_owned();
    for spec in OPTIONS.iter().filter(|s| verbose || s.shown == First) {
        out += &spec.usage(false);
        out.push('\n');
    }
    if verbose {
        out += "    @path               Read newline separated options from `path`\n";
    }
    out += "
Additional help:
    -C help             Print codegen options
    -W help             Print 'lint' options and default settings
    -Z help             Print unstable compiler options
";
    if !verbose {
        out += "    --help -v           Print the full set of options rcc accepts\n";
    }
    out.push('\n');
    out
}

/// Splits arguments into options and inputs.
pub(super) fn split(args: &[String]) -> Result<(Vec<Opt>, Vec<String>), ArgError> {
    let mut opts: Vec<Opt> = Vec::new();
    let mut inputs = Vec::new();
    let mut iter = args.iter();
    while let Some(arg) = iter.next() {
        if arg == "--" {
            inputs.extend(iter.cloned());
            break;
        }
        if let Some(long) = arg.strip_prefix("--") {
            let (name, joined) = long.split_once('=').map_or((long, None), |(n, v)| (n, Some(v.to_owned())));
            let Some(spec) = OPTIONS.iter().find(|o| !o.long.is_empty() && o.long == name) else {
                return Err(unrecognized(name));
            };
            let value = match (spec.hint, joined) {
                ("", None) => String::new(),
                ("", Some(_)) => return Err(format!("Option '{name}' does not take an argument").into()),
                (_, Some(v)) => v,
                (_, None) => iter.next().cloned().ok_or_else(|| missing(spec, name))?,
            };
            opts.push(Opt { name: spec.name().to_owned(), value });
        } else if let Some(short) = arg.strip_prefix('-').filter(|s| !s.is_empty()) {
            let mut rest = short;
            while let Some(c) = rest.chars().next() {
                rest = &rest[c.len_utf8()..];
                let name = c.to_string();
                let Some(spec) = OPTIONS.iter().find(|o| o.short == name) else {
                    return Err(unrecognized(&name));
                };
                if spec.hint.is_empty() {
                    opts.push(Opt { name: spec.name().to_owned(), value: String::new() });
                    continue;
                }
                let value = match rest {
                    "" => iter.next().cloned().ok_or_else(|| missing(spec, &name))?,
                    joined => joined.strip_prefix('=').unwrap_or(joined).to_owned(),
                };
                opts.push(Opt { name: spec.name().to_owned(), value });
                break;
            }
        } else {
            inputs.push(arg.clone());
        }
    }
    for spec in OPTIONS.iter().filter(|s| s.times == Once) {
        if opts.iter().filter(|o| o.name == spec.name()).count() > 1 {
            return Err(format!("Option '{}' given more than once", spec.name()).into());
        }
    }
    Ok((opts, inputs))
}

fn missing(spec: &Spec, name: &str) -> ArgError {
    let usage = if spec.long == name { format!("\nUsage:\n{}", spec.usage(true)) } else { String::new() };
    ArgError::new(format!("Argument to option '{name}' missing{usage}"))
}

fn unrecognized(name: &str) -> ArgError {
    let hint = [CODEGEN, UNSTABLE].into_iter().find(|g| g.knows(name));
    let hint = hint.map(|g| format!(". Did you mean `-{} {name}`?", g.flag)).unwrap_or_default();
    ArgError::new(format!("Unrecognized option: '{name}'{hint}"))
}

#[cfg(test)]
mod tests {
    use super::{help, split};

    #[test]
    fn the_usage_text_is_set_as_getopts_does() {
        let text = help(false);
        assert!(text.contains("    -h, --help          Display this message\n"), "{text}");
        assert!(text.contains("        --out-dir <DIR> Write output to compiler-chosen filename in DIR\n"), "{text}");
        let name = "        --crate-name <NAME>\n                        Specify the name of the crate being built\n";
        assert!(text.contains(name), "{text}");
        assert!(!text.contains("--json") && help(true).contains("--json <CONFIG>"));
    }

    #[test]
    fn wrong_use_is_named() {
        let err = |args: &[&str]| {
            let args: Vec<String> = args.iter().map(ToString::to_string).collect();
            split(&args).err().map(|e| e.to_string()).unwrap_or_default()
        };
        assert_eq!(err(&["--unpretty=mir"]), "Unrecognized option: 'unpretty'. Did you mean `-Z unpretty`?");
        assert_eq!(err(&["-o"]), "Argument to option 'o' missing");
        assert_eq!(err(&["--test=1"]), "Option 'test' does not take an argument");
        assert_eq!(err(&["-oa", "-o", "b"]), "Option 'o' given more than once");
        assert_eq!(
            err(&["--out-dir"]),
            "Argument to option 'out-dir' missing\nUsage:\n    --out-dir <DIR>     Write output to compiler-chosen filename in DIR"
        );
    }
}
