//! Merged sections (gABI, `SHF_MERGE` and `SHF_STRINGS`): strings and constants of all objects, equal ones
//! once. A section's bytes are cut into pieces: at the terminators, or at multiples of the entry size. Pieces
//! of loaded sections that nothing refers to are dropped.

use indexmap::IndexMap;
use object::elf;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use crate::ids::{MergedId, SectionRef};
use crate::liveness::Live;
use crate::object_file::{Section, Treatment};
use crate::output_section::output_name;
use crate::resolve::Resolution;
use crate::scan::Needs;

/// All merged sections.
#[derive(Default)]
pub struct MergedSections<'d> {
    pub sections: Vec<MergedSection<'d>>,
    inputs: FxHashMap<SectionRef, MergeInput>,
}

/// The pieces that go into one output section and are cut in the same way.
pub struct MergedSection<'d> {
    pub size: u64,
    /// The pieces and where they are.
    pub pieces: Vec<(u64, &'d [u8])>,
    by_content: FxHashMap<&'d [u8], u64>,
}

struct MergeInput {
    merged: MergedId,
    /// Input and output offset of each piece, by input offset; `None` if it was dropped.
    pieces: Vec<(u32, Option<u64>)>,
}

impl MergedSections<'_> {
    /// The merged section that an object's section is part of.
    pub fn merged_id(&self, section: SectionRef) -> Option<MergedId> {
        self.inputs.get(&section).map(|input| input.merged)
    }

    /// Where a byte of an object's section is.
    pub fn offset_of(&self, section: SectionRef, offset: u64) -> Option<(MergedId, u64)> {
        let input = self.inputs.get(&section)?;
        let index = input.pieces.partition_point(|&(start, _)| u64::from(start) <= offset).checked_sub(1)?;
        let (start, output) = input.pieces[index];
        Some((input.merged, output? + (offset - u64::from(start))))
    }
}

/// What two sections must have in common to be merged.
type MergeKey<'d> = (&'d [u8], u64, u64, u64);

/// Merges all live sections that can be.
pub fn merge_sections<'d>(resolution: &Resolution<'d>, live: &Live, needs: &Needs) -> MergedSections<'d> {
    let mut merged = MergedSections::default();
    let mut ids: IndexMap<MergeKey<'d>, MergedId, FxBuildHasher> = IndexMap::default();
    let nothing = FxHashSet::default();
    for &object in &resolution.link_order {
        for (index, section) in resolution.object(object).sections.iter().enumerate() {
            let reference = SectionRef::new(object, index);
            if section.treatment != Treatment::Merge || !live.section(reference) {
                continue;
            }
            let key = (output_name(section), section.flags, section.entry_size, section.align);
            let id = *ids.entry(key).or_insert_with(|| {
                merged.sections.push(MergedSection { size: 0, pieces: Vec::new(), by_content: FxHashMap::default() });
                MergedId::new(merged.sections.len() - 1)
            });
            let used = section.is_loaded().then(|| needs.pieces.get(&reference).unwrap_or(&nothing));
            let pieces = merged.sections[id.index()].add(section, used);
            merged.inputs.insert(reference, MergeInput { merged: id, pieces });
        }
    }
    merged
}

impl<'d> MergedSection<'d> {
    /// Adds a section's pieces, those at the `used` offsets or all of them.
    fn add(&mut self, section: &Section<'d>, used: Option<&FxHashSet<u64>>) -> Vec<(u32, Option<u64>)> {
        let mut pieces: Vec<(u32, Option<u64>)> = Vec::new();
        let bounds = split(section);
        let is_used = used.map(|used| {
            let mut is_used = vec![false; bounds.len()];
            for &offset in used {
                if let Some(index) = bounds.partition_point(|&(start, _)| start as u64 <= offset).checked_sub(1) {
                    is_used[index] = true;
                }
            }
            is_used
        });
        for (index, (start, end)) in bounds.into_iter().enumerate() {
            let output = match &is_used {
                Some(is_used) if !is_used[index] => None,
                _ => Some(self.add_piece(&section.data[start..end], section.align)),
            };
            pieces.push((start as u32, output));
        }
        pieces
    }

    fn add_piece(&mut self, piece: &'d [u8], align: u64) -> u64 {
        *self.by_content.entry(piece).or_insert_with(|| {
            let offset = self.size.next_multiple_of(align);
            self.size = offset + piece.len() as u64;
            self.pieces.push((offset, piece));
            offset
        })
    }
}

fn split(section: &Section<'_>) -> Vec<(usize, usize)> {
    let data = section.data;
    // Parsing made sure that the size is a multiple of it.
    let entry = section.entry_size as usize;
    if section.flags & u64::from(elf::SHF_STRINGS) == 0 {
        return (0..data.len()).step_by(entry).map(|start| (start, start + entry)).collect();
    }
    let mut pieces = Vec::new();
    let mut start = 0;
    while start < data.len() {
        let rest = &data[start..];
        let length = match entry {
            1 => rest.iter().position(|&byte| byte == 0),
            _ => rest.chunks_exact(entry).position(|unit| unit.iter().all(|&byte| byte == 0)).map(|unit| unit * entry),
        };
        let end = length.map_or(data.len(), |length| start + length + entry);
        pieces.push((start, end));
        start = end;
    }
    pieces
}
