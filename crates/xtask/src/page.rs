//! `cargo xtask page`: builds the compiler's wasm, the library's files beside it, the npm package and the page (`www/dist`).
//!
//! `--dev` takes the quick build of the wasm, which is large; `--package` stops before the page. The size of the wasm is
//! held by `crates/wasm/size.txt`, which `--bless` writes anew.
//!
//! wasm-opt comes before wasm-bindgen, since Debian's does not know what that writes for reference types.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{size, wasm};

const TARGETS: [&str; 2] = ["x86_64-unknown-linux-musl", "aarch64-unknown-linux-musl"];
const CRATES: [&str; 4] = ["core", "compiler_builtins", "alloc", "std"];

/// What rustc uses of WebAssembly, and the passes that make the compressed module smaller: only those that take functions
/// together (that is 2.6 % of it). The others undo what makes it compress well: with `-Oz` it is 8 % larger.
const WASM_OPT: [&str; 11] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--debuginfo",
    "--duplicate-function-elimination",
    "--merge-similar-functions",
    "--duplicate-function-elimination",
    "--reorder-functions",
];

type Result<T> = std::result::Result<T, String>;

/// Builds; `args` as above.
pub fn run(root: &Path, args: &[&str]) -> bool {
    let build = || -> Result<()> {
        let dev = args.contains(&"--dev");
        let pkg = root.join("crates/wasm/npm/pkg");
        fs::create_dir_all(&pkg).map_err(|e| format!("{}: {e}", pkg.display()))?;
        let wasm = build_wasm(root, &pkg, dev)?;
        let manifest = pack_library(root, &pkg)?;
        write_manifest(&pkg, &wasm, &manifest)?;
        if !dev {
            size::run(root, &[]);
            size::check(root, &pkg.join("rcc.wasm"), args.contains(&"--bless"))?;
        }
        build_package(root)?;
        if args.contains(&"--package") {
            return Ok(());
        }
        let www = root.join("www");
        install(&www)?;
        step("page", Command::new("npm").args(["run", "--silent", "build"]).current_dir(&www))
    };
    match build() {
        Ok(()) => true,
        Err(why) => {
            println!("page: {why}");
            false
        }
    }
}

/// Which wasm is tested.
#[derive(Clone, Copy)]
pub enum Build {
    /// That of `--dev`: it is large and slow, so sizes and times are not looked at.
    Quick,
    Small,
}

/// The tests of the page and of the package, in Chromium and Node.
pub fn test(root: &Path, build: Build) -> bool {
    let script = match build {
        Build::Quick => "test-quick",
        Build::Small => "test",
    };
    let run = |dir: &str| {
        let mut npm = Command::new("npm");
        npm.args(["run", "--silent", script]).current_dir(root.join(dir));
        // The command line that the page is compared with, and the library that it has compiled.
        npm.env("RCC", crate::target_dir(root).join("debug/rcc")).env("RCC_CACHE", wasm::cache(root));
        let result = step(dir, &mut npm);
        if let Err(why) = &result {
            println!("page: {why}");
        }
        result.is_ok()
    };
    run("tests/npm") & run("www")
}

/// Runs a command and says how long it took.
fn step(name: &str, command: &mut Command) -> Result<()> {
    let start = std::time::Instant::now();
    let status = command.env("RUST_BACKTRACE", "0").status().map_err(|e| format!("cannot run {command:?}: {e}"))?;
    println!("  {name}: {:.1} s", start.elapsed().as_secs_f64());
    if status.success() { Ok(()) } else { Err(format!("{command:?} failed")) }
}

fn cargo(root: &Path) -> Command {
    let mut cargo = Command::new(std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()));
    cargo.current_dir(root);
    cargo
}

