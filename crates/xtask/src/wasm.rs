//! Runs the wasm build under node on the UI tests' inputs and compares its diagnostics with the native build's.

use std::fs;
use std::path::Path;
use std::process::Command;

/// Compares on every UI test that takes no arguments of its own.
pub fn run(root: &Path) -> bool {
    let wasm = crate::target_dir(root).join("wasm32-unknown-unknown/debug/wasm.wasm");
    let (mut same, mut different) = (0, 0);
    for dir in fs::read_dir(root.join("tests/ui")).into_iter().flatten().flatten() {
        for file in fs::read_dir(dir.path()).into_iter().flatten().flatten().map(|e| e.path()) {
            if file.extension().is_none_or(|e| e != "rs") {
                continue;
            }
            let source = fs::read_to_string(&file).unwrap_or_default();
            if source.contains("//@ args:") {
                continue;
            }
            let edition = source.lines().find_map(|l| l.trim().strip_prefix("//@ edition:")).unwrap_or("2015").trim();
            let name = file.strip_prefix(root).unwrap_or(&file);
            let args = [
                name.to_string_lossy().into_owned(),
                "--emit=metadata".into(),
                "--env-set=RUSTC_BOOTSTRAP=1".into(),
                format!("--edition={edition}"),
            ];
            let native = Command::new(crate::target_dir(root).join("debug/rcc")).args(&args).current_dir(root).output();
            let node =
                Command::new("node").arg("tests/wasm/compile.mjs").arg(&wasm).args(&args).current_dir(root).output();
            match (native, node) {
                (Ok(a), Ok(b)) if a.stderr == b.stderr && a.status.code() == b.status.code() => same += 1,
                (Ok(a), Ok(b)) => {
                    different += 1;
                    println!(
                        "wasm differs on {}:\n--- native {:?}\n{}\n--- wasm {:?}\n{}",
                        name.display(),
                        a.status.code(),
                        String::from_utf8_lossy(&a.stderr),
                        b.status.code(),
                        String::from_utf8_lossy(&b.stderr)
                    );
                }
                (a, b) => {
                    different += 1;
                    println!("cannot run: {a:?} {b:?}");
                }
            }
        }
    }
    println!("wasm: {same} the same, {different} different");
    different == 0 && same > 0
}
