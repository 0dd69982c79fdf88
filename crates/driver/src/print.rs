//! `--print`.

use session::{CrateType, Options, OutputType, Target};

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
        _ => return None,
    })
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