/// The module and its JavaScript, in `pkg`; returns where the module is.
fn build_wasm(root: &Path, pkg: &Path, dev: bool) -> Result<PathBuf> {
    let profile = if dev { "dev" } else { "release-wasm" };
    let args = ["build", "--quiet", "--package", "wasm", "--lib", "--target", "wasm32-unknown-unknown"];
    step("wasm", cargo(root).args(args).args(["--profile", profile]))?;
    step("bindgen", cargo(root).args(["build", "--quiet", "--package", "bindgen"]))?;
    let target = crate::target_dir(root);
    let folder = if dev { "debug" } else { profile };
    let mut built = target.join("wasm32-unknown-unknown").join(folder).join("wasm.wasm");
    if !dev {
        let merged = built.with_file_name("wasm.merged.wasm");
        step("wasm-opt", Command::new("wasm-opt").args(WASM_OPT).arg(&built).arg("-o").arg(&merged))?;
        built = merged;
    }
    let mut bindgen = Command::new(target.join("debug/bindgen"));
    step("bindings", bindgen.arg(&built).arg(pkg))?;
    let (raw, wasm) = (pkg.join("rcc_bg.wasm"), pkg.join("rcc.wasm"));
    let _ = fs::remove_file(pkg.join("rcc_bg.wasm.d.ts"));
    fs::rename(&raw, &wasm).map_err(|e| e.to_string())?;
    Ok(wasm)
}

/// A file of the library in `pkg`.
struct Packed {
    target: &'static str,
    part: &'static str,
    file: String,
    packed: u64,
    size: u64,
}

/// Compiles the library for both targets by the native compiler and packs it: what checking needs (`meta`) apart from
/// what linking needs (`objects`).
fn pack_library(root: &Path, pkg: &Path) -> Result<Vec<Packed>> {
    step("rcc", cargo(root).args(["build", "--quiet", "--bin", "rcc"]))?;
    let rcc = crate::target_dir(root).join("debug/rcc");
    let dir = crate::target_dir(root).join("tmp/page");
    fs::create_dir_all(&dir).map_err(|e| e.to_string())?;
    let main = dir.join("main.rs");
    fs::write(&main, "fn main() {}\n").map_err(|e| e.to_string())?;
    let mut out = Vec::new();
    for target in TARGETS {
        // The first use of a target compiles its library.
        let mut compile = Command::new(&rcc);
        compile.args(["--emit=metadata", "--target", target, "--out-dir"]).arg(&dir).arg(&main);
        step(&format!("library for {target}"), compile.env("RCC_CACHE", wasm::cache(root)))?;
        let mut print = Command::new(&rcc);
        let sysroot = print.args(["--print", "sysroot"]).env("RCC_CACHE", wasm::cache(root)).output();
        let sysroot = sysroot.map_err(|e| e.to_string())?.stdout;
        let sysroot = PathBuf::from(String::from_utf8_lossy(&sysroot).trim());
        let (mut meta, mut objects) = (Vec::new(), Vec::new());
        for name in CRATES {
            let path = sysroot.join(format!("lib/rustlib/{target}/lib/lib{name}.rlib"));
            let bytes = fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))?;
            let (rmeta, rest) = split_rlib(&bytes).ok_or(format!("{} is no rlib", path.display()))?;
            add(&mut meta, &format!("lib{name}.rmeta"), rmeta);
            add(&mut objects, &format!("lib{name}.rlib"), &rest);
        }
        // Diagnostics show lines of the library.
        for (path, text) in library_sources(root)? {
            add(&mut meta, &path, &text);
        }
        for (part, bytes) in [("meta", meta), ("objects", objects)] {
            let file = format!("{target}.{part}.bin");
            let path = pkg.join(&file);
            let packed = gzip(&bytes, &path)?;
            out.push(Packed { target, part, file, packed, size: bytes.len() as u64 });
        }
    }
    Ok(out)
}

/// The library's sources, by the paths that its metadata knows.
fn library_sources(root: &Path) -> Result<Vec<(String, Vec<u8>)>> {
    let library = root.join("crates/bootstrap/library");
    let (mut sources, mut folders) = (Vec::new(), vec![library.clone()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).map_err(|e| e.to_string())? {
            let path = entry.map_err(|e| e.to_string())?.path();
            if path.is_dir() {
                folders.push(path);
            } else if let (Some("rs"), Ok(below)) =
                (path.extension().and_then(|e| e.to_str()), path.strip_prefix(&library))
            {
                let text = fs::read(&path).map_err(|e| e.to_string())?;
                sources.push((format!("/rustc/rcc/library/{}", below.display()), text));
            }
        }
    }
    sources.sort();
    Ok(sources)
}

/// A pack is a list of names and contents, each with its length before it.
fn add(pack: &mut Vec<u8>, name: &str, bytes: &[u8]) {
    for part in [name.as_bytes(), bytes] {
        pack.extend((part.len() as u32).to_le_bytes());
        pack.extend(part);
    }
}

