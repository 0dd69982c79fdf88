//! Writes the executable: headers, the sections' contents with their relocations applied, the tables that the
//! linker makes, and behind them the symbol table and the section headers.

use object::LittleEndian as LE;
use object::elf;

use crate::address::Addresses;
use crate::build_id::build_id;
use crate::diagnostics::LinkError;
use crate::eh_frame::PC_BEGIN;
use crate::ids::{SectionRef, SymbolKey};
use crate::layout::{BUILD_ID_NOTE, FILE_HEADER_SIZE, IPLT_ENTRY, Layout, PROGRAM_HEADER_SIZE, RELA_ENTRY};
use crate::object_file::Binding;
use crate::output_section::{OutputSection, PartSource};
use crate::relocate::Site;
use crate::scan::GotKind;
use crate::symtab::OutputSymbol;
use crate::{Machine, Strip};

const SECTION_HEADER_SIZE: u16 = 64;
const SYMBOL_SIZE: u64 = 24;

/// Writes everything that layout has placed.
pub fn write_contents(addresses: &Addresses<'_, '_>, errors: &mut Vec<LinkError>) -> Vec<u8> {
    let layout = addresses.layout;
    let mut out = vec![0; layout.file_size as usize];
    write_headers(addresses, &mut out);
    for section in layout.sections.iter().filter(|section| !section.is_nobits()) {
        let contents = &mut out[section.file_offset as usize..][..section.size as usize];
        if section.is_code() && addresses.options.machine == Machine::X86_64 {
            // `.init` is one function whose parts are in several objects: padding must be executable.
            contents.fill(0x90);
        }
        for part in &section.parts {
            let bytes = &mut contents[part.offset as usize..][..part.size as usize];
            write_part(addresses, section, part.source, section.address + part.offset, bytes, errors);
        }
    }
    write_eh_frame_hdr(addresses, &mut out);
    out
}

/// The address of the entry symbol.
pub fn entry_address(addresses: &Addresses<'_, '_>) -> u64 {
    let entry = addresses.resolution.global_named(addresses.options.entry.as_bytes());
    let target = entry.map(|global| addresses.resolution.target_of_key(SymbolKey::Global(global)));
    target.and_then(|target| addresses.value(&target, 0)).unwrap_or(0)
}

/// A place in the output that numbers are written to.
struct Cursor<'o> {
    out: &'o mut [u8],
    at: usize,
}

impl Cursor<'_> {
    fn bytes(&mut self, bytes: &[u8]) -> &mut Self {
        self.out[self.at..self.at + bytes.len()].copy_from_slice(bytes);
        self.at += bytes.len();
        self
    }

    fn u16(&mut self, value: u16) -> &mut Self {
        self.bytes(&value.to_le_bytes())
    }

    fn u32(&mut self, value: u32) -> &mut Self {
        self.bytes(&value.to_le_bytes())
    }

    fn u64(&mut self, value: u64) -> &mut Self {
        self.bytes(&value.to_le_bytes())
    }
}

fn write_headers(addresses: &Addresses<'_, '_>, out: &mut [u8]) {
    let layout = addresses.layout;
    let machine = match addresses.options.machine {
        Machine::X86_64 => elf::EM_X86_64,
        Machine::Aarch64 => elf::EM_AARCH64,
    };
    let mut out = Cursor { out, at: 0 };
    out.bytes(&elf::ELFMAG).bytes(&[elf::ELFCLASS64, elf::ELFDATA2LSB, elf::EV_CURRENT, elf::ELFOSABI_NONE]).u64(0);
    out.u16(elf::ET_EXEC).u16(machine).u32(u32::from(elf::EV_CURRENT));
    out.u64(entry_address(addresses)).u64(FILE_HEADER_SIZE).u64(0);
    out.u32(0).u16(FILE_HEADER_SIZE as u16).u16(PROGRAM_HEADER_SIZE as u16).u16(layout.segments.len() as u16);
    out.u16(SECTION_HEADER_SIZE).u16(0).u16(0);
    for segment in &layout.segments {
        out.u32(segment.kind).u32(segment.flags).u64(segment.offset).u64(segment.address).u64(segment.address);
        out.u64(segment.file_size).u64(segment.memory_size).u64(segment.align);
    }
}

