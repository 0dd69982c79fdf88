//! Each error, from input that has it, in its wording.

use expect_test::{Expect, expect};
use linker::{LinkOptions, Machine};
use object::elf;

use crate::support::{Builder, File, MACHINES, exit_code, hello, link, render};

#[track_caller]
fn check(files: &[File], expected: Expect) {
    check_with(files, LinkOptions::new(Machine::X86_64), expected);
}

#[track_caller]
fn check_with(files: &[File], options: LinkOptions<'_>, expected: Expect) {
    let errors = link(files, options).expect_err("the link succeeds");
    expected.assert_eq(&render(&errors));
}

/// `_start` with a relocated field of four bytes against a symbol.
fn object(name: &str, symbol: &str, r_type: u32, addend: i64) -> File {
    let mut builder = Builder::new(Machine::X86_64);
    let (_, offset) = builder.function("_start", &[0xe8, 0, 0, 0, 0, 0, 0, 0, 0], false);
    let symbol = builder.symbol(symbol, false);
    let text = builder.text;
    builder.relocate(text, offset + 1, symbol, addend, r_type);
    builder.file(name)
}

fn defining(name: &str, symbols: &[(&str, bool)]) -> File {
    let mut builder = Builder::new(Machine::X86_64);
    for (symbol, weak) in symbols {
        builder.function(symbol, &[0xc3], *weak);
    }
    builder.file(name)
}

