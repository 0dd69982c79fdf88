//! Lists the library's source files for `src/lib.rs` to embed.
#![allow(clippy::disallowed_methods)]

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// In dependency order.
const CRATES: [&str; 4] = ["core", "compiler_builtins", "alloc", "std"];

fn main() {
    let library = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap()).join("library");
    println!("cargo:rerun-if-changed={}", library.display());
    let mut out = String::from("pub static CRATES: &[Crate] = &[\n");
    for name in CRATES {
        let mut files = Vec::new();
        collect(&library.join(name).join("src"), &mut files);
        files.sort();
        writeln!(out, "    Crate {{ name: {name:?}, root: \"library/{name}/src/lib.rs\", files: &[").unwrap();
        for file in files {
            let path = Path::new("library").join(file.strip_prefix(&library).unwrap());
            writeln!(out, "        ({path:?}, include_str!({file:?})),").unwrap();
        }
        out.push_str("    ] },\n");
    }
    out.push_str("];\n");
    let path = Path::new(&env::var_os("OUT_DIR").unwrap()).join("crates.rs");
    fs::write(path, out).unwrap();
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    println!("cargo:rerun-if-changed={}", folder.display());
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
}