fn write_part(
    addresses: &Addresses<'_, '_>,
    section: &OutputSection<'_>,
    source: PartSource,
    address: u64,
    out: &mut [u8],
    errors: &mut Vec<LinkError>,
) {
    match source {
        PartSource::Input(input) => write_input(addresses, section, input, address, out, errors),
        PartSource::Merged(id) => {
            for &(offset, piece) in &addresses.merged.sections[id.index()].pieces {
                out[offset as usize..][..piece.len()].copy_from_slice(piece);
            }
        }
        PartSource::EhFrame => write_eh_frame(addresses, address, out, errors),
        PartSource::Got => write_got(addresses, out),
        PartSource::Iplt => write_iplt(addresses, address, out),
        PartSource::RelaIplt => write_rela_iplt(addresses, out),
        PartSource::BuildId => {
            let mut out = Cursor { out, at: 0 };
            out.u32(4).u32(crate::build_id::SIZE as u32).u32(elf::NT_GNU_BUILD_ID).bytes(b"GNU\0");
        }
        // Common symbols are zero, the table for ifuncs is filled at start-up, and the search table is written
        // when the frames are complete.
        PartSource::Common(_) | PartSource::IpltGot | PartSource::EhFrameHdr => {}
    }
}

fn write_input(
    addresses: &Addresses<'_, '_>,
    output: &OutputSection<'_>,
    input: SectionRef,
    address: u64,
    out: &mut [u8],
    errors: &mut Vec<LinkError>,
) {
    let section = addresses.resolution.section(input);
    out[..section.data.len()].copy_from_slice(section.data);
    if section.data.len() < out.len() {
        // Zeroes of an object that are in the file because other parts of the section are.
        out[section.data.len()..].fill(0);
    }
    if section.relocations.is_empty() {
        return;
    }
    // A pair of zeroes ends these two lists, so what is gone is an empty range there.
    let ends_list = matches!(section.name, b".debug_ranges" | b".debug_loc");
    let site = Site {
        addresses,
        section: input,
        input: section.data,
        input_offset: 0,
        relocations: section.relocations,
        address,
        tombstone: (!output.is_loaded()).then_some(u64::from(ends_list)),
        is_code: output.is_code(),
        own_function: None,
    };
    site.relocate(out, errors);
}

fn write_eh_frame(addresses: &Addresses<'_, '_>, address: u64, out: &mut [u8], errors: &mut Vec<LinkError>) {
    for record in &addresses.eh_frame.records {
        let bytes = &mut out[record.offset as usize..][..record.data.len()];
        bytes.copy_from_slice(record.data);
        if let Some(cie) = record.cie {
            let distance = record.offset + 4 - cie;
            bytes[4..8].copy_from_slice(&(distance as u32).to_le_bytes());
        }
        let site = Site {
            addresses,
            section: record.section,
            input: record.data,
            input_offset: record.input_offset,
            relocations: &record.relocations,
            address: address + record.offset,
            tombstone: None,
            is_code: false,
            own_function: record.cie.map(|_| PC_BEGIN),
        };
        site.relocate(bytes, errors);
    }
}

/// The binary search table (LSB, "The .eh_frame_hdr section"): the addresses of functions and of their frame
/// descriptions, relative to the table, by address.
fn write_eh_frame_hdr(addresses: &Addresses<'_, '_>, out: &mut [u8]) {
    const PCREL_SDATA4: u8 = 0x1b;
    const UDATA4: u8 = 0x03;
    const DATAREL_SDATA4: u8 = 0x3b;
    let layout = addresses.layout;
    let (Some(table), Some(frames)) =
        (layout.section_of(PartSource::EhFrameHdr), layout.section_of(PartSource::EhFrame))
    else {
        return;
    };
    let mut entries = Vec::with_capacity(addresses.eh_frame.fde_count);
    for record in addresses.eh_frame.records.iter().filter(|record| record.cie.is_some()) {
        let pc_begin = record.input_offset + PC_BEGIN;
        let Some(rela) = record.relocations.iter().find(|rela| rela.r_offset.get(LE) == pc_begin) else {
            continue;
        };
        let target = addresses.resolution.target(record.section.object, rela.r_sym(LE, false));
        let own = addresses.resolution.local_target(record.section.object, rela.r_sym(LE, false)).unwrap_or(target);
        let function = addresses.value(&own, rela.r_addend.get(LE)).unwrap_or(0);
        entries.push((function, frames.address + record.offset));
    }
    entries.sort_unstable();
    let mut out = Cursor { out, at: table.file_offset as usize };
    out.bytes(&[1, PCREL_SDATA4, UDATA4, DATAREL_SDATA4]);
    out.u32(frames.address.wrapping_sub(table.address + 4) as u32).u32(entries.len() as u32);
    for (function, frame) in entries {
        out.u32(function.wrapping_sub(table.address) as u32).u32(frame.wrapping_sub(table.address) as u32);
    }
}

