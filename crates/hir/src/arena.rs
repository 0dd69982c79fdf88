//! The arena that HIR nodes live in.

use std::cell::RefCell;

use bumpalo::Bump;

use crate::{Crate, OwnerInfo};

/// Gives out references that live as long as it does. What needs dropping is dropped with it.
#[derive(Default)]
pub struct Arena {
    bump: Bump,
    drops: RefCell<Vec<DropEntry>>,
}

struct DropEntry {
    ptr: *mut u8,
    len: usize,
    drop: unsafe fn(*mut u8, usize),
}

/// # Safety
/// `ptr` must point to `len` initialised values of `T` that nobody uses any more.
unsafe fn drop_slice<T>(ptr: *mut u8, len: usize) {
    // SAFETY: as the caller promises.
    unsafe { std::ptr::drop_in_place(std::ptr::slice_from_raw_parts_mut(ptr.cast::<T>(), len)) }
}

impl Arena {
    pub fn new() -> Self {
        Self::default()
    }

    /// A value that needs no drop.
    #[inline]
    pub fn alloc<T>(&self, value: T) -> &T {
        const { assert!(!std::mem::needs_drop::<T>(), "use alloc_dropping") };
        self.bump.alloc(value)
    }

    /// A slice of values that need no drop.
    pub fn alloc_slice<T: Copy>(&self, values: &[T]) -> &[T] {
        if values.is_empty() { &[] } else { self.bump.alloc_slice_copy(values) }
    }

    /// The values of an iterator, which may itself use the arena.
    pub fn alloc_from_iter<T>(&self, iter: impl IntoIterator<Item = T>) -> &[T] {
        const { assert!(!std::mem::needs_drop::<T>(), "use alloc_dropping_from_iter") };
        let values: smallvec::SmallVec<[T; 8]> = iter.into_iter().collect();
        if values.is_empty() { &[] } else { self.bump.alloc_slice_fill_iter(values) }
    }

    pub fn alloc_str(&self, s: &str) -> &str {
        self.bump.alloc_str(s)
    }

    /// A value that is dropped with the arena.
    pub fn alloc_dropping<T: 'static>(&self, value: T) -> &T {
        let value = self.bump.alloc(value);
        self.register(std::slice::from_mut(value));
        value
    }

    /// Values that are dropped with the arena.
    pub fn alloc_dropping_from_iter<T: 'static>(&self, iter: impl IntoIterator<Item = T>) -> &[T] {
        let values: Vec<T> = iter.into_iter().collect();
        if values.is_empty() {
            return &[];
        }
        let values = self.bump.alloc_slice_fill_iter(values);
        self.register(values);
        values
    }

    /// An owner's nodes and tables.
    pub fn alloc_owner<'hir>(&'hir self, owner: OwnerInfo<'hir>) -> &'hir OwnerInfo<'hir> {
        // Its maps hold nothing that looks through `'hir` references when dropped, so `register` holds for it too.
        let owner = self.bump.alloc(owner);
        self.register(std::slice::from_mut(owner));
        owner
    }

    /// The crate's table.
    pub fn alloc_crate<'hir>(&'hir self, krate: Crate<'hir>) -> &'hir Crate<'hir> {
        // Its table holds nothing that looks through `'hir` references when dropped.
        let krate = self.bump.alloc(krate);
        self.register(std::slice::from_mut(krate));
        krate
    }

    /// Invariant: dropping `T` looks through no reference, as those may point to what has been dropped already.
    fn register<T>(&self, values: &mut [T]) {
        if std::mem::needs_drop::<T>() {
            let entry = DropEntry { ptr: values.as_mut_ptr().cast(), len: values.len(), drop: drop_slice::<T> };
            self.drops.borrow_mut().push(entry);
        }
    }
}

impl Drop for Arena {
    fn drop(&mut self) {
        for entry in self.drops.get_mut().drain(..) {
            // SAFETY: the entry was made by `register` from values in `bump`, which still stands; references to
            // them borrow the arena and so are gone.
            unsafe { (entry.drop)(entry.ptr, entry.len) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::rc::Rc;

    #[test]
    fn drops_run_with_the_arena() {
        let counted = Rc::new(());
        let arena = Arena::new();
        arena.alloc_dropping(counted.clone());
        arena.alloc_dropping_from_iter([counted.clone(), counted.clone()]);
        assert_eq!(Rc::strong_count(&counted), 4);
        drop(arena);
        assert_eq!(Rc::strong_count(&counted), 1);
    }

    #[test]
    fn iterators_may_use_the_arena() {
        let arena = Arena::new();
        let nested = arena.alloc_from_iter((0..3).map(|i| arena.alloc_from_iter(0..i)));
        assert_eq!(nested, [&[][..], &[0], &[0, 1]]);
    }
}
