//! What region variables contain: points of the body, ends of universal regions, placeholders.

use super::interval::{IntervalSet, SparseIntervalMatrix};
use mir::{BasicBlock, Body, Location};
use rustc_index::bit_set::SparseBitMatrix;
use rustc_index::{Idx, IndexVec};
use span::FxIndexSet;
use ty::{PlaceholderRegion, RegionVid};

span::newtype_index! {
    /// A point of a body: a statement or terminator, counted through all blocks.
    pub struct PointIndex = "point";
}
span::newtype_index! {
    /// A placeholder region of a body.
    pub struct PlaceholderIndex = "placeholder";
}

/// From locations to numbers and back.
#[derive(Debug)]
pub(crate) struct DenseLocationMap {
    first_of_block: IndexVec<BasicBlock, usize>,
    block_of: IndexVec<PointIndex, BasicBlock>,
}

impl DenseLocationMap {
    pub(crate) fn new(body: &Body<'_>) -> Self {
        let mut first_of_block = IndexVec::new();
        let mut block_of = IndexVec::new();
        for (bb, data) in body.basic_blocks.iter_enumerated() {
            first_of_block.push(block_of.len());
            for _ in 0..=data.statements.len() {
                block_of.push(bb);
            }
        }
        DenseLocationMap { first_of_block, block_of }
    }
    pub(crate) fn num_points(&self) -> usize {
        self.block_of.len()
    }
    pub(crate) fn point_from_location(&self, l: Location) -> PointIndex {
        PointIndex::from_usize(self.first_of_block[l.block] + l.statement_index)
    }
    pub(crate) fn entry_point(&self, bb: BasicBlock) -> PointIndex {
        PointIndex::from_usize(self.first_of_block[bb])
    }
    pub(crate) fn to_block_start(&self, p: PointIndex) -> PointIndex {
        self.entry_point(self.block_of[p])
    }
    pub(crate) fn to_location(&self, p: PointIndex) -> Location {
        let block = self.block_of[p];
        Location { block, statement_index: p.as_usize() - self.first_of_block[block] }
    }
}

/// The points at which each region variable must hold because of live variables.
pub(crate) struct LivenessValues {
    points: SparseIntervalMatrix<RegionVid, PointIndex>,
}

impl LivenessValues {
    pub(crate) fn new(num_points: usize) -> Self {
        LivenessValues { points: SparseIntervalMatrix::new(num_points) }
    }
    pub(crate) fn add_point(&mut self, r: RegionVid, p: PointIndex) {
        self.points.insert(r, p);
    }
    pub(crate) fn add_points(&mut self, r: RegionVid, points: &IntervalSet<PointIndex>) {
        self.points.union_row(r, points);
    }
    pub(crate) fn add_all(&mut self, r: RegionVid) {
        self.points.insert_all_into_row(r);
    }
    pub(crate) fn is_live_at(&self, r: RegionVid, p: PointIndex) -> bool {
        self.points.row(r).is_some_and(|row| row.contains(p))
    }
    pub(crate) fn row(&self, r: RegionVid) -> Option<&IntervalSet<PointIndex>> {
        self.points.row(r)
    }
}

/// The placeholders of a body, numbered.
#[derive(Debug, Default)]
pub(crate) struct PlaceholderIndices {
    set: FxIndexSet<PlaceholderRegion>,
}

impl PlaceholderIndices {
    pub(crate) fn insert(&mut self, p: PlaceholderRegion) -> PlaceholderIndex {
        PlaceholderIndex::from_usize(self.set.insert_full(p).0)
    }
    pub(crate) fn lookup_placeholder(&self, i: PlaceholderIndex) -> PlaceholderRegion {
        self.set[i.as_usize()]
    }
    pub(crate) fn len(&self) -> usize {
        self.set.len()
    }
}

/// An element of a region's value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum RegionElement {
    Location(Location),
    /// The end of a universal region: the region reaches past it.
    RootUniversalRegion(RegionVid),
    PlaceholderRegion(PlaceholderRegion),
}

/// The values of regions, or of classes of equal regions.
pub(crate) struct RegionValues<N: Idx> {
    points: SparseIntervalMatrix<N, PointIndex>,
    free_regions: SparseBitMatrix<N, RegionVid>,
    placeholders: SparseBitMatrix<N, PlaceholderIndex>,
}

impl<N: Idx> RegionValues<N> {
    pub(crate) fn new(num_points: usize, num_universal: usize, num_placeholders: usize) -> Self {
        RegionValues {
            points: SparseIntervalMatrix::new(num_points),
            free_regions: SparseBitMatrix::new(num_universal),
            placeholders: SparseBitMatrix::new(num_placeholders),
        }
    }
    pub(crate) fn add_free_region(&mut self, n: N, r: RegionVid) -> bool {
        self.free_regions.insert(n, r)
    }
    pub(crate) fn add_placeholder(&mut self, n: N, p: PlaceholderIndex) -> bool {
        self.placeholders.insert(n, p)
    }
    pub(crate) fn add_all_points(&mut self, n: N) {
        self.points.insert_all_into_row(n);
    }
    pub(crate) fn merge_liveness(&mut self, to: N, from: RegionVid, values: &LivenessValues) {
        if let Some(set) = values.row(from) {
            self.points.union_row(to, set);
        }
    }
    /// `a` gets all that `b` has.
    pub(crate) fn add_region(&mut self, a: N, b: N) {
        self.free_regions.union_rows(b, a);
        self.points.union_rows(b, a);
        self.placeholders.union_rows(b, a);
    }
    pub(crate) fn contains_point(&self, n: N, p: PointIndex) -> bool {
        self.points.contains(n, p)
    }
    pub(crate) fn contains_free_region(&self, n: N, r: RegionVid) -> bool {
        self.free_regions.contains(n, r)
    }
    /// Whether all points of `sub` are in `sup`.
    pub(crate) fn contains_points(&self, sup: N, sub: N) -> bool {
        match (self.points.row(sup), self.points.row(sub)) {
            (Some(sup), Some(sub)) => sup.superset(sub),
            (None, Some(sub)) => sub.is_empty(),
            (_, None) => true,
        }
    }
    pub(crate) fn points_row(&self, n: N) -> Option<&IntervalSet<PointIndex>> {
        self.points.row(n)
    }
    pub(crate) fn universal_regions_outlived_by(&self, n: N) -> impl Iterator<Item = RegionVid> + '_ {
        self.free_regions.row(n).into_iter().flat_map(|set| set.iter())
    }
    pub(crate) fn placeholders_contained_in<'a>(
        &'a self,
        n: N,
        indices: &'a PlaceholderIndices,
    ) -> impl Iterator<Item = PlaceholderRegion> + 'a {
        self.placeholders.row(n).into_iter().flat_map(|set| set.iter()).map(|p| indices.lookup_placeholder(p))
    }
    /// The first point from `start` to the end of its block that the region does not contain.
    pub(crate) fn first_non_contained_inclusive(&self, n: N, start: PointIndex, end: PointIndex) -> Option<PointIndex> {
        match self.points.row(n) {
            Some(row) => row.first_unset_in(start..=end),
            None => Some(start),
        }
    }
}
