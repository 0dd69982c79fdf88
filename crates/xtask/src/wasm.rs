//! Runs the wasm build under node and compares it with the native build: the diagnostics of the UI tests' inputs, and the
//! executables of some programs for both targets, byte for byte.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Compares diagnostics and executables.
pub fn run(root: &Path) -> bool {
    let diagnostics = same_diagnostics(root);
    same_executables(root) && diagnostics
}

/// Where the native build keeps the library that serves both, and the page.
pub fn cache(root: &Path) -> PathBuf {
    crate::target_dir(root).join("tmp/wasm/cache")
}

/// The flags by which the wasm build finds the native build's library for a target, which is built if it is not there.
fn library_flags(root: &Path, triple: &str) -> Result<[String; 4], String> {
    fs::create_dir_all(cache(root)).map_err(|e| e.to_string())?;
    let rcc = || {
        let mut rcc = Command::new(crate::target_dir(root).join("debug/rcc"));
        rcc.env("RCC_CACHE", cache(root)).current_dir(root);
        rcc
    };
    let mut build = rcc();
    build.args(["examples/calculator.rs", "--edition=2024", "-Awarnings", "--emit=metadata", "--target", triple]);
    succeed(build.arg("--out-dir").arg(crate::target_dir(root).join("tmp/wasm")))?;
    let sysroot = rcc().args(["--print", "sysroot"]).output().map_err(|e| e.to_string())?;
    let sysroot = String::from_utf8_lossy(&sysroot.stdout).trim().to_owned();
    Ok([
        "--sysroot".to_owned(),
        sysroot.clone(),
        format!("--mount={sysroot}/lib/rustlib/{triple}/lib"),
        format!("--sources={}", root.join("crates/bootstrap/library").display()),
    ])
}

/// Compiles programs with both builds; the native build's library serves both.
fn same_executables(root: &Path) -> bool {
    let target = crate::target_dir(root);
    let wasm = target.join("wasm32-unknown-unknown/debug/wasm.wasm");
    let dir = target.join("tmp/wasm");
    let (mut same, mut different) = (0, 0);
    for triple in ["x86_64-unknown-linux-musl", "aarch64-unknown-linux-musl"] {
        for (program, level) in [("examples/calculator", "0"), ("examples/calculator", "3"), ("tests/run/bigint", "3")]
        {
            let compare = || -> Result<bool, String> {
                let library = library_flags(root, triple)?;
                let out = |by: &str| dir.join(format!("{}.{triple}.{by}", program.replace('/', "-")));
                let source = format!("{program}.rs");
                let args = [&source, "--edition=2024", "-Awarnings", "--target", triple, "-C"];
                let opt = format!("opt-level={level}");
                let mut native = Command::new(target.join("debug/rcc"));
                native.args(args).args([&opt, "-o"]).arg(out("native"));
                succeed(native.env("RCC_CACHE", cache(root)).current_dir(root))?;
                let mut node = Command::new("node");
                node.arg("tests/wasm/compile.mjs").arg(&wasm).arg("--write").args(args).args([&opt, "-o"]);
                succeed(node.arg(out("wasm")).args(library).current_dir(root))?;
                let read = |by: &str| fs::read(out(by)).map_err(|e| e.to_string());
                Ok(read("native")? == read("wasm")?)
            };
            match compare() {
                Ok(true) => same += 1,
                Ok(false) => {
                    different += 1;
                    println!("wasm makes another executable of {program} for {triple} at opt-level {level}");
                }
                Err(why) => {
                    different += 1;
                    println!("{program} for {triple} at opt-level {level}: {why}");
                }
            }
        }
    }
    println!("wasm: {same} executables the same, {different} different");
    different == 0
}

fn succeed(command: &mut Command) -> Result<(), String> {
    let output = command.env("RUST_BACKTRACE", "0").output().map_err(|e| format!("cannot run {command:?}: {e}"))?;
    match output.status.success() {
        true => Ok(()),
        false => Err(format!("{command:?} failed\n{}", String::from_utf8_lossy(&output.stderr))),
    }
}

/// Compares on every UI test that takes no arguments of its own.
fn same_diagnostics(root: &Path) -> bool {
    let wasm = crate::target_dir(root).join("wasm32-unknown-unknown/debug/wasm.wasm");
    let library = match library_flags(root, "x86_64-unknown-linux-musl") {
        Ok(flags) => flags,
        Err(why) => {
            println!("wasm: {why}");
            return false;
        }
    };
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
                "-Zunstable-options".into(),
                "--env-set=RUSTC_BOOTSTRAP=1".into(),
                format!("--edition={edition}"),
            ];
            // Metadata goes where it is not in the way.
            let out_dir = format!("--out-dir={}", crate::target_dir(root).join("tmp/wasm").display());
            let mut native = Command::new(crate::target_dir(root).join("debug/rcc"));
            let native = native.args(&args).arg(&out_dir).env("RCC_CACHE", cache(root)).current_dir(root).output();
            let mut node = Command::new("node");
            node.arg("tests/wasm/compile.mjs").arg(&wasm).args(&args).arg(&out_dir).args(&library);
            let node = node.current_dir(root).output();
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
