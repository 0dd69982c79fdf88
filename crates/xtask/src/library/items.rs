//! The number of items in each module of core, alloc and std after expansion, as rcc and as rustc have it: both print
//! the expanded crate (`-Zunpretty=expanded`), and the lines on which items begin are counted by module.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::plan::Unit;

const SAMPLE: [&str; 3] = ["core", "alloc", "std"];

/// What an item begins with, in the printer's form.
const KEYWORDS: [&str; 20] = [
    "async",
    "auto",
    "const",
    "default",
    "enum",
    "extern",
    "fn",
    "global_asm",
    "impl",
    "macro",
    "macro_rules",
    "mod",
    "pub",
    "static",
    "struct",
    "trait",
    "type",
    "union",
    "unsafe",
    "use",
];

/// Compares the counts; prints the modules where they differ.
pub fn run(rcc: &Path, plan: &[Unit], target: &str) -> bool {
    let mut ok = true;
    for unit in plan.iter().filter(|u| SAMPLE.contains(&u.name.as_str())) {
        let (ours, theirs) =
            (expanded(rcc, unit, &unit.args), expanded(Path::new("rustc"), unit, &with_sysroot(unit, target)));
        let (Some(ours), Some(theirs)) = (ours, theirs) else {
            println!("items: {} cannot be printed", unit.name);
            ok = false;
            continue;
        };
        let (ours, theirs) = (count(&ours), count(&theirs));
        let mut unlike = 0;
        let modules: std::collections::BTreeSet<&String> = ours.keys().chain(theirs.keys()).collect();
        for &module in &modules {
            let (a, b) = (ours.get(module).copied().unwrap_or(0), theirs.get(module).copied().unwrap_or(0));
            if a != b {
                println!("items: {}{module}: {a}, rustc has {b}", unit.name);
                unlike += 1;
            }
        }
        let total: u64 = theirs.values().sum();
        println!("items: {}: {total} items in {} modules, {unlike} modules unlike rustc", unit.name, modules.len());
        ok &= unlike == 0 && total > 0;
    }
    ok
}

fn expanded(compiler: &Path, unit: &Unit, args: &[String]) -> Option<String> {
    let args = args.iter().filter(|a| !["--emit=", "--error-format=", "--json="].iter().any(|p| a.starts_with(p)));
    let output = Command::new(compiler)
        .args(args)
        .arg("-Zunpretty=expanded")
        .current_dir(&unit.cwd)
        .envs(unit.env.iter().map(|(k, v)| (k, v)))
        .env("RUSTC_BOOTSTRAP", "1")
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    String::from_utf8(output.stdout).ok().filter(|t| !t.is_empty())
}

/// rustc cannot read our metadata: it gets the same crates from its own sysroot.
fn with_sysroot(unit: &Unit, target: &str) -> Vec<String> {
    let sysroot = Command::new("rustc").args(["--print", "sysroot"]).output().map(|o| o.stdout).unwrap_or_default();
    let dir = PathBuf::from(String::from_utf8_lossy(&sysroot).trim()).join("lib/rustlib").join(target).join("lib");
    let libraries: Vec<PathBuf> = std::fs::read_dir(dir).into_iter().flatten().flatten().map(|e| e.path()).collect();
    let library = |file: &str| {
        // `libcore-0123.rmeta` is some `libcore-4567.rmeta` there; the rlib beside it has no metadata.
        let stem = file.rsplit_once('-')?.0.rsplit('/').next()?;
        let has_name = |p: &&PathBuf| {
            p.extension().is_some_and(|e| e == "rmeta")
                && p.file_name().is_some_and(|n| n.to_string_lossy().rsplit_once('-').is_some_and(|(s, _)| s == stem))
        };
        libraries.iter().find(has_name).map(|p| p.display().to_string())
    };
    let argument = |arg: &String| match arg.split_once('=') {
        Some((name, file)) if file.ends_with(".rmeta") => {
            library(file).map_or_else(|| arg.clone(), |file| format!("{name}={file}"))
        }
        _ => arg.clone(),
    };
    unit.args.iter().map(argument).collect()
}

/// Items by module. The printer indents by four spaces, and a module ends with a brace under its first letter.
fn count(text: &str) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    let mut modules: Vec<&str> = Vec::new();
    let mut previous = "";
    for line in text.lines() {
        // A long head goes on in the next line, as far to the left: `fn f<T, const\nN: usize>()`, or `T,\nconst N: usize`.
        let before = std::mem::replace(&mut previous, line);
        let goes_on = !before.trim_start().starts_with("//") && (before.ends_with(',') || before.ends_with(" const"));
        let rest = line.trim_start_matches(' ');
        let indent = line.len() - rest.len();
        if rest == "}" && indent + 4 == 4 * modules.len() {
            modules.pop();
            continue;
        }
        let word = rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
        if goes_on || indent != 4 * modules.len() || !KEYWORDS.contains(&word) {
            continue;
        }
        let path: String = modules.iter().map(|m| format!("::{m}")).collect();
        *counts.entry(path).or_insert(0) += 1;
        let module = rest.strip_suffix(" {").and_then(|r| r.rsplit_once("mod ")).map(|(_, name)| name);
        if let Some(name) = module.filter(|n| n.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '#')) {
            modules.push(name);
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    #[test]
    fn items_count_in_their_modules() {
        let text = "fn a() {\n    let x = 1;\n}\npub mod m {\n    struct S;\n    impl S {\n        fn f() {}\n    }\n}\nuse a;\nconst C: u8 = 1;\nfn g<const N: u8,\nconst M: u8>();\n";
        let counts = super::count(text);
        assert_eq!(counts.into_iter().collect::<Vec<_>>(), [(String::new(), 5), ("::m".to_owned(), 2)]);
    }
}
