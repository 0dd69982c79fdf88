//! Sets of points as sorted runs: regions are live in long stretches.

use std::marker::PhantomData;
use std::ops::RangeInclusive;

use rustc_index::{Idx, IndexVec};

/// A set of indices below `domain`. Its runs are inclusive, sorted, and neither touch nor overlap.
#[derive(Clone, Debug)]
pub(crate) struct IntervalSet<I> {
    runs: Vec<(u32, u32)>,
    domain: usize,
    marker: PhantomData<I>,
}

impl<I: Idx> IntervalSet<I> {
    pub(crate) fn new(domain: usize) -> Self {
        IntervalSet { runs: Vec::new(), domain, marker: PhantomData }
    }
    pub(crate) fn clear(&mut self) {
        self.runs.clear();
    }
    pub(crate) fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }
    pub(crate) fn iter(&self) -> impl Iterator<Item = I> + '_ {
        self.runs.iter().flat_map(|&(a, b)| a..=b).map(|i| I::new(i as usize))
    }
    /// Whether it was not there.
    pub(crate) fn insert(&mut self, point: I) -> bool {
        self.insert_range(point..=point)
    }
    /// Whether any of it was not there.
    pub(crate) fn insert_range(&mut self, range: RangeInclusive<I>) -> bool {
        self.insert_run(range.start().index() as u32, range.end().index() as u32)
    }
    fn insert_run(&mut self, start: u32, end: u32) -> bool {
        if start > end {
            return false;
        }
        // The runs that touch the new one are those from `first` up to `last`.
        let first = self.runs.partition_point(|&(_, b)| b + 1 < start);
        let last = self.runs.partition_point(|&(a, _)| a <= end + 1);
        if first == last {
            self.runs.insert(first, (start, end));
            return true;
        }
        let (a, b) = (self.runs[first].0, self.runs[last - 1].1);
        if last - first == 1 && a <= start && end <= b {
            return false;
        }
        self.runs[first] = (a.min(start), b.max(end));
        self.runs.drain(first + 1..last);
        true
    }
    pub(crate) fn insert_all(&mut self) {
        self.clear();
        if self.domain > 0 {
            self.runs.push((0, self.domain as u32 - 1));
        }
    }
    pub(crate) fn contains(&self, point: I) -> bool {
        let p = point.index() as u32;
        let i = self.runs.partition_point(|&(_, b)| b < p);
        self.runs.get(i).is_some_and(|&(a, _)| a <= p)
    }
    pub(crate) fn superset(&self, other: &IntervalSet<I>) -> bool {
        other.runs.iter().all(|&(start, end)| {
            let i = self.runs.partition_point(|&(_, b)| b < start);
            self.runs.get(i).is_some_and(|&(a, b)| a <= start && end <= b)
        })
    }
    /// The first index of a range that is not in the set.
    pub(crate) fn first_unset_in(&self, range: RangeInclusive<I>) -> Option<I> {
        let (start, end) = (range.start().index() as u32, range.end().index() as u32);
        if start > end {
            return None;
        }
        let i = self.runs.partition_point(|&(_, b)| b < start);
        match self.runs.get(i) {
            Some(&(a, b)) if a <= start => (b < end).then(|| I::new(b as usize + 1)),
            _ => Some(I::new(start as usize)),
        }
    }
    /// The last index of a range that is in the set.
    pub(crate) fn last_set_in(&self, range: RangeInclusive<I>) -> Option<I> {
        let (start, end) = (range.start().index() as u32, range.end().index() as u32);
        let i = self.runs.partition_point(|&(a, _)| a <= end);
        let &(_, b) = self.runs.get(i.checked_sub(1)?)?;
        let last = b.min(end);
        (last >= start).then(|| I::new(last as usize))
    }
    /// Whether anything was added.
    pub(crate) fn union(&mut self, other: &IntervalSet<I>) -> bool {
        if self.runs.is_empty() {
            self.runs.clone_from(&other.runs);
            return !self.runs.is_empty();
        }
        if other.runs.len() > 8 && self.runs.len() > 8 {
            return self.merge(other);
        }
        other.runs.iter().fold(false, |changed, &(a, b)| self.insert_run(a, b) | changed)
    }
    /// As `union`, in one pass over both.
    fn merge(&mut self, other: &IntervalSet<I>) -> bool {
        if self.superset(other) {
            return false;
        }
        let mut all: Vec<(u32, u32)> = Vec::with_capacity(self.runs.len() + other.runs.len());
        let (mut i, mut j) = (0, 0);
        while i < self.runs.len() || j < other.runs.len() {
            let take_self = j >= other.runs.len() || (i < self.runs.len() && self.runs[i].0 <= other.runs[j].0);
            let (a, b) = if take_self {
                i += 1;
                self.runs[i - 1]
            } else {
                j += 1;
                other.runs[j - 1]
            };
            match all.last_mut() {
                Some(last) if a <= last.1 + 1 => last.1 = last.1.max(b),
                _ => all.push((a, b)),
            }
        }
        self.runs = all;
        true
    }
}

