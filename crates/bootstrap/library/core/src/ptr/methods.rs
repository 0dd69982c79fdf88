//! Methods and comparison of `*const T` and `*mut T`.

use crate::cmp::Ordering;
use crate::hash::{Hash, Hasher};
use crate::intrinsics;
use crate::marker::PointeeSized;
use crate::mem;
use crate::ptr::{self, Thin};
use crate::slice::SliceIndex;

// The methods that both kinds of pointers have.
macro_rules! pointer_methods {
    ($m:tt) => {
        #[must_use]
        #[inline]
        pub const fn is_null(self) -> bool {
            let addr: usize = unsafe { mem::transmute(self as *const u8) };
            addr == 0
        }

        #[inline(always)]
        pub const fn cast<U>(self) -> *$m U {
            self as _
        }

        #[inline]
        pub const fn try_cast_aligned<U>(self) -> Option<*$m U> {
            let addr: usize = unsafe { mem::transmute(self as *const u8) };
            if addr % align_of::<U>() == 0 { Some(self as *$m U) } else { None }
        }

        #[inline(always)]
        pub fn addr(self) -> usize {
            unsafe { mem::transmute(self as *const ()) }
        }

        #[inline(always)]
        pub fn expose_provenance(self) -> usize {
            self as *const () as usize
        }

        #[inline]
        pub fn with_addr(self, addr: usize) -> Self
        where
            T: Sized,
        {
            self.wrapping_byte_offset(addr.wrapping_sub(self.addr()) as isize)
        }

        #[inline]
        pub fn map_addr(self, f: impl FnOnce(usize) -> usize) -> Self
        where
            T: Sized,
        {
            self.with_addr(f(self.addr()))
        }

        #[inline]
        pub const fn to_raw_parts(self) -> (*$m (), <T as ptr::Pointee>::Metadata) {
            (self as *$m (), ptr::metadata(self))
        }

        #[inline]
        pub const unsafe fn as_ref<'a>(self) -> Option<&'a T> {
            if self.is_null() { None } else { unsafe { Some(&*self) } }
        }

        #[inline]
        pub const unsafe fn as_ref_unchecked<'a>(self) -> &'a T {
            unsafe { &*self }
        }

        #[inline(always)]
        #[track_caller]
        pub const unsafe fn offset(self, count: isize) -> Self
        where
            T: Sized,
        {
            unsafe { intrinsics::offset(self, count) }
        }

        #[inline(always)]
        #[track_caller]
        pub const unsafe fn add(self, count: usize) -> Self
        where
            T: Sized,
        {
            unsafe { intrinsics::offset(self, count) }
        }

        #[inline(always)]
        #[track_caller]
        pub const unsafe fn sub(self, count: usize) -> Self
        where
            T: Sized,
        {
            unsafe { intrinsics::offset(self, 0isize.wrapping_sub(count as isize)) }
        }

        #[inline(always)]
        pub const unsafe fn byte_offset(self, count: isize) -> Self
        where
            T: Sized,
        {
            unsafe { self.cast::<u8>().offset(count).cast::<T>() }
        }

        #[inline(always)]
        pub const unsafe fn byte_add(self, count: usize) -> Self
        where
            T: Sized,
        {
            unsafe { self.cast::<u8>().add(count).cast::<T>() }
        }

        #[inline(always)]
        pub const unsafe fn byte_sub(self, count: usize) -> Self
        where
            T: Sized,
        {
            unsafe { self.cast::<u8>().sub(count).cast::<T>() }
        }

        #[inline(always)]
        pub const fn wrapping_offset(self, count: isize) -> Self
        where
            T: Sized,
        {
            unsafe { intrinsics::arith_offset(self as *const T, count) as Self }
        }

        #[inline(always)]
        pub const fn wrapping_byte_offset(self, count: isize) -> Self
        where
            T: Sized,
        {
            self.cast::<u8>().wrapping_offset(count).cast::<T>()
        }

        #[inline(always)]
        pub const fn wrapping_add(self, count: usize) -> Self
        where
            T: Sized,
        {
            self.wrapping_offset(count as isize)
        }

        #[inline(always)]
        pub const fn wrapping_sub(self, count: usize) -> Self
        where
            T: Sized,
        {
            self.wrapping_offset((count as isize).wrapping_neg())
        }

        #[inline(always)]
        pub const fn wrapping_byte_add(self, count: usize) -> Self
        where
            T: Sized,
        {
            self.wrapping_byte_offset(count as isize)
        }

        #[inline(always)]
        pub const fn wrapping_byte_sub(self, count: usize) -> Self
        where
            T: Sized,
        {
            self.wrapping_byte_offset((count as isize).wrapping_neg())
        }

        #[inline(always)]
        pub const unsafe fn offset_from(self, origin: *const T) -> isize
        where
            T: Sized,
        {
            unsafe { intrinsics::ptr_offset_from(self as *const T, origin) }
        }

        #[inline(always)]
        pub const unsafe fn offset_from_unsigned(self, origin: *const T) -> usize
        where
            T: Sized,
        {
            unsafe { intrinsics::ptr_offset_from_unsigned(self as *const T, origin) }
        }

        #[inline(always)]
        pub const unsafe fn byte_offset_from<U>(self, origin: *const U) -> isize {
            unsafe { (self as *const u8).offset_from(origin as *const u8) }
        }

        #[inline(always)]
        #[track_caller]
        pub const unsafe fn read(self) -> T
        where
            T: Sized,
        {
            unsafe { ptr::read(self) }
        }

        #[inline]
        #[track_caller]
        pub unsafe fn read_volatile(self) -> T
        where
            T: Sized,
        {
            unsafe { ptr::read_volatile(self) }
        }

        #[inline]
        #[track_caller]
        pub const unsafe fn read_unaligned(self) -> T
        where
            T: Sized,
        {
            unsafe { ptr::read_unaligned(self) }
        }

        #[inline(always)]
        #[track_caller]
        pub const unsafe fn copy_to(self, dest: *mut T, count: usize)
        where
            T: Sized,
        {
            unsafe { ptr::copy(self, dest, count) }
        }

        #[inline(always)]
        #[track_caller]
        pub const unsafe fn copy_to_nonoverlapping(self, dest: *mut T, count: usize)
        where
            T: Sized,
        {
            unsafe { ptr::copy_nonoverlapping(self, dest, count) }
        }

        #[must_use]
        #[inline]
        pub fn align_offset(self, align: usize) -> usize
        where
            T: Sized,
        {
            assert!(align.is_power_of_two(), "align_offset: align is not a power-of-two");
            let bytes = self.addr().wrapping_neg() & (align - 1);
            match size_of::<T>() {
                _ if bytes == 0 => 0,
                0 => usize::MAX,
                size if bytes % size == 0 => bytes / size,
                size => {
                    // Walks the multiples of the size modulo the alignment.
                    let mut n = 1;
                    while n < align && n.wrapping_mul(size) & (align - 1) != bytes {
                        n += 1;
                    }
                    if n < align { n } else { usize::MAX }
                }
            }
        }

        #[must_use]
        #[inline]
        pub fn is_aligned(self) -> bool
        where
            T: Sized,
        {
            self.addr() % align_of::<T>() == 0
        }

        #[must_use]
        #[inline]
        pub fn is_aligned_to(self, align: usize) -> bool {
            assert!(align.is_power_of_two(), "is_aligned_to: align is not a power-of-two");
            self.addr() & (align - 1) == 0
        }
    };
}

