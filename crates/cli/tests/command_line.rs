//! The command's arguments, outputs and exit codes, and input that is no program: never a panic, never a hang.

#![allow(clippy::disallowed_methods, reason = "tests run the command on files")]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// A folder of its own for a test.
fn scratch(name: &str) -> PathBuf {
    let dir = std::env::temp_dir().join(format!("rcc-command-line-{}-{name}", std::process::id()));
    let _ = std::fs::remove_dir_all(&dir);
    std::fs::create_dir_all(&dir).unwrap();
    dir
}

/// A sysroot without crates: enough for what fails before names are resolved, or says `#![no_core]`.
fn rcc(dir: &Path, args: &[&str]) -> Output {
    rcc_with_input(dir, args, b"")
}

/// With the real library.
fn rcc_std(dir: &Path, args: &[&str]) -> Output {
    run_rcc(dir, args, &[], b"")
}

fn rcc_with_input(dir: &Path, args: &[&str], stdin: &[u8]) -> Output {
    run_rcc(dir, args, &["--sysroot", "empty-sysroot"], stdin)
}

fn run_rcc(dir: &Path, args: &[&str], more: &[&str], stdin: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_rcc"))
        .args(args)
        .args(more)
        .current_dir(dir)
        .env("RUST_BACKTRACE", "0")
        .env("RUSTC_BOOTSTRAP", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let _ = child.stdin.take().unwrap().write_all(stdin);
    let start = Instant::now();
    // Read in threads of their own: neither pipe may fill up.
    let mut out = child.stdout.take().unwrap();
    let mut err = child.stderr.take().unwrap();
    let out = std::thread::spawn(move || {
        let mut v = Vec::new();
        let _ = std::io::Read::read_to_end(&mut out, &mut v);
        v
    });
    let err = std::thread::spawn(move || {
        let mut v = Vec::new();
        let _ = std::io::Read::read_to_end(&mut err, &mut v);
        v
    });
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if start.elapsed() > Duration::from_secs(120) {
            let _ = child.kill();
            panic!("`rcc {}` does not come to an end", args.join(" "));
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    Output { status, stdout: out.join().unwrap(), stderr: err.join().unwrap() }
}

fn stderr(out: &Output) -> String {
    String::from_utf8_lossy(&out.stderr).into_owned()
}

/// It fails with an error, and says this.
fn fails(out: &Output, message: &str) {
    let text = stderr(out);
    assert_eq!(out.status.code(), Some(1), "{text}");
    assert!(text.contains(message), "expected `{message}` in:\n{}", &text[..text.len().min(2000)]);
    assert!(!text.contains("panicked"), "{text}");
}

const NO_CORE: &str = "#![feature(no_core, lang_items)]\n#![allow(internal_features)]\n#![no_core]\n#![no_main]\n\
    #[lang = \"pointee_sized\"] trait PointeeSized {}\n#[lang = \"meta_sized\"] trait MetaSized: PointeeSized {}\n\
    #[lang = \"sized\"] trait Sized: MetaSized {}\n#[lang = \"copy\"] trait Copy {}\nimpl Copy for i32 {}\n";

#[test]
fn wrong_arguments_are_named() {
    let dir = scratch("arguments");
    fails(&rcc(&dir, &["--frobnicate", "a.rs"]), "Unrecognized option: 'frobnicate'");
    fails(&rcc(&dir, &["-C", "wombat", "a.rs"]), "unknown codegen option: `wombat`");
    fails(&rcc(&dir, &["-Z"]), "");
    fails(&rcc(&dir, &["--edition=2019", "a.rs"]), "argument for `--edition` must be one of");
    fails(&rcc(&dir, &["--emit=pie", "a.rs"]), "unknown emission type: `pie`");
    fails(&rcc(&dir, &["--print=pie"]), "unknown print request: `pie`");
    fails(&rcc(&dir, &["--explain", "E9999"]), "E9999 is not a valid error code");
    fails(&rcc(&dir, &["a.rs", "b.rs"]), "multiple input filenames provided");
    fails(&rcc(&dir, &["-O"]), "no input filename given");
}

#[test]
fn values_of_options_are_checked() {
    let dir = scratch("values");
    std::fs::write(dir.join("a.rs"), NO_CORE).unwrap();
    for (args, wanted) in [
        (&["-C", "relocation-model=xyz"][..], "one of supported relocation models"),
        (&["-Cinstrument-coverage=bad"], "incorrect value `bad` for codegen option `instrument-coverage`"),
        (&["-Csymbol-mangling-version=bad"], "one of: `legacy`, `v0` (RFC 2603), or `hashed` was expected"),
        (&["-Copt-level"], "codegen option `opt-level` requires a string (`-C opt-level=<value>`)"),
        (&["-Cembed-bitcode=no", "-Clto"], "options `-C embed-bitcode=no` and `-C lto` are incompatible"),
        (&["-Zmir-opt-level=x"], "incorrect value `x` for unstable option `mir-opt-level` - a number was expected"),
        (&["-Zunpretty=pie"], "argument to `unpretty` must be one of `expanded`"),
        (&["--json=artifacts"], "using `--json` requires also using `--error-format=json`"),
        (
            &["--error-format=json", "--json=artifacts", "--color=never"],
            "cannot specify the `--color` option with `--json`",
        ),
        (&["--cfg", "a=1"], "invalid `--cfg` argument: `a=1` (argument value must be a string)"),
        (&["--cfg", "unix"], "unexpected `--cfg unix` flag"),
        (&["--extern", "a-b=c"], "crate name `a-b` passed to `--extern` is not a valid ASCII identifier"),
        (&["-lpie=x"], "unknown library kind `pie`"),
        (&["--unpretty=mir"], "Did you mean `-Z unpretty`?"),
        (&["--edition=2021", "--edition=2018"], "Option 'edition' given more than once"),
        (&["@nothing"], "failed to load argument file: IO error: nothing: No such file or directory"),
        (&["@bytes"], "failed to load argument file: UTF-8 error in bytes"),
    ] {
        std::fs::write(dir.join("bytes"), b"\xff").unwrap();
        fails(&rcc(&dir, &[&["a.rs", "--crate-type=lib", "--emit=metadata"][..], args].concat()), wanted);
    }
    let json = rcc(&dir, &["a.rs", "--error-format=json", "-C", "wombat"]);
    fails(&json, "{\"$message_type\":\"diagnostic\",\"message\":\"unknown codegen option: `wombat`\"");
}

#[test]
fn the_crate_has_one_name() {
    let dir = scratch("name");
    std::fs::write(dir.join("a.rs"), format!("#![crate_name = \"one\"]\n{NO_CORE}")).unwrap();
    let args = |name| ["a.rs", "--crate-type=lib", "--emit=metadata", "--crate-name", name];
    let message = "`--crate-name` and `#[crate_name]` are required to match, but `two` != `one`";
    fails(&rcc(&dir, &args("two")), message);
    assert!(rcc(&dir, &args("one")).status.success());
}

#[test]
fn help_version_and_print_succeed() {
    let dir = scratch("help");
    for (args, wanted) in [
        (&["--help"][..], "Usage: rcc"),
        (&["-vV"], "release: 1.95.0"),
        (&["--explain", "E0382"], "moved"),
        (&["-C", "help"], "opt-level"),
        (&["-W", "help"], "unused-variables"),
        (&["--print", "cfg"], "target_pointer_width=\"64\""),
        (&["--print", "target-list"], "aarch64-unknown-linux-musl"),
        (&["--print", "crate-name", "a-b.rs"], "a_b"),
    ] {
        let out = rcc(&dir, args);
        let text = String::from_utf8_lossy(&out.stdout);
        assert!(out.status.success(), "{args:?}: {}", stderr(&out));
        assert!(text.contains(wanted), "{args:?}: {text}");
    }
}

#[test]
fn input_that_cannot_be_read_is_an_error() {
    let dir = scratch("unreadable");
    fails(&rcc(&dir, &["missing.rs"]), "couldn't read `missing.rs`: No such file or directory");
    std::fs::create_dir(dir.join("folder.rs")).unwrap();
    fails(&rcc(&dir, &["folder.rs"]), "couldn't read `folder.rs`");
    std::fs::write(dir.join("latin1.rs"), b"fn main() { \"\xe4\"; }").unwrap();
    fails(&rcc(&dir, &["latin1.rs"]), "stream did not contain valid UTF-8");
}

#[test]
fn an_empty_file_has_no_main() {
    let dir = scratch("empty");
    std::fs::write(dir.join("nothing.rs"), "").unwrap();
    fails(&rcc_std(&dir, &["nothing.rs", "--emit=metadata"]), "`main` function not found in crate `nothing`");
    assert!(rcc_std(&dir, &["nothing.rs", "--crate-type=lib", "--emit=metadata"]).status.success());
    let source = NO_CORE.replace("#![no_main]\n", "");
    std::fs::write(dir.join("empty.rs"), &source).unwrap();
    fails(&rcc(&dir, &["empty.rs", "--emit=metadata"]), "`main` function not found in crate `empty`");
}

#[test]
fn source_may_come_from_standard_input() {
    let dir = scratch("stdin");
    let out = rcc_with_input(&dir, &["-", "--crate-type=lib", "--emit=metadata"], NO_CORE.as_bytes());
    assert!(out.status.success(), "{}", stderr(&out));
    assert!(dir.join("librust_out.rmeta").exists());
    fails(
        &rcc_with_input(&dir, &["-", "--emit=metadata"], b"fn main() { ["),
        "this file contains an unclosed delimiter",
    );
}

#[test]
fn deep_nesting_is_an_error() {
    let dir = scratch("nesting");
    let n = 100_000;
    for (name, open, close) in [("parens", "(", ")"), ("blocks", "{", "}"), ("brackets", "[", "]"), ("unary", "!", "")]
    {
        let text = format!("fn main() {{ let x = {}1{}; }}", open.repeat(n), close.repeat(n));
        let file = format!("{name}.rs");
        std::fs::write(dir.join(&file), text).unwrap();
        fails(&rcc(&dir, &[&file, "--emit=metadata"]), "error");
    }
    let text = format!("type T = {}u8{};", "&".repeat(n), "");
    std::fs::write(dir.join("types.rs"), text).unwrap();
    fails(&rcc(&dir, &["types.rs", "--emit=metadata"]), "error");
}

#[test]
fn a_token_of_ten_megabytes_is_read() {
    let dir = scratch("token");
    let text = format!("{NO_CORE}fn f() {{ {} }}", "a".repeat(10 << 20));
    std::fs::write(dir.join("name.rs"), text).unwrap();
    fails(&rcc(&dir, &["name.rs", "--emit=metadata"]), "cannot find value");
    let text = format!("{NO_CORE}fn f() {{ let _ = \"{}; }}", "a".repeat(10 << 20));
    std::fs::write(dir.join("string.rs"), text).unwrap();
    fails(&rcc(&dir, &["string.rs", "--emit=metadata"]), "unterminated double quote string");
    let text = format!("{NO_CORE}fn f() {{ let _ = {}; }}", "1".repeat(10 << 20));
    std::fs::write(dir.join("number.rs"), text).unwrap();
    fails(&rcc(&dir, &["number.rs", "--emit=metadata"]), "integer literal is too large");
}

#[test]
fn endless_macros_meet_the_recursion_limit() {
    let dir = scratch("macros");
    let text = format!("{NO_CORE}macro_rules! m {{ ($($t:tt)*) => {{ m!($($t)* x) }} }}\nfn f() {{ m!(); }}");
    std::fs::write(dir.join("m.rs"), text).unwrap();
    fails(&rcc(&dir, &["m.rs", "--emit=metadata"]), "recursion limit reached while expanding `m!`");
}

#[test]
fn infinite_types_are_errors() {
    let dir = scratch("infinite");
    std::fs::write(dir.join("t.rs"), format!("{NO_CORE}struct S {{ s: S }}")).unwrap();
    fails(&rcc(&dir, &["t.rs", "--emit=metadata"]), "recursive type `S` has infinite size");
    std::fs::write(dir.join("c.rs"), format!("{NO_CORE}const A: i32 = B; const B: i32 = A;")).unwrap();
    fails(&rcc(&dir, &["c.rs", "--emit=metadata"]), "cycle detected");
}

#[test]
fn endless_instantiation_meets_a_limit() {
    let dir = scratch("instances");
    let text = "fn f<T: Clone>(n: u32, t: T) { if n > 0 { f(n - 1, Some(t.clone())) } }\nfn main() { f(3, ()) }";
    std::fs::write(dir.join("deep.rs"), text).unwrap();
    fails(&rcc_std(&dir, &["deep.rs"]), "reached the recursion limit while instantiating `f::<");
    let text = "fn f<T: Clone>(n: u32, t: T) { if n > 0 { f(n - 1, (t.clone(), t)) } }\nfn main() { f(3, ()) }";
    std::fs::write(dir.join("wide.rs"), text).unwrap();
    fails(&rcc_std(&dir, &["wide.rs"]), "limit while instantiating `f::<");
    assert!(!dir.join("deep").exists() && !dir.join("wide").exists());
}

#[test]
fn constants_that_have_no_value_are_errors() {
    let dir = scratch("constants");
    for (name, text, wanted) in [
        ("forever", "const A: () = loop {};", "constant evaluation is taking a long time"),
        (
            "counts",
            "const fn f(mut n: u64) -> u64 { while n > 0 { n = n % 7 + 1; } n }\nstatic A: u64 = f(1);",
            "constant evaluation is taking a long time",
        ),
        (
            "calls",
            "const fn f(n: u64) -> u64 { f(n + 1) }\nconst A: u64 = f(0);",
            "reached the configured maximum number of stack frames",
        ),
        ("division", "const A: i32 = 1 / 0;", "attempt to divide `1_i32` by zero"),
        ("remainder", "static A: i32 = 1 % 0;", "attempt to calculate the remainder of `1_i32` with a divisor of zero"),
        ("length", "pub fn f(_: [u8; 1 / 0]) {}", "attempt to divide `1_usize` by zero"),
        ("overflow", "const A: i32 = i32::MIN / -1;", "attempt to compute `i32::MIN / -1_i32`, which would overflow"),
    ] {
        let file = format!("{name}.rs");
        std::fs::write(dir.join(&file), text).unwrap();
        fails(&rcc_std(&dir, &[&file, "--crate-type=lib", "--emit=metadata"]), wanted);
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_an_error() {
    let dir = scratch("full");
    std::fs::write(dir.join("a.rs"), "fn main() {}").unwrap();
    let full = "No space left on device";
    fails(&rcc_std(&dir, &["a.rs", "-o", "/dev/full"]), full);
    for emit in ["metadata", "mir", "asm", "dep-info"] {
        fails(&rcc_std(&dir, &["a.rs", &format!("--emit={emit}=/dev/full")]), full);
    }
    // Standard output is an output too.
    let to_full = |args: &[&str]| {
        let out = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_rcc"));
        command.args(args).current_dir(&dir).env("RUST_BACKTRACE", "0").stdin(Stdio::null()).stdout(out);
        command.output().unwrap()
    };
    fails(&to_full(&["--help"]), "failed to write to standard output");
    fails(&to_full(&["a.rs", "-Zunpretty=expanded"]), "failed to write to standard output");
    // What is cut off leaves nothing that looks whole.
    let limited = Command::new("sh")
        .args(["-c", "ulimit -f 4; trap '' XFSZ; exec \"$0\" a.rs -o half"])
        .arg(env!("CARGO_BIN_EXE_rcc"))
        .current_dir(&dir)
        .env("RUST_BACKTRACE", "0")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    fails(&limited, "failed to write to `half`");
    assert!(!dir.join("half").exists());
}

#[test]
fn an_output_that_cannot_be_written_is_an_error() {
    let dir = scratch("output");
    std::fs::write(dir.join("a.rs"), NO_CORE).unwrap();
    let args = ["a.rs", "--crate-type=lib", "--emit=metadata", "-o", "/proc/nowhere/a.rmeta"];
    fails(&rcc(&dir, &args), "failed to write to `/proc/nowhere/a.rmeta`: No such file or directory");
    std::fs::create_dir(dir.join("folder")).unwrap();
    let args = ["a.rs", "--crate-type=lib", "--emit=metadata", "-o", "folder"];
    fails(&rcc(&dir, &args), "failed to write to `folder`: Is a directory");
    let args = ["a.rs", "--crate-type=lib", "--emit=metadata", "--out-dir", "a.rs/out"];
    fails(&rcc(&dir, &args), "failed to find or create the directory specified by `--out-dir`");
    let args = ["a.rs", "--crate-type=lib", "--emit=metadata", "--out-dir", "new/out"];
    assert!(rcc(&dir, &args).status.success() && dir.join("new/out/liba.rmeta").exists());
}

#[test]
fn lints_given_on_the_command_line_count() {
    let dir = scratch("lints");
    std::fs::write(dir.join("a.rs"), format!("{NO_CORE}pub fn f() {{ let x = 1; }}")).unwrap();
    let args = |lint: &'static [&'static str]| [&["a.rs", "--crate-type=lib", "--emit=metadata"][..], lint].concat();
    let warned = rcc(&dir, &args(&[]));
    assert!(
        warned.status.success() && stderr(&warned).contains("warning: unused variable: `x`"),
        "{}",
        stderr(&warned)
    );
    fails(&rcc(&dir, &args(&["-Dunused"])), "error: unused variable: `x`");
    let allowed = rcc(&dir, &args(&["-Aunused-variables"]));
    assert!(allowed.status.success() && stderr(&allowed).is_empty(), "{}", stderr(&allowed));
    let capped = rcc(&dir, &args(&["-Dunused", "--cap-lints=warn"]));
    assert!(capped.status.success(), "{}", stderr(&capped));
    fails(&rcc(&dir, &args(&["-Wunsued-variables", "-Dwarnings"])), "unknown lint: `unsued_variables`");
}
