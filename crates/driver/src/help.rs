//! The texts of `-C help`, `-Z help` and `-W help`.

use session::lint::{ALL_LINTS, Lint};
use session::lint_groups::LINT_GROUPS;

/// Codegen options that have an effect, with what they do. The others of rustc's are accepted.
const CODEGEN: &[(&str, &str)] = &[
    ("codegen-units=<val>", "divide crate into N units to optimize"),
    ("debug-assertions=<val>", "explicitly enable the `cfg(debug_assertions)` directive"),
    (
        "debuginfo=<val>",
        "debug info emission level (0-2, none, line-directives-only, line-tables-only, limited, or full; default: 0)",
    ),
    ("extra-filename=<val>", "extra data to put in each output filename"),
    ("incremental=<val>", "enable incremental compilation"),
    ("link-arg=<val>", "a single extra argument to append to the linker invocation (can be used several times)"),
    ("link-args=<val>", "extra arguments to append to the linker invocation (space separated)"),
    ("linker=<val>", "system linker to link outputs with"),
    ("metadata=<val>", "metadata to mangle symbol names with"),
    ("opt-level=<val>", "optimization level (0-3, s, or z; default: 0)"),
    ("overflow-checks=<val>", "use overflow checks for integer arithmetic"),
    ("panic=<val>", "panic strategy to compile crate with"),
    ("strip=<val>", "tell the linker which information to strip (`none` (default), `debuginfo` or `symbols`)"),
];

const UNSTABLE: &[(&str, &str)] = &[
    (
        "parse-crate-root-only=<val>",
        "parse the crate root file only; do not parse other files, compile, assemble, or link the crate",
    ),
    ("time-passes=<val>", "measure time of each rustc pass"),
    (
        "unpretty=<val>",
        "present the input source, unstable (and less-pretty) variants: `expanded`, `hir`, `thir-tree`, `mir`",
    ),
    ("verify-clif=<val>", "run the Cranelift verifier"),
];

/// `-C help`
pub fn codegen_options() -> String {
    let mut out = String::from("\nAvailable codegen options:\n\n");
    for (name, what) in CODEGEN {
        out += &format!("    -C {name:>40} -- {what}\n");
    }
    out.push('\n');
    out
}

/// `-Z help`
pub fn unstable_options() -> String {
    let mut out = String::from("\nAvailable options:\n\n");
    for (name, what) in UNSTABLE {
        out += &format!("    -Z {name:>40} -- {what}\n");
    }
    out.push('\n');
    out
}

/// `-W help`
pub fn lints() -> String {
    let mut lints: Vec<&Lint> = ALL_LINTS.to_vec();
    lints.sort_by_key(|l| (l.default_level, l.name));
    let dashed = |name: &str| name.replace('_', "-");
    let width = lints.iter().map(|l| l.name.len()).max().unwrap_or(0);
    let mut out = String::from(
        "
Available lint options:
    -W <foo>           Warn about <foo>
    -A <foo>           Allow <foo>
    -D <foo>           Deny <foo>
    -F <foo>           Forbid <foo> (deny <foo> and all attempts to override)


Lint checks provided by rustc:

",
    );
    out += &format!(
        "    {:>width$}  {:7.7}  meaning\n    {:>width$}  {:7.7}  -------\n",
        "name", "default", "----", "-------"
    );
    for lint in lints {
        out += &format!("    {:>width$}  {:7.7}  {}\n", dashed(lint.name), lint.default_level.as_str(), lint.desc);
    }
    out += "\nLint groups provided by rustc:\n\n";
    out += &format!("    {:>width$}  sub-lints\n    {:>width$}  ---------\n", "name", "----");
    out += &format!("    {:>width$}  all lints that are set to issue warnings\n", "warnings");
    for (name, members) in LINT_GROUPS {
        let members: Vec<String> = members.iter().map(|m| dashed(m)).collect();
        out += &format!("    {:>width$}  {}\n", dashed(name), members.join(", "));
    }
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn lints_are_listed_with_their_groups() {
        let text = super::lints();
        assert!(text.contains("unused-variables  warn     detect variables which are not used in any way"));
        assert!(text.contains("let-underscore  let-underscore-drop, let-underscore-lock"));
    }
}
