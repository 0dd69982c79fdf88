//! Development tasks: `cargo xtask tidy`, `cargo xtask test`, `cargo xtask setup`, `cargo xtask bench`.
//!
//! `test` is what CI runs and what the README names: it runs every check there is, one after the other, and ends with
//! a line that counts them.

#![allow(clippy::disallowed_methods, reason = "a development tool reads files and runs commands")]

mod bench;
mod library;
mod page;
mod parse;
mod programs;
mod setup;
mod size;
mod test;
mod tidy;
mod ui;
mod wasm;

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let Ok(file) = std::env::var(library::RECORD) {
        return if library::record(&file, &args) { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    let rest: Vec<&str> = args.iter().skip(1).map(String::as_str).collect();
    let ok = match args.first().map(String::as_str) {
        Some("tidy") => tidy::run(&root()),
        Some("test") => test::run(&root(), &rest),
        Some("ui") => ui::run(&root(), &rest),
        Some("setup") => setup::run(),
        Some("programs") => programs::run(&root(), &rest),
        Some("parse") => parse::run(&root(), &rest),
        Some("library") => library::run(&root(), &rest),
        Some("page") => page::run(&root(), &rest),
        Some("size") => size::run(&root(), &rest),
        Some("bench") => bench::run(&root(), &rest),
        _ => {
            eprintln!(
                "usage: cargo xtask <tidy | test [STEP..] | ui [--bless] [FILTER] | programs [--bless] [--debug] [FILTER] | library [--bless] | parse | page [--dev] [--package] [--bless] | size [FILE] | setup | bench>"
            );
            false
        }
    };
    if ok { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The workspace's folder.
fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The folder that cargo builds into.
fn target_dir(root: &std::path::Path) -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from)
}
