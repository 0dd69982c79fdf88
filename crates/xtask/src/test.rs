//! `cargo xtask test`: all checks in order of cost but for `page`; `cargo xtask test STEP..` runs those named.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use crate::{library, page, programs, setup, tidy, ui, wasm};

type Step = (&'static str, fn(&Path) -> bool);

const STEPS: &[Step] = &[
    ("tidy", |root| tidy::run(root)),
    ("fmt", |root| cargo(root, &["fmt", "--all", "--check"])),
    ("clippy", |root| cargo(root, &["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"])),
    ("unit", |root| cargo(root, &["test", "--workspace", "--quiet", "--no-fail-fast"])),
    ("ui", |root| cargo(root, &["build", "--quiet", "--bin", "rcc"]) && ui::run(root, &[])),
    ("programs", |root| programs::run(root, &["--debug"])),
    ("library", |root| library::run(root, &["--debug"])),
    ("wasm", |root| {
        cargo(root, &["build", "--quiet", "--package", "wasm", "--lib", "--target", "wasm32-unknown-unknown"])
            && wasm::run(root)
    }),
    ("page", |root| page::run(root, &[]) && page::test(root)),
];

/// Runs the steps named, or all; prints how long each took and how many passed.
pub fn run(root: &Path, names: &[&str]) -> bool {
    setup::run();
    let (mut passed, mut failed) = (0, Vec::new());
    for (name, step) in STEPS {
        // The page is a job of its own in CI: it compiles everything a second time, for the browser.
        let wanted = if names.is_empty() { *name != "page" } else { names.contains(name) };
        if !wanted {
            continue;
        }
        println!("=== {name}");
        let start = Instant::now();
        let ok = step(root);
        println!("=== {name}: {} in {:.1} s", if ok { "ok" } else { "FAILED" }, start.elapsed().as_secs_f64());
        if ok {
            passed += 1;
        } else {
            failed.push(*name);
        }
    }
    if !failed.is_empty() {
        println!("failed: {}", failed.join(", "));
    }
    println!("{passed} passed, {} failed", failed.len());
    failed.is_empty()
}

/// Runs cargo in the workspace.
fn cargo(root: &Path, args: &[&str]) -> bool {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    Command::new(cargo).args(args).current_dir(root).status().is_ok_and(|s| s.success())
}
