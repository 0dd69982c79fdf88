//! The table under `HashMap`: open addressing after SwissTable. A byte for each slot says that it
//! is empty, was emptied, or holds an element with these seven bits of hash; eight of them are
//! looked at together.

use core::marker::PhantomData;
use core::mem;
use core::ptr::{self, NonNull};

use crate::alloc::{Layout, alloc, dealloc, handle_alloc_error};

const EMPTY: u8 = 0xff;
const DELETED: u8 = 0x80;
const WIDTH: usize = 8;

const LOW: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// Eight control bytes.
#[derive(Clone, Copy)]
struct Group(u64);

impl Group {
    #[inline]
    unsafe fn load(p: *const u8) -> Group {
        Group(unsafe { (p as *const u64).read_unaligned() })
    }

    /// The slots with these bits; a slot above a true one may be wrong, which the comparison of
    /// the elements finds out.
    #[inline]
    fn matching(self, h2: u8) -> u64 {
        let x = self.0 ^ (LOW * h2 as u64);
        x.wrapping_sub(LOW) & !x & HIGH
    }

    #[inline]
    fn empty(self) -> u64 {
        self.0 & (self.0 << 1) & HIGH
    }

    #[inline]
    fn empty_or_deleted(self) -> u64 {
        self.0 & HIGH
    }

    #[inline]
    fn full(self) -> u64 {
        !self.0 & HIGH
    }
}

#[inline]
fn first(bits: u64) -> usize {
    bits.trailing_zeros() as usize / 8
}

struct Control([u8; 2 * WIDTH]);

/// What a table without memory points at.
static NO_SLOTS: Control = Control([EMPTY; 2 * WIDTH]);

/// A table of elements with their hashes given from outside.
pub(super) struct RawTable<T> {
    // The control bytes, the first eight again at the end. The elements lie before them, backwards.
    ctrl: NonNull<u8>,
    // The number of slots, a power of two, less one.
    mask: usize,
    growth_left: usize,
    items: usize,
    marker: PhantomData<T>,
}

unsafe impl<T: Send> Send for RawTable<T> {}
unsafe impl<T: Sync> Sync for RawTable<T> {}

fn slots_for(capacity: usize) -> usize {
    if capacity < 8 {
        return if capacity < 4 { 4 } else { 8 };
    }
    (capacity.checked_mul(8).expect("Hash table capacity overflow") / 7).next_power_of_two()
}

fn capacity_of(mask: usize) -> usize {
    if mask < 8 { mask } else { (mask + 1) / 8 * 7 }
}

impl<T> RawTable<T> {
    pub(super) const fn new() -> Self {
        RawTable {
            ctrl: unsafe { NonNull::new_unchecked(&raw const NO_SLOTS as *mut u8) },
            mask: 0,
            growth_left: 0,
            items: 0,
            marker: PhantomData,
        }
    }

    pub(super) fn with_capacity(capacity: usize) -> Self {
        if capacity == 0 { Self::new() } else { Self::with_slots(slots_for(capacity)) }
    }

    fn layout(slots: usize) -> (Layout, usize) {
        let result = Layout::array::<T>(slots)
            .and_then(|l| l.extend(Layout::array::<u8>(slots + WIDTH)?));
        match result {
            Ok((layout, offset)) => (layout, offset),
            Err(_) => panic!("Hash table capacity overflow"),
        }
    }

    fn with_slots(slots: usize) -> Self {
        let (layout, offset) = Self::layout(slots);
        unsafe {
            let p = alloc(layout);
            if p.is_null() {
                handle_alloc_error(layout);
            }
            let ctrl = p.add(offset);
            ctrl.write_bytes(EMPTY, slots + WIDTH);
            RawTable {
                ctrl: NonNull::new_unchecked(ctrl),
                mask: slots - 1,
                growth_left: capacity_of(slots - 1),
                items: 0,
                marker: PhantomData,
            }
        }
    }

    fn has_memory(&self) -> bool {
        self.mask != 0
    }

    #[inline]
    pub(super) fn len(&self) -> usize {
        self.items
    }

    #[inline]
    pub(super) fn capacity(&self) -> usize {
        self.items + self.growth_left
    }

    #[inline]
    fn slot(&self, i: usize) -> *mut T {
        unsafe { (self.ctrl.as_ptr() as *mut T).sub(i + 1) }
    }

    #[inline]
    unsafe fn set_ctrl(&self, i: usize, byte: u8) {
        unsafe {
            *self.ctrl.as_ptr().add(i) = byte;
            // The copy at the end; of a small table all bytes have one.
            let mirror = (i.wrapping_sub(WIDTH) & self.mask) + WIDTH;
            *self.ctrl.as_ptr().add(mirror) = byte;
        }
    }

