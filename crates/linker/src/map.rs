//! The link map: what is where in the executable, for those who show it.

use object::elf;

use crate::address::Addresses;
use crate::symtab::OutputSymbol;

/// What an executable is made of.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LinkMap {
    pub entry: u64,
    pub segments: Vec<MapSegment>,
    /// In the order of the file; complete even if the executable has no section headers.
    pub sections: Vec<MapSection>,
    /// By address.
    pub symbols: Vec<MapSymbol>,
    /// The objects that take part, by command-line order.
    pub objects: Vec<String>,
}

/// A program header.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MapSegment {
    /// `PT_*`.
    pub kind: u32,
    /// `PF_*`.
    pub flags: u32,
    pub address: u64,
    pub file_offset: u64,
    pub file_size: u64,
    pub memory_size: u64,
}

/// A section.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MapSection {
    pub name: String,
    /// `SHT_*`.
    pub kind: u32,
    /// `SHF_*`.
    pub flags: u64,
    pub address: u64,
    pub file_offset: u64,
    pub size: u64,
}

/// A symbol.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MapSymbol {
    pub name: String,
    pub address: u64,
    pub size: u64,
    /// `STT_*`.
    pub kind: u8,
    /// Its index in the map's sections.
    pub section: Option<usize>,
    /// Its index in the map's objects; `None` for those that the linker defines.
    pub object: Option<usize>,
}

/// Builds the map.
pub fn build_map(addresses: &Addresses<'_, '_>, symbols: &[OutputSymbol<'_>]) -> LinkMap {
    let (layout, resolution) = (addresses.layout, addresses.resolution);
    let segments = layout.segments.iter().map(|segment| MapSegment {
        kind: segment.kind,
        flags: segment.flags,
        address: segment.address,
        file_offset: segment.offset,
        file_size: segment.file_size,
        memory_size: segment.memory_size,
    });
    let sections = layout.sections.iter().map(|section| MapSection {
        name: String::from_utf8_lossy(section.name).into_owned(),
        kind: section.kind,
        flags: section.flags,
        address: section.address,
        file_offset: section.file_offset,
        size: section.size,
    });
    let mut object_index = vec![0; resolution.objects.len()];
    for (index, object) in resolution.link_order.iter().enumerate() {
        object_index[object.index()] = index;
    }
    // Mapping symbols tell disassemblers where code and data are.
    let shown = symbols.iter().filter(|symbol| !symbol.name.starts_with(b"$") && symbol.kind != elf::STT_FILE);
    let mut symbols: Vec<MapSymbol> = shown
        .map(|symbol| MapSymbol {
            name: String::from_utf8_lossy(symbol.name).into_owned(),
            address: symbol.address,
            size: symbol.size,
            kind: symbol.kind,
            section: symbol.section.map(|section| section.index()),
            object: symbol.object.map(|object| object_index[object.index()]),
        })
        .collect();
    symbols.sort_by_key(|symbol| symbol.address);
    LinkMap {
        entry: crate::write::entry_address(addresses),
        segments: segments.collect(),
        sections: sections.collect(),
        symbols,
        objects: resolution.link_order.iter().map(|&id| resolution.object(id).name.clone()).collect(),
    }
}
