//! `cargo xtask ui [--bless] [FILTER]`: runs `tests/ui/**.rs` through `rcc` and compares.
//!
//! A test says on `//@` lines what it wants: `//@ check-pass`, `//@ edition: 2021`, `//@ args: ..`. Without a mode it must
//! fail; `//@ build-fail` where only code generation finds out. Expected errors stand as `//~ ERROR text` on their line (`//~^` one line up, each `^` one more), and the whole of
//! the diagnostics in a `.stderr` file beside the test. A failure prints the command that blesses.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Runs the tests whose path contains the filter.
pub fn run(root: &Path, args: &[&str]) -> bool {
    let bless = args.contains(&"--bless");
    let filter = args.iter().find(|a| !a.starts_with("--")).copied().unwrap_or_default();
    let rcc = crate::target_dir(root).join("debug/rcc");
    let mut tests = Vec::new();
    collect(&root.join("tests/ui"), &mut tests);
    let (mut passed, mut failed) = (0, 0);
    for test in tests.iter().filter(|t| t.to_string_lossy().contains(filter)) {
        match check(root, &rcc, test, bless) {
            Ok(()) => passed += 1,
            Err(why) => {
                failed += 1;
                println!("FAILED {}\n{why}", test.strip_prefix(root).unwrap_or(test).display());
            }
        }
    }
    println!("ui: {passed} passed, {failed} failed");
    if failed > 0 {
        println!("to accept the new output: cargo xtask ui --bless {filter}");
    }
    failed == 0 && passed > 0
}

fn collect(dir: &Path, out: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = fs::read_dir(dir).into_iter().flatten().flatten().map(|e| e.path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            collect(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

/// An expected or found error: line and text.
type Found = (usize, String);

fn check(root: &Path, rcc: &Path, test: &Path, bless: bool) -> Result<(), String> {
    let source = fs::read_to_string(test).map_err(|e| e.to_string())?;
    let shown = test.strip_prefix(root).unwrap_or(test);
    let mut command = Command::new(rcc);
    command.current_dir(root).env("RUSTC_BOOTSTRAP", "1").env("RUST_BACKTRACE", "0").arg(shown);
    let (mut pass, mut build) = (false, false);
    for line in source.lines().filter_map(|l| l.trim().strip_prefix("//@")) {
        let line = line.trim();
        if line == "check-pass" {
            pass = true;
        } else if line == "build-fail" {
            build = true;
        } else if let Some(edition) = line.strip_prefix("edition:") {
            command.arg(format!("--edition={}", edition.trim()));
        } else if let Some(args) = line.strip_prefix("args:") {
            command.args(args.split_whitespace());
        } else {
            return Err(format!("unknown directive `{line}`"));
        }
    }
    // What is written goes where nothing is kept.
    let out = crate::target_dir(root).join("ui");
    let _ = fs::create_dir_all(&out);
    command.arg(if build { "--emit=obj" } else { "--emit=metadata" }).arg("--out-dir").arg(&out);
    let output = command.output().map_err(|e| format!("cannot run {}: {e}", rcc.display()))?;
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    let expected_code = if pass { 0 } else { 1 };
    if output.status.code() != Some(expected_code) {
        return Err(format!("exit status {:?} instead of {expected_code}\n{stderr}", output.status));
    }
    let missing: Vec<Found> = annotations(&source)
        .into_iter()
        .filter(|(line, text)| !found_errors(&stderr, shown).iter().any(|(l, t)| l == line && t.contains(text)))
        .collect();
    if !missing.is_empty() {
        return Err(format!("not reported: {missing:?}\n{stderr}"));
    }
    let file = test.with_extension("stderr");
    let old = fs::read_to_string(&file).unwrap_or_default();
    if old != stderr {
        if bless {
            return fs::write(&file, &stderr).map_err(|e| e.to_string());
        }
        return Err(format!("the output differs from {}; it is now:\n{stderr}", file.display()));
    }
    Ok(())
}

/// `//~ ERROR text` comments.
fn annotations(source: &str) -> Vec<Found> {
    let mut out = Vec::new();
    for (i, line) in source.lines().enumerate() {
        let Some((_, rest)) = line.split_once("//~") else { continue };
        let up = rest.chars().take_while(|c| *c == '^').count();
        let text = rest[up..].trim();
        if let Some(text) = text.strip_prefix("ERROR") {
            out.push((i + 1 - up, text.trim().to_owned()));
        }
    }
    out
}

/// Errors in rendered diagnostics: the text of the title and the line of the place below it.
fn found_errors(stderr: &str, file: &Path) -> Vec<Found> {
    let mut out = Vec::new();
    let mut title: Option<String> = None;
    for line in stderr.lines() {
        if line.starts_with("error") {
            title = Some(line.to_owned());
        } else if let Some(place) = line.trim_start().strip_prefix("--> ") {
            let place = place.strip_prefix(&*file.to_string_lossy()).and_then(|p| p.strip_prefix(':'));
            let number = place.and_then(|p| p.split(':').next()).and_then(|n| n.parse().ok());
            if let (Some(t), Some(n)) = (title.take(), number) {
                out.push((n, t));
            }
        }
    }
    out
}