impl<T: PointeeSized> *const T {
    pointer_methods! { const }

    #[inline(always)]
    pub const fn cast_mut(self) -> *mut T {
        self as _
    }
}

impl<T: PointeeSized> *mut T {
    pointer_methods! { mut }

    #[inline(always)]
    pub const fn cast_const(self) -> *const T {
        self as _
    }

    #[inline]
    pub const unsafe fn as_mut<'a>(self) -> Option<&'a mut T> {
        if self.is_null() { None } else { unsafe { Some(&mut *self) } }
    }

    #[inline]
    pub const unsafe fn as_mut_unchecked<'a>(self) -> &'a mut T {
        unsafe { &mut *self }
    }

    #[inline(always)]
    #[track_caller]
    pub const unsafe fn copy_from(self, src: *const T, count: usize)
    where
        T: Sized,
    {
        unsafe { ptr::copy(src, self, count) }
    }

    #[inline(always)]
    #[track_caller]
    pub const unsafe fn copy_from_nonoverlapping(self, src: *const T, count: usize)
    where
        T: Sized,
    {
        unsafe { ptr::copy_nonoverlapping(src, self, count) }
    }

    #[inline(always)]
    pub unsafe fn drop_in_place(self) {
        unsafe { ptr::drop_in_place(self) }
    }

    #[inline(always)]
    #[track_caller]
    pub const unsafe fn write(self, val: T)
    where
        T: Sized,
    {
        unsafe { ptr::write(self, val) }
    }

