//! Archives in GNU's and BSD's form, with and without index, and which of their members are linked.

use expect_test::expect;
use linker::{LinkOptions, Machine};
use object::elf;

use crate::support::{Builder, File, exit_code, hello, link, link_ok, render};

const MACHINE: Machine = Machine::X86_64;

/// An object that defines `name` and, if `needs` is given, refers to it.
fn member(name: &str, needs: Option<&str>) -> File {
    let mut builder = Builder::new(MACHINE);
    let (_, offset) = builder.function(name, &[0xe8, 0, 0, 0, 0], false);
    if let Some(needs) = needs {
        let symbol = builder.symbol(needs, false);
        let text = builder.text;
        builder.relocate(text, offset + 1, symbol, -4, elf::R_X86_64_PLT32);
    }
    builder.file(&format!("{name}.o"))
}

fn header(name: &str, size: usize) -> Vec<u8> {
    format!("{name:<16}{:<12}{:<6}{:<6}{:<8}{size:<10}`\n", 0, 0, 0, 644).into_bytes()
}

fn pad(archive: &mut Vec<u8>) {
    if archive.len() % 2 == 1 {
        archive.push(b'\n');
    }
}

/// Without index; names beyond 15 bytes are in BSD's form.
fn bsd_archive(name: &str, members: &[File]) -> File {
    let mut archive = b"!<arch>\n".to_vec();
    for (name, bytes) in members {
        let padded = name.len().next_multiple_of(4);
        archive.extend(header(&format!("#1/{padded}"), padded + bytes.len()));
        archive.extend(name.as_bytes());
        archive.resize(archive.len() + padded - name.len(), 0);
        archive.extend(bytes);
        pad(&mut archive);
    }
    (name.to_string(), archive)
}

/// With a table of long names and, if asked for, an index.
fn gnu_archive(name: &str, members: &[File], index: &[(&str, usize)]) -> File {
    let mut names: Vec<u8> = Vec::new();
    let mut headers = Vec::new();
    for (name, bytes) in members {
        headers.push(header(&format!("/{}", names.len()), bytes.len()));
        names.extend(name.as_bytes());
        names.extend(b"/\n");
    }
    let index_size = 4 + index.iter().map(|(name, _)| 4 + name.len() + 1).sum::<usize>();
    let index_end = if index.is_empty() { 8 } else { (8 + 60 + index_size).next_multiple_of(2) };
    let mut offset = (index_end + 60 + names.len()).next_multiple_of(2);
    let mut offsets = Vec::new();
    for (_, bytes) in members {
        offsets.push(offset as u32);
        offset = (offset + 60 + bytes.len()).next_multiple_of(2);
    }
    let mut archive = b"!<arch>\n".to_vec();
    if !index.is_empty() {
        archive.extend(header("/", index_size));
        archive.extend((index.len() as u32).to_be_bytes());
        index.iter().for_each(|&(_, member)| archive.extend(offsets[member].to_be_bytes()));
        index.iter().for_each(|(name, _)| archive.extend(format!("{name}\0").bytes()));
        pad(&mut archive);
    }
    archive.extend(header("//", names.len()));
    archive.extend(names);
    pad(&mut archive);
    for (header, (_, bytes)) in headers.iter().zip(members) {
        archive.extend(header);
        archive.extend(bytes);
        pad(&mut archive);
    }
    (name.to_string(), archive)
}

fn objects(files: &[File]) -> Vec<String> {
    link_ok(files, LinkOptions { gc_sections: false, ..LinkOptions::new(MACHINE) }).map.objects
}

#[test]
fn members_are_linked_when_they_are_needed_whatever_the_form() {
    let members =
        [member("unneeded", None), member("a_function_with_a_long_name", Some("helper")), member("helper", None)];
    let index = [("unneeded", 0), ("a_function_with_a_long_name", 1), ("helper", 2)];
    let expected = ["_start.o", "lib.a(a_function_with_a_long_name.o)", "lib.a(helper.o)"];
    for library in [
        bsd_archive("lib.a", &members),
        gnu_archive("lib.a", &members, &[]),
        gnu_archive("path/lib.a", &members, &index),
    ] {
        assert_eq!(objects(&[member("_start", Some("a_function_with_a_long_name")), library]), expected);
    }
}

#[test]
fn archives_may_need_each_other_in_any_order() {
    let a = bsd_archive("a.a", &[member("a1", Some("b1")), member("a2", None)]);
    let b = bsd_archive("b.a", &[member("b1", Some("a2"))]);
    let start = member("_start", Some("a1"));
    assert_eq!(objects(&[start.clone(), a.clone(), b.clone()]), ["_start.o", "a.a(a1.o)", "a.a(a2.o)", "b.a(b1.o)"]);
    assert_eq!(objects(&[b, a, start]), ["b.a(b1.o)", "a.a(a1.o)", "a.a(a2.o)", "_start.o"]);
}

#[test]
fn the_first_archive_that_defines_a_symbol_has_it() {
    let a = bsd_archive("a.a", &[member("f", None)]);
    let b = bsd_archive("b.a", &[member("f", None)]);
    assert_eq!(objects(&[member("_start", Some("f")), a, b]), ["_start.o", "a.a(f.o)"]);
}

#[test]
fn weak_references_do_not_draw_members_in() {
    let mut builder = Builder::new(MACHINE);
    let (_, offset) = builder.function("_start", &exit_code(MACHINE, 0), false);
    let optional = builder.symbol("optional", true);
    let text = builder.text;
    builder.relocate(text, offset + 1, optional, 0, elf::R_X86_64_32);
    let library = bsd_archive("lib.a", &[member("optional", None)]);
    assert_eq!(objects(&[builder.file("a.o"), library]), ["a.o"]);
}

#[test]
fn roots_draw_members_in() {
    let library = bsd_archive("lib.a", &[member("plugin", None)]);
    let options = LinkOptions { roots: &["plugin"], ..LinkOptions::new(MACHINE) };
    assert_eq!(link_ok(&[hello(MACHINE, "x"), library], options).map.objects, ["hello.o", "lib.a(plugin.o)"]);
}

#[test]
fn other_members_are_ignored_until_the_index_names_them() {
    let members = [("lib.rmeta".to_string(), b"metadata".to_vec()), member("f", None)];
    let files = [member("_start", Some("f")), bsd_archive("lib.a", &members)];
    assert_eq!(objects(&files), ["_start.o", "lib.a(f.o)"]);
    let files = [member("_start", Some("f")), gnu_archive("lib.a", &members, &[("f", 0)])];
    let errors = link(&files, LinkOptions::new(MACHINE)).unwrap_err();
    expect![[r#"
        error: lib.a(lib.rmeta): not an object file
        note: expected a 64-bit ELF relocatable object or an `ar` archive
        error: undefined symbol: f
        note: referenced by `_start` in _start.o:(.text+0x1)
    "#]]
    .assert_eq(&render(&errors));
}

#[test]
fn truncated_archive() {
    let (name, mut bytes) = bsd_archive("lib.a", &[member("f", None)]);
    bytes.truncate(bytes.len() - 10);
    let errors = link(&[hello(MACHINE, "x"), (name, bytes)], LinkOptions::new(MACHINE)).unwrap_err();
    expect![[r#"
        error: lib.a: malformed or truncated input: Archive member size is too large
    "#]]
    .assert_eq(&render(&errors));
}
