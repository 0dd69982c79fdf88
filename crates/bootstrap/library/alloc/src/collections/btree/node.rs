//! Nodes and what is done to them: search, walk, insert with splits, remove with merges.

use core::borrow::Borrow;
use core::cmp::Ordering;
use core::mem::MaybeUninit;
use core::ptr;

use crate::boxed::Box;

/// A node but the root has at least `MIN` entries.
const CAPACITY: usize = 11;
const MIN: usize = 5;

/// A leaf, and the first part of an inner node.
#[repr(C)]
pub(super) struct Node<K, V> {
    // Pointers to const keep the tree covariant.
    parent: *const Inner<K, V>,
    parent_idx: u16,
    len: u16,
    keys: [MaybeUninit<K>; CAPACITY],
    vals: [MaybeUninit<V>; CAPACITY],
}

/// A node with children: `edges[i]` has the keys before `keys[i]`.
#[repr(C)]
struct Inner<K, V> {
    data: Node<K, V>,
    edges: [*const Node<K, V>; CAPACITY + 1],
}

/// A node and its height above the leaves.
pub(super) struct NodeRef<K, V> {
    node: *const Node<K, V>,
    height: usize,
}

/// An entry, or a place before one: its node and its index there.
pub(super) struct Handle<K, V> {
    at: NodeRef<K, V>,
    idx: usize,
}

impl<K, V> Clone for NodeRef<K, V> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}
impl<K, V> Copy for NodeRef<K, V> {}

impl<K, V> Clone for Handle<K, V> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}
impl<K, V> Copy for Handle<K, V> {}

impl<K, V> PartialEq for Handle<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.at.node == other.at.node && self.idx == other.idx
    }
}

fn new_leaf<K, V>() -> *mut Node<K, V> {
    let node: *mut Node<K, V> = Box::into_raw(Box::<Node<K, V>>::new_uninit()).cast();
    unsafe {
        (*node).parent = ptr::null();
        (*node).len = 0;
    }
    node
}

fn new_inner<K, V>() -> *mut Inner<K, V> {
    let node: *mut Inner<K, V> = Box::into_raw(Box::<Inner<K, V>>::new_uninit()).cast();
    unsafe {
        (*node).data.parent = ptr::null();
        (*node).data.len = 0;
    }
    node
}

/// Makes room at `idx` among `len` and writes there.
unsafe fn array_insert<T>(array: *mut T, len: usize, idx: usize, x: T) {
    unsafe {
        let p = array.add(idx);
        ptr::copy(p, p.add(1), len - idx);
        p.write(x);
    }
}

/// Takes out what is at `idx` among `len` and closes the gap.
unsafe fn array_remove<T>(array: *mut T, len: usize, idx: usize) -> T {
    unsafe {
        let p = array.add(idx);
        let x = p.read();
        ptr::copy(p.add(1), p, len - idx - 1);
        x
    }
}

impl<K, V> NodeRef<K, V> {
    /// A tree of one empty leaf.
    pub(super) fn new() -> Self {
        NodeRef { node: new_leaf(), height: 0 }
    }

    #[inline(always)]
    fn raw(self) -> *mut Node<K, V> {
        self.node as *mut Node<K, V>
    }

    #[inline]
    fn len(self) -> usize {
        unsafe { (*self.raw()).len as usize }
    }

    fn set_len(self, len: usize) {
        unsafe { (*self.raw()).len = len as u16 }
    }

    #[inline]
    fn keys(self) -> *mut K {
        unsafe { (&raw mut (*self.raw()).keys).cast() }
    }

    #[inline]
    fn vals(self) -> *mut V {
        unsafe { (&raw mut (*self.raw()).vals).cast() }
    }

    #[inline]
    fn edges(self) -> *mut *const Node<K, V> {
        unsafe { (&raw mut (*self.raw().cast::<Inner<K, V>>()).edges).cast() }
    }

    #[inline]
    fn child(self, idx: usize) -> Self {
        NodeRef { node: unsafe { *self.edges().add(idx) }, height: self.height - 1 }
    }