fn write_got(addresses: &Addresses<'_, '_>, out: &mut [u8]) {
    let mut out = Cursor { out, at: 0 };
    for &(key, kind) in &addresses.needs.got {
        let target = addresses.resolution.target_of_key(key);
        let value = addresses.value(&target, 0).unwrap_or(0);
        out.u64(match kind {
            GotKind::Address => value,
            GotKind::ThreadOffset => addresses.thread_offset(value),
        });
    }
}

fn write_iplt(addresses: &Addresses<'_, '_>, address: u64, out: &mut [u8]) {
    for index in 0..addresses.needs.ifuncs.len() {
        let entry = addresses.iplt_got_entry(index);
        let place = address + IPLT_ENTRY * index as u64;
        let mut out = Cursor { out: &mut *out, at: IPLT_ENTRY as usize * index };
        match addresses.options.machine {
            // jmp *entry(%rip)
            Machine::X86_64 => _ = out.bytes(&[0xff, 0x25]).u32(entry.wrapping_sub(place + 6) as u32),
            Machine::Aarch64 => {
                let pages = ((entry & !0xfff).wrapping_sub(place & !0xfff) as i64 >> 12) as u32;
                let low = (entry & 0xfff) as u32;
                // adrp x16, entry; ldr x17, [x16, :lo12:entry]; add x16, x16, :lo12:entry; br x17
                out.u32(0x9000_0010 | (pages & 3) << 29 | (pages >> 2 & 0x7_ffff) << 5);
                out.u32(0xf940_0211 | low >> 3 << 10).u32(0x9100_0210 | low << 10).u32(0xd61f_0220);
            }
        }
    }
}

fn write_rela_iplt(addresses: &Addresses<'_, '_>, out: &mut [u8]) {
    let kind = match addresses.options.machine {
        Machine::X86_64 => elf::R_X86_64_IRELATIVE,
        Machine::Aarch64 => elf::R_AARCH64_IRELATIVE,
    };
    for (index, &key) in addresses.needs.ifuncs.iter().enumerate() {
        let target = addresses.resolution.target_of_key(key);
        let resolver = addresses.place_address(target.place, key).unwrap_or(0);
        let mut out = Cursor { out: &mut *out, at: RELA_ENTRY as usize * index };
        out.u64(addresses.iplt_got_entry(index)).u64(u64::from(kind)).u64(resolver);
    }
}

/// A string table being written; the empty string is at its start.
struct Strings {
    bytes: Vec<u8>,
}

impl Strings {
    fn new() -> Self {
        Strings { bytes: vec![0] }
    }

    fn add(&mut self, string: &[u8]) -> u32 {
        let offset = self.bytes.len() as u32;
        self.bytes.extend_from_slice(string);
        self.bytes.push(0);
        offset
    }
}

