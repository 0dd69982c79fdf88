//! The checkable rules of the house style: the crate graph of ARCHITECTURE.md, first lines, file lengths, an IO-free
//! core, no unfinished marks, only known files at the top.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Crates that may do IO: the shells and the tools.
const SHELLS: &[&str] = &["cli", "xtask", "bindgen", "wasm", "driver"];
/// A file may not be longer than this.
const MAX_LINES: usize = 1000;
const TOP: &[&str] = &[
    "Cargo.toml",
    "Cargo.lock",
    "crates",
    "www",
    "tests",
    "examples",
    ".github",
    "README.md",
    ".ci",
    "rust-toolchain.toml",
    "clippy.toml",
    "rustfmt.toml",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "LICENSE-MIT",
    "LICENSE-APACHE",
    ".gitignore",
    ".gitattributes",
    ".cargo",
    ".git",
    "target",
];
const IO: &[&str] = &[
    "std::fs::",
    "use std::fs",
    "std::env::",
    "std::process::Command",
    "std::time::Instant",
    "std::time::SystemTime",
    "std::thread::spawn",
    "std::net::",
];

/// Runs all checks; prints what is wrong.
pub fn run(root: &Path) -> bool {
    let mut problems = Vec::new();
    check_top(root, &mut problems);
    check_graph(root, &mut problems);
    let mut files = Vec::new();
    collect(&root.join("crates"), &mut files);
    for file in &files {
        check_file(root, file, &mut problems);
    }
    for p in &problems {
        eprintln!("tidy: {p}");
    }
    println!("tidy: {} files, {} problems", files.len(), problems.len());
    problems.is_empty()
}

fn check_top(root: &Path, problems: &mut Vec<String>) {
    for entry in fs::read_dir(root).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if !TOP.contains(&name.as_str()) {
            problems.push(format!("{name}: not known at the top level"));
        }
    }
}

/// Compares the table between the `tidy:graph` marks with the manifests.
fn check_graph(root: &Path, problems: &mut Vec<String>) {
    let text = fs::read_to_string(root.join("ARCHITECTURE.md")).unwrap_or_default();
    let table = text.split("<!-- tidy:graph -->").nth(1).and_then(|s| s.split("<!-- /tidy:graph -->").next());
    let mut graph: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for line in table.unwrap_or_default().lines() {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        if let [name, deps, _] = cells[..] {
            if let Some(name) = name.strip_prefix('`').and_then(|n| n.strip_suffix('`')) {
                graph.insert(name, deps.split(',').map(|d| d.trim().trim_matches('`')).filter(|d| *d != "-").collect());
            }
        }
    }
    for entry in fs::read_dir(root.join("crates")).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Ok(manifest) = fs::read_to_string(entry.path().join("Cargo.toml")) else { continue };
        let Some(allowed) = graph.get(name.as_str()) else {
            problems.push(format!("crates/{name}: not in ARCHITECTURE.md's graph"));
            continue;
        };
        for dep in dependencies(&manifest) {
            if root.join("crates").join(&dep).is_dir() && !allowed.contains(&dep.as_str()) {
                problems.push(format!("crates/{name}: depends on `{dep}`, an edge that ARCHITECTURE.md does not draw"));
            }
        }
    }
}

/// The names in `[dependencies]`.
fn dependencies(manifest: &str) -> Vec<String> {
    let mut inside = false;
    let mut out = Vec::new();
    for line in manifest.lines() {
        if let Some(section) = line.strip_prefix('[') {
            inside = section.starts_with("dependencies]");
        } else if inside {
            let name = line.split(['.', '=', ' ']).next().unwrap_or_default();
            if !name.is_empty() && !name.starts_with('#') {
                out.push(name.to_owned());
            }
        }
    }
    out
}

fn collect(dir: &Path, out: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = fs::read_dir(dir).into_iter().flatten().flatten().map(|e| e.path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            let name = path.file_name().unwrap_or_default();
            if name != "target" && name != "node_modules" {
                collect(&path, out);
            }
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

fn check_file(root: &Path, path: &Path, problems: &mut Vec<String>) {
    let shown = path.strip_prefix(root).unwrap_or(path).display().to_string();
    let text = fs::read_to_string(path).unwrap_or_default();
    let krate = shown.split('/').nth(1).unwrap_or_default().to_owned();
    // The library's sources, fixtures and tests have rules of their own.
    let is_library = krate == "bootstrap" && !shown.ends_with("src/lib.rs");
    let is_test = shown.contains("/tests/") || shown.contains("/benches/") || shown.contains("/examples/");
    if !is_library && !is_test && !text.starts_with("//!") {
        problems.push(format!("{shown}: the first line is not `//!`"));
    }
    if text.lines().count() > MAX_LINES {
        problems.push(format!("{shown}: {} lines, more than {MAX_LINES}: look for the seam", text.lines().count()));
    }
    if is_library || is_test || krate == "xtask" || krate == "bindgen" {
        return;
    }
    for mark in [concat!("to", "do!("), concat!("unimple", "mented!(")] {
        // In quotes it is text for the user, such as a suggestion.
        let used = text.lines().any(|l| {
            l.split_once(mark)
                .is_some_and(|(before, _)| !before.contains('"') && !before.contains("=> ") && !before.contains("{ "))
        });
        if used {
            problems.push(format!("{shown}: contains `{mark}`"));
        }
    }
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    if !SHELLS.contains(&krate.as_str()) {
        for io in IO {
            let used = code.lines().any(|l| {
                l.split_once(io)
                    .is_some_and(|(before, _)| !before.trim_start().starts_with("//") && !before.contains('`'))
            });
            if used && !shown.ends_with("build.rs") {
                problems.push(format!("{shown}: uses `{io}`; the core is pure"));
            }
        }
    }
}