    /// The parent and where the node is in it.
    #[inline]
    fn parent(self) -> Option<Handle<K, V>> {
        unsafe {
            let parent = (*self.raw()).parent;
            if parent.is_null() {
                return None;
            }
            let at = NodeRef { node: parent.cast(), height: self.height + 1 };
            Some(Handle { at, idx: (*self.raw()).parent_idx as usize })
        }
    }

    /// Tells the children from `start` to `end` where they are.
    fn correct_children(self, start: usize, end: usize) {
        for i in start..end {
            unsafe {
                let child = self.child(i).raw();
                (*child).parent = self.node.cast();
                (*child).parent_idx = i as u16;
            }
        }
    }

    unsafe fn free(self) {
        unsafe {
            if self.height == 0 {
                drop(Box::from_raw(self.raw().cast::<MaybeUninit<Node<K, V>>>()));
            } else {
                drop(Box::from_raw(self.raw().cast::<MaybeUninit<Inner<K, V>>>()));
            }
        }
    }

    /// Frees all nodes of the tree, whose entries are gone.
    pub(super) unsafe fn free_tree(self) {
        unsafe {
            if self.height > 0 {
                for i in 0..=self.len() {
                    self.child(i).free_tree();
                }
            }
            self.free();
        }
    }

    #[inline]
    fn first_leaf(mut self) -> Self {
        while self.height > 0 {
            self = self.child(0);
        }
        self
    }

    #[inline]
    fn last_leaf(mut self) -> Self {
        while self.height > 0 {
            self = self.child(self.len());
        }
        self
    }

    /// The place before the first entry, and the one after the last.
    pub(super) fn first_place(self) -> Handle<K, V> {
        Handle { at: self.first_leaf(), idx: 0 }
    }

    pub(super) fn last_place(self) -> Handle<K, V> {
        let at = self.last_leaf();
        Handle { at, idx: at.len() }
    }

    /// The entry of a key, or the place in a leaf where it would be.
    #[inline]
    pub(super) fn search<Q: ?Sized + Ord>(mut self, key: &Q) -> Result<Handle<K, V>, Handle<K, V>>
    where
        K: Borrow<Q>,
    {
        loop {
            let (len, keys) = (self.len(), self.keys());
            let mut idx = 0;
            while idx < len {
                match key.cmp(unsafe { (*keys.add(idx)).borrow() }) {
                    Ordering::Greater => idx += 1,
                    Ordering::Equal => return Ok(Handle { at: self, idx }),
                    Ordering::Less => break,
                }
            }
            if self.height == 0 {
                return Err(Handle { at: self, idx });
            }
            self = self.child(idx);
        }
    }
}

impl<K, V> Handle<K, V> {
    #[inline]
    pub(super) unsafe fn key<'a>(self) -> &'a K {
        unsafe { &*self.at.keys().add(self.idx) }
    }

    #[inline]
    pub(super) unsafe fn key_mut<'a>(self) -> &'a mut K {
        unsafe { &mut *self.at.keys().add(self.idx) }
    }

    #[inline]
    pub(super) unsafe fn val<'a>(self) -> &'a mut V {
        unsafe { &mut *self.at.vals().add(self.idx) }
    }

    #[inline]
    pub(super) unsafe fn read(self) -> (K, V) {
        unsafe { (self.at.keys().add(self.idx).read(), self.at.vals().add(self.idx).read()) }
    }

    /// The entry at this place or up the tree after it.
    #[inline]
    pub(super) fn entry_here(mut self) -> Option<Self> {
        while self.idx >= self.at.len() {
            self = self.at.parent()?;
        }
        Some(self)
    }

    /// The place in a leaf after this entry.
    #[inline]
    pub(super) fn place_after(self) -> Self {
        if self.at.height == 0 {
            return Handle { at: self.at, idx: self.idx + 1 };
        }
        self.at.child(self.idx + 1).first_place()
    }

