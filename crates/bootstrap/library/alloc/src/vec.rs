//! `Vec`: a growable array.

mod drain;
mod extract;
mod into_iter;
mod splice;
mod traits;

pub use self::drain::Drain;
pub use self::extract::ExtractIf;
pub use self::into_iter::IntoIter;
pub use self::splice::Splice;

use core::cmp;
use core::mem::{self, ManuallyDrop, MaybeUninit, SizedTypeProperties};
use core::ops::{Range, RangeBounds};
use core::ptr::{self, NonNull};
use core::slice;

use crate::alloc::{Allocator, Global};
use crate::boxed::Box;
use crate::collections::TryReserveError;
use crate::raw_vec::RawVec;

/// A contiguous growable array.
#[rustc_diagnostic_item = "Vec"]
#[rustc_insignificant_dtor]
pub struct Vec<T, A: Allocator = Global> {
    buf: RawVec<T, A>,
    len: usize,
}

impl<T> Vec<T> {
    #[inline]
    #[rustc_diagnostic_item = "vec_new"]
    #[must_use]
    pub const fn new() -> Self {
        Vec { buf: RawVec::new(), len: 0 }
    }

    #[inline]
    #[must_use]
    #[rustc_diagnostic_item = "vec_with_capacity"]
    #[track_caller]
    pub fn with_capacity(capacity: usize) -> Self {
        Self::with_capacity_in(capacity, Global)
    }

    #[inline]
    pub fn try_with_capacity(capacity: usize) -> Result<Self, TryReserveError> {
        Ok(Vec { buf: RawVec::try_allocate_in(capacity, false, Global)?, len: 0 })
    }

    #[inline]
    pub unsafe fn from_raw_parts(ptr: *mut T, length: usize, capacity: usize) -> Self {
        unsafe { Self::from_raw_parts_in(ptr, length, capacity, Global) }
    }

    #[must_use = "losing the pointer will leak memory"]
    pub fn into_raw_parts(self) -> (*mut T, usize, usize) {
        let mut me = ManuallyDrop::new(self);
        (me.as_mut_ptr(), me.len(), me.capacity())
    }

    pub fn from_fn<F: FnMut(usize) -> T>(length: usize, f: F) -> Self {
        (0..length).map(f).collect()
    }
}

impl<T, A: Allocator> Vec<T, A> {
    #[inline]
    pub const fn new_in(alloc: A) -> Self {
        Vec { buf: RawVec::new_in(alloc), len: 0 }
    }

    #[inline]
    #[track_caller]
    pub fn with_capacity_in(capacity: usize, alloc: A) -> Self {
        Vec { buf: RawVec::with_capacity_in(capacity, alloc), len: 0 }
    }

    #[inline]
    pub unsafe fn from_raw_parts_in(
        ptr: *mut T,
        length: usize,
        capacity: usize,
        alloc: A,
    ) -> Self {
        unsafe { Vec { buf: RawVec::from_raw_parts_in(ptr, capacity, alloc), len: length } }
    }

    #[inline]
    pub const fn capacity(&self) -> usize {
        self.buf.capacity()
    }

    #[inline]
    #[track_caller]
    #[rustc_diagnostic_item = "vec_reserve"]
    pub fn reserve(&mut self, additional: usize) {
        self.buf.reserve(self.len, additional);
    }

    #[track_caller]
    pub fn reserve_exact(&mut self, additional: usize) {
        self.buf.reserve_exact(self.len, additional);
    }

    pub fn try_reserve(&mut self, additional: usize) -> Result<(), TryReserveError> {
        self.buf.try_reserve(self.len, additional)
    }

    pub fn try_reserve_exact(&mut self, additional: usize) -> Result<(), TryReserveError> {
        self.buf.try_reserve_exact(self.len, additional)
    }

    #[inline]
    #[track_caller]
    pub fn shrink_to_fit(&mut self) {
        if self.capacity() > self.len && !T::IS_ZST {
            self.buf.shrink_to_fit(self.len);
        }
    }

    #[track_caller]
    pub fn shrink_to(&mut self, min_capacity: usize) {
        if self.capacity() > min_capacity && !T::IS_ZST {
            self.buf.shrink_to_fit(cmp::max(self.len, min_capacity));
        }
    }

    #[track_caller]
    pub fn into_boxed_slice(mut self) -> Box<[T], A> {
        self.shrink_to_fit();
        let me = ManuallyDrop::new(self);
        unsafe { ptr::read(&me.buf).into_box(me.len) }
    }

    pub fn truncate(&mut self, len: usize) {
        if len > self.len {
            return;
        }
        unsafe {
            let remaining = self.len - len;
            let s = ptr::slice_from_raw_parts_mut(self.as_mut_ptr().add(len), remaining);
            self.len = len;
            ptr::drop_in_place(s);
        }
    }

