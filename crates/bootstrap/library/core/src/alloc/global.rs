//! The trait of `#[global_allocator]`.

use crate::alloc::Layout;
use crate::ptr;

/// An allocator that can serve the whole program.
pub unsafe trait GlobalAlloc {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8;

    unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout);

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        let size = layout.size();
        let ptr = unsafe { self.alloc(layout) };
        if !ptr.is_null() {
            unsafe { ptr::write_bytes(ptr, 0, size) };
        }
        ptr
    }

    unsafe fn realloc(&self, ptr: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        let new_layout = unsafe { Layout::from_size_align_unchecked(new_size, layout.align()) };
        let new_ptr = unsafe { self.alloc(new_layout) };
        if !new_ptr.is_null() {
            let kept = if layout.size() < new_size { layout.size() } else { new_size };
            unsafe {
                ptr::copy_nonoverlapping(ptr, new_ptr, kept);
                self.dealloc(ptr, layout);
            }
        }
        new_ptr
    }
}
