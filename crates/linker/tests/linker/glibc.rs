//! A C program over static glibc: ifuncs that start-up code resolves (`memset`, `strlen`), variables in
//! `.data.rel.ro` that it writes before it protects them, initial-exec thread-locals, GCC's frames.

use std::path::Path;
use std::process::Command;

use linker::{LinkOptions, Machine, Relro};
use object::elf;

use crate::support::{File, Scratch, link_ok, read_file, run};

const PROGRAM: &str = r#"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
static __thread int counter = 5;
int main(int argc, char **argv) {
    char text[100];
    memset(text, 0, sizeof text);
    strcpy(text, "glibc");
    errno = 7;
    printf("%s %d %zu %d %.3f\n", text, counter, strlen(text), errno, atof("2.5") * argc);
    return 3;
}
"#;

/// The file as gcc finds it; `None` if it is not installed.
fn installed(name: &str) -> Option<File> {
    let output = Command::new("gcc").arg(format!("-print-file-name={name}")).output().ok()?;
    let path = String::from_utf8(output.stdout).ok()?;
    let path = Path::new(path.trim());
    path.is_absolute().then(|| read_file(path))
}

fn files(scratch: &Scratch) -> Option<Vec<File>> {
    let (source, object) = (scratch.path().join("main.c"), scratch.path().join("main.o"));
    std::fs::write(&source, PROGRAM).ok()?;
    let status = Command::new("gcc").args(["-O1", "-g", "-c", "-o"]).arg(&object).arg(&source).status();
    status.is_ok_and(|status| status.success()).then_some(())?;
    let mut files = vec![installed("crt1.o")?, installed("crti.o")?, installed("crtbeginT.o")?, read_file(&object)];
    for name in ["libgcc.a", "libgcc_eh.a", "libc.a", "crtend.o", "crtn.o"] {
        files.push(installed(name)?);
    }
    Some(files)
}

#[test]
fn static_glibc_program() {
    if !cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        return eprintln!("skipped: gcc's target is not x86-64");
    }
    let scratch = Scratch::new("glibc");
    let Some(files) = files(&scratch) else {
        return eprintln!("skipped: gcc or static glibc is not installed");
    };
    for gc_sections in [true, false] {
        let options = LinkOptions { gc_sections, relro: Relro::AtStart, ..LinkOptions::new(Machine::X86_64) };
        let linked = link_ok(&files, options);
        let relro = linked.map.segments.iter().find(|segment| segment.kind == elf::PT_GNU_RELRO).unwrap();
        assert_eq!((relro.address + relro.memory_size) % Machine::X86_64.page_size(), 0);
        let data = linked.map.sections.iter().find(|section| section.name == ".data").unwrap();
        assert!(data.address >= relro.address + relro.memory_size);
        let Some(output) = run(&scratch, Machine::X86_64, &linked.bytes, &[]) else {
            continue;
        };
        assert_eq!(String::from_utf8_lossy(&output.stdout), "glibc 5 5 7 2.500\n");
        assert_eq!(output.status.code(), Some(3));
    }
}
