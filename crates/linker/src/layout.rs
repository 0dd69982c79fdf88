//! Layout: the executable's sections with their parts, their addresses and file offsets, and the segments.
//!
//! Segments follow each other in the file without padding. Each starts on a page of its own in memory, at the
//! same offset into the page as in the file (gABI, "Program Header": congruent modulo the page size), so a
//! page of the file that two segments share is mapped twice. The headers belong to the first segment.

use object::elf;
use rustc_hash::FxHashMap;

use crate::LinkOptions;
use crate::diagnostics::LinkError;
use crate::eh_frame::EhFrame;
use crate::ids::{GlobalId, MergedId, ObjectId, OutputId, SectionRef};
use crate::liveness::Live;
use crate::merge::MergedSections;
use crate::object_file::Treatment;
use crate::output_section::{Class, OutputSection, Part, PartSource, array_priority, output_name, rank};
use crate::resolve::{GlobalDefinition, Resolution};
use crate::scan::Needs;

/// Where the image starts, as GNU ld has it.
const IMAGE_BASE: u64 = 0x40_0000;
/// Limits that only damaged input exceeds.
const MAX_FILE: u64 = 1 << 30;
const MAX_MEMORY: u64 = 1 << 46;

pub const FILE_HEADER_SIZE: u64 = 64;
pub const PROGRAM_HEADER_SIZE: u64 = 56;
/// A stub for an ifunc.
pub const IPLT_ENTRY: u64 = 16;
/// `Elf64_Rela`.
pub const RELA_ENTRY: u64 = 24;
/// A note's header with the name `GNU`, and the hash.
pub const BUILD_ID_NOTE: u64 = 16 + crate::build_id::SIZE as u64;

/// The executable's sections and segments.
pub struct Layout<'d> {
    pub sections: Vec<OutputSection<'d>>,
    pub segments: Vec<Segment>,
    pub tls: Option<TlsImage>,
    /// The first address.
    pub image_start: u64,
    /// The address behind the last byte.
    pub image_end: u64,
    /// The size of the file up to the tables that are not loaded.
    pub file_size: u64,
    positions: Vec<Vec<Option<(OutputId, u64)>>>,
    merged: Vec<(OutputId, u64)>,
    commons: FxHashMap<GlobalId, (OutputId, u64)>,
}

/// A program header.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Segment {
    /// `PT_*`.
    pub kind: u32,
    /// `PF_*`.
    pub flags: u32,
    pub offset: u64,
    pub address: u64,
    pub file_size: u64,
    pub memory_size: u64,
    pub align: u64,
}

/// The initial contents of thread-local variables.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TlsImage {
    pub start: u64,
    pub size: u64,
    pub align: u64,
}

impl<'d> Layout<'d> {
    pub fn section(&self, id: OutputId) -> &OutputSection<'d> {
        &self.sections[id.index()]
    }

    /// Where an object's section is; merged sections and frames have no single place.
    pub fn position(&self, section: SectionRef) -> Option<(OutputId, u64)> {
        self.positions[section.object.index()][section.index as usize]
    }

    pub fn merged_position(&self, merged: MergedId) -> (OutputId, u64) {
        self.merged[merged.index()]
    }

    pub fn common_position(&self, global: GlobalId) -> Option<(OutputId, u64)> {
        self.commons.get(&global).copied()
    }

    pub fn section_named(&self, name: &[u8]) -> Option<&OutputSection<'d>> {
        self.sections.iter().find(|section| section.name == name)
    }

    /// The section that holds what the linker makes itself.
    pub fn section_of(&self, source: PartSource) -> Option<&OutputSection<'d>> {
        self.sections.iter().find(|section| section.parts.first().is_some_and(|part| part.source == source))
    }
}

/// Lays out all that is live.
pub fn lay_out<'d>(
    resolution: &Resolution<'d>,
    live: &Live,
    needs: &Needs,
    merged: &MergedSections<'d>,
    eh_frame: &EhFrame<'d>,
    options: &LinkOptions<'_>,
) -> Result<Layout<'d>, LinkError> {
    let mut cx = GatherCx { sections: Vec::new(), by_name: FxHashMap::default() };
    cx.gather_inputs(resolution, live, merged);
    cx.gather_commons(resolution);
    cx.gather_synthetic(needs, eh_frame, options);
    let mut sections = cx.sections;
    for section in &mut sections {
        section.class = rank(section, options.relro).0;
        place_parts(section)?;
    }
    sections.sort_by_key(|section| rank(section, options.relro));
    let mut layout = Layout {
        sections,
        segments: Vec::new(),
        tls: None,
        image_start: IMAGE_BASE,
        image_end: IMAGE_BASE,
        file_size: 0,
        positions: resolution.objects.iter().map(|object| vec![None; object.sections.len()]).collect(),
        merged: vec![(OutputId::new(0), 0); merged.sections.len()],
        commons: FxHashMap::default(),
    };
    assign_addresses(&mut layout, options)?;
    index_parts(&mut layout);
    Ok(layout)
}

