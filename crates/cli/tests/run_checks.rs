//! What a program compiled with debug assertions says when it goes through a pointer that points nowhere; symbols that
//! several functions define.

#![allow(clippy::disallowed_methods, reason = "tests run the command on files")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn scratch(name: &str) -> PathBuf {
    let dir = std::env::temp_dir().join(format!("rcc-run-checks-{}-{name}", std::process::id()));
    let _ = std::fs::remove_dir_all(&dir);
    std::fs::create_dir_all(&dir).unwrap();
    dir
}

fn rcc(dir: &Path, source: &str, args: &[&str]) -> Output {
    std::fs::write(dir.join("a.rs"), source).unwrap();
    Command::new(env!("CARGO_BIN_EXE_rcc"))
        .args(["--edition", "2021", "a.rs"])
        .args(args)
        .current_dir(dir)
        .env("RUST_BACKTRACE", "0")
        .output()
        .unwrap()
}

fn stderr(out: &Output) -> String {
    String::from_utf8_lossy(&out.stderr).into_owned()
}

/// Compiles and runs; what the program writes to standard error.
fn run(name: &str, body: &str, args: &[&str]) -> (Option<i32>, String) {
    let dir = scratch(name);
    let out = rcc(&dir, &format!("{DECLARATIONS}fn main() {{ {body} }}"), args);
    assert!(out.status.success(), "{}", stderr(&out));
    let out = Command::new(dir.join("a")).env("RUST_BACKTRACE", "0").output().unwrap();
    (out.status.code(), stderr(&out))
}

const DECLARATIONS: &str = "#[repr(packed)] #[allow(dead_code)] struct Packed { a: u8, b: u32 }
    #[allow(dead_code)] struct Part { a: u8, b: u32 }
    fn odd<T>(memory: &mut [u64; 4]) -> *mut T { memory.as_mut_ptr().cast::<u8>().wrapping_add(1).cast() }\n";

#[test]
fn pointers_are_checked_before_use() {
    let misaligned = "misaligned pointer dereference: address must be a multiple of 0x4 but is 0x";
    let null = "null pointer dereference occurred";
    for (name, body, message) in [
        ("write", "let mut m = [0u64; 4]; unsafe { *odd::<u32>(&mut m) = 1 }", misaligned),
        ("read", "let mut m = [0u64; 4]; let x = unsafe { *odd::<u32>(&mut m) }; let _ = x;", misaligned),
        ("borrow", "let mut m = [0u64; 4]; let r = unsafe { &(*odd::<Part>(&mut m)).b }; let _ = r;", misaligned),
        ("null", "let p = std::ptr::null::<u8>(); let x = unsafe { *p }; let _ = x;", null),
        ("null_borrow", "let p = std::ptr::null_mut::<()>(); let x = unsafe { &mut *p }; let _ = x;", null),
    ] {
        let (code, text) = run(name, body, &[]);
        assert!(text.contains(message), "{name}: {text}");
        assert_ne!(code, Some(0), "{name}");
        let (_, text) = run(name, body, &["-Cdebug-assertions=off"]);
        assert!(!text.contains(message), "{name}: {text}");
        let (_, text) = run(name, body, &["-Cdebug-assertions=on", "-O"]);
        assert!(text.contains(message), "{name} optimised: {text}");
    }
}

#[test]
fn places_that_need_no_alignment_are_not_checked() {
    for (name, body) in [
        ("raw", "let mut m = [0u64; 4]; let p = unsafe { &raw const (*odd::<Part>(&mut m)).b }; let _ = p;"),
        ("packed", "let mut m = [0u64; 4]; let x = unsafe { (*odd::<Packed>(&mut m)).b }; assert_eq!(x, 0);"),
        ("bytes", "let mut m = [0u64; 4]; let x = unsafe { *odd::<[u8; 3]>(&mut m) }; assert_eq!(x, [0; 3]);"),
        ("unit", "let p = std::ptr::null::<()>(); let x = unsafe { *p }; let _ = x;"),
        ("boxed", "let b = Box::new(5u32); assert_eq!(*b + 1, 6);"),
    ] {
        assert_eq!(run(name, body, &[]), (Some(0), String::new()), "{name}");
    }
}

#[test]
fn a_symbol_has_one_definition() {
    let dir = scratch("symbols");
    let source = "mod a { #[no_mangle] pub extern \"C\" fn twice() {} } \
        mod b { #[export_name = \"twice\"] pub static OTHER: u8 = 0; } fn main() {}";
    let text = stderr(&rcc(&dir, source, &[]));
    assert!(text.contains("error: symbol `twice` is already defined"), "{text}");
    assert!(!text.contains("internal"), "{text}");
    let text = stderr(&rcc(&dir, "#[no_mangle] fn main() {}", &[]));
    assert!(text.contains("error: entry symbol `main` declared multiple times"), "{text}");
}

#[test]
fn a_global_allocator_serves_the_program() {
    let dir = scratch("allocator");
    let counting = "use std::alloc::{GlobalAlloc, Layout, System}; use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
        pub struct Counting(pub AtomicUsize);
        unsafe impl GlobalAlloc for Counting {
            unsafe fn alloc(&self, l: Layout) -> *mut u8 { self.0.fetch_add(1, SeqCst); System.alloc(l) }
            unsafe fn dealloc(&self, p: *mut u8, l: Layout) { self.0.fetch_add(100, SeqCst); System.dealloc(p, l) }
        }
        mod inner { #[global_allocator] pub static COUNTING: super::Counting = super::Counting(super::AtomicUsize::new(0)); }
        pub fn count() -> usize { inner::COUNTING.0.load(SeqCst) }\n";
    let main = "fn main() { let before = count(); drop(Box::new(1)); assert_eq!(count() - before, 101); }";
    let out = rcc(&dir, &format!("{counting}{main}"), &[]);
    assert!(out.status.success(), "{}", stderr(&out));
    assert!(Command::new(dir.join("a")).status().unwrap().success());

    // One in each of two crates.
    let out = rcc(&dir, counting, &["--crate-type", "rlib", "--crate-name", "first"]);
    assert!(out.status.success(), "{}", stderr(&out));
    let out = rcc(&dir, &format!("extern crate first;\n{counting}fn main() {{}}"), &["-L", "."]);
    let text = stderr(&out);
    let message = "error: the `#[global_allocator]` in this crate conflicts with global allocator in: first";
    assert!(text.contains(message), "{text}");
}
