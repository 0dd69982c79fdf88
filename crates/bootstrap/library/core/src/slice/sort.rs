//! Sorting: a merge sort that keeps equal elements in order, and a quick sort that does not.
//! Both sort short runs by insertion.

use crate::mem::{ManuallyDrop, MaybeUninit};
use crate::ptr;

const SHORT: usize = 20;

/// Writes a value that was taken out back into the gap, even if a comparison panics.
struct Hole<T> {
    value: ManuallyDrop<T>,
    dest: *mut T,
}

impl<T> Drop for Hole<T> {
    #[inline]
    fn drop(&mut self) {
        unsafe { ptr::copy_nonoverlapping(&*self.value, self.dest, 1) };
    }
}

/// Inserts `v[i]` into the sorted `v[..i]`.
#[inline]
unsafe fn insert<T, F: FnMut(&T, &T) -> bool>(v: *mut T, i: usize, is_less: &mut F) {
    unsafe {
        let at = v.add(i);
        if !is_less(&*at, &*at.sub(1)) {
            return;
        }
        let mut hole = Hole { value: ManuallyDrop::new(ptr::read(at)), dest: at.sub(1) };
        ptr::copy_nonoverlapping(hole.dest, at, 1);
        while hole.dest != v && is_less(&hole.value, &*hole.dest.sub(1)) {
            ptr::copy_nonoverlapping(hole.dest.sub(1), hole.dest, 1);
            hole.dest = hole.dest.sub(1);
        }
    }
}

fn insertion_sort<T, F: FnMut(&T, &T) -> bool>(v: &mut [T], is_less: &mut F) {
    for i in 1..v.len() {
        unsafe { insert(v.as_mut_ptr(), i, is_less) };
    }
}

/// Whether the slice was sorted, or could be reversed to be so.
fn already_sorted<T, F: FnMut(&T, &T) -> bool>(v: &mut [T], is_less: &mut F) -> bool {
    if v.len() < 2 {
        return true;
    }
    let descending = is_less(&v[1], &v[0]);
    for i in 2..v.len() {
        if is_less(&v[i], &v[i - 1]) != descending {
            return false;
        }
    }
    if descending {
        v.reverse();
    }
    true
}

/// What a merge still has to put back: the rest of the left run, which was moved to the buffer.
struct Merge<T> {
    start: *const T,
    end: *const T,
    dest: *mut T,
}

impl<T> Drop for Merge<T> {
    fn drop(&mut self) {
        unsafe {
            let len = self.end.offset_from_unsigned(self.start);
            ptr::copy_nonoverlapping(self.start, self.dest, len);
        }
    }
}

/// Merges the sorted `v[..mid]` and `v[mid..]`; `buf` has room for `mid` elements.
unsafe fn merge<T, F: FnMut(&T, &T) -> bool>(
    v: &mut [T],
    mid: usize,
    buf: *mut T,
    is_less: &mut F,
) {
    unsafe {
        let start = v.as_mut_ptr();
        let (mut right, end) = (start.add(mid), start.add(v.len()));
        ptr::copy_nonoverlapping(start, buf, mid);
        let mut left = Merge { start: buf, end: buf.add(mid), dest: start };
        while left.start != left.end && right != end {
            if is_less(&*right, &*left.start) {
                ptr::copy_nonoverlapping(right, left.dest, 1);
                right = right.add(1);
            } else {
                ptr::copy_nonoverlapping(left.start, left.dest, 1);
                left.start = left.start.add(1);
            }
            left.dest = left.dest.add(1);
        }
    }
}

unsafe fn merge_sort<T, F: FnMut(&T, &T) -> bool>(v: &mut [T], buf: *mut T, is_less: &mut F) {
    if v.len() <= SHORT {
        return insertion_sort(v, is_less);
    }
    let mid = v.len() / 2;
    unsafe {
        merge_sort(&mut v[..mid], buf, is_less);
        merge_sort(&mut v[mid..], buf, is_less);
        if is_less(v.get_unchecked(mid), v.get_unchecked(mid - 1)) {
            merge(v, mid, buf, is_less);
        }
    }
}

/// Sorts and keeps the order of equal elements. `buffer` gives memory for half of the elements; it
/// is not called if none is needed.
#[doc(hidden)]
pub fn stable_sort<T, F, B>(v: &mut [T], mut is_less: F, buffer: B)
where
    F: FnMut(&T, &T) -> bool,
    B: FnOnce(usize, &mut dyn FnMut(&mut [MaybeUninit<T>])),
{
    if size_of::<T>() == 0 || v.len() < 2 {
        return;
    }
    if v.len() <= SHORT {
        return insertion_sort(v, &mut is_less);
    }
    if already_sorted(v, &mut is_less) {
        return;
    }
    let half = v.len() / 2;
    buffer(half, &mut |buf| unsafe {
        merge_sort(v, buf.as_mut_ptr() as *mut T, &mut is_less);
    });
}

