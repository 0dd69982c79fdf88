//! `cargo xtask test`: all checks in order of cost; `cargo xtask test STEP..` runs those named, `--without STEP` leaves one
//! out. `page-quick` tests the page with the wasm that the step before made, which is large; `page` builds the small one,
//! that which people get, and holds its size and its times: it compiles everything a second time, so it runs only when named.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use crate::page::Build;
use crate::{library, page, parse, programs, setup, tidy, ui, wasm};

type Step = (&'static str, fn(&Path) -> bool);

const STEPS: &[Step] = &[
    ("tidy", |root| tidy::run(root)),
    ("fmt", |root| cargo(root, &["fmt", "--all", "--check"])),
    ("clippy", |root| cargo(root, &["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"])),
    ("unit", |root| cargo(root, &["test", "--workspace", "--quiet", "--no-fail-fast"])),
    ("ui", |root| cargo(root, &["build", "--quiet", "--bin", "rcc"]) && ui::run(root, &[])),
    ("programs", |root| programs::run(root, &["--debug"])),
    ("parse", |root| parse::run(root, &["--debug"])),
    ("library", |root| library::run(root, &["--debug"])),
    ("wasm", |root| {
        cargo(root, &["build", "--quiet", "--package", "wasm", "--lib", "--target", "wasm32-unknown-unknown"])
            && wasm::run(root)
    }),
    ("page-quick", |root| page::run(root, &["--dev"]) && page::test(root, Build::Quick)),
    ("page", |root| page::run(root, &[]) && page::test(root, Build::Small)),
];

/// Runs the steps named, or all; prints how long each took and how many passed.
pub fn run(root: &Path, names: &[&str]) -> bool {
    setup::run();
    let (mut passed, mut failed) = (0, Vec::new());
    for (name, step) in wanted(names) {
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
    passed > 0 && failed.is_empty()
}

/// The steps that the arguments ask for, in their order here.
fn wanted(args: &[&str]) -> Vec<&'static Step> {
    let (mut named, mut without) = (Vec::new(), Vec::new());
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match *arg {
            "--without" => without.extend(args.next().copied()),
            name => named.push(name),
        }
    }
    for unknown in named.iter().chain(&without).filter(|arg| STEPS.iter().all(|(name, _)| name != *arg)) {
        println!("there is no step `{unknown}`");
    }
    let wanted = |name: &str| if named.is_empty() { name != "page" } else { named.contains(&name) };
    STEPS.iter().filter(|(name, _)| wanted(name) && !without.contains(name)).collect()
}

/// Runs cargo in the workspace.
fn cargo(root: &Path, args: &[&str]) -> bool {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    Command::new(cargo).args(args).current_dir(root).status().is_ok_and(|s| s.success())
}
