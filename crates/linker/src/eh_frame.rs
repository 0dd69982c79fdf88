//! `.eh_frame` (LSB, "Exception Frames"): a list of records, each a common information entry (CIE) or a
//! frame description entry (FDE) that covers one function and refers to a CIE.
//!
//! [`split_frames`] finds the records, so that a function's FDE is dropped with the function and keeps its
//! language-specific data alive otherwise. [`join_frames`] lays the remaining records out, equal CIEs once.
//! The binary search table `.eh_frame_hdr` is written by `write`.

use object::LittleEndian as LE;
use rustc_hash::FxHashMap;

use crate::diagnostics::LinkError;
use crate::ids::{ObjectId, SectionRef, SymbolKey};
use crate::liveness::Live;
use crate::object_file::{Rela, Treatment};
use crate::resolve::{Place, Resolution};

/// All frame records of the objects.
pub struct Frames<'d> {
    pub inputs: Vec<FrameInput<'d>>,
    /// For each section with code, the FDEs that describe it: input and record.
    by_section: FxHashMap<SectionRef, Vec<(u32, u32)>>,
}

/// One object's `.eh_frame`.
pub struct FrameInput<'d> {
    pub section: SectionRef,
    data: &'d [u8],
    /// By offset.
    relocations: Vec<Rela>,
    records: Vec<Record>,
}

struct Record {
    start: u32,
    end: u32,
    /// The record's part of `relocations`.
    relocations: (u32, u32),
    kind: RecordKind,
}

enum RecordKind {
    Cie,
    /// The CIE's index among the records, and the section of the function.
    Fde {
        cie: u32,
        function: Option<SectionRef>,
    },
}

/// The bytes of the executable's `.eh_frame`, before relocation.
pub struct EhFrame<'d> {
    pub size: u64,
    pub records: Vec<PlacedRecord<'d>>,
    pub fde_count: usize,
    /// For each object's section, the records' input and output offsets, by input offset.
    offsets: FxHashMap<SectionRef, Vec<(u32, u32)>>,
}

/// A record and its place.
pub struct PlacedRecord<'d> {
    pub section: SectionRef,
    pub input_offset: u64,
    pub data: &'d [u8],
    pub relocations: Vec<Rela>,
    pub offset: u64,
    /// For an FDE, where its CIE is.
    pub cie: Option<u64>,
}

/// Where the pointer to the function stands in an FDE.
pub const PC_BEGIN: u64 = 8;

impl Frames<'_> {
    /// The relocations through which a function's frame descriptions refer to other sections: the
    /// function's own exception table, and the CIE's personality routine. Each comes with the `.eh_frame` that it stands in.
    pub fn references_of(&self, section: SectionRef) -> impl Iterator<Item = (SectionRef, &Rela)> {
        let fdes = self.by_section.get(&section).map_or(&[][..], |fdes| &fdes[..]);
        fdes.iter().flat_map(|&(input, record)| self.references_of_fde(input, record))
    }

    fn references_of_fde(&self, input: u32, record: u32) -> impl Iterator<Item = (SectionRef, &Rela)> {
        let input = &self.inputs[input as usize];
        let fde = &input.records[record as usize];
        let cie = match fde.kind {
            RecordKind::Fde { cie, .. } => &input.records[cie as usize],
            RecordKind::Cie => fde,
        };
        let own = fde.relocations(input).iter().filter(|rela| rela.r_offset.get(LE) != u64::from(fde.start) + PC_BEGIN);
        own.chain(cie.relocations(input)).map(|rela| (input.section, rela))
    }
}

impl Record {
    fn relocations<'f>(&self, input: &'f FrameInput<'_>) -> &'f [Rela] {
        &input.relocations[self.relocations.0 as usize..self.relocations.1 as usize]
    }
}

impl EhFrame<'_> {
    /// Where a byte of an object's section went; `None` if its record was dropped.
    pub fn offset_of(&self, section: SectionRef, offset: u64) -> Option<u64> {
        // A reference to an empty section is to the start of all frames (`crtbegin.o`).
        let Some(offsets) = self.offsets.get(&section) else {
            return Some(0);
        };
        let index = offsets.partition_point(|&(input, _)| u64::from(input) <= offset).checked_sub(1)?;
        let (input, output) = offsets[index];
        Some(u64::from(output) + (offset - u64::from(input)))
    }
}

/// Splits all objects' `.eh_frame` into records.
pub fn split_frames<'d>(resolution: &Resolution<'d>, errors: &mut Vec<LinkError>) -> Frames<'d> {
    let mut frames = Frames { inputs: Vec::new(), by_section: FxHashMap::default() };
    for &id in &resolution.link_order {
        let object = resolution.object(id);
        for (index, section) in object.sections.iter().enumerate() {
            if section.treatment != Treatment::EhFrame {
                continue;
            }
            let mut relocations = section.relocations.to_vec();
            relocations.sort_by_key(|rela| rela.r_offset.get(LE));
            let section = FrameInput {
                section: SectionRef::new(id, index),
                data: section.data,
                relocations,
                records: Vec::new(),
            };
            match split_section(resolution, section) {
                Ok(input) => frames.inputs.push(input),
                Err(problem) => {
                    errors.push(LinkError::Malformed { file: object.name.clone(), problem: problem.to_string() })
                }
            }
        }
    }
    for (input_index, input) in frames.inputs.iter().enumerate() {
        for (record_index, record) in input.records.iter().enumerate() {
            if let RecordKind::Fde { function: Some(function), .. } = record.kind {
                frames.by_section.entry(function).or_default().push((input_index as u32, record_index as u32));
            }
        }
    }
    frames
}

