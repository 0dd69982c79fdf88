//! Which bytes of an allocation are pointers.

use std::ops::Range;

use rustc_abi::Size;

use super::{AllocRange, CtfeProvenance};

/// Pointers by offset, sorted. Each covers 8 bytes from its offset; they never overlap.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct ProvenanceMap {
    ptrs: Vec<(Size, CtfeProvenance)>,
}

const PTR: u64 = 8;

impl ProvenanceMap {
    pub fn new() -> Self {
        ProvenanceMap::default()
    }
    /// From pointers in ascending order of offset.
    pub fn from_sorted(ptrs: Vec<(Size, CtfeProvenance)>) -> Self {
        debug_assert!(ptrs.is_sorted_by_key(|p| p.0));
        ProvenanceMap { ptrs }
    }
    /// All pointers in ascending order of offset.
    pub fn ptrs(&self) -> &[(Size, CtfeProvenance)] {
        &self.ptrs
    }
    pub fn is_empty(&self) -> bool {
        self.ptrs.is_empty()
    }
    pub fn provenances(&self) -> impl Iterator<Item = CtfeProvenance> + '_ {
        self.ptrs.iter().map(|p| p.1)
    }
    /// The indices of pointers that begin in `range`.
    fn begin_in(&self, start: u64, end: u64) -> Range<usize> {
        let lo = self.ptrs.partition_point(|p| p.0.bytes() < start);
        let hi = lo + self.ptrs[lo..].partition_point(|p| p.0.bytes() < end);
        lo..hi
    }
    /// The indices of pointers of which any byte is in `range`.
    fn overlapping(&self, range: AllocRange) -> Range<usize> {
        if range.size == Size::ZERO {
            return 0..0;
        }
        self.begin_in(range.start.bytes().saturating_sub(PTR - 1), range.end().bytes())
    }
    /// Pointers of which any byte is in `range`.
    pub fn range_ptrs_get(&self, range: AllocRange) -> &[(Size, CtfeProvenance)] {
        &self.ptrs[self.overlapping(range)]
    }
    pub fn range_empty(&self, range: AllocRange) -> bool {
        self.overlapping(range).is_empty()
    }
    /// The pointer that begins at `offset`.
    pub fn get_ptr(&self, offset: Size) -> Option<CtfeProvenance> {
        self.ptrs.binary_search_by_key(&offset, |p| p.0).ok().map(|i| self.ptrs[i].1)
    }
    /// Sets the pointer at `offset`; there must be none that overlaps it.
    pub fn insert_ptr(&mut self, offset: Size, prov: CtfeProvenance) {
        match self.ptrs.last() {
            Some(last) if last.0 >= offset => match self.ptrs.binary_search_by_key(&offset, |p| p.0) {
                Ok(i) => self.ptrs[i].1 = prov,
                Err(i) => self.ptrs.insert(i, (offset, prov)),
            },
            _ => self.ptrs.push((offset, prov)),
        }
    }
    /// Forgets the pointers of which any byte is in `range`.
    pub fn clear(&mut self, range: AllocRange) {
        let r = self.overlapping(range);
        if !r.is_empty() {
            self.ptrs.drain(r);
        }
    }
    /// Offsets (relative to `range`) and pointers that lie wholly in `range`, for a copy.
    pub fn prepare_copy(&self, range: AllocRange) -> Vec<(Size, CtfeProvenance)> {
        self.range_ptrs_get(range)
            .iter()
            .filter(|p| p.0 >= range.start && p.0.bytes() + PTR <= range.end().bytes())
            .map(|p| (p.0 - range.start, p.1))
            .collect()
    }
    /// Adds pointers copied from elsewhere at `dest`; the range must have been cleared.
    pub fn apply_copy(&mut self, copy: &[(Size, CtfeProvenance)], dest: Size) {
        if copy.is_empty() {
            return;
        }
        let at = self.ptrs.partition_point(|p| p.0 < dest);
        self.ptrs.splice(at..at, copy.iter().map(|(o, p)| (dest + *o, *p)));
    }
}
