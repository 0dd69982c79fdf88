//! Names of outputs, as rustc and cargo know them: `libNAME.rmeta`, `NAME.d`, `-o`, `--out-dir`, `-C extra-filename`.

use session::{CrateType, Options, OutputType, Session};

/// The kinds of output asked for, in the order of rustc's enumeration; the linked program or library by default.
pub fn output_types(opts: &Options) -> Vec<(OutputType, Option<String>)> {
    if opts.output_types.is_empty() {
        return vec![(OutputType::Exe, None)];
    }
    let mut types = opts.output_types.clone();
    types.sort_by_key(|(t, _)| *t);
    types.dedup_by_key(|(t, _)| *t);
    types
}

/// Whether a kind of output was asked for.
pub fn wants(opts: &Options, kind: OutputType) -> bool {
    output_types(opts).iter().any(|(t, _)| *t == kind)
}

/// Where an output goes. `crate_type` decides the name of [`OutputType::Exe`].
pub fn output_path(opts: &Options, crate_name: &str, kind: OutputType, crate_type: CrateType) -> String {
    if let Some((_, Some(path))) = output_types(opts).iter().find(|(t, _)| *t == kind) {
        return path.clone();
    }
    let name = file_name(opts, crate_name, kind, crate_type);
    match &opts.output {
        // `-o` names the one output; of several, it gives the folder and the stem.
        Some(out) if output_types(opts).len() == 1 || kind == OutputType::Exe => out.clone(),
        Some(out) => {
            let (dir, file) = out.rsplit_once('/').map_or((None, out.as_str()), |(d, f)| (Some(d), f));
            let stem = file.rsplit_once('.').map_or(file, |(s, _)| if s.is_empty() { file } else { s });
            let file = match kind {
                OutputType::Metadata => format!("lib{stem}.rmeta"),
                kind => format!("{stem}.{}", extension(kind)),
            };
            dir.map_or(file.clone(), |d| format!("{d}/{file}"))
        }
        None => match opts.out_dir.as_deref() {
            Some(dir) if !dir.is_empty() => format!("{}/{name}", dir.trim_end_matches('/')),
            _ => name,
        },
    }
}

/// The name of an output without `-o`.
pub fn file_name(opts: &Options, crate_name: &str, kind: OutputType, crate_type: CrateType) -> String {
    let extra = &opts.extra_filename;
    match kind {
        OutputType::Metadata => format!("lib{crate_name}{extra}.rmeta"),
        OutputType::Exe => match crate_type {
            CrateType::Executable => format!("{crate_name}{extra}"),
            CrateType::Rlib => format!("lib{crate_name}{extra}.rlib"),
            CrateType::ProcMacro => format!("lib{crate_name}{extra}.so"),
        },
        kind => format!("{crate_name}{extra}.{}", extension(kind)),
    }
}

fn extension(kind: OutputType) -> &'static str {
    match kind {
        OutputType::Metadata => "rmeta",
        OutputType::Mir => "mir",
        OutputType::Clif => "clif",
        OutputType::Assembly => "s",
        OutputType::Object => "o",
        OutputType::DepInfo => "d",
        OutputType::Exe => "",
    }
}

/// What cargo calls a kind of output in `--json=artifacts` messages.
pub fn artifact_kind(kind: OutputType) -> &'static str {
    match kind {
        OutputType::Metadata => "metadata",
        OutputType::Mir => "mir",
        OutputType::Clif => "clif",
        OutputType::Assembly => "asm",
        OutputType::Object => "obj",
        OutputType::DepInfo => "dep-info",
        OutputType::Exe => "link",
    }
}

/// The message that an output has been written, for `--json=artifacts`.
pub fn artifact_message(path: &str, kind: OutputType) -> String {
    let mut quoted = String::new();
    for c in path.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted += &format!("\\u{:04x}", c as u32),
            c => quoted.push(c),
        }
    }
    format!("{{\"$message_type\":\"artifact\",\"artifact\":\"{quoted}\",\"emit\":\"{}\"}}\n", artifact_kind(kind))
}

/// Makefile rules: what the outputs depend on, and the environment variables that were read.
pub fn dep_info(sess: &Session, crate_name: &str, crate_type: CrateType, loaded: &[String]) -> String {
    let escape = |path: &str| path.replace(' ', "\\ ");
    let mut files: Vec<String> = sess
        .source_map
        .files()
        .iter()
        .filter(|f| f.cnum == span::def_id::LOCAL_CRATE && matches!(f.name, span::FileName::Real(_)))
        .map(|f| f.name.display().to_owned())
        .collect();
    files.extend(sess.file_depinfo.borrow().iter().cloned());
    if sess.opts.z("binary-dep-depinfo") {
        files.extend(loaded.iter().cloned());
    }
    let mut seen = span::FxIndexSet::default();
    files.retain(|f| seen.insert(f.clone()));
    let files: Vec<String> = files.iter().map(|f| escape(f)).collect();
    let all = files.join(" ");
    let mut out = String::new();
    for (kind, _) in output_types(&sess.opts) {
        let path = output_path(&sess.opts, crate_name, kind, crate_type);
        out += &format!("{}: {all}\n\n", escape(&path));
    }
    for f in &files {
        out += &format!("{f}:\n");
    }
    let env = sess.env_depinfo.borrow();
    if !env.is_empty() {
        out.push('\n');
        let escape = |s: &str| s.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r");
        for (name, value) in env.iter() {
            match value {
                Some(value) => out += &format!("# env-dep:{}={}\n", escape(name), escape(value)),
                None => out += &format!("# env-dep:{}\n", escape(name)),
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(opts: &Options, kind: OutputType) -> String {
        output_path(opts, "a", kind, CrateType::Rlib)
    }

    #[test]
    fn outputs_are_named_as_cargo_expects() {
        let mut opts = Options { out_dir: Some("d".into()), extra_filename: "-1".into(), ..Options::default() };
        opts.output_types = vec![(OutputType::DepInfo, None), (OutputType::Metadata, None), (OutputType::Exe, None)];
        assert_eq!(path(&opts, OutputType::Metadata), "d/liba-1.rmeta");
        assert_eq!(path(&opts, OutputType::DepInfo), "d/a-1.d");
        assert_eq!(path(&opts, OutputType::Exe), "d/liba-1.rlib");
        opts.output_types = vec![(OutputType::Metadata, Some("x/y".into()))];
        assert_eq!(path(&opts, OutputType::Metadata), "x/y");
    }

    #[test]
    fn dash_o_names_a_single_output_and_the_stem_of_several() {
        let mut opts = Options { output: Some("d/out".into()), ..Options::default() };
        opts.output_types = vec![(OutputType::Metadata, None)];
        assert_eq!(path(&opts, OutputType::Metadata), "d/out");
        opts.output_types.push((OutputType::DepInfo, None));
        assert_eq!(path(&opts, OutputType::DepInfo), "d/out.d");
        assert_eq!(path(&opts, OutputType::Metadata), "d/libout.rmeta");
    }

    #[test]
    fn artifacts_are_quoted() {
        let m = artifact_message("a\"b", OutputType::Metadata);
        assert_eq!(m, "{\"$message_type\":\"artifact\",\"artifact\":\"a\\\"b\",\"emit\":\"metadata\"}\n");
    }
}
