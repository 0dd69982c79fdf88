//! Shared pointers for several threads.

use core::any::Any;
use core::borrow::Borrow;
use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::marker::{PhantomData, Unsize};
use core::mem::{self, ManuallyDrop, MaybeUninit};
use core::ops::{CoerceUnsized, Deref, DerefPure, DispatchFromDyn, LegacyReceiver};
use core::panic::{RefUnwindSafe, UnwindSafe};
use core::pin::{Pin, PinCoerceUnsized};
use core::ptr::{self, NonNull};
use core::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed, Release};
use core::sync::atomic::{AtomicUsize, fence};

use crate::alloc::{Layout, alloc, dealloc, handle_alloc_error};
use crate::borrow::{Cow, ToOwned};
use crate::boxed::Box;
use crate::string::String;
use crate::vec::Vec;

/// The counters and the value. All strong pointers together hold one weak one.
#[repr(C)]
struct ArcInner<T: ?Sized> {
    strong: Counter,
    weak: Counter,
    value: T,
}

struct Counter(AtomicUsize);

impl Counter {
    #[inline(always)]
    const fn new(n: usize) -> Counter {
        Counter(AtomicUsize::new(n))
    }

    #[inline(always)]
    fn load(&self) -> usize {
        self.0.load(Acquire)
    }

    #[inline(always)]
    fn store(&self, n: usize) {
        self.0.store(n, Release)
    }

    /// One owner more.
    #[inline(always)]
    fn join(&self) {
        if self.0.fetch_add(1, Relaxed) > isize::MAX as usize {
            core::intrinsics::abort();
        }
    }

    #[inline]
    fn join_if_any(&self) -> bool {
        let add = |n| if n == 0 { None } else { Some(n + 1) };
        self.0.fetch_update(Acquire, Relaxed, add).is_ok()
    }

    /// One owner less; whether it was the last, which then sees what the others did.
    #[inline(always)]
    fn leave(&self) -> bool {
        if self.0.fetch_sub(1, Release) != 1 {
            return false;
        }
        fence(Acquire);
        true
    }

    #[inline]
    fn leave_if_one(&self) -> bool {
        self.0.compare_exchange(1, 0, AcqRel, Relaxed).is_ok()
    }
}

/// A shared pointer that counts its owners.
#[rustc_diagnostic_item = "Arc"]
#[rustc_insignificant_dtor]
pub struct Arc<T: ?Sized> {
    ptr: NonNull<ArcInner<T>>,
    phantom: PhantomData<ArcInner<T>>,
}

unsafe impl<T: ?Sized + Sync + Send> Send for Arc<T> {}
unsafe impl<T: ?Sized + Sync + Send> Sync for Arc<T> {}
impl<T: RefUnwindSafe + ?Sized> UnwindSafe for Arc<T> {}
impl<T: ?Sized + Unsize<U>, U: ?Sized> CoerceUnsized<Arc<U>> for Arc<T> {}
impl<T: ?Sized + Unsize<U>, U: ?Sized> DispatchFromDyn<Arc<U>> for Arc<T> {}
unsafe impl<T: ?Sized> PinCoerceUnsized for Arc<T> {}

/// The memory of the counters and a value of a layout.
fn allocate(value: Layout) -> *mut u8 {
    let (layout, _) = Layout::new::<ArcInner<()>>().extend(value).unwrap();
    let layout = layout.pad_to_align();
    let ptr = unsafe { alloc(layout) };
    if ptr.is_null() {
        handle_alloc_error(layout);
    }
    unsafe {
        let inner = ptr as *mut ArcInner<()>;
        (&raw mut (*inner).strong).write(Counter::new(1));
        (&raw mut (*inner).weak).write(Counter::new(1));
    }
    ptr
}

/// How far the value is from the start.
fn data_offset(align: usize) -> usize {
    (size_of::<ArcInner<()>>() + align - 1) & !(align - 1)
}

impl<T: ?Sized> Arc<T> {
    #[inline(always)]
    fn inner(&self) -> &ArcInner<T> {
        unsafe { self.ptr.as_ref() }
    }

