//! The command lines of the library's crates: `cargo check -Zbuild-std` with this program as `RUSTC_WRAPPER`, which runs
//! rustc for the build scripts and writes down, instead of running, the command of each crate for the target.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Names the file to write to; its presence makes this program the wrapper.
pub const RECORD: &str = "RCC_LIBRARY_RECORD";

/// One crate's compilation.
pub struct Unit {
    pub name: String,
    pub cwd: PathBuf,
    pub args: Vec<String>,
    pub env: Vec<(String, String)>,
}

/// The library's crates for a target, each after what it depends on.
pub fn plan(root: &Path, target: &str) -> Result<Vec<Unit>, String> {
    let dir = crate::target_dir(root).join("library").join(target);
    let file = dir.join("plan");
    // A plan holds for one toolchain, and as long as the sources are there.
    let version = Command::new("rustc").arg("-vV").output().map_err(|e| format!("rustc: {e}"))?;
    let version = String::from_utf8_lossy(&version.stdout).replace('\n', " ");
    if let Some(units) = read(&file, &version) {
        return Ok(units);
    }
    let probe = dir.join("probe");
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(probe.join("src")).map_err(|e| format!("{}: {e}", probe.display()))?;
    let manifest = "[package]\nname = \"probe\"\nedition = \"2024\"\n[workspace]\n";
    let partial = dir.join("plan.partial");
    let write = |path: PathBuf, text: &str| fs::write(&path, text).map_err(|e| format!("{}: {e}", path.display()));
    write(probe.join("Cargo.toml"), manifest)?;
    write(probe.join("src/lib.rs"), "")?;
    write(partial.clone(), &format!("{version}\n"))?;
    let this = std::env::current_exe().map_err(|e| e.to_string())?;
    let status = Command::new("cargo")
        .args(["check", "--quiet", "-j1", "-Zbuild-std=std,panic_abort,panic_unwind,test", "--target", target])
        .current_dir(&probe)
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_DIR", dir.join("target"))
        .env("RUSTC_WRAPPER", this)
        .env(RECORD, &partial)
        .env_remove("RUSTFLAGS")
        .status()
        .map_err(|e| format!("cargo: {e}"))?;
    if !status.success() {
        return Err("cargo cannot plan the library's build".to_owned());
    }
    fs::rename(&partial, &file).map_err(|e| e.to_string())?;
    read(&file, &version).ok_or_else(|| "the plan cannot be read".to_owned())
}

fn read(file: &Path, version: &str) -> Option<Vec<Unit>> {
    let text = fs::read_to_string(file).ok()?;
    let mut lines = text.lines();
    if lines.next()? != version {
        return None;
    }
    let unit = |line: &str| {
        let mut fields = line.split('\0').map(str::to_owned);
        let (name, cwd) = (fields.next()?, PathBuf::from(fields.next()?));
        let count = fields.next()?.parse().ok()?;
        let mut args: Vec<String> = fields.by_ref().take(count).collect();
        let env = fields.filter_map(|f| f.split_once('=').map(|(k, v)| (k.to_owned(), v.to_owned()))).collect();
        let source = args.iter().find(|a| a.ends_with(".rs"))?;
        let source = cwd.join(source);
        // What rustc's default is on these targets, and not rcc's.
        if !args.iter().any(|a| a.starts_with("panic=")) {
            args.push("-Cpanic=unwind".to_owned());
        }
        source.exists().then_some(Unit { name, cwd, args, env })
    };
    lines.filter(|l| !l.starts_with("probe\0")).map(unit).collect()
}

/// As `RUSTC_WRAPPER`: `RUSTC ARGS..`. True if it went well.
pub fn record(file: &str, command: &[String]) -> bool {
    let Some((rustc, args)) = command.split_first() else { return false };
    let value = |name: &str| args.iter().position(|a| a == name).and_then(|i| args.get(i + 1));
    let (Some(_), Some(name), Some(out_dir)) = (value("--target"), value("--crate-name"), value("--out-dir")) else {
        return Command::new(rustc).args(args).status().is_ok_and(|s| s.success());
    };
    if name == "___" {
        return Command::new(rustc).args(args).status().is_ok_and(|s| s.success());
    }
    let extra = args.iter().find_map(|a| a.strip_prefix("extra-filename=")).unwrap_or_default();
    for output in [format!("{name}{extra}.d"), format!("lib{name}{extra}.rmeta"), format!("lib{name}{extra}.rlib")] {
        let text = if output.ends_with(".d") { format!("{output}:\n") } else { String::new() };
        if fs::write(Path::new(out_dir).join(output), text).is_err() {
            return false;
        }
    }
    let cwd = std::env::current_dir().unwrap_or_default();
    let mut fields = vec![name.clone(), cwd.display().to_string(), args.len().to_string()];
    fields.extend(args.iter().cloned());
    let wanted = |k: &str| {
        k.starts_with("CARGO_PKG") || k.starts_with("CARGO_MANIFEST") || k == "OUT_DIR" || k.starts_with("STD_")
    };
    fields.extend(std::env::vars().filter(|(k, _)| wanted(k)).map(|(k, v)| format!("{k}={}", v.replace('\n', " "))));
    let Ok(mut out) = fs::OpenOptions::new().append(true).open(file) else { return false };
    writeln!(out, "{}", fields.join("\0")).is_ok()
}
