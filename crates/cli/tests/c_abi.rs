//! The C ABI against rustc's: functions that take and return structs by value, called in both directions, on both targets.
//!
//! For every type and every number of arguments before it there is a function on rustc's side and one on ours; each calls
//! the other's and every byte must come back. Needs rustc's musl targets, and qemu-user for AArch64; a target that is
//! not installed is left out with a note.

#![allow(clippy::disallowed_methods, reason = "a test runs programs")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A struct's name, its fields, and the offsets of its padding.
const TYPES: &[(&str, &[&str], std::ops::Range<usize>)] = &[
    ("I1", &["i8"], 0..0),
    ("I2", &["i8", "i16"], 1..2),
    ("I3", &["u8", "u8", "u8"], 0..0),
    ("W2", &["i32", "i32"], 0..0),
    ("W3", &["i32", "i32", "i32"], 0..0),
    ("L2", &["i64", "i64"], 0..0),
    ("L3", &["i64", "i64", "i64"], 0..0),
    ("F1", &["f32"], 0..0),
    ("F2", &["f32", "f32"], 0..0),
    ("F3", &["f32", "f32", "f32"], 0..0),
    ("F4", &["f32", "f32", "f32", "f32"], 0..0),
    ("F5", &["f32", "f32", "f32", "f32", "f32"], 0..0),
    ("D1", &["f64"], 0..0),
    ("D2", &["f64", "f64"], 0..0),
    ("D3", &["f64", "f64", "f64"], 0..0),
    ("D4", &["f64", "f64", "f64", "f64"], 0..0),
    ("D5", &["f64", "f64", "f64", "f64", "f64"], 0..0),
    ("M1", &["i32", "f32"], 0..0),
    ("M2", &["i64", "f64"], 0..0),
    ("M3", &["f64", "i64"], 0..0),
    ("M4", &["f32", "f32", "i32"], 0..0),
    ("M5", &["f32", "f32", "f64"], 0..0),
    ("M6", &["i8", "f32", "i64"], 1..4),
    ("B3", &["[u8; 3]"], 0..0),
    ("B9", &["[u8; 9]"], 0..0),
    ("B16", &["[u8; 16]"], 0..0),
    ("B17", &["[u8; 17]"], 0..0),
    ("N1", &["W2", "f64"], 0..0),
    ("N2", &["F2", "F2"], 0..0),
    ("N3", &["I3", "i8"], 0..0),
    ("A2", &["[f32; 2]", "f32"], 0..0),
    ("P1", &["*const u8", "u32"], 12..16),
];
/// The arguments before the struct: `i` an integer, `f` a float.
const BEFORE: &[&str] = &["", "iii", "iiiii", "iiiiii", "iiiiiii", "iiiiiiii", "fffffff", "ffffffff", "ififififififif"];
const SCALARS: &[(&str, &str)] = &[
    ("bool", "true"),
    ("i8", "-5"),
    ("u8", "250"),
    ("i16", "-300"),
    ("u16", "65000"),
    ("i32", "-70000"),
    ("u32", "4000000000"),
    ("f32", "1.5"),
    ("f64", "-2.25"),
    ("i128", "-12345678901234567890123"),
    ("u128", "0xffeeddccbbaa99887766554433221100"),
];

const RUSTC_HELPERS: &str = r#"
#![allow(improper_ctypes, improper_ctypes_definitions, non_snake_case, dead_code)]
use std::sync::atomic::*;
static BAD: AtomicUsize = AtomicUsize::new(0);
fn make<T: Copy>() -> T { unsafe {
    let mut t: T = std::mem::zeroed();
    let p = &mut t as *mut T as *mut u8;
    for i in 0..size_of::<T>() { *p.add(i) = (i * 7 + 3) as u8 & 0x3f; }
    t
} }
fn zero<T>() -> T { unsafe { std::mem::zeroed() } }
fn check<T>(what: &str, a: &T, b: &T, ok: bool, padding: std::ops::Range<usize>) {
    let bytes = |t: &T| unsafe { std::slice::from_raw_parts(t as *const T as *const u8, size_of::<T>()) }.to_vec();
    let (x, y) = (bytes(a), bytes(b));
    let same = (0..x.len()).all(|i| x[i] == y[i] || padding.contains(&i));
    if !ok || !same { println!("{what}: {ok} {x:?} {y:?}"); BAD.fetch_add(1, Ordering::Relaxed); }
}
"#;