    /// The place in a leaf before this entry.
    #[inline]
    pub(super) fn place_before(self) -> Self {
        if self.at.height == 0 { self } else { self.at.child(self.idx).last_place() }
    }

    /// The entry before this place in a leaf.
    #[inline]
    pub(super) fn entry_before(mut self) -> Option<Self> {
        while self.idx == 0 {
            self = self.at.parent()?;
        }
        Some(Handle { at: self.at, idx: self.idx - 1 })
    }

    /// Inserts at this place in a leaf; returns the entry's handle.
    pub(super) fn insert(self, root: &mut NodeRef<K, V>, key: K, val: V) -> Handle<K, V> {
        let at = self.at;
        if at.len() < CAPACITY {
            unsafe { self.insert_fit(key, val, None) };
            return self;
        }
        let (middle, right) = self.split_for_insert();
        let place = if self.idx <= middle {
            self
        } else {
            Handle { at: right, idx: self.idx - middle - 1 }
        };
        // The middle entry goes up; it is read before the halves change.
        let mut up = unsafe { Handle { at, idx: middle }.read() };
        at.set_len(middle);
        let mut split = (at, right);
        unsafe { place.insert_fit(key, val, None) };
        // The parent takes the middle entry and the right half, or splits as well.
        loop {
            let (left, right) = split;
            let Some(parent) = left.parent() else {
                let new_root = NodeRef { node: new_inner::<K, V>().cast(), height: left.height + 1 };
                unsafe { new_root.edges().write(left.node) };
                new_root.correct_children(0, 1);
                unsafe { Handle { at: new_root, idx: 0 }.insert_fit(up.0, up.1, Some(right.node)) };
                *root = new_root;
                return place;
            };
            if parent.at.len() < CAPACITY {
                unsafe { parent.insert_fit(up.0, up.1, Some(right.node)) };
                return place;
            }
            let (middle, parent_right) = parent.split_for_insert();
            let next_up = unsafe { Handle { at: parent.at, idx: middle }.read() };
            parent.at.set_len(middle);
            let to = if parent.idx <= middle {
                parent
            } else {
                Handle { at: parent_right, idx: parent.idx - middle - 1 }
            };
            unsafe { to.insert_fit(up.0, up.1, Some(right.node)) };
            up = next_up;
            split = (parent.at, parent_right);
        }
    }

    /// Inserts where there is room; in an inner node with the child after the entry.
    unsafe fn insert_fit(self, key: K, val: V, edge: Option<*const Node<K, V>>) {
        let len = self.at.len();
        unsafe {
            array_insert(self.at.keys(), len, self.idx, key);
            array_insert(self.at.vals(), len, self.idx, val);
            self.at.set_len(len + 1);
            if let Some(edge) = edge {
                array_insert(self.at.edges(), len + 1, self.idx + 1, edge);
                self.at.correct_children(self.idx + 1, len + 2);
            }
        }
    }

    /// Moves what is after a middle entry to a new node, so that both halves have enough entries
    /// once one is inserted here. The middle entry stays in its slot behind the left half.
    fn split_for_insert(self) -> (usize, NodeRef<K, V>) {
        let middle = match self.idx {
            0..5 => 4,
            5 | 6 => 5,
            _ => 6,
        };
        let at = self.at;
        let count = at.len() - middle - 1;
        let right = if at.height == 0 {
            NodeRef { node: new_leaf(), height: 0 }
        } else {
            NodeRef { node: new_inner::<K, V>().cast(), height: at.height }
        };
        unsafe {
            ptr::copy_nonoverlapping(at.keys().add(middle + 1), right.keys(), count);
            ptr::copy_nonoverlapping(at.vals().add(middle + 1), right.vals(), count);
            right.set_len(count);
            if at.height > 0 {
                ptr::copy_nonoverlapping(at.edges().add(middle + 1), right.edges(), count + 1);
                right.correct_children(0, count + 1);
            }
        }
        (middle, right)
    }

