//! `bindgen IN.wasm OUT_DIR`: the JavaScript around the compiler's wasm, by wasm-bindgen's own library.
//!
//! This is `wasm-bindgen --target web` without the rest of `wasm-bindgen-cli` or `wasm-pack`, which would fetch programs
//! at build time. Its version is the `wasm-bindgen` crate's, by the workspace's table of versions.

#![allow(clippy::disallowed_methods, reason = "a development tool reads files")]

mod order;

use std::path::Path;
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
    let mut bindgen = Bindgen::new();
    bindgen.input_path(input).out_name("rcc").typescript(true).omit_default_module_path(true);
    // The names say what stands together, and go then.
    bindgen.remove_producers_section(true);
    bindgen.web(true).map_err(|e| format!("{e:#}"))?;
    bindgen.generate(out).map_err(|e| format!("{e:#}"))?;
    let file = Path::new(out).join("rcc_bg.wasm");
    let module = std::fs::read(&file).map_err(|e| e.to_string())?;
    std::fs::write(&file, order::by_name(&module)?).map_err(|e| e.to_string())
}
