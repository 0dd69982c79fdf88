//! Identical code folding: of sections with the same bytes and the same references one is linked, and the others'
//! symbols mean it. As lld's `--icf=safe`: only what the object says has no significant address, by a section
//! `.llvm_addrsig` (LLVM, "Extensions", which lists the symbols whose address matters).
//!
//! The algorithm is partition refinement (Tallam et al., "Safe ICF", 2010): sections start out equal if they differ at
//! most in what they refer to, and classes are split until references lead to equal classes. So functions that call
//! each other fold too:
//!
//! ```text
//! a: call b    c: call d    b: ret    d: ret      {a c} {b d}, at once
//! a: call b    c: call d    b: ret    d: nop      {a c} {b} {d}, then {a} {c} {b} {d}
//! ```

use object::LittleEndian as LE;
use object::elf;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::eh_frame::Frames;
use crate::ids::{ObjectId, SectionRef, SymbolKey};
use crate::liveness::Live;
use crate::object_file::{Binding, Definition, ObjectFile, Section, Treatment};
use crate::resolve::{Place, Resolution};
use crate::{LinkOptions, Relro};

/// `SHT_LLVM_ADDRSIG`
pub const SHT_LLVM_ADDRSIG: u32 = 0x6fff_4c03;

/// Which section stands for which.
#[derive(Default)]
pub struct Folded {
    to: FxHashMap<SectionRef, SectionRef>,
}

impl Folded {
    /// The section that is linked.
    pub fn of(&self, section: SectionRef) -> SectionRef {
        self.to.get(&section).copied().unwrap_or(section)
    }
}

/// What a relocation says, without or with the class of what it refers to.
#[derive(PartialEq, Eq, Hash)]
struct Edge {
    offset: u64,
    kind: u32,
    addend: i64,
    to: Referent,
}

#[derive(PartialEq, Eq, Hash)]
enum Referent {
    /// A byte of a section that may be folded.
    Candidate(u64),
    /// A byte of any other section.
    Section(SectionRef, u64),
    Symbol(SymbolKey),
}

#[derive(PartialEq, Eq, Hash)]
struct Shape<'d> {
    data: &'d [u8],
    flags: u64,
    align: u64,
    edges: Vec<Edge>,
}

/// Finds equal sections; all but the first of each class are no longer live.
pub fn fold_identical(
    resolution: &Resolution<'_>,
    frames: &Frames<'_>,
    live: &mut Live,
    options: &LinkOptions<'_>,
) -> Folded {
    let candidates = candidates(resolution, frames, live, options);
    if candidates.len() < 2 {
        return Folded::default();
    }
    let index: FxHashMap<SectionRef, usize> = candidates.iter().enumerate().map(|(i, s)| (*s, i)).collect();
    let (mut classes, targets, mut count) = first_classes(resolution, &candidates, &index);
    // The classes of what is referred to split classes, until they do not.
    loop {
        let mut next: FxHashMap<(u32, Vec<u32>), u32> = FxHashMap::default();
        let split: Vec<u32> = (0..candidates.len())
            .map(|i| {
                let key = (classes[i], targets[i].iter().map(|t| classes[*t as usize]).collect());
                let new = next.len() as u32;
                *next.entry(key).or_insert(new)
            })
            .collect();
        let now = next.len();
        classes = split;
        if now == count {
            break;
        }
        count = now;
    }
    let mut first: Vec<Option<SectionRef>> = vec![None; count];
    let mut folded = Folded::default();
    for (section, class) in candidates.iter().zip(&classes) {
        match first[*class as usize] {
            None => first[*class as usize] = Some(*section),
            Some(kept) => {
                folded.to.insert(*section, kept);
                live.forget(*section);
            }
        }
    }
    folded
}

