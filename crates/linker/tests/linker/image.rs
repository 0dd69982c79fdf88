//! The executable file: its size, its segments and their protection, what stripping leaves, determinism.

use linker::{LinkOptions, Machine, Strip};
use object::elf;
use object::read::elf::{ElfFile64, FileHeader, ProgramHeader};
use object::{Object, ObjectSection, ObjectSymbol};

use crate::support::{Builder, MACHINES, Scratch, exit_code, hello, link_ok, run};

fn stripped(machine: Machine) -> LinkOptions<'static> {
    LinkOptions { strip: Strip::Symbols, ..LinkOptions::new(machine) }
}

#[test]
fn hello_world_fits_into_384_bytes_and_runs() {
    let scratch = Scratch::new("image-hello");
    for machine in MACHINES {
        let linked = link_ok(&[hello(machine, "Hello, world!\n")], stripped(machine));
        assert!(linked.bytes.len() <= 384, "{machine:?}: {} bytes", linked.bytes.len());
        if let Some(output) = run(&scratch, machine, &linked.bytes, &[]) {
            assert_eq!(String::from_utf8_lossy(&output.stdout), "Hello, world!\n");
            assert_eq!(output.status.code(), Some(0));
        }
    }
}

#[test]
fn segments_are_congruent_disjoint_and_never_writable_and_executable() {
    for machine in MACHINES {
        let mut builder = Builder::new(machine);
        let code = exit_code(machine, 0);
        builder.function("_start", &code, false);
        for (name, kind) in
            [("data", object::write::StandardSection::Data), ("rodata", object::write::StandardSection::ReadOnlyData)]
        {
            let symbol = builder.symbol(name, false);
            let section = builder.object.section_id(kind);
            builder.object.add_symbol_data(symbol, section, &[1; 40], 8);
        }
        let bss = builder.object.section_id(object::write::StandardSection::UninitializedData);
        let symbol = builder.symbol("bss", false);
        builder.object.add_symbol_bss(symbol, bss, 0x12345, 64);
        let options = LinkOptions { gc_sections: false, build_id: true, ..LinkOptions::new(machine) };
        let linked = link_ok(&[builder.file("a.o")], options);
        let header = elf::FileHeader64::<object::LittleEndian>::parse(&*linked.bytes).unwrap();
        let endian = object::LittleEndian;
        let mut last_page = 0;
        let mut stack = None;
        for segment in header.program_headers(endian, &*linked.bytes).unwrap() {
            let flags = segment.p_flags(endian);
            assert_ne!(flags & (elf::PF_W | elf::PF_X), elf::PF_W | elf::PF_X);
            if segment.p_type(endian) == elf::PT_GNU_STACK {
                stack = Some(flags);
            }
            if segment.p_type(endian) != elf::PT_LOAD {
                continue;
            }
            let (page, address) = (machine.page_size(), segment.p_vaddr(endian));
            assert_eq!(address % page, segment.p_offset(endian) % page);
            assert!(address / page > last_page, "two segments share a page");
            last_page = (address + segment.p_memsz(endian) - 1) / page;
        }
        assert_eq!(stack, Some(elf::PF_R | elf::PF_W));
        assert_eq!(linked.map.segments.iter().filter(|segment| segment.kind == elf::PT_LOAD).count(), 3);
        let file = ElfFile64::<object::LittleEndian>::parse(&*linked.bytes).unwrap();
        assert_eq!(file.section_by_name(".bss").unwrap().size(), 0x12345);
        assert_eq!(file.symbols().find(|symbol| symbol.name() == Ok("bss")).unwrap().address() % 64, 0);
        assert_eq!(file.build_id().unwrap().unwrap().len(), 20);
    }
}

#[test]
fn stripping_leaves_what_its_level_says() {
    let sections = |strip| {
        let linked =
            link_ok(&[hello(Machine::X86_64, "x")], LinkOptions { strip, ..LinkOptions::new(Machine::X86_64) });
        let file = ElfFile64::<object::LittleEndian>::parse(&*linked.bytes).unwrap();
        file.sections().map(|section| section.name().unwrap().to_string()).collect::<Vec<_>>()
    };
    let all = [".rodata", ".text", ".symtab", ".strtab", ".shstrtab"];
    assert_eq!(sections(Strip::None), all);
    assert_eq!(sections(Strip::Debuginfo), all);
    assert!(sections(Strip::Symbols).is_empty());
}

#[test]
fn the_build_id_depends_on_the_contents_and_on_nothing_else() {
    let id = |text| {
        let options = LinkOptions { build_id: true, ..LinkOptions::new(Machine::X86_64) };
        let linked = link_ok(&[hello(Machine::X86_64, text)], options);
        let file = ElfFile64::<object::LittleEndian>::parse(&*linked.bytes).unwrap();
        file.build_id().unwrap().unwrap().to_vec()
    };
    assert_eq!(id("a"), id("a"));
    assert_ne!(id("a"), id("b"));
}

#[test]
fn unreferenced_functions_are_dropped_unless_they_are_roots() {
    let linked = |options: LinkOptions<'_>| {
        let mut builder = Builder::new(options.machine);
        builder.sectioned_function("_start", &exit_code(options.machine, 0));
        builder.sectioned_function("unused", &[0; 4]);
        let map = link_ok(&[builder.file("a.o")], options).map;
        map.symbols.into_iter().map(|symbol| symbol.name).collect::<Vec<_>>()
    };
    let options = LinkOptions::new(Machine::X86_64);
    assert_eq!(linked(options), ["_start"]);
    assert_eq!(linked(LinkOptions { roots: &["unused"], ..options }), ["_start", "unused"]);
    assert_eq!(linked(LinkOptions { gc_sections: false, ..options }), ["_start", "unused"]);
}

#[test]
fn the_map_has_addresses_and_sizes() {
    let linked = link_ok(&[hello(Machine::X86_64, "xyz")], LinkOptions::new(Machine::X86_64));
    let map = &linked.map;
    let symbol = |name: &str| map.symbols.iter().find(|symbol| symbol.name == name).unwrap();
    assert_eq!(symbol("_start").address, map.entry);
    assert_eq!(symbol("message").size, 3);
    let section = &map.sections[symbol("message").section.unwrap()];
    assert_eq!(section.name, ".rodata");
    let contents = &linked.bytes[section.file_offset as usize..][..section.size as usize];
    assert_eq!(&contents[(symbol("message").address - section.address) as usize..][..3], b"xyz");
    assert_eq!(map.objects, ["hello.o"]);
}