    #[inline]
    unsafe fn from_inner(ptr: NonNull<ArcInner<T>>) -> Self {
        Self { ptr, phantom: PhantomData }
    }

    /// Moves a value of any size out of other memory, which is not touched further.
    unsafe fn from_value(value: *const T) -> Self {
        unsafe {
            let layout = Layout::for_value_raw(value);
            let memory = allocate(layout);
            let to = memory.add(data_offset(layout.align()));
            ptr::copy_nonoverlapping(value as *const u8, to, layout.size());
            let shape = value as *mut ArcInner<T>;
            let inner = ptr::from_raw_parts_mut(memory as *mut (), ptr::metadata(shape));
            Self::from_inner(NonNull::new_unchecked(inner))
        }
    }

    #[cold]
    #[inline(never)]
    unsafe fn drop_slow(&mut self) {
        // The weak pointer of all strong ones goes after the value, even if its drop panics.
        let _weak = Weak { ptr: self.ptr };
        unsafe { ptr::drop_in_place(&mut (*self.ptr.as_ptr()).value) };
    }
}

impl<T> Arc<T> {
    #[must_use]
    #[inline]
    pub fn new(value: T) -> Arc<T> {
        let inner = ArcInner { strong: Counter::new(1), weak: Counter::new(1), value };
        unsafe { Self::from_inner(NonNull::from(Box::leak(Box::new(inner)))) }
    }

    pub fn new_cyclic<F: FnOnce(&Weak<T>) -> T>(data_fn: F) -> Arc<T> {
        let uninit: NonNull<_> = NonNull::from(Box::leak(Box::new(ArcInner {
            strong: Counter::new(0),
            weak: Counter::new(1),
            value: MaybeUninit::<T>::uninit(),
        })));
        let init: NonNull<ArcInner<T>> = uninit.cast();
        let weak = Weak { ptr: init };
        let data = data_fn(&weak);
        unsafe {
            let inner = init.as_ptr();
            ptr::write(&raw mut (*inner).value, data);
            (*inner).strong.store(1);
        }
        // The strong pointer takes over the weak one.
        mem::forget(weak);
        unsafe { Self::from_inner(init) }
    }

    #[must_use]
    pub fn new_uninit() -> Arc<MaybeUninit<T>> {
        Arc::new(MaybeUninit::uninit())
    }

    #[must_use]
    pub fn pin(value: T) -> Pin<Arc<T>> {
        unsafe { Pin::new_unchecked(Arc::new(value)) }
    }

    #[inline]
    pub fn try_unwrap(this: Self) -> Result<T, Self> {
        if !this.inner().strong.leave_if_one() {
            return Err(this);
        }
        let this = ManuallyDrop::new(this);
        unsafe {
            let value = ptr::read(&(*this.ptr.as_ptr()).value);
            drop(Weak { ptr: this.ptr });
            Ok(value)
        }
    }

    #[inline]
    pub fn into_inner(this: Self) -> Option<T> {
        let this = ManuallyDrop::new(this);
        if !this.inner().strong.leave() {
            return None;
        }
        unsafe {
            let value = ptr::read(&(*this.ptr.as_ptr()).value);
            drop(Weak { ptr: this.ptr });
            Some(value)
        }
    }

    #[inline]
    pub fn unwrap_or_clone(this: Self) -> T
    where
        T: Clone,
    {
        Arc::try_unwrap(this).unwrap_or_else(|rc| (*rc).clone())
    }
}

impl<T> Arc<MaybeUninit<T>> {
    #[inline]
    pub unsafe fn assume_init(self) -> Arc<T> {
        let this = ManuallyDrop::new(self);
        unsafe { Arc::from_inner(this.ptr.cast()) }
    }
}

