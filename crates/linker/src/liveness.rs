//! Which sections are in the executable: with `gc_sections`, those that can be reached from the entry
//! symbol, the roots and the sections that the start-up code runs; otherwise all that resolution kept.

use object::LittleEndian as LE;
use object::elf;
use rustc_hash::FxHashMap;

use crate::LinkOptions;
use crate::diagnostics::LinkError;
use crate::eh_frame::Frames;
use crate::ids::{ObjectId, SectionRef};
use crate::object_file::{Rela, Section, Treatment};
use crate::resolve::{Place, Resolution};
use crate::special::{Special, bounded_section, is_c_identifier};

/// The set of sections that are linked.
pub struct Live {
    sections: Vec<Vec<bool>>,
}

impl Live {
    pub fn section(&self, section: SectionRef) -> bool {
        self.sections[section.object.index()][section.index as usize]
    }

    /// Another section is linked in its place.
    pub fn forget(&mut self, section: SectionRef) {
        self.sections[section.object.index()][section.index as usize] = false;
    }
}

/// Finds the live sections, and reports when the program has no entry.
pub fn find_live(
    resolution: &Resolution<'_>,
    frames: &Frames<'_>,
    options: &LinkOptions<'_>,
    errors: &mut Vec<LinkError>,
) -> Live {
    let mut cx = LiveCx::new(resolution, frames);
    for (index, name) in std::iter::once(&options.entry).chain(options.roots).enumerate() {
        let target = resolution
            .global_named(name.as_bytes())
            .map(|id| resolution.target_of_key(crate::ids::SymbolKey::Global(id)));
        match target.map(|target| target.place) {
            Some(Place::Section { section, .. }) => cx.mark(section),
            Some(Place::Absolute(_) | Place::Common(_) | Place::Special(_)) => {}
            Some(Place::Undefined) | None if index == 0 => {
                errors.push(LinkError::MissingEntry { symbol: name.to_string() })
            }
            Some(Place::Undefined) | None => errors.push(LinkError::MissingRoot { symbol: name.to_string() }),
        }
    }
    cx.mark_sections(|section| !options.gc_sections || !section.is_loaded() || is_root(section));
    cx.propagate();
    cx.live
}

struct LiveCx<'r, 'd> {
    resolution: &'r Resolution<'d>,
    frames: &'r Frames<'d>,
    live: Live,
    queue: Vec<SectionRef>,
    /// Sections that live exactly when another one does (`SHF_LINK_ORDER`).
    dependents: FxHashMap<SectionRef, Vec<SectionRef>>,
    /// Sections that symbols can bound.
    by_identifier: FxHashMap<&'d [u8], Vec<SectionRef>>,
}

impl<'r, 'd> LiveCx<'r, 'd> {
    fn new(resolution: &'r Resolution<'d>, frames: &'r Frames<'d>) -> Self {
        let sections = resolution.objects.iter().map(|object| vec![false; object.sections.len()]).collect();
        let mut cx = LiveCx {
            resolution,
            frames,
            live: Live { sections },
            queue: Vec::new(),
            dependents: FxHashMap::default(),
            by_identifier: FxHashMap::default(),
        };
        for (id, object) in resolution.objects.iter().enumerate() {
            for (index, section) in object.sections.iter().enumerate() {
                let reference = SectionRef::new(ObjectId::new(id), index);
                if section.flags & u64::from(elf::SHF_LINK_ORDER) != 0
                    && (section.link as usize) < object.sections.len()
                {
                    let owner = SectionRef { object: reference.object, index: section.link };
                    cx.dependents.entry(owner).or_default().push(reference);
                }
                if section.is_loaded() && is_c_identifier(section.name) {
                    cx.by_identifier.entry(section.name).or_default().push(reference);
                }
            }
        }
        cx
    }

    fn mark_sections(&mut self, is_root: impl Fn(&Section<'d>) -> bool) {
        for (id, object) in self.resolution.objects.iter().enumerate() {
            for (index, section) in object.sections.iter().enumerate() {
                if section.treatment != Treatment::Discard && is_root(section) {
                    self.mark(SectionRef::new(ObjectId::new(id), index));
                }
            }
        }
    }

    fn mark(&mut self, reference: SectionRef) {
        let section = self.resolution.section(reference);
        let live = &mut self.live.sections[reference.object.index()][reference.index as usize];
        if *live || section.treatment == Treatment::Discard {
            return;
        }
        *live = true;
        if section.is_loaded() && section.treatment != Treatment::EhFrame {
            self.queue.push(reference);
        }
    }

    fn propagate(&mut self) {
        let (resolution, frames) = (self.resolution, self.frames);
        while let Some(section) = self.queue.pop() {
            for rela in resolution.section(section).relocations {
                self.mark_target(section.object, rela);
            }
            for (frame, rela) in frames.references_of(section) {
                self.mark_target(frame.object, rela);
            }
            for dependent in self.dependents.remove(&section).unwrap_or_default() {
                self.mark(dependent);
            }
        }
    }

    fn mark_target(&mut self, object: ObjectId, rela: &Rela) {
        let target = self.resolution.target(object, rela.r_sym(LE, false));
        match target.place {
            Place::Section { section, .. } => self.mark(section),
            Place::Special(Special::SectionStart | Special::SectionEnd) => {
                let name = bounded_section(self.resolution.symbol(target.symbol).name);
                for section in name.and_then(|name| self.by_identifier.remove(name)).unwrap_or_default() {
                    self.mark(section);
                }
            }
            Place::Special(_) | Place::Undefined | Place::Absolute(_) | Place::Common(_) => {}
        }
    }
}

/// Sections that are reached by other means than relocations.
fn is_root(section: &Section<'_>) -> bool {
    if section.flags & u64::from(elf::SHF_GNU_RETAIN) != 0 {
        return true;
    }
    match section.kind {
        elf::SHT_INIT_ARRAY | elf::SHT_FINI_ARRAY | elf::SHT_PREINIT_ARRAY => true,
        elf::SHT_NOTE => section.flags & u64::from(elf::SHF_GROUP) == 0,
        _ => {
            let name = section.name;
            let is = |base: &[u8]| name.strip_prefix(base).is_some_and(|rest| rest.is_empty() || rest[0] == b'.');
            [&b".init"[..], b".fini", b".jcr"].contains(&name)
                || [&b".init_array"[..], b".fini_array", b".preinit_array", b".ctors", b".dtors"].into_iter().any(is)
        }
    }
}
