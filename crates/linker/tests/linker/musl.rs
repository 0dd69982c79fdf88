//! Programs over musl's start-up objects and libc, compiled by rustc in each way that makes other relocations,
//! linked and run: thread-local models, relocation models, code models.

use linker::{LinkOptions, Machine, Strip};

use crate::support::{MACHINES, Scratch, link_ok, run, rustc, target_libdir, with_musl};

const EXPECTED: &str = "\
thread-local 42 7 1 aligned
weak absent, overridden 2
constructors 1 2
section sum 60
common 5 aligned
group 9
merged same
address same
ifunc 77
got 123
thread offset 42
";

fn check(machine: Machine, args: &[&str]) {
    let Some(libdir) = target_libdir(machine) else {
        return;
    };
    let scratch = Scratch::new(&format!("musl-{machine:?}-{}", args.join("")).replace(['/', '='], "_"));
    let args: Vec<&str> = ["-C", "panic=abort", "-C", "debug-assertions=no"].iter().chain(args).copied().collect();
    let mut files = rustc(&scratch, machine, "features_a.rs", &args);
    let args: Vec<&str> = args.iter().chain(&["--crate-type", "rlib"]).copied().collect();
    files.extend(rustc(&scratch, machine, "features_b.rs", &args));
    let files = with_musl(&libdir, files);
    for strip in [Strip::None, Strip::Symbols] {
        for gc_sections in [true, false] {
            let options = LinkOptions { strip, gc_sections, ..LinkOptions::new(machine) };
            let linked = link_ok(&files, options);
            assert_eq!(linked, link_ok(&files, options), "not deterministic");
            if let Some(output) = run(&scratch, machine, &linked.bytes, &[]) {
                let output =
                    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
                assert_eq!(output, EXPECTED, "{machine:?} {args:?} {strip:?}");
            }
        }
    }
}

#[test]
fn thread_local_models() {
    for machine in MACHINES {
        for model in ["global-dynamic", "local-dynamic", "initial-exec", "local-exec"] {
            check(machine, &[&format!("-Ztls-model={model}")]);
        }
    }
}

#[test]
fn relocation_models() {
    for machine in MACHINES {
        for model in ["static", "pic"] {
            check(machine, &["-C", &format!("relocation-model={model}")]);
            check(machine, &["-O", "-C", &format!("relocation-model={model}")]);
        }
    }
}

#[test]
fn code_models() {
    check(Machine::X86_64, &["-C", "code-model=large", "-C", "relocation-model=static"]);
    check(Machine::X86_64, &["-C", "code-model=medium"]);
    check(Machine::Aarch64, &["-C", "code-model=large", "-C", "relocation-model=static", "-Ztls-model=local-exec"]);
}

#[test]
fn calls_without_plt_and_relaxable_got_loads() {
    check(Machine::X86_64, &["-Zplt=no", "-Zrelax-elf-relocations=yes"]);
    check(Machine::X86_64, &["-Zplt=no", "-Zrelax-elf-relocations=no"]);
    check(Machine::X86_64, &["-Zplt=yes"]);
}