    #[inline(always)]
    #[track_caller]
    pub const unsafe fn write_bytes(self, val: u8, count: usize)
    where
        T: Sized,
    {
        unsafe { ptr::write_bytes(self, val, count) }
    }

    #[inline]
    #[track_caller]
    pub unsafe fn write_volatile(self, val: T)
    where
        T: Sized,
    {
        unsafe { ptr::write_volatile(self, val) }
    }

    #[inline]
    #[track_caller]
    pub const unsafe fn write_unaligned(self, val: T)
    where
        T: Sized,
    {
        unsafe { ptr::write_unaligned(self, val) }
    }

    #[inline(always)]
    pub const unsafe fn replace(self, src: T) -> T
    where
        T: Sized,
    {
        unsafe { ptr::replace(self, src) }
    }

    #[inline(always)]
    pub const unsafe fn swap(self, with: *mut T)
    where
        T: Sized,
    {
        unsafe { ptr::swap(self, with) }
    }
}

impl<T> *const [T] {
    #[inline]
    pub const fn len(self) -> usize {
        ptr::metadata(self)
    }

    #[inline]
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    #[inline]
    pub const fn as_ptr(self) -> *const T {
        self as *const T
    }

    #[inline]
    pub unsafe fn get_unchecked<I: SliceIndex<[T]>>(self, index: I) -> *const I::Output {
        unsafe { index.get_unchecked(self) }
    }
}

impl<T> *mut [T] {
    #[inline]
    pub const fn len(self) -> usize {
        ptr::metadata(self)
    }

    #[inline]
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    #[inline]
    pub const fn as_mut_ptr(self) -> *mut T {
        self as *mut T
    }

    #[inline]
    pub unsafe fn get_unchecked_mut<I: SliceIndex<[T]>>(self, index: I) -> *mut I::Output {
        unsafe { index.get_unchecked_mut(self) }
    }
}

impl<T, const N: usize> *const [T; N] {
    #[inline]
    pub const fn as_ptr(self) -> *const T {
        self as *const T
    }

    #[inline]
    pub const fn as_slice(self) -> *const [T] {
        self
    }
}

impl<T, const N: usize> *mut [T; N] {
    #[inline]
    pub const fn as_mut_ptr(self) -> *mut T {
        self as *mut T
    }

    #[inline]
    pub const fn as_mut_slice(self) -> *mut [T] {
        self
    }
}

macro_rules! pointer_traits {
    ($($p:tt)*) => {$(
        #[allow(ambiguous_wide_pointer_comparisons)]
        impl<T: PointeeSized> PartialEq for *$p T {
            #[inline]
            fn eq(&self, other: &*$p T) -> bool {
                *self == *other
            }
        }

        impl<T: PointeeSized> Eq for *$p T {}

        #[allow(ambiguous_wide_pointer_comparisons)]
        impl<T: PointeeSized> Ord for *$p T {
            #[inline]
            fn cmp(&self, other: &*$p T) -> Ordering {
                if self < other {
                    Ordering::Less
                } else if self == other {
                    Ordering::Equal
                } else {
                    Ordering::Greater
                }
            }
        }

        #[allow(ambiguous_wide_pointer_comparisons)]
        impl<T: PointeeSized> PartialOrd for *$p T {
            #[inline]
            fn partial_cmp(&self, other: &*$p T) -> Option<Ordering> {
                Some(self.cmp(other))
            }
            #[inline]
            fn lt(&self, other: &*$p T) -> bool {
                *self < *other
            }
            #[inline]
            fn le(&self, other: &*$p T) -> bool {
                *self <= *other
            }
            #[inline]
            fn gt(&self, other: &*$p T) -> bool {
                *self > *other
            }
            #[inline]
            fn ge(&self, other: &*$p T) -> bool {
                *self >= *other
            }
        }

        impl<T: PointeeSized> Clone for *$p T {
            #[inline(always)]
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<T: PointeeSized> Hash for *$p T {
            #[inline]
            fn hash<H: Hasher>(&self, state: &mut H) {
                let (address, metadata) = self.to_raw_parts();
                state.write_usize(address as usize);
                metadata.hash(state);
            }
        }

        impl<T: PointeeSized + Thin> Default for *$p T {
            fn default() -> Self {
                ptr::from_raw_parts_mut(ptr::without_provenance_mut::<()>(0), ())
            }
        }
    )*};
}
pointer_traits! { const mut }
