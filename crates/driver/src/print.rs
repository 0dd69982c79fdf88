//! `--print`.

use session::{CrateType, Options, OutputType, Target};

/// All print requests.
pub const KINDS: &[&str] = &[
    "calling-conventions",
    "cfg",
    "code-models",
    "crate-name",
    "crate-root-lint-levels",
    "file-names",
    "host-tuple",
    "relocation-models",
    "split-debuginfo",
    "stack-protector-strategies",
    "supported-crate-types",
    "sysroot",
    "target-cpus",
    "target-features",
    "target-libdir",
    "target-list",
    "tls-models",
];

/// The text of a print request; `None` if it is not known.
pub fn print(what: &str, opts: &Options) -> Option<String> {
    let target = Target::from_triple(&opts.target_triple);
    Some(match what {
        "target-list" => Target::TRIPLES.join("\n") + "\n",
        "sysroot" => format!("{}\n", opts.sysroot.as_deref().unwrap_or("<embedded>")),
        "host-tuple" => "x86_64-unknown-linux-musl\n".to_owned(),
        "cfg" => {
            let mut lines: Vec<String> = target?
                .default_cfg(opts)
                .into_iter()
                .chain(opts.cfg.iter().cloned())
                .map(|(k, v)| v.map_or_else(|| k.clone(), |v| format!("{k}=\"{v}\"")))
                .collect();
            lines.sort();
            lines.dedup();
            lines.join("\n") + "\n"
        }
        "crate-name" => {
            let name = opts.crate_name.clone().unwrap_or_else(|| {
                let file = opts.input.rsplit('/').next().unwrap_or_default();
                match file.strip_suffix(".rs").unwrap_or(file) {
                    "" | "-" => "rust_out".to_owned(),
                    stem => stem.replace('-', "_"),
                }
            });
            format!("{name}\n")
        }
        "file-names" => {
            let name = print("crate-name", opts)?;
            let name = name.trim();
            let types = if opts.crate_types.is_empty() { &[CrateType::Executable][..] } else { &opts.crate_types[..] };
            let file = |t: &CrateType| crate::outputs::file_name(opts, name, OutputType::Exe, *t) + "\n";
            types.iter().map(file).collect()
        }
        "target-libdir" => {
            format!("{}/lib/rustlib/{}/lib\n", opts.sysroot.as_deref().unwrap_or("<embedded>"), opts.target_triple)
        }
        "supported-crate-types" => "bin\nlib\nrlib\n".to_owned(),
        "split-debuginfo" => "off\npacked\nunpacked\n".to_owned(),
        "calling-conventions" => {
            let mut names: Vec<&str> = rustc_abi_names().collect();
            names.sort_unstable();
            names.join("\n") + "\n"
        }
        "code-models" => "Available code models:\n    small\n\n".to_owned(),
        "relocation-models" => "Available relocation models:\n    static\n    default\n\n".to_owned(),
        "tls-models" => "Available TLS models:\n    local-exec\n\n".to_owned(),
        "stack-protector-strategies" => "Available stack protector strategies:\n    none\n".to_owned(),
        "target-cpus" => "Available CPUs for this target:\n    generic\n\n".to_owned(),
        "target-features" => {
            let cfg = target?.default_cfg(opts);
            let on = cfg.iter().filter(|(k, _)| k == "target_feature").filter_map(|(_, v)| v.clone());
            let lines: Vec<String> = on.map(|f| format!("    {f}")).collect();
            format!("Features supported by rcc for this target:\n{}\n\n", lines.join("\n"))
        }
        "crate-root-lint-levels" => {
            let mut lines: Vec<String> = session::lint::ALL_LINTS
                .iter()
                .map(|l| {
                    let level = match l.edition_level {
                        Some((since, level)) if opts.edition >= since => level,
                        _ => l.default_level,
                    };
                    format!("{}={}", l.name, level.as_str())
                })
                .collect();
            lines.sort();
            lines.join("\n") + "\n"
        }
        _ => return None,
    })
}

/// The calling conventions that both targets know.
fn rustc_abi_names() -> impl Iterator<Item = &'static str> {
    [
        "Rust",
        "C",
        "C-unwind",
        "system",
        "system-unwind",
        "cdecl",
        "cdecl-unwind",
        "rust-call",
        "rust-cold",
        "rust-intrinsic",
    ]
    .into_iter()
    .chain(["sysv64", "sysv64-unwind", "efiapi", "unadjusted"])
}

/// What is said of crate types that were asked for and that the target does not have.
pub fn dropped_crate_types(opts: &Options) -> Vec<String> {
    let triple = &opts.target_triple;
    let say = |t: &String| format!("dropping unsupported crate type `{t}` for target `{triple}`");
    opts.dropped_crate_types.iter().map(say).collect()
}

/// `-vV`.
pub fn version_verbose() -> String {
    format!(
        "{}\nbinary: rcc\ncommit-hash: unknown\ncommit-date: unknown\nhost: x86_64-unknown-linux-musl\nrelease: 1.95.0\nLLVM version: none (Cranelift 0.135.8)\n",
        crate::VERSION
    )
}