impl<T: ?Sized> Arc<T> {
    #[inline]
    pub unsafe fn from_raw(ptr: *const T) -> Self {
        unsafe {
            let offset = data_offset(mem::align_of_val_raw(ptr));
            let shape = ptr as *mut ArcInner<T>;
            let start = (ptr as *const u8).sub(offset) as *mut ();
            let inner = ptr::from_raw_parts_mut(start, ptr::metadata(shape));
            Self::from_inner(NonNull::new_unchecked(inner))
        }
    }

    #[must_use = "losing the pointer will leak memory"]
    pub fn into_raw(this: Self) -> *const T {
        let this = ManuallyDrop::new(this);
        Self::as_ptr(&*this)
    }

    pub fn as_ptr(this: &Self) -> *const T {
        unsafe { &raw const (*this.ptr.as_ptr()).value }
    }

    #[inline]
    pub unsafe fn increment_strong_count(ptr: *const T) {
        let rc = unsafe { ManuallyDrop::new(Arc::from_raw(ptr)) };
        let _ = ManuallyDrop::new((*rc).clone());
    }

    #[inline]
    pub unsafe fn decrement_strong_count(ptr: *const T) {
        unsafe { drop(Arc::from_raw(ptr)) };
    }

    #[must_use = "this returns a new `Weak` pointer, without modifying the original"]
    pub fn downgrade(this: &Self) -> Weak<T> {
        this.inner().weak.join();
        Weak { ptr: this.ptr }
    }

    #[inline]
    #[must_use]
    pub fn weak_count(this: &Self) -> usize {
        this.inner().weak.load() - 1
    }

    #[inline]
    #[must_use]
    pub fn strong_count(this: &Self) -> usize {
        this.inner().strong.load()
    }

    #[inline]
    pub fn is_unique(this: &Self) -> bool {
        Arc::weak_count(this) == 0 && Arc::strong_count(this) == 1
    }

    #[inline]
    pub fn get_mut(this: &mut Self) -> Option<&mut T> {
        if Arc::is_unique(this) { unsafe { Some(Arc::get_mut_unchecked(this)) } } else { None }
    }

    #[inline]
    pub unsafe fn get_mut_unchecked(this: &mut Self) -> &mut T {
        unsafe { &mut (*this.ptr.as_ptr()).value }
    }

    #[inline]
    #[must_use]
    pub fn ptr_eq(this: &Self, other: &Self) -> bool {
        ptr::addr_eq(this.ptr.as_ptr(), other.ptr.as_ptr())
    }
}

impl<T: Clone> Arc<T> {
    #[inline]
    pub fn make_mut(this: &mut Self) -> &mut T {
        if Arc::strong_count(this) != 1 {
            *this = Arc::new((**this).clone());
        } else if Arc::weak_count(this) != 0 {
            // Only weak pointers are left: the value moves away from under them.
            unsafe {
                let moved = Arc::new(ptr::read(&**this));
                let old = ManuallyDrop::new(mem::replace(this, moved));
                old.inner().strong.store(0);
                drop(Weak { ptr: old.ptr });
            }
        }
        unsafe { Arc::get_mut_unchecked(this) }
    }
}

impl Arc<dyn Any + Send + Sync> {
    #[inline]
    pub fn downcast<T: Any + Send + Sync>(self) -> Result<Arc<T>, Self> {
        if (*self).is::<T>() {
            let this = ManuallyDrop::new(self);
            unsafe { Ok(Arc::from_inner(this.ptr.cast())) }
        } else {
            Err(self)
        }
    }
}

impl<T: ?Sized> Deref for Arc<T> {
    type Target = T;
    #[inline(always)]
    fn deref(&self) -> &T {
        &self.inner().value
    }
}

unsafe impl<T: ?Sized> DerefPure for Arc<T> {}
impl<T: ?Sized> LegacyReceiver for Arc<T> {}

unsafe impl<#[may_dangle] T: ?Sized> Drop for Arc<T> {
    #[inline]
    fn drop(&mut self) {
        if self.inner().strong.leave() {
            unsafe { self.drop_slow() };
        }
    }
}

impl<T: ?Sized> Clone for Arc<T> {
    #[inline]
    fn clone(&self) -> Self {
        self.inner().strong.join();
        unsafe { Self::from_inner(self.ptr) }
    }
}

