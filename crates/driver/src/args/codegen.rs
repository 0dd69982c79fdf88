//! The `-C` options: what they may be, and what each sets.

use session::{DebugInfo, OptLevel, Options, PanicStrategy, Strip};

use super::ArgError;
use super::values::Group;
use super::values::Value::{self, *};
use super::values::yes_no;

/// `-C`
pub(super) const CODEGEN: Group = Group { flag: 'C', name: "codegen", options: OPTIONS };

/// In order.
#[rustfmt::skip]
const OPTIONS: &[(&str, Value)] = &[
    ("ar", Free),
    ("code-model", OneOf(&["tiny", "small", "kernel", "medium", "large"], "one of supported code models (`rustc --print code-models`)")),
    ("codegen-units", Number),
    ("collapse-macro-debuginfo", OneOf(&["no", "external", "yes", "n", "off", "false", "y", "on", "true"], "one of `no`, `external`, or `yes`")),
    ("control-flow-guard", MaybeOneOf(&["y", "yes", "on", "true", "n", "no", "off", "false", "checks", "nochecks"], "either a boolean (`yes`, `no`, `on`, `off`, etc), `checks`, or `nochecks`")),
    ("debug-assertions", Bool),
    ("debuginfo", OneOf(&["0", "1", "2", "none", "line-directives-only", "line-tables-only", "limited", "full"], "either an integer (0, 1, 2), `none`, `line-directives-only`, `line-tables-only`, `limited`, or `full`")),
    ("default-linker-libraries", Bool),
    ("dlltool", Path),
    ("dwarf-version", Number),
    ("embed-bitcode", Bool),
    ("extra-filename", Str),
    ("force-frame-pointers", MaybeOneOf(&["y", "yes", "on", "true", "n", "no", "off", "false", "non-leaf", "always"], "one of `true`/`yes`/`on`, `false`/`no`/`off`, or (with -Zunstable-options) `non-leaf` or `always`")),
    ("force-unwind-tables", Bool),
    ("incremental", Str),
    ("inline-threshold", Number),
    ("instrument-coverage", Bool),
    ("jump-tables", Bool),
    ("link-arg", Str),
    ("link-args", Text("a space-separated list of strings")),
    ("link-dead-code", Bool),
    ("link-self-contained", MaybeListOf(&["y", "yes", "on", "n", "no", "off", "+crto", "+libc", "+unwind", "+linker", "+sanitizers", "+mingw", "-crto", "-libc", "-unwind", "-linker", "-sanitizers", "-mingw"], "one of: `y`, `yes`, `on`, `n`, `no`, `off`, or a list of enabled (`+` prefix) and disabled (`-` prefix) components: `crto`, `libc`, `unwind`, `linker`, `sanitizers`, `mingw`")),
    ("linker", Path),
    ("linker-features", OneOf(&["+lld", "-lld"], "a list of enabled (`+` prefix) and disabled (`-` prefix) features: `lld`")),
    ("linker-flavor", OneOf(&["gnu", "gnu-lld", "gnu-cc", "gnu-lld-cc", "darwin", "darwin-lld", "darwin-cc", "darwin-lld-cc", "wasm-lld", "wasm-lld-cc", "unix", "unix-cc", "msvc-lld", "msvc", "em-cc", "bpf", "llbc", "ptx", "gcc", "ld", "ld.lld", "ld64.lld", "lld-link", "wasm-ld", "em"], "one of: gnu gnu-lld gnu-cc gnu-lld-cc darwin darwin-lld darwin-cc darwin-lld-cc wasm-lld wasm-lld-cc unix unix-cc msvc-lld msvc em-cc bpf llbc ptx gcc ld ld.lld ld64.lld lld-link wasm-ld em ")),
    ("linker-plugin-lto", Free),
    ("llvm-args", Text("a space-separated list of strings")),
    ("lto", MaybeOneOf(&["y", "yes", "on", "true", "n", "no", "off", "false", "thin", "fat"], "either a boolean (`yes`, `no`, `on`, `off`, etc), `thin`, `fat`, or omitted")),
    ("metadata", Text("a space-separated list of strings")),
    ("no-prepopulate-passes", Flag),
    ("no-redzone", Bool),
    ("no-stack-check", Free),
    ("no-vectorize-loops", Flag),
    ("no-vectorize-slp", Flag),
    ("opt-level", Str),
    ("overflow-checks", Bool),
    ("panic", OneOf(&["unwind", "abort", "immediate-abort"], "either `unwind`, `abort`, or `immediate-abort`")),
    ("passes", Text("a space-separated list of strings")),
    ("prefer-dynamic", Bool),
    ("profile-generate", Free),
    ("profile-use", Path),
    ("relocation-model", OneOf(&["static", "pic", "pie", "dynamic-no-pic", "ropi", "rwpi", "ropi-rwpi", "default"], "one of supported relocation models (`rustc --print relocation-models`)")),
    ("relro-level", OneOf(&["full", "partial", "off"], "one of: `full`, `partial`, or `off`")),
    ("remark", Text("a space-separated list of passes, or `all`")),
    ("rpath", Bool),
    ("save-temps", Bool),
    ("soft-float", Bool),
    ("split-debuginfo", OneOf(&["off", "packed", "unpacked"], "one of supported split-debuginfo modes (`off`, `packed`, or `unpacked`)")),
    ("strip", OneOf(&["none", "debuginfo", "symbols"], "either `none`, `debuginfo`, or `symbols`")),
    ("symbol-mangling-version", OneOf(&["legacy", "v0", "hashed"], "one of: `legacy`, `v0` (RFC 2603), or `hashed`")),
    ("target-cpu", Str),
    ("target-feature", Str),
    ("unsafe-allow-abi-mismatch", Text("a comma-separated list of strings")),
];

