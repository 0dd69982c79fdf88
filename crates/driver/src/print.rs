//! `--print`.

use session::{Options, Target};

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
                file.strip_suffix(".rs").unwrap_or(file).replace('-', "_")
            });
            format!("{name}\n")
        }
        "file-names" => {
            let name = print("crate-name", opts)?;
            let name = name.trim();
            let extra = &opts.extra_filename;
            let types =
                if opts.crate_types.is_empty() { &[session::CrateType::Executable][..] } else { &opts.crate_types[..] };
            let names = types.iter().map(|t| match t {
                session::CrateType::Executable => format!("{name}{extra}\n"),
                session::CrateType::Rlib => format!("lib{name}{extra}.rlib\n"),
                session::CrateType::ProcMacro => format!("lib{name}{extra}.so\n"),
            });
            names.collect()
        }
        "target-libdir" => {
            format!("{}/lib/rustlib/{}/lib\n", opts.sysroot.as_deref().unwrap_or("<embedded>"), opts.target_triple)
        }
        "split-debuginfo" => "off\npacked\nunpacked\n".to_owned(),
        _ => return None,
    })
}

/// `-vV`.
pub fn version_verbose() -> String {
    format!(
        "{}\nbinary: rcc\ncommit-hash: unknown\ncommit-date: unknown\nhost: x86_64-unknown-linux-musl\nrelease: 1.95.0\nLLVM version: none (Cranelift 0.135.8)\n",
        crate::VERSION
    )
}
