//! The addresses of symbols, once layout has placed all sections.

use crate::eh_frame::EhFrame;
use crate::fold::Folded;
use crate::ids::{OutputId, SectionRef, SymbolKey};
use crate::layout::{IPLT_ENTRY, Layout};
use crate::merge::MergedSections;
use crate::object_file::Treatment;
use crate::output_section::{Class, OutputSection, PartSource};
use crate::resolve::{GlobalDefinition, Place, Resolution, Target};
use crate::scan::{GotKind, Needs};
use crate::special::{Special, bounded_section};
use crate::{LinkOptions, Machine};
use object::elf;

/// The results of all phases before relocation.
pub struct Addresses<'l, 'd> {
    pub resolution: &'l Resolution<'d>,
    pub folded: &'l Folded,
    pub merged: &'l MergedSections<'d>,
    pub eh_frame: &'l EhFrame<'d>,
    pub needs: &'l Needs,
    pub layout: &'l Layout<'d>,
    pub options: &'l LinkOptions<'l>,
    got: Option<u64>,
    iplt: Option<u64>,
    iplt_got: Option<u64>,
    eh_frame_start: Option<u64>,
}

/// The size of what the aarch64 ABI puts at the thread pointer, before the variables.
const AARCH64_TCB: u64 = 16;

impl<'l, 'd> Addresses<'l, 'd> {
    pub fn new(
        resolution: &'l Resolution<'d>,
        folded: &'l Folded,
        merged: &'l MergedSections<'d>,
        eh_frame: &'l EhFrame<'d>,
        needs: &'l Needs,
        layout: &'l Layout<'d>,
        options: &'l LinkOptions<'l>,
    ) -> Self {
        let start = |source| layout.section_of(source).map(|section| section.address);
        Addresses {
            resolution,
            folded,
            merged,
            eh_frame,
            needs,
            layout,
            options,
            got: start(PartSource::Got),
            iplt: start(PartSource::Iplt),
            iplt_got: start(PartSource::IpltGot),
            eh_frame_start: start(PartSource::EhFrame),
        }
    }

    /// The address of a reference with its addend; `None` if what it refers to is not in the executable.
    pub fn value(&self, target: &Target, addend: i64) -> Option<u64> {
        if target.kind == elf::STT_GNU_IFUNC
            && let Some(stub) = self.iplt_entry(target.key)
        {
            return Some(stub.wrapping_add_signed(addend));
        }
        let (address, addend) = match target.place {
            // A reference to a section's start means the byte at the addend; one to a symbol means its piece.
            Place::Section { section, offset } if target.kind == elf::STT_SECTION => {
                return match self.resolution.section(section).treatment {
                    Treatment::Regular => Some(self.address_in(section, offset)?.wrapping_add_signed(addend)),
                    _ => self.address_in(section, offset.wrapping_add_signed(addend)),
                };
            }
            place => (self.place_address(place, target.key)?, addend),
        };
        Some(address.wrapping_add_signed(addend))
    }

    /// The address of a symbol, without the stub of an ifunc.
    pub fn place_address(&self, place: Place, key: SymbolKey) -> Option<u64> {
        match place {
            Place::Undefined => Some(0),
            Place::Absolute(value) => Some(value),
            Place::Section { section, offset } => self.address_in(section, offset),
            Place::Common(global) => self.layout.common_position(global).map(|position| self.at(position)),
            Place::Special(special) => Some(self.special(special, key)),
        }
    }

    /// Which output section a reference leads to.
    pub fn output_of(&self, place: Place) -> Option<OutputId> {
        match place {
            Place::Section { section, offset } => match self.resolution.section(section).treatment {
                Treatment::Merge => {
                    self.merged.offset_of(section, offset).map(|(id, _)| self.layout.merged_position(id).0)
                }
                _ => self.layout.position(self.folded.of(section)).map(|(id, _)| id),
            },
            Place::Common(global) => self.layout.common_position(global).map(|(id, _)| id),
            Place::Undefined | Place::Absolute(_) | Place::Special(_) => None,
        }
    }

    fn at(&self, (output, offset): (OutputId, u64)) -> u64 {
        self.layout.section(output).address.wrapping_add(offset)
    }

