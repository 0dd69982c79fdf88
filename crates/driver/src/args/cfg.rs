//! `--cfg NAME[="VALUE"]`.

use diagnostics::codes::E0765;

use super::ArgError;

/// Words that no `cfg` can be named by.
const RESERVED: &[&str] = &[
    "_", "as", "break", "const", "continue", "crate", "else", "enum", "extern", "fn", "for", "if", "impl", "in", "let",
    "loop", "match", "mod", "move", "mut", "pub", "ref", "return", "self", "Self", "static", "struct", "super",
    "trait", "type", "unsafe", "use", "where", "while", "abstract", "become", "box", "do", "final", "macro",
    "override", "priv", "typeof", "unsized", "virtual", "yield",
];

/// A name, with its value if it has one.
pub(super) fn parse(spec: &str) -> Result<(String, Option<String>), ArgError> {
    let invalid = |why: &str| ArgError::new(format!("invalid `--cfg` argument: `{spec}` ({why})"));
    let malformed = || {
        let shell = ", ensure escaping is appropriate for your shell, try 'key=\"value\"' or key=\\\"value\\\"";
        let unquoted = spec.contains('=') && !spec.contains("=\"") && !spec.ends_with('"');
        invalid(&format!("expected `key` or `key=\"value\"`{}", if unquoted { shell } else { "" }))
    };
    let (path, value) = spec.split_once('=').map_or((spec, None), |(p, v)| (p, Some(v.trim())));
    let path = path.trim();
    let quoted = value.and_then(|v| v.strip_prefix('"')).or_else(|| path.split_once('"').map(|(_, rest)| rest));
    if quoted.is_some_and(|text| !has_closing_quote(text)) {
        return Err(ArgError::new("unterminated double quote string")
            .code(E0765)
            .note(format!("this occurred on the command line: `--cfg={spec}`")));
    }
    let segments: Vec<&str> = path.split("::").collect();
    let plain = |name: &str| name.strip_prefix("r#").unwrap_or(name).to_owned();
    if !segments.iter().all(|s| is_ident(&plain(s))) || matches!(path, "true" | "false") {
        return Err(malformed());
    }
    let value = match value {
        None => None,
        Some(v) => match v.strip_prefix('"').and_then(string_value) {
            Some(v) => Some(v),
            None if v.starts_with(|c: char| c.is_ascii_digit() || c == '\'')
                || v.starts_with("b\"")
                || v.starts_with("b'")
                || v.starts_with("c\"")
                || matches!(v, "true" | "false") =>
            {
                return Err(invalid("argument value must be a string"));
            }
            None => return Err(malformed()),
        },
    };
    if segments.len() > 1 {
        return Err(invalid("argument key must be an identifier"));
    }
    if RESERVED.contains(&path) {
        return Err(invalid("malformed `cfg` input, expected a valid identifier"));
    }
    if matches!(path, "r#crate" | "r#self" | "r#super" | "r#Self" | "r#_") {
        return Err(malformed());
    }
    Ok((plain(path), value))
}

fn is_ident(text: &str) -> bool {
    text.chars().all(|c| c.is_alphanumeric() || c == '_') && text.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Whether a string literal ends, seen from behind its first quote.
fn has_closing_quote(text: &str) -> bool {
    let mut escaped = false;
    text.chars().any(|c| {
        let closes = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        closes
    })
}

/// The value of a literal that is the rest of the text, seen from behind its first quote.
fn string_value(text: &str) -> Option<String> {
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => return chars.as_str().trim().is_empty().then_some(out),
            '\\' => out.push(match chars.next()? {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                '0' => '\0',
                c @ ('\\' | '"' | '\'') => c,
                _ => return None,
            }),
            c => out.push(c),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn a_value_is_a_string() {
        let ok = |spec: &str| parse(spec).unwrap();
        assert_eq!(ok("a"), ("a".to_owned(), None));
        assert_eq!(ok(r#" feature = "x\"y" "#), ("feature".to_owned(), Some("x\"y".to_owned())));
        assert_eq!(ok("r#match"), ("match".to_owned(), None));
    }

    #[test]
    fn what_is_wrong_is_said_as_rustc_says_it() {
        for (spec, why) in [
            ("a=10", "invalid `--cfg` argument: `a=10` (argument value must be a string)"),
            ("a\"", "unterminated double quote string"),
            ("a=\"b", "unterminated double quote string"),
            ("a::b", "invalid `--cfg` argument: `a::b` (argument key must be an identifier)"),
            ("crate", "invalid `--cfg` argument: `crate` (malformed `cfg` input, expected a valid identifier)"),
            ("true", "invalid `--cfg` argument: `true` (expected `key` or `key=\"value\"`)"),
            ("a(b)", "invalid `--cfg` argument: `a(b)` (expected `key` or `key=\"value\"`)"),
            (
                "a=b",
                "invalid `--cfg` argument: `a=b` (expected `key` or `key=\"value\"`, ensure escaping is appropriate \
                 for your shell, try 'key=\"value\"' or key=\\\"value\\\")",
            ),
        ] {
            assert_eq!(parse(spec).unwrap_err().to_string(), why);
        }
    }
}
