//! An arena that runs destructors at its end, so that a session gives all its memory back.

use std::cell::RefCell;

use bumpalo::Bump;

/// Memory of one session. Values live until the arena is dropped; their destructors run then.
#[derive(Default)]
pub struct Arena {
    bump: Bump,
    drops: RefCell<Vec<Deferred>>,
}

struct Deferred {
    ptr: *mut u8,
    len: usize,
    drop: unsafe fn(*mut u8, usize),
}

unsafe fn drop_slice<T>(ptr: *mut u8, len: usize) {
    // SAFETY: called once, with the pointer and length of a slice of `T` that the arena owns.
    unsafe { std::ptr::drop_in_place(std::ptr::slice_from_raw_parts_mut(ptr.cast::<T>(), len)) }
}

impl Arena {
    /// An empty arena.
    pub fn new() -> Arena {
        Arena::default()
    }
    /// Moves a value into the arena.
    #[inline]
    pub fn alloc<T>(&self, value: T) -> &T {
        let slot = self.bump.alloc(value);
        if std::mem::needs_drop::<T>() {
            let ptr = std::ptr::from_mut(slot).cast::<u8>();
            self.drops.borrow_mut().push(Deferred { ptr, len: 1, drop: drop_slice::<T> });
        }
        slot
    }
    /// Copies a slice into the arena.
    pub fn alloc_slice<T: Copy>(&self, values: &[T]) -> &[T] {
        self.bump.alloc_slice_copy(values)
    }
    /// Moves the values of an iterator into the arena.
    pub fn alloc_from_iter<T>(&self, iter: impl IntoIterator<Item = T>) -> &[T] {
        let values: Vec<T> = iter.into_iter().collect();
        if values.is_empty() {
            return &[];
        }
        let slice = self.bump.alloc_slice_fill_iter(values);
        if std::mem::needs_drop::<T>() {
            let (ptr, len) = (slice.as_mut_ptr().cast::<u8>(), slice.len());
            self.drops.borrow_mut().push(Deferred { ptr, len, drop: drop_slice::<T> });
        }
        slice
    }
    /// Copies a string into the arena.
    pub fn alloc_str(&self, s: &str) -> &str {
        self.bump.alloc_str(s)
    }
    /// The bytes allocated so far.
    pub fn allocated_bytes(&self) -> usize {
        self.bump.allocated_bytes()
    }
}

impl Drop for Arena {
    fn drop(&mut self) {
        for d in self.drops.get_mut().drain(..).rev() {
            // SAFETY: each entry was pushed for one live allocation of this arena, and is run once.
            unsafe { (d.drop)(d.ptr, d.len) }
        }
    }
}
