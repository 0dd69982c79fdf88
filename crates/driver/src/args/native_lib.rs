//! `-l [KIND[:MODIFIERS]=]NAME[:RENAME]`.

use session::NativeLib;

use super::ArgError;

const MODIFIERS: &str = "bundle, verbatim, whole-archive, as-needed, export-symbols";

/// Parses one `-l`; `unstable` is `-Z unstable-options`.
pub(super) fn parse(spec: &str, unstable: bool) -> Result<NativeLib, ArgError> {
    let (kind, name) = spec.split_once('=').map_or((None, spec), |(k, n)| (Some(k), n));
    let (kind, modifiers) = match kind {
        Some(k) => k.split_once(':').map_or((Some(k), None), |(k, m)| (Some(k), Some(m))),
        None => (None, None),
    };
    match kind {
        None | Some("static" | "dylib") => {}
        Some("framework") => {
            return Err("library kind `framework` is only supported on Apple targets".into());
        }
        Some("link-arg") if unstable => {}
        Some("link-arg") => {
            return Err(
                "library kind `link-arg` is unstable, the `-Z unstable-options` flag must also be passed to use it"
                    .into(),
            );
        }
        Some(k) => {
            return Err(
                format!("unknown library kind `{k}`, expected one of: static, dylib, framework, link-arg").into()
            );
        }
    }
    if let Some(modifiers) = modifiers {
        check_modifiers(kind.unwrap_or_default(), modifiers, unstable)?;
    }
    let (name, new_name) = name.split_once(':').map_or((name, None), |(n, r)| (n, Some(r)));
    if name.is_empty() {
        return Err("library name must not be empty".into());
    }
    if new_name == Some("") {
        return Err(format!("an empty renaming target was specified for library `{name}`").into());
    }
    let owned = |s: &str| s.to_owned();
    Ok(NativeLib { name: owned(name), new_name: new_name.map(owned), kind: kind.map(owned) })
}

fn check_modifiers(kind: &str, modifiers: &str, unstable: bool) -> Result<(), ArgError> {
    let mut seen = Vec::new();
    for modifier in modifiers.split(',') {
        let Some(name) = modifier.strip_prefix(['+', '-']) else {
            return Err(format!(
                "invalid linking modifier syntax, expected '+' or '-' prefix before one of: {MODIFIERS}"
            )
            .into());
        };
        let only = |kinds: &str| Err(format!("linking modifier `{name}` is only compatible with {kinds}").into());
        match name {
            "bundle" | "whole-archive" | "export-symbols" if kind != "static" => return only("`static` linking kind"),
            "as-needed" if !unstable => {
                return Err(format!(
                    "linking modifier `{name}` is unstable, the `-Z unstable-options` flag must also be passed to use it"
                )
                .into());
            }
            "as-needed" if kind == "static" => return only("`dylib` and `framework` linking kinds"),
            "bundle" | "whole-archive" | "export-symbols" | "as-needed" | "verbatim" => {}
            name => return Err(format!("unknown linking modifier `{name}`, expected one of: {MODIFIERS}").into()),
        }
        if seen.contains(&name) {
            return Err(format!("multiple `{name}` modifiers in a single `-l` option").into());
        }
        seen.push(name);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn parts_are_told_apart() {
        let lib = parse("static:+whole-archive=a:b", false).unwrap();
        assert_eq!((lib.name.as_str(), lib.new_name.as_deref(), lib.kind.as_deref()), ("a", Some("b"), Some("static")));
    }

    #[test]
    fn wrong_parts_are_named() {
        let err = |spec: &str| parse(spec, false).unwrap_err().to_string();
        assert_eq!(err(""), "library name must not be empty");
        assert_eq!(err("pie=x"), "unknown library kind `pie`, expected one of: static, dylib, framework, link-arg");
        assert!(err("static:bundle=x").starts_with("invalid linking modifier syntax"));
        assert!(err("static:+pie=x").starts_with("unknown linking modifier `pie`"));
        assert_eq!(err("dylib:+bundle=x"), "linking modifier `bundle` is only compatible with `static` linking kind");
        assert_eq!(err("static:+bundle,-bundle=x"), "multiple `bundle` modifiers in a single `-l` option");
    }
}