struct GatherCx<'d> {
    sections: Vec<OutputSection<'d>>,
    by_name: FxHashMap<&'d [u8], usize>,
}

impl<'d> GatherCx<'d> {
    fn gather_inputs(&mut self, resolution: &Resolution<'d>, live: &Live, merged: &MergedSections<'d>) {
        let mut placed = vec![false; merged.sections.len()];
        for &object in &resolution.link_order {
            for (index, section) in resolution.object(object).sections.iter().enumerate() {
                let reference = SectionRef::new(object, index);
                if !live.section(reference) {
                    continue;
                }
                let name = output_name(section);
                let (source, size) = match section.treatment {
                    Treatment::Discard | Treatment::EhFrame => continue,
                    Treatment::Regular => (PartSource::Input(reference), section.size),
                    Treatment::Merge => {
                        let Some(id) = merged.merged_id(reference) else {
                            continue;
                        };
                        if std::mem::replace(&mut placed[id.index()], true) {
                            continue;
                        }
                        (PartSource::Merged(id), merged.sections[id.index()].size)
                    }
                };
                let part = Part { source, offset: 0, size, align: section.align };
                let output = self.add(name, section.kind, section.flags, part);
                if section.entry_size != output.entry_size {
                    output.entry_size = 0;
                }
            }
        }
        for section in &mut self.sections {
            if section.name.ends_with(b"_array") {
                section.parts.sort_by_key(|part| match part.source {
                    PartSource::Input(reference) => array_priority(resolution.section(reference).name),
                    _ => u32::MAX,
                });
            }
        }
    }

    fn gather_commons(&mut self, resolution: &Resolution<'d>) {
        for (index, global) in resolution.globals.iter().enumerate() {
            if let GlobalDefinition::Common { size, align, .. } = global.definition {
                let part = Part { source: PartSource::Common(GlobalId::new(index)), offset: 0, size, align };
                self.add(b".bss", elf::SHT_NOBITS, u64::from(elf::SHF_ALLOC | elf::SHF_WRITE), part);
            }
        }
    }

    fn gather_synthetic(&mut self, needs: &Needs, eh_frame: &EhFrame<'d>, options: &LinkOptions<'_>) {
        let mut add = |name: &'d [u8], kind, flags: u32, source, size, align| {
            self.add(name, kind, u64::from(elf::SHF_ALLOC | flags), Part { source, offset: 0, size, align });
        };
        if options.build_id {
            add(b".note.gnu.build-id", elf::SHT_NOTE, 0, PartSource::BuildId, BUILD_ID_NOTE, 4);
        }
        if eh_frame.size > 0 {
            if options.eh_frame_hdr {
                let size = 12 + 8 * eh_frame.fde_count as u64;
                add(b".eh_frame_hdr", elf::SHT_PROGBITS, 0, PartSource::EhFrameHdr, size, 4);
            }
            add(b".eh_frame", elf::SHT_PROGBITS, 0, PartSource::EhFrame, eh_frame.size, 8);
        }
        if !needs.got.is_empty() || needs.got_base {
            add(b".got", elf::SHT_PROGBITS, elf::SHF_WRITE, PartSource::Got, 8 * needs.got.len() as u64, 8);
        }
        let ifuncs = needs.ifuncs.len() as u64;
        if ifuncs > 0 {
            add(b".iplt", elf::SHT_PROGBITS, elf::SHF_EXECINSTR, PartSource::Iplt, IPLT_ENTRY * ifuncs, 16);
            add(b".got.plt", elf::SHT_PROGBITS, elf::SHF_WRITE, PartSource::IpltGot, 8 * ifuncs, 8);
            add(b".rela.iplt", elf::SHT_RELA, 0, PartSource::RelaIplt, RELA_ENTRY * ifuncs, 8);
        }
    }

    fn add(&mut self, name: &'d [u8], kind: u32, flags: u64, part: Part) -> &mut OutputSection<'d> {
        const KEPT: u32 = elf::SHF_WRITE | elf::SHF_ALLOC | elf::SHF_EXECINSTR | elf::SHF_TLS;
        const SHARED: u32 = elf::SHF_MERGE | elf::SHF_STRINGS;
        let index = *self.by_name.entry(name).or_insert_with(|| {
            self.sections.push(OutputSection {
                name,
                kind,
                flags: flags & u64::from(KEPT | SHARED),
                align: 1,
                entry_size: match kind {
                    elf::SHT_RELA => RELA_ENTRY,
                    _ => u64::from(flags & u64::from(elf::SHF_STRINGS) != 0),
                },
                size: 0,
                address: 0,
                file_offset: 0,
                class: Class::Unloaded,
                parts: Vec::new(),
            });
            self.sections.len() - 1
        });
        let section = &mut self.sections[index];
        section.flags = (section.flags | flags) & u64::from(KEPT) | section.flags & flags & u64::from(SHARED);
        section.align = section.align.max(part.align);
        if section.kind == elf::SHT_NOBITS {
            section.kind = kind;
        }
        section.parts.push(part);
        section
    }
}

