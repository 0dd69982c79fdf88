//! Damaged input: whatever bytes change or are missing, the linker reports errors or links, and does not panic.

use linker::{LinkOptions, Machine};

use crate::support::{Builder, File, MACHINES, Scratch, exit_code, hello, link, rustc, target_libdir};

/// A small generator (xorshift) with a fixed start: failures repeat.
struct Random(u64);

impl Random {
    fn next(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound.max(1) as u64) as usize
    }
}

/// Symbols that keep all of `features_b.rs`.
const ROOTS: [&str; 6] = ["overridden", "by_got", "by_thread_offset", "grouped", "string_b", "chosen"];

/// Links in both ways; returns how often that succeeded.
fn try_link(machine: Machine, files: &[File], roots: &[&str]) -> usize {
    let mut succeeded = 0;
    for gc_sections in [true, false] {
        let options = LinkOptions { gc_sections, roots, build_id: true, ..LinkOptions::new(machine) };
        match link(files, options) {
            Ok(_) => succeeded += 1,
            Err(errors) => {
                assert!(!errors.is_empty());
                errors.iter().for_each(|error| assert!(!error.render().is_empty()));
            }
        }
    }
    succeeded
}

/// Changes a few bytes of one file, many times. Most changes are in contents, so many links succeed.
fn damage(machine: Machine, files: &[File], roots: &[&str], victim: usize, rounds: usize) {
    assert_eq!(try_link(machine, files, roots), 2, "undamaged");
    let mut succeeded = 0;
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let original = files[victim].1.clone();
    let mut files = files.to_vec();
    for _ in 0..rounds {
        let mut bytes = original.clone();
        for _ in 0..1 + random.next(4) {
            // Of a library, the symbol index and the first members.
            let at = random.next(bytes.len().min(60_000));
            bytes[at] = [0, 0xff, 1, 0x7f, 0x80, random.next(256) as u8][random.next(6)];
        }
        files[victim].1 = bytes;
        succeeded += try_link(machine, &files, roots);
    }
    assert!(succeeded > rounds / 5, "{succeeded} links succeeded");
}

#[test]
fn every_truncation_of_an_object() {
    for machine in MACHINES {
        let (name, bytes) = hello(machine, "Hello");
        for length in 0..bytes.len() {
            try_link(machine, &[(name.clone(), bytes[..length].to_vec())], &[]);
        }
    }
}

#[test]
fn every_byte_of_an_object_damaged() {
    for machine in MACHINES {
        let (name, bytes) = hello(machine, "Hello");
        for at in 0..bytes.len() {
            for value in [0, 1, 0x7f, 0xff, bytes[at] ^ 0x80] {
                let mut bytes = bytes.clone();
                bytes[at] = value;
                try_link(machine, &[(name.clone(), bytes)], &[]);
            }
        }
    }
}

#[test]
fn damaged_compiler_output() {
    for machine in MACHINES {
        if target_libdir(machine).is_none() {
            continue;
        }
        let scratch = Scratch::new(&format!("malformed-{machine:?}"));
        // Frames, thread-local variables, merged strings, groups and debug information.
        let mut files = rustc(
            &scratch,
            machine,
            "features_b.rs",
            &[
                "--crate-type",
                "rlib",
                "-g",
                "-C",
                "panic=abort",
                "-C",
                "debug-assertions=no",
                "-C",
                "force-unwind-tables=yes",
            ],
        );
        let mut rest = Builder::new(machine);
        for name in ["_start", "overridable", "first", "main"] {
            rest.function(name, &exit_code(machine, 0), false);
        }
        files.push(rest.file("rest.o"));
        for victim in 0..files.len() {
            damage(machine, &files, &ROOTS, victim, 1500);
        }
    }
}

#[test]
fn damaged_archives() {
    for machine in MACHINES {
        let Some(libdir) = target_libdir(machine) else {
            continue;
        };
        let library = crate::support::read_file(&libdir.join("self-contained/libc.a"));
        let builtins = std::fs::read_dir(&libdir).unwrap().map(|entry| entry.unwrap().path());
        let builtins = builtins.filter(|path| path.to_string_lossy().contains("libcompiler_builtins-"));
        let builtins = builtins.filter(|path| path.extension() == Some("rlib".as_ref()));
        let files = [hello(machine, "Hello"), library, crate::support::read_file(&builtins.last().unwrap())];
        damage(machine, &files, &["a64l", "abs", "atoi", "dn_expand"], 1, 300);
    }
}