    #[inline]
    #[rustc_diagnostic_item = "vec_as_slice"]
    pub const fn as_slice(&self) -> &[T] {
        unsafe { slice::from_raw_parts(self.as_ptr(), self.len) }
    }

    #[inline]
    #[rustc_diagnostic_item = "vec_as_mut_slice"]
    pub const fn as_mut_slice(&mut self) -> &mut [T] {
        unsafe { slice::from_raw_parts_mut(self.as_mut_ptr(), self.len) }
    }

    #[inline]
    #[rustc_never_returns_null_ptr]
    #[rustc_as_ptr]
    pub const fn as_ptr(&self) -> *const T {
        self.buf.ptr()
    }

    #[inline]
    #[rustc_never_returns_null_ptr]
    #[rustc_as_ptr]
    pub const fn as_mut_ptr(&mut self) -> *mut T {
        self.buf.ptr()
    }

    #[inline]
    pub fn as_non_null(&mut self) -> NonNull<T> {
        self.buf.non_null()
    }

    #[inline]
    pub fn allocator(&self) -> &A {
        self.buf.allocator()
    }

    #[inline]
    pub unsafe fn set_len(&mut self, new_len: usize) {
        self.len = new_len;
    }

    #[inline]
    #[track_caller]
    pub fn swap_remove(&mut self, index: usize) -> T {
        #[cold]
        #[track_caller]
        fn assert_failed(index: usize, len: usize) -> ! {
            panic!("swap_remove index (is {index}) should be < len (is {len})");
        }
        let len = self.len;
        if index >= len {
            assert_failed(index, len);
        }
        unsafe {
            let p = self.as_mut_ptr();
            let value = ptr::read(p.add(index));
            ptr::copy(p.add(len - 1), p.add(index), 1);
            self.len = len - 1;
            value
        }
    }

    #[track_caller]
    #[rustc_confusables("push_at")]
    pub fn insert(&mut self, index: usize, element: T) {
        let _ = self.insert_mut(index, element);
    }

    #[inline]
    #[track_caller]
    pub fn insert_mut(&mut self, index: usize, element: T) -> &mut T {
        #[cold]
        #[track_caller]
        fn assert_failed(index: usize, len: usize) -> ! {
            panic!("insertion index (is {index}) should be <= len (is {len})");
        }
        let len = self.len;
        if index > len {
            assert_failed(index, len);
        }
        if len == self.buf.capacity() {
            self.buf.grow_one();
        }
        unsafe {
            let p = self.as_mut_ptr().add(index);
            if index < len {
                ptr::copy(p, p.add(1), len - index);
            }
            ptr::write(p, element);
            self.len = len + 1;
            &mut *p
        }
    }

    #[track_caller]
    #[rustc_confusables("delete", "take")]
    pub fn remove(&mut self, index: usize) -> T {
        #[cold]
        #[track_caller]
        fn assert_failed(index: usize, len: usize) -> ! {
            panic!("removal index (is {index}) should be < len (is {len})");
        }
        let len = self.len;
        if index >= len {
            assert_failed(index, len);
        }
        unsafe {
            let p = self.as_mut_ptr().add(index);
            let ret = ptr::read(p);
            ptr::copy(p.add(1), p, len - index - 1);
            self.len = len - 1;
            ret
        }
    }

    #[inline]
    pub fn try_remove(&mut self, index: usize) -> Option<T> {
        if index < self.len { Some(self.remove(index)) } else { None }
    }

    pub fn retain<F: FnMut(&T) -> bool>(&mut self, mut f: F) {
        self.retain_mut(|elem| f(elem));
    }

    pub fn retain_mut<F: FnMut(&mut T) -> bool>(&mut self, mut f: F) {
        self.extract_if(.., |x| !f(x)).for_each(drop);
    }

    #[inline]
    pub fn dedup_by_key<F: FnMut(&mut T) -> K, K: PartialEq>(&mut self, mut key: F) {
        self.dedup_by(|a, b| key(a) == key(b))
    }

