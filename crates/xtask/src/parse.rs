//! `cargo xtask parse [--debug] [--oracle]`: `rcc` parses every file of the toolchain's library sources and of the registry
//! crates that the workspace depends on. rustc is asked about those that rcc rejects; with `--oracle` about all, so that
//! files which only rcc accepts are found too.

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
    let profile = if args.contains(&"--debug") { "debug/rcc" } else { "release/rcc" };
    let rcc = crate::target_dir(root).join(profile);
    let oracle = args.contains(&"--oracle");
    let Some(sources) = sources(root) else {
        println!("parse: cargo metadata cannot be read");
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
    let sysroot = Command::new("rustc").args(["--print", "sysroot"]).output().ok()?;
    let sysroot = String::from_utf8(sysroot.stdout).ok()?;
    add(&Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library"), "2024", &mut sources);
    Some(sources)
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