fn heap_sort<T, F: FnMut(&T, &T) -> bool>(v: &mut [T], is_less: &mut F) {
    let len = v.len();
    for i in (0..len + len / 2).rev() {
        // First builds the heap, then takes the largest off again and again.
        let (mut node, end) = if i >= len {
            (i - len, len)
        } else {
            v.swap(0, i);
            (0, i)
        };
        loop {
            let mut child = 2 * node + 1;
            if child >= end {
                break;
            }
            if child + 1 < end && is_less(&v[child], &v[child + 1]) {
                child += 1;
            }
            if !is_less(&v[node], &v[child]) {
                break;
            }
            v.swap(node, child);
            node = child;
        }
    }
}

/// The index of the middle one of three elements.
fn median<T, F: FnMut(&T, &T) -> bool>(
    v: &[T],
    a: usize,
    b: usize,
    c: usize,
    is_less: &mut F,
) -> usize {
    let (x, y) = (is_less(&v[a], &v[b]), is_less(&v[b], &v[c]));
    if x == y {
        b
    } else if is_less(&v[a], &v[c]) == x {
        c
    } else {
        a
    }
}

/// Moves a pivot to where it belongs: smaller elements before it, others after it.
fn partition<T, F: FnMut(&T, &T) -> bool>(v: &mut [T], is_less: &mut F) -> usize {
    let len = v.len();
    let (a, b, c) = (len / 4, len / 2, len / 4 * 3);
    let pivot = if len > 100 {
        let a = median(v, a - 1, a, a + 1, is_less);
        let b = median(v, b - 1, b, b + 1, is_less);
        let c = median(v, c - 1, c, c + 1, is_less);
        median(v, a, b, c, is_less)
    } else {
        median(v, a, b, c, is_less)
    };
    v.swap(0, pivot);
    let (pivot, rest) = v.split_first_mut().unwrap();
    let (mut l, mut r) = (0, rest.len());
    unsafe {
        loop {
            while l < r && is_less(rest.get_unchecked(l), pivot) {
                l += 1;
            }
            while l < r && !is_less(rest.get_unchecked(r - 1), pivot) {
                r -= 1;
            }
            if l >= r {
                break;
            }
            r -= 1;
            let p = rest.as_mut_ptr();
            ptr::swap(p.add(l), p.add(r));
            l += 1;
        }
    }
    v.swap(0, l);
    l
}

/// Moves the elements equal to `v[0]`, than which none is smaller, to the front.
fn gather_equal<T, F: FnMut(&T, &T) -> bool>(v: &mut [T], is_less: &mut F) -> usize {
    let mut end = 1;
    for i in 1..v.len() {
        if !is_less(&v[0], &v[i]) {
            v.swap(end, i);
            end += 1;
        }
    }
    end
}

fn quick_sort<T, F: FnMut(&T, &T) -> bool>(mut v: &mut [T], is_less: &mut F, mut limit: u32) {
    loop {
        if v.len() <= SHORT {
            return insertion_sort(v, is_less);
        }
        if limit == 0 {
            return heap_sort(v, is_less);
        }
        limit -= 1;
        let mid = partition(v, is_less);
        let (left, right) = v.split_at_mut(mid);
        // Nothing smaller than the pivot: many may be equal to it.
        if left.is_empty() {
            let equal = gather_equal(right, is_less);
            v = &mut right[equal..];
            continue;
        }
        let right = &mut right[1..];
        if left.len() < right.len() {
            quick_sort(left, is_less, limit);
            v = right;
        } else {
            quick_sort(right, is_less, limit);
            v = left;
        }
    }
}

/// Sorts without memory; equal elements may change places.
pub(super) fn unstable_sort<T, F: FnMut(&T, &T) -> bool>(v: &mut [T], mut is_less: F) {
    if size_of::<T>() == 0 || already_sorted(v, &mut is_less) {
        return;
    }
    let limit = 2 * v.len().ilog2();
    quick_sort(v, &mut is_less, limit);
}

/// Moves to `v[index]` what sorting would.
pub(super) fn select<T, F: FnMut(&T, &T) -> bool>(
    mut v: &mut [T],
    mut index: usize,
    mut is_less: F,
) {
    loop {
        if v.len() <= SHORT {
            return insertion_sort(v, &mut is_less);
        }
        let mid = partition(v, &mut is_less);
        if mid == index {
            return;
        }
        if mid == 0 {
            let equal = gather_equal(v, &mut is_less);
            if index < equal {
                return;
            }
            index -= equal;
            v = &mut v[equal..];
        } else if index < mid {
            v = &mut v[..mid];
        } else {
            index -= mid + 1;
            v = &mut v[mid + 1..];
        }
    }
}