    fn address_in(&self, section: SectionRef, offset: u64) -> Option<u64> {
        match self.resolution.section(section).treatment {
            Treatment::Discard => None,
            Treatment::Regular => Some(self.at(self.layout.position(self.folded.of(section))?).wrapping_add(offset)),
            Treatment::Merge => {
                let (id, offset) = self.merged.offset_of(section, offset)?;
                Some(self.at(self.layout.merged_position(id)).wrapping_add(offset))
            }
            Treatment::EhFrame => Some(self.eh_frame_start?.wrapping_add(self.eh_frame.offset_of(section, offset)?)),
        }
    }

    fn special(&self, special: Special, key: SymbolKey) -> u64 {
        let layout = self.layout;
        let start = |section: Option<&OutputSection<'_>>| section.map_or(layout.image_start, |section| section.address);
        let end = |section: Option<&OutputSection<'_>>| section.map_or(layout.image_start, OutputSection::end);
        let last = |test: &dyn Fn(&OutputSection<'_>) -> bool| {
            layout.sections.iter().rfind(|section| test(section)).map(OutputSection::end)
        };
        match special {
            Special::ImageStart => layout.image_start,
            Special::EndOfImage => layout.image_end,
            Special::EndOfText => last(&|section| section.class == Class::Execute).unwrap_or(layout.image_start),
            Special::EndOfData => {
                last(&|section| section.is_loaded() && !section.is_nobits()).unwrap_or(layout.image_end)
            }
            Special::StartOfBss => {
                let bss = layout.sections.iter().find(|section| section.class == Class::Write && section.is_nobits());
                bss.map_or(layout.image_end, |section| section.address)
            }
            Special::GlobalOffsetTable => self.got_base(),
            Special::EhFrameHdr => start(layout.section_of(PartSource::EhFrameHdr)),
            Special::TlsModuleBase => layout.tls.map_or(0, |tls| tls.start),
            Special::StartOf(named) => start(layout.section_named(named.section())),
            Special::EndOf(named) => end(layout.section_named(named.section())),
            Special::SectionStart => start(self.bounded_section(key)),
            Special::SectionEnd => end(self.bounded_section(key)),
        }
    }

    fn bounded_section(&self, key: SymbolKey) -> Option<&OutputSection<'d>> {
        let SymbolKey::Global(global) = key else {
            return None;
        };
        self.layout.section_named(bounded_section(self.resolution.global(global).name)?)
    }

    /// The start of the global offset table.
    pub fn got_base(&self) -> u64 {
        self.got.unwrap_or(self.layout.image_start)
    }

    /// The address of an entry in the global offset table.
    pub fn got_entry(&self, key: SymbolKey, kind: GotKind) -> Option<u64> {
        let index = self.needs.got.get_index_of(&(key, kind))?;
        Some(self.got?.wrapping_add(8 * index as u64))
    }

    fn iplt_entry(&self, key: SymbolKey) -> Option<u64> {
        let index = self.needs.ifuncs.get_index_of(&key)?;
        Some(self.iplt?.wrapping_add(IPLT_ENTRY * index as u64))
    }

    /// The address of the table entry that start-up code fills with what an ifunc's resolver returns.
    pub fn iplt_got_entry(&self, index: usize) -> u64 {
        self.iplt_got.unwrap_or(0).wrapping_add(8 * index as u64)
    }

    /// The offset of a thread-local variable from the start of the image.
    pub fn tls_offset(&self, address: u64) -> u64 {
        self.layout.tls.map_or(address, |tls| address.wrapping_sub(tls.start))
    }

    /// The offset of a thread-local variable from the thread pointer: below it on x86-64 (variant II of
    /// Drepper's document), above it and two words on aarch64 (variant I).
    pub fn thread_offset(&self, address: u64) -> u64 {
        let Some(tls) = self.layout.tls else {
            return address;
        };
        let offset = address.wrapping_sub(tls.start);
        match self.options.machine {
            Machine::X86_64 => offset.wrapping_sub(tls.size.next_multiple_of(tls.align)),
            Machine::Aarch64 => offset.wrapping_add(AARCH64_TCB.next_multiple_of(tls.align)),
        }
    }

    /// The size that the definition states.
    pub fn symbol_size(&self, target: &Target) -> u64 {
        if let SymbolKey::Global(global) = target.key
            && let GlobalDefinition::Common { size, .. } = self.resolution.global(global).definition
        {
            return size;
        }
        self.resolution.symbol(target.symbol).size
    }
}
