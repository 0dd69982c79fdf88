//! `cargo xtask parse [--debug | --rcc PATH] [--oracle] [--suite DIR] [--bench]`: `rcc` parses every file of the toolchain's
//! library sources and of the registry crates that the workspace depends on. rustc is asked about those that rcc rejects;
//! with `--oracle` about all, so that files which only rcc accepts are found too. With `--suite` the files are, instead, those
//! of the UI suite's parser tests (the half that ../shared/tools/uitest lists), most of which rustc rejects. `--bench` prints
//! how fast both parse core, alloc and std, one after the other.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;

/// A file and the edition it is written in.
struct Source {
    path: PathBuf,
    edition: String,
}

/// Runs it; false if the two compilers differ on a file.
pub fn run(root: &Path, args: &[&str]) -> bool {
    if args.contains(&"--bench") {
        return bench(root);
    }
    let value = |name| args.iter().position(|a| *a == name).and_then(|i| args.get(i + 1)).map(PathBuf::from);
    let profile = if args.contains(&"--debug") { "debug/rcc" } else { "release/rcc" };
    let rcc = value("--rcc").unwrap_or_else(|| crate::target_dir(root).join(profile));
    let suite = value("--suite");
    let oracle = args.contains(&"--oracle") || suite.is_some();
    let sources = match &suite {
        Some(suite) => suite_sources(root, suite),
        None => sources(root),
    };
    let Some(sources) = sources else {
        println!("parse: cargo metadata or the suite's list cannot be read");
        return false;
    };
    let next = AtomicUsize::new(0);
    let (rejected, wrong) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let work = || {
        while let Some(source) = sources.get(next.fetch_add(1, Ordering::Relaxed)) {
            let ours = parses(&rcc, source);
            if !ours {
                rejected.fetch_add(1, Ordering::Relaxed);
            }
            if (!ours || oracle) && parses(Path::new("rustc"), source) != ours {
                wrong.lock().expect("no thread panics").push((source.path.clone(), ours));
            }
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|s| {
        for _ in 0..threads {
            s.spawn(work);
        }
    });
    let mut wrong = wrong.into_inner().expect("no thread panics");
    wrong.sort();
    for (path, ours) in &wrong {
        let who = if *ours { "rcc parses what rustc rejects" } else { "rustc parses what rcc rejects" };
        println!("{who}: {}", path.display());
    }
    let rejected = rejected.into_inner();
    println!("parse: {} files, {rejected} rejected, {} unlike rustc", sources.len(), wrong.len());
    wrong.is_empty() && !sources.is_empty()
}

fn parses(compiler: &Path, source: &Source) -> bool {
    Command::new(compiler)
        .args(["-Zparse-crate-root-only", "--edition", &source.edition, "--cap-lints", "allow"])
        .arg(&source.path)
        .env("RUSTC_BOOTSTRAP", "1")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|s| s.success())
}

/// All files there are to parse.
fn sources(root: &Path) -> Option<Vec<Source>> {
    let output = Command::new("cargo").args(["metadata", "--format-version=1"]).current_dir(root).output().ok()?;
    let metadata: Value = serde_json::from_slice(&output.stdout).ok()?;
    let mut sources = Vec::new();
    for package in metadata["packages"].as_array()? {
        if package["source"].is_null() {
            continue;
        }
        let dir = Path::new(package["manifest_path"].as_str()?).parent()?;
        add(dir, package["edition"].as_str()?, &mut sources);
    }
    add(&library_folder()?, "2024", &mut sources);
    Some(sources)
}

/// The toolchain's library sources.
fn library_folder() -> Option<PathBuf> {
    let sysroot = Command::new("rustc").args(["--print", "sysroot"]).output().ok()?;
    let sysroot = String::from_utf8(sysroot.stdout).ok()?;
    Some(Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library"))
}

/// The files of the UI suite's parser tests, each in the edition that it asks for.
fn suite_sources(root: &Path, suite: &Path) -> Option<Vec<Source>> {
    let tests = Command::new(root.join("../shared/tools/uitest/uitest"))
        .args(["--list", "--kind", "all", "--half", "dev", "--filter", "parser/", "--suite"])
        .arg(suite)
        .output()
        .ok()?;
    let mut sources: Vec<Source> = Vec::new();
    for test in String::from_utf8(tests.stdout).ok()?.lines() {
        // `parser/a.rs#revision` and its kind.
        let name = test.split(['\t', '#']).next()?;
        let path = suite.join("ui").join(name);
        if !name.starts_with("parser/") || sources.last().is_some_and(|s| s.path == path) {
            continue;
        }
        let text = std::fs::read(&path).ok()?;
        let text = String::from_utf8_lossy(&text);
        let asked = text.lines().filter_map(|l| l.strip_prefix("//@")?.split_once("edition:")).next();
        let edition = asked.map_or("2015", |(_, e)| e.trim().get(..4).unwrap_or("2015")).to_owned();
        sources.push(Source { path, edition });
    }
    Some(sources)
}

/// Lines per second over core, alloc and std, of the parser alone and of rustc's.
fn bench(root: &Path) -> bool {
    let Some(library) = library_folder() else { return false };
    let mut sources = Vec::new();
    for name in ["core", "alloc", "std"] {
        add(&library.join(name).join("src"), "2024", &mut sources);
    }
    Command::new("cargo")
        .args(["run", "--quiet", "--release", "--package", "parser", "--example", "bench", "--", "--edition", "2024"])
        .args(sources.iter().map(|s| &s.path))
        .current_dir(root)
        .status()
        .is_ok_and(|s| s.success())
}

/// The `.rs` files below a folder, in order.
fn add(dir: &Path, edition: &str, sources: &mut Vec<Source>) {
    let Ok(entries) = std::fs::read_dir(dir) else { return };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|e| e.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            add(&path, edition, sources);
        } else if path.extension().is_some_and(|e| e == "rs") {
            sources.push(Source { path, edition: edition.to_owned() });
        }
    }
}