/// Options that do nothing, with what is to be used now.
const DEPRECATED: &[(&str, &str)] = &[
    ("ar", ""),
    ("inline-threshold", " (consider using `-Cllvm-args=--inline-threshold=...`)"),
    ("no-stack-check", ""),
];

/// One `-C`.
pub(super) fn apply(o: &mut Options, spec: &str) -> Result<(), ArgError> {
    let (name, value) = CODEGEN.check(spec)?;
    if let Some((_, instead)) = DEPRECATED.iter().find(|(n, _)| *n == name) {
        o.early_warnings.push(format!("`-C {name}`: this option is deprecated and does nothing{instead}"));
    }
    let text = value.clone().unwrap_or_default();
    match name.as_str() {
        "opt-level" => {
            o.opt_level = match text.as_str() {
                "0" => OptLevel::No,
                "1" => OptLevel::Less,
                "2" => OptLevel::More,
                "3" => OptLevel::Aggressive,
                "s" => OptLevel::Size,
                "z" => OptLevel::SizeMin,
                v => {
                    let m = format!("optimization level needs to be between 0-3, s or z (instead was `{v}`)");
                    return Err(m.into());
                }
            };
        }
        "codegen-units" => {
            let n = text.parse().ok().filter(|n: &usize| *n > 0);
            o.codegen_units = Some(n.ok_or("value for codegen units must be a positive non-zero integer")?);
        }
        "overflow-checks" => o.overflow_checks = yes_no(value.as_deref()),
        "debug-assertions" => o.debug_assertions = yes_no(value.as_deref()),
        "debuginfo" => {
            o.debuginfo = match text.as_str() {
                "0" | "none" => DebugInfo::None,
                "line-tables-only" | "line-directives-only" => DebugInfo::LineTablesOnly,
                "1" | "limited" => DebugInfo::Limited,
                _ => DebugInfo::Full,
            };
        }
        "panic" => {
            o.panic = match text.as_str() {
                "abort" => PanicStrategy::Abort,
                "immediate-abort" => {
                    return Err("`-Cpanic=immediate-abort` is not supported yet".into());
                }
                _ => PanicStrategy::Unwind,
            };
        }
        "strip" => {
            o.strip = match text.as_str() {
                "none" => Strip::None,
                "debuginfo" => Strip::Debuginfo,
                _ => Strip::Symbols,
            };
        }
        "linker" => o.linker = value,
        "link-arg" => o.link_args.push(text),
        "link-args" => o.link_args.extend(text.split_whitespace().map(str::to_owned)),
        // rustc's lists are separated by spaces; cargo gives one value a flag.
        "metadata" => o.metadata.extend(text.split([' ', ',']).filter(|m| !m.is_empty()).map(str::to_owned)),
        "extra-filename" => o.extra_filename = text,
        "incremental" => o.incremental = value,
        _ => o.codegen_opts.push((name, value)),
    }
    Ok(())
}

/// What rustc says of options that do not go together, once all are known.
pub(super) fn check_together(o: &mut Options) -> Result<(), ArgError> {
    let mut warnings = Vec::new();
    let get = |name: &str| o.codegen_opts.iter().rev().find(|(n, _)| n == name).map(|(_, v)| v.as_deref());
    let on = |name: &str| get(name).is_some_and(|v| yes_no(v) != Some(false));
    let unstable = |spec: String| -> Result<(), ArgError> {
        if o.z("unstable-options") {
            return Ok(());
        }
        Err(format!("`-C {spec}` requires `-Z unstable-options`").into())
    };
    if on("profile-generate") && get("profile-use").is_some() {
        return Err("options `-C profile-generate` and `-C profile-use` are exclusive".into());
    }
    if let Some(Some(version @ ("legacy" | "hashed"))) = get("symbol-mangling-version") {
        unstable(format!("symbol-mangling-version={version}"))?;
    }
    if get("embed-bitcode").is_some_and(|v| yes_no(v) == Some(false)) && on("lto") {
        return Err("options `-C embed-bitcode=no` and `-C lto` are incompatible".into());
    }
    if let Some(Some(version)) = get("dwarf-version")
        && !matches!(version, "2" | "3" | "4" | "5")
    {
        let error = ArgError::new(format!("requested DWARF version {version} is not supported"));
        return Err(error.help("supported DWARF versions are 2, 3, 4 and 5"));
    }
    if let Some(Some(features)) = get("target-feature") {
        for feature in features.split(',').filter(|f| !f.is_empty() && !f.starts_with(['+', '-'])) {
            let warning = format!("unknown feature specified for `-Ctarget-feature`: `{feature}`");
            if !o.early_warnings.contains(&warning) {
                warnings.push(warning);
            }
        }
    }
    if on("soft-float") {
        warnings.push("`-Csoft-float` is ignored on this target; it only has an effect on *eabihf targets".to_owned());
    }
    if o.output.is_some() {
        for (given, name) in [(o.out_dir.is_some(), "--out-dir"), (!o.extra_filename.is_empty(), "-C extra-filename")] {
            if given {
                warnings.push(format!("ignoring {name} flag due to -o flag"));
            }
        }
    }
    o.early_warnings.append(&mut warnings);
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_are_in_order() {
        assert!(super::OPTIONS.is_sorted_by_key(|(n, _)| n));
    }
}