/// The metadata of an archive, and the archive without it.
fn split_rlib(bytes: &[u8]) -> Option<(&[u8], Vec<u8>)> {
    const MAGIC: &[u8] = b"!<arch>\n";
    let mut rest = bytes.strip_prefix(MAGIC)?;
    let mut meta = None;
    let mut others = MAGIC.to_vec();
    while !rest.is_empty() {
        let size: usize = std::str::from_utf8(rest.get(48..58)?).ok()?.trim().parse().ok()?;
        // Members begin at even offsets.
        let (member, after) = rest.split_at_checked((60 + size).next_multiple_of(2).min(rest.len()))?;
        if member.starts_with(b"lib.rmeta/") {
            meta = member.get(60..60 + size);
        } else {
            others.extend(member);
        }
        rest = after;
    }
    Some((meta?, others))
}

/// Writes bytes compressed as well as gzip can, without a time in the header; returns the size.
fn gzip(bytes: &[u8], to: &Path) -> Result<u64> {
    let plain = to.with_extension("plain");
    fs::write(&plain, bytes).map_err(|e| e.to_string())?;
    let output = Command::new("gzip").args(["-9", "-n", "-c"]).arg(&plain).output().map_err(|e| e.to_string())?;
    fs::remove_file(&plain).map_err(|e| e.to_string())?;
    fs::write(to, &output.stdout).map_err(|e| e.to_string())?;
    Ok(output.stdout.len() as u64)
}

/// The sizes of everything, by which the worker knows how far it is.
fn write_manifest(pkg: &Path, wasm: &Path, library: &[Packed]) -> Result<()> {
    let size = fs::metadata(wasm).map_err(|e| e.to_string())?.len();
    let mut js = format!("export const manifest = {{\n  wasm: {{ size: {size} }},\n  library: {{\n");
    for target in TARGETS {
        js += &format!("    \"{target}\": {{\n");
        for p in library.iter().filter(|p| p.target == target) {
            js += &format!("      {}: {{ file: \"{}\", packed: {}, size: {} }},\n", p.part, p.file, p.packed, p.size);
            println!("  {}: {} kB packed, {} kB", p.file, p.packed / 1000, p.size / 1000);
        }
        js += "    },\n";
    }
    js += "  },\n};\n";
    let types = "type Part = { file: string; packed: number; size: number };\n\
        type Target = \"x86_64-unknown-linux-musl\" | \"aarch64-unknown-linux-musl\";\n\
        /** The sizes of what the worker fetches. */\n\
        export declare const manifest: {\n  \
        wasm: { size: number };\n  \
        library: Record<Target, { meta: Part; objects: Part }>;\n};\n";
    let write = |name: &str, text: &str| fs::write(pkg.join(name), text).map_err(|e| e.to_string());
    write("manifest.js", &js)?;
    write("manifest.d.ts", types)
}

/// The package's JavaScript and types.
fn build_package(root: &Path) -> Result<()> {
    let tests = root.join("tests/npm");
    install(&tests)?;
    let dist = root.join("crates/wasm/npm/dist");
    let _ = fs::remove_dir_all(&dist);
    step("package", Command::new("npm").args(["run", "--silent", "build-package"]).current_dir(&tests))
}

/// `npm ci`, unless the lock file is the one that is installed.
fn install(dir: &Path) -> Result<()> {
    let lock = fs::read(dir.join("package-lock.json")).map_err(|e| format!("{}: {e}", dir.display()))?;
    let mark = dir.join("node_modules/.installed-lock");
    if fs::read(&mark).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    step("npm ci", Command::new("npm").args(["ci", "--silent", "--no-audit", "--no-fund"]).current_dir(dir))?;
    fs::write(&mark, lock).map_err(|e| e.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn archives_come_apart() {
        let member = |name: &str, body: &[u8]| {
            let mut m = format!("{name:<16}{:<12}{:<6}{:<6}{:<8}{:<10}`\n", 0, 0, 0, 644, body.len()).into_bytes();
            m.extend(body);
            if body.len() % 2 == 1 {
                m.push(b'\n');
            }
            m
        };
        let archive = [b"!<arch>\n".to_vec(), member("lib.rmeta/", b"abc"), member("a.o/", b"xy")].concat();
        let rest = [b"!<arch>\n".to_vec(), member("a.o/", b"xy")].concat();
        assert_eq!(split_rlib(&archive), Some((&b"abc"[..], rest)));
        assert_eq!(split_rlib(b"no"), None);
    }
}
