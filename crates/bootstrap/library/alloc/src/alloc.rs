//! The global allocator.

#[doc(inline)]
pub use core::alloc::*;
use core::ptr::{self, Alignment, NonNull};

// The compiler connects these, when it links a program, to `#[global_allocator]` or to std's
// default (`__rdl_alloc` and so on).
unsafe extern "Rust" {
    #[rustc_allocator]
    #[rustc_nounwind]
    #[rustc_std_internal_symbol]
    #[rustc_allocator_zeroed_variant = "__rust_alloc_zeroed"]
    fn __rust_alloc(size: usize, align: Alignment) -> *mut u8;
    #[rustc_deallocator]
    #[rustc_nounwind]
    #[rustc_std_internal_symbol]
    fn __rust_dealloc(ptr: *mut u8, size: usize, align: Alignment);
    #[rustc_reallocator]
    #[rustc_nounwind]
    #[rustc_std_internal_symbol]
    fn __rust_realloc(ptr: *mut u8, old_size: usize, align: Alignment, new_size: usize) -> *mut u8;
    #[rustc_allocator_zeroed]
    #[rustc_nounwind]
    #[rustc_std_internal_symbol]
    fn __rust_alloc_zeroed(size: usize, align: Alignment) -> *mut u8;
}

/// The allocator that the collections use by default.
#[derive(Copy, Clone, Default, Debug)]
#[lang = "global_alloc_ty"]
pub struct Global;

#[must_use = "losing the pointer will leak memory"]
#[inline]
pub unsafe fn alloc(layout: Layout) -> *mut u8 {
    unsafe { __rust_alloc(layout.size(), layout.alignment()) }
}

#[inline]
pub unsafe fn dealloc(ptr: *mut u8, layout: Layout) {
    unsafe { __rust_dealloc(ptr, layout.size(), layout.alignment()) }
}

#[must_use = "losing the pointer will leak memory"]
#[inline]
pub unsafe fn realloc(ptr: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
    unsafe { __rust_realloc(ptr, layout.size(), layout.alignment(), new_size) }
}

#[must_use = "losing the pointer will leak memory"]
#[inline]
pub unsafe fn alloc_zeroed(layout: Layout) -> *mut u8 {
    unsafe { __rust_alloc_zeroed(layout.size(), layout.alignment()) }
}

impl Global {
    #[inline]
    fn allocate_from(
        layout: Layout,
        f: unsafe fn(Layout) -> *mut u8,
    ) -> Result<NonNull<[u8]>, AllocError> {
        let ptr = match layout.size() {
            0 => layout.dangling_ptr(),
            _ => match NonNull::new(unsafe { f(layout) }) {
                Some(ptr) => ptr,
                None => return Err(AllocError),
            },
        };
        Ok(NonNull::slice_from_raw_parts(ptr, layout.size()))
    }

    #[inline]
    unsafe fn resize(
        &self,
        ptr: NonNull<u8>,
        old: Layout,
        new: Layout,
    ) -> Result<NonNull<[u8]>, AllocError> {
        if old.size() == 0 {
            return self.allocate(new);
        }
        if new.size() != 0 && old.align() == new.align() {
            let ptr = unsafe { realloc(ptr.as_ptr(), old, new.size()) };
            let Some(ptr) = NonNull::new(ptr) else { return Err(AllocError) };
            return Ok(NonNull::slice_from_raw_parts(ptr, new.size()));
        }
        let new_ptr = self.allocate(new)?;
        let kept = if old.size() < new.size() { old.size() } else { new.size() };
        unsafe {
            ptr::copy_nonoverlapping(ptr.as_ptr(), new_ptr.as_mut_ptr(), kept);
            self.deallocate(ptr, old);
        }
        Ok(new_ptr)
    }
}

unsafe impl Allocator for Global {
    #[inline]
    fn allocate(&self, layout: Layout) -> Result<NonNull<[u8]>, AllocError> {
        Self::allocate_from(layout, alloc)
    }

    #[inline]
    fn allocate_zeroed(&self, layout: Layout) -> Result<NonNull<[u8]>, AllocError> {
        Self::allocate_from(layout, alloc_zeroed)
    }

    #[inline]
    unsafe fn deallocate(&self, ptr: NonNull<u8>, layout: Layout) {
        if layout.size() != 0 {
            unsafe { dealloc(ptr.as_ptr(), layout) }
        }
    }

    #[inline]
    unsafe fn grow(
        &self,
        ptr: NonNull<u8>,
        old: Layout,
        new: Layout,
    ) -> Result<NonNull<[u8]>, AllocError> {
        unsafe { self.resize(ptr, old, new) }
    }

    #[inline]
    unsafe fn shrink(
        &self,
        ptr: NonNull<u8>,
        old: Layout,
        new: Layout,
    ) -> Result<NonNull<[u8]>, AllocError> {
        unsafe { self.resize(ptr, old, new) }
    }
}

/// Tells that memory is exhausted and aborts.
#[cold]
pub fn handle_alloc_error(layout: Layout) -> ! {
    core::panicking::panic_nounwind_fmt(
        format_args!("memory allocation of {} bytes failed", layout.size()),
        false,
    )
}
