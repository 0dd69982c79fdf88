//! Outlives constraints between region variables, and the graph that they make.

use std::ops::Index;

use mir::ConstraintCategory;
use rustc_index::IndexVec;
use span::Span;
use ty::RegionVid;

use crate::type_check::Locations;

span::newtype_index! {
    /// A constraint.
    pub struct OutlivesConstraintIndex = "constraint";
}

/// `sup: sub` at some points.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct OutlivesConstraint<'tcx> {
    pub(crate) sup: RegionVid,
    pub(crate) sub: RegionVid,
    pub(crate) locations: Locations,
    pub(crate) span: Span,
    pub(crate) category: ConstraintCategory<'tcx>,
    /// From a closure's requirements.
    pub(crate) from_closure: bool,
}

/// All constraints of a body.
#[derive(Clone, Debug, Default)]
pub(crate) struct OutlivesConstraintSet<'tcx> {
    outlives: IndexVec<OutlivesConstraintIndex, OutlivesConstraint<'tcx>>,
    seen: span::FxHashSet<(RegionVid, RegionVid, Locations, Span, ConstraintCategory<'tcx>)>,
}

impl<'tcx> OutlivesConstraintSet<'tcx> {
    pub(crate) fn push(&mut self, c: OutlivesConstraint<'tcx>) {
        // `'a: 'a` says nothing.
        if c.sup != c.sub && self.seen.insert((c.sup, c.sub, c.locations, c.span, c.category)) {
            self.outlives.push(c);
        }
    }
    pub(crate) fn iter(&self) -> impl Iterator<Item = &OutlivesConstraint<'tcx>> {
        self.outlives.iter()
    }
    /// The constraints by the region that must outlive.
    pub(crate) fn graph(&self, num_regions: usize) -> ConstraintGraph {
        ConstraintGraph::new(self, num_regions, |c| c.sup)
    }
    /// The constraints by the region that is outlived.
    pub(crate) fn reverse_graph(&self, num_regions: usize) -> ConstraintGraph {
        ConstraintGraph::new(self, num_regions, |c| c.sub)
    }
}

impl<'tcx> Index<OutlivesConstraintIndex> for OutlivesConstraintSet<'tcx> {
    type Output = OutlivesConstraint<'tcx>;
    fn index(&self, i: OutlivesConstraintIndex) -> &Self::Output {
        &self.outlives[i]
    }
}

/// Edges by their start, as linked lists in two vectors.
#[derive(Clone, Debug)]
pub(crate) struct ConstraintGraph {
    first: IndexVec<RegionVid, Option<OutlivesConstraintIndex>>,
    next: IndexVec<OutlivesConstraintIndex, Option<OutlivesConstraintIndex>>,
}

impl ConstraintGraph {
    fn new<'tcx>(
        set: &OutlivesConstraintSet<'tcx>,
        num_regions: usize,
        start: impl Fn(&OutlivesConstraint<'tcx>) -> RegionVid,
    ) -> Self {
        let mut first = IndexVec::from_elem_n(None, num_regions);
        let mut next = IndexVec::from_elem_n(None, set.outlives.len());
        for (i, c) in set.outlives.iter_enumerated().rev() {
            next[i] = first[start(c)].replace(i);
        }
        ConstraintGraph { first, next }
    }
    /// The constraints that start at a region, in order.
    pub(crate) fn edges(&self, r: RegionVid) -> impl Iterator<Item = OutlivesConstraintIndex> + '_ {
        std::iter::successors(self.first[r], |&i| self.next[i])
    }
}

span::newtype_index! {
    /// A strongly connected component of the constraint graph.
    pub struct ConstraintSccIndex = "scc";
}

/// The strongly connected components: regions that must be equal. Each has a number greater than all it must outlive.
#[derive(Clone, Debug)]
pub(crate) struct Sccs {
    pub(crate) scc_of: IndexVec<RegionVid, ConstraintSccIndex>,
    /// Components that a component must outlive directly; each once.
    pub(crate) successors: IndexVec<ConstraintSccIndex, Vec<ConstraintSccIndex>>,
}

impl Sccs {
    /// Tarjan's algorithm (1972), with an explicit stack. `extra` are edges to `'static`.
    pub(crate) fn new(set: &OutlivesConstraintSet<'_>, graph: &ConstraintGraph, num_regions: usize) -> Sccs {
        const UNSEEN: u32 = u32::MAX;
        let mut index: IndexVec<RegionVid, u32> = IndexVec::from_elem_n(UNSEEN, num_regions);
        let mut low: IndexVec<RegionVid, u32> = IndexVec::from_elem_n(0, num_regions);
        let mut on_stack: IndexVec<RegionVid, bool> = IndexVec::from_elem_n(false, num_regions);
        let mut scc_of = IndexVec::from_elem_n(ConstraintSccIndex::ZERO, num_regions);
        let mut count = 0;
        let mut next_index = 0;
        let mut stack: Vec<RegionVid> = Vec::new();
        let mut work: Vec<(RegionVid, Option<OutlivesConstraintIndex>)> = Vec::new();
        for root in (0..num_regions).map(RegionVid::from_usize) {
            if index[root] != UNSEEN {
                continue;
            }
            let enter = |r: RegionVid, n: &mut u32, index: &mut IndexVec<RegionVid, u32>| {
                index[r] = *n;
                *n += 1;
            };
            enter(root, &mut next_index, &mut index);
            low[root] = index[root];
            stack.push(root);
            on_stack[root] = true;
            work.push((root, graph.first[root]));
            while let Some((r, edge)) = work.pop() {
                match edge {
                    Some(e) => {
                        work.push((r, graph.next[e]));
                        let to = set[e].sub;
                        if index[to] == UNSEEN {
                            enter(to, &mut next_index, &mut index);
                            low[to] = index[to];
                            stack.push(to);
                            on_stack[to] = true;
                            work.push((to, graph.first[to]));
                        } else if on_stack[to] {
                            low[r] = low[r].min(index[to]);
                        }
                    }
                    None => {
                        if low[r] == index[r] {
                            let scc = ConstraintSccIndex::from_usize(count);
                            count += 1;
                            while let Some(top) = stack.pop() {
                                on_stack[top] = false;
                                scc_of[top] = scc;
                                if top == r {
                                    break;
                                }
                            }
                        }
                        if let Some(&(parent, _)) = work.last() {
                            low[parent] = low[parent].min(low[r]);
                        }
                    }
                }
            }
        }
        let mut successors: IndexVec<ConstraintSccIndex, Vec<ConstraintSccIndex>> =
            IndexVec::from_elem_n(Vec::new(), count);
        for c in set.iter() {
            let (a, b) = (scc_of[c.sup], scc_of[c.sub]);
            if a != b {
                successors[a].push(b);
            }
        }
        for list in successors.iter_mut() {
            list.sort_unstable();
            list.dedup();
        }
        Sccs { scc_of, successors }
    }
    pub(crate) fn scc(&self, r: RegionVid) -> ConstraintSccIndex {
        self.scc_of[r]
    }
    pub(crate) fn num_sccs(&self) -> usize {
        self.successors.len()
    }
    /// All components, what is outlived first.
    pub(crate) fn all_sccs(&self) -> impl Iterator<Item = ConstraintSccIndex> + use<> {
        (0..self.successors.len()).map(ConstraintSccIndex::from_usize)
    }
}