/// A set of columns for each row; rows that were never written are empty.
#[derive(Clone, Debug)]
pub(crate) struct SparseIntervalMatrix<R: Idx, C: Idx> {
    rows: IndexVec<R, IntervalSet<C>>,
    columns: usize,
}

impl<R: Idx, C: Idx> SparseIntervalMatrix<R, C> {
    pub(crate) fn new(columns: usize) -> Self {
        SparseIntervalMatrix { rows: IndexVec::new(), columns }
    }
    fn ensure(&mut self, row: R) -> &mut IntervalSet<C> {
        let columns = self.columns;
        self.rows.ensure_contains_elem(row, || IntervalSet::new(columns))
    }
    pub(crate) fn row(&self, row: R) -> Option<&IntervalSet<C>> {
        self.rows.get(row)
    }
    pub(crate) fn insert(&mut self, row: R, column: C) -> bool {
        self.ensure(row).insert(column)
    }
    pub(crate) fn union_row(&mut self, row: R, from: &IntervalSet<C>) -> bool {
        self.ensure(row).union(from)
    }
    /// `write` gets what `read` has.
    pub(crate) fn union_rows(&mut self, read: R, write: R) -> bool {
        if read == write || self.rows.get(read).is_none() {
            return false;
        }
        self.ensure(write);
        let (read, write) = self.rows.pick2_mut(read, write);
        write.union(read)
    }
    pub(crate) fn insert_all_into_row(&mut self, row: R) {
        self.ensure(row).insert_all();
    }
    pub(crate) fn contains(&self, row: R, column: C) -> bool {
        self.rows.get(row).is_some_and(|r| r.contains(column))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(ranges: &[(usize, usize)]) -> IntervalSet<usize> {
        let mut s = IntervalSet::new(100);
        for &(a, b) in ranges {
            s.insert_range(a..=b);
        }
        s
    }

    #[test]
    fn runs_that_touch_become_one() {
        let mut s = set(&[(1, 2), (5, 6)]);
        assert!(s.insert(3));
        assert!(!s.insert(2));
        assert!(s.insert(4));
        assert_eq!(s.runs, [(1, 6)]);
    }

    #[test]
    fn bounds_of_ranges() {
        let s = set(&[(3, 5), (8, 9)]);
        assert_eq!(s.first_unset_in(3..=9), Some(6));
        assert_eq!(s.first_unset_in(8..=9), None);
        assert_eq!(s.first_unset_in(0..=9), Some(0));
        assert_eq!(s.last_set_in(0..=7), Some(5));
        assert_eq!(s.last_set_in(6..=7), None);
        assert_eq!(s.last_set_in(6..=8), Some(8));
    }

    #[test]
    fn merging_many_runs() {
        let even: Vec<_> = (0..20).map(|i| (4 * i, 4 * i)).collect();
        let odd: Vec<_> = (0..20).map(|i| (4 * i + 1, 4 * i + 1)).collect();
        let (mut a, b) = (set(&even), set(&odd));
        assert!(a.union(&b));
        assert!(!a.union(&b));
        assert!(a.superset(&b));
        assert_eq!(a.iter().count(), 40);
    }
}