    #[inline]
    fn h2(hash: u64) -> u8 {
        (hash >> 57) as u8
    }

    /// The slot of an element.
    #[inline]
    pub(super) fn find(&self, hash: u64, mut eq: impl FnMut(&T) -> bool) -> Option<NonNull<T>> {
        let h2 = Self::h2(hash);
        let (mut pos, mut stride) = (hash as usize & self.mask, 0);
        loop {
            let group = unsafe { Group::load(self.ctrl.as_ptr().add(pos)) };
            let mut bits = group.matching(h2);
            while bits != 0 {
                let i = (pos + first(bits)) & self.mask;
                let p = self.slot(i);
                if eq(unsafe { &*p }) {
                    return Some(unsafe { NonNull::new_unchecked(p) });
                }
                bits &= bits - 1;
            }
            if group.empty() != 0 {
                return None;
            }
            stride += WIDTH;
            pos = (pos + stride) & self.mask;
        }
    }

    #[inline]
    fn find_free(&self, hash: u64) -> usize {
        let (mut pos, mut stride) = (hash as usize & self.mask, 0);
        loop {
            let bits = unsafe { Group::load(self.ctrl.as_ptr().add(pos)) }.empty_or_deleted();
            if bits != 0 {
                let i = (pos + first(bits)) & self.mask;
                // In a table smaller than a group the copies may lead to a slot in use.
                if unsafe { *self.ctrl.as_ptr().add(i) } & 0x80 == 0 {
                    return first(unsafe { Group::load(self.ctrl.as_ptr()) }.empty_or_deleted());
                }
                return i;
            }
            stride += WIDTH;
            pos = (pos + stride) & self.mask;
        }
    }

    pub(super) fn insert(&mut self, hash: u64, value: T, hasher: impl Fn(&T) -> u64) -> NonNull<T> {
        let mut i = self.find_free(hash);
        let old = unsafe { *self.ctrl.as_ptr().add(i) };
        if self.growth_left == 0 && old == EMPTY {
            self.reserve(1, hasher);
            i = self.find_free(hash);
        }
        unsafe {
            let old = *self.ctrl.as_ptr().add(i);
            self.growth_left -= (old == EMPTY) as usize;
            self.set_ctrl(i, Self::h2(hash));
            self.items += 1;
            let p = self.slot(i);
            p.write(value);
            NonNull::new_unchecked(p)
        }
    }

    #[inline]
    pub(super) fn reserve(&mut self, additional: usize, hasher: impl Fn(&T) -> u64) {
        if additional > self.growth_left {
            self.rehash(additional, hasher);
        }
    }

    /// Moves to a new table, which is larger unless many slots were just emptied.
    #[cold]
    #[inline(never)]
    fn rehash(&mut self, additional: usize, hasher: impl Fn(&T) -> u64) {
        let needed = self.items.checked_add(additional).expect("Hash table capacity overflow");
        let full = capacity_of(self.mask);
        let capacity = if needed <= full / 2 { full } else { usize::max(needed, full + 1) };
        self.resize(capacity, hasher);
    }

    fn resize(&mut self, capacity: usize, hasher: impl Fn(&T) -> u64) {
        let mut new = Self::with_capacity(capacity);
        for p in self.iter() {
            unsafe {
                let hash = hasher(p.as_ref());
                let i = new.find_free(hash);
                new.set_ctrl(i, Self::h2(hash));
                ptr::copy_nonoverlapping(p.as_ptr(), new.slot(i), 1);
            }
        }
        new.items = self.items;
        new.growth_left -= self.items;
        let old = mem::replace(self, new);
        old.free();
        mem::forget(old);
    }

    pub(super) fn shrink_to(&mut self, min: usize, hasher: impl Fn(&T) -> u64) {
        let min = usize::max(min, self.items);
        if min == 0 {
            *self = Self::new();
        } else if slots_for(min) <= self.mask {
            self.resize(min, hasher);
        }
    }

    /// Takes an element out of its slot.
    pub(super) unsafe fn remove(&mut self, p: NonNull<T>) -> T {
        unsafe {
            let i = (self.ctrl.as_ptr() as *mut T).offset_from(p.as_ptr()) as usize - 1;
            // A search that came by here need not go on if a group around the slot has an empty
            // one on each side of it.
            let before = i.wrapping_sub(WIDTH) & self.mask;
            let empty_before = Group::load(self.ctrl.as_ptr().add(before)).empty();
            let empty_after = Group::load(self.ctrl.as_ptr().add(i)).empty();
            let run = empty_before.leading_zeros() / 8 + empty_after.trailing_zeros() / 8;
            let byte = if run as usize >= WIDTH {
                DELETED
            } else {
                self.growth_left += 1;
                EMPTY
            };
            self.set_ctrl(i, byte);
            self.items -= 1;
            p.read()
        }
    }

