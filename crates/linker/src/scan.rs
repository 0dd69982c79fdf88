//! The pass over all live relocations before layout: which symbols need an entry in the global offset table
//! or a PLT stub because no relaxation does without, which merged strings are used, what is undefined.

use indexmap::{IndexMap, IndexSet};
use object::LittleEndian as LE;
use object::elf;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use crate::diagnostics::LinkError;
use crate::eh_frame::Frames;
use crate::ids::{GlobalId, SectionRef, SymbolKey};
use crate::liveness::Live;
use crate::object_file::{Rela, Treatment};
use crate::relocate::{Fault, Step, report};
use crate::resolve::{Place, Resolution, Target};
use crate::{LinkOptions, Machine, aarch64, x86_64};

/// What an entry of the global offset table holds.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum GotKind {
    Address,
    /// The symbol's offset from the thread pointer.
    ThreadOffset,
}

/// What the relocations demand of the layout.
#[derive(Default)]
pub struct Needs {
    pub got: IndexSet<(SymbolKey, GotKind), FxBuildHasher>,
    /// Functions whose address a resolver chooses at start-up: each has a stub and an entry of its own.
    pub ifuncs: IndexSet<SymbolKey, FxBuildHasher>,
    /// Of each merged section, the offsets that are referred to.
    pub pieces: FxHashMap<SectionRef, FxHashSet<u64>>,
    /// Whether a relocation is relative to the table itself.
    pub got_base: bool,
}

/// How many references an error about an undefined symbol names.
const SHOWN_REFERENCES: usize = 3;

/// Scans the relocations of all live loaded sections and frame records.
pub fn scan_relocations(
    resolution: &Resolution<'_>,
    frames: &Frames<'_>,
    live: &Live,
    options: &LinkOptions<'_>,
    errors: &mut Vec<LinkError>,
) -> Needs {
    let mut cx = ScanCx {
        resolution,
        machine: options.machine,
        needs: Needs::default(),
        undefined: IndexMap::default(),
        errors,
    };
    for &id in &resolution.link_order {
        for (index, section) in resolution.object(id).sections.iter().enumerate() {
            let reference = SectionRef::new(id, index);
            if !live.section(reference) || !section.is_loaded() || section.treatment == Treatment::EhFrame {
                continue;
            }
            cx.scan_section(reference, section.data, section.relocations);
            for (frame, rela) in frames.references_of(reference) {
                cx.scan_section(frame, &[], std::slice::from_ref(rela));
            }
        }
    }
    cx.scan_roots(options);
    let ScanCx { needs, undefined, errors, .. } = cx;
    for (symbol, (references, count)) in undefined {
        let symbol = String::from_utf8_lossy(resolution.global(symbol).name).into_owned();
        let omitted = count - references.len();
        errors.push(LinkError::UndefinedSymbol { symbol, references, omitted });
    }
    needs
}

struct ScanCx<'r, 'd> {
    resolution: &'r Resolution<'d>,
    machine: Machine,
    needs: Needs,
    undefined: IndexMap<GlobalId, (Vec<crate::Reference>, usize), FxBuildHasher>,
    errors: &'r mut Vec<LinkError>,
}

impl ScanCx<'_, '_> {
    fn scan_section(&mut self, section: SectionRef, data: &[u8], relocations: &[Rela]) {
        let mut index = 0;
        while let Some(rela) = relocations.get(index) {
            let target = self.resolution.target(section.object, rela.r_sym(LE, false));
            let step = match self.machine {
                Machine::X86_64 => x86_64::step(data, relocations, index, &target),
                Machine::Aarch64 => aarch64::step(data, relocations, index, &target),
            };
            match step {
                Ok(Step::Nothing) => {}
                Ok(step) => self.scan_relocation(section, rela, &target, step),
                Err(fault) => self.fault(section, rela, fault),
            }
            // The call in a relaxed TLS sequence is not made, so its target may be undefined.
            index += if matches!(step, Ok(Step::ReplacesNext)) { 2 } else { 1 };
        }
    }

    fn scan_relocation(&mut self, section: SectionRef, rela: &Rela, target: &Target, step: Step) {
        match target.place {
            Place::Undefined if !self.resolution.may_be_undefined(section.object, rela.r_sym(LE, false)) => {
                return self.note_undefined(section, rela, target.key);
            }
            Place::Section { section: to, offset } => {
                let defining = self.resolution.section(to);
                match defining.treatment {
                    Treatment::Discard => {
                        let symbol = self.resolution.symbol_name(section.object, rela.r_sym(LE, false));
                        let place = self
                            .resolution
                            .object(section.object)
                            .reference(section.index as usize, rela.r_offset.get(LE));
                        return self.errors.push(LinkError::DiscardedReference { symbol, place });
                    }
                    Treatment::Merge => {
                        let addend = if target.kind == elf::STT_SECTION { rela.r_addend.get(LE) } else { 0 };
                        self.needs.pieces.entry(to).or_default().insert(offset.wrapping_add_signed(addend));
                    }
                    Treatment::Regular | Treatment::EhFrame => {}
                }
            }
            Place::Special(_) | Place::Undefined | Place::Absolute(_) | Place::Common(_) => {}
        }
        if target.kind == elf::STT_GNU_IFUNC {
            self.needs.ifuncs.insert(target.key);
        }
        match step {
            Step::Got => _ = self.needs.got.insert((target.key, GotKind::Address)),
            Step::GotThreadOffset => _ = self.needs.got.insert((target.key, GotKind::ThreadOffset)),
            Step::GotBase => self.needs.got_base = true,
            Step::Nothing | Step::Value | Step::ReplacesNext => {}
        }
        if target.place == Place::Special(crate::special::Special::GlobalOffsetTable) {
            self.needs.got_base = true;
        }
    }

    fn note_undefined(&mut self, section: SectionRef, rela: &Rela, key: SymbolKey) {
        let SymbolKey::Global(global) = key else {
            return;
        };
        let (references, count) = self.undefined.entry(global).or_default();
        *count += 1;
        if references.len() < SHOWN_REFERENCES {
            references
                .push(self.resolution.object(section.object).reference(section.index as usize, rela.r_offset.get(LE)));
        }
    }

    fn fault(&mut self, section: SectionRef, rela: &Rela, fault: Fault) {
        self.errors.push(report(self.resolution, self.machine, section, rela, fault));
    }

    /// Roots may stand in merged sections or be ifuncs.
    fn scan_roots(&mut self, options: &LinkOptions<'_>) {
        for name in std::iter::once(&options.entry).chain(options.roots) {
            let Some(global) = self.resolution.global_named(name.as_bytes()) else {
                continue;
            };
            let target = self.resolution.target_of_key(SymbolKey::Global(global));
            if let Place::Section { section, offset } = target.place
                && self.resolution.section(section).treatment == Treatment::Merge
            {
                self.needs.pieces.entry(section).or_default().insert(offset);
            }
            if target.kind == elf::STT_GNU_IFUNC {
                self.needs.ifuncs.insert(target.key);
            }
        }
    }
}