impl<T: Default> Default for Arc<T> {
    #[inline]
    fn default() -> Arc<T> {
        Arc::new(Default::default())
    }
}

impl Default for Arc<str> {
    fn default() -> Self {
        Arc::from("")
    }
}

impl<T> Default for Arc<[T]> {
    fn default() -> Self {
        Arc::from([])
    }
}

impl<T: ?Sized + PartialEq> PartialEq for Arc<T> {
    #[inline]
    fn eq(&self, other: &Arc<T>) -> bool {
        **self == **other
    }
    #[inline]
    fn ne(&self, other: &Arc<T>) -> bool {
        **self != **other
    }
}

impl<T: ?Sized + Eq> Eq for Arc<T> {}

impl<T: ?Sized + PartialOrd> PartialOrd for Arc<T> {
    #[inline]
    fn partial_cmp(&self, other: &Arc<T>) -> Option<Ordering> {
        (**self).partial_cmp(&**other)
    }
}

impl<T: ?Sized + Ord> Ord for Arc<T> {
    #[inline]
    fn cmp(&self, other: &Arc<T>) -> Ordering {
        (**self).cmp(&**other)
    }
}

impl<T: ?Sized + Hash> Hash for Arc<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state);
    }
}

impl<T: ?Sized + fmt::Display> fmt::Display for Arc<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&**self, f)
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for Arc<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl<T: ?Sized> fmt::Pointer for Arc<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Pointer::fmt(&(&raw const **self), f)
    }
}

impl<T: ?Sized> Borrow<T> for Arc<T> {
    fn borrow(&self) -> &T {
        self
    }
}

impl<T: ?Sized> AsRef<T> for Arc<T> {
    fn as_ref(&self) -> &T {
        self
    }
}

impl<T: ?Sized> Unpin for Arc<T> {}

impl<T: core::error::Error + ?Sized> core::error::Error for Arc<T> {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        core::error::Error::source(&**self)
    }
}

impl<T> From<T> for Arc<T> {
    fn from(t: T) -> Self {
        Arc::new(t)
    }
}

impl<T, const N: usize> From<[T; N]> for Arc<[T]> {
    fn from(v: [T; N]) -> Arc<[T]> {
        Arc::<[T; N]>::new(v)
    }
}

impl<T: Clone> From<&[T]> for Arc<[T]> {
    fn from(v: &[T]) -> Arc<[T]> {
        Arc::from(v.to_vec())
    }
}

impl From<&str> for Arc<str> {
    fn from(v: &str) -> Arc<str> {
        unsafe { Arc::from_value(v) }
    }
}

impl From<String> for Arc<str> {
    fn from(v: String) -> Arc<str> {
        Arc::from(&v[..])
    }
}

impl<T: ?Sized> From<Box<T>> for Arc<T> {
    fn from(v: Box<T>) -> Arc<T> {
        unsafe {
            let raw = Box::into_raw(v);
            let layout = Layout::for_value_raw(raw);
            let rc = Arc::from_value(raw);
            if layout.size() != 0 {
                dealloc(raw as *mut u8, layout);
            }
            rc
        }
    }
}

impl<T> From<Vec<T>> for Arc<[T]> {
    fn from(mut v: Vec<T>) -> Arc<[T]> {
        unsafe {
            let rc = Arc::from_value(v.as_slice());
            v.set_len(0);
            rc
        }
    }
}

impl<'a, B: ?Sized + ToOwned> From<Cow<'a, B>> for Arc<B>
where
    Arc<B>: From<&'a B> + From<B::Owned>,
{
    fn from(cow: Cow<'a, B>) -> Arc<B> {
        match cow {
            Cow::Borrowed(s) => Arc::from(s),
            Cow::Owned(s) => Arc::from(s),
        }
    }
}

impl From<Arc<str>> for Arc<[u8]> {
    fn from(rc: Arc<str>) -> Self {
        unsafe { Arc::from_raw(Arc::into_raw(rc) as *const [u8]) }
    }
}

