//! Memory: blocks of size classes out of large chunks, on a free list per class; large blocks are
//! mapped by themselves. For one thread at a time.
//!
//! A block has no header: whoever frees it says its size, from which the class follows. There are
//! four classes to each power of two, so at most a fifth of a block is lost.

use core::alloc::Layout;
use core::ptr;

use super::{MMAP, MREMAP, MUNMAP, call, call6};

const PAGE: usize = 4096;
/// Larger blocks are mapped.
const LARGEST: usize = 256 * 1024;
const CLASSES: usize = 64;
const FIRST_CHUNK: usize = 64 * 1024;
const LARGEST_CHUNK: usize = 4 * 1024 * 1024;

struct Heap {
    free: [*mut Free; CLASSES],
    // What is left of the last chunk.
    chunk: *mut u8,
    rest: usize,
    // Zero for the first.
    next_chunk: usize,
}

struct Free {
    next: *mut Free,
}

static mut HEAP: Heap = Heap {
    free: [ptr::null_mut(); CLASSES],
    chunk: ptr::null_mut(),
    rest: 0,
    next_chunk: 0,
};

/// The class of a size, and the size of its blocks. Up to 128 bytes in steps of 16.
#[inline]
fn class(size: usize) -> (usize, usize) {
    if size <= 128 {
        let class = (size + 15) / 16;
        return (class, class * 16);
    }
    let shift = usize::BITS - 1 - (size - 1).leading_zeros() - 2;
    let steps = ((size - 1) >> shift) + 1;
    // Sizes from 129 have shift 5: classes 9, 10, 11, 12 for 160, 192, 224 and 256.
    (9 + (shift as usize - 5) * 4 + steps - 5, steps << shift)
}

#[inline]
fn round_to_pages(size: usize) -> usize {
    (size + PAGE - 1) & !(PAGE - 1)
}

fn map(size: usize) -> *mut u8 {
    const READ_WRITE: usize = 3;
    const PRIVATE_ANONYMOUS: usize = 0x22;
    match call6(MMAP, [0, size, READ_WRITE, PRIVATE_ANONYMOUS, usize::MAX, 0]) {
        Ok(address) => address as *mut u8,
        Err(_) => ptr::null_mut(),
    }
}

/// The size that a block of a layout is taken for.
#[inline]
fn needed(layout: &Layout) -> usize {
    // Blocks are aligned to 16 bytes; more alignment takes a larger one and wastes its start.
    if layout.align() <= 16 { layout.size() } else { layout.size() + layout.align() }
}

#[inline]
pub(crate) unsafe fn alloc(layout: Layout) -> *mut u8 {
    if layout.align() > 16 {
        return unsafe { alloc_aligned(layout) };
    }
    unsafe { alloc_size(layout.size()) }
}

#[inline]
unsafe fn alloc_size(size: usize) -> *mut u8 {
    if size > LARGEST {
        return if size > isize::MAX as usize - PAGE { ptr::null_mut() } else { map(round_to_pages(size)) };
    }
    let (class, block) = class(size);
    unsafe {
        let heap = &mut *(&raw mut HEAP);
        let first = *heap.free.get_unchecked(class);
        if !first.is_null() {
            *heap.free.get_unchecked_mut(class) = (*first).next;
            return first as *mut u8;
        }
        if heap.rest >= block {
            let p = heap.chunk;
            heap.chunk = p.add(block);
            heap.rest -= block;
            return p;
        }
        refill(block)
    }
}

/// Maps a new chunk and takes a block off it. What is left of the old one is lost, less than a
/// block.
#[cold]
#[inline(never)]
unsafe fn refill(block: usize) -> *mut u8 {
    unsafe {
        let heap = &mut *(&raw mut HEAP);
        if heap.next_chunk == 0 {
            heap.next_chunk = FIRST_CHUNK;
        }
        let mut size = heap.next_chunk;
        if size < block * 4 {
            size = round_to_pages(block * 4);
        }
        if heap.next_chunk < LARGEST_CHUNK {
            heap.next_chunk *= 2;
        }
        let p = map(size);
        if !p.is_null() {
            heap.chunk = p.add(block);
            heap.rest = size - block;
        }
        p
    }
}

/// The address before the aligned one holds where the block begins.
#[cold]
unsafe fn alloc_aligned(layout: Layout) -> *mut u8 {
    unsafe {
        let block = alloc_size(needed(&layout));
        if block.is_null() {
            return block;
        }
        let aligned = ((block as usize & !(layout.align() - 1)) + layout.align()) as *mut u8;
        (aligned as *mut *mut u8).sub(1).write(block);
        aligned
    }
}

#[inline]
pub(crate) unsafe fn dealloc(p: *mut u8, layout: Layout) {
    unsafe {
        let size = needed(&layout);
        let p = if layout.align() > 16 { (p as *mut *mut u8).sub(1).read() } else { p };
        if size > LARGEST {
            let _ = call(MUNMAP, p as usize, round_to_pages(size), 0);
            return;
        }
        let (class, _) = class(size);
        let heap = &mut *(&raw mut HEAP);
        let block = p as *mut Free;
        (*block).next = *heap.free.get_unchecked(class);
        *heap.free.get_unchecked_mut(class) = block;
    }
}

pub(crate) unsafe fn alloc_zeroed(layout: Layout) -> *mut u8 {
    unsafe {
        let p = alloc(layout);
        // Fresh pages are zero.
        if !p.is_null() && needed(&layout) <= LARGEST {
            p.write_bytes(0, layout.size());
        }
        p
    }
}

pub(crate) unsafe fn realloc(p: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
    unsafe {
        let old_size = layout.size();
        if layout.align() <= 16 {
            if old_size > LARGEST && new_size > LARGEST {
                const MAY_MOVE: usize = 1;
                let (old, new) = (round_to_pages(old_size), round_to_pages(new_size));
                return match call6(MREMAP, [p as usize, old, new, MAY_MOVE, 0, 0]) {
                    Ok(address) => address as *mut u8,
                    Err(_) => ptr::null_mut(),
                };
            }
            if old_size <= LARGEST && new_size <= LARGEST && class(old_size) == class(new_size) {
                return p;
            }
        }
        let new = alloc(Layout::from_size_align_unchecked(new_size, layout.align()));
        if !new.is_null() {
            let kept = if old_size < new_size { old_size } else { new_size };
            ptr::copy_nonoverlapping(p, new, kept);
            dealloc(p, layout);
        }
        new
    }
}
