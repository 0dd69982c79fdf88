//! `cargo xtask programs [FILTER]`: compiles the programs of `tests/run` and `examples` with `rcc`, runs them, and compares with
//! what they print under rustc (`NAME.stdout`), for both targets, at opt-levels 0 and 3.
//!
//! A program may begin with `// args: ARGUMENTS`, `// stdin: TEXT` (with `\n`), `// exit: CODE` and, if it has inline
//! assembly, `// arch: x86_64`, the only one that it runs on. `--bless` makes the
//! `.stdout` files anew, with rustc. aarch64 runs under `qemu-aarch64`.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const TARGETS: [&str; 2] = ["x86_64-unknown-linux-musl", "aarch64-unknown-linux-musl"];

/// Runs the programs whose name contains the filter.
pub fn run(root: &Path, args: &[&str]) -> bool {
    let bless = args.contains(&"--bless");
    let debug = args.contains(&"--debug");
    let filter = args.iter().find(|a| !a.starts_with("--")).copied().unwrap_or_default();
    let target = crate::target_dir(root);
    let rcc = target.join(if debug { "debug/rcc" } else { "release/rcc" });
    let dir = target.join("tmp/programs");
    if let Err(e) = fs::create_dir_all(&dir) {
        println!("cannot create {}: {e}", dir.display());
        return false;
    }
    let mut sources: Vec<PathBuf> = ["tests/run", "examples"]
        .into_iter()
        .filter_map(|dir| fs::read_dir(root.join(dir)).ok())
        .flatten()
        .flatten()
        .map(|e| e.path())
        .filter(|p| p.extension().is_some_and(|e| e == "rs") && p.to_string_lossy().contains(filter))
        .collect();
    sources.sort();
    let (mut passed, mut failed) = (0, 0);
    for source in &sources {
        if bless && let Err(why) = make_expected(source, &dir) {
            println!("FAILED {}: {why}", source.display());
            failed += 1;
        }
        let arch = expectation(source).ok().and_then(|e| e.arch).unwrap_or_default();
        for triple in TARGETS.into_iter().filter(|triple| triple.starts_with(&arch)) {
            for level in ["0", "3"] {
                match check(&rcc, source, &dir, triple, level) {
                    Ok(()) => passed += 1,
                    Err(why) => {
                        failed += 1;
                        println!("FAILED {} for {triple} at opt-level {level}: {why}", source.display());
                    }
                }
            }
        }
    }
    println!("programs: {passed} passed, {failed} failed");
    failed == 0 && passed > 0
}

/// What a program gets and how it ends.
struct Expectation {
    args: Vec<String>,
    stdin: String,
    code: i32,
    /// The only architecture it runs on.
    arch: Option<String>,
}

fn expectation(source: &Path) -> Result<Expectation, String> {
    let text = fs::read_to_string(source).map_err(|e| e.to_string())?;
    let find = |key: &str| text.lines().take(5).find_map(|l| l.strip_prefix(key).map(str::trim).map(str::to_owned));
    Ok(Expectation {
        args: find("// args:").unwrap_or_default().split_whitespace().map(str::to_owned).collect(),
        stdin: find("// stdin:").unwrap_or_default().replace("\\n", "\n"),
        code: find("// exit:").and_then(|c| c.parse().ok()).unwrap_or(0),
        arch: find("// arch:"),
    })
}

fn stem(source: &Path) -> String {
    source.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// Compiles and runs with rustc and keeps what it prints.
fn make_expected(source: &Path, dir: &Path) -> Result<(), String> {
    let exe = dir.join(format!("{}.rustc", stem(source)));
    let mut rustc = Command::new("rustc");
    rustc.env("RUSTC_BOOTSTRAP", "1").args(["--edition", "2024", "-Awarnings", "-o"]).arg(&exe).arg(source);
    let status = rustc.status();
    if !status.is_ok_and(|s| s.success()) {
        return Err("rustc does not compile it".to_owned());
    }
    let (stdout, code) = execute(Command::new(&exe), &expectation(source)?)?;
    if code != expectation(source)?.code {
        return Err(format!("ends with {code} under rustc"));
    }
    fs::write(source.with_extension("stdout"), stdout).map_err(|e| e.to_string())
}

fn check(rcc: &Path, source: &Path, dir: &Path, triple: &str, level: &str) -> Result<(), String> {
    let exe = dir.join(format!("{}.{triple}.{level}", stem(source)));
    let output = Command::new(rcc)
        .env("RUST_BACKTRACE", "0")
        .env("RUSTC_BOOTSTRAP", "1")
        .args(["--edition", "2024", "-Awarnings", "--target", triple, "-C"])
        .arg(format!("opt-level={level}"))
        .arg("-o")
        .arg(&exe)
        .arg(source)
        .stdin(Stdio::null())
        .output()
        .map_err(|e| format!("cannot run {}: {e}", rcc.display()))?;
    if !output.status.success() {
        return Err(format!("does not compile\n{}", String::from_utf8_lossy(&output.stderr)));
    }
    let command = if triple.starts_with("aarch64") && !cfg!(target_arch = "aarch64") {
        let mut c = Command::new("qemu-aarch64");
        c.arg(&exe);
        c
    } else {
        Command::new(&exe)
    };
    let expected = expectation(source)?;
    let (stdout, code) = execute(command, &expected)?;
    let wanted = fs::read(source.with_extension("stdout")).map_err(|e| format!("no expected output: {e}"))?;
    if code != expected.code {
        return Err(format!("exit code {code} instead of {}", expected.code));
    }
    if stdout != wanted {
        let (a, b) = (String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&wanted));
        let line = a.lines().zip(b.lines()).position(|(x, y)| x != y);
        let at = line.unwrap_or_else(|| a.lines().count().min(b.lines().count()));
        return Err(format!(
            "prints other text, first in line {}:\n  found    {:?}\n  expected {:?}",
            at + 1,
            a.lines().nth(at),
            b.lines().nth(at)
        ));
    }
    let _ = fs::remove_file(&exe);
    Ok(())
}

fn execute(mut command: Command, expected: &Expectation) -> Result<(Vec<u8>, i32), String> {
    let mut child = command
        .args(&expected.args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|e| format!("cannot run the program: {e}"))?;
    if let Some(mut stdin) = child.stdin.take() {
        let _ = stdin.write_all(expected.stdin.as_bytes());
    }
    let output = child.wait_with_output().map_err(|e| e.to_string())?;
    use std::os::unix::process::ExitStatusExt;
    // rustc's programs end by `exit(101)`, those that abort by a signal.
    let code = output.status.code().unwrap_or_else(|| output.status.signal().map_or(-1, |s| 128 + s));
    Ok((output.stdout, code))
}