/// Classes by content, the candidates that each candidate refers to, and the number of classes.
fn first_classes(
    resolution: &Resolution<'_>,
    candidates: &[SectionRef],
    index: &FxHashMap<SectionRef, usize>,
) -> (Vec<u32>, Vec<Vec<u32>>, usize) {
    let mut shapes: FxHashMap<Shape<'_>, u32> = FxHashMap::default();
    let mut classes = Vec::with_capacity(candidates.len());
    let mut targets = Vec::with_capacity(candidates.len());
    for &reference in candidates {
        let section = resolution.section(reference);
        let mut to = Vec::new();
        let edges = section.relocations.iter().map(|rela| {
            let target = resolution.target(reference.object, rela.r_sym(LE, false));
            let referent = match target.place {
                Place::Section { section, offset } => match index.get(&section) {
                    Some(&at) => {
                        to.push(at as u32);
                        Referent::Candidate(offset)
                    }
                    None => Referent::Section(section, offset),
                },
                _ => Referent::Symbol(target.key),
            };
            Edge {
                offset: rela.r_offset.get(LE),
                kind: rela.r_type(LE, false),
                addend: rela.r_addend.get(LE),
                to: referent,
            }
        });
        let shape = Shape { data: section.data, edges: edges.collect(), flags: section.flags, align: section.align };
        let new = shapes.len() as u32;
        classes.push(*shapes.entry(shape).or_insert(new));
        targets.push(to);
    }
    let count = shapes.len();
    (classes, targets, count)
}

/// The sections whose address does not matter, in link order.
fn candidates(
    resolution: &Resolution<'_>,
    frames: &Frames<'_>,
    live: &Live,
    options: &LinkOptions<'_>,
) -> Vec<SectionRef> {
    let mut out = Vec::new();
    for (id, object) in resolution.objects.iter().enumerate() {
        let Some(significant) = significant_symbols(object) else { continue };
        let fixed = sections_with_identity(object, &significant);
        for (index, section) in object.sections.iter().enumerate() {
            let reference = SectionRef::new(ObjectId::new(id), index);
            if live.section(reference)
                && is_foldable(section, options)
                && !fixed.contains(&(index as u32))
                // Frames with exception tables are as much a part of the function as its code.
                && frames.references_of(reference).next().is_none()
            {
                out.push(reference);
            }
        }
    }
    out
}

/// The symbols that the object lists as having significant addresses; `None` if it does not say.
fn significant_symbols(object: &ObjectFile<'_>) -> Option<FxHashSet<u32>> {
    let mut bytes = object.address_significance?;
    let mut symbols = FxHashSet::default();
    while !bytes.is_empty() {
        let (mut value, mut shift) = (0u64, 0);
        // ULEB128; what does not end says nothing.
        loop {
            let (&byte, rest) = bytes.split_first()?;
            bytes = rest;
            value |= u64::from(byte & 0x7f).checked_shl(shift)?;
            shift += 7;
            if byte & 0x80 == 0 {
                break;
            }
        }
        symbols.insert(u32::try_from(value).ok()?);
    }
    Some(symbols)
}

/// Sections that hold a symbol with an address that matters: one that is listed, or data with a name of its own.
fn sections_with_identity(object: &ObjectFile<'_>, significant: &FxHashSet<u32>) -> FxHashSet<u32> {
    let matters = |index: usize, kind: u8, binding: Binding| {
        significant.contains(&(index as u32)) || (kind != elf::STT_FUNC && binding != Binding::Local)
    };
    object
        .symbols
        .iter()
        .enumerate()
        .filter(|(index, symbol)| matters(*index, symbol.kind, symbol.binding))
        .filter_map(|(_, symbol)| match symbol.definition {
            Definition::Section(section) => Some(section),
            Definition::Undefined | Definition::Absolute | Definition::Common(_) => None,
        })
        .collect()
}

fn is_foldable(section: &Section<'_>, options: &LinkOptions<'_>) -> bool {
    // Read-only but for relocation, which the linker does.
    let constant =
        !section.is_writable() || (options.relro == Relro::AtLink && section.name.starts_with(b".data.rel.ro"));
    let special = elf::SHF_GNU_RETAIN | elf::SHF_LINK_ORDER;
    section.kind == elf::SHT_PROGBITS
        && section.treatment == Treatment::Regular
        && section.is_loaded()
        && constant
        && !section.is_tls()
        && section.flags & u64::from(special) == 0
        && section.size > 0
        && !section.name.starts_with(b".init")
        && !section.name.starts_with(b".fini")
}