    pub fn dedup_by<F: FnMut(&mut T, &mut T) -> bool>(&mut self, mut same_bucket: F) {
        if self.len < 2 {
            return;
        }
        // The elements up to `kept` stay; those from `read` on are still to be looked at.
        struct Gap<'a, T, A: Allocator> {
            vec: &'a mut Vec<T, A>,
            kept: usize,
            read: usize,
            len: usize,
        }
        impl<T, A: Allocator> Drop for Gap<'_, T, A> {
            fn drop(&mut self) {
                unsafe {
                    let p = self.vec.as_mut_ptr();
                    let rest = self.len - self.read;
                    ptr::copy(p.add(self.read), p.add(self.kept), rest);
                    self.vec.set_len(self.kept + rest);
                }
            }
        }
        let len = self.len;
        let p = self.as_mut_ptr();
        let mut gap = Gap { vec: self, kept: 1, read: 1, len };
        unsafe {
            gap.vec.set_len(0);
            while gap.read < len {
                let at = p.add(gap.read);
                if same_bucket(&mut *at, &mut *p.add(gap.kept - 1)) {
                    gap.read += 1;
                    ptr::drop_in_place(at);
                } else {
                    ptr::copy(at, p.add(gap.kept), 1);
                    gap.read += 1;
                    gap.kept += 1;
                }
            }
        }
    }

    #[inline]
    #[rustc_confusables("push_back", "put", "append")]
    #[track_caller]
    pub fn push(&mut self, value: T) {
        let len = self.len;
        if len == self.buf.capacity() {
            self.buf.grow_one();
        }
        unsafe { ptr::write(self.buf.ptr().add(len), value) };
        self.len = len + 1;
    }

    #[inline]
    #[track_caller]
    pub fn push_mut(&mut self, value: T) -> &mut T {
        self.push(value);
        unsafe { &mut *self.buf.ptr().add(self.len - 1) }
    }

    #[inline]
    pub fn push_within_capacity(&mut self, value: T) -> Result<&mut T, T> {
        if self.len == self.buf.capacity() { Err(value) } else { Ok(self.push_mut(value)) }
    }

    #[inline]
    #[rustc_diagnostic_item = "vec_pop"]
    pub fn pop(&mut self) -> Option<T> {
        if self.len == 0 {
            return None;
        }
        self.len -= 1;
        unsafe { Some(ptr::read(self.buf.ptr().add(self.len))) }
    }

    pub fn pop_if(&mut self, predicate: impl FnOnce(&mut T) -> bool) -> Option<T> {
        let last = self.last_mut()?;
        if predicate(last) { self.pop() } else { None }
    }

    #[inline]
    #[track_caller]
    pub fn append(&mut self, other: &mut Self) {
        unsafe {
            self.append_elements(other.as_slice() as *const [T]);
            other.set_len(0);
        }
    }

    #[inline]
    #[track_caller]
    unsafe fn append_elements(&mut self, other: *const [T]) {
        let count = other.len();
        self.reserve(count);
        unsafe {
            let end = self.buf.ptr().add(self.len);
            ptr::copy_nonoverlapping(other as *const T, end, count);
        }
        self.len += count;
    }

    #[track_caller]
    pub fn drain<R: RangeBounds<usize>>(&mut self, range: R) -> Drain<'_, T, A> {
        let Range { start, end } = slice::range(range, ..self.len);
        Drain::new(self, start, end)
    }

    #[inline]
    pub fn clear(&mut self) {
        self.truncate(0);
    }

    #[inline]
    #[rustc_confusables("length", "size")]
    pub const fn len(&self) -> usize {
        self.len
    }

    #[inline]
    #[rustc_diagnostic_item = "vec_is_empty"]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    #[inline]
    #[must_use = "use `.truncate()` if you don't need the other half"]
    #[track_caller]
    pub fn split_off(&mut self, at: usize) -> Self
    where
        A: Clone,
    {
        #[cold]
        #[track_caller]
        fn assert_failed(at: usize, len: usize) -> ! {
            panic!("`at` split index (is {at}) should be <= len (is {len})");
        }
        if at > self.len {
            assert_failed(at, self.len);
        }
        let other_len = self.len - at;
        let mut other = Vec::with_capacity_in(other_len, self.allocator().clone());
        unsafe {
            self.len = at;
            other.len = other_len;
            ptr::copy_nonoverlapping(self.as_ptr().add(at), other.as_mut_ptr(), other_len);
        }
        other
    }

    #[track_caller]
    pub fn resize_with<F: FnMut() -> T>(&mut self, new_len: usize, f: F) {
        let len = self.len;
        if new_len > len {
            self.extend_desugared(core::iter::repeat_with(f).take(new_len - len));
        } else {
            self.truncate(new_len);
        }
    }

    #[inline]
    pub fn leak<'a>(self) -> &'a mut [T]
    where
        A: 'a,
    {
        let mut me = ManuallyDrop::new(self);
        unsafe { slice::from_raw_parts_mut(me.as_mut_ptr(), me.len) }
    }

    #[inline]
    pub fn spare_capacity_mut(&mut self) -> &mut [MaybeUninit<T>] {
        unsafe {
            slice::from_raw_parts_mut(
                self.as_mut_ptr().add(self.len) as *mut MaybeUninit<T>,
                self.buf.capacity() - self.len,
            )
        }
    }

    /// Pushes all of an iterator.
    #[inline]
    #[track_caller]
    pub(crate) fn extend_desugared<I: Iterator<Item = T>>(&mut self, mut iterator: I) {
        if let Some(n) = iterator.__trusted_len() {
            self.reserve(n);
            let start = self.buf.ptr();
            let mut len = SetLenOnDrop { local: self.len, len: &mut self.len };
            iterator.for_each(|x| {
                unsafe { ptr::write(start.add(len.local), x) };
                len.local += 1;
            });
            return;
        }
        while let Some(element) = iterator.next() {
            let len = self.len;
            if len == self.buf.capacity() {
                let (lower, _) = iterator.size_hint();
                self.reserve(lower.saturating_add(1));
            }
            unsafe { ptr::write(self.buf.ptr().add(len), element) };
            self.len = len + 1;
        }
    }

    #[inline]
    #[track_caller]
    pub fn splice<R: RangeBounds<usize>, I: IntoIterator<Item = T>>(
        &mut self,
        range: R,
        replace_with: I,
    ) -> Splice<'_, I::IntoIter, A> {
        Splice { drain: self.drain(range), replace_with: replace_with.into_iter() }
    }

    pub fn extract_if<F: FnMut(&mut T) -> bool, R: RangeBounds<usize>>(
        &mut self,
        range: R,
        filter: F,
    ) -> ExtractIf<'_, T, F, A> {
        ExtractIf::new(self, filter, range)
    }
}

