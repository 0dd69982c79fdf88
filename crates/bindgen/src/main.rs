//! `bindgen IN.wasm OUT_DIR`: the JavaScript around the compiler's wasm, by wasm-bindgen's own library.
//!
//! This is `wasm-bindgen --target web` without the rest of `wasm-bindgen-cli` or `wasm-pack`, which would fetch programs
//! at build time. Its version is the `wasm-bindgen` crate's, by the workspace's table of versions.

#![allow(clippy::disallowed_methods, reason = "a development tool reads files")]

use std::process::ExitCode;

use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [input, out] = &args[..] else {
        eprintln!("usage: bindgen IN.wasm OUT_DIR");
        return ExitCode::FAILURE;
    };
    match generate(input, out) {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("bindgen: {e}");
            ExitCode::FAILURE
        }
    }
}

fn generate(input: &str, out: &str) -> Result<(), String> {
    let module = std::fs::read(input).map_err(|e| format!("{input}: {e}"))?;
    let module = without_reference_types(&module).ok_or_else(|| format!("{input} is not a module"))?;
    let mut bindgen = Bindgen::new();
    bindgen.input_bytes("rcc", module).out_name("rcc").typescript(true).omit_default_module_path(true);
    bindgen.web(true).map_err(|e| format!("{e:#}"))?;
    bindgen.generate(out).map_err(|e| format!("{e:#}"))
}

/// The module as one for a target without reference types: with them, wasm-bindgen uses `table.fill`, which Debian's
/// wasm-opt does not know.
fn without_reference_types(module: &[u8]) -> Option<Vec<u8>> {
    let (head, mut rest) = module.split_at_checked(8)?;
    let mut out = head.to_vec();
    while let Some(&id) = rest.first() {
        let (len, digits) = leb128(&rest[1..])?;
        let (section, after) = rest.split_at_checked(1 + digits + len)?;
        const NAME: &[u8] = b"\x0ftarget_features";
        match section[1 + digits..].strip_prefix(NAME) {
            Some(features) if id == 0 => {
                let body = [NAME, &other_features(features)?].concat();
                out.push(0);
                push_leb128(&mut out, body.len());
                out.extend(body);
            }
            _ => out.extend(section),
        }
        rest = after;
    }
    Some(out)
}

/// A list of features, each a sign and a name, without reference types.
fn other_features(list: &[u8]) -> Option<Vec<u8>> {
    let (count, digits) = leb128(list)?;
    let mut rest = &list[digits..];
    let mut kept = Vec::new();
    for _ in 0..count {
        let (len, digits) = leb128(rest.get(1..)?)?;
        let (feature, after) = rest.split_at_checked(1 + digits + len)?;
        if !feature.ends_with(b"reference-types") {
            kept.push(feature);
        }
        rest = after;
    }
    let mut out = Vec::new();
    push_leb128(&mut out, kept.len());
    kept.into_iter().for_each(|feature| out.extend(feature));
    Some(out)
}

/// A number and the bytes it takes.
fn leb128(bytes: &[u8]) -> Option<(usize, usize)> {
    let mut value = 0;
    for (i, byte) in bytes.iter().enumerate().take(5) {
        value |= usize::from(byte & 0x7f) << (7 * i);
        if byte & 0x80 == 0 {
            return Some((value, i + 1));
        }
    }
    None
}

fn push_leb128(out: &mut Vec<u8>, mut value: usize) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

#[cfg(test)]
mod tests {
    use super::without_reference_types;

    #[test]
    fn only_that_feature_goes() {
        let module = |features: &[u8]| {
            let body = [b"\x0ftarget_features", features].concat();
            [b"\0asm\x01\0\0\0", &[1, 1, 0, 0, body.len() as u8][..], &body, &[0, 2, 1, b'x']].concat()
        };
        let with = module(b"\x02+\x0freference-types+\x08sign-ext");
        assert_eq!(without_reference_types(&with), Some(module(b"\x01+\x08sign-ext")));
        assert_eq!(without_reference_types(b"short"), None);
    }
}