    /// Removes this entry.
    pub(super) fn remove(self, root: &mut NodeRef<K, V>) -> (K, V) {
        if self.at.height == 0 {
            return self.remove_from_leaf(root);
        }
        // The entry before it is in a leaf and takes its place. The tree may be rearranged in
        // between, so this entry is swapped before.
        let leaf = self.at.child(self.idx).last_leaf();
        let before = Handle { at: leaf, idx: leaf.len() - 1 };
        unsafe {
            ptr::swap(self.at.keys().add(self.idx), leaf.keys().add(before.idx));
            ptr::swap(self.at.vals().add(self.idx), leaf.vals().add(before.idx));
        }
        before.remove_from_leaf(root)
    }

    fn remove_from_leaf(self, root: &mut NodeRef<K, V>) -> (K, V) {
        let at = self.at;
        let len = at.len();
        let entry = unsafe {
            (array_remove(at.keys(), len, self.idx), array_remove(at.vals(), len, self.idx))
        };
        at.set_len(len - 1);
        let mut node = at;
        while node.len() < MIN {
            let Some(parent) = node.parent() else {
                // An empty inner root gives way to its only child.
                if node.len() == 0 && node.height > 0 {
                    let child = node.child(0);
                    unsafe {
                        (*child.raw()).parent = ptr::null();
                        node.free();
                    }
                    *root = child;
                }
                break;
            };
            node = parent.fix_child();
        }
        entry
    }

    /// Fills up the child at this place, which has too few entries, from a neighbour, or merges
    /// the two. Returns the parent, which may have lost an entry.
    fn fix_child(self) -> NodeRef<K, V> {
        let parent = self.at;
        // The entry between the child and a neighbour.
        let (sep, left, right) = if self.idx > 0 {
            (self.idx - 1, parent.child(self.idx - 1), parent.child(self.idx))
        } else {
            (0, parent.child(0), parent.child(1))
        };
        let (m, n) = (left.len(), right.len());
        unsafe {
            let (sep_key, sep_val) = (parent.keys().add(sep), parent.vals().add(sep));
            if m + 1 + n <= CAPACITY {
                // left, separator, right
                let key = array_remove(parent.keys(), parent.len(), sep);
                let val = array_remove(parent.vals(), parent.len(), sep);
                array_remove(parent.edges(), parent.len() + 1, sep + 1);
                parent.set_len(parent.len() - 1);
                parent.correct_children(sep + 1, parent.len() + 1);
                left.keys().add(m).write(key);
                left.vals().add(m).write(val);
                ptr::copy_nonoverlapping(right.keys(), left.keys().add(m + 1), n);
                ptr::copy_nonoverlapping(right.vals(), left.vals().add(m + 1), n);
                left.set_len(m + 1 + n);
                if left.height > 0 {
                    ptr::copy_nonoverlapping(right.edges(), left.edges().add(m + 1), n + 1);
                    left.correct_children(m + 1, m + n + 2);
                }
                right.free();
            } else if m > n {
                // The last entry of the left one goes up, the separator goes down.
                array_insert(right.keys(), n, 0, sep_key.replace(left.keys().add(m - 1).read()));
                array_insert(right.vals(), n, 0, sep_val.replace(left.vals().add(m - 1).read()));
                left.set_len(m - 1);
                right.set_len(n + 1);
                if right.height > 0 {
                    array_insert(right.edges(), n + 1, 0, left.edges().add(m).read());
                    right.correct_children(0, n + 2);
                }
            } else {
                let key = array_remove(right.keys(), n, 0);
                let val = array_remove(right.vals(), n, 0);
                left.keys().add(m).write(sep_key.replace(key));
                left.vals().add(m).write(sep_val.replace(val));
                left.set_len(m + 1);
                right.set_len(n - 1);
                if right.height > 0 {
                    let edge = array_remove(right.edges(), n + 1, 0);
                    left.edges().add(m + 1).write(edge);
                    left.correct_children(m + 1, m + 2);
                    right.correct_children(0, n);
                }
            }
        }
        parent
    }
}