fn split_section<'d>(resolution: &Resolution<'d>, mut input: FrameInput<'d>) -> Result<FrameInput<'d>, &'static str> {
    let data = input.data;
    let word =
        |at: usize| data.get(at..at + 4).map(|bytes| u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]));
    let mut cies: FxHashMap<u32, u32> = FxHashMap::default();
    let (mut start, mut relocation) = (0, 0);
    if data.len() > i32::MAX as usize {
        return Err("frame information is too large");
    }
    while start < data.len() {
        let length = word(start).ok_or("frame record is incomplete")?;
        if length == 0 {
            // A terminator; `crtend.o` has one. The executable gets one of its own at the end.
            start += 4;
            continue;
        }
        if length == u32::MAX {
            return Err("64-bit frame record");
        }
        let end = start + 4 + length as usize;
        let id = word(start + 4).ok_or("frame record is incomplete")?;
        if length < 4 || end > data.len() {
            return Err("frame record is incomplete");
        }
        let first = relocation;
        while input.relocations.get(relocation).is_some_and(|rela| rela.r_offset.get(LE) < end as u64) {
            relocation += 1;
        }
        let kind = if id == 0 {
            cies.insert(start as u32, input.records.len() as u32);
            RecordKind::Cie
        } else {
            let cie = (start as u32 + 4)
                .checked_sub(id)
                .and_then(|cie| cies.get(&cie))
                .ok_or("frame description without CIE")?;
            let pc_begin = start as u64 + PC_BEGIN;
            let pointer = input.relocations[first..relocation].iter().find(|rela| rela.r_offset.get(LE) == pc_begin);
            let function = pointer.and_then(|rela| described_function(resolution, input.section.object, rela));
            RecordKind::Fde { cie: *cie, function }
        };
        input.records.push(Record {
            start: start as u32,
            end: end as u32,
            relocations: (first as u32, relocation as u32),
            kind,
        });
        start = end;
    }
    Ok(input)
}

/// The section that an FDE describes; `None` if another object's copy of it is linked. So the symbol must be
/// one of the object's own: a weak function's description goes with its own code, not with what replaced it.
fn described_function(resolution: &Resolution<'_>, object: ObjectId, rela: &Rela) -> Option<SectionRef> {
    let symbol = &resolution.object(object).symbols[rela.r_sym(LE, false) as usize];
    match symbol.definition {
        crate::object_file::Definition::Section(index) => Some(SectionRef { object, index }),
        _ => None,
    }
}

/// Lays out the records of live functions.
pub fn join_frames<'d>(resolution: &Resolution<'d>, frames: Frames<'d>, live: &Live) -> EhFrame<'d> {
    let mut joined = EhFrame { size: 0, records: Vec::new(), fde_count: 0, offsets: FxHashMap::default() };
    // CIEs are equal when their bytes are and their relocations lead to the same places.
    let mut cies: FxHashMap<(&'d [u8], Vec<(u64, u32, i64, CieTarget)>), u64> = FxHashMap::default();
    for input in &frames.inputs {
        let mut offsets = Vec::new();
        let mut placed: FxHashMap<u32, u64> = FxHashMap::default();
        for record in &input.records {
            let RecordKind::Fde { cie, function: Some(function) } = record.kind else {
                continue;
            };
            if !live.section(function) {
                continue;
            }
            let cie_offset = *placed.entry(cie).or_insert_with(|| {
                let record = &input.records[cie as usize];
                let offset = *cies
                    .entry(cie_key(resolution, input, record))
                    .or_insert_with(|| joined.place(input, record, None));
                offsets.push((record.start, offset as u32));
                offset
            });
            let offset = joined.place(input, record, Some(cie_offset));
            joined.fde_count += 1;
            offsets.push((record.start, offset as u32));
        }
        offsets.sort_unstable();
        if !input.records.is_empty() {
            joined.offsets.insert(input.section, offsets);
        }
    }
    if joined.size > 0 {
        joined.size += 4;
    }
    joined
}

#[derive(PartialEq, Eq, Hash)]
enum CieTarget {
    Symbol(SymbolKey),
    Section(SectionRef, u64),
}

fn cie_key<'d>(
    resolution: &Resolution<'d>,
    input: &FrameInput<'d>,
    record: &Record,
) -> (&'d [u8], Vec<(u64, u32, i64, CieTarget)>) {
    let relocations = record.relocations(input).iter().map(|rela| {
        let target = resolution.target(input.section.object, rela.r_sym(LE, false));
        let target = match target.place {
            Place::Section { section, offset } => CieTarget::Section(section, offset),
            _ => CieTarget::Symbol(target.key),
        };
        (rela.r_offset.get(LE) - u64::from(record.start), rela.r_type(LE, false), rela.r_addend.get(LE), target)
    });
    (&input.data[record.start as usize..record.end as usize], relocations.collect())
}

impl<'d> EhFrame<'d> {
    fn place(&mut self, input: &FrameInput<'d>, record: &Record, cie: Option<u64>) -> u64 {
        let offset = self.size;
        let data = &input.data[record.start as usize..record.end as usize];
        self.size += data.len() as u64;
        self.records.push(PlacedRecord {
            section: input.section,
            input_offset: u64::from(record.start),
            data,
            relocations: record.relocations(input).to_vec(),
            offset,
            cie,
        });
        offset
    }
}
