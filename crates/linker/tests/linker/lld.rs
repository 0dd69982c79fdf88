//! The same objects linked by ld.lld: the same symbols of the same sizes are in the executable, and the sections
//! whose size no linker is free to choose have the same one.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use linker::{LinkOptions, Machine};
use object::read::elf::ElfFile64;
use object::{LittleEndian, Object, ObjectSection, ObjectSymbol, SymbolKind};

use crate::support::{File, MACHINES, Scratch, is_installed, link_ok, std_files, target_libdir};

fn lld(scratch: &Scratch, files: &[File]) -> Vec<u8> {
    let out = scratch.path().join("lld");
    let mut command = Command::new("ld.lld");
    command.args(["-static", "--gc-sections", "--eh-frame-hdr", "-o"]).arg(&out).arg("--start-group");
    let status = command.args(files.iter().map(|(name, _)| name)).arg("--end-group").status().unwrap();
    assert!(status.success());
    std::fs::read(out).unwrap()
}

/// Functions and variables with their sizes. Of musl's many weak stand-ins called `dummy` it depends on the order
/// in which members are drawn in which ones are used; `__EH_FRAME_LIST_END__` is `crtend.o`'s end of `.eh_frame`.
fn symbols(executable: &[u8]) -> BTreeSet<(String, u64)> {
    let file = ElfFile64::<LittleEndian>::parse(executable).unwrap();
    let entities =
        file.symbols().filter(|symbol| matches!(symbol.kind(), SymbolKind::Text | SymbolKind::Data | SymbolKind::Tls));
    let chosen = |name: &str| name.starts_with("dummy") || name == "__EH_FRAME_LIST_END__";
    let entities = entities.filter(|symbol| symbol.size() > 0 && !chosen(symbol.name().unwrap()));
    entities.map(|symbol| (symbol.name().unwrap().to_string(), symbol.size())).collect()
}

fn section_sizes(executable: &[u8]) -> BTreeMap<String, u64> {
    let file = ElfFile64::<LittleEndian>::parse(executable).unwrap();
    let fixed = |name: &str| {
        matches!(
            name,
            ".tdata" | ".tbss" | ".init_array" | ".fini_array" | ".data.rel.ro" | ".data" | ".init" | ".fini"
        ) || name.starts_with(".debug_")
    };
    let sections = file.sections().map(|section| (section.name().unwrap().to_string(), section.size()));
    sections.filter(|(name, _)| fixed(name)).collect()
}

#[test]
fn std_program_has_the_symbols_and_sections_that_lld_gives_it() {
    if !is_installed("ld.lld") {
        return eprintln!("skipped: ld.lld is not installed");
    }
    for machine in MACHINES {
        let Some(libdir) = target_libdir(machine) else {
            continue;
        };
        let scratch = Scratch::new(&format!("lld-{machine:?}"));
        let files = std_files(&scratch, &libdir, machine);
        let ours = link_ok(&files, LinkOptions::new(machine)).bytes;
        let theirs = lld(&scratch, &files);
        let (our_symbols, their_symbols) = (symbols(&ours), symbols(&theirs));
        assert!(our_symbols.len() > 500);
        let missing: Vec<_> = their_symbols.difference(&our_symbols).collect();
        let added: Vec<_> = our_symbols.difference(&their_symbols).collect();
        assert!(missing.is_empty() && added.is_empty(), "{machine:?}: missing {missing:?}, added {added:?}");
        assert_eq!(section_sizes(&ours), section_sizes(&theirs), "{machine:?}");
        check_eh_frame_hdr(machine, &ours);
    }
}

/// Every entry of the search table leads to a frame description that starts where the entry says.
fn check_eh_frame_hdr(machine: Machine, executable: &[u8]) {
    use gimli::{BaseAddresses, EhFrame, EhFrameHdr, EndianSlice, UnwindSection};
    let file = ElfFile64::<LittleEndian>::parse(executable).unwrap();
    let section = |name: &str| {
        let section = file.section_by_name(name).unwrap();
        (section.address(), section.data().unwrap())
    };
    let ((hdr_address, hdr), (frame_address, frame)) = (section(".eh_frame_hdr"), section(".eh_frame"));
    let (text, _) = section(".text");
    let bases = BaseAddresses::default().set_eh_frame_hdr(hdr_address).set_eh_frame(frame_address).set_text(text);
    let hdr = EhFrameHdr::new(hdr, gimli::LittleEndian).parse(&bases, 8).unwrap();
    let eh_frame = EhFrame::new(frame, gimli::LittleEndian);
    let table = hdr.table().unwrap();
    let mut entries = table.iter(&bases);
    let (mut count, mut last) = (0, 0);
    while let Some((function, pointer)) = entries.next().unwrap() {
        let offset = table.pointer_to_offset(pointer).unwrap();
        let fde = eh_frame.fde_from_offset(&bases, offset, EhFrame::<EndianSlice<'_, _>>::cie_from_offset).unwrap();
        assert_eq!(fde.initial_address(), function.direct().unwrap());
        assert!(fde.initial_address() >= last, "{machine:?}: the table is not sorted");
        last = fde.initial_address();
        count += 1;
    }
    assert!(count > 500, "{machine:?}: {count}");
}