#[test]
fn undefined_symbol() {
    check(
        &[object("main.o", "missing", elf::R_X86_64_PLT32, -4)],
        expect![[r#"
            error: undefined symbol: missing
            note: referenced by `_start` in main.o:(.text+0x1)
        "#]],
    );
}

#[test]
fn undefined_symbol_in_a_dropped_function_is_none() {
    let mut builder = Builder::new(Machine::X86_64);
    builder.sectioned_function("_start", &exit_code(Machine::X86_64, 0));
    let unused = builder.sectioned_function("unused", &[0xe8, 0, 0, 0, 0]);
    let symbol = builder.symbol("missing", false);
    builder.relocate(unused, 1, symbol, -4, elf::R_X86_64_PLT32);
    assert!(link(&[builder.file("a.o")], LinkOptions::new(Machine::X86_64)).is_ok());
}

#[test]
fn duplicate_symbol() {
    check(
        &[hello(Machine::X86_64, "x"), defining("other.o", &[("_start", false)])],
        expect![[r#"
            error: duplicate symbol: _start
            note: defined in hello.o
            note: defined again in other.o
        "#]],
    );
}

#[test]
fn duplicate_and_undefined_symbols_are_reported_together() {
    check(
        &[
            object("main.o", "missing", elf::R_X86_64_PLT32, -4),
            defining("a.o", &[("f", false)]),
            defining("b.o", &[("f", false)]),
        ],
        expect![[r#"
            error: duplicate symbol: f
            note: defined in a.o
            note: defined again in b.o
            error: undefined symbol: missing
            note: referenced by `_start` in main.o:(.text+0x1)
        "#]],
    );
}

#[test]
fn weak_definitions_give_way() {
    let files = [
        hello(Machine::X86_64, "x"),
        defining("a.o", &[("f", true)]),
        defining("b.o", &[("f", false)]),
        defining("c.o", &[("f", true)]),
    ];
    let linked = link(&files, LinkOptions { gc_sections: false, ..LinkOptions::new(Machine::X86_64) }).unwrap();
    let symbol = linked.map.symbols.iter().find(|symbol| symbol.name == "f").unwrap();
    assert_eq!(linked.map.objects[symbol.object.unwrap()], "b.o");
}

#[test]
fn missing_entry() {
    check(
        &[defining("a.o", &[("f", false)])],
        expect![[r#"
            error: entry symbol `_start` is not defined
            help: link a start-up object that defines it
        "#]],
    );
    check(
        &[],
        expect![[r#"
            error: entry symbol `_start` is not defined
            help: link a start-up object that defines it
        "#]],
    );
}

#[test]
fn missing_root() {
    let options = LinkOptions { roots: &["plugin"], ..LinkOptions::new(Machine::X86_64) };
    check_with(
        &[hello(Machine::X86_64, "x")],
        options,
        expect![[r#"
            error: exported symbol `plugin` is not defined
        "#]],
    );
}

#[test]
fn not_an_object() {
    check(
        &[
            hello(Machine::X86_64, "x"),
            ("notes.txt".to_string(), b"Dear diary".to_vec()),
            ("empty.o".to_string(), Vec::new()),
        ],
        expect![[r#"
            error: notes.txt: not an object file
            note: expected a 64-bit ELF relocatable object or an `ar` archive
            error: empty.o: not an object file
            note: expected a 64-bit ELF relocatable object or an `ar` archive
        "#]],
    );
}

#[test]
fn truncated_object() {
    let (name, mut bytes) = hello(Machine::X86_64, "x");
    bytes.truncate(bytes.len() - 100);
    check(
        &[(name, bytes)],
        expect![[r#"
            error: hello.o: malformed or truncated input: Invalid ELF section header offset/size/alignment
            error: entry symbol `_start` is not defined
            help: link a start-up object that defines it
        "#]],
    );
}

#[test]
fn wrong_machine() {
    check(
        &[hello(Machine::Aarch64, "x")],
        expect![[r#"
            error: hello.o: object for aarch64, but the executable is for x86-64
            error: entry symbol `_start` is not defined
            help: link a start-up object that defines it
        "#]],
    );
}

#[test]
fn executable_as_input() {
    let linked = link(&[hello(Machine::X86_64, "x")], LinkOptions::new(Machine::X86_64)).unwrap();
    check(
        &[hello(Machine::X86_64, "x"), ("hello".to_string(), linked.bytes)],
        expect![[r#"
            error: hello: linking a shared library or an executable is not supported yet
        "#]],
    );
}

#[test]
fn unsupported_relocation() {
    check(
        &[object("main.o", "_start", elf::R_X86_64_GOT32, 0)],
        expect![[r#"
            error: relocation R_X86_64_GOT32 against `_start` is not supported yet
            note: in `_start` in main.o:(.text+0x1)
        "#]],
    );
    check(
        &[object("main.o", "_start", 200, 0)],
        expect![[r#"
            error: relocation number 200 of x86-64 against `_start` is not supported yet
            note: in `_start` in main.o:(.text+0x1)
        "#]],
    );
}

#[test]
fn relocation_out_of_range() {
    check(
        &[object("main.o", "_start", elf::R_X86_64_PC32, 1 << 32)],
        expect![[r#"
            error: relocation R_X86_64_PC32 against `_start` out of range: 4294967295 is not in [-2147483648, 2147483647]
            note: in `_start` in main.o:(.text+0x1)
        "#]],
    );
    check(
        &[object("main.o", "_start", elf::R_X86_64_8, 0)],
        expect![[r#"
            error: relocation R_X86_64_8 against `_start` out of range: 4194480 is not in [-128, 255]
            note: in `_start` in main.o:(.text+0x1)
        "#]],
    );
}

#[test]
fn branch_out_of_range_and_misaligned_on_aarch64() {
    let object = |r_type, addend| {
        let mut builder = Builder::new(Machine::Aarch64);
        let (symbol, offset) = builder.function("_start", &[0; 8], false);
        let text = builder.text;
        builder.relocate(text, offset, symbol, addend, r_type);
        builder.file("main.o")
    };
    let options = LinkOptions::new(Machine::Aarch64);
    check_with(
        &[object(elf::R_AARCH64_CALL26, 1 << 27)],
        options,
        expect![[r#"
            error: relocation R_AARCH64_CALL26 against `_start` out of range: 134217728 is not in [-134217728, 134217727]
            note: in `_start` in main.o:(.text+0x0)
        "#]],
    );
    check_with(
        &[object(elf::R_AARCH64_LDST64_ABS_LO12_NC, 4)],
        options,
        expect![[r#"
            error: relocation R_AARCH64_LDST64_ABS_LO12_NC against `_start` is misaligned: 0x4000b4 is not a multiple of 8
            note: in `_start` in main.o:(.text+0x0)
        "#]],
    );
}

#[test]
fn tls_sequence_that_is_none() {
    check(
        &[object("main.o", "_start", elf::R_X86_64_TLSGD, -4)],
        expect![[r#"
            error: instructions that access thread-local `_start` are not a sequence of the psABI
            note: in `_start` in main.o:(.text+0x1)
        "#]],
    );
}

#[test]
fn undefined_weak_symbols_are_zero() {
    for machine in MACHINES {
        let mut builder = Builder::new(machine);
        builder.function("_start", &exit_code(machine, 0), false);
        let data = builder.object.section_id(object::write::StandardSection::Data);
        let cell = builder.symbol("cell", false);
        let offset = builder.object.add_symbol_data(cell, data, &[0xff; 8], 8);
        let optional = builder.symbol("optional", true);
        let absolute = if machine == Machine::X86_64 { elf::R_X86_64_64 } else { elf::R_AARCH64_ABS64 };
        builder.relocate(data, offset, optional, 0, absolute);
        let options = LinkOptions { gc_sections: false, ..LinkOptions::new(machine) };
        let linked = link(&[builder.file("a.o")], options).unwrap();
        let section = linked.map.sections.iter().find(|section| section.name == ".data").unwrap();
        assert_eq!(linked.bytes[section.file_offset as usize..][..8], [0; 8]);
    }
}