impl<T, const N: usize> TryFrom<Arc<[T]>> for Arc<[T; N]> {
    type Error = Arc<[T]>;
    fn try_from(boxed_slice: Arc<[T]>) -> Result<Self, Self::Error> {
        if boxed_slice.len() == N {
            Ok(unsafe { Arc::from_raw(Arc::into_raw(boxed_slice) as *const [T; N]) })
        } else {
            Err(boxed_slice)
        }
    }
}

impl<T> FromIterator<T> for Arc<[T]> {
    fn from_iter<I: IntoIterator<Item = T>>(iter: I) -> Self {
        Arc::from(iter.into_iter().collect::<Vec<T>>())
    }
}

/// A pointer that does not keep the value alive.
#[rustc_diagnostic_item = "ArcWeak"]
pub struct Weak<T: ?Sized> {
    // All ones if there never was a value.
    ptr: NonNull<ArcInner<T>>,
}

unsafe impl<T: ?Sized + Sync + Send> Send for Weak<T> {}
unsafe impl<T: ?Sized + Sync + Send> Sync for Weak<T> {}
impl<T: ?Sized + Unsize<U>, U: ?Sized> CoerceUnsized<Weak<U>> for Weak<T> {}
impl<T: ?Sized + Unsize<U>, U: ?Sized> DispatchFromDyn<Weak<U>> for Weak<T> {}

impl<T> Weak<T> {
    #[must_use]
    pub const fn new() -> Weak<T> {
        let ptr = ptr::without_provenance_mut(usize::MAX);
        Weak { ptr: unsafe { NonNull::new_unchecked(ptr) } }
    }
}

impl<T: ?Sized> Weak<T> {
    /// The counters, if there are any.
    #[inline]
    fn inner(&self) -> Option<&ArcInner<()>> {
        let ptr = self.ptr.as_ptr() as *mut ArcInner<()>;
        if ptr.addr() == usize::MAX { None } else { unsafe { Some(&*ptr) } }
    }

    #[must_use = "this returns a new `Arc`, without modifying the original weak pointer"]
    pub fn upgrade(&self) -> Option<Arc<T>> {
        if self.inner()?.strong.join_if_any() {
            unsafe { Some(Arc::from_inner(self.ptr)) }
        } else {
            None
        }
    }

    #[must_use]
    pub fn strong_count(&self) -> usize {
        self.inner().map_or(0, |inner| inner.strong.load())
    }

    #[must_use]
    pub fn weak_count(&self) -> usize {
        match self.inner() {
            Some(inner) if inner.strong.load() > 0 => inner.weak.load() - 1,
            _ => 0,
        }
    }

    #[inline]
    #[must_use]
    pub fn ptr_eq(&self, other: &Self) -> bool {
        ptr::addr_eq(self.ptr.as_ptr(), other.ptr.as_ptr())
    }

    #[must_use]
    pub fn as_ptr(&self) -> *const T {
        let ptr = self.ptr.as_ptr();
        if ptr.addr() == usize::MAX {
            ptr as *const T
        } else {
            unsafe { &raw const (*ptr).value }
        }
    }
}

unsafe impl<#[may_dangle] T: ?Sized> Drop for Weak<T> {
    #[inline]
    fn drop(&mut self) {
        let Some(inner) = self.inner() else { return };
        if inner.weak.leave() {
            unsafe {
                let layout = Layout::for_value_raw(self.ptr.as_ptr());
                dealloc(self.ptr.as_ptr() as *mut u8, layout);
            }
        }
    }
}

impl<T: ?Sized> Clone for Weak<T> {
    #[inline]
    fn clone(&self) -> Weak<T> {
        if let Some(inner) = self.inner() {
            inner.weak.join();
        }
        Weak { ptr: self.ptr }
    }
}

impl<T: ?Sized> fmt::Debug for Weak<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(Weak)")
    }
}

impl<T> Default for Weak<T> {
    fn default() -> Weak<T> {
        Weak::new()
    }
}
