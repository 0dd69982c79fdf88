//! Collections.

mod table;

pub mod hash_map;
pub mod hash_set;

pub use alloc_crate::collections::{
    BTreeMap, BTreeSet, BinaryHeap, Bound, LinkedList, TryReserveError, TryReserveErrorKind,
    VecDeque, binary_heap, btree_map, btree_set, linked_list, vec_deque,
};

pub use self::hash_map::HashMap;
pub use self::hash_set::HashSet;
