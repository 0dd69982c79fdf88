//! Collections other than vectors.

pub mod binary_heap;
mod btree;
pub mod linked_list;
pub mod vec_deque;

pub mod btree_map {
    //! An ordered map.
    pub use super::btree::entry::{Entry, OccupiedEntry, OccupiedError, VacantEntry};
    pub use super::btree::iter::{
        ExtractIf, IntoIter, IntoKeys, IntoValues, Iter, IterMut, Keys, Range, RangeMut, Values,
        ValuesMut,
    };
    pub use super::btree::map::BTreeMap;
}

pub mod btree_set {
    //! An ordered set.
    pub use super::btree::set::{
        BTreeSet, Difference, Intersection, IntoIter, Iter, Range, SymmetricDifference, Union,
    };
}

pub use core::ops::Bound;

#[doc(no_inline)]
pub use self::binary_heap::BinaryHeap;
#[doc(no_inline)]
pub use self::btree_map::BTreeMap;
#[doc(no_inline)]
pub use self::btree_set::BTreeSet;
#[doc(no_inline)]
pub use self::linked_list::LinkedList;
#[doc(no_inline)]
pub use self::vec_deque::VecDeque;

use core::fmt;

use crate::alloc::Layout;

/// Memory could not be reserved.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TryReserveError {
    kind: TryReserveErrorKind,
}

/// Why not.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum TryReserveErrorKind {
    /// More than `isize::MAX` bytes.
    CapacityOverflow,
    /// The allocator has no more.
    AllocError {
        layout: Layout,
        #[doc(hidden)]
        non_exhaustive: (),
    },
}

impl TryReserveError {
    #[inline]
    #[must_use]
    pub fn kind(&self) -> TryReserveErrorKind {
        self.kind.clone()
    }
}

impl From<TryReserveErrorKind> for TryReserveError {
    #[inline]
    fn from(kind: TryReserveErrorKind) -> Self {
        Self { kind }
    }
}

impl fmt::Display for TryReserveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("memory allocation failed")?;
        f.write_str(match self.kind {
            TryReserveErrorKind::CapacityOverflow => {
                " because the computed capacity exceeded the collection's maximum"
            }
            TryReserveErrorKind::AllocError { .. } => {
                " because the memory allocator returned an error"
            }
        })
    }
}

impl core::error::Error for TryReserveError {}