/// Writes the length back at the end, so that the loop keeps it in a register.
struct SetLenOnDrop<'a> {
    local: usize,
    len: &'a mut usize,
}

impl Drop for SetLenOnDrop<'_> {
    #[inline]
    fn drop(&mut self) {
        *self.len = self.local;
    }
}

impl<T: Clone, A: Allocator> Vec<T, A> {
    #[track_caller]
    pub fn resize(&mut self, new_len: usize, value: T) {
        if new_len > self.len {
            self.extend_with(new_len - self.len, value);
        } else {
            self.truncate(new_len);
        }
    }

    #[inline]
    #[track_caller]
    pub fn extend_from_slice(&mut self, other: &[T]) {
        self.reserve(other.len());
        unsafe {
            let mut to = self.buf.ptr().add(self.len);
            let mut len = SetLenOnDrop { local: self.len, len: &mut self.len };
            for x in other {
                ptr::write(to, x.clone());
                to = to.add(1);
                len.local += 1;
            }
        }
    }

    #[track_caller]
    pub fn extend_from_within<R: RangeBounds<usize>>(&mut self, src: R) {
        let Range { start, end } = slice::range(src, ..self.len);
        self.reserve(end - start);
        for i in start..end {
            let x = self[i].clone();
            self.push(x);
        }
    }

    #[track_caller]
    fn extend_with(&mut self, n: usize, value: T) {
        self.reserve(n);
        unsafe {
            let mut to = self.buf.ptr().add(self.len);
            let mut len = SetLenOnDrop { local: self.len, len: &mut self.len };
            for _ in 1..n {
                ptr::write(to, value.clone());
                to = to.add(1);
                len.local += 1;
            }
            if n > 0 {
                ptr::write(to, value);
                len.local += 1;
            }
        }
    }
}

impl<T, A: Allocator, const N: usize> Vec<[T; N], A> {
    pub fn into_flattened(self) -> Vec<T, A> {
        let me = ManuallyDrop::new(self);
        let (len, cap) = (me.len * N, me.buf.capacity());
        let cap = if size_of::<T>() == 0 { usize::MAX } else { cap * N };
        unsafe {
            Vec::from_raw_parts_in(me.buf.ptr() as *mut T, len, cap, ptr::read(me.allocator()))
        }
    }
}

impl<T: PartialEq, A: Allocator> Vec<T, A> {
    #[inline]
    pub fn dedup(&mut self) {
        self.dedup_by(|a, b| a == b)
    }
}

/// What `vec![elem; n]` calls.
#[doc(hidden)]
#[rustc_diagnostic_item = "vec_from_elem"]
#[track_caller]
pub fn from_elem<T: Clone>(elem: T, n: usize) -> Vec<T> {
    let mut v = Vec::with_capacity(n);
    v.extend_with(n, elem);
    v
}

#[doc(hidden)]
#[track_caller]
pub fn from_elem_in<T: Clone, A: Allocator>(elem: T, n: usize, alloc: A) -> Vec<T, A> {
    let mut v = Vec::with_capacity_in(n, alloc);
    v.extend_with(n, elem);
    v
}

unsafe impl<#[may_dangle] T, A: Allocator> Drop for Vec<T, A> {
    #[inline]
    fn drop(&mut self) {
        if mem::needs_drop::<T>() {
            unsafe {
                ptr::drop_in_place(ptr::slice_from_raw_parts_mut(self.as_mut_ptr(), self.len))
            }
        }
    }
}
