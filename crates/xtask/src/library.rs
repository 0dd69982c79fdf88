//! `cargo xtask library [--items] [--target TRIPLE] [--crate NAME] [--rcc PATH | --debug] [--all] [--bless]`: the front half over the real
//! core, alloc, std and what they depend on, unmodified, for both targets.
//!
//! [`plan`] gets the command lines from cargo: the sources are the toolchain's `rust-src`, the dependencies those that
//! `library/Cargo.lock` names, the `cfg`s those that the build scripts find. [`measure`] runs `rcc -Zlibrary-report` on one
//! crate after the other. [`ratchet`] holds what came out against `tests/library/ratchet.toml`.

mod items;
mod measure;
mod plan;
mod ratchet;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub use plan::{RECORD, record};

use measure::Figures;

const TARGETS: [&str; 2] = ["x86_64-unknown-linux-musl", "aarch64-unknown-linux-musl"];

/// What the command line asks for.
struct Args<'a> {
    targets: Vec<&'a str>,
    only: Option<&'a str>,
    rcc: PathBuf,
    /// List every place of every kind of error.
    all: bool,
    bless: bool,
    /// Compare the items of modules with rustc's, and nothing else.
    items: bool,
}

/// Runs the crates and prints the figures; false where they fall short of the ratchet.
pub fn run(root: &Path, args: &[&str]) -> bool {
    let value = |name| args.iter().position(|a| *a == name).and_then(|i| args.get(i + 1)).copied();
    let rcc = if args.contains(&"--debug") { "debug/rcc" } else { "release/rcc" };
    let args = Args {
        targets: value("--target").map_or(TARGETS.to_vec(), |t| vec![t]),
        only: value("--crate"),
        rcc: value("--rcc").map_or_else(|| crate::target_dir(root).join(rcc), PathBuf::from),
        all: args.contains(&"--all"),
        bless: args.contains(&"--bless"),
        items: args.contains(&"--items"),
    };
    let mut results = BTreeMap::new();
    let mut items_alike = true;
    for target in &args.targets {
        let plan = match plan::plan(root, target) {
            Ok(plan) => plan,
            Err(why) => {
                println!("library: {why}");
                return false;
            }
        };
        println!("--- {target}");
        if args.items {
            items_alike &= items::run(&args.rcc, &plan, target);
            continue;
        }
        let mut figures = Vec::new();
        for unit in &plan {
            // What follows reads the metadata that an earlier run left.
            if args.only.is_some_and(|only| only != unit.name) {
                continue;
            }
            match measure::run(&args.rcc, unit) {
                Ok(f) => {
                    println!("{}", f.line());
                    figures.push(f);
                }
                Err(why) => {
                    println!("{}: {why}", unit.name);
                    figures.push(Figures::crashed(&unit.name));
                }
            }
        }
        println!("{}", summary(&figures));
        println!("{}", measure::errors_by_kind(&figures, if args.all { usize::MAX } else { 3 }));
        results.insert(target.to_string(), figures);
    }
    if args.items {
        return items_alike;
    }
    let file = root.join("tests/library/ratchet.toml");
    if args.bless { ratchet::write(&file, &results) } else { ratchet::check(&file, &results) }
}

/// The time of the stages over all crates, and the most memory.
fn summary(figures: &[Figures]) -> String {
    let mut stages: Vec<(&str, f64, u64)> = Vec::new();
    for (name, time, memory) in figures.iter().flat_map(|f| &f.stages) {
        match stages.iter_mut().find(|s| s.0 == name) {
            Some(s) => {
                s.1 += time;
                s.2 = s.2.max(*memory);
            }
            None => stages.push((name, *time, *memory)),
        }
    }
    let total: f64 = stages.iter().map(|s| s.1).sum();
    let parts: Vec<String> = stages.iter().map(|s| format!("{} {:.2} s ({} MB)", s.0, s.1, s.2)).collect();
    format!("time and peak memory: {}; total {total:.1} s", parts.join(", "))
}