/// The sources of rustc's side and of ours.
fn sources() -> (String, String) {
    let (mut theirs, mut ours, mut main) = (RUSTC_HELPERS.to_owned(), String::new(), String::new());
    let (mut their_imports, mut our_imports) = (String::new(), String::new());
    ours += "impl<T: Copy, const N: usize> Copy for [T; N] {}\n";
    ours += "impl<T: Copy, const N: usize> Clone for [T; N] { fn clone(&self) -> Self { *self } }\n";
    for (name, fields, _) in TYPES {
        let fields: Vec<String> = fields.iter().enumerate().map(|(i, t)| format!("pub f{i}: {t}")).collect();
        let decl = format!("#[repr(C)] pub struct {name} {{ {} }}\n", fields.join(", "));
        theirs += &format!("#[derive(Clone, Copy)] {decl}");
        ours += &decl;
        let _ =
            writeln!(ours, "impl Copy for {name} {{}} impl Clone for {name} {{ fn clone(&self) -> Self {{ *self }} }}");
    }
    for (t, _, padding) in TYPES {
        for (n, before) in BEFORE.iter().enumerate() {
            let id = format!("{t}_{n}");
            let each = |f: &dyn Fn(usize, char) -> String| -> String {
                before.chars().enumerate().map(|(i, c)| f(i, c)).collect()
            };
            let params = each(&|i, c| format!("a{i}: {}, ", if c == 'i' { "i64" } else { "f64" }));
            let values = each(&|i, c| format!("{}{}, ", i + 1, if c == 'i' { "" } else { ".5" }));
            let checks = each(&|i, c| format!("assert!(a{i} == {}{}); ", i + 1, if c == 'i' { "" } else { ".5" }));
            let sig = format!("({params}s: {t}, tail: i64, out: *mut i64) -> {t}");
            let call_sig = format!("(s: &{t}, out: *mut i64, r: *mut {t})");
            let _ = writeln!(our_imports, "fn rs_{id}{sig};");
            let _ = writeln!(their_imports, "fn rcc_{id}{sig}; fn rccc_{id}{call_sig};");
            let _ = writeln!(ours, "#[no_mangle] pub extern \"C\" fn rcc_{id}{sig} {{ unsafe {{ *out = tail; }} s }}");
            let _ = writeln!(
                ours,
                "#[no_mangle] pub extern \"C\" fn rccc_{id}{call_sig} {{ unsafe {{ *r = rs_{id}({values}*s, 77, out); }} }}"
            );
            let _ = writeln!(
                theirs,
                "#[unsafe(no_mangle)] pub extern \"C\" fn rs_{id}{sig} {{ {checks} unsafe {{ *out = tail; }} s }}"
            );
            let _ = writeln!(
                main,
                "{{ let s: {t} = make(); let mut out = 0; let r = unsafe {{ rcc_{id}({values}s, 55, &mut out) }};
                   check(\"rcc_{id}\", &s, &r, out == 55, {padding:?});
                   let mut r: {t} = zero(); unsafe {{ rccc_{id}(&s, &mut out, &mut r) }};
                   check(\"rccc_{id}\", &s, &r, out == 77, {padding:?}); }}"
            );
        }
    }
    for (t, value) in SCALARS {
        let _ = writeln!(our_imports, "fn rss_{t}(a: {t}, b: {t}) -> {t};");
        let _ = writeln!(their_imports, "fn rcs_{t}(a: {t}, b: {t}) -> {t}; fn rccs_{t}(a: &{t}, r: *mut {t});");
        let _ = writeln!(ours, "#[no_mangle] pub extern \"C\" fn rcs_{t}(a: {t}, b: {t}) -> {t} {{ b }}");
        let _ = writeln!(
            ours,
            "#[no_mangle] pub extern \"C\" fn rccs_{t}(a: &{t}, r: *mut {t}) {{ unsafe {{ *r = rss_{t}(*a, *a); }} }}"
        );
        let _ = writeln!(theirs, "#[unsafe(no_mangle)] pub extern \"C\" fn rss_{t}(_: {t}, b: {t}) -> {t} {{ b }}");
        let _ = writeln!(
            main,
            "{{ let v: {t} = {value}; let r = unsafe {{ rcs_{t}(v, v) }}; check(\"rcs_{t}\", &v, &r, true, 0..0);
               let mut r: {t} = zero(); unsafe {{ rccs_{t}(&v, &mut r) }}; check(\"rccs_{t}\", &v, &r, true, 0..0); }}"
        );
    }
    let _ = writeln!(ours, "extern \"C\" {{ {our_imports} }}");
    let _ = writeln!(theirs, "unsafe extern \"C\" {{ {their_imports} }}");
    let _ = writeln!(theirs, "fn main() {{ {main} println!(\"{{}} bad\", BAD.load(Ordering::Relaxed)); }}");
    let minicore = include_str!("../../bootstrap/minicore.rs");
    (theirs, format!("{minicore}\n{ours}"))
}

fn run(command: &mut Command) -> (bool, String) {
    match command.output() {
        Ok(out) => {
            let text = format!("{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
            (out.status.success(), text)
        }
        Err(e) => (false, e.to_string()),
    }
}

fn check(target: &str, opt_level: &str) {
    let dir: PathBuf = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("c-abi-{target}-{opt_level}"));
    let _ = std::fs::remove_dir_all(&dir);
    std::fs::create_dir_all(&dir).expect("a folder for the test");
    let (theirs, ours) = sources();
    let aarch64 = target.starts_with("aarch64");
    let rustc = |args: &[&str]| {
        let mut c = Command::new("rustc");
        c.current_dir(&dir).args(["--edition=2021", "--target", target]).args(args);
        if aarch64 {
            // Its self-contained C runtime needs a linker of any target.
            c.args(["-C", "linker=rust-lld", "-C", "linker-flavor=ld.lld"]);
        }
        c
    };
    std::fs::write(dir.join("empty.rs"), "fn main() {}").expect("written");
    let (installed, _) = run(&mut rustc(&["empty.rs"]));
    let (runs, _) = if aarch64 { run(Command::new("qemu-aarch64").arg("--version")) } else { (true, String::new()) };
    if !installed || !runs {
        eprintln!("{target} is not installed: nothing was tested");
        return;
    }
    std::fs::write(dir.join("theirs.rs"), theirs).expect("written");
    std::fs::write(dir.join("ours.rs"), ours).expect("written");
    let opt = format!("opt-level={opt_level}");
    let (ok, text) = run(Command::new(env!("CARGO_BIN_EXE_rcc"))
        .current_dir(&dir)
        .env("RUSTC_BOOTSTRAP", "1")
        .args(["ours.rs", "--edition=2021", "--crate-type=lib", "--emit=obj", "--cap-lints=allow"])
        .args(["-C", "codegen-units=1", "--sysroot=/none", "--target", target, "-C", &opt]));
    assert!(ok, "rcc failed:\n{text}");
    let (ok, text) = run(&mut rustc(&["theirs.rs", "-C", "link-arg=ours.o", "-C", "debug-assertions=no"]));
    assert!(ok, "rustc failed:\n{text}");
    let mut program = if aarch64 { Command::new("qemu-aarch64") } else { Command::new(dir.join("theirs")) };
    if aarch64 {
        program.arg(dir.join("theirs"));
    }
    assert_eq!(run(&mut program), (true, "0 bad\n".to_owned()));
}

#[test]
fn structs_and_scalars_pass_as_rustc_passes_them_on_x86_64() {
    check("x86_64-unknown-linux-musl", "0");
    check("x86_64-unknown-linux-musl", "3");
}

#[test]
fn structs_and_scalars_pass_as_rustc_passes_them_on_aarch64() {
    check("aarch64-unknown-linux-musl", "0");
    check("aarch64-unknown-linux-musl", "3");
}