    pub(super) fn iter(&self) -> RawIter<T> {
        RawIter {
            bits: if self.has_memory() { unsafe { Group::load(self.ctrl.as_ptr()) }.full() } else { 0 },
            ctrl: self.ctrl.as_ptr(),
            base: 0,
            items: self.items,
            marker: PhantomData,
        }
    }

    fn free(&self) {
        if self.has_memory() {
            unsafe {
                let (layout, offset) = Self::layout(self.mask + 1);
                dealloc(self.ctrl.as_ptr().sub(offset), layout);
            }
        }
    }

    fn drop_elements(&mut self) {
        if mem::needs_drop::<T>() {
            for p in self.iter() {
                unsafe { ptr::drop_in_place(p.as_ptr()) };
            }
        }
    }

    pub(super) fn clear(&mut self) {
        self.drop_elements();
        self.clear_no_drop();
    }

    fn clear_no_drop(&mut self) {
        if self.has_memory() {
            unsafe { self.ctrl.as_ptr().write_bytes(EMPTY, self.mask + 1 + WIDTH) };
        }
        self.items = 0;
        self.growth_left = capacity_of(self.mask);
    }

    pub(super) fn clone_with(&self, clone: impl Fn(&T) -> T) -> Self {
        if !self.has_memory() {
            return Self::new();
        }
        let mut new = Self::with_slots(self.mask + 1);
        for p in self.iter() {
            unsafe {
                let i = (self.ctrl.as_ptr() as *mut T).offset_from(p.as_ptr()) as usize - 1;
                new.slot(i).write(clone(p.as_ref()));
                new.set_ctrl(i, *self.ctrl.as_ptr().add(i));
                new.items += 1;
            }
        }
        // Slots that were emptied are empty here, but a search must still go past them.
        for i in 0..=self.mask {
            unsafe {
                if *self.ctrl.as_ptr().add(i) == DELETED {
                    new.set_ctrl(i, DELETED);
                }
            }
        }
        new.growth_left = self.growth_left;
        new
    }

    pub(super) fn into_iter(self) -> RawIntoIter<T> {
        let iter = self.iter();
        RawIntoIter { iter, table: mem::ManuallyDrop::new(self) }
    }
}

unsafe impl<#[may_dangle] T> Drop for RawTable<T> {
    fn drop(&mut self) {
        self.drop_elements();
        self.free();
    }
}

/// The elements in the order of their slots.
pub(super) struct RawIter<T> {
    // The elements of this group that are still to come.
    bits: u64,
    ctrl: *const u8,
    base: usize,
    items: usize,
    marker: PhantomData<T>,
}

impl<T> Clone for RawIter<T> {
    fn clone(&self) -> Self {
        RawIter { ..*self }
    }
}

impl<T> RawIter<T> {
    pub(super) fn len(&self) -> usize {
        self.items
    }
}

impl<T> Iterator for RawIter<T> {
    type Item = NonNull<T>;

    #[inline]
    fn next(&mut self) -> Option<NonNull<T>> {
        if self.items == 0 {
            return None;
        }
        unsafe {
            while self.bits == 0 {
                self.base += WIDTH;
                self.bits = Group::load(self.ctrl.add(self.base)).full();
            }
            let i = self.base + first(self.bits);
            self.bits &= self.bits - 1;
            self.items -= 1;
            Some(NonNull::new_unchecked((self.ctrl as *mut T).sub(i + 1)))
        }
    }
}

/// The elements by value.
pub(super) struct RawIntoIter<T> {
    iter: RawIter<T>,
    table: mem::ManuallyDrop<RawTable<T>>,
}

unsafe impl<T: Send> Send for RawIntoIter<T> {}
unsafe impl<T: Sync> Sync for RawIntoIter<T> {}

impl<T> RawIntoIter<T> {
    pub(super) fn len(&self) -> usize {
        self.iter.items
    }
}

impl<T> Iterator for RawIntoIter<T> {
    type Item = T;
    #[inline]
    fn next(&mut self) -> Option<T> {
        self.iter.next().map(|p| unsafe { p.read() })
    }
}

unsafe impl<#[may_dangle] T> Drop for RawIntoIter<T> {
    fn drop(&mut self) {
        if mem::needs_drop::<T>() {
            for p in self.iter.by_ref() {
                unsafe { ptr::drop_in_place(p.as_ptr()) };
            }
        }
        self.table.free();
    }
}