/// Gives parts their offsets.
fn place_parts(section: &mut OutputSection<'_>) -> Result<(), LinkError> {
    let mut end = 0u64;
    for part in &mut section.parts {
        part.offset = end.next_multiple_of(part.align);
        end = part.offset + part.size;
        if end > MAX_MEMORY || (section.kind != elf::SHT_NOBITS && end > MAX_FILE) {
            return Err(too_large(section.name));
        }
    }
    section.size = end;
    Ok(())
}

fn too_large(section: &[u8]) -> LinkError {
    LinkError::ImageTooLarge { section: String::from_utf8_lossy(section).into_owned() }
}

fn assign_addresses(layout: &mut Layout<'_>, options: &LinkOptions<'_>) -> Result<(), LinkError> {
    let page = options.machine.page_size();
    align_tls(layout);
    let headers = FILE_HEADER_SIZE + PROGRAM_HEADER_SIZE * count_segments(layout);
    let mut cursor = Cursor { address: IMAGE_BASE + headers, offset: headers };
    let mut loads: Vec<(Class, Segment)> = Vec::new();
    for class in Class::LOADED {
        let members: Vec<usize> =
            (0..layout.sections.len()).filter(|&index| layout.sections[index].class == class).collect();
        let is_empty = members.iter().all(|&index| layout.sections[index].size == 0);
        let first_align = members.first().map_or(1, |&index| layout.sections[index].align);
        if !is_empty && !loads.is_empty() {
            cursor.start_page(page, first_align);
        }
        let start = if loads.is_empty() { Cursor { address: IMAGE_BASE, offset: 0 } } else { cursor };
        let mut memory_end = cursor.address;
        for index in members {
            cursor.place(&mut layout.sections[index], class)?;
            let section = &layout.sections[index];
            if !section.is_tls() || !section.is_nobits() {
                memory_end = section.end();
            }
        }
        if !is_empty {
            let (file_size, memory_size) =
                (cursor.offset - start.offset, memory_end.max(cursor.address) - start.address);
            let (kind, flags) = (elf::PT_LOAD, class.segment_flags());
            let segment = Segment {
                kind,
                flags,
                offset: start.offset,
                address: start.address,
                file_size,
                memory_size,
                align: page,
            };
            loads.push((class, segment));
        }
        cursor.address = memory_end.max(cursor.address);
    }
    layout.image_end = cursor.address;
    for section in layout.sections.iter_mut().filter(|section| !section.is_loaded()) {
        cursor.offset = cursor.offset.next_multiple_of(section.align);
        section.file_offset = cursor.offset;
        cursor.offset += section.size;
        if cursor.offset > MAX_FILE {
            return Err(too_large(section.name));
        }
    }
    layout.file_size = cursor.offset;
    collect_segments(layout, loads, page);
    Ok(())
}

#[derive(Clone, Copy)]
struct Cursor {
    address: u64,
    offset: u64,
}

impl Cursor {
    /// Moves to a page that no other segment is on.
    fn start_page(&mut self, page: u64, align: u64) {
        self.offset = self.offset.next_multiple_of(align.min(page));
        self.address = self.address.next_multiple_of(page).next_multiple_of(align) + self.offset % page;
    }

    fn place(&mut self, section: &mut OutputSection<'_>, class: Class) -> Result<(), LinkError> {
        let address = self.address.next_multiple_of(section.align);
        section.address = address;
        // Memory that the file says nothing about is only at a segment's end.
        let in_file = section.kind != elf::SHT_NOBITS || matches!(class, Class::Read | Class::Execute);
        let in_memory = !(section.is_tls() && section.is_nobits());
        if !in_memory {
            section.file_offset = self.offset;
            return if address + section.size > MAX_MEMORY { Err(too_large(section.name)) } else { Ok(()) };
        }
        let padding = address - self.address;
        self.address = address + section.size;
        if in_file {
            self.offset += padding;
            section.file_offset = self.offset;
            self.offset += section.size;
            if section.kind == elf::SHT_NOBITS {
                section.kind = elf::SHT_PROGBITS;
            }
        } else {
            section.file_offset = self.offset;
        }
        if self.address > MAX_MEMORY || self.offset > MAX_FILE { Err(too_large(section.name)) } else { Ok(()) }
    }
}

