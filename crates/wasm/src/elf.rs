//! What is in an executable, from the linker's map.

use driver::LinkMap;

use crate::protocol::{ElfLayout, ElfSection, ElfSymbol};

/// Sections and symbols, demangled.
pub fn layout(map: &LinkMap, file_size: u64) -> ElfLayout {
    let section_name = |i: usize| map.sections.get(i).map_or_else(String::new, |s| s.name.clone());
    ElfLayout {
        file_size,
        entry: map.entry,
        sections: map
            .sections
            .iter()
            .map(|s| ElfSection {
                name: s.name.clone(),
                address: s.address,
                offset: s.file_offset,
                size: s.size,
                flags: flags(s.flags),
            })
            .collect(),
        symbols: map
            .symbols
            .iter()
            .map(|s| ElfSymbol {
                name: format!("{:#}", rustc_demangle::demangle(&s.name)),
                address: s.address,
                size: s.size,
                section: s.section.map_or_else(String::new, section_name),
                kind: kind(s.kind),
            })
            .collect(),
    }
}

/// `SHF_*` in the letters of `readelf -S`.
fn flags(flags: u64) -> String {
    let letters = [(0x1, 'W'), (0x2, 'A'), (0x4, 'X'), (0x10, 'M'), (0x20, 'S'), (0x40, 'I'), (0x80, 'L')];
    let more = [(0x200, 'G'), (0x400, 'T'), (0x800, 'C')];
    letters.iter().chain(&more).filter(|(bit, _)| flags & bit != 0).map(|(_, letter)| *letter).collect()
}

/// `STT_*` in the words of `readelf -s`.
fn kind(kind: u8) -> &'static str {
    match kind {
        1 => "object",
        2 => "func",
        3 => "section",
        4 => "file",
        6 => "tls",
        10 => "ifunc",
        _ => "notype",
    }
}
