//! Installs what tests need and the machine lacks, and says so where it cannot.

use std::process::Command;

/// Tools by the command that shows they are there, and Debian's package.
const TOOLS: &[(&str, &str)] = &[
    ("qemu-aarch64", "qemu-user"),
    ("aarch64-linux-gnu-ld", "binutils-aarch64-linux-gnu"),
    ("chromium", "chromium"),
    ("wasm-opt", "binaryen"),
    ("ld.lld", "lld"),
];

/// Whether a command is on the path.
pub fn has(tool: &str) -> bool {
    Command::new("sh").args(["-c", &format!("command -v {tool}")]).output().is_ok_and(|o| o.status.success())
}

/// Installs the missing tools; returns whether all are there.
pub fn run() -> bool {
    // rustup reads rust-toolchain.toml: toolchain, components, targets.
    let _ = Command::new("rustup").args(["toolchain", "install"]).status();
    let missing: Vec<&str> = TOOLS.iter().filter(|(t, _)| !has(t)).map(|(_, p)| *p).collect();
    if missing.is_empty() {
        return true;
    }
    println!("setup: installing {}", missing.join(", "));
    let update = Command::new("apt-get").args(["update", "-q"]).output();
    let install =
        Command::new("apt-get").args(["install", "-y", "-q", "--no-install-recommends"]).args(&missing).output();
    let _ = (update, install);
    let still: Vec<&str> = TOOLS.iter().filter(|(t, _)| !has(t)).map(|(_, p)| *p).collect();
    for package in &still {
        println!("setup: could not install `{package}`: the tests that need it announce that they are left out");
    }
    still.is_empty()
}
