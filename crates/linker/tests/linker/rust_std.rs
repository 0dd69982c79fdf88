//! The acceptance test: a Rust program over the real std, linked from rustc's objects, the rlibs, musl and
//! libunwind, prints, panics, unwinds through `.eh_frame_hdr`, and shows a backtrace from its DWARF.

use linker::{LinkOptions, Strip};

use crate::support::{MACHINES, Scratch, link_ok, run, std_files, target_libdir};

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

#[test]
fn std_program_prints_unwinds_and_traces() {
    for machine in MACHINES {
        let Some(libdir) = target_libdir(machine) else {
            continue;
        };
        let scratch = Scratch::new(&format!("std-{machine:?}"));
        let files = std_files(&scratch, &libdir, machine);
        for strip in [Strip::None, Strip::Debuginfo, Strip::Symbols] {
            let linked = link_ok(&files, LinkOptions { strip, ..LinkOptions::new(machine) });
            let Some(output) = run(&scratch, machine, &linked.bytes, &[("RUST_BACKTRACE", "1")]) else {
                continue;
            };
            let stderr = String::from_utf8_lossy(&output.stderr);
            assert_eq!(String::from_utf8_lossy(&output.stdout), EXPECTED, "{machine:?} {strip:?}: {stderr}");
            assert!(stderr.contains("n is 3"), "{stderr}");
            if strip == Strip::None {
                assert!(stderr.contains("std_features::f\n") && stderr.contains("std_features.rs:22"), "{stderr}");
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
        let linked = link_ok(&files, LinkOptions { gc_sections: false, ..LinkOptions::new(machine) });
        let Some(output) = run(&scratch, machine, &linked.bytes, &[]) else {
            continue;
        };
        assert_eq!(String::from_utf8_lossy(&output.stdout), EXPECTED);
    }
}