/// Appends the symbol table and the section headers, unless they are stripped.
pub fn write_tables(addresses: &Addresses<'_, '_>, symbols: &[OutputSymbol<'_>], out: &mut Vec<u8>) {
    if addresses.options.strip == Strip::Symbols {
        return;
    }
    let layout = addresses.layout;
    let mut names = Strings::new();
    let mut headers = vec![0; usize::from(SECTION_HEADER_SIZE)];
    for section in &layout.sections {
        let header = Header {
            name: names.add(section.name),
            kind: section.kind,
            flags: section.flags,
            address: section.address,
            offset: section.file_offset,
            size: section.size,
            link: 0,
            info: 0,
            align: section.align,
            entry_size: section.entry_size,
        };
        header.append(&mut headers);
    }
    let mut strings = Strings::new();
    let first_global = 1 + symbols.iter().filter(|symbol| symbol.binding == Binding::Local).count() as u32;
    out.resize(out.len().next_multiple_of(8), 0);
    let offset = out.len() as u64;
    append_symbols(layout, symbols, &mut strings, out);
    let table = Header {
        name: names.add(b".symtab"),
        kind: elf::SHT_SYMTAB,
        offset,
        size: out.len() as u64 - offset,
        link: layout.sections.len() as u32 + 2,
        info: first_global,
        align: 8,
        entry_size: SYMBOL_SIZE,
        ..Header::default()
    };
    table.append(&mut headers);
    let name = names.add(b".strtab");
    append_strings(name, &strings.bytes, out, &mut headers);
    let name = names.add(b".shstrtab");
    append_strings(name, &names.bytes, out, &mut headers);
    out.resize(out.len().next_multiple_of(8), 0);
    let offset = out.len() as u64;
    out.extend_from_slice(&headers);
    let count = layout.sections.len() as u16 + 4;
    // `e_shoff`, then `e_shnum` and `e_shstrndx`.
    Cursor { out, at: 40 }.u64(offset);
    Cursor { out, at: 60 }.u16(count).u16(count - 1);
}

fn append_symbols(layout: &Layout<'_>, symbols: &[OutputSymbol<'_>], strings: &mut Strings, out: &mut Vec<u8>) {
    out.extend_from_slice(&[0; SYMBOL_SIZE as usize]);
    for symbol in symbols {
        let binding = match symbol.binding {
            Binding::Local => elf::STB_LOCAL,
            Binding::Global => elf::STB_GLOBAL,
            Binding::Weak => elf::STB_WEAK,
        };
        // Section headers start with an empty one.
        let section = symbol.section.map_or(elf::SHN_ABS, |section| section.index() as u16 + 1);
        let value = match (symbol.kind, layout.tls) {
            (elf::STT_TLS, Some(tls)) => symbol.address.wrapping_sub(tls.start),
            _ => symbol.address,
        };
        out.extend_from_slice(&strings.add(symbol.name).to_le_bytes());
        out.extend_from_slice(&[binding << 4 | symbol.kind & 0xf, elf::STV_DEFAULT]);
        out.extend_from_slice(&section.to_le_bytes());
        out.extend_from_slice(&value.to_le_bytes());
        out.extend_from_slice(&symbol.size.to_le_bytes());
    }
}

fn append_strings(name: u32, strings: &[u8], out: &mut Vec<u8>, headers: &mut Vec<u8>) {
    let header = Header {
        name,
        kind: elf::SHT_STRTAB,
        offset: out.len() as u64,
        size: strings.len() as u64,
        align: 1,
        ..Header::default()
    };
    out.extend_from_slice(strings);
    header.append(headers);
}

/// A section header.
#[derive(Default)]
struct Header {
    name: u32,
    kind: u32,
    flags: u64,
    address: u64,
    offset: u64,
    size: u64,
    link: u32,
    info: u32,
    align: u64,
    entry_size: u64,
}

impl Header {
    fn append(&self, out: &mut Vec<u8>) {
        let at = out.len();
        out.resize(at + usize::from(SECTION_HEADER_SIZE), 0);
        let mut out = Cursor { out, at };
        out.u32(self.name).u32(self.kind).u64(self.flags).u64(self.address).u64(self.offset);
        out.u64(self.size).u32(self.link).u32(self.info).u64(self.align).u64(self.entry_size);
    }
}

/// Fills in the build id, which depends on all other bytes.
pub fn write_build_id(layout: &Layout<'_>, out: &mut [u8]) {
    if let Some(section) = layout.section_of(PartSource::BuildId) {
        let id = build_id(out);
        let end = (section.file_offset + BUILD_ID_NOTE) as usize;
        out[end - id.len()..end].copy_from_slice(&id);
    }
}