/// Aligns the start of the thread-local image as its strictest variable.
fn align_tls(layout: &mut Layout<'_>) {
    let align = layout.sections.iter().filter(|section| section.is_tls()).map(|section| section.align).max();
    if let (Some(align), Some(first)) = (align, layout.sections.iter_mut().find(|section| section.is_tls())) {
        first.align = align;
    }
}

fn is_note(section: &OutputSection<'_>) -> bool {
    section.kind == elf::SHT_NOTE && section.class == Class::Read
}

fn is_eh_frame_hdr(section: &OutputSection<'_>) -> bool {
    section.parts.first().is_some_and(|part| part.source == PartSource::EhFrameHdr)
}

/// The number of segments that [`collect_segments`] makes.
fn count_segments(layout: &Layout<'_>) -> u64 {
    let any = |test: &dyn Fn(&OutputSection<'_>) -> bool| u64::from(layout.sections.iter().any(test));
    let loads: u64 =
        Class::LOADED.iter().map(|&class| any(&|section| section.class == class && section.size > 0)).sum();
    let relro = any(&|section| section.class == Class::Relro && section.size > 0);
    loads + relro + any(&|section| section.is_tls()) + any(&is_note) + any(&is_eh_frame_hdr) + 1
}

fn collect_segments(layout: &mut Layout<'_>, loads: Vec<(Class, Segment)>, page: u64) {
    let sections = &layout.sections;
    let mut segments: Vec<Segment> = loads.iter().map(|&(_, segment)| segment).collect();
    let tls: Vec<&OutputSection<'_>> = sections.iter().filter(|section| section.is_tls()).collect();
    if let (Some(first), Some(last)) = (tls.first(), tls.last()) {
        let image = TlsImage { start: first.address, size: last.end() - first.address, align: first.align };
        let in_file: Vec<_> = tls.iter().filter(|section| !section.is_nobits()).collect();
        let file_size = in_file.last().map_or(0, |section| section.end() - first.address);
        segments.push(Segment {
            kind: elf::PT_TLS,
            flags: elf::PF_R,
            offset: first.file_offset,
            address: first.address,
            file_size,
            memory_size: image.size,
            align: image.align,
        });
        layout.tls = Some(image);
    }
    let span = |kind, test: &dyn Fn(&OutputSection<'_>) -> bool| {
        let first = sections.iter().find(|section| test(section))?;
        let last = sections.iter().rfind(|section| test(section))?;
        let size = last.end() - first.address;
        Some(Segment {
            kind,
            flags: elf::PF_R,
            offset: first.file_offset,
            address: first.address,
            file_size: size,
            memory_size: size,
            align: first.align,
        })
    };
    segments.extend(span(elf::PT_NOTE, &is_note));
    segments.extend(span(elf::PT_GNU_EH_FRAME, &is_eh_frame_hdr));
    if let Some((_, load)) = loads.iter().find(|(class, _)| *class == Class::Relro) {
        // Only whole pages can be protected; the next segment starts on another page.
        let memory_size = (load.address + load.memory_size).next_multiple_of(page) - load.address;
        segments.push(Segment { kind: elf::PT_GNU_RELRO, flags: elf::PF_R, memory_size, align: 1, ..*load });
    }
    let (flags, align) = (elf::PF_R | elf::PF_W, 16);
    segments.push(Segment {
        kind: elf::PT_GNU_STACK,
        flags,
        offset: 0,
        address: 0,
        file_size: 0,
        memory_size: 0,
        align,
    });
    layout.segments = segments;
}

fn index_parts(layout: &mut Layout<'_>) {
    for (index, section) in layout.sections.iter().enumerate() {
        let id = OutputId::new(index);
        for part in &section.parts {
            match part.source {
                PartSource::Input(SectionRef { object, index }) => {
                    let object: ObjectId = object;
                    layout.positions[object.index()][index as usize] = Some((id, part.offset));
                }
                PartSource::Merged(merged) => layout.merged[merged.index()] = (id, part.offset),
                PartSource::Common(global) => {
                    layout.commons.insert(global, (id, part.offset));
                }
                _ => {}
            }
        }
    }
}
