//! Damaged input: whatever bytes change or are missing, the linker reports errors or links, and does not panic.

use linker::{LinkOptions, Machine};

use crate::support::{File, MACHINES, Scratch, hello, link, rustc, target_libdir};

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

fn try_link(machine: Machine, files: &[File]) {
    for gc_sections in [true, false] {
        let options = LinkOptions {
            gc_sections,
            build_id: true,
            ..LinkOptions::new(machine)
        };
        if let Err(errors) = link(files, options) {
            assert!(!errors.is_empty());
            errors
                .iter()
                .for_each(|error| assert!(!error.render().is_empty()));
        }
    }
}

fn damage(machine: Machine, files: &[File], victim: usize, rounds: usize) {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let original = files[victim].1.clone();
    let mut files = files.to_vec();
    for _ in 0..rounds {
        let mut bytes = original.clone();
        for _ in 0..1 + random.next(4) {
            let at = random.next(bytes.len());
            bytes[at] = [0, 0xff, 1, 0x7f, 0x80, random.next(256) as u8][random.next(6)];
        }
        files[victim].1 = bytes;
        try_link(machine, &files);
    }
}

#[test]
fn every_truncation_of_an_object() {
    for machine in MACHINES {
        let (name, bytes) = hello(machine, "Hello");
        for length in 0..bytes.len() {
            try_link(machine, &[(name.clone(), bytes[..length].to_vec())]);
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
                try_link(machine, &[(name.clone(), bytes)]);
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
        let files = rustc(
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
                "force-unwind-tables=yes",
            ],
        );
        for victim in 0..files.len() {
            damage(machine, &files, victim, 1500);
        }
    }
}

#[test]
fn damaged_archives() {
    for machine in MACHINES {
        let Some(libdir) = target_libdir(machine) else {
            continue;
        };
        let mut library = crate::support::read_file(&libdir.join("self-contained/libc.a"));
        // The symbol index and the first members.
        library.1.truncate(40_000);
        let files = [hello(machine, "Hello"), library];
        damage(machine, &files, 1, 300);
    }
}
