//! The acceptance test: a Rust program over the real std, linked from rustc's objects, the rlibs, musl and
//! libunwind, prints, panics, unwinds through `.eh_frame_hdr`, and shows a backtrace from its DWARF.

use std::path::Path;

use linker::{LinkOptions, Machine, Strip};

use crate::support::{File, MACHINES, Scratch, link_ok, read_file, run, rustc, target_libdir};

const EXPECTED: &str = "\
Hello, world!
{\"a\": 1.5}
drop f
caught: n is 3
thread 7
thread 8
thread 9
[\"tls\"] 7
drop f
2
";

/// The files of the link as rustc passes them: its objects, all rlibs, and the C library.
pub fn std_files(scratch: &Scratch, libdir: &Path, machine: Machine) -> Vec<File> {
    let contained = |name: &str| read_file(&libdir.join("self-contained").join(name));
    let mut files = vec![
        contained("crt1.o"),
        contained("crti.o"),
        contained("crtbegin.o"),
    ];
    files.extend(rustc(scratch, machine, "std_features.rs", &["-g"]));
    let mut rlibs: Vec<_> = std::fs::read_dir(libdir)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    rlibs.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension == "rlib")
    });
    // Alternatives to what the program uses.
    rlibs.retain(|path| {
        ![
            "panic_abort",
            "profiler_builtins",
            "test",
            "proc_macro",
            "sysroot",
        ]
        .iter()
        .any(|name| {
            path.file_name()
                .unwrap()
                .to_string_lossy()
                .starts_with(&format!("lib{name}-"))
        })
    });
    rlibs.sort();
    files.extend(rlibs.iter().map(|path| read_file(path)));
    files.extend([
        contained("libunwind.a"),
        contained("libc.a"),
        contained("crtend.o"),
        contained("crtn.o"),
    ]);
    files
}

#[test]
fn std_program_prints_unwinds_and_traces() {
    for machine in MACHINES {
        let Some(libdir) = target_libdir(machine) else {
            continue;
        };
        let scratch = Scratch::new(&format!("std-{machine:?}"));
        let files = std_files(&scratch, &libdir, machine);
        for strip in [Strip::None, Strip::Debuginfo, Strip::Symbols] {
            let linked = link_ok(
                &files,
                LinkOptions {
                    strip,
                    ..LinkOptions::new(machine)
                },
            );
            let Some(output) = run(&scratch, machine, &linked.bytes, &[("RUST_BACKTRACE", "1")])
            else {
                continue;
            };
            let stderr = String::from_utf8_lossy(&output.stderr);
            assert_eq!(
                String::from_utf8_lossy(&output.stdout),
                EXPECTED,
                "{machine:?} {strip:?}: {stderr}"
            );
            assert!(stderr.contains("n is 3"), "{stderr}");
            if strip == Strip::None {
                assert!(
                    stderr.contains("std_features::f\n") && stderr.contains("std_features.rs:22"),
                    "{stderr}"
                );
            }
        }
    }
}

#[test]
fn std_program_without_gc() {
    for machine in MACHINES {
        let Some(libdir) = target_libdir(machine) else {
            continue;
        };
        let scratch = Scratch::new(&format!("std-no-gc-{machine:?}"));
        let files = std_files(&scratch, &libdir, machine);
        let linked = link_ok(
            &files,
            LinkOptions {
                gc_sections: false,
                ..LinkOptions::new(machine)
            },
        );
        let Some(output) = run(&scratch, machine, &linked.bytes, &[]) else {
            continue;
        };
        assert_eq!(String::from_utf8_lossy(&output.stdout), EXPECTED);
    }
}
