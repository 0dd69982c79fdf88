//! Lattices of facts.

use rustc_index::bit_set::{DenseBitSet, MixedBitSet};
use rustc_index::{Idx, IndexVec};

/// A set with a least upper bound of each two elements.
pub trait JoinSemiLattice: Eq {
    /// Becomes the least upper bound of both; tells whether `self` changed.
    fn join(&mut self, other: &Self) -> bool;
}

/// `false` below `true`.
impl JoinSemiLattice for bool {
    fn join(&mut self, other: &Self) -> bool {
        let changed = !*self && *other;
        *self |= *other;
        changed
    }
}
impl<I: Idx, T: JoinSemiLattice> JoinSemiLattice for IndexVec<I, T> {
    fn join(&mut self, other: &Self) -> bool {
        assert_eq!(self.len(), other.len());
        self.iter_mut().zip(other.iter()).fold(false, |changed, (a, b)| a.join(b) | changed)
    }
}
/// Union: what holds on some path.
impl<I: Idx> JoinSemiLattice for DenseBitSet<I> {
    fn join(&mut self, other: &Self) -> bool {
        self.union(other)
    }
}
/// Union: what holds on some path.
impl<I: Idx> JoinSemiLattice for MixedBitSet<I> {
    fn join(&mut self, other: &Self) -> bool {
        self.union(other)
    }
}

/// The lattice upside down. For bit sets: intersection, what holds on all paths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dual<T>(pub T);

impl<I: Idx> JoinSemiLattice for Dual<DenseBitSet<I>> {
    fn join(&mut self, other: &Self) -> bool {
        self.0.intersect(&other.0)
    }
}

/// A state, or nothing for points not reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MaybeReachable<T> {
    Unreachable,
    Reachable(T),
}

impl<T> MaybeReachable<T> {
    pub fn is_reachable(&self) -> bool {
        matches!(self, MaybeReachable::Reachable(_))
    }
}

impl<I: Idx> MaybeReachable<MixedBitSet<I>> {
    /// Whether the bit is set; nothing is in unreachable code.
    pub fn contains(&self, elem: I) -> bool {
        match self {
            MaybeReachable::Unreachable => false,
            MaybeReachable::Reachable(set) => set.contains(elem),
        }
    }
}

impl<T: JoinSemiLattice + Clone> JoinSemiLattice for MaybeReachable<T> {
    fn join(&mut self, other: &Self) -> bool {
        match (&mut *self, other) {
            (_, MaybeReachable::Unreachable) => false,
            (MaybeReachable::Unreachable, MaybeReachable::Reachable(_)) => {
                *self = other.clone();
                true
            }
            (MaybeReachable::Reachable(a), MaybeReachable::Reachable(b)) => a.join(b),
        }
    }
}

/// What gen/kill problems do to a state.
pub trait GenKill<T> {
    fn gen_(&mut self, elem: T);
    fn kill(&mut self, elem: T);
    fn gen_all(&mut self, elems: impl IntoIterator<Item = T>) {
        for e in elems {
            self.gen_(e);
        }
    }
    fn kill_all(&mut self, elems: impl IntoIterator<Item = T>) {
        for e in elems {
            self.kill(e);
        }
    }
}

macro_rules! gen_kill {
    ($($t:ident)*) => { $(
        impl<I: Idx> GenKill<I> for $t<I> {
            fn gen_(&mut self, elem: I) {
                self.insert(elem);
            }
            fn kill(&mut self, elem: I) {
                self.remove(elem);
            }
        }
    )* };
}
gen_kill!(DenseBitSet MixedBitSet);

impl<I: Idx> GenKill<I> for Dual<DenseBitSet<I>> {
    fn gen_(&mut self, elem: I) {
        self.0.insert(elem);
    }
    fn kill(&mut self, elem: I) {
        self.0.remove(elem);
    }
}
impl<T, S: GenKill<T>> GenKill<T> for MaybeReachable<S> {
    fn gen_(&mut self, elem: T) {
        if let MaybeReachable::Reachable(set) = self {
            set.gen_(elem);
        }
    }
    fn kill(&mut self, elem: T) {
        if let MaybeReachable::Reachable(set) = self {
            set.kill(elem);
        }
    }
}
