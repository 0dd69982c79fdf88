//! `cargo xtask bench`: rcc side by side with rustc, by the harness of ../shared/tools/perf.

use std::path::Path;
use std::process::Command;

/// Builds the release `rcc` and hands over to the harness.
pub fn run(root: &Path, args: &[&str]) -> bool {
    let built = Command::new("cargo").args(["build", "--release", "--bin", "rcc"]).current_dir(root).status();
    if !built.is_ok_and(|s| s.success()) {
        return false;
    }
    let harness = root.join("../shared/tools/perf/perf");
    if !harness.exists() {
        eprintln!("bench: {} is not there", harness.display());
        return false;
    }
    let rustc = Command::new("rustup").args(["which", "rustc"]).output().ok();
    let rustc =
        rustc.map(|o| String::from_utf8_lossy(&o.stdout).trim().to_owned()).unwrap_or_else(|| "rustc".to_owned());
    let rcc = root.join("target/release/rcc");
    Command::new(harness)
        .arg("--compilers")
        .arg(format!("rustc0={rustc} -C opt-level=0"))
        .arg(format!("rustc3={rustc} -C opt-level=3"))
        .arg(format!("rcc0={}", rcc.display()))
        .arg(format!("rcc3={} -C opt-level=3", rcc.display()))
        .args(["--metric", "cpu"])
        .args(args)
        .status()
        .is_ok_and(|s| s.success())
}
